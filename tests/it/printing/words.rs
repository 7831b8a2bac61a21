//! What a reader finds on the papers: names in their case, amounts in words, accounts, rates, dates.

use super::base::{DOCUMENTS, base, document, take};
use super::filling::filled;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::text::Text;
use kontora::ops::gate::Session;
use kontora::ops::printing::{Papers, papers};
use kontora::ops::seed;
use kontora::print::pages::{Item, Page};

/// The letters of a page, with plain blanks.
fn letters(page: &Page) -> String {
    let items =
        page.items.iter().filter_map(|item| if let Item::Text(text) = item { Some(&text.string) } else { None });
    items.map(|string| string.replace('\u{a0}', " ")).collect::<Vec<_>>().join("\n")
}

fn printed(session: &Session, name: &str, form: &str) -> Papers {
    let papers = papers(session, &[(document(session, name), form.to_owned())]);
    papers.unwrap_or_else(|error| panic!("{name}: {}", error.sentence()))
}

fn says(session: &Session, name: &str, form: &str, words: &[&str]) {
    let pages: Vec<String> = printed(session, name, form).pages.pages.iter().map(letters).collect();
    let all = pages.join("\n");
    for word in words {
        assert!(all.contains(word), "{name} {form} does not say «{word}»:\n{all}");
    }
}

#[test]
fn the_papers_of_a_day_say_what_they_must() {
    let session = base(DOCUMENTS);
    let ko1 = [
        "Унифицированная форма № КО-1",
        "0310001",
        "Кравца Льва Игоревича",
        "12 200-50",
        "Двенадцать тысяч двести рублей",
        "50",
        "«23» ноября 2026 г.",
        "62.01",
        "НДС (22%) 2150-79 руб., НДС (10%) 24-86 руб.",
        "Сидорова С.С.",
        "Петрова П.П.",
    ];
    says(&session, "cash_receipt:CR-1", "", &ko1);
    let ko2 = [
        "0310002",
        "Кладову Петру Ильичу",
        "Десять тысяч рублей",
        "71.01",
        "паспорту 45 10 123456, выдан",
        "Кравец Л.И.",
    ];
    says(&session, "cash_issue:CI-1", "", &ko2);
    let order = [
        "0401060",
        "ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № 16",
        "Сто двадцать две тысячи рублей 00 копеек",
        "122000-00",
        "40702810100000000017",
        "ПАО Сбербанк г. Москва",
        "Петров Пётр Петрович (ИП)",
        "40802810500000000012",
    ];
    says(&session, "payment_order:PO-1", "", &order);
    let invoice = [
        "Счет на оплату № 15 от 20 ноября 2026 г.",
        "30101810400000000225",
        "В том числе НДС 22%:",
        "12 980,00",
        "В том числе НДС 10%:",
        "Семьдесят три тысячи шестьсот тридцать рублей 00 копеек",
        "Договор № 7 от 01.09.2026, Заказ клиента № 122 от 20.11.2026",
        "Оплатить до 25 ноября 2026 г.",
    ];
    says(&session, "invoice:I-1", "", &invoice);
    says(&session, "goods_issue:GI-1", "", &["Расходная накладная № 41", "Кладовщик", "Кладов П.И.", "109,80"]);
    let torg12 = ["ТОРГ-12", "Три", "60 500,00", "13 130,00", "73 630,00", "796", "Семьдесят три тысячи"];
    says(&session, "goods_issue:GI-1", "torg12", &torg12);
    // The advance paid before the shipment was set off against it: line (5) names the payer's paper.
    let upd = ["№ 88 от 21.11.2026", "(5б)", "Универсальный передаточный документ, № 39 от 23.11.2026", "Китай", "156"];
    says(&session, "goods_issue:GI-1", "upd", &upd);
    let invoice = ["Товарная накладная, № 41 от 23.11.2026", "(5б)", "22%", "10%", "российский рубль, 643"];
    says(&session, "tax_invoice_issued:TI-1", "", &invoice);
    let corrective =
        ["Корректировочный счет-фактура №", "23 ноября 2026 г.", "А (до изменения)", "54 900,00", "1 100,00"];
    says(&session, "corrective_invoice:KI-1", "", &corrective);
}

#[test]
fn the_payment_code_holds_the_whole_invoice() {
    let session = base(DOCUMENTS);
    let code = filled(&session, "invoice:I-1", "").data.field("qr").to_owned();
    assert_eq!(
        code,
        "ST00012|Name=ООО «Ромашка»|PersonalAcc=40702810100000000017|BankName=ПАО Сбербанк г. Москва|BIC=044525225|\
         CorrespAcc=30101810400000000225|Sum=7363000|Purpose=Оплата по счету № 15 от 20.11.2026. НДС (22%) 12980-00 \
         руб., НДС (10%) 150-00 руб.|PayeeINN=7707083893|KPP=770701001"
    );
}

#[test]
fn forms_of_the_law_change_with_the_date() {
    let old = DOCUMENTS.replace("2026-11-", "2026-03-").replace("2026-09-01", "2026-01-01");
    let session = base(&old);
    for (name, form) in [("tax_invoice_issued:TI-1", ""), ("goods_issue:GI-1", "upd")] {
        let page = letters(&printed(&session, name, form).pages.pages[0]);
        assert!(page.contains("16 августа 2024 г. № 1096"), "{page}");
        assert!(!page.contains("(5б)") && page.contains("(5а)"), "{page}");
    }
}

/// Money for a sale without an order: the VAT in it is that of the sale it was set off against.
#[test]
fn a_receipt_says_the_vat_of_the_sale_it_pays_for() {
    let session = base(
        r#"
{"type":"goods_receipt","key":"IN","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":5,"price":"50"},{"item":"B1","qty":5,"price":"50"}]}
{"type":"goods_issue","key":"OUT","date":"2026-11-02","customer":"P1","post":true,"vat_included":true,"goods":[{"item":"T1","qty":1,"price":"122"},{"item":"B1","qty":1,"price":"110"}]}
{"type":"cash_receipt","key":"HALF","date":"2026-11-02","counterparty":"P1","amount":"116","post":true}
{"type":"cash_receipt","key":"MORE","date":"2026-11-03","counterparty":"P1","amount":"1000","post":true}
"#,
    );
    assert_eq!(
        filled(&session, "cash_receipt:HALF", "").data.field("vat"),
        "НДС (22%) 11-00 руб., НДС (10%) 5-00 руб."
    );
    // The rest of the debt and an advance of nobody knows what: nothing can be said of it.
    let more = filled(&session, "cash_receipt:MORE", "").data;
    assert_eq!((more.field("vat"), more.field("credit_account")), ("", "62.01, 62.02"));
    assert_eq!(more.field("received_from"), "Черных Анны Игоревны");
}

/// An entrepreneur on the simplified tax system sells without VAT and signs for himself.
#[test]
fn an_entrepreneur_without_vat_signs_for_himself() {
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create_in_memory(clock).unwrap_or_else(|error| panic!("{}", error.sentence()));
    take(
        &session,
        r#"
{"type":"company","code":"main","full_name":"ИП Иванов Иван Иванович","entrepreneur":true,"inn":"500100732259","ogrn":"304500116000157","address":"г. Тверь"}
{"type":"counterparty","code":"C1","name":"Покупатель","address":"г. Тверь"}
{"type":"item","code":"U1","name":"Настройка","kind":"service"}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"goods_receipt","key":"R","date":"2026-11-01","supplier":"C1","post":true,"goods":[{"item":"T1","qty":5,"price":"50"}]}
{"type":"goods_issue","key":"G","date":"2026-11-02","customer":"C1","post":true,"goods":[{"item":"T1","qty":2,"price":"100.50"},{"item":"U1","qty":1,"price":"10"}]}
{"type":"goods_issue","key":"S","date":"2026-11-02","customer":"C1","post":true,"goods":[{"item":"U1","qty":1,"price":"10"}]}
{"type":"cash_receipt","key":"K","date":"2026-11-02","counterparty":"C1","amount":"1","post":true}
"#,
    );
    let upd = filled(&session, "goods_issue:G", "upd").data;
    let fields =
        ["status", "director", "entrepreneur", "entrepreneur_details", "seller_inn_kpp", "shipper", "released_by"];
    let said = fields.map(|field| upd.field(field));
    assert_eq!(said, ["2", "", "Иванов И.И.", "ОГРНИП 304500116000157", "500100732259", "он же", "Иванов И.И."]);
    assert_eq!((upd.rows("goods")[0]["rate"].as_str(), upd.rows("goods")[0]["vat"].as_str()), ("без НДС", "без НДС"));
    assert_eq!(filled(&session, "goods_issue:S", "upd").data.field("consignee"), "–");
    let note = filled(&session, "goods_issue:G", "goods_issue").data;
    assert_eq!(note.rows("totals")[1]["label"], "Без налога (НДС)");
    assert_eq!(note.field("amount_words"), "Двести одиннадцать рублей 00 копеек");
    let torg12 = filled(&session, "goods_issue:G", "torg12").data;
    assert_eq!((torg12.rows("goods").len(), torg12.field("total")), (1, "201,00"), "services go by an act");
    assert_eq!(filled(&session, "cash_receipt:K", "").data.field("vat"), "Без НДС");
    assert_eq!(filled(&session, "cash_receipt:K", "").data.field("credit_account"), "62.01");
}

#[test]
fn what_is_missing_opens_where_it_is_filled_in() {
    let session = base(&DOCUMENTS.replace("\"passport\":\"паспорт 45 10 123456, выдан 01.02.2015 ОВД г. Твери\",", ""));
    take(&session, r#"{"type":"company","code":"main","okpo":"","director":""}"#);
    take(&session, r#"{"type":"warehouse","code":"main","keeper":""}"#);
    take(&session, r#"{"type":"employee","code":"E2","post":""}"#);
    let lacks = |name: &str, form: &str| -> Vec<(String, u8)> {
        let blanks = printed(&session, name, form).blanks;
        blanks.iter().map(|blank| (blank.text.show(), blank.open.tag())).collect()
    };
    let (company, employee, issue) = (1, 2, 54);
    let told = |label: &str, tag: u8| (format!("Не заполнено: {label}"), tag);
    assert_eq!(
        lacks("cash_issue:CI-1", ""),
        [
            told("ОКПО организации", company),
            told("Руководитель организации, фамилия и инициалы", company),
            told("Документ получателя в дательном падеже: паспорту 45 10 123456, выдан ...", issue),
        ]
    );
    // Without a keeper the manager of the deal hands the goods over.
    assert_eq!(lacks("goods_issue:GI-1", ""), [told("Должность отпустившего", employee)]);
    let set = [
        (document(&session, "cash_receipt:CR-1"), String::new()),
        (document(&session, "goods_issue:GI-1"), String::new()),
    ];
    let blanks = papers(&session, &set).unwrap_or_else(|error| panic!("{}", error.sentence())).blanks;
    let first: Option<&Text> = blanks.first().map(|blank| &blank.text);
    assert_eq!(
        first.map(Text::show).unwrap_or_default(),
        "Приходный кассовый ордер 000041 от 23.11.2026: Не заполнено: ОКПО организации"
    );
}

/// A shipment of so many lines, by its key `BIG`.
fn shipment(lines: usize) -> Session {
    let goods = |price: &str| -> String {
        let row = |at: usize| format!("{{\"item\":\"T{}\",\"qty\":{},\"price\":\"{price}\"}}", 1 + at % 2, 1 + at);
        (0..lines).map(row).collect::<Vec<_>>().join(",")
    };
    let receipt = format!(
        r#"{{"type":"goods_receipt","key":"IN","date":"2026-11-01","supplier":"S1","post":true,"goods":[{}]}}"#,
        goods("50")
    );
    let issue = format!(
        r#"{{"type":"goods_issue","key":"BIG","date":"2026-11-02","customer":"C1","post":true,"vat_included":true,"goods":[{}]}}"#,
        goods("122")
    );
    base(&format!("{receipt}\n{issue}"))
}

#[test]
fn sixty_lines_repeat_their_heads_and_keep_their_sums() {
    let session = shipment(60);
    for (form, head, total, signed) in [
        ("goods_issue", "Артикул", "Всего наименований 60, на сумму 223 260,00 руб.", "Отпустил"),
        ("torg12", "наименование, характеристика", "Всего по накладной", "Отпуск груза разрешил"),
        ("upd", "Наименование товара (описание", "Всего к оплате (9)", "Основание передачи"),
    ] {
        let papers = printed(&session, "goods_issue:BIG", form);
        super::golden::picture(&format!("{form}-60-real"), &papers.pages);
        assert_eq!(papers.notes, [], "{form}");
        let pages: Vec<String> = papers.pages.pages.iter().map(letters).collect();
        assert!(pages.len() > 1, "{form}");
        let with = |words: &str| pages.iter().filter(|page| page.contains(words)).count();
        assert_eq!((with(total), with(signed)), (1, 1), "{form}");
        let (last, _) = pages.split_last().unwrap();
        assert!(last.contains(signed), "{form}");
        let amounts = last.lines().filter(|line| line.ends_with(",00")).count();
        assert!(amounts >= 3, "{form}: rows stay with the signatures");
        let rows = |page: &Page| {
            let texts =
                page.items.iter().filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None });
            let line = |field: &str| field.starts_with("goods[") && field.ends_with("].line");
            texts.filter(|text| text.field.as_deref().is_some_and(line)).count()
        };
        for (page, words) in papers.pages.pages.iter().zip(&pages) {
            // The head may be broken into lines: its first word is enough.
            let first = head.split_whitespace().next().unwrap();
            assert!(rows(page) == 0 || words.contains(first), "{form}: rows without a head");
        }
        assert_eq!(papers.pages.pages.iter().map(rows).sum::<usize>(), 60, "{form}");
    }
}

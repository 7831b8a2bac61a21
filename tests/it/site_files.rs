//! Files of orders as sites spoil them: what is forgiven, what is named, what is refused (PROTOCOL 5).

use kontora::exchange::site::{Operation, OrdersFile, Role, read_orders};
use kontora::kernel::text::Lang;

const ROOT: &str = "КоммерческаяИнформация";

fn wrap(documents: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{ROOT} ВерсияСхемы=\"2.05\">\n{documents}\n</{ROOT}>")
}

fn order(number: &str, inside: &str) -> String {
    format!("<Документ><Ид>{number}</Ид><Номер>{number}</Номер><Дата>2026-11-23</Дата>{inside}</Документ>")
}

fn read(text: &str) -> OrdersFile {
    read_orders(text.as_bytes(), None)
}

fn fatal(bytes: &[u8]) -> String {
    let file = read_orders(bytes, Some("text/html"));
    assert!(file.documents.is_empty() && file.broken.is_empty(), "nothing may be taken from a refused file");
    file.fatal.expect("must be refused").key().to_owned()
}

fn numbers(file: &OrdersFile) -> Vec<&str> {
    file.documents.iter().map(|document| document.number.as_str()).collect()
}

#[test]
fn one_bad_comment_loses_one_order_and_names_it() {
    let bad = order("7", "<Комментарий>дом 5 <этаж> 3</Комментарий>");
    let file = read(&wrap(&[order("6", ""), bad, order("8", "")].join("\n")));
    assert_eq!(file.fatal, None);
    assert_eq!(numbers(&file), ["6", "8"]);
    assert_eq!(file.version.as_deref(), Some("2.05"));
    let [broken] = file.broken.as_slice() else { panic!("one broken order: {:?}", file.broken) };
    assert_eq!((broken.number.as_str(), broken.site_id.as_str()), ("7", "7"));
    let reason = broken.reason.show_in(Lang::Ru);
    assert_eq!(reason, "Строка 4 файла: ожидался </этаж>, а встретился </Комментарий>");
    assert_eq!(file.warnings.iter().map(|text| text.key()).collect::<Vec<_>>(), ["site-file-piecewise"]);
}

#[test]
fn documents_are_the_same_read_whole_or_by_pieces() {
    let good = order("6", "<Сумма>10</Сумма>");
    let whole = read(&wrap(&good));
    let pieces = read(&wrap(&format!("{good}{}", order("7", "<b>"))));
    assert_eq!(whole.documents, pieces.documents);
}

#[test]
fn an_ampersand_and_names_of_html_are_forgiven_with_a_warning() {
    let file = read(&wrap(&order("1", "<Комментарий>Стол & Co&nbsp;&laquo;Ёлка&raquo; &lt;3</Комментарий>")));
    assert_eq!(file.documents[0].comment, "Стол & Co&nbsp;&laquo;Ёлка&raquo; <3");
    assert_eq!(file.warnings.len(), 1);
    assert!(file.warnings[0].show_in(Lang::Ru).contains("&laquo;"));
}

#[test]
fn a_cut_file_gives_nothing() {
    let text = wrap(&[order("1", ""), order("2", "")].concat());
    for end in 0..text.len() {
        let Some(cut) = text.get(..end) else { continue };
        let file = read(cut);
        assert!(file.documents.is_empty() && file.broken.is_empty() && file.fatal.is_some(), "cut at {end}");
    }
    assert_eq!(fatal(text.trim_end_matches('>').as_bytes()), "site-file-cut");
    assert_eq!(fatal(format!("{}<{ROOT}>", text.replace(&format!("</{ROOT}>"), "")).as_bytes()), "site-file-cut");
}

#[test]
fn answers_that_are_no_files_are_told_apart() {
    assert_eq!(fatal(b""), "site-file-empty");
    assert_eq!(fatal(b" \r\n "), "site-file-empty");
    assert_eq!(fatal("<!DOCTYPE html><html><title>Вход</title></html>".as_bytes()), "site-file-page");
    assert_eq!(fatal(b"<HTML><HEAD></HEAD></HTML>"), "site-file-page");
    assert_eq!(fatal(b"<?xml version='1.0'?><urlset/>"), "site-file-other");
    assert_eq!(fatal(b"PK\x03\x04rest"), "site-file-archive");
    assert_eq!(fatal(b"\x1f\x8b\x08rest"), "site-file-archive");
    let refusal = read_orders("failure\nНет прав на обмен".as_bytes(), None).fatal.unwrap();
    assert!(refusal.show_in(Lang::Ru).ends_with("Его ответ: failure Нет прав на обмен"));
}

#[test]
fn an_empty_list_is_no_problem() {
    for text in [format!("<{ROOT} ВерсияСхемы='2.08'/>"), format!("<{ROOT}></{ROOT}>"), wrap("")] {
        let file = read(&text);
        assert_eq!((file.fatal, file.documents.len(), file.warnings.len()), (None, 0, 0), "{text}");
    }
}

#[test]
fn words_around_the_data_are_skipped_and_told() {
    let notice = format!("<br />\n<b>Notice</b>: a < b\n{}\n<b>Warning</b>: x", wrap(&order("1", "")));
    let file = read(&notice);
    assert_eq!(numbers(&file), ["1"]);
    let told: Vec<&str> = file.warnings.iter().map(|text| text.key()).collect();
    assert_eq!(told, ["site-words-before", "site-words-after"]);
    let page = format!("<!DOCTYPE html><p>Notice</p>{}", wrap(&order("1", "")));
    assert_eq!(numbers(&read(&page)), ["1"], "the document type of a page is only a notice");
}

#[test]
fn document_types_are_refused_wherever_they_stand() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let root = format!("<{ROOT}>{}</{ROOT}>", order("1", "<Комментарий>&b;</Комментарий>"));
    assert_eq!(fatal(format!("<?xml version='1.0'?>{bomb}{root}").as_bytes()), "site-file-doctype");
    assert_eq!(fatal(format!("{bomb}{root}").as_bytes()), "site-file-doctype");
    assert_eq!(fatal(format!("<{ROOT}>{bomb}</{ROOT}>").as_bytes()), "site-file-doctype");
    assert_eq!(fatal(wrap(&order("1", "<!DOCTYPE a>")).as_bytes()), "site-file-doctype");
    let text = read(&wrap(&order("1", "<Комментарий><![CDATA[<!DOCTYPE a>]]></Комментарий>")));
    assert_eq!(text.documents[0].comment, "<!DOCTYPE a>", "in character data it is only words");
}

#[test]
fn the_first_version_of_the_format_is_refused_in_words() {
    let text = format!("<{ROOT}><Документ Идентификатор='1' ХозОперация='Order' Номер='5'/></{ROOT}>");
    assert_eq!(fatal(text.as_bytes()), "site-file-version-one");
    let mixed = text.replace("<Документ ", &format!("{}<Документ ", order("1", "")));
    assert_eq!(fatal(mixed.as_bytes()), "site-file-version-one", "nothing is taken from it");
    let text = format!("<{ROOT}><Каталог Идентификатор='1'></Каталог></{ROOT}>");
    assert_eq!(fatal(text.as_bytes()), "site-file-version-one");
}

#[test]
fn namespaces_prefixes_and_containers_do_not_matter() {
    let plain = read(&wrap(&order("1", "<Сумма>5</Сумма>")));
    let spaced =
        format!("<{ROOT} xmlns='urn:1C.ru:commerceml_3' ВерсияСхемы='3.1'>{}</{ROOT}>", order("1", "<Сумма>5</Сумма>"));
    let prefixed = order("1", "<Сумма>5</Сумма>").replace("</", "</c:").replace("<", "<c:").replace("<c:/", "</");
    let prefixed = format!("<c:{ROOT} xmlns:c='u'><c:Контейнер>{prefixed}</c:Контейнер></c:{ROOT}>");
    for text in [spaced, prefixed.replace("</c:c:", "</c:")] {
        let file = read(&text);
        assert_eq!(file.fatal, None, "{text}");
        assert_eq!(file.documents, plain.documents, "{text}");
    }
}

#[test]
fn documents_are_found_in_containers_and_wrappers() {
    let text = format!(
        "<Контейнер>{}</Контейнер><Контейнер>{}{}</Контейнер><Документы>{}</Документы>",
        order("1", ""),
        order("2", ""),
        order("3", ""),
        order("4", "")
    );
    assert_eq!(numbers(&read(&wrap(&text))), ["1", "2", "3", "4"]);
}

#[test]
fn payments_and_shipments_know_their_order() {
    let operation = |name: &str| format!("<ХозОперация>{name}</ХозОперация>");
    let main = order("10", &operation("Заказ товара"));
    let payment = order("p1", &format!("{}<Основание>10</Основание>", operation("Эквайринговая операция")));
    let shipment = order("s1", &operation("Отпуск товара"));
    let inner = order("r1", &operation("Выплата наличных денег"))
        .replace("<Документ>", "<ПодчиненныйДокумент>")
        .replace("</Документ>", "</ПодчиненныйДокумент>");
    let subordinate =
        order("11", &format!("{}<ПодчиненныеДокументы>{inner}</ПодчиненныеДокументы>", operation("Заказ товара")));
    let lone = order("p2", &operation("Выплата наличных денег"));
    let file = read(&wrap(&format!("<Контейнер>{main}{payment}{shipment}</Контейнер>{lone}{subordinate}")));
    let all: Vec<(&str, &str, &Operation)> =
        file.documents.iter().map(|found| (found.number.as_str(), found.basis.as_str(), &found.operation)).collect();
    let expected = [
        ("10", "", &Operation::OrderOfGoods),
        ("p1", "10", &Operation::PaymentCard),
        ("s1", "10", &Operation::Shipment),
        ("p2", "", &Operation::PaymentCash),
        ("11", "", &Operation::OrderOfGoods),
        ("r1", "11", &Operation::PaymentCash),
    ];
    assert_eq!(all, expected);
}

#[test]
fn what_is_not_loaded_says_why() {
    let purchase = order("1", "<ХозОперация>Заказ товара</ХозОперация><Роль>Покупатель</Роль>");
    let other = order("2", "<ХозОперация>Счет на оплату</ХозОперация><Роль>Продавец</Роль>");
    let file = read(&wrap(&format!("{purchase}{other}")));
    assert_eq!(file.documents[0].role, Role::Buyer);
    assert!(file.documents.iter().all(|found| !found.is_customer_order() && found.skip_reason().is_some()));
}

#[test]
fn a_document_without_id_and_number_is_broken() {
    let file = read(&wrap("<Документ><Дата>2026-11-23</Дата></Документ><Документ><Номер>5</Номер></Документ>"));
    assert_eq!(file.broken.len(), 1);
    assert_eq!((file.documents[0].key(), file.documents[0].shown_number()), ("5", "5"));
    assert_eq!(file.documents[0].warnings[0].key(), "site-bad-date", "a bad date is a warning, not an error");
    assert!(file.documents[0].date.is_empty());
}

#[test]
fn dates_and_times_are_read_in_every_spelling() {
    let moment = |inside: &str| {
        let text = wrap(&format!("<Документ><Ид>1</Ид>{inside}</Документ>"));
        read(&text).documents[0].moment.iso()
    };
    assert_eq!(moment("<Дата>2026-11-23</Дата><Время>9:05:01</Время>"), "2026-11-23T09:05:01");
    assert_eq!(moment("<Дата>23.11.2026 9:05:01</Дата>"), "2026-11-23T09:05:01");
    assert_eq!(moment("<Дата>2026-11-23UTC12:51:07</Дата><Время>T</Время>"), "2026-11-23T12:51:07");
    assert_eq!(moment("<Дата>2026-11-23</Дата><Время>2026-11-23T10:00:00</Время>"), "2026-11-23T10:00:00");
    assert_eq!(moment("<Дата>2026-11-23</Дата><Время>полдень</Время>"), "2026-11-23T00:00:00");
}

#[test]
fn marks_of_deletion_and_own_numbers_come_as_elements_or_requisites() {
    let requisite = |name: &str, value: &str| {
        format!(
            "<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>{name}</Наименование><Значение>{value}</Значение>\
             </ЗначениеРеквизита></ЗначенияРеквизитов>"
        )
    };
    let one = |inside: &str| read(&wrap(&order("1", inside))).documents.remove(0);
    assert!(one("<ПометкаУдаления>true</ПометкаУдаления>").deleted);
    assert!(one(&requisite("ПометкаУдаления ", "true")).deleted);
    assert!(!one(&requisite("ПометкаУдаления", "false")).deleted);
    assert_eq!(one("<Номер1С>К-1</Номер1С><Дата1С>2026-11-23T0:00:00</Дата1С>").number_1c.as_deref(), Some("К-1"));
    assert_eq!(one(&requisite("Номер по 1С", "К-2")).number_1c.as_deref(), Some("К-2"));
    assert_eq!(one(&requisite("Номер по 1С", "0")).number_1c, None, "old programs send zero for none");
    assert!(one(&requisite("Дата по 1С", "T")).date_1c.is_empty());
    assert_eq!(one("<НомерВерсии>AAAAAQ==</НомерВерсии>").version, "AAAAAQ==");
    let store = one("<Склады><Склад><Ид>w1</Ид><Наименование>Основной</Наименование></Склад></Склады>").warehouse;
    assert_eq!((store.id.as_str(), store.name.as_str()), ("w1", "Основной"));
    assert_eq!(one(&requisite("Организация", "ООО «Ёлка»")).organisation.name, "ООО «Ёлка»");
}

#[test]
fn unreadable_numbers_are_warnings_with_their_place() {
    let file = read(&wrap(&order(
        "1",
        "<Сумма>сто</Сумма><Курс>1,5</Курс><Валюта>бонусы</Валюта><Товары><Товар><Ид>a</Ид>\
            <Количество>x</Количество></Товар></Товары>",
    )));
    let found = &file.documents[0];
    assert_eq!((found.sum, found.rate.map(|rate| rate.to_string()).as_deref()), (None, Some("1.500000")));
    let said: Vec<String> = found.warnings.iter().map(|text| text.show_in(Lang::Ru)).collect();
    assert_eq!(
        said,
        [
            "Валюта «бонусы» не известна; будет взята валюта сайта по умолчанию",
            "«Сумма»: «сто» не число; значение пропущено",
            "Товары, строка 1: «Количество»: «x» не число; значение пропущено",
        ]
    );
}

#[test]
fn the_digest_tells_changed_orders_from_same_ones() {
    let digest = |text: &str| read(text).documents[0].digest.clone();
    let text = wrap(&order("1", "<Сумма>5</Сумма><Товары><Товар><Ид>№ a</Ид></Товар></Товары>"));
    let pretty = text.replace("><", ">\r\n   <");
    let other = encoding_rs::WINDOWS_1251.encode(&text.replace("UTF-8", "windows-1251")).0.into_owned();
    assert_eq!(digest(&text), digest(&pretty));
    assert_eq!(digest(&text), read_orders(&other, None).documents[0].digest);
    assert_ne!(digest(&text), digest(&text.replace("5</Сумма>", "6</Сумма>")));
}

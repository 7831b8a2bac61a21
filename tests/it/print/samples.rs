//! Data of a small shop for each form.

use super::samples_tax::corrective_invoice;
pub use super::samples_tax::{tax_invoice, upd};
use kontora::print::data::FormData;

/// Data of a form by name.
pub fn sample(form: &str) -> FormData {
    match form {
        "ko1" => fields(KO1),
        "ko2" => fields(KO2),
        "pp_0401060" => fields(PAYMENT),
        "invoice_for_payment" => invoice_for_payment(),
        "goods_issue" => goods_issue(),
        "trade_note" => trade_note(),
        "torg12" => torg12(3),
        "discrepancy_act" => discrepancy_act(),
        "inv3" => inv3(3),
        "till_shift" => fields(TILL_SHIFT),
        "tax_invoice" | "tax_invoice_before_2026_04" => tax_invoice(3),
        "corrective_invoice" => corrective_invoice(),
        "upd" => upd(3),
        "price_tag" => fields(PRICE_TAG),
        "item_label" => fields(ITEM_LABEL),
        other => panic!("no sample for {other}"),
    }
}

pub fn fields(pairs: &[(&str, &str)]) -> FormData {
    let mut data = FormData::default();
    for (field, value) in pairs {
        data.set(field, *value);
    }
    data
}

const PRICE_TAG: &[(&str, &str)] = &[
    ("company", "ООО «Ромашка»"),
    ("name", "Чайник электрический «Утро», 1,7 л, нержавеющая сталь"),
    ("article", "ЧЭ-17"),
    ("country", "Россия"),
    ("unit", "шт"),
    ("rubles", "2 490"),
    ("kopecks", "00"),
    ("currency", "₽"),
    ("old_price", "2 990,00"),
    ("ean", "4601234567893"),
    ("code", ""),
    ("date", "23.11.2026"),
];

const ITEM_LABEL: &[(&str, &str)] = &[
    ("company", "ООО «Ромашка»"),
    ("name", "Провод медный ПВС 3х1,5, бухта 100 м"),
    ("article", "ПВС-315"),
    ("country", "Россия"),
    ("price", "89,50"),
    ("currency", "₽"),
    ("ean", ""),
    ("code", "PVS-315-100"),
    ("date", "23.11.2026"),
];

const KO1: &[(&str, &str)] = &[
    ("organization", "ООО «Ромашка»"),
    ("organization_okpo", "00032537"),
    ("department", "Магазин № 1"),
    ("department_code", "01"),
    ("number", "41"),
    ("date", "23.11.2026"),
    ("date_words", "«23» ноября 2026 г."),
    ("debit_account", "50.01"),
    ("credit_account", "62.01"),
    ("amount", "12 200-00"),
    ("amount_rubles", "12 200"),
    ("amount_words", "Двенадцать тысяч двести рублей"),
    ("kopecks", "00"),
    ("received_from", "Кравца Льва Игоревича"),
    ("basis", "Оплата по счету № 15 от 20.11.2026, договор № 7 от 01.09.2026"),
    ("vat", "НДС (22%) 2200-00 руб."),
    ("attachments", "Счет № 15"),
    ("chief_accountant", "Сидорова С.С."),
    ("cashier", "Петрова П.П."),
];

const KO2: &[(&str, &str)] = &[
    ("organization", "ООО «Ромашка»"),
    ("organization_okpo", "00032537"),
    ("number", "7"),
    ("date", "23.11.2026"),
    ("debit_account", "71.01"),
    ("credit_account", "50.01"),
    ("amount", "10 000-00"),
    ("amount_words", "Десять тысяч рублей"),
    ("kopecks", "00"),
    ("issue_to", "Кравцу Льву Игоревичу"),
    ("basis", "Под отчет на хозяйственные нужды"),
    ("director_position", "Директор"),
    ("director", "Директоров Д.Д."),
    ("chief_accountant", "Сидорова С.С."),
    ("identity_document", "паспорту 45 10 123456, выдан 01.02.2015 ОВД г. Твери"),
    ("cashier", "Петрова П.П."),
];

const PAYMENT: &[(&str, &str)] = &[
    ("number", "15"),
    ("date", "23.11.2026"),
    ("amount_words", "Сто двадцать две тысячи рублей 00 копеек"),
    ("amount", "122000-00"),
    ("payer_inn", "7707083893"),
    ("payer_kpp", "770701001"),
    ("payer_name", "ООО «Ромашка»"),
    ("payer_account", "40702810100000000017"),
    ("payer_bank", "АО «Банк» г. Москва"),
    ("payer_bank_bic", "044525225"),
    ("payer_bank_account", "30101810400000000225"),
    ("payee_bank", "АО «Другой банк» г. Тверь"),
    ("payee_bank_bic", "044525974"),
    ("payee_bank_account", "30101810145250000974"),
    ("payee_inn", "5887789321"),
    ("payee_kpp", "588701001"),
    ("payee_name", "ООО «Оптовик»"),
    ("payee_account", "40702810900000001234"),
    ("operation_kind", "01"),
    ("priority", "5"),
    ("payment_code", "0"),
    ("purpose", "Оплата по счету № 15 от 20.11.2026 за товар. В т.ч. НДС (22%) 22000-00 руб."),
];

const PARTIES: &[(&str, &str)] = &[
    ("number", "15"),
    ("date_words", "23 ноября 2026 г."),
    ("supplier", "ООО «Ромашка»"),
    ("supplier_inn", "7707083893"),
    ("supplier_kpp", "770701001"),
    ("supplier_address", "170000, г. Тверь, ул. Садовая, д. 1"),
    ("supplier_phone", "+7 482 000-00-00"),
    ("buyer", "ООО «Покупатель и партнеры»"),
    ("buyer_inn", "5887789321"),
    ("buyer_kpp", "588701001"),
    ("buyer_address", "190000, г. Санкт-Петербург, Невский проспект, д. 100, корп. 2, офис 315"),
    ("basis", "Договор № 7 от 01.09.2026, заказ № 122"),
    ("line_count", "3"),
    ("total", "122 000,00"),
    ("currency", "руб."),
    ("amount_words", "Сто двадцать две тысячи рублей 00 копеек"),
];

/// Number, code, name, quantity, price with VAT, amount with VAT.
const GOODS: [[&str; 6]; 3] = [
    ["1", "ВН-100", "Вентилятор напольный «Бриз», 3 скорости, пульт, белый", "10", "6 100,00", "61 000,00"],
    ["2", "КБ-7/2", "Кабель питания 1,5 м", "100", "122,00", "12 200,00"],
    ["3", "УЛ-0001-ДЛ", "Увлажнитель воздуха ультразвуковой, 4 л, с подсветкой", "8", "6 100,00", "48 800,00"],
];

fn push_goods(data: &mut FormData) {
    for [line, sku, name, qty, price, amount] in GOODS {
        let row = [("line", line), ("sku", sku), ("name", name), ("qty", qty), ("price", price), ("amount", amount)];
        data.push("goods", row.into_iter().chain([("unit", "шт")]).map(|(column, value)| (column, value.to_owned())));
    }
    for (label, amount, bold) in [
        ("Итого:", "122 000,00", ""),
        ("В том числе НДС 22%:", "22 000,00", ""),
        ("Всего к оплате:", "122 000,00", "1"),
    ] {
        let row = [("label", label), ("amount", amount), ("bold", bold)];
        data.push("totals", row.map(|(column, value)| (column, value.to_owned())));
    }
}

fn invoice_for_payment() -> FormData {
    let mut data = fields(PARTIES);
    push_goods(&mut data);
    for (field, value) in [
        ("warning", "Оплата означает согласие с условиями поставки. Счет действителен три рабочих дня."),
        ("bank_name", "АО «Банк» г. Москва"),
        ("bank_bic", "044525225"),
        ("bank_account", "30101810400000000225"),
        ("account", "40702810100000000017"),
        ("payee", "ООО «Ромашка»"),
        ("director_title", "Руководитель"),
        ("director", "Директоров Д.Д."),
        ("chief_accountant", "Сидорова С.С."),
        (
            "qr",
            "ST00012|Name=ООО «Ромашка»|PersonalAcc=40702810100000000017|BankName=АО «Банк» г. Москва|\
             BIC=044525225|CorrespAcc=30101810400000000225|Sum=12200000|\
             Purpose=Оплата по счету № 15 от 23.11.2026|PayeeINN=7707083893",
        ),
    ] {
        data.set(field, value);
    }
    data
}

fn goods_issue() -> FormData {
    let mut data = fields(PARTIES);
    push_goods(&mut data);
    for (field, value) in [
        ("warehouse", "Основной склад"),
        ("released_by_position", "Кладовщик"),
        ("released_by", "Петрова П.П."),
        ("received_by_position", "Экспедитор"),
        ("received_by", "Иванов И.И."),
    ] {
        data.set(field, value);
    }
    data
}

/// An order with a discount.
fn trade_note() -> FormData {
    let mut data = fields(PARTIES);
    push_goods(&mut data);
    for row in data.tables.get_mut("goods").into_iter().flatten() {
        let price = row.get("price").cloned().unwrap_or_default();
        row.insert("whole_price".to_owned(), price);
        row.insert("discount".to_owned(), "5%".to_owned());
    }
    for (field, value) in [
        ("title", "Заказ клиента"),
        ("warehouse", "Основной склад"),
        ("label_1", "Дата отгрузки:"),
        ("value_1", "25 ноября 2026 г."),
        ("discounted", "1"),
        ("left_title", "Менеджер"),
        ("left_position", "Менеджер"),
        ("left_name", "Петрова П.П."),
        ("right_title", "Клиент"),
    ] {
        data.set(field, value);
    }
    data
}

/// A receipt with something lacking.
fn discrepancy_act() -> FormData {
    let mut data = fields(&[
        ("number", "3"),
        ("date_words", "23 ноября 2026 г."),
        ("company", "ООО «Ромашка»"),
        ("company_inn", "7707083893"),
        ("company_kpp", "770701001"),
        ("company_address", "170000, г. Тверь, ул. Садовая, д. 1"),
        ("company_phone", "+7 482 000-00-00"),
        ("supplier", "ООО «Оптовик»"),
        ("supplier_inn", "5887789321"),
        ("supplier_kpp", "588701001"),
        ("supplier_address", "190000, г. Санкт-Петербург, Невский проспект, д. 100"),
        ("supplier_phone", "+7 812 300-00-00"),
        ("warehouse", "Основной склад"),
        ("basis", "№ 188 от 01.11.2026"),
        ("reason", "Нарушена упаковка места 3"),
        ("lacking", "61 000,00"),
        ("beyond", "0,00"),
        ("chair_position", "Директор"),
        ("chair", "Директоров Д.Д."),
        ("keeper_position", "Кладовщик"),
        ("keeper", "Петрова П.П."),
        ("carrier", ""),
    ]);
    for [line, sku, name, qty, price, amount] in GOODS {
        let pairs = [
            ("line", line),
            ("sku", sku),
            ("name", name),
            ("unit", "шт"),
            ("papers", qty),
            ("counted", "0"),
            ("lacking", qty),
            ("beyond", ""),
            ("price", price),
            ("amount", amount),
        ];
        data.push("goods", pairs.map(|(column, value)| (column, value.to_owned())));
    }
    data
}

/// A ТОРГ-12 of so many lines.
pub fn torg12(lines: usize) -> FormData {
    let party = "ООО «Ромашка», 170000, г. Тверь, ул. Садовая, д. 1, тел. +7 482 000-00-00, р/с 40702810100000000017 \
                 в АО «Банк» г. Москва, БИК 044525225, к/с 30101810400000000225";
    let buyer = "ООО «Покупатель и партнеры», 190000, г. Санкт-Петербург, Невский проспект, д. 100";
    let mut data = fields(&[
        ("number", "15"),
        ("date", "23.11.2026"),
        ("shipper", party),
        ("shipper_okpo", "00032537"),
        ("consignee", buyer),
        ("consignee_okpo", "01746813"),
        ("supplier", party),
        ("supplier_okpo", "00032537"),
        ("payer", buyer),
        ("payer_okpo", "01746813"),
        ("basis", "Договор № 7 от 01.09.2026"),
        ("basis_number", "7"),
        ("basis_date", "01.09.2026"),
        ("line_count_words", "Три"),
        ("amount_words", "Сто восемьдесят три тысячи рублей 00 копеек"),
        ("approved_by_position", "Директор"),
        ("approved_by", "Директоров Д.Д."),
        ("chief_accountant", "Сидорова С.С."),
        ("released_by_position", "Кладовщик"),
        ("released_by", "Петрова П.П."),
        ("date_words", "«23» ноября 2026 г."),
        ("total_qty", "118"),
        ("total_places", "30"),
        ("total_net", "150 000,00"),
        ("total_vat", "33 000,00"),
        ("total", "183 000,00"),
    ]);
    for line in 0..lines {
        data.push(
            "goods",
            taxed(line).into_iter().chain([("places", "10".to_owned()), ("package", "кор.".to_owned())]),
        );
    }
    data
}

pub fn taxed(line: usize) -> Vec<(&'static str, String)> {
    let [_, sku, name, qty, _, _] = GOODS[line % GOODS.len()];
    let number = (line + 1).to_string();
    let pairs = [
        ("sku", sku),
        ("name", name),
        ("qty", qty),
        ("unit", "шт"),
        ("unit_code", "796"),
        ("price", "5 000,00"),
        ("net", "50 000,00"),
        ("excise", "без акциза"),
        ("rate", "22%"),
        ("vat", "11 000,00"),
        ("total", "61 000,00"),
        ("country_code", "156"),
        ("country", "Китай"),
        ("declaration", "10702070/150126/5001234/1"),
    ];
    pairs.into_iter().map(|(column, value)| (column, value.to_owned())).chain([("line", number)]).collect()
}

/// The report of a till's shift.
const TILL_SHIFT: &[(&str, &str)] = &[
    ("number", "5"),
    ("date", "23.11.2026 09:00:00"),
    ("closed", "23.11.2026 21:00:00"),
    ("company", "ООО «Ромашка»"),
    ("company_inn", "7707083893"),
    ("till", "Касса зала"),
    ("cashier", "Петрова П.П."),
    ("receipts", "3"),
    ("sales_cash", "1 000,00"),
    ("sales_card", "1 000,00"),
    ("sales_advance", "1 000,00"),
    ("sales", "1 000,00"),
    ("returns", "3"),
    ("returned_cash", "1 000,00"),
    ("returned_card", "1 000,00"),
    ("returned_advance", "1 000,00"),
    ("returned", "1 000,00"),
    ("vat", "1 000,00"),
    ("cash_start", "1 000,00"),
    ("put_in", "1 000,00"),
    ("taken_out", "1 000,00"),
    ("expected", "1 000,00"),
    ("counted", "1 000,00"),
    ("surplus", "1 000,00"),
    ("registrar_shift", "–"),
    ("registrar_sales", "–"),
    ("registrar_returns", "–"),
    ("registrar_cash", "–"),
    ("registrar_differs", "–"),
];

/// An ИНВ-3 of so many lines.
fn inv3(lines: usize) -> FormData {
    let mut data = fields(&[
        ("number", "3"),
        ("date", "23.11.2026"),
        ("company", "ООО «Ромашка»"),
        ("company_okpo", "00032537"),
        ("department", "Основной склад"),
        ("order_number", "12"),
        ("started", "23.11.2026"),
        ("ended", "24.11.2026"),
        ("keeper_position", "Кладовщик"),
        ("keeper", "Кладов П.И."),
        ("total_fact_qty", "30"),
        ("total_fact", "150 000,00"),
        ("total_book_qty", "30"),
        ("total_book", "150 000,00"),
        ("line_count_words", "Три"),
        ("qty_words", "Тридцать"),
        ("amount_words", "Сто пятьдесят тысяч рублей 00 копеек"),
        ("chair_position", "Директор"),
        ("chair", "Директоров Д.Д."),
    ]);
    for line in 0..lines {
        let own = [("account", "41.01"), ("fact_qty", "10"), ("fact", "50 000,00"), ("book_qty", "10")];
        let own = own.into_iter().map(|(column, value)| (column, value.to_owned()));
        let taxed = taxed(line)
            .into_iter()
            .filter(|(column, _)| ["sku", "name", "unit", "unit_code", "price", "line"].contains(column));
        data.push("goods", taxed.chain(own).chain([("book", "50 000,00".to_owned())]));
    }
    data
}

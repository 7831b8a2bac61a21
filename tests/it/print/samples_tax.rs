//! Data of the forms of VAT.

use super::samples::{fields, taxed};
use kontora::print::data::FormData;

/// A tax invoice of so many lines.
pub fn tax_invoice(lines: usize) -> FormData {
    let mut data = fields(&[
        ("number", "15"),
        ("date_words", "23 ноября 2026 г."),
        ("correction_number", "–"),
        ("correction_date", "–"),
        ("seller", "ООО «Ромашка»"),
        ("seller_address", "170000, Тверская обл., г. Тверь, ул. Садовая, д. 1"),
        ("seller_inn_kpp", "7707083893/770701001"),
        ("shipper", "он же"),
        ("consignee", "ООО «Покупатель и партнеры», 190000, г. Санкт-Петербург, Невский проспект, д. 100"),
        ("payment_documents", "№ 88 от 02.11.2026"),
        ("shipment_document", "Универсальный передаточный документ, № 15 от 23.11.2026"),
        ("advance_invoices", "№ 3 от 02.11.2026 исправление № – от –"),
        ("buyer", "ООО «Покупатель и партнеры»"),
        ("buyer_address", "190000, г. Санкт-Петербург, Невский проспект, д. 100, корп. 2, офис 315"),
        ("buyer_inn_kpp", "5887789321/588701001"),
        ("currency", "российский рубль, 643"),
        ("contract_identifier", "–"),
        ("total_net", "150 000,00"),
        ("total_vat", "33 000,00"),
        ("total", "183 000,00"),
        ("director", "Директоров Д.Д."),
        ("chief_accountant", "Сидорова С.С."),
    ]);
    for line in 0..lines {
        data.push("goods", taxed(line));
    }
    data
}

/// What a corrective invoice says of a line: before, after, more, less.
const CORRECTED: [[&str; 13]; 4] = [
    [
        "1",
        "Чайник электрический «Утро»",
        "А (до изменения)",
        "–",
        "796",
        "шт",
        "10",
        "5 000,00",
        "50 000,00",
        "без акциза",
        "22%",
        "11 000,00",
        "61 000,00",
    ],
    [
        "",
        "",
        "Б (после изменения)",
        "–",
        "796",
        "шт",
        "9",
        "5 000,00",
        "45 000,00",
        "без акциза",
        "22%",
        "9 900,00",
        "54 900,00",
    ],
    ["", "", "В (увеличение)", "Х", "Х", "Х", "Х", "Х", "–", "–", "Х", "–", "–"],
    ["", "", "Г (уменьшение)", "Х", "Х", "Х", "Х", "Х", "5 000,00", "–", "Х", "1 100,00", "6 100,00"],
];

const CORRECTED_COLUMNS: [&str; 13] = [
    "line",
    "name",
    "indicator",
    "goods_code",
    "unit_code",
    "unit",
    "qty",
    "price",
    "net",
    "excise",
    "rate",
    "vat",
    "total",
];

/// A corrective invoice: one thing of ten has come back.
pub fn corrective_invoice() -> FormData {
    let mut data = tax_invoice(0);
    for absent in ["shipper", "consignee", "payment_documents", "shipment_document", "advance_invoices"] {
        data.fields.remove(absent);
    }
    for total in ["total_net", "total_vat", "total"] {
        data.fields.remove(total);
    }
    for (field, value) in [
        ("number", "2"),
        ("date_words", "25 ноября 2026 г."),
        ("invoice_number", "15"),
        ("invoice_date", "23 ноября 2026 г."),
        ("invoice_correction_number", "–"),
        ("invoice_correction_date", "–"),
        ("less_net", "5 000,00"),
        ("less_vat", "1 100,00"),
        ("less_total", "6 100,00"),
    ] {
        data.set(field, value);
    }
    for row in CORRECTED {
        data.push("goods", CORRECTED_COLUMNS.into_iter().zip(row.map(str::to_owned)));
    }
    data
}

/// A universal transfer document of so many lines.
pub fn upd(lines: usize) -> FormData {
    let mut data = tax_invoice(lines);
    for (field, value) in [
        ("status", "1"),
        ("new_form", "1"),
        ("transfer_basis", "Договор № 7 от 01.09.2026"),
        ("transport", "Экспедиторская расписка № 8 от 23.11.2026, масса брутто 214 кг"),
        ("released_by_position", "Кладовщик"),
        ("released_by", "Петрова П.П."),
        ("shipment_date_words", "«23» ноября 2026 г."),
        ("seller_responsible_position", "Директор"),
        ("seller_responsible", "Директоров Д.Д."),
        ("seller_entity", "ООО «Ромашка», ИНН/КПП 7707083893/770701001"),
        ("buyer_entity", "ООО «Покупатель и партнеры», ИНН/КПП 5887789321/588701001"),
    ] {
        data.set(field, value);
    }
    data
}

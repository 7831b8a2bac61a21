//! Forms with much data: many lines, long names, large amounts.

use super::golden::write_pdf;
use super::samples::{sample, tax_invoice, torg12, upd};
use kontora::kernel::moment::Date;
use kontora::print::data::{FormData, missing};
use kontora::print::layout::layout;
use kontora::print::pages::{Item, Page, Pages, TextItem};
use kontora::print::pdf::pdf;
use kontora::print::template::{Template, all_names, load};

fn texts(page: &Page) -> Vec<&TextItem> {
    let items = page.items.iter();
    items.filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None }).collect()
}

fn has(page: &Page, words: &str) -> bool {
    texts(page).iter().any(|text| text.string.contains(words))
}

/// Rows of goods on a page: texts of the column of numbers, by the field they open.
fn rows(page: &Page) -> usize {
    let is_number = |field: &str| field.starts_with("goods[") && field.ends_with("].line");
    texts(page).iter().filter(|text| text.field.as_deref().is_some_and(is_number)).count()
}

fn form(name: &str) -> Template {
    load(name, None).unwrap()
}

/// Everything is on the sheet.
fn nothing_leaves_the_sheet(name: &str, pages: &Pages) {
    for page in &pages.pages {
        for text in texts(page) {
            let (right, bottom) = if text.turned { (text.x, text.y) } else { (text.x + text.width_mm, text.y) };
            let inside = text.x >= 0.0 && right <= page.width_mm && text.y >= 0.0 && bottom <= page.height_mm;
            assert!(inside, "{name}: «{}» leaves the sheet", text.string);
        }
    }
}

#[test]
fn a_goods_note_of_sixty_lines_repeats_its_head_and_keeps_its_signatures() {
    let pages = layout(&form("torg12"), &torg12(60));
    write_pdf("torg12-60", &pages);
    assert_eq!(pages.warnings, []);
    assert!(pages.pages.len() >= 2);
    assert_eq!(pages.pages.iter().map(rows).sum::<usize>(), 60);
    for (at, page) in pages.pages.iter().enumerate() {
        assert!(has(page, "наименование, характеристика"), "page {} has the head of the table", at + 1);
        assert!(texts(page).iter().any(|text| text.string == "Итого"), "page {} has its sum", at + 1);
        assert_eq!(has(page, "Страница"), at > 0);
    }
    let (last, others) = pages.pages.split_last().unwrap();
    assert!(rows(last) >= 2, "the signatures have at least two rows with them");
    assert!(has(last, "Всего по накладной") && has(last, "Отпуск груза разрешил") && has(last, "Груз принял"));
    assert!(others.iter().all(|page| !has(page, "Всего по накладной") && !has(page, "Отпуск груза")));
}

#[test]
fn signatures_never_stand_without_rows_whatever_the_number_of_lines() {
    for (name, make, signature, step) in [
        ("torg12", torg12 as fn(usize) -> FormData, "Отпуск груза разрешил", 1),
        ("tax_invoice", tax_invoice, "Индивидуальный предприниматель", 4),
        ("upd", upd, "Основание передачи", 4),
    ] {
        let template = form(name);
        for lines in (1..38).step_by(step) {
            let pages = layout(&template, &make(lines));
            let signed = pages.pages.iter().position(|page| has(page, signature)).unwrap();
            assert!(rows(&pages.pages[signed]) >= lines.min(2), "{name} of {lines} lines");
            assert_eq!(pages.pages.iter().map(rows).sum::<usize>(), lines, "{name} of {lines} lines");
            assert_eq!(pages.warnings, [], "{name} of {lines} lines");
        }
    }
}

#[test]
fn sums_of_pages_give_the_sum_of_the_document() {
    let pages = layout(&form("torg12"), &torg12(60));
    let sums: u32 = pages
        .pages
        .iter()
        .map(|page| {
            let label = texts(page).into_iter().find(|text| text.string == "Итого").unwrap().y;
            let row = texts(page).into_iter().filter(|text| (text.y - label).abs() < 0.1 && text.string != "Итого");
            let places = row.min_by(|a, b| a.x.total_cmp(&b.x)).unwrap();
            places.string.parse::<u32>().unwrap()
        })
        .sum();
    assert_eq!(sums, 600);
}

#[test]
fn the_count_of_sheets_is_the_count_of_pages() {
    let pages = layout(&form("upd"), &upd(60));
    write_pdf("upd-60", &pages);
    let count = pages.pages.len();
    assert!(count > 1);
    let said: String = texts(pages.pages.last().unwrap())
        .iter()
        .filter(|text| text.x < 30.0)
        .map(|text| format!("{} ", text.string))
        .collect();
    assert!(said.contains(&format!("на {count} л.")), "{said}");
}

#[test]
fn two_hundred_lines_with_long_names_and_large_amounts_do_not_overflow() {
    let long = "Очень длинное наименование товара с перечислением всех его свойств, цвета, размера и страны, ";
    for name in ["torg12", "tax_invoice", "upd", "invoice_for_payment", "goods_issue"] {
        let mut data = sample(name);
        for total in ["total_net", "total_vat", "total"] {
            data.set(total, "999 999 999 999,99");
        }
        for party in ["shipper", "consignee", "seller_address", "buyer_address", "supplier", "buyer", "basis"] {
            if data.fields.contains_key(party) {
                data.set(party, long.repeat(4));
            }
        }
        let row = data.rows("goods")[0].clone();
        let rows = (0..200).map(|at| {
            let mut row = row.clone();
            row.insert("line".to_owned(), (at + 1).to_string());
            row.insert("name".to_owned(), long.repeat(1 + at % 7));
            row.insert("sku".to_owned(), format!("АРТИКУЛ-БЕЗ-ПРОБЕЛОВ-{at:09}"));
            for column in ["price", "net", "vat", "total", "amount"] {
                row.insert(column.to_owned(), "123 456 789 012,34".to_owned());
            }
            row
        });
        data.tables.insert("goods".to_owned(), rows.collect());
        let pages = layout(&form(name), &data);
        write_pdf(&format!("{name}-extreme"), &pages);
        assert_eq!(pages.warnings, [], "{name}");
        nothing_leaves_the_sheet(name, &pages);
    }
}

#[test]
fn a_text_too_long_for_its_line_is_told_before_printing() {
    let mut data = sample("ko1");
    data.set("basis", "Оплата по договору за товар, ".repeat(30));
    let pages = layout(&form("ko1"), &data);
    write_pdf("ko1-extreme", &pages);
    let told: Vec<&str> = pages.warnings.iter().map(kontora::kernel::text::Text::key).collect();
    assert_eq!(told, ["print-cut"], "told once, though the order and the receipt both lack room");
    nothing_leaves_the_sheet("ko1", &pages);
}

#[test]
fn every_cell_of_the_longest_payment_order_holds_its_text() {
    let mut data = sample("pp_0401060");
    data.set("payer_name", "Общество с ограниченной ответственностью ".repeat(4));
    data.set("payee_name", "Индивидуальный предприниматель Константинопольский-Задунайский ".repeat(2));
    data.set("purpose", "Оплата по договору поставки ".repeat(8).chars().take(210).collect::<String>());
    data.set(
        "amount_words",
        "Девятьсот девяносто девять миллиардов девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч \
         девятьсот девяносто девять рублей 99 копеек",
    );
    data.set("amount", "999999999999-99");
    for (field, value) in [
        ("payer_status", "01"),
        ("budget_code", "18201061201010000510"),
        ("oktmo", "45000000000"),
        ("payment_basis", "ТП"),
        ("tax_period", "ГД.00.2026"),
        ("document_number", "123456789012345"),
        ("document_date", "01.01.2026"),
        ("payment_code", "0123456789012345678901234"),
    ] {
        data.set(field, value);
    }
    let pages = layout(&form("pp_0401060"), &data);
    write_pdf("pp_0401060-extreme", &pages);
    assert_eq!(pages.warnings, []);
}

#[test]
fn what_a_paper_lacks_is_named_by_its_label() {
    let template = form("ko1");
    assert_eq!(missing(&template, &sample("ko1")), []);
    let mut data = sample("ko1");
    data.set("organization_okpo", " ");
    data.set("cashier", "");
    let told: Vec<String> = missing(&template, &data).iter().map(kontora::kernel::text::Text::show).collect();
    assert_eq!(told, ["Не заполнено: ОКПО организации", "Не заполнено: Кассир, фамилия и инициалы"]);
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let created = Date::ymd(2026, 11, 23).unwrap().at(10, 0, 0);
    for name in all_names(None) {
        let pages = layout(&form(&name), &sample(&name));
        let bytes = pdf(&pages, created).unwrap();
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() < 120_000, "{name}: {}", bytes.len());
        assert!(bytes == pdf(&pages, created).unwrap(), "{name}");
    }
}

#[test]
fn a_set_of_documents_is_one_job() {
    let mut set = layout(&form("ko1"), &sample("ko1"));
    set.append(layout(&form("torg12"), &torg12(60)));
    let sizes: Vec<f32> = set.pages.iter().map(|page| page.height_mm).collect();
    assert_eq!((sizes[0], sizes[1]), (148.0, 210.0));
    assert!(pdf(&set, Date::ymd(2026, 11, 23).unwrap().start()).is_ok());
}

#[test]
fn letters_no_font_has_are_told() {
    let mut data = sample("goods_issue");
    data.set("comment", "Подарок 🎁 покупателю");
    let pages = layout(&form("goods_issue"), &data);
    assert_eq!(pages.warnings.len(), 1);
    assert!(pages.warnings[0].show().contains('🎁') && has(&pages.pages[0], "Подарок □ покупателю"));
}

//! A sheet in other forms: exact numbers for programs, pages with their heads, a spreadsheet.

use super::base::{by, day, report, session, span, total};
use kontora::kernel::text::Lang;
use kontora::kernel::value::Type;
use kontora::print::pages::Item;
use kontora::report::{export, paper, show, xlsx};

#[test]
fn csv_and_json_hold_exact_numbers_that_add_up() {
    let session = session();
    let sheet = report(&session, "sales", |setup| {
        setup.span = span(day(9, 1), day(11, 30));
        by(setup, &["group", "customer"]);
    });
    let bytes = export::csv(&sheet).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let heads: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(heads, ["group", "customer", "qty", "amount", "vat", "cost", "profit", "margin"]);
    let rows: Vec<Vec<String>> = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert!(rows.iter().any(|row| row[0] == "Чайники" && row[1] == "Ромашка"), "{rows:?}");
    let kopecks = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let sum = |at: usize| rows.iter().map(|row| kopecks(&row[at])).sum::<i64>();
    assert_eq!((sum(3), sum(5)), (total(&sheet, "amount"), total(&sheet, "cost")));
    let json: serde_json::Value = serde_json::from_slice(&export::json(&sheet)).unwrap();
    assert_eq!(json["title"], "Продажи");
    assert_eq!(json["rows"].as_array().unwrap().len(), rows.len());
    assert_eq!(kopecks(json["total"]["amount"].as_str().unwrap()), total(&sheet, "amount"));
}

#[test]
fn movements_for_other_programs_have_their_dates() {
    let session = session();
    let sheet = report(&session, "money", |setup| {
        setup.span = span(day(10, 1), day(10, 31));
        setup.moves = Some("funds".to_owned());
    });
    let text = String::from_utf8(export::csv(&sheet).unwrap()).unwrap();
    assert!(text.starts_with("date,document,place,"), "{text}");
    assert!(text.contains("2026-10-01T12:00:00,Приходный кассовый ордер 000002 от 01.10.2026,Касса"), "{text}");
    assert_eq!(text.lines().count(), 1 + sheet.movements.len());
}

/// All letters of a page, and how many of them are bold.
fn texts(page: &kontora::print::pages::Page) -> Vec<&str> {
    page.items
        .iter()
        .filter_map(|item| match item {
            Item::Text(text) => Some(text.string.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_long_report_has_its_heads_and_numbers_on_every_page() {
    let session = session();
    let mut sheet = report(&session, "trial_balance", |setup| {
        setup.span = span(day(9, 1), day(11, 30));
        by(setup, &["account", "sub1"]);
    });
    let rows = sheet.rows.clone();
    for _ in 0..3 {
        sheet.rows.extend(rows.iter().cloned());
    }
    let pages = paper::pages(&sheet);
    assert!(pages.pages.len() > 3, "{}", pages.pages.len());
    assert!(pages.warnings.is_empty());
    let all = pages.pages.len();
    for (at, page) in pages.pages.iter().enumerate() {
        let texts = texts(page);
        assert_eq!(texts.iter().filter(|text| **text == "Дебет").count(), 3, "page {at}");
        assert!(texts.contains(&format!("стр. {} из {all}", at + 1).as_str()));
        for item in &page.items {
            if let Item::Text(text) = item {
                assert!(
                    text.x >= 9.9 && text.x + text.width_mm <= page.width_mm - 9.5,
                    "{} leaves the page",
                    text.string
                );
                assert!(text.y <= page.height_mm - 9.0);
            }
        }
    }
    let bytes = kontora::print::pdf::pdf(&pages, day(11, 23).at(10, 0, 0)).unwrap();
    assert!(bytes.starts_with(b"%PDF"));
    assert_eq!(bytes, kontora::print::pdf::pdf(&pages, day(11, 23).at(10, 0, 0)).unwrap());
}

#[test]
fn a_narrow_report_stands_upright_and_no_number_is_cut() {
    let session = session();
    let sheet = report(&session, "debts", |_| {});
    let pages = paper::pages(&sheet);
    assert_eq!(pages.pages.len(), 1);
    assert!(pages.pages[0].width_mm < pages.pages[0].height_mm);
    let wide = report(&session, "stock", |setup| setup.moves = Some("stock".to_owned()));
    assert!(paper::pages(&wide).pages[0].width_mm > pages.pages[0].width_mm, "a wide one lies across");
    let said = texts(&pages.pages[0]);
    assert!(said.contains(&"46\u{a0}356,00") && said.contains(&"Долги и авансы по документам"), "{said:?}");
}

#[test]
fn a_spreadsheet_is_written_for_every_kind_of_sheet() {
    let session = session();
    let created = day(11, 23).at(10, 0, 0);
    for (code, moves) in [("trial_balance", None), ("sales", None), ("stock", Some("stock")), ("order_states", None)] {
        let sheet = report(&session, code, |setup| setup.moves = moves.map(str::to_owned));
        let bytes = xlsx::xlsx(&sheet, created).unwrap();
        assert!(bytes.starts_with(b"PK") && bytes.len() > 3_000, "{code}: {}", bytes.len());
        assert_eq!(bytes, xlsx::xlsx(&sheet, created).unwrap(), "the same sheet gives the same file");
    }
}

#[test]
fn numbers_are_shown_as_each_language_writes_them() {
    let money = Type::Money;
    assert_eq!(show::number_in(Lang::Ru, money, -123_456_789), "-1\u{a0}234\u{a0}567,89");
    assert_eq!(show::number_in(Lang::En, money, -123_456_789), "-1,234,567.89");
    assert_eq!(show::number_in(Lang::En, Type::Qty, 2_500), "2.5");
    assert_eq!(show::number_in(Lang::Ru, Type::Percent, 3_333), "33,33");
    assert_eq!(show::number_in(Lang::En, Type::Date, 20_261_123), "23.11.2026");
    assert_eq!(show::exact(Type::Date, 20_261_123), "2026-11-23");
    assert_eq!(show::exact(money, -5), "-0.05");
}

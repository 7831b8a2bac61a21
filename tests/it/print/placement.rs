//! Official forms against their measured layouts: each text stands in its cell.

use crate::shared::shared_text;
use kontora::print::data::FormData;
use kontora::print::layout::layout;
use kontora::print::pages::{Item, TextItem};
use kontora::print::template::load;
use serde_json::Value;

/// How far a text may stand from its measured cell, mm.
const TOLERANCE: f32 = 1.0;

fn number(cell: &Value, key: &str) -> f32 {
    cell[key].as_f64().unwrap().to_string().parse().unwrap()
}

/// Letters without blanks and hyphens: heads may be broken elsewhere.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}')).collect()
}

fn inside(text: &TextItem, cell: &Value) -> bool {
    let (x, y) = (number(cell, "x"), number(cell, "y"));
    let (right, bottom) = (x + number(cell, "w"), y + number(cell, "h"));
    let (left, end) = if text.turned { (text.x, text.x) } else { (text.x, text.x + text.width_mm) };
    left >= x - TOLERANCE && end <= right + TOLERANCE && text.y >= y - TOLERANCE && text.y <= bottom + TOLERANCE
}

/// Fills a form with the samples of its layout by the place of each sample, and compares every cell.
fn check(form: &str) {
    let Some(layout_text) = shared_text(&format!("domain/forms/{form}.json")) else { return };
    let measured: Value = serde_json::from_str(&layout_text).unwrap();
    let template = load(form, None).unwrap();
    let mut data = FormData::default();
    let cells = measured["cells"].as_array().unwrap();
    for cell in cells {
        let Some(sample) = cell["sample"].as_str() else { continue };
        let near = |at: f32, key: &str| (at - number(cell, key)).abs() < 0.01;
        let ours = template.fixed.cells.iter().find(|ours| near(ours.x, "x") && near(ours.y, "y") && !ours.rest);
        if let Some(field) = ours.and_then(|ours| ours.text.only_field()) {
            // The receipt repeats fields of the order, its longer texts in two lines: the first value stays.
            if data.field(field).is_empty() {
                data.set(field, sample);
            }
        }
    }
    for (field, value) in [
        ("number", "15"),
        ("payer_inn", "7707083893"),
        ("payer_kpp", "770701001"),
        ("payee_inn", "7702070139"),
        ("payee_kpp", "770943002"),
    ] {
        if form.starts_with("pp") {
            data.set(field, value);
        }
    }
    let pages = layout(&template, &data);
    assert_eq!(pages.warnings, [], "nothing overflows in {form}");
    let texts: Vec<&TextItem> = pages.pages[0]
        .items
        .iter()
        .filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None })
        .collect();
    let mut compared = 0;
    for cell in cells {
        let Some(wanted) = cell["text"].as_str().or(cell["sample"].as_str()) else { continue };
        let near = |at: f32, key: &str| (at - number(cell, key)).abs() < 0.01;
        let ours = template.fixed.cells.iter().find(|ours| near(ours.x, "x") && near(ours.y, "y"));
        if ours.is_some_and(|ours| ours.rest) {
            // A second line: the text may have fitted into the first one.
            let line = texts.iter().any(|text| letters(&text.string).contains(&letters(wanted)));
            assert!(line, "{form}: «{wanted}» is nowhere");
            continue;
        }
        let found: String = texts.iter().filter(|text| inside(text, cell)).map(|text| text.string.as_str()).collect();
        assert!(letters(&found).contains(&letters(wanted)), "{form}: «{wanted}» is not in its cell but «{found}»");
        compared += 1;
    }
    assert!(compared > 40, "{form} has cells to compare");
}

#[test]
fn receipt_order_stands_in_its_cells() {
    check("ko1");
}

#[test]
fn expense_order_stands_in_its_cells() {
    check("ko2");
}

#[test]
fn payment_order_stands_in_its_cells() {
    check("pp_0401060");
}

//! Every form with its sample data, as a listing of what stands where, and as a PDF.
//!
//! `UPDATE_EXPECTED=1` writes the listings anew; `PRINT_PDF=folder` writes the PDFs, for eyes.

use super::samples::sample;
use crate::shared::switch;
use kontora::kernel::moment::Date;
use kontora::print::layout::layout;
use kontora::print::pages::{Item, Pages, Paint};
use kontora::print::pdf::pdf;
use kontora::print::template::{all_names, load};
use std::fmt::Write;
use std::path::PathBuf;

/// Pages as text: a line an item, places to a tenth of a millimetre.
pub fn listing(pages: &Pages) -> String {
    let mut out = format!("{}\n", pages.title);
    for (at, page) in pages.pages.iter().enumerate() {
        writeln!(out, "\npage {} {:.1} x {:.1}", at + 1, page.width_mm, page.height_mm).unwrap();
        for item in &page.items {
            match item {
                Item::Text(text) => {
                    let bold = if text.face.bold { " bold" } else { "" };
                    let turned = if text.turned { " turned" } else { "" };
                    let size = text.size_pt;
                    writeln!(out, "{:.1} {:.1} {size}{bold}{turned} {}", text.x, text.y, text.string).unwrap();
                }
                Item::Line { x1, y1, x2, y2, thick, dashed } => {
                    let dashed = if *dashed { " dashed" } else { "" };
                    writeln!(out, "{x1:.1} {y1:.1} line to {x2:.1} {y2:.1}, {thick:.1}{dashed}").unwrap();
                }
                Item::Rect { x, y, width, height, paint: Paint::Outline(thick) } => {
                    writeln!(out, "{x:.1} {y:.1} box {width:.1} x {height:.1}, {thick:.1}").unwrap();
                }
                Item::Rect { x, y, width, height, paint: Paint::Solid(black) } => {
                    writeln!(out, "{x:.1} {y:.1} filled {width:.1} x {height:.1}, {black}%").unwrap();
                }
                Item::Matrix { x, y, width, height, matrix } => {
                    let (columns, rows) = (matrix.columns(), matrix.rows());
                    writeln!(out, "{x:.1} {y:.1} code {width:.1} x {height:.1}, {columns} x {rows}").unwrap();
                }
            }
        }
    }
    for warning in &pages.warnings {
        writeln!(out, "\nwarning: {}", warning.show()).unwrap();
    }
    out
}

/// Writes a PDF where the person wants to look at it.
pub fn write_pdf(name: &str, pages: &Pages) {
    if let Some(folder) = switch("PRINT_PDF") {
        let created = Date::ymd(2026, 11, 23).unwrap().at(10, 0, 0);
        std::fs::write(PathBuf::from(folder).join(format!("{name}.pdf")), pdf(pages, created).unwrap()).unwrap();
    }
}

#[test]
fn every_form_is_printed_as_it_was() {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/print"));
    for name in all_names(None) {
        let template = load(&name, None).unwrap_or_else(|problems| panic!("{}", problems.sentences(None)));
        let pages = layout(&template, &sample(&name));
        assert_eq!(pages.warnings, [], "{name}");
        write_pdf(&name, &pages);
        let path = folder.join(format!("{name}.txt"));
        let listed = listing(&pages);
        if switch("UPDATE_EXPECTED").is_some() {
            std::fs::write(&path, &listed).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(listed == expected, "{name} is printed otherwise: run with UPDATE_EXPECTED=1 and look at the diff");
    }
}

//! Golden texts of every form made of real documents: `UPDATE_EXPECTED=1` writes them anew, the difference is
//! to be looked at. `PRINT_PDF=folder` writes the PDFs of this module's tests there.

use super::base::{DOCUMENTS, base, document};
use super::filling::PAPERS;
pub use crate::print::golden::write_pdf as picture;
use crate::print::golden::{listing, write_pdf};
use crate::shared::switch;
use kontora::ops::printing::papers;
use kontora::ops::scanned::document_code;
use std::path::PathBuf;

/// Forms that carry the code of their document, by which a scanner opens it.
const CODED: [&str; 6] =
    ["goods_issue", "customer_order", "customer_return", "goods_receipt", "supplier_order", "supplier_return"];

/// The code of a document is made of its number in the base, which depends on everything made before: neither its
/// bars nor its letters are compared.
fn without_code(listed: &str, code: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in listed.lines() {
        if line.ends_with(code) {
            lines.pop();
        } else {
            lines.push(line);
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_document_is_printed_as_it_was() {
    let session = base(DOCUMENTS);
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/print/documents"));
    for (name, code) in PAPERS {
        let papers = papers(&session, &[(document(&session, name), code.to_owned())]);
        let pages = papers.unwrap_or_else(|error| panic!("{name}: {}", error.sentence())).pages;
        let (kind, _) = name.split_once(':').unwrap();
        let file = if kind == code { code.to_owned() } else { format!("{kind}-{code}") };
        write_pdf(&file, &pages);
        let (path, whole) = (folder.join(format!("{file}.txt")), listing(&pages));
        let own = document_code(document(&session, name));
        assert_eq!(whole.contains(&own), CODED.contains(&code), "{file} and the code of its document");
        let listed = without_code(&whole, &own);
        if switch("UPDATE_EXPECTED").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &listed).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(listed == expected, "{file} is printed otherwise: run with UPDATE_EXPECTED=1 and look at the diff");
    }
}

//! What devices get from us, read by programs of others: encoders of receipts, readers of printed codes.
//!
//! They run where the checkers of `../shared/devices/checkers` are installed and say so aloud where not.

use crate::shared::{shared, switch};
use kontora::devices::manager::NoPainter;
use kontora::devices::proto::bitmap::Bitmap;
use kontora::devices::proto::escpos::document::{
    Align, Barcode, BarcodeKind, Correction, Document, Element, Qr, Style,
};
use kontora::devices::proto::escpos::profile::Profile;
use kontora::devices::proto::escpos::writer::write;
use kontora::devices::proto::labels::write::label;
use kontora::devices::proto::labels::{LabelLanguage, LabelSize};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A checker run on a file; what it said, or nothing when it is not installed.
#[expect(clippy::print_stderr, reason = "a skipped check must be seen in the log of the run")]
pub fn said(script: &str, module: &str, arguments: &[&Path]) -> Option<String> {
    let script = shared(&format!("devices/checkers/{script}"))?;
    let home = switch("CHECKERS_HOME").map(PathBuf::from);
    let home = home.or_else(|| switch("HOME").map(|home| PathBuf::from(home).join(".cache/kontora-checkers")))?;
    let python = home.join("venv/bin/python");
    let ready = Command::new(&python).args(["-c", &format!("import {module}")]).output();
    if !ready.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: {module} is not installed for the checkers");
        return None;
    }
    let mut command =
        if script.extension().is_some_and(|kind| kind == "sh") { Command::new("bash") } else { Command::new(&python) };
    let output = command.arg(&script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn an_independent_encoder_makes_the_same_bytes() {
    let mut document = Document::default();
    let style = Style { align: Align::Center, bold: true, wide: true, tall: true, ..Style::default() };
    document.styled("Щётка № 7 - жёсткая", style);
    let barcode = |kind, data: &str, height| {
        let barcode = Barcode { kind, data: data.to_owned(), height, module: 2, text: true };
        Element::Barcode { barcode, align: Align::Left }
    };
    document.elements.push(barcode(BarcodeKind::Ean13, "460012345678", 80));
    document.elements.push(barcode(BarcodeKind::Code128, "ORDER-000123", 60));
    let data = b"t=20261123T1201&s=1334.40&fn=9999078900001234&i=77&fp=1234567890&n=1".to_vec();
    let qr = Qr { data, module: 6, correction: Correction::Medium };
    document.elements.push(Element::Qr { qr, align: Align::Left });
    document.elements.push(Element::Cut);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("job.bin");
    std::fs::write(&file, write(&document, &Profile::paper_80(), &NoPainter).bytes).unwrap();
    let Some(said) = said("pyescpos_diff.py", "escpos", &[Path::new("--check"), &file]) else { return };
    for element in ELEMENTS {
        let line = said.lines().find(|line| line.starts_with(element)).unwrap();
        assert!(line.ends_with("IN FILE"), "{line}");
    }
    assert!(said.contains("cp866 text found: True"), "{said}");
}

/// What the encoder of others writes byte for byte as we do; it makes letters large, sets barcodes, cuts and opens
/// drawers by other commands of the same language.
const ELEMENTS: [&str; 5] = ["init", "cp866 table", "align center", "bold on", "qr native"];

/// A QR code drawn at a place, eight dots a module.
fn with_qr(data: &str) -> Bitmap {
    let code = qrcodegen::QrCode::encode_text(data, qrcodegen::QrCodeEcc::Medium).unwrap();
    let mut picture = Bitmap::white(464, 320);
    let size = usize::try_from(code.size()).unwrap();
    for (x, y) in (0..size).flat_map(|x| (0..size).map(move |y| (x, y))) {
        let (column, row) = (i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
        if code.get_module(column, row) {
            for (right, down) in (0..8).flat_map(|right| (0..8).map(move |down| (right, down))) {
                picture.blacken(40 + x * 8 + right, 40 + y * 8 + down);
            }
        }
    }
    picture
}

#[test]
fn labels_are_read_back_by_an_independent_reader() {
    let size = LabelSize { width: 58, height: 40, gap: 2, dots: 8 };
    let picture = with_qr("KONTORA-000123");
    let folder = tempfile::tempdir().unwrap();
    for (language, ending, script) in
        [(LabelLanguage::Tspl, "tspl", "bitmap_check.py"), (LabelLanguage::Epl, "epl", "bitmap_check.py")]
    {
        let file = folder.path().join(format!("label.{ending}"));
        std::fs::write(&file, label(language, size, &picture, 1)).unwrap();
        let Some(said) = said(script, "zxingcpp", &[&file]) else { return };
        assert!(said.contains("]Q1") && said.contains("KONTORA-000123"), "{ending}: {said}");
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped check must be seen in the log of the run")]
fn an_independent_renderer_draws_our_zpl() {
    let home = switch("CHECKERS_HOME").map(PathBuf::from);
    let home = home.or_else(|| switch("HOME").map(|home| PathBuf::from(home).join(".cache/kontora-checkers")));
    if !home.is_some_and(|home| home.join("node/node_modules/zpl-renderer-js").exists()) {
        eprintln!("SKIPPED: no renderer of ZPL is installed for the checkers");
        return;
    }
    let size = LabelSize { width: 58, height: 40, gap: 2, dots: 8 };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("label.zpl");
    std::fs::write(&file, label(LabelLanguage::Zpl, size, &with_qr("KONTORA-000123"), 1)).unwrap();
    let Some(said) = said("zpl_check.sh", "zxingcpp", &[&file]) else { return };
    assert!(said.contains("]Q1") && said.contains("KONTORA-000123"), "{said}");
}

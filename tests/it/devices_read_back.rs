//! Codes we print, read by a reader of others (`zbarimg`): labels as the dots a label printer gets, and the paper of the
//! training printer as its window shows it. Skipped aloud where the reader is not installed.

use crate::app_devices::{launched, training};
use crate::app_kit::World;
use crate::printing::base::{base, document};
use crate::ui_kit::Cpu;
use egui_kittest::kittest::Queryable as _;
use kontora::devices::manager::handles::{LabelPrinter, ReceiptPrinter};
use kontora::devices::manager::outcome::Outcome;
use kontora::devices::manager::view::Lamp;
use kontora::devices::manager::{Manager, NoPainter};
use kontora::devices::proto::bitmap::Bitmap;
use kontora::devices::proto::escpos::document::{Align, Barcode, BarcodeKind, Correction, Document, Element, Qr};
use kontora::devices::settings::{Kind, KindName};
use kontora::devices::training::played::Played;
use kontora::kernel::clock::Clock;
use kontora::ops::printing::papers;
use kontora::ui::app::devices::dots::dots;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

const GOODS: &str = r#"
{"type":"item","key":"lamp","code":"L1","name":"Лампа настольная","article":"ЛН-1","barcodes":[{"barcode":"4601234567893"}]}
{"type":"item","key":"wire","code":"W1","name":"Провод","barcodes":[{"barcode":"PVS-315"}]}
{"type":"price_setting","key":"PS-1","date":"2026-11-01","post":true,"prices":[{"item":"L1","price":"2990"},{"item":"W1","price":"89.5"}]}
"#;

/// The codes somebody else's reader sees in a picture; `None` when there is no reader.
#[expect(clippy::print_stderr, reason = "a skipped check must be seen in the log of the run")]
fn read(picture: &Path) -> Option<String> {
    let Ok(output) = Command::new("zbarimg").args(["-q", "--nodbus"]).arg(picture).output() else {
        eprintln!("SKIPPED: zbarimg is not installed, printed codes are not read back");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Dots with the white of the paper around them, each as large as three pixels.
fn picture(label: &Bitmap) -> Vec<u8> {
    const DOT: usize = 3;
    let (width, height) = (label.width() * DOT, label.height() * DOT);
    let mut file = format!("P5 {width} {height} 255\n").into_bytes();
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        file.push(if label.dot(x / DOT, y / DOT) { 0 } else { 255 });
    }
    file
}

#[test]
fn labels_and_price_tags_are_read_from_the_dots_of_the_printer() {
    let session = base(GOODS);
    let manager = Manager::new(Clock::system(), Arc::new(NoPainter), || {});
    manager.apply(&[training(KindName::Labels)]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("label.pgm");
    let cases = [
        ("item:lamp", "item_label", "EAN-13:4601234567893"),
        ("item:lamp", "price_tag", "EAN-13:4601234567893"),
        ("item:wire", "item_label", "CODE-128:PVS-315"),
    ];
    for (at, (item, form, code)) in cases.into_iter().enumerate() {
        let asked = [(document(&session, item), form.to_owned())];
        let pages = papers(&session, &asked).unwrap_or_else(|error| panic!("{}", error.sentence())).pages;
        let outcome = LabelPrinter::new(&manager, "t1").print(dots(&pages.pages[0], 8), 1).wait(20_000);
        assert_eq!(outcome, Some(Outcome::Printed(())));
        // It has gone through the language of the printer and back.
        let shown = manager.training("t1").unwrap().look(|played| match played {
            Played::Labels(own) => picture(&own.labels[at].picture),
            _ => Vec::new(),
        });
        std::fs::write(&file, shown).unwrap();
        let Some(said) = read(&file) else { return };
        assert!(said.lines().any(|line| line == code), "{item} {form}: {said}");
    }
    assert!(matches!(KindName::Labels.usual(), Kind::Labels(_)));
}

fn receipt() -> Document {
    let mut document = Document::default();
    document.text("Чай чёрный № 7");
    let mut barcode = |kind, data: &str| {
        let barcode = Barcode { kind, data: data.to_owned(), height: 80, module: 3, text: true };
        document.elements.push(Element::Barcode { barcode, align: Align::Center });
    };
    barcode(BarcodeKind::Ean13, "4601234567893");
    barcode(BarcodeKind::Code128, "ORDER-000123");
    let data = b"t=20261123T1201&s=1334.40&fn=9999078900001234&i=77&fp=1234567890&n=1".to_vec();
    let qr = Qr { data, module: 6, correction: Correction::Medium };
    document.elements.push(Element::Qr { qr, align: Align::Center });
    document
}

#[test]
fn the_paper_of_the_training_printer_is_read_from_the_screen() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, cpu, devices) = launched(&world, folder.path(), "devices");
    let cpu: Cpu = cpu;
    devices.put(training(KindName::Printer));
    let manager = devices.manager();
    crate::app_kit::wait("the printer", || {
        harness.step();
        manager.view("t1").filter(|view| view.lamp == Lamp::Ready)
    });
    let outcome = ReceiptPrinter::new(manager, "t1").print(1, receipt()).wait(20_000);
    assert!(matches!(outcome, Some(Outcome::Printed(_))), "{outcome:?}");
    devices.toggle_window("t1");
    crate::app_kit::wait("its window", || {
        harness.step();
        harness.query_all_by_label_contains("УЧЕБНЫЙ - не настоящее устройство").next().map(|_| ())
    });
    harness.run_ok();
    cpu.look(&harness, "training-read-back");
    let shown = cpu.picture(&harness);
    let mut file = format!("P6 {} {} 255\n", shown.width(), shown.height()).into_bytes();
    file.extend(shown.rgb());
    let path = folder.path().join("screen.ppm");
    std::fs::write(&path, file).unwrap();
    let Some(said) = read(&path) else { return };
    let codes = [
        "EAN-13:4601234567893",
        "CODE-128:ORDER-000123",
        "QR-Code:t=20261123T1201&s=1334.40&fn=9999078900001234&i=77&fp=1234567890&n=1",
    ];
    for code in codes {
        assert!(said.lines().any(|line| line == code), "{code}: {said}");
    }
}

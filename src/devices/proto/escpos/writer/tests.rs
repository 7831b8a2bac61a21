//! Jobs: bytes as independent encoders write them, and read back by the training printer.

use super::{Painter, Unprinted, has_real_time, table_sheet, write};
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::decoder::{Decoder, DecoderSettings, Printed};
use crate::devices::proto::escpos::document::{
    Align, Barcode, BarcodeKind, Cell, Correction, Document, Element, Qr, Style, Width,
};
use crate::devices::proto::escpos::profile::{CodeTable, Knife, Profile, Raster, TextMode, tables_to_try};
use crate::devices::proto::escpos::status::{Ask, barrier_bytes, barrier_id};
use crate::devices::proto::fuzz::Dice;
use crate::devices::proto::letters::Letters;

/// Draws a black bar as wide as the text has letters that are no spaces.
struct Bars;

impl Painter for Bars {
    fn line(&self, text: &str, _: Style, dots: usize) -> Bitmap {
        let mut bitmap = Bitmap::white(dots, 24);
        for (at, _) in text.chars().enumerate().filter(|(_, letter)| !letter.is_whitespace()) {
            (0..24).for_each(|y| bitmap.blacken(at * 12, y));
        }
        bitmap
    }
    fn barcode(&self, _: &Barcode) -> Option<Bitmap> {
        None
    }
    fn qr(&self, qr: &Qr) -> Option<Bitmap> {
        Some(Bitmap::white(21 * usize::from(qr.module), 21))
    }
}

fn bytes(elements: Vec<Element>) -> Vec<u8> {
    write(&Document { elements }, &Profile::paper_80(), &Bars).bytes
}

fn printed(bytes: &[u8]) -> Vec<Printed> {
    let mut decoder = Decoder::new(DecoderSettings::default());
    let printed = decoder.take(bytes);
    assert!(decoder.is_idle());
    printed
}

fn lines(printed: &[Printed]) -> Vec<String> {
    let text = |one: &Printed| match one {
        Printed::Line(spans) => Some(spans.iter().map(|span| span.text.as_str()).collect()),
        _ => None,
    };
    printed.iter().filter_map(text).collect()
}

fn code(kind: BarcodeKind, data: &str) -> Barcode {
    Barcode { kind, data: data.to_owned(), height: 80, module: 2, text: true }
}

/// The bytes are those of python-escpos 3.1 and of the encoder of point-of-sale.
#[test]
fn bytes_agree_with_independent_encoders() {
    let holds = |bytes: &[u8], hex: &str| {
        let expected: Vec<u8> = hex.split(' ').map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
        assert!(bytes.windows(expected.len()).any(|window| window == expected), "{hex} is not in {bytes:02X?}");
    };
    let text = |text: &str, style| Element::Text { text: text.to_owned(), style };
    let job = bytes(vec![
        text("Щётка № 7", Style { align: Align::Center, bold: true, ..Style::default() }),
        text("x", Style { wide: true, tall: true, ..Style::default() }),
        Element::Barcode { barcode: code(BarcodeKind::Ean13, "460012345678"), align: Align::Left },
        Element::Barcode { barcode: code(BarcodeKind::Code128, "ORDER-000123"), align: Align::Left },
        Element::Qr {
            qr: Qr { data: b"HELLO".to_vec(), module: 6, correction: Correction::Medium },
            align: Align::Left,
        },
        Element::Cut,
        Element::Drawer,
    ]);
    assert!(job.starts_with(&[0x1B, 0x40, 0x1C, 0x2E, 0x1B, 0x74, 0x11]));
    holds(&job, "1B 61 01 1B 45 01 99 F1 E2 AA A0 20 FC 20 37 0A");
    holds(&job, "1D 21 11");
    holds(&job, "1D 68 50 1D 77 02 1D 48 02 1D 6B 43 0C 34 36 30 30 31 32 33 34 35 36 37 38");
    holds(&job, "1D 6B 49 0E 7B 42 4F 52 44 45 52 2D 30 30 30 31 32 33");
    holds(
        &job,
        "1D 28 6B 04 00 31 41 32 00 1D 28 6B 03 00 31 43 06 1D 28 6B 03 00 31 45 31 \
         1D 28 6B 08 00 31 50 30 48 45 4C 4C 4F 1D 28 6B 03 00 31 51 30",
    );
    holds(&job, "1D 56 42 00");
    holds(&job, "1B 70 00 19 FA");
}

#[test]
fn a_receipt_is_read_back_whole() {
    let mut document = Document::default();
    document.styled("ООО «Ромашка»", Style { align: Align::Center, bold: true, ..Style::default() });
    document.elements.push(Element::Rule('='));
    document.pair("Чай чёрный крупнолистовой цейлонский, 100 г", "2 × 99,90 ₽", Style::default());
    document.pair("ИТОГО", "199,80", Style { wide: true, ..Style::default() });
    let qr =
        Qr { data: b"t=20261123T1201&s=199.80&fn=1&i=2&fp=3&n=1".to_vec(), module: 5, correction: Correction::Low };
    document.elements.push(Element::Qr { qr: qr.clone(), align: Align::Center });
    let barcode = code(BarcodeKind::Gs1Code128, "0104600123456782\u{1d}10LOT{1");
    document.elements.push(Element::Barcode { barcode: barcode.clone(), align: Align::Center });
    document.elements.push(Element::Feed(2));
    document.elements.push(Element::Cut);
    let job = write(&document, &Profile::paper_80(), &Bars);
    assert_eq!((job.lost, job.unprinted.len()), (0, 0));
    let printed = printed(&job.bytes);
    let lines = lines(&printed);
    assert_eq!(lines[0], "ООО \"Ромашка\"");
    assert_eq!(lines[1], "=".repeat(48));
    assert_eq!(lines[2], "Чай чёрный крупнолистовой           2 x 99,90 р.");
    assert_eq!(lines[3].trim_end(), "цейлонский, 100 г");
    assert!(lines[4].starts_with("ИТОГО") && lines[4].ends_with("199,80") && lines[4].chars().count() == 24);
    assert!(printed.contains(&Printed::Qr(qr, Align::Center)));
    assert!(printed.contains(&Printed::Barcode(barcode, Align::Center)));
    assert_eq!(printed.last(), Some(&Printed::Cut));
}

#[test]
fn what_is_lost_is_counted_and_what_suits_no_code_is_named() {
    let document = Document {
        elements: vec![
            Element::Text { text: "茶 ☕".to_owned(), style: Style::default() },
            Element::Barcode { barcode: code(BarcodeKind::Ean13, "46001234"), align: Align::Left },
            Element::Barcode { barcode: code(BarcodeKind::Code128, "Щётка"), align: Align::Left },
            Element::Barcode { barcode: code(BarcodeKind::Itf, ""), align: Align::Left },
            Element::Qr { qr: Qr { data: Vec::new(), module: 3, correction: Correction::Low }, align: Align::Left },
        ],
    };
    let job = write(&document, &Profile::paper_80(), &Bars);
    assert_eq!(job.lost, 2);
    let kinds = [BarcodeKind::Ean13, BarcodeKind::Code128, BarcodeKind::Itf].map(Unprinted::Barcode);
    assert_eq!(job.unprinted[..3], kinds);
    assert_eq!(job.unprinted[3], Unprinted::Qr);
}

#[test]
fn pictures_come_back_dot_by_dot_by_either_way() {
    let mut dice = Dice::new(41);
    let mut picture = Bitmap::white(200, 301);
    for _ in 0..9000 {
        picture.blacken(dice.below(200), dice.below(301));
    }
    for raster in [Raster::Modern, Raster::Strips] {
        let profile = Profile { raster, band: 64, ..Profile::paper_58() };
        let element = Element::Image { bitmap: picture.clone(), align: Align::Center };
        let job = write(&Document { elements: vec![element] }, &profile, &Bars);
        let mut paper = Bitmap::white(200, 0);
        for one in printed(&job.bytes) {
            if let Printed::Rows(rows, align) = one {
                assert_eq!(align, Align::Center);
                paper.append(&rows);
            }
        }
        // A dot may have been added where a command would have stood.
        for y in 0..301 {
            for x in 0..200 {
                assert!(!picture.dot(x, y) || paper.dot(x, y), "{raster:?} {x} {y}");
            }
        }
    }
}

#[test]
fn no_picture_holds_a_command() {
    let nasty: Vec<u8> = (0..48 * 40).map(|at| [0x10, 0x04, 0x10, 0x14, 0x10, 0x05][at % 6]).collect();
    let picture = Bitmap::packed(384, 40, nasty).unwrap();
    for raster in [Raster::Modern, Raster::Strips] {
        let profile = Profile { raster, ..Profile::paper_58() };
        let element = Element::Image { bitmap: picture.clone(), align: Align::Left };
        let job = write(&Document { elements: vec![element] }, &profile, &Bars);
        assert!(!has_real_time(&job.bytes));
    }
    let qr = Qr { data: vec![0x10, 0x04, 1], module: 3, correction: Correction::Low };
    let job = bytes(vec![Element::Qr { qr, align: Align::Left }]);
    assert!(matches!(printed(&job).last(), Some(Printed::Rows(..))));
    // The training printer that obeys inside data would have lost those bytes.
    let settings = DecoderSettings { obeys_inside_data: true, ..DecoderSettings::default() };
    let raw = [&[0x1D, 0x76, 0x30, 0, 3, 0, 1, 0], [0x10, 0x04, 0x01].as_slice()].concat();
    assert_eq!(Decoder::new(settings).take(&raw), [Printed::Asked(Ask::Printer)]);
}

#[test]
fn text_without_cyrillic_letters_goes_as_pictures() {
    let profile = Profile { text: TextMode::Pictures, ..Profile::paper_58() };
    let mut document = Document::default();
    document.styled("Щётка", Style { align: Align::Right, ..Style::default() });
    document.text("茶");
    let job = write(&document, &profile, &Bars);
    assert_eq!(job.lost, 0);
    let rows: Vec<Bitmap> = printed(&job.bytes)
        .into_iter()
        .filter_map(|one| if let Printed::Rows(rows, _) = one { Some(rows) } else { None })
        .collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[0].dot(27 * 12, 0) && !rows[0].dot(0, 0) && rows[1].dot(0, 0));
}

#[test]
fn both_tables_bring_the_alphabet_and_a_clone_needs_its_mode_cancelled() {
    let alphabet: String = ('А'..='я').chain("Ёё№".chars()).collect();
    for (letters, number) in [(Letters::Cp866, 17), (Letters::Cp1251, 46)] {
        let text = TextMode::Table(CodeTable { letters, number });
        for cancel_hieroglyphs in [true, false] {
            let profile = Profile { columns: 80, text, cancel_hieroglyphs, ..Profile::paper_80() };
            let mut document = Document::default();
            document.text(&alphabet);
            let job = write(&document, &profile, &Bars);
            let settings = DecoderSettings { hieroglyphs: true, ..DecoderSettings::default() };
            let printed = Decoder::new(settings).take(&job.bytes);
            assert_eq!(lines(&printed)[0] == alphabet, cancel_hieroglyphs);
        }
    }
    let sheet = lines(&printed(&table_sheet("Съешь ещё Ё№")));
    assert_eq!(sheet.len(), tables_to_try().len());
    assert!(sheet.contains(&"866/17: Съешь ещё Ё№".to_owned()) && sheet.contains(&"1251/46: Съешь ещё Ё№".to_owned()));
}

#[test]
fn knives_small_letters_and_the_barrier() {
    let cut = |knife| {
        let document = Document { elements: vec![Element::Cut] };
        printed(&write(&document, &Profile { knife, ..Profile::paper_80() }, &Bars).bytes)
    };
    assert_eq!(cut(Knife::Old(3)), [Printed::Reset, Printed::Feed(3), Printed::Cut]);
    assert_eq!(cut(Knife::Tear(5)), [Printed::Reset, Printed::Feed(5)]);
    let cells = vec![Cell { text: "x".to_owned(), width: Width::Rest, align: Align::Right }];
    let small = Style { small: true, underline: true, ..Style::default() };
    let line = lines(&printed(&bytes(vec![Element::Columns { cells, style: small }])));
    assert_eq!(line[0].chars().count(), 64);
    let id = [7, 0, 255, 1];
    let barrier = barrier_bytes(super::super::profile::Barrier::ProcessId, id);
    assert_eq!(printed(&barrier), [Printed::AskedDone(barrier_id(id))]);
    assert_eq!(printed(&[0x1D, 0x72, 1, 0x10, 0x04, 4]), [Printed::AskedInOrder(1), Printed::Asked(Ask::Paper)]);
}

#[test]
fn any_split_prints_the_same_and_no_bytes_upset_it() {
    let heads: [&[u8]; 12] = [
        b"\x1b@",
        b"\x1dv0\0",
        b"\x1d(k",
        b"\x1b*!",
        b"\x1dkI",
        b"\x1dk\x02",
        b"\x10\x04",
        b"\x10\x14",
        b"\x1ba",
        b"abc\n",
        b"\x1bp",
        b"\x1dVB",
    ];
    for seed in 0..3000 {
        let mut dice = Dice::new(seed);
        let mut stream = Vec::new();
        for _ in 0..dice.below(12) {
            stream.extend_from_slice(dice.pick(&heads));
            let noise = dice.bytes(9);
            stream.extend(noise.iter().map(|byte| if byte % 3 == 0 { byte & 0x0F } else { *byte }));
        }
        let settings = DecoderSettings { obeys_inside_data: seed % 2 == 0, ..DecoderSettings::default() };
        let mut whole = Decoder::new(settings.clone());
        let expected = whole.take(&stream);
        let mut parts = Decoder::new(settings);
        let found: Vec<Printed> = dice.split(&stream).iter().flat_map(|piece| parts.take(piece)).collect();
        assert_eq!(found, expected, "seed {seed}");
    }
}

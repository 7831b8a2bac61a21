//! Scans classified: each kind of code with an identifier and without.

use super::elements::Elements;
use super::marking::Proof;
use super::trade_item::{CheckError, Form};
use super::weighed::Template;
use super::{Code, Doubt, classify, likeness};
use crate::devices::proto::fuzz::Dice;
use crate::devices::proto::scanner::scan::{Scan, ScanSettings};
use crate::devices::proto::scanner::wedge::Likeness;

fn read(raw: &str) -> Code {
    classify(&Scan::new(raw.as_bytes(), &ScanSettings::default()), &[Template::usual()])
}

#[test]
fn numbers_of_trade_items() {
    for (raw, whole, expected) in [
        ("4600123456782", "04600123456782", Form::Ean13),
        ("]E04600123456782", "04600123456782", Form::Ean13),
        ("46009333", "00000046009333", Form::Ean8),
        ("]E446009333", "00000046009333", Form::Ean8),
        ("04252614", "00042100005264", Form::UpcE),
        ("036000291452", "00036000291452", Form::UpcA),
        ("14600123456789", "14600123456789", Form::Itf14),
        ("]I114600123456789", "14600123456789", Form::Itf14),
    ] {
        let Code::TradeItem { gtin, form, add_on: None } = read(raw) else { panic!("{raw}: {:?}", read(raw)) };
        assert_eq!((gtin.as_str(), form), (whole, expected), "{raw}");
    }
    let Code::TradeItem { add_on, .. } = read("]E3460012345678205") else { panic!("no number") };
    assert_eq!(add_on.as_deref(), Some("05"));
}

#[test]
fn a_bare_number_is_never_read_as_fields() {
    // As GS1 fields these would be 22 and 03.
    assert!(matches!(read("2212345012343"), Code::Weighed(weighed) if weighed.amount == 1234));
    assert!(matches!(read("036000291452"), Code::TradeItem { .. }));
    assert!(matches!(read("2912345012340"), Code::Text { doubt: Some(Doubt::Check(_)), .. }));
    let wrong = Doubt::Check(CheckError::Digit { expected: 3, found: 4 });
    assert!(matches!(read("2212345012344"), Code::Text { doubt: Some(doubt), .. } if doubt == wrong));
    let unread = classify(&Scan::new(b"2212345012343", &ScanSettings::default()), &[]);
    assert!(matches!(unread, Code::InStore(_)));
}

#[test]
fn marking_codes_are_kept_as_scanned() {
    let signed = "0104600123456782215abcDEF\"12345\u{1d}91EE06\u{1d}92dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=";
    let milk = "0104600123456782215abcDE\u{1d}93dGVz\u{1d}3103000353";
    let block = "010460012345678221JgXJ5.T\u{1d}8005112000\u{1d}93Mdlr";
    let pack = "04600123456782JgXJ5.TABCDMdlr";
    for (code, proof, serial, grams, kopecks) in [
        (signed, Proof::Signature, "5abcDEF\"12345", None, None),
        (milk, Proof::Short, "5abcDE", Some(353), None),
        (block, Proof::Short, "JgXJ5.T", None, Some(112_000)),
        (pack, Proof::Tobacco, "JgXJ5.T", None, None),
        ("0104600123456782215abcDEF\"12345", Proof::None, "5abcDEF\"12345", None, None),
    ] {
        for raw in [code.to_owned(), format!("]d2{code}"), format!("\u{1d}{code}")] {
            // A pack of tobacco has no fields, and a mark of fields before it would be wrong.
            if proof == Proof::Tobacco && raw != code {
                continue;
            }
            let Code::Marking(marking) = read(&raw) else { panic!("{raw}: {:?}", read(&raw)) };
            assert_eq!((marking.proof, marking.serial.as_str()), (proof, serial));
            assert_eq!((marking.grams, marking.kopecks), (grams, kopecks));
            assert_eq!(marking.whole, raw.strip_prefix("]d2").unwrap_or(&raw).as_bytes());
            assert!(marking.identification.ends_with(serial) && marking.identification.contains("04600123456782"));
        }
    }
    assert!(matches!(read(&format!("]d1{pack}")), Code::Marking(marking) if marking.proof == Proof::Tobacco));
}

#[test]
fn fields_without_a_serial_number_and_texts() {
    let Code::Elements(fields) = read("]C101046001234567821726123110LOT-1") else { panic!("no fields") };
    assert_eq!(fields.value("10"), Some("LOT-1"));
    assert!(matches!(read("00046001234567890126"), Code::Elements(_)));
    assert!(matches!(read("00046001234567890121"), Code::Text { .. }));
    assert!(matches!(read("]C100146001234567890120"), Code::Elements(_)));
    for raw in ["ORDER-000123", "]C04600123456782", "]Q1https://example.com/?t=1", "]A0A-1", "21ABC"] {
        assert!(matches!(read(raw), Code::Text { doubt: None, .. }), "{raw}");
    }
    assert!(matches!(read("]d2XX"), Code::Text { doubt: Some(Doubt::Elements(_)), .. }));
}

#[test]
fn likeness_of_codes_and_of_words() {
    for (data, expected) in [
        ("4600123456782", Likeness::Certain),
        ("]C0abc", Likeness::Certain),
        ("0104600123456782215abcDE\u{1d}93dGVz", Likeness::Certain),
        ("ORDER-000123", Likeness::Possible),
        ("12345678", Likeness::Possible),
        ("4600123456783", Likeness::Possible),
        ("125000", Likeness::Unlikely),
        ("01.12.2026", Likeness::Unlikely),
        ("vjkjrj", Likeness::Unlikely),
    ] {
        assert_eq!(likeness(data.as_bytes()), expected, "{data}");
    }
}

#[test]
fn no_bytes_upset_it() {
    let mut dice = Dice::new(29);
    for _ in 0..50_000 {
        let length = dice.below(40);
        let raw: Vec<u8> = (0..length).map(|_| dice.pick(b"0123456789\x1d]EdCQI012\xff\xd0A")).collect();
        let _ = classify(&Scan::new(&raw, &ScanSettings::default()), &[Template::usual()]);
    }
}

/// The vectors an independent library made; skipped aloud where they are not at hand.
#[test]
fn an_independent_library_reads_the_same() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/devices/golden/gs1_vectors.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        #[expect(clippy::print_stderr, reason = "a check that did not run must be seen")]
        {
            eprintln!("SKIPPED: no vectors of an independent library at ../shared/devices/golden");
        }
        return;
    };
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    assert!(vectors.len() > 10);
    for vector in &vectors {
        let scan = Scan::new(vector["raw"].as_str().unwrap().as_bytes(), &ScanSettings::default());
        assert_eq!(scan.aim.map(|aim| aim.to_string()).as_deref(), vector["aim"].as_str());
        if let Some(gtin) = vector["gtin"]["gtin14"].as_str() {
            let found = super::trade_item::Gtin::parse(&scan.text()).map(|(gtin, _)| gtin);
            let found = found.ok().or_else(|| Elements::parse(&scan.data).ok().and_then(|fields| fields.gtin()));
            assert_eq!(found.unwrap().as_str(), gtin, "{vector}");
        }
        if vector["gtin_error"].is_string() {
            assert!(super::trade_item::Gtin::parse(&scan.text()).is_err(), "{vector}");
        }
        let Some(expected) = vector["gs1"].as_array() else { continue };
        let read = Elements::parse(&scan.data).unwrap_or_else(|error| panic!("{vector}: {error:?}"));
        assert_eq!(read.list.len(), expected.len(), "{vector}");
        for (element, known) in read.list.iter().zip(expected) {
            assert_eq!(
                (element.id.as_str(), element.value.as_str()),
                (known["ai"].as_str().unwrap(), known["value"].as_str().unwrap())
            );
            let date = read.date(&element.id, 2026).filter(|_| known["date"].is_string());
            assert_eq!(date.map(|date| date.to_string()).as_deref(), known["date"].as_str());
            if let Some(decimal) = known["decimal"].as_str() {
                let amount = element.scaled().unwrap();
                let decimals = usize::from(amount.decimals);
                let shown = format!("{:0>1$}", amount.units, decimals + 1);
                let (whole, part) = shown.split_at(shown.len() - decimals);
                assert_eq!(format!("{whole}.{part}"), decimal);
            }
        }
    }
}

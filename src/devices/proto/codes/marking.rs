//! Marking codes («Честный ЗНАК»): one thing each. Lengths are not checked hard: groups of goods differ, and
//! new ones come. The whole code is kept as scanned, because the registrar wants exactly that.

use super::elements::{Elements, GS};
use super::trade_item::Gtin;

/// What proves a code, by its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// Key and signature, fields 91 and 92.
    Signature,
    /// A short check, field 93.
    Short,
    /// A pack of tobacco: four letters at the end, without fields.
    Tobacco,
    /// Nothing: the code is an identification alone, and cannot be sold by.
    None,
}

/// The code of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marking {
    /// The code as scanned, its separators with it, without the AIM identifier.
    pub whole: Vec<u8>,
    /// What tells this thing from every other: the item and its serial number with their identifiers; of a pack
    /// of tobacco the first 21 letters.
    pub identification: String,
    /// The trade item.
    pub gtin: Gtin,
    /// The serial number.
    pub serial: String,
    /// What proves the code.
    pub proof: Proof,
    /// Net weight in grams, field 310n: goods sold by weight.
    pub grams: Option<u64>,
    /// The highest price of tobacco in kopecks, field 8005.
    pub kopecks: Option<u64>,
}

impl Marking {
    /// The code of GS1 fields with an item and a serial number.
    #[must_use]
    pub fn from_elements(whole: &[u8], elements: &Elements) -> Option<Self> {
        let (item, serial) = (elements.value("01")?, elements.value("21")?);
        let proof = match (elements.value("91"), elements.value("92"), elements.value("93")) {
            (Some(_), Some(_), _) => Proof::Signature,
            (_, _, Some(_)) => Proof::Short,
            _ => Proof::None,
        };
        let weight = elements.scaled("310");
        let grams = weight.and_then(|weight| {
            let power = 10u64.checked_pow(u32::from(weight.decimals))?;
            weight.units.checked_mul(1000)?.checked_div(power)
        });
        Some(Self {
            whole: whole.to_vec(),
            identification: format!("01{item}21{serial}"),
            gtin: Gtin::parse(item).ok()?.0,
            serial: serial.to_owned(),
            proof,
            grams,
            kopecks: elements.value("8005").and_then(|price| price.parse().ok()),
        })
    }

    /// The code of a pack of tobacco: 29 letters without fields, item 14, serial 7, price 4, check 4.
    #[must_use]
    pub fn tobacco_pack(data: &[u8]) -> Option<Self> {
        let bare = data.strip_prefix(&[GS]).unwrap_or(data);
        let text = std::str::from_utf8(bare).ok().filter(|text| text.len() == 29 && text.is_ascii())?;
        let printable = text.bytes().all(|byte| (0x21..0x7F).contains(&byte));
        let (gtin, _) = text.get(..14).filter(|_| printable).and_then(|item| Gtin::parse(item).ok())?;
        Some(Self {
            whole: data.to_vec(),
            identification: text.get(..21)?.to_owned(),
            gtin,
            serial: text.get(14..21)?.to_owned(),
            proof: Proof::Tobacco,
            grams: None,
            kopecks: None,
        })
    }
}

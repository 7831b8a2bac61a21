//! Tags of fiscal documents (форматы фискальных документов 1.05 to 1.2): two bytes of tag, two of length, the
//! value. Text is in CP866, unlike the rest of the protocol.

use super::bytes::{Reader, Writer};
use crate::devices::proto::letters::Letters;

/// Numbers of the tags the program uses.
pub mod tag {
    /// Buyer's address for the electronic receipt.
    pub const BUYER_ADDRESS: u16 = 1008;
    /// Total.
    pub const TOTAL: u16 = 1020;
    /// Cashier.
    pub const CASHIER: u16 = 1021;
    /// Quantity.
    pub const QUANTITY: u16 = 1023;
    /// Name of an item.
    pub const NAME: u16 = 1030;
    /// Paid in cash.
    pub const CASH: u16 = 1031;
    /// Sum of an item.
    pub const SUM: u16 = 1043;
    /// Kind of settlement: 1 sale, 2 its return, 3 purchase, 4 its return.
    pub const OPERATION: u16 = 1054;
    /// System of taxation, one bit.
    pub const TAX_SYSTEM: u16 = 1055;
    /// An item.
    pub const ITEM: u16 = 1059;
    /// Price of one.
    pub const PRICE: u16 = 1079;
    /// Paid electronically.
    pub const ELECTRONIC: u16 = 1081;
    /// Sender's address.
    pub const SENDER_ADDRESS: u16 = 1117;
    /// Settled over the internet.
    pub const INTERNET: u16 = 1125;
    /// Product code.
    pub const PRODUCT_CODE: u16 = 1162;
    /// Kind of a correction: 0 of one's own, 1 by order.
    pub const CORRECTION_KIND: u16 = 1173;
    /// Ground of a correction.
    pub const CORRECTION_GROUND: u16 = 1174;
    /// Date of what is corrected, seconds since 1970.
    pub const CORRECTED_ON: u16 = 1178;
    /// Number of the order.
    pub const ORDER_NUMBER: u16 = 1179;
    /// Place of settlement.
    pub const PLACE: u16 = 1187;
    /// Attribute of the receipt of the company's own, 16 letters.
    pub const OWN_ATTRIBUTE: u16 = 1192;
    /// Code of the tax rate.
    pub const TAX_RATE: u16 = 1199;
    /// Cashier's tax number, 12 letters.
    pub const CASHIER_TAX_NUMBER: u16 = 1203;
    /// What the item is.
    pub const SUBJECT: u16 = 1212;
    /// How it is paid for.
    pub const METHOD: u16 = 1214;
    /// Settled by an earlier payment.
    pub const PREPAID: u16 = 1215;
    /// Settled on credit.
    pub const CREDIT: u16 = 1216;
    /// Settled by other means.
    pub const BARTER: u16 = 1217;
    /// Buyer.
    pub const BUYER: u16 = 1256;
    /// Buyer's name.
    pub const BUYER_NAME: u16 = 1227;
    /// Buyer's tax number.
    pub const BUYER_TAX_NUMBER: u16 = 1228;
    /// Industry attribute of an item.
    pub const INDUSTRY: u16 = 1260;
    /// Its authority.
    pub const INDUSTRY_AUTHORITY: u16 = 1262;
    /// Its date.
    pub const INDUSTRY_DATE: u16 = 1263;
    /// Its number.
    pub const INDUSTRY_NUMBER: u16 = 1264;
    /// Its value.
    pub const INDUSTRY_VALUE: u16 = 1265;
    /// Marking code as read.
    pub const MARKING_CODE: u16 = 2000;
    /// Planned status of the marked thing.
    pub const PLANNED_STATUS: u16 = 2003;
    /// Mode of the check of a marking code.
    pub const CHECK_MODE: u16 = 2102;
    /// Result of the check of a marking code.
    pub const CHECK_RESULT: u16 = 2106;
    /// Measure.
    pub const MEASURE: u16 = 2108;
}

/// A tag with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The number.
    pub number: u16,
    /// The value.
    pub value: Vec<u8>,
}

impl Tag {
    /// Text of at most so many letters.
    #[must_use]
    pub fn text(number: u16, text: &str, letters: usize) -> Self {
        let value = Letters::Cp866.encode(&Letters::Cp866.fold(text).text).into_iter().take(letters).collect();
        Self { number, value }
    }

    /// Text in a field of exactly so many letters, spaces after it: tax numbers.
    #[must_use]
    pub fn field(number: u16, text: &str, letters: usize) -> Self {
        let mut tag = Self::text(number, text, letters);
        tag.value.resize(letters, b' ');
        tag
    }

    /// One byte.
    #[must_use]
    pub fn byte(number: u16, value: u8) -> Self {
        Self { number, value: vec![value] }
    }

    /// A number of exactly four bytes: a moment in seconds since 1970.
    #[must_use]
    pub fn seconds(number: u16, value: u32) -> Self {
        Self { number, value: value.to_le_bytes().to_vec() }
    }

    /// A number of as few bytes as hold it: money in kopecks.
    #[must_use]
    pub fn amount(number: u16, value: u64) -> Self {
        let mut bytes = value.to_le_bytes().to_vec();
        while bytes.len() > 1 && bytes.last() == Some(&0) {
            bytes.pop();
        }
        Self { number, value: bytes }
    }

    /// A number with decimals: how many digits stand after the point, then the number.
    #[must_use]
    pub fn decimal(number: u16, units: u64, decimals: u8) -> Self {
        let Self { value, .. } = Self::amount(number, units);
        Self { number, value: [&[decimals], value.as_slice()].concat() }
    }

    /// Bytes as they are: a marking code as read.
    #[must_use]
    pub fn raw(number: u16, value: &[u8]) -> Self {
        Self { number, value: value.to_vec() }
    }

    /// Tags within a tag.
    #[must_use]
    pub fn group(number: u16, tags: &[Self]) -> Self {
        Self { number, value: written(tags) }
    }

    /// The value as text.
    #[must_use]
    pub fn as_text(&self) -> String {
        Letters::Cp866.decode(&self.value).trim_end().to_owned()
    }

    /// The value as a whole number; `None` when it is longer than eight bytes.
    #[must_use]
    pub fn as_amount(&self) -> Option<u64> {
        (self.value.len() <= 8).then(|| self.value.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }
}

/// Tags as bytes. A value longer than a tag can say is cut.
#[must_use]
pub fn written(tags: &[Tag]) -> Vec<u8> {
    let mut writer = Writer::default();
    for tag in tags {
        let length = tag.value.len().min(usize::from(u16::MAX));
        writer.number(u64::from(tag.number), 2).number(u64::try_from(length).unwrap_or(0), 2);
        writer.raw(tag.value.get(..length).unwrap_or_default());
    }
    writer.bytes
}

/// Tags of bytes; `None` when the bytes break off inside one.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Vec<Tag>> {
    let mut reader = Reader::new(bytes);
    let mut tags = Vec::new();
    while !reader.rest().is_empty() {
        let (number, length) = (reader.short()?, reader.short()?);
        tags.push(Tag { number, value: reader.take(usize::from(length))?.to_vec() });
    }
    Some(tags)
}

#[cfg(test)]
mod tests {
    use super::{Tag, read, tag, written};
    use crate::devices::proto::fuzz::Dice;

    #[test]
    fn tags_of_every_kind() {
        let tags = [
            Tag::text(tag::CASHIER, "Щукина Ё.", 64),
            Tag::field(tag::CASHIER_TAX_NUMBER, "7707083893", 12),
            Tag::amount(tag::TOTAL, 133_440),
            Tag::decimal(tag::QUANTITY, 1500, 3),
            Tag::group(tag::CORRECTION_GROUND, &[Tag::seconds(tag::CORRECTED_ON, 1_700_000_000)]),
        ];
        let bytes = written(&tags);
        assert_eq!(bytes[..4], [0xFD, 0x03, 9, 0]);
        let found = read(&bytes).unwrap();
        assert_eq!(found, tags);
        assert_eq!((found[0].as_text().as_str(), found[2].as_amount()), ("Щукина Ё.", Some(133_440)));
        assert_eq!(found[1].value, b"7707083893  ");
        assert_eq!(found[3].value, [3, 0xDC, 0x05]);
        assert_eq!(read(&found[4].value).unwrap()[0].as_amount(), Some(1_700_000_000));
        assert_eq!(Tag::amount(tag::CASH, 0).value, [0]);
    }

    #[test]
    fn no_bytes_upset_it() {
        let mut dice = Dice::new(53);
        for _ in 0..20_000 {
            let bytes: Vec<u8> = dice.bytes(20).iter().map(|byte| byte & 7).collect();
            if let Some(tags) = read(&bytes) {
                assert_eq!(written(&tags), bytes);
            }
        }
    }
}

//! GS1 element strings: identifiers with values, as GS1-128, GS1 DataMatrix and GS1 QR hold them.

use super::fields::{FieldKind, Part};
use super::trade_item::{Gtin, checked, digits};
use chrono::{Datelike, NaiveDate};

/// The separator that ends a value of varying length.
pub const GS: u8 = 0x1D;

/// A number with decimals, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scaled {
    /// The digits as one number.
    pub units: u64,
    /// How many of them stand after the point.
    pub decimals: u8,
}

/// One identifier with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The identifier, two to four digits.
    pub id: String,
    /// The value as printed.
    pub value: String,
}

/// Why data are no element strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementError {
    /// Nothing in it.
    Empty,
    /// No identifier begins here, counted in bytes from the beginning.
    Unknown(usize),
    /// The value of an identifier is too short or too long.
    Length(String),
    /// The value of an identifier has letters it may not have.
    Letters(String),
    /// The check digit of an identifier's value is wrong.
    Check(String),
    /// The value of an identifier is no date.
    Date(String),
}

/// Element strings in the order they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elements {
    /// The elements.
    pub list: Vec<Element>,
}

impl Elements {
    /// Reads data after the AIM identifier; a separator in front, which some scanners send, is passed over, and
    /// so is one after a value that needs none.
    ///
    /// # Errors
    /// At the first value that does not follow the specification.
    pub fn parse(data: &[u8]) -> Result<Self, ElementError> {
        let mut list = Vec::new();
        let mut at = 0;
        while let Some(rest) = data.get(at..).filter(|rest| !rest.is_empty()) {
            if rest.first() == Some(&GS) {
                at += 1;
                continue;
            }
            let kind = FieldKind::at(rest).ok_or(ElementError::Unknown(at))?;
            let (id, after) = rest.split_at(kind.length);
            let id = String::from_utf8_lossy(id).into_owned();
            let length = length_of(kind, after).ok_or_else(|| ElementError::Length(id.clone()))?;
            let value = after.get(..length).unwrap_or_default();
            let value = text(value).ok_or_else(|| ElementError::Letters(id.clone()))?;
            follows(kind, &id, value)?;
            at += kind.length + length;
            list.push(Element { id, value: value.to_owned() });
        }
        if list.is_empty() { Err(ElementError::Empty) } else { Ok(Self { list }) }
    }

    /// The data a code is printed with, separators only where they are needed.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (at, element) in self.list.iter().enumerate() {
            bytes.extend(element.id.bytes().chain(element.value.bytes()));
            let ends = FieldKind::at(element.id.as_bytes()).is_some_and(FieldKind::is_predefined);
            if !ends && at + 1 < self.list.len() {
                bytes.push(GS);
            }
        }
        bytes
    }

    /// The value of an identifier, the first one.
    #[must_use]
    pub fn value(&self, id: &str) -> Option<&str> {
        self.list.iter().find(|element| element.id == id).map(|element| element.value.as_str())
    }

    /// The trade item: identifier 01, or 02 for what a pallet holds.
    #[must_use]
    pub fn gtin(&self) -> Option<Gtin> {
        let value = self.value("01").or_else(|| self.value("02"))?;
        Gtin::parse(value).ok().map(|(gtin, _)| gtin)
    }

    /// The date of an identifier, such as 17 (expiry) or 11 (production); `year` is the current one, which tells
    /// the century. Day zero means the last day of the month.
    #[must_use]
    pub fn date(&self, id: &str, year: i32) -> Option<NaiveDate> {
        date(self.value(id)?.get(..6)?, year)
    }

    /// The amount of an identifier whose fourth digit is its decimals, by the first three: `310` net weight in
    /// kilograms.
    #[must_use]
    pub fn scaled(&self, head: &str) -> Option<Scaled> {
        let element = self.list.iter().find(|one| one.id.len() == 4 && one.id.starts_with(head))?;
        element.scaled()
    }

    /// Data without an AIM identifier are element strings when they begin with a key whose check digit is right:
    /// reading any of them also checks it.
    #[must_use]
    pub fn convinces(&self) -> bool {
        self.list.first().is_some_and(|first| match first.id.as_str() {
            "00" => digits(&first.value).is_some_and(|digits| checked(&digits).is_ok()),
            id => matches!(id, "01" | "02"),
        })
    }
}

impl Element {
    /// The value as an amount, when the identifier tells its decimals.
    #[must_use]
    pub fn scaled(&self) -> Option<Scaled> {
        let kind = FieldKind::at(self.id.as_bytes()).filter(|kind| kind.decimals)?;
        // 391n and 393n begin with the currency.
        let amount = if kind.parts.len() == 2 { self.value.get(3..)? } else { &self.value };
        let decimals = self.id.bytes().last()?.wrapping_sub(b'0');
        Some(Scaled { units: amount.parse().ok()?, decimals })
    }
}

/// A date of six digits in the century nearest to the current year (General Specifications 7.12).
fn date(text: &str, year: i32) -> Option<NaiveDate> {
    let part = |at: usize| text.get(at..at + 2).and_then(|digits| digits.parse::<u32>().ok());
    let (short, month, day) = (i32::try_from(part(0)?).ok()?, part(2)?, part(4)?);
    let gap = short - year.rem_euclid(100);
    let century = year - year.rem_euclid(100);
    let full = century
        + short
        + if gap >= 51 {
            -100
        } else if gap <= -50 {
            100
        } else {
            0
        };
    if day > 0 {
        return NaiveDate::from_ymd_opt(full, month, day);
    }
    let first = NaiveDate::from_ymd_opt(full, month, 1)?;
    first.checked_add_months(chrono::Months::new(1))?.pred_opt().filter(|last| last.month() == month)
}

/// Bytes of the value that begins here.
fn length_of(kind: &FieldKind, data: &[u8]) -> Option<usize> {
    let (least, most) = kind.lengths();
    if kind.is_predefined() {
        return (data.len() >= most).then_some(most);
    }
    let length = data.iter().position(|byte| *byte == GS).unwrap_or(data.len());
    (least..=most).contains(&length).then_some(length)
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| text.bytes().all(|byte| (0x20..0x7F).contains(&byte)))
}

/// Whether a value has the parts its identifier asks for.
fn follows(kind: &FieldKind, id: &str, value: &str) -> Result<(), ElementError> {
    let letters = || ElementError::Letters(id.to_owned());
    let mut rest = value;
    for part in kind.parts {
        let length = match part {
            Part::Digits(length) | Part::Letters(length) | Part::Checked(length) => *length,
            Part::Date => 6,
            Part::UpTo(_) | Part::UpToDigits(_) => rest.len(),
        };
        let (own, after) = rest.split_at_checked(length).ok_or_else(|| ElementError::Length(id.to_owned()))?;
        rest = after;
        let numeric = || digits(own).ok_or_else(letters);
        match part {
            Part::Digits(_) | Part::UpToDigits(_) => {
                numeric()?;
            }
            Part::Checked(_) => checked(&numeric()?).map_err(|_| ElementError::Check(id.to_owned()))?,
            Part::Date => {
                numeric()?;
                date(own, 2000).ok_or_else(|| ElementError::Date(id.to_owned()))?;
            }
            Part::UpTo(_) | Part::Letters(_) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Element, ElementError, Elements, GS, Scaled};
    use crate::devices::proto::codes::fields::{FieldKind, Part};
    use crate::devices::proto::fuzz::Dice;
    use crate::kernel::check_digits::gs1_digit;
    use chrono::NaiveDate;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_fall_into_the_nearest_century() {
        let of = |text: &str| Elements::parse(format!("17{text}").as_bytes()).unwrap().date("17", 2026).unwrap();
        assert_eq!(of("261231"), day(2026, 12, 31));
        assert_eq!(of("760101"), day(2076, 1, 1));
        assert_eq!(of("770101"), day(1977, 1, 1));
        assert_eq!(of("280200"), day(2028, 2, 29));
        assert_eq!(of("261200"), day(2026, 12, 31));
        assert_eq!(Elements::parse(b"17261331"), Err(ElementError::Date("17".to_owned())));
    }

    #[test]
    fn amounts_are_exact() {
        let read = Elements::parse(b"01046001234567823103000353").unwrap();
        assert_eq!(read.scaled("310"), Some(Scaled { units: 353, decimals: 3 }));
        assert_eq!(read.gtin().unwrap().as_str(), "04600123456782");
        let price = Elements::parse(b"3932643150099").unwrap();
        assert_eq!(price.scaled("393"), Some(Scaled { units: 150_099, decimals: 2 }));
    }

    #[test]
    fn mistakes_name_their_place() {
        assert_eq!(Elements::parse(b""), Err(ElementError::Empty));
        assert_eq!(Elements::parse(&[GS]), Err(ElementError::Empty));
        assert_eq!(Elements::parse(b"0104600123456782XX"), Err(ElementError::Unknown(16)));
        assert_eq!(Elements::parse(b"0104600123456783"), Err(ElementError::Check("01".to_owned())));
        assert_eq!(Elements::parse(b"8005112"), Err(ElementError::Length("8005".to_owned())));
        assert_eq!(Elements::parse(b"310300A353"), Err(ElementError::Letters("3103".to_owned())));
        assert_eq!(Elements::parse("21я".as_bytes()), Err(ElementError::Letters("21".to_owned())));
    }

    /// A value that follows its identifier.
    fn value(kind: &FieldKind, dice: &mut Dice) -> String {
        let digits = "0123456789";
        let letters = "0123456789ABCabc!\"%&'()*+,-./:;<=>?_";
        let mut value = String::new();
        for part in kind.parts {
            let own = match part {
                Part::Digits(length) => dice.text(*length, digits),
                Part::UpToDigits(length) => {
                    let length = 1 + dice.below(*length);
                    dice.text(length, digits)
                }
                Part::UpTo(length) => {
                    let length = 1 + dice.below(*length);
                    dice.text(length, letters)
                }
                Part::Letters(length) => dice.text(*length, letters),
                Part::Checked(length) => {
                    let data = dice.text(length - 1, digits);
                    let numbers: Vec<u32> = data.chars().filter_map(|letter| letter.to_digit(10)).collect();
                    format!("{data}{}", gs1_digit(&numbers))
                }
                Part::Date => format!("{:02}{:02}{:02}", dice.below(100), 1 + dice.below(12), dice.below(29)),
            };
            value.push_str(&own);
        }
        value
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut dice = Dice::new(17);
        let kinds: Vec<_> = FieldKind::all().collect();
        for _ in 0..10_000 {
            let list = (0..1 + dice.below(5))
                .map(|_| {
                    let (id, kind) = &kinds[dice.below(kinds.len())];
                    let decimals = dice.below(6).to_string();
                    let id = if kind.decimals { format!("{}{decimals}", &id[..kind.length - 1]) } else { id.clone() };
                    Element { id, value: value(kind, &mut dice) }
                })
                .collect();
            let written = Elements { list };
            assert_eq!(Elements::parse(&written.to_bytes()), Ok(written));
        }
    }

    #[test]
    fn no_bytes_upset_it() {
        let mut dice = Dice::new(23);
        for _ in 0..50_000 {
            let length = dice.below(60);
            let data: Vec<u8> = (0..length).map(|_| dice.pick(b"0123456789\x1d0101AZ~\xff")).collect();
            if let Ok(read) = Elements::parse(&data) {
                for element in &read.list {
                    let _ = element.scaled();
                    let _ = read.date(&element.id, 2026);
                }
            }
        }
    }
}

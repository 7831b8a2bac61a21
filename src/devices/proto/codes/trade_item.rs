//! Numbers of trade items (GTIN) in all their printed forms, kept as fourteen digits.

use crate::kernel::check_digits::gs1_digit;

/// The form a number was printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// EAN-8.
    Ean8,
    /// UPC-E, eight digits that stand for twelve.
    UpcE,
    /// UPC-A.
    UpcA,
    /// EAN-13.
    Ean13,
    /// ITF-14 or any other way to fourteen digits.
    Itf14,
}

/// Why digits are no number of a trade item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckError {
    /// Not 8, 12, 13 or 14 digits, or nothing but zeros.
    NotANumber,
    /// The last digit is not the check digit of those before it.
    Digit {
        /// The digit it should be.
        expected: u8,
        /// The digit it is.
        found: u8,
    },
}

/// A number of a trade item: fourteen digits, the last of them right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gtin(String);

impl Gtin {
    /// Reads any printed form; spaces around it do not matter.
    ///
    /// # Errors
    /// When it is no number or its check digit is wrong.
    pub fn parse(text: &str) -> Result<(Self, Form), CheckError> {
        let text = text.trim();
        let digits = digits(text).filter(|digits| digits.iter().any(|digit| *digit != 0));
        let digits = digits.ok_or(CheckError::NotANumber)?;
        let form = match digits.len() {
            8 => Form::Ean8,
            12 => Form::UpcA,
            13 => Form::Ean13,
            14 => Form::Itf14,
            _ => return Err(CheckError::NotANumber),
        };
        match checked(&digits) {
            Ok(()) => Ok((Self(format!("{text:0>14}")), form)),
            Err(wrong) if form == Form::Ean8 => {
                let whole = upc_a_of(text).ok_or(wrong)?;
                Ok((Self(format!("{whole:0>14}")), Form::UpcE))
            }
            Err(wrong) => Err(wrong),
        }
    }

    /// All fourteen digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number without the zeros in front, as it is usually printed: 8, 12, 13 or 14 digits.
    #[must_use]
    pub fn printed(&self) -> &str {
        let zeros = self.0.bytes().take_while(|byte| *byte == b'0').count();
        let from = match zeros {
            6.. => 6,
            2..=5 => 2,
            1 => 1,
            0 => 0,
        };
        self.0.get(from..).unwrap_or(&self.0)
    }

    /// The indicator of a package, 1 to 8; `None` for the item itself and for 9, which means a varying measure.
    #[must_use]
    pub fn package(&self) -> Option<u8> {
        let first = self.0.bytes().next().map_or(0, |byte| byte.wrapping_sub(b'0'));
        (1..=8).contains(&first).then_some(first)
    }

    /// The item a package holds: the same number with indicator zero and a check digit of its own.
    #[must_use]
    pub fn contained(&self) -> Self {
        let inner = format!("0{}", self.0.get(1..13).unwrap_or_default());
        let check = digits(&inner).map_or(0, |digits| gs1_digit(&digits));
        Self(format!("{inner}{check}"))
    }

    /// Free for use inside a company (GS1 prefixes 020 to 029 and 200 to 299): it says nothing outside the shop.
    #[must_use]
    pub fn is_in_store(&self) -> bool {
        self.0.starts_with("02") || self.0.starts_with("002")
    }
}

impl std::fmt::Display for Gtin {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(&self.0)
    }
}

/// Digits of a text of nothing else.
pub(super) fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|letter| letter.to_digit(10)).collect()
}

/// Whether the last digit is the check digit of the others; serves the keys of GS1 of any length.
pub(super) fn checked(digits: &[u32]) -> Result<(), CheckError> {
    let Some((last, data)) = digits.split_last() else { return Err(CheckError::NotANumber) };
    let expected = gs1_digit(data);
    if expected == *last {
        return Ok(());
    }
    let narrow = |digit: u32| u8::try_from(digit).unwrap_or(0);
    Err(CheckError::Digit { expected: narrow(expected), found: narrow(*last) })
}

/// The twelve digits that eight digits of UPC-E stand for, when their check digit is right.
#[must_use]
pub fn upc_a_of(upc_e: &str) -> Option<String> {
    if upc_e.len() != 8 || !upc_e.is_ascii() || !matches!(upc_e.get(..1), Some("0" | "1")) {
        return None;
    }
    let part = |from: usize, to: usize| upc_e.get(from..to).unwrap_or_default();
    let middle = match part(6, 7) {
        last @ ("0" | "1" | "2") => format!("{}{last}0000{}", part(1, 3), part(3, 6)),
        "3" => format!("{}00000{}", part(1, 4), part(4, 6)),
        "4" => format!("{}00000{}", part(1, 5), part(5, 6)),
        last => format!("{}0000{last}", part(1, 6)),
    };
    let whole = format!("{}{middle}{}", part(0, 1), part(7, 8));
    checked(&digits(&whole)?).is_ok().then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::{CheckError, Form, Gtin, digits, upc_a_of};
    use crate::devices::proto::fuzz::Dice;
    use crate::kernel::check_digits::gs1_digit;

    #[test]
    fn all_forms_become_fourteen_digits() {
        for (text, whole, form, printed) in [
            ("4600123456782", "04600123456782", Form::Ean13, "4600123456782"),
            ("46009333", "00000046009333", Form::Ean8, "46009333"),
            ("036000291452", "00036000291452", Form::UpcA, "036000291452"),
            ("0036000291452", "00036000291452", Form::Ean13, "036000291452"),
            ("04252614", "00042100005264", Form::UpcE, "042100005264"),
            ("14600123456789", "14600123456789", Form::Itf14, "14600123456789"),
        ] {
            let (gtin, found) = Gtin::parse(text).unwrap();
            assert_eq!((gtin.as_str(), found, gtin.printed()), (whole, form, printed), "{text}");
        }
    }

    #[test]
    fn wrong_digits_are_named() {
        assert_eq!(Gtin::parse("4600123456781"), Err(CheckError::Digit { expected: 2, found: 1 }));
        for text in ["", "0000000000000", "123", "46001234567A2", "４６００９３３３"] {
            assert_eq!(Gtin::parse(text), Err(CheckError::NotANumber), "{text}");
        }
    }

    #[test]
    fn every_rule_of_upc_e() {
        // An independent library (biip 5) expands them so.
        for (short, long) in [
            ("01234505", "012000003455"),
            ("01234514", "012100003454"),
            ("01234523", "012200003453"),
            ("01234531", "012300000451"),
            ("01234543", "012340000053"),
            ("01234558", "012345000058"),
            ("01234596", "012345000096"),
        ] {
            assert_eq!(upc_a_of(short).as_deref(), Some(long), "{short}");
        }
        assert_eq!(upc_a_of("21234505"), None);
    }

    #[test]
    fn a_package_knows_its_item() {
        let (package, _) = Gtin::parse("14600123456789").unwrap();
        assert_eq!(package.package(), Some(1));
        assert_eq!(package.contained().as_str(), "04600123456782");
        assert_eq!(package.contained().package(), None);
    }

    #[test]
    fn one_wrong_digit_is_always_seen() {
        let mut dice = Dice::new(3);
        for _ in 0..2000 {
            let data = dice.text(12, "0123456789");
            let check = gs1_digit(&digits(&data).unwrap());
            let whole = format!("{data}{check}");
            if whole.bytes().all(|byte| byte == b'0') {
                continue;
            }
            assert!(Gtin::parse(&whole).is_ok());
            let at = dice.below(13);
            let other = (whole.as_bytes()[at] - b'0' + 1 + u8::try_from(dice.below(9)).unwrap()) % 10;
            let wrong = format!("{}{other}{}", &whole[..at], &whole[at + 1..]);
            assert!(Gtin::parse(&wrong).is_err(), "{wrong}");
        }
    }
}

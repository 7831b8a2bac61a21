//! Check digits of the numbers a Russian back office types: tax and registration numbers, bank details, barcodes.
//!
//! A typing error in such a number costs a returned payment or a refused report, and the number itself tells of
//! it. Every check says what is wrong and what was expected. Formulas: приказ ФНС ЕД-7-14/559@ (ИНН, КПП),
//! приказ Минфина 165н (ОГРН), ПР 50.1.024-2005 (ОКПО), указание ЦБ 515 (account key), GS1 General
//! Specifications (barcodes).

use super::text::Text;
use crate::text;

/// Weights of the tenth digit of an ИНН.
const INN_10: [u32; 9] = [2, 4, 10, 3, 5, 9, 4, 6, 8];
/// Weights of the eleventh digit of an ИНН.
const INN_11: [u32; 10] = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
/// Weights of the twelfth digit of an ИНН.
const INN_12: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
/// Weights of the account key, repeated.
const ACCOUNT: [u32; 3] = [7, 1, 3];
/// Numbers up to this one were given before СНИЛС had a check number.
const FIRST_CHECKED_SNILS: u64 = 1_001_998;

/// A number under check: its name for the sentence, what was typed, its digits.
struct Number<'a> {
    name: Text,
    input: &'a str,
    digits: Vec<u32>,
}

impl<'a> Number<'a> {
    /// Digits only, of one of the allowed lengths.
    fn new(name: Text, input: &'a str, lengths: &[usize]) -> Result<Self, Text> {
        let input = input.trim();
        let digits: Option<Vec<u32>> = input.chars().map(|letter| letter.to_digit(10)).collect();
        let Some(digits) = digits else {
            return Err(text!("check-digits-only", name = name, input = input));
        };
        if !lengths.contains(&digits.len()) {
            return Err(text!("check-length", name = name, expected = either(lengths), found = digits.len()));
        }
        if digits.iter().all(|digit| *digit == 0) {
            return Err(text!("check-zeros", name = name));
        }
        Ok(Self { name, input, digits })
    }

    /// The digit at a place counted from zero.
    fn digit(&self, at: usize) -> u32 {
        self.digits.get(at).copied().unwrap_or(0)
    }

    /// The digits as one number, the first `count` of them.
    fn leading(&self, count: usize) -> u64 {
        self.digits.iter().take(count).fold(0, |value, digit| value * 10 + u64::from(*digit))
    }

    /// Refuses when the digit at a place differs from the computed one.
    fn expect(&self, at: usize, expected: u32) -> Result<(), Text> {
        let found = self.digit(at);
        if found == expected {
            return Ok(());
        }
        let (expected, found) = (expected.to_string(), found.to_string());
        Err(text!(
            "check-digit",
            name = self.name.clone(),
            input = self.input,
            place = at + 1,
            expected = expected,
            found = found
        ))
    }
}

/// The allowed lengths in words: «8, 12, 13 или 14».
fn either(lengths: &[usize]) -> Text {
    let words: Vec<String> = lengths.iter().map(ToString::to_string).collect();
    match words.split_last() {
        Some((last, first)) if !first.is_empty() => text!("check-either", first = first.join(", "), last = last),
        _ => text!("check-exactly", last = words.concat()),
    }
}

/// The sum of digits times weights.
fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Taxpayer number (ИНН): 10 digits of a company or 12 of a person.
pub fn inn(text: &str) -> Result<(), Text> {
    let number = Number::new(text!("check-name-inn"), text, &[10, 12])?;
    if number.digit(0) == 0 && number.digit(1) == 0 {
        return Err(text!("check-inn-region", input = number.input));
    }
    if number.digits.len() == 10 {
        return number.expect(9, weighted(&number.digits, &INN_10) % 11 % 10);
    }
    number.expect(10, weighted(&number.digits, &INN_11) % 11 % 10)?;
    number.expect(11, weighted(&number.digits, &INN_12) % 11 % 10)
}

/// Reason code of registration (КПП): four digits, two of `0-9A-Z`, three digits; it has no check digit.
pub fn kpp(text: &str) -> Result<(), Text> {
    let text = text.trim();
    let length = text.chars().count();
    if length != 9 {
        return Err(text!("check-kpp-length", found = length));
    }
    let fits = text
        .chars()
        .enumerate()
        .all(|(at, letter)| letter.is_ascii_digit() || (matches!(at, 4 | 5) && letter.is_ascii_uppercase()));
    if !fits {
        return Err(text!("check-kpp-shape", input = text));
    }
    if text.chars().all(|letter| letter == '0') {
        return Err(text!("check-zeros", name = text!("check-name-kpp")));
    }
    Ok(())
}

/// State registration number of a company (ОГРН), 13 digits.
pub fn ogrn(text: &str) -> Result<(), Text> {
    let number = Number::new(text!("check-name-ogrn"), text, &[13])?;
    number.expect(12, last_digit(number.leading(12) % 11))
}

/// State registration number of an individual entrepreneur (ОГРНИП), 15 digits.
pub fn ogrnip(text: &str) -> Result<(), Text> {
    let number = Number::new(text!("check-name-ogrnip"), text, &[15])?;
    number.expect(14, last_digit(number.leading(14) % 13))
}

/// The last decimal digit.
fn last_digit(value: u64) -> u32 {
    u32::try_from(value % 10).unwrap_or(0)
}

/// Classifier code of enterprises (ОКПО): 8 digits of a company or 10 of an entrepreneur.
pub fn okpo(text: &str) -> Result<(), Text> {
    let number = Number::new(text!("check-name-okpo"), text, &[8, 10])?;
    let last = number.digits.len() - 1;
    let checked = number.digits.get(..last).unwrap_or_default();
    // Weights run 1..10 and begin again; a remainder of ten asks for a second pass two steps further.
    let pass = |shift: u32| {
        let weights = (0u32..).map(|at| (at + shift) % 10 + 1);
        checked.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
    };
    let remainder = match pass(0) {
        10 => pass(2) % 10,
        other => other,
    };
    number.expect(last, remainder)
}

/// Pension insurance number (СНИЛС): 11 digits, blanks and dashes allowed.
pub fn snils(text: &str) -> Result<(), Text> {
    let plain: String = text.chars().filter(|letter| !matches!(letter, ' ' | '-' | '\u{a0}')).collect();
    let number = Number::new(text!("check-name-snils"), &plain, &[11])?;
    if number.leading(9) <= FIRST_CHECKED_SNILS {
        return Ok(());
    }
    let sum: u32 = number.digits.iter().take(9).zip((1..=9u32).rev()).map(|(digit, weight)| digit * weight).sum();
    let control = sum % 101 % 100;
    let found = number.digit(9) * 10 + number.digit(10);
    if found == control {
        return Ok(());
    }
    let (expected, found) = (format!("{control:02}"), format!("{found:02}"));
    Err(text!("check-snils", input = text.trim(), expected = expected, found = found))
}

/// Bank identification code (БИК): nine digits; the first two say whose it is. It has no check digit.
pub fn bic(text: &str) -> Result<(), Text> {
    let number = Number::new(text!("check-name-bic"), text, &[9])?;
    match number.leading(2) {
        0 | 1 | 4 | 20 => Ok(()),
        _ => Err(text!("check-bic-start", input = number.input)),
    }
}

/// Bank account together with the code of its bank: the key digit covers both.
pub fn account(account: &str, bank: &str) -> Result<(), Text> {
    bic(bank)?;
    let digits = account_digits(account, text!("check-name-account"))?;
    // Treasury accounts have no key.
    if digits.first() == Some(&0) {
        return Ok(());
    }
    let bank = bank.trim();
    // The last three digits of a bank; a cash settlement centre has 000-002 there and is known by digits 5 and 6.
    let prefix = match bank.get(6..) {
        Some("000" | "001" | "002") | None => centre(bank),
        Some(own) => own.to_owned(),
    };
    account_key(&prefix, &digits, text!("check-name-account"), account, bank)
}

/// Correspondent account of a bank with the Bank of Russia, or the single account of a treasury (40102).
pub fn correspondent_account(account: &str, bank: &str) -> Result<(), Text> {
    bic(bank)?;
    let name = text!("check-name-correspondent");
    let digits = account_digits(account, name.clone())?;
    if !["301", "40102"].iter().any(|start| account.trim().starts_with(start)) {
        return Err(text!("check-correspondent-start", input = account.trim()));
    }
    account_key(&centre(bank.trim()), &digits, name, account, bank)
}

/// How a cash settlement centre of the Bank of Russia takes part in the key: zero and digits 5 and 6 of the БИК.
fn centre(bank: &str) -> String {
    format!("0{}", bank.get(4..6).unwrap_or_default())
}

/// Twenty digits; the sixth may be a letter, which stands for a digit (currencies of clearing).
fn account_digits(account: &str, name: Text) -> Result<Vec<u32>, Text> {
    let account = account.trim();
    let length = account.chars().count();
    if length != 20 {
        return Err(text!("check-length", name = name, expected = either(&[20]), found = length));
    }
    let digits: Option<Vec<u32>> = account
        .chars()
        .enumerate()
        .map(|(at, letter)| letter.to_digit(10).or_else(|| if at == 5 { clearing_digit(letter) } else { None }))
        .collect();
    digits.ok_or_else(|| text!("check-digits-only", name = name, input = account))
}

/// The digit a clearing letter stands for; Latin and Cyrillic letters look the same on paper.
fn clearing_digit(letter: char) -> Option<u32> {
    let pairs = ["AА", "BВ", "CС", "EЕ", "HН", "KК", "MМ", "PР", "TТ", "XХ"];
    pairs.iter().position(|pair| pair.contains(letter)).and_then(|at| u32::try_from(at).ok())
}

fn account_key(prefix: &str, digits: &[u32], name: Text, account: &str, bank: &str) -> Result<(), Text> {
    let all = prefix.chars().filter_map(|letter| letter.to_digit(10)).chain(digits.iter().copied());
    let sum: u32 = all.zip(ACCOUNT.iter().cycle()).map(|(digit, weight)| digit * weight % 10).sum();
    if sum.is_multiple_of(10) {
        return Ok(());
    }
    // The key stands at place nine of the account with weight three, whose inverse modulo ten is seven.
    let key = digits.get(8).copied().unwrap_or(0);
    let expected = ((key + 10 - sum % 10 * 7 % 10) % 10).to_string();
    let found = key.to_string();
    let input = account.trim();
    Err(text!("check-account", name = name, input = input, bic = bank.trim(), expected = expected, found = found))
}

/// EAN-8 barcode.
pub fn ean8(text: &str) -> Result<(), Text> {
    gtin(text!("check-name-ean8"), text, 8)
}

/// EAN-13 barcode.
pub fn ean13(text: &str) -> Result<(), Text> {
    gtin(text!("check-name-ean13"), text, 13)
}

/// UPC-A barcode, 12 digits.
pub fn upc_a(text: &str) -> Result<(), Text> {
    gtin(text!("check-name-upc-a"), text, 12)
}

/// ITF-14 barcode of a transport package.
pub fn itf14(text: &str) -> Result<(), Text> {
    gtin(text!("check-name-itf14"), text, 14)
}

/// A trade item number of any length: EAN-8, UPC-A, EAN-13 or ITF-14.
pub fn trade_item_number(text: &str) -> Result<(), Text> {
    match text.trim().chars().count() {
        8 => ean8(text),
        12 => upc_a(text),
        14 => itf14(text),
        13 => ean13(text),
        _ => Number::new(text!("check-name-gtin"), text, &[8, 12, 13, 14]).map(|_| ()),
    }
}

/// Weights 3, 1, 3 … from the right, the check digit left out.
fn gtin(name: Text, text: &str, length: usize) -> Result<(), Text> {
    let number = Number::new(name, text, &[length])?;
    let data = number.digits.get(..length - 1).unwrap_or_default();
    number.expect(length - 1, gs1_digit(data))
}

/// The check digit of a GS1 key (GTIN, SSCC, GLN) for the digits before it, each 0 to 9.
#[must_use]
pub fn gs1_digit(data: &[u32]) -> u32 {
    let sum: u32 = data.iter().rev().zip([3, 1].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::{
        account, bic, correspondent_account, ean8, ean13, inn, itf14, kpp, ogrn, ogrnip, okpo, snils,
        trade_item_number, upc_a,
    };
    use crate::kernel::text::{Lang, Text};

    fn said(result: Result<(), Text>) -> String {
        result.unwrap_err().show_in(Lang::Ru)
    }

    #[test]
    fn known_numbers_pass() {
        for text in ["7707083893", " 5887789321 ", "7767913370", "500100732259", "587921742148"] {
            assert_eq!(inn(text), Ok(()), "{text}");
        }
        for text in ["770501001", "7705AB001"] {
            assert_eq!(kpp(text), Ok(()), "{text}");
        }
        assert_eq!(ogrn("1027700132195"), Ok(()));
        assert_eq!(ogrnip("304500116000157"), Ok(()));
        for text in ["00032537", "01746813", "4538401919"] {
            assert_eq!(okpo(text), Ok(()), "{text}");
        }
        assert_eq!(snils("112-233-445 95"), Ok(()));
        assert_eq!(snils("001-001-998 00"), Ok(()), "given before the check number existed");
        assert_eq!(bic("044525225"), Ok(()));
    }

    #[test]
    fn bank_accounts_are_checked_with_their_bank() {
        assert_eq!(account("40702810100000000017", "044525225"), Ok(()));
        assert_eq!(account("03100643000000015400", "015402901"), Ok(()), "treasury accounts have no key");
        assert_eq!(correspondent_account("30101810400000000225", "044525225"), Ok(()));
        assert_eq!(correspondent_account("40102810545370000003", "004525988"), Ok(()), "single treasury account");
        let wrong = said(account("40702810500000000017", "044525225"));
        assert!(wrong.contains("должна быть 1") && wrong.contains("указана 5"), "{wrong}");
        assert!(said(account("4070281010000000001", "044525225")).contains("20"));
        assert!(said(account("40702810100000000017", "44525225")).contains("БИК"));
        assert!(said(correspondent_account("40702810100000000017", "044525225")).contains("301"));
    }

    #[test]
    fn the_expected_account_key_is_the_right_one() {
        for key in 0..10u32 {
            let typed = format!("40702810{key}00000000017");
            match account(&typed, "044525225") {
                Ok(()) => assert_eq!(key, 1),
                Err(problem) => assert!(problem.show_in(Lang::Ru).contains("должна быть 1"), "{typed}"),
            }
        }
    }

    #[test]
    fn a_clearing_letter_counts_as_its_digit() {
        // The key that suits a zero in the sixth place suits А, Latin or Cyrillic; the next letter asks for another.
        let keys = |letter: char| -> Vec<u32> {
            let fits = |key: &u32| account(&format!("40702{letter}10{key}00000000017"), "044525225").is_ok();
            (0..10).filter(fits).collect()
        };
        assert_eq!(keys('0').len(), 1);
        assert_eq!(keys('A'), keys('0'));
        assert_eq!(keys('А'), keys('0'));
        assert_eq!(keys('Х'), keys('9'));
        assert_ne!(keys('В'), keys('0'));
        assert!(said(account("4070281010000000A017", "044525225")).contains("только цифры"));
    }

    #[test]
    fn barcodes_know_their_kind() {
        assert_eq!(ean13("0766619345146"), Ok(()));
        assert_eq!(ean8("96385074"), Ok(()));
        assert_eq!(upc_a("036000291452"), Ok(()));
        assert_eq!(itf14("15400141288763"), Ok(()));
        for text in ["0766619345146", "96385074", "036000291452", "15400141288763"] {
            assert_eq!(trade_item_number(text), Ok(()), "{text}");
        }
        assert!(said(ean13("0766619345147")).contains("должна быть 6"));
        assert!(trade_item_number("123").is_err());
    }

    #[test]
    fn every_problem_says_what_was_expected() {
        assert!(said(inn("770708389")).contains("нужно 10 или 12 знаков"));
        assert!(said(inn("7707083894")).contains("должна быть 3"));
        assert!(said(inn("770708389О")).contains("только цифры"));
        assert!(said(inn("0012345678")).contains("00"));
        assert!(said(inn("0000000000")).contains("нул"));
        assert!(said(kpp("7705аб001")).contains("латинские"));
        assert!(said(kpp("77050100")).contains('9'));
        assert!(said(snils("112-233-445 96")).contains("95"));
        assert!(said(bic("944525225")).contains("04"));
        assert!(said(ogrn("1027700132194")).contains("должна быть 5"));
    }

    #[test]
    fn hostile_input_is_refused_without_a_panic() {
        for text in ["", " ", "٣٣٣٣٣٣٣٣٣٣", "７７０７０８３８９３", "\u{0}", "999999999999999999999999999", "ё"]
        {
            for check in [inn, kpp, ogrn, ogrnip, okpo, snils, bic, ean8, ean13, upc_a, itf14, trade_item_number] {
                assert!(check(text).is_err(), "{text}");
            }
            assert!(account(text, text).is_err() && account(text, "044525225").is_err());
            assert!(correspondent_account(text, "044525225").is_err());
        }
    }
}

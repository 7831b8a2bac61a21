//! The payment code of an invoice: the text of ГОСТ Р 56042-2014 and its QR modules.
//!
//! Field names, their order and lengths are facts of the standard. The text is UTF-8 (`ST00012`); the
//! separator is the character after the heading, normally `|`, another one when a value holds it.

use super::matrix::Matrix;
use crate::kernel::money::Money;
use crate::kernel::text::Text;
use crate::text;
use qrcodegen::{QrCode, QrCodeEcc};

/// Separators to choose from, the usual one first; none of them is common in names and purposes.
const SEPARATORS: [char; 8] = ['|', '~', '^', '#', '$', '@', '!', ';'];

/// Longest texts, in letters; longer ones are cut, because the bank finds the payee by number.
const NAME_LENGTH: usize = 160;
const BANK_NAME_LENGTH: usize = 45;
const PURPOSE_LENGTH: usize = 210;

/// Where to pay and for what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Payment {
    /// Payee.
    pub name: String,
    /// Settlement account, 20 digits.
    pub account: String,
    /// Payee's bank and its town.
    pub bank_name: String,
    /// Bank's BIC, 9 digits.
    pub bic: String,
    /// Bank's correspondent account, 20 digits; a bank without one leaves it empty.
    pub correspondent_account: String,
    /// The sum; without it the payer types it.
    pub sum: Option<Money>,
    /// What for.
    pub purpose: String,
    /// Payee's ИНН.
    pub payee_inn: String,
    /// Payee's КПП.
    pub kpp: String,
    /// Further fields of the standard by their names there, such as `PayerINN` or `OKTMO`.
    pub others: Vec<(&'static str, String)>,
}

impl Payment {
    /// The text to encode, or everything that is wrong with the details.
    pub fn payload(&self) -> Result<String, Vec<Text>> {
        let problems = self.problems();
        if !problems.is_empty() {
            return Err(problems);
        }
        let none = || "0".to_owned();
        let correspondent = some(&self.correspondent_account).unwrap_or_else(none);
        let mut fields = vec![
            ("Name", cut(&self.name, NAME_LENGTH)),
            ("PersonalAcc", self.account.clone()),
            ("BankName", cut(&self.bank_name, BANK_NAME_LENGTH)),
            ("BIC", self.bic.clone()),
            ("CorrespAcc", correspondent),
        ];
        let sum = self.sum.map(|sum| sum.minor().to_string());
        let optional = [
            ("Sum", sum),
            ("Purpose", some(&cut(&self.purpose, PURPOSE_LENGTH))),
            ("PayeeINN", some(&self.payee_inn)),
            ("KPP", some(&self.kpp)),
        ];
        fields.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value?))));
        fields.extend(self.others.iter().filter_map(|(name, value)| Some((*name, some(&plain(value))?))));
        let free = |separator: &&char| !fields.iter().any(|(_, value)| value.contains(**separator));
        let separator = SEPARATORS.iter().find(free).copied().ok_or_else(|| vec![text!("print-qr-separator")])?;
        let mut out = String::from("ST00012");
        for (name, value) in &fields {
            out.push(separator);
            out.push_str(name);
            out.push('=');
            out.push_str(value);
        }
        Ok(out)
    }

    fn problems(&self) -> Vec<Text> {
        let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
        let mut problems = Vec::new();
        let mut check = |wrong: bool, text: Text| {
            if wrong {
                problems.push(text);
            }
        };
        check(self.name.trim().is_empty(), text!("print-qr-no-name"));
        check(self.bank_name.trim().is_empty(), text!("print-qr-no-bank"));
        check(!digits(&self.account, 20), text!("print-qr-account", value = &self.account));
        check(!digits(&self.bic, 9), text!("print-qr-bic", value = &self.bic));
        let correspondent = &self.correspondent_account;
        check(
            !correspondent.is_empty() && !digits(correspondent, 20),
            text!("print-qr-correspondent", value = correspondent),
        );
        check(self.sum.is_some_and(|sum| sum <= Money::ZERO), text!("print-qr-sum"));
        problems
    }
}

/// A value on one line: a line break inside would end the field for some readers.
fn plain(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(value: &str, letters: usize) -> String {
    plain(value).chars().take(letters).collect::<String>().trim_end().to_owned()
}

fn some(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// The modules of any text, error correction M at least; a text too long for a code is refused.
pub fn modules(content: &str) -> Result<Matrix, Text> {
    let code = QrCode::encode_text(content, QrCodeEcc::Medium).map_err(|_| text!("print-qr-too-long"))?;
    let size = usize::try_from(code.size()).unwrap_or(0);
    let dark = |column: usize, row: usize| match (i32::try_from(column), i32::try_from(row)) {
        (Ok(x), Ok(y)) => code.get_module(x, y),
        _ => false,
    };
    Ok(Matrix::square(size, dark))
}

#[cfg(test)]
mod tests {
    use super::{Payment, modules};
    use crate::kernel::money::Money;

    fn payment() -> Payment {
        Payment {
            name: "ООО «Ромашка»".to_owned(),
            account: "40702810100000000017".to_owned(),
            bank_name: "АО «Банк» г. Тверь".to_owned(),
            bic: "044525225".to_owned(),
            ..Payment::default()
        }
    }

    #[test]
    fn the_five_obligatory_fields_come_first() {
        let text = payment().payload().unwrap();
        assert_eq!(
            text,
            "ST00012|Name=ООО «Ромашка»|PersonalAcc=40702810100000000017|BankName=АО «Банк» г. Тверь|\
             BIC=044525225|CorrespAcc=0"
        );
    }

    #[test]
    fn a_separator_inside_a_value_changes_the_separator() {
        let text = Payment { name: "ООО A|B~".to_owned(), sum: Some(Money::from_minor(1)), ..payment() }.payload();
        assert!(text.unwrap().starts_with("ST00012^Name=ООО A|B~^PersonalAcc="));
    }

    #[test]
    fn every_wrong_detail_is_named_at_once() {
        let wrong = Payment { account: "1".to_owned(), sum: Some(Money::ZERO), ..Payment::default() };
        let keys: Vec<String> = wrong.payload().unwrap_err().iter().map(|text| text.key().to_owned()).collect();
        assert_eq!(keys, ["print-qr-no-name", "print-qr-no-bank", "print-qr-account", "print-qr-bic", "print-qr-sum"]);
    }

    #[test]
    fn long_texts_are_cut_to_the_length_of_the_standard() {
        let long =
            Payment { purpose: "за товар ".repeat(100), others: vec![("PayerINN", String::new())], ..payment() };
        let text = long.payload().unwrap();
        let purpose = text.split("Purpose=").nth(1).unwrap();
        assert!(purpose.chars().count() <= 210 && !text.contains("PayerINN"));
    }

    #[test]
    fn a_code_is_square_and_a_novel_does_not_fit() {
        let code = modules("ST00012").unwrap();
        assert_eq!((code.columns(), code.rows()), (21, 21));
        assert_eq!(modules(&"ж".repeat(3000)).unwrap_err().key(), "print-qr-too-long");
    }
}

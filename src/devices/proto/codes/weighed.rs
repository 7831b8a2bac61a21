//! Labels of goods weighed, counted or priced in the shop: thirteen digits that say which item and how much.
//!
//! What the digits mean is set by the shop, not by a standard: `PP IIIII WWWWW C`.

use super::trade_item::Gtin;

/// What the value of a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Weight in grams.
    Grams,
    /// Pieces.
    Pieces,
    /// Price of the label in kopecks.
    Kopecks,
}

/// What the digits of the item are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemNumber {
    /// The code of the item in the program, without zeros in front.
    Code,
    /// Its article number, without zeros in front.
    Article,
}

/// How one kind of label is read; a setting of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The first digits of the label: 20 to 29, or longer.
    pub prefix: String,
    /// Digits of the item.
    pub item_digits: usize,
    /// A check digit of the value stands before it; its rule differs by maker of the scales and is not checked.
    pub inner_check: bool,
    /// Digits of the value.
    pub value_digits: usize,
    /// What the value is.
    pub value: Value,
    /// What the digits of the item are.
    pub item: ItemNumber,
}

/// Why a template cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateError {
    /// The prefix is not of digits from 20 to 29, 02, or longer.
    Prefix,
    /// Prefix, item, value and check digits are not thirteen together.
    Length,
}

impl Template {
    /// The usual label of scales: `22 IIIII WWWWW C`, the code of the item and grams.
    #[must_use]
    pub fn usual() -> Self {
        Self {
            prefix: "22".to_owned(),
            item_digits: 5,
            inner_check: false,
            value_digits: 5,
            value: Value::Grams,
            item: ItemNumber::Code,
        }
    }

    /// Whether the digits add up.
    ///
    /// # Errors
    /// When the prefix is not one free for internal use, or the label would not have thirteen digits.
    pub fn check(&self) -> Result<(), TemplateError> {
        let own = self.prefix.starts_with('2') && self.prefix.len() > 1 || self.prefix.starts_with("02");
        if !own || !self.prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(TemplateError::Prefix);
        }
        let sum = self.prefix.len() + self.item_digits + usize::from(self.inner_check) + self.value_digits + 1;
        if sum != 13 || self.item_digits == 0 || self.value_digits == 0 { Err(TemplateError::Length) } else { Ok(()) }
    }
}

/// A label read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The number of the item without zeros in front; `0` when there are only zeros.
    pub number: String,
    /// What that number is.
    pub item: ItemNumber,
    /// How much, in grams, pieces or kopecks.
    pub amount: u64,
    /// What the amount is.
    pub value: Value,
}

impl Weighed {
    /// Reads thirteen digits by the template with the longest fitting prefix; `None` when none fits or the check
    /// digit is wrong.
    #[must_use]
    pub fn read(label: &str, templates: &[Template]) -> Option<Self> {
        Gtin::parse(label).ok().filter(|_| label.len() == 13)?;
        let fitting =
            templates.iter().filter(|template| label.starts_with(&template.prefix) && template.check().is_ok());
        let template = fitting.max_by_key(|template| template.prefix.len())?;
        let rest = label.get(template.prefix.len()..)?;
        let (number, rest) = rest.split_at_checked(template.item_digits)?;
        let value = rest.get(usize::from(template.inner_check)..)?.get(..template.value_digits)?;
        let number = match number.trim_start_matches('0') {
            "" => "0",
            number => number,
        };
        Some(Self {
            number: number.to_owned(),
            item: template.item,
            amount: value.parse().ok()?,
            value: template.value,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ItemNumber, Template, TemplateError, Value, Weighed};
    use crate::kernel::check_digits::gs1_digit;

    fn label(digits: &str) -> String {
        let numbers: Vec<u32> = digits.chars().filter_map(|letter| letter.to_digit(10)).collect();
        format!("{digits}{}", gs1_digit(&numbers))
    }

    #[test]
    fn labels_are_read_by_their_template() {
        let price = Template { prefix: "23".to_owned(), value: Value::Kopecks, ..Template::usual() };
        let inner = Template {
            prefix: "225".to_owned(),
            item_digits: 4,
            inner_check: true,
            value_digits: 4,
            value: Value::Pieces,
            item: ItemNumber::Article,
        };
        let templates = [Template::usual(), price, inner];
        for (digits, number, amount, value) in [
            ("221234501234", "12345", 1234, Value::Grams),
            ("220000700500", "7", 500, Value::Grams),
            ("231234599999", "12345", 99_999, Value::Kopecks),
            ("225004290012", "42", 12, Value::Pieces),
        ] {
            let read = Weighed::read(&label(digits), &templates).unwrap();
            assert_eq!((read.number.as_str(), read.amount, read.value), (number, amount, value), "{digits}");
        }
        assert_eq!(Weighed::read(&label("241234501234"), &templates), None);
        assert_eq!(Weighed::read("2212345012344", &templates), None);
        assert_eq!(Weighed::read("", &templates), None);
    }

    #[test]
    fn templates_that_do_not_add_up_are_refused() {
        let with = |prefix: &str, item_digits| Template { prefix: prefix.to_owned(), item_digits, ..Template::usual() };
        assert_eq!(Template::usual().check(), Ok(()));
        assert_eq!(with("46", 5).check(), Err(TemplateError::Prefix));
        assert_eq!(with("2", 6).check(), Err(TemplateError::Prefix));
        assert_eq!(with("22", 6).check(), Err(TemplateError::Length));
        assert_eq!(Template { value_digits: 0, ..with("22", 10) }.check(), Err(TemplateError::Length));
    }
}

//! Labels of goods weighed, counted or priced in the shop: thirteen digits that say which item and how much.
//!
//! What the digits mean is set by the shop, not by a standard: `PP IIIII WWWWW C`.

use super::trade_item::Gtin;
pub use crate::kernel::weight_label::{ItemNumber, Template, TemplateError, Value};

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

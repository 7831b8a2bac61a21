//! What was strange while a document was read: every unreadable value becomes a sentence with its place.

use super::values;
use super::xml::Element;
use crate::kernel::money::Money;
use crate::kernel::text::Text;
use crate::text;
use rust_decimal::Decimal;

/// Sentences kept of one document; a hostile file must not fill the log.
const LIMIT: usize = 50;

/// Collects the warnings of one document.
#[derive(Default)]
pub(super) struct Reading {
    /// The sentences, in the order found.
    pub(super) warnings: Vec<Text>,
    line: Option<usize>,
}

impl Reading {
    /// Adds a sentence, with the line it belongs to.
    pub(super) fn warn(&mut self, said: Text) {
        if self.warnings.len() < LIMIT {
            let said = match self.line {
                Some(line) => text!("site-in-line", line = line + 1, said = said),
                None => said,
            };
            self.warnings.push(said);
        }
    }

    /// Reads a line; what is warned of inside names it. Lines count from zero.
    pub(super) fn at_line<T>(&mut self, line: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.line = Some(line);
        let result = read(self);
        self.line = None;
        result
    }

    /// A number of an element; nothing when absent or unreadable.
    pub(super) fn number(&mut self, element: &Element, name: &str) -> Option<Decimal> {
        let written = element.value(name);
        values::number(written).unwrap_or_else(|_| {
            let shown: String = written.chars().take(40).collect();
            self.warn(text!("site-not-a-number", field = name, value = shown));
            None
        })
    }

    /// An amount of an element, rounded to kopecks half away from zero; nothing when absent or unreadable.
    pub(super) fn money(&mut self, element: &Element, name: &str) -> Option<Money> {
        let number = self.number(element, name)?;
        let amount = Money::from_dec(number).ok();
        if amount.is_none() {
            let shown: String = element.value(name).chars().take(40).collect();
            self.warn(text!("site-not-a-number", field = name, value = shown));
        }
        amount
    }
}

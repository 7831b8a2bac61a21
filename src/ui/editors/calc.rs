//! Arithmetic as typed into a number field or the calculator: exact, by decimals.
//!
//! `2*(100+50)`, comma or point, blanks between groups; `15%` is `0.15`.

use crate::kernel::money::{NumberError, parse_decimal};
use rust_decimal::Decimal;

/// How deep brackets may go: nobody types more, and a pasted text must not exhaust the stack.
const DEPTH: usize = 32;

/// True when the text is more than a number: something is to be computed.
pub fn is_expression(text: &str) -> bool {
    let text = text.trim();
    text.chars().skip(1).any(|c| "+-−*×/:()%".contains(c)) || text.starts_with('(')
}

/// Computes what was typed.
pub fn evaluate(text: &str) -> Result<Decimal, NumberError> {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut reader = Reader { letters: &letters, at: 0, depth: 0 };
    let value = reader.sum()?;
    if reader.at == letters.len() { Ok(value) } else { Err(NumberError::NotANumber) }
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn take(&mut self, wanted: &str) -> Option<char> {
        let found = self.peek().filter(|c| wanted.contains(*c))?;
        self.at += 1;
        Some(found)
    }

    fn sum(&mut self) -> Result<Decimal, NumberError> {
        let mut value = self.product()?;
        while let Some(sign) = self.take("+-−") {
            let next = self.product()?;
            let result = if sign == '+' { value.checked_add(next) } else { value.checked_sub(next) };
            value = result.ok_or(NumberError::TooLarge)?;
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<Decimal, NumberError> {
        let mut value = self.factor()?;
        while let Some(sign) = self.take("*×/:") {
            let next = self.factor()?;
            let result = if "*×".contains(sign) {
                value.checked_mul(next).ok_or(NumberError::TooLarge)
            } else {
                value.checked_div(next).ok_or(NumberError::NotANumber)
            };
            value = result?;
        }
        Ok(value)
    }

    fn factor(&mut self) -> Result<Decimal, NumberError> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(NumberError::TooLarge);
        }
        let value = match self.take("+-−(") {
            Some('+') => self.factor()?,
            Some('(') => self.bracket()?,
            Some(_) => -self.factor()?,
            None => self.number()?,
        };
        self.depth -= 1;
        if self.take("%").is_some() { Ok(value / Decimal::ONE_HUNDRED) } else { Ok(value) }
    }

    fn bracket(&mut self) -> Result<Decimal, NumberError> {
        let value = self.sum()?;
        self.take(")").map(|_| value).ok_or(NumberError::NotANumber)
    }

    fn number(&mut self) -> Result<Decimal, NumberError> {
        let rest = self.letters.get(self.at..).unwrap_or_default();
        let digits: String = rest.iter().take_while(|c| c.is_ascii_digit() || matches!(**c, ',' | '.')).collect();
        self.at += digits.chars().count();
        parse_decimal(&digits)
    }
}

#[cfg(test)]
mod tests {
    use super::{evaluate, is_expression};
    use crate::kernel::money::NumberError;

    fn value(text: &str) -> String {
        evaluate(text).unwrap().normalize().to_string()
    }

    #[test]
    fn arithmetic_is_exact_and_in_the_usual_order() {
        assert_eq!(value("2*(100+50)"), "300");
        assert_eq!(value("0,1+0,2"), "0.3");
        assert_eq!(value("10-2*3"), "4");
        assert_eq!(value("-(5-7)"), "2");
        assert_eq!(value("1 234,5 × 2"), "2469");
        assert_eq!(value("12000*20%"), "2400");
        assert_eq!(value("100:8"), "12.5");
        assert_eq!(value("1 000 000"), "1000000");
    }

    #[test]
    fn nonsense_is_refused_not_guessed() {
        for text in ["", "2*", "(1", "1)", "5/0", "сто", "1,2,3+1", "2**3", "()"] {
            assert!(evaluate(text).is_err(), "{text}");
        }
        assert_eq!(evaluate(&"(".repeat(9_000)), Err(NumberError::TooLarge));
        assert_eq!(
            evaluate(&"9*".repeat(60).trim_end_matches('*').replace('9', "99999999")),
            Err(NumberError::TooLarge)
        );
    }

    #[test]
    fn a_plain_number_is_no_expression() {
        for text in ["-5", "1 234,50", "", "+7"] {
            assert!(!is_expression(text), "{text}");
        }
        for text in ["1+1", "-5-5", "(2)", "20%"] {
            assert!(is_expression(text), "{text}");
        }
    }
}

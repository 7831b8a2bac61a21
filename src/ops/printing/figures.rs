//! Amounts, prices, rates and numbers as papers show them.

use super::Desk;
use crate::domain::lines::Terms;
use crate::domain::money::currency::Currency;
use crate::domain::money::vat::VatRate;
use crate::kernel::money::{Money, Price};
use crate::kernel::refs::Ref;
use crate::print::words::{CurrencyWords, Gender, Noun, currency};
use std::collections::BTreeMap;

/// The code of the accounting currency; its words are known even where its card has none.
const RUBLES: &str = "RUB";

/// Digits of a number that the program gives itself, with leading zeros.
const NUMBER_DIGITS: usize = 6;

/// `12 200-00`, as cash orders write amounts.
pub fn dashed(amount: Money) -> String {
    amount.grouped().replace(',', "-")
}

/// `122000-00`, as payment orders write amounts.
pub fn solid_dashed(amount: Money) -> String {
    amount.to_string().replace('.', "-")
}

/// The whole units of an amount in digits: `12 200`.
pub fn whole_units(amount: Money) -> String {
    let grouped = amount.grouped();
    grouped.split(',').next().unwrap_or_default().to_owned()
}

/// The price of a line as shown: the one agreed on, or what is left of it after a discount.
pub fn price(terms: &Terms) -> String {
    let after_discount = || terms.amount.per(terms.qty);
    let shown = if terms.discount.is_zero() && !terms.price.is_zero() { terms.price } else { after_discount() };
    shown.money().grouped()
}

/// A price with as many decimals as it has, two at least.
pub fn whole_price(price: Price) -> String {
    if Price::from(price.money()) == price { price.money().grouped() } else { price.grouped() }
}

/// `22%`, `без НДС`; an absent rate is no VAT.
pub fn rate(rate: Option<&VatRate>) -> String {
    match rate {
        Some(rate) if !rate.is_free() => format!("{}%", rate.percent.short()),
        _ => "без НДС".to_owned(),
    }
}

/// A number without the zeros the program puts in front: `ТД-000015` is `ТД-15` on paper.
pub fn number(number: &str) -> String {
    let digits = number.chars().rev().take_while(char::is_ascii_digit).count();
    let Some((prefix, own)) = number.len().checked_sub(digits).and_then(|at| number.split_at_checked(at)) else {
        return number.to_owned();
    };
    let trimmed = own.trim_start_matches('0');
    if digits == NUMBER_DIGITS && !trimmed.is_empty() { format!("{prefix}{trimmed}") } else { number.to_owned() }
}

/// The number of a payment order: digits only, six at most, as banks want it.
pub fn bank_number(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().saturating_sub(NUMBER_DIGITS);
    let own = digits.get(last..).unwrap_or_default().trim_start_matches('0');
    own.to_owned()
}

/// How amounts in a currency are said: by its card, else by what the program knows; an empty reference is
/// the accounting currency.
pub fn words_of(desk: &Desk<'_>, reference: Ref<Currency>) -> CurrencyWords {
    let card = card(desk, reference);
    let known = |code: &str| currency(code).unwrap_or_else(|| said_by_code(code));
    match card {
        Some(card) if !card.one.is_empty() && !card.cent_one.is_empty() => CurrencyWords {
            major: noun([&card.one, &card.few, &card.many], card.feminine),
            minor: noun([&card.cent_one, &card.cent_few, &card.cent_many], card.cent_feminine),
        },
        Some(card) => known(&card.code),
        None => known(RUBLES),
    }
}

fn card(desk: &Desk<'_>, reference: Ref<Currency>) -> Option<std::sync::Arc<Currency>> {
    desk.facts.get(reference).or_else(|| desk.facts.get(desk.facts.coded(RUBLES)))
}

fn noun([one, few, many]: [&String; 3], feminine: bool) -> Noun {
    let form = |word: &String| if word.is_empty() { one.clone() } else { word.clone() }.into();
    let gender = if feminine { Gender::Feminine } else { Gender::Masculine };
    Noun { one: one.clone().into(), few: form(few), many: form(many), gender }
}

/// A currency without words is said by its code: «Десять XAU 00».
fn said_by_code(code: &str) -> CurrencyWords {
    let noun = |word: &str| Noun {
        one: word.to_owned().into(),
        few: word.to_owned().into(),
        many: word.to_owned().into(),
        gender: Gender::Masculine,
    };
    CurrencyWords { major: noun(code), minor: noun("") }
}

/// `руб.` or the sign of another currency.
pub fn sign_of(desk: &Desk<'_>, reference: Ref<Currency>) -> String {
    match card(desk, reference) {
        Some(card) if card.code != RUBLES => card.code.clone(),
        _ => "руб.".to_owned(),
    }
}

/// VAT by rate, in the order of percents; what is free of it is apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VatSums {
    /// Minor units of the percent, VAT.
    pub taxed: BTreeMap<i64, Money>,
}

impl VatSums {
    /// Adds VAT of a rate.
    pub fn add(&mut self, rate: Option<&VatRate>, vat: Money) {
        if let Some(rate) = rate.filter(|rate| !rate.is_free()) {
            *self.taxed.entry(rate.percent.minor()).or_default() += vat;
        }
    }

    /// Percent in words and VAT, the highest first.
    pub fn lines(&self) -> Vec<(String, Money)> {
        let line = |(percent, vat): (&i64, &Money)| {
            (format!("{}%", crate::kernel::money::Percent::from_minor(*percent).short()), *vat)
        };
        self.taxed.iter().rev().map(line).collect()
    }

    /// «НДС (22%) 2200-00 руб.», several after each other; «Без НДС» when there is none.
    pub fn said(&self) -> String {
        let said: Vec<String> =
            self.lines().iter().map(|(rate, vat)| format!("НДС ({rate}) {} руб.", solid_dashed(*vat))).collect();
        if said.is_empty() { "Без НДС".to_owned() } else { said.join(", ") }
    }
}

#[cfg(test)]
mod tests {
    use super::{bank_number, dashed, number, solid_dashed, whole_units};
    use crate::kernel::money::Money;

    #[test]
    fn numbers_lose_the_zeros_of_the_program_only() {
        let cases =
            [("000015", "15"), ("ТД-000015", "ТД-15"), ("0001", "0001"), ("15", "15"), ("000000", "000000"), ("", "")];
        for (given, paper) in cases {
            assert_eq!(number(given), paper);
        }
        assert_eq!([bank_number("ТД-000015"), bank_number("1234567"), bank_number("нет")], ["15", "234567", ""]);
    }

    #[test]
    fn amounts_are_written_as_each_form_writes_them() {
        let amount = Money::from_minor(1_220_005);
        assert_eq!(dashed(amount), "12\u{a0}200-05");
        assert_eq!(solid_dashed(amount), "12200-05");
        assert_eq!(whole_units(amount), "12\u{a0}200");
    }
}

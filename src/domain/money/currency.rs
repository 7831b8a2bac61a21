//! Currency (Валюта), with the words an amount is written in and the rate on a day.

use crate::domain::company::settings::settings;
use crate::domain::registers::prices::Rates;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Rate};
use crate::kernel::problems::Problem;
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::{object, text};

object! {
    /// A currency; its code is the letter code of ISO 4217.
    catalog Currency = 33 "currency" "Валюта" {
        numeric: String = "Цифровой код",
        symbol: String = "Знак",
        feminine: bool = "Женский род",
        one: String = "Одна единица",
        few: String = "Две единицы",
        many: String = "Пять единиц",
        cent_feminine: bool = "Мелкая единица женского рода",
        cent_one: String = "Одна мелкая единица",
        cent_few: String = "Две мелкие единицы",
        cent_many: String = "Пять мелких единиц",
    }
}

impl Behaviour for Currency {
    fn search_words(&self) -> Vec<String> {
        vec![self.numeric.clone(), self.symbol.clone()]
    }
}

/// A rate: rubles for `nominal` units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateOn {
    /// Rubles.
    pub rate: Rate,
    /// Units.
    pub nominal: i64,
}

impl RateOn {
    /// The accounting currency itself.
    pub const ONE: Self = Self { rate: Rate::whole(1), nominal: 1 };

    /// Rubles of an amount.
    pub fn rubles(self, amount: Money) -> Money {
        if self == Self::ONE { amount } else { amount.at_rate(self.rate, self.nominal) }
    }
}

/// The rate of a currency in force on a day: the last one set not later. The accounting currency has one.
pub fn rate_on(facts: &dyn Facts, currency: Ref<Currency>, day: Date) -> Result<RateOn, Text> {
    if currency.is_empty() || currency == settings(facts).currency {
        return Ok(RateOn::ONE);
    }
    match facts.last(&Rates { currency, ..Rates::default() }, day) {
        Some(found) if found.rate > Rate::ZERO => Ok(RateOn { rate: found.rate, nominal: found.nominal.max(1) }),
        _ => {
            let name = facts.get(currency).map_or_else(String::new, |currency| currency.code.clone());
            Err(text!("rate-missing", currency = name, date = day.russian()))
        }
    }
}

/// A problem of a document's currency field.
pub fn rate_problem(text: Text) -> Problem {
    Problem { text, place: crate::kernel::problems::Place::Field("currency") }
}

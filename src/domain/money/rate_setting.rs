//! Rate setting (Курсы валют): rates of a day, by hand or from a file of the Bank of Russia.

use super::currency::Currency;
use crate::domain::registers::prices::Rates;
use crate::kernel::behaviour::{At, Behaviour, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::money::Rate;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// Rates of currencies in force from a day on.
    document RateSetting = 41 "rate_setting" "Курсы валют" {}
    table rates: RateSettingLine = "Курсы" {
        currency: Ref<Currency> = "Валюта" [required],
        nominal: i64 = "Кратность",
        rate: Rate = "Курс" [required],
    }
}

impl Behaviour for RateSetting {
    fn changed(&mut self, at: At<'_>, _facts: &dyn Facts) {
        if let At::Cell { row, field: "currency", .. } = at
            && let Some(line) = self.rates.get_mut(row)
        {
            line.nominal = line.nominal.max(1);
        }
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        for (row, line) in self.rates.iter_mut().enumerate() {
            line.nominal = line.nominal.max(1);
            if line.rate <= Rate::ZERO {
                let column = field!(RateSettingLine, rate);
                problems.cell(field!(RateSetting, rates), row, column, text!("must-be-positive"));
            }
        }
    }
}

impl Posting for RateSetting {
    fn post(&self, _facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.rates {
            out.add(&Rates { currency: line.currency, rate: line.rate, nominal: line.nominal });
        }
        Ok(())
    }
}

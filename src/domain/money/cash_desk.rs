//! Cash desk (Касса).

use super::currency::Currency;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::refs::Ref;
use crate::object;

object! {
    /// A place for cash.
    catalog CashDesk = 32 "cash_desk" "Касса" {
        company: Ref<Company> = "Организация",
        currency: Ref<Currency> = "Валюта",
    }
}

impl Behaviour for CashDesk {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.currency = settings.currency;
    }
}

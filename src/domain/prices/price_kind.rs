//! Price kind (Вид цен): retail, wholesale, purchase.

use crate::domain::money::currency::Currency;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::refs::Ref;
use crate::object;

object! {
    /// A list of prices.
    catalog PriceKind = 27 "price_kind" "Вид цен" {
        vat_included: bool = "Цена включает НДС",
        currency: Ref<Currency> = "Валюта",
        purchase: bool = "Закупочная",
    }
}

impl Behaviour for PriceKind {
    fn fill_new(&mut self, facts: &dyn crate::kernel::facts::Facts) {
        self.vat_included = true;
        self.currency = crate::domain::company::settings::settings(facts).currency;
    }
}

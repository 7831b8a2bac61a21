//! Price setting (Установка цен): prices of kinds from a moment on.

use super::price_kind::PriceKind;
use crate::domain::company::settings::settings;
use crate::domain::registers::prices::Prices;
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::{At, Behaviour, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::money::Price;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// Sets prices; the latest document before a moment gives the price.
    document PriceSetting = 42 "price_setting" "Установка цен" {
        price_kind: Ref<PriceKind> = "Вид цен",
    }
    table prices: PriceSettingLine = "Цены" {
        item: Ref<Item> = "Номенклатура" [required],
        price_kind: Ref<PriceKind> = "Вид цен",
        price: Price = "Цена",
    }
}

impl Behaviour for PriceSetting {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.price_kind = settings(facts).price_kind;
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        let At::Cell { row, field: "item", .. } = at else { return };
        let (kind, on) = (self.price_kind, self.date.date());
        if let Some(line) = self.prices.get_mut(row) {
            line.price_kind = line.price_kind.or(kind);
            line.price = Prices::on(facts, line.item, line.price_kind, on).unwrap_or_default();
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let default = self.price_kind.or(settings(facts).price_kind);
        let mut seen = std::collections::BTreeSet::new();
        for (row, line) in self.prices.iter_mut().enumerate() {
            line.price_kind = line.price_kind.or(default);
            if line.price_kind.is_empty() {
                let column = field!(PriceSettingLine, price_kind);
                problems.cell(field!(PriceSetting, prices), row, column, text!("field-required"));
            }
            if line.price < Price::ZERO {
                let column = field!(PriceSettingLine, price);
                problems.cell(field!(PriceSetting, prices), row, column, text!("must-not-be-negative"));
            }
            if !seen.insert((line.item, line.price_kind)) {
                let column = field!(PriceSettingLine, item);
                problems.cell(field!(PriceSetting, prices), row, column, text!("price-twice"));
            }
        }
    }
}

impl Posting for PriceSetting {
    fn post(&self, _facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.prices {
            out.add(&Prices { item: line.item, kind: line.price_kind, price: line.price });
        }
        Ok(())
    }
}

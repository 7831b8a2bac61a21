//! Prices and currency rates: the latest value by date.

use crate::domain::money::currency::Currency;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Price, Rate};
use crate::kernel::refs::Ref;
use crate::register;

register! {
    /// Prices of items by kind.
    Info Prices = "prices" "Цены" {
        key { item: Ref<Item> = "Номенклатура", kind: Ref<PriceKind> = "Вид цен" }
        sum { price: Price = "Цена" }
    }
}

register! {
    /// Rates of currencies: rubles for `nominal` units.
    Info Rates = "rates" "Курсы валют" {
        key { currency: Ref<Currency> = "Валюта" }
        sum { rate: Rate = "Курс", nominal: i64 = "Кратность" }
    }
}

impl Prices {
    /// The price of an item in force on a day; `None` where none was set.
    pub fn on(facts: &dyn Facts, item: Ref<Item>, kind: Ref<PriceKind>, day: Date) -> Option<Price> {
        facts.last(&Prices { item, kind, price: Price::ZERO }, day).map(|found| found.price)
    }
}

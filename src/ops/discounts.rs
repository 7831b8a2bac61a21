//! How far below the list price a user may sell: by the discount of a row, and by its price as well.
//!
//! The discount a role allows is counted from the price the list has on the day, so that a price lowered by hand
//! is a discount like any other. What somebody who may has granted stays: in the same row, and on what is made on
//! the basis of his document.

use super::gate::Tx;
use super::related::bases_of;
use crate::domain::company::section::Section;
use crate::domain::company::settings::settings;
use crate::domain::money::currency::{Currency, rate_on};
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::prices::Prices;
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::sales::customer_return::CustomerReturn;
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::meta::Kind;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::kernel::value::Value;
use crate::text;
use rust_decimal::Decimal;

/// The terms of a row of a document of trade.
#[derive(Clone, Copy, Debug)]
struct Offer {
    /// Table part, row from zero, its stable number.
    table: usize,
    row: usize,
    key: u32,
    item: AnyRef,
    qty: Qty,
    /// In the currency of the document, after the discount.
    amount: Money,
    discount: Percent,
}

impl Offer {
    /// At least what another row of the same item takes for as much. Both amounts are rounded to kopecks.
    fn is_no_cheaper_than(&self, other: &Self) -> bool {
        let [own, known] = [self, other].map(|one| (i128::from(one.amount.minor()), i128::from(one.qty.minor())));
        let cheap = (own.0 + 1) * known.1 < (known.0 - 1) * own.1;
        other.item == self.item && other.discount >= self.discount && !cheap
    }
}

/// A price of the list against which rows are held.
struct Listed {
    kind: Ref<PriceKind>,
    /// The list price of a unit, in the currency of the document.
    price: Price,
}

impl Tx<'_> {
    /// A discount above what the user may give, or a price as much below the list, is kept only where someone
    /// who may has given it: in the same row before, or on the document this one is made on.
    pub(super) fn may_discount(&self, was: Option<&dyn Object>, object: &dyn Object) -> Outcome<()> {
        let Some(most) = self.rights.discount_max() else { return Ok(()) };
        let meta = object.meta();
        if meta.kind != Kind::Document || Section::of(meta.code) != Section::Sales {
            return Ok(());
        }
        let before = was.map(offers).unwrap_or_default();
        let mut granted: Option<Vec<Offer>> = None;
        let mut problems = Problems::new();
        let facts = self.facts();
        for offer in offers(object) {
            let Some((field, refusal)) = self.too_cheap(object, &offer, most, &facts) else { continue };
            let same = |known: &Offer| (known.table, known.key) == (offer.table, offer.key);
            if before.iter().any(|known| same(known) && offer.is_no_cheaper_than(known)) {
                continue;
            }
            let known = match &mut granted {
                Some(known) => known,
                None => granted.insert(self.offered_on_bases(object)?),
            };
            if !known.iter().any(|known| offer.is_no_cheaper_than(known)) {
                let table = meta.tables.get(offer.table).map_or("", |part| part.name);
                problems.cell(table, offer.row, field, refusal);
            }
        }
        facts.result()?;
        problems.result().map_err(|found| Error::Refused(found, Some(meta)))
    }

    /// Why the terms of a row are below what the user may grant, and by which column.
    fn too_cheap(
        &self,
        object: &dyn Object,
        offer: &Offer,
        most: Percent,
        facts: &dyn Facts,
    ) -> Option<(&'static str, Text)> {
        let (limit, who) = (most.short(), &self.rights.grantors);
        if offer.discount > most {
            let discount = offer.discount.short();
            return Some(("discount", text!("right-discount", discount = discount, most = limit, who = who)));
        }
        // Goods that come back are paid for less, not sold for less; an order from outside has its prices.
        if self.agreed || [CustomerReturn::TAG, TillReturn::TAG].contains(&object.meta().tag) {
            return None;
        }
        let listed = listed(object, offer, facts)?;
        let gross = listed.price.times(offer.qty);
        let lowest = gross - gross.percent(most);
        // Rounded to kopecks: that much below is not below.
        if offer.amount.minor() + 1 >= lowest.minor() {
            return None;
        }
        let kind = facts.get(listed.kind).map_or_else(String::new, |kind| kind.name.clone());
        let [price, lowest] = [offer.amount, lowest].map(|sum| sum.per(offer.qty).money().grouped());
        let list = listed.price.money().grouped();
        let said =
            text!("right-price", price = price, kind = kind, list = list, most = limit, lowest = lowest, who = who);
        Some(("price", said))
    }

    fn offered_on_bases(&self, object: &dyn Object) -> Outcome<Vec<Offer>> {
        let mut found = Vec::new();
        for basis in bases_of(object) {
            if let Some(basis) = self.store.load(basis)? {
                found.extend(offers(basis.as_ref()));
            }
        }
        Ok(found)
    }
}

/// The lowest price at which a row with its discount is sold for no less than somebody with this largest discount may
/// sell it; `None` where the list has no price.
pub fn lowest_price(
    object: &dyn Object,
    (table, row): (&str, usize),
    most: Percent,
    facts: &dyn Facts,
) -> Option<Price> {
    let at = object.meta().table(table)?;
    let offer = offers(object).into_iter().find(|offer| (offer.table, offer.row) == (at, row))?;
    let listed = listed(object, &offer, facts)?.price.dec();
    let hundred = Decimal::from(100);
    let (left, kept) = (hundred - most.dec(), hundred - offer.discount.dec());
    // Of a row that costs nothing at all there is no such price. Parts of a kopeck go up: less would be too low.
    let exact = (listed * left).checked_div(kept)?;
    Some(Price::clamped((exact * hundred).ceil() / hundred))
}

/// What the list asks for the quantity of a row on the day of its document, by the kind of prices it was agreed
/// on; where that is none of sale, by the usual one. `None` where the list has no price.
fn listed(object: &dyn Object, offer: &Offer, facts: &dyn Facts) -> Option<Listed> {
    let day = super::save::moment_of(object).date();
    let agreed: Ref<PriceKind> = object.by_name("price_kind")?.any_ref().typed();
    let defaults = settings(facts);
    let of_sale = |kind: &Ref<PriceKind>| {
        *kind != defaults.purchase_price_kind && facts.get(*kind).is_some_and(|kind| !kind.purchase)
    };
    let kind = Some(agreed).filter(of_sale).unwrap_or(defaults.price_kind);
    let item: Ref<Item> = offer.item.typed();
    let price = Prices::on(facts, item, kind, day).filter(|price| *price > Price::ZERO)?;
    let own: Ref<Currency> = object.by_name("currency").map(|value| value.any_ref().typed()).unwrap_or_default();
    let of_kind = facts.get(kind).map(|kind| kind.currency).unwrap_or_default().or(own);
    if own.is_empty() || own == of_kind {
        return Some(Listed { kind, price });
    }
    // The list is kept in another currency: what it asks is what as many rubles are in the document's own.
    let (from, to) = (rate_on(facts, of_kind, day).ok()?, rate_on(facts, own, day).ok()?);
    let rubles = price.dec() * from.rate.dec() / Decimal::from(from.nominal);
    Some(Listed { kind, price: Price::clamped(rubles * Decimal::from(to.nominal) / to.rate.dec()) })
}

/// The terms of every row that has an item, a quantity and an amount.
fn offers(object: &dyn Object) -> Vec<Offer> {
    let mut found = Vec::new();
    for (table, part) in object.meta().tables.iter().enumerate() {
        let [Some(item), Some(qty), Some(amount)] = ["item", "qty", "amount"].map(|name| part.field(name)) else {
            continue;
        };
        let discount = part.field("discount");
        for row in 0..object.rows(table) {
            let Some(cells) = object.row(table, row) else { continue };
            let (Value::Qty(qty), Value::Money(amount)) = (cells.get(qty), cells.get(amount)) else { continue };
            let discount = match discount.map(|at| cells.get(at)) {
                Some(Value::Percent(discount)) => discount,
                _ => Percent::ZERO,
            };
            let (key, item) = (cells.key(), cells.get(item).any_ref());
            if qty > Qty::ZERO {
                found.push(Offer { table, row, key, item, qty, amount, discount });
            }
        }
    }
    found
}

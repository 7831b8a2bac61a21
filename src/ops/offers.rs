//! What is told of an item beside it where it is chosen: its price, what of it is free, what is on its way and when.
//!
//! The list to choose from and the list dropped under a field ask for the rows they show, all in one question; its
//! price grows with those rows and with the number of warehouses, never with the base.

use super::gate::Session;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::registers::orders::SupplierOrders;
use crate::domain::registers::prices::Prices;
use crate::domain::registers::stock::{Reserves, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{ObjectMeta, RegisterMeta};
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{Price, Qty};
use crate::kernel::object::{Declared, Object, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::kernel::text::Text;
use crate::kernel::value::Stored;
use crate::store::base::Store;
use crate::store::lists::{Anchor, Filter, ListLine, ListQuery};
use crate::{field, text};
use std::collections::{BTreeMap, BTreeSet};

/// Fields of a document by which it is told, as documents call them.
const FIELDS: [&str; 4] = ["company", "warehouse", "price_kind", "date"];

/// The headings of what is told, in the order of [`Offer::words`].
pub fn headings() -> [Text; 3] {
    [text!("offer-price"), text!("offer-free"), text!("offer-due")]
}

/// What is told of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The price on the day of the document; zero where none is set or none may be seen.
    pub price: Price,
    /// On hand and nobody's; `None` for what does not lie in stock and for those who may not see stock.
    pub free: Option<Qty>,
    /// On its way and bought for nobody in particular.
    pub due: Qty,
    /// The first day on which some of it comes; empty when nobody has said.
    pub first: Date,
    /// All of it comes on that day.
    pub at_once: bool,
}

impl Offer {
    /// As shown: price, free, due; what is not known is empty.
    pub fn words(&self) -> [String; 3] {
        let price = if self.price.is_zero() { String::new() } else { self.price.money().grouped() };
        let qty = self.due.short();
        let due = match (self.due.is_zero(), self.first.is_empty(), self.at_once) {
            (true, _, _) => String::new(),
            (false, true, _) => qty,
            (false, false, true) => text!("offer-due-on", qty = qty, date = self.first.russian()).show(),
            (false, false, false) => text!("offer-due-from", qty = qty, date = self.first.russian()).show(),
        };
        [price, self.free.map_or_else(String::new, Qty::short), due]
    }
}

/// Where whoever chooses stands, as [`crate::kernel::behaviour::Choices::beside`] carries it to the list: nothing for
/// other kinds than items.
pub fn beside(object: &dyn Object, target: Option<&ObjectMeta>) -> Vec<(&'static str, i64)> {
    if target.is_none_or(|target| *target != *Item::declared()) {
        return Vec::new();
    }
    let meta = object.meta();
    let stored = |name: &&'static str| {
        let at = meta.field(name)?;
        meta.fields.get(at).map(|field| (*name, object.get(at).cell(field.kind)))
    };
    FIELDS.iter().filter_map(stored).collect()
}

/// What a document says, with the gaps filled: every company and warehouse where it names none.
struct Around {
    companies: Vec<i64>,
    warehouses: Vec<i64>,
    price_kind: Ref<PriceKind>,
    day: Date,
}

fn every<T: Declared>(facts: &dyn Facts) -> Vec<i64> {
    facts.all(T::declared()).iter().map(|element| element.head().id).collect()
}

impl Around {
    fn of(session: &Session, facts: &dyn Facts, beside: &[(&'static str, i64)]) -> Self {
        let given = |name: &str| beside.iter().find(|(known, _)| *known == name).map(|(_, stored)| *stored);
        let named = |name: &str| given(name).filter(|id| *id != 0);
        let one_or =
            |name: &str, all: fn(&dyn Facts) -> Vec<i64>| named(name).map_or_else(|| all(facts), |id| vec![id]);
        let scope = session.store.scope();
        let seen = |id: &i64| scope.opens(Stock::meta().code, Ref::<Warehouse>::new(*id).any());
        let day = given("date").map(|date| Moment::from_stored(date).date()).filter(|day| !day.is_empty());
        // A document that has a kind of prices and names none takes no prices.
        let kind = given("price_kind").map_or_else(|| settings(facts).price_kind, Ref::new);
        Self {
            companies: one_or("company", every::<Company>),
            warehouses: one_or("warehouse", every::<Warehouse>).into_iter().filter(seen).collect(),
            price_kind: if scope.opens(Prices::meta().code, kind.any()) { kind } else { Ref::EMPTY },
            day: day.unwrap_or_else(|| facts.today()),
        }
    }
}

/// What is told of these items to a document that stands so.
pub fn offers(session: &Session, beside: &[(&'static str, i64)], items: &[AnyRef]) -> Outcome<BTreeMap<AnyRef, Offer>> {
    session.rights()?;
    let read = session.facts();
    let facts: &dyn Facts = &read;
    read.foresee(&items.iter().copied().collect())?;
    let known = items.iter().filter_map(|item| facts.get(item.typed::<Item>())).filter(|item| !item.folder);
    let known: Vec<_> = known.collect();
    let around = Around::of(session, facts, beside);
    let every: Vec<i64> = known.iter().map(|item| item.head.id).collect();
    let goods: Vec<i64> = known.iter().filter(|item| item.is_goods()).map(|item| item.head.id).collect();
    let prices = prices_of(&session.store, around.price_kind, around.day, &every)?;
    let open = |register: &RegisterMeta| !session.store.scope().closed_registers.contains(register.code);
    let free = match open(Stock::meta()) && open(Reserves::meta()) {
        true => Some(free_of(&session.store, &around.companies, &around.warehouses, &goods)?),
        false => None,
    };
    let due = if open(SupplierOrders::meta()) { due_of(session, &around, &goods)? } else { BTreeMap::new() };
    let mut told = BTreeMap::new();
    for item in known {
        let id = item.head.id;
        let mut offer = Offer { price: prices.get(&id).copied().unwrap_or_default(), ..Offer::default() };
        if item.is_goods() {
            offer.free = free.as_ref().map(|free| free.get(&id).copied().unwrap_or_default());
            for (day, qty) in due.get(&id).into_iter().flatten() {
                offer.at_once = offer.due.is_zero();
                offer.due += *qty;
                offer.first = if offer.at_once { *day } else { offer.first };
            }
        }
        told.insert(item.reference().any(), offer);
    }
    read.result()?;
    Ok(told)
}

/// What of these items is on hand and nobody's, in these warehouses of these companies together; an item of which
/// there never was anything may be absent.
pub fn free_of(store: &Store, companies: &[i64], warehouses: &[i64], items: &[i64]) -> Outcome<BTreeMap<i64, Qty>> {
    let mut found: BTreeMap<i64, Qty> = BTreeMap::new();
    for (register, sign) in [(Stock::meta(), 1), (Reserves::meta(), -1)] {
        for (key, qty) in store.summed(register, &[companies, warehouses, items], &["item"])? {
            if let Some(item) = key.first() {
                *found.entry(*item).or_default() += Qty::from_minor(qty * sign);
            }
        }
    }
    Ok(found)
}

/// Prices of these items in force on a day; those without one are absent.
pub fn prices_of(store: &Store, kind: Ref<PriceKind>, day: Date, items: &[i64]) -> Outcome<BTreeMap<i64, Price>> {
    if kind.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = store.latest_each(Prices::meta(), (Item::META, items), &[kind.id()], day.end())?;
    Ok(found
        .into_iter()
        .filter(|(_, price)| *price != 0)
        .map(|(item, price)| (item, Price::from_minor(price)))
        .collect())
}

/// What comes of these items and is for nobody in particular, by day; what has none stands last. What was bought for
/// a line of an order is that line's: it can be promised to nobody else.
fn due_of(session: &Session, around: &Around, items: &[i64]) -> Outcome<BTreeMap<i64, Vec<(Date, Qty)>>> {
    let by = ["item", "order", "customer_order"];
    let rows = session.store.summed(SupplierOrders::meta(), &[&around.warehouses, items], &by)?;
    let rows = rows.into_iter().filter_map(|(key, left)| match key.as_slice() {
        [item, order, 0] if left > 0 => Some((*item, *order, Qty::from_minor(left))),
        _ => None,
    });
    let rows: Vec<(i64, i64, Qty)> = rows.collect();
    let orders = dues(session, rows.iter().map(|(_, order, _)| *order).collect())?;
    let mut found: BTreeMap<i64, Vec<(Date, Qty)>> = BTreeMap::new();
    for (item, order, qty) in rows {
        if let Some((company, due)) = orders.get(&order)
            && around.companies.contains(company)
        {
            found.entry(item).or_default().push((*due, qty));
        }
    }
    for days in found.values_mut() {
        days.sort_by_key(|(day, _)| (day.is_empty(), *day));
        days.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1 += later.1;
            }
            same
        });
    }
    Ok(found)
}

/// Company and day of these orders of suppliers, as far as the user may see them; their lines are not read.
fn dues(session: &Session, orders: BTreeSet<i64>) -> Outcome<BTreeMap<i64, (i64, Date)>> {
    let meta = SupplierOrder::declared();
    let columns: Vec<usize> = [field!(SupplierOrder, company), field!(SupplierOrder, due)]
        .iter()
        .filter_map(|name| meta.field(name))
        .collect();
    let count = orders.len();
    if count == 0 || session.store.scope().closed_kinds.contains(&meta.tag) {
        return Ok(BTreeMap::new());
    }
    let mut query = ListQuery { sort: "id", ..ListQuery::usual(meta, columns) };
    query.filters.push(Filter::Ids(orders.into_iter().collect()));
    let lines = session.store.list_page(&query, &Anchor::Start, count)?;
    let cell = |line: &ListLine, at: usize| line.cells.get(at).map_or(0, Stored::int);
    Ok(lines.iter().map(|line| (line.reference.id(), (cell(line, 0), Date::from_stored(cell(line, 1))))).collect())
}

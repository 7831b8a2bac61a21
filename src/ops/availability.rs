//! How much of an item is there for a new order on each day: on hand, and what comes, less what is to leave.

use super::coverage::SOMETIME;
use crate::domain::company::company::Company;
use crate::domain::registers::orders::{CustomerOrders, SupplierOrders};
use crate::domain::registers::stock::Stock;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::Qty;
use crate::kernel::refs::{AnyRef, Ref};
use std::collections::BTreeMap;

/// What changes on one day, and what there is at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// The day; [`SOMETIME`] for what has none.
    pub date: Date,
    /// What comes, and what leaves.
    pub coming: Qty,
    /// What is to leave.
    pub leaving: Qty,
    /// On hand at the end of the day when everything happens as planned; negative where it does not suffice.
    pub left: Qty,
    /// The least that will be left on this day or later: so much can be promised without taking it from anybody.
    pub available: Qty,
    /// The documents.
    pub causes: Vec<AnyRef>,
}

/// Days on which something happens, today first. What is late is expected today.
pub fn by_day(facts: &dyn Facts, company: Ref<Company>, warehouse: Ref<Warehouse>, item: Ref<Item>) -> Vec<Day> {
    let today = facts.today();
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    days.insert(today, Day::default());
    for row in facts.balances::<SupplierOrders>(&[warehouse.id(), item.id()]) {
        let Some(order) = facts.get(row.order).filter(|order| order.company == company) else { continue };
        let date = if order.due.is_empty() { SOMETIME } else { order.due.max(today) };
        let day = days.entry(date).or_default();
        day.coming += row.left.positive();
        add(&mut day.causes, row.order.any());
    }
    for row in facts.balances::<CustomerOrders>(&[warehouse.id(), item.id()]) {
        let Some(order) = facts.get(row.order).filter(|order| order.company == company) else { continue };
        let day = days.entry(order.ship_date.max(today)).or_default();
        day.leaving += row.left.positive();
        add(&mut day.causes, row.order.any());
    }
    let mut left = facts.balance(&Stock { company, warehouse, item, ..Stock::default() }).qty;
    let mut found: Vec<Day> = days.into_iter().map(|(date, day)| Day { date, ..day }).collect();
    for day in &mut found {
        left += day.coming - day.leaving;
        day.left = left;
    }
    let mut least = left;
    for day in found.iter_mut().rev() {
        least = least.min(day.left);
        day.available = least.positive();
    }
    found
}

fn add(causes: &mut Vec<AnyRef>, document: AnyRef) {
    if !causes.contains(&document) {
        causes.push(document);
    }
}

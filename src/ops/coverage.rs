//! What stock and goods on their way there are of an item, who waits for them in which order, and when each gets his.

use super::costing::StockKey;
use crate::domain::registers::orders::{CustomerOrders, SupplierOrders};
use crate::domain::registers::stock::Reserves;
use crate::domain::sales::coverage::{Covered, Pool, Wanted, cover};
use crate::domain::sales::customer_order::{CustomerOrder, free_stock};
use crate::domain::sales::supplying::Gate;
use crate::kernel::facts::Facts;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::Qty;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::store::base::Store;
use std::collections::BTreeMap;

/// A line of a customer order.
pub type LineKey = (Ref<CustomerOrder>, i64);

/// The place of a line in the queue: priority, desired date (none is last), date of the order, the order, the line.
pub type Place = (u8, i64, Moment, i64, i64);

/// The place of a line of an order.
pub fn place(order: &CustomerOrder, line: i64) -> Place {
    let desired = if order.ship_date.is_empty() { i64::MAX } else { order.ship_date.stored() };
    (order.priority.place(), desired, order.date, order.reference().id(), line)
}

/// A line that waits for an item.
#[derive(Clone, Copy, Debug)]
pub struct Waits {
    /// Which.
    pub key: LineKey,
    /// Where it stands.
    pub place: Place,
    /// Left to ship.
    pub left: Qty,
    /// Reserved of it.
    pub held: Qty,
    /// It may give what it holds to a line before it: it takes what comes and has no reserve of its own.
    pub soft: bool,
}

/// Everything about one item in one warehouse.
pub struct Situation {
    /// On hand and nobody's.
    pub free: Qty,
    /// On the way: when (empty when nobody has said), from which supplier's order, how much, for whom alone.
    pub coming: Vec<(Date, AnyRef, Qty, Option<LineKey>)>,
    /// Lines for which goods are provided, in the order of the queue.
    pub queue: Vec<Waits>,
}

/// Gates of orders, asked once each.
#[derive(Default)]
pub struct Gates(BTreeMap<i64, Gate>);

impl Gates {
    /// Whether goods are provided for a line of an order at all.
    pub fn provides(&mut self, order: &CustomerOrder, line: i64, facts: &dyn Facts) -> bool {
        order.line(line).is_some_and(CustomerOrder::is_bought_for) && self.of(order, facts) == Gate::Open
    }

    fn of(&mut self, order: &CustomerOrder, facts: &dyn Facts) -> Gate {
        *self.0.entry(order.reference().id()).or_insert_with(|| order.gate_now(facts))
    }
}

/// Reads it. `with` is an order whose lines are counted as waiting whatever is decided about them.
pub fn situation(facts: &dyn Facts, key: StockKey, with: Ref<CustomerOrder>, gates: &mut Gates) -> Situation {
    let [company, warehouse, item] = key;
    let free = free_stock(facts, Ref::new(company), Ref::new(warehouse), Ref::new(item));
    let held: BTreeMap<LineKey, Qty> =
        facts.balances::<Reserves>(&key).iter().map(|row| ((row.order, row.order_line), row.qty)).collect();
    let mut queue = Vec::new();
    let rows = facts.balances::<CustomerOrders>(&[warehouse, item]);
    facts.expect(&rows.iter().map(|row| row.order.any()).collect());
    for row in rows {
        let Some(order) = facts.get(row.order).filter(|order| order.company.id() == company) else { continue };
        let Some(line) = order.line(row.order_line) else { continue };
        let provided = CustomerOrder::is_bought_for(line) && gates.of(&order, facts) == Gate::Open;
        if row.left <= Qty::ZERO || !(provided || row.order == with) {
            continue;
        }
        let key = (row.order, row.order_line);
        let held = held.get(&key).copied().unwrap_or_default();
        let soft = CustomerOrder::is_soft(line);
        queue.push(Waits { key, place: place(&order, row.order_line), left: row.left, held, soft });
    }
    queue.sort_by_key(|waits| waits.place);
    Situation { free, coming: coming(facts, warehouse, item), queue }
}

/// Every line of an order that waits for goods; the orders are read together.
pub fn waiting_lines(store: &Store, facts: &dyn Facts) -> Outcome<Vec<CustomerOrders>> {
    let rows = store.totals_by(CustomerOrders::meta(), &[])?;
    let mut lines: Vec<CustomerOrders> = rows.iter().map(|cells| CustomerOrders::from_cells(cells)).collect();
    lines.retain(|line| line.left > Qty::ZERO);
    facts.expect(&lines.iter().map(|line| line.order.any()).collect());
    Ok(lines)
}

fn coming(facts: &dyn Facts, warehouse: i64, item: i64) -> Vec<(Date, AnyRef, Qty, Option<LineKey>)> {
    let mut found = Vec::new();
    for row in facts.balances::<SupplierOrders>(&[warehouse, item]).iter().filter(|row| row.left > Qty::ZERO) {
        let due = facts.get(row.order).map_or(Date::EMPTY, |order| order.due);
        let whose = (!row.customer_order.is_empty()).then_some((row.customer_order, row.customer_line));
        found.push((due, row.order.any(), row.left, whose));
    }
    // What nobody has promised a day for comes after everything that has one.
    found.sort_by_key(|(due, order, _, _)| (due.is_empty(), *due, *order));
    found
}

/// A day after all others: of what is on its way without a date.
pub const SOMETIME: Date = Date::LAST;

impl Situation {
    /// When each waiting line gets what it lacks, and from where: `None` is the stock.
    pub fn covered(&self) -> Vec<Covered<LineKey, Option<AnyRef>>> {
        let mut bought: BTreeMap<LineKey, Vec<Pool<Option<AnyRef>>>> = BTreeMap::new();
        let mut pools = vec![Pool { date: Date::EMPTY, qty: self.free.positive(), source: None }];
        for (due, order, qty, whose) in &self.coming {
            let date = if due.is_empty() { SOMETIME } else { *due };
            let pool = Pool { date, qty: *qty, source: Some(*order) };
            match whose.filter(|key| self.queue.iter().any(|waits| waits.key == *key)) {
                Some(key) => bought.entry(key).or_default().push(pool),
                None => pools.push(pool),
            }
        }
        let mut found = Vec::with_capacity(self.queue.len());
        let mut queue = Vec::with_capacity(self.queue.len());
        for waits in &self.queue {
            let wanted = Wanted { key: waits.key, qty: (waits.left - waits.held).positive() };
            let own = bought.remove(&waits.key).unwrap_or_default();
            let first = cover(&[wanted], own).pop();
            queue.push(Wanted { qty: first.as_ref().map_or(wanted.qty, |one| one.short), ..wanted });
            found.extend(first);
        }
        for (own, common) in found.iter_mut().zip(cover(&queue, pools)) {
            own.parts.extend(common.parts);
            own.parts.sort_by_key(|part| part.date);
            own.short = common.short;
        }
        found
    }

    /// Of one line.
    pub fn covered_line(&self, key: LineKey) -> Option<Covered<LineKey, Option<AnyRef>>> {
        self.covered().into_iter().find(|line| line.key == key)
    }
}

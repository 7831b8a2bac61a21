//! Reserves shared out anew (RULES B2): lines that take what comes get it in the order of the queue, whoever holds it
//! now. Nobody loses anything before it was shown who would.

use super::claims::of_item;
use super::costing::StockKey;
use super::coverage::{Gates, LineKey, situation};
use super::gate::{Session, Tx};
use super::orders;
use super::rights::require_act;
use crate::domain::company::rights::Act;
use crate::domain::registers::orders::CustomerOrders;
use crate::domain::registers::stock::Reserves;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::store::base::Store;
use crate::store::moves::Move;
use crate::text;
use std::collections::BTreeSet;

/// What a line would hold instead of what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Company, warehouse, item.
    pub key: StockKey,
    /// The line.
    pub line: LineKey,
    /// Left to ship of it.
    pub left: Qty,
    /// Held now.
    pub from: Qty,
    /// To be held.
    pub to: Qty,
}

/// Everything lines wait for, by company, warehouse and item.
pub fn waited_for(store: &Store, facts: &dyn Facts) -> Outcome<BTreeSet<StockKey>> {
    let mut found = BTreeSet::new();
    for cells in store.totals_by(CustomerOrders::meta(), &[])? {
        let row = CustomerOrders::from_cells(&cells);
        if let (true, Some(order)) = (row.left > Qty::ZERO, facts.get(row.order)) {
            found.insert([order.company.id(), row.warehouse.id(), row.item.id()]);
        }
    }
    Ok(found)
}

/// Who would get and who would lose what: the losers of an item first.
pub fn plan(facts: &dyn Facts, keys: &BTreeSet<StockKey>) -> Vec<Shift> {
    let mut gates = Gates::default();
    let mut found = Vec::new();
    for key in keys {
        let now = situation(facts, *key, Ref::EMPTY, &mut gates);
        let mut pool = now.free.positive();
        pool += now.queue.iter().filter(|waits| waits.soft).map(|waits| waits.held).sum::<Qty>();
        let mut shifts = Vec::new();
        for waits in now.queue.iter().filter(|waits| waits.soft) {
            let to = waits.left.min(pool);
            pool -= to;
            if to != waits.held {
                shifts.push(Shift { key: *key, line: waits.key, left: waits.left, from: waits.held, to });
            }
        }
        shifts.sort_by_key(|shift| shift.to > shift.from);
        found.extend(shifts);
    }
    found
}

/// The plan for everything, or for the goods of one order, as far as the user may see it: for those who may see every
/// order, as whoever shares out has to know from whom he takes.
pub fn plan_for(session: &Session, of: Option<AnyRef>) -> Outcome<Vec<Shift>> {
    let rights = session.rights()?;
    require_act(&rights, Act::Read, CustomerOrder::declared())?;
    let facts = session.facts();
    let mut keys = waited_for(&session.store, &facts)?;
    let of = of.and_then(|order| (&facts as &dyn Facts).get_any::<CustomerOrder>(order));
    if let Some(order) = of {
        let items: BTreeSet<i64> = order.goods.iter().map(|line| line.item.id()).collect();
        keys.retain(|[company, warehouse, item]| {
            (*company, *warehouse) == (order.company.id(), order.warehouse.id()) && items.contains(item)
        });
    }
    let found = plan(&facts, &keys);
    for shift in &found {
        let order = (&facts as &dyn Facts).get(shift.line.0);
        if !order.map_or(Ok(true), |order| session.sees(order.as_ref()))? {
            return Err(Error::refused(text!("allocate-hidden")));
        }
    }
    facts.result()?;
    Ok(found)
}

impl Tx<'_> {
    /// Carries out a plan that was shown. Refuses when it would be another one by now.
    pub fn reallocate(&mut self, shown: &[Shift]) -> Outcome<usize> {
        let keys: BTreeSet<StockKey> = shown.iter().map(|shift| shift.key).collect();
        self.lock(keys.iter().map(|[_, _, item]| of_item(*item)))?;
        let facts = self.facts();
        let now = plan(&facts, &keys);
        facts.result()?;
        if now != shown {
            return Err(Error::refused(text!("allocate-changed")));
        }
        let mut touched: BTreeSet<AnyRef> = BTreeSet::new();
        for shift in shown {
            let [company, warehouse, item] = shift.key;
            let document = shift.line.0.any();
            let date = (&facts as &dyn Facts).get(shift.line.0).map_or(self.now, |order| order.date.max(self.now));
            let reserve = Reserves {
                company: Ref::new(company),
                warehouse: Ref::new(warehouse),
                item: Ref::new(item),
                order: shift.line.0,
                order_line: shift.line.1,
                qty: shift.to - shift.from,
            };
            let line = self.store.next_line(Reserves::meta(), document)?;
            self.store.add_move(Reserves::meta(), &Move { document, line, date, cells: reserve.cells() })?;
            touched.insert(document);
        }
        touched.iter().for_each(|order| self.touch(*order));
        orders::refresh(self, &touched, &CustomerOrder::default())?;
        Ok(touched.len())
    }
}

//! Reserves shared out anew (RULES B2): lines that take what comes get it in the order of the queue, whoever holds it
//! now. Nobody loses anything before it was shown who would.

use super::claims::{of_document, of_item};
use super::costing::StockKey;
use super::coverage::{Gates, LineKey, situation, waiting_lines};
use super::gate::{Session, Tx};
use super::orders;
use super::present::title;
use super::rights::require_act;
use super::save::search_text;
use crate::domain::company::rights::Act;
use crate::domain::registers::orders::CustomerOrders;
use crate::domain::registers::stock::Reserves;
use crate::domain::registry;
use crate::domain::sales::customer_order::{CustomerOrder, free_stock};
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::store::base::Store;
use crate::store::history::{Deed, numbers_of, with_numbers};
use crate::store::moves::Move;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

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
    for row in waiting_lines(store, facts)? {
        if let Some(order) = facts.get(row.order) {
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

impl Shift {
    /// The numbers by which the history of an order keeps what its lines were given or gave.
    fn numbers(&self) -> [i64; 7] {
        let [company, warehouse, item] = self.key;
        [company, warehouse, item, self.line.1, self.left.minor(), self.from.minor(), self.to.minor()]
    }

    /// What a note in the history of an order says, see [`Tx::reallocate`].
    pub fn of_note(order: AnyRef, change: &[u8]) -> Vec<Self> {
        let numbers = numbers_of(change);
        let one = |numbers: &[i64]| match numbers {
            [company, warehouse, item, line, left, from, to] => Some(Self {
                key: [*company, *warehouse, *item],
                line: (order.typed(), *line),
                left: Qty::from_minor(*left),
                from: Qty::from_minor(*from),
                to: Qty::from_minor(*to),
            }),
            _ => None,
        };
        numbers.chunks(7).filter_map(one).collect()
    }
}

impl Tx<'_> {
    /// Carries out a plan that was shown. Refuses when it would be another one by now.
    pub fn reallocate(&mut self, shown: &[Shift]) -> Outcome<usize> {
        require_act(&self.rights, Act::Post, CustomerOrder::declared())?;
        let keys: BTreeSet<StockKey> = shown.iter().map(|shift| shift.key).collect();
        self.lock(keys.iter().map(|[_, _, item]| of_item(*item)))?;
        let facts = self.facts();
        let now = plan(&facts, &keys);
        facts.result()?;
        if now != shown {
            return Err(Error::refused(text!("allocate-changed")));
        }
        self.shift(shown)
    }

    /// Takes back what was shared out: whoever got goods gives them back, whoever had them holds them again. Refuses
    /// when they have left meanwhile, and names every order that cannot do its part.
    pub(super) fn share_back(&mut self, shared: &[Shift]) -> Outcome<()> {
        self.lock(shared.iter().map(|shift| of_item(shift.key[2])))?;
        let facts = self.facts();
        let read: &dyn Facts = &facts;
        let mut problems = Problems::new();
        let mut free: BTreeMap<StockKey, Qty> = BTreeMap::new();
        let mut back = Vec::with_capacity(shared.len());
        for shift in shared {
            let [company, warehouse, item] = shift.key;
            let (order, order_line) = shift.line;
            let (warehouse, item) = (Ref::new(warehouse), Ref::new(item));
            let key = Reserves { company: Ref::new(company), warehouse, item, order, order_line, qty: Qty::ZERO };
            let from = read.balance(&key).qty;
            let waits = CustomerOrders { warehouse, item, order, order_line, ..CustomerOrders::default() };
            let left = read.balance(&waits).left;
            let to = from + shift.from - shift.to;
            if to < Qty::ZERO || to > left {
                let order = title(order.any(), self.store, read)?;
                problems.add(text!("allocate-not-back", order = order));
            }
            *free.entry(shift.key).or_insert_with(|| free_stock(read, Ref::new(company), warehouse, item)) -= to - from;
            back.push(Shift { left, from, to, ..*shift });
        }
        for ([_, _, item], left) in free {
            if left < Qty::ZERO {
                let item = title(Ref::<Item>::new(item).any(), self.store, read)?;
                problems.add(text!("allocate-not-free", item = item));
            }
        }
        facts.result()?;
        problems.result().map_err(|found| Error::Refused(found, None))?;
        self.shift(&back).map(|_| ())
    }

    /// Moves reserves as told and notes it in the history of each order, so that it can be taken back; gives how many
    /// orders were changed.
    fn shift(&mut self, shifts: &[Shift]) -> Outcome<usize> {
        self.lock(shifts.iter().map(|shift| of_document(shift.line.0.any())))?;
        let facts = self.facts();
        let mut notes: BTreeMap<AnyRef, Vec<i64>> = BTreeMap::new();
        for shift in shifts {
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
            notes.entry(document).or_default().extend(shift.numbers());
        }
        let touched: BTreeSet<AnyRef> = notes.keys().copied().collect();
        for (order, numbers) in notes {
            self.note_shared(order, &numbers)?;
        }
        orders::refresh(self, &touched, &CustomerOrder::default())?;
        Ok(touched.len())
    }

    /// A version of an order that changes nothing but what it holds.
    fn note_shared(&mut self, order: AnyRef, numbers: &[i64]) -> Outcome<()> {
        let (Some(mut object), Some(kind)) = (self.store.load(order)?, registry::of(order)) else {
            return Err(Error::refused(text!("object-gone")));
        };
        let was = object.head().version;
        object.head_mut().version += 1;
        let same = vec![false; object.meta().tables.len()];
        let search = search_text(object.as_ref(), kind);
        self.store.update(object.as_mut(), was, &search, &same)?;
        self.note(Deed::Shared, object.as_ref(), with_numbers(numbers));
        self.changed.insert(order);
        Ok(())
    }
}

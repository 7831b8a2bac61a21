//! Shortages: what waiting orders lack after reserves and goods on their way, and the supplier orders that
//! bring it (RULES B2).

use super::coverage::{Gates, waiting_lines};
use super::gate::{Session, Tx};
use super::replenish::{Why, add_stock_needs, last_receipt, supplier_of};
use super::rights::require_act;
use super::save::How;
use crate::domain::company::company::Company;
use crate::domain::company::rights::Act;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::TradeLine as _;
use crate::domain::purchases::supplier_order::{SupplierOrder, SupplierOrderLine};
use crate::domain::registers::orders::{CustomerOrders, SupplierOrders};
use crate::domain::registers::stock::Reserves;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::supplying::Takes;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::facts::Facts;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{Price, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::store::base::Store;
use crate::text;
use std::collections::BTreeMap;

/// A line of a customer order that lacks goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The order.
    pub order: Ref<CustomerOrder>,
    /// Its line.
    pub line: i64,
    /// How much is neither reserved nor on its way.
    pub qty: Qty,
}

/// What one item in one warehouse lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortage {
    /// Whose orders.
    pub company: Ref<Company>,
    /// Where.
    pub warehouse: Ref<Warehouse>,
    /// What.
    pub item: Ref<Item>,
    /// All waiting lines together.
    pub qty: Qty,
    /// Ordered from suppliers and not bound to a waiting line.
    pub expected: Qty,
    /// Who is to bring it, by the item's rule; empty when nobody is known.
    pub supplier: Ref<Counterparty>,
    /// What the stock itself needs beyond the waiting lines.
    pub extra: Qty,
    /// What is to be ordered: both, as the supplier sells it.
    pub to_order: Qty,
    /// The supplier's price; zero when the item does not name it.
    pub price: Price,
    /// When he brings it; empty when nobody knows.
    pub due: Date,
    /// Why it is to be bought.
    pub why: Vec<Why>,
    /// The waiting lines in the order of their queue.
    pub lines: Vec<Lacking>,
}

/// What is lacking as far as the user may see it: refused to those who may not see what is to be shipped.
pub fn shortages_for(session: &Session) -> Outcome<Vec<Shortage>> {
    let rights = session.rights()?;
    require_act(&rights, Act::Read, CustomerOrder::declared())?;
    let facts = session.facts();
    let mut found = shortages(&session.store, &facts)?;
    facts.result()?;
    if !rights.is_full() {
        for shortage in &mut found {
            let mut seen = Vec::new();
            for line in &shortage.lines {
                let order = (&facts as &dyn Facts).get(line.order);
                if order.map_or(Ok(false), |order| session.sees(order.as_ref()))? {
                    seen.push(*line);
                }
            }
            shortage.keep(seen, &facts);
        }
        found.retain(|shortage| !shortage.lines.is_empty());
        facts.result()?;
    }
    Ok(found)
}

/// What is lacking as far as the user may see it, and what the stock itself needs, with suppliers and terms.
pub fn needs_for(session: &Session) -> Outcome<Vec<Shortage>> {
    let mut found = shortages_for(session)?;
    let facts = session.facts();
    add_stock_needs(&session.store, &facts, &mut found)?;
    for shortage in &mut found {
        propose(shortage, &facts);
    }
    facts.result()?;
    Ok(found)
}

/// Who is to bring it, and on what terms.
fn propose(shortage: &mut Shortage, facts: &dyn Facts) {
    let Some(item) = facts.get(shortage.item) else { return };
    let key = [shortage.company.id(), shortage.warehouse.id(), shortage.item.id()];
    let supplier = supplier_of(facts, &item, key, shortage.needed(facts));
    shortage.take_supplier(supplier, facts);
}

/// Everything that is lacking, by warehouse and item.
pub fn shortages(store: &Store, read: &dyn Facts) -> Outcome<Vec<Shortage>> {
    let mut waiting: BTreeMap<[i64; 3], Vec<(CustomerOrders, Moment, bool)>> = BTreeMap::new();
    let mut gates = Gates::default();
    for row in waiting_lines(store, read)? {
        let goods = read.get(row.item).is_some_and(|item| item.is_goods());
        let Some(order) = read.get(row.order).filter(|_| goods) else { continue };
        // Nothing is bought for an order before it is agreed and its advance is paid.
        if gates.provides(&order, row.order_line, read) {
            let key = [order.company.id(), row.warehouse.id(), row.item.id()];
            let desired = if order.ship_date.is_empty() { order.date } else { order.ship_date.start() };
            let line = order.line(row.order_line);
            let takes_free = line.is_some_and(|line| CustomerOrder::takes(line) == Takes::Free);
            waiting.entry(key).or_default().push((row, desired, takes_free));
        }
    }
    let mut found = Vec::new();
    for (key, rows) in waiting {
        found.extend(lacking(store, read, key, rows)?);
    }
    Ok(found)
}

/// What the waiting lines of one item in one warehouse lack; `None` when they lack nothing.
fn lacking(
    store: &Store,
    read: &dyn Facts,
    [company, warehouse, item]: [i64; 3],
    mut rows: Vec<(CustomerOrders, Moment, bool)>,
) -> Outcome<Option<Shortage>> {
    rows.sort_by_key(|(row, desired, _)| (*desired, row.order, row.order_line));
    let mut expected = expected_for(store, warehouse, item)?;
    // What was ordered for nobody in particular goes to the first in the queue who takes it.
    let free = expected.remove(&(0, 0)).unwrap_or_default();
    let mut left = free;
    let mut lines = Vec::new();
    for (row, _, takes_free) in rows {
        let held = store.now(Reserves::meta(), &[company, warehouse, item, row.order.id(), row.order_line])?;
        let held = Qty::from_minor(held.sums.first().copied().unwrap_or(0));
        let bound = expected.remove(&(row.order.id(), row.order_line)).unwrap_or_default();
        let mut lacks = (row.left - held - bound).positive();
        if takes_free {
            let part = left.min(lacks);
            lacks -= part;
            left -= part;
        }
        if lacks > Qty::ZERO {
            lines.push(Lacking { order: row.order, line: row.order_line, qty: lacks });
        }
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let mut shortage = Shortage {
        company: Ref::new(company),
        warehouse: Ref::new(warehouse),
        item: Ref::new(item),
        expected: free,
        ..Shortage::default()
    };
    shortage.keep(lines, read);
    propose(&mut shortage, read);
    Ok(Some(shortage))
}

impl Shortage {
    /// Is of these waiting lines only.
    pub fn keep(&mut self, lines: Vec<Lacking>, facts: &dyn Facts) {
        self.qty = lines.iter().map(|line| line.qty).sum();
        self.lines = lines;
        self.why.retain(|why| !matches!(why, Why::Waiting(_)));
        if !self.lines.is_empty() {
            self.why.insert(0, Why::Waiting(self.lines.len()));
        }
        self.take_supplier(self.supplier, facts);
    }
}

/// What is on its way, by the customer's line it is for; (0, 0) is for nobody in particular.
fn expected_for(store: &Store, warehouse: i64, item: i64) -> Outcome<BTreeMap<(i64, i64), Qty>> {
    let mut found: BTreeMap<(i64, i64), Qty> = BTreeMap::new();
    for cells in store.totals_by(SupplierOrders::meta(), &[warehouse, item])? {
        let row = SupplierOrders::from_cells(&cells);
        *found.entry((row.customer_order.id(), row.customer_line)).or_default() += row.left;
    }
    Ok(found)
}

impl Tx<'_> {
    /// Makes and posts one order for each supplier, company and warehouse from these shortages; lines are
    /// linked to the waiting ones, so that the receipt reserves for them. Items nobody brings are all named.
    pub fn order_shortages(&mut self, shortages: &[Shortage]) -> Outcome<Vec<AnyRef>> {
        let read = self.facts();
        let facts: &dyn Facts = &read;
        let mut problems = Problems::new();
        let mut orders: BTreeMap<[i64; 3], SupplierOrder> = BTreeMap::new();
        for shortage in shortages {
            if shortage.supplier.is_empty() {
                let item = facts.get(shortage.item).map_or_else(String::new, |item| item.name.clone());
                problems.add(text!("shortage-no-supplier", item = item));
                continue;
            }
            let key = [shortage.supplier.id(), shortage.company.id(), shortage.warehouse.id()];
            let order = orders.entry(key).or_insert_with(|| start_order(shortage, self.now, facts));
            for line in &shortage.lines {
                add_line(order, shortage, *line, facts);
            }
            let rest = shortage.to_order.max(shortage.qty) - shortage.qty;
            if rest > Qty::ZERO {
                add_line(order, shortage, Lacking { order: Ref::EMPTY, line: 0, qty: rest }, facts);
            }
            order.due = order.due.max(shortage.due);
        }
        read.result()?;
        problems.result().map_err(|found| Error::Refused(found, None))?;
        let mut made = Vec::new();
        for mut order in orders.into_values() {
            self.save(&mut order, How::Post)?;
            made.push(order.reference().any());
        }
        Ok(made)
    }
}

fn start_order(shortage: &Shortage, now: Moment, facts: &dyn Facts) -> SupplierOrder {
    let mut order = SupplierOrder::default();
    order.fill_new(facts);
    order.date = now;
    order.company = shortage.company;
    order.warehouse = shortage.warehouse;
    order.supplier = shortage.supplier;
    order.changed(At::Field("supplier"), facts);
    order
}

fn add_line(order: &mut SupplierOrder, shortage: &Shortage, line: Lacking, facts: &dyn Facts) {
    let trade = order.trade();
    let mut made = SupplierOrderLine {
        item: shortage.item,
        qty: line.qty,
        customer_order: line.order,
        customer_line: line.line,
        ..SupplierOrderLine::default()
    };
    let mut terms = made.terms();
    terms.take_item(&trade, facts);
    terms.qty = line.qty;
    if shortage.price > Price::ZERO {
        terms.price = shortage.price;
    }
    if terms.price == Price::ZERO {
        let key = [shortage.company.id(), shortage.warehouse.id(), shortage.item.id()];
        let last = last_receipt(facts, key);
        let known =
            last.and_then(|receipt| receipt.goods.iter().find(|row| row.item == shortage.item).map(|r| r.price));
        terms.price = known.unwrap_or_default();
    }
    terms.count_amount();
    terms.count_vat(&trade, facts);
    made.set_terms(terms);
    order.goods.push(made);
}

//! Shortages: what waiting orders lack after reserves and goods on their way, and the supplier orders that
//! bring it (RULES B2).

use super::coverage::Gates;
use super::gate::{Session, Tx};
use super::rights::require_act;
use super::save::How;
use crate::domain::company::company::Company;
use crate::domain::company::rights::Act;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::TradeLine as _;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::supplier_order::{SupplierOrder, SupplierOrderLine};
use crate::domain::registers::orders::{CustomerOrders, SupplierOrders};
use crate::domain::registers::stock::{Reserves, Stock};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Who is to bring it: the item's own supplier, else who brought it last; empty when nobody is known.
    pub supplier: Ref<Counterparty>,
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
            shortage.lines = seen;
            shortage.qty = shortage.lines.iter().map(|line| line.qty).sum();
        }
        found.retain(|shortage| !shortage.lines.is_empty());
        facts.result()?;
    }
    Ok(found)
}

/// Everything that is lacking, by warehouse and item.
pub fn shortages(store: &Store, read: &dyn Facts) -> Outcome<Vec<Shortage>> {
    let mut waiting: BTreeMap<[i64; 3], Vec<(CustomerOrders, Moment)>> = BTreeMap::new();
    let mut gates = Gates::default();
    for row in store.totals_by(CustomerOrders::meta(), &[])?.iter().map(|cells| CustomerOrders::from_cells(cells)) {
        let goods = read.get(row.item).is_some_and(|item| item.is_goods());
        if let (true, Some(order)) = (goods && row.left > Qty::ZERO, read.get(row.order))
            && gates.provides(&order, row.order_line, read)
        {
            let key = [order.company.id(), row.warehouse.id(), row.item.id()];
            let desired = if order.ship_date.is_empty() { order.date } else { order.ship_date.start() };
            waiting.entry(key).or_default().push((row, desired));
        }
    }
    let mut found = Vec::new();
    for ([company, warehouse, item], mut rows) in waiting {
        rows.sort_by_key(|(row, desired)| (*desired, row.order, row.order_line));
        let mut expected = expected_for(store, warehouse, item)?;
        let mut lines = Vec::new();
        for (row, _) in rows {
            let held = store.now(Reserves::meta(), &[company, warehouse, item, row.order.id(), row.order_line])?;
            let held = Qty::from_minor(held.sums.first().copied().unwrap_or(0));
            let bound = expected.remove(&(row.order.id(), row.order_line)).unwrap_or_default();
            let lacks = row.left - held - bound;
            if lacks > Qty::ZERO {
                lines.push(Lacking { order: row.order, line: row.order_line, qty: lacks });
            }
        }
        // What was ordered for nobody in particular goes to the first in the queue.
        let free = expected.remove(&(0, 0)).unwrap_or_default();
        let mut left = free;
        for line in &mut lines {
            let part = left.min(line.qty);
            line.qty -= part;
            left -= part;
        }
        lines.retain(|line| line.qty > Qty::ZERO);
        if lines.is_empty() {
            continue;
        }
        let item = Ref::<Item>::new(item);
        found.push(Shortage {
            company: Ref::new(company),
            warehouse: Ref::new(warehouse),
            item,
            qty: lines.iter().map(|line| line.qty).sum(),
            expected: free,
            supplier: supplier_of(read, item, [company, warehouse, item.id()]),
            lines,
        });
    }
    Ok(found)
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

/// The item's own supplier, else who brought it last.
fn supplier_of(facts: &dyn Facts, item: Ref<Item>, key: [i64; 3]) -> Ref<Counterparty> {
    let own = facts.get(item).map_or(Ref::EMPTY, |item| item.supplier);
    if own.is_empty() { last_receipt(facts, key).map_or(Ref::EMPTY, |receipt| receipt.supplier) } else { own }
}

fn last_receipt(facts: &dyn Facts, key: [i64; 3]) -> Option<std::sync::Arc<GoodsReceipt>> {
    let moves = facts.history(Stock::meta(), &key, Moment::FOREVER);
    let last = moves.iter().rev().find(|(document, _, _)| document.tag() == GoodsReceipt::TAG)?;
    facts.get_any::<GoodsReceipt>(last.0)
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
                add_line(order, shortage, line, facts);
            }
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

fn add_line(order: &mut SupplierOrder, shortage: &Shortage, line: &Lacking, facts: &dyn Facts) {
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

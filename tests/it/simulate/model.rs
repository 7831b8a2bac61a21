//! The model: plain sums over posted documents. It knows nothing of registers, timelines or the order of entry.

use crate::bases::or_say;
use kontora::domain::money::cash_issue::{CashIssue, CashIssueOperation};
use kontora::domain::money::cash_receipt::CashReceipt;
use kontora::domain::purchases::goods_receipt::GoodsReceipt;
use kontora::domain::purchases::supplier_order::SupplierOrder;
use kontora::domain::purchases::supplier_return::SupplierReturn;
use kontora::domain::registers::funds::Funds;
use kontora::domain::registers::orders::{CustomerOrders, OrderDebts, SupplierOrders};
use kontora::domain::registers::sales::Sales;
use kontora::domain::registers::settlements::Settlements;
use kontora::domain::registers::stock::{Reserves, Stock};
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::customer_return::CustomerReturn;
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::domain::stock::item::Item;
use kontora::kernel::facts::Facts;
use kontora::kernel::object::{Declared, Referable as _};
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::kernel::register::Register;
use kontora::kernel::value::Value;
use kontora::ops::gate::Session;
use std::collections::BTreeMap;

/// The code of an element of a catalog.
pub fn code(session: &Session, reference: AnyRef) -> String {
    match or_say(session.store.load(reference)).map(|object| object.get(0)) {
        Some(Value::Text(code)) => code,
        _ => String::new(),
    }
}

/// Posted documents of a kind.
fn posted<T: Declared>(session: &Session) -> Vec<T> {
    let found = or_say(session.store.posted_of(T::declared().code));
    found.into_iter().filter_map(|one| or_say(session.store.load(one))?.downcast::<T>().cloned()).collect()
}

type Sums = BTreeMap<Vec<i64>, i64>;

/// What the registers must hold, by name of the register and key.
#[derive(Default)]
struct Model {
    stock: Sums,
    settled: Sums,
    funds: Sums,
    left: Sums,
    expected: Sums,
    unpaid: Sums,
    sold: Sums,
    revenue: Sums,
}

fn add(sums: &mut Sums, key: &[i64], value: i64) {
    *sums.entry(key.to_vec()).or_default() += value;
}

impl Model {
    fn of(session: &Session) -> Self {
        let mut model = Self::default();
        let facts = session.facts();
        let goods = |item: Ref<Item>| (&facts as &dyn Facts).get(item).is_some_and(|item| item.is_goods());
        model.bought(session, &goods);
        model.sold(session, &goods);
        model.orders(session);
        model.paid(session);
        model
    }

    fn bought(&mut self, session: &Session, goods: &dyn Fn(Ref<Item>) -> bool) {
        for receipt in posted::<GoodsReceipt>(session) {
            for line in receipt.goods.iter().filter(|line| goods(line.item)) {
                add(&mut self.stock, &[receipt.warehouse.id(), line.item.id()], line.qty.minor());
            }
            let total: i64 = receipt.goods.iter().map(|line| line.total.minor()).sum();
            add(&mut self.settled, &[receipt.supplier.id()], -total);
        }
        for back in posted::<SupplierReturn>(session) {
            for line in back.goods.iter().filter(|line| goods(line.item)) {
                add(&mut self.stock, &[back.warehouse.id(), line.item.id()], -line.qty.minor());
            }
            let total: i64 = back.goods.iter().map(|line| line.total.minor()).sum();
            add(&mut self.settled, &[back.supplier.id()], total);
        }
    }

    fn sold(&mut self, session: &Session, goods: &dyn Fn(Ref<Item>) -> bool) {
        for issue in posted::<GoodsIssue>(session) {
            for line in &issue.goods {
                if goods(line.item) {
                    add(&mut self.stock, &[issue.warehouse.id(), line.item.id()], -line.qty.minor());
                }
                if !issue.order.is_empty() && line.order_line != 0 {
                    add(&mut self.left, &[issue.order.id(), line.order_line], -line.qty.minor());
                }
                add(&mut self.sold, &[line.item.id()], line.qty.minor());
                add(&mut self.revenue, &[line.item.id()], line.total.minor());
                add(&mut self.settled, &[issue.customer.id()], line.total.minor());
            }
        }
        for back in posted::<CustomerReturn>(session) {
            let order = or_say(session.store.load(back.issue.any()));
            let order = order.and_then(|issue| issue.downcast::<GoodsIssue>().map(|issue| issue.order));
            for line in &back.goods {
                if goods(line.item) {
                    add(&mut self.stock, &[back.warehouse.id(), line.item.id()], line.qty.minor());
                }
                add(&mut self.sold, &[line.item.id()], -line.qty.minor());
                add(&mut self.revenue, &[line.item.id()], -line.total.minor());
                add(&mut self.settled, &[back.customer.id()], -line.total.minor());
                if let Some(order) = order.filter(|order| !order.is_empty()) {
                    add(&mut self.unpaid, &[order.any().packed()], -line.total.minor());
                }
            }
        }
    }

    fn paid(&mut self, session: &Session) {
        for receipt in posted::<CashReceipt>(session) {
            add(&mut self.funds, &[receipt.cash_desk.any().packed()], receipt.amount.minor());
            add(&mut self.settled, &[receipt.counterparty.id()], -receipt.amount.minor());
            for line in &receipt.split {
                add(&mut self.unpaid, &[line.order.packed()], -line.amount.minor());
            }
        }
        for issue in posted::<CashIssue>(session) {
            add(&mut self.funds, &[issue.cash_desk.any().packed()], -issue.amount.minor());
            add(&mut self.settled, &[issue.counterparty.id()], issue.amount.minor());
            let sign = if issue.operation == CashIssueOperation::CustomerRefund { 1 } else { -1 };
            for line in &issue.split {
                add(&mut self.unpaid, &[line.order.packed()], sign * line.amount.minor());
            }
        }
        // A closed order waits for nothing.
        for order in posted::<CustomerOrder>(session).iter().filter(|order| order.closed) {
            self.unpaid.remove(&vec![order.reference().any().packed()]);
        }
        for order in posted::<SupplierOrder>(session).iter().filter(|order| order.closed) {
            self.unpaid.remove(&vec![order.reference().any().packed()]);
        }
    }

    fn orders(&mut self, session: &Session) {
        for order in posted::<CustomerOrder>(session) {
            for line in &order.goods {
                let key = vec![order.head.id, i64::from(line.key)];
                if order.closed || line.cancelled {
                    self.left.remove(&key);
                    continue;
                }
                add(&mut self.left, &key, line.qty.minor());
                add(&mut self.unpaid, &[order.reference().any().packed()], line.total.minor());
            }
        }
        for order in posted::<SupplierOrder>(session) {
            for line in order.goods.iter().filter(|_| !order.closed) {
                add(&mut self.expected, &[order.head.id, i64::from(line.key)], line.qty.minor());
                add(&mut self.unpaid, &[order.reference().any().packed()], line.total.minor());
            }
        }
        for receipt in posted::<GoodsReceipt>(session).iter().filter(|receipt| !receipt.order.is_empty()) {
            for line in receipt.goods.iter().filter(|line| line.order_line != 0) {
                // What came beyond the order takes its line to zero, not below.
                if let Some(left) = self.expected.get_mut(&vec![receipt.order.id(), line.order_line]) {
                    *left = (*left - line.qty.minor()).max(0);
                }
            }
        }
    }
}

fn totals<R: Register>(session: &Session) -> Vec<R> {
    let rows = or_say(session.store.totals_by(R::meta(), &[]));
    rows.iter().map(|cells| R::from_cells(cells)).collect()
}

/// Compares sums of a register with those of the model, zeros left out.
fn compare(what: &str, kept: &Sums, expected: &Sums, wrong: &mut Vec<String>) {
    for key in kept.keys().chain(expected.keys().filter(|key| !kept.contains_key(*key))) {
        let (kept, expected) = (kept.get(key).unwrap_or(&0), expected.get(key).unwrap_or(&0));
        if kept != expected {
            wrong.push(format!("{what} {key:?}: the register has {kept}, the documents give {expected}"));
        }
    }
}

/// Where registers differ from the sums over documents.
pub fn differences(session: &Session) -> Vec<String> {
    let model = Model::of(session);
    let mut wrong = Vec::new();
    let mut sums = |what: &str, expected: &Sums, rows: Vec<(Vec<i64>, i64)>| {
        let mut kept = Sums::new();
        rows.into_iter().for_each(|(key, value)| add(&mut kept, &key, value));
        compare(what, &kept, expected, &mut wrong);
    };
    let stock = totals::<Stock>(session);
    let rows = stock.iter().map(|row| (vec![row.warehouse.id(), row.item.id()], row.qty.minor()));
    sums("stock", &model.stock, rows.collect());
    let rows = totals::<Settlements>(session);
    let rows = rows.iter().map(|row| (vec![row.counterparty.id()], row.amount.minor()));
    sums("settlements", &model.settled, rows.collect());
    let rows = totals::<Funds>(session);
    sums("funds", &model.funds, rows.iter().map(|row| (vec![row.place.packed()], row.amount.minor())).collect());
    let left = totals::<CustomerOrders>(session);
    let rows = left.iter().map(|row| (vec![row.order.id(), row.order_line], row.left.minor()));
    sums("left to ship", &model.left, rows.collect());
    let rows = totals::<SupplierOrders>(session);
    let rows = rows.iter().map(|row| (vec![row.order.id(), row.order_line], row.left.minor()));
    sums("expected", &model.expected, rows.collect());
    let rows = totals::<OrderDebts>(session);
    sums("unpaid", &model.unpaid, rows.iter().map(|row| (vec![row.order.packed()], row.unpaid.minor())).collect());
    let (mut sold, mut revenue) = (Vec::new(), Vec::new());
    let issues = or_say(session.store.posted_of("goods_issue"));
    for document in issues.into_iter().chain(or_say(session.store.posted_of("customer_return"))) {
        for moved in or_say(session.store.moves_of(Sales::meta(), document)) {
            let row = Sales::from_cells(&moved.cells);
            sold.push((vec![row.item.id()], row.qty.minor()));
            revenue.push((vec![row.item.id()], row.amount.minor()));
        }
    }
    sums("sold", &model.sold, sold);
    sums("revenue", &model.revenue, revenue);
    for row in stock {
        let (qty, cost) = (row.qty.minor(), row.cost.minor());
        if qty == 0 && cost != 0 || qty > 0 && cost < 0 {
            wrong.push(format!("item {:?}: {qty} on hand cost {cost}", row.item));
        }
    }
    wrong.extend(idle_stock(session, &left));
    wrong
}

/// Free stock while a line of an order waits for it.
fn idle_stock(session: &Session, left: &[CustomerOrders]) -> Vec<String> {
    let mut free: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for row in totals::<Stock>(session) {
        *free.entry((row.warehouse.id(), row.item.id())).or_default() += row.qty.minor();
    }
    let mut held: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    for row in totals::<Reserves>(session) {
        *free.entry((row.warehouse.id(), row.item.id())).or_default() -= row.qty.minor();
        *held.entry((row.order.id(), row.order_line)).or_default() += row.qty.minor();
    }
    let facts = session.facts();
    let takes = |row: &CustomerOrders| {
        let order = (&facts as &dyn Facts).get(row.order);
        order.is_some_and(|order| super::supply::takes_free(&order, row.order_line, &facts))
    };
    let waits = left.iter().filter(|row| takes(row)).filter_map(|row| {
        let need = row.left.minor() - held.get(&(row.order.id(), row.order_line)).copied().unwrap_or(0);
        let idle = free.get(&(row.warehouse.id(), row.item.id())).copied().unwrap_or(0);
        (need > 0 && idle > 0)
            .then(|| format!("{:?} line {}: {need} waits while {idle} is free", row.order, row.order_line))
    });
    waits.collect()
}

//! Free stock goes to waiting orders (RULES B2): when goods arrive or a reserve is given up, the lines that
//! wait get it in the order of their queue. A reserve is never taken away silently.

use super::claims::of_document;
use super::costing::StockKey;
use super::coverage::{Place, place};
use super::gate::Tx;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::registers::orders::CustomerOrders;
use crate::domain::registers::stock::Reserves;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine, free_stock};
use crate::domain::sales::supplying::{Gate, Takes};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Qty;
use crate::kernel::object::Object;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::{Movement, Movements, Register as _};
use crate::store::moves::Move;
use std::collections::{BTreeMap, BTreeSet};

/// A line of a posted order that waits for goods.
struct Waiting {
    /// Goods bought for this very line come first, then it is the queue.
    place: (bool, Place),
    order: Ref<CustomerOrder>,
    line: i64,
    date: Moment,
    need: Qty,
}

/// Reserves what has become free on these keys for waiting lines; gives the orders that got something.
pub fn give_free(
    tx: &mut Tx<'_>,
    free: &BTreeMap<StockKey, i64>,
    moment: Moment,
    cause: &dyn Object,
) -> Outcome<BTreeSet<AnyRef>> {
    let mut given = BTreeSet::new();
    // One set of facts for all keys: an order of many lines is read once.
    let facts = tx.facts();
    for (key, change) in free {
        if *change <= 0 {
            continue;
        }
        let waiting = waiting(tx, *key, cause, &facts)?;
        facts.result()?;
        if waiting.is_empty() {
            continue;
        }
        let [company, warehouse, item] = *key;
        let mut left = free_stock(&facts, Ref::new(company), Ref::new(warehouse), Ref::new(item));
        facts.result()?;
        for line in waiting {
            if left <= Qty::ZERO {
                break;
            }
            let qty = left.min(line.need);
            left -= qty;
            let reserve = Reserves {
                company: Ref::new(company),
                warehouse: Ref::new(warehouse),
                item: Ref::new(item),
                order: line.order,
                order_line: line.line,
                qty,
            };
            let document = line.order.any();
            tx.lock([of_document(document)])?;
            let moved = Move {
                document,
                line: tx.store.next_line(Reserves::meta(), document)?,
                date: moment.max(line.date),
                cells: reserve.cells(),
            };
            tx.store.add_move(Reserves::meta(), &moved)?;
            given.insert(document);
        }
    }
    Ok(given)
}

/// What of these keys is lacking, where what was free has become less.
pub fn lacking(free: &BTreeMap<StockKey, i64>, facts: &dyn Facts) -> BTreeMap<StockKey, Qty> {
    let keys = free.iter().filter(|(_, change)| **change < 0).map(|(key, _)| *key);
    let lacks = |[company, warehouse, item]: StockKey| {
        (-free_stock(facts, Ref::new(company), Ref::new(warehouse), Ref::new(item))).positive()
    };
    keys.map(|key| (key, lacks(key))).collect()
}

/// What an order lacks for lines that take what is free, while it has reserved nothing yet.
pub fn lacking_for(order: &CustomerOrder, facts: &dyn Facts) -> BTreeMap<StockKey, Qty> {
    let mut found: BTreeMap<StockKey, Qty> = BTreeMap::new();
    if order.closed || order.reserve_released || order.is_unagreed() {
        return found;
    }
    let takes = |line: &&CustomerOrderLine| !line.cancelled && CustomerOrder::takes(line) == Takes::Free;
    for line in order.goods.iter().filter(takes) {
        // Of an order that is erased the balance is minus what was shipped.
        let left = (line.qty + facts.balance(&order.left_key(line)).left).positive();
        let key = [order.company.id(), order.warehouse.id(), line.item.id()];
        *found.entry(key).or_default() += left - facts.balance(&order.reserve_key(line)).qty;
    }
    for ([company, warehouse, item], lacks) in &mut found {
        let free = free_stock(facts, Ref::new(*company), Ref::new(*warehouse), Ref::new(*item));
        *lacks = (*lacks - free.positive()).positive();
    }
    found
}

/// An operation that is taken back had given goods to these orders: what of it is lacking now they give back, the
/// latest first. It is no one else's: whoever has changed an order since keeps it, and the undo is refused.
pub fn take_given(tx: &mut Tx<'_>, lacking: &BTreeMap<StockKey, Qty>, moment: Moment) -> Outcome<BTreeSet<AnyRef>> {
    let mut back = BTreeSet::new();
    let orders: Vec<AnyRef> = tx.gave_to.iter().rev().copied().collect();
    for (key, lacks) in lacking {
        let [company, warehouse, item] = *key;
        let mut lacks = *lacks;
        for order in &orders {
            let mut moves = tx.store.moves_of(Reserves::meta(), *order)?;
            moves.sort_by_key(|moved| std::cmp::Reverse(moved.line));
            for moved in moves {
                let given = Reserves::from_cells(&moved.cells);
                let own = [given.company.id(), given.warehouse.id(), given.item.id()] == *key;
                if lacks <= Qty::ZERO || !own || given.qty <= Qty::ZERO || moved.date < moment {
                    continue;
                }
                let held = tx.store.now(Reserves::meta(), &[company, warehouse, item, order.id(), given.order_line])?;
                let held = Qty::from_minor(held.sums.first().copied().unwrap_or(0));
                let qty = lacks.min(given.qty).min(held);
                if qty <= Qty::ZERO {
                    continue;
                }
                lacks -= qty;
                tx.lock([of_document(*order)])?;
                let line = tx.store.next_line(Reserves::meta(), *order)?;
                let cells = Reserves { qty: -qty, ..given }.cells();
                tx.store.add_move(Reserves::meta(), &Move { document: *order, line, date: moved.date, cells })?;
                back.insert(*order);
            }
        }
    }
    Ok(back)
}

fn waiting(tx: &Tx<'_>, key: StockKey, cause: &dyn Object, facts: &dyn Facts) -> Outcome<Vec<Waiting>> {
    let [company, warehouse, item] = key;
    let rows = tx.store.totals_by(CustomerOrders::meta(), &[warehouse, item])?;
    let linked = bought_for(facts, cause, item);
    let mut found = Vec::new();
    let mut lines = Vec::new();
    for row in rows.iter().map(|cells| CustomerOrders::from_cells(cells)) {
        let held = tx.store.now(Reserves::meta(), &[company, warehouse, item, row.order.id(), row.order_line])?;
        let need = row.left - Qty::from_minor(held.sums.first().copied().unwrap_or(0));
        if need > Qty::ZERO {
            lines.push((row, need));
        }
    }
    if lines.len() > 1 {
        facts.expect(&lines.iter().map(|(row, _)| row.order.any()).collect());
    }
    for (row, need) in lines {
        let Some(order) = facts.get(row.order).filter(|order| order.company.id() == company) else { continue };
        let linked = linked.contains(&(row.order.id(), row.order_line));
        if !takes(&order, row.order_line, linked, facts) {
            continue;
        }
        found.push(Waiting {
            place: (!linked, place(&order, row.order_line)),
            order: row.order,
            line: row.order_line,
            date: order.date,
            need,
        });
    }
    found.sort_by_key(|line| line.place);
    Ok(found)
}

/// Whether a line may take goods just come free: `linked` when they were bought for it.
fn takes(order: &CustomerOrder, key: i64, linked: bool, facts: &dyn Facts) -> bool {
    let Some(line) = order.line(key) else { return false };
    let takes = match CustomerOrder::takes(line) {
        Takes::Nothing => false,
        Takes::Bought => linked,
        Takes::Free => true,
    };
    takes && order.gate_now(facts) == Gate::Open
}

/// What was bought for lines of an order stays theirs when the order is posted anew: it is not free for others, nor
/// for lines of the same order that take what is free. `erased` is what the order had reserved before.
pub fn kept_for(order: &CustomerOrder, erased: &[Move], facts: &dyn Facts) -> Vec<Movement> {
    let mut kept = Movements::default();
    let bought = |line: &&CustomerOrderLine| CustomerOrder::takes(line) == Takes::Bought && !line.cancelled;
    for line in order.goods.iter().filter(bought) {
        let key = order.reserve_key(line);
        let own = |moved: &&Move| {
            let was = Reserves::from_cells(&moved.cells);
            (was.warehouse, was.item, was.order_line) == (key.warehouse, key.item, key.order_line)
        };
        let was: Qty = erased.iter().filter(own).map(|moved| Reserves::from_cells(&moved.cells).qty).sum();
        // What others have taken of it (a shipment) is still in the balance.
        let left = (line.qty + facts.balance(&order.left_key(line)).left).positive() - facts.balance(&key).qty;
        let qty = was.min(left).min(free_stock(facts, order.company, order.warehouse, line.item));
        if qty > Qty::ZERO {
            // Under a number of its own: the posting adjusts it under the line's.
            kept.add_at(KEPT + i64::from(line.key), &Reserves { qty, ..key });
        }
    }
    kept.rows
}

/// Where the numbers of movements begin under which what was bought is kept.
const KEPT: i64 = 1 << 32;

/// Lines of customer orders that a receipt was ordered for.
fn bought_for(facts: &dyn Facts, cause: &dyn Object, item: i64) -> BTreeSet<(i64, i64)> {
    let Some(receipt) = cause.downcast::<GoodsReceipt>() else { return BTreeSet::new() };
    let Some(order) = facts.get(receipt.order) else { return BTreeSet::new() };
    let lines = order.goods.iter().filter(|line| line.item.id() == item && !line.customer_order.is_empty());
    lines.map(|line| (line.customer_order.id(), line.customer_line)).collect()
}

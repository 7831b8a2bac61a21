//! Goods of a customer's order leave: lines are tied to the order's, the order waits for less, and its reserve is
//! given back to the stock just taken. Shared by every document that hands goods over.

use super::customer_order::{CustomerOrder, CustomerOrderLine, free_stock};
use crate::domain::lines::{Trade, TradeLine, part_of, take_price};
use crate::domain::registers::orders::CustomerOrders;
use crate::domain::registers::stock::Reserves;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::object::Referable as _;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use std::collections::BTreeMap;

/// One line handed over.
#[derive(Clone, Copy, Debug)]
pub struct Gone {
    /// The line of the document, under which the movements stand.
    pub at: i64,
    /// The item.
    pub item: Ref<Item>,
    /// How much.
    pub qty: Qty,
    /// The line of the order.
    pub order_line: i64,
}

/// What is left of an order's lines while a document takes from them.
#[derive(Debug, Default)]
pub struct Shipping(BTreeMap<(Ref<Item>, i64), (CustomerOrders, Reserves)>);

impl Shipping {
    /// Lowers the order's remainder and gives its reserve back to the stock just taken. The order keeps both
    /// under its own warehouse; goods taken elsewhere free only what the order no longer waits for.
    pub fn take(
        &mut self,
        order: &CustomerOrder,
        from: Ref<Warehouse>,
        line: &Gone,
        facts: &dyn Facts,
        out: &mut Movements,
    ) {
        let key = CustomerOrders {
            warehouse: order.warehouse,
            item: line.item,
            order: order.reference(),
            order_line: line.order_line,
            ..CustomerOrders::default()
        };
        let held = Reserves {
            company: order.company,
            warehouse: order.warehouse,
            item: line.item,
            order: order.reference(),
            order_line: line.order_line,
            qty: Qty::ZERO,
        };
        let (left, reserve) =
            self.0.entry((line.item, line.order_line)).or_insert_with(|| (facts.balance(&key), facts.balance(&held)));
        let amount = if left.left <= line.qty { left.amount } else { part_of(left.amount, line.qty, left.left) };
        out.add_at(line.at, &CustomerOrders { left: -line.qty, amount: -amount, ..key });
        left.left -= line.qty;
        left.amount -= amount;
        let here = from == order.warehouse;
        let idle = if here { line.qty } else { reserve.qty - left.left.positive() };
        let released = reserve.qty.positive().min(idle.positive());
        if !released.is_zero() {
            reserve.qty -= released;
            out.add_at(line.at, &Reserves { qty: -released, ..held });
        }
    }
}

/// A line that may hand over a line of an order.
pub trait OrderedLine: TradeLine {
    /// The line of the order; zero while it is not tied.
    fn order_line(&self) -> i64;
    /// Ties it to a line of the order.
    fn set_order_line(&mut self, line: i64);
}

/// A line entered by hand is tied to the order's line of the same item, an unused one first, then one that
/// still has enough left, and takes its price where it has none.
pub fn tie_to_order<L: OrderedLine>(order: &CustomerOrder, lines: &mut [L], facts: &dyn Facts) {
    let mut used: BTreeMap<i64, Qty> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.order_line() != 0) {
        *used.entry(line.order_line()).or_default() += line.terms().qty;
    }
    for line in lines {
        let terms = line.terms();
        let mut of_item = order.goods.iter().filter(|ordered| ordered.item == terms.item && !ordered.cancelled);
        let ordered = if line.order_line() == 0 {
            let fresh = of_item.clone().find(|ordered| !used.contains_key(&i64::from(ordered.key)));
            fresh.or_else(|| {
                of_item.find(|ordered| {
                    let taken = used.get(&i64::from(ordered.key)).copied().unwrap_or_default();
                    facts.balance(&order.left_key(ordered)).left >= taken + terms.qty
                })
            })
        } else {
            of_item.find(|ordered| i64::from(ordered.key) == line.order_line())
        };
        let Some(ordered) = ordered else { continue };
        if line.order_line() == 0 {
            line.set_order_line(i64::from(ordered.key));
            *used.entry(line.order_line()).or_default() += terms.qty;
        }
        take_price(line, ordered);
    }
}

/// Adds lines for everything of an order that can be handed over now; true when something has to wait for stock.
pub fn rest_of_order<L: OrderedLine + Default>(
    order: &CustomerOrder,
    lines: &mut Vec<L>,
    trade: &Trade,
    facts: &dyn Facts,
) -> bool {
    let mut waiting = false;
    let mut taken = BTreeMap::<Ref<Item>, Qty>::new();
    for line in order.goods.iter().filter(|line| !line.cancelled && !line.item.is_empty()) {
        let left = facts.balance(&order.left_key(line));
        let Some(item) = facts.get(line.item).filter(|_| left.left > Qty::ZERO) else { continue };
        let qty = if item.is_goods() {
            let reserved = facts.balance(&order.reserve_key(line)).qty.positive();
            let used = taken.entry(line.item).or_default();
            let free = (free_stock(facts, order.company, order.warehouse, line.item) - *used).positive();
            let qty = left.left.min(reserved + free);
            *used += (qty - reserved).positive();
            qty
        } else {
            left.left
        };
        waiting |= qty < left.left;
        if qty > Qty::ZERO {
            lines.push(handed_over(line, qty, &left, trade, facts));
        }
    }
    waiting
}

/// A line for `qty` of an order's line; the last part takes the rest of the amount to the kopeck.
fn handed_over<L: OrderedLine + Default>(
    line: &CustomerOrderLine,
    qty: Qty,
    left: &CustomerOrders,
    trade: &Trade,
    facts: &dyn Facts,
) -> L {
    let mut terms = line.terms();
    if qty != line.qty {
        // The remainder is kept with VAT; for prices without VAT the line's own amount is shared out by what
        // has gone so far, so that the parts give the whole to the kopeck.
        let gone = line.qty - left.left;
        let whole = if qty == left.left { left.amount } else { part_of(left.amount, qty, left.left) };
        let shared = part_of(line.amount, gone + qty, line.qty) - part_of(line.amount, gone, line.qty);
        terms.amount = if trade.vat_included { whole } else { shared };
        terms.qty = qty;
        terms.count_vat(trade, facts);
    }
    let mut made = L::default();
    made.set_order_line(i64::from(line.key));
    made.set_terms(terms);
    made
}

//! What the form of a customer order tells beside its fields: the state with its reason, what to do next,
//! and how each line stands.

use super::gate::{Session, Tx};
use super::import_orders::Attention;
use super::orders::{line_numbers, state_of};
use super::supply::shortages;
use crate::domain::registers::orders::{OrderDebts, SupplierOrders};
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine, free_stock};
use crate::domain::sales::order_state::{NextAction, Verdict};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::text;

/// How a line of an order stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineView {
    /// The line's stable number.
    pub key: u32,
    /// No item is bound to it.
    pub unmatched: bool,
    /// A service, or nothing is left of it: needs no supply.
    pub done: bool,
    /// Handed over of it.
    pub shipped: Qty,
    /// Left to ship.
    pub left: Qty,
    /// Reserved for it.
    pub reserved: Qty,
    /// Free in the order's warehouse, for anybody.
    pub free: Qty,
    /// On its way from suppliers to that warehouse.
    pub expected: Qty,
}

/// How a line stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing to say.
    Quiet,
    /// Everything left is reserved.
    Reserved,
    /// A part is reserved.
    Partly,
    /// Nothing is reserved, something is on its way.
    Expected,
    /// Nothing is reserved and nothing is on its way.
    Short,
    /// No item is bound.
    Unmatched,
}

/// What is told of an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OrderView {
    /// The state and the counts behind the badges.
    pub verdict: Verdict,
    /// The order is posted: only then is there a state.
    pub posted: bool,
    /// What is not yet paid.
    pub unpaid: Money,
    /// The site says it is paid, and here it is not.
    pub paid_on_site: bool,
    /// The number of the order that this one seems to repeat; empty when it repeats none.
    pub twin: String,
    /// Marks of the exchange.
    pub attention: Vec<Attention>,
    /// The lines by their stable numbers.
    pub lines: Vec<LineView>,
}

impl LineView {
    /// In one word.
    pub fn standing(&self) -> Standing {
        if self.unmatched {
            Standing::Unmatched
        } else if self.done {
            Standing::Quiet
        } else if self.reserved >= self.left {
            Standing::Reserved
        } else if self.reserved > Qty::ZERO {
            Standing::Partly
        } else if self.expected > Qty::ZERO {
            Standing::Expected
        } else {
            Standing::Short
        }
    }

    /// What is said of the line when it is pointed at.
    pub fn words(&self) -> Option<Text> {
        match self.standing() {
            Standing::Quiet => None,
            Standing::Unmatched => Some(text!("order-line-unmatched")),
            Standing::Reserved => Some(text!("order-line-reserved", qty = self.reserved.short())),
            _ => Some(text!(
                "order-line-short",
                left = self.left.short(),
                reserved = self.reserved.short(),
                free = self.free.short(),
                expected = self.expected.short()
            )),
        }
    }
}

impl OrderView {
    /// What the next-action button does.
    pub fn next(&self) -> NextAction {
        if !self.posted {
            return NextAction::Nothing;
        }
        match self.verdict.state.next_action() {
            NextAction::Supply if self.lacking() > 0 => NextAction::Supply,
            // What is reserved can go although the rest is still on its way.
            NextAction::Supply if self.verdict.ready + self.verdict.held > 0 => NextAction::Ship,
            NextAction::Supply if self.unpaid > Money::ZERO => NextAction::Pay,
            NextAction::Supply => NextAction::Nothing,
            other => other,
        }
    }
    /// Lines that lack goods and have none on their way.
    pub fn lacking(&self) -> usize {
        self.lines.iter().filter(|line| matches!(line.standing(), Standing::Short | Standing::Unmatched)).count()
    }
    /// How a line stands.
    pub fn line(&self, key: u32) -> Option<&LineView> {
        let at = self.lines.binary_search_by_key(&key, |line| line.key).ok()?;
        self.lines.get(at)
    }
}

/// What is told of a saved order.
pub fn view(order: &CustomerOrder, facts: &dyn Facts) -> OrderView {
    let reference = order.reference().any();
    let posted = order.head.posted;
    let unpaid = OrderDebts::of(reference, facts);
    let mut lines: Vec<LineView> = order.goods.iter().map(|line| line_view(order, line, facts)).collect();
    lines.sort_by_key(|line| line.key);
    OrderView {
        verdict: if posted { state_of(order, facts) } else { Verdict::default() },
        posted,
        unpaid,
        paid_on_site: order.site_paid && (unpaid > Money::ZERO || !posted),
        twin: order.twin.clone(),
        attention: Attention::read(&order.attention),
        lines,
    }
}

fn line_view(order: &CustomerOrder, line: &CustomerOrderLine, facts: &dyn Facts) -> LineView {
    let unmatched = line.item.is_empty() && !line.cancelled;
    let mut found = LineView { key: line.key, unmatched, ..LineView::default() };
    if order.head.posted && !line.cancelled && !order.closed {
        found.shipped = (line.qty - facts.balance(&order.left_key(line)).left).positive();
    }
    let goods = facts.get(line.item).is_some_and(|item| item.is_goods());
    if !order.head.posted || !goods || line.cancelled || order.closed {
        found.done = true;
        return found;
    }
    let numbers = line_numbers(order, line, facts);
    found.left = (numbers.qty - numbers.shipped).positive();
    found.done = found.left.is_zero();
    found.reserved = facts.balance(&order.reserve_key(line)).qty;
    if !numbers.held {
        found.free = free_stock(facts, order.company, order.warehouse, line.item).positive();
        let coming = facts.balances::<SupplierOrders>(&[order.warehouse.id(), line.item.id()]);
        found.expected = coming.iter().map(|row| row.left).sum();
    }
    found
}

/// What is told of an order read from the base; `None` for any other object.
pub fn view_of(session: &Session, object: &dyn crate::kernel::object::Object) -> Outcome<Option<OrderView>> {
    let Some(order) = object.downcast::<CustomerOrder>() else { return Ok(None) };
    let facts = session.facts();
    let found = view(order, &facts);
    facts.result()?;
    Ok(Some(found))
}

impl Tx<'_> {
    /// Orders from suppliers what one customer order lacks. Gives the supplier orders made.
    pub fn order_lacking(&mut self, order: AnyRef) -> Outcome<Vec<AnyRef>> {
        let facts = self.facts();
        let mut lacking = shortages(self.store, &facts)?;
        facts.result()?;
        for shortage in &mut lacking {
            let own = shortage.lines.iter().filter(|line| line.order.any() == order).copied().collect();
            shortage.keep(own, &facts);
        }
        lacking.retain(|shortage| !shortage.lines.is_empty());
        facts.result()?;
        self.order_shortages(&lacking)
    }
}

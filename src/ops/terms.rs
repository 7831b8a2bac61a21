//! The terms of an agreement, kept when something is saved: who may agree to an order that differs from them, and
//! that nothing leaves before it is paid as agreed.

use super::gate::Tx;
use super::rights::require;
use crate::domain::company::rights::Right;
use crate::domain::registers::orders::OrderDebts;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Percent};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::{field, text};

impl Tx<'_> {
    /// Called when an object is complete and not yet written.
    pub(super) fn keep_terms(&self, was: Option<&dyn Object>, object: &mut dyn Object) -> Outcome<()> {
        if let Some(order) = object.downcast_mut::<CustomerOrder>() {
            return self.keep_approval(was.and_then(|was| was.downcast::<CustomerOrder>()), order);
        }
        let posted_before = was.is_some_and(|was| was.head().posted);
        match object.downcast::<GoodsIssue>() {
            Some(issue) if issue.head.posted && !posted_before => self.may_ship(issue),
            _ => Ok(()),
        }
    }

    /// Only those who may agree to an order; what was agreed is no longer when the terms have become other ones.
    fn keep_approval(&self, was: Option<&CustomerOrder>, order: &mut CustomerOrder) -> Outcome<()> {
        if !order.agreed {
            return Ok(());
        }
        match was.filter(|was| was.agreed) {
            None => require(&self.rights, Right::ApproveOrders),
            Some(was) => {
                order.agreed = self.rights.has(Right::ApproveOrders) || is_within(order, was);
                Ok(())
            }
        }
    }

    /// Goods of an order leave when it is agreed and what is to be paid before is paid.
    fn may_ship(&self, issue: &GoodsIssue) -> Outcome<()> {
        let read = self.facts();
        let facts: &dyn Facts = &read;
        let Some(order) = facts.get(issue.order) else { return Ok(()) };
        let field = field!(GoodsIssue, order);
        let mut problems = Problems::new();
        if order.is_unagreed() {
            problems.field(field, text!("ship-unagreed", order = &order.number));
        }
        let missing = if self.rights.has(Right::ShipUnpaid) { Money::ZERO } else { before_shipment(&order, facts) };
        if missing > Money::ZERO {
            let (right, who) = (Right::ShipUnpaid.label(), &self.rights.grantors);
            let text =
                text!("ship-unpaid", order = &order.number, missing = missing.grouped(), right = right, who = who);
            problems.field(field, text);
        }
        read.result()?;
        problems.result().map_err(|found| Error::Refused(found, Some(GoodsIssue::META)))
    }
}

/// What of an order is still to be paid before anything leaves, in rubles.
pub fn before_shipment(order: &CustomerOrder, facts: &dyn Facts) -> Money {
    if order.stages.is_empty() {
        return Money::ZERO;
    }
    let due = order.due_rubles(facts).unwrap_or_default();
    let shares = order.shares(due);
    let unpaid = OrderDebts::of(order.reference().any(), facts);
    (shares.advance + shares.prepayment - (due - unpaid)).positive()
}

/// True when an order asks for no more than what was agreed.
fn is_within(order: &CustomerOrder, was: &CustomerOrder) -> bool {
    let stages = |order: &CustomerOrder| -> Vec<_> {
        order.stages.iter().map(|stage| (stage.kind, stage.percent, stage.days)).collect()
    };
    let most = |order: &CustomerOrder| order.goods.iter().map(|line| line.discount).max().unwrap_or(Percent::ZERO);
    let cheaper = order.goods.iter().any(|line| {
        was.goods
            .iter()
            .find(|old| old.key == line.key && old.item == line.item)
            .is_none_or(|old| line.price < old.price)
    });
    let known = was.deviations();
    order.deviations().iter().all(|one| known.contains(one))
        && order.price_kind == was.price_kind
        && stages(order) == stages(was)
        && order.reserve_until <= was.reserve_until
        && most(order) <= most(was)
        && !cheaper
}

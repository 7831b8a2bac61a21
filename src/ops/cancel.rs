//! Orders are given up, whole or by lines, with a reason; orders that are over are closed by rules.

use super::gate::Tx;
use super::order_view::view;
use super::orders::state_of;
use super::present::title;
use super::save::{How, moment_of};
use crate::domain::lines::TradeLine as _;
use crate::domain::registry;
use crate::domain::sales::cancel_reason::CancelReason;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use crate::domain::sales::demand::Giving;
use crate::domain::sales::order_state::OrderState;
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::{AnyRef, Ref};
use crate::{field, text};

/// Documents of an order looked through for its last movement, of each kind.
const RELATED_MAX: usize = 1_000;

/// Which orders may be closed at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseRule {
    /// Shipped and paid.
    Finished,
    /// Nothing has moved for so many days.
    Idle(i64),
}

/// The rules offered, the safest first.
pub const CLOSE_RULES: [CloseRule; 5] =
    [CloseRule::Finished, CloseRule::Idle(14), CloseRule::Idle(30), CloseRule::Idle(60), CloseRule::Idle(180)];

impl Tx<'_> {
    /// An order that is paid for is not made smaller without a reason; what comes back from the history needs none.
    pub(super) fn not_below_paid(&self, was: Option<&dyn Object>, object: &dyn Object) -> Outcome<()> {
        let orders = was.and_then(|was| was.downcast::<CustomerOrder>()).zip(object.downcast::<CustomerOrder>());
        let Some((was, order)) = orders.filter(|(_, order)| order.head.posted && !self.from_history) else {
            return Ok(());
        };
        let facts = self.facts();
        let found = order.below_paid(was, &facts);
        facts.result()?;
        let Some((row, text)) = found else { return Ok(()) };
        let mut problems = Problems::new();
        problems.cell(field!(CustomerOrder, goods), row, field!(CustomerOrderLine, reason), text);
        Err(Error::Refused(problems, Some(CustomerOrder::META)))
    }

    fn order_to_change(&self, reference: AnyRef) -> Outcome<CustomerOrder> {
        let loaded = self.store.load(reference)?;
        let order = loaded.as_deref().and_then(|object| object.downcast::<CustomerOrder>()).cloned();
        order.ok_or_else(|| Error::refused(text!("object-gone")))
    }

    /// Gives up everything of an order that is not shipped yet. Refused where nothing is left to give up.
    pub fn cancel_order(&mut self, order: AnyRef, reason: Ref<CancelReason>) -> Outcome<()> {
        let mut order = self.order_to_change(order)?;
        order.reason = reason;
        let keys: Vec<u32> = order.goods.iter().map(|line| line.key).collect();
        self.give_up(order, &keys, reason)
    }

    /// Gives up lines of an order by their stable numbers: what is shipped of them stays.
    pub fn cancel_lines(&mut self, order: AnyRef, keys: &[u32], reason: Ref<CancelReason>) -> Outcome<()> {
        let order = self.order_to_change(order)?;
        self.give_up(order, keys, reason)
    }

    fn give_up(&mut self, mut order: CustomerOrder, keys: &[u32], reason: Ref<CancelReason>) -> Outcome<()> {
        let read = self.facts();
        let facts: &dyn Facts = &read;
        let stands = view(&order, facts);
        let trade = order.trade();
        let mut given = 0;
        for line in order.goods.iter_mut().filter(|line| keys.contains(&line.key)) {
            let shipped = stands.line(line.key).map_or_else(Default::default, |view| view.shipped);
            match line.giving(shipped) {
                Giving::Nothing => continue,
                Giving::Whole => line.cancelled = true,
                Giving::DownTo(qty) => {
                    line.qty = qty;
                    line.recount("qty", &trade, facts);
                }
            }
            line.reason = reason;
            given += 1;
        }
        read.result()?;
        if given == 0 || order.closed {
            return Err(Error::refused(text!("order-nothing-to-cancel")));
        }
        self.save(&mut order, How::Write)
    }

    /// Closes an order when a rule allows it; one that is closed stays as it is.
    pub fn close_order(&mut self, reference: AnyRef, rule: CloseRule) -> Outcome<()> {
        let mut order = self.order_to_change(reference)?;
        if order.closed {
            return Ok(());
        }
        let read = self.facts();
        let facts: &dyn Facts = &read;
        if !order.head.posted {
            return Err(Error::refused(text!("order-close-unposted")));
        }
        let stands = view(&order, facts);
        let verdict = state_of(&order, facts);
        read.result()?;
        match rule {
            CloseRule::Finished => {
                if ![OrderState::ReadyToClose, OrderState::Closed].contains(&verdict.state) {
                    let state = verdict.state.label();
                    return Err(Error::refused(text!("order-close-unfinished", state = state, why = verdict.reason())));
                }
            }
            CloseRule::Idle(days) => {
                let paid = order.due_rubles(facts).unwrap_or_default() - stands.unpaid;
                if paid > Money::ZERO && verdict.active > 0 {
                    return Err(Error::refused(text!("order-close-paid", paid = paid.grouped())));
                }
                self.idle_for(&order, reference, days)?;
            }
        }
        order.closed = true;
        self.save(&mut order, How::Post)
    }

    /// Refused when the order or a posted document made for it is younger than so many days.
    fn idle_for(&self, order: &CustomerOrder, reference: AnyRef, days: i64) -> Outcome<()> {
        let mut last = (order.date, reference);
        for related in self.store.referring(reference, RELATED_MAX)? {
            let found = self.store.load(related)?.filter(|found| found.head().posted);
            if let Some(found) = found.filter(|_| registry::of(related).is_some()) {
                last = last.max((moment_of(found.as_ref()), related));
            }
        }
        if last.0.date().plus_days(days) > self.now.date() {
            let facts = self.facts();
            let document = title(last.1, self.store, &facts)?;
            facts.result()?;
            return Err(Error::refused(text!("order-close-moved", days = days, document = document)));
        }
        Ok(())
    }
}

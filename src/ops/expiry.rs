//! Reserves that end (RULES B2): an order of which nothing was paid and nothing shipped gives its reserve up when its
//! time has passed. The day before it is told of; one undo brings everything back.

use super::chores::{Chore, Round};
use super::gate::{Op, Session, Tx};
use super::rights::require_act;
use super::save::How;
use crate::domain::company::rights::Act;
use crate::domain::registers::orders::OrderDebts;
use crate::domain::registers::stock::Reserves;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::Qty;
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::kernel::text::Text;
use crate::store::base::Store;
use crate::store::facts::StoreFacts;
use crate::text;
use std::collections::BTreeSet;

/// Milliseconds until it is looked again whether a day has begun.
const AGAIN_MS: u64 = 600_000;

/// Before every day an order may have.
const FIRST: i64 = 10_000_101;

/// Orders given up in one operation; what is left is the next one's.
const MOST: usize = 200;

/// Orders whose reserve ends on a day of the range, both included: nothing of them was paid, nothing shipped.
pub fn ending(store: &Store, read: &StoreFacts<'_>, from: Date, until: Date) -> Outcome<Vec<Ref<CustomerOrder>>> {
    let mut holders: BTreeSet<Ref<CustomerOrder>> = BTreeSet::new();
    for cells in store.totals_by(Reserves::meta(), &[])? {
        holders.insert(Reserves::from_cells(&cells).order);
    }
    // Everybody who holds something is looked at: they are read together, not one by one.
    read.foresee(&holders.iter().map(|order| order.any()).collect())?;
    let facts: &dyn Facts = read;
    let ends = |order: &CustomerOrder| {
        let day = order.reserve_until;
        !day.is_empty() && day >= from && day <= until && !order.reserve_released && is_untouched(order, facts)
    };
    Ok(holders.into_iter().filter(|order| facts.get(*order).is_some_and(|order| ends(&order))).collect())
}

/// Days ahead that are looked at.
const AHEAD: i64 = 7;

/// Days a reserve is prolonged by where the agreement says nothing.
const PROLONGED: i64 = 3;

/// What is done with a reserve by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It gets as many days from today as the agreement gives.
    Prolong,
    /// It is given up now.
    Release,
}

/// Orders whose reserve ends within a week or should have ended, the earliest first, as far as the user sees them.
pub fn ending_soon(session: &Session) -> Outcome<Vec<Ref<CustomerOrder>>> {
    let rights = session.rights()?;
    require_act(&rights, Act::Read, CustomerOrder::declared())?;
    let facts = session.facts();
    let read: &dyn Facts = &facts;
    let until = read.today().plus_days(AHEAD);
    let mut found = Vec::new();
    for order in ending(&session.store, &facts, Date::from_stored(FIRST), until)? {
        let Some(known) = read.get(order) else { continue };
        if rights.is_full() || session.sees(known.as_ref())? {
            found.push((known.reserve_until, order));
        }
    }
    facts.result()?;
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, order)| order).collect())
}

/// Nothing was paid and nothing shipped.
fn is_untouched(order: &CustomerOrder, facts: &dyn Facts) -> bool {
    let due = order.due_rubles(facts).unwrap_or_default();
    let unpaid = OrderDebts::of(order.reference().any(), facts);
    let whole = |left: Qty, qty: Qty| left >= qty;
    unpaid >= due
        && order.goods.iter().all(|line| line.cancelled || whole(facts.balance(&order.left_key(line)).left, line.qty))
}

impl Tx<'_> {
    /// Prolongs reserves or gives them up by hand; gives how many orders were changed.
    pub fn change_reserves(&mut self, orders: &[AnyRef], change: Change) -> Outcome<usize> {
        let today = self.now.date();
        for order in orders {
            let Some(mut loaded) = self.store.load(*order)? else { continue };
            let Some(order) = loaded.downcast_mut::<CustomerOrder>() else { continue };
            match change {
                Change::Release => order.reserve_released = true,
                Change::Prolong => {
                    let agreed = (&self.facts() as &dyn Facts).get(order.agreement).map_or(0, |one| one.reserve_days);
                    order.reserve_until = today.plus_days(if agreed > 0 { agreed } else { PROLONGED });
                    order.reserve_released = false;
                }
            }
            self.save(order, How::Write)?;
        }
        Ok(orders.len())
    }

    /// Gives up the reserves whose last day is before today; gives the orders, and why some could not be changed.
    pub fn release_expired(&mut self) -> Outcome<(Vec<AnyRef>, Vec<Text>)> {
        let facts = self.facts();
        let yesterday = self.now.date().plus_days(-1);
        let mut found = ending(self.store, &facts, Date::from_stored(FIRST), yesterday)?;
        facts.result()?;
        found.truncate(MOST);
        let (mut released, mut refused) = (Vec::new(), Vec::new());
        for order in found {
            let Some(mut loaded) = self.store.load(order.any())? else { continue };
            let Some(order) = loaded.downcast_mut::<CustomerOrder>() else { continue };
            order.reserve_released = true;
            let done = self.attempt(|tx| tx.by_itself(|tx| tx.save(order, How::Write)));
            match done {
                Ok(()) => released.push(order.reference().any()),
                Err(Error::Refused(problems, _)) => {
                    let number = &order.number;
                    refused.extend(
                        problems
                            .0
                            .into_iter()
                            .map(|problem| text!("expiry-refused", order = number, why = problem.text)),
                    );
                }
                Err(error) => return Err(error),
            }
        }
        Ok((released, refused))
    }
}

/// Gives reserves up by itself while a base is open.
#[derive(Default)]
pub struct Expiry {
    /// The day that was looked at to its end.
    done: Date,
}

impl Chore for Expiry {
    fn name(&self) -> &'static str {
        "expiry"
    }

    fn title(&self) -> Text {
        text!("expiry-title")
    }

    fn round(&mut self, session: &Session) -> Outcome<Round> {
        let today = session.clock.now().date();
        let again = Round { again_ms: AGAIN_MS, ..Round::default() };
        if self.done == today {
            return Ok(again);
        }
        let facts = session.facts();
        let yesterday = today.plus_days(-1);
        let waiting = ending(&session.store, &facts, Date::from_stored(FIRST), yesterday)?;
        facts.result()?;
        if waiting.is_empty() {
            self.done = today;
            return Ok(again);
        }
        let ((released, refused), _) = session.run(Op::Release, |tx| tx.release_expired())?;
        if released.is_empty() {
            // What is refused today will be refused again: the base is asked anew tomorrow.
            self.done = today;
        }
        let left = i64::try_from(waiting.len() - released.len()).unwrap_or(i64::MAX);
        let why = refused.iter().map(Text::show).collect::<Vec<_>>().join("; ");
        Ok(Round { done: released.len(), left, why, again_ms: if released.is_empty() { AGAIN_MS } else { 0 } })
    }
}

//! Orders that move forward in the queue for goods: whoever raises a priority or wants his goods earlier is shown who
//! would lose what for it, before anything is written. Nobody loses anything silently, and a hard reserve never goes.

use super::gate::{Op, Session, Tx};
use super::present::Titles;
use super::reallocate::{Shift, plan};
use super::rights::refusal_of;
use super::save::How;
use crate::domain::company::rights::Act;
use crate::domain::sales::customer_order::{CustomerOrder, Priority};
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::text;
use std::collections::BTreeSet;

/// Lines of the question at most; what more there is, is counted.
const TOLD_MOST: usize = 12;

/// What sharing out anew would take from others for orders about to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Raised {
    /// The plan of the goods in question, as [`Tx::reallocate`] takes it.
    pub shifts: Vec<Shift>,
    /// Who loses what and who gets it, a line each.
    pub words: Vec<String>,
}

/// The earlier in the queue the less: priority, then the desired date, of which none is the last.
fn rank(order: &CustomerOrder) -> (u8, i64) {
    let (priority, desired, ..) = super::coverage::place(order, 0);
    (priority, desired)
}

/// What would be taken from others if an order were written so and the goods were shared out anew; `None` when it does
/// not move forward in the queue, when nobody would lose anything, or when the user may not share out at all.
pub fn raised_by(session: &Session, object: &dyn Object, how: How) -> Outcome<Option<Raised>> {
    let Some(order) = object.downcast::<CustomerOrder>().filter(|order| order.head.posted) else { return Ok(None) };
    let was = session.store.load(object.any_ref())?;
    let was = was.as_deref().and_then(|was| was.downcast::<CustomerOrder>()).filter(|was| was.head.posted);
    if how == How::Unpost || was.is_none_or(|was| rank(order) >= rank(was)) {
        return Ok(None);
    }
    let mut order = order.clone();
    let own = BTreeSet::from([object.any_ref()]);
    raised(session, &own, move |tx| tx.save_order(&mut order, how))
}

/// The same for orders that all get a priority.
pub fn raised_to(session: &Session, orders: &[AnyRef], priority: Priority) -> Outcome<Option<Raised>> {
    let own: BTreeSet<AnyRef> = orders.iter().copied().collect();
    raised(session, &own, |tx| tx.set_priority(orders, priority).map(|_| ()))
}

fn raised(
    session: &Session,
    own: &BTreeSet<AnyRef>,
    deed: impl FnOnce(&mut Tx<'_>) -> Outcome<()>,
) -> Outcome<Option<Raised>> {
    let rights = session.rights()?;
    if refusal_of(&rights, Act::Post, CustomerOrder::declared()).is_some() {
        return Ok(None);
    }
    let tried = session.rehearse(|tx| {
        deed(tx)?;
        let facts = tx.facts();
        let found = taken(&facts, own);
        let words = words(tx, &found, own)?;
        facts.result()?;
        Ok(Raised { shifts: found, words })
    });
    let found = match tried {
        Ok(found) => found,
        // What cannot be written so is refused when it is written, with its reasons.
        Err(Error::Refused(..)) => return Ok(None),
        Err(failed) => return Err(failed),
    };
    for shift in &found.shifts {
        let order = session.store.load(shift.line.0.any())?;
        // From whom the user does not see he takes nothing.
        if !order.map_or(Ok(true), |order| session.sees(order.as_ref()))? {
            return Ok(None);
        }
    }
    Ok((!found.shifts.is_empty()).then_some(found))
}

/// The plan of those goods of which these orders would get something that another one holds.
fn taken(facts: &dyn Facts, own: &BTreeSet<AnyRef>) -> Vec<Shift> {
    let mut keys = BTreeSet::new();
    for order in own.iter().filter_map(|order| facts.get_any::<CustomerOrder>(*order)).filter(|order| order.head.posted)
    {
        let key = |item: Ref<Item>| [order.company.id(), order.warehouse.id(), item.id()];
        keys.extend(order.goods.iter().filter(|line| !line.cancelled).map(|line| key(line.item)));
    }
    let found = plan(facts, &keys);
    let is_own = |shift: &&Shift| own.contains(&shift.line.0.any());
    let gains: BTreeSet<_> =
        found.iter().filter(is_own).filter(|shift| shift.to > shift.from).map(|shift| shift.key).collect();
    let loses = |shift: &&Shift| !is_own(shift) && shift.to < shift.from;
    let lost: BTreeSet<_> = found.iter().filter(loses).map(|shift| shift.key).collect();
    found.into_iter().filter(|shift| gains.contains(&shift.key) && lost.contains(&shift.key)).collect()
}

/// Losers first, then those who get it.
fn words(tx: &Tx<'_>, shifts: &[Shift], own: &BTreeSet<AnyRef>) -> Outcome<Vec<String>> {
    let facts = tx.facts();
    let mut titles = Titles::default();
    let mut sorted: Vec<&Shift> = shifts.iter().collect();
    sorted.sort_by_key(|shift| (shift.to > shift.from, own.contains(&shift.line.0.any())));
    let mut told = Vec::with_capacity(sorted.len().min(TOLD_MOST));
    for shift in sorted.iter().take(TOLD_MOST) {
        let item = titles.of(Ref::<Item>::new(shift.key[2]).any(), tx.store, &facts)?;
        let order = titles.of(shift.line.0.any(), tx.store, &facts)?;
        let (from, to) = (shift.from.short(), shift.to.short());
        let line = match shift.to < shift.from {
            true => text!("raise-loses", item = item, order = order, from = from, to = to),
            false => text!("raise-gets", item = item, order = order, from = from, to = to),
        };
        told.push(line.show());
    }
    if sorted.len() > TOLD_MOST {
        told.push(text!("raise-more", count = sorted.len() - TOLD_MOST).show());
    }
    Ok(told)
}

impl Raised {
    /// The question: who loses what, and whether it is to be so.
    pub fn question(&self) -> Text {
        text!("raise-question", lines = self.words.join("\n"))
    }
}

impl Tx<'_> {
    /// Gives a priority to orders that have another one; gives how many. Refuses when one of them is refused.
    pub fn set_priority(&mut self, orders: &[AnyRef], priority: Priority) -> Outcome<usize> {
        let mut count = 0;
        for reference in orders {
            let Some(mut object) = self.store.load(*reference)? else { continue };
            let Some(order) = object.downcast_mut::<CustomerOrder>().filter(|order| order.priority != priority) else {
                continue;
            };
            order.priority = priority;
            self.save(order, How::Write)?;
            count += 1;
        }
        Ok(count)
    }
}

/// Gives a priority to orders; with a plan that was shown the goods are shared out anew in the same operation, so that
/// one undo takes both back. Gives how many orders changed their priority, and the number of the operation.
pub fn set_priority(
    session: &Session,
    orders: &[AnyRef],
    priority: Priority,
    shown: &[Shift],
) -> Outcome<((usize, i64), BTreeSet<AnyRef>)> {
    let (count, changed) = session.run(Op::Save, |tx| {
        let count = tx.set_priority(orders, priority)?;
        if !shown.is_empty() {
            tx.reallocate(shown)?;
        }
        Ok(count)
    })?;
    Ok(((count, changed.operation), changed.objects))
}

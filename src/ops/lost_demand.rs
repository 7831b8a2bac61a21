//! Lost demand of one customer, item and day counts once: several documents and sources may tell of it, and the
//! largest of what they tell is it. Recomputed for what a posting has touched, so that the order in which the
//! documents came makes no difference.

use super::gate::Tx;
use crate::domain::registers::demand::{LostDemand, LostSource};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::demand::line_of;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;
use crate::store::moves::Move;
use std::collections::{BTreeMap, BTreeSet};

/// Item, customer and day.
type Group = (i64, i64, Date);

/// What a posting has touched of lost demand.
#[derive(Default)]
pub struct Touched(BTreeSet<Group>);

impl Touched {
    /// A movement was written or erased.
    pub fn add(&mut self, moved: &Move) {
        let lost = LostDemand::from_cells(&moved.cells);
        self.0.insert((lost.item.id(), lost.customer.id(), moved.date.date()));
    }

    /// Counts anew what was touched, and what these orders lacked when they came from a site: what has been handed
    /// over since is not lost.
    pub fn settle(mut self, tx: &Tx<'_>, orders: &BTreeSet<AnyRef>, cause: &dyn Object) -> Outcome<()> {
        let read = tx.facts();
        let facts: &dyn Facts = &read;
        for order in orders.iter().filter(|order| order.is_of(CustomerOrder::META)) {
            // The object being saved need not be read again.
            let known = if *order == cause.any_ref() { None } else { facts.get_any::<CustomerOrder>(*order) };
            let own = || cause.downcast::<CustomerOrder>().filter(|own| own.reference().any() == *order);
            let Some(order) = known.as_deref().or_else(own).filter(|order| order.head.posted) else { continue };
            for line in order.goods.iter().filter(|line| !line.lacked.is_zero()) {
                self.0.insert((line.item.id(), order.customer.id(), order.date.date()));
            }
        }
        read.result()?;
        self.0.iter().try_for_each(|group| count(tx, *group))
    }
}

/// How much of a movement counts at all, before others are looked at.
fn own(facts: &dyn Facts, moved: &Move, lost: &LostDemand) -> Qty {
    let order = facts.get_any::<CustomerOrder>(moved.document).filter(|_| lost.source == LostSource::Site);
    let Some(order) = order else { return lost.wanted };
    let line = order.line(line_of(moved.line));
    line.map_or(lost.wanted, |line| lost.wanted.min(facts.balance(&order.left_key(line)).left.positive()))
}

fn count(tx: &Tx<'_>, (item, customer, day): Group) -> Outcome<()> {
    let register = LostDemand::meta();
    let moves = tx.store.timeline(register, &[item, customer], day.start(), day.end())?;
    let read = tx.facts();
    let facts: &dyn Facts = &read;
    // One document tells once by one source, be it in several lines.
    let mut told: BTreeMap<(AnyRef, LostSource), Qty> = BTreeMap::new();
    let mut rows = Vec::with_capacity(moves.len());
    for moved in moves {
        let lost = LostDemand::from_cells(&moved.cells);
        let qty = own(facts, &moved, &lost);
        *told.entry((moved.document, lost.source)).or_default() += qty;
        rows.push((moved, lost, qty));
    }
    read.result()?;
    // Of equals the first is it; who is not known may be another each time.
    let mut largest: Option<((AnyRef, LostSource), Qty)> = None;
    for (who, qty) in &told {
        if largest.is_none_or(|(_, most)| *qty > most) {
            largest = Some((*who, *qty));
        }
    }
    for (moved, lost, qty) in rows {
        let counts = customer == 0 || largest.is_some_and(|(who, _)| who == (moved.document, lost.source));
        let qty = if counts { qty } else { Qty::ZERO };
        let amount = lost.worth.share(qty.minor(), lost.wanted.minor());
        change(tx, &moved, &lost, qty, amount)?;
    }
    Ok(())
}

fn change(tx: &Tx<'_>, moved: &Move, lost: &LostDemand, qty: Qty, amount: Money) -> Outcome<()> {
    let register = LostDemand::meta();
    for (name, was, now) in [("qty", lost.qty.minor(), qty.minor()), ("amount", lost.amount.minor(), amount.minor())] {
        if let Some(column) = register.column(name).filter(|_| was != now) {
            tx.store.change_sum(register, moved, column, now)?;
        }
    }
    Ok(())
}

//! What of an order is not wanted any more, and what of that is lost demand (RULES B8).
//!
//! A line keeps how much of it was ever asked for, so that a late reduction is not forgotten; a reason says whether
//! what went counts as lost. Demand is of the day of the order: that day the customer wanted the goods.

use super::cancel_reason::{CancelReason, NO_STOCK, REPLACED};
use super::customer_order::{CustomerOrder, CustomerOrderLine, free_stock};
use crate::domain::lines::part_of;
use crate::domain::money::currency::{RateOn, rate_on};
use crate::domain::registers::demand::{LostDemand, LostSource};
use crate::domain::registers::orders::OrderDebts;
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::object::Referable as _;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::kernel::text::Text;
use crate::text;
use std::collections::BTreeMap;

/// Numbers of movements a line has for itself: more than there are sources.
const LINES_EACH: i64 = 8;

/// The line of an order that a movement of lost demand is about.
pub const fn line_of(movement: i64) -> i64 {
    movement / LINES_EACH
}

/// True when what was given up for this reason was lost; without a reason nobody knows.
pub fn is_lost(facts: &dyn Facts, reason: Ref<CancelReason>) -> bool {
    facts.get(reason).is_some_and(|reason| reason.lost)
}

/// What is told for a reason of the program's own: of a base without that reason it is told without one.
fn told_by_itself(facts: &dyn Facts, code: &str) -> Option<Ref<CancelReason>> {
    let reason = facts.coded::<CancelReason>(code);
    (reason.is_empty() || is_lost(facts, reason)).then_some(reason)
}

impl CustomerOrder {
    /// Why a line is not wanted any more: its own reason, else the order's.
    pub fn reason_of(&self, line: &CustomerOrderLine) -> Ref<CancelReason> {
        line.reason.or(self.reason)
    }

    /// Before saving: how much of each line was ever asked for.
    pub(super) fn keep_asked(&mut self, facts: &dyn Facts) {
        let was = facts.get(self.reference());
        if !self.link.is_empty() {
            self.note_lacking(was.as_deref(), facts);
        }
        for line in &mut self.goods {
            let before =
                was.as_ref().and_then(|was| was.goods.iter().find(|known| known.key == line.key && line.key != 0));
            let posted = was.as_ref().is_some_and(|was| was.head.posted);
            let begun_anew = match before {
                // What was not agreed yet was not asked for; another thing was asked for by itself.
                Some(known) => known.item != line.item || (!posted && known.qty != line.qty),
                None => false,
            };
            let known = before.filter(|known| line.asked.is_zero() && posted && known.item == line.item);
            let known = known.map_or(Qty::ZERO, |known| known.qty);
            line.asked = if begun_anew { line.qty } else { line.asked.max(known).max(line.qty) };
        }
    }

    /// The first line that takes the order below what is paid and gives no reason, with what is told of it.
    pub fn below_paid(&self, was: &Self, facts: &dyn Facts) -> Option<(usize, Text)> {
        let (due, due_before) = (self.due_rubles(facts).ok()?, was.due_rubles(facts).ok()?);
        let paid = due_before - OrderDebts::of(self.reference().any(), facts);
        if was.closed || !was.head.posted || due >= due_before || due >= paid {
            return None;
        }
        let less = |line: &CustomerOrderLine| {
            let before = was.goods.iter().find(|known| known.key == line.key);
            let gone = line.cancelled && before.is_some_and(|known| !known.cancelled);
            gone || before.is_some_and(|known| line.qty < known.qty)
        };
        let found = self.goods.iter().position(|line| less(line) && self.reason_of(line).is_empty());
        found.map(|row| (row, text!("order-below-paid", paid = paid.grouped(), due = due.grouped())))
    }

    /// How much of each line was not in stock when the order came from its site, or when its item was found.
    fn note_lacking(&mut self, was: Option<&Self>, facts: &dyn Facts) {
        let mut taken: BTreeMap<Ref<Item>, Qty> = BTreeMap::new();
        for line in self.goods.iter_mut().filter(|line| !line.cancelled) {
            let known = was.and_then(|was| was.goods.iter().find(|known| known.key == line.key));
            let new = known.is_none_or(|known| known.item.is_empty());
            if new && !line.site_item.is_empty() && facts.get(line.item).is_some_and(|item| item.is_goods()) {
                let used = taken.entry(line.item).or_default();
                let free = free_stock(facts, self.company, self.warehouse, line.item) - *used;
                line.lacked = (line.qty - free.positive()).positive();
                *used += line.qty - line.lacked;
            }
        }
    }

    /// Tells what of a line was lost; `shipped` is what other documents have handed over of it.
    pub(super) fn lose(&self, line: &CustomerOrderLine, shipped: Qty, facts: &dyn Facts, out: &mut Movements) {
        if line.item.is_empty() {
            return;
        }
        let Ok(rate) = rate_on(facts, self.currency, self.date.date()) else { return };
        let asked = line.asked.max(line.qty);
        let reason = self.reason_of(line);
        let gone = line.cancelled || self.closed;
        if is_lost(facts, reason) {
            let (source, wanted) = match gone {
                true => (LostSource::Cancelled, asked - shipped),
                false => (LostSource::Reduced, asked - line.qty),
            };
            self.tell(line, (line.item, source, reason), wanted, rate, out);
        }
        if let Some(reason) = told_by_itself(facts, NO_STOCK).filter(|_| !line.lacked.is_zero() && !gone) {
            self.tell(line, (line.item, LostSource::Site, reason), line.lacked.min(line.qty), rate, out);
        }
        if let Some(reason) = told_by_itself(facts, REPLACED).filter(|_| !line.instead_of.is_empty()) {
            self.tell(line, (line.instead_of, LostSource::Substitute, reason), asked, rate, out);
        }
    }

    fn tell(
        &self,
        line: &CustomerOrderLine,
        (item, source, reason): (Ref<Item>, LostSource, Ref<CancelReason>),
        wanted: Qty,
        rate: RateOn,
        out: &mut Movements,
    ) {
        if wanted <= Qty::ZERO {
            return;
        }
        let worth = part_of(rate.rubles(line.total), wanted, line.qty);
        let lost = LostDemand {
            item,
            customer: self.customer,
            company: self.company,
            warehouse: self.warehouse,
            manager: self.manager,
            reason,
            source,
            qty: wanted,
            amount: worth,
            wanted,
            worth,
        };
        out.add_at(i64::from(line.key) * LINES_EACH + source as i64, &lost);
    }
}

/// What becomes of a line that is given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giving {
    /// Nothing of it is left to give up.
    Nothing,
    /// It is cancelled.
    Whole,
    /// What is shipped of it stays.
    DownTo(Qty),
}

impl CustomerOrderLine {
    /// What becomes of the line when it is given up and so much of it is shipped.
    pub fn giving(&self, shipped: Qty) -> Giving {
        if self.cancelled || shipped >= self.qty {
            Giving::Nothing
        } else if shipped > Qty::ZERO {
            Giving::DownTo(shipped)
        } else {
            Giving::Whole
        }
    }
}

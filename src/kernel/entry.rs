//! A double entry: debit and credit with their analytics, balanced by construction.

use super::money::{Money, Qty};
use super::refs::AnyRef;
use std::borrow::Cow;

/// One side of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Side {
    /// The account's code in the chart, such as `62.01`; empty on the missing side of an off-balance entry.
    pub account: Cow<'static, str>,
    /// Analytics (субконто) in the account's order.
    pub subs: [AnyRef; 3],
    /// Quantity, on accounts that keep it.
    pub qty: Qty,
    /// The currency, on accounts that keep it.
    pub currency: AnyRef,
    /// The amount in that currency.
    pub currency_amount: Money,
}

impl Side {
    /// An account by its code, without analytics.
    pub fn new(account: impl Into<Cow<'static, str>>) -> Self {
        Self { account: account.into(), ..Self::default() }
    }
    /// Adds the next analytic.
    #[must_use]
    pub fn by(mut self, sub: AnyRef) -> Self {
        if let Some(free) = self.subs.iter_mut().find(|sub| sub.is_empty()) {
            *free = sub;
        }
        self
    }
    /// Sets the analytic at a place (0..2), where an earlier one stays empty.
    #[must_use]
    pub fn at(mut self, place: usize, sub: AnyRef) -> Self {
        if let Some(cell) = self.subs.get_mut(place) {
            *cell = sub;
        }
        self
    }
    /// Sets the quantity.
    #[must_use]
    pub fn qty(mut self, qty: Qty) -> Self {
        self.qty = qty;
        self
    }
}

/// Where an entry's amount comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The document itself.
    #[default]
    Document,
    /// The cost of the stock movement with this line, and its sign: the costing service keeps it right.
    Cost {
        /// Line of the stock movement.
        line: i64,
    },
    /// What the cost of that stock movement is above `base`, else zero (the loss of a return to a supplier).
    CostAbove {
        /// Line of the stock movement.
        line: i64,
        /// The amount compared with.
        base: Money,
    },
    /// What the cost of that stock movement is below `base`, else zero (the gain of such a return).
    CostBelow {
        /// Line of the stock movement.
        line: i64,
        /// The amount compared with.
        base: Money,
    },
}

/// A double entry. A storno is an entry with a negative amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Debit.
    pub debit: Side,
    /// Credit.
    pub credit: Side,
    /// The amount in rubles.
    pub amount: Money,
    /// Where the amount comes from.
    pub source: Source,
}

impl Entry {
    /// An entry with an amount of the document itself.
    pub fn new(debit: Side, credit: Side, amount: Money) -> Self {
        Self { debit, credit, amount, source: Source::Document }
    }
    /// An entry whose amount follows the cost of a stock movement.
    pub fn derived(debit: Side, credit: Side, source: Source) -> Self {
        Self { debit, credit, amount: Money::ZERO, source }
    }
}

impl Source {
    /// The amount of a derived entry for a cost of the moved stock (a magnitude, negative for a storno).
    pub fn amount(self, own: Money, cost: Money) -> Money {
        match self {
            Source::Document => own,
            Source::Cost { .. } => cost,
            Source::CostAbove { base, .. } => (cost - base).positive(),
            Source::CostBelow { base, .. } => (base - cost).positive(),
        }
    }
    /// The stored rule number, line and base.
    pub const fn stored(self) -> (i64, i64, i64) {
        match self {
            Source::Document => (0, 0, 0),
            Source::Cost { line } => (1, line, 0),
            Source::CostAbove { line, base } => (2, line, base.minor()),
            Source::CostBelow { line, base } => (3, line, base.minor()),
        }
    }
    /// From the stored rule number, line and base.
    pub const fn from_stored(rule: i64, line: i64, base: i64) -> Self {
        let base = Money::from_minor(base);
        match rule {
            1 => Source::Cost { line },
            2 => Source::CostAbove { line, base },
            3 => Source::CostBelow { line, base },
            _ => Source::Document,
        }
    }
}

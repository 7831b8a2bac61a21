//! Where a list stands: the current row, what is chosen, what is seen. Plain data of the page.

use super::rows::RowSource;
use super::selection::Selection;
use crate::kernel::refs::AnyRef;
use crate::ui::widgets::table::columns::TableLayout;
use std::collections::BTreeMap;
use std::ops::Range;

/// How many chosen rows are found again after a refresh; more are forgotten.
const REMEMBERED: usize = 500;

/// Where a list stands.
#[derive(Clone, Debug, Default)]
pub struct ListState {
    /// The columns, the order of rows: to be kept per user.
    pub layout: TableLayout,
    /// The current row.
    pub current: usize,
    /// The current column, by its place among the shown ones.
    pub column: usize,
    /// The chosen rows; without any, the current row is meant.
    pub selection: Selection,
    /// The first row seen.
    pub top: usize,
    /// How far the list is scrolled to the right, in points.
    pub left: f32,
    /// Where a span of rows began.
    pub(super) anchor: usize,
    /// Rows that fit, as of the last frame.
    pub(super) seen: usize,
    /// Part of a row the wheel has turned.
    pub(super) turned: f32,
    /// What the current row showed, to find it again.
    pub(super) reference: AnyRef,
    /// What the chosen rows show, to find them again.
    pub(super) known: BTreeMap<AnyRef, usize>,
    /// What is to become current after the next change of the rows.
    expected: Option<AnyRef>,
    generation: u64,
    started: bool,
}

impl ListState {
    /// A list with a remembered arrangement.
    pub fn new(layout: TableLayout) -> Self {
        Self { layout, ..Self::default() }
    }

    /// What the current row shows; empty in an empty list or while it is being fetched.
    pub const fn reference(&self) -> AnyRef {
        self.reference
    }

    /// The rows a command is meant for: the chosen ones, or the current one.
    pub fn meant(&self, len: usize) -> Vec<Range<usize>> {
        if !self.selection.is_empty() {
            return self.selection.spans().to_vec();
        }
        let current = (self.current < len).then(|| self.current..self.current + 1);
        current.into_iter().collect()
    }

    /// Makes a row current and brings it into sight.
    pub fn go(&mut self, row: usize, len: usize) {
        self.current = row.min(len.saturating_sub(1));
        self.anchor = self.current;
        self.selection.clear();
        self.known.clear();
        self.bring_into_sight(len);
    }

    /// The row that shows this becomes current when the rows are there again.
    pub fn expect(&mut self, reference: AnyRef) {
        self.reference = reference;
        self.expected = Some(reference);
    }

    /// Makes a row current and chooses all from where the span began.
    pub(super) fn extend(&mut self, row: usize, len: usize) {
        self.current = row.min(len.saturating_sub(1));
        let (from, to) = (self.anchor.min(self.current), self.anchor.max(self.current));
        self.selection.only(from..to + 1);
        self.bring_into_sight(len);
    }

    pub(super) fn bring_into_sight(&mut self, len: usize) {
        let seen = self.seen.max(1);
        if self.current < self.top {
            self.top = self.current;
        } else if self.current >= self.top + seen {
            self.top = self.current + 1 - seen;
        }
        self.top = self.top.min(len.saturating_sub(seen));
    }

    /// Finds the current and the chosen rows again after the rows may have moved.
    pub(super) fn follow(&mut self, source: &dyn RowSource) {
        let len = source.len();
        if source.generation() != self.generation && self.started {
            if let Some(expected) = self.expected.take() {
                self.reference = expected;
            }
            let offset = self.current.saturating_sub(self.top);
            if let Some(now) = source.find(self.reference).filter(|_| !self.reference.is_empty()) {
                self.current = now;
                self.top = now.saturating_sub(offset);
            }
            let known = std::mem::take(&mut self.known);
            self.selection.clear();
            for reference in known.into_keys() {
                if let Some(now) = source.find(reference) {
                    self.selection.add(now..now + 1);
                    self.known.insert(reference, now);
                }
            }
            self.anchor = self.current;
        }
        self.generation = source.generation();
        self.started = true;
        self.selection.cut(len);
        self.current = self.current.min(len.saturating_sub(1));
        self.top = self.top.min(len.saturating_sub(self.seen.max(1)));
    }

    /// Remembers what the chosen rows show, while they are few and at hand.
    pub(super) fn learn(&mut self, source: &mut dyn RowSource) {
        self.reference = source.row(self.current).map(|row| row.reference).unwrap_or_default();
        if self.selection.count() > REMEMBERED {
            self.known.clear();
            return;
        }
        if self.known.len() != self.selection.count() {
            self.known = self.selection.rows().filter_map(|at| source.row(at).map(|row| (row.reference, at))).collect();
        }
    }
}

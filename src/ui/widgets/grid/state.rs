//! Where a table part stands. Plain data of the page.

use super::Selection;
use crate::kernel::problems::Problems;
use crate::ui::widgets::table::columns::TableLayout;
use egui::Rect;
use std::ops::Range;

/// Where a table part stands.
#[derive(Clone, Debug, Default)]
pub struct GridState {
    /// The columns: to be kept per user.
    pub layout: TableLayout,
    /// The current row.
    pub row: usize,
    /// The current column, by its place among the shown ones.
    pub column: usize,
    /// The chosen rows; without any, the current row is meant.
    pub selection: Selection,
    /// The first row seen.
    pub top: usize,
    /// How far it is scrolled to the right, in points.
    pub left: f32,
    /// The current cell is being typed into.
    pub editing: bool,
    pub(super) turned: f32,
    pub(super) anchor: usize,
    pub(super) seen: usize,
    /// The current cell is to be brought into sight.
    pub(super) seek: bool,
    pub(super) seen_cell: Option<Rect>,
    /// A column, by declared name, to go to when the columns are known.
    pub(super) wanted: Option<String>,
    /// Pasted texts that wait for the base to find what they name.
    pub(super) pasting: Vec<(usize, usize, String)>,
    /// What was pasted and did not fit.
    pub(super) refused: Problems,
}

impl GridState {
    /// A table part with a remembered arrangement.
    pub fn new(layout: TableLayout) -> Self {
        Self { layout, ..Self::default() }
    }

    /// The rows a command is meant for: the chosen ones, or the current one.
    pub fn meant(&self, rows: usize) -> Range<usize> {
        match (self.selection.spans().first(), self.selection.spans().last()) {
            (Some(first), Some(last)) => first.start..last.end.min(rows),
            _ => self.row..(self.row + 1).min(rows),
        }
    }

    /// Makes a cell current by the place of its column among the shown ones, and brings it into sight.
    pub fn go(&mut self, row: usize, column: usize) {
        self.row = row;
        self.column = column;
        self.anchor = row;
        self.selection.clear();
        self.seek = true;
    }

    /// Makes a cell current by the declared name of its column: where a message jumps to.
    pub fn go_to(&mut self, row: usize, name: &str) {
        self.go(row, self.column);
        self.wanted = Some(name.to_owned());
    }

    /// Makes a row current and chooses all from where the span began.
    pub(super) fn extend(&mut self, row: usize) {
        self.row = row;
        let (from, to) = (self.anchor.min(row), self.anchor.max(row));
        self.selection.only(from..to + 1);
        self.seek = true;
    }

    /// Holds the position within the rows there are.
    pub(super) fn settle(&mut self, rows: usize, columns: usize, seen: usize) {
        self.seen = seen;
        self.row = self.row.min(rows.saturating_sub(1));
        self.column = self.column.min(columns.saturating_sub(1));
        self.top = self.top.min(rows.saturating_sub(seen));
        self.selection.cut(rows);
        if rows == 0 {
            self.editing = false;
        }
    }
}

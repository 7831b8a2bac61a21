//! A sheet as the rows of a list: groups that open and close, numbers in words when they are looked at.

use crate::kernel::value::Type;
use crate::report::sheet::{Cell as SheetCell, Head, Line, Row, Sheet};
use crate::report::show::{at_right, cell};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Branch, Cell, ListRow, RowSource};
use crate::ui::widgets::table::columns::Column;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// More rows than this are shown folded at first.
const UNFOLDED: usize = 400;
/// Rows kept in words; beyond it the memory starts anew.
const KEPT: usize = 2_000;

/// Rows of the sheet at hand.
#[derive(Default)]
pub struct SheetRows {
    sheet: Arc<Sheet>,
    /// Places in the sheet of the rows that are not hidden in a closed group.
    shown: Vec<usize>,
    closed: BTreeSet<usize>,
    words: BTreeMap<usize, ListRow>,
    total: Option<ListRow>,
    loading: bool,
    generation: u64,
}

impl SheetRows {
    /// Nothing yet.
    pub fn waiting() -> Self {
        Self { loading: true, ..Self::default() }
    }

    /// Takes a new sheet in the place of the old one.
    pub fn take(&mut self, sheet: Arc<Sheet>) {
        self.closed.clear();
        if sheet.rows.len() > UNFOLDED {
            let groups = sheet.rows.iter().enumerate().filter(|(_, row)| row.line == Line::Group);
            self.closed.extend(groups.map(|(at, _)| at));
        }
        self.total = sheet.total.as_ref().map(|row| list_row(&sheet, row, Branch::Leaf));
        self.sheet = sheet;
        self.loading = false;
        self.arrange();
    }

    /// Opens or closes all groups.
    pub fn fold(&mut self, closed: bool) {
        self.closed.clear();
        if closed {
            let groups = self.sheet.rows.iter().enumerate().filter(|(_, row)| is_branch(row));
            self.closed.extend(groups.map(|(at, _)| at));
        }
        self.arrange();
    }

    /// The sheet.
    pub const fn sheet(&self) -> &Arc<Sheet> {
        &self.sheet
    }

    /// True when rows stand in groups.
    pub fn is_tree(&self) -> bool {
        self.sheet.rows.iter().any(|row| row.level > 0)
    }

    /// The place in the sheet of a shown row.
    pub fn place(&self, index: usize) -> Option<usize> {
        self.shown.get(index).copied()
    }

    fn arrange(&mut self) {
        self.shown.clear();
        self.words.clear();
        self.generation += 1;
        let mut at = 0;
        while at < self.sheet.rows.len() {
            self.shown.push(at);
            at = if self.closed.contains(&at) { self.sheet.end_of(at) } else { at + 1 };
        }
    }

    fn branch(&self, at: usize) -> Branch {
        match self.sheet.rows.get(at) {
            Some(row) if is_branch(row) && self.closed.contains(&at) => Branch::Closed,
            Some(row) if is_branch(row) => Branch::Open,
            _ => Branch::Leaf,
        }
    }
}

const fn is_branch(row: &Row) -> bool {
    matches!(row.line, Line::Group | Line::Apart)
}

fn list_row(sheet: &Sheet, row: &Row, branch: Branch) -> ListRow {
    let cells = sheet.heads.iter().zip(&row.cells).map(|(head, one)| {
        let shown = Cell::new(cell(head, one, row.line));
        match one {
            SheetCell::Wrong(_) => shown.role(Role::Danger),
            SheetCell::Number(number) if *number < 0 => shown.role(Role::Danger),
            _ => shown,
        }
    });
    ListRow { cells: cells.collect(), level: row.level, branch, bold: row.line != Line::Leaf, ..ListRow::default() }
}

impl RowSource for SheetRows {
    fn len(&self) -> usize {
        self.shown.len()
    }
    fn is_loading(&self) -> bool {
        self.loading
    }
    fn row(&mut self, index: usize) -> Option<&ListRow> {
        let at = self.place(index)?;
        if self.words.len() > KEPT {
            self.words.clear();
        }
        if !self.words.contains_key(&at) {
            let made = list_row(&self.sheet, self.sheet.rows.get(at)?, self.branch(at));
            self.words.insert(at, made);
        }
        self.words.get(&at)
    }
    fn generation(&self) -> u64 {
        self.generation
    }
    fn toggle(&mut self, index: usize, open: bool) {
        let Some(at) = self.place(index) else { return };
        if open {
            self.closed.remove(&at);
        } else {
            self.closed.insert(at);
        }
        self.arrange();
    }
    fn parent(&self, index: usize) -> Option<usize> {
        let parent = self.sheet.rows.get(self.place(index)?)?.parent? as usize;
        self.shown.binary_search(&parent).ok()
    }
    fn totals(&self) -> Option<&ListRow> {
        self.total.as_ref()
    }
}

/// The columns of a sheet.
pub fn columns(sheet: &Sheet) -> Vec<Column> {
    let letters = |head: &Head| f32::from(u8::try_from(head.full().chars().count()).unwrap_or(u8::MAX));
    let wide = |head: &Head| match (head.kind, head.code.as_str()) {
        _ if at_right(head) => (letters(head) * 7.0 + 24.0).clamp(95.0, 190.0),
        (Type::Moment, _) => 140.0,
        (_, "group") => 320.0,
        (_, "document" | "debit_subs" | "credit_subs") => 300.0,
        (_, "side" | "debit" | "credit" | "unit") => 80.0,
        _ => 150.0,
    };
    sheet
        .heads
        .iter()
        .map(|head| {
            let column = Column::new(head.code.clone(), head.full(), wide(head));
            let column = if head.code == "group" { column.stretch(1.0) } else { column };
            let sorts = at_right(head) && sheet.movements.is_empty();
            let column = if sorts { column } else { column.unsorted() };
            if at_right(head) { column.right() } else { column }
        })
        .collect()
}

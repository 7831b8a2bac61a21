//! What a list shows: rows already formatted, from a source that never makes the window wait.

use crate::kernel::refs::AnyRef;
use crate::ui::icons::Icon;
use crate::ui::theme::Role;
use egui::Align;
use std::ops::Range;

/// A cell, formatted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// What its colour says.
    pub role: Role,
    /// An icon before the text.
    pub icon: Option<(Icon, Role)>,
    /// Where the text stands when not as the column's texts do.
    pub align: Option<Align>,
    /// Stands out.
    pub bold: bool,
}

impl Cell {
    /// Ordinary text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
    /// With a colour.
    #[must_use]
    pub fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }
    /// With an icon.
    #[must_use]
    pub fn icon(mut self, icon: Icon, role: Role) -> Self {
        self.icon = Some((icon, role));
        self
    }
    /// Bold.
    #[must_use]
    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }
}

/// The state of an object, as the narrow first column shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// No column, or nothing in it.
    #[default]
    None,
    /// An element of a catalog.
    Item,
    /// A folder.
    Folder,
    /// A saved document.
    Saved,
    /// A posted document.
    Posted,
    /// Marked for deletion.
    Deleted,
    /// A folder marked for deletion.
    FolderDeleted,
}

impl Mark {
    /// Its icon and colour.
    pub const fn icon(self) -> Option<(Icon, Role)> {
        match self {
            Mark::None => None,
            Mark::Item => Some((Icon::Minus, Role::Disabled)),
            Mark::Folder => Some((Icon::Folder, Role::Weak)),
            Mark::Saved => Some((Icon::File, Role::Weak)),
            Mark::Posted => Some((Icon::CheckSquare, Role::Good)),
            Mark::Deleted | Mark::FolderDeleted => Some((Icon::X, Role::Danger)),
        }
    }
}

/// How a row stands in a tree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Branch {
    /// Nothing below it.
    #[default]
    Leaf,
    /// Rows below it are hidden.
    Closed,
    /// Rows below it are shown.
    Open,
}

/// A row, formatted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRow {
    /// What it shows.
    pub reference: AnyRef,
    /// Its state.
    pub mark: Mark,
    /// Its cells in the order of the declared columns.
    pub cells: Vec<Cell>,
    /// How deep it stands in a tree.
    pub level: u8,
    /// How it stands in a tree.
    pub branch: Branch,
    /// The colour of cells that have none of their own.
    pub role: Role,
    /// Stands out: a folder, a total.
    pub bold: bool,
}

/// Where the rows come from. Every call is answered at once from what is at hand; what is not at hand is
/// fetched in the background, and the window is asked to be drawn again when it is there.
pub trait RowSource {
    /// How many rows there are: known or estimated.
    fn len(&self) -> usize;
    /// True without rows.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// True while the first rows are being fetched: an empty list is not yet known to be empty.
    fn is_loading(&self) -> bool {
        false
    }
    /// Says which rows will be asked for, before they are.
    fn expect(&mut self, _rows: Range<usize>) {}
    /// A row; `None` while it is being fetched.
    fn row(&mut self, index: usize) -> Option<&ListRow>;
    /// Grows whenever rows may have moved: after a refresh, another order, another search.
    fn generation(&self) -> u64 {
        0
    }
    /// Where a row is now, when it is known.
    fn find(&self, _reference: AnyRef) -> Option<usize> {
        None
    }
    /// Opens or closes a branch of a tree.
    fn toggle(&mut self, _index: usize, _open: bool) {}
    /// The row of the folder a row lies in.
    fn parent(&self, _index: usize) -> Option<usize> {
        None
    }
    /// The totals under the columns.
    fn totals(&self) -> Option<&ListRow> {
        None
    }
}

/// Rows that are all at hand.
#[derive(Clone, Debug, Default)]
pub struct HeldRows {
    rows: Vec<ListRow>,
    loading: bool,
    generation: u64,
}

impl HeldRows {
    /// Nothing yet: the first rows are on their way.
    pub fn waiting() -> Self {
        Self { loading: true, ..Self::default() }
    }
    /// These rows.
    pub fn of(rows: Vec<ListRow>) -> Self {
        Self { rows, ..Self::default() }
    }
    /// Takes new rows in the place of the old ones.
    pub fn take(&mut self, rows: Vec<ListRow>) {
        self.rows = rows;
        self.loading = false;
        self.generation += 1;
    }
    /// The rows.
    pub fn rows(&self) -> &[ListRow] {
        &self.rows
    }
}

impl RowSource for HeldRows {
    fn len(&self) -> usize {
        self.rows.len()
    }
    fn is_loading(&self) -> bool {
        self.loading
    }
    fn row(&mut self, index: usize) -> Option<&ListRow> {
        self.rows.get(index)
    }
    fn generation(&self) -> u64 {
        self.generation
    }
    fn find(&self, reference: AnyRef) -> Option<usize> {
        self.rows.iter().position(|row| row.reference == reference && !reference.is_empty())
    }
}

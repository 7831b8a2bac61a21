//! The finished report: heads, rows and totals, the same for the window, a file and paper.

use crate::kernel::refs::AnyRef;
use crate::kernel::value::Type;
use std::sync::Arc;

/// A column's head.
#[derive(Clone, Debug)]
pub struct Head {
    /// Its name for programs.
    pub code: String,
    /// Its title in the user's language.
    pub title: String,
    /// The common head above it and its neighbours.
    pub group: Option<String>,
    /// The type of its values; anything that is no number is shown as text.
    pub kind: Type,
    /// It says what the row is of, not how much.
    pub names: bool,
}

/// A cell. Texts are shared: a customer of a thousand rows is kept once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: not known here, or of no meaning.
    #[default]
    Empty,
    /// A text.
    Text(Arc<str>),
    /// A number in minor units of its column's type; a date or a moment as stored.
    Number(i64),
    /// A number on the wrong side: a credit balance of an active account.
    Wrong(i64),
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    /// A row without rows below it.
    #[default]
    Leaf,
    /// A group: its rows stand below it.
    Group,
    /// The balance before the first movement.
    Opening,
    /// Turnovers and the balance after the last movement.
    Closing,
    /// The grand total.
    Total,
    /// The heading of rows that are in no total.
    Apart,
}

/// What a row stands for in its group: a value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The field of the report.
    pub field: usize,
    /// The value as stored; of a level made of a code, nought.
    pub value: i64,
    /// A level of a tree that has rows of the same field below it.
    pub folder: bool,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// What it is.
    pub line: Line,
    /// How deep it stands.
    pub level: u8,
    /// The row of its group, by place.
    pub parent: Option<u32>,
    /// What it stands for in its group.
    pub key: Option<Key>,
    /// The movement it shows: the place among those listed.
    pub movement: Option<u32>,
    /// Cells under the heads.
    pub cells: Vec<Cell>,
}

/// A listed movement: where it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Movement {
    /// Who made it.
    pub document: AnyRef,
    /// What else it names.
    pub names: Vec<AnyRef>,
}

/// A finished report.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What it is called.
    pub title: String,
    /// What it was asked for, a line each.
    pub about: Vec<String>,
    /// The heads.
    pub heads: Vec<Head>,
    /// The rows in order, groups before what is in them.
    pub rows: Vec<Row>,
    /// The grand total.
    pub total: Option<Row>,
    /// The fields of the grouping: code and title.
    pub by: Vec<(usize, String, String)>,
    /// The movements listed.
    pub movements: Vec<Movement>,
    /// Rows were left out because there are too many.
    pub cut: bool,
}

impl Sheet {
    /// The row at a place; beyond the last one the total.
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.rows.get(at).or(self.total.as_ref().filter(|_| at == self.rows.len()))
    }

    /// The keys that lead to a row, the outermost first.
    pub fn path(&self, at: usize) -> Vec<Key> {
        let mut path = Vec::new();
        let mut next = self.rows.get(at);
        while let Some(row) = next {
            path.extend(row.key);
            next = row.parent.and_then(|parent| self.rows.get(parent as usize));
        }
        path.reverse();
        path
    }

    /// The end of the rows below a row.
    pub fn end_of(&self, at: usize) -> usize {
        let level = self.rows.get(at).map_or(0, |row| row.level);
        let below = self.rows.iter().skip(at + 1).position(|row| row.level <= level);
        below.map_or(self.rows.len(), |more| at + 1 + more)
    }

    /// The place of a head.
    pub fn head(&self, code: &str) -> Option<usize> {
        self.heads.iter().position(|head| head.code == code)
    }
}

impl Head {
    /// The title with the common head before it.
    pub fn full(&self) -> String {
        match &self.group {
            Some(group) => format!("{group}, {}", self.title),
            None => self.title.clone(),
        }
    }
}

impl Cell {
    /// A text; empty text is no cell.
    pub fn text(text: impl AsRef<str>) -> Self {
        let text = text.as_ref();
        if text.is_empty() { Cell::Empty } else { Cell::Text(Arc::from(text)) }
    }
    /// The number, when it is one.
    pub const fn number(&self) -> Option<i64> {
        match self {
            Cell::Number(number) | Cell::Wrong(number) => Some(*number),
            Cell::Empty | Cell::Text(_) => None,
        }
    }
}

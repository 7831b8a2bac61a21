//! A print template: where everything stands, in millimetres, and which fields it shows.
//!
//! Written in TOML (`forms/print/*.toml`; a file of the same name in the base's `custom/forms/print`
//! wins). Fixed `cell`s stand on the page; `block`s flow under each other, a block being a panel of cells
//! or a table that repeats its head on each page. Every key is described at its field below.

mod build;
mod check;
mod load;
mod pattern;
mod reader;

pub use load::{all_names, load, parse};
pub use pattern::Pattern;

use super::fonts::Family;
use std::collections::{BTreeMap, BTreeSet};

/// A whole form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// The file name without extension.
    pub name: String,
    /// What the printed document is called, with fields.
    pub title: Pattern,
    /// The sheet.
    pub page: PageSetup,
    /// The letters of cells that do not say otherwise.
    pub family: Family,
    /// Their size, points.
    pub size: f32,
    /// Thickness of frames that do not say otherwise, mm.
    pub thick: f32,
    /// The page repeated on the same sheet, moved right and down, mm.
    pub copies: Vec<(f32, f32)>,
    /// The fields it shows and what each of them is, for those who fill it.
    pub fields: BTreeMap<String, String>,
    /// The same for the columns of its tables.
    pub tables: BTreeMap<String, BTreeMap<String, String>>,
    /// Fields without which the paper is not valid: a warning before printing.
    pub required: Vec<String>,
    /// What stands at a fixed place.
    pub fixed: Panel,
    /// Where the blocks begin on the first page, mm from the top; on later pages at the top margin.
    pub start: f32,
    /// What flows, from the top.
    pub blocks: Vec<Block>,
}

/// The sheet and its margins, mm.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PageSetup {
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
    /// Empty above the blocks of later pages.
    pub top: f32,
    /// Empty below the blocks.
    pub bottom: f32,
}

/// Cells and lines placed from one corner: of the page, or of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Panel {
    /// Cells, painted in this order.
    pub cells: Vec<Cell>,
    /// Lines.
    pub lines: Vec<Line>,
}

/// On which pages a fixed thing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum On {
    /// The first page.
    #[default]
    First,
    /// All pages.
    All,
    /// All but the first.
    Rest,
    /// The last page.
    Last,
}

/// Where a text stands between left and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
}

/// Where a text stands between top and bottom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VerticalAlign {
    /// At the top.
    Top,
    /// In the middle.
    #[default]
    Middle,
    /// At the bottom.
    Bottom,
}

/// A code drawn instead of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// A QR code, square.
    Qr,
    /// EAN-13 with its digits below.
    Ean13,
    /// Code 128 with its text below.
    Code128,
}

/// Which sides of a cell have a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Borders {
    /// Top.
    pub top: bool,
    /// Bottom.
    pub bottom: bool,
    /// Left.
    pub left: bool,
    /// Right.
    pub right: bool,
}

/// When a thing is printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// Only when this field has something in it.
    pub when: Option<String>,
    /// Only when this field is empty.
    pub unless: Option<String>,
}

/// A rectangle with a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Left, mm.
    pub x: f32,
    /// Top, mm.
    pub y: f32,
    /// Width, mm.
    pub w: f32,
    /// Height, mm.
    pub h: f32,
    /// The text; the key `field = "name"` is short for `text = "{name}"`.
    pub text: Pattern,
    /// Size of letters, points.
    pub size: Option<f32>,
    /// Left, center or right.
    pub align: Align,
    /// Top, middle or bottom.
    pub valign: VerticalAlign,
    /// Letters of TBLR: the sides with a line.
    pub border: Borders,
    /// Thickness of its lines, mm.
    pub thick: Option<f32>,
    /// Bold letters.
    pub bold: bool,
    /// Other letters than the form's.
    pub font: Option<Family>,
    /// May be broken into lines (it is by default).
    pub wrap: bool,
    /// May become smaller (it may by default).
    pub shrink: bool,
    /// In a block: grows downwards with its text and pushes down what is below.
    pub grow: bool,
    /// Cells of one lane are pushed down by cells of the same lane only; what has no lane (zero) by all.
    pub lane: u8,
    /// Takes what did not fit into the cell before it.
    pub rest: bool,
    /// Runs upwards.
    pub turned: bool,
    /// Struck out: an old price.
    pub strike: bool,
    /// Filled, percent of black.
    pub fill: u8,
    /// Drawn as a code.
    pub code: Option<Code>,
    /// When it is printed.
    pub condition: Condition,
    /// On which pages; in a block it has no meaning.
    pub on: On,
}

/// A straight line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// From, mm.
    pub x1: f32,
    /// From, mm.
    pub y1: f32,
    /// To, mm.
    pub x2: f32,
    /// To, mm.
    pub y2: f32,
    /// Thickness, mm.
    pub thick: Option<f32>,
    /// With gaps, to cut along.
    pub dashed: bool,
    /// When it is printed.
    pub condition: Condition,
    /// On which pages; in a block it has no meaning.
    pub on: On,
}

/// A thing that flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Empty above it, mm; not at the top of a page.
    pub gap: f32,
    /// Stays on the page of what is before it; after a table, with its last rows.
    pub keep: bool,
    /// When it is printed.
    pub condition: Condition,
    /// What it is.
    pub body: Body,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Cells and lines.
    Panel(Panel),
    /// A table.
    Table(Table),
}

/// Rows of data under a head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The table of the data.
    pub source: String,
    /// Left, mm.
    pub x: f32,
    /// Size of letters in rows, points.
    pub size: f32,
    /// Size of letters in the head, points.
    pub head_size: f32,
    /// Bold head.
    pub head_bold: bool,
    /// Filled head, percent of black.
    pub head_fill: u8,
    /// Least heights of the head's levels, from the top, mm.
    pub head_heights: Vec<f32>,
    /// Least height of a row, mm.
    pub row: f32,
    /// Rows that stay with the totals and with the kept blocks below.
    pub keep_rows: usize,
    /// Cells have frames (they have by default).
    pub frame: bool,
    /// Thickness of its lines, mm.
    pub thick: Option<f32>,
    /// The columns.
    pub columns: Vec<Column>,
    /// Rows below: sums.
    pub totals: Vec<Total>,
    /// Vertical lines over the whole height of the table on each page.
    pub rules: Vec<Rule>,
}

/// A vertical line along a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rule {
    /// Where, mm from the left of the page.
    pub x: f32,
    /// Thickness, mm.
    pub thick: f32,
}

/// A column, or a group of columns under a common head.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// The head.
    pub head: String,
    /// Columns below a common head; a group has nothing else of its own.
    pub columns: Vec<Column>,
    /// Width, mm.
    pub w: f32,
    /// What stands in the row of numbers: «1», «1а».
    pub number: Option<String>,
    /// The column of the data; also the name by which totals find it.
    pub field: Option<String>,
    /// What its cells show; the field alone when not said.
    pub text: Pattern,
    /// Left, center or right.
    pub align: Align,
    /// May be broken into lines: texts by default, numbers at the right not.
    pub wrap: bool,
    /// Drawn as a code.
    pub code: Option<Code>,
}

/// Over which rows a sum goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The rows of the page; printed on each page.
    Page,
    /// All rows; printed after the last.
    #[default]
    All,
}

/// A row below a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Total {
    /// The words in front of the cells.
    pub label: Pattern,
    /// Left, center or right.
    pub label_align: Align,
    /// The label has a frame as the cells do.
    pub label_box: bool,
    /// The column where the label begins; the first one when not said.
    pub label_from: Option<String>,
    /// Over which rows its `{sum}` goes.
    pub scope: Scope,
    /// Bold letters.
    pub bold: bool,
    /// Cells have frames.
    pub frame: bool,
    /// When it is printed.
    pub condition: Condition,
    /// The cells.
    pub cells: Vec<TotalCell>,
}

/// A cell of a sum; `{sum}` in its text is the sum of the column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TotalCell {
    /// The column it stands under.
    pub column: String,
    /// The last column it stretches to.
    pub to: Option<String>,
    /// The text.
    pub text: Pattern,
    /// As the column when not said.
    pub align: Option<Align>,
}

/// Fields the renderer fills itself.
pub const OWN_FIELDS: [&str; 3] = ["page", "pages", "sum"];

impl Template {
    /// Every field the form shows or asks about, without the renderer's own.
    pub fn shown_fields(&self) -> BTreeSet<String> {
        let mut names: Vec<&str> = self.title.fields();
        names.extend(panel_fields(&self.fixed));
        for block in &self.blocks {
            names.extend(condition_fields(&block.condition));
            match &block.body {
                Body::Panel(panel) => names.extend(panel_fields(panel)),
                Body::Table(table) => names.extend(table.totals.iter().flat_map(total_fields)),
            }
        }
        names.into_iter().filter(|name| !OWN_FIELDS.contains(name)).map(str::to_owned).collect()
    }

    /// Every column of data the form shows, by table.
    pub fn shown_tables(&self) -> BTreeMap<String, BTreeSet<String>> {
        let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for block in &self.blocks {
            if let Body::Table(table) = &block.body {
                let names = tables.entry(table.source.clone()).or_default();
                for column in leaves(&table.columns) {
                    names.extend(column.text.fields().into_iter().map(str::to_owned));
                }
            }
        }
        tables
    }
}

fn condition_fields(condition: &Condition) -> impl Iterator<Item = &str> {
    condition.when.iter().chain(condition.unless.iter()).map(String::as_str)
}

fn panel_fields(panel: &Panel) -> Vec<&str> {
    let cells =
        panel.cells.iter().flat_map(|cell| cell.text.fields().into_iter().chain(condition_fields(&cell.condition)));
    cells.chain(panel.lines.iter().flat_map(|line| condition_fields(&line.condition))).collect()
}

fn total_fields(total: &Total) -> Vec<&str> {
    let cells = total.cells.iter().flat_map(|cell| cell.text.fields());
    total.label.fields().into_iter().chain(cells).chain(condition_fields(&total.condition)).collect()
}

/// The columns that hold data, from the left.
pub fn leaves(columns: &[Column]) -> Vec<&Column> {
    columns
        .iter()
        .flat_map(|column| if column.columns.is_empty() { vec![column] } else { leaves(&column.columns) })
        .collect()
}

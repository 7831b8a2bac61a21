//! `reports/<code>.toml`: what a report is made of. Embedded in the program; a file of the same name in the
//! base's `custom/reports` folder wins.
//!
//! ```toml
//! title = "report-sales"              # a key of the texts, or the words themselves
//! time = "period"                     # period | moment | none
//! default = "month"                   # the period when none is chosen
//! by = ["item"]                       # the grouping when none is chosen
//! choices = [["item"], ["customer", "item"]]
//! filters = ["company", "customer"]   # parameters shown first
//! sort = "-amount"                    # the usual order: by a column, with a minus the greatest first
//!
//! [[source]]                          # a register, the ledger, or the documents of a kind
//! register = "sales"
//! where = { "customer.kind" = "company" }
//!
//! [[field]]                           # what rows are grouped and chosen by
//! code = "group"
//! path = "item.parent"                # a column of the source and fields on from it; the code when not said
//! in = { reserves = "" }              # another path in one of the sources; empty where it has none
//! tree = "folders"                    # the folders of a catalog as levels; "codes": levels by dots of the code
//!
//! [[column]]
//! code = "qty"
//! sum = "qty"                         # a sum of the source ...
//! at = "turnover"                     # opening | in | out | turnover | closing | count
//!                                     # absent | missed | point: of `each` thing, day by day: days without it, what
//!                                     # would have gone on them, what goes in `days` of its fields (`usual` when none)
//! when = { role = "charge" }          # ... of these movements only
//! half = "plus"                       # only what is above nought (minus: below it) ...
//! split = ["contract"]                # ... counted apart by these fields
//! [[column]]
//! code = "profit"
//! formula = "amount - vat - cost"     # also "profit % amount" and "amount / qty"
//! [[column]]
//! code = "article"
//! info = "item.article"               # a field of what the row stands for
//! class = "amount"                    # A, B, C among the rows beside it: the first 80 % of the sum, to 95 %, the rest
//! ```

use super::time::Preset;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::text::Text;
use crate::kernel::value::Type;
use crate::store::report::{Axis, Condition, Origin, Target};
use crate::text;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a report asks for in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Time {
    /// From and until.
    #[default]
    Period,
    /// One moment.
    Moment,
    /// Nothing: as it is now.
    None,
}

/// What a report looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Groups with their sums.
    #[default]
    Groups,
    /// Movements one by one with the balance after each.
    Moves,
}

/// How a field makes levels of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tree {
    /// It makes one level.
    #[default]
    Flat,
    /// The folders of its catalog.
    Folders,
    /// Parts of its code between dots: accounts.
    Codes,
}

/// Which sum of a source a column shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The balance before the period.
    Opening,
    /// What came in the period.
    In,
    /// What went in the period.
    Out,
    /// What moved in the period.
    #[default]
    Turnover,
    /// The balance at the end.
    Closing,
    /// How many rows there are in the period.
    Count,
    /// Days on which there was nothing of a thing from morning to night.
    Absent,
    /// What would have gone on those days, at the pace of the others.
    Missed,
    /// What goes at that pace until more of it can come: the stock at which to order.
    Point,
}

/// One half of a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Half {
    /// What is above nought.
    Plus,
    /// What is below, as a positive number.
    Minus,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceFile {
    pub code: Option<String>,
    pub register: Option<String>,
    #[serde(default)]
    pub ledger: bool,
    pub documents: Option<String>,
    #[serde(default, rename = "where")]
    pub fixed: BTreeMap<String, String>,
    pub moves: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldFile {
    pub code: String,
    pub title: Option<String>,
    pub path: Option<String>,
    #[serde(default, rename = "in")]
    pub paths: BTreeMap<String, String>,
    #[serde(default)]
    pub tree: Tree,
    #[serde(default)]
    pub coded: bool,
    pub within: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnFile {
    pub code: String,
    pub title: Option<String>,
    pub group: Option<String>,
    pub source: Option<String>,
    pub sum: Option<String>,
    pub at: Option<At>,
    #[serde(default)]
    pub when: BTreeMap<String, String>,
    #[serde(default)]
    pub negate: bool,
    pub half: Option<Half>,
    #[serde(default)]
    pub split: Vec<String>,
    pub each: Option<String>,
    #[serde(default)]
    pub days: Vec<String>,
    #[serde(default)]
    pub usual: i64,
    pub formula: Option<String>,
    pub info: Option<String>,
    pub class: Option<String>,
    #[serde(default)]
    pub aside: bool,
    #[serde(default)]
    pub hidden: bool,
    #[serde(default)]
    pub wrong: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub title: String,
    #[serde(default)]
    pub time: Time,
    #[serde(default)]
    pub shape: Shape,
    #[serde(default)]
    pub default: Preset,
    #[serde(default)]
    pub by: Vec<String>,
    #[serde(default)]
    pub choices: Vec<Vec<String>>,
    #[serde(default)]
    pub filters: Vec<String>,
    #[serde(default)]
    pub required: Vec<String>,
    #[serde(default)]
    pub related: Vec<String>,
    pub sort: Option<String>,
    pub apart: Option<String>,
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    #[serde(default)]
    pub source: Vec<SourceFile>,
    #[serde(default)]
    pub field: Vec<FieldFile>,
    #[serde(default)]
    pub column: Vec<ColumnFile>,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug)]
pub enum FieldKind {
    /// Objects of one kind, by id.
    Object(&'static ObjectMeta),
    /// Objects of any kind, by packed reference.
    Any,
    /// Days.
    Day,
    /// Months.
    Month,
    /// Plain values of a type: choices, flags, numbers.
    Value(Type),
}

/// How a field is reached in a source.
#[derive(Clone, Debug)]
pub struct Route {
    /// The column it begins at.
    pub axis: Axis,
    /// The object there, when fields lead on.
    pub target: Option<Target>,
    /// The fields.
    pub path: Vec<&'static str>,
}

/// Where rows come from.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name in the report.
    pub code: String,
    /// What it is.
    pub origin: Origin,
    /// What its rows always fulfil.
    pub fixed: Vec<Condition>,
    /// The report that lists its movements; the usual list when not said.
    pub moves: Option<String>,
}

/// What rows are grouped and chosen by.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name in the report.
    pub code: String,
    /// Its title: a key of the texts, or words; empty when the declared label serves.
    pub title: String,
    /// The label of the declaration, in the user's language.
    pub label: String,
    /// What its values are.
    pub kind: FieldKind,
    /// The type by which a value is chosen in the window.
    pub edit: Type,
    /// How it is reached in each source; `None` where it is not.
    pub routes: Vec<Option<Route>>,
    /// Its own levels.
    pub tree: Tree,
    /// The code stands before the name.
    pub coded: bool,
    /// The field it belongs to, such as the sub-accounts of an account: it is shown only below that.
    pub within: Option<usize>,
}

/// A field by which a half is counted apart, perhaps only where another field of the row's object holds a value.
#[derive(Clone, Debug)]
pub struct Split {
    /// The field.
    pub field: usize,
    /// The field whose object decides, the name of the object's field, and the value.
    pub only: Option<(usize, &'static str, i64)>,
}

/// Of what things absence is told, and for how long the stock of each must last.
#[derive(Clone, Debug)]
pub struct Absence {
    /// The field that stands for the thing.
    pub field: usize,
    /// Fields of its object that hold days, added up.
    pub days: Vec<&'static str>,
    /// Days where they hold none.
    pub usual: i64,
}

/// What a column shows.
#[derive(Clone, Debug)]
pub enum What {
    /// A sum of a source.
    Figure {
        /// The source.
        source: usize,
        /// The column summed.
        sum: &'static str,
        /// Which sum.
        at: At,
        /// Only movements whose column holds this value.
        when: Option<(&'static str, i64)>,
        /// With the other sign.
        negate: bool,
        /// One half, counted apart by these fields.
        half: Option<(Half, Vec<Split>)>,
        /// Of what things, where absence is told.
        absence: Option<Absence>,
    },
    /// Other columns added and taken away.
    Sum(Vec<(i64, usize)>),
    /// One column in percent of another.
    Percent(usize, usize),
    /// One column a unit of another.
    Per(usize, usize),
    /// A field of what the row stands for.
    Info(usize, &'static str),
    /// The class of a row by another column, among the rows beside it.
    Class(usize),
    /// Nothing: whoever asks may not see it.
    Withheld,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name in the report.
    pub code: String,
    /// Its title: a key of the texts, or words; empty when the declared label serves.
    pub title: String,
    /// The label of the declaration, in the user's language.
    pub label: String,
    /// The common head above it and its neighbours: a key of the texts, or words.
    pub group: Option<String>,
    /// What it shows.
    pub what: What,
    /// The type of its values.
    pub kind: Type,
    /// `aside = true`: it makes no row by itself; totals count what has no row too.
    pub aside: bool,
    /// Only used by formulas.
    pub hidden: bool,
    /// A value that is not nought is wrong where a field of the row's object holds this.
    pub wrong: Option<(usize, &'static str, i64)>,
}

/// A report, checked against what is declared.
#[derive(Clone, Debug)]
pub struct Definition {
    /// The name of its file.
    pub code: String,
    /// Its title: a key of the texts, or words.
    pub title: String,
    /// What it asks for in time.
    pub time: Time,
    /// What it looks like.
    pub shape: Shape,
    /// The period when none is chosen.
    pub default: Preset,
    /// Where its rows come from.
    pub sources: Vec<Source>,
    /// What they are grouped and chosen by.
    pub fields: Vec<Field>,
    /// What is shown of them.
    pub columns: Vec<Column>,
    /// The usual grouping.
    pub by: Vec<usize>,
    /// Groupings to choose from.
    pub choices: Vec<Vec<usize>>,
    /// Parameters shown first.
    pub filters: Vec<usize>,
    /// Parameters without which it says nothing.
    pub required: Vec<usize>,
    /// Reports that a row of this one leads to.
    pub related: Vec<String>,
    /// The column it is usually sorted by, and whether the greatest come first.
    pub sort: Option<(String, bool)>,
    /// Rows whose object's field is set stand apart, after the total.
    pub apart: Option<(usize, &'static str)>,
    /// Names of levels by code, such as groups of accounts.
    pub names: BTreeMap<String, String>,
}

/// A key of the texts in the user's language, or the words themselves.
pub fn words(key: &str) -> String {
    Text::new(key.to_owned()).show()
}

/// An order as links and files write it: a column, with a minus before it the greatest first.
pub fn sort_of(said: &str) -> (String, bool) {
    let column = said.strip_prefix('-').unwrap_or(said);
    (column.to_owned(), column != said)
}

/// Why an order cannot be: there is no such column among these.
pub fn unsorted(sort: Option<&(String, bool)>, columns: &[Column]) -> Option<Text> {
    let (column, _) = sort?;
    let known: Vec<&str> = columns.iter().map(|column| column.code.as_str()).collect();
    let missing = !known.contains(&column.as_str());
    missing.then(|| text!("report-no-column-named", column = column, known = known.join(", ")))
}

impl Definition {
    /// Its title in the user's language.
    pub fn label(&self) -> String {
        words(&self.title)
    }
    /// The place of a field.
    pub fn field(&self, code: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.code == code)
    }
    /// The place of a column.
    pub fn column(&self, code: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.code == code)
    }
    /// Of what things a source tells absence: the columns of one source agree on them.
    pub(super) fn absence(&self, of: usize) -> Option<&Absence> {
        let told = self.columns.iter().filter_map(|column| match &column.what {
            What::Figure { source, absence: Some(absence), .. } if *source == of => Some(absence),
            _ => None,
        });
        told.max_by_key(|absence| absence.days.len())
    }
    /// The place of a source.
    pub fn source(&self, code: &str) -> Option<usize> {
        self.sources.iter().position(|source| source.code == code)
    }
}

impl Field {
    /// Its title in the user's language.
    pub fn shown(&self) -> String {
        if self.title.is_empty() { self.label.clone() } else { words(&self.title) }
    }
    /// True when its values follow each other in time, so that a balance runs along them.
    pub fn is_time(&self) -> bool {
        let document = |route: &Route| route.axis == Axis::Document && route.path.is_empty();
        let day = matches!(self.kind, FieldKind::Day | FieldKind::Month);
        day || self.routes.iter().flatten().any(document)
    }
}

impl Column {
    /// Its title in the user's language.
    pub fn shown(&self) -> String {
        if self.title.is_empty() { self.label.clone() } else { words(&self.title) }
    }
    /// Its title with the common head before it.
    pub fn full(&self) -> String {
        match &self.group {
            Some(group) => format!("{}, {}", words(group), self.shown()),
            None => self.shown(),
        }
    }
}

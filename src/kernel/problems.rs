//! What is wrong with the input: sentences with their places, all of them at once.

use super::meta::ObjectMeta;
use super::text::Text;
use crate::text;

/// Where in an object a problem is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// The object as a whole.
    #[default]
    Whole,
    /// A field, or a table part as a whole.
    Field(&'static str),
    /// A cell of a table part; rows count from zero.
    Cell {
        /// The table part.
        table: &'static str,
        /// The row, from zero.
        row: usize,
        /// The column.
        field: &'static str,
    },
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong and how to mend it.
    pub text: Text,
    /// Where.
    pub place: Place,
}

/// Everything that is wrong, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problem {
    /// The sentence with its place in front, in the user's language: «Товары, строка 1, Количество: ...».
    pub fn sentence(&self, meta: Option<&ObjectMeta>) -> String {
        let said = self.text.show();
        match (&self.place, meta) {
            (Place::Field(name), Some(meta)) => {
                let field = meta.field(name).and_then(|at| meta.fields.get(at)).map(|field| meta.field_label(field));
                let table = || meta.table(name).and_then(|at| meta.tables.get(at)).map(|part| meta.table_label(part));
                let label = field.or_else(table);
                text!("place-field", field = label.unwrap_or_else(|| (*name).to_owned()), said = said).show()
            }
            (Place::Cell { table, row, field }, Some(meta)) => {
                let part = meta.table(table).and_then(|at| meta.tables.get(at));
                let label = part.and_then(|part| {
                    let column = part.field(field).and_then(|at| part.fields.get(at))?;
                    Some(meta.column_label(part, column))
                });
                let part = part.map_or_else(|| (*table).to_owned(), |part| meta.table_label(part));
                match label {
                    Some(label) => text!("place-cell", table = part, row = row + 1, field = label, said = said).show(),
                    None => text!("place-row", table = part, row = row + 1, said = said).show(),
                }
            }
            _ => said,
        }
    }
}

impl Problems {
    /// None yet.
    pub const fn new() -> Self {
        Self(Vec::new())
    }
    /// A single problem of the object as a whole.
    pub fn one(text: Text) -> Self {
        Self(vec![Problem { text, place: Place::Whole }])
    }
    /// Adds a problem of the object as a whole.
    pub fn add(&mut self, text: Text) {
        self.0.push(Problem { text, place: Place::Whole });
    }
    /// Adds a problem of a field.
    pub fn field(&mut self, field: &'static str, text: Text) {
        self.0.push(Problem { text, place: Place::Field(field) });
    }
    /// Adds a problem of a cell; rows count from zero.
    pub fn cell(&mut self, table: &'static str, row: usize, field: &'static str, text: Text) {
        self.0.push(Problem { text, place: Place::Cell { table, row, field } });
    }
    /// True when nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// `Ok` when nothing is wrong.
    pub fn result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
    /// All sentences, a line each.
    pub fn sentences(&self, meta: Option<&ObjectMeta>) -> String {
        self.0.iter().map(|problem| problem.sentence(meta)).collect::<Vec<_>>().join("\n")
    }
}

/// Why an operation did not happen. Nothing was changed.
#[derive(Clone, Debug)]
pub enum Error {
    /// The input is refused: sentences for the user.
    Refused(Problems, Option<&'static ObjectMeta>),
    /// The base, the disk or a file failed: a sentence and the engine's own words for support.
    Failed(Text, String),
    /// The user stopped it.
    Cancelled,
}

impl Error {
    /// A refusal in one sentence.
    pub fn refused(text: Text) -> Self {
        Error::Refused(Problems::one(text), None)
    }
    /// In the user's language, a line a problem.
    pub fn sentence(&self) -> String {
        match self {
            Error::Refused(problems, meta) => problems.sentences(*meta),
            Error::Failed(text, detail) if detail.is_empty() => text.show(),
            Error::Failed(text, detail) => format!("{} ({detail})", text.show()),
            Error::Cancelled => text!("cancelled").show(),
        }
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Error::Refused(problems, None)
    }
}

/// The result of an operation.
pub type Outcome<T> = Result<T, Error>;

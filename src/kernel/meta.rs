//! Metadata: what a declaration says about a catalog, a document or a register.

use super::object::Object;
use super::text;
use super::value::Type;

/// A catalog or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A list of things with a code and a name, in folders.
    Catalog,
    /// A deed with a number and a moment, which may be posted.
    Document,
}

/// One declared object.
pub struct ObjectMeta {
    /// A stable number of the kind, the upper part of packed references. Never reused.
    pub tag: u8,
    /// The name in the base, in files and in forms.
    pub code: &'static str,
    /// What one of them is called, in Russian.
    pub title: &'static str,
    /// Catalog or document.
    pub kind: Kind,
    /// Fields, the standard ones first.
    pub fields: &'static [FieldMeta],
    /// Table parts.
    pub tables: &'static [TableMeta],
    /// An empty object of the kind.
    pub new: fn() -> Box<dyn Object>,
}

/// One declared field.
#[derive(Clone, Copy, Debug)]
pub struct FieldMeta {
    /// The name in Rust, in the base and in forms.
    pub name: &'static str,
    /// The Russian label.
    pub title: &'static str,
    /// The type.
    pub kind: Type,
    /// Saving without it is refused.
    pub required: bool,
}

/// One declared table part.
#[derive(Clone, Copy, Debug)]
pub struct TableMeta {
    /// The name in Rust, in the base and in forms.
    pub name: &'static str,
    /// The Russian label.
    pub title: &'static str,
    /// The columns.
    pub fields: &'static [FieldMeta],
}

/// One declared enumeration.
#[derive(Debug)]
pub struct ChoiceMeta {
    /// The name in texts.
    pub code: &'static str,
    /// Stored number, code in files, Russian label.
    pub items: &'static [(i64, &'static str, &'static str)],
}

impl std::fmt::Debug for ObjectMeta {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.code)
    }
}

impl PartialEq for ObjectMeta {
    fn eq(&self, other: &Self) -> bool {
        self.tag == other.tag
    }
}

impl ObjectMeta {
    /// The index of a field.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
    /// The index of a table part.
    pub fn table(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.name == name)
    }
    /// What one of them is called, in the user's language.
    pub fn label(&self) -> String {
        text::declared(self.code, None, self.title)
    }
    /// What the list of them is called, in the user's language.
    pub fn list_label(&self) -> String {
        text::declared(self.code, Some("list"), self.title)
    }
    /// A field's label in the user's language.
    pub fn field_label(&self, field: &FieldMeta) -> String {
        text::declared(self.code, Some(field.name), field.title)
    }
    /// A table part's label in the user's language.
    pub fn table_label(&self, table: &TableMeta) -> String {
        text::declared(self.code, Some(table.name), table.title)
    }
    /// A column's label in the user's language.
    pub fn column_label(&self, table: &TableMeta, field: &FieldMeta) -> String {
        text::declared(&format!("{}_{}", self.code, table.name), Some(field.name), field.title)
    }
}

impl TableMeta {
    /// The index of a column.
    pub fn field(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

impl ChoiceMeta {
    /// The label of a stored number in the user's language.
    pub fn label(&self, number: i64) -> String {
        self.items
            .iter()
            .find(|item| item.0 == number)
            .map_or_else(String::new, |item| text::declared(self.code, Some(item.1), item.2))
    }
    /// The code of a stored number.
    pub fn code_of(&self, number: i64) -> &'static str {
        self.items.iter().find(|item| item.0 == number).map_or("", |item| item.1)
    }
    /// The stored number of a code or of a label in either language.
    pub fn parse(&self, input: &str) -> Option<i64> {
        let same = |label: &str| label.to_lowercase() == input.trim().to_lowercase();
        self.items.iter().find(|item| same(item.1) || same(item.2) || same(&self.label(item.0))).map(|item| item.0)
    }
    /// All codes, for messages.
    pub fn allowed(&self) -> String {
        self.items.iter().map(|item| item.1).collect::<Vec<_>>().join(", ")
    }
}

/// What a register keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterKind {
    /// Balances: movements, current totals and turnovers by month.
    Balance,
    /// Balances of open things only: movements and current totals; a row that comes to zero is gone.
    Open,
    /// The same, and asked for at past moments: movements are found by date too.
    OpenDated,
    /// Turnovers: movements with an index by moment.
    Turnover,
    /// The latest value by date (prices, rates).
    Info,
}

/// One declared register.
#[derive(Debug)]
pub struct RegisterMeta {
    /// The name in the base and in reports.
    pub code: &'static str,
    /// The Russian label.
    pub title: &'static str,
    /// What it keeps.
    pub kind: RegisterKind,
    /// What a total is kept by.
    pub key: &'static [FieldMeta],
    /// What is summed (the value itself in an `Info` register).
    pub sum: &'static [FieldMeta],
    /// What only a movement carries.
    pub note: &'static [FieldMeta],
}

impl RegisterMeta {
    /// All columns of a movement in the stored order.
    pub fn columns(&self) -> impl Iterator<Item = &'static FieldMeta> {
        self.key.iter().chain(self.sum).chain(self.note)
    }
    /// The place of a column among key, sums and notes.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns().position(|field| field.name == name)
    }
    /// Its label in the user's language.
    pub fn label(&self) -> String {
        text::declared(self.code, None, self.title)
    }
    /// A column's label in the user's language.
    pub fn field_label(&self, field: &FieldMeta) -> String {
        text::declared(self.code, Some(field.name), field.title)
    }
}

impl PartialEq for RegisterMeta {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

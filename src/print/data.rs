//! What a form is filled with: texts, already formatted by those who know the document.

use super::template::Template;
use crate::kernel::text::Text;
use crate::text;
use std::collections::BTreeMap;

/// A row of a table: texts by column.
pub type Row = BTreeMap<String, String>;

/// The data of one printed document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormData {
    /// Texts by field.
    pub fields: BTreeMap<String, String>,
    /// Rows by table.
    pub tables: BTreeMap<String, Vec<Row>>,
}

impl FormData {
    /// Sets a field.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.fields.insert(field.to_owned(), value.into());
    }

    /// Adds a row to a table.
    pub fn push<'a>(&mut self, table: &str, row: impl IntoIterator<Item = (&'a str, String)>) {
        let row = row.into_iter().map(|(column, value)| (column.to_owned(), value)).collect();
        self.tables.entry(table.to_owned()).or_default().push(row);
    }

    /// A field, empty when not set.
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// The rows of a table.
    pub fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }
}

/// What the paper still lacks to be valid: a sentence for each required field that is empty.
pub fn missing(template: &Template, data: &FormData) -> Vec<Text> {
    let empty = template.required.iter().filter(|name| data.field(name).trim().is_empty());
    empty
        .map(|name| {
            let label = template.fields.get(name).unwrap_or(name);
            text!("print-missing", field = label)
        })
        .collect()
}

//! Results as a table for people, JSON or CSV for programs.

use crate::domain::registry;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::text;
use std::io::Write;

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Columns under each other.
    Table,
    /// A list of objects.
    Json,
    /// Comma separated, with a heading.
    Csv,
}

impl Format {
    /// By its name on the command line.
    pub fn named(name: &str) -> Self {
        match name {
            "json" => Self::Json,
            "csv" => Self::Csv,
            _ => Self::Table,
        }
    }
}

/// Rows of text under headings.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Headings: name for programs, label for people.
    pub columns: Vec<(String, String)>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// With these headings.
    pub fn new(columns: &[(&str, String)]) -> Self {
        let columns = columns.iter().map(|(name, label)| ((*name).to_owned(), label.clone())).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Writes the table.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Outcome<()> {
        match format {
            Format::Table => self.plain(out),
            Format::Json => self.json(out),
            Format::Csv => self.csv(out),
        }
        .map_err(|error| Error::Failed(text!("cli-write-failed"), error.to_string()))
    }

    fn plain(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let width = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(at)).chain(self.columns.get(at).map(|c| &c.1));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).min(60)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let line = |cells: &mut dyn Iterator<Item = &String>| -> String {
            let padded: Vec<String> =
                cells.zip(&widths).map(|(cell, width)| format!("{cell:width$}", width = *width)).collect();
            padded.join("  ").trim_end().to_owned()
        };
        writeln!(out, "{}", line(&mut self.columns.iter().map(|column| &column.1)))?;
        writeln!(out, "{}", widths.iter().map(|width| "-".repeat(*width)).collect::<Vec<_>>().join("  "))?;
        for row in &self.rows {
            writeln!(out, "{}", line(&mut row.iter()))?;
        }
        Ok(())
    }

    fn json(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let objects: Vec<serde_json::Value> = self
            .rows
            .iter()
            .map(|row| {
                let cells = self.columns.iter().zip(row);
                serde_json::Value::Object(
                    cells.map(|((name, _), cell)| (name.clone(), serde_json::Value::from(cell.as_str()))).collect(),
                )
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&objects).unwrap_or_default())
    }

    fn csv(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|column| &column.0))?;
        for row in &self.rows {
            writer.write_record(row)?;
        }
        writer.flush()
    }
}

/// A reference as other commands and `load` take it: `customer_order:#3542`.
pub fn shown_ref(reference: AnyRef) -> String {
    registry::of(reference).map_or_else(String::new, |kind| format!("{}:#{}", kind.meta().code, reference.id()))
}

//! A sheet for other programs: CSV and JSON with exact numbers, one record a row that has no rows below it.

use super::sheet::{Cell, Line, Row, Sheet};
use super::show::exact;
use crate::kernel::text::Text;
use crate::text;
use serde_json::{Map, Value as Json};
use std::io::Write;
use std::sync::Arc;

/// What a record is made of: names of groups, then the cells after the first.
struct Records<'a> {
    sheet: &'a Sheet,
    /// A grouped sheet has a column for each field of its grouping in the place of the first.
    grouped: bool,
}

impl<'a> Records<'a> {
    fn new(sheet: &'a Sheet) -> Self {
        Self {
            sheet,
            grouped: sheet.movements.is_empty() && sheet.heads.first().is_some_and(|head| head.code == "group"),
        }
    }

    fn columns(&self) -> Vec<String> {
        let fields = self.sheet.by.iter().filter(|_| self.grouped).map(|(_, code, _)| code.clone());
        let heads = self.sheet.heads.iter().skip(usize::from(self.grouped)).map(|head| head.code.clone());
        fields.chain(heads).collect()
    }

    /// The rows without rows below them, each with its cells in words for machines.
    fn rows(&self) -> impl Iterator<Item = Vec<String>> {
        let leaves = self.sheet.rows.iter().enumerate().filter(|(_, row)| row.line == Line::Leaf);
        leaves.map(|(at, row)| {
            let mut cells = if self.grouped { self.groups(at) } else { Vec::new() };
            cells.extend(self.cells(row));
            cells
        })
    }

    /// The titles of the groups a row stands in; of a tree, that of its innermost level.
    fn groups(&self, at: usize) -> Vec<String> {
        let mut names: Vec<Option<Arc<str>>> = vec![None; self.sheet.by.len()];
        let mut next = self.sheet.rows.get(at);
        while let Some(row) = next {
            let place = row.key.and_then(|key| self.sheet.by.iter().position(|(field, ..)| *field == key.field));
            if let (Some(place), Some(Cell::Text(title))) = (place, row.cells.first())
                && let Some(name) = names.get_mut(place)
            {
                name.get_or_insert_with(|| Arc::clone(title));
            }
            next = row.parent.and_then(|parent| self.sheet.rows.get(parent as usize));
        }
        names.into_iter().map(|name| name.map_or_else(String::new, |name| name.to_string())).collect()
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        let pairs = self.sheet.heads.iter().zip(&row.cells).skip(usize::from(self.grouped));
        pairs
            .map(|(head, cell)| match cell {
                Cell::Empty => String::new(),
                Cell::Text(text) => text.to_string(),
                Cell::Number(minor) | Cell::Wrong(minor) => exact(head.kind, *minor),
            })
            .collect()
    }
}

/// Comma separated, with a heading of codes.
pub fn csv(sheet: &Sheet) -> Result<Vec<u8>, Text> {
    let failed = |error: csv::Error| text!("report-not-written", said = error.to_string());
    let records = Records::new(sheet);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(records.columns()).map_err(failed)?;
    for row in records.rows() {
        writer.write_record(row).map_err(failed)?;
    }
    writer.into_inner().map_err(|error| text!("report-not-written", said = error.to_string()))
}

/// Title, parameters, a list of objects, and the total.
pub fn json(sheet: &Sheet) -> Vec<u8> {
    let records = Records::new(sheet);
    let columns = records.columns();
    let object = |cells: Vec<String>| {
        let filled = columns.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        Json::Object(filled.map(|(name, cell)| (name.clone(), Json::from(cell))).collect())
    };
    let mut whole = Map::new();
    whole.insert("title".to_owned(), Json::from(sheet.title.clone()));
    whole.insert("about".to_owned(), Json::from(sheet.about.clone()));
    whole.insert("rows".to_owned(), Json::Array(records.rows().map(object).collect()));
    if let Some(total) = &sheet.total {
        let heads: Vec<&super::sheet::Head> = sheet.heads.iter().skip(usize::from(records.grouped)).collect();
        let cells = heads.iter().zip(records.cells(total)).filter(|(head, cell)| !head.names && !cell.is_empty());
        let total = cells.map(|(head, cell)| (head.code.clone(), Json::from(cell))).collect();
        whole.insert("total".to_owned(), Json::Object(total));
    }
    let mut bytes = Vec::new();
    // Writing into memory does not fail.
    let _ = writeln!(bytes, "{}", serde_json::to_string_pretty(&Json::Object(whole)).unwrap_or_default());
    bytes
}

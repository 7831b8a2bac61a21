//! Rows of a JSON line into a table part of an object.
//!
//! A row may name its stable number, `"line": 3`: other documents name a row by it (`order_line` of a shipment),
//! and it stays with its row wherever the row stands. Rows that name none stay in their places.

use super::super::gate::Tx;
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::FieldMeta;
use crate::kernel::object::{Object, Row};
use crate::kernel::problems::{Outcome, Problems};
use crate::text;
use serde_json::{Map, Value as Json};
use std::collections::BTreeSet;

/// The member of a row that is its stable number.
pub const LINE: &str = "line";

/// The largest stable number taken from outside.
const MOST: u64 = 1_000_000;

impl Tx<'_> {
    pub(super) fn fill_table(
        &mut self,
        object: &mut dyn Object,
        kind: &'static dyn KindOps,
        table: usize,
        rows: &[Json],
        fresh: bool,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let Some(part) = kind.meta().tables.get(table) else { return Ok(()) };
        let keys = numbers(rows, part.name, problems);
        if fresh {
            while object.rows(table) > 0 {
                object.remove_row(table, object.rows(table) - 1);
            }
        }
        arrange(object, table, &keys);
        for (row, json) in rows.iter().enumerate() {
            let Json::Object(map) = json else {
                problems.cell(part.name, row, "", text!("load-row-shape"));
                continue;
            };
            for (name, json) in map.iter().filter(|(name, _)| *name != LINE) {
                let Some(at) = part.field(name) else {
                    let text = text!("load-field-unknown", field = name, type = part.name);
                    problems.cell(part.name, row, "", text);
                    continue;
                };
                let Some(field) = part.fields.get(at) else { continue };
                match self.member_value(field, json)? {
                    Ok(value) => {
                        let was = object.cell(table, row, at);
                        let changed = was.as_ref() != Some(&value);
                        if let Some(made) = object.row_mut(table, row) {
                            let _ = made.set(at, value);
                            if changed && !fresh {
                                forget_derived(made, part.fields, field.name, map);
                            }
                        }
                    }
                    Err(text) => problems.cell(part.name, row, field.name, text),
                }
            }
        }
        Ok(())
    }
}

/// The stable numbers the rows name; zero where none is named. A number out of range or named twice is said.
fn numbers(rows: &[Json], part: &'static str, problems: &mut Problems) -> Vec<u32> {
    let mut found = Vec::with_capacity(rows.len());
    let mut used = BTreeSet::new();
    for (row, json) in rows.iter().enumerate() {
        let named = json.get(LINE).map(|named| named.as_u64().filter(|number| (1..=MOST).contains(number)));
        let key = match named {
            None => 0,
            Some(number) => u32::try_from(number.unwrap_or(0)).unwrap_or(0),
        };
        if named.is_some() && (key == 0 || !used.insert(key)) {
            problems.cell(part, row, "", text!("load-row-line", most = MOST));
        }
        found.push(key);
    }
    found
}

/// Brings the rows of a table into the order of the numbers: rows that are there keep what they hold, others are
/// new, and what no number names goes. Without numbers rows stay in place, and only their count changes.
fn arrange(object: &mut dyn Object, table: usize, keys: &[u32]) {
    let named = keys.iter().any(|key| *key != 0);
    for (at, key) in keys.iter().copied().enumerate() {
        let rows = object.rows(table);
        if !named {
            if at >= rows {
                object.insert_row(table, at);
            }
            continue;
        }
        let known = (at..rows).find(|row| key != 0 && object.row(table, *row).map(Row::key) == Some(key));
        match known {
            Some(known) => (at..known).rev().for_each(|row| object.swap_rows(table, row, row + 1)),
            None => {
                object.insert_row(table, at);
                if let Some(made) = object.row_mut(table, at) {
                    made.set_key(key);
                }
            }
        }
    }
    while object.rows(table) > keys.len() {
        object.remove_row(table, object.rows(table) - 1);
    }
}

/// A changed quantity or price makes the line's old amounts wrong: they are counted anew on saving, unless
/// the line names them itself.
fn forget_derived(row: &mut dyn Row, fields: &[FieldMeta], changed: &str, named: &Map<String, Json>) {
    if !matches!(changed, "qty" | "price" | "discount") {
        return;
    }
    for name in ["amount", "vat_amount", "total"] {
        let at = fields.iter().position(|field| field.name == name);
        if let (Some(at), false) = (at, named.contains_key(name))
            && let Some(field) = fields.get(at)
        {
            let _ = row.set(at, field.kind.empty());
        }
    }
}

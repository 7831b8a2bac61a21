//! A table part of any object as the source of a grid.

use super::{GridColumn, GridSource};
use crate::kernel::meta::ObjectMeta;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Object;
use crate::kernel::problems::{Place, Problems};
use crate::kernel::value::{Type, Value};
use std::ops::Range;

/// What follows from a change of a cell: the row and the declared number of the column.
pub type Follow<'a> = dyn FnMut(&mut dyn Object, usize, usize) + 'a;

/// A table part of an object. The columns of the grid are its fields, in the declared order.
pub struct TableOf<'a> {
    /// The object.
    pub object: &'a mut dyn Object,
    /// Which of its table parts.
    pub table: usize,
    /// What is wrong, found by the page; only cells of this table part are looked at.
    pub problems: &'a Problems,
    /// Recalculates after a change.
    pub follow: &'a mut Follow<'a>,
}

impl TableOf<'_> {
    /// The columns of a table part, labelled in the user's language.
    pub fn columns(meta: &'static ObjectMeta, table: usize) -> Vec<GridColumn> {
        let Some(part) = meta.tables.get(table) else { return Vec::new() };
        part.fields.iter().map(|field| GridColumn::of(field, meta.column_label(part, field))).collect()
    }

    fn kind(&self, column: usize) -> Option<Type> {
        let part = self.object.meta().tables.get(self.table)?;
        part.fields.get(column).map(|field| field.kind)
    }

    fn next_key(&self) -> u32 {
        let keys = (0..self.object.rows(self.table)).filter_map(|row| self.object.row(self.table, row));
        keys.map(|row| row.key()).max().unwrap_or(0) + 1
    }
}

impl GridSource for TableOf<'_> {
    fn rows(&self) -> usize {
        self.object.rows(self.table)
    }

    fn value(&self, row: usize, column: usize) -> Value {
        self.object.cell(self.table, row, column).unwrap_or(Value::Bool(false))
    }

    fn set(&mut self, row: usize, column: usize, value: Value) {
        let taken = self.object.row_mut(self.table, row).is_some_and(|cells| cells.set(column, value));
        if taken {
            (self.follow)(self.object, row, column);
        }
    }

    fn insert(&mut self, at: usize) {
        let key = self.next_key();
        self.object.insert_row(self.table, at);
        if let Some(row) = self.object.row_mut(self.table, at) {
            row.set_key(key);
        }
    }

    fn remove(&mut self, rows: Range<usize>) {
        for row in rows.rev() {
            self.object.remove_row(self.table, row);
        }
    }

    /// The copy is the row as it is: nothing is recalculated, or a price typed by hand would be lost.
    fn copy(&mut self, row: usize) {
        self.insert(row + 1);
        let columns = self.object.meta().tables.get(self.table).map_or(0, |part| part.fields.len());
        for column in 0..columns {
            let value = self.object.cell(self.table, row, column);
            if let (Some(value), Some(copy)) = (value, self.object.row_mut(self.table, row + 1)) {
                let _same_type = copy.set(column, value);
            }
        }
    }

    fn swap(&mut self, one: usize, other: usize) {
        self.object.swap_rows(self.table, one, other);
    }

    fn problem(&self, row: usize, column: usize) -> Option<String> {
        let part = self.object.meta().tables.get(self.table)?;
        let name = part.fields.get(column)?.name;
        let here = |place: &Place| *place == Place::Cell { table: part.name, row, field: name };
        self.problems.0.iter().find(|problem| here(&problem.place)).map(|problem| problem.text.show())
    }

    /// Amounts and quantities are summed; a sum of prices or percents says nothing.
    fn total(&self, column: usize) -> Option<String> {
        let minor: i64 = match self.kind(column)? {
            Type::Money | Type::Qty => {
                (0..self.rows()).map(|row| self.value(row, column).minor()).fold(0, i64::saturating_add)
            }
            _ => return None,
        };
        match self.kind(column)? {
            Type::Money => Some(Money::from_minor(minor).grouped()),
            _ => Some(Qty::from_minor(minor).short()),
        }
    }

    fn owner(&self) -> Option<&'static ObjectMeta> {
        Some(self.object.meta())
    }

    fn table(&self) -> &'static str {
        self.object.meta().tables.get(self.table).map_or("", |part| part.name)
    }
}

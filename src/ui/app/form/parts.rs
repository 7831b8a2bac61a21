//! Table parts on a form: the grid over the object's rows, totals where the layout asks for them.

use super::draft::Draft;
use crate::kernel::behaviour::{At, Choices, KindOps};
use crate::kernel::meta::ObjectMeta;
use crate::kernel::problems::{Place, Problems};
use crate::kernel::value::{Type, Value};
use crate::ops::draft::Touch;
use crate::ops::offers::beside;
use crate::ops::order_view::{OrderView, Standing};
use crate::ui::app::layout::TabLayout;
use crate::ui::editors::Limits;
use crate::ui::theme::Role;
use crate::ui::widgets::grid::{GridColumn, GridSource, GridState, TableOf};
use crate::ui::widgets::table::columns::{ColumnLayout, TableLayout};
use std::ops::Range;

/// A table part on a form.
pub struct Part {
    /// Its declared number.
    pub table: usize,
    /// Its columns as declared.
    pub columns: Vec<GridColumn>,
    /// Which of them are summed up.
    pub totals: Vec<bool>,
    /// Where it stands.
    pub state: GridState,
}

impl Part {
    /// As the layout says; `kept` is what the user made of the columns.
    pub fn new(meta: &'static ObjectMeta, table: usize, tab: &TabLayout, kept: Option<TableLayout>) -> Self {
        let mut columns = TableOf::columns(meta, table);
        let mut totals = vec![false; columns.len()];
        for (column, total) in columns.iter_mut().zip(&mut totals) {
            let Some(own) = tab.columns.iter().find(|own| own.field == column.name) else {
                column.column.extra = true;
                continue;
            };
            if let Some(width) = own.width {
                column.column.width = width;
            }
            column.column.stretch = own.stretch.unwrap_or(0.0);
            column.column.extra = own.extra;
            column.read_only = own.read_only;
            *total = own.total;
        }
        let hidden = |name: &str| tab.columns.iter().any(|own| own.field == name && own.extra);
        let arranged = tab.columns.iter().map(|own| ColumnLayout {
            code: own.field.clone(),
            width: 0.0,
            hidden: hidden(&own.field),
        });
        let usual = || TableLayout { columns: arranged.collect(), sort: None };
        Self { table, columns, totals, state: GridState::new(kept.unwrap_or_else(usual)) }
    }

    /// Limits of the reference cells of the current row.
    pub fn limits(&self, kind: &dyn KindOps, draft: &Draft, limits: &mut Limits) {
        let Some(part) = draft.meta().tables.get(self.table) else { return };
        let row = self.state.row;
        for field in part.fields.iter().filter(|field| matches!(field.kind, Type::Ref(_) | Type::AnyRef)) {
            let at = At::Cell { table: part.name, row, field: field.name };
            let place = Place::Cell { table: part.name, row, field: field.name };
            let object = draft.object.as_ref();
            let beside = beside(object, field.kind.target());
            limits.add(place, Choices { beside, ..kind.choices(object, at) });
        }
    }
}

/// The rows of a table part in one frame: what the grid changes is noted for recalculation.
pub struct Rows<'a> {
    /// The table part of the object.
    pub inner: TableOf<'a>,
    /// Which columns are summed up.
    pub totals: &'a [bool],
    /// How the lines of an order stand.
    pub order: Option<&'a OrderView>,
}

impl Rows<'_> {
    fn standing(&self, row: usize) -> Option<Standing> {
        let key = self.inner.object.row(self.inner.table, row)?.key();
        self.order.and_then(|order| order.line(key)).map(|line| line.standing())
    }
    fn name(&self, column: usize) -> &'static str {
        let part = self.inner.object.meta().tables.get(self.inner.table);
        part.and_then(|part| part.fields.get(column)).map_or("", |field| field.name)
    }
}

impl GridSource for Rows<'_> {
    fn rows(&self) -> usize {
        self.inner.rows()
    }
    fn value(&self, row: usize, column: usize) -> Value {
        self.inner.value(row, column)
    }
    fn set(&mut self, row: usize, column: usize, value: Value) {
        self.inner.set(row, column, value);
    }
    fn insert(&mut self, at: usize) {
        self.inner.insert(at);
    }
    fn remove(&mut self, rows: Range<usize>) {
        self.inner.remove(rows);
    }
    fn copy(&mut self, row: usize) {
        self.inner.copy(row);
    }
    fn swap(&mut self, one: usize, other: usize) {
        self.inner.swap(one, other);
    }
    fn problem(&self, row: usize, column: usize) -> Option<String> {
        self.inner.problem(row, column)
    }
    fn role(&self, row: usize, column: usize) -> Role {
        let cancelled = self.inner.object.meta().tables.get(self.inner.table).and_then(|part| part.field("cancelled"));
        let gone = cancelled.is_some_and(|at| self.inner.value(row, at) == Value::Bool(true));
        match (self.standing(row), self.name(column)) {
            _ if gone => Role::Disabled,
            (Some(Standing::Unmatched), "name") => Role::Danger,
            (Some(Standing::Short), "qty") => Role::Danger,
            (Some(Standing::Partly | Standing::Expected), "qty") => Role::Warning,
            (Some(Standing::Reserved), "qty") => Role::Good,
            _ => Role::Text,
        }
    }
    fn hint(&self, row: usize, column: usize) -> Option<String> {
        if !matches!(self.name(column), "qty" | "name") {
            return None;
        }
        let key = self.inner.object.row(self.inner.table, row)?.key();
        self.order?.line(key)?.words().map(|words| words.show())
    }
    fn total(&self, column: usize) -> Option<String> {
        let wanted = self.totals.get(column).copied().unwrap_or(false);
        if wanted { self.inner.total(column) } else { None }
    }
    fn owner(&self) -> Option<&'static ObjectMeta> {
        self.inner.owner()
    }
    fn table(&self) -> &'static str {
        self.inner.table()
    }
}

/// The change of a cell just made, with the row's stable number.
pub fn touch_of(object: &dyn crate::kernel::object::Object, table: usize, row: usize, column: usize) -> Option<Touch> {
    let cells = object.row(table, row)?;
    Some(Touch::Cell { table, key: cells.key(), column, value: cells.get(column) })
}

/// What is wrong with the cells of a table part is forgotten: its rows have moved.
pub fn forget(problems: &mut Problems, table: &str) {
    problems.0.retain(|problem| !matches!(&problem.place, Place::Cell { table: other, .. } if *other == table));
}

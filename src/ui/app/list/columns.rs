//! The columns of a list: those of its layout, then every other field, hidden until asked for.

use super::beside::Beside;
use super::lines::View;
use super::looks;
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::value::Type;
use crate::store::list_order::orders_by;
use crate::store::lists::{Filter, ListQuery};
use crate::ui::app::layout::{self, ListLayout};
use crate::ui::widgets::table::columns::{Column, Sort, TableLayout};
use egui::Align;

/// The field after which stands what is told beside the rows.
const TOLD_AFTER: &str = "article";

/// The columns of one kind's list.
pub struct Columns {
    /// As the list widget declares them.
    pub shown: Vec<Column>,
    /// The field of each; none is told beside the row.
    fields: Vec<Option<usize>>,
    /// Fields summed up under the list.
    totals: Vec<&'static str>,
    /// What the rows are ordered by when the user has not said.
    sort: Sort,
}

/// What narrows a list: conditions and words.
#[derive(Clone, Debug, Default)]
pub struct Narrowing {
    /// Conditions.
    pub filters: Vec<Filter>,
    /// Words to search for.
    pub search: String,
    /// The folder whose content is shown.
    pub folder: Option<i64>,
    /// Without what is marked for deletion.
    pub without_marked: bool,
}

impl Columns {
    /// By the layout of a kind, never with these fields.
    pub fn of(meta: &'static ObjectMeta, layout: &ListLayout, withheld: &[&str]) -> Self {
        let mut shown = Vec::new();
        let mut fields: Vec<Option<usize>> = Vec::new();
        for column in &layout.columns {
            let Some(at) = meta.field(&column.field) else { continue };
            let Some(field) = meta.fields.get(at) else { continue };
            let width = column.width.unwrap_or_else(|| layout::usual_width(field, meta.kind));
            let made = plain(meta, field, width).stretch(column.stretch.unwrap_or(0.0));
            shown.push(if column.extra { made.extra() } else { made });
            fields.push(Some(at));
            if field.name == TOLD_AFTER {
                let told = Beside::columns(meta);
                fields.extend(told.iter().map(|_| None));
                shown.extend(told);
            }
        }
        for (at, field) in meta.fields.iter().enumerate() {
            if !fields.contains(&Some(at)) && !looks::hidden(field) && !withheld.contains(&field.name) {
                shown.push(plain(meta, field, layout::usual_width(field, meta.kind)).extra());
                fields.push(Some(at));
            }
        }
        let summed = layout.columns.iter().filter(|column| column.total);
        let totals = summed.filter_map(|column| Some(meta.fields.get(meta.field(&column.field)?)?.name)).collect();
        let usual = if meta.kind == Kind::Document { "date" } else { "name" };
        let code = layout.sort.clone().unwrap_or_else(|| usual.to_owned());
        Self { shown, fields, totals, sort: Sort { code, descending: meta.kind == Kind::Document } }
    }

    /// Completes an arrangement of the user's: all columns, an order of rows.
    pub fn settle(&self, layout: &mut TableLayout) {
        layout.settle(&self.shown);
        let known = |sort: &Sort| self.shown.iter().any(|column| column.sortable && column.code == sort.code);
        if !layout.sort.as_ref().is_some_and(known) {
            layout.sort = Some(self.sort.clone());
        }
    }

    /// The question to the base for an arrangement and what narrows the list.
    pub fn view(&self, meta: &'static ObjectMeta, layout: &TableLayout, narrowing: Narrowing) -> View {
        let hidden = |column: &Column| layout.columns.iter().any(|kept| kept.code == column.code && kept.hidden);
        let mut columns: Vec<usize> = Vec::new();
        let mut places = Vec::new();
        for (column, field) in self.shown.iter().zip(&self.fields) {
            match field.filter(|_| !hidden(column)) {
                None => places.push(None),
                Some(field) => {
                    places.push(Some(columns.len()));
                    columns.push(field);
                }
            }
        }
        let needed = looks::needs(meta).iter().filter_map(|name| meta.field(name));
        for at in needed.collect::<Vec<_>>() {
            if !columns.contains(&at) {
                columns.push(at);
            }
        }
        let sort = layout.sort.as_ref().unwrap_or(&self.sort);
        let field = meta.field(&sort.code).and_then(|at| meta.fields.get(at));
        let query = ListQuery {
            filters: narrowing.filters,
            search: narrowing.search,
            sort: field.map_or("id", |field| field.name),
            descending: sort.descending,
            with_marked: !narrowing.without_marked,
            folder: narrowing.folder,
            ..ListQuery::usual(meta, columns)
        };
        View { query, places, totals: self.totals.clone() }
    }

    /// The field of a column by its code.
    pub fn field(&self, meta: &'static ObjectMeta, code: &str) -> Option<&'static FieldMeta> {
        let at = self.shown.iter().position(|column| column.code == code)?;
        meta.fields.get((*self.fields.get(at)?)?)
    }
}

fn plain(meta: &'static ObjectMeta, field: &'static FieldMeta, width: f32) -> Column {
    let mut column = Column::new(field.name, meta.field_label(field), width);
    if field.kind.is_number() {
        column.align = Align::Max;
    } else if matches!(field.kind, Type::Bool) {
        column.align = Align::Center;
    }
    // A reason in words is put together for each row shown: there is nothing to order by.
    let ordered = orders_by(field) && field.name != "state_numbers";
    if ordered { column } else { column.unsorted() }
}

//! What the person behind a connection may see: laid over every list, search and report, whoever asks.
//!
//! The store knows no roles. It is told which kinds and registers are closed, to which elements of a catalog
//! records are limited, and which sums are withheld; the conditions follow from the declarations: a record that
//! names a warehouse in whatever field is limited by warehouses. What names none belongs to everybody.

use super::base::Store;
use super::report::{Axis, Origin, Question};
use super::report_sql::{Reading, Table};
use super::schema::{part_name, quoted};
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::value::{Type, Value};
use crate::text;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Records are seen that name one of these elements of a catalog, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The tag of the catalog.
    pub kind: u8,
    /// Only fields of this name; any that refer to the catalog when absent, and then the catalog itself too.
    pub field: Option<&'static str>,
    /// The elements.
    pub ids: Vec<i64>,
}

/// Everything a connection shows less than all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Kinds that are not read, by tag.
    pub closed_kinds: BTreeSet<u8>,
    /// Registers that are not read, by code; `ledger` for the ledger.
    pub closed_registers: BTreeSet<&'static str>,
    /// Limits, all of which hold.
    pub limits: Vec<Limit>,
    /// Sums of registers that are withheld, by the name of the column.
    pub withheld: BTreeSet<&'static str>,
    /// Who can open more, in words for the refusal.
    pub grantors: String,
}

impl Limit {
    fn touches(&self, field: &FieldMeta) -> bool {
        field.kind.target().is_some_and(|target| target.tag == self.kind)
            && self.field.is_none_or(|name| name == field.name)
    }
    /// True when a record that names this element is seen.
    pub fn allows(&self, id: i64) -> bool {
        id == 0 || self.ids.contains(&id)
    }
    fn listed(&self) -> String {
        self.ids.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
    }
    /// Whether the elements of the catalog itself are limited.
    fn is_of(&self, meta: &ObjectMeta) -> bool {
        self.field.is_none() && meta.tag == self.kind
    }
}

impl Scope {
    /// True when everything is seen.
    pub fn is_open(&self) -> bool {
        self.closed_kinds.is_empty()
            && self.closed_registers.is_empty()
            && self.limits.is_empty()
            && self.withheld.is_empty()
    }

    /// Refuses to read a kind that is closed.
    pub fn read_kind(&self, meta: &ObjectMeta) -> Outcome<()> {
        if self.closed_kinds.contains(&meta.tag) { Err(self.refusal(&meta.list_label())) } else { Ok(()) }
    }

    /// Refuses to read an origin of reports that is closed, or a sum that is withheld.
    pub fn read_origin(&self, question: &Question) -> Outcome<()> {
        match question.origin {
            Origin::Documents(meta) => self.read_kind(meta)?,
            Origin::Register(meta) if self.closed_registers.contains(meta.code) => {
                return Err(self.refusal(&meta.label()));
            }
            Origin::Ledger if self.closed_registers.contains("ledger") => {
                return Err(self.refusal(&text!("ledger-title").show()));
            }
            Origin::Register(_) | Origin::Ledger => {}
        }
        match question.measures.iter().find(|measure| self.withheld.contains(measure.column)) {
            Some(_) => Err(Error::refused(text!("right-cost", who = &self.grantors))),
            None => Ok(()),
        }
    }

    fn refusal(&self, what: &str) -> Error {
        Error::refused(text!("right-read", what = what, who = &self.grantors))
    }

    /// The field by which an object is out of sight; `None` when it is seen.
    pub fn hides(&self, object: &dyn Object) -> Option<&'static FieldMeta> {
        let meta = object.meta();
        for limit in &self.limits {
            if limit.is_of(meta) && object.head().id != 0 && !limit.allows(object.head().id) {
                let folder = object.by_name("folder") == Some(Value::Bool(true));
                return if folder { None } else { meta.fields.get(1) };
            }
            for (at, field) in meta.fields.iter().enumerate().filter(|(_, field)| limit.touches(field)) {
                if !limit.allows(object.get(at).any_ref().id()) {
                    return Some(field);
                }
            }
            for (table, part) in meta.tables.iter().enumerate() {
                for (at, field) in part.fields.iter().enumerate().filter(|(_, field)| limit.touches(field)) {
                    let cells = (0..object.rows(table)).filter_map(|row| object.cell(table, row, at));
                    if cells.into_iter().any(|value| !limit.allows(value.any_ref().id())) {
                        return Some(field);
                    }
                }
            }
        }
        None
    }

    /// What every row of a kind's table must fulfil.
    pub(super) fn rows(&self, meta: &ObjectMeta) -> Vec<String> {
        let mut parts = Vec::new();
        for limit in &self.limits {
            if limit.is_of(meta) {
                parts.push(format!("(folder = 1 OR id IN ({}))", limit.listed()));
            }
            for field in meta.fields.iter().filter(|field| limit.touches(field)) {
                parts.push(format!("{} IN (0, {})", quoted(field.name), limit.listed()));
            }
            for table in meta.tables {
                for field in table.fields.iter().filter(|field| limit.touches(field)) {
                    parts.push(format!(
                        "NOT EXISTS (SELECT 1 FROM {} part WHERE part.owner = {}.id AND part.{} NOT IN (0, {}))",
                        quoted(&part_name(meta, table)),
                        quoted(meta.code),
                        quoted(field.name),
                        limit.listed()
                    ));
                }
            }
        }
        parts
    }
}

impl Store {
    /// What is shown less than all.
    pub fn scope(&self) -> Arc<Scope> {
        Arc::clone(&self.scope.borrow())
    }
    /// Limits what lists, searches and reports of this connection show from now on.
    pub fn set_scope(&self, scope: Arc<Scope>) {
        *self.scope.borrow_mut() = scope;
    }

    /// What every row of a table of a report must fulfil. Totals know only what they are kept by; movements
    /// know everything.
    pub(super) fn scope_of(&self, table: &Table, origin: Origin, reading: Reading) -> Vec<String> {
        let scope = self.scope();
        let meta = match origin {
            _ if scope.limits.is_empty() => return Vec::new(),
            Origin::Documents(meta) => return scope.rows(meta),
            Origin::Ledger => return Vec::new(),
            Origin::Register(meta) => meta,
        };
        let notes = if matches!(reading, Reading::Moves { .. }) { meta.note } else { &[] };
        let mut parts = Vec::new();
        for field in meta.key.iter().chain(notes) {
            let column = table.axis(Axis::Column(field.name));
            match field.kind {
                Type::Ref(target) => parts.extend(self.owned(&scope, &column, field, target())),
                Type::AnyRef => parts.extend(self.owned_by_any(&scope, &column)),
                _ => {}
            }
        }
        parts
    }

    /// Conditions on a column that refers to objects of one kind.
    fn owned(&self, scope: &Scope, column: &str, field: &FieldMeta, target: &ObjectMeta) -> Vec<String> {
        let direct = scope.limits.iter().filter(|limit| limit.touches(field));
        let mut parts: Vec<String> = direct.map(|limit| format!("{column} IN (0, {})", limit.listed())).collect();
        let rows = scope.rows(target);
        if parts.is_empty() && !rows.is_empty() {
            let rows = rows.join(" AND ");
            parts.push(format!("({column} = 0 OR {column} IN (SELECT id FROM {} WHERE {rows}))", quoted(target.code)));
        }
        parts
    }

    /// Conditions on a column that refers to objects of any kind.
    fn owned_by_any(&self, scope: &Scope, column: &str) -> Vec<String> {
        let limited = self.schema().kinds().iter().map(|kind| kind.meta());
        let each = limited.map(|meta| (meta, scope.rows(meta))).filter(|(_, rows)| !rows.is_empty());
        let one = |(meta, rows): (&ObjectMeta, Vec<String>)| {
            let (tag, code, rows) = (meta.tag, quoted(meta.code), rows.join(" AND "));
            format!("(({column} & 255) <> {tag} OR ({column} >> 8) IN (SELECT id FROM {code} WHERE {rows}))")
        };
        each.map(one).collect()
    }
}

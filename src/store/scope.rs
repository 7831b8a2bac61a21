//! What the person behind a connection may see: laid over every list, search and report, whoever asks.
//!
//! The store knows no roles. It is told which kinds and registers are closed, to which elements of a catalog
//! records are limited, and which sums are withheld; the conditions follow from the declarations: a record that
//! names a warehouse in whatever field is limited by warehouses. What names none is limited by the documents and
//! the cards it names, and belongs to everybody where those name none either.

use super::base::Store;
use super::report::{Axis, Origin, Question};
use super::report_sql::{Reading, Table};
use super::schema::{Schema, part_name, quoted};
use super::veil::Unseen;
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};
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
    /// Only kinds and registers with these codes; all when empty.
    pub only: &'static [&'static str],
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
    /// Fields of kinds that are withheld, by tag; those of table parts as `table.column`.
    pub veiled: BTreeMap<u8, &'static [&'static str]>,
    /// Records of registers out of sight beside those of the limits.
    pub unseen: Vec<Unseen>,
    /// Why the ledger is not read though it is open: its entries would tell what the rest withholds.
    pub ledger: Option<Text>,
    /// Who can open more, in words for the refusal.
    pub grantors: String,
}

impl Limit {
    /// Whether it concerns a kind or a register, by its code.
    fn is_about(&self, code: &str) -> bool {
        self.only.is_empty() || self.only.contains(&code)
    }
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
            && self.veiled.is_empty()
            && self.unseen.is_empty()
            && self.ledger.is_none()
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
            Origin::Ledger => self.ledger.clone().map_or(Ok(()), |why| Err(Error::refused(why)))?,
            Origin::Register(_) => {}
        }
        self.read_fields(question)?;
        match question.measures.iter().find(|measure| self.withheld.contains(measure.column)) {
            Some(_) => Err(Error::refused(text!("right-cost", who = &self.grantors))),
            None => Ok(()),
        }
    }

    /// True when records of a register are shown that name this element of a catalog.
    pub fn opens(&self, register: &str, element: AnyRef) -> bool {
        let about = |limit: &&Limit| limit.field.is_none() && limit.is_about(register) && limit.kind == element.tag();
        !self.closed_registers.contains(register)
            && self.limits.iter().filter(about).all(|limit| limit.allows(element.id()))
    }

    /// True when entries of the ledger are shown.
    pub fn opens_ledger(&self) -> bool {
        self.ledger.is_none() && !self.closed_registers.contains("ledger")
    }

    fn refusal(&self, what: &str) -> Error {
        Error::refused(text!("right-read", what = what, who = &self.grantors))
    }

    /// The field by which an object is out of sight, one limit at a time, by what it names itself.
    fn hides(limit: &Limit, object: &dyn Object) -> Option<&'static FieldMeta> {
        let meta = object.meta();
        if !limit.is_about(meta.code) {
            return None;
        }
        if limit.is_of(meta) && object.head().id != 0 && !limit.allows(object.head().id) {
            let folder = object.by_name("folder") == Some(Value::Bool(true));
            return if folder { None } else { meta.fields.get(1) };
        }
        let mut fields = meta.fields.iter().enumerate().filter(|(_, field)| limit.touches(field));
        if let Some((_, field)) = fields.find(|(at, _)| !limit.allows(object.get(*at).any_ref().id())) {
            return Some(field);
        }
        for (table, part) in meta.tables.iter().enumerate() {
            for (at, field) in part.fields.iter().enumerate().filter(|(_, field)| limit.touches(field)) {
                let mut cells = (0..object.rows(table)).filter_map(|row| object.cell(table, row, at));
                if cells.any(|value| !limit.allows(value.any_ref().id())) {
                    return Some(field);
                }
            }
        }
        None
    }

    /// What a column of packed references must fulfil to name what is seen, or what is no more.
    pub(super) fn objects(&self, column: &str, schema: &Schema) -> Vec<String> {
        let mut parts = Vec::new();
        if !self.closed_kinds.is_empty() {
            let closed: Vec<String> = self.closed_kinds.iter().map(u8::to_string).collect();
            parts.push(format!("({column} & 255) NOT IN ({})", closed.join(", ")));
        }
        for meta in schema.kinds().iter().map(|kind| kind.meta()).filter(|meta| !self.closed_kinds.contains(&meta.tag))
        {
            let rows = self.rows(meta);
            if !rows.is_empty() {
                let (tag, code, rows) = (meta.tag, quoted(meta.code), rows.join(" AND "));
                parts.push(format!(
                    "(({column} & 255) <> {tag} OR NOT EXISTS \
                     (SELECT 1 FROM {code} WHERE {code}.id = ({column} >> 8) AND NOT ({rows})))"
                ));
            }
        }
        parts
    }

    /// What every row of a kind's table must fulfil.
    pub(super) fn rows(&self, meta: &ObjectMeta) -> Vec<String> {
        self.limits.iter().flat_map(|limit| limit.rows(meta)).collect()
    }
}

impl Limit {
    /// Whether records of a kind name elements of the catalog themselves.
    fn knows(&self, meta: &ObjectMeta) -> bool {
        let mut fields = meta.fields.iter().chain(meta.tables.iter().flat_map(|table| table.fields));
        self.is_of(meta) || fields.any(|field| self.touches(field))
    }

    /// Fields through which a kind that names none of the catalog is limited: by its documents, and where none
    /// is named by the cards of its catalogs.
    fn through(&self, meta: &ObjectMeta) -> [Vec<&'static FieldMeta>; 2] {
        if self.knows(meta) || !self.is_about(meta.code) {
            return [Vec::new(), Vec::new()];
        }
        let known = |field: &&'static FieldMeta| field.kind.target().is_some_and(|target| self.knows(target));
        let document = |field: &&FieldMeta| field.kind.target().is_some_and(|target| target.kind == Kind::Document);
        let (documents, cards) = meta.fields.iter().filter(known).partition(document);
        [documents, cards]
    }

    /// What every row of a kind's table must fulfil.
    fn rows(&self, meta: &ObjectMeta) -> Vec<String> {
        let mut parts = self.own(meta);
        let [documents, cards] = self.through(meta);
        let inside = |field: &FieldMeta| {
            let (column, target) = (quoted(field.name), field.kind.target()?);
            let rows = self.own(target).join(" AND ");
            Some(format!("{column} = 0 OR {column} IN (SELECT id FROM {} WHERE {rows})", quoted(target.code)))
        };
        parts.extend(documents.iter().filter_map(|field| inside(field)).map(|part| format!("({part})")));
        let named: String = documents.iter().map(|field| format!("{} <> 0 OR ", quoted(field.name))).collect();
        parts.extend(cards.iter().filter_map(|field| inside(field)).map(|part| format!("({named}{part})")));
        parts
    }

    /// The same by what the rows name themselves.
    fn own(&self, meta: &ObjectMeta) -> Vec<String> {
        let mut parts = Vec::new();
        if !self.is_about(meta.code) {
            return parts;
        }
        if self.is_of(meta) {
            parts.push(format!("(folder = 1 OR id IN ({}))", self.listed()));
        }
        for field in meta.fields.iter().filter(|field| self.touches(field)) {
            parts.push(format!("{} IN (0, {})", quoted(field.name), self.listed()));
        }
        for table in meta.tables {
            for field in table.fields.iter().filter(|field| self.touches(field)) {
                parts.push(format!(
                    "NOT EXISTS (SELECT 1 FROM {} part WHERE part.owner = {}.id AND part.{} NOT IN (0, {}))",
                    quoted(&part_name(meta, table)),
                    quoted(meta.code),
                    quoted(field.name),
                    self.listed()
                ));
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
    /// The field by which an object is out of sight; `None` when it is seen. What names no element of a limited
    /// catalog itself is looked at through what it names.
    pub fn hidden_by(&self, object: &dyn Object) -> Outcome<Option<&'static FieldMeta>> {
        let scope = self.scope();
        for limit in &scope.limits {
            let found = Scope::hides(limit, object);
            if found.is_some() {
                return Ok(found);
            }
            for fields in limit.through(object.meta()) {
                let mut named = false;
                for field in fields {
                    let reference = object.by_name(field.name).map(|value| value.any_ref()).unwrap_or_default();
                    let Some(target) = self.load(reference)? else { continue };
                    named = true;
                    if Scope::hides(limit, target.as_ref()).is_some() {
                        return Ok(Some(field));
                    }
                }
                if named {
                    break;
                }
            }
        }
        Ok(None)
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
            _ if scope.limits.is_empty() && scope.unseen.is_empty() => return Vec::new(),
            Origin::Documents(meta) => return scope.rows(meta),
            Origin::Ledger => return Vec::new(),
            Origin::Register(meta) => meta,
        };
        let notes = if matches!(reading, Reading::Moves { .. }) { meta.note } else { &[] };
        let mut parts = Vec::new();
        for field in meta.key.iter().chain(notes) {
            let column = table.axis(Axis::Column(field.name));
            match field.kind {
                Type::Ref(target) => parts.extend(self.owned(&scope, &column, (meta.code, field), target())),
                Type::AnyRef => parts.extend(self.owned_by_any(&scope, &column)),
                _ => {}
            }
            let unseen = scope.unseen.iter().filter(|one| (one.register, one.column) == (meta.code, field.name));
            parts.extend(unseen.map(|one| one.condition(&column)));
        }
        parts
    }

    /// Conditions on a column that refers to objects of one kind.
    fn owned(
        &self,
        scope: &Scope,
        column: &str,
        (register, field): (&str, &FieldMeta),
        target: &ObjectMeta,
    ) -> Vec<String> {
        let direct = scope.limits.iter().filter(|limit| limit.is_about(register) && limit.touches(field));
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

//! Objects in their tables: reading, inserting, updating with a version, finding.

use super::base::Store;
use super::behind::sizes;
use super::engine::{Cell, Owned, RowView, int};
use super::schema::{HEAD, quoted};
use super::statements::ObjectSql;
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::moment::Moment;
use crate::kernel::object::{Head, Object, Uid};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Type, Value};
use crate::text;
use std::collections::BTreeMap;

impl Store {
    fn object_sql(&self, meta: &ObjectMeta) -> Outcome<&ObjectSql> {
        // Every object comes from the registry the schema was made of.
        let missing = || Error::Failed(text!("store-other"), meta.code.to_owned());
        self.schema().object(meta).ok_or_else(missing)
    }

    /// Reads an object; `None` when there is none.
    pub fn load(&self, reference: AnyRef) -> Outcome<Option<Box<dyn Object>>> {
        Ok(self.load_kind(reference.tag(), &[reference.id()])?.pop())
    }

    /// Reads objects of one kind: a question for all of them and one for each table part. They come in no
    /// particular order; those that are not there are left out.
    pub fn load_kind(&self, tag: u8, ids: &[i64]) -> Outcome<Vec<Box<dyn Object>>> {
        let Some(kind) = self.schema().kind(tag) else { return Ok(Vec::new()) };
        let mut found = Vec::with_capacity(ids.len());
        let mut rest = ids;
        for size in sizes(ids.len()) {
            let (part, after) = rest.split_at(size);
            rest = after;
            self.load_some(kind.meta(), part, &mut found)?;
        }
        Ok(found)
    }

    fn load_some(&self, meta: &'static ObjectMeta, ids: &[i64], all: &mut Vec<Box<dyn Object>>) -> Outcome<()> {
        let sql = self.object_sql(meta)?;
        let places: Vec<String> = (1..=ids.len()).map(|at| format!("?{at}")).collect();
        let (these, cells) = (places.join(", "), ids.iter().map(|id| Cell::Int(*id)).collect::<Vec<_>>());
        let mut found: BTreeMap<i64, Box<dyn Object>> = BTreeMap::new();
        self.engine().query(&format!("{} ({these})", sql.select), &cells, &mut |row| {
            let mut object = (meta.new)();
            *object.head_mut() = read_head(row);
            for (at, field) in meta.fields.iter().enumerate() {
                let value = read_value(row, HEAD.len() + at, field.kind);
                let _ = object.set(at, value);
            }
            found.insert(object.head().id, object);
            Ok(())
        })?;
        if found.is_empty() {
            return Ok(());
        }
        for (at, (table, sql)) in meta.tables.iter().zip(&sql.tables).enumerate() {
            let text = format!("{} ({these}) ORDER BY owner, line", sql.select);
            self.engine().query(&text, &cells, &mut |row| {
                let Some(object) = found.get_mut(&row.int(0)) else { return Ok(()) };
                let line = object.rows(at);
                object.insert_row(at, line);
                if let Some(made) = object.row_mut(at, line) {
                    made.set_key(u32::try_from(row.int(1)).unwrap_or(0));
                    for (column, field) in table.fields.iter().enumerate() {
                        let _ = made.set(column, read_value(row, column + 2, field.kind));
                    }
                }
                Ok(())
            })?;
        }
        all.extend(found.into_values());
        Ok(())
    }

    /// Writes a new object and gives it its id; one that was taken out of the tables keeps its own.
    pub fn insert(&self, object: &mut dyn Object, search: &str) -> Outcome<()> {
        let meta = object.meta();
        let sql = self.object_sql(meta)?;
        give_keys(object);
        // What comes back keeps the id that others and its history know.
        let id = if object.head().id == 0 { self.next_id()? } else { object.head().id };
        object.head_mut().id = id;
        let head = object.head().clone();
        let mut row = vec![Owned::Int(id)];
        row.extend(head_cells(&head, search).into_iter().map(Owned::from));
        row.extend(stored_fields(object).into_iter().map(Owned::from));
        self.behind().put(&sql.insert, row)?;
        for table in 0..meta.tables.len() {
            self.insert_rows(object, table, sql)?;
        }
        self.written(object.any_ref());
        Ok(())
    }

    /// Writes an object over the version it was read at; `rewritten` says which table parts differ.
    /// Refuses when someone else has saved it since.
    pub fn update(&self, object: &mut dyn Object, was: i64, search: &str, rewritten: &[bool]) -> Outcome<()> {
        let meta = object.meta();
        let sql = self.object_sql(meta)?;
        give_keys(object);
        let head = object.head().clone();
        let fields = stored_fields(object);
        let mut cells = vec![Cell::Int(head.id), Cell::Int(was)];
        cells.extend(head_cells(&head, search));
        cells.extend(fields.iter().map(Cell::from));
        if self.engine().execute(&sql.update, &cells)? == 0 {
            return Err(Error::refused(text!("object-changed-elsewhere")));
        }
        for (table, part) in sql.tables.iter().enumerate() {
            if rewritten.get(table).copied().unwrap_or(true) {
                self.engine().execute(&part.delete, &[head.id.into()])?;
                self.insert_rows(object, table, sql)?;
            }
        }
        self.written(object.any_ref());
        Ok(())
    }

    /// A number never given before in this base, for a new object of any kind.
    fn next_id(&self) -> Outcome<i64> {
        Ok(int(self.engine(), self.dialect().next_id(), &[])?.unwrap_or(1))
    }

    fn insert_rows(&self, object: &dyn Object, table: usize, sql: &ObjectSql) -> Outcome<()> {
        let (Some(part), Some(columns)) = (sql.tables.get(table), object.meta().tables.get(table)) else {
            return Ok(());
        };
        let owner = object.head().id;
        for line in 0..object.rows(table) {
            let Some(row) = object.row(table, line) else { continue };
            let number = i64::try_from(line).unwrap_or(0) + 1;
            let mut cells = vec![Owned::Int(owner), Owned::Int(number), Owned::Int(i64::from(row.key()))];
            cells.extend(
                columns.fields.iter().enumerate().map(|(at, field)| Owned::from(row.get(at).stored(field.kind))),
            );
            self.behind().put(&part.insert, cells)?;
        }
        Ok(())
    }

    /// Writes computed fields beside an object, without a new version.
    pub fn set_computed(&self, reference: AnyRef, fields: &[(&'static str, Value)]) -> Outcome<()> {
        self.set_beside(reference, fields, None)
    }

    /// Writes fields of an object, and the words it is found by, without a new version. An object still on its
    /// way into its table is mended there.
    pub fn set_beside(&self, reference: AnyRef, fields: &[(&'static str, Value)], search: Option<&str>) -> Outcome<()> {
        let Some(kind) = self.schema().kind(reference.tag()) else { return Ok(()) };
        let meta = kind.meta();
        let place = |name: &str| meta.field(name).map(|at| (HEAD.len() + at, meta.fields.get(at)));
        let mut columns: Vec<(&str, usize, Owned)> = Vec::new();
        for (name, value) in fields {
            let Some((at, Some(field))) = place(name) else { continue };
            columns.push((*name, at, Owned::from(value.stored(field.kind))));
        }
        if let Some(words) = search {
            columns.push(("search", HEAD.len() - 1, Owned::Text(words.to_owned())));
        }
        let mended: Vec<(usize, Owned)> = columns.iter().map(|(_, at, value)| (*at, value.clone())).collect();
        if !self.behind().mend(meta.code, reference.id(), &mended) {
            let sets: Vec<String> =
                columns.iter().zip(2..).map(|((name, ..), at)| format!("{} = ?{at}", quoted(name))).collect();
            let mut cells = vec![Cell::Int(reference.id())];
            cells.extend(columns.iter().map(|(.., value)| value.cell()));
            let sql = format!("UPDATE {} SET {} WHERE id = ?1", quoted(meta.code), sets.join(", "));
            self.engine().execute(&sql, &cells)?;
        }
        self.written(reference);
        Ok(())
    }

    /// References of the unmarked objects whose field holds a stored value, ordered by id.
    pub fn find_by(&self, meta: &ObjectMeta, field: &str, value: &Stored) -> Outcome<Vec<AnyRef>> {
        debug_assert!(self.schema().finds(meta, field), "{}.{field} is searched without an index", meta.code);
        let (table, column, filled) = (quoted(meta.code), quoted(field), filled(field, value));
        // The index of names is in the order of the language, and the bytes decide.
        let named = match (meta.kind, field) {
            (Kind::Catalog, "name") => format!(" AND {column} = ?1 {}", self.dialect().collation()),
            _ => String::new(),
        };
        let sql = format!("SELECT id FROM {table} WHERE {column} = ?1{filled}{named} AND marked = 0 ORDER BY id");
        let ids = super::engine::ints(self.engine(), &sql, &[value.into()])?;
        Ok(ids.into_iter().map(|id| AnyRef::new(meta.tag, id)).collect())
    }

    /// The element of a catalog with a code, marked or not; empty when there is none.
    pub fn with_code(&self, meta: &ObjectMeta, code: &str) -> Outcome<AnyRef> {
        let sql = format!("SELECT id FROM {} WHERE code = ?1 ORDER BY marked, id LIMIT 1", quoted(meta.code));
        Ok(AnyRef::new(meta.tag, int(self.engine(), &sql, &[code.into()])?.unwrap_or(0)))
    }

    /// Another document of a kind with this number within a year; empty when there is none.
    pub fn with_number(&self, meta: &ObjectMeta, number: &str, year: i64, own: i64) -> Outcome<AnyRef> {
        let sql = format!(
            "SELECT id FROM {} WHERE number = ?1 AND date >= ?2 AND date < ?3 AND id <> ?4 ORDER BY id LIMIT 1",
            quoted(meta.code)
        );
        let start = |year: i64| Cell::Int(year * 10_000_000_000);
        let cells = [number.into(), start(year), start(year + 1), own.into()];
        Ok(AnyRef::new(meta.tag, int(self.engine(), &sql, &cells)?.unwrap_or(0)))
    }

    /// One integer field of an object, without reading the rest of it.
    pub fn cell_of(&self, reference: AnyRef, field: &str) -> Outcome<Option<i64>> {
        let Some(kind) = self.schema().kind(reference.tag()) else { return Ok(None) };
        let sql = format!("SELECT {} FROM {} WHERE id = ?1", quoted(field), quoted(kind.meta().code));
        int(self.engine(), &sql, &[reference.id().into()])
    }

    /// References of the posted documents whose field holds a value, at or after a moment.
    pub fn posted_since(&self, meta: &ObjectMeta, field: &str, value: i64, from: Moment) -> Outcome<Vec<AnyRef>> {
        self.posted_within(meta, (field, value), (from, Moment::FOREVER), usize::MAX)
    }

    /// The same within two moments, and no more of them than `most`: the list may be cut.
    pub fn posted_within(
        &self,
        meta: &ObjectMeta,
        (field, value): (&str, i64),
        (from, until): (Moment, Moment),
        most: usize,
    ) -> Outcome<Vec<AnyRef>> {
        let value = Stored::Int(value);
        let cut = if most == usize::MAX { String::new() } else { format!(" LIMIT {most}") };
        let sql = format!(
            "SELECT id FROM {} WHERE {} = ?1{} AND date >= ?2 AND date <= ?3 AND posted = 1 ORDER BY date, id{cut}",
            quoted(meta.code),
            quoted(field),
            filled(field, &value),
        );
        let cells = [(&value).into(), from.stored().into(), until.stored().into()];
        let ids = super::engine::ints(self.engine(), &sql, &cells)?;
        Ok(ids.into_iter().map(|id| AnyRef::new(meta.tag, id)).collect())
    }

    /// Owners of the rows of a table part whose column holds a stored value.
    pub fn find_by_row(&self, meta: &ObjectMeta, table: &str, field: &str, value: &Stored) -> Outcome<Vec<AnyRef>> {
        let sql = format!(
            "SELECT DISTINCT owner FROM {} WHERE {1} = ?1 AND {1} <> {2} ORDER BY owner",
            quoted(&format!("{}_{table}", meta.code)),
            quoted(field),
            if matches!(value, Stored::Text(_)) { "''" } else { "0" },
        );
        let ids = super::engine::ints(self.engine(), &sql, &[value.into()])?;
        Ok(ids.into_iter().map(|id| AnyRef::new(meta.tag, id)).collect())
    }

    /// The object with a stable identifier.
    pub fn find_uid(&self, meta: &ObjectMeta, uid: Uid) -> Outcome<AnyRef> {
        let sql =
            format!("SELECT id FROM {} WHERE substr(uid, 1, 6) = substr(?1, 1, 6) AND uid = ?1", quoted(meta.code));
        let id = int(self.engine(), &sql, &[Cell::Blob(&uid.0)])?;
        Ok(AnyRef::new(meta.tag, id.unwrap_or(0)))
    }

    /// The number and the moment of a document, without reading the rest of it.
    pub fn number_and_date(&self, reference: AnyRef) -> Outcome<Option<(String, Moment)>> {
        let Some(kind) = self.schema().kind(reference.tag()) else { return Ok(None) };
        let sql = format!("SELECT number, date FROM {} WHERE id = ?1", quoted(kind.meta().code));
        let mut found = None;
        self.engine().query(&sql, &[reference.id().into()], &mut |row| {
            found = Some((row.text(0).to_owned(), Moment::from_stored(row.int(1))));
            Ok(())
        })?;
        Ok(found)
    }

    /// Ids of a kind above `after`, at most `limit`, in order.
    pub fn ids_after(&self, meta: &ObjectMeta, after: i64, limit: usize) -> Outcome<Vec<i64>> {
        let sql = format!("SELECT id FROM {} WHERE id > ?1 ORDER BY id LIMIT {limit}", quoted(meta.code));
        super::engine::ints(self.engine(), &sql, &[after.into()])
    }

    /// How many objects of a kind there are.
    pub fn count(&self, meta: &ObjectMeta) -> Outcome<i64> {
        let sql = format!("SELECT count(*) FROM {}", quoted(meta.code));
        Ok(int(self.engine(), &sql, &[])?.unwrap_or(0))
    }

    /// Forgets what was remembered of an object just written; that a catalog was changed is told to all who
    /// remember it when the transaction ends.
    pub fn written(&self, reference: AnyRef) {
        let catalog = self.schema().kind(reference.tag()).is_some_and(|kind| kind.meta().kind == Kind::Catalog);
        self.memory.borrow_mut().written(reference, catalog);
    }
}

/// The condition of a partial index in words the engine recognises, for a value that is not empty.
pub(super) fn filled(field: &str, value: &Stored) -> String {
    match value {
        Stored::Int(0) => String::new(),
        Stored::Text(text) if text.is_empty() => String::new(),
        other => format!(" AND {}", differs(field, matches!(other, Stored::Text(_)))),
    }
}

/// The condition that a field is filled, as the indexes of filled values have it.
pub(super) fn is_filled(field: &FieldMeta) -> String {
    differs(field.name, field.kind.is_text())
}

/// Other than the empty value of its storage.
fn differs(field: &str, text: bool) -> String {
    format!("{} <> {}", quoted(field), if text { "''" } else { "0" })
}

fn read_head(row: &dyn RowView) -> Head {
    let mut uid = Uid::default();
    if let Ok(bytes) = <[u8; 16]>::try_from(row.blob(1)) {
        uid = Uid(bytes);
    }
    Head { id: row.int(0), uid, version: row.int(2), marked: row.int(3) != 0, posted: row.int(4) != 0 }
}

fn read_value(row: &dyn RowView, at: usize, kind: Type) -> Value {
    let cell = if kind.is_text() { Stored::Text(row.text(at).to_owned()) } else { Stored::Int(row.int(at)) };
    Value::from_stored(kind, cell)
}

fn head_cells<'a>(head: &'a Head, search: &'a str) -> Vec<Cell<'a>> {
    vec![
        Cell::Blob(&head.uid.0),
        Cell::Int(head.version),
        Cell::Int(i64::from(head.marked)),
        Cell::Int(i64::from(head.posted)),
        Cell::Text(search),
    ]
}

fn stored_fields(object: &dyn Object) -> Vec<Stored> {
    object.meta().fields.iter().enumerate().map(|(at, field)| object.get(at).stored(field.kind)).collect()
}

/// Rows without a stable number get the next free one; numbers of removed rows are not given again while
/// higher ones are in use.
fn give_keys(object: &mut dyn Object) {
    for table in 0..object.meta().tables.len() {
        let rows = object.rows(table);
        let used = (0..rows).filter_map(|row| object.row(table, row).map(super::super::kernel::object::Row::key)).max();
        let mut next = used.unwrap_or(0);
        for row in 0..rows {
            if let Some(row) = object.row_mut(table, row).filter(|row| row.key() == 0) {
                next += 1;
                row.set_key(next);
            }
        }
    }
}

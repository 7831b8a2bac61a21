//! Operations: a row for each, written in its transaction, and the changes of objects that belong to it.
//!
//! The changes are gathered while an operation runs and written together with its row at the end, so that an
//! operation costs one statement more than its history. An operation that changed nothing leaves no row.

use super::base::Store;
use super::engine::{Cell, Owned, RowView, int};
use super::history::Deed;
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;

/// Objects changed beside the history that are named one by one; beyond it anything may have changed.
const TOUCHED_MAX: usize = 2_000;

/// An operation as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Operation {
    /// Its number; zero until written. Numbers grow.
    pub id: i64,
    /// The session it was done in.
    pub session: i64,
    /// The user's id; zero where the base knows no users.
    pub account: i64,
    /// When.
    pub at: Moment,
    /// What, by number (`ops::gate::Op`).
    pub op: i64,
    /// The operation it takes back; zero for most.
    pub undoes: i64,
    /// What it is known by beside its number; empty where it needs nothing. Operations of one batch have keys
    /// that begin alike: the identifier of the batch, a slash, the place in it.
    pub key: String,
}

impl Operation {
    /// The batch it is a part of.
    pub fn batch(&self) -> Option<&str> {
        self.key.split_once('/').map(|(batch, _)| batch)
    }
}

/// A change of an object that waits to be written with its operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What was done.
    pub deed: Deed,
    /// To which object.
    pub object: AnyRef,
    /// The version it led to.
    pub version: i64,
    /// The reverse difference (see [`super::history`]).
    pub change: Vec<u8>,
}

/// One object's change in an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The object.
    pub object: AnyRef,
    /// The version it led to.
    pub version: i64,
    /// What was done, by number.
    pub deed: i64,
}

const COLUMNS: &str = "id, session, account, at, op, undoes, key";

fn read(row: &dyn RowView) -> Operation {
    Operation {
        id: row.int(0),
        session: row.int(1),
        account: row.int(2),
        at: Moment::from_stored(row.int(3)),
        op: row.int(4),
        undoes: row.int(5),
        key: row.text(6).to_owned(),
    }
}

impl Store {
    /// Writes the row of an operation with a key of the caller's own; `None` when an operation of this key is
    /// there already. On a server it waits for another one of the same key that is still under way.
    pub fn claim_operation(&self, operation: &Operation) -> Outcome<Option<i64>> {
        let sql = "INSERT INTO operations (session, account, at, op, undoes, key, touched) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key) WHERE key <> '' DO NOTHING RETURNING id";
        int(self.engine(), sql, &operation_cells(operation, &[]))
    }

    /// The operation of a key.
    pub fn operation_of_key(&self, key: &str) -> Outcome<Option<i64>> {
        int(self.engine(), "SELECT id FROM operations WHERE key = ?1 AND key <> ''", &[key.into()])
    }

    /// Writes what an operation has changed, and its row unless that was claimed. `touched` are objects that
    /// changed without a version of their own. Gives the number; zero when there is nothing to write.
    pub fn keep_operation(&self, operation: &Operation, notes: &[Note], touched: &[AnyRef]) -> Outcome<i64> {
        let bytes = packed(touched);
        let id = if operation.id != 0 {
            if !touched.is_empty() {
                let sql = "UPDATE operations SET touched = ?2 WHERE id = ?1";
                self.engine().execute(sql, &[operation.id.into(), Cell::Blob(&bytes)])?;
            }
            operation.id
        } else if notes.is_empty() && touched.is_empty() {
            return Ok(0);
        } else {
            let sql = "INSERT INTO operations (session, account, at, op, undoes, key, touched) \
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id";
            int(self.engine(), sql, &operation_cells(operation, &bytes))?.unwrap_or(0)
        };
        self.keep_notes(&Operation { id, ..operation.clone() }, notes)?;
        self.engine().tell(id);
        Ok(id)
    }

    fn keep_notes(&self, operation: &Operation, notes: &[Note]) -> Outcome<()> {
        let into = &self.schema().service().history;
        notes.iter().try_for_each(|note| {
            let row = vec![
                Owned::Int(note.object.packed()),
                Owned::Int(note.version),
                Owned::Int(operation.id),
                Owned::Int(note.deed.number()),
                Owned::Bytes(note.change.clone()),
            ];
            self.behind().put(into, row)
        })
    }

    /// An operation by its number.
    pub fn operation(&self, id: i64) -> Outcome<Option<Operation>> {
        let sql = format!("SELECT {COLUMNS} FROM operations WHERE id = ?1");
        Ok(self.operations(&sql, &[id.into()])?.pop())
    }

    /// The operations of a batch, the newest first.
    pub fn operations_of(&self, batch: &str) -> Outcome<Vec<Operation>> {
        // The sign after the slash ends the keys that begin so.
        let (from, until) = (format!("{batch}/"), format!("{batch}0"));
        let sql =
            format!("SELECT {COLUMNS} FROM operations WHERE key > ?1 AND key < ?2 AND key <> '' ORDER BY id DESC");
        self.operations(&sql, &[from.as_str().into(), until.as_str().into()])
    }

    /// The newest operations, whoever did them, at most `limit`.
    pub fn newest_operations(&self, limit: usize) -> Outcome<Vec<Operation>> {
        self.operations(&format!("SELECT {COLUMNS} FROM operations ORDER BY id DESC LIMIT {limit}"), &[])
    }

    /// The first operation at or after a moment. Numbers grow with time, so that it is found by halving and
    /// needs no index of its own; where the clock was set back, the border is one of that hour.
    pub fn first_operation_since(&self, at: Moment) -> Outcome<i64> {
        let next = "SELECT id, at FROM operations WHERE id >= ?1 ORDER BY id LIMIT 1";
        let first = int(self.engine(), "SELECT id FROM operations ORDER BY id LIMIT 1", &[])?.unwrap_or(1);
        let (mut low, mut high) = (first, self.last_operation()? + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            let found = super::engine::rows(self.engine(), next, &[middle.into()], 2)?;
            match found.first().map(Vec::as_slice) {
                Some([id, when]) if *when < at.stored() => low = id + 1,
                _ => high = middle,
            }
        }
        Ok(low)
    }

    /// The operations after a number, the oldest first, at most `limit`.
    pub fn operations_after(&self, id: i64, limit: usize) -> Outcome<Vec<Operation>> {
        let sql = format!("SELECT {COLUMNS} FROM operations WHERE id > ?1 ORDER BY id LIMIT {limit}");
        self.operations(&sql, &[id.into()])
    }

    /// The number of the newest operation; zero where there is none.
    pub fn last_operation(&self) -> Outcome<i64> {
        Ok(int(self.engine(), "SELECT id FROM operations ORDER BY id DESC LIMIT 1", &[])?.unwrap_or(0))
    }

    fn operations(&self, sql: &str, cells: &[Cell<'_>]) -> Outcome<Vec<Operation>> {
        let mut found = Vec::new();
        self.engine().query(sql, cells, &mut |row| {
            found.push(read(row));
            Ok(())
        })?;
        Ok(found)
    }

    /// What an operation did to objects, in the order of objects and their versions.
    pub fn steps_of(&self, operation: i64) -> Outcome<Vec<Step>> {
        let any = self.schema().of_any_kind("object");
        let sql = format!(
            "SELECT object, version, deed FROM history WHERE {any} AND operation = ?1 ORDER BY object, version"
        );
        let mut found = Vec::new();
        self.engine().query(&sql, &[operation.into()], &mut |row| {
            found.push(Step { object: AnyRef::from_packed(row.int(0)), version: row.int(1), deed: row.int(2) });
            Ok(())
        })?;
        Ok(found)
    }

    /// Objects with a version made by any operation after this one, at most `limit`.
    pub fn objects_since(&self, operation: i64, limit: usize) -> Outcome<Vec<AnyRef>> {
        let any = self.schema().of_any_kind("object");
        let sql = format!("SELECT DISTINCT object FROM history WHERE {any} AND operation > ?1 LIMIT {limit}");
        let found = super::engine::ints(self.engine(), &sql, &[operation.into()])?;
        Ok(found.into_iter().map(AnyRef::from_packed).collect())
    }

    /// The objects an operation changed, with those that got no version of their own; empty when there were
    /// too many to be named.
    pub fn touched_by(&self, operation: i64) -> Outcome<Vec<AnyRef>> {
        let mut found = Vec::new();
        let sql = "SELECT touched FROM operations WHERE id = ?1";
        let mut all = true;
        self.engine().query(sql, &[operation.into()], &mut |row| {
            for bytes in row.blob(0).as_chunks::<8>().0 {
                let reference = AnyRef::from_packed(i64::from_le_bytes(*bytes));
                all &= !reference.is_empty();
                found.push(reference);
            }
            Ok(())
        })?;
        let any = self.schema().of_any_kind("object");
        let limit = TOUCHED_MAX + 1;
        let sql = format!("SELECT DISTINCT object FROM history WHERE {any} AND operation = ?1 LIMIT {limit}");
        let noted = super::engine::ints(self.engine(), &sql, &[operation.into()])?;
        if !all || noted.len() > TOUCHED_MAX {
            return Ok(Vec::new());
        }
        found.extend(noted.into_iter().map(AnyRef::from_packed));
        Ok(found)
    }
}

fn operation_cells<'a>(operation: &'a Operation, touched: &'a [u8]) -> [Cell<'a>; 7] {
    [
        operation.session.into(),
        operation.account.into(),
        operation.at.stored().into(),
        operation.op.into(),
        operation.undoes.into(),
        operation.key.as_str().into(),
        Cell::Blob(touched),
    ]
}

/// References after each other; one empty reference where there are too many.
fn packed(touched: &[AnyRef]) -> Vec<u8> {
    if touched.len() > TOUCHED_MAX {
        return vec![0; 8];
    }
    touched.iter().flat_map(|reference| reference.packed().to_le_bytes()).collect()
}

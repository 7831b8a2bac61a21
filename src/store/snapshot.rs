//! A copy of a base as it is at one moment, while people go on working: of a file by SQLite's own means, of a
//! server table by table into a file. A base of an earlier release is copied as it is, with its own layout.

use super::base::{Store, make_folder, remove};
use super::dialect::Dialect;
use super::engine::{Engine, int};
use super::layout::Found;
use super::schema::{Schema, list, quoted};
use super::shape::{Holds, Shape};
use super::sqlite::{APPLICATION_ID, Mode, Sqlite};
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

impl Store {
    /// Writes everything the base holds now into a new file of SQLite. `progress` gets done and total, in pages or
    /// tables, and returns false to stop; what is written by then is taken away. `files` is the declared layout of
    /// a base in a file.
    pub fn write_copy(
        &self,
        path: &Path,
        files: &Arc<Schema>,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Outcome<()> {
        Self::refuse_existing(path)?;
        make_folder(path)?;
        let done = match self.dialect() {
            Dialect::Sqlite => self.engine().copy_to(path, progress),
            Dialect::Postgres => self.copy_tables(path, files, progress),
        };
        done.inspect_err(|_| remove(path))
    }

    /// Bytes a copy will take, about.
    pub fn size(&self) -> Outcome<u64> {
        let sql = match self.dialect() {
            Dialect::Sqlite => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
            Dialect::Postgres => "SELECT pg_database_size(current_database())",
        };
        Ok(u64::try_from(int(self.engine(), sql, &[])?.unwrap_or(0)).unwrap_or(0))
    }

    /// Brings everything into the one file, so that it can be given another name. Nobody else has it open.
    pub fn close_whole(&self) -> Outcome<()> {
        self.engine().batch("PRAGMA journal_mode = DELETE")
    }

    /// Brings a base that is to be replaced into one file, when nobody works on it; false when somebody does. A
    /// file that cannot be read as a base has nothing to be brought together.
    pub fn close_alone(path: &Path) -> Outcome<bool> {
        // Connections of this program that are just being closed are waited for.
        for _ in 0..20 {
            match close_at_once(path) {
                Ok(Some(1)) => return Ok(true),
                Err(Error::Failed(text, _)) if text.key() != "store-busy" => return Ok(true),
                Ok(_) | Err(_) => std::thread::sleep(Duration::from_millis(100)),
            }
        }
        Ok(false)
    }

    fn copy_tables(&self, path: &Path, files: &Arc<Schema>, progress: &mut dyn FnMut(u64, u64) -> bool) -> Outcome<()> {
        let engine = self.engine();
        // One snapshot for all tables: nobody waits for it, and nothing written meanwhile is seen in it.
        engine.batch("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")?;
        let copied = self.copy_snapshot(path, files, progress);
        let ended = engine.batch("COMMIT");
        copied.and(ended)
    }

    fn copy_snapshot(
        &self,
        path: &Path,
        files: &Arc<Schema>,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Outcome<()> {
        let backend = || int(self.engine(), "SELECT pg_backend_pid()", &[]);
        let begun = backend()?;
        let shapes = Found::read(self.engine(), self.dialect())?.shapes();
        let target = Self::over(Box::new(Sqlite::open(path, Mode::Create)?), files, None);
        // A file that is not whole is of no use: nothing waits for the disk before the end.
        target.engine().batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
        let version = self.layout_version()?;
        target.reshape(|target| {
            target.engine().batch(&tables(&shapes))?;
            target.engine().batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))?;
            target.engine().batch(&format!("PRAGMA user_version = {version}"))?;
            let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
            target.take_rows(self, &shapes, &mut |done, all| progress(count(done), count(all)))?;
            target.count_on(self, &shapes)
        })?;
        target.engine().batch("PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL")?;
        // A connection that broke was made anew, outside of the snapshot.
        if backend()? == begun { Ok(()) } else { Err(Error::Failed(text!("store-offline"), String::new())) }
    }

    /// Numbers go on where they stopped, and words are found.
    fn count_on(&self, source: &Self, shapes: &[Shape]) -> Outcome<()> {
        let last = int(source.engine(), source.dialect().last_id(), &[])?.unwrap_or(0);
        self.engine().execute("UPDATE last_id SET last = ?1", &[last.into()])?;
        let kinds = self.schema().kinds().iter().map(|kind| kind.meta());
        for meta in kinds.filter(|meta| shapes.iter().any(|shape| shape.table == meta.code)) {
            let table = quoted(meta.code);
            let sql =
                format!("INSERT INTO search (rowid, words) SELECT id * 256 + ?1, search FROM {table} ORDER BY id");
            self.engine().execute(&sql, &[i64::from(meta.tag).into()])?;
        }
        Ok(())
    }
}

/// 1 when everything is in the one file now.
fn close_at_once(path: &Path) -> Outcome<Option<i64>> {
    let engine = Sqlite::open(path, Mode::Write)?;
    engine.batch("PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE")?;
    int(&engine, "SELECT CASE journal_mode WHEN 'delete' THEN 1 ELSE 0 END FROM pragma_journal_mode()", &[])
}

/// The statements that make tables of these shapes in a file; what else a base needs, an upgrade adds.
fn tables(shapes: &[Shape]) -> String {
    let own = Dialect::Sqlite;
    let mut sql = own.own_tables().to_owned();
    for shape in shapes {
        let column = |(name, holds): &(String, Holds)| {
            let kind = match holds {
                Holds::Int => "INTEGER NOT NULL DEFAULT 0",
                Holds::Text => "TEXT NOT NULL DEFAULT ''",
                Holds::Bytes => "BLOB NOT NULL DEFAULT x''",
            };
            format!("{} {kind}", quoted(name))
        };
        let id = shape.key == 1 && shape.columns.first().is_some_and(|(name, _)| name == "id");
        let columns: Vec<String> = shape.columns.iter().skip(usize::from(id)).map(column).collect();
        let columns = columns.join(", ");
        let table = quoted(&shape.table);
        sql += &if id {
            let given = if COUNTED.contains(&shape.table.as_str()) {
                own.identity_of(&shape.table)
            } else {
                "INTEGER PRIMARY KEY"
            };
            format!("CREATE TABLE {table} (id {given}, {columns}) {};\n", own.ordinary())
        } else {
            let key = list(shape.columns.iter().take(shape.key).map(|(name, _)| name.as_str()));
            format!("CREATE TABLE {table} ({columns}, PRIMARY KEY ({key})) {};\n", own.clustered())
        };
    }
    sql
}

/// Tables whose keys the engine counts itself.
pub(super) const COUNTED: [&str; 5] = ["sessions", "import_files", "operations", "device_jobs", "letters"];

//! A base: opening, creating, transactions, and what a connection remembers of catalogs.

use super::address::Address;
use super::behind::Behind;
use super::dialect::Dialect;
use super::engine::{Cell, Engine, Patience, int};
use super::known::Known;
use super::memory::Memory;
use super::postgres::Postgres;
use super::schema::{Schema, VERSION};
use super::scope::Scope;
use super::sqlite::{APPLICATION_ID, Mode, Sqlite};
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use std::cell::{Cell as Slot, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A connection to a base.
pub struct Store {
    engine: Behind,
    schema: Arc<Schema>,
    address: Option<Address>,
    seen_version: Slot<i64>,
    /// The base is of an earlier release and does not count changes of catalogs.
    pub(super) older: Slot<bool>,
    /// A lock was refused in the running transaction: the same deed done again may pass.
    refused: Slot<bool>,
    pub(super) scope: RefCell<Arc<Scope>>,
    pub(super) memory: RefCell<Memory>,
    pub(super) known: RefCell<Known>,
}

impl Store {
    /// Makes an empty base in a new file, or on a server. The schema speaks the dialect of the address.
    pub fn create(address: impl Into<Address>, schema: &Arc<Schema>) -> Outcome<Self> {
        let address = address.into();
        match &address {
            Address::File(path) => Self::create_file(path, schema),
            Address::Server(url) => {
                super::postgres_connect::create(url, schema)?;
                let store = Self::open_any(address, schema, true)?;
                store.transaction(Self::stamp)?;
                Ok(store)
            }
        }
    }

    fn create_file(path: &Path, schema: &Arc<Schema>) -> Outcome<Self> {
        Self::refuse_existing(path)?;
        refuse_remote(path)?;
        make_folder(path)?;
        let made = Sqlite::open(path, Mode::Create).and_then(|mut engine| {
            engine.make_durable()?;
            engine.join_queue(path);
            let store = Self::over(Box::new(engine), schema, Some(Address::from(path)));
            store.make_tables()?;
            Ok(store)
        });
        made.map_err(|error| {
            remove(path);
            named(error, path)
        })
    }

    /// Refuses a place where something lies already.
    pub fn refuse_existing(path: &Path) -> Outcome<()> {
        if path.exists() { Err(Error::refused(text!("base-exists", path = shown(path)))) } else { Ok(()) }
    }

    /// Writes this base into a new file, which appears under its name only when it is whole.
    pub fn copy_as_new(&self, path: &Path) -> Outcome<()> {
        Self::refuse_existing(path)?;
        make_folder(path)?;
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        remove(&part);
        let moved =
            |error: std::io::Error| Error::Failed(text!("file-not-written", file = shown(path)), error.to_string());
        let copied = self.engine.copy_to(&part, &mut |_, _| true);
        copied.and_then(|()| std::fs::rename(&part, path).map_err(moved)).inspect_err(|_| remove(&part))
    }

    /// A base in memory that is gone with its connection.
    pub fn in_memory(schema: &Arc<Schema>) -> Outcome<Self> {
        let store = Self::over(Box::new(Sqlite::in_memory()?), schema, None);
        store.make_tables()?;
        Ok(store)
    }

    /// Opens a base that exists, to write or only to read. The schema speaks the dialect of the address. A base of
    /// an earlier release is refused: it is upgraded first.
    pub fn open(address: impl Into<Address>, schema: &Arc<Schema>, write: bool) -> Outcome<Self> {
        let store = Self::open_any(address, schema, write)?;
        if store.older.get() {
            let path = store.address.as_ref().map(Address::shown).unwrap_or_default();
            return Err(Error::refused(text!("base-older", path = path)));
        }
        Ok(store)
    }

    /// Opens a base that exists, be it of an earlier release: to copy it or to upgrade it.
    pub fn open_any(address: impl Into<Address>, schema: &Arc<Schema>, write: bool) -> Outcome<Self> {
        let address = address.into();
        let engine: Box<dyn Engine> = match &address {
            Address::File(path) => Box::new(open_file(path, write)?),
            Address::Server(url) => Box::new(Postgres::open(url, write)?),
        };
        let store = Self::over(engine, schema, Some(address));
        store.older.set(store.needs_upgrade()?);
        Ok(store)
    }

    /// A connection over an engine of the caller's: tests put one that fails.
    pub fn over(engine: Box<dyn Engine>, schema: &Arc<Schema>, address: Option<Address>) -> Self {
        let tables = schema.shapes().into_iter().map(|shape| shape.table);
        let own = ["search_pending".to_owned()];
        Self {
            engine: Behind::new(engine, tables.chain(own)),
            schema: Arc::clone(schema),
            address,
            seen_version: Slot::new(0),
            older: Slot::new(false),
            refused: Slot::new(false),
            scope: RefCell::default(),
            memory: RefCell::default(),
            known: RefCell::default(),
        }
    }

    /// Another connection to the same base; a base in memory has only one.
    pub fn another(&self, write: bool) -> Outcome<Self> {
        match &self.address {
            Some(address) => Self::open(address, &self.schema, write),
            None => Err(Error::refused(text!("base-in-memory"))),
        }
    }

    fn make_tables(&self) -> Outcome<()> {
        self.reshape(|store| {
            store.engine.batch(&store.schema.ddl())?;
            store.engine.batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))?;
            store.stamp()
        })
    }

    /// The engine.
    pub fn engine(&self) -> &dyn Engine {
        &self.engine
    }
    /// The engine with the rows that wait for it.
    pub(super) const fn behind(&self) -> &Behind {
        &self.engine
    }
    /// The declarations and their SQL.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }
    /// The engine's manner of speaking.
    pub fn dialect(&self) -> Dialect {
        self.schema.dialect
    }
    /// The file, when there is one.
    pub fn path(&self) -> Option<&Path> {
        self.address.as_ref().and_then(Address::file)
    }
    /// Where the base lives; nowhere when it is in memory.
    pub const fn address(&self) -> Option<&Address> {
        self.address.as_ref()
    }

    /// Does everything or nothing: what `deed` wrote is durable when this returns `Ok`. Nobody else writes
    /// meanwhile.
    pub fn transaction<T>(&self, deed: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.begin(false)?;
        self.finish(|store| store.refresh().and_then(|()| deed(store)))
    }

    /// The same, and others may write meanwhile where the engine lets them: the deed locks what must not change
    /// under it ([`Store::lock`]).
    pub fn transaction_beside<T>(&self, deed: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.begin(true)?;
        self.finish(|store| store.refresh().and_then(|()| deed(store)))
    }

    /// A transaction that makes or changes tables: nothing is asked of them before.
    pub(super) fn reshape<T>(&self, deed: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.begin(false)?;
        self.finish(deed)
    }

    fn begin(&self, beside: bool) -> Outcome<()> {
        self.refused.set(false);
        let begun = if beside { self.engine.begin_beside() } else { self.engine.begin() };
        begun?;
        self.known.borrow_mut().start(true);
        self.memory.borrow_mut().start(true);
        Ok(())
    }

    fn finish<T>(&self, deed: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        let done = deed(self).and_then(|value| {
            let catalogs = self.memory.borrow().changed();
            let count = |tag: i64| self.engine.add(&self.schema.service().catalogs, &[tag], &[1], [0, 0]);
            catalogs.into_iter().try_for_each(count)?;
            self.engine.commit().map(|()| value)
        });
        if done.is_err() {
            self.engine.rollback();
        }
        self.known.borrow_mut().start(false);
        self.memory.borrow_mut().end(done.is_ok());
        // After a failure nothing is taken for known.
        if matches!(done, Err(Error::Failed(..))) {
            self.memory.replace(Memory::default());
        }
        done
    }

    /// Runs a deed to see what it gives, and takes it back.
    pub fn rehearsal<T>(&self, deed: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.begin(false)?;
        let done = self.refresh().and_then(|()| deed(self));
        self.engine.rollback();
        self.known.borrow_mut().start(false);
        self.memory.borrow_mut().end(false);
        done
    }

    /// A part of a transaction that may fail alone: what it wrote is then taken back, the rest stays.
    pub fn savepoint<T>(&self, part: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.engine.bring_all()?;
        self.engine.execute("SAVEPOINT part", &[])?;
        let done = part(self).and_then(|value| self.engine.bring_all().map(|()| value));
        if done.is_err() {
            self.engine.forget();
            self.known.borrow_mut().forget();
            self.memory.borrow_mut().take_back();
            // A failure of the disk may have ended the whole transaction: what failed first is said.
            if let Err(gone) = self.engine.execute("ROLLBACK TO part", &[]) {
                return done.and(Err(gone));
            }
        }
        let released = self.engine.execute("RELEASE part", &[]);
        done.and_then(|value| released.map(|_| value))
    }

    /// Locks keys until the transaction ends, so that nobody else changes what they stand for. Those asked for
    /// first are waited for, in their order; once something is locked nothing more is waited for, or two might
    /// wait for each other: who is refused then begins anew with all he needs ([`Store::again`]).
    pub fn lock(&self, keys: &[i64], first: bool) -> Outcome<()> {
        if keys.is_empty() || self.engine.lock(keys, first)? {
            // What was read before the lock was got may be old.
            self.engine.bring_all()?;
            self.known.borrow_mut().forget();
            self.memory.borrow_mut().forget_documents();
            return Ok(());
        }
        self.refuse_beside()
    }

    /// Refuses a deed that cannot go on beside others as it was begun; done again it may pass.
    pub fn refuse_beside(&self) -> Outcome<()> {
        self.refused.set(true);
        Err(super::engine::Failure::Busy.error("a lock taken late"))
    }

    /// True when the last transaction failed only because of others who wrote at the same moment.
    pub fn again(&self) -> bool {
        self.refused.get() || self.engine.again()
    }

    /// True when the connection was lost while the last transaction was being made durable: it may have been.
    pub fn unsure(&self) -> bool {
        self.engine.unsure()
    }

    /// From now on a server that is gone is waited for.
    pub fn set_patience(&self, patience: Arc<dyn Patience>) {
        self.engine.set_patience(patience);
    }

    /// Forgets what is remembered of catalogs that another connection has changed.
    pub fn refresh(&self) -> Outcome<()> {
        // A file tells for nothing whether anything was changed at all.
        if self.dialect() == Dialect::Sqlite {
            let version = self.engine.data_version()?;
            if self.seen_version.replace(version) == version {
                return Ok(());
            }
        }
        if self.older.get() {
            self.memory.replace(Memory::default());
            return Ok(());
        }
        let mut counts = BTreeMap::new();
        self.engine.query("SELECT kind, count FROM catalog_changes", &[], &mut |row| {
            counts.insert(row.int(0), row.int(1));
            Ok(())
        })?;
        self.memory.borrow_mut().catch_up(counts);
        Ok(())
    }

    /// A value of the base as a whole (`base_info`).
    pub fn info(&self, name: &str) -> Outcome<Option<String>> {
        let mut found = None;
        self.engine.query("SELECT value FROM base_info WHERE name = ?1", &[name.into()], &mut |row| {
            found = Some(row.text(0).to_owned());
            Ok(())
        })?;
        Ok(found)
    }

    /// Sets a value of the base as a whole.
    pub fn set_info(&self, name: &str, value: &str) -> Outcome<()> {
        let sql = "INSERT INTO base_info (name, value) VALUES (?1, ?2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.engine.execute(sql, &[name.into(), value.into()]).map(|_| ())
    }

    /// All settings of a user's own, such as the columns of lists.
    pub fn user_settings(&self, user: i64) -> Outcome<Vec<(String, String)>> {
        let mut found = Vec::new();
        let sql = "SELECT name, value FROM user_settings WHERE account = ?1 ORDER BY name";
        self.engine.query(sql, &[user.into()], &mut |row| {
            found.push((row.text(0).to_owned(), row.text(1).to_owned()));
            Ok(())
        })?;
        Ok(found)
    }

    /// Keeps a setting of a user's own.
    pub fn set_user_setting(&self, user: i64, name: &str, value: &str) -> Outcome<()> {
        let sql = "INSERT INTO user_settings (account, name, value) VALUES (?1, ?2, ?3) \
                   ON CONFLICT (account, name) DO UPDATE SET value = excluded.value";
        self.engine.execute(sql, &[Cell::Int(user), name.into(), value.into()]).map(|_| ())
    }
}

/// Refuses a file in a folder of another computer, where SQLite's locks do not hold.
fn refuse_remote(path: &Path) -> Outcome<()> {
    if super::network::is_remote(path) {
        return Err(Error::refused(text!("base-on-network", path = shown(path))));
    }
    Ok(())
}

fn open_file(path: &Path, write: bool) -> Outcome<Sqlite> {
    if !path.is_file() {
        return Err(Error::refused(text!("base-missing", path = shown(path))));
    }
    refuse_remote(path)?;
    let mode = if write { Mode::Write } else { Mode::Read };
    let mut engine = Sqlite::open(path, mode).map_err(|error| named(error, path))?;
    check_header(&engine, path)?;
    if write {
        engine.make_durable().map_err(|error| named(error, path))?;
        engine.join_queue(path);
    }
    Ok(engine)
}

/// Refuses a file that is no base of ours, or one of a newer program. Reads only.
fn check_header(engine: &dyn Engine, path: &Path) -> Outcome<()> {
    let read = |sql| int(engine, sql, &[]).map(|found| found.unwrap_or(0)).map_err(|error| named(error, path));
    if read("PRAGMA application_id")? != APPLICATION_ID {
        return Err(Error::refused(text!("base-not-ours", path = shown(path))));
    }
    let version = read("PRAGMA user_version")?;
    if version > VERSION {
        let text = text!("base-newer", path = shown(path), base = version, program = VERSION);
        return Err(Error::refused(text));
    }
    Ok(())
}

/// Makes the folder a new base is to lie in.
pub(super) fn make_folder(path: &Path) -> Outcome<()> {
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(folder)
        .map_err(|error| Error::Failed(text!("folder-not-made", path = shown(folder)), error.to_string()))
}

/// Takes away a base that could not be filled.
pub fn unmake(address: &Address) {
    match address {
        Address::File(path) => remove(path),
        Address::Server(url) => super::postgres_connect::unmake(url),
    }
}

/// Takes away the files of a base that could not be made.
pub fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        let _ = std::fs::remove_file(PathBuf::from(name));
    }
    let _ = std::fs::remove_dir_all(super::queue::folder(path));
}

/// A path as people read it.
pub fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// An engine's error with the file it is about.
fn named(error: Error, path: &Path) -> Error {
    match error {
        Error::Failed(text, detail) => Error::Failed(text!("base-failed", path = shown(path), reason = text), detail),
        other => other,
    }
}

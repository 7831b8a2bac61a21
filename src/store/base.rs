//! A base: opening, creating, transactions, and what a connection remembers of catalogs.

use super::address::Address;
use super::dialect::Dialect;
use super::engine::{Cell, Engine, int};
use super::postgres::Postgres;
use super::schema::{Schema, VERSION};
use super::scope::Scope;
use super::sqlite::{APPLICATION_ID, Mode, Sqlite};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use std::cell::{Cell as Slot, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Catalog elements kept in memory by one connection; beyond it the memory starts anew.
const REMEMBERED_MAX: usize = 20_000;

/// A connection to a base.
pub struct Store {
    engine: Box<dyn Engine>,
    schema: Arc<Schema>,
    address: Option<Address>,
    seen_version: Slot<i64>,
    pub(super) scope: RefCell<Arc<Scope>>,
    pub(super) memory: RefCell<Memory>,
}

/// What a connection remembers of catalogs between transactions.
#[derive(Default)]
pub(super) struct Memory {
    /// Elements by packed reference.
    pub objects: BTreeMap<i64, Arc<dyn Object>>,
    /// References by kind and code.
    pub codes: BTreeMap<(u8, String), i64>,
    /// All elements of small catalogs.
    pub all: BTreeMap<u8, Vec<Arc<dyn Object>>>,
}

impl Memory {
    fn clear(&mut self) {
        *self = Self::default();
    }
    /// Remembers an element.
    pub fn keep(&mut self, packed: i64, object: &Arc<dyn Object>) {
        if self.objects.len() >= REMEMBERED_MAX {
            self.objects.clear();
        }
        self.objects.insert(packed, Arc::clone(object));
    }
    /// Forgets an element that was written, and everything found through its kind.
    pub fn forget(&mut self, tag: u8, packed: i64) {
        self.objects.remove(&packed);
        self.all.remove(&tag);
        self.codes.retain(|(kind, _), _| *kind != tag);
    }
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
        if store.needs_upgrade()? {
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
        Ok(Self::over(engine, schema, Some(address)))
    }

    /// A connection over an engine of the caller's: tests put one that fails.
    pub fn over(engine: Box<dyn Engine>, schema: &Arc<Schema>, address: Option<Address>) -> Self {
        Self {
            engine,
            schema: Arc::clone(schema),
            address,
            seen_version: Slot::new(0),
            scope: RefCell::default(),
            memory: RefCell::new(Memory::default()),
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
        self.transaction(|store| {
            store.engine.batch(&store.schema.ddl())?;
            store.engine.batch(&format!("PRAGMA application_id = {APPLICATION_ID}"))?;
            store.stamp()
        })
    }

    /// The engine.
    pub fn engine(&self) -> &dyn Engine {
        self.engine.as_ref()
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

    /// Does everything or nothing: what `deed` wrote is durable when this returns `Ok`.
    pub fn transaction<T>(&self, deed: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.engine.begin()?;
        let done = self.refresh().and_then(|()| deed(self)).and_then(|value| self.engine.commit().map(|()| value));
        if done.is_err() {
            self.engine.rollback();
            self.memory.borrow_mut().clear();
        }
        done
    }

    /// Runs a deed to see what it gives, and takes it back.
    pub fn rehearsal<T>(&self, deed: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.engine.begin()?;
        let done = self.refresh().and_then(|()| deed(self));
        self.engine.rollback();
        self.memory.borrow_mut().clear();
        done
    }

    /// A part of a transaction that may fail alone: what it wrote is then taken back, the rest stays.
    pub fn savepoint<T>(&self, part: impl FnOnce(&Self) -> Outcome<T>) -> Outcome<T> {
        self.engine.execute("SAVEPOINT part", &[])?;
        let done = part(self);
        if done.is_err() {
            self.memory.borrow_mut().clear();
            // A failure of the disk may have ended the whole transaction: what failed first is said.
            if let Err(gone) = self.engine.execute("ROLLBACK TO part", &[]) {
                return done.and(Err(gone));
            }
        }
        let released = self.engine.execute("RELEASE part", &[]);
        done.and_then(|value| released.map(|_| value))
    }

    /// Forgets what is remembered when another connection has changed the base.
    pub fn refresh(&self) -> Outcome<()> {
        let version = self.engine.data_version()?;
        if self.seen_version.replace(version) != version {
            self.memory.borrow_mut().clear();
        }
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

//! SQLite, embedded: one file, WAL, full durability.

use super::engine::{Cell as Bound, EachRow, Engine, Failure, RowView};
use super::queue::{Queue, Turn};
use crate::kernel::problems::{Error, Outcome};
use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags, Row, Statement};
use std::cell::{Cell, RefCell};
use std::path::Path;
use std::time::Duration;

/// The four bytes that say «this file is a base of ours» in the header of the file: `KNTR`.
pub const APPLICATION_ID: i64 = 0x4b4e_5452;

/// Statements kept prepared; a workplace uses fewer than this.
const STATEMENTS_KEPT: usize = 600;

/// A connection to a file.
pub struct Sqlite {
    connection: Connection,
    /// A transaction was begun and not ended by us. A failure of the disk may end it without a word; what
    /// comes after must then not be written for itself.
    begun: Cell<bool>,
    /// The version of the base at the last listening.
    listened: Cell<i64>,
    /// Where writers of all processes wait; none in memory, and none where a queue cannot be kept.
    queue: Option<Queue>,
    turn: RefCell<Option<Turn>>,
}

/// How a file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Made anew; an existing file is refused by the caller.
    Create,
    /// Read and written.
    Write,
    /// Only read.
    Read,
}

impl Sqlite {
    /// Opens a file.
    pub fn open(path: &Path, mode: Mode) -> Outcome<Self> {
        let flags = match mode {
            Mode::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Self::prepared(Connection::open_with_flags(path, flags).map_err(failed)?)
    }

    /// Writers to this file wait for their turn from now on. Told to a base known to be ours: the queue lies
    /// beside it.
    pub fn join_queue(&mut self, path: &Path) {
        self.queue = Queue::open(path).ok();
    }

    /// A base in memory, for tests and for training.
    pub fn in_memory() -> Outcome<Self> {
        Self::prepared(Connection::open_in_memory().map_err(failed)?)
    }

    fn prepared(connection: Connection) -> Outcome<Self> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        connection.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
        // A larger cache and memory-mapped reading make lists of a million rows cheap; temporary
        // tables never touch the disk.
        let common = "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456;";
        connection.execute_batch(common).map_err(failed)?;
        // Without this a statement on a table with a partial index is compiled anew at every binding, because
        // the value might decide about that index; our queries name the index's condition themselves.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
        connection.create_collation("ru", compare_russian).map_err(failed)?;
        Ok(Self { connection, begun: Cell::new(false), listened: Cell::new(0), queue: None, turn: RefCell::new(None) })
    }

    /// Refuses to go on in a transaction that is no more.
    fn in_step(&self) -> Outcome<()> {
        if self.begun.get() && self.connection.is_autocommit() {
            return Err(Failure::Io.error("the transaction was ended by an earlier failure"));
        }
        Ok(())
    }

    /// Waits for the turn to write. A queue that fails (its folder was taken away) is done without.
    fn wait_turn(&self) -> Outcome<Option<Turn>> {
        let Some(queue) = &self.queue else { return Ok(None) };
        let patience = super::engine::int(self, "PRAGMA busy_timeout", &[])?.unwrap_or(0);
        match queue.wait(Duration::from_millis(u64::try_from(patience).unwrap_or(0))) {
            Ok(Some(turn)) => Ok(Some(turn)),
            Ok(None) => Err(Failure::Busy.error("the queue of writers")),
            Err(_) => Ok(None),
        }
    }

    /// Prepares a file for writing. It changes the file, so the caller has made sure that it is ours.
    pub fn make_durable(&self) -> Outcome<()> {
        // FULL: what the user was told is saved survives the loss of power.
        let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;";
        self.connection.execute_batch(pragmas).map_err(failed)
    }

    /// The connection itself, for measuring in benches.
    pub const fn raw(&self) -> &Connection {
        &self.connection
    }
}

/// Dictionary order of Russian: case does not matter, ё stands after е.
fn compare_russian(a: &str, b: &str) -> std::cmp::Ordering {
    let fold = |letter: char| match letter {
        'ё' => ('е', 1),
        other => (other, 0),
    };
    let a_folded = a.chars().flat_map(char::to_lowercase).map(fold);
    let b_folded = b.chars().flat_map(char::to_lowercase).map(fold);
    a_folded.cmp(b_folded)
}

struct View<'a, 'b>(&'a Row<'b>);

impl RowView for View<'_, '_> {
    fn int(&self, at: usize) -> i64 {
        match self.0.get_ref(at) {
            Ok(ValueRef::Integer(value)) => value,
            _ => 0,
        }
    }
    fn text(&self, at: usize) -> &str {
        match self.0.get_ref(at) {
            Ok(value @ ValueRef::Text(_)) => value.as_str().unwrap_or(""),
            _ => "",
        }
    }
    fn blob(&self, at: usize) -> &[u8] {
        match self.0.get_ref(at) {
            Ok(ValueRef::Blob(bytes)) => bytes,
            _ => &[],
        }
    }
}

fn bind(statement: &mut Statement<'_>, cells: &[Bound<'_>]) -> rusqlite::Result<()> {
    for (at, cell) in cells.iter().enumerate() {
        match cell {
            Bound::Int(value) => statement.raw_bind_parameter(at + 1, value)?,
            Bound::Text(value) => statement.raw_bind_parameter(at + 1, value)?,
            Bound::Blob(value) => statement.raw_bind_parameter(at + 1, value)?,
        }
    }
    Ok(())
}

impl Engine for Sqlite {
    fn execute(&self, sql: &str, cells: &[Bound<'_>]) -> Outcome<usize> {
        self.in_step()?;
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        bind(&mut statement, cells).map_err(failed)?;
        statement.raw_execute().map_err(failed)
    }

    fn query(&self, sql: &str, cells: &[Bound<'_>], each: EachRow<'_>) -> Outcome<()> {
        self.in_step()?;
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        bind(&mut statement, cells).map_err(failed)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(failed)? {
            each(&View(row))?;
        }
        Ok(())
    }

    fn batch(&self, sql: &str) -> Outcome<()> {
        self.in_step()?;
        self.connection.execute_batch(sql).map_err(failed)
    }

    fn begin(&self) -> Outcome<()> {
        let turn = self.wait_turn()?;
        self.execute("BEGIN IMMEDIATE", &[])?;
        self.turn.replace(turn);
        self.begun.set(true);
        Ok(())
    }

    fn commit(&self) -> Outcome<()> {
        self.execute("COMMIT", &[])?;
        self.turn.take();
        self.begun.set(false);
        Ok(())
    }

    fn rollback(&self) {
        self.begun.set(false);
        if !self.connection.is_autocommit() {
            let _ = self.execute("ROLLBACK", &[]);
        }
        self.turn.take();
    }

    fn data_version(&self) -> Outcome<i64> {
        Ok(super::engine::int(self, "PRAGMA data_version", &[])?.unwrap_or(0))
    }

    fn listen(&self) -> Outcome<()> {
        self.listened.set(self.data_version()?);
        Ok(())
    }

    fn heard(&self, patience: Duration) -> Outcome<Option<Vec<i64>>> {
        std::thread::sleep(patience);
        let version = self.data_version()?;
        Ok((self.listened.replace(version) != version).then(Vec::new))
    }

    fn copy_to(&self, path: &Path, progress: &mut dyn FnMut(u64, u64) -> bool) -> Outcome<()> {
        use rusqlite::backup::{Backup, StepResult};
        let mut target = Connection::open(path).map_err(failed)?;
        // One moment is copied: without a reading transaction every commit of somebody else would begin the copy
        // anew, and it would never come to its end in a shop at work.
        let alone = self.connection.is_autocommit();
        if alone {
            self.connection.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema").map_err(failed)?;
        }
        let mut copy = || -> Outcome<()> {
            let backup = Backup::new(&self.connection, &mut target).map_err(failed)?;
            loop {
                let step = backup.step(256).map_err(failed)?;
                let state = backup.progress();
                let total = u64::try_from(state.pagecount).unwrap_or(0);
                let left = u64::try_from(state.remaining).unwrap_or(0);
                if !progress(total - left.min(total), total) {
                    return Err(Error::Cancelled);
                }
                match step {
                    StepResult::Done => return Ok(()),
                    StepResult::More => {}
                    _ => std::thread::sleep(Duration::from_millis(20)),
                }
            }
        };
        let done = copy();
        if alone {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    fn integrity(&self) -> Outcome<Vec<String>> {
        let mut found = Vec::new();
        self.query("PRAGMA integrity_check", &[], &mut |row| {
            if row.text(0) != "ok" {
                found.push(row.text(0).to_owned());
            }
            Ok(())
        })?;
        Ok(found)
    }
}

/// The engine's error as one of ours.
#[expect(clippy::needless_pass_by_value, reason = "fits `map_err`")]
fn failed(error: rusqlite::Error) -> Error {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Failure::Busy,
        Some(ErrorCode::DiskFull) => Failure::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Failure::ReadOnly,
        Some(ErrorCode::DatabaseCorrupt) => Failure::Damaged,
        Some(ErrorCode::NotADatabase) => Failure::NotABase,
        Some(ErrorCode::ConstraintViolation) => Failure::Constraint,
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => Failure::Io,
        Some(ErrorCode::OperationInterrupted) => Failure::Interrupted,
        _ => Failure::Other,
    };
    kind.error(&error.to_string())
}

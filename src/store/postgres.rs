//! PostgreSQL, a server for several workstations: one connection, statements prepared once and kept.
//!
//! Several may write at once. A transaction begins by taking the base's advisory lock: alone, when it may touch
//! anything (a month is closed, a file is loaded), or beside others, when it is an ordinary one that locks the
//! keys it touches by [`Engine::lock`]. The server gives locks out in the order they were asked for and takes
//! them back when the transaction or the connection ends. What is read after a lock was got is newer than every
//! commit of those who held it before. Readers never wait.

use super::engine::{Cell as Bound, EachRow, Engine, Failure, Patience, RowView};
use super::postgres_connect::{check_header, connect};
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use ::postgres::error::SqlState;
use ::postgres::fallible_iterator::FallibleIterator as _;
use ::postgres::types::{ToSql, Type};
use ::postgres::{Client, Row, SimpleQueryMessage, Statement};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// The lock of the whole base, by a number no other program is likely to use in our database: `KNTR`.
const BASE: i64 = 0x4b4e_5452;

/// Statements kept prepared; a workplace uses fewer than this. Beyond it all are forgotten.
const STATEMENTS_KEPT: usize = 600;

/// The channel on which a commit is told to whoever listens, with the number of its operation (zero for none).
pub const CHANNEL: &str = "kontora";

/// So many times something harmless is asked again over a connection made anew.
const REPEATS: u32 = 5;

/// What is said of a server that is not there now and may come back.
const AWAY: [&str; 3] = ["base-server-unreached", "base-server-crowded", "store-offline"];

/// A connection to a database of a server.
pub struct Postgres {
    link: RefCell<Link>,
    url: String,
    write: bool,
    /// A transaction was begun and not ended by us.
    begun: Cell<bool>,
    /// The running transaction has written something.
    written: Cell<bool>,
    /// The base counts its changes; one of an earlier release does not before it is upgraded.
    counts: Cell<bool>,
    /// The connection was lost while a transaction was being made durable: nobody knows whether it was.
    unsure: Cell<bool>,
    /// Who waits for a server that is gone for a while.
    patience: RefCell<Option<Arc<dyn Patience>>>,
    /// The last failure was somebody else's writing at the same moment.
    again: Cell<bool>,
    /// Changes committed by this connection, which are no news to it.
    own: Cell<i64>,
    /// The operation to be told with the commit; zero for none.
    told: Cell<i64>,
}

struct Link {
    client: Client,
    statements: BTreeMap<String, Statement>,
}

/// What the server said, before it is put into our words.
type Said<T> = Result<T, ::postgres::Error>;

impl Postgres {
    /// Connects to a base that exists; `write` false refuses every change.
    pub fn open(url: &str, write: bool) -> Outcome<Self> {
        let mut client = connect(url, write)?;
        check_header(&mut client, url)?;
        let counts = count_changes(&mut client).map_err(|error| failed(&error))?;
        Ok(Self {
            link: RefCell::new(Link::over(client)),
            url: url.to_owned(),
            write,
            begun: Cell::new(false),
            written: Cell::new(false),
            again: Cell::new(false),
            counts: Cell::new(counts),
            unsure: Cell::new(false),
            patience: RefCell::new(None),
            own: Cell::new(0),
            told: Cell::new(0),
        })
    }

    /// Does something with the connection. A connection that broke while nothing was begun is made anew, and
    /// the deed repeated if it may be: people come back to a program left open over night.
    fn with<T>(&self, repeat: bool, deed: impl Fn(&mut Link) -> Said<T>) -> Outcome<T> {
        let mut link = self.link.borrow_mut();
        if self.begun.get() {
            return deed(&mut link).map_err(|error| {
                // A deadlock, a serialization failure, a connection lost: nothing was kept.
                let code = error.code().map(SqlState::code).unwrap_or_default();
                self.again.set(lost(&error) || matches!(code, "40P01" | "40001"));
                failed(&error)
            });
        }
        if link.client.is_closed() {
            self.call_again(&mut link)?;
        }
        let mut said = deed(&mut link);
        for _ in 0..REPEATS {
            match &said {
                Err(error) if repeat && lost(error) => self.call_again(&mut link)?,
                _ => break,
            }
            said = deed(&mut link);
        }
        said.map_err(|error| failed(&error))
    }

    /// Connects anew. A server that does not answer is waited for as long as somebody is patient.
    fn call_again(&self, link: &mut Link) -> Outcome<()> {
        let patience = self.patience.borrow().clone();
        let mut attempt = 0;
        loop {
            let gone = match connect(&self.url, self.write) {
                Ok(client) => {
                    *link = Link::over(client);
                    if let Some(patience) = &patience {
                        patience.back();
                    }
                    return Ok(());
                }
                Err(error) => error,
            };
            let away = matches!(&gone, Error::Failed(text, _) if AWAY.contains(&text.key()));
            if !(away && patience.as_ref().is_some_and(|patience| patience.lost(attempt))) {
                return Err(gone);
            }
            attempt += 1;
        }
    }

    /// Begins a transaction by taking the base's lock. The lock is a statement of its own: what is read after it
    /// was got is newer than every commit before.
    fn begin_with(&self, lock: &str) -> Outcome<()> {
        let sql = format!("BEGIN; SELECT {lock}({BASE})");
        self.with(true, |link| {
            let answer = link.client.batch_execute(&sql);
            if answer.is_err() && !link.client.is_closed() {
                let _ = link.client.batch_execute("ROLLBACK");
            }
            answer
        })?;
        self.again.set(false);
        self.unsure.set(false);
        self.written.set(false);
        self.told.set(0);
        self.begun.set(true);
        Ok(())
    }

    fn note(&self, sql: &str) {
        if !sql.starts_with("SELECT") {
            self.written.set(true);
        }
    }
}

impl Link {
    fn over(client: Client) -> Self {
        Self { client, statements: BTreeMap::new() }
    }

    /// The statement, prepared. Parameters get the types of what is bound, so that the server has nothing to
    /// guess; columns of other types than ours are a mistake that would otherwise be read as zeros.
    fn prepared(&mut self, sql: &str, cells: &[Bound<'_>]) -> Said<Statement> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let types: Vec<Type> = cells
            .iter()
            .map(|cell| match cell {
                Bound::Int(_) => Type::INT8,
                Bound::Text(_) => Type::TEXT,
                Bound::Blob(_) => Type::BYTEA,
            })
            .collect();
        let made = self.client.prepare_typed(sql, &types)?;
        if self.statements.len() >= STATEMENTS_KEPT {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), made.clone());
        Ok(made)
    }
}

/// Cells as the client takes them.
fn params<'a>(cells: &'a [Bound<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    cells
        .iter()
        .map(|cell| -> &'a (dyn ToSql + Sync) {
            match cell {
                Bound::Int(value) => value,
                Bound::Text(value) => value,
                Bound::Blob(value) => value,
            }
        })
        .collect()
}

/// `?1` is `$1` here. Only texts and names in quotes may hold a question mark of their own, and none of ours do.
fn spelled(sql: &str) -> String {
    sql.replace('?', "$")
}

/// Statements that cannot be prepared, or must work after a failure.
fn is_control(sql: &str) -> bool {
    ["SAVEPOINT", "ROLLBACK", "RELEASE"].iter().any(|word| sql.starts_with(word))
}

/// The server keeps no zero characters in texts, and nobody means one: they are left out.
fn without_zeros<T>(cells: &[Bound<'_>], deed: impl FnOnce(&[Bound<'_>]) -> T) -> T {
    let has = |cell: &Bound<'_>| matches!(cell, Bound::Text(text) if text.contains('\0'));
    if !cells.iter().any(has) {
        return deed(cells);
    }
    let clean: Vec<Option<String>> = cells
        .iter()
        .map(|cell| match cell {
            Bound::Text(text) => Some(text.replace('\0', "")),
            _ => None,
        })
        .collect();
    let cells: Vec<Bound<'_>> =
        cells.iter().zip(&clean).map(|(cell, clean)| clean.as_deref().map_or(*cell, Bound::Text)).collect();
    deed(&cells)
}

struct View<'a>(&'a Row);

impl RowView for View<'_> {
    fn int(&self, at: usize) -> i64 {
        match self.0.columns().get(at).map(|column| column.type_()) {
            Some(&Type::INT8) => self.0.try_get(at).unwrap_or(0),
            Some(&Type::INT4) => self.0.try_get::<_, i32>(at).map_or(0, i64::from),
            _ => 0,
        }
    }
    fn text(&self, at: usize) -> &str {
        self.0.try_get(at).unwrap_or("")
    }
    fn blob(&self, at: usize) -> &[u8] {
        self.0.try_get(at).unwrap_or(&[])
    }
}

/// Refuses a column that is neither an integer, a text nor bytes.
fn readable(rows: &[Row]) -> Outcome<()> {
    const TYPES: [Type; 6] = [Type::INT8, Type::INT4, Type::TEXT, Type::VARCHAR, Type::NAME, Type::BYTEA];
    let columns = rows.first().map(Row::columns).unwrap_or_default();
    match columns.iter().find(|column| !TYPES.contains(column.type_())) {
        Some(column) => Err(Failure::Other.error(&format!("column {} is {}", column.name(), column.type_()))),
        None => Ok(()),
    }
}

impl Engine for Postgres {
    fn execute(&self, sql: &str, cells: &[Bound<'_>]) -> Outcome<usize> {
        if is_control(sql) {
            return self.batch(sql).map(|()| 0);
        }
        self.note(sql);
        let spelled = spelled(sql);
        let done = without_zeros(cells, |cells| {
            self.with(false, |link| {
                let statement = link.prepared(&spelled, cells)?;
                link.client.execute(&statement, &params(cells))
            })
        });
        Ok(usize::try_from(done?).unwrap_or(usize::MAX))
    }

    fn query(&self, sql: &str, cells: &[Bound<'_>], each: EachRow<'_>) -> Outcome<()> {
        self.note(sql);
        let spelled = spelled(sql);
        // All rows are taken first, so that what is done with them may ask the base again.
        let rows = without_zeros(cells, |cells| {
            self.with(sql.starts_with("SELECT"), |link| {
                let statement = link.prepared(&spelled, cells)?;
                link.client.query(&statement, &params(cells))
            })
        })?;
        readable(&rows)?;
        rows.iter().try_for_each(|row| each(&View(row)))
    }

    fn batch(&self, sql: &str) -> Outcome<()> {
        self.written.set(true);
        self.with(false, |link| link.client.batch_execute(sql))
    }

    fn begin(&self) -> Outcome<()> {
        self.begin_with("pg_advisory_xact_lock")
    }

    fn begin_beside(&self) -> Outcome<()> {
        self.begin_with("pg_advisory_xact_lock_shared")
    }

    fn lock(&self, keys: &[i64], wait: bool) -> Outcome<bool> {
        let name = if wait { "pg_advisory_xact_lock" } else { "pg_try_advisory_xact_lock" };
        // A statement each, or the server might take them in another order.
        let sql: Vec<String> = keys.iter().map(|key| format!("SELECT {name}({key})")).collect();
        let answer = self.with(false, |link| link.client.simple_query(&sql.join("; ")))?;
        let refused = |message: &SimpleQueryMessage| match message {
            SimpleQueryMessage::Row(row) => row.get(0) == Some("f"),
            _ => false,
        };
        Ok(!answer.iter().any(refused))
    }

    fn again(&self) -> bool {
        self.again.get()
    }

    fn unsure(&self) -> bool {
        self.unsure.get()
    }

    fn set_patience(&self, patience: Arc<dyn Patience>) {
        *self.patience.borrow_mut() = Some(patience);
    }

    fn commit(&self) -> Outcome<()> {
        // In a transaction that failed the server takes COMMIT for ROLLBACK and does not complain; the statement
        // before it does.
        let count = if self.counts.get() {
            "UPDATE kontora_changes SET count = count + 1 WHERE slot = pg_backend_pid() % 64"
        } else {
            "SELECT 1"
        };
        let told = self.told.get();
        let sql = if self.written.get() {
            format!("{count}; NOTIFY {CHANNEL}, '{told}'; COMMIT")
        } else {
            "COMMIT".to_owned()
        };
        self.with(false, |link| link.client.batch_execute(&sql)).inspect_err(|_| {
            self.unsure.set(self.written.get() && self.link.borrow().client.is_closed());
        })?;
        self.begun.set(false);
        if self.written.get() && self.counts.get() {
            self.own.set(self.own.get() + 1);
        } else if !self.counts.get() {
            self.counts.set(self.with(true, |link| count_changes(&mut link.client))?);
        }
        Ok(())
    }

    fn tell(&self, operation: i64) {
        self.told.set(operation);
    }

    fn rollback(&self) {
        if self.begun.replace(false) {
            let mut link = self.link.borrow_mut();
            if !link.client.is_closed() {
                let _ = link.client.batch_execute("ROLLBACK");
            }
        }
    }

    fn data_version(&self) -> Outcome<i64> {
        let changes = "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM kontora_changes";
        Ok(super::engine::int(self, changes, &[])?.unwrap_or(0) - self.own.get())
    }

    fn listen(&self) -> Outcome<()> {
        self.with(true, |link| link.client.batch_execute(&format!("LISTEN {CHANNEL}")))
    }

    fn heard(&self, patience: Duration) -> Outcome<Option<Vec<i64>>> {
        let mut link = self.link.borrow_mut();
        let mut told = Vec::new();
        let mut some = false;
        // Waits for the first one and takes what is there then.
        let mut wait = patience;
        loop {
            let mut notices = link.client.notifications();
            let notice = notices.timeout_iter(wait).next().map_err(|error| failed(&error))?;
            let Some(notice) = notice else { break };
            some = true;
            told.extend(notice.payload().parse::<i64>().ok().filter(|operation| *operation != 0));
            wait = Duration::ZERO;
        }
        if !some && link.client.is_closed() {
            return Err(Failure::Offline.error("the listening connection is closed"));
        }
        // What was told without an operation is shown nowhere.
        Ok((some && !told.is_empty()).then_some(told))
    }

    fn copy_to(&self, _path: &Path, _progress: &mut dyn FnMut(u64, u64) -> bool) -> Outcome<()> {
        Err(Error::refused(text!("base-server-copy")))
    }

    fn integrity(&self) -> Outcome<Vec<String>> {
        let mut found = Vec::new();
        let sql = "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid \
                   WHERE NOT i.indisvalid ORDER BY c.relname";
        self.query(sql, &[], &mut |row| {
            found.push(row.text(0).to_owned());
            Ok(())
        })?;
        Ok(found)
    }
}

/// True when the base counts its changes.
fn count_changes(client: &mut Client) -> Said<bool> {
    client.query_one("SELECT to_regclass('kontora_changes') IS NOT NULL", &[])?.try_get(0)
}

/// True when the connection is gone, not merely the statement.
pub(super) fn lost(error: &::postgres::Error) -> bool {
    let io = std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>());
    let ended = [&SqlState::ADMIN_SHUTDOWN, &SqlState::CRASH_SHUTDOWN, &SqlState::CANNOT_CONNECT_NOW];
    let class = |code: &SqlState| code.code().starts_with("08") || ended.contains(&code);
    error.is_closed() || io || error.code().is_some_and(class)
}

/// The server's error as one of ours.
pub(super) fn failed(error: &::postgres::Error) -> Error {
    let detail =
        error.as_db_error().map_or_else(|| error.to_string(), |said| format!("{}: {said}", said.code().code()));
    if lost(error) {
        return Failure::Offline.error(&detail);
    }
    let code = error.code().map(SqlState::code).unwrap_or_default();
    let kind = match code {
        // A lock not given in time, a deadlock, a serialization failure: the same thing done again may pass.
        "55P03" | "40P01" | "40001" => Failure::Busy,
        "53100" => Failure::Full,
        "25006" | "42501" => Failure::ReadOnly,
        "XX001" | "XX002" => Failure::Damaged,
        "57014" => Failure::Interrupted,
        _ if code.starts_with("23") => Failure::Constraint,
        _ if code.starts_with("58") => Failure::Io,
        _ => Failure::Other,
    };
    kind.error(&detail)
}

//! One statement on any engine: integers, texts and bytes in, rows out.

use crate::kernel::problems::{Error, Outcome};
use crate::kernel::value::Stored;
use crate::text;
use std::sync::Arc;
use std::time::Duration;

/// A value bound to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// An integer.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Cell::Int(value)
    }
}
impl<'a> From<&'a str> for Cell<'a> {
    fn from(value: &'a str) -> Self {
        Cell::Text(value)
    }
}
impl<'a> From<&'a Stored> for Cell<'a> {
    fn from(value: &'a Stored) -> Self {
        match value {
            Stored::Int(number) => Cell::Int(*number),
            Stored::Text(text) => Cell::Text(text),
        }
    }
}

/// A value kept to be bound later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owned {
    /// An integer.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Owned {
    /// As it is bound.
    pub fn cell(&self) -> Cell<'_> {
        match self {
            Owned::Int(value) => Cell::Int(*value),
            Owned::Text(text) => Cell::Text(text),
            Owned::Bytes(bytes) => Cell::Blob(bytes),
        }
    }
}

impl From<Cell<'_>> for Owned {
    fn from(cell: Cell<'_>) -> Self {
        match cell {
            Cell::Int(value) => Owned::Int(value),
            Cell::Text(text) => Owned::Text(text.to_owned()),
            Cell::Blob(bytes) => Owned::Bytes(bytes.to_vec()),
        }
    }
}

impl From<Stored> for Owned {
    fn from(value: Stored) -> Self {
        match value {
            Stored::Int(value) => Owned::Int(value),
            Stored::Text(text) => Owned::Text(text),
        }
    }
}

/// A row being read.
pub trait RowView {
    /// An integer column; zero for anything else.
    fn int(&self, at: usize) -> i64;
    /// A text column; empty for anything else.
    fn text(&self, at: usize) -> &str;
    /// A column of bytes; empty for anything else.
    fn blob(&self, at: usize) -> &[u8];
}

/// What is done with each row; an error stops the reading.
pub type EachRow<'a> = &'a mut dyn FnMut(&dyn RowView) -> Outcome<()>;

/// Waits for a server that is gone for a while, and tells who is interested.
pub trait Patience: Send + Sync {
    /// The server does not answer, for the n-th time, from nought: waits a little. False when nobody wants to
    /// wait any longer.
    fn lost(&self, attempt: u32) -> bool;
    /// The connection is there again.
    fn back(&self);
}

/// A connection to an engine. Statements are prepared once and kept.
pub trait Engine: Send {
    /// Runs a statement; gives the number of rows it changed.
    fn execute(&self, sql: &str, cells: &[Cell<'_>]) -> Outcome<usize>;
    /// Runs a query.
    fn query(&self, sql: &str, cells: &[Cell<'_>], each: EachRow<'_>) -> Outcome<()>;
    /// Runs several statements without parameters, for the schema.
    fn batch(&self, sql: &str) -> Outcome<()>;
    /// Begins a writing transaction: no other writer gets in until it ends.
    fn begin(&self) -> Outcome<()>;
    /// Begins a writing transaction beside which others of this kind may write: what must not change under it
    /// is locked by [`Engine::lock`]. An engine with one writer at a time needs no such thing.
    fn begin_beside(&self) -> Outcome<()> {
        self.begin()
    }
    /// Locks these keys, given in their order, until the transaction ends. Without `wait` it gives false, and
    /// locks perhaps only some, when another holds one of them.
    fn lock(&self, _keys: &[i64], _wait: bool) -> Outcome<bool> {
        Ok(true)
    }
    /// True when the last transaction failed only because of others who wrote at the same moment: the same deed
    /// done again may pass.
    fn again(&self) -> bool {
        false
    }
    /// True when the connection was lost while the last transaction was being made durable: it may have been.
    fn unsure(&self) -> bool {
        false
    }
    /// From now on a server that is gone is waited for.
    fn set_patience(&self, _patience: Arc<dyn Patience>) {}
    /// Makes the transaction durable.
    fn commit(&self) -> Outcome<()>;
    /// The running transaction is this operation: whoever listens to the base is told its number with the
    /// commit. An engine nobody can listen to has nothing to do.
    fn tell(&self, _operation: i64) {}
    /// Forgets the transaction; never fails, because it is what one does after a failure.
    fn rollback(&self);
    /// A number that changes when another connection has changed the base.
    fn data_version(&self) -> Outcome<i64>;
    /// From now on this connection hears of commits (see [`Engine::heard`]).
    fn listen(&self) -> Outcome<()>;
    /// Waits at most so long for commits of other connections since the last call, or since it began to listen.
    /// `None` when there were none; else the numbers of the operations told with them, empty where the engine
    /// knows only that there were some.
    fn heard(&self, patience: Duration) -> Outcome<Option<Vec<i64>>>;
    /// Copies the whole base into a file while people work (`progress` gets done and total pages and
    /// returns false to stop).
    fn copy_to(&self, path: &std::path::Path, progress: &mut dyn FnMut(u64, u64) -> bool) -> Outcome<()>;
    /// What the engine itself says about the integrity of its storage; empty when all is well.
    fn integrity(&self) -> Outcome<Vec<String>>;
}

/// Why a statement failed, the same on every engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Someone else is writing for too long.
    Busy,
    /// The disk is full.
    Full,
    /// The file may only be read.
    ReadOnly,
    /// The file is damaged.
    Damaged,
    /// The file is not a base at all.
    NotABase,
    /// A constraint of the schema.
    Constraint,
    /// The disk or the network failed.
    Io,
    /// The connection to the server is gone.
    Offline,
    /// The statement was interrupted because the user cancelled.
    Interrupted,
    /// Anything else, a mistake of the program.
    Other,
}

impl Failure {
    /// The error in words, with the engine's own words for support.
    pub fn error(self, detail: &str) -> Error {
        let text = match self {
            Failure::Busy => text!("store-busy"),
            Failure::Full => text!("store-full"),
            Failure::ReadOnly => text!("store-read-only"),
            Failure::Damaged => text!("store-damaged"),
            Failure::NotABase => text!("store-not-a-base"),
            Failure::Constraint => text!("store-constraint"),
            Failure::Io => text!("store-io"),
            Failure::Offline => text!("store-offline"),
            Failure::Interrupted => return Error::Cancelled,
            Failure::Other => text!("store-other"),
        };
        Error::Failed(text, detail.to_owned())
    }
}

/// Reads the first column of every row as integers.
pub fn ints(engine: &dyn Engine, sql: &str, cells: &[Cell<'_>]) -> Outcome<Vec<i64>> {
    let mut found = Vec::new();
    engine.query(sql, cells, &mut |row| {
        found.push(row.int(0));
        Ok(())
    })?;
    Ok(found)
}

/// Reads one integer; `None` when there is no row.
pub fn int(engine: &dyn Engine, sql: &str, cells: &[Cell<'_>]) -> Outcome<Option<i64>> {
    Ok(ints(engine, sql, cells)?.first().copied())
}

/// Reads the first `width` columns of every row as integers.
pub fn rows(engine: &dyn Engine, sql: &str, cells: &[Cell<'_>], width: usize) -> Outcome<Vec<Vec<i64>>> {
    let mut found = Vec::new();
    engine.query(sql, cells, &mut |row| {
        found.push((0..width).map(|at| row.int(at)).collect());
        Ok(())
    })?;
    Ok(found)
}

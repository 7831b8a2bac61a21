//! An engine over an engine: whatever is asked of it is looked at first, and may be made to fail there. Tests
//! that count, log, explain or break statements differ only in the look.

use kontora::kernel::problems::Outcome;
use kontora::store::engine::{Cell, EachRow, Engine, Patience};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What is asked.
pub enum Asked<'a> {
    /// A statement with its cells, of a query or of a change.
    Statement(&'a str, &'a [Cell<'a>]),
    /// Several statements without cells.
    Batch(&'a str),
    /// A transaction with no other writer.
    Begin,
    /// A transaction beside other writers.
    BeginBeside,
    /// Locks of so many keys.
    Lock(usize),
    /// The end of a transaction.
    Commit,
    /// The integrity of the storage.
    Integrity,
}

/// Looks at what is asked; gets the engine below too.
pub type Look = Box<dyn Fn(&dyn Engine, Asked<'_>) -> Outcome<()> + Send>;

/// The engine.
pub struct Through {
    /// The engine below.
    pub inner: Box<dyn Engine>,
    /// What is done first.
    pub look: Look,
}

impl Through {
    fn look(&self, asked: Asked<'_>) -> Outcome<()> {
        (self.look)(self.inner.as_ref(), asked)
    }
}

impl Engine for Through {
    fn execute(&self, sql: &str, cells: &[Cell<'_>]) -> Outcome<usize> {
        self.look(Asked::Statement(sql, cells))?;
        self.inner.execute(sql, cells)
    }
    fn query(&self, sql: &str, cells: &[Cell<'_>], each: EachRow<'_>) -> Outcome<()> {
        self.look(Asked::Statement(sql, cells))?;
        self.inner.query(sql, cells, each)
    }
    fn batch(&self, sql: &str) -> Outcome<()> {
        self.look(Asked::Batch(sql))?;
        self.inner.batch(sql)
    }
    fn begin(&self) -> Outcome<()> {
        self.look(Asked::Begin)?;
        self.inner.begin()
    }
    fn begin_beside(&self) -> Outcome<()> {
        self.look(Asked::BeginBeside)?;
        self.inner.begin_beside()
    }
    fn lock(&self, keys: &[i64], wait: bool) -> Outcome<bool> {
        self.look(Asked::Lock(keys.len()))?;
        self.inner.lock(keys, wait)
    }
    fn again(&self) -> bool {
        self.inner.again()
    }
    fn unsure(&self) -> bool {
        self.inner.unsure()
    }
    fn set_patience(&self, patience: Arc<dyn Patience>) {
        self.inner.set_patience(patience);
    }
    fn commit(&self) -> Outcome<()> {
        self.look(Asked::Commit)?;
        self.inner.commit()
    }
    fn tell(&self, operation: i64) {
        self.inner.tell(operation);
    }
    fn rollback(&self) {
        self.inner.rollback();
    }
    fn data_version(&self) -> Outcome<i64> {
        self.inner.data_version()
    }
    fn listen(&self) -> Outcome<()> {
        self.inner.listen()
    }
    fn heard(&self, patience: Duration) -> Outcome<Option<Vec<i64>>> {
        self.inner.heard(patience)
    }
    fn copy_to(&self, path: &Path, progress: &mut dyn FnMut(u64, u64) -> bool) -> Outcome<()> {
        self.inner.copy_to(path, progress)
    }
    fn integrity(&self) -> Outcome<Vec<String>> {
        self.look(Asked::Integrity)?;
        self.inner.integrity()
    }
}

//! The plain side: writing statements recorded from a run, replayed as prepared statements.

use kontora::kernel::clock::Clock;
use kontora::kernel::problems::Outcome;
use kontora::ops::gate::{Session, schema};
use kontora::store::base::Store;
use kontora::store::engine::{Cell, EachRow, Engine};
use kontora::store::sqlite::{Mode, Sqlite};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A value kept.
pub enum Owned {
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// What was written: statements by number, with their values.
#[derive(Default)]
pub struct Log {
    texts: Vec<String>,
    numbers: BTreeMap<String, usize>,
    written: Vec<(usize, Vec<Owned>)>,
}

/// A log shared with the engine that fills it.
#[derive(Clone, Default)]
pub struct SharedLog(Arc<Mutex<Log>>);

/// One turn's statements: number and values, and the texts by number.
pub struct Statements {
    texts: Vec<String>,
    written: Vec<(usize, Vec<Owned>)>,
}

impl Statements {
    /// Which statements an order takes.
    pub fn print(&self, orders: usize) {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (number, _) in &self.written {
            *counts.entry(*number).or_default() += 1;
        }
        let mut sorted: Vec<(usize, usize)> = counts.into_iter().map(|(number, count)| (count, number)).collect();
        sorted.sort_unstable();
        for (count, number) in sorted.iter().rev() {
            println!("{:6.2} {:.110}", *count as f64 / orders as f64, self.texts[*number]);
        }
    }
}

impl SharedLog {
    fn note(&self, sql: &str, cells: &[Cell<'_>]) {
        let mut log = self.0.lock().unwrap();
        let number = match log.numbers.get(sql) {
            Some(number) => *number,
            None => {
                let number = log.texts.len();
                log.texts.push(sql.to_owned());
                log.numbers.insert(sql.to_owned(), number);
                number
            }
        };
        let owned = cells
            .iter()
            .map(|cell| match cell {
                Cell::Int(value) => Owned::Int(*value),
                Cell::Text(value) => Owned::Text((*value).to_owned()),
                Cell::Blob(value) => Owned::Blob(value.to_vec()),
            })
            .collect();
        log.written.push((number, owned));
    }

    /// Takes what was written since.
    pub fn take(&self) -> Statements {
        let mut log = self.0.lock().unwrap();
        Statements { texts: log.texts.clone(), written: std::mem::take(&mut log.written) }
    }
}

struct Recorder {
    inner: Sqlite,
    log: SharedLog,
}

fn writes(sql: &str) -> bool {
    !(sql.starts_with("SELECT") || sql.starts_with("PRAGMA"))
}

impl Engine for Recorder {
    fn execute(&self, sql: &str, cells: &[Cell<'_>]) -> Outcome<usize> {
        if writes(sql) {
            self.log.note(sql, cells);
        }
        self.inner.execute(sql, cells)
    }
    fn query(&self, sql: &str, cells: &[Cell<'_>], each: EachRow<'_>) -> Outcome<()> {
        if writes(sql) {
            self.log.note(sql, cells);
        }
        self.inner.query(sql, cells, each)
    }
    fn batch(&self, sql: &str) -> Outcome<()> {
        self.inner.batch(sql)
    }
    fn begin(&self) -> Outcome<()> {
        self.log.note("BEGIN IMMEDIATE", &[]);
        self.inner.begin()
    }
    fn commit(&self) -> Outcome<()> {
        self.log.note("COMMIT", &[]);
        self.inner.commit()
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
        self.inner.integrity()
    }
}

/// A session over a copy of a base that records what it writes. Its own speed does not matter.
pub fn recording(from: &Path, to: &Path, clock: Clock) -> (Session, SharedLog) {
    std::fs::copy(from, to).unwrap();
    let log = SharedLog::default();
    let inner = Sqlite::open(to, Mode::Write).unwrap_or_else(|error| panic!("{}", error.sentence()));
    inner.raw().execute_batch("PRAGMA synchronous = OFF").unwrap();
    let store = Store::over(Box::new(Recorder { inner, log: log.clone() }), schema(), Some(to.into()));
    (Session::over(store, clock), log)
}

/// A copy of the base written by plain statements, on the settings of the program.
pub struct Replay(Sqlite);

impl Replay {
    /// Over a copy.
    pub fn open(from: &Path, to: &Path) -> Self {
        std::fs::copy(from, to).unwrap();
        Self(Sqlite::open(to, Mode::Write).unwrap_or_else(|error| panic!("{}", error.sentence())))
    }

    /// Runs a turn's statements.
    pub fn run(&self, statements: &Statements) {
        let connection = self.0.raw();
        for (number, values) in &statements.written {
            let mut statement = connection.prepare_cached(&statements.texts[*number]).unwrap();
            for (at, value) in values.iter().enumerate() {
                let bound = match value {
                    Owned::Int(value) => statement.raw_bind_parameter(at + 1, value),
                    Owned::Text(value) => statement.raw_bind_parameter(at + 1, value),
                    Owned::Blob(value) => statement.raw_bind_parameter(at + 1, value),
                };
                bound.unwrap();
            }
            let mut rows = statement.raw_query();
            while rows.next().unwrap().is_some() {}
        }
    }
}

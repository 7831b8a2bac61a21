//! The plain side: writing statements recorded from a run, replayed as prepared statements.

#[path = "../../tests/it/through.rs"]
#[expect(dead_code, reason = "not everything an engine is asked is replayed")]
mod through;

use kontora::kernel::clock::Clock;
use kontora::ops::gate::{Session, schema};
use kontora::store::base::Store;
use kontora::store::engine::{Cell, Engine, Owned};
use kontora::store::sqlite::{Mode, Sqlite};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use through::{Asked, Through};

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
        let owned = cells.iter().map(|cell| Owned::from(*cell)).collect();
        log.written.push((number, owned));
    }

    /// Takes what was written since.
    pub fn take(&self) -> Statements {
        let mut log = self.0.lock().unwrap();
        Statements { texts: log.texts.clone(), written: std::mem::take(&mut log.written) }
    }
}

fn writes(sql: &str) -> bool {
    !(sql.starts_with("SELECT") || sql.starts_with("PRAGMA"))
}

/// An engine that notes what is written.
fn recorder(inner: Sqlite, log: &SharedLog) -> Through {
    let log = log.clone();
    let look = move |_: &dyn Engine, asked: Asked<'_>| {
        match asked {
            Asked::Statement(sql, cells) if writes(sql) => log.note(sql, cells),
            Asked::Begin | Asked::BeginBeside => log.note("BEGIN IMMEDIATE", &[]),
            Asked::Commit => log.note("COMMIT", &[]),
            _ => {}
        }
        Ok(())
    };
    Through { inner: Box::new(inner), look: Box::new(look) }
}

/// A session over a copy of a base that records what it writes. Its own speed does not matter.
pub fn recording(from: &Path, to: &Path, clock: Clock) -> (Session, SharedLog) {
    std::fs::copy(from, to).unwrap();
    let log = SharedLog::default();
    let inner = Sqlite::open(to, Mode::Write).unwrap_or_else(|error| panic!("{}", error.sentence()));
    inner.raw().execute_batch("PRAGMA synchronous = OFF").unwrap();
    let store = Store::over(Box::new(recorder(inner, &log)), schema(), Some(to.into()));
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
                    Owned::Bytes(value) => statement.raw_bind_parameter(at + 1, value),
                };
                bound.unwrap();
            }
            let mut rows = statement.raw_query();
            while rows.next().unwrap().is_some() {}
        }
    }
}

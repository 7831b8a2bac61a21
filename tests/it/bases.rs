//! Fresh bases for tests, whatever the engine: a test asks for a base and does not know where it lives.

use kontora::kernel::clock::Clock;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::problems::Outcome;
use kontora::ops::gate::{Session, schema_in};
use kontora::ops::seed;
use kontora::store::address::Address;
use kontora::store::base::Store;
use kontora::store::engine::Engine;
use kontora::store::postgres::Postgres;
use kontora::store::sqlite::{Mode, Sqlite};
use std::path::PathBuf;
use tempfile::TempDir;

/// Makes new bases of one engine.
pub struct Bases {
    /// The engine, for messages.
    pub engine: &'static str,
    make: fn(Clock) -> Outcome<Session>,
}

/// The engine of tests that do not depend on it.
pub const ENGINES: &[Bases] = &[Bases { engine: "SQLite", make: seed::create_in_memory }];

/// The engines at hand on this machine; every scenario runs on each of them.
pub fn engines() -> Vec<Bases> {
    let mut found = vec![Bases { engine: "SQLite", make: seed::create_in_memory }];
    if crate::server::server().is_some() {
        found.push(Bases { engine: "PostgreSQL", make: crate::server::create });
    }
    found
}

impl Bases {
    /// A new base with what every base has, its clock standing at `now`.
    pub fn fresh(&self, now: Moment) -> Session {
        (self.make)(Clock::fixed(now, 1)).unwrap_or_else(|error| panic!("{}: {}", self.engine, error.sentence()))
    }
}

/// The day on which tests happen unless they say otherwise.
pub fn today() -> Moment {
    Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0)
}

/// A filled base of its own for a test that opens it more than once.
pub struct Place {
    /// Where it is.
    pub address: Address,
    _folder: TempDir,
}

impl Place {
    /// As the command line takes it.
    pub fn argument(&self) -> String {
        match &self.address {
            Address::File(path) => path.display().to_string(),
            Address::Server(url) => url.clone(),
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.address.shown())
    }
}

/// A filled base on every engine at hand; the first is a file.
pub fn places() -> Vec<Place> {
    let (folder, path) = scratch();
    drop(or_say(seed::create(&path, Clock::fixed(today(), 1))));
    let mut found = vec![Place { address: Address::from(&path), _folder: folder }];
    if let Some(server) = crate::server::server() {
        found.push(Place { address: Address::named(&server.fresh()), _folder: scratch().0 });
    }
    found
}

/// A file that is gone with the test.
pub fn scratch() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("base.kontora");
    (folder, path)
}

/// What came of it; an error is told in its own words.
pub fn or_say<T>(outcome: Outcome<T>) -> T {
    outcome.unwrap_or_else(|error| panic!("{}", error.sentence()))
}

/// The engine of a base as a session of its own has it, to be looked at or broken on its way.
pub fn engine_of(address: &Address) -> Box<dyn Engine> {
    match address {
        Address::File(path) => {
            let engine = or_say(Sqlite::open(path, Mode::Write));
            or_say(engine.make_durable());
            Box::new(engine)
        }
        Address::Server(url) => Box::new(or_say(Postgres::open(url, true))),
    }
}

/// A session over an engine of a base.
pub fn session_over(engine: impl Engine + 'static, address: &Address, clock: Clock) -> Session {
    Session::over(Store::over(Box::new(engine), schema_in(address.dialect()), None), clock)
}

//! Fresh bases for tests, whatever the engine: a test asks for a base and does not know where it lives.

use kontora::kernel::clock::Clock;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::problems::Outcome;
use kontora::ops::gate::Session;
use kontora::ops::seed;

/// Makes new bases of one engine.
pub struct Bases {
    /// The engine, for messages.
    pub engine: &'static str,
    make: fn(Clock) -> Outcome<Session>,
}

/// The engines at hand on this machine; every scenario runs on each of them.
pub const ENGINES: &[Bases] = &[Bases { engine: "SQLite", make: seed::create_in_memory }];

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

//! What the program does by itself while a base is open, or when it is asked to without a window: each chore keeps
//! its work in the base, so that whoever comes next goes on with it.

use super::gate::Session;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::text::Text;

/// Milliseconds until a queue that stands still is tried again.
pub const STANDS_MS: u64 = 1_000;

/// Milliseconds until a queue that was empty is looked at again, when nobody says before that there is something.
pub const EMPTY_MS: u64 = 3_000;

/// What one round of a chore came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// How much was brought to its end.
    pub done: usize,
    /// How much waits.
    pub left: i64,
    /// Why it waits; empty when nothing does.
    pub why: String,
    /// Milliseconds until the next round, unless somebody calls for it before.
    pub again_ms: u64,
}

impl Round {
    /// Nothing waits.
    pub fn empty(done: usize) -> Self {
        Self { done, again_ms: EMPTY_MS, ..Self::default() }
    }
}

/// Work that is done beside whoever works in the window, on a thread and a connection of its own.
pub trait Chore: Send {
    /// The name of its thread, and of its workplace in the history.
    fn name(&self) -> &'static str;

    /// What it is called.
    fn title(&self) -> Text;

    /// Does what is there to be done. A round that is in the middle of something looks from time to time whether
    /// it is still wanted; what it has begun it leaves in the base.
    ///
    /// # Errors
    /// The base failed: the round is begun again on a new connection.
    fn round(&mut self, session: &Session) -> Outcome<Round>;

    /// The base failed, in a round or when it was to be opened.
    fn failed(&mut self, _error: &Error) {}
}

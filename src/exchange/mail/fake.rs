//! A server that is none: says what it was told to say, and keeps what it took.

use super::{Carried, Carrier, Sealed};
use crate::kernel::problems::Outcome;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Debug, Default)]
struct Kept {
    answers: VecDeque<Carried>,
    taken: Vec<Sealed>,
}

/// The server; copies are the same one.
#[derive(Clone, Debug, Default)]
pub struct Fake(Arc<Mutex<Kept>>);

impl Fake {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says this to the next letters, one after another; then it takes everything.
    pub fn say(&self, answers: impl IntoIterator<Item = Carried>) {
        self.lock().answers.extend(answers);
    }

    /// What it took, and what it was handed without answering.
    pub fn taken(&self) -> Vec<Sealed> {
        self.lock().taken.clone()
    }
}

impl Carrier for Fake {
    fn carry(&mut self, letter: &Sealed, hand: &mut dyn FnMut() -> Outcome<()>) -> Outcome<Carried> {
        let said = self.lock().answers.pop_front().unwrap_or_else(|| Carried::Taken("250 OK".to_owned()));
        if matches!(said, Carried::Taken(_) | Carried::Unknown(_)) {
            hand()?;
            self.lock().taken.push(letter.clone());
        }
        Ok(said)
    }
}

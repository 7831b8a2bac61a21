//! An outcome that has not come yet.

use super::outcome::{Doubt, Outcome, Reason};
use crate::kernel::clock::steady_ms;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::time::Duration;

/// How often a waiting caller looks whether the thread is still there.
const LOOK_MS: u64 = 100;

/// Whether the thread an order went to has been given up.
#[derive(Debug, Default)]
pub struct Alive(AtomicBool);

impl Alive {
    /// The thread is given up: nobody waits for it any longer.
    pub(super) fn give_up(&self) {
        self.0.store(true, Ordering::Release);
    }
    /// Whether it is given up.
    pub(super) fn is_given_up(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// What an answer is when nobody will give one any more.
pub trait Unanswered {
    /// The thread was given up.
    fn abandoned() -> Self;
    /// The order was not carried out.
    fn refused(reason: Reason) -> Self;
}

impl<T> Unanswered for Outcome<T> {
    fn abandoned() -> Self {
        Self::Unknown(Doubt::Abandoned)
    }
    fn refused(reason: Reason) -> Self {
        Self::NotPrinted(reason)
    }
}

impl<T> Unanswered for Result<T, Reason> {
    fn abandoned() -> Self {
        Err(Reason::Silent)
    }
    fn refused(reason: Reason) -> Self {
        Err(reason)
    }
}

/// Where an answer is given.
pub struct Reply<T>(Sender<T>);

impl<T: Unanswered> Reply<T> {
    /// Gives the answer; whoever asked may have gone.
    pub fn give(self, answer: T) {
        let _ = self.0.send(answer);
    }
    /// The order was not carried out.
    pub fn refuse(self, reason: Reason) {
        self.give(T::refused(reason));
    }
}

/// An answer that comes later. Dropping it withdraws nothing.
pub struct Pending<T> {
    from: Receiver<T>,
    alive: Arc<Alive>,
}

impl<T: Unanswered> Pending<T> {
    /// Gives an order by a function that hands its reply to a thread.
    pub(super) fn ask(give: impl FnOnce(Reply<T>) -> Arc<Alive>) -> Self {
        let (to, from) = channel();
        Self { alive: give(Reply(to)), from }
    }

    /// The answer, if it has come; given once. Never waits.
    #[must_use]
    pub fn take(&self) -> Option<T> {
        match self.from.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) if !self.alive.is_given_up() => None,
            Err(_) => Some(T::abandoned()),
        }
    }

    /// Waits for the answer, for threads that may; `None` when it has not come in time.
    #[must_use]
    pub fn wait(&self, wait_ms: u64) -> Option<T> {
        let until_ms = steady_ms().saturating_add(wait_ms);
        loop {
            let left = until_ms.saturating_sub(steady_ms());
            match self.from.recv_timeout(Duration::from_millis(left.min(LOOK_MS))) {
                Ok(answer) => return Some(answer),
                Err(RecvTimeoutError::Disconnected) => return Some(T::abandoned()),
                Err(RecvTimeoutError::Timeout) if self.alive.is_given_up() => return Some(T::abandoned()),
                Err(RecvTimeoutError::Timeout) if left == 0 => return None,
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

//! The line of a window to a shared base: lost, waited for, there again. Pages wait with it: what is typed stays,
//! what was asked is answered and what was given to be written is written when the server is back.

use super::base::Waker;
use crate::store::engine::Patience;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::Duration;

const FINE: u8 = 0;
const LOST: u8 = 1;
const BACK: u8 = 2;

/// One nap; between naps it is seen whether the base was closed.
const NAP: Duration = Duration::from_millis(100);
/// Naps between two attempts at most: a server that comes back is found within three seconds.
const NAPS_MAX: u32 = 30;

/// What the threads of a base know of the line.
pub struct Line {
    state: AtomicU8,
    waker: Waker,
    closed: Arc<AtomicBool>,
}

impl Line {
    /// A line that is there; nobody waits for it any more once `closed` is set.
    pub const fn new(waker: Waker, closed: Arc<AtomicBool>) -> Self {
        Self { state: AtomicU8::new(FINE), waker, closed }
    }

    /// True while the server does not answer.
    pub fn is_lost(&self) -> bool {
        self.state.load(Ordering::Relaxed) == LOST
    }

    /// True once after the server has come back.
    pub fn take_back(&self) -> bool {
        self.state.compare_exchange(BACK, FINE, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

impl Patience for Line {
    fn lost(&self, attempt: u32) -> bool {
        if self.state.swap(LOST, Ordering::Relaxed) != LOST {
            self.waker.wake();
        }
        for _ in 0..(1 << attempt.min(5)).min(NAPS_MAX) {
            if self.closed.load(Ordering::Relaxed) {
                return false;
            }
            std::thread::sleep(NAP);
        }
        !self.closed.load(Ordering::Relaxed)
    }

    fn back(&self) {
        if self.state.compare_exchange(LOST, BACK, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            self.waker.wake();
        }
    }
}

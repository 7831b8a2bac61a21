//! The wire in memory to a training device.

use super::{Cable, Inner, Training};
use crate::devices::wire::{Unwritten, Wire, WireError};
use crate::kernel::clock::steady_ms;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the device may keep the host waiting before its cable is looked at again, milliseconds.
const LOOK_MS: u64 = 50;

pub(super) struct Memory {
    device: Arc<Training>,
}

impl Memory {
    pub(super) fn new(device: Arc<Training>) -> Self {
        Self { device }
    }

    /// The device, once the system lets its caller through.
    fn unstuck(&self) -> MutexGuard<'_, Inner> {
        let inner = self.device.lock();
        let stuck = |inner: &mut Inner| inner.cable == Cable::Stuck;
        self.device.came.wait_while(inner, stuck).unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.device.lock().taken = false;
    }
}

impl Wire for Memory {
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        let until_ms = steady_ms().saturating_add(wait_ms);
        let mut inner = self.unstuck();
        loop {
            if inner.cable == Cable::Pulled {
                return Err(WireError::Lost);
            }
            let now_ms = self.device.clock.steady_ms();
            let said = inner.played.says(now_ms);
            inner.replies.extend(said.into_iter().map(|bytes| (0, bytes)));
            let first = inner.replies.front().map(|(from_ms, _)| *from_ms);
            if inner.cable == Cable::In && first.is_some_and(|from_ms| from_ms <= now_ms) {
                return Ok(inner.replies.pop_front().map(|(_, bytes)| bytes).unwrap_or_default());
            }
            let left = until_ms.saturating_sub(steady_ms());
            if left == 0 || inner.cable == Cable::Stuck {
                return Ok(Vec::new());
            }
            let real_ms = |from_ms: u64| self.device.clock.real_ms(from_ms.saturating_sub(now_ms)).max(1);
            let next = first.map_or(LOOK_MS, real_ms);
            let pause = Duration::from_millis(left.min(next).min(LOOK_MS));
            inner = self.device.came.wait_timeout(inner, pause).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn write(&mut self, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten> {
        let until_ms = steady_ms().saturating_add(wait_ms);
        let mut inner = self.unstuck();
        loop {
            let failed = |error| Err(Unwritten { taken: 0, error });
            match inner.cable {
                Cable::Pulled => return failed(WireError::Lost),
                Cable::In => break,
                Cable::Hung | Cable::Stuck if steady_ms() >= until_ms => return failed(WireError::TimedOut),
                Cable::Hung | Cable::Stuck => {
                    let pause = Duration::from_millis(until_ms.saturating_sub(steady_ms()).clamp(1, LOOK_MS));
                    inner = self.device.came.wait_timeout(inner, pause).unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
        let now_ms = self.device.clock.steady_ms();
        let today = self.device.clock.now().to_chrono();
        let replies = inner.played.take(bytes, now_ms, today);
        inner.changes += 1;
        let pulled = inner.played.pulls_its_cable();
        if pulled {
            inner.cable = Cable::Pulled;
            inner.replies.clear();
        }
        inner.replies.extend(replies.into_iter().map(|(after_ms, bytes)| (now_ms + after_ms, bytes)));
        drop(inner);
        self.device.came.notify_all();
        Ok(())
    }
}

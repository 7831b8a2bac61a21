//! The only source of time and chance: the system's, or a fixed one for tests and replays.

use super::moment::{Date, Moment};
use super::object::Uid;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// The computer and its user, told once by `main`, which alone reads the environment.
static WORKPLACE: OnceLock<String> = OnceLock::new();

/// Says at which computer, and as which of its users, this program runs.
pub fn name_workplace(name: String) {
    let _ = WORKPLACE.set(name);
}

/// Milliseconds of a clock that is never set, from a beginning of its own: for pauses and deadlines, not for
/// anything that is kept.
pub fn steady_ms() -> u64 {
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    let passed = BEGIN.get_or_init(Instant::now).elapsed();
    u64::try_from(passed.as_millis()).unwrap_or(u64::MAX)
}

/// Tells the time and makes identifiers.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<Fixed>>);

#[derive(Debug)]
struct Fixed {
    now: AtomicI64,
    seed: AtomicU64,
    /// How many times as fast pauses and deadlines pass.
    times: u64,
}

impl Clock {
    /// The system's clock and random numbers.
    pub const fn system() -> Self {
        Self(None)
    }
    /// A clock that stands at `now` until told otherwise, with repeatable identifiers.
    pub fn fixed(now: Moment, seed: u64) -> Self {
        Self::hurried(now, seed, 1)
    }
    /// A fixed clock under which pauses and deadlines pass `times` as fast: what waits for half a minute is over in a
    /// moment, in the same order and by the same comparisons.
    pub fn hurried(now: Moment, seed: u64, times: u64) -> Self {
        let (now, seed) = (AtomicI64::new(now.stored()), AtomicU64::new(seed));
        Self(Some(Arc::new(Fixed { now, seed, times: times.max(1) })))
    }
    fn times(&self) -> u64 {
        self.0.as_ref().map_or(1, |fixed| fixed.times)
    }
    /// Milliseconds as [`steady_ms`] counts them, at the pace of this clock.
    pub fn steady_ms(&self) -> u64 {
        steady_ms().saturating_mul(self.times())
    }
    /// How many milliseconds really pass while this clock counts so many; some, when it is any.
    pub fn real_ms(&self, counted_ms: u64) -> u64 {
        counted_ms.div_ceil(self.times())
    }
    /// The moment now.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
    pub fn now(&self) -> Moment {
        match &self.0 {
            Some(fixed) => Moment::from_stored(fixed.now.load(Ordering::Relaxed)),
            None => Moment::from(chrono::Local::now().naive_local()),
        }
    }
    /// The moment now as letters bear it (RFC 5322), in universal time; a fixed clock stands in Moscow.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the system")]
    pub fn letter_date(&self) -> String {
        let universal = match &self.0 {
            Some(_) => self.now().plus_seconds(-3 * 3600).to_chrono().unwrap_or_default(),
            None => chrono::Local::now().naive_utc(),
        };
        universal.format("%a, %d %b %Y %H:%M:%S +0000").to_string()
    }
    /// Today.
    pub fn today(&self) -> Date {
        self.now().date()
    }
    /// Where work is done, as the history names it: «computer (user)»; `otherwise` where that is not known.
    pub fn workplace(&self, otherwise: &str) -> String {
        let known = WORKPLACE.get().filter(|name| self.0.is_none() && !name.is_empty());
        known.map_or_else(|| otherwise.to_owned(), Clone::clone)
    }
    /// Sets a fixed clock; the system's clock is not touched.
    pub fn set(&self, now: Moment) {
        if let Some(fixed) = &self.0 {
            fixed.now.store(now.stored(), Ordering::Relaxed);
        }
    }
    /// A new identifier: random, version 4; repeatable under a fixed clock.
    pub fn uid(&self) -> Uid {
        let mut bytes = self.bytes();
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        Uid(bytes)
    }
    /// Sixteen random bytes; repeatable under a fixed clock.
    pub fn bytes(&self) -> [u8; 16] {
        let mut bytes = [0u8; 16];
        let filled = match &self.0 {
            Some(_) => false,
            None => getrandom::fill(&mut bytes).is_ok(),
        };
        if !filled {
            for half in bytes.chunks_mut(8) {
                half.copy_from_slice(&self.step().to_le_bytes());
            }
        }
        bytes
    }
    /// An identifier nobody else has, also under a fixed clock: for keys that several programs write into one base.
    pub fn unique(&self) -> Uid {
        let mut bytes = [0u8; 16];
        if getrandom::fill(&mut bytes).is_ok() { Uid(bytes) } else { self.uid() }
    }
    /// SplitMix64, enough for identifiers of tests.
    fn step(&self) -> u64 {
        static FALLBACK: AtomicU64 = AtomicU64::new(0x5eed);
        let seed = self.0.as_ref().map_or(&FALLBACK, |fixed| &fixed.seed);
        let mut z = seed.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

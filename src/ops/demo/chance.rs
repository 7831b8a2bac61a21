//! Repeatable chance: a 64-bit linear congruential generator.

/// The generator; the same calls give the same answers on every machine.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// A generator of its own for each purpose, so that a change in one does not move the others.
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x5eed))
    }
    fn step(&mut self) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0)
    }
    /// A number from 0 up to but not including `below`.
    pub fn below(&mut self, below: i64) -> i64 {
        self.step() % below.max(1)
    }
    /// A number between both, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below(high - low + 1)
    }
    /// True so many times of a hundred.
    pub fn hit(&mut self, percent: i64) -> bool {
        self.below(100) < percent
    }
    /// One of these; `None` of nothing.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let count = i64::try_from(from.len()).unwrap_or(0);
        usize::try_from(self.below(count)).ok().and_then(|at| from.get(at))
    }
}

//! Scales: requests and answers of the common dialects, and the rule by which a weight is accepted.
//!
//! - [`cas`]: CAS type A, type B and PD-II.
//! - [`massa`]: Massa-K, protocol 100.
//! - [`pos2`]: Shtrih-Print and Shtrih-Slim, over the first link of registrars.

pub mod cas;
pub mod massa;
pub mod pos2;

/// What scales say. Weights are in tenths of a gram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Weight on the platform; the tare is taken off.
    pub weight: i64,
    /// The platform is still.
    pub stable: bool,
    /// More than the scales can carry.
    pub overload: bool,
}

/// Whether a weight may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The platform moves.
    Unstable,
    /// Nothing on the platform, or less than nothing.
    Empty,
    /// Too heavy.
    Overload,
    /// Stable, but the same weight must come once more.
    Once,
    /// Taken, tenths of a gram.
    Accepted(i64),
}

/// Takes a weight only when it is stable, above zero and came twice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settle {
    last: Option<i64>,
}

impl Settle {
    /// Takes a reading.
    pub fn take(&mut self, reading: Reading) -> Verdict {
        let verdict = match reading {
            Reading { overload: true, .. } => Verdict::Overload,
            Reading { stable: false, .. } => Verdict::Unstable,
            Reading { weight, .. } if weight <= 0 => Verdict::Empty,
            Reading { weight, .. } if self.last == Some(weight) => Verdict::Accepted(weight),
            _ => Verdict::Once,
        };
        let counts = matches!(verdict, Verdict::Once | Verdict::Accepted(_));
        self.last = counts.then_some(reading.weight);
        verdict
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, Settle, Verdict};

    #[test]
    fn a_weight_is_taken_when_it_is_still_and_came_twice() {
        let mut settle = Settle::default();
        let still = |weight| Reading { weight, stable: true, overload: false };
        let moving = Reading { stable: false, ..still(5000) };
        let verdicts: Vec<Verdict> = [still(5000), moving, still(5000), still(5010), still(5010), still(0), still(-5)]
            .into_iter()
            .map(|reading| settle.take(reading))
            .collect();
        use Verdict::{Accepted, Empty, Once, Unstable};
        assert_eq!(verdicts, [Once, Unstable, Once, Once, Accepted(5010), Empty, Empty]);
        assert_eq!(settle.take(Reading { overload: true, ..still(1) }), Verdict::Overload);
    }
}

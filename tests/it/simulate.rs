//! Seeded random work against a model too simple to be wrong.
//!
//! Every step buys, orders, ships, returns, pays, takes back, edits, dates back, closes a month, decides
//! about supply, shares reserves out or gives them up; afterwards
//! the base is proved, and its registers equal plain sums over the documents. At the end the same documents are
//! entered in other orders, and the books are the same.
//!
//! Work that goes on for years is proved now and then: `KONTORA_SIMULATE_OPERATIONS=1000000` lets it go on for a
//! million operations.
//!
//! Short in `cargo test`. `KONTORA_SIMULATE_STEPS=5000` makes each run longer, `KONTORA_SIMULATE_SEED=30` takes
//! other seeds, from there on; a failure names its seed, its step and the lines that led to it.

mod deeds;
mod model;
mod random;
mod reorder;
mod supply;
mod work;

use crate::shared::switch;
pub use random::Random;
pub use work::{Work, now, prepare};

/// Steps of a run.
fn steps() -> usize {
    switch("KONTORA_SIMULATE_STEPS").and_then(|steps| steps.parse().ok()).unwrap_or(60)
}

/// Works through a seed; the base is proved after every step.
fn run(seed: u64) {
    let seed = seed + switch("KONTORA_SIMULATE_SEED").and_then(|from| from.parse().ok()).unwrap_or(0);
    let mut work = Work::new(seed);
    let steps = steps();
    for step in 0..steps {
        work.step();
        let wrong = work.wrong();
        assert!(wrong.is_empty(), "seed {seed}, step {step}: {}\n{}", wrong.join("\n"), work.story());
    }
    work.close();
    let wrong = work.wrong();
    assert!(wrong.is_empty(), "seed {seed}, closed: {}\n{}", wrong.join("\n"), work.story());
    let taken = work.accepted * 100 / steps.max(1);
    assert!(taken >= 50, "seed {seed}: only {taken} of 100 steps were taken, the rest refused");
    for turn in 0..2 {
        let changed = reorder::again(&work, turn);
        assert!(changed.is_empty(), "seed {seed}, entered in order {turn}: {}\n{}", changed.join("\n"), work.story());
    }
}

#[test]
fn one() {
    run(1);
}

#[test]
fn two() {
    run(2);
}

#[test]
fn three() {
    run(3);
}

/// Operations of the work that goes on for years, proved ten times on the way.
#[test]
#[expect(clippy::print_stdout, reason = "a run of hours tells how far it is")]
fn years() {
    let from: u64 = switch("KONTORA_SIMULATE_SEED").and_then(|from| from.parse().ok()).unwrap_or(0);
    let wanted: usize = switch("KONTORA_SIMULATE_OPERATIONS").and_then(|wanted| wanted.parse().ok()).unwrap_or(250);
    let mut work = Work::for_years(from + 8);
    let (mut proofs, mut steps) = (0, 0);
    while work.accepted < wanted {
        work.step();
        steps += 1;
        if work.accepted * 10 >= (proofs + 1) * wanted {
            proofs += 1;
            let wrong = work.wrong();
            assert!(wrong.is_empty(), "{} operations: {}\n{}", work.accepted, wrong.join("\n"), work.story());
            println!("{} operations of {steps} tried: nothing wrong", work.accepted);
        }
        assert!(steps < wanted * 2 + 200, "only {} of {steps} steps were taken\n{}", work.accepted, work.story());
    }
    assert!(proofs >= 9, "the work was proved {proofs} times");
}

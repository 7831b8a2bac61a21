//! Printing: forms with data on paper, checked without eyes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail as tests do")]

mod cases;
mod forms;
pub mod golden;
mod placement;
mod samples;
mod samples_tax;
mod templates;

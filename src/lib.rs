//! Контора: the desktop program a small online store is run with.
//!
//! The layers in reading order, each of which may use only those above it:
//! - [`kernel`]: vocabulary without input or output;
//! - [`exchange`]: the outside, what other programs, sites and services send and take.

pub mod exchange;
pub mod kernel;

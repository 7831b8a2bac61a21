//! Контора: the desktop program a small online store is run with.
//!
//! The layers in reading order, each of which may use only those above it:
//! - [`kernel`]: vocabulary without input or output.
//! - [`domain`]: the business, pure.

pub mod domain;
pub mod kernel;

//! Контора: the desktop program a small online store is run with.
//!
//! The layers in reading order, each of which may use only those above it:
//! - [`kernel`]: vocabulary without input or output.
//! - [`ui`]: the window: editors, lists, table parts, the shell around the pages.

pub mod kernel;
pub mod ui;

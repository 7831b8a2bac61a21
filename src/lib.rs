//! Контора: the desktop program a small online store is run with.
//!
//! The layers in reading order, each of which may use only those above it:
//! - [`kernel`]: vocabulary without input or output.
//! - [`print`]: template and data to pages; pages to the screen, a PDF and a printer.

pub mod kernel;
pub mod print;

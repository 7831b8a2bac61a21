//! Контора: the desktop program a small online store is run with.
//!
//! The layers in reading order, each of which may use only those above it:
//! - [`kernel`]: vocabulary without input or output.
//! - [`domain`]: the business, pure.
//! - [`store`]: the only SQL.
//! - [`print`]: template and data to pages; pages to the screen, a PDF and a printer.
//! - [`report`]: declarations and a choice to questions on registers, and the answers to a sheet.
//! - [`exchange`]: the outside, what other programs, sites and services send and take.
//! - [`devices`]: scanners, printers, registrars, scales: their languages, wires, threads, and training ones.
//! - [`ops`]: use cases behind the one gate for change.
//! - [`cli`]: headless commands, thin.
//! - [`ui`]: the window: editors, lists, table parts, the shell around the pages.

pub mod cli;
pub mod devices;
pub mod domain;
pub mod exchange;
pub mod kernel;
pub mod ops;
pub mod print;
pub mod report;
pub mod store;
pub mod ui;

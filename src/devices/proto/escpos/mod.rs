//! Receipt printers that speak ESC/POS.
//!
//! - [`document`]: what to print, whatever the printer.
//! - [`profile`]: what one model can and how it wants it.
//! - [`layout`]: text to lines of a width.
//! - [`writer`]: a document by a profile to bytes.
//! - [`status`]: questions about paper and cover, the barrier after a job, and the printer's answers.
//! - [`decoder`]: bytes back to a document, for the training printer.

pub mod decoder;
pub mod document;
pub mod layout;
pub mod profile;
pub mod status;
pub mod writer;

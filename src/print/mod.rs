//! Printing: a template in millimetres and data make pages; pages go to the screen, a PDF or a printer.
//!
//! In reading order:
//! - [`template`]: where everything stands, read from TOML (`forms/print`, or the base's own folder);
//! - [`data`]: what a form is filled with, and what it still lacks;
//! - [`fonts`], [`fit`]: measures of letters, wrapping and shrinking;
//! - [`layout`]: template and data make [`pages`], a display list in millimetres;
//! - [`grid`]: a table of texts as pages without a template;
//! - [`pdf`], [`printer`]: pages to a file and to paper;
//! - [`words`], [`dates`], [`names`]: amounts, dates and names as Russian forms say them;
//! - [`qr`], [`barcode`]: codes as [`matrix`] of modules.
//!
//! Forms know nothing of documents: those who know a document format its texts into
//! [`data::FormData`] by the list of fields in the head of the form.

pub mod barcode;
pub mod data;
pub mod dates;
pub mod fit;
pub mod fonts;
pub mod grid;
pub mod layout;
pub mod matrix;
pub mod names;
pub mod pages;
pub mod pdf;
pub mod printer;
pub mod qr;
pub mod template;
pub mod words;

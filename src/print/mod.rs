//! Printing: a template in millimetres and data make pages; pages go to the screen, a PDF or a printer.

pub mod barcode;
pub mod dates;
pub mod matrix;
pub mod names;
pub mod qr;
pub mod words;

//! The languages devices speak, pure: bytes in, events out.
//!
//! Nothing here opens a port, waits, or asks for the time: the caller hands in milliseconds of one steady clock.
//! Errors are codes, never sentences; the layer that talks to a person words them. From the rest of the program
//! this room uses only `kernel::check_digits`.
//!
//! - [`scanner`]: from bytes of a port, key presses or HID reports to one scan.
//! - [`codes`]: from a scan to what the code means.
//! - [`fiscal`]: a receipt for a fiscal registrar, whichever it is.
//! - [`atol`]: fiscal registrars of АТОЛ through their web service.
//! - [`shtrih`]: fiscal registrars of Shtrih-M, and one for training.
//! - [`labels`]: label printers.
//! - [`scales`], [`display`]: scales and customer displays, both sides.
//! - [`letters`], [`bitmap`]: text and pictures as printers take them.
//! - [`escpos`]: receipt printers, and a printer's side for training.

pub mod atol;
pub mod bitmap;
pub mod codes;
pub mod display;
pub mod escpos;
pub mod fiscal;
pub mod labels;
pub mod letters;
pub mod scales;
pub mod scanner;
pub mod shtrih;

#[cfg(test)]
mod fuzz;
#[cfg(test)]
pub(crate) mod sample;

//! The languages devices speak, pure: bytes in, events out.
//!
//! Nothing here opens a port, waits, or asks for the time: the caller hands in milliseconds of one steady clock.
//! Errors are codes, never sentences; the layer that talks to a person words them. From the rest of the program
//! this room uses only `kernel::check_digits`.
//!
//! - [`scanner`]: from bytes of a port, key presses or HID reports to one scan.
//! - [`codes`]: from a scan to what the code means.

pub mod codes;
pub mod scanner;

#[cfg(test)]
mod fuzz;

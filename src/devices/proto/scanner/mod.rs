//! From what a scanner sends to one scan, whatever the wire: a serial port, HID reports, key presses.
//!
//! A scan keeps its bytes as they came; text is made of them only when the kind of code is known.

pub mod aim;
pub mod descriptor;
pub mod framer;
pub mod hid_pos;
pub mod keys;
pub mod scan;
pub mod wedge;

//! Devices of a shop: what they say on the wire, and training ones that ship with the program.
//!
//! - [`proto`]: the languages of devices, pure: bytes in, events out; no ports, no threads, no clock.

pub mod proto;

//! Devices of a shop: what they say on the wire, who says it, and training ones that ship with the program.
//!
//! - [`proto`]: the languages of devices, pure: bytes in, events out; no ports, no threads, no clock.
//! - [`settings`]: which devices a workstation has, where they are and how they are set.
//! - [`wire`]: the ways to a device: serial ports, the network, HID, printer files, the spooler.
//! - [`training`]: devices that are not there: the other side of the languages behind a wire in memory.
//! - [`drive`]: one conversation with a device after another, over any wire.
//! - [`manager`]: a thread for each device, what it is asked and what it answers.

pub mod drive;
pub mod manager;
pub mod proto;
pub mod settings;
pub mod training;
pub mod wire;

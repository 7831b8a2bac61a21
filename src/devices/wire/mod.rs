//! The ways to a device. A wire takes and gives bytes and keeps its deadlines; what they mean is not its affair.
//!
//! - [`serial`]: serial ports, also those a USB device makes.
//! - [`tcp`]: printers and registrars in the network.
//! - [`hid`]: scanners on the page "Point of Sale".
//! - [`printer_file`]: USB printers as files of the system.
//! - [`spooler`]: the system's queue, raw and one way.
//! - [`http`]: questions to a service on this workstation.
//! - [`found`]: what is plugged in.

pub mod found;
pub mod hid;
pub mod http;
pub mod printer_file;
pub mod serial;
pub mod spooler;
pub mod tcp;

#[cfg(unix)]
mod descriptor;

use super::settings::Address;

/// Why a wire does not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireError {
    /// There is nothing at this address.
    NotFound,
    /// Another program has it.
    Taken,
    /// The system does not let this user.
    Denied,
    /// The other side takes nothing for longer than it was waited for.
    TimedOut,
    /// The cable was pulled, or the other side has closed.
    Lost,
    /// What the system said, in its own words.
    Other(String),
}

impl From<std::io::Error> for WireError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::ResourceBusy | ErrorKind::AddrInUse => Self::Taken,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::TimedOut,
            ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::NotConnected => Self::Lost,
            ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Self::NotFound,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// Not everything was written. How much the other side took decides whether anything may have happened there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// Bytes that had been taken.
    pub taken: usize,
    /// Why no more.
    pub error: WireError,
}

/// A way to a device, open.
pub trait Wire: Send {
    /// What has come; waits for it no longer than told. Empty after a silence; of HID one report at a time.
    ///
    /// # Errors
    /// When the wire is lost.
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError>;

    /// Writes all bytes, and gives up when they are not taken in time: no call may hold its thread for longer.
    ///
    /// # Errors
    /// When not all was taken.
    fn write(&mut self, bytes: &[u8], wait_ms: u64) -> Result<(), Unwritten>;

    /// Whether answers can come back.
    fn answers(&self) -> bool {
        true
    }

    /// The report descriptor of a HID device.
    fn descriptor(&mut self) -> Option<Vec<u8>> {
        None
    }

    /// Throws away what has come.
    ///
    /// # Errors
    /// When the wire is lost.
    fn clear(&mut self) -> Result<(), WireError> {
        while !self.read(0)?.is_empty() {}
        Ok(())
    }
}

/// No wire at all: of a service that is asked by connections of its own, of a scanner whose keys the window gets.
pub struct Nothing;

impl Wire for Nothing {
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        std::thread::sleep(std::time::Duration::from_millis(wait_ms));
        Ok(Vec::new())
    }
    fn write(&mut self, _: &[u8], _: u64) -> Result<(), Unwritten> {
        Err(Unwritten { taken: 0, error: WireError::NotFound })
    }
    fn answers(&self) -> bool {
        false
    }
}

/// Opens the way to an address. Training devices have wires of their own, see [`super::training`].
///
/// # Errors
/// When there is nothing, or the system does not let us.
pub fn open(address: &Address) -> Result<Box<dyn Wire>, WireError> {
    match address {
        Address::Training => Err(WireError::NotFound),
        Address::Serial(port) => Ok(Box::new(serial::Serial::open(port)?)),
        Address::Tcp(place) => Ok(Box::new(tcp::Tcp::open(place)?)),
        Address::Hid(usb) => hid::open(usb),
        Address::Keyboard => Ok(Box::new(Nothing)),
        Address::PrinterFile(path) => printer_file::open(path),
        Address::Spooler(name) => Ok(Box::new(spooler::Spooler::new(name))),
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests;

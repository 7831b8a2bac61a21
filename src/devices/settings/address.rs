//! Where a device is, and how the way to it is set.

use serde::{Deserialize, Serialize};

/// A USB device by what it says of itself; the serial number may be empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UsbIdentity {
    /// Number of the maker.
    pub vendor: u16,
    /// Number of the model.
    pub product: u16,
    /// Serial number.
    #[serde(default)]
    pub serial: String,
}

impl UsbIdentity {
    /// Whether a device that is plugged in is this one; without a serial number any of the model is.
    #[must_use]
    pub fn is(&self, vendor: u16, product: u16, serial: Option<&str>) -> bool {
        let same = self.serial.is_empty() || serial == Some(self.serial.as_str());
        same && (self.vendor, self.product) == (vendor, product)
    }
}

/// Parity of a serial line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parity {
    /// None.
    #[default]
    None,
    /// Even.
    Even,
    /// Odd.
    Odd,
}

/// How a device on a serial line says that it takes no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// It does not.
    #[default]
    None,
    /// By the lines RTS and CTS.
    Hardware,
    /// By the signs XON and XOFF.
    Software,
}

/// How a serial line is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Line {
    /// Bits a second.
    pub speed: u32,
    /// Bits of a byte, 7 or 8.
    pub bits: u8,
    /// Parity.
    pub parity: Parity,
    /// Stop bits, 1 or 2.
    pub stops: u8,
    /// Flow control.
    pub flow: Flow,
}

impl Default for Line {
    fn default() -> Self {
        Self { speed: 9600, bits: 8, parity: Parity::None, stops: 1, flow: Flow::None }
    }
}

/// A serial port.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SerialAddress {
    /// Its name when it was set up.
    pub port: String,
    /// The USB device behind it: it is found again when the port has another name.
    #[serde(default)]
    pub usb: Option<UsbIdentity>,
    /// The line.
    #[serde(default)]
    pub line: Line,
}

/// A place in the network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkAddress {
    /// Name or number of the host.
    pub host: String,
    /// Port.
    pub port: u16,
}

/// Where a device is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// Nowhere: a training device inside the program.
    Training,
    /// A serial port.
    Serial(SerialAddress),
    /// The network; for АТОЛ the service on this workstation.
    Tcp(NetworkAddress),
    /// A scanner on the HID page "Point of Sale".
    Hid(UsbIdentity),
    /// A scanner that acts as a keyboard: the window tells its keys from typing.
    Keyboard,
    /// A printer as a file of the system.
    PrinterFile(String),
    /// A queue of the system by its name.
    Spooler(String),
}

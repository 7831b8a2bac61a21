//! What is plugged in, and which port a device has today.

use crate::devices::settings::{Address, Line, SerialAddress, UsbIdentity};
use serialport::SerialPortType;
use std::path::Path;

/// A port of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// Its name today.
    pub name: String,
    /// What the USB device behind it says of itself.
    pub usb: Option<UsbIdentity>,
    /// The maker's name for it, for a person.
    pub product: String,
}

/// Serial ports.
#[must_use]
pub fn serial_ports() -> Vec<Port> {
    // The library panics where the system has no such folder.
    if cfg!(target_os = "linux") && !Path::new("/sys/class/tty").exists() {
        return Vec::new();
    }
    let ports = serialport::available_ports().unwrap_or_default();
    ports
        .into_iter()
        .map(|port| match port.port_type {
            SerialPortType::UsbPort(usb) => Port {
                name: port.port_name,
                usb: Some(UsbIdentity {
                    vendor: usb.vid,
                    product: usb.pid,
                    serial: usb.serial_number.unwrap_or_default(),
                }),
                product: usb.product.unwrap_or_default(),
            },
            _ => Port { name: port.port_name, usb: None, product: String::new() },
        })
        .collect()
}

/// The name of the port to open: of the USB device wherever it is plugged in now; the name that was set where
/// nothing is known of the device. `None` when another device has taken that name.
#[must_use]
pub fn port_of(address: &SerialAddress, ports: &[Port]) -> Option<String> {
    let Some(ours) = address.usb.as_ref() else { return Some(address.port.clone()) };
    let is_ours = |usb: &UsbIdentity| ours.is(usb.vendor, usb.product, Some(usb.serial.as_str()));
    let mut matching = ports.iter().filter(|port| port.usb.as_ref().is_some_and(is_ours));
    let first = matching.next();
    let same_name = first.filter(|port| port.name == address.port);
    let same_name = same_name.or_else(|| matching.find(|port| port.name == address.port));
    if let Some(port) = same_name.or(first) {
        return Some(port.name.clone());
    }
    let taken = ports.iter().any(|port| port.name == address.port && port.usb.is_some());
    (!taken).then(|| address.port.clone())
}

/// Something that could be a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is.
    pub address: Address,
    /// What it calls itself; may be empty.
    pub name: String,
}

/// Everything plugged in that a device could be behind: serial ports, scanners on HID, printers.
#[must_use]
pub fn candidates() -> Vec<Candidate> {
    let mut found: Vec<Candidate> = serial_ports()
        .into_iter()
        .map(|port| Candidate {
            address: Address::Serial(SerialAddress { port: port.name, usb: port.usb, line: Line::default() }),
            name: port.product,
        })
        .collect();
    let scanners = super::hid::plugged_in().into_iter();
    found.extend(scanners.map(|(usb, name)| Candidate { address: Address::Hid(usb), name }));
    found.extend(
        printer_files().into_iter().map(|path| Candidate { address: Address::PrinterFile(path), name: String::new() }),
    );
    found
}

fn printer_files() -> Vec<String> {
    let entries = std::fs::read_dir("/dev/usb").into_iter().flatten().flatten();
    let mut files: Vec<String> = entries
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("lp"))
        .map(|entry| entry.path().display().to_string())
        .collect();
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::{Port, port_of};
    use crate::devices::settings::{Line, SerialAddress, UsbIdentity};

    fn port(name: &str, vendor: u16, serial: &str) -> Port {
        let usb = Some(UsbIdentity { vendor, product: 1, serial: serial.to_owned() });
        Port { name: name.to_owned(), usb, product: String::new() }
    }

    #[test]
    fn a_device_is_found_under_the_name_its_port_has_today() {
        let of = |usb: Option<(u16, &str)>| SerialAddress {
            port: "ttyUSB0".to_owned(),
            usb: usb.map(|(vendor, serial)| UsbIdentity { vendor, product: 1, serial: serial.to_owned() }),
            line: Line::default(),
        };
        let ports = [port("ttyUSB0", 7, "A"), port("ttyUSB1", 8, "B"), port("ttyUSB2", 8, "C")];
        let name = |usb| port_of(&of(usb), &ports);
        assert_eq!(name(Some((8, "C"))).as_deref(), Some("ttyUSB2"));
        assert_eq!(name(Some((8, ""))).as_deref(), Some("ttyUSB1"), "a device without a serial number");
        assert_eq!(name(Some((9, "Z"))), None, "another device has the name now");
        assert_eq!(port_of(&of(Some((9, "Z"))), &[]).as_deref(), Some("ttyUSB0"), "the system tells no identities");
        assert_eq!(name(None).as_deref(), Some("ttyUSB0"));
    }
}

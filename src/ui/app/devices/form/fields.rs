//! What is typed about a device, by the key of its label, and back into the settings.

use crate::devices::settings::{Address, DeviceSettings, Kind, RegistrarSettings, UsbIdentity};
use crate::kernel::text::Text;
use crate::text;
use std::collections::BTreeMap;
use std::str::FromStr;

/// Fields a kind of device has.
pub(super) fn of_kind(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Scanner(_) => &["scanner-prefix", "scanner-suffix", "scanner-separators", "scanner-gap"],
        Kind::Printer(_) => &["printer-columns", "device-table"],
        Kind::Registrar(RegistrarSettings::Shtrih { .. }) => &["registrar-cashier", "registrar-administrator"],
        Kind::Registrar(RegistrarSettings::Atol { .. }) => &["registrar-device"],
        Kind::Scale(_) => &[],
        Kind::Display(_) => &["device-table"],
        Kind::Labels(_) => &["labels-width", "labels-height", "labels-gap"],
    }
}

/// What is in the fields of a device.
pub(super) fn texts(device: &DeviceSettings) -> BTreeMap<&'static str, String> {
    let mut texts = BTreeMap::from([("device-name", device.name.clone())]);
    match &device.address {
        Address::Training | Address::Keyboard => {}
        Address::Serial(serial) => {
            texts.insert("device-port", serial.port.clone());
        }
        Address::Tcp(place) => {
            texts.insert("device-host", place.host.clone());
            texts.insert("device-tcp-port", place.port.to_string());
        }
        Address::Hid(usb) => {
            let written = format!("{:04X}:{:04X} {}", usb.vendor, usb.product, usb.serial);
            texts.insert("device-usb", written.trim().to_owned());
        }
        Address::PrinterFile(path) => {
            texts.insert("device-path", path.clone());
        }
        Address::Spooler(name) => {
            texts.insert("device-queue", name.clone());
        }
    }
    let values: Vec<String> = match &device.kind {
        Kind::Scanner(own) => {
            vec![own.prefix.clone(), own.suffix.clone(), own.separators.join(" "), own.gap_ms.to_string()]
        }
        Kind::Printer(own) => vec![own.columns.to_string(), own.table.to_string()],
        Kind::Registrar(RegistrarSettings::Shtrih { cashier, administrator, .. }) => {
            vec![cashier.to_string(), administrator.to_string()]
        }
        Kind::Registrar(RegistrarSettings::Atol { device }) => vec![device.clone()],
        Kind::Scale(_) => Vec::new(),
        Kind::Display(own) => vec![own.table.to_string()],
        Kind::Labels(own) => [own.width, own.height, own.gap].map(|value| value.to_string()).to_vec(),
    };
    texts.extend(of_kind(&device.kind).iter().copied().zip(values));
    texts
}

/// Takes what is typed into the settings.
///
/// # Errors
/// The first thing that is wrong.
pub(super) fn take(texts: &BTreeMap<&'static str, String>, device: &mut DeviceSettings) -> Result<(), Text> {
    let typed = |key: &'static str| texts.get(key).map_or("", String::as_str).trim();
    let needed = |key: &'static str| match typed(key) {
        "" => Err(text!("device-field-empty", field = Text::new(key).show())),
        value => Ok(value.to_owned()),
    };
    device.name = needed("device-name")?;
    match &mut device.address {
        Address::Training | Address::Keyboard => {}
        Address::Serial(serial) => {
            let port = needed("device-port")?;
            if port != serial.port {
                // Another port is another device.
                serial.usb = None;
            }
            serial.port = port;
        }
        Address::Tcp(place) => {
            place.host = needed("device-host")?;
            place.port = number("device-tcp-port", typed("device-tcp-port"))?;
        }
        Address::Hid(usb) => *usb = identity(typed("device-usb")).ok_or_else(|| text!("device-usb-wrong"))?,
        Address::PrinterFile(path) => *path = needed("device-path")?,
        Address::Spooler(name) => *name = needed("device-queue")?,
    }
    match &mut device.kind {
        Kind::Scanner(own) => {
            own.prefix = typed("scanner-prefix").to_owned();
            own.gap_ms = number("scanner-gap", typed("scanner-gap"))?;
            own.suffix = typed("scanner-suffix").to_owned();
            own.separators = typed("scanner-separators").split_whitespace().map(str::to_owned).collect();
        }
        Kind::Printer(own) => {
            own.columns = number("printer-columns", typed("printer-columns"))?;
            own.table = number("device-table", typed("device-table"))?;
        }
        Kind::Registrar(RegistrarSettings::Shtrih { cashier, administrator, .. }) => {
            *cashier = number("registrar-cashier", typed("registrar-cashier"))?;
            *administrator = number("registrar-administrator", typed("registrar-administrator"))?;
        }
        Kind::Registrar(RegistrarSettings::Atol { device }) => typed("registrar-device").clone_into(device),
        Kind::Scale(_) => {}
        Kind::Display(own) => own.table = number("device-table", typed("device-table"))?,
        Kind::Labels(own) => {
            own.width = number("labels-width", typed("labels-width"))?;
            own.height = number("labels-height", typed("labels-height"))?;
            own.gap = number("labels-gap", typed("labels-gap"))?;
        }
    }
    Ok(())
}

fn number<T: FromStr>(key: &'static str, typed: &str) -> Result<T, Text> {
    typed.parse().map_err(|_| text!("device-field-number", field = Text::new(key).show(), typed = typed))
}

/// `0C2E:0B61 serial`.
fn identity(typed: &str) -> Option<UsbIdentity> {
    let (numbers, serial) = typed.split_once(' ').unwrap_or((typed, ""));
    let (vendor, product) = numbers.split_once(':')?;
    let read = |text: &str| u16::from_str_radix(text.trim(), 16).ok();
    Some(UsbIdentity { vendor: read(vendor)?, product: read(product)?, serial: serial.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{take, texts};
    use crate::devices::settings::{Address, DeviceSettings, KindName, UsbIdentity};

    #[test]
    fn what_is_typed_is_what_is_set() {
        for kind in KindName::ALL {
            let usb = UsbIdentity { vendor: 0xC2E, product: 0xB61, serial: "S 1".to_owned() };
            let device = DeviceSettings {
                id: "1".to_owned(),
                name: "Устройство".to_owned(),
                on: true,
                address: Address::Hid(usb),
                kind: kind.usual(),
            };
            let mut other = device.clone();
            assert!(take(&texts(&device), &mut other).is_ok());
            assert_eq!(other, device);
        }
    }
}

//! Scanners on the HID page "Point of Sale": reports of the system's own driver, no keyboard in between.

use super::{Unwritten, Wire, WireError};
use crate::devices::proto::scanner::hid_pos::{SWITCH_ON, TOLD_BY_FEATURE};
use crate::devices::settings::UsbIdentity;
use hidapi::{HidApi, HidDevice};

/// Bytes a report may have, with its number.
const REPORT_MAX: usize = 1024;
/// Bytes a report descriptor may have.
const DESCRIPTOR_MAX: usize = 4096;
/// The page "Point of Sale".
const PAGE: u16 = 0x8C;

struct Hid {
    device: HidDevice,
}

/// Opens the scanner of an identity.
///
/// # Errors
/// When it is not plugged in, or the system does not let this user.
pub fn open(usb: &UsbIdentity) -> Result<Box<dyn Wire>, WireError> {
    let api = HidApi::new().map_err(|error| WireError::Other(error.to_string()))?;
    let ours = |info: &&hidapi::DeviceInfo| {
        usb.is(info.vendor_id(), info.product_id(), info.serial_number())
            && (info.usage_page() == PAGE || info.usage_page() == 0)
    };
    let info = api.device_list().find(ours).ok_or(WireError::NotFound)?;
    let device = info.open_device(&api).map_err(|_| WireError::Denied)?;
    if TOLD_BY_FEATURE.contains(&usb.vendor) {
        // A model that needs no telling refuses it, and speaks the page all the same.
        let _ = device.send_feature_report(&SWITCH_ON);
    }
    Ok(Box::new(Hid { device }))
}

/// Scanners of the page that are plugged in: identity and name.
#[must_use]
pub fn plugged_in() -> Vec<(UsbIdentity, String)> {
    let Ok(api) = HidApi::new() else { return Vec::new() };
    let scanners = api.device_list().filter(|info| info.usage_page() == PAGE);
    scanners
        .map(|info| {
            let serial = info.serial_number().unwrap_or_default().to_owned();
            let identity = UsbIdentity { vendor: info.vendor_id(), product: info.product_id(), serial };
            (identity, info.product_string().unwrap_or_default().to_owned())
        })
        .collect()
}

impl Wire for Hid {
    fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        let mut report = vec![0; REPORT_MAX];
        let wait = i32::try_from(wait_ms).unwrap_or(i32::MAX);
        let count = self.device.read_timeout(&mut report, wait).map_err(|_| WireError::Lost)?;
        report.truncate(count);
        Ok(report)
    }

    fn write(&mut self, bytes: &[u8], _: u64) -> Result<(), Unwritten> {
        self.device.write(bytes).map(|_| ()).map_err(|_| Unwritten { taken: 0, error: WireError::Lost })
    }

    fn descriptor(&mut self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; DESCRIPTOR_MAX];
        let count = self.device.get_report_descriptor(&mut bytes).ok()?;
        bytes.truncate(count);
        Some(bytes)
    }
}

//! Scanners on serial ports and on HID.

use super::Drive;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::Order;
use crate::devices::manager::outcome::Reason;
use crate::devices::manager::view::{Parsed, Trouble};
use crate::devices::proto::scanner::descriptor::Descriptor;
use crate::devices::proto::scanner::framer::{Framer, FramerSettings};
use crate::devices::proto::scanner::hid_pos::{HidPos, Layout};
use crate::devices::proto::scanner::scan::{Repeats, Scan, ScanSettings};
use crate::devices::settings::{Address, ScannerSettings};

/// How long to listen before orders are looked at, milliseconds.
const LISTEN_MS: u64 = 100;

enum Cutter {
    Stream(Framer),
    Reports(HidPos),
}

/// The driver of a scanner.
pub struct ScannerDrive {
    additions: ScanSettings,
    repeats: Repeats,
    cutter: Cutter,
}

impl ScannerDrive {
    /// For a scanner at an address.
    #[must_use]
    pub fn new(settings: &ScannerSettings, address: &Address) -> Self {
        let speed = if let Address::Serial(port) = address { port.line.speed } else { 115_200 };
        let framer = FramerSettings { tab_ends: settings.tab_ends, ..FramerSettings::at_speed(speed) };
        let cutter = match address {
            Address::Hid(_) => Cutter::Reports(HidPos::new(Vec::new())),
            _ => Cutter::Stream(Framer::new(framer)),
        };
        Self { additions: settings.additions(), repeats: Repeats::new(settings.repeats_ms), cutter }
    }

    fn take(&mut self, scan: Scan, io: &mut Io) {
        if scan.data.is_empty() || self.repeats.repeats(&scan.data, io.ms()) {
            return;
        }
        io.explain(Parsed::Scan(scan.clone()));
        io.tell(scan);
    }
}

impl Drive for ScannerDrive {
    fn begin(&mut self, io: &mut Io) -> Result<String, Trouble> {
        match &mut self.cutter {
            Cutter::Stream(framer) => framer.reset(),
            Cutter::Reports(reports) => {
                let descriptor = io.descriptor().and_then(|bytes| Descriptor::parse(&bytes).ok());
                *reports = HidPos::new(descriptor.as_ref().map(Layout::all).unwrap_or_default());
            }
        }
        Ok(String::new())
    }

    fn order(&mut self, order: Order, _: &mut Io) -> Option<Trouble> {
        order.refuse(Reason::Unsupported);
        None
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        let due_ms = match &self.cutter {
            Cutter::Stream(framer) => framer.due_ms(),
            Cutter::Reports(_) => None,
        };
        let wait = due_ms.map_or(LISTEN_MS, |due| due.saturating_sub(io.ms()).clamp(1, LISTEN_MS));
        let Ok(bytes) = io.read(wait) else { return None };
        let scans: Vec<Scan> = match &mut self.cutter {
            Cutter::Stream(framer) => {
                let raw = framer.take(&bytes, io.ms());
                raw.iter().map(|raw| Scan::new(raw, &self.additions)).collect()
            }
            Cutter::Reports(_) if bytes.is_empty() => Vec::new(),
            Cutter::Reports(reports) => {
                let scan = reports.take(&bytes);
                scan.map(|scan| Scan::with_aim(scan.aim, &scan.data, &self.additions)).into_iter().collect()
            }
        };
        for scan in scans {
            self.take(scan, io);
        }
        None
    }

    fn pause_ms(&self) -> u64 {
        0
    }
}

//! What a driver has in hand: the open wire, the log of exchanges, the lamp.

use super::Event;
use super::hub::{Hub, Shared};
use super::pending::Alive;
use super::view::{Exchange, KEPT, Lamp, Parsed, Trouble};
use crate::devices::proto::escpos::writer::Painter;
use crate::devices::proto::scanner::scan::Scan;
use crate::devices::settings::DeviceSettings;
use crate::devices::wire::{Unwritten, Wire, WireError};
use std::sync::Arc;
use std::time::Duration;

/// The longest wait in one call of a wire, milliseconds: between them the thread shows that it is alive.
const SLICE_MS: u64 = 500;

/// A wire in use.
pub struct Io {
    pub(super) wire: Box<dyn Wire>,
    pub(super) shared: Arc<Shared>,
    pub(super) hub: Arc<Hub>,
    pub(super) alive: Arc<Alive>,
    pub(super) lost: Option<WireError>,
    pub(super) quiet: bool,
}

impl Io {
    /// Settings of the device.
    #[must_use]
    pub fn settings(&self) -> &DeviceSettings {
        &self.shared.settings
    }

    /// Draws what printers cannot.
    #[must_use]
    pub fn painter(&self) -> Arc<dyn Painter + Send + Sync> {
        Arc::clone(&self.hub.painter)
    }

    /// The wall clock now.
    #[must_use]
    pub fn now(&self) -> crate::kernel::moment::Moment {
        self.hub.clock.now()
    }

    /// Milliseconds of the steady clock, for pauses and deadlines.
    #[must_use]
    pub fn ms(&self) -> u64 {
        self.hub.clock.steady_ms()
    }

    /// How long a wire waits, which knows the real time only.
    fn really(&self, wait_ms: u64) -> u64 {
        self.hub.clock.real_ms(wait_ms)
    }

    /// The device is let go, or its thread was given up: whatever waits should end.
    #[must_use]
    pub fn is_ending(&self) -> bool {
        self.alive.is_given_up()
    }

    /// Why the wire is lost, if it is.
    #[must_use]
    pub fn lost(&self) -> Option<&WireError> {
        self.lost.as_ref()
    }

    /// Whether answers can come back.
    #[must_use]
    pub fn answers(&self) -> bool {
        self.wire.answers()
    }

    /// The report descriptor of a HID device.
    pub fn descriptor(&mut self) -> Option<Vec<u8>> {
        self.wire.descriptor()
    }

    /// Questions of idle moments are not noted: they would push everything else out of the log.
    pub fn set_quiet(&mut self, quiet: bool) {
        self.quiet = quiet;
    }

    /// What has come; waits no longer than told.
    ///
    /// # Errors
    /// When the wire is lost.
    pub fn read(&mut self, wait_ms: u64) -> Result<Vec<u8>, WireError> {
        let until_ms = self.ms().saturating_add(wait_ms);
        loop {
            self.beat();
            let left = until_ms.saturating_sub(self.ms());
            match self.wire.read(self.really(left.min(SLICE_MS))) {
                Ok(bytes) if bytes.is_empty() => {
                    if self.ms() >= until_ms || self.is_ending() {
                        return Ok(bytes);
                    }
                }
                Ok(bytes) => {
                    self.note(false, &bytes, Parsed::Bytes);
                    return Ok(bytes);
                }
                Err(error) => {
                    self.lost = Some(error.clone());
                    return Err(error);
                }
            }
        }
    }

    /// Writes all bytes before a deadline.
    ///
    /// # Errors
    /// When not all was taken. A thread that was given up writes nothing: another may be talking to the device.
    pub fn write(&mut self, bytes: &[u8], wait_ms: u64, parsed: Parsed) -> Result<(), Unwritten> {
        if self.is_ending() {
            return Err(Unwritten { taken: 0, error: WireError::TimedOut });
        }
        self.note(true, bytes, parsed);
        let until_ms = self.ms().saturating_add(wait_ms);
        let mut taken = 0;
        loop {
            self.beat();
            let rest = bytes.get(taken..).unwrap_or_default();
            let left = until_ms.saturating_sub(self.ms());
            match self.wire.write(rest, self.really(left.min(SLICE_MS))) {
                Ok(()) => return Ok(()),
                Err(failed) => {
                    taken += failed.taken;
                    let again = failed.error == WireError::TimedOut && taken < bytes.len() && !self.is_ending();
                    if again && self.ms() < until_ms && self.wire.answers() {
                        continue;
                    }
                    if failed.error != WireError::TimedOut {
                        self.lost = Some(failed.error.clone());
                    }
                    return Err(Unwritten { taken, error: failed.error });
                }
            }
        }
    }

    /// Throws away what has come.
    ///
    /// # Errors
    /// When the wire is lost.
    pub fn clear(&mut self) -> Result<(), WireError> {
        let cleared = self.wire.clear();
        if let Err(error) = &cleared {
            self.lost = Some(error.clone());
        }
        cleared
    }

    /// Notes bytes that went by another way than the wire.
    pub fn note(&self, out: bool, bytes: &[u8], parsed: Parsed) {
        if self.quiet {
            return;
        }
        let kept = bytes.get(..KEPT).unwrap_or(bytes).to_vec();
        let at = self.hub.clock.now();
        self.shared.note(Exchange { at, out, bytes: kept, length: bytes.len(), parsed });
    }

    /// Says what the last bytes of the device were.
    pub fn explain(&self, parsed: Parsed) {
        if !self.quiet && !self.shared.explain(&parsed) {
            self.note(false, &[], parsed);
        }
    }

    /// Waits, showing that the thread is alive.
    pub fn pause(&self, wait_ms: u64) {
        self.beat();
        std::thread::sleep(Duration::from_millis(self.really(wait_ms.min(SLICE_MS))));
        self.beat();
    }

    /// Shows that the thread is alive, in a long conversation by another way than the wire.
    pub fn beat(&self) {
        if !self.is_ending() {
            self.shared.beat();
        }
    }

    /// Sets the lamp, unless this thread was given up.
    pub fn lamp(&self, lamp: Lamp) {
        if !self.is_ending() && self.shared.set_lamp(lamp, self.hub.clock.now()) {
            self.hub.wake();
        }
    }

    /// The lamp of a trouble, or of none.
    pub fn lamp_of(&self, trouble: Option<Trouble>) {
        self.lamp(trouble.map_or(Lamp::Ready, Lamp::Trouble));
    }

    /// Tells a scan.
    pub fn tell(&self, scan: Scan) {
        if self.is_ending() {
            return;
        }
        self.shared.count_event();
        self.hub.tell(Event { device: self.shared.settings.id.clone(), scan });
    }
}

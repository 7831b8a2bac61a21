//! The device's side of the first link, for training registrars and scales. Takes messages, holds the answer
//! until it is acknowledged.

use super::frame::{ACK, Collector, ENQ, NAK, STX, message};

/// What the link of a device wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeviceEvent {
    /// Bytes to the host.
    Send(Vec<u8>),
    /// A command to carry out; [`Device::answer`] takes what comes of it.
    Command(Vec<u8>),
}

/// The device's end.
#[derive(Clone, Debug, Default)]
pub struct Device {
    reading: bool,
    last_ms: u64,
    held: Option<Vec<u8>>,
    collector: Collector,
}

/// A message that pauses longer is over, milliseconds.
const BYTE_MS: u64 = 150;

impl Device {
    /// Takes bytes of the host.
    pub fn take(&mut self, bytes: &[u8], now_ms: u64) -> Vec<DeviceEvent> {
        if self.reading && now_ms.saturating_sub(self.last_ms) > BYTE_MS {
            self.reading = false;
            self.collector.reset();
        }
        self.last_ms = now_ms;
        bytes.iter().flat_map(|byte| self.byte(*byte)).collect()
    }

    /// The bytes of an answer; it is held until the host has acknowledged it.
    pub fn answer(&mut self, data: &[u8]) -> Vec<u8> {
        let bytes = message(data);
        self.held = Some(bytes.clone());
        bytes
    }

    /// A message has begun and not ended.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.reading
    }

    /// Forgets everything, as a device does that lost its power.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    fn byte(&mut self, byte: u8) -> Vec<DeviceEvent> {
        let send = |byte: u8| vec![DeviceEvent::Send(vec![byte])];
        if self.reading {
            return match self.collector.take(byte) {
                None => Vec::new(),
                Some(None) => {
                    self.reading = false;
                    send(NAK)
                }
                Some(Some(data)) => {
                    self.reading = false;
                    self.held = None;
                    vec![DeviceEvent::Send(vec![ACK]), DeviceEvent::Command(data)]
                }
            };
        }
        match byte {
            STX => {
                self.reading = true;
                self.collector.reset();
                Vec::new()
            }
            ENQ => match &self.held {
                Some(held) => vec![DeviceEvent::Send([&[ACK], held.as_slice()].concat())],
                None => send(NAK),
            },
            ACK => {
                self.held = None;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

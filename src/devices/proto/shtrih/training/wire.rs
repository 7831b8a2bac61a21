//! The training registrar on a wire: bytes of either link in, bytes out, and faults that can be ordered.

use super::Registrar;
use crate::devices::proto::shtrih::device::{Device, DeviceEvent};
use crate::devices::proto::shtrih::frame::{ENQ, NAK};
use crate::devices::proto::shtrih::numbered::NumberedDevice;
use chrono::NaiveDateTime;

/// What goes wrong, once, with the next command of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The command is carried out, its answer gets lost and is not held.
    DropAnswer,
    /// The sum of the answer is wrong the first time.
    BadSum,
    /// The command is not taken the first time.
    Refuse,
    /// The answer comes so many milliseconds later.
    Slow(u64),
    /// The power fails before the command is carried out.
    PowerLossBefore,
    /// The power fails after it was carried out.
    PowerLossAfter,
    /// The cable is pulled before the command arrives: silence until [`Wired::plug_in`].
    Unplugged,
}

/// Bytes to the host, and how much later they come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Milliseconds after what they answer.
    pub after_ms: u64,
}

/// A registrar on a wire.
#[derive(Clone, Debug)]
pub struct Wired {
    /// The registrar.
    pub registrar: Registrar,
    device: Device,
    numbered: NumberedDevice,
    faults: Vec<(Vec<u8>, Fault)>,
    speaks_numbered: bool,
    unplugged: bool,
    last_ms: u64,
}

/// After such a pause a message that has not ended is over, milliseconds.
const BROKEN_OFF_MS: u64 = 150;

impl Wired {
    /// Plugged in, without faults.
    #[must_use]
    pub fn new(registrar: Registrar) -> Self {
        Self {
            registrar,
            device: Device::default(),
            numbered: NumberedDevice::default(),
            faults: Vec::new(),
            speaks_numbered: false,
            unplugged: false,
            last_ms: 0,
        }
    }

    /// Orders a fault for the next command of a code.
    pub fn order(&mut self, code: &[u8], fault: Fault) {
        self.faults.push((code.to_vec(), fault));
    }

    /// Plugs the cable in again.
    pub fn plug_in(&mut self) {
        self.unplugged = false;
    }

    /// Whether the cable is pulled.
    #[must_use]
    pub fn is_unplugged(&self) -> bool {
        self.unplugged
    }

    /// Takes bytes of the host at a moment of the steady clock and of the calendar.
    pub fn take(&mut self, bytes: &[u8], now_ms: u64, now: NaiveDateTime) -> Vec<Reply> {
        if self.unplugged {
            return Vec::new();
        }
        // The host may change the link between messages, or after it broke one off.
        let reading = if self.speaks_numbered { self.numbered.is_reading() } else { self.device.is_reading() };
        if !reading || now_ms.saturating_sub(self.last_ms) > BROKEN_OFF_MS {
            match bytes.first() {
                Some(0x8F) => self.speaks_numbered = true,
                Some(&ENQ) => self.speaks_numbered = false,
                _ => {}
            }
        }
        self.last_ms = now_ms;
        let events = if self.speaks_numbered { self.numbered.take(bytes) } else { self.device.take(bytes, now_ms) };
        let mut replies = Vec::new();
        let mut held_back: Vec<u8> = Vec::new();
        for event in events {
            match event {
                DeviceEvent::Send(bytes) => held_back.extend(bytes),
                DeviceEvent::Command(command) => self.command(&command, &mut held_back, &mut replies, now),
            }
            if self.unplugged {
                return Vec::new();
            }
        }
        if !held_back.is_empty() {
            replies.push(Reply { bytes: held_back, after_ms: 0 });
        }
        replies
    }

    /// Carries out a command with its fault. `acknowledged` is what the link has already said.
    fn command(&mut self, command: &[u8], acknowledged: &mut Vec<u8>, replies: &mut Vec<Reply>, now: NaiveDateTime) {
        let at = self.faults.iter().position(|(code, _)| command.starts_with(code));
        let fault = at.map(|at| self.faults.remove(at).1);
        match fault {
            Some(Fault::Refuse) if !self.speaks_numbered => {
                *acknowledged = vec![NAK];
                return;
            }
            Some(Fault::Unplugged) => {
                self.unplugged = true;
                self.restart();
                return;
            }
            Some(Fault::PowerLossBefore) => {
                self.restart();
                acknowledged.clear();
                return;
            }
            _ => {}
        }
        let answer = self.registrar.command(command, now);
        let mut bytes = if self.speaks_numbered { self.numbered.answer(&answer) } else { self.device.answer(&answer) };
        let mut after_ms = 0;
        match fault {
            Some(Fault::PowerLossAfter) => {
                self.restart();
                acknowledged.clear();
                return;
            }
            Some(Fault::DropAnswer) => {
                self.device.reset();
                bytes.clear();
            }
            Some(Fault::BadSum) => {
                if let Some(last) = bytes.last_mut() {
                    *last ^= 1;
                }
            }
            Some(Fault::Slow(ms)) => after_ms = ms,
            _ => {}
        }
        replies.push(Reply { bytes: std::mem::take(acknowledged), after_ms: 0 });
        replies.push(Reply { bytes, after_ms });
    }

    fn restart(&mut self) {
        self.registrar.lose_power();
        self.device.reset();
        self.numbered = NumberedDevice::default();
    }
}

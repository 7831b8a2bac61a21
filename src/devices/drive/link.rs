//! One exchange over the link of Shtrih-M: registrars speak it, and scales of the same maker.

use crate::devices::manager::io::Io;
use crate::devices::manager::view::Parsed;
use crate::devices::proto::shtrih::host::Host;
use crate::devices::proto::shtrih::link::{Cause, Event, Failure, Times};
use crate::devices::proto::shtrih::numbered::NumberedHost;

/// How long a message may take to be written, milliseconds: longer ones are those of a device that holds the line.
const WRITE_MS: u64 = 3000;

/// Either link.
pub enum Link {
    /// ENQ, STX, ACK.
    Plain(Host),
    /// Numbered packets.
    Numbered(NumberedHost),
}

impl Link {
    /// A link at rest.
    #[must_use]
    pub fn new(numbered: bool, times: Times) -> Self {
        if numbered { Self::Numbered(NumberedHost::new(times)) } else { Self::Plain(Host::new(times)) }
    }

    fn begin(&mut self, command: &[u8], answer_ms: u64, now_ms: u64) -> Vec<Event> {
        match self {
            Self::Plain(host) => host.begin(command, answer_ms, now_ms),
            Self::Numbered(host) => host.begin(command, answer_ms, now_ms),
        }
    }

    fn due_ms(&self) -> Option<u64> {
        match self {
            Self::Plain(host) => host.due_ms(),
            Self::Numbered(host) => host.due_ms(),
        }
    }

    fn step(&mut self, bytes: &[u8], now_ms: u64) -> Vec<Event> {
        match (self, bytes.is_empty()) {
            (Self::Plain(host), true) => host.tick(now_ms),
            (Self::Plain(host), false) => host.take(bytes, now_ms),
            (Self::Numbered(host), true) => host.tick(now_ms),
            (Self::Numbered(host), false) => host.take(bytes, now_ms),
        }
    }

    /// Sends a command and waits for its answer.
    ///
    /// # Errors
    /// When there is none; whether the command may have been carried out is a part of the error.
    pub fn exchange(&mut self, io: &mut Io, command: &[u8], answer_ms: u64) -> Result<Vec<u8>, Failure> {
        let mut sent = false;
        let broken = |sent: bool| match sent {
            true => Failure::Unknown(Cause::Silence),
            false => Failure::NotDone(Cause::Silence),
        };
        io.clear().map_err(|_| broken(false))?;
        let mut events = self.begin(command, answer_ms, io.ms());
        loop {
            for event in std::mem::take(&mut events) {
                match event {
                    Event::Send(bytes) => {
                        let is_command = carries(&bytes, command);
                        let parsed = if is_command { Parsed::Command(code(command)) } else { Parsed::Control };
                        if let Err(failed) = io.write(&bytes, WRITE_MS, parsed) {
                            return Err(broken(sent || is_command && failed.taken > 0));
                        }
                        sent |= is_command;
                    }
                    Event::Done(Ok(answer)) => {
                        let error = answer.get(if command.first() == Some(&0xFF) { 2 } else { 1 });
                        io.explain(Parsed::Answer(code(command), error.copied().unwrap_or(0)));
                        return Ok(answer);
                    }
                    Event::Done(Err(failure)) => return Err(failure),
                }
            }
            if io.is_ending() {
                return Err(broken(sent));
            }
            let Some(due_ms) = self.due_ms() else { return Err(broken(sent)) };
            let bytes = io.read(due_ms.saturating_sub(io.ms()).min(500)).map_err(|_| broken(sent))?;
            events = self.step(&bytes, io.ms());
        }
    }
}

/// Whether bytes carry the command itself, and not only control bytes or a question for a number.
fn carries(bytes: &[u8], command: &[u8]) -> bool {
    // Packets escape some bytes, so only their length tells.
    bytes.len() > command.len()
}

/// The code of a command: one byte, or two after FF.
fn code(command: &[u8]) -> u16 {
    match command {
        [0xFF, second, ..] => 0xFF00 | u16::from(*second),
        [first, ..] => u16::from(*first),
        [] => 0,
    }
}

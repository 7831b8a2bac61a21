//! Our side of the first link: one exchange at a time, from the question whether the device is there to the
//! answer, with lost and broken bytes on the way.
//!
//! Rules, each learnt from a receipt that was printed twice or not at all: a lost acknowledgement is no reason to
//! repeat; without an answer the device is asked whether it still holds one; when it does not, nobody knows what
//! it did. Bytes of an earlier conversation are read away before a new one.

use super::frame::{ACK, Collector, ENQ, NAK, STX, message};
use super::link::{Cause, Event, Failure, Times, answers};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// No exchange.
    Idle,
    /// Waits for silence before it asks.
    Settling,
    /// ENQ is sent.
    Asked,
    /// The command is sent, its acknowledgement awaited.
    Sent,
    /// The command is taken, its answer awaited; `stale` when it is the answer to somebody's earlier command.
    Waiting { stale: bool },
    /// A message comes.
    Reading { stale: bool },
}

/// One end of the link.
#[derive(Clone, Debug)]
pub struct Host {
    times: Times,
    state: State,
    since_ms: u64,
    command: Vec<u8>,
    answer_ms: u64,
    sent_ms: Option<u64>,
    tries: u32,
    collector: Collector,
}

impl Host {
    /// No exchange yet.
    #[must_use]
    pub fn new(times: Times) -> Self {
        Self {
            times,
            state: State::Idle,
            since_ms: 0,
            command: Vec::new(),
            answer_ms: 0,
            sent_ms: None,
            tries: 0,
            collector: Collector::default(),
        }
    }

    /// Begins an exchange: the command with its code, and how long its answer may take. The caller has cleared
    /// the port's input; an exchange that has not ended is forgotten.
    pub fn begin(&mut self, command: &[u8], answer_ms: u64, now_ms: u64) -> Vec<Event> {
        self.command = command.to_vec();
        self.answer_ms = answer_ms;
        self.sent_ms = None;
        self.tries = 0;
        self.ask(now_ms)
    }

    /// Whether an exchange goes on.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.state != State::Idle
    }

    /// Takes bytes of the device.
    pub fn take(&mut self, bytes: &[u8], now_ms: u64) -> Vec<Event> {
        bytes.iter().flat_map(|byte| self.byte(*byte, now_ms)).collect()
    }

    /// When [`Host::tick`] is due.
    #[must_use]
    pub fn due_ms(&self) -> Option<u64> {
        let pause = match self.state {
            State::Idle => return None,
            State::Settling => self.times.quiet_ms,
            State::Asked | State::Sent => self.times.control_ms,
            State::Waiting { stale: true } => self.times.control_ms,
            State::Waiting { stale: false } => self.answer_ms,
            State::Reading { .. } => self.times.byte_ms,
        };
        Some(self.since_ms.saturating_add(pause))
    }

    /// What a silence means.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Event> {
        if self.due_ms().is_none_or(|due| now_ms < due) {
            return Vec::new();
        }
        match self.state {
            State::Idle => Vec::new(),
            // Whatever was said before is over, or the acknowledgement got lost: is an answer held?
            State::Settling | State::Sent | State::Waiting { .. } => self.ask(now_ms),
            State::Asked => self.again(Cause::Silence, now_ms),
            State::Reading { .. } => self.broken(now_ms),
        }
    }

    fn enter(&mut self, state: State, now_ms: u64) {
        self.state = state;
        self.since_ms = now_ms;
    }

    fn ask(&mut self, now_ms: u64) -> Vec<Event> {
        self.collector.reset();
        self.enter(State::Asked, now_ms);
        vec![Event::Send(vec![ENQ])]
    }

    /// Tries once more, after a silence; gives up when it has tried often enough and the answer cannot be
    /// waited for any longer.
    fn again(&mut self, cause: Cause, now_ms: u64) -> Vec<Event> {
        self.tries += 1;
        let waits = self.sent_ms.is_some_and(|sent| now_ms.saturating_sub(sent) < self.answer_ms);
        if self.tries > self.times.tries && !waits {
            return self.fail(cause);
        }
        self.enter(State::Settling, now_ms);
        Vec::new()
    }

    fn fail(&mut self, cause: Cause) -> Vec<Event> {
        self.state = State::Idle;
        let failure = if self.sent_ms.is_some() { Failure::Unknown(cause) } else { Failure::NotDone(cause) };
        vec![Event::Done(Err(failure))]
    }

    fn byte(&mut self, byte: u8, now_ms: u64) -> Vec<Event> {
        match self.state {
            State::Idle => Vec::new(),
            State::Settling => {
                self.since_ms = now_ms;
                Vec::new()
            }
            State::Reading { stale } => {
                self.since_ms = now_ms;
                match self.collector.take(byte) {
                    None => Vec::new(),
                    Some(None) => self.broken(now_ms),
                    Some(Some(data)) => self.message(data, stale, now_ms),
                }
            }
            _ => self.control(byte, now_ms),
        }
    }

    fn control(&mut self, byte: u8, now_ms: u64) -> Vec<Event> {
        let stale = self.sent_ms.is_none();
        match (self.state, byte) {
            // A registrar that wakes up sends these.
            (_, 0xFF) => Vec::new(),
            (State::Asked, NAK) if stale => self.send(now_ms),
            (State::Asked, NAK) => self.fail(Cause::AnswerGone),
            (State::Asked, ACK) => {
                self.enter(State::Waiting { stale }, now_ms);
                Vec::new()
            }
            (State::Sent, ACK) => {
                self.enter(State::Waiting { stale: false }, now_ms);
                Vec::new()
            }
            (State::Sent, NAK) => {
                self.tries += 1;
                if self.tries > self.times.tries {
                    // The device said that it did not take the command.
                    self.sent_ms = None;
                    return self.fail(Cause::Refused);
                }
                self.send(now_ms)
            }
            // The acknowledgement before it was lost.
            (State::Asked | State::Sent | State::Waiting { .. }, STX) => {
                let stale = if let State::Waiting { stale } = self.state { stale } else { stale };
                self.collector.reset();
                self.enter(State::Reading { stale }, now_ms);
                Vec::new()
            }
            (State::Asked, _) => self.again(Cause::Garbled, now_ms),
            _ => Vec::new(),
        }
    }

    fn send(&mut self, now_ms: u64) -> Vec<Event> {
        self.sent_ms = Some(now_ms);
        self.enter(State::Sent, now_ms);
        vec![Event::Send(message(&self.command))]
    }

    /// A message broke off or its sum is wrong: it is asked for again.
    fn broken(&mut self, now_ms: u64) -> Vec<Event> {
        self.collector.reset();
        self.tries += 1;
        if self.tries > self.times.tries {
            return self.fail(Cause::Garbled);
        }
        self.enter(State::Asked, now_ms);
        vec![Event::Send(vec![NAK, ENQ])]
    }

    fn message(&mut self, data: Vec<u8>, stale: bool, now_ms: u64) -> Vec<Event> {
        let taken = Event::Send(vec![ACK]);
        if stale {
            // Somebody's earlier answer: it is taken away, and the device asked again.
            self.enter(State::Settling, now_ms);
            return vec![taken];
        }
        if !answers(&self.command, &data) {
            self.enter(State::Waiting { stale: false }, now_ms);
            return vec![taken];
        }
        self.state = State::Idle;
        vec![taken, Event::Done(Ok(data))]
    }
}

#[cfg(test)]
mod tests;

//! The second link: `8F, length, number, data, checksum`. A question and its answer carry one number, so a
//! question asked again is known to be the same one and is not carried out twice.

use super::link::{Cause, Event, Failure, Times, answers};

const START: u8 = 0x8F;
const ESCAPE: u8 = 0x9F;
const ESCAPED_START: u8 = 0x81;
const ESCAPED_ESCAPE: u8 = 0x83;

/// Bytes of data a packet may have.
const DATA_MAX: usize = 4096;

/// CRC-CCITT from FFFF, as the maker's driver computes it.
#[must_use]
pub fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |before: u16, byte| {
        let mut sum = before.rotate_left(8) ^ u16::from(*byte);
        sum ^= (sum & 0xFF) >> 4;
        sum ^= sum << 12;
        sum ^ ((sum & 0xFF) << 5)
    })
}

/// A packet: without a number it asks the device for its own.
#[must_use]
pub fn packet(number: Option<u16>, data: &[u8]) -> Vec<u8> {
    let mut inside = Vec::new();
    match number {
        None => inside.extend([0, 0]),
        Some(number) => {
            inside.extend(u16::try_from(data.len() + 2).unwrap_or(u16::MAX).to_le_bytes());
            inside.extend(number.to_le_bytes());
            inside.extend(data);
        }
    }
    inside.extend(checksum(&inside).to_le_bytes());
    let mut bytes = vec![START];
    for byte in inside {
        match byte {
            START => bytes.extend([ESCAPE, ESCAPED_START]),
            ESCAPE => bytes.extend([ESCAPE, ESCAPED_ESCAPE]),
            byte => bytes.push(byte),
        }
    }
    bytes
}

/// A packet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Packet {
    /// The host asks for the number.
    Empty,
    /// A numbered packet; its data may be empty.
    Numbered(u16, Vec<u8>),
    /// The checksum is wrong.
    Broken,
}

/// Finds packets in a stream.
#[derive(Clone, Debug, Default)]
pub struct Unpacker {
    inside: Option<Vec<u8>>,
    escaped: bool,
}

impl Unpacker {
    /// Takes the next byte; a start byte always begins anew.
    pub fn take(&mut self, byte: u8) -> Option<Packet> {
        if byte == START {
            self.inside = Some(Vec::new());
            self.escaped = false;
            return None;
        }
        let inside = self.inside.as_mut()?;
        match (self.escaped, byte) {
            (false, ESCAPE) => {
                self.escaped = true;
                return None;
            }
            (true, ESCAPED_START) => inside.push(START),
            (true, ESCAPED_ESCAPE) => inside.push(ESCAPE),
            (_, byte) => inside.push(byte),
        }
        self.escaped = false;
        let length = usize::from(u16::from_le_bytes([*inside.first()?, *inside.get(1)?]));
        if length > DATA_MAX {
            self.inside = None;
            return Some(Packet::Broken);
        }
        if inside.len() < length + 4 {
            return None;
        }
        let whole = self.inside.take()?;
        let (body, sum) = whole.split_at_checked(length + 2)?;
        if sum != checksum(body).to_le_bytes() {
            return Some(Packet::Broken);
        }
        Some(match body {
            [_, _, low, high, data @ ..] => Packet::Numbered(u16::from_le_bytes([*low, *high]), data.to_vec()),
            _ => Packet::Empty,
        })
    }
}

/// Our side of the link.
#[derive(Clone, Debug)]
pub struct NumberedHost {
    times: Times,
    number: Option<u16>,
    command: Vec<u8>,
    answer_ms: u64,
    sent: bool,
    tries: u32,
    due_ms: Option<u64>,
    unpacker: Unpacker,
}

impl NumberedHost {
    /// Knows no number yet.
    #[must_use]
    pub fn new(times: Times) -> Self {
        Self {
            times,
            number: None,
            command: Vec::new(),
            answer_ms: 0,
            sent: false,
            tries: 0,
            due_ms: None,
            unpacker: Unpacker::default(),
        }
    }

    /// Begins an exchange, as [`super::host::Host::begin`].
    pub fn begin(&mut self, command: &[u8], answer_ms: u64, now_ms: u64) -> Vec<Event> {
        self.command = command.to_vec();
        self.answer_ms = answer_ms;
        self.sent = false;
        self.tries = 0;
        self.speak(now_ms)
    }

    /// When [`NumberedHost::tick`] is due.
    #[must_use]
    pub fn due_ms(&self) -> Option<u64> {
        self.due_ms
    }

    /// Whether an exchange goes on.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.due_ms.is_some()
    }

    /// Takes bytes of the device.
    pub fn take(&mut self, bytes: &[u8], now_ms: u64) -> Vec<Event> {
        let mut events = Vec::new();
        for byte in bytes {
            if let Some(packet) = self.unpacker.take(*byte).filter(|_| self.due_ms.is_some()) {
                events.extend(self.packet(packet, now_ms));
            }
        }
        events
    }

    /// Speaks again after a silence: the same number makes it the same question.
    pub fn tick(&mut self, now_ms: u64) -> Vec<Event> {
        if self.due_ms.is_none_or(|due| now_ms < due) { Vec::new() } else { self.again(Cause::Silence, now_ms) }
    }

    fn speak(&mut self, now_ms: u64) -> Vec<Event> {
        let pause = if self.number.is_some() { self.answer_ms } else { self.times.control_ms };
        self.due_ms = Some(now_ms.saturating_add(pause));
        self.sent |= self.number.is_some();
        let data: &[u8] = if self.number.is_some() { &self.command } else { &[] };
        vec![Event::Send(packet(self.number, data))]
    }

    fn again(&mut self, cause: Cause, now_ms: u64) -> Vec<Event> {
        self.tries += 1;
        if self.tries <= self.times.tries {
            return self.speak(now_ms);
        }
        self.due_ms = None;
        // The device may have counted on: the next exchange asks for the number.
        self.number = None;
        let failure = if self.sent { Failure::Unknown(cause) } else { Failure::NotDone(cause) };
        vec![Event::Done(Err(failure))]
    }

    fn packet(&mut self, packet: Packet, now_ms: u64) -> Vec<Event> {
        match (self.number, packet) {
            (_, Packet::Broken) => self.again(Cause::Garbled, now_ms),
            (None, Packet::Numbered(number, _)) => {
                self.number = Some(number.wrapping_add(1));
                self.speak(now_ms)
            }
            (Some(own), Packet::Numbered(number, data)) if own == number && answers(&self.command, &data) => {
                self.number = Some(own.wrapping_add(1));
                self.due_ms = None;
                vec![Event::Done(Ok(data))]
            }
            // An answer to an earlier question.
            _ => Vec::new(),
        }
    }
}

/// The device's side.
#[derive(Clone, Debug, Default)]
pub struct NumberedDevice {
    number: u16,
    answered: Option<Vec<u8>>,
    unpacker: Unpacker,
}

impl NumberedDevice {
    /// Takes bytes of the host; a question with the last number gets the last answer again.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<super::device::DeviceEvent> {
        use super::device::DeviceEvent::{Command, Send};
        let mut events = Vec::new();
        for byte in bytes {
            match self.unpacker.take(*byte) {
                Some(Packet::Empty) => events.push(Send(packet(Some(self.number), &[]))),
                Some(Packet::Numbered(number, data)) => match &self.answered {
                    Some(answer) if number == self.number => events.push(Send(answer.clone())),
                    _ => {
                        self.number = number;
                        self.answered = None;
                        events.push(Command(data));
                    }
                },
                Some(Packet::Broken) | None => {}
            }
        }
        events
    }

    /// A packet has begun and not ended.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        self.unpacker.inside.is_some()
    }

    /// The bytes of an answer.
    pub fn answer(&mut self, data: &[u8]) -> Vec<u8> {
        let bytes = packet(Some(self.number), data);
        self.answered = Some(bytes.clone());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::{NumberedDevice, NumberedHost, Packet, Unpacker, checksum, packet};
    use crate::devices::proto::fuzz::Dice;
    use crate::devices::proto::shtrih::device::DeviceEvent;
    use crate::devices::proto::shtrih::link::{Cause, Event, Failure, Times};

    #[test]
    fn the_checksum_is_the_usual_one() {
        // CRC-16/CCITT-FALSE of the usual test text.
        assert_eq!(checksum(b"123456789"), 0x29B1);
    }

    #[test]
    fn packets_are_read_back_and_start_bytes_never_stand_inside() {
        let mut dice = Dice::new(47);
        for _ in 0..3000 {
            let data: Vec<u8> = (0..dice.below(40)).map(|_| dice.pick(&[0x8F, 0x9F, 0x81, 0x83, 0, 7])).collect();
            let number = u16::from_le_bytes([dice.byte(), dice.byte()]);
            let bytes = packet(Some(number), &data);
            assert!(!bytes[1..].contains(&0x8F));
            let mut unpacker = Unpacker::default();
            let noise = dice.bytes(5);
            let read: Vec<_> = noise.iter().chain(&bytes).filter_map(|byte| unpacker.take(*byte)).collect();
            assert_eq!(read.last(), Some(&Packet::Numbered(number, data)));
        }
    }

    /// Talks over a wire that loses and breaks packets; says what came of it and how often it was carried out.
    fn talk(dice: &mut Dice, spoils: usize) -> (Result<Vec<u8>, Failure>, usize) {
        let mut host = NumberedHost::new(Times::default());
        let mut device = NumberedDevice::default();
        let (mut now, mut done) = (0, 0);
        let mut events = host.begin(&[0xFF, 0x45, 1], 500, now);
        loop {
            let mut replies = Vec::new();
            for event in std::mem::take(&mut events) {
                match event {
                    Event::Done(result) => return (result, done),
                    Event::Send(mut bytes) => {
                        if dice.below(100) < spoils {
                            let at = dice.below(bytes.len());
                            bytes[at] ^= 0x40;
                        }
                        for event in device.take(&bytes) {
                            match event {
                                DeviceEvent::Send(bytes) => replies.extend(bytes),
                                DeviceEvent::Command(command) => {
                                    done += 1;
                                    let answer = device.answer(&[command[0], command[1], 0]);
                                    if dice.below(100) >= spoils {
                                        replies.extend(answer);
                                    }
                                }
                            }
                        }
                    }
                }
            }
            now += 5;
            events = host.take(&replies, now);
            if events.is_empty() {
                now = host.due_ms().unwrap();
                events = host.tick(now);
            }
        }
    }

    #[test]
    fn a_command_is_carried_out_once_however_often_it_is_asked_for() {
        for seed in 0..500 {
            let mut dice = Dice::new(seed);
            let (result, done) = talk(&mut dice, 40);
            match result {
                Ok(answer) => assert_eq!((answer, done), (vec![0xFF, 0x45, 0], 1), "seed {seed}"),
                Err(Failure::NotDone(_)) => assert_eq!(done, 0),
                Err(Failure::Unknown(_)) => assert!(done <= 1),
            }
        }
    }

    #[test]
    fn silence_before_anything_left_is_not_done() {
        let mut host = NumberedHost::new(Times::default());
        let mut events = host.begin(&[0x10], 100, 0);
        while !matches!(events.last(), Some(Event::Done(_))) {
            let due = host.due_ms().unwrap();
            events = host.tick(due);
        }
        assert_eq!(events, [Event::Done(Err(Failure::NotDone(Cause::Silence)))]);
        assert!(!host.is_busy());
    }
}

//! Scales of CAS in three dialects. Their documents were not at hand: type A and PD-II follow programs of others,
//! and wait for a device to prove them.

use super::Reading;

const ENQ: u8 = 0x05;
const ACK: u8 = 0x06;
const DC1: u8 = 0x11;

/// Bytes an answer may have before it is thrown away.
const ANSWER_MAX: usize = 64;

/// Which dialect the scales are set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    /// Type A (AP, PDS): ENQ, ACK, DC1, then a block with a check byte.
    TypeA,
    /// Type B: lines that come by themselves, `ST,GS,   1.500 kg`.
    TypeB,
    /// PD-II: `W`, then a header, a byte of state, five digits, the unit and a return; 9600 7E1.
    PdTwo,
}

/// What the host's side wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CasEvent {
    /// A byte to the scales.
    Send(u8),
    /// A reading.
    Read(Reading),
    /// An answer that made no sense.
    Garbled,
}

/// The host's side.
#[derive(Clone, Debug)]
pub struct Cas {
    dialect: Dialect,
    buffer: Vec<u8>,
}

impl Cas {
    /// Scales of a dialect.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, buffer: Vec::new() }
    }

    /// What to send to get a reading; nothing to scales that talk by themselves.
    pub fn ask(&mut self) -> Option<CasEvent> {
        self.buffer.clear();
        match self.dialect {
            Dialect::TypeA => Some(CasEvent::Send(ENQ)),
            Dialect::TypeB => None,
            Dialect::PdTwo => Some(CasEvent::Send(b'W')),
        }
    }

    /// What to send to take what lies there for the tare, where the dialect can.
    #[must_use]
    pub fn tare(&self) -> Option<CasEvent> {
        (self.dialect == Dialect::PdTwo).then_some(CasEvent::Send(b'T'))
    }

    /// Takes bytes of the scales.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<CasEvent> {
        bytes.iter().filter_map(|byte| self.byte(*byte)).collect()
    }

    fn byte(&mut self, byte: u8) -> Option<CasEvent> {
        // Seven bits with parity read as eight.
        let byte = if self.dialect == Dialect::PdTwo { byte & 0x7F } else { byte };
        if self.dialect == Dialect::TypeA && self.buffer.is_empty() {
            match byte {
                ACK => return Some(CasEvent::Send(DC1)),
                0x01 => {}
                _ => return None,
            }
        }
        let ends = match self.dialect {
            Dialect::TypeA => self.buffer.len() == 13,
            Dialect::TypeB => byte == b'\n',
            Dialect::PdTwo => byte == b'\r',
        };
        self.buffer.push(byte);
        if !ends {
            if self.buffer.len() > ANSWER_MAX {
                self.buffer.clear();
                return Some(CasEvent::Garbled);
            }
            return None;
        }
        let answer = std::mem::take(&mut self.buffer);
        let reading = match self.dialect {
            Dialect::TypeA => block(&answer),
            Dialect::TypeB => line(&answer),
            Dialect::PdTwo => state_and_digits(&answer),
        };
        Some(reading.map_or(CasEvent::Garbled, CasEvent::Read))
    }
}

/// Digits with a point, or without one and three decimals of a kilogram, to tenths of a gram.
fn weight(text: &str, unit: &str) -> Option<i64> {
    let text: String = text.chars().filter(|letter| *letter != ' ').collect();
    let (minus, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{part}");
    if all.is_empty() || all.len() > 12 || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value: i64 = all.parse().ok()?;
    let kilograms = !unit.trim().eq_ignore_ascii_case("g");
    // Without a point kilograms are given in grams.
    let decimals = if kilograms && part.is_empty() { 3 } else { part.len() };
    let scale = if kilograms { 4 } else { 1 };
    let tenths = match scale.cmp(&decimals) {
        std::cmp::Ordering::Less => value / 10i64.checked_pow(u32::try_from(decimals - scale).ok()?)?,
        _ => value.checked_mul(10i64.checked_pow(u32::try_from(scale - decimals).ok()?)?)?,
    };
    Some(if minus { -tenths } else { tenths })
}

/// `01 02 state sign w5..w0 u1 u2 check 03 04`, the check is XOR of state to unit; fourteen bytes.
fn block(answer: &[u8]) -> Option<Reading> {
    let [0x01, 0x02, inside @ .., check, 0x03, 0x04] = answer else { return None };
    if inside.iter().fold(0, |sum, byte| sum ^ byte) != *check {
        return None;
    }
    let text = std::str::from_utf8(inside).ok().filter(|text| text.is_ascii() && text.len() == 9)?;
    let (state, rest) = text.split_at(1);
    let (number, unit) = rest.split_at(6);
    Some(Reading { weight: weight(number, unit)?, stable: state == "S", overload: state == "F" })
}

/// `ST,GS,   1.500 kg` with return and line feed.
fn line(answer: &[u8]) -> Option<Reading> {
    let text = std::str::from_utf8(answer).ok()?.trim();
    let mut parts = text.split(',');
    let (state, rest) = (parts.next()?.trim(), parts.next_back()?.trim());
    if state == "OL" {
        return Some(Reading { overload: true, ..Reading::default() });
    }
    let at = rest.find(|letter: char| letter.is_ascii_alphabetic()).unwrap_or(rest.len());
    let (number, unit) = rest.split_at(at);
    let known = matches!(state, "ST" | "US");
    known.then_some(())?;
    Some(Reading { weight: weight(number, unit)?, stable: state == "ST", overload: false })
}

/// Header, state (bit 0 or 1 moving, bit 2 overload), five digits of grams, unit, return.
fn state_and_digits(answer: &[u8]) -> Option<Reading> {
    let [_, state, digits @ .., _unit, b'\r'] = answer else { return None };
    let digits = std::str::from_utf8(digits).ok().filter(|digits| digits.len() == 5)?;
    Some(Reading { weight: weight(digits, "kg")?, stable: state & 3 == 0, overload: state & 4 != 0 })
}

/// The scales' side, for a training device: answers of a weight.
#[derive(Clone, Copy, Debug)]
pub struct CasDevice {
    /// The dialect.
    pub dialect: Dialect,
    /// What lies on the platform.
    pub reading: Reading,
}

impl CasDevice {
    /// Takes bytes of the host; returns the answer.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.iter().flat_map(|byte| self.byte(*byte)).collect()
    }

    fn byte(&mut self, byte: u8) -> Vec<u8> {
        match (self.dialect, byte) {
            (Dialect::TypeA, ENQ) => vec![ACK],
            (Dialect::TypeA, DC1) => self.answer(),
            (Dialect::PdTwo, b'W') => self.answer(),
            (Dialect::PdTwo, b'T') => {
                self.reading.weight = 0;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// One answer, as type B sends it without being asked.
    #[must_use]
    pub fn answer(&self) -> Vec<u8> {
        let Reading { weight, stable, overload } = self.reading;
        let grams = (weight / 10).unsigned_abs();
        let sign = if weight < 0 { '-' } else { ' ' };
        match self.dialect {
            Dialect::TypeA => {
                let state = if overload {
                    'F'
                } else if stable {
                    'S'
                } else {
                    'U'
                };
                let inside = format!("{state}{sign}{:>5}kg", grams.min(99_999));
                let check = inside.bytes().fold(0, |sum, byte| sum ^ byte);
                [&[0x01, 0x02], inside.as_bytes(), &[check, 0x03, 0x04]].concat()
            }
            Dialect::TypeB => {
                let state = if overload {
                    "OL"
                } else if stable {
                    "ST"
                } else {
                    "US"
                };
                format!("{state},GS,{sign}{:>3}.{:03} kg\r\n", grams / 1000, grams % 1000).into_bytes()
            }
            Dialect::PdTwo => {
                let state = 0x40 | u8::from(!stable) | u8::from(overload) << 2;
                let digits = format!("{:05}", grams.min(99_999));
                [&[0x02, state], digits.as_bytes(), b"K\r"].concat()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cas, CasDevice, CasEvent, Dialect};
    use crate::devices::proto::fuzz::Dice;
    use crate::devices::proto::scales::Reading;

    fn weigh(dialect: Dialect, reading: Reading) -> CasEvent {
        let mut host = Cas::new(dialect);
        let mut device = CasDevice { dialect, reading };
        let mut answer = match host.ask() {
            Some(CasEvent::Send(byte)) => device.take(&[byte]),
            _ => device.answer(),
        };
        loop {
            let event = host.take(&answer).pop().unwrap();
            let CasEvent::Send(byte) = event else { return event };
            answer = device.take(&[byte]);
        }
    }

    #[test]
    fn a_weight_comes_through_every_dialect() {
        for dialect in [Dialect::TypeA, Dialect::TypeB, Dialect::PdTwo] {
            for weight in [0, 10, 15_000, 123_450] {
                for stable in [true, false] {
                    let reading = Reading { weight, stable, overload: false };
                    assert_eq!(weigh(dialect, reading), CasEvent::Read(reading), "{dialect:?}");
                }
            }
            let CasEvent::Read(heavy) = weigh(dialect, Reading { overload: true, ..Reading::default() }) else {
                panic!("no reading")
            };
            assert!(heavy.overload);
        }
    }

    #[test]
    fn lines_as_scales_print_them() {
        let read = |text: &str| Cas::new(Dialect::TypeB).take(text.as_bytes());
        let reading = |weight, stable| vec![CasEvent::Read(Reading { weight, stable, overload: false })];
        assert_eq!(read("ST,GS,+  1.500kg\r\n"), reading(15_000, true));
        assert_eq!(read("US,NT,-   0.25 kg\r\n"), reading(-2500, false));
        assert_eq!(read("ST,GS,   250 g\r\n"), reading(2500, true));
        assert_eq!(read("??,GS, 1\r\n"), [CasEvent::Garbled]);
    }

    #[test]
    fn a_wrong_check_byte_is_seen_and_no_bytes_upset_it() {
        let device =
            CasDevice { dialect: Dialect::TypeA, reading: Reading { weight: 10, stable: true, overload: false } };
        let mut answer = device.answer();
        answer[4] ^= 1;
        assert_eq!(Cas::new(Dialect::TypeA).take(&answer), [CasEvent::Garbled]);
        let mut dice = Dice::new(61);
        for dialect in [Dialect::TypeA, Dialect::TypeB, Dialect::PdTwo] {
            let mut host = Cas::new(dialect);
            for _ in 0..20_000 {
                let bytes: Vec<u8> =
                    (0..dice.below(20)).map(|_| dice.pick(b"\x01\x02\x03\x04ST,-.1 9kg\r\n\xff")).collect();
                host.take(&bytes);
            }
        }
    }
}

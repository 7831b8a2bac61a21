//! Scales Shtrih-Print and Shtrih-Slim, protocol "POS2": commands over the first link of registrars
//! ([`crate::devices::proto::shtrih::host`]), the password as four digits.

use super::Reading;
use crate::devices::proto::shtrih::bytes::{Reader, Writer};

const PASSWORD: &[u8; 4] = b"0030";
const READ: u8 = 0x3A;
const ZERO: u8 = 0x30;
const TARE: u8 = 0x31;

/// How long an answer may take, milliseconds.
pub const ANSWER_MS: u64 = 500;

/// Asks for the weight.
#[must_use]
pub fn get_weight() -> Vec<u8> {
    command(READ)
}

/// Makes what lies there zero.
#[must_use]
pub fn set_zero() -> Vec<u8> {
    command(ZERO)
}

/// Takes what lies there for the tare.
#[must_use]
pub fn set_tare() -> Vec<u8> {
    command(TARE)
}

fn command(code: u8) -> Vec<u8> {
    [&[code], PASSWORD.as_slice()].concat()
}

/// Bits of the state: the weight is fixed, overload, underload.
const FIXED: u16 = 1 << 0;
const OVERLOAD: u16 = 1 << 6;

/// Reads the answer to [`get_weight`]; the error code of the scales, or `None` when it is too short.
#[must_use]
pub fn reading(answer: &[u8]) -> Option<Result<Reading, u8>> {
    let mut from = Reader::new(answer.strip_prefix(&[READ])?);
    let error = from.byte()?;
    if error != 0 {
        return Some(Err(error));
    }
    let state = from.short()?;
    let bytes = <[u8; 4]>::try_from(from.take(4)?).ok()?;
    // The weight is in grams.
    let weight = i64::from(i32::from_le_bytes(bytes)) * 10;
    Some(Ok(Reading { weight, stable: state & FIXED != 0, overload: state & OVERLOAD != 0 }))
}

/// The scales' side behind [`crate::devices::proto::shtrih::device::Device`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Pos2Device {
    /// What lies on the platform.
    pub reading: Reading,
}

impl Pos2Device {
    /// Carries out a command; returns the answer with its code.
    pub fn command(&mut self, data: &[u8]) -> Vec<u8> {
        let Some((code, rest)) = data.split_first() else { return vec![0, 120] };
        if !rest.starts_with(PASSWORD) {
            return vec![*code, 122];
        }
        match *code {
            READ => {
                let mut state = if self.reading.stable { FIXED } else { 0 };
                state |= if self.reading.overload { OVERLOAD } else { 0 };
                let grams = i32::try_from(self.reading.weight / 10).unwrap_or(i32::MAX);
                let mut to = Writer::default();
                to.raw(&[READ, 0]).number(u64::from(state), 2).raw(&grams.to_le_bytes()).number(0, 2);
                to.bytes
            }
            ZERO | TARE => {
                self.reading.weight = 0;
                vec![*code, 0]
            }
            code => vec![code, 120],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ANSWER_MS, Pos2Device, get_weight, reading, set_tare, set_zero};
    use crate::devices::proto::scales::Reading;
    use crate::devices::proto::shtrih::device::{Device, DeviceEvent};
    use crate::devices::proto::shtrih::host::Host;
    use crate::devices::proto::shtrih::link::{Event, Times};

    fn ask(command: &[u8], scales: &mut Pos2Device) -> Vec<u8> {
        let (mut host, mut link) = (Host::new(Times::default()), Device::default());
        let mut events = host.begin(command, ANSWER_MS, 0);
        loop {
            let mut replies = Vec::new();
            for event in std::mem::take(&mut events) {
                match event {
                    Event::Done(result) => return result.unwrap(),
                    Event::Send(bytes) => {
                        for event in link.take(&bytes, 0) {
                            match event {
                                DeviceEvent::Send(bytes) => replies.extend(bytes),
                                DeviceEvent::Command(data) => replies.extend(link.answer(&scales.command(&data))),
                            }
                        }
                    }
                }
            }
            events = host.take(&replies, 0);
        }
    }

    #[test]
    fn one_link_serves_registrars_and_scales() {
        for weight in [-120, 0, 123_450] {
            let own = Reading { weight, stable: weight >= 0, overload: weight > 100_000 };
            let mut scales = Pos2Device { reading: own };
            assert_eq!(reading(&ask(&get_weight(), &mut scales)), Some(Ok(own)));
            assert_eq!(ask(&set_zero(), &mut scales), [0x30, 0]);
            assert_eq!(ask(&set_tare(), &mut scales), [0x31, 0]);
            assert_eq!(scales.reading.weight, 0);
        }
        assert_eq!(reading(&[0x3A, 17]), Some(Err(17)));
        assert_eq!(reading(&[0x3A, 0, 1]), None);
        assert_eq!(Pos2Device::default().command(b"\x3A0000"), [0x3A, 122]);
    }
}

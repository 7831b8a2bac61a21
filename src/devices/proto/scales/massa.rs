//! Scales of Massa-K, protocol 100: over RS-232 and TCP. `F8 55 CE`, length, command with its data, checksum.

use super::Reading;

const HEAD: [u8; 3] = [0xF8, 0x55, 0xCE];
const GET_WEIGHT: u8 = 0x23;
const WEIGHT: u8 = 0x24;
const ERROR: u8 = 0x28;
const DONE: u8 = 0x27;
const SET_ZERO: u8 = 0x72;
const SET_TARE: u8 = 0xA3;
const TARE_DONE: u8 = 0x12;

/// Bytes a body may have.
const BODY_MAX: usize = 512;

/// What scales answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MassaAnswer {
    /// A reading.
    Read(Reading),
    /// Done.
    Done,
    /// Not done; 8 overload, 15 zero cannot be set, 17 no link to the weighing module, 19 broken.
    Refused(u8),
    /// The checksum is wrong, or the answer makes no sense.
    Garbled,
}

/// The checksum of a body: CRC with the polynomial 1021 from zero, the bytes not passed through its end.
#[must_use]
pub fn checksum(body: &[u8]) -> u16 {
    body.iter().fold(0, |sum: u16, byte| {
        let high =
            (0..8).fold(sum & 0xFF00, |high: u16, _| if high & 0x8000 == 0 { high << 1 } else { high << 1 ^ 0x1021 });
        high ^ sum << 8 ^ u16::from(*byte)
    })
}

/// A message of a body.
#[must_use]
pub fn message(body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap_or(u16::MAX).to_le_bytes();
    [&HEAD, length.as_slice(), body, &checksum(body).to_le_bytes()].concat()
}

/// Asks for the weight.
#[must_use]
pub fn get_weight() -> Vec<u8> {
    message(&[GET_WEIGHT])
}

/// Makes what lies there zero.
#[must_use]
pub fn set_zero() -> Vec<u8> {
    message(&[SET_ZERO])
}

/// Sets the tare in divisions of the scales; zero takes what lies there.
#[must_use]
pub fn set_tare(divisions: i32) -> Vec<u8> {
    message(&[&[SET_TARE], divisions.to_le_bytes().as_slice()].concat())
}

/// Finds bodies in a stream.
#[derive(Clone, Debug, Default)]
pub struct MassaReader {
    buffer: Vec<u8>,
}

impl MassaReader {
    /// Takes bytes; returns bodies, `None` for one with a wrong checksum.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
        let mut found = Vec::new();
        for byte in bytes {
            self.buffer.push(*byte);
            self.align();
            let [_, _, _, low, high, rest @ ..] = self.buffer.as_slice() else { continue };
            let length = usize::from(u16::from_le_bytes([*low, *high]));
            if length > BODY_MAX {
                self.buffer.clear();
                found.push(None);
                continue;
            }
            let Some((body, sum)) = rest.split_at_checked(length).filter(|(_, sum)| sum.len() >= 2) else { continue };
            found.push((sum == checksum(body).to_le_bytes()).then(|| body.to_vec()));
            self.buffer.clear();
        }
        found
    }

    /// Drops bytes before a head.
    fn align(&mut self) {
        let fits = |buffer: &[u8]| buffer.iter().zip(HEAD).all(|(byte, head)| *byte == head);
        while !self.buffer.is_empty() && !fits(&self.buffer) {
            self.buffer.remove(0);
        }
    }

    /// Takes bytes of scales as answers.
    pub fn answers(&mut self, bytes: &[u8]) -> Vec<MassaAnswer> {
        let answer = |body: Option<Vec<u8>>| body.and_then(|body| understood(&body)).unwrap_or(MassaAnswer::Garbled);
        self.take(bytes).into_iter().map(answer).collect()
    }
}

fn understood(body: &[u8]) -> Option<MassaAnswer> {
    Some(match body {
        // Old firmware leaves the tare out.
        [WEIGHT, a, b, c, d, division, stable, _net, _zero, ..] => {
            let weight = i64::from(i32::from_le_bytes([*a, *b, *c, *d]));
            let tenths = 10i64.checked_pow(u32::from(*division)).filter(|_| *division <= 4)?;
            MassaAnswer::Read(Reading { weight: weight * tenths, stable: *stable == 1, overload: false })
        }
        [ERROR, 8, ..] => MassaAnswer::Read(Reading { overload: true, ..Reading::default() }),
        [ERROR, code, ..] => MassaAnswer::Refused(*code),
        [DONE | TARE_DONE, ..] => MassaAnswer::Done,
        _ => return None,
    })
}

/// The scales' side, for a training device.
#[derive(Clone, Debug, Default)]
pub struct MassaDevice {
    /// What lies on the platform.
    pub reading: Reading,
    reader: MassaReader,
}

impl MassaDevice {
    /// Takes bytes of the host; returns answers. A message with a wrong checksum gets none.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<u8> {
        let bodies = self.reader.take(bytes);
        bodies.into_iter().flatten().flat_map(|body| message(&self.answer(&body))).collect()
    }

    fn answer(&mut self, body: &[u8]) -> Vec<u8> {
        match body {
            [GET_WEIGHT, ..] if self.reading.overload => vec![ERROR, 8],
            [GET_WEIGHT, ..] => {
                let grams = i32::try_from(self.reading.weight / 10).unwrap_or(i32::MAX).to_le_bytes();
                let flags = [1, u8::from(self.reading.stable), 0, u8::from(self.reading.weight == 0)];
                [&[WEIGHT], grams.as_slice(), &flags, &[0; 4]].concat()
            }
            [SET_ZERO, ..] => {
                self.reading.weight = 0;
                vec![DONE]
            }
            [SET_TARE, ..] => {
                self.reading.weight = 0;
                vec![TARE_DONE]
            }
            _ => vec![ERROR, 7],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MassaAnswer, MassaDevice, MassaReader, get_weight, message, set_tare, set_zero};
    use crate::devices::proto::fuzz::Dice;
    use crate::devices::proto::scales::Reading;

    #[test]
    fn messages_recorded_from_a_device() {
        assert_eq!(get_weight(), [0xF8, 0x55, 0xCE, 1, 0, 0x23, 0x23, 0]);
        let empty = [0xF8, 0x55, 0xCE, 0x0D, 0, 0x24, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0xFC, 0x23];
        let reading = Reading { weight: 0, stable: true, overload: false };
        assert_eq!(MassaReader::default().answers(&empty), [MassaAnswer::Read(reading)]);
    }

    #[test]
    fn a_weight_comes_through_pieces_and_noise() {
        let mut dice = Dice::new(67);
        for _ in 0..500 {
            let weight = i64::try_from(dice.below(200_000)).unwrap() * 10;
            let reading = Reading { weight, stable: dice.below(2) == 0, overload: false };
            let mut device = MassaDevice { reading, ..MassaDevice::default() };
            let answer = device.take(&[&[1, 2, 0xF8], get_weight().as_slice()].concat());
            let mut reader = MassaReader::default();
            let found: Vec<_> = dice.split(&answer).iter().flat_map(|piece| reader.answers(piece)).collect();
            assert_eq!(found, [MassaAnswer::Read(reading)]);
        }
    }

    #[test]
    fn orders_and_refusals() {
        let mut device =
            MassaDevice { reading: Reading { weight: 500, stable: true, overload: false }, ..MassaDevice::default() };
        let mut reader = MassaReader::default();
        let done = reader.answers(&[device.take(&set_zero()), device.take(&set_tare(0))].concat());
        assert_eq!((done, device.reading.weight), (vec![MassaAnswer::Done; 2], 0));
        assert_eq!(reader.answers(&device.take(&message(&[0x99]))), [MassaAnswer::Refused(7)]);
        device.reading.overload = true;
        assert!(matches!(
            reader.answers(&device.take(&get_weight()))[0],
            MassaAnswer::Read(Reading { overload: true, .. })
        ));
        let mut wrong = get_weight();
        wrong[6] ^= 1;
        assert_eq!(reader.answers(&wrong), [MassaAnswer::Garbled]);
        let kilograms = [&[0x24], 3i32.to_le_bytes().as_slice(), &[4, 1, 0, 0]].concat();
        assert!(matches!(reader.answers(&message(&kilograms))[0], MassaAnswer::Read(Reading { weight: 30_000, .. })));
    }

    #[test]
    fn no_bytes_upset_it() {
        let mut dice = Dice::new(71);
        let (mut reader, mut device) = (MassaReader::default(), MassaDevice::default());
        for _ in 0..20_000 {
            let bytes: Vec<u8> =
                (0..dice.below(14)).map(|_| dice.pick(&[0xF8, 0x55, 0xCE, 0, 1, 0x23, 0x24, 0xFF])).collect();
            reader.answers(&bytes);
            device.take(&bytes);
        }
    }
}

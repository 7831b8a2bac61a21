//! Messages of the first link: `STX, length, data, sum`; the sum is XOR of everything from the length on.

/// Begins a message.
pub const STX: u8 = 0x02;
/// Asks whether anybody is there.
pub const ENQ: u8 = 0x05;
/// Taken.
pub const ACK: u8 = 0x06;
/// Not taken; or, after ENQ, nothing to say.
pub const NAK: u8 = 0x15;

/// Bytes of data a message may have.
pub const DATA_MAX: usize = 255;

/// A message of data; data beyond [`DATA_MAX`] are cut off.
#[must_use]
pub fn message(data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).unwrap_or(u8::MAX);
    let data = data.get(..usize::from(length)).unwrap_or(data);
    let mut bytes = vec![STX, length];
    bytes.extend_from_slice(data);
    bytes.push(sum(&bytes[1..]));
    bytes
}

/// XOR of all bytes.
#[must_use]
pub fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

/// Collects what follows STX.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    bytes: Vec<u8>,
}

impl Collector {
    /// Takes the next byte. `Some` when the message is whole: its data, or nothing when the sum is wrong.
    pub fn take(&mut self, byte: u8) -> Option<Option<Vec<u8>>> {
        self.bytes.push(byte);
        let length = usize::from(*self.bytes.first()?);
        if self.bytes.len() < length + 2 {
            return None;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let (own, data) = (bytes.last().copied(), bytes.get(..=length)?);
        Some((own == Some(sum(data))).then(|| data.get(1..).unwrap_or_default().to_vec()))
    }

    /// Forgets a message that broke off.
    pub fn reset(&mut self) {
        self.bytes.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::{Collector, message};
    use crate::devices::proto::fuzz::Dice;

    #[test]
    fn a_message_published_by_an_owner() {
        assert_eq!(message(&[0x10, 0x1E, 0, 0, 0]), [0x02, 0x05, 0x10, 0x1E, 0, 0, 0, 0x0B]);
    }

    #[test]
    fn messages_are_read_back_and_a_wrong_bit_is_seen() {
        let mut dice = Dice::new(43);
        for _ in 0..2000 {
            let data = dice.bytes(255);
            let mut sent = message(&data);
            let mut collector = Collector::default();
            let read: Vec<_> = sent[1..].iter().filter_map(|byte| collector.take(*byte)).collect();
            assert_eq!(read, [Some(data)]);
            let at = 2 + dice.below(sent.len() - 2);
            sent[at] ^= 1 << dice.below(8);
            let read: Vec<_> = sent[1..].iter().filter_map(|byte| collector.take(*byte)).collect();
            assert_eq!(read, [None]);
        }
    }
}

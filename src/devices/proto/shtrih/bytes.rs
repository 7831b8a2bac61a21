//! Numbers, dates and texts in messages: little-endian, money in kopecks, text in windows-1251.

use crate::devices::proto::letters::Letters;
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Writes a message.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    /// What has been written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// A number of so many bytes, up to eight; higher bytes are left out.
    pub fn number(&mut self, value: u64, bytes: usize) -> &mut Self {
        self.bytes.extend(value.to_le_bytes().iter().take(bytes));
        self
    }

    /// One byte.
    pub fn byte(&mut self, value: u8) -> &mut Self {
        self.bytes.push(value);
        self
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    /// Text of at most so many letters, without an end mark.
    pub fn text(&mut self, text: &str, letters: usize) -> &mut Self {
        let bytes = Letters::Cp1251.encode(&Letters::Cp1251.fold(text).text);
        self.bytes.extend(bytes.iter().take(letters));
        self
    }

    /// Text in a field of exactly so many letters, zeros after it.
    pub fn field(&mut self, text: &str, letters: usize) -> &mut Self {
        let end = self.bytes.len() + letters;
        self.text(text, letters);
        self.bytes.resize(end, 0);
        self
    }

    /// Date and time of five bytes: year, month, day, hour, minute.
    pub fn moment(&mut self, at: NaiveDateTime) -> &mut Self {
        let small = |value: u32| value.to_le_bytes()[0];
        let year = u32::try_from(at.year().rem_euclid(100)).unwrap_or(0);
        let parts = [year, at.month(), at.day(), at.hour(), at.minute()].map(small);
        self.raw(&parts)
    }
}

/// Reads a message; `None` when it is too short.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// From the beginning.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What has not been read.
    #[must_use]
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// So many bytes.
    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (own, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(own)
    }

    /// A number of so many bytes, up to eight.
    pub fn number(&mut self, bytes: usize) -> Option<u64> {
        let own = self.take(bytes)?;
        Some(own.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    /// One byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// A number of two bytes.
    pub fn short(&mut self) -> Option<u16> {
        u16::try_from(self.number(2)?).ok()
    }

    /// A number of four bytes.
    pub fn long(&mut self) -> Option<u32> {
        u32::try_from(self.number(4)?).ok()
    }

    /// Text up to a zero or to the end of the field.
    pub fn text(&mut self, letters: usize) -> Option<String> {
        let own = self.take(letters)?;
        let end = own.iter().position(|byte| *byte == 0).unwrap_or(own.len());
        Some(Letters::Cp1251.decode(own.get(..end)?).trim_end().to_owned())
    }

    /// Date and time of five bytes. Too few bytes are an error, a date that does not exist is none.
    pub fn moment(&mut self) -> Option<Option<NaiveDateTime>> {
        let own = self.take(5)?;
        let part = |at: usize| own.get(at).copied().map_or(0, u32::from);
        let year = 2000 + i32::try_from(part(0)).unwrap_or(0);
        let date = NaiveDate::from_ymd_opt(year, part(1), part(2));
        let time = NaiveTime::from_hms_opt(part(3), part(4), 0);
        Some(date.zip(time).map(|(date, time)| date.and_time(time)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Reader, Writer};
    use chrono::NaiveDate;

    #[test]
    fn what_is_written_is_read_back() {
        let at = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap().and_hms_opt(23, 59, 0).unwrap();
        let mut writer = Writer::default();
        writer.number(0xFF_FFFF_FFFF, 5).byte(7).text("Чай №1", 4).field("Ёж", 4).moment(at).number(3, 2).number(9, 4);
        assert_eq!(writer.bytes.len(), 5 + 1 + 4 + 4 + 5 + 2 + 4);
        let mut reader = Reader::new(&writer.bytes);
        assert_eq!((reader.number(5), reader.byte()), (Some(0xFF_FFFF_FFFF), Some(7)));
        assert_eq!(reader.text(4).as_deref(), Some("Чай"));
        assert_eq!(reader.text(4).as_deref(), Some("Ёж"));
        assert_eq!(reader.moment(), Some(Some(at)));
        assert_eq!((reader.short(), reader.long(), reader.byte()), (Some(3), Some(9), None));
        assert_eq!(Reader::new(&[26, 13, 1, 0, 0]).moment(), Some(None));
    }
}

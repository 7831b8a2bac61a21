//! What the training registrar says of itself: model, mode, flags, the state of its memory.

use super::{Paper, Registrar};
use crate::devices::proto::shtrih::bytes::Writer;
use chrono::{NaiveDateTime, TimeDelta};

impl Registrar {
    pub(super) fn worded(&self, code: u8) -> Vec<u8> {
        let mut to = Writer::default();
        to.text(&(self.settings.words)(code), 200);
        to.bytes
    }

    pub(super) fn identity(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.raw(&[0, 0, 1, 13, 252, 0]).text(&self.settings.name, 64);
        to.bytes
    }

    /// Mode by the shift, the receipt and the date.
    pub(super) fn mode(&self, now: NaiveDateTime) -> u8 {
        match (&self.receipt, self.memory.opened_at()) {
            _ if self.date_lost => 6,
            (Some(receipt), _) => 8 | receipt.kind.opening() << 4,
            (None, Some(opened)) if expired(opened, now) => 3,
            (None, Some(_)) => 2,
            (None, None) => 4,
        }
    }

    pub(super) fn submode(&self) -> u8 {
        match self.paper {
            Paper::Present => 0,
            Paper::Absent => 1,
            Paper::Ended => 2,
            Paper::Reloaded => 3,
        }
    }

    pub(super) fn flags(&self) -> u16 {
        let paper = u16::from(matches!(self.paper, Paper::Present | Paper::Reloaded));
        0x0200 | paper << 7 | u16::from(self.cover_open) << 10
    }

    pub(super) fn state(&self, now: NaiveDateTime) -> Vec<u8> {
        let mut to = Writer::default();
        to.number(u64::from(self.flags()), 2).byte(self.mode(now)).byte(self.submode());
        to.raw(&[0, 0x9F, 0xF8, 0, 0, 0, 0, 0, 0]);
        to.bytes
    }

    pub(super) fn long_state(&self, now: NaiveDateTime) -> Vec<u8> {
        let mut to = Writer::default();
        let mut moment = Writer::default();
        moment.moment(now);
        let [year, month, day, hour, minute] = <[u8; 5]>::try_from(moment.bytes.as_slice()).unwrap_or_default();
        to.raw(b"A0").number(1, 2).raw(&[1, 1, 26, 1]).number(1, 2).number(u64::from(self.flags()), 2);
        to.byte(self.mode(now)).byte(self.submode()).byte(0).raw(b"A0").number(1, 2).raw(&[1, 1, 26]);
        to.raw(&[day, month, year, hour, minute, 0]).byte(0).number(u64::from(self.settings.serial), 4);
        to.number(u64::from(self.memory.last_shift()), 2).number(1000, 2).raw(&[0, 10]).number(0, 6);
        to.bytes
    }

    pub(super) fn memory_state(&self, to: &mut Writer) {
        let document = match (&self.receipt, self.opening, self.closing) {
            (Some(_), ..) => 4,
            (_, true, _) => 2,
            (.., true) => 8,
            _ => 0,
        };
        let open = u8::from(self.memory.opened_at().is_some());
        to.byte(3).byte(document).byte(0).byte(open).byte(if self.memory_full { 4 } else { 0 });
        match self.memory.last() {
            Some(last) => to.moment(last.at),
            None => to.raw(&[0; 5]),
        };
        to.field(&self.settings.memory_number, 16).number(u64::from(self.memory.last_number()), 4);
    }
}

/// A shift may be open for 24 hours.
pub(super) fn expired(opened: NaiveDateTime, now: NaiveDateTime) -> bool {
    now.signed_duration_since(opened) > TimeDelta::hours(24)
}

/// Flags of the model: knife (13), link with numbers (28), words for errors (36); then widths of the paper.
pub(super) fn features() -> Vec<u8> {
    let flags: u64 = 1 << 13 | 1 << 28 | 1 << 36;
    let mut to = Writer::default();
    to.number(flags, 8).raw(&[48, 64, 0, 0]);
    to.bytes
}

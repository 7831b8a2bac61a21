//! What the registrar does once a command is understood: shifts, cash, receipts, and what forbids them.

use super::marks::Marks;
use super::memory::Paid;
use super::receipt::Receipt;
use super::state::expired;
use super::{
    CONFIRM_DATE, MEMORY_FULL, NO_CASH, NO_PAPER, NO_RECEIPT, PARAMETERS, RECEIPT_OPEN, SHIFT_CLOSED, SHIFT_EXPIRED,
    SHIFT_OPEN, WAITS_TO_GO_ON,
};
use super::{Outcome, Paper, Registrar, Tape};
use crate::devices::proto::shtrih::bytes::{Reader, Writer};
use chrono::NaiveDateTime;

impl Registrar {
    pub(super) fn can_print(&self) -> Result<(), u8> {
        match self.paper {
            _ if self.date_lost => Err(CONFIRM_DATE),
            Paper::Present if self.cover_open => Err(NO_PAPER),
            Paper::Present => Ok(()),
            Paper::Absent | Paper::Ended => Err(NO_PAPER),
            Paper::Reloaded => Err(WAITS_TO_GO_ON),
        }
    }

    pub(super) fn may_open(&self) -> Result<(), u8> {
        self.can_print()?;
        match self.memory.opened_at() {
            _ if self.memory_full => Err(MEMORY_FULL),
            Some(_) => Err(SHIFT_OPEN),
            None => Ok(()),
        }
    }

    pub(super) fn open_shift(&mut self, now: NaiveDateTime) -> Outcome {
        self.may_open()?;
        self.opening = false;
        let number = self.memory.open(std::mem::take(&mut self.tags), now);
        self.tape.push(Tape::Document(number));
        Ok(self.memory.shift_document(number))
    }

    pub(super) fn close_shift(&mut self, now: NaiveDateTime) -> Outcome {
        self.can_print()?;
        if self.receipt.is_some() {
            return Err(RECEIPT_OPEN);
        }
        self.closing = false;
        let tags = std::mem::take(&mut self.tags);
        let number = self.memory.close(tags, now).ok_or(SHIFT_CLOSED)?;
        self.tape.push(Tape::Document(number));
        Ok(self.memory.shift_document(number))
    }

    pub(super) fn cash(&mut self, put_in: bool, from: &mut Reader<'_>, now: NaiveDateTime) -> Outcome {
        self.can_print()?;
        self.in_shift(now)?;
        let kopecks = from.number(5).and_then(|sum| i64::try_from(sum).ok()).ok_or(PARAMETERS)?;
        let kopecks = if put_in { kopecks } else { -kopecks };
        self.memory.move_cash(kopecks).ok_or(NO_CASH)?;
        self.tape.push(Tape::Cash(kopecks));
        Ok(vec![1, 0])
    }

    pub(super) fn in_shift(&self, now: NaiveDateTime) -> Result<(), u8> {
        let opened = self.memory.opened_at().ok_or(SHIFT_CLOSED)?;
        if expired(opened, now) { Err(SHIFT_EXPIRED) } else { Ok(()) }
    }

    pub(super) fn open_receipt(&mut self, kind: u8, now: NaiveDateTime) -> Result<(), u8> {
        self.can_print()?;
        self.in_shift(now)?;
        if self.receipt.is_some() {
            return Err(RECEIPT_OPEN);
        }
        self.tags.clear();
        self.receipt = Some(Receipt::open(kind).ok_or(PARAMETERS)?);
        Ok(())
    }

    pub(super) fn old_item(&mut self, operation: u8, from: &mut Reader<'_>, now: NaiveDateTime) -> Result<(), u8> {
        if self.receipt.is_none() {
            self.open_receipt(operation, now)?;
        }
        self.can_print()?;
        self.receipt.as_mut().ok_or(NO_RECEIPT)?.old_item(operation, from)
    }

    pub(super) fn cancel(&mut self) -> Result<(), u8> {
        self.receipt.take().ok_or(NO_RECEIPT)?;
        self.marks = Marks::default();
        self.tags.clear();
        self.tape.push(Tape::Cancelled);
        Ok(())
    }

    pub(super) fn cancel_begun(&mut self) {
        if self.receipt.is_some() {
            let _ = self.cancel();
        }
        (self.opening, self.closing) = (false, false);
        self.tags.clear();
    }

    pub(super) fn close_receipt(&mut self, from: &mut Reader<'_>, now: NaiveDateTime) -> Outcome {
        let paid = Paid::read(from).ok_or(PARAMETERS)?;
        let change = self.settle(&paid, now)?;
        let mut to = Writer::default();
        to.number(change, 5);
        if let Some(last) = self.memory.last() {
            to.number(u64::from(last.number), 4).number(u64::from(last.sign), 4).moment(last.at);
        }
        Ok(to.bytes)
    }

    pub(super) fn old_close(&mut self, from: &mut Reader<'_>, now: NaiveDateTime) -> Outcome {
        let mut sum = || from.number(5).ok_or(PARAMETERS);
        let mut paid = Paid { sums: [0; 16], rounding: 0, tax_system: 1 };
        for at in 0..4 {
            paid.sums[at] = sum()?;
        }
        let change = self.settle(&paid, now)?;
        let mut to = Writer::default();
        to.number(change, 5);
        Ok(to.bytes)
    }

    /// Writes the receipt to the memory; the change in kopecks.
    pub(super) fn settle(&mut self, paid: &Paid, now: NaiveDateTime) -> Result<u64, u8> {
        self.can_print()?;
        self.in_shift(now)?;
        if self.memory_full {
            return Err(MEMORY_FULL);
        }
        let receipt = self.receipt.as_ref().ok_or(NO_RECEIPT)?;
        let change = receipt.change(paid)?;
        let cash = paid.cash().saturating_sub(change);
        if receipt.gives_cash() && self.memory.cash() < cash {
            return Err(NO_CASH);
        }
        let mut tags = receipt.tags(paid, change);
        tags.extend(self.tags.iter().cloned());
        let number = self.memory.add(receipt, paid, change, tags, now);
        self.receipt = None;
        self.tags.clear();
        self.marks = Marks::default();
        self.tape.push(Tape::Document(number));
        if std::mem::take(&mut self.paper_ends_in_receipt) {
            self.paper = Paper::Ended;
        }
        Ok(change)
    }
}

//! A registrar for training: answers commands as the real ones do, keeps documents in memory, prints on a tape
//! that a window shows. It is no cash register: whoever shows its tape marks it as training.
//!
//! - [`wire`]: bytes of either link, with faults that can be ordered.
//! - [`memory`]: documents, shifts and totals.
//! - [`marks`]: marking codes checked and accepted.
//! - [`receipt`]: the receipt that is open.
//! - `work`: shifts, cash and receipts, once a command is understood; `state`: what it says of itself.

pub mod marks;
pub mod memory;
pub mod receipt;
mod state;
pub mod wire;
mod work;

use super::bytes::{Reader, Writer};
use super::tlv::{self, Tag, written};
use chrono::NaiveDateTime;
use marks::Marks;
use memory::Memory;
use receipt::Receipt;
use state::features;

/// What the device is and says.
#[derive(Clone, Debug)]
pub struct TrainingSettings {
    /// Name of the model; it must say that the device is for training.
    pub name: String,
    /// Number of the fiscal memory, sixteen letters.
    pub memory_number: String,
    /// Serial number.
    pub serial: u32,
    /// The words for an error code.
    pub words: fn(u8) -> String,
}

/// What appears on paper or happens at the device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tape {
    /// A line of text.
    Line(String),
    /// A fiscal document by its number.
    Document(u32),
    /// A copy of a document.
    Copy(u32),
    /// The X report: totals of the shift so far.
    Report(memory::Totals),
    /// Cash put in (above zero) or taken out, kopecks.
    Cash(i64),
    /// A receipt was cancelled.
    Cancelled,
    /// Empty lines.
    Feed(u8),
    /// The knife.
    Cut,
    /// The drawer opens.
    Drawer,
    /// A beep.
    Beep,
}

/// Where the paper stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// In.
    Present,
    /// Out, nothing is being printed.
    Absent,
    /// Ended while printing.
    Ended,
    /// In again; the command to go on is awaited.
    Reloaded,
}

/// The answer's data, or an error code.
type Outcome = Result<Vec<u8>, u8>;

const SHIFT_EXPIRED: u8 = 0x4E;
const SHIFT_CLOSED: u8 = 0x3D;
const SHIFT_OPEN: u8 = 0x15;
const RECEIPT_OPEN: u8 = 0x4A;
const NO_RECEIPT: u8 = 0x55;
const NO_CASH: u8 = 0x46;
const NO_PAPER: u8 = 0x6B;
const WAITS_TO_GO_ON: u8 = 0x58;
const UNSUPPORTED: u8 = 0x37;
const PARAMETERS: u8 = 0x33;
const PASSWORD: u8 = 0x4F;
const CONFIRM_DATE: u8 = 0xC0;
const NO_DATA: u8 = 0x08;
const MEMORY_FULL: u8 = 0x12;

/// The registrar.
#[derive(Clone, Debug)]
pub struct Registrar {
    settings: TrainingSettings,
    memory: Memory,
    receipt: Option<Receipt>,
    tags: Vec<Tag>,
    marks: Marks,
    opening: bool,
    closing: bool,
    reading: Option<Vec<u8>>,
    tape: Vec<Tape>,
    paper: Paper,
    /// The cover is open.
    pub cover_open: bool,
    /// The date waits to be confirmed, as after a long time without power.
    pub date_lost: bool,
    /// The fiscal memory takes no more documents.
    pub memory_full: bool,
    /// The paper ends while the next receipt is printed.
    pub paper_ends_in_receipt: bool,
}

impl Registrar {
    /// A device with an empty memory and a closed shift.
    #[must_use]
    pub fn new(settings: TrainingSettings) -> Self {
        Self {
            settings,
            memory: Memory::default(),
            receipt: None,
            tags: Vec::new(),
            marks: Marks::default(),
            opening: false,
            closing: false,
            reading: None,
            tape: Vec::new(),
            paper: Paper::Present,
            cover_open: false,
            date_lost: false,
            memory_full: false,
            paper_ends_in_receipt: false,
        }
    }

    /// The documents and totals.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The operator of fiscal data has got every document so far.
    pub fn deliver(&mut self) {
        self.memory.deliver();
    }

    /// What has been printed since the last call.
    pub fn take_tape(&mut self) -> Vec<Tape> {
        std::mem::take(&mut self.tape)
    }

    /// Where the paper stands.
    #[must_use]
    pub fn paper(&self) -> Paper {
        self.paper
    }

    /// Puts paper in or takes it out.
    pub fn set_paper(&mut self, present: bool) {
        self.paper = match (self.paper, present) {
            (Paper::Ended, true) | (Paper::Reloaded, true) => Paper::Reloaded,
            (Paper::Ended | Paper::Reloaded, false) => Paper::Ended,
            (_, true) => Paper::Present,
            (_, false) => Paper::Absent,
        };
    }

    /// Loses its power: the open receipt is lost, the memory is not.
    pub fn lose_power(&mut self) {
        if self.receipt.take().is_some() {
            self.tape.push(Tape::Cancelled);
        }
        self.tags.clear();
        self.marks = Marks::default();
        (self.opening, self.closing, self.reading) = (false, false, None);
    }

    /// Carries out a command; returns the answer with its code.
    pub fn command(&mut self, data: &[u8], now: NaiveDateTime) -> Vec<u8> {
        let long = data.first() == Some(&0xFF);
        let (code, rest) = data.split_at_checked(if long { 2 } else { 1 }).unwrap_or((data, &[]));
        let mut from = Reader::new(rest);
        let outcome = match code {
            [0xFC] => Ok(self.identity()),
            [0xF7] => Ok(features()),
            [0x6B] => from.byte().map(|code| self.worded(code)).ok_or(PARAMETERS),
            _ => self.with_password(code, &mut from, now),
        };
        let mut answer = code.to_vec();
        match outcome {
            Ok(data) => {
                answer.push(0);
                answer.extend(data);
            }
            Err(error) => answer.push(error),
        }
        answer
    }

    fn with_password(&mut self, code: &[u8], from: &mut Reader<'_>, now: NaiveDateTime) -> Outcome {
        let user = from.long().and_then(|password| u8::try_from(password).ok());
        let user = user.filter(|user| (1..=30).contains(user)).ok_or(PASSWORD)?;
        match *code {
            // The answer of a short command begins with the number of the user.
            [code] => {
                self.short(code, from, now).map(|data| [&[user], data.as_slice()].concat()).map(|data| match code {
                    0x1F | 0x21..=0x23 | 0xE0 => data.get(1..).unwrap_or_default().to_vec(),
                    _ => data,
                })
            }
            [_, code] => self.long(code, from, now),
            _ => Err(UNSUPPORTED),
        }
    }

    fn short(&mut self, code: u8, from: &mut Reader<'_>, now: NaiveDateTime) -> Outcome {
        let nothing = Vec::new();
        match code {
            0x10 => return Ok(self.state(now)),
            0x11 => return Ok(self.long_state(now)),
            0x13 => self.tape.push(Tape::Beep),
            0x17 | 0x2F => {
                self.can_print()?;
                from.byte().ok_or(PARAMETERS)?;
                let text = from.text(from.rest().len()).ok_or(PARAMETERS)?;
                self.tape.push(Tape::Line(text));
            }
            0x1A => {
                let number = from.byte().ok_or(PARAMETERS)?;
                let mut to = Writer::default();
                to.number(self.memory.register(number), 6);
                return Ok(to.bytes);
            }
            0x1B => return Ok(vec![0, 0]),
            0x21 => {}
            0x22 => self.date_lost = true,
            0x23 => self.date_lost = false,
            0x25 => self.tape.push(Tape::Cut),
            0x28 => self.tape.push(Tape::Drawer),
            0x29 => {
                self.can_print()?;
                let lines = from.take(2).and_then(|pair| pair.last().copied()).ok_or(PARAMETERS)?;
                self.tape.push(Tape::Feed(lines));
            }
            0x40 => {
                self.can_print()?;
                let totals = self.memory.totals().cloned().ok_or(SHIFT_CLOSED)?;
                self.tape.push(Tape::Report(totals));
            }
            0x41 => {
                self.close_shift(now)?;
            }
            0x50 | 0x51 => return self.cash(code == 0x50, from, now),
            0x80..=0x83 => self.old_item(code - 0x80, from, now)?,
            0x85 => return self.old_close(from, now),
            0x88 => self.cancel()?,
            0x8C => {
                self.can_print()?;
                let last = self.memory.last_receipt().ok_or(NO_DATA)?;
                self.tape.push(Tape::Copy(last));
            }
            0x8D => {
                let kind = from.byte().ok_or(PARAMETERS)?;
                self.open_receipt(kind, now)?;
            }
            0xB0 => {
                if self.paper == Paper::Reloaded {
                    self.paper = Paper::Present;
                }
            }
            0xE0 => {
                self.open_shift(now)?;
            }
            _ => return Err(UNSUPPORTED),
        }
        Ok(nothing)
    }

    fn long(&mut self, code: u8, from: &mut Reader<'_>, now: NaiveDateTime) -> Outcome {
        let mut to = Writer::default();
        match code {
            0x01 => self.memory_state(&mut to),
            0x03 => {
                to.raw(&[28, 12, 31, 30, 0]);
            }
            0x08 => self.cancel_begun(),
            0x0A => {
                let number = from.long().ok_or(PARAMETERS)?;
                self.memory.find(number).ok_or(NO_DATA)?.describe(&mut to);
            }
            0x0B => return self.open_shift(now),
            0x0C => self.tags.extend(tags(from)?),
            0x39 => self.memory.exchange(&mut to),
            0x3A => {
                let number = from.long().ok_or(PARAMETERS)?;
                let document = self.memory.find(number).ok_or(NO_DATA)?;
                let bytes = written(&document.tags);
                to.number(u64::from(document.kind), 2).number(u64::try_from(bytes.len()).unwrap_or(0), 2);
                self.reading = Some(bytes);
            }
            0x3B => {
                let rest = self.reading.as_mut().filter(|rest| !rest.is_empty()).ok_or(NO_DATA)?;
                let piece: Vec<u8> = rest.drain(..rest.len().min(200)).collect();
                to.raw(&piece);
            }
            0x3F => {
                to.number(u64::from(self.memory.waiting()), 2);
            }
            0x40 => self.memory.shift(&mut to),
            0x41 => {
                self.may_open()?;
                (self.opening, self.tags) = (true, Vec::new());
            }
            0x42 => {
                self.memory.totals().ok_or(SHIFT_CLOSED)?;
                (self.closing, self.tags) = (true, Vec::new());
            }
            0x43 => return self.close_shift(now),
            0x45 => return self.close_receipt(from, now),
            0x46 => {
                self.can_print()?;
                self.receipt.as_mut().ok_or(NO_RECEIPT)?.item(from)?;
            }
            0x4D => {
                let own = tags(from)?;
                self.receipt.as_mut().ok_or(NO_RECEIPT)?.item_tags(own)?;
            }
            0x61 => self.marks.check(from, &mut to)?,
            0x67 => {
                let tags = self.marks.bind(from, &mut to)?;
                self.receipt.as_mut().ok_or(NO_RECEIPT)?.item_tags(tags)?;
            }
            0x69 => self.marks.accept(from, &mut to)?,
            _ => return Err(UNSUPPORTED),
        }
        Ok(to.bytes)
    }
}

fn tags(from: &Reader<'_>) -> Result<Vec<Tag>, u8> {
    tlv::read(from.rest()).filter(|tags| !tags.is_empty()).ok_or(PARAMETERS)
}

//! Questions to a receipt printer and its answers: paper, cover, knife, and whether a job is on paper.
//!
//! Bits: Epson ESC/POS reference, DLE EOT, GS r, GS ( H.

use super::profile::Barrier;
use std::collections::VecDeque;

/// What to ask at once, answered even while the printer stands still: `DLE EOT n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ask {
    /// 1: on line, drawer.
    Printer,
    /// 2: why it is off line.
    Offline,
    /// 3: errors.
    Errors,
    /// 4: paper.
    Paper,
}

impl Ask {
    /// All questions in order.
    pub const ALL: [Self; 4] = [Self::Printer, Self::Offline, Self::Errors, Self::Paper];

    /// The number of the question.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Printer => 1,
            Self::Offline => 2,
            Self::Errors => 3,
            Self::Paper => 4,
        }
    }

    /// The bytes of the question.
    #[must_use]
    pub fn bytes(self) -> [u8; 3] {
        [0x10, 0x04, self.number()]
    }
}

/// The state of a printer as its answers told it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrinterStatus {
    /// The printer takes nothing.
    pub offline: bool,
    /// The pin of the drawer is high; which state of the drawer this means is a setting.
    pub drawer_pin_high: bool,
    /// The cover is open.
    pub cover_open: bool,
    /// Somebody holds the feed button.
    pub feeding: bool,
    /// Printing stopped because the paper ended.
    pub stopped_by_paper: bool,
    /// No paper.
    pub paper_end: bool,
    /// Little paper is left.
    pub paper_near_end: bool,
    /// The knife is stuck.
    pub knife: bool,
    /// An error only switching off and on removes.
    pub unrecoverable: bool,
    /// The head is hot; it goes on by itself.
    pub hot: bool,
    /// Another error, removed by a person.
    pub recoverable: bool,
}

impl PrinterStatus {
    /// Takes the answer to a question; `false` when the byte is no such answer.
    pub fn take(&mut self, ask: Ask, byte: u8) -> bool {
        if byte & 0x93 != 0x12 {
            return false;
        }
        let bit = |number: u8| byte >> number & 1 == 1;
        match ask {
            Ask::Printer => {
                self.drawer_pin_high = bit(2);
                self.offline = bit(3);
            }
            Ask::Offline => {
                self.cover_open = bit(2);
                self.feeding = bit(3);
                self.stopped_by_paper = bit(5);
            }
            Ask::Errors => {
                self.recoverable = bit(2);
                self.knife = bit(3);
                self.unrecoverable = bit(5);
                self.hot = bit(6);
            }
            Ask::Paper => {
                self.paper_near_end = bit(2) || bit(3);
                self.paper_end = bit(5) || bit(6);
            }
        }
        true
    }

    /// The byte that tells this state: for a training printer.
    #[must_use]
    pub fn byte(&self, ask: Ask) -> u8 {
        let bits = match ask {
            Ask::Printer => [(self.drawer_pin_high, 2), (self.offline, 3), (false, 5), (false, 6)],
            Ask::Offline => [
                (self.cover_open, 2),
                (self.feeding, 3),
                (self.stopped_by_paper, 5),
                (self.knife || self.unrecoverable || self.hot || self.recoverable, 6),
            ],
            Ask::Errors => [(self.recoverable, 2), (self.knife, 3), (self.unrecoverable, 5), (self.hot, 6)],
            Ask::Paper => {
                [(self.paper_near_end, 2), (self.paper_near_end, 3), (self.paper_end, 5), (self.paper_end, 6)]
            }
        };
        bits.iter().fold(0x12, |byte, (on, bit)| byte | u8::from(*on) << bit)
    }

    /// Why printing cannot begin or go on, the cause a person should remove first; `None` when it can.
    #[must_use]
    pub fn obstacle(&self) -> Option<Obstacle> {
        let causes = [
            (self.cover_open, Obstacle::CoverOpen),
            (self.paper_end || self.stopped_by_paper, Obstacle::NoPaper),
            (self.knife, Obstacle::Knife),
            (self.unrecoverable, Obstacle::Broken),
            (self.hot, Obstacle::Hot),
            (self.recoverable, Obstacle::Error),
            (self.feeding, Obstacle::Feeding),
            (self.offline, Obstacle::Offline),
        ];
        causes.into_iter().find(|(on, _)| *on).map(|(_, cause)| cause)
    }
}

/// Why a printer does not print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// Close the cover.
    CoverOpen,
    /// Put paper in.
    NoPaper,
    /// Free the knife.
    Knife,
    /// Switch it off and on.
    Broken,
    /// Wait until the head is cool.
    Hot,
    /// Remove the error and open and close the cover.
    Error,
    /// Release the feed button.
    Feeding,
    /// It does not say why.
    Offline,
}

/// The question that ends a job, with a number of the job's own where the printer repeats it.
#[must_use]
pub fn barrier_bytes(barrier: Barrier, id: [u8; 4]) -> Vec<u8> {
    match barrier {
        Barrier::ProcessId => {
            let printable = id.map(|byte| 0x20 | byte & 0x5F);
            [&[0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30], printable.as_slice()].concat()
        }
        Barrier::InOrderStatus => vec![0x1D, 0x72, 0x01],
        Barrier::None => Vec::new(),
    }
}

/// The number as the printer repeats it: only bytes 20 to 7E may be in it.
#[must_use]
pub fn barrier_id(id: [u8; 4]) -> [u8; 4] {
    id.map(|byte| 0x20 | byte & 0x5F)
}

/// An answer of the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// To a question of [`Ask`].
    RealTime(Ask, u8),
    /// To `GS r`: everything before it has been taken. Bits 2 and 3 mean that there is no paper.
    InOrder(u8),
    /// To `GS ( H`: everything before it is on paper.
    Done([u8; 4]),
    /// Nothing known.
    Unknown(u8),
}

/// Reads answers from the printer's stream.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    asked: VecDeque<Ask>,
    buffer: Vec<u8>,
    skip: usize,
}

/// Questions that may wait for their answers; older ones are given up.
const ASKED_MAX: usize = 64;

impl Answers {
    /// Remembers a question sent: its answer is one byte that does not say to what.
    pub fn asked(&mut self, ask: Ask) {
        if self.asked.len() >= ASKED_MAX {
            self.asked.pop_front();
        }
        self.asked.push_back(ask);
    }

    /// Questions without an answer yet.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.asked.len()
    }

    /// Forgets everything: after opening the port, or when answers have stayed away.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// Takes bytes of the printer.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Answer> {
        bytes.iter().filter_map(|byte| self.byte(*byte)).collect()
    }

    fn byte(&mut self, byte: u8) -> Option<Answer> {
        if self.skip > 0 {
            self.skip -= 1;
            return None;
        }
        if !self.buffer.is_empty() {
            self.buffer.push(byte);
            return self.long_answer();
        }
        if byte == 0x37 {
            self.buffer.push(byte);
            return None;
        }
        if byte & 0x93 == 0x12 {
            return Some(self.asked.pop_front().map_or(Answer::Unknown(byte), |ask| Answer::RealTime(ask, byte)));
        }
        if byte & 0x93 == 0x10 {
            // The printer tells a change by itself in four bytes; the state is asked for anyway.
            self.skip = 3;
            return None;
        }
        if matches!(byte, 0x11 | 0x13) {
            // Flow control of the wire.
            return None;
        }
        Some(if byte & 0x90 == 0 { Answer::InOrder(byte) } else { Answer::Unknown(byte) })
    }

    /// `37 22 d1 d2 d3 d4 00`; other blocks that begin with 37 end with the zero byte too.
    fn long_answer(&mut self) -> Option<Answer> {
        let whole = self.buffer.len() >= 7 || self.buffer.last() == Some(&0) || self.buffer.len() > 64;
        let ours = self.buffer.get(1) == Some(&0x22);
        if !whole || (ours && self.buffer.len() < 7) {
            return None;
        }
        let block = std::mem::take(&mut self.buffer);
        match block.as_slice() {
            [0x37, 0x22, first, second, third, fourth, 0] => Some(Answer::Done([*first, *second, *third, *fourth])),
            _ => Some(Answer::Unknown(0x37)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Answers, Ask, Obstacle, PrinterStatus, barrier_bytes, barrier_id};
    use crate::devices::proto::escpos::profile::Barrier;
    use crate::devices::proto::fuzz::Dice;

    #[test]
    fn states_go_there_and_back() {
        let states = [
            (PrinterStatus::default(), None),
            (PrinterStatus { cover_open: true, offline: true, ..Default::default() }, Some(Obstacle::CoverOpen)),
            (PrinterStatus { paper_end: true, offline: true, ..Default::default() }, Some(Obstacle::NoPaper)),
            (PrinterStatus { knife: true, ..Default::default() }, Some(Obstacle::Knife)),
            (PrinterStatus { hot: true, ..Default::default() }, Some(Obstacle::Hot)),
            (PrinterStatus { paper_near_end: true, drawer_pin_high: true, ..Default::default() }, None),
        ];
        for (state, obstacle) in states {
            let mut read = PrinterStatus::default();
            for ask in Ask::ALL {
                assert!(read.take(ask, state.byte(ask)));
            }
            assert_eq!((read, read.obstacle()), (state, obstacle));
        }
        assert!(!PrinterStatus::default().take(Ask::Paper, 0xFF));
    }

    #[test]
    fn answers_are_told_apart() {
        let mut answers = Answers::default();
        answers.asked(Ask::Printer);
        answers.asked(Ask::Paper);
        let id = barrier_id([1, 2, 3, 4]);
        assert_eq!(barrier_bytes(Barrier::ProcessId, [1, 2, 3, 4])[7..], id);
        let mut stream = vec![0x12, 0x11, 0x72, 0x37, 0x22];
        stream.extend(id);
        stream.extend([0, 0x0C, 0x14, 0, 0, 0x0F, 0x12]);
        assert_eq!(
            answers.take(&stream),
            [
                Answer::RealTime(Ask::Printer, 0x12),
                Answer::RealTime(Ask::Paper, 0x72),
                Answer::Done(id),
                Answer::InOrder(0x0C),
                Answer::Unknown(0x12),
            ]
        );
    }

    #[test]
    fn no_bytes_upset_it() {
        let mut dice = Dice::new(37);
        let mut answers = Answers::default();
        for _ in 0..20_000 {
            answers.asked(dice.pick(&Ask::ALL));
            let bytes = dice.bytes(20);
            answers.take(&bytes);
            assert!(answers.waiting() <= super::ASKED_MAX);
        }
    }
}

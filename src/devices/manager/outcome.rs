//! What may become of an order. That nobody knows is a kind of its own: it is no failure, and nothing may be sent
//! again because of it.

use crate::devices::proto::atol::answer::Blockage;
use crate::devices::proto::escpos::status::Obstacle;
use crate::devices::proto::fiscal::{MarkingFault, Mistake};
use crate::devices::proto::shtrih::refusal::Refusal;
use crate::devices::wire::WireError;
use chrono::NaiveDateTime;

/// What became of something that was to be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It is done.
    Printed(T),
    /// It is not done, for certain: it may be ordered again once the cause is gone.
    NotPrinted(Reason),
    /// It may have been done. Nothing is repeated until the device or a person has said.
    Unknown(Doubt),
}

impl<T> Outcome<T> {
    /// The same outcome of something else.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Printed(done) => Outcome::Printed(change(done)),
            Self::NotPrinted(reason) => Outcome::NotPrinted(reason),
            Self::Unknown(doubt) => Outcome::Unknown(doubt),
        }
    }
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No such device is set up.
    NoDevice,
    /// The device is set up and switched off in the program.
    Off,
    /// It cannot be reached; why.
    NotConnected(WireError),
    /// It does not answer.
    Silent,
    /// The printer stands still.
    Obstacle(Obstacle),
    /// The registrar refused: its code, what it asks for, its own words.
    Refused {
        /// The code of the error.
        code: u8,
        /// What it asks for.
        refusal: Refusal,
        /// What the device says about it.
        words: String,
    },
    /// The service of АТОЛ refused: its code and words.
    Service {
        /// The code.
        code: i64,
        /// The words.
        words: String,
    },
    /// The service of АТОЛ has stopped its queue before it came to the task, which was taken out of it.
    Blocked(Blockage),
    /// The marking code of an item, counted from zero, does not let it be sold.
    Marking {
        /// The item.
        item: usize,
        /// What is wrong with its code.
        fault: MarkingFault,
    },
    /// The receipt would be refused, and was not sent.
    Mistake(Mistake),
    /// The registrar has no such document.
    NotFound,
    /// The device answered something that makes no sense.
    Garbled,
    /// The order was withdrawn.
    Withdrawn,
    /// This kind of device cannot do it.
    Unsupported,
    /// The scales do not come to rest.
    Unstable,
    /// There is nothing on the scales.
    Empty,
    /// There is too much on the scales.
    Overload,
}

/// Why nobody knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The connection broke off after something had been sent.
    BrokenOff(WireError),
    /// The device took it and never said that it is done.
    NoAnswer,
    /// The printer stopped and was not mended for too long; what was sent may still come out of it.
    Stopped(Obstacle),
    /// Its thread did not answer and was given up.
    Abandoned,
    /// The service itself does not know.
    Service,
}

/// How surely a receipt is on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The printer said that everything is on paper, or that it has come to the end.
    Answered,
    /// The way brings no answers back: it was handed over.
    HandedOver,
}

/// A receipt on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrintedReceipt {
    /// How surely.
    pub proof: Proof,
    /// Letters the printer lacks, printed as question marks.
    pub lost: usize,
    /// Codes that were left out because they cannot be printed.
    pub left_out: usize,
}

/// A document in the fiscal memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiscalDone {
    /// Number of the fiscal document (ФД); `None` where the firmware does not tell it.
    pub number: Option<u32>,
    /// Its fiscal sign (ФП), digits.
    pub sign: Option<String>,
    /// When it was made, by the registrar's clock.
    pub at: Option<NaiveDateTime>,
    /// Change in kopecks, of receipts.
    pub change: u64,
    /// Number of the shift, of shift documents.
    pub shift: Option<u32>,
    /// It was found by looking for it, after its answer had been lost.
    pub found_later: bool,
}

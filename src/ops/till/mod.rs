//! The till at work: a sale and the job of its paper are committed together; the paper follows, and is never lost
//! and never doubled.
//!
//! [`sale`] saves documents with their jobs; [`paper`] makes of a document what a registrar is sent, [`slip`] what a printer
//! of receipts prints where there is no registrar, or as a copy; [`registrar`]
//! is what is asked of a registrar, whichever it is, [`device`] asks one of the workstation; [`work`] does the jobs and finds
//! out what became of those that were sent, [`queue`] whether or not anybody looks, [`jobs`] shows them to a person; [`guard`] keeps what is printed as it is.

pub mod device;
pub mod find;
pub mod guard;
pub mod jobs;
pub mod paper;
pub mod queue;
pub mod registrar;
pub mod sale;
pub mod slip;
pub mod work;

use crate::kernel::text::Text;
use crate::text;

/// What a job brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobKind {
    /// The receipt of a sale.
    Receipt,
    /// The receipt of a return.
    Return,
    /// A shift of the registrar begins.
    OpenShift,
    /// It ends: the Z report.
    CloseShift,
    /// Cash is put into the drawer or taken out of it.
    Cash,
    /// A copy of a receipt, marked as such.
    Copy,
    /// The drawer was opened without a sale: noted, never sent.
    Drawer,
    /// The receipt of an advance taken or given back.
    Advance,
    /// A correction receipt.
    Correction,
}

impl JobKind {
    const ALL: [Self; 9] = [
        Self::Receipt,
        Self::Return,
        Self::OpenShift,
        Self::CloseShift,
        Self::Cash,
        Self::Copy,
        Self::Drawer,
        Self::Advance,
        Self::Correction,
    ];

    /// The stored number, never given to another kind.
    pub fn number(self) -> i64 {
        Self::ALL.iter().zip(1..).find(|(kind, _)| **kind == self).map_or(0, |(_, number)| number)
    }

    /// From the stored number.
    pub fn of(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// What it does, in words.
    pub fn label(self) -> Text {
        match self {
            Self::Receipt => text!("job-receipt"),
            Self::Return => text!("job-return"),
            Self::OpenShift => text!("job-open-shift"),
            Self::CloseShift => text!("job-close-shift"),
            Self::Cash => text!("job-cash"),
            Self::Copy => text!("job-copy"),
            Self::Drawer => text!("job-drawer"),
            Self::Advance => text!("job-advance"),
            Self::Correction => text!("job-correction"),
        }
    }

    /// True for what becomes a document in the fiscal memory and is found there by its number.
    pub const fn is_receipt(self) -> bool {
        matches!(self, Self::Receipt | Self::Return | Self::Advance | Self::Correction)
    }
}

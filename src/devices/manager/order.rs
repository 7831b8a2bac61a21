//! What a device can be asked for.

use super::outcome::{FiscalDone, Outcome, PrintedReceipt, Reason};
use super::pending::Reply;
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::document::Document;
use crate::devices::proto::escpos::status::PrinterStatus;
use crate::devices::proto::fiscal::{FiscalReceipt, Person};
use crate::devices::proto::scales::Reading;
use crate::devices::proto::shtrih::answer::{Found, Mode, PrintState};
use chrono::NaiveDateTime;

/// What a registrar says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistrarState {
    /// Name of the model.
    pub model: String,
    /// What it is in the middle of.
    pub mode: Mode,
    /// Its printer.
    pub printer: PrintState,
    /// The cover is open.
    pub cover_open: bool,
    /// There is paper.
    pub paper: bool,
    /// Number of the fiscal memory.
    pub memory: String,
    /// Number of the last fiscal document: the key by which the outcome of the next one is found.
    pub last_document: u32,
    /// Number of the shift that is open, or of the last one.
    pub shift: u32,
    /// Number of the last receipt in it.
    pub receipt: u32,
    /// Documents the operator of fiscal data does not have yet.
    pub unsent: u32,
    /// When the first of them was made: after thirty days the registrar blocks itself.
    pub unsent_since: Option<NaiveDateTime>,
    /// Warnings of the fiscal memory: bit 0 three days to live, 1 thirty days, 2 nearly full, 3 no operator.
    pub warnings: u8,
    /// Cash in the drawer by its count, kopecks.
    pub cash: u64,
}

/// What a shift came to by the registrar's own counters, kopecks; by kind of receipt in the order sale, purchase,
/// return of a sale, return of a purchase.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShiftTotals {
    /// Paid in cash.
    pub cash: [u64; 4],
    /// Paid electronically.
    pub electronic: [u64; 4],
    /// Cash in the drawer.
    pub drawer: u64,
}

/// What a device that knows keys knows a sending of a job by: the same twice is the same paper, and what was refused
/// under one stays refused under it. So a job that is certainly not done goes under another key when it is sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobKey {
    /// The key of the job itself, a UUID.
    pub job: String,
    /// Which sending of it this is, counted from one.
    pub attempt: u32,
}

impl JobKey {
    /// The key of this sending: of the first one the job's own, of others another UUID made of it.
    #[must_use]
    pub fn name(&self) -> String {
        let Self { job, attempt } = self;
        let digits: String = job.chars().filter(|sign| *sign != '-').collect();
        let number = u128::from_str_radix(&digits, 16).ok().filter(|_| digits.len() == 32);
        match (attempt, number) {
            (0 | 1, _) => job.clone(),
            (_, None) => format!("{job}-{attempt}"),
            (_, Some(number)) => {
                let made = format!("{:032x}", number.wrapping_add(u128::from(attempt - 1)));
                let part = |from: usize, to: usize| made.get(from..to).unwrap_or_default();
                [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
            }
        }
    }

    /// The sending before this one.
    #[must_use]
    pub fn earlier(&self) -> Option<Self> {
        let attempt = self.attempt.checked_sub(1).filter(|attempt| *attempt > 0)?;
        Some(Self { job: self.job.clone(), attempt })
    }
}

impl From<&str> for JobKey {
    /// The first sending of a job.
    fn from(job: &str) -> Self {
        Self { job: job.to_owned(), attempt: 1 }
    }
}

/// A receipt to be made, and what finds it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalJob {
    /// The key of this sending of the job.
    pub key: JobKey,
    /// Number of the last fiscal document before the job was first sent; `None` where it is not known.
    pub after: Option<u32>,
    /// The receipt.
    pub receipt: FiscalReceipt,
}

/// A plain order to a registrar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FiscalTask {
    /// Opens a shift.
    OpenShift(Person),
    /// Closes the shift: the Z report.
    CloseShift(Person),
    /// The X report.
    XReport(Person),
    /// Cash put into the drawer, kopecks.
    CashIn(Person, u64),
    /// Cash taken out of the drawer, kopecks.
    CashOut(Person, u64),
    /// A copy of the last receipt, marked as such by the registrar.
    Copy,
    /// Opens the drawer.
    Drawer,
    /// Lines of text that are no fiscal document, and a cut.
    Text(Vec<String>),
    /// Beeps, to show which device it is.
    Beep,
}

/// An order and where its answer goes.
pub enum Order {
    /// Prints a receipt; the number is the job's own.
    Print(u32, Document, Reply<Outcome<PrintedReceipt>>),
    /// Prints the sheet by which a person chooses the table of letters.
    TableSheet(String, Reply<Outcome<PrintedReceipt>>),
    /// The state of a printer.
    PrinterStatus(Reply<Result<PrinterStatus, Reason>>),
    /// Makes a receipt.
    Receipt(FiscalJob, Reply<Outcome<FiscalDone>>),
    /// Looks what became of a receipt that was sent; makes nothing.
    Recover(FiscalJob, Reply<Outcome<FiscalDone>>),
    /// A plain order to a registrar; the key as in [`FiscalJob`].
    Task(JobKey, FiscalTask, Reply<Outcome<FiscalDone>>),
    /// The state of a registrar.
    RegistrarState(Reply<Result<RegistrarState, Reason>>),
    /// Totals of the shift.
    Totals(Reply<Result<ShiftTotals, Reason>>),
    /// A fiscal document by its number.
    Find(u32, Reply<Result<Found, Reason>>),
    /// A weight, tenths of a gram: at rest and above zero.
    Weigh(Reply<Result<i64, Reason>>),
    /// What the scales say now, at rest or not.
    Reading(Reply<Result<Reading, Reason>>),
    /// Shows two lines.
    Show(String, String, Reply<Result<(), Reason>>),
    /// Prints a label, so many times.
    Label(Bitmap, u16, Reply<Outcome<()>>),
}

impl Order {
    /// Answers that it was not carried out.
    pub fn refuse(self, reason: Reason) {
        match self {
            Self::Print(_, _, reply) | Self::TableSheet(_, reply) => reply.refuse(reason),
            Self::PrinterStatus(reply) => reply.refuse(reason),
            Self::Receipt(_, reply) | Self::Task(_, _, reply) => reply.refuse(reason),
            // Not to have looked is no answer to what became of it.
            Self::Recover(_, reply) => {
                reply.give(Outcome::Unknown(super::outcome::Doubt::NoAnswer));
            }
            Self::RegistrarState(reply) => reply.refuse(reason),
            Self::Totals(reply) => reply.refuse(reason),
            Self::Find(_, reply) => reply.refuse(reason),
            Self::Weigh(reply) => reply.refuse(reason),
            Self::Reading(reply) => reply.refuse(reason),
            Self::Show(_, _, reply) => reply.refuse(reason),
            Self::Label(_, _, reply) => reply.refuse(reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::JobKey;

    #[test]
    fn each_sending_of_a_job_has_a_key_of_its_own() {
        let job = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";
        let at = |job: &str, attempt| JobKey { job: job.to_owned(), attempt };
        assert_eq!((JobKey::from(job).name(), at(job, 0).name()), (job.to_owned(), job.to_owned()));
        assert_eq!(at(job, 2).name(), "6f9619ff-8b86-d011-b42d-00cf4fc96500");
        assert_eq!((at("k", 1).name(), at("k", 3).name()), ("k".to_owned(), "k-3".to_owned()));
        assert_eq!((at(job, 3).earlier(), JobKey::from(job).earlier()), (Some(at(job, 2)), None));
        let highest = "ffffffff-ffff-ffff-ffff-ffffffffffff";
        assert_eq!(at(highest, 2).name(), "00000000-0000-0000-0000-000000000000");
    }
}

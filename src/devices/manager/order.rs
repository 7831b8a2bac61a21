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

/// A receipt to be made, and what finds it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalJob {
    /// The key of the job, a UUID: to АТОЛ the same key twice is the same receipt.
    pub key: String,
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
    Task(String, FiscalTask, Reply<Outcome<FiscalDone>>),
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

//! Receipts: their marking codes checked first, then given once; found again by their key, and when the service has
//! forgotten the key, by the documents of the fiscal memory.

use super::{AtolDrive, done};
use crate::devices::manager::io::Io;
use crate::devices::manager::order::FiscalJob;
use crate::devices::manager::outcome::{Doubt, FiscalDone, Outcome, Reason};
use crate::devices::proto::atol::answer::{Made, kept, last_document};
use crate::devices::proto::atol::marking::{self, Checked};
use crate::devices::proto::atol::request::{self, Checks, Plain};
use crate::devices::proto::fiscal::{FiscalReceipt, MarkingFault};
use serde_json::Value;

/// How long the check of a marking code may take, milliseconds.
const CHECK_MS: u64 = 60_000;
/// Between two questions about a check.
const AGAIN_MS: u64 = 300;
/// Documents that are looked through when the service has forgotten a key.
const LOOK_THROUGH: u32 = 200;

impl AtolDrive {
    /// Makes a receipt.
    pub(super) fn receipt(&self, io: &mut Io, job: &FiscalJob) -> Outcome<FiscalDone> {
        if let Err(mistake) = job.receipt.check() {
            return Outcome::NotPrinted(Reason::Mistake(mistake));
        }
        let change = job.receipt.change();
        if let Some(left) = self.left_over(io, &job.key) {
            return left.map(|made| done(&made, change, true));
        }
        let checks = match self.checks(io, &job.receipt) {
            Ok(checks) => checks,
            Err(reason) => return Outcome::NotPrinted(reason),
        };
        match request::receipt(&job.receipt, &checks) {
            Err(_) => Outcome::NotPrinted(Reason::Unsupported),
            Ok(task) => self.carry_out(io, &job.key.name(), task).map(|made| done(&made, change, false)),
        }
    }

    /// Has the marking codes of a receipt checked and accepted.
    fn checks(&self, io: &mut Io, receipt: &FiscalReceipt) -> Result<Checks, Reason> {
        let mut checks = Checks::new();
        let returned = marking::returned(receipt.kind);
        for (at, item) in receipt.items.iter().enumerate() {
            let Some(begin) = marking::begin(item, returned) else { continue };
            if checks.is_empty() {
                // Codes accepted for a receipt that never came would go into this one.
                self.step(io, request::plain(Plain::MarkingClear))?;
            }
            checks.insert(at, self.check(io, at, begin)?);
        }
        Ok(checks)
    }

    /// Has one code checked; what it was found to be goes into the receipt.
    fn check(&self, io: &mut Io, at: usize, begin: Value) -> Result<Value, Reason> {
        let wrong = |fault| Reason::Marking { item: at, fault };
        self.step(io, begin)?;
        let until_ms = io.ms().saturating_add(CHECK_MS);
        loop {
            match marking::state(&self.question(io, Plain::MarkingState)?) {
                Checked::Right => break,
                Checked::Wrong(fault) => {
                    self.step(io, request::plain(Plain::MarkingDecline))?;
                    return Err(wrong(fault));
                }
                Checked::Pending if io.ms() >= until_ms || io.is_ending() => {
                    self.step(io, request::plain(Plain::MarkingCancel))?;
                    return Err(wrong(MarkingFault::Unfinished));
                }
                Checked::Pending => io.pause(AGAIN_MS),
            }
        }
        marking::accepted(&self.step(io, request::plain(Plain::MarkingAccept))?).map_err(wrong)
    }

    /// Looks what became of a receipt that was sent; makes nothing.
    pub(super) fn recover(&self, io: &mut Io, job: &FiscalJob) -> Outcome<FiscalDone> {
        let change = job.receipt.change();
        let absent = Outcome::NotPrinted(Reason::NotFound);
        match self.result(io, &job.key.name(), &absent) {
            // The service keeps its tasks for hours only: the fiscal memory keeps its documents.
            Outcome::NotPrinted(Reason::NotFound) => self.remembered(io, job).map(|made| done(&made, change, true)),
            other => other.map(|made| done(&made, change, true)),
        }
    }

    /// Looks for a receipt among the documents made after it was sent.
    fn remembered(&self, io: &mut Io, job: &FiscalJob) -> Outcome<Box<Made>> {
        // Without the number the documents cannot be told from those of other days.
        let Some(after) = job.after.filter(|after| *after > 0) else { return Outcome::Unknown(Doubt::NoAnswer) };
        let last = self.question(io, Plain::LastDocument).ok().as_ref().and_then(last_document);
        let Some(last) = last.filter(|last| *last >= after && last - after <= LOOK_THROUGH) else {
            return Outcome::Unknown(Doubt::NoAnswer);
        };
        for number in after + 1..=last {
            let Some(found) = self.step(io, request::document(number)).ok().as_ref().and_then(kept) else {
                return Outcome::Unknown(Doubt::NoAnswer);
            };
            if job.receipt.own_mark.as_ref().is_some_and(|mark| found.mark.trim() == mark) {
                let number = Some(u64::from(number));
                return Outcome::Printed(Box::new(Made { number, sign: found.sign, ..Made::default() }));
            }
        }
        // A receipt without a mark could be any of them.
        match &job.receipt.own_mark {
            None if last > after => Outcome::Unknown(Doubt::NoAnswer),
            _ => Outcome::NotPrinted(Reason::NotFound),
        }
    }
}

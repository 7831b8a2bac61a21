//! The registrar of a workstation, or its printer of receipts, as a till asks it: orders to the thread of the device, and waiting for what comes
//! of them. Never on the thread that draws.

use super::registrar::{JobKey, Made, Plain, Registrar, Sent, ShiftSums, Standing};
use super::slip::text_lines;
use crate::devices::manager::Manager;
use crate::devices::manager::handles::{ReceiptPrinter, Registrar as Handle};
use crate::devices::manager::order::{FiscalJob, FiscalTask};
use crate::devices::manager::outcome::{Doubt, FiscalDone, Outcome, Reason};
use crate::devices::manager::pending::{Pending, Unanswered};
use crate::devices::proto::escpos::document::Document;
use crate::devices::proto::fiscal::{FiscalReceipt, MarkingFault};
use crate::devices::proto::shtrih::answer::Mode;
use crate::devices::proto::shtrih::refusal::Refusal;
use crate::kernel::moment::Moment;
use crate::kernel::text::Text;

/// How long a question may take, milliseconds: a registrar that is searched for says so sooner.
const QUESTION_MS: u64 = 10_000;

/// How long a receipt may take, with everything that is asked when its answer is lost, milliseconds.
const RECEIPT_MS: u64 = 300_000;

/// Letters of a line every registrar has room for.
const LINE: usize = 32;

/// A registrar behind its device's thread, with the words for what goes wrong.
pub struct DeviceRegistrar {
    handle: Handle,
    reasons: fn(&Reason) -> Text,
    doubts: fn(&Doubt) -> Text,
}

impl DeviceRegistrar {
    /// The registrar with an identifier among the devices of a workstation.
    pub fn new(manager: &Manager, id: &str, reasons: fn(&Reason) -> Text, doubts: fn(&Doubt) -> Text) -> Self {
        Self { handle: Handle::new(manager, id), reasons, doubts }
    }

    fn asked<T>(&self, pending: &Pending<Result<T, Reason>>) -> Result<T, Text> {
        let answer = pending.wait(QUESTION_MS).unwrap_or(Err(Reason::Silent));
        answer.map_err(|reason| (self.reasons)(&reason))
    }

    fn sent(&self, pending: &Pending<Outcome<FiscalDone>>) -> Sent
    where
        Outcome<FiscalDone>: Unanswered,
    {
        match pending.wait(RECEIPT_MS).unwrap_or(Outcome::Unknown(Doubt::NoAnswer)) {
            Outcome::Printed(done) => Sent::Done(made(&done)),
            Outcome::NotPrinted(reason) if lasts(&reason) => Sent::Refused((self.reasons)(&reason)),
            Outcome::NotPrinted(reason) => Sent::NotDone((self.reasons)(&reason)),
            Outcome::Unknown(doubt) => Sent::Unknown((self.doubts)(&doubt)),
        }
    }
}

/// True for what waiting will not mend: the receipt itself would be refused again.
fn lasts(reason: &Reason) -> bool {
    const OWN: [Refusal; 5] = [
        Refusal::Parameters,
        Refusal::PaidTooLittle,
        Refusal::CardAboveTotal,
        Refusal::CashTooLittle,
        Refusal::ZeroTotal,
    ];
    match reason {
        Reason::Mistake(_) => true,
        Reason::Marking { fault, .. } => *fault != MarkingFault::Unfinished,
        Reason::Refused { refusal, .. } => OWN.contains(refusal),
        _ => false,
    }
}

fn made(done: &FiscalDone) -> Made {
    Made {
        number: done.number.unwrap_or(0),
        sign: done.sign.as_deref().and_then(|sign| sign.parse().ok()).unwrap_or(0),
        at: done.at.map_or(Moment::EMPTY, Moment::from),
    }
}

fn job(key: &JobKey, after: u32, receipt: &FiscalReceipt) -> FiscalJob {
    FiscalJob { key: key.clone(), after: Some(after), receipt: receipt.clone() }
}

impl Registrar for DeviceRegistrar {
    fn standing(&mut self) -> Result<Standing, Text> {
        let state = self.asked(&self.handle.state())?;
        Ok(Standing {
            device: state.memory,
            last_document: state.last_document,
            // A receipt left open by a till that died stands in an open shift.
            shift_open: matches!(state.mode, Mode::ShiftOpen | Mode::ShiftExpired | Mode::DocumentOpen),
            shift_expired: state.mode == Mode::ShiftExpired,
            shift: state.shift,
            cash: state.cash,
        })
    }

    fn sums(&mut self) -> Result<ShiftSums, Text> {
        let totals = self.asked(&self.handle.totals())?;
        let of =
            |at: usize| totals.cash.get(at).copied().unwrap_or(0) + totals.electronic.get(at).copied().unwrap_or(0);
        Ok(ShiftSums { sales: of(0), returns: of(2), cash: totals.drawer })
    }

    fn receipt(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        self.sent(&self.handle.receipt(job(key, after, receipt)))
    }

    fn recover(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        self.sent(&self.handle.recover(job(key, after, receipt)))
    }

    fn plain(&mut self, key: &JobKey, plain: &Plain) -> Sent {
        let task = match plain {
            Plain::OpenShift(cashier) => FiscalTask::OpenShift(cashier.clone()),
            Plain::CloseShift(cashier) => FiscalTask::CloseShift(cashier.clone()),
            Plain::CashIn(cashier, kopecks) => FiscalTask::CashIn(cashier.clone(), *kopecks),
            Plain::CashOut(cashier, kopecks) => FiscalTask::CashOut(cashier.clone(), *kopecks),
            Plain::Copy => FiscalTask::Copy,
        };
        self.sent(&self.handle.task(key.clone(), task))
    }

    fn slip(&mut self, key: &JobKey, _: u32, slip: &Document) -> Sent {
        self.sent(&self.handle.task(key.clone(), FiscalTask::Text(text_lines(slip, LINE))))
    }
}

/// A printer of receipts behind its device's thread: where there is no registrar.
pub struct DevicePrinter {
    handle: ReceiptPrinter,
    id: String,
    reasons: fn(&Reason) -> Text,
    doubts: fn(&Doubt) -> Text,
}

impl DevicePrinter {
    /// The printer with an identifier among the devices of a workstation.
    pub fn new(manager: &Manager, id: &str, reasons: fn(&Reason) -> Text, doubts: fn(&Doubt) -> Text) -> Self {
        Self { handle: ReceiptPrinter::new(manager, id), id: id.to_owned(), reasons, doubts }
    }
}

impl Registrar for DevicePrinter {
    fn standing(&mut self) -> Result<Standing, Text> {
        let why = match self.handle.status().wait(QUESTION_MS).unwrap_or(Err(Reason::Silent)) {
            // A way that brings no answers back is tried.
            Err(Reason::Unsupported) => None,
            Err(reason) => Some(reason),
            Ok(status) => status.obstacle().map(Reason::Obstacle),
        };
        let standing = || Standing { device: self.id.clone(), shift_open: true, ..Standing::default() };
        why.map_or_else(|| Ok(standing()), |reason| Err((self.reasons)(&reason)))
    }

    fn sums(&mut self) -> Result<ShiftSums, Text> {
        Err((self.reasons)(&Reason::Unsupported))
    }

    fn receipt(&mut self, _: &JobKey, _: u32, _: &FiscalReceipt) -> Sent {
        Sent::Refused((self.reasons)(&Reason::Unsupported))
    }

    fn recover(&mut self, _: &JobKey, _: u32, _: &FiscalReceipt) -> Sent {
        Sent::Unknown((self.reasons)(&Reason::Unsupported))
    }

    fn plain(&mut self, _: &JobKey, _: &Plain) -> Sent {
        Sent::Refused((self.reasons)(&Reason::Unsupported))
    }

    fn slip(&mut self, _: &JobKey, number: u32, slip: &Document) -> Sent {
        let pending = self.handle.print(number, slip.clone());
        match pending.wait(RECEIPT_MS).unwrap_or(Outcome::Unknown(Doubt::NoAnswer)) {
            Outcome::Printed(_) => Sent::Done(Made::default()),
            Outcome::NotPrinted(reason) => Sent::NotDone((self.reasons)(&reason)),
            Outcome::Unknown(doubt) => Sent::Unknown((self.doubts)(&doubt)),
        }
    }
}

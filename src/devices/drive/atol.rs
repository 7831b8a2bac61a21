//! Fiscal registrars of АТОЛ through the service of their driver on this workstation: a task is given by its key,
//! its outcome is asked for by the same key, so that nothing is ever done twice.
//!
//! [`queue`] gives tasks, asks after them and takes them back; [`receipts`] makes receipts and finds them again, their
//! marking codes checked before.

mod queue;
mod receipts;

use self::queue::{answered, said};
use super::Drive;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::{FiscalTask, JobKey, Order, RegistrarState, ShiftTotals};
use crate::devices::manager::outcome::{FiscalDone, Outcome, Reason};
use crate::devices::manager::view::Trouble;
use crate::devices::proto::atol::answer::{Made, Queue, Totals, kopecks, last_document, totals};
use crate::devices::proto::atol::request::{self, Plain, QUEUE};
use crate::devices::proto::shtrih::answer::{Mode, PrintState};
use crate::devices::settings::NetworkAddress;
use crate::devices::wire::http::HttpError;
use chrono::DateTime;
use serde_json::Value;

/// How often the service is looked at between orders.
const LOOK_MS: u64 = 5000;

/// The driver.
pub struct AtolDrive {
    place: NetworkAddress,
    /// Which of the service's registrars; empty for the one it has by default.
    device: String,
    looked_ms: u64,
    trouble: Option<Trouble>,
}

impl AtolDrive {
    /// One registrar of the service at a place; an empty identifier is the one the service has by default.
    #[must_use]
    pub fn new(place: NetworkAddress, device: &str) -> Self {
        Self { place, device: device.trim().to_owned(), looked_ms: 0, trouble: None }
    }

    fn task(&self, io: &mut Io, key: &JobKey, task: &FiscalTask) -> Outcome<FiscalDone> {
        let body = match task {
            FiscalTask::OpenShift(cashier) => request::open_shift(cashier),
            FiscalTask::CloseShift(cashier) => request::close_shift(cashier),
            FiscalTask::XReport(cashier) => request::x_report(cashier),
            FiscalTask::CashIn(cashier, kopecks) => request::cash_in(cashier, *kopecks),
            FiscalTask::CashOut(cashier, kopecks) => request::cash_out(cashier, *kopecks),
            FiscalTask::Drawer => request::plain(Plain::Drawer),
            FiscalTask::Copy => request::plain(Plain::Copy),
            FiscalTask::Text(lines) => request::text(lines),
            FiscalTask::Beep => return Outcome::NotPrinted(Reason::Unsupported),
        };
        match self.left_over(io, key) {
            Some(left) => left.map(|made| done(&made, 0, true)),
            None => self.carry_out(io, &key.name(), body).map(|made| done(&made, 0, false)),
        }
    }

    /// How it stands, by one request of several questions. What follows the first three is not known to every service:
    /// that is no reason to sell nothing.
    fn state(&self, io: &mut Io) -> Result<RegistrarState, Reason> {
        let questions = [Plain::Device, Plain::ShiftState, Plain::Exchange, Plain::LastDocument, Plain::Cash];
        let mut answers = self.questions(io, &questions)?.into_iter().map(answered);
        let mut next = || answers.next().unwrap_or(Err(Reason::Silent));
        let (device, shift, exchange) = (next()?, next()?, next()?);
        let (last, cash) = (next().unwrap_or_default(), next().unwrap_or_default());
        let text =
            |value: &Value, path: &str| value.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
        let number = |value: &Value, path: &str| {
            value.pointer(path).and_then(Value::as_u64).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
        };
        let mode = match text(&shift, "/shiftStatus/state").as_str() {
            "opened" => Mode::ShiftOpen,
            "expired" => Mode::ShiftExpired,
            "closed" => Mode::ShiftClosed,
            _ => Mode::Other(0),
        };
        let since = text(&exchange, "/status/notSentFirstDocDateTime");
        Ok(RegistrarState {
            model: text(&device, "/deviceInfo/modelName"),
            mode,
            printer: PrintState::Ready,
            cover_open: false,
            paper: true,
            memory: text(&exchange, "/fnNumber"),
            last_document: last_document(&last).unwrap_or(0),
            shift: number(&shift, "/shiftStatus/number"),
            receipt: number(&shift, "/shiftStatus/receiptsCount"),
            unsent: number(&exchange, "/status/notSentCount"),
            unsent_since: DateTime::parse_from_rfc3339(&since).ok().map(|at| at.naive_local()),
            warnings: 0,
            cash: cash.pointer("/counters/cashSum").and_then(kopecks).unwrap_or(0),
        })
    }

    fn totals(&self, io: &mut Io) -> Result<ShiftTotals, Reason> {
        let Totals { cash, electronic, drawer } = totals(&self.question(io, Plain::Totals)?).ok_or(Reason::Garbled)?;
        Ok(ShiftTotals { cash, electronic, drawer })
    }

    /// Whether the service answers, whether it has our registrar, and whether its queue goes on.
    fn look(&mut self, io: &mut Io) -> Option<Trouble> {
        self.looked_ms = io.ms();
        self.trouble = match self.ask(io, "GET", QUEUE, b"") {
            Err(HttpError::NotSent(error) | HttpError::NotAnswered(error)) => Some(Trouble::Wire(error)),
            Ok(answer) => match (Queue::read(&answer.body), answer.status) {
                (Some(queue), _) => queue.blocked.map(|why| Trouble::Refused(Reason::Blocked(why))),
                // With words it is about the registrar; without, an older service does not know the question.
                (None, 400..=499) if answer.body.starts_with(b"{\"error\"") => Some(Trouble::Refused(said(&answer))),
                (None, _) => None,
            },
        };
        self.trouble.clone()
    }
}

fn done(made: &Made, change: u64, found_later: bool) -> FiscalDone {
    let small = |number: Option<u64>| number.and_then(|number| u32::try_from(number).ok());
    FiscalDone {
        number: small(made.number),
        sign: made.sign.clone(),
        at: made.at.as_deref().and_then(|at| DateTime::parse_from_rfc3339(at).ok()).map(|at| at.naive_local()),
        change,
        shift: small(made.shift),
        found_later,
    }
}

impl Drive for AtolDrive {
    fn begin(&mut self, io: &mut Io) -> Result<String, Trouble> {
        match self.look(io) {
            // A queue that is stopped still tells what became of its tasks.
            None | Some(Trouble::Refused(Reason::Blocked(_))) => Ok(String::new()),
            Some(trouble) => Err(trouble),
        }
    }

    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble> {
        match order {
            Order::Receipt(job, reply) => reply.give(self.receipt(io, &job)),
            Order::Recover(job, reply) => reply.give(self.recover(io, &job)),
            Order::Task(key, task, reply) => reply.give(self.task(io, &key, &task)),
            Order::RegistrarState(reply) => reply.give(self.state(io)),
            Order::Totals(reply) => reply.give(self.totals(io)),
            other => other.refuse(Reason::Unsupported),
        }
        // What the order left behind is looked at in the next idle moment.
        self.looked_ms = 0;
        self.trouble.clone()
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        if io.ms().saturating_sub(self.looked_ms) >= LOOK_MS { self.look(io) } else { self.trouble.clone() }
    }
}

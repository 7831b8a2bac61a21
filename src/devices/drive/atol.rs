//! Fiscal registrars of АТОЛ through the service of their driver on this workstation: a task is given by its key,
//! its outcome is asked for by the same key, so that nothing is ever done twice.

use super::Drive;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::{FiscalJob, FiscalTask, Order, RegistrarState};
use crate::devices::manager::outcome::{Doubt, FiscalDone, Outcome, Reason};
use crate::devices::manager::view::{Parsed, Trouble};
use crate::devices::proto::atol::answer::{Made, Taken, TaskState, kopecks, results};
use crate::devices::proto::atol::request::{self, Plain, REQUESTS};
use crate::devices::proto::shtrih::answer::{Mode, PrintState};
use crate::devices::settings::NetworkAddress;
use crate::devices::wire::http::{HttpAnswer, HttpError, ask};
use crate::kernel::clock::Clock;
use chrono::DateTime;
use serde_json::Value;

/// How long a question to the service may take, milliseconds.
const ASK_MS: u64 = 5000;
/// How long a task may take.
const TASK_MS: u64 = 120_000;
/// Between two questions about a task.
const AGAIN_MS: u64 = 250;
/// How often the service is looked at between orders.
const LOOK_MS: u64 = 5000;

/// The driver.
pub struct AtolDrive {
    place: NetworkAddress,
    looked_ms: u64,
    trouble: Option<Trouble>,
}

/// How giving a task ended.
enum Given {
    /// The service has it.
    There,
    /// It does not, for certain.
    Not(Reason),
    /// Nobody knows.
    Perhaps,
}

impl AtolDrive {
    /// The service at a place.
    #[must_use]
    pub fn new(place: NetworkAddress) -> Self {
        Self { place, looked_ms: 0, trouble: None }
    }

    fn ask(&self, io: &mut Io, method: &str, path: &str, body: &[u8]) -> Result<HttpAnswer, HttpError> {
        io.beat();
        io.note(true, &[method.as_bytes(), b" ", path.as_bytes(), b"\n", body].concat(), Parsed::Service(None));
        let answer = ask(&self.place, method, path, body, ASK_MS);
        if let Ok(answer) = &answer {
            io.note(false, &answer.body, Parsed::Service(Some(answer.status)));
        }
        io.beat();
        answer
    }

    fn give(&self, io: &mut Io, key: &str, task: Value) -> Given {
        let body = request::request(key, &[task]).to_string();
        match self.ask(io, "POST", REQUESTS, body.as_bytes()) {
            Err(HttpError::NotSent(error)) => Given::Not(Reason::NotConnected(error)),
            Err(HttpError::NotAnswered(_)) => Given::Perhaps,
            Ok(answer) => match Taken::of_status(answer.status) {
                Taken::New | Taken::Known => Given::There,
                Taken::Refused(status) => {
                    let words = String::from_utf8_lossy(&answer.body).chars().take(300).collect();
                    Given::Not(Reason::Service { code: i64::from(status), words })
                }
                Taken::Unknown(_) => Given::Perhaps,
            },
        }
    }

    /// Waits for the outcome of a task the service may have. `known` when it certainly has it.
    fn result(&self, io: &mut Io, key: &str, known: bool) -> Outcome<Box<Made>> {
        let until_ms = io.ms().saturating_add(TASK_MS);
        let path = format!("{REQUESTS}/{key}");
        loop {
            let doubt = match self.ask(io, "GET", &path, b"") {
                // It was never taken.
                Ok(answer) if answer.status == 404 && !known => return Outcome::NotPrinted(Reason::NotFound),
                Ok(answer) => {
                    let states = serde_json::from_slice(&answer.body).ok().and_then(|body: Value| results(&body));
                    match states.and_then(|states| states.into_iter().next()) {
                        Some(TaskState::Done(made)) => return Outcome::Printed(made),
                        Some(TaskState::Refused { code, words }) => {
                            return Outcome::NotPrinted(Reason::Service { code, words });
                        }
                        Some(TaskState::Cancelled) => return Outcome::NotPrinted(Reason::Withdrawn),
                        Some(TaskState::Unknown) => return Outcome::Unknown(Doubt::Service),
                        Some(TaskState::Pending) => Doubt::NoAnswer,
                        None => Doubt::Service,
                    }
                }
                Err(HttpError::NotSent(error) | HttpError::NotAnswered(error)) => Doubt::BrokenOff(error),
            };
            if io.ms() >= until_ms || io.is_ending() {
                return Outcome::Unknown(doubt);
            }
            io.pause(AGAIN_MS);
        }
    }

    fn carry_out(&self, io: &mut Io, key: &str, task: Value) -> Outcome<Box<Made>> {
        match self.give(io, key, task) {
            Given::There => self.result(io, key, true),
            Given::Not(reason) => Outcome::NotPrinted(reason),
            // The key says whether it was taken.
            Given::Perhaps => self.result(io, key, false),
        }
    }

    fn receipt(&self, io: &mut Io, job: &FiscalJob) -> Outcome<FiscalDone> {
        if let Err(mistake) = job.receipt.check() {
            return Outcome::NotPrinted(Reason::Mistake(mistake));
        }
        match request::receipt(&job.receipt) {
            Err(_) => Outcome::NotPrinted(Reason::Unsupported),
            Ok(task) => self.carry_out(io, &job.key, task).map(|made| done(&made, job.receipt.change(), false)),
        }
    }

    fn task(&self, io: &mut Io, key: &str, task: &FiscalTask) -> Outcome<FiscalDone> {
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
        self.carry_out(io, key, body).map(|made| done(&made, 0, false))
    }

    /// Asks something that changes nothing, under a key of its own.
    fn plain(&self, io: &mut Io, task: Plain) -> Result<Value, Reason> {
        let key = Clock::system().unique().to_string();
        match self.carry_out(io, &key, request::plain(task)) {
            Outcome::Printed(made) => Ok(made.result),
            Outcome::NotPrinted(reason) => Err(reason),
            Outcome::Unknown(_) => Err(Reason::Silent),
        }
    }

    fn state(&self, io: &mut Io) -> Result<RegistrarState, Reason> {
        let device = self.plain(io, Plain::Device)?;
        let shift = self.plain(io, Plain::ShiftState)?;
        let exchange = self.plain(io, Plain::Exchange)?;
        // A service that does not know the question is no reason to sell nothing.
        let cash = self.plain(io, Plain::Cash).unwrap_or_default();
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
            last_document: 0,
            shift: number(&shift, "/shiftStatus/number"),
            receipt: number(&shift, "/shiftStatus/receiptsCount"),
            unsent: number(&exchange, "/status/notSentCount"),
            unsent_since: DateTime::parse_from_rfc3339(&since).ok().map(|at| at.naive_local()),
            warnings: 0,
            cash: cash.pointer("/counters/cashSum").and_then(kopecks).unwrap_or(0),
        })
    }

    /// Whether the service answers at all.
    fn look(&mut self, io: &mut Io) -> Option<Trouble> {
        self.looked_ms = io.ms();
        self.trouble = match self.ask(io, "GET", REQUESTS, b"") {
            Ok(_) => None,
            Err(HttpError::NotSent(error) | HttpError::NotAnswered(error)) => Some(Trouble::Wire(error)),
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
            Some(trouble) => Err(trouble),
            None => Ok(String::new()),
        }
    }

    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble> {
        match order {
            Order::Receipt(job, reply) => reply.give(self.receipt(io, &job)),
            Order::Recover(job, reply) => {
                let found = self.result(io, &job.key, false);
                reply.give(found.map(|made| done(&made, job.receipt.change(), true)));
            }
            Order::Task(key, task, reply) => reply.give(self.task(io, &key, &task)),
            Order::RegistrarState(reply) => reply.give(self.state(io)),
            other => other.refuse(Reason::Unsupported),
        }
        self.trouble.clone()
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        if io.ms().saturating_sub(self.looked_ms) >= LOOK_MS { self.look(io) } else { self.trouble.clone() }
    }
}

//! Fiscal registrars of Shtrih-M. A receipt is sent once; when its answer is lost the fiscal memory is asked what
//! it has, and only when it cannot be asked the outcome is unknown.

mod receipts;

use super::Drive;
use super::link::Link;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::{FiscalTask, Order, RegistrarState, ShiftTotals};
use crate::devices::manager::outcome::{Doubt, FiscalDone, Outcome, Reason};
use crate::devices::manager::view::Trouble;
use crate::devices::proto::fiscal::ReceiptKind;
use crate::devices::proto::shtrih::answer::{
    self, AnswerError, ExchangeState, Found, Identity, MemoryState, Mode, PrintState, ShiftDocument, ShiftState, State,
};
use crate::devices::proto::shtrih::link::{Failure, Times};
use crate::devices::proto::shtrih::refusal::Refusal;
use crate::devices::proto::shtrih::request::{Passwords, Request};
use crate::devices::proto::shtrih::script;
use crate::devices::proto::shtrih::training::memory::Memory;

/// The silence after a port was opened, milliseconds: what a dead program left in it is read away.
const OPENED_MS: u64 = 100;
/// How long the last command may be printed before the next one is refused for good.
const PRINTING_MS: u64 = 30_000;
/// Between two tries of a command while the registrar prints.
const AGAIN_MS: u64 = 200;
/// How often the state is looked at between orders.
const LOOK_MS: u64 = 3000;

/// The driver of a registrar.
pub struct ShtrihDrive {
    passwords: Passwords,
    link: Link,
    model: String,
    looked_ms: u64,
    trouble: Option<Trouble>,
}

/// Why a command was not carried out, or nobody knows.
enum Failed {
    Not(Reason),
    Perhaps(Doubt),
}

impl Failed {
    /// The reason, where nothing depends on whether the command was carried out.
    fn reason(self) -> Reason {
        match self {
            Self::Not(reason) => reason,
            Self::Perhaps(_) => Reason::Silent,
        }
    }
}

impl<T> From<Failed> for Outcome<T> {
    fn from(failed: Failed) -> Self {
        match failed {
            Failed::Not(reason) => Self::NotPrinted(reason),
            Failed::Perhaps(doubt) => Self::Unknown(doubt),
        }
    }
}

impl ShtrihDrive {
    /// With its passwords and its link.
    #[must_use]
    pub fn new(cashier: u32, administrator: u32, numbered: bool) -> Self {
        Self {
            passwords: Passwords { cashier, administrator },
            link: Link::new(numbered, Times::default()),
            model: String::new(),
            looked_ms: 0,
            trouble: None,
        }
    }

    fn exchange(&mut self, io: &mut Io, request: &Request) -> Result<Vec<u8>, Failed> {
        self.link.exchange(io, &request.data, request.answer_ms).map_err(|failure| {
            let lost = io.lost().cloned();
            match failure {
                Failure::NotDone(_) => Failed::Not(lost.map_or(Reason::Silent, Reason::NotConnected)),
                Failure::Unknown(_) => Failed::Perhaps(lost.map_or(Doubt::NoAnswer, Doubt::BrokenOff)),
            }
        })
    }

    /// Asks something that changes nothing.
    fn ask<T>(
        &mut self,
        io: &mut Io,
        request: &Request,
        read: impl FnOnce(&[u8]) -> Result<T, AnswerError>,
    ) -> Result<T, Reason> {
        let answer = self.exchange(io, request).map_err(Failed::reason)?;
        match read(&answer) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.worded(io, error)),
        }
    }

    /// A refusal with the device's own words.
    fn worded(&mut self, io: &mut Io, error: AnswerError) -> Reason {
        match error {
            AnswerError::Malformed => Reason::Garbled,
            AnswerError::Refused(code, refusal) => {
                let request = self.passwords.words(code);
                let said = self.exchange(io, &request).ok().and_then(|answer| answer::words(&answer).ok());
                Reason::Refused { code, refusal, words: said.unwrap_or_default().trim().to_owned() }
            }
        }
    }

    /// Gives a command; waits while the last one is still being printed, and says to go on after paper was put in.
    fn order_of<T>(
        &mut self,
        io: &mut Io,
        request: &Request,
        read: impl Fn(&[u8]) -> Result<T, AnswerError>,
    ) -> Result<T, Failed> {
        let until_ms = io.ms().saturating_add(PRINTING_MS);
        loop {
            let answer = self.exchange(io, request)?;
            match read(&answer) {
                Ok(value) => return Ok(value),
                Err(AnswerError::Refused(_, refusal)) if refusal.may_be_repeated() && io.ms() < until_ms => {
                    if refusal == Refusal::WaitsToGoOn {
                        let go_on = self.passwords.go_on();
                        self.exchange(io, &go_on).map_err(|failed| Failed::Not(failed.reason()))?;
                    }
                    io.pause(AGAIN_MS);
                }
                // The answer to a command that was carried out may be of a form we do not know.
                Err(AnswerError::Malformed) => return Err(Failed::Perhaps(Doubt::NoAnswer)),
                Err(error) => return Err(Failed::Not(self.worded(io, error))),
            }
        }
    }

    fn state(&mut self, io: &mut Io) -> Result<RegistrarState, Reason> {
        let passwords = self.passwords;
        let state = self.ask(io, &passwords.state(), State::read)?;
        let memory = self.ask(io, &passwords.memory_state(), MemoryState::read)?;
        let shift = self.ask(io, &passwords.shift(), ShiftState::read)?;
        let exchange = self.ask(io, &passwords.exchange(), ExchangeState::read)?;
        let cash = self.ask(io, &passwords.money_register(CASH), answer::money)?;
        self.trouble = trouble(&state);
        Ok(RegistrarState {
            model: self.model.clone(),
            mode: state.mode,
            printer: state.printer,
            cover_open: state.cover_open,
            paper: state.paper,
            memory: memory.number,
            last_document: memory.last,
            shift: u32::from(shift.number),
            receipt: u32::from(shift.receipt),
            unsent: u32::from(exchange.waiting),
            unsent_since: exchange.first_at,
            warnings: memory.warnings,
            cash,
        })
    }

    fn totals(&mut self, io: &mut Io) -> Result<ShiftTotals, Reason> {
        let passwords = self.passwords;
        let kinds = [ReceiptKind::Sale, ReceiptKind::Purchase, ReceiptKind::SaleReturn, ReceiptKind::PurchaseReturn];
        let mut totals = ShiftTotals::default();
        for (at, kind) in kinds.into_iter().enumerate() {
            let cash = self.ask(io, &passwords.money_register(Memory::cash_register(kind)), answer::money)?;
            let card = self.ask(io, &passwords.money_register(Memory::electronic_register(kind)), answer::money)?;
            if let (Some(own_cash), Some(own_card)) = (totals.cash.get_mut(at), totals.electronic.get_mut(at)) {
                (*own_cash, *own_card) = (cash, card);
            }
        }
        totals.drawer = self.ask(io, &passwords.money_register(CASH), answer::money)?;
        Ok(totals)
    }

    /// Gives commands of which the last one makes a shift document.
    fn shift(&mut self, io: &mut Io, requests: &[Request]) -> Outcome<FiscalDone> {
        let Some((last, before)) = requests.split_last() else { return Outcome::NotPrinted(Reason::Unsupported) };
        for request in before {
            if let Err(failed) = self.order_of(io, request, answer::done) {
                // Nothing is made before the last command.
                let cancel = self.passwords.cancel_document();
                let _ = self.exchange(io, &cancel);
                return Outcome::NotPrinted(failed.reason());
            }
        }
        match self.order_of(io, last, ShiftDocument::read) {
            Ok(document) => Outcome::Printed(FiscalDone {
                number: Some(document.number),
                sign: Some(document.sign.to_string()),
                shift: Some(u32::from(document.shift)),
                ..FiscalDone::default()
            }),
            Err(failed) => failed.into(),
        }
    }

    fn task(&mut self, io: &mut Io, task: &FiscalTask) -> Outcome<FiscalDone> {
        let passwords = self.passwords;
        let simple = match task {
            FiscalTask::OpenShift(cashier) => return self.shift(io, &script::open_shift(&passwords, cashier)),
            FiscalTask::CloseShift(cashier) => return self.shift(io, &script::close_shift(&passwords, cashier)),
            FiscalTask::XReport(_) => vec![passwords.x_report()],
            FiscalTask::CashIn(_, kopecks) => vec![passwords.cash_in(*kopecks)],
            FiscalTask::CashOut(_, kopecks) => vec![passwords.cash_out(*kopecks)],
            FiscalTask::Copy => vec![passwords.copy()],
            FiscalTask::Drawer => vec![passwords.drawer()],
            FiscalTask::Beep => vec![passwords.beep()],
            FiscalTask::Text(lines) => {
                let mut requests: Vec<Request> = lines.iter().map(|line| passwords.line(line)).collect();
                requests.extend([passwords.feed(3), passwords.cut()]);
                requests
            }
        };
        let mut first = true;
        for request in &simple {
            match self.order_of(io, request, answer::done) {
                Ok(()) => first = false,
                // Lines of a text are on paper already.
                Err(Failed::Not(_)) if !first => return Outcome::Unknown(Doubt::NoAnswer),
                Err(failed) => return failed.into(),
            }
        }
        Outcome::Printed(FiscalDone::default())
    }
}

/// The register of cash in the drawer.
const CASH: u8 = 241;

/// What the state asks a person for.
fn trouble(state: &State) -> Option<Trouble> {
    use crate::devices::proto::escpos::status::Obstacle;
    match state {
        State { cover_open: true, .. } => Some(Trouble::Obstacle(Obstacle::CoverOpen)),
        State { printer: PrintState::NoPaper | PrintState::PaperEnded, .. } | State { paper: false, .. } => {
            Some(Trouble::Obstacle(Obstacle::NoPaper))
        }
        State { printer: PrintState::WaitsToGoOn, .. } => Some(Trouble::Registrar(PrintState::WaitsToGoOn)),
        State { mode: Mode::ShiftExpired, .. } => Some(Trouble::ShiftExpired),
        State { mode: Mode::ConfirmDate, .. } => Some(Trouble::ConfirmDate),
        _ => None,
    }
}

impl Drive for ShtrihDrive {
    fn begin(&mut self, io: &mut Io) -> Result<String, Trouble> {
        self.trouble = None;
        io.pause(OPENED_MS);
        io.clear().map_err(Trouble::Wire)?;
        let wrong = |reason| match reason {
            Reason::NotConnected(error) => Trouble::Wire(error),
            Reason::Silent => Trouble::Silent,
            other => Trouble::Refused(other),
        };
        let identify = self.passwords.identify();
        let identity = self.ask(io, &identify, Identity::read).map_err(wrong)?;
        identity.name.trim().clone_into(&mut self.model);
        let state = self.passwords.state();
        let state = self.ask(io, &state, State::read).map_err(wrong)?;
        self.trouble = trouble(&state);
        Ok(self.model.clone())
    }

    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble> {
        match order {
            Order::Receipt(job, reply) => reply.give(self.receipt(io, &job)),
            Order::Recover(job, reply) => reply.give(self.recover(io, &job)),
            Order::Task(_, task, reply) => reply.give(self.task(io, &task)),
            Order::RegistrarState(reply) => reply.give(self.state(io)),
            Order::Totals(reply) => reply.give(self.totals(io)),
            Order::Find(number, reply) => {
                let find = self.passwords.find(number);
                reply.give(self.ask(io, &find, Found::read));
            }
            other => other.refuse(Reason::Unsupported),
        }
        // What the order left behind is looked at in the next idle moment.
        self.looked_ms = 0;
        self.trouble.clone()
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        if io.ms().saturating_sub(self.looked_ms) >= LOOK_MS {
            let state = self.passwords.state();
            self.trouble = match self.ask(io, &state, State::read) {
                Ok(state) => trouble(&state),
                Err(Reason::Silent) => Some(Trouble::Silent),
                Err(reason) => Some(Trouble::Refused(reason)),
            };
            self.looked_ms = io.ms();
        }
        self.trouble.clone()
    }
}

//! Receipt printers: one job at a time, its end asked for, never sent twice.

use super::Drive;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::Order;
use crate::devices::manager::outcome::{Doubt, Outcome, PrintedReceipt, Proof, Reason};
use crate::devices::manager::view::{Lamp, Parsed, Trouble};
use crate::devices::proto::escpos::document::Document;
use crate::devices::proto::escpos::profile::Barrier;
use crate::devices::proto::escpos::status::{Answer, Answers, Ask, Obstacle, PrinterStatus, barrier_bytes, barrier_id};
use crate::devices::proto::escpos::writer::{self, table_sheet};
use crate::devices::settings::PrinterSettings;
use crate::devices::wire::WireError;

/// How long a printer may take to answer how it is, milliseconds.
const STATUS_MS: u64 = 1000;
/// How often a printer that stands still is asked why.
const ASK_AGAIN_MS: u64 = 700;
/// How long a person may take to put paper in before the outcome is called unknown.
const MEND_MS: u64 = 180_000;
/// How long a printer without trouble may take to reach the end of a job.
const END_MS: u64 = 30_000;
/// How long a printer may refuse more bytes.
const BLOCKED_MS: u64 = 60_000;
/// How often the state is looked at between jobs.
const LOOK_MS: u64 = 2000;
/// How often in a row it may stay silent between jobs before it is called silent.
const SILENT_MAX: u32 = 2;

/// The driver of a receipt printer.
pub struct PrinterDrive {
    settings: PrinterSettings,
    answers: Answers,
    looked_ms: u64,
    silent: u32,
    trouble: Option<Trouble>,
}

impl PrinterDrive {
    /// With its settings.
    #[must_use]
    pub fn new(settings: PrinterSettings) -> Self {
        Self { settings, answers: Answers::default(), looked_ms: 0, silent: 0, trouble: None }
    }

    /// Asks how the printer is; `None` when it does not answer.
    fn status(&mut self, io: &mut Io) -> Result<Option<PrinterStatus>, WireError> {
        self.answers.reset();
        io.clear()?;
        let mut status = PrinterStatus::default();
        for ask in Ask::ALL {
            if let Err(failed) = io.write(&ask.bytes(), STATUS_MS, Parsed::Control) {
                return if failed.error == WireError::TimedOut { Ok(None) } else { Err(failed.error) };
            }
            self.answers.asked(ask);
        }
        let until_ms = io.ms().saturating_add(STATUS_MS);
        while self.answers.waiting() > 0 && io.ms() < until_ms {
            let bytes = io.read(until_ms.saturating_sub(io.ms()))?;
            if bytes.is_empty() {
                break;
            }
            for answer in self.answers.take(&bytes) {
                if let Answer::RealTime(ask, byte) = answer {
                    status.take(ask, byte);
                }
            }
            io.explain(Parsed::Printer(status));
        }
        Ok((self.answers.waiting() == 0).then_some(status))
    }

    /// Sends a job and waits for its end.
    fn send(&mut self, io: &mut Io, id: [u8; 4], bytes: &[u8], lost: usize) -> Outcome<Proof> {
        if io.answers() {
            match self.status(io) {
                Err(error) => return Outcome::NotPrinted(Reason::NotConnected(error)),
                Ok(None) => return Outcome::NotPrinted(Reason::Silent),
                Ok(Some(status)) => {
                    if let Some(obstacle) = status.obstacle() {
                        return Outcome::NotPrinted(Reason::Obstacle(obstacle));
                    }
                }
            }
        }
        let barrier = self.settings.profile(io.answers()).barrier;
        let whole = [bytes, barrier_bytes(barrier, id).as_slice()].concat();
        if let Err(failed) = io.write(&whole, BLOCKED_MS, Parsed::Job { lost }) {
            return match (failed.taken, failed.error) {
                (0, WireError::TimedOut) => Outcome::NotPrinted(Reason::Obstacle(Obstacle::Offline)),
                (0, error) => Outcome::NotPrinted(Reason::NotConnected(error)),
                (_, WireError::TimedOut) => Outcome::Unknown(Doubt::Stopped(Obstacle::Offline)),
                (_, error) => Outcome::Unknown(Doubt::BrokenOff(error)),
            };
        }
        if barrier == Barrier::None { Outcome::Printed(Proof::HandedOver) } else { self.end(io, id) }
    }

    /// Waits until the printer has come to the end of the job.
    fn end(&mut self, io: &mut Io, id: [u8; 4]) -> Outcome<Proof> {
        self.answers.reset();
        let begun_ms = io.ms();
        let (mut status, mut stopped) = (PrinterStatus::default(), None::<(Obstacle, u64)>);
        let mut moved_ms = begun_ms;
        loop {
            let bytes = match io.read(ASK_AGAIN_MS) {
                Ok(bytes) => bytes,
                Err(error) => return Outcome::Unknown(Doubt::BrokenOff(error)),
            };
            for answer in self.answers.take(&bytes) {
                let ours = match answer {
                    Answer::InOrder(_) => true,
                    Answer::Done(own) => own == barrier_id(id),
                    Answer::RealTime(..) | Answer::Unknown(_) => false,
                };
                if ours {
                    io.explain(Parsed::Barrier);
                    return Outcome::Printed(Proof::Answered);
                }
                if let Answer::RealTime(ask, byte) = answer {
                    status.take(ask, byte);
                }
            }
            let now_ms = io.ms();
            match (status.obstacle(), stopped) {
                (Some(obstacle), None) => stopped = Some((obstacle, now_ms)),
                (Some(obstacle), Some((_, since_ms))) => {
                    stopped = Some((obstacle, since_ms));
                    if now_ms.saturating_sub(since_ms) > MEND_MS {
                        return Outcome::Unknown(Doubt::Stopped(obstacle));
                    }
                }
                (None, _) => {
                    // A printer that was mended has the whole time again.
                    if stopped.take().is_some() {
                        moved_ms = now_ms;
                    }
                    if now_ms.saturating_sub(moved_ms) > END_MS {
                        return Outcome::Unknown(Doubt::NoAnswer);
                    }
                }
            }
            io.lamp(stopped.map_or(Lamp::Busy, |(obstacle, _)| Lamp::Trouble(Trouble::Obstacle(obstacle))));
            if io.is_ending() {
                return Outcome::Unknown(Doubt::NoAnswer);
            }
            if bytes.is_empty() {
                self.ask_again(io);
            }
        }
    }

    /// Asks why it does not go on; a question that cannot be written now is asked later.
    fn ask_again(&mut self, io: &mut Io) {
        self.answers.reset();
        for ask in Ask::ALL {
            if io.write(&ask.bytes(), STATUS_MS, Parsed::Control).is_err() {
                return;
            }
            self.answers.asked(ask);
        }
    }

    fn print(&mut self, io: &mut Io, job: u32, document: &Document) -> Outcome<PrintedReceipt> {
        let profile = self.settings.profile(io.answers());
        let painter = io.painter();
        let made = writer::write(document, &profile, painter.as_ref());
        let sent = self.send(io, job.to_le_bytes(), &made.bytes, made.lost);
        sent.map(|proof| PrintedReceipt { proof, lost: made.lost, left_out: made.unprinted.len() })
    }

    /// The trouble an outcome tells of.
    fn after<T>(&mut self, io: &Io, outcome: &Outcome<T>) -> Option<Trouble> {
        self.looked_ms = io.ms();
        self.trouble = match outcome {
            Outcome::NotPrinted(Reason::Obstacle(obstacle)) | Outcome::Unknown(Doubt::Stopped(obstacle)) => {
                Some(Trouble::Obstacle(*obstacle))
            }
            Outcome::NotPrinted(Reason::Silent) | Outcome::Unknown(Doubt::NoAnswer) => Some(Trouble::Silent),
            _ => None,
        };
        self.trouble.clone()
    }
}

impl Drive for PrinterDrive {
    fn begin(&mut self, io: &mut Io) -> Result<String, Trouble> {
        self.silent = 0;
        self.trouble = None;
        if io.answers() {
            let status = self.status(io).map_err(Trouble::Wire)?.ok_or(Trouble::Silent)?;
            self.trouble = status.obstacle().map(Trouble::Obstacle);
        }
        Ok(String::new())
    }

    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble> {
        match order {
            Order::Print(job, document, reply) => {
                let outcome = self.print(io, job, &document);
                let trouble = self.after(io, &outcome);
                reply.give(outcome);
                trouble
            }
            Order::TableSheet(sample, reply) => {
                let sent = self.send(io, [0; 4], &table_sheet(&sample), 0);
                let outcome = sent.map(|proof| PrintedReceipt { proof, lost: 0, left_out: 0 });
                let trouble = self.after(io, &outcome);
                reply.give(outcome);
                trouble
            }
            Order::PrinterStatus(reply) => {
                let status = match self.status(io) {
                    _ if !io.answers() => Err(Reason::Unsupported),
                    Ok(status) => status.ok_or(Reason::Silent),
                    Err(error) => Err(Reason::NotConnected(error)),
                };
                self.trouble = match &status {
                    Ok(status) => status.obstacle().map(Trouble::Obstacle),
                    Err(Reason::Silent) => Some(Trouble::Silent),
                    Err(_) => None,
                };
                reply.give(status);
                self.trouble.clone()
            }
            other => {
                other.refuse(Reason::Unsupported);
                self.trouble.clone()
            }
        }
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        if !io.answers() || io.ms().saturating_sub(self.looked_ms) < LOOK_MS {
            return self.trouble.clone();
        }
        self.trouble = match self.status(io) {
            Ok(Some(status)) => {
                self.silent = 0;
                status.obstacle().map(Trouble::Obstacle)
            }
            Ok(None) => {
                self.silent += 1;
                if self.silent < SILENT_MAX { self.trouble.take() } else { Some(Trouble::Silent) }
            }
            Err(_) => None,
        };
        self.looked_ms = io.ms();
        self.trouble.clone()
    }

    fn rests(&self) -> bool {
        true
    }
}

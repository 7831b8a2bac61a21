//! Receipts: sent once, found again by the number of the fiscal document before them.

use super::{Failed, ShtrihDrive};
use crate::devices::manager::io::Io;
use crate::devices::manager::order::FiscalJob;
use crate::devices::manager::outcome::{Doubt, FiscalDone, Outcome, Reason};
use crate::devices::proto::shtrih::answer::{self, Closed, Found, MemoryState};
use crate::devices::proto::shtrih::refusal::Refusal;
use crate::devices::proto::shtrih::script;
use crate::devices::proto::shtrih::tlv::{Tag, read as read_tags, tag};

/// Documents that are looked through after a lost answer; more were not made by one receipt.
const LOOK_THROUGH: u32 = 200;
/// Pieces a document may have.
const PIECES: usize = 400;

/// What the fiscal memory says about a job.
enum Search {
    /// The document is there.
    There(Box<Found>),
    /// It is not, for certain.
    Absent,
    /// The memory could not be asked.
    Unanswered,
}

impl ShtrihDrive {
    /// Makes a receipt.
    pub(super) fn receipt(&mut self, io: &mut Io, job: &FiscalJob) -> Outcome<FiscalDone> {
        if let Err(mistake) = job.receipt.check() {
            return Outcome::NotPrinted(Reason::Mistake(mistake));
        }
        let memory = self.passwords.memory_state();
        let before = match self.ask(io, &memory, MemoryState::read) {
            Ok(memory) => memory,
            Err(reason) => return Outcome::NotPrinted(reason),
        };
        if before.document != 0 {
            // Somebody's receipt that was begun and never closed.
            self.cancel(io);
        }
        let requests = script::receipt(&self.passwords, &job.receipt);
        let Some((close, fill)) = requests.split_last() else { return Outcome::NotPrinted(Reason::Unsupported) };
        for request in fill {
            if let Err(failed) = self.order_of(io, request, answer::done) {
                // Only the last command makes a document: until then nothing has happened.
                self.cancel(io);
                return Outcome::NotPrinted(failed.reason());
            }
        }
        match self.order_of(io, close, Closed::read) {
            Ok(closed) => Outcome::Printed(self.done(io, &closed, before.last, job)),
            Err(Failed::Not(reason)) => {
                self.cancel(io);
                Outcome::NotPrinted(reason)
            }
            Err(Failed::Perhaps(doubt)) => self.after_doubt(io, job, before.last, doubt),
        }
    }

    /// Looks what became of a receipt sent earlier.
    pub(super) fn recover(&mut self, io: &mut Io, job: &FiscalJob) -> Outcome<FiscalDone> {
        match job.after {
            // Without the number the documents cannot be told from those of other days.
            None => Outcome::Unknown(Doubt::NoAnswer),
            Some(after) => self.after_doubt(io, job, after, Doubt::NoAnswer),
        }
    }

    fn after_doubt(&mut self, io: &mut Io, job: &FiscalJob, after: u32, doubt: Doubt) -> Outcome<FiscalDone> {
        if io.lost().is_some() {
            return Outcome::Unknown(doubt);
        }
        match self.search(io, job, after) {
            Search::There(found) => Outcome::Printed(FiscalDone {
                number: Some(found.number),
                sign: Some(found.sign.to_string()),
                at: found.at,
                change: job.receipt.change(),
                shift: None,
                found_later: true,
            }),
            Search::Absent => {
                self.cancel(io);
                Outcome::NotPrinted(Reason::NotFound)
            }
            Search::Unanswered => Outcome::Unknown(doubt),
        }
    }

    /// Looks for the document of a job among those after a number.
    fn search(&mut self, io: &mut Io, job: &FiscalJob, after: u32) -> Search {
        let memory = self.passwords.memory_state();
        let Ok(now) = self.ask(io, &memory, MemoryState::read) else { return Search::Unanswered };
        if now.last < after {
            // Another fiscal memory than the one it was sent to.
            return Search::Unanswered;
        }
        let expected = (job.receipt.kind.operation(), job.receipt.total());
        let mut at = after;
        while at < now.last && at - after < LOOK_THROUGH {
            at += 1;
            let find = self.passwords.find(at);
            let Ok(found) = self.ask(io, &find, Found::read) else { return Search::Unanswered };
            if found.settled != Some(expected) {
                continue;
            }
            match self.marked(io, at, job.receipt.own_mark.as_deref()) {
                Some(true) => return Search::There(Box::new(found)),
                Some(false) => {}
                None => return Search::Unanswered,
            }
        }
        if at < now.last { Search::Unanswered } else { Search::Absent }
    }

    /// Whether a document carries the job's own mark; a job without a mark is known by its sum alone. `None` when
    /// it could not be read.
    fn marked(&mut self, io: &mut Io, number: u32, mark: Option<&str>) -> Option<bool> {
        let Some(mark) = mark else { return Some(true) };
        let begin = self.passwords.read_document(number);
        let length = match self.ask(io, &begin, answer::document_length) {
            Ok(length) => usize::from(length),
            // Firmware that cannot show whole documents: the sum has to do.
            Err(Reason::Refused { refusal: Refusal::Unsupported, .. }) => return Some(true),
            Err(_) => return None,
        };
        let mut bytes = Vec::new();
        for _ in 0..PIECES {
            if bytes.len() >= length {
                break;
            }
            let on = self.passwords.read_on();
            let piece = self.ask(io, &on, |answer| answer::body(answer).map(|from| from.rest().to_vec())).ok()?;
            if piece.is_empty() {
                break;
            }
            bytes.extend(piece);
        }
        let tags: Vec<Tag> = read_tags(&bytes)?;
        let own = tags.iter().find(|one| one.number == tag::OWN_ATTRIBUTE);
        Some(own.is_some_and(|own| own.as_text().trim() == mark))
    }

    /// The document of a receipt just closed; old firmware does not tell its number, the memory does.
    fn done(&mut self, io: &mut Io, closed: &Closed, before: u32, job: &FiscalJob) -> FiscalDone {
        let told = closed.document;
        let found = match told {
            Some(_) => None,
            None => match self.search(io, job, before) {
                Search::There(found) => Some(found),
                _ => None,
            },
        };
        let (number, sign) = match (told, &found) {
            (Some((number, sign)), _) => (Some(number), Some(sign.to_string())),
            (None, Some(found)) => (Some(found.number), Some(found.sign.to_string())),
            (None, None) => (None, None),
        };
        let at = closed.at.or_else(|| found.and_then(|found| found.at));
        FiscalDone { number, sign, at, change: closed.change, shift: None, found_later: false }
    }

    /// Cancels whatever receipt is open; a refusal means that none is.
    fn cancel(&mut self, io: &mut Io) {
        let cancel = self.passwords.cancel_receipt();
        let _ = self.order_of(io, &cancel, answer::done);
    }
}

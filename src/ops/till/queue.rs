//! The paper of a till brought after the sale, whether or not anybody looks at the till's page.

use super::find;
use super::registrar::Reach;
use super::work::{Step, run};
use crate::domain::retail::till::Till;
use crate::kernel::facts::Facts;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::ops::chores::{Chore, Round, STANDS_MS};
use crate::ops::gate::Session;
use crate::text;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How the queue of a till stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Jobs that are not over.
    pub open: i64,
    /// Why the first one waits; empty when it does not.
    pub reason: String,
    /// The first one was sent, and nobody knows yet what came of it.
    pub unknown: bool,
    /// There is no registrar at this workstation.
    pub missing: bool,
}

#[derive(Default)]
struct Seen {
    till: Ref<Till>,
    standing: Standing,
}

/// What the thread of a queue and the pages that look at it know of each other.
#[derive(Clone, Default)]
pub struct Queue(Arc<Mutex<Seen>>);

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The workstation works at this till now.
    pub fn serve(&self, till: Ref<Till>) {
        self.lock().till = till;
    }

    /// How it stood at the last look.
    pub fn standing(&self) -> Standing {
        self.lock().standing.clone()
    }
}

/// The jobs of the till of this workstation.
pub struct TillChore {
    queue: Queue,
    reach: Reach,
}

impl TillChore {
    /// With the way to the registrar of the workstation.
    pub fn new(queue: &Queue, reach: Reach) -> Self {
        Self { queue: queue.clone(), reach }
    }

    fn till(&self, session: &Session) -> Outcome<Ref<Till>> {
        let known = self.queue.lock().till;
        if known.is_empty() { find::own(session) } else { Ok(known) }
    }

    fn work(&self, session: &Session) -> Outcome<(usize, Standing)> {
        let till = self.till(session)?;
        let before = if till.is_empty() { 0 } else { session.store.open_jobs(till.any())? };
        if before == 0 {
            return Ok((0, Standing::default()));
        }
        let facts = session.facts();
        let paper = (&facts as &dyn Facts).get(till).map(|till| till.paper()).unwrap_or_default();
        facts.result()?;
        let Some(mut registrar) = (self.reach)(paper) else {
            return Ok((0, Standing { open: before, missing: true, ..Standing::default() }));
        };
        let (done, last) = run(session, till, registrar.as_mut())?;
        let open = session.store.open_jobs(till.any())?;
        let standing = match last {
            Step::Waits(job) => Standing { open, reason: job.reason, ..Standing::default() },
            Step::Unknown(job) => Standing { open, reason: job.reason, unknown: true, ..Standing::default() },
            Step::Idle | Step::Over(..) => Standing { open, ..Standing::default() },
        };
        Ok((done, standing))
    }
}

impl Chore for TillChore {
    fn name(&self) -> &'static str {
        "till"
    }

    fn title(&self) -> Text {
        text!("jobs-till")
    }

    fn round(&mut self, session: &Session) -> Outcome<Round> {
        let (done, standing) = self.work(session)?;
        let round = match standing.open {
            0 => Round::empty(done),
            left if standing.missing => {
                Round { done, left, why: text!("jobs-no-registrar").show(), again_ms: STANDS_MS }
            }
            left => Round { done, left, why: standing.reason.clone(), again_ms: STANDS_MS },
        };
        self.queue.lock().standing = standing;
        Ok(round)
    }

    fn failed(&mut self, error: &Error) {
        self.queue.lock().standing.reason = error.sentence();
    }
}

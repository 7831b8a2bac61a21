//! The paper of a till, brought on a thread of its own while the cashier sells on.

use crate::domain::retail::till::Till;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;
use crate::ops::gate::Session;
use crate::ops::till::registrar::Registrar;
use crate::ops::till::work::{Step, run};
use crate::ui::app::base::{Base, Ticket};
use egui::Context;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// Reaches the registrar of the workstation, on the thread that asks it; `None` where none is set up.
pub type Reach = Arc<dyn Fn() -> Option<Box<dyn Registrar>> + Send + Sync>;

/// Seconds after which a queue that stands still is tried again.
const AGAIN: f64 = 2.0;

/// How the queue stands.
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

/// The queue at work.
pub struct Papers {
    base: Rc<Base>,
    reach: Reach,
    working: Option<Ticket<Standing>>,
    /// When to look again, in seconds of the window's time.
    due: f64,
    /// How it stood at the last look.
    pub standing: Standing,
}

fn work(session: &Session, till: Ref<Till>, reach: &Reach) -> Outcome<Standing> {
    let open = session.store.open_jobs(till.any())?;
    if open == 0 {
        return Ok(Standing::default());
    }
    let Some(mut registrar) = reach() else {
        return Ok(Standing { open, missing: true, ..Standing::default() });
    };
    let last = run(session, till, registrar.as_mut())?;
    let open = session.store.open_jobs(till.any())?;
    Ok(match last {
        Step::Waits(job) => Standing { open, reason: job.reason, ..Standing::default() },
        Step::Unknown(job) => Standing { open, reason: job.reason, unknown: true, ..Standing::default() },
        Step::Idle | Step::Over(..) => Standing { open, ..Standing::default() },
    })
}

impl Papers {
    /// Of a base, with the way to its registrar.
    pub fn new(base: &Rc<Base>, reach: Reach) -> Self {
        Self { base: Rc::clone(base), reach, working: None, due: 0.0, standing: Standing::default() }
    }

    /// There is something new in the queue.
    pub fn poke(&mut self) {
        self.due = 0.0;
    }

    /// True while a thread works on it.
    pub fn is_working(&self) -> bool {
        self.working.is_some()
    }

    /// Called every frame: begins to work when it is time, takes what has come of it.
    pub fn tick(&mut self, till: Ref<Till>, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        if let Some(answer) = Ticket::take(&mut self.working) {
            match answer {
                Ok(standing) => self.standing = standing,
                Err(error) => self.standing.reason = error.sentence(),
            }
            // An empty queue is looked at when something is put into it.
            self.due = if self.standing.open == 0 { f64::INFINITY } else { now + AGAIN };
        }
        if till.is_empty() || self.working.is_some() {
            return;
        }
        if now < self.due {
            if self.due.is_finite() {
                ctx.request_repaint_after(Duration::from_secs_f64(self.due - now));
            }
            return;
        }
        self.due = f64::INFINITY;
        let (path, clock, user) = (self.base.path().to_owned(), self.base.clock().clone(), self.base.user());
        let reach = Arc::clone(&self.reach);
        let work = move || {
            let mut session = Session::open(&path, clock)?;
            session.act_as(user)?;
            session.workstation = session.clock.workplace("till");
            work(&session, till, &reach)
        };
        match Ticket::aside("till-papers", self.base.waker(), work) {
            Ok(ticket) => self.working = Some(ticket),
            Err(error) => self.standing.reason = error.sentence(),
        }
    }
}

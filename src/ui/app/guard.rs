//! Backups made by themselves while the program is open, and the warning when the last one is too old.

use super::base::{Base, Ticket, Waker};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Error;
use crate::ops::backup::rules::{Rules, last};
use crate::ops::backup::{Backup, Step, make_at};
use crate::store::address::Address;
use crate::text;
use crate::ui::shell::host::Status;
use crate::ui::shell::page::{Open, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::progress::Progress;
use egui::Context;
use std::rc::Rc;
use std::time::Duration;

/// Minutes between two looks at the rules, and after a backup that failed.
const LOOK_AGAIN: i64 = 10;

/// What is known of the base's backups.
struct Known {
    rules: Rules,
    last: Moment,
}

/// Watches over the backups of one base.
pub struct Guard {
    base: Rc<Base>,
    known: Option<Known>,
    reading: Option<Ticket<(Rules, Moment)>>,
    making: Option<(Ticket<Backup>, Progress)>,
    /// When to look again.
    next: Moment,
}

impl Guard {
    /// Over a base that was just opened.
    pub fn new(base: Rc<Base>) -> Self {
        Self { base, known: None, reading: None, making: None, next: Moment::default() }
    }

    /// Called before every frame: begins a backup when one is due, and says what came of it.
    pub fn tick(&mut self, ctx: &Context, requests: &mut Vec<Request>) {
        let now = self.base.clock().now();
        if let Some(answer) = Ticket::take(&mut self.reading) {
            self.known = answer.ok().map(|(rules, last)| Known { rules, last });
            if self.known.as_ref().is_some_and(|known| known.rules.due(known.last, now)) {
                self.begin(requests);
            }
        }
        let answer = self.making.as_ref().and_then(|(ticket, _)| ticket.poll());
        if let Some(answer) = answer {
            self.making = None;
            match answer {
                Ok(made) => self.made(made.made),
                Err(Error::Cancelled) => {}
                Err(error) => {
                    let words = text!("backup-failed", why = error.sentence()).into();
                    let opens = Some(Open::Code("backups".to_owned()));
                    requests.push(Request::Toast(Toast { text: words, role: Role::Danger, opens }));
                }
            }
        }
        if now >= self.next && self.reading.is_none() && self.making.is_none() {
            self.next = now.plus_seconds(LOOK_AGAIN * 60);
            self.reading = Some(self.base.read(|session| Ok((Rules::of(&session.store)?, last(&session.store)?))));
        }
        ctx.request_repaint_after(Duration::from_secs(u64::try_from(LOOK_AGAIN * 60).unwrap_or(600)));
    }

    fn made(&mut self, made: Moment) {
        if let Some(known) = &mut self.known {
            known.last = made;
        }
    }

    fn begin(&mut self, requests: &mut Vec<Request>) {
        if let Ok((ticket, progress)) = begin(&self.base, self.base.waker()) {
            requests.push(Request::Work(text!("backup-making").into(), progress.clone()));
            self.making = Some((ticket, progress));
        }
    }

    /// The part of the status bar that warns.
    pub fn status(&self) -> Option<Status> {
        let known = self.known.as_ref().filter(|_| self.making.is_none())?;
        let days = known.rules.overdue(known.last, self.base.clock().now())?;
        let text = match days {
            Some(days) => text!("backup-overdue", days = days),
            None => text!("backup-never"),
        };
        let hint = text!("backup-overdue-hint").show();
        Some(Status { text: text.show(), hint, command: Some("go:backups".to_owned()) })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // The base is being closed: a copy half made is of no use to anybody.
        if let Some((_, progress)) = &self.making {
            progress.cancel();
        }
    }
}

/// Begins a backup of a base on a thread of its own.
pub fn begin(base: &Base, waker: &Waker) -> Result<(Ticket<Backup>, Progress), Error> {
    let (address, clock, progress) = (Address::from(base.path()), base.clock().clone(), Progress::default());
    let told = progress.clone();
    let ticket = Ticket::aside("backup", waker, move || {
        let made = make_at(&address, &clock, &mut |step| tell(step, &told));
        told.finish();
        made
    })?;
    Ok((ticket, progress))
}

/// Tells how far a backup or a restoring is; false when it is to stop.
pub fn tell(step: Step, progress: &Progress) -> bool {
    let (note, done, all) = match step {
        Step::Copying(done, all) => (text!("backup-copying"), done, all),
        Step::Packing(done, all) => (text!("backup-packing"), done, all),
        Step::Unpacking(done, all) => (text!("backup-unpacking"), done, all),
        Step::Proving(done, all) => (text!("bases-proving"), done, all),
    };
    progress.note(note);
    progress.report(done, all);
    !progress.is_cancelled()
}

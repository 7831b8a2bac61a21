//! The last operation of this window is taken back or done again, and the user is told which it was.

use super::base::{Base, Ticket};
use crate::kernel::problems::{Error, Outcome};
use crate::ops::undo::{self, Scope, TakenBack};
use crate::ui::shell::host::UNDO;
use crate::ui::shell::page::{Message, Request, Toast};
use crate::ui::theme::Role;

/// An operation on its way back.
#[derive(Default)]
pub struct Undoing {
    ticket: Option<Ticket<TakenBack>>,
}

impl Undoing {
    /// Begins what a command asks for; false when it is no command of this kind. One thing at a time.
    pub fn command(&mut self, base: &Base, code: &str) -> bool {
        let only = code.strip_prefix(UNDO).and_then(|number| number.parse().ok());
        let redo = match (code, only) {
            ("redo", _) => true,
            ("undo", _) | (_, Some(_)) => false,
            _ => return false,
        };
        if self.ticket.is_none() {
            self.ticket = Some(base.act(move |session| {
                let done = match (redo, only) {
                    (true, _) => undo::redo(session, Scope::Session)?,
                    (false, None) => undo::undo(session, Scope::Session)?,
                    (false, Some(operation)) => undo::undo_this(session, Scope::Session, operation)?,
                };
                let changed = done.changed.objects.clone();
                Ok((done, changed))
            }));
        }
        true
    }

    /// Tells what has come of it.
    pub fn tick(&mut self, requests: &mut Vec<Request>) {
        if let Some(answer) = Ticket::take(&mut self.ticket) {
            requests.push(Request::Messages(Vec::new()));
            requests.push(told(answer));
        }
    }
}

fn told(answer: Outcome<TakenBack>) -> Request {
    let error = match answer {
        Ok(done) => {
            let role = if done.marked.is_empty() { Role::Good } else { Role::Warning };
            return Request::Toast(Toast { text: done.sentence().into(), role, opens: None });
        }
        Err(error) => error,
    };
    match &error {
        // One sentence is a notice; what depends on the operation is a list to go through.
        Error::Refused(problems, meta) if problems.0.len() > 1 => {
            Request::Messages(problems.0.iter().map(|problem| Message::danger(problem.sentence(*meta))).collect())
        }
        error => Request::Toast(Toast { text: error.sentence().into(), role: Role::Warning, opens: None }),
    }
}

//! The step from one base to another within the window: the new one is opened on a thread of its own, then
//! the window begins anew over it.

use super::base::Ticket;
use super::door::host::DoorHost;
use super::host::AppHost;
use super::launch::{Launch, Wanted, Work};
use super::lobby::Lobby;
use super::opened::{Entered, Opened, Who};
use crate::kernel::problems::Error;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::{Lang, set_language};
use crate::store::address::Address;
use crate::text;
use crate::ui::shell::dialog::Dialog;
use crate::ui::shell::page::{Open, Request, Toast};
use crate::ui::theme::Role;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a host keeps to be able to give way to another one.
pub struct Switch {
    launch: Rc<Launch>,
    opening: Option<Opening>,
}

/// A base on its way.
struct Opening {
    path: PathBuf,
    /// Somebody has typed his password.
    typed: bool,
    ticket: Ticket<Entered>,
}

/// The open base, who works in it, his settings.
pub type Present<'a> = (&'a Path, AnyRef, BTreeMap<String, String>);

impl Switch {
    /// Nothing asked yet.
    pub const fn new(launch: Rc<Launch>) -> Self {
        Self { launch, opening: None }
    }

    /// What the program knows beside its base.
    pub const fn launch(&self) -> &Rc<Launch> {
        &self.launch
    }

    /// Called before every frame. `present` is the open base, who works in it, and his settings as they are now.
    pub fn tick(&mut self, present: Option<Present<'_>>, requests: &mut Vec<Request>) {
        if self.launch.take_raised() {
            requests.push(Request::Raise);
        }
        if let Some((work, done)) = self.launch.finished() {
            self.finish(&work, done, requests);
        }
        match (self.launch.take_wanted(), &present) {
            (Some(Wanted::Open(path)), _) => self.open(path, Who::Anybody, requests),
            (Some(Wanted::Enter(path, user, secret)), _) => self.open(path, Who::Typed(user, secret), requests),
            (Some(Wanted::Leave), Some((path, ..))) => self.open(path.to_path_buf(), Who::Anybody, requests),
            (Some(Wanted::Again), Some((path, user, _))) => {
                self.open(path.to_path_buf(), Who::Known(*user), requests);
            }
            (Some(Wanted::Restore(file, into)), _) => {
                let work = Work::Restore { file, into, replace: true };
                let host = Lobby::working(Rc::clone(&self.launch), work);
                requests.push(Request::Restart(Box::new(host), false));
            }
            _ => {}
        }
        let answer = self.opening.as_ref().and_then(|opening| opening.ticket.poll());
        let Some((opening, entered)) = answer.and_then(|answer| Some((self.opening.take()?, answer))) else { return };
        match entered {
            Ok(Entered::In(mut opened)) => {
                // What the same user has just arranged may not be written yet.
                let same = present.filter(|(open, user, _)| *open == opening.path && *user == opened.base.user());
                let again = same.is_some();
                if let Some((_, _, kept)) = same {
                    opened.kept = kept;
                }
                let host = self.begin(*opened);
                requests.push(Request::Restart(Box::new(host), again));
            }
            Ok(Entered::Asked(door)) => {
                self.launch.set_present(Path::new(""), AnyRef::EMPTY);
                let host = DoorHost::new(Rc::clone(&self.launch), opening.path, door);
                requests.push(Request::Restart(Box::new(host), false));
            }
            // At the door it is said where the password is typed.
            Err(error) if opening.typed => *self.launch.told.borrow_mut() = Some(error.sentence()),
            Err(error) => self.refused(&opening.path, &error, requests),
        }
    }

    /// A shared base that lets nobody in is asked for on its page, with all that is known of it.
    fn refused(&self, path: &Path, error: &Error, requests: &mut Vec<Request>) {
        match Address::from(path) {
            Address::File(_) => tell(error, requests),
            shared @ Address::Server(_) => {
                self.launch.ask(shared, error.sentence());
                requests.push(Request::Open(Open::Code("server".to_owned())));
            }
        }
    }

    /// A host over an open base, in the language of its user.
    pub fn begin(&self, opened: Opened) -> AppHost {
        let own = opened.kept.get("language").cloned();
        set_language(Lang::named(&self.launch.language().or(own).unwrap_or_default()));
        self.launch.note(opened.base.path(), &opened.user);
        self.launch.set_present(opened.base.path(), opened.base.user());
        self.launch.claim(opened.base.path());
        AppHost::launched(opened, Rc::clone(&self.launch))
    }

    fn open(&mut self, path: PathBuf, who: Who, requests: &mut Vec<Request>) {
        let (clock, waker, file) = (self.launch.clock().clone(), self.launch.waker().clone(), path.clone());
        let typed = matches!(who, Who::Typed(..));
        let opening = move || Opened::enter(&file, &clock, &waker, &who);
        match Ticket::aside("opener", self.launch.waker(), opening) {
            Ok(ticket) => self.opening = Some(Opening { path, typed, ticket }),
            Err(error) => tell(&error, requests),
        }
    }

    /// A base was made: it is opened; a copy was made: that is said.
    fn finish(&mut self, work: &Work, done: Result<(), Error>, requests: &mut Vec<Request>) {
        let file = work.file();
        match (work, done) {
            (Work::Restore { replace, .. }, done) => {
                match done {
                    Ok(()) => {
                        let text = text!("restore-done", base = file.display().to_string()).into();
                        requests.push(Request::Toast(Toast { text, role: Role::Good, opens: None }));
                    }
                    Err(error) => tell(&error, requests),
                }
                // The base that was closed for it is opened again, restored or as it was.
                if *replace || file.is_file() {
                    self.launch.want(Wanted::Open(file.to_owned()));
                }
            }
            (_, Err(Error::Cancelled)) => {
                let text = text!("cancelled").into();
                requests.push(Request::Toast(Toast { text, role: Role::Warning, opens: None }));
            }
            (_, Err(error)) => tell(&error, requests),
            (Work::Copy { .. }, Ok(())) => {
                self.launch.add(file);
                let text = text!("bases-copied", file = file.display().to_string()).into();
                requests.push(Request::Toast(Toast { text, role: Role::Good, opens: None }));
            }
            (Work::Move { .. }, Ok(())) => {
                let text = text!("server-moved", base = Address::from(file).shown()).into();
                requests.push(Request::Toast(Toast { text, role: Role::Good, opens: None }));
                self.launch.want(Wanted::Open(file.to_owned()));
            }
            (Work::Demo(_) | Work::New(..), Ok(())) => self.launch.want(Wanted::Open(file.to_owned())),
        }
    }
}

fn tell(error: &Error, requests: &mut Vec<Request>) {
    requests.push(Request::Ask(Dialog::notice(text!("bases-title"), error.sentence()), String::new()));
}

//! What the program knows beside any base: which bases there are, where they lie, what is being made of them.
//!
//! The list is a file in the user's own folder. It is small and read once at the start; everything that
//! touches bases is done on threads of their own.

use super::base::{Ticket, Waker};
use super::devices::Devices;
use super::guard::tell;
use super::single::Claim;
use super::{machine, single};
use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::backup::restore::restore;
use crate::ops::copy::{Step, copy};
use crate::ops::{demo, seed, transfer};
use crate::store::address::Address;
use crate::store::passwords;
use crate::text;
use crate::ui::widgets::progress::Progress;
use serde::{Deserialize, Serialize};
use std::cell::{OnceCell, RefCell};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The file of known bases.
const FILE: &str = "bases.toml";

/// A base the program has opened or made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its file.
    pub path: PathBuf,
    /// When it was opened last, as the clock writes moments.
    #[serde(default)]
    pub opened: String,
    /// The name of who came in last, where the base asks for names.
    #[serde(default)]
    pub user: String,
}

/// A password on its way to the base: it shows itself to nobody.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("***")
    }
}

#[derive(Default, Serialize, Deserialize)]
struct File {
    #[serde(default)]
    base: Vec<Known>,
}

/// What a page of the program asks of the host around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Open this base in the place of the present one.
    Open(PathBuf),
    /// Come into this base as a user.
    Enter(PathBuf, AnyRef, Secret),
    /// Leave the present base, for another user to come in.
    Leave,
    /// Open the present base anew, in another language.
    Again,
    /// Put this backup into the place of this base, which is closed before.
    Restore(PathBuf, PathBuf),
}

/// What is made of bases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// The demo base.
    Demo(PathBuf),
    /// An empty base; the tax regime by its code.
    New(PathBuf, String),
    /// A base is copied with all its history to another place, as a rule to a server, and proved equal.
    Move {
        /// This base.
        from: PathBuf,
        /// To this place.
        to: PathBuf,
    },
    /// A proved copy.
    Copy {
        /// Of this base.
        from: PathBuf,
        /// Into this file.
        to: PathBuf,
    },
    /// A base out of a backup.
    Restore {
        /// The backup.
        file: PathBuf,
        /// The base it becomes.
        into: PathBuf,
        /// The base that is there is set aside.
        replace: bool,
    },
}

/// Work on its way.
pub struct Working {
    /// What.
    pub work: Work,
    /// How far.
    pub progress: Progress,
    ticket: Ticket<()>,
}

/// The program beside any base.
pub struct Launch {
    folder: PathBuf,
    data: PathBuf,
    clock: Clock,
    waker: Waker,
    known: RefCell<Vec<Known>>,
    wanted: RefCell<Option<Wanted>>,
    working: RefCell<Option<Working>>,
    /// The language of the command line: it goes before the user's own.
    language: RefCell<Option<String>>,
    present: RefCell<(PathBuf, AnyRef)>,
    /// The shared base that could not be entered, and why: it is asked for again.
    asked: RefCell<Option<(Address, String)>>,
    /// The session of the system, as it names it: windows of other sessions are not raised.
    session: RefCell<String>,
    /// The open base, held for this window.
    claim: RefCell<Option<Claim>>,
    /// Why nobody came in, for the page at the door.
    pub(super) told: RefCell<Option<String>>,
    /// The devices of this workstation: they stay when another base is opened.
    devices: OnceCell<Rc<Devices>>,
}

impl Launch {
    /// With the user's own folders of the system.
    pub fn system(clock: &Clock) -> Outcome<Self> {
        let Some(folders) = directories::ProjectDirs::from("", "", "Kontora") else {
            return Err(Error::refused(text!("start-no-folder")));
        };
        Ok(Self::at(folders.config_dir(), folders.data_dir(), clock))
    }

    /// With these folders for the list and for bases made here.
    pub fn at(folder: &Path, data: &Path, clock: &Clock) -> Self {
        let content = std::fs::read_to_string(folder.join(FILE)).unwrap_or_default();
        let file: File = toml::from_str(&content).unwrap_or_default();
        Self {
            folder: folder.to_owned(),
            data: data.to_owned(),
            clock: clock.clone(),
            waker: Waker::default(),
            known: RefCell::new(file.base),
            wanted: RefCell::new(None),
            working: RefCell::new(None),
            language: RefCell::new(None),
            present: RefCell::default(),
            asked: RefCell::new(None),
            session: RefCell::default(),
            claim: RefCell::default(),
            told: RefCell::new(None),
            devices: OnceCell::new(),
        }
    }

    /// The devices of this workstation and user.
    pub fn devices(&self) -> Rc<Devices> {
        let devices = self.devices.get_or_init(|| Rc::new(Devices::at(&self.folder, &self.clock, &self.waker)));
        Rc::clone(devices)
    }

    /// The clock.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Wakes the window.
    pub const fn waker(&self) -> &Waker {
        &self.waker
    }

    /// Where bases made here lie.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Known bases, the one opened last first.
    pub fn known(&self) -> Vec<Known> {
        self.known.borrow().clone()
    }

    /// The base opened last that is still there; else the demo base, when it was made.
    pub fn last(&self) -> Option<PathBuf> {
        let known = self.known.borrow();
        let last = known.iter().find(|known| is_there(&known.path)).map(|known| known.path.clone());
        last.or_else(|| Some(self.demo()).filter(|demo| demo.is_file()))
    }

    /// Where the demo base lies.
    pub fn demo(&self) -> PathBuf {
        self.data.join("demo.kontora")
    }

    /// A name for a new file that is not taken yet: `demo.kontora`, `demo 2.kontora`, ...
    pub fn free_name(&self, stem: &str) -> String {
        let named =
            |number: usize| if number == 1 { format!("{stem}.kontora") } else { format!("{stem} {number}.kontora") };
        let free = (1..1_000).map(named).find(|name| !self.data.join(name).exists());
        free.unwrap_or_else(|| named(1))
    }

    /// Notes that a base was opened now. Of a shared base its address is noted without the password, which is
    /// never written to a file in clear: it goes into the keyring.
    pub fn note(&self, path: &Path, user: &str) {
        let path = whole(path);
        let (opened, user) = (self.clock.now().iso(), user.to_owned());
        self.change(|known| {
            known.retain(|known| known.path != path);
            known.insert(0, Known { path, opened, user });
        });
    }

    /// Remembers a shared base that could not be entered, and why.
    pub fn ask(&self, address: Address, why: String) {
        *self.asked.borrow_mut() = Some((address, why));
    }

    /// True when a shared base could not be entered.
    pub fn is_asked(&self) -> bool {
        self.asked.borrow().is_some()
    }

    /// The shared base that could not be entered.
    pub fn take_asked(&self) -> Option<(Address, String)> {
        self.asked.borrow_mut().take()
    }

    /// The name of who came into a base last.
    pub fn last_user(&self, path: &Path) -> String {
        let path = whole(path);
        let known = self.known.borrow();
        known.iter().find(|known| known.path == path).map(|known| known.user.clone()).unwrap_or_default()
    }

    /// Puts a base on the list without opening it.
    pub fn add(&self, path: &Path) {
        let path = whole(path);
        self.change(|known| {
            if !known.iter().any(|known| known.path == path) {
                known.push(Known { path, opened: String::new(), user: String::new() });
            }
        });
    }

    /// Takes a base off the list; its file stays.
    pub fn forget(&self, path: &Path) {
        self.change(|known| known.retain(|known| known.path != path));
    }

    /// Changes the list and writes it in the background; a list that cannot be written is no reason to stop.
    fn change(&self, deed: impl FnOnce(&mut Vec<Known>)) {
        deed(&mut self.known.borrow_mut());
        let file = File { base: self.known.borrow().clone() };
        let (folder, content) = (self.folder.clone(), toml::to_string(&file).unwrap_or_default());
        let _ = Ticket::aside("bases", &self.waker, move || {
            let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(folder.join(FILE), content));
            written.map_err(|error| Error::Failed(text!("file-not-written", file = FILE), error.to_string()))
        });
    }

    /// Asks the host to begin anew.
    pub fn want(&self, wanted: Wanted) {
        *self.wanted.borrow_mut() = Some(wanted);
        self.waker.wake();
    }

    /// What was asked.
    pub fn take_wanted(&self) -> Option<Wanted> {
        self.wanted.borrow_mut().take()
    }

    /// Who works in which base now.
    pub fn set_present(&self, path: &Path, user: AnyRef) {
        *self.present.borrow_mut() = (path.to_owned(), user);
    }

    /// For whom a base is copied: who works in it now; nobody for another one.
    fn user_of(&self, work: &Work) -> AnyRef {
        let present = self.present.borrow();
        match work {
            Work::Copy { from, .. } | Work::Move { from, .. } if *from == present.0 => present.1,
            _ => AnyRef::EMPTY,
        }
    }

    /// The language of the command line.
    pub fn language(&self) -> Option<String> {
        self.language.borrow().clone()
    }

    /// Sets or forgets the language of the command line.
    pub fn set_language(&self, language: Option<String>) {
        *self.language.borrow_mut() = language;
    }

    /// Who draws on this machine, as it was chosen or learnt.
    pub fn renderer(&self) -> Option<String> {
        machine::renderer(&self.folder)
    }

    /// Remembers who draws on this machine; where nothing can be written it is learnt anew at each start.
    pub fn set_renderer(&self, renderer: &str) {
        let _ = machine::remember(&self.folder, renderer);
    }

    /// Tells the session of the system, before any base is opened.
    pub fn set_session(&self, session: String) {
        *self.session.borrow_mut() = session;
    }

    /// True when this base is open in another window of the session, which has come forward now.
    pub fn raise(&self, base: &Path) -> bool {
        single::raise(&self.folder, base, &self.session.borrow())
    }

    /// Holds a base for this window in the place of the one it had.
    pub fn claim(&self, base: &Path) {
        let mut claim = self.claim.borrow_mut();
        *claim = None;
        *claim = single::claim(&self.folder, base, &self.session.borrow(), &self.clock, &self.waker);
    }

    /// True once after a second start on the open base.
    pub fn take_raised(&self) -> bool {
        self.claim.borrow().as_ref().is_some_and(Claim::take_raised)
    }

    /// Begins work on bases, one at a time; false when something is at work already.
    pub fn begin(&self, work: Work) -> Outcome<bool> {
        if self.working.borrow().is_some() {
            return Ok(false);
        }
        let progress = Progress::default();
        let (doing, told, clock) = (work.clone(), progress.clone(), self.clock.clone());
        let user = self.user_of(&work);
        let ticket = Ticket::aside("bases", &self.waker, move || {
            let done = carry_out(&doing, user, &clock, &told);
            told.finish();
            done
        })?;
        *self.working.borrow_mut() = Some(Working { work, progress, ticket });
        Ok(true)
    }

    /// What is at work, and how far.
    pub fn working(&self) -> Option<(Work, Progress)> {
        self.working.borrow().as_ref().map(|working| (working.work.clone(), working.progress.clone()))
    }

    /// What has come to its end.
    pub fn finished(&self) -> Option<(Work, Outcome<()>)> {
        let answer = self.working.borrow().as_ref().and_then(|working| working.ticket.poll())?;
        self.working.borrow_mut().take().map(|working| (working.work, answer))
    }
}

/// A base as the list knows it: the whole path of a file, the address of a server without its password.
fn whole(path: &Path) -> PathBuf {
    match Address::from(path).without_password() {
        Address::File(file) => std::path::absolute(&file).unwrap_or(file),
        Address::Server(url) => PathBuf::from(url),
    }
}

/// True for a file that is there, and for a server, which is asked only when the base is opened.
fn is_there(path: &Path) -> bool {
    Address::from(path).file().is_none_or(Path::is_file)
}

impl Work {
    /// What it is called while it is being done.
    pub fn label(&self) -> Text {
        match self {
            Work::Demo(_) => text!("bases-making-demo"),
            Work::New(..) => text!("bases-making"),
            Work::Copy { .. } => text!("bases-copying"),
            Work::Move { .. } => text!("server-moving"),
            Work::Restore { .. } => text!("restore-working"),
        }
    }

    /// The file it makes.
    pub fn file(&self) -> &Path {
        match self {
            Work::Demo(path)
            | Work::New(path, _)
            | Work::Copy { to: path, .. }
            | Work::Move { to: path, .. }
            | Work::Restore { into: path, .. } => path,
        }
    }
}

fn carry_out(work: &Work, user: AnyRef, clock: &Clock, progress: &Progress) -> Outcome<()> {
    let count = |number: usize| u64::try_from(number).unwrap_or(0);
    match work {
        Work::Demo(path) => demo::create(path, clock.clone(), &mut |done, all| {
            progress.report(count(done), count(all));
            !progress.is_cancelled()
        })
        .map(drop),
        Work::New(path, regime) => {
            seed::create_under(path, clock.clone(), regime)?;
            keep_password(path);
            Ok(())
        }
        Work::Move { from, to } => {
            transfer::moved(&Address::from(from), &Address::from(to), user, clock, &mut |done, all| {
                progress.report(count(done), count(all));
                !progress.is_cancelled()
            })?;
            keep_password(to);
            Ok(())
        }
        Work::Copy { from, to } => copy(from, to, user, clock, &mut |step| {
            match step {
                Step::Writing(done, all) => progress.report(done, all),
                Step::Proving(done, all) => {
                    progress.note(text!("bases-proving"));
                    progress.report(done, all);
                }
            }
            !progress.is_cancelled()
        }),
        Work::Restore { file, into, replace } => {
            let into = Address::from(into);
            restore(file, &into, *replace, clock, &mut |step| tell(step, progress)).map(drop)
        }
    }
}

/// The password of a shared base just made goes into the keyring.
fn keep_password(path: &Path) {
    let address = Address::from(path);
    if let Some(password) = address.password() {
        passwords::keep(&address, &password);
    }
}

#[cfg(test)]
mod tests {
    use super::Launch;
    use crate::kernel::clock::Clock;
    use crate::kernel::moment::Date;
    use std::path::Path;

    #[test]
    fn the_base_opened_last_comes_first_and_a_lost_one_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
        let launch = Launch::at(folder.path(), folder.path(), &clock);
        assert_eq!(launch.last(), None);
        let there = folder.path().join("there.kontora");
        std::fs::write(&there, "").unwrap();
        launch.note(&there, "Анна");
        launch.note(Path::new("/nowhere/lost.kontora"), "");
        launch.add(&there);
        let known = launch.known();
        assert_eq!(known.len(), 2);
        assert_eq!(known[1].opened, "2026-11-23T09:00:00");
        assert_eq!(launch.last(), Some(there.clone()));
        assert_eq!(launch.last_user(&there), "Анна");
        assert_eq!(launch.free_name("there"), "there 2.kontora");
        launch.forget(&there);
        assert_eq!(launch.known().len(), 1);
    }
}

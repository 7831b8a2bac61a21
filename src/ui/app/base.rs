//! The base behind worker threads: the thread that draws never waits for it.
//!
//! One thread writes, two read on connections of their own. A question gives a [`Ticket`], which is asked
//! every frame whether the answer has come; a ticket that is dropped before is not answered at all. What an
//! operation changed is collected for the window, which tells its pages.

use super::line::Line;
use super::live::{self, News};
use crate::domain::company::rights::Rights;
use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::ops::gate::{Op, Session, Tx};
use crate::ops::present::title;
use crate::ops::sign_in::{prove, set_password};
use crate::text;
use crate::ui::widgets::progress::Progress;
use egui::Context;
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;

/// Threads that only read.
const READERS: usize = 2;

/// What the user may do, as the threads that ask the base know it.
type Shared = Arc<Mutex<Arc<Rights>>>;

type Job = Box<dyn FnOnce(&Session) + Send>;

/// Work waiting for a thread.
#[derive(Default)]
struct Queue {
    jobs: VecDeque<(Arc<AtomicBool>, Job)>,
    closed: bool,
}

/// A queue that threads wait on.
#[derive(Default)]
struct Waiting {
    queue: Mutex<Queue>,
    filled: Condvar,
}

/// Wakes the window when an answer is there. The window comes later than the base: until it is known,
/// there is nobody to wake, and its first frame asks anyway.
#[derive(Clone, Default)]
pub struct Waker(Arc<OnceLock<Context>>);

impl Waker {
    /// The window to wake, told once.
    pub fn set(&self, ctx: &Context) {
        if self.0.get().is_none() {
            let _ = self.0.set(ctx.clone());
        }
    }
    /// Asks for a frame.
    pub fn wake(&self) {
        if let Some(ctx) = self.0.get() {
            ctx.request_repaint();
        }
    }
}

impl From<&Context> for Waker {
    fn from(ctx: &Context) -> Self {
        let waker = Self::default();
        waker.set(ctx);
        waker
    }
}

/// An answer on its way. Dropping it takes the question back.
pub struct Ticket<T> {
    answer: Receiver<Outcome<T>>,
    wanted: Arc<AtomicBool>,
}

/// An object to which a deed was not done.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What it is.
    pub object: AnyRef,
    /// What it is called.
    pub title: String,
    /// Why.
    pub error: Error,
}

/// What came of a deed to each of several objects: those refused with the reason, and the number of the last
/// operation; zero when nothing was done.
pub type Each = (Vec<Refused>, i64);

/// The base, shared by all pages through an `Rc`.
pub struct Base {
    path: PathBuf,
    clock: Clock,
    reading: Arc<Waiting>,
    writing: Arc<Waiting>,
    changed: Receiver<BTreeSet<AnyRef>>,
    noting: Sender<BTreeSet<AnyRef>>,
    waker: Waker,
    user: AnyRef,
    rights: Shared,
    writer: Option<JoinHandle<()>>,
    /// The number of the writer's session: what it changes is no news.
    own: Arc<AtomicI64>,
    /// The base is closed: its watcher ends.
    closed: Arc<AtomicBool>,
    /// The connection to a server, as its threads find it.
    line: Arc<Line>,
}

impl<T: Send + 'static> Ticket<T> {
    /// Work that belongs to no open base, on a thread of its own.
    pub fn aside(name: &str, waker: &Waker, deed: impl FnOnce() -> Outcome<T> + Send + 'static) -> Outcome<Self> {
        let (answering, answer) = channel();
        let waker = waker.clone();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let _ = answering.send(deed());
                waker.wake();
            })
            .map_err(|error| Error::Failed(text!("thread-not-started"), error.to_string()))?;
        Ok(Self { answer, wanted: Arc::new(AtomicBool::new(true)) })
    }
}

impl<T> Ticket<T> {
    /// The answer, once; `None` while it has not come.
    pub fn poll(&self) -> Option<Outcome<T>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            // The thread ended without an answer: the program is closing.
            Err(TryRecvError::Disconnected) => Some(Err(Error::Cancelled)),
        }
    }

    /// The answer to what is waited for, when it has come; then nothing is waited for any more.
    pub fn take(waiting: &mut Option<Self>) -> Option<Outcome<T>> {
        let answer = waiting.as_ref()?.poll()?;
        *waiting = None;
        Some(answer)
    }
}

impl<T> Drop for Ticket<T> {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}

fn lock(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Waiting {
    fn put(&self, wanted: Arc<AtomicBool>, job: Job, newest_first: bool) {
        let mut queue = lock(&self.queue);
        if newest_first {
            queue.jobs.push_front((wanted, job));
        } else {
            queue.jobs.push_back((wanted, job));
        }
        self.filled.notify_one();
    }

    fn take(&self) -> Option<(Arc<AtomicBool>, Job)> {
        let mut queue = lock(&self.queue);
        loop {
            if let Some(job) = queue.jobs.pop_front() {
                return Some(job);
            }
            if queue.closed {
                return None;
            }
            queue = self.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        lock(&self.queue).closed = true;
        self.filled.notify_all();
    }
}

/// What a thread tells after each job.
struct Told {
    /// What the user may do now.
    rights: Shared,
    /// Where the number of its session goes.
    own: Option<Arc<AtomicI64>>,
    /// Its connection.
    line: Arc<Line>,
}

fn serve(session: &Session, waiting: &Waiting, told: &Told) {
    while let Some((wanted, job)) = waiting.take() {
        if wanted.load(Ordering::Relaxed) {
            job(session);
            if let Some(own) = &told.own {
                own.store(session.number(), Ordering::Relaxed);
            }
            // Rights that could not be read stay as they are: the next question tries again.
            if let Ok(rights) = session.rights() {
                let mut known = told.rights.lock().unwrap_or_else(PoisonError::into_inner);
                // Each thread puts them together by itself: the same rights are not news.
                if *known != rights {
                    *known = rights;
                }
            }
        }
    }
}

impl Base {
    /// Opens a base for the window: one writing connection, several reading ones, a named thread each.
    pub fn open(path: &Path, clock: &Clock, user: AnyRef, waker: impl Into<Waker>) -> Outcome<Self> {
        let (noting, changed) = channel();
        let (waker, closed) = (waker.into(), Arc::new(AtomicBool::new(false)));
        let line = Arc::new(Line::new(waker.clone(), Arc::clone(&closed)));
        let mut base = Self {
            path: path.to_owned(),
            clock: clock.clone(),
            reading: Arc::default(),
            writing: Arc::default(),
            changed,
            noting,
            waker,
            user,
            rights: Shared::default(),
            writer: None,
            own: Arc::default(),
            closed,
            line,
        };
        let mut session = Session::open(path, clock.clone())?;
        let rights = session.act_as(user)?;
        base.set_rights(rights);
        session.workstation = clock.workplace("window");
        let told = |own| Told { rights: Arc::clone(&base.rights), own, line: Arc::clone(&base.line) };
        let writer = Self::thread("writer", session, &base.writing, told(Some(Arc::clone(&base.own))))?;
        for number in 1..=READERS {
            let mut session = Session::read(path, clock.clone())?;
            session.act_as(user)?;
            Self::thread(&format!("reader-{number}"), session, &base.reading, told(None))?;
        }
        let news = News {
            noting: base.noting.clone(),
            waker: base.waker.clone(),
            own: Arc::clone(&base.own),
            closed: Arc::clone(&base.closed),
        };
        live::watch(Session::read(path, clock.clone())?.store, news)?;
        base.writer = Some(writer);
        Ok(base)
    }

    fn thread(name: &str, session: Session, waiting: &Arc<Waiting>, told: Told) -> Outcome<JoinHandle<()>> {
        let waiting = Arc::clone(waiting);
        session.store.set_patience(told.line.clone());
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || serve(&session, &waiting, &told))
            .map_err(|error| Error::Failed(text!("thread-not-started"), error.to_string()))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The connection to a server.
    pub fn line(&self) -> &Line {
        &self.line
    }

    /// The same for a thread that waits with the others while the server is lost.
    pub fn patience(&self) -> Arc<Line> {
        Arc::clone(&self.line)
    }

    /// Who works; empty when the base knows no users.
    pub fn user(&self) -> AnyRef {
        self.user
    }

    /// What he may do.
    pub fn rights(&self) -> Arc<Rights> {
        Arc::clone(&self.rights.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn set_rights(&self, rights: Arc<Rights>) {
        *self.rights.lock().unwrap_or_else(PoisonError::into_inner) = rights;
    }

    /// Wakes the window.
    pub fn waker(&self) -> &Waker {
        &self.waker
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Asks a question on a reading connection. The newest question is answered first: what the user looks
    /// at now matters more than what he has scrolled past.
    pub fn read<T: Send + 'static>(&self, question: impl FnOnce(&Session) -> Outcome<T> + Send + 'static) -> Ticket<T> {
        self.put(&self.reading, true, move |session| {
            session.store.refresh()?;
            session.rights()?;
            question(session)
        })
    }

    /// Does a deed behind the one gate. Deeds are done in the order they were given.
    pub fn write<T: Send + 'static>(
        &self,
        op: Op,
        deed: impl FnMut(&mut Tx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Ticket<T> {
        self.act(move |session| session.run(op, deed).map(|(value, changed)| (value, changed.objects)))
    }

    /// The same, with the number of the operation: it can be taken back by it.
    pub fn write_told<T: Send + 'static>(
        &self,
        op: Op,
        deed: impl FnMut(&mut Tx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Ticket<(T, i64)> {
        self.act(move |session| {
            let (value, changed) = session.run(op, deed)?;
            Ok(((value, changed.operation), changed.objects))
        })
    }

    /// Does a deed that runs its operation itself; it says which objects changed, none when nothing did.
    pub fn act<T: Send + 'static>(
        &self,
        deed: impl FnOnce(&Session) -> Outcome<(T, BTreeSet<AnyRef>)> + Send + 'static,
    ) -> Ticket<T> {
        let noting = self.noting.clone();
        self.put(&self.writing, false, move |session| {
            let (value, changed) = deed(session)?;
            // Nothing said would mean that anything may have changed.
            if !changed.is_empty() {
                let _ = noting.send(changed);
            }
            Ok(value)
        })
    }

    /// Does work that runs several operations of its own (an import, a load); says afterwards that anything
    /// may have changed.
    pub fn work<T: Send + 'static>(&self, deed: impl FnOnce(&Session) -> Outcome<T> + Send + 'static) -> Ticket<T> {
        let noting = self.noting.clone();
        self.put(&self.writing, false, move |session| {
            let value = deed(session);
            let _ = noting.send(BTreeSet::new());
            value
        })
    }

    /// Does a deed to each of these objects, an operation of its own for each, so that what is refused leaves
    /// the others done and nobody waits for all; they are one batch, taken back as a whole. Gives what was refused,
    /// with the reason, and the number of the last operation; zero when nothing was done.
    pub fn each(
        &self,
        op: Op,
        objects: Vec<AnyRef>,
        progress: Progress,
        deed: impl Fn(&mut Tx<'_>, AnyRef) -> Outcome<()> + Send + 'static,
    ) -> Ticket<Each> {
        let noting = self.noting.clone();
        self.put(&self.writing, false, move |session| {
            let mut changed = BTreeSet::new();
            let mut refused = Vec::new();
            let total = u64::try_from(objects.len()).unwrap_or(u64::MAX);
            let (batch, mut last) = (session.clock.unique(), 0);
            for (object, at) in objects.into_iter().zip(1..) {
                if progress.is_cancelled() {
                    break;
                }
                match session.run_in(batch, usize::try_from(at).unwrap_or(0), op, |tx| deed(tx, object)) {
                    Ok(((), done)) => {
                        changed.extend(done.objects);
                        last = last.max(done.operation);
                    }
                    Err(error) => {
                        // What cannot even be called by its name is told without it.
                        let title = title(object, &session.store, &session.facts()).unwrap_or_default();
                        refused.push(Refused { object, title, error });
                    }
                }
                progress.report(at, total);
            }
            progress.finish();
            if !changed.is_empty() {
                let _ = noting.send(changed);
            }
            Ok((refused, last))
        })
    }

    /// Proves that a password is the user's: it takes its time, and what is kept of failures is written.
    pub fn prove(&self, password: String) -> Ticket<()> {
        let user = self.user;
        self.put(&self.writing, false, move |session| prove(session, user, &password))
    }

    /// Sets the password of a user; his present one is asked of himself only.
    pub fn set_password(&self, user: AnyRef, present: String, password: String) -> Ticket<()> {
        self.put(&self.writing, false, move |session| set_password(session, user, &present, &password))
    }

    /// Keeps settings of the user's own; no page shows them, so nobody is told.
    pub fn keep(&self, settings: Vec<(String, String)>) {
        let user = self.user.id();
        drop(self.put(&self.writing, false, move |session| {
            let keep = |tx: &mut Tx<'_>| {
                settings.iter().try_for_each(|(name, value)| tx.store.set_user_setting(user, name, value))
            };
            session.run(Op::Settings, keep).map(|_| ())
        }));
    }

    fn put<T: Send + 'static>(
        &self,
        waiting: &Arc<Waiting>,
        newest_first: bool,
        job: impl FnOnce(&Session) -> Outcome<T> + Send + 'static,
    ) -> Ticket<T> {
        let (answering, answer) = channel();
        let wanted = Arc::new(AtomicBool::new(true));
        let waker = self.waker.clone();
        // A deed is done even when nobody waits for its answer any more; a question is not asked then.
        let alive = if newest_first { Arc::clone(&wanted) } else { Arc::new(AtomicBool::new(true)) };
        let job = Box::new(move |session: &Session| {
            let _ = answering.send(job(session));
            waker.wake();
        });
        waiting.put(alive, job, newest_first);
        Ticket { answer, wanted }
    }

    /// What operations have changed since the last call; an empty set means that anything may have changed.
    pub fn changes(&self) -> Option<Vec<AnyRef>> {
        let mut all: BTreeSet<AnyRef> = BTreeSet::new();
        let mut some = false;
        let mut anything = false;
        while let Ok(changed) = self.changed.try_recv() {
            some = true;
            anything |= changed.is_empty();
            all.extend(changed);
        }
        some.then(|| if anything { Vec::new() } else { all.into_iter().collect() })
    }
}

impl Drop for Base {
    fn drop(&mut self) {
        self.closed.store(true, Ordering::Relaxed);
        self.reading.close();
        self.writing.close();
        // What was given to be written is written before the program ends.
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

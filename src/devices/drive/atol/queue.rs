//! Tasks in the queue of the service: given once by their key, asked after by it, and taken back when the queue stands
//! still, so that nothing comes out of it after somebody was told that it was not printed.

use super::AtolDrive;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::JobKey;
use crate::devices::manager::outcome::{Doubt, Outcome, Reason};
use crate::devices::manager::view::Parsed;
use crate::devices::proto::atol::answer::{Made, Queue, Taken, TaskState, results, words};
use crate::devices::proto::atol::request::{self, Plain, QUEUE, REQUESTS};
use crate::devices::wire::http::{HttpAnswer, HttpError, ask};
use crate::kernel::clock::Clock;
use serde_json::Value;

/// How long a question to the service may take, milliseconds.
const ASK_MS: u64 = 5000;
/// How long a task may take.
const TASK_MS: u64 = 120_000;
/// Between two questions about a task.
const AGAIN_MS: u64 = 250;
/// After so many questions in vain the queue itself is asked whether it goes on.
const PATIENCE: u32 = 8;
/// Sendings of a job that are looked back at.
const LOOK_BACK: u32 = 50;

/// How giving a task ended.
enum Given {
    /// The service has it.
    There,
    /// It does not, for certain.
    Not(Reason),
    /// It knows the key, or nobody knows whether it has the task: the key tells. What it said.
    Perhaps(Option<Reason>),
}

/// A refusal of the service itself, in its words.
pub(super) fn said(answer: &HttpAnswer) -> Reason {
    Reason::Service { code: i64::from(answer.status), words: words(&answer.body) }
}

/// What a question that has ended was answered.
pub(super) fn answered(state: TaskState) -> Result<Value, Reason> {
    match state {
        TaskState::Done(made) => Ok(made.result),
        TaskState::Refused { code, words } => Err(Reason::Service { code, words }),
        _ => Err(Reason::Silent),
    }
}

/// What the service says of a key.
pub(super) enum Known {
    /// The outcomes of its tasks.
    Tasks(Vec<TaskState>),
    /// It does not know the key.
    Absent,
    /// Something else.
    Unclear(Doubt),
}

impl AtolDrive {
    /// One question, noted for the bench.
    pub(super) fn ask(&self, io: &mut Io, method: &str, path: &str, body: &[u8]) -> Result<HttpAnswer, HttpError> {
        let target = request::target(path, &self.device);
        io.beat();
        io.note(true, &[method.as_bytes(), b" ", target.as_bytes(), b"\n", body].concat(), Parsed::Service(None));
        let answer = ask(&self.place, method, &target, body, ASK_MS);
        if let Ok(answer) = &answer {
            io.note(false, &answer.body, Parsed::Service(Some(answer.status)));
        }
        io.beat();
        answer
    }

    /// How the queue stands, when the service tells.
    fn queue(&self, io: &mut Io) -> Option<Queue> {
        self.ask(io, "GET", QUEUE, b"").ok().and_then(|answer| Queue::read(&answer.body))
    }

    fn give(&self, io: &mut Io, key: &str, tasks: &[Value]) -> Given {
        let body = request::request(key, tasks).to_string();
        match self.ask(io, "POST", REQUESTS, body.as_bytes()) {
            Err(HttpError::NotSent(error)) => Given::Not(Reason::NotConnected(error)),
            Err(HttpError::NotAnswered(_)) => Given::Perhaps(None),
            Ok(answer) => match Taken::of_status(answer.status) {
                Taken::New => Given::There,
                // The key is known, or the registrar is not connected to the service: it says both alike.
                Taken::Known => Given::Perhaps(Some(said(&answer))),
                Taken::Refused(_) => Given::Not(said(&answer)),
                Taken::Unknown(_) => Given::Perhaps(None),
            },
        }
    }

    /// What the service knows of a key.
    pub(super) fn known(&self, io: &mut Io, key: &str) -> Known {
        match self.ask(io, "GET", &format!("{REQUESTS}/{key}"), b"") {
            Ok(answer) if answer.status == 404 => Known::Absent,
            Ok(answer) => {
                let said = serde_json::from_slice(&answer.body).ok().and_then(|body: Value| results(&body));
                said.filter(|tasks| !tasks.is_empty()).map_or(Known::Unclear(Doubt::Service), Known::Tasks)
            }
            Err(HttpError::NotSent(error) | HttpError::NotAnswered(error)) => Known::Unclear(Doubt::BrokenOff(error)),
        }
    }

    /// What a single task came to, where it has come to an end; `None` while it has not.
    fn ended(tasks: Vec<TaskState>) -> Option<Outcome<Box<Made>>> {
        match tasks.into_iter().next()? {
            TaskState::Done(made) => Some(Outcome::Printed(made)),
            TaskState::Refused { code, words } => Some(Outcome::NotPrinted(Reason::Service { code, words })),
            TaskState::Cancelled => Some(Outcome::NotPrinted(Reason::Withdrawn)),
            TaskState::Unknown => Some(Outcome::Unknown(Doubt::Service)),
            TaskState::Pending => None,
        }
    }

    /// Takes a task out of the queue; what it came to by its own key. The service takes back only what it has not begun.
    fn withdraw(&self, io: &mut Io, key: &str, why: Reason) -> Outcome<Box<Made>> {
        let _ = self.ask(io, "DELETE", &format!("{REQUESTS}/{key}"), b"");
        match self.known(io, key) {
            Known::Tasks(tasks) => match Self::ended(tasks) {
                Some(Outcome::NotPrinted(Reason::Withdrawn)) => Outcome::NotPrinted(why),
                Some(ended) => ended,
                None => Outcome::Unknown(Doubt::NoAnswer),
            },
            // It was there a moment ago.
            Known::Absent => Outcome::Unknown(Doubt::NoAnswer),
            Known::Unclear(doubt) => Outcome::Unknown(doubt),
        }
    }

    /// Waits for the outcome of a task. `absent` is what it means when the service does not know the key.
    pub(super) fn result(&self, io: &mut Io, key: &str, absent: &Outcome<Box<Made>>) -> Outcome<Box<Made>> {
        let until_ms = io.ms().saturating_add(TASK_MS);
        let mut asked = 0;
        loop {
            let (doubt, pending) = match self.known(io, key) {
                Known::Absent => return absent.clone(),
                Known::Tasks(tasks) => match Self::ended(tasks) {
                    Some(ended) => return ended,
                    None => (Doubt::NoAnswer, true),
                },
                Known::Unclear(doubt) => (doubt, false),
            };
            if io.is_ending() {
                return Outcome::Unknown(doubt);
            }
            asked += 1;
            // What waits behind a stopped queue would come out whenever it goes on again.
            if pending && asked % PATIENCE == 0 {
                match self.queue(io) {
                    Some(Queue { blocked: Some(_), at, .. }) if at == key => return Outcome::Unknown(Doubt::Service),
                    Some(Queue { blocked: Some(why), .. }) => return self.withdraw(io, key, Reason::Blocked(why)),
                    _ => {}
                }
            }
            if io.ms() >= until_ms {
                return if pending { self.withdraw(io, key, Reason::Withdrawn) } else { Outcome::Unknown(doubt) };
            }
            io.pause(AGAIN_MS);
        }
    }

    /// Gives a task and waits for its outcome.
    pub(super) fn carry_out(&self, io: &mut Io, key: &str, task: Value) -> Outcome<Box<Made>> {
        match self.give(io, key, &[task]) {
            // A service that has taken a task and does not know it any more has lost it: it may have been done.
            Given::There => self.result(io, key, &Outcome::Unknown(Doubt::Service)),
            Given::Not(reason) => Outcome::NotPrinted(reason),
            Given::Perhaps(said) => self.result(io, key, &Outcome::NotPrinted(said.unwrap_or(Reason::NotFound))),
        }
    }

    /// What is left of the sendings of a job before this one, whatever was believed of them: one that is done after all
    /// is the outcome, one that still waits is taken back first. `None` when nothing of them can come any more.
    pub(super) fn left_over(&self, io: &mut Io, key: &JobKey) -> Option<Outcome<Box<Made>>> {
        let mut before = key.earlier();
        for _ in 0..LOOK_BACK {
            let one = before?;
            let name = one.name();
            match self.known(io, &name) {
                // It never came there; the one before it may have.
                Known::Absent => before = one.earlier(),
                Known::Unclear(doubt) => return Some(Outcome::Unknown(doubt)),
                Known::Tasks(tasks) => {
                    let ended = Self::ended(tasks).unwrap_or_else(|| self.withdraw(io, &name, Reason::Withdrawn));
                    return match ended {
                        Outcome::NotPrinted(_) => None,
                        other => Some(other),
                    };
                }
            }
        }
        None
    }

    /// Asks several things that change nothing, under a key of their own; the answers in their order.
    pub(super) fn questions(&self, io: &mut Io, questions: &[Plain]) -> Result<Vec<TaskState>, Reason> {
        let key = Clock::system().unique().to_string();
        let tasks: Vec<Value> = questions.iter().map(|question| request::plain(*question)).collect();
        if let Given::Not(reason) | Given::Perhaps(Some(reason)) = self.give(io, &key, &tasks) {
            return Err(reason);
        }
        let until_ms = io.ms().saturating_add(TASK_MS);
        let mut asked = 0;
        loop {
            match self.known(io, &key) {
                Known::Tasks(tasks) if tasks.iter().all(|task| *task != TaskState::Pending) => return Ok(tasks),
                Known::Tasks(_) => {}
                Known::Absent => return Err(Reason::Silent),
                Known::Unclear(Doubt::BrokenOff(error)) => return Err(Reason::NotConnected(error)),
                Known::Unclear(_) => return Err(Reason::Garbled),
            }
            asked += 1;
            let queue = if asked % PATIENCE == 0 { self.queue(io) } else { None };
            let blocked = queue.and_then(|queue| queue.blocked);
            if blocked.is_some() || io.ms() >= until_ms || io.is_ending() {
                let _ = self.ask(io, "DELETE", &format!("{REQUESTS}/{key}"), b"");
                return Err(blocked.map_or(Reason::Silent, Reason::Blocked));
            }
            io.pause(AGAIN_MS);
        }
    }

    /// Asks one thing that changes nothing.
    pub(super) fn question(&self, io: &mut Io, question: Plain) -> Result<Value, Reason> {
        self.questions(io, &[question])?.into_iter().next().map_or(Err(Reason::Silent), answered)
    }

    /// Has one thing done that leaves no document, under a key of its own.
    pub(super) fn step(&self, io: &mut Io, task: Value) -> Result<Value, Reason> {
        let key = Clock::system().unique().to_string();
        match self.carry_out(io, &key, task) {
            Outcome::Printed(made) => Ok(made.result),
            Outcome::NotPrinted(reason) => Err(reason),
            Outcome::Unknown(_) => Err(Reason::Silent),
        }
    }
}

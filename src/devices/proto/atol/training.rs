//! The service's side: its registrars' queue, fiscal memory and counters, for training and for tests. It answers what a
//! question of the web service is answered, and can lose, hold and block what a real one may.

mod work;

use super::answer::{Blockage, TaskState};
use super::request::{QUEUE, REQUESTS};
use crate::devices::proto::fiscal::MarkingFault;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a kind of receipt came to in the shift, kopecks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counter {
    /// How many.
    pub count: u64,
    /// Paid in cash.
    pub cash: u64,
    /// Paid electronically.
    pub electronic: u64,
}

/// A document of the fiscal memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Which task made it.
    pub task: String,
    /// The job's own mark.
    pub mark: String,
    /// What it comes to, kopecks.
    pub total: u64,
}

/// A request and what became of its tasks.
struct Request {
    tasks: Vec<Value>,
    states: Vec<TaskState>,
}

/// The service with one registrar.
#[derive(Default)]
pub struct TrainingService {
    /// The registrar's identifier; whoever names another one is told that there is none.
    pub device: String,
    /// Everything that was carried out, by the names of tasks, questions left out.
    pub carried_out: Vec<String>,
    /// Documents of the fiscal memory; the first has number 1.
    pub documents: Vec<Document>,
    /// By kind of receipt in the order sale, purchase, return of a sale, return of a purchase.
    pub counters: [Counter; 4],
    /// Cash in the drawer, kopecks.
    pub drawer: u64,
    /// Number of the shift.
    pub shift: u64,
    /// It is open.
    pub open: bool,
    /// The registrar is not connected to the service.
    pub away: bool,
    /// Tasks wait, nothing is carried out.
    pub held: bool,
    /// The queue is stopped, by whose key and why.
    pub blocked: Option<(String, Blockage)>,
    /// The next receipts are refused for want of paper.
    pub no_paper: bool,
    /// Codes with something wrong about them, in base64 as they come.
    pub faults: BTreeMap<String, MarkingFault>,
    /// The state's system does not answer: codes are checked by the fiscal memory alone.
    pub offline: bool,
    /// How often the check of a code is not over yet.
    pub slow: u32,
    requests: BTreeMap<String, Request>,
    queue: VecDeque<String>,
    /// The code that is checked, and how often it is still not over.
    checked: Option<(String, u32)>,
    accepted: BTreeSet<String>,
}

/// An answer: its status and its body.
pub type Answer = (u16, Value);

fn refused(status: u16, words: &str) -> Answer {
    (status, json!({ "error": { "code": 505, "description": words } }))
}

impl TrainingService {
    /// With a registrar of an identifier, as it comes out of its box.
    #[must_use]
    pub fn new(device: &str) -> Self {
        Self { device: device.to_owned(), ..Self::default() }
    }

    /// Answers a question: the method, what stands after it, the body.
    pub fn answer(&mut self, method: &str, target: &str, body: &[u8]) -> Answer {
        let (path, device) = target.split_once("?deviceID=").unwrap_or((target, ""));
        if !device.is_empty() && device != self.device {
            return refused(404, &format!("Устройство с ID [{device}] не найдено"));
        }
        let key = path.strip_prefix(REQUESTS).map(|rest| rest.trim_start_matches('/'));
        let answer = match (method, path, key) {
            ("GET", QUEUE, _) => (200, self.standing()),
            ("POST", _, Some("")) => self.take(body),
            ("GET", _, Some(key)) => match self.requests.get(key) {
                Some(request) => (200, said(&request.states)),
                None => refused(404, &format!("Задание с UUID [{key}] не найдено")),
            },
            ("DELETE", _, Some(key)) => self.withdraw(key),
            _ => refused(404, "Нет такого метода"),
        };
        self.go_on();
        answer
    }

    fn standing(&self) -> Value {
        let (at, why) = match &self.blocked {
            Some((at, Blockage::Connection)) => (at.as_str(), "connectionError"),
            Some((at, Blockage::Memory)) => (at.as_str(), "fnError"),
            Some((at, Blockage::Paper)) => (at.as_str(), "paperError"),
            Some((at, Blockage::Other)) => (at.as_str(), ""),
            None => ("", ""),
        };
        let blocked = self.blocked.is_some();
        json!({ "number": self.queue.len(), "isBlocked": blocked, "blockedUUID": at, "blockReason": why })
    }

    fn take(&mut self, body: &[u8]) -> Answer {
        let said: Value = serde_json::from_slice(body).unwrap_or_default();
        let key = said.get("uuid").and_then(Value::as_str).unwrap_or_default().to_owned();
        let tasks = said.get("request").and_then(Value::as_array).cloned().unwrap_or_default();
        if tasks.is_empty() {
            return refused(400, "Поле 'request' не задано или пустое");
        }
        if self.away {
            return refused(409, "ККТ не подключена");
        }
        if self.requests.contains_key(&key) {
            return refused(409, "Невозможно добавить задание: задание с таким UUID уже есть");
        }
        let states = tasks.iter().map(|_| TaskState::Pending).collect();
        self.requests.insert(key.clone(), Request { tasks, states });
        self.queue.push_back(key);
        (201, self.standing())
    }

    fn withdraw(&mut self, key: &str) -> Answer {
        let Some(at) = self.queue.iter().position(|queued| queued == key) else {
            return refused(409, "Задание уже выполнено");
        };
        if self.blocked.as_ref().is_some_and(|(blocked, _)| blocked == key) {
            return refused(409, "Задание выполняется");
        }
        self.queue.remove(at);
        if let Some(request) = self.requests.get_mut(key) {
            request.states.fill(TaskState::Cancelled);
        }
        (200, json!({}))
    }

    /// Carries out what may be.
    fn go_on(&mut self) {
        while !self.held && self.blocked.is_none() {
            let Some(key) = self.queue.pop_front() else { return };
            let tasks = self.requests.get(&key).map(|request| request.tasks.clone()).unwrap_or_default();
            let mut states = Vec::with_capacity(tasks.len());
            for task in &tasks {
                let failed = states.iter().any(|state| matches!(state, TaskState::Refused { .. }));
                states.push(if failed { TaskState::Unknown } else { self.carry_out(task) });
            }
            if let Some(request) = self.requests.get_mut(&key) {
                request.states = states;
            }
        }
    }

    /// Stops the queue in the middle of a task that is there, as when the registrar is lost.
    pub fn block(&mut self, key: &str, why: Blockage) {
        if let Some(request) = self.requests.get_mut(key) {
            request.states.fill(TaskState::Unknown);
        }
        self.blocked = Some((key.to_owned(), why));
    }

    /// Lets the queue go on after it was stopped; the task it was stopped at is carried out first, or not at all.
    pub fn unblock(&mut self, first: bool) {
        if let Some((key, _)) = self.blocked.take() {
            self.queue.retain(|queued| *queued != key);
            if first {
                self.queue.push_front(key);
            } else if let Some(request) = self.requests.get_mut(&key) {
                let words = "Нет связи".to_owned();
                request.states.fill(TaskState::Refused { code: 2, words });
            }
        }
        self.go_on();
    }

    /// Lets tasks that were held be carried out.
    pub fn release(&mut self) {
        self.held = false;
        self.go_on();
    }

    /// Forgets every request, as the service does with old ones.
    pub fn forget(&mut self) {
        self.requests.clear();
        self.queue.clear();
    }
}

/// What became of the tasks of a request.
#[must_use]
pub fn said(states: &[TaskState]) -> Value {
    let error = |code: i64, words: &str| json!({ "code": code, "description": words });
    let one = |state: &TaskState| match state {
        TaskState::Pending => json!({ "status": "wait" }),
        TaskState::Done(made) => json!({ "status": "ready", "error": error(0, "Ошибок нет"), "result": made.result }),
        TaskState::Refused { code, words } => json!({ "status": "error", "error": error(*code, words) }),
        TaskState::Cancelled => json!({ "status": "canceled" }),
        TaskState::Unknown => json!({ "status": "blocked" }),
    };
    json!({ "results": states.iter().map(one).collect::<Vec<Value>>() })
}

//! What became of a request.

use serde_json::Value;

/// How the service took a request, by the status of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Taken (201).
    New,
    /// A request with this key is known (409): it was taken earlier, its results are to be asked for.
    Known,
    /// Refused before anything was done (other 4xx); the status.
    Refused(u16),
    /// The service failed (5xx, or a status that makes no sense): nobody knows whether it took the request.
    Unknown(u16),
}

impl Taken {
    /// By the status of the answer to a request.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            200..=202 => Self::New,
            409 => Self::Known,
            400..=499 => Self::Refused(status),
            _ => Self::Unknown(status),
        }
    }
}

/// The document a task made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Number of the fiscal document.
    pub number: Option<u64>,
    /// Its sign, as the service writes it.
    pub sign: Option<String>,
    /// Number of the shift.
    pub shift: Option<u64>,
    /// When, as the service writes it (ISO 8601 with the zone).
    pub at: Option<String>,
    /// Everything the task returned.
    pub result: Value,
}

/// What became of one task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// It waits or is being carried out: ask again.
    Pending,
    /// Done.
    Done(Box<Made>),
    /// Refused by the registrar: nothing was done. Its code and its words.
    Refused {
        /// Code of the driver.
        code: i64,
        /// The driver's words.
        words: String,
    },
    /// Cancelled before it was carried out.
    Cancelled,
    /// The service itself does not know what the registrar did and has stopped its queue, or the answer makes no
    /// sense. A person must look.
    Unknown,
}

/// What became of the tasks of a request, in their order; `None` when the body is no such answer.
#[must_use]
pub fn results(body: &Value) -> Option<Vec<TaskState>> {
    body.get("results")?.as_array().map(|results| results.iter().map(state).collect())
}

fn state(result: &Value) -> TaskState {
    match result.get("status").and_then(Value::as_str) {
        Some("wait" | "inProgress") => TaskState::Pending,
        Some("ready") => done(result),
        Some("error") => {
            let error = result.get("error").unwrap_or(result);
            let code = error.get("code").or_else(|| result.get("errorCode")).and_then(Value::as_i64);
            let words = error.get("description").or_else(|| result.get("errorDescription")).and_then(Value::as_str);
            TaskState::Refused { code: code.unwrap_or(-1), words: words.unwrap_or_default().to_owned() }
        }
        Some("canceled") => TaskState::Cancelled,
        // `interrupted` and `blocked`, and whatever newer services may say.
        _ => TaskState::Unknown,
    }
}

fn done(result: &Value) -> TaskState {
    let own = result.get("result").cloned().unwrap_or_default();
    let fiscal = own.get("fiscalParams").cloned().unwrap_or_default();
    let text = |name: &str| match fiscal.get(name) {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    TaskState::Done(Box::new(Made {
        number: fiscal.get("fiscalDocumentNumber").and_then(Value::as_u64),
        sign: text("fiscalDocumentSign"),
        shift: fiscal.get("shiftNumber").and_then(Value::as_u64),
        at: text("fiscalDocumentDateTime"),
        result: own,
    }))
}

/// Kopecks of an amount in roubles as the service writes it, digit by digit; `None` for what is no such amount.
#[must_use]
pub fn kopecks(amount: &Value) -> Option<u64> {
    let text = amount.as_number()?.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = part.get(..2).map_or_else(|| format!("{part:0<2}"), ToOwned::to_owned);
    whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(part.parse().ok()?)
}

/// The answer of the training service: the results of a request whose tasks all ended in one way.
#[must_use]
pub fn training_results(states: &[TaskState]) -> Value {
    let one = |state: &TaskState| match state {
        TaskState::Pending => serde_json::json!({ "status": "wait" }),
        TaskState::Done(made) => serde_json::json!({ "status": "ready", "result": made.result }),
        TaskState::Refused { code, words } => {
            serde_json::json!({ "status": "error", "errorCode": code, "errorDescription": words })
        }
        TaskState::Cancelled => serde_json::json!({ "status": "canceled" }),
        TaskState::Unknown => serde_json::json!({ "status": "blocked" }),
    };
    serde_json::json!({ "results": states.iter().map(one).collect::<Vec<Value>>() })
}

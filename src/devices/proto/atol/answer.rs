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

/// What the service says beside a refusal: its own words, or the beginning of what it has sent.
#[must_use]
pub fn words(body: &[u8]) -> String {
    let said: Option<Value> = serde_json::from_slice(body).ok();
    let own = said.as_ref().and_then(|said| said.pointer("/error/description")).and_then(Value::as_str);
    own.map_or_else(|| String::from_utf8_lossy(body).chars().take(300).collect(), str::to_owned)
}

/// What the shift came to by the registrar's counters; `None` for what is no such answer.
#[must_use]
pub fn totals(result: &Value) -> Option<Totals> {
    let shift = result.get("shiftTotals")?;
    let mut totals = Totals { drawer: shift.pointer("/cashDrawer/sum").and_then(kopecks)?, ..Totals::default() };
    // A kind of receipt the shift has none of may be left out.
    let paid =
        |kind: &str, by: &str| shift.pointer(&format!("/receipts/{kind}/payments/{by}")).and_then(kopecks).unwrap_or(0);
    let kinds = ["sell", "buy", "sellReturn", "buyReturn"];
    totals.cash = kinds.map(|kind| paid(kind, "cash"));
    totals.electronic = kinds.map(|kind| paid(kind, "electronically"));
    Some(totals)
}

/// What a shift came to, kopecks; by kind of receipt in the order sale, purchase, return of a sale, of a purchase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Paid in cash.
    pub cash: [u64; 4],
    /// Paid electronically.
    pub electronic: [u64; 4],
    /// Cash in the drawer.
    pub drawer: u64,
}

/// Why the service has stopped its queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blockage {
    /// The registrar was lost in the middle of a fiscal document.
    Connection,
    /// The fiscal memory failed in the middle of one.
    Memory,
    /// There is no paper, or the cover is open.
    Paper,
    /// For a cause it has not told.
    Other,
}

/// How the queue of the service stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// Requests in it.
    pub waiting: u64,
    /// Why it is stopped; `None` while it goes on.
    pub blocked: Option<Blockage>,
    /// The request it is stopped at.
    pub at: String,
}

impl Queue {
    /// As the service tells it; `None` for what is no such answer.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        let said: Value = serde_json::from_slice(body).ok()?;
        let blocked = said.get("isBlocked")?.as_bool()?;
        let text = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default();
        let why = match text("blockReason") {
            "connectionError" => Blockage::Connection,
            "fnError" => Blockage::Memory,
            "paperError" => Blockage::Paper,
            _ => Blockage::Other,
        };
        Some(Self {
            waiting: said.get("number").and_then(Value::as_u64).unwrap_or(0),
            blocked: blocked.then_some(why),
            at: text("blockedUUID").to_owned(),
        })
    }
}

/// Number of the last document in the fiscal memory, of the answer to that question.
#[must_use]
pub fn last_document(result: &Value) -> Option<u32> {
    let number = result.pointer("/fnStatus/fiscalDocumentNumber").and_then(Value::as_u64)?;
    u32::try_from(number).ok()
}

/// What a document of the fiscal memory says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The job's own mark (tag 1192).
    pub mark: String,
    /// Its sign (tag 1077).
    pub sign: Option<String>,
}

/// A document as the fiscal memory has it; `None` for what is no such answer.
#[must_use]
pub fn kept(result: &Value) -> Option<Kept> {
    let tags = result.get("documentTLV")?.as_object()?;
    let text = |tag: &str| match tags.get(tag)? {
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    Some(Kept { mark: text("1192").unwrap_or_default(), sign: text("1077") })
}

//! One question and its answer over a link, and how an exchange may end.

/// Why an exchange brought no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Nobody answers.
    Silence,
    /// The device refuses the message again and again.
    Refused,
    /// Answers come broken again and again.
    Garbled,
    /// The device no longer holds the answer.
    AnswerGone,
}

/// How an exchange ended without an answer. The difference decides whether a receipt may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// The command was not carried out: it never left, or the device did not take it.
    NotDone(Cause),
    /// The command may have been carried out. It must not be repeated; the device is to be asked what it did.
    Unknown(Cause),
}

/// What the link wants done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Bytes to the device.
    Send(Vec<u8>),
    /// The exchange is over: the answer with its command code, or why there is none.
    Done(Result<Vec<u8>, Failure>),
}

/// Pauses of the link in milliseconds and how often to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// How long a device takes to answer a control byte.
    pub control_ms: u64,
    /// The longest pause within a message.
    pub byte_ms: u64,
    /// The silence after which an old conversation is over.
    pub quiet_ms: u64,
    /// How often to try before giving up.
    pub tries: u32,
}

impl Default for Times {
    fn default() -> Self {
        Self { control_ms: 1000, byte_ms: 150, quiet_ms: 120, tries: 5 }
    }
}

/// Whether an answer belongs to a command: it begins with the same code, two bytes long after FF.
#[must_use]
pub fn answers(command: &[u8], answer: &[u8]) -> bool {
    let length = if command.first() == Some(&0xFF) { 2 } else { 1 };
    command.get(..length).is_some_and(|code| answer.starts_with(code))
}

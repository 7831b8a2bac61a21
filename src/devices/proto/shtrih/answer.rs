//! Answers of a registrar read into values.

use super::bytes::Reader;
use super::refusal::Refusal;
use chrono::NaiveDateTime;

/// An answer that is no answer to rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerError {
    /// The registrar refused; its code, and what it asks for.
    Refused(u8, Refusal),
    /// The answer is too short or makes no sense.
    Malformed,
}

/// The data of an answer after code and error byte.
///
/// # Errors
/// When the registrar refused or the answer is too short.
pub fn body(answer: &[u8]) -> Result<Reader<'_>, AnswerError> {
    let code = if answer.first() == Some(&0xFF) { 2 } else { 1 };
    let rest = answer.get(code..).ok_or(AnswerError::Malformed)?;
    let (error, data) = rest.split_first().ok_or(AnswerError::Malformed)?;
    match Refusal::of(*error) {
        Some(refusal) => Err(AnswerError::Refused(*error, refusal)),
        None => Ok(Reader::new(data)),
    }
}

/// Reads the data of an answer.
///
/// # Errors
/// When the registrar refused or the answer is too short.
fn read<T>(answer: &[u8], values: impl FnOnce(&mut Reader<'_>) -> Option<T>) -> Result<T, AnswerError> {
    let mut reader = body(answer)?;
    values(&mut reader).ok_or(AnswerError::Malformed)
}

/// Which device it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Kind of device; 0 is a registrar.
    pub kind: u8,
    /// Version and subversion of the protocol.
    pub protocol: (u8, u8),
    /// Model.
    pub model: u8,
    /// Name of the model.
    pub name: String,
}

impl Identity {
    /// Reads the answer to `identify`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| {
            let (kind, _) = (from.byte()?, from.byte()?);
            let protocol = (from.byte()?, from.byte()?);
            let (model, _) = (from.byte()?, from.byte()?);
            let length = from.rest().len();
            Some(Self { kind, protocol, model, name: from.text(length)? })
        })
    }
}

/// What a registrar is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// The shift is open.
    ShiftOpen,
    /// The shift is open for more than 24 hours.
    ShiftExpired,
    /// The shift is closed.
    ShiftClosed,
    /// The date waits to be confirmed.
    ConfirmDate,
    /// A receipt is open.
    DocumentOpen,
    /// Another mode.
    Other(u8),
}

/// What the printer of a registrar is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PrintState {
    /// Nothing.
    Ready,
    /// No paper, nothing to print.
    NoPaper,
    /// The paper ended while printing.
    PaperEnded,
    /// The paper is in again; it waits for `go_on`.
    WaitsToGoOn,
    /// Printing.
    Printing,
}

/// The short state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Mode.
    pub mode: Mode,
    /// Printer.
    pub printer: PrintState,
    /// The cover is open.
    pub cover_open: bool,
    /// There is paper.
    pub paper: bool,
    /// The drawer is open.
    pub drawer_open: bool,
}

impl State {
    /// Reads the answer to `state`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| {
            from.byte()?;
            let flags = from.short()?;
            let mode = match from.byte()? & 0x0F {
                2 => Mode::ShiftOpen,
                3 => Mode::ShiftExpired,
                4 => Mode::ShiftClosed,
                6 => Mode::ConfirmDate,
                8 => Mode::DocumentOpen,
                other => Mode::Other(other),
            };
            let printer = match from.byte()? {
                1 => PrintState::NoPaper,
                2 => PrintState::PaperEnded,
                3 => PrintState::WaitsToGoOn,
                4 | 5 => PrintState::Printing,
                _ => PrintState::Ready,
            };
            let flag = |bit: u8| flags >> bit & 1 == 1;
            Some(Self { mode, printer, cover_open: flag(10), paper: flag(7), drawer_open: flag(11) })
        })
    }
}

/// State of the fiscal memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryState {
    /// Phase of life: 3 is the working one.
    pub phase: u8,
    /// The document begun; 0 none, 4 a receipt.
    pub document: u8,
    /// The shift is open.
    pub shift_open: bool,
    /// Warnings: bit 0 three days to live, 1 thirty days, 2 90 % full, 3 the operator has not answered.
    pub warnings: u8,
    /// When the last document was made.
    pub last_at: Option<NaiveDateTime>,
    /// Number of the fiscal memory.
    pub number: String,
    /// Number of the last document.
    pub last: u32,
}

impl MemoryState {
    /// Reads the answer to `memory_state`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| {
            let (phase, document, _, shift, warnings) =
                (from.byte()?, from.byte()?, from.byte()?, from.byte()?, from.byte()?);
            let last_at = from.moment()?;
            Some(Self {
                phase,
                document,
                shift_open: shift != 0,
                warnings,
                last_at,
                number: from.text(16)?,
                last: from.long()?,
            })
        })
    }
}

/// A document of the fiscal memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Kind: 2 opening of a shift, 3 receipt, 5 closing of a shift, 31 correction.
    pub kind: u8,
    /// The operator has confirmed it.
    pub confirmed: bool,
    /// When it was made.
    pub at: Option<NaiveDateTime>,
    /// Its number.
    pub number: u32,
    /// Its fiscal sign.
    pub sign: u32,
    /// Operation (tag 1054) and total in kopecks, of receipts and corrections.
    pub settled: Option<(u8, u64)>,
}

impl Found {
    /// Reads the answer to `find`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| {
            let (kind, confirmed) = (from.byte()?, from.byte()? != 0);
            let (at, number, sign) = (from.moment()?, from.long()?, from.long()?);
            let receipt = matches!(kind, 3 | 4 | 31 | 41);
            let settled = if receipt { Some((from.byte()?, from.number(5)?)) } else { None };
            Some(Self { kind, confirmed, at, number, sign, settled })
        })
    }
}

/// A receipt closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Change in kopecks.
    pub change: u64,
    /// Number and fiscal sign of the document; old firmware does not tell them.
    pub document: Option<(u32, u32)>,
    /// When it was made, where the firmware tells it.
    pub at: Option<NaiveDateTime>,
}

impl Closed {
    /// Reads the answer to `close_receipt`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| {
            let change = from.number(5)?;
            let document = from.long().zip(from.long());
            Some(Self { change, document, at: from.moment().flatten() })
        })
    }
}

/// A shift opened or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftDocument {
    /// Number of the shift.
    pub shift: u16,
    /// Number of the document.
    pub number: u32,
    /// Its fiscal sign.
    pub sign: u32,
}

impl ShiftDocument {
    /// Reads the answers to `open_shift` and `close_shift`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| Some(Self { shift: from.short()?, number: from.long()?, sign: from.long()? }))
    }
}

/// The shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShiftState {
    /// It is open.
    pub open: bool,
    /// Its number.
    pub number: u16,
    /// The last receipt's number within it.
    pub receipt: u16,
}

impl ShiftState {
    /// Reads the answer to `shift`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| Some(Self { open: from.byte()? != 0, number: from.short()?, receipt: from.short()? }))
    }
}

/// The exchange with the operator of fiscal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExchangeState {
    /// Documents not sent yet.
    pub waiting: u16,
    /// The first of them.
    pub first: u32,
    /// When it was made.
    pub first_at: Option<NaiveDateTime>,
}

impl ExchangeState {
    /// Reads the answer to `exchange`.
    ///
    /// # Errors
    /// As [`body`].
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        read(answer, |from| {
            from.take(2)?;
            Some(Self { waiting: from.short()?, first: from.long()?, first_at: from.moment()? })
        })
    }
}

/// The value of a money register, kopecks.
///
/// # Errors
/// As [`body`].
pub fn money(answer: &[u8]) -> Result<u64, AnswerError> {
    read(answer, |from| {
        from.byte()?;
        from.number(6)
    })
}

/// The number of a document in cash put in or taken out.
///
/// # Errors
/// As [`body`].
pub fn cash_document(answer: &[u8]) -> Result<u16, AnswerError> {
    read(answer, |from| {
        from.byte()?;
        from.short()
    })
}

/// Length in bytes of a document that is to be read.
///
/// # Errors
/// As [`body`].
pub fn document_length(answer: &[u8]) -> Result<u16, AnswerError> {
    read(answer, |from| {
        from.short()?;
        from.short()
    })
}

/// Text: the device's words about an error.
///
/// # Errors
/// As [`body`].
pub fn words(answer: &[u8]) -> Result<String, AnswerError> {
    read(answer, |from| {
        let length = from.rest().len();
        from.text(length)
    })
}

/// An order was carried out; what else the answer says does not matter.
///
/// # Errors
/// As [`body`].
pub fn done(answer: &[u8]) -> Result<(), AnswerError> {
    body(answer).map(|_| ())
}

//! Marking codes at the registrar (ФФД 1.2): checked, accepted, then bound to their items. The codes go as they
//! were scanned. That goods may be sold is not said here: that is for the module the law asks for.

use super::answer::{AnswerError, body};
use super::request::{Passwords, Request, order, request};
use super::tlv::{Tag, written};
use crate::devices::proto::fiscal::MARKING_MAX;

/// What is planned with the marked thing (tag 2003).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planned {
    /// A piece is sold.
    PieceSold,
    /// A part is sold.
    PartSold,
    /// A piece is returned.
    PieceReturned,
    /// A part is returned.
    PartReturned,
}

impl Planned {
    /// The value of tag 2003.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::PieceSold => 1,
            Self::PartSold => 2,
            Self::PieceReturned => 3,
            Self::PartReturned => 4,
        }
    }
}

/// The registrar asks the server itself, which may take long.
const CHECK_MS: u64 = 40_000;

impl Passwords {
    /// Checks a code; for a part `tags` are measure and quantity. `None` when the code is too long.
    #[must_use]
    pub fn check_marking(&self, code: &[u8], planned: Planned, tags: &[Tag]) -> Option<Request> {
        let tags = written(tags);
        let length = u8::try_from(code.len()).ok().filter(|_| code.len() <= MARKING_MAX)?;
        let tags_length = u8::try_from(tags.len()).ok().filter(|_| code.len() + tags.len() <= 240)?;
        Some(request(&[0xFF, 0x61], Some(self.administrator), CHECK_MS, false, |to| {
            to.byte(planned.code()).byte(0).byte(length).byte(tags_length).raw(code).raw(&tags);
        }))
    }

    /// Accepts the code checked last, or rejects it.
    #[must_use]
    pub fn accept_marking(&self, accept: bool) -> Request {
        order(&[0xFF, 0x69], self.administrator, |to| {
            to.byte(u8::from(accept));
        })
    }

    /// Binds a code that was accepted to the last item. `None` when the code is too long.
    #[must_use]
    pub fn bind_marking(&self, code: &[u8]) -> Option<Request> {
        let length = u8::try_from(code.len()).ok().filter(|_| code.len() <= MARKING_MAX)?;
        Some(request(&[0xFF, 0x67], Some(self.administrator), CHECK_MS, false, |to| {
            to.byte(length).raw(code);
        }))
    }
}

/// What a check said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkingCheck {
    /// The fiscal memory's own check: 0 not done, otherwise its bits.
    pub local: u8,
    /// Why there was none: 0 it was done, 1 codes of this kind are not checked, 2 no key, 3 wrong format.
    pub local_cause: u8,
    /// Kind of code recognised.
    pub kind: u8,
    /// The server's answer, when there was one: its code and the result (tag 2106).
    pub server: Option<(u8, u8)>,
}

impl MarkingCheck {
    /// Reads the answer to a check.
    ///
    /// # Errors
    /// When the registrar refused or the answer is too short.
    pub fn read(answer: &[u8]) -> Result<Self, AnswerError> {
        let mut from = body(answer)?;
        let mut values = || {
            let (local, local_cause, kind, more) = (from.byte()?, from.byte()?, from.byte()?, from.byte()?);
            let server = if more > 0 { Some((from.byte()?, from.byte()?)) } else { None };
            Some(Self { local, local_cause, kind, server })
        };
        values().ok_or(AnswerError::Malformed)
    }
}

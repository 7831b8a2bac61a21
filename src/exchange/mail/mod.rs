//! Letters on their way out: [`message`] makes the bytes of one, [`smtp`] hands them to a server, [`fake`] stands in
//! for a server.
//!
//! What a server says is told apart by what may follow from it: whatever was not handed over may be sent again, and
//! what was handed over and not answered is never sent again by itself.

pub mod fake;
pub mod message;
pub mod smtp;

use crate::kernel::problems::Outcome;

/// A letter ready to go: one addressee, the bytes as they will stand on the wire.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// The address of the sender.
    pub from: String,
    /// The address of the buyer.
    pub to: String,
    /// Headers and body, lines ended by CR LF, letters of seven bits.
    pub raw: String,
}

/// What came of an attempt; the words are those of the server, or of the system where no server was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The server has taken it.
    Taken(String),
    /// The server asks to come later (4xx); `slow` when it is asked too often (421, 450).
    Later {
        /// What it said.
        answer: String,
        /// It wants fewer letters, not only this one later.
        slow: bool,
    },
    /// The server does not take letters for this address (5xx at the addressee).
    NoAddress {
        /// What it said.
        answer: String,
        /// There is no such address at all (550 5.1.1).
        gone: bool,
    },
    /// The server will never take this letter (5xx elsewhere).
    Never(String),
    /// Nothing was handed over: the server was not reached, does not protect the line, does not know us.
    NotBegun(String),
    /// It was handed over, and no answer came.
    Unknown(String),
}

/// Hands letters to a server.
pub trait Carrier {
    /// Hands over one letter. `hand` is called once, when everything is agreed and just before the first byte of the
    /// letter itself: from then on it may have been delivered, whatever happens. When it fails nothing is sent.
    ///
    /// # Errors
    /// That of `hand`.
    fn carry(&mut self, letter: &Sealed, hand: &mut dyn FnMut() -> Outcome<()>) -> Outcome<Carried>;
}

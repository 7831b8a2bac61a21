//! Fiscal registrars that speak the protocol of Shtrih-M ("Протокол работы ККТ" 2.0, "Команды работы с ФН").
//!
//! - [`link`]: what the two links have in common: an exchange and how it may end.
//! - [`frame`], [`host`], [`device`]: the first link, ENQ, STX, ACK; scales of the same maker speak it too.
//! - [`numbered`]: the second link, numbered packets, for TCP and radio.
//! - [`bytes`], [`tlv`]: numbers, dates, texts and tags in messages.
//! - [`request`], [`answer`], [`refusal`]: commands, what comes back, and why not.
//! - [`marking`], [`older`]: commands for marked goods and for old firmware.
//! - [`script`]: a receipt as commands in their order.
//! - [`training`]: a registrar for training: the other side of all this.

pub mod answer;
pub mod bytes;
pub mod device;
pub mod frame;
pub mod host;
pub mod link;
pub mod marking;
pub mod numbered;
pub mod older;
pub mod refusal;
pub mod request;
pub mod script;
pub mod tlv;
pub mod training;

#[cfg(test)]
mod training_tests;

//! How a device is: its lamp, its trouble, its last exchanges. No words: the window has them.

use super::outcome::Reason;
use crate::devices::proto::escpos::status::{Obstacle, PrinterStatus};
use crate::devices::proto::scales::Reading;
use crate::devices::proto::scanner::scan::Scan;
use crate::devices::proto::shtrih::answer::PrintState;
use crate::devices::settings::DeviceSettings;
use crate::devices::wire::WireError;
use crate::kernel::moment::Moment;

/// Exchanges that are kept.
pub const EXCHANGES: usize = 200;

/// The lamp beside a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lamp {
    /// Switched off in the program.
    Off,
    /// Looked for.
    Searching,
    /// Ready.
    Ready,
    /// Carrying out an order.
    Busy,
    /// It needs a person.
    Trouble(Trouble),
}

/// Why a device needs a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It cannot be reached.
    Wire(WireError),
    /// It is reached and does not answer: switched off, or it speaks another language or speed.
    Silent,
    /// Its thread does not come back from the system.
    Hung,
    /// A printer stands still.
    Obstacle(Obstacle),
    /// A registrar does not print.
    Registrar(PrintState),
    /// The shift of the registrar is older than a day.
    ShiftExpired,
    /// The date of the registrar waits to be confirmed.
    ConfirmDate,
    /// The last order was refused.
    Refused(Reason),
}

/// What raw bytes were, where it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A scan.
    Scan(Scan),
    /// The state of a printer.
    Printer(PrinterStatus),
    /// A job for a printer: letters it lacks.
    Job {
        /// Letters printed as question marks.
        lost: usize,
    },
    /// The printer has come to the end of a job.
    Barrier,
    /// A command of the protocol of Shtrih-M by its code.
    Command(u16),
    /// An answer to a command: its code and its error, 0 for none.
    Answer(u16, u8),
    /// A control byte of a link.
    Control,
    /// A question to scales.
    AskWeight,
    /// What scales said.
    Weight(Reading),
    /// Lines for a display.
    Lines(String, String),
    /// A label.
    Label,
    /// A question to a service, or its answer with the status.
    Service(Option<u16>),
    /// Nothing known.
    Bytes,
}

/// Bytes that went over a wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// When.
    pub at: Moment,
    /// To the device, otherwise from it.
    pub out: bool,
    /// The bytes; of long ones the first [`KEPT`].
    pub bytes: Vec<u8>,
    /// How many there were.
    pub length: usize,
    /// What they were.
    pub parsed: Parsed,
}

/// Bytes of one exchange that are kept.
pub const KEPT: usize = 4096;

/// A device as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its settings.
    pub settings: DeviceSettings,
    /// Its lamp.
    pub lamp: Lamp,
    /// Since when.
    pub since: Moment,
    /// What it calls itself; empty when it does not.
    pub identity: String,
    /// Things it sent by itself: scans.
    pub events: u64,
    /// Exchanges so far, also those that are no longer kept.
    pub exchanges: u64,
}

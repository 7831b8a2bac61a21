//! What is asked of a registrar, whichever it is and however it is reached. Whether something was done is told in
//! three ways, and that nobody knows is one of its own.

pub use crate::devices::manager::order::JobKey;
use crate::devices::proto::escpos::document::Document;
use crate::devices::proto::fiscal::{FiscalReceipt, Person};
use crate::domain::retail::till::TillPaper;
use crate::kernel::moment::Moment;
use crate::kernel::text::Text;
use crate::text;
use std::sync::Arc;

/// Reaches the device of the workstation that gives a paper, on the thread that asks it; `None` where none is set up.
pub type Reach = Arc<dyn Fn(TillPaper) -> Option<Box<dyn Registrar>> + Send + Sync>;

/// What the registrar says of itself before anything is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What tells it from others: the number of its fiscal memory.
    pub device: String,
    /// Number of the last fiscal document: what is sent next will have a greater one.
    pub last_document: u32,
    /// A shift is open.
    pub shift_open: bool,
    /// It is open for more than 24 hours: it takes nothing but its closing.
    pub shift_expired: bool,
    /// Its number, or that of the last one.
    pub shift: u32,
    /// Cash in the drawer by its count, kopecks.
    pub cash: u64,
}

/// The registrar's totals of the shift, kopecks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShiftSums {
    /// Sales.
    pub sales: u64,
    /// Returns.
    pub returns: u64,
    /// Cash in the drawer.
    pub cash: u64,
}

/// A document in the fiscal memory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Its number; zero where there is none, as for cash put in.
    pub number: u32,
    /// Its sign.
    pub sign: u32,
    /// When; empty where the registrar did not say.
    pub at: Moment,
}

/// What became of something that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is done.
    Done(Made),
    /// It is certainly not done, for a cause that can be mended.
    NotDone(Text),
    /// It is certainly not done, and never will be as it is.
    Refused(Text),
    /// It may have been done.
    Unknown(Text),
}

/// What is no receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// Opens a shift.
    OpenShift(Person),
    /// Closes it.
    CloseShift(Person),
    /// Puts cash into the drawer, kopecks.
    CashIn(Person, u64),
    /// Takes it out, kopecks.
    CashOut(Person, u64),
    /// A copy of the last receipt.
    Copy,
}

/// A registrar that can be reached, or cannot.
pub trait Registrar {
    /// How it stands.
    ///
    /// # Errors
    /// Why it cannot be asked, with the remedy.
    fn standing(&mut self) -> Result<Standing, Text>;
    /// The totals of the shift by its own counters.
    ///
    /// # Errors
    /// Why it cannot be asked.
    fn sums(&mut self) -> Result<ShiftSums, Text>;
    /// Makes a receipt; it is sent once.
    fn receipt(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent;
    /// Looks what became of a receipt, and makes nothing.
    fn recover(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent;
    /// Does something that is no receipt; it is sent once.
    fn plain(&mut self, key: &JobKey, plain: &Plain) -> Sent;
    /// Prints a paper that is no fiscal document; it is sent once. `number` is the job's own.
    fn slip(&mut self, _key: &JobKey, _number: u32, _slip: &Document) -> Sent {
        Sent::Refused(text!("till-no-slip"))
    }
}

/// A registrar another process of this workstation talks to.
pub struct Elsewhere;

impl Registrar for Elsewhere {
    fn standing(&mut self) -> Result<Standing, Text> {
        Err(text!("till-other-window"))
    }
    fn sums(&mut self) -> Result<ShiftSums, Text> {
        Err(text!("till-other-window"))
    }
    fn receipt(&mut self, _: &JobKey, _: u32, _: &FiscalReceipt) -> Sent {
        Sent::NotDone(text!("till-other-window"))
    }
    fn recover(&mut self, _: &JobKey, _: u32, _: &FiscalReceipt) -> Sent {
        Sent::Unknown(text!("till-other-window"))
    }
    fn plain(&mut self, _: &JobKey, _: &Plain) -> Sent {
        Sent::NotDone(text!("till-other-window"))
    }
}

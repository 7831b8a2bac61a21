//! Orders by the kind of device. A handle is cheap, names its device by identifier, and stays good when the device
//! is lost, set up anew or taken away.

use super::Manager;
use super::order::{FiscalJob, FiscalTask, JobKey, Order, RegistrarState, ShiftTotals};
use super::outcome::{FiscalDone, Outcome, PrintedReceipt, Reason};
use super::pending::{Pending, Reply, Unanswered};
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::document::Document;
use crate::devices::proto::escpos::status::PrinterStatus;
use crate::devices::proto::fiscal::Person;
use crate::devices::proto::scales::Reading;
use crate::devices::proto::shtrih::answer::Found;

macro_rules! handle {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name {
            manager: Manager,
            id: String,
        }

        impl $name {
            /// Of a device.
            #[must_use]
            pub fn new(manager: &Manager, id: &str) -> Self {
                Self { manager: manager.clone(), id: id.to_owned() }
            }

            fn ask<T: Unanswered>(&self, order: impl FnOnce(Reply<T>) -> Order) -> Pending<T> {
                Pending::ask(|reply| self.manager.give(&self.id, order(reply)))
            }
        }
    };
}

handle! {
    /// A receipt printer.
    ReceiptPrinter
}
handle! {
    /// A fiscal registrar.
    Registrar
}
handle! {
    /// Scales.
    Scale
}
handle! {
    /// A customer display.
    Display
}
handle! {
    /// A label printer.
    LabelPrinter
}

impl ReceiptPrinter {
    /// Prints a receipt. `job` is the job's own number: printers that can repeat it when it is on paper.
    #[must_use]
    pub fn print(&self, job: u32, document: Document) -> Pending<Outcome<PrintedReceipt>> {
        self.ask(|reply| Order::Print(job, document, reply))
    }
    /// Prints one line for each table of letters: a person says which one can be read.
    #[must_use]
    pub fn table_sheet(&self, sample: &str) -> Pending<Outcome<PrintedReceipt>> {
        self.ask(|reply| Order::TableSheet(sample.to_owned(), reply))
    }
    /// The state.
    #[must_use]
    pub fn status(&self) -> Pending<Result<PrinterStatus, Reason>> {
        self.ask(Order::PrinterStatus)
    }
}

impl Registrar {
    /// The state; its last document is to be kept with a job before the job is sent.
    #[must_use]
    pub fn state(&self) -> Pending<Result<RegistrarState, Reason>> {
        self.ask(Order::RegistrarState)
    }
    /// Totals of the shift by the registrar's own counters.
    #[must_use]
    pub fn totals(&self) -> Pending<Result<ShiftTotals, Reason>> {
        self.ask(Order::Totals)
    }
    /// Makes a receipt. It is sent once: when its answer is lost the registrar is asked what it has done, and only
    /// when that cannot be told the outcome is unknown.
    #[must_use]
    pub fn receipt(&self, job: FiscalJob) -> Pending<Outcome<FiscalDone>> {
        self.ask(|reply| Order::Receipt(job, reply))
    }
    /// Looks what became of a receipt that was sent, and makes nothing: done, certainly not done, or still unknown.
    #[must_use]
    pub fn recover(&self, job: FiscalJob) -> Pending<Outcome<FiscalDone>> {
        self.ask(|reply| Order::Recover(job, reply))
    }
    /// Opens a shift in the name of a cashier; `key` as in [`FiscalJob`].
    #[must_use]
    pub fn open_shift(&self, key: JobKey, cashier: Person) -> Pending<Outcome<FiscalDone>> {
        self.task(key, FiscalTask::OpenShift(cashier))
    }
    /// Closes the shift: the Z report.
    #[must_use]
    pub fn close_shift(&self, key: JobKey, cashier: Person) -> Pending<Outcome<FiscalDone>> {
        self.task(key, FiscalTask::CloseShift(cashier))
    }
    /// The X report.
    #[must_use]
    pub fn x_report(&self, key: JobKey, cashier: Person) -> Pending<Outcome<FiscalDone>> {
        self.task(key, FiscalTask::XReport(cashier))
    }
    /// Puts cash into the drawer, kopecks.
    #[must_use]
    pub fn cash_in(&self, key: JobKey, cashier: Person, kopecks: u64) -> Pending<Outcome<FiscalDone>> {
        self.task(key, FiscalTask::CashIn(cashier, kopecks))
    }
    /// Takes cash out of the drawer, kopecks.
    #[must_use]
    pub fn cash_out(&self, key: JobKey, cashier: Person, kopecks: u64) -> Pending<Outcome<FiscalDone>> {
        self.task(key, FiscalTask::CashOut(cashier, kopecks))
    }
    /// Another plain order.
    #[must_use]
    pub fn task(&self, key: JobKey, task: FiscalTask) -> Pending<Outcome<FiscalDone>> {
        self.ask(|reply| Order::Task(key, task, reply))
    }
    /// A fiscal document by its number.
    #[must_use]
    pub fn find(&self, number: u32) -> Pending<Result<Found, Reason>> {
        self.ask(|reply| Order::Find(number, reply))
    }
}

impl Scale {
    /// The weight in tenths of a gram, once it rests.
    #[must_use]
    pub fn weigh(&self) -> Pending<Result<i64, Reason>> {
        self.ask(Order::Weigh)
    }
    /// What the scales say now, at rest or not.
    #[must_use]
    pub fn reading(&self) -> Pending<Result<Reading, Reason>> {
        self.ask(Order::Reading)
    }
}

impl Display {
    /// Shows two lines of twenty letters.
    #[must_use]
    pub fn show(&self, upper: &str, lower: &str) -> Pending<Result<(), Reason>> {
        self.ask(|reply| Order::Show(upper.to_owned(), lower.to_owned(), reply))
    }
}

impl LabelPrinter {
    /// Prints a label so many times.
    #[must_use]
    pub fn print(&self, label: Bitmap, copies: u16) -> Pending<Outcome<()>> {
        self.ask(|reply| Order::Label(label, copies, reply))
    }
}

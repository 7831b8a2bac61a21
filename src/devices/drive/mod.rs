//! One conversation with a device after another, over any wire. Drivers run on the thread of their device.
//!
//! - [`scanner`], [`printer`], [`scale`], [`display`], [`labels`]: by kind.
//! - [`registrar`]: fiscal registrars of Shtrih-M; [`atol`]: of АТОЛ through their service.
//! - [`probe`]: which kind of device answers at an address.
//! - [`link`]: one exchange over the link registrars and some scales share.

pub mod atol;
pub mod display;
pub mod labels;
pub mod link;
pub mod printer;
pub mod probe;
pub mod registrar;
pub mod scale;
pub mod scanner;

use super::manager::io::Io;
use super::manager::order::Order;
use super::manager::view::Trouble;
use super::settings::{Address, DeviceSettings, Kind, RegistrarSettings};

/// Talks to one device.
pub trait Drive: Send {
    /// Greets the device after its wire was opened; gives what it calls itself.
    ///
    /// # Errors
    /// When it is not there or not what it should be.
    fn begin(&mut self, io: &mut Io) -> Result<String, Trouble>;

    /// Carries out an order and answers it; gives the trouble the device is in afterwards.
    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble>;

    /// Looks after the device between orders; gives the trouble it is in.
    fn idle(&mut self, io: &mut Io) -> Option<Trouble>;

    /// Milliseconds to wait for an order before [`Drive::idle`]; 0 for a device that speaks by itself and is
    /// listened to there.
    fn pause_ms(&self) -> u64 {
        500
    }

    /// The connection may be closed between jobs.
    fn rests(&self) -> bool {
        false
    }
}

/// The driver of a device.
#[must_use]
pub fn driver(settings: &DeviceSettings) -> Box<dyn Drive> {
    match &settings.kind {
        Kind::Scanner(own) => Box::new(scanner::ScannerDrive::new(own, &settings.address)),
        Kind::Printer(own) => Box::new(printer::PrinterDrive::new(*own)),
        Kind::Registrar(RegistrarSettings::Shtrih { cashier, administrator, numbered }) => {
            Box::new(registrar::ShtrihDrive::new(*cashier, *administrator, *numbered))
        }
        // The training registrar speaks the protocol of Shtrih-M, whatever is chosen.
        Kind::Registrar(RegistrarSettings::Atol { device }) => match &settings.address {
            Address::Tcp(place) => Box::new(atol::AtolDrive::new(place.clone(), device)),
            _ => Box::new(registrar::ShtrihDrive::new(1, 30, false)),
        },
        Kind::Scale(own) => Box::new(scale::ScaleDrive::new(*own)),
        Kind::Display(own) => Box::new(display::DisplayDrive::new(*own)),
        Kind::Labels(own) => Box::new(labels::LabelDrive::new(*own)),
    }
}

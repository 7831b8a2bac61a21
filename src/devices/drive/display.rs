//! Customer displays: they say nothing, so all that is known of them is whether the wire is there.

use super::Drive;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::Order;
use crate::devices::manager::outcome::Reason;
use crate::devices::manager::view::{Parsed, Trouble};
use crate::devices::settings::DisplaySettings;

/// How long two lines may take, milliseconds.
const WRITE_MS: u64 = 1000;

/// The driver of a display.
pub struct DisplayDrive {
    settings: DisplaySettings,
}

impl DisplayDrive {
    /// With its settings.
    #[must_use]
    pub fn new(settings: DisplaySettings) -> Self {
        Self { settings }
    }
}

impl Drive for DisplayDrive {
    fn begin(&mut self, io: &mut Io) -> Result<String, Trouble> {
        let written = io.write(&self.settings.profile().begin(), WRITE_MS, Parsed::Control);
        written.map(|()| String::new()).map_err(|failed| Trouble::Wire(failed.error))
    }

    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble> {
        let Order::Show(upper, lower, reply) = order else {
            order.refuse(Reason::Unsupported);
            return None;
        };
        let bytes = self.settings.profile().show(&upper, &lower);
        match io.write(&bytes, WRITE_MS, Parsed::Lines(upper, lower)) {
            Ok(()) => {
                reply.give(Ok(()));
                None
            }
            Err(failed) => {
                reply.refuse(Reason::NotConnected(failed.error.clone()));
                Some(Trouble::Wire(failed.error))
            }
        }
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        // Nothing is expected; a wire that is lost says so.
        let _ = io.read(0);
        None
    }
}

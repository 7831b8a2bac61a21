//! Label printers.

use super::Drive;
use crate::devices::manager::io::Io;
use crate::devices::manager::order::Order;
use crate::devices::manager::outcome::{Doubt, Outcome, Reason};
use crate::devices::manager::view::{Parsed, Trouble};
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::status::Obstacle;
use crate::devices::proto::labels::write::label;
use crate::devices::proto::labels::{LabelLanguage, LabelState, TSPL_STATE, tspl_state};
use crate::devices::settings::LabelSettings;

/// How long a label may take to be taken, milliseconds.
const WRITE_MS: u64 = 20_000;
/// How long a printer may take to say how it is.
const STATE_MS: u64 = 300;

/// The driver of a label printer.
pub struct LabelDrive {
    settings: LabelSettings,
}

impl LabelDrive {
    /// With its settings.
    #[must_use]
    pub fn new(settings: LabelSettings) -> Self {
        Self { settings }
    }

    /// Why it cannot print, where it says so; many do not.
    fn obstacle(&self, io: &mut Io) -> Option<Obstacle> {
        if self.settings.speech() != LabelLanguage::Tspl || !io.answers() || io.clear().is_err() {
            return None;
        }
        io.write(&TSPL_STATE, STATE_MS, Parsed::Control).ok()?;
        let answer = io.read(STATE_MS).ok()?;
        Some(match tspl_state(*answer.first()?) {
            LabelState::Ready | LabelState::Printing => return None,
            LabelState::HeadOpen => Obstacle::CoverOpen,
            LabelState::NoPaper => Obstacle::NoPaper,
            LabelState::Jam | LabelState::NoRibbon | LabelState::Other => Obstacle::Error,
            LabelState::Paused => Obstacle::Offline,
        })
    }

    fn print(&self, picture: &Bitmap, copies: u16, io: &mut Io) -> Outcome<()> {
        if let Some(obstacle) = self.obstacle(io) {
            return Outcome::NotPrinted(Reason::Obstacle(obstacle));
        }
        let bytes = label(self.settings.speech(), self.settings.size(), picture, copies);
        match io.write(&bytes, WRITE_MS, Parsed::Label) {
            Ok(()) => Outcome::Printed(()),
            Err(failed) if failed.taken == 0 => Outcome::NotPrinted(Reason::NotConnected(failed.error)),
            Err(failed) => Outcome::Unknown(Doubt::BrokenOff(failed.error)),
        }
    }
}

impl Drive for LabelDrive {
    fn begin(&mut self, _: &mut Io) -> Result<String, Trouble> {
        Ok(String::new())
    }

    fn order(&mut self, order: Order, io: &mut Io) -> Option<Trouble> {
        let Order::Label(picture, copies, reply) = order else {
            order.refuse(Reason::Unsupported);
            return None;
        };
        let outcome = self.print(&picture, copies, io);
        let trouble = match &outcome {
            Outcome::NotPrinted(Reason::Obstacle(obstacle)) => Some(Trouble::Obstacle(*obstacle)),
            _ => None,
        };
        reply.give(outcome);
        trouble
    }

    fn idle(&mut self, io: &mut Io) -> Option<Trouble> {
        // Nothing is expected; a wire that is lost says so.
        let _ = io.read(0);
        None
    }

    fn rests(&self) -> bool {
        true
    }
}

//! Label printers: the whole label is drawn by the program and sent as dots, so that no printer's fonts matter.
//!
//! - [`write`]: a picture to TSPL, ZPL or EPL.
//! - [`read`]: back again, for the training printer and tests.

pub mod read;
pub mod write;

/// The language of a label printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelLanguage {
    /// TSPL (TSC and most Chinese printers).
    Tspl,
    /// ZPL II (Zebra).
    Zpl,
    /// EPL2 (older Zebra).
    Epl,
}

/// The label in the printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelSize {
    /// Width in millimetres.
    pub width: u16,
    /// Height in millimetres.
    pub height: u16,
    /// The gap between labels in millimetres; 0 for endless paper.
    pub gap: u16,
    /// Dots of a millimetre: 8 at 203 dots an inch, 12 at 300.
    pub dots: u16,
}

impl LabelSize {
    /// Dots across and down.
    #[must_use]
    pub fn in_dots(&self) -> (usize, usize) {
        let dots = |millimetres: u16| usize::from(millimetres) * usize::from(self.dots);
        (dots(self.width), dots(self.height))
    }
}

/// What a label printer says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelState {
    /// Ready.
    Ready,
    /// The head is open.
    HeadOpen,
    /// Paper is jammed.
    Jam,
    /// No labels.
    NoPaper,
    /// No ribbon.
    NoRibbon,
    /// Paused.
    Paused,
    /// Printing.
    Printing,
    /// Another trouble.
    Other,
}

/// The question about the state in TSPL.
pub const TSPL_STATE: [u8; 3] = [0x1B, 0x21, 0x3F];

/// The answer to [`TSPL_STATE`]: one byte; not yet proved on a device.
#[must_use]
pub fn tspl_state(byte: u8) -> LabelState {
    let causes = [
        (0x01, LabelState::HeadOpen),
        (0x02, LabelState::Jam),
        (0x04, LabelState::NoPaper),
        (0x08, LabelState::NoRibbon),
        (0x10, LabelState::Paused),
        (0x20, LabelState::Printing),
        (0x80, LabelState::Other),
    ];
    causes.into_iter().find(|(bit, _)| byte & bit != 0).map_or(LabelState::Ready, |(_, state)| state)
}

#[cfg(test)]
mod tests;

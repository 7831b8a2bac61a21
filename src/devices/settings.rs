//! Which devices a workstation has, where they are and how they are set. Kept with the user's settings of the
//! program, not in the base: another workstation has other devices. Written to a file and read from one as JSON.

mod address;

pub use address::{Address, Flow, Line, NetworkAddress, Parity, SerialAddress, UsbIdentity};

use super::proto::display::{DisplayLanguage, DisplayProfile};
use super::proto::escpos::profile::{Barrier, CodeTable, Knife, Profile, Raster, TextMode};
use super::proto::labels::{LabelLanguage, LabelSize};
use super::proto::letters::Letters;
use super::proto::scanner::keys::{PhysicalKey, Press};
use super::proto::scanner::scan::{Repeats, ScanSettings};
use super::proto::scanner::wedge::WedgeSettings;
use super::proto::shtrih::request::Passwords;
use serde::{Deserialize, Serialize};

/// A scanner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ScannerSettings {
    /// What it sends before a scan.
    pub prefix: String,
    /// What it sends after a scan, beside the end of the line.
    pub suffix: String,
    /// How it writes the separator of GS1 fields, when not as GS.
    pub separators: Vec<String>,
    /// Milliseconds within which the same code is one scan; 0 counts every repeat.
    pub repeats_ms: u64,
    /// TAB ends a scan.
    pub tab_ends: bool,
    /// Of a scanner that acts as a keyboard: the longest pause between two of its keys, milliseconds.
    pub gap_ms: u64,
}

impl Default for ScannerSettings {
    fn default() -> Self {
        let separators = vec!["<GS>".to_owned(), "\\x1D".to_owned()];
        Self {
            prefix: String::new(),
            suffix: String::new(),
            separators,
            repeats_ms: Repeats::USUAL_MS,
            tab_ends: true,
            gap_ms: 35,
        }
    }
}

impl ScannerSettings {
    /// How the keys of a scanner that acts as a keyboard are told from typing. A prefix is a function key (`F7`)
    /// or the signs it types.
    #[must_use]
    pub fn wedge(&self) -> WedgeSettings {
        WedgeSettings {
            gap_ms: self.gap_ms.clamp(10, 80),
            prefix: presses(&self.prefix),
            suffix: presses(&self.suffix),
            ..WedgeSettings::default()
        }
    }

    /// What is taken off a scan.
    #[must_use]
    pub fn additions(&self) -> ScanSettings {
        let bytes = |text: &String| text.as_bytes().to_vec();
        ScanSettings {
            prefix: bytes(&self.prefix),
            suffix: bytes(&self.suffix),
            separators: self.separators.iter().map(bytes).collect(),
        }
    }
}

/// The keys of a text: `F7` is a function key, everything else is typed.
fn presses(text: &str) -> Vec<Press> {
    let function = text.strip_prefix('F').and_then(|number| number.parse().ok());
    match function {
        Some(number @ 1..=24) => vec![Press::plain(PhysicalKey::Function(number))],
        _ => text.bytes().filter_map(Press::typing).collect(),
    }
}

/// Letters a printer or a display has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LettersSetting {
    /// CP866.
    #[default]
    Cp866,
    /// windows-1251.
    Cp1251,
    /// None that are Russian: lines are sent as pictures.
    Pictures,
}

impl LettersSetting {
    fn table(self) -> Option<Letters> {
        match self {
            Self::Cp866 => Some(Letters::Cp866),
            Self::Cp1251 => Some(Letters::Cp1251),
            Self::Pictures => None,
        }
    }
}

/// How the end of a job is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BarrierSetting {
    /// The printer answers when it comes to it.
    #[default]
    InOrder,
    /// The printer answers when everything is on paper.
    ProcessId,
    /// It does not answer.
    None,
}

/// A receipt printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrinterSettings {
    /// Width of the paper in millimetres, 58 or 80.
    pub paper: u8,
    /// Letters in a line; 0 as usual for the paper.
    pub columns: usize,
    /// Its letters.
    pub letters: LettersSetting,
    /// The number of their table in `ESC t`.
    pub table: u8,
    /// How the end of a job is known.
    pub barrier: BarrierSetting,
    /// It has a knife.
    pub knife: bool,
    /// Pictures as `ESC *`: for old models.
    pub old_pictures: bool,
    /// It prints linear codes itself.
    pub own_barcodes: bool,
    /// It prints QR codes itself.
    pub own_qr: bool,
    /// The pin of the drawer, 0 or 1.
    pub drawer_pin: u8,
}

impl Default for PrinterSettings {
    fn default() -> Self {
        Self {
            paper: 80,
            columns: 0,
            letters: LettersSetting::Cp866,
            table: 17,
            barrier: BarrierSetting::InOrder,
            knife: true,
            old_pictures: false,
            own_barcodes: true,
            own_qr: true,
            drawer_pin: 0,
        }
    }
}

impl PrinterSettings {
    /// As the writer of jobs wants it; a way that brings no answers back has no barrier.
    #[must_use]
    pub fn profile(&self, answers: bool) -> Profile {
        let usual = if self.paper == 58 { Profile::paper_58() } else { Profile::paper_80() };
        let barrier = match self.barrier {
            BarrierSetting::InOrder if answers => Barrier::InOrderStatus,
            BarrierSetting::ProcessId if answers => Barrier::ProcessId,
            _ => Barrier::None,
        };
        let text = self
            .letters
            .table()
            .map_or(TextMode::Pictures, |letters| TextMode::Table(CodeTable { letters, number: self.table }));
        Profile {
            columns: if self.columns == 0 { usual.columns } else { self.columns.clamp(16, 80) },
            text,
            raster: if self.old_pictures { Raster::Strips } else { Raster::Modern },
            own_barcodes: self.own_barcodes,
            own_qr: self.own_qr,
            barrier,
            knife: if self.knife { Knife::FeedAndCut } else { Knife::Tear(4) },
            drawer_pin: self.drawer_pin.min(1),
            ..usual
        }
    }
}

/// A fiscal registrar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", from = "WrittenRegistrar")]
pub enum RegistrarSettings {
    /// Shtrih-M and what speaks its protocol.
    Shtrih {
        /// The cashier's password.
        cashier: u32,
        /// The administrator's password.
        administrator: u32,
        /// It speaks the second link, numbered packets.
        numbered: bool,
    },
    /// АТОЛ through its service on this workstation.
    #[serde(rename = "atol_service")]
    Atol {
        /// Which of the service's registrars; empty for the one it has by default.
        device: String,
    },
}

/// A registrar as files have it; those of before one service had several registrars name none.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum WrittenRegistrar {
    Shtrih { cashier: u32, administrator: u32, numbered: bool },
    Atol,
    AtolService { device: String },
}

impl From<WrittenRegistrar> for RegistrarSettings {
    fn from(written: WrittenRegistrar) -> Self {
        match written {
            WrittenRegistrar::Shtrih { cashier, administrator, numbered } => {
                Self::Shtrih { cashier, administrator, numbered }
            }
            WrittenRegistrar::Atol => Self::Atol { device: String::new() },
            WrittenRegistrar::AtolService { device } => Self::Atol { device },
        }
    }
}

impl Default for RegistrarSettings {
    fn default() -> Self {
        let Passwords { cashier, administrator } = Passwords::default();
        Self::Shtrih { cashier, administrator, numbered: false }
    }
}

/// Which language scales speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScaleSettings {
    /// Massa-K, protocol 100.
    #[default]
    Massa,
    /// Shtrih-Print and Shtrih-Slim.
    Pos2,
    /// CAS type A.
    CasA,
    /// CAS type B.
    CasB,
    /// CAS PD-II.
    CasPdTwo,
}

/// A customer display.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DisplaySettings {
    /// It speaks the language of Epson, otherwise CD5220.
    pub epson: bool,
    /// Its letters; pictures mean CP866, a display draws none.
    pub letters: LettersSetting,
    /// The number of their table; 0 when there is nothing to choose.
    pub table: u8,
}

impl DisplaySettings {
    /// As the protocol wants it.
    #[must_use]
    pub fn profile(&self) -> DisplayProfile {
        DisplayProfile {
            language: if self.epson { DisplayLanguage::DmD } else { DisplayLanguage::Cd5220 },
            letters: self.letters.table().unwrap_or(Letters::Cp866),
            table: (self.table != 0).then_some(self.table),
        }
    }
}

/// A label printer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LabelSettings {
    /// Its language: `tspl`, `zpl` or `epl`.
    pub language: LabelSpeech,
    /// Width of a label in millimetres.
    pub width: u16,
    /// Height of a label in millimetres.
    pub height: u16,
    /// The gap between labels in millimetres; 0 for endless paper.
    pub gap: u16,
    /// Dots of a millimetre: 8 or 12.
    pub dots: u16,
}

/// Which language a label printer speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelSpeech {
    /// TSPL.
    #[default]
    Tspl,
    /// ZPL.
    Zpl,
    /// EPL.
    Epl,
}

impl Default for LabelSettings {
    fn default() -> Self {
        Self { language: LabelSpeech::Tspl, width: 58, height: 40, gap: 2, dots: 8 }
    }
}

impl LabelSettings {
    /// The language.
    #[must_use]
    pub fn speech(&self) -> LabelLanguage {
        match self.language {
            LabelSpeech::Tspl => LabelLanguage::Tspl,
            LabelSpeech::Zpl => LabelLanguage::Zpl,
            LabelSpeech::Epl => LabelLanguage::Epl,
        }
    }
    /// The size.
    #[must_use]
    pub fn size(&self) -> LabelSize {
        LabelSize { width: self.width, height: self.height, gap: self.gap, dots: self.dots }
    }
}

/// What a device is, with what only such a device needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A scanner.
    Scanner(ScannerSettings),
    /// A receipt printer.
    Printer(PrinterSettings),
    /// A fiscal registrar.
    Registrar(RegistrarSettings),
    /// Scales.
    Scale(ScaleSettings),
    /// A customer display.
    Display(DisplaySettings),
    /// A label printer.
    Labels(LabelSettings),
}

/// What a device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KindName {
    /// A scanner.
    Scanner,
    /// A receipt printer.
    Printer,
    /// A fiscal registrar.
    Registrar,
    /// Scales.
    Scale,
    /// A customer display.
    Display,
    /// A label printer.
    Labels,
}

impl KindName {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Scanner, Self::Printer, Self::Registrar, Self::Scale, Self::Display, Self::Labels];

    /// A device of the kind as it usually is.
    #[must_use]
    pub fn usual(self) -> Kind {
        match self {
            Self::Scanner => Kind::Scanner(ScannerSettings::default()),
            Self::Printer => Kind::Printer(PrinterSettings::default()),
            Self::Registrar => Kind::Registrar(RegistrarSettings::default()),
            Self::Scale => Kind::Scale(ScaleSettings::default()),
            Self::Display => Kind::Display(DisplaySettings::default()),
            Self::Labels => Kind::Labels(LabelSettings::default()),
        }
    }
}

impl Kind {
    /// Without its settings.
    #[must_use]
    pub fn name(&self) -> KindName {
        match self {
            Self::Scanner(_) => KindName::Scanner,
            Self::Printer(_) => KindName::Printer,
            Self::Registrar(_) => KindName::Registrar,
            Self::Scale(_) => KindName::Scale,
            Self::Display(_) => KindName::Display,
            Self::Labels(_) => KindName::Labels,
        }
    }
}

/// A device of the workstation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceSettings {
    /// Its identifier, never shown, never changed.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// It is in use.
    #[serde(default = "yes")]
    pub on: bool,
    /// Where it is.
    pub address: Address,
    /// What it is.
    pub kind: Kind,
}

fn yes() -> bool {
    true
}

impl DeviceSettings {
    /// It is a training device.
    #[must_use]
    pub fn is_training(&self) -> bool {
        self.address == Address::Training
    }
}

/// The devices as a file has them.
#[must_use]
pub fn written(devices: &[DeviceSettings]) -> String {
    serde_json::to_string_pretty(devices).unwrap_or_default()
}

/// The devices of a file.
///
/// # Errors
/// When the text is no such file; the reader's words about where it is wrong.
pub fn read(text: &str) -> Result<Vec<DeviceSettings>, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;

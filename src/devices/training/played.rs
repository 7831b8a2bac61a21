//! What each training device does with bytes.

use crate::devices::proto::display::Screen;
use crate::devices::proto::escpos::decoder::{Decoder, DecoderSettings, Printed};
use crate::devices::proto::escpos::status::{PrinterStatus, barrier_id};
use crate::devices::proto::labels::LabelLanguage;
use crate::devices::proto::labels::read::{self, labels};
use crate::devices::proto::scales::Reading;
use crate::devices::proto::scales::cas::{CasDevice, Dialect};
use crate::devices::proto::scales::massa::MassaDevice;
use crate::devices::proto::scales::pos2::Pos2Device;
use crate::devices::proto::shtrih::device::{Device, DeviceEvent};
use crate::devices::proto::shtrih::training::wire::Wired;
use crate::devices::proto::shtrih::training::{Paper, Registrar, Tape, TrainingSettings};
use crate::devices::settings::{DeviceSettings, Kind, LabelSettings, ScaleSettings};
use chrono::NaiveDateTime;

/// Parts of a paper roll that are kept.
const ROLL_MAX: usize = 2000;
/// Labels that are kept.
const LABELS_MAX: usize = 50;
/// Bytes of a label that may wait for their end.
const LABEL_BYTES_MAX: usize = 4 << 20;
/// How often scales that talk by themselves do so, milliseconds.
const TALK_MS: u64 = 200;

/// A training device of some kind.
pub enum Played {
    /// A scanner.
    Scanner(PlayedScanner),
    /// A receipt printer.
    Printer(PlayedPrinter),
    /// A fiscal registrar.
    Registrar(Box<PlayedRegistrar>),
    /// Scales.
    Scale(PlayedScale),
    /// A customer display.
    Display(Screen),
    /// A label printer.
    Labels(PlayedLabels),
}

/// A scanner: codes put before it wait to be sent.
#[derive(Default)]
pub struct PlayedScanner {
    waiting: Vec<Vec<u8>>,
    /// Codes scanned so far.
    pub scanned: u64,
}

impl PlayedScanner {
    /// Puts a code before the scanner.
    pub fn scan(&mut self, code: &[u8]) {
        self.waiting.push([code, b"\r\n"].concat());
        self.scanned += 1;
    }
}

/// A receipt printer.
pub struct PlayedPrinter {
    decoder: Decoder,
    /// What is on the roll, and what was done beside it.
    pub roll: Vec<Printed>,
    /// The state a person may change: paper, cover, knife.
    pub status: PrinterStatus,
    /// Times the drawer was opened.
    pub drawer: u64,
    /// Bytes that wait because the printer does not print.
    held: Vec<u8>,
    /// Answers to what waited.
    late: Vec<Vec<u8>>,
}

impl PlayedPrinter {
    fn new() -> Self {
        let decoder = Decoder::new(DecoderSettings::default());
        Self {
            decoder,
            roll: Vec::new(),
            status: PrinterStatus::default(),
            drawer: 0,
            held: Vec::new(),
            late: Vec::new(),
        }
    }

    /// Puts paper in, closes the cover, frees the knife; what waited is printed.
    pub fn mend(&mut self) {
        self.status = PrinterStatus::default();
        let held = std::mem::take(&mut self.held);
        let answers = self.take(&held);
        self.late.extend(answers);
    }

    fn take(&mut self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let mut replies = Vec::new();
        if self.status.obstacle().is_some() {
            // A printer that stands still answers questions all the same, and keeps the rest.
            let mut rest = bytes;
            while let Some((first, after)) = rest.split_first() {
                match rest {
                    [0x10, 0x04, number @ 1..=4, beyond @ ..] => {
                        replies.push(vec![self.answer(*number)]);
                        rest = beyond;
                    }
                    _ => {
                        self.held.push(*first);
                        rest = after;
                    }
                }
            }
            return replies;
        }
        for printed in self.decoder.take(bytes) {
            match &printed {
                Printed::Asked(ask) => replies.push(vec![self.status.byte(*ask)]),
                Printed::AskedInOrder(_) => replies.push(vec![0]),
                Printed::AskedDone(id) => {
                    let mut answer = vec![0x37, 0x22];
                    answer.extend(barrier_id(*id));
                    answer.push(0);
                    replies.push(answer);
                }
                Printed::Drawer(_) => self.drawer += 1,
                Printed::Reset | Printed::Strange(_) => {}
                _ => self.roll.push(printed),
            }
        }
        let beyond = self.roll.len().saturating_sub(ROLL_MAX);
        self.roll.drain(..beyond);
        replies
    }

    fn answer(&self, number: u8) -> u8 {
        use crate::devices::proto::escpos::status::Ask;
        let asked = Ask::ALL.into_iter().find(|ask| ask.number() == number);
        asked.map_or(0, |ask| self.status.byte(ask))
    }
}

/// A fiscal registrar.
pub struct PlayedRegistrar {
    /// The registrar behind its link, faults can be ordered.
    pub wired: Wired,
    /// What it has printed.
    pub tape: Vec<Tape>,
}

/// Scales.
pub struct PlayedScale {
    /// What lies on the platform.
    pub reading: Reading,
    speech: ScaleSpeech,
    talked_ms: u64,
}

enum ScaleSpeech {
    Massa(MassaDevice),
    Pos2(Device, Pos2Device),
    Cas(CasDevice),
}

impl PlayedScale {
    fn new(settings: ScaleSettings, now_ms: u64) -> Self {
        let reading = Reading { weight: 0, stable: true, overload: false };
        let cas = |dialect| ScaleSpeech::Cas(CasDevice { dialect, reading });
        let speech = match settings {
            ScaleSettings::Massa => ScaleSpeech::Massa(MassaDevice::default()),
            ScaleSettings::Pos2 => ScaleSpeech::Pos2(Device::default(), Pos2Device::default()),
            ScaleSettings::CasA => cas(Dialect::TypeA),
            ScaleSettings::CasB => cas(Dialect::TypeB),
            ScaleSettings::CasPdTwo => cas(Dialect::PdTwo),
        };
        Self { reading, speech, talked_ms: now_ms }
    }

    fn take(&mut self, bytes: &[u8], now_ms: u64) -> Vec<u8> {
        match &mut self.speech {
            ScaleSpeech::Massa(device) => {
                device.reading = self.reading;
                device.take(bytes)
            }
            ScaleSpeech::Cas(device) => {
                device.reading = self.reading;
                device.take(bytes)
            }
            ScaleSpeech::Pos2(link, device) => {
                device.reading = self.reading;
                let mut replies = Vec::new();
                for event in link.take(bytes, now_ms) {
                    match event {
                        DeviceEvent::Send(bytes) => replies.extend(bytes),
                        DeviceEvent::Command(command) => replies.extend(link.answer(&device.command(&command))),
                    }
                }
                replies
            }
        }
    }
}

/// A label printer.
pub struct PlayedLabels {
    language: LabelLanguage,
    buffer: Vec<u8>,
    /// Labels, the last one last.
    pub labels: Vec<read::Printed>,
}

impl PlayedLabels {
    fn new(settings: &LabelSettings) -> Self {
        Self { language: settings.speech(), buffer: Vec::new(), labels: Vec::new() }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if let Some(printed) = labels(self.language, &self.buffer).filter(|printed| !printed.is_empty()) {
            self.buffer.clear();
            self.labels.extend(printed);
            let beyond = self.labels.len().saturating_sub(LABELS_MAX);
            self.labels.drain(..beyond);
        } else if self.buffer.len() > LABEL_BYTES_MAX {
            self.buffer.clear();
        }
    }
}

fn registrar() -> PlayedRegistrar {
    let settings = TrainingSettings {
        name: "УЧЕБНАЯ ККТ".to_owned(),
        memory_number: "9999078900001234".to_owned(),
        serial: 1,
        // The window words error codes itself; the device shows their numbers.
        words: |code| format!("Ошибка {code:02X}h"),
    };
    PlayedRegistrar { wired: Wired::new(Registrar::new(settings)), tape: Vec::new() }
}

impl Played {
    /// A device of settings.
    #[must_use]
    pub fn of(settings: &DeviceSettings, now_ms: u64) -> Self {
        match &settings.kind {
            Kind::Scanner(_) => Self::Scanner(PlayedScanner::default()),
            Kind::Printer(_) => Self::Printer(PlayedPrinter::new()),
            Kind::Registrar(_) => Self::Registrar(Box::new(registrar())),
            Kind::Scale(scale) => Self::Scale(PlayedScale::new(*scale, now_ms)),
            Kind::Display(display) => Self::Display(Screen::new(display.profile().letters)),
            Kind::Labels(labels) => Self::Labels(PlayedLabels::new(labels)),
        }
    }

    /// Whether settings are still those of this device; a registrar keeps its memory whatever is set.
    #[must_use]
    pub fn suits(&self, settings: &DeviceSettings) -> bool {
        match (self, &settings.kind) {
            (Self::Scanner(_), Kind::Scanner(_))
            | (Self::Printer(_), Kind::Printer(_))
            | (Self::Registrar(_), Kind::Registrar(_))
            | (Self::Display(_), Kind::Display(_)) => true,
            (Self::Labels(own), Kind::Labels(labels)) => own.language == labels.speech(),
            (Self::Scale(own), Kind::Scale(scale)) => matches!(
                (&own.speech, scale),
                (ScaleSpeech::Massa(_), ScaleSettings::Massa) | (ScaleSpeech::Pos2(..), ScaleSettings::Pos2)
            ),
            _ => false,
        }
    }

    /// Takes bytes of the host; the answers, and how many milliseconds later each comes.
    pub(super) fn take(&mut self, bytes: &[u8], now_ms: u64, now: Option<NaiveDateTime>) -> Vec<(u64, Vec<u8>)> {
        let at_once = |bytes: Vec<u8>| if bytes.is_empty() { Vec::new() } else { vec![(0, bytes)] };
        match self {
            Self::Scanner(_) => Vec::new(),
            Self::Printer(printer) => printer.take(bytes).into_iter().map(|bytes| (0, bytes)).collect(),
            Self::Registrar(registrar) => {
                let replies = registrar.wired.take(bytes, now_ms, now.unwrap_or_default());
                registrar.tape.extend(registrar.wired.registrar.take_tape());
                let beyond = registrar.tape.len().saturating_sub(ROLL_MAX);
                registrar.tape.drain(..beyond);
                replies.into_iter().map(|reply| (reply.after_ms, reply.bytes)).collect()
            }
            Self::Scale(scale) => at_once(scale.take(bytes, now_ms)),
            Self::Display(screen) => {
                screen.take(bytes);
                Vec::new()
            }
            Self::Labels(labels) => {
                labels.take(bytes);
                Vec::new()
            }
        }
    }

    /// What the device says by itself.
    pub(super) fn says(&mut self, now_ms: u64) -> Vec<Vec<u8>> {
        match self {
            Self::Scanner(scanner) => std::mem::take(&mut scanner.waiting),
            Self::Printer(printer) => std::mem::take(&mut printer.late),
            Self::Scale(PlayedScale { reading, speech: ScaleSpeech::Cas(device), talked_ms })
                if device.dialect == Dialect::TypeB && now_ms.saturating_sub(*talked_ms) >= TALK_MS =>
            {
                *talked_ms = now_ms;
                device.reading = *reading;
                vec![device.answer()]
            }
            _ => Vec::new(),
        }
    }

    /// Whether a fault that was ordered has just pulled the cable.
    pub(super) fn pulls_its_cable(&self) -> bool {
        matches!(self, Self::Registrar(registrar) if registrar.wired.is_unplugged())
    }

    /// Puts paper into a printer or a registrar, or takes it out. A printer with paper goes on with what waits.
    pub fn set_paper(&mut self, present: bool) {
        match self {
            Self::Printer(printer) if present => printer.mend(),
            Self::Printer(printer) => {
                printer.status.paper_end = true;
                printer.status.offline = true;
            }
            Self::Registrar(registrar) => registrar.wired.registrar.set_paper(present),
            _ => {}
        }
    }

    /// Whether there is paper.
    #[must_use]
    pub fn has_paper(&self) -> bool {
        match self {
            Self::Printer(printer) => !printer.status.paper_end,
            Self::Registrar(registrar) => registrar.wired.registrar.paper() == Paper::Present,
            _ => true,
        }
    }
}

//! «Тест»: what is tried with each kind of device, and what came of it.

use super::words;
use crate::devices::manager::Manager;
use crate::devices::manager::handles::{Display, LabelPrinter, ReceiptPrinter, Registrar, Scale};
use crate::devices::manager::order::RegistrarState;
use crate::devices::manager::outcome::{Outcome, PrintedReceipt, Reason};
use crate::devices::manager::pending::Pending;
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::document::{Align, Barcode, BarcodeKind, Correction, Document, Element, Qr, Style};
use crate::devices::proto::shtrih::answer::Mode;
use crate::devices::settings::{DeviceSettings, Kind};
use crate::kernel::text::Text;
use crate::text;
use crate::ui::theme::Role;

/// A test on its way.
pub enum Trial {
    /// A sheet comes out of a printer.
    Print(Pending<Outcome<PrintedReceipt>>),
    /// A registrar is asked how it is.
    State(Pending<Result<RegistrarState, Reason>>),
    /// Scales weigh.
    Weigh(Pending<Result<i64, Reason>>),
    /// A display shows two lines.
    Show(Pending<Result<(), Reason>>),
    /// A label comes out.
    Label(Pending<Outcome<()>>),
}

/// A sentence with every Russian letter.
const SAMPLE: &str = "Съешь ещё этих мягких французских булок, да выпей чаю. ЁЖ № 5";

/// A sheet with everything a printer should be able to do.
fn sheet(name: &str) -> Document {
    let mut document = Document::default();
    let title = Style { align: Align::Center, bold: true, wide: true, ..Style::default() };
    document.styled(&text!("trial-title").show(), title);
    document.styled(name, Style { align: Align::Center, ..Style::default() });
    document.elements.push(Element::Rule('-'));
    document.text(SAMPLE);
    document.text(&SAMPLE.to_uppercase());
    document.text("0123456789 !?.,:;()+-*/=%");
    document.pair(&text!("trial-total").show(), "1 234,56", Style { bold: true, ..Style::default() });
    let barcode =
        Barcode { kind: BarcodeKind::Ean13, data: "4006381333931".to_owned(), height: 80, module: 3, text: true };
    document.elements.push(Element::Barcode { barcode, align: Align::Center });
    let qr = Qr { data: "https://example.org".into(), module: 6, correction: Correction::Medium };
    document.elements.push(Element::Qr { qr, align: Align::Center });
    document.elements.push(Element::Feed(1));
    document.elements.push(Element::Cut);
    document
}

/// A label with a frame and a diagonal: where it begins and ends is seen.
fn label(width: usize, height: usize) -> Bitmap {
    let mut picture = Bitmap::white(width, height);
    for x in 0..width {
        for y in 0..height {
            let frame = x < 4 || y < 4 || x + 4 >= width || y + 4 >= height;
            if frame || (x * height / width.max(1)).abs_diff(y) < 2 {
                picture.blacken(x, y);
            }
        }
    }
    picture
}

impl Trial {
    /// Begins the test of a device; `None` for a scanner, which is tried by scanning.
    ///
    /// # Errors
    /// What is to be done by hand.
    pub fn begin(manager: &Manager, device: &DeviceSettings) -> Result<Option<Self>, Text> {
        let id = &device.id;
        Ok(Some(match &device.kind {
            Kind::Scanner(_) => return Err(text!("trial-scan")),
            Kind::Printer(_) => Self::Print(ReceiptPrinter::new(manager, id).print(1, sheet(&device.name))),
            Kind::Registrar(_) => Self::State(Registrar::new(manager, id).state()),
            Kind::Scale(_) => Self::Weigh(Scale::new(manager, id).weigh()),
            Kind::Display(_) => {
                Self::Show(Display::new(manager, id).show(&text!("trial-upper").show(), &text!("trial-lower").show()))
            }
            Kind::Labels(own) => {
                let (width, height) = own.size().in_dots();
                Self::Label(LabelPrinter::new(manager, id).print(label(width, height), 1))
            }
        }))
    }

    /// Begins printing one line for each table of letters.
    #[must_use]
    pub fn tables(manager: &Manager, device: &DeviceSettings) -> Self {
        Self::Print(ReceiptPrinter::new(manager, &device.id).table_sheet(SAMPLE))
    }

    /// What is waited for.
    #[must_use]
    pub fn waits(&self) -> Text {
        match self {
            Self::Print(_) | Self::Label(_) => text!("trial-prints"),
            Self::State(_) | Self::Show(_) => text!("trial-asks"),
            Self::Weigh(_) => text!("trial-weighs"),
        }
    }

    /// What came of it, once.
    #[must_use]
    pub fn answer(&self) -> Option<(Role, Text)> {
        let failed = |reason: &Reason| (Role::Danger, words::of_reason(reason));
        match self {
            Self::Print(pending) => pending.take().map(|outcome| match &outcome {
                Outcome::Printed(done) if done.lost > 0 || done.left_out > 0 => {
                    let (lost, left) = (counted(done.lost), counted(done.left_out));
                    (Role::Warning, text!("trial-printed-lossy", lost = lost, left = left))
                }
                other => words::of_outcome(other, text!("trial-printed")),
            }),
            Self::Label(pending) => pending.take().map(|outcome| words::of_outcome(&outcome, text!("trial-printed"))),
            Self::State(pending) => pending.take().map(|state| match state {
                Ok(state) => (Role::Good, told(&state)),
                Err(reason) => failed(&reason),
            }),
            Self::Weigh(pending) => pending.take().map(|weight| match weight {
                Ok(weight) => (Role::Good, text!("trial-weight", weight = words::kilograms(weight))),
                Err(reason) => failed(&reason),
            }),
            Self::Show(pending) => pending.take().map(|shown| match shown {
                Ok(()) => (Role::Good, text!("trial-shown")),
                Err(reason) => failed(&reason),
            }),
        }
    }
}

fn counted(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The state of a registrar in a sentence.
fn told(state: &RegistrarState) -> Text {
    text!(
        "trial-registrar",
        model = &state.model,
        memory = &state.memory,
        mode = mode(state.mode),
        shift = i64::from(state.shift),
        last = i64::from(state.last_document),
        unsent = i64::from(state.unsent)
    )
}

/// What a registrar is in the middle of.
#[must_use]
pub fn mode(mode: Mode) -> Text {
    match mode {
        Mode::ShiftOpen => text!("mode-shift-open"),
        Mode::ShiftExpired => text!("mode-shift-expired"),
        Mode::ShiftClosed => text!("mode-shift-closed"),
        Mode::ConfirmDate => text!("mode-confirm-date"),
        Mode::DocumentOpen => text!("mode-document-open"),
        Mode::Other(_) => text!("mode-other"),
    }
}

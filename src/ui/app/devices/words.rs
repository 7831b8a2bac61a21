//! Lamps, troubles and outcomes in words: one sentence, and what to do about it.

use crate::devices::manager::outcome::{Doubt, Outcome, Reason};
use crate::devices::manager::view::{Lamp, Parsed, Trouble, View};
use crate::devices::proto::atol::answer::Blockage;
use crate::devices::proto::codes::{Code, classify};
use crate::devices::proto::escpos::status::Obstacle;
use crate::devices::proto::fiscal::{MarkingFault, Mistake};
use crate::devices::proto::scanner::scan::Scan;
use crate::devices::proto::shtrih::answer::PrintState;
use crate::devices::proto::shtrih::refusal::Refusal;
use crate::devices::settings::{Address, KindName, NetworkAddress, SerialAddress};
use crate::devices::wire::WireError;
use crate::kernel::text::Text;
use crate::text;
use crate::ui::icons::Icon;
use crate::ui::theme::Role;

/// The name of a kind of device.
#[must_use]
pub fn kind(kind: KindName) -> Text {
    match kind {
        KindName::Scanner => text!("device-kind-scanner"),
        KindName::Printer => text!("device-kind-printer"),
        KindName::Registrar => text!("device-kind-registrar"),
        KindName::Scale => text!("device-kind-scale"),
        KindName::Display => text!("device-kind-display"),
        KindName::Labels => text!("device-kind-labels"),
    }
}

/// The icon of a kind of device.
#[must_use]
pub fn icon(kind: KindName) -> Icon {
    match kind {
        KindName::Scanner => Icon::Barcode,
        KindName::Printer | KindName::Labels => Icon::Printer,
        KindName::Registrar => Icon::Receipt,
        KindName::Scale => Icon::Scales,
        KindName::Display => Icon::PlugsConnected,
    }
}

/// Where a device is.
#[must_use]
pub fn place(address: &Address) -> String {
    match address {
        Address::Training => text!("device-training").show(),
        Address::Serial(SerialAddress { port, line, .. }) => {
            text!("device-at-port", port = port, speed = i64::from(line.speed)).show()
        }
        Address::Tcp(NetworkAddress { host, port }) => format!("{host}:{port}"),
        Address::Hid(usb) => format!("USB {:04X}:{:04X} {}", usb.vendor, usb.product, usb.serial).trim().to_owned(),
        Address::Keyboard => text!("device-by-keyboard").show(),
        Address::PrinterFile(path) => path.clone(),
        Address::Spooler(name) => text!("device-at-queue", name = name).show(),
    }
}

/// The lamp: its colour and its words.
#[must_use]
pub fn lamp(lamp: &Lamp) -> (Role, Text) {
    match lamp {
        Lamp::Off => (Role::Disabled, text!("device-lamp-off")),
        Lamp::Searching => (Role::Warning, text!("device-lamp-searching")),
        Lamp::Ready => (Role::Good, text!("device-lamp-ready")),
        Lamp::Busy => (Role::Note, text!("device-lamp-busy")),
        Lamp::Trouble(_) => (Role::Danger, text!("device-lamp-trouble")),
    }
}

/// What to do about a device, or that nothing is to be done.
#[must_use]
pub fn remedy(view: &View) -> Text {
    match &view.lamp {
        Lamp::Off => text!("device-remedy-off"),
        Lamp::Searching => text!("device-remedy-searching", place = place(&view.settings.address)),
        Lamp::Ready | Lamp::Busy if view.settings.kind.name() == KindName::Scanner => {
            text!("device-remedy-scanner", count = i64::try_from(view.events).unwrap_or(i64::MAX))
        }
        Lamp::Ready | Lamp::Busy => text!("device-remedy-ready"),
        Lamp::Trouble(trouble) => of_trouble(trouble),
    }
}

/// What a trouble asks a person for.
#[must_use]
pub fn of_trouble(trouble: &Trouble) -> Text {
    match trouble {
        Trouble::Wire(error) => of_wire(error),
        Trouble::Silent => text!("device-silent"),
        Trouble::Hung => text!("device-hung"),
        Trouble::Obstacle(obstacle) => of_obstacle(*obstacle),
        Trouble::Registrar(PrintState::WaitsToGoOn) => text!("device-waits-to-go-on"),
        Trouble::Registrar(_) => text!("device-no-paper"),
        Trouble::ShiftExpired => text!("device-shift-expired"),
        Trouble::ConfirmDate => text!("device-confirm-date"),
        Trouble::Refused(reason) => of_reason(reason),
    }
}

/// Why a wire does not carry.
#[must_use]
pub fn of_wire(error: &WireError) -> Text {
    match error {
        WireError::NotFound => text!("device-not-found"),
        WireError::Taken => text!("device-taken"),
        WireError::Denied => text!("device-denied"),
        WireError::TimedOut => text!("device-timed-out"),
        WireError::Lost => text!("device-lost"),
        WireError::Other(said) => text!("device-wire-other", said = said),
    }
}

/// Why a printer stands still.
#[must_use]
pub fn of_obstacle(obstacle: Obstacle) -> Text {
    match obstacle {
        Obstacle::CoverOpen => text!("device-cover-open"),
        Obstacle::NoPaper => text!("device-no-paper"),
        Obstacle::Knife => text!("device-knife"),
        Obstacle::Broken => text!("device-broken"),
        Obstacle::Hot => text!("device-hot"),
        Obstacle::Error => text!("device-printer-error"),
        Obstacle::Feeding => text!("device-feeding"),
        Obstacle::Offline => text!("device-offline"),
    }
}

/// Why a registrar refused, and its own words where it has any.
#[must_use]
pub fn of_refusal(code: u8, refusal: Refusal, words: &str) -> Text {
    let known = match refusal {
        Refusal::Printing => text!("registrar-printing"),
        Refusal::WaitsToGoOn => text!("device-waits-to-go-on"),
        Refusal::ShiftExpired => text!("device-shift-expired"),
        Refusal::ShiftClosed => text!("registrar-shift-closed"),
        Refusal::ShiftOpen => text!("registrar-shift-open"),
        Refusal::ReceiptOpen => text!("registrar-receipt-open"),
        Refusal::NoReceipt => text!("registrar-no-receipt"),
        Refusal::PaidTooLittle => text!("registrar-paid-too-little"),
        Refusal::CardAboveTotal => text!("registrar-card-above-total"),
        Refusal::CashTooLittle => text!("registrar-cash-too-little"),
        Refusal::ZeroTotal => text!("registrar-zero-total"),
        Refusal::NoPaper => text!("device-no-paper"),
        Refusal::Knife => text!("device-knife"),
        Refusal::CoverOpen => text!("device-cover-open"),
        Refusal::Unsupported => text!("registrar-unsupported"),
        Refusal::WrongMode => text!("registrar-wrong-mode"),
        Refusal::Password => text!("registrar-password"),
        Refusal::ConfirmDate => text!("device-confirm-date"),
        Refusal::Parameters => text!("registrar-parameters"),
        Refusal::MemoryFull => text!("registrar-memory-full"),
        Refusal::Other => text!("registrar-other"),
    };
    let code = format!("{code:02X}");
    match words {
        "" => text!("registrar-refused", why = known, code = code),
        words => text!("registrar-refused-words", why = known, code = code, words = words),
    }
}

/// Why nothing was done.
#[must_use]
pub fn of_reason(reason: &Reason) -> Text {
    match reason {
        Reason::NoDevice => text!("device-none"),
        Reason::Off => text!("device-remedy-off"),
        Reason::NotConnected(error) => of_wire(error),
        Reason::Silent => text!("device-silent"),
        Reason::Obstacle(obstacle) => of_obstacle(*obstacle),
        Reason::Refused { code, refusal, words } => of_refusal(*code, *refusal, words),
        Reason::Service { code, words } => text!("device-service", code = *code, words = words),
        Reason::Blocked(why) => text!("device-queue-stopped", why = of_blockage(*why)),
        Reason::Marking { item, fault } => of_marking(*item, *fault),
        Reason::Mistake(mistake) => of_mistake(mistake),
        Reason::NotFound => text!("registrar-not-found"),
        Reason::Garbled => text!("device-garbled"),
        Reason::Withdrawn => text!("device-withdrawn"),
        Reason::Unsupported => text!("device-unsupported"),
        Reason::Unstable => text!("scale-unstable"),
        Reason::Empty => text!("scale-empty"),
        Reason::Overload => text!("scale-overload"),
    }
}

/// Why the service of АТОЛ has stopped its queue.
#[must_use]
pub fn of_blockage(why: Blockage) -> Text {
    match why {
        Blockage::Connection => text!("blockage-connection"),
        Blockage::Memory => text!("blockage-memory"),
        Blockage::Paper => text!("device-no-paper"),
        Blockage::Other => text!("blockage-other"),
    }
}

/// Why a marked thing may not be sold. Items are counted from one.
#[must_use]
pub fn of_marking(item: usize, fault: MarkingFault) -> Text {
    let row = i64::try_from(item).unwrap_or(0) + 1;
    match fault {
        MarkingFault::Wrong => text!("marking-wrong", row = row),
        MarkingFault::Status => text!("marking-status", row = row),
        MarkingFault::Stopped => text!("marking-stopped", row = row),
        MarkingFault::Unrecognized => text!("marking-unrecognized", row = row),
        MarkingFault::Unfinished => text!("marking-unfinished", row = row),
    }
}

/// What is wrong with a receipt before it is sent. Items are counted from one.
#[must_use]
pub fn of_mistake(mistake: &Mistake) -> Text {
    let row = |at: usize| i64::try_from(at).unwrap_or(0) + 1;
    let roubles = |kopecks: u64| format!("{},{:02}", kopecks / 100, kopecks % 100);
    match mistake {
        Mistake::Empty => text!("receipt-empty"),
        Mistake::Name(at) => text!("receipt-name", row = row(*at)),
        Mistake::Sum(at) => text!("receipt-sum", row = row(*at)),
        Mistake::TaxCode(at) => text!("receipt-tax", row = row(*at)),
        Mistake::Method(at) => text!("receipt-method", row = row(*at)),
        Mistake::Marking(at) => text!("receipt-marking", row = row(*at)),
        Mistake::Rounding => text!("receipt-rounding"),
        Mistake::PaidTooLittle(missing) => text!("receipt-paid-too-little", sum = roubles(*missing)),
        Mistake::WithoutCashAboveTotal(more) => text!("receipt-card-above", sum = roubles(*more)),
        Mistake::OwnMark => text!("receipt-mark"),
        Mistake::BuyerAddress => text!("receipt-address"),
    }
}

/// Why nobody knows.
#[must_use]
pub fn of_doubt(doubt: &Doubt) -> Text {
    match doubt {
        Doubt::BrokenOff(_) => text!("doubt-broken-off"),
        Doubt::NoAnswer => text!("doubt-no-answer"),
        Doubt::Stopped(obstacle) => text!("doubt-stopped", why = of_obstacle(*obstacle)),
        Doubt::Abandoned => text!("doubt-abandoned"),
        Doubt::Service => text!("doubt-service"),
    }
}

/// An outcome: its colour and its words; `done` are the words of success.
#[must_use]
pub fn of_outcome<T>(outcome: &Outcome<T>, done: Text) -> (Role, Text) {
    match outcome {
        Outcome::Printed(_) => (Role::Good, done),
        Outcome::NotPrinted(reason) => (Role::Danger, of_reason(reason)),
        Outcome::Unknown(doubt) => (Role::Warning, of_doubt(doubt)),
    }
}

/// A weight in tenths of a gram, in kilograms.
#[must_use]
pub fn kilograms(tenths: i64) -> String {
    let grams = tenths.unsigned_abs() / 10;
    format!("{}{},{:03}", if tenths < 0 { "-" } else { "" }, grams / 1000, grams % 1000)
}

/// What a scan means.
#[must_use]
pub fn of_scan(scan: &Scan) -> Text {
    let aim = scan.aim.map(|aim| aim.to_string()).unwrap_or_default();
    let code = scan.text().replace('\u{1d}', "<GS>");
    let means = match classify(scan, &[]) {
        Code::TradeItem { .. } => text!("scan-trade-item"),
        Code::Weighed(_) | Code::InStore(_) => text!("scan-in-store"),
        Code::Elements(_) => text!("scan-elements"),
        Code::Marking(_) => text!("scan-marking"),
        Code::Text { doubt: Some(_), .. } => text!("scan-doubtful"),
        Code::Text { .. } => text!("scan-text"),
    };
    match aim.as_str() {
        "" => text!("scan-parsed", code = code, means = means),
        aim => text!("scan-parsed-aim", code = code, means = means, aim = aim),
    }
}

/// What bytes were.
#[must_use]
pub fn of_parsed(parsed: &Parsed) -> Text {
    match parsed {
        Parsed::Scan(scan) => of_scan(scan),
        Parsed::Printer(status) => match status.obstacle() {
            Some(obstacle) => of_obstacle(obstacle),
            None if status.paper_near_end => text!("device-paper-near-end"),
            None => text!("device-lamp-ready"),
        },
        Parsed::Job { lost: 0 } => text!("parsed-job"),
        Parsed::Job { lost } => text!("parsed-job-lost", count = i64::try_from(*lost).unwrap_or(i64::MAX)),
        Parsed::Barrier => text!("parsed-barrier"),
        Parsed::Command(code) => text!("parsed-command", code = format!("{code:02X}")),
        Parsed::Answer(code, 0) => text!("parsed-answer", code = format!("{code:02X}")),
        Parsed::Answer(code, error) => {
            text!("parsed-answer-error", code = format!("{code:02X}"), error = format!("{error:02X}"))
        }
        Parsed::Control => text!("parsed-control"),
        Parsed::AskWeight => text!("parsed-ask-weight"),
        Parsed::Weight(reading) if reading.overload => text!("scale-overload"),
        Parsed::Weight(reading) if reading.stable => text!("scale-stable", weight = kilograms(reading.weight)),
        Parsed::Weight(reading) => text!("scale-moving", weight = kilograms(reading.weight)),
        Parsed::Lines(upper, lower) => text!("parsed-lines", upper = upper, lower = lower),
        Parsed::Label => text!("parsed-label"),
        Parsed::Service(None) => text!("parsed-question"),
        Parsed::Service(Some(status)) => text!("parsed-service", status = i64::from(*status)),
        Parsed::Bytes => text!("parsed-bytes"),
    }
}

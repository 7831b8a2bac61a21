//! Devices in the hands of the manager: training devices with everything that can go wrong, and a pseudo-terminal
//! that is pulled and plugged in again.

mod hangs;
mod network;
mod wire_faults;

use super::handles::{Display, LabelPrinter, ReceiptPrinter, Registrar, Scale};
use super::order::FiscalJob;
use super::outcome::{Doubt, Outcome, Proof, Reason};
use super::view::{Lamp, Parsed, Trouble};
use super::{Manager, NoPainter};
use crate::devices::proto::bitmap::Bitmap;
use crate::devices::proto::escpos::decoder::Printed;
use crate::devices::proto::escpos::document::Document;
use crate::devices::proto::escpos::status::Obstacle;
use crate::devices::proto::sample::receipt;
use crate::devices::proto::shtrih::answer::Mode;
use crate::devices::settings::{Address, DeviceSettings, Kind, KindName, ScaleSettings};
use crate::devices::training::Cable;
use crate::devices::training::played::Played;
use crate::kernel::clock::{Clock, steady_ms};
use crate::kernel::moment::{Date, Moment};
use std::sync::Arc;

fn manager_at(times: u64) -> Manager {
    let noon = Date::ymd(2026, 11, 26).unwrap().to_chrono().unwrap().and_hms_opt(12, 0, 0).unwrap();
    Manager::new(Clock::hurried(Moment::from(noon), 1, times), Arc::new(NoPainter), || {})
}

fn manager() -> Manager {
    manager_at(1)
}

fn device(kind: Kind) -> DeviceSettings {
    DeviceSettings { id: "1".to_owned(), name: "Учебное".to_owned(), on: true, address: Address::Training, kind }
}

/// A manager with one training device, ready.
fn with(kind: Kind) -> Manager {
    ready(manager(), kind)
}

/// How many times as fast a hurried device's time passes: half a minute in a second and a half, while a thread of a
/// busy machine that gets no turn for a third of a second is not taken for one that hangs.
const TIMES: u64 = 20;

/// The same with its time hurried.
fn hurried(kind: Kind) -> Manager {
    ready(manager_at(TIMES), kind)
}

fn ready(manager: Manager, kind: Kind) -> Manager {
    manager.apply(&[device(kind)]);
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
    manager
}

/// Waits for something that comes by itself.
fn until(mut come: impl FnMut() -> bool) {
    let limit = steady_ms() + 20_000;
    while !come() {
        assert!(steady_ms() < limit, "it never came");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn document() -> Document {
    let mut document = Document::default();
    document.text("Чай чёрный № 7");
    document
}

fn lines(manager: &Manager) -> Vec<String> {
    let text = |printed: &Printed| match printed {
        Printed::Line(spans) => Some(spans.iter().map(|span| span.text.as_str()).collect::<String>()),
        _ => None,
    };
    manager.training("1").unwrap().look(|played| match played {
        Played::Printer(printer) => printer.roll.iter().filter_map(text).collect(),
        _ => Vec::new(),
    })
}

#[test]
fn a_receipt_is_printed_and_its_end_is_answered() {
    let manager = with(KindName::Printer.usual());
    let printer = ReceiptPrinter::new(&manager, "1");
    let outcome = printer.print(7, document()).wait(10_000).unwrap();
    let Outcome::Printed(done) = outcome else { panic!("{outcome:?}") };
    assert_eq!((done.proof, done.lost), (Proof::Answered, 0));
    assert_eq!(lines(&manager), ["Чай чёрный № 7"]);
    let kinds: Vec<Parsed> = manager.exchanges("1").into_iter().map(|exchange| exchange.parsed).collect();
    assert!(kinds.contains(&Parsed::Job { lost: 0 }), "{kinds:?}");
}

#[test]
fn paper_that_ends_stops_the_job_and_never_doubles_it() {
    let manager = with(KindName::Printer.usual());
    let printer = ReceiptPrinter::new(&manager, "1");
    let roll = manager.training("1").unwrap();
    roll.change(|played| played.set_paper(false));
    let refused = printer.print(1, document()).wait(10_000).unwrap();
    assert_eq!(refused, Outcome::NotPrinted(Reason::Obstacle(Obstacle::NoPaper)));
    until(|| manager.view("1").unwrap().lamp == Lamp::Trouble(Trouble::Obstacle(Obstacle::NoPaper)));
    roll.change(|played| played.set_paper(true));
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
    assert!(matches!(printer.print(2, document()).wait(10_000), Some(Outcome::Printed(_))));
    assert_eq!(lines(&manager).len(), 1);
}

#[test]
fn a_cable_pulled_in_the_middle_leaves_the_outcome_unknown() {
    let manager = with(KindName::Printer.usual());
    let printer = ReceiptPrinter::new(&manager, "1");
    let roll = manager.training("1").unwrap();
    // The printer takes the job and stops before its end.
    let status = roll.clone();
    let pending = printer.print(3, document());
    until(|| {
        manager.exchanges("1").iter().any(|one| matches!(one.parsed, Parsed::Job { .. })) || pending_done(&status)
    });
    roll.set_cable(Cable::Pulled);
    let outcome = pending.wait(10_000).unwrap();
    assert!(matches!(outcome, Outcome::Unknown(Doubt::BrokenOff(_)) | Outcome::Printed(_)), "{outcome:?}");
    until(|| manager.view("1").unwrap().lamp != Lamp::Ready);
    let refused = printer.print(4, document()).wait(10_000).unwrap();
    assert!(matches!(refused, Outcome::NotPrinted(Reason::NotConnected(_))), "{refused:?}");
    roll.set_cable(Cable::In);
    let begun = steady_ms();
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
    assert!(steady_ms() - begun < 2000, "plugged in again it works within two seconds");
    assert_eq!(lines(&manager).len(), 1, "nothing is repeated by itself");
}

fn pending_done(training: &crate::devices::training::Training) -> bool {
    training.look(|played| matches!(played, Played::Printer(printer) if !printer.roll.is_empty()))
}

#[test]
fn a_device_that_hangs_keeps_nobody_waiting() {
    let manager = hurried(KindName::Printer.usual());
    manager.training("1").unwrap().set_cable(Cable::Hung);
    let printer = ReceiptPrinter::new(&manager, "1");
    let begun = steady_ms();
    let pending = printer.print(5, document());
    assert!(pending.take().is_none() && steady_ms() - begun < 200, "asking waits for nothing");
    assert!(manager.views().len() == 1 && manager.events().is_empty());
    assert_eq!(pending.wait(20_000), Some(Outcome::NotPrinted(Reason::Silent)));
    until(|| manager.view("1").unwrap().lamp == Lamp::Trouble(Trouble::Silent));
}

fn job(manager: &Manager) -> FiscalJob {
    let state = Registrar::new(manager, "1").state().wait(20_000).unwrap().unwrap();
    FiscalJob { key: "k".into(), after: Some(state.last_document), receipt: receipt() }
}

fn receipts(manager: &Manager) -> usize {
    manager.training("1").unwrap().look(|played| match played {
        Played::Registrar(own) => {
            own.wired.registrar.memory().documents().iter().filter(|document| document.settled.is_some()).count()
        }
        _ => 0,
    })
}

#[test]
fn a_shift_with_a_receipt_and_its_totals() {
    let manager = with(KindName::Registrar.usual());
    let registrar = Registrar::new(&manager, "1");
    assert_eq!(manager.view("1").unwrap().identity, "УЧЕБНАЯ ККТ");
    let closed = registrar.receipt(job(&manager)).wait(20_000).unwrap();
    let Outcome::NotPrinted(Reason::Refused { code: 0x3D, .. }) = closed else { panic!("{closed:?}") };
    let opened = registrar.open_shift("a".into(), receipt().cashier).wait(20_000).unwrap();
    assert!(matches!(&opened, Outcome::Printed(done) if done.number == Some(1)), "{opened:?}");
    let made = registrar.receipt(job(&manager)).wait(20_000).unwrap();
    let Outcome::Printed(done) = made else { panic!("{made:?}") };
    assert_eq!((done.number, done.change, done.found_later), (Some(2), receipt().change(), false));
    let found = registrar.find(2).wait(20_000).unwrap().unwrap();
    assert_eq!(found.settled, Some((1, receipt().total())));
    assert!(matches!(registrar.cash_in("b".into(), receipt().cashier, 5000).wait(20_000), Some(Outcome::Printed(_))));
    let totals = registrar.totals().wait(20_000).unwrap().unwrap();
    let cash = receipt().payments.cash - receipt().change();
    assert_eq!((totals.cash[0], totals.drawer), (cash, cash + 5000));
    let state = registrar.state().wait(20_000).unwrap().unwrap();
    assert_eq!((state.mode, state.last_document, state.unsent), (Mode::ShiftOpen, 2, 2));
    let z = registrar.close_shift("c".into(), receipt().cashier).wait(20_000).unwrap();
    assert!(matches!(z, Outcome::Printed(_)), "{z:?}");
}

#[test]
fn scales_of_every_dialect_weigh_at_rest_only() {
    use ScaleSettings::{CasA, CasB, CasPdTwo, Massa, Pos2};
    for dialect in [Massa, Pos2, CasA, CasB, CasPdTwo] {
        let manager = hurried(Kind::Scale(dialect));
        let scale = Scale::new(&manager, "1");
        let put = |weight: i64, stable: bool| {
            manager.training("1").unwrap().change(|played| {
                if let Played::Scale(own) = played {
                    (own.reading.weight, own.reading.stable) = (weight, stable);
                }
            });
        };
        put(12_340, true);
        assert_eq!(scale.weigh().wait(20_000), Some(Ok(12_340)), "{dialect:?}");
        put(500, false);
        assert_eq!(scale.weigh().wait(20_000), Some(Err(Reason::Unstable)), "{dialect:?}");
    }
}

#[test]
fn a_display_shows_and_a_label_comes_out() {
    let manager = with(KindName::Display.usual());
    assert_eq!(Display::new(&manager, "1").show("Чай", "120.00").wait(10_000), Some(Ok(())));
    let shown = manager.training("1").unwrap().look(|played| match played {
        Played::Display(screen) => screen.lines(),
        _ => Default::default(),
    });
    assert_eq!((shown[0].trim(), shown[1].trim()), ("Чай", "120.00"));
    let manager = with(KindName::Labels.usual());
    let mut picture = Bitmap::white(464, 320);
    picture.blacken(3, 5);
    let outcome = LabelPrinter::new(&manager, "1").print(picture.clone(), 2).wait(10_000).unwrap();
    assert_eq!(outcome, Outcome::Printed(()));
    manager.training("1").unwrap().look(|played| {
        let Played::Labels(own) = played else { panic!("no label printer") };
        assert_eq!((own.labels.len(), own.labels[0].copies), (1, 2));
        assert_eq!(own.labels[0].picture, picture);
    });
}

#[test]
fn scans_come_in_order_and_the_last_exchanges_are_kept() {
    let manager = with(KindName::Scanner.usual());
    let scanner = manager.training("1").unwrap();
    for at in 0..300 {
        scanner.change(|played| {
            if let Played::Scanner(own) = played {
                own.scan(format!("KT{at:05}").as_bytes());
            }
        });
    }
    let mut came = Vec::new();
    until(|| {
        came.extend(manager.events().into_iter().map(|event| event.scan.text()));
        came.len() >= 300
    });
    let expected: Vec<String> = (0..300).map(|at| format!("KT{at:05}")).collect();
    assert_eq!(came, expected);
    let exchanges = manager.exchanges("1");
    assert_eq!(exchanges.len(), super::view::EXCHANGES);
    assert!(matches!(&exchanges[199].parsed, Parsed::Scan(scan) if scan.text() == "KT00299"));
    assert_eq!(manager.view("1").unwrap().events, 300);
}

#[test]
fn an_order_to_no_device_or_to_one_switched_off_is_refused_at_once() {
    let manager = manager();
    let show = |manager: &Manager| Display::new(manager, "1").show("", "").take();
    assert_eq!(show(&manager), Some(Err(Reason::NoDevice)));
    manager.apply(&[DeviceSettings { on: false, ..device(KindName::Display.usual()) }]);
    assert_eq!(show(&manager), Some(Err(Reason::Off)));
    assert_eq!(manager.first(KindName::Display), None);
    manager.apply(&[device(KindName::Display.usual())]);
    assert_eq!(manager.first(KindName::Display).as_deref(), Some("1"));
    manager.apply(&[]);
    assert!(manager.views().is_empty());
}

#[cfg(unix)]
mod ports {
    use super::{device, manager, until};
    use crate::devices::manager::view::Lamp;
    use crate::devices::settings::{Address, KindName, Line, SerialAddress};
    use crate::kernel::clock::steady_ms;
    use serialport::{SerialPort, TTYPort};
    use std::io::Write;
    use std::path::Path;

    /// A scanner's end of a cable, plugged in under a name that stays.
    fn plug_in(name: &Path) -> TTYPort {
        let (far, near) = TTYPort::pair().unwrap();
        let _ = std::fs::remove_file(name);
        std::os::unix::fs::symlink(near.name().unwrap(), name).unwrap();
        far
    }

    #[test]
    fn a_scanner_unplugged_and_plugged_in_again_works_within_two_seconds() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("scanner");
        let mut far = plug_in(&name);
        let manager = manager();
        let port = SerialAddress { port: name.display().to_string(), usb: None, line: Line::default() };
        let mut settings = device(KindName::Scanner.usual());
        settings.address = Address::Serial(port);
        manager.apply(&[settings]);
        until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
        for round in 0..3 {
            let code = format!("46000000{round}");
            far.write_all(format!("{code}\r\n").as_bytes()).unwrap();
            let mut scans = Vec::new();
            until(|| {
                scans.extend(manager.events());
                !scans.is_empty()
            });
            assert_eq!(scans.iter().map(|event| event.scan.text()).collect::<Vec<_>>(), [code]);
            // Half a code, and the cable is pulled: nothing of it comes later.
            far.write_all(b"4601").unwrap();
            drop(far);
            std::fs::remove_file(&name).unwrap();
            until(|| manager.view("1").unwrap().lamp != Lamp::Ready);
            far = plug_in(&name);
            let begun = steady_ms();
            until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
            assert!(steady_ms() - begun < 2000, "{} ms", steady_ms() - begun);
            // What of it had been read before the cable was pulled ends there as a scan of its own, or not at all.
            let _ = manager.events();
        }
    }
}

//! A thread that hangs in the system is given up after ten seconds, and its device works again when it comes back.

use super::{TIMES, document, hurried, job, lines, receipts, until};
use crate::devices::manager::Manager;
use crate::devices::manager::handles::{ReceiptPrinter, Registrar};
use crate::devices::manager::outcome::{Doubt, Outcome, Reason};
use crate::devices::manager::view::{Lamp, Trouble};
use crate::devices::proto::sample::receipt;
use crate::devices::proto::shtrih::training::wire::Fault;
use crate::devices::settings::KindName;
use crate::devices::training::Cable;
use crate::devices::training::played::Played;
use crate::kernel::clock::steady_ms;

const LIMIT_MS: u64 = 60_000;

fn lamp(manager: &Manager) -> Lamp {
    manager.view("1").unwrap().lamp
}

#[test]
fn a_printer_whose_thread_hangs_is_given_up_and_works_again() {
    let manager = hurried(KindName::Printer.usual());
    let printer = ReceiptPrinter::new(&manager, "1");
    let device = manager.training("1").unwrap();
    device.set_cable(Cable::Stuck);
    let begun_ms = steady_ms() * TIMES;
    let given = printer.print(1, document()).wait(LIMIT_MS).unwrap();
    assert_eq!(given, Outcome::Unknown(Doubt::Abandoned), "nobody can say what the system will still do");
    let passed_ms = steady_ms() * TIMES - begun_ms;
    // The thread has beaten last at some moment of its pause before the order came.
    assert!(passed_ms > 9_000, "given up after {passed_ms} ms already");
    until(|| lamp(&manager) == Lamp::Trouble(Trouble::Hung));
    // The port is held by the thread that hangs: a new one keeps looking, and refuses what is asked meanwhile.
    assert_eq!(printer.print(2, document()).wait(LIMIT_MS), Some(Outcome::NotPrinted(Reason::Silent)));
    assert_eq!(lamp(&manager), Lamp::Trouble(Trouble::Hung));
    device.set_cable(Cable::In);
    until(|| lamp(&manager) == Lamp::Ready);
    assert!(matches!(printer.print(3, document()).wait(LIMIT_MS), Some(Outcome::Printed(_))));
    assert_eq!(lines(&manager).len(), 1, "what the thread had in hand was not printed behind its back");
}

#[test]
fn a_receipt_in_the_hands_of_a_thread_that_hangs_is_made_once() {
    for made in [false, true] {
        let manager = hurried(KindName::Registrar.usual());
        let registrar = Registrar::new(&manager, "1");
        assert!(matches!(
            registrar.open_shift("a".into(), receipt().cashier).wait(LIMIT_MS),
            Some(Outcome::Printed(_))
        ));
        let job = job(&manager);
        let device = manager.training("1").unwrap();
        if made {
            device.change(|played| {
                if let Played::Registrar(own) = played {
                    own.wired.order(&[0xFF, 0x45], Fault::Slow(25_000));
                }
            });
        } else {
            device.set_cable(Cable::Stuck);
        }
        let pending = registrar.receipt(job.clone());
        if made {
            until(|| receipts(&manager) == 1);
            device.set_cable(Cable::Stuck);
        }
        assert_eq!(pending.wait(LIMIT_MS), Some(Outcome::Unknown(Doubt::Abandoned)));
        device.set_cable(Cable::In);
        until(|| lamp(&manager) == Lamp::Ready);
        let mut outcome = registrar.recover(job.clone()).wait(LIMIT_MS).unwrap();
        if !made {
            assert_eq!(outcome, Outcome::NotPrinted(Reason::NotFound));
            outcome = registrar.receipt(job).wait(LIMIT_MS).unwrap();
        }
        let Outcome::Printed(done) = outcome else { panic!("{outcome:?}") };
        assert_eq!((done.number, done.found_later, receipts(&manager)), (Some(2), made, 1));
    }
}

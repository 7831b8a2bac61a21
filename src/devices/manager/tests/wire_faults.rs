//! Everything that can go wrong on the wire of a registrar, at every command of a receipt: one receipt comes of it.

use super::{hurried, job, receipts, until};
use crate::devices::manager::Manager;
use crate::devices::manager::handles::Registrar;
use crate::devices::manager::order::FiscalJob;
use crate::devices::manager::outcome::{FiscalDone, Outcome};
use crate::devices::manager::view::Lamp;
use crate::devices::proto::sample::receipt;
use crate::devices::proto::shtrih::training::wire::Fault;
use crate::devices::settings::KindName;
use crate::devices::training::Cable;
use crate::devices::training::played::Played;

/// Nothing, a wrong sum, a refusal, a slow answer and one that is slower than a control byte may be, a lost answer,
/// power that fails before and after, a cable that is pulled.
const FAULTS: [Option<Fault>; 9] = [
    None,
    Some(Fault::BadSum),
    Some(Fault::Refuse),
    Some(Fault::Slow(700)),
    Some(Fault::Slow(9_000)),
    Some(Fault::DropAnswer),
    Some(Fault::PowerLossBefore),
    Some(Fault::PowerLossAfter),
    Some(Fault::Unplugged),
];

/// The state of the memory, opening, an item, a tag.
const BEFORE: [&[u8]; 4] = [&[0xFF, 0x01], &[0x8D], &[0xFF, 0x46], &[0xFF, 0x0C]];
/// Closing: the one command that makes a document.
const CLOSE: &[u8] = &[0xFF, 0x45];

const LIMIT_MS: u64 = 60_000;

/// Sends a receipt, and again as often as it certainly was not made; what nobody knows is asked of the registrar.
fn persist(manager: &Manager, job: &FiscalJob) -> (FiscalDone, u32) {
    let registrar = Registrar::new(manager, "1");
    let mut outcome = registrar.receipt(job.clone()).wait(LIMIT_MS).unwrap();
    for again in 0..5 {
        match outcome {
            Outcome::Printed(done) => return (done, again),
            Outcome::NotPrinted(reason) => {
                assert_eq!(receipts(manager), 0, "said to be not printed: {reason:?}");
                plug_in(manager);
                outcome = registrar.receipt(job.clone()).wait(LIMIT_MS).unwrap();
            }
            Outcome::Unknown(_) => {
                plug_in(manager);
                outcome = registrar.recover(job.clone()).wait(LIMIT_MS).unwrap();
            }
        }
    }
    panic!("it does not come to an end: {outcome:?}");
}

fn plug_in(manager: &Manager) {
    manager.training("1").unwrap().set_cable(Cable::In);
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
}

/// One receipt with a fault at a command; how often it was tried again.
fn fails(command: &[u8], fault: Option<Fault>) -> u32 {
    let manager = hurried(KindName::Registrar.usual());
    let opened = Registrar::new(&manager, "1").open_shift("a".into(), receipt().cashier).wait(LIMIT_MS);
    assert!(matches!(opened, Some(Outcome::Printed(_))));
    let job = job(&manager);
    manager.training("1").unwrap().change(|played| {
        if let (Played::Registrar(own), Some(fault)) = (played, fault) {
            own.wired.order(command, fault);
        }
    });
    let (done, again) = persist(&manager, &job);
    assert_eq!((done.number, receipts(&manager)), (Some(2), 1), "{fault:?} at {command:02X?}");
    again
}

/// All of them at once, each at a till of its own: most of it is waiting.
fn all(cases: impl Iterator<Item = (&'static [u8], Option<Fault>)>) -> Vec<u32> {
    let begin = |(command, fault)| {
        let till = std::thread::Builder::new().name("a till".to_owned());
        till.spawn(move || fails(command, fault)).unwrap()
    };
    let begun: Vec<_> = cases.map(begin).collect();
    begun.into_iter().map(|one| one.join().unwrap()).collect()
}

#[test]
fn whatever_fails_on_the_wire_there_is_one_receipt() {
    let again = all(FAULTS.iter().map(|fault| (CLOSE, *fault)));
    for (fault, again) in FAULTS.into_iter().zip(again) {
        // What the link mends by itself is not seen by whoever has sent the receipt.
        let mended = !matches!(fault, Some(Fault::PowerLossBefore | Fault::Unplugged));
        assert_eq!(again == 0, mended, "{fault:?}: {again}");
    }
}

#[test]
fn whichever_command_of_a_receipt_it_is_that_fails_there_is_one_receipt() {
    let cases = BEFORE.iter().flat_map(|command| FAULTS.into_iter().map(|fault| (*command, fault)));
    assert_eq!(all(cases).len(), BEFORE.len() * FAULTS.len());
}

//! The service of АТОЛ through the manager's own driver: what gets lost is found, what waits in the queue is taken out
//! of it, and nothing comes out twice.

use super::served::{Shop, TIMES};
use crate::bases::today;
use kontora::devices::manager::Manager;
use kontora::devices::manager::handles::Registrar as Handle;
use kontora::devices::manager::order::{FiscalJob, FiscalTask, JobKey};
use kontora::devices::manager::outcome::{Doubt, FiscalDone, Outcome, Reason};
use kontora::devices::manager::pending::{Pending, Unanswered};
use kontora::devices::manager::view::{Lamp, Trouble};
use kontora::devices::proto::atol::answer::Blockage;
use kontora::devices::proto::atol::request::{Checks, REQUESTS, receipt, request};
use kontora::devices::proto::fiscal::{FiscalItem, FiscalReceipt, Payments, Person, ReceiptKind, TaxSystem};
use kontora::kernel::clock::{Clock, steady_ms};
use std::time::Duration;

fn cashier() -> Person {
    Person { name: "Щукина".to_owned(), tax_number: None }
}

fn sold(mark: &str) -> FiscalReceipt {
    let item = FiscalItem {
        name: "Чайник".to_owned(),
        quantity: 1_000_000,
        price: 12_200,
        sum: 12_200,
        tax_code: 11,
        method: 4,
        subject: 1,
        measure: Some(0),
        marking: None,
    };
    FiscalReceipt {
        kind: ReceiptKind::Sale,
        correction: None,
        tax_system: TaxSystem::General,
        cashier: cashier(),
        buyer_address: None,
        buyer: None,
        place: None,
        internet: false,
        own_mark: Some(mark.to_owned()),
        items: vec![item],
        payments: Payments { cash: 20_000, ..Payments::default() },
        rounding: 0,
    }
}

fn attempt(job: &str, attempt: u32) -> JobKey {
    JobKey { job: job.to_owned(), attempt }
}

fn job(key: &str, after: u32) -> FiscalJob {
    FiscalJob { key: key.into(), after: Some(after), receipt: sold(key) }
}

fn came<T>(pending: &Pending<Outcome<T>>) -> Outcome<T>
where
    Outcome<T>: Unanswered,
{
    pending.wait(60_000).unwrap()
}

/// The number of a document, and whether it was found by looking for it.
fn printed(outcome: &Outcome<FiscalDone>) -> (u32, bool) {
    let Outcome::Printed(done) = outcome else { panic!("{outcome:?}") };
    (done.number.unwrap(), done.found_later)
}

/// Waits for something that comes by itself.
fn until(mut come: impl FnMut() -> bool) {
    let limit = steady_ms() + 20_000;
    while !come() {
        assert!(steady_ms() < limit, "it never came");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A workstation at the service with its shift open; the document of the opening is number 1.
fn opened() -> (Shop, Manager, Handle) {
    let shop = Shop::new();
    let manager = shop.workstation(&Clock::hurried(today(), 7, TIMES));
    let registrar = Handle::new(&manager, "1");
    assert_eq!(printed(&came(&registrar.open_shift("open".into(), cashier()))), (1, false));
    (shop, manager, registrar)
}

#[test]
fn a_receipt_is_made_once_whatever_gets_lost() {
    let (shop, _manager, registrar) = opened();
    for (number, lose) in [(2, false), (3, true)] {
        let key = format!("key-{number}");
        shop.lock().lose = lose;
        // Given twice by mistake, and asked after: it is the same receipt.
        assert_eq!(printed(&came(&registrar.receipt(job(&key, 1)))), (number, false));
        assert_eq!(printed(&came(&registrar.receipt(job(&key, 1)))), (number, false));
        assert_eq!(printed(&came(&registrar.recover(job(&key, 1)))), (number, true));
    }
    let state = registrar.state().wait(60_000).unwrap().unwrap();
    assert_eq!((state.last_document, state.cash, state.shift), (3, 24_400, 1));
    assert_eq!(shop.lock().service.carried_out, ["openShift", "sell", "sell"]);
}

#[test]
fn copies_texts_and_the_drawer() {
    let (shop, _manager, registrar) = opened();
    let text = vec!["КОПИЯ".to_owned()];
    for (key, task) in [("copy", FiscalTask::Copy), ("text", FiscalTask::Text(text)), ("drawer", FiscalTask::Drawer)] {
        // The same key again is the same paper.
        for _ in 0..2 {
            let outcome = came(&registrar.task(key.into(), task.clone()));
            assert!(matches!(outcome, Outcome::Printed(_)), "{outcome:?}");
        }
    }
    assert_eq!(shop.lock().service.carried_out, ["openShift", "printLastReceiptCopy", "nonFiscal", "openCashDrawer"]);
}

#[test]
fn what_the_service_has_forgotten_the_fiscal_memory_remembers() {
    let (shop, _manager, registrar) = opened();
    assert_eq!(printed(&came(&registrar.receipt(job("a", 1)))), (2, false));
    assert_eq!(printed(&came(&registrar.receipt(job("b", 2)))), (3, false));
    shop.lock().service.forget();
    assert_eq!(printed(&came(&registrar.recover(job("a", 1)))), (2, true));
    assert_eq!(printed(&came(&registrar.recover(job("b", 1)))), (3, true));
    assert_eq!(came(&registrar.recover(job("c", 1))), Outcome::NotPrinted(Reason::NotFound));
    // Without a number or a mark nothing is called absent.
    let unknown = Outcome::Unknown(Doubt::NoAnswer);
    assert_eq!(came(&registrar.recover(FiscalJob { after: None, ..job("a", 1) })), unknown);
    let mut unmarked = job("c", 1);
    unmarked.receipt.own_mark = None;
    assert_eq!(came(&registrar.recover(unmarked)), unknown);
}

#[test]
fn a_task_behind_a_stopped_queue_is_taken_out_of_it_and_made_once_later() {
    let (shop, manager, registrar) = opened();
    shop.lock().service.blocked = Some(("other".to_owned(), Blockage::Paper));
    assert_eq!(came(&registrar.receipt(job("a", 1))), Outcome::NotPrinted(Reason::Blocked(Blockage::Paper)));
    until(|| manager.view("1").unwrap().lamp == Lamp::Trouble(Trouble::Refused(Reason::Blocked(Blockage::Paper))));
    shop.lock().service.unblock(false);
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
    assert_eq!(shop.lock().service.documents.len(), 1, "nothing comes out of it after it was told not printed");
    // The key that was taken back stays so: the job goes under another one.
    assert_eq!(came(&registrar.receipt(job("a", 1))), Outcome::NotPrinted(Reason::Withdrawn));
    let again = FiscalJob { key: attempt("a", 2), ..job("a", 1) };
    assert_eq!(printed(&came(&registrar.receipt(again))), (2, false));
    assert_eq!(shop.lock().service.documents.len(), 2);
}

#[test]
fn what_the_queue_is_stopped_at_stays_unknown_and_is_found_in_it() {
    for done in [true, false] {
        let (shop, _manager, registrar) = opened();
        shop.lock().service.held = true;
        let pending = registrar.receipt(job("a", 1));
        until(|| shop.lock().service.answer("GET", &format!("{REQUESTS}/a"), b"").0 == 200);
        shop.lock().service.block("a", Blockage::Connection);
        assert_eq!(came(&pending), Outcome::Unknown(Doubt::Service));
        assert_eq!(came(&registrar.recover(job("a", 1))), Outcome::Unknown(Doubt::Service));
        let mut served = shop.lock();
        served.service.unblock(done);
        served.service.release();
        drop(served);
        let found = came(&registrar.recover(job("a", 1)));
        if done {
            assert_eq!(printed(&found), (2, true));
        } else {
            assert!(matches!(&found, Outcome::NotPrinted(Reason::Service { code: 2, .. })), "{found:?}");
        }
    }
}

#[test]
fn a_sending_that_was_given_up_is_looked_for_before_the_next_one() {
    for printed_already in [false, true] {
        let (shop, _manager, registrar) = opened();
        let give = |name: &str| {
            let task = receipt(&sold("a"), &Checks::new()).unwrap();
            let body = request(name, &[task]).to_string();
            assert_eq!(shop.lock().service.answer("POST", REQUESTS, body.as_bytes()).0, 201);
        };
        // A person has said that the first is not printed; it waits in the queue, or has come out after all.
        shop.lock().service.held = !printed_already;
        give("a");
        let pending = registrar.receipt(FiscalJob { key: attempt("a", 3), ..job("a", 1) });
        if printed_already {
            assert_eq!(printed(&came(&pending)), (2, true));
        } else {
            until(|| shop.lock().service.answer("GET", &format!("{REQUESTS}/a-3"), b"").0 == 200);
            shop.lock().service.release();
            assert_eq!(printed(&came(&pending)), (2, false));
        }
        assert_eq!(shop.lock().service.documents.len(), 2, "one opening and one receipt");
    }
}

#[test]
fn a_registrar_the_service_does_not_have_is_told_in_its_words() {
    let shop = Shop::new();
    let clock = Clock::hurried(today(), 7, TIMES);
    let manager = shop.workstation(&clock);
    shop.lock().service.device = "3".to_owned();
    let missing = |lamp: &Lamp| match lamp {
        Lamp::Trouble(Trouble::Refused(Reason::Service { code: 404, words })) => words.contains("[2]"),
        _ => false,
    };
    until(|| missing(&manager.view("1").unwrap().lamp));
    shop.lock().service.device = "2".to_owned();
    until(|| manager.view("1").unwrap().lamp == Lamp::Ready);
    // A registrar that is not connected refuses a task as one whose key is known, and the key tells which it is.
    shop.lock().service.away = true;
    let outcome = came(&Handle::new(&manager, "1").receipt(job("a", 1)));
    assert!(matches!(&outcome, Outcome::NotPrinted(Reason::Service { code: 409, .. })), "{outcome:?}");
}

//! The same through the manager's own driver: the thread that talks to the registrar dies at a moment of chance, the
//! registrar loses its power, the wire garbles, refuses and delays. `KONTORA_TILL_DRIVEN=1000` asks for longer.

use super::bench::{fill, open, receipt, till, workstation};
use crate::bases::{or_say, places, today};
use crate::shared::switch;
use crate::simulate::Random;
use kontora::devices::manager::Manager;
use kontora::devices::manager::view::Lamp;
use kontora::devices::proto::shtrih::training::wire::Fault;
use kontora::devices::settings::{Address, DeviceSettings, KindName};
use kontora::devices::training::played::{Played, PlayedRegistrar};
use kontora::domain::retail::receipt::{FiscalState, TillReceipt};
use kontora::kernel::clock::{Clock, steady_ms};
use kontora::kernel::object::Declared as _;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::gate::Session;
use kontora::ops::till::device::DeviceRegistrar;
use kontora::ops::till::sale::sell;
use kontora::ops::till::work::{Step, run};
use kontora::ui::app::devices::words::{of_doubt, of_reason};
use std::time::Duration;

const FAULTS: [Fault; 4] = [Fault::BadSum, Fault::Refuse, Fault::Slow(30), Fault::Slow(120)];

/// Commands of a receipt: opening, item, tags, closing, the state of the memory.
const COMMANDS: [&[u8]; 5] = [&[0x8D], &[0xFF, 0x46], &[0xFF, 0x0C], &[0xFF, 0x45], &[0xFF, 0x01]];

fn registrar(manager: &Manager) -> DeviceRegistrar {
    DeviceRegistrar::new(manager, "1", of_reason, of_doubt)
}

fn device() -> DeviceSettings {
    let (id, name) = ("1".to_owned(), "Учебный".to_owned());
    DeviceSettings { id, name, on: true, address: Address::Training, kind: KindName::Registrar.usual() }
}

fn change(manager: &Manager, change: impl FnOnce(&mut PlayedRegistrar)) {
    manager.training("1").unwrap().change(|played| {
        if let Played::Registrar(own) = played {
            change(own);
        }
    });
}

/// Works the queue off, however often the device has to be asked.
fn settle(session: &Session, manager: &Manager) {
    let limit = steady_ms() + 120_000;
    loop {
        let last = or_say(run(session, till(session), &mut registrar(manager))).1;
        if matches!(last, Step::Idle) {
            return;
        }
        assert!(steady_ms() < limit, "the queue does not come to an end: {last:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn the_thread_of_the_registrar_dies_and_there_is_one_receipt_each() {
    let rounds = switch("KONTORA_TILL_DRIVEN").and_then(|rounds| rounds.parse().ok()).unwrap_or(12_u64);
    let place = places().remove(0);
    let session = or_say(Session::open(&place.address, Clock::fixed(today(), 5)));
    fill(&session);
    let manager = workstation(&session, KindName::Registrar);
    let shift = open(&session);
    settle(&session, &manager);
    let mut dice = Random::new(21);
    for number in 0..rounds {
        if dice.once_in(2) {
            let (command, fault) = (*dice.one(&COMMANDS).unwrap(), *dice.one(&FAULTS).unwrap());
            change(&manager, |own| own.wired.order(command, fault));
        }
        let amount = i64::try_from(1 + number % 7).unwrap();
        let sold = receipt(&session, shift, &[("T1", 1_000, 12_200), ("T2", amount * 1_000, 5_500)]);
        or_say(sell(&session, session.clock.unique(), &sold, None));
        let (wait_ms, power) = (u64::try_from(dice.below(120)).unwrap(), dice.once_in(4));
        std::thread::scope(|scope| {
            let dies = std::thread::Builder::new().name("the end of a thread".to_owned());
            let killer = dies.spawn_scoped(scope, || {
                std::thread::sleep(Duration::from_millis(wait_ms));
                manager.apply(&[]);
                if power {
                    change(&manager, |own| own.wired.registrar.lose_power());
                }
            });
            let _ = or_say(run(&session, till(&session), &mut registrar(&manager)));
            killer.unwrap().join().unwrap();
        });
        manager.apply(&[device()]);
        let limit = steady_ms() + 20_000;
        while manager.view("1").is_none_or(|view| view.lamp != Lamp::Ready) && steady_ms() < limit {
            std::thread::sleep(Duration::from_millis(5));
        }
        settle(&session, &manager);
    }
    let ids = or_say(session.store.ids_after(TillReceipt::META, 0, 1_000_000));
    let training = manager.training("1").unwrap();
    let papers: Vec<(u32, u64)> = training.look(|played| match played {
        Played::Registrar(own) => {
            let receipts = own.wired.registrar.memory().documents().iter().filter(|one| one.kind == 3);
            receipts.map(|one| (one.number, one.settled.map_or(0, |(_, total)| total))).collect()
        }
        _ => Vec::new(),
    });
    assert_eq!((ids.len(), papers.len()), (usize::try_from(rounds).unwrap(), ids.len()), "one receipt for each sale");
    for (id, (number, total)) in ids.into_iter().zip(papers) {
        let object = or_say(session.store.load(AnyRef::new(TillReceipt::TAG, id))).unwrap();
        let sale = object.downcast::<TillReceipt>().unwrap();
        assert_eq!(sale.fiscal_state, FiscalState::Printed);
        let own = (sale.fiscal_number, u64::try_from(sale.amount.minor()).unwrap());
        assert_eq!(own, (i64::from(number), total));
    }
    let report = or_say(check(&session, &mut |_| true));
    assert!(report.is_clean(), "{:?}", report.faults);
}

//! The same through the manager's own driver: the thread that talks to the registrar dies at a moment of chance, the
//! program with it or not, the registrar loses its power, and the wire fails in every way it can.
//! `KONTORA_TILL_DRIVEN=1000` asks for longer; `KONTORA_TILL_DRIVEN_SEED` for other chances.

use super::bench::{Killed, fill, open, receipt, till, workstation};
use crate::bases::{Place, or_say, places, today};
use crate::shared::switch;
use crate::simulate::Random;
use kontora::devices::manager::Manager;
use kontora::devices::proto::fiscal::FiscalReceipt;
use kontora::devices::proto::shtrih::training::wire::Fault;
use kontora::devices::settings::{Address, DeviceSettings, KindName};
use kontora::devices::training::Cable;
use kontora::devices::training::played::{Played, PlayedRegistrar};
use kontora::domain::retail::receipt::{FiscalState, TillReceipt};
use kontora::domain::retail::shift::TillShift;
use kontora::kernel::clock::{Clock, steady_ms};
use kontora::kernel::object::Declared as _;
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::kernel::text::Text;
use kontora::ops::check::check;
use kontora::ops::gate::Session;
use kontora::ops::till::device::DeviceRegistrar;
use kontora::ops::till::registrar::{JobKey, Plain, Registrar, Sent, ShiftSums, Standing};
use kontora::ops::till::sale::sell;
use kontora::ops::till::work::{Step, run};
use kontora::ui::app::devices::words::{of_doubt, of_reason};
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const FAULTS: [Fault; 8] = [
    Fault::BadSum,
    Fault::Refuse,
    Fault::Slow(700),
    Fault::Slow(9_000),
    Fault::DropAnswer,
    Fault::PowerLossBefore,
    Fault::PowerLossAfter,
    Fault::Unplugged,
];

/// Commands of a receipt: opening, item, tags, closing, the state of the memory, a document by its number.
const COMMANDS: [&[u8]; 6] = [&[0x8D], &[0xFF, 0x46], &[0xFF, 0x0C], &[0xFF, 0x45], &[0xFF, 0x01], &[0xFF, 0x0A]];

/// How many times as fast the time of devices passes: a lost answer is waited for half a minute.
const TIMES: u64 = 20;

/// The registrar as a program asks it that may die: then nobody hears the answer.
struct Dying<'a> {
    device: DeviceRegistrar,
    dead: &'a AtomicBool,
}

impl<'a> Dying<'a> {
    fn of(manager: &Manager, dead: &'a AtomicBool) -> Self {
        Self { device: DeviceRegistrar::new(manager, "1", of_reason, of_doubt), dead }
    }

    fn heard<T>(&self, answer: T) -> T {
        if self.dead.load(Ordering::Acquire) {
            resume_unwind(Box::new(Killed));
        }
        answer
    }
}

impl Registrar for Dying<'_> {
    fn standing(&mut self) -> Result<Standing, Text> {
        let answer = self.device.standing();
        self.heard(answer)
    }
    fn sums(&mut self) -> Result<ShiftSums, Text> {
        let answer = self.device.sums();
        self.heard(answer)
    }
    fn receipt(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        let answer = self.device.receipt(key, after, receipt);
        self.heard(answer)
    }
    fn recover(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        let answer = self.device.recover(key, after, receipt);
        self.heard(answer)
    }
    fn plain(&mut self, key: &JobKey, plain: &Plain) -> Sent {
        let answer = self.device.plain(key, plain);
        self.heard(answer)
    }
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

fn session(place: &Place, seed: u64) -> Session {
    or_say(Session::open(&place.address, Clock::hurried(today(), seed, TIMES)))
}

/// Works the queue off, plugging in what was pulled, however often the device has to be asked.
fn settle(session: &Session, manager: &Manager) {
    let (limit, alive) = (steady_ms() + 120_000, AtomicBool::new(false));
    loop {
        let training = manager.training("1").unwrap();
        if training.cable() != Cable::In {
            training.set_cable(Cable::In);
        }
        let last = or_say(run(session, till(session), &mut Dying::of(manager, &alive))).1;
        if matches!(last, Step::Idle) {
            return;
        }
        assert!(steady_ms() < limit, "the queue does not come to an end: {last:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What became of a round.
#[derive(Default)]
struct Counted {
    /// The thread died while the receipt was on its way.
    within: u64,
    /// The program died with it.
    programs: u64,
}

/// One sale, while its thread dies, and perhaps the program with it; a session that is alive afterwards.
fn round(
    place: &Place,
    mut own: Session,
    manager: &Manager,
    sold: (Ref<TillShift>, u64),
    dice: &mut Random,
    counted: &mut Counted,
) -> Session {
    let (shift, number) = sold;
    if dice.once_in(2) {
        let (command, fault) = (*dice.one(&COMMANDS).unwrap(), *dice.one(&FAULTS).unwrap());
        change(manager, |own| own.wired.order(command, fault));
    }
    let amount = i64::try_from(1 + number % 7).unwrap();
    let sale = receipt(&own, shift, &[("T1", 1_000, 12_200), ("T2", amount * 1_000, 5_500)]);
    or_say(sell(&own, own.clock.unique(), &sale, None));
    let longest = if dice.once_in(4) { 300_000 } else { 12_000 };
    let wait_us = u64::try_from(dice.below(longest)).unwrap();
    let (power, program) = (dice.once_in(4), dice.once_in(2));
    let dead = AtomicBool::new(false);
    let ended = std::thread::scope(|scope| {
        let dies = std::thread::Builder::new().name("the end of a thread".to_owned());
        let killer = dies.spawn_scoped(scope, || {
            std::thread::sleep(Duration::from_micros(wait_us));
            dead.store(program, Ordering::Release);
            manager.apply(&[]);
            if power {
                change(manager, |own| own.wired.registrar.lose_power());
            }
        });
        let till = till(&own);
        let ended = catch_unwind(AssertUnwindSafe(|| run(&own, till, &mut Dying::of(manager, &dead))));
        killer.unwrap().join().unwrap();
        ended
    });
    match ended {
        Ok(ended) => counted.within += u64::from(!matches!(or_say(ended).1, Step::Idle)),
        Err(other) => {
            assert!(other.is::<Killed>(), "something else went wrong");
            (counted.within, counted.programs) = (counted.within + 1, counted.programs + 1);
            drop(own);
            own = session(place, number * 31 + 2);
        }
    }
    manager.apply(&[device()]);
    settle(&own, manager);
    own
}

/// Kontora's receipts and the registrar's are the same.
fn compare(session: &Session, manager: &Manager, rounds: u64) {
    let ids = or_say(session.store.ids_after(TillReceipt::META, 0, 1_000_000));
    let papers: Vec<(u32, u64)> = manager.training("1").unwrap().look(|played| match played {
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
    let report = or_say(check(session, &mut |_| true));
    assert!(report.is_clean(), "{:?}", report.faults);
}

fn all(place: &Place, rounds: u64, seed: u64) -> Counted {
    let mut own = session(place, 5);
    fill(&own);
    let manager = workstation(&own, KindName::Registrar);
    let shift = open(&own);
    settle(&own, &manager);
    let (mut dice, mut counted) = (Random::new(seed), Counted::default());
    for number in 0..rounds {
        own = round(place, own, &manager, (shift, number), &mut dice, &mut counted);
    }
    compare(&own, &manager, rounds);
    counted
}

#[test]
fn the_thread_of_the_registrar_dies_and_there_is_one_receipt_each() {
    let number = |name, usual| switch(name).and_then(|told| told.parse().ok()).unwrap_or(usual);
    let (rounds, seed) = (number("KONTORA_TILL_DRIVEN", 20), number("KONTORA_TILL_DRIVEN_SEED", 21));
    for (at, place) in places().into_iter().enumerate() {
        let rounds = if at == 0 || rounds > 100 { rounds } else { rounds / 4 };
        let counted = all(&place, rounds, seed);
        let _ = writeln!(
            std::io::stderr(),
            "{place}: {rounds} sales, {} broken off, {} of them with the program",
            counted.within,
            counted.programs
        );
        assert!(counted.within > 0, "none was broken off");
    }
}

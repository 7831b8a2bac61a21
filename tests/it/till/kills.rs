//! The program or the registrar dies at a moment of chance between «оплатить» and the paper, and the wire fails in
//! every way it can: exactly one sale and exactly one receipt come of it. `KONTORA_TILL_KILLS=1000` asks longer.

use super::bench::{Killed, Training, fill, kopecks, open, receipt, till};
use crate::bases::{Place, or_say, places, today};
use crate::shared::switch;
use crate::simulate::Random;
use kontora::devices::proto::shtrih::training::wire::Fault;
use kontora::domain::retail::receipt::{FiscalState, TillReceipt};
use kontora::domain::retail::shift::TillShift;
use kontora::kernel::clock::Clock;
use kontora::kernel::object::Declared as _;
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::ops::check::check;
use kontora::ops::gate::Session;
use kontora::ops::till::sale::sell;
use kontora::ops::till::work::{Step, run};
use std::panic::{AssertUnwindSafe, catch_unwind};

const FAULTS: [Fault; 7] = [
    Fault::DropAnswer,
    Fault::BadSum,
    Fault::Refuse,
    Fault::Slow(700),
    Fault::PowerLossBefore,
    Fault::PowerLossAfter,
    Fault::Unplugged,
];

/// Commands of a receipt: opening, item, tags, closing, the state of the memory, a document by its number.
const COMMANDS: [&[u8]; 6] = [&[0x8D], &[0xFF, 0x46], &[0xFF, 0x0C], &[0xFF, 0x45], &[0xFF, 0x01], &[0xFF, 0x0A]];

fn session(place: &Place, seed: u64) -> Session {
    or_say(Session::open(&place.address, Clock::fixed(today(), seed)))
}

/// Works the queue off, mending what a person would mend.
fn settle(session: &Session, registrar: &mut Training) {
    for _ in 0..20 {
        registrar.wired.plug_in();
        registrar.wired.registrar.set_paper(true);
        registrar.wired.registrar.cover_open = false;
        match or_say(run(session, till(session), registrar)).1 {
            Step::Idle => return,
            Step::Waits(_) | Step::Unknown(_) | Step::Over(..) => {
                // After the paper ended within a receipt the registrar waits to be told to go on.
                let go_on = kontora::devices::proto::shtrih::request::Passwords::default().go_on();
                let at = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap().and_hms_opt(9, 0, 0).unwrap();
                registrar.wired.registrar.command(&go_on.data, at);
            }
        }
    }
    panic!("the queue does not come to an end");
}

/// One sale; true when the program was killed while it talked to the registrar.
fn round(place: &Place, shift: Ref<TillShift>, registrar: &mut Training, dice: &mut Random, number: u64) -> bool {
    let mut cashier = session(place, number * 31 + 1);
    let amount = i64::try_from(1 + number % 9).unwrap();
    let sold = receipt(&cashier, shift, &[("T1", 1_000, 12_200), ("T2", amount * 1_000, 5_500)]);
    let key = cashier.clock.unique();
    let counted = registrar.exchanges;
    if dice.once_in(3) {
        let (command, fault) = (dice.one(&COMMANDS).unwrap(), dice.one(&FAULTS).unwrap());
        registrar.wired.order(command, *fault);
    }
    if dice.once_in(20) {
        registrar.wired.registrar.paper_ends_in_receipt = true;
    }
    // Before the sale, after it, or at an exchange: before the registrar has the bytes or after its answer.
    let when = dice.below(26);
    let killed = catch_unwind(AssertUnwindSafe(|| {
        if when == 0 {
            return;
        }
        or_say(sell(&cashier, key, &sold, None));
        if when == 1 {
            return;
        }
        registrar.kill_at = (when < 24).then(|| (counted + u32::try_from(when / 2).unwrap(), when % 2 == 1));
        let _ = or_say(run(&cashier, till(&cashier), registrar));
    }));
    let within = killed.is_err();
    if let Err(other) = killed {
        assert!(other.is::<Killed>(), "something else went wrong");
    }
    registrar.start_again();
    if dice.once_in(4) {
        registrar.wired.registrar.lose_power();
    }
    cashier = session(place, number * 31 + 2);
    // The cashier does not know whether it was sold: he pays again, with the same receipt.
    or_say(sell(&cashier, key, &sold, None));
    settle(&cashier, registrar);
    within
}

fn all(place: &Place, rounds: u64, seed: u64) {
    let (mut registrar, mut dice) = (Training::new(), Random::new(seed));
    let shift = {
        let session = session(place, 1);
        fill(&session);
        let shift = open(&session);
        settle(&session, &mut registrar);
        shift
    };
    let mut within = 0;
    for number in 1..=rounds {
        within += u64::from(round(place, shift, &mut registrar, &mut dice, number));
    }
    assert!(within * 2 > rounds, "{within} of {rounds} were killed while they talked");
    let session = session(place, 9);
    let ids = or_say(session.store.ids_after(TillReceipt::META, 0, 1_000_000));
    let receipts: Vec<_> = registrar.wired.registrar.memory().documents().iter().filter(|one| one.kind == 3).collect();
    let rounds = usize::try_from(rounds).unwrap();
    assert_eq!((ids.len(), receipts.len()), (rounds, rounds), "one sale and one receipt for each");
    for (id, paper) in ids.into_iter().zip(receipts) {
        let object = or_say(session.store.load(AnyRef::new(TillReceipt::TAG, id))).unwrap();
        let sale = object.downcast::<TillReceipt>().unwrap();
        assert_eq!(sale.fiscal_state, FiscalState::Printed);
        let total = u64::try_from(sale.amount.minor()).unwrap();
        assert_eq!((sale.fiscal_number, Some((1, total))), (i64::from(paper.number), paper.settled));
        assert!(sale.amount > kopecks(0));
    }
    let report = or_say(check(&session, &mut |_| true));
    assert!(report.is_clean(), "{:?}", report.faults);
}

#[test]
fn a_receipt_is_never_lost_and_never_doubled() {
    let rounds = switch("KONTORA_TILL_KILLS").and_then(|rounds| rounds.parse().ok()).unwrap_or(150);
    let mut places = places().into_iter();
    let file = places.next().unwrap();
    all(&file, rounds, 11);
    for server in places {
        all(&server, rounds / 20, 12);
    }
}

//! A till whose registrar is one of АТОЛ: a shift from opening to the Z report, and marked goods.

use super::bench::{fill, kopecks, open, receipt, till};
use super::served::{Shop, TIMES};
use crate::bases::{or_say, today};
use kontora::devices::proto::fiscal::MarkingFault;
use kontora::domain::retail::receipt::{FiscalState, TillReceipt};
use kontora::domain::retail::receipt_return::TillReturn;
use kontora::domain::retail::shift::TillShift;
use kontora::domain::retail::till_cash::TillCash;
use kontora::kernel::behaviour::Behaviour as _;
use kontora::kernel::clock::Clock;
use kontora::kernel::money::Money;
use kontora::kernel::object::Declared;
use kontora::kernel::refs::Ref;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::ops::seed;
use kontora::ops::till::device::DeviceRegistrar;
use kontora::ops::till::jobs::{Verdict, rows, settle};
use kontora::ops::till::sale::{close_shift, move_cash, sell, take_back};
use kontora::ops::till::work::{Step, run};
use kontora::ui::app::devices::words::{of_doubt, of_reason};

fn loaded<T: Declared>(session: &Session, reference: Ref<T>) -> T {
    or_say(session.store.load(reference.any())).unwrap().downcast::<T>().unwrap().clone()
}

/// A shop with an open shift whose papers come out of the service.
struct Till {
    shop: Shop,
    session: Session,
    registrar: DeviceRegistrar,
    shift: Ref<TillShift>,
}

impl Till {
    fn new() -> Self {
        let session = or_say(seed::create_in_memory(Clock::hurried(today(), 5, TIMES)));
        fill(&session);
        let shop = Shop::new();
        let manager = shop.workstation(&session.clock);
        let registrar = DeviceRegistrar::new(&manager, "1", of_reason, of_doubt);
        let shift = open(&session);
        Self { shop, session, registrar, shift }
    }

    /// Brings the papers that wait; gives why the first one left does not come.
    fn papers(&mut self) -> Option<String> {
        match or_say(run(&self.session, till(&self.session), &mut self.registrar)).1 {
            Step::Waits(job) | Step::Unknown(job) => Some(job.reason),
            Step::Idle | Step::Over(..) => None,
        }
    }

    fn sold(&self, sale: &TillReceipt) -> Ref<TillReceipt> {
        or_say(sell(&self.session, self.session.clock.unique(), sale, None)).0
    }

    fn closed(&mut self, counted: Money) -> TillShift {
        or_say(close_shift(&self.session, self.shift, counted));
        assert_eq!(self.papers(), None);
        loaded(&self.session, self.shift)
    }
}

/// A shift with cash put in, a mixed sale and a return of a part of it.
fn a_day() -> Till {
    let mut till = Till::new();
    let (session, shift) = (&till.session, till.shift);
    let cash = TillCash { shift, amount: kopecks(100_000), date: today(), ..TillCash::default() };
    or_say(move_cash(session, session.clock.unique(), &cash, None));
    let mut paid = receipt(session, shift, &[("T1", 3_000, 12_200), ("T3", 1_234, 73_333)]);
    (paid.paid_card, paid.tendered) = (kopecks(20_000), kopecks(150_000));
    let first = till.sold(&paid);
    let mut back = TillReturn { date: today(), shift, ..TillReturn::default() };
    let facts = session.facts();
    assert!(back.fill_on_basis(&loaded(session, first), &facts).is_ok());
    drop(facts);
    back.goods.truncate(1);
    or_say(take_back(session, session.clock.unique(), &back, None));
    assert_eq!(till.papers(), None);
    till
}

#[test]
fn the_z_report_agrees_with_the_registrar() {
    let mut till = a_day();
    let expected = kopecks(i64::try_from(till.shop.lock().service.drawer).unwrap());
    let shift = till.closed(expected);
    assert_eq!((shift.registrar_shift, shift.surplus()), (1, Money::ZERO));
    assert_eq!((shift.registrar_sales, shift.registrar_cash), (shift.sales(), shift.expected));
    assert!(!shift.registrar_returns.is_zero());
    assert_eq!(shift.registrar_differs(), [Money::ZERO; 3]);
    assert!(!till.shop.lock().service.open, "the Z report is out");
}

#[test]
fn what_was_rung_up_past_the_program_stands_in_the_z_report() {
    let mut till = a_day();
    let mut served = till.shop.lock();
    served.service.counters[0].cash += 5_000;
    served.service.counters[2].electronic += 700;
    served.service.drawer += 4_900;
    drop(served);
    let counted = kopecks(i64::try_from(till.shop.lock().service.drawer).unwrap());
    let shift = till.closed(counted);
    assert_eq!(shift.registrar_differs(), [kopecks(5_000), kopecks(700), kopecks(4_900)]);
}

#[test]
fn a_receipt_refused_for_want_of_paper_is_printed_when_there_is_some() {
    let mut till = Till::new();
    assert_eq!(till.papers(), None);
    till.shop.lock().service.no_paper = true;
    let sale = till.sold(&receipt(&till.session, till.shift, &[("T1", 1_000, 12_200)]));
    for _ in 0..3 {
        assert!(till.papers().unwrap().contains("Нет бумаги"));
    }
    till.shop.lock().service.no_paper = false;
    assert_eq!(till.papers(), None);
    let sale = loaded(&till.session, sale);
    assert_eq!((sale.fiscal_state, sale.fiscal_number), (FiscalState::Printed, 2));
    assert_eq!(till.shop.lock().service.documents.len(), 2, "one opening and one receipt");
}

/// A marked thing, and a till that may sell it.
const MARKED: &str = r#"
{"type":"item","code":"M1","name":"Ботинки","needs_marking":true}
{"type":"till","code":"K1","marking":"approved"}
{"type":"price_setting","key":"P-2","date":"2026-10-01","post":true,"price_kind":"retail","prices":[{"item":"M1","price":"500"}]}
{"type":"goods_receipt","key":"R-2","date":"2026-10-01","supplier":"S1","post":true,"goods":[{"item":"M1","qty":10,"price":"300"}]}
"#;

/// `0104600000000015215!xyz` in base64.
const IN_BASE64: &str = "MDEwNDYwMDAwMDAwMDAxNTIxNSF4eXo=";

fn marked() -> (Till, TillReceipt) {
    let till = Till::new();
    if let Err(bad) = load(&till.session, MARKED, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| line.error.sentence()).collect::<Vec<_>>());
    }
    let mut sale = receipt(&till.session, till.shift, &[("T1", 1_000, 12_200), ("M1", 1_000, 50_000)]);
    sale.goods[1].marking = "0104600000000015215!xyz".to_owned();
    (till, sale)
}

#[test]
fn a_marked_thing_is_checked_and_sold() {
    for (slow, offline) in [(0, false), (3, false), (0, true)] {
        let (mut till, sale) = marked();
        let mut served = till.shop.lock();
        (served.service.slow, served.service.offline) = (slow, offline);
        drop(served);
        let sale = till.sold(&sale);
        assert_eq!(till.papers(), None);
        assert_eq!(loaded(&till.session, sale).fiscal_state, FiscalState::Printed);
        let steps = ["clearMarkingCodeValidationResult", "beginMarkingCodeValidation", "acceptMarkingCode", "sell"];
        assert_eq!(till.shop.lock().service.carried_out[1..], steps);
    }
}

#[test]
fn a_marked_thing_that_may_not_be_sold_makes_no_receipt() {
    let faults = [
        (MarkingFault::Wrong, "не подтвержден"),
        (MarkingFault::Status, "уже продан"),
        (MarkingFault::Stopped, "остановлена"),
        (MarkingFault::Unrecognized, "не знает"),
    ];
    for (fault, words) in faults {
        let (mut till, sale) = marked();
        till.shop.lock().service.faults.insert(IN_BASE64.to_owned(), fault);
        let sale = till.sold(&sale);
        assert_eq!(till.papers(), None);
        let job = or_say(rows(&till.session, false)).remove(0).job;
        assert!(job.reason.contains(words) && job.reason.contains("Строка 2"), "{}", job.reason);
        assert_eq!(loaded(&till.session, sale).fiscal_state, FiscalState::Refused);
        assert_eq!(till.shop.lock().service.documents.len(), 1, "only the opening");
        // The state's system has been put right, and a person sends it again.
        till.shop.lock().service.faults.clear();
        or_say(settle(&till.session, job.id, Verdict::Again));
        assert_eq!(till.papers(), None);
        assert_eq!(loaded(&till.session, sale).fiscal_state, FiscalState::Printed);
    }
}

#[test]
fn a_check_that_does_not_end_is_broken_off_and_made_again() {
    let (mut till, sale) = marked();
    till.shop.lock().service.slow = 1_000_000;
    let sale = till.sold(&sale);
    assert!(till.papers().unwrap().contains("не закончилась"));
    assert!(till.shop.lock().service.carried_out.contains(&"cancelMarkingCodeValidation".to_owned()));
    till.shop.lock().service.slow = 0;
    assert_eq!(till.papers(), None);
    assert_eq!(loaded(&till.session, sale).fiscal_state, FiscalState::Printed);
}

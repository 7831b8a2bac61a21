//! The queue of a till: in order, once each, told on the document, kept as it is when it is out.

use super::bench::{Training, fill, kopecks, open, receipt, till, workstation};
use crate::bases::{engines, or_say, places, today};
use crate::shared::switch;
use kontora::devices::proto::fiscal::{FiscalReceipt, Person};
use kontora::devices::settings::KindName;
use kontora::devices::training::played::Played;
use kontora::domain::retail::receipt::{FiscalState, TillReceipt};
use kontora::domain::retail::receipt_return::TillReturn;
use kontora::domain::retail::shift::TillShift;
use kontora::domain::retail::till_cash::TillCash;
use kontora::kernel::behaviour::Behaviour as _;
use kontora::kernel::clock::Clock;
use kontora::kernel::object::{Declared, Referable as _};
use kontora::kernel::refs::Ref;
use kontora::kernel::text::Text;
use kontora::ops::gate::{Op, Session};
use kontora::ops::save::How;
use kontora::ops::till::device::DeviceRegistrar;
use kontora::ops::till::jobs::{Verdict, fits, rows, settle};
use kontora::ops::till::registrar::{JobKey, Plain, Registrar, Sent, ShiftSums, Standing};
use kontora::ops::till::sale::{close_shift, copy, move_cash, sell, take_back};
use kontora::ops::till::work::{Step, run};
use kontora::store::jobs::{Job, JobState};
use kontora::text;
use std::io::Write as _;

fn loaded<T: Declared>(session: &Session, reference: Ref<T>) -> T {
    or_say(session.store.load(reference.any())).unwrap().downcast::<T>().unwrap().clone()
}

fn done(session: &Session, registrar: &mut Training) {
    let last = or_say(run(session, till(session), registrar)).1;
    assert!(matches!(last, Step::Idle), "{last:?}");
}

fn sold(session: &Session, shift: Ref<TillShift>, lines: &[(&str, i64, i64)]) -> Ref<TillReceipt> {
    or_say(sell(session, session.clock.unique(), &receipt(session, shift, lines), None)).0
}

#[test]
fn a_shift_from_opening_to_the_z_report_agrees_with_the_registrar() {
    for engine in engines() {
        let session = engine.fresh(today());
        fill(&session);
        let mut registrar = Training::new();
        let shift = open(&session);
        let cash = TillCash { shift, amount: kopecks(100_000), date: today(), ..TillCash::default() };
        or_say(move_cash(&session, session.clock.unique(), &cash, None));
        let mut paid = receipt(&session, shift, &[("T1", 3_000, 12_200), ("T3", 1_234, 73_333)]);
        (paid.paid_card, paid.tendered) = (kopecks(20_000), kopecks(150_000));
        let first = or_say(sell(&session, session.clock.unique(), &paid, None)).0;
        assert_eq!(loaded(&session, first).fiscal_state, FiscalState::Waiting, "the sale does not wait for paper");
        done(&session, &mut registrar);
        let first = loaded(&session, first);
        assert_eq!((first.fiscal_state, first.fiscal_number), (FiscalState::Printed, 2));
        let mut back = TillReturn { date: today(), shift, ..TillReturn::default() };
        let facts = session.facts();
        assert!(back.fill_on_basis(&first, &facts).is_ok());
        drop(facts);
        back.goods.truncate(1);
        let back = or_say(take_back(&session, session.clock.unique(), &back, None)).0;
        done(&session, &mut registrar);
        let back = loaded(&session, back);
        assert_eq!((back.amount, back.fiscal_number), (kopecks(36_600), 3));
        or_say(copy(&session, first.reference().any()));
        done(&session, &mut registrar);
        let expected = 100_000 + first.paid_cash.minor() - back.paid_cash.minor();
        let shift = or_say(close_shift(&session, shift, kopecks(expected))).0;
        done(&session, &mut registrar);
        let shift = loaded(&session, shift);
        assert_eq!((shift.receipts, shift.returns, shift.expected), (1, 1, kopecks(expected)));
        assert_eq!(shift.registrar_differs(), [kopecks(0); 3], "{shift:?}");
        assert_eq!((shift.registrar_shift, shift.registrar_sales), (1, first.amount));
        assert!(registrar.wired.registrar.memory().opened_at().is_none());
    }
}

#[test]
fn without_paper_the_sale_goes_on_and_the_job_waits() {
    let session = engines()[0].fresh(today());
    fill(&session);
    let mut registrar = Training::new();
    let shift = open(&session);
    done(&session, &mut registrar);
    registrar.wired.registrar.set_paper(false);
    let (first, second) =
        (sold(&session, shift, &[("T1", 1_000, 12_200)]), sold(&session, shift, &[("T2", 1_000, 5_500)]));
    let Step::Waits(job) = or_say(run(&session, till(&session), &mut registrar)).1 else {
        panic!("no paper is no end")
    };
    assert_eq!(job.reason, "Кассир", "what the registrar's side says of missing paper is kept with the job");
    assert_eq!(or_say(session.store.open_jobs(till(&session).any())), 2);
    assert_eq!(loaded(&session, second).fiscal_state, FiscalState::Waiting);
    registrar.wired.registrar.set_paper(true);
    done(&session, &mut registrar);
    assert_eq!((loaded(&session, first).fiscal_number, loaded(&session, second).fiscal_number), (2, 3), "in order");
}

/// A receipt left over from a shift that has ended waits for the next shift of the registrar, whose opening stands
/// behind it.
#[test]
fn a_receipt_left_over_is_printed_in_the_next_shift() {
    let session = engines()[0].fresh(today());
    fill(&session);
    let mut registrar = Training::new();
    let shift = open(&session);
    let left = sold(&session, shift, &[("T1", 1_000, 12_200)]);
    done(&session, &mut registrar);
    registrar.wired.registrar.set_paper(false);
    let left_over = sold(&session, shift, &[("T2", 1_000, 5_500)]);
    assert!(matches!(or_say(run(&session, till(&session), &mut registrar)).1, Step::Waits(_)));
    registrar.wired.registrar.set_paper(true);
    // Its shift is closed at the registrar past the program, then at the till, and the next one is opened.
    let closing = Plain::CloseShift(Person { name: "Кассир".to_owned(), tax_number: None });
    assert!(matches!(registrar.plain(&"z".into(), &closing), Sent::Done(_)));
    let Step::Waits(job) = or_say(run(&session, till(&session), &mut registrar)).1 else { panic!("no shift") };
    assert!(job.reason.contains("смена регистратора закрыта"), "{}", job.reason);
    or_say(close_shift(&session, shift, kopecks(17_700)));
    assert!(matches!(or_say(run(&session, till(&session), &mut registrar)).1, Step::Waits(_)), "nothing is open yet");
    let next = open(&session);
    let last = sold(&session, next, &[("T1", 1_000, 12_200)]);
    done(&session, &mut registrar);
    let printed = [left, left_over, last].map(|one| loaded(&session, one).fiscal_number);
    // Opening, receipt, closing, opening, and the two receipts in their order.
    assert_eq!(printed, [2, 5, 6]);
    assert_eq!(or_say(session.store.open_jobs(till(&session).any())), 0);
    or_say(close_shift(&session, next, kopecks(29_900)));
    done(&session, &mut registrar);
    assert_eq!(registrar.wired.registrar.memory().documents().len(), 7);
}

/// The training registrar whose open shift is taken for one that is older than a day.
struct Aged {
    registrar: Training,
    /// The shift that is too old.
    shift: u32,
}

impl Registrar for Aged {
    fn standing(&mut self) -> Result<Standing, Text> {
        let own = self.shift;
        let aged =
            |standing: Standing| Standing { shift_expired: standing.shift_open && standing.shift == own, ..standing };
        self.registrar.standing().map(aged)
    }
    fn sums(&mut self) -> Result<ShiftSums, Text> {
        self.registrar.sums()
    }
    fn receipt(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        self.registrar.receipt(key, after, receipt)
    }
    fn recover(&mut self, key: &JobKey, after: u32, receipt: &FiscalReceipt) -> Sent {
        self.registrar.recover(key, after, receipt)
    }
    fn plain(&mut self, key: &JobKey, plain: &Plain) -> Sent {
        self.registrar.plain(key, plain)
    }
}

#[test]
fn a_shift_that_is_too_old_is_closed_before_the_receipt_it_holds_up() {
    let session = engines()[0].fresh(today());
    fill(&session);
    let mut registrar = Training::new();
    let shift = open(&session);
    done(&session, &mut registrar);
    let left_over = sold(&session, shift, &[("T1", 1_000, 12_200)]);
    let mut aged = Aged { registrar, shift: 1 };
    let Step::Waits(job) = or_say(run(&session, till(&session), &mut aged)).1 else { panic!("it takes nothing") };
    assert!(job.reason.contains("больше 24 часов"), "{}", job.reason);
    or_say(close_shift(&session, shift, kopecks(12_200)));
    // The shift ends at once; the receipt waits for the next one.
    let Step::Waits(job) = or_say(run(&session, till(&session), &mut aged)).1 else { panic!("none is open") };
    assert!(job.reason.contains("смена регистратора закрыта"), "{}", job.reason);
    open(&session);
    assert!(matches!(or_say(run(&session, till(&session), &mut aged)).1, Step::Idle));
    // Opening, closing, opening, the receipt.
    assert_eq!(loaded(&session, left_over).fiscal_number, 4);
    assert_eq!(loaded(&session, shift).registrar_shift, 1, "it was asked for its totals before");
}

#[test]
fn what_is_printed_stays_and_what_was_not_sent_goes_with_its_sale() {
    for engine in engines() {
        let session = engine.fresh(today());
        fill(&session);
        let mut registrar = Training::new();
        let shift = open(&session);
        let waiting = sold(&session, shift, &[("T1", 1_000, 12_200)]);
        let mut own = loaded(&session, waiting);
        or_say(session.run(Op::Unpost, |tx| tx.save(&mut own, How::Unpost)));
        assert_eq!(or_say(session.store.jobs_of(waiting.any()))[0].state, JobState::Withdrawn);
        let printed = sold(&session, shift, &[("T1", 1_000, 12_200)]);
        done(&session, &mut registrar);
        let mut own = loaded(&session, printed);
        let refused = session.run(Op::Unpost, |tx| tx.save(&mut own, How::Unpost)).unwrap_err().sentence();
        assert!(refused.contains("чек пробит, ФД 2"), "{refused}");
        let mut own = loaded(&session, printed);
        own.comment = "иначе".to_owned();
        assert!(session.run(Op::Save, |tx| tx.save(&mut own, How::Write)).is_err());
        assert!(session.run(Op::Mark, |tx| tx.mark(printed.any(), true)).is_err());
        let receipts = registrar.wired.registrar.memory().documents().iter().filter(|one| one.kind == 3).count();
        assert_eq!(receipts, 1);
    }
}

#[test]
fn what_another_place_has_sent_is_found_out_there_or_by_a_person() {
    for engine in engines() {
        let session = engine.fresh(today());
        fill(&session);
        let mut registrar = Training::new();
        let shift = open(&session);
        done(&session, &mut registrar);
        let first = sold(&session, shift, &[("T1", 1_000, 12_200)]);
        let job = or_say(session.store.jobs_of(first.any()))[0].clone();
        let sent = |holder: &str| {
            let holder = holder.to_owned();
            let (holder, id) = (&holder, job.id);
            or_say(session.run(Op::Paper, move |tx| {
                let mut now = tx.store.job(id)?.unwrap();
                (now.state, now.holder, now.after) = (JobState::Sent, holder.clone(), 1);
                tx.store.keep_job(&now)
            }));
        };
        sent("касса у окна");
        let Step::Unknown(held) = or_say(run(&session, till(&session), &mut registrar)).1 else { panic!("not ours") };
        assert!(held.reason.contains("касса у окна"), "{}", held.reason);
        let shown = or_say(rows(&session, false));
        assert_eq!((shown.len(), shown[0].job.id, shown[0].till.as_str()), (1, job.id, "Касса 1"));
        assert!(!fits(&shown[0].job, Verdict::Again));
        // Nothing was printed there: this place finds that out and prints it, once.
        or_say(settle(&session, job.id, Verdict::Here));
        let looked = or_say(run(&session, till(&session), &mut registrar)).1;
        assert!(matches!(looked, Step::Waits(_)), "{looked:?}");
        done(&session, &mut registrar);
        assert_eq!(loaded(&session, first).fiscal_number, 2);
        assert!(or_say(rows(&session, false)).is_empty() && or_say(rows(&session, true)).len() == 2);
        // The paper was seen, or certainly was not.
        let second = sold(&session, shift, &[("T1", 1_000, 12_200)]);
        let job = or_say(session.store.jobs_of(second.any()))[0].clone();
        or_say(session.run(Op::Paper, |tx| tx.store.keep_job(&Job { state: JobState::Sent, ..job.clone() })));
        or_say(settle(&session, job.id, Verdict::Done));
        assert_eq!(loaded(&session, second).fiscal_state, FiscalState::Printed);
        or_say(session.run(Op::Paper, |tx| tx.store.keep_job(&Job { state: JobState::Sent, ..job.clone() })));
        or_say(settle(&session, job.id, Verdict::NotDone));
        assert_eq!(loaded(&session, second).fiscal_state, FiscalState::Waiting);
        done(&session, &mut registrar);
        assert_eq!(loaded(&session, second).fiscal_number, 3);
    }
}

#[test]
fn the_workstation_s_own_registrar_prints_what_the_till_sells() {
    let session = engines()[0].fresh(today());
    fill(&session);
    let manager = workstation(&session, KindName::Registrar);
    let mut registrar = DeviceRegistrar::new(&manager, "1", |_| text!("till-not-sent"), |_| text!("till-not-sent"));
    let shift = open(&session);
    let made = sold(&session, shift, &[("T1", 2_000, 12_200)]);
    let last = or_say(run(&session, till(&session), &mut registrar)).1;
    assert!(matches!(last, Step::Idle), "{last:?}");
    let made = loaded(&session, made);
    assert_eq!((made.fiscal_state, made.fiscal_number), (FiscalState::Printed, 2));
    assert!(!made.fiscal_at.is_empty() && made.fiscal_sign != 0);
    or_say(close_shift(&session, shift, kopecks(24_400)));
    let last = or_say(run(&session, till(&session), &mut registrar)).1;
    assert!(matches!(last, Step::Idle), "{last:?}");
    assert_eq!(loaded(&session, shift).registrar_differs(), [kopecks(0); 3]);
    let open = manager.training("1").unwrap().look(|played| match played {
        Played::Registrar(played) => played.wired.registrar.memory().opened_at().is_some(),
        _ => true,
    });
    assert!(!open, "the Z report closed the shift");
}

/// Memory of this process that is in use, where the system tells it; alone only when nothing else runs beside.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A long shift on a file; `KONTORA_TILL_SHIFT=2000` makes it as long as a busy day and tells how long each sale took.
#[test]
fn a_long_shift_agrees_to_the_kopeck() {
    let count = switch("KONTORA_TILL_SHIFT").and_then(|count| count.parse().ok()).unwrap_or(40_i64);
    let place = places().remove(0);
    let session = or_say(Session::open(&place.address, Clock::fixed(today(), 3)));
    fill(&session);
    let mut registrar = Training::new();
    let shift = open(&session);
    let (mut took, mut total, mut early_kib) = (Vec::new(), 0, None);
    for number in 0..count {
        let lines =
            [("T1", 1_000, 12_200), ("T2", (1 + number % 5) * 1_000, 5_500), ("T3", 371 + number % 800, 73_333)];
        let sale = receipt(&session, shift, &lines);
        let begun = kontora::kernel::clock::steady_ms();
        let sold = or_say(sell(&session, session.clock.unique(), &sale, None)).0;
        took.push((kontora::kernel::clock::steady_ms() - begun, number));
        if number == count / 10 {
            early_kib = resident_kib();
        }
        total += loaded(&session, sold).amount.minor();
        done(&session, &mut registrar);
    }
    took.sort_unstable();
    if count > 40 {
        let at = |share: usize| took[took.len() * share / 100].0;
        let slowest: Vec<_> = took.iter().rev().take(8).collect();
        let figures = format!("median {}, 99 % {}, slowest (ms, number) {slowest:?}", at(50), at(99));
        let _ = writeln!(std::io::stderr(), "{count} receipts, milliseconds from pay to the next: {figures}");
        if let (Some(early), Some(late)) = (early_kib, resident_kib()) {
            let _ = writeln!(std::io::stderr(), "memory after a tenth and at the end, KiB: {early} and {late}");
            assert!(late < early + 16 * 1024, "memory grows with the shift: {early} and {late} KiB");
        }
    }
    or_say(close_shift(&session, shift, loaded(&session, shift).cash_start + kopecks(total)));
    done(&session, &mut registrar);
    let shift = loaded(&session, shift);
    assert_eq!((shift.receipts, shift.sales_cash), (count, kopecks(total)));
    assert_eq!((shift.registrar_differs(), shift.surplus()), ([kopecks(0); 3], kopecks(0)));
}

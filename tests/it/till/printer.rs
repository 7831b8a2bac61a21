//! A till without a registrar prints plain receipts by the same jobs; copies are marked; the drawer is noted.

use super::bench::{SHOP, fill, kopecks, open, receipt, till, workstation};
use crate::bases::{engines, or_say, today};
use kontora::devices::manager::Manager;
use kontora::devices::proto::escpos::decoder::Printed;
use kontora::devices::settings::KindName;
use kontora::devices::training::played::Played;
use kontora::domain::retail::receipt::{FiscalState, TillReceipt};
use kontora::domain::retail::shift::TillShift;
use kontora::domain::retail::till_cash::TillCash;
use kontora::kernel::refs::Ref;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::till::device::{DevicePrinter, DeviceRegistrar};
use kontora::ops::till::jobs::{Verdict, rows, settle};
use kontora::ops::till::sale::{close_shift, copy, move_cash, open_drawer, sell};
use kontora::ops::till::work::{Step, run};
use kontora::store::jobs::{Job, JobState};
use kontora::text;
use kontora::ui::app::devices::words::{of_doubt, of_reason};

fn printer(manager: &Manager) -> DevicePrinter {
    DevicePrinter::new(manager, "1", of_reason, of_doubt)
}

/// What is on the roll, a line each.
fn roll(manager: &Manager) -> Vec<String> {
    let line = |printed: &Printed| match printed {
        Printed::Line(spans) => Some(spans.iter().map(|span| span.text.as_str()).collect::<String>()),
        _ => None,
    };
    manager.training("1").unwrap().look(|played| match played {
        Played::Printer(played) => played.roll.iter().filter_map(line).collect(),
        _ => Vec::new(),
    })
}

fn has(roll: &[String], words: &str) -> usize {
    roll.iter().filter(|line| line.contains(words)).count()
}

fn state(session: &Session, sold: Ref<TillReceipt>) -> FiscalState {
    or_say(session.store.load(sold.any())).unwrap().downcast::<TillReceipt>().unwrap().fiscal_state
}

fn sold(session: &Session, shift: Ref<TillShift>) -> Ref<TillReceipt> {
    let mut made = receipt(session, shift, &[("T1", 2_000, 12_200), ("T2", 1_000, 5_500)]);
    made.tendered = kopecks(50_000);
    or_say(sell(session, session.clock.unique(), &made, None)).0
}

#[test]
fn plain_receipts_are_printed_once_each() {
    for engine in engines() {
        let session = engine.fresh(today());
        fill(&session);
        let line = SHOP.lines().find(|line| line.contains(r#""type":"till""#)).unwrap();
        let plain = line.replace(r#""code":"K1""#, r#""code":"K1","paperless":true,"printed":true"#);
        assert!(load(&session, &plain, &mut |_| true).is_ok());
        let manager = workstation(&session, KindName::Printer);
        let mut device = printer(&manager);
        let mut work = || or_say(run(&session, till(&session), &mut device)).1;
        let shift = open(&session);
        assert!(matches!(work(), Step::Idle), "to open a shift nothing is printed");
        let first = sold(&session, shift);
        assert_eq!(state(&session, first), FiscalState::Waiting);
        assert!(matches!(work(), Step::Idle));
        let said = roll(&manager);
        assert_eq!(state(&session, first), FiscalState::Printed);
        for words in ["Товарный чек", "Чайник", "2 x 122,00", "244,00", "ИТОГО", "Сдача", "201,00"]
        {
            assert_eq!(has(&said, words), 1, "{words}: {said:#?}");
        }
        // Without paper nothing is lost; with it nothing is doubled.
        manager.training("1").unwrap().change(|played| played.set_paper(false));
        let second = sold(&session, shift);
        let Step::Waits(job) = work() else { panic!("there is no paper") };
        assert!(job.reason.contains("умаг") && job.attempts == 0, "{job:?}");
        manager.training("1").unwrap().change(|played| played.set_paper(true));
        assert!(matches!(work(), Step::Idle));
        assert_eq!((state(&session, second), has(&roll(&manager), "Товарный чек")), (FiscalState::Printed, 2));
        // The program died after something may have been sent: a person looks at the paper.
        let third = sold(&session, shift);
        let job = or_say(session.store.jobs_of(third.any()))[0].clone();
        let sent = Job { state: JobState::Sent, attempts: 1, ..job.clone() };
        or_say(session.run(Op::Paper, |tx| tx.store.keep_job(&sent)));
        assert!(matches!(work(), Step::Unknown(_)));
        assert_eq!(has(&roll(&manager), "Товарный чек"), 2);
        or_say(settle(&session, job.id, Verdict::NotDone));
        assert!(matches!(work(), Step::Idle));
        assert_eq!(
            (has(&roll(&manager), "ПОВТОРНАЯ ПЕЧАТЬ"), has(&roll(&manager), "Товарный чек")),
            (1, 3),
            "what may be the second paper says so"
        );
        or_say(copy(&session, first.any()));
        or_say(close_shift(&session, shift, kopecks(3 * 29_900)));
        assert!(matches!(work(), Step::Idle));
        let said = roll(&manager);
        assert_eq!((has(&said, "КОПИЯ"), has(&said, "Отчет кассовой смены"), has(&said, "Чеков 3")), (1, 1, 1));
    }
}

#[test]
fn an_older_receipt_is_copied_as_text_by_a_registrar() {
    let session = engines()[0].fresh(today());
    fill(&session);
    let manager = workstation(&session, KindName::Registrar);
    let mut device = DeviceRegistrar::new(&manager, "1", |_| text!("till-not-sent"), |_| text!("till-not-sent"));
    let shift = open(&session);
    let (first, _) = (sold(&session, shift), sold(&session, shift));
    assert!(matches!(or_say(run(&session, till(&session), &mut device)).1, Step::Idle));
    or_say(copy(&session, first.any()));
    assert!(matches!(or_say(run(&session, till(&session), &mut device)).1, Step::Idle));
    let tape = manager.training("1").unwrap().look(|played| match played {
        Played::Registrar(played) => format!("{:?}", played.tape),
        _ => String::new(),
    });
    for words in ["КОПИЯ", "Товарный чек", "ФД 2"] {
        assert!(tape.contains(words), "{words}: {tape}");
    }
}

#[test]
fn the_drawer_is_opened_by_who_may_move_cash_and_that_is_noted() {
    for engine in engines() {
        let session = engine.fresh(today());
        fill(&session);
        let shift = open(&session);
        or_say(open_drawer(&session, till(&session), shift));
        or_say(open_drawer(&session, till(&session), shift));
        let noted: Vec<_> = or_say(rows(&session, true)).into_iter().filter(|row| row.job.kind == 7).collect();
        assert_eq!(noted.len(), 2);
        assert!(noted.iter().all(|row| row.job.state == JobState::Done && !row.job.printed.is_empty()));
        // It is no job that waits for a registrar: cash moves on.
        let cash = TillCash { shift, amount: kopecks(100), date: today(), ..TillCash::default() };
        or_say(move_cash(&session, session.clock.unique(), &cash, None));
        assert_eq!(or_say(session.store.open_jobs(till(&session).any())), 2, "the opening of the shift and the cash");
    }
}

//! Advances before the hand-over and what is set off at it; corrections told to the tax office; VAT by rates.

use super::bench::{Training, fill, kopecks, open, receipt, till};
use crate::bases::{engines, or_say, today};
use kontora::devices::proto::shtrih::tlv::{Tag, read, tag};
use kontora::domain::crm::counterparty::Counterparty;
use kontora::domain::retail::receipt::{FiscalState, TillReceipt};
use kontora::domain::retail::shift::TillShift;
use kontora::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use kontora::domain::retail::till_correction::{CorrectedKind, CorrectionGround, TillCorrection};
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::kernel::behaviour::Behaviour as _;
use kontora::kernel::facts::Facts;
use kontora::kernel::object::{Declared, Referable as _};
use kontora::kernel::refs::Ref;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use kontora::ops::till::find::{self, handed_over};
use kontora::ops::till::sale::{close_shift, sell};
use kontora::ops::till::work::{Step, run};
use kontora::store::jobs::JobState;

const ORDER: &str = r#"{"type":"customer_order","key":"O-1","date":"2026-11-20","customer":"C1","warehouse":"main","price_kind":"retail","post":true,"goods":[{"item":"T1","qty":2,"price":"122"},{"item":"T2","qty":1,"price":"55"}]}"#;

fn posted<D: Declared + Clone>(session: &Session, document: &D) -> D {
    let (made, _) = or_say(session.run(Op::Post, |tx| {
        let mut own = document.clone();
        tx.save(&mut own, How::Post)?;
        Ok(own)
    }));
    made
}

fn loaded<T: Declared>(session: &Session, reference: Ref<T>) -> T {
    or_say(session.store.load(reference.any())).unwrap().downcast::<T>().unwrap().clone()
}

fn printed(session: &Session, registrar: &mut Training) {
    let last = or_say(run(session, till(session), registrar)).1;
    assert!(matches!(last, Step::Idle), "{last:?}");
}

/// What the last document of the fiscal memory says under a tag.
fn said(registrar: &Training, number: u16) -> Vec<Tag> {
    let documents = registrar.wired.registrar.memory().documents();
    let all = &documents.last().unwrap().tags;
    let ground = all.iter().find(|one| one.number == tag::CORRECTION_GROUND).and_then(|ground| read(&ground.value));
    let inside = ground.unwrap_or_default();
    all.iter().chain(&inside).filter(|one| one.number == number).cloned().collect()
}

#[test]
fn an_advance_is_taken_for_an_order_and_set_off_when_it_is_handed_over() {
    for engine in engines() {
        let session = engine.fresh(today());
        fill(&session);
        assert!(load(&session, ORDER, &mut |_| true).is_ok());
        let mut registrar = Training::new();
        let shift = open(&session);
        let order = {
            let found = or_say(session.store.ids_after(CustomerOrder::META, 0, 10));
            loaded(&session, Ref::<CustomerOrder>::new(found[0]))
        };
        let mut advance = TillAdvance { shift, date: today(), ..TillAdvance::default() };
        let facts = session.facts();
        assert!(advance.fill_on_basis(&order, &facts).is_ok());
        drop(facts);
        assert_eq!(advance.amount, kopecks(29_900), "everything that is unpaid");
        (advance.amount, advance.paid_card) = (kopecks(20_000), kopecks(5_000));
        let advance = posted(&session, &advance);
        assert_eq!(
            (advance.paid_cash, loaded(&session, advance.reference()).fiscal_state),
            (kopecks(15_000), FiscalState::Waiting)
        );
        printed(&session, &mut registrar);
        let made = loaded(&session, advance.reference());
        assert_eq!((made.fiscal_state, made.fiscal_number), (FiscalState::Printed, 2));
        // What is printed stays.
        let mut own = made.clone();
        assert!(session.run(Op::Unpost, |tx| tx.save(&mut own, How::Unpost)).is_err());
        let (mut handed, _, _) = or_say(handed_over(&session, till(&session), shift, &order.number));
        assert_eq!((handed.paid_advance, handed.paid_cash), (kopecks(20_000), kopecks(9_900)));
        handed.tendered = kopecks(10_000);
        let sold = or_say(sell(&session, session.clock.unique(), &handed, None)).0;
        printed(&session, &mut registrar);
        assert_eq!(loaded(&session, sold).fiscal_number, 3);
        // Nothing is left to be given back.
        let back = TillAdvance {
            shift,
            date: today(),
            operation: TillAdvanceOperation::Returned,
            customer: order.customer,
            contract: order.contract,
            amount: kopecks(100),
            ..TillAdvance::default()
        };
        let refused = session.run(Op::Post, |tx| tx.save(&mut back.clone(), How::Post)).unwrap_err().sentence();
        assert!(refused.contains("аванс"), "{refused}");
        let expected = loaded(&session, shift).cash_start.minor() + 15_000 + 9_900;
        or_say(close_shift(&session, shift, kopecks(expected)));
        printed(&session, &mut registrar);
        let closed: TillShift = loaded(&session, shift);
        assert_eq!((closed.receipts, closed.sales_card, closed.surplus()), (2, kopecks(5_000), kopecks(0)));
        assert_eq!(closed.registrar_differs(), [kopecks(0); 3], "{closed:?}");
        let report = or_say(check(&session, &mut |_| true));
        assert!(report.is_clean(), "{:?}", report.faults);
    }
}

#[test]
fn an_advance_that_was_not_sent_is_withdrawn_and_sent_after_all() {
    let session = engines()[0].fresh(today());
    fill(&session);
    let shift = open(&session);
    let customer = {
        let facts = session.facts();
        (&facts as &dyn Facts).coded::<Counterparty>("C1")
    };
    let advance = TillAdvance { shift, date: today(), customer, amount: kopecks(50_000), ..TillAdvance::default() };
    let mut advance = posted(&session, &advance);
    let state = || or_say(session.store.jobs_of(advance.reference().any()))[0].state;
    assert_eq!(state(), JobState::Waiting);
    let mut own = loaded(&session, advance.reference());
    or_say(session.run(Op::Unpost, |tx| tx.save(&mut own, How::Unpost)));
    assert_eq!(state(), JobState::Withdrawn);
    advance = posted(&session, &own);
    assert_eq!(or_say(session.store.jobs_of(advance.reference().any())).len(), 1);
    let mut registrar = Training::new();
    printed(&session, &mut registrar);
    assert_eq!(loaded(&session, advance.reference()).fiscal_state, FiscalState::Printed);
}

#[test]
fn a_correction_says_what_when_and_on_which_ground() {
    for engine in engines() {
        let session = engine.fresh(today());
        fill(&session);
        let mut registrar = Training::new();
        let shift = open(&session);
        let sold =
            or_say(sell(&session, session.clock.unique(), &receipt(&session, shift, &[("T1", 2_000, 12_200)]), None)).0;
        printed(&session, &mut registrar);
        let sold: TillReceipt = loaded(&session, sold);
        let mut made = TillCorrection { shift, date: today(), ..TillCorrection::default() };
        let facts = session.facts();
        assert!(made.fill_on_basis(&sold, &facts).is_ok());
        drop(facts);
        assert_eq!((made.amount, made.corrected_on), (sold.amount, today().date()));
        made.corrected_on = today().date().plus_days(-3);
        made.ground = CorrectionGround::Order;
        let refused = session.run(Op::Post, |tx| tx.save(&mut made.clone(), How::Post)).unwrap_err().sentence();
        assert!(refused.contains("предписания"), "{refused}");
        made.order_number = "7-А".to_owned();
        made.kind = CorrectedKind::Return;
        let made = posted(&session, &made);
        printed(&session, &mut registrar);
        let own = loaded(&session, made.reference());
        assert_eq!((own.fiscal_state, own.fiscal_number), (FiscalState::Printed, 3));
        let paper = registrar.wired.registrar.memory().documents().last().unwrap().clone();
        assert_eq!((paper.kind, paper.settled), (31, Some((2, 24_400))));
        for number in [tag::CORRECTION_KIND, tag::CORRECTED_ON, tag::ORDER_NUMBER] {
            assert_eq!(said(&registrar, number).len(), 1, "tag {number}");
        }
        let report = or_say(check(&session, &mut |_| true));
        assert!(report.is_clean(), "{:?}", report.faults);
    }
}

#[test]
fn a_shift_tells_its_vat_by_rates() {
    let session = engines()[0].fresh(today());
    fill(&session);
    let general = r#"{"type":"company","code":"main","regimes":[{"from":"2020-01-01","regime":"general"}]}"#;
    assert!(load(&session, general, &mut |_| true).is_ok());
    let shift = open(&session);
    or_say(sell(
        &session,
        session.clock.unique(),
        &receipt(&session, shift, &[("T1", 1_000, 12_200), ("T2", 2_000, 5_500)]),
        None,
    ));
    let (made, rates) = or_say(find::totals(&session, shift.any()));
    assert_eq!(rates.len(), 2, "{rates:?}");
    assert_eq!(rates.iter().map(|(_, _, vat)| *vat).sum::<kontora::kernel::money::Money>(), made.vat_amount);
    assert_eq!(rates.iter().map(|(_, total, _)| total.minor()).sum::<i64>(), 23_200);
    assert!(rates.iter().all(|(name, ..)| !name.is_empty()));
}

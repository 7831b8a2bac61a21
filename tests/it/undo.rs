//! The last operation is taken back, whole, and done again; or it is said what depends on it.

use crate::bases::{Place, engines, or_say, places, today};
use crate::digest::not_empty;
use kontora::domain::registry;
use kontora::kernel::clock::Clock;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::undo::{Scope, next, redo, undo, undo_this};

/// A company and what it trades with, each line an operation.
const LINES: &[&str] = &[
    r#"{"type":"company","code":"main","regimes":[{"from":"2004-01-01","regime":"general"}]}"#,
    r#"{"type":"item","code":"I1","name":"Чайник"}"#,
    r#"{"type":"item","code":"I2","name":"Кружка"}"#,
    r#"{"type":"counterparty","code":"S1","name":"Поставка"}"#,
    r#"{"type":"counterparty","code":"C1","name":"Ромашка"}"#,
    r#"{"type":"price_setting","key":"PS-1","date":"2026-11-01","post":true,"prices":[{"item":"I1","price_kind":"retail","price":"90.00"}]}"#,
    r#"{"type":"supplier_order","key":"SO-1","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"I1","qty":20,"price":"60.00"}]}"#,
    r#"{"type":"goods_receipt","key":"R-1","date":"2026-11-02","on":"supplier_order:SO-1","post":true,"goods":[{"item":"I1","qty":10,"price":"60.00"}]}"#,
    r#"{"type":"customer_order","key":"O-1","date":"2026-11-20","customer":"C1","post":true,"goods":[{"item":"I1","qty":3,"price":"100.00"},{"item":"I2","qty":2,"price":"50.00"}]}"#,
    r#"{"type":"invoice","key":"V-1","date":"2026-11-20","on":"customer_order:O-1","post":true}"#,
    r#"{"type":"goods_issue","key":"G-1","date":"2026-11-21","on":"customer_order:O-1","post":true,"goods":[{"item":"I1","qty":3}]}"#,
    r#"{"type":"tax_invoice_issued","key":"T-1","date":"2026-11-21","on":"goods_issue:G-1","post":true}"#,
    r#"{"type":"cash_receipt","key":"P-1","date":"2026-11-22","on":"customer_order:O-1","post":true}"#,
    r#"{"type":"customer_return","key":"B-1","date":"2026-11-22","on":"goods_issue:G-1","post":true,"goods":[{"item":"I1","qty":1}]}"#,
    r#"{"type":"goods_receipt","key":"R-0","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"I1","qty":5,"price":"30.00"}]}"#,
    r#"{"type":"customer_order","key":"O-1","date":"2026-11-20","customer":"C1","post":true,"goods":[{"item":"I1","qty":4,"price":"110.00"},{"item":"I2","qty":2,"price":"50.00"}]}"#,
    r#"{"type":"item","code":"I1","name":"Чайник «Буран»"}"#,
    r#"{"type":"customer_order","key":"O-2","date":"2026-11-22","customer":"C1","goods":[{"item":"I2","qty":2,"price":"50.00"}]}"#,
    r#"{"type":"customer_order","key":"O-2","mark":true}"#,
];

fn run(session: &Session, line: &str) {
    session
        .run(Op::Load, |tx| tx.load_line(line).map(|_| ()))
        .unwrap_or_else(|error| panic!("{line}: {}", error.sentence()));
}

/// What the base says to whoever works with it: registers, and objects that are not marked.
fn books(session: &Session) -> Vec<String> {
    let mut found = not_empty(session);
    for kind in registry::KINDS {
        let meta = kind.meta();
        for id in or_say(session.store.ids_after(meta, 0, 10_000)) {
            let mut object = or_say(session.store.load(AnyRef::new(meta.tag, id))).unwrap();
            if !object.head().marked {
                object.head_mut().version = 0;
                found.push(format!("{object:?}"));
            }
        }
    }
    found
}

fn same(now: &[String], was: &[String], what: &str) {
    let gone = was.iter().find(|row| !now.contains(row));
    let come = now.iter().find(|row| !was.contains(row));
    assert!(now == was, "{what}\n- {gone:?}\n+ {come:?}");
}

fn clean(session: &Session, what: &str) {
    let report = or_say(check(session, &mut |_| true));
    let faults: Vec<String> = report.faults.iter().map(|fault| fault.show()).collect();
    assert!(report.is_clean(), "{what}: {faults:?}");
}

#[test]
fn every_operation_is_taken_back_and_done_again() {
    for bases in engines() {
        let session = bases.fresh(today());
        for line in LINES {
            let before = books(&session);
            run(&session, line);
            let after = books(&session);
            or_say(undo(&session, Scope::Session));
            same(&books(&session), &before, &format!("{}: undo of {line}", bases.engine));
            or_say(redo(&session, Scope::Session));
            same(&books(&session), &after, &format!("{}: redo of {line}", bases.engine));
        }
        clean(&session, bases.engine);
    }
}

#[test]
fn all_operations_are_taken_back_one_after_the_other() {
    for bases in engines() {
        let session = bases.fresh(today());
        let mut states = vec![books(&session)];
        for line in LINES {
            run(&session, line);
            states.push(books(&session));
        }
        for (was, line) in states.iter().rev().skip(1).zip(LINES.iter().rev()) {
            or_say(undo(&session, Scope::Session));
            same(&books(&session), was, &format!("{}: undo of {line}", bases.engine));
        }
        clean(&session, bases.engine);
        let nothing = undo(&session, Scope::Session).unwrap_err();
        assert!(nothing.sentence().starts_with("Отменять нечего"), "{}", nothing.sentence());
        for (was, line) in states.iter().skip(1).zip(LINES) {
            or_say(redo(&session, Scope::Session));
            same(&books(&session), was, &format!("{}: redo of {line}", bases.engine));
        }
        clean(&session, bases.engine);
        // After something new there is nothing to do again.
        or_say(undo(&session, Scope::Session));
        run(&session, r#"{"type":"item","code":"I9","name":"Ложка"}"#);
        assert!(redo(&session, Scope::Session).unwrap_err().sentence().starts_with("Повторять нечего"));
    }
}

#[test]
fn an_operation_of_many_objects_is_one_operation() {
    for bases in engines() {
        let session = bases.fresh(today());
        let before = books(&session);
        // An order that changes its prices after a shipment leaves that with the old ones until it is posted anew,
        // which doing again does.
        let kept: Vec<&str> = LINES.iter().copied().filter(|line| !line.contains("110.00")).collect();
        let all = kept.join("\n");
        load(&session, &all, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let after = books(&session);
        let done = or_say(undo(&session, Scope::Session));
        assert!(done.marked.len() > 10, "{}: {:?}", bases.engine, done.marked);
        same(&books(&session), &before, &format!("{}: undo of all", bases.engine));
        or_say(redo(&session, Scope::Session));
        same(&books(&session), &after, &format!("{}: redo of all", bases.engine));
        clean(&session, bases.engine);
    }
}

#[test]
fn a_number_entered_by_hand_is_given_back() {
    for bases in engines() {
        let session = bases.fresh(today());
        LINES.iter().take(7).for_each(|line| run(&session, line));
        let order = |key: &str, more: &str| {
            let goods = r#""goods":[{"item":"I1","qty":1,"price":"9.00"}]"#;
            run(
                &session,
                &format!(
                    "{{\"type\":\"customer_order\",\"key\":\"{key}\",\"date\":\"2026-11-20\",\"customer\":\"C1\",{more}{goods}}}"
                ),
            );
            let known = or_say(session.store.known("load:customer_order", key)).unwrap().object;
            or_say(session.store.number_and_date(known)).unwrap().0
        };
        assert_eq!(order("N-1", ""), "000001");
        assert_eq!(order("N-1", r#""number":"000500","#), "000500");
        or_say(undo(&session, Scope::Session));
        assert_eq!(order("N-2", ""), "000002", "{}: no gap is left", bases.engine);
        // A number that somebody got since is not given twice.
        assert_eq!(order("N-2", r#""number":"000700","#), "000700");
        assert_eq!(order("N-3", ""), "000701");
        assert!(undo(&session, Scope::Session).is_ok());
        or_say(undo(&session, Scope::Session));
        assert_eq!(order("N-4", ""), "000702", "{}", bases.engine);
    }
}

#[test]
fn undo_works_without_a_window() {
    for place in places() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("lines.jsonl");
        std::fs::write(&file, LINES[..4].join("\n")).unwrap();
        let said = |args: &[&str]| {
            let mut out = Vec::new();
            let mut errors = Vec::new();
            let base = place.argument();
            let all = ["kontora", "--base", &base].into_iter().chain(args.iter().copied());
            let asked = kontora::cli::run_as(all.map(str::to_owned).collect(), None, &mut out, &mut errors);
            let kontora::cli::Asked::Code(code) = asked else { panic!("a window") };
            out.extend(errors);
            (code, String::from_utf8(out).unwrap())
        };
        let (code, _) = said(&["load", "--each", file.to_str().unwrap()]);
        assert_eq!(code, 0);
        let (code, shown) = said(&["undo", "--show"]);
        assert!(code == 0 && shown.starts_with("Загрузка: Поставка"), "{place}: {shown}");
        let (code, done) = said(&["undo"]);
        assert!(code == 0 && done.starts_with("Отменено. Загрузка: Поставка"), "{place}: {done}");
        let (code, again) = said(&["undo", "--redo"]);
        assert!(code == 0 && again.starts_with("Повторено. Загрузка: Поставка"), "{place}: {again}");
        let (code, refused) = said(&["undo", "--redo"]);
        assert!(code == 1 && refused.starts_with("Повторять нечего"), "{place}: {refused}");
    }
}

#[test]
fn what_is_undone_is_told_in_words() {
    let session = engines()[0].fresh(today());
    LINES.iter().take(8).for_each(|line| run(&session, line));
    let told = or_say(next(&session, Scope::Session)).unwrap().show();
    assert!(told.starts_with("Загрузка: Поступление"), "{told}");
    let done = or_say(undo(&session, Scope::Session)).sentence().show();
    assert!(done.starts_with("Отменено. Загрузка: Поступление") && done.contains("помечено на удаление"), "{done}");
    let again = or_say(redo(&session, Scope::Session)).sentence().show();
    assert!(again.starts_with("Повторено. Загрузка: Поступление"), "{again}");
    let last = or_say(session.store.last_operation());
    let other = undo_this(&session, Scope::Session, last - 1).unwrap_err().sentence();
    assert!(other.starts_with("После этой операции уже сделано другое"), "{other}");
    or_say(undo_this(&session, Scope::Session, last));
}

fn at(place: &Place, seed: u64) -> Session {
    let mut session = or_say(Session::open(&place.address, Clock::fixed(today(), seed)));
    session.workstation = format!("PC-{seed}");
    session
}

fn refusal(session: &Session) -> String {
    let before = books(session);
    let said = undo(session, Scope::Session).unwrap_err().sentence();
    same(&books(session), &before, "refused");
    said
}

#[test]
fn what_depends_is_named() {
    for place in places() {
        let (first, second) = (at(&place, 1), at(&place, 2));
        LINES.iter().take(7).for_each(|line| run(&first, line));
        // Another one makes a document on the basis of what is to be taken back.
        run(&second, LINES[7]);
        let said = refusal(&first);
        let want = "Отменить операцию «Загрузка: Заказ поставщику";
        assert!(said.starts_with(want) && said.contains("уже указан в: Поступление"), "{place}: {said}");
        // His receipt brings goods which somebody ships then.
        run(
            &first,
            r#"{"type":"goods_issue","date":"2026-11-03","customer":"C1","post":true,"goods":[{"item":"I1","qty":6,"price":"100.00"}]}"#,
        );
        let said = refusal(&second);
        assert!(said.contains("Этот товар уже отпустили: Реализация товаров"), "{place}: {said}");
        // Taken back in order, everything goes.
        or_say(undo(&first, Scope::Session));
        or_say(undo(&second, Scope::Session));
        or_say(undo(&first, Scope::Session));
        clean(&first, &place.to_string());
    }
}

#[test]
fn what_another_has_changed_since_is_not_taken_back() {
    for place in places() {
        let (first, second) = (at(&place, 1), at(&place, 2));
        run(&first, r#"{"type":"item","code":"I1","name":"Чайник"}"#);
        run(&second, r#"{"type":"item","code":"I1","name":"Чайник «Буран»"}"#);
        let said = refusal(&first);
        assert!(said.contains("Чайник «Буран»: позже изменён (PC-2, 23.11.2026"), "{place}: {said}");
        // Each takes back his own.
        or_say(undo(&second, Scope::Session));
        // What the other did and took back is still a change by another hand.
        assert!(refusal(&first).contains("PC-2"), "{place}");
        // The same user may take back what he did at another place, when he says so.
        let told = or_say(undo(&first, Scope::User)).sentence().show();
        assert!(told.contains("Чайник"), "{told}");
    }
}

#[test]
fn a_closed_period_is_not_opened_by_undo() {
    for place in places() {
        let (first, second) = (at(&place, 1), at(&place, 2));
        LINES.iter().take(8).for_each(|line| run(&first, line));
        run(&second, r#"{"type":"company","code":"main","locked_until":"2026-11-10","locked_by":"Бухгалтер"}"#);
        let said = refusal(&first);
        assert!(said.contains("Отменить операцию «Загрузка: Поступление") && said.contains("Бухгалтер"), "{said}");
        or_say(undo(&second, Scope::Session));
        or_say(undo(&first, Scope::Session));
    }
}

//! Supply of orders on every engine: what is proposed for lines and how they are split, who would lose to whom,
//! reserves that end and come back, what can be promised when.

use crate::bases::{engines, or_say, places, today};
use kontora::domain::sales::customer_order::{CustomerOrder, Priority};
use kontora::domain::sales::order_state::SupplyAction;
use kontora::kernel::clock::Clock;
use kontora::kernel::facts::Facts;
use kontora::kernel::moment::Date;
use kontora::kernel::object::Referable as _;
use kontora::kernel::refs::AnyRef;
use kontora::ops::availability::by_day;
use kontora::ops::chores::Chore as _;
use kontora::ops::coverage::SOMETIME;
use kontora::ops::expiry::{Expiry, ending};
use kontora::ops::fill_supply::{Allowed, propose_for};
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::orders::state_of;
use kontora::ops::raise::{raised_by, raised_to, set_priority};
use kontora::ops::reallocate::plan_for;
use kontora::ops::save::How;
use kontora::ops::undo::{Scope, redo, undo};
use kontora::ops::versions::versions;
use std::sync::Arc;

const MASTERS: &str = r#"
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"T2","name":"Утюг"}
{"type":"item","code":"U1","name":"Доставка","kind":"service"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":5,"price":"50"},{"item":"T2","qty":1,"price":"50"}]}
"#;

fn with(lines: &str, each: impl Fn(&Session)) {
    for engine in engines() {
        let session = engine.fresh(today());
        for text in [MASTERS, lines] {
            load(&session, text, &mut |_| true)
                .unwrap_or_else(|bad| panic!("{}: {}", engine.engine, bad[0].error.sentence()));
        }
        each(&session);
        let report = or_say(kontora::ops::check::check(&session, &mut |_| true));
        assert!(
            report.is_clean(),
            "{}: {:?}",
            engine.engine,
            report.faults.iter().map(|one| one.show()).collect::<Vec<_>>()
        );
    }
}

fn order(session: &Session, number: usize) -> Arc<CustomerOrder> {
    let meta = <CustomerOrder as kontora::kernel::object::Declared>::declared();
    let ids = or_say(session.store.ids_after(meta, 0, 100));
    let facts = session.facts();
    (&facts as &dyn Facts).get_any(AnyRef::new(meta.tag, ids[number])).unwrap()
}

/// Reserved for each line of an order.
fn held(session: &Session, number: usize) -> Vec<String> {
    let order = order(session, number);
    let facts = session.facts();
    order.goods.iter().map(|line| (&facts as &dyn Facts).balance(&order.reserve_key(line)).qty.short()).collect()
}

fn allowed(actions: &[SupplyAction]) -> Allowed {
    actions.iter().copied().collect()
}

const SHORT_OF_BOTH: &str = r#"
{"type":"supplier_order","key":"Q-1","date":"2026-11-02","supplier":"S1","due":"2026-12-05","post":true,"goods":[{"item":"T1","qty":2,"price":"50"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-03","customer":"C1","post":true,"goods":[{"item":"T1","qty":9,"price":"100.01","action":"to_supply"},{"item":"T2","qty":1,"price":"10","action":"none"},{"item":"U1","qty":1,"price":"300"}]}
"#;

#[test]
fn the_best_for_each_line_is_proposed_and_a_line_of_which_a_part_is_there_is_split() {
    with(SHORT_OF_BOTH, |session| {
        let of = order(session, 0).reference().any();
        let all = allowed(&[SupplyAction::Ship, SupplyAction::AsArrives, SupplyAction::ToSupply]);
        let found = or_say(propose_for(session, of, &all));
        assert_eq!(found.len(), 2, "a service needs no supply");
        let parts: Vec<_> = found[0].parts.iter().map(|part| (part.qty.short(), part.action, part.date)).collect();
        assert_eq!(
            parts,
            [
                ("5".to_owned(), SupplyAction::Ship, Date::EMPTY),
                ("2".to_owned(), SupplyAction::AsArrives, Date::ymd(2026, 12, 5).unwrap()),
                ("2".to_owned(), SupplyAction::ToSupply, SOMETIME),
            ]
        );
        assert_eq!(found[0].parts[1].why.show(), "2 в пути, будет 05.12.2026");
        assert!(found[1].changes(), "what is there need not stay unsupplied");
        or_say(session.run(Op::Post, |tx| tx.fill_supply(of, &found)));
        let now = order(session, 0);
        let lines: Vec<_> =
            now.goods.iter().map(|line| (line.qty.short(), line.action, line.amount.to_string())).collect();
        assert_eq!(lines[..3].iter().map(|line| line.2.as_str()).collect::<Vec<_>>(), ["500.05", "200.02", "200.02"]);
        assert_eq!(now.goods.len(), 5);
        assert_eq!(held(session, 0)[..4], ["5", "0", "0", "1"]);
        let facts = session.facts();
        let verdict = state_of(&now, &facts);
        assert_eq!((verdict.ready, verdict.active), (3, 5));
        // Nothing more can be done: the same is proposed again.
        assert!(or_say(propose_for(session, of, &all)).iter().all(|one| !one.changes()));
        or_say(undo(session, Scope::Session));
        assert_eq!(order(session, 0).goods.len(), 3, "one undo makes one line of them again");
    });
}

#[test]
fn nothing_is_proposed_where_nothing_may_be_provided() {
    let lines = r#"
{"type":"agreement","code":"A1","name":"Аванс","stages":[{"kind":"advance","percent":"50"},{"kind":"credit","percent":"50"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-03","customer":"C1","agreement":"A1","post":true,"goods":[{"item":"T1","qty":2,"price":"100"}]}
"#;
    with(lines, |session| {
        let refused = propose_for(session, order(session, 0).reference().any(), &allowed(&[SupplyAction::Ship]));
        let said = refused.err().map(|error| error.sentence()).unwrap_or_default();
        assert_eq!(said, "Не хватает 100,00 до аванса: до его оплаты товар под заказ не занимается");
    });
}

const QUEUE: &str = r#"
{"type":"customer_order","key":"O-1","date":"2026-11-03","customer":"C1","post":true,"goods":[{"item":"T1","qty":4,"price":"100"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-04","customer":"C1","post":true,"goods":[{"item":"T1","qty":1,"price":"100","action":"reserve"}]}
{"type":"customer_order","key":"O-3","date":"2026-11-05","customer":"C1","ship_date":"2026-11-10","priority":"high","post":true,"goods":[{"item":"T1","qty":3,"price":"100"}]}
"#;

#[test]
fn who_would_lose_is_shown_before_reserves_are_shared_out_anew() {
    with(QUEUE, |session| {
        let all = |session: &Session| [0, 1, 2].map(|number| held(session, number)[0].clone());
        assert_eq!(all(session), ["4", "1", "0"], "nobody loses a reserve by itself");
        let shown = or_say(plan_for(session, Some(order(session, 2).reference().any())));
        let said: Vec<_> = shown.iter().map(|shift| (shift.from.short(), shift.to.short())).collect();
        assert_eq!(said, [("4".to_owned(), "1".to_owned()), ("0".to_owned(), "3".to_owned())], "the loser first");
        or_say(session.run(Op::Allocate, |tx| tx.reallocate(&shown)));
        assert_eq!(all(session), ["1", "1", "3"], "a hard reserve is nobody else's");
        assert!(or_say(plan_for(session, None)).is_empty());
        let refused = session.run(Op::Allocate, |tx| tx.reallocate(&shown)).map(|_| ());
        assert!(refused.unwrap_err().sentence().contains("резервы изменились"));
        let facts = session.facts();
        assert_eq!(state_of(&order(session, 2), &facts).state, order(session, 2).state);
    });
}

#[test]
fn what_was_shared_out_anew_comes_back_by_one_undo_and_the_history_tells_of_it() {
    with(QUEUE, |session| {
        let all = |session: &Session| [0, 1, 2].map(|number| held(session, number)[0].clone());
        let shown = or_say(plan_for(session, None));
        or_say(session.run(Op::Allocate, |tx| tx.reallocate(&shown)));
        assert_eq!(all(session), ["1", "1", "3"]);
        let told = or_say(versions(session, order(session, 0).reference().any()));
        let change = &told[0].changes[0];
        assert_eq!(
            (told[0].deed.show(), change.place.clone(), change.was.clone(), change.now.clone()),
            ("резерв перераспределён".into(), "Товары, строка 1, Зарезервировано".into(), "4".into(), "1".into())
        );
        let said = or_say(undo(session, Scope::Session)).sentence().show();
        assert!(said.contains("Перераспределение резервов"), "{said}");
        assert_eq!(all(session), ["4", "1", "0"], "whoever got it gives it back");
        or_say(redo(session, Scope::Session));
        assert_eq!(all(session), ["1", "1", "3"], "and it is done again");
        or_say(undo(session, Scope::Session));
        assert_eq!(all(session), ["4", "1", "0"]);
        let facts = session.facts();
        for number in [0, 1, 2] {
            assert_eq!(state_of(&order(session, number), &facts).state, order(session, number).state);
        }
    });
}

#[test]
fn what_has_left_meanwhile_cannot_come_back_and_the_order_is_named() {
    for place in places() {
        let open = || or_say(Session::open(&place.address, Clock::fixed(today(), 1)));
        let (session, other) = (open(), open());
        for text in [MASTERS, QUEUE] {
            load(&other, text, &mut |_| true).unwrap_or_else(|bad| panic!("{place}: {}", bad[0].error.sentence()));
        }
        let shown = or_say(plan_for(&session, None));
        or_say(session.run(Op::Allocate, |tx| tx.reallocate(&shown)));
        // Somebody else ships what was given: sharing out stays the last operation of whoever did it.
        let ship = r#"{"type":"goods_issue","key":"G-1","date":"2026-11-20","on":"customer_order:O-3","post":true}"#;
        load(&other, ship, &mut |_| true).unwrap_or_else(|bad| panic!("{place}: {}", bad[0].error.sentence()));
        or_say(session.store.refresh());
        let refused = undo(&session, Scope::Session).err().map(|error| error.sentence()).unwrap_or_default();
        assert!(refused.contains("Перераспределение резервов"), "{place}: {refused}");
        assert!(refused.contains("000003") && refused.contains("с тех пор товар отгружен"), "{place}: {refused}");
        assert_eq!(held(&session, 0), ["1"], "{place}: nothing was half done");
    }
}

#[test]
fn who_would_lose_is_asked_before_a_priority_is_raised_or_a_day_comes_nearer() {
    with(QUEUE, |session| {
        let all = |session: &Session| [0, 1, 2].map(|number| held(session, number)[0].clone());
        let low = order(session, 2);
        let mut nearer = low.as_ref().clone();
        nearer.ship_date = Date::ymd(2026, 11, 9).unwrap();
        let asked = or_say(raised_by(session, &nearer, How::Write)).unwrap_or_default();
        let said: Vec<_> = asked.shifts.iter().map(|shift| (shift.from.short(), shift.to.short())).collect();
        assert_eq!(said, [("4".to_owned(), "1".to_owned()), ("0".to_owned(), "3".to_owned())]);
        assert!(asked.words[0].starts_with("Чайник: Заказ клиента 000001"), "{:?}", asked.words);
        assert!(asked.words[0].ends_with("держит 4, останется 1"), "{:?}", asked.words);
        assert_eq!(all(session), ["4", "1", "0"], "a question writes nothing");
        let mut later = low.as_ref().clone();
        later.ship_date = Date::ymd(2026, 12, 9).unwrap();
        assert_eq!(or_say(raised_by(session, &later, How::Write)), None, "who steps back takes nothing");
        let mut same = low.as_ref().clone();
        same.comment = "позвонить".to_owned();
        assert_eq!(or_say(raised_by(session, &same, How::Write)), None);
        // The one that holds everything already takes nothing from anybody.
        let first = order(session, 0).reference().any();
        assert_eq!(or_say(raised_to(session, &[first], Priority::High)), None);
        let second = order(session, 1).reference().any();
        assert_eq!(
            or_say(raised_to(session, &[second], Priority::High)),
            None,
            "a hard reserve neither gives nor takes"
        );

        let ((count, _), _) = or_say(set_priority(session, &[low.reference().any()], Priority::Low, &[]));
        assert_eq!(count, 1);
        let asked = or_say(raised_to(session, &[low.reference().any()], Priority::High)).unwrap_or_default();
        let ((count, _), _) = or_say(set_priority(session, &[low.reference().any()], Priority::High, &asked.shifts));
        assert_eq!((count, order(session, 2).priority), (1, Priority::High));
        assert_eq!(all(session), ["1", "1", "3"]);
        or_say(undo(session, Scope::Session));
        assert_eq!((all(session), order(session, 2).priority), (["4", "1", "0"].map(str::to_owned), Priority::Low));
        or_say(redo(session, Scope::Session));
        assert_eq!((all(session), order(session, 2).priority), (["1", "1", "3"].map(str::to_owned), Priority::High));
    });
}

const ENDING: &str = r#"
{"type":"bank","code":"044525225","name":"ПАО Сбербанк"}
{"type":"bank_account","code":"BA","name":"Основной счет","company":"main","number":"40702810100000000017","bank":"044525225","currency":"RUB"}
{"type":"settings","code":"main","bank_account":"BA"}
{"type":"customer_order","key":"O-1","date":"2026-11-03","customer":"C1","reserve_until":"2026-11-20","post":true,"goods":[{"item":"T1","qty":2,"price":"100"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-03","customer":"C1","reserve_until":"2026-11-20","post":true,"goods":[{"item":"T1","qty":2,"price":"100"}]}
{"type":"customer_order","key":"O-3","date":"2026-11-03","customer":"C1","reserve_until":"2026-11-24","post":true,"goods":[{"item":"T1","qty":1,"price":"100"}]}
{"type":"customer_order","key":"O-4","date":"2026-11-04","customer":"C1","post":true,"goods":[{"item":"T1","qty":3,"price":"100"}]}
{"type":"bank_receipt","key":"P-1","date":"2026-11-05","counterparty":"C1","amount":"10","post":true,"split":[{"order":"customer_order:O-2","amount":"10"}]}
"#;

#[test]
fn a_reserve_ends_where_nothing_was_paid_and_comes_back_by_one_undo() {
    with(ENDING, |session| {
        let facts = session.facts();
        let (today, tomorrow) = (Date::ymd(2026, 11, 23).unwrap(), Date::ymd(2026, 11, 24).unwrap());
        let remind = or_say(ending(&session.store, &facts, tomorrow, tomorrow));
        assert_eq!(remind, [order(session, 2).reference()], "told of the day before");
        drop(facts);
        let all = |session: &Session| [0, 1, 2, 3].map(|number| held(session, number)[0].clone());
        assert_eq!(all(session), ["2", "2", "1", "0"]);
        let round = or_say(Expiry::default().round(session));
        assert_eq!((round.done, round.left), (1, 0), "{}", round.why);
        assert_eq!(all(session), ["0", "2", "1", "2"], "what was paid for is kept; what came free goes to who waits");
        assert!(order(session, 0).reserve_released);
        assert_eq!(or_say(Expiry::default().round(session)).done, 0, "once");
        let facts = session.facts();
        assert!(or_say(ending(&session.store, &facts, today, today)).is_empty());
        drop(facts);
        or_say(undo(session, Scope::Session));
        assert_eq!(all(session), ["2", "2", "1", "0"], "and who got it meanwhile gives it back");
    });
}

const DAYS: &str = r#"
{"type":"supplier_order","key":"Q-1","date":"2026-11-02","supplier":"S1","due":"2026-12-05","post":true,"goods":[{"item":"T1","qty":10,"price":"50"}]}
{"type":"supplier_order","key":"Q-2","date":"2026-11-02","supplier":"S1","post":true,"goods":[{"item":"T1","qty":7,"price":"50"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-03","customer":"C1","ship_date":"2026-11-10","post":true,"goods":[{"item":"T1","qty":2,"price":"100"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-03","customer":"C1","ship_date":"2026-12-01","post":true,"goods":[{"item":"T1","qty":2,"price":"100"}]}
{"type":"customer_order","key":"O-3","date":"2026-11-03","customer":"C1","ship_date":"2026-12-06","post":true,"goods":[{"item":"T1","qty":6,"price":"100"}]}
"#;

#[test]
fn what_can_be_promised_on_a_day_is_what_will_be_left_after_everything_promised() {
    with(DAYS, |session| {
        let facts = session.facts();
        let order = order(session, 0);
        let days = by_day(&facts, order.company, order.warehouse, order.goods[0].item);
        let shown: Vec<String> = days
            .iter()
            .map(|day| {
                let numbers = [day.coming, day.leaving, day.left, day.available].map(|qty| qty.short());
                format!("{} {}", day.date.stored(), numbers.join(" "))
            })
            .collect();
        assert_eq!(
            shown,
            ["20261123 0 2 3 1", "20261201 0 2 1 1", "20261205 10 0 11 5", "20261206 0 6 5 5", "99991231 7 0 12 12"]
        );
    });
}

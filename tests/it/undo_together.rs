//! What was done to many rows is taken back as one; what was deleted comes back with all it was.

use crate::bases::{Bases, engines, or_say, places, today};
use crate::digest::not_empty;
use kontora::domain::registry;
use kontora::kernel::clock::Clock;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::delete::delete;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use kontora::ops::undo::{Scope, next, redo, undo, undo_this};
use kontora::ops::versions::{at_version, versions};
use kontora::store::lists::{Anchor, ListQuery};

const TRADE: &str = r#"
{"type":"company","code":"main","regimes":[{"from":"2004-01-01","regime":"general"}]}
{"type":"item","code":"I1","name":"Чайник"}
{"type":"item","code":"I2","name":"Кружка","barcodes":[{"barcode":"4006381333931"}]}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-02","supplier":"C1","post":true,"goods":[{"item":"I1","qty":10,"price":"60.00"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-20","customer":"C1","goods":[{"item":"I1","qty":3,"price":"100.00"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-20","customer":"C1","goods":[{"item":"I1","qty":1,"price":"100.00"}]}
{"type":"customer_order","key":"O-3","date":"2026-11-20","customer":"C1","goods":[{"item":"I2","qty":1,"price":"10.00"}]}
"#;

fn trading(bases: &Bases) -> Session {
    let session = bases.fresh(today());
    load(&session, TRADE, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
    session
}

fn find(session: &Session, kind: &str, key: &str) -> AnyRef {
    let known = or_say(session.store.known(&format!("load:{kind}"), key));
    let meta = registry::by_code(kind).unwrap().meta();
    known.map_or_else(|| or_say(session.store.with_code(meta, key)), |known| known.object)
}

fn clean(session: &Session) {
    let report = or_say(check(session, &mut |_| true));
    assert!(report.is_clean(), "{:?}", report.faults);
}

/// Posts the orders as a list does: an operation for each, one batch; gives the number of the last.
fn post_all(session: &Session, orders: &[AnyRef]) -> i64 {
    let batch = session.clock.unique();
    let mut last = 0;
    for (place, order) in orders.iter().enumerate() {
        let ((), changed) = or_say(session.run_in(batch, place, Op::Post, |tx| {
            let mut object = tx.store.load(*order)?.unwrap();
            tx.save(object.as_mut(), How::Post)
        }));
        last = changed.operation;
    }
    last
}

fn posted(session: &Session, orders: &[AnyRef]) -> Vec<bool> {
    orders.iter().map(|order| or_say(session.store.load(*order)).unwrap().head().posted).collect()
}

#[test]
fn what_was_done_to_many_rows_is_taken_back_as_one() {
    for bases in engines() {
        let session = trading(&bases);
        let orders = ["O-1", "O-2", "O-3"].map(|key| find(&session, "customer_order", key));
        let before = not_empty(&session);
        let last = post_all(&session, &orders);
        let after = not_empty(&session);
        let words = or_say(next(&session, Scope::Session)).unwrap().show();
        assert!(words.starts_with("Проведение: Заказ клиента") && words.contains('2'), "{words}");
        let done = or_say(undo_this(&session, Scope::Session, last));
        assert!(orders.iter().all(|order| done.changed.objects.contains(order)), "{}", bases.engine);
        assert_eq!((posted(&session, &orders), not_empty(&session)), (vec![false; 3], before.clone()));
        or_say(redo(&session, Scope::Session));
        assert_eq!((posted(&session, &orders), not_empty(&session)), (vec![true; 3], after), "{}", bases.engine);
        or_say(undo(&session, Scope::Session));
        assert_eq!((posted(&session, &orders), not_empty(&session)), (vec![false; 3], before));
        // What was done before the batch is what is taken back next.
        let words = or_say(next(&session, Scope::Session)).unwrap().show();
        assert!(words.starts_with("Загрузка"), "{words}");
        clean(&session);
    }
}

#[test]
fn all_rows_or_none() {
    for place in places() {
        let [first, second] = [1, 2].map(|seed| or_say(Session::open(&place.address, Clock::fixed(today(), seed))));
        load(&second, TRADE, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let orders = ["O-1", "O-2", "O-3"].map(|key| find(&first, "customer_order", key));
        post_all(&first, &orders);
        // Somebody else has shipped one of them.
        let line = r#"{"type":"goods_issue","key":"G-1","on":"customer_order:O-2","date":"2026-11-21","post":true}"#;
        or_say(second.run(Op::Load, |tx| tx.load_line(line)));
        let before = not_empty(&first);
        let said = undo(&first, Scope::Session).unwrap_err().sentence();
        assert!(said.contains("уже указан в: Реализация товаров"), "{said}, {place}");
        assert_eq!((posted(&first, &orders), not_empty(&first)), (vec![true; 3], before), "{place}");
        or_say(undo(&second, Scope::Session));
        or_say(undo(&first, Scope::Session));
        assert_eq!(posted(&first, &orders), [false; 3], "{place}");
        clean(&first);
    }
}

#[test]
fn what_was_deleted_comes_back_with_all_it_was() {
    for bases in engines() {
        let session = trading(&bases);
        let (order, item) = (find(&session, "customer_order", "O-3"), find(&session, "item", "I2"));
        let state = |object: AnyRef| or_say(session.store.load(object));
        let lines =
            [r#"{"type":"customer_order","key":"O-3","mark":true}"#, r#"{"type":"item","code":"I2","mark":true}"#];
        for line in lines {
            or_say(session.run(Op::Load, |tx| tx.load_line(line)));
        }
        let before = [order, item].map(|object| state(object).unwrap());
        let done = or_say(delete(&session, vec![order, item], &mut |_, _| true));
        assert_eq!(done.gone.len(), 2, "{:?}", done.kept);
        let words = or_say(next(&session, Scope::Session)).unwrap().show();
        assert!(words.contains("Заказ клиента"), "what is no more has its name: {words}");
        or_say(undo(&session, Scope::Session));
        for was in &before {
            let now = state(was.any_ref()).unwrap();
            let (was, mut here) = (was.boxed(), now.boxed());
            assert_eq!(here.head().version, was.head().version + 2, "{}", bases.engine);
            here.head_mut().version = was.head().version;
            assert_eq!(format!("{here:?}"), format!("{was:?}"), "{}", bases.engine);
        }
        // It is found by its words and its key from outside, and its history is whole.
        let meta = registry::by_code("item").unwrap().meta();
        let query = ListQuery { search: "кружка".to_owned(), ..ListQuery::usual(meta, Vec::new()) };
        let found = or_say(session.store.list_page(&query, &Anchor::Start, 5));
        assert_eq!(found.iter().map(|line| line.reference).collect::<Vec<_>>(), [item], "{}", bases.engine);
        assert_eq!(find(&session, "customer_order", "O-3"), order);
        let deeds: Vec<String> = or_say(versions(&session, item)).iter().map(|one| one.deed.show()).collect();
        assert_eq!(deeds, ["возвращён", "удалён", "помечен на удаление", "создан"]);
        assert_eq!(format!("{:?}", or_say(at_version(&session, order, 1)).get(0)), format!("{:?}", before[0].get(0)));
        clean(&session);
        // Done again, and taken back again.
        or_say(redo(&session, Scope::Session));
        assert!(state(order).is_none() && state(item).is_none(), "{}", bases.engine);
        or_say(undo(&session, Scope::Session));
        assert!(state(order).is_some() && state(item).is_some(), "{}", bases.engine);
        clean(&session);
    }
}

#[test]
fn what_cannot_come_back_says_why() {
    for bases in engines() {
        let session = trading(&bases);
        let item = find(&session, "item", "I2");
        for line in
            [r#"{"type":"customer_order","key":"O-3","mark":true}"#, r#"{"type":"item","code":"I2","mark":true}"#]
        {
            or_say(session.run(Op::Load, |tx| tx.load_line(line)));
        }
        let order = find(&session, "customer_order", "O-3");
        or_say(delete(&session, vec![order], &mut |_, _| true));
        or_say(delete(&session, vec![item], &mut |_, _| true));
        let other = Session::over(session.store, session.clock);
        or_say(other.run(Op::Load, |tx| tx.load_line(r#"{"type":"item","code":"I2","name":"Другая кружка"}"#)));
        let taken = find(&other, "item", "I2");
        let session = Session::over(other.store, other.clock);
        // The newest operation of everybody is the new item: it goes first, and its code with it stays taken.
        or_say(undo(&session, Scope::User));
        let said = undo(&session, Scope::User).unwrap_err().sentence();
        assert!(said.contains("его код или номер занят: Другая кружка"), "{said}, {}", bases.engine);
        assert!(or_say(session.store.load(item)).is_none());
        or_say(delete(&session, vec![taken], &mut |_, _| true));
        assert!(or_say(session.store.load(taken)).is_none());
    }
}

//! What was: versions are shown, compared and restored; the journal finds every change; deletion needs a mark and
//! lets nothing be left without what it refers to, and the history of what was deleted stays.

use crate::bases::{engines, or_say, today};
use kontora::domain::registry;
use kontora::kernel::moment::Moment;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::value::Value;
use kontora::ops::check::check;
use kontora::ops::delete::{delete, marked};
use kontora::ops::gate::{Op, Session};
use kontora::ops::journal::page;
use kontora::ops::load::load;
use kontora::ops::versions::{at_version, compare, title_of, versions};
use kontora::store::dialect::Dialect;
use kontora::store::journal::JournalQuery;

const TRADE: &str = r#"
{"type":"company","code":"main","regimes":[{"from":"2004-01-01","regime":"general"}]}
{"type":"item","code":"I1","name":"Чайник"}
{"type":"item","code":"I2","name":"Кружка"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-02","supplier":"C1","post":true,"goods":[{"item":"I1","qty":10,"price":"60.00"},{"item":"I2","qty":10,"price":"6.00"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-20","customer":"C1","comment":"первый","post":true,"goods":[{"item":"I1","qty":3,"price":"100.00"},{"item":"I2","qty":2,"price":"50.00"}]}
"#;

fn run(session: &Session, line: &str) -> i64 {
    let done = session.run(Op::Load, |tx| tx.load_line(line).map(|_| ()));
    done.unwrap_or_else(|error| panic!("{line}: {}", error.sentence())).1.operation
}

fn trading(bases: &crate::bases::Bases) -> Session {
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

#[test]
fn any_version_is_shown_compared_and_restored() {
    for bases in engines() {
        let session = trading(&bases);
        let order = find(&session, "customer_order", "O-1");
        run(
            &session,
            r#"{"type":"customer_order","key":"O-1","comment":"второй","goods":[{"item":"I1","qty":5,"price":"90.00"}]}"#,
        );
        run(&session, r#"{"type":"customer_order","key":"O-1","unpost":true}"#);
        let now = or_say(session.store.load(order)).unwrap().head().version;
        let first = or_say(at_version(&session, order, 1));
        assert_eq!(first.by_name("comment"), Some(Value::Text("первый".to_owned())), "{}", bases.engine);
        assert_eq!((first.rows(0), first.head().posted, first.head().version), (2, true, 1));
        assert!(at_version(&session, order, 0).is_err());
        let found = or_say(compare(&session, order, 1, now));
        let comment = found.iter().find(|change| change.place == "Комментарий").unwrap();
        assert_eq!((comment.was.as_str(), comment.now.as_str()), ("первый", "второй"));
        assert!(found.iter().any(|change| change.place.contains("строка")), "{found:?}");
        // The other way round it is the same, turned.
        let back = or_say(compare(&session, order, now, 1));
        let comment = back.iter().find(|change| change.place == "Комментарий").unwrap();
        assert_eq!((comment.was.as_str(), comment.now.as_str()), ("второй", "первый"));
        or_say(session.run(Op::Restore, |tx| tx.restore(order, 1)));
        let restored = or_say(session.store.load(order)).unwrap();
        assert!(or_say(compare(&session, order, 1, restored.head().version)).is_empty());
        assert_eq!((restored.head().posted, restored.head().version), (false, now + 1), "posting is not restored");
        // Restoring is a change like any other: it can be undone.
        or_say(kontora::ops::undo::undo(&session, kontora::ops::undo::Scope::Session));
        let undone = or_say(session.store.load(order)).unwrap();
        assert_eq!(undone.by_name("comment"), Some(Value::Text("второй".to_owned())));
        clean(&session);
    }
}

fn titles(session: &Session, query: &JournalQuery) -> Vec<String> {
    let entry = |entry: kontora::ops::journal::Entry| format!("{}: {}", entry.title, entry.deed.show());
    or_say(page(session, query, None, 5)).into_iter().map(entry).collect()
}

#[test]
fn the_journal_is_read_by_pages_and_filters() {
    for bases in engines() {
        let mut session = trading(&bases);
        let order = find(&session, "customer_order", "O-1");
        let kind = Some(order.tag());
        let all = JournalQuery::default();
        // Page by page it is the same as at once, and nothing comes twice.
        let whole = or_say(page(&session, &all, None, 100_000));
        let mut paged = Vec::new();
        while let Some(next) =
            Some(or_say(page(&session, &all, paged.last().map(|e: &kontora::ops::journal::Entry| &e.key), 7)))
            && !next.is_empty()
        {
            paged.extend(next);
        }
        assert_eq!(paged, whole, "{}", bases.engine);
        assert!(whole.windows(2).all(|pair| pair[0].key.operation >= pair[1].key.operation));
        session.clock.set(Moment::from_stored(20_261_124_100_000));
        let user = find(&session, "user", "U7");
        assert!(user.is_empty());
        run(&session, r#"{"type":"user","code":"U7","name":"Иванова","roles":[{"role":"admin"}]}"#);
        session = {
            let mut other = Session::over(session.store, session.clock);
            "PC-7".clone_into(&mut other.workstation);
            other
        };
        or_say(session.act_as(find(&session, "user", "U7")));
        run(&session, r#"{"type":"customer_order","key":"O-1","comment":"её"}"#);
        let of_user = JournalQuery { account: Some(session.user().id()), ..all };
        let found = or_say(page(&session, &of_user, None, 10));
        assert_eq!((found.len(), found[0].user.as_str(), found[0].workstation.as_str()), (1, "Иванова", "PC-7"));
        assert!(titles(&session, &of_user)[0].starts_with("Заказ клиента"), "{:?}", titles(&session, &of_user));
        let of_kind = JournalQuery { tag: kind, ..all };
        assert_eq!(titles(&session, &of_kind).len(), 2);
        let both = JournalQuery { tag: kind, account: Some(0), ..all };
        assert_eq!(titles(&session, &both).len(), 1);
        let late = JournalQuery { from: Moment::from_stored(20_261_124_000_000), ..all };
        assert_eq!(titles(&session, &late).len(), 2);
        let early = JournalQuery { until: Moment::from_stored(20_261_123_235_959), tag: kind, ..all };
        assert_eq!(titles(&session, &early).len(), 1);
        let never = JournalQuery { from: Moment::from_stored(20_300_101_000_000), ..all };
        assert!(titles(&session, &never).is_empty());
    }
}

#[test]
fn pages_of_the_journal_are_read_by_an_index() {
    let session = trading(&engines()[0]);
    assert_eq!(session.store.dialect(), Dialect::Sqlite);
    for (tag, account) in [(None, None), (Some(46), None), (None, Some(0)), (Some(46), Some(0))] {
        let query = JournalQuery { tag, account, from: today(), until: Moment::EMPTY };
        for key in [None, or_say(page(&session, &JournalQuery::default(), None, 1)).first().map(|entry| entry.key)] {
            let mut plan = Vec::new();
            if let Some((sql, cells)) = or_say(session.store.journal_statement(&query, key.as_ref(), 50)) {
                let cells: Vec<_> = cells.iter().map(|cell| kontora::store::engine::Cell::Int(*cell)).collect();
                let explained = format!("EXPLAIN QUERY PLAN {sql}");
                or_say(session.store.engine().query(&explained, &cells, &mut |row| {
                    plan.push(row.text(3).to_owned());
                    Ok(())
                }));
            }
            let read = |step: &String| step.starts_with("SEARCH") || step.contains("FOR LAST");
            assert!(plan.iter().all(read), "{tag:?} {account:?}: {plan:?}");
            // Only what one operation changed is sorted.
            let sorts = |step: &&String| step.contains("TEMP B-TREE") && !step.contains("FOR LAST");
            assert!(!plan.iter().any(|step| sorts(&step)), "{tag:?} {account:?}: {plan:?}");
        }
    }
}

#[test]
fn only_what_is_marked_and_nothing_refers_to_is_deleted() {
    for bases in engines() {
        let session = trading(&bases);
        let (item, order) = (find(&session, "item", "I1"), find(&session, "customer_order", "O-1"));
        let refused = |object: AnyRef| session.run(Op::Delete, |tx| tx.delete(object)).unwrap_err().sentence();
        assert!(refused(item).starts_with("Удалить можно только то, что помечено"), "{}", bases.engine);
        run(&session, r#"{"type":"item","code":"I1","mark":true}"#);
        let said = refused(item);
        assert!(said.starts_with("На объект ссылаются (2): ") && said.contains("Заказ клиента"), "{said}");
        run(&session, r#"{"type":"customer_order","key":"O-1","mark":true}"#);
        let found = or_say(marked(&session));
        let free: Vec<(AnyRef, bool)> = found.iter().map(|doomed| (doomed.reference, doomed.free)).collect();
        assert!(free.contains(&(item, false)) && free.contains(&(order, true)), "{free:?}");
        // The receipt still holds the item: only the order goes.
        let done = or_say(delete(&session, vec![item, order], &mut |_, _| true));
        assert_eq!((done.gone.as_slice(), done.kept.len()), ([order].as_slice(), 1));
        assert!(done.kept[0].1.sentence().contains("Поступление"), "{}", done.kept[0].1.sentence());
        run(&session, r#"{"type":"goods_receipt","key":"R-1","mark":true}"#);
        let receipt = find(&session, "goods_receipt", "R-1");
        let free: Vec<bool> = or_say(marked(&session)).iter().map(|doomed| doomed.free).collect();
        assert_eq!(free, [true, true], "the item goes with the receipt");
        let done = or_say(delete(&session, vec![item, receipt], &mut |_, _| true));
        assert_eq!((done.gone.as_slice(), done.kept.len()), ([receipt, item].as_slice(), 0));
        assert!(or_say(session.store.load(item)).is_none());
        clean(&session);
        // The history stays: what it was called, what it was, who deleted it.
        assert_eq!(or_say(title_of(&session, item)), "Чайник");
        let past = or_say(versions(&session, item));
        assert_eq!(
            past.iter().map(|version| version.deed.show()).collect::<Vec<_>>(),
            ["удалён", "помечен на удаление", "создан"]
        );
        let was = or_say(at_version(&session, order, 1));
        assert_eq!(was.by_name("comment"), Some(Value::Text("первый".to_owned())));
        assert_eq!(was.rows(0), 2);
        let told = or_say(page(&session, &JournalQuery::default(), None, 1));
        assert_eq!((told[0].title.as_str(), told[0].deed.show().as_str()), ("Чайник", "удалён"));
        // Its key from outside is free again, and a code is not taken.
        run(&session, r#"{"type":"item","code":"I1","name":"Другой"}"#);
        assert_ne!(find(&session, "item", "I1"), item);
        let words = or_say(session.store.find_words(registry::by_code("item").unwrap().meta(), "чайник", &[], 5));
        assert!(words.is_empty());
    }
}

#[test]
fn what_refers_to_each_other_goes_together() {
    for bases in engines() {
        let session = bases.fresh(today());
        let lines = r#"
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"contract","code":"D1","name":"Договор","counterparty":"C1","company":"main"}
"#;
        load(&session, lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let (owner, contract) = (find(&session, "counterparty", "C1"), find(&session, "contract", "D1"));
        for object in [owner, contract] {
            or_say(session.run(Op::Mark, |tx| tx.mark(object, true)));
        }
        let done = or_say(delete(&session, vec![owner, contract], &mut |_, _| true));
        assert_eq!(done.gone.len(), 2, "{}: {:?}", bases.engine, done.kept);
        clean(&session);
    }
}

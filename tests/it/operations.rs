//! Operations: a row for each that changed something, the changes that belong to it, and keys that keep a
//! deed from being done twice.

use crate::bases::{engines, or_say, places, today};
use kontora::kernel::clock::Clock;
use kontora::kernel::object::Uid;
use kontora::kernel::problems::{Error, Outcome};
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::{Once, Op, Session};
use kontora::ops::load::{LineResult, load, load_each};
use kontora::ops::save::How;
use kontora::store::engine::int;
use kontora::store::history::Deed;
use kontora::store::operations::Step;
use kontora::store::watch::Watch;

fn count(session: &Session, table: &str) -> i64 {
    or_say(int(session.store.engine(), &format!("SELECT count(*) FROM {table}"), &[])).unwrap()
}

fn made(result: LineResult) -> AnyRef {
    match result {
        LineResult::Created(made) => made,
        other => panic!("{other:?}"),
    }
}

fn line(session: &Session, json: &str) -> (AnyRef, i64) {
    let (result, changed) = or_say(session.run(Op::Load, |tx| tx.load_line(json)));
    (made(result), changed.operation)
}

#[test]
fn an_operation_holds_what_it_did_and_nothing_else_leaves_a_row() {
    for bases in engines() {
        let session = bases.fresh(today());
        let (item, first) = line(&session, r#"{"type":"item","code":"T1","name":"Чайник"}"#);
        let step = |version, deed: Deed| Step { object: item, version, deed: deed.number() };
        assert_eq!(or_say(session.store.steps_of(first)), vec![step(1, Deed::Created)], "{}", bases.engine);
        let rows = count(&session, "operations");
        // Saved as it is, nothing changes; a rehearsal is taken back; settings have no history.
        or_say(session.run(Op::Save, |tx| {
            let mut same = tx.store.load(item)?.unwrap();
            tx.save(same.as_mut(), How::Write)
        }));
        or_say(session.rehearse(|tx| tx.mark(item, true)));
        or_say(session.run(Op::Settings, |tx| tx.store.set_user_setting(0, "a", "b")));
        assert!(session.run(Op::Mark, |tx| tx.mark(AnyRef::new(item.tag(), 77), true)).is_err());
        assert_eq!(count(&session, "operations"), rows, "{}", bases.engine);
        let ((), marked) = or_say(session.run(Op::Mark, |tx| tx.mark(item, true)));
        assert_eq!(or_say(session.store.steps_of(marked.operation)), vec![step(2, Deed::Marked)]);
        let kept = or_say(session.store.operation(marked.operation)).unwrap();
        assert_eq!((kept.op, kept.session, kept.at), (Op::Mark.number(), session.number(), today()));
        assert_eq!(or_say(session.store.history_of(item))[0].operation, marked.operation);
        let newest = or_say(session.store.newest_operations(1));
        assert_eq!(newest[0].id, marked.operation);
    }
}

#[test]
fn objects_that_change_without_a_version_are_named_too() {
    for bases in engines() {
        let session = bases.fresh(today());
        let lines = r#"
{"type":"company","code":"main","regimes":[{"from":"2004-01-01","regime":"general"}]}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
"#;
        load(&session, lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let order = r#"{"type":"customer_order","key":"O","date":"2026-10-02","customer":"C1","post":true,"goods":[{"item":"T1","qty":4,"price":122}]}"#;
        let (order, _) = line(&session, order);
        let receipt = r#"{"type":"goods_receipt","date":"2026-10-03","supplier":"C1","post":true,"goods":[{"item":"T1","qty":9,"price":61}]}"#;
        let (receipt, operation) = line(&session, receipt);
        let touched = or_say(session.store.touched_by(operation));
        assert!(touched.contains(&order) && touched.contains(&receipt), "{}: {touched:?}", bases.engine);
        assert!(or_say(session.store.steps_of(operation)).iter().all(|step| step.object != order));
    }
}

#[test]
fn many_changes_of_one_operation_are_all_there_and_a_refused_line_leaves_none() {
    for bases in engines() {
        let session = bases.fresh(today());
        let before = count(&session, "history");
        let lines: String =
            (0..75).map(|at| format!("{{\"type\":\"item\",\"code\":\"M{at}\",\"name\":\"Товар {at}\"}}\n")).collect();
        load(&session, &lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        assert_eq!(count(&session, "history"), before + 75, "{}", bases.engine);
        assert_eq!(or_say(session.store.steps_of(or_say(session.store.last_operation()))).len(), 75);
        let rows = count(&session, "operations");
        let bad = r#"{"type":"item","code":"M1"}
{"type":"item","code":"","name":""}
{"type":"item","name":"Ещё"}"#;
        let (loaded, wrong) = load_each(&session, bad, &mut |_| true);
        assert_eq!((loaded.created, wrong.len(), count(&session, "operations")), (1, 1, rows + 1));
    }
}

fn once(session: &Session, key: Uid, name: &str) -> Outcome<Once<AnyRef>> {
    session.run_once(key, Op::Load, |tx| tx.load_line(&format!("{{\"type\":\"item\",\"name\":\"{name}\"}}")).map(made))
}

#[test]
fn a_deed_with_a_key_is_done_once() {
    for place in places() {
        let first = or_say(Session::open(&place.address, Clock::fixed(today(), 1)));
        let second = or_say(Session::open(&place.address, Clock::fixed(today(), 2)));
        let (key, other) = (first.clock.uid(), first.clock.uid());
        let items = || count(&first, "item");
        let before = items();
        // Refused: the key is free again.
        assert!(once(&first, key, "").is_err(), "{place}");
        let Once::Done(item, done) = or_say(once(&first, key, "Чайник")) else { panic!("{place}: not done") };
        // Whoever asks again, in whatever session, learns what was done then.
        for session in [&first, &second] {
            let Once::Before(known) = or_say(once(session, key, "Другой")) else { panic!("{place}: done twice") };
            assert_eq!((known.operation, known.objects.contains(&item)), (done.operation, true), "{place}");
        }
        assert_eq!(items(), before + 1);
        assert!(matches!(or_say(once(&second, other, "Второй")), Once::Done(..)));
        // A deed that changes nothing is remembered as well: it might change something the second time.
        let nothing = first.clock.uid();
        assert!(matches!(or_say(first.run_once(nothing, Op::Save, |_| Ok(()))), Once::Done(..)));
        let again = first.run_once(nothing, Op::Save, |_| Err::<(), _>(Error::Cancelled));
        assert!(matches!(or_say(again), Once::Before(_)), "{place}");
    }
}

#[test]
fn two_who_do_the_same_deed_at_once_do_it_once() {
    for place in places() {
        let key = Uid([7; 16]);
        let run = |seed: u64| {
            let address = place.address.clone();
            let work = move || {
                let session = or_say(Session::open(&address, Clock::fixed(today(), seed)));
                matches!(or_say(once(&session, key, "Чайник")), Once::Done(..))
            };
            std::thread::Builder::new().name(format!("clerk {seed}")).spawn(work).unwrap()
        };
        let clerks: Vec<_> = (0..4).map(run).collect();
        let done: Vec<bool> = clerks.into_iter().map(|clerk| clerk.join().unwrap()).collect();
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{place}: {done:?}");
    }
}

#[test]
fn who_watches_hears_of_others_and_not_of_himself() {
    for place in places() {
        let mine = or_say(Session::open(&place.address, Clock::fixed(today(), 1)));
        let others = or_say(Session::open(&place.address, Clock::fixed(today(), 2)));
        let (first, _) = line(&mine, r#"{"type":"item","code":"T1","name":"Чайник"}"#);
        let mut watch = Watch::over(or_say(Session::read(&place.address, Clock::fixed(today(), 3))).store);
        let own = mine.number();
        assert_eq!(watch.look(own), None, "{place}: nothing has happened since");
        let (item, _) = line(&others, r#"{"type":"item","code":"T2","name":"Утюг"}"#);
        let mut heard =
            || (0..40).find_map(|_| watch.look(own)).map(|seen| seen.objects.into_iter().collect::<Vec<_>>());
        assert_eq!(heard(), Some(vec![item]), "{place}");
        // One's own change comes with the other's and is left out; a setting is nobody's news.
        or_say(mine.run(Op::Mark, |tx| tx.mark(first, true)));
        or_say(others.run(Op::Settings, |tx| tx.store.set_user_setting(0, "a", "b")));
        or_say(others.run(Op::Mark, |tx| tx.mark(item, true)));
        let mut all = Vec::new();
        while !all.contains(&item) {
            all.extend(heard().unwrap_or_else(|| panic!("{place}: {all:?}")));
        }
        assert_eq!(all, [item], "{place}");
    }
}

#[test]
fn a_lost_connection_of_a_watcher_is_made_anew() {
    let Some(server) = crate::server::server() else { return };
    let address = kontora::store::address::Address::named(&server.fresh());
    let others = or_say(Session::open(&address, Clock::fixed(today(), 2)));
    let mut watch = Watch::over(or_say(Session::read(&address, Clock::fixed(today(), 3))).store);
    let name = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()";
    or_say(others.store.engine().batch(name));
    // What was changed meanwhile is not known: anything may have been.
    let seen = (0..40).find_map(|_| watch.look(0)).unwrap();
    assert!(seen.objects.is_empty());
    let (item, _) = line(&others, r#"{"type":"item","code":"T2","name":"Утюг"}"#);
    let seen = (0..40).find_map(|_| watch.look(0)).unwrap();
    assert!(seen.objects.contains(&item));
}

#[test]
fn every_operation_has_a_number_of_its_own() {
    let known: Vec<Op> = (1..=13).map(Op::of).collect();
    for (op, number) in known.iter().zip(1..) {
        assert_eq!(op.number(), number);
    }
    assert_eq!(Op::of(999), Op::Save);
}

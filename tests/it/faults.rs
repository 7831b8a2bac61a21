//! What happens when something fails: the n-th statement of an operation, for every n; the disk; the file.
//! Afterwards nothing has changed, and the session goes on working.

use crate::bases::{Place, engine_of, or_say, places, scratch, session_over, today};
use crate::digest::digest;
use crate::through::{Asked, Through};
use kontora::kernel::clock::Clock;
use kontora::kernel::problems::{Error, Outcome};
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session, Tx};
use kontora::ops::load::{load, load_each};
use kontora::ops::save::How;
use kontora::ops::seed;
use kontora::store::address::Address;
use kontora::store::engine::{Engine, Failure};
use kontora::store::schema::VERSION;
use kontora::store::sqlite::{Mode, Sqlite};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// Says when the engine is to fail.
#[derive(Default)]
struct Control {
    /// Statements until the failure; zero is never.
    left: AtomicI64,
    /// The failure ends the transaction, as SQLite does when the disk is full, or the connection to a server.
    ends: AtomicBool,
    /// Statements seen.
    seen: AtomicI64,
}

/// An engine that fails at the n-th statement from now; `end` is what ends a transaction behind its back.
fn failing(inner: Box<dyn Engine>, control: &Arc<Control>, end: &'static str) -> Through {
    let control = Arc::clone(control);
    let look = move |inner: &dyn Engine, _: Asked<'_>| {
        control.seen.fetch_add(1, Ordering::Relaxed);
        if control.left.load(Ordering::Relaxed) == 0 || control.left.fetch_sub(1, Ordering::Relaxed) > 1 {
            return Ok(());
        }
        if control.ends.load(Ordering::Relaxed) {
            let _ = inner.batch(end);
        }
        Err(Failure::Io.error("the disk failed on purpose"))
    };
    Through { inner, look: Box::new(look) }
}

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

/// A base with a little trade in it, over an engine that fails when told.
fn trading(place: &Place) -> (Session, Arc<Control>) {
    let address = &place.address;
    let seeded = or_say(Session::open(address, clock()));
    let lines = r#"
{"type":"company","code":"main","regimes":[{"from":"2004-01-01","regime":"general"}]}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"F1","name":"Утюг","item_group":"02"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-10-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":10,"price":61},{"item":"F1","qty":5,"price":61}]}
{"type":"customer_order","key":"O-1","date":"2026-10-02","customer":"C1","post":true,"goods":[{"item":"T1","qty":4,"price":122},{"item":"F1","qty":2,"price":122}]}
{"type":"goods_issue","key":"G-0","date":"2026-10-03","customer":"C1","post":true,"goods":[{"item":"T1","qty":1,"price":122},{"item":"F1","qty":1,"price":122}]}
{"type":"customer_order","key":"O-2","date":"2026-10-04","customer":"C1","post":true,"goods":[{"item":"T1","qty":8,"price":122}]}
{"type":"month_closing","key":"M-1","date":"2026-10-31","post":true}
"#;
    load(&seeded, lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
    drop(seeded);
    let end = match address {
        Address::File(_) => "ROLLBACK",
        Address::Server(_) => "SELECT pg_terminate_backend(pg_backend_pid())",
    };
    let control = Arc::new(Control::default());
    let session = session_over(failing(engine_of(address), &control, end), address, clock());
    or_say(session.run(Op::Settings, |_| Ok(())));
    (session, control)
}

/// Does a deed with a failure at its first statement, its second, and so on, until it passes through.
fn at_every_statement(deed: impl Fn(&Session) -> Outcome<()>) {
    for ends in [false, true] {
        // Where the connection to a server ends a deed is done again by itself: see `lines`.
        for place in places().into_iter().filter(|place| !ends || place.address.file().is_some()) {
            let (session, control) = trading(&place);
            control.ends.store(ends, Ordering::Relaxed);
            fail_at_every_statement(&place, &session, &control, &deed);
            let report = or_say(check(&session, &mut |_| true));
            assert!(report.is_clean(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
        }
    }
}

fn fail_at_every_statement(
    place: &Place,
    session: &Session,
    control: &Control,
    deed: &impl Fn(&Session) -> Outcome<()>,
) {
    let before = digest(session);
    let mut n = 1;
    loop {
        control.left.store(n, Ordering::Relaxed);
        let outcome = deed(session);
        let failed = control.left.swap(0, Ordering::Relaxed) == 0;
        if !failed {
            or_say(outcome);
            assert!(n > 10, "only {n} statements: the deed does nothing");
            return;
        }
        match outcome {
            Err(Error::Failed(..)) => {}
            Err(other) => panic!("{place}: statement {n} failed, and it was said: {}", other.sentence()),
            Ok(()) => panic!("{place}: statement {n} failed, and nobody noticed"),
        }
        // Reading everything is the dear part of this test: each statement would take minutes.
        if n < 30 || n % 11 == 0 {
            let changed = before.differences(&digest(session));
            assert!(changed.is_empty(), "{place}: statement {n} failed, and yet changed: {changed:?}");
        }
        // A server answers each statement over the network, and takes the same ones: a part of them is enough.
        n += if place.address.file().is_none() && n >= 30 { 7 } else { 1 };
    }
}

fn load_one(session: &Session, line: &str) -> Outcome<()> {
    session.run(Op::Load, |tx| tx.load_line(line)).map(|_| ())
}

fn named(tx: &Tx<'_>, kind: &str, key: &str) -> Outcome<AnyRef> {
    Ok(tx.store.known(&format!("load:{kind}"), key)?.unwrap_or_default().object)
}

fn again(session: &Session, kind: &str, key: &str, how: How) -> Outcome<()> {
    session
        .run(Op::Post, |tx| {
            let reference = named(tx, kind, key)?;
            let mut object = tx.store.load(reference)?.unwrap();
            tx.save(object.as_mut(), how)
        })
        .map(|_| ())
}

#[test]
fn a_failed_posting_changes_nothing() {
    at_every_statement(|session| {
        load_one(
            session,
            r#"{"type":"goods_issue","key":"G-1","date":"2026-10-05","on":"customer_order:O-1","post":true}"#,
        )
    });
}

#[test]
fn a_failed_saving_changes_nothing() {
    at_every_statement(|session| {
        let line = r#"{"type":"customer_order","key":"O-9","date":"2026-10-05","customer":"C1","goods":[{"item":"T1","qty":1,"price":10}]}"#;
        load_one(session, line)
    });
}

#[test]
fn a_failed_back_dating_changes_nothing() {
    at_every_statement(|session| {
        let line = r#"{"type":"goods_receipt","key":"R-0","date":"2026-09-30","supplier":"S1","post":true,"goods":[{"item":"T1","qty":3,"price":100},{"item":"F1","qty":3,"price":100}]}"#;
        load_one(session, line)
    });
}

#[test]
fn a_failed_payment_changes_nothing() {
    at_every_statement(|session| {
        load_one(
            session,
            r#"{"type":"cash_receipt","key":"P-1","date":"2026-10-06","counterparty":"C1","amount":500,"post":true,"split":[{"order":"customer_order:O-1","amount":300}]}"#,
        )
    });
}

#[test]
fn a_failed_unposting_changes_nothing() {
    at_every_statement(|session| again(session, "goods_issue", "G-0", How::Unpost));
}

#[test]
fn a_failed_mark_changes_nothing() {
    at_every_statement(|session| {
        session
            .run(Op::Mark, |tx| {
                let order = named(tx, "customer_order", "O-1")?;
                tx.mark(order, true)
            })
            .map(|_| ())
    });
}

#[test]
fn a_failed_closing_of_a_month_changes_nothing() {
    at_every_statement(|session| again(session, "month_closing", "M-1", How::Post));
}

#[test]
fn a_failed_change_of_valuation_changes_nothing() {
    at_every_statement(|session| load_one(session, r#"{"type":"item_group","code":"01","method":"fifo"}"#));
}

#[test]
fn a_failed_load_keeps_no_line() {
    at_every_statement(|session| {
        let lines = r#"
{"type":"item","code":"T7","name":"Фен"}
{"type":"goods_receipt","key":"R-7","date":"2026-10-06","supplier":"S1","post":true,"goods":[{"item":"T7","qty":3,"price":100}]}
{"type":"goods_issue","key":"G-7","date":"2026-10-07","customer":"C1","post":true,"goods":[{"item":"T7","qty":1,"price":100}]}
"#;
        match load(session, lines, &mut |_| true) {
            Ok(loaded) => {
                assert_eq!(loaded.created, 3);
                Ok(())
            }
            Err(bad) => {
                assert_eq!(bad.len(), 1, "after a failure no further line is tried");
                Err(bad.into_iter().next().unwrap().error)
            }
        }
    });
}

#[test]
fn a_failed_reading_never_proves_a_base() {
    for place in places() {
        let (session, control) = trading(&place);
        // The first one finds the memory of catalogs empty.
        or_say(check(&session, &mut |_| true));
        let seen = control.seen.load(Ordering::Relaxed);
        or_say(check(&session, &mut |_| true));
        let all = control.seen.load(Ordering::Relaxed) - seen;
        for n in (1..=all).step_by(17) {
            control.left.store(n, Ordering::Relaxed);
            assert!(check(&session, &mut |_| true).is_err(), "{place}: {n} of {all} failed, and the base was proved");
        }
        control.left.store(0, Ordering::Relaxed);
        assert!(or_say(check(&session, &mut |_| true)).is_clean());
    }
}

#[test]
fn a_stopped_operation_changes_nothing() {
    let place = &places()[0];
    let (session, _control) = trading(place);
    let before = digest(&session);
    let lines = "{\"type\":\"item\",\"name\":\"А\"}\n{\"type\":\"item\",\"name\":\"Б\"}\n";
    let bad = load(&session, lines, &mut |at| at == 0).unwrap_err();
    assert!(matches!(bad[0].error, Error::Cancelled));
    assert!(matches!(check(&session, &mut |step| step < 3), Err(Error::Cancelled)));
    assert!(before.differences(&digest(&session)).is_empty());
    let (loaded, bad) = load_each(&session, lines, &mut |at| at == 0);
    assert_eq!((loaded.created, bad.len()), (1, 1), "what each line did before the stop stays");
}

#[test]
fn lines_that_are_no_json_are_named() {
    let place = &places()[0];
    let (session, _control) = trading(place);
    let lines = "{\"type\":\"item\",\"name\":\"А\"}\n\n# слова\n{oops\n[1]\n{\"type\":\"item\"}\n";
    let bad = load(&session, lines, &mut |_| true).unwrap_err();
    let said: Vec<(usize, String)> = bad.iter().map(|bad| (bad.line, bad.error.sentence())).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].0 == 4 && said[0].1.starts_with("это не JSON: "), "{said:?}");
    assert_eq!(said[1], (5, "нужен объект в фигурных скобках".to_owned()));
    assert_eq!(said[2], (6, "Наименование: не заполнено".to_owned()));
}

#[test]
fn a_full_disk_keeps_the_base_whole() {
    let (_folder, path) = scratch();
    let session = or_say(seed::create(&path, clock()));
    let engine = session.store.engine();
    let pages = or_say(kontora::store::engine::int(engine, "PRAGMA page_count", &[])).unwrap();
    or_say(engine.batch(&format!("PRAGMA max_page_count = {}", pages + 2)));
    let before = digest(&session);
    let note = "длинное описание ".repeat(20_000);
    let lines = format!(
        "{{\"type\":\"item\",\"name\":\"А\"}}\n{{\"type\":\"item\",\"name\":\"Б\",\"note\":\"{note}\"}}\n{{\"type\":\"item\",\"name\":\"В\"}}\n"
    );
    let bad = load(&session, &lines, &mut |_| true).unwrap_err();
    assert_eq!(bad.len(), 1);
    let said = "На диске кончилось место, ничего не записано. Освободите место и повторите (";
    assert!(bad[0].line == 2 && bad[0].error.sentence().starts_with(said), "{}", bad[0].error.sentence());
    assert!(before.differences(&digest(&session)).is_empty());
    or_say(engine.batch("PRAGMA max_page_count = 1000000"));
    assert_eq!(load(&session, &lines, &mut |_| true).unwrap().created, 3);
}

/// What opening a file says.
fn opening(path: &Path) -> String {
    match Session::open(path, clock()) {
        Ok(_) => "opened".to_owned(),
        Err(error) => error.sentence().replace(&path.display().to_string(), "X"),
    }
}

#[test]
fn what_is_no_base_is_told_from_one_and_left_as_it_was() {
    let (folder, path) = scratch();
    assert_eq!(opening(&path), "Файла базы X нет. Проверьте имя и папку");
    assert_eq!(opening(folder.path()), "Файла базы X нет. Проверьте имя и папку");
    let not_ours = "Файл X - не база Конторы. Выберите другой файл";
    std::fs::write(&path, b"").unwrap();
    assert_eq!(opening(&path), not_ours);
    assert_eq!(std::fs::read(&path).unwrap(), b"", "an empty file stays empty");
    std::fs::write(&path, "Это письмо, а не база. ".repeat(500)).unwrap();
    assert!(opening(&path).starts_with("База X: Это не база Конторы ("), "{}", opening(&path));
    std::fs::remove_file(&path).unwrap();
    let foreign = or_say(Sqlite::open(&path, Mode::Create));
    or_say(foreign.batch("CREATE TABLE notes (words TEXT)"));
    drop(foreign);
    let was = std::fs::read(&path).unwrap();
    assert_eq!(opening(&path), not_ours);
    assert_eq!(std::fs::read(&path).unwrap(), was, "a base of another program is not touched");
}

#[test]
fn a_base_of_a_newer_program_is_not_opened() {
    let (_folder, path) = scratch();
    let session = or_say(seed::create(&path, clock()));
    or_say(session.store.engine().batch("PRAGMA user_version = 1000"));
    drop(session);
    let said = format!(
        "База X сделана более новой программой (версия базы 1000, программа знает {VERSION}). Обновите программу"
    );
    assert_eq!(opening(&path), said);
}

#[test]
fn a_base_is_not_made_over_a_file_nor_in_a_folder_that_cannot_be() {
    let (folder, path) = scratch();
    std::fs::write(&path, "важное").unwrap();
    let refused = seed::create(&path, clock()).err().unwrap().sentence();
    assert_eq!(refused, format!("Файл {} уже есть. Укажите другое имя", path.display()));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "важное");
    let under_a_file = path.join("base.kontora");
    let failed = seed::create(&under_a_file, clock()).err().unwrap().sentence();
    assert!(failed.starts_with(&format!("Не удалось создать папку {}. ", path.display())), "{failed}");
    let new = folder.path().join("новая папка").join("база.kontora");
    drop(or_say(seed::create(&new, clock())));
    assert_eq!(opening(&new), "opened");
    let memory = or_say(seed::create_in_memory(clock()));
    let refused = memory.store.another(true).err().unwrap().sentence();
    assert_eq!(refused, "Базу в памяти нельзя открыть второй раз");
}

#[test]
fn a_damaged_base_is_told() {
    let (_folder, path) = scratch();
    let session = or_say(seed::create(&path, clock()));
    or_say(session.store.engine().batch("PRAGMA wal_checkpoint(TRUNCATE)"));
    drop(session);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 3;
    for byte in &mut bytes[middle..middle + 60_000] {
        *byte = 0x5a;
    }
    std::fs::write(&path, &bytes).unwrap();
    let said = Session::open(&path, clock()).and_then(|session| check(&session, &mut |_| true));
    let said = match said {
        Ok(report) => report.faults.first().unwrap().show(),
        Err(error) => error.sentence(),
    };
    assert!(said.contains("Файл базы поврежден"), "{said}");
}

#[test]
fn every_operation_has_a_name() {
    for op in (1..=13).map(Op::of) {
        assert!(!op.label().show().contains("op-"), "{op:?}");
    }
}

//! Several at one base, on every engine: nobody overwrites another, sees what is not there, or waits for ever.

use crate::bases::{or_say, places, scratch, today};
use kontora::kernel::clock::Clock;
use kontora::kernel::facts::Facts;
use kontora::kernel::problems::Outcome;
use kontora::kernel::value::Value;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::LineResult;
use kontora::ops::save::How;

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

fn load_one(session: &Session, line: &str) -> Outcome<LineResult> {
    session.run(Op::Load, |tx| tx.load_line(line)).map(|(result, _)| result)
}

#[test]
fn two_at_one_object_do_not_overwrite_each_other() {
    for place in places() {
        let first = or_say(Session::open(&place.address, clock()));
        let made = or_say(load_one(&first, r#"{"type":"item","code":"T1","name":"Чайник"}"#));
        let LineResult::Created(item) = made else { panic!("{made:?}") };
        let second = or_say(Session::open(&place.address, clock()));
        let read = |session: &Session| or_say(session.store.load(item)).unwrap();
        let (mut mine, mut theirs) = (read(&first), read(&second));
        let name = |words: &str| Value::Text(words.to_owned());
        assert!(mine.set_by_name("name", name("Чайник красный")) && theirs.set_by_name("name", name("Чайник синий")));
        or_say(second.run(Op::Save, |tx| tx.save(theirs.as_mut(), How::Write)));
        let refused = first.run(Op::Save, |tx| tx.save(mine.as_mut(), How::Write)).unwrap_err();
        let said = "Пока вы правили, объект изменил кто-то другой. Перечитайте его и внесите изменения заново";
        assert_eq!(refused.sentence(), said, "{place}");
        assert_eq!(read(&first).get(1), name("Чайник синий"));
        // A session sees at once what another has written to a catalog it remembers.
        or_say(first.run(Op::Save, |tx| {
            let seen = tx.facts().object(item).unwrap();
            assert_eq!(seen.get(1), name("Чайник синий"), "{place}");
            Ok(())
        }));
        mine.head_mut().id = 999;
        let gone = first.run(Op::Save, |tx| tx.save(mine.as_mut(), How::Write)).unwrap_err();
        assert_eq!(gone.sentence(), "Этого объекта нет в базе. Закройте форму и обновите список");
        let gone = first.run(Op::Mark, |tx| tx.mark(mine.any_ref(), true)).unwrap_err();
        assert_eq!(gone.sentence(), "Этого объекта нет в базе. Закройте форму и обновите список");
    }
}

#[test]
fn a_change_elsewhere_is_noticed_and_ones_own_is_not() {
    for place in places() {
        let first = or_say(Session::open(&place.address, clock()));
        let second = or_say(Session::read(&place.address, clock()));
        let version = |session: &Session| or_say(session.store.engine().data_version());
        let (mine, theirs) = (version(&first), version(&second));
        or_say(load_one(&first, r#"{"type":"item","name":"А"}"#));
        assert_eq!(version(&first), mine, "{place}");
        assert_ne!(version(&second), theirs, "{place}");
        let theirs = version(&second);
        or_say(first.run(Op::Settings, |_| Ok(())));
        let taken_back = first.rehearse(|tx| tx.load_line(r#"{"type":"item","name":"Б"}"#).map(|_| ()));
        or_say(taken_back);
        assert_eq!(version(&second), theirs, "{place}: nothing was written");
    }
}

#[test]
fn a_base_that_another_writes_to_is_busy() {
    for place in places() {
        let first = or_say(Session::open(&place.address, clock()));
        let second = or_say(Session::open(&place.address, clock()));
        let soon =
            if place.address.file().is_some() { "PRAGMA busy_timeout = 20" } else { "SET lock_timeout = '20ms'" };
        or_say(second.store.engine().batch(soon));
        or_say(first.store.engine().begin());
        let busy = load_one(&second, r#"{"type":"item","name":"А"}"#).unwrap_err();
        assert!(busy.sentence().starts_with("База занята другой операцией"), "{place}: {}", busy.sentence());
        first.store.engine().rollback();
        or_say(load_one(&second, r#"{"type":"item","name":"А"}"#));
    }
}

#[test]
fn a_base_opened_to_read_refuses_to_write() {
    for place in places() {
        let session = or_say(Session::read(&place.address, clock()));
        let refused = load_one(&session, r#"{"type":"item","name":"А"}"#).unwrap_err();
        let said = "База открыта только для чтения. Проверьте права на файл и папку или права на сервере (";
        assert!(refused.sentence().starts_with(said), "{place}: {}", refused.sentence());
        assert!(!or_say(session.store.accounts_under("")).is_empty());
    }
}

#[test]
fn numbers_have_no_gaps_and_no_doubles_however_many_take_them() {
    let line =
        r#"{"type":"customer_order","date":"2026-10-02","customer":"C1","goods":[{"item":"T1","qty":1,"price":10}]}"#;
    for place in places() {
        let session = or_say(Session::open(&place.address, clock()));
        or_say(load_one(&session, r#"{"type":"item","code":"T1","name":"Чайник"}"#));
        or_say(load_one(&session, r#"{"type":"counterparty","code":"C1","name":"Ромашка"}"#));
        let workers: Vec<_> = (0..3)
            .map(|_| {
                let address = place.address.clone();
                let work = move || {
                    let session = or_say(Session::open(&address, Clock::fixed(today(), 7)));
                    for at in 0..8 {
                        // Every third is taken back: its number goes to someone else.
                        if at % 3 == 2 {
                            or_say(session.rehearse(|tx| tx.load_line(line).map(|_| ())));
                        } else {
                            or_say(load_one(&session, line));
                        }
                    }
                };
                std::thread::Builder::new().name("clerk".to_owned()).spawn(work).unwrap()
            })
            .collect();
        workers.into_iter().for_each(|worker| worker.join().unwrap());
        let mut numbers = Vec::new();
        let sql = "SELECT number FROM customer_order ORDER BY number";
        or_say(session.store.engine().query(sql, &[], &mut |row| {
            numbers.push(row.text(0).to_owned());
            Ok(())
        }));
        let digits = |number: &String| number.chars().filter(char::is_ascii_digit).collect::<String>();
        let found: Vec<i64> = numbers.iter().map(|number| digits(number).parse().unwrap()).collect();
        assert_eq!(found, (1..=18).collect::<Vec<i64>>(), "{place}: {numbers:?}");
    }
}

#[test]
fn several_processes_write_to_one_file_and_nothing_is_lost() {
    let (folder, path) = scratch();
    drop(or_say(kontora::ops::seed::create(&path, clock())));
    let (processes, lines) = (4, 25);
    let running: Vec<_> = (0..processes)
        .map(|process| {
            let file = folder.path().join(format!("{process}.jsonl"));
            let line = |at| format!("{{\"type\":\"item\",\"code\":\"P{process}-{at}\",\"name\":\"Товар\"}}\n");
            std::fs::write(&file, (0..lines).map(line).collect::<String>()).unwrap();
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_kontora"));
            command.args(["load", "--each", "--base"]).arg(&path).arg(&file);
            command.stdout(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for process in running {
        let done = process.wait_with_output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    }
    let session = or_say(Session::open(&path, clock()));
    let count = "SELECT count(*) FROM item WHERE code LIKE 'P%-%'";
    assert_eq!(or_say(kontora::store::engine::int(session.store.engine(), count, &[])), Some(processes * lines));
    assert!(or_say(kontora::ops::check::check(&session, &mut |_| true)).is_clean());
    // The queue goes with the base.
    drop(session);
    kontora::store::base::remove(&path);
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with("base")), "{left:?}");
}

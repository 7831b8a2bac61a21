//! Backups: made while people work, proved, kept by rule; restoring shows what is inside and loses nothing.

use crate::bases::{Place, or_say, places, scratch, today};
use kontora::cli::{Asked, DONE, REFUSED, run};
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::problems::Error;
use kontora::ops::backup::restore::{look, restore};
use kontora::ops::backup::rules::{Rules, last};
use kontora::ops::backup::{self, Step, archive};
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::seed;
use kontora::store::address::Address;
use kontora::store::engine::int;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

const TRADE: &str = r#"
{"type":"item","code":"T1","name":"Чайник"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-20","supplier":"C1","post":true,"goods":[{"item":"T1","qty":5000,"price":61}]}
"#;

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

fn enter(session: &Session, lines: &str) {
    load(session, lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
}

/// A session on a base with a little trade, its backups in a folder of its own.
fn trading(place: &Place, folder: &Path) -> Session {
    let session = or_say(Session::open(&place.address, clock()));
    enter(&session, TRADE);
    let rules = Rules { folder: folder.display().to_string(), ..Rules::default() };
    or_say(session.run(Op::Settings, |tx| rules.keep(tx.store)));
    session
}

/// Items beside the one every base has.
fn items(session: &Session) -> i64 {
    or_say(int(session.store.engine(), "SELECT count(*) - 1 FROM item", &[])).unwrap()
}

fn is_clean(session: &Session) -> bool {
    or_say(check(session, &mut |_| true)).is_clean()
}

#[test]
fn a_backup_is_proved_and_says_what_is_inside() {
    for place in places() {
        let folder = scratch().0;
        let session = trading(&place, folder.path());
        assert!(or_say(last(&session.store)).is_empty());
        let mut steps = Vec::new();
        let made = or_say(backup::make(&session, &mut |step| {
            steps.push(std::mem::discriminant(&step));
            true
        }));
        steps.dedup();
        assert_eq!(steps.len(), 4, "{place}: copied, packed, unpacked, proved");
        assert_eq!(or_say(last(&session.store)), today());
        let inside = made.inside.clone().unwrap();
        assert!(inside.document.contains("Поступление товаров") && !inside.company.is_empty(), "{inside:?}");
        assert!(inside.objects.contains(&("item".to_owned(), 2)) && inside.proved > 10, "{inside:?}");
        assert_eq!(or_say(backup::list(&session)).first(), Some(&made));
        // It comes back as it was, whatever has happened since.
        enter(&session, "{\"type\":\"item\",\"code\":\"T2\",\"name\":\"Утюг\"}\n");
        let back = folder.path().join("back.kontora");
        let restored = or_say(restore(&made.file, &Address::from(&back), false, &clock(), &mut |_| true));
        assert_eq!((restored.inside, restored.kept), (inside, None));
        let second = or_say(Session::open(&back, clock()));
        assert!(is_clean(&second));
        assert_eq!((items(&second), items(&session)), (1, 2));
        enter(&second, "{\"type\":\"item\",\"code\":\"T3\",\"name\":\"Фен\"}\n");
        let names: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert!(names.iter().all(|name| !name.to_string_lossy().contains(".part")), "{names:?}");
    }
}

#[test]
fn a_stopped_backup_leaves_nothing_and_does_not_count() {
    for place in places() {
        let folder = scratch().0;
        let session = trading(&place, folder.path());
        for stop in [
            |step: Step| !matches!(step, Step::Copying(..)),
            |step: Step| !matches!(step, Step::Packing(..)),
            |step: Step| !matches!(step, Step::Unpacking(..)),
            |step: Step| !matches!(step, Step::Proving(4, _)),
        ] {
            let stopped = backup::make(&session, &mut |step| stop(step));
            assert!(matches!(stopped, Err(Error::Cancelled)), "{stopped:?}");
            assert!(or_say(backup::list(&session)).is_empty());
            assert!(or_say(last(&session.store)).is_empty());
            let left = std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.file_name());
            assert_eq!(left.collect::<Vec<_>>(), ["backup.lock"], "{place}");
        }
        or_say(backup::make(&session, &mut |_| true));
    }
}

#[test]
fn people_go_on_working_while_a_backup_is_made() {
    for place in places() {
        let folder = scratch().0;
        let session = trading(&place, folder.path());
        let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicI64::new(0)));
        let (stopping, writing, address) = (Arc::clone(&stop), Arc::clone(&written), place.address.clone());
        let work = move || {
            let session = or_say(Session::open(&address, clock()));
            while !stopping.load(Ordering::Relaxed) {
                enter(&session, "{\"type\":\"item\",\"name\":\"Новый\"}\n");
                writing.fetch_add(1, Ordering::Relaxed);
            }
        };
        let worker = std::thread::Builder::new().name("worker".to_owned()).spawn(work).unwrap();
        let waited = std::time::Instant::now();
        while written.load(Ordering::Relaxed) < 2 {
            assert!(waited.elapsed().as_secs() < 60, "nothing is written");
            std::thread::yield_now();
        }
        // Somebody writes between the steps of the copy, however fast it is.
        let waiting = |so_many: i64| {
            let until = written.load(Ordering::Relaxed) + so_many;
            while written.load(Ordering::Relaxed) < until && !worker.is_finished() {
                std::thread::yield_now();
            }
        };
        let mut copied = 0;
        let made = or_say(backup::make(&session, &mut |step| {
            if matches!(step, Step::Copying(..)) {
                copied += 1;
                if copied % 20 == 1 {
                    waiting(1);
                }
            }
            true
        }));
        stop.store(true, Ordering::Relaxed);
        worker.join().unwrap();
        let back = folder.path().join("back.kontora");
        or_say(restore(&made.file, &Address::from(&back), false, &clock(), &mut |_| true));
        let kept = items(&or_say(Session::open(&back, clock())));
        let all = items(&session);
        assert_eq!(all, written.load(Ordering::Relaxed) + 1);
        assert!(kept >= 3 && kept < all, "{place}: {kept} of {all}");
    }
}

#[test]
fn backups_the_rules_keep_no_longer_are_taken_away() {
    let place = &places()[0];
    let folder = scratch().0;
    let session = trading(place, folder.path());
    let clock = session.clock.clone();
    for (day, hour) in [(1, 9), (2, 9), (9, 9), (24, 9), (24, 18), (25, 9), (25, 12)] {
        clock.set(Date::ymd(2026, 11, day).unwrap().at(hour, 0, 0));
        or_say(backup::make(&session, &mut |_| true));
    }
    // A file nobody has proved and files of others are not touched.
    let strange = folder.path().join("base 2020-01-01 09-00-00.kontora.gz");
    std::fs::write(&strange, "?").unwrap();
    std::fs::write(folder.path().join("other 2020-01-01 09-00-00.kontora.gz"), "?").unwrap();
    clock.set(Date::ymd(2026, 11, 25).unwrap().at(18, 0, 0));
    or_say(backup::make(&session, &mut |_| true));
    let kept: Vec<String> =
        or_say(backup::list(&session)).iter().map(|backup| backup.made.iso()[..13].to_owned()).collect();
    // Week of 2nd lost to its month; of the 9th its week.
    let expected = [
        "2026-11-25T18",
        "2026-11-25T12",
        "2026-11-25T09",
        "2026-11-24T18",
        "2026-11-09T09",
        "2026-11-02T09",
        "2026-11-01T09",
        "2020-01-01T09",
    ];
    assert_eq!(kept, expected);
    assert!(strange.exists());
}

#[test]
fn a_backup_with_no_room_or_no_folder_is_refused_in_words() {
    let place = &places()[0];
    let folder = scratch().0;
    let session = trading(place, folder.path());
    let file = folder.path().join("a file");
    std::fs::write(&file, "").unwrap();
    let rules = Rules { folder: file.join("below").display().to_string(), ..Rules::default() };
    or_say(session.run(Op::Settings, |tx| rules.keep(tx.store)));
    let said = backup::make(&session, &mut |_| true).err().unwrap().sentence();
    assert!(said.starts_with("Не удалось создать папку"), "{said}");
    let memory = or_say(seed::create_in_memory(clock()));
    assert!(backup::make(&memory, &mut |_| true).is_err());
}

#[test]
fn one_backup_is_made_at_a_time() {
    let place = &places()[0];
    let folder = scratch().0;
    let session = trading(place, folder.path());
    let second = or_say(Session::open(&place.address, clock()));
    let mut said = None;
    or_say(backup::make(&session, &mut |_| {
        said.get_or_insert_with(|| backup::make(&second, &mut |_| true).err().map(|error| error.sentence()));
        true
    }));
    let said = said.flatten().unwrap();
    assert!(said.contains("копию уже делает другая программа"), "{said}");
}

#[test]
fn a_damaged_backup_is_told_and_replaces_nothing() {
    let place = &places()[0];
    let folder = scratch().0;
    let session = trading(place, folder.path());
    let made = or_say(backup::make(&session, &mut |_| true));
    let whole = std::fs::read(&made.file).unwrap();
    let target = folder.path().join("target.kontora");
    drop(or_say(seed::create(&target, clock())));
    let was = std::fs::read(&target).unwrap();
    for at in [20, whole.len() / 2, whole.len() * 3 / 4] {
        let mut spoilt = whole.clone();
        spoilt[at] ^= 0xff;
        std::fs::write(&made.file, spoilt).unwrap();
        let said =
            restore(&made.file, &Address::from(&target), true, &clock(), &mut |_| true).err().unwrap().sentence();
        assert!(said.contains("повреждена"), "{said}");
    }
    std::fs::write(&made.file, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(or_say(archive::sealed(&made.file)), None);
    assert!(look(&made.file, &target, &clock(), &mut |_| true).is_err());
    assert_eq!(std::fs::read(&target).unwrap(), was);
    // A text is no backup either.
    std::fs::write(&made.file, "письмо ".repeat(400)).unwrap();
    let said = look(&made.file, &target, &clock(), &mut |_| true).err().unwrap().sentence();
    assert!(said.contains("не база Конторы"), "{said}");
}

#[test]
fn a_base_at_work_is_not_replaced_and_a_replaced_one_is_kept() {
    let place = &places()[0];
    let folder = scratch().0;
    let session = trading(place, folder.path());
    let made = or_say(backup::make(&session, &mut |_| true));
    enter(&session, "{\"type\":\"item\",\"code\":\"T2\",\"name\":\"Утюг\"}\n");
    let refused = restore(&made.file, &place.address, false, &clock(), &mut |_| true).err().unwrap().sentence();
    assert!(refused.contains("уже есть"), "{refused}");
    let said = restore(&made.file, &place.address, true, &clock(), &mut |_| true).err().unwrap().sentence();
    assert!(said.contains("открыта. Закройте программу"), "{said}");
    assert_eq!(items(&session), 2);
    drop(session);
    let done = or_say(restore(&made.file, &place.address, true, &clock(), &mut |_| true));
    let kept = done.kept.unwrap();
    assert_eq!(items(&or_say(Session::open(&place.address, clock()))), 1);
    assert_eq!(items(&or_say(Session::open(&kept, clock()))), 2);
}

#[test]
fn a_backup_of_a_server_becomes_a_base_of_a_server() {
    let Some(server) = crate::server::server() else { return };
    let place = &places()[1];
    let folder = scratch().0;
    let session = trading(place, folder.path());
    let made = or_say(backup::make(&session, &mut |_| true));
    let target = Address::named(&server.address("restored"));
    or_say(restore(&made.file, &target, false, &clock(), &mut |_| true));
    let back = or_say(Session::open(&target, clock()));
    assert!(is_clean(&back));
    assert_eq!(items(&back), 1);
    let again = restore(&made.file, &target, true, &clock(), &mut |_| true);
    assert!(again.is_err(), "a base on a server is not replaced");
}

/// Runs a command; the code, what it wrote, what it complained of.
fn command(args: &[&str]) -> (u8, String, String) {
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let args = std::iter::once("kontora").chain(args.iter().copied()).map(str::to_owned).collect();
    let Asked::Code(code) = run(args, &mut out, &mut errors) else { panic!("it is no window") };
    (code, String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap())
}

#[test]
fn backups_by_headless_commands() {
    let (folder, path) = scratch();
    let base = path.display().to_string();
    enter(&or_say(seed::create(&path, clock())), TRADE);
    let (code, out, said) = command(&["--base", &base, "backup"]);
    assert_eq!(code, DONE, "{out}{said}");
    assert!(
        out.contains("Последний документ: Поступление товаров") && out.contains("Копия сделана и проверена"),
        "{out}"
    );
    let (_, listed, _) = command(&["--base", &base, "backup", "--list"]);
    let file = listed.split("  ").nth(2).unwrap().to_owned();
    assert!(Path::new(&file).exists(), "{listed}");
    let (code, out, _) = command(&["restore", &file]);
    assert!(code == DONE && out.contains("Номенклатура: 2") && out.contains("--into"), "{out}");
    let (code, out, _) = command(&["restore", &file, "--into", &base]);
    assert!(code == REFUSED && out.contains("--replace"), "{out}");
    let (code, out, said) = command(&["restore", &file, "--into", &base, "--replace"]);
    assert!(code == DONE && out.contains("Прежняя база сохранена"), "{out}{said}");
    for name in ["named.kontora.gz", "plain.kontora"] {
        let named = folder.path().join(name).display().to_string();
        assert_eq!(command(&["--base", &base, "backup", &named]).0, DONE);
        assert_eq!(command(&["restore", &named]).0, DONE);
        assert_eq!(command(&["--base", &base, "backup", &named]).0, REFUSED, "it is there already");
    }
}

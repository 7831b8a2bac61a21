//! Files that fail: a disk with no room, a file that may only be read, one damaged page. Each is a clear sentence,
//! and nothing is lost.

use crate::bases::{or_say, scratch, today};
use crate::digest::digest;
use kontora::kernel::clock::Clock;
use kontora::kernel::refs::AnyRef;
use kontora::ops::backup::archive;
use kontora::ops::check::check;
use kontora::ops::copy::copy;
use kontora::ops::gate::{Op, Session};
use kontora::ops::{backup, seed};
use kontora::store::engine::int;
use std::path::Path;

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

const ITEM: &str = "{\"type\":\"item\",\"name\":\"Чайник\"}";

#[test]
fn a_base_that_may_only_be_read_says_so_and_stays() {
    let (_folder, path) = scratch();
    drop(or_say(seed::create(&path, clock())));
    let session = or_say(Session::read(&path, clock()));
    let before = digest(&session);
    let said = session.run(Op::Load, |tx| tx.load_line(ITEM)).err().unwrap().sentence();
    assert!(said.starts_with("База открыта только для чтения"), "{said}");
    assert!(before.differences(&digest(&session)).is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_without_the_right_to_write_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let (folder, path) = scratch();
    let session = or_say(seed::create(&path, clock()));
    or_say(session.store.close_whole());
    drop(session);
    let was = std::fs::read(&path).unwrap();
    let permit = |mode: u32| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
    permit(0o444);
    // The administrator of a system may write all the same: then there is nothing to see.
    let refused = std::fs::OpenOptions::new().write(true).open(&path).is_err();
    if refused {
        let said = Session::open(&path, clock()).and_then(|session| session.run(Op::Load, |tx| tx.load_line(ITEM)));
        let said = said.err().unwrap().sentence();
        assert!(said.contains("только для чтения"), "{said}");
        assert_eq!(std::fs::read(&path).unwrap(), was);
    }
    permit(0o644);
    drop(folder);
}

#[cfg(target_os = "linux")]
#[test]
fn a_backup_on_a_full_disk_says_so() {
    let full = Path::new("/dev/full");
    if !full.exists() {
        return;
    }
    let (_folder, path) = scratch();
    drop(or_say(seed::create(&path, clock())));
    let said = archive::pack(&path, full, &mut |_, _| true).err().unwrap().sentence();
    assert!(said.starts_with("На диске кончилось место"), "{said}");
    let said = archive::seal(full, "{\"kontora\":1}").err().unwrap().sentence();
    assert!(said.starts_with("На диске кончилось место"), "{said}");
}

#[test]
fn one_damaged_page_is_found_and_never_becomes_a_backup() {
    let (folder, path) = scratch();
    let session = or_say(seed::create(&path, clock()));
    let size = or_say(int(session.store.engine(), "PRAGMA page_size", &[])).unwrap();
    let find = "SELECT pageno FROM dbstat WHERE name = 'account' ORDER BY pageno DESC LIMIT 1";
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'account'";
    let page = int(session.store.engine(), find, &[]).or_else(|_| int(session.store.engine(), root, &[]));
    let page = or_say(page).unwrap();
    let made = or_say(backup::make(&session, &mut |_| true));
    or_say(session.store.close_whole());
    drop(session);
    let mut bytes = std::fs::read(&path).unwrap();
    let begins = usize::try_from((page - 1) * size).unwrap();
    // The head of a page says what is where in it. (Letters within a row have no checksum of their own.)
    for byte in &mut bytes[begins..begins + 12] {
        *byte ^= 0x5a;
    }
    std::fs::write(&path, &bytes).unwrap();
    let told = |what: &str, said: String| {
        let known = ["поврежден", "не прошла проверку"];
        assert!(known.iter().any(|word| said.contains(word)), "{what}: {said}");
    };
    match Session::open(&path, clock()).and_then(|session| check(&session, &mut |_| true)) {
        Ok(report) => told("check", report.faults.first().expect("the damage is found").show()),
        Err(error) => told("check", error.sentence()),
    }
    let copied = copy(&path, &folder.path().join("copy.kontora"), AnyRef::EMPTY, &clock(), &mut |_| true);
    assert!(copied.is_err(), "a damaged base is not copied as a good one");
    if let Ok(session) = Session::open(&path, clock()) {
        assert!(backup::make(&session, &mut |_| true).is_err(), "nor backed up");
    }
    // The backup made before brings everything back.
    let address = kontora::store::address::Address::from(&path);
    let restored = or_say(backup::restore::restore(&made.file, &address, true, &clock(), &mut |_| true));
    assert!(restored.kept.is_some());
    assert!(or_say(check(&or_say(Session::open(&path, clock())), &mut |_| true)).is_clean());
}

//! The program killed at moments of chance: what it has confirmed is there, the rest is whole or absent, and
//! the base is proved. `KONTORA_KILLS=500` kills more often.

use crate::bases::{Place, or_say, places, scratch, today};
use crate::shared::switch;
use crate::simulate::Random;
use kontora::kernel::clock::Clock;
use kontora::ops::check::check;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn kills() -> usize {
    switch("KONTORA_KILLS").and_then(|kills| kills.parse().ok()).unwrap_or(4)
}

fn open(place: &Place) -> Session {
    let session = or_say(Session::open(&place.address, Clock::fixed(today(), 1)));
    // A server may still be at the last words of someone killed: it is waited for.
    or_say(session.rehearse(|_| Ok(())));
    session
}

/// A base with goods to sell on every engine, and a folder for files.
fn bases() -> Vec<(tempfile::TempDir, Place)> {
    places().into_iter().map(|place| (scratch().0, with_goods(place))).collect()
}

fn with_goods(place: Place) -> Place {
    let session = open(&place);
    let lines = r#"
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"F1","name":"Утюг","item_group":"02"}
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"goods_receipt","key":"R-1","date":"2026-10-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":100000,"price":61},{"item":"F1","qty":100000,"price":61}]}
"#;
    load(&session, lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
    place
}

/// Lines of orders that are shipped and paid, and their names.
fn orders(round: usize, count: usize) -> (String, Vec<(&'static str, String)>) {
    let (mut lines, mut names) = (String::new(), Vec::new());
    for order in 0..count {
        let key = format!("{round}-{order}");
        let goods = r#"[{"item":"T1","qty":2,"price":100},{"item":"F1","qty":1,"price":90}]"#;
        let _ = writeln!(
            lines,
            "{{\"type\":\"customer_order\",\"key\":\"{key}\",\"date\":\"2026-10-05\",\"customer\":\"C1\",\"post\":true,\"goods\":{goods}}}\n\
             {{\"type\":\"goods_issue\",\"key\":\"{key}\",\"date\":\"2026-10-06\",\"on\":\"customer_order:{key}\",\"post\":true}}\n\
             {{\"type\":\"cash_receipt\",\"key\":\"{key}\",\"date\":\"2026-10-07\",\"on\":\"customer_order:{key}\",\"post\":true}}"
        );
        names.extend(["customer_order", "goods_issue", "cash_receipt"].map(|kind| (kind, key.clone())));
    }
    (lines, names)
}

/// The program loading a file.
fn start(place: &Place, file: &Path, each: bool) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kontora"));
    command.arg("--base").arg(place.argument()).arg("load").arg(file);
    if each {
        command.arg("--each");
    }
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills a child after a time of chance; `true` when it had ended well before.
fn kill(mut child: Child, random: &mut Random, within_ms: usize) -> bool {
    std::thread::sleep(Duration::from_millis(u64::try_from(random.below(within_ms)).unwrap()));
    let _ = child.kill();
    child.wait().unwrap().success()
}

/// Which of the named documents are there; those that are there must be posted.
fn there(session: &Session, names: &[(&'static str, String)]) -> Vec<bool> {
    let is_there = |(kind, key): &(&'static str, String)| {
        let Some(known) = or_say(session.store.known(&format!("load:{kind}"), key)) else { return false };
        let object = or_say(session.store.load(known.object)).expect("a document with a key is there whole");
        assert!(object.head().posted, "{kind} {key} was written, and not posted in the same step");
        true
    };
    names.iter().map(is_there).collect()
}

fn prove(session: &Session, what: &str) {
    let report = or_say(check(session, &mut |_| true));
    let faults: Vec<String> = report.faults.iter().map(kontora::kernel::text::Text::show).collect();
    assert!(faults.is_empty(), "{what}: {faults:?}");
}

#[test]
fn lines_confirmed_one_by_one_are_there_without_a_gap() {
    for (folder, place) in bases() {
        confirmed_lines(&folder, &place);
    }
}

fn confirmed_lines(folder: &tempfile::TempDir, place: &Place) {
    let mut random = Random::new(11);
    for round in 0..kills() {
        let (lines, names) = orders(round, 60);
        let file = folder.path().join("lines.jsonl");
        std::fs::write(&file, lines).unwrap();
        let done = kill(start(place, &file, true), &mut random, 1_500);
        let session = open(place);
        let there = there(&session, &names);
        let count = there.iter().filter(|there| **there).count();
        assert!(
            there.iter().take(count).all(|there| *there),
            "round {round}: a later line is there, an earlier is not"
        );
        assert!(!done || count == names.len(), "round {round}: all was confirmed, {count} are there");
        prove(&session, &format!("round {round}, killed after {count} lines"));
    }
}

#[test]
fn a_file_loaded_whole_is_there_whole_or_not_at_all() {
    for (folder, place) in bases() {
        whole_file(&folder, &place);
    }
}

fn whole_file(folder: &tempfile::TempDir, place: &Place) {
    let mut random = Random::new(12);
    for round in 0..kills() {
        let (lines, names) = orders(round, 40);
        let file = folder.path().join("lines.jsonl");
        std::fs::write(&file, lines).unwrap();
        let done = kill(start(place, &file, false), &mut random, 1_500);
        let session = open(place);
        let count = there(&session, &names).iter().filter(|there| **there).count();
        assert!(count == 0 || count == names.len(), "round {round}: {count} of {} lines are there", names.len());
        assert!(!done || count == names.len(), "round {round}: it was confirmed, and is not there");
        prove(&session, &format!("round {round}, killed with {count} lines there"));
    }
}

#[test]
fn what_was_confirmed_stays_whoever_is_killed_after_it() {
    for (folder, place) in bases() {
        confirmed_stays(&folder, &place);
    }
}

fn confirmed_stays(folder: &tempfile::TempDir, place: &Place) {
    let mut random = Random::new(13);
    let mut confirmed = Vec::new();
    for round in 0..kills() * 3 {
        let (lines, names) = orders(round, 1);
        let file = folder.path().join("lines.jsonl");
        std::fs::write(&file, lines).unwrap();
        let mut child = start(place, &file, false);
        let done = if random.once_in(2) { child.wait().unwrap().success() } else { kill(child, &mut random, 400) };
        if done {
            confirmed.extend(names);
        }
    }
    let session = open(place);
    assert!(there(&session, &confirmed).iter().all(|there| *there), "what was confirmed is gone");
    prove(&session, "after all");
}

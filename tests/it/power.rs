//! The power goes off under a base in a file: what had reached the disk by then is there after the next start, and
//! nothing else; the base is whole.
//!
//! A disk keeps everything that was there at the last sync, and of what was written after it any part, torn
//! anywhere. SQLite syncs its log at every commit. So the base and its log are kept after every operation; a cut
//! of power between two operations is the first state with any of the sectors that the second one changed. A cut
//! during a checkpoint is the log with any of the pages it was writing. `KONTORA_POWER=5000` cuts more often.

use crate::bases::{or_say, scratch};
use crate::shared::switch;
use crate::simulate::{Random, Work, now, prepare};
use kontora::domain::registry;
use kontora::kernel::clock::Clock;
use kontora::ops::check::check;
use kontora::ops::export::export;
use kontora::ops::gate::Session;
use kontora::ops::seed;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a disk writes at once.
const SECTOR: usize = 512;

/// Bytes of the header of a log.
const HEADER: usize = 32;

/// Operations of the work that is interrupted.
const OPERATIONS: usize = 30;

fn cuts() -> usize {
    switch("KONTORA_POWER").and_then(|cuts| cuts.parse().ok()).unwrap_or(60)
}

/// The files after an operation, and what people have entered by then.
#[derive(Default)]
struct Kept {
    base: Vec<u8>,
    log: Vec<u8>,
    entered: Vec<String>,
}

fn entered(session: &Session) -> Vec<String> {
    let mut lines = Vec::new();
    or_say(export(session, registry::KINDS, &mut |line| {
        lines.push(line.to_owned());
        true
    }));
    lines.sort();
    lines
}

fn log_of(base: &Path) -> PathBuf {
    PathBuf::from(format!("{}-wal", base.display()))
}

fn keep(session: &Session, path: &Path) -> Kept {
    let read = |path: &Path| std::fs::read(path).unwrap_or_default();
    Kept { base: read(path), log: read(&log_of(path)), entered: entered(session) }
}

/// Random work; the files are kept after each operation. In the middle everything goes from the log into the
/// base, and the log is written from its beginning again, over what it held.
fn work(path: &Path, seed: u64) -> Vec<Kept> {
    let session = or_say(seed::create(path, Clock::fixed(now(), 1)));
    prepare(&session, seed);
    or_say(session.store.engine().batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = 0"));
    let all: Rc<RefCell<Vec<Kept>>> = Rc::new(RefCell::new(vec![keep(&session, path)]));
    let (heard, file) = (Rc::clone(&all), path.to_owned());
    let tell = Box::new(move |session: &Session, taken: usize| {
        if taken == OPERATIONS / 2 {
            or_say(session.store.engine().batch("PRAGMA wal_checkpoint(RESTART)"));
        }
        heard.borrow_mut().push(keep(session, &file));
    });
    let mut work = Work::over(session, seed, Some(tell));
    while work.accepted < OPERATIONS {
        work.step();
    }
    drop(work);
    all.take()
}

/// The first bytes with any of the sectors in which the second ones differ; none and all of them come often.
fn torn(before: &[u8], after: &[u8], random: &mut Random) -> Vec<u8> {
    let mut made = before.to_vec();
    let (mode, length) = (random.below(6), after.len().max(before.len()));
    // A file grows before what is in it arrives, or does not.
    if random.once_in(2) && made.len() < length {
        made.resize(length, 0);
    }
    let until = random.below(length / SECTOR + 1);
    for (at, sector) in after.chunks(SECTOR).enumerate() {
        let begins = at * SECTOR;
        let was = before.get(begins..(begins + sector.len()).min(before.len())).unwrap_or_default();
        let arrives = match mode {
            0 => true,
            1 => at < until,
            2 => at >= until,
            _ => random.once_in(2),
        };
        if was == sector || !arrives {
            continue;
        }
        if made.len() < begins + sector.len() {
            made.resize(begins + sector.len(), 0);
        }
        made[begins..begins + sector.len()].copy_from_slice(sector);
    }
    // Bytes, and not only sectors, may be missing at the end.
    if mode == 1 && made.len() > before.len() && random.once_in(2) {
        made.truncate(before.len().max(made.len() - random.below(SECTOR)));
    }
    made
}

/// A log that is begun anew: its header is synced before anything else of it is written, because what it held
/// before must not be taken for new.
fn torn_log(before: &[u8], after: &[u8], random: &mut Random) -> Vec<u8> {
    let (Some(was), Some(is)) = (before.get(..HEADER), after.get(..HEADER)) else { return torn(before, after, random) };
    if was == is {
        return torn(before, after, random);
    }
    let mut begun = before.to_vec();
    if random.once_in(4) {
        return begun;
    }
    begun[..HEADER].copy_from_slice(is);
    torn(&begun, after, random)
}

/// What is there after the power has come back.
fn after(folder: &Path, base: &[u8], log: &[u8], prove: bool) -> Vec<String> {
    let path = folder.join("after.kontora");
    kontora::store::base::remove(&path);
    std::fs::write(&path, base).unwrap();
    std::fs::write(log_of(&path), log).unwrap();
    let session = or_say(Session::open(&path, Clock::fixed(now(), 9)));
    if prove {
        let report = or_say(check(&session, &mut |_| true));
        let faults: Vec<String> = report.faults.iter().map(kontora::kernel::text::Text::show).collect();
        assert!(faults.is_empty(), "{faults:?}");
        let line = "{\"type\":\"item\",\"code\":\"AFTER\",\"name\":\"После\"}";
        let there = entered(&session);
        or_say(session.run(kontora::ops::gate::Op::Load, |tx| tx.load_line(line)));
        return there;
    }
    entered(&session)
}

#[test]
fn what_was_confirmed_before_the_power_went_off_is_there_and_nothing_else() {
    let (folder, path) = scratch();
    let all = work(&path, 4);
    assert!(all.len() > OPERATIONS);
    let mut random = Random::new(5);
    let (mut before_all, mut with_last) = (0, 0);
    for cut in 0..cuts() {
        let at = random.below(all.len() - 1);
        let (before, next) = (&all[at], &all[at + 1]);
        // The middle is a checkpoint as well, of which the base may hold any part while the log is whole.
        let (base, log) = if before.base == next.base {
            (before.base.clone(), torn_log(&before.log, &next.log, &mut random))
        } else {
            (torn(&before.base, &next.base, &mut random), next.log.clone())
        };
        let there = after(folder.path(), &base, &log, cut % 5 == 0);
        if there == before.entered {
            before_all += 1;
        } else {
            assert!(there == next.entered, "cut {cut} after operation {at}: neither the one state nor the other");
            with_last += 1;
        }
    }
    assert!(before_all > 0 && with_last > 0, "{before_all} and {with_last}: the cuts say nothing");
}

#[test]
fn a_log_cut_at_any_length_holds_whole_operations() {
    let (folder, path) = scratch();
    let all = work(&path, 6);
    let mut random = Random::new(7);
    // Before the checkpoint the log only grows: its end is where each operation has ended.
    let first: Vec<&Kept> = all.iter().take_while(|kept| kept.base == all[0].base).collect();
    let last = first.last().unwrap();
    for cut in 0..cuts() {
        let length = random.below(last.log.len() + 1);
        let there = after(folder.path(), &last.base, &last.log[..length], cut % 5 == 0);
        let reached = first.iter().rfind(|kept| kept.log.len() <= length).unwrap();
        assert!(there == reached.entered, "cut at byte {length}");
    }
}

#[test]
fn garbage_behind_the_end_of_the_log_is_not_taken_for_work() {
    let (folder, path) = scratch();
    let all = work(&path, 8);
    let mut random = Random::new(9);
    for kept in all.iter().take(OPERATIONS / 2).step_by(3) {
        let mut log = kept.log.clone();
        log.extend((0..random.below(20_000)).map(|_| u8::try_from(random.below(256)).unwrap()));
        assert!(after(folder.path(), &kept.base, &log, false) == kept.entered);
    }
}

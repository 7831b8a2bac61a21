//! Random work killed at moments of chance (`kill -9`), on every engine: everything that was confirmed is there,
//! nothing else but at most the one operation whose confirmation was on its way, and the base is proved.
//!
//! What must be there is known by doing the same work again without a kill. `KONTORA_KILLS=1000` kills so often
//! on each engine.

use crate::bases::{or_say, scratch};
use crate::shared::switch;
use crate::simulate::{Random, Work, now, prepare};
use kontora::domain::registry;
use kontora::kernel::clock::Clock;
use kontora::kernel::text::Text;
use kontora::ops::check::check;
use kontora::ops::export::export;
use kontora::ops::gate::Session;
use kontora::ops::seed;
use kontora::store::address::Address;
use std::cell::RefCell;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::Duration;

/// The switch that tells a child which base to work on, by which seed.
const WORK: &str = "KONTORA_AT_WORK";

/// More lines than a child can do before it is killed.
const LONG: usize = 400;

fn kills() -> u64 {
    switch("KONTORA_KILLS").and_then(|kills| kills.parse().ok()).unwrap_or(6)
}

fn open(address: &Address, seed: u64) -> Session {
    or_say(Session::open(address, Clock::fixed(now(), seed)))
}

/// The child: works until it is killed, and confirms every operation as it was confirmed to it.
#[test]
#[ignore = "it is run by the test that kills it"]
fn at_work() {
    let Some(order) = switch(WORK) else { return };
    let (seed, address) = order.split_once(' ').unwrap();
    let seed = seed.parse().unwrap();
    let tell = Box::new(|_: &Session, taken: usize| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "confirmed {taken}").and_then(|()| out.flush()).unwrap();
    });
    let mut work = Work::over(open(&Address::named(address), seed), seed, Some(tell));
    while work.accepted < LONG {
        work.step();
    }
}

/// Lets a child work and kills it after a time of chance; gives how many operations it confirmed.
fn killed(address: &str, seed: u64, random: &mut Random) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["kills_random::at_work", "--exact", "--ignored", "--nocapture"])
        .env(WORK, format!("{seed} {address}"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_micros(u64::try_from(random.below(900_000)).unwrap()));
    child.kill().unwrap();
    let mut said = String::new();
    child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    child.wait().unwrap();
    said.lines().filter(|line| line.starts_with("confirmed ")).count()
}

/// Everything people have entered, by names and not by the numbers an engine gives.
fn entered(session: &Session) -> Vec<String> {
    let mut lines = Vec::new();
    or_say(export(session, registry::KINDS, &mut |line| {
        // Identifiers are of chance, and what a killed one has used up is gone.
        let (before, rest) = line.split_once("\"uid\":\"").unwrap_or((line, ""));
        lines.push(format!("{before}{}", rest.split_once("\",").map_or("", |(_, after)| after)));
        true
    }));
    lines.sort();
    lines
}

/// The same work without a kill: what is entered after so many operations, and after one more.
fn expected(template: &Path, folder: &Path, seed: u64, confirmed: usize) -> [Vec<String>; 2] {
    let path = folder.join("again.kontora");
    std::fs::copy(template, &path).unwrap();
    let address = Address::from(&path);
    let session = open(&address, seed);
    or_say(session.store.engine().batch("PRAGMA synchronous = OFF"));
    let found: Rc<RefCell<[Vec<String>; 2]>> = Rc::default();
    found.borrow_mut()[0] = entered(&session);
    let heard = Rc::clone(&found);
    let tell = Box::new(move |session: &Session, taken: usize| {
        if taken == confirmed || taken == confirmed + 1 {
            heard.borrow_mut()[taken - confirmed] = entered(session);
        }
    });
    let mut work = Work::over(session, seed, Some(tell));
    while work.accepted <= confirmed {
        work.step();
    }
    drop(work);
    kontora::store::base::remove(&path);
    found.take()
}

/// Kills work on one engine again and again. `place` makes a copy of the template and gives its address.
fn kill_again_and_again(engine: &str, template: &Path, place: impl Fn(u64) -> String) {
    let folder = scratch().0;
    let mut random = Random::new(77);
    let (mut confirmed_all, mut on_its_way) = (0, 0);
    for seed in 1..=kills() {
        let address = place(seed);
        let confirmed = killed(&address, seed, &mut random);
        let session = open(&Address::named(&address), seed);
        // A server may still be at the last words of someone killed: it is waited for.
        or_say(session.rehearse(|_| Ok(())));
        let there = entered(&session);
        let [all, one_more] = expected(template, folder.path(), seed, confirmed);
        if there != all {
            let lost: Vec<_> = all.iter().filter(|line| !there.contains(line)).collect();
            let strange: Vec<_> = there.iter().filter(|line| !one_more.contains(line)).collect();
            assert!(
                there == one_more,
                "{engine}, seed {seed}, {confirmed} confirmed: lost {lost:#?}, strange {strange:#?}"
            );
            on_its_way += 1;
        }
        let report = or_say(check(&session, &mut |_| true));
        let faults: Vec<String> = report.faults.iter().map(Text::show).collect();
        assert!(faults.is_empty(), "{engine}, seed {seed}, {confirmed} confirmed: {faults:?}");
        confirmed_all += confirmed;
        // Work goes on over what the killed one has left.
        if seed % 10 == 0 {
            let line = "{\"type\":\"item\",\"name\":\"После\"}";
            or_say(session.run(kontora::ops::gate::Op::Load, |tx| tx.load_line(line)));
        }
        drop(session);
        if let Some(path) = Address::named(&address).file() {
            kontora::store::base::remove(path);
        }
    }
    let mut out = std::io::stderr();
    let _ = writeln!(
        out,
        "{engine}: {} kills, {confirmed_all} operations confirmed and there, {on_its_way} more were on their way",
        kills()
    );
}

/// A prepared base in a file.
fn template(folder: &Path) -> std::path::PathBuf {
    let path = folder.join("template.kontora");
    let session = or_say(seed::create(&path, Clock::fixed(now(), 1)));
    prepare(&session, 1);
    or_say(session.store.close_whole());
    path
}

#[test]
fn confirmed_work_in_a_file_survives_kills() {
    let (folder, path) = scratch();
    let template = template(folder.path());
    kill_again_and_again("SQLite", &template, |_| {
        std::fs::copy(&template, &path).unwrap();
        path.display().to_string()
    });
}

#[test]
fn confirmed_work_on_a_server_survives_kills() {
    let Some(server) = crate::server::server() else { return };
    let folder = scratch().0;
    let template = template(folder.path());
    kill_again_and_again("PostgreSQL", &template, |_| {
        let address = server.fresh();
        prepare(&open(&Address::named(&address), 1), 1);
        address
    });
}

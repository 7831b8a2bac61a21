//! `cargo bench --bench stations -- postgres://user@host/base 10 5 400`: ten minutes, five workstations, between two
//! saves of one a pause of chance, at most so many milliseconds; with a pause of nought the server has as much to do
//! as it can. The base is made when it is not there. What is counted: writes that were confirmed and are not there
//! afterwards, what `check` finds, how long a save takes.
#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints what it measured")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a benchmark stops at the first surprise"
)]

use kontora::kernel::clock::Clock;
use kontora::kernel::problems::{Error, Outcome};
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::seed;
use kontora::store::address::Address;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const ITEMS: usize = 200;
const CUSTOMERS: usize = 60;
/// A save slower than this is one a person notices.
const NOTICED: Duration = Duration::from_millis(200);

/// Numbers that look random and are the same in every run (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(below).unwrap()).unwrap()
    }
}

/// What a workstation has done.
#[derive(Default)]
struct Done {
    /// Kinds and keys of documents that were confirmed.
    confirmed: Vec<(&'static str, String)>,
    took: Vec<Duration>,
    refused: usize,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let Some(address) = args.iter().find(|arg| arg.contains("://")) else {
        println!("stations: give the address of a shared base, the minutes and the workstations");
        return;
    };
    let mut numbers = args.iter().filter_map(|arg| arg.parse::<u64>().ok());
    let (minutes, stations) = (numbers.next().unwrap_or(1), numbers.next().unwrap_or(5));
    let pause = numbers.next().unwrap_or(400);
    if let Err(error) = run(&Address::named(address), minutes, stations, pause) {
        panic!("{}", error.sentence());
    }
}

fn run(address: &Address, minutes: u64, stations: u64, pause: u64) -> Outcome<()> {
    let session = Session::open(address, Clock::system()).or_else(|_| prepare(address))?;
    let over = Arc::new(AtomicBool::new(false));
    let start = Instant::now();
    let work = |number: u64| {
        let (address, over) = (address.clone(), Arc::clone(&over));
        let name = format!("station {number}");
        std::thread::Builder::new().name(name).spawn(move || station(&address, number, pause, &over)).unwrap()
    };
    let running: Vec<_> = (1..=stations).map(work).collect();
    std::thread::sleep(Duration::from_secs(minutes * 60));
    over.store(true, Ordering::Relaxed);
    let done: Vec<Done> = running.into_iter().map(|station| station.join().unwrap()).collect::<Outcome<_>>()?;
    report(&session, &done, start.elapsed())
}

fn prepare(address: &Address) -> Outcome<Session> {
    let session = seed::create(address, Clock::system())?;
    let mut lines = String::from("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Поставщик\"}\n");
    for item in 1..=ITEMS {
        lines.push_str(&format!("{{\"type\":\"item\",\"code\":\"I{item}\",\"name\":\"Товар {item}\"}}\n"));
    }
    for customer in 1..=CUSTOMERS {
        let name = format!("Покупатель {customer}");
        lines.push_str(&format!("{{\"type\":\"counterparty\",\"code\":\"C{customer}\",\"name\":\"{name}\"}}\n"));
    }
    if let Err(bad) = load(&session, &lines, &mut |_| true) {
        panic!("{}", bad[0].error.sentence());
    }
    Ok(session)
}

fn station(address: &Address, number: u64, pause: u64, over: &AtomicBool) -> Outcome<Done> {
    let session = Session::open(address, Clock::system())?;
    let mut random = Random(number * 7_919 + session.clock.now().stored().unsigned_abs());
    let run = session.clock.now().stored();
    let mut done = Done::default();
    let mut orders: Vec<String> = Vec::new();
    let mut at = 0;
    while !over.load(Ordering::Relaxed) {
        at += 1;
        let rest = random.below(usize::try_from(pause).unwrap() + 1);
        std::thread::sleep(Duration::from_millis(u64::try_from(rest).unwrap()));
        let key = format!("{run}-{number}-{at}");
        let (kind, line) = deed(&mut random, &key, &orders);
        let start = Instant::now();
        match session.run(Op::Post, |tx| tx.load_line(&line)) {
            Ok(_) => {
                done.took.push(start.elapsed());
                if kind == "customer_order" {
                    orders.push(key.clone());
                }
                done.confirmed.push((kind, key));
            }
            // Short of stock, or nothing left to ship or to pay.
            Err(Error::Refused(..)) => done.refused += 1,
            Err(other) => return Err(other),
        }
    }
    Ok(done)
}

/// Mostly orders, shipped and paid; goods are bought before they run out; some documents are late.
fn deed(random: &mut Random, key: &str, orders: &[String]) -> (&'static str, String) {
    let goods: Vec<String> = (0..=random.below(4))
        .map(|_| {
            let (item, qty) = (random.below(ITEMS) + 1, random.below(3) + 1);
            format!("{{\"item\":\"I{item}\",\"qty\":{qty},\"price\":{}}}", 100 + item)
        })
        .collect();
    let goods = goods.join(",");
    let date = format!("2026-11-{:02}", if random.below(10) == 0 { random.below(20) + 1 } else { 22 });
    let head = |kind: &str| format!("{{\"type\":\"{kind}\",\"key\":\"{key}\",\"date\":\"{date}\",\"post\":true");
    let known = orders.len().checked_sub(1).map(|last| last - random.below(orders.len().min(20)));
    let order = known.and_then(|at| orders.get(at));
    match (random.below(10), order) {
        (0 | 1, _) => {
            let goods = goods.replace("\"qty\":", "\"qty\":1");
            ("goods_receipt", format!("{},\"supplier\":\"S1\",\"goods\":[{goods}]}}", head("goods_receipt")))
        }
        (2..=4, Some(order)) => ("goods_issue", format!("{},\"on\":\"customer_order:{order}\"}}", head("goods_issue"))),
        (5 | 6, Some(order)) => {
            ("cash_receipt", format!("{},\"on\":\"customer_order:{order}\"}}", head("cash_receipt")))
        }
        _ => {
            let customer = random.below(CUSTOMERS) + 1;
            let line = format!("{},\"customer\":\"C{customer}\",\"goods\":[{goods}]}}", head("customer_order"));
            ("customer_order", line)
        }
    }
}

fn report(session: &Session, done: &[Done], took: Duration) -> Outcome<()> {
    let mut lost = 0;
    for (kind, key) in done.iter().flat_map(|done| &done.confirmed) {
        let known = session.store.known(&format!("load:{kind}"), key)?.unwrap_or_default();
        let there = session.store.load(known.object)?.is_some_and(|object| object.head().posted);
        lost += usize::from(!there);
    }
    let mut all: Vec<Duration> = done.iter().flat_map(|done| done.took.iter().copied()).collect();
    all.sort_unstable();
    let at = |share: usize| all.get(all.len() * share / 1000).copied().unwrap_or_default().as_secs_f64() * 1e3;
    let quick = all.iter().filter(|took| **took < NOTICED).count();
    let refused: usize = done.iter().map(|done| done.refused).sum();
    println!(
        "{} workstations, {:.0} s: {} saves ({:.1} a second), {refused} refused for good reason",
        done.len(),
        took.as_secs_f64(),
        all.len(),
        all.len() as f64 / took.as_secs_f64()
    );
    println!(
        "a save: half under {:.1} ms, 95 % under {:.1} ms, 99 % under {:.1} ms, the slowest {:.0} ms; {:.2} % under 200 ms",
        at(500),
        at(950),
        at(990),
        all.last().copied().unwrap_or_default().as_secs_f64() * 1e3,
        quick as f64 / all.len().max(1) as f64 * 100.0
    );
    let proof = check(session, &mut |_| true)?;
    let faults: Vec<String> = proof.faults.iter().take(3).map(|fault| fault.show()).collect();
    println!("lost writes: {lost}; faults found by check: {} {faults:?}", proof.faults.len());
    Ok(())
}

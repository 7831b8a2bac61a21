//! `cargo bench --bench order_to_cash -- 1000`: the workload through the program, beside the same rows
//! written by plain prepared statements in the same transactions on the same settings.
//!
//! The plain side is recorded from a second run of the program: every writing statement with its values, in
//! the same transactions, and nothing else - no reading, no rules. Both sides are timed in turns of a hundred
//! orders, so that what else the machine does falls on both.
#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints what it measured")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_precision_loss,
    reason = "a benchmark stops at the first surprise"
)]

mod plain;
mod workload;

use kontora::domain::registers::sales::Sales;
use kontora::domain::registers::settlements::Settlements;
use kontora::domain::registers::stock::Stock;
use kontora::kernel::money::Money;
use kontora::kernel::problems::Outcome;
use kontora::kernel::register::Register as _;
use kontora::ops::gate::Session;
use kontora::ops::seed;
use std::path::Path;
use std::time::Instant;
use workload::day::{clock, order_to_cash, prepare};
use workload::{CONTROL, Order};

const STEPS: [&str; 5] = ["create", "reserve", "ship", "invoice", "pay"];
const TURN: usize = 100;

fn main() {
    let count: i64 = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(1_000);
    let folder = tempfile::tempdir().unwrap();
    let keep = std::env::args().any(|arg| arg == "--keep");
    let said = run(folder.path(), count);
    if let Err(error) = said {
        panic!("{}", error.sentence());
    }
    if keep {
        println!("kept in {}", folder.keep().display());
    }
}

/// CPU seconds of this process so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    let ticks: f64 = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn run(folder: &Path, count: i64) -> Outcome<()> {
    let ours = seed::create(&folder.join("ours.kontora"), clock())?;
    let masters = prepare(&ours)?;
    ours.store.engine().batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let (recorder, log) = plain::recording(&folder.join("ours.kontora"), &folder.join("recorded.kontora"), clock());
    let replay = plain::Replay::open(&folder.join("ours.kontora"), &folder.join("plain.kontora"));
    let size_before = base_size(&folder.join("ours.kontora"));
    let all: Vec<Order> = workload::orders(count).collect();
    let (mut ours_s, mut plain_s) = ([0.0; 5], 0.0);
    let (mut ours_cpu, mut plain_cpu) = (0.0, 0.0);
    let mut turns = Vec::new();
    for turn in all.chunks(TURN) {
        let (before, start) = (cpu(), Instant::now());
        for order in turn {
            order_to_cash(&ours, &masters, order, &mut ours_s)?;
        }
        let wall = start.elapsed().as_secs_f64();
        ours_cpu += cpu() - before;
        // For a profile of the program alone.
        if std::env::args().any(|arg| arg == "--ours") {
            continue;
        }
        let mut ignored = [0.0; 5];
        for order in turn {
            order_to_cash(&recorder, &masters, order, &mut ignored)?;
        }
        let statements = log.take();
        if std::env::args().any(|arg| arg == "--statements") {
            statements.print(turn.len());
        }
        let (before, start) = (cpu(), Instant::now());
        replay.run(&statements);
        let plain_wall = start.elapsed().as_secs_f64();
        plain_cpu += cpu() - before;
        plain_s += plain_wall;
        turns.push((wall / turn.len() as f64 * 1e3, plain_wall / turn.len() as f64 * 1e3));
    }
    ours.store.engine().batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let grown = base_size(&folder.join("ours.kontora")) - size_before;
    prove(&ours, count)?;
    let orders = count as f64;
    let total: f64 = ours_s.iter().sum();
    println!(
        "orders {count}: {:.0} orders/s, {:.2} ms an order; plain {:.0} orders/s, {:.2} ms",
        orders / total,
        total / orders * 1e3,
        orders / plain_s,
        plain_s / orders * 1e3
    );
    for (step, seconds) in STEPS.iter().zip(ours_s) {
        println!("  {step:8} {:7.3} ms, {:6.0} a second", seconds / orders * 1e3, orders / seconds);
    }
    println!(
        "CPU ms an order: ours {:.2}, plain {:.2}, ratio {:.2}",
        ours_cpu / orders * 1e3,
        plain_cpu / orders * 1e3,
        ours_cpu / plain_cpu
    );
    println!("wall: ratio {:.2}; bytes of base an order {:.0}", total / plain_s, grown as f64 / orders);
    let first = turns.first().copied().unwrap_or_default();
    let last = turns.last().copied().unwrap_or_default();
    println!(
        "first turn {:.2} / {:.2} ms, last turn {:.2} / {:.2} ms (ours / plain)",
        first.0, first.1, last.0, last.1
    );
    Ok(())
}

fn base_size(path: &Path) -> u64 {
    std::fs::metadata(path).map(|meta| meta.len()).unwrap_or(0)
}

/// The run counts only if the control totals match.
fn prove(session: &Session, count: i64) -> Outcome<()> {
    let Some(control) = CONTROL.iter().find(|totals| totals.count == count) else {
        println!("no control totals for {count} orders");
        return Ok(());
    };
    let stock: i64 =
        session.store.totals_by(Stock::meta(), &[])?.iter().map(|cells| Stock::from_cells(cells).qty.minor()).sum();
    let receivables: Vec<Settlements> = session
        .store
        .totals_by(Settlements::meta(), &[])?
        .iter()
        .map(|cells| Settlements::from_cells(cells))
        .filter(|row| row.amount > Money::ZERO)
        .collect();
    let receivable: i64 = receivables.iter().map(|row| row.amount.minor()).sum();
    let (mut units, mut revenue, mut cost) = (0, 0, 0);
    for document in session.store.posted_of("goods_issue")? {
        for moved in session.store.moves_of(Sales::meta(), document)? {
            let sold = Sales::from_cells(&moved.cells);
            units += sold.qty.minor() / 1000;
            revenue += sold.amount.minor();
            cost += sold.cost.minor();
        }
    }
    assert_eq!(units, control.units, "units sold");
    assert_eq!(revenue, control.revenue, "revenue");
    assert_eq!(cost, control.cost_average, "cost of sales");
    assert_eq!(stock / 1000, control.stock_now, "units in stock");
    assert_eq!(receivable, control.receivable, "receivable");
    assert_eq!(i64::try_from(receivables.len()).unwrap(), control.debtors, "debtors");
    let report = kontora::ops::check::check(session, &mut |_| true)?;
    assert!(report.is_clean(), "{:?}", report.faults.iter().take(3).map(|fault| fault.show()).collect::<Vec<_>>());
    println!("control totals match, check is clean ({} things proved)", report.proved.len());
    Ok(())
}

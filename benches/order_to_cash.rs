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

use kontora::domain::money::cash_receipt::{CashReceipt, CashReceiptSplit};
use kontora::domain::registers::sales::Sales;
use kontora::domain::registers::settlements::Settlements;
use kontora::domain::registers::stock::Stock;
use kontora::domain::registry;
use kontora::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::domain::sales::tax_invoice_issued::TaxInvoiceIssued;
use kontora::kernel::behaviour::Behaviour;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::object::{Object, Referable as _};
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::kernel::register::Register as _;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use kontora::ops::seed;
use std::path::Path;
use std::time::Instant;
use workload::{CONTROL, CUSTOMERS, ITEMS, Order};

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

/// Objects the orders name.
struct Masters {
    items: Vec<AnyRef>,
    customers: Vec<AnyRef>,
}

fn prepare(session: &Session) -> Outcome<Masters> {
    let mut lines = String::new();
    for item in 1..=ITEMS {
        lines.push_str(&format!("{{\"type\":\"item\",\"code\":\"I{item:05}\",\"name\":\"Товар {item}\"}}\n"));
    }
    for customer in 1..=CUSTOMERS {
        let name = format!("Покупатель {customer}");
        lines.push_str(&format!("{{\"type\":\"counterparty\",\"code\":\"C{customer:04}\",\"name\":\"{name}\"}}\n"));
    }
    lines.push_str("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Поставщик\"}\n");
    for (day, qty, cost) in [(1, 10, workload::cost1 as fn(i64) -> i64), (2, 990, workload::cost2)] {
        for document in 0..10 {
            let goods: Vec<String> = (document * 200 + 1..=document * 200 + 200)
                .map(|item| {
                    let cost = cost(item);
                    format!("{{\"item\":\"I{item:05}\",\"qty\":{qty},\"price\":\"{}.{:02}\"}}", cost / 100, cost % 100)
                })
                .collect();
            lines.push_str(&format!(
                "{{\"type\":\"goods_receipt\",\"key\":\"R-{day}-{document}\",\"date\":\"2026-01-{day:02}\",\
                 \"supplier\":\"S1\",\"post\":true,\"goods\":[{}]}}\n",
                goods.join(",")
            ));
        }
    }
    if let Err(bad) = load(session, &lines, &mut |_| true) {
        panic!("{:?}", bad.iter().take(3).map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
    let find = |code: &str, called: String| {
        let kind = registry::by_code(code).unwrap();
        let found = session.store.find_by(kind.meta(), "code", &kontora::kernel::value::Stored::Text(called));
        found.map(|all| all[0])
    };
    let items = (1..=ITEMS).map(|item| find("item", format!("I{item:05}"))).collect::<Outcome<_>>()?;
    let customers = (1..=CUSTOMERS).map(|c| find("counterparty", format!("C{c:04}"))).collect::<Outcome<_>>()?;
    Ok(Masters { items, customers })
}

/// The five steps of one order, each durable before the next; gives the time of each.
fn order_to_cash(session: &Session, masters: &Masters, order: &Order, took: &mut [f64; 5]) -> Outcome<()> {
    // As at a desk, documents bear the time of day at which they are entered.
    let day = Date::ymd(2026, 2, 1).unwrap().plus_days(order.day);
    let tick = |step: i64| day.at(8, 0, 0).plus_seconds((order.number * 5 + step) % 50_000);
    let mut timed = |step: usize, deed: &mut dyn FnMut() -> Outcome<()>| -> Outcome<()> {
        session.clock.set(tick(i64::try_from(step).unwrap()));
        let start = Instant::now();
        deed()?;
        took[step] += start.elapsed().as_secs_f64();
        Ok(())
    };
    let mut made = CustomerOrder::default();
    timed(0, &mut || {
        made.fill_new(&session.facts());
        made.customer = masters.customers[usize::try_from(order.customer - 1).unwrap()].typed();
        for line in &order.lines {
            made.goods.push(CustomerOrderLine {
                item: masters.items[usize::try_from(line.item - 1).unwrap()].typed(),
                qty: Qty::whole(i32::try_from(line.qty).unwrap()),
                price: Price::from(Money::from_minor(line.price)),
                ..CustomerOrderLine::default()
            });
        }
        session.run(Op::Save, |tx| tx.save(&mut made, How::Write)).map(|_| ())
    })?;
    timed(1, &mut || session.run(Op::Post, |tx| tx.save(&mut made, How::Post)).map(|_| ()))?;
    let mut issue = GoodsIssue::default();
    timed(2, &mut || {
        fill(session, &mut issue, &made)?;
        session.run(Op::Post, |tx| tx.save(&mut issue, How::Post)).map(|_| ())
    })?;
    let mut invoice = TaxInvoiceIssued::default();
    timed(3, &mut || {
        fill(session, &mut invoice, &issue)?;
        session.run(Op::Post, |tx| tx.save(&mut invoice, How::Post)).map(|_| ())
    })?;
    let mut payment = CashReceipt::default();
    timed(4, &mut || {
        fill(session, &mut payment, &made)?;
        payment.amount = Money::from_minor(order.paid);
        payment.split = vec![CashReceiptSplit { key: 0, order: made.reference().any(), amount: payment.amount }];
        session.run(Op::Post, |tx| tx.save(&mut payment, How::Post)).map(|_| ())
    })
}

fn fill<D: Behaviour>(session: &Session, made: &mut D, basis: &dyn Object) -> Outcome<()> {
    let facts = session.facts();
    made.fill_new(&facts);
    made.fill_on_basis(basis, &facts)?;
    facts.result()
}

/// CPU seconds of this process so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or("");
    let ticks: f64 = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn clock() -> Clock {
    Clock::fixed(Date::ymd(2026, 1, 1).unwrap().at(9, 0, 0), 7)
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
    let _ = (Moment::EMPTY, Ref::<CustomerOrder>::EMPTY);
    Ok(())
}

//! `cargo bench --bench reports -- 5000 1000000`: the three reports of the workload with their control totals, then stock
//! at a past date and sales on a million movements, each beside the best statements written by hand on the same
//! base.
#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a benchmark stops at the first surprise")]

mod workload;

use kontora::domain::company::company::Company;
use kontora::domain::registers::sales::Sales;
use kontora::domain::registers::stock::Stock;
use kontora::domain::stock::warehouse::Warehouse;
use kontora::kernel::facts::Facts;
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::money::{Money, Qty};
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::kernel::register::Register;
use kontora::ops::gate::{Op, Session};
use kontora::ops::seed;
use kontora::report::load::load;
use kontora::report::run::run;
use kontora::report::setup::Setup;
use kontora::report::sheet::Sheet;
use kontora::report::time::Span;
use kontora::store::moves::Move;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use workload::day::{Masters, clock, order_to_cash, prepare};
use workload::{CONTROL, Lcg};

/// Runs of each report; the median counts.
const RUNS: usize = 5;

fn main() {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse().ok());
    let (count, many) = (numbers.next().unwrap_or(5_000), numbers.next().unwrap_or(1_000_000));
    let folder = tempfile::tempdir().unwrap();
    let said = workload_reports(folder.path(), count).and_then(|()| large_reports(folder.path(), many));
    if let Err(error) = said {
        panic!("{}", error.sentence());
    }
}

fn day(month: u32, day: u32) -> Date {
    Date::ymd(2026, month, day).unwrap()
}

/// The median of the runs in milliseconds, and what the last of them gave.
fn timed<T>(mut work: impl FnMut() -> T) -> (f64, T) {
    let mut took = Vec::new();
    let mut last = None;
    for _ in 0..RUNS {
        let begun = Instant::now();
        last = Some(work());
        took.push(begun.elapsed().as_secs_f64() * 1_000.0);
    }
    took.sort_by(f64::total_cmp);
    (took[RUNS / 2], last.unwrap())
}

fn report(session: &Session, code: &str, choose: impl Fn(&mut Setup)) -> (f64, Sheet) {
    let definition = load(&session.store, code, None).unwrap_or_else(|error| panic!("{}", error.sentence()));
    let mut setup = Setup::usual(&definition, day(6, 30));
    choose(&mut setup);
    timed(|| run(&session.store, &definition, &setup, &|| true).unwrap_or_else(|error| panic!("{}", error.sentence())))
}

/// Numbers of a column in the rows without rows below them.
fn leaves(sheet: &Sheet, column: &str) -> Vec<i64> {
    let at = sheet.head(column).unwrap();
    let deepest = sheet.by.len() - 1;
    let leaves = sheet.rows.iter().filter(|row| usize::from(row.level) == deepest);
    leaves.filter_map(|row| row.cells[at].number()).collect()
}

fn total(sheet: &Sheet, column: &str) -> i64 {
    sheet.total.as_ref().and_then(|row| row.cells[sheet.head(column).unwrap()].number()).unwrap_or(0)
}

fn by(setup: &mut Setup, fields: &[&str]) {
    setup.by = fields.iter().map(|field| (*field).to_owned()).collect();
}

/// R1, R2 and R3 of the workload.
fn workload_reports(folder: &Path, count: i64) -> Outcome<()> {
    let session = seed::create(&folder.join("workload.kontora"), clock())?;
    session.store.engine().batch("PRAGMA synchronous = OFF")?;
    let masters = prepare(&session)?;
    let mut ignored = [0.0; 5];
    for order in workload::orders(count) {
        order_to_cash(&session, &masters, &order, &mut ignored)?;
    }
    session.store.engine().batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let (r1, stock) = report(&session, "stock", |setup| setup.span.until = day(4, 15).end());
    let (r2, sales) = report(&session, "sales", |setup| {
        setup.span = Span { from: day(3, 1).start(), until: day(4, 30).end() };
        by(setup, &["customer", "item"]);
    });
    let (r3, debts) = report(&session, "settlements_customers", |setup| {
        setup.span = Span { from: day(6, 1).start(), until: day(6, 30).end() };
    });
    println!("workload of {count} orders: R1 {r1:.1} ms, R2 {r2:.1} ms, R3 {r3:.1} ms (medians of {RUNS})");
    let Some(control) = CONTROL.iter().find(|totals| totals.count == count) else {
        println!("no control totals for {count} orders");
        return Ok(());
    };
    assert_eq!(leaves(&stock, "on_hand").len(), 2_000, "R1 rows");
    assert_eq!(total(&stock, "on_hand") / 1_000, control.stock_then, "R1 units");
    let (rows, units, revenue, cost, _) = control.sales;
    assert_eq!(i64::try_from(leaves(&sales, "qty").len()).unwrap(), rows, "R2 rows");
    assert_eq!(total(&sales, "qty") / 1_000, units, "R2 units");
    assert_eq!(total(&sales, "amount"), revenue, "R2 revenue");
    assert_eq!(total(&sales, "cost"), cost, "R2 cost");
    assert_eq!(total(&sales, "profit"), revenue - cost, "R2 gross profit");
    let owing = leaves(&debts, "closing").into_iter().filter(|sum| *sum != 0).count();
    assert_eq!(i64::try_from(owing).unwrap(), control.debtors, "R3 customers with a balance");
    assert_eq!(total(&debts, "closing"), control.receivable, "R3 total");
    println!("  control totals match");
    Ok(())
}

/// A base with a million movements of stock and of sales over a year, written past the documents: reports read
/// movements and totals only.
fn many_movements(folder: &Path, many: i64) -> Outcome<Session> {
    let session = seed::create(&folder.join("large.kontora"), clock())?;
    session.store.engine().batch("PRAGMA synchronous = OFF")?;
    let masters = prepare(&session)?;
    let facts = session.facts();
    let facts: &dyn Facts = &facts;
    let (company, warehouse) = (facts.coded::<Company>("main"), facts.coded::<Warehouse>("main"));
    let begun = Instant::now();
    let mut random = Lcg::new();
    for part in 0..10 {
        session.run(Op::Load, |tx| {
            for number in part * many / 10..(part + 1) * many / 10 {
                let moment = day(1, 3).plus_days(number * 360 / many).at(8 + number % 10, 0, 0);
                // Five lines a document; the kind does not matter to sums.
                let document = AnyRef::new(50, 1_000_000 + number / 5);
                write_pair(tx.store, &masters, &mut random, (company, warehouse), (document, number % 5 + 1, moment))?;
            }
            Ok(())
        })?;
    }
    session.store.engine().batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    println!("{many} movements of stock and of sales written in {:.0} s", begun.elapsed().as_secs_f64());
    Ok(session)
}

fn write_pair(
    store: &kontora::store::base::Store,
    masters: &Masters,
    random: &mut Lcg,
    (company, warehouse): (Ref<Company>, Ref<Warehouse>),
    (document, line, date): (AnyRef, i64, Moment),
) -> Outcome<()> {
    let item = masters.items[usize::try_from(random.below(workload::ITEMS)).unwrap()].typed();
    let customer = masters.customers[usize::try_from(random.below(workload::CUSTOMERS)).unwrap()].typed();
    let qty = Qty::whole(i32::try_from(1 + random.below(5)).unwrap());
    let cost = Money::from_minor(1_000 * (1 + random.below(90)));
    let stock = Stock { company, warehouse, item, qty: -qty, cost: -cost, ..Stock::default() };
    let amount = Money::from_minor(cost.minor() * 3 / 2);
    let sale = Sales { company, item, customer, warehouse, qty, amount, cost, ..Sales::default() };
    let moved = |cells: Vec<i64>| Move { document, line, date, cells };
    store.add_move(Stock::meta(), &moved(stock.cells()))?;
    store.add_move(Sales::meta(), &moved(sale.cells())).map(|_| ())
}

/// The rows of a statement by hand: a title or two, then sums; the best of several ways.
fn by_hand(session: &Session, ways: &[String], names: usize, sums: usize) -> (f64, Vec<i64>, usize) {
    let mut best: Option<(f64, Vec<i64>, usize)> = None;
    for sql in ways {
        let (took, found) = timed(|| {
            let mut totals = vec![0; sums];
            // What a program does with rows it shows: it keeps them.
            let mut rows: Vec<(Vec<String>, Vec<i64>)> = Vec::new();
            session
                .store
                .engine()
                .query(sql, &[], &mut |row| {
                    let numbers: Vec<i64> = (names..names + sums).map(|at| row.int(at)).collect();
                    totals.iter_mut().zip(&numbers).for_each(|(total, number)| *total += number);
                    rows.push(((0..names).map(|at| row.text(at).to_owned()).collect(), numbers));
                    Ok(())
                })
                .unwrap_or_else(|error| panic!("{}", error.sentence()));
            (totals, rows.len())
        });
        if best.as_ref().is_none_or(|best| took < best.0) {
            best = Some((took, found.0, found.1));
        }
    }
    best.unwrap()
}

fn compare(what: &str, ours: f64, hand: f64) {
    println!("{what:44} ours {ours:8.1} ms, by hand {hand:8.1} ms, ratio {:.2}", ours / hand);
}

fn large_reports(folder: &Path, many: i64) -> Outcome<()> {
    let session = many_movements(folder, many)?;
    for at in [day(4, 15).end(), day(7, 1).at(12, 0, 0), day(11, 20).end()] {
        stock_at(&session, at);
    }
    let year = Span { from: day(1, 1).start(), until: day(12, 31).end() };
    let month = Span { from: day(5, 10).start(), until: day(6, 9).end() };
    for (name, span) in [("a year", year), ("a month", month)] {
        sales_of(&session, name, span, &["item"]);
        sales_of(&session, name, span, &["customer"]);
        sales_of(&session, name, span, &["customer", "item"]);
    }
    Ok(())
}

/// The same columns as the report has: name, article, unit; on hand, reserved, expected, value.
fn stock_at(session: &Session, at: Moment) {
    let (month, next) = (at.month().stored(), at.month().last().end().stored());
    let (before, start) = (at.month().previous().stored(), at.month().first().start().stored());
    let stored = at.stored();
    // What is held and due is kept as it is now and move by move, without months.
    let held = ("reserves", "0 AS qty, qty AS held, 0 AS due, 0 AS cost", "0, -qty, 0, 0");
    let due = ("supplier_orders", "0, 0, \"left\", 0", "0, 0, -\"left\", 0");
    let now = [held, due].map(|(table, plus, minus)| {
        format!(
            "SELECT item, {plus} FROM {table}_now UNION ALL \
             SELECT item, {minus} FROM {table}_moves WHERE date > {stored}"
        )
    });
    let moved =
        [held, due].map(|(table, plus, _)| format!("SELECT item, {plus} FROM {table}_moves WHERE date <= {stored}"));
    let after = format!(
        "{} UNION ALL SELECT item, qty, 0, 0, cost FROM stock_now UNION ALL SELECT item, -qty, 0, 0, -cost FROM \
         stock_months WHERE month > {month} UNION ALL SELECT item, -qty, 0, 0, -cost FROM stock_moves WHERE \
         date > {stored} AND date <= {next}",
        now.join(" UNION ALL ")
    );
    let forward = format!(
        "{} UNION ALL SELECT item, qty, 0, 0, cost FROM stock_months WHERE month <= {before} UNION ALL \
         SELECT item, qty, 0, 0, cost FROM stock_moves WHERE date >= {start} AND date <= {stored}",
        moved.join(" UNION ALL ")
    );
    let plain = format!(
        "{} UNION ALL SELECT item, qty, 0, 0, cost FROM stock_moves WHERE date <= {stored}",
        moved.join(" UNION ALL ")
    );
    let ways: Vec<String> = [after, forward, plain]
        .iter()
        .map(|parts| {
            format!(
                "SELECT item.name, item.article, COALESCE(unit.name, ''), found.qty, found.held, found.due, found.cost \
                 FROM (SELECT item, SUM(qty) AS qty, SUM(held) AS held, SUM(due) AS due, SUM(cost) AS cost FROM \
                 ({parts}) AS parts GROUP BY item) AS found JOIN item ON item.id = found.item \
                 LEFT JOIN unit ON unit.id = item.unit ORDER BY item.name"
            )
        })
        .collect();
    let (hand, sums, rows) = by_hand(session, &ways, 3, 4);
    let (ours, sheet) = report(session, "stock", |setup| setup.span.until = at);
    assert_eq!(["on_hand", "reserved", "expected", "cost"].map(|column| total(&sheet, column)), sums[..], "{at}");
    assert_eq!(leaves(&sheet, "on_hand").len(), rows);
    compare(&format!("stock at {}", at.date().russian()), ours, hand);
}

fn sales_of(session: &Session, name: &str, span: Span, fields: &[&str]) {
    let tables: BTreeMap<&str, &str> = [("item", "item"), ("customer", "counterparty")].into_iter().collect();
    let (from, until) = (span.from.stored(), span.until.stored());
    let columns = fields.join(", ");
    let names: Vec<String> = fields.iter().map(|field| format!("{field}_of.name")).collect();
    let joins: Vec<String> = fields
        .iter()
        .map(|field| format!("JOIN {} AS {field}_of ON {field}_of.id = found.{field}", tables[field]))
        .collect();
    let ways: Vec<String> = ["date", "+date"]
        .iter()
        .map(|date| {
            format!(
                "SELECT {}, qty, amount, cost FROM (SELECT {columns}, SUM(qty) AS qty, SUM(amount) AS amount, \
                 SUM(cost) AS cost FROM sales_moves WHERE {date} >= {from} AND {date} <= {until} GROUP BY {columns}) \
                 AS found {} ORDER BY {}",
                names.join(", "),
                joins.join(" "),
                names.join(", ")
            )
        })
        .collect();
    let (hand, sums, rows) = by_hand(session, &ways, fields.len(), 3);
    let (ours, sheet) = report(session, "sales", |setup| {
        setup.span = span;
        by(setup, fields);
    });
    assert_eq!([total(&sheet, "qty"), total(&sheet, "amount"), total(&sheet, "cost")], sums[..], "{name} {columns}");
    assert_eq!(leaves(&sheet, "qty").len(), rows);
    compare(&format!("sales of {name} by {columns}, {rows} rows"), ours, hand);
}

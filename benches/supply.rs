//! `cargo bench --bench supply -- 10000`: an order of a thousand lines decided and posted, and so many open lines
//! shared out anew; the substitutes of an item among a hundred thousand, and what is told of a screen of them.
#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a benchmark prints what it measured")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a benchmark stops at the first surprise")]

use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::order_state::SupplyAction;
use kontora::domain::stock::item::Item;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::money::Qty;
use kontora::kernel::object::Declared as _;
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::fill_supply::{Allowed, propose_for};
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::offers::offers;
use kontora::ops::reallocate::plan_for;
use kontora::ops::seed;
use kontora::ops::substitutes::{Wanted, substitutes};
use std::fmt::Write as _;
use std::time::Instant;

/// Lines of one order.
const LINES: usize = 50;
/// Lines of the large order.
const LARGE: usize = 1_000;
/// Items among which substitutes are looked for.
const MANY: usize = 100_000;
/// Rows of a list to choose from on the screen.
const SCREEN: usize = 30;

fn main() {
    let open: usize = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(10_000);
    if let Err(error) = measure(open).and_then(|()| choose()) {
        panic!("{}", error.sentence());
    }
}

fn said(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{}", bad[0].error.sentence());
    }
}

fn timed<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let begun = Instant::now();
    let made = work()?;
    println!("{what}: {:.0} ms", begun.elapsed().as_secs_f64() * 1_000.0);
    Ok(made)
}

fn measure(open: usize) -> Outcome<()> {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create(&folder.path().join("base.kontora"), clock)?;
    let items = LARGE;
    let mut masters = String::from("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Север\"}\n");
    masters.push_str("{\"type\":\"counterparty\",\"code\":\"C1\",\"name\":\"Ромашка\"}\n");
    for item in 0..items {
        let _ = writeln!(masters, "{{\"type\":\"item\",\"code\":\"T{item}\",\"name\":\"Товар {item}\"}}");
    }
    let goods = |qty: &dyn Fn(usize) -> usize, from: usize, count: usize| {
        let line = |at: usize| {
            let item = (from + at) % items;
            format!("{{\"item\":\"T{item}\",\"qty\":{},\"price\":\"100\"}}", qty(item))
        };
        (0..count).map(line).collect::<Vec<_>>().join(",")
    };
    let _ = writeln!(
        masters,
        "{{\"type\":\"goods_receipt\",\"key\":\"R\",\"date\":\"2026-11-01\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{}]}}",
        goods(&|item| 1 + item % 7, 0, items)
    );
    let _ = writeln!(
        masters,
        "{{\"type\":\"supplier_order\",\"key\":\"Q\",\"date\":\"2026-11-01\",\"due\":\"2026-12-01\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{}]}}",
        goods(&|item| 1 + item % 5, 0, items)
    );
    said(&session, &masters);
    let mut orders = String::new();
    for order in 0..open / LINES {
        let day = 1 + order % 20;
        let priority = ["normal", "high", "low"][order % 3];
        let _ = writeln!(
            orders,
            "{{\"type\":\"customer_order\",\"key\":\"O{order}\",\"date\":\"2026-11-{day:02}\",\"customer\":\"C1\",\"priority\":\"{priority}\",\"post\":true,\"goods\":[{}]}}",
            goods(&|item| 1 + item % 3, order * LINES, LINES)
        );
    }
    said(&session, &orders);
    let plan = timed("plan of who gets what", || plan_for(&session, None))?;
    let count = plan.len();
    timed("shared out anew", || session.run(Op::Allocate, |tx| tx.reallocate(&plan)))?;
    println!("{open} open lines, {count} of them changed");
    let large = format!(
        "{{\"type\":\"customer_order\",\"key\":\"L\",\"date\":\"2026-11-22\",\"customer\":\"C1\",\"goods\":[{}]}}",
        goods(&|item| 2 + item % 4, 0, LARGE)
    );
    said(&session, &large);
    large_order(&session)?;
    let report = check(&session, &mut |_| true)?;
    assert!(report.is_clean(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
    Ok(())
}

fn large_order(session: &Session) -> Outcome<()> {
    let meta = CustomerOrder::declared();
    let id = session.store.ids_after(meta, 0, 1_000_000)?.into_iter().max().unwrap();
    let order = AnyRef::new(meta.tag, id);
    timed("an order of a thousand lines posted", || {
        session.run(Op::Post, |tx| {
            let mut loaded = tx.store.load(order)?.unwrap();
            tx.save(loaded.as_mut(), kontora::ops::save::How::Post)
        })
    })?;
    let all = [SupplyAction::Ship, SupplyAction::AsArrives, SupplyAction::ToSupply];
    let allowed: Allowed = all.into_iter().collect();
    let found = timed("the best for its lines found", || propose_for(session, order, &allowed))?;
    timed("written and posted so", || session.run(Op::Post, |tx| tx.fill_supply(order, &found)))?;
    Ok(())
}

/// Substitutes of items of a large catalog: alike by folder, price group, brand and properties, every third in stock.
fn choose() -> Outcome<()> {
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create(&folder.path().join("base.kontora"), clock)?;
    let mut masters = String::from("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Север\"}\n");
    masters.push_str("{\"type\":\"property\",\"code\":\"P1\",\"name\":\"Цвет\"}\n");
    for group in 0..20 {
        let _ = writeln!(masters, "{{\"type\":\"brand\",\"code\":\"B{group}\",\"name\":\"Марка {group}\"}}");
        let _ = writeln!(masters, "{{\"type\":\"price_group\",\"code\":\"PG{group}\",\"name\":\"Группа {group}\"}}");
        let _ =
            writeln!(masters, "{{\"type\":\"item\",\"code\":\"F{group}\",\"name\":\"Папка {group}\",\"folder\":true}}");
    }
    for item in 0..MANY {
        let (near, color) = (item % 20, item % 7);
        let _ = writeln!(
            masters,
            "{{\"type\":\"item\",\"code\":\"T{item}\",\"name\":\"Товар {item}\",\"parent\":\"F{near}\",\"brand\":\"B{near}\",\
             \"price_group\":\"PG{near}\",\"properties\":[{{\"property\":\"P1\",\"value\":\"цвет {color}\"}}]}}"
        );
    }
    for receipt in 0..MANY / 3 / LARGE {
        let line = |at: usize| format!("{{\"item\":\"T{}\",\"qty\":5,\"price\":\"100\"}}", (receipt * LARGE + at) * 3);
        let goods = (0..LARGE).map(line).collect::<Vec<_>>().join(",");
        let _ = writeln!(
            masters,
            "{{\"type\":\"goods_receipt\",\"key\":\"R{receipt}\",\"date\":\"2026-11-01\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{goods}]}}"
        );
    }
    said(&session, &masters);
    let settings = kontora::domain::company::settings::settings(&session.facts());
    let (company, warehouse, price_kind) = (settings.company, settings.warehouse, settings.price_kind);
    let item = |at: usize| session.store.with_code(Item::declared(), &format!("T{at}"));
    let mut slowest = 0.0_f64;
    for at in [1, 777, 50_001, 99_998] {
        let wanted = Wanted { item: item(at)?.typed(), company, warehouse, price_kind };
        let begun = Instant::now();
        let found = substitutes(&session, wanted)?;
        slowest = slowest.max(begun.elapsed().as_secs_f64() * 1_000.0);
        assert!(found.len() > 10 && found.iter().any(|one| one.free > Qty::ZERO), "{}", found.len());
    }
    println!("substitutes among {MANY} items, the slowest of four: {slowest:.1} ms");
    let screen: Vec<AnyRef> = (0..SCREEN).map(|at| item(at * 3_331)).collect::<Outcome<_>>()?;
    let told =
        timed("price, free stock and goods on their way of a screen of items", || offers(&session, &[], &screen))?;
    assert_eq!(told.len(), SCREEN);
    Ok(())
}

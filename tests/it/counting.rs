//! A stock count while goods move, and by several people: differences are exact whatever happens meanwhile.

use crate::bases::{engines, or_say, places, today};
use crate::simulate::Random;
use kontora::domain::registers::stock::Stock;
use kontora::domain::stock::item::Item;
use kontora::domain::stock::stock_count::StockCount;
use kontora::domain::stock::warehouse::Warehouse;
use kontora::kernel::clock::Clock;
use kontora::kernel::facts::Facts;
use kontora::kernel::money::Qty;
use kontora::kernel::object::Referable as _;
use kontora::kernel::refs::Ref;
use kontora::kernel::register::Register as _;
use kontora::ops::check::check;
use kontora::ops::count::add;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const ITEMS: usize = 25;

fn loaded(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

fn coded<T: kontora::kernel::object::Declared>(session: &Session, code: &str) -> Ref<T> {
    let facts = session.facts();
    (&facts as &dyn Facts).coded::<T>(code)
}

fn shop(session: &Session, goods: &[i64]) {
    let mut lines = String::from(
        "{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Север\"}\n{\"type\":\"counterparty\",\"code\":\"C1\",\"name\":\"Ромашка\"}\n",
    );
    for at in 0..goods.len() {
        let _ = writeln!(lines, "{{\"type\":\"item\",\"code\":\"I{at}\",\"name\":\"Товар {at}\"}}");
    }
    let rows: Vec<String> = goods
        .iter()
        .enumerate()
        .map(|(at, qty)| format!("{{\"item\":\"I{at}\",\"qty\":{qty},\"price\":\"61\"}}"))
        .collect();
    let _ = writeln!(
        lines,
        "{{\"type\":\"goods_receipt\",\"key\":\"R-1\",\"date\":\"2026-11-01\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{}]}}",
        rows.join(",")
    );
    loaded(session, &lines);
}

fn begun(session: &Session) -> Ref<StockCount> {
    let company = coded(session, "main");
    let mut count = StockCount {
        company,
        warehouse: coded::<Warehouse>(session, "main"),
        date: session.clock.now(),
        ..Default::default()
    };
    or_say(session.run(Op::Save, |tx| tx.save(&mut count, How::Write)));
    count.reference()
}

fn count_of(session: &Session, count: Ref<StockCount>) -> StockCount {
    or_say(session.store.load(count.any())).unwrap().downcast::<StockCount>().unwrap().clone()
}

/// One movement of chance: goods come or go, and what really lies there follows.
fn moved(session: &Session, dice: &mut Random, real: &mut [i64], number: usize) {
    let at = dice.below(real.len());
    let date = session.clock.now().iso();
    let comes = dice.once_in(2) || real[at] < 10;
    let qty = 1 + i64::try_from(dice.below(5)).unwrap();
    let (kind, who) =
        if comes { ("goods_receipt", "\"supplier\":\"S1\"") } else { ("goods_issue", "\"customer\":\"C1\"") };
    let line = format!(
        "{{\"type\":\"{kind}\",\"key\":\"M-{number}\",\"date\":\"{date}\",{who},\"post\":true,\"goods\":[{{\"item\":\"I{at}\",\"qty\":{qty},\"price\":\"100\"}}]}}"
    );
    loaded(session, &line);
    real[at] += if comes { qty } else { -qty };
}

#[test]
fn five_hundred_movements_during_a_count_leave_exact_differences() {
    for (engine, movements) in engines().iter().zip([500, 60]) {
        let session = engine.fresh(today());
        let mut dice = Random::new(5);
        let books: Vec<i64> = (0..ITEMS).map(|_| 100 + i64::try_from(dice.below(50)).unwrap()).collect();
        shop(&session, &books);
        // What really lies there differs from the books from the beginning.
        let wrong: Vec<i64> = (0..ITEMS).map(|_| i64::try_from(dice.below(7)).unwrap() - 3).collect();
        let mut real: Vec<i64> = books.iter().zip(&wrong).map(|(book, wrong)| book + wrong).collect();
        let count = begun(&session);
        let mut order: Vec<usize> = (0..ITEMS).collect();
        for number in 0..movements {
            session.clock.set(session.clock.now().plus_seconds(7));
            moved(&session, &mut dice, &mut real, number);
            if number % (movements / ITEMS) == 0
                && let Some(at) = (!order.is_empty()).then(|| order.swap_remove(dice.below(order.len())))
            {
                session.clock.set(session.clock.now().plus_seconds(1));
                let item = coded::<Item>(&session, &format!("I{at}"));
                // Scanned one by one on the shelf, then the rest by its number.
                or_say(add(&session, count, item, Qty::whole(1)));
                or_say(add(&session, count, item, Qty::from_minor((real[at] - 1) * 1_000)));
            }
        }
        let mut made = count_of(&session, count);
        or_say(session.run(Op::Post, |tx| tx.save(&mut made, How::Post)));
        let found: BTreeMap<i64, i64> =
            made.goods.iter().map(|line| (line.item.id(), line.difference.minor() / 1_000)).collect();
        for (at, wrong) in wrong.iter().enumerate() {
            let item = coded::<Item>(&session, &format!("I{at}"));
            assert_eq!(found.get(&item.id()), Some(wrong), "{}: item {at}", engine.engine);
        }
        // What follows brings the books to what lies there.
        let key = made.head.uid;
        let lines = format!(
            "{{\"type\":\"stock_surplus\",\"key\":\"S\",\"on\":\"stock_count:#{0}\",\"post\":true}}\n\
             {{\"type\":\"stock_write_off\",\"key\":\"W\",\"on\":\"stock_count:#{0}\",\"post\":true}}",
            made.head.id
        );
        let _ = key;
        loaded(&session, &lines);
        for (at, real) in real.iter().enumerate() {
            let item = coded::<Item>(&session, &format!("I{at}"));
            let key = [made.company.id(), made.warehouse.id(), item.id()];
            let now = or_say(session.store.now(Stock::meta(), &key));
            assert_eq!(now.sums[0], real * 1_000, "{}: item {at}", engine.engine);
        }
        let report = or_say(check(&session, &mut |_| true));
        assert!(report.is_clean(), "{:?}", report.faults);
    }
}

#[test]
fn what_moved_between_two_counts_is_counted_again() {
    let session = engines()[0].fresh(today());
    shop(&session, &[100]);
    let count = begun(&session);
    let item = coded::<Item>(&session, "I0");
    or_say(add(&session, count, item, Qty::whole(60)));
    session.clock.set(session.clock.now().plus_seconds(60));
    moved(&session, &mut Random::new(1), &mut [100], 1);
    session.clock.set(session.clock.now().plus_seconds(60));
    or_say(add(&session, count, item, Qty::whole(40)));
    let mut made = count_of(&session, count);
    assert!(made.goods[0].recount);
    let refused = session.run(Op::Post, |tx| tx.save(&mut made, How::Post)).unwrap_err().sentence();
    assert!(refused.contains("Пересчитайте"), "{refused}");
}

#[test]
fn several_people_count_on_one_sheet_and_no_scan_is_lost() {
    for place in places() {
        let open = |seed: u64| or_say(Session::open(&place.address, Clock::fixed(today(), seed)));
        let session = open(1);
        shop(&session, &[100, 100, 100]);
        let count = begun(&session);
        let items: Vec<Ref<Item>> = (0..3).map(|at| coded::<Item>(&session, &format!("I{at}"))).collect();
        std::thread::scope(|scope| {
            for person in 0..3_u64 {
                let (open, items) = (&open, &items);
                scope.spawn(move || {
                    let session = open(10 + person);
                    for scan in 0..20 {
                        or_say(add(&session, count, items[scan % 3], Qty::whole(1)));
                    }
                });
            }
        });
        let made = count_of(&session, count);
        let counted: i64 = made.goods.iter().map(|line| line.qty.minor() / 1_000).sum();
        assert_eq!((made.goods.len(), counted), (3, 60), "{place}");
    }
}

//! How many statements a posting takes: on a server each is a round trip. They grow with the lines of the
//! document, never with the base or with how many people work on it.

use crate::bases::{Place, engine_of, or_say, places, session_over, today};
use crate::through::{Asked, Through};
use kontora::domain::money::cash_receipt::CashReceipt;
use kontora::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::kernel::behaviour::Behaviour;
use kontora::kernel::clock::Clock;
use kontora::kernel::money::{Price, Qty};
use kontora::kernel::object::{Declared, Object};
use kontora::kernel::refs::Ref;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use kontora::store::address::Address;
use kontora::store::engine::Engine;
use std::sync::{Arc, Mutex};

/// What went to an engine.
type Log = Arc<Mutex<Vec<String>>>;

/// An engine that keeps a log of its statements.
fn logging(inner: Box<dyn Engine>, log: &Log) -> Through {
    let log = Arc::clone(log);
    let look = move |_: &dyn Engine, asked: Asked<'_>| {
        let said = match asked {
            Asked::Statement(sql, _) | Asked::Batch(sql) => sql.to_owned(),
            Asked::Begin => "BEGIN".to_owned(),
            Asked::BeginBeside => "BEGIN beside others".to_owned(),
            Asked::Lock(keys) => format!("LOCK {keys}"),
            Asked::Commit => "COMMIT".to_owned(),
            Asked::Integrity => return Ok(()),
        };
        log.lock().unwrap().push(said);
        Ok(())
    };
    Through { inner, look: Box::new(look) }
}

fn clock() -> Clock {
    Clock::fixed(today(), 1)
}

/// A session whose statements are logged.
fn logged(address: &Address, clock: &Clock) -> (Session, Log) {
    let log = Log::default();
    (session_over(logging(engine_of(address), &log), address, clock.clone()), log)
}

/// Items, a customer, stock, and `days` of orders shipped and waiting.
fn trade(place: &Place, days: usize) {
    let session = or_say(Session::open(&place.address, clock()));
    let mut lines = String::from("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Север\"}\n");
    for item in 1..=9 {
        lines.push_str(&format!("{{\"type\":\"item\",\"code\":\"T{item}\",\"name\":\"Товар {item}\"}}\n"));
        lines.push_str(&format!("{{\"type\":\"counterparty\",\"code\":\"C{item}\",\"name\":\"Покупатель {item}\"}}\n"));
    }
    let goods: Vec<String> =
        (1..=9).map(|item| format!("{{\"item\":\"T{item}\",\"qty\":9000,\"price\":61}}")).collect();
    lines.push_str(&format!(
        "{{\"type\":\"goods_receipt\",\"key\":\"R\",\"date\":\"2026-10-01\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{}]}}\n",
        goods.join(",")
    ));
    for day in 0..days {
        let goods: Vec<String> = (0..3)
            .map(|line| format!("{{\"item\":\"T{}\",\"qty\":2,\"price\":122}}", (day * 3 + line) % 9 + 1))
            .collect();
        lines.push_str(&format!(
            "{{\"type\":\"customer_order\",\"key\":\"O-{day}\",\"date\":\"2026-10-02\",\"customer\":\"C{}\",\"post\":true,\"goods\":[{}]}}\n",
            day % 9 + 1,
            goods.join(",")
        ));
        if day % 2 == 0 {
            lines.push_str(&format!(
                "{{\"type\":\"goods_issue\",\"key\":\"G-{day}\",\"date\":\"2026-10-03\",\"on\":\"customer_order:O-{day}\",\"post\":true}}\n"
            ));
        }
    }
    load(&session, &lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
}

fn of<D: Declared>(session: &Session, code: &str) -> Ref<D> {
    or_say(session.store.with_code(D::declared(), code)).typed()
}

/// An order of so many lines, shipped and paid; the statements of each of the three postings.
fn sell(session: &Session, log: &Log, lines: usize, customer: &str) -> [Vec<String>; 3] {
    let taken = || std::mem::take(&mut *log.lock().unwrap());
    let mut order = CustomerOrder::default();
    let later = || session.clock.set(session.clock.now().plus_seconds(60));
    later();
    order.fill_new(&session.facts());
    order.customer = of(session, customer);
    // As many of each as nobody has asked for yet: the same once more would be marked for having come twice.
    let many = i32::try_from(or_say(session.store.count(CustomerOrder::declared()))).unwrap() + 1;
    for line in 0..lines {
        let item = of(session, &format!("T{}", line + 1));
        let line = CustomerOrderLine { item, qty: Qty::whole(many), price: Price::whole(122), ..Default::default() };
        order.goods.push(line);
    }
    taken();
    or_say(session.run(Op::Post, |tx| tx.save(&mut order, How::Post)));
    let first = taken();
    later();
    let mut issue = GoodsIssue::default();
    fill(session, &mut issue, &order);
    taken();
    or_say(session.run(Op::Post, |tx| tx.save(&mut issue, How::Post)));
    let second = taken();
    later();
    let mut payment = CashReceipt::default();
    fill(session, &mut payment, &order);
    taken();
    or_say(session.run(Op::Post, |tx| tx.save(&mut payment, How::Post)));
    [first, second, taken()]
}

fn fill<D: Behaviour>(session: &Session, made: &mut D, basis: &dyn Object) {
    made.fill_new(&session.facts());
    made.fill_on_basis(basis, &session.facts()).unwrap();
}

/// The statements of a sale by someone who has the catalogs in memory; `beside` is done before it.
fn statements(place: &Place, clock: &Clock, lines: usize, beside: impl FnOnce()) -> [Vec<String>; 3] {
    let (session, log) = logged(&place.address, clock);
    sell(&session, &log, lines, "C1");
    beside();
    // What others have changed of catalogs is read again once.
    or_say(session.store.refresh());
    let found = sell(&session, &log, lines, "C1");
    assert!(or_say(kontora::ops::check::check(&session, &mut |_| true)).is_clean());
    found
}

#[test]
fn a_posting_takes_as_many_statements_on_a_larger_base_with_others_at_work() {
    for (small, large) in places().into_iter().zip(places()) {
        trade(&small, 4);
        trade(&large, 40);
        let clock = clock();
        let alone = statements(&small, &clock, 3, || ());
        let crowded = statements(&large, &clock, 3, || {
            let (other, log) = logged(&large.address, &clock);
            (0..3).for_each(|_| drop(sell(&other, &log, 5, "C2")));
        });
        for (alone, crowded) in alone.iter().zip(&crowded) {
            let differs = alone.iter().zip(crowded).find(|(alone, crowded)| alone != crowded);
            assert!(differs.is_none() && alone.len() == crowded.len(), "{small}: {differs:?}");
        }
        let [order, issue, payment] = alone.map(|log| log.len());
        assert!(order < 30 && issue < 45 && payment < 40, "{small}: {order}, {issue}, {payment}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "shown to whoever asks for it")]
fn a_line_more_is_no_statement_more() {
    for place in places() {
        trade(&place, 4);
        let clock = clock();
        let (three, eight) = (statements(&place, &clock, 3, || ()), statements(&place, &clock, 8, || ()));
        for (three, eight) in three.iter().zip(&eight) {
            assert!(eight.len() < three.len() + 5, "{place}: {} / {}", three.len(), eight.len());
        }
        if crate::shared::switch("SHOW_STATEMENTS").is_some() {
            for (name, log) in ["order", "issue", "payment"].iter().zip(&three) {
                println!("--- {place} {name}: {}", log.len());
                log.iter().for_each(|sql| println!("    {sql:.150}"));
            }
        }
    }
}

//! Several people who post at the same moment: nobody gets what another has taken, nobody waits for those who
//! work on other things, and nobody is told that he was in another's way.

use crate::bases::{Place, or_say, places, today};
use crate::simulate::Random;
use kontora::domain::purchases::goods_receipt::{GoodsReceipt, GoodsReceiptLine};
use kontora::domain::registers::stock::{Reserves, Stock};
use kontora::kernel::behaviour::Behaviour as _;
use kontora::kernel::clock::Clock;
use kontora::kernel::facts::Facts;
use kontora::kernel::money::{Price, Qty};
use kontora::kernel::object::Declared;
use kontora::kernel::problems::{Error, Outcome};
use kontora::kernel::refs::Ref;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread::JoinHandle;

const CLERKS: u64 = 4;

fn open(place: &Place, seed: u64) -> Session {
    or_say(Session::open(&place.address, Clock::fixed(today(), seed)))
}

/// A base with items, people and something in stock.
fn shop(place: &Place, items: usize, qty: usize) {
    let mut lines = String::from("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Север\"}\n");
    for number in 1..=items {
        lines.push_str(&format!("{{\"type\":\"item\",\"code\":\"T{number}\",\"name\":\"Товар {number}\"}}\n"));
        lines.push_str(&format!("{{\"type\":\"counterparty\",\"code\":\"C{number}\",\"name\":\"Лицо {number}\"}}\n"));
    }
    let goods: Vec<String> =
        (1..=items).map(|item| format!("{{\"item\":\"T{item}\",\"qty\":{qty},\"price\":61}}")).collect();
    lines.push_str(&format!(
        "{{\"type\":\"goods_receipt\",\"key\":\"R\",\"date\":\"2026-10-01\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{}]}}\n",
        goods.join(",")
    ));
    load(&open(place, 90), &lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
}

fn post(session: &Session, line: &str) -> Outcome<()> {
    session.run(Op::Post, |tx| tx.load_line(line)).map(|_| ())
}

fn of<D: Declared>(session: &Session, code: &str) -> Ref<D> {
    or_say(session.store.with_code(D::declared(), code)).typed()
}

/// A clerk at a workstation of his own.
fn clerk<T: Send + 'static>(
    place: &Place,
    number: u64,
    work: impl FnOnce(Session) -> T + Send + 'static,
) -> JoinHandle<T> {
    let session = open(place, 100 + number);
    std::thread::Builder::new().name(format!("clerk {number}")).spawn(move || work(session)).unwrap()
}

fn proved(place: &Place) {
    let report = or_say(check(&open(place, 91), &mut |_| true));
    let faults: Vec<String> = report.faults.iter().take(5).map(kontora::kernel::text::Text::show).collect();
    assert!(faults.is_empty(), "{place}: {faults:?}");
}

#[test]
fn the_last_piece_is_shipped_to_one_and_reserved_for_one() {
    const ITEMS: usize = 6;
    for place in places() {
        shop(&place, ITEMS, 1);
        let together = Arc::new(Barrier::new(usize::try_from(CLERKS).unwrap()));
        let work = |number: u64| {
            let together = Arc::clone(&together);
            clerk(&place, number, move |session| {
                let mut shipped = [0; 2];
                for item in 1..=ITEMS {
                    // Even items are ordered, odd ones taken from the shelf.
                    let kind = if item % 2 == 0 { "customer_order" } else { "goods_issue" };
                    let line = format!(
                        "{{\"type\":\"{kind}\",\"date\":\"2026-10-05\",\"customer\":\"C{}\",\"post\":true,\"goods\":[{{\"item\":\"T{item}\",\"qty\":1,\"price\":100}}]}}",
                        number + 1
                    );
                    together.wait();
                    match post(&session, &line) {
                        Ok(()) => shipped[item % 2] += 1,
                        Err(Error::Refused(problems, _)) => {
                            let said = problems.sentences(None);
                            assert!(kind == "goods_issue" && said.contains("не хватает"), "{said}");
                        }
                        Err(other) => panic!("{}", other.sentence()),
                    }
                }
                shipped
            })
        };
        let clerks: Vec<_> = (0..CLERKS).map(work).collect();
        let done: Vec<[usize; 2]> = clerks.into_iter().map(|clerk| clerk.join().unwrap()).collect();
        let shipped: usize = done.iter().map(|done| done[1]).sum();
        assert_eq!(shipped, ITEMS / 2, "{place}");
        let session = open(&place, 92);
        let facts = session.facts();
        let facts: &dyn Facts = &facts;
        for row in facts.balances::<Stock>(&[]) {
            let held: Qty = facts
                .balances::<Reserves>(&[row.company.id(), row.warehouse.id(), row.item.id()])
                .iter()
                .map(|held| held.qty)
                .sum();
            // What is not shipped is held for one of those who ordered it.
            assert_eq!(held, row.qty, "{place}: {row:?}");
        }
        proved(&place);
    }
}

#[test]
fn who_works_on_other_things_does_not_wait() {
    for place in places().into_iter().filter(|place| place.address.file().is_none()) {
        shop(&place, 4, 10);
        let (first, second) = (open(&place, 1), open(&place, 2));
        let receipt = "{\"type\":\"goods_receipt\",\"date\":\"2026-10-05\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{\"item\":\"T1\",\"qty\":1,\"price\":61}]}";
        let order = "{\"type\":\"customer_order\",\"date\":\"2026-10-05\",\"customer\":\"C2\",\"post\":true,\"goods\":[{\"item\":\"T2\",\"qty\":1,\"price\":61}]}";
        let taken = "{\"type\":\"goods_issue\",\"date\":\"2026-10-05\",\"customer\":\"C3\",\"post\":true,\"goods\":[{\"item\":\"T1\",\"qty\":1,\"price\":61}]}";
        or_say(second.store.engine().batch("SET lock_timeout = '50ms'"));
        or_say(first.run(Op::Post, |tx| {
            tx.load_line(receipt)?;
            or_say(post(&second, order));
            // The same item is being received: that is waited for.
            let busy = post(&second, taken).unwrap_err().sentence();
            assert!(busy.starts_with("База занята другой операцией"), "{busy}");
            Ok(())
        }));
        or_say(post(&second, taken));
        proved(&place);
    }
}

#[test]
fn what_turns_out_to_be_locked_is_done_again_and_the_document_is_as_it_was_given() {
    for place in places().into_iter().filter(|place| place.address.file().is_none()) {
        shop(&place, 2, 1);
        let first = open(&place, 1);
        let order = "{\"type\":\"customer_order\",\"key\":\"O\",\"date\":\"2026-10-05\",\"customer\":\"C1\",\"post\":true,\"goods\":[{\"item\":\"T1\",\"qty\":3,\"price\":61}]}";
        or_say(post(&first, order));
        let attempts = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&attempts);
        let second = clerk(&place, 2, move |session| {
            let mut receipt = GoodsReceipt::default();
            receipt.fill_new(&session.facts());
            receipt.supplier = of(&session, "S1");
            let line = GoodsReceiptLine { item: of(&session, "T1"), qty: Qty::whole(2), ..Default::default() };
            receipt.goods.push(GoodsReceiptLine { price: Price::whole(61), ..line });
            // Goods arrive for an order that is being paid.
            or_say(session.run(Op::Post, |tx| {
                counted.fetch_add(1, Ordering::SeqCst);
                tx.save(&mut receipt, How::Post)
            }));
            receipt
        });
        or_say(first.run(Op::Post, |tx| {
            let before = attempts.load(Ordering::SeqCst);
            tx.load_line(
                "{\"type\":\"cash_receipt\",\"date\":\"2026-10-06\",\"on\":\"customer_order:O\",\"post\":true}",
            )?;
            while before == 0 && attempts.load(Ordering::SeqCst) < 2 {
                std::thread::yield_now();
            }
            Ok(())
        }));
        let receipt = second.join().unwrap();
        assert_eq!((receipt.head.version, receipt.number.as_str(), receipt.goods.len()), (1, "000002", 1));
        let facts = first.facts();
        let facts: &dyn Facts = &facts;
        let held: Qty = facts.balances::<Reserves>(&[]).iter().map(|held| held.qty).sum();
        assert_eq!(held, Qty::whole(3), "{place}");
        proved(&place);
    }
}

/// One thing a clerk does: mostly sells, sometimes receives, pays late, takes something back.
fn deed(random: &mut Random, clerk: u64, number: usize) -> String {
    let (item, person) = (random.below(3) + 1, random.below(3) + 1);
    let other = item % 3 + 1;
    let day = random.below(20) + 5;
    let goods = format!(
        "[{{\"item\":\"T{item}\",\"qty\":{},\"price\":100}},{{\"item\":\"T{other}\",\"qty\":1,\"price\":90}}]",
        random.below(3) + 1
    );
    let date = format!("2026-10-{day:02}");
    let last = number.saturating_sub(random.below(4));
    match random.below(8) {
        0 | 1 => format!(
            "{{\"type\":\"goods_receipt\",\"date\":\"{date}\",\"supplier\":\"S1\",\"post\":true,\"goods\":{goods}}}"
        ),
        2 | 3 => format!(
            "{{\"type\":\"goods_issue\",\"date\":\"{date}\",\"on\":\"customer_order:{clerk}-{last}\",\"post\":true}}"
        ),
        4 => format!(
            "{{\"type\":\"cash_receipt\",\"date\":\"{date}\",\"on\":\"customer_order:{clerk}-{last}\",\"post\":true}}"
        ),
        5 => format!(
            "{{\"type\":\"goods_issue\",\"date\":\"{date}\",\"customer\":\"C{person}\",\"post\":true,\"goods\":{goods}}}"
        ),
        _ => format!(
            "{{\"type\":\"customer_order\",\"key\":\"{clerk}-{number}\",\"date\":\"{date}\",\"customer\":\"C{person}\",\"post\":true,\"goods\":{goods}}}"
        ),
    }
}

#[test]
fn random_work_of_several_on_the_same_few_things_leaves_a_proved_base() {
    for place in places() {
        shop(&place, 3, 20);
        let work = |number: u64| {
            clerk(&place, number, move |session| {
                let mut random = Random::new(number + 5);
                let mut done = 0;
                for at in 0..30 {
                    match post(&session, &deed(&mut random, number, at)) {
                        Ok(()) => done += 1,
                        // Short of stock, nothing left to ship, an order that was never made.
                        Err(Error::Refused(..)) => {}
                        Err(other) => panic!("{}", other.sentence()),
                    }
                }
                done
            })
        };
        let clerks: Vec<_> = (0..CLERKS).map(work).collect();
        let done: i64 = clerks.into_iter().map(|clerk| clerk.join().unwrap()).sum();
        assert!(done > 40, "{place}: {done}");
        proved(&place);
        numbers_follow(&place);
    }
}

/// Numbers of each kind of document: from one on, without gaps and doubles.
fn numbers_follow(place: &Place) {
    let session = open(place, 93);
    for kind in ["customer_order", "goods_issue", "goods_receipt", "cash_receipt"] {
        let mut found = Vec::new();
        let sql = format!("SELECT number FROM \"{kind}\" ORDER BY number");
        or_say(session.store.engine().query(&sql, &[], &mut |row| {
            found.push(row.text(0).trim_start_matches("00-").parse::<usize>().unwrap());
            Ok(())
        }));
        assert_eq!(found, (1..=found.len()).collect::<Vec<_>>(), "{place}: {kind}");
    }
}

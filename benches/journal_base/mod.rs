//! A base with a long journal: customer orders written straight into their tables, as posting would leave the
//! journal's rows, and the goods for a long document.

use kontora::domain::registry;
use kontora::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use kontora::domain::sales::order_state::OrderState;
use kontora::kernel::behaviour::Behaviour;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::object::{Erased as _, Object, Uid};
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::kernel::value::Stored;
use kontora::ops::gate::Op;
use kontora::ops::load::load;
use kontora::ops::save::search_text;
use kontora::ops::seed;
use std::fmt::Write as _;
use std::path::Path;

/// Customers of the journal.
const CUSTOMERS: i64 = 20_000;
/// Items of the long document.
pub const ITEMS: i64 = 1_000;
/// Orders written in one transaction.
const TURN: i64 = 20_000;

/// The clock of the bench.
pub fn clock() -> Clock {
    Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 7)
}

fn masters() -> String {
    let surnames = ["Иванов", "Петрова", "Сидоров", "Кузнецова", "Смирнов", "Ёлкина", "Попов", "Орлова"];
    let mut lines = String::new();
    for customer in 1..=CUSTOMERS {
        let surname = surnames[usize::try_from(customer).unwrap() % surnames.len()];
        let _ = writeln!(
            lines,
            "{{\"type\":\"counterparty\",\"code\":\"C{customer:05}\",\"name\":\"{surname} {customer}\"}}"
        );
    }
    lines.push_str("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Поставщик\"}\n");
    for item in 1..=ITEMS {
        let _ = writeln!(lines, "{{\"type\":\"item\",\"code\":\"I{item:05}\",\"name\":\"Товар {item}\"}}");
    }
    lines
}

/// Makes the base, or says that it is there.
pub fn make(path: &Path, count: i64) -> Outcome<()> {
    if path.exists() {
        return Ok(());
    }
    let session = seed::create(path, clock())?;
    if let Err(bad) = load(&session, &masters(), &mut |_| true) {
        panic!("{}", bad[0].error.sentence());
    }
    let coded = |kind: &str, code: String| {
        let meta = registry::by_code(kind).unwrap().meta();
        session.store.find_by(meta, "code", &Stored::Text(code)).map(|found| found[0])
    };
    let customers: Vec<AnyRef> =
        (1..=CUSTOMERS).map(|number| coded("counterparty", format!("C{number:05}"))).collect::<Outcome<_>>()?;
    let items: Vec<AnyRef> =
        (1..=ITEMS).map(|number| coded("item", format!("I{number:05}"))).collect::<Outcome<_>>()?;
    let mut blank = CustomerOrder::default();
    blank.fill_new(&session.facts());
    let mut number = 0;
    while number < count {
        let turn = number..(number + TURN).min(count);
        number = turn.end;
        session.run(Op::Load, |tx| {
            for at in turn.clone() {
                let mut order = order(&blank, at, count, &customers, &items);
                let search = search_text(&order, registry::ops(order.meta()).unwrap());
                tx.store.insert(&mut order, &search)?;
                tx.store.index_words((&order as &dyn Object).any_ref(), &search, false)?;
            }
            Ok(())
        })?;
    }
    session.store.engine().batch("PRAGMA wal_checkpoint(TRUNCATE)")
}

/// The order at a place of the journal; three years of them, in the order of time.
fn order(blank: &CustomerOrder, at: i64, count: i64, customers: &[AnyRef], items: &[AnyRef]) -> CustomerOrder {
    let mut order = blank.clone();
    let mixed = at.wrapping_mul(0x9e37_79b9).unsigned_abs();
    let pick = |of: &[AnyRef]| of[usize::try_from(mixed % u64::try_from(of.len()).unwrap()).unwrap()];
    order.head.uid = Uid(u128::from(mixed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_le_bytes());
    order.head.version = 1;
    order.head.posted = at % 50 != 0;
    order.number = format!("{:06}", at + 1);
    let day = Date::ymd(2023, 12, 1).unwrap().plus_days(at * 1_080 / count);
    order.date = day.at(8, 0, 0).plus_seconds(at % 40_000);
    order.customer = pick(customers).typed();
    if at % 10 == 0 {
        order.comment = format!("позвонить заранее, подъезд {}", mixed % 9 + 1);
    }
    // Three managers share most of it, a tenth has a status of one's own, and little asks to be looked at.
    order.manager = Ref::new(1 + at % 3);
    order.status = if at % 10 == 3 { Ref::new(1 + at % 4) } else { Ref::EMPTY };
    if at % 5_000 == 7 {
        order.attention = "item".to_owned();
    }
    let qty = Qty::whole(i32::try_from(mixed % 5).unwrap() + 1);
    let price = Price::from(Money::from_minor(10_000 + i64::try_from(mixed % 900_000).unwrap()));
    let amount = price.times(qty);
    order.goods.push(CustomerOrderLine {
        item: pick(items).typed(),
        qty,
        price,
        amount,
        total: amount,
        ..CustomerOrderLine::default()
    });
    order.amount = amount;
    order.state = if at % 20 == 0 { OrderState::ReadyToShip } else { OrderState::Closed };
    order.state_numbers = if at % 20 == 0 { format!("{};0;1;1", amount.minor()) } else { "0;0;0;0".to_owned() };
    order
}

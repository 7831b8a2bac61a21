//! The work itself through the program: master data, and the five steps of an order.

use super::{CUSTOMERS, ITEMS, Order};
use kontora::domain::money::cash_receipt::{CashReceipt, CashReceiptSplit};
use kontora::domain::registry;
use kontora::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::domain::sales::tax_invoice_issued::TaxInvoiceIssued;
use kontora::kernel::behaviour::Behaviour;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::object::{Object, Referable as _};
use kontora::kernel::problems::Outcome;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::save::How;
use std::time::Instant;

/// Objects the orders name.
pub struct Masters {
    /// Items by number, from nought.
    pub items: Vec<AnyRef>,
    /// Customers by number, from nought.
    pub customers: Vec<AnyRef>,
}

/// Master data and opening stock.
pub fn prepare(session: &Session) -> Outcome<Masters> {
    let mut lines = String::new();
    for item in 1..=ITEMS {
        lines.push_str(&format!("{{\"type\":\"item\",\"code\":\"I{item:05}\",\"name\":\"Товар {item}\"}}\n"));
    }
    for customer in 1..=CUSTOMERS {
        let name = format!("Покупатель {customer}");
        lines.push_str(&format!("{{\"type\":\"counterparty\",\"code\":\"C{customer:04}\",\"name\":\"{name}\"}}\n"));
    }
    lines.push_str("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Поставщик\"}\n");
    for (day, qty, cost) in [(1, 10, super::cost1 as fn(i64) -> i64), (2, 990, super::cost2)] {
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
pub fn order_to_cash(session: &Session, masters: &Masters, order: &Order, took: &mut [f64; 5]) -> Outcome<()> {
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

/// The clock at the beginning.
pub fn clock() -> Clock {
    Clock::fixed(Date::ymd(2026, 1, 1).unwrap().at(9, 0, 0), 7)
}

//! Shortages become supplier orders, one a supplier, and their receipt reserves for the order they are for.

use kontora::domain::registry;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::money::Qty;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::seed;
use kontora::ops::supply::{Shortage, shortages};

const MASTERS: &str = r#"
{"type":"counterparty","code":"S1","name":"Первый поставщик"}
{"type":"counterparty","code":"S2","name":"Второй поставщик"}
{"type":"counterparty","code":"C1","name":"Покупатель"}
{"type":"item","code":"T1","name":"Чайник","supplier":"S1"}
{"type":"item","code":"T2","name":"Утюг","supplier":"S2"}
{"type":"item","code":"T3","name":"Лампа","supplier":"S1"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":2,"price":"50"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-02","customer":"C1","post":true,"goods":[{"item":"T1","qty":5,"price":"100"},{"item":"T2","qty":1,"price":"200"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-03","customer":"C1","post":true,"goods":[{"item":"T3","qty":4,"price":"30"}]}
"#;

fn session() -> Session {
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create_in_memory(clock).unwrap_or_else(|error| panic!("{}", error.sentence()));
    done(&session, MASTERS);
    session
}

fn done(session: &Session, lines: &str) {
    if let Err(bad) = load(session, lines, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
    }
}

fn lacking(session: &Session) -> Vec<Shortage> {
    let facts = session.facts();
    shortages(&session.store, &facts).unwrap_or_else(|error| panic!("{}", error.sentence()))
}

fn order(session: &Session, key: &str) -> CustomerOrder {
    let known = session.store.known("load:customer_order", key).unwrap_or_default().unwrap();
    session.store.load(known.object).unwrap_or_default().unwrap().downcast::<CustomerOrder>().unwrap().clone()
}

#[test]
fn shortages_become_one_order_a_supplier_and_the_receipt_reserves() {
    let session = session();
    let found = lacking(&session);
    let lacks: Vec<Qty> = found.iter().map(|shortage| shortage.qty).collect();
    assert_eq!(lacks, [3, 1, 4].map(Qty::whole), "what is reserved from stock is not lacking");
    let made = session.run(Op::Supply, |tx| tx.order_shortages(&found));
    let (made, _) = made.unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert_eq!(made.len(), 2, "one order for each supplier");
    assert!(lacking(&session).is_empty(), "what is on its way is not lacking any more");
    let number = |reference: AnyRef| session.store.number_and_date(reference).unwrap_or_default().unwrap().0;
    for (at, supplier_order) in made.iter().enumerate() {
        let line = format!(
            "{{\"type\":\"goods_receipt\",\"key\":\"R-S{at}\",\"date\":\"2026-11-10\",\"on\":\"supplier_order:{}\",\"post\":true}}",
            number(*supplier_order)
        );
        done(&session, &line);
    }
    assert_eq!(order(&session, "O-1").state.label(), "Готов к отгрузке");
    assert_eq!(order(&session, "O-2").state.label(), "Готов к отгрузке");
    let report = check(&session, &mut |_| true).unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert!(report.is_clean(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
}

#[test]
fn items_nobody_brings_are_all_named_and_nothing_is_ordered() {
    let session = session();
    done(
        &session,
        r#"{"type":"item","code":"T4","name":"Ваза"}
{"type":"item","code":"T5","name":"Рама"}
{"type":"customer_order","key":"O-3","date":"2026-11-04","customer":"C1","post":true,"goods":[{"item":"T4","qty":1,"price":"10"},{"item":"T5","qty":1,"price":"10"}]}"#,
    );
    let found = lacking(&session);
    let refused = session.run(Op::Supply, |tx| tx.order_shortages(&found)).map(|_| ()).unwrap_err().sentence();
    assert!(refused.contains("Ваза") && refused.contains("Рама"), "{refused}");
    let kind = registry::by_code("supplier_order").unwrap();
    assert_eq!(session.store.count(kind.meta()).unwrap_or(-1), 0);
}

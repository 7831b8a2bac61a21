//! The shortest working day: bought, sold, paid.

use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::ops::load::load;
use kontora::ops::seed;

#[test]
fn goods_bought_are_sold_and_paid() {
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create_in_memory(clock).unwrap_or_else(|e| panic!("{}", e.sentence()));
    let lines = r#"
{"type":"item","code":"I1","name":"Чайник"}
{"type":"counterparty","code":"S1","name":"Поставщик"}
{"type":"counterparty","code":"C1","name":"Покупатель"}
{"type":"customer_order","key":"O-1","date":"2026-11-01","customer":"C1","post":true,"goods":[{"item":"I1","qty":3,"price":"100.00"}]}
{"type":"goods_receipt","key":"R-1","date":"2026-11-02","supplier":"S1","post":true,"goods":[{"item":"I1","qty":10,"price":"60.00"}]}
{"type":"goods_issue","key":"G-1","date":"2026-11-03","on":"customer_order:O-1","post":true}
{"type":"cash_receipt","key":"P-1","date":"2026-11-04","on":"customer_order:O-1","post":true}
"#;
    let loaded = load(&session, lines, &mut |_| true);
    match loaded {
        Ok(loaded) => assert_eq!(loaded.created, 7),
        Err(bad) => panic!("{:?}", bad.iter().map(|b| (b.line, b.error.sentence())).collect::<Vec<_>>()),
    }
}

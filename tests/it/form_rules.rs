//! What forms stand on, without a window: recalculation, beginnings, movements, related documents, history.

use kontora::domain::money::cash_receipt::CashReceipt;
use kontora::domain::registry;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::domain::sales::order_state::{NextAction, OrderState};
use kontora::kernel::clock::Clock;
use kontora::kernel::moment::Date;
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::object::Referable as _;
use kontora::kernel::problems::Error;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::value::Value;
use kontora::ops::draft::{Touch, recalculate};
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ops::movements::movements;
use kontora::ops::order_view::{Standing, view_of};
use kontora::ops::related::related;
use kontora::ops::save::How;
use kontora::ops::seed;
use kontora::ops::start::{Start, based_on, start};
use kontora::ops::versions::versions;

const TRADE: &str = r#"
{"type":"item","code":"I1","name":"Чайник"}
{"type":"item","code":"I2","name":"Кружка"}
{"type":"counterparty","code":"S1","name":"Поставка"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"price_setting","key":"PS-1","date":"2026-11-01","post":true,"prices":[{"item":"I1","price_kind":"retail","price":"90.00"}]}
{"type":"goods_receipt","key":"R-1","date":"2026-11-02","supplier":"S1","post":true,"goods":[{"item":"I1","qty":10,"price":"60.00"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-20","customer":"C1","post":true,"goods":[{"item":"I1","qty":3,"price":"100.00"},{"item":"I2","qty":2,"price":"50.00"}]}
{"type":"invoice","key":"V-1","date":"2026-11-20","on":"customer_order:O-1","post":true}
{"type":"goods_issue","key":"G-1","date":"2026-11-21","on":"customer_order:O-1","post":true,"goods":[{"item":"I1","qty":3}]}
{"type":"tax_invoice_issued","key":"T-1","date":"2026-11-21","on":"goods_issue:G-1","post":true}
{"type":"cash_receipt","key":"P-1","date":"2026-11-22","on":"customer_order:O-1","post":true}
"#;

fn base() -> Session {
    let clock = Clock::fixed(Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0), 1);
    let session = seed::create_in_memory(clock).unwrap_or_else(|e| panic!("{}", e.sentence()));
    if let Err(bad) = load(&session, TRADE, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|b| (b.line, b.error.sentence())).collect::<Vec<_>>());
    }
    session
}

fn first(session: &Session, code: &str) -> AnyRef {
    let meta = registry::by_code(code).unwrap().meta();
    AnyRef::new(meta.tag, session.store.ids_after(meta, 0, 100).unwrap()[0])
}

fn order(session: &Session) -> CustomerOrder {
    let object = session.store.load(first(session, "customer_order")).unwrap().unwrap();
    object.downcast::<CustomerOrder>().unwrap().clone()
}

fn told(error: &Error) -> String {
    error.sentence()
}

#[test]
fn what_is_typed_after_the_item_wins_over_its_price() {
    let session = base();
    let meta = registry::by_code("goods_issue").unwrap().meta();
    let mut object = start(&session, &Start::New(meta, Vec::new())).unwrap();
    object.insert_row(0, 0);
    object.row_mut(0, 0).unwrap().set_key(1);
    let column = |name: &str| meta.tables[0].field(name).unwrap();
    let typed = |name: &str, value: Value| Touch::Cell { table: 0, key: 1, column: column(name), value };
    let facts = session.facts();
    // The item alone: quantity one, the price of the price list.
    let known = registry::by_code("item").unwrap().meta();
    let kettle = session.store.with_code(known, "I1").unwrap();
    let alone = recalculate(object.boxed(), &[typed("item", Value::Ref(kettle))], &facts);
    let line = &alone.after().downcast::<GoodsIssue>().unwrap().goods[0];
    assert_eq!((line.qty, line.price, line.amount), (Qty::whole(1), Price::whole(90), Money::from_minor(9_000)));
    // Item, quantity and price before the answer to the first has come.
    let price = Value::Price(Price::whole(75));
    let touched = [typed("item", Value::Ref(kettle)), typed("qty", Value::Qty(Qty::whole(4))), typed("price", price)];
    for (name, value) in [("item", Value::Ref(kettle)), ("qty", Value::Qty(Qty::whole(4)))] {
        assert!(object.row_mut(0, 0).unwrap().set(column(name), value));
    }
    let patch = recalculate(object.boxed(), &touched, &facts);
    patch.apply(object.as_mut());
    let issue = object.downcast::<GoodsIssue>().unwrap();
    assert_eq!((issue.goods[0].qty, issue.goods[0].price), (Qty::whole(4), Price::whole(75)));
    assert_eq!(issue.amount, Money::from_minor(30_000));
}

#[test]
fn a_copy_is_a_new_document() {
    let session = base();
    let was = order(&session);
    let copy = start(&session, &Start::Copy(was.reference().any())).unwrap();
    let copy = copy.downcast::<CustomerOrder>().unwrap();
    assert_eq!((copy.head.id, copy.head.posted, copy.number.as_str()), (0, false, ""));
    assert_eq!(copy.goods, was.goods);
    assert_eq!((copy.state, copy.unpaid), (OrderState::default(), Money::ZERO));
    assert_eq!(copy.date.date(), Date::ymd(2026, 11, 23).unwrap());
}

#[test]
fn a_document_on_a_basis_is_filled_or_says_why_not() {
    let session = base();
    let was = order(&session);
    let meta = registry::by_code("cash_receipt").unwrap().meta();
    // The order is paid: nothing is left to pay.
    let refused = start(&session, &Start::Basis(meta, was.reference().any()));
    let why = refused.err().map(|error| told(&error)).unwrap_or_default();
    assert!(!why.is_empty(), "an order paid in full asks for no payment");
    let kinds: Vec<&str> = based_on(was.reference().any().tag()).iter().map(|kind| kind.code).collect();
    assert!(kinds.contains(&"goods_issue") && kinds.contains(&"cash_receipt") && !kinds.contains(&"goods_receipt"));
}

#[test]
fn an_order_says_how_its_lines_stand_and_what_is_next() {
    let session = base();
    let object = session.store.load(first(&session, "customer_order")).unwrap().unwrap();
    let view = view_of(&session, object.as_ref()).unwrap().unwrap();
    assert!(view.posted && view.unpaid.is_zero());
    let standing: Vec<Standing> = view.lines.iter().map(|line| line.standing()).collect();
    assert_eq!(standing, [Standing::Quiet, Standing::Short], "the kettle is shipped, the cup lacks");
    assert_eq!((view.lacking(), view.next()), (1, NextAction::Supply));
    // Nobody is known to bring cups.
    let refused = session.run(Op::Supply, |tx| tx.order_lacking(object.any_ref()));
    assert!(refused.is_err_and(|error| told(&error).contains("Кружка")));
    // Another supplier order later the rest is on its way and nothing is to be done.
    let more = r#"
{"type":"supplier_order","key":"SO-1","date":"2026-11-23","supplier":"S1","post":true,"goods":[{"item":"I2","qty":2,"price":"20.00"}]}
"#;
    assert!(load(&session, more, &mut |_| true).is_ok());
    let view = view_of(&session, object.as_ref()).unwrap().unwrap();
    assert_eq!(view.lines[1].standing(), Standing::Expected);
    assert_eq!(view.next(), NextAction::Nothing);
}

#[test]
fn movements_name_what_was_moved_and_the_entries() {
    let session = base();
    let tables = movements(&session, first(&session, "goods_issue")).unwrap();
    let stock = tables.iter().find(|table| table.code == "stock").unwrap();
    let said: Vec<&str> = stock.rows[0].iter().map(|cell| cell.text.as_str()).collect();
    assert!(said.contains(&"Чайник") && said.contains(&"-3") && said.contains(&"-180,00"), "{said:?}");
    let ledger = tables.last().unwrap();
    assert_eq!(ledger.code, "ledger");
    let revenue = ledger.rows.iter().find(|row| row[0].text.starts_with("62")).unwrap();
    assert!(revenue[3].text.starts_with("90.01"), "{}", revenue[3].text);
    assert_eq!(revenue[6].text, "300,00");
    assert!(revenue[1].text.contains("Ромашка") && !revenue[1].reference.is_empty());
    let nothing = movements(&session, first(&session, "invoice")).unwrap();
    assert!(nothing.is_empty(), "an invoice moves nothing");
}

#[test]
fn related_documents_stand_under_what_they_are_based_on() {
    let session = base();
    let receipt = first(&session, "cash_receipt");
    let tree = related(&session, receipt).unwrap();
    let lines: Vec<(u8, &str, bool)> =
        tree.iter().map(|node| (node.level, registry::of(node.reference).unwrap().meta().code, node.own)).collect();
    let expected = [
        (0, "customer_order", false),
        (1, "invoice", false),
        (1, "goods_issue", false),
        (2, "tax_invoice_issued", false),
        (1, "cash_receipt", true),
    ];
    assert_eq!(lines, expected);
    assert_eq!(tree[0].amount, Some(Money::from_minor(40_000)));
    assert!(tree.iter().all(|node| node.posted && !node.repeated && !node.marked));
    assert_eq!(tree[0].state, "Ожидается обеспечение");
    // One payment for two orders stands under both.
    let more = r#"
{"type":"customer_order","key":"O-2","date":"2026-11-22","customer":"C1","post":true,"goods":[{"item":"I1","qty":1,"price":"100.00"}]}
{"type":"customer_order","key":"O-3","date":"2026-11-22","customer":"C1","post":true,"goods":[{"item":"I1","qty":1,"price":"100.00"}]}
{"type":"cash_receipt","key":"P-2","date":"2026-11-23","counterparty":"C1","amount":"200.00","post":true,"split":[{"order":"customer_order:O-2","amount":"100.00"},{"order":"customer_order:O-3","amount":"100.00"}]}
"#;
    if let Err(bad) = load(&session, more, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|b| (b.line, b.error.sentence())).collect::<Vec<_>>());
    }
    let meta = registry::by_code("cash_receipt").unwrap().meta();
    let id = session.store.ids_after(meta, receipt.id(), 1).unwrap()[0];
    let tree = related(&session, AnyRef::new(meta.tag, id)).unwrap();
    let shape: Vec<(u8, bool)> = tree.iter().map(|node| (node.level, node.repeated)).collect();
    assert_eq!(shape, [(0, false), (1, false), (0, false), (1, true)]);
    let own = session.store.load(AnyRef::new(meta.tag, id)).unwrap().unwrap();
    assert_eq!(own.downcast::<CashReceipt>().unwrap().split.len(), 2);
}

#[test]
fn the_history_tells_what_each_version_changed() {
    let session = base();
    let mut changed = order(&session);
    changed.comment = "Позвонить".to_owned();
    changed.goods[1].qty = Qty::whole(5);
    changed.goods.swap(0, 1);
    let saved = session.run(Op::Save, |tx| tx.save(&mut changed, How::Write));
    assert!(saved.is_ok(), "{:?}", saved.err().map(|error| told(&error)));
    let found = versions(&session, changed.reference().any()).unwrap();
    assert_eq!(found[0].deed.show(), "изменён");
    let said: Vec<(&str, &str, &str)> =
        found[0].changes.iter().map(|one| (one.place.as_str(), one.was.as_str(), one.now.as_str())).collect();
    assert!(said.contains(&("Комментарий", "", "Позвонить")), "{said:?}");
    assert!(said.contains(&("Товары, строка 1, Количество", "2", "5")), "{said:?}");
    assert!(!said.iter().any(|(place, ..)| place.contains("строка 2")), "what was only moved has not changed");
    assert_eq!(found.last().unwrap().version, 1);
}

#[test]
fn an_item_chosen_in_one_order_is_bound_in_the_others_of_that_site() {
    let session = base();
    let more = r#"
{"type":"site_link","code":"shop","name":"Магазин"}
{"type":"customer_order","key":"W-1","date":"2026-11-22","customer":"C1","link":"shop","attention":"item,sums","post":true,"goods":[{"name":"Ложка","site_item":"x-1","qty":1,"price":"10.00"}]}
{"type":"customer_order","key":"W-2","date":"2026-11-22","customer":"C1","link":"shop","attention":"item","post":true,"goods":[{"name":"Ложка","site_item":"x-1","qty":2,"price":"10.00"}]}
"#;
    if let Err(bad) = load(&session, more, &mut |_| true) {
        panic!("{:?}", bad.iter().map(|b| (b.line, b.error.sentence())).collect::<Vec<_>>());
    }
    let meta = registry::by_code("customer_order").unwrap().meta();
    let ids = session.store.ids_after(meta, 0, 100).unwrap();
    let read = |at: usize| {
        let object = session.store.load(AnyRef::new(meta.tag, ids[at])).unwrap().unwrap();
        object.downcast::<CustomerOrder>().unwrap().clone()
    };
    let mut mine = read(1);
    mine.goods[0].item = first(&session, "item").typed();
    assert!(session.run(Op::Save, |tx| tx.save_order(&mut mine, How::Write)).is_ok());
    assert_eq!(read(1).attention, "sums", "the other mark still wants a look");
    let other = read(2);
    assert_eq!((other.goods[0].item, other.attention.as_str()), (mine.goods[0].item, ""));
    assert!(other.head.posted);
}

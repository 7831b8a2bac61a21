//! What is told of items where they are chosen: free stock, what is on its way, the price; exact on every engine, in
//! as many statements on a large base as on a small one, and to be seen in the window.

use crate::app_kit::{World, until};
use crate::bases::{Place, engine_of, engines, or_say, places, session_over, today};
use crate::through::{Asked, Through};
use crate::ui_kit::{press, type_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::domain::registry;
use kontora::domain::stock::item::Item;
use kontora::kernel::clock::Clock;
use kontora::kernel::object::Declared as _;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::ops::offers::{beside, offers};
use kontora::ui::shell::page::Open;
use std::sync::{Arc, Mutex};

const TRADE: &str = r#"
{"type":"counterparty","code":"S1","name":"Север"}
{"type":"counterparty","code":"C1","name":"Ромашка"}
{"type":"warehouse","code":"W2","name":"Второй"}
{"type":"item","code":"T1","name":"Чайник"}
{"type":"item","code":"T2","name":"Утюг"}
{"type":"item","code":"U1","name":"Доставка","kind":"service"}
{"type":"price_setting","key":"P-1","date":"2026-11-01","post":true,"price_kind":"retail","prices":[{"item":"T1","price":"100"},{"item":"U1","price":"300"}]}
{"type":"price_setting","key":"P-2","date":"2026-11-20","post":true,"price_kind":"retail","prices":[{"item":"T1","price":"110.5"}]}
{"type":"goods_receipt","key":"R-1","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":"5.5","price":"50"}]}
{"type":"goods_receipt","key":"R-2","date":"2026-11-01","supplier":"S1","warehouse":"W2","post":true,"goods":[{"item":"T1","qty":2,"price":"50"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-03","customer":"C1","post":true,"goods":[{"item":"T1","qty":3,"price":"100"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-03","customer":"C1","post":true,"goods":[{"item":"T2","qty":4,"price":"100","action":"separate"}]}
{"type":"supplier_order","key":"Q-1","date":"2026-11-04","supplier":"S1","due":"2026-12-05","post":true,"goods":[{"item":"T1","qty":2,"price":"50"}]}
{"type":"supplier_order","key":"Q-2","date":"2026-11-04","supplier":"S1","due":"2026-12-01","post":true,"goods":[{"item":"T1","qty":7,"price":"50"}]}
{"type":"supplier_order","key":"Q-3","date":"2026-11-04","supplier":"S1","due":"2026-12-02","warehouse":"W2","post":true,"goods":[{"item":"T2","qty":1,"price":"50"}]}
"#;

fn item(session: &Session, code: &str) -> AnyRef {
    or_say(session.store.with_code(Item::declared(), code))
}

/// What is told of items to a document, in words.
fn told(session: &Session, document: &str, fields: &[(&str, &str, &str)], items: &[&str]) -> Vec<String> {
    let mut object = (registry::by_code(document).unwrap().meta().new)();
    for (field, kind, code) in fields {
        let at = object.meta().field(field).unwrap();
        let element = or_say(session.store.with_code(registry::by_code(kind).unwrap().meta(), code));
        assert!(object.set(at, kontora::kernel::value::Value::Ref(element)));
    }
    let around = beside(object.as_ref(), Some(Item::declared()));
    let items: Vec<AnyRef> = items.iter().map(|code| item(session, code)).collect();
    let found = or_say(offers(session, &around, &items));
    items.iter().map(|item| found[item].words().join(" | ").replace('\u{a0}', " ")).collect()
}

#[test]
fn what_is_told_is_exact_for_the_warehouse_of_the_document_and_for_all() {
    for engine in engines() {
        let session = engine.fresh(today());
        load(&session, TRADE, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let all = ["T1", "T2", "U1"];
        let main = [
            ("company", "company", "main"),
            ("warehouse", "warehouse", "main"),
            ("price_kind", "price_kind", "retail"),
        ];
        assert_eq!(
            told(&session, "customer_order", &main, &all),
            ["110,50 | 2,5 | 9, первые 01.12.2026", " | 0 | ", "300,00 |  | "],
            "{}: three are the order's, and a service has no stock",
            engine.engine
        );
        let second = [("warehouse", "warehouse", "W2")];
        assert_eq!(
            told(&session, "customer_order", &second, &all),
            [" | 2 | ", " | 0 | 1 к 02.12.2026", " |  | "],
            "{}: an order without a kind of prices takes none",
            engine.engine
        );
        assert_eq!(
            told(&session, "stock_count", &[], &all),
            ["110,50 | 4,5 | 9, первые 01.12.2026", " | 0 | 1 к 02.12.2026", "300,00 |  | "],
            "{}: without a warehouse all of them count",
            engine.engine
        );
    }
}

#[test]
fn what_is_bought_for_a_line_is_promised_to_nobody_else() {
    for engine in engines() {
        let session = engine.fresh(today());
        load(&session, TRADE, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        let lacks = or_say(kontora::ops::supply::needs_for(&session));
        let mine: Vec<_> = lacks.into_iter().filter(|one| one.item.any() == item(&session, "T2")).collect();
        assert_eq!(mine.len(), 1, "{}: the line waits", engine.engine);
        let supplier = or_say(session.store.with_code(registry::by_code("counterparty").unwrap().meta(), "S1"));
        let bought: Vec<_> =
            mine.into_iter().map(|one| kontora::ops::supply::Shortage { supplier: supplier.typed(), ..one }).collect();
        or_say(session.run(kontora::ops::gate::Op::Post, |tx| tx.order_shortages(&bought)));
        let main = [("company", "company", "main"), ("warehouse", "warehouse", "main")];
        assert_eq!(told(&session, "customer_order", &main, &["T2"]), [" | 0 | "], "{}", engine.engine);
    }
}

/// Statements of one question about nine items, the catalogs being known.
fn statements(place: &Place) -> Vec<String> {
    let said = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&said);
    let look = move |_: &dyn kontora::store::engine::Engine, asked: Asked<'_>| {
        if let Asked::Statement(sql, _) | Asked::Batch(sql) = asked {
            log.lock().unwrap().push(sql.to_owned());
        }
        Ok(())
    };
    let engine = Through { inner: engine_of(&place.address), look: Box::new(look) };
    let session = session_over(engine, &place.address, Clock::fixed(today(), 1));
    let items: Vec<AnyRef> = (1..=9).map(|at| item(&session, &format!("T{at}"))).collect();
    or_say(offers(&session, &[], &items));
    said.lock().unwrap().clear();
    or_say(offers(&session, &[], &items));
    std::mem::take(&mut *said.lock().unwrap())
}

#[test]
fn a_screen_of_items_takes_as_many_statements_on_a_larger_base() {
    for (small, large) in places().into_iter().zip(places()) {
        for (place, days) in [(&small, 1), (&large, 30)] {
            let session = or_say(Session::open(&place.address, Clock::fixed(today(), 1)));
            let mut lines = String::from("{\"type\":\"counterparty\",\"code\":\"S1\",\"name\":\"Север\"}\n");
            for at in 1..=9 {
                lines.push_str(&format!("{{\"type\":\"item\",\"code\":\"T{at}\",\"name\":\"Товар {at}\"}}\n"));
            }
            let goods: Vec<String> =
                (1..=9).map(|at| format!("{{\"item\":\"T{at}\",\"qty\":9,\"price\":61}}")).collect();
            for day in 0..days {
                for kind in ["goods_receipt", "supplier_order"] {
                    lines.push_str(&format!(
                        "{{\"type\":\"{kind}\",\"key\":\"{kind}-{day}\",\"date\":\"2026-10-01\",\"supplier\":\"S1\",\"post\":true,\"goods\":[{}]}}\n",
                        goods.join(",")
                    ));
                }
            }
            load(&session, &lines, &mut |_| true).unwrap_or_else(|bad| panic!("{}", bad[0].error.sentence()));
        }
        let (small, large) = (statements(&small), statements(&large));
        assert_eq!(small.len(), large.len(), "{small:#?} / {large:#?}");
        assert!(small.len() <= 6, "{small:#?}");
    }
}

const MORE: &str = r#"
{"type":"price_setting","key":"P-1","date":"2026-11-01","post":true,"price_kind":"retail","prices":[{"item":"T3","price":"1100"}]}
{"type":"supplier_order","key":"Q-1","date":"2026-11-04","supplier":"S1","due":"2026-12-05","post":true,"goods":[{"item":"T3","qty":8,"price":"50"}]}
"#;

#[test]
fn the_list_to_choose_from_and_the_list_under_the_field_tell_it() {
    for theme in [Theme::Light, Theme::Dark] {
        let world = World::with(MORE);
        let (mut harness, cpu) = world.window(theme);
        harness.state_mut().0.open(Open::Object(world.find("customer_order", "O-3")));
        until(&mut harness, "the order", |harness| harness.query_by_label_contains("Товары (1)").is_some());
        // The row of goods: its first cell is the item.
        harness.get_by_role_and_label(Role::Grid, "Товары").click();
        harness.run_ok();
        press(&mut harness, Modifiers::NONE, Key::Home);
        press(&mut harness, Modifiers::NONE, Key::F2);
        type_text(&mut harness, "ламп");
        until(&mut harness, "what is offered", |harness| {
            let told = |node: egui_kittest::Node<'_>| node.accesskit_node().description().unwrap_or_default();
            let rows: Vec<String> = harness.query_all_by_role(Role::ListBoxOption).map(told).collect();
            rows.iter().any(|row| row.replace('\u{a0}', " ") == "1 100,00, 5, 8 к 05.12.2026")
        });
        cpu.look(&harness, &format!("offers-drop-{theme:?}"));
        press(&mut harness, Modifiers::NONE, Key::Escape);
        press(&mut harness, Modifiers::NONE, Key::F4);
        until(&mut harness, "the list to choose from", |harness| {
            let mut rows = harness.query_all_by_role(Role::Row);
            let told = |row: egui_kittest::Node<'_>| row.accesskit_node().label().unwrap_or_default();
            rows.any(|row| told(row).replace('\u{a0}', " ").contains("1 100,00; 5; 8 к 05.12.2026"))
        });
        cpu.look(&harness, &format!("offers-list-{theme:?}"));
    }
}

//! A refusal has its "why" on F1, in the field it is about and on its message, and what can be done about it.

use crate::app_kit::{App, World, until};
use crate::ui_kit::{CTRL, press};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::domain::sales::order_state::SupplyAction;
use kontora::ui::shell::page::Open;

/// Nine lamps are there, four of them are another order's; the terms of one order are not those agreed.
const MORE: &str = r#"
{"type":"agreement","code":"A1","name":"Обычное","approval":true,"discount_limit":"5"}
{"type":"supplier_order","key":"Q-1","date":"2026-11-04","supplier":"S2","due":"2026-12-05","post":true,"goods":[{"item":"T3","qty":20,"price":"20"}]}
{"type":"customer_order","key":"O-7","date":"2026-11-20","customer":"C3","goods":[{"item":"T3","qty":8,"price":"30","action":"ship"}]}
{"type":"customer_order","key":"O-8","date":"2026-11-20","customer":"C3","agreement":"A1","post":true,"goods":[{"item":"T3","qty":1,"price":"30","discount":"20"}]}
{"type":"goods_issue","key":"G-1","date":"2026-11-21","customer":"C3","goods":[{"item":"T3","qty":7,"price":"30"}]}
{"type":"goods_issue","key":"G-2","date":"2026-11-21","on":"customer_order:O-8"}
"#;

fn open(harness: &mut Harness<'static, App>, world: &World, kind: &str, key: &str, shows: &str) {
    harness.state_mut().0.open(Open::Object(world.find(kind, key)));
    let shows = shows.to_owned();
    until(harness, "the form", |harness| harness.query_by_label_contains(&shows).is_some());
}

fn refused(harness: &mut Harness<'static, App>, said: &str) {
    press(harness, CTRL, Key::Enter);
    let said = said.to_owned();
    until(harness, "the refusal", |harness| harness.query_all_by_label_contains(&said).count() > 0);
}

#[test]
fn a_line_that_is_not_covered_tells_who_holds_the_goods_and_is_mended_by_one_key() {
    let world = World::with(MORE);
    let (mut harness, cpu) = world.window(Theme::Light);
    open(&mut harness, &world, "customer_order", "O-7", "Записан, не проведён");
    refused(&mut harness, "Нужно 8");
    press(&mut harness, Modifiers::NONE, Key::F8);
    press(&mut harness, Modifiers::NONE, Key::F1);
    until(&mut harness, "why", |harness| harness.query_by_role_and_label(Role::Heading, "Почему отказано").is_some());
    let told = |harness: &Harness<'static, App>, words: &str| harness.query_by_label_contains(words).is_some();
    assert!(told(&harness, "Свободно на складе 5"), "what is free is told");
    assert!(told(&harness, "держит 4"), "and who holds the rest");
    assert!(told(&harness, "20 будет 05.12.2026"), "and what comes");
    cpu.look(&harness, "refusal-covered");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it is mended", |harness| told(harness, "Исправлено на форме"));
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "it is posted", |_| {
        let loaded = world.session().store.load(world.find("customer_order", "O-7")).unwrap().unwrap();
        let order = loaded.downcast::<CustomerOrder>().unwrap();
        order.head.posted && order.goods[0].action == SupplyAction::AsArrives
    });
}

#[test]
fn goods_held_by_others_are_told_on_the_message_and_as_many_as_are_free_can_go() {
    let world = World::with(MORE);
    let (mut harness, cpu) = world.window(Theme::Dark);
    open(&mut harness, &world, "goods_issue", "G-1", "Записан, не проведён");
    refused(&mut harness, "Лампа настольная");
    press(&mut harness, Modifiers::NONE, Key::F6);
    press(&mut harness, Modifiers::NONE, Key::F1);
    until(&mut harness, "why", |harness| harness.query_by_role_and_label(Role::Heading, "Почему отказано").is_some());
    cpu.look(&harness, "refusal-reserved");
    harness.get_by_role_and_label(Role::Button, "Поставить 5").click();
    harness.run_ok();
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "it is posted", |_| {
        let loaded = world.session().store.load(world.find("goods_issue", "G-1")).unwrap().unwrap();
        let issue = loaded.downcast::<GoodsIssue>().unwrap();
        issue.head.posted && issue.goods[0].qty.short() == "5"
    });
}

#[test]
fn a_shipment_of_an_order_nobody_has_agreed_to_leads_to_the_order() {
    let world = World::with(MORE);
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, &world, "goods_issue", "G-2", "Записан, не проведён");
    refused(&mut harness, "не согласован");
    press(&mut harness, Modifiers::NONE, Key::F6);
    press(&mut harness, Modifiers::NONE, Key::F1);
    until(&mut harness, "why", |harness| harness.query_by_role_and_label(Role::Heading, "Почему отказано").is_some());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the order", |harness| harness.query_by_label_contains("Ожидается согласование").is_some());
}

//! A refusal has its "why" on F1, in the field it is about and on its message, and what can be done about it.

use crate::app_kit::{App, World, until};
use crate::app_rights::inside_of;
use crate::ui_kit::{CTRL, press};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::domain::sales::order_state::SupplyAction;
use kontora::kernel::object::Declared as _;
use kontora::kernel::refs::AnyRef;
use kontora::ui::app::form::refusal::CAUSES;
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

/// Two orders that cannot be posted, beside one that can.
const MANY: &str = r#"
{"type":"customer_order","key":"O-7","date":"2026-11-20","customer":"C3","goods":[{"item":"T3","qty":8,"price":"30","action":"ship"}]}
{"type":"customer_order","key":"O-8","date":"2026-11-20","customer":"C3","goods":[{"item":"T1","qty":3,"price":"100","action":"ship"}]}
"#;

fn order(world: &World, key: &str) -> CustomerOrder {
    let loaded = world.session().store.load(world.find("customer_order", key)).unwrap().unwrap();
    loaded.downcast::<CustomerOrder>().unwrap().clone()
}

/// The messages in the panel, as they stand.
fn messages(harness: &Harness<'static, App>) -> Vec<String> {
    let items = harness.query_all_by_role(Role::ListItem);
    items.filter_map(|item| item.accesskit_node().label()).filter(|said| said.contains("Нужно")).collect()
}

#[test]
fn refusals_of_many_orders_are_explained_and_mended_one_after_another_by_keys() {
    let world = World::with(MANY);
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Code("list:customer_order".to_owned()));
    until(&mut harness, "the journal", |harness| harness.query_all_by_label_contains("Иванов").count() > 1);
    press(&mut harness, CTRL, Key::A);
    press(&mut harness, Modifiers { shift: true, ..CTRL }, Key::Enter);
    until(&mut harness, "refusals", |harness| messages(harness).len() == 2);
    assert!(order(&world, "O-3").head.posted, "what can be posted is");
    assert!(!order(&world, "O-7").head.posted && !order(&world, "O-8").head.posted);
    cpu.look(&harness, "refusals-many");

    let explained =
        |harness: &Harness<'static, App>| harness.query_by_role_and_label(Role::Heading, "Почему отказано").is_some();
    press(&mut harness, Modifiers::NONE, Key::F6);
    let first = messages(&harness)[0].clone();
    press(&mut harness, Modifiers::NONE, Key::F1);
    until(&mut harness, "why", explained);
    cpu.look(&harness, "refusals-many-why");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it is mended and posted", |harness| messages(harness).len() == 1);
    assert_ne!(messages(&harness)[0], first);
    // The panel kept the focus: the next one is explained at once.
    press(&mut harness, Modifiers::NONE, Key::F1);
    until(&mut harness, "why", explained);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "nothing is refused", |harness| messages(harness).is_empty());
    for key in ["O-7", "O-8"] {
        assert_eq!(order(&world, key).goods[0].action, SupplyAction::AsArrives);
    }
    assert!(order(&world, "O-7").head.posted && order(&world, "O-8").head.posted);
    // What was mended in the list is taken back as any other deed.
    press(&mut harness, CTRL, Key::Z);
    until(&mut harness, "it is taken back", |_| !order(&world, "O-7").head.posted || !order(&world, "O-8").head.posted);
}

#[test]
fn a_refused_row_of_a_journal_tells_why_by_itself_and_its_message_leads_to_it() {
    let world = World::with(MANY);
    let (mut harness, cpu) = world.window(Theme::Dark);
    harness.state_mut().0.open(Open::Code("list:customer_order".to_owned()));
    until(&mut harness, "the journal", |harness| harness.query_all_by_label_contains("Иванов").count() > 1);
    press(&mut harness, CTRL, Key::A);
    press(&mut harness, Modifiers { shift: true, ..CTRL }, Key::Enter);
    until(&mut harness, "refusals", |harness| messages(harness).len() == 2);
    press(&mut harness, Modifiers::NONE, Key::F6);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.run_ok();
    cpu.look(&harness, "refusals-many-row");
    press(&mut harness, Modifiers::NONE, Key::F1);
    until(&mut harness, "why", |harness| harness.query_by_role_and_label(Role::Heading, "Почему отказано").is_some());
    harness.get_by_role_and_label(Role::Button, "Открыть").click();
    until(&mut harness, "the form", |harness| harness.query_by_label_contains("Записан, не проведён").is_some());
}

/// Anna may give a discount of 10 %; she may neither ship what is not paid for nor agree to an order.
const TERMS: &str = r#"
{"type":"role","code":"paid","name":"Прием оплат","permissions":[{"subject":"cash_receipt","read":true,"write":true}]}
{"type":"user","code":"anna","name":"Анна","employee":"E1","roles":[{"role":"sales"},{"role":"paid"}]}
{"type":"price_setting","key":"P-1","date":"2026-11-01","post":true,"price_kind":"retail","prices":[{"item":"T3","price":"30"}]}
{"type":"agreement","code":"A1","name":"Обычное","approval":true,"discount_limit":"5"}
{"type":"agreement","code":"A2","name":"Вперед","stages":[{"kind":"prepayment","percent":"100"}]}
{"type":"agreement","code":"A3","name":"Аванс","stages":[{"kind":"advance","percent":"50"},{"kind":"credit","percent":"50"}]}
{"type":"customer_order","key":"O-20","comment":"O-20","date":"2026-11-20","manager":"E1","price_kind":"retail","customer":"C3","goods":[{"item":"T3","qty":1,"price":"30","discount":"20"}]}
{"type":"customer_order","key":"O-21","comment":"O-21","date":"2026-11-20","manager":"E1","price_kind":"retail","customer":"C3","goods":[{"item":"T3","qty":1,"price":"20"}]}
{"type":"customer_order","key":"O-22","date":"2026-11-20","manager":"E1","customer":"C3","agreement":"A2","post":true,"goods":[{"item":"T3","qty":1,"price":"30"}]}
{"type":"goods_issue","key":"G-22","date":"2026-11-21","on":"customer_order:O-22"}
{"type":"customer_order","key":"O-23","date":"2026-11-20","manager":"E1","customer":"C3","agreement":"A3","goods":[{"item":"T3","qty":1,"price":"30","action":"ship"}]}
{"type":"customer_order","key":"O-24","date":"2026-11-20","manager":"E1","customer":"C3","agreement":"A1","post":true,"goods":[{"item":"T3","qty":1,"price":"30","discount":"8"}]}
"#;

/// Opens the explanation of a refusal by the keyboard.
fn why(harness: &mut Harness<'static, App>) {
    press(harness, Modifiers::NONE, Key::F6);
    press(harness, Modifiers::NONE, Key::F1);
    until(harness, "why", |harness| harness.query_by_role_and_label(Role::Heading, "Почему отказано").is_some());
}

fn last_order(world: &World) -> CustomerOrder {
    let session = world.session();
    let known = world.find("customer_order", "O-24").id();
    let newest = (known..known + 10).rev().map(|id| AnyRef::new(CustomerOrder::TAG, id));
    let loaded = newest.into_iter().find_map(|reference| session.store.load(reference).unwrap()).unwrap();
    loaded.downcast::<CustomerOrder>().unwrap().clone()
}

/// A copy of an order that somebody else could grant, which Anna may not; the remedy is the first button.
fn copied_and_mended(key: &'static str, said: &str, remedy: &str) -> CustomerOrder {
    let (world, _folder, _launch, mut harness, cpu) = inside_of(TERMS);
    harness.state_mut().0.open(Open::Code("list:customer_order".to_owned()));
    until(&mut harness, "the journal", |harness| harness.query_all_by_label_contains(key).next().is_some());
    harness
        .query_all_by_role(Role::Row)
        .find(|row| row.accesskit_node().label().unwrap().contains(key))
        .unwrap()
        .click();
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::F9);
    until(&mut harness, "the copy", |harness| harness.query_all_by_label_contains("Заказ клиента (новый)").count() > 0);
    refused(&mut harness, said);
    why(&mut harness);
    cpu.look(&harness, &format!("refusal-{key}"));
    assert!(harness.query_by_role_and_label(Role::Button, remedy).is_some(), "{remedy} is offered");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it is mended", |harness| harness.query_by_label_contains("Исправлено на форме").is_some());
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "it is posted", |_| last_order(&world).head.posted);
    last_order(&world)
}

#[test]
fn a_discount_over_the_limit_is_lowered_to_it_by_one_key() {
    let order = copied_and_mended("O-20", "больше разрешенной", "Скидка 10 %");
    assert_eq!((order.goods[0].discount.short(), order.amount.grouped()), ("10".to_owned(), "27,00".to_owned()));
}

#[test]
fn a_price_below_the_lowest_is_raised_to_it_by_one_key() {
    let order = copied_and_mended("O-21", "ниже разрешенной", "Цена 27,00");
    assert_eq!((order.goods[0].price.money().grouped(), order.amount.grouped()), ("27,00".into(), "27,00".into()));
}

#[test]
fn a_shipment_before_its_payment_stage_offers_the_payment() {
    let (world, _folder, _launch, mut harness, cpu) = inside_of(TERMS);
    open(&mut harness, &world, "goods_issue", "G-22", "Записан, не проведён");
    refused(&mut harness, "до отгрузки не хватает");
    why(&mut harness);
    cpu.look(&harness, "refusal-unpaid");
    assert!(harness.query_all_by_label_contains("Предоплата").next().is_some(), "the stages are told");
    let offered = |label: &str| harness.query_by_role_and_label(Role::Button, label).is_some();
    assert!(!offered("Поступление на счет"), "what she may not enter is not offered");
    harness.get_by_role_and_label(Role::Button, "Приходный кассовый ордер").click();
    until(&mut harness, "a payment for the order", |harness| {
        harness.query_all_by_label_contains("Приходный кассовый ордер (нов").next().is_some()
    });
}

#[test]
fn a_line_shipped_before_the_advance_waits_for_goods_instead() {
    let (world, _folder, _launch, mut harness, _cpu) = inside_of(TERMS);
    open(&mut harness, &world, "customer_order", "O-23", "Записан, не проведён");
    refused(&mut harness, "Отгружать рано");
    why(&mut harness);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it is mended", |harness| harness.query_by_label_contains("Исправлено на форме").is_some());
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "it is posted", |_| order(&world, "O-23").head.posted);
    assert_eq!(order(&world, "O-23").goods[0].action, SupplyAction::AsArrives);
}

#[test]
fn an_order_that_waits_for_consent_offers_that_and_nothing_that_would_be_refused() {
    let button =
        |harness: &Harness<'static, App>, label: &str| harness.query_by_role_and_label(Role::Button, label).is_some();
    let (world, _folder, _launch, mut harness, cpu) = inside_of(TERMS);
    open(&mut harness, &world, "customer_order", "O-24", "Ожидается согласование");
    cpu.look(&harness, "order-unagreed");
    assert!(button(&harness, "Согласовать"), "Anna sees what is to be done, and by whom");
    assert!(!button(&harness, "Обеспечить") && !button(&harness, "Отгрузить"));
    press(&mut harness, Modifiers::ALT, Key::Enter);
    until(&mut harness, "who may", |harness| harness.query_all_by_label_contains("Нет права").count() > 0);
    assert!(!order(&world, "O-24").agreed);

    // In the journal of somebody who may, the same key agrees to it.
    let world = World::with(&TERMS.lines().filter(|line| !line.contains("role")).collect::<Vec<_>>().join("\n"));
    let (mut harness, _cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Code("list:customer_order?state=approval".to_owned()));
    until(&mut harness, "the journal", |harness| button(harness, "Согласовать"));
    press(&mut harness, Modifiers::ALT, Key::Enter);
    until(&mut harness, "it is agreed to", |_| order(&world, "O-24").agreed);
    assert!(order(&world, "O-24").head.posted);
}

#[test]
fn every_cause_a_remedy_is_known_for_is_still_told_of_by_that_text() {
    let told: std::collections::BTreeSet<String> = crate::texts::uses()
        .into_iter()
        .filter(|used| ["src/domain/", "src/ops/"].iter().any(|layer| used.place.starts_with(layer)))
        .map(|used| used.key)
        .collect();
    for (key, cause) in CAUSES {
        assert!(told.contains(key), "nothing is refused by {key} any more: {cause:?} has lost its remedy");
    }
}

//! Cancelling, substitutes, duplicates and replenishment in the window, by keyboard.

use crate::app_kit::{World, until};
use crate::ui_kit::{CTRL, press, type_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use kontora::domain::sales::customer_order::{CustomerOrder, Priority};
use kontora::kernel::facts::Facts;
use kontora::kernel::refs::AnyRef;
use kontora::ui::shell::page::Open;

/// An analogue in stock, an order that came twice, an order point, something asked for in vain.
const MORE: &str = r#"
{"type":"item","code":"T4","name":"Чайник «Шторм»","article":"Ч-18","analogues":[{"item":"T1","note":"новая модель"}],"supplier":"S1","method":"min_max","stock_min":"10","stock_max":"24","lead_days":5,"suppliers":[{"supplier":"S1","price":"48","pack":"6"}]}
{"type":"goods_receipt","key":"R-2","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T4","qty":7,"price":"50"}]}
{"type":"price_setting","key":"P-1","date":"2026-11-01","post":true,"price_kind":"retail","prices":[{"item":"T4","price":"110"},{"item":"T1","price":"100"}]}
{"type":"customer_order","key":"O-4","date":"2026-11-04","customer":"C2","manager":"E1","post":true,"goods":[{"item":"T3","qty":4,"price":"30"}]}
{"type":"demand_note","key":"D-1","date":"2026-11-20","customer":"C3","reason":"no_stock","post":true,"goods":[{"item":"T2","qty":3,"price":"200"},{"item":"T3","qty":1,"price":"30"}]}
"#;

fn order(world: &World, key: &str) -> (AnyRef, CustomerOrder) {
    let reference = world.find("customer_order", key);
    let loaded = world.session().store.load(reference).unwrap().unwrap();
    (reference, loaded.downcast::<CustomerOrder>().unwrap().clone())
}

#[test]
fn a_line_gets_a_substitute_by_one_key_and_lines_are_cancelled_with_a_reason() {
    let world = World::with(MORE);
    let (reference, was) = order(&world, "O-1");
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Object(reference));
    until(&mut harness, "the order", |harness| harness.query_by_label_contains("Ожидается обеспечение").is_some());
    press(&mut harness, Modifiers::NONE, Key::F7);
    until(&mut harness, "the substitutes", |harness| harness.query_by_label_contains("новая модель").is_some());
    cpu.look(&harness, "demand-substitutes");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it is in the line", |harness| harness.query_by_label_contains("Товар заменен").is_some());
    press(&mut harness, CTRL, Key::S);
    until(&mut harness, "it is saved", |harness| harness.query_by_label_contains("Записано").is_some());
    let (_, changed) = order(&world, "O-1");
    assert_eq!(changed.goods[0].instead_of, was.goods[0].item);
    assert_ne!(changed.goods[0].item, was.goods[0].item);
    assert_eq!(changed.goods[0].qty, was.goods[0].qty);
    press(&mut harness, CTRL, Key::Delete);
    until(&mut harness, "the reasons", |harness| harness.query_by_label_contains("Не дождался").is_some());
    cpu.look(&harness, "demand-reasons");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the line is cancelled", |_| order(&world, "O-1").1.goods[0].cancelled);
    assert!(!order(&world, "O-1").1.goods[0].reason.is_empty());
    cpu.look(&harness, "demand-cancelled");
}

#[test]
fn an_order_that_came_twice_is_compared_and_one_is_kept() {
    let world = World::with(MORE);
    let (reference, later) = order(&world, "O-4");
    assert_eq!(later.twin, order(&world, "O-2").1.number);
    let (mut harness, cpu) = world.window(Theme::Dark);
    harness.state_mut().0.open(Open::Object(reference));
    until(&mut harness, "the notice", |harness| harness.query_by_label_contains("Похоже на повтор").is_some());
    cpu.look(&harness, "demand-twin-notice");
    press(&mut harness, Modifiers::ALT, Key::D);
    until(&mut harness, "both orders", |harness| harness.query_all_by_role(Role::Row).count() > 8);
    cpu.look(&harness, "demand-twins");
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "the later one is cancelled", |_| order(&world, "O-4").1.goods[0].cancelled);
    assert!(!order(&world, "O-2").1.goods[0].cancelled);
}

#[test]
fn the_workplace_of_shortages_and_the_report_tell_why() {
    let world = World::with(MORE);
    for theme in [Theme::Light, Theme::Dark] {
        let name = if theme == Theme::Light { "light" } else { "dark" };
        let (mut harness, cpu) = world.window(theme);
        harness.state_mut().0.open(Open::Code("work:shortages".to_owned()));
        until(&mut harness, "what is below its point", |harness| {
            harness.query_by_label_contains("точка заказа 10").is_some()
        });
        assert!(harness.query_by_label_contains("спрашивали, не было: 3").is_some());
        cpu.look(&harness, &format!("demand-shortages-{name}"));
        harness.state_mut().0.open(Open::Code("report:lost_demand".to_owned()));
        until(&mut harness, "the report", |harness| harness.query_by_label_contains("Утюг").is_some());
        cpu.look(&harness, &format!("demand-report-{name}"));
        harness.state_mut().0.open(Open::Object(world.find("item", "T4")));
        until(&mut harness, "the item", |harness| harness.query_by_label_contains("Пополнение").is_some());
        cpu.look(&harness, &format!("demand-item-{name}"));
    }
}

#[test]
fn an_item_asked_for_in_vain_is_noted_from_its_list() {
    let world = World::new();
    let notes = kontora::domain::registry::by_code("demand_note").unwrap().meta();
    let (mut harness, _) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Code("list:item".to_owned()));
    until(&mut harness, "the items", |harness| harness.query_by_label_contains("Лампа").is_some());
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::F7);
    until(&mut harness, "the note", |_| world.session().store.count(notes).unwrap() == 1);
}

/// An order that holds the kettles, and one that wants them later.
const QUEUE: &str = r#"
{"type":"goods_receipt","key":"R-2","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T2","qty":4,"price":"50"}]}
{"type":"customer_order","key":"O-5","date":"2026-11-04","customer":"C2","post":true,"goods":[{"item":"T2","qty":3,"price":"200"}]}
{"type":"customer_order","key":"O-6","date":"2026-11-05","customer":"C3","post":true,"goods":[{"item":"T2","qty":2,"price":"200"}]}
"#;

/// Reserved of the first line of an order.
fn held(world: &World, key: &str) -> String {
    let (session, (_, order)) = (world.session(), order(world, key));
    let facts = session.facts();
    (&facts as &dyn Facts).balance(&order.reserve_key(&order.goods[0])).qty.short()
}

#[test]
fn a_raised_priority_asks_before_it_takes_and_ctrl_z_gives_back() {
    let world = World::with(QUEUE);
    let all = |world: &World| ["O-5", "O-6"].map(|key| held(world, key));
    assert_eq!(all(&world), ["3", "0"]);
    let (reference, _) = order(&world, "O-6");
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Object(reference));
    until(&mut harness, "the order", |harness| harness.query_by_label_contains("Заказ клиента 000005 от").is_some());
    until(&mut harness, "its fields", |harness| {
        harness.query_by_role_and_label(Role::TextInput, "Приоритет").is_some()
    });
    harness.get_by_role_and_label(Role::TextInput, "Приоритет").click();
    harness.run_ok();
    type_text(&mut harness, "выс");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, CTRL, Key::S);
    until(&mut harness, "the question", |harness| harness.query_by_label_contains("держит 3, останется 1").is_some());
    cpu.look(&harness, "demand-raised-form");
    assert_eq!(all(&world), ["3", "0"], "nothing is written before the answer");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(order(&world, "O-6").1.priority, Priority::Normal, "Esc writes nothing");
    press(&mut harness, CTRL, Key::S);
    until(&mut harness, "the question once more", |harness| {
        harness.query_by_label_contains("держит 3, останется 1").is_some()
    });
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it is shared out anew", |_| all(&world) == ["1", "2"]);
    assert_eq!(order(&world, "O-6").1.priority, Priority::High);
    until(&mut harness, "it is told", |harness| harness.query_by_label_contains("Записано").is_some());
    press(&mut harness, CTRL, Key::Z);
    until(&mut harness, "one undo gives both back", |_| all(&world) == ["3", "0"]);
    assert_eq!(order(&world, "O-6").1.priority, Priority::Normal);
}

#[test]
fn the_priority_of_chosen_orders_is_set_in_the_journal() {
    let world = World::with(QUEUE);
    let all = |world: &World| ["O-5", "O-6"].map(|key| held(world, key));
    let (mut harness, cpu) = world.window(Theme::Dark);
    harness.state_mut().0.open(Open::Code("list:customer_order".to_owned()));
    until(&mut harness, "the journal", |harness| harness.query_all_by_role(Role::Row).count() == 5);
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::ALT, Key::P);
    until(&mut harness, "the priorities", |harness| harness.query_by_label("Высокий").is_some());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the question", |harness| harness.query_by_label_contains("держит 3, останется 1").is_some());
    cpu.look(&harness, "demand-raised-list");
    type_text(&mut harness, "з");
    until(&mut harness, "it is written", |_| order(&world, "O-6").1.priority == Priority::High);
    assert_eq!(all(&world), ["3", "0"], "nothing was to be taken");
}

#[test]
fn workplaces_of_supply_ask_act_and_are_taken_back_by_keyboard() {
    let world = World::with(&format!(
        "{QUEUE}{}",
        r#"
{"type":"customer_order","key":"O-9","date":"2026-11-06","customer":"C3","priority":"high","reserve_until":"2026-11-26","post":true,"goods":[{"item":"T2","qty":2,"price":"200"}]}
{"type":"customer_order","key":"O-10","date":"2026-11-06","customer":"C3","reserve_until":"2026-11-25","post":true,"goods":[{"item":"T3","qty":1,"price":"30"}]}
"#
    ));
    let all = |world: &World| ["O-5", "O-9"].map(|key| held(world, key));
    assert_eq!(all(&world), ["3", "0"]);
    for theme in [Theme::Light, Theme::Dark] {
        let (mut harness, cpu) = world.window(theme);
        let name = if theme == Theme::Light { "light" } else { "dark" };
        harness.state_mut().0.open(Open::Code("work:allocation".to_owned()));
        until(&mut harness, "who loses", |harness| harness.query_by_label_contains("−2").is_some());
        cpu.look(&harness, &format!("work-allocation-{name}"));
        press(&mut harness, CTRL, Key::Enter);
        until(&mut harness, "it is shared out", |_| all(&world) == ["1", "2"]);
        until(&mut harness, "nothing is left", |harness| {
            harness.query_by_label_contains("Все распределено по очереди").is_some()
        });
        press(&mut harness, CTRL, Key::Z);
        until(&mut harness, "it is taken back", |_| all(&world) == ["3", "0"]);

        harness.state_mut().0.open(Open::Code("work:reserves".to_owned()));
        let ends = |world: &World| order(world, "O-10").1.reserve_until.russian();
        until(&mut harness, "what ends", |harness| harness.query_all_by_label_contains("25.11.2026").count() > 0);
        cpu.look(&harness, &format!("work-reserves-{name}"));
        press(&mut harness, CTRL, Key::Enter);
        until(&mut harness, "it is prolonged", |_| ends(&world) == "26.11.2026");
        until(&mut harness, "it is told", |harness| harness.query_by_label_contains("Изменен 1 заказ").is_some());
        press(&mut harness, CTRL, Key::Z);
        until(&mut harness, "it ends as before", |_| ends(&world) == "25.11.2026");

        let item = world.find("item", "T2").id();
        harness.state_mut().0.open(Open::Code(format!("work:days/{item}/0")));
        until(&mut harness, "the days", |harness| {
            harness.query_all_by_label_contains("Утюг «Пар», Основной склад").count() > 0
        });
        cpu.look(&harness, &format!("work-days-{name}"));

        let of = world.find("customer_order", "O-6").id();
        harness.state_mut().0.open(Open::Code(format!("work:fill/{of}")));
        until(&mut harness, "what is proposed", |harness| {
            harness.query_all_by_label_contains("Заполнить обеспечение: Заказ клиента").count() > 0
        });
        cpu.look(&harness, &format!("work-fill-{name}"));
        press(&mut harness, Modifiers::NONE, Key::Escape);
    }
}

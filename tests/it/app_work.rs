//! The workplaces in the window, by keyboard: shortages become supplier orders, lines of a site get their items.

use crate::app_kit::{World, until};
use crate::ui_kit::{CTRL, press};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use kontora::kernel::meta::ObjectMeta;
use kontora::ops::import_orders::{import_orders, unbound_lines};
use kontora::ops::supply::shortages;
use kontora::ui::shell::page::Open;

fn meta(code: &str) -> &'static ObjectMeta {
    kontora::domain::registry::by_code(code).unwrap().meta()
}

#[test]
fn what_is_lacking_becomes_one_order_a_supplier() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Code("work:shortages".to_owned()));
    until(&mut harness, "both lacking items", |harness| harness.query_all_by_role(Role::Row).count() == 2);
    cpu.look(&harness, "work-shortages");
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "nothing lacks any more", |harness| harness.query_by_label_contains("Дефицита нет").is_some());
    let session = world.session();
    assert_eq!(session.store.count(meta("supplier_order")).unwrap(), 2, "two suppliers");
    assert!(shortages(&session.store, &session.facts()).unwrap().is_empty());
}

#[test]
fn a_line_of_a_site_gets_the_item_of_its_name() {
    let world = World::new();
    let file = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><КоммерческаяИнформация ВерсияСхемы=\"2.08\"><Документ>\
        <Ид>7</Ид><Номер>7</Номер><Дата>2026-11-20</Дата><ХозОперация>Заказ товара</ХозОперация><Роль>Продавец</Роль>\
        <Валюта>RUB</Валюта><Сумма>60</Сумма><Контрагенты><Контрагент><Ид>5</Ид><Наименование>Анна</Наименование>\
        </Контрагент></Контрагенты><Товары><Товар><Ид>abc</Ид><Наименование>Лампа настольная</Наименование>\
        <Количество>2</Количество><Сумма>60</Сумма></Товар></Товары></Документ></КоммерческаяИнформация>";
    let import = import_orders(&world.session(), "orders.xml", file.as_bytes(), "file", &mut |_, _| true);
    assert_eq!(import.map(|import| import.documents.len()).unwrap_or(0), 1);
    assert_eq!(unbound_lines(&world.session(), 10).unwrap().len(), 1);
    let (mut harness, cpu) = world.window(Theme::Dark);
    harness.state_mut().0.open(Open::Code("work:bind".to_owned()));
    until(&mut harness, "the line", |harness| harness.query_all_by_role(Role::Row).count() == 1);
    cpu.look(&harness, "work-bind");
    // Enter opens the list to choose from, Esc leaves the line as it is.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the items", |harness| harness.query_by_label("Выбрать").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    until(&mut harness, "the line again", |harness| harness.query_by_label("Выбрать").is_none());
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "nothing waits", |harness| {
        harness.query_by_label_contains("Все строки заказов сопоставлены").is_some()
    });
    assert!(unbound_lines(&world.session(), 10).unwrap().is_empty());
}

#[test]
fn the_workplace_of_loading_says_what_to_do_first() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Code("work:import".to_owned()));
    until(&mut harness, "the hint", |harness| harness.query_by_label_contains("Файл ещё не загружен").is_some());
    cpu.look(&harness, "work-import");
    press(&mut harness, CTRL, Key::O);
    until(&mut harness, "the dialog", |harness| harness.query_all_by_label("Файл заказов с сайта").count() > 0);
}

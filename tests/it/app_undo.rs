//! Undo by keyboard and from the notice, changes by others, the journal and the deletion of what is marked, in
//! the window.

use crate::app_kit::{App, World, until};
use crate::bases::or_say;
use crate::ui_kit::{CTRL, press, type_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::kernel::refs::AnyRef;
use kontora::kernel::value::Value;
use kontora::ops::gate::Op;
use kontora::ui::shell::page::Open;

type Window = Harness<'static, App>;

fn rows(harness: &Window) -> Vec<String> {
    let label = |node: egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
    harness.query_all_by_role(Role::Row).map(label).collect()
}

fn open(harness: &mut Window, what: Open, wanted: &str) {
    harness.state_mut().0.open(what);
    said(harness, wanted);
}

/// Waits until some label or value says this.
fn said(harness: &mut Window, words: &str) {
    let holds = |harness: &Window| {
        harness.query_all_by_label_contains(words).next().is_some()
            || harness.query_all_by_value(words).next().is_some()
    };
    until(harness, words, holds);
}

fn comment(world: &World, order: AnyRef) -> String {
    let object = or_say(world.session().store.load(order)).unwrap();
    let Some(Value::Text(comment)) = object.by_name("comment") else { panic!("no comment") };
    comment
}

/// Types a comment into the form in front and saves it.
fn save_comment(harness: &mut Window, words: &str) {
    let field = harness.query_all_by_role_and_label(Role::TextInput, "Комментарий").next().unwrap();
    field.focus();
    harness.run_ok();
    type_text(harness, words);
    press(harness, CTRL, Key::S);
    said(harness, "Записано: ");
}

#[test]
fn what_was_saved_is_undone_and_done_again_by_keyboard() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    let order = world.find("customer_order", "O-3");
    open(&mut harness, Open::Object(order), "не проведен");
    save_comment(&mut harness, "новый");
    cpu.look(&harness, "toast-undo");
    assert_eq!(comment(&world, order), "новый");
    press(&mut harness, CTRL, Key::Z);
    said(&mut harness, "Отменено. Запись: Заказ клиента");
    assert_eq!(comment(&world, order), "не проведен");
    until(&mut harness, "the form follows", |harness| harness.query_all_by_value("не проведен").next().is_some());
    press(&mut harness, CTRL, Key::Y);
    said(&mut harness, "Повторено. Запись: Заказ клиента");
    assert_eq!(comment(&world, order), "новый");
    // What is typed in a field is the field's own to undo, and a form with changes is not touched.
    until(&mut harness, "the form follows", |harness| harness.query_all_by_value("новый").next().is_some());
    type_text(&mut harness, "ещё");
    press(&mut harness, CTRL, Key::Z);
    harness.run_ok();
    assert_eq!(comment(&world, order), "новый", "nothing was taken back in the base");
}

#[test]
fn the_notice_takes_back_what_it_tells_of() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    let order = world.find("customer_order", "O-3");
    open(&mut harness, Open::Object(order), "не проведен");
    save_comment(&mut harness, "новый");
    harness.query_by_role_and_label(Role::Button, "Отменить").unwrap().click();
    harness.run_ok();
    said(&mut harness, "Отменено. Запись: Заказ клиента");
    assert_eq!(comment(&world, order), "не проведен");
    press(&mut harness, CTRL, Key::Z);
    said(&mut harness, "Отменять нечего");
}

#[test]
fn a_change_made_elsewhere_appears_by_itself_and_the_cursor_stays() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, Open::Code("list:counterparty".to_owned()), "ООО «Техноснаб»");
    until(&mut harness, "all", |harness| rows(harness).len() == 5);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let current = |harness: &Window| {
        let selected = |node: &egui_kittest::Node<'_>| node.accesskit_node().is_selected() == Some(true);
        let row = harness.query_all_by_role(Role::Row).find(selected);
        row.map(|node| node.accesskit_node().label().unwrap_or_default()).unwrap_or_default()
    };
    let before = current(&harness);
    let other = world.session();
    or_say(other.run(Op::Load, |tx| tx.load_line(r#"{"type":"counterparty","code":"A1","name":"АА новый"}"#)));
    until(&mut harness, "the new one", |harness| rows(harness).iter().any(|row| row.contains("АА новый")));
    assert_eq!(rows(&harness).len(), 6);
    assert_eq!(current(&harness), before, "the cursor stays on its row");
    // An open form that was not touched follows.
    let order = world.find("customer_order", "O-3");
    open(&mut harness, Open::Object(order), "не проведен");
    let line = r#"{"type":"customer_order","key":"O-3","comment":"с другого места"}"#;
    or_say(other.run(Op::Load, |tx| tx.load_line(line)));
    said(&mut harness, "с другого места");
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, Open::Code("list:item".to_owned()), "Лампа настольная");
    // What is told beside the rows comes a moment after them.
    until(&mut harness, "free stock", |harness| rows(harness).iter().any(|row| row.contains("Л-300; ; 5; ")));
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&asked);
    harness.ctx.set_request_repaint_callback(move |_| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    let asked = || asked.swap(0, std::sync::atomic::Ordering::Relaxed);
    // What the list still reads has come when nobody asked for a while.
    let mut calm = 0;
    for _ in 0..400 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        harness.run_ok();
        calm = if asked() == 0 { calm + 1 } else { 0 };
        if calm == 6 {
            break;
        }
    }
    // Three looks of the watcher at a base in which nothing happens.
    std::thread::sleep(kontora::store::watch::PATIENCE * 4);
    assert_eq!(asked(), 0);
}

#[test]
fn the_journal_shows_who_did_what() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    open(&mut harness, Open::Code("work:journal".to_owned()), "Журнал изменений");
    until(&mut harness, "the newest change", |harness| rows(harness).iter().any(|row| row.contains("Заказ клиента")));
    cpu.look(&harness, "journal");
    press(&mut harness, Modifiers::ALT, Key::K);
    said(&mut harness, "Номенклатура");
    type_text(&mut harness, "номенк");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    until(&mut harness, "the question is gone", |harness| harness.query_by_role(Role::Dialog).is_none());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the history", |harness| rows(harness).iter().any(|row| row.starts_with("1. ")));
    cpu.look(&harness, "history");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    said(&mut harness, "из истории, только просмотр");
}

#[test]
fn marked_objects_are_deleted_when_nothing_needs_them() {
    let world = World::new();
    let other = world.session();
    for line in [r#"{"type":"customer_order","key":"O-3","mark":true}"#, r#"{"type":"item","code":"T3","mark":true}"#] {
        or_say(other.run(Op::Load, |tx| tx.load_line(line)));
    }
    let (order, item) = (world.find("customer_order", "O-3"), world.find("item", "T3"));
    let (mut harness, cpu) = world.window(Theme::Light);
    open(&mut harness, Open::Code("work:deletion".to_owned()), "Удаление помеченных");
    until(&mut harness, "what is marked", |harness| rows(harness).iter().any(|row| row.contains("нельзя, ссылок")));
    cpu.look(&harness, "deletion");
    press(&mut harness, CTRL, Key::Enter);
    said(&mut harness, "Удалить из базы объектов: 1?");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    said(&mut harness, "Удалено объектов: 1");
    let store = world.session().store;
    assert!(or_say(store.load(order)).is_none());
    assert!(or_say(store.load(item)).is_some(), "other documents need it");
}

#[test]
fn what_was_done_to_several_rows_is_undone_at_once() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    open(&mut harness, Open::Code("list:counterparty".to_owned()), "ООО «Техноснаб»");
    until(&mut harness, "all", |harness| rows(harness).len() == 5);
    press(&mut harness, CTRL, Key::A);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    said(&mut harness, "5");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let marked = |world: &World| {
        let session = world.session();
        or_say(session.store.marked_objects(100)).len()
    };
    until(&mut harness, "all are marked", |_| marked(&world) == 5);
    until(&mut harness, "the notice", |harness| harness.query_by_role_and_label(Role::Button, "Отменить").is_some());
    cpu.look(&harness, "toast-many");
    press(&mut harness, CTRL, Key::Z);
    said(&mut harness, "Отменено. Пометка");
    assert_eq!(marked(&world), 0);
    press(&mut harness, CTRL, Key::Y);
    said(&mut harness, "Повторено. Пометка");
    assert_eq!(marked(&world), 5);
}

#[test]
fn what_was_deleted_comes_back_by_keyboard() {
    let world = World::new();
    let other = world.session();
    or_say(other.run(Op::Load, |tx| tx.load_line(r#"{"type":"customer_order","key":"O-3","mark":true}"#)));
    let order = world.find("customer_order", "O-3");
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, Open::Code("work:deletion".to_owned()), "Удаление помеченных");
    until(&mut harness, "what is marked", |harness| rows(harness).iter().any(|row| row.contains("Заказ клиента")));
    press(&mut harness, CTRL, Key::Enter);
    said(&mut harness, "Удалить из базы объектов: 1?");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    said(&mut harness, "Удалено объектов: 1");
    assert!(or_say(world.session().store.load(order)).is_none());
    press(&mut harness, CTRL, Key::Z);
    said(&mut harness, "Отменено. Удаление: Заказ клиента");
    assert!(or_say(world.session().store.load(order)).is_some());
}

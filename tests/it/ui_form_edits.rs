//! Editing on a form: what follows from a change, long documents, pasting, two people at one object.

use crate::ui_desk::Window;
use crate::ui_kit::{CTRL, press, type_text};
use egui::accesskit::Role as Kind;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use kontora::domain::registry;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::kernel::money::{Money, Qty};
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Op;
use kontora::ops::load::load;
use kontora::ops::save::How;
use kontora::ui::shell::page::Open;

const SHIFT: Modifiers = Modifiers::SHIFT;

fn order(window: &Window, reference: AnyRef) -> CustomerOrder {
    window.object(reference).downcast::<CustomerOrder>().unwrap().clone()
}

fn focus(window: &mut Window, label: &str) {
    window.harness.get_by_role_and_label(Kind::TextInput, label).click();
    window.harness.run_ok();
}

/// The table part of an open form takes the focus.
fn goods(window: &mut Window) {
    window.harness.get_by_role_and_label(Kind::Grid, "Товары").focus();
    window.harness.run_ok();
}

#[test]
fn a_key_reaches_the_screen_at_once_in_a_document_of_a_thousand_lines() {
    let mut window = Window::open(Theme::Light);
    let line = r#"{"item":"I1","qty":1,"price":"2.00"}"#;
    let lines = vec![line; 1_000].join(",");
    let text =
        format!(r#"{{"type":"customer_order","key":"O-L","date":"2026-11-23","customer":"C1","goods":[{lines}]}}"#);
    assert!(load(&window.other(), &text, &mut |_| true).is_ok());
    let long = window.reference("customer_order", 2);
    window.show(Open::Object(long));
    goods(&mut window);
    press(&mut window.harness, CTRL, Key::End);
    press(&mut window.harness, Modifiers::NONE, Key::Home);
    press(&mut window.harness, Modifiers::NONE, Key::ArrowRight);
    // One frame after the key the letter is in the cell.
    window.harness.event(Event::Text("7".into()));
    window.harness.step();
    window.harness.step();
    let typed = window.harness.query_all_by_role(Kind::TextInput).any(|node| node.value().as_deref() == Some("7"));
    assert!(typed, "the letter is on the screen");
    // One frame after Enter the cell and the total under the column say it; the amounts follow by themselves.
    window.harness.key_press(Key::Enter);
    window.harness.step();
    window.harness.step();
    assert!(window.says("1\u{a0}006"), "the total under the column");
    window.until_said("2\u{a0}012,00");
    window.look("thousand-lines");
    press(&mut window.harness, Modifiers::NONE, Key::Escape);
    press(&mut window.harness, CTRL, Key::S);
    window.until_said("Записано");
    let saved = order(&window, long);
    assert_eq!((saved.goods[999].qty, saved.amount), (Qty::whole(7), Money::from_minor(201_200)));
}

#[test]
fn lines_are_pasted_from_a_spreadsheet_by_name_code_and_article() {
    let mut window = Window::open(Theme::Light);
    window.show(Open::New(registry::by_code("customer_order").unwrap().meta(), String::new()));
    window.until("the customer is asked for first", |window| window.focused("Клиент"));
    window.enter("петров");
    goods(&mut window);
    window.key(Key::Insert);
    window.key(Key::Escape);
    let table = "Чайник электрический\t3\t150,00\nК-200\t10\t20\nчего нет\t1\t1";
    window.harness.event(Event::Paste(table.into()));
    window.until_said("не найдено, ячейка не изменена");
    window.until_said("651,00");
    window.look("pasted");
    window.key(Key::Delete);
    press(&mut window.harness, CTRL, Key::S);
    window.until("told or saved", |window| window.says("Записано") || window.says("строка 2"));
    assert!(window.says("строка 2"), "the line without an item is told, nothing is saved");
}

#[test]
fn a_new_item_is_created_from_the_line_and_chosen() {
    let mut window = Window::open(Theme::Light);
    window.show(Open::New(registry::by_code("goods_receipt").unwrap().meta(), String::new()));
    window.until("the supplier is asked for first", |window| window.focused("Поставщик"));
    window.enter("поставка");
    goods(&mut window);
    window.key(Key::Insert);
    type_text(&mut window.harness, "Ложка чайная");
    window.until_said("Создать «Ложка чайная»");
    window.key(Key::Enter);
    window.until("the card of the item is open", |window| window.says("Номенклатура (новый)"));
    window.settle();
    window.look("item-over-receipt");
    press(&mut window.harness, CTRL, Key::Enter);
    window.until("the item is chosen", |window| !window.says("Номенклатура (новый)"));
    window.until_said("Ложка чайная");
    let made = window.reference("item", window.count("item") - 1);
    let object = window.object(made);
    assert_eq!(object.by_name("name").unwrap().show(kontora::kernel::value::Type::Text), "Ложка чайная");
}

#[test]
fn two_people_at_one_order_do_not_overwrite_each_other() {
    let mut window = Window::open(Theme::Light);
    let reference = window.reference("customer_order", 0);
    window.show(Open::Object(reference));
    focus(&mut window, "Комментарий");
    type_text(&mut window.harness, "моё");
    let mut theirs = order(&window, reference);
    theirs.delivery_address = "Склад у метро".to_owned();
    let other = window.other();
    assert!(other.run(Op::Save, |tx| tx.save(&mut theirs, How::Write)).is_ok());
    press(&mut window.harness, CTRL, Key::S);
    // Different fields: both are kept without a question, and it is told.
    window.until_said("Записано");
    assert!(window.says("Его изменения сохранены вместе с вашими: Адрес доставки"));
    let saved = order(&window, reference);
    assert_eq!((saved.comment.as_str(), saved.delivery_address.as_str()), ("моё", "Склад у метро"));
    // The same field: the user chooses.
    focus(&mut window, "Комментарий");
    type_text(&mut window.harness, "опять моё");
    let mut theirs = order(&window, reference);
    theirs.comment = "чужое".to_owned();
    assert!(other.run(Op::Save, |tx| tx.save(&mut theirs, How::Write)).is_ok());
    press(&mut window.harness, CTRL, Key::S);
    window.until_said("Объект изменили двое");
    window.look("conflict");
    assert_eq!(order(&window, reference).comment, "чужое", "nothing was overwritten");
    window.key(Key::Enter);
    // The notice of the first saving must not be taken for that of this one.
    window.until("the former notice is gone", |window| !window.says("Записано"));
    press(&mut window.harness, CTRL, Key::S);
    window.until("the choice is saved", |window| !window.says("Объект изменили двое"));
    window.until_said("Записано");
    assert_eq!(order(&window, reference).comment, "чужое");
    // A form behind says so quietly; the version in the base is taken when the user says so.
    focus(&mut window, "Комментарий");
    type_text(&mut window.harness, "третье");
    let mut theirs = order(&window, reference);
    theirs.comment = "последнее".to_owned();
    assert!(other.run(Op::Save, |tx| tx.save(&mut theirs, How::Write)).is_ok());
    window.until_said("объект изменил другой пользователь");
    press(&mut window.harness, SHIFT | Modifiers::ALT, Key::R);
    window.until_said("Несохранённые изменения пропадут");
    window.key(Key::Enter);
    window.until("it is read anew", |window| window.harness.query_all_by_value("последнее").next().is_some());
}

#[test]
fn the_price_is_explained_and_the_history_shown() {
    let mut window = Window::open(Theme::Light);
    let reference = window.reference("customer_order", 0);
    window.show(Open::Object(reference));
    goods(&mut window);
    press(&mut window.harness, Modifiers::NONE, Key::End);
    (0..7).for_each(|_| press(&mut window.harness, Modifiers::NONE, Key::ArrowLeft));
    window.key(Key::F1);
    window.until_said("не установлена: введена вручную");
    window.look("why");
    window.key(Key::Enter);
    palette(&mut window, "почему такое состояние");
    window.until_said("Сумма заказа 400,00");
    window.look("why-state");
    window.key(Key::Enter);
    press(&mut window.harness, CTRL, Key::H);
    window.settle();
    window.until_said("История изменений: Заказ клиента");
    window.until_said("проведён");
    window.look("history");
}

/// A command by its name from the palette.
fn palette(window: &mut Window, words: &str) {
    press(&mut window.harness, CTRL, Key::K);
    type_text(&mut window.harness, words);
    window.harness.run_ok();
    window.key(Key::Enter);
}

#[test]
fn a_marked_document_is_only_looked_at_until_the_mark_is_taken_off() {
    let mut window = Window::open(Theme::Light);
    let reference = window.reference("goods_receipt", 0);
    window.show(Open::Object(reference));
    palette(&mut window, "пометить на удаление");
    // Half of what it brought is sold: the posting cannot be taken back.
    window.until("told", |window| window.says("Сообщения"));
    assert!(window.object(reference).head().posted);
    let order = window.reference("customer_order", 0);
    window.show(Open::Object(order));
    palette(&mut window, "пометить на удаление");
    window.until_said("Помечен на удаление");
    window.until_said("изменять его нельзя");
    window.look("marked");
    let head = window.object(order).head().clone();
    assert!(head.marked && !head.posted);
    focus(&mut window, "Комментарий");
    type_text(&mut window.harness, "нельзя");
    window.ctrl(Key::S);
    window.harness.run_ok();
    assert!(window.object(order).by_name("comment").unwrap().is_empty());
    palette(&mut window, "снять пометку");
    window.until_said("Записан, не проведён");
    assert!(!window.object(order).head().marked);
}

#[test]
fn a_document_of_a_closed_period_is_only_looked_at() {
    let mut window = Window::open(Theme::Dark);
    let other = window.other();
    let meta = registry::by_code("company").unwrap().meta();
    let ids = other.store.ids_after(meta, 0, 1).unwrap();
    let mut own = other.store.load(AnyRef::new(meta.tag, ids[0])).unwrap().unwrap();
    let day = kontora::kernel::moment::Date::ymd(2026, 11, 10).unwrap();
    assert!(own.set_by_name("locked_until", kontora::kernel::value::Value::Date(day)));
    assert!(other.run(Op::Save, |tx| tx.save(own.as_mut(), How::Write)).is_ok());
    let receipt = window.reference("goods_receipt", 0);
    window.show(Open::Object(receipt));
    window.until_said("Период по 10.11.2026 закрыт от изменений");
    window.look("locked");
    window.ctrl(Key::Enter);
    window.harness.run_ok();
    assert_eq!(window.harness.state().0.pages().len(), 1, "there is nothing to post");
}

//! Forms of every kind, and documents entered by the keyboard alone.

use crate::ui_desk::Window;
use crate::ui_kit::{CTRL, press, type_text};
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use kontora::domain::purchases::goods_receipt::GoodsReceipt;
use kontora::domain::registry;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::goods_issue::GoodsIssue;
use kontora::kernel::meta::ObjectMeta;
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::refs::AnyRef;
use kontora::ui::shell::page::Open;

fn meta(code: &str) -> &'static ObjectMeta {
    registry::by_code(code).unwrap().meta()
}

fn close(window: &mut Window) {
    window.ctrl(Key::F4);
    window.until("the form is closed", |window| {
        if window.says("данные изменены") || window.says("changed") {
            press(&mut window.harness, Modifiers::NONE, Key::Tab);
            press(&mut window.harness, Modifiers::NONE, Key::Enter);
        }
        window.harness.state().0.pages().is_empty()
    });
}

/// A missing letter or a field without a name would stop the test.
fn every_form(language: &str) {
    let mut window = Window::open(Theme::Light);
    for kind in registry::KINDS {
        let meta = kind.meta();
        let saved = window.session().store.ids_after(meta, 0, 1).unwrap().first().copied();
        let opens = [
            Some(("new", Open::New(meta, "Проба".to_owned()))),
            saved.map(|id| ("saved", Open::Object(AnyRef::new(meta.tag, id)))),
        ];
        for (name, open) in opens.into_iter().flatten() {
            window.show(open);
            assert!(window.says(&meta.label()), "{}", meta.code);
            for theme in [Theme::Light, Theme::Dark] {
                window.harness.ctx.set_theme(theme);
                window.harness.step();
                window.look(&format!("form-{language}-{theme:?}-{}-{name}", meta.code));
            }
            close(&mut window);
        }
    }
}

#[test]
fn every_kind_has_a_form_for_a_new_and_a_saved_object_in_both_themes() {
    every_form("ru");
}

/// The language belongs to the whole program, so English is drawn by a program of its own.
#[test]
fn every_form_is_drawn_in_english() {
    let program = std::env::current_exe().unwrap();
    let child = std::process::Command::new(program)
        .args(["--ignored", "--exact", "ui_forms::alone_in_english"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "run by every_form_is_drawn_in_english"]
fn alone_in_english() {
    kontora::kernel::text::set_language(kontora::kernel::text::Lang::En);
    every_form("en");
}

/// From the supplier over all fields into the table part.
fn into_goods(window: &mut Window, label: &str) {
    window.until("the table part has the focus", |window| {
        if !window.focused(label) {
            window.key(Key::Enter);
        }
        window.focused(label)
    });
}

#[test]
fn a_goods_receipt_is_entered_by_the_keyboard_alone() {
    let mut window = Window::open(Theme::Light);
    window.show(Open::New(meta("goods_receipt"), String::new()));
    window.until("the supplier is asked for first", |window| window.focused("Поставщик"));
    window.enter("поставка");
    into_goods(&mut window, "Товары");
    window.key(Key::Insert);
    window.enter("чайник");
    window.enter("5");
    window.enter("70,50");
    window.look("receipt-typed");
    window.until_said("352,50");
    window.key(Key::Escape);
    window.ctrl(Key::Enter);
    window.until("the form is closed", |window| window.harness.state().0.pages().is_empty());
    assert!(window.says("Проведено"));
    let object = window.object(window.reference("goods_receipt", 1));
    let receipt = object.downcast::<GoodsReceipt>().unwrap();
    assert!(receipt.head.posted && !receipt.contract.is_empty());
    assert_eq!(receipt.amount, Money::from_minor(35_250));
    assert_eq!((receipt.goods[0].qty, receipt.goods[0].price), (Qty::whole(5), Price::from_minor(705_000)));
}

#[test]
fn a_row_is_added_from_the_fields_above_the_rows() {
    let mut window = Window::open(Theme::Light);
    window.show(Open::New(meta("goods_receipt"), String::new()));
    window.until("the supplier is asked for first", |window| window.focused("Поставщик"));
    type_text(&mut window.harness, "поставка");
    window.key(Key::Insert);
    window.until("the rows have the focus", |window| !window.focused("Поставщик"));
    window.enter("чайник");
    window.enter("5");
    window.enter("70,50");
    window.until_said("352,50");
    window.key(Key::Escape);
    window.ctrl(Key::Enter);
    window.until("the form is closed", |window| window.harness.state().0.pages().is_empty());
    let object = window.object(window.reference("goods_receipt", 1));
    let receipt = object.downcast::<GoodsReceipt>().unwrap();
    assert!(!receipt.supplier.is_empty(), "what was half typed above is taken in");
    assert_eq!((receipt.goods.len(), receipt.goods[0].qty), (1, Qty::whole(5)));
}

#[test]
fn a_bad_order_tells_everything_at_once_and_stays_as_typed() {
    let mut window = Window::open(Theme::Light);
    window.show(Open::New(meta("customer_order"), String::new()));
    window.until("the customer is asked for first", |window| window.focused("Клиент"));
    window.ctrl(Key::Enter);
    // The field tells its problem one frame before the panel lists them all.
    window.until_said("Клиент: ");
    window.until_said("Товары: ");
    window.look("order-problems");
    assert_eq!(window.count("customer_order"), 2, "nothing was saved");
    // From the table part the first message leads back to the customer.
    into_goods(&mut window, "Товары");
    window.key(Key::F8);
    window.until("the message leads to the customer", |window| window.focused("Клиент"));
    window.enter("ромашка");
    into_goods(&mut window, "Товары");
    window.key(Key::Insert);
    window.enter("кружка");
    window.enter("0");
    window.key(Key::Escape);
    press(&mut window.harness, CTRL | Modifiers::SHIFT, Key::Enter);
    window.until_said("строка 1, Количество");
    window.key(Key::F8);
    window.harness.run_ok();
    window.enter("4");
    window.enter("25");
    window.key(Key::Escape);
    press(&mut window.harness, CTRL | Modifiers::SHIFT, Key::Enter);
    window.until_said("Проведён");
    window.look("order-posted");
    let object = window.object(window.reference("customer_order", 2));
    let order = object.downcast::<CustomerOrder>().unwrap();
    assert!(order.head.posted);
    assert_eq!(order.amount, Money::from_minor(10_000));
    assert!(window.says("Ожидается обеспечение"), "the state follows");
}

#[test]
fn an_order_goes_its_way_by_its_next_step() {
    let mut window = Window::open(Theme::Light);
    let order = window.reference("customer_order", 0);
    window.show(Open::Object(order));
    assert!(window.says("можно отгрузить 1 из 2 строк"));
    // Nobody brings the cup: the message says so.
    press(&mut window.harness, Modifiers::ALT, Key::Enter);
    window.until_said("Кружка фарфоровая");
    // What is reserved goes: the issue is filled with that line.
    press(&mut window.harness, CTRL | Modifiers::SHIFT, Key::B);
    window.until_said("Создать на основании");
    let kinds = kontora::ops::start::based_on(order.tag());
    let at = kinds.iter().position(|kind| kind.code == "goods_issue").unwrap();
    (0..at).for_each(|_| window.key(Key::ArrowDown));
    window.key(Key::Enter);
    window.settle();
    window.until_said("Реализация товаров (новый)");
    window.look("issue-on-basis");
    press(&mut window.harness, CTRL | Modifiers::SHIFT, Key::Enter);
    window.until_said("Проведён");
    window.look("issue-posted");
    let issue = window.reference("goods_issue", 1);
    let object = window.object(issue);
    let made = object.downcast::<GoodsIssue>().unwrap();
    assert!(made.head.posted);
    assert_eq!(made.order.any(), order);
    press(&mut window.harness, CTRL | Modifiers::SHIFT, Key::L);
    window.settle();
    window.until_said("Связанные документы: Реализация");
    window.look("related");
    press(&mut window.harness, CTRL, Key::F4);
    press(&mut window.harness, CTRL | Modifiers::SHIFT, Key::M);
    window.settle();
    window.until_said("Проводки");
    window.look("movements");
}

#[test]
fn changes_are_not_lost_without_a_question() {
    let mut window = Window::open(Theme::Light);
    let order = window.reference("customer_order", 0);
    window.show(Open::Object(order));
    let comment = window.harness.get_by_role_and_label(egui::accesskit::Role::TextInput, "Комментарий");
    comment.click();
    window.harness.run_ok();
    crate::ui_kit::type_text(&mut window.harness, "позвонить");
    window.ctrl(Key::F4);
    window.until_said("данные изменены");
    window.look("close-question");
    window.key(Key::Escape);
    window.harness.run_ok();
    assert_eq!(window.harness.state().0.pages().len(), 1, "thought better of it");
    window.ctrl(Key::F4);
    window.until_said("данные изменены");
    window.key(Key::Enter);
    window.until("saved and closed", |window| window.harness.state().0.pages().is_empty());
    let object = window.object(order);
    assert_eq!(object.downcast::<CustomerOrder>().unwrap().comment, "позвонить");
    assert!(object.head().posted, "a posted document stays posted");
}

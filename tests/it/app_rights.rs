//! Who works: signing in, locking the window, changing a password; what the user may not do is greyed.

use crate::app_kit::{App, World, clock, until};
use crate::ui_kit::{CTRL, press, type_text, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::kernel::refs::AnyRef;
use kontora::ops::copy::copy;
use kontora::ops::gate::Session;
use kontora::ops::sign_in::{door, set_password, sign_in};
use kontora::ui::app::door::host::DoorHost;
use kontora::ui::app::launch::{Launch, Wanted};
use kontora::ui::shell::Shell;
use kontora::ui::shell::page::Open;
use std::rc::Rc;

const SECRET: &str = "трижды семь";

const ANNA: &str = r#"{"type":"user","code":"anna","name":"Анна","employee":"E1","roles":[{"role":"sales"}]}"#;

/// What a window of somebody at work stands on.
pub type Inside = (World, tempfile::TempDir, Rc<Launch>, Harness<'static, App>, crate::ui_kit::Cpu);

/// A base with a second user who has a password and more lines, and the window at its door.
fn at_the_door_of(lines: &str) -> Inside {
    let world = World::with(&format!("{ANNA}\n{lines}"));
    let session = world.session();
    set_password(&session, world.find("user", "anna"), "", SECRET).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let launch = Rc::new(Launch::at(folder.path(), folder.path(), &clock()));
    let host = DoorHost::new(Rc::clone(&launch), world.path().to_owned(), door(&session).unwrap());
    let (builder, cpu) = window(vec2(1_360.0, 800.0), Theme::Light);
    let shell = Shell::new(Box::new(host));
    let mut harness = builder.build_eframe(|_| App(shell));
    harness.run_ok();
    (world, folder, launch, harness, cpu)
}

fn says(harness: &Harness<'static, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn at_the_door() -> Inside {
    at_the_door_of("")
}

/// The window with Anna at work.
fn inside() -> Inside {
    inside_of("")
}

/// The same over a base with more lines.
pub fn inside_of(lines: &str) -> Inside {
    let (world, folder, launch, mut harness, cpu) = at_the_door_of(lines);
    type_text(&mut harness, SECRET);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the start page", |harness| harness.state().0.pages().contains(&("start".to_owned(), true)));
    (world, folder, launch, harness, cpu)
}

#[test]
fn one_comes_in_with_a_name_and_a_password() {
    let (world, _folder, launch, mut harness, cpu) = at_the_door();
    cpu.look(&harness, "door");
    assert!(says(&harness, "Анна") && says(&harness, "Иванова М. П."));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().0.pages(), [("door".to_owned(), true)], "there is nothing behind the door");
    // The first user stands ready, and so does the box for the password.
    type_text(&mut harness, "не то");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "a refusal", |harness| says(harness, "Пароль не подходит"));
    type_text(&mut harness, SECRET);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the start page", |harness| harness.state().0.pages().contains(&("start".to_owned(), true)));
    let host = harness.state_mut().0.host();
    assert_eq!(host.status()[0].text, "Анна");
    let links: Vec<String> = host
        .sections()
        .iter()
        .flat_map(|section| &section.groups)
        .flat_map(|group| &group.links)
        .map(|link| link.code.clone())
        .collect();
    assert!(links.contains(&"list:customer_order".to_owned()) && links.contains(&"password".to_owned()));
    for closed in ["list:user", "list:role", "list:manual_entry", "report:trial_balance"] {
        assert!(!links.contains(&closed.to_owned()), "{closed}");
    }
    assert_eq!(launch.last_user(world.path()), "Анна", "she stands first the next time");
}

#[test]
fn a_locked_window_shows_nothing_and_keeps_what_was_typed() {
    let (world, _folder, _launch, mut harness, cpu) = inside();
    let order = world.find("customer_order", "O-3");
    harness.state_mut().0.open(Open::Object(order));
    let comment =
        |harness: &Harness<'static, App>| harness.query_by_role_and_label(Role::TextInput, "Комментарий").is_some();
    until(&mut harness, "the form", comment);
    harness.get_by_role_and_label(Role::TextInput, "Комментарий").click();
    harness.run_ok();
    press(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "позвонить завтра");
    press(&mut harness, Modifiers::CTRL | Modifiers::ALT, Key::Q);
    until(&mut harness, "the cover", |harness| says(harness, "Заблокировано: Анна"));
    cpu.look(&harness, "locked-window");
    assert!(!comment(&harness) && !says(&harness, "позвонить завтра"), "nothing is seen below");
    // Keys of the program do nothing.
    press(&mut harness, CTRL, Key::S);
    press(&mut harness, CTRL, Key::K);
    assert_eq!(harness.state().0.pages().len(), 2);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "a refusal", |harness| says(harness, "Пароль не подходит"));
    type_text(&mut harness, SECRET);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the form again", comment);
    let typed = harness.get_by_role_and_label(Role::TextInput, "Комментарий").accesskit_node().value();
    assert_eq!(typed.as_deref(), Some("позвонить завтра"));
}

#[test]
fn another_user_comes_in_the_place_of_the_present_one() {
    let (_world, _folder, launch, mut harness, _) = inside();
    launch.want(Wanted::Leave);
    until(&mut harness, "the door", |harness| harness.state().0.pages().contains(&("door".to_owned(), true)));
    assert!(says(&harness, "Иванова М. П."));
    // Out of the box into the list above it, to the other user, and back.
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the start page", |harness| harness.state().0.pages().contains(&("start".to_owned(), true)));
    assert_eq!(harness.state_mut().0.host().status()[0].text, "Иванова М. П.");
}

#[test]
fn a_base_that_asks_is_copied_for_who_may_maintain_it() {
    let world = World::with(ANNA);
    let folder = tempfile::tempdir().unwrap();
    let copied = |user: &str, name: &str| {
        let user = if user.is_empty() { AnyRef::EMPTY } else { world.find("user", user) };
        copy(world.path(), &folder.path().join(name), user, &clock(), &mut |_| true)
    };
    assert!(copied("", "1").unwrap_err().sentence().contains("спрашивает, кто работает"));
    assert!(copied("anna", "2").unwrap_err().sentence().contains("Обслуживать базу"));
    assert!(copied("admin", "3").is_ok());
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["3"]);
}

#[test]
fn a_window_left_alone_locks_itself() {
    let (_world, _folder, _launch, mut harness, _) = inside();
    harness.state_mut().0.host().keep("lock-after", "1".to_owned());
    harness.run_ok();
    assert!(!says(&harness, "Заблокировано"));
    harness.input_mut().time = Some(3_000.0);
    until(&mut harness, "the cover", |harness| says(harness, "Заблокировано: Анна"));
}

#[test]
fn what_may_not_be_done_is_greyed_and_says_why() {
    let (world, _folder, _launch, mut harness, _) = inside();
    harness.state_mut().0.open(Open::Code("list:item".to_owned()));
    until(&mut harness, "the list", |harness| harness.query_by_role_and_label(Role::Button, "Создать").is_some());
    assert!(harness.get_by_role_and_label(Role::Button, "Создать").accesskit_node().is_disabled());
    press(&mut harness, Modifiers::NONE, Key::Insert);
    until(&mut harness, "the reason", |harness| says(harness, "Нет права «Запись: Номенклатура»"));
    assert_eq!(harness.state().0.pages().len(), 2, "no form is opened");
    harness.state_mut().0.open(Open::Object(world.find("item", "T1")));
    until(&mut harness, "the form", |harness| harness.state().0.pages().len() == 3);
    until(&mut harness, "the reason", |harness| says(harness, "Его может дать: Иванова М. П."));
    harness.state_mut().0.open(Open::Code("list:customer_order".to_owned()));
    until(&mut harness, "the orders", |harness| {
        let button = harness.query_by_role_and_label(Role::Button, "Создать");
        button.is_some_and(|button| !button.accesskit_node().is_disabled())
    });
}

#[test]
fn a_password_is_changed_by_its_owner() {
    let (world, _folder, _launch, mut harness, cpu) = inside();
    harness.state_mut().0.open(Open::Code("password".to_owned()));
    until(&mut harness, "the page", |harness| says(harness, "Нынешний пароль"));
    cpu.look(&harness, "password");
    for word in [SECRET, "новый пароль", "новый пароль"] {
        type_text(&mut harness, word);
        press(&mut harness, Modifiers::NONE, Key::Enter);
    }
    until(&mut harness, "it is done", |harness| says(harness, "Пароль изменен"));
    let mut session = Session::open(world.path(), clock()).unwrap();
    let anna = world.find("user", "anna");
    assert!(sign_in(&mut session, anna, SECRET).is_err());
    assert!(sign_in(&mut session, anna, "новый пароль").is_ok());
}

#[test]
fn purchases_have_no_sums_for_those_who_may_not_see_cost() {
    let (world, _folder, _launch, mut harness, cpu) = inside();
    harness.state_mut().0.open(Open::Code("list:goods_receipt".to_owned()));
    until(&mut harness, "the list", |harness| says(harness, "Техноснаб"));
    cpu.look(&harness, "withheld-list");
    assert!(!says(&harness, "Сумма") && !says(&harness, "370,00"));
    harness.state_mut().0.open(Open::Object(world.find("goods_receipt", "R-1")));
    until(&mut harness, "the form", |harness| says(harness, "Вх. номер") && says(harness, "Количество"));
    cpu.look(&harness, "withheld-form");
    for hidden in ["Сумма", "Цена", "Всего", "370,00"] {
        assert!(!says(&harness, hidden), "{hidden}");
    }
    harness.state_mut().0.open(Open::Object(world.find("customer_order", "O-3")));
    until(&mut harness, "an order with its sums", |harness| says(harness, "Цена") && says(harness, "Всего"));
}

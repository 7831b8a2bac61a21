//! Letters to buyers in the window, by keyboard: the queue, the letters of an order, a template on a real order, the
//! password of an account.

use crate::app_kit::{World, until};
use crate::bases::or_say;
use crate::ui_kit::{CTRL, press, type_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::exchange::mail::fake::Fake;
use kontora::exchange::mail::{Carried, Carrier};
use kontora::ops::chores::Chore as _;
use kontora::ops::letters::send::LetterChore;
use kontora::store::letters::LetterState;
use kontora::store::passwords;
use kontora::ui::shell::page::Open;
use std::sync::Arc;

const MAIL: &str = r#"
{"type":"mail_account","code":"M","name":"Лавка","server":"127.0.0.1","security":"none","port":2525,"login":"window-test","address":"shop@example.ru","sender":"Лавка «Чай»"}
{"type":"letter_template","code":"arrived","active":true,"site_only":false}
{"type":"letter_template","code":"ready","active":true,"site_only":false}
{"type":"counterparty","code":"C2","email":"anna@example.org"}
{"type":"counterparty","code":"C3","email":"ivanov@example.org"}
{"type":"customer_order","key":"O-5","date":"2026-11-23","customer":"C2","post":true,"goods":[{"item":"T3","qty":2,"price":"30"}]}
{"type":"customer_order","key":"O-6","date":"2026-11-23","customer":"C3","post":true,"goods":[{"item":"T2","qty":1,"price":"200"}]}
"#;

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::CTRL };

/// A shop that has sent the letters of one order and waits with that of another.
fn shop() -> World {
    let world = World::with(MAIL);
    let session = world.session();
    let fake = Fake::default();
    let taken = |answer: &str| Carried::Taken(answer.to_owned());
    fake.say([taken("250 2.0.0 OK queued"), Carried::Unknown("connection reset by peer".to_owned())]);
    let later = Carried::Later { answer: "451 4.7.1 Greylisted, try again later".to_owned(), slow: false };
    fake.say([later]);
    passwords::keep_mail("127.0.0.1", "window-test", "x");
    let reach = Arc::new(move |_: &_, _| Box::new(fake.clone()) as Box<dyn Carrier>);
    assert_eq!(or_say(LetterChore::new(reach).round(&session)).done, 3);
    world
}

fn states(world: &World, order: &str) -> Vec<LetterState> {
    let letters = or_say(world.session().store.letters_of(world.find("customer_order", order)));
    letters.iter().map(|letter| letter.state).collect()
}

#[test]
fn the_queue_is_read_stopped_and_sent_again_by_keys() {
    let world = shop();
    for (theme, name) in [(Theme::Light, "letters"), (Theme::Dark, "letters-dark")] {
        let (mut harness, cpu) = world.window(theme);
        harness.state_mut().0.open(Open::Code("work:letters".to_owned()));
        until(&mut harness, "three letters", |harness| harness.query_all_by_role(Role::Row).count() == 3);
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        until(&mut harness, "the text", |harness| {
            harness.query_by_label("Текст письма").is_some_and(|node| {
                node.accesskit_node().value().is_some_and(|text| text.contains("Здравствуйте, Ёлкина"))
            })
        });
        cpu.look(&harness, name);
        press(&mut harness, Modifiers::ALT, Key::R);
        until(&mut harness, "the bytes", |harness| {
            harness
                .query_by_label("Текст письма")
                .is_some_and(|node| node.accesskit_node().value().is_some_and(|text| text.contains("MIME-Version")))
        });
        cpu.look(&harness, &format!("{name}-raw"));
    }
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Code("work:letters".to_owned()));
    until(&mut harness, "three letters", |harness| harness.query_all_by_role(Role::Row).count() == 3);
    assert_eq!(states(&world, "O-6"), [LetterState::Deferred]);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    until(&mut harness, "it is stopped", |_| states(&world, "O-6") == [LetterState::Withdrawn]);
    // The one of which nobody knows is sent again only by somebody who was asked.
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "the question", |harness| harness.query_by_label_contains("могло дойти").is_some());
    cpu.look(&harness, "letters-question");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    harness.run_ok();
    assert_eq!(states(&world, "O-5"), [LetterState::Sent, LetterState::Unknown]);
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "the question", |harness| harness.query_by_label_contains("могло дойти").is_some());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it waits again", |_| states(&world, "O-5") == [LetterState::Sent, LetterState::New]);
}

#[test]
fn an_order_tells_its_letters() {
    let world = shop();
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Object(world.find("customer_order", "O-5")));
    until(&mut harness, "the order", |harness| harness.query_by_label_contains("Готов к отгрузке").is_some());
    press(&mut harness, CTRL_SHIFT, Key::E);
    until(&mut harness, "its letters", |harness| harness.query_all_by_role(Role::Row).count() == 2);
    assert!(harness.query_all_by_label_contains("Письма: Заказ клиента").count() > 0);
    cpu.look(&harness, "letters-of-order");
}

#[test]
fn a_template_is_shown_on_a_real_order_as_its_fields_are_left() {
    let world = shop();
    for (theme, name) in [(Theme::Light, "letter-template"), (Theme::Dark, "letter-template-dark")] {
        let (mut harness, cpu) = world.window(theme);
        harness.state_mut().0.open(Open::Object(world.find("letter_template", "arrived")));
        until(&mut harness, "the letter", |harness| {
            harness.query_by_label("Письмо").is_some()
                && harness.query_by_label_contains("Как увидит покупатель: Заказ клиента").is_some()
        });
        cpu.look(&harness, name);
    }
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.state_mut().0.open(Open::Object(world.find("letter_template", "arrived")));
    until(&mut harness, "the form", |harness| harness.query_by_label("Тема").is_some());
    (0..4).for_each(|_| press(&mut harness, Modifiers::NONE, Key::Tab));
    type_text(&mut harness, "Скоро, {Покупатель}");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    until(&mut harness, "the new subject", |harness| harness.query_by_label("Скоро, ИП Иванов И. И.").is_some());
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    type_text(&mut harness, "Скоро, {Покупаталь}");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    until(&mut harness, "what is wrong", |harness| harness.query_by_label_contains("нет поля {Покупаталь}").is_some());
    cpu.look(&harness, "letter-template-wrong");
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    type_text(&mut harness, "Скоро");
    press(&mut harness, CTRL, Key::S);
    let session = world.session();
    let kept = || or_say(session.store.load(world.find("letter_template", "arrived"))).unwrap();
    until(&mut harness, "it is saved", |_| {
        kept().by_name("subject") == Some(kontora::kernel::value::Value::Text("Скоро".to_owned()))
    });
    press(&mut harness, CTRL_SHIFT, Key::E);
    until(&mut harness, "the trial waits", |_| or_say(session.store.open_letters()) == 2);
}

#[test]
fn the_password_of_an_account_is_typed_once() {
    let world = World::with(&MAIL.replace("window-test", "window-password"));
    let (mut harness, cpu) = world.window(Theme::Light);
    let account = world.find("mail_account", "M");
    harness.state_mut().0.open(Open::Object(account));
    until(&mut harness, "the form", |harness| harness.query_by_label("Сервер исходящей почты").is_some());
    cpu.look(&harness, "mail-account");
    press(&mut harness, CTRL_SHIFT, Key::P);
    until(&mut harness, "the page", |harness| {
        harness.query_by_label_contains("window-password на 127.0.0.1").is_some()
    });
    cpu.look(&harness, "mail-password");
    type_text(&mut harness, "тайна");
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "it is kept", |_| {
        passwords::recall_mail("127.0.0.1", "window-password").as_deref() == Some("тайна")
    });
    passwords::forget_mail("127.0.0.1", "window-password");
}

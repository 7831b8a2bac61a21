//! The program over a base in a window: what it opens with, what it keeps.

use crate::app_kit::{World, until};
use crate::ui_kit::{CTRL, press, type_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable as _;
use kontora::ui::shell::page::Open;

#[test]
fn the_window_opens_with_the_start_page_and_keeps_what_the_user_arranged() {
    let world = World::with(r#"{"type":"counterparty","code":"C9","name":"Новый"}"#);
    let (mut harness, _) = world.window(Theme::Light);
    let shell = &mut harness.state_mut().0;
    assert_eq!(shell.pages(), [("start".to_owned(), true)]);
    assert_eq!(shell.host().title(), "small — Контора");
    let status: Vec<String> = shell.host().status().into_iter().map(|part| part.text).collect();
    assert_eq!(status, ["Иванова М. П.", "Наша организация", "small"]);
    shell.host().keep("theme", "dark".to_owned());
    assert_eq!(shell.host().kept("theme").as_deref(), Some("dark"));
    // What was kept is written at the latest when the window is closed.
    drop(harness);
    let session = world.session();
    let user = world.find("user", "admin");
    assert_eq!(session.store.user_settings(user.id()).unwrap(), [("theme".to_owned(), "dark".to_owned())]);
    assert!(world.path().is_file());
}

#[test]
fn the_start_page_counts_the_work_of_the_day_and_opens_it() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    until(&mut harness, "the day", |harness| harness.query_by_label_contains("Готовы к отгрузке").is_some());
    cpu.look(&harness, "today-light");
    for line in [
        "Готовы к отгрузке: не оплачено 120,00: 1",
        "Ждут обеспечения: не оплачено 700,00: 1",
        "Ждут оплаты: 0",
        "Не хватает товаров: 2",
    ] {
        assert!(harness.query_by_role_and_label(Role::Link, line).is_some(), "{line}");
    }
    // The first line has the focus; Enter opens what it counts.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the filtered journal", |harness| {
        let pages = harness.state().0.pages();
        pages.contains(&("list:customer_order?state=ready_to_ship,shipping".to_owned(), true))
    });
    until(&mut harness, "its order", |harness| harness.query_all_by_role(Role::Row).count() == 1);
}

#[test]
fn the_palette_finds_data() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Dark);
    press(&mut harness, CTRL, Key::K);
    type_text(&mut harness, "буран");
    until(&mut harness, "the item", |harness| {
        harness.query_by_role_and_label(Role::ListBoxOption, "Чайник «Буран»").is_some()
    });
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let item = world.find("item", "T1");
    until(&mut harness, "its form", |harness| {
        harness.state().0.pages().iter().any(|(key, front)| *front && key.contains(&item.id().to_string()))
    });
}

#[test]
fn sections_lead_to_every_list() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.get_by_role_and_label(Role::Button, "Деньги").click();
    harness.run_ok();
    cpu.look(&harness, "section-money");
    harness.get_by_role_and_label(Role::MenuItem, "Платежные поручения").click();
    harness.run_ok();
    until(&mut harness, "the list", |harness| {
        harness.state().0.pages().contains(&("list:payment_order".to_owned(), true))
    });
    let settings = world.find("settings", "main");
    harness.state_mut().0.open(Open::Code("one:settings".to_owned()));
    until(&mut harness, "the form of the only settings", |harness| {
        harness.state().0.pages().iter().any(|(key, front)| *front && key.contains(&settings.id().to_string()))
    });
}

#[test]
fn favourites_stand_in_the_first_section_and_are_kept() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    let links = |harness: &mut egui_kittest::Harness<'static, crate::app_kit::App>| -> Vec<String> {
        let main = harness.state_mut().0.host().sections()[0].clone();
        main.groups.into_iter().flat_map(|group| group.links).map(|link| link.code).collect()
    };
    harness.state_mut().0.open(Open::Code("list:unit".to_owned()));
    until(&mut harness, "the list", |harness| harness.state().0.pages().contains(&("list:unit".to_owned(), true)));
    assert!(!links(&mut harness).contains(&"list:unit".to_owned()));
    press(&mut harness, CTRL, Key::D);
    assert!(links(&mut harness).contains(&"list:unit".to_owned()));
    drop(harness);
    let (mut harness, _) = world.window(Theme::Light);
    assert!(links(&mut harness).contains(&"list:unit".to_owned()), "kept");
    harness.state_mut().0.open(Open::Code("list:unit".to_owned()));
    harness.run_ok();
    press(&mut harness, CTRL, Key::D);
    assert!(!links(&mut harness).contains(&"list:unit".to_owned()), "once more takes it off");
}

#[test]
fn a_closed_page_gives_way_to_the_one_it_was_opened_from() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    for code in ["list:item", "list:unit", "list:brand"] {
        harness.state_mut().0.open(Open::Code(code.to_owned()));
        until(&mut harness, code, |harness| harness.state().0.pages().contains(&(code.to_owned(), true)));
    }
    harness.state_mut().0.open(Open::Code("list:item".to_owned()));
    until(&mut harness, "the items", |harness| harness.state().0.pages().contains(&("list:item".to_owned(), true)));
    harness.state_mut().0.open(Open::Code("list:warehouse".to_owned()));
    until(&mut harness, "the warehouses", |harness| {
        harness.state().0.pages().contains(&("list:warehouse".to_owned(), true))
    });
    press(&mut harness, CTRL, Key::F4);
    assert!(harness.state().0.pages().contains(&("list:item".to_owned(), true)), "not its neighbour");
    press(&mut harness, CTRL, Key::F4);
    assert!(harness.state().0.pages().contains(&("list:brand".to_owned(), true)));
}

#[test]
fn a_form_in_a_low_window_scrolls_to_the_field_the_keyboard_comes_to() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    harness.set_size(egui::vec2(900.0, 330.0));
    let company = world.find("company", "main");
    harness.state_mut().0.open(Open::Object(company));
    until(&mut harness, "the form", |harness| harness.query_all_by_role(Role::TextInput).count() > 3);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..40 {
        press(&mut harness, Modifiers::NONE, Key::Tab);
        harness.run_ok();
        let focused = harness.ctx.memory(|memory| memory.focused());
        let Some(field) = focused.and_then(|id| harness.ctx.read_response(id)) else { continue };
        seen.insert(format!("{:?}", field.id));
        let (top, bottom) = (field.rect.top(), field.rect.bottom());
        assert!(top >= 0.0 && bottom <= 330.0, "{top} - {bottom} of 330");
    }
    cpu.look(&harness, "form-low");
    assert!(seen.len() > 10, "only {} fields were reached", seen.len());
}

//! The smaller parts pages are made of: buttons, tabs, the split, progress.

use crate::ui_kit::{CTRL, press, window};
use egui::accesskit::Role as Kind;
use egui::{Id, Key, Modifiers, Theme, pos2, vec2};
use egui_kittest::kittest::Queryable;
use kontora::ui::icons::Icon;
use kontora::ui::widgets::button::{Button, Look, link};
use kontora::ui::widgets::form;
use kontora::ui::widgets::progress::{Progress, progress_bar};
use kontora::ui::widgets::split::{Split, split};
use kontora::ui::widgets::tabs::tabs;

#[test]
fn buttons_are_pressed_by_mouse_and_keys_and_disabled_ones_are_not() {
    let (builder, cpu) = window(vec2(500.0, 120.0), Theme::Light);
    let mut harness = builder.build_ui_state(
        |ui, pressed: &mut Vec<&'static str>| {
            form::group_title(ui, "Кнопки");
            ui.horizontal(|ui| {
                let buttons = [
                    ("Главная", Button::new("Главная").look(Look::Main)),
                    ("Обычная", Button::new("Обычная").with_icon(Some(Icon::Printer))),
                    ("Нельзя", Button::new("Нельзя").enabled(false)),
                    ("Значок", Button::icon(Icon::Trash, "Значок").look(Look::Flat)),
                ];
                for (name, button) in buttons {
                    if ui.add(button).clicked() {
                        pressed.push(name);
                    }
                }
                if link(ui, "Ссылка").clicked() {
                    pressed.push("Ссылка");
                }
            });
        },
        Vec::new(),
    );
    for name in ["Главная", "Обычная", "Нельзя", "Значок"] {
        harness.get_by_role_and_label(Kind::Button, name).click();
        harness.run_ok();
    }
    harness.get_by_role_and_label(Kind::Link, "Ссылка").click();
    harness.get_by_role_and_label(Kind::Button, "Обычная").focus();
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::Space);
    cpu.look(&harness, "buttons");
    assert_eq!(*harness.state(), ["Главная", "Обычная", "Значок", "Ссылка", "Обычная", "Обычная"]);
}

#[test]
fn tabs_of_a_page_are_walked_by_ctrl_and_page_keys() {
    let (builder, _) = window(vec2(400.0, 80.0), Theme::Light);
    let labels = ["Товары", "Доставка", "Оплата"].map(str::to_owned);
    let mut harness = builder.build_ui_state(move |ui, open: &mut usize| _ = tabs(ui, &labels, open), 0);
    press(&mut harness, CTRL, Key::PageDown);
    press(&mut harness, CTRL, Key::PageDown);
    press(&mut harness, CTRL, Key::PageDown);
    assert_eq!(*harness.state(), 2);
    press(&mut harness, CTRL, Key::PageUp);
    assert_eq!(*harness.state(), 1);
    harness.get_by_role_and_label(Kind::Tab, "Товары").click();
    harness.run_ok();
    assert_eq!(*harness.state(), 0);
}

#[test]
fn the_line_between_two_parts_is_dragged() {
    let (builder, _) = window(vec2(400.0, 200.0), Theme::Light);
    let mut harness = builder.build_ui_state(
        |ui, (share, kept): &mut (f32, usize)| {
            let parts = split(
                ui,
                Id::unique("parts"),
                Split::Across,
                share,
                |ui| _ = ui.label("лево"),
                |ui| _ = ui.label("право"),
            );
            *kept += usize::from(parts);
        },
        (0.5, 0),
    );
    harness.run_ok();
    let right = harness.get_by_label("право").rect().left();
    harness.drag_at(pos2(200.0, 100.0));
    harness.run_ok();
    harness.hover_at(pos2(100.0, 100.0));
    harness.run_ok();
    harness.drop_at(pos2(100.0, 100.0));
    harness.run_ok();
    assert!((0.2..0.3).contains(&harness.state().0), "{}", harness.state().0);
    assert_eq!(harness.state().1, 1, "the place is kept once, when the line is let go");
    assert!(harness.get_by_label("право").rect().left() < right - 80.0);
}

#[test]
fn long_work_shows_how_far_it_is_and_is_stopped_by_its_button() {
    let (builder, cpu) = window(vec2(420.0, 60.0), Theme::Light);
    let progress = Progress::default();
    progress.report(1, 4);
    let shown = progress.clone();
    let mut harness = builder.build_ui(move |ui| progress_bar(ui, "Перепроведение", &shown, 300.0));
    harness.run_ok();
    cpu.look(&harness, "progress");
    assert!(harness.query_by_label_contains("Перепроведение").is_some());
    harness.get_by_role_and_label(Kind::Button, "Прервать").click();
    harness.run_ok();
    assert!(progress.is_cancelled());
    assert!(harness.query_by_label_contains("Прерывается").is_some());
}

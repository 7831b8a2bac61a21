//! Editors of all types: shown, typed into, left by Enter.

use crate::ui_kit::{CTRL, Cpu, Names, Order, now, press, today, type_text, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use kontora::kernel::meta::ObjectMeta;
use kontora::kernel::object::Declared;
use kontora::kernel::object::Object;
use kontora::kernel::problems::Place;
use kontora::ui::editors::{Aid, Ask, Field, Unread};
use kontora::ui::widgets::form::{self, RowLayout};

/// A form over a sample with every type of field.
struct Form {
    order: Order,
    names: Names,
    asks: Vec<(Place, String, Option<&'static ObjectMeta>, Ask)>,
    unread: Vec<Unread>,
    changed: Vec<String>,
    read_only: bool,
    problem: Option<(&'static str, &'static str)>,
}

impl Form {
    fn new() -> Self {
        let order = Order { number: "КА00-000017".into(), date: now(), ..Order::default() };
        Self {
            order,
            names: Names::default(),
            asks: Vec::new(),
            unread: Vec::new(),
            changed: Vec::new(),
            read_only: false,
            problem: None,
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let meta = Order::declared();
        let mut aid = Aid::new(&mut self.names, today());
        let layout = RowLayout::of(ui, meta.fields.iter().map(|field| field.title));
        form::page_title(ui, "Заказ клиента КА00-000017");
        for (at, declared) in meta.fields.iter().enumerate() {
            let mut value = self.order.get(at);
            let place = Place::Field(declared.name);
            let field = Field {
                owner: Some(meta),
                place: &place,
                required: declared.required,
                read_only: self.read_only,
                rows: if declared.name == "note" { 3 } else { 1 },
                problem: self.problem.filter(|(name, _)| *name == declared.name).map(|(_, why)| why),
                ..Field::new(egui::Id::unique(("form", declared.name)), declared.name, declared.title, declared.kind)
            };
            if form::row(ui, layout, &field, &mut value, &mut aid).changed {
                self.changed.push(declared.name.to_owned());
                assert!(self.order.set(at, value), "{} takes its own value", declared.name);
            }
        }
        self.asks.extend(aid.asks);
        self.unread = aid.unread;
    }
}

fn open(theme: Theme) -> (Harness<'static, Form>, Cpu) {
    let (builder, cpu) = window(vec2(640.0, 480.0), theme);
    let mut harness = builder.build_ui_state(|ui, form: &mut Form| form.ui(ui), Form::new());
    harness.run_ok();
    (harness, cpu)
}

fn focus(harness: &mut Harness<'_, Form>, label: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).focus();
    harness.run_ok();
}

fn focused(harness: &Harness<'_, Form>, label: &str) -> bool {
    harness.query_all_by_label(label).any(|node| node.is_focused())
}

#[test]
fn all_types_are_drawn_in_both_themes_and_languages() {
    for theme in [Theme::Light, Theme::Dark] {
        let (mut harness, cpu) = open(theme);
        cpu.look(&harness, &format!("editors-{theme:?}"));
        let meta = Order::declared();
        for field in meta.fields {
            assert!(harness.query_all_by_label(field.title).next().is_some(), "{} is drawn", field.name);
        }
        focus(&mut harness, "Покупатель");
        type_text(&mut harness, "оо");
        cpu.look(&harness, &format!("editors-{theme:?}-reference"));
        press(&mut harness, Modifiers::NONE, Key::Enter);
        press(&mut harness, Modifiers::NONE, Key::F4);
        cpu.look(&harness, &format!("editors-{theme:?}-choice"));
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        press(&mut harness, Modifiers::NONE, Key::F4);
        cpu.look(&harness, &format!("editors-{theme:?}-date"));
        press(&mut harness, Modifiers::NONE, Key::Enter);
        press(&mut harness, Modifiers::NONE, Key::Space);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        type_text(&mut harness, "2*(100+50)");
        cpu.look(&harness, &format!("editors-{theme:?}-number"));
        harness.state_mut().read_only = true;
        harness.run_ok();
        cpu.look(&harness, &format!("editors-{theme:?}-read-only"));
        harness.state_mut().read_only = false;
        harness.state_mut().problem = Some(("pay_by", "Срок оплаты раньше даты заказа"));
        harness.run_ok();
        cpu.look(&harness, &format!("editors-{theme:?}-problem"));
    }
}

/// The language belongs to the whole program, so English is drawn by a program of its own.
#[test]
fn all_types_are_drawn_in_english() {
    let program = std::env::current_exe().unwrap();
    let child = std::process::Command::new(program)
        .args(["--ignored", "--exact", "ui_editors::alone_in_english"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
#[ignore = "run by all_types_are_drawn_in_english"]
fn alone_in_english() {
    kontora::kernel::text::set_language(kontora::kernel::text::Lang::En);
    for theme in [Theme::Light, Theme::Dark] {
        let (mut harness, cpu) = open(theme);
        focus(&mut harness, "Покупатель");
        type_text(&mut harness, "nobody");
        assert!(harness.query_by_label("Create “nobody”").is_some());
        press(&mut harness, Modifiers::NONE, Key::Escape);
        focus(&mut harness, "Предоплата");
        type_text(&mut harness, "much");
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(harness.state().unread[0].why.show().starts_with("“much” is not a number"));
        press(&mut harness, CTRL, Key::A);
        type_text(&mut harness, "1");
        focus(&mut harness, "Оплатить до");
        press(&mut harness, Modifiers::NONE, Key::F4);
        assert!(harness.query_by_label("Today, 23.11.2026").is_some());
        cpu.look(&harness, &format!("editors-english-{theme:?}"));
    }
}

#[test]
fn enter_goes_through_all_the_fields() {
    let (mut harness, _) = open(Theme::Light);
    let order = Order::declared().fields;
    focus(&mut harness, order[0].title);
    for field in &order[1..] {
        press(&mut harness, Modifiers::NONE, Key::Enter);
        assert!(focused(&harness, field.title), "Enter came to {}", field.name);
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(focused(&harness, "Примечание для склада"), "Enter in a text of many lines is a new line");
    assert!(harness.state().changed.is_empty(), "passing by changes nothing");
}

#[test]
fn a_reference_is_found_by_a_part_of_its_name_or_tax_number() {
    let (mut harness, _) = open(Theme::Light);
    focus(&mut harness, "Покупатель");
    type_text(&mut harness, "северо");
    assert!(harness.query_by_label("ООО «Северо-Западная торговая компания»").is_some());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().order.customer.id(), 5);
    assert!(focused(&harness, "Доставка"));
    focus(&mut harness, "Покупатель");
    type_text(&mut harness, "5024");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(harness.state().order.customer.id(), 2, "Tab takes the highlighted line as Enter does");
    assert!(focused(&harness, "Доставка"));
}

#[test]
fn a_name_typed_faster_than_the_base_answers_is_taken_when_the_answer_comes() {
    let (mut harness, _) = open(Theme::Light);
    focus(&mut harness, "Покупатель");
    harness.state_mut().names.slow = 400;
    type_text(&mut harness, "ромаш");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(focused(&harness, "Доставка"), "the operator goes on at once");
    assert!(harness.state().order.customer.is_empty());
    harness.state_mut().names.slow = 0;
    harness.run_ok();
    assert_eq!(harness.state().order.customer.id(), 1);
}

#[test]
fn a_doubtful_or_unknown_name_is_said_and_not_guessed() {
    let (mut harness, _) = open(Theme::Light);
    focus(&mut harness, "Покупатель");
    type_text(&mut harness, "ооо");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().order.customer.is_empty() && harness.state().unread.is_empty());
    assert!(focused(&harness, "Покупатель"), "Esc closes the list and forgets what was typed");
    harness.state_mut().names.slow = 400;
    type_text(&mut harness, "ооо");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.state_mut().names.slow = 0;
    harness.run_ok();
    let unread: Vec<String> = harness.state().unread.iter().map(|unread| unread.why.show()).collect();
    assert_eq!(unread, ["«ооо» подходит к нескольким: выберите нужное (Alt+↓) или уточните текст"]);
    focus(&mut harness, "Покупатель");
    press(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "Рога и копыта");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let (_, name, target, ask) = harness.state().asks.last().unwrap().clone();
    assert_eq!((name.as_str(), target.unwrap().code), ("customer", "test_customer"));
    assert_eq!(ask, Ask::Create("Рога и копыта".into()));
}

#[test]
fn a_number_is_computed_and_grouped() {
    let (mut harness, _) = open(Theme::Light);
    focus(&mut harness, "Предоплата");
    type_text(&mut harness, "2*(100+50)+1000");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().order.prepaid.minor(), 130_000);
    let shown = harness.get_by_role_and_label(Role::TextInput, "Предоплата").value();
    assert_eq!(shown.as_deref(), Some("1\u{a0}300,00"));
    focus(&mut harness, "Предоплата");
    type_text(&mut harness, "сто");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(focused(&harness, "Предоплата"), "what cannot be read is not left by Enter");
    assert_eq!(harness.state().order.prepaid.minor(), 130_000);
    assert!(harness.state().unread[0].why.show().contains("«сто» не число"));
    press(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "7");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().order.prepaid.minor(), 700);
    assert!(harness.state().unread.is_empty());
}

#[test]
fn a_day_is_typed_short_or_chosen_from_the_calendar() {
    let (mut harness, _) = open(Theme::Light);
    focus(&mut harness, "Оплатить до");
    type_text(&mut harness, "5.1.27");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().order.pay_by.russian(), "05.01.2027");
    focus(&mut harness, "Оплатить до");
    press(&mut harness, Modifiers::NONE, Key::F4);
    assert!(harness.query_by_label("05.01.2027").is_some(), "the calendar shows the month of the value");
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().order.pay_by.russian(), "06.02.2027");
    focus(&mut harness, "Дата");
    press(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "1.12");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().order.date.russian(), "01.12.2026 12:30:15");
}

#[test]
fn keys_of_a_reference_ask_the_page() {
    let (mut harness, _) = open(Theme::Light);
    harness.state_mut().order.customer = kontora::kernel::refs::Ref::new(4);
    harness.run_ok();
    focus(&mut harness, "Покупатель");
    press(&mut harness, Modifiers::NONE, Key::F4);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::F4);
    press(&mut harness, Modifiers::NONE, Key::F1);
    let asks: Vec<Ask> = harness.state().asks.iter().map(|ask| ask.3.clone()).collect();
    let chosen = kontora::kernel::refs::AnyRef::new(201, 4);
    assert_eq!(asks, [Ask::Choose(chosen), Ask::Open(chosen), Ask::Why]);
    press(&mut harness, Modifiers::SHIFT, Key::F4);
    assert!(harness.state().order.customer.is_empty(), "Shift+F4 clears");
}

#[test]
fn a_command_takes_in_what_is_half_typed() {
    let (mut harness, _) = open(Theme::Light);
    focus(&mut harness, "Комментарий");
    type_text(&mut harness, "позвонить");
    assert_eq!(harness.state().order.comment, "");
    // What the window does before it carries out a command.
    kontora::ui::focus::commit(&harness.ctx);
    harness.step();
    assert_eq!(harness.state().order.comment, "позвонить");
    assert!(focused(&harness, "Комментарий"));
}

#[test]
fn a_name_that_comes_after_the_focus_takes_the_place_of_the_dots() {
    let (mut harness, _) = open(Theme::Light);
    harness.state_mut().names.unknown = true;
    harness.state_mut().order.customer = kontora::kernel::refs::Ref::new(4);
    harness.run_ok();
    focus(&mut harness, "Покупатель");
    assert!(harness.query_all_by_value("…").next().is_some());
    harness.state_mut().names.unknown = false;
    harness.step();
    harness.run_ok();
    assert!(harness.query_all_by_value("АО «ТехноСтрой-Инвест»").next().is_some());
}

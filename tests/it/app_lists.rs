//! Lists over a base: every one opens; search, filters, order, folders, marks, choosing.

use crate::app_kit::{App, World, until};
use crate::ui_kit::{CTRL, press, type_text};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::domain::registry;
use kontora::kernel::behaviour::Choices;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::text::{Lang, set_language};
use kontora::kernel::value::Field as _;
use kontora::ui::shell::page::{Open, Request};

type Window = Harness<'static, App>;

/// What the rows of the list in front say.
fn rows(harness: &Window) -> Vec<String> {
    let label = |node: egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
    harness.query_all_by_role(Role::Row).map(label).collect()
}

fn open(harness: &mut Window, code: &str) {
    harness.state_mut().0.open(Open::Code(code.to_owned()));
    harness.run_ok();
    let key = code.to_owned();
    until(harness, code, |harness| {
        let front = harness.state().0.pages().into_iter().find(|(_, front)| *front);
        front.is_some_and(|(page, _)| page == key) && harness.query_by_label("Загрузка…. ").is_none()
    });
}

fn wait_rows(harness: &mut Window, what: &str, wanted: usize) {
    until(harness, what, |harness| rows(harness).len() == wanted);
}

/// Waits until the keyboard is meant for a list.
fn wait_focus(harness: &mut Window, label: &str) {
    until(harness, label, |harness| {
        let mut lists = harness.query_all_by_role_and_label(Role::Grid, label);
        lists.any(|list| list.accesskit_node().is_focused())
    });
}

fn all_lists_open(theme: Theme) {
    let world = World::new();
    let (mut harness, cpu) = world.window(theme);
    for kind in registry::KINDS {
        let meta = kind.meta();
        open(&mut harness, &format!("list:{}", meta.code));
        assert!(harness.query_by_role_and_label(Role::Grid, &meta.list_label()).is_some(), "{}", meta.code);
        if ["item", "customer_order", "counterparty", "account", "goods_receipt"].contains(&meta.code) {
            until(&mut harness, meta.code, |harness| !rows(harness).is_empty());
            let lang = kontora::kernel::text::language();
            cpu.look(&harness, &format!("list-{}-{theme:?}-{lang:?}", meta.code));
        }
    }
}

#[test]
fn every_list_opens_in_the_light() {
    all_lists_open(Theme::Light);
}

#[test]
fn every_list_opens_in_the_dark() {
    all_lists_open(Theme::Dark);
}

/// The language is one for the whole process: this test is run in a process of its own.
#[test]
#[ignore = "run by every_list_opens_in_english"]
fn lists_alone_in_english() {
    set_language(Lang::En);
    all_lists_open(Theme::Light);
}

#[test]
fn every_list_opens_in_english() {
    let program = std::env::current_exe().unwrap();
    let args = ["--exact", "app_lists::lists_alone_in_english", "--ignored"];
    let out = std::process::Command::new(program).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success() && said.contains("1 passed"), "{said}");
}

#[test]
fn the_journal_of_orders_shows_states_with_their_reasons() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:customer_order");
    wait_rows(&mut harness, "three orders", 3);
    let shown = rows(&harness);
    assert!(shown[0].contains("Не проведен"), "the newest is first: {shown:?}");
    assert!(shown[1].contains("Готов к отгрузке") && shown[1].contains("Петрова А. С."), "{shown:?}");
    assert!(shown[2].contains("Ожидается обеспечение") && shown[2].contains("2 строки"), "{shown:?}");
    assert!(harness.query_by_role_and_label(Role::Button, "Провести").is_some(), "the next step of the first order");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(harness.query_by_role_and_label(Role::Button, "Отгрузить").is_some(), "the next step of the second one");
}

#[test]
fn typing_searches_and_ctrl_q_shows_all_again() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:counterparty");
    wait_rows(&mut harness, "all", 5);
    type_text(&mut harness, "ромаш");
    wait_rows(&mut harness, "what was searched for", 1);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, CTRL, Key::Q);
    wait_rows(&mut harness, "all again", 5);
    press(&mut harness, CTRL, Key::F);
    type_text(&mut harness, "нет такого");
    wait_rows(&mut harness, "nothing", 0);
    let said = "По словам «нет такого» ничего не найдено. Попробуйте часть слова. Ctrl+Q — показать все";
    assert!(harness.query_by_label(said).is_some());
}

#[test]
fn filters_narrow_the_list_and_are_remembered() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:customer_order?state=ready_to_ship");
    wait_rows(&mut harness, "one order", 1);
    open(&mut harness, "list:customer_order");
    wait_rows(&mut harness, "all orders", 3);
    harness.get_by_label("Период: За все время").click();
    harness.run_ok();
    harness.get_by_role_and_label(Role::MenuItem, "Эта неделя").click();
    harness.run_ok();
    wait_rows(&mut harness, "nothing this week", 0);
    harness.get_by_label("Период: Эта неделя").click();
    harness.run_ok();
    harness.get_by_role_and_label(Role::MenuItem, "Этот месяц").click();
    harness.run_ok();
    wait_rows(&mut harness, "all of this month", 3);
    // Such as the current one: by the customer of the first row.
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    press(&mut harness, CTRL | Modifiers::ALT, Key::F);
    wait_rows(&mut harness, "orders of one customer", 2);
    harness.get_by_label("Клиент: ООО «Ромашка»").click();
    harness.run_ok();
    wait_rows(&mut harness, "all again", 3);
    drop(harness);
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:customer_order");
    assert!(harness.query_by_label("Период: Этот месяц").is_some(), "the filter was kept");
}

#[test]
fn folders_are_walked_by_keys() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:item");
    wait_rows(&mut harness, "the folder, the lamp, the delivery", 3);
    assert!(rows(&harness)[0].contains("Кухня"));
    press(&mut harness, CTRL, Key::ArrowDown);
    wait_rows(&mut harness, "what is in the folder", 2);
    press(&mut harness, CTRL, Key::ArrowUp);
    wait_rows(&mut harness, "the top again", 3);
    type_text(&mut harness, "утюг");
    wait_rows(&mut harness, "found in whatever folder", 1);
}

#[test]
fn a_mark_is_set_and_taken_off_and_the_cursor_stays() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:customer_order");
    wait_rows(&mut harness, "three orders", 3);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let order = world.find("customer_order", "O-2");
    let state = |world: &World| {
        let session = world.session();
        let object = session.store.load(order).unwrap().unwrap();
        (object.head().marked, object.head().posted)
    };
    assert_eq!(state(&world), (false, true));
    press(&mut harness, Modifiers::NONE, Key::Delete);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the mark", |_| state(&world) == (true, false));
    let chosen = |harness: &Window| {
        let mut nodes = harness.query_all_by_role(Role::Row);
        nodes
            .find(|node| node.accesskit_node().is_selected() == Some(true))
            .and_then(|node| node.accesskit_node().label())
    };
    until(&mut harness, "the row as it is now", |harness| {
        chosen(harness).is_some_and(|said| said.contains("Ёлкина") && said.contains("Не проведен"))
    });
    press(&mut harness, Modifiers::NONE, Key::Delete);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the mark is off", |_| state(&world) == (false, false));
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::Enter);
    until(&mut harness, "posting from the list", |_| state(&world) == (false, true));
    press(&mut harness, Modifiers::SHIFT, Key::Delete);
    assert_eq!(state(&world), (false, true), "nothing is deleted at once");
}

#[test]
fn several_rows_are_posted_at_once_and_refusals_are_told() {
    let world = World::with(
        r#"{"type":"goods_issue","key":"G-1","date":"2026-11-05","customer":"C1","goods":[{"item":"T3","qty":1,"price":"60"}]}
{"type":"goods_issue","key":"G-2","date":"2026-11-06","customer":"C1","goods":[{"item":"T2","qty":1,"price":"60"}]}
"#,
    );
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:goods_issue");
    wait_rows(&mut harness, "both", 2);
    press(&mut harness, CTRL, Key::A);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::Enter);
    let posted = |key: &str| {
        let session = world.session();
        session.store.load(world.find("goods_issue", key)).unwrap().unwrap().head().posted
    };
    until(&mut harness, "the one that can be", |_| posted("G-1"));
    until(&mut harness, "the refusal", |harness| harness.query_by_label_contains("Утюг").is_some());
    assert!(!posted("G-2"));
}

#[test]
fn rows_are_ordered_by_the_header_and_columns_are_kept() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:counterparty");
    wait_rows(&mut harness, "all", 5);
    let first = rows(&harness)[0].clone();
    assert!(first.contains("АО «Свет и уют»"), "{first}");
    harness.get_by_role_and_label(Role::ColumnHeader, "Наименование").click();
    harness.run_ok();
    until(&mut harness, "the other way round", |harness| rows(harness)[0].contains("ООО «Техноснаб»"));
    press(&mut harness, CTRL | Modifiers::ALT, Key::L);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Space);
    press(&mut harness, CTRL, Key::Enter);
    until(&mut harness, "a column less", |harness| {
        harness.query_by_role_and_label(Role::ColumnHeader, "ИНН").is_none()
    });
    // The list has the focus again: what is typed searches.
    type_text(&mut harness, "снаб");
    wait_rows(&mut harness, "what was searched for", 1);
    drop(harness);
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:counterparty");
    assert!(harness.query_by_role_and_label(Role::ColumnHeader, "ИНН").is_none(), "kept");
    until(&mut harness, "kept order", |harness| rows(harness).first().is_some_and(|row| row.contains("Техноснаб")));
}

#[test]
fn a_list_to_choose_from_is_limited_and_gives_what_was_chosen() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    let contract = registry::by_code("contract").unwrap().meta();
    let owner = world.find("counterparty", "C2");
    let limits = Choices::owned("counterparty", owner.id());
    let pick = Open::Choose(Some(contract), AnyRef::EMPTY, limits);
    harness.state_mut().0.request(Request::Pick(pick, "token".to_owned()));
    harness.run_ok();
    until(&mut harness, "the contracts of one", |harness| {
        let rows = rows(harness);
        !rows.is_empty() && rows.iter().all(|row| row.contains("Ёлкина"))
    });
    assert!(harness.query_by_label("Отбор: Контрагент: Ёлкина Анна Сергеевна").is_some());
    wait_focus(&mut harness, "Договоры");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the end of choosing", |harness| harness.query_by_label_contains("Отбор:").is_none());
}

#[test]
fn rows_are_moved_to_a_folder_chosen_in_the_tree() {
    let world = World::new();
    let (mut harness, cpu) = world.window(Theme::Light);
    open(&mut harness, "list:item");
    wait_rows(&mut harness, "the folder, the delivery, the lamp", 3);
    press(&mut harness, CTRL, Key::F9);
    type_text(&mut harness, "Свет");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_rows(&mut harness, "the new folder too", 4);
    let parent = |code: &str| {
        let session = world.session();
        let object = session.store.load(world.find("item", code)).unwrap().unwrap();
        object.by_name("parent").unwrap().any_ref()
    };
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::M);
    until(&mut harness, "the tree", |harness| harness.query_all_by_label("Номенклатура: группы").count() > 0);
    until(&mut harness, "its folders", |harness| rows(harness).iter().filter(|row| *row == "Свет").count() == 1);
    cpu.look(&harness, "folders");
    press(&mut harness, Modifiers::NONE, Key::End);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the move", |_| !parent("T3").is_empty());
    wait_rows(&mut harness, "two folders and the delivery", 3);
    let light = parent("T3");
    let session = world.session();
    assert_eq!(session.store.load(light).unwrap().unwrap().by_name("name"), Some("Свет".to_owned().value()));
}

#[test]
fn an_object_of_any_kind_is_chosen_in_two_steps() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    let kinds = ["goods_receipt", "customer_order"].map(|code| registry::by_code(code).unwrap().meta().tag);
    let pick = Open::Choose(None, AnyRef::EMPTY, Choices::kinds(&kinds));
    harness.state_mut().0.request(Request::Pick(pick, "token".to_owned()));
    harness.run_ok();
    wait_rows(&mut harness, "two kinds", 2);
    wait_focus(&mut harness, "Что выбрать");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_rows(&mut harness, "the only receipt or three orders", 3);
    wait_focus(&mut harness, "Заказы клиентов");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    wait_rows(&mut harness, "the end of choosing", 0);
}

#[test]
fn rows_are_copied_as_a_table() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:counterparty");
    wait_rows(&mut harness, "all", 5);
    press(&mut harness, CTRL, Key::A);
    harness.event(egui::Event::Copy);
    harness.step();
    let commands = &harness.output().platform_output.commands;
    let copied = commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert_eq!(copied.lines().count(), 6, "{copied}");
    assert!(copied.lines().next().unwrap().starts_with("Наименование\tИНН"), "{copied}");
    assert!(copied.contains("ООО «Ромашка»\t7707083893"), "{copied}");
}

#[test]
fn filters_are_reached_and_set_by_the_keyboard() {
    let world = World::new();
    let (mut harness, _) = world.window(Theme::Light);
    open(&mut harness, "list:customer_order");
    wait_rows(&mut harness, "all orders", 3);
    press(&mut harness, Modifiers::ALT, Key::F);
    let period = harness.get_by_label("Период: За все время");
    assert!(period.accesskit_node().is_focused(), "Alt+F goes to the filters");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert!(harness.query_by_label("Период: Эта неделя").is_some());
    wait_rows(&mut harness, "nothing this week", 0);
    // A reference is found by typing, as everywhere.
    press(&mut harness, Modifiers::NONE, Key::Enter);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    harness.get_by_role_and_label(Role::TextInput, "Менеджер").click();
    harness.run_ok();
    type_text(&mut harness, "петр");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "orders of the manager", |harness| {
        let rows = rows(harness);
        !rows.is_empty() && rows.iter().all(|row| row.contains("Петрова"))
    });
}

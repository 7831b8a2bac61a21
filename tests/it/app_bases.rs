//! Bases: copied and proved, made, opened in the place of one another within the window.

use crate::app_kit::{App, World, clock, until};
use crate::ui_kit::{press, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::text::{Lang, language};
use kontora::ops::check::check;
use kontora::ops::copy::{Step, copy};
use kontora::ops::gate::Session;
use kontora::ui::app::launch::{Launch, Wanted, Work};
use kontora::ui::app::lobby::Lobby;
use kontora::ui::app::opened::Opened;
use kontora::ui::app::switch::Switch;
use kontora::ui::shell::Shell;
use kontora::ui::shell::host::Host;
use kontora::ui::shell::page::Open;
use std::path::Path;
use std::rc::Rc;

/// A window over a host.
fn shown(host: Box<dyn Host>, theme: Theme) -> (Harness<'static, App>, crate::ui_kit::Cpu) {
    let (builder, cpu) = window(vec2(1_360.0, 800.0), theme);
    let shell = Shell::new(host);
    let mut harness = builder.build_eframe(|_| App(shell));
    harness.run_ok();
    (harness, cpu)
}

/// The program on a base of a small world, among the bases of a folder.
fn launched(world: &World, folder: &Path) -> (Harness<'static, App>, Rc<Launch>, crate::ui_kit::Cpu) {
    let launch = Rc::new(Launch::at(folder, folder, &clock()));
    let opened = Opened::open(world.path(), &clock(), launch.waker()).unwrap();
    let host = Switch::new(Rc::clone(&launch)).begin(opened);
    let (harness, cpu) = shown(Box::new(host), Theme::Light);
    (harness, launch, cpu)
}

fn title(harness: &mut Harness<'static, App>) -> String {
    harness.state_mut().0.host().title()
}

#[test]
fn a_copy_is_proved_and_a_stopped_one_leaves_nothing() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("copy.kontora");
    let stopped = copy(world.path(), &to, AnyRef::EMPTY, &clock(), &mut |step| !matches!(step, Step::Proving(2, _)));
    assert!(stopped.is_err());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing half done is left");
    let (mut written, mut proved) = (0, 0);
    copy(world.path(), &to, AnyRef::EMPTY, &clock(), &mut |step| {
        match step {
            Step::Writing(done, all) => written = done * 100 / all,
            Step::Proving(done, all) => proved = done * 100 / all,
        }
        true
    })
    .unwrap_or_else(|error| panic!("{}", error.sentence()));
    assert_eq!(written, 100);
    assert!(proved > 80, "{proved}");
    let session = Session::open(&to, clock()).unwrap();
    assert!(check(&session, &mut |_| true).unwrap().is_clean());
    let again = copy(world.path(), &to, AnyRef::EMPTY, &clock(), &mut |_| true);
    assert!(again.is_err(), "what is there is not written over");
}

#[test]
fn another_base_is_opened_in_the_same_window_and_pages_with_changes_are_asked_first() {
    let (one, other) = (World::new(), World::new());
    let folder = tempfile::tempdir().unwrap();
    let renamed = folder.path().join("other.kontora");
    std::fs::copy(other.path(), &renamed).unwrap();
    let (mut harness, launch, cpu) = launched(&one, folder.path());
    assert_eq!(title(&mut harness), "small — Контора");
    harness.state_mut().0.open(Open::Code("list:item".to_owned()));
    until(&mut harness, "a list", |harness| harness.state().0.pages().len() == 2);
    launch.add(&renamed);
    harness.state_mut().0.open(Open::Code("bases".to_owned()));
    until(&mut harness, "both bases", |harness| harness.query_all_by_role(Role::Row).count() == 2);
    cpu.look(&harness, "bases");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the other base", |harness| harness.query_by_label("other").is_some());
    assert_eq!(title(&mut harness), "other — Контора");
    assert_eq!(harness.state().0.pages(), [("start".to_owned(), true)], "pages of the one are gone");
    assert_eq!(launch.last().as_deref(), Some(renamed.as_path()), "the next start opens it");
    // Back again: what was open there is open once more.
    launch.want(Wanted::Open(one.path().to_owned()));
    until(&mut harness, "the first base", |harness| harness.query_by_label("small").is_some());
    let keys: Vec<String> = harness.state().0.pages().into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["start", "list:item", "bases"]);
    // A page with changes holds the window until it is answered.
    let item = one.find("item", "T3");
    harness.state_mut().0.open(Open::Object(item));
    until(&mut harness, "the form", |harness| harness.query_by_role_and_label(Role::TextInput, "Артикул").is_some());
    harness.get_by_role_and_label(Role::TextInput, "Артикул").click();
    harness.run_ok();
    crate::ui_kit::type_text(&mut harness, "Л-301");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    launch.want(Wanted::Open(renamed));
    until(&mut harness, "the question", |harness| harness.query_all_by_label("Несохранённые изменения").count() > 0);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(title(&mut harness), "small — Контора", "thought better of it");
}

#[test]
fn a_window_without_a_base_makes_one_and_opens_it() {
    let folder = tempfile::tempdir().unwrap();
    let launch = Rc::new(Launch::at(folder.path(), folder.path(), &clock()));
    let (mut harness, cpu) = shown(Box::new(Lobby::telling(Rc::clone(&launch), "Базы нет".to_owned())), Theme::Dark);
    assert!(harness.query_by_label("Базы нет").is_some(), "why nothing is open");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "the empty list", |harness| harness.query_by_label_contains("Баз пока нет").is_some());
    cpu.look(&harness, "lobby");
    let path = folder.path().join("new.kontora");
    assert!(launch.begin(Work::New(path.clone(), "simplified_5".to_owned())).unwrap());
    assert!(!launch.begin(Work::New(path.clone(), String::new())).unwrap(), "one after the other");
    until(&mut harness, "the new base", |harness| harness.query_by_label_contains("Последние документы").is_some());
    assert_eq!(title(&mut harness), "new — Контора");
    let session = Session::open(&path, clock()).unwrap();
    assert!(check(&session, &mut |_| true).unwrap().is_clean());
}

/// Puts words into a field of the page.
fn fill(harness: &mut Harness<'static, App>, label: &str, words: &str) {
    harness.get_by_role_and_label(Role::TextInput, label).click();
    harness.run_ok();
    press(harness, Modifiers::CTRL, Key::A);
    crate::ui_kit::type_text(harness, words);
}

#[test]
fn a_base_is_moved_to_a_server_and_a_shared_base_is_entered_from_its_page() {
    let Some(server) = crate::server::server() else { return };
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, launch, cpu) = launched(&world, folder.path());
    harness.state_mut().0.open(Open::Code("server".to_owned()));
    harness.run_ok();
    press(&mut harness, Modifiers::CTRL, Key::Enter);
    assert!(harness.query_by_label_contains("Заполните поле «Сервер»").is_some());
    let address = server.address("carried");
    let place = address.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
    fill(&mut harness, "Сервер", &place);
    fill(&mut harness, "База данных", "nowhere");
    fill(&mut harness, "Пользователь", "kontora");
    press(&mut harness, Modifiers::CTRL, Key::Enter);
    let missing = "на сервере нет. Проверьте имя или создайте ее";
    until(&mut harness, "what is wrong", |harness| harness.query_by_label_contains(missing).is_some());
    cpu.look(&harness, "server");
    let to = std::path::PathBuf::from(&address);
    assert!(launch.begin(Work::Move { from: world.path().to_owned(), to }).unwrap());
    until(&mut harness, "the shared base", |harness| harness.query_by_label("carried").is_some());
    assert_eq!(title(&mut harness), "carried — Контора");
    let shared = Session::open(kontora::store::address::Address::named(&address), clock()).unwrap();
    assert!(check(&shared, &mut |_| true).unwrap().is_clean());
    assert_eq!(launch.last().as_deref(), Some(Path::new(&address)));
}

/// The language is one for the whole process: this test is run in a process of its own.
#[test]
#[ignore = "run by the_language_is_changed_within_the_window"]
fn language_alone() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _, cpu) = launched(&world, folder.path());
    harness.state_mut().0.open(Open::Code("options".to_owned()));
    harness.run_ok();
    cpu.look(&harness, "options");
    harness.get_by_role_and_label(Role::Button, "English").click();
    until(&mut harness, "English", |harness| harness.query_by_role_and_label(Role::Button, "Sales").is_some());
    assert_eq!(language(), Lang::En);
    let keys: Vec<String> = harness.state().0.pages().into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["start", "options"], "what was open is open again");
    drop(harness);
    let (mut harness, _, _) = launched(&world, folder.path());
    assert!(harness.query_by_role_and_label(Role::Button, "Sales").is_some(), "kept");
    assert_eq!(title(&mut harness), "small — Kontora");
}

#[test]
fn the_language_is_changed_within_the_window() {
    let program = std::env::current_exe().unwrap();
    let args = ["--exact", "app_bases::language_alone", "--ignored"];
    let out = std::process::Command::new(program).args(args).output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success() && said.contains("1 passed"), "{said}");
}

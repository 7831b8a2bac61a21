//! Backups in the window: made by themselves and by hand, shown, restored in the place of the open base.

use crate::app_kit::{App, World, clock, until};
use crate::ui_kit::{press, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use kontora::ops::backup::rules::{Rules, last};
use kontora::ops::backup::{list, make};
use kontora::ops::gate::{Op, Session};
use kontora::ops::load::load;
use kontora::ui::app::launch::Launch;
use kontora::ui::app::opened::Opened;
use kontora::ui::app::switch::Switch;
use kontora::ui::shell::Shell;
use kontora::ui::shell::page::Open;
use std::path::Path;
use std::rc::Rc;

fn launched(world: &World, folder: &Path) -> (Harness<'static, App>, crate::ui_kit::Cpu) {
    let launch = Rc::new(Launch::at(folder, folder, &clock()));
    let opened = Opened::open(world.path(), &clock(), launch.waker()).unwrap();
    let host = Switch::new(launch).begin(opened);
    let (builder, cpu) = window(vec2(1_360.0, 800.0), Theme::Light);
    let shell = Shell::new(Box::new(host));
    let mut harness = builder.build_eframe(|_| App(shell));
    harness.step();
    (harness, cpu)
}

fn rows(harness: &Harness<'static, App>) -> usize {
    harness.query_all_by_role(Role::Row).count()
}

#[test]
fn a_backup_is_made_by_itself_at_the_start_of_the_day() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _cpu) = launched(&world, folder.path());
    until(&mut harness, "the backup", |_| !last(&world.session().store).unwrap().is_empty());
    assert_eq!(list(&world.session()).unwrap().len(), 1);
    drop(harness);
    // The second start of the day makes none.
    let (mut harness, _cpu) = launched(&world, folder.path());
    harness.state_mut().0.open(Open::Code("backups".to_owned()));
    until(&mut harness, "the list", |harness| rows(harness) == 1);
    assert_eq!(list(&world.session()).unwrap().len(), 1);
}

#[test]
fn a_base_without_backups_warns_and_one_is_made_by_hand() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let rules = Rules { hours: -1, ..Rules::default() };
    world.session().run(Op::Settings, |tx| rules.keep(tx.store)).unwrap();
    let (mut harness, cpu) = launched(&world, folder.path());
    until(&mut harness, "the warning", |harness| harness.query_by_label("Копии нет").is_some());
    harness.get_by_label("Копии нет").click();
    until(&mut harness, "the page", |harness| harness.query_by_label_contains("Копий пока нет").is_some());
    press(&mut harness, Modifiers::NONE, Key::Insert);
    until(&mut harness, "the backup", |harness| rows(harness) == 1);
    cpu.look(&harness, "backups");
    assert!(!last(&world.session().store).unwrap().is_empty());
}

#[test]
fn a_backup_takes_the_place_of_the_open_base_which_is_kept() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let rules = Rules { hours: -1, ..Rules::default() };
    let session = world.session();
    session.run(Op::Settings, |tx| rules.keep(tx.store)).unwrap();
    make(&session, &mut |_| true).unwrap();
    let line = "{\"type\":\"item\",\"code\":\"Z9\",\"name\":\"Лишнее\"}\n";
    assert!(load(&session, line, &mut |_| true).is_ok());
    drop(session);
    let (mut harness, cpu) = launched(&world, folder.path());
    harness.state_mut().0.open(Open::Code("backups".to_owned()));
    until(&mut harness, "the list", |harness| rows(harness) == 1);
    press(&mut harness, Modifiers::NONE, Key::F2);
    until(&mut harness, "what is inside", |harness| harness.query_by_label_contains("Копия проверена").is_some());
    cpu.look(&harness, "restore");
    harness.get_by_role_and_label(Role::Button, "Заменить").click();
    let is_back = |_: &Harness<'static, App>| {
        Session::read(world.path(), clock()).is_ok_and(|session| {
            let item = kontora::domain::registry::by_code("item").unwrap().meta();
            session.store.with_code(item, "Z9").is_ok_and(|found| found.is_empty())
        })
    };
    until(&mut harness, "the base as it was", is_back);
    until(&mut harness, "the base in the window", |harness| harness.query_by_label("small").is_some());
    let kept = std::fs::read_dir(world.path().parent().unwrap()).unwrap().flatten();
    let kept: Vec<_> = kept.filter(|entry| entry.file_name().to_string_lossy().contains("replaced")).collect();
    assert_eq!(kept.iter().filter(|entry| entry.path().is_file()).count(), 1);
}

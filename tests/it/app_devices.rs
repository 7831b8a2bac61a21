//! The device bench in the window: a training device is added, tried and kept; its trouble is said with a remedy.

use crate::app_kit::{App, World, clock, until};
use crate::ui_kit::{press, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use kontora::devices::settings::{Address, DeviceSettings, KindName};
use kontora::ui::app::devices::Devices;
use kontora::ui::app::launch::Launch;
use kontora::ui::app::opened::Opened;
use kontora::ui::app::switch::Switch;
use kontora::ui::shell::Shell;
use kontora::ui::shell::page::Open;
use std::path::Path;
use std::rc::Rc;

/// The program with the devices of a folder, on a page.
pub fn launched(world: &World, folder: &Path, page: &str) -> (Harness<'static, App>, crate::ui_kit::Cpu, Rc<Devices>) {
    let launch = Rc::new(Launch::at(folder, folder, &clock()));
    let devices = launch.devices();
    let opened = Opened::open(world.path(), &clock(), launch.waker()).unwrap();
    let host = Switch::new(launch).begin(opened);
    let (builder, cpu) = window(vec2(1_360.0, 800.0), Theme::Light);
    let shell = Shell::new(Box::new(host));
    let mut harness = builder.build_eframe(|_| App(shell));
    harness.state_mut().0.open(Open::Code(page.to_owned()));
    harness.step();
    (harness, cpu, devices)
}

/// A training device of a kind.
pub fn training(kind: KindName) -> DeviceSettings {
    let (id, name) = ("t1".to_owned(), "Пробный".to_owned());
    DeviceSettings { id, name, on: true, address: Address::Training, kind: kind.usual() }
}

fn said(harness: &Harness<'static, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_training_printer_is_added_tried_and_kept() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, cpu, devices) = launched(&world, folder.path(), "devices");
    until(&mut harness, "the empty bench", |harness| said(harness, "Устройств нет"));
    press(&mut harness, Modifiers::NONE, Key::Insert);
    until(&mut harness, "where it is", |harness| said(harness, "Учебное устройство"));
    // Behind everything that is plugged into this computer, before a keyboard, the network and a queue.
    for _ in 0..5 {
        press(&mut harness, Modifiers::NONE, Key::PageDown);
    }
    for _ in 0..3 {
        press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    }
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "what it is", |harness| said(harness, "Принтер чеков"));
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    until(&mut harness, "its page", |harness| said(harness, "Номер таблицы букв"));
    cpu.look(&harness, "device");
    press(&mut harness, Modifiers::CTRL, Key::Enter);
    until(&mut harness, "the lamp", |harness| said(harness, "готово"));
    assert_eq!(devices.settings().len(), 1);
    harness.get_by_role_and_label(Role::Button, "Тест").click();
    until(&mut harness, "the sheet", |harness| said(harness, "Напечатано"));
    harness.get_by_role_and_label(Role::Button, "Окно учебного устройства").click();
    until(&mut harness, "the roll", |harness| said(harness, "УЧЕБНЫЙ - не настоящее устройство"));
    harness.get_by_role_and_label(Role::Button, "Кончилась бумага").click();
    until(&mut harness, "the remedy", |harness| said(harness, "вставьте новый рулон"));
    cpu.look(&harness, "devices");
    let file = folder.path().join("devices.json");
    until(&mut harness, "the file", |_| file.is_file());
    drop(harness);
    let kept = Devices::at(folder.path(), &clock(), devices.waker());
    assert_eq!(kept.settings(), devices.settings());
}

#[test]
fn every_training_device_shows_its_window_and_every_kind_has_a_page() {
    let world = World::new();
    for kind in KindName::ALL {
        let folder = tempfile::tempdir().unwrap();
        let (mut harness, cpu, devices) = launched(&world, folder.path(), "devices");
        devices.put(training(kind));
        devices.toggle_window("t1");
        until(&mut harness, "the window", |harness| said(harness, "УЧЕБНЫЙ - не настоящее устройство"));
        cpu.look(&harness, &format!("training {kind:?}"));
        devices.toggle_window("t1");
        press(&mut harness, Modifiers::NONE, Key::F2);
        until(&mut harness, "the page", |harness| said(harness, "Где устройство"));
        press(&mut harness, Modifiers::CTRL, Key::Enter);
        until(&mut harness, "the bench", |harness| said(harness, "настроено"));
        assert_eq!(devices.settings(), [training(kind)], "nothing changed by looking at it");
    }
}

#[test]
fn a_damaged_file_is_said_and_kept_beside() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("devices.json"), "[{]").unwrap();
    let (mut harness, _cpu, _devices) = launched(&world, folder.path(), "devices");
    until(&mut harness, "what is wrong", |harness| said(harness, "поврежден"));
    assert!(folder.path().join("devices.json.bad").is_file());
}

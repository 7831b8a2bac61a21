//! Scans in the window: they go to the page in front, and a scanner that acts as a keyboard leaves nothing in a field.

use crate::app_devices::{launched, training};
use crate::app_kit::{App, World, until};
use crate::ui_kit::press;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use kontora::devices::settings::{Address, DeviceSettings, Kind, KindName, ScannerSettings};
use kontora::devices::training::played::Played;
use kontora::ops::scanned::document_code;
use kontora::ui::app::devices::Devices;
use kontora::ui::app::pages::link;

/// The code of «Чайник «Буран»».
const KETTLE: &str = "4006381333931";

/// Puts a code before the training scanner, when its thread has reached it.
fn scan(harness: &mut Harness<'static, App>, devices: &Devices, code: &str) {
    until(harness, "the scanner", |_| devices.manager().training("t1").is_some());
    devices.manager().training("t1").unwrap().change(|played| {
        if let Played::Scanner(scanner) = played {
            scanner.scan(code.as_bytes());
        }
    });
}

fn said(harness: &Harness<'static, App>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

fn front(harness: &Harness<'static, App>) -> String {
    let pages = harness.state().0.pages();
    pages.into_iter().find(|(_, front)| *front).map(|(key, _)| key).unwrap_or_default()
}

#[test]
fn a_code_goes_to_its_item_in_the_list_and_a_printed_code_opens_its_document() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _cpu, devices) = launched(&world, folder.path(), "list:item");
    devices.put(training(KindName::Scanner));
    until(&mut harness, "the list", |harness| said(harness, "Кухня"));
    assert!(!said(&harness, "Чайник"), "it lies in a folder");
    scan(&mut harness, &devices, KETTLE);
    until(&mut harness, "the item", |harness| said(harness, "Чайник"));
    assert_eq!(front(&harness), "list:item");
    let order = world.find("customer_order", "O-1");
    scan(&mut harness, &devices, &document_code(order));
    let key = format!("object:customer_order:{}", order.id());
    until(&mut harness, "the order", |harness| front(harness) == key);
}

#[test]
fn goods_are_counted_in_a_document_and_an_unknown_code_is_bound() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let page = link(world.find("customer_order", "O-3")).unwrap();
    let (mut harness, cpu, devices) = launched(&world, folder.path(), &page);
    let counting = ScannerSettings { repeats_ms: 0, ..ScannerSettings::default() };
    devices.put(DeviceSettings { kind: Kind::Scanner(counting), ..training(KindName::Scanner) });
    until(&mut harness, "the order", |harness| said(harness, "Лампа настольная"));
    for _ in 0..3 {
        scan(&mut harness, &devices, KETTLE);
    }
    until(&mut harness, "three kettles", |harness| said(harness, "Чайник «Буран»: 3"));
    cpu.look(&harness, "scanned order");
    // A code read wrong is not offered to be bound.
    scan(&mut harness, &devices, "4006381333932");
    until(&mut harness, "the doubt", |harness| said(harness, "контрольная цифра не сходится"));
    scan(&mut harness, &devices, "4607001234562");
    until(&mut harness, "the question", |harness| said(harness, "Неизвестный код"));
    harness.get_by_role_and_label(Role::Button, "Привязать к товару").click();
    until(&mut harness, "the items", |harness| said(harness, "Кухня"));
    // A code chooses in a list to choose from.
    scan(&mut harness, &devices, KETTLE);
    until(&mut harness, "the bond", |harness| said(harness, "привязан к товару"));
    scan(&mut harness, &devices, "4607001234562");
    until(&mut harness, "four kettles", |harness| said(harness, "Чайник «Буран»: 4"));
}

/// The keys of a code as a scanner presses them while the system is on the Russian layout.
fn keys(harness: &Harness<'static, App>, code: &str) {
    let stroke = |key: Key, typed: Option<String>| {
        let modifiers = Modifiers::NONE;
        let event = |pressed| Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers };
        harness.event(event(true));
        if let Some(typed) = typed {
            harness.event(Event::Text(typed));
        }
        harness.event(event(false));
    };
    stroke(Key::F7, None);
    for letter in code.chars() {
        let typed = if letter == 'K' { "Л".to_owned() } else { letter.to_string() };
        stroke(Key::from_name(&letter.to_string()).unwrap(), Some(typed));
    }
    stroke(Key::Enter, None);
}

#[test]
fn a_scanner_that_acts_as_a_keyboard_leaves_nothing_in_the_field() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let (mut harness, _cpu, devices) = launched(&world, folder.path(), "list:item");
    let scanner = ScannerSettings { prefix: "F7".to_owned(), ..ScannerSettings::default() };
    let (address, kind) = (Address::Keyboard, Kind::Scanner(scanner));
    devices.put(DeviceSettings { address, kind, ..training(KindName::Scanner) });
    until(&mut harness, "the list", |harness| said(harness, "Кухня"));
    press(&mut harness, Modifiers::CTRL, Key::F);
    harness.run_ok();
    let typed = |harness: &Harness<'static, App>| {
        let fields = harness.query_all_by_role(Role::TextInput);
        fields.filter_map(|field| field.value()).collect::<Vec<String>>().concat()
    };
    let before = typed(&harness);
    for _ in 0..20 {
        keys(&harness, KETTLE);
    }
    let count = |devices: &Devices| devices.manager().view("t1").map_or(0, |view| view.events);
    until(&mut harness, "twenty scans", |_| count(&devices) == 20);
    assert_eq!(typed(&harness), before);
    until(&mut harness, "the item", |harness| said(harness, "Чайник"));
}

//! Scans and typing mixed, as the window gets them: on a Russian layout, at the speed of scanners and of people.

use super::WedgePlugin;
use crate::devices::settings::{Address, DeviceSettings, Kind, ScannerSettings};
use egui::{Event, Key, Modifiers};

fn plugin(prefix: &str) -> WedgePlugin {
    let scanner = ScannerSettings { prefix: prefix.to_owned(), ..ScannerSettings::default() };
    let device = DeviceSettings {
        id: "1".to_owned(),
        name: "Сканер".to_owned(),
        on: true,
        address: Address::Keyboard,
        kind: Kind::Scanner(scanner),
    };
    let mut plugin = WedgePlugin::default();
    plugin.set(Some(device));
    plugin
}

/// A key as the window gets it on a Russian layout: the place of the key, and the Cyrillic letter it types.
fn key(key: Key, typed: Option<&str>) -> Vec<Event> {
    let event =
        |pressed| Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers: Modifiers::NONE };
    let text = typed.map(|text| Event::Text(text.to_owned()));
    [event(true)].into_iter().chain(text).chain([event(false)]).collect()
}

fn digits(code: &str) -> Vec<Vec<Event>> {
    code.chars().map(|digit| key(Key::from_name(&digit.to_string()).unwrap(), Some(&digit.to_string()))).collect()
}

fn texts(events: &[Event]) -> String {
    events.iter().filter_map(|event| if let Event::Text(text) = event { Some(text.as_str()) } else { None }).collect()
}

/// Plays keys at moments, with idle frames between; gives what reached the fields and what was scanned.
fn play(plugin: &mut WedgePlugin, keys: Vec<(u64, Vec<Event>)>) -> (String, Vec<String>) {
    let mut seen = String::new();
    let mut last = 0;
    for (at, events) in keys {
        for idle in (last + 10..at).step_by(10) {
            seen.push_str(&texts(&plugin.filter(Vec::new(), idle)));
        }
        last = at;
        seen.push_str(&texts(&plugin.filter(events, at)));
    }
    for idle in 1..60 {
        seen.push_str(&texts(&plugin.filter(Vec::new(), last + idle * 10)));
    }
    (seen, std::mem::take(&mut plugin.scans).iter().map(|scan| scan.text()).collect())
}

#[test]
fn twenty_scans_a_second_lose_nothing_and_leave_nothing() {
    for prefix in ["", "F7"] {
        let mut plugin = plugin(prefix);
        let mut keys = Vec::new();
        for scan in 0..100u64 {
            let mut one = Vec::new();
            if !prefix.is_empty() {
                one.push(key(Key::F7, None));
            }
            one.extend(digits("4006381333931"));
            one.push(key(Key::Enter, None));
            let step = 50_000 / u64::try_from(one.len() + 1).unwrap();
            let moments = (0u64..).map(|at| (scan * 50_000 + at * step) / 1000);
            keys.extend(moments.zip(one));
        }
        let (seen, scans) = play(&mut plugin, keys);
        assert_eq!((seen.as_str(), scans.len()), ("", 100), "prefix {prefix}");
        assert!(scans.iter().all(|scan| scan == "4006381333931"));
    }
}

#[test]
fn letters_are_read_by_their_places_whatever_the_layout_types() {
    let mut plugin = plugin("F7");
    let places = [(Key::F7, None), (Key::K, Some("л")), (Key::T, Some("е")), (Key::Num0, Some("0"))];
    let mut keys: Vec<(u64, Vec<Event>)> =
        (0u64..).zip(places).map(|(at, (place, typed))| (at * 3, key(place, typed))).collect();
    keys.push((15, key(Key::Enter, None)));
    assert_eq!(play(&mut plugin, keys), (String::new(), vec!["kt0".to_owned()]));
}

#[test]
fn what_a_person_types_arrives_whole_and_in_order() {
    let mut plugin = plugin("");
    let words = [(Key::H, "р"), (Key::E, "у"), (Key::L, "д"), (Key::Num1, "1"), (Key::Num2, "2"), (Key::Space, " ")];
    for pause in [60u64, 90, 200] {
        let keys = (0u64..).zip(words).map(|(at, (place, typed))| (at * pause, key(place, Some(typed)))).collect();
        assert_eq!(play(&mut plugin, keys), ("руд12 ".to_owned(), Vec::new()), "{pause} ms a key");
    }
    // Fast, but no code: it comes out a moment later.
    let keys = (0u64..).zip(words).map(|(at, (place, typed))| (at * 8, key(place, Some(typed)))).collect();
    assert_eq!(play(&mut plugin, keys), ("руд12 ".to_owned(), Vec::new()));
}

#[test]
fn a_slow_frame_does_not_tear_a_scan_apart() {
    let mut plugin = plugin("");
    let code = digits("4006381333931");
    let mut seen = Vec::new();
    // Frames of 200 milliseconds: the keys of a scan come in three of them.
    for (frame, keys) in (1u64..).zip(code.chunks(5)) {
        plugin.busy_ms = 110;
        seen.extend(plugin.filter(keys.concat(), frame * 200));
    }
    plugin.busy_ms = 110;
    seen.extend(plugin.filter(key(Key::Enter, None), 800));
    assert_eq!((texts(&seen).as_str(), plugin.scans.len()), ("", 1));
}

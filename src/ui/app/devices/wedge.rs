//! Scanners that act as keyboards, told from typing before any field sees a key: by physical keys, so that the
//! layout does not matter, and by their speed.
//!
//! The system gives keys without their time: they are known to the frame only. So the time a frame took is taken
//! out of the pauses, and held keys are let go only after a frame in which nothing came.

use super::Devices;
use crate::devices::proto::codes::likeness;
use crate::devices::proto::scanner::keys::{PhysicalKey, Press};
use crate::devices::proto::scanner::scan::{Scan, ScanSettings};
use crate::devices::proto::scanner::wedge::{Verdict, Wedge, WedgeSettings};
use crate::devices::settings::{Address, DeviceSettings, Kind};
use crate::kernel::clock::steady_ms;
use egui::{Context, Event, Key, Modifiers, Plugin, RawInput, Ui};
use std::collections::BTreeMap;
use std::time::Duration;

/// Keys told from typing, and scans that were found.
#[derive(Default)]
pub struct WedgePlugin {
    settings: Option<(DeviceSettings, WedgeSettings, ScanSettings)>,
    wedge: Option<Wedge<u64>>,
    /// Events of keys that are held back, by the number of the key.
    kept: BTreeMap<u64, Vec<Event>>,
    /// Releases of keys that are held back.
    releases: Vec<Event>,
    next: u64,
    /// The key pressed last, while it is held back.
    last: Option<u64>,
    /// A clock that stands still while a frame is worked on.
    now_ms: u64,
    seen_ms: u64,
    busy_ms: u64,
    scans: Vec<Scan>,
}

impl WedgePlugin {
    /// Tells it which scanner acts as a keyboard here, and takes its scans to the devices.
    pub fn serve(ctx: &Context, devices: &Devices) {
        let keyboard = devices.settings().into_iter().find(|device| device.on && device.address == Address::Keyboard);
        let found = ctx.with_plugin(|plugin: &mut Self| {
            plugin.set(keyboard);
            let id = plugin.settings.as_ref().map(|(device, ..)| device.id.clone());
            (id, std::mem::take(&mut plugin.scans))
        });
        if let Some((Some(id), scans)) = found {
            for scan in scans {
                devices.manager().scanned(&id, scan);
            }
        }
    }

    fn set(&mut self, keyboard: Option<DeviceSettings>) {
        let now = self.settings.as_ref().map(|(device, ..)| device);
        if now == keyboard.as_ref() {
            return;
        }
        self.settings = keyboard.and_then(|device| match &device.kind {
            Kind::Scanner(scanner) => {
                let (wedge, additions) = (scanner.wedge(), scanner.additions());
                // Prefix and suffix are keys here and have been taken off.
                let additions = ScanSettings { prefix: Vec::new(), suffix: Vec::new(), ..additions };
                Some((device, wedge, additions))
            }
            _ => None,
        });
        let wedge = self.settings.as_ref().map(|(_, wedge, _)| Wedge::new(wedge.clone(), likeness));
        self.wedge = wedge;
    }

    /// Lets events through, holds them back, or finds scans in them.
    pub fn filter(&mut self, events: Vec<Event>, real_ms: u64) -> Vec<Event> {
        let Some(mut wedge) = self.wedge.take() else { return events };
        let passed = real_ms.saturating_sub(self.seen_ms);
        self.seen_ms = real_ms;
        // Painting follows the frame and takes about as long again.
        self.now_ms += passed.saturating_sub(self.busy_ms * 2);
        let mut out = Vec::new();
        let quiet = !events.iter().any(is_press);
        if quiet {
            let verdicts = wedge.tick(self.now_ms);
            self.settle(verdicts, &mut out);
        }
        for event in events {
            match &event {
                Event::Key { pressed: true, .. } => match press(&event) {
                    Some(press) => {
                        self.next += 1;
                        self.kept.insert(self.next, vec![event]);
                        self.last = Some(self.next);
                        let verdicts = wedge.press(press, self.next, self.now_ms);
                        self.settle(verdicts, &mut out);
                    }
                    None => out.push(event),
                },
                Event::Key { pressed: false, .. } if !self.kept.is_empty() => self.releases.push(event),
                // What a key typed follows it.
                Event::Text(_) => match self.last.and_then(|last| self.kept.get_mut(&last)) {
                    Some(kept) => kept.push(event),
                    None => out.push(event),
                },
                Event::WindowFocused(false) => {
                    let held = wedge.give_back();
                    self.settle(vec![Verdict::Replay(held)], &mut out);
                    out.push(event);
                }
                _ => out.push(event),
            }
        }
        self.wedge = Some(wedge);
        out
    }

    fn settle(&mut self, verdicts: Vec<Verdict<u64>>, out: &mut Vec<Event>) {
        for verdict in verdicts {
            match verdict {
                Verdict::Replay(keys) => {
                    for key in keys {
                        // A key that is let through at once is followed by its text in the same way.
                        out.extend(self.kept.remove(&key).unwrap_or_default());
                    }
                }
                Verdict::Scan { bytes, .. } => {
                    // Nothing of a scan reaches a field; its keys were never pressed.
                    self.kept.clear();
                    self.releases.clear();
                    let additions = self.settings.as_ref().map(|(.., additions)| additions.clone());
                    self.scans.push(Scan::new(&bytes, &additions.unwrap_or_default()));
                }
            }
        }
        if self.kept.is_empty() {
            out.append(&mut self.releases);
            self.last = None;
        }
    }

    /// In how many milliseconds held keys are to be looked at again.
    fn due_ms(&self) -> Option<u64> {
        let due = self.wedge.as_ref().and_then(Wedge::due_ms)?;
        Some(due.saturating_sub(self.now_ms) + 1)
    }
}

impl Plugin for WedgePlugin {
    fn debug_name(&self) -> &'static str {
        "keyboard scanner"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let events = std::mem::take(&mut input.events);
        input.events = self.filter(events, steady_ms());
        if let Some(due) = self.due_ms() {
            ctx.request_repaint_after(Duration::from_millis(due));
        }
        if !self.scans.is_empty() {
            ctx.request_repaint();
        }
    }

    fn on_end_pass(&mut self, _: &mut Ui) {
        self.busy_ms = steady_ms().saturating_sub(self.seen_ms);
    }
}

fn is_press(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. })
}

/// A key pressed as a scanner may have; `None` for keys that type nothing and belong to others: Shift and the like.
fn press(event: &Event) -> Option<Press> {
    let Event::Key { key, physical_key, repeat, modifiers, .. } = event else { return None };
    let key = place_of(physical_key.unwrap_or(*key), *modifiers)?;
    let Modifiers { alt, ctrl, shift, command, .. } = *modifiers;
    Some(Press { key, shift, control: ctrl || command, alt, repeat: *repeat, typed: None })
}

/// The place of a key on the keyboard.
fn place_of(key: Key, modifiers: Modifiers) -> Option<PhysicalKey> {
    let name = key.name();
    let mut letters = name.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        if letter.is_ascii_alphabetic() {
            return Some(PhysicalKey::Letter(letter.to_ascii_uppercase()));
        }
        if let Some(digit) = letter.to_digit(10).and_then(|digit| u8::try_from(digit).ok()) {
            // Digits with Alt are those of the numeric pad: they name a byte.
            return Some(if modifiers.alt { PhysicalKey::Pad(digit) } else { PhysicalKey::Digit(digit) });
        }
    }
    if let Some(number) = name.strip_prefix('F').and_then(|number| number.parse().ok()) {
        return Some(PhysicalKey::Function(number));
    }
    Some(match key {
        Key::Space => PhysicalKey::Sign(' '),
        Key::Minus => PhysicalKey::Sign('-'),
        Key::Equals => PhysicalKey::Sign('='),
        Key::OpenBracket => PhysicalKey::Sign('['),
        Key::CloseBracket => PhysicalKey::Sign(']'),
        Key::Backslash | Key::Pipe => PhysicalKey::Sign('\\'),
        Key::Semicolon | Key::Colon => PhysicalKey::Sign(';'),
        Key::Quote => PhysicalKey::Sign('\''),
        Key::Backtick => PhysicalKey::Sign('`'),
        Key::Comma => PhysicalKey::Sign(','),
        Key::Period => PhysicalKey::Sign('.'),
        Key::Slash | Key::Questionmark => PhysicalKey::Sign('/'),
        Key::Plus => PhysicalKey::PadSign('+'),
        Key::Enter => PhysicalKey::Enter,
        Key::Tab => PhysicalKey::Tab,
        // Held keys like Shift come as keys of their own.
        key if name.contains("Shift") || name.contains("Ctrl") || name.contains("Control") || name.contains("Alt") => {
            let _ = key;
            return None;
        }
        _ => PhysicalKey::Other,
    })
}

#[cfg(test)]
mod tests;

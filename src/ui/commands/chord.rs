//! A key with its modifiers: matched exactly, shown as it is written on the keyboard.
//!
//! Letters are matched by the place of the key where the layout gives none (Cyrillic): winit falls back
//! to the physical key by itself, so `Ctrl+S` is `Ctrl+Ы`. Keys that write a sign of their own in either
//! layout (comma, full stop, slash) are never bound.

use egui::{Event, InputState, Key, Modifiers};

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chord {
    /// The key.
    pub key: Key,
    ctrl: bool,
    shift: bool,
    alt: bool,
}

impl Chord {
    /// The key alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false, shift: false, alt: false }
    }
    /// With Ctrl.
    pub const fn ctrl(key: Key) -> Self {
        Self { ctrl: true, ..Self::plain(key) }
    }
    /// With Shift.
    pub const fn shift(key: Key) -> Self {
        Self { shift: true, ..Self::plain(key) }
    }
    /// With Alt.
    pub const fn alt(key: Key) -> Self {
        Self { alt: true, ..Self::plain(key) }
    }
    /// With Ctrl and Shift.
    pub const fn ctrl_shift(key: Key) -> Self {
        Self { ctrl: true, shift: true, ..Self::plain(key) }
    }
    /// With Ctrl and Alt.
    pub const fn ctrl_alt(key: Key) -> Self {
        Self { ctrl: true, alt: true, ..Self::plain(key) }
    }
    /// With Shift and Alt.
    pub const fn shift_alt(key: Key) -> Self {
        Self { shift: true, alt: true, ..Self::plain(key) }
    }

    /// The modifiers as egui knows them.
    pub fn modifiers(self) -> Modifiers {
        Modifiers { alt: self.alt, ctrl: self.ctrl, shift: self.shift, mac_cmd: false, command: self.ctrl }
    }

    /// True for exactly this key with exactly these modifiers; one that is held too many does not match.
    fn matches(self, key: Key, modifiers: Modifiers) -> bool {
        let ctrl = modifiers.ctrl || modifiers.command;
        self.key == key && self.ctrl == ctrl && self.shift == modifiers.shift && self.alt == modifiers.alt
    }

    /// True when it was pressed since the last frame; the key press is then used up.
    pub fn take(self, input: &mut InputState) -> bool {
        self.times(input) > 0
    }

    /// How often it was pressed since the last frame; the presses are then used up.
    pub fn times(self, input: &mut InputState) -> usize {
        let before = input.events.len();
        input.events.retain(|event| match event {
            Event::Key { key, modifiers, pressed: true, .. } => !self.matches(*key, *modifiers),
            // Windows turns this key into a cut before the program sees it.
            Event::Cut => self != Self::shift(Key::Delete),
            _ => true,
        });
        let times = before - input.events.len();
        // Alt with a letter also writes the letter; the command has been given, nothing is to be typed.
        if times > 0 && (self.alt || self.key == Key::Space) {
            input.events.retain(|event| !matches!(event, Event::Text(_)));
        }
        times
    }

    /// True when it was pressed since the last frame; the press stays for others.
    pub fn pressed(self, input: &InputState) -> bool {
        input.events.iter().any(
            |event| matches!(event, Event::Key { key, modifiers, pressed: true, .. } if self.matches(*key, *modifiers)),
        )
    }

    /// As written on the keyboard: `Ctrl+Shift+F4`.
    pub fn show(self) -> String {
        let mut out = String::new();
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")] {
            if held {
                out.push_str(name);
            }
        }
        out.push_str(match self.key {
            Key::ArrowUp => "↑",
            Key::ArrowDown => "↓",
            Key::ArrowLeft => "←",
            Key::ArrowRight => "→",
            Key::Insert => "Ins",
            Key::Delete => "Del",
            Key::Escape => "Esc",
            Key::PageUp => "PgUp",
            Key::PageDown => "PgDn",
            Key::Num0 => "0",
            key => key.symbol_or_name(),
        });
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Chord;
    use egui::{Event, InputState, Key, Modifiers};

    fn input(key: Key, modifiers: Modifiers) -> InputState {
        let mut input = InputState::default();
        input.events.push(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
        input
    }

    #[test]
    fn a_chord_with_more_modifiers_is_another_chord() {
        let mut pressed = input(Key::ArrowDown, Modifiers::SHIFT);
        assert!(!Chord::plain(Key::ArrowDown).take(&mut pressed));
        assert!(Chord::shift(Key::ArrowDown).take(&mut pressed));
        assert!(!Chord::shift(Key::ArrowDown).take(&mut pressed), "a press is used up once");
    }

    #[test]
    fn an_alt_letter_types_nothing() {
        let mut pressed = input(Key::F, Modifiers::ALT);
        pressed.events.push(Event::Text("а".to_owned()));
        assert!(Chord::alt(Key::F).take(&mut pressed));
        assert!(pressed.events.is_empty());
    }

    #[test]
    fn keys_are_named_as_on_the_keyboard() {
        assert_eq!(Chord::ctrl_shift(Key::F4).show(), "Ctrl+Shift+F4");
        assert_eq!(Chord::shift_alt(Key::R).show(), "Shift+Alt+R");
        assert_eq!(Chord::plain(Key::Insert).show(), "Ins");
        assert_eq!(Chord::ctrl(Key::ArrowDown).show(), "Ctrl+↓");
    }
}

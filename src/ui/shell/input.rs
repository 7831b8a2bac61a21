//! Keys one at a time: what is typed after Enter belongs to the next field.
//!
//! A busy computer draws a frame after several keys were pressed. A field takes all letters of a frame,
//! so letters that follow Enter, Tab or a function key in the same frame would land in the field that is
//! being left. They are held back for the next frame.

use egui::{Event, Key, RawInput};

/// More held events than this are let through at once: the computer is too slow to be exact.
const MOST: usize = 400;

/// Holds back what belongs to the next frame.
#[derive(Debug, Default)]
pub struct OneAtATime {
    held: Vec<Event>,
}

fn decisive(event: &Event) -> bool {
    let Event::Key { key, pressed: true, .. } = event else { return false };
    matches!(key, Key::Enter | Key::Tab | Key::Escape | Key::Insert | Key::Delete)
        || (*key >= Key::F1 && *key <= Key::F12)
}

fn typed(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. } | Event::Text(_) | Event::Paste(_) | Event::Copy | Event::Cut)
}

impl OneAtATime {
    /// Cuts the input of a frame after the first key that may move the focus. True when something is held
    /// back: another frame is to be drawn.
    pub fn filter(&mut self, raw: &mut RawInput) -> bool {
        let mut events = std::mem::take(&mut self.held);
        events.append(&mut raw.events);
        let cut = events
            .iter()
            .position(decisive)
            .map(|at| at + 1)
            .filter(|at| events.len() <= MOST && events.get(*at..).is_some_and(|rest| rest.iter().any(typed)));
        if let Some(at) = cut {
            self.held = events.split_off(at);
        }
        raw.events = events;
        !self.held.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::OneAtATime;
    use egui::{Event, Key, Modifiers, RawInput};

    fn key(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    #[test]
    fn letters_after_enter_come_in_the_next_frame() {
        let mut filter = OneAtATime::default();
        let mut raw =
            RawInput { events: vec![text("1"), key(Key::Enter), text("2"), key(Key::Enter)], ..Default::default() };
        assert!(filter.filter(&mut raw));
        assert_eq!(raw.events, [text("1"), key(Key::Enter)]);
        let mut next = RawInput { events: vec![text("3")], ..Default::default() };
        assert!(filter.filter(&mut next));
        assert_eq!(next.events, [text("2"), key(Key::Enter)]);
        let mut last = RawInput::default();
        assert!(!filter.filter(&mut last));
        assert_eq!(last.events, [text("3")]);
    }

    #[test]
    fn held_arrows_are_not_slowed_down() {
        let mut filter = OneAtATime::default();
        let mut raw = RawInput { events: vec![key(Key::ArrowDown); 9], ..Default::default() };
        assert!(!filter.filter(&mut raw));
        assert_eq!(raw.events.len(), 9);
    }
}

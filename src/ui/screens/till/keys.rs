//! What a cashier can do and by which key: shown on the screen, changed by the user.

use crate::kernel::text::Text;
use crate::ui::commands::{Chord, Command};
use egui::Key;
use std::collections::BTreeMap;

/// The setting that keeps the keys a user has chosen, a line each: `code=F5`.
pub const SETTING: &str = "till-keys";

/// What the keys of the screen do: code (also the key of its words) and the usual key.
pub const ACTIONS: [(&str, Key); 14] = [
    ("till-act-qty", Key::F2),
    ("till-act-price", Key::F3),
    ("till-act-discount", Key::F4),
    ("till-act-buyer", Key::F5),
    ("till-act-hold", Key::F7),
    ("till-act-weigh", Key::Home),
    ("till-act-resume", Key::Insert),
    ("till-act-remove", Key::Delete),
    ("till-act-none", Key::End),
    ("till-act-back", Key::F9),
    ("till-act-drawer", Key::PageDown),
    ("till-act-more", Key::F10),
    ("till-act-card", Key::F11),
    ("till-act-cash", Key::F12),
];

/// What stands behind «Ещё», in its order.
pub const MORE: [&str; 14] = [
    "till-act-order",
    "till-act-cash-in",
    "till-act-cash-out",
    "till-act-take-advance",
    "till-act-advance",
    "till-act-give-advance",
    "till-act-correct",
    "till-act-copy",
    "till-act-totals",
    "till-act-permit",
    "till-act-again",
    "till-act-keys",
    "till-act-close",
    "till-act-lock",
];

/// All actions, those with a usual key first.
pub fn every() -> impl Iterator<Item = &'static str> {
    ACTIONS.iter().map(|action| action.0).chain(MORE)
}

/// The words of an action.
pub fn words(code: &'static str) -> String {
    Text::new(code).show()
}

/// Keys a user may give to an action: no letters, which are typed, and none the window needs.
pub fn may_be(key: Key) -> bool {
    (key >= Key::F1 && key <= Key::F12 && ![Key::F6, Key::F8].contains(&key))
        || [Key::Insert, Key::Delete, Key::Home, Key::End, Key::PageUp, Key::PageDown].contains(&key)
}

/// The keys as kept: the user's own laid over the usual ones.
pub fn read(kept: &str) -> BTreeMap<&'static str, Key> {
    let mut keys: BTreeMap<&'static str, Key> = ACTIONS.into_iter().collect();
    for (code, name) in kept.lines().filter_map(|line| line.split_once('=')) {
        if let (Some(code), Some(key)) =
            (every().find(|known| *known == code), Key::from_name(name).filter(|key| may_be(*key)))
        {
            keys.insert(code, key);
        }
    }
    keys
}

/// Gives an action another key; what had it before gets the key that became free. An action behind «Ещё» has none to
/// give: it takes a free one, or the answer is `false`.
pub fn change(keys: &mut BTreeMap<&'static str, Key>, code: &'static str, key: Key) -> bool {
    let was = keys.get(code).copied();
    let holder = keys.iter().find(|(other, its)| **its == key && **other != code).map(|(other, _)| *other);
    match (was, holder) {
        (None, Some(_)) => return false,
        (Some(was), Some(holder)) => drop(keys.insert(holder, was)),
        (_, None) => {}
    }
    keys.insert(code, key);
    true
}

/// As they are kept.
pub fn written(keys: &BTreeMap<&'static str, Key>) -> String {
    keys.iter().map(|(code, key)| format!("{code}={}", key.name())).collect::<Vec<_>>().join("\n")
}

/// The commands of the page.
pub fn commands(keys: &BTreeMap<&'static str, Key>) -> Vec<Command> {
    let keyed = ACTIONS.iter().map(|(code, usual)| {
        let key = keys.get(code).copied().unwrap_or(*usual);
        Command::new(*code, Text::new(*code)).key(Chord::plain(key))
    });
    let more = MORE.iter().map(|code| {
        let command = Command::new(*code, Text::new(*code));
        keys.get(code).map_or_else(|| command.clone(), |key| command.clone().key(Chord::plain(*key)))
    });
    keyed.chain(more).collect()
}

#[cfg(test)]
mod tests {
    use super::{ACTIONS, change, read, written};
    use egui::Key;

    #[test]
    fn keys_are_kept_and_never_given_twice() {
        let mut keys = read("");
        assert!(change(&mut keys, "till-act-cash", Key::F1) && change(&mut keys, "till-act-card", Key::F1));
        // What stands behind «Ещё» takes a free key only.
        assert!(!change(&mut keys, "till-act-correct", Key::F2) && change(&mut keys, "till-act-correct", Key::PageUp));
        let kept = read(&written(&keys));
        assert_eq!((kept["till-act-card"], kept["till-act-cash"]), (Key::F1, Key::F11));
        assert_eq!(kept.get("till-act-correct"), Some(&Key::PageUp));
        let mut all: Vec<Key> = kept.values().copied().collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), ACTIONS.len() + 1);
        assert_eq!(read("till-act-cash=A\nnobody=F1\nrubbish"), read(""), "letters are typed, they do nothing");
    }
}

//! The command table: what can be done, how it is called, by which key, and when.
//!
//! Menus, toolbars, key bindings, the palette and the key sheet are all made from it, so a command
//! cannot have a key that its tooltip does not name. What a command does is decided by its code in
//! whoever shows it: a page or the host of the window.

pub mod chord;
pub mod keys;
pub mod standard;

use crate::kernel::text::Text;
use crate::ui::icons::Icon;
pub use chord::Chord;
use egui::Context;
use std::borrow::Cow;

/// Words on the screen: from the texts, or from the data (a declared label, a name of a print form).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// From the texts, in the language chosen at the time of drawing.
    Text(Text),
    /// As they are.
    Plain(String),
}

impl Words {
    /// As shown.
    pub fn show(&self) -> String {
        match self {
            Words::Text(text) => text.show(),
            Words::Plain(words) => words.clone(),
        }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Words::Text(text)
    }
}
impl From<String> for Words {
    fn from(words: String) -> Self {
        Words::Plain(words)
    }
}
impl From<&str> for Words {
    fn from(words: &str) -> Self {
        Words::Plain(words.to_owned())
    }
}

/// Where a key works. Keys of the last three are taken by the widgets themselves while they are in focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere in the window.
    Window,
    /// On the page in front.
    Page,
    /// In a list.
    List,
    /// In a table part.
    Grid,
    /// In a field.
    Field,
}

/// What is true of the page in front; a command says what it needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts(u32);

impl Facts {
    /// Nothing is needed.
    pub const NONE: Self = Self(0);
    /// A list stands on a row.
    pub const ROW: Self = Self(1);
    /// Several rows are chosen.
    pub const MANY: Self = Self(1 << 1);
    /// The object is in the base.
    pub const SAVED: Self = Self(1 << 2);
    /// The object was changed since it was saved.
    pub const CHANGED: Self = Self(1 << 3);
    /// The document is posted.
    pub const POSTED: Self = Self(1 << 4);
    /// It is a document.
    pub const DOCUMENT: Self = Self(1 << 5);
    /// The user may change it.
    pub const EDITABLE: Self = Self(1 << 6);
    /// The list has folders.
    pub const FOLDERS: Self = Self(1 << 7);
    /// A search is on.
    pub const SEARCHING: Self = Self(1 << 8);
    /// There are messages to jump through.
    pub const MESSAGES: Self = Self(1 << 9);
    /// Something is typed in a field: the field's own undo comes first.
    pub const EDITING: Self = Self(1 << 10);
    /// Facts of a page's own, `0..16`.
    pub const fn own(number: u32) -> Self {
        Self(1 << (16 + number % 16))
    }
    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
    /// With a fact when it holds.
    #[must_use]
    pub const fn when(self, holds: bool, fact: Self) -> Self {
        if holds { self.and(fact) } else { self }
    }
    /// True when all the needed facts hold.
    pub const fn has(self, needed: Self) -> bool {
        self.0 & needed.0 == needed.0
    }
    /// True when any of the facts holds.
    pub const fn any(self, of: Self) -> bool {
        self.0 & of.0 != 0
    }
}

/// One line of the command table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// What the page or the host is asked to do.
    pub code: Cow<'static, str>,
    /// What the button says.
    pub label: Words,
    /// What it does, in a sentence.
    pub hint: Option<Words>,
    /// Its keys, the shown one first.
    pub keys: Vec<Chord>,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Where its keys work.
    pub scope: Scope,
    /// What must be true.
    pub needs: Facts,
    /// What must not be true.
    pub refuses: Facts,
    /// Why this user may not give it; `None` when he may.
    pub denied: Option<Words>,
    /// It takes what is in the fields: while something typed cannot be read, the window tells that instead.
    pub reads: bool,
}

impl Command {
    /// A command of the page in front, without keys, always available.
    pub fn new(code: impl Into<Cow<'static, str>>, label: impl Into<Words>) -> Self {
        Self {
            code: code.into(),
            label: label.into(),
            hint: None,
            keys: Vec::new(),
            icon: None,
            scope: Scope::Page,
            needs: Facts::NONE,
            refuses: Facts::NONE,
            denied: None,
            reads: false,
        }
    }
    /// Says what it does.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Words>) -> Self {
        self.hint = Some(hint.into());
        self
    }
    /// Adds a key.
    #[must_use]
    pub fn key(mut self, key: Chord) -> Self {
        self.keys.push(key);
        self
    }
    /// Sets the icon.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
    /// Sets where its keys work.
    #[must_use]
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }
    /// Says what must be true.
    #[must_use]
    pub fn needs(mut self, facts: Facts) -> Self {
        self.needs = facts;
        self
    }
    /// Says what must not be true.
    #[must_use]
    pub fn refuses(mut self, facts: Facts) -> Self {
        self.refuses = facts;
        self
    }
    /// It takes what is in the fields.
    #[must_use]
    pub fn reads(mut self) -> Self {
        self.reads = true;
        self
    }
    /// True when it can be given now.
    pub fn available(&self, facts: Facts) -> bool {
        self.denied.is_none() && facts.has(self.needs) && !facts.any(self.refuses)
    }
    /// Its keys in words, empty without any.
    pub fn keys_text(&self) -> String {
        self.keys.iter().map(|key| key.show()).collect::<Vec<_>>().join(", ")
    }
    /// What it does and by which key, or why it may not be done: the text of its tooltip.
    pub fn tooltip(&self) -> String {
        if let Some(denied) = &self.denied {
            return denied.show();
        }
        let words = self.hint.as_ref().unwrap_or(&self.label).show();
        match self.keys.first() {
            Some(key) => format!("{words} ({})", key.show()),
            None => words,
        }
    }
}

/// Takes the first available command of a scope whose key was pressed. Call it before the widgets are
/// drawn: a key that is a command is nothing else.
pub fn pressed<'a>(
    ctx: &Context,
    commands: impl IntoIterator<Item = &'a Command>,
    scope: Scope,
    facts: Facts,
) -> Option<&'a Command> {
    commands
        .into_iter()
        .filter(|command| command.scope == scope && command.available(facts))
        .find(|command| ctx.input_mut(|input| command.keys.iter().any(|key| key.take(input))))
}

/// A command by its code.
pub fn find<'a>(commands: &'a [Command], code: &str) -> Option<&'a Command> {
    commands.iter().find(|command| command.code == code)
}

#[cfg(test)]
mod tests {
    use super::{Chord, Command, Facts};
    use egui::Key;

    #[test]
    fn a_command_is_available_when_its_facts_hold() {
        let post = Command::new("post", "Провести").needs(Facts::SAVED.and(Facts::EDITABLE)).refuses(Facts::POSTED);
        assert!(!post.available(Facts::SAVED));
        assert!(post.available(Facts::SAVED.and(Facts::EDITABLE)));
        assert!(!post.available(Facts::SAVED.and(Facts::EDITABLE).and(Facts::POSTED)));
    }

    #[test]
    fn a_tooltip_names_the_key() {
        let copy = Command::new("copy", "Скопировать").key(Chord::plain(Key::F9));
        assert_eq!(copy.tooltip(), "Скопировать (F9)");
    }
}

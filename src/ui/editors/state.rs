//! What is half typed in a field: lives between frames beside the value, by the identity of the field.

use super::Field;
use crate::kernel::moment::Date;
use crate::kernel::text::Text;
use crate::kernel::value::Value;
use crate::ui::commands::{Chord, keys};
use crate::ui::widgets::entry::{self, Frames};
use egui::{Context, Id, Key, Ui};

/// What is half typed.
#[derive(Clone, Debug, Default)]
pub struct Typing {
    /// The text in the field.
    pub text: String,
    /// The field is being typed into.
    pub editing: bool,
    /// The text differs from the value it began with.
    pub typed: bool,
    /// Why the text was not taken in.
    pub bad: Option<Text>,
    /// The value the text began with.
    pub base: Option<Value>,
    /// Its list or calendar is open.
    pub open: bool,
    /// The highlighted line of the list.
    pub selected: usize,
    /// The highlighted day of the calendar.
    pub day: Date,
    /// The field was left before the suggestions came; their answer decides.
    pub waiting: bool,
}

impl Typing {
    /// The state of a field.
    pub fn load(ctx: &Context, field: Id) -> Self {
        ctx.data(|data| data.get_temp(field)).unwrap_or_default()
    }
    /// Keeps the state of a field.
    pub fn store(self, ctx: &Context, field: Id) {
        ctx.data_mut(|data| data.insert_temp(field, self));
    }
    /// Begins to type from the value's text.
    pub fn begin(&mut self, ui: &Ui, field: Id, text: String) {
        if self.bad.is_none() {
            self.text = text;
            self.typed = false;
        }
        self.editing = true;
        if !ui.input(|input| input.pointer.any_down()) {
            entry::select_all(ui, field, &self.text);
        }
    }
    /// Forgets what was typed.
    pub fn reset(&mut self) {
        let day = self.day;
        *self = Self { day, ..Self::default() };
    }
}

/// How a field is left by the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// Enter: to the next field or cell.
    Enter,
    /// Tab.
    Tab,
    /// Shift+Tab.
    Back,
    /// The arrow up, out of a cell.
    Up,
    /// The arrow down, out of a cell.
    Down,
    /// Esc: what was typed is forgotten.
    Cancel,
}

/// Takes the key that leaves the field. Tab in an ordinary field is left to egui, which knows the order.
pub fn leave(ui: &Ui, field: &Field<'_>, arrows: bool) -> Option<Leave> {
    let pressed = |chord: Chord| ui.input_mut(|input| chord.take(input));
    if !field.lines() && pressed(keys::ENTER) {
        return Some(Leave::Enter);
    }
    if field.frames != Frames::Cell {
        return None;
    }
    let cell = [
        (Chord::shift(Key::Tab), Leave::Back),
        (Chord::plain(Key::Tab), Leave::Tab),
        (Chord::plain(Key::Escape), Leave::Cancel),
    ];
    let vertical = [(Chord::plain(Key::ArrowUp), Leave::Up), (Chord::plain(Key::ArrowDown), Leave::Down)];
    let vertical = if arrows { vertical.as_slice() } else { &[] };
    cell.iter().chain(vertical).find(|(chord, _)| pressed(*chord)).map(|(_, leave)| *leave)
}

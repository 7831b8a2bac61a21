//! Fields that are read from a text of their own: numbers, dates, lines of words.

use super::state::leave;
use super::{Aid, Ask, Edited, Field, Leave, Typing, Unread};
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::ui::commands::keys;
use crate::ui::focus;
use crate::ui::widgets::entry::{self, Entered, Entry};
use egui::{Align, Rect, Ui};

/// How a value becomes a text to edit, and back.
pub trait Reading {
    /// The text to edit: without the marks that only help to read.
    fn text(&self, value: &Value, kind: Type) -> String;
    /// Where the text stands.
    fn align(&self) -> Align {
        Align::Min
    }
    /// The value of a text, or why it is none.
    fn read(&self, text: &str, kind: Type, aid: &Aid<'_>) -> Result<Value, Text>;
}

/// A field on its way through one frame.
pub struct Session<'f, 'a> {
    /// The field.
    pub field: &'f Field<'a>,
    /// What is half typed.
    pub state: Typing,
    /// The field is in focus.
    pub focused: bool,
    /// How it is being left.
    pub leave: Option<Leave>,
    /// The value was changed.
    pub changed: bool,
}

impl<'f, 'a> Session<'f, 'a> {
    /// Begins the frame: takes the focus when it is this field's turn, notices the start of typing and a
    /// value that was changed from elsewhere.
    pub fn begin(ui: &Ui, field: &'f Field<'a>, value: &Value, text: impl FnOnce() -> String) -> Self {
        if !field.read_only {
            focus::claim(ui.ctx(), field.id);
        }
        let focused = focus::on(ui.ctx(), field.id) && !field.read_only;
        let mut state = Typing::load(ui.ctx(), field.id);
        let stale = state.base.as_ref().is_some_and(|base| base != value);
        if stale && !(state.editing && state.typed) {
            let open = state.open;
            state.reset();
            state.open = open;
        }
        if focused && (!state.editing || (stale && !state.typed)) {
            state.begin(ui, field.id, text());
        }
        state.base = Some(value.clone());
        Self { field, state, focused, leave: None, changed: false }
    }

    /// Takes the keys every field has: clear, why, leave. Call after the field's own keys.
    pub fn keys(&mut self, ui: &Ui, value: &mut Value, aid: &mut Aid<'_>, arrows: bool) {
        if !self.focused {
            return;
        }
        let (clear, why) = ui.input_mut(|input| (keys::CLEAR.take(input), keys::WHY.take(input)));
        if clear {
            self.put(ui, value, self.field.kind.empty());
            self.state.text.clear();
        }
        if why {
            aid.ask(self.field, Ask::Why);
        }
        if self.leave.is_none() {
            self.leave = leave(ui, self.field, arrows);
        }
    }

    /// Sets the value chosen from a list or a calendar.
    pub fn put(&mut self, ui: &Ui, value: &mut Value, chosen: Value) {
        self.changed |= *value != chosen;
        *value = chosen;
        self.state.reset();
        self.state.base = Some(value.clone());
        ui.ctx().request_repaint();
    }

    /// Draws the box: the text being typed, or `shown` while nothing is.
    pub fn entry(&mut self, ui: &mut Ui, rect: Rect, align: Align, aside: f32, shown: &str) -> Entered {
        let field = self.field;
        let entry = Entry {
            name: field.name,
            aside,
            align,
            hint: field.hint,
            lines: field.lines(),
            read_only: field.read_only,
            wrong: self.state.bad.is_some() || field.problem.is_some(),
            frames: field.frames,
            role: field.role,
            selects: false,
            ..Entry::new(field.id, field.label, rect)
        };
        let mut display = shown.to_owned();
        let own = self.state.editing || self.state.bad.is_some() || self.state.waiting;
        let entered = entry.show(ui, if own { &mut self.state.text } else { &mut display });
        if entered.changed {
            if !own {
                // The first letter came in the very frame in which the field got the focus.
                self.state.text = display;
                self.state.editing = true;
            }
            self.state.typed = true;
            self.state.bad = None;
        }
        entered
    }

    /// True when what is typed has to be taken in now.
    pub fn taking_in(&self, ui: &Ui, entered: &Entered) -> bool {
        let leaving = self.leave.is_some_and(|leave| leave != Leave::Cancel);
        self.state.editing && (leaving || !entered.focused || focus::committing(ui.ctx()))
    }

    /// Takes in the typed text; what cannot be read stays, and so does the focus.
    pub fn take_in(&mut self, value: &mut Value, read: impl FnOnce(&str) -> Result<Value, Text>) {
        if self.state.typed {
            match read(&self.state.text) {
                Ok(new) => {
                    self.changed |= *value != new;
                    *value = new;
                    self.state.bad = None;
                    self.state.typed = false;
                }
                Err(why) => {
                    self.state.bad = Some(why);
                    self.leave = None;
                }
            }
        }
        self.state.base = Some(value.clone());
    }

    /// Ends the frame.
    pub fn end(mut self, ui: &Ui, entered: Entered, aid: &mut Aid<'_>) -> Edited {
        if self.leave == Some(Leave::Cancel) {
            self.state.reset();
        }
        if !entered.focused {
            self.state.editing = false;
        }
        if let Some(why) = &self.state.bad {
            let field = self.field;
            aid.unread.push(Unread {
                place: field.place.clone(),
                label: field.label.to_owned(),
                owner: field.owner,
                why: why.clone(),
            });
        }
        self.state.store(ui.ctx(), self.field.id);
        Edited { changed: self.changed, leave: self.leave, focused: entered.focused, response: entered.response }
    }
}

/// The whole life of a field that has no list: draw, take in, end. `extra` draws what hangs below it.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    field: &Field<'_>,
    value: &mut Value,
    aid: &mut Aid<'_>,
    reading: &dyn Reading,
    extra: impl FnOnce(&mut Ui, &Session<'_, '_>),
) -> Edited {
    let kind = field.kind;
    let mut session = Session::begin(ui, field, value, || reading.text(value, kind));
    session.keys(ui, value, aid, true);
    let shown = value.show(kind);
    let entered = session.entry(ui, rect, reading.align(), 0.0, &shown);
    if session.taking_in(ui, &entered) {
        session.take_in(value, |text| reading.read(text, kind, aid));
        if entered.focused && session.state.bad.is_none() {
            session.state.text = reading.text(value, kind);
            entry::select_all(ui, field.id, &session.state.text);
        }
    }
    if entered.focused {
        extra(ui, &session);
    }
    session.end(ui, entered, aid)
}

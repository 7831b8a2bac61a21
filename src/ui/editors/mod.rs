//! Editors by the type of a field: each both shows a value and edits it.
//!
//! One registry ([`of`]), one call ([`edit`]) for forms and cells of table parts alike. A value changes
//! when the field is left (Enter, Tab, a click elsewhere, a command), not at every letter; what could
//! not be read stays in the field in a red frame with the reason, and is told to the page, so that
//! nothing is saved over it.

mod boolean;
pub mod calc;
mod combo;
mod date;
mod number;
mod reference;
mod side;
mod state;
mod typed;
mod words;

use crate::kernel::behaviour::Choices;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::moment::Date;
use crate::kernel::problems::{Place, Problem};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::focus;
use crate::ui::theme::Role;
pub use crate::ui::widgets::entry::Frames;
use egui::{Align, Id, Rect, Response, Ui};
pub use state::{Leave, Typing};
use std::sync::Arc;

/// A field to show and edit.
#[derive(Clone, Copy, Debug)]
pub struct Field<'a> {
    /// Its identity in the window.
    pub id: Id,
    /// Its declared name.
    pub name: &'a str,
    /// Its label in the user's language.
    pub label: &'a str,
    /// Its type.
    pub kind: Type,
    /// Whose field it is; suggestions may depend on it.
    pub owner: Option<&'static ObjectMeta>,
    /// Where it is, for messages.
    pub place: &'a Place,
    /// Saving without it is refused.
    pub required: bool,
    /// Shown only.
    pub read_only: bool,
    /// Lines of text; more than one makes a text of many lines.
    pub rows: usize,
    /// What is wrong with it, found by the page.
    pub problem: Option<&'a str>,
    /// Greyed words while empty.
    pub hint: &'a str,
    /// Field of a form or live cell.
    pub frames: Frames,
    /// The colour of the text.
    pub role: Role,
}

impl<'a> Field<'a> {
    /// An ordinary field.
    pub fn new(id: Id, name: &'a str, label: &'a str, kind: Type) -> Self {
        Self {
            id,
            name,
            label,
            kind,
            owner: None,
            place: &Place::Whole,
            required: false,
            read_only: false,
            rows: 1,
            problem: None,
            hint: "",
            frames: Frames::Field,
            role: Role::Text,
        }
    }
    /// True for a text of many lines.
    pub const fn lines(&self) -> bool {
        self.rows > 1
    }
}

/// One thing a reference field may be set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is chosen.
    pub reference: AnyRef,
    /// What it is called.
    pub title: String,
    /// What tells it from its namesakes: code, tax number, kind.
    pub detail: String,
    /// What is told beside it under the headings of [`Suggest::headings`]; empty where there are none.
    pub beside: Vec<String>,
}

/// The answer to a [`Question`].
#[derive(Clone, Debug)]
pub enum Suggestions {
    /// The best fitting first, a screenful at most.
    Ready(Arc<[Suggestion]>),
    /// Being looked up; ask again in the next frame.
    Pending,
}

/// What is to be suggested.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The kind of object, `None` for any.
    pub target: Option<&'static ObjectMeta>,
    /// Whose field asks.
    pub owner: Option<&'static ObjectMeta>,
    /// Which field or cell asks.
    pub place: &'a Place,
    /// The field's declared name.
    pub name: &'a str,
    /// What is typed; empty asks for the recent and frequent ones.
    pub query: &'a str,
    /// What the object itself allows in this field.
    pub choices: &'a Choices,
}

/// What the reference fields of a page are limited to: worked out before they are drawn, because while
/// they are drawn the object is being changed.
#[derive(Clone, Debug, Default)]
pub struct Limits(Vec<(Place, Choices)>);

impl Limits {
    /// Limits a field or a cell.
    pub fn add(&mut self, place: Place, choices: Choices) {
        if choices != Choices::default() {
            self.0.push((place, choices));
        }
    }
    /// The limit of a field or a cell. A cell of another row than those given takes the limit of its column.
    pub fn of(&self, place: &Place) -> &Choices {
        static ANY: Choices = Choices { only: Vec::new(), kinds: Vec::new(), beside: Vec::new() };
        let same_column = |one: &Place| match (one, place) {
            (Place::Cell { table, field, .. }, Place::Cell { table: other, field: name, .. }) => {
                table == other && field == name
            }
            _ => false,
        };
        let exact = self.0.iter().find(|(one, _)| one == place);
        exact.or_else(|| self.0.iter().find(|(one, _)| same_column(one))).map_or(&ANY, |(_, choices)| choices)
    }
}

/// Knows the names of things. Answers at once from what it has and fetches in the background what it
/// has not; the window never waits for the base.
pub trait Suggest {
    /// What a reference field may be set to.
    fn suggest(&mut self, question: &Question<'_>) -> Suggestions;
    /// What an object is called; `None` while it is being looked up.
    fn title(&mut self, reference: AnyRef) -> Option<String>;
    /// The headings over what is told beside each suggestion of a kind.
    fn headings(&self, _target: Option<&'static ObjectMeta>) -> Vec<String> {
        Vec::new()
    }
    /// True when the user may create an object for such a field.
    fn may_create(&self, target: Option<&'static ObjectMeta>) -> bool {
        target.is_some()
    }
}

/// What a field asks of its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Choose from the list, which stands on the present value: F4.
    Choose(AnyRef),
    /// Open the chosen object: Ctrl+Shift+F4.
    Open(AnyRef),
    /// Create an object called so and choose it.
    Create(String),
    /// Tell why the value is what it is: F1.
    Why,
}

/// A field whose text could not be read.
#[derive(Clone, Debug)]
pub struct Unread {
    /// Where it is.
    pub place: Place,
    /// Its label.
    pub label: String,
    /// Whose field it is.
    pub owner: Option<&'static ObjectMeta>,
    /// Why.
    pub why: Text,
}

impl Unread {
    /// With the place in words.
    pub fn sentence(&self) -> String {
        match (self.owner, &self.place) {
            (Some(meta), Place::Field(_) | Place::Cell { .. }) => {
                Problem { text: self.why.clone(), place: self.place.clone() }.sentence(Some(meta))
            }
            _ => text!("place-field", field = &self.label, said = self.why.clone()).show(),
        }
    }
}

/// What editors need from their page, and what they tell it.
pub struct Aid<'a> {
    /// Knows the names of things.
    pub suggest: &'a mut dyn Suggest,
    /// Today, to complete dates typed in part.
    pub today: Date,
    /// What fields ask: the field's place and name, what it refers to, the wish.
    pub asks: Vec<(Place, String, Option<&'static ObjectMeta>, Ask)>,
    /// What could not be read.
    pub unread: Vec<Unread>,
    /// What reference fields are limited to.
    pub limits: Limits,
}

impl<'a> Aid<'a> {
    /// For one frame of a page.
    pub fn new(suggest: &'a mut dyn Suggest, today: Date) -> Self {
        Self { suggest, today, asks: Vec::new(), unread: Vec::new(), limits: Limits::default() }
    }
    fn ask(&mut self, field: &Field<'_>, ask: Ask) {
        self.asks.push((field.place.clone(), field.name.to_owned(), field.kind.target(), ask));
    }
}

/// What happened in a field.
pub struct Edited {
    /// The value was changed.
    pub changed: bool,
    /// It was left by a key. In a form, the next field has the focus already.
    pub leave: Option<Leave>,
    /// It is in focus.
    pub focused: bool,
    /// The response, for tooltips and scrolling.
    pub response: Response,
}

/// Shows and edits values of some types.
pub trait Editor: Sync {
    /// Where the text stands.
    fn align(&self) -> Align {
        Align::Min
    }
    /// As shown in a cell or a field that is not typed into.
    fn shown(&self, value: &Value, kind: Type, _suggest: &mut dyn Suggest) -> String {
        value.show(kind)
    }
    /// Draws the field and changes the value.
    fn ui(&self, ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited;
    /// How wide it likes to be in a form, in points.
    fn width(&self, kind: Type) -> f32;
}

/// The editor of a type.
pub fn of(kind: Type) -> &'static dyn Editor {
    match kind {
        Type::Bool => &boolean::Boolean,
        Type::Text => &words::Words,
        Type::Int | Type::Money | Type::Qty | Type::Price | Type::Percent | Type::Rate => &number::Number,
        Type::Date => &date::Day { time: false },
        Type::Moment => &date::Day { time: true },
        Type::Choice(_) => &combo::Choose,
        Type::Ref(_) | Type::AnyRef => &reference::Reference,
    }
}

/// Shows and edits a field at a place. What is wrong with it is its tooltip.
pub fn edit(ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
    let before = aid.unread.len();
    let mut edited = of(field.kind).ui(ui, rect, field, value, aid);
    let unread = aid.unread.get(before).map(|unread| unread.why.show());
    if let Some(problem) = unread.as_deref().or(field.problem) {
        edited.response = edited.response.on_hover_text(problem);
        // The reader hears the reason with the field.
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_description(problem));
    }
    if edited.leave == Some(Leave::Enter) && field.frames == Frames::Field {
        focus::next(ui.ctx());
    }
    edited
}

/// A value as a cell shows it.
pub fn shown(value: &Value, kind: Type, suggest: &mut dyn Suggest) -> String {
    of(kind).shown(value, kind, suggest)
}

/// Where a type's text stands.
pub fn align(kind: Type) -> Align {
    of(kind).align()
}

/// Begins to type into a live cell; `text` replaces what is in it.
pub fn begin(ui: &Ui, field: Id, text: Option<&str>) {
    let mut state = Typing::default();
    if let Some(text) = text {
        state.editing = true;
        state.typed = true;
        text.clone_into(&mut state.text);
        crate::ui::widgets::entry::cursor_to_end(ui, field, text);
    }
    state.store(ui.ctx(), field);
    focus::set(ui.ctx(), field);
}

//! Fields with a list below: what is typed narrows the list, Enter takes the highlighted line.
//!
//! Enumerations are here; references ([`super::reference`]) use the same field with another list.

use super::typed::Session;
use super::{Aid, Ask, Edited, Editor, Field, Leave, side};
use crate::kernel::meta::ChoiceMeta;
use crate::kernel::text::normalize;
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::commands::keys;
use crate::ui::icons::Icon;
use crate::ui::widgets::drop::{self, DropRow};
use crate::ui::widgets::entry::Entered;
use crate::ui::{focus, px, theme};
use egui::{Align, Rect, Ui};

/// What a line of the list does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// Sets the value.
    Value(Value),
    /// Asks the page for a new object of this name.
    Create(String),
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What it says.
    pub title: String,
    /// What else is known of it.
    pub detail: String,
    /// What is told beside it, under the headings of [`Offers::headings`].
    pub beside: Vec<String>,
    /// What it does.
    pub pick: Pick,
}

/// Where the lines come from.
pub trait Offers {
    /// What the value is called.
    fn shown(&self, value: &Value, aid: &mut Aid<'_>) -> String;
    /// The lines for what is typed (nothing typed: all, or the recent ones); `None` while they are looked up.
    fn offers(&self, field: &Field<'_>, query: &str, aid: &mut Aid<'_>) -> Option<Vec<Offer>>;
    /// Draws the buttons of the field; true when the list is to be opened or closed.
    fn buttons(&self, ui: &Ui, field: &Field<'_>, rect: Rect, value: &Value, aid: &mut Aid<'_>) -> bool;
    /// Takes the field's own keys; true when the list is to be opened or closed.
    fn keys(&self, ui: &Ui, field: &Field<'_>, value: &Value, aid: &mut Aid<'_>) -> bool;
    /// Width of the buttons in points.
    fn aside(&self, field: &Field<'_>, value: &Value) -> f32;
    /// The headings over what is told beside the lines.
    fn headings(&self, _field: &Field<'_>, _aid: &Aid<'_>) -> Vec<String> {
        Vec::new()
    }
    /// The grey line below the list.
    fn footer(&self, pending: bool, empty: bool) -> String;
}

/// Shows and edits a field with a list.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    field: &Field<'_>,
    value: &mut Value,
    aid: &mut Aid<'_>,
    of: &dyn Offers,
) -> Edited {
    let shown = of.shown(value, aid);
    let mut session = Session::begin(ui, field, value, || shown.clone());
    let untouched = session.state.editing && !session.state.typed && session.state.bad.is_none();
    if session.focused && untouched && session.state.text != shown {
        // The name has come after the focus.
        session.state.begin(ui, field.id, shown.clone());
    }
    let query = if session.state.typed { session.state.text.clone() } else { String::new() };
    let was_open = session.state.open && session.focused;
    let offers = if was_open || session.state.waiting { of.offers(field, &query, aid) } else { None };
    let mut toggle = false;
    if session.focused {
        if was_open {
            open_keys(ui, &mut session, value, offers.as_deref(), aid);
        }
        toggle = of.keys(ui, field, value, aid);
        session.keys(ui, value, aid, !session.state.open);
    }
    if session.state.waiting && offers.is_some() {
        resolve(ui, &mut session, value, offers.as_deref(), aid);
    }
    let shown = if session.changed { of.shown(value, aid) } else { shown };
    let entered = session.entry(ui, rect, Align::Min, of.aside(field, value), &shown);
    if entered.changed {
        session.state.open = true;
        session.state.selected = 0;
    }
    toggle |= of.buttons(ui, field, rect, value, aid);
    if toggle {
        toggle_list(ui, &mut session, value, of, aid);
    }
    if session.taking_in(ui, &entered) && session.state.typed && !session.state.waiting {
        let query = session.state.text.clone();
        let offers = of.offers(field, &query, aid);
        resolve(ui, &mut session, value, offers.as_deref(), aid);
    }
    session.state.open &= (entered.focused || toggle) && session.leave.is_none();
    if session.state.open {
        list_ui(ui, &mut session, rect, value, of, aid);
    }
    finish(ui, session, entered, aid)
}

fn finish(ui: &Ui, session: Session<'_, '_>, entered: Entered, aid: &mut Aid<'_>) -> Edited {
    let tab = session.leave == Some(Leave::Tab) && session.field.frames == super::Frames::Field;
    let edited = session.end(ui, entered, aid);
    if tab {
        // The list has taken Tab before egui saw it.
        focus::next(ui.ctx());
    }
    edited
}

fn toggle_list(ui: &Ui, session: &mut Session<'_, '_>, value: &Value, of: &dyn Offers, aid: &mut Aid<'_>) {
    focus::set(ui.ctx(), session.field.id);
    session.state.open = !session.state.open;
    let current = of
        .offers(session.field, "", aid)
        .and_then(|offers| offers.iter().position(|offer| offer.pick == Pick::Value(value.clone())));
    session.state.selected = current.unwrap_or(0);
}

/// Keys while the list is open: the arrows move in it, Enter and Tab take a line, Esc closes it.
fn open_keys(ui: &Ui, session: &mut Session<'_, '_>, value: &mut Value, offers: Option<&[Offer]>, aid: &mut Aid<'_>) {
    let count = offers.map_or(0, <[Offer]>::len);
    let pressed = drop::steer(ui, &mut session.state.selected, count);
    if pressed.cancel {
        session.state.reset();
        return;
    }
    if !pressed.enter && !pressed.tab {
        return;
    }
    session.leave = Some(if pressed.tab { Leave::Tab } else { Leave::Enter });
    session.state.open = false;
    // Tab over a list nobody typed into or moved in only passes by.
    let passing = pressed.tab && !session.state.typed;
    if passing {
        return;
    }
    match offers.map(|offers| offers.get(session.state.selected)) {
        Some(Some(offer)) => take(ui, session, value, &offer.pick.clone(), aid),
        Some(None) => resolve(ui, session, value, Some(&[]), aid),
        None => session.state.waiting = session.state.typed,
    }
}

fn take(ui: &Ui, session: &mut Session<'_, '_>, value: &mut Value, pick: &Pick, aid: &mut Aid<'_>) {
    match pick {
        Pick::Value(chosen) => session.put(ui, value, chosen.clone()),
        Pick::Create(name) => {
            aid.ask(session.field, Ask::Create(name.clone()));
            session.leave = None;
            session.state.reset();
        }
    }
}

/// The field was left with something typed: one fitting line is taken, a doubt is said.
fn resolve(ui: &Ui, session: &mut Session<'_, '_>, value: &mut Value, offers: Option<&[Offer]>, aid: &mut Aid<'_>) {
    let typed = session.state.text.trim().to_owned();
    if typed.is_empty() {
        return session.put(ui, value, session.field.kind.empty());
    }
    let Some(offers) = offers else {
        session.state.waiting = true;
        return;
    };
    session.state.waiting = false;
    let values = || offers.iter().filter(|offer| matches!(offer.pick, Pick::Value(_)));
    let exact = values().find(|offer| normalize(&offer.title) == normalize(&typed));
    let single = if values().count() == 1 { values().next() } else { None };
    if let Some(offer) = exact.or(single) {
        return take(ui, session, value, &offer.pick.clone(), aid);
    }
    let why = if values().next().is_none() {
        text!("edit-not-found", input = &typed)
    } else {
        text!("edit-several", input = &typed)
    };
    session.state.bad = Some(why);
    session.leave = None;
}

fn list_ui(
    ui: &Ui,
    session: &mut Session<'_, '_>,
    anchor: Rect,
    value: &mut Value,
    of: &dyn Offers,
    aid: &mut Aid<'_>,
) {
    let query = if session.state.typed { session.state.text.clone() } else { String::new() };
    let offers = of.offers(session.field, &query, aid);
    let pending = offers.is_none();
    let offers = offers.unwrap_or_default();
    let rows: Vec<DropRow<'_>> = offers
        .iter()
        .map(|offer| {
            let create = matches!(offer.pick, Pick::Create(_));
            DropRow {
                title: &offer.title,
                detail: &offer.detail,
                beside: &offer.beside,
                icon: create.then_some(Icon::Plus),
                divided: create,
                role: theme::Role::Text,
            }
        })
        .collect();
    let footer = of.footer(pending, rows.is_empty());
    let id = session.field.id.with("list");
    let headings = if rows.is_empty() { Vec::new() } else { of.headings(session.field, aid) };
    let around = drop::Around { headings: &headings, footer: &footer };
    let dropped = drop::show(ui, id, anchor, &rows, &mut session.state.selected, around);
    if let Some(offer) = dropped.clicked.and_then(|at| offers.get(at)) {
        session.state.open = false;
        take(ui, session, value, &offer.pick.clone(), aid);
    } else if ui.input(|input| input.pointer.any_pressed()) && !dropped.hovered && !ui.rect_contains_pointer(anchor) {
        session.state.open = false;
    }
}

/// The usual width of an enumeration in points, and the widest.
const NARROW: f32 = 200.0;
const WIDE: f32 = 290.0;
/// What a letter takes at most times, in points.
const LETTER: f32 = 7.0;

/// The editor of enumerations.
pub struct Choose;

/// The lines of an enumeration; the type knows their names.
struct Items(Type);

impl Items {
    fn meta(&self) -> Option<&'static ChoiceMeta> {
        match self.0 {
            Type::Choice(meta) => Some(meta),
            _ => None,
        }
    }
}

impl Offers for Items {
    fn shown(&self, value: &Value, _aid: &mut Aid<'_>) -> String {
        value.show(self.0)
    }

    fn offers(&self, _field: &Field<'_>, query: &str, _aid: &mut Aid<'_>) -> Option<Vec<Offer>> {
        let wanted = normalize(query);
        let meta = self.meta()?;
        let all = meta.items.iter().map(|item| Offer {
            title: meta.label(item.0),
            detail: String::new(),
            beside: Vec::new(),
            pick: Pick::Value(Value::Choice(item.0)),
        });
        Some(all.filter(|offer| normalize(&offer.title).contains(&wanted)).collect())
    }

    fn buttons(&self, ui: &Ui, field: &Field<'_>, rect: Rect, _value: &Value, _aid: &mut Aid<'_>) -> bool {
        side::button(ui, field, rect, 0, Icon::CaretDown, &text!("edit-drop-down"), keys::CHOOSE)
    }

    fn keys(&self, ui: &Ui, _field: &Field<'_>, _value: &Value, _aid: &mut Aid<'_>) -> bool {
        ui.input_mut(|input| keys::CHOOSE.take(input) || keys::DROP_DOWN.take(input))
    }

    fn aside(&self, field: &Field<'_>, _value: &Value) -> f32 {
        if field.read_only { 0.0 } else { side::WIDTH }
    }

    fn footer(&self, _pending: bool, empty: bool) -> String {
        if empty { text!("edit-nothing-fits").show() } else { String::new() }
    }
}

impl Editor for Choose {
    /// As wide as its longest name needs.
    fn width(&self, kind: Type) -> f32 {
        let Type::Choice(meta) = kind else { return NARROW };
        let letters = meta.items.iter().map(|item| meta.label(item.0).chars().count()).max().unwrap_or(0);
        (px::length(letters) * LETTER + side::WIDTH + 12.0).clamp(NARROW, WIDE)
    }

    fn ui(&self, ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
        show(ui, rect, field, value, aid, &Items(field.kind))
    }
}

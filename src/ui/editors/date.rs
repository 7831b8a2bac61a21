//! Days and moments: typed in any usual form, or chosen from a calendar.

use super::state::Typing;
use super::typed::{Reading, Session};
use super::{Aid, Edited, Editor, Field, Leave, side};
use crate::kernel::moment::{Date, Moment};
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::commands::keys;
use crate::ui::icons::Icon;
use crate::ui::widgets::{calendar, drop};
use egui::{Align, Rect, Ui};

/// The editor of days, and of moments when `time` is set.
pub struct Day {
    /// With the time of day.
    pub time: bool,
}

/// Reads a day; a day typed into a moment keeps the time it had, because the order of documents within a
/// day hangs on it.
struct Typed(Value);

impl Reading for Typed {
    fn text(&self, value: &Value, kind: Type) -> String {
        value.show(kind)
    }

    fn read(&self, text: &str, kind: Type, aid: &Aid<'_>) -> Result<Value, Text> {
        let value = Value::parse(kind, text, aid.today)?;
        match (&value, &self.0) {
            (Value::Moment(new), Value::Moment(old)) if !new.is_empty() && !text.contains(':') => {
                Ok(Value::Moment(with_time(new.date(), *old)))
            }
            _ => Ok(value),
        }
    }
}

fn with_time(day: Date, of: Moment) -> Moment {
    let time = of.time();
    day.at(time / 10_000, time / 100 % 100, time % 100)
}

fn day_of(value: &Value) -> Date {
    match value {
        Value::Date(day) => *day,
        Value::Moment(moment) => moment.date(),
        _ => Date::EMPTY,
    }
}

fn chosen(value: &Value, day: Date) -> Value {
    match value {
        Value::Moment(old) => Value::Moment(with_time(day, *old)),
        _ => Value::Date(day),
    }
}

impl Editor for Day {
    fn width(&self, _kind: Type) -> f32 {
        if self.time { 170.0 } else { 116.0 }
    }

    fn ui(&self, ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
        let reading = Typed(value.clone());
        let mut session = Session::begin(ui, field, value, || reading.text(value, field.kind));
        let was_open = session.state.open && session.focused;
        if was_open {
            calendar_keys(ui, &mut session, value);
        }
        let drop_down =
            session.focused && ui.input_mut(|input| keys::CHOOSE.take(input) || keys::DROP_DOWN.take(input));
        session.keys(ui, value, aid, !was_open);
        let shown = value.show(field.kind);
        let entered = session.entry(ui, rect, Align::Min, if field.read_only { 0.0 } else { side::WIDTH }, &shown);
        let clicked = side::button(ui, field, rect, 0, Icon::CalendarBlank, &text!("edit-calendar"), keys::CHOOSE);
        if drop_down || clicked {
            crate::ui::focus::set(ui.ctx(), field.id);
            toggle(&mut session.state, value, aid.today);
        }
        if session.taking_in(ui, &entered) {
            session.take_in(value, |text| reading.read(text, field.kind, aid));
            if session.state.bad.is_none() {
                session.state.text = value.show(field.kind);
            }
        }
        session.state.open &= entered.focused || clicked;
        if session.state.open {
            calendar_ui(ui, &mut session, rect, value, aid.today);
        }
        session.end(ui, entered, aid)
    }
}

fn toggle(state: &mut Typing, value: &Value, today: Date) {
    state.open = !state.open;
    let day = day_of(value);
    state.day = if day.is_empty() { today } else { day };
}

/// While the calendar is open the arrows move in it, Enter chooses, Esc closes it.
fn calendar_keys(ui: &Ui, session: &mut Session<'_, '_>, value: &mut Value) {
    calendar::steer(ui, &mut session.state.day);
    let (enter, cancel) = ui.input_mut(|input| (keys::ENTER.take(input), keys::ESCAPE.take(input)));
    if enter {
        let day = session.state.day;
        session.put(ui, value, chosen(value, day));
        session.leave = Some(Leave::Enter);
    }
    if cancel || enter {
        session.state.open = false;
    }
}

fn calendar_ui(ui: &Ui, session: &mut Session<'_, '_>, anchor: Rect, value: &mut Value, today: Date) {
    let id = session.field.id.with("calendar");
    let mut day = session.state.day;
    let clicked = drop::frame(ui, id, anchor)
        .width(calendar::WIDTH)
        .show(|ui| egui::Frame::new().inner_margin(6).show(ui, |ui| calendar::show(ui, id, &mut day, today)).inner);
    session.state.day = day;
    let Some(popup) = clicked else { return };
    if let Some(day) = popup.inner {
        session.put(ui, value, chosen(value, day));
        session.state.open = false;
    } else if popup.response.clicked_elsewhere() && !ui.rect_contains_pointer(anchor) {
        session.state.open = false;
    }
}

#[cfg(test)]
mod tests {
    use super::with_time;
    use crate::kernel::moment::Date;

    #[test]
    fn a_day_typed_into_a_moment_keeps_the_time() {
        let old = Date::ymd(2026, 11, 23).unwrap().at(9, 5, 1);
        assert_eq!(with_time(Date::ymd(2026, 12, 1).unwrap(), old).russian(), "01.12.2026 09:05:01");
    }
}

//! A month to choose a day from: Monday first, as on the wall.

use crate::kernel::moment::{Date, Month};
use crate::text;
use crate::ui::commands::Chord;
use crate::ui::icons::Icon;
use crate::ui::theme;
use crate::ui::widgets::button::{Button, Look};
use crate::ui::{fonts, paint, px};
use egui::accesskit::Role;
use egui::{Align, Id, Key, Rect, Sense, Ui, WidgetInfo, vec2};

/// Size of a day in points.
const DAY: egui::Vec2 = vec2(31.0, 23.0);
/// Width of the calendar in points.
pub const WIDTH: f32 = DAY.x * 7.0;

/// Moves the day by the arrows, by months with PgUp and PgDn, by years with Shift. True when it moved.
pub fn steer(ui: &Ui, day: &mut Date) -> bool {
    let before = *day;
    let moves: [(Chord, i64); 4] = [
        (Chord::plain(Key::ArrowLeft), -1),
        (Chord::plain(Key::ArrowRight), 1),
        (Chord::plain(Key::ArrowUp), -7),
        (Chord::plain(Key::ArrowDown), 7),
    ];
    for (chord, days) in moves {
        for _ in 0..ui.input_mut(|input| chord.times(input)) {
            *day = day.plus_days(days);
        }
    }
    let months = [
        (Chord::plain(Key::PageUp), -1),
        (Chord::plain(Key::PageDown), 1),
        (Chord::shift(Key::PageUp), -12),
        (Chord::shift(Key::PageDown), 12),
    ];
    for (chord, count) in months {
        for _ in 0..ui.input_mut(|input| chord.times(input)) {
            *day = plus_months(*day, count);
        }
    }
    *day != before
}

/// The same day of another month, or the last day of a shorter one.
pub fn plus_months(day: Date, months: i64) -> Date {
    let mut month = day.month();
    for _ in 0..months.abs() {
        month = if months < 0 { month.previous() } else { month.next() };
    }
    let wanted = month.first().plus_days(day.day() - 1);
    if wanted.month() == month { wanted } else { month.last() }
}

/// The name of a month and its year, as the head of a calendar.
pub fn month_title(month: Month) -> String {
    let names = [
        text!("month-1"),
        text!("month-2"),
        text!("month-3"),
        text!("month-4"),
        text!("month-5"),
        text!("month-6"),
        text!("month-7"),
        text!("month-8"),
        text!("month-9"),
        text!("month-10"),
        text!("month-11"),
        text!("month-12"),
    ];
    let at = usize::try_from(month.stored() % 100 - 1).unwrap_or(0);
    let name = names.get(at).map(|name| name.show()).unwrap_or_default();
    format!("{name} {}", month.stored() / 100)
}

/// Draws the month of `shown` with that day highlighted; gives the day that was clicked. The arrows of
/// the head move `shown` by months.
pub fn show(ui: &mut Ui, id: Id, shown: &mut Date, today: Date) -> Option<Date> {
    ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
    ui.set_width(WIDTH);
    head(ui, shown);
    weekdays(ui);
    let month = shown.month();
    let first = month.first();
    let start = first.plus_days(-first.weekday());
    let (whole, _) = ui.allocate_exact_size(vec2(WIDTH, DAY.y * 6.0), Sense::hover());
    let mut clicked = None;
    for week in 0..6u8 {
        for weekday in 0..7u8 {
            let day = start.plus_days(i64::from(week) * 7 + i64::from(weekday));
            let at = whole.min + vec2(DAY.x * f32::from(weekday), DAY.y * f32::from(week));
            let cell = Day { rect: Rect::from_min_size(at, DAY), day, shown: *shown, today, weekend: weekday > 4 };
            if cell.show(ui, id) {
                clicked = Some(day);
            }
        }
    }
    let words = text!("calendar-today", date = today.russian()).show();
    let bottom = ui.add(Button::new(&words).look(Look::Flat).aside().wide(WIDTH));
    if bottom.clicked() { Some(today) } else { clicked }
}

fn head(ui: &mut Ui, shown: &mut Date) {
    ui.horizontal(|ui| {
        let step =
            |ui: &mut Ui, icon, label: &str| ui.add(Button::icon(icon, label).look(Look::Flat).aside()).clicked();
        if step(ui, Icon::CaretLeft, &text!("calendar-previous").show()) {
            *shown = plus_months(*shown, -1);
        }
        let (rect, _) = ui.allocate_exact_size(vec2(WIDTH - 2.0 * theme::CONTROL, theme::CONTROL), Sense::hover());
        let color = theme::colors(ui).text;
        paint::text(ui.painter(), rect, &month_title(shown.month()), fonts::bold(), color, Align::Center);
        if step(ui, Icon::CaretRight, &text!("calendar-next").show()) {
            *shown = plus_months(*shown, 1);
        }
    });
}

fn weekdays(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(WIDTH, 18.0), Sense::hover());
    let names = text!("calendar-weekdays").show();
    for (at, name) in names.split_whitespace().enumerate() {
        let cell = px::rect(rect.left() + DAY.x * px::length(at), rect.top(), DAY.x, rect.height());
        paint::text(ui.painter(), cell, name, fonts::small(), theme::colors(ui).weak, Align::Center);
    }
}

struct Day {
    rect: Rect,
    day: Date,
    shown: Date,
    today: Date,
    weekend: bool,
}

impl Day {
    fn show(&self, ui: &Ui, id: Id) -> bool {
        let colors = theme::colors(ui);
        let response = ui.interact(self.rect, id.with(self.day.stored()), Sense::CLICK);
        let words = self.day.russian();
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, self.day == self.shown, &words));
        let inner = self.rect.shrink(1.0);
        let painter = ui.painter();
        let color = match self.day.month() == self.shown.month() {
            false => colors.disabled,
            true if self.day == self.shown => colors.on_accent,
            true if self.weekend => colors.danger,
            true => colors.text,
        };
        if self.day == self.shown {
            painter.rect_filled(inner, theme::RADIUS, colors.accent);
        } else if response.hovered() {
            painter.rect_filled(inner, theme::RADIUS, colors.hover);
        }
        if self.day == self.today {
            paint::frame(painter, inner, theme::RADIUS, colors.accent_line, 1.0);
        }
        paint::text(painter, inner, &self.day.day().to_string(), fonts::text(), color, Align::Center);
        response.clicked()
    }
}

#[cfg(test)]
mod tests {
    use super::{month_title, plus_months};
    use crate::kernel::moment::Date;

    #[test]
    fn a_month_on_from_the_last_day_is_the_last_day() {
        let day = |y, m, d| Date::ymd(y, m, d).unwrap();
        assert_eq!(plus_months(day(2027, 1, 31), 1), day(2027, 2, 28));
        assert_eq!(plus_months(day(2027, 3, 31), -1), day(2027, 2, 28));
        assert_eq!(plus_months(day(2026, 11, 23), 12), day(2027, 11, 23));
        assert_eq!(month_title(day(2026, 11, 23).month()), "Ноябрь 2026");
    }
}

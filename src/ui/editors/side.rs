//! The small buttons inside the right end of a field. They are no Tab stops: each has a key.

use super::{Field, Frames};
use crate::kernel::text::Text;
use crate::ui::commands::Chord;
use crate::ui::icons::Icon;
use crate::ui::{paint, px, theme};
use egui::accesskit::Role;
use egui::{Rect, Sense, Ui, WidgetInfo, vec2};

/// Width of one in points.
pub const WIDTH: f32 = 20.0;

/// Draws the button `number` from the right; true when clicked. Read-only fields show only `open`-like
/// buttons: their host leaves the others out.
pub fn button(ui: &Ui, field: &Field<'_>, rect: Rect, number: usize, icon: Icon, label: &Text, key: Chord) -> bool {
    if field.read_only {
        return false;
    }
    always(ui, field, rect, number, icon, label, key)
}

/// The same, in read-only fields too.
pub fn always(ui: &Ui, field: &Field<'_>, rect: Rect, number: usize, icon: Icon, label: &Text, key: Chord) -> bool {
    let colors = theme::colors(ui);
    let edge = if field.frames == Frames::Field { 2.0 } else { 1.0 };
    let right = rect.right() - edge - WIDTH * px::length(number);
    let place = Rect::from_min_max(egui::pos2(right - WIDTH, rect.top()), egui::pos2(right, rect.bottom()));
    let place = place.shrink2(vec2(0.0, edge));
    let id = field.id.with(("side", number));
    let response = ui.interact(place, id, Sense::CLICK);
    let words = label.show();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), format!("{}: {words}", field.label)));
    if response.hovered() {
        ui.painter().rect_filled(place, 2.0, colors.button_hover);
        ui.set_cursor_icon(egui::CursorIcon::Default);
    }
    let color = if response.hovered() { colors.text } else { colors.weak };
    paint::icon(ui.painter(), place.center(), icon, 13.0, color);
    let clicked = response.clicked();
    response.on_hover_text(format!("{words} ({})", key.show()));
    clicked
}

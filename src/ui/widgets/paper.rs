//! A text to be read: as long as it is, scrolled where it does not fit, copied by a click and Ctrl+C.

use crate::ui::widgets::entry::{Entry, Frames};
use crate::ui::{fonts, theme};
use egui::{Id, Rect, ScrollArea, Sense, Ui, vec2};

/// Room around the text in points.
const PAD: f32 = 10.0;

/// Draws it into all the room there is.
pub fn paper(ui: &mut Ui, id: Id, label: &str, text: &str) {
    let colors = theme::colors(ui);
    let room = ui.available_rect_before_wrap();
    ui.painter().rect_filled(room, 0.0, colors.field);
    ScrollArea::vertical().id_salt(id.with("scroll")).auto_shrink(false).show(ui, |ui| {
        let wide = (ui.available_width() - 2.0 * PAD).max(40.0);
        let galley = ui.painter().layout(text.to_owned(), fonts::text(), colors.text, wide - 2.0 * theme::CELL_PAD);
        let high = (galley.size().y + 2.0 * PAD).max(ui.available_height());
        let (place, _) = ui.allocate_exact_size(vec2(wide + 2.0 * PAD, high), Sense::hover());
        let place = Rect::from_min_size(place.min + vec2(PAD, PAD), vec2(wide, high - 2.0 * PAD));
        let entry = Entry { lines: true, read_only: true, frames: Frames::Bare, ..Entry::new(id, label, place) };
        entry.show(ui, &mut text.to_owned());
    });
}

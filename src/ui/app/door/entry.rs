//! A box for a password: its letters are hidden, Enter goes on.

use crate::ui::commands::keys;
use crate::ui::theme::{self, CONTROL, GAP_X, Role};
use crate::ui::widgets::entry::Entry;
use crate::ui::{focus, fonts, paint};
use egui::{Align, Id, Rect, Sense, Ui, pos2, vec2};

/// Width of labels and of boxes in points.
const LABELS: f32 = 150.0;
const BOX: f32 = 260.0;

/// A row with a label and a box; true when Enter was pressed in it.
pub fn password(ui: &mut Ui, id: Id, label: &str, typed: &mut String) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(LABELS + GAP_X + BOX, CONTROL), Sense::hover());
    let words = Rect::from_min_size(rect.min, vec2(LABELS, CONTROL));
    paint::text(ui.painter(), words, label, fonts::text(), theme::colors(ui).weak, Align::Min);
    let place = Rect::from_min_max(pos2(rect.left() + LABELS + GAP_X, rect.top()), rect.max);
    let entry = Entry { secret: true, ..Entry::new(id, label, place) };
    entry.show(ui, typed);
    ui.add_space(6.0);
    focus::on(ui.ctx(), id) && ui.input_mut(|input| keys::ENTER.take(input))
}

/// A sentence under the boxes.
pub fn remark(ui: &mut Ui, words: &str, role: Role) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    paint::text(ui.painter(), rect, words, fonts::text(), theme::colors(ui).role(role), Align::Min);
}

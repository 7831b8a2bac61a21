//! Tabs within a page: words with a line under the open one.

use crate::text;
use crate::ui::commands::Chord;
use crate::ui::theme::{self, CONTROL};
use crate::ui::{fonts, paint, px};
use egui::accesskit::Role;
use egui::{Align, Key, Sense, Ui, WidgetInfo, vec2};

/// The next tab of a page.
pub const NEXT: Chord = Chord::ctrl(Key::PageDown);
/// The previous tab of a page.
pub const PREVIOUS: Chord = Chord::ctrl(Key::PageUp);

/// Draws the tabs; Ctrl+PgDn and Ctrl+PgUp walk over them. True when another one was opened.
pub fn tabs(ui: &mut Ui, labels: &[String], open: &mut usize) -> bool {
    let before = *open;
    let last = labels.len().saturating_sub(1);
    let (next, previous) = ui.input_mut(|input| (NEXT.times(input), PREVIOUS.times(input)));
    *open = (*open + next).min(last).saturating_sub(previous);
    let colors = theme::colors(ui);
    let top = ui.cursor().min;
    let width = ui.available_width();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        for (at, label) in labels.iter().enumerate() {
            let is_open = at == *open;
            let font = if is_open { fonts::bold() } else { fonts::text() };
            // As wide as bold: opening a tab must not move its neighbours.
            let size = vec2(paint::width_of(ui, label, fonts::bold()).ceil(), CONTROL + 2.0);
            let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_open, label));
            let color = if is_open || response.hovered() { colors.text } else { colors.weak };
            paint::text(ui.painter(), rect, label, font, color, Align::Center);
            if is_open {
                ui.painter().rect_filled(
                    px::rect(rect.left(), rect.bottom() - 2.0, rect.width(), 2.0),
                    0.0,
                    colors.accent_line,
                );
            }
            if response.clicked() {
                *open = at;
            }
            response.on_hover_text(text!("tabs-keys", next = NEXT.show(), previous = PREVIOUS.show()).show());
        }
    });
    paint::across(ui.painter(), px::rect(top.x, top.y, width, 1.0), top.y + CONTROL + 2.0, colors.grid_line);
    ui.add_space(2.0);
    before != *open
}

//! The status bar: what may be done here, how far long works are, who works where.

use super::host::Status;
use crate::ui::commands::Words;
use crate::ui::theme;
use crate::ui::widgets::progress::{Progress, progress_bar};
use crate::ui::{fonts, paint, px};
use egui::accesskit::Role;
use egui::{Align, Id, Sense, Ui, UiBuilder, WidgetInfo, vec2};

/// Height of the bar in points.
pub const HEIGHT: f32 = 25.0;

/// Draws the bar; gives the command of a clicked part.
pub fn show(ui: &mut Ui, hint: &str, works: &[(Words, Progress)], status: &[Status]) -> Option<String> {
    let colors = theme::colors(ui);
    let room = ui.available_rect_before_wrap();
    paint::across(ui.painter(), room, room.top(), colors.chrome_line);
    let mut clicked = None;
    let mut right = room.right() - 10.0;
    for (at, part) in status.iter().enumerate().rev() {
        let width = paint::width_of(ui, &part.text, fonts::small()).ceil() + 16.0;
        let rect = px::rect(right - width, room.top() + 1.0, width, HEIGHT - 1.0);
        let sense = if part.command.is_some() { Sense::CLICK } else { Sense::hover() };
        let response = ui.interact(rect, Id::unique(("status", at)), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &part.text));
        if part.command.is_some() && response.hovered() {
            ui.painter().rect_filled(rect, 0.0, colors.button_hover);
        }
        paint::text(ui.painter(), rect, &part.text, fonts::small(), colors.weak, Align::Center);
        if at > 0 {
            paint::down(ui.painter(), rect.shrink2(vec2(0.0, 6.0)), rect.left(), colors.chrome_line);
        }
        if response.clicked() {
            clicked.clone_from(&part.command);
        }
        if !part.hint.is_empty() {
            response.on_hover_text(&part.hint);
        }
        right -= width;
    }
    let left = px::rect(room.left() + 10.0, room.top() + 1.0, (right - room.left() - 20.0).max(0.0), HEIGHT - 1.0);
    match works.first() {
        None => {
            paint::text(ui.painter(), left, hint, fonts::small(), colors.weak, Align::Min);
        }
        Some((words, progress)) => {
            let mut child =
                ui.new_child(UiBuilder::new().max_rect(left).layout(egui::Layout::left_to_right(Align::Center)));
            let more = if works.len() > 1 { format!(" (+{})", works.len() - 1) } else { String::new() };
            progress_bar(&mut child, &format!("{}{more}", words.show()), progress, 320.0_f32.min(left.width() - 40.0));
        }
    }
    clicked
}

//! Painting by hand: texts that end in an ellipsis, icons, lines on whole pixels.
//!
//! Lists and table parts are painted, not built of widgets: a screen of eight hundred cells must cost
//! less than a millisecond.

use crate::ui::fonts;
use crate::ui::icons::Icon;
use crate::ui::px;
use crate::ui::theme::CELL_PAD;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Color32, FontId, Galley, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use std::sync::Arc;

/// A text cut to a width with an ellipsis; one line.
pub fn line(painter: &Painter, text: &str, font: FontId, color: Color32, width: f32) -> Arc<Galley> {
    let whole = painter.layout_no_wrap(text.to_owned(), font.clone(), color);
    if whole.size().x <= width + 0.5 && whole.rows.len() < 2 {
        return whole;
    }
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, color));
    job.wrap =
        TextWrapping { max_width: width.max(0.0), max_rows: 1, break_anywhere: true, overflow_character: Some('…') };
    job.break_on_newline = false;
    painter.layout_job(job)
}

/// How wide a text is.
pub fn width_of(ui: &Ui, text: &str, font: FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// Paints a line of text into a box, centred from top to bottom. True when it had to be cut.
pub fn text(painter: &Painter, rect: Rect, text: &str, font: FontId, color: Color32, align: Align) -> bool {
    if text.is_empty() {
        return false;
    }
    let galley = line(painter, text, font, color, rect.width());
    let cut = galley.elided;
    painter.galley(place(&galley, rect, align), galley, color);
    cut
}

/// Where a galley stands in a box: aligned across, centred from top to bottom, on whole points.
pub fn place(galley: &Galley, rect: Rect, align: Align) -> Pos2 {
    let size = galley.size();
    let x = match align {
        Align::Min => rect.left(),
        Align::Center => rect.center().x - size.x / 2.0,
        Align::Max => rect.right() - size.x,
    };
    px::whole(pos2(x, rect.center().y - size.y / 2.0))
}

/// The part of a cell where its text stands.
pub fn padded(cell: Rect) -> Rect {
    cell.shrink2(vec2(CELL_PAD, 0.0))
}

/// Paints an icon around a point.
pub fn icon(painter: &Painter, center: Pos2, icon: Icon, size: f32, color: Color32) {
    let galley = painter.layout_no_wrap(icon.letter().to_string(), fonts::icon(size), color);
    let at = center - galley.size() / 2.0;
    painter.galley(px::whole(at), galley, color);
}

/// A line across, one pixel thick.
pub fn across(painter: &Painter, rect: Rect, y: f32, color: Color32) {
    let thick = 1.0 / painter.pixels_per_point();
    painter.rect_filled(px::rect(rect.left(), y, rect.width(), thick), 0.0, color);
}

/// A line down, one pixel thick.
pub fn down(painter: &Painter, rect: Rect, x: f32, color: Color32) {
    let thick = 1.0 / painter.pixels_per_point();
    painter.rect_filled(px::rect(x, rect.top(), thick, rect.height()), 0.0, color);
}

/// A frame inside a rectangle.
pub fn frame(painter: &Painter, rect: Rect, radius: u8, color: Color32, thick: f32) {
    painter.rect_stroke(rect, radius, Stroke::new(thick, color), StrokeKind::Inside);
}

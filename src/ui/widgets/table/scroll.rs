//! Solid scroll bars over whole rows: a million rows are counted, not measured.

use crate::ui::px;
use crate::ui::theme;
use egui::{Id, PointerButton, Rect, Sense, Ui, pos2, vec2};

/// The shortest handle in points.
const HANDLE: f32 = 28.0;

/// How a part lies in a whole along a bar.
#[derive(Clone, Copy)]
struct Span {
    start: f32,
    length: f32,
    track: f32,
}

impl Span {
    fn new(from: f32, seen: f32, track: f32) -> Self {
        let length = (track * seen).max(HANDLE).min(track);
        Self { start: (track - length) * from, length, track }
    }
    /// Where along the whole (0..1) a handle dragged to `start` points to.
    fn share(&self, start: f32) -> f32 {
        let room = self.track - self.length;
        if room <= 0.0 { 0.0 } else { (start / room).clamp(0.0, 1.0) }
    }
}

/// Draws a vertical bar over `total` rows of which `seen` are seen from `top` on; gives the new top row.
pub fn vertical(ui: &Ui, id: Id, rect: Rect, top: usize, seen: usize, total: usize) -> Option<usize> {
    let last = total.saturating_sub(seen);
    let span = Span::new(px::share(top, last), px::share(seen, total.max(1)), rect.height());
    let handle = Rect::from_min_size(rect.min + vec2(0.0, span.start), vec2(rect.width(), span.length));
    let along = |at: egui::Pos2| at.y - rect.top();
    match bar(ui, id, rect, handle, span.start, along)? {
        Moved::Drag(start) => Some(px::share_of(last, span.share(start))),
        Moved::Page(back) if back => Some(top.saturating_sub(seen)),
        Moved::Page(_) => Some((top + seen).min(last)),
    }
}

/// Draws a horizontal bar over `total` points of which `seen` are seen from `left` on; gives the new left.
pub fn horizontal(ui: &Ui, id: Id, rect: Rect, left: f32, seen: f32, total: f32) -> Option<f32> {
    let last = (total - seen).max(0.0);
    let from = if last > 0.0 { left / last } else { 0.0 };
    let span = Span::new(from, (seen / total.max(1.0)).min(1.0), rect.width());
    let handle = Rect::from_min_size(rect.min + vec2(span.start, 0.0), vec2(span.length, rect.height()));
    let along = |at: egui::Pos2| at.x - rect.left();
    match bar(ui, id, rect, handle, span.start, along)? {
        Moved::Drag(start) => Some((last * span.share(start)).round()),
        Moved::Page(back) => Some((left + if back { -seen } else { seen }).clamp(0.0, last)),
    }
}

enum Moved {
    /// The handle was dragged so that it begins here.
    Drag(f32),
    /// The track was clicked before (true) or after the handle.
    Page(bool),
}

fn bar(ui: &Ui, id: Id, rect: Rect, handle: Rect, start: f32, along: impl Fn(egui::Pos2) -> f32) -> Option<Moved> {
    let colors = theme::colors(ui);
    let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    let pointer = response.interact_pointer_pos();
    let held = id.with("held at");
    let on_handle = pointer.is_some_and(|at| handle.contains(at));
    let pressed = ui.input(|input| input.pointer.button_pressed(PointerButton::Primary));
    if pressed && let Some(at) = pointer {
        // What part of the handle was taken, so that it does not jump under the pointer.
        let grip = on_handle.then(|| along(at) - start);
        ui.data_mut(|data| data.insert_temp(held, grip));
    }
    let grip = ui.data(|data| data.get_temp::<Option<f32>>(held)).flatten();
    let down = response.is_pointer_button_down_on();
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, colors.chrome);
    let active = down || (response.hovered() && ui.rect_contains_pointer(handle));
    let color = if active { colors.bar_hover } else { colors.bar };
    painter.rect_filled(handle.shrink(2.0), 4.0, color);
    let at = pointer?;
    match grip {
        Some(grip) if down => Some(Moved::Drag(along(at) - grip)),
        None if pressed => Some(Moved::Page(along(at) < start)),
        _ => None,
    }
}

/// Rows and points the wheel turned since the last frame over a place: down and to the right are positive.
pub fn wheel(ui: &Ui, over: Rect, row: f32, page: usize) -> (f32, f32) {
    if !ui.rect_contains_pointer(over) {
        return (0.0, 0.0);
    }
    ui.input_mut(|input| {
        let mut rows = 0.0;
        let mut points = 0.0;
        for event in &input.events {
            let egui::Event::MouseWheel { unit, delta, modifiers, .. } = event else { continue };
            if modifiers.ctrl || modifiers.command {
                continue;
            }
            let (across, down) = if modifiers.shift { (delta.y + delta.x, 0.0) } else { (delta.x, delta.y) };
            let (line, step) = match unit {
                egui::MouseWheelUnit::Line => (3.0, 60.0),
                egui::MouseWheelUnit::Point => (1.0 / row, 1.0),
                egui::MouseWheelUnit::Page => (px::length(page), 400.0),
            };
            rows -= down * line;
            points -= across * step;
        }
        // A scroll area around the table must not move too.
        input.smooth_scroll_delta = egui::Vec2::ZERO;
        (rows, points)
    })
}

/// The corner where both bars meet.
pub fn corner(ui: &Ui, at: egui::Pos2) {
    let rect = Rect::from_min_max(at, pos2(at.x + theme::BAR, at.y + theme::BAR));
    ui.painter().rect_filled(rect, 0.0, theme::colors(ui).chrome);
}

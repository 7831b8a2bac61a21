//! Two parts of a page with a line between them that can be dragged.

use crate::ui::{paint, px, theme};
use egui::{CursorIcon, Id, Rect, Sense, Ui, UiBuilder, pos2};

/// Thickness of the line that is taken, in points.
const GRIP: f32 = 7.0;

/// How the parts lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Beside each other.
    Across,
    /// Under each other.
    Down,
}

/// Draws two parts; `share` is the first one's part of the room. True when the line was let go: keep it.
pub fn split(
    ui: &mut Ui,
    id: Id,
    kind: Split,
    share: &mut f32,
    first: impl FnOnce(&mut Ui),
    second: impl FnOnce(&mut Ui),
) -> bool {
    let room = ui.available_rect_before_wrap();
    ui.allocate_rect(room, Sense::hover());
    let length = if kind == Split::Across { room.width() } else { room.height() };
    *share = share.clamp(0.1, 0.9);
    let at = ((length - GRIP) * *share).round();
    let (before, grip, after) = parts(room, kind, at);
    let response = ui.interact(grip, id, Sense::DRAG);
    if response.hovered() || response.dragged() {
        ui.set_cursor_icon(if kind == Split::Across { CursorIcon::ResizeColumn } else { CursorIcon::ResizeRow });
    }
    if response.dragged()
        && let Some(to) = response.interact_pointer_pos()
    {
        let along = if kind == Split::Across { to.x - room.left() } else { to.y - room.top() };
        *share = ((along - GRIP / 2.0) / (length - GRIP)).clamp(0.1, 0.9);
    }
    let colors = theme::colors(ui);
    let color = if response.hovered() || response.dragged() { colors.accent_line } else { colors.chrome_line };
    match kind {
        Split::Across => paint::down(ui.painter(), grip, grip.center().x.floor(), color),
        Split::Down => paint::across(ui.painter(), grip, grip.center().y.floor(), color),
    }
    first(&mut ui.new_child(UiBuilder::new().max_rect(before).id_salt(id.with(0))));
    second(&mut ui.new_child(UiBuilder::new().max_rect(after).id_salt(id.with(1))));
    response.drag_stopped()
}

fn parts(room: Rect, kind: Split, at: f32) -> (Rect, Rect, Rect) {
    match kind {
        Split::Across => (
            px::rect(room.left(), room.top(), at, room.height()),
            px::rect(room.left() + at, room.top(), GRIP, room.height()),
            Rect::from_min_max(pos2(room.left() + at + GRIP, room.top()), room.max),
        ),
        Split::Down => (
            px::rect(room.left(), room.top(), room.width(), at),
            px::rect(room.left(), room.top() + at, room.width(), GRIP),
            Rect::from_min_max(pos2(room.left(), room.top() + at + GRIP), room.max),
        ),
    }
}

//! Content that takes the room there is, and scrolls where that is less than it needs.

use egui::scroll_area::{DragScroll, ScrollSource};
use egui::{Id, ScrollArea, Ui, vec2};

/// What is remembered between frames.
#[derive(Default)]
pub struct Tall {
    /// The height the content needed last time, in points.
    need: f32,
    /// The field the keyboard was in.
    focused: Option<Id>,
}

impl Tall {
    /// Draws the content, which gives the height in points it cannot do without; the field the keyboard
    /// comes to is brought into view.
    pub fn show(&mut self, ui: &mut Ui, id: Id, content: impl FnOnce(&mut Ui) -> f32) {
        if self.need <= ui.available_height() {
            self.need = content(ui);
            return;
        }
        let (need, before) = (self.need, self.focused);
        // Dragging in a form marks words of a field and rows of a table part.
        let source = ScrollSource { drag: DragScroll::Never, ..ScrollSource::default() };
        let area = ScrollArea::vertical().id_salt(id).auto_shrink([false, false]).scroll_source(source);
        (self.need, self.focused) = area
            .show(ui, |ui| {
                let room = vec2(ui.available_width(), need);
                let need = ui.allocate_ui(room, content).inner;
                let focused = ui.ctx().memory(|memory| memory.focused());
                if focused != before
                    && let Some(field) = focused.and_then(|id| ui.ctx().read_response(id))
                {
                    ui.scroll_to_rect(field.rect, None);
                }
                (need, focused)
            })
            .inner;
    }
}

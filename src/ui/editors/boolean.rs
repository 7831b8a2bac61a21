//! Yes or no: a box to tick with the space bar.

use super::state::leave;
use super::{Aid, Ask, Edited, Editor, Field, Frames, Suggest};
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::commands::{Chord, keys};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CELL_PAD};
use crate::ui::widgets::entry::frame_line;
use crate::ui::{focus, paint};
use egui::accesskit::Role;
use egui::{Align, EventFilter, Key, Rect, Sense, Ui, WidgetInfo, vec2};

/// The editor of yes and no.
pub struct Boolean;

/// Side of the box in points.
pub const BOX: f32 = 16.0;

/// Paints a box, ticked or not.
pub fn paint_box(ui: &Ui, rect: Rect, ticked: bool, focused: bool, enabled: bool) {
    let colors = theme::colors(ui);
    let hovered = enabled && ui.rect_contains_pointer(rect);
    let (line, thick) = frame_line(colors, false, focused, hovered);
    let fill = if enabled { colors.field } else { colors.field_read_only };
    ui.painter().rect_filled(rect, theme::RADIUS, fill);
    paint::frame(ui.painter(), rect, theme::RADIUS, line, thick);
    if ticked {
        let color = if enabled { colors.text } else { colors.weak };
        paint::icon(ui.painter(), rect.center(), Icon::Check, 14.0, color);
    }
}

impl Editor for Boolean {
    fn shown(&self, value: &Value, _kind: Type, _suggest: &mut dyn Suggest) -> String {
        if *value == Value::Bool(true) { text!("yes").show() } else { String::new() }
    }

    fn width(&self, _kind: Type) -> f32 {
        BOX
    }

    fn ui(&self, ui: &mut Ui, rect: Rect, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
        let ticked = *value == Value::Bool(true);
        let enabled = !field.read_only && ui.is_enabled();
        if enabled {
            focus::claim(ui.ctx(), field.id);
        }
        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let response = ui.interact(rect, field.id, sense);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, ticked, field.label));
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_author_id(field.name));
        let focused = focus::on(ui.ctx(), field.id) && enabled;
        let mut toggled = response.clicked_by(egui::PointerButton::Primary) && enabled;
        let mut left = None;
        if focused {
            let filter = EventFilter {
                escape: field.frames == Frames::Cell,
                tab: field.frames == Frames::Cell,
                ..Default::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(field.id, filter));
            left = leave(ui, field, true);
            let pressed = |chord: Chord| ui.input_mut(|input| chord.take(input));
            toggled |= pressed(Chord::plain(Key::Space));
            if pressed(keys::WHY) {
                aid.ask(field, Ask::Why);
            }
        }
        if toggled {
            *value = Value::Bool(!ticked);
        }
        let at = match field.frames {
            Frames::Cell => rect.center(),
            _ => rect.left_center() + vec2(BOX / 2.0, 0.0),
        };
        if field.frames == Frames::Cell {
            ui.painter().rect_filled(rect, 0.0, theme::colors(ui).cell_current);
        }
        let square = Rect::from_center_size(at.round(), vec2(BOX, BOX));
        paint_box(ui, square, *value == Value::Bool(true), focused, enabled);
        debug_assert!(rect.width() + CELL_PAD >= BOX, "no room for the box");
        Edited { changed: toggled, leave: left, focused, response }
    }

    fn align(&self) -> Align {
        Align::Center
    }
}

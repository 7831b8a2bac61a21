//! The search box of a list: typed into from anywhere in the list, left for the list by the arrow.

use super::entry::Entry;
use crate::text;
use crate::ui::commands::{Chord, keys};
use crate::ui::icons::Icon;
use crate::ui::theme::CONTROL;
use crate::ui::{focus, paint, theme};
use egui::accesskit::Role;
use egui::{Id, Key, Sense, Ui, WidgetInfo, pos2, vec2};

/// What happened in a search box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// The text was changed: search.
    pub changed: bool,
    /// Enter or the arrow down: go to the list.
    pub to_list: bool,
}

/// Draws a search box of a width over a text. Esc and Ctrl+Q clear it and go back to the list.
pub fn search_box(ui: &mut Ui, id: Id, width: f32, query: &mut String) -> Searched {
    let (rect, _) = ui.allocate_exact_size(vec2(width, CONTROL), Sense::hover());
    let label = text!("cmd-find").show();
    let hint = text!("search-hint", keys = keys::FIND.show()).show();
    let mut searched = Searched::default();
    if focus::on(ui.ctx(), id) {
        let pressed = |chord: Chord| ui.input_mut(|input| chord.take(input));
        let clears = pressed(keys::ESCAPE) || pressed(keys::FIND_END);
        if clears {
            searched.changed = !query.is_empty();
            query.clear();
        }
        searched.to_list = clears || pressed(keys::ENTER) || pressed(Chord::plain(Key::ArrowDown));
    }
    let mut inner = rect;
    inner.min.x += 20.0;
    let colors = theme::colors(ui);
    let focused = focus::on(ui.ctx(), id);
    let frame = Entry { aside: 0.0, ..Entry::new(id, &label, rect) };
    frame.paint_frame(ui, focused);
    let entry = Entry {
        name: "search",
        hint: &hint,
        aside: if query.is_empty() { 0.0 } else { 20.0 },
        frames: super::entry::Frames::Bare,
        ..Entry::new(id, &label, inner)
    };
    searched.changed |= entry.show(ui, query).changed;
    paint::icon(ui.painter(), pos2(rect.left() + 14.0, rect.center().y), Icon::MagnifyingGlass, 14.0, colors.weak);
    if !query.is_empty() {
        let cross = egui::Rect::from_center_size(pos2(rect.right() - 13.0, rect.center().y), vec2(18.0, 18.0));
        let words = text!("cmd-find-end").show();
        let response = ui.interact(cross, id.with("clear"), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        let color = if response.hovered() { colors.text } else { colors.weak };
        paint::icon(ui.painter(), cross.center(), Icon::X, 12.0, color);
        if response.clicked() {
            query.clear();
            searched = Searched { changed: true, to_list: true };
        }
        response.on_hover_text(format!("{words} ({})", keys::FIND_END.show()));
    }
    searched
}

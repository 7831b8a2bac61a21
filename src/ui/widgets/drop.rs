//! A list dropped under a field: suggestions, choices. The field keeps the focus and is typed into.

use crate::ui::icons::Icon;
use crate::ui::theme::{self, ROW, Role};
use crate::ui::{fonts, paint, px};
use egui::accesskit;
use egui::{
    Align, Context, Event, Frame, Id, Key, Margin, Popup, PopupCloseBehavior, PopupKind, Rect, RectAlign, ScrollArea,
    Sense, Ui, WidgetInfo, vec2,
};

/// Lines seen at once.
const VISIBLE: usize = 12;

/// A line of the list.
#[derive(Clone, Debug, Default)]
pub struct DropRow<'a> {
    /// What it says.
    pub title: &'a str,
    /// What else is known of it, in grey at the right.
    pub detail: &'a str,
    /// What stands under the headings, at the right of all.
    pub beside: &'a [String],
    /// Its icon.
    pub icon: Option<Icon>,
    /// A line above it.
    pub divided: bool,
    /// Its colour.
    pub role: Role,
}

/// What stands above and below the lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around<'a> {
    /// Headings of the columns at the right; none without such columns.
    pub headings: &'a [String],
    /// A grey line at the bottom, empty for none.
    pub footer: &'a str,
}

/// What the keyboard asks of an open list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DropKeys {
    /// Take the highlighted line: with Enter.
    pub enter: bool,
    /// Take the highlighted line and go on: with Tab.
    pub tab: bool,
    /// Close the list.
    pub cancel: bool,
    /// The highlight was moved.
    pub moved: bool,
}

fn presses(ui: &Ui, wanted: Key) -> usize {
    ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| {
            !matches!(event, Event::Key { key, modifiers, pressed: true, .. } if *key == wanted && modifiers.is_none())
        });
        before - input.events.len()
    })
}

/// Takes the keys of an open list and moves the highlight. Call before the field is drawn.
pub fn steer(ui: &Ui, selected: &mut usize, count: usize) -> DropKeys {
    let down = presses(ui, Key::ArrowDown) + presses(ui, Key::PageDown) * VISIBLE;
    let up = presses(ui, Key::ArrowUp) + presses(ui, Key::PageUp) * VISIBLE;
    let last = count.saturating_sub(1);
    *selected = selected.saturating_add(down).min(last).saturating_sub(up);
    DropKeys {
        enter: presses(ui, Key::Enter) > 0,
        tab: presses(ui, Key::Tab) > 0,
        cancel: presses(ui, Key::Escape) > 0,
        moved: down != up,
    }
}

/// What the pointer asks of an open list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// This line was clicked.
    pub clicked: Option<usize>,
    /// The pointer is over the list.
    pub hovered: bool,
}

/// Draws the list under (or over) its field.
pub fn show(ui: &Ui, id: Id, anchor: Rect, rows: &[DropRow<'_>], selected: &mut usize, around: Around<'_>) -> Dropped {
    let columns = columns(ui, rows, around.headings);
    let taken: f32 = columns.iter().sum();
    let width = (widest(ui, rows) + taken).clamp(anchor.width(), anchor.width().max(560.0 + taken));
    let shown = frame(ui, id, anchor).width(width).show(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        if !columns.is_empty() {
            headings_ui(ui, around.headings, &columns, width);
        }
        let clicked = lines_ui(ui, rows, &columns, selected);
        if !around.footer.is_empty() {
            footer_ui(ui, around.footer, rows.is_empty(), width);
        }
        clicked
    });
    let Some(shown) = shown else { return Dropped::default() };
    Dropped { clicked: shown.inner, hovered: shown.response.contains_pointer() }
}

/// Widths of the columns at the right: the widest word of each with the room before it.
fn columns(ui: &Ui, rows: &[DropRow<'_>], headings: &[String]) -> Vec<f32> {
    let wide = |words: &str, font| paint::width_of(ui, words, font);
    let column = |(at, heading): (usize, &String)| {
        let cells = rows.iter().filter_map(|row| row.beside.get(at)).map(|words| wide(words, fonts::text()));
        (cells.fold(wide(heading, fonts::small()), f32::max) + 24.0).ceil()
    };
    headings.iter().enumerate().map(column).collect()
}

/// Writes words into their columns, the last of which ends at the right of the line; gives what is left of it.
fn columns_ui(
    ui: &Ui,
    mut line: Rect,
    words: &[String],
    columns: &[f32],
    looks: (&egui::FontId, egui::Color32),
) -> Rect {
    for (at, width) in columns.iter().enumerate().rev() {
        let mut place = line;
        place.min.x = line.max.x - width;
        line.max.x = place.min.x;
        if let Some(words) = words.get(at) {
            paint::text(ui.painter(), place, words, looks.0.clone(), looks.1, Align::Max);
        }
    }
    line
}

fn headings_ui(ui: &mut Ui, headings: &[String], columns: &[f32], width: f32) {
    let colors = theme::colors(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    columns_ui(ui, rect.shrink2(vec2(6.0, 0.0)), headings, columns, (&fonts::small(), colors.weak));
    paint::across(ui.painter(), rect, rect.bottom() - 1.0, colors.grid_line);
    response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Label, true, headings.join(", ")));
}

/// Draws the lines alone, at most a dozen at once; gives the clicked one.
pub fn rows_ui(ui: &mut Ui, rows: &[DropRow<'_>], selected: &mut usize) -> Option<usize> {
    lines_ui(ui, rows, &[], selected)
}

fn lines_ui(ui: &mut Ui, rows: &[DropRow<'_>], columns: &[f32], selected: &mut usize) -> Option<usize> {
    let mut clicked = None;
    let height = ROW * px::length(rows.len().min(VISIBLE)) + 5.0;
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for (at, row) in rows.iter().enumerate() {
            if row_ui(ui, row, columns, at, selected) {
                clicked = Some(at);
            }
        }
    });
    clicked
}

/// A popup that opens under a field, over it where there is no room, and stays until told otherwise.
pub fn frame<'a>(ui: &Ui, id: Id, anchor: Rect) -> Popup<'a> {
    Popup::new(id, ui.ctx().clone(), anchor, ui.layer_id())
        .kind(PopupKind::Popup)
        .align(RectAlign::BOTTOM_START)
        .align_alternatives(&[RectAlign::TOP_START, RectAlign::BOTTOM_END, RectAlign::TOP_END])
        .gap(1.0)
        .frame(popup_frame(ui.ctx()))
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
}

fn popup_frame(ctx: &Context) -> Frame {
    let colors = theme::palette(ctx);
    Frame::new()
        .fill(colors.popup)
        .stroke(egui::Stroke::new(1.0, colors.field_line_hover))
        .corner_radius(theme::RADIUS)
        .inner_margin(Margin::same(2))
        .shadow(ctx.global_style().visuals.popup_shadow)
}

fn footer_ui(ui: &mut Ui, words: &str, alone: bool, width: f32) {
    let colors = theme::colors(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
    if !alone {
        paint::across(ui.painter(), rect, rect.top(), colors.grid_line);
    }
    paint::text(ui.painter(), rect.shrink2(vec2(6.0, 0.0)), words, fonts::small(), colors.weak, Align::Min);
}

fn row_ui(ui: &mut Ui, row: &DropRow<'_>, columns: &[f32], at: usize, selected: &mut usize) -> bool {
    let colors = theme::colors(ui);
    let above = if row.divided && at > 0 { 5.0 } else { 0.0 };
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW + above), Sense::CLICK);
    let mut rect = whole;
    rect.min.y += above;
    response.widget_info(|| WidgetInfo::selected(accesskit::Role::ListBoxOption, true, at == *selected, row.title));
    if row.beside.iter().any(|words| !words.is_empty()) {
        // The reader hears what stands in the columns after the name.
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_description(row.beside.join(", ")));
    }
    if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
        *selected = at;
    }
    if above > 0.0 {
        paint::across(ui.painter(), whole, whole.top() + 2.0, colors.grid_line);
    }
    if at == *selected {
        ui.painter().rect_filled(rect, 2.0, colors.row_current);
        if !ui.clip_rect().contains_rect(rect) {
            ui.scroll_to_rect(rect, None);
        }
    }
    let mut inner = rect.shrink2(vec2(6.0, 0.0));
    if let Some(icon) = row.icon {
        paint::icon(ui.painter(), inner.left_center() + vec2(7.0, 0.0), icon, 14.0, colors.weak);
        inner.min.x += 20.0;
    }
    if !row.beside.is_empty() {
        inner = columns_ui(ui, inner, row.beside, columns, (&fonts::text(), colors.text));
    }
    let title = paint::line(ui.painter(), row.title, fonts::text(), colors.role(row.role), inner.width());
    let taken = title.size().x;
    ui.painter().galley(paint::place(&title, inner, Align::Min), title, colors.text);
    let mut rest = inner;
    rest.min.x += taken + 16.0;
    if rest.width() > 24.0 {
        paint::text(ui.painter(), rest, row.detail, fonts::text(), colors.weak, Align::Max);
    }
    response.clicked()
}

fn widest(ui: &Ui, rows: &[DropRow<'_>]) -> f32 {
    let width = |row: &DropRow<'_>| {
        let detail = if row.detail.is_empty() { 0.0 } else { paint::width_of(ui, row.detail, fonts::text()) + 24.0 };
        let icon = if row.icon.is_some() { 20.0 } else { 0.0 };
        paint::width_of(ui, row.title, fonts::text()) + detail + icon + 20.0
    };
    rows.iter().map(width).fold(0.0, f32::max).ceil()
}

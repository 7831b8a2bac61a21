//! The rows of a list: painted, pointed at.

use super::rows::{Branch, Cell, ListRow, RowSource};
use super::state::ListState;
use super::{Geometry, List, ListEvent};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, Palette, ROW, Role};
use crate::ui::widgets::table::columns::Placed;
use crate::ui::{fonts, paint, px};
use egui::{Align, Color32, Painter, Pos2, Rect, Response, Sense, Ui, WidgetInfo, accesskit, pos2};

/// How far a level of a tree is moved to the right, in points.
const INDENT: f32 = 16.0;

/// The rows of a list in one frame.
pub(super) struct Body<'a> {
    pub list: &'a List<'a>,
    pub placed: &'a [Placed],
    pub geometry: Geometry,
    /// Width of the column of marks.
    pub lead: f32,
    /// Points at the left that do not scroll.
    pub frozen: f32,
    pub focused: bool,
}

/// A row on its way to the screen.
struct Line<'a> {
    row: &'a ListRow,
    rect: Rect,
    current: bool,
}

impl Body<'_> {
    fn is_frozen(&self, placed: &Placed) -> bool {
        placed.right() <= self.frozen + 0.5
    }

    /// The part of the body where columns scroll, or where they do not.
    fn window(&self, frozen: bool) -> Rect {
        let body = self.geometry.body;
        let edge = (body.left() + self.frozen).min(body.right());
        if frozen {
            Rect::from_min_max(body.min, pos2(edge, body.max.y))
        } else {
            Rect::from_min_max(pos2(edge, body.min.y), body.max)
        }
    }

    fn row_rect(&self, at: usize, state: &ListState) -> Rect {
        let body = self.geometry.body;
        let line = at.saturating_sub(state.top);
        px::rect(body.left(), body.top() + ROW * px::length(line), body.width(), ROW)
    }

    fn cell_rect(&self, row: Rect, placed: &Placed, state: &ListState) -> Rect {
        let shift = if self.is_frozen(placed) { 0.0 } else { state.left };
        px::rect(row.left() + placed.left - shift, row.top(), placed.width, ROW)
    }

    /// Where the current row stands, when it is seen.
    pub fn current_rect(&self, len: usize, state: &ListState) -> Option<Rect> {
        let seen = state.top..(state.top + self.geometry.seen).min(len);
        seen.contains(&state.current).then(|| self.row_rect(state.current, state))
    }

    fn row_at(&self, at: Pos2, len: usize, state: &ListState) -> Option<usize> {
        let line = px::count((at.y - self.geometry.body.top()) / ROW);
        let row = state.top + line.min(self.geometry.seen.saturating_sub(1));
        (row < len && self.geometry.body.contains(at)).then_some(row)
    }

    fn column_at(&self, at: Pos2, state: &ListState) -> Option<usize> {
        let row = px::rect(self.geometry.body.left(), at.y, self.geometry.body.width(), ROW);
        self.placed.iter().position(|placed| {
            let cell = self.cell_rect(row, placed, state).intersect(self.window(self.is_frozen(placed)));
            cell.x_range().contains(at.x)
        })
    }

    /// Clicks: choose, open, unfold, ask for the menu.
    pub fn pointer(
        &self,
        ui: &Ui,
        response: &Response,
        source: &mut dyn RowSource,
        state: &mut ListState,
        events: &mut Vec<ListEvent>,
    ) {
        let len = source.len();
        let clicked = response.clicked() || response.secondary_clicked();
        let Some(at) = response.interact_pointer_pos().filter(|_| clicked) else { return };
        let Some(row) = self.row_at(at, len, state) else { return };
        if let Some(column) = self.column_at(at, state) {
            state.column = column;
        }
        let held = ui.input(|input| input.modifiers);
        if response.secondary_clicked() {
            if !state.selection.contains(row) {
                state.go(row, len);
            }
            state.current = row;
            events.push(ListEvent::Menu(Some(at)));
        } else if self.fold_rect(row, source, state).is_some_and(|fold| fold.contains(at)) {
            let open = source.row(row).is_some_and(|row| row.branch == Branch::Closed);
            source.toggle(row, open);
        } else if held.shift {
            state.extend(row, len);
        } else if held.command || held.ctrl {
            if state.selection.is_empty() {
                state.selection.add(state.current..state.current + 1);
            }
            state.current = row;
            state.anchor = row;
            state.selection.toggle(row);
        } else {
            state.go(row, len);
            if response.double_clicked() {
                events.push(ListEvent::Open);
            }
        }
    }

    /// Where the arrow of a branch stands.
    fn fold_rect(&self, row: usize, source: &mut dyn RowSource, state: &ListState) -> Option<Rect> {
        let first = self.placed.first().filter(|_| self.list.tree)?;
        let shown = source.row(row).filter(|shown| shown.branch != Branch::Leaf)?;
        let cell = self.cell_rect(self.row_rect(row, state), first, state);
        Some(fold_box(cell, shown.level))
    }

    /// Paints the rows; gives the whole text of the cell under the pointer when it was cut.
    pub fn paint(&self, ui: &Ui, source: &mut dyn RowSource, state: &ListState) -> String {
        let colors = theme::colors(ui);
        let seen = state.top..(state.top + self.geometry.seen).min(source.len());
        let all = ui.painter_at(self.geometry.body);
        for at in seen.clone() {
            let rect = self.row_rect(at, state);
            if let Some(fill) = self.row_fill(at, state, colors) {
                all.rect_filled(rect, 0.0, fill);
            }
            paint::across(&all, rect, rect.bottom() - 1.0, colors.grid_line);
        }
        let pointer =
            ui.input(|input| input.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(self.geometry.body));
        let mut tip = String::new();
        for frozen in [false, true] {
            let painter = ui.painter_at(self.window(frozen));
            for at in seen.clone() {
                let rect = self.row_rect(at, state);
                let Some(row) = source.row(at) else {
                    self.paint_missing(&painter, rect, frozen, colors);
                    continue;
                };
                let line = Line { row, rect, current: at == state.current };
                let cut = self.paint_line(&painter, &line, frozen, state, pointer, colors);
                if let Some(text) = cut {
                    tip = text;
                }
                if frozen {
                    self.name_row(ui, &line, at, state);
                }
            }
            self.paint_edges(&painter, frozen, seen.len(), state, colors);
        }
        if let Some(totals) = source.totals() {
            self.paint_totals(ui, totals, state, colors);
        }
        tip
    }

    fn row_fill(&self, at: usize, state: &ListState, colors: &Palette) -> Option<Color32> {
        let chosen = state.selection.contains(at);
        let current = at == state.current && (state.selection.is_empty() || chosen);
        match (chosen, current) {
            (_, true) | (true, _) if !self.focused => Some(colors.row_idle),
            (true, _) => Some(colors.row_selected),
            (_, true) => Some(colors.row_current),
            _ if at % 2 == 1 => Some(colors.stripe),
            _ => None,
        }
    }

    fn paint_missing(&self, painter: &Painter, row: Rect, frozen: bool, colors: &Palette) {
        if !frozen {
            let words = px::rect(row.left() + self.lead + theme::CELL_PAD, row.top(), 40.0, ROW);
            paint::text(painter, words, "…", fonts::text(), colors.disabled, Align::Min);
        }
    }

    fn paint_line(
        &self,
        painter: &Painter,
        line: &Line<'_>,
        frozen: bool,
        state: &ListState,
        pointer: Option<Pos2>,
        colors: &Palette,
    ) -> Option<String> {
        if frozen && self.lead > 0.0 {
            let middle = pos2(line.rect.left() + self.lead / 2.0, line.rect.center().y);
            if let Some((icon, role)) = line.row.mark.icon() {
                paint::icon(painter, middle, icon, 15.0, colors.role(role));
            }
        }
        let mut tip = None;
        for (place, placed) in self.placed.iter().enumerate() {
            let cell = self.cell_rect(line.rect, placed, state);
            if self.is_frozen(placed) != frozen || !painter.clip_rect().intersects(cell) {
                continue;
            }
            let Some(shown) = line.row.cells.get(placed.column) else { continue };
            let mut inner = paint::padded(cell);
            if place == 0 && self.list.tree {
                inner.min.x = paint_fold(painter, cell, line.row, colors) + theme::CELL_PAD;
            }
            let align = self.list.columns.get(placed.column).map_or(Align::Min, |column| column.align);
            let cut = paint_cell(painter, inner, shown, line.row, align, colors);
            if cut && pointer.is_some_and(|at| cell.contains(at)) {
                tip = Some(shown.text.clone());
            }
            if line.current && self.focused && place == state.column {
                paint::frame(painter, cell, 0, colors.accent_line, 1.0);
            }
        }
        tip
    }

    /// Lines between the columns.
    fn paint_edges(&self, painter: &Painter, frozen: bool, rows: usize, state: &ListState, colors: &Palette) {
        let body = self.geometry.body;
        let tall = px::rect(body.left(), body.top(), body.width(), ROW * px::length(rows));
        for placed in self.placed.iter().filter(|placed| self.is_frozen(placed) == frozen) {
            let right = self.cell_rect(tall, placed, state).right();
            paint::down(painter, tall, right - 1.0, colors.grid_line);
        }
        if frozen && self.frozen > self.lead {
            paint::down(painter, tall, body.left() + self.frozen - 1.0, colors.field_line);
        }
    }

    fn paint_totals(&self, ui: &Ui, totals: &ListRow, state: &ListState, colors: &Palette) {
        let footer = self.geometry.footer;
        ui.painter().rect_filled(footer, 0.0, colors.header);
        paint::across(ui.painter(), footer, footer.top(), colors.chrome_line);
        let edge = footer.left() + self.frozen;
        for frozen in [false, true] {
            let window = if frozen {
                Rect::from_min_max(footer.min, pos2(edge, footer.max.y))
            } else {
                Rect::from_min_max(pos2(edge, footer.min.y), footer.max)
            };
            let line = Line { row: totals, rect: footer, current: false };
            self.paint_line(&ui.painter_at(window), &line, frozen, state, None, colors);
        }
    }

    /// Rows are found by a reader of the screen, and by tests, by what they say.
    fn name_row(&self, ui: &Ui, line: &Line<'_>, at: usize, state: &ListState) {
        let id = self.list.id.with(("row", at - state.top));
        let response = ui.interact(line.rect.intersect(self.geometry.body), id, Sense::empty());
        let chosen = line.current || state.selection.contains(at);
        response.widget_info(|| {
            let texts: Vec<&str> = line.row.cells.iter().map(|cell| cell.text.as_str()).collect();
            WidgetInfo::labeled(accesskit::Role::Row, true, texts.join("; "))
        });
        ui.ctx().accesskit_node_builder(id, |node| node.set_selected(chosen));
    }

    /// How wide a column must be for what is seen of it.
    pub fn widest(&self, ui: &Ui, column: usize, source: &mut dyn RowSource, state: &ListState) -> f32 {
        let title =
            self.list.columns.get(column).map(|column| paint::width_of(ui, &column.title, fonts::text()) + 18.0);
        let mut widest = title.unwrap_or(0.0);
        let first = self.placed.first().is_some_and(|placed| placed.column == column) && self.list.tree;
        for at in state.top..(state.top + self.geometry.seen).min(source.len()) {
            let Some(row) = source.row(at) else { continue };
            let Some(cell) = row.cells.get(column) else { continue };
            let indent = if first { INDENT * (f32::from(row.level) + 1.0) } else { 0.0 };
            let icon = if cell.icon.is_some() { 20.0 } else { 0.0 };
            let font = if cell.bold || row.bold { fonts::bold() } else { fonts::text() };
            widest = widest.max(paint::width_of(ui, &cell.text, font) + indent + icon);
        }
        widest + 2.0 * theme::CELL_PAD + 3.0
    }
}

fn fold_box(cell: Rect, level: u8) -> Rect {
    px::rect(cell.left() + 2.0 + INDENT * f32::from(level), cell.top(), INDENT, ROW)
}

/// Paints the arrow of a branch; gives where its text begins.
fn paint_fold(painter: &Painter, cell: Rect, row: &ListRow, colors: &Palette) -> f32 {
    let place = fold_box(cell, row.level);
    let icon = match row.branch {
        Branch::Leaf => None,
        Branch::Closed => Some(Icon::CaretRight),
        Branch::Open => Some(Icon::CaretDown),
    };
    if let Some(icon) = icon {
        paint::icon(painter, place.center(), icon, 12.0, colors.weak);
    }
    place.right()
}

fn paint_cell(painter: &Painter, inner: Rect, cell: &Cell, row: &ListRow, align: Align, colors: &Palette) -> bool {
    let mut inner = inner;
    if let Some((icon, role)) = cell.icon {
        paint::icon(painter, pos2(inner.left() + 7.0, inner.center().y), icon, 14.0, colors.role(role));
        inner.min.x += 19.0;
    }
    let role = if cell.role == Role::Text { row.role } else { cell.role };
    let font = if cell.bold || row.bold { fonts::bold() } else { fonts::text() };
    paint::text(painter, inner, &cell.text, font, colors.role(role), cell.align.unwrap_or(align))
}

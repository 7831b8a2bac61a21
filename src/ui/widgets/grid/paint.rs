//! The picture of a table part.

use super::{Frame, Geometry, GridColumn, NUMBERS};
use crate::kernel::value::{Type, Value};
use crate::ui::editors::{self, Aid};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, Palette, ROW, Role};
use crate::ui::widgets::table::columns::Placed;
use crate::ui::{focus, fonts, paint, px};
use egui::{Align, Color32, Painter, Pos2, Rect, Sense, Ui, WidgetInfo, accesskit, pos2};

/// The frame around all.
pub fn outline(ui: &Ui, geometry: &Geometry) {
    paint::frame(ui.painter(), geometry.outer, 0, theme::colors(ui).chrome_line, 1.0);
}

impl Frame<'_> {
    /// Paints rows, the current cell, totals; shows what is wrong with the cell under the pointer.
    pub fn paint(&mut self, ui: &mut Ui, aid: &mut Aid<'_>) {
        self.seek();
        let colors = theme::colors(ui);
        let focused = focus::on(ui.ctx(), self.grid.id) || focus::on(ui.ctx(), self.grid.editor());
        let rows = self.source.rows();
        let seen = self.state.top..(self.state.top + self.geometry.seen).min(rows);
        let numbers = ui.painter_at(self.geometry.body);
        let cells = ui.painter_at(self.scrolling(self.geometry.body));
        for row in seen.clone() {
            let rect = self.row_rect(row);
            if let Some(fill) = self.row_fill(row, focused, colors) {
                numbers.rect_filled(rect, 0.0, fill);
            }
            paint::across(&numbers, rect, rect.bottom() - 1.0, colors.grid_line);
            let number = paint::padded(px::rect(rect.left(), rect.top(), NUMBERS, ROW));
            paint::text(&numbers, number, &(row + 1).to_string(), fonts::text(), colors.weak, Align::Max);
        }
        let pointer =
            ui.input(|input| input.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(self.geometry.body));
        let mut tip = None;
        for row in seen.clone() {
            let mut said = Vec::new();
            for place in 0..self.placed.len() {
                let (text, hint) = self.paint_cell(&cells, row, place, aid, pointer, colors);
                said.push(text);
                tip = hint.or(tip);
            }
            self.name_row(ui, row, &said);
        }
        self.paint_edges(&numbers, seen.len(), colors);
        self.paint_current(&cells, focused, colors);
        if self.grid.totals {
            self.paint_totals(ui, colors);
        }
        if rows == 0 {
            let middle =
                Rect::from_center_size(self.geometry.body.center(), egui::vec2(self.geometry.body.width(), ROW));
            paint::text(&numbers, middle, self.grid.empty, fonts::text(), colors.weak, Align::Center);
        }
        if let Some(tip) = tip {
            let body = ui.interact(self.geometry.body, self.grid.id.with("tip"), Sense::hover());
            body.on_hover_text_at_pointer(tip);
        }
    }

    /// Brings the current cell into sight.
    fn seek(&mut self) {
        if let Some(name) = self.state.wanted.take()
            && let Some(place) = (0..self.placed.len()).find(|at| self.column(*at).is_some_and(|(_, c)| c.name == name))
        {
            self.state.column = place;
        }
        if !std::mem::take(&mut self.state.seek) {
            return;
        }
        let seen = self.geometry.seen;
        let state = &mut *self.state;
        state.top = state.top.min(state.row).max((state.row + 1).saturating_sub(seen));
        if let Some(placed) = self.placed.get(state.column) {
            let room = self.geometry.body.width();
            state.left = state.left.min(placed.left - NUMBERS).max(placed.right() - room).max(0.0);
        }
    }

    fn row_rect(&self, row: usize) -> Rect {
        let body = self.geometry.body;
        px::rect(body.left(), body.top() + ROW * px::length(row.saturating_sub(self.state.top)), body.width(), ROW)
    }

    /// The part of a strip where columns scroll.
    fn scrolling(&self, strip: Rect) -> Rect {
        Rect::from_min_max(pos2(strip.left() + NUMBERS, strip.top()), strip.max)
    }

    fn row_fill(&self, row: usize, focused: bool, colors: &Palette) -> Option<Color32> {
        let chosen = self.state.selection.contains(row);
        match (chosen, row == self.state.row) {
            (false, false) if row % 2 == 1 => Some(colors.stripe),
            (false, false) => None,
            _ if !focused => Some(colors.row_idle),
            (true, _) => Some(colors.row_selected),
            (false, true) => Some(colors.row_current),
        }
    }

    /// Paints a cell; gives its text, and what is to be said of it when it is pointed at.
    fn paint_cell(
        &self,
        painter: &Painter,
        row: usize,
        place: usize,
        aid: &mut Aid<'_>,
        pointer: Option<Pos2>,
        colors: &Palette,
    ) -> (String, Option<String>) {
        let (Some(placed), Some((at, column))) = (self.placed.get(place), self.column(place)) else {
            return (String::new(), None);
        };
        let cell = self.cell_rect(row, placed);
        if !painter.clip_rect().intersects(cell) {
            return (String::new(), None);
        }
        let value = self.source.value(row, at);
        let problem = self.source.problem(row, at);
        if problem.is_some() {
            painter.rect_filled(cell, 0.0, colors.danger_fill);
            paint::frame(painter, cell, 0, colors.danger, 1.0);
        }
        let pointed = pointer.is_some_and(|at| cell.contains(at));
        if let Value::Bool(ticked) = value {
            paint_tick(painter, cell, ticked, self.editable(row, place), colors);
            return (if ticked { column.column.title.clone() } else { String::new() }, problem.filter(|_| pointed));
        }
        let text = cell_text(&value, column, aid);
        let role = match self.source.role(row, at) {
            Role::Text if column.read_only || self.source.read_only(row, at) => Role::Weak,
            role => role,
        };
        let inner = paint::padded(cell);
        let cut = paint::text(painter, inner, &text, fonts::text(), colors.role(role), column.column.align);
        let hint = if pointed {
            problem.or_else(|| self.source.hint(row, at)).or_else(|| cut.then(|| text.clone()))
        } else {
            None
        };
        (text, hint)
    }

    fn paint_edges(&self, painter: &Painter, rows: usize, colors: &Palette) {
        let body = self.geometry.body;
        let tall = px::rect(body.left(), body.top(), body.width(), ROW * px::length(rows));
        paint::down(painter, tall, body.left() + NUMBERS - 1.0, colors.grid_line);
        for placed in self.placed {
            let right = body.left() + placed.right() - self.state.left;
            if right > body.left() + NUMBERS {
                paint::down(painter, tall, right - 1.0, colors.grid_line);
            }
        }
    }

    fn paint_current(&mut self, painter: &Painter, focused: bool, colors: &Palette) {
        self.state.seen_cell = None;
        let seen = self.state.top..self.state.top + self.geometry.seen;
        if !seen.contains(&self.state.row) || self.state.row >= self.source.rows() {
            return;
        }
        let Some(placed) = self.placed.get(self.state.column) else { return };
        let cell = self.cell_rect(self.state.row, placed);
        self.state.seen_cell = Some(cell);
        if focused && !self.state.editing {
            paint::frame(painter, cell, 0, colors.accent_line, 2.0);
        }
    }

    fn paint_totals(&self, ui: &Ui, colors: &Palette) {
        let footer = self.geometry.footer;
        ui.painter().rect_filled(footer, 0.0, colors.header);
        paint::across(ui.painter(), footer, footer.top(), colors.chrome_line);
        let painter = ui.painter_at(self.scrolling(footer));
        for placed in self.placed {
            let Some(total) = self.source.total(placed.column) else { continue };
            let cell = total_rect(footer, placed, self.state.left);
            paint::text(&painter, paint::padded(cell), &total, fonts::bold(), colors.text, Align::Max);
            let id = self.grid.id.with(("total", placed.column));
            let said = ui.interact(cell, id, Sense::empty());
            let title =
                self.grid.columns.get(placed.column).map(|column| column.column.title.as_str()).unwrap_or_default();
            let words = || format!("{}: {total}", crate::text!("grid-total", column = title).show());
            said.widget_info(|| WidgetInfo::labeled(accesskit::Role::Label, true, words()));
        }
    }

    fn name_row(&self, ui: &Ui, row: usize, said: &[String]) {
        let id = self.grid.id.with(("row", row - self.state.top));
        let response = ui.interact(self.row_rect(row), id, Sense::empty());
        let words = || format!("{}: {}", row + 1, said.join("; "));
        response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Row, true, words()));
        ui.ctx().accesskit_node_builder(id, |node| node.set_selected(row == self.state.row));
    }
}

fn total_rect(footer: Rect, placed: &Placed, scrolled: f32) -> Rect {
    px::rect(footer.left() + placed.left - scrolled, footer.top(), placed.width, ROW)
}

fn paint_tick(painter: &Painter, cell: Rect, ticked: bool, editable: bool, colors: &Palette) {
    let color = if editable { colors.text } else { colors.weak };
    let icon = if ticked { Icon::CheckSquare } else { Icon::Square };
    paint::icon(painter, cell.center(), icon, 15.0, if ticked { color } else { colors.disabled });
}

/// Noughts are left out: what is filled in stands out of a table.
fn cell_text(value: &Value, column: &GridColumn, aid: &mut Aid<'_>) -> String {
    let nought = column.kind.is_number() && !matches!(column.kind, Type::Int) && value.is_empty();
    if nought { String::new() } else { editors::shown(value, column.kind, aid.suggest) }
}

//! The header of a table: a click sorts, a drag moves a column, an edge resizes it, the right button
//! shows and hides.

use super::columns::{Column, Placed, Sort, TableLayout};
use crate::text;
use crate::ui::icons::Icon;
use crate::ui::theme::{self, HEADER};
use crate::ui::widgets::menu::{self, MenuItem};
use crate::ui::{fonts, paint, px};
use egui::accesskit::Role;
use egui::{Align, CursorIcon, Id, Painter, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

/// How near the pointer must be to an edge to take it, in points.
const GRIP: f32 = 4.0;

/// What was done with the header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeaderEvents {
    /// Sort by this column.
    pub sort: Option<usize>,
    /// The arrangement was changed: keep it.
    pub rearranged: bool,
    /// Make this column as wide as its texts.
    pub fit: Option<usize>,
}

/// The header of a table.
pub struct Header<'a> {
    /// Identity of the table.
    pub id: Id,
    /// The declared columns.
    pub columns: &'a [Column],
    /// The shown ones with their places.
    pub placed: &'a [Placed],
    /// Where the header stands.
    pub rect: Rect,
    /// How far the table is scrolled to the right.
    pub scrolled: f32,
    /// Points at the left that do not scroll.
    pub frozen: f32,
}

impl Header<'_> {
    /// Where a column's header stands on the screen.
    fn place(&self, placed: &Placed) -> Rect {
        let shift = if placed.right() <= self.frozen + 0.5 { 0.0 } else { self.scrolled };
        px::rect(self.rect.left() + placed.left - shift, self.rect.top(), placed.width, HEADER)
    }

    /// Draws it and changes the arrangement.
    pub fn show(&self, ui: &Ui, layout: &mut TableLayout) -> HeaderEvents {
        let colors = theme::colors(ui);
        ui.painter().rect_filled(self.rect, 0.0, colors.header);
        let mut events = HeaderEvents::default();
        let scrolling = Rect::from_min_max(pos2(self.rect.left() + self.frozen, self.rect.top()), self.rect.max);
        for placed in self.placed {
            let place = self.place(placed);
            let is_frozen = placed.right() <= self.frozen + 0.5;
            let window = if is_frozen { self.rect } else { scrolling };
            let seen = place.intersect(window);
            if !seen.is_positive() {
                continue;
            }
            self.column_ui(ui, placed, place, &ui.painter_at(window), layout, &mut events);
        }
        // Edges come last: they lie over the columns at both sides.
        for placed in self.placed {
            let edge = self.place(placed).right_top();
            if edge.x > scrolling.left() - 1.0 || placed.right() <= self.frozen + 0.5 {
                self.edge_ui(ui, placed, edge, layout, &mut events);
            }
        }
        paint::across(ui.painter(), self.rect, self.rect.bottom() - 1.0, colors.chrome_line);
        self.menu_ui(ui, layout, &mut events);
        events
    }

    fn column_ui(
        &self,
        ui: &Ui,
        placed: &Placed,
        place: Rect,
        painter: &Painter,
        layout: &mut TableLayout,
        events: &mut HeaderEvents,
    ) {
        let Some(column) = self.columns.get(placed.column) else { return };
        let colors = theme::colors(ui);
        let id = self.id.with(("header", placed.column));
        let response = ui.interact(place.intersect(painter.clip_rect()), id, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &column.title));
        if response.hovered() && column.sortable {
            painter.rect_filled(place, 0.0, colors.hover);
        }
        let sort = layout.sort.as_ref().filter(|sort| sort.code == column.code);
        let cut = paint_title(painter, place, column, sort, colors);
        paint::down(painter, place, place.right() - 1.0, colors.grid_line);
        if response.clicked() && column.sortable {
            events.sort = Some(placed.column);
        }
        if response.secondary_clicked() {
            menu::open(ui, self.id.with("columns"));
            let at = response.interact_pointer_pos().unwrap_or(place.left_bottom());
            ui.data_mut(|data| data.insert_temp(self.id.with("columns at"), at));
        }
        self.drag_ui(ui, column, &response, layout, events);
        if cut {
            response.on_hover_text(&column.title);
        }
    }

    /// Dragging a header over others moves its column; a line shows where to.
    fn drag_ui(
        &self,
        ui: &Ui,
        column: &Column,
        response: &Response,
        layout: &mut TableLayout,
        events: &mut HeaderEvents,
    ) {
        if !(response.dragged() || response.drag_stopped()) {
            return;
        }
        let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
        let target = self.placed.iter().find(|placed| at.x < self.place(placed).center().x);
        let line = target.map_or_else(
            || self.placed.last().map_or(self.rect.right(), |last| self.place(last).right()),
            |placed| self.place(placed).left(),
        );
        ui.set_cursor_icon(CursorIcon::Grabbing);
        let mark = px::rect(line - 1.0, self.rect.top(), 2.0, HEADER);
        ui.painter().rect_filled(mark, 0.0, theme::colors(ui).accent_line);
        if response.drag_stopped() {
            let before = target.and_then(|placed| self.columns.get(placed.column)).map(|column| column.code.clone());
            layout.put_before(&column.code, before.as_deref());
            events.rearranged = true;
        }
    }

    fn edge_ui(&self, ui: &Ui, placed: &Placed, edge: egui::Pos2, layout: &mut TableLayout, events: &mut HeaderEvents) {
        let Some(column) = self.columns.get(placed.column) else { return };
        let grip = px::rect(edge.x - GRIP, edge.y, 2.0 * GRIP, HEADER).intersect(self.rect);
        let response = ui.interact(grip, self.id.with(("edge", placed.column)), Sense::CLICK | Sense::DRAG);
        if response.hovered() || response.dragged() {
            ui.set_cursor_icon(CursorIcon::ResizeColumn);
        }
        if response.double_clicked() {
            events.fit = Some(placed.column);
            events.rearranged = true;
        } else if response.dragged()
            && let Some(at) = response.interact_pointer_pos()
        {
            layout.resize(&column.code, placed.width + at.x - edge.x);
            events.rearranged = true;
        }
    }

    fn menu_ui(&self, ui: &Ui, layout: &mut TableLayout, events: &mut HeaderEvents) {
        let at = ui.data(|data| data.get_temp::<egui::Pos2>(self.id.with("columns at")));
        let at = at.unwrap_or(self.rect.left_bottom() + vec2(theme::MARGIN, 0.0));
        let id = self.id.with("columns");
        if !egui::Popup::is_id_open(ui.ctx(), id) {
            return;
        }
        let mut items: Vec<MenuItem> = layout
            .columns
            .iter()
            .filter_map(|kept| {
                let column = self.columns.iter().find(|column| column.code == kept.code)?;
                Some(MenuItem::new(kept.code.clone(), &column.title).checked(!kept.hidden))
            })
            .collect();
        items.push(MenuItem::new("\u{1}reset", text!("columns-reset").show()).divided());
        let Some(code) = menu::at(ui, id, at, &items) else { return };
        if code == "\u{1}reset" {
            *layout = TableLayout { sort: layout.sort.take(), ..TableLayout::default() };
            layout.settle(self.columns);
        } else {
            layout.toggle(&code);
        }
        events.rearranged = true;
    }
}

/// Opens the menu of columns by the keyboard.
pub fn open_menu(ui: &Ui, table: Id) {
    ui.data_mut(|data| data.remove::<egui::Pos2>(table.with("columns at")));
    menu::open(ui, table.with("columns"));
}

fn paint_title(painter: &Painter, place: Rect, column: &Column, sort: Option<&Sort>, colors: &theme::Palette) -> bool {
    let mut inner = paint::padded(place);
    if let Some(sort) = sort {
        let icon = if sort.descending { Icon::ArrowDown } else { Icon::ArrowUp };
        let at = if column.align == Align::Max {
            inner.min.x += 16.0;
            inner.left_center() - vec2(9.0, 0.0)
        } else {
            inner.max.x -= 16.0;
            inner.right_center() + vec2(9.0, 0.0)
        };
        paint::icon(painter, at, icon, 12.0, colors.accent_line);
    }
    let color = if sort.is_some() { colors.text } else { colors.weak };
    paint::text(painter, inner, &column.title, fonts::text(), color, column.align)
}

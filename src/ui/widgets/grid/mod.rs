//! The table part: painted cells and one live editor over the current one.
//!
//! Enter and Tab go from cell to cell, typing replaces, arrows walk. What a cell may hold and what
//! follows from a change is the source's business ([`GridSource`]); the grid only asks and shows.

mod edit;
mod keys;
mod object;
mod paint;
mod paste;
mod state;

use super::list::Selection;
use super::table::columns::{self, Column, Placed};
use super::table::header::Header;
use super::table::scroll;
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::problems::{Place, Problems};
use crate::kernel::value::{Type, Value};
use crate::ui::editors::{self, Aid};
use crate::ui::theme::{self, BAR, HEADER, ROW, Role};
use crate::ui::{focus, px};
use egui::accesskit::Role as Kind;
use egui::{EventFilter, Id, Pos2, Rect, Sense, Ui, WidgetInfo, pos2};
pub use object::TableOf;
pub use state::GridState;
use std::ops::Range;

/// Width of the column of row numbers in points.
const NUMBERS: f32 = 36.0;

/// A column of a table part.
#[derive(Clone, Debug)]
pub struct GridColumn {
    /// How it is shown.
    pub column: Column,
    /// Its declared name.
    pub name: &'static str,
    /// Its type.
    pub kind: Type,
    /// Saving without it is refused.
    pub required: bool,
    /// Shown only.
    pub read_only: bool,
}

impl GridColumn {
    /// A column as declared, wide and aligned by its type.
    pub fn of(field: &FieldMeta, title: String) -> Self {
        let width = match field.kind {
            Type::Ref(_) | Type::AnyRef => 260.0,
            Type::Text => 160.0,
            Type::Bool => 60.0,
            Type::Percent | Type::Int => 80.0,
            Type::Moment => 140.0,
            _ => 100.0,
        };
        let mut column = Column::new(field.name, title, width).unsorted();
        column.align = editors::align(field.kind);
        if matches!(field.kind, Type::Ref(_) | Type::AnyRef) {
            column.stretch = 1.0;
        }
        Self { column, name: field.name, kind: field.kind, required: field.required, read_only: false }
    }
    /// Shown only.
    #[must_use]
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }
}

/// The rows of a table part and what may be done with them.
pub trait GridSource {
    /// How many rows there are.
    fn rows(&self) -> usize;
    /// What a cell holds.
    fn value(&self, row: usize, column: usize) -> Value;
    /// Sets a cell and recalculates what follows from it.
    fn set(&mut self, row: usize, column: usize, value: Value);
    /// Inserts an empty row before `at`.
    fn insert(&mut self, at: usize);
    /// Removes rows.
    fn remove(&mut self, rows: Range<usize>);
    /// Puts a copy of a row after it.
    fn copy(&mut self, row: usize);
    /// Exchanges two rows.
    fn swap(&mut self, one: usize, other: usize);
    /// True for a cell that may not be changed.
    fn read_only(&self, _row: usize, _column: usize) -> bool {
        false
    }
    /// What is wrong with a cell.
    fn problem(&self, _row: usize, _column: usize) -> Option<String> {
        None
    }
    /// What is said of a cell when it is pointed at.
    fn hint(&self, _row: usize, _column: usize) -> Option<String> {
        None
    }
    /// What the colour of a cell says.
    fn role(&self, _row: usize, _column: usize) -> Role {
        Role::Text
    }
    /// The total under a column.
    fn total(&self, _column: usize) -> Option<String> {
        None
    }
    /// Whose table part it is.
    fn owner(&self) -> Option<&'static ObjectMeta> {
        None
    }
    /// Its declared name.
    fn table(&self) -> &'static str;
}

/// What happened in a table part.
#[derive(Clone, Debug, PartialEq)]
pub enum GridEvent {
    /// A cell was changed.
    Changed {
        /// The row.
        row: usize,
        /// The column as declared.
        column: usize,
    },
    /// Rows were added, removed or moved.
    Rows,
    /// Cells were pasted; what did not fit.
    Pasted(Problems),
    /// The columns were changed: keep the arrangement.
    Rearranged,
    /// The menu of the current row, at a place or at the row.
    Menu(Option<Pos2>),
}

/// A table part.
pub struct Grid<'a> {
    /// Its identity.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// Its columns as declared.
    pub columns: &'a [GridColumn],
    /// Nothing may be changed.
    pub read_only: bool,
    /// Totals are shown under the columns.
    pub totals: bool,
    /// The column the number pad's `*` goes to, by declared name.
    pub quantity: &'a str,
    /// The column the number pad's `+` goes to, by declared name.
    pub price: &'a str,
    /// What an empty table part says.
    pub empty: &'a str,
}

/// What a table part gives back.
pub struct GridResponse {
    /// What happened, in order.
    pub events: Vec<GridEvent>,
    /// It, or its live cell, is in focus.
    pub focused: bool,
    /// Where the current cell stands.
    pub current: Option<Rect>,
}

/// Where the parts of a grid stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometry {
    pub outer: Rect,
    pub header: Rect,
    pub body: Rect,
    pub footer: Rect,
    pub vertical: Option<Rect>,
    pub horizontal: Option<Rect>,
    pub seen: usize,
}

impl Geometry {
    fn new(room: Rect, rows: usize, width: f32, totals: bool) -> Self {
        let footer_height = if totals { ROW } else { 0.0 };
        let across = width > room.width() - BAR + 0.5;
        let bottom = footer_height + if across { BAR } else { 0.0 };
        let seen = px::count((room.height() - HEADER - bottom) / ROW).max(1);
        let down = rows > seen;
        let right = room.right() - if down { BAR } else { 0.0 };
        let top = room.top() + HEADER;
        let end = top + ROW * px::length(seen);
        let part = |top: f32, bottom: f32| Rect::from_min_max(pos2(room.left(), top), pos2(right, bottom));
        let footer = part(end, end + footer_height);
        let last = footer.bottom() + if across { BAR } else { 0.0 };
        Self {
            outer: Rect::from_min_max(room.min, pos2(room.right(), last)),
            header: Rect::from_min_max(room.min, pos2(room.right(), top)),
            body: part(top, end),
            footer,
            vertical: down.then(|| Rect::from_min_max(pos2(right, top), pos2(room.right(), footer.bottom()))),
            horizontal: across.then(|| part(footer.bottom(), last)),
            seen,
        }
    }
}

/// A grid in one frame: what its parts need to know of each other.
pub(super) struct Frame<'a> {
    pub grid: &'a Grid<'a>,
    pub placed: &'a [Placed],
    pub geometry: Geometry,
    pub source: &'a mut dyn GridSource,
    pub state: &'a mut GridState,
    pub events: Vec<GridEvent>,
}

impl<'a> Grid<'a> {
    /// A table part with totals.
    pub fn new(id: Id, label: &'a str, columns: &'a [GridColumn]) -> Self {
        Self { id, label, columns, read_only: false, totals: true, quantity: "quantity", price: "price", empty: "" }
    }

    /// Draws it into all the room there is.
    pub fn show(
        &self,
        ui: &mut Ui,
        source: &mut dyn GridSource,
        state: &mut GridState,
        aid: &mut Aid<'_>,
    ) -> GridResponse {
        let room = ui.available_rect_before_wrap();
        ui.allocate_rect(room, Sense::hover());
        let plain: Vec<Column> = self.columns.iter().map(|column| column.column.clone()).collect();
        state.layout.settle(&plain);
        let natural = columns::place(&plain, &state.layout, NUMBERS, 0.0);
        let width = natural.last().map_or(NUMBERS, Placed::right);
        let geometry = Geometry::new(room, source.rows(), width, self.totals);
        let placed = columns::place(&plain, &state.layout, NUMBERS, geometry.body.width());
        state.settle(source.rows(), placed.len(), geometry.seen);
        let mut frame = Frame { grid: self, placed: &placed, geometry, source, state, events: Vec::new() };
        frame.run(ui, aid);
        let Frame { mut events, state, .. } = frame;
        let header = Header {
            id: self.id,
            columns: &plain,
            placed: &placed,
            rect: geometry.header,
            scrolled: state.left,
            frozen: NUMBERS,
        };
        if header.show(ui, &mut state.layout).rearranged {
            events.push(GridEvent::Rearranged);
        }
        paint::outline(ui, &geometry);
        let focused = focus::on(ui.ctx(), self.id) || focus::on(ui.ctx(), self.editor());
        GridResponse { events, focused, current: state.seen_cell }
    }

    /// The identity of the live cell.
    pub fn editor(&self) -> Id {
        self.id.with("live cell")
    }
}

impl Frame<'_> {
    /// One frame: keys, pointer, the live cell, the picture.
    fn run(&mut self, ui: &mut Ui, aid: &mut Aid<'_>) {
        let grid = self.grid;
        focus::claim(ui.ctx(), grid.id);
        ui.painter().rect_filled(self.geometry.outer, 0.0, theme::colors(ui).page);
        let response = ui.interact(self.geometry.body, grid.id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Kind::Grid, ui.is_enabled(), grid.label));
        if focus::on(ui.ctx(), grid.id) {
            let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(grid.id, filter));
            self.keys(ui, aid);
        }
        let click = self.click(&response);
        if response.clicked() && !self.state.editing {
            focus::set(ui.ctx(), grid.id);
        }
        if click.is_some() && self.state.editing {
            focus::commit(ui.ctx());
        }
        self.scroll(ui);
        self.paste_on(aid);
        self.paint(ui, aid);
        let stays = self.live_cell(ui, aid);
        if let Some((row, place)) = click
            && !stays
        {
            self.clicked(ui, &response, row, place);
        }
    }

    /// The cell a click is meant for: the row and the place of the column.
    fn click(&self, response: &egui::Response) -> Option<(usize, usize)> {
        let clicked = response.clicked() || response.secondary_clicked();
        let at = response.interact_pointer_pos().filter(|_| clicked)?;
        let line = px::count((at.y - self.geometry.body.top()) / ROW);
        let row = self.state.top + line.min(self.geometry.seen.saturating_sub(1));
        let place = self.placed.iter().position(|placed| self.cell_rect(row, placed).x_range().contains(at.x));
        (row < self.source.rows()).then_some((row, place.unwrap_or(self.state.column)))
    }

    fn clicked(&mut self, ui: &Ui, response: &egui::Response, row: usize, place: usize) {
        focus::set(ui.ctx(), self.grid.id);
        let held = ui.input(|input| input.modifiers);
        if held.shift {
            return self.state.extend(row);
        }
        let again = self.state.row == row && self.state.column == place;
        self.state.go(row, place);
        if response.secondary_clicked() {
            self.events.push(GridEvent::Menu(response.interact_pointer_pos()));
        } else if again || response.double_clicked() {
            self.begin(ui, None);
        }
    }

    fn scroll(&mut self, ui: &Ui) {
        let (geometry, rows) = (self.geometry, self.source.rows());
        let last = rows.saturating_sub(geometry.seen);
        let (turned, points) = scroll::wheel(ui, geometry.outer, ROW, geometry.seen);
        self.state.turned += turned;
        let whole = self.state.turned.trunc();
        self.state.turned -= whole;
        let top = self.state.top;
        self.state.top = if whole < 0.0 { top.saturating_sub(px::count(-whole)) } else { top + px::count(whole) };
        self.state.top = self.state.top.min(last);
        let id = self.grid.id;
        if let Some(rect) = geometry.vertical
            && let Some(top) = scroll::vertical(ui, id.with("down"), rect, self.state.top, geometry.seen, rows)
        {
            self.state.top = top.min(last);
        }
        let total = self.placed.last().map_or(0.0, Placed::right);
        let seen = geometry.body.width();
        self.state.left = (self.state.left + points).clamp(0.0, (total - seen).max(0.0));
        if let Some(rect) = geometry.horizontal {
            if let Some(left) = scroll::horizontal(ui, id.with("across"), rect, self.state.left, seen, total) {
                self.state.left = left;
            }
            scroll::corner(ui, rect.right_top());
        }
    }

    /// Where a cell stands on the screen.
    pub fn cell_rect(&self, row: usize, placed: &Placed) -> Rect {
        let body = self.geometry.body;
        let line = row.saturating_sub(self.state.top);
        px::rect(body.left() + placed.left - self.state.left, body.top() + ROW * px::length(line), placed.width, ROW)
    }

    /// The column at a place among the shown ones, with its declared number.
    pub fn column(&self, place: usize) -> Option<(usize, &GridColumn)> {
        let at = self.placed.get(place)?.column;
        self.grid.columns.get(at).map(|column| (at, column))
    }

    /// True when the cell at a place may be changed.
    pub fn editable(&self, row: usize, place: usize) -> bool {
        !self.grid.read_only
            && self.column(place).is_some_and(|(at, column)| !column.read_only && !self.source.read_only(row, at))
    }

    /// The place of a cell, for messages and suggestions.
    pub fn place(&self, row: usize, column: &GridColumn) -> Place {
        Place::Cell { table: self.source.table(), row, field: column.name }
    }
}

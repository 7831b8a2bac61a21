//! The list: painted rows of a source of any length, steered by the keyboard as in 1C.
//!
//! Only what is seen is asked for, laid out and painted; the position is a row number, so a million rows
//! scroll as a hundred do. The page keeps the state ([`ListState`]) and carries out the events.

mod body;
mod copy;
mod keys;
mod rows;
mod selection;
mod state;

use super::table::columns::{self, Column, Placed, Sort};
use super::table::header::{Header, HeaderEvents};
use super::table::scroll;
use crate::ui::theme::{self, BAR, HEADER, ROW};
use crate::ui::{focus, fonts, paint, px};
use body::Body;
pub use copy::clean;
use egui::accesskit::Role;
use egui::{Align, EventFilter, Id, Pos2, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};
use keys::Keyboard;
pub use rows::{Branch, Cell, HeldRows, ListRow, Mark, RowSource};
pub use selection::Selection;
pub use state::ListState;

/// Width of the column of marks in points.
const MARKS: f32 = 26.0;

/// A list.
pub struct List<'a> {
    /// Its identity.
    pub id: Id,
    /// Its accessible name.
    pub label: &'a str,
    /// Its columns as declared.
    pub columns: &'a [Column],
    /// A narrow first column shows the state of each row.
    pub marks: bool,
    /// So many shown columns stay at the left.
    pub frozen: usize,
    /// Rows have branches that open and close.
    pub tree: bool,
    /// What an empty list says: a title and what to do next.
    pub empty: (&'a str, &'a str),
}

/// What happened in a list. Events of rows are meant for [`ListState::meant`].
#[derive(Clone, Debug, PartialEq)]
pub enum ListEvent {
    /// Open or choose the current row.
    Open,
    /// A new object.
    Create,
    /// A new folder.
    CreateFolder,
    /// A new object as a copy of the current one.
    Copy,
    /// Set or clear the deletion mark.
    Mark,
    /// Delete at once.
    Delete,
    /// Go into the current folder.
    Into(usize),
    /// Go out of the folder.
    Out,
    /// The order of rows was changed (`state.layout.sort`): read anew, keep the arrangement.
    Sorted,
    /// The columns were changed: keep the arrangement.
    Rearranged,
    /// Another row is current.
    Moved,
    /// The menu of the current row, at a place or at the row.
    Menu(Option<Pos2>),
    /// Copy the meant rows, some of which are not at hand.
    CopyRows,
    /// Letters were typed: begin a search.
    Typed(String),
}

/// What a list gives back.
pub struct ListResponse {
    /// What happened, in order.
    pub events: Vec<ListEvent>,
    /// The response of the rows.
    pub response: Response,
    /// It is in focus.
    pub focused: bool,
    /// Where the current row stands, when it is seen.
    pub current: Option<Rect>,
}

/// Where the parts of a list stand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometry {
    outer: Rect,
    header: Rect,
    body: Rect,
    footer: Rect,
    vertical: Option<Rect>,
    horizontal: Option<Rect>,
    seen: usize,
}

impl Geometry {
    /// Whole rows only; bars where they are needed.
    fn new(room: Rect, rows: usize, width: f32, footer: bool) -> Self {
        let footer_height = if footer { ROW } else { 0.0 };
        let needs_horizontal = width > room.width() - BAR + 0.5;
        let bottom = footer_height + if needs_horizontal { BAR } else { 0.0 };
        let seen = px::count((room.height() - HEADER - bottom) / ROW).max(1);
        let needs_vertical = rows > seen;
        let right = room.right() - if needs_vertical { BAR } else { 0.0 };
        let body_top = room.top() + HEADER;
        let body_bottom = body_top + ROW * px::length(seen);
        let part = |top: f32, bottom: f32| Rect::from_min_max(pos2(room.left(), top), pos2(right, bottom));
        let footer = part(body_bottom, body_bottom + footer_height);
        let end = footer.bottom() + if needs_horizontal { BAR } else { 0.0 };
        Self {
            outer: Rect::from_min_max(room.min, pos2(room.right(), end)),
            header: Rect::from_min_max(room.min, pos2(room.right(), body_top)),
            body: part(body_top, body_bottom),
            footer,
            vertical: needs_vertical
                .then(|| Rect::from_min_max(pos2(right, body_top), pos2(room.right(), footer.bottom()))),
            horizontal: needs_horizontal.then(|| part(footer.bottom(), end)),
            seen,
        }
    }
}

impl<'a> List<'a> {
    /// A list with marks.
    pub fn new(id: Id, label: &'a str, columns: &'a [Column]) -> Self {
        Self { id, label, columns, marks: true, frozen: 0, tree: false, empty: ("", "") }
    }

    /// Draws the list into all the room there is.
    pub fn show(&self, ui: &mut Ui, source: &mut dyn RowSource, state: &mut ListState) -> ListResponse {
        let room = ui.available_rect_before_wrap();
        ui.allocate_rect(room, Sense::hover());
        let mut events = Vec::new();
        state.layout.settle(self.columns);
        state.follow(source);
        let before = (state.current, state.reference);
        let lead = if self.marks { MARKS } else { 0.0 };
        let (geometry, placed) = self.arrange(room, source, state, lead);
        state.seen = geometry.seen;
        state.column = state.column.min(placed.len().saturating_sub(1));
        ui.painter().rect_filled(geometry.outer, 0.0, theme::colors(ui).page);
        let response = self.body_response(ui, &geometry);
        let focused = focus::on(ui.ctx(), self.id);
        if focused {
            Keyboard { list: self, placed: &placed, source, state, events: &mut events }.take(ui);
        }
        let frozen = self.frozen_width(&placed, lead);
        let mut body = Body { list: self, placed: &placed, geometry, lead, frozen, focused };
        body.pointer(ui, &response, source, state, &mut events);
        self.scroll(ui, &geometry, &placed, source.len(), state);
        source.expect(state.top..(state.top + geometry.seen).min(source.len()));
        body.focused = focus::on(ui.ctx(), self.id);
        let tip = body.paint(ui, source, state);
        self.header_ui(ui, &body, source, state, &mut events);
        self.finish(ui, source, state, &geometry);
        state.learn(source);
        if before != (state.current, state.reference) {
            events.push(ListEvent::Moved);
        }
        let current = body.current_rect(source.len(), state);
        let response = if tip.is_empty() { response } else { response.on_hover_text_at_pointer(tip) };
        ListResponse { events, focused: body.focused, response, current }
    }

    fn arrange(&self, room: Rect, source: &dyn RowSource, state: &ListState, lead: f32) -> (Geometry, Vec<Placed>) {
        let width = |placed: &[Placed]| placed.last().map_or(lead, Placed::right);
        let footer = source.totals().is_some();
        let natural = columns::place(self.columns, &state.layout, lead, 0.0);
        let geometry = Geometry::new(room, source.len(), width(&natural), footer);
        (geometry, columns::place(self.columns, &state.layout, lead, geometry.body.width()))
    }

    fn frozen_width(&self, placed: &[Placed], lead: f32) -> f32 {
        self.frozen.checked_sub(1).and_then(|last| placed.get(last)).map_or(lead, Placed::right)
    }

    fn body_response(&self, ui: &Ui, geometry: &Geometry) -> Response {
        let response = ui.interact(geometry.body, self.id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Grid, ui.is_enabled(), self.label));
        if response.clicked() || response.secondary_clicked() {
            response.request_focus();
        }
        if focus::on(ui.ctx(), self.id) {
            let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(self.id, filter));
        }
        response
    }

    fn scroll(&self, ui: &Ui, geometry: &Geometry, placed: &[Placed], len: usize, state: &mut ListState) {
        let last = len.saturating_sub(geometry.seen);
        let (rows, points) = scroll::wheel(ui, geometry.outer, ROW, geometry.seen);
        state.turned += rows;
        let whole = state.turned.trunc();
        state.turned -= whole;
        state.top =
            if whole < 0.0 { state.top.saturating_sub(px::count(-whole)) } else { state.top + px::count(whole) };
        state.top = state.top.min(last);
        if let Some(rect) = geometry.vertical
            && let Some(top) = scroll::vertical(ui, self.id.with("down"), rect, state.top, geometry.seen, len)
        {
            state.top = top.min(last);
        }
        let total = placed.last().map_or(0.0, Placed::right);
        let most = (total - geometry.body.width()).max(0.0);
        state.left = (state.left + points).clamp(0.0, most);
        if let Some(rect) = geometry.horizontal {
            let seen = geometry.body.width();
            if let Some(left) = scroll::horizontal(ui, self.id.with("across"), rect, state.left, seen, total) {
                state.left = left.clamp(0.0, most);
            }
            scroll::corner(ui, rect.right_top());
        }
    }

    fn header_ui(
        &self,
        ui: &Ui,
        body: &Body<'_>,
        source: &mut dyn RowSource,
        state: &mut ListState,
        events: &mut Vec<ListEvent>,
    ) {
        let header = Header {
            id: self.id,
            columns: self.columns,
            placed: body.placed,
            rect: body.geometry.header,
            scrolled: state.left,
            frozen: body.frozen,
        };
        let HeaderEvents { sort, rearranged, fit } = header.show(ui, &mut state.layout);
        if let Some(column) = sort {
            self.sort_by(column, state, events);
        }
        if let Some(column) = fit
            && let Some(declared) = self.columns.get(column)
        {
            let width = body.widest(ui, column, source, state);
            state.layout.resize(&declared.code, width);
        }
        if rearranged {
            events.push(ListEvent::Rearranged);
        }
    }

    fn sort_by(&self, column: usize, state: &mut ListState, events: &mut Vec<ListEvent>) {
        let Some(column) = self.columns.get(column).filter(|column| column.sortable) else { return };
        let again = state.layout.sort.as_ref().filter(|sort| sort.code == column.code);
        let descending = again.is_some_and(|sort| !sort.descending);
        state.layout.sort = Some(Sort { code: column.code.to_string(), descending });
        events.push(ListEvent::Sorted);
    }

    /// The frame, and what an empty list says.
    fn finish(&self, ui: &Ui, source: &dyn RowSource, _state: &ListState, geometry: &Geometry) {
        let colors = theme::colors(ui);
        paint::frame(ui.painter(), geometry.outer, 0, colors.chrome_line, 1.0);
        if !source.is_empty() {
            return;
        }
        let (title, hint) = self.empty;
        let loading = crate::text!("list-loading").show();
        let (title, hint) = if source.is_loading() { (loading.as_str(), "") } else { (title, hint) };
        let middle = geometry.body.center() - vec2(0.0, ROW);
        let line =
            |y: f32| Rect::from_center_size(pos2(middle.x, middle.y + y), vec2(geometry.body.width() - 40.0, ROW));
        paint::text(ui.painter(), line(0.0), title, fonts::bold(), colors.weak, Align::Center);
        paint::text(ui.painter(), line(ROW), hint, fonts::text(), colors.weak, Align::Center);
        if !title.is_empty() {
            let said = ui.interact(line(0.0), self.id.with("empty"), Sense::empty());
            said.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{title}. {hint}")));
        }
    }
}

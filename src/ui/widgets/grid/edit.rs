//! The live cell: begins, takes in, goes on to the next one.

use super::{Frame, GridEvent};
use crate::kernel::value::{Type, Value};
use crate::ui::editors::{self, Aid, Edited, Field, Frames, Leave};
use crate::ui::focus;
use egui::Ui;

impl Frame<'_> {
    /// Begins to type into the current cell; `text` replaces what it holds.
    pub fn begin(&mut self, ui: &Ui, text: Option<&str>) {
        if self.source.rows() == 0 || !self.editable(self.state.row, self.state.column) {
            return;
        }
        editors::begin(ui, self.grid.editor(), text);
        self.state.editing = true;
        self.state.seek = true;
    }

    /// Ends typing; the grid itself has the focus again.
    fn end(&mut self, ui: &Ui) {
        self.state.editing = false;
        focus::set(ui.ctx(), self.grid.id);
    }

    /// Draws the live cell. True when it may not be left: what is typed cannot be read.
    pub fn live_cell(&mut self, ui: &mut Ui, aid: &mut Aid<'_>) -> bool {
        if !self.state.editing {
            return false;
        }
        let (row, place) = (self.state.row, self.state.column);
        let Some((at, column)) = self.column(place) else { return false };
        let Some(placed) = self.placed.get(place) else { return false };
        let (where_, kind, name) = (self.place(row, column), column.kind, column.name);
        let label = column.column.title.clone();
        let rect = self.cell_rect(row, placed).expand2(egui::vec2(0.0, 0.5));
        let field = Field {
            owner: self.source.owner(),
            place: &where_,
            required: column.required,
            frames: Frames::Cell,
            ..Field::new(self.grid.editor(), name, &label, kind)
        };
        let mut value = self.source.value(row, at);
        let unread = aid.unread.len();
        let edited = {
            let mut window = ui.new_child(egui::UiBuilder::new().max_rect(self.geometry.body));
            window.set_clip_rect(self.geometry.body.expand(1.0).intersect(ui.clip_rect()));
            editors::edit(&mut window, rect, &field, &mut value, aid)
        };
        if edited.changed {
            self.source.set(row, at, value);
            self.events.push(GridEvent::Changed { row, column: at });
        }
        let bad = aid.unread.len() > unread;
        self.leave(ui, &edited, bad);
        bad
    }

    fn leave(&mut self, ui: &Ui, edited: &Edited, bad: bool) {
        let rows = self.source.rows();
        match edited.leave {
            Some(Leave::Enter) => self.next(ui, true),
            Some(Leave::Tab) => self.next(ui, false),
            Some(Leave::Back) => self.previous(ui),
            Some(Leave::Cancel) => self.end(ui),
            Some(Leave::Up) => {
                self.end(ui);
                self.state.go(self.state.row.saturating_sub(1), self.state.column);
            }
            Some(Leave::Down) => {
                self.end(ui);
                self.state.go((self.state.row + 1).min(rows.saturating_sub(1)), self.state.column);
            }
            None if !edited.focused && !bad => self.state.editing = false,
            None => {}
        }
    }

    /// The next cell that may be changed; after the last one Enter adds a row and Tab leaves the grid.
    pub fn next(&mut self, ui: &Ui, adds: bool) {
        let (row, place, rows) = (self.state.row, self.state.column, self.source.rows());
        let after = (place + 1..self.placed.len()).find(|place| self.editable(row, *place));
        if let Some(place) = after {
            self.state.go(row, place);
            return self.begin(ui, None);
        }
        if row + 1 < rows {
            self.state.go(row + 1, self.first_editable(row + 1));
            return self.begin(ui, None);
        }
        self.end(ui);
        if adds && !self.is_blank(row) {
            self.add_row(ui, rows);
        } else {
            focus::next(ui.ctx());
        }
    }

    /// The previous cell that may be changed.
    pub fn previous(&mut self, ui: &Ui) {
        let (row, place) = (self.state.row, self.state.column);
        let before = (0..place).rev().find(|place| self.editable(row, *place));
        let target = before.map(|place| (row, place)).or_else(|| {
            let above = row.checked_sub(1)?;
            (0..self.placed.len()).rev().find(|place| self.editable(above, *place)).map(|place| (above, place))
        });
        match target {
            Some((row, place)) => {
                self.state.go(row, place);
                self.begin(ui, None);
            }
            None => self.end(ui),
        }
    }

    pub fn first_editable(&self, row: usize) -> usize {
        (0..self.placed.len()).find(|place| self.editable(row, *place)).unwrap_or(0)
    }

    /// True when nothing was filled in: another empty row after it would be of no use.
    fn is_blank(&self, row: usize) -> bool {
        self.grid.columns.iter().enumerate().all(|(at, column)| {
            let value = self.source.value(row, at);
            column.read_only || value.is_empty() || matches!(value, Value::Bool(_))
        })
    }

    /// Adds a row and begins to type into it.
    pub fn add_row(&mut self, ui: &Ui, at: usize) {
        if self.grid.read_only {
            return;
        }
        self.source.insert(at);
        self.events.push(GridEvent::Rows);
        self.state.go(at, self.first_editable(at));
        self.begin(ui, None);
    }

    /// Turns a tick over, or begins to type.
    pub fn toggle_or_begin(&mut self, ui: &Ui) {
        let (row, place) = (self.state.row, self.state.column);
        let Some((at, kind)) = self.column(place).map(|(at, column)| (at, column.kind)) else { return };
        if matches!(kind, Type::Bool) && self.editable(row, place) {
            let ticked = self.source.value(row, at) == Value::Bool(true);
            self.source.set(row, at, Value::Bool(!ticked));
            self.events.push(GridEvent::Changed { row, column: at });
        } else {
            self.begin(ui, None);
        }
    }
}

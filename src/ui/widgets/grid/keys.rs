//! The keys of a table part while no cell is being typed into.

use super::{Frame, GridEvent};
use crate::kernel::value::{Type, Value};
use crate::ui::commands::{Chord, keys};
use crate::ui::editors::{Aid, Ask};
use crate::ui::focus;
use crate::ui::widgets::table::header;
use egui::{Event, Key, Ui};

fn times(ui: &Ui, chord: Chord) -> usize {
    ui.input_mut(|input| chord.times(input))
}

fn pressed(ui: &Ui, chord: Chord) -> bool {
    times(ui, chord) > 0
}

impl Frame<'_> {
    /// Takes all keys that were pressed.
    pub fn keys(&mut self, ui: &Ui, aid: &mut Aid<'_>) {
        self.clipboard(ui, aid);
        if pressed(ui, keys::LIST_SETTINGS) {
            header::open_menu(ui, self.grid.id);
        }
        if pressed(ui, keys::ROW_MENU) {
            self.events.push(GridEvent::Menu(None));
        }
        if !self.grid.read_only {
            self.row_keys(ui);
        }
        self.cell_keys(ui, aid);
        self.walk(ui);
        if !self.state.editing {
            self.letters(ui);
        }
    }

    fn walk(&mut self, ui: &Ui) {
        let rows = self.source.rows();
        let last_row = rows.saturating_sub(1);
        let last = self.placed.len().saturating_sub(1);
        let page = self.state.seen.saturating_sub(1).max(1);
        type Step = fn(usize, usize, usize) -> usize;
        let steps: [(Key, Step); 4] = [
            (Key::ArrowUp, |row, _, _| row.saturating_sub(1)),
            (Key::ArrowDown, |row, _, last| (row + 1).min(last)),
            (Key::PageUp, |row, page, _| row.saturating_sub(page)),
            (Key::PageDown, |row, page, last| (row + page).min(last)),
        ];
        for (key, step) in steps {
            for _ in 0..times(ui, Chord::plain(key)) {
                self.state.go(step(self.state.row, page, last_row), self.state.column);
            }
            for _ in 0..times(ui, Chord::shift(key)) {
                self.state.extend(step(self.state.row, page, last_row));
            }
        }
        let (row, column) = (self.state.row, self.state.column);
        let jumps = [
            (Chord::plain(Key::ArrowRight), (row, (column + 1).min(last))),
            (Chord::plain(Key::ArrowLeft), (row, column.saturating_sub(1))),
            (Chord::plain(Key::Home), (row, 0)),
            (Chord::plain(Key::End), (row, last)),
            (Chord::ctrl(Key::Home), (0, column)),
            (Chord::ctrl(Key::End), (last_row, column)),
        ];
        for (chord, (row, column)) in jumps {
            if pressed(ui, chord) {
                self.state.go(row, column);
            }
        }
        if pressed(ui, keys::SELECT_ALL) && rows > 0 {
            self.state.selection.only(0..rows);
        }
        if pressed(ui, Chord::plain(Key::Tab)) {
            focus::next(ui.ctx());
        }
        if pressed(ui, Chord::shift(Key::Tab)) {
            // Back to the field before: egui knows which.
            ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::Previous));
        }
    }

    /// Adds, copies, deletes and moves rows.
    fn row_keys(&mut self, ui: &Ui) {
        let rows = self.source.rows();
        let meant = self.state.meant(rows);
        if pressed(ui, keys::CREATE) {
            return self.add_row(ui, if rows == 0 { 0 } else { self.state.row + 1 });
        }
        if rows == 0 {
            return;
        }
        if pressed(ui, keys::COPY) {
            self.source.copy(self.state.row);
            self.state.go(self.state.row + 1, self.state.column);
            self.events.push(GridEvent::Rows);
        }
        if pressed(ui, keys::MARK) {
            let start = meant.start;
            self.source.remove(meant);
            self.state.go(start.min(self.source.rows().saturating_sub(1)), self.state.column);
            self.events.push(GridEvent::Rows);
        }
        for (chord, down) in [(keys::ROW_UP, false), (keys::ROW_DOWN, true)] {
            if pressed(ui, chord) {
                self.move_row(down);
            }
        }
    }

    /// Exchanges the current row with its neighbour.
    pub fn move_row(&mut self, down: bool) {
        let row = self.state.row;
        let other = if down { row + 1 } else { row.wrapping_sub(1) };
        if other < self.source.rows() {
            self.source.swap(row, other);
            self.state.go(other, self.state.column);
            self.events.push(GridEvent::Rows);
        }
    }

    /// Edits, clears, fills and chooses in the current cell.
    fn cell_keys(&mut self, ui: &Ui, aid: &mut Aid<'_>) {
        let (row, place) = (self.state.row, self.state.column);
        if row >= self.source.rows() {
            return;
        }
        let Some((at, column)) = self.column(place).map(|(at, column)| (at, column.clone())) else { return };
        let editable = self.editable(row, place);
        let (edit, enter) = (pressed(ui, keys::OPEN), pressed(ui, keys::ENTER));
        if enter && !editable {
            self.next(ui, true);
        } else if edit || enter {
            self.begin(ui, None);
        }
        let mut ask =
            |wish| aid.asks.push((self.place(row, &column), column.name.to_owned(), column.kind.target(), wish));
        if pressed(ui, keys::WHY) {
            ask(Ask::Why);
        }
        if pressed(ui, keys::OPEN_VALUE) {
            let reference = self.source.value(row, at).any_ref();
            if !reference.is_empty() {
                ask(Ask::Open(reference));
            }
        }
        if !editable {
            return;
        }
        if pressed(ui, keys::CHOOSE) {
            if matches!(column.kind, Type::Ref(_) | Type::AnyRef) {
                ask(Ask::Choose(self.source.value(row, at).any_ref()));
            } else {
                self.begin(ui, None);
            }
        }
        let above = row.checked_sub(1).map(|above| self.source.value(above, at));
        let fills = [(keys::CLEAR, Some(column.kind.empty())), (keys::DOWN_INTO, above)];
        for (chord, value) in fills {
            if pressed(ui, chord)
                && let Some(value) = value
            {
                self.put(row, at, value);
            }
        }
        if pressed(ui, Chord::plain(Key::Space)) {
            self.toggle_or_begin(ui);
        }
    }

    /// Sets a cell when that changes it.
    pub fn put(&mut self, row: usize, column: usize, value: Value) {
        if self.source.value(row, column) != value {
            self.source.set(row, column, value);
            self.events.push(GridEvent::Changed { row, column });
        }
    }

    /// Typing replaces what a cell holds; the number pad's signs go to quantity and price.
    fn letters(&mut self, ui: &Ui) {
        let mut typed = String::new();
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Text(text) => {
                    typed.push_str(text);
                    false
                }
                _ => true,
            });
        });
        let target = match typed.as_str() {
            "" => return,
            "*" => self.grid.quantity,
            "+" => self.grid.price,
            _ => "",
        };
        let place = (0..self.placed.len())
            .find(|place| !target.is_empty() && self.column(*place).is_some_and(|(_, column)| column.name == target));
        if let Some(place) = place {
            self.state.go(self.state.row, place);
            return self.begin(ui, None);
        }
        let bool_cell = self.column(self.state.column).is_some_and(|(_, column)| matches!(column.kind, Type::Bool));
        if !bool_cell {
            self.begin(ui, Some(&typed));
        }
    }

    fn clipboard(&mut self, ui: &Ui, aid: &mut Aid<'_>) {
        let (copy, paste) = ui.input(|input| {
            let paste = input.events.iter().find_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            });
            (input.events.contains(&Event::Copy), paste)
        });
        if copy || pressed(ui, keys::CLIP) {
            let text = self.copied(aid);
            ui.ctx().copy_text(text);
        }
        if let Some(text) = paste.filter(|_| !self.grid.read_only) {
            self.paste(&text);
        }
    }
}

//! The keys of a list.

use super::rows::{Branch, RowSource};
use super::state::ListState;
use super::{List, ListEvent};
use crate::ui::commands::{Chord, keys};
use crate::ui::widgets::table::columns::{Column, Placed};
use crate::ui::widgets::table::header;
use egui::{Event, Key, Ui};

/// What the keys need to know of the list.
pub struct Keyboard<'a> {
    /// The list.
    pub list: &'a List<'a>,
    /// The shown columns.
    pub placed: &'a [Placed],
    /// Its rows.
    pub source: &'a mut dyn RowSource,
    /// Where it stands.
    pub state: &'a mut ListState,
    /// What happened.
    pub events: &'a mut Vec<ListEvent>,
}

fn times(ui: &Ui, chord: Chord) -> usize {
    ui.input_mut(|input| chord.times(input))
}

fn pressed(ui: &Ui, chord: Chord) -> bool {
    times(ui, chord) > 0
}

impl Keyboard<'_> {
    /// Takes all keys of the list that were pressed.
    pub fn take(&mut self, ui: &Ui) {
        self.clipboard(ui);
        self.columns(ui);
        self.tree(ui);
        self.rows(ui);
        self.actions(ui);
        self.letters(ui);
    }

    /// Moves over rows, with Shift choosing them.
    fn rows(&mut self, ui: &Ui) {
        let len = self.source.len();
        if len == 0 {
            return;
        }
        let page = self.state.seen.saturating_sub(1).max(1);
        let last = len - 1;
        type Step = fn(usize, usize, usize) -> usize;
        let steps: [(Key, Step); 6] = [
            (Key::ArrowUp, |row, _, _| row.saturating_sub(1)),
            (Key::ArrowDown, |row, _, last| (row + 1).min(last)),
            (Key::PageUp, |row, page, _| row.saturating_sub(page)),
            (Key::PageDown, |row, page, last| (row + page).min(last)),
            (Key::Home, |_, _, _| 0),
            (Key::End, |_, _, last| last),
        ];
        for (key, step) in steps {
            for _ in 0..times(ui, Chord::plain(key)) {
                self.state.go(step(self.state.current, page, last), len);
            }
            for _ in 0..times(ui, Chord::shift(key)) {
                self.state.extend(step(self.state.current, page, last), len);
            }
        }
        if pressed(ui, keys::SELECT_ALL) {
            self.state.selection.only(0..len);
        }
        if pressed(ui, keys::SELECT_ONE) {
            self.state.selection.toggle(self.state.current);
            self.state.anchor = self.state.current;
        }
    }

    /// Moves over columns, moves and resizes them.
    fn columns(&mut self, ui: &Ui) {
        let last = self.placed.len().saturating_sub(1);
        let place = |state: &ListState| self.placed.get(state.column).copied();
        let current = place(self.state).and_then(|placed| self.list.columns.get(placed.column));
        let code = current.map(|column: &Column| column.code.to_string()).unwrap_or_default();
        for (chord, right) in [(keys::COLUMN_LEFT, false), (keys::COLUMN_RIGHT, true)] {
            if pressed(ui, chord) {
                self.state.layout.shift(&code, right);
                self.state.column =
                    if right { (self.state.column + 1).min(last) } else { self.state.column.saturating_sub(1) };
                self.events.push(ListEvent::Rearranged);
            }
        }
        for (chord, by) in [(keys::COLUMN_NARROW, -10.0), (keys::COLUMN_WIDE, 10.0)] {
            let count = times(ui, chord);
            if count > 0
                && let Some(placed) = place(self.state)
            {
                self.state.layout.resize(&code, placed.width + by * crate::ui::px::length(count));
                self.events.push(ListEvent::Rearranged);
            }
        }
        if pressed(ui, keys::SORT)
            && let Some(placed) = place(self.state)
        {
            self.list.sort_by(placed.column, self.state, self.events);
        }
        if pressed(ui, keys::LIST_SETTINGS) {
            header::open_menu(ui, self.list.id);
        }
        if !self.list.tree {
            self.state.column = (self.state.column + times(ui, Chord::plain(Key::ArrowRight))).min(last);
            self.state.column = self.state.column.saturating_sub(times(ui, Chord::plain(Key::ArrowLeft)));
        }
    }

    /// Opens and closes folders and goes into and out of them.
    fn tree(&mut self, ui: &Ui) {
        let len = self.source.len();
        let current = self.state.current;
        let into = pressed(ui, keys::DOWN_INTO);
        let out = pressed(ui, keys::UP_OUT);
        if !self.list.tree {
            if into && current < len {
                self.events.push(ListEvent::Into(current));
            }
            if out {
                self.events.push(ListEvent::Out);
            }
            return;
        }
        let open = pressed(ui, Chord::plain(Key::ArrowRight));
        let close = pressed(ui, Chord::plain(Key::ArrowLeft));
        let branch = self.source.row(current).map(|row| row.branch);
        match branch {
            Some(Branch::Closed) if open || into => self.source.toggle(current, true),
            Some(Branch::Open) if open || into => self.state.go(current + 1, len),
            Some(Branch::Open) if close => self.source.toggle(current, false),
            _ if close || out => {
                if let Some(parent) = self.source.parent(current) {
                    self.state.go(parent, len);
                }
            }
            _ => {}
        }
    }

    /// Creates, copies, opens, marks.
    fn actions(&mut self, ui: &Ui) {
        let has_row = self.state.current < self.source.len();
        let actions = [
            (keys::CREATE, ListEvent::Create, false),
            (keys::FOLDER, ListEvent::CreateFolder, false),
            (keys::COPY, ListEvent::Copy, true),
            (keys::DELETE, ListEvent::Delete, true),
            (keys::MARK, ListEvent::Mark, true),
            (keys::OPEN, ListEvent::Open, true),
            (keys::ENTER, ListEvent::Open, true),
            (keys::ROW_MENU, ListEvent::Menu(None), true),
        ];
        for (chord, event, needs_row) in actions {
            if pressed(ui, chord) && (has_row || !needs_row) {
                self.events.push(event);
            }
        }
    }

    fn clipboard(&mut self, ui: &Ui) {
        let asked = ui.input(|input| input.events.contains(&Event::Copy)) || pressed(ui, keys::CLIP);
        if asked {
            match super::copy::rows(self.list, self.placed, self.source, self.state) {
                Some(text) => ui.ctx().copy_text(text),
                None => self.events.push(ListEvent::CopyRows),
            }
        }
    }

    /// Letters typed over a list begin a search.
    fn letters(&mut self, ui: &Ui) {
        let typed: String = ui.input_mut(|input| {
            let mut typed = String::new();
            input.events.retain(|event| match event {
                Event::Text(text) if !text.trim().is_empty() => {
                    typed.push_str(text);
                    false
                }
                _ => true,
            });
            typed
        });
        if !typed.is_empty() {
            self.events.push(ListEvent::Typed(typed));
        }
    }
}

//! To and from spreadsheets: cells as a table of tabs and lines.

use super::{Frame, GridEvent};
use crate::kernel::text::{Text, normalize};
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::editors::{self, Aid, Question, Suggestions};
use crate::ui::widgets::list::clean;

/// More rows than this are not taken from one clipboard.
const MOST: usize = 5_000;

/// What became of a pasted text.
enum Read {
    Is(Value),
    Refused(Text),
    /// The base is still being asked.
    Later,
}

impl Frame<'_> {
    /// The chosen rows as a table, or the current cell alone.
    pub fn copied(&self, aid: &mut Aid<'_>) -> String {
        let mut cell = |row: usize, place: usize| match self.column(place) {
            Some((at, column)) => {
                let text = editors::shown(&self.source.value(row, at), column.kind, aid.suggest);
                if column.kind.is_number() { text.replace('\u{a0}', "") } else { clean(&text) }
            }
            None => String::new(),
        };
        if self.state.selection.is_empty() {
            return if self.source.rows() > 0 { cell(self.state.row, self.state.column) } else { String::new() };
        }
        let rows = self.state.selection.rows().filter(|row| *row < self.source.rows());
        let lines = rows.map(|row| (0..self.placed.len()).map(|place| cell(row, place)).collect::<Vec<_>>().join("\t"));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Puts a table of texts over the cells from the current one on, adding rows as needed.
    pub fn paste(&mut self, text: &str) {
        let (row, place) = (self.state.row, self.state.column);
        let lines: Vec<&str> = text.trim_end_matches(['\n', '\r']).split('\n').collect();
        if lines.len() > MOST {
            self.state.refused.add(text!("paste-too-many", rows = lines.len(), most = MOST));
        }
        for (down, line) in lines.into_iter().take(MOST).enumerate() {
            while self.source.rows() <= row + down {
                let rows = self.source.rows();
                self.source.insert(rows);
                self.events.push(GridEvent::Rows);
            }
            for (across, cell) in line.trim_end_matches('\r').split('\t').enumerate() {
                let Some((at, _)) = self.column(place + across) else { break };
                // Computed columns come along from spreadsheets and follow by themselves.
                if self.editable(row + down, place + across) {
                    self.state.pasting.push((row + down, at, clean(cell).trim().to_owned()));
                }
            }
        }
    }

    /// Takes in pasted texts; those that name things of the base wait for its answer.
    pub fn paste_on(&mut self, aid: &mut Aid<'_>) {
        if self.state.pasting.is_empty() && self.state.refused.is_empty() {
            return;
        }
        let mut later = Vec::new();
        for (row, at, text) in std::mem::take(&mut self.state.pasting) {
            if row >= self.source.rows() {
                continue;
            }
            match self.read(row, at, &text, aid) {
                Read::Is(value) => self.put(row, at, value),
                Read::Later => later.push((row, at, text)),
                Read::Refused(why) => {
                    if let Some(column) = self.grid.columns.get(at) {
                        self.state.refused.cell(self.source.table(), row, column.name, why);
                    }
                }
            }
        }
        self.state.pasting = later;
        if self.state.pasting.is_empty() {
            self.events.push(GridEvent::Pasted(std::mem::take(&mut self.state.refused)));
        }
    }

    fn read(&self, row: usize, at: usize, text: &str, aid: &mut Aid<'_>) -> Read {
        let Some(column) = self.grid.columns.get(at) else { return Read::Later };
        if !matches!(column.kind, Type::Ref(_) | Type::AnyRef) {
            return Value::parse(column.kind, text, aid.today).map_or_else(Read::Refused, Read::Is);
        }
        if text.is_empty() {
            return Read::Is(column.kind.empty());
        }
        let place = self.place(row, column);
        let question = Question {
            target: column.kind.target(),
            owner: self.source.owner(),
            place: &place,
            name: column.name,
            query: text,
            choices: aid.limits.of(&place),
        };
        let Suggestions::Ready(found) = aid.suggest.suggest(&question) else { return Read::Later };
        let same = |name: &str| normalize(name) == normalize(text);
        let exact = found.iter().find(|one| same(&one.title) || same(&one.detail));
        let single = if found.len() == 1 { found.first() } else { None };
        match exact.or(single) {
            Some(one) => Read::Is(Value::Ref(one.reference)),
            None if found.is_empty() => Read::Refused(text!("paste-not-found", input = text)),
            None => Read::Refused(text!("paste-several", input = text)),
        }
    }
}

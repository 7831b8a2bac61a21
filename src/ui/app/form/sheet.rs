//! A small list that is wholly at hand: rows of words with what each cell leads to.

use crate::kernel::refs::AnyRef;
use crate::ui::focus;
use crate::ui::shell::page::{Open, PageContext};
use crate::ui::widgets::list::{HeldRows, List, ListEvent, ListState};
use crate::ui::widgets::table::columns::Column;
use egui::{Id, Ui};

/// A list of words.
#[derive(Default)]
pub struct Sheet {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: HeldRows,
    /// What each cell leads to, row by row; a row that is not here leads to its own object.
    pub leads: Vec<Vec<AnyRef>>,
    /// Where it stands.
    pub state: ListState,
    /// The narrow column of marks is shown.
    pub marks: bool,
    /// Rows stand under each other by their levels.
    pub tree: bool,
}

impl Sheet {
    /// Draws it into all the room there is; Enter opens what the current cell leads to.
    ///
    /// Gives what happened.
    pub fn ui(&mut self, ui: &mut Ui, id: Id, label: &str, empty: &str, ctx: &mut PageContext<'_>) -> Vec<ListEvent> {
        if ctx.first {
            focus::set(ui.ctx(), id);
        }
        let list =
            List { marks: self.marks, tree: self.tree, empty: (empty, ""), ..List::new(id, label, &self.columns) };
        let out = list.show(ui, &mut self.rows, &mut self.state);
        if out.events.contains(&ListEvent::Open) {
            let reference = self.meant();
            if !reference.is_empty() {
                ctx.open(Open::Object(reference));
            }
        }
        out.events
    }

    /// What the current cell leads to, else the first thing its row leads to, else the row's own object.
    pub fn meant(&self) -> AnyRef {
        let Some(row) = self.rows.rows().get(self.state.current) else { return AnyRef::EMPTY };
        let shown = self.state.layout.columns.iter().filter(|kept| !kept.hidden).nth(self.state.column);
        let column = shown.and_then(|kept| self.columns.iter().position(|column| column.code == kept.code));
        let leads = self.leads.get(self.state.current);
        let own = leads.zip(column).and_then(|(leads, at)| leads.get(at)).filter(|lead| !lead.is_empty());
        let first = leads.and_then(|leads| leads.iter().find(|lead| !lead.is_empty()));
        own.or(first).copied().unwrap_or(row.reference)
    }
}

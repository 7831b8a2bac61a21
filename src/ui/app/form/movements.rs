//! «Движения документа»: a tab for every register the document has written into, and one for the ledger.

use super::sheet::Sheet;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::movements::{MoveCell, MoveTable, movements};
use crate::ops::present;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Command, standard};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::form;
use crate::ui::widgets::list::{Cell, HeldRows, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::tabs::tabs;
use egui::{Id, Ui};
use std::rc::Rc;

/// Commands of the pages beside a form.
pub(super) fn page_commands() -> Vec<Command> {
    standard::by_code("refresh").into_iter().cloned().collect()
}

struct Found {
    title: String,
    tables: Vec<MoveTable>,
}

/// The movements of a document.
pub struct MovementsPage {
    base: Rc<Base>,
    document: AnyRef,
    title: String,
    ticket: Option<Ticket<Found>>,
    sheets: Vec<(String, Sheet)>,
    open: usize,
    failed: String,
    /// The base has changed: to be asked again when it is looked at.
    stale: bool,
    read: bool,
    commands: Vec<Command>,
}

impl MovementsPage {
    /// Of a saved document.
    pub fn new(base: &Rc<Base>, document: AnyRef) -> Self {
        let mut page = Self {
            base: Rc::clone(base),
            document,
            title: String::new(),
            ticket: None,
            sheets: Vec::new(),
            open: 0,
            failed: String::new(),
            stale: false,
            read: false,
            commands: page_commands(),
        };
        page.ask();
        page
    }

    fn ask(&mut self) {
        let document = self.document;
        self.ticket = Some(self.base.read(move |session| {
            let facts = session.facts();
            let title = present::title(document, &session.store, &facts)?;
            facts.result()?;
            Ok(Found { title, tables: movements(session, document)? })
        }));
    }

    fn take(&mut self, answer: Outcome<Found>) {
        self.read = true;
        match answer {
            Ok(found) => {
                self.failed = String::new();
                self.title = found.title;
                let tables = found.tables.iter();
                self.sheets =
                    tables.map(|table| (format!("{} ({})", table.title, table.rows.len()), sheet(table))).collect();
                self.open = self.open.min(self.sheets.len().saturating_sub(1));
            }
            Err(error) => self.failed = error.sentence(),
        }
    }
}

fn sheet(table: &MoveTable) -> Sheet {
    let columns = table.columns.iter().enumerate().map(|(at, column)| {
        let wide = if column.number { 110.0 } else { 150.0 };
        let made = Column::new(format!("{}{at}", table.code), column.title.clone(), wide).unsorted();
        if column.number { made.right() } else { made.stretch(1.0) }
    });
    let cell = |cell: &MoveCell| {
        let role = if cell.negative { Role::Danger } else { Role::Text };
        Cell::new(cell.text.clone()).role(role)
    };
    let row = |cells: &Vec<MoveCell>| ListRow { cells: cells.iter().map(cell).collect(), ..ListRow::default() };
    let leads = |cells: &Vec<MoveCell>| cells.iter().map(|cell| cell.reference).collect();
    Sheet {
        columns: columns.collect(),
        rows: HeldRows::of(table.rows.iter().map(row).collect()),
        leads: table.rows.iter().map(leads).collect(),
        ..Sheet::default()
    }
}

impl Page for MovementsPage {
    fn key(&self) -> String {
        format!("movements:{}", self.document.packed())
    }
    fn title(&self) -> String {
        text!("form-movements").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Books)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn hint(&self) -> String {
        text!("sheet-hint").show()
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.ticket) {
            self.take(answer);
        }
        if std::mem::take(&mut self.stale) {
            self.ask();
        }
        form::page_title(ui, &text!("movements-of", title = &self.title).show());
        let labels: Vec<String> = self.sheets.iter().map(|(label, _)| label.clone()).collect();
        if !labels.is_empty() {
            tabs(ui, &labels, &mut self.open);
        }
        let id = Id::unique(("movements", self.document.packed()));
        let nothing = if self.read { text!("movements-none") } else { text!("list-loading") }.show();
        let empty = if self.failed.is_empty() { nothing } else { self.failed.clone() };
        let mut none = Sheet::default();
        let (label, sheet) = match self.sheets.get_mut(self.open) {
            Some((label, sheet)) => (label.as_str(), sheet),
            None => ("", &mut none),
        };
        let label = if label.is_empty() { empty.clone() } else { label.to_owned() };
        sheet.ui(ui, id, &label, &empty, ctx);
    }

    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        if code == "refresh" {
            self.ask();
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        self.stale = true;
    }
}

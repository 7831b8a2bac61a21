//! Two versions of an object beside each other: fields, and rows of table parts cell by cell.

use super::movements::page_commands;
use super::sheet::Sheet;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::versions::{Change, compare, title_of};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::Command;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::widgets::form;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use egui::{Id, Ui};
use std::rc::Rc;

/// The differences of two versions.
pub struct ComparePage {
    base: Rc<Base>,
    object: AnyRef,
    versions: (i64, i64),
    title: String,
    ticket: Option<Ticket<(String, Vec<Change>)>>,
    sheet: Sheet,
    /// What is said while there are no rows.
    empty: String,
    commands: Vec<Command>,
}

impl ComparePage {
    /// Of two versions, the earlier one first.
    pub fn new(base: &Rc<Base>, object: AnyRef, versions: (i64, i64)) -> Self {
        let version = |number: i64| text!("version-number", version = number).show();
        let columns = vec![
            Column::new("what", text!("history-what").show(), 300.0).stretch(1.0).unsorted(),
            Column::new("first", version(versions.0), 300.0).stretch(1.0).unsorted(),
            Column::new("second", version(versions.1), 300.0).stretch(1.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            object,
            versions,
            title: String::new(),
            ticket: None,
            sheet: Sheet { columns, ..Sheet::default() },
            empty: text!("list-loading").show(),
            commands: page_commands(),
        };
        page.ask();
        page
    }

    fn ask(&mut self) {
        let (object, (first, second)) = (self.object, self.versions);
        self.ticket = Some(
            self.base.read(move |session| Ok((title_of(session, object)?, compare(session, object, first, second)?))),
        );
    }

    fn take(&mut self, answer: Outcome<(String, Vec<Change>)>) {
        match answer {
            Ok((title, found)) => {
                self.title = title;
                self.empty = text!("version-same").show();
                let row = |change: Change| ListRow {
                    cells: [change.place, change.was, change.now].map(Cell::new).to_vec(),
                    ..ListRow::default()
                };
                self.sheet.rows.take(found.into_iter().map(row).collect());
            }
            Err(error) => self.empty = error.sentence(),
        }
    }
}

impl Page for ComparePage {
    fn key(&self) -> String {
        format!("compare:{}:{}:{}", self.object.packed(), self.versions.0, self.versions.1)
    }
    fn title(&self) -> String {
        text!("version-compare").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Columns)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.ticket) {
            self.take(answer);
        }
        let (first, second) = self.versions;
        let title = text!("version-compare-title", first = first, second = second, title = &self.title).show();
        form::page_title(ui, &title);
        let id = Id::unique(("compare", self.object.packed(), self.versions));
        let empty = self.empty.clone();
        self.sheet.ui(ui, id, &title, &empty, ctx);
    }

    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        if code == "refresh" {
            self.ask();
        }
    }
}

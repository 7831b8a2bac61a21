//! «История»: the versions of an object with what each of them changed.

use super::movements::page_commands;
use super::sheet::Sheet;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::present;
use crate::ops::versions::{Version, versions};
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

/// The history of an object.
pub struct HistoryPage {
    base: Rc<Base>,
    object: AnyRef,
    title: String,
    ticket: Option<Ticket<(String, Vec<Version>)>>,
    sheet: Sheet,
    failed: String,
    /// The base has changed: to be asked again when it is looked at.
    stale: bool,
    commands: Vec<Command>,
}

impl HistoryPage {
    /// Of a saved object.
    pub fn new(base: &Rc<Base>, object: AnyRef) -> Self {
        let columns = vec![
            Column::new("what", text!("history-what").show(), 300.0).stretch(1.0).unsorted(),
            Column::new("was", text!("history-was").show(), 260.0).stretch(1.0).unsorted(),
            Column::new("now", text!("history-now").show(), 260.0).stretch(1.0).unsorted(),
            Column::new("who", text!("history-who").show(), 180.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            object,
            title: String::new(),
            ticket: None,
            sheet: Sheet { columns, tree: true, ..Sheet::default() },
            failed: String::new(),
            stale: false,
            commands: page_commands(),
        };
        page.ask();
        page
    }

    fn ask(&mut self) {
        let object = self.object;
        self.ticket = Some(self.base.read(move |session| {
            let facts = session.facts();
            let title = present::title(object, &session.store, &facts)?;
            facts.result()?;
            Ok((title, versions(session, object)?))
        }));
    }

    fn take(&mut self, answer: Outcome<(String, Vec<Version>)>) {
        match answer {
            Ok((title, found)) => {
                self.failed = String::new();
                self.title = title;
                self.sheet.rows.take(found.iter().flat_map(rows).collect());
            }
            Err(error) => self.failed = error.sentence(),
        }
    }
}

/// A line for the version and one for each change.
fn rows(version: &Version) -> Vec<ListRow> {
    let what = format!("{}: {}", version.at.russian(), version.deed.show());
    let who = if version.user.is_empty() { version.workstation.clone() } else { version.user.clone() };
    let head = vec![Cell::new(what).bold(), Cell::default(), Cell::default(), Cell::new(who)];
    let mut rows = vec![ListRow { cells: head, bold: true, ..ListRow::default() }];
    rows.extend(version.changes.iter().map(|change| ListRow {
        cells: vec![
            Cell::new(change.place.clone()),
            Cell::new(change.was.clone()),
            Cell::new(change.now.clone()),
            Cell::default(),
        ],
        level: 1,
        ..ListRow::default()
    }));
    rows
}

impl Page for HistoryPage {
    fn key(&self) -> String {
        format!("history:{}", self.object.packed())
    }
    fn title(&self) -> String {
        text!("form-history").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::ClockCounterClockwise)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.ticket) {
            self.take(answer);
        }
        if std::mem::take(&mut self.stale) {
            self.ask();
        }
        form::page_title(ui, &text!("history-of", title = &self.title).show());
        let id = Id::unique(("history", self.object.packed()));
        let empty = if self.failed.is_empty() { text!("list-loading").show() } else { self.failed.clone() };
        self.sheet.ui(ui, id, &text!("form-history").show(), &empty, ctx);
    }

    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        if code == "refresh" {
            self.ask();
        }
    }

    fn changed(&mut self, objects: &[AnyRef]) {
        self.stale |= objects.is_empty() || objects.contains(&self.object);
    }
}

//! «Связанные документы»: the tree of documents made on the basis of each other, any of them opened by Enter.

use super::movements::page_commands;
use super::sheet::Sheet;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::related::{RelatedNode, related};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::Command;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::form;
use crate::ui::widgets::list::{Branch, Cell, ListRow, Mark};
use crate::ui::widgets::table::columns::Column;
use egui::{Id, Ui};
use std::rc::Rc;

/// Width of the mark of a level in points is the list's own; deeper levels than these stand at the last one.
const LEVELS: u8 = 12;

/// The documents related to one.
pub struct RelatedPage {
    base: Rc<Base>,
    document: AnyRef,
    title: String,
    ticket: Option<Ticket<Vec<RelatedNode>>>,
    sheet: Sheet,
    failed: String,
    /// The base has changed: to be asked again when it is looked at.
    stale: bool,
    commands: Vec<Command>,
}

impl RelatedPage {
    /// Of a saved document.
    pub fn new(base: &Rc<Base>, document: AnyRef) -> Self {
        let columns = vec![
            Column::new("title", text!("related-document").show(), 420.0).stretch(2.0).unsorted(),
            Column::new("date", text!("related-date").show(), 140.0).unsorted(),
            Column::new("amount", text!("related-amount").show(), 120.0).right().unsorted(),
            Column::new("state", text!("related-state").show(), 200.0).stretch(1.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            document,
            title: String::new(),
            ticket: None,
            sheet: Sheet { columns, marks: true, tree: true, ..Sheet::default() },
            failed: String::new(),
            stale: false,
            commands: page_commands(),
        };
        page.ask();
        page
    }

    fn ask(&mut self) {
        let document = self.document;
        self.ticket = Some(self.base.read(move |session| related(session, document)));
    }

    fn take(&mut self, answer: Outcome<Vec<RelatedNode>>) {
        match answer {
            Ok(nodes) => {
                let first = self.sheet.rows.rows().is_empty();
                self.failed = String::new();
                self.title = nodes.iter().find(|node| node.own).map_or_else(String::new, |node| node.title.clone());
                self.sheet.rows.take(nodes.iter().map(row).collect());
                if let Some(own) = nodes.iter().position(|node| node.own).filter(|_| first) {
                    self.sheet.state.current = own;
                }
            }
            Err(error) => self.failed = error.sentence(),
        }
    }
}

fn row(node: &RelatedNode) -> ListRow {
    let state = match (node.marked, node.posted, node.state.is_empty()) {
        (true, _, _) => (text!("form-state-marked").show(), Role::Danger),
        (_, false, _) => (text!("form-state-saved").show(), Role::Warning),
        (_, true, true) => (text!("form-state-posted").show(), Role::Text),
        (_, true, false) => (node.state.clone(), Role::Text),
    };
    let repeated = if node.repeated { Role::Weak } else { Role::Text };
    ListRow {
        reference: node.reference,
        mark: match (node.marked, node.posted) {
            (true, _) => Mark::Deleted,
            (_, true) => Mark::Posted,
            _ => Mark::Saved,
        },
        cells: vec![
            Cell { bold: node.own, ..Cell::new(node.title.clone()).role(repeated) },
            Cell::new(node.date.russian()),
            Cell::new(node.amount.map(|amount| amount.grouped()).unwrap_or_default()),
            Cell::new(state.0).role(state.1),
        ],
        level: node.level.min(LEVELS),
        branch: Branch::Leaf,
        ..ListRow::default()
    }
}

impl Page for RelatedPage {
    fn key(&self) -> String {
        format!("related:{}", self.document.packed())
    }
    fn title(&self) -> String {
        text!("form-related").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::TreeStructure)
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
        form::page_title(ui, &text!("related-of", title = &self.title).show());
        let id = Id::unique(("related", self.document.packed()));
        let empty = if self.failed.is_empty() { text!("list-loading").show() } else { self.failed.clone() };
        self.sheet.ui(ui, id, &text!("form-related").show(), &empty, ctx);
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

//! Workplaces: pages for a piece of the day's work that belongs to no single object.
//!
//! Each is a list over the result of a question or of a deed, with the commands that carry the work on; what most
//! of them have in common is a [`place::Place`].

mod allocation;
mod bind;
mod days;
mod deletion;
mod fill;
mod import;
pub mod jobs;
mod journal;
pub mod letters;
mod place;
mod reserves;
mod shortages;
pub mod substitutes;
pub mod twins;

pub use days::Days;

use super::base::Base;
use super::head::head_ui;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::refs::AnyRef;
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::ops::till::queue::Queue;
use crate::text;
use crate::ui::commands::{Command, Facts, keys, standard};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::screens::till::TillPage;
use crate::ui::shell::page::{Message, Page, PageContext, Request};
use crate::ui::widgets::list::{HeldRows, List, ListEvent, ListState};
use crate::ui::widgets::table::columns::Column;
use egui::{Id, Ui};
use place::WorkPage;
use std::rc::Rc;

/// The page of a workplace by its name.
pub fn open(base: &Rc<Base>, name: &str) -> Option<Box<dyn Page>> {
    if let Some(named) = name.strip_prefix("substitutes?") {
        return substitutes::Substitutes::of(named).map(|place| Box::new(WorkPage::new(base, place)) as Box<dyn Page>);
    }
    if let Some(named) = name.strip_prefix("twins?") {
        return twins::Twins::of(named).map(|place| Box::new(WorkPage::new(base, place)) as Box<dyn Page>);
    }
    if let Some(order) = name.strip_prefix("letters:").and_then(|order| order.parse().ok()) {
        return Some(Box::new(WorkPage::new(base, letters::Letters::of(AnyRef::from_packed(order)))));
    }
    let (name, rest) = name.split_once('/').unwrap_or((name, ""));
    let order = || rest.parse().ok().map(|id| Ref::<CustomerOrder>::new(id).any());
    match name {
        "allocation" => Some(Box::new(WorkPage::new(base, allocation::Allocation { of: order() }))),
        "days" if !rest.is_empty() => Some(Box::new(WorkPage::new(base, Days::of(rest)))),
        "fill" => Some(Box::new(WorkPage::new(base, fill::Fill::of(order()?)))),
        "import" => Some(Box::new(import::ImportPage::new(base))),
        "bind" => Some(Box::new(WorkPage::new(base, bind::Bind::default()))),
        "deletion" => Some(Box::new(deletion::DeletionPage::new(base))),
        "letters" => Some(Box::new(WorkPage::new(base, letters::Letters::of(AnyRef::EMPTY)))),
        "journal" => Some(Box::new(journal::JournalPage::new(base))),
        "reserves" => Some(Box::new(WorkPage::new(base, reserves::Reserves))),
        "shortages" => Some(Box::new(WorkPage::new(base, shortages::Shortages::default()))),
        // The host of a window with devices opens it with the queue of its workstation.
        "jobs" => Some(jobs::page(base, Queue::default())),
        "till" => Some(Box::new(TillPage::new(base, Queue::default(), None))),
        _ => None,
    }
}

/// The list of a workplace: rows that are all at hand, without marks.
struct WorkList {
    id: Id,
    columns: Vec<Column>,
    rows: HeldRows,
    state: ListState,
    /// Rows stand under each other by their levels, with marks.
    tree: bool,
}

impl WorkList {
    fn new(id: Id, columns: Vec<Column>, rows: HeldRows) -> Self {
        Self { id, columns, rows, state: ListState::default(), tree: false }
    }

    /// With rows under rows and their marks.
    fn tree(mut self) -> Self {
        self.tree = true;
        self
    }

    /// Draws it; an empty one says what to do next. Gives what happened.
    fn ui(&mut self, ui: &mut Ui, first: bool, label: &str, empty: [Text; 2]) -> Vec<ListEvent> {
        let [title, hint] = empty.map(|text| text.show());
        let list = List {
            marks: self.tree,
            tree: self.tree,
            empty: (&title, &hint),
            ..List::new(self.id, label, &self.columns)
        };
        if first {
            focus::set(ui.ctx(), self.id);
        }
        list.show(ui, &mut self.rows, &mut self.state).events
    }
}

/// A standard command with the label of this workplace.
fn standard_command(code: &'static str) -> Option<Command> {
    standard::by_code(code).cloned()
}

/// The command that opens the order of the current row.
fn open_order_command(code: &'static str) -> Command {
    Command::new(code, text!("work-open-order"))
        .hint(text!("work-open-order-hint"))
        .key(keys::OPEN)
        .icon(Icon::PencilSimple)
        .needs(Facts::ROW)
}

/// Tells in the message panel why something was not done.
fn failed(ctx: &mut PageContext<'_>, text: String) {
    ctx.requests.push(Request::Messages(vec![Message::danger(text)]));
}

//! Substitutes of an item for a line of an order: ranked, narrowed by keys, chosen by Enter.

use super::{WorkList, failed, head_ui};
use crate::kernel::money::Qty;
use crate::kernel::refs::Ref;
use crate::ops::substitutes::{Nearness, Substitute, Wanted, substitutes};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Chord, Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, Page, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Key, Ui};
use std::rc::Rc;

/// The page.
pub struct SubstitutesPage {
    wanted: Wanted,
    found: Vec<Substitute>,
    /// The shown ones, by their places among the found.
    shown: Vec<usize>,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Vec<Substitute>>>,
    /// Only what is free in stock.
    free_only: bool,
    /// Only declared analogues.
    declared_only: bool,
}

/// The code a page is opened by.
pub fn code(wanted: &Wanted) -> String {
    let ids = [wanted.item.id(), wanted.company.id(), wanted.warehouse.id(), wanted.price_kind.id()];
    format!("work:substitutes?{}", ids.map(|id| id.to_string()).join(","))
}

impl SubstitutesPage {
    /// Of what [`code`] names.
    pub fn of(base: &Rc<Base>, named: &str) -> Option<Self> {
        let mut ids = named.split(',').map(|id| id.parse::<i64>().ok());
        let mut next = || ids.next().flatten();
        let wanted = Wanted {
            item: Ref::new(next()?),
            company: Ref::new(next()?),
            warehouse: Ref::new(next()?),
            price_kind: Ref::new(next()?),
        };
        let toggle = |code: &'static str, label, hint, key| {
            Command::new(code, label).hint(hint).key(Chord::plain(key)).icon(Icon::Eye)
        };
        let commands = vec![
            Command::new("choose-row", text!("cmd-choose"))
                .hint(text!("substitutes-choose-hint"))
                .icon(Icon::Check)
                .needs(Facts::ROW),
            toggle("free-only", text!("substitutes-free"), text!("substitutes-free-hint"), Key::F7),
            toggle("declared-only", text!("substitutes-declared"), text!("substitutes-declared-hint"), Key::F9),
            Command::new("open-item", text!("work-shortage-item"))
                .hint(text!("substitutes-open-hint"))
                .key(crate::ui::commands::keys::OPEN)
                .icon(Icon::PencilSimple)
                .needs(Facts::ROW),
        ];
        let columns = vec![
            Column::new("item", text!("work-item").show(), 280.0).stretch(1.0).unsorted(),
            Column::new("article", text!("substitutes-article").show(), 100.0).unsorted(),
            Column::new("why", text!("substitutes-why").show(), 230.0).stretch(1.0).unsorted(),
            Column::new("free", text!("substitutes-free").show(), 90.0).right().unsorted(),
            Column::new("price", text!("work-price").show(), 110.0).right().unsorted(),
        ];
        Some(Self {
            wanted,
            found: Vec::new(),
            shown: Vec::new(),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands,
            reading: Some(base.read(move |session| substitutes(session, wanted))),
            free_only: false,
            declared_only: false,
        })
    }

    fn id() -> Id {
        Id::unique("work substitutes")
    }

    /// Shows what the filters leave.
    fn narrow(&mut self) {
        let fits = |one: &Substitute| {
            (!self.free_only || one.free > Qty::ZERO) && (!self.declared_only || one.nearness == Nearness::Declared)
        };
        self.shown = (0..self.found.len()).filter(|at| self.found.get(*at).is_some_and(fits)).collect();
        let rows = self.shown.iter().filter_map(|at| self.found.get(*at)).map(row).collect();
        self.list.rows.take(rows);
    }

    fn current(&self) -> Option<&Substitute> {
        self.shown.get(self.list.state.current).and_then(|at| self.found.get(*at))
    }
}

fn row(one: &Substitute) -> ListRow {
    let near = one.nearness.text().show();
    let why = if one.note.is_empty() { near } else { format!("{near}: {}", one.note) };
    let free = if one.free > Qty::ZERO { Role::Good } else { Role::Weak };
    let price = if one.price.is_zero() { String::new() } else { one.price.money().grouped() };
    let cells = vec![
        Cell::new(one.name.clone()),
        Cell::new(one.article.clone()),
        Cell::new(why),
        Cell::new(one.free.short()).role(free),
        Cell::new(price),
    ];
    ListRow { reference: one.item.any(), cells, ..ListRow::default() }
}

impl Page for SubstitutesPage {
    fn key(&self) -> String {
        code(&self.wanted)
    }
    fn title(&self) -> String {
        text!("substitutes-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::List)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.shown.is_empty(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("substitutes-keys").show()
    }
    fn choose_hint(&self) -> String {
        self.hint()
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(found) => {
                    self.found = found;
                    self.narrow();
                }
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        let tools = [
            Tool::Main("choose-row"),
            Tool::Button("free-only"),
            Tool::Button("declared-only"),
            Tool::Divider,
            Tool::Button("open-item"),
        ];
        let facts = self.facts();
        let label = self.title();
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, facts), &tools);
        let empty = [text!("substitutes-empty"), text!("substitutes-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        if events.contains(&ListEvent::Open) {
            ctx.run("choose-row");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "choose-row" => {
                let chosen = self.current().map(|one| one.item.any());
                if ctx.choosing {
                    ctx.requests.extend(chosen.map(Request::Chosen));
                } else if let Some(item) = chosen {
                    ctx.open(Open::Object(item));
                }
            }
            "free-only" => {
                self.free_only = !self.free_only;
                self.narrow();
            }
            "declared-only" => {
                self.declared_only = !self.declared_only;
                self.narrow();
            }
            "open-item" => {
                if let Some(item) = self.current().map(|one| one.item.any()) {
                    ctx.requests.push(Request::Pick(Open::Object(item), "opened".to_owned()));
                }
            }
            _ => {}
        }
    }
}

//! Substitutes of an item for a line of an order: ranked, narrowed by keys, chosen by Enter.

use super::place::{Place, Question, WorkPage};
use crate::kernel::money::Qty;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::ops::substitutes::{Nearness, Substitute, Wanted, substitutes};
use crate::text;
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::Key;

/// The workplace.
pub struct Substitutes {
    wanted: Wanted,
    narrowing: Narrowing,
}

/// What of them is shown.
#[derive(Clone, Copy, Default)]
struct Narrowing {
    /// Only what is free in stock.
    free: bool,
    /// Only declared analogues.
    declared: bool,
}

/// Everything that was found, and the items shown of it.
#[derive(Default)]
pub struct Found {
    all: Vec<Substitute>,
    shown: Vec<AnyRef>,
}

/// The code a page is opened by.
pub fn code(wanted: &Wanted) -> String {
    let ids = [wanted.item.id(), wanted.company.id(), wanted.warehouse.id(), wanted.price_kind.id()];
    format!("work:substitutes?{}", ids.map(|id| id.to_string()).join(","))
}

impl Substitutes {
    /// Of what [`code`] names.
    pub fn of(named: &str) -> Option<Self> {
        let mut ids = named.split(',').map(|id| id.parse::<i64>().ok());
        let mut next = || ids.next().flatten();
        let wanted = Wanted {
            item: Ref::new(next()?),
            company: Ref::new(next()?),
            warehouse: Ref::new(next()?),
            price_kind: Ref::new(next()?),
        };
        Some(Self { wanted, narrowing: Narrowing::default() })
    }
}

impl Narrowing {
    fn fits(self, one: &Substitute) -> bool {
        (!self.free || one.free > Qty::ZERO) && (!self.declared || one.nearness == Nearness::Declared)
    }

    /// What is left, with its rows.
    fn of(self, all: Vec<Substitute>) -> (Found, Vec<ListRow>) {
        let rows: Vec<ListRow> = all.iter().filter(|one| self.fits(one)).map(row).collect();
        let shown = rows.iter().map(|row| row.reference).collect();
        (Found { all, shown }, rows)
    }
}

impl WorkPage<Substitutes> {
    /// Shows what is left, without asking the base again.
    fn narrow(&mut self) {
        let (found, rows) = self.place.narrowing.of(std::mem::take(&mut self.found.all));
        self.found = found;
        self.list.rows.take(rows);
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

impl Place for Substitutes {
    type Found = Found;
    type Made = ();
    const NAME: &'static str = "substitutes";
    const ICON: Icon = Icon::List;
    const OPENS: &'static str = "choose-row";
    const STAYS: bool = false;

    fn key(&self) -> String {
        code(&self.wanted)
    }
    fn title(&self) -> Text {
        text!("substitutes-title")
    }
    fn hint(&self) -> Text {
        text!("substitutes-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("substitutes-empty"), text!("substitutes-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("item", text!("work-item").show(), 280.0).stretch(1.0).unsorted(),
            Column::new("article", text!("substitutes-article").show(), 100.0).unsorted(),
            Column::new("why", text!("substitutes-why").show(), 230.0).stretch(1.0).unsorted(),
            Column::new("free", text!("substitutes-free").show(), 90.0).right().unsorted(),
            Column::new("price", text!("work-price").show(), 110.0).right().unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        let toggle = |code: &'static str, label: Text, hint: Text, key| {
            Command::new(code, label).hint(hint).key(Chord::plain(key)).icon(Icon::Eye)
        };
        vec![
            Command::new("choose-row", text!("cmd-choose"))
                .hint(text!("substitutes-choose-hint"))
                .icon(Icon::Check)
                .needs(Facts::ROW),
            toggle("free-only", text!("substitutes-free"), text!("substitutes-free-hint"), Key::F7),
            toggle("declared-only", text!("substitutes-declared"), text!("substitutes-declared-hint"), Key::F9),
            Command::new("open-item", text!("work-shortage-item"))
                .hint(text!("substitutes-open-hint"))
                .key(keys::OPEN)
                .icon(Icon::PencilSimple)
                .needs(Facts::ROW),
        ]
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![
            Tool::Main("choose-row"),
            Tool::Button("free-only"),
            Tool::Button("declared-only"),
            Tool::Divider,
            Tool::Button("open-item"),
        ]
    }
    fn question(&self) -> Question<Self::Found> {
        let (wanted, narrowing) = (self.wanted, self.narrowing);
        Box::new(move |session| Ok(narrowing.of(substitutes(session, wanted)?)))
    }
    fn has_work(&self, found: &Self::Found) -> bool {
        !found.shown.is_empty()
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        let current = page.found.shown.get(page.list.state.current).copied();
        match (code, current) {
            ("choose-row", Some(item)) if ctx.choosing => ctx.requests.push(Request::Chosen(item)),
            ("choose-row", Some(item)) => ctx.open(Open::Object(item)),
            ("open-item", Some(item)) => ctx.requests.push(Request::Pick(Open::Object(item), "opened".to_owned())),
            ("free-only", _) => {
                page.place.narrowing.free ^= true;
                page.narrow();
            }
            ("declared-only", _) => {
                page.place.narrowing.declared ^= true;
                page.narrow();
            }
            _ => {}
        }
    }
}

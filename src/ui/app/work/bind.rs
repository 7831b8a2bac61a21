//! Lines of site orders without an item: bound to an item or made into a new one, once for all orders.

use super::open_order_command;
use super::place::{Place, Question, WorkPage};
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::Choices;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::ops::gate::Session;
use crate::ops::import_orders::{UnboundLine, bind_item, unbound_lines};
use crate::ops::present::Titles;
use crate::text;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Open, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;

/// So many orders are looked through; the newest ones come first and work goes on from there.
const ORDERS_MAX: usize = 500;

/// A line has an item of exactly its name.
const PROPOSED: Facts = Facts::own(0);

/// The workplace.
#[derive(Default)]
pub struct Bind {
    /// The line an item is being chosen for: the list may have changed meanwhile.
    asked: Option<UnboundLine>,
}

impl WorkPage<Bind> {
    fn bind(&mut self, line: &UnboundLine, item: AnyRef) {
        let (order, key) = (line.order, line.line);
        let item = Ref::new(item.id());
        self.work(move |session| bind_item(session, order, key, item));
    }
}

fn shown(session: &Session) -> Outcome<(Vec<UnboundLine>, Vec<ListRow>)> {
    let lines = unbound_lines(session, ORDERS_MAX)?;
    let facts = session.facts();
    let mut titles = Titles::default();
    let mut rows = Vec::with_capacity(lines.len());
    for line in &lines {
        let order = titles.of(line.order.any(), &session.store, &facts)?;
        let proposal = match line.proposals.first() {
            Some(item) => titles.of(*item, &session.store, &facts)?,
            None => String::new(),
        };
        let cells = vec![
            Cell::new(&line.name),
            Cell::new(&line.site_item),
            Cell::new(line.qty.short()),
            Cell::new(line.total.grouped()),
            Cell::new(order),
            Cell::new(proposal).role(Role::Good),
        ];
        rows.push(ListRow { reference: line.order.any(), cells, ..ListRow::default() });
    }
    Ok((lines, rows))
}

impl Place for Bind {
    type Found = Vec<UnboundLine>;
    type Made = usize;
    const NAME: &'static str = "bind";
    const ICON: Icon = Icon::Link;
    const OPENS: &'static str = "choose-item";
    const MAKES: &'static str = "create-item";

    fn title(&self) -> Text {
        text!("work-bind-title")
    }
    fn hint(&self) -> Text {
        text!("work-bind-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("work-bind-empty"), text!("work-bind-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("name", text!("work-line-name").show(), 300.0).stretch(1.0).unsorted(),
            Column::new("site", text!("work-site-item").show(), 150.0).unsorted(),
            Column::new("qty", text!("work-qty").show(), 80.0).right().unsorted(),
            Column::new("total", text!("work-total").show(), 100.0).right().unsorted(),
            Column::new("order", text!("work-order").show(), 250.0).unsorted(),
            Column::new("proposal", text!("work-proposal").show(), 240.0).unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        vec![
            Command::new("choose-item", text!("work-bind-choose"))
                .hint(text!("work-bind-choose-hint"))
                .key(keys::CHOOSE)
                .icon(Icon::Link)
                .needs(Facts::ROW),
            Command::new("accept", text!("work-bind-accept"))
                .hint(text!("work-bind-accept-hint"))
                .key(keys::MAIN)
                .icon(Icon::Check)
                .needs(Facts::ROW.and(PROPOSED)),
            Command::new("create-item", text!("work-bind-create"))
                .hint(text!("work-bind-create-hint"))
                .key(keys::COPY)
                .icon(Icon::Cube)
                .needs(Facts::ROW),
            open_order_command("open-order"),
        ]
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![
            Tool::Main("choose-item"),
            Tool::Button("accept"),
            Tool::Button("create-item"),
            Tool::Button("open-order"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ]
    }
    fn question(&self) -> Question<Self::Found> {
        Box::new(shown)
    }
    fn has_work(&self, found: &Self::Found) -> bool {
        !found.is_empty()
    }
    fn facts(page: &WorkPage<Self>) -> Facts {
        Facts::NONE.when(page.current().is_some_and(|line| !line.proposals.is_empty()), PROPOSED)
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        let Some(line) = page.current().cloned() else { return };
        let what = match code {
            "choose-item" => Open::Choose(Some(Item::declared()), AnyRef::EMPTY, Choices::default()),
            "create-item" => Open::New(Item::declared(), line.name.clone()),
            "accept" => return line.proposals.first().into_iter().for_each(|item| page.bind(&line, *item)),
            "open-order" => return ctx.open(Open::Object(line.order.any())),
            _ => return,
        };
        ctx.requests.push(Request::Pick(what, "item".to_owned()));
        page.place.asked = Some(line);
    }

    fn answer(page: &mut WorkPage<Self>, token: &str, answer: Answer) {
        if let (Answer::Chosen(item), "item", Some(line)) = (answer, token, page.place.asked.take())
            && item.is_of(Item::declared())
        {
            page.bind(&line, item);
        }
    }

    fn made(_page: &mut WorkPage<Self>, count: usize, _operation: i64, ctx: &mut PageContext<'_>) {
        ctx.toast(text!("work-bound", count = count), Role::Good);
    }
}

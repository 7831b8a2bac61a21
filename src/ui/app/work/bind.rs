//! Lines of site orders without an item: bound to an item or made into a new one, once for all orders.

use super::{WorkList, failed, head_ui, open_order_command, standard_command};
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::Choices;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::gate::Session;
use crate::ops::import_orders::{UnboundLine, bind_item, unbound_lines};
use crate::ops::present::Titles;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Open, Page, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::rc::Rc;

/// So many orders are looked through; the newest ones come first and work goes on from there.
const ORDERS_MAX: usize = 500;

/// A line has an item of exactly its name.
const PROPOSED: Facts = Facts::own(0);

struct Shown {
    lines: Vec<UnboundLine>,
    rows: Vec<ListRow>,
}

/// The page.
pub struct BindPage {
    base: Rc<Base>,
    lines: Vec<UnboundLine>,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Shown>>,
    binding: Option<Ticket<usize>>,
    /// The line an item is being chosen for: the list may have changed meanwhile.
    asked: Option<UnboundLine>,
}

impl BindPage {
    /// Being read.
    pub fn new(base: &Rc<Base>) -> Self {
        let own = [
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
        ];
        let refresh = standard_command("refresh");
        let open = open_order_command("open-order");
        let columns = vec![
            Column::new("name", text!("work-line-name").show(), 300.0).stretch(1.0).unsorted(),
            Column::new("site", text!("work-site-item").show(), 150.0).unsorted(),
            Column::new("qty", text!("work-qty").show(), 80.0).right().unsorted(),
            Column::new("total", text!("work-total").show(), 100.0).right().unsorted(),
            Column::new("order", text!("work-order").show(), 250.0).unsorted(),
            Column::new("proposal", text!("work-proposal").show(), 240.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            lines: Vec::new(),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands: own.into_iter().chain([open]).chain(refresh).collect(),
            reading: None,
            binding: None,
            asked: None,
        };
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work bind")
    }

    fn read(&mut self) {
        self.reading = Some(self.base.read(shown));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(shown) => {
                    self.lines = shown.lines;
                    self.list.rows.take(shown.rows);
                }
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.binding) {
            match answer {
                Ok(count) => ctx.toast(text!("work-bound", count = count), Role::Good),
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
    }

    fn current(&self) -> Option<&UnboundLine> {
        self.lines.get(self.list.state.current)
    }

    fn bind(&mut self, line: &UnboundLine, item: AnyRef) {
        let (order, key) = (line.order, line.line);
        let item = Ref::new(item.id());
        self.binding = Some(self.base.work(move |session| bind_item(session, order, key, item)));
    }
}

fn shown(session: &Session) -> Outcome<Shown> {
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
    Ok(Shown { lines, rows })
}

impl Page for BindPage {
    fn key(&self) -> String {
        "work:bind".to_owned()
    }
    fn title(&self) -> String {
        text!("work-bind-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Link)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let current = self.current();
        let proposed = current.is_some_and(|line| !line.proposals.is_empty());
        Facts::NONE.when(current.is_some() && self.binding.is_none(), Facts::ROW).when(proposed, PROPOSED)
    }
    fn hint(&self) -> String {
        text!("work-bind-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [
            Tool::Main("choose-item"),
            Tool::Button("accept"),
            Tool::Button("create-item"),
            Tool::Button("open-order"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ];
        let facts = self.facts();
        let label = self.title();
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, facts), &tools);
        let empty = [text!("work-bind-empty"), text!("work-bind-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        for event in events {
            match event {
                ListEvent::Open => ctx.run("choose-item"),
                ListEvent::Copy | ListEvent::Create => ctx.run("create-item"),
                _ => {}
            }
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        if code == "refresh" {
            return self.read();
        }
        let Some(line) = self.current().cloned() else { return };
        match code {
            "choose-item" => {
                ctx.requests.push(Request::Pick(
                    Open::Choose(Some(Item::declared()), AnyRef::EMPTY, Choices::default()),
                    "item".to_owned(),
                ));
                self.asked = Some(line);
            }
            "create-item" => {
                ctx.requests.push(Request::Pick(Open::New(Item::declared(), line.name.clone()), "item".to_owned()));
                self.asked = Some(line);
            }
            "accept" => {
                if let Some(item) = line.proposals.first().copied() {
                    self.bind(&line, item);
                }
            }
            "open-order" => ctx.open(Open::Object(line.order.any())),
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        if let (Answer::Chosen(item), "item", Some(line)) = (answer, token, self.asked.take())
            && item.is_of(Item::declared())
        {
            self.bind(&line, item);
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        if self.binding.is_none() {
            self.read();
        }
    }
}

//! Reserves that end: today, tomorrow, in the days to come. Each is prolonged or given up by one key.

use super::{WorkList, failed, head_ui, open_order_command, standard_command};
use crate::domain::registers::orders::OrderDebts;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts as Known;
use crate::kernel::moment::Date;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::expiry::{Change, ending_soon};
use crate::ops::gate::{Op, Session};
use crate::ops::present::Titles;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::rc::Rc;

struct Shown {
    found: Vec<Ref<CustomerOrder>>,
    rows: Vec<ListRow>,
}

/// The page.
pub struct ReservesPage {
    base: Rc<Base>,
    found: Vec<Ref<CustomerOrder>>,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Shown>>,
    writing: Option<Ticket<(usize, i64)>>,
}

impl ReservesPage {
    /// Being read.
    pub fn new(base: &Rc<Base>) -> Self {
        let commands = [
            Command::new("prolong", text!("reserves-prolong"))
                .hint(text!("reserves-prolong-hint"))
                .key(keys::MAIN)
                .icon(Icon::CalendarCheck)
                .needs(Facts::ROW),
            Command::new("release", text!("reserves-release"))
                .hint(text!("reserves-release-hint"))
                .key(keys::MARK)
                .icon(Icon::X)
                .needs(Facts::ROW),
            open_order_command("open-order"),
        ];
        let columns = vec![
            Column::new("until", text!("reserves-until").show(), 110.0).unsorted(),
            Column::new("order", text!("work-order").show(), 280.0).unsorted(),
            Column::new("customer", text!("reserves-customer").show(), 260.0).stretch(1.0).unsorted(),
            Column::new("amount", text!("work-total").show(), 120.0).right().unsorted(),
            Column::new("unpaid", text!("reserves-unpaid").show(), 130.0).right().unsorted(),
            Column::new("manager", text!("reserves-manager").show(), 200.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            found: Vec::new(),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands: commands.into_iter().chain(standard_command("refresh")).collect(),
            reading: None,
            writing: None,
        };
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work reserves")
    }

    fn read(&mut self) {
        self.reading = Some(self.base.read(shown));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(shown) => {
                    self.found = shown.found;
                    self.list.rows.take(shown.rows);
                }
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.writing) {
            match answer {
                Ok((count, operation)) => {
                    let text = text!("reserves-done", count = count).into();
                    ctx.requests.push(Request::Done(Toast { text, role: Role::Good, opens: None }, operation));
                }
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
    }

    fn change(&mut self, change: Change) {
        let rows = self.list.state.meant(self.found.len()).into_iter().flatten();
        let orders: Vec<AnyRef> = rows.filter_map(|at| self.found.get(at)).map(|order| order.any()).collect();
        if !orders.is_empty() {
            self.writing = Some(self.base.write_told(Op::Save, move |tx| tx.change_reserves(&orders, change)));
        }
    }
}

fn shown(session: &Session) -> Outcome<Shown> {
    let found = ending_soon(session)?;
    let facts = session.facts();
    let read: &dyn Known = &facts;
    let today: Date = read.today();
    let mut titles = Titles::default();
    let mut rows = Vec::with_capacity(found.len());
    for order in &found {
        let Some(order) = read.get(*order) else { continue };
        let mut title = |reference: AnyRef| titles.of(reference, &session.store, &facts);
        let reference = order.reference().any();
        let late = order.reserve_until <= today.plus_days(1);
        let cells = vec![
            Cell::new(order.reserve_until.russian()).role(if late { Role::Danger } else { Role::default() }),
            Cell::new(title(reference)?),
            Cell::new(title(order.customer.any())?),
            Cell::new(order.amount.grouped()),
            Cell::new(OrderDebts::of(reference, read).grouped()),
            Cell::new(title(order.manager.any())?),
        ];
        rows.push(ListRow { reference, cells, ..ListRow::default() });
    }
    facts.result()?;
    Ok(Shown { found, rows })
}

impl Page for ReservesPage {
    fn key(&self) -> String {
        "work:reserves".to_owned()
    }
    fn title(&self) -> String {
        text!("reserves-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::CalendarBlank)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.found.is_empty() && self.writing.is_none(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("reserves-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [
            Tool::Main("prolong"),
            Tool::Button("release"),
            Tool::Button("open-order"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ];
        let label = self.title();
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, self.facts()), &tools);
        let empty = [text!("reserves-empty"), text!("reserves-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-order");
        }
        if events.contains(&ListEvent::Mark) {
            ctx.run("release");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "refresh" => self.read(),
            "prolong" => self.change(Change::Prolong),
            "release" => self.change(Change::Release),
            "open-order" => {
                if let Some(order) = self.found.get(self.list.state.current) {
                    ctx.open(Open::Object(order.any()));
                }
            }
            _ => {}
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        if self.writing.is_none() {
            self.read();
        }
    }
}

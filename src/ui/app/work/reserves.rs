//! Reserves that end: today, tomorrow, in the days to come. Each is prolonged or given up by one key.

use super::open_order_command;
use super::place::{Place, Question, WorkPage, done};
use crate::domain::registers::orders::OrderDebts;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts as Known;
use crate::kernel::moment::Date;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::ops::expiry::{Change, ending_soon};
use crate::ops::gate::{Op, Session};
use crate::ops::present::Titles;
use crate::text;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;

/// The workplace.
pub struct Reserves;

impl WorkPage<Reserves> {
    fn change(&mut self, change: Change) {
        let orders: Vec<AnyRef> = self.chosen().map(|order| order.any()).collect();
        if !orders.is_empty() {
            self.write(Op::Save, move |tx| tx.change_reserves(&orders, change));
        }
    }
}

fn shown(session: &Session) -> Outcome<(Vec<Ref<CustomerOrder>>, Vec<ListRow>)> {
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
    Ok((found, rows))
}

impl Place for Reserves {
    type Found = Vec<Ref<CustomerOrder>>;
    type Made = usize;
    const NAME: &'static str = "reserves";
    const ICON: Icon = Icon::CalendarBlank;
    const OPENS: &'static str = "open-order";
    const MARKS: &'static str = "release";

    fn title(&self) -> Text {
        text!("reserves-title")
    }
    fn hint(&self) -> Text {
        text!("reserves-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("reserves-empty"), text!("reserves-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("until", text!("reserves-until").show(), 110.0).unsorted(),
            Column::new("order", text!("work-order").show(), 280.0).unsorted(),
            Column::new("customer", text!("reserves-customer").show(), 260.0).stretch(1.0).unsorted(),
            Column::new("amount", text!("work-total").show(), 120.0).right().unsorted(),
            Column::new("unpaid", text!("reserves-unpaid").show(), 130.0).right().unsorted(),
            Column::new("manager", text!("reserves-manager").show(), 200.0).unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        vec![
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
        ]
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![
            Tool::Main("prolong"),
            Tool::Button("release"),
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

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "prolong" => page.change(Change::Prolong),
            "release" => page.change(Change::Release),
            "open-order" => {
                if let Some(order) = page.current() {
                    ctx.open(Open::Object(order.any()));
                }
            }
            _ => {}
        }
    }

    fn made(_page: &mut WorkPage<Self>, count: usize, operation: i64, ctx: &mut PageContext<'_>) {
        done(ctx, text!("reserves-done", count = count), operation);
    }
}

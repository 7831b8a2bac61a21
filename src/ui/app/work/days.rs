//! What of an item can be promised on which day: on hand, what comes, what leaves, and what is left for a new order.

use super::place::{Place, Question, WorkPage};
use crate::domain::company::rights::Act;
use crate::domain::company::settings::settings;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::ops::availability::by_day;
use crate::ops::coverage::SOMETIME;
use crate::ops::gate::Session;
use crate::ops::present::{Titles, title};
use crate::ops::rights::require_act;
use crate::text;
use crate::ui::commands::Command;
use crate::ui::icons::Icon;
use crate::ui::shell::page::PageContext;
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;

/// The workplace.
pub struct Days {
    item: Ref<Item>,
    warehouse: Ref<Warehouse>,
}

impl Days {
    /// Of `item/warehouse` by their ids; without the second, in the usual warehouse.
    pub fn of(named: &str) -> Self {
        let (item, warehouse) = named.split_once('/').unwrap_or((named, "0"));
        let number = |text: &str| text.parse().unwrap_or(0);
        Self { item: Ref::new(number(item)), warehouse: Ref::new(number(warehouse)) }
    }

    /// The code of the page.
    pub fn code(item: AnyRef, warehouse: AnyRef) -> String {
        format!("work:days/{}/{}", item.id(), warehouse.id())
    }
}

fn shown(session: &Session, item: Ref<Item>, warehouse: Ref<Warehouse>) -> Outcome<(String, Vec<ListRow>)> {
    let rights = session.rights()?;
    require_act(&rights, Act::Read, CustomerOrder::declared())?;
    let facts = session.facts();
    let usual = settings(&facts);
    let warehouse = warehouse.or(usual.warehouse);
    let days = by_day(&facts, usual.company, warehouse, item);
    let (item, place) = (title(item.any(), &session.store, &facts)?, title(warehouse.any(), &session.store, &facts)?);
    let mut titles = Titles::default();
    let mut rows = Vec::with_capacity(days.len());
    for day in &days {
        let some = |qty: crate::kernel::money::Qty| if qty.is_zero() { String::new() } else { qty.short() };
        let mut causes = Vec::new();
        for cause in day.causes.iter().take(5) {
            causes.push(titles.of(*cause, &session.store, &facts)?);
        }
        if day.causes.len() > causes.len() {
            causes.push(text!("days-more", count = day.causes.len() - causes.len()).show());
        }
        let date = if day.date == SOMETIME { text!("days-sometime").show() } else { day.date.russian() };
        let short = day.left < crate::kernel::money::Qty::ZERO;
        let cells = vec![
            Cell::new(date),
            Cell::new(some(day.coming)),
            Cell::new(some(day.leaving)),
            Cell::new(day.left.short()).role(if short { Role::Danger } else { Role::default() }),
            Cell::new(day.available.short()).bold(),
            Cell::new(causes.join("; ")),
        ];
        rows.push(ListRow { cells, ..ListRow::default() });
    }
    facts.result()?;
    Ok((text!("days-of", item = item, warehouse = place).show(), rows))
}

impl Place for Days {
    type Found = String;
    type Made = ();
    const NAME: &'static str = "days";
    const ICON: Icon = Icon::CalendarBlank;
    const STAYS: bool = false;

    fn key(&self) -> String {
        Self::code(self.item.any(), self.warehouse.any())
    }
    fn title(&self) -> Text {
        text!("days-title")
    }
    fn heading(&self, found: &String) -> Option<String> {
        (!found.is_empty()).then(|| found.clone())
    }
    fn hint(&self) -> Text {
        text!("days-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("days-empty"), text!("days-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("date", text!("days-date").show(), 150.0).unsorted(),
            Column::new("coming", text!("days-coming").show(), 110.0).right().unsorted(),
            Column::new("leaving", text!("days-leaving").show(), 110.0).right().unsorted(),
            Column::new("left", text!("days-left").show(), 130.0).right().unsorted(),
            Column::new("available", text!("days-available").show(), 150.0).right().unsorted(),
            Column::new("causes", text!("days-causes").show(), 400.0).stretch(1.0).unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        Vec::new()
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![Tool::Icon("refresh")]
    }
    fn question(&self) -> Question<Self::Found> {
        let (item, warehouse) = (self.item, self.warehouse);
        Box::new(move |session| shown(session, item, warehouse))
    }
    fn has_work(&self, _found: &String) -> bool {
        false
    }
    fn command(_page: &mut WorkPage<Self>, _code: &str, _ctx: &mut PageContext<'_>) {}
    fn made(_page: &mut WorkPage<Self>, _made: (), _operation: i64, _ctx: &mut PageContext<'_>) {}
}

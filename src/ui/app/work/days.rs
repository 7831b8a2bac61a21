//! What of an item can be promised on which day: on hand, what comes, what leaves, and what is left for a new order.

use super::{WorkList, failed, head_ui, standard_command};
use crate::domain::company::rights::Act;
use crate::domain::company::settings::settings;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::availability::by_day;
use crate::ops::coverage::SOMETIME;
use crate::ops::gate::Session;
use crate::ops::present::{Titles, title};
use crate::ops::rights::require_act;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::rc::Rc;

struct Shown {
    called: String,
    rows: Vec<ListRow>,
}

/// The page.
pub struct DaysPage {
    base: Rc<Base>,
    item: Ref<Item>,
    warehouse: Ref<Warehouse>,
    called: String,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Shown>>,
}

impl DaysPage {
    /// Of `item/warehouse` by their ids; without the second, in the usual warehouse.
    pub fn new(base: &Rc<Base>, of: &str) -> Self {
        let (item, warehouse) = of.split_once('/').unwrap_or((of, "0"));
        let number = |text: &str| text.parse().unwrap_or(0);
        let columns = vec![
            Column::new("date", text!("days-date").show(), 150.0).unsorted(),
            Column::new("coming", text!("days-coming").show(), 110.0).right().unsorted(),
            Column::new("leaving", text!("days-leaving").show(), 110.0).right().unsorted(),
            Column::new("left", text!("days-left").show(), 130.0).right().unsorted(),
            Column::new("available", text!("days-available").show(), 150.0).right().unsorted(),
            Column::new("causes", text!("days-causes").show(), 400.0).stretch(1.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            item: Ref::new(number(item)),
            warehouse: Ref::new(number(warehouse)),
            called: String::new(),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands: standard_command("refresh").into_iter().collect(),
            reading: None,
        };
        page.read();
        page
    }

    /// The code of the page.
    pub fn code(item: AnyRef, warehouse: AnyRef) -> String {
        format!("work:days/{}/{}", item.id(), warehouse.id())
    }

    fn id() -> Id {
        Id::unique("work days")
    }

    fn read(&mut self) {
        let (item, warehouse) = (self.item, self.warehouse);
        self.reading = Some(self.base.read(move |session| shown(session, item, warehouse)));
    }
}

fn shown(session: &Session, item: Ref<Item>, warehouse: Ref<Warehouse>) -> Outcome<Shown> {
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
    Ok(Shown { called: text!("days-of", item = item, warehouse = place).show(), rows })
}

impl Page for DaysPage {
    fn key(&self) -> String {
        Self::code(self.item.any(), self.warehouse.any())
    }
    fn title(&self) -> String {
        text!("days-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::CalendarBlank)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE
    }
    fn hint(&self) -> String {
        text!("days-keys").show()
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(shown) => {
                    self.called = shown.called;
                    self.list.rows.take(shown.rows);
                }
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        let label = if self.called.is_empty() { self.title() } else { self.called.clone() };
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, self.facts()), &[Tool::Icon("refresh")]);
        let empty = [text!("days-empty"), text!("days-empty-hint")];
        self.list.ui(ui, ctx.first, &label, empty);
    }

    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        if code == "refresh" {
            self.read();
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        self.read();
    }
}

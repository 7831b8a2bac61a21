//! What waiting orders lack, and one command that makes supplier orders of it, grouped by supplier.

use super::{WorkList, failed, head_ui, standard_command};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Choices;
use crate::kernel::money::Qty;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::gate::{Op, Session};
use crate::ops::present::Titles;
use crate::ops::replenish::Why;
use crate::ops::supply::{Shortage, needs_for};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Open, Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is lacking and where: the key of a supplier chosen by hand.
type Lack = (Ref<Warehouse>, Ref<Item>);

struct Shown {
    found: Vec<Shortage>,
    rows: Vec<ListRow>,
}

/// The page.
pub struct ShortagesPage {
    base: Rc<Base>,
    found: Vec<Shortage>,
    list: WorkList,
    commands: Vec<Command>,
    /// Suppliers chosen by hand, kept until the orders are made.
    chosen: BTreeMap<Lack, Ref<Counterparty>>,
    reading: Option<Ticket<Shown>>,
    ordering: Option<Ticket<Vec<AnyRef>>>,
    /// The rows a supplier is being chosen for.
    asked: Vec<Lack>,
}

impl ShortagesPage {
    /// Being read.
    pub fn new(base: &Rc<Base>) -> Self {
        let commands = [
            Command::new("order", text!("work-shortage-order"))
                .hint(text!("work-shortage-order-hint"))
                .key(keys::MAIN)
                .icon(Icon::Package)
                .needs(Facts::ROW),
            Command::new("supplier", text!("work-shortage-supplier"))
                .hint(text!("work-shortage-supplier-hint"))
                .key(keys::CHOOSE)
                .icon(Icon::Users)
                .needs(Facts::ROW),
            Command::new("open-item", text!("work-shortage-item"))
                .hint(text!("work-shortage-item-hint"))
                .key(keys::OPEN)
                .icon(Icon::PencilSimple)
                .needs(Facts::ROW),
        ];
        let columns = vec![
            Column::new("item", text!("work-item").show(), 200.0).stretch(1.0).unsorted(),
            Column::new("why", text!("work-why").show(), 300.0).stretch(1.0).unsorted(),
            Column::new("qty", text!("work-missing").show(), 90.0).right().unsorted(),
            Column::new("expected", text!("work-expected").show(), 85.0).right().unsorted(),
            Column::new("to-order", text!("work-to-order").show(), 85.0).right().unsorted(),
            Column::new("supplier", text!("work-supplier").show(), 150.0).unsorted(),
            Column::new("price", text!("work-price").show(), 75.0).right().unsorted(),
            Column::new("due", text!("work-due").show(), 90.0).unsorted(),
            Column::new("warehouse", text!("work-warehouse").show(), 110.0).unsorted(),
            Column::new("orders", text!("work-orders").show(), 130.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            found: Vec::new(),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands: commands.into_iter().chain(standard_command("refresh")).collect(),
            chosen: BTreeMap::new(),
            reading: None,
            ordering: None,
            asked: Vec::new(),
        };
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work shortages")
    }

    fn read(&mut self) {
        let chosen = self.chosen.clone();
        self.reading = Some(self.base.read(move |session| shown(session, &chosen)));
    }

    /// The chosen rows, or all of them when none is chosen; what was only asked for in vain is bought when chosen.
    fn meant(&self) -> Vec<Shortage> {
        if self.list.state.selection.is_empty() {
            return self.found.iter().filter(|shortage| !shortage.is_optional()).cloned().collect();
        }
        self.list.state.selection.rows().filter_map(|at| self.found.get(at)).cloned().collect()
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
        if let Some(answer) = Ticket::take(&mut self.ordering) {
            match answer {
                Ok(made) => self.made(&made, ctx),
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
    }

    fn made(&mut self, made: &[AnyRef], ctx: &mut PageContext<'_>) {
        self.chosen.clear();
        let opens = match made {
            [only] => Open::Object(*only),
            _ => Open::Code(format!("list:{}", SupplierOrder::declared().code)),
        };
        let text = text!("work-shortage-made", count = made.len()).into();
        ctx.requests.push(Request::Messages(Vec::new()));
        ctx.requests.push(Request::Toast(Toast { text, role: Role::Good, opens: Some(opens) }));
    }
}

fn shown(session: &Session, chosen: &BTreeMap<Lack, Ref<Counterparty>>) -> Outcome<Shown> {
    let facts = session.facts();
    let mut found = needs_for(session)?;
    for shortage in &mut found {
        if let Some(supplier) = chosen.get(&(shortage.warehouse, shortage.item)) {
            shortage.take_supplier(*supplier, &facts);
        }
    }
    let mut titles = Titles::default();
    let mut rows = Vec::with_capacity(found.len());
    for shortage in &found {
        let mut title = |reference: AnyRef| titles.of(reference, &session.store, &facts);
        let mut orders: Vec<String> = Vec::new();
        for line in &shortage.lines {
            let order = title(line.order.any())?;
            if !orders.contains(&order) {
                orders.push(order);
            }
        }
        let supplier = match title(shortage.supplier.any())? {
            empty if empty.is_empty() => Cell::new(text!("work-no-supplier").show()).role(Role::Danger),
            known => Cell::new(known),
        };
        let cells = vec![
            Cell::new(title(shortage.item.any())?),
            why_cell(shortage),
            Cell::new(number(shortage.qty)),
            Cell::new(number(shortage.expected)),
            Cell::new(number(shortage.to_order)),
            supplier,
            Cell::new(if shortage.price.is_zero() { String::new() } else { shortage.price.money().grouped() }),
            Cell::new(if shortage.due.is_empty() { String::new() } else { shortage.due.russian() }),
            Cell::new(title(shortage.warehouse.any())?),
            Cell::new(orders.join("; ")),
        ];
        rows.push(ListRow { reference: shortage.item.any(), cells, ..ListRow::default() });
    }
    Ok(Shown { found, rows })
}

/// A quantity; nothing where there is none.
fn number(qty: Qty) -> String {
    if qty.is_zero() { String::new() } else { qty.short() }
}

/// Why it is to be bought, all in one line.
fn why_cell(shortage: &Shortage) -> Cell {
    let words: Vec<String> = shortage.why.iter().map(|why| why.text().show()).collect();
    let role = if shortage.why.iter().any(|why| matches!(why, Why::Waiting(_))) { Role::Text } else { Role::Weak };
    Cell::new(words.join("; ")).role(role)
}

impl Page for ShortagesPage {
    fn key(&self) -> String {
        "work:shortages".to_owned()
    }
    fn title(&self) -> String {
        text!("work-shortages").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Package)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.found.is_empty() && self.ordering.is_none(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("work-shortages-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [
            Tool::Main("order"),
            Tool::Button("supplier"),
            Tool::Button("open-item"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ];
        let facts = self.facts();
        let label = self.title();
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, facts), &tools);
        let empty = [text!("work-shortages-empty"), text!("work-shortages-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-item");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "refresh" => self.read(),
            "order" => {
                let meant = self.meant();
                if !meant.is_empty() {
                    self.ordering = Some(self.base.write(Op::Supply, move |tx| tx.order_shortages(&meant)));
                }
            }
            "supplier" => {
                let len = self.found.len();
                let rows = self.list.state.meant(len).into_iter().flatten();
                self.asked =
                    rows.filter_map(|at| self.found.get(at)).map(|found| (found.warehouse, found.item)).collect();
                let choose = Open::Choose(Some(Counterparty::declared()), AnyRef::EMPTY, Choices::default());
                ctx.requests.push(Request::Pick(choose, "supplier".to_owned()));
            }
            "open-item" => {
                if let Some(found) = self.found.get(self.list.state.current) {
                    ctx.open(Open::Object(found.item.any()));
                }
            }
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        if let (Answer::Chosen(supplier), "supplier") = (answer, token)
            && supplier.is_of(Counterparty::declared())
        {
            let supplier = Ref::new(supplier.id());
            self.chosen.extend(std::mem::take(&mut self.asked).into_iter().map(|lack| (lack, supplier)));
            self.read();
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        if self.ordering.is_none() {
            self.read();
        }
    }
}

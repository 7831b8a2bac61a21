//! What waiting orders lack, and one command that makes supplier orders of it, grouped by supplier.

use super::place::{Place, Question, WorkPage};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Choices;
use crate::kernel::money::Qty;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::ops::gate::{Op, Session};
use crate::ops::present::Titles;
use crate::ops::replenish::Why;
use crate::ops::supply::{Shortage, needs_for};
use crate::text;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Open, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use std::collections::BTreeMap;

/// What is lacking and where: the key of a supplier chosen by hand.
type Lack = (Ref<Warehouse>, Ref<Item>);

/// The workplace.
#[derive(Default)]
pub struct Shortages {
    /// Suppliers chosen by hand, kept until the orders are made.
    chosen: BTreeMap<Lack, Ref<Counterparty>>,
    /// The rows a supplier is being chosen for.
    asked: Vec<Lack>,
}

impl WorkPage<Shortages> {
    /// The chosen rows, or all of them when none is chosen; what was only asked for in vain is bought when chosen.
    fn meant(&self) -> Vec<Shortage> {
        if self.list.state.selection.is_empty() {
            return self.found.iter().filter(|shortage| !shortage.is_optional()).cloned().collect();
        }
        self.list.state.selection.rows().filter_map(|at| self.found.get(at)).cloned().collect()
    }

    fn ask_supplier(&mut self, ctx: &mut PageContext<'_>) {
        self.place.asked = self.chosen().map(|found| (found.warehouse, found.item)).collect();
        let choose = Open::Choose(Some(Counterparty::declared()), AnyRef::EMPTY, Choices::default());
        ctx.requests.push(Request::Pick(choose, "supplier".to_owned()));
    }
}

fn shown(session: &Session, chosen: &BTreeMap<Lack, Ref<Counterparty>>) -> Outcome<(Vec<Shortage>, Vec<ListRow>)> {
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
    Ok((found, rows))
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

impl Place for Shortages {
    type Found = Vec<Shortage>;
    type Made = Vec<AnyRef>;
    const NAME: &'static str = "shortages";
    const ICON: Icon = Icon::Package;
    const OPENS: &'static str = "open-item";

    fn title(&self) -> Text {
        text!("work-shortages")
    }
    fn hint(&self) -> Text {
        text!("work-shortages-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("work-shortages-empty"), text!("work-shortages-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("item", text!("work-item").show(), 180.0).stretch(1.0).unsorted(),
            Column::new("why", text!("work-why").show(), 190.0).stretch(1.0).unsorted(),
            Column::new("qty", text!("work-missing").show(), 80.0).right().unsorted(),
            Column::new("expected", text!("work-expected").show(), 80.0).right().unsorted(),
            Column::new("to-order", text!("work-to-order").show(), 75.0).right().unsorted(),
            Column::new("supplier", text!("work-supplier").show(), 150.0).unsorted(),
            Column::new("price", text!("work-price").show(), 75.0).right().unsorted(),
            Column::new("due", text!("work-due").show(), 90.0).unsorted(),
            Column::new("warehouse", text!("work-warehouse").show(), 110.0).unsorted(),
            Column::new("orders", text!("work-orders").show(), 130.0).unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        vec![
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
        ]
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![
            Tool::Main("order"),
            Tool::Button("supplier"),
            Tool::Button("open-item"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ]
    }
    fn question(&self) -> Question<Self::Found> {
        let chosen = self.chosen.clone();
        Box::new(move |session| shown(session, &chosen))
    }
    fn has_work(&self, found: &Self::Found) -> bool {
        !found.is_empty()
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "order" => {
                let meant = page.meant();
                if !meant.is_empty() {
                    page.write(Op::Supply, move |tx| tx.order_shortages(&meant));
                }
            }
            "supplier" => page.ask_supplier(ctx),
            "open-item" => {
                if let Some(found) = page.current() {
                    ctx.open(Open::Object(found.item.any()));
                }
            }
            _ => {}
        }
    }

    fn answer(page: &mut WorkPage<Self>, token: &str, answer: Answer) {
        if let (Answer::Chosen(supplier), "supplier") = (answer, token)
            && supplier.is_of(Counterparty::declared())
        {
            let supplier = Ref::new(supplier.id());
            let asked = std::mem::take(&mut page.place.asked);
            page.place.chosen.extend(asked.into_iter().map(|lack| (lack, supplier)));
            page.read();
        }
    }

    fn made(page: &mut WorkPage<Self>, made: Vec<AnyRef>, _operation: i64, ctx: &mut PageContext<'_>) {
        page.place.chosen.clear();
        let opens = match made.as_slice() {
            [only] => Open::Object(*only),
            _ => Open::Code(format!("list:{}", SupplierOrder::declared().code)),
        };
        let text = text!("work-shortage-made", count = made.len()).into();
        ctx.requests.push(Request::Messages(Vec::new()));
        ctx.requests.push(Request::Toast(Toast { text, role: Role::Good, opens: Some(opens) }));
    }
}

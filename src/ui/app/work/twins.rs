//! Two orders of which the later seems to repeat the earlier, side by side: one is kept, both are merged, or they are
//! two after all. Each by one key, and each taken back by one.

use super::place::{Place, Question, WorkPage, done};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts as Known;
use crate::kernel::money::Qty;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::duplicates::pair;
use crate::ops::gate::{Op, Session};
use crate::text;
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::Key;

/// Both orders, the earlier one first.
type Pair = (AnyRef, AnyRef);

/// The workplace.
pub struct Twins {
    later: AnyRef,
}

/// The code a page is opened by.
pub fn code(later: AnyRef) -> String {
    format!("work:twins?{}", later.packed())
}

impl Twins {
    /// Of the order that [`code`] names.
    pub fn of(named: &str) -> Option<Self> {
        Some(Self { later: AnyRef::from_packed(named.parse().ok()?) })
    }
}

/// What is compared: the heads of both orders, then their goods.
fn shown(session: &Session, later: AnyRef) -> Outcome<(Option<Pair>, Vec<ListRow>)> {
    let Some(pair) = pair(session, later)? else { return Ok((None, Vec::new())) };
    let read = session.facts();
    let facts: &dyn Known = &read;
    let mut rows = Vec::new();
    let mut row = |what: String, first: String, second: String, marked: bool| {
        let role = if marked && first != second { Role::Danger } else { Role::Text };
        let cells = vec![Cell::new(what), Cell::new(first).role(role), Cell::new(second).role(role)];
        rows.push(ListRow { cells, ..ListRow::default() });
    };
    let earlier = pair.first.reference().any();
    let label = |name: &str| {
        let meta = <CustomerOrder as crate::kernel::object::Declared>::META;
        meta.fields.iter().find(|field| field.name == name).map_or_else(String::new, |field| meta.field_label(field))
    };
    let name = |order: &CustomerOrder| facts.get(order.customer).map_or_else(String::new, |card| card.name.clone());
    let reach = |order: &CustomerOrder| {
        let card = facts.get(order.customer).unwrap_or_default();
        let Counterparty { phone, email, .. } = card.as_ref();
        [phone.as_str(), email.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let titled =
        |order: &CustomerOrder| format!("{} {} {}", order.number, text!("form-dated").show(), order.date.russian());
    let (first, second) = (&pair.first, &pair.second);
    row(text!("twins-order").show(), titled(first), titled(second), false);
    row(label("customer"), name(first), name(second), true);
    row(text!("twins-reach").show(), reach(first), reach(second), true);
    row(label("delivery_address"), first.delivery_address.clone(), second.delivery_address.clone(), true);
    row(label("site_number"), first.site_number.clone(), second.site_number.clone(), false);
    row(label("state"), first.state.label(), second.state.label(), false);
    row(label("unpaid"), first.unpaid.grouped(), second.unpaid.grouped(), false);
    row(label("amount"), first.amount.grouped(), second.amount.grouped(), true);
    row(label("comment"), first.comment.clone(), second.comment.clone(), false);
    let qty = |qty: Qty| if qty.is_zero() { "—".to_owned() } else { qty.short() };
    for (what, ours, theirs) in &pair.goods {
        row(what.clone(), qty(*ours), qty(*theirs), true);
    }
    read.result()?;
    Ok((Some((earlier, second.reference().any())), rows))
}

impl Place for Twins {
    type Found = Option<Pair>;
    type Made = ();
    const NAME: &'static str = "twins";
    const ICON: Icon = Icon::Copy;
    const OPENS: &'static str = "open-order";
    const STAYS: bool = false;

    fn key(&self) -> String {
        code(self.later)
    }
    fn title(&self) -> Text {
        text!("twins-title")
    }
    fn hint(&self) -> Text {
        text!("twins-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("twins-empty"), text!("twins-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("what", text!("twins-what").show(), 240.0).stretch(1.0).unsorted(),
            Column::new("first", text!("twins-first").show(), 330.0).stretch(1.0).unsorted(),
            Column::new("second", text!("twins-second").show(), 330.0).stretch(1.0).unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        let one = |code: &'static str, label: Text, hint: Text, key: Chord| {
            Command::new(code, label).hint(hint).key(key).needs(Facts::ROW)
        };
        vec![
            one("keep-first", text!("twins-keep-first"), text!("twins-keep-first-hint"), keys::MAIN),
            one(
                "keep-second",
                text!("twins-keep-second"),
                text!("twins-keep-second-hint"),
                Chord::ctrl_shift(Key::Enter),
            ),
            one("merge", text!("twins-merge"), text!("twins-merge-hint"), Chord::plain(Key::F9)),
            one("not-twins", text!("twins-not"), text!("twins-not-hint"), Chord::plain(Key::Delete)),
            super::open_order_command("open-order"),
        ]
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![
            Tool::Main("keep-first"),
            Tool::Button("keep-second"),
            Tool::Button("merge"),
            Tool::Divider,
            Tool::Button("not-twins"),
        ]
    }
    fn question(&self) -> Question<Self::Found> {
        let later = self.later;
        Box::new(move |session| shown(session, later))
    }
    fn has_work(&self, found: &Self::Found) -> bool {
        found.is_some()
    }
    fn touched(&self, found: &Self::Found, objects: &[AnyRef]) -> bool {
        found.is_none_or(|(first, second)| objects.contains(&first) || objects.contains(&second))
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        let Some((first, second)) = page.found else { return };
        match code {
            "keep-first" => page.write(Op::Save, move |tx| tx.keep_order(first, second)),
            "keep-second" => page.write(Op::Save, move |tx| tx.keep_order(second, first)),
            "merge" => page.write(Op::Save, move |tx| tx.merge_orders(first, second)),
            "not-twins" => page.write(Op::Save, move |tx| tx.not_twin(second)),
            "open-order" => ctx.open(Open::Object(second)),
            _ => {}
        }
    }

    fn made(_page: &mut WorkPage<Self>, (): (), operation: i64, ctx: &mut PageContext<'_>) {
        ctx.requests.push(Request::Messages(Vec::new()));
        done(ctx, text!("twins-done"), operation);
    }
}

//! Two orders of which the later seems to repeat the earlier, side by side: one is kept, both are merged, or they are
//! two after all. Each by one key, and each taken back by one.

use super::{WorkList, failed, head_ui};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts as Known;
use crate::kernel::money::Qty;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::duplicates::pair;
use crate::ops::gate::{Op, Session};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Open, Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Key, Ui};
use std::rc::Rc;

/// Both orders as the page shows them.
struct Shown {
    first: AnyRef,
    second: AnyRef,
    rows: Vec<ListRow>,
}

/// The page.
pub struct TwinsPage {
    base: Rc<Base>,
    later: AnyRef,
    shown: Option<Shown>,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Option<Shown>>>,
    doing: Option<Ticket<((), i64)>>,
}

/// The code a page is opened by.
pub fn code(later: AnyRef) -> String {
    format!("work:twins?{}", later.packed())
}

impl TwinsPage {
    /// Of the order that [`code`] names.
    pub fn of(base: &Rc<Base>, named: &str) -> Option<Self> {
        let later = AnyRef::from_packed(named.parse().ok()?);
        let commands = vec![
            Command::new("keep-first", text!("twins-keep-first"))
                .hint(text!("twins-keep-first-hint"))
                .key(keys::MAIN)
                .needs(Facts::ROW),
            Command::new("keep-second", text!("twins-keep-second"))
                .hint(text!("twins-keep-second-hint"))
                .key(Chord::ctrl_shift(Key::Enter))
                .needs(Facts::ROW),
            Command::new("merge", text!("twins-merge"))
                .hint(text!("twins-merge-hint"))
                .key(Chord::plain(Key::F9))
                .needs(Facts::ROW),
            Command::new("not-twins", text!("twins-not"))
                .hint(text!("twins-not-hint"))
                .key(Chord::plain(Key::Delete))
                .needs(Facts::ROW),
        ];
        let columns = vec![
            Column::new("what", text!("twins-what").show(), 240.0).stretch(1.0).unsorted(),
            Column::new("first", text!("twins-first").show(), 330.0).stretch(1.0).unsorted(),
            Column::new("second", text!("twins-second").show(), 330.0).stretch(1.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            later,
            shown: None,
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands,
            reading: None,
            doing: None,
        };
        page.read();
        Some(page)
    }

    fn id() -> Id {
        Id::unique("work twins")
    }

    fn read(&mut self) {
        let later = self.later;
        self.reading = Some(self.base.read(move |session| shown(session, later)));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(found) => {
                    self.list.rows.take(found.as_ref().map_or_else(Vec::new, |found| found.rows.clone()));
                    self.shown = found;
                }
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.doing) {
            match answer {
                Ok(((), operation)) => {
                    let toast = Toast { text: text!("twins-done").into(), role: Role::Good, opens: None };
                    ctx.requests.push(Request::Messages(Vec::new()));
                    ctx.requests.push(Request::Done(toast, operation));
                }
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
    }

    fn carry_out(&mut self, code: &str) {
        let Some(shown) = self.shown.as_ref().filter(|_| self.doing.is_none()) else { return };
        let (first, second) = (shown.first, shown.second);
        let code = code.to_owned();
        self.doing = Some(self.base.write_told(Op::Save, move |tx| match code.as_str() {
            "keep-first" => tx.keep_order(first, second),
            "keep-second" => tx.keep_order(second, first),
            "merge" => tx.merge_orders(first, second),
            _ => tx.not_twin(second),
        }));
    }
}

/// What is compared: the heads of both orders, then their goods.
fn shown(session: &Session, later: AnyRef) -> Outcome<Option<Shown>> {
    let Some(pair) = pair(session, later)? else { return Ok(None) };
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
    Ok(Some(Shown { first: earlier, second: second.reference().any(), rows }))
}

impl Page for TwinsPage {
    fn key(&self) -> String {
        code(self.later)
    }
    fn title(&self) -> String {
        text!("twins-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Copy)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(self.shown.is_some() && self.doing.is_none(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("twins-keys").show()
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [
            Tool::Main("keep-first"),
            Tool::Button("keep-second"),
            Tool::Button("merge"),
            Tool::Divider,
            Tool::Button("not-twins"),
        ];
        let facts = self.facts();
        let label = self.title();
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, facts), &tools);
        let empty = [text!("twins-empty"), text!("twins-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        if events.contains(&ListEvent::Open)
            && let Some(shown) = &self.shown
        {
            ctx.open(Open::Object(shown.second));
        }
    }

    fn command(&mut self, code: &str, _ctx: &mut PageContext<'_>) {
        self.carry_out(code);
    }

    fn changed(&mut self, objects: &[AnyRef]) {
        let touches = |shown: &Shown| objects.contains(&shown.first) || objects.contains(&shown.second);
        if self.doing.is_none() && (objects.is_empty() || self.shown.as_ref().is_none_or(touches)) {
            self.read();
        }
    }
}

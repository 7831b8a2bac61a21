//! F1 on a refusal: what it follows from, and what can be done about it by one key. On a form it is done to what is on
//! the form; in a list, to the object in the base.

use super::why::{stage_words, stock_words};
use super::{FormPage, pages};
use crate::domain::company::rights::Act;
use crate::domain::registers::stock::Reserves;
use crate::domain::registry;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::order_state::{PAYMENTS, SupplyAction};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Choices;
use crate::kernel::facts::Facts;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::money::Qty;
use crate::kernel::object::{Object, Referable as _};
use crate::kernel::problems::{Outcome, Place, Problem};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::{Field as _, Value};
use crate::ops::costing::StockKey;
use crate::ops::discounts::lowest_price;
use crate::ops::gate::Session;
use crate::text;
use crate::ui::app::work::Days;
use crate::ui::commands::Words;
use crate::ui::shell::dialog::{Choice, Dialog};
use crate::ui::shell::page::{Open, PageContext, Request, token_of};
use crate::{field, ui::shell::dialog::Answer};

/// The question that shows it.
pub const REFUSAL: &str = "refusal";

/// What can be done about a refusal.
#[derive(Clone, Debug)]
pub enum Remedy {
    /// The place gets another value; the object is written by the user.
    Put(Place, Value),
    /// A command of the form.
    Command(&'static str),
    /// A page is opened.
    Open(Open),
    /// A document of a kind is made on the basis of another object.
    Based(&'static ObjectMeta, AnyRef),
    /// The value of the place is chosen from its list.
    Choose(Place, &'static ObjectMeta),
}

impl Remedy {
    /// The one that an answer to the explanation chooses.
    pub fn chosen(remedies: Vec<Self>, answer: &Answer) -> Option<Self> {
        let Answer::Button(button) = answer else { return None };
        remedies.into_iter().nth(button.parse().ok()?)
    }

    /// Asks for a value of a kind.
    pub fn pick(meta: &'static ObjectMeta, token: String) -> Request {
        Request::Pick(Open::Choose(Some(meta), AnyRef::EMPTY, Choices::default()), token)
    }
}

/// What an object is refused for, where something is known to be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A line is to be shipped or reserved and there are no goods for it.
    NotCovered,
    /// A line is to be shipped before the advance is paid.
    BeforeAdvance,
    /// A line that is shipped is cancelled.
    LineShipped,
    /// More is shipped than the order has.
    Overshipped,
    /// More goes than is free.
    NoStock,
    /// The order shipped is not agreed to.
    Unagreed,
    /// The order shipped is not paid as its stages want it.
    Unpaid,
    /// The discount or the price is beyond what the user may grant.
    Terms,
    /// A reserve ends before it begins.
    ReservePast,
    /// Something to be chosen is missing.
    Missing,
}

/// The causes by the keys of the texts that tell of them. A test holds every key against what is said.
pub const CAUSES: [(&str, Cause); 13] = [
    ("line-not-covered", Cause::NotCovered),
    ("line-ship-before-advance", Cause::BeforeAdvance),
    ("line-shipped", Cause::LineShipped),
    ("order-overshipped", Cause::Overshipped),
    ("stock-short", Cause::NoStock),
    ("stock-reserved", Cause::NoStock),
    ("ship-unagreed", Cause::Unagreed),
    ("ship-unpaid", Cause::Unpaid),
    ("right-discount", Cause::Terms),
    ("right-price", Cause::Terms),
    ("reserve-until-past", Cause::ReservePast),
    ("field-required", Cause::Missing),
    ("order-below-paid", Cause::Missing),
];

impl Cause {
    /// Of a problem.
    fn of(problem: &Problem) -> Option<Self> {
        CAUSES.iter().find(|(key, _)| *key == problem.text.key()).map(|(_, cause)| *cause)
    }
}

/// A refusal explained.
pub struct Explained {
    title: String,
    lines: Vec<String>,
    remedies: Vec<(Words, Remedy)>,
}

/// A refused object and why.
pub struct Refusal {
    object: Box<dyn Object>,
    problem: Problem,
}

impl Refusal {
    /// Of an object as it is on the form.
    pub fn new(object: Box<dyn Object>, problem: Problem) -> Self {
        Self { object, problem }
    }

    fn cell(&self, name: &str) -> Option<Value> {
        let Place::Cell { table, row, .. } = &self.problem.place else { return None };
        let meta = self.object.meta();
        let at = meta.table(table)?;
        self.object.cell(at, *row, meta.tables.get(at)?.field(name)?)
    }

    fn reference(&self, name: &str) -> AnyRef {
        self.object.by_name(name).map(|value| value.any_ref()).unwrap_or_default()
    }

    /// Another column of the row in question.
    fn beside(&self, name: &'static str) -> Place {
        match &self.problem.place {
            Place::Cell { table, row, .. } => Place::Cell { table, row: *row, field: name },
            other => other.clone(),
        }
    }

    fn item(&self) -> Ref<Item> {
        self.cell("item").map(|value| value.any_ref().typed()).unwrap_or_default()
    }

    fn qty(&self) -> Qty {
        match self.cell("qty") {
            Some(Value::Qty(qty)) => qty,
            _ => Qty::ZERO,
        }
    }

    /// The stock in question, where there is one.
    fn key(&self) -> Option<StockKey> {
        let [company, warehouse] = ["company", "warehouse"].map(|name| self.reference(name).id());
        let item = self.item().id();
        (company != 0 && warehouse != 0 && item != 0).then_some([company, warehouse, item])
    }

    /// The order it is about: itself, or the one it ships.
    fn order(&self) -> Ref<CustomerOrder> {
        match self.object.downcast::<CustomerOrder>() {
            Some(order) => order.reference(),
            None => self.reference("order").typed(),
        }
    }

    /// The number of the order's line it is about.
    fn order_line(&self) -> i64 {
        match (self.cell("order_line"), &self.problem.place, self.object.downcast::<CustomerOrder>()) {
            (Some(Value::Int(line)), ..) => line,
            (None, Place::Cell { row, .. }, Some(order)) => order.goods.get(*row).map_or(0, |line| i64::from(line.key)),
            _ => 0,
        }
    }

    /// Saved and posted: what is done with a document in the base can be done with it.
    fn is_posted(&self) -> bool {
        self.object.head().id != 0 && self.object.head().posted
    }
}

/// What a refusal follows from, and the remedies that exist.
pub fn explain(session: &Session, refusal: &Refusal) -> Outcome<Explained> {
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let meta = refusal.object.meta();
    let mut told = Explained {
        title: text!("refusal-title").show(),
        lines: vec![refusal.problem.sentence(Some(meta))],
        remedies: Vec::new(),
    };
    let Some(cause) = Cause::of(&refusal.problem) else { return Ok(told) };
    match cause {
        Cause::NotCovered => not_covered(session, refusal, facts, &mut told)?,
        Cause::BeforeAdvance => {
            stages(refusal, facts, &mut told);
            told.as_arrives(refusal);
            if refusal.is_posted() {
                told.remedies.push((text!("order-pay").into(), Remedy::Command("order-pay")));
            }
        }
        Cause::LineShipped => {
            let place = refusal.beside(field!(CustomerOrderLine, cancelled));
            told.remedies.push((text!("remedy-keep-line").into(), Remedy::Put(place, Value::Bool(false))));
        }
        Cause::Overshipped => overshipped(refusal, facts, &mut told),
        Cause::NoStock => stock(session, refusal, facts, &mut told)?,
        Cause::Unagreed => told.open_order(refusal),
        Cause::Unpaid => {
            stages(refusal, facts, &mut told);
            told.open_order(refusal);
            told.pay(refusal.order().any(), session)?;
        }
        Cause::Terms => terms(session, refusal, facts, &mut told)?,
        Cause::ReservePast => {
            let place = refusal.problem.place.clone();
            let today = Value::Date(facts.today());
            told.remedies.push((text!("remedy-until-today").into(), Remedy::Put(place, today)));
        }
        Cause::Missing => told.choose(refusal),
    }
    read.result()?;
    Ok(told)
}

fn not_covered(session: &Session, refusal: &Refusal, facts: &dyn Facts, told: &mut Explained) -> Outcome<()> {
    let Some(key) = refusal.key() else { return Ok(()) };
    stock_words(session, key, (refusal.order(), refusal.order_line()), facts, &mut told.lines)?;
    told.as_arrives(refusal);
    if refusal.is_posted() {
        told.remedies.push((text!("order-fill").into(), Remedy::Command("order-fill")));
    }
    told.days(refusal);
    Ok(())
}

/// A shipment that takes more than its order has left: as much as is left can go.
fn overshipped(refusal: &Refusal, facts: &dyn Facts, told: &mut Explained) {
    let Some(order) = facts.get(refusal.order()) else { return };
    let wanted = refusal.order_line();
    let lines = order.goods.iter().filter(|line| match wanted {
        0 => line.item == refusal.item(),
        key => i64::from(line.key) == key,
    });
    let left: Qty = lines.map(|line| facts.balance(&order.left_key(line)).left).sum();
    told.lines.push(text!("refusal-left", left = left.short()).show());
    if refusal.object.downcast::<GoodsIssue>().is_some() {
        if !refusal.is_posted() && left > Qty::ZERO && left < refusal.qty() {
            told.put_qty(refusal, left);
        }
        told.open_order(refusal);
    }
}

/// More than is free: as much as is free, or held for this very order, can go.
fn stock(session: &Session, refusal: &Refusal, facts: &dyn Facts, told: &mut Explained) -> Outcome<()> {
    let Some(key) = refusal.key() else { return Ok(()) };
    stock_words(session, key, (refusal.order(), refusal.order_line()), facts, &mut told.lines)?;
    let [company, warehouse, item] = key;
    let held = facts.balances::<Reserves>(&key);
    let own: Qty = held.iter().filter(|row| row.order == refusal.order()).map(|row| row.qty).sum();
    let free =
        crate::domain::sales::customer_order::free_stock(facts, Ref::new(company), Ref::new(warehouse), Ref::new(item));
    let most = free + own;
    if !refusal.is_posted() && most > Qty::ZERO && most < refusal.qty() {
        told.put_qty(refusal, most);
    }
    told.days(refusal);
    Ok(())
}

fn stages(refusal: &Refusal, facts: &dyn Facts, told: &mut Explained) {
    match refusal.object.downcast::<CustomerOrder>() {
        Some(order) => stage_words(order, &mut told.lines),
        None => {
            if let Some(order) = facts.get(refusal.order()) {
                stage_words(&order, &mut told.lines);
            }
        }
    }
}

/// The largest discount, or the lowest price, that needs nobody's permission.
fn terms(session: &Session, refusal: &Refusal, facts: &dyn Facts, told: &mut Explained) -> Outcome<()> {
    let (Some(most), Place::Cell { table, row, field }) = (session.rights()?.discount_max(), &refusal.problem.place)
    else {
        return Ok(());
    };
    let place = refusal.problem.place.clone();
    if *field == "discount" {
        let label = text!("remedy-discount", discount = most.short());
        told.remedies.push((label.into(), Remedy::Put(place, Value::Percent(most))));
    } else if let Some(price) = lowest_price(refusal.object.as_ref(), (table, *row), most, facts) {
        let label = text!("remedy-price", price = price.money().grouped());
        told.remedies.push((label.into(), Remedy::Put(place, Value::Price(price))));
    }
    Ok(())
}

impl Explained {
    fn as_arrives(&mut self, refusal: &Refusal) {
        let place = refusal.beside(field!(CustomerOrderLine, action));
        let action = SupplyAction::AsArrives;
        self.remedies
            .push((text!("remedy-action", action = action.label()).into(), Remedy::Put(place, action.value())));
    }

    fn put_qty(&mut self, refusal: &Refusal, qty: Qty) {
        let place = refusal.beside(field!(CustomerOrderLine, qty));
        self.remedies.push((text!("remedy-qty", qty = qty.short()).into(), Remedy::Put(place, Value::Qty(qty))));
    }

    fn open_order(&mut self, refusal: &Refusal) {
        let order = refusal.order().any();
        if !order.is_empty() && refusal.object.any_ref() != order {
            self.remedies.push((text!("work-open-order").into(), Remedy::Open(Open::Object(order))));
        }
    }

    fn days(&mut self, refusal: &Refusal) {
        let warehouse: Ref<Warehouse> = refusal.reference("warehouse").typed();
        if !refusal.item().is_empty() {
            let code = Days::code(refusal.item().any(), warehouse.any());
            self.remedies.push((text!("order-days").into(), Remedy::Open(Open::Code(code))));
        }
    }

    /// The empty place can be filled from its list.
    fn choose(&mut self, refusal: &Refusal) {
        let (meta, place) = (refusal.object.meta(), &refusal.problem.place);
        let field = match place {
            Place::Field(name) => meta.field(name).and_then(|at| meta.fields.get(at)),
            Place::Cell { table, field, .. } => meta
                .table(table)
                .and_then(|at| meta.tables.get(at))
                .and_then(|part| part.field(field).and_then(|at| part.fields.get(at))),
            Place::Whole => None,
        };
        if let Some(target) = field.and_then(|field| field.kind.target()) {
            self.remedies.push((text!("remedy-choose").into(), Remedy::Choose(place.clone(), target)));
        }
    }

    /// What is paid for an order, as far as the user may enter it.
    fn pay(&mut self, order: AnyRef, session: &Session) -> Outcome<()> {
        let rights = session.rights()?;
        let payments = PAYMENTS.iter().filter(|code| rights.may(Act::Write, code));
        let payments = payments.filter_map(|code| registry::by_code(code)).map(|kind| kind.meta());
        self.remedies.extend(payments.map(|meta| (meta.label().into(), Remedy::Based(meta, order))));
        Ok(())
    }

    /// The same where the object is not on a form: what is a command there is done from outside, and the object can
    /// always be opened.
    ///
    /// # Errors
    /// The rights cannot be read.
    pub fn beside(mut self, object: AnyRef, session: &Session) -> Outcome<Self> {
        for (label, remedy) in std::mem::take(&mut self.remedies) {
            match remedy {
                Remedy::Command("order-pay") => self.pay(object, session)?,
                Remedy::Command("order-fill") => {
                    let code = format!("work:fill/{}", object.id());
                    self.remedies.push((label, Remedy::Open(Open::Code(code))));
                }
                other => self.remedies.push((label, other)),
            }
        }
        self.remedies.push((text!("refusal-open").into(), Remedy::Open(Open::Object(object))));
        Ok(self)
    }

    /// What the buttons of the dialog stand for, in their order.
    pub fn into_remedies(self) -> Vec<Remedy> {
        self.remedies.into_iter().map(|(_, remedy)| remedy).collect()
    }

    /// The words with a button for each remedy; the last one only closes.
    pub fn dialog(&self) -> Dialog {
        let label = |(at, (label, _)): (usize, &(Words, Remedy))| Choice::new(at.to_string(), label.clone());
        let mut choices: Vec<Choice> = self.remedies.iter().enumerate().map(label).collect();
        choices.push(Choice::new("close", text!("dialog-ok")));
        let (title, text) = (self.title.clone(), self.lines.join("\n"));
        Dialog::Question { title: title.into(), text: text.into(), choices }
    }
}

impl FormPage {
    /// What was refused at a place, or said so.
    pub(super) fn refused_at(&self, place: &Place, said: Option<&str>) -> Option<Problem> {
        let editor = self.editor()?;
        let meta = Some(self.meta());
        let fits =
            |problem: &&Problem| problem.place == *place && said.is_none_or(|said| problem.sentence(meta) == said);
        editor.problems.0.iter().find(fits).cloned()
    }

    /// Asks why something was refused.
    pub(super) fn explain_refusal(&mut self, problem: Problem) {
        let Some(editor) = self.editor() else { return };
        let refusal = Refusal::new(editor.draft.object.boxed(), problem);
        let ticket = self.base.read(move |session| explain(session, &refusal));
        self.answers.push(super::saving::Waiting::Refusal(ticket));
    }

    /// Shows it.
    pub(super) fn show_refusal(&mut self, explained: Explained, ctx: &mut PageContext<'_>) {
        ctx.ask(explained.dialog(), REFUSAL);
        self.remedies = explained.into_remedies();
    }

    /// Does what was chosen about a refusal.
    pub(super) fn mend(&mut self, answer: &Answer, ctx: &mut PageContext<'_>) {
        let Some(remedy) = Remedy::chosen(std::mem::take(&mut self.remedies), answer) else { return };
        match remedy {
            Remedy::Put(place, value) => {
                let Some(editor) = self.editor_mut() else { return };
                match &place {
                    Place::Cell { table, row, field } => editor.put(Some((table, *row)), field, value),
                    Place::Field(field) => editor.put(None, field, value),
                    Place::Whole => return,
                }
                editor.problems.0.retain(|problem| problem.place != place);
                ctx.toast(text!("remedy-done"), crate::ui::theme::Role::Good);
            }
            Remedy::Command(code) => ctx.run(code),
            Remedy::Open(what) => ctx.open(what),
            Remedy::Based(meta, order) => {
                ctx.requests.extend(pages::on_basis(&self.base, meta, order).map(Request::Show));
            }
            Remedy::Choose(place, meta) => {
                ctx.requests.push(Remedy::pick(meta, token_of(&place, "")));
            }
        }
    }
}

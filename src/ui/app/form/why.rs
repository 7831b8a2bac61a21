//! F1: why a field holds what it holds. The state of an order and the price of a line are traced to what they
//! follow from; of any other field, the history tells who set it and when.

use crate::domain::lines::TradeLine as _;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::prices::Prices;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::moment::Date;
use crate::kernel::money::{Percent, Price, Qty};
use crate::kernel::object::{Object, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::kernel::value::Value;
use crate::ops::costing::StockKey;
use crate::ops::coverage::{Gates, LineKey, SOMETIME, situation};
use crate::ops::fill_supply::refusal;
use crate::ops::gate::Session;
use crate::ops::orders::state_of;
use crate::ops::present::title;
use crate::ops::save::moment_of;
use crate::ops::versions::versions;
use crate::text;

/// So many orders that hold an item are named.
const HOLDERS_MAX: usize = 8;

/// What is asked.
pub struct Question {
    object: Box<dyn Object>,
    cell: Option<(String, usize)>,
    field: String,
}

impl Question {
    /// About a field or a cell of an object as it is on the form.
    pub fn new(object: Box<dyn Object>, cell: Option<(&str, usize)>, field: &str) -> Self {
        let cell = cell.map(|(table, row)| (table.to_owned(), row));
        Self { object, cell, field: field.to_owned() }
    }

    fn meta(&self) -> &'static ObjectMeta {
        self.object.meta()
    }

    /// The label of the field, with its row.
    fn label(&self) -> String {
        let meta = self.meta();
        let Some((table, row)) = &self.cell else {
            let field = meta.field(&self.field).and_then(|at| meta.fields.get(at));
            return field.map_or_else(|| self.field.clone(), |field| meta.field_label(field));
        };
        let part = meta.table(table).and_then(|at| meta.tables.get(at));
        let found: Option<(_, &FieldMeta)> =
            part.and_then(|part| part.field(&self.field).and_then(|at| part.fields.get(at)).map(|field| (part, field)));
        match found {
            Some((part, field)) => {
                let (table, field) = (meta.table_label(part), meta.column_label(part, field));
                text!("history-cell", table = table, row = *row + 1, field = field).show()
            }
            None => self.field.clone(),
        }
    }
}

/// The title of the answer and its words, a line a step.
pub fn explain(session: &Session, question: &Question) -> Outcome<(String, String)> {
    let facts = session.facts();
    let mut lines = Vec::new();
    match (question.cell.as_ref(), question.field.as_str()) {
        (Some((table, row)), "price") if table == "goods" => price(session, question, *row, &facts, &mut lines)?,
        (Some((table, row)), "amount" | "vat_amount" | "total") if table == "goods" => {
            amount(question, *row, &facts, &mut lines);
        }
        (Some((table, row)), "action" | "qty" | "cancelled") if table == "goods" => {
            supply(session, question, *row, &facts, &mut lines)?;
        }
        (None, "state" | "unpaid" | "agreed") => state(question, &facts, &mut lines),
        (None, "reserve_until" | "reserve_released" | "priority") => gate(question, &facts, &mut lines),
        _ => {}
    }
    facts.result()?;
    set_by(session, question, &mut lines)?;
    if lines.is_empty() {
        lines.push(text!("why-by-hand").show());
    }
    Ok((question.label(), lines.join("\n")))
}

/// The price list in force on the day, and the document that set it.
fn price(
    session: &Session,
    question: &Question,
    row: usize,
    facts: &dyn Facts,
    lines: &mut Vec<String>,
) -> Outcome<()> {
    let object = question.object.as_ref();
    let meta = question.meta();
    let Some(table) = meta.table("goods") else { return Ok(()) };
    let part = meta.tables.get(table);
    let cell = |name: &str| part.and_then(|part| part.field(name)).and_then(|at| object.cell(table, row, at));
    let item: Ref<Item> = cell("item").map(|value| value.any_ref().typed()).unwrap_or_default();
    let kind: Ref<PriceKind> = object.by_name("price_kind").map(|value| value.any_ref().typed()).unwrap_or_default();
    let now = match cell("price") {
        Some(Value::Price(price)) => price,
        _ => Price::ZERO,
    };
    if item.is_empty() {
        return Ok(());
    }
    if kind.is_empty() {
        lines.push(text!("why-no-price-kind").show());
        return Ok(());
    }
    let day = moment_of(object).date();
    let name = title(kind.any(), &session.store, facts)?;
    let past = facts.history(Prices::meta(), &[item.id(), kind.id()], day.end());
    match past.last() {
        None => lines.push(text!("why-no-price", kind = name, date = day.russian()).show()),
        Some((document, _, cells)) => {
            let set = Prices::from_cells(cells).price;
            let by = title(*document, &session.store, facts)?;
            let shown = |price: Price| Value::Price(price).show(crate::kernel::value::Type::Price);
            lines.push(text!("why-price", kind = name, price = shown(set), document = by).show());
            if set != now {
                lines.push(text!("why-price-changed", price = shown(now)).show());
            }
        }
    }
    Ok(())
}

/// Quantity, price, discount, VAT: how the amount comes about.
fn amount(question: &Question, row: usize, facts: &dyn Facts, lines: &mut Vec<String>) {
    use crate::domain::purchases::goods_receipt::GoodsReceipt;
    use crate::domain::sales::goods_issue::GoodsIssue;
    let object = question.object.as_ref();
    let order = object.downcast::<CustomerOrder>().and_then(|order| order.goods.get(row)).map(|line| line.terms());
    let issue = object.downcast::<GoodsIssue>().and_then(|issue| issue.goods.get(row)).map(|line| line.terms());
    let receipt = object.downcast::<GoodsReceipt>().and_then(|one| one.goods.get(row)).map(|line| line.terms());
    let Some(terms) = order.or(issue).or(receipt) else { return };
    let price = Value::Price(terms.price).show(crate::kernel::value::Type::Price);
    lines.push(if terms.discount == Percent::ZERO {
        text!("why-amount", qty = terms.qty.short(), price = price, amount = terms.amount.grouped()).show()
    } else {
        let discount = terms.discount.short();
        let (qty, amount) = (terms.qty.short(), terms.amount.grouped());
        text!("why-amount-discount", qty = qty, price = price, discount = discount, amount = amount).show()
    });
    let rate = facts.get(terms.vat).map_or_else(String::new, |rate| rate.name.clone());
    let (vat, total) = (terms.vat_amount.grouped(), terms.total.grouped());
    lines.push(text!("why-vat", rate = rate, vat = vat, total = total).show());
}

/// Why nothing is provided for an order, where nothing is.
fn gate(question: &Question, facts: &dyn Facts, lines: &mut Vec<String>) {
    let Some(order) = question.object.downcast::<CustomerOrder>().filter(|order| order.head.posted) else { return };
    lines.extend(refusal(order.gate_now(facts)).map(|text| text.show()));
}

/// What a line holds, who holds the rest, and when what it lacks is there.
fn supply(
    session: &Session,
    question: &Question,
    row: usize,
    facts: &dyn Facts,
    lines: &mut Vec<String>,
) -> Outcome<()> {
    let Some(order) = question.object.downcast::<CustomerOrder>().filter(|order| order.head.posted) else {
        return Ok(());
    };
    let Some(line) = order.goods.get(row).filter(|line| !line.cancelled) else { return Ok(()) };
    gate(question, facts, lines);
    let left = facts.balance(&order.left_key(line)).left;
    let held = facts.balance(&order.reserve_key(line)).qty;
    lines.push(text!("why-held", left = left.short(), held = held.short()).show());
    if held >= left || !facts.get(line.item).is_some_and(|item| item.is_goods()) {
        return Ok(());
    }
    let key = [order.company.id(), order.warehouse.id(), line.item.id()];
    stock_words(session, key, (order.reference(), i64::from(line.key)), facts, lines)
}

/// What is free of an item in a warehouse of a company, who holds the rest, and when a line gets what it lacks.
pub(super) fn stock_words(
    session: &Session,
    key: StockKey,
    own: LineKey,
    facts: &dyn Facts,
    lines: &mut Vec<String>,
) -> Outcome<()> {
    let now = situation(facts, key, own.0, &mut Gates::default());
    lines.push(text!("why-free", free = now.free.short()).show());
    for other in now.queue.iter().filter(|other| other.key != own && other.held > Qty::ZERO).take(HOLDERS_MAX) {
        let name = title(other.key.0.any(), &session.store, facts)?;
        lines.push(text!("why-holder", order = name, held = other.held.short()).show());
    }
    let Some(covered) = now.covered_line(own) else {
        // A line that is not in the base yet waits for nothing: what comes is told as it is.
        for (date, source, qty, _) in now.coming.iter().filter(|(.., whose)| whose.is_none()) {
            let from = title(*source, &session.store, facts)?;
            lines.push(coming(*qty, if date.is_empty() { SOMETIME } else { *date }, from));
        }
        return Ok(());
    };
    for part in &covered.parts {
        let Some(source) = part.source else { continue };
        let from = title(source, &session.store, facts)?;
        lines.push(coming(part.qty, part.date, from));
    }
    if covered.short > Qty::ZERO {
        lines.push(text!("why-short", qty = covered.short.short()).show());
    }
    Ok(())
}

fn coming(qty: Qty, date: Date, from: String) -> String {
    if date == SOMETIME {
        text!("why-coming-sometime", qty = qty.short(), order = from).show()
    } else {
        text!("why-coming", qty = qty.short(), date = date.russian(), order = from).show()
    }
}

/// What is to be paid of an order and when.
pub(super) fn stage_words(order: &CustomerOrder, lines: &mut Vec<String>) {
    for stage in &order.stages {
        let (kind, sum, due) = (stage.kind.label(), stage.amount.grouped(), stage.due.russian());
        lines.push(text!("why-stage", stage = kind, amount = sum, date = due).show());
    }
}

/// The numbers the state of an order follows from.
fn state(question: &Question, facts: &dyn Facts, lines: &mut Vec<String>) {
    let Some(order) = question.object.downcast::<CustomerOrder>().filter(|order| order.head.posted) else { return };
    let verdict = state_of(order, facts);
    let due = order.due_rubles(facts).unwrap_or_default();
    lines.push(verdict.state.label());
    let reason = verdict.reason();
    if !reason.is_empty() {
        lines.push(reason);
    }
    gate(question, facts, lines);
    stage_words(order, lines);
    lines.push(text!("why-state-money", due = due.grouped(), missing = verdict.missing.grouped()).show());
    lines.push(
        text!("why-state-lines", active = verdict.active, ready = verdict.ready, short = verdict.unsupplied).show(),
    );
}

/// Who set the value, when the history knows.
fn set_by(session: &Session, question: &Question, lines: &mut Vec<String>) -> Outcome<()> {
    let reference: AnyRef = question.object.any_ref();
    if reference.is_empty() {
        return Ok(());
    }
    let place = question.label();
    let found = versions(session, reference)?;
    if let Some((version, change)) =
        found.iter().find_map(|version| version.changes.iter().find(|one| one.place == place).map(|one| (version, one)))
    {
        let who = if version.user.is_empty() { version.workstation.clone() } else { version.user.clone() };
        lines.push(text!("why-set", at = version.at.russian(), who = who, was = change.was.clone()).show());
    }
    Ok(())
}

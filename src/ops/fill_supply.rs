//! «Заполнить обеспечение» (RULES B2): the best that can be decided for each line of an order, with the reason, and
//! the order written so. A line of which a part is there and a part is to come becomes two.

use super::coverage::{Gates, SOMETIME, situation};
use super::gate::{Session, Tx};
use super::save::How;
use crate::domain::lines::TradeLine as _;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine, free_stock};
use crate::domain::sales::order_state::SupplyAction;
use crate::domain::sales::supplying::Gate;
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::text::Text;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// The decisions that may be proposed.
pub type Allowed = BTreeSet<SupplyAction>;

/// A part of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// How much.
    pub qty: Qty,
    /// What is to be decided for it.
    pub action: SupplyAction,
    /// When it is there: empty now, [`SOMETIME`] when nobody knows.
    pub date: Date,
    /// Why.
    pub why: Text,
}

/// What is proposed for a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The line's stable number.
    pub key: u32,
    /// What is ordered.
    pub item: Ref<Item>,
    /// Left to ship.
    pub left: Qty,
    /// What is decided now.
    pub now: SupplyAction,
    /// The parts, what is there first.
    pub parts: Vec<Part>,
}

impl Proposed {
    /// Something would be decided otherwise.
    pub fn changes(&self) -> bool {
        !matches!(self.parts.as_slice(), [one] if one.action == self.now)
    }
}

/// Why nothing can be provided for an order; `None` when it can.
pub fn refusal(gate: Gate) -> Option<Text> {
    match gate {
        Gate::Open => None,
        Gate::Unagreed => Some(text!("gate-unagreed")),
        Gate::Advance(missing) => Some(text!("gate-advance", missing = missing.grouped())),
        Gate::Released => Some(text!("gate-released")),
        Gate::Closed => Some(text!("gate-closed")),
    }
}

/// What can be decided best for the lines of a posted order.
pub fn propose(order: &CustomerOrder, allowed: &Allowed, facts: &dyn Facts) -> Vec<Proposed> {
    let mut free: BTreeMap<Ref<Item>, Qty> = BTreeMap::new();
    let mut found = Vec::new();
    let mut gates = Gates::default();
    for line in order.goods.iter().filter(|line| !line.cancelled) {
        let left = facts.balance(&order.left_key(line)).left;
        if left <= Qty::ZERO || !facts.get(line.item).is_some_and(|item| item.is_goods()) {
            continue;
        }
        let held = facts.balance(&order.reserve_key(line)).qty.positive();
        let free = free
            .entry(line.item)
            .or_insert_with(|| free_stock(facts, order.company, order.warehouse, line.item).positive());
        let ready = left.min(held + *free);
        *free -= (ready - held).positive();
        let key = [order.company.id(), order.warehouse.id(), line.item.id()];
        let on_the_way = if ready < left {
            let now = situation(facts, key, order.reference(), &mut gates);
            coming_for(&now, (order.reference(), i64::from(line.key)), left - ready)
        } else {
            (Qty::ZERO, Date::EMPTY)
        };
        let parts = parts(left, ready, on_the_way, allowed);
        found.push(Proposed { key: line.key, item: line.item, left, now: line.action, parts });
    }
    found
}

/// How much of what a line lacks is on its way for it, and when the last of it comes.
fn coming_for(now: &super::coverage::Situation, key: super::coverage::LineKey, lacks: Qty) -> (Qty, Date) {
    let Some(covered) = now.covered_line(key) else { return (Qty::ZERO, Date::EMPTY) };
    let on_the_way = covered.parts.iter().filter(|part| part.source.is_some());
    let qty: Qty = on_the_way.clone().map(|part| part.qty).sum();
    (qty.min(lacks), on_the_way.map(|part| part.date).max().unwrap_or(Date::EMPTY))
}

fn parts(left: Qty, ready: Qty, (coming, date): (Qty, Date), allowed: &Allowed) -> Vec<Part> {
    let first = |wanted: &[SupplyAction]| wanted.iter().copied().find(|action| allowed.contains(action));
    let mut found: Vec<Part> = Vec::new();
    let mut add = |qty: Qty, action: SupplyAction, date: Date, why: Text| match found.last_mut() {
        _ if qty <= Qty::ZERO => {}
        Some(last) if last.action == action => {
            last.qty += qty;
            last.date = date;
            last.why = text!("fill-both", first = last.why.clone(), second = why);
        }
        _ => found.push(Part { qty, action, date, why }),
    };
    let there = first(&[SupplyAction::Ship, SupplyAction::Reserve, SupplyAction::AsArrives]);
    let why = text!("fill-there", ready = ready.short(), left = left.short());
    add(ready, there.unwrap_or(SupplyAction::None), Date::EMPTY, why);
    let waits = first(&[SupplyAction::AsArrives, SupplyAction::ToSupply, SupplyAction::Separate]);
    let why = if date == SOMETIME {
        text!("fill-coming-sometime", qty = coming.short())
    } else {
        text!("fill-coming", qty = coming.short(), date = date.russian())
    };
    add(coming, waits.unwrap_or(SupplyAction::None), date, why);
    let bought = first(&[SupplyAction::ToSupply, SupplyAction::Separate, SupplyAction::AsArrives]);
    let short = left - ready - coming;
    add(short, bought.unwrap_or(SupplyAction::None), SOMETIME, text!("fill-short", qty = short.short()));
    found
}

/// The same of an order in the base: refused where nothing can be provided.
pub fn propose_for(session: &Session, order: AnyRef, allowed: &Allowed) -> Outcome<Vec<Proposed>> {
    let facts = session.facts();
    let read: &dyn Facts = &facts;
    let Some(order) = read.get_any::<CustomerOrder>(order).filter(|order| order.head.posted) else {
        return Err(Error::refused(text!("fill-not-posted")));
    };
    if let Some(text) = refusal(order.gate_now(&facts)) {
        return Err(Error::refused(text));
    }
    let found = propose(&order, allowed, &facts);
    facts.result()?;
    Ok(found)
}

impl Tx<'_> {
    /// Writes an order with what was proposed for some of its lines.
    pub fn fill_supply(&mut self, order: AnyRef, proposed: &[Proposed]) -> Outcome<()> {
        let Some(mut loaded) = self.store.load(order)? else { return Err(Error::refused(text!("object-gone"))) };
        let Some(order) = loaded.downcast_mut::<CustomerOrder>() else { return Ok(()) };
        decide(order, proposed, &self.facts());
        self.save(order, How::Post)
    }
}

/// Puts decisions into lines. What was shipped of a line stays in its first part.
pub fn decide(order: &mut CustomerOrder, proposed: &[Proposed], facts: &dyn Facts) {
    let trade = order.trade();
    let mut lines = Vec::with_capacity(order.goods.len());
    let mut next = order.goods.iter().map(|line| line.key).max().unwrap_or(0);
    for line in &order.goods {
        let decided = proposed.iter().find(|one| one.key == line.key && !one.parts.is_empty());
        let Some(decided) = decided else {
            lines.push(line.clone());
            continue;
        };
        let shipped = line.qty - decided.left;
        let (mut so_far, mut given) = (Qty::ZERO, Money::ZERO);
        for (at, part) in decided.parts.iter().enumerate() {
            let qty = if at == 0 { shipped + part.qty } else { part.qty };
            so_far += qty;
            let amount = line.amount.share(so_far.minor(), line.qty.minor()) - given;
            given += amount;
            let mut made = CustomerOrderLine { qty, action: part.action, ..line.clone() };
            if at > 0 {
                next += 1;
                made.key = next;
            }
            if qty != line.qty {
                let mut terms = made.terms();
                terms.amount = amount;
                terms.count_vat(&trade, facts);
                made.set_terms(terms);
            }
            lines.push(made);
        }
    }
    order.goods = lines;
}

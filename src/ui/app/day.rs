//! What the day asks for, put together on a reading thread for the start page.

use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::registers::funds::Funds;
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::order_state::OrderState;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;
use crate::kernel::value::{Choice as _, Stored};
use crate::ops::expiry::ending_soon;
use crate::ops::gate::Session;
use crate::ops::present::{Titles, title};
use crate::ops::save::counterparty_of;
use crate::ops::supply::shortages_for;
use crate::store::lists::{Anchor, Filter, ListQuery};
use std::collections::BTreeMap;

/// Latest documents shown.
const LATEST: usize = 12;

/// Orders that wait for the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// How many.
    pub count: i64,
    /// What is not yet paid of them.
    pub unpaid: Money,
}

/// A document of late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// The document.
    pub reference: AnyRef,
    /// What it is called.
    pub title: String,
    /// Its counterparty.
    pub partner: String,
    /// Its amount; empty for a document without one.
    pub amount: String,
    /// Posted.
    pub posted: bool,
    at: Moment,
}

/// What the day asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Orders somebody is to look at.
    pub look: Waiting,
    /// Orders by what they wait for, in the order of [`WAITS`].
    pub waiting: Vec<Waiting>,
    /// Items that waiting orders lack.
    pub lacking: usize,
    /// Reserves that end within a week.
    pub ending: usize,
    /// Orders from outside that could not be taken.
    pub not_taken: usize,
    /// Cash desks and bank accounts with what is in them.
    pub places: Vec<(AnyRef, String, Money)>,
    /// The latest documents, the newest first.
    pub latest: Vec<Latest>,
}

/// What orders wait for: the key of the words, the states.
pub const WAITS: [(&str, &[OrderState]); 4] = [
    ("today-ship", &[OrderState::ReadyToShip, OrderState::Shipping]),
    ("today-supply", &[OrderState::ReadyToSupply, OrderState::Supply]),
    ("today-pay", &[OrderState::Advance, OrderState::Prepayment, OrderState::Payment]),
    ("today-close", &[OrderState::ReadyToClose]),
];

/// Puts it together.
pub fn day(session: &Session) -> Outcome<Day> {
    let store = &session.store;
    let facts = session.facts();
    let meta = CustomerOrder::declared();
    let scope = store.scope();
    let closed = |tag: u8| scope.closed_kinds.contains(&tag);
    let orders = |filter: Filter| -> Outcome<Waiting> {
        if closed(meta.tag) {
            return Ok(Waiting::default());
        }
        let query = ListQuery { filters: vec![filter], with_marked: false, ..ListQuery::usual(meta, Vec::new()) };
        let unpaid = store.list_sums(&query, &["unpaid"])?;
        Ok(Waiting {
            count: store.list_count(&query)?,
            unpaid: Money::from_minor(unpaid.first().copied().unwrap_or(0)),
        })
    };
    let numbers = |states: &[OrderState]| states.iter().map(|state| state.number()).collect();
    let waiting: Outcome<Vec<Waiting>> =
        WAITS.iter().map(|(_, states)| orders(Filter::OneOf("state", numbers(states)))).collect();
    let day = Day {
        look: orders(Filter::Filled("attention"))?,
        waiting: waiting?,
        lacking: if closed(meta.tag) { 0 } else { shortages_for(session)?.len() },
        ending: if closed(meta.tag) { 0 } else { ending_soon(session)?.len() },
        not_taken: store.import_errors()?.len(),
        places: places(session, &facts)?,
        latest: latest(session)?,
    };
    facts.result()?;
    Ok(day)
}

/// Money by place; places without any movement are not shown.
fn places(session: &Session, facts: &dyn Facts) -> Outcome<Vec<(AnyRef, String, Money)>> {
    let scope = session.store.scope();
    if scope.closed_registers.contains(Funds::meta().code) {
        return Ok(Vec::new());
    }
    let mut sums: BTreeMap<AnyRef, Money> = BTreeMap::new();
    for row in facts.balances::<Funds>(&[]) {
        *sums.entry(row.place).or_default() += row.amount;
    }
    for place in sums.keys().copied().collect::<Vec<_>>() {
        let known = facts.object(place);
        if known.map_or(Ok(None), |place| session.store.hidden_by(place.as_ref()))?.is_some() {
            sums.remove(&place);
        }
    }
    // Money on its way between cash and bank stands under the item of its movement.
    sums.retain(|place, amount| !place.is_of(CashFlowItem::declared()) || !amount.is_zero());
    sums.into_iter().map(|(place, sum)| Ok((place, title(place, &session.store, facts)?, sum))).collect()
}

/// The latest documents of all kinds.
fn latest(session: &Session) -> Outcome<Vec<Latest>> {
    let facts = session.facts();
    let mut found: Vec<(Moment, AnyRef)> = Vec::new();
    let scope = session.store.scope();
    let seen = |meta: &&ObjectMeta| meta.kind == Kind::Document && !scope.closed_kinds.contains(&meta.tag);
    for meta in registry::KINDS.iter().map(|kind| kind.meta()).filter(seen) {
        let query = ListQuery { descending: true, with_marked: false, ..ListQuery::usual(meta, Vec::new()) };
        let page = session.store.list_page(&query, &Anchor::Start, LATEST)?;
        found.extend(page.iter().map(|line| (moment(&line.key.value), line.reference)));
    }
    found.sort_by(|one, other| other.cmp(one));
    let mut titles = Titles::default();
    let mut documents = Vec::new();
    for (at, reference) in found.into_iter().take(LATEST) {
        let Some(object) = (&facts as &dyn Facts).object(reference) else { continue };
        let seen = !scope.veils(object.meta(), "amount");
        let amount = object.by_name("amount").filter(|value| seen && !value.is_empty());
        let field = object.meta().field("amount").and_then(|at| object.meta().fields.get(at));
        documents.push(Latest {
            reference,
            title: titles.of(reference, &session.store, &facts)?,
            partner: titles.of(counterparty_of(object.as_ref()).unwrap_or_default(), &session.store, &facts)?,
            amount: amount.zip(field).map(|(value, field)| value.show(field.kind)).unwrap_or_default(),
            posted: object.head().posted,
            at,
        });
    }
    facts.result()?;
    Ok(documents)
}

fn moment(stored: &Stored) -> Moment {
    Moment::from_stored(stored.int())
}

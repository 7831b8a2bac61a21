//! Orders that came twice: the same buyer, by his card, telephone or e-mail, wants the same goods within a few days.
//! The later of two bears the mark, which is computed; a person keeps one, merges both, or says that they are two.

use super::claims::of_document;
use super::gate::{Session, Tx};
use super::save::How;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::sales::cancel_reason::DUPLICATE;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::{Stored, Value};
use crate::store::base::Store;
use crate::{field, text};
use std::collections::{BTreeMap, BTreeSet};

/// Two orders so many days apart may be one.
const DAYS_APART: i64 = 3;
/// Cards of one telephone or e-mail looked at.
const CARDS_MOST: usize = 20;
/// Whoever has ordered more often in these days is everybody: a card for buyers nobody knows.
const ORDERS_MOST: usize = 20;

/// What a line asks for: an item, or the words of an order.
type Thing = (i64, String);

/// The goods that are still wanted: what, and how much.
fn goods(order: &CustomerOrder) -> BTreeMap<Thing, Qty> {
    let mut found: BTreeMap<Thing, Qty> = BTreeMap::new();
    for line in order.goods.iter().filter(|line| !line.cancelled) {
        let words = if line.item.is_empty() { line.name.to_lowercase() } else { String::new() };
        *found.entry((line.item.id(), words)).or_default() += line.qty;
    }
    found
}

/// True when two orders want nearly the same: four of five things, and half of them as much.
fn same_goods(one: &CustomerOrder, other: &CustomerOrder) -> bool {
    let (ours, theirs) = (goods(one), goods(other));
    let common = ours.keys().filter(|thing| theirs.contains_key(*thing)).count();
    let alike = ours.iter().filter(|(thing, qty)| theirs.get(*thing) == Some(qty)).count();
    let all = ours.len() + theirs.len() - common;
    all > 0 && common * 5 >= all * 4 && alike * 2 >= all
}

/// True when the later of two orders may be the earlier one once more.
fn is_twin(earlier: &CustomerOrder, later: &CustomerOrder) -> bool {
    let apart = later.date.date().days_since(earlier.date.date());
    let open = |order: &CustomerOrder| order.head.posted && !order.head.marked && !order.closed;
    let site_twice = earlier.link.is_empty() || earlier.link != later.link || earlier.site_number != later.site_number;
    open(earlier)
        && open(later)
        && !later.not_twin
        && site_twice
        && (0..=DAYS_APART).contains(&apart)
        && same_goods(earlier, later)
}

fn place(order: &CustomerOrder) -> (crate::kernel::moment::Moment, i64) {
    (order.date, order.head.id)
}

/// Cards of the same buyer: his own, and those of his telephone and e-mail.
fn cards(store: &Store, facts: &dyn Facts, customer: Ref<Counterparty>) -> Outcome<BTreeSet<i64>> {
    let mut found = BTreeSet::from([customer.id()]);
    let Some(card) = facts.get(customer) else { return Ok(found) };
    let meta = Counterparty::META;
    for (name, value) in [(field!(Counterparty, phone), &card.phone), (field!(Counterparty, email), &card.email)] {
        if value.is_empty() {
            continue;
        }
        let stored = Stored::Text(value.clone());
        let same = store.find_by(meta, name, &stored)?;
        let further = store.find_by_row(meta, field!(Counterparty, contacts), "value", &stored)?;
        found.extend(same.into_iter().chain(further).take(CARDS_MOST).map(|card| card.id()));
    }
    Ok(found)
}

/// Posted orders of the same buyer near in time.
fn near(store: &Store, facts: &dyn Facts, order: &CustomerOrder) -> Outcome<Vec<CustomerOrder>> {
    let mut found = Vec::new();
    let from = order.date.date().plus_days(-DAYS_APART).start();
    let until = order.date.date().plus_days(DAYS_APART).end();
    let mut ids = Vec::new();
    for card in cards(store, facts, order.customer)? {
        let of = (field!(CustomerOrder, customer), card);
        let known = store.posted_within(CustomerOrder::META, of, (from, until), ORDERS_MOST + 1)?;
        if known.len() <= ORDERS_MOST {
            ids.extend(known.iter().map(|other| other.id()).filter(|id| *id != order.head.id));
        }
    }
    for loaded in store.load_kind(CustomerOrder::META.tag, &ids)? {
        found.extend(loaded.downcast::<CustomerOrder>().cloned());
    }
    Ok(found)
}

/// The earliest order that this one repeats.
fn twin_of<'a>(order: &CustomerOrder, near: &'a [CustomerOrder]) -> Option<&'a CustomerOrder> {
    let before = near.iter().filter(|other| place(other) < place(order) && is_twin(other, order));
    before.min_by_key(|other| place(other))
}

/// Marks an order just written, and those that come after it, as repeating another or no more.
pub fn mark(tx: &mut Tx<'_>, object: &dyn Object) -> Outcome<()> {
    let Some(order) = object.downcast::<CustomerOrder>() else { return Ok(()) };
    let read = tx.facts();
    let others = near(tx.store, &read, order)?;
    read.result()?;
    drop(read);
    set_twin(tx, order, twin_of(order, &others))?;
    for later in others.iter().filter(|other| place(other) > place(order)) {
        if is_twin(order, later) == (later.twin == order.number) {
            continue;
        }
        let read = tx.facts();
        let mut all = near(tx.store, &read, later)?;
        read.result()?;
        drop(read);
        // What is being written is known better than it was read.
        all.retain(|other| other.head.id != order.head.id);
        all.push(order.clone());
        set_twin(tx, later, twin_of(later, &all))?;
    }
    Ok(())
}

/// The mark is the number of the order that is repeated: a mark, and no basis.
fn set_twin(tx: &mut Tx<'_>, order: &CustomerOrder, twin: Option<&CustomerOrder>) -> Outcome<()> {
    let reference = order.reference().any();
    let number = twin.map_or("", |twin| twin.number.as_str());
    if order.twin != number {
        tx.lock([of_document(reference)])?;
        let value = Value::Text(number.to_owned());
        tx.store.set_computed(reference, &[(field!(CustomerOrder, twin), value)])?;
        tx.touch(reference);
    }
    Ok(())
}

/// Two orders side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// The earlier one.
    pub first: CustomerOrder,
    /// The later one, which repeats it.
    pub second: CustomerOrder,
    /// What each wants, things of both in the order of their lines: the name, how much of each.
    pub goods: Vec<(String, Qty, Qty)>,
}

/// An order that repeats another, with that one; `None` when it repeats none.
pub fn pair(session: &Session, later: AnyRef) -> Outcome<Option<Pair>> {
    let load = |reference: AnyRef| -> Outcome<Option<CustomerOrder>> {
        let loaded = session.object(reference)?;
        Ok(loaded.as_deref().and_then(|loaded| loaded.downcast::<CustomerOrder>()).cloned())
    };
    let Some(second) = load(later)? else { return Ok(None) };
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let others = near(&session.store, facts, &second)?;
    let twin = twin_of(&second, &others).map(|twin| twin.reference().any());
    // What the user may not see is not shown beside what he may.
    let Some(first) = twin.map(load).transpose()?.flatten() else { return Ok(None) };
    let (ours, theirs) = (goods(&first), goods(&second));
    let mut told = Vec::new();
    let mut seen = BTreeSet::new();
    for line in first.goods.iter().chain(&second.goods).filter(|line| !line.cancelled) {
        let words = if line.item.is_empty() { line.name.to_lowercase() } else { String::new() };
        let thing = (line.item.id(), words);
        let of = |side: &BTreeMap<Thing, Qty>| side.get(&thing).copied().unwrap_or_default();
        let row = (line.called(facts), of(&ours), of(&theirs));
        if seen.insert(thing) {
            told.push(row);
        }
    }
    read.result()?;
    Ok(Some(Pair { first, second, goods: told }))
}

impl Tx<'_> {
    fn order_of(&self, reference: AnyRef) -> Outcome<CustomerOrder> {
        let loaded = self.store.load(reference)?;
        let order = loaded.as_deref().and_then(|object| object.downcast::<CustomerOrder>()).cloned();
        order.ok_or_else(|| Error::refused(text!("object-gone")))
    }

    /// Keeps one of two orders: the other is cancelled as its duplicate. Refused when goods or money have moved on it.
    pub fn keep_order(&mut self, keep: AnyRef, other: AnyRef) -> Outcome<()> {
        let kept = self.order_of(keep)?;
        self.give_up_twin(&kept, other)
    }

    /// The same, and what only the other has comes into the one that is kept.
    pub fn merge_orders(&mut self, keep: AnyRef, other: AnyRef) -> Outcome<()> {
        let (mut kept, second) = (self.order_of(keep)?, self.order_of(other)?);
        let known = goods(&kept);
        for line in second.goods.iter().filter(|line| !line.cancelled) {
            let words = if line.item.is_empty() { line.name.to_lowercase() } else { String::new() };
            if !known.contains_key(&(line.item.id(), words)) {
                let fresh = CustomerOrderLine { key: 0, asked: Qty::ZERO, lacked: Qty::ZERO, ..line.clone() };
                kept.goods.push(fresh);
            }
        }
        if !second.comment.is_empty() && kept.comment != second.comment {
            let both = [kept.comment.as_str(), second.comment.as_str()];
            kept.comment = both.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        }
        // What is taken over is not reserved twice.
        self.give_up_twin(&kept, other)?;
        self.save(&mut kept, How::Write)
    }

    /// Says of an order that it repeats none.
    pub fn not_twin(&mut self, order: AnyRef) -> Outcome<()> {
        let mut order = self.order_of(order)?;
        order.not_twin = true;
        self.save(&mut order, How::Write)
    }

    fn give_up_twin(&mut self, kept: &CustomerOrder, other: AnyRef) -> Outcome<()> {
        let order = self.order_of(other)?;
        let read = self.facts();
        let facts: &dyn Facts = &read;
        let stands = super::order_view::view(&order, facts);
        let paid = order.due_rubles(facts).unwrap_or_default() - stands.unpaid;
        let shipped = stands.lines.iter().any(|line| !line.shipped.is_zero());
        let reason = facts.coded(DUPLICATE);
        read.result()?;
        if paid > Money::ZERO || shipped {
            return Err(Error::refused(text!("twin-started", number = &order.number)));
        }
        self.cancel_order(other, reason)?;
        let mut given = self.order_of(other)?;
        let note = text!("twin-note", number = &kept.number).show_in(crate::kernel::text::Lang::Ru);
        given.comment = if given.comment.is_empty() { note } else { format!("{}; {note}", given.comment) };
        self.save(&mut given, How::Write)
    }
}

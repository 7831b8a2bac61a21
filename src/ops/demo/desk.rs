//! The desk at which the demo documents are entered: its calendar, its chance, and the ways through the gate.

use super::catalogs::Goods;
use super::chance::Chance;
use crate::domain::company::settings::{Settings, settings};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::sales::customer_order::free_stock;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::Qty;
use crate::kernel::object::{Declared, Object};
use crate::kernel::problems::{Outcome, Problems};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::Value;
use crate::ops::gate::{Op, Session};
use crate::ops::save::How;
use std::sync::Arc;

/// The desk opens at this hour and closes before midnight.
const OPENS: i64 = 9;
/// So many documents find room before now on the last day.
const LAST_DAY_STEPS: i64 = 64;

/// Where the documents are entered.
pub struct Desk<'a> {
    /// The base.
    pub session: &'a Session,
    /// What is traded.
    pub goods: Vec<Goods>,
    /// What happens.
    pub chance: Chance,
    /// The defaults of the base.
    pub defaults: Arc<Settings>,
    /// The day at hand.
    pub day: Date,
    /// Now: nothing is entered later.
    pub now: Moment,
    at: Moment,
    step: i64,
}

impl<'a> Desk<'a> {
    /// A desk before its first day.
    pub fn new(session: &'a Session, goods: Vec<Goods>, first: Date, now: Moment) -> Outcome<Self> {
        let facts = session.facts();
        let defaults = settings(&facts);
        facts.result()?;
        let day = first.plus_days(-1);
        Ok(Self { session, goods, chance: Chance::new(2026), defaults, day, now, at: day.at(OPENS, 0, 0), step: 60 })
    }

    /// Begins a day. On the last one everything has to lie before now.
    pub fn open(&mut self, day: Date) {
        self.day = day;
        self.at = day.at(OPENS, 0, 0);
        self.step = 0;
        if day == self.now.date() {
            let early = self.now < self.at.plus_seconds(3_600);
            self.at = if early { day.start() } else { self.at };
            let (now, from) = (seconds(self.now), seconds(self.at));
            self.step = (now - from).max(0) / LAST_DAY_STEPS;
        }
    }

    /// The moment of the next document: a few minutes after the one before.
    pub fn next(&mut self) -> Moment {
        let last_day = self.day == self.now.date();
        let wait = if last_day { self.step } else { self.chance.between(90, 520) };
        let latest = if last_day { self.now } else { self.day.at(22, 0, 0) };
        self.at = self.at.plus_seconds(wait).min(latest);
        self.at
    }

    /// The catalog element with this code.
    pub fn coded<T: Declared>(&self, code: &str) -> Ref<T> {
        let facts = self.session.facts();
        let facts: &dyn Facts = &facts;
        facts.coded(code)
    }

    /// A card or a document, when it is of this kind.
    pub fn get<T: Declared>(&self, reference: AnyRef) -> Outcome<Option<T>> {
        Ok(self.session.store.load(reference)?.and_then(|object| object.downcast::<T>().cloned()))
    }

    /// All unmarked counterparties of a group, by code.
    pub fn group(&self, code: &str) -> Outcome<Vec<Ref<Counterparty>>> {
        let facts = self.session.facts();
        let read: &dyn Facts = &facts;
        let parent = read.coded::<Counterparty>(code);
        let all = read.having::<Counterparty>("parent", parent.id());
        facts.result()?;
        Ok(all.iter().map(|card| Ref::new(card.head.id)).collect())
    }

    /// On hand less reserved.
    pub fn free(&self, warehouse: Ref<Warehouse>, goods: &Goods) -> Outcome<Qty> {
        let facts = self.session.facts();
        let free = free_stock(&facts, self.defaults.company, warehouse, goods.item);
        facts.result()?;
        Ok(free)
    }

    /// A new document with the base's defaults, at the next moment; `fill` tells what it is about.
    pub fn blank<D: Behaviour>(&mut self, fill: impl FnOnce(&mut D, &dyn Facts)) -> Outcome<D> {
        let moment = self.next();
        let facts = self.session.facts();
        let mut made = D::default();
        made.fill_new(&facts);
        let dated: &mut dyn Object = &mut made;
        let _ = dated.set_by_name("date", Value::Moment(moment));
        fill(&mut made, &facts);
        facts.result()?;
        Ok(made)
    }

    /// A new document on the basis of another; `None` when there is nothing left to do on it.
    pub fn on<D: Behaviour>(&mut self, basis: AnyRef) -> Outcome<Option<D>> {
        let Some(basis) = self.session.store.load(basis)? else { return Ok(None) };
        let mut filled: Result<(), Problems> = Ok(());
        let made = self.blank(|made: &mut D, facts| filled = made.fill_on_basis(basis.as_ref(), facts))?;
        Ok(filled.ok().map(|()| made))
    }

    /// Writes and posts a document at its moment.
    pub fn post(&mut self, document: &mut dyn Object) -> Outcome<AnyRef> {
        if let Some(Value::Moment(moment)) = document.by_name("date") {
            self.session.clock.set(moment);
        }
        self.session.run(Op::Post, |tx| tx.save(document, How::Post))?;
        Ok(document.any_ref())
    }
}

/// Seconds since midnight.
fn seconds(moment: Moment) -> i64 {
    let time = moment.time();
    time / 10_000 * 3_600 + time / 100 % 100 * 60 + time % 100
}

//! What a posting locks where several people write at once, so that nobody changes what it builds on.
//!
//! A lock stands for an item (stock, cost, reserves), a document (what is left of an order, who wrote it first),
//! a counterparty (debts and advances), a catalog (codes), a number given by hand. All that a document names is
//! locked at once and in one order, before anything of it is read; what turns out later (an order that gets goods
//! just arrived, a return recosted elsewhere) is only tried, and when another holds it the whole deed is done
//! again with everything locked from the start. So two never wait for each other in a circle. What may touch
//! anything - a month is closed, the company's settings change - is done alone.

use super::gate::Tx;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::month_closing::MonthClosing;
use crate::domain::ledger::opening_balance::OpeningBalance;
use crate::domain::money::bank_account::BankAccount;
use crate::domain::stock::item::Item;
use crate::kernel::meta::Kind;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::store::history::difference;
use std::collections::BTreeSet;

/// What the deed that is being done has to lock, and has locked.
#[derive(Debug)]
pub struct Need {
    /// Nobody else writes meanwhile: nothing has to be locked.
    pub alone: bool,
    /// Everything known to be needed, also by earlier attempts.
    keys: BTreeSet<i64>,
    held: BTreeSet<i64>,
    /// Objects as they were given to be saved, with what saving made of them.
    saved: Vec<Saved>,
    /// The same of the attempt before, which failed.
    undone: Vec<Saved>,
}

/// An object as it was given to be saved, and what saving made of it.
type Saved = (Box<dyn Object>, Box<dyn Object>);

impl Default for Need {
    fn default() -> Self {
        Self::new(true)
    }
}

impl Need {
    /// For a deed done for the first time.
    pub fn new(alone: bool) -> Self {
        let (keys, held) = (BTreeSet::new(), BTreeSet::new());
        Self { alone, keys, held, saved: Vec::new(), undone: Vec::new() }
    }

    /// The deed is begun, perhaps anew.
    pub fn begin(&mut self) {
        self.held.clear();
        self.undone = std::mem::take(&mut self.saved);
    }

    /// Remembers what saving made of an object: should the attempt fail, the object is given back as it was.
    pub fn keep(&mut self, given: Box<dyn Object>, now: &dyn Object) {
        self.saved.push((given, now.boxed()));
    }

    /// What an attempt that failed has made of an object is taken back. An object the deed has made or read anew
    /// is left as it is.
    pub fn give_back(&mut self, object: &mut dyn Object) {
        let left = |now: &dyn Object| {
            now.meta() == object.meta() && now.head() == object.head() && difference(now, object, &[]).is_empty()
        };
        let Some(at) = self.undone.iter().position(|(_, now)| left(now.as_ref())) else { return };
        let (given, now) = self.undone.remove(at);
        self.undone.retain(|(_, other)| other.head().uid != now.head().uid);
        *object.head_mut() = given.head().clone();
        let meta = object.meta();
        for field in 0..meta.fields.len() {
            let _same_type = object.set(field, given.get(field));
        }
        for table in 0..meta.tables.len() {
            super::draft::copy_table(given.as_ref(), object, table);
        }
    }
}

/// The number of a lock: a kind of thing, and which.
fn key(kind: u64, which: i64) -> i64 {
    let mut mixed = kind.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from_le_bytes(which.to_le_bytes());
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    i64::from_le_bytes((mixed ^ (mixed >> 31)).to_le_bytes())
}

/// The lock of an item.
pub fn of_item(item: i64) -> i64 {
    key(1, item)
}

/// The lock of a document.
pub fn of_document(document: AnyRef) -> i64 {
    key(2, document.packed())
}

/// The lock of a counterparty.
pub fn of_counterparty(counterparty: i64) -> i64 {
    key(3, counterparty)
}

fn of_catalog(tag: u8) -> i64 {
    key(4, i64::from(tag))
}

/// The lock of a number given by hand.
pub fn of_number(tag: u8, number: &str) -> i64 {
    let mix = |sum: i64, byte: u8| sum.wrapping_mul(31).wrapping_add(i64::from(byte));
    key(5 + u64::from(tag) * 8, number.bytes().fold(7, mix))
}

/// Every reference an object holds.
pub fn references(object: &dyn Object, each: &mut dyn FnMut(AnyRef)) {
    let meta = object.meta();
    let mut told = |value: Value| {
        if let Value::Ref(reference) = value
            && !reference.is_empty()
        {
            each(reference);
        }
    };
    (0..meta.fields.len()).for_each(|at| told(object.get(at)));
    for (table, part) in meta.tables.iter().enumerate() {
        for row in (0..object.rows(table)).filter_map(|row| object.row(table, row)) {
            (0..part.fields.len()).for_each(|at| told(row.get(at)));
        }
    }
}

/// The locks of everything a document names, or of a catalog's element.
fn keys_of(object: &dyn Object, keys: &mut BTreeSet<i64>) {
    if object.head().id != 0 {
        keys.insert(of_document(object.any_ref()));
    }
    if object.meta().kind == Kind::Catalog {
        keys.insert(of_catalog(object.meta().tag));
        return;
    }
    let (item, counterparty) = (Item::TAG, Counterparty::TAG);
    references(object, &mut |reference| {
        let found = match reference.tag() {
            tag if tag == item => Some(of_item(reference.id())),
            tag if tag == counterparty => Some(of_counterparty(reference.id())),
            _ => is_document(reference).then(|| of_document(reference)),
        };
        keys.extend(found);
    });
}

fn is_document(reference: AnyRef) -> bool {
    crate::domain::registry::of(reference).is_some_and(|kind| kind.meta().kind == Kind::Document)
}

/// True for what may touch anything.
fn alone(object: &dyn Object) -> bool {
    let tag = object.meta().tag;
    match object.meta().kind {
        Kind::Document => [MonthClosing::TAG, OpeningBalance::TAG].contains(&tag),
        Kind::Catalog => ![Item::TAG, Counterparty::TAG, Contract::TAG, BankAccount::TAG].contains(&tag),
    }
}

impl Tx<'_> {
    /// Locks what saving an object concerns, as it was and as it is to be.
    pub fn lock_for(&self, was: Option<&dyn Object>, object: &dyn Object) -> Outcome<()> {
        if self.need.borrow().alone {
            return Ok(());
        }
        if alone(object) {
            return self.lock_all();
        }
        let mut keys = BTreeSet::new();
        was.into_iter().chain([object]).for_each(|state| keys_of(state, &mut keys));
        self.lock(keys)
    }

    /// Locks keys that are not locked yet.
    pub fn lock(&self, keys: impl IntoIterator<Item = i64>) -> Outcome<()> {
        let (missing, first) = {
            let mut need = self.need.borrow_mut();
            if need.alone {
                return Ok(());
            }
            need.keys.extend(keys);
            let missing: Vec<i64> = need.keys.difference(&need.held).copied().collect();
            (missing, need.held.is_empty())
        };
        if missing.is_empty() {
            return Ok(());
        }
        self.store.lock(&missing, first)?;
        self.need.borrow_mut().held.extend(missing);
        Ok(())
    }

    /// The deed turns out to touch anything: it is done again with nobody beside it.
    pub fn lock_all(&self) -> Outcome<()> {
        if self.need.borrow().alone {
            return Ok(());
        }
        self.need.borrow_mut().alone = true;
        self.store.refuse_beside()
    }
}

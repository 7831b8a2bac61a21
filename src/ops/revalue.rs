//! A changed way of valuing stock: everything the items concerned have ever moved is costed anew.

use super::costing::{self, StockKey};
use super::gate::Tx;
use crate::domain::company::company::Company;
use crate::domain::registers::stock::{Batches, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::item_group::{CostMethod, ItemGroup};
use crate::field;
use crate::kernel::facts::Facts;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome, Place, Problem, Problems};
use crate::kernel::refs::Ref;
use crate::kernel::register::Register as _;
use crate::kernel::value::Stored;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// After an item or a group was written: recosts what it concerns when its method of valuation has changed.
/// Gives the earliest moment touched, by company.
pub fn after(tx: &Tx<'_>, was: Option<&dyn Object>, object: &dyn Object) -> Outcome<BTreeMap<i64, Moment>> {
    let Some((items, field)) = concerned(tx, was, object)? else { return Ok(BTreeMap::new()) };
    tx.lock_all()?;
    let mut queue: BTreeMap<StockKey, Moment> = BTreeMap::new();
    let mut touched: BTreeMap<i64, Moment> = BTreeMap::new();
    for row in tx.store.totals_by(Stock::meta(), &[])?.iter().map(|cells| Stock::from_cells(cells)) {
        if !items.contains(&row.item.id()) {
            continue;
        }
        let key = [row.company.id(), row.warehouse.id(), row.item.id()];
        let Some(first) = tx.store.timeline(Stock::meta(), &key, Moment::EMPTY, Moment::FOREVER)?.first().cloned()
        else {
            continue;
        };
        refuse_locked(tx, row.company, first.date, object, field)?;
        let batches = tx.store.timeline(Batches::meta(), &key, Moment::EMPTY, Moment::FOREVER)?;
        tx.store.erase_lines(Batches::meta(), &batches)?;
        touched.entry(key[0]).and_modify(|known| *known = (*known).min(first.date)).or_insert(first.date);
        queue.insert(key, Moment::EMPTY);
    }
    costing::recost(tx, queue)?;
    Ok(touched)
}

/// The items whose method has changed, and the field that did it.
fn concerned(
    tx: &Tx<'_>,
    was: Option<&dyn Object>,
    object: &dyn Object,
) -> Outcome<Option<(BTreeSet<i64>, &'static str)>> {
    let facts = tx.facts();
    let facts: &dyn Facts = &facts;
    if let (Some(old), Some(new)) = (was.and_then(|was| was.downcast::<Item>()), object.downcast::<Item>()) {
        let method = |group: Ref<ItemGroup>| facts.get(group).map_or(CostMethod::Average, |group| group.method);
        let changed = old.item_group != new.item_group && method(old.item_group) != method(new.item_group);
        return Ok(changed.then(|| (BTreeSet::from([new.head.id]), field!(Item, item_group))));
    }
    if let (Some(old), Some(new)) = (was.and_then(|was| was.downcast::<ItemGroup>()), object.downcast::<ItemGroup>()) {
        if old.method == new.method {
            return Ok(None);
        }
        let items = tx.store.find_by(Item::declared(), field!(Item, item_group), &Stored::Int(new.head.id))?;
        return Ok(Some((items.into_iter().map(|item| item.id()).collect(), field!(ItemGroup, method))));
    }
    Ok(None)
}

/// What lies in the closed period keeps its cost.
fn refuse_locked(
    tx: &Tx<'_>,
    company: Ref<Company>,
    first: Moment,
    object: &dyn Object,
    field: &'static str,
) -> Outcome<()> {
    let read = tx.facts();
    let facts: &dyn Facts = &read;
    let locked = facts.get(company).map_or(Date::EMPTY, |company| company.locked_until);
    read.result()?;
    if first.date() > locked {
        return Ok(());
    }
    let text = text!("cost-method-locked", until = locked.russian());
    let problems = Problems(vec![Problem { text, place: Place::Field(field) }]);
    Err(Error::Refused(problems, Some(object.meta())))
}

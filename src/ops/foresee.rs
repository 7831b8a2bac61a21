//! What a posting is going to read, read before it in few questions: every question is a round trip on a server.
//! Nothing depends on it: what was not foreseen is read when it is asked for.

use super::claims::references;
use super::gate::Tx;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::registers::orders::{CustomerOrders, OrderDebts, SupplierOrders};
use crate::domain::registers::settlements::Settlements;
use crate::domain::registers::stock::{Reserves, Stock};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts;
use crate::kernel::meta::RegisterMeta;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::register::{Movement, Register};
use std::collections::{BTreeMap, BTreeSet};

/// Beginnings of keys by register.
#[derive(Default)]
struct Keys(BTreeMap<&'static str, (Option<&'static RegisterMeta>, BTreeSet<Vec<i64>>)>);

impl Keys {
    fn add<R: Register>(&mut self, key: Vec<i64>) {
        let (register, keys) = self.0.entry(R::META.code).or_default();
        *register = Some(R::META);
        keys.insert(key);
    }

    fn whole<R: Register>(&mut self, key: &R) {
        let mut cells = key.cells();
        cells.truncate(R::META.key.len());
        self.add::<R>(cells);
    }

    fn read(&self, tx: &Tx<'_>) -> Outcome<()> {
        for (register, keys) in self.0.values() {
            if let Some(register) = register {
                tx.store.foresee(register, keys)?;
            }
        }
        Ok(())
    }
}

/// The objects an object refers to: all of a kind in one question.
pub fn objects(tx: &Tx<'_>, object: &dyn Object) -> Outcome<()> {
    let mut named = BTreeSet::new();
    references(object, &mut |reference| named.extend([reference]));
    tx.facts().foresee(&named)
}

/// The totals the pure posting of a document asks for: of the orders it is or names.
pub fn totals(tx: &Tx<'_>, object: &dyn Object) -> Outcome<()> {
    let mut keys = Keys::default();
    let mut orders = BTreeSet::new();
    references(object, &mut |reference| orders.extend([reference]));
    orders.remove(&object.any_ref());
    let read = tx.facts();
    let facts: &dyn Facts = &read;
    if let Some(order) = object.downcast::<CustomerOrder>() {
        order_keys(order, &mut keys);
        for line in order.goods.iter().filter(|line| !line.item.is_empty()) {
            let place = vec![order.company.id(), order.warehouse.id(), line.item.id()];
            keys.add::<Reserves>(place.clone());
            keys.add::<Stock>(place);
        }
    }
    if let Some(order) = object.downcast::<SupplierOrder>() {
        order.goods.iter().for_each(|line| keys.whole(&order.left_key(line)));
    }
    for reference in orders {
        named_order(facts, reference, &mut keys);
    }
    read.result()?;
    keys.read(tx)
}

fn named_order(facts: &dyn Facts, reference: AnyRef, keys: &mut Keys) {
    if reference.is_of(CustomerOrder::META) {
        if let Some(order) = facts.get_any::<CustomerOrder>(reference) {
            order_keys(&order, keys);
        }
    } else if reference.is_of(SupplierOrder::META)
        && let Some(order) = facts.get_any::<SupplierOrder>(reference)
    {
        order.goods.iter().for_each(|line| keys.whole(&order.left_key(line)));
        keys.add::<OrderDebts>(vec![reference.packed()]);
    }
}

/// What the state of a customer's order follows from.
fn order_keys(order: &CustomerOrder, keys: &mut Keys) {
    for line in &order.goods {
        keys.whole(&order.left_key(line));
        // Reserves of an item are read whole: what is free is asked of the same rows.
        keys.add::<Reserves>(vec![order.company.id(), order.warehouse.id(), line.item.id()]);
    }
    keys.add::<OrderDebts>(vec![object_ref(order).packed()]);
}

fn object_ref(order: &CustomerOrder) -> AnyRef {
    AnyRef::new(CustomerOrder::TAG, order.head.id)
}

/// The totals that writing these movements asks for.
pub fn movements(tx: &Tx<'_>, rows: &[Movement]) -> Outcome<()> {
    let mut keys = Keys::default();
    for row in rows {
        let start = |length: usize| row.cells.iter().take(length).copied().collect::<Vec<i64>>();
        if row.register == Stock::META {
            keys.add::<Stock>(start(3));
            keys.add::<Reserves>(start(3));
        } else if row.register == Settlements::META {
            // What is open by documents may be thousands: the set-off reads the first of them.
            keys.add::<Settlements>(start(3));
        } else if row.register == CustomerOrders::META {
            keys.add::<CustomerOrders>(start(4));
        } else if row.register == SupplierOrders::META {
            keys.add::<SupplierOrders>(start(6));
        } else if row.register == OrderDebts::META {
            keys.add::<OrderDebts>(start(1));
        }
    }
    keys.read(tx)
}

//! What a register's total may never be. Asked only for the keys a posting has touched.

use super::orders::{CustomerOrders, SupplierOrders};
use super::stock::{Reserves, Stock};
use crate::domain::sales::customer_order::free_stock;
use crate::kernel::facts::Facts;
use crate::kernel::meta::RegisterMeta;
use crate::kernel::money::Qty;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::kernel::text::Text;
use crate::text;

/// A total that is wrong: what to say, and about which item, so that the line can be shown.
#[derive(Clone, Debug)]
pub struct Breach {
    /// The sentence.
    pub text: Text,
    /// The item it is about.
    pub item: AnyRef,
}

/// True for a register whose totals are checked.
pub fn controlled(register: &RegisterMeta) -> bool {
    [Stock::meta(), Reserves::meta(), CustomerOrders::meta(), SupplierOrders::meta()].contains(&register)
}

/// Checks one total that was touched.
pub fn control(register: &RegisterMeta, cells: &[i64], facts: &dyn Facts) -> Option<Breach> {
    if register == Stock::meta() {
        stock(&Stock::from_cells(cells), facts)
    } else if register == Reserves::meta() {
        reserves(&Reserves::from_cells(cells), facts)
    } else if register == CustomerOrders::meta() {
        let row = CustomerOrders::from_cells(cells);
        let name = name_of(facts, row.item.any());
        (row.left < Qty::ZERO).then(|| Breach {
            text: text!("order-overshipped", item = name, over = (-row.left).short()),
            item: row.item.any(),
        })
    } else if register == SupplierOrders::meta() {
        let row = SupplierOrders::from_cells(cells);
        let name = name_of(facts, row.item.any());
        (row.left < Qty::ZERO).then(|| Breach {
            text: text!("supplier-order-received", item = name, over = (-row.left).short()),
            item: row.item.any(),
        })
    } else {
        None
    }
}

fn stock(row: &Stock, facts: &dyn Facts) -> Option<Breach> {
    if row.qty >= Qty::ZERO {
        return None;
    }
    let text = text!(
        "stock-short",
        item = name_of(facts, row.item.any()),
        warehouse = name_of(facts, row.warehouse.any()),
        missing = (-row.qty).short()
    );
    Some(Breach { text, item: row.item.any() })
}

/// Reserves may not exceed what is on hand: asked where a posting has lowered free stock. The key is company,
/// warehouse, item.
pub fn free_breach(facts: &dyn Facts, key: [i64; 3]) -> Option<Breach> {
    let [company, warehouse, item] = key;
    let (company, warehouse, item) = (Ref::new(company), Ref::new(warehouse), Ref::new(item));
    let free = free_stock(facts, company, warehouse, item);
    if free >= Qty::ZERO {
        return None;
    }
    let holders: Vec<String> = facts
        .balances::<Reserves>(&key)
        .iter()
        .map(|held| format!("{} ({})", order_name(facts, held), held.qty.short()))
        .collect();
    let text = text!(
        "stock-reserved",
        item = name_of(facts, item.any()),
        warehouse = name_of(facts, warehouse.any()),
        missing = (-free).short(),
        orders = holders.join(", ")
    );
    Some(Breach { text, item: item.any() })
}

fn reserves(row: &Reserves, facts: &dyn Facts) -> Option<Breach> {
    if row.qty >= Qty::ZERO {
        return None;
    }
    let text = text!("reserve-negative", item = name_of(facts, row.item.any()), order = order_name(facts, row));
    Some(Breach { text, item: row.item.any() })
}

fn order_name(facts: &dyn Facts, row: &Reserves) -> String {
    facts.get(row.order).map_or_else(String::new, |order| order.number.clone())
}

fn name_of(facts: &dyn Facts, reference: AnyRef) -> String {
    let name = facts.object(reference).and_then(|object| object.by_name("name"));
    match name {
        Some(crate::kernel::value::Value::Text(name)) => name,
        _ => String::new(),
    }
}

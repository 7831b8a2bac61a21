//! Warehouse (Склад): where stock lies and reserves are held.

use crate::domain::company::employee::Employee;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::refs::Ref;
use crate::{choice, object};

choice! {
    /// What a warehouse is for.
    WarehouseKind = "warehouse_kind" {
        Wholesale = 0 "wholesale" "Оптовый",
        Retail = 1 "retail" "Розничный",
    }
}

object! {
    /// A place that keeps goods.
    catalog Warehouse = 25 "warehouse" "Склад" {
        kind: WarehouseKind = "Вид",
        address: String = "Адрес",
        keeper: Ref<Employee> = "Ответственный",
    }
}

impl Behaviour for Warehouse {}

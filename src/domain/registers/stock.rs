//! Stock, its FIFO batches, and reserves.

use crate::domain::company::company::Company;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::moment::Moment;
use crate::kernel::money::{Money, Qty};
use crate::kernel::refs::{AnyRef, Ref};
use crate::{choice, register};

choice! {
    /// Who knows the cost of a stock movement.
    CostRule = "cost_rule" {
        Own = 0 "own" "Стоимость из документа",
        Issue = 1 "issue" "По методу оценки",
        Return = 2 "return" "Себестоимость возвращаемой продажи",
    }
}

register! {
    /// Goods on hand: receipts positive, issues negative. The cost of everything but `Own` movements is
    /// derived by the costing service along the timeline of a key.
    Balance Stock = "stock" "Товары на складах" {
        key { company: Ref<Company> = "Организация", warehouse: Ref<Warehouse> = "Склад", item: Ref<Item> = "Номенклатура" }
        sum { qty: Qty = "Количество", cost: Money = "Стоимость" }
        note { rule: CostRule = "Оценка", source: AnyRef = "Возвращаемый документ", source_line: i64 = "Его строка" }
    }
}

register! {
    /// Batches of items valued by FIFO, the oldest first; written by the costing service alone.
    Open Batches = "batches" "Партии" {
        key {
            company: Ref<Company> = "Организация", warehouse: Ref<Warehouse> = "Склад", item: Ref<Item> = "Номенклатура",
            since: Moment = "Поступила", batch: AnyRef = "Документ", batch_line: i64 = "Строка",
        }
        sum { qty: Qty = "Количество", cost: Money = "Стоимость" }
    }
}

register! {
    /// Reserves of customer orders: the one ledger of reservation, never a second copy of a quantity.
    OpenDated Reserves = "reserves" "Резервы" {
        key {
            company: Ref<Company> = "Организация", warehouse: Ref<Warehouse> = "Склад", item: Ref<Item> = "Номенклатура",
            order: Ref<CustomerOrder> = "Заказ", order_line: i64 = "Строка",
        }
        sum { qty: Qty = "Зарезервировано" }
    }
}

//! Sales with their cost.

use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::money::{Money, Qty};
use crate::kernel::refs::{AnyRef, Ref};
use crate::register;

register! {
    /// Sales by item, customer and manager; returns are negative. The cost follows the stock movement
    /// with the same line.
    Turnover Sales = "sales" "Продажи" {
        key {
            company: Ref<Company> = "Организация", item: Ref<Item> = "Номенклатура",
            customer: Ref<Counterparty> = "Покупатель", manager: Ref<Employee> = "Менеджер",
            warehouse: Ref<Warehouse> = "Склад", order: AnyRef = "Заказ",
        }
        sum { qty: Qty = "Количество", amount: Money = "Выручка", vat: Money = "в т. ч. НДС", cost: Money = "Себестоимость" }
    }
}

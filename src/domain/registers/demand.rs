//! Lost demand: what was wanted and not sold (RULES B8).

use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::sales::cancel_reason::CancelReason;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::money::{Money, Qty};
use crate::kernel::refs::Ref;
use crate::{choice, register};

choice! {
    /// How it is known that something was not sold.
    LostSource = "lost_source" {
        Cancelled = 0 "cancelled" "Отмена",
        Reduced = 1 "reduced" "Уменьшение",
        Asked = 2 "asked" "Спросили, нет",
        Site = 3 "site" "Заказ с сайта без остатка",
        Substitute = 4 "substitute" "Замена",
    }
}

register! {
    /// Wanted and not sold, on the day it was wanted. `wanted` and `worth` are what a document tells; the sums are
    /// what counts: of one customer, item and day only the largest of what several documents or sources tell.
    Turnover LostDemand = "lost_demand" "Потерянный спрос" {
        key {
            item: Ref<Item> = "Номенклатура", customer: Ref<Counterparty> = "Покупатель",
            company: Ref<Company> = "Организация", warehouse: Ref<Warehouse> = "Склад",
            manager: Ref<Employee> = "Менеджер", reason: Ref<CancelReason> = "Причина отмены",
            source: LostSource = "Источник",
        }
        sum { qty: Qty = "Количество", amount: Money = "Сумма" }
        note { wanted: Qty = "Хотели", worth: Money = "На сумму" }
    }
}

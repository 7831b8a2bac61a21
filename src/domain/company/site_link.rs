//! Site link (Связь с сайтом): how orders of one site become ours (PROTOCOL 8).

use super::company::Company;
use super::employee::Employee;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::refs::Ref;
use crate::object;

object! {
    /// One online store we take orders from.
    catalog SiteLink = 6 "site_link" "Связь с сайтом" {
        company: Ref<Company> = "Организация",
        warehouse: Ref<Warehouse> = "Склад",
        price_kind: Ref<PriceKind> = "Вид цен",
        manager: Ref<Employee> = "Менеджер",
        delivery_item: Ref<Item> = "Номенклатура доставки",
        customers_parent: Ref<Counterparty> = "Группа новых покупателей",
        items_parent: Ref<Item> = "Группа новой номенклатуры",
        create_items: bool = "Создавать ненайденную номенклатуру",
        item_prefix: String = "Приставка Ид товаров на сайте",
    }
}

impl Behaviour for SiteLink {}

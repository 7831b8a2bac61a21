//! What is still to be done on customer and supplier orders.

use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Qty};
use crate::kernel::refs::{AnyRef, Ref};
use crate::register;

register! {
    /// Lines of customer orders still to be shipped.
    Open CustomerOrders = "customer_orders" "Заказы клиентов к отгрузке" {
        key {
            warehouse: Ref<Warehouse> = "Склад", item: Ref<Item> = "Номенклатура",
            order: Ref<CustomerOrder> = "Заказ", order_line: i64 = "Строка",
        }
        sum { left: Qty = "Осталось отгрузить", amount: Money = "На сумму" }
    }
}

register! {
    /// What of an order is still to be paid; over-payment is negative.
    Open OrderDebts = "order_debts" "Оплата заказов" {
        key { order: AnyRef = "Заказ" }
        sum { unpaid: Money = "Осталось оплатить" }
    }
}

impl OrderDebts {
    /// What of an order of either side is still to be paid, in rubles.
    pub fn of(order: AnyRef, facts: &dyn Facts) -> Money {
        facts.balance(&Self { order, unpaid: Money::ZERO }).unpaid
    }
}

register! {
    /// Lines of supplier orders still to be received, with the customer's line they are for.
    OpenDated SupplierOrders = "supplier_orders" "Заказы поставщикам к поступлению" {
        key {
            warehouse: Ref<Warehouse> = "Склад", item: Ref<Item> = "Номенклатура",
            order: Ref<SupplierOrder> = "Заказ поставщику", order_line: i64 = "Строка",
            customer_order: Ref<CustomerOrder> = "Заказ клиента", customer_line: i64 = "Строка заказа клиента",
        }
        sum { left: Qty = "Ожидается" }
    }
}

register! {
    /// What customers are to pay and when, by the payment stages of their orders. Derived: it follows the order and
    /// what was paid of it, and holds only what is still to come.
    Open PlannedReceipts = "planned_receipts" "Планируемые поступления" {
        key { order: Ref<CustomerOrder> = "Заказ", due: Date = "Дата" }
        sum { amount: Money = "Сумма" }
    }
}

//! Order status (Статус заказа): a mark of the shop's own beside the computed state, for people and sites.

use crate::kernel::behaviour::Behaviour;
use crate::{choice, object};

choice! {
    /// A colour by which a status is seen from afar; how it looks is decided by the theme.
    StatusColor = "status_color" {
        Gray = 0 "gray" "Серый",
        Blue = 1 "blue" "Синий",
        Green = 2 "green" "Зеленый",
        Yellow = 3 "yellow" "Желтый",
        Red = 4 "red" "Красный",
    }
}

object! {
    /// A status people give to an order by hand; it changes neither stock nor money.
    catalog OrderStatus = 19 "order_status" "Статус заказа" {
        color: StatusColor = "Цвет",
        site_name: String = "Название на сайте",
    }
}

impl Behaviour for OrderStatus {}

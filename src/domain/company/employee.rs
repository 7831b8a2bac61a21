//! Employee (Сотрудник): managers of orders, cashiers, storekeepers.

use crate::kernel::behaviour::Behaviour;
use crate::object;

object! {
    /// A person who works here.
    catalog Employee = 2 "employee" "Сотрудник" {
        post: String = "Должность",
        phone: String = "Телефон",
        email: String = "Эл. почта",
    }
}

impl Behaviour for Employee {
    fn search_words(&self) -> Vec<String> {
        vec![self.phone.clone(), self.email.clone()]
    }
}

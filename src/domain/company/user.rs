//! User (Пользователь): who works in the program, what he may do, and whose records he sees.

use super::employee::Employee;
use super::role::Role;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{object, text};
use std::sync::Arc;

object! {
    /// A person who signs in. His password is not here: it is kept apart, where no list, history or export looks.
    catalog User = 3 "user" "Пользователь" {
        employee: Ref<Employee> = "Сотрудник",
        blocked: bool = "Вход запрещен",
    }
    /// What he may do: everything that one of the roles allows.
    table roles: UserRole = "Роли" { role: Ref<Role> = "Роль" [required] }
    /// Warehouses whose records he sees and writes; all when none is named.
    table warehouses: UserWarehouse = "Склады" { warehouse: Ref<Warehouse> = "Склад" [required] }
    /// Cash desks, in the same way.
    table cash_desks: UserCashDesk = "Кассы" { cash_desk: Ref<CashDesk> = "Касса" [required] }
    /// Managers, in the same way.
    table managers: UserManager = "Менеджеры" { manager: Ref<Employee> = "Менеджер" [required] }
}

impl User {
    /// True when one of his roles lets him do everything.
    pub fn is_administrator(&self, facts: &dyn Facts) -> bool {
        !self.blocked
            && !self.head.marked
            && self.roles.iter().filter_map(|row| facts.get(row.role)).any(|role| role.full && !role.head.marked)
    }
}

impl Behaviour for User {
    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let was: Option<Arc<Self>> = if self.head.id == 0 { None } else { facts.get(self.reference()) };
        let loses = was.is_some_and(|was| was.is_administrator(facts)) && !self.is_administrator(facts);
        if loses && !another_administrator(facts, self.reference()) {
            problems.add(text!("user-last-administrator"));
        }
    }
}

/// True when somebody else may do everything: without him nobody could grant rights any more.
pub fn another_administrator(facts: &dyn Facts, than: Ref<User>) -> bool {
    facts.every::<User>().iter().any(|user| user.reference() != than && user.is_administrator(facts))
}

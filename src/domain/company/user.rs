//! User (Пользователь): who works in the program.

use super::employee::Employee;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::refs::Ref;
use crate::object;

object! {
    /// A person who signs in.
    catalog User = 3 "user" "Пользователь" {
        employee: Ref<Employee> = "Сотрудник",
    }
}

impl Behaviour for User {}

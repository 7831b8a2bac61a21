//! Role (Роль): what those who have it may do.

use super::permission::Subject;
use super::user::User;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::money::Percent;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{field, object, text};
use std::sync::Arc;

object! {
    /// A set of permissions. Roles of one user add up: what one allows another does not forbid.
    catalog Role = 8 "role" "Роль" {
        full: bool = "Полные права",
        users: bool = "Пользователи и пароли",
        see_cost: bool = "Видеть себестоимость и прибыль",
        others_documents: bool = "Менять чужие документы",
        discount_max: Percent = "Скидка не больше, %",
        approve_orders: bool = "Согласовывать заказы",
        ship_unpaid: bool = "Отгружать без предоплаты",
        open_period: bool = "Открывать закрытый период",
        export: bool = "Выгружать данные",
        load: bool = "Загружать данные",
        maintain: bool = "Обслуживать базу",
    }
    /// Objects and what may be done with them.
    table permissions: RolePermission = "Права" {
        subject: Subject = "Объект",
        read: bool = "Чтение",
        write: bool = "Запись",
        post: bool = "Проведение",
        mark: bool = "Пометка удаления",
    }
}

impl Behaviour for Role {
    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        if self.discount_max.minor() < 0 || self.discount_max > Percent::whole(100) {
            problems.field(field!(Role, discount_max), text!("role-discount-range"));
        }
        for row in &mut self.permissions {
            // Nothing can be changed that is not seen.
            row.read |= row.write || row.post || row.mark;
        }
        let was: Option<Arc<Self>> = if self.head.id == 0 { None } else { facts.get(self.reference()) };
        if was.is_some_and(|was| was.full) && !self.full && !administered_without(facts, self.reference()) {
            problems.field(field!(Role, full), text!("user-last-administrator"));
        }
    }
}

/// True when somebody may do everything even without this role, or nobody may with it.
pub fn administered_without(facts: &dyn Facts, role: Ref<Role>) -> bool {
    let users = facts.every::<User>();
    let full = |of: Ref<Role>| facts.get(of).is_some_and(|role| role.full && !role.head.marked);
    let may = |user: &Arc<User>| !user.blocked && user.roles.iter().any(|row| row.role != role && full(row.role));
    users.iter().any(may) || !users.iter().any(|user| user.is_administrator(facts))
}

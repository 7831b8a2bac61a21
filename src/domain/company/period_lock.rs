//! Lock of a period (Запрет изменений): up to a day documents of a section are not changed, by anybody or by
//! those who have a role. Moving the day back opens the period; what was locked for good is never opened.

use super::company::Company;
use super::role::Role;
use super::section::Section;
use super::user::User;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::moment::Date;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{field, object, text};
use std::sync::Arc;

object! {
    /// One lock: whose documents, of which section, up to which day.
    catalog PeriodLock = 9 "period_lock" "Запрет изменений" {
        company: Ref<Company> = "Организация",
        section: Section = "Раздел",
        role: Ref<Role> = "Для роли",
        until: Date = "Закрыто по" [required],
        irreversible: bool = "Навсегда",
        set_by: Ref<User> = "Кто закрыл",
    }
}

impl PeriodLock {
    /// True when it is about a document of this kind, company and day, changed by someone with these roles.
    pub fn holds(
        &self,
        meta: &ObjectMeta,
        company: Ref<Company>,
        day: Date,
        has_role: &dyn Fn(Ref<Role>) -> bool,
    ) -> bool {
        day <= self.until
            && (self.company.is_empty() || self.company == company)
            && (self.section == Section::All || self.section == Section::of(meta.code))
            && (self.role.is_empty() || has_role(self.role))
    }
    /// True when `self` lets something be changed that `was` did not.
    pub fn opens(&self, was: &Self) -> bool {
        self.until < was.until || self.company != was.company || self.section != was.section || self.role != was.role
    }
}

impl Behaviour for PeriodLock {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.name = text!("lock-name").show_in(crate::kernel::text::Lang::Ru);
        self.set_by = facts.user().typed();
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let was: Option<Arc<Self>> = if self.head.id == 0 { None } else { facts.get(self.reference()) };
        let Some(was) = was else {
            self.set_by = facts.user().typed();
            return;
        };
        if was.irreversible && (self.opens(&was) || !self.irreversible) {
            problems.field(field!(PeriodLock, irreversible), text!("lock-irreversible", until = was.until.russian()));
        }
        if self.until != was.until || self.irreversible != was.irreversible {
            self.set_by = facts.user().typed();
        }
    }
}

/// The lock that forbids a document of a day, when there is one: the strictest first.
pub fn lock_of(
    facts: &dyn Facts,
    meta: &ObjectMeta,
    company: Ref<Company>,
    day: Date,
    has_role: &dyn Fn(Ref<Role>) -> bool,
) -> Option<Arc<PeriodLock>> {
    let mut found: Vec<Arc<PeriodLock>> = facts.every::<PeriodLock>();
    found.retain(|lock| lock.holds(meta, company, day, has_role));
    found.into_iter().max_by_key(|lock| (lock.irreversible, lock.until))
}

impl PeriodLock {
    /// Who locked it, in words; empty when nobody is known.
    pub fn author(&self, facts: &dyn Facts) -> String {
        facts.get(self.set_by).map(|user| user.name.clone()).unwrap_or_default()
    }
}

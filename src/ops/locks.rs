//! Locked periods: what lies in one is not changed; the refusal names who locked it and until when.

use super::gate::Tx;
use super::save::{company_of, moment_of};
use crate::domain::company::company::Company;
use crate::domain::company::period_lock::{PeriodLock, lock_of};
use crate::domain::company::rights::Right;
use crate::domain::company::role::Role;
use crate::domain::company::user::User;
use crate::kernel::facts::Facts;
use crate::kernel::meta::Kind;
use crate::kernel::moment::Date;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::text;

impl Tx<'_> {
    /// Refuses to change what lies in a locked period.
    pub(super) fn check_lock(&self, was: Option<&dyn Object>, object: &dyn Object) -> Outcome<()> {
        if object.meta().kind != Kind::Document {
            return Ok(());
        }
        let facts = self.facts();
        // What was never posted has touched nothing.
        for state in [was, Some(object)].into_iter().flatten().filter(|state| state.head().posted) {
            let company = company_of(state).unwrap_or_default();
            let day = moment_of(state).date();
            let whole =
                facts.object(company).and_then(|company| company.downcast::<Company>().and_then(|c| locked(c, day)));
            let refusal = whole.or_else(|| self.locked_part(state, company.typed(), day, &facts));
            facts.result()?;
            if let Some(text) = refusal {
                return Err(Error::refused(text));
            }
        }
        Ok(())
    }

    fn locked_part(&self, state: &dyn Object, company: Ref<Company>, day: Date, facts: &dyn Facts) -> Option<Text> {
        let has_role = |role: Ref<Role>| self.rights.has_role(role);
        let lock = lock_of(facts, state.meta(), company, day, &has_role)?;
        let (until, date, section) = (lock.until.russian(), day.russian(), lock.section.label());
        let who = lock.author(facts);
        Some(match (lock.irreversible, who.is_empty()) {
            (true, true) => text!("lock-final", until = until, date = date, section = section),
            (true, false) => text!("lock-final-by", until = until, date = date, section = section, who = who),
            (false, true) => text!("lock-part", until = until, date = date, section = section),
            (false, false) => text!("lock-part-by", until = until, date = date, section = section, who = who),
        })
    }

    /// Moving a lock back opens the period: a right of its own. Who locks a company's period is noted.
    pub(super) fn may_lock(&self, was: Option<&dyn Object>, object: &mut dyn Object) -> Outcome<()> {
        let opens = match was {
            Some(was) => match (was.downcast::<PeriodLock>(), object.downcast::<PeriodLock>()) {
                (Some(was), Some(lock)) => lock.opens(was),
                _ => match (was.downcast::<Company>(), object.downcast::<Company>()) {
                    (Some(was), Some(company)) => company.locked_until < was.locked_until,
                    _ => false,
                },
            },
            None => false,
        };
        if opens {
            super::rights::require(&self.rights, Right::OpenPeriod)?;
        }
        self.note_locker(was, object)
    }

    fn note_locker(&self, was: Option<&dyn Object>, object: &mut dyn Object) -> Outcome<()> {
        let Some(company) = object.downcast_mut::<Company>() else { return Ok(()) };
        let before = was.and_then(|was| was.downcast::<Company>());
        let (until, by) = before.map_or((Date::EMPTY, ""), |was| (was.locked_until, was.locked_by.as_str()));
        if company.locked_until != until && company.locked_by == by {
            let facts = self.facts();
            let user = (&facts as &dyn Facts).get(self.user.typed::<User>());
            facts.result()?;
            if let Some(user) = user {
                company.locked_by.clone_from(&user.name);
            }
        }
        Ok(())
    }
}

fn locked(company: &Company, day: Date) -> Option<Text> {
    if day > company.locked_until {
        return None;
    }
    let (until, date) = (company.locked_until.russian(), day.russian());
    Some(if company.locked_by.is_empty() {
        text!("period-locked", until = until, date = date)
    } else {
        text!("period-locked-by", until = until, who = company.locked_by.clone(), date = date)
    })
}

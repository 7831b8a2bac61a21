//! Rights enforced: by the one gate on every object written, and by whoever reads for somebody.
//!
//! A session acts for a user, or for the program itself. Rights are put together from the user's roles once and
//! again whenever users, roles or passwords have changed, which one small number in the base tells. Lists,
//! searches and reports are limited in the store by its scope, so that no caller can forget it.

use super::gate::{Session, Tx};
use super::save::How;
use super::veil::withhold_costs;
use crate::domain::company::employee::Employee;
use crate::domain::company::period_lock::PeriodLock;
use crate::domain::company::rights::{Act, Right, Rights};
use crate::domain::company::role::{Role, administered_without};
use crate::domain::company::section::LEDGER;
use crate::domain::company::settings::Settings;
use crate::domain::company::user::{User, another_administrator};
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registry;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::store::base::Store;
use crate::store::scope::{Limit, Scope};
use crate::text;
use std::sync::Arc;

/// The name in `base_info` of the number that grows when rights may have changed.
const STAMP: &str = "rights";

/// Rights put together, and for which state of users and roles.
#[derive(Default)]
pub struct Held {
    stamp: Option<String>,
    rights: Option<Arc<Rights>>,
}

/// Everybody who works in a base, and whether it asks who comes.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Users who may sign in, by name.
    pub users: Vec<User>,
    /// Names of those with full rights.
    pub administrators: Vec<String>,
    /// Somebody has a password.
    pub secrets: bool,
}

impl People {
    /// Reads users and their roles.
    pub fn read(store: &Store) -> Outcome<Self> {
        let mut people = Self { secrets: store.has_secrets()?, ..Self::default() };
        for reference in store.all_by_code(User::declared())? {
            let Some(loaded) = store.load(reference)? else { continue };
            let Some(user) = loaded.downcast::<User>().filter(|user| !user.blocked) else { continue };
            if roles_of(store, user)?.iter().any(|role| role.full && !role.head.marked) {
                people.administrators.push(user.name.clone());
            }
            people.users.push(user.clone());
        }
        people.users.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(people)
    }

    /// A base asks who comes when there is a second user or a password; without anybody to grant rights it
    /// does not, or it would be lost to everybody.
    pub fn asks(&self) -> bool {
        !self.administrators.is_empty() && (self.users.len() > 1 || self.secrets)
    }
}

fn roles_of(store: &Store, user: &User) -> Outcome<Vec<Role>> {
    let mut found = Vec::new();
    for row in &user.roles {
        let loaded = store.load(row.role.any())?;
        found.extend(loaded.and_then(|role| role.downcast::<Role>().cloned()));
    }
    Ok(found)
}

/// Refuses when a right is missing.
pub fn require(rights: &Rights, right: Right) -> Outcome<()> {
    if rights.has(right) {
        return Ok(());
    }
    Err(Error::refused(text!("right-missing", right = right.label(), who = &rights.grantors)))
}

/// Refuses when something may not be done with objects of a kind.
pub fn require_act(rights: &Rights, act: Act, meta: &ObjectMeta) -> Outcome<()> {
    refusal_of(rights, act, meta).map_or(Ok(()), |text| Err(Error::refused(text)))
}

/// Why something may not be done with objects of a kind; `None` when it may.
pub fn refusal_of(rights: &Rights, act: Act, meta: &ObjectMeta) -> Option<Text> {
    let said = || text!("right-act", act = act.label(), what = meta.list_label(), who = &rights.grantors);
    (!rights.may(act, meta.code)).then(said)
}

/// What the store is to show of everything, by rights.
fn scope_by(store: &Store, rights: &Rights) -> Outcome<Scope> {
    if rights.is_full() {
        return Ok(Scope::default());
    }
    let kinds = registry::KINDS.iter().map(|kind| kind.meta());
    let registers = registry::registers().into_iter().map(|register| register.code).chain([LEDGER]);
    let mut limits = Vec::new();
    let mut limit = |kind: u8, field: Option<&'static str>, ids: Vec<i64>| {
        if !ids.is_empty() {
            limits.push(Limit { kind, field, ids, only: &[] });
        }
    };
    limit(Warehouse::TAG, None, rights.warehouses.iter().map(|one| one.id()).collect());
    limit(CashDesk::TAG, None, rights.cash_desks.iter().map(|one| one.id()).collect());
    limit(Employee::TAG, Some("manager"), rights.managers.iter().map(|one| one.id()).collect());
    // An entry names its warehouse or cash desk on one side at most: nothing of the ledger can be left out.
    let ledger = (!limits.is_empty()).then(|| text!("right-ledger-limits", who = &rights.grantors));
    let mut scope = Scope {
        closed_kinds: kinds.filter(|meta| !rights.may(Act::Read, meta.code)).map(|meta| meta.tag).collect(),
        closed_registers: registers.filter(|code| !rights.may(Act::Read, code)).collect(),
        limits,
        ledger,
        grantors: rights.grantors.clone(),
        ..Scope::default()
    };
    if !rights.has(Right::SeeCost) {
        scope.ledger = Some(text!("right-ledger-cost", who = &rights.grantors));
        withhold_costs(store, &mut scope)?;
    }
    Ok(scope)
}

impl Session {
    /// Acts for a user from now on; for the program itself when empty. His rights hold at once.
    pub fn act_as(&mut self, user: AnyRef) -> Outcome<Arc<Rights>> {
        if self.user != user {
            // Another one begins a session of his own.
            self.id.set(0);
        }
        self.user = user;
        self.held.replace(Held::default());
        // What he writes is his: the history gets a session of its own.
        self.id.set(0);
        self.rights()
    }

    /// For whom it acts.
    pub const fn user(&self) -> AnyRef {
        self.user
    }

    /// What the user may do, as users and roles are now.
    pub fn rights(&self) -> Outcome<Arc<Rights>> {
        if self.user.is_empty() {
            let mut held = self.held.borrow_mut();
            return Ok(Arc::clone(held.rights.get_or_insert_with(|| {
                self.store.set_scope(Arc::default());
                Arc::new(Rights::all())
            })));
        }
        let stamp = self.store.info(STAMP)?.unwrap_or_default();
        if let Held { stamp: Some(known), rights: Some(rights) } = &*self.held.borrow()
            && *known == stamp
        {
            return Ok(Arc::clone(rights));
        }
        let rights = Arc::new(self.rights_of(self.user)?);
        self.store.set_scope(Arc::new(scope_by(&self.store, &rights)?));
        self.held.replace(Held { stamp: Some(stamp), rights: Some(Arc::clone(&rights)) });
        Ok(rights)
    }

    /// What a user may do, whoever is at work.
    pub(super) fn rights_of(&self, user: AnyRef) -> Outcome<Rights> {
        let people = People::read(&self.store)?;
        let loaded = self.store.load(user)?;
        let user = loaded.as_deref().and_then(|user| user.downcast::<User>()).cloned().unwrap_or_default();
        if !people.asks() {
            let mut rights = Rights::all();
            rights.employee = user.employee;
            return Ok(rights);
        }
        let who = people.administrators.join(", ");
        if user.blocked || user.head.marked {
            return Ok(Rights::of(&User::default(), &[], who));
        }
        let roles = roles_of(&self.store, &user)?;
        Ok(Rights::of(&user, &roles.iter().collect::<Vec<_>>(), who))
    }

    /// Refuses when the user has not got a right.
    pub fn require(&self, right: Right) -> Outcome<()> {
        require(self.rights()?.as_ref(), right)
    }

    /// An object for the user to see, without what he may not see of it; refuses what he may not see at all.
    pub fn object(&self, reference: AnyRef) -> Outcome<Option<Box<dyn Object>>> {
        let mut found = self.whole(reference)?;
        if let Some(object) = &mut found {
            self.store.scope().veil(object.as_mut());
        }
        Ok(found)
    }

    /// The same with everything in it, for what is put together of it: the result is to be veiled.
    pub(super) fn whole(&self, reference: AnyRef) -> Outcome<Option<Box<dyn Object>>> {
        let rights = self.rights()?;
        let Some(object) = self.store.load(reference)? else { return Ok(None) };
        if !rights.is_full() {
            require_act(&rights, Act::Read, object.meta())?;
            within_limits(&self.store, object.as_ref())?;
        }
        Ok(Some(object))
    }

    /// Why the user may not change an object that he sees; `None` when he may.
    pub fn closed_to(&self, object: &dyn Object) -> Outcome<Option<Text>> {
        self.rehearsed(object, |tx, object| tx.closed_to(object))
    }

    /// Asks something as a transaction would, without one: it only reads.
    fn rehearsed<T>(&self, object: &dyn Object, ask: impl FnOnce(&Tx<'_>, &dyn Object) -> Outcome<T>) -> Outcome<T> {
        let tx = self.begin(&self.store, 0, self.clock.now())?;
        ask(&tx, object)
    }

    /// True when the user may see an object.
    pub fn sees(&self, object: &dyn Object) -> Outcome<bool> {
        let rights = self.rights()?;
        let meta = object.meta();
        Ok(rights.is_full() || rights.may(Act::Read, meta.code) && self.store.hidden_by(object)?.is_none())
    }
}

fn within_limits(store: &Store, object: &dyn Object) -> Outcome<()> {
    let Some(field) = store.hidden_by(object)? else { return Ok(()) };
    let scope = store.scope();
    let field = object.meta().field_label(field);
    let what = object.meta().label();
    Err(Error::refused(text!("right-limit", what = what, field = field, who = &scope.grantors)))
}

impl Tx<'_> {
    /// What the program does by itself on the way: it needs no right of the user's.
    pub(super) fn by_itself<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> T {
        self.within += 1;
        let done = part(self);
        self.within -= 1;
        done
    }

    /// True when the user himself does it, and somebody looks after what he may.
    pub(super) fn is_asked(&self, depth: usize) -> bool {
        self.within <= depth && !self.rights.is_full()
    }

    /// The right to write, post or unpost an object, before anything is completed.
    pub(super) fn may_save(&self, was: Option<&dyn Object>, object: &dyn Object, how: How) -> Outcome<()> {
        if !self.is_asked(1) {
            return Ok(());
        }
        let meta = object.meta();
        require_act(&self.rights, Act::Write, meta)?;
        let posted = was.is_some_and(|was| was.head().posted);
        if meta.kind == Kind::Document && (how == How::Post || posted) {
            require_act(&self.rights, Act::Post, meta)?;
        }
        if meta.tag == Role::TAG {
            require(&self.rights, Right::Full)?;
        }
        let Some(was) = was else { return Ok(()) };
        within_limits(self.store, was)?;
        self.may_touch(was)
    }

    /// Why the user may not change a saved object: a locked period, a right that is missing, another's document.
    pub fn closed_to(&self, object: &dyn Object) -> Outcome<Option<Text>> {
        let refusals = [
            self.check_lock(None, object),
            if self.rights.is_full() { Ok(()) } else { require_act(&self.rights, Act::Write, object.meta()) },
            if self.rights.is_full() || object.head().id == 0 { Ok(()) } else { self.may_touch(object) },
        ];
        for refusal in refusals {
            match refusal {
                Ok(()) => {}
                Err(Error::Refused(problems, _)) => return Ok(problems.0.into_iter().next().map(|one| one.text)),
                Err(failed) => return Err(failed),
            }
        }
        Ok(None)
    }

    /// Changing what another has made, or manages.
    fn may_touch(&self, was: &dyn Object) -> Outcome<()> {
        if was.meta().kind != Kind::Document || self.rights.has(Right::OthersDocuments) {
            return Ok(());
        }
        let own = match was.by_name("manager").map(|manager| manager.any_ref()) {
            Some(manager) if !manager.is_empty() => manager == self.rights.employee.any(),
            _ => {
                let author = self.store.author_of(was.any_ref())?;
                author == 0 || author == self.user.id()
            }
        };
        if own {
            return Ok(());
        }
        let facts = self.facts();
        let title = super::present::title(was.any_ref(), self.store, &facts)?;
        facts.result()?;
        let right = Right::OthersDocuments.label();
        Err(Error::refused(text!("right-others", title = title, right = right, who = &self.rights.grantors)))
    }

    /// What an object has become when it was completed: within the limits, no discount too large, no lock
    /// opened, nobody given more than the giver may.
    pub(super) fn may_keep(&self, was: Option<&dyn Object>, object: &mut dyn Object) -> Outcome<()> {
        if self.within <= 1 {
            self.may_lock(was, object)?;
        }
        if !self.is_asked(1) {
            return Ok(());
        }
        within_limits(self.store, object)?;
        self.may_grant(was, object)?;
        self.may_discount(was, object)
    }

    /// Full rights are given and taken by those who have them.
    fn may_grant(&self, was: Option<&dyn Object>, object: &dyn Object) -> Outcome<()> {
        let facts = self.facts();
        let full = |object: &dyn Object| {
            let user = object.downcast::<User>();
            let roles = user.into_iter().flat_map(|user| &user.roles);
            roles.filter_map(|row| (&facts as &dyn Facts).get(row.role)).any(|role| role.full)
        };
        let concerned = [was, Some(object)].into_iter().flatten().any(full);
        facts.result()?;
        if concerned { require(&self.rights, Right::Full) } else { Ok(()) }
    }

    /// The right to mark for deletion.
    pub(super) fn may_mark(&self, object: &dyn Object, marked: bool) -> Outcome<()> {
        self.may_unlock(object, marked)?;
        if !self.is_asked(0) {
            return Ok(());
        }
        let meta = object.meta();
        require_act(&self.rights, Act::Mark, meta)?;
        if marked && object.head().posted {
            require_act(&self.rights, Act::Post, meta)?;
        }
        within_limits(self.store, object)?;
        self.may_grant(None, object)?;
        self.may_touch(object)
    }

    /// A mark takes an administrator or a lock out of force.
    fn may_unlock(&self, object: &dyn Object, marked: bool) -> Outcome<()> {
        let facts = self.facts();
        let facts: &dyn Facts = &facts;
        if let Some(user) = object.downcast::<User>()
            && marked
            && user.is_administrator(facts)
            && !another_administrator(facts, user.reference())
        {
            return Err(Error::refused(text!("user-last-administrator")));
        }
        if let Some(role) = object.downcast::<Role>()
            && marked
            && role.full
            && !administered_without(facts, role.reference())
        {
            return Err(Error::refused(text!("user-last-administrator")));
        }
        if let Some(lock) = object.downcast::<PeriodLock>()
            && marked
        {
            if lock.irreversible {
                return Err(Error::refused(text!("lock-irreversible", until = lock.until.russian())));
            }
            require(&self.rights, Right::OpenPeriod)?;
        }
        Ok(())
    }

    /// Tells every session that rights are to be put together anew.
    pub(super) fn rights_changed(&self, object: &dyn Object) -> Outcome<()> {
        // Which prices are those of purchase is a part of what is seen.
        if [User::TAG, Role::TAG, PriceKind::TAG, Settings::TAG].contains(&object.meta().tag) {
            touch(self.store)
        } else {
            Ok(())
        }
    }
}

/// Tells every session that rights are to be put together anew.
pub(super) fn touch(store: &Store) -> Outcome<()> {
    let last: i64 = store.info(STAMP)?.and_then(|stamp| stamp.parse().ok()).unwrap_or(0);
    store.set_info(STAMP, &(last + 1).to_string())
}

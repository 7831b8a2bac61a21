//! Deletion with reference control: only what is marked, and only what nothing refers to any more. The history
//! of what was deleted stays, with everything the object was.

use super::gate::{Op, Session, Tx};
use super::past::{State, references};
use super::present::Titles;
use crate::domain::company::user::User;
use crate::domain::registry;
use crate::kernel::meta::Kind;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::store::deletion::Referrers;
use crate::store::history::{Deed, Kept, difference, farewell, kept_of};
use crate::text;
use std::collections::BTreeSet;

/// Marked objects of a kind looked at in one go; the rest comes when these are gone.
const MARKED_MAX: usize = 1_000;

/// So many of what refers to an object are named.
const NAMED_MAX: usize = 5;

/// A marked object and what holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doomed {
    /// The object.
    pub reference: AnyRef,
    /// What it is called.
    pub title: String,
    /// What refers to it, by title, the first few.
    pub referrers: Vec<(AnyRef, String)>,
    /// How many more refer to it.
    pub more: usize,
    /// Nothing refers to it but what can be deleted as well.
    pub free: bool,
}

/// What came of a deletion.
#[derive(Clone, Debug, Default)]
pub struct Deleted {
    /// What is gone.
    pub gone: Vec<AnyRef>,
    /// What was kept, with the reason.
    pub kept: Vec<(AnyRef, Error)>,
}

/// Everything marked for deletion with what refers to it.
pub fn marked(session: &Session) -> Outcome<Vec<Doomed>> {
    let mut all = Vec::new();
    for object in session.store.marked_objects(MARKED_MAX)? {
        // What the user may not see he does not delete either.
        if session.store.load(object)?.map_or(Ok(false), |found| session.sees(found.as_ref()))? {
            all.push(object);
        }
    }
    let referrers = session.store.referrers(&all)?;
    let free = free(&all, &referrers);
    let facts = session.facts();
    let mut titles = Titles::default();
    let mut found = Vec::with_capacity(all.len());
    for reference in all {
        let own = referrers.get(&reference);
        let named = own.into_iter().flatten().take(NAMED_MAX);
        let named = named.map(|one| Ok((*one, titles.of(*one, &session.store, &facts)?)));
        found.push(Doomed {
            referrers: named.collect::<Outcome<_>>()?,
            more: own.map_or(0, |own| own.len().saturating_sub(NAMED_MAX)),
            free: free.contains(&reference),
            title: titles.of(reference, &session.store, &facts)?,
            reference,
        });
    }
    facts.result()?;
    Ok(found)
}

/// The largest set of objects to which nothing refers from outside of it.
fn free(all: &[AnyRef], referrers: &Referrers) -> BTreeSet<AnyRef> {
    let mut free: BTreeSet<AnyRef> = all.iter().copied().collect();
    loop {
        let held = |object: &AnyRef| referrers.get(object).is_some_and(|own| own.iter().any(|one| !free.contains(one)));
        let held: Vec<AnyRef> = free.iter().filter(|object| held(object)).copied().collect();
        if held.is_empty() {
            return free;
        }
        held.iter().for_each(|object| {
            free.remove(object);
        });
    }
}

/// Deletes what nothing refers to out of these marked objects, each as an operation of its own in one batch, which
/// is taken back as a whole: what refers to
/// another one goes before it; what refers to each other in a circle goes in one operation. `progress` gets done and total and returns false to stop.
pub fn delete(
    session: &Session,
    wanted: Vec<AnyRef>,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Outcome<Deleted> {
    let total = wanted.len();
    let mut left: BTreeSet<AnyRef> = wanted.into_iter().collect();
    let mut done = Deleted::default();
    let (batch, mut place) = (session.clock.unique(), 0);
    while !left.is_empty() {
        let before = done.gone.len();
        let mut kept = Vec::new();
        // What was made last refers to what was made before: it is the first to go.
        let mut round: Vec<AnyRef> = left.iter().copied().collect();
        round.sort_by_key(|object| std::cmp::Reverse(object.id()));
        for object in round {
            if !progress(done.gone.len(), total) {
                return Ok(done);
            }
            place += 1;
            match session.run_in(batch, place, Op::Delete, |tx| tx.delete(object)) {
                Ok(_) => {
                    left.remove(&object);
                    done.gone.push(object);
                }
                Err(error @ Error::Refused(..)) => kept.push((object, error)),
                Err(error) => return Err(error),
            }
        }
        done.kept = kept;
        if done.gone.len() == before {
            break;
        }
    }
    let rest: Vec<AnyRef> = left.iter().copied().collect();
    let circle = free(&rest, &session.store.referrers(&rest)?);
    if !circle.is_empty() {
        let circle: Vec<AnyRef> = circle.into_iter().collect();
        if session.run_in(batch, place + 1, Op::Delete, |tx| tx.delete_together(&circle)).is_ok() {
            circle.iter().for_each(|object| {
                left.remove(object);
            });
            done.kept.retain(|(object, _)| left.contains(object));
            done.gone.extend(circle);
        }
    }
    if left.is_empty() {
        done.kept.clear();
    }
    Ok(done)
}

impl Tx<'_> {
    /// Takes a marked object out of the base. Refuses while anything refers to it.
    pub fn delete(&mut self, reference: AnyRef) -> Outcome<()> {
        self.delete_together(&[reference])
    }

    /// Takes marked objects out of the base that may refer to each other.
    fn delete_together(&mut self, all: &[AnyRef]) -> Outcome<()> {
        let referrers = self.store.referrers(all)?;
        all.iter().try_for_each(|one| self.delete_one(*one, all, &referrers))
    }

    fn delete_one(&mut self, reference: AnyRef, with: &[AnyRef], referrers: &Referrers) -> Outcome<()> {
        let gone = || Error::refused(text!("object-gone"));
        let mut object = self.store.load(reference)?.ok_or_else(gone)?;
        if !object.head().marked {
            return Err(Error::refused(text!("delete-not-marked")));
        }
        self.may_mark(object.as_ref(), true)?;
        if reference.is_of(User::declared()) && self.store.has_worked(reference.id())? {
            return Err(Error::refused(text!("delete-has-worked")));
        }
        let own = referrers.get(&reference).into_iter().flatten();
        let own: Vec<AnyRef> = own.copied().filter(|one| !with.contains(one)).collect();
        if !own.is_empty() {
            let facts = self.facts();
            let mut titles = Titles::default();
            let named = own.iter().take(NAMED_MAX).map(|one| titles.of(*one, self.store, &facts));
            let named = named.collect::<Outcome<Vec<_>>>()?.join(", ");
            facts.result()?;
            return Err(Error::refused(text!("delete-in-use", objects = named, count = own.len())));
        }
        let mut kept = Kept { uid: object.head().uid, keys: Vec::new() };
        for (space, key) in self.store.keys_of(reference)? {
            let digest = self.store.known(&space, &key)?.map(|known| known.digest).unwrap_or_default();
            kept.keys.push((space, key, digest));
        }
        let change = farewell(object.as_ref(), &kept);
        self.store.delete(object.as_ref())?;
        object.head_mut().version += 1;
        self.note(Deed::Deleted, object.as_ref(), change);
        // Whoever shows what it referred to (a group's content, an order's documents) looks again.
        let shown = references(object.as_ref());
        self.changed.insert(reference);
        shown.into_iter().for_each(|one| self.kept_same(one));
        Ok(())
    }
}

impl Tx<'_> {
    /// Puts an object that was deleted into the base again, marked as it was, under its own number and with all it
    /// referred to. Refuses when something of that is no more, or another has its code or number now.
    pub(super) fn put_in_again(&mut self, reference: AnyRef, before: State) -> Outcome<()> {
        let missing = || Error::refused(text!("undo-deleted"));
        let kind = registry::of(reference).ok_or_else(missing)?;
        let history = self.store.history_of(reference)?;
        let last = history.first().ok_or_else(missing)?;
        let (version, kept) = (last.version, kept_of(kind.meta(), &last.change));
        let mut object = before.whole();
        let head = object.head_mut();
        (head.id, head.version, head.posted, head.marked) = (reference.id(), version + 1, false, true);
        head.uid = if kept.uid.is_empty() { self.clock.uid() } else { kept.uid };
        self.lock_for(None, object.as_ref())?;
        self.may_mark(object.as_ref(), false)?;
        self.check_lock(None, object.as_ref())?;
        for named in references(object.as_ref()) {
            if self.store.load(named)?.is_none() {
                return Err(Error::refused(text!("undo-return-lacks")));
            }
        }
        let taken = self.number_or_code_taken(object.as_ref())?;
        if !taken.is_empty() {
            let facts = self.facts();
            let title = super::present::title(taken, self.store, &facts)?;
            facts.result()?;
            return Err(Error::refused(text!("undo-return-taken", title = title)));
        }
        self.insert_again(object.as_mut(), kind)?;
        for (space, key, digest) in &kept.keys {
            // Where another has got the key meanwhile, it is his.
            if self.store.known(space, key)?.is_none() {
                self.store.remember(space, key, reference, digest)?;
            }
        }
        let empty = (object.meta().new)();
        let change = difference(empty.as_ref(), object.as_ref(), &[]);
        self.note(Deed::Returned, object.as_ref(), change);
        self.rights_changed(object.as_ref())?;
        self.changed.insert(reference);
        references(object.as_ref()).into_iter().for_each(|one| self.kept_same(one));
        Ok(())
    }

    /// Who has the number or the code of an object that is not in the base.
    fn number_or_code_taken(&self, object: &dyn Object) -> Outcome<AnyRef> {
        let (meta, Value::Text(called)) = (object.meta(), object.get(0)) else { return Ok(AnyRef::EMPTY) };
        match meta.kind {
            _ if called.is_empty() => Ok(AnyRef::EMPTY),
            Kind::Catalog => self.store.with_code(meta, &called),
            Kind::Document => {
                let year = super::save::moment_of(object).date().year();
                self.store.with_number(meta, &called, year, object.head().id)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::free;
    use crate::kernel::refs::AnyRef;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn what_holds_each_other_goes_together() {
        let [a, b, c, d, outside] = [1, 2, 3, 4, 9].map(|id| AnyRef::new(7, id));
        let set = |refs: &[AnyRef]| refs.iter().copied().collect::<BTreeSet<_>>();
        // The first two hold each other, the third is held by an object in use, the fourth by the third.
        let referrers = BTreeMap::from([(a, set(&[b])), (b, set(&[a])), (c, set(&[outside])), (d, set(&[c]))]);
        assert_eq!(free(&[a, b, c, d], &referrers), set(&[a, b]));
    }
}

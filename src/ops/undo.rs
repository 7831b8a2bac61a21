//! Undo: the last operation is taken back by writing the former versions through the one saver, so that it is
//! a line of the history like any other; redo takes the undo back.
//!
//! An object that the operation made is marked for deletion, its posting taken back: objects leave the base
//! only through marks. Such an object keeps its number, so nothing has to be given back to the counters.
//! When something depends on what is to be taken back, nothing is done and everything that depends is named.

use super::gate::{Changed, Op, Session, Tx};
use super::past::{State, references, rewind};
use super::present::title;
use super::reallocate::Shift;
use super::undo_stack::{Stack, Target};
use super::versions;
use crate::domain::company::rights::Act;
use crate::domain::registers::stock::Stock;
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::meta::Kind;
use crate::kernel::moment::Moment;
use crate::kernel::money::Qty;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;
use crate::kernel::text::Text;
use crate::store::history::{Deed, HistoryLine};
use crate::store::operations::Step;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// Later changes looked through for what depends; a base where others changed more since is asked to be mended
/// by hand.
const LATER_MAX: usize = 5_000;

/// So many titles are named; more would not be read.
const NAMED_MAX: usize = 10;

/// Whose last operation is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Of this session: a window takes back what was done in it.
    Session,
    /// Of this user, wherever he did it: a headless command is a session of its own.
    User,
}

/// What was taken back or done again.
#[derive(Clone, Debug)]
pub struct TakenBack {
    /// The operation in words: «Проведение: Заказ покупателя 00-000001 от 23.11.2026».
    pub what: Text,
    /// Objects the operation had made, now marked for deletion, by title.
    pub marked: Vec<String>,
    /// What changed by it.
    pub changed: Changed,
}

impl TakenBack {
    /// What was done, in a sentence or two.
    pub fn sentence(&self) -> Text {
        let what = self.what.clone();
        let done =
            if self.changed.op == Op::Redo { text!("redo-done", what = what) } else { text!("undo-done", what = what) };
        if self.marked.is_empty() { done } else { text!("undo-marked", done = done, titles = self.marked.join(", ")) }
    }
}

/// Takes the last operation back. Refuses when there is none, or something depends on it.
pub fn undo(session: &Session, scope: Scope) -> Outcome<TakenBack> {
    let stack = Stack::read(session, scope)?;
    let target = stack.undoable(session)?.ok_or_else(|| Error::refused(text!("undo-nothing")))?;
    take_back(session, Op::Undo, &target, &stack)
}

/// Takes an operation back when it is still the last one.
pub fn undo_this(session: &Session, scope: Scope, operation: i64) -> Outcome<TakenBack> {
    let stack = Stack::read(session, scope)?;
    let target = stack.undoable(session)?.filter(|target| target.newest.id == operation);
    take_back(session, Op::Undo, &target.ok_or_else(|| Error::refused(text!("undo-not-last")))?, &stack)
}

/// Does again what the last undo took back. Refuses when the last operation was no undo.
pub fn redo(session: &Session, scope: Scope) -> Outcome<TakenBack> {
    let stack = Stack::read(session, scope)?;
    let target = stack.redoable(session)?.ok_or_else(|| Error::refused(text!("redo-nothing")))?;
    take_back(session, Op::Redo, &target, &stack)
}

/// What an undo would take back, in words; `None` when there is nothing.
pub fn next(session: &Session, scope: Scope) -> Outcome<Option<Text>> {
    let stack = Stack::read(session, scope)?;
    stack.undoable(session)?.map(|target| words_of(session, &target)).transpose()
}

/// A target in words: what an undo had taken back is named, not the undo.
fn words_of(session: &Session, target: &Target) -> Outcome<Text> {
    let mut named = target.clone();
    while named.newest.undoes != 0 {
        match session.store.operation(named.newest.undoes)? {
            Some(earlier) => named = Target::of(session, earlier)?,
            None => break,
        }
    }
    words(session, &named)
}

/// An operation in words: what was done, to which object, and to how many others.
fn words(session: &Session, target: &Target) -> Outcome<Text> {
    let objects: BTreeSet<AnyRef> = steps_of(session, target)?.into_iter().map(|step| step.object).collect();
    let op = Op::of(target.newest.op).label();
    // Documents say more than the catalog elements made on the way.
    let is_document = |reference: &&AnyRef| registry::of(**reference).is_some_and(|k| k.meta().kind == Kind::Document);
    let first = objects.iter().find(is_document).or_else(|| objects.first());
    let name = first.map(|reference| versions::title_of(session, *reference)).transpose()?.unwrap_or_default();
    Ok(match objects.len() {
        0 => op,
        1 => text!("undo-what", op = op, title = name),
        more => text!("undo-what-more", op = op, title = name, count = more - 1),
    })
}

/// Everything a target did to objects.
fn steps_of(session: &Session, target: &Target) -> Outcome<Vec<Step>> {
    let mut steps = Vec::new();
    for operation in &target.all {
        steps.extend(session.store.steps_of(operation.id)?);
    }
    Ok(steps)
}

/// What is to become of one object.
struct Plan {
    object: AnyRef,
    /// As it is now; empty when it is no more.
    now: Box<dyn Object>,
    /// As it was before; `None` when the operation made it.
    before: Option<State>,
    /// How it comes about.
    way: Way,
    /// It is a card the program has made or changed by itself for a document of somebody who may not write such
    /// cards: a contract. What he could not do then he need not be able to take back.
    on_the_way: bool,
}

/// How an object becomes what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// It is written over, or marked when there was nothing before.
    Write,
    /// It was taken out of the base and comes back.
    Return,
    /// It had come back and is taken out again.
    Delete,
}

fn take_back(session: &Session, op: Op, target: &Target, stack: &Stack) -> Outcome<TakenBack> {
    let what = words_of(session, target)?;
    let own = stack.since(target);
    let steps = steps_of(session, target)?;
    let (marked, changed) = session.run_back(op, target.newest.id, |tx| {
        let mut problems = Problems::new();
        let (shared, steps) = apart(tx, &steps)?;
        let plans = plans(tx, &steps, &own, &mut problems)?;
        dependents(tx, target, &plans, &mut problems)?;
        tx.gave_to = gave_to(tx, target, &own)?;
        // What was shared out goes back as it came: nobody is to give it a second time.
        tx.gave_to.retain(|order| !shared.iter().any(|shift| shift.line.0.any() == *order));
        if !problems.is_empty() {
            return Err(Error::from(refusal(&what, problems)));
        }
        let is_marked = |plan: &&Plan| plan.before.is_none() && plan.way == Way::Write;
        tx.share_back(&shared).map_err(|error| of(&what, error))?;
        let gone: Vec<AnyRef> = plans.iter().filter(is_marked).map(|plan| plan.object).collect();
        carry_out(tx, plans, &what)?;
        gone.into_iter().map(|object| name(tx, object)).collect::<Outcome<Vec<_>>>()
    })?;
    Ok(TakenBack { what, marked, changed })
}

/// What was shared out anew, the latest first, and what else was done: that is taken back by other ways.
fn apart(tx: &Tx<'_>, steps: &[Step]) -> Outcome<(Vec<Shift>, Vec<Step>)> {
    let (noted, rest): (Vec<Step>, Vec<Step>) =
        steps.iter().copied().partition(|step| Deed::of(step.deed) == Deed::Shared);
    let mut shared = Vec::new();
    for step in noted.iter().rev() {
        let lines = tx.store.history_of(step.object)?;
        let line = lines.iter().find(|line| line.version == step.version);
        shared.extend(line.into_iter().flat_map(|line| Shift::of_note(step.object, &line.change)));
    }
    Ok((shared, rest))
}

/// A refusal says first what was to be taken back.
fn of(what: &Text, error: Error) -> Error {
    match error {
        Error::Refused(problems, meta) => Error::Refused(refusal(what, problems), meta),
        failed => failed,
    }
}

/// Orders that got goods by a target on the way, but for those anybody else has changed since.
fn gave_to(tx: &Tx<'_>, target: &Target, own: &BTreeSet<i64>) -> Outcome<BTreeSet<AnyRef>> {
    let mut found = BTreeSet::new();
    for operation in &target.all {
        found.extend(tx.store.touched_by(operation.id)?);
    }
    found.retain(|object| object.is_of(CustomerOrder::declared()));
    let mut kept = BTreeSet::new();
    for order in found {
        let changed = tx
            .store
            .history_of(order)?
            .iter()
            .any(|line| line.operation > target.newest.id && !own.contains(&line.operation));
        if !changed {
            kept.insert(order);
        }
    }
    Ok(kept)
}

/// What each object is to become; what others did to them since is a problem.
fn plans(tx: &Tx<'_>, steps: &[Step], own: &BTreeSet<i64>, problems: &mut Problems) -> Outcome<Vec<Plan>> {
    let mut spans: BTreeMap<AnyRef, (i64, i64)> = BTreeMap::new();
    for step in steps {
        let span = spans.entry(step.object).or_insert((step.version, step.version));
        span.0 = span.0.min(step.version);
        span.1 = span.1.max(step.version);
    }
    let mut found = Vec::new();
    let is_document = |object: &AnyRef| registry::of(*object).is_some_and(|kind| kind.meta().kind == Kind::Document);
    let with_document = spans.keys().any(is_document);
    for (object, (first, last)) in spans {
        let lines = tx.store.history_of(object)?;
        let present = tx.store.load(object)?;
        // What others have deleted since is gone for good; what was deleted by the operation itself comes back.
        let deed = |line: Option<&HistoryLine>| line.map(|line| (Deed::of(line.deed), line.version));
        let way = match (&present, deed(lines.first()), deed(lines.iter().find(|line| line.version == first))) {
            (None, Some((Deed::Deleted, version)), _) if version == last => Way::Return,
            (Some(_), _, Some((Deed::Returned, _))) => Way::Delete,
            (Some(_), ..) => Way::Write,
            (None, ..) => {
                problems.add(text!("undo-deleted"));
                continue;
            }
        };
        let Some(now) = present.or_else(|| registry::of(object).map(|kind| (kind.meta().new)())) else { continue };
        for later in lines.iter().filter(|line| line.version > last && !own.contains(&line.operation)).take(1) {
            let who = super::versions::who(tx.store, &tx.facts(), later)?;
            let (title, at) = (name(tx, object)?, later.at.russian());
            problems.add(text!("undo-changed-since", title = title, who = who, at = at));
        }
        let before = if way == Way::Delete { None } else { rewind(now.as_ref(), &lines, first - 1) };
        let on_the_way = with_document && !is_document(&object) && !tx.rights.may(Act::Write, now.meta().code);
        found.push(Plan { object, now, before, way, on_the_way });
    }
    // What goes goes before what stands on other things comes: the last made goes first, the first made comes
    // first.
    let order = |plan: &Plan| if plan.leaves() { (0, -plan.object.id()) } else { (1, plan.object.id()) };
    found.sort_by_key(order);
    Ok(found)
}

/// Carries out all plans. One that is refused is tried again when others are done: which stands on which is known
/// to the rules of each kind alone.
fn carry_out(tx: &mut Tx<'_>, plans: Vec<Plan>, what: &Text) -> Outcome<()> {
    let mut left = plans;
    loop {
        let (before, alone) = (left.len(), left.len() == 1);
        let mut refused = Vec::new();
        let mut why = None;
        for plan in left {
            let wanted = supplies(tx, plan.object)?;
            let done = if alone { plan.carry_out(tx) } else { tx.attempt(|tx| plan.carry_out(tx)) };
            match done {
                Ok(()) => {}
                Err(error @ Error::Refused(..)) => {
                    why.get_or_insert((error, wanted));
                    refused.push(plan);
                }
                Err(error) => return Err(error),
            }
        }
        match why {
            None => return Ok(()),
            Some((error, wanted)) if refused.len() == before => return Err(explained(tx, error, what, &wanted)?),
            Some(_) => left = refused,
        }
    }
}

/// Objects written after the operation that refer to what will be no more, or be no longer posted.
fn dependents(tx: &Tx<'_>, target: &Target, plans: &[Plan], problems: &mut Problems) -> Outcome<()> {
    let leaving: BTreeSet<AnyRef> = plans.iter().filter(|plan| plan.leaves()).map(|plan| plan.object).collect();
    if leaving.is_empty() {
        return Ok(());
    }
    let later = tx.store.objects_since(target.first(), LATER_MAX)?;
    if later.len() >= LATER_MAX {
        problems.add(text!("undo-too-old"));
        return Ok(());
    }
    let ours: BTreeSet<AnyRef> = plans.iter().map(|plan| plan.object).collect();
    let mut named: BTreeMap<AnyRef, Vec<AnyRef>> = BTreeMap::new();
    for object in later.into_iter().filter(|object| !ours.contains(object)) {
        let Some(found) = tx.store.load(object)?.filter(|found| !found.head().marked) else { continue };
        for reference in references(found.as_ref()).intersection(&leaving) {
            named.entry(*reference).or_default().push(object);
        }
    }
    for (reference, objects) in named {
        let titles = names(tx, &objects)?;
        problems.add(text!("undo-depends", title = name(tx, reference)?, documents = titles));
    }
    Ok(())
}

impl Plan {
    /// It will be no more, or no longer posted.
    fn leaves(&self) -> bool {
        match &self.before {
            _ if self.way == Way::Return => false,
            None => true,
            Some(before) => self.now.head().posted && !before.posted || before.marked && !self.now.head().marked,
        }
    }

    fn carry_out(&self, tx: &mut Tx<'_>) -> Outcome<()> {
        if self.on_the_way { tx.by_itself(|tx| self.put_back(tx)) } else { self.put_back(tx) }
    }

    fn put_back(&self, tx: &mut Tx<'_>) -> Outcome<()> {
        match (self.way, &self.before) {
            (Way::Return, Some(before)) => return tx.put_in_again(self.object, before.copy()),
            (Way::Return, None) => return Ok(()),
            (Way::Delete, _) => return tx.delete(self.object),
            (Way::Write, _) => {}
        }
        // It may have been touched on the way, by what followed from another one.
        let now = tx.store.load(self.object)?.ok_or_else(|| Error::refused(text!("object-gone")))?;
        match &self.before {
            None => tx.mark(self.object, true),
            Some(before) => tx.put_back(now.as_ref(), before.copy()),
        }
    }
}

/// Stock timelines a document has brought goods to, from when: what came after may need them.
fn supplies(tx: &Tx<'_>, document: AnyRef) -> Outcome<Vec<(Vec<i64>, Moment)>> {
    let moves = tx.store.moves_of(Stock::meta(), document)?;
    let brought = moves.into_iter().filter(|moved| Stock::from_cells(&moved.cells).qty > Qty::ZERO);
    Ok(brought.map(|moved| (super::costing::key_of(&moved).to_vec(), moved.date)).collect())
}

/// A refusal of the saver with what was to be done, and the documents that took the goods it is about.
fn explained(tx: &Tx<'_>, error: Error, what: &Text, wanted: &[(Vec<i64>, Moment)]) -> Outcome<Error> {
    let Error::Refused(problems, meta) = error else { return Ok(error) };
    let mut takers = BTreeSet::new();
    let short = problems.0.iter().any(|problem| problem.text.key().starts_with("stock-"));
    for (key, from) in wanted.iter().filter(|_| short) {
        for moved in tx.store.timeline(Stock::meta(), key, *from, Moment::FOREVER)? {
            if Stock::from_cells(&moved.cells).qty < Qty::ZERO {
                takers.insert(moved.document);
            }
        }
    }
    let mut refused = refusal(what, problems);
    if !takers.is_empty() {
        let takers: Vec<AnyRef> = takers.into_iter().collect();
        refused.add(text!("undo-goods-taken", documents = names(tx, &takers)?));
    }
    Ok(Error::Refused(refused, meta))
}

fn refusal(what: &Text, problems: Problems) -> Problems {
    let mut all = Problems::one(text!("undo-refused", what = what.clone()));
    all.0.extend(problems.0);
    all
}

/// What an object is called; one the user may not see is only mentioned.
fn name(tx: &Tx<'_>, reference: AnyRef) -> Outcome<String> {
    if !tx.rights.is_full()
        && let (Some(object), Some(kind)) = (tx.store.load(reference)?, registry::of(reference))
        && (!tx.rights.may(Act::Read, kind.meta().code) || tx.store.hidden_by(object.as_ref())?.is_some())
    {
        return Ok(text!("undo-hidden", kind = kind.meta().label()).show());
    }
    let facts = tx.facts();
    let title = title(reference, tx.store, &facts)?;
    facts.result()?;
    Ok(title)
}

fn names(tx: &Tx<'_>, objects: &[AnyRef]) -> Outcome<String> {
    let shown: Vec<String> = objects.iter().take(NAMED_MAX).map(|one| name(tx, *one)).collect::<Outcome<_>>()?;
    let more = objects.len().saturating_sub(NAMED_MAX);
    let all = shown.join(", ");
    Ok(if more == 0 { all } else { text!("undo-and-more", titles = all, count = more).show() })
}

//! The history of an object: who changed what and when, each change with what was and what became.

use super::gate::Session;
use super::past::rewind;
use super::present::Titles;
use super::reallocate::Shift;
use crate::domain::company::user::User;
use crate::domain::registers::stock::Reserves;
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::facts::Facts;
use crate::kernel::meta::FieldMeta;
use crate::kernel::moment::Moment;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;
use crate::kernel::text::Text;
use crate::kernel::value::Value;
use crate::store::base::Store;
use crate::store::history::{Deed, HistoryLine, take_back};
use crate::{field, text};

/// Older versions than these many are not shown.
const VERSIONS_MAX: usize = 200;

/// One difference between a version and the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field, or the table part with its row and column.
    pub place: String,
    /// What was; empty when nothing.
    pub was: String,
    /// What became.
    pub now: String,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub version: i64,
    /// When.
    pub at: Moment,
    /// Who; empty when the base knows no users.
    pub user: String,
    /// Where.
    pub workstation: String,
    /// What was done.
    pub deed: Text,
    /// What differs.
    pub changes: Vec<Change>,
}

/// Values in words: references by their titles, read once.
pub struct Words<'a> {
    session: &'a Session,
    facts: &'a dyn Facts,
    titles: Titles,
}

impl<'a> Words<'a> {
    /// None read yet.
    pub fn new(session: &'a Session, facts: &'a dyn Facts) -> Self {
        Self { session, facts, titles: Titles::default() }
    }

    /// One value.
    pub fn value(&mut self, value: &Value, field: &FieldMeta) -> Outcome<String> {
        match value {
            Value::Ref(reference) => self.titles.of(*reference, &self.session.store, self.facts),
            Value::Bool(_) => Ok(value.show(field.kind)),
            empty if empty.is_empty() => Ok(String::new()),
            other => Ok(other.show(field.kind)),
        }
    }
}

/// An object as it is now with its history, the newest first. What was deleted is empty now, and its history
/// begins with everything it was. It holds what the user may not see: whoever shows it veils it.
pub(super) fn told(session: &Session, reference: AnyRef) -> Outcome<(Box<dyn Object>, Vec<HistoryLine>)> {
    let history = session.store.history_of(reference)?;
    if let Some(object) = session.whole(reference)? {
        return Ok((object, history));
    }
    let deleted = history.first().is_some_and(|line| Deed::of(line.deed) == Deed::Deleted);
    let kind = registry::of(reference).filter(|_| deleted);
    let mut object = (kind.ok_or_else(|| Error::refused(text!("object-gone")))?.meta().new)();
    object.head_mut().id = reference.id();
    // Whether it may be seen is told by what it was last.
    let mut last = object.boxed();
    if let Some(line) = history.first() {
        take_back(last.as_mut(), &line.change);
    }
    if !session.sees(last.as_ref())? {
        return Err(Error::refused(text!("object-gone")));
    }
    Ok((object, history))
}

/// An object as it was at a version.
pub fn at_version(session: &Session, reference: AnyRef, version: i64) -> Outcome<Box<dyn Object>> {
    let (object, history) = told(session, reference)?;
    let state = rewind(object.as_ref(), &history, version);
    let mut object = state.ok_or_else(|| Error::refused(text!("version-none")))?.whole();
    object.head_mut().version = version;
    session.veil(object.as_mut())?;
    Ok(object)
}

/// What differs between two versions, from the first to the second.
pub fn compare(session: &Session, reference: AnyRef, first: i64, second: i64) -> Outcome<Vec<Change>> {
    let (first, second) = (at_version(session, reference, first)?, at_version(session, reference, second)?);
    let facts = session.facts();
    let found = changes(first.as_ref(), second.as_ref(), &mut Words::new(session, &facts))?;
    facts.result()?;
    Ok(found)
}

/// What an object is called; what was deleted, as it was called then.
pub fn title_of(session: &Session, reference: AnyRef) -> Outcome<String> {
    let facts = session.facts();
    let title = super::present::title(reference, &session.store, &facts)?;
    facts.result()?;
    let Some(kind) = registry::of(reference).filter(|_| title.is_empty()) else { return Ok(title) };
    let (object, history) = told(session, reference)?;
    let last = history.iter().find(|line| Deed::of(line.deed) != Deed::Deleted).map_or(1, |line| line.version);
    Ok(rewind(object.as_ref(), &history, last).map_or(title, |state| kind.presentation(state.object.as_ref())))
}

/// The versions of an object, the newest first.
pub fn versions(session: &Session, reference: AnyRef) -> Outcome<Vec<Version>> {
    let (mut object, history) = told(session, reference)?;
    let facts = session.facts();
    let mut words = Words::new(session, &facts);
    let mut found = Vec::new();
    for line in history.into_iter().take(VERSIONS_MAX) {
        let mut before = object.boxed();
        take_back(before.as_mut(), &line.change);
        let mut changes = changes(before.as_ref(), object.as_ref(), &mut words)?;
        if Deed::of(line.deed) == Deed::Shared {
            changes.extend(shared_words(object.as_ref(), &line));
        }
        found.push(version(&line, changes, &mut words)?);
        object = before;
    }
    facts.result()?;
    Ok(found)
}

/// Who made a change, and where: «Иванова, PC-3 (anna)»; only where, when the base knows no users.
pub fn who(store: &Store, facts: &dyn Facts, line: &HistoryLine) -> Outcome<String> {
    let user = super::present::title(AnyRef::new(User::TAG, line.user), store, facts)?;
    let parts = [user.as_str(), line.workstation.as_str()];
    let known = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Ok(if known.is_empty() { text!("who-unknown").show() } else { known })
}

fn version(line: &HistoryLine, changes: Vec<Change>, words: &mut Words<'_>) -> Outcome<Version> {
    let user = words.titles.of(AnyRef::new(User::TAG, line.user), &words.session.store, words.facts)?;
    let (version, at, deed) = (line.version, line.at, deed_words(Deed::of(line.deed)));
    Ok(Version { version, at, user, workstation: line.workstation.clone(), deed, changes })
}

/// A deed as the history names it.
pub fn deed_words(deed: Deed) -> Text {
    match deed {
        Deed::Created => text!("deed-created"),
        Deed::Changed => text!("deed-changed"),
        Deed::Posted => text!("deed-posted"),
        Deed::Unposted => text!("deed-unposted"),
        Deed::Marked => text!("deed-marked"),
        Deed::Unmarked => text!("deed-unmarked"),
        Deed::Deleted => text!("deed-deleted"),
        Deed::Returned => text!("deed-returned"),
        Deed::Shared => text!("deed-shared"),
    }
}

fn changes(before: &dyn Object, after: &dyn Object, words: &mut Words<'_>) -> Outcome<Vec<Change>> {
    let meta = after.meta();
    let mut found = Vec::new();
    let scope = words.session.store.scope();
    for (at, field) in meta.fields.iter().enumerate() {
        let (was, now) = (before.get(at), after.get(at));
        if was != now && !scope.veils(meta, field.name) {
            let place = meta.field_label(field);
            found.push(Change { place, was: words.value(&was, field)?, now: words.value(&now, field)? });
        }
    }
    for table in 0..meta.tables.len() {
        rows_of(before, after, table, words, &mut found)?;
    }
    Ok(found)
}

/// What lines of an order held before their reserve was shared out anew, and after.
fn shared_words(order: &dyn Object, line: &HistoryLine) -> Vec<Change> {
    let meta = order.meta();
    let table = meta.table(field!(CustomerOrder, goods)).unwrap_or(0);
    let label = meta.tables.get(table).map_or_else(String::new, |part| meta.table_label(part));
    let held = Reserves::meta();
    let column = held.sum.first().map_or_else(String::new, |field| held.field_label(field));
    let told = |shift: Shift| {
        let key = u32::try_from(shift.line.1).unwrap_or(0);
        let row = super::draft::row_of(order, table, key).map_or(0, |at| at + 1);
        let place = text!("history-cell", table = &label, row = row, field = &column).show();
        Change { place, was: shift.from.short(), now: shift.to.short() }
    };
    Shift::of_note(order.any_ref(), &line.change).into_iter().map(told).collect()
}

/// Rows are compared by their stable numbers: what was only moved has not changed.
fn rows_of(
    before: &dyn Object,
    after: &dyn Object,
    table: usize,
    words: &mut Words<'_>,
    found: &mut Vec<Change>,
) -> Outcome<()> {
    let meta = after.meta();
    let Some(part) = meta.tables.get(table) else { return Ok(()) };
    let label = meta.table_label(part);
    let scope = words.session.store.scope();
    for line in 0..after.rows(table) {
        let Some(row) = after.row(table, line) else { continue };
        let old = super::draft::row_of(before, table, row.key()).and_then(|at| before.row(table, at));
        for (at, field) in part.fields.iter().enumerate() {
            let now = row.get(at);
            let was = old.map_or_else(|| field.kind.empty(), |old| old.get(at));
            if was != now && !scope.veils_column(meta, part.name, field.name) {
                let column = meta.column_label(part, field);
                let place = text!("history-cell", table = &label, row = line + 1, field = column).show();
                found.push(Change { place, was: words.value(&was, field)?, now: words.value(&now, field)? });
            }
        }
    }
    for line in 0..before.rows(table) {
        let Some(row) = before.row(table, line) else { continue };
        if super::draft::row_of(after, table, row.key()).is_none() {
            let first = part.fields.first();
            let was = first.map(|field| words.value(&row.get(0), field)).transpose()?.unwrap_or_default();
            let place = text!("history-row-gone", table = &label, row = line + 1).show();
            found.push(Change { place, was, now: String::new() });
        }
    }
    Ok(())
}

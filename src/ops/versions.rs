//! The history of an object: who changed what and when, each change with what was and what became.

use super::gate::Session;
use super::present::Titles;
use crate::domain::company::user::User;
use crate::kernel::facts::Facts;
use crate::kernel::meta::FieldMeta;
use crate::kernel::moment::Moment;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::kernel::value::Value;
use crate::store::history::{Deed, HistoryLine, take_back};
use crate::text;

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

struct Words<'a> {
    session: &'a Session,
    facts: &'a dyn Facts,
    titles: Titles,
}

impl Words<'_> {
    fn value(&mut self, value: &Value, field: &FieldMeta) -> Outcome<String> {
        match value {
            Value::Ref(reference) => self.titles.of(*reference, &self.session.store, self.facts),
            Value::Bool(_) => Ok(value.show(field.kind)),
            empty if empty.is_empty() => Ok(String::new()),
            other => Ok(other.show(field.kind)),
        }
    }
}

/// The versions of an object, the newest first.
pub fn versions(session: &Session, reference: AnyRef) -> Outcome<Vec<Version>> {
    let gone = || Error::refused(text!("object-gone"));
    let mut object = session.object(reference)?.ok_or_else(gone)?;
    let facts = session.facts();
    let mut words = Words { session, facts: &facts, titles: Titles::default() };
    let mut found = Vec::new();
    for line in session.store.history_of(reference)?.into_iter().take(VERSIONS_MAX) {
        let mut before = object.boxed();
        take_back(before.as_mut(), &line.change);
        let changes = changes(before.as_ref(), object.as_ref(), &mut words)?;
        found.push(version(&line, changes, &mut words)?);
        object = before;
    }
    facts.result()?;
    Ok(found)
}

fn version(line: &HistoryLine, changes: Vec<Change>, words: &mut Words<'_>) -> Outcome<Version> {
    let user = words.titles.of(AnyRef::new(User::TAG, line.user), &words.session.store, words.facts)?;
    let deed = [Deed::Created, Deed::Changed, Deed::Posted, Deed::Unposted, Deed::Marked, Deed::Unmarked]
        .into_iter()
        .find(|deed| deed.number() == line.deed)
        .unwrap_or(Deed::Changed);
    let (version, at) = (line.version, line.at);
    Ok(Version { version, at, user, workstation: line.workstation.clone(), deed: deed_words(deed), changes })
}

fn deed_words(deed: Deed) -> Text {
    match deed {
        Deed::Created => text!("deed-created"),
        Deed::Changed => text!("deed-changed"),
        Deed::Posted => text!("deed-posted"),
        Deed::Unposted => text!("deed-unposted"),
        Deed::Marked => text!("deed-marked"),
        Deed::Unmarked => text!("deed-unmarked"),
    }
}

fn changes(before: &dyn Object, after: &dyn Object, words: &mut Words<'_>) -> Outcome<Vec<Change>> {
    let meta = after.meta();
    let mut found = Vec::new();
    for (at, field) in meta.fields.iter().enumerate() {
        let (was, now) = (before.get(at), after.get(at));
        if was != now {
            let place = meta.field_label(field);
            found.push(Change { place, was: words.value(&was, field)?, now: words.value(&now, field)? });
        }
    }
    for table in 0..meta.tables.len() {
        rows_of(before, after, table, words, &mut found)?;
    }
    Ok(found)
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
    for line in 0..after.rows(table) {
        let Some(row) = after.row(table, line) else { continue };
        let old = super::draft::row_of(before, table, row.key()).and_then(|at| before.row(table, at));
        for (at, field) in part.fields.iter().enumerate() {
            let now = row.get(at);
            let was = old.map_or_else(|| field.kind.empty(), |old| old.get(at));
            if was != now {
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

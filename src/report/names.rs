//! What values of fields are called and how they stand in order: many at once.

use super::declare::{Definition, Field, FieldKind, Route, Tree};
use crate::kernel::behaviour::document_title;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::moment::{Date, Month};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Type, Value};
use crate::store::base::Store;
use crate::store::report::Target;
use crate::store::report_names::Name;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The order of a value among its neighbours: a number, then folded letters.
pub type Place = (i64, String);

/// What a value is called.
#[derive(Clone, Debug)]
pub struct Called {
    /// Its title.
    pub title: Arc<str>,
    /// Its order.
    pub place: Place,
}

/// A level of a value's own tree, the outermost first; the last one is the value itself.
#[derive(Clone, Debug)]
pub struct Level {
    /// The value; nought for a level made of a code.
    pub value: i64,
    /// It has rows of the same field below it.
    pub folder: bool,
    /// What it is called.
    pub called: Called,
}

/// Letters as they sort: case does not matter, ё stands after е.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ё' => out.push_str("е\u{10ffff}"),
            other => out.push(other),
        }
    }
    out
}

/// `ноябрь 2026 г.`
pub fn month_title(month: Month) -> String {
    let stored = month.stored();
    text!("report-month", month = stored % 100, year = (stored / 100).to_string()).show()
}

/// What a date is called in the user's language.
pub fn date_title(date: Date) -> String {
    date.russian()
}

fn empty() -> Called {
    // What is not set stands after everything that is.
    Called { title: Arc::from(text!("report-not-set").show()), place: (i64::MAX, String::new()) }
}

fn called(title: String, place: Place) -> Called {
    Called { title: Arc::from(title), place }
}

/// What an object is called, by its name's parts.
fn object_called(meta: &ObjectMeta, name: &Name, coded: bool) -> Called {
    match meta.kind {
        Kind::Document => {
            let title = document_title(meta, &name.code, &date_title(name.date.date()));
            called(title, (name.date.stored(), name.code.clone()))
        }
        Kind::Catalog if coded => {
            let title = if name.name.is_empty() { name.code.clone() } else { format!("{} {}", name.code, name.name) };
            called(title, (0, folded(&name.code)))
        }
        Kind::Catalog => {
            let title = if name.name.is_empty() { &name.code } else { &name.name };
            called(title.clone(), (0, folded(title)))
        }
    }
}

/// Titles of objects of any kinds, by packed reference.
pub fn titles(store: &Store, references: &BTreeSet<AnyRef>, coded: bool) -> Outcome<BTreeMap<AnyRef, Called>> {
    let mut by_kind: BTreeMap<u8, BTreeSet<i64>> = BTreeMap::new();
    for reference in references.iter().filter(|reference| !reference.is_empty()) {
        by_kind.entry(reference.tag()).or_default().insert(reference.id());
    }
    let mut found = BTreeMap::new();
    for (tag, ids) in by_kind {
        let Some(kind) = store.schema().kind(tag) else { continue };
        for (id, name) in store.names_of(kind.meta(), &ids)? {
            found.insert(AnyRef::new(tag, id), object_called(kind.meta(), &name, coded));
        }
    }
    Ok(found)
}

/// What the value of a field that is no object is called.
fn plain_called(kind: FieldKind, value: i64) -> Called {
    match kind {
        FieldKind::Day => called(date_title(Date::from_stored(value)), (value, String::new())),
        FieldKind::Month => called(month_title(Month::from_stored(value)), (value, String::new())),
        FieldKind::Value(Type::Choice(meta)) => called(meta.label(value), (value, String::new())),
        FieldKind::Value(Type::Bool) => called(Value::Bool(value != 0).show(Type::Bool), (value, String::new())),
        FieldKind::Value(kind) => {
            called(Value::from_stored(kind, Stored::Int(value)).show(kind), (value, String::new()))
        }
        FieldKind::Object(_) | FieldKind::Any => empty(),
    }
}

/// Every value of a field with its levels, the outermost first.
pub fn levels(
    store: &Store,
    definition: &Definition,
    field: &Field,
    values: &BTreeSet<i64>,
) -> Outcome<BTreeMap<i64, Vec<Level>>> {
    let mut found: BTreeMap<i64, Vec<Level>> = BTreeMap::new();
    let single = |value: i64, called: Called| vec![Level { value, folder: false, called }];
    match field.kind {
        FieldKind::Object(meta) => {
            let mut names = store.names_of(meta, values)?;
            if field.tree == Tree::Folders && meta.kind == Kind::Catalog {
                with_folders(store, meta, &mut names)?;
            }
            for value in values {
                let level = match (names.get(value), field.tree) {
                    (None, _) => single(*value, empty()),
                    (Some(_), Tree::Folders) => folder_levels(meta, &names, *value, field.coded),
                    (Some(name), Tree::Codes) => code_levels(definition, meta, name, *value),
                    (Some(name), Tree::Flat) => single(*value, object_called(meta, name, field.coded)),
                };
                found.insert(*value, level);
            }
        }
        FieldKind::Any => {
            let references: BTreeSet<AnyRef> = values.iter().map(|packed| AnyRef::from_packed(*packed)).collect();
            let titles = titles(store, &references, field.coded)?;
            for value in values {
                let called = titles.get(&AnyRef::from_packed(*value)).cloned().unwrap_or_else(empty);
                found.insert(*value, single(*value, called));
            }
        }
        kind => found.extend(values.iter().map(|value| (*value, single(*value, plain_called(kind, *value))))),
    }
    Ok(found)
}

/// Adds the folders above the known elements, level by level.
fn with_folders(store: &Store, meta: &ObjectMeta, names: &mut BTreeMap<i64, Name>) -> Outcome<()> {
    loop {
        let above = names.values().map(|name| name.parent);
        let missing: BTreeSet<i64> = above.filter(|parent| *parent != 0 && !names.contains_key(parent)).collect();
        let found = store.names_of(meta, &missing)?;
        if found.is_empty() {
            return Ok(());
        }
        names.extend(found);
    }
}

fn folder_levels(meta: &ObjectMeta, names: &BTreeMap<i64, Name>, value: i64, coded: bool) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let mut next = value;
    // A circle of folders cannot be saved; a damaged base must not hang a report.
    while let Some(name) = names.get(&next).filter(|_| levels.len() < 32) {
        let mut called = object_called(meta, name, coded);
        called.place.0 = i64::from(!name.folder);
        levels.push(Level { value: next, folder: name.folder, called });
        next = name.parent;
    }
    levels.reverse();
    levels
}

/// `90.01.1` stands under `90.01` and that under `90`; these levels have their names from the report.
fn code_levels(definition: &Definition, meta: &ObjectMeta, name: &Name, value: i64) -> Vec<Level> {
    let mut levels = Vec::new();
    let above = name.code.match_indices('.').filter_map(|(at, _)| name.code.get(..at));
    for prefix in above {
        let title = match definition.names.get(prefix) {
            Some(words) => format!("{prefix} {}", super::declare::words(words)),
            None => prefix.to_owned(),
        };
        levels.push(Level { value: 0, folder: true, called: called(title, (0, folded(prefix))) });
    }
    levels.push(Level { value, folder: false, called: object_called(meta, name, true) });
    levels
}

/// What a route leads to from each of the cells on its axis.
pub fn follow(store: &Store, route: &Route, cells: &BTreeSet<i64>) -> Outcome<BTreeMap<i64, i64>> {
    let Some(target) = route.target else { return Ok(cells.iter().map(|cell| (*cell, *cell)).collect()) };
    let mut found: BTreeMap<i64, i64> = BTreeMap::new();
    match target {
        Target::Kind(meta) => {
            for (id, value) in walk(store, meta, &route.path, cells)? {
                found.insert(id, value);
            }
        }
        Target::Any => {
            let mut by_kind: BTreeMap<u8, BTreeSet<i64>> = BTreeMap::new();
            for reference in cells.iter().map(|cell| AnyRef::from_packed(*cell)).filter(|one| !one.is_empty()) {
                by_kind.entry(reference.tag()).or_default().insert(reference.id());
            }
            for (tag, ids) in by_kind {
                let Some(kind) = store.schema().kind(tag) else { continue };
                for (id, value) in walk(store, kind.meta(), &route.path, &ids)? {
                    found.insert(AnyRef::new(tag, id).packed(), value);
                }
            }
        }
    }
    Ok(found)
}

fn walk(
    store: &Store,
    meta: &'static ObjectMeta,
    path: &[&'static str],
    ids: &BTreeSet<i64>,
) -> Outcome<BTreeMap<i64, i64>> {
    let mut now: BTreeMap<i64, i64> = ids.iter().map(|id| (*id, *id)).collect();
    let mut at = Some(meta);
    for name in path {
        let Some(meta) = at else { return Ok(BTreeMap::new()) };
        let wanted: BTreeSet<i64> = now.values().copied().collect();
        let values = store.fields_of(meta, name, &wanted)?;
        for value in now.values_mut() {
            *value = values.get(value).map_or(0, Stored::int);
        }
        at = meta.field(name).and_then(|at| meta.fields.get(at)).and_then(|field| field.kind.target());
    }
    Ok(now)
}

/// One field of the objects that the values of a report's field stand for, by value.
pub fn object_fields(
    store: &Store,
    field: &Field,
    name: &str,
    values: &BTreeSet<i64>,
) -> Outcome<BTreeMap<i64, Stored>> {
    match field.kind {
        FieldKind::Object(meta) => store.fields_of(meta, name, values),
        FieldKind::Any => {
            let mut by_kind: BTreeMap<u8, BTreeSet<i64>> = BTreeMap::new();
            for reference in values.iter().map(|packed| AnyRef::from_packed(*packed)) {
                by_kind.entry(reference.tag()).or_default().insert(reference.id());
            }
            let mut found = BTreeMap::new();
            for (tag, ids) in by_kind {
                let Some(kind) = store.schema().kind(tag) else { continue };
                for (id, value) in store.fields_of(kind.meta(), name, &ids)? {
                    found.insert(AnyRef::new(tag, id).packed(), value);
                }
            }
            Ok(found)
        }
        _ => Ok(BTreeMap::new()),
    }
}

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

/// The levels of many values: each level once, and which of them stand above a value.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// Every level once, in no order.
    pub all: Vec<Level>,
    /// For every value the places of its levels in `all`, the outermost first; the last one is its own.
    pub paths: BTreeMap<i64, Vec<u32>>,
}

impl Levels {
    /// Adds a level that nothing else shares; gives its place.
    fn add(&mut self, level: Level) -> u32 {
        self.all.push(level);
        u32::try_from(self.all.len() - 1).unwrap_or(u32::MAX)
    }

    fn single(&mut self, value: i64, called: Called) {
        let place = self.add(Level { value, folder: false, called });
        self.paths.insert(value, vec![place]);
    }

    /// What a value itself is called.
    pub fn title(&self, value: i64) -> Option<&Arc<str>> {
        let place = self.paths.get(&value)?.last()?;
        Some(&self.all.get(usize::try_from(*place).ok()?)?.called.title)
    }
}

/// Every value of a field with its levels.
pub fn levels(store: &Store, definition: &Definition, field: &Field, values: &BTreeSet<i64>) -> Outcome<Levels> {
    let mut found = Levels::default();
    match field.kind {
        FieldKind::Object(meta) => {
            let mut names = store.names_of(meta, values)?;
            if field.tree == Tree::Folders && meta.kind == Kind::Catalog {
                with_folders(store, meta, &mut names)?;
            }
            let mut folders = BTreeMap::new();
            let mut prefixes = BTreeMap::new();
            for value in values {
                match (names.get(value), field.tree) {
                    (None, _) => found.single(*value, empty()),
                    (Some(_), Tree::Folders) => {
                        let path = folder_levels((meta, &names), *value, field.coded, &mut found, &mut folders);
                        found.paths.insert(*value, path);
                    }
                    (Some(name), Tree::Codes) => {
                        let path = code_levels(definition, (meta, name), *value, &mut found, &mut prefixes);
                        found.paths.insert(*value, path);
                    }
                    (Some(name), Tree::Flat) => found.single(*value, object_called(meta, name, field.coded)),
                }
            }
        }
        FieldKind::Any => {
            let references: BTreeSet<AnyRef> = values.iter().map(|packed| AnyRef::from_packed(*packed)).collect();
            let titles = titles(store, &references, field.coded)?;
            for value in values {
                let called = titles.get(&AnyRef::from_packed(*value)).cloned().unwrap_or_else(empty);
                found.single(*value, called);
            }
        }
        kind => values.iter().for_each(|value| found.single(*value, plain_called(kind, *value))),
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

/// The path of an element; folders met before are in `folders` with theirs.
fn folder_levels(
    (meta, names): (&ObjectMeta, &BTreeMap<i64, Name>),
    value: i64,
    coded: bool,
    into: &mut Levels,
    folders: &mut BTreeMap<i64, Vec<u32>>,
) -> Vec<u32> {
    let mut inner: Vec<(i64, &Name)> = Vec::new();
    let mut path: Vec<u32> = Vec::new();
    let mut next = value;
    // A circle of folders cannot be saved; a damaged base must not hang a report.
    while let Some(name) = names.get(&next).filter(|_| inner.len() < 32) {
        if let Some(known) = folders.get(&next) {
            path.clone_from(known);
            break;
        }
        inner.push((next, name));
        next = name.parent;
    }
    for (value, name) in inner.into_iter().rev() {
        let mut called = object_called(meta, name, coded);
        called.place.0 = i64::from(!name.folder);
        path.push(into.add(Level { value, folder: name.folder, called }));
        folders.insert(value, path.clone());
    }
    path
}

/// `90.01.1` stands under `90.01` and that under `90`; these levels have their names from the report.
fn code_levels(
    definition: &Definition,
    (meta, name): (&ObjectMeta, &Name),
    value: i64,
    into: &mut Levels,
    prefixes: &mut BTreeMap<String, u32>,
) -> Vec<u32> {
    let mut path = Vec::new();
    let above = name.code.match_indices('.').filter_map(|(at, _)| name.code.get(..at));
    for prefix in above {
        let place = match prefixes.get(prefix) {
            Some(place) => *place,
            None => {
                let title = match definition.names.get(prefix) {
                    Some(words) => format!("{prefix} {}", super::declare::words(words)),
                    None => prefix.to_owned(),
                };
                let called = called(title, (0, folded(prefix)));
                let place = into.add(Level { value: 0, folder: true, called });
                prefixes.insert(prefix.to_owned(), place);
                place
            }
        };
        path.push(place);
    }
    path.push(into.add(Level { value, folder: false, called: object_called(meta, name, true) }));
    path
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

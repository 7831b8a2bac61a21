//! JSON Lines out, in the form `load` takes in: catalogs by code, documents by their stable identifier.

use super::gate::Session;
use super::load::{LINE, to_json};
use super::rights::require_act;
use crate::domain::company::rights::{Act, Right};
use crate::domain::registry;
use crate::kernel::behaviour::KindOps;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{FieldMeta, Kind};
use crate::kernel::object::{Object, Row};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Type, Value};
use serde_json::{Map, Value as Json};

/// Objects of these kinds, one line each, so that loading the lines makes them again: catalogs first, then
/// documents, each in the order in which they were entered. What refers to something that comes later is written
/// without it, and once more whole at the end. `write` gets each line and returns false to stop; gives the
/// number of objects.
pub fn export(session: &Session, kinds: &[&dyn KindOps], write: &mut dyn FnMut(&str) -> bool) -> Outcome<usize> {
    session.require(Right::Export)?;
    let rights = session.rights()?;
    kinds.iter().try_for_each(|kind| require_act(&rights, Act::Read, kind.meta()))?;
    let mut all: Vec<(Place, AnyRef)> = Vec::new();
    for kind in kinds {
        let mut after = 0;
        loop {
            let ids = session.store.ids_after(kind.meta(), after, 5_000)?;
            let Some(last) = ids.last().copied() else { break };
            all.extend(ids.into_iter().map(|id| AnyRef::new(kind.meta().tag, id)).map(|found| (place(found), found)));
            after = last;
        }
    }
    all.sort_unstable();
    let mut again = Vec::new();
    let mut written = 0;
    for (at, reference) in &all {
        let comes_later = |to: AnyRef| place(to) >= *at && kinds.iter().any(|kind| to.is_of(kind.meta()));
        let (line, whole) = one(session, *reference, &comes_later)?;
        // What the user does not see is not there for him.
        if line.is_empty() {
            continue;
        }
        written += 1;
        if !write(&line) {
            return Ok(written);
        }
        if !whole {
            again.push(*reference);
        }
    }
    for reference in again {
        if !write(&one(session, reference, &|_| false)?.0) {
            break;
        }
    }
    Ok(written)
}

/// Documents after catalogs; ids grow with time whatever the kind.
type Place = (bool, i64);

fn place(reference: AnyRef) -> Place {
    (registry::of(reference).is_some_and(|kind| kind.meta().kind == Kind::Document), reference.id())
}

/// One object as a line, and whether it is whole.
fn one(session: &Session, reference: AnyRef, left_out: &dyn Fn(AnyRef) -> bool) -> Outcome<(String, bool)> {
    let facts = session.facts();
    let (Some(kind), Some(object)) = (registry::of(reference), session.store.load(reference)?) else {
        return Ok((String::new(), true));
    };
    if !session.sees(object.as_ref())? {
        return Ok((String::new(), true));
    }
    let (line, whole) = line(session, object.as_ref(), kind, &facts, left_out);
    facts.result()?;
    Ok((Json::Object(line).to_string(), whole))
}

/// One object as a line, and whether it is whole. What is computed or withheld is left out; what is empty is said too, for
/// a new object has defaults, and an old one what it had.
fn line(
    session: &Session,
    object: &dyn Object,
    kind: &dyn KindOps,
    facts: &dyn Facts,
    left_out: &dyn Fn(AnyRef) -> bool,
) -> (Map<String, Json>, bool) {
    let (meta, scope) = (kind.meta(), session.store.scope());
    let mut whole = true;
    let mut map = Map::new();
    map.insert("type".to_owned(), Json::from(meta.code));
    map.insert("uid".to_owned(), Json::from(object.head().uid.to_string()));
    for (at, field) in meta.fields.iter().enumerate() {
        let value = object.get(at);
        if kind.computed().contains(&field.name) || scope.veils(meta, field.name) {
            continue;
        }
        if left_out(value.any_ref()) && !field.required {
            whole = false;
        } else {
            map.insert(field.name.to_owned(), cell(&value, field, facts));
        }
    }
    for (table, part) in meta.tables.iter().enumerate() {
        let rows: Vec<Json> = (0..object.rows(table))
            .map(|row| {
                let number = object.row(table, row).map_or(0, Row::key);
                let own = std::iter::once((LINE.to_owned(), Json::from(number)));
                let cells = part.fields.iter().enumerate().filter_map(|(at, field)| {
                    let value = object.cell(table, row, at)?;
                    if scope.veils_column(meta, part.name, field.name) {
                        return None;
                    }
                    if left_out(value.any_ref()) && !field.required {
                        whole = false;
                        return None;
                    }
                    Some((field.name.to_owned(), cell(&value, field, facts)))
                });
                Json::Object(own.chain(cells).collect())
            })
            .collect();
        if !rows.is_empty() {
            map.insert(part.name.to_owned(), Json::Array(rows));
        }
    }
    if object.head().posted {
        map.insert("post".to_owned(), Json::Bool(true));
    }
    if object.head().marked {
        map.insert("mark".to_owned(), Json::Bool(true));
    }
    (map, whole)
}

fn cell(value: &Value, field: &FieldMeta, facts: &dyn Facts) -> Json {
    match (value, field.kind) {
        (Value::Choice(number), Type::Choice(meta)) => Json::from(meta.code_of(*number)),
        (Value::Ref(reference), _) if reference.is_empty() => Json::from(""),
        (Value::Ref(reference), Type::AnyRef) => {
            let code = registry::of(*reference).map_or("", |kind| kind.meta().code);
            Json::from(format!("{code}:{}", key_of(*reference, facts)))
        }
        (Value::Ref(reference), _) => Json::from(key_of(*reference, facts)),
        _ => to_json(value),
    }
}

/// A catalog element by its code, a document by its stable identifier.
fn key_of(reference: AnyRef, facts: &dyn Facts) -> String {
    let Some(object) = facts.object(reference) else { return String::new() };
    let code = match (object.meta().kind, object.get(0)) {
        (Kind::Catalog, Value::Text(code)) => code,
        _ => String::new(),
    };
    if code.is_empty() { object.head().uid.to_string() } else { code }
}

//! JSON Lines out, in the form `load` takes in: catalogs by code, documents by their stable identifier.

use super::gate::Session;
use super::load::to_json;
use crate::domain::registry;
use crate::kernel::behaviour::KindOps;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{FieldMeta, Kind};
use crate::kernel::object::Object;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Type, Value};
use serde_json::{Map, Value as Json};

/// Objects of a kind in the order of their ids, one line each; `write` gets each line and returns false to stop.
pub fn export(session: &Session, kind: &dyn KindOps, write: &mut dyn FnMut(&str) -> bool) -> Outcome<usize> {
    let mut after = 0;
    let mut count = 0;
    let facts = session.facts();
    loop {
        let ids = session.store.ids_after(kind.meta(), after, 500)?;
        let Some(last) = ids.last().copied() else { return facts.result().map(|()| count) };
        for id in ids {
            let Some(object) = session.store.load(AnyRef::new(kind.meta().tag, id))? else { continue };
            let line = Json::Object(line(object.as_ref(), kind, &facts)).to_string();
            if !write(&line) {
                return Ok(count);
            }
            count += 1;
        }
        after = last;
    }
}

/// One object as a line; what is empty or computed is left out.
pub fn line(object: &dyn Object, kind: &dyn KindOps, facts: &dyn Facts) -> Map<String, Json> {
    let meta = kind.meta();
    let mut map = Map::new();
    map.insert("type".to_owned(), Json::from(meta.code));
    map.insert("uid".to_owned(), Json::from(object.head().uid.to_string()));
    for (at, field) in meta.fields.iter().enumerate() {
        let value = object.get(at);
        let idle = value.is_empty() || value == Value::Bool(false) || kind.computed().contains(&field.name);
        if !idle || field.name == "folder" && value == Value::Bool(true) {
            map.insert(field.name.to_owned(), cell(&value, field, facts));
        }
    }
    for (table, part) in meta.tables.iter().enumerate() {
        let rows: Vec<Json> = (0..object.rows(table))
            .map(|row| {
                let cells = part.fields.iter().enumerate().filter_map(|(at, field)| {
                    let value = object.cell(table, row, at)?;
                    let idle = value.is_empty() || value == Value::Bool(false);
                    (!idle).then(|| (field.name.to_owned(), cell(&value, field, facts)))
                });
                Json::Object(cells.collect())
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
    map
}

fn cell(value: &Value, field: &FieldMeta, facts: &dyn Facts) -> Json {
    match (value, field.kind) {
        (Value::Choice(number), Type::Choice(meta)) => Json::from(meta.code_of(*number)),
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

//! References by key: what a JSON line or a command line calls an object.

use super::super::gate::Tx;
use super::{key_space, text_of};
use crate::domain::registry;
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::object::Uid;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::kernel::value::{Stored, Value};
use crate::store::base::Store;
use crate::text;
use serde_json::Value as Json;

/// Finds an object of a kind by what people and files call it: a catalog element by code, exact name, article,
/// barcode or ИНН; a document by its key or its number; either by its stable identifier, or by `#` and its
/// number in the base, as lists show it. `Err` says that several fit.
pub fn find(store: &Store, kind: &dyn KindOps, called: &str) -> Outcome<Result<AnyRef, Text>> {
    let meta = kind.meta();
    let called = called.trim();
    if let Some(known) = store.known(&key_space(kind), called)? {
        return Ok(Ok(known.object));
    }
    if let Some(id) = called.strip_prefix('#').and_then(|id| id.parse::<i64>().ok()) {
        let found = AnyRef::new(meta.tag, id);
        return Ok(Ok(store.load(found)?.map_or(AnyRef::EMPTY, |object| object.any_ref())));
    }
    if let Some(uid) = Uid::parse(called) {
        let found = store.find_uid(meta, uid)?;
        if !found.is_empty() {
            return Ok(Ok(found));
        }
    }
    let columns: &[&str] = match meta.kind {
        Kind::Catalog => &["code", "name", "article", "inn", "number"],
        Kind::Document => &["number"],
    };
    for column in columns.iter().filter(|column| meta.field(column).is_some()) {
        let found = store.find_by(meta, column, &Stored::Text(called.to_owned()))?;
        match found.as_slice() {
            [] => {}
            [one] => return Ok(Ok(*one)),
            [first, ..] if *column == "code" => return Ok(Ok(*first)),
            several => {
                let text = text!("reference-ambiguous", called = called, kind = meta.label(), count = several.len());
                return Ok(Err(text));
            }
        }
    }
    for part in meta.tables.iter().filter(|part| part.field("barcode").is_some()) {
        let found = store.find_by_row(meta, part.name, "barcode", &Stored::Text(called.to_owned()))?;
        if let Some(one) = found.first() {
            return Ok(Ok(*one));
        }
    }
    Ok(Ok(AnyRef::EMPTY))
}

impl Tx<'_> {
    /// A typed reference by key.
    pub(super) fn reference(&mut self, meta: &'static ObjectMeta, json: &Json) -> Outcome<Result<Value, Text>> {
        let called = match json {
            Json::Null => String::new(),
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            other => return Ok(Err(text!("load-value-shape", value = other.to_string()))),
        };
        if called.is_empty() {
            return Ok(Ok(Value::Ref(AnyRef::EMPTY)));
        }
        let Some(kind) = registry::ops(meta) else { return Ok(Ok(Value::Ref(AnyRef::EMPTY))) };
        Ok(match find(self.store, kind, &called)? {
            Ok(found) if found.is_empty() => Err(text!("reference-missing", called = called, kind = meta.label())),
            Ok(found) => Ok(Value::Ref(found)),
            Err(text) => Err(text),
        })
    }

    /// An any-reference: `"customer_order:O-1"` or `{"type":"customer_order","key":"O-1"}`.
    pub(super) fn any_value(&mut self, json: &Json) -> Outcome<Result<Value, Text>> {
        match self.any_reference(json) {
            Ok(found) => Ok(Ok(Value::Ref(found))),
            Err(Error::Refused(problems, _)) => {
                let first = problems.0.into_iter().next();
                Ok(Err(first.map_or_else(|| text!("value-not-ref", input = json.to_string()), |found| found.text)))
            }
            Err(other) => Err(other),
        }
    }

    /// The object an any-reference names.
    pub fn any_reference(&mut self, json: &Json) -> Outcome<AnyRef> {
        let (code, called) = match json {
            Json::Null => return Ok(AnyRef::EMPTY),
            Json::String(text) if text.is_empty() => return Ok(AnyRef::EMPTY),
            Json::String(text) => match text.split_once(':') {
                Some((code, called)) => (code.to_owned(), called.to_owned()),
                None => return Err(Error::refused(text!("load-any-ref-shape", value = text))),
            },
            Json::Object(map) => {
                let called = text_of(map, "key").or_else(|| text_of(map, "code")).unwrap_or_default();
                (text_of(map, "type").unwrap_or_default(), called)
            }
            other => return Err(Error::refused(text!("load-any-ref-shape", value = other.to_string()))),
        };
        let Some(kind) = registry::by_code(&code) else {
            return Err(Error::refused(text!("load-type-unknown", type = code)));
        };
        match find(self.store, kind, &called)? {
            Ok(found) if found.is_empty() => {
                Err(Error::refused(text!("reference-missing", called = called, kind = kind.meta().label())))
            }
            Ok(found) => Ok(found),
            Err(text) => Err(Error::refused(text)),
        }
    }
}

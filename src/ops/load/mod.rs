//! JSON Lines in: any catalog or document, by code and key; references by key.
//!
//! One line is one object, for example
//! `{"type":"goods_receipt","key":"R-1","date":"2026-01-01","post":true,"supplier":"S1",
//! "goods":[{"item":"I00001","qty":"10","price":"10.00"}]}`. Loading the same line again changes nothing.
//! A row may name its stable number ([`LINE`]), by which rows of other documents refer to it.

mod fields;
pub mod references;
mod rows;

pub use rows::LINE;

use super::gate::{Op, Session, Tx};
use super::save::How;
use crate::domain::registry;
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::Kind;
use crate::kernel::object::{Object, Uid};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::text;
use serde_json::{Map, Value as Json};

/// What a load did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Objects made.
    pub created: usize,
    /// Objects changed.
    pub changed: usize,
    /// Lines that changed nothing.
    pub same: usize,
}

/// A line that could not be loaded.
#[derive(Clone, Debug)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// Why.
    pub error: Error,
}

/// What one line did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineResult {
    /// Made an object.
    Created(AnyRef),
    /// Changed an object.
    Changed(AnyRef),
    /// Changed nothing.
    Same(AnyRef),
}

/// Loads all lines in one transaction: everything, or nothing with all problems at once. `progress` gets the
/// number of lines done and returns false to stop.
pub fn load(session: &Session, source: &str, progress: &mut dyn FnMut(usize) -> bool) -> Result<Loaded, Vec<BadLine>> {
    let mut bad = Vec::new();
    let outcome = session.run(Op::Load, |tx| {
        bad.clear();
        let mut loaded = Loaded::default();
        for (at, line) in source.lines().enumerate() {
            if line.trim().is_empty() || line.trim_start().starts_with('#') {
                continue;
            }
            if !progress(at) {
                return Err(Error::Cancelled);
            }
            match tx.one_line(line) {
                Ok(result) => count(&mut loaded, result),
                Err(error) => {
                    let refused = matches!(error, Error::Refused(..));
                    bad.push(BadLine { line: at + 1, error });
                    // A failure of the base may have ended the transaction: no line after it is tried.
                    if !refused {
                        break;
                    }
                }
            }
        }
        // The transaction ends with an error, so nothing of the good lines stays either.
        if bad.is_empty() { Ok(loaded) } else { Err(Error::Cancelled) }
    });
    match outcome {
        Ok((loaded, _)) => Ok(loaded),
        Err(error) if bad.is_empty() => Err(vec![BadLine { line: 0, error }]),
        Err(_) => Err(bad),
    }
}

/// Loads each line in a transaction of its own; bad lines are left out and named.
pub fn load_each(session: &Session, source: &str, progress: &mut dyn FnMut(usize) -> bool) -> (Loaded, Vec<BadLine>) {
    let mut loaded = Loaded::default();
    let mut bad = Vec::new();
    for (at, line) in source.lines().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        if !progress(at) {
            bad.push(BadLine { line: at + 1, error: Error::Cancelled });
            break;
        }
        match session.run(Op::Load, |tx| tx.load_line(line)) {
            Ok((result, _)) => count(&mut loaded, result),
            Err(error) => bad.push(BadLine { line: at + 1, error }),
        }
    }
    (loaded, bad)
}

fn count(loaded: &mut Loaded, result: LineResult) {
    match result {
        LineResult::Created(_) => loaded.created += 1,
        LineResult::Changed(_) => loaded.changed += 1,
        LineResult::Same(_) => loaded.same += 1,
    }
}

/// The space of outside keys in which a kind's loaded documents are remembered.
pub fn key_space(kind: &dyn KindOps) -> String {
    format!("load:{}", kind.meta().code)
}

/// The words of a line that are not fields of the object, unless its kind has a field of that name: an
/// employee's post is a post.
const SERVICE: &[&str] = &["type", "key", "uid", "post", "unpost", "mark", "on"];

impl Tx<'_> {
    /// One line within a larger transaction: what a bad line has written is taken back at once.
    fn one_line(&mut self, line: &str) -> Outcome<LineResult> {
        self.attempt(|tx| tx.load_line(line))
    }

    /// Loads one line.
    pub fn load_line(&mut self, line: &str) -> Outcome<LineResult> {
        let json: Json = serde_json::from_str(line)
            .map_err(|error| Error::refused(text!("load-not-json", reason = error.to_string())))?;
        let Json::Object(map) = json else {
            return Err(Error::refused(text!("load-not-object")));
        };
        let Some(kind) = text_of(&map, "type").and_then(|code| registry::by_code(&code)) else {
            let named = text_of(&map, "type").unwrap_or_default();
            return Err(Error::refused(text!("load-type-unknown", type = named)));
        };
        self.load_object(kind, &map)
    }

    /// Loads one object from its JSON.
    pub fn load_object(&mut self, kind: &'static dyn KindOps, map: &Map<String, Json>) -> Outcome<LineResult> {
        let known = self.find_loaded(kind, map)?;
        let mut object = match self.store.load(known)? {
            Some(object) => object,
            None => self.start(kind, map)?,
        };
        let was = object.boxed();
        let fresh = known.is_empty();
        let mut problems = Problems::new();
        let own = |name: &str| kind.meta().field(name).is_some() || !SERVICE.contains(&name);
        for (name, json) in map.iter().filter(|(name, _)| own(name.as_str())) {
            self.set_member(object.as_mut(), kind, name, json, fresh, &mut problems)?;
        }
        if !problems.is_empty() {
            return Err(Error::Refused(problems, Some(kind.meta())));
        }
        if let Some(uid) = text_of(map, "uid").and_then(|uid| Uid::parse(&uid)) {
            object.head_mut().uid = uid;
        }
        let flag = |name: &str| map.get(name) == Some(&Json::Bool(true));
        let how = match (flag("post"), flag("unpost")) {
            (true, _) => How::Post,
            (_, true) => How::Unpost,
            _ => How::Write,
        };
        let posts = how == How::Post && !object.head().posted || how == How::Unpost && object.head().posted;
        let mark = map.get("mark").and_then(Json::as_bool).filter(|mark| *mark != object.head().marked);
        if !fresh && !posts && mark.is_none() && same(was.as_ref(), object.as_ref()) {
            return Ok(LineResult::Same(known));
        }
        self.save(object.as_mut(), how)?;
        let reference = object.any_ref();
        if let Some(key) = text_of(map, "key").filter(|key| !key.is_empty()) {
            self.store.remember(&key_space(kind), &key, reference, "")?;
        }
        if let Some(mark) = mark {
            self.mark(reference, mark)?;
        }
        Ok(if fresh { LineResult::Created(reference) } else { LineResult::Changed(reference) })
    }

    /// The object a line speaks of, when it is there already: by key, else a catalog element by its code.
    fn find_loaded(&self, kind: &dyn KindOps, map: &Map<String, Json>) -> Outcome<AnyRef> {
        if let Some(key) = text_of(map, "key").filter(|key| !key.is_empty())
            && let Some(known) = self.store.known(&key_space(kind), &key)?
        {
            return Ok(known.object);
        }
        if let Some(uid) = text_of(map, "uid").and_then(|uid| Uid::parse(&uid)) {
            let found = self.store.find_uid(kind.meta(), uid)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        if kind.meta().kind == Kind::Catalog
            && let Some(code) = text_of(map, "code").filter(|code| !code.is_empty())
        {
            return self.store.with_code(kind.meta(), &code);
        }
        Ok(AnyRef::EMPTY)
    }

    /// A new object with the base's defaults, filled on its basis when the line names one.
    fn start(&mut self, kind: &'static dyn KindOps, map: &Map<String, Json>) -> Outcome<Box<dyn Object>> {
        let mut object = (kind.meta().new)();
        let facts = self.facts();
        kind.fill_new(object.as_mut(), &facts);
        facts.result()?;
        let Some(on) = map.get("on") else { return Ok(object) };
        let basis = self.any_reference(on)?;
        let Some(basis) = self.store.load(basis)? else {
            return Err(Error::refused(text!("load-basis-unknown", basis = on.to_string())));
        };
        if let Some(date) = map.get("date") {
            let value = fields::plain(crate::kernel::value::Type::Moment, date, self.now.date());
            if let Ok(value) = value {
                let _ = object.set_by_name("date", value);
            }
        }
        let filled = kind.fill_on_basis(object.as_mut(), basis.as_ref(), &facts);
        facts.result()?;
        filled.map_err(|problems| Error::Refused(problems, Some(kind.meta())))?;
        Ok(object)
    }
}

/// A member that is a text or a number, as text.
pub(super) fn text_of(map: &Map<String, Json>, name: &str) -> Option<String> {
    match map.get(name)? {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// True when both hold the same fields and rows.
fn same(a: &dyn Object, b: &dyn Object) -> bool {
    let meta = b.meta();
    let fields = (0..meta.fields.len()).all(|at| a.get(at) == b.get(at));
    fields && (0..meta.tables.len()).all(|table| crate::store::history::same_table(a, b, table))
}

/// The value of a field for output: references by key, numbers and dates as text.
pub fn to_json(value: &Value) -> Json {
    match value {
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Int(number) => Json::from(*number),
        Value::Text(text) => Json::String(text.clone()),
        Value::Money(v) => Json::String(v.to_string()),
        Value::Qty(v) => Json::String(v.to_string()),
        Value::Price(v) => Json::String(v.to_string()),
        Value::Percent(v) => Json::String(v.to_string()),
        Value::Rate(v) => Json::String(v.to_string()),
        Value::Date(v) if v.is_empty() => Json::String(String::new()),
        Value::Date(v) => Json::String(v.to_string()),
        Value::Moment(v) if v.is_empty() => Json::String(String::new()),
        Value::Moment(v) => Json::String(v.iso()),
        Value::Ref(_) | Value::Choice(_) => Json::Null,
    }
}

//! Members of a JSON line into fields and rows of an object.

use super::super::gate::Tx;
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::FieldMeta;
use crate::kernel::moment::Date;
use crate::kernel::object::Object;
use crate::kernel::problems::{Outcome, Place, Problem, Problems};
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::text;
use serde_json::Value as Json;

/// A value that needs no base: everything but references.
pub fn plain(kind: Type, json: &Json, today: Date) -> Result<Value, Text> {
    let input = match json {
        Json::Null => String::new(),
        Json::Bool(flag) => flag.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        Json::Array(_) | Json::Object(_) => return Err(text!("load-value-shape", value = json.to_string())),
    };
    let value = Value::parse(kind, &input, today)?;
    Ok(match value {
        // A day without a time of day is noon: documents of one moment act in the order of their kinds.
        Value::Moment(moment) if moment.time() == 0 && !input.contains(':') && !moment.is_empty() => {
            Value::Moment(moment.date().at(12, 0, 0))
        }
        other => other,
    })
}

impl Tx<'_> {
    /// Sets a field or fills a table part.
    pub(super) fn set_member(
        &mut self,
        object: &mut dyn Object,
        kind: &'static dyn KindOps,
        name: &str,
        json: &Json,
        fresh: bool,
        problems: &mut Problems,
    ) -> Outcome<()> {
        let meta = kind.meta();
        if let Some(at) = meta.field(name) {
            let Some(field) = meta.fields.get(at) else { return Ok(()) };
            match self.member_value(field, json)? {
                Ok(value) => {
                    let _ = object.set(at, value);
                }
                Err(text) => problems.0.push(Problem { text, place: Place::Field(field.name) }),
            }
            return Ok(());
        }
        let Some(table) = meta.table(name) else {
            problems.add(text!("load-field-unknown", field = name, type = meta.code));
            return Ok(());
        };
        let Json::Array(rows) = json else {
            problems.add(text!("load-table-shape", table = name));
            return Ok(());
        };
        self.fill_table(object, kind, table, rows, fresh, problems)
    }

    pub(super) fn member_value(&mut self, field: &FieldMeta, json: &Json) -> Outcome<Result<Value, Text>> {
        match field.kind {
            Type::Ref(target) => self.reference(target(), json),
            Type::AnyRef => self.any_value(json),
            other => Ok(plain(other, json, self.now.date())),
        }
    }
}

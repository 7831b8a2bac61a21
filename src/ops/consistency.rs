//! What an object refers to must fit it: a group is no thing, a contract and a basis belong to the same
//! counterparty and company, no folder lies in itself, a code names one element.

use super::gate::Tx;
use super::save::{company_of, counterparty_of, side_of};
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::registry;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{FieldMeta, Kind, ObjectMeta};
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Outcome, Place, Problem, Problems};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Type, Value};
use crate::text;

/// How deep folders may lie in each other.
const DEPTH_MAX: usize = 64;

/// Checks everything an object refers to; `was` is how it was kept before.
pub fn check(tx: &Tx<'_>, object: &dyn Object, was: Option<&dyn Object>, problems: &mut Problems) -> Outcome<()> {
    let facts = tx.facts();
    match object.meta().kind {
        Kind::Document => {
            folders(object, &facts, problems);
            contract(object, &facts, problems);
            bases(tx, object, problems)?;
        }
        Kind::Catalog => {
            parent(object, &facts, problems);
            code(tx, object, was, problems)?;
        }
    }
    facts.result()
}

/// A folder cannot stand in a document.
fn folders(object: &dyn Object, facts: &dyn Facts, problems: &mut Problems) {
    let meta = object.meta();
    let is_folder = |value: &Value| {
        let found = facts.object(value.any_ref()).filter(|found| found.meta().kind == Kind::Catalog);
        found.is_some_and(|found| found.by_name("folder") == Some(Value::Bool(true)))
    };
    let to_catalog = |field: &FieldMeta| match field.kind {
        Type::Ref(target) => target().kind == Kind::Catalog,
        other => matches!(other, Type::AnyRef),
    };
    for (at, field) in meta.fields.iter().enumerate().filter(|(_, field)| to_catalog(field)) {
        if is_folder(&object.get(at)) {
            problems.field(field.name, text!("folder-chosen"));
        }
    }
    for (table, part) in meta.tables.iter().enumerate() {
        for (at, column) in part.fields.iter().enumerate().filter(|(_, column)| to_catalog(column)) {
            for row in 0..object.rows(table) {
                if object.cell(table, row, at).is_some_and(|value| is_folder(&value)) {
                    problems.cell(part.name, row, column.name, text!("folder-chosen"));
                }
            }
        }
    }
}

/// A contract is of the document's counterparty, company and side.
fn contract(object: &dyn Object, facts: &dyn Facts, problems: &mut Problems) {
    let Some(Value::Ref(contract)) = object.by_name("contract") else { return };
    let Some(found) = facts.get_any::<Contract>(contract) else { return };
    let name = || found.name.clone();
    if counterparty_of(object).is_some_and(|owner| owner != found.counterparty.any()) {
        problems.field("contract", text!("contract-of-other", contract = name()));
    } else if company_of(object).is_some_and(|company| company != found.company.any()) {
        problems.field("contract", text!("contract-of-other-company", contract = name()));
    } else if side_of(object).is_some_and(|side| side != found.kind) {
        let kind = found.kind.label();
        problems.field("contract", text!("contract-of-other-side", contract = name(), kind = kind));
    }
}

/// A document named in the head belongs to the same counterparty and company.
fn bases(tx: &Tx<'_>, object: &dyn Object, problems: &mut Problems) -> Outcome<()> {
    let meta = object.meta();
    for (at, field) in meta.fields.iter().enumerate() {
        let Some(target) = field.kind.target().filter(|target| target.kind == Kind::Document) else { continue };
        let basis = object.get(at).any_ref();
        if basis.is_empty() {
            continue;
        }
        let facts = tx.facts();
        let found = facts.object(basis);
        facts.result()?;
        let differs = |own: Option<AnyRef>, column: Option<&'static FieldMeta>| -> Outcome<bool> {
            let (Some(own), Some(column)) = (own.filter(|own| !own.is_empty()), column) else { return Ok(false) };
            let named = found.as_ref().and_then(|basis| basis.by_name(column.name)).map(|value| value.any_ref().id());
            Ok(named.is_some_and(|id| id != 0 && id != own.id()))
        };
        let company = target.field("company").and_then(|at| target.fields.get(at));
        if differs(counterparty_of(object), counterparty_field(target))? {
            problems.field(field.name, text!("document-of-other"));
        } else if differs(company_of(object), company)? {
            problems.field(field.name, text!("document-of-other-company"));
        }
    }
    Ok(())
}

/// The field of a document that names its counterparty, whatever it is called.
pub fn counterparty_field(meta: &'static ObjectMeta) -> Option<&'static FieldMeta> {
    meta.fields.iter().find(|field| field.kind.target() == Some(Counterparty::declared()))
}

/// A group is a folder, and no folder lies in itself.
fn parent(object: &dyn Object, facts: &dyn Facts, problems: &mut Problems) {
    let Some(Value::Ref(parent)) = object.by_name("parent") else { return };
    let mut above = parent;
    let mut depth = 0;
    while let Some(folder) = facts.object(above) {
        if folder.by_name("folder") != Some(Value::Bool(true)) {
            problems.field("parent", text!("parent-not-folder"));
            return;
        }
        if above == object.any_ref() || depth > DEPTH_MAX {
            problems.field("parent", text!("parent-in-itself"));
            return;
        }
        above = folder.by_name("parent").map(|value| value.any_ref()).unwrap_or_default();
        depth += 1;
    }
}

/// A code just given or changed names no other element, marked ones included.
fn code(tx: &Tx<'_>, object: &dyn Object, was: Option<&dyn Object>, problems: &mut Problems) -> Outcome<()> {
    let (Value::Text(code), before) = (object.get(0), was.map(|was| was.get(0))) else { return Ok(()) };
    if code.is_empty() || before == Some(Value::Text(code.clone())) {
        return Ok(());
    }
    let other = tx.store.with_code(object.meta(), &code)?;
    if other.is_empty() || other == object.any_ref() {
        return Ok(());
    }
    let facts = tx.facts();
    let name = registry::of(other).zip(facts.object(other)).map(|(kind, found)| kind.presentation(found.as_ref()));
    let text = text!("code-taken", code = code, name = name.unwrap_or_default());
    problems.0.push(Problem { text, place: Place::Field("code") });
    facts.result()
}

//! A new object before it is saved: with the base's defaults, as a copy of another, on the basis of another.

use super::rights::require_act;
use crate::domain::company::rights::Act;
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::behaviour::{At, KindOps};
use crate::kernel::facts::Facts;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::money::Qty;
use crate::kernel::object::{Head, Object};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::Value;
use crate::ops::draft::give_keys;
use crate::ops::gate::Session;
use crate::text;

/// What an object on a form begins with.
#[derive(Clone, Debug)]
pub enum Start {
    /// It is in the base.
    Saved(AnyRef),
    /// It is as it was at a version, only to be seen.
    Past(AnyRef, i64),
    /// It is new; these fields are set over the base's defaults.
    New(&'static ObjectMeta, Vec<(&'static str, Value)>),
    /// It is a copy.
    Copy(AnyRef),
    /// It is of this kind and made on the basis of another object.
    Basis(&'static ObjectMeta, AnyRef),
}

impl Start {
    /// The kind of the object; `None` for a reference to nothing.
    pub fn meta(&self) -> Option<&'static ObjectMeta> {
        match self {
            Start::Saved(reference) | Start::Copy(reference) | Start::Past(reference, _) => {
                registry::of(*reference).map(KindOps::meta)
            }
            Start::New(meta, _) | Start::Basis(meta, _) => Some(meta),
        }
    }
}

/// The object a form begins with. Refuses when the object or its basis is gone, or nothing can be made on it.
pub fn start(session: &Session, from: &Start) -> Outcome<Box<dyn Object>> {
    let facts = session.facts();
    let mut object = begin(session, from, &facts)?;
    facts.result()?;
    session.veil(object.as_mut())?;
    Ok(object)
}

fn begin(session: &Session, from: &Start, facts: &dyn Facts) -> Outcome<Box<dyn Object>> {
    let load = |reference: AnyRef| -> Outcome<Box<dyn Object>> {
        session.object(reference)?.ok_or_else(|| Error::refused(text!("object-gone")))
    };
    if let Start::New(meta, _) | Start::Basis(meta, _) = from {
        require_act(session.rights()?.as_ref(), Act::Write, meta)?;
    }
    match from {
        Start::Saved(reference) => load(*reference),
        Start::Past(reference, version) => super::versions::at_version(session, *reference, *version),
        Start::Copy(reference) => Ok(copy_of(load(*reference)?, facts)),
        Start::New(meta, given) => {
            let (mut object, kind) = empty(meta, facts)?;
            for (field, value) in given {
                if object.set_by_name(field, value.clone()) {
                    kind.changed(object.as_mut(), At::Field(field), facts);
                }
            }
            Ok(object)
        }
        Start::Basis(meta, basis) => {
            let mut basis = session.whole(*basis)?.ok_or_else(|| Error::refused(text!("object-gone")))?;
            let (mut object, kind) = empty(meta, facts)?;
            // What withholds its sums itself is made of the true ones, anything else of what the user sees.
            if kind.costs().is_empty() {
                session.veil(basis.as_mut())?;
            }
            kind.fill_on_basis(object.as_mut(), basis.as_ref(), facts)
                .map_err(|problems| Error::Refused(problems, Some(meta)))?;
            for table in 0..meta.tables.len() {
                give_keys(object.as_mut(), table);
            }
            Ok(object)
        }
    }
}

fn empty(meta: &'static ObjectMeta, facts: &dyn Facts) -> Outcome<(Box<dyn Object>, &'static dyn KindOps)> {
    let missing = || Error::Failed(text!("store-other"), meta.code.to_owned());
    let kind = registry::ops(meta).ok_or_else(missing)?;
    let mut object = (meta.new)();
    kind.fill_new(object.as_mut(), facts);
    date_it(object.as_mut(), facts);
    Ok((object, kind))
}

fn date_it(object: &mut dyn Object, facts: &dyn Facts) {
    if object.meta().kind == Kind::Document {
        let _always_there = object.set_by_name("date", Value::Moment(facts.now()));
    }
}

/// A copy is a new object: without number, marks and what the program computes.
fn copy_of(mut object: Box<dyn Object>, facts: &dyn Facts) -> Box<dyn Object> {
    *object.head_mut() = Head::default();
    let meta = object.meta();
    let computed = registry::ops(meta).map_or(&[][..], KindOps::computed);
    for (at, field) in meta.fields.iter().enumerate() {
        if at == 0 || computed.contains(&field.name) || field.name == "closed" {
            let _same_type = object.set(at, field.kind.empty());
        }
    }
    date_it(object.as_mut(), facts);
    // What came from the site belongs to the order it came with.
    if let Some(order) = object.downcast_mut::<CustomerOrder>() {
        order.link = Ref::EMPTY;
        order.site_number.clear();
        order.site_status.clear();
        order.site_paid = false;
        order.attention.clear();
        order.requisites.clear();
        order.reason = Ref::EMPTY;
        order.not_twin = false;
        for line in &mut order.goods {
            (line.cancelled, line.reason, line.instead_of) = (false, Ref::EMPTY, Ref::EMPTY);
            (line.asked, line.lacked) = (line.qty, Qty::ZERO);
        }
    }
    object
}

/// The kinds that can be made on the basis of an object of a kind, in the order of the registry.
pub fn based_on(tag: u8) -> Vec<&'static ObjectMeta> {
    registry::KINDS.iter().filter(|kind| kind.bases().contains(&tag)).map(|kind| kind.meta()).collect()
}

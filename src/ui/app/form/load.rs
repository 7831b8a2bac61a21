//! What a form needs of the base: the object to begin with, its layout, what is told beside the fields.

use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::object::Object;
use crate::kernel::problems::Outcome;
use crate::kernel::text::Text;
use crate::ops::draft::Patch;
use crate::ops::gate::{Session, Tx};
use crate::ops::order_view::{OrderView, view, view_of};
use crate::ops::printing::custom_folder;
use crate::ops::reallocate::Shift;
use crate::ops::save::How;
use crate::ops::start::{Start, start};
use crate::text;
use crate::ui::app::layout::{Layout, layout};

/// What is told beside the fields.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Why the document may not be changed.
    pub locked: Option<Text>,
    /// How a customer order stands.
    pub order: Option<OrderView>,
}

/// A form's beginning.
pub struct Loaded {
    /// The object.
    pub object: Box<dyn Object>,
    /// What the form looks like.
    pub layout: Layout,
    /// What is wrong with the user's own layout.
    pub told: Vec<Text>,
    /// What is told beside the fields.
    pub beside: Beside,
}

/// What saving gave.
pub struct Saved {
    /// From what was on the form to what is in the base.
    pub patch: Patch,
    /// What is told beside the fields.
    pub beside: Beside,
}

/// Reads or makes the object of a form.
pub fn load(session: &Session, from: &Start) -> Outcome<Loaded> {
    let object = start(session, from)?;
    let custom = custom_folder(&session.store);
    let (layout, told) = layout(object.meta(), custom.as_deref());
    let layout = layout.without(session.store.scope().veiled_of(object.meta().tag));
    let beside = match from {
        Start::Past(_, version) => Beside { locked: Some(text!("version-shown", version = *version)), order: None },
        _ => beside(session, object.as_ref())?,
    };
    Ok(Loaded { object, layout, told, beside })
}

/// What is told beside the fields of an object in the base.
pub fn beside(session: &Session, object: &dyn Object) -> Outcome<Beside> {
    Ok(Beside { locked: session.closed_to(object)?, order: view_of(session, object)? })
}

/// Writes an object and reads it back as it is in the base then, with what was computed on the way.
/// `shared` is a plan that was shown and is carried out with it.
pub fn save(tx: &mut Tx<'_>, before: Box<dyn Object>, how: How, shared: &[Shift]) -> Outcome<Saved> {
    let mut object = before.boxed();
    match object.downcast_mut::<CustomerOrder>() {
        Some(order) => tx.save_order(order, how)?,
        None => tx.save(object.as_mut(), how)?,
    }
    if !shared.is_empty() {
        tx.reallocate(shared)?;
    }
    after(tx, before, object)
}

/// Sets or takes off the deletion mark.
pub fn mark(tx: &mut Tx<'_>, before: Box<dyn Object>, marked: bool) -> Outcome<Saved> {
    tx.mark(before.any_ref(), marked)?;
    let object = before.boxed();
    after(tx, before, object)
}

fn after(tx: &Tx<'_>, before: Box<dyn Object>, written: Box<dyn Object>) -> Outcome<Saved> {
    let mut object = tx.store.load(written.any_ref())?.unwrap_or(written);
    tx.veil(object.as_mut());
    let facts = tx.facts();
    let order = object.downcast().map(|order| view(order, &facts));
    facts.result()?;
    let beside = Beside { locked: tx.closed_to(object.as_ref())?, order };
    Ok(Saved { patch: Patch::between(before, object), beside })
}

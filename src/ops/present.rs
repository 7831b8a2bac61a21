//! How objects are called in lists, reports and messages.

use crate::domain::registry;
use crate::kernel::behaviour::document_title;
use crate::kernel::facts::Facts;
use crate::kernel::meta::Kind;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::store::base::Store;
use std::collections::BTreeMap;

/// Titles of objects, remembered while a page or a report is put together.
#[derive(Default)]
pub struct Titles {
    known: BTreeMap<AnyRef, String>,
}

impl Titles {
    /// The title of one object; empty for the empty reference.
    pub fn of(&mut self, reference: AnyRef, store: &Store, facts: &dyn Facts) -> Outcome<String> {
        if reference.is_empty() {
            return Ok(String::new());
        }
        if let Some(known) = self.known.get(&reference) {
            return Ok(known.clone());
        }
        let title = title(reference, store, facts)?;
        self.known.insert(reference, title.clone());
        Ok(title)
    }
}

/// The title of an object: a catalog element by its own rules, a document by kind, number and date.
pub fn title(reference: AnyRef, store: &Store, facts: &dyn Facts) -> Outcome<String> {
    let Some(kind) = registry::of(reference) else { return Ok(String::new()) };
    let meta = kind.meta();
    if meta.kind == Kind::Catalog {
        return Ok(facts.object(reference).map_or_else(String::new, |object| kind.presentation(object.as_ref())));
    }
    let found = store.number_and_date(reference)?;
    Ok(found.map_or_else(String::new, |(number, date)| document_title(meta, &number, &date.date().russian())))
}

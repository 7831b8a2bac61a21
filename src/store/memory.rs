//! What a connection remembers of catalogs between transactions, and of documents within one.
//!
//! How often the elements of a catalog were changed is counted in the base, so that a change of one catalog by
//! another workstation does not make this one read all the others again.

use crate::kernel::object::Object;
use crate::kernel::refs::AnyRef;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Catalog elements kept in memory by one connection; beyond it the memory starts anew.
const REMEMBERED_MAX: usize = 20_000;

/// What is remembered.
#[derive(Default)]
pub(super) struct Memory {
    /// Elements of catalogs by packed reference.
    pub objects: BTreeMap<i64, Arc<dyn Object>>,
    /// References by kind and code.
    pub codes: BTreeMap<(u8, String), i64>,
    /// All elements of small catalogs.
    pub all: BTreeMap<u8, Vec<Arc<dyn Object>>>,
    /// References found by the value of a field: kind, field, value.
    pub found: BTreeMap<(u8, &'static str, i64), Vec<AnyRef>>,
    /// Documents read by the running transaction, by packed reference.
    documents: BTreeMap<i64, Arc<dyn Object>>,
    running: bool,
    /// Changes of each catalog as they were counted when its elements were remembered.
    counts: BTreeMap<i64, i64>,
    /// Catalogs the running transaction has changed.
    changed: BTreeSet<u8>,
}

impl Memory {
    /// A transaction begins.
    pub fn start(&mut self, running: bool) {
        self.running = running;
        self.documents.clear();
        self.changed.clear();
    }

    /// A transaction has ended: what it changed of catalogs is counted, or was never there.
    pub fn end(&mut self, durable: bool) {
        if durable {
            for tag in &self.changed {
                *self.counts.entry(i64::from(*tag)).or_default() += 1;
            }
        } else {
            self.take_back();
        }
        self.start(false);
    }

    /// What was written of catalogs is taken back.
    pub fn take_back(&mut self) {
        for tag in self.changed.clone() {
            self.forget_kind(tag);
        }
        self.forget_documents();
    }

    /// Catalogs the running transaction has changed, by tag.
    pub fn changed(&self) -> Vec<i64> {
        self.changed.iter().map(|tag| i64::from(*tag)).collect()
    }

    /// Changes were counted in the base: what is remembered of a catalog with another count is old.
    pub fn catch_up(&mut self, counts: BTreeMap<i64, i64>) {
        let old: Vec<i64> =
            counts.iter().filter(|(tag, count)| self.counts.get(*tag) != Some(*count)).map(|(tag, _)| *tag).collect();
        for tag in old {
            self.forget_kind(u8::try_from(tag).unwrap_or(0));
        }
        self.counts = counts;
    }

    fn forget_kind(&mut self, tag: u8) {
        self.objects.retain(|packed, _| AnyRef::from_packed(*packed).tag() != tag);
        self.all.remove(&tag);
        self.codes.retain(|(kind, _), _| *kind != tag);
        self.found.retain(|(kind, ..), _| *kind != tag);
    }

    /// Forgets documents: others may have changed them.
    pub fn forget_documents(&mut self) {
        self.documents.clear();
    }

    /// An element of a catalog or a document, when it is remembered.
    pub fn known(&self, packed: i64) -> Option<&Arc<dyn Object>> {
        self.objects.get(&packed).or_else(|| self.documents.get(&packed))
    }

    /// Remembers an element of a catalog.
    pub fn keep(&mut self, packed: i64, object: &Arc<dyn Object>) {
        if self.objects.len() >= REMEMBERED_MAX {
            self.objects.clear();
        }
        self.objects.insert(packed, Arc::clone(object));
    }

    /// Remembers what was found in a catalog by the value of a field.
    pub fn note_found(&mut self, key: (u8, &'static str, i64), found: &[AnyRef]) {
        if self.found.len() >= REMEMBERED_MAX {
            self.found.clear();
        }
        self.found.insert(key, found.to_vec());
    }

    /// Remembers a document until the transaction ends; false when none runs.
    pub fn keep_document(&mut self, packed: i64, object: &Arc<dyn Object>) -> bool {
        if self.documents.len() >= REMEMBERED_MAX {
            self.documents.clear();
        }
        if self.running {
            self.documents.insert(packed, Arc::clone(object));
        }
        self.running
    }

    /// An object was written: it is forgotten, and of a catalog everything found through it.
    pub fn written(&mut self, reference: AnyRef, catalog: bool) {
        self.documents.remove(&reference.packed());
        if catalog {
            let tag = reference.tag();
            self.objects.remove(&reference.packed());
            self.all.remove(&tag);
            self.codes.retain(|(kind, _), _| *kind != tag);
            self.found.retain(|(kind, ..), _| *kind != tag);
            self.changed.insert(tag);
        }
    }
}

//! `Facts` over a connection: what posting and form rules may ask, within the running transaction.

use super::base::Store;
use crate::kernel::facts::{Facts, LedgerBalance};
use crate::kernel::meta::{Kind, ObjectMeta, RegisterMeta};
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Stored;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The base as the domain sees it. An error of reading is kept here and refuses the operation afterwards.
pub struct StoreFacts<'a> {
    store: &'a Store,
    now: Moment,
    user: AnyRef,
    failed: RefCell<Option<Error>>,
    /// Documents read so far: facts live as long as one question is answered.
    documents: RefCell<BTreeMap<i64, Arc<dyn Object>>>,
}

impl<'a> StoreFacts<'a> {
    /// Facts of a connection at a moment.
    pub fn new(store: &'a Store, now: Moment, user: AnyRef) -> Self {
        Self { store, now, user, failed: RefCell::new(None), documents: RefCell::new(BTreeMap::new()) }
    }

    /// The first error of reading, if there was one.
    pub fn result(&self) -> Outcome<()> {
        match self.failed.borrow_mut().take() {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn or_empty<T: Default>(&self, outcome: Outcome<T>) -> T {
        outcome.unwrap_or_else(|error| {
            self.failed.borrow_mut().get_or_insert(error);
            T::default()
        })
    }

    /// Documents come and go by the thousand; only catalogs are worth remembering for longer than a transaction.
    fn keep(&self, reference: AnyRef, found: &Arc<dyn Object>) {
        let mut memory = self.store.memory.borrow_mut();
        if found.meta().kind == Kind::Catalog {
            memory.keep(reference.packed(), found);
        } else if !memory.keep_document(reference.packed(), found) {
            self.documents.borrow_mut().insert(reference.packed(), Arc::clone(found));
        }
    }

    /// Reads the objects a question is going to ask for, all of a kind together; those known are not read again.
    pub fn foresee(&self, references: &BTreeSet<AnyRef>) -> Outcome<()> {
        let mut unknown: BTreeMap<u8, Vec<i64>> = BTreeMap::new();
        for reference in references.iter().filter(|reference| !reference.is_empty()) {
            let packed = reference.packed();
            let known = self.store.memory.borrow().known(packed).is_some();
            if !known && !self.documents.borrow().contains_key(&packed) {
                unknown.entry(reference.tag()).or_default().push(reference.id());
            }
        }
        for (tag, ids) in unknown {
            for object in self.store.load_kind(tag, &ids)? {
                let object: Arc<dyn Object> = Arc::from(object);
                self.keep(object.any_ref(), &object);
            }
        }
        Ok(())
    }

    fn load_shared(&self, reference: AnyRef) -> Outcome<Option<Arc<dyn Object>>> {
        let Some(object) = self.store.load(reference)? else { return Ok(None) };
        Ok(Some(Arc::from(object)))
    }
}

impl Facts for StoreFacts<'_> {
    fn object(&self, reference: AnyRef) -> Option<Arc<dyn Object>> {
        if reference.is_empty() {
            return None;
        }
        if let Some(known) = self.store.memory.borrow().known(reference.packed()) {
            return Some(Arc::clone(known));
        }
        if let Some(known) = self.documents.borrow().get(&reference.packed()) {
            return Some(Arc::clone(known));
        }
        let found = self.or_empty(self.load_shared(reference))?;
        self.keep(reference, &found);
        Some(found)
    }

    fn expect(&self, references: &BTreeSet<AnyRef>) {
        self.or_empty(self.foresee(references));
    }

    fn by_code(&self, meta: &'static ObjectMeta, code: &str) -> AnyRef {
        let key = (meta.tag, code.to_owned());
        if let Some(known) = self.store.memory.borrow().codes.get(&key) {
            return AnyRef::from_packed(*known);
        }
        let found = self.or_empty(self.store.find_by(meta, "code", &Stored::Text(code.to_owned())));
        let reference = found.first().copied().unwrap_or_default();
        if !reference.is_empty() {
            self.store.memory.borrow_mut().codes.insert(key, reference.packed());
        }
        reference
    }

    fn all(&self, meta: &'static ObjectMeta) -> Vec<Arc<dyn Object>> {
        if let Some(known) = self.store.memory.borrow().all.get(&meta.tag) {
            return known.clone();
        }
        let references = self.or_empty(self.store.all_by_code(meta));
        self.or_empty(self.foresee(&references.iter().copied().collect()));
        let found: Vec<Arc<dyn Object>> = references.into_iter().filter_map(|r| self.object(r)).collect();
        // What could not be read whole is not remembered.
        if self.failed.borrow().is_none() {
            self.store.memory.borrow_mut().all.insert(meta.tag, found.clone());
        }
        found
    }

    fn find(&self, meta: &'static ObjectMeta, field: &'static str, value: i64) -> Vec<Arc<dyn Object>> {
        let key = (meta.tag, field, value);
        let known = self.store.memory.borrow().found.get(&key).cloned();
        let references = known.unwrap_or_else(|| {
            let found = self.or_empty(self.store.find_by(meta, field, &Stored::Int(value)));
            self.or_empty(self.foresee(&found.iter().copied().collect()));
            if meta.kind == Kind::Catalog && self.failed.borrow().is_none() {
                self.store.memory.borrow_mut().note_found(key, &found);
            }
            found
        });
        references.into_iter().filter_map(|reference| self.object(reference)).collect()
    }

    fn sums(&self, register: &'static RegisterMeta, key: &[i64]) -> Vec<i64> {
        self.or_empty(self.store.now(register, key)).sums
    }

    fn totals(&self, register: &'static RegisterMeta, prefix: &[i64]) -> Vec<Vec<i64>> {
        self.or_empty(self.store.totals_by(register, prefix))
    }

    fn made_by(&self, register: &'static RegisterMeta, document: AnyRef) -> Vec<(i64, Vec<i64>)> {
        let moves = self.or_empty(self.store.moves_of(register, document));
        moves.into_iter().map(|moved| (moved.line, moved.cells)).collect()
    }

    fn history(&self, register: &'static RegisterMeta, key: &[i64], until: Moment) -> Vec<(AnyRef, i64, Vec<i64>)> {
        let moves = self.or_empty(self.store.timeline(register, key, Moment::EMPTY, until));
        moves.into_iter().map(|moved| (moved.document, moved.line, moved.cells)).collect()
    }

    fn latest(&self, register: &'static RegisterMeta, key: &[i64], until: Moment) -> Option<Vec<i64>> {
        self.or_empty(self.store.latest_of(register, key, until))
    }

    fn ledger(&self, company: i64, prefix: &str, until: Moment) -> Vec<LedgerBalance> {
        let accounts = self.or_empty(self.store.accounts_under(prefix));
        let ids: Vec<i64> = accounts.iter().map(|(id, _)| *id).collect();
        if ids.is_empty() {
            return Vec::new();
        }
        let balances = match self.store.ledger_balances(company, &ids, until) {
            Ok(balances) => balances,
            Err(error) => {
                self.failed.borrow_mut().get_or_insert(error);
                return Vec::new();
            }
        };
        let code = |id: i64| accounts.iter().find(|(known, _)| *known == id).map(|(_, code)| code.clone());
        balances
            .into_iter()
            .map(|(key, sums)| LedgerBalance {
                account: code(key.account).unwrap_or_default(),
                subs: key.subs,
                amount: Money::from_minor(sums.amount),
            })
            .collect()
    }

    fn now(&self) -> Moment {
        self.now
    }

    fn user(&self) -> AnyRef {
        self.user
    }
}

impl Store {
    /// References of all unmarked elements of a catalog, ordered by code.
    pub fn all_by_code(&self, meta: &ObjectMeta) -> Outcome<Vec<AnyRef>> {
        let sql = format!(
            "SELECT id FROM {} WHERE marked = 0 AND folder = 0 ORDER BY code, id",
            super::schema::quoted(meta.code)
        );
        let ids = super::engine::ints(self.engine(), &sql, &[])?;
        Ok(ids.into_iter().map(|id| AnyRef::new(meta.tag, id)).collect())
    }

    /// Accounts of the chart whose code is `prefix` or a sub-account of it: id and code. An empty prefix
    /// gives all.
    pub fn accounts_under(&self, prefix: &str) -> Outcome<Vec<(i64, String)>> {
        let mut found = Vec::new();
        let sql = "SELECT id, code FROM account WHERE folder = 0 ORDER BY code";
        self.engine().query(sql, &[], &mut |row| {
            let code = row.text(1);
            let under = prefix.is_empty() || code == prefix || code.starts_with(&format!("{prefix}."));
            if under {
                found.push((row.int(0), code.to_owned()));
            }
            Ok(())
        })?;
        Ok(found)
    }
}

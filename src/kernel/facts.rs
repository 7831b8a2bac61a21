//! What the domain may ask of the base: typed questions, answered within the running transaction.

use super::meta::{ObjectMeta, RegisterMeta};
use super::moment::{Date, Moment};
use super::money::Money;
use super::object::{Declared, Object};
use super::refs::{AnyRef, Ref};
use super::register::Register;
use std::any::Any;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One ledger balance, by account and analytics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerBalance {
    /// The account's code.
    pub account: String,
    /// Its analytics.
    pub subs: [AnyRef; 3],
    /// Debit is positive, credit negative.
    pub amount: Money,
}

/// The base as posting and form rules see it. Reading errors are kept by the implementation, which
/// refuses the operation afterwards; the answers are then empty.
pub trait Facts {
    /// An object; `None` when there is none.
    fn object(&self, reference: AnyRef) -> Option<Arc<dyn Object>>;
    /// Says which objects are going to be asked for, so that they are read together. A hint: nothing depends on it.
    fn expect(&self, _references: &BTreeSet<AnyRef>) {}
    /// The catalog element with this code; empty when there is none.
    fn by_code(&self, meta: &'static ObjectMeta, code: &str) -> AnyRef;
    /// All unmarked elements of a small catalog (rates, stages), ordered by code.
    fn all(&self, meta: &'static ObjectMeta) -> Vec<Arc<dyn Object>>;
    /// Unmarked elements of a catalog whose field holds this stored value, ordered by id.
    fn find(&self, meta: &'static ObjectMeta, field: &'static str, value: i64) -> Vec<Arc<dyn Object>>;
    /// Current sums of one key; zeros when it has no row.
    fn sums(&self, register: &'static RegisterMeta, key: &[i64]) -> Vec<i64>;
    /// Current totals (key and sums) whose key begins with `prefix`, in key order.
    fn totals(&self, register: &'static RegisterMeta, prefix: &[i64]) -> Vec<Vec<i64>>;
    /// Movements (key, sums, notes) a document has made in a register, by line.
    fn made_by(&self, register: &'static RegisterMeta, document: AnyRef) -> Vec<(i64, Vec<i64>)>;
    /// Movements of a register with this key, of any document, in the order of time, up to a moment.
    fn history(&self, register: &'static RegisterMeta, key: &[i64], until: Moment) -> Vec<(AnyRef, i64, Vec<i64>)>;
    /// The latest values of an `Info` register for a key, not after the moment.
    fn latest(&self, register: &'static RegisterMeta, key: &[i64], until: Moment) -> Option<Vec<i64>>;
    /// Ledger balances at the end of a moment of all accounts whose code begins with `prefix`.
    fn ledger(&self, company: i64, prefix: &str, until: Moment) -> Vec<LedgerBalance>;
    /// Now.
    fn now(&self) -> Moment;
    /// The user at work; empty when the base knows none.
    fn user(&self) -> AnyRef;
}

impl dyn Facts + '_ {
    /// An object of a known kind.
    pub fn get<T: Declared>(&self, reference: Ref<T>) -> Option<Arc<T>> {
        if reference.is_empty() {
            return None;
        }
        let shared: Arc<dyn Any + Send + Sync> = self.object(reference.any())?;
        shared.downcast::<T>().ok()
    }
    /// An object behind an any-reference, when it is of this kind.
    pub fn get_any<T: Declared>(&self, reference: AnyRef) -> Option<Arc<T>> {
        self.get(reference.typed::<T>())
    }
    /// The catalog element with this code.
    pub fn coded<T: Declared>(&self, code: &str) -> Ref<T> {
        self.by_code(T::declared(), code).typed()
    }
    /// All unmarked elements of a small catalog.
    pub fn every<T: Declared>(&self) -> Vec<Arc<T>> {
        self.all(T::declared()).into_iter().filter_map(typed).collect()
    }
    /// Unmarked elements whose field holds this stored value.
    pub fn having<T: Declared>(&self, field: &'static str, value: i64) -> Vec<Arc<T>> {
        self.find(T::declared(), field, value).into_iter().filter_map(typed).collect()
    }
    /// The current total of the key that `key` holds; its own sums are ignored.
    pub fn balance<R: Register>(&self, key: &R) -> R {
        let mut cells = key.cells();
        cells.truncate(R::meta().key.len());
        let sums = self.sums(R::meta(), &cells);
        cells.extend(sums);
        R::from_cells(&cells)
    }
    /// Current totals whose key begins with these stored cells.
    pub fn balances<R: Register>(&self, prefix: &[i64]) -> Vec<R> {
        self.totals(R::meta(), prefix).iter().map(|cells| R::from_cells(cells)).collect()
    }
    /// The latest values of an `Info` register, not after the end of the day.
    pub fn last<R: Register>(&self, key: &R, on: Date) -> Option<R> {
        let mut cells = key.cells();
        cells.truncate(R::meta().key.len());
        let values = self.latest(R::meta(), &cells, on.end())?;
        cells.extend(values);
        Some(R::from_cells(&cells))
    }
    /// Today.
    pub fn today(&self) -> Date {
        self.now().date()
    }
}

fn typed<T: Declared>(object: Arc<dyn Object>) -> Option<Arc<T>> {
    let any: Arc<dyn Any + Send + Sync> = object;
    any.downcast::<T>().ok()
}

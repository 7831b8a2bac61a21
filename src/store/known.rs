//! What a transaction knows of the totals of registers: read once, kept up with what it adds itself.
//!
//! It holds only while the transaction runs, and only for keys nobody else can change meanwhile: those the
//! transaction has locked, or all of them where there is one writer at a time.

use super::schema::is_open;
use super::totals::Now;
use crate::kernel::meta::RegisterMeta;
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

/// Totals known at most; beyond it all are forgotten and read again.
const KNOWN_MAX: usize = 20_000;

/// Totals by register.
#[derive(Default)]
pub struct Known {
    /// A transaction runs.
    pub running: bool,
    registers: BTreeMap<&'static str, Totals>,
    count: usize,
}

/// Totals of one register.
#[derive(Default)]
struct Totals {
    /// Beginnings of keys of which all totals are known.
    whole: BTreeSet<Vec<i64>>,
    /// The totals that have a row, or had one when they were read.
    rows: BTreeMap<Vec<i64>, Now>,
}

impl Totals {
    fn covers(&self, prefix: &[i64]) -> bool {
        (0..=prefix.len()).any(|length| prefix.get(..length).is_some_and(|start| self.whole.contains(start)))
    }
}

impl Known {
    /// Forgets everything, at the beginning and at the end of a transaction.
    pub fn start(&mut self, running: bool) {
        *self = Self { running, ..Self::default() };
    }

    /// Forgets the totals; the transaction goes on.
    pub fn forget(&mut self) {
        self.start(self.running);
    }

    /// True when all totals are known whose key begins so.
    pub fn covers(&self, register: &RegisterMeta, prefix: &[i64]) -> bool {
        self.running && self.registers.get(register.code).is_some_and(|totals| totals.covers(prefix))
    }

    /// Remembers that everything that begins so is among the rows noted next.
    pub fn begin(&mut self, register: &'static RegisterMeta, prefix: &[i64]) {
        if !self.running {
            return;
        }
        if self.count >= KNOWN_MAX {
            self.forget();
        }
        self.count += 1;
        self.registers.entry(register.code).or_default().whole.insert(prefix.to_vec());
    }

    /// Remembers a total as it was read.
    pub fn note(&mut self, register: &'static RegisterMeta, key: Vec<i64>, now: Now) {
        if self.running {
            self.count += 1;
            self.registers.entry(register.code).or_default().rows.insert(key, now);
        }
    }

    /// One total; `None` when it has no row.
    pub fn one(&self, register: &RegisterMeta, key: &[i64]) -> Option<Now> {
        self.registers.get(register.code)?.rows.get(key).cloned()
    }

    /// The totals whose key begins so, in the order of keys.
    pub fn under(&self, register: &RegisterMeta, prefix: &[i64]) -> Vec<(Vec<i64>, Now)> {
        self.first(register, prefix, usize::MAX)
    }

    /// The first of them, `most` at most.
    pub fn first(&self, register: &RegisterMeta, prefix: &[i64], most: usize) -> Vec<(Vec<i64>, Now)> {
        let Some(totals) = self.registers.get(register.code) else { return Vec::new() };
        let from = (Bound::Included(prefix.to_vec()), Bound::Unbounded);
        let under = totals.rows.range(from).take_while(|(key, _)| key.starts_with(prefix));
        under.take(most).map(|(key, now)| (key.clone(), now.clone())).collect()
    }

    /// Adds to a total that is known; the moment and the document of a last movement count only if later.
    pub fn add(&mut self, register: &RegisterMeta, key: &[i64], sums: &[i64], last: Option<(Moment, AnyRef)>) {
        let Some(totals) = self.registers.get_mut(register.code).filter(|totals| totals.covers(key)) else { return };
        let row = totals.rows.entry(key.to_vec());
        let row = row.or_insert_with(|| Now { sums: vec![0; sums.len()], ..Now::default() });
        row.sums.iter_mut().zip(sums).for_each(|(sum, added)| *sum += added);
        if is_open(register) && row.sums.iter().all(|sum| *sum == 0) {
            // What is open and came to zero has no row in the base either. Kept here, what was ever open would be
            // walked over for each thing that is set off, which made a proof grow with the square of the base.
            totals.rows.remove(key);
            return;
        }
        if let Some((date, document)) = last
            && (date, document) > (row.last_date, row.last_document)
        {
            (row.last_date, row.last_document) = (date, document);
        }
    }
}

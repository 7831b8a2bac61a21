//! An object as it was: its versions are told back from what it is now.

use super::gate::Tx;
use super::save::How;
use crate::kernel::meta::Kind;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::store::history::{Deed, HistoryLine, difference, take_back};
use crate::text;
use std::collections::BTreeSet;

/// An object as it was at a version. Its head is that of today but for the marks; what the program computes
/// is as it is today.
#[derive(Debug)]
pub struct State {
    /// Its fields and rows.
    pub object: Box<dyn Object>,
    /// Posted then.
    pub posted: bool,
    /// Marked for deletion then.
    pub marked: bool,
}

impl State {
    /// As it is now.
    pub fn of(now: &dyn Object) -> Self {
        Self { object: now.boxed(), posted: now.head().posted, marked: now.head().marked }
    }

    /// The same once more.
    pub fn copy(&self) -> Self {
        Self { object: self.object.boxed(), posted: self.posted, marked: self.marked }
    }

    /// Takes one line of the history back; false when before it there was nothing.
    pub fn back(&mut self, line: &HistoryLine) -> bool {
        take_back(self.object.as_mut(), &line.change);
        match Deed::of(line.deed) {
            Deed::Posted => self.posted = false,
            Deed::Unposted => self.posted = true,
            Deed::Marked => self.marked = false,
            Deed::Unmarked | Deed::Deleted => self.marked = true,
            Deed::Created | Deed::Changed | Deed::Returned | Deed::Shared => {}
        }
        line.version > 1
    }

    /// The object with the marks it had then.
    pub fn whole(mut self) -> Box<dyn Object> {
        let (posted, marked) = (self.posted, self.marked);
        let head = self.object.head_mut();
        (head.posted, head.marked) = (posted, marked);
        self.object
    }
}

/// An object as it was at a version; `None` when it was not there yet. The lines of its history are given the
/// newest first.
pub fn rewind(now: &dyn Object, newest_first: &[HistoryLine], version: i64) -> Option<State> {
    if version < 1 {
        return None;
    }
    let mut state = State::of(now);
    for line in newest_first.iter().filter(|line| line.version > version) {
        if !state.back(line) {
            return None;
        }
    }
    Some(state)
}

impl Tx<'_> {
    /// Writes a former state over an object as it is now, through the one saver: it is the newest version then.
    pub(super) fn put_back(&mut self, now: &dyn Object, before: State) -> Outcome<()> {
        let outer = std::mem::replace(&mut self.from_history, true);
        let done = self.write_back(now, before);
        self.from_history = outer;
        done
    }

    fn write_back(&mut self, now: &dyn Object, before: State) -> Outcome<()> {
        let reference = now.any_ref();
        let was_marked = now.head().marked;
        if was_marked && !before.marked {
            self.mark(reference, false)?;
        }
        let now = self.store.load(reference)?.ok_or_else(|| Error::refused(text!("object-gone")))?;
        let mut wanted = before.object;
        *wanted.head_mut() = now.head().clone();
        let computed = self.store.schema().object(now.meta()).map_or(Vec::new(), |sql| sql.computed.clone());
        let how = match (now.head().posted, before.posted) {
            (_, true) => How::Post,
            (true, false) => How::Unpost,
            (false, false) => How::Write,
        };
        let same = difference(now.as_ref(), wanted.as_ref(), &computed).is_empty();
        if !same || now.head().posted != before.posted {
            self.save(wanted.as_mut(), how)?;
        }
        if now.meta().kind == Kind::Document && now.get(0) != wanted.get(0) {
            self.give_number_back(now.as_ref())?;
        }
        if before.marked && !was_marked {
            self.mark(reference, true)?;
        }
        Ok(())
    }

    /// Makes a version of the history the newest: its fields and rows. Whether the object is posted or marked
    /// stays as it is.
    pub fn restore(&mut self, reference: AnyRef, version: i64) -> Outcome<()> {
        let now = self.store.load(reference)?.ok_or_else(|| Error::refused(text!("object-gone")))?;
        let history = self.store.history_of(reference)?;
        let state = rewind(now.as_ref(), &history, version);
        let mut state = state.ok_or_else(|| Error::refused(text!("version-none")))?;
        (state.posted, state.marked) = (now.head().posted, now.head().marked);
        self.put_back(now.as_ref(), state)
    }
}

/// Everything an object refers to in its fields and rows, but for itself.
pub fn references(object: &dyn Object) -> BTreeSet<AnyRef> {
    let meta = object.meta();
    let mut found: BTreeSet<AnyRef> = (0..meta.fields.len()).map(|at| object.get(at).any_ref()).collect();
    for (table, part) in meta.tables.iter().enumerate() {
        for row in 0..object.rows(table) {
            found.extend((0..part.fields.len()).filter_map(|at| object.cell(table, row, at)).map(|v| v.any_ref()));
        }
    }
    found.remove(&AnyRef::EMPTY);
    found.remove(&object.any_ref());
    found
}

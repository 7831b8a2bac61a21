//! An object as it was: its versions are told back from what it is now.

use crate::kernel::object::Object;
use crate::kernel::refs::AnyRef;
use crate::store::history::{Deed, HistoryLine, take_back};
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

    /// Takes one line of the history back; false when before it there was nothing.
    pub fn back(&mut self, line: &HistoryLine) -> bool {
        take_back(self.object.as_mut(), &line.change);
        match Deed::of(line.deed) {
            Deed::Posted => self.posted = false,
            Deed::Unposted => self.posted = true,
            Deed::Marked => self.marked = false,
            Deed::Unmarked | Deed::Deleted => self.marked = true,
            Deed::Created | Deed::Changed => {}
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

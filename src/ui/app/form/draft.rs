//! The object on a form: what is typed is in it at once, what follows from it comes a moment later.
//!
//! Changes wait in a queue in their order; one recalculation at a time runs on a reading thread over a copy,
//! so that typing never waits, however many lines there are.

use crate::kernel::meta::ObjectMeta;
use crate::kernel::object::Object;
use crate::kernel::problems::Error;
use crate::kernel::value::Value;
use crate::ops::draft::{Patch, Touch, recalculate_for};
use crate::ui::app::base::{Base, Ticket};

/// An object being edited.
pub struct Draft {
    /// As it is now.
    pub object: Box<dyn Object>,
    /// Grows with every change by the user.
    revision: u64,
    /// The revision that is in the base.
    saved: u64,
    queue: Vec<Touch>,
    working: Option<Ticket<Patch>>,
}

impl Draft {
    /// Over an object just read or made; `modified` when there is already something to lose.
    pub fn new(object: Box<dyn Object>, modified: bool) -> Self {
        let revision = u64::from(modified);
        Self { object, revision, saved: 0, queue: Vec::new(), working: None }
    }

    /// What it is.
    pub fn meta(&self) -> &'static ObjectMeta {
        self.object.meta()
    }

    /// Which state this is.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// True when there are changes that are not in the base.
    pub const fn modified(&self) -> bool {
        self.revision != self.saved
    }

    /// True when nothing waits to be recalculated.
    pub fn settled(&self) -> bool {
        self.queue.is_empty() && self.working.is_none()
    }

    /// Notes a change already made to the object.
    pub fn touch(&mut self, touch: Touch) {
        self.revision += 1;
        if self.queue.last() != Some(&touch) {
            self.queue.push(touch);
        }
    }

    /// Sets a field by hand. False when the value does not fit.
    pub fn set(&mut self, field: usize, value: Value) -> bool {
        let Some(name) = self.meta().fields.get(field).map(|field| field.name) else { return false };
        if self.object.get(field) == value {
            return true;
        }
        let taken = self.object.set(field, value.clone());
        if taken {
            self.touch(Touch::Field(name, value));
        }
        taken
    }

    /// Sets a cell by hand. False when the value does not fit.
    pub fn set_cell(&mut self, table: usize, row: usize, column: usize, value: Value) -> bool {
        let Some(cells) = self.object.row_mut(table, row) else { return false };
        let key = cells.key();
        let taken = cells.set(column, value.clone());
        if taken {
            self.touch(Touch::Cell { table, key, column, value });
        }
        taken
    }

    /// Takes in what a recalculation found and begins the next one. Gives an error of reading the base.
    pub fn tick(&mut self, base: &Base) -> Option<Error> {
        let mut failed = None;
        if let Some(answer) = Ticket::take(&mut self.working) {
            match answer {
                Ok(patch) => patch.apply(self.object.as_mut()),
                Err(error) => failed = Some(error),
            }
        }
        if self.working.is_none() && !self.queue.is_empty() {
            let touched = std::mem::take(&mut self.queue);
            let copy = self.object.boxed();
            self.working = Some(base.read(move |session| recalculate_for(session, copy, &touched)));
        }
        failed
    }

    /// The object as it was saved takes the place of what is on the form, unless the user went on: then only
    /// what he has not touched follows.
    pub fn take_saved(&mut self, patch: Patch, revision: u64) {
        if self.revision == revision {
            self.object = patch.into_after();
        } else {
            patch.apply(self.object.as_mut());
            *self.object.head_mut() = patch.after().head().clone();
        }
        self.saved = revision;
    }

    /// The object as it is in the base now takes the place of everything.
    pub fn replace(&mut self, object: Box<dyn Object>) {
        self.object = object;
        self.saved = self.revision;
        self.queue.clear();
        self.working = None;
    }

    /// What was made of this version and the one in the base takes the place of both; it is not saved yet.
    pub fn adopt(&mut self, object: Box<dyn Object>) {
        self.object = object;
        self.revision += 1;
        self.queue.clear();
        self.working = None;
    }

    /// There is nothing to lose any more: the user said so.
    pub fn give_up(&mut self) {
        self.saved = self.revision;
    }
}

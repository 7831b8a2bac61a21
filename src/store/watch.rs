//! Watching a base for what others change: a connection of its own that waits.
//!
//! A file tells nobody anything: its version is looked at a few times a second. A server tells every commit
//! with the number of its operation, in the order of commits.

use super::base::Store;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use std::collections::BTreeSet;
use std::time::Duration;

/// How long one look lasts at most: also how soon a watcher hears that it is to end.
pub const PATIENCE: Duration = Duration::from_millis(300);

/// Operations taken in at once; where there were more, anything may have changed.
const TAKEN_MAX: usize = 200;

/// A watcher over a connection of its own.
pub struct Watch {
    store: Store,
    /// The last operation seen, where they are looked for by number.
    last: i64,
    /// It listens; not yet, or no more after the connection was lost.
    listening: bool,
}

/// What others have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The objects; empty when anything may have changed.
    pub objects: BTreeSet<AnyRef>,
}

impl Watch {
    /// Begins to watch from now on.
    pub fn over(store: Store) -> Self {
        let mut watch = Self { store, last: 0, listening: false };
        watch.listening = watch.begin().is_ok();
        watch
    }

    fn begin(&mut self) -> Outcome<()> {
        self.store.engine().listen()?;
        self.last = self.store.last_operation()?;
        Ok(())
    }

    /// Waits a moment; gives what was changed meanwhile by other sessions than `own`. `None` when nothing was,
    /// or nothing that is shown anywhere (a setting of a user's own has no operation). A connection that is
    /// lost is made anew; what was changed without it is not known then.
    pub fn look(&mut self, own: i64) -> Option<Seen> {
        if !self.listening {
            std::thread::sleep(PATIENCE);
            self.listening = self.begin().is_ok();
            return self.listening.then(Seen::default);
        }
        match self.changes(own) {
            Ok(seen) => seen,
            Err(_) => {
                self.listening = false;
                None
            }
        }
    }

    fn changes(&mut self, own: i64) -> Outcome<Option<Seen>> {
        let Some(told) = self.store.engine().heard(PATIENCE)? else { return Ok(None) };
        let operations = if told.is_empty() {
            self.store.operations_after(self.last, TAKEN_MAX)?
        } else {
            let known = told.iter().map(|id| self.store.operation(*id)).collect::<Outcome<Vec<_>>>()?;
            known.into_iter().flatten().collect()
        };
        self.last = operations.iter().map(|operation| operation.id).max().unwrap_or(0).max(self.last);
        if operations.len() >= TAKEN_MAX {
            self.last = self.store.last_operation()?;
            return Ok(Some(Seen::default()));
        }
        let mut seen = Seen::default();
        let mut some = false;
        for operation in operations.iter().filter(|operation| own == 0 || operation.session != own) {
            let objects = self.store.touched_by(operation.id)?;
            if objects.is_empty() {
                return Ok(Some(Seen::default()));
            }
            some = true;
            seen.objects.extend(objects);
        }
        Ok(some.then_some(seen))
    }
}

//! Which operation is the last one that stands, and which undo: operations of a batch stand and fall together.

use super::gate::{Op, Session};
use super::undo::Scope;
use crate::kernel::problems::Outcome;
use crate::store::operations::Operation;
use std::collections::BTreeSet;

/// Operations of everybody looked through for the one to take back: what lies further back, others have built on.
const LOOKED_AT: usize = 2_000;

/// The operations of a user or a session, the newest first.
pub(super) struct Stack {
    newest_first: Vec<Operation>,
}

/// What is taken back at once: one operation, or all of a batch.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// The newest first; never empty.
    pub all: Vec<Operation>,
    /// The last of them, by which it is known.
    pub newest: Operation,
}

impl Target {
    /// An operation with the others of its batch.
    pub fn of(session: &Session, operation: Operation) -> Outcome<Self> {
        let all = match operation.batch() {
            Some(batch) => session.store.operations_of(batch)?,
            None => Vec::new(),
        };
        if all.is_empty() {
            return Ok(Self { all: vec![operation.clone()], newest: operation });
        }
        let newest = all.first().cloned().unwrap_or(operation);
        Ok(Self { all, newest })
    }

    /// The number of the first of them.
    pub fn first(&self) -> i64 {
        self.all.last().map_or(self.newest.id, |operation| operation.id)
    }
}

impl Stack {
    pub fn read(session: &Session, scope: Scope) -> Outcome<Self> {
        let mut newest_first = session.store.newest_operations(LOOKED_AT)?;
        newest_first.retain(|operation| match scope {
            Scope::Session => operation.session == session.number(),
            Scope::User => operation.account == session.user().id(),
        });
        Ok(Self { newest_first })
    }

    /// An operation and those of its batch, by number.
    fn with_batch(&self, id: i64) -> Vec<i64> {
        let known = self.newest_first.iter().find(|operation| operation.id == id);
        match known.and_then(Operation::batch) {
            Some(batch) => {
                let same = |operation: &&Operation| operation.batch() == Some(batch);
                self.newest_first.iter().filter(same).map(|operation| operation.id).collect()
            }
            None => vec![id],
        }
    }

    /// The newest operation that stands: not taken back, and no undo itself.
    pub fn undoable(&self, session: &Session) -> Outcome<Option<Target>> {
        let mut taken = BTreeSet::new();
        for operation in &self.newest_first {
            if taken.contains(&operation.id) {
                continue;
            }
            if Op::of(operation.op) == Op::Undo {
                taken.extend(self.with_batch(operation.undoes));
                continue;
            }
            let stands = (Op::of(operation.op) != Op::Seed).then(|| Target::of(session, operation.clone()));
            return stands.transpose();
        }
        Ok(None)
    }

    /// The newest undo that stands, unless something else was done after it.
    pub fn redoable(&self, session: &Session) -> Outcome<Option<Target>> {
        let mut taken = BTreeSet::new();
        for operation in &self.newest_first {
            if taken.contains(&operation.id) {
                continue;
            }
            match Op::of(operation.op) {
                Op::Undo => return Target::of(session, operation.clone()).map(Some),
                Op::Redo => {
                    // The undo is taken back, and what it had taken back stands by this operation.
                    taken.insert(operation.undoes);
                    let undo = self.newest_first.iter().find(|known| known.id == operation.undoes);
                    taken.extend(undo.into_iter().flat_map(|undo| self.with_batch(undo.undoes)));
                }
                _ => return Ok(None),
            }
        }
        Ok(None)
    }

    /// Operations since a target began: each of them is its own, or was taken back, and so was its taking back.
    pub fn since(&self, target: &Target) -> BTreeSet<i64> {
        let first = target.first();
        self.newest_first.iter().map(|operation| operation.id).filter(|id| *id >= first).collect()
    }
}

//! A base of an earlier release is opened: a proved copy of it is made, then it gets what it lacks.

use super::gate::{Op, Session};
use super::{backup, seed};
use crate::kernel::problems::Outcome;
use crate::store::base::Store;
use crate::store::migrations::STEPS;
use crate::store::operations::Operation;
use crate::store::upgrade::Upgraded;

impl Session {
    /// Brings the base to the present layout when an earlier release has made it. A base that people work on is
    /// copied first, and stays as it is when it cannot be copied.
    pub(super) fn upgraded(self) -> Outcome<Self> {
        if !self.store.needs_upgrade()? {
            return Ok(self);
        }
        backup::before_upgrade(&self)?;
        self.upgrade()?;
        Ok(self)
    }

    /// Brings the base to the present layout without a copy: for what is itself a copy.
    pub(super) fn upgrade(&self) -> Outcome<Upgraded> {
        self.store.upgrade(STEPS, |store, done| self.fill_new(store, done))
    }

    /// Kinds the earlier release did not know get what every base begins with.
    fn fill_new(&self, store: &Store, done: &Upgraded) -> Outcome<()> {
        let lines = seed::lines_of(|kind| done.plan.made.contains(kind));
        if lines.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        let session = store.open_session(self.user.id(), &self.workstation, now)?;
        let mut tx = self.begin(store, session, now)?;
        seed::enter(&mut tx, &lines)?;
        let account = self.user.id();
        let operation = Operation { session, account, at: now, op: Op::Seed.number(), ..Operation::default() };
        tx.keep(&operation).map(|_| ())
    }
}

//! A base moves to another engine: from a file to a server for several workstations, or back into a file.

use super::check::{Report, check};
use super::gate::{Session, schema_in};
use super::sign_in::maintained_by;
use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::store::address::Address;
use crate::store::base::{Store, unmake};
use crate::store::transfer::TableDigest;
use crate::text;

/// Proofs of [`check`], as far as its progress counts them.
const PROOFS: usize = 9;

/// What was moved, and the proof.
#[derive(Clone, Debug)]
pub struct Moved {
    /// What both bases hold, table by table.
    pub digests: Vec<TableDigest>,
    /// What `check` says of both.
    pub report: Report,
}

impl Moved {
    /// Rows of all tables.
    pub fn rows(&self) -> i64 {
        self.digests.iter().map(|digest| digest.rows).sum()
    }
}

/// Copies a base with all its history to a new place, and proves that both are equal: by a digest of every
/// table, and by `check`, which must say the same of both. When it does not, or the copy is stopped, nothing is
/// left at the new place. `progress` gets done and total steps and returns false to stop.
pub fn copy(
    session: &Session,
    target: &Address,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Outcome<(Session, Moved)> {
    let store = Store::create(target, schema_in(target.dialect()))?;
    let made = Session::over(store, session.clock.clone());
    fill(session, made, progress).inspect_err(|_| unmake(target))
}

/// Moves a base to another place as [`copy`] does, from its own connection, for a user who may maintain it.
pub fn moved(
    from: &Address,
    to: &Address,
    user: AnyRef,
    clock: &Clock,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Outcome<Moved> {
    let mut session = Session::open(from, clock.clone())?;
    maintained_by(&mut session, user)?;
    Ok(copy(&session, to, progress)?.1)
}

/// Enters a base to see whether it can be entered.
pub fn reached(address: &Address, clock: &Clock) -> Outcome<()> {
    Session::read(address, clock.clone()).map(drop)
}

fn fill(session: &Session, made: Session, progress: &mut dyn FnMut(usize, usize) -> bool) -> Outcome<(Session, Moved)> {
    let tables = session.store.schema().shapes().len();
    let all = tables + 2 * PROOFS;
    let digests = made.store.take_over(&session.store, &mut |done, _| progress(done, all))?;
    let was = check(session, &mut |step| progress(tables + step.min(PROOFS), all))?;
    let report = check(&made, &mut |step| progress(tables + PROOFS + step.min(PROOFS), all))?;
    if was != report {
        let said = |report: &Report| report.faults.iter().map(crate::kernel::text::Text::show).collect::<Vec<_>>();
        return Err(Error::Failed(text!("base-copy-differs"), format!("{:?} / {:?}", said(&was), said(&report))));
    }
    Ok((made, Moved { digests, report }))
}

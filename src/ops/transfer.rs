//! A base moves to another engine: from a file to a server for several workstations, or back into a file.

use super::check::{Report, check};
use super::gate::{Session, schema_in};
use crate::kernel::problems::{Error, Outcome};
use crate::store::address::Address;
use crate::store::base::{Store, unmake};
use crate::store::transfer::TableDigest;
use crate::text;

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
/// left at the new place. `progress` gets done and total tables and returns false to stop.
pub fn copy(
    session: &Session,
    target: &Address,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Outcome<(Session, Moved)> {
    let store = Store::create(target, schema_in(target.dialect()))?;
    let made = Session::over(store, session.clock.clone());
    fill(session, made, progress).inspect_err(|_| unmake(target))
}

fn fill(session: &Session, made: Session, progress: &mut dyn FnMut(usize, usize) -> bool) -> Outcome<(Session, Moved)> {
    let digests = made.store.take_over(&session.store, progress)?;
    let was = check(session, &mut |_| true)?;
    let report = check(&made, &mut |_| true)?;
    if was != report {
        let said = |report: &Report| report.faults.iter().map(crate::kernel::text::Text::show).collect::<Vec<_>>();
        return Err(Error::Failed(text!("base-copy-differs"), format!("{:?} / {:?}", said(&was), said(&report))));
    }
    Ok((made, Moved { digests, report }))
}

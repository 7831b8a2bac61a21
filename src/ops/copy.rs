//! A copy of a base by hand: written beside it, proved, and only then given its name.

use super::backup::inside::proved;
use super::gate::Session;
use super::sign_in::maintained_by;
use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::store::address::Address;
use crate::store::base::{Store, remove, shown};
use crate::text;
use std::path::{Path, PathBuf};

/// How far a copy is. Every call answers whether to go on.
pub enum Step {
    /// Pages written, of all.
    Writing(u64, u64),
    /// Proofs done, of all.
    Proving(u64, u64),
}

/// Copies a base into a new file while it may be worked on, and proves the copy: its file is whole, its totals
/// are the sums of its movements. A copy that is not proved is taken away.
///
/// A copy holds everything: a base that asks who works is copied for a user who may maintain it.
pub fn copy(
    from: &Path,
    to: &Path,
    user: AnyRef,
    clock: &Clock,
    progress: &mut dyn FnMut(Step) -> bool,
) -> Outcome<()> {
    Store::refuse_existing(to)?;
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    let part = PathBuf::from(name);
    remove(&part);
    let done = write(from, &part, user, clock, progress).and_then(|()| prove(&part, clock, progress));
    let moved = |error: std::io::Error| Error::Failed(text!("file-not-written", file = shown(to)), error.to_string());
    let done = done.and_then(|()| std::fs::rename(&part, to).map_err(moved));
    // Whether it came to be or not, what lay beside the part goes.
    remove(&part);
    done
}

fn write(from: &Path, part: &Path, user: AnyRef, clock: &Clock, progress: &mut dyn FnMut(Step) -> bool) -> Outcome<()> {
    let mut session = Session::open_read_any(Address::from(from), clock.clone())?;
    if !session.store.needs_upgrade()? {
        maintained_by(&mut session, user)?;
    }
    session.store.engine().copy_to(part, &mut |done, total| progress(Step::Writing(done, total)))
}

fn prove(part: &Path, clock: &Clock, progress: &mut dyn FnMut(Step) -> bool) -> Outcome<()> {
    // Proving rehearses what is derived, which writes; nothing of it stays.
    let session = Session::open_any(Address::from(part), clock.clone())?;
    proved(&session, &mut |done, all| progress(Step::Proving(done, all))).map(|_| ())
}

//! Restoring: what is inside a backup is shown first; then it takes the place of a base, which is kept beside.

use super::inside::{Inside, proved};
use super::{Progress, Step, archive, beside, make_folder, room};
use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::ops::gate::Session;
use crate::ops::transfer;
use crate::store::address::Address;
use crate::store::base::{Store, remove, shown};
use crate::text;
use std::path::{Path, PathBuf};

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What came out of the backup.
    pub inside: Inside,
    /// Where the replaced base lies now.
    pub kept: Option<PathBuf>,
}

/// Proves a backup, or a copy that is not compressed, and says what is inside. Everything is done in a scratch
/// file beside `place`, which is taken away.
pub fn look(file: &Path, place: &Path, clock: &Clock, progress: Progress<'_>) -> Outcome<Inside> {
    let part = beside(place, ".part-restore");
    let found = take_out(file, &part, clock, progress).map(|(inside, _)| inside);
    remove(&part);
    found
}

/// Puts a backup into the place of a base. A base that is there is refused unless it may be replaced, and while
/// anybody works on it; it is kept beside under another name. A base on a server is made anew.
pub fn restore(file: &Path, into: &Address, replace: bool, clock: &Clock, progress: Progress<'_>) -> Outcome<Restored> {
    match into {
        Address::File(target) => {
            if !replace {
                Store::refuse_existing(target)?;
            }
            let part = beside(target, ".part-restore");
            let done = into_file(file, target, &part, clock, progress);
            remove(&part);
            done
        }
        Address::Server(_) => {
            let scratch = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
            let part = beside(&scratch, ".part-restore");
            let done = take_out(file, &part, clock, progress).and_then(|(inside, session)| {
                transfer::copy(&session, into, &mut |done, all| {
                    let count = |number: usize| u64::try_from(number).unwrap_or(0);
                    progress(Step::Copying(count(done), count(all)))
                })?;
                Ok(Restored { inside, kept: None })
            });
            remove(&part);
            done
        }
    }
}

fn into_file(file: &Path, target: &Path, part: &Path, clock: &Clock, progress: Progress<'_>) -> Outcome<Restored> {
    let (inside, session) = take_out(file, part, clock, progress)?;
    // Everything is in the one file before it gets its name.
    session.store.close_whole()?;
    drop(session);
    let kept = if target.exists() { Some(set_aside(target, clock)?) } else { None };
    std::fs::rename(part, target).map_err(archive::not_written(target)).inspect_err(|_| {
        if let Some(kept) = &kept {
            let _ = std::fs::rename(kept, target);
        }
    })?;
    Ok(Restored { inside, kept })
}

/// Unpacks a backup, or copies a base that is not compressed, and proves what came out; upgraded when it is of an
/// earlier release.
fn take_out(file: &Path, part: &Path, clock: &Clock, progress: Progress<'_>) -> Outcome<(Inside, Session)> {
    let folder = part.parent().unwrap_or(Path::new(""));
    make_folder(folder)?;
    remove(part);
    if archive::is_packed(file)? {
        let size = archive::sealed(file)?.and_then(|words| Inside::read(&words)).map_or(0, |inside| inside.bytes);
        room(folder, size / 2)?;
        archive::unpack(file, part, &mut |done, all| progress(Step::Unpacking(done, all)))?;
    } else {
        let copy = Session::open_read_any(Address::File(file.to_owned()), clock.clone())?;
        let schema = crate::ops::gate::schema();
        copy.store.write_copy(part, schema, &mut |done, all| progress(Step::Copying(done, all)))?;
    }
    let session = Session::open_any(Address::File(part.to_owned()), clock.clone())?;
    let inside = proved(&session, &mut |done, all| progress(Step::Proving(done, all)))?;
    Ok((inside, session))
}

/// Gives the present base another name, when nobody works on it. A file that is no base or is damaged is set
/// aside as well: it is what one restores after.
fn set_aside(target: &Path, clock: &Clock) -> Outcome<PathBuf> {
    if !Store::close_alone(target)? {
        return Err(Error::refused(text!("restore-in-use", path = shown(target))));
    }
    let moment = clock.now().iso().replace('T', " ").replace(':', "-");
    let stem = target.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let kept = target.with_file_name(format!("{stem} replaced {moment}.kontora"));
    Store::refuse_existing(&kept)?;
    std::fs::rename(target, &kept).map_err(archive::not_written(&kept))?;
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::rename(beside(target, ending), beside(&kept, ending));
    }
    Ok(kept)
}

//! Restoring: what is inside a backup is shown first; then it takes the place of a base, which is kept beside.

use super::inside::{Inside, proved};
use super::{Progress, Step, archive, beside, make_folder, room};
use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
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

/// Lets a person in who may restore, or refuses: it is asked of the base that is to be replaced, or of what comes
/// out of the backup.
pub type Admit<'a> = &'a dyn Fn(&mut Session) -> Outcome<()>;

/// Whoever may read the files and acts for the program.
fn anybody(_: &mut Session) -> Outcome<()> {
    Ok(())
}

/// Asks who may replace a base; gives false when it cannot be asked: it is damaged, or no base at all.
pub fn may_replace(target: &Path, clock: &Clock, admit: Admit<'_>) -> Outcome<bool> {
    let Ok(mut session) = Session::open_any(Address::File(target.to_owned()), clock.clone()) else { return Ok(false) };
    match admit(&mut session) {
        Err(Error::Failed(..)) => Ok(false),
        asked => asked.map(|()| true),
    }
}

/// Proves a backup, or a copy that is not compressed, and says what is inside. Everything is done in a scratch
/// file beside `place`, which is taken away.
pub fn look(file: &Path, place: &Path, clock: &Clock, progress: Progress<'_>) -> Outcome<Inside> {
    look_for(&anybody, file, place, clock, progress)
}

/// The same for a person.
pub fn look_for(admit: Admit<'_>, file: &Path, place: &Path, clock: &Clock, progress: Progress<'_>) -> Outcome<Inside> {
    let part = beside(place, ".part-restore");
    let found = take_out(admit, file, &part, clock, progress).map(|(inside, _)| inside);
    remove(&part);
    found
}

/// Puts a backup into the place of a base. A base that is there is refused unless it may be replaced, and while
/// anybody works on it; it is kept beside under another name. A base on a server is made anew.
pub fn restore(file: &Path, into: &Address, replace: bool, clock: &Clock, progress: Progress<'_>) -> Outcome<Restored> {
    restore_for(&anybody, file, into, replace, clock, progress)
}

/// The same for a person: who may maintain the base that is replaced, or else the one in the backup.
pub fn restore_for(
    admit: Admit<'_>,
    file: &Path,
    into: &Address,
    replace: bool,
    clock: &Clock,
    progress: Progress<'_>,
) -> Outcome<Restored> {
    let asked = match into.file().filter(|target| replace && target.exists()) {
        Some(target) => may_replace(target, clock, admit)?,
        None => false,
    };
    let admit: Admit<'_> = if asked { &anybody } else { admit };
    match into {
        Address::File(target) => {
            if !replace {
                Store::refuse_existing(target)?;
            }
            let part = beside(target, ".part-restore");
            let done = into_file(admit, file, target, &part, clock, progress);
            remove(&part);
            done
        }
        Address::Server(_) => {
            let scratch = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
            let part = beside(&scratch, ".part-restore");
            let done = take_out(admit, file, &part, clock, progress).and_then(|(inside, session)| {
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

fn into_file(
    admit: Admit<'_>,
    file: &Path,
    target: &Path,
    part: &Path,
    clock: &Clock,
    progress: Progress<'_>,
) -> Outcome<Restored> {
    let (inside, session) = take_out(admit, file, part, clock, progress)?;
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
fn take_out(
    admit: Admit<'_>,
    file: &Path,
    part: &Path,
    clock: &Clock,
    progress: Progress<'_>,
) -> Outcome<(Inside, Session)> {
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
    let mut session = Session::open_any(Address::File(part.to_owned()), clock.clone())?;
    let inside = proved(&session, &mut |done, all| progress(Step::Proving(done, all)))?;
    admit(&mut session)?;
    // What follows is the program's own work: all of it, whatever the person may see.
    session.act_as(AnyRef::EMPTY)?;
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

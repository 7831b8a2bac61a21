//! Backups: made while people work, compressed, proved by opening the copy, and only then counted; kept by rule.
//!
//! Reading order: [`archive`] (the file), [`inside`] (what is in it, and the proof), [`rules`] (when and where),
//! [`keep`] (which ones stay), [`restore`].

pub mod archive;
pub mod inside;
pub mod keep;
pub mod restore;
pub mod rules;

use super::gate::{Session, schema};
use crate::kernel::clock::Clock;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::problems::{Error, Outcome};
use crate::store::address::Address;
use crate::store::base::{Store, remove, shown};
use crate::text;
use inside::Inside;
use rules::Rules;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

/// The ending of a backup.
pub const ENDING: &str = ".kontora.gz";

/// How far a backup is. Every call answers whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The base is copied: done, in all.
    Copying(u64, u64),
    /// The copy is compressed.
    Packing(u64, u64),
    /// The file is unpacked again.
    Unpacking(u64, u64),
    /// What came out is proved.
    Proving(u64, u64),
}

/// Gets how far the work is; false stops it.
pub type Progress<'a> = &'a mut dyn FnMut(Step) -> bool;

/// A backup in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub file: PathBuf,
    /// When it was made.
    pub made: Moment,
    /// Made before an upgrade: it stays until somebody takes it away.
    pub before_upgrade: bool,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// What is inside; `None` when the file is not proved.
    pub inside: Option<Inside>,
}

/// What a base is called in the names of its backups.
fn stem(address: &Address) -> String {
    match address {
        Address::File(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        Address::Server(url) => {
            let name = url.split('?').next().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
            name.to_owned()
        }
    }
}

const UPGRADE: &str = " upgrade";

/// `shop 2026-11-25 09-30-00.kontora.gz`
fn name(stem: &str, made: Moment, before_upgrade: bool) -> String {
    let moment = made.iso().replace('T', " ").replace(':', "-");
    format!("{stem} {moment}{}{ENDING}", if before_upgrade { UPGRADE } else { "" })
}

/// The moment in a name, and whether it was made before an upgrade; `None` for a file that is none of these.
fn moment_of(stem: &str, name: &str) -> Option<(Moment, bool)> {
    let rest = name.strip_prefix(stem)?.strip_prefix(' ')?.strip_suffix(ENDING)?;
    let (moment, before_upgrade) = rest.strip_suffix(UPGRADE).map_or((rest, false), |moment| (moment, true));
    let digits: String = moment.chars().filter(char::is_ascii_digit).collect();
    let made = Moment::from_stored(digits.parse().ok()?);
    (digits.len() == 14 && made.date() != Date::EMPTY).then_some((made, before_upgrade))
}

/// Writes a proved backup of a base into a file that is not there yet. What is not proved is taken away.
pub fn write(session: &Session, file: &Path, progress: Progress<'_>) -> Outcome<Inside> {
    Store::refuse_existing(file)?;
    let folder = file.parent().unwrap_or(Path::new(""));
    make_folder(folder)?;
    room(folder, session.store.size()?)?;
    let (copy, packed) = (beside(file, ".part-base"), beside(file, ".part"));
    let clean = || {
        remove(&copy);
        let _ = std::fs::remove_file(&packed);
    };
    clean();
    let done = write_parts(session, &copy, &packed, progress).and_then(|inside| {
        std::fs::rename(&packed, file).map_err(archive::not_written(file))?;
        Ok(inside)
    });
    clean();
    done
}

fn write_parts(session: &Session, copy: &Path, packed: &Path, progress: Progress<'_>) -> Outcome<Inside> {
    session.store.write_copy(copy, schema(), &mut |done, all| progress(Step::Copying(done, all)))?;
    archive::pack(copy, packed, &mut |done, all| progress(Step::Packing(done, all)))?;
    remove(copy);
    // The proof is of what would be restored: the file as it lies on the disk, not the copy it was made of.
    let inside = looked_into(packed, copy, &session.clock, progress)?;
    archive::seal(packed, &inside.words())?;
    Ok(inside)
}

/// Writes a proved copy of a base that is not compressed: a base that can be opened as it is.
pub fn write_plain(session: &Session, file: &Path, progress: Progress<'_>) -> Outcome<Inside> {
    Store::refuse_existing(file)?;
    let copy = beside(file, ".part-base");
    remove(&copy);
    let mut write = || {
        session.store.write_copy(&copy, schema(), &mut |done, all| progress(Step::Copying(done, all)))?;
        let made = Session::open_any(Address::File(copy.clone()), session.clock.clone())?;
        let inside = inside::proved(&made, &mut |done, all| progress(Step::Proving(done, all)))?;
        made.store.close_whole()?;
        drop(made);
        std::fs::rename(&copy, file).map_err(archive::not_written(file))?;
        Ok(inside)
    };
    let done = write();
    remove(&copy);
    done
}

/// Unpacks a backup into `copy`, proves it and says what is inside.
fn looked_into(file: &Path, copy: &Path, clock: &Clock, progress: Progress<'_>) -> Outcome<Inside> {
    archive::unpack(file, copy, &mut |done, all| progress(Step::Unpacking(done, all)))?;
    let session = Session::open_any(Address::File(copy.to_owned()), clock.clone())?;
    inside::proved(&session, &mut |done, all| progress(Step::Proving(done, all)))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn make_folder(folder: &Path) -> Outcome<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Error::Failed(text!("folder-not-made", path = shown(folder)), error.to_string()))
}

/// Refuses when the disk has no room for the copy and the compressed copy beside it.
fn room(folder: &Path, size: u64) -> Outcome<()> {
    let needed = size.saturating_mul(2).saturating_add(16 << 20);
    // Where the system does not say how much is free, the disk itself will.
    let free = fs4::available_space(folder).unwrap_or(u64::MAX);
    if free >= needed {
        return Ok(());
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    let text = text!("backup-no-room", folder = shown(folder), needed = megabytes(needed), free = megabytes(free));
    Err(Error::refused(text))
}

/// Makes a proved backup in the folder of the base's rules, notes it in the base, and takes away those that are
/// no longer to be kept. Only one is made at a time.
pub fn make(session: &Session, progress: Progress<'_>) -> Outcome<Backup> {
    make_one(session, false, progress)
}

/// The same for a base that is named, on a connection of its own.
pub fn make_at(address: &Address, clock: &Clock, progress: Progress<'_>) -> Outcome<Backup> {
    make(&Session::open(address, clock.clone())?, progress)
}

/// Makes a proved backup of a base of an earlier release. A base in memory has nothing to lose.
pub(super) fn before_upgrade(session: &Session) -> Outcome<()> {
    if session.store.address().is_none() {
        return Ok(());
    }
    make_one(session, true, &mut |_| true).map(|_| ())
}

fn make_one(session: &Session, before_upgrade: bool, progress: Progress<'_>) -> Outcome<Backup> {
    let Some(address) = session.store.address() else { return Err(Error::refused(text!("base-in-memory"))) };
    let rules = Rules::of(&session.store)?;
    let folder = rules.folder(address)?;
    make_folder(&folder)?;
    let _alone = alone(&folder)?;
    let stem = stem(address);
    sweep(&folder, &stem);
    let made = session.clock.now();
    let file = folder.join(name(&stem, made, before_upgrade));
    let inside = write(session, &file, progress)?;
    let bytes = std::fs::metadata(&file).map(|found| found.len()).unwrap_or(0);
    rules::note(&session.store, made)?;
    take_old(&list_in(&folder, &stem)?, &rules, made);
    Ok(Backup { file, made, before_upgrade, bytes, inside: Some(inside) })
}

/// Holds the folder for one backup at a time; the system frees it when the process ends.
fn alone(folder: &Path) -> Outcome<File> {
    let path = folder.join("backup.lock");
    let file = File::create(&path).map_err(archive::not_written(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::refused(text!("backup-busy", folder = shown(folder)))),
        Err(TryLockError::Error(error)) => Err(archive::not_written(&path)(error)),
    }
}

/// Takes away what an interrupted backup has left.
fn sweep(folder: &Path, stem: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some((whole, _)) = name.split_once(".part")
            && moment_of(stem, whole).is_some()
        {
            remove(&folder.join(format!("{whole}.part-base")));
            let _ = std::fs::remove_file(folder.join(format!("{whole}.part")));
        }
    }
}

/// All backups of the base of a session, the newest first.
pub fn list(session: &Session) -> Outcome<Vec<Backup>> {
    let Some(address) = session.store.address() else { return Ok(Vec::new()) };
    list_in(&Rules::of(&session.store)?.folder(address)?, &stem(address))
}

fn list_in(folder: &Path, stem: &str) -> Outcome<Vec<Backup>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((made, before_upgrade)) = moment_of(stem, &name) else { continue };
        let (file, bytes) = (entry.path(), entry.metadata().map(|found| found.len()).unwrap_or(0));
        let inside = archive::sealed(&file)?.and_then(|words| Inside::read(&words));
        found.push(Backup { file, made, before_upgrade, bytes, inside });
    }
    found.sort_by(|a, b| (b.made, &b.file).cmp(&(a.made, &a.file)));
    Ok(found)
}

/// Takes away proved backups the rules keep no longer. What is not proved is none of ours to judge.
fn take_old(backups: &[Backup], rules: &Rules, now: Moment) {
    let ours: Vec<&Backup> =
        backups.iter().filter(|backup| backup.inside.is_some() && !backup.before_upgrade).collect();
    let moments: Vec<Moment> = ours.iter().map(|backup| backup.made).collect();
    for (backup, stays) in ours.iter().zip(keep::stay(&moments, rules.staying(), now)) {
        if !stays {
            let _ = std::fs::remove_file(&backup.file);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{moment_of, name, stem};
    use crate::kernel::moment::Date;
    use crate::store::address::Address;

    #[test]
    fn a_name_tells_when_and_of_what() {
        let made = Date::ymd(2026, 11, 25).unwrap().at(9, 30, 5);
        assert_eq!(name("Мой магазин", made, false), "Мой магазин 2026-11-25 09-30-05.kontora.gz");
        for before_upgrade in [false, true] {
            let name = name("shop 2", made, before_upgrade);
            assert_eq!(moment_of("shop 2", &name), Some((made, before_upgrade)));
            assert_eq!(moment_of("shop", &name), None);
        }
        for other in ["shop.kontora.gz", "shop 2026-13-25 09-30-05.kontora.gz", "shop 2026-11-25 09-30-05.kontora"] {
            assert_eq!(moment_of("shop", other), None, "{other}");
        }
        assert_eq!(stem(&Address::named("postgres://a:b@host:1/shop?sslmode=disable")), "shop");
        assert_eq!(stem(&Address::named("folder/shop.kontora")), "shop");
    }
}

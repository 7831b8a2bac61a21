//! Backups without the window: for the system's scheduler and for support.

use super::commands::{say, text_arg};
use super::{DONE, Entry};
use crate::domain::company::rights::Right;
use crate::kernel::clock::Clock;
use crate::kernel::problems::Outcome;
use crate::ops::backup::inside::Inside;
use crate::ops::backup::restore::{look_for, restore_for};
use crate::ops::backup::{Backup, list, make, write, write_plain};
use crate::ops::gate::Session;
use crate::store::address::Address;
use crate::store::base::shown;
use crate::text;
use clap::ArgMatches;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Makes a proved backup: by the rules of the base, or in a file that is named.
pub fn backup(args: &ArgMatches, entry: &Entry, out: &mut dyn Write) -> Outcome<u8> {
    let session = entry.open()?;
    session.require(Right::Maintain)?;
    if args.get_flag("list") {
        for backup in list(&session)? {
            say(out, &line(&backup))?;
        }
        return Ok(DONE);
    }
    let file = match text_arg(args, "file") {
        "" => {
            let made = make(&session, &mut |_| true)?;
            show(made.inside.as_ref(), out)?;
            made.file
        }
        named => into_file(&session, Path::new(named), out)?,
    };
    say(out, &text!("backup-done", file = shown(&file)).show())?;
    Ok(DONE)
}

fn into_file(session: &Session, file: &Path, out: &mut dyn Write) -> Outcome<PathBuf> {
    let packed = file.extension().is_some_and(|ending| ending == "gz");
    let written = if packed { write } else { write_plain };
    let inside = written(session, file, &mut |_| true)?;
    show(Some(&inside), out)?;
    Ok(file.to_owned())
}

fn line(backup: &Backup) -> String {
    let proved = match &backup.inside {
        Some(inside) => inside.short(),
        None => text!("backup-not-proved").show(),
    };
    let megabytes = backup.bytes.div_ceil(1 << 20);
    let size = text!("file-megabytes", count = megabytes).show();
    format!("{}  {}  {}  {proved}", backup.made.russian(), size, shown(&backup.file))
}

fn show(inside: Option<&Inside>, out: &mut dyn Write) -> Outcome<()> {
    let lines = inside.map(Inside::lines).unwrap_or_default();
    lines.iter().try_for_each(|(label, value)| say(out, &format!("{label}: {value}")))
}

/// Shows what is inside a backup, proved; puts it into a place when one is named. It asks who may maintain the base
/// that would be replaced, or else the one in the backup.
pub fn restore(args: &ArgMatches, entry: &Entry, out: &mut dyn Write) -> Outcome<u8> {
    let admit = |session: &mut Session| {
        entry.admit(session)?;
        session.require(Right::Maintain)
    };
    let file = Path::new(text_arg(args, "file"));
    let clock = Clock::system();
    let into = text_arg(args, "into");
    let address = Address::named(into);
    let replaces = address.file().is_some_and(Path::exists) && !args.get_flag("replace");
    if into.is_empty() || replaces {
        show(Some(&look_for(&admit, file, file, &clock, &mut |_| true)?), out)?;
        let next = if replaces { text!("restore-would-replace", base = address.shown()) } else { text!("restore-how") };
        say(out, &next.show())?;
        return Ok(if replaces { super::REFUSED } else { DONE });
    }
    let done = restore_for(&admit, file, &address, args.get_flag("replace"), &clock, &mut |_| true)?;
    show(Some(&done.inside), out)?;
    say(out, &text!("restore-done", base = address.shown()).show())?;
    if let Some(kept) = &done.kept {
        say(out, &text!("restore-kept", base = shown(kept)).show())?;
    }
    Ok(DONE)
}

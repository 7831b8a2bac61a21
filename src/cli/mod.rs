//! Headless commands: the same program without a window, for migration, scheduled jobs, support and tests.
//!
//! Exit codes: 0 done; 1 the input is refused and nothing was written; 2 the command line is wrong; 3 the
//! base, a file or a device failed; 4 `check` found faults.

mod args;
mod backups;
mod commands;
mod entry;
mod orders;
mod output;
pub mod print;
mod report;

pub use args::command;
pub use entry::Entry;
pub use output::{Format, Table};

use crate::kernel::problems::Error;
use crate::kernel::text::{Lang, set_language};
use crate::ops::gate::Session;
use crate::print::printer::SystemPrinters;
use std::io::Write;

/// Done.
pub const DONE: u8 = 0;
/// The input is refused.
pub const REFUSED: u8 = 1;
/// The command line is wrong.
pub const USAGE: u8 = 2;
/// The base, a file or a device failed.
pub const FAILED: u8 = 3;
/// `check` found faults.
pub const FAULTS: u8 = 4;

/// What the command line asks for.
pub enum Asked {
    /// A window.
    Window {
        /// On this base; the last one used when absent.
        base: Option<std::path::PathBuf>,
        /// In this language; the user's own when absent.
        language: Option<Lang>,
        /// Who draws: `auto`, `gl` or `software`; what is remembered of the machine when absent.
        renderer: Option<String>,
    },
    /// A test of everything the program stands on.
    SelfTest {
        /// With this base; the last one used when absent.
        base: Option<std::path::PathBuf>,
    },
    /// A picture of a page.
    Screenshot {
        /// Of this base; the last one used when absent.
        base: Option<std::path::PathBuf>,
        /// The code of the page; the start page when absent.
        page: Option<String>,
        /// The PNG file.
        file: std::path::PathBuf,
        /// In this language; the user's own when absent.
        language: Option<Lang>,
    },
    /// What the program does by itself is done once, with the devices of this workstation.
    Jobs(std::path::PathBuf, Box<Session>),
    /// A headless command has run and ends with this code.
    Code(u8),
}

/// Reads the command line and runs a headless command, writing results to `out` and sentences to `errors`.
pub fn run(args: Vec<String>, out: &mut dyn Write, errors: &mut dyn Write) -> Asked {
    run_as(args, None, out, errors)
}

/// The same with the password of the user named on the command line, as the environment holds it.
pub fn run_as(args: Vec<String>, password: Option<String>, out: &mut dyn Write, errors: &mut dyn Write) -> Asked {
    let matches = match command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            let help = !error.use_stderr();
            let target: &mut dyn Write = if help { out } else { errors };
            let _ = write!(target, "{}", error.render());
            return Asked::Code(if help { DONE } else { USAGE });
        }
    };
    let language = matches.get_one::<String>("language").map(|code| Lang::named(code));
    if let Some(language) = language {
        set_language(language);
    }
    let base = matches.get_one::<String>("base").map(std::path::PathBuf::from);
    let Some((name, sub)) = matches.subcommand() else {
        let given = |name: &str| matches.get_one::<String>(name).cloned();
        if matches.get_flag("self-test") {
            return Asked::SelfTest { base };
        }
        return match given("screenshot") {
            Some(file) => Asked::Screenshot { base, page: given("page"), file: file.into(), language },
            None => Asked::Window { base, language, renderer: given("renderer") },
        };
    };
    let entry = match Entry::of(&matches, password) {
        Ok(entry) => Entry { base, ..entry },
        Err(error) => return Asked::Code(told(&error, errors)),
    };
    if name == "run-jobs" {
        let base = entry.base.clone().unwrap_or_default();
        return match entry.open() {
            Ok(open) => Asked::Jobs(base, Box::new(open)),
            Err(error) => Asked::Code(told(&error, errors)),
        };
    }
    let done = match name {
        "print" => {
            let mut streams = print::Streams { out, errors: &mut *errors };
            print::run(sub, entry, &SystemPrinters::default(), &mut streams)
        }
        _ => commands::run(name, sub, &entry, out),
    };
    match done {
        Ok(code) => Asked::Code(code),
        Err(error) => Asked::Code(told(&error, errors)),
    }
}

/// Says why nothing was done; gives the code to end with.
fn told(error: &Error, errors: &mut dyn Write) -> u8 {
    let _ = writeln!(errors, "{}", error.sentence());
    match error {
        Error::Refused(..) => REFUSED,
        Error::Failed(..) | Error::Cancelled => FAILED,
    }
}

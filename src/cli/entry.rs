//! Who works on which base: `--base`, `--user`, and a password that never stands on the command line.

use crate::kernel::clock::Clock;
use crate::kernel::problems::{Error, Outcome};
use crate::ops::gate::Session;
use crate::ops::sign_in::{door, sign_in};
use crate::text;
use clap::ArgMatches;
use std::io::BufRead as _;
use std::path::PathBuf;

/// What a command opens its base with.
#[derive(Clone, Default)]
pub struct Entry {
    /// The base.
    pub base: Option<PathBuf>,
    /// The name of the user; empty when none is named.
    pub user: String,
    /// His password; empty when he has none.
    pub password: String,
}

impl From<Option<PathBuf>> for Entry {
    fn from(base: Option<PathBuf>) -> Self {
        Self { base, ..Self::default() }
    }
}

impl Entry {
    /// From the command line and the environment.
    pub(super) fn of(matches: &ArgMatches, password: Option<String>) -> Outcome<Self> {
        let user = matches.get_one::<String>("user").cloned().unwrap_or_default();
        let password = if matches.get_flag("password-stdin") { typed()? } else { password.unwrap_or_default() };
        Ok(Self { base: None, user, password })
    }

    /// Opens the base and signs in. A base that asks nobody is worked on without a name too.
    pub(super) fn open(&self) -> Outcome<Session> {
        let Some(path) = &self.base else { return Err(Error::refused(text!("cli-no-base"))) };
        let mut session = Session::open(path, Clock::system())?;
        session.workstation = session.clock.workplace("cli");
        self.admit(&mut session)?;
        Ok(session)
    }

    /// Signs in to a base that is open. One that asks nobody lets in its first user.
    pub(super) fn admit(&self, session: &mut Session) -> Outcome<()> {
        let door = door(session)?;
        if !self.user.is_empty() {
            let known = door.named(&self.user);
            let user = known.ok_or_else(|| Error::refused(text!("cli-user-unknown", name = &self.user)))?;
            sign_in(session, user, &self.password)
        } else if door.asks {
            Err(Error::refused(text!("cli-who")))
        } else {
            session.act_as(door.first()).map(drop)
        }
    }
}

fn typed() -> Outcome<String> {
    let mut line = String::new();
    let failed = |error: std::io::Error| Error::Failed(text!("file-not-read", file = "-"), error.to_string());
    std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

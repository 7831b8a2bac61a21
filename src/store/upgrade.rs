//! A base made by an earlier release gets what it lacks, in one transaction: tables, columns and indexes by
//! comparing what is declared with what is there ([`super::layout`]), the rest by numbered steps
//! ([`super::migrations`]).

use super::base::Store;
use super::dialect::Dialect;
use super::engine::int;
use super::layout::{Found, Plan};
use super::migrations::Step;
use super::schema::VERSION;
use crate::kernel::problems::Outcome;

/// What an upgrade did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upgraded {
    /// The version of the layout before.
    pub from: i64,
    /// What was added.
    pub plan: Plan,
}

impl Store {
    /// True when the layout is not the one declared now: an earlier release made or last opened this base.
    pub fn needs_upgrade(&self) -> Outcome<bool> {
        Ok(self.layout_version()? < VERSION || self.layout_digest()? != self.schema().layout_digest())
    }

    /// The version of the layout the base says it has.
    pub fn layout_version(&self) -> Outcome<i64> {
        let sql = match self.dialect() {
            Dialect::Sqlite => "PRAGMA user_version",
            Dialect::Postgres => "SELECT layout FROM kontora_base",
        };
        Ok(int(self.engine(), sql, &[])?.unwrap_or(0))
    }

    /// The digest of the layout the base was last brought to; empty before there was one.
    fn layout_digest(&self) -> Outcome<String> {
        let known = match self.dialect() {
            Dialect::Sqlite => "SELECT count(*) FROM sqlite_schema WHERE name = 'layout'",
            Dialect::Postgres => "SELECT CASE WHEN to_regclass('layout') IS NULL THEN 0 ELSE 1 END",
        };
        if int(self.engine(), known, &[])? != Some(1) {
            return Ok(String::new());
        }
        let mut found = String::new();
        self.engine().query("SELECT digest FROM layout", &[], &mut |row| {
            row.text(0).clone_into(&mut found);
            Ok(())
        })?;
        Ok(found)
    }

    /// The release of the program that brought the base to its layout; empty for the first release.
    pub fn made_by(&self) -> Outcome<String> {
        let mut found = String::new();
        if self.layout_digest()?.is_empty() {
            return Ok(found);
        }
        self.engine().query("SELECT program FROM layout", &[], &mut |row| {
            row.text(0).clone_into(&mut found);
            Ok(())
        })?;
        Ok(found)
    }

    /// Brings the layout to what is declared, in one transaction with what `fill` adds to the tables that were
    /// made. A base that needs nothing (someone else was faster) is left as it is.
    pub fn upgrade(&self, steps: &[Step], fill: impl FnOnce(&Self, &Upgraded) -> Outcome<()>) -> Outcome<Upgraded> {
        self.reshape(|store| {
            let from = store.layout_version()?;
            if !store.needs_upgrade()? {
                return Ok(Upgraded { from, plan: Plan::default() });
            }
            let due = || steps.iter().filter(|step| step.version > from);
            due().try_for_each(|step| (step.before)(store))?;
            let found = Found::read(store.engine(), store.dialect())?;
            let plan = Plan::of(store.schema(), &found, store.has_trigrams()?)?;
            plan.statements.iter().try_for_each(|sql| store.engine().batch(sql))?;
            due().try_for_each(|step| (step.after)(store))?;
            store.stamp()?;
            let done = Upgraded { from, plan };
            store.older.set(false);
            fill(store, &done)?;
            Ok(done)
        })
    }

    /// Whether the engine indexes words by an extension that is there.
    fn has_trigrams(&self) -> Outcome<bool> {
        match self.dialect() {
            Dialect::Sqlite => Ok(false),
            Dialect::Postgres => {
                let sql = "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'";
                Ok(int(self.engine(), sql, &[])? == Some(1))
            }
        }
    }

    /// Notes that the layout is the declared one.
    pub(super) fn stamp(&self) -> Outcome<()> {
        let engine = self.engine();
        let sql = "UPDATE layout SET digest = ?1, program = ?2";
        engine.execute(sql, &[self.schema().layout_digest().into(), env!("CARGO_PKG_VERSION").into()])?;
        match self.dialect() {
            Dialect::Sqlite => engine.batch(&format!("PRAGMA user_version = {VERSION}")),
            Dialect::Postgres => engine.execute("UPDATE kontora_base SET layout = ?1", &[VERSION.into()]).map(|_| ()),
        }
    }
}

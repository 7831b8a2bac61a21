//! Passwords and failed attempts: a table of their own that no list, history, export or file looks into.
//!
//! What is kept of a password is its hash, as the caller made it. The store neither makes nor compares them.

use super::base::Store;
use super::engine::{Cell, int};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;

/// What is kept of a user who has a password or has failed to sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credential {
    /// The hash of the password; empty when he has none.
    pub secret: String,
    /// Attempts that failed since the last that did not.
    pub failures: i64,
    /// No attempt is taken before this moment.
    pub refused_until: Moment,
}

impl Store {
    /// What is kept of a user.
    pub fn credential(&self, user: AnyRef) -> Outcome<Credential> {
        let mut found = Credential::default();
        let sql = "SELECT secret, failures, refused_until FROM credentials WHERE account = ?1";
        self.engine().query(sql, &[user.id().into()], &mut |row| {
            found = Credential {
                secret: row.text(0).to_owned(),
                failures: row.int(1),
                refused_until: Moment::from_stored(row.int(2)),
            };
            Ok(())
        })?;
        Ok(found)
    }

    /// Keeps the hash of a new password; an empty one takes the password away. Failed attempts are forgotten.
    pub fn set_secret(&self, user: AnyRef, secret: &str, at: Moment) -> Outcome<()> {
        let sql = "INSERT INTO credentials (account, secret, changed, failures, refused_until) \
                   VALUES (?1, ?2, ?3, 0, 0) ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, \
                   changed = excluded.changed, failures = 0, refused_until = 0";
        let cells = [user.id().into(), Cell::Text(secret), at.stored().into()];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    /// Keeps how many attempts have failed, and until when no other is taken.
    pub fn set_failures(&self, user: AnyRef, failures: i64, refused_until: Moment) -> Outcome<()> {
        let sql = "INSERT INTO credentials (account, secret, changed, failures, refused_until) \
                   VALUES (?1, '', 0, ?2, ?3) ON CONFLICT (account) DO UPDATE SET failures = excluded.failures, \
                   refused_until = excluded.refused_until";
        let cells = [user.id().into(), failures.into(), refused_until.stored().into()];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    /// Keeps the hash of the code of a user's card; an empty one takes the card away.
    pub fn set_card(&self, user: AnyRef, card: &str) -> Outcome<()> {
        let sql = "INSERT INTO credentials (account, secret, changed, failures, refused_until, card) \
                   VALUES (?1, '', 0, 0, 0, ?2) ON CONFLICT (account) DO UPDATE SET card = excluded.card";
        self.engine().execute(sql, &[user.id().into(), Cell::Text(card)]).map(|_| ())
    }

    /// The hash of the code of a user's card; empty when he has none.
    pub fn card(&self, user: AnyRef) -> Outcome<String> {
        let mut found = String::new();
        let sql = "SELECT card FROM credentials WHERE account = ?1";
        self.engine().query(sql, &[user.id().into()], &mut |row| {
            row.text(0).clone_into(&mut found);
            Ok(())
        })?;
        Ok(found)
    }

    /// True when anybody has a password.
    pub fn has_secrets(&self) -> Outcome<bool> {
        let sql = "SELECT 1 FROM credentials WHERE secret <> '' LIMIT 1";
        Ok(int(self.engine(), sql, &[])?.is_some())
    }

    /// The user who has written the first version of an object; zero when nobody is known.
    pub fn author_of(&self, object: AnyRef) -> Outcome<i64> {
        let sql = "SELECT o.account FROM history h JOIN operations o ON o.id = h.operation WHERE h.object = ?1 \
                   ORDER BY h.version LIMIT 1";
        Ok(int(self.engine(), sql, &[object.packed().into()])?.unwrap_or(0))
    }
}

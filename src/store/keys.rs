//! Keys from outside: what another program calls our objects, so that nothing is taken twice.

use super::base::Store;
use super::engine::Cell;
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;

/// What is known under an outside key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Our object.
    pub object: AnyRef,
    /// The digest of what it was taken from.
    pub digest: String,
}

/// Something from outside that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// Where it came from.
    pub space: String,
    /// Its key there.
    pub key: String,
    /// Its number, as people know it.
    pub number: String,
    /// When.
    pub at: Moment,
    /// Why, in words.
    pub reason: String,
}

impl Store {
    /// Our object under an outside key.
    pub fn known(&self, space: &str, key: &str) -> Outcome<Option<Known>> {
        let mut found = None;
        let sql = "SELECT object, digest FROM keys WHERE space = ?1 AND key = ?2";
        self.engine().query(sql, &[space.into(), key.into()], &mut |row| {
            found = Some(Known { object: AnyRef::from_packed(row.int(0)), digest: row.text(1).to_owned() });
            Ok(())
        })?;
        Ok(found)
    }

    /// Remembers our object under an outside key.
    pub fn remember(&self, space: &str, key: &str, object: AnyRef, digest: &str) -> Outcome<()> {
        let sql = "INSERT INTO keys (space, key, object, digest) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (space, key) DO UPDATE SET object = excluded.object, digest = excluded.digest";
        let cells = [space.into(), key.into(), object.packed().into(), digest.into()];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    /// Forgets an outside key.
    pub fn forget_key(&self, space: &str, key: &str) -> Outcome<()> {
        let sql = "DELETE FROM keys WHERE space = ?1 AND key = ?2";
        self.engine().execute(sql, &[space.into(), key.into()]).map(|_| ())
    }

    /// Outside keys of one of our objects within spaces that begin with a word.
    pub fn keys_of(&self, object: AnyRef) -> Outcome<Vec<(String, String)>> {
        let mut found = Vec::new();
        let sql = "SELECT space, key FROM keys WHERE object = ?1 ORDER BY space, key";
        self.engine().query(sql, &[object.packed().into()], &mut |row| {
            found.push((row.text(0).to_owned(), row.text(1).to_owned()));
            Ok(())
        })?;
        Ok(found)
    }

    /// Keeps a file as it came, before anything is read out of it.
    pub fn keep_file(&self, space: &str, name: &str, at: Moment, digest: &str, body: &[u8]) -> Outcome<()> {
        let sql = "INSERT INTO import_files (space, name, at, digest, body) VALUES (?1, ?2, ?3, ?4, ?5)";
        let cells = [space.into(), name.into(), at.stored().into(), digest.into(), Cell::Blob(body)];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    /// Puts a thing that could not be taken on the list, or takes it off when the reason is empty.
    pub fn note_import_error(&self, error: &ImportError) -> Outcome<()> {
        let (space, key) = (error.space.as_str(), error.key.as_str());
        if error.reason.is_empty() {
            let sql = "DELETE FROM import_errors WHERE space = ?1 AND key = ?2";
            return self.engine().execute(sql, &[space.into(), key.into()]).map(|_| ());
        }
        let sql = "INSERT INTO import_errors (space, key, number, at, reason) VALUES (?1, ?2, ?3, ?4, ?5) \
                   ON CONFLICT (space, key) DO UPDATE SET number = excluded.number, at = excluded.at, \
                   reason = excluded.reason";
        let cells = [
            space.into(),
            key.into(),
            error.number.as_str().into(),
            error.at.stored().into(),
            error.reason.as_str().into(),
        ];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    /// Everything that could not be taken and is not worked off yet, the newest first.
    pub fn import_errors(&self) -> Outcome<Vec<ImportError>> {
        let mut found = Vec::new();
        let sql = "SELECT space, key, number, at, reason FROM import_errors ORDER BY at DESC, space, key";
        self.engine().query(sql, &[], &mut |row| {
            found.push(ImportError {
                space: row.text(0).to_owned(),
                key: row.text(1).to_owned(),
                number: row.text(2).to_owned(),
                at: Moment::from_stored(row.int(3)),
                reason: row.text(4).to_owned(),
            });
            Ok(())
        })?;
        Ok(found)
    }
}

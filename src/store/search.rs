//! Text search over every object: trigrams find candidates, the words themselves decide.
//!
//! SQLite keeps its trigrams in an index beside the tables, to which words are brought here. PostgreSQL keeps
//! them in an index on the column of words itself, if the server has `pg_trgm`; without it the column is read.

use super::base::Store;
use super::dialect::Dialect;
use super::engine::{Cell, Owned, ints};
use super::schema::quoted;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::normalize;

/// Candidates asked of the index before a scan in the list's own order is the better way.
pub const CANDIDATES_MAX: usize = 4_000;

/// Every so many objects of a kind the waiting words of all kinds go into the index.
const PENDING_MAX: i64 = 128;

/// The words of a query in their search spelling, the longest first.
pub fn words(query: &str) -> Vec<String> {
    let mut words: Vec<String> = normalize(query).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words.dedup();
    words
}

/// The query of the trigram index for one word; `None` when it is too short for a trigram.
fn trigrams(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 3 {
        return None;
    }
    let parts: Vec<String> = letters
        .windows(3)
        .map(|three| format!("\"{}\"", three.iter().collect::<String>().replace('"', "\"\"")))
        .collect();
    Some(parts.join(" AND "))
}

impl Store {
    /// Notes the words by which an object is found. The trigram index is costly to write a row at a time, so
    /// words wait beside it and go in by the hundred; a search looks at both.
    pub fn index_words(&self, object: AnyRef, words: &str, replace: bool) -> Outcome<()> {
        if self.dialect() == Dialect::Postgres {
            return Ok(());
        }
        if replace {
            self.engine().execute("DELETE FROM search WHERE rowid = ?1", &[object.packed().into()])?;
        }
        let row = vec![Owned::Int(object.packed()), Owned::Text(words.to_owned())];
        self.behind().put(&self.schema().service().search, row)?;
        if object.id() % PENDING_MAX == 0 { self.index_pending() } else { Ok(()) }
    }

    /// Moves waiting words into the index.
    pub fn index_pending(&self) -> Outcome<()> {
        if self.dialect() == Dialect::Postgres {
            return Ok(());
        }
        let sql = "INSERT INTO search (rowid, words) SELECT object, words FROM search_pending ORDER BY object";
        self.engine().execute(sql, &[])?;
        self.engine().execute("DELETE FROM search_pending", &[]).map(|_| ())
    }

    /// References of a kind whose words may hold all these (the index knows trigrams only, so the caller
    /// compares); `None` when no word is long enough or there are too many to be worth it.
    pub fn candidates(&self, meta: &ObjectMeta, words: &[String]) -> Outcome<Option<Vec<AnyRef>>> {
        let parts: Vec<String> = words.iter().filter_map(|word| trigrams(word)).collect();
        if parts.is_empty() {
            return Ok(None);
        }
        let limit = i64::try_from(CANDIDATES_MAX).unwrap_or(i64::MAX) + 1;
        let found = match self.dialect() {
            Dialect::Sqlite => self.by_trigrams(meta, &parts.join(" AND "), limit)?,
            Dialect::Postgres => self.by_column(meta, words, limit)?,
        };
        Ok((found.len() <= CANDIDATES_MAX).then(|| found.into_iter().map(AnyRef::from_packed).collect()))
    }

    fn by_trigrams(&self, meta: &ObjectMeta, query: &str, limit: i64) -> Outcome<Vec<i64>> {
        let sql = "SELECT rowid FROM search WHERE search MATCH ?1 AND (rowid & 255) = ?2 ORDER BY rowid DESC LIMIT ?3";
        let tag = i64::from(meta.tag);
        let mut found = ints(self.engine(), sql, &[query.into(), tag.into(), limit.into()])?;
        let waiting = "SELECT object FROM search_pending WHERE (object & 255) = ?1";
        found.extend(ints(self.engine(), waiting, &[tag.into()])?);
        Ok(found)
    }

    fn by_column(&self, meta: &ObjectMeta, words: &[String], limit: i64) -> Outcome<Vec<i64>> {
        let dialect = self.dialect();
        let bound: Vec<String> = words.iter().map(|word| dialect.word(word)).collect();
        let mut cells: Vec<Cell<'_>> = bound.iter().map(|word| word.as_str().into()).collect();
        let parts: Vec<String> = (1..=words.len()).map(|place| dialect.holds(place)).collect();
        cells.push(limit.into());
        let sql =
            format!("SELECT id FROM {} WHERE {} LIMIT ?{}", quoted(meta.code), parts.join(" AND "), words.len() + 1);
        let ids = ints(self.engine(), &sql, &cells)?;
        Ok(ids.into_iter().map(|id| AnyRef::new(meta.tag, id).packed()).collect())
    }

    /// Unmarked objects of a kind that hold all words of a query, at most `limit`, in the order of their
    /// names (catalogs) or the newest first (documents). `only` limits a field to a stored value.
    pub fn find_words(
        &self,
        meta: &ObjectMeta,
        query: &str,
        only: &[(&str, i64)],
        limit: usize,
    ) -> Outcome<Vec<AnyRef>> {
        let scope = self.scope();
        if scope.closed_kinds.contains(&meta.tag) {
            return Ok(Vec::new());
        }
        let words = words(query);
        let candidates = self.candidates(meta, &words)?;
        let bound: Vec<String> = words.iter().map(|word| self.dialect().word(word)).collect();
        let ids = candidates.map(|found| found.iter().map(|reference| reference.id()).collect::<Vec<i64>>());
        let numbers = ids.map(|ids| self.dialect().numbers(&ids));
        let mut conditions = scope.rows(meta);
        conditions.push("marked = 0".to_owned());
        let mut cells: Vec<Cell<'_>> = Vec::new();
        for word in &bound {
            cells.push(word.as_str().into());
            conditions.push(self.dialect().holds(cells.len()));
        }
        for (field, value) in only {
            cells.push((*value).into());
            conditions.push(format!("{} = ?{}", quoted(field), cells.len()));
        }
        if let Some(numbers) = &numbers {
            cells.push(numbers.as_str().into());
            conditions.push(self.dialect().among("id", cells.len()));
        }
        let order = match meta.kind {
            crate::kernel::meta::Kind::Catalog => format!("name {}, id", self.dialect().collation()),
            crate::kernel::meta::Kind::Document => "date DESC, id DESC".to_owned(),
        };
        let sql = format!(
            "SELECT id FROM {} WHERE {} ORDER BY {order} LIMIT {limit}",
            quoted(meta.code),
            conditions.join(" AND ")
        );
        let ids = ints(self.engine(), &sql, &cells)?;
        Ok(ids.into_iter().map(|id| AnyRef::new(meta.tag, id)).collect())
    }
}

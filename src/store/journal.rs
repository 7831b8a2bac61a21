//! The journal of changes: every change of every object, the newest first, by pages that cost the same however
//! large the base is.

use super::base::Store;
use super::engine::Cell;
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;

/// Which changes are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JournalQuery {
    /// Only those of this user; zero is a user too, of bases that know none.
    pub account: Option<i64>,
    /// Only of objects of this kind, by its tag.
    pub tag: Option<u8>,
    /// Not before; the empty moment is open.
    pub from: Moment,
    /// Not after; the empty moment is open.
    pub until: Moment,
}

/// The place of a change in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JournalKey {
    /// The operation.
    pub operation: i64,
    /// The object.
    pub object: AnyRef,
    /// The version it led to.
    pub version: i64,
}

/// A change as the journal lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalLine {
    /// Its place.
    pub key: JournalKey,
    /// When.
    pub at: Moment,
    /// By whom: the user's id.
    pub account: i64,
    /// Where.
    pub workstation: String,
    /// In which operation, by number.
    pub op: i64,
    /// What was done, by number.
    pub deed: i64,
}

impl Store {
    /// A page of the journal, the newest change first; it begins after `after`.
    pub fn journal(&self, query: &JournalQuery, after: Option<&JournalKey>, limit: usize) -> Outcome<Vec<JournalLine>> {
        let mut found = Vec::new();
        let Some((sql, cells)) = self.journal_statement(query, after, limit)? else { return Ok(found) };
        let cells: Vec<Cell<'_>> = cells.into_iter().map(Cell::Int).collect();
        self.engine().query(&sql, &cells, &mut |row| {
            let object = AnyRef::from_packed(row.int(1));
            found.push(JournalLine {
                key: JournalKey { operation: row.int(0), object, version: row.int(2) },
                at: Moment::from_stored(row.int(3)),
                account: row.int(4),
                op: row.int(5),
                deed: row.int(6),
                workstation: row.text(7).to_owned(),
            });
            Ok(())
        })?;
        Ok(found)
    }

    /// The statement behind a page with what is bound to it; `None` when the period holds nothing.
    pub fn journal_statement(
        &self,
        query: &JournalQuery,
        after: Option<&JournalKey>,
        limit: usize,
    ) -> Outcome<Option<(String, Vec<i64>)>> {
        let Some((first, last)) = self.operations_between(query.from, query.until)? else { return Ok(None) };
        let mut cells = vec![first, after.map_or(last, |key| last.min(key.operation))];
        let mut more = String::new();
        if let Some(key) = after {
            more += " AND (h.operation, h.object, h.version) < (?3, ?4, ?5)";
            cells.extend([key.operation, key.object.packed(), key.version]);
        }
        if let Some(tag) = query.tag {
            cells.push(i64::from(tag));
            more += &format!(" AND (h.object & 255) = ?{}", cells.len());
        } else {
            more += &format!(" AND {}", self.schema().of_any_kind("h.object"));
        }
        if let Some(account) = query.account {
            cells.push(account);
            more += &format!(" AND o.account = ?{}", cells.len());
        }
        for condition in self.scope().objects("h.object", self.schema()) {
            more += &format!(" AND {condition}");
        }
        // Kinds are the head of the index, for some change once a year. All kinds are read operation by operation,
        // from the narrow table of operations, where each user is found soon too. A file's engine joins in the order
        // written.
        let (tables, span) = match query.tag {
            Some(_) => ("history h CROSS JOIN operations o", "h.operation"),
            None => ("operations o CROSS JOIN history h", "o.id"),
        };
        let sql = format!(
            "SELECT h.operation, h.object, h.version, o.at, o.account, o.op, h.deed, s.workstation \
             FROM {tables} LEFT JOIN sessions s ON s.id = o.session \
             WHERE h.operation = o.id AND {span} >= ?1 AND {span} <= ?2{more} \
             ORDER BY {span} DESC, h.object DESC, h.version DESC LIMIT {limit}"
        );
        Ok(Some((sql, cells)))
    }

    /// The first and the last operation of a period; `None` when there is none.
    fn operations_between(&self, from: Moment, until: Moment) -> Outcome<Option<(i64, i64)>> {
        let first = if from.is_empty() { i64::MIN } else { self.first_operation_since(from)? };
        let last = if until.is_empty() {
            i64::MAX
        } else {
            // The moment after the last second of the period.
            self.first_operation_since(until.plus_seconds(1))? - 1
        };
        Ok((first <= last).then_some((first, last)))
    }
}

//! Numbers of documents: by kind, prefix and year, without gaps, taken in the saving transaction.

use super::base::Store;
use super::engine::{Cell, int};
use super::schema::quoted;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::problems::Outcome;

impl Store {
    /// The next number of a series. A transaction taken back gives its number back, so there are no gaps.
    pub fn next_number(&self, kind: u8, prefix: &str, year: i64) -> Outcome<i64> {
        let sql = "INSERT INTO numbers (kind, prefix, year, last) VALUES (?1, ?2, ?3, 1) \
                   ON CONFLICT (kind, prefix, year) DO UPDATE SET last = numbers.last + 1 RETURNING last";
        let cells = [i64::from(kind).into(), prefix.into(), year.into()];
        Ok(int(self.engine(), sql, &cells)?.unwrap_or(1))
    }

    /// Gives back the last number of a series when its document has another one again: the series goes on after
    /// the greatest number in use. A series that has gone on since stays as it is.
    pub fn number_back(&self, meta: &ObjectMeta, prefix: &str, year: i64, number: i64) -> Outcome<()> {
        let known = "SELECT last FROM numbers WHERE kind = ?1 AND prefix = ?2 AND year = ?3";
        let kind = i64::from(meta.tag);
        let last = int(self.engine(), known, &[kind.into(), prefix.into(), year.into()])?;
        if last != Some(number) {
            return Ok(());
        }
        let sql = format!(
            "SELECT number FROM {} WHERE number >= ?1 AND number <= ?2 AND date >= ?3 AND date < ?4 \
             ORDER BY number DESC LIMIT 1",
            quoted(meta.code)
        );
        let (lowest, highest) = (format!("{prefix}000000"), format!("{prefix}{number:06}"));
        let start = |year: i64| Cell::Int(year * 10_000_000_000);
        let mut greatest = 0;
        let cells = [lowest.as_str().into(), highest.as_str().into(), start(year), start(year + 1)];
        self.engine().query(&sql, &cells, &mut |row| {
            greatest = row.text(0).strip_prefix(prefix).and_then(|rest| rest.parse().ok()).unwrap_or(0);
            Ok(())
        })?;
        let sql = "UPDATE numbers SET last = ?4 WHERE kind = ?1 AND prefix = ?2 AND year = ?3";
        let cells = [kind.into(), prefix.into(), year.into(), greatest.into()];
        self.engine().execute(sql, &cells).map(|_| ())
    }

    /// Moves a series forward to a number entered by hand, so that it is not given again.
    pub fn number_taken(&self, kind: u8, prefix: &str, year: i64, number: i64) -> Outcome<()> {
        let sql = "INSERT INTO numbers (kind, prefix, year, last) VALUES (?1, ?2, ?3, ?4) \
                   ON CONFLICT (kind, prefix, year) DO UPDATE SET \
                   last = CASE WHEN excluded.last > numbers.last THEN excluded.last ELSE numbers.last END";
        let cells = [i64::from(kind).into(), prefix.into(), year.into(), number.into()];
        self.engine().execute(sql, &cells).map(|_| ())
    }
}

//! Numbers of documents: by kind, prefix and year, without gaps, taken in the saving transaction.

use super::base::Store;
use super::engine::int;
use crate::kernel::problems::Outcome;

impl Store {
    /// The next number of a series. A transaction taken back gives its number back, so there are no gaps.
    pub fn next_number(&self, kind: u8, prefix: &str, year: i64) -> Outcome<i64> {
        let sql = "INSERT INTO numbers (kind, prefix, year, last) VALUES (?1, ?2, ?3, 1) \
                   ON CONFLICT (kind, prefix, year) DO UPDATE SET last = numbers.last + 1 RETURNING last";
        let cells = [i64::from(kind).into(), prefix.into(), year.into()];
        Ok(int(self.engine(), sql, &cells)?.unwrap_or(1))
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

//! Moving a whole base to another engine: every table with its history, and the proof that both are equal.

use super::base::Store;
use super::dialect::Dialect;
use super::engine::{Cell, Owned, RowView, int};
use super::schema::{list, quoted};
use super::shape::{Holds, Shape};
use crate::kernel::problems::{Error, Outcome};
use crate::text;

/// Rows read at a time, so that a table of millions is never in memory whole.
const PAGE: usize = 4_000;

/// Values bound to one statement at most: SQLite takes 32 766, a server 65 535.
const BOUND_MAX: usize = 8_000;

/// What a table holds, in short: two tables with the same digest hold the same rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDigest {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: i64,
    /// A hash of all cells in the order of the key.
    pub hash: u64,
}

impl TableDigest {
    fn of(table: &str) -> Self {
        Self { table: table.to_owned(), rows: 0, hash: 0xcbf2_9ce4_8422_2325 }
    }

    fn add(&mut self, row: &Row) {
        self.rows += 1;
        for cell in row {
            match cell {
                Owned::Int(value) => self.bytes(&value.to_le_bytes()),
                Owned::Text(text) => self.bytes(text.as_bytes()),
                Owned::Bytes(bytes) => self.bytes(bytes),
            }
            self.bytes(&[0xff]);
        }
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.hash = (self.hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The cells of a row taken out of a table.
type Row = Vec<Owned>;

fn read(row: &dyn RowView, at: usize, holds: Holds) -> Owned {
    match holds {
        Holds::Int => Owned::Int(row.int(at)),
        // A server keeps no zero characters (see its engine): they are no difference.
        Holds::Text => Owned::Text(row.text(at).replace('\0', "")),
        Holds::Bytes => Owned::Bytes(row.blob(at).to_vec()),
    }
}

impl Store {
    /// The digests of all tables.
    pub fn digests(&self) -> Outcome<Vec<TableDigest>> {
        self.schema().shapes().iter().map(|shape| self.digest_of(shape)).collect()
    }

    pub(super) fn digest_of(&self, shape: &Shape) -> Outcome<TableDigest> {
        let mut digest = TableDigest::of(&shape.table);
        self.each_page(shape, &mut |rows| {
            rows.iter().for_each(|row| digest.add(row));
            Ok(())
        })?;
        Ok(digest)
    }

    /// Reads a table by pages in the order of its key.
    fn each_page(&self, shape: &Shape, each: &mut dyn FnMut(&[Row]) -> Outcome<()>) -> Outcome<()> {
        let key = list(shape.columns.iter().take(shape.key).map(|(name, _)| name.as_str()));
        let columns = list(shape.columns.iter().map(|(name, _)| name.as_str()));
        let places: Vec<String> = (1..=shape.key).map(|at| format!("?{at}")).collect();
        let from = |condition: &str| {
            format!("SELECT {columns} FROM {}{condition} ORDER BY {key} LIMIT {PAGE}", quoted(&shape.table))
        };
        let (first, next) = (from(""), from(&format!(" WHERE ({key}) > ({})", places.join(", "))));
        let mut last: Option<Row> = None;
        loop {
            let cells: Vec<Cell<'_>> = last.iter().flatten().take(shape.key).map(Owned::cell).collect();
            let mut rows: Vec<Row> = Vec::new();
            self.engine().query(if last.is_none() { &first } else { &next }, &cells, &mut |row| {
                let cells = shape.columns.iter().enumerate();
                rows.push(cells.map(|(at, (_, holds))| read(row, at, *holds)).collect());
                Ok(())
            })?;
            each(&rows)?;
            if rows.len() < PAGE {
                return Ok(());
            }
            last = rows.pop();
        }
    }

    /// Fills this empty base with everything another one holds, in one transaction, while nobody can write to
    /// the other; proves that both hold the same. `progress` gets done and total tables and returns false to
    /// stop. Gives the digests.
    pub fn take_over(
        &self,
        source: &Self,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Outcome<Vec<TableDigest>> {
        source.rehearsal(|source| self.transaction(|target| target.take_tables(source, progress)))
    }

    fn take_tables(&self, source: &Self, progress: &mut dyn FnMut(usize, usize) -> bool) -> Outcome<Vec<TableDigest>> {
        let digests = self.take_rows(source, &self.schema().shapes(), progress)?;
        self.set_counters(source)?;
        Ok(digests)
    }

    /// Takes the rows of these tables, and proves of each that it was taken whole.
    pub(super) fn take_rows(
        &self,
        source: &Self,
        shapes: &[Shape],
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Outcome<Vec<TableDigest>> {
        let mut digests = Vec::new();
        for (at, shape) in shapes.iter().enumerate() {
            if !progress(at, shapes.len()) {
                return Err(Error::Cancelled);
            }
            let mut taken = TableDigest::of(&shape.table);
            source.each_page(shape, &mut |rows| {
                rows.iter().for_each(|row| taken.add(row));
                self.put_rows(shape, rows)
            })?;
            let kept = self.digest_of(shape)?;
            if kept != taken {
                let detail = format!("{}: {} / {} rows", shape.table, taken.rows, kept.rows);
                return Err(Error::Failed(text!("base-copy-differs"), detail));
            }
            digests.push(kept);
        }
        Ok(digests)
    }

    fn put_rows(&self, shape: &Shape, rows: &[Row]) -> Outcome<()> {
        let width = shape.columns.len();
        let columns = list(shape.columns.iter().map(|(name, _)| name.as_str()));
        for part in rows.chunks((BOUND_MAX / width).max(1)) {
            let values: Vec<String> = (0..part.len())
                .map(|row| {
                    let places: Vec<String> = (1..=width).map(|at| format!("?{}", row * width + at)).collect();
                    format!("({})", places.join(", "))
                })
                .collect();
            let sql = format!("INSERT INTO {} ({columns}) VALUES {}", quoted(&shape.table), values.join(", "));
            let cells: Vec<Cell<'_>> = part.iter().flatten().map(Owned::cell).collect();
            self.engine().execute(&sql, &cells)?;
        }
        Ok(())
    }

    /// What is counted beside the tables goes on where the other base has stopped; words are indexed.
    fn set_counters(&self, source: &Self) -> Outcome<()> {
        let last = int(source.engine(), source.dialect().last_id(), &[])?.unwrap_or(0);
        match self.dialect() {
            Dialect::Sqlite => {
                self.engine().execute("UPDATE last_id SET last = ?1", &[last.into()])?;
                for kind in self.schema().kinds() {
                    let meta = kind.meta();
                    let sql = format!(
                        "INSERT INTO search (rowid, words) SELECT id * 256 + ?1, search FROM {} ORDER BY id",
                        quoted(meta.code)
                    );
                    self.engine().execute(&sql, &[i64::from(meta.tag).into()])?;
                }
            }
            Dialect::Postgres => {
                if last > 0 {
                    int(self.engine(), "SELECT setval('object_ids', ?1)", &[last.into()])?;
                }
                for table in super::snapshot::COUNTED {
                    let sql = format!(
                        "SELECT setval(pg_get_serial_sequence('{table}', 'id'), id) FROM {table} \
                         ORDER BY id DESC LIMIT 1"
                    );
                    int(self.engine(), &sql, &[])?;
                }
            }
        }
        Ok(())
    }
}

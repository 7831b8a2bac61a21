//! Rows on their way: what a transaction writes into a table waits here and goes to the engine in one statement.
//!
//! A statement is a round trip on a server, so rows are gathered: inserts of one table go together, and what is
//! added to the totals of one key is added once. Nothing is ever read past what waits: a statement that names a
//! table first brings the rows of that table to it, and the end of a transaction brings all. Totals come last and
//! in the order of tables and keys, so that two writers never wait for each other in a circle and the rows
//! everybody adds to are held as short as can be.

use super::engine::{Cell, EachRow, Engine, Owned, Patience};
use crate::kernel::problems::Outcome;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Up to so many rows go in a statement of exactly their number.
const FEW: usize = 8;
/// So many rows go together where there are many.
const MANY: usize = 32;
/// Rows of one table that wait at most.
const WAITING_MAX: usize = 2_000;
/// Statements whose tables are remembered; beyond it all are forgotten.
const REMEMBERED_MAX: usize = 2_000;

/// How rows go into a table.
#[derive(Debug)]
pub struct Rows {
    /// The table, without quotes.
    pub table: String,
    head: String,
    tail: String,
    width: usize,
    texts: [OnceLock<String>; FEW + 1],
}

impl Rows {
    /// Rows of `width` values between the beginning of a statement (up to `VALUES`) and its end.
    pub fn new(table: &str, head: String, width: usize, tail: String) -> Arc<Self> {
        Arc::new(Self::over(table, head, width, tail))
    }

    fn over(table: &str, head: String, width: usize, tail: String) -> Self {
        Self { table: table.to_owned(), head, tail, width, texts: [const { OnceLock::new() }; FEW + 1] }
    }

    /// The statement for a number of rows that [`sizes`] gives.
    fn text(&self, rows: usize) -> &str {
        let place = if rows <= FEW { rows - 1 } else { FEW };
        let make = || {
            let row = |row: usize| {
                let places: Vec<String> = (1..=self.width).map(|at| format!("?{}", row * self.width + at)).collect();
                format!("({})", places.join(", "))
            };
            format!("{} {}{}", self.head, (0..rows).map(row).collect::<Vec<_>>().join(", "), self.tail)
        };
        self.texts.get(place).map_or("", |text| text.get_or_init(make))
    }
}

/// Cuts a number of rows into the sizes of statements.
pub fn sizes(mut rows: usize) -> Vec<usize> {
    let mut sizes = Vec::new();
    while rows > 0 {
        let size = if rows >= MANY { MANY } else { rows.min(FEW) };
        sizes.push(size);
        rows -= size;
    }
    sizes
}

/// How sums are added to the rows of a table of totals.
#[derive(Debug)]
pub struct Sums {
    rows: Rows,
    key: usize,
    /// Two more columns tell the last movement: they grow and are not added.
    last: bool,
    /// The beginning of the statement that forgets rows of zeros; such a table gives its rows back when added to.
    forget: Option<(String, Vec<String>)>,
}

impl Sums {
    /// Sums kept for ever, with or without the last movement.
    pub fn kept(table: &str, head: String, (key, sums): (usize, usize), last: bool, tail: String) -> Arc<Self> {
        let width = key + sums + if last { 2 } else { 0 };
        Arc::new(Self { rows: Rows::over(table, head, width, tail), key, last, forget: None })
    }

    /// Sums whose row is forgotten when it comes to zero; `tail` must return the key and the sums.
    pub fn open(table: &str, head: String, key: &[&str], sums: usize, tail: String) -> Arc<Self> {
        let quoted = key.iter().map(|name| super::schema::quoted(name)).collect();
        let forget = Some((format!("DELETE FROM {table} WHERE"), quoted));
        Arc::new(Self { rows: Rows::over(table, head, key.len() + sums, tail), key: key.len(), last: false, forget })
    }
}

/// What waits for one table.
enum Waiting {
    Rows(Arc<Rows>, Vec<Vec<Owned>>),
    Sums(Arc<Sums>, BTreeMap<Vec<i64>, Vec<i64>>),
}

/// A set of tables by number.
#[derive(Clone, Copy, Default)]
struct Tables([u64; 4]);

impl Tables {
    fn add(&mut self, table: usize) {
        if let Some(part) = self.0.get_mut(table / 64) {
            *part |= 1 << (table % 64);
        }
    }
    fn has(self, table: usize) -> bool {
        self.0.get(table / 64).is_some_and(|part| part & (1 << (table % 64)) != 0)
    }
}

/// An engine with the rows that wait for it.
pub(super) struct Behind {
    engine: Box<dyn Engine>,
    /// All tables rows may wait for, by name; their numbers follow the names.
    tables: BTreeMap<String, usize>,
    waiting: RefCell<BTreeMap<usize, Waiting>>,
    named: RefCell<BTreeMap<String, Tables>>,
}

impl Behind {
    pub fn new(engine: Box<dyn Engine>, names: impl Iterator<Item = String>) -> Self {
        let mut tables: BTreeMap<String, usize> = names.map(|name| (name, 0)).collect();
        tables.values_mut().zip(0..).for_each(|(number, at)| *number = at);
        Self { engine, tables, waiting: RefCell::default(), named: RefCell::default() }
    }

    /// Lets a row wait.
    pub fn put(&self, into: &Arc<Rows>, row: Vec<Owned>) -> Outcome<()> {
        let table = self.number(&into.table);
        let many = {
            let mut waiting = self.waiting.borrow_mut();
            let place = waiting.entry(table).or_insert_with(|| Waiting::Rows(Arc::clone(into), Vec::new()));
            let Waiting::Rows(_, rows) = place else { return Ok(()) };
            rows.push(row);
            rows.len() >= WAITING_MAX
        };
        if many { self.bring(|number| number == table) } else { Ok(()) }
    }

    /// Lets sums wait to be added to a key. The last movement (moment and document), where it is kept, counts
    /// only if it is later.
    pub fn add(&self, to: &Arc<Sums>, key: &[i64], sums: &[i64], last: [i64; 2]) -> Outcome<()> {
        let table = self.number(&to.rows.table);
        let many = {
            let mut waiting = self.waiting.borrow_mut();
            let place = waiting.entry(table).or_insert_with(|| Waiting::Sums(Arc::clone(to), BTreeMap::new()));
            let Waiting::Sums(_, keys) = place else { return Ok(()) };
            match keys.get_mut(key) {
                None => {
                    let tail = if to.last { &last[..] } else { &[] };
                    keys.insert(key.to_vec(), [sums, tail].concat());
                }
                Some(known) => {
                    known.iter_mut().zip(sums).for_each(|(known, sum)| *known += sum);
                    if to.last && known.get(sums.len()..).is_some_and(|tail| *tail < last[..]) {
                        known.truncate(sums.len());
                        known.extend(last);
                    }
                }
            }
            keys.len() >= WAITING_MAX
        };
        if many { self.bring(|number| number == table) } else { Ok(()) }
    }

    /// Changes a row that still waits, found by its first value; false when there is none.
    pub fn mend(&self, table: &str, id: i64, values: &[(usize, Owned)]) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let Some(Waiting::Rows(_, rows)) = waiting.get_mut(&self.number(table)) else { return false };
        let Some(row) = rows.iter_mut().find(|row| row.first() == Some(&Owned::Int(id))) else { return false };
        for (at, value) in values {
            if let Some(cell) = row.get_mut(*at) {
                *cell = value.clone();
            }
        }
        true
    }

    fn number(&self, table: &str) -> usize {
        self.tables.get(table).copied().unwrap_or(usize::MAX)
    }

    /// Brings everything that waits.
    pub fn bring_all(&self) -> Outcome<()> {
        self.bring(|_| true)
    }

    /// Forgets everything that waits.
    pub fn forget(&self) {
        self.waiting.borrow_mut().clear();
    }

    /// Brings what waits for some tables: rows first, then totals, each in the order of the tables.
    fn bring(&self, which: impl Fn(usize) -> bool) -> Outcome<()> {
        let taken: Vec<Waiting> = {
            let mut waiting = self.waiting.borrow_mut();
            let numbers: Vec<usize> = waiting.keys().copied().filter(|number| which(*number)).collect();
            numbers.iter().filter_map(|number| waiting.remove(number)).collect()
        };
        let (rows, sums): (Vec<Waiting>, Vec<Waiting>) =
            taken.into_iter().partition(|part| matches!(part, Waiting::Rows(..)));
        for part in rows.iter().chain(&sums) {
            match part {
                Waiting::Rows(into, rows) => self.insert(into, rows)?,
                Waiting::Sums(to, keys) => self.add_up(to, keys)?,
            }
        }
        Ok(())
    }

    fn insert(&self, into: &Rows, rows: &[Vec<Owned>]) -> Outcome<()> {
        let mut rest = rows;
        for size in sizes(rows.len()) {
            let (part, after) = rest.split_at(size);
            rest = after;
            let cells: Vec<Cell<'_>> = part.iter().flatten().map(Owned::cell).collect();
            self.engine.execute(into.text(size), &cells)?;
        }
        Ok(())
    }

    fn add_up(&self, to: &Sums, keys: &BTreeMap<Vec<i64>, Vec<i64>>) -> Outcome<()> {
        // Nothing to add says nothing, unless it comes last.
        let rows: Vec<(&Vec<i64>, &Vec<i64>)> =
            keys.iter().filter(|(_, sums)| sums.iter().any(|sum| *sum != 0)).collect();
        let mut rest = rows.as_slice();
        let mut zeros: Vec<Vec<i64>> = Vec::new();
        for size in sizes(rows.len()) {
            let (part, after) = rest.split_at(size);
            rest = after;
            let values = part.iter().flat_map(|(key, sums)| key.iter().chain(*sums));
            let cells: Vec<Cell<'_>> = values.map(|value| Cell::Int(*value)).collect();
            if to.forget.is_none() {
                self.engine.execute(to.rows.text(size), &cells)?;
                continue;
            }
            self.engine.query(to.rows.text(size), &cells, &mut |row| {
                if (to.key..to.rows.width).all(|at| row.int(at) == 0) {
                    zeros.push((0..to.key).map(|at| row.int(at)).collect());
                }
                Ok(())
            })?;
        }
        self.forget_rows(to, &zeros)
    }

    fn forget_rows(&self, to: &Sums, keys: &[Vec<i64>]) -> Outcome<()> {
        let Some((head, names)) = &to.forget else { return Ok(()) };
        let mut rest = keys;
        for size in sizes(keys.len()) {
            let (part, after) = rest.split_at(size);
            rest = after;
            let row = |row: usize| {
                let parts = names.iter().zip(1..).map(|(name, at)| format!("{name} = ?{}", row * names.len() + at));
                format!("({})", parts.collect::<Vec<_>>().join(" AND "))
            };
            let sql = format!("{head} {}", (0..size).map(row).collect::<Vec<_>>().join(" OR "));
            let cells: Vec<Cell<'_>> = part.iter().flatten().map(|value| Cell::Int(*value)).collect();
            self.engine.execute(&sql, &cells)?;
        }
        Ok(())
    }

    /// Brings what waits for the tables a statement names.
    fn before(&self, sql: &str) -> Outcome<()> {
        if self.waiting.borrow().is_empty() {
            return Ok(());
        }
        let known = self.named.borrow().get(sql).copied();
        let named = known.unwrap_or_else(|| self.remember(sql));
        self.bring(|number| named.has(number))
    }

    fn remember(&self, sql: &str) -> Tables {
        let mut found = Tables::default();
        let of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        for word in sql.split(|letter: char| !of_name(letter)) {
            if let Some(number) = self.tables.get(word) {
                found.add(*number);
            }
        }
        let mut named = self.named.borrow_mut();
        if named.len() >= REMEMBERED_MAX {
            named.clear();
        }
        named.insert(sql.to_owned(), found);
        found
    }
}

impl Engine for Behind {
    fn execute(&self, sql: &str, cells: &[Cell<'_>]) -> Outcome<usize> {
        self.before(sql)?;
        self.engine.execute(sql, cells)
    }
    fn query(&self, sql: &str, cells: &[Cell<'_>], each: EachRow<'_>) -> Outcome<()> {
        self.before(sql)?;
        self.engine.query(sql, cells, each)
    }
    fn batch(&self, sql: &str) -> Outcome<()> {
        self.bring_all()?;
        self.engine.batch(sql)
    }
    fn begin(&self) -> Outcome<()> {
        self.engine.begin()
    }
    fn begin_beside(&self) -> Outcome<()> {
        self.engine.begin_beside()
    }
    fn lock(&self, keys: &[i64], wait: bool) -> Outcome<bool> {
        self.engine.lock(keys, wait)
    }
    fn again(&self) -> bool {
        self.engine.again()
    }
    fn unsure(&self) -> bool {
        self.engine.unsure()
    }
    fn set_patience(&self, patience: Arc<dyn Patience>) {
        self.engine.set_patience(patience);
    }
    fn tell(&self, operation: i64) {
        self.engine.tell(operation);
    }
    fn listen(&self) -> Outcome<()> {
        self.engine.listen()
    }
    fn heard(&self, patience: Duration) -> Outcome<Option<Vec<i64>>> {
        self.engine.heard(patience)
    }
    fn commit(&self) -> Outcome<()> {
        self.bring_all()?;
        self.engine.commit()
    }
    fn rollback(&self) {
        self.forget();
        self.engine.rollback();
    }
    fn data_version(&self) -> Outcome<i64> {
        self.engine.data_version()
    }
    fn copy_to(&self, path: &Path, progress: &mut dyn FnMut(u64, u64) -> bool) -> Outcome<()> {
        self.engine.copy_to(path, progress)
    }
    fn integrity(&self) -> Outcome<Vec<String>> {
        self.engine.integrity()
    }
}

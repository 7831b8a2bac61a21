//! Movements of registers and their totals, kept together.

use super::base::Store;
use super::engine::{Cell, int};
use super::schema::{RegisterSql, has_totals, is_open};
use crate::kernel::meta::RegisterMeta;
use crate::kernel::moment::Moment;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::text;
use std::ops::Range;

/// A movement as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Who made it.
    pub document: AnyRef,
    /// Its line among the document's movements of the register.
    pub line: i64,
    /// When.
    pub date: Moment,
    /// Key, sums and notes.
    pub cells: Vec<i64>,
}

/// A current total: key and sums.
pub type Total = Vec<i64>;

impl Store {
    pub(super) fn register_sql(&self, register: &RegisterMeta) -> Outcome<&RegisterSql> {
        let missing = || Error::Failed(text!("store-other"), register.code.to_owned());
        self.schema().register(register).ok_or_else(missing)
    }

    /// Writes a movement and adds it to the totals; gives the new current total.
    pub fn add_move(&self, register: &RegisterMeta, moved: &Move) -> Outcome<Total> {
        let sql = self.register_sql(register)?;
        let mut cells = vec![Cell::Int(moved.document.packed()), Cell::Int(moved.line), Cell::Int(moved.date.stored())];
        cells.extend(moved.cells.iter().map(|cell| Cell::Int(*cell)));
        self.engine().execute(&sql.insert, &cells)?;
        self.add_total(register, moved, 1)
    }

    /// Adds a movement's sums (or takes them back, with `sign` -1) to the totals of its key.
    pub fn add_total(&self, register: &RegisterMeta, moved: &Move, sign: i64) -> Outcome<Total> {
        let (keys, sums) = (register.key.len(), register.sum.len());
        let mut total: Total = moved.cells.iter().take(keys).copied().collect();
        if !has_totals(register) {
            return Ok(total);
        }
        let sql = self.register_sql(register)?;
        let key: Vec<Cell<'_>> = total.iter().map(|cell| Cell::Int(*cell)).collect();
        let added: Vec<i64> = moved.cells.iter().skip(keys).take(sums).map(|cell| cell * sign).collect();
        let now = if is_open(register) {
            self.add_open(sql, &key, &added)?
        } else {
            self.add_balance(sql, &key, &added, moved, sign)?
        };
        total.extend(now);
        Ok(total)
    }

    /// A row of zeros says nothing and is not kept, so the table is as large as what is open.
    fn add_open(&self, sql: &RegisterSql, key: &[Cell<'_>], added: &[i64]) -> Outcome<Vec<i64>> {
        let mut now = added.to_vec();
        let mut known = false;
        self.engine().query(&sql.now, key, &mut |row| {
            known = true;
            now.iter_mut().enumerate().for_each(|(at, sum)| *sum += row.int(at));
            Ok(())
        })?;
        if now.iter().any(|sum| *sum != 0) {
            let cells: Vec<Cell<'_>> = key.iter().copied().chain(added.iter().map(|sum| Cell::Int(*sum))).collect();
            self.engine().execute(&sql.add_now, &cells)?;
        } else if known {
            self.engine().execute(&sql.drop_now, key)?;
        }
        Ok(now)
    }

    /// A balance keeps its row even at zero: the moment of its last movement tells whether a new one comes last.
    fn add_balance(
        &self,
        sql: &RegisterSql,
        key: &[Cell<'_>],
        added: &[i64],
        moved: &Move,
        sign: i64,
    ) -> Outcome<Vec<i64>> {
        let mut cells: Vec<Cell<'_>> = key.iter().copied().chain(added.iter().map(|sum| Cell::Int(*sum))).collect();
        let totals = cells.clone();
        cells.push(Cell::Int(if sign > 0 { moved.date.stored() } else { 0 }));
        cells.push(Cell::Int(if sign > 0 { moved.document.order_key() } else { 0 }));
        let mut now = vec![0; added.len()];
        self.engine().query(&sql.add_now, &cells, &mut |row| {
            now.iter_mut().enumerate().for_each(|(at, sum)| *sum = row.int(at));
            Ok(())
        })?;
        let mut month = vec![Cell::Int(moved.date.month().stored())];
        month.extend(totals);
        self.engine().execute(&sql.add_month, &month)?;
        Ok(now)
    }

    /// The movements a document has made in a register, by line.
    pub fn moves_of(&self, register: &RegisterMeta, document: AnyRef) -> Outcome<Vec<Move>> {
        self.moves_within(register, document, i64::MIN..i64::MAX)
    }

    /// Those of them whose lines lie within a range.
    pub fn moves_within(&self, register: &RegisterMeta, document: AnyRef, lines: Range<i64>) -> Outcome<Vec<Move>> {
        let sql = self.register_sql(register)?;
        let width = register.columns().count();
        let mut found = Vec::new();
        let cells = [document.packed().into(), lines.start.into(), lines.end.into()];
        self.engine().query(&sql.select, &cells, &mut |row| {
            found.push(Move {
                document,
                line: row.int(0),
                date: Moment::from_stored(row.int(1)),
                cells: (2..2 + width).map(|at| row.int(at)).collect(),
            });
            Ok(())
        })?;
        Ok(found)
    }

    /// Erases what a document has moved in a register; gives what it was.
    pub fn erase_moves(&self, register: &RegisterMeta, document: AnyRef) -> Outcome<Vec<Move>> {
        let was = self.moves_of(register, document)?;
        if was.is_empty() {
            return Ok(was);
        }
        self.engine().execute(&self.register_sql(register)?.delete, &[document.packed().into()])?;
        for moved in &was {
            self.add_total(register, moved, -1)?;
        }
        Ok(was)
    }

    /// Erases single movements and takes them out of the totals.
    pub fn erase_lines(&self, register: &RegisterMeta, moves: &[Move]) -> Outcome<()> {
        let sql = format!("DELETE FROM {}_moves WHERE document = ?1 AND line = ?2", register.code);
        for moved in moves {
            self.engine().execute(&sql, &[moved.document.packed().into(), moved.line.into()])?;
            self.add_total(register, moved, -1)?;
        }
        Ok(())
    }

    /// Changes one sum of a movement that exists, and the totals with it (derived cost).
    pub fn change_sum(&self, register: &RegisterMeta, moved: &Move, column: usize, value: i64) -> Outcome<()> {
        let Some(name) = register.columns().nth(column).map(|field| field.name) else { return Ok(()) };
        let was = moved.cells.get(column).copied().unwrap_or(0);
        let sql = format!("UPDATE {}_moves SET \"{name}\" = ?3 WHERE document = ?1 AND line = ?2", register.code);
        let cells = [moved.document.packed().into(), moved.line.into(), value.into()];
        self.engine().execute(&sql, &cells)?;
        let mut difference = moved.clone();
        let keys = register.key.len();
        for (at, cell) in difference.cells.iter_mut().enumerate().skip(keys) {
            *cell = if at == column { value - was } else { 0 };
        }
        self.add_total(register, &difference, 1)?;
        Ok(())
    }

    /// The next free line for a document's movement that is written outside of its posting.
    pub fn next_line(&self, register: &RegisterMeta, document: AnyRef) -> Outcome<i64> {
        let sql = format!("SELECT COALESCE(MAX(line), 0) + 1 FROM {}_moves WHERE document = ?1", register.code);
        Ok(int(self.engine(), &sql, &[document.packed().into()])?.unwrap_or(1))
    }
}

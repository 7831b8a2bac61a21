//! Movements of registers and their totals, kept together.

use super::base::Store;
use super::engine::{Owned, int};
use super::statements::RegisterSql;
use crate::kernel::meta::RegisterMeta;
use crate::kernel::moment::Moment;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::text;
use std::ops::Range;
use std::sync::Arc;

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

    /// Writes a movement and adds it to the totals.
    pub fn add_move(&self, register: &'static RegisterMeta, moved: &Move) -> Outcome<()> {
        let sql = self.register_sql(register)?;
        let head = [moved.document.packed(), moved.line, moved.date.stored()];
        let row = head.into_iter().chain(moved.cells.iter().copied()).map(Owned::Int).collect();
        self.behind().put(&sql.insert, row)?;
        self.add_total(register, moved, 1)
    }

    /// Adds a movement's sums (or takes them back, with `sign` -1) to the totals of its key. A balance keeps its
    /// row even at zero: the moment of its last movement tells whether a new one comes last. What is open and
    /// came to zero is forgotten, so that table is as large as what is open.
    fn add_total(&self, register: &'static RegisterMeta, moved: &Move, sign: i64) -> Outcome<()> {
        let sql = self.register_sql(register)?;
        let Some(now) = &sql.add_now else { return Ok(()) };
        let (keys, sums) = (register.key.len(), register.sum.len());
        let key = moved.cells.get(..keys).unwrap_or_default();
        let added: Vec<i64> = moved.cells.iter().skip(keys).take(sums).map(|cell| cell * sign).collect();
        let last = (sign > 0).then_some((moved.date, moved.document));
        self.known.borrow_mut().add(register, key, &added, last);
        let last = last.map_or([0, 0], |(date, document)| [date.stored(), document.order_key()]);
        self.behind().add(now, key, &added, last)?;
        let Some(months) = &sql.add_month else { return Ok(()) };
        let key = [&[moved.date.month().stored()], key].concat();
        self.behind().add(months, &key, &added, [0, 0])
    }

    /// What a document has moved in all registers, in their order and by line: one question instead of one a
    /// register.
    pub fn all_moves_of(&self, document: AnyRef) -> Outcome<Vec<(&'static RegisterMeta, Vec<Move>)>> {
        let schema = Arc::clone(self.schema());
        let all = schema.all_moves();
        let mut found: Vec<(&'static RegisterMeta, Vec<Move>)> =
            schema.registers().iter().map(|register| (*register, Vec::new())).collect();
        self.engine().query(&all.select, &[document.packed().into()], &mut |row| {
            let place = usize::try_from(row.int(0)).unwrap_or(usize::MAX);
            if let Some((register, moves)) = found.get_mut(place) {
                let cells = (3..3 + register.columns().count()).map(|at| row.int(at)).collect();
                moves.push(Move { document, line: row.int(1), date: Moment::from_stored(row.int(2)), cells });
            }
            Ok(())
        })?;
        Ok(found)
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
    pub fn erase_moves(&self, register: &'static RegisterMeta, document: AnyRef) -> Outcome<Vec<Move>> {
        let was = self.moves_of(register, document)?;
        self.erase_all(register, document, &was)?;
        Ok(was)
    }

    /// Erases what a document is known to have moved in a register.
    pub fn erase_all(&self, register: &'static RegisterMeta, document: AnyRef, was: &[Move]) -> Outcome<()> {
        if was.is_empty() {
            return Ok(());
        }
        self.engine().execute(&self.register_sql(register)?.delete, &[document.packed().into()])?;
        was.iter().try_for_each(|moved| self.add_total(register, moved, -1))
    }

    /// Erases single movements and takes them out of the totals.
    pub fn erase_lines(&self, register: &'static RegisterMeta, moves: &[Move]) -> Outcome<()> {
        let sql = format!("DELETE FROM {}_moves WHERE document = ?1 AND line = ?2", register.code);
        for moved in moves {
            self.engine().execute(&sql, &[moved.document.packed().into(), moved.line.into()])?;
            self.add_total(register, moved, -1)?;
        }
        Ok(())
    }

    /// Changes one sum of a movement that exists, and the totals with it (derived cost).
    pub fn change_sum(&self, register: &'static RegisterMeta, moved: &Move, column: usize, value: i64) -> Outcome<()> {
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
        // The cost of a movement says nothing of when its key was moved last.
        self.add_total(register, &difference, 1)
    }

    /// The next free line for a document's movement that is written outside of its posting.
    pub fn next_line(&self, register: &RegisterMeta, document: AnyRef) -> Outcome<i64> {
        let sql = format!("SELECT COALESCE(MAX(line), 0) + 1 FROM {}_moves WHERE document = ?1", register.code);
        Ok(int(self.engine(), &sql, &[document.packed().into()])?.unwrap_or(1))
    }
}

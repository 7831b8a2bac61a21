//! Questions to registers: current totals, timelines of a key, the latest value by date.

use super::base::Store;
use super::engine::{Cell, rows};
use super::moves::{Move, Total};
use super::schema::{list, prefix_condition};
use crate::kernel::meta::{RegisterKind, RegisterMeta};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;

/// A current total with the moment of the key's last movement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// The sums; zeros where the key has no row.
    pub sums: Vec<i64>,
    /// Not earlier than the key's last movement.
    pub last_date: Moment,
    /// Not earlier than its document among those of that moment.
    pub last_document: AnyRef,
}

fn ints(values: &[i64]) -> Vec<Cell<'static>> {
    values.iter().map(|value| Cell::Int(*value)).collect()
}

impl Store {
    /// The current total of a key.
    pub fn now(&self, register: &RegisterMeta, key: &[i64]) -> Outcome<Now> {
        let width = register.sum.len();
        let mut found = Now { sums: vec![0; width], ..Now::default() };
        let sql = &self.register_sql(register)?.now;
        self.engine().query(sql, &ints(key), &mut |row| {
            found.sums = (0..width).map(|at| row.int(at)).collect();
            if register.kind == RegisterKind::Balance {
                found.last_date = Moment::from_stored(row.int(width));
                found.last_document = AnyRef::from_order_key(row.int(width + 1));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// Current totals whose key begins with `prefix`, in key order.
    pub fn totals_by(&self, register: &RegisterMeta, prefix: &[i64]) -> Outcome<Vec<Total>> {
        let Some(sql) = self.register_sql(register)?.by_prefix.get(prefix.len()) else { return Ok(Vec::new()) };
        rows(self.engine(), sql, &ints(prefix), register.key.len() + register.sum.len())
    }

    /// Movements of a key in the order of time: those at or after `from` and not after `until`.
    pub fn timeline(&self, register: &RegisterMeta, key: &[i64], from: Moment, until: Moment) -> Outcome<Vec<Move>> {
        let columns = list(register.columns().map(|field| field.name));
        let at = key.len();
        let sql = format!(
            "SELECT document, line, date, {columns} FROM {}_moves WHERE {} AND date >= ?{} AND date <= ?{} \
             ORDER BY date, document, line",
            register.code,
            prefix_condition(register, at),
            at + 1,
            at + 2,
        );
        let mut cells = ints(key);
        cells.extend([Cell::Int(from.stored()), Cell::Int(until.stored())]);
        self.moves(&sql, &cells, register.columns().count())
    }

    /// Movements whose notes `source` and `source_line` name a line of a document (returns of a sale).
    pub fn moves_from(&self, register: &RegisterMeta, source: AnyRef, line: i64) -> Outcome<Vec<Move>> {
        let columns = list(register.columns().map(|field| field.name));
        let sql = format!(
            "SELECT document, line, date, {columns} FROM {}_moves WHERE source = ?1 AND source_line = ?2 AND source <> 0 \
             ORDER BY date, document, line",
            register.code
        );
        self.moves(&sql, &[source.packed().into(), line.into()], register.columns().count())
    }

    fn moves(&self, sql: &str, cells: &[Cell<'_>], width: usize) -> Outcome<Vec<Move>> {
        let mut found = Vec::new();
        self.engine().query(sql, cells, &mut |row| {
            found.push(Move {
                document: AnyRef::from_packed(row.int(0)),
                line: row.int(1),
                date: Moment::from_stored(row.int(2)),
                cells: (3..3 + width).map(|at| row.int(at)).collect(),
            });
            Ok(())
        })?;
        // Documents of one moment act in the order of their kinds, which the base does not know.
        found.sort_by_key(|moved| (moved.date, moved.document, moved.line));
        Ok(found)
    }

    /// The latest values of an `Info` register for a key, not after a moment.
    pub fn latest_of(&self, register: &RegisterMeta, key: &[i64], until: Moment) -> Outcome<Option<Vec<i64>>> {
        let columns = list(register.sum.iter().map(|field| field.name));
        let sql = format!(
            "SELECT {columns} FROM {}_moves WHERE {} AND date <= ?{} ORDER BY date DESC, document DESC, line DESC LIMIT 1",
            register.code,
            prefix_condition(register, key.len()),
            key.len() + 1,
        );
        let mut cells = ints(key);
        cells.push(Cell::Int(until.stored()));
        Ok(rows(self.engine(), &sql, &cells, register.sum.len())?.pop())
    }
}

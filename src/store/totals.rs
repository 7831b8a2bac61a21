//! Questions to registers: current totals, timelines of a key, the latest value by date.

use super::base::Store;
use super::behind::sizes;
use super::engine::{Cell, rows};
use super::moves::{Move, Total};
use super::schema::{is_open, list, prefix_condition};
use crate::kernel::meta::{RegisterKind, RegisterMeta};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use std::collections::{BTreeMap, BTreeSet};

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

/// One statement for several beginnings of keys: each is looked up by itself, which every engine does by the
/// index, whatever it believes of the table.
fn together(by_prefix: &[String], prefixes: &[Vec<i64>]) -> String {
    if let [one] = prefixes {
        return by_prefix.get(one.len()).cloned().unwrap_or_default();
    }
    let mut bound = 0;
    let part = |prefix: &Vec<i64>| {
        let text = by_prefix.get(prefix.len()).map_or("", String::as_str);
        let mut shifted = String::with_capacity(text.len());
        for (at, piece) in text.split('?').enumerate() {
            if at == 0 {
                shifted.push_str(piece);
                continue;
            }
            let digits = piece.chars().take_while(char::is_ascii_digit).count();
            let number: usize = piece.get(..digits).and_then(|number| number.parse().ok()).unwrap_or(0);
            shifted.push('?');
            shifted.push_str(&(number + bound).to_string());
            shifted.push_str(piece.get(digits..).unwrap_or(""));
        }
        bound += prefix.len();
        shifted
    };
    prefixes.iter().map(part).collect::<Vec<_>>().join(" UNION ALL ")
}

impl Store {
    /// The current total of a key.
    pub fn now(&self, register: &'static RegisterMeta, key: &[i64]) -> Outcome<Now> {
        let zeros = || Now { sums: vec![0; register.sum.len()], ..Now::default() };
        if !self.known.borrow().covers(register, key) {
            let mut found = self.read_totals(register, std::slice::from_ref(&key.to_vec()))?;
            return Ok(found.pop().map_or_else(zeros, |(_, now)| now));
        }
        Ok(self.known.borrow().one(register, key).unwrap_or_else(zeros))
    }

    /// Current totals whose key begins with `prefix`, in key order.
    pub fn totals_by(&self, register: &'static RegisterMeta, prefix: &[i64]) -> Outcome<Vec<Total>> {
        let rows = if self.known.borrow().covers(register, prefix) {
            self.known.borrow().under(register, prefix)
        } else {
            self.read_totals(register, std::slice::from_ref(&prefix.to_vec()))?
        };
        // What is open and came to zero has no row in the base either, once it is written.
        let there = |now: &Now| !is_open(register) || now.sums.iter().any(|sum| *sum != 0);
        let rows = rows.into_iter().filter(|(_, now)| there(now));
        Ok(rows.map(|(key, now)| [key, now.sums].concat()).collect())
    }

    /// The first of the totals whose key begins with `prefix`, in key order: `most` of them, or fewer if there are no
    /// more. What is few is read whole and known from then on, what is many is never read whole.
    pub fn totals_first(&self, register: &'static RegisterMeta, prefix: &[i64], most: usize) -> Outcome<Vec<Total>> {
        let rows = if self.known.borrow().covers(register, prefix) {
            self.known.borrow().first(register, prefix, most)
        } else {
            let sql = self.register_sql(register)?;
            let order = list(register.key.iter().map(|field| field.name));
            let by_prefix = sql.by_prefix.get(prefix.len()).map_or("", String::as_str);
            let text = format!("{by_prefix} ORDER BY {order} LIMIT {most}");
            let found = self.query_totals(register, &text, &ints(prefix))?;
            if found.len() < most {
                self.knows(register, &[prefix.to_vec()], &found);
            }
            found
        };
        Ok(rows.into_iter().map(|(key, now)| [key, now.sums].concat()).collect())
    }

    /// Reads the totals a transaction is going to ask for, all in one question: those whose key begins with one
    /// of these, unless they are known already. Outside of a transaction nothing is kept, so nothing is read.
    pub fn foresee(&self, register: &'static RegisterMeta, prefixes: &BTreeSet<Vec<i64>>) -> Outcome<()> {
        let unknown: Vec<Vec<i64>> = {
            let known = self.known.borrow();
            if !known.running {
                return Ok(());
            }
            prefixes.iter().filter(|prefix| !known.covers(register, prefix)).cloned().collect()
        };
        if unknown.is_empty() { Ok(()) } else { self.read_totals(register, &unknown).map(|_| ()) }
    }

    /// Totals whose key begins with one of these, in key order; within a transaction they are known from now on.
    fn read_totals(&self, register: &'static RegisterMeta, prefixes: &[Vec<i64>]) -> Outcome<Vec<(Vec<i64>, Now)>> {
        let sql = self.register_sql(register)?;
        let mut found = Vec::new();
        let mut rest = prefixes;
        for size in sizes(prefixes.len()) {
            let (part, after) = rest.split_at(size);
            rest = after;
            let text = together(&sql.by_prefix, part);
            let cells: Vec<Cell<'_>> = part.iter().flatten().map(|value| Cell::Int(*value)).collect();
            found.append(&mut self.query_totals(register, &text, &cells)?);
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        self.knows(register, prefixes, &found);
        Ok(found)
    }

    fn query_totals(&self, register: &RegisterMeta, text: &str, cells: &[Cell<'_>]) -> Outcome<Vec<(Vec<i64>, Now)>> {
        let (keys, sums) = (register.key.len(), register.sum.len());
        let last = register.kind == RegisterKind::Balance;
        let mut found = Vec::new();
        self.engine().query(text, cells, &mut |row| {
            let mut now = Now { sums: (keys..keys + sums).map(|at| row.int(at)).collect(), ..Now::default() };
            if last {
                now.last_date = Moment::from_stored(row.int(keys + sums));
                now.last_document = AnyRef::from_order_key(row.int(keys + sums + 1));
            }
            found.push(((0..keys).map(|at| row.int(at)).collect(), now));
            Ok(())
        })?;
        Ok(found)
    }

    /// Within a transaction: these are all the totals whose keys begin so.
    fn knows(&self, register: &'static RegisterMeta, prefixes: &[Vec<i64>], found: &[(Vec<i64>, Now)]) {
        let mut known = self.known.borrow_mut();
        if known.running {
            prefixes.iter().for_each(|prefix| known.begin(register, prefix));
            found.iter().for_each(|(key, now)| known.note(register, key.clone(), now.clone()));
        }
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

    /// Sums of what moved from one moment to another, both included, by two columns of the key; without the movements
    /// that have `except` in a column.
    pub fn moved_by(
        &self,
        register: &RegisterMeta,
        [first, second]: [&'static str; 2],
        sum: &'static str,
        (from, until): (Moment, Moment),
        except: Option<(&'static str, i64)>,
    ) -> Outcome<BTreeMap<[i64; 2], i64>> {
        let without = except.map_or_else(String::new, |(column, value)| format!(" AND {column} <> {value}"));
        let sql = format!(
            "SELECT {first}, {second}, CAST(SUM({sum}) AS BIGINT) FROM {}_moves \
             WHERE date >= ?1 AND date <= ?2{without} GROUP BY {first}, {second}",
            register.code
        );
        let mut found = BTreeMap::new();
        self.engine().query(&sql, &[from.stored().into(), until.stored().into()], &mut |row| {
            found.insert([row.int(0), row.int(1)], row.int(2));
            Ok(())
        })?;
        Ok(found)
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

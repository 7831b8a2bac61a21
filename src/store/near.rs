//! Elements of a catalog near another one: with the same value of a field and something of them in a register, with
//! the same rows of a table part. What is looked at is bounded, so that the price does not grow with the catalog.

use super::base::Store;
use super::engine::{Cell, Owned};
use super::schema::{part_name, prefix_condition, quoted};
use crate::kernel::meta::{ObjectMeta, RegisterMeta, TableMeta};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use std::collections::BTreeMap;

/// Elements with the same value looked at before it is asked what there is of them.
const LOOKED_AT: usize = 4_000;

impl Store {
    /// Unmarked elements whose field holds a value, of which the register has something under `place` (the key
    /// without its last column, which is the element); at most `most`.
    pub fn near(
        &self,
        meta: &ObjectMeta,
        (field, value): (&str, i64),
        (register, place): (&RegisterMeta, &[i64]),
        most: usize,
    ) -> Outcome<Vec<i64>> {
        let (Some(last), Some(sum)) = (register.key.get(place.len()), register.sum.first()) else {
            return Ok(Vec::new());
        };
        let (own, code, column) = (quoted(meta.code), register.code, quoted(field));
        let under = prefix_condition(register, place.len());
        let sql = format!(
            "SELECT {0} FROM {code}_now WHERE {under} AND {0} IN (SELECT id FROM (SELECT id FROM {own} \
             WHERE {column} = ?{1} AND {column} <> 0 AND marked = 0 AND folder = 0 LIMIT {LOOKED_AT}) AS alike) \
             AND {2} > 0 LIMIT {most}",
            quoted(last.name),
            place.len() + 1,
            quoted(sum.name),
        );
        let cells: Vec<_> = place.iter().chain([&value]).map(|cell| (*cell).into()).collect();
        super::engine::ints(self.engine(), &sql, &cells)
    }

    /// Current totals of a register whose first key columns hold one of these each, put together by some columns of
    /// the key: their values and the first sum. Each combination is looked up by itself, so the price grows with
    /// their number and never with the base.
    pub fn summed(&self, register: &RegisterMeta, among: &[&[i64]], by: &[&str]) -> Outcome<Vec<(Vec<i64>, i64)>> {
        let Some(sum) = register.sum.first().filter(|_| among.iter().all(|some| !some.is_empty())) else {
            return Ok(Vec::new());
        };
        let mut bound = 0;
        let mut conditions = Vec::with_capacity(among.len());
        for (column, some) in register.key.iter().zip(among) {
            let places = (0..some.len()).map(|at| format!("?{}", bound + at + 1)).collect::<Vec<_>>().join(", ");
            bound += some.len();
            conditions.push(format!("{} IN ({places})", quoted(column.name)));
        }
        let columns = by.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT {columns}, CAST(SUM({}) AS BIGINT) FROM {}_now WHERE {} GROUP BY {columns}",
            quoted(sum.name),
            register.code,
            conditions.join(" AND "),
        );
        let cells: Vec<_> = among.iter().flat_map(|some| some.iter()).map(|cell| (*cell).into()).collect();
        let mut found = Vec::new();
        self.engine().query(&sql, &cells, &mut |row| {
            found.push(((0..by.len()).map(|at| row.int(at)).collect(), row.int(by.len())));
            Ok(())
        })?;
        Ok(found)
    }

    /// The latest first sum of an `Info` register for each of these elements, which its key begins with, not after a
    /// moment; `rest` is the rest of the key. Nought stands for none.
    pub fn latest_each(
        &self,
        register: &RegisterMeta,
        (meta, ids): (&ObjectMeta, &[i64]),
        rest: &[i64],
        until: Moment,
    ) -> Outcome<BTreeMap<i64, i64>> {
        let (Some((first, others)), Some(sum)) = (register.key.split_first(), register.sum.first()) else {
            return Ok(BTreeMap::new());
        };
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let under =
            others.iter().zip(rest).zip(2..).map(|((column, _), at)| format!("{} = ?{at}", quoted(column.name)));
        let conditions: Vec<String> = under.chain(["date <= ?1".to_owned()]).collect();
        let listed = (0..ids.len()).map(|at| format!("?{}", rest.len() + 2 + at)).collect::<Vec<_>>().join(", ");
        let own = quoted(meta.code);
        let sql = format!(
            "SELECT {own}.id, COALESCE((SELECT {} FROM {code}_moves WHERE {code}_moves.{} = {own}.id AND {} \
             ORDER BY date DESC, document DESC, line DESC LIMIT 1), 0) FROM {own} WHERE {own}.id IN ({listed})",
            quoted(sum.name),
            quoted(first.name),
            conditions.join(" AND "),
            code = register.code,
        );
        let mut cells: Vec<Cell<'_>> = vec![until.stored().into()];
        cells.extend(rest.iter().chain(ids).map(|cell| Cell::from(*cell)));
        let mut found = BTreeMap::new();
        self.engine().query(&sql, &cells, &mut |row| {
            found.insert(row.int(0), row.int(1));
            Ok(())
        })?;
        Ok(found)
    }

    /// Owners of rows of a table part that hold these pairs of a number and a text, with how many of them, the most
    /// first; at most `most`.
    pub fn sharing(
        &self,
        (meta, table): (&ObjectMeta, &TableMeta),
        (number, text): (&str, &str),
        pairs: &[(i64, String)],
        most: usize,
    ) -> Outcome<Vec<(i64, i64)>> {
        let (part, number, text) = (quoted(&part_name(meta, table)), quoted(number), quoted(text));
        let one = |at: usize| {
            format!(
                "SELECT owner FROM (SELECT owner FROM {part} WHERE {text} = ?{} AND {text} <> '' AND {number} = ?{} \
                 LIMIT {LOOKED_AT}) AS some{at}",
                at * 2 + 2,
                at * 2 + 1,
            )
        };
        let all = (0..pairs.len()).map(one).collect::<Vec<_>>().join(" UNION ALL ");
        if all.is_empty() {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT owner, CAST(COUNT(*) AS BIGINT) FROM ({all}) AS shared GROUP BY owner ORDER BY 2 DESC, 1 LIMIT {most}"
        );
        let bound: Vec<Owned> =
            pairs.iter().flat_map(|(number, text)| [Owned::Int(*number), Owned::Text(text.clone())]).collect();
        let cells: Vec<_> = bound.iter().map(Owned::cell).collect();
        let mut found = Vec::new();
        self.engine().query(&sql, &cells, &mut |row| {
            found.push((row.int(0), row.int(1)));
            Ok(())
        })?;
        Ok(found)
    }
}

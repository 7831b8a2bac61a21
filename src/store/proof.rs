//! The questions behind `check`: totals against movements, the ledger against itself, references.

use super::base::Store;
use super::engine::{Cell, int, ints, rows};
use super::schema::{has_totals, list, part_name, quoted};
use crate::kernel::meta::{FieldMeta, ObjectMeta, RegisterKind, RegisterMeta};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Type;

/// A total that is not the sum of its movements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The table of totals.
    pub table: String,
    /// The key.
    pub key: Vec<i64>,
    /// What the total says.
    pub kept: Vec<i64>,
    /// What the movements add up to.
    pub counted: Vec<i64>,
}

/// A reference that points to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The table it stands in.
    pub table: String,
    /// The column.
    pub column: String,
    /// The id of the row's object.
    pub owner: i64,
    /// What it points to.
    pub points_to: AnyRef,
}

fn orphan(table: &str, field: &FieldMeta, row: &[i64], points_to: AnyRef) -> Orphan {
    let owner = row.first().copied().unwrap_or(0);
    Orphan { table: table.to_owned(), column: field.name.to_owned(), owner, points_to }
}

impl Store {
    /// Compares all totals of a register with its movements; gives the number of movements and what differs.
    pub fn prove_register(&self, register: &RegisterMeta) -> Outcome<(i64, Vec<Difference>)> {
        let code = register.code;
        let count = int(self.engine(), &format!("SELECT count(*) FROM {code}_moves"), &[])?.unwrap_or(0);
        let mut found = Vec::new();
        if !has_totals(register) {
            return Ok((count, found));
        }
        let key = list(register.key.iter().map(|field| field.name));
        let sums: Vec<String> =
            register.sum.iter().map(|field| format!("CAST(SUM({}) AS BIGINT)", quoted(field.name))).collect();
        let kept = list(register.sum.iter().map(|field| field.name));
        let mut tables = vec![(format!("{code}_now"), key.clone(), key.clone())];
        if register.kind == RegisterKind::Balance {
            tables.push((format!("{code}_months"), format!("date / 100000000, {key}"), format!("month, {key}")));
        }
        for (table, group, columns) in tables {
            let counted =
                format!("SELECT {group}, {} FROM {code}_moves GROUP BY {group} ORDER BY {group}", sums.join(", "));
            let stored = format!("SELECT {columns}, {kept} FROM {table} ORDER BY {columns}");
            let width = register.key.len() + usize::from(table.ends_with("_months"));
            found.extend(self.differences(&table, &counted, &stored, width, register.sum.len())?);
        }
        Ok((count, found))
    }

    /// Compares ledger balances and turnovers with the entries.
    pub fn prove_ledger(&self) -> Outcome<(i64, Vec<Difference>)> {
        let count = int(self.engine(), "SELECT count(*) FROM ledger_moves", &[])?.unwrap_or(0);
        let side = |side: &str, sign: &str| {
            format!(
                "SELECT date / 100000000 AS month, company, {side} AS account, {side}1 AS sub1, {side}2 AS sub2, \
                 {side}3 AS sub3, {side}_currency AS currency, {sign}amount AS amount, {sign}{side}_qty AS qty, \
                 {sign}{side}_currency_amount AS currency_amount FROM ledger_moves WHERE {side} <> 0"
            )
        };
        let both = format!("{} UNION ALL {}", side("debit", ""), side("credit", "-"));
        let key = "company, account, sub1, sub2, sub3, currency";
        let counted = format!(
            "SELECT {key}, CAST(SUM(amount) AS BIGINT), CAST(SUM(qty) AS BIGINT), CAST(SUM(currency_amount) AS BIGINT) \
             FROM ({both}) AS sides GROUP BY {key} ORDER BY {key}"
        );
        let kept = format!("SELECT {key}, amount, qty, currency_amount FROM ledger_now ORDER BY {key}");
        let mut found = self.differences("ledger_now", &counted, &kept, 6, 3)?;
        let monthly = format!(
            "SELECT month, {key}, CAST(SUM(amount) AS BIGINT), CAST(SUM(qty) AS BIGINT) FROM ({both}) AS sides \
             GROUP BY month, {key} ORDER BY month, {key}"
        );
        let kept = format!(
            "SELECT month, {key}, debit - credit, debit_qty - credit_qty FROM ledger_months ORDER BY month, {key}"
        );
        found.extend(self.differences("ledger_months", &monthly, &kept, 7, 2)?);
        Ok((count, found))
    }

    /// Rows of both queries are ordered by key; rows of zeros may be left out by either.
    fn differences(&self, table: &str, counted: &str, kept: &str, key: usize, sums: usize) -> Outcome<Vec<Difference>> {
        let filled = |all: Vec<Vec<i64>>| -> Vec<Vec<i64>> {
            all.into_iter().filter(|row| row.iter().skip(key).any(|sum| *sum != 0)).collect()
        };
        let counted = filled(rows(self.engine(), counted, &[], key + sums)?);
        let kept = filled(rows(self.engine(), kept, &[], key + sums)?);
        let mut found = Vec::new();
        let (mut a, mut b) = (counted.into_iter().peekable(), kept.into_iter().peekable());
        loop {
            let part = |row: &Vec<i64>| {
                (
                    row.iter().take(key).copied().collect::<Vec<i64>>(),
                    row.iter().skip(key).copied().collect::<Vec<i64>>(),
                )
            };
            let (left, right) = (a.peek().map(part), b.peek().map(part));
            let (place, counted, stored) = match (left, right) {
                (None, None) => return Ok(found),
                (Some((place, sum)), None) => {
                    a.next();
                    (place, sum, Vec::new())
                }
                (None, Some((place, sum))) => {
                    b.next();
                    (place, Vec::new(), sum)
                }
                (Some((pa, sa)), Some((pb, sb))) if pa == pb => {
                    a.next();
                    b.next();
                    if sa == sb {
                        continue;
                    }
                    (pa, sa, sb)
                }
                (Some((pa, sa)), Some((pb, _))) if pa < pb => {
                    a.next();
                    (pa, sa, Vec::new())
                }
                (_, Some((pb, sb))) => {
                    b.next();
                    (pb, Vec::new(), sb)
                }
            };
            found.push(Difference { table: table.to_owned(), key: place, kept: stored, counted });
        }
    }

    /// Companies that have books.
    pub fn ledger_companies(&self) -> Outcome<Vec<i64>> {
        ints(self.engine(), "SELECT DISTINCT company FROM ledger_months ORDER BY company", &[])
    }

    /// Posted documents of a kind, by id.
    pub fn posted_of(&self, code: &str) -> Outcome<Vec<AnyRef>> {
        let Some(kind) = self.schema().kinds().iter().find(|kind| kind.meta().code == code) else {
            return Ok(Vec::new());
        };
        let ids = ints(self.engine(), &format!("SELECT id FROM {} WHERE posted = 1 ORDER BY id", quoted(code)), &[])?;
        Ok(ids.into_iter().map(|id| AnyRef::new(kind.meta().tag, id)).collect())
    }

    /// Looks up every reference of every object and table part; gives the number of columns and the orphans.
    pub fn prove_references(&self) -> Outcome<(i64, Vec<Orphan>)> {
        let mut checked = 0;
        let mut found = Vec::new();
        let schema = std::sync::Arc::clone(self.schema());
        for kind in schema.kinds() {
            let meta = kind.meta();
            for field in meta.fields {
                checked += self.orphans_in(meta.code, "id", field, &mut found)?;
            }
            for table in meta.tables {
                for field in table.fields {
                    checked += self.orphans_in(&part_name(meta, table), "owner", field, &mut found)?;
                }
            }
        }
        Ok((checked, found))
    }

    fn orphans_in(&self, table: &str, owner: &str, field: &FieldMeta, found: &mut Vec<Orphan>) -> Outcome<i64> {
        match field.kind {
            Type::Ref(target) => {
                let column = quoted(field.name);
                self.orphans_of(table, owner, field, target(), (&column, &format!("{column} <> 0")), found)?;
            }
            Type::AnyRef => {
                let column = quoted(field.name);
                let sql = format!("SELECT DISTINCT {column} & 255 FROM {} WHERE {column} <> 0", quoted(table));
                for tag in ints(self.engine(), &sql, &[])? {
                    let range = format!("{column} <> 0 AND ({column} & 255) = {tag}");
                    let kind = u8::try_from(tag).ok().and_then(|tag| self.schema().kind(tag));
                    if let Some(kind) = kind {
                        let id = format!("({column} >> 8)");
                        self.orphans_of(table, owner, field, kind.meta(), (&id, &range), found)?;
                        continue;
                    }
                    let sql = format!("SELECT {owner}, {column} FROM {} WHERE {range} LIMIT 20", quoted(table));
                    for row in rows(self.engine(), &sql, &[], 2)? {
                        let points_to = AnyRef::from_packed(row.get(1).copied().unwrap_or(0));
                        found.push(orphan(table, field, &row, points_to));
                    }
                }
            }
            _ => return Ok(0),
        }
        Ok(1)
    }

    /// Rows whose reference (`id` gives its id, within `range`) is to no object of the kind.
    fn orphans_of(
        &self,
        table: &str,
        owner: &str,
        field: &FieldMeta,
        target: &ObjectMeta,
        (id, range): (&str, &str),
        found: &mut Vec<Orphan>,
    ) -> Outcome<()> {
        let sql = format!(
            "SELECT {owner}, {id} FROM {} WHERE {range} AND {id} NOT IN (SELECT id FROM {}) LIMIT 20",
            quoted(table),
            quoted(target.code)
        );
        for row in rows(self.engine(), &sql, &[], 2)? {
            let points_to = AnyRef::new(target.tag, row.get(1).copied().unwrap_or(0));
            found.push(orphan(table, field, &row, points_to));
        }
        Ok(())
    }

    /// A digest of everything derived: costs of movements, entries that follow them, open items.
    pub fn derived_digest(&self) -> Outcome<(i64, u64)> {
        let queries: &[(&str, usize)] = &[
            ("SELECT document, line, cost FROM stock_moves ORDER BY document, line", 3),
            ("SELECT document, line, cost FROM sales_moves ORDER BY document, line", 3),
            (
                "SELECT document, contract, since, item, amount FROM open_items_moves WHERE amount <> 0 \
              ORDER BY document, contract, since, item, amount",
                5,
            ),
            (
                "SELECT document, debit, debit1, debit2, debit3, credit, credit1, credit2, credit3, amount \
              FROM ledger_moves WHERE amount <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
                10,
            ),
            ("SELECT document, batch, batch_line, qty, cost FROM batches_moves ORDER BY 1, 2, 3, 4, 5", 5),
        ];
        let mut digest = 0xcbf2_9ce4_8422_2325u64;
        let mut count = 0;
        let none: &[Cell<'_>] = &[];
        for (sql, width) in queries {
            self.engine().query(sql, none, &mut |row| {
                count += 1;
                for at in 0..*width {
                    for byte in row.int(at).to_le_bytes() {
                        digest = (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
                    }
                }
                Ok(())
            })?;
        }
        Ok((count, digest))
    }
}

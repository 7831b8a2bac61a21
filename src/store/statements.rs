//! The texts of the statements that read and write objects, registers and the ledger, from the declarations.

use super::behind::{Rows, Sums};
use super::schema::{HEAD, has_totals, is_open, list, names, part_name, prefix_condition, quoted};
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::{ObjectMeta, RegisterKind, RegisterMeta, TableMeta};
use std::sync::Arc;

/// The statements of one kind of objects.
pub struct ObjectSql {
    /// Inserts an object: id, head columns, fields.
    pub insert: Arc<Rows>,
    /// Updates an object of a known version.
    pub update: String,
    /// Reads objects, up to the list of their ids: head columns, then fields.
    pub select: String,
    /// Whether each field is computed: no version, no history.
    pub computed: Vec<bool>,
    /// The statements of the table parts.
    pub tables: Vec<TableSql>,
}

/// The statements of one table part.
pub struct TableSql {
    /// Inserts a row: owner, line, key, columns.
    pub insert: Arc<Rows>,
    /// Deletes all rows of an owner.
    pub delete: String,
    /// Reads the rows of owners, up to the list of their ids: owner, key, columns.
    pub select: String,
}

/// The statements of one register.
pub struct RegisterSql {
    /// Inserts a movement: document, line, date, cells.
    pub insert: Arc<Rows>,
    /// Deletes all movements of a document.
    pub delete: String,
    /// Reads the movements of a document within a range of lines: line, date, cells.
    pub select: String,
    /// Adds to the current total; none where a register keeps no totals.
    pub add_now: Option<Arc<Sums>>,
    /// Adds to the turnover of a month; none where a register keeps no balances.
    pub add_month: Option<Arc<Sums>>,
    /// Reads current totals by the first 0, 1, 2, ... columns of the key, up to the order: key, sums, and of a
    /// balance last date and last document.
    pub by_prefix: Vec<String>,
}

/// Movements of all registers in one statement: the place of the register, line, date, cells.
pub struct Moves {
    /// The statement; bound to the document.
    pub select: String,
    /// How many cells the widest register has.
    pub width: usize,
}

/// The statements of tables that belong to no declaration.
pub struct ServiceSql {
    /// Inserts a line of the history.
    pub history: Arc<Rows>,
    /// Lets words wait for the index of search.
    pub search: Arc<Rows>,
    /// Counts changes of catalogs by kind.
    pub catalogs: Arc<Sums>,
    /// Inserts an entry of the ledger.
    pub entries: Arc<Rows>,
    /// Adds to a balance of the ledger.
    pub ledger_now: Arc<Sums>,
    /// Adds to the turnovers of a month in the ledger.
    pub ledger_months: Arc<Sums>,
}

fn object_insert(table: &str, columns: &str, width: usize) -> Arc<Rows> {
    Rows::new(table, format!("INSERT INTO {} ({columns}) VALUES", quoted(table)), width, String::new())
}

pub(super) fn object_sql(kind: &dyn KindOps) -> ObjectSql {
    let meta = kind.meta();
    let table = quoted(meta.code);
    let fields: Vec<&str> = meta.fields.iter().map(|field| field.name).collect();
    let all: Vec<&str> = HEAD.iter().skip(1).copied().chain(fields.iter().copied()).collect();
    let sets: Vec<String> = all.iter().zip(3..).map(|(name, at)| format!("{} = ?{at}", quoted(name))).collect();
    let head = list(HEAD.iter().copied());
    ObjectSql {
        insert: object_insert(meta.code, &format!("id, {}", list(all.iter().copied())), all.len() + 1),
        update: format!("UPDATE {table} SET {} WHERE id = ?1 AND version = ?2", sets.join(", ")),
        select: format!("SELECT {head}, {} FROM {table} WHERE id IN", list(fields.iter().copied())),
        computed: fields.iter().map(|name| kind.computed().contains(name)).collect(),
        tables: meta.tables.iter().map(|part| table_sql(meta, part)).collect(),
    }
}

fn table_sql(meta: &ObjectMeta, part: &TableMeta) -> TableSql {
    let name = part_name(meta, part);
    let table = quoted(&name);
    let columns = list(names(part.fields));
    TableSql {
        insert: object_insert(&name, &format!("owner, line, key, {columns}"), part.fields.len() + 3),
        delete: format!("DELETE FROM {table} WHERE owner = ?1"),
        select: format!("SELECT owner, key, {columns} FROM {table} WHERE owner IN"),
    }
}

/// «What is there, with what is added to it», for each sum.
fn adds<'a>(table: &str, sums: impl Iterator<Item = &'a str>) -> String {
    let parts = sums.map(|sum| format!("{0} = {table}.{0} + excluded.{0}", quoted(sum)));
    parts.collect::<Vec<_>>().join(", ")
}

pub(super) fn register_sql(register: &RegisterMeta) -> RegisterSql {
    let code = register.code;
    let columns = list(register.columns().map(|field| field.name));
    let width = register.columns().count();
    let key = list(names(register.key));
    let sum = list(names(register.sum));
    let (now, months, moves) = (format!("{code}_now"), format!("{code}_months"), format!("{code}_moves"));
    let last = if register.kind == RegisterKind::Balance { ", last_date, last_document" } else { "" };
    let head = format!("INSERT INTO {moves} (document, line, date, {columns}) VALUES");
    RegisterSql {
        insert: Rows::new(&moves, head, width + 3, String::new()),
        delete: format!("DELETE FROM {moves} WHERE document = ?1"),
        select: format!(
            "SELECT line, date, {columns} FROM {moves} WHERE document = ?1 AND line >= ?2 AND line < ?3 ORDER BY line"
        ),
        add_now: has_totals(register).then(|| add_now(register, &now)),
        add_month: (register.kind == RegisterKind::Balance).then(|| {
            let head = format!("INSERT INTO {months} (month, {key}, {sum}) VALUES");
            let tail = format!(" ON CONFLICT (month, {key}) DO UPDATE SET {}", adds(&months, names(register.sum)));
            Sums::kept(&months, head, (register.key.len() + 1, register.sum.len()), false, tail)
        }),
        by_prefix: (0..=register.key.len())
            .map(|length| format!("SELECT {key}, {sum}{last} FROM {now} WHERE {}", prefix_condition(register, length)))
            .collect(),
    }
}

fn add_now(register: &RegisterMeta, now: &str) -> Arc<Sums> {
    let key = list(names(register.key));
    let sum = list(names(register.sum));
    let size = (register.key.len(), register.sum.len());
    let added = adds(now, names(register.sum));
    if is_open(register) {
        let head = format!("INSERT INTO {now} ({key}, {sum}) VALUES");
        let tail = format!(" ON CONFLICT ({key}) DO UPDATE SET {added} RETURNING {key}, {sum}");
        return Sums::open(now, head, &names(register.key).collect::<Vec<_>>(), size.1, tail);
    }
    let head = format!("INSERT INTO {now} ({key}, {sum}, last_date, last_document) VALUES");
    let tail = format!(
        " ON CONFLICT ({key}) DO UPDATE SET {added}, last_date = CASE WHEN excluded.last_date > {now}.last_date \
         THEN excluded.last_date ELSE {now}.last_date END, last_document = CASE WHEN excluded.last_date > \
         {now}.last_date OR (excluded.last_date = {now}.last_date AND excluded.last_document > {now}.last_document) \
         THEN excluded.last_document ELSE {now}.last_document END"
    );
    Sums::kept(now, head, size, true, tail)
}

/// Registers differ in width: the narrow ones are filled up with zeros.
pub(super) fn all_moves(registers: &[&'static RegisterMeta]) -> Moves {
    let width = registers.iter().map(|register| register.columns().count()).max().unwrap_or(0);
    let part = |(place, register): (usize, &&'static RegisterMeta)| {
        let own = register.columns().map(|field| quoted(field.name));
        let cells: Vec<String> = own.chain(std::iter::repeat("0".to_owned())).take(width).collect();
        format!("SELECT {place}, line, date, {} FROM {}_moves WHERE document = ?1", cells.join(", "), register.code)
    };
    let parts: Vec<String> = registers.iter().enumerate().map(part).collect();
    Moves { select: format!("{} ORDER BY 1, 2", parts.join(" UNION ALL ")), width }
}

impl ServiceSql {
    pub(super) fn new() -> Self {
        let rows = |table: &str, columns: &str, tail: &str| {
            let head = format!("INSERT INTO {table} ({columns}) VALUES");
            Rows::new(table, head, columns.split(", ").count(), tail.to_owned())
        };
        let key = ["company", "account", "sub1", "sub2", "sub3", "currency"];
        let keys = key.join(", ");
        let (balance, turnover) = (
            ["amount", "qty", "currency_amount"],
            ["debit", "credit", "debit_qty", "credit_qty", "debit_currency", "credit_currency"],
        );
        let add = |table: &str, key: &str, sums: &[&str]| {
            let head = format!("INSERT INTO {table} ({key}, {}) VALUES", sums.join(", "));
            (head, format!(" ON CONFLICT ({key}) DO UPDATE SET {}", adds(table, sums.iter().copied())))
        };
        let (now, mut returning) = add("ledger_now", &keys, &balance);
        returning.push_str(&format!(" RETURNING {keys}, {}", balance.join(", ")));
        let (month, month_tail) = add("ledger_months", &format!("month, {keys}"), &turnover);
        let (catalogs, catalogs_tail) = add("catalog_changes", "kind", &["count"]);
        let later = " ON CONFLICT (object) DO UPDATE SET words = excluded.words";
        Self {
            history: rows("history", "object, version, operation, deed, change", ""),
            search: rows("search_pending", "object, words", later),
            catalogs: Sums::kept("catalog_changes", catalogs, (1, 1), false, catalogs_tail),
            entries: rows("ledger_moves", super::ledger::COLUMNS, ""),
            ledger_now: Sums::open("ledger_now", now, &key, balance.len(), returning),
            ledger_months: Sums::kept("ledger_months", month, (key.len() + 1, turnover.len()), false, month_tail),
        }
    }
}

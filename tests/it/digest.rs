//! All rows of all tables of a base, to tell whether anything has changed and where.

use kontora::kernel::meta::{FieldMeta, RegisterKind};
use kontora::ops::gate::Session;
use kontora::store::dialect::Dialect;
use kontora::store::schema::{HEAD, has_totals, part_name, quoted};
use std::collections::BTreeMap;

/// Rows by table, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest(BTreeMap<String, Vec<String>>);

impl Digest {
    /// The tables that differ, with the first row that does.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let tables = self.0.keys().chain(other.0.keys()).collect::<std::collections::BTreeSet<_>>();
        let none = Vec::new();
        let mut found = Vec::new();
        for table in tables {
            let (was, now) = (self.0.get(table).unwrap_or(&none), other.0.get(table).unwrap_or(&none));
            if was != now {
                let gone = was.iter().find(|row| !now.contains(row)).map_or("", String::as_str);
                let come = now.iter().find(|row| !was.contains(row)).map_or("", String::as_str);
                found.push(format!("{table} [{gone}] -> [{come}]"));
            }
        }
        found
    }
}

/// Everything the base holds.
pub fn digest(session: &Session) -> Digest {
    let mut found = registers(session);
    let schema = session.store.schema();
    for kind in schema.kinds() {
        let meta = kind.meta();
        let mut columns = HEAD.iter().map(|name| quoted(name)).collect::<Vec<_>>();
        columns.extend(meta.fields.iter().map(|field| quoted(field.name)));
        found.insert(meta.code.to_owned(), read(session, &quoted(meta.code), &columns));
        for table in meta.tables {
            let columns = [vec!["owner".to_owned(), "line".to_owned(), "key".to_owned()], named(table.fields)].concat();
            let name = part_name(meta, table);
            found.insert(name.clone(), read(session, &quoted(&name), &columns));
        }
    }
    for (table, columns) in [
        ("base_info", "name, value"),
        ("numbers", "kind, prefix, year, last"),
        ("keys", "space, key, object, digest"),
        ("sessions", "id, account, workstation, started"),
        ("history", "object, version, operation, deed, change"),
        ("operations", "id, session, account, at, op, undoes, key, touched"),
        ("user_settings", "account, name, value"),
        ("import_files", "id, space, name, at, digest, body"),
        ("import_errors", "space, key, number, at, reason"),
    ] {
        let columns: Vec<String> = columns.split(", ").map(str::to_owned).collect();
        found.insert(table.to_owned(), read(session, table, &columns));
    }
    if session.store.dialect() == Dialect::Sqlite {
        found.insert("search".to_owned(), read(session, "search", &["rowid".to_owned()]));
    }
    Digest(found)
}

/// Tables of registers that hold anything.
pub fn not_empty(session: &Session) -> Vec<String> {
    registers(session)
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(table, rows)| format!("{table} {rows:?}"))
        .collect()
}

fn named(fields: &[FieldMeta]) -> Vec<String> {
    fields.iter().map(|field| quoted(field.name)).collect()
}

fn registers(session: &Session) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for register in session.store.schema().registers() {
        let code = register.code;
        let fields: Vec<&str> = register.columns().map(|field| field.name).collect();
        let columns = [
            vec!["document".to_owned(), "line".to_owned(), "date".to_owned()],
            fields.iter().map(|n| quoted(n)).collect(),
        ]
        .concat();
        found.insert(format!("{code}_moves"), read(session, &format!("{code}_moves"), &columns));
        if has_totals(register) {
            let columns = [named(register.key), named(register.sum)].concat();
            let filled = not_zero(&named(register.sum));
            found.insert(format!("{code}_now"), read(session, &format!("{code}_now WHERE {filled}"), &columns));
            if register.kind == RegisterKind::Balance {
                let columns = [vec!["month".to_owned()], columns].concat();
                found.insert(
                    format!("{code}_months"),
                    read(session, &format!("{code}_months WHERE {filled}"), &columns),
                );
            }
        }
    }
    let side = |name: &str| {
        ["", "1", "2", "3", "_qty", "_currency", "_currency_amount"].map(|end| format!("{name}{end}")).to_vec()
    };
    let entry = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let moves = [
        entry(&["document", "line", "date", "company"]),
        side("debit"),
        side("credit"),
        entry(&["amount", "rule", "rule_line", "rule_base"]),
    ];
    found.insert("ledger_moves".to_owned(), read(session, "ledger_moves", &moves.concat()));
    let key = ["company", "account", "sub1", "sub2", "sub3", "currency"];
    let now = [entry(&key), entry(&["amount", "qty", "currency_amount"])].concat();
    found.insert("ledger_now".to_owned(), read(session, "ledger_now", &now));
    let sums = entry(&["debit", "credit", "debit_qty", "credit_qty", "debit_currency", "credit_currency"]);
    let table = format!("ledger_months WHERE {}", not_zero(&sums));
    let months = [entry(&["month"]), entry(&key), sums].concat();
    found.insert("ledger_months".to_owned(), read(session, &table, &months));
    found
}

fn not_zero(columns: &[String]) -> String {
    columns.iter().map(|column| format!("{column} <> 0")).collect::<Vec<_>>().join(" OR ")
}

/// All rows of a table, each as text. A cell is an integer, a text or bytes: two of the three are empty.
fn read(session: &Session, table: &str, columns: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let sql = format!("SELECT {} FROM {table}", columns.join(", "));
    let outcome = session.store.engine().query(&sql, &[], &mut |row| {
        let cells = (0..columns.len()).map(|at| {
            let bytes: String = row.blob(at).iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{}{}{bytes}", if row.int(at) == 0 { String::new() } else { row.int(at).to_string() }, row.text(at))
        });
        found.push(cells.collect::<Vec<_>>().join("|"));
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{sql}: {}", error.sentence()));
    found.sort();
    found
}

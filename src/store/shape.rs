//! The tables of a base with their columns, the same on every engine: for what reads or writes whole tables.

use super::schema::{HEAD, Schema, has_totals, part_name};
use crate::kernel::meta::{FieldMeta, RegisterKind, RegisterMeta};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// An integer.
    Int,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// A table: its columns, of which the first `key` tell its rows apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The name, without quotes.
    pub table: String,
    /// Columns without quotes, those of the key first.
    pub columns: Vec<(String, Holds)>,
    /// How many columns the key has.
    pub key: usize,
}

/// Tables that belong to no declaration: name, columns of the key, other columns. `#` marks bytes, `$` a text.
const SERVICE: &[(&str, &str, &str)] = &[
    ("base_info", "$name", "$value"),
    ("numbers", "kind $prefix year", "last"),
    ("keys", "$space $key", "object $digest"),
    ("sessions", "id", "account $workstation started"),
    ("history", "object version", "operation deed #change"),
    ("operations", "id", "session account at op undoes $key #touched"),
    ("catalog_changes", "kind", "count"),
    ("user_settings", "account $name", "$value"),
    ("credentials", "account", "$secret changed failures refused_until $card"),
    ("import_files", "id", "$space $name at $digest #body"),
    ("import_errors", "$space $key", "$number at $reason"),
    (
        "device_jobs",
        "id",
        "place kind document copy $key state attempts after_number cash_before number sign printed $reason created \
         $holder",
    ),
    (
        "letters",
        "id",
        "object event detail occurrence template account $recipient $subject $body $raw $message_id state handed \
         attempts next_at created last_at $claimed_by lease $answer $reason",
    ),
    ("mail_addresses", "$address", "refusals invalid $reason at"),
    ("mail_pace", "account", "until failures $reason"),
];

const LEDGER_KEY: &str = "company account sub1 sub2 sub3 currency";
const LEDGER_SUMS: &str = "debit credit debit_qty credit_qty debit_currency credit_currency";

fn columns(words: &str) -> Vec<(String, Holds)> {
    let column = |word: &str| match word.strip_prefix('$') {
        Some(name) => (name.to_owned(), Holds::Text),
        None => match word.strip_prefix('#') {
            Some(name) => (name.to_owned(), Holds::Bytes),
            None => (word.to_owned(), Holds::Int),
        },
    };
    words.split_whitespace().map(column).collect()
}

fn field(field: &FieldMeta) -> (String, Holds) {
    (field.name.to_owned(), if field.kind.is_text() { Holds::Text } else { Holds::Int })
}

fn shape(table: &str, key: Vec<(String, Holds)>, others: Vec<(String, Holds)>) -> Shape {
    let width = key.len();
    Shape { table: table.to_owned(), columns: [key, others].concat(), key: width }
}

impl Schema {
    /// All tables that hold what a base is; what an engine derives for itself (the index of search, counters) is
    /// left out.
    pub fn shapes(&self) -> Vec<Shape> {
        let mut found: Vec<Shape> =
            SERVICE.iter().map(|(table, key, others)| shape(table, columns(key), columns(others))).collect();
        for kind in self.kinds() {
            let meta = kind.meta();
            let head = HEAD.iter().skip(1).map(|name| {
                let holds = match *name {
                    "uid" => Holds::Bytes,
                    "search" => Holds::Text,
                    _ => Holds::Int,
                };
                ((*name).to_owned(), holds)
            });
            found.push(shape(meta.code, columns("id"), head.chain(meta.fields.iter().map(field)).collect()));
            for table in meta.tables {
                let others = columns("key").into_iter().chain(table.fields.iter().map(field)).collect();
                found.push(shape(&part_name(meta, table), columns("owner line"), others));
            }
        }
        for register in self.registers() {
            register_shapes(register, &mut found);
        }
        ledger_shapes(&mut found);
        found
    }
}

fn register_shapes(register: &RegisterMeta, found: &mut Vec<Shape>) {
    let code = register.code;
    let cells = columns("date").into_iter().chain(register.columns().map(field)).collect();
    found.push(shape(&format!("{code}_moves"), columns("document line"), cells));
    if !has_totals(register) {
        return;
    }
    let key: Vec<(String, Holds)> = register.key.iter().map(field).collect();
    let sums: Vec<(String, Holds)> = register.sum.iter().map(field).collect();
    let balance = register.kind == RegisterKind::Balance;
    let last = if balance { columns("last_date last_document") } else { Vec::new() };
    found.push(shape(&format!("{code}_now"), key.clone(), [sums.clone(), last].concat()));
    if balance {
        found.push(shape(&format!("{code}_months"), [columns("month"), key].concat(), sums));
    }
}

fn ledger_shapes(found: &mut Vec<Shape>) {
    let side = |name: &str| format!("{name} {name}1 {name}2 {name}3 {name}_qty {name}_currency {name}_currency_amount");
    let entry = format!("date company {} {} amount rule rule_line rule_base", side("debit"), side("credit"));
    found.push(shape("ledger_moves", columns("document line"), columns(&entry)));
    found.push(shape("ledger_now", columns(LEDGER_KEY), columns("amount qty currency_amount")));
    found.push(shape("ledger_months", columns(&format!("month {LEDGER_KEY}")), columns(LEDGER_SUMS)));
}

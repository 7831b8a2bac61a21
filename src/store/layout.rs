//! The declared layout beside what an engine says is there: what a base lacks, as statements that add it.
//!
//! The declared side is read out of the statements that make an empty base ([`Schema::ddl`]), so there is one
//! description of the layout and no second one to keep in step with it.

use super::dialect::Dialect;
use super::engine::Engine;
use super::schema::{Schema, list, quoted};
use super::shape::{Holds, Shape};
use crate::kernel::problems::{Error, Outcome};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};

/// A table as it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Table {
    name: String,
    /// Names of columns with all that stands behind them.
    columns: Vec<(String, String)>,
    key: Vec<String>,
    sql: String,
}

/// A statement of the layout.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Table(Table),
    Index {
        name: String,
        table: String,
        sql: String,
    },
    /// A sequence, a virtual table: there or not.
    Other {
        name: String,
        sql: String,
    },
    /// The first rows of a table, which it gets when it is made.
    Filling {
        table: String,
        sql: String,
    },
}

/// A table as the base has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FoundTable {
    columns: BTreeMap<String, Holds>,
    /// Columns a new row must name, because they have no value of their own.
    needed: BTreeSet<String>,
    /// Columns of the key by their places in it.
    key: BTreeMap<i64, String>,
}

/// What the base has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    tables: BTreeMap<String, FoundTable>,
    others: BTreeSet<String>,
    /// Indexes with the statements that made them, where the engine keeps those as they were written; elsewhere with
    /// whether they hold all rows or some.
    indexes: BTreeMap<String, String>,
}

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Statements in their order.
    pub statements: Vec<String>,
    /// Tables that are made anew.
    pub made: BTreeSet<String>,
}

/// A digest of the statements of a layout.
pub(super) fn digest(ddl: &str) -> String {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", ddl.bytes().fold(0xcbf2_9ce4_8422_2325, step))
}

fn unclear(sql: &str) -> Error {
    Error::Failed(text!("store-other"), format!("layout: {sql}"))
}

/// The words of a statement with one blank between them.
fn plain(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an index of a base is the declared one, as far as its engine tells.
fn is_index(found: &str, declared: &str) -> bool {
    let rows = if declared.contains(" WHERE ") { "some" } else { "all" };
    found == rows || found == plain(declared)
}

/// The declared layout, statement by statement.
fn parts(ddl: &str) -> Outcome<Vec<Part>> {
    ddl.split(";\n").map(str::trim).filter(|sql| !sql.is_empty()).map(part).collect()
}

fn part(sql: &str) -> Outcome<Part> {
    let words: Vec<&str> = sql.split_whitespace().take(6).collect();
    let name = |at: usize| -> Outcome<String> {
        let word = words.get(at).ok_or_else(|| unclear(sql))?;
        Ok(word.split('(').next().unwrap_or_default().trim_matches('"').to_owned())
    };
    let whole = sql.to_owned();
    match words.as_slice() {
        ["CREATE", "TABLE", ..] => table(name(2)?, sql).map(Part::Table),
        ["CREATE", "INDEX", _, "ON", ..] => Ok(Part::Index { name: name(2)?, table: name(4)?, sql: whole }),
        ["CREATE", "UNIQUE", "INDEX", _, "ON", ..] => Ok(Part::Index { name: name(3)?, table: name(5)?, sql: whole }),
        ["CREATE", "VIRTUAL", "TABLE", ..] => Ok(Part::Other { name: name(3)?, sql: whole }),
        ["CREATE", "SEQUENCE", ..] => Ok(Part::Other { name: name(2)?, sql: whole }),
        ["INSERT", "INTO", ..] => Ok(Part::Filling { table: name(2)?, sql: whole }),
        _ => Err(unclear(sql)),
    }
}

fn table(name: String, sql: &str) -> Outcome<Table> {
    let (Some(open), Some(close)) = (sql.find('('), sql.rfind(')')) else { return Err(unclear(sql)) };
    let body = sql.get(open + 1..close).ok_or_else(|| unclear(sql))?;
    let mut made = Table { name, columns: Vec::new(), key: Vec::new(), sql: sql.to_owned() };
    for item in items(body) {
        if let Some(key) = item.strip_prefix("PRIMARY KEY") {
            let names = key.trim().trim_matches(['(', ')']).split(',');
            made.key = names.map(|name| name.trim().trim_matches('"').to_owned()).collect();
        } else if !item.starts_with("UNIQUE") {
            let (column, rest) = item.split_once(' ').ok_or_else(|| unclear(sql))?;
            let column = column.trim_matches('"').to_owned();
            if rest.contains("PRIMARY KEY") {
                made.key.push(column.clone());
            }
            made.columns.push((column, rest.to_owned()));
        }
    }
    Ok(made)
}

/// What stands between commas, where no bracket and no quotation is open.
fn items(body: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut depth, mut quoted) = (0, false);
    for letter in body.chars() {
        quoted ^= letter == '\'';
        depth += match letter {
            '(' if !quoted => 1,
            ')' if !quoted => -1,
            _ => 0,
        };
        match found.last_mut() {
            Some(item) if letter != ',' || depth > 0 || quoted => item.push(letter),
            _ => found.push(String::new()),
        }
    }
    found.iter().map(|item| plain(item)).filter(|item| !item.is_empty()).collect()
}

const SQLITE_COLUMNS: &str = "SELECT m.name, p.name, \
    CASE WHEN p.\"notnull\" = 1 AND p.dflt_value IS NULL THEN 1 ELSE 0 END, p.pk, lower(p.type) \
    FROM sqlite_schema AS m, pragma_table_info(m.name) AS p WHERE m.type = 'table'";
const SQLITE_INDEXES: &str = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
const SQLITE_OTHERS: &str = "SELECT name FROM sqlite_schema WHERE type = 'table'";
const POSTGRES_COLUMNS: &str = "SELECT c.relname, a.attname, \
    CASE WHEN a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' THEN 1 ELSE 0 END, \
    COALESCE(array_position(string_to_array(i.indkey::text, ' '), a.attnum::text), 0), format_type(a.atttypid, NULL) \
    FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped \
    LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary \
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace";
const POSTGRES_INDEXES: &str = "SELECT indexname, CASE WHEN indexdef LIKE '% WHERE %' THEN 'some' ELSE 'all' END \
    FROM pg_indexes WHERE schemaname = current_schema()";
const POSTGRES_OTHERS: &str =
    "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace";

impl Found {
    /// Reads what a base has.
    pub(super) fn read(engine: &dyn Engine, dialect: Dialect) -> Outcome<Self> {
        let [columns, indexes, others] = match dialect {
            Dialect::Sqlite => [SQLITE_COLUMNS, SQLITE_INDEXES, SQLITE_OTHERS],
            Dialect::Postgres => [POSTGRES_COLUMNS, POSTGRES_INDEXES, POSTGRES_OTHERS],
        };
        let mut found = Self::default();
        engine.query(columns, &[], &mut |row| {
            let table = found.tables.entry(row.text(0).to_owned()).or_default();
            let column = row.text(1).to_owned();
            if row.int(2) == 1 {
                table.needed.insert(column.clone());
            }
            if row.int(3) > 0 {
                table.key.insert(row.int(3), column.clone());
            }
            let holds = match row.text(4) {
                "text" => Holds::Text,
                "blob" | "bytea" => Holds::Bytes,
                _ => Holds::Int,
            };
            table.columns.insert(column, holds);
            Ok(())
        })?;
        engine.query(indexes, &[], &mut |row| {
            found.indexes.insert(row.text(0).to_owned(), plain(row.text(1)));
            Ok(())
        })?;
        engine.query(others, &[], &mut |row| {
            found.others.insert(row.text(0).to_owned());
            Ok(())
        })?;
        Ok(found)
    }
}

impl Found {
    /// Tables that hold what a base is, whatever release made them: those an engine keeps for itself are left out.
    pub(super) fn shapes(&self) -> Vec<Shape> {
        let own =
            |name: &str| ["kontora_base", "kontora_changes", "layout", "last_id", "search_pending"].contains(&name);
        let others = |name: &str| name == "search" || name.starts_with("search_") || name.starts_with("sqlite_");
        let tables = self.tables.iter().filter(|(name, _)| !own(name) && !others(name));
        tables
            .map(|(name, table)| {
                let holds = |column: &String| table.columns.get(column).copied().unwrap_or(Holds::Int);
                let key = table.key.values().map(|column| (column.clone(), holds(column)));
                let rest = table.columns.iter().filter(|(column, _)| !table.key.values().any(|key| key == *column));
                let rest = rest.map(|(column, holds)| (column.clone(), *holds));
                Shape { table: name.clone(), columns: key.chain(rest).collect(), key: table.key.len() }
            })
            .collect()
    }
}

impl Plan {
    /// What the base lacks of what is declared. Columns nobody declares any more stay where they are, unless a
    /// new row could not be written without them.
    pub(super) fn of(schema: &Schema, found: &Found, trigrams: bool) -> Outcome<Self> {
        let mut plan = Self::default();
        let mut rebuilt = BTreeSet::new();
        for part in parts(&format!("{}{}", schema.ddl(), schema.search_indexes(trigrams)))? {
            match part {
                Part::Table(table) => match found.tables.get(&table.name) {
                    None => {
                        plan.statements.push(table.sql);
                        plan.made.insert(table.name);
                    }
                    Some(is) if is.must_be_rebuilt(&table) => {
                        plan.rebuild(&table, is);
                        rebuilt.insert(table.name);
                    }
                    Some(is) => plan.add_columns(schema.dialect, &table, is),
                },
                Part::Index { name, table, sql } => match found.indexes.get(&name) {
                    Some(_) if rebuilt.contains(&table) => plan.statements.push(sql),
                    Some(is) if is_index(is, &sql) => {}
                    Some(_) => plan.statements.extend([format!("DROP INDEX {name}"), sql]),
                    None => plan.statements.push(sql),
                },
                Part::Other { name, sql } if !found.others.contains(&name) => plan.statements.push(sql),
                Part::Filling { table, sql } if plan.made.contains(&table) => plan.statements.push(sql),
                Part::Other { .. } | Part::Filling { .. } => {}
            }
        }
        Ok(plan)
    }

    fn add_columns(&mut self, dialect: Dialect, table: &Table, is: &FoundTable) {
        for (column, definition) in table.columns.iter().filter(|(column, _)| !is.columns.contains_key(column)) {
            // Rows that are there need a value: nothing, as everywhere in this layout.
            let filled = definition.contains("DEFAULT") || !definition.contains("NOT NULL");
            let nothing = match dialect {
                _ if definition.starts_with("TEXT") => "''",
                Dialect::Sqlite if definition.starts_with("BLOB") => "x''",
                Dialect::Postgres if definition.starts_with("BYTEA") => "''",
                _ => "0",
            };
            let filling = if filled { String::new() } else { format!(" DEFAULT {nothing}") };
            self.statements.push(format!(
                "ALTER TABLE {} ADD COLUMN {} {definition}{filling}",
                quoted(&table.name),
                quoted(column)
            ));
        }
    }

    /// The table is made anew with the rows it had: its key is another one, and a key cannot be altered everywhere.
    fn rebuild(&mut self, table: &Table, is: &FoundTable) {
        let (name, aside) = (quoted(&table.name), quoted(&format!("{}_before", table.name)));
        let kept =
            table.columns.iter().map(|(column, _)| column.as_str()).filter(|column| is.columns.contains_key(*column));
        let kept = list(kept);
        // A column of the key without a value of its own gets nothing in the rows that are there.
        let (mut names, mut values) = (kept.clone(), kept);
        for (column, definition) in table.columns.iter().filter(|(column, _)| !is.columns.contains_key(column)) {
            if definition.contains("NOT NULL") && !definition.contains("DEFAULT") {
                let nothing =
                    if definition.starts_with("INTEGER") || definition.starts_with("BIGINT") { "0" } else { "''" };
                names = format!("{names}, {}", quoted(column));
                values = format!("{values}, {nothing}");
            }
        }
        self.statements.extend([
            format!("CREATE TABLE {aside} AS SELECT * FROM {name}"),
            format!("DROP TABLE {name}"),
            table.sql.clone(),
            format!("INSERT INTO {name} ({names}) SELECT {values} FROM {aside}"),
            format!("DROP TABLE {aside}"),
        ]);
        if table.sql.contains("AS IDENTITY") {
            self.statements.push(format!(
                "SELECT setval(pg_get_serial_sequence('{0}', 'id'), id) FROM {0} ORDER BY id DESC LIMIT 1",
                table.name
            ));
        }
    }
}

impl FoundTable {
    fn must_be_rebuilt(&self, table: &Table) -> bool {
        let key: Vec<&String> = self.key.values().collect();
        let declared = |column: &String| table.columns.iter().any(|(name, _)| name == column);
        key != table.key.iter().collect::<Vec<_>>() || !self.needed.iter().all(declared)
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, Part, Plan, parts};
    use crate::store::dialect::Dialect;
    use crate::store::engine::{Engine as _, int};
    use crate::store::schema::Schema;
    use crate::store::sqlite::Sqlite;

    #[test]
    fn statements_are_understood_or_refused() {
        let ddl = "CREATE TABLE \"a\" (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT 'a, b') STRICT;\n\
                   CREATE TABLE b (\n  x INTEGER NOT NULL,\n  \"y\" TEXT NOT NULL,\n  PRIMARY KEY (x, \"y\")\n) STRICT;\n\
                   CREATE INDEX a_uid ON \"a\" (substr(uid, 1, 6));\nINSERT INTO b (x, y) VALUES (1, '');\n";
        let read = parts(ddl).unwrap();
        let Part::Table(first) = &read[0] else { panic!("{read:?}") };
        assert_eq!(first.key, ["id"]);
        let Part::Table(second) = &read[1] else { panic!("{read:?}") };
        assert_eq!((second.key.join(" "), second.columns.len()), ("x y".to_owned(), 2));
        assert!(matches!(&read[2], Part::Index { name, table, .. } if name == "a_uid" && table == "a"));
        assert!(matches!(&read[3], Part::Filling { table, .. } if table == "b"));
        assert!(parts("DROP TABLE a;\n").is_err());
    }

    #[test]
    fn what_is_lacking_is_added_and_rows_stay() {
        let schema = Schema::new(Dialect::Sqlite, &[], &[]);
        let engine = Sqlite::in_memory().unwrap();
        engine.batch(&schema.ddl()).unwrap();
        let spoil = "DROP TABLE keys; CREATE TABLE keys (space TEXT NOT NULL, key TEXT NOT NULL, \
                     object INTEGER NOT NULL, PRIMARY KEY (key)) STRICT; \
                     INSERT INTO keys VALUES ('load:item', 'T1', 77); \
                     DROP TABLE user_settings; DROP TABLE history; \
                     CREATE TABLE history (object INTEGER NOT NULL, version INTEGER NOT NULL, \
                     PRIMARY KEY (object, version)) STRICT, WITHOUT ROWID; \
                     INSERT INTO history VALUES (5, 1);";
        engine.batch(spoil).unwrap();
        let plan = Plan::of(&schema, &Found::read(&engine, Dialect::Sqlite).unwrap(), false).unwrap();
        assert!(plan.made.contains("user_settings") && !plan.made.contains("keys"), "{plan:?}");
        plan.statements.iter().for_each(|sql| engine.batch(sql).unwrap());
        let again = Plan::of(&schema, &Found::read(&engine, Dialect::Sqlite).unwrap(), false).unwrap();
        assert_eq!(again, Plan::default());
        let count = |sql: &str| int(&engine, sql, &[]).unwrap();
        assert_eq!(count("SELECT object FROM keys WHERE space = 'load:item' AND key = 'T1' AND digest = ''"), Some(77));
        assert_eq!(count("SELECT count(*) FROM history WHERE object = 5 AND deed = 0 AND change = x''"), Some(1));
    }
}

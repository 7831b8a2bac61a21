//! The layout of the base as a golden file: a changed declaration shows in the diff, and a renamed or removed
//! column asks for a migration.
//!
//! `UPDATE_EXPECTED=1` writes `tests/expected/schema.sql` anew.

use crate::shared::switch;
use crate::sources::root;
use kontora::ops::gate::schema;
use kontora::store::schema::VERSION;

#[test]
fn the_layout_of_the_base_is_as_it_was() {
    let path = root().join("tests/expected/schema.sql");
    let made =
        format!("-- Layout {VERSION}, made from the declarations: see tests/it/schema.rs.\n\n{}", schema().ddl());
    if switch("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let different = made.lines().zip(expected.lines()).find(|(made, expected)| made != expected);
    assert!(
        made == expected,
        "the layout has changed, at {different:?}: bases made before need a migration; then run with \
         UPDATE_EXPECTED=1 and look at the diff"
    );
}

/// Statements of the layout, each in one line.
fn statements() -> Vec<String> {
    let ddl = schema().ddl();
    let all = ddl.split(";\n").map(|statement| statement.split_whitespace().collect::<Vec<_>>().join(" "));
    all.filter(|statement| !statement.is_empty()).collect()
}

#[test]
fn tables_are_strict_and_nothing_in_them_is_null() {
    let tables: Vec<String> =
        statements().into_iter().filter(|statement| statement.starts_with("CREATE TABLE")).collect();
    assert!(tables.len() > 50, "{}", tables.len());
    for table in &tables {
        let (columns, end) = table.split_once('(').unwrap().1.rsplit_once(')').unwrap();
        assert!(end.contains("STRICT"), "{table}");
        let columns = columns.split_once("PRIMARY KEY (").map_or(columns, |(columns, _)| columns);
        for column in columns.split(", ").filter(|column| !column.trim().is_empty()) {
            assert!(column.contains("NOT NULL") || column.contains("PRIMARY KEY"), "{column} in {table}");
        }
    }
}

#[test]
fn every_index_has_a_name_of_its_own() {
    let mut names: Vec<String> = statements()
        .iter()
        .filter_map(|statement| statement.strip_prefix("CREATE INDEX ")?.split(' ').next().map(str::to_owned))
        .collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all);
}

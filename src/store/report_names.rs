//! What reports need beside sums: names of many objects at once, fields of many objects, contents of folders,
//! and movements one by one.

use super::base::Store;
use super::engine::Cell;
use super::report::{Axis, Origin, Question};
use super::report_sql::{Reading, tables};
use super::schema::quoted;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Stored;
use std::collections::{BTreeMap, BTreeSet};

/// Ids named in one statement.
const BATCH: usize = 500;
/// Fewer ids than this are named one by one.
const FEW: i64 = 8;
/// A range is read when it holds at most so many ids for each one that is wanted.
const SPARSE: i64 = 3;

/// How an object is called, and where it stands in its catalog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Code of a catalog element, number of a document.
    pub code: String,
    /// Name of a catalog element; empty for a document.
    pub name: String,
    /// Moment of a document.
    pub date: Moment,
    /// The folder it lies in.
    pub parent: i64,
    /// It is a folder.
    pub folder: bool,
}

/// A movement, as reports list it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoveLine {
    /// Who made it.
    pub document: AnyRef,
    /// Its line.
    pub line: i64,
    /// When.
    pub date: Moment,
    /// 1 debit, -1 credit; 0 outside of the ledger.
    pub side: i64,
    /// The cells asked for: axes, then sums (of the ledger without a sign).
    pub cells: Vec<i64>,
}

impl Store {
    /// Names of objects of a kind; those that are no more are missing, and neighbours may be there too.
    pub fn names_of(&self, meta: &ObjectMeta, ids: &BTreeSet<i64>) -> Outcome<BTreeMap<i64, Name>> {
        let columns = match meta.kind {
            Kind::Catalog => "id, code, name, 0, parent, folder",
            Kind::Document => "id, number, '', date, 0, 0",
        };
        let mut found = BTreeMap::new();
        for these in batches(ids) {
            let sql = format!("SELECT {columns} FROM {} WHERE {these}", quoted(meta.code));
            self.each(&sql, &mut |row| {
                let name = Name {
                    code: row.text(1).to_owned(),
                    name: row.text(2).to_owned(),
                    date: Moment::from_stored(row.int(3)),
                    parent: row.int(4),
                    folder: row.int(5) != 0,
                };
                found.insert(row.int(0), name);
            })?;
        }
        Ok(found)
    }

    /// One field of many objects of a kind; neighbours may be there too.
    pub fn fields_of(&self, meta: &ObjectMeta, field: &str, ids: &BTreeSet<i64>) -> Outcome<BTreeMap<i64, Stored>> {
        let Some(known) = meta.field(field).and_then(|at| meta.fields.get(at)) else { return Ok(BTreeMap::new()) };
        if self.scope().veils(meta, field) {
            return Ok(BTreeMap::new());
        }
        let text = known.kind.is_text();
        let mut found = BTreeMap::new();
        for these in batches(ids) {
            let sql = format!("SELECT id, {} FROM {} WHERE {these}", quoted(known.name), quoted(meta.code));
            self.each(&sql, &mut |row| {
                let value = if text { Stored::Text(row.text(1).to_owned()) } else { Stored::Int(row.int(1)) };
                found.insert(row.int(0), value);
            })?;
        }
        Ok(found)
    }

    /// These elements of a catalog and everything in those of them that are folders, at any depth.
    pub fn with_contents(&self, meta: &ObjectMeta, ids: &[i64]) -> Outcome<Vec<i64>> {
        let table = quoted(meta.code);
        let start: BTreeSet<i64> = ids.iter().copied().collect();
        let folders: Vec<String> = start.iter().map(i64::to_string).collect();
        let folders = folders.join(", ");
        let sql = format!(
            "WITH RECURSIVE inside (id) AS (SELECT id FROM {table} WHERE id IN ({folders}) UNION \
             SELECT e.id FROM {table} e JOIN inside ON e.parent = inside.id WHERE inside.id <> 0) \
             SELECT id FROM inside ORDER BY id"
        );
        let mut found: BTreeSet<i64> = start;
        self.each(&sql, &mut |row| {
            found.insert(row.int(0));
        })?;
        Ok(found.into_iter().collect())
    }

    /// Movements after one moment up to another, in the order of time; of each the axes and the sums of the
    /// question. `limit` is one more than what is wanted when the rest is only to be known of.
    pub fn report_moves(
        &self,
        question: &Question,
        after: Moment,
        until: Moment,
        limit: usize,
    ) -> Outcome<Vec<MoveLine>> {
        self.scope().read_origin(question)?;
        let part = self.moves_part(question.origin, after, until, true)?;
        let Reading::Moves { .. } = part.reading else { return Ok(Vec::new()) };
        let document = match question.origin {
            Origin::Documents(_) => "0",
            _ => "line",
        };
        let selects: Vec<String> = tables(question.origin, part.reading)
            .iter()
            .map(|table| {
                let mut columns = vec![
                    format!("{} AS document", table.axis(Axis::Document)),
                    format!("{document} AS line"),
                    "date AS date".to_owned(),
                    format!("{} AS side", table.side()),
                ];
                let axes = question.by.iter().map(|axis| table.axis(*axis));
                let sums = question.measures.iter().map(|measure| table.axis(Axis::Column(measure.column)));
                columns.extend(axes.chain(sums).enumerate().map(|(at, column)| format!("{column} AS c{at}")));
                let condition = table.conditions(self, question, &[]);
                format!("SELECT {} FROM {} WHERE {condition}", columns.join(", "), table.name())
            })
            .collect();
        let sql = format!("{} ORDER BY date, document, line, side DESC LIMIT {limit}", selects.join(" UNION ALL "));
        let width = question.by.len() + question.measures.len();
        let mut found: Vec<MoveLine> = Vec::new();
        for row in self.report_rows(&sql, width + 4)? {
            let mut cells = row.into_iter();
            let mut next = || cells.next().unwrap_or(0);
            let (document, line, date, side) = (next(), next(), next(), next());
            found.push(MoveLine {
                document: AnyRef::from_packed(document),
                line,
                date: Moment::from_stored(date),
                side,
                cells: cells.collect(),
            });
        }
        // Documents of one moment act in the order of their kinds.
        found.sort_by_key(|row| (row.date, row.document, row.line, -row.side));
        Ok(found)
    }

    fn each(&self, sql: &str, each: &mut dyn FnMut(&dyn super::engine::RowView)) -> Outcome<()> {
        let none: &[Cell<'_>] = &[];
        self.engine().query(sql, none, &mut |row| {
            each(row);
            Ok(())
        })
    }
}

/// Conditions for ids, at most [`BATCH`] in each. Ids that lie close together are read as a range: what is made at
/// one time has ids after each other, and a long list of numbers takes longer to understand than to answer.
fn batches(ids: &BTreeSet<i64>) -> impl Iterator<Item = String> {
    let ids: Vec<i64> = ids.iter().copied().collect();
    let condition = |chunk: &[i64]| {
        let (first, last) = (chunk.first().copied().unwrap_or(0), chunk.last().copied().unwrap_or(0));
        let many = i64::try_from(chunk.len()).unwrap_or(i64::MAX);
        if many > FEW && last - first < many * SPARSE {
            return format!("id >= {first} AND id <= {last}");
        }
        let listed: Vec<String> = chunk.iter().map(i64::to_string).collect();
        format!("id IN ({})", listed.join(", "))
    };
    let texts: Vec<String> = ids.chunks(BATCH).map(condition).collect();
    texts.into_iter()
}

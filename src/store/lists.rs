//! Lists of objects by keyset pages: never OFFSET from the start, never everything at once.

use super::base::Store;
use super::engine::{Cell, int};
use super::list_order::Order;
use super::schema::quoted;
use super::search::words;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::moment::Moment;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Type};

/// Counterparties a word of a search may stand for before reading in the list's own order is the better way.
const OWNERS_MAX: usize = 200;

/// A condition on a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Holds this value.
    Is(&'static str, Stored),
    /// Holds one of these integers.
    OneOf(&'static str, Vec<i64>),
    /// Is filled.
    Filled(&'static str),
    /// A moment within a period, both ends included; an empty end is open.
    Between(&'static str, Moment, Moment),
    /// One of these objects.
    Ids(Vec<i64>),
}

/// What a list shows, and in which order.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// The kind.
    pub meta: &'static ObjectMeta,
    /// Fields shown, by index.
    pub columns: Vec<usize>,
    /// Conditions, all of which must hold.
    pub filters: Vec<Filter>,
    /// Words to search for.
    pub search: String,
    /// The field sorted by.
    pub sort: &'static str,
    /// The largest first.
    pub descending: bool,
    /// Show objects marked for deletion.
    pub with_marked: bool,
    /// Folders of a catalog: `None` leaves them out, `Some(parent)` shows one folder's content without its
    /// subfolders (those are read by [`Store::folders`]).
    pub folder: Option<i64>,
}

/// Where a page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// At the beginning of the list.
    Start,
    /// After this row.
    After(RowKey),
    /// Before this row: the rows come in the list's order and end just above it.
    Before(RowKey),
    /// At this row, which is included.
    From(RowKey),
}

/// The place of a row in the list's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowKey {
    /// The value sorted by.
    pub value: Stored,
    /// The object's id.
    pub id: i64,
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListLine {
    /// The object.
    pub reference: AnyRef,
    /// Its place.
    pub key: RowKey,
    /// Marked for deletion.
    pub marked: bool,
    /// Posted.
    pub posted: bool,
    /// Cells of the columns asked for.
    pub cells: Vec<Stored>,
}

/// What a walk over a whole list has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// How many rows there are.
    pub count: usize,
    /// The keys of every so many rows, the first one included.
    pub marks: Vec<RowKey>,
    /// The place of the object looked for, from zero.
    pub place: Option<usize>,
}

impl ListQuery {
    /// All objects of a kind in their usual order: documents by date, catalogs by name.
    pub fn usual(meta: &'static ObjectMeta, columns: Vec<usize>) -> Self {
        let (sort, descending) = match meta.kind {
            Kind::Catalog => ("name", false),
            Kind::Document => ("date", false),
        };
        Self {
            meta,
            columns,
            filters: Vec::new(),
            search: String::new(),
            sort,
            descending,
            with_marked: true,
            folder: None,
        }
    }
}

/// A condition being put together with its cells.
struct Condition {
    parts: Vec<String>,
    cells: Vec<Stored>,
}

impl Condition {
    fn add(&mut self, value: Stored) -> usize {
        self.cells.push(value);
        self.cells.len()
    }
    fn text(&self) -> String {
        if self.parts.is_empty() { "1 = 1".to_owned() } else { self.parts.join(" AND ") }
    }
    fn cells(&self) -> Vec<Cell<'_>> {
        self.cells.iter().map(Cell::from).collect()
    }
}

impl Store {
    /// One page of at most `limit` rows.
    pub fn list_page(&self, query: &ListQuery, anchor: &Anchor, limit: usize) -> Outcome<Vec<ListLine>> {
        let mut condition = self.condition(query)?;
        let backwards = matches!(anchor, Anchor::Before(_));
        let descending = query.descending != backwards;
        let Order { value: sort, text, collation } = Order::of(query, self.dialect());
        if let Anchor::After(key) | Anchor::Before(key) | Anchor::From(key) = anchor {
            let value = condition.add(key.value.clone());
            let id = condition.add(Stored::Int(key.id));
            let sign = match (descending, anchor) {
                (false, Anchor::From(_)) => ">=",
                (true, Anchor::From(_)) => "<=",
                (false, _) => ">",
                (true, _) => "<",
            };
            condition.parts.push(format!("({sort}{collation}, id) {sign} (?{value}, ?{id})"));
        }
        let order = if descending { " DESC" } else { "" };
        let columns = self.scope().columns(query);
        let sql = format!(
            "SELECT id, {sort}, marked, posted{columns} FROM {} WHERE {} ORDER BY {sort}{collation}{order}, id{order} \
             LIMIT {limit}",
            quoted(query.meta.code),
            condition.text()
        );
        let mut found = self.read_lines(query, text, &sql, &condition.cells())?;
        if backwards {
            found.reverse();
        }
        Ok(found)
    }

    fn read_lines(&self, query: &ListQuery, by_text: bool, sql: &str, cells: &[Cell<'_>]) -> Outcome<Vec<ListLine>> {
        let kinds: Vec<Type> =
            query.columns.iter().filter_map(|at| query.meta.fields.get(*at)).map(|field| field.kind).collect();
        let mut found = Vec::new();
        self.engine().query(sql, cells, &mut |row| {
            let stored = |at: usize, text: bool| {
                if text { Stored::Text(row.text(at).to_owned()) } else { Stored::Int(row.int(at)) }
            };
            let id = row.int(0);
            found.push(ListLine {
                reference: AnyRef::new(query.meta.tag, id),
                key: RowKey { value: stored(1, by_text), id },
                marked: row.int(2) != 0,
                posted: row.int(3) != 0,
                cells: kinds.iter().enumerate().map(|(at, kind)| stored(at + 4, kind.is_text())).collect(),
            });
            Ok(())
        })?;
        Ok(found)
    }

    /// How many rows the list has.
    pub fn list_count(&self, query: &ListQuery) -> Outcome<i64> {
        let condition = self.condition(query)?;
        let sql = format!("SELECT count(*) FROM {} WHERE {}", quoted(query.meta.code), condition.text());
        Ok(int(self.engine(), &sql, &condition.cells())?.unwrap_or(0))
    }

    /// Walks over the whole list once: how many rows there are, the keys of every `step`-th row (0, `step`,
    /// `2*step`, ...), so that the scroll bar may jump, and the place of one object, if it is in the list.
    /// `go_on` is asked now and then; the walk is given up when it says no.
    pub fn list_survey(
        &self,
        query: &ListQuery,
        step: usize,
        find: AnyRef,
        go_on: &dyn Fn() -> bool,
    ) -> Outcome<Survey> {
        let condition = self.condition(query)?;
        let Order { value: sort, text, collation } = Order::of(query, self.dialect());
        let order = if query.descending { " DESC" } else { "" };
        let sql = format!(
            "SELECT id, {sort} FROM {} WHERE {} ORDER BY {sort}{collation}{order}, id{order}",
            quoted(query.meta.code),
            condition.text()
        );
        let wanted = if find.is_of(query.meta) { find.id() } else { 0 };
        let mut survey = Survey::default();
        self.engine().query(&sql, &condition.cells(), &mut |row| {
            let id = row.int(0);
            if survey.count.is_multiple_of(step.max(1)) {
                if !go_on() {
                    return Err(Error::Cancelled);
                }
                let value = if text { Stored::Text(row.text(1).to_owned()) } else { Stored::Int(row.int(1)) };
                survey.marks.push(RowKey { value, id });
            }
            if id == wanted {
                survey.place = Some(survey.count);
            }
            survey.count += 1;
            Ok(())
        })?;
        Ok(survey)
    }

    /// Sums of number fields over the whole list.
    pub fn list_sums(&self, query: &ListQuery, fields: &[&'static str]) -> Outcome<Vec<i64>> {
        let condition = self.condition(query)?;
        self.scope().read_sums(query, fields)?;
        let sums: Vec<String> =
            fields.iter().map(|field| format!("CAST(coalesce(sum({}), 0) AS BIGINT)", quoted(field))).collect();
        let sql = format!("SELECT {} FROM {} WHERE {}", sums.join(", "), quoted(query.meta.code), condition.text());
        let mut found = Vec::new();
        self.engine().query(&sql, &condition.cells(), &mut |row| {
            found = (0..fields.len()).map(|at| row.int(at)).collect();
            Ok(())
        })?;
        Ok(found)
    }

    /// Folders of a catalog by name: those within one (zero is the top), or all of them.
    pub fn folders(&self, query: &ListQuery, parent: Option<i64>) -> Outcome<Vec<ListLine>> {
        self.scope().read_kind(query.meta)?;
        let columns = self.scope().columns(query);
        let marked = if query.with_marked { "" } else { " AND marked = 0" };
        let within = if parent.is_some() { "parent = ?1 AND " } else { "" };
        let order = Order::of(query, self.dialect());
        let sql = format!(
            "SELECT id, {}, marked, posted{columns} FROM {} WHERE {within}folder = 1{marked} ORDER BY name {}, id",
            order.value,
            quoted(query.meta.code),
            self.dialect().collation()
        );
        let cells: Vec<Cell<'_>> = parent.into_iter().map(Cell::from).collect();
        self.read_lines(query, order.text, &sql, &cells)
    }

    fn condition(&self, query: &ListQuery) -> Outcome<Condition> {
        let scope = self.scope();
        scope.read_kind(query.meta)?;
        scope.read_list(query)?;
        let mut condition = Condition { parts: scope.rows(query.meta), cells: Vec::new() };
        if !query.with_marked {
            condition.parts.push("marked = 0".to_owned());
        }
        if query.meta.kind == Kind::Catalog {
            condition.parts.push("folder = 0".to_owned());
            if let (Some(parent), true) = (query.folder, query.search.trim().is_empty()) {
                let at = condition.add(Stored::Int(parent));
                condition.parts.push(format!("parent = ?{at}"));
            }
        }
        for filter in &query.filters {
            add_filter(&mut condition, query.meta, filter);
        }
        self.add_search(query, &mut condition)?;
        Ok(condition)
    }

    /// Every word must be in the object's own words or in those of its counterparty. Rare words are looked
    /// up by the index; common ones are compared while reading in the list's order, which then ends soon.
    fn add_search(&self, query: &ListQuery, condition: &mut Condition) -> Outcome<()> {
        let words = words(&query.search);
        let owners: Vec<&'static str> = owner_fields(query.meta);
        let mut rare: Option<Vec<i64>> = None;
        for word in &words {
            let (part, ids) = self.word_condition(query.meta, &owners, word, condition)?;
            condition.parts.push(part);
            if let Some(ids) = ids.filter(|ids| rare.as_ref().is_none_or(|kept| ids.len() < kept.len())) {
                rare = Some(ids);
            }
        }
        if let Some(ids) = rare {
            let part = self.among("id", &ids, condition);
            condition.parts.push(part);
        }
        Ok(())
    }

    fn word_condition(
        &self,
        meta: &'static ObjectMeta,
        owners: &[&'static str],
        word: &String,
        condition: &mut Condition,
    ) -> Outcome<(String, Option<Vec<i64>>)> {
        let own = self.candidates(meta, std::slice::from_ref(word))?;
        let at = condition.add(Stored::Text(self.dialect().word(word)));
        let holds = self.dialect().holds(at);
        let mut part = holds.clone();
        if owners.is_empty() {
            return Ok((part, own.map(|found| found.iter().map(|reference| reference.id()).collect())));
        }
        let owner_ids = self.owners_with(word)?;
        for field in owners {
            let column = quoted(field);
            match &owner_ids {
                Some(ids) if ids.is_empty() => {}
                Some(ids) => part = format!("{part} OR {}", self.among(&column, ids, condition)),
                None => {
                    part = format!("{part} OR {column} IN (SELECT id FROM counterparty WHERE {holds})");
                }
            }
        }
        let ids = match (own, owner_ids) {
            (Some(own), Some(ids)) => self.owned_by(meta, owners, &ids)?.map(|mut found| {
                found.extend(own.iter().map(|reference| reference.id()));
                found.sort_unstable();
                found.dedup();
                found
            }),
            _ => None,
        };
        Ok((format!("({part})"), ids))
    }

    /// Counterparties that hold a word; `None` when there are too many to name.
    fn owners_with(&self, word: &String) -> Outcome<Option<Vec<i64>>> {
        let Some(kind) = self.schema().kinds().iter().find(|kind| kind.meta().code == "counterparty") else {
            return Ok(Some(Vec::new()));
        };
        let Some(found) = self.candidates(kind.meta(), std::slice::from_ref(word))? else { return Ok(None) };
        // The index knows trigrams only: the words themselves decide.
        let ids: Vec<i64> = found.iter().map(|reference| reference.id()).collect();
        let (numbers, word) = (self.dialect().numbers(&ids), self.dialect().word(word));
        let sql = format!(
            "SELECT id FROM counterparty WHERE {} AND {} ORDER BY id",
            self.dialect().among("id", 1),
            self.dialect().holds(2)
        );
        let held = super::engine::ints(self.engine(), &sql, &[numbers.as_str().into(), word.as_str().into()])?;
        Ok((held.len() <= OWNERS_MAX).then_some(held))
    }

    /// «The column is one of these numbers.»
    fn among(&self, column: &str, numbers: &[i64], condition: &mut Condition) -> String {
        let at = condition.add(Stored::Text(self.dialect().numbers(numbers)));
        self.dialect().among(column, at)
    }

    /// Ids of the documents of these counterparties; `None` when there are too many to name.
    fn owned_by(&self, meta: &ObjectMeta, owners: &[&str], ids: &[i64]) -> Outcome<Option<Vec<i64>>> {
        let mut found = Vec::new();
        if ids.is_empty() {
            return Ok(Some(found));
        }
        let numbers = self.dialect().numbers(ids);
        let limit = super::search::CANDIDATES_MAX;
        for field in owners {
            let sql = format!(
                "SELECT id FROM {} WHERE {} LIMIT {}",
                quoted(meta.code),
                self.dialect().among(&quoted(field), 1),
                limit + 1
            );
            found.extend(super::engine::ints(self.engine(), &sql, &[numbers.as_str().into()])?);
        }
        Ok((found.len() <= limit).then_some(found))
    }
}

/// Fields of a document that name its counterparty.
fn owner_fields(meta: &'static ObjectMeta) -> Vec<&'static str> {
    if meta.kind == Kind::Catalog {
        return Vec::new();
    }
    meta.fields
        .iter()
        .filter(|field| field.kind.target().is_some_and(|target| target.code == "counterparty"))
        .map(|field| field.name)
        .collect()
}

fn add_filter(condition: &mut Condition, meta: &ObjectMeta, filter: &Filter) {
    match filter {
        Filter::Is(field, value) => {
            let at = condition.add(value.clone());
            condition.parts.push(format!("{} = ?{at}{}", quoted(field), super::objects::filled(field, value)));
        }
        Filter::OneOf(field, values) => {
            let list: Vec<String> = values.iter().map(i64::to_string).collect();
            let filled = if values.contains(&0) { String::new() } else { format!(" AND {} <> 0", quoted(field)) };
            condition.parts.push(format!("{} IN ({}){filled}", quoted(field), list.join(", ")));
        }
        Filter::Filled(field) => {
            let Some(field) = meta.fields.iter().find(|column| column.name == *field) else { return };
            condition.parts.push(super::objects::is_filled(field));
            if field.kind.is_text() {
                // Greater than nothing, too: an index of all values is walked from there on.
                condition.parts.push(format!("{} > ''", quoted(field.name)));
            }
        }
        Filter::Between(field, from, until) => {
            if !from.is_empty() {
                let at = condition.add(Stored::Int(from.stored()));
                condition.parts.push(format!("{} >= ?{at}", quoted(field)));
            }
            if !until.is_empty() {
                let at = condition.add(Stored::Int(until.stored()));
                condition.parts.push(format!("{} <= ?{at}", quoted(field)));
            }
        }
        Filter::Ids(ids) => {
            let list: Vec<String> = ids.iter().map(i64::to_string).collect();
            condition.parts.push(format!("id IN ({})", list.join(", ")));
        }
    }
}

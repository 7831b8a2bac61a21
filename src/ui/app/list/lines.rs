//! What the reading threads do for a list: fetch pages of rows by their keys and format them.

use super::looks;
use crate::domain::sales::order_status::OrderStatus;
use crate::kernel::facts::Facts;
use crate::kernel::meta::{FieldMeta, Kind};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Value};
use crate::ops::gate::Session;
use crate::ops::present::Titles;
use crate::store::lists::{Anchor, Filter, ListLine, ListQuery, RowKey, Survey};
use crate::ui::icons::Icon;
use crate::ui::widgets::list::{Cell, ListRow, Mark};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Rows of a page.
pub const PAGE: usize = 200;

/// What a list shows: shared with the threads that fetch it.
#[derive(Clone, Debug)]
pub struct View {
    /// The question to the base.
    pub query: ListQuery,
    /// For every declared column its place among the columns of the query; `None` while it is hidden.
    pub places: Vec<Option<usize>>,
    /// Fields summed up under the list.
    pub totals: Vec<&'static str>,
}

/// A row with what it was made of.
#[derive(Clone, Debug)]
pub struct Line {
    /// As shown.
    pub row: ListRow,
    /// Its place in the list's order.
    pub key: RowKey,
    /// Posted.
    pub posted: bool,
    /// Marked for deletion.
    pub marked: bool,
    /// The cells of the query's columns.
    pub cells: Vec<Stored>,
}

/// The list as it was at one moment: what the window needs to show it anew.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Folders before the rows.
    pub head: Vec<Line>,
    /// The walk over the whole list; absent when the first page came without it.
    pub survey: Option<Survey>,
    /// Pages by number.
    pub pages: Vec<(usize, Vec<Line>)>,
}

impl View {
    /// Folders are shown above the rows.
    pub fn has_head(&self) -> bool {
        self.query.folder.is_some() && self.query.search.trim().is_empty()
    }
    /// The field of a column of the query.
    pub fn field(&self, place: usize) -> Option<&'static FieldMeta> {
        self.query.meta.fields.get(*self.query.columns.get(place)?)
    }
    /// What a line holds in a field, when the query has it.
    pub fn value(&self, cells: &[Stored], name: &str) -> Option<Value> {
        let place = (0..self.query.columns.len()).find(|at| self.field(*at).is_some_and(|field| field.name == name))?;
        let kind = self.field(place)?.kind;
        cells.get(place).map(|cell| Value::from_stored(kind, cell.clone()))
    }
}

/// A flag by which the window takes back long work.
pub type Wanted = Arc<AtomicBool>;

/// The list from the start; or, when an object is to be found again, from the page where it stands.
/// `seen` is how many rows the window shows around it.
pub fn snapshot(session: &Session, view: &View, find: Option<(AnyRef, usize)>, wanted: &Wanted) -> Outcome<Snapshot> {
    let head = if view.has_head() { head(session, view)? } else { Vec::new() };
    let Some((find, seen)) = find else {
        let page = page(session, view, &Anchor::Start)?;
        let complete = (page.len() < PAGE).then(|| Survey {
            count: page.len(),
            marks: page.first().map(|line| line.key.clone()).into_iter().collect(),
            place: None,
        });
        return Ok(Snapshot { head, survey: complete, pages: vec![(0, page)] });
    };
    let survey = walk(session, view, find, wanted)?;
    let place = survey.place.unwrap_or(0);
    let (first, last) = (place.saturating_sub(seen) / PAGE, (place + seen) / PAGE);
    let mut pages = Vec::new();
    for number in first..=last {
        let Some(mark) = survey.marks.get(number) else { break };
        pages.push((number, page(session, view, &Anchor::From(mark.clone()))?));
    }
    if pages.is_empty() {
        pages.push((0, page(session, view, &Anchor::Start)?));
    }
    Ok(Snapshot { head, survey: Some(survey), pages })
}

/// How many rows there are and where pages begin.
pub fn walk(session: &Session, view: &View, find: AnyRef, wanted: &Wanted) -> Outcome<Survey> {
    session.store.list_survey(&view.query, PAGE, find, &|| wanted.load(Ordering::Relaxed))
}

/// One page of formatted rows.
pub fn page(session: &Session, view: &View, anchor: &Anchor) -> Outcome<Vec<Line>> {
    let lines = session.store.list_page(&view.query, anchor, PAGE)?;
    format(session, view, lines)
}

/// Rows of these objects, as they are now.
pub fn again(session: &Session, view: &View, changed: &[AnyRef]) -> Outcome<Vec<Line>> {
    let ids = changed.iter().map(|reference| reference.id()).collect();
    let mut query = view.query.clone();
    query.filters.push(Filter::Ids(ids));
    let lines = session.store.list_page(&query, &Anchor::Start, changed.len())?;
    format(session, view, lines)
}

/// The sums under the list, in the order of its columns.
pub fn totals(session: &Session, view: &View) -> Outcome<ListRow> {
    let sums = session.store.list_sums(&view.query, &view.totals)?;
    let meta = view.query.meta;
    let cell = |place: &Option<usize>| {
        let field = place.and_then(|place| view.field(place));
        let at = field.and_then(|field| view.totals.iter().position(|name| *name == field.name));
        match (field, at.and_then(|at| sums.get(at))) {
            (Some(field), Some(sum)) => Cell::new(Value::from_stored(field.kind, Stored::Int(*sum)).show(field.kind)),
            _ => Cell::default(),
        }
    };
    let cells = view.places.iter().map(cell).collect();
    Ok(ListRow { cells, bold: true, reference: AnyRef::new(meta.tag, 0), ..ListRow::default() })
}

/// References of rows by their places in the list.
pub fn references(session: &Session, view: &View, spans: &[(Anchor, usize)], wanted: &Wanted) -> Outcome<Vec<AnyRef>> {
    let query = ListQuery { columns: Vec::new(), ..view.query.clone() };
    let mut found = Vec::new();
    for (anchor, count) in spans {
        let mut left = *count;
        let mut anchor = anchor.clone();
        while left > 0 && wanted.load(Ordering::Relaxed) {
            let lines = session.store.list_page(&query, &anchor, left.min(PAGE * 5))?;
            let Some(last) = lines.last() else { break };
            anchor = Anchor::After(last.key.clone());
            left -= lines.len();
            found.extend(lines.into_iter().map(|line| line.reference));
        }
    }
    Ok(found)
}

fn head(session: &Session, view: &View) -> Outcome<Vec<Line>> {
    let lines = session.store.folders(&view.query, view.query.folder)?;
    let mut head = format(session, view, lines)?;
    head.iter_mut().for_each(|line| as_folder(view, line));
    Ok(head)
}

/// A folder stands out and shows only its name and code.
fn as_folder(view: &View, line: &mut Line) {
    line.row.mark = if line.marked { Mark::FolderDeleted } else { Mark::Folder };
    line.row.bold = true;
    for (cell, place) in line.row.cells.iter_mut().zip(&view.places) {
        let field = place.and_then(|place| view.field(place));
        if !field.is_some_and(|field| matches!(field.name, "name" | "code")) {
            *cell = Cell::default();
        }
    }
}

/// Formats lines of the base into rows of the list.
fn format(session: &Session, view: &View, lines: Vec<ListLine>) -> Outcome<Vec<Line>> {
    let facts = session.facts();
    let mut titles = Titles::default();
    let mut made = Vec::with_capacity(lines.len());
    for line in lines {
        let mut cells = Vec::with_capacity(view.places.len());
        for place in &view.places {
            let shown = place.and_then(|place| Some((place, view.field(place)?, line.cells.get(place)?)));
            let Some((_, field, stored)) = shown else {
                cells.push(Cell::default());
                continue;
            };
            let value = Value::from_stored(field.kind, stored.clone());
            let text = match &value {
                Value::Ref(reference) => titles.of(*reference, &session.store, &facts)?,
                plain => looks::shown(plain, field.kind),
            };
            let get = |name: &str| view.value(&line.cells, name);
            let mut cell = looks::cell(view.query.meta, field, &value, text, &get);
            if let Value::Ref(reference) = value
                && let Some(status) = (&facts as &dyn Facts).get_any::<OrderStatus>(reference)
            {
                cell = cell.icon(Icon::Circle, looks::color_role(status.color));
            }
            cells.push(cell);
        }
        let row = ListRow {
            reference: line.reference,
            mark: mark(view.query.meta.kind, &line),
            cells,
            role: looks::row_role(line.marked),
            ..ListRow::default()
        };
        made.push(Line { row, key: line.key, posted: line.posted, marked: line.marked, cells: line.cells });
    }
    facts.result()?;
    Ok(made)
}

const fn mark(kind: Kind, line: &ListLine) -> Mark {
    match kind {
        _ if line.marked => Mark::Deleted,
        Kind::Catalog => Mark::Item,
        Kind::Document if line.posted => Mark::Posted,
        Kind::Document => Mark::Saved,
    }
}

//! The rows of a list out of the base: pages around what is seen, fetched by the reading threads.
//!
//! A walk over the list in the background gives the number of rows and the keys at which pages begin, so
//! that the scroll bar may jump; rows themselves are read by their keys, two hundred at once, and the ones
//! not looked at for long are forgotten. What is shown stays until the new rows are there.

use super::beside::Beside;
use super::lines::{self, Line, PAGE, Snapshot, View, Wanted};
use super::looks;
use crate::kernel::refs::AnyRef;
use crate::store::lists::{Anchor, RowKey, Survey};
use crate::ui::app::base::{Base, Ticket};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{ListRow, RowSource};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Pages kept at hand.
const KEPT: usize = 48;
/// A list longer than this shows changed rows before it is walked over again.
const LONG: usize = 20_000;

struct Page {
    lines: Vec<Line>,
    used: u64,
}

/// Work on its way that is given up when it is dropped.
struct Coming<T> {
    ticket: Ticket<T>,
    wanted: Wanted,
}

impl<T> Drop for Coming<T> {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}

/// Rows of one list.
pub struct Rows {
    base: Rc<Base>,
    view: Arc<View>,
    head: Vec<Line>,
    count: usize,
    /// Whether all rows are counted and all marks are there.
    surveyed: bool,
    marks: Vec<RowKey>,
    pages: BTreeMap<usize, Page>,
    uses: u64,
    seen: Range<usize>,
    generation: u64,
    place: Option<(AnyRef, usize)>,
    totals: Option<ListRow>,
    failed: Option<String>,
    started: bool,
    snapshot: Option<Coming<Snapshot>>,
    survey: Option<Coming<Survey>>,
    fetching: BTreeMap<usize, Ticket<Vec<Line>>>,
    patch: Option<Ticket<Vec<Line>>>,
    summing: Option<Ticket<ListRow>>,
    /// What is told beside the rows, where something is.
    beside: Option<Beside>,
    /// Rows that stand out: something was not done to them.
    stressed: BTreeSet<AnyRef>,
}

impl Rows {
    /// Rows of a view, none yet.
    pub fn new(base: Rc<Base>, view: View, beside: Option<Beside>) -> Self {
        Self {
            base,
            view: Arc::new(view),
            head: Vec::new(),
            count: 0,
            surveyed: false,
            marks: Vec::new(),
            pages: BTreeMap::new(),
            uses: 0,
            seen: 0..0,
            generation: 0,
            place: None,
            totals: None,
            failed: None,
            started: false,
            snapshot: None,
            survey: None,
            fetching: BTreeMap::new(),
            patch: None,
            summing: None,
            beside,
            stressed: BTreeSet::new(),
        }
    }

    /// What is shown.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Shows something else; what is shown stays until the new rows are there. An object given is found in
    /// the new order.
    pub fn show(&mut self, view: View, find: AnyRef) {
        self.view = Arc::new(view);
        self.read(find);
    }

    /// Reads everything anew; the object is found again.
    pub fn read(&mut self, find: AnyRef) {
        self.started = true;
        self.survey = None;
        self.fetching.clear();
        self.patch = None;
        let find = (!find.is_empty()).then(|| (find, self.seen.len().max(40)));
        let view = Arc::clone(&self.view);
        let wanted = Wanted::new(true.into());
        let flag = Arc::clone(&wanted);
        let ticket = self.base.read(move |session| lines::snapshot(session, &view, find, &flag));
        self.snapshot = Some(Coming { ticket, wanted });
    }

    /// Objects of the list were changed: a long list shows them at once, then is read anew.
    pub fn changed(&mut self, objects: &[AnyRef], find: AnyRef) {
        self.read(find);
        let shown: Vec<AnyRef> = objects.iter().copied().filter(|object| self.line_of(*object).is_some()).collect();
        if self.count > LONG && !shown.is_empty() && shown.len() <= PAGE {
            let view = Arc::clone(&self.view);
            self.patch = Some(self.base.read(move |session| lines::again(session, &view, &shown)));
        }
    }

    /// Something has changed that may be told beside the rows.
    pub fn doubt(&mut self) {
        if let Some(beside) = &mut self.beside {
            beside.doubt();
        }
    }

    /// Nothing was read yet.
    pub const fn is_new(&self) -> bool {
        !self.started
    }

    /// What went wrong with the last reading.
    pub fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// A row with what it was made of.
    pub fn line(&self, index: usize) -> Option<&Line> {
        match index.checked_sub(self.head.len()) {
            None => self.head.get(index),
            Some(row) => self.pages.get(&(row / PAGE)).and_then(|page| page.lines.get(row % PAGE)),
        }
    }

    /// A row at hand by its object.
    pub fn line_of(&self, reference: AnyRef) -> Option<&Line> {
        let pages = self.pages.values().flat_map(|page| &page.lines);
        self.head.iter().chain(pages).find(|line| line.row.reference == reference)
    }

    /// Rows before the first one that is no folder.
    pub fn folders(&self) -> usize {
        self.head.len()
    }

    /// How many rows there are, folders included, when they are counted.
    pub fn counted(&self) -> Option<i64> {
        self.surveyed.then(|| i64::try_from(self.head.len() + self.count).unwrap_or(i64::MAX))
    }

    /// The objects of rows: at once when all are at hand, else asked for.
    pub fn references(&self, spans: &[Range<usize>]) -> Result<Vec<AnyRef>, Ticket<Vec<AnyRef>>> {
        let at_hand: Option<Vec<AnyRef>> =
            spans.iter().cloned().flatten().map(|at| self.line(at).map(|line| line.row.reference)).collect();
        if let Some(found) = at_hand {
            return Ok(found);
        }
        let head: Vec<AnyRef> = spans
            .iter()
            .flat_map(|span| span.start..span.end.min(self.head.len()))
            .filter_map(|at| self.line(at).map(|line| line.row.reference))
            .collect();
        // Whole pages are read from their marks; what lies before the span is left out by counting.
        let mut asked: Vec<(Anchor, usize, usize)> = Vec::new();
        for span in spans {
            let (from, to) =
                (span.start.max(self.head.len()) - self.head.len(), span.end.saturating_sub(self.head.len()));
            if from < to {
                let page = from / PAGE;
                let anchor = self.marks.get(page).map_or(Anchor::Start, |mark| Anchor::From(mark.clone()));
                let start = if self.marks.get(page).is_some() { page * PAGE } else { 0 };
                asked.push((anchor, to - start, from - start));
            }
        }
        let view = Arc::clone(&self.view);
        Err(self.base.read(move |session| {
            let mut found = head;
            let wanted = Wanted::new(true.into());
            for (anchor, count, skip) in asked {
                let read = lines::references(session, &view, &[(anchor, count)], &wanted)?;
                found.extend(read.into_iter().skip(skip));
            }
            Ok(found)
        }))
    }

    /// Takes what the threads have ready. Called before the list is drawn.
    pub fn poll(&mut self) {
        if let Some(answer) = self.snapshot.as_ref().and_then(|coming| coming.ticket.poll()) {
            self.snapshot = None;
            match answer {
                Ok(snapshot) => self.take(snapshot),
                Err(error) => self.failed = Some(error.sentence()),
            }
        }
        if let Some(answer) = self.survey.as_ref().and_then(|coming| coming.ticket.poll()) {
            self.survey = None;
            match answer {
                Ok(survey) => self.take_survey(survey),
                Err(error) => self.failed = Some(error.sentence()),
            }
        }
        let ready: Vec<(usize, _)> =
            self.fetching.iter().filter_map(|(number, ticket)| ticket.poll().map(|answer| (*number, answer))).collect();
        for (number, answer) in ready {
            self.fetching.remove(&number);
            match answer {
                Ok(lines) => self.keep(number, lines),
                Err(error) => self.failed = Some(error.sentence()),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.patch) {
            answer.into_iter().flatten().for_each(|line| self.patch_line(line));
        }
        if let Some(answer) = Ticket::take(&mut self.summing) {
            self.totals = answer.ok();
        }
        if let Some(beside) = self.beside.as_mut()
            && beside.poll()
        {
            let pages = self.pages.values_mut().flat_map(|page| page.lines.iter_mut());
            pages.for_each(|line| beside.fill(line));
        }
    }

    /// Asks what is told beside the rows in sight.
    fn ask_beside(&mut self) {
        let Some(mut beside) = self.beside.take() else { return };
        let rows = self.seen.start.max(self.head.len())..self.seen.end;
        beside.ask(&self.base, rows.filter_map(|at| self.line(at)));
        self.beside = Some(beside);
    }

    fn take(&mut self, snapshot: Snapshot) {
        self.failed = None;
        self.generation += 1;
        self.pages.clear();
        self.fetching.clear();
        self.head = snapshot.head;
        self.place = None;
        let longest = snapshot.pages.iter().map(|(number, lines)| number * PAGE + lines.len()).max().unwrap_or(0);
        for (number, lines) in snapshot.pages {
            self.keep(number, lines);
        }
        match snapshot.survey {
            Some(survey) => self.take_survey(survey),
            None => {
                self.surveyed = false;
                self.count = longest;
                self.marks.clear();
                let view = Arc::clone(&self.view);
                let wanted = Wanted::new(true.into());
                let flag = Arc::clone(&wanted);
                let ticket = self.base.read(move |session| lines::walk(session, &view, AnyRef::EMPTY, &flag));
                self.survey = Some(Coming { ticket, wanted });
            }
        }
    }

    fn take_survey(&mut self, survey: Survey) {
        self.count = survey.count;
        self.marks = survey.marks;
        self.surveyed = true;
        if let Some(place) = survey.place {
            let found = self.pages.get(&(place / PAGE)).and_then(|page| page.lines.get(place % PAGE));
            self.place = found.map(|line| (line.row.reference, place + self.head.len()));
        }
        // The sums come last: they look at every row.
        if self.view.totals.is_empty() {
            self.totals = None;
        } else {
            let view = Arc::clone(&self.view);
            self.summing = Some(self.base.read(move |session| lines::totals(session, &view)));
        }
    }

    fn keep(&mut self, number: usize, mut lines: Vec<Line>) {
        self.uses += 1;
        lines.iter_mut().for_each(|line| self.complete(line));
        self.pages.insert(number, Page { lines, used: self.uses });
        while self.pages.len() > KEPT {
            let oldest = self.pages.iter().min_by_key(|(_, page)| page.used).map(|(number, _)| *number);
            oldest.map(|number| self.pages.remove(&number));
        }
    }

    /// What is told beside a row, and whether it stands out.
    fn complete(&self, line: &mut Line) {
        if let Some(beside) = &self.beside {
            beside.fill(line);
        }
        if self.stressed.contains(&line.row.reference) {
            line.row.role = Role::Danger;
        }
    }

    /// Rows of these objects stand out, no others.
    pub fn stress(&mut self, objects: BTreeSet<AnyRef>) {
        self.stressed = objects;
        for line in self.pages.values_mut().flat_map(|page| page.lines.iter_mut()) {
            let stands_out = self.stressed.contains(&line.row.reference);
            line.row.role = if stands_out { Role::Danger } else { looks::row_role(line.marked) };
        }
    }

    fn patch_line(&mut self, mut line: Line) {
        self.complete(&mut line);
        let pages = self.pages.values_mut().flat_map(|page| page.lines.iter_mut());
        if let Some(shown) = pages.into_iter().find(|shown| shown.row.reference == line.row.reference) {
            *shown = line;
        }
    }

    fn fetch(&mut self, number: usize) {
        // While all is being read anew, what stands between is soon forgotten.
        let coming = self.snapshot.is_some();
        if coming || self.pages.contains_key(&number) || self.fetching.contains_key(&number) {
            return;
        }
        let anchor = match (number, self.marks.get(number)) {
            (0, None) => Anchor::Start,
            (_, Some(mark)) => Anchor::From(mark.clone()),
            (_, None) => return,
        };
        let view = Arc::clone(&self.view);
        self.fetching.insert(number, self.base.read(move |session| lines::page(session, &view, &anchor)));
    }
}

impl RowSource for Rows {
    fn len(&self) -> usize {
        self.head.len() + self.count
    }

    fn is_loading(&self) -> bool {
        self.generation == 0 && self.failed.is_none()
    }

    fn expect(&mut self, rows: Range<usize>) {
        let begin = rows.start.saturating_sub(self.head.len());
        let end = rows.end.saturating_sub(self.head.len());
        self.seen = rows;
        // Half a page ahead on both sides, so that scrolling finds its rows there.
        let (first, last) = (begin.saturating_sub(PAGE / 2) / PAGE, (end + PAGE / 2) / PAGE);
        self.fetching.retain(|number, _| (first..=last).contains(number));
        self.uses += 1;
        let now = self.uses;
        self.pages.range_mut(first..=last).for_each(|(_, page)| page.used = now);
        let pages = self.count.div_ceil(PAGE);
        // The page in sight is asked for last: the newest question is answered first.
        let mut wanted: Vec<usize> = (first..=last).filter(|number| *number < pages.max(1)).collect();
        wanted.sort_by_key(|number| (begin / PAGE..=end.saturating_sub(1) / PAGE).contains(number));
        wanted.into_iter().for_each(|number| self.fetch(number));
        self.ask_beside();
    }

    fn row(&mut self, index: usize) -> Option<&ListRow> {
        self.line(index).map(|line| &line.row)
    }

    fn generation(&self) -> u64 {
        self.generation
    }

    fn find(&self, reference: AnyRef) -> Option<usize> {
        if let Some(at) = self.head.iter().position(|line| line.row.reference == reference) {
            return Some(at);
        }
        if let Some((_, at)) = self.place.filter(|(known, _)| *known == reference) {
            return Some(at);
        }
        let place = |(number, page): (&usize, &Page)| {
            let at = page.lines.iter().position(|line| line.row.reference == reference)?;
            Some(self.head.len() + number * PAGE + at)
        };
        self.pages.iter().find_map(place)
    }

    fn totals(&self) -> Option<&ListRow> {
        self.totals.as_ref().filter(|_| self.surveyed && self.count > 0)
    }
}

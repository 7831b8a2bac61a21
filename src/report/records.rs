//! The answers of the base as records: a path of levels, and numbers for the slots.

use super::absence;
use super::declare::{Definition, Route, Split};
use super::names::{Level, Levels, follow, levels, object_fields};
use super::plan::{Base, Plan};
use super::setup::Setup;
use super::time::Span;
use crate::kernel::problems::{Error, Outcome};
use crate::store::base::Store;
use crate::store::report::{Axis, Measure, Portion, Question};
use crate::text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Asked now and then while a report is made; `false` stops it.
pub type Watch<'a> = &'a dyn Fn() -> bool;

/// How many rows are read between two questions whether to go on.
const STRIDE: usize = 4_096;

/// The token of what stands apart: after everything else.
pub(super) const APART: u32 = u32::MAX;

/// The rows of one question.
pub(super) struct Answer {
    pub source: usize,
    /// How many of the grouping's levels they have.
    pub levels: usize,
    /// The split fields they have after those: a field of the report each.
    pub splits: Vec<usize>,
    /// The slots their sums belong to.
    pub slots: Vec<usize>,
    /// All cells, row after row.
    pub cells: Vec<i64>,
}

/// A level of the grouping with one of its values.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Which level of the grouping.
    pub level: usize,
    pub value: i64,
    pub folder: bool,
    pub title: Arc<str>,
}

/// Paths and numbers of all records.
pub(super) struct Records {
    /// Tokens, whose place less one is what paths hold.
    pub tokens: Vec<Token>,
    /// By source and level: the path of each cell on its axis.
    pub paths: BTreeMap<(usize, usize), BTreeMap<i64, Vec<u32>>>,
    /// Cells of the level whose rows stand apart, by source.
    pub apart: BTreeMap<usize, BTreeSet<i64>>,
    pub answers: Vec<Answer>,
}

impl Answer {
    pub fn width(&self) -> usize {
        self.levels + self.splits.len() + self.slots.len()
    }
    pub fn rows(&self) -> impl Iterator<Item = &[i64]> {
        self.cells.chunks_exact(self.width().max(1))
    }
}

/// Asks everything and gives paths to what came.
pub(super) fn read(
    store: &Store,
    definition: &Definition,
    setup: &Setup,
    plan: &Plan,
    watch: Watch<'_>,
) -> Outcome<Records> {
    let mut answers = Vec::new();
    for source in 0..definition.sources.len() {
        answers.extend(balances(store, definition, setup.span, plan, source, watch)?);
        answers.extend(turnovers(store, definition, setup.span, plan, source, watch)?);
        answers.extend(absence::answer(store, definition, setup, plan, source, watch)?);
    }
    let mut records = Records { tokens: Vec::new(), paths: BTreeMap::new(), apart: BTreeMap::new(), answers };
    name_levels(store, definition, plan, &mut records)?;
    find_apart(store, definition, plan, &mut records)?;
    Ok(records)
}

fn route(definition: &Definition, field: usize, source: usize) -> Option<&Route> {
    definition.fields.get(field)?.routes.get(source)?.as_ref()
}

/// The fields that halves of a source are counted apart by.
fn split_fields(plan: &Plan, source: usize, balances: bool) -> Vec<usize> {
    let figures = plan.figures.iter().flatten().filter(|figure| figure.source == source);
    let wanted = figures.filter(|figure| balances || figure.slots.len() > 1 || !figure.balance);
    let splits = wanted.filter_map(|figure| figure.half.as_ref()).flat_map(|(_, splits)| splits);
    let needed: BTreeSet<usize> =
        splits.flat_map(|split: &Split| [Some(split.field), split.only.map(|only| only.0)]).flatten().collect();
    needed.into_iter().collect()
}

pub(super) fn axes(definition: &Definition, plan: &Plan, source: usize, depth: usize, splits: &[usize]) -> Vec<Axis> {
    let fields = plan.by.iter().take(depth).chain(splits);
    fields.filter_map(|field| route(definition, *field, source)).map(|route| route.axis).collect()
}

fn balances(
    store: &Store,
    definition: &Definition,
    span: Span,
    plan: &Plan,
    source: usize,
    watch: Watch<'_>,
) -> Outcome<Option<Answer>> {
    let (Some(from), Some(depth)) = (definition.sources.get(source), plan.depths.get(source)) else { return Ok(None) };
    let Some(conditions) = depth.conditions.clone().filter(|_| depth.balance_known(from.origin)) else {
        return Ok(None);
    };
    let own = |base: Base| move |slot: &(usize, &super::plan::Slot)| slot.1.source == source && slot.1.base == base;
    let slots = |base: Base| plan.slots.iter().enumerate().filter(own(base)).map(|(at, _)| at).collect::<Vec<_>>();
    let (opening, closing) = (slots(Base::Opening), slots(Base::Closing));
    let (slots, at) = if closing.is_empty() { (opening, span.from.plus_seconds(-1)) } else { (closing, span.until) };
    if slots.is_empty() || at.is_empty() {
        return Ok(None);
    }
    let splits = split_fields(plan, source, true);
    let measures = slots.iter().filter_map(|at| plan.slots.get(*at));
    let measures = measures.map(|slot| Measure { column: slot.sum, portion: Portion::Net, when: None }).collect();
    let by = axes(definition, plan, source, depth.kept, &splits);
    let question = Question { origin: from.origin, by, measures, conditions };
    let mut answer = Answer { source, levels: depth.kept, splits, slots, cells: Vec::new() };
    let mut read = 0;
    store.report_balances(&question, at, &mut |row| take(&mut answer.cells, row, &mut read, watch))?;
    Ok(Some(answer))
}

fn turnovers(
    store: &Store,
    definition: &Definition,
    span: Span,
    plan: &Plan,
    source: usize,
    watch: Watch<'_>,
) -> Outcome<Option<Answer>> {
    let (Some(from), Some(depth)) = (definition.sources.get(source), plan.depths.get(source)) else { return Ok(None) };
    let Some(conditions) = depth.conditions.clone() else { return Ok(None) };
    let mut slots = Vec::new();
    let mut measures = Vec::new();
    for (at, slot) in plan.slots.iter().enumerate().filter(|(_, slot)| slot.source == source) {
        if let Base::Moved(portion) = slot.base {
            slots.push(at);
            measures.push(Measure { column: slot.sum, portion, when: slot.when });
        }
    }
    if slots.is_empty() {
        return Ok(None);
    }
    let splits = split_fields(plan, source, false);
    let by = axes(definition, plan, source, depth.moves, &splits);
    let question = Question { origin: from.origin, by, measures, conditions };
    let mut answer = Answer { source, levels: depth.moves, splits, slots, cells: Vec::new() };
    let mut read = 0;
    store.report_turnovers(&question, span.from, span.until, &mut |row| {
        take(&mut answer.cells, row, &mut read, watch)
    })?;
    Ok(Some(answer))
}

pub(super) fn take(cells: &mut Vec<i64>, row: &[i64], read: &mut usize, watch: Watch<'_>) -> Outcome<()> {
    *read += 1;
    if read.is_multiple_of(STRIDE) && !watch() {
        return Err(Error::Cancelled);
    }
    cells.extend_from_slice(row);
    Ok(())
}

/// The different cells of one axis of an answer.
fn distinct(answer: &Answer, at: usize) -> BTreeSet<i64> {
    let mut cells: Vec<i64> = answer.rows().filter_map(|row| row.get(at).copied()).collect();
    cells.sort_unstable();
    cells.dedup();
    cells.into_iter().collect()
}

/// Gives every value of every level its titles and its place.
fn name_levels(store: &Store, definition: &Definition, plan: &Plan, records: &mut Records) -> Outcome<()> {
    for (level, at) in plan.by.iter().enumerate() {
        let Some(field) = definition.fields.get(*at) else { continue };
        let mut values_of: BTreeMap<usize, BTreeMap<i64, i64>> = BTreeMap::new();
        for answer in records.answers.iter().filter(|answer| level < answer.levels) {
            let Some(route) = route(definition, *at, answer.source) else { continue };
            values_of.entry(answer.source).or_default().extend(follow(store, route, &distinct(answer, level))?);
        }
        let all: BTreeSet<i64> = values_of.values().flat_map(|values| values.values().copied()).collect();
        let named = levels(store, definition, field, &all)?;
        let numbers = number(level, &named, &mut records.tokens);
        for (source, values) in values_of {
            let path = |value: i64| {
                let places = named.paths.get(&value).map_or(&[][..], Vec::as_slice);
                places.iter().filter_map(|place| numbers.get(*place as usize).copied()).collect()
            };
            let cells = values.into_iter().map(|(cell, value)| (cell, path(value))).collect();
            records.paths.insert((source, level), cells);
        }
    }
    Ok(())
}

/// Adds the levels of one level of the grouping to the tokens in the order they are read in; gives the number of
/// each, by its place among the levels.
fn number(level: usize, named: &Levels, tokens: &mut Vec<Token>) -> Vec<u32> {
    let mut order: Vec<(usize, &Level)> = named.all.iter().enumerate().collect();
    order.sort_unstable_by(|(_, a), (_, b)| {
        (&a.called.place, a.value, &a.called.title).cmp(&(&b.called.place, b.value, &b.called.title))
    });
    let mut numbers = vec![0; named.all.len()];
    for (place, one) in order {
        tokens.push(Token { level, value: one.value, folder: one.folder, title: Arc::clone(&one.called.title) });
        if let Some(number) = numbers.get_mut(place) {
            *number = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
        }
    }
    numbers
}

/// The title of the rows that stand apart.
pub(super) fn apart_title() -> Arc<str> {
    Arc::from(text!("report-apart").show())
}

/// Finds the cells whose rows stand apart; only the outermost level can stand apart as a whole.
fn find_apart(store: &Store, definition: &Definition, plan: &Plan, records: &mut Records) -> Outcome<()> {
    let Some((at, name)) = definition.apart.filter(|(at, _)| plan.by.first() == Some(at)) else { return Ok(()) };
    let Some(field) = definition.fields.get(at) else { return Ok(()) };
    for answer in records.answers.iter().filter(|answer| answer.levels > 0) {
        let cells = distinct(answer, 0);
        let flags = object_fields(store, field, name, &cells)?;
        let set = flags.into_iter().filter(|(_, flag)| flag.int() != 0).map(|(cell, _)| cell);
        records.apart.entry(answer.source).or_default().extend(set);
    }
    Ok(())
}

//! Days on which there was nothing of a thing, what would have been sold on them, and the stock at which more is to
//! be ordered: from the balance of a register day by day.

use super::declare::{Absence, At, Definition};
use super::names::object_fields;
use super::plan::{Base, Plan};
use super::records::{Answer, Watch, axes, take};
use super::setup::Setup;
use crate::kernel::moment::Date;
use crate::kernel::money::round;
use crate::kernel::problems::Outcome;
use crate::kernel::value::Stored;
use crate::store::base::Store;
use crate::store::report::{Axis, Measure, Portion, Question};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// One thing followed day by day.
#[derive(Clone, Copy, Debug, Default)]
struct Walk {
    balance: i64,
    /// The first day not yet accounted for.
    next: Date,
    /// Days on which there was nothing from morning to night.
    absent: i64,
    /// What went on the other days.
    gone: i64,
}

impl Walk {
    /// Up to a day without it nothing moves.
    fn idle_until(&mut self, day: Date) {
        if self.balance <= 0 {
            self.absent += day.days_since(self.next).max(0);
        }
        self.next = day;
    }

    fn moved(&mut self, day: Date, came: i64, went: i64) {
        self.idle_until(day);
        if self.balance <= 0 && came == 0 {
            self.absent += 1;
        }
        self.balance += came - went;
        self.gone += went;
        self.next = day.plus_days(1);
    }

    /// What goes in so many days at the pace of the days on which there was something.
    fn pace(&self, total: i64, days: i64) -> i64 {
        let present = Decimal::from(total - self.absent);
        let gone = Decimal::from(self.gone.max(0)) * Decimal::from(days.max(0));
        gone.checked_div(present).map_or(0, |pace| i64::try_from(round(pace, 0).mantissa()).unwrap_or(0))
    }
}

/// The answer for the columns of a source that tell of absence; `None` where there are none.
pub(super) fn answer(
    store: &Store,
    definition: &Definition,
    setup: &Setup,
    plan: &Plan,
    source: usize,
    watch: Watch<'_>,
) -> Outcome<Option<Answer>> {
    let own = plan.slots.iter().enumerate().filter(|(_, slot)| slot.source == source);
    let told = own.filter_map(|(at, slot)| if let Base::Absence(what) = slot.base { Some((at, what)) } else { None });
    let told: Vec<(usize, At)> = told.collect();
    let (Some(absence), false) = (definition.absence(source), told.is_empty()) else { return Ok(None) };
    let Some(levels) = plan.depths.get(source).map(|depth| depth.kept) else { return Ok(None) };
    let Some((walks, total)) = walks(store, definition, setup, plan, source, absence, watch)? else { return Ok(None) };
    let leads = leads(store, definition, absence, &walks)?;
    let mut answer = Answer {
        source,
        levels,
        splits: Vec::new(),
        slots: told.iter().map(|(at, _)| *at).collect(),
        cells: Vec::with_capacity(walks.len() * (levels + told.len())),
    };
    for (key, walk) in walks {
        let lead = key.last().and_then(|thing| leads.get(thing)).copied().unwrap_or(absence.usual);
        answer.cells.extend(key.iter().take(levels));
        answer.cells.extend(told.iter().map(|(_, what)| match what {
            At::Absent => walk.absent,
            At::Missed => walk.pace(total, walk.absent),
            _ => walk.pace(total, lead),
        }));
    }
    Ok(Some(answer))
}

/// Everything by its levels and the thing, and how many days there are.
type Walks = (BTreeMap<Vec<i64>, Walk>, i64);

fn walks(
    store: &Store,
    definition: &Definition,
    setup: &Setup,
    plan: &Plan,
    source: usize,
    absence: &Absence,
    watch: Watch<'_>,
) -> Outcome<Option<Walks>> {
    let (Some(from), Some(depth)) = (definition.sources.get(source), plan.depths.get(source)) else { return Ok(None) };
    let known = depth.conditions.clone().filter(|_| depth.balance_known(from.origin));
    let (Some(conditions), Some(sum)) = (known, plan.absent_sum(source)) else { return Ok(None) };
    let by = axes(definition, plan, source, depth.kept, &[absence.field]);
    let width = by.len();
    let until = setup.span.until.min(setup.today.end());
    let mut read = 0;

    let measure = |portion| Measure { column: sum, portion, when: None };
    let dated = [by.clone(), vec![Axis::Day]].concat();
    let measures = vec![measure(Portion::In), measure(Portion::Out)];
    let question = Question { origin: from.origin, by: dated, measures, conditions: conditions.clone() };
    let mut moved = Vec::new();
    store.report_turnovers(&question, setup.span.from, until, &mut |row| take(&mut moved, row, &mut read, watch))?;
    let mut rows: Vec<&[i64]> = moved.chunks_exact(width + 3).collect();
    rows.sort_unstable();

    let day_of = |row: &[i64]| Date::from_stored(row.get(width).copied().unwrap_or(0));
    let first = match setup.span.from.is_empty() {
        true => rows.iter().map(|row| day_of(row)).min().unwrap_or(until.date()),
        false => setup.span.from.date(),
    };
    let end = until.date().plus_days(1);
    let total = end.days_since(first);
    if total <= 0 {
        return Ok(None);
    }
    let mut found: BTreeMap<Vec<i64>, Walk> = BTreeMap::new();
    if !setup.span.from.is_empty() {
        let question = Question { origin: from.origin, by, measures: vec![measure(Portion::Net)], conditions };
        let mut opening = Vec::new();
        store.report_balances(&question, setup.span.from.plus_seconds(-1), &mut |row| {
            take(&mut opening, row, &mut read, watch)
        })?;
        for row in opening.chunks_exact(width + 1) {
            let balance = row.last().copied().unwrap_or(0);
            found.insert(row.iter().take(width).copied().collect(), Walk { balance, next: first, ..Walk::default() });
        }
    }
    for row in rows {
        let key = row.iter().take(width).copied().collect();
        let walk = found.entry(key).or_insert(Walk { next: first, ..Walk::default() });
        let number = |at: usize| row.get(width + at).copied().unwrap_or(0);
        walk.moved(day_of(row), number(1), number(2));
    }
    for key in wanted(store, definition, setup, plan, (source, absence), watch)? {
        found.entry(key).or_insert(Walk { next: first, ..Walk::default() });
    }
    found.values_mut().for_each(|walk| walk.idle_until(end));
    Ok(Some((found, total)))
}

/// What the first source tells of, be it that nothing of it ever was there.
fn wanted(
    store: &Store,
    definition: &Definition,
    setup: &Setup,
    plan: &Plan,
    (source, absence): (usize, &Absence),
    watch: Watch<'_>,
) -> Outcome<BTreeSet<Vec<i64>>> {
    let (Some(first), Some(depth)) = (definition.sources.first(), plan.depths.first()) else {
        return Ok(BTreeSet::new());
    };
    let levels = plan.depths.get(source).map_or(0, |depth| depth.kept);
    let by = axes(definition, plan, 0, levels, &[absence.field]);
    let (Some(conditions), true) = (depth.conditions.clone(), source != 0 && by.len() == levels + 1) else {
        return Ok(BTreeSet::new());
    };
    let measures = vec![Measure { column: "", portion: Portion::Count, when: None }];
    let question = Question { origin: first.origin, by, measures, conditions };
    let (mut cells, mut read) = (Vec::new(), 0);
    store.report_turnovers(&question, setup.span.from, setup.span.until, &mut |row| {
        take(&mut cells, row, &mut read, watch)
    })?;
    Ok(cells.chunks_exact(levels + 2).map(|row| row.iter().take(levels + 1).copied().collect()).collect())
}

/// For how many days the stock of each thing must last when more is ordered.
fn leads(
    store: &Store,
    definition: &Definition,
    absence: &Absence,
    walks: &BTreeMap<Vec<i64>, Walk>,
) -> Outcome<BTreeMap<i64, i64>> {
    let things: BTreeSet<i64> = walks.keys().filter_map(|key| key.last().copied()).collect();
    let Some(field) = definition.fields.get(absence.field) else { return Ok(BTreeMap::new()) };
    let mut found: BTreeMap<i64, i64> = BTreeMap::new();
    for name in &absence.days {
        for (thing, days) in object_fields(store, field, name, &things)? {
            *found.entry(thing).or_default() += days_of(&days);
        }
    }
    found.retain(|_, days| *days > 0);
    Ok(found)
}

fn days_of(stored: &Stored) -> i64 {
    stored.int().max(0)
}

#[cfg(test)]
mod tests {
    use super::Walk;
    use crate::kernel::moment::Date;

    fn day(day: u32) -> Date {
        Date::ymd(2026, 11, day).unwrap()
    }

    #[test]
    fn a_day_is_absent_when_there_was_nothing_from_morning_to_night() {
        // Ten days: two come on the third, one goes on the fourth, the other on the sixth.
        let mut walk = Walk { next: day(1), ..Walk::default() };
        walk.moved(day(3), 2_000, 0);
        walk.moved(day(4), 0, 1_000);
        walk.moved(day(6), 0, 1_000);
        walk.idle_until(day(11));
        assert_eq!((walk.absent, walk.gone, walk.balance), (2 + 4, 2_000, 0));
        // Two went in four days: three would have gone in six.
        assert_eq!(walk.pace(10, walk.absent), 3_000);
        assert_eq!(walk.pace(10, 14), 7_000);
    }

    #[test]
    fn what_never_was_there_has_no_pace() {
        let mut walk = Walk { next: day(1), ..Walk::default() };
        walk.idle_until(day(11));
        assert_eq!((walk.absent, walk.pace(10, 10)), (10, 0));
    }
}

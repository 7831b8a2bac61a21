//! What has to be asked for the columns of a report, and what each column makes of the answers.

use super::declare::{At, Definition, Half, Split, What};
use super::setup::{Setup, conditions, knows_balance};
use crate::kernel::problems::Outcome;
use crate::store::base::Store;
use crate::store::report::{Condition, Portion};

/// What a slot holds of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    /// The balance before the period.
    Opening,
    /// The balance at its end, asked for directly.
    Closing,
    /// What moved.
    Moved(Portion),
    /// What is told of days without a thing.
    Absence(At),
}

/// One number that every record adds to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub source: usize,
    pub sum: &'static str,
    pub base: Base,
    pub when: Option<(&'static str, i64)>,
}

/// What a column makes of the slots.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub source: usize,
    /// Added up.
    pub slots: Vec<usize>,
    pub negate: bool,
    /// One half, and the fields it is counted apart by.
    pub half: Option<(Half, Vec<Split>)>,
    /// A balance rather than a turnover.
    pub balance: bool,
    /// Only of one value of this field: days of several things say nothing.
    pub single: Option<usize>,
}

/// How far down the grouping a source knows its figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Depth {
    /// Conditions; `None` when the source has nothing to say.
    pub conditions: Option<Vec<Condition>>,
    /// Levels by which movements are told apart.
    pub moves: usize,
    /// Levels by which totals are kept.
    pub kept: usize,
    /// The same and the levels of time along which the balance runs.
    pub running: usize,
}

/// The whole plan.
pub(super) struct Plan {
    /// The fields grouped by.
    pub by: Vec<usize>,
    pub slots: Vec<Slot>,
    /// By column; `None` for what is no figure.
    pub figures: Vec<Option<Figure>>,
    /// By source.
    pub depths: Vec<Depth>,
}

impl Plan {
    /// The plan of a report for a choice.
    pub fn new(store: &Store, definition: &Definition, setup: &Setup) -> Outcome<Self> {
        let by = setup.fields(definition);
        let mut plan = Self { depths: Vec::new(), slots: Vec::new(), figures: Vec::new(), by };
        for source in 0..definition.sources.len() {
            let found = conditions(store, definition, setup, source)?;
            plan.depths.push(depth(definition, &plan.by, source, found));
        }
        for column in &definition.columns {
            let figure = match &column.what {
                What::Figure { .. } => Some(plan.figure(definition, &column.what)),
                _ => None,
            };
            plan.figures.push(figure.flatten());
        }
        plan.net_for_running();
        Ok(plan)
    }

    fn figure(&mut self, definition: &Definition, what: &What) -> Option<Figure> {
        let What::Figure { source, sum, at, when, negate, half, absence } = what else { return None };
        let mut slot = |base: Base| self.slot(Slot { source: *source, sum, base, when: *when });
        let slots = match at {
            At::Opening => vec![slot(Base::Opening)],
            At::Turnover => vec![slot(Base::Moved(Portion::Net))],
            At::In => vec![slot(Base::Moved(Portion::In))],
            At::Out => vec![slot(Base::Moved(Portion::Out))],
            At::Count => vec![slot(Base::Moved(Portion::Count))],
            At::Absent | At::Missed | At::Point => vec![slot(Base::Absence(*at))],
            At::Closing if moves_too(definition, *source) => {
                vec![slot(Base::Opening), slot(Base::Moved(Portion::Net))]
            }
            At::Closing => vec![slot(Base::Closing)],
        };
        let balance = matches!(at, At::Opening | At::Closing);
        let single = absence.as_ref().filter(|_| *at != At::Missed).map(|absence| absence.field);
        Some(Figure { source: *source, slots, negate: *negate, half: half.clone(), balance, single })
    }

    fn slot(&mut self, slot: Slot) -> usize {
        match self.slots.iter().position(|known| *known == slot) {
            Some(known) => known,
            None => {
                self.slots.push(slot);
                self.slots.len() - 1
            }
        }
    }

    /// A balance that runs along days or documents needs what moved on each of them.
    fn net_for_running(&mut self) {
        let openings: Vec<Slot> = self
            .slots
            .iter()
            .filter(|slot| slot.base == Base::Opening)
            .filter(|slot| self.depths.get(slot.source).is_some_and(|depth| depth.running > depth.kept))
            .cloned()
            .collect();
        for slot in openings {
            self.slot(Slot { base: Base::Moved(Portion::Net), ..slot });
        }
    }

    /// The sum of a source whose absence is told.
    pub fn absent_sum(&self, source: usize) -> Option<&'static str> {
        let own = self.slots.iter().filter(|slot| slot.source == source);
        own.filter(|slot| matches!(slot.base, Base::Absence(_))).map(|slot| slot.sum).next()
    }

    /// The slot of what moved beside an opening balance.
    pub fn net_of(&self, opening: usize) -> Option<usize> {
        let wanted = Slot { base: Base::Moved(Portion::Net), ..self.slots.get(opening)?.clone() };
        self.slots.iter().position(|slot| *slot == wanted)
    }
}

/// A source whose movements are shown too: its closing balance follows from them.
fn moves_too(definition: &Definition, of: usize) -> bool {
    definition.columns.iter().any(|column| match &column.what {
        What::Figure { source, at, .. } => *source == of && *at != At::Closing,
        _ => false,
    })
}

fn depth(definition: &Definition, by: &[usize], source: usize, conditions: Option<Vec<Condition>>) -> Depth {
    let Some(origin) = definition.sources.get(source).map(|source| source.origin) else { return Depth::default() };
    let fields: Vec<_> = by.iter().filter_map(|at| definition.fields.get(*at)).collect();
    let route = |at: usize| fields.get(at).and_then(|field| field.routes.get(source)).and_then(Option::as_ref);
    let moves = (0..fields.len()).take_while(|at| route(*at).is_some()).count();
    let known = conditions.as_ref().is_some_and(|conditions| knows_balance(origin, conditions));
    let kept = |at: &usize| route(*at).is_some_and(|route| origin.keeps(route.axis));
    let kept = (0..moves).take_while(kept).count();
    let time = |at: &usize| fields.get(*at).is_some_and(|field| field.is_time());
    let runs = moves_too(definition, source);
    let running = if runs { kept + (kept..moves).take_while(time).count() } else { kept };
    if known { Depth { conditions, moves, kept, running } } else { Depth { conditions, moves, ..Depth::default() } }
}

impl Depth {
    /// Whether balances are known at all: of the total too.
    pub fn balance_known(&self, origin: crate::store::report::Origin) -> bool {
        self.conditions.as_ref().is_some_and(|conditions| knows_balance(origin, conditions))
    }
}

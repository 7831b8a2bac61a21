//! Records to a tree of groups with their sums, in the order of reading.

use super::declare::{Definition, Half};
use super::names::object_fields;
use super::plan::{Base, Figure, Plan};
use super::records::{APART, Answer, Records};
use crate::kernel::problems::Outcome;
use crate::kernel::value::Stored;
use crate::store::base::Store;
use std::collections::{BTreeMap, BTreeSet};

/// Levels that a path packed into one number holds.
const PACKED: usize = 4;

/// A group or a leaf; the first node is the whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The place of its token, from one; nought for the whole.
    pub token: u32,
    /// How deep it stands; the whole is nought.
    pub depth: u16,
    /// The node above.
    pub parent: u32,
    /// Stands apart or below what does: in no total.
    pub apart: bool,
}

/// The tree.
pub(super) struct Tree {
    pub nodes: Vec<Node>,
    /// The slots of every node, node after node.
    pub slots: Vec<i64>,
    width: usize,
    /// The halves of figures, by column and node.
    halves: BTreeMap<(usize, u32), i64>,
}

/// What of a half each group of split values has: by column, node and group.
type Halves = BTreeMap<(usize, u32, u32), i64>;

/// One field of the objects on the axis of a report's field, by that field and cell.
type Flags = BTreeMap<(usize, &'static str), BTreeMap<i64, Stored>>;

/// The work of building.
struct Build<'a> {
    plan: &'a Plan,
    records: &'a Records,
    tree: Tree,
    /// What split conditions ask about.
    flags: Flags,
    groups: BTreeMap<Vec<i64>, u32>,
    halves: Halves,
}

impl Tree {
    /// Builds the tree of all records.
    pub fn new(store: &Store, definition: &Definition, plan: &Plan, records: &Records) -> Outcome<Self> {
        let width = plan.slots.len();
        let root = Node { token: 0, depth: 0, parent: 0, apart: false };
        let tree = Self { nodes: vec![root], slots: vec![0; width], width, halves: BTreeMap::new() };
        let flags = split_flags(store, definition, plan, records)?;
        let mut build = Build { plan, records, tree, flags, groups: BTreeMap::new(), halves: BTreeMap::new() };
        build.run();
        let Build { mut tree, halves, .. } = build;
        for ((column, node, _), value) in halves {
            let half = plan.figures.get(column).and_then(Option::as_ref).and_then(|figure| figure.half.as_ref());
            let part = match half.map(|(half, _)| *half) {
                Some(Half::Plus) => value.max(0),
                Some(Half::Minus) => (-value).max(0),
                None => 0,
            };
            *tree.halves.entry((column, node)).or_default() += part;
        }
        tree.run_balances(plan, records);
        Ok(tree)
    }

    /// The slots of a node.
    pub fn slots_of(&self, node: usize) -> &[i64] {
        self.slots.get(node * self.width..(node + 1) * self.width).unwrap_or_default()
    }

    /// The value of a figure at a node.
    pub fn value(&self, column: usize, figure: &Figure, node: u32) -> i64 {
        if figure.half.is_some() {
            return self.halves.get(&(column, node)).copied().unwrap_or(0);
        }
        let slots = self.slots_of(node as usize);
        let sum: i64 = figure.slots.iter().filter_map(|at| slots.get(*at)).sum();
        if figure.negate { -sum } else { sum }
    }

    /// Lets balances run along days, months and documents: each begins where the one before it ended.
    fn run_balances(&mut self, plan: &Plan, records: &Records) {
        let level_of = |token: u32| records.tokens.get((token as usize).wrapping_sub(1)).map(|token| token.level);
        for (slot, opening) in plan.slots.iter().enumerate().filter(|(_, slot)| slot.base == Base::Opening) {
            let Some(depth) = plan.depths.get(opening.source).filter(|depth| depth.running > depth.kept) else {
                continue;
            };
            let Some(net) = plan.net_of(slot) else { continue };
            let mut running: BTreeMap<u32, i64> = BTreeMap::new();
            for node in 1..self.nodes.len() {
                let Some(Node { token, parent, .. }) = self.nodes.get(node).copied() else { continue };
                let runs = level_of(token).is_some_and(|level| level >= depth.kept && level < depth.running);
                if !runs {
                    continue;
                }
                let begins = self.slots_of(parent as usize).get(slot).copied().unwrap_or(0);
                let now = running.entry(parent).or_insert(begins);
                let moved = self.slots.get(node * self.width + net).copied().unwrap_or(0);
                if let Some(cell) = self.slots.get_mut(node * self.width + slot) {
                    *cell = *now;
                }
                *now += moved;
            }
        }
    }
}

/// The fields of objects that split conditions ask about.
fn split_flags(store: &Store, definition: &Definition, plan: &Plan, records: &Records) -> Outcome<Flags> {
    let mut found = BTreeMap::new();
    let halves = plan.figures.iter().flatten().filter_map(|figure| figure.half.as_ref());
    for (field, name, _) in halves.flat_map(|(_, splits)| splits).filter_map(|split| split.only) {
        let Some(known) = definition.fields.get(field) else { continue };
        let mut cells = BTreeSet::new();
        for answer in &records.answers {
            if let Some(at) = answer.splits.iter().position(|split| *split == field) {
                cells.extend(answer.rows().filter_map(|row| row.get(answer.levels + at).copied()));
            }
        }
        found.insert((field, name), object_fields(store, known, name, &cells)?);
    }
    Ok(found)
}

impl Build<'_> {
    fn run(&mut self) {
        let records = self.records;
        let order = self.order();
        let mut stack: Vec<u32> = vec![0];
        let mut open: Vec<u32> = Vec::new();
        let mut path = Vec::new();
        for (answer, row) in order {
            let Some(answer) = records.answers.get(answer) else { continue };
            let width = answer.width().max(1);
            let Some(cells) = answer.cells.get(row * width..(row + 1) * width) else { continue };
            path.clear();
            self.path(answer, cells, &mut path);
            let same = open.iter().zip(&path).take_while(|(a, b)| a == b).count();
            open.truncate(same);
            stack.truncate(same + 1);
            for token in path.iter().skip(same) {
                let node = self.node(*token, &stack);
                stack.push(node);
                open.push(*token);
            }
            self.add(answer, cells, &stack);
        }
    }

    /// The tokens of a row, the outermost first.
    fn path(&self, answer: &Answer, cells: &[i64], path: &mut Vec<u32>) {
        let apart = self.records.apart.get(&answer.source);
        if apart.is_some_and(|apart| cells.first().is_some_and(|cell| answer.levels > 0 && apart.contains(cell))) {
            path.push(APART);
        }
        for (level, cell) in cells.iter().enumerate().take(answer.levels) {
            let levels = self.records.paths.get(&(answer.source, level)).and_then(|paths| paths.get(cell));
            path.extend(levels.into_iter().flatten());
        }
    }

    /// All rows in the order of their paths: answer and row.
    fn order(&self) -> Vec<(usize, usize)> {
        let mut packed: Vec<(u128, u32, u32)> = Vec::new();
        let mut long: Vec<(Vec<u32>, u32, u32)> = Vec::new();
        let mut path = Vec::new();
        for (number, answer) in (0u32..).zip(&self.records.answers) {
            for (row, cells) in (0u32..).zip(answer.rows()) {
                path.clear();
                self.path(answer, cells, &mut path);
                if path.len() <= PACKED && long.is_empty() {
                    packed.push((pack(&path), number, row));
                } else {
                    long.push((path.clone(), number, row));
                }
            }
        }
        if long.is_empty() {
            packed.sort_unstable();
            return packed.into_iter().map(|(_, answer, row)| (answer as usize, row as usize)).collect();
        }
        long.extend(packed.into_iter().map(|(key, answer, row)| (unpack(key), answer, row)));
        long.sort_unstable();
        long.into_iter().map(|(_, answer, row)| (answer as usize, row as usize)).collect()
    }

    fn node(&mut self, token: u32, stack: &[u32]) -> u32 {
        let parent = stack.last().copied().unwrap_or(0);
        let above = self.tree.nodes.get(parent as usize).copied();
        let node = Node {
            token,
            depth: above.map_or(0, |above| above.depth) + 1,
            parent,
            apart: token == APART || above.is_some_and(|above| above.apart),
        };
        self.tree.nodes.push(node);
        self.tree.slots.resize(self.tree.nodes.len() * self.tree.width, 0);
        u32::try_from(self.tree.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    /// Adds a row to its node and to all above it; what stands apart is in no total.
    fn add(&mut self, answer: &Answer, cells: &[i64], stack: &[u32]) {
        let sums = cells.get(answer.levels + answer.splits.len()..).unwrap_or_default();
        let apart = stack.get(1).and_then(|node| self.tree.nodes.get(*node as usize)).is_some_and(|node| node.apart);
        let width = self.tree.width;
        for node in stack.iter().skip(usize::from(apart)) {
            for (slot, sum) in answer.slots.iter().zip(sums) {
                if let Some(cell) = self.tree.slots.get_mut(*node as usize * width + slot) {
                    *cell += sum;
                }
            }
        }
        self.add_halves(answer, cells, sums, stack, apart);
    }

    fn add_halves(&mut self, answer: &Answer, cells: &[i64], sums: &[i64], stack: &[u32], apart: bool) {
        for (column, figure) in self.plan.figures.iter().enumerate() {
            let Some(figure) = figure.as_ref().filter(|figure| figure.source == answer.source) else { continue };
            let Some((_, splits)) = &figure.half else { continue };
            let own = answer.slots.iter().zip(sums).filter(|(slot, _)| figure.slots.contains(slot));
            let value: i64 = own.map(|(_, sum)| *sum).sum();
            if value == 0 {
                continue;
            }
            let cell = |field: usize| {
                let at = answer.splits.iter().position(|split| *split == field)?;
                cells.get(answer.levels + at).copied()
            };
            let key: Vec<i64> = splits
                .iter()
                .map(|split| {
                    let counts = split.only.is_none_or(|(field, name, wanted)| {
                        let of = cell(field).and_then(|cell| self.flags.get(&(field, name))?.get(&cell));
                        of.is_some_and(|stored| stored.int() == wanted)
                    });
                    if counts { cell(split.field).unwrap_or(0) } else { 0 }
                })
                .collect();
            let next = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
            let group = *self.groups.entry(key).or_insert(next);
            let value = if figure.negate { -value } else { value };
            for node in stack.iter().skip(usize::from(apart)) {
                *self.halves.entry((column, *node, group)).or_default() += value;
            }
        }
    }
}

/// A short path as one number that sorts as the path does.
fn pack(path: &[u32]) -> u128 {
    (0..PACKED).fold(0, |key, at| (key << 32) | u128::from(path.get(at).copied().unwrap_or(0)))
}

fn unpack(key: u128) -> Vec<u32> {
    let part = |at: usize| u32::try_from((key >> (32 * (PACKED - 1 - at))) & u128::from(u32::MAX)).unwrap_or(0);
    (0..PACKED).map(part).take_while(|token| *token != 0).collect()
}

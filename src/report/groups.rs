//! The tree of groups as a sheet: figures, formulas, fields of objects, order, what is left out.

use super::declare::{Column, Definition, What, words};
use super::names::{object_fields, titles};
use super::plan::{Figure, Plan};
use super::records::{APART, Records, Watch, apart_title, read};
use super::setup::Setup;
use super::sheet::{Cell, Head, Key, Line, Row, Sheet};
use super::tree::{Node, Tree};
use crate::kernel::money::round;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Type};
use crate::store::base::Store;
use crate::text;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Fields of objects by value, for one column.
type Facts = BTreeMap<i64, Cell>;

/// Everything at hand while rows are made.
struct Making<'a> {
    definition: &'a Definition,
    plan: &'a Plan,
    records: &'a Records,
    tree: &'a Tree,
    /// By column: texts of information columns.
    infos: BTreeMap<usize, Facts>,
    /// By column: values of objects for which a number is wrong.
    wrong: BTreeMap<usize, BTreeSet<i64>>,
    /// Columns shown.
    shown: Vec<usize>,
}

/// Makes a grouped report.
pub(super) fn grouped(store: &Store, definition: &Definition, setup: &Setup, watch: Watch<'_>) -> Outcome<Sheet> {
    let plan = Plan::new(store, definition, setup)?;
    let records = read(store, definition, setup, &plan, watch)?;
    let tree = Tree::new(store, definition, &plan, &records)?;
    let shown = (0..definition.columns.len())
        .filter(|at| definition.columns.get(*at).is_some_and(|column| !column.hidden))
        .collect();
    let mut making = Making {
        definition,
        plan: &plan,
        records: &records,
        tree: &tree,
        infos: BTreeMap::new(),
        wrong: BTreeMap::new(),
        shown,
    };
    making.look_up(store)?;
    Ok(making.sheet(setup))
}

impl Making<'_> {
    fn column(&self, at: usize) -> Option<&Column> {
        self.definition.columns.get(at)
    }

    /// Values of a field among the tokens.
    fn values_of(&self, field: usize) -> BTreeSet<i64> {
        let level = self.plan.by.iter().position(|by| *by == field);
        let tokens = self.records.tokens.iter().filter(|token| Some(token.level) == level);
        tokens.map(|token| token.value).collect()
    }

    /// Reads the fields of objects that columns show or ask about.
    fn look_up(&mut self, store: &Store) -> Outcome<()> {
        for (at, column) in self.definition.columns.iter().enumerate() {
            if let What::Info(of, name) = column.what
                && let Some(field) = self.definition.fields.get(of)
            {
                let found = object_fields(store, field, name, &self.values_of(of))?;
                let cells = info_cells(store, field, name, found)?;
                self.infos.insert(at, cells);
            }
            if let Some((of, name, wanted)) = column.wrong
                && let Some(field) = self.definition.fields.get(of)
            {
                let found = object_fields(store, field, name, &self.values_of(of))?;
                let set = found.into_iter().filter(|(_, value)| value.int() == wanted).map(|(value, _)| value);
                self.wrong.insert(at, set.collect());
            }
        }
        Ok(())
    }

    fn level_of(&self, node: &Node) -> Option<usize> {
        self.records.tokens.get((node.token as usize).wrapping_sub(1)).map(|token| token.level)
    }

    /// Whether a source knows a figure at a node.
    fn knows(&self, figure: &Figure, node: &Node) -> bool {
        let (Some(depth), Some(source)) =
            (self.plan.depths.get(figure.source), self.definition.sources.get(figure.source))
        else {
            return false;
        };
        if depth.conditions.is_none() || (figure.balance && !depth.balance_known(source.origin)) {
            return false;
        }
        let down = match (figure.balance, &figure.half) {
            (false, _) => depth.moves,
            (true, None) => depth.running,
            (true, Some(_)) => depth.kept,
        };
        let level = self.level_of(node);
        let single = figure
            .single
            .is_none_or(|of| level.is_some_and(|level| self.plan.by.get(level) == Some(&of)) && !self.is_folder(node));
        single && level.is_none_or(|level| level < down)
    }

    fn is_folder(&self, node: &Node) -> bool {
        self.records.tokens.get((node.token as usize).wrapping_sub(1)).is_some_and(|token| token.folder)
    }

    /// One value of the last level of the grouping.
    fn is_single(&self, node: &Node) -> bool {
        let token = self.records.tokens.get((node.token as usize).wrapping_sub(1));
        token.is_some_and(|token| token.level + 1 == self.plan.by.len() && !token.folder)
    }

    /// The numbers of all columns at a node.
    fn numbers(&self, at: u32, node: &Node) -> Vec<Option<i64>> {
        let mut numbers: Vec<Option<i64>> = Vec::with_capacity(self.definition.columns.len());
        for (place, column) in self.definition.columns.iter().enumerate() {
            let number = match &column.what {
                What::Figure { .. } => {
                    let figure = self.plan.figures.get(place).and_then(Option::as_ref);
                    figure.filter(|figure| self.knows(figure, node)).map(|figure| self.tree.value(place, figure, at))
                }
                formula => self.follows(formula, &numbers, node),
            };
            numbers.push(number);
        }
        numbers
    }

    /// What follows from the numbers of other columns.
    fn follows(&self, formula: &What, numbers: &[Option<i64>], node: &Node) -> Option<i64> {
        let of = |at: usize| numbers.get(at).copied().flatten();
        match formula {
            What::Sum(terms) => {
                let parts = terms.iter().map(|(sign, at)| of(*at).map(|number| number * sign));
                parts.sum::<Option<i64>>()
            }
            What::Percent(part, whole) => percent(of(*part), of(*whole)),
            // Of things that differ a price for one says nothing.
            What::Per(..) if !self.is_single(node) => None,
            What::Per(sum, by) => {
                let digits = |at: usize| self.column(at).map_or(0, |column| column.kind.digits());
                per(of(*sum), digits(*sum), of(*by), digits(*by))
            }
            What::Figure { .. } | What::Info(..) | What::Class(_) | What::Withheld => None,
        }
    }

    /// By column the classes of nodes: those beside each other that make the first 80 % of the sum together, to 95 %,
    /// the rest. What is not above nought has none.
    fn classes(&self, numbers: &[Vec<Option<i64>>]) -> BTreeMap<usize, BTreeMap<usize, &'static str>> {
        let mut found = BTreeMap::new();
        for (place, column) in self.definition.columns.iter().enumerate() {
            let What::Class(of) = column.what else { continue };
            let mut beside: BTreeMap<u32, Vec<(i64, usize)>> = BTreeMap::new();
            for (at, node) in self.tree.nodes.iter().enumerate().skip(1).filter(|(_, node)| node.token != APART) {
                let number = numbers.get(at).and_then(|cells| cells.get(of)).copied().flatten();
                if let Some(number) = number.filter(|number| *number > 0) {
                    beside.entry(node.parent).or_default().push((number, at));
                }
            }
            let own: &mut BTreeMap<usize, &'static str> = found.entry(place).or_default();
            for mut rows in beside.into_values() {
                rows.sort_by_key(|(number, at)| (std::cmp::Reverse(*number), *at));
                let whole: i128 = rows.iter().map(|(number, _)| i128::from(*number)).sum();
                let mut before = 0_i128;
                for (number, at) in rows {
                    let class = match before * 100 {
                        part if part < whole * 80 => "A",
                        part if part < whole * 95 => "B",
                        _ => "C",
                    };
                    own.insert(at, class);
                    before += i128::from(number);
                }
            }
        }
        found
    }

    fn sheet(&self, setup: &Setup) -> Sheet {
        let mut sheet = Sheet { title: self.definition.label(), heads: self.heads(), ..Sheet::default() };
        for at in &self.plan.by {
            if let Some(field) = self.definition.fields.get(*at) {
                sheet.by.push((*at, field.code.clone(), field.shown()));
            }
        }
        let numbers: Vec<Vec<Option<i64>>> =
            (0u32..).zip(&self.tree.nodes).map(|(at, node)| self.numbers(at, node)).collect();
        let kept = self.kept(&numbers);
        let classes = self.classes(&numbers);
        let order = self.order(setup, &numbers);
        let mut places: Vec<Option<u32>> = vec![None; self.tree.nodes.len()];
        for at in order.into_iter().filter(|at| kept.get(*at).copied().unwrap_or(false)) {
            let (Some(node), Some(numbers)) = (self.tree.nodes.get(at), numbers.get(at)) else { continue };
            let place = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
            let mut row = self.row(node, numbers, places.get(node.parent as usize).copied().flatten());
            for (shown, column) in self.shown.iter().enumerate() {
                let class = classes.get(column).and_then(|classes| classes.get(&at));
                if let (Some(class), Some(cell)) = (class, row.cells.get_mut(shown + 1)) {
                    *cell = Cell::text(*class);
                }
            }
            if let Some(own) = places.get_mut(at) {
                *own = Some(place);
            }
            if let Some(parent) = row.parent.and_then(|parent| sheet.rows.get_mut(parent as usize))
                && parent.line == Line::Leaf
            {
                parent.line = Line::Group;
            }
            sheet.rows.push(row);
        }
        if let (Some(root), Some(numbers)) = (self.tree.nodes.first(), numbers.first()) {
            let mut cells = vec![Cell::text(text!("report-total").show())];
            cells.extend(self.cells(root, numbers));
            sheet.total = Some(Row { line: Line::Total, cells, ..Row::default() });
        }
        sheet
    }

    fn heads(&self) -> Vec<Head> {
        let by: Vec<String> =
            self.plan.by.iter().filter_map(|at| self.definition.fields.get(*at)).map(|field| field.shown()).collect();
        let first =
            Head { code: "group".to_owned(), title: by.join(" / "), group: None, kind: Type::Text, names: true };
        let rest = self.shown.iter().filter_map(|at| self.column(*at)).map(|column| Head {
            code: column.code.clone(),
            title: column.shown(),
            group: column.group.as_deref().map(words),
            kind: column.kind,
            names: matches!(column.what, What::Info(..)),
        });
        std::iter::once(first).chain(rest).collect()
    }

    /// Which nodes have something to say, themselves or below them.
    fn kept(&self, numbers: &[Vec<Option<i64>>]) -> Vec<bool> {
        let filled = |numbers: &Vec<Option<i64>>| {
            let filled = |at: &&usize| numbers.get(**at).copied().flatten().is_some_and(|number| number != 0);
            let own = |at: &&usize| self.column(**at).is_some_and(|column| !column.aside);
            self.shown.iter().filter(own).any(|at| filled(&at))
        };
        let mut kept: Vec<bool> = numbers.iter().map(filled).collect();
        for at in (1..self.tree.nodes.len()).rev() {
            let parent = self.tree.nodes.get(at).map_or(0, |node| node.parent as usize);
            if kept.get(at).copied().unwrap_or(false)
                && let Some(above) = kept.get_mut(parent)
            {
                *above = true;
            }
        }
        kept
    }

    /// The nodes in the order of reading, without the whole.
    fn order(&self, setup: &Setup, numbers: &[Vec<Option<i64>>]) -> Vec<usize> {
        let column = setup
            .sort
            .as_ref()
            .and_then(|(code, descending)| self.definition.column(code).map(|column| (column, *descending)));
        let Some((column, descending)) = column else { return (1..self.tree.nodes.len()).collect() };
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, node) in self.tree.nodes.iter().enumerate().skip(1) {
            children.entry(node.parent as usize).or_default().push(at);
        }
        let key = |at: &usize| numbers.get(*at).and_then(|numbers| numbers.get(column)).copied().flatten();
        for (_, below) in children.iter_mut() {
            // What stands apart stays last; what is equal keeps its usual order.
            let apart = |at: &usize| self.tree.nodes.get(*at).map(|node| node.token == APART);
            if descending {
                below.sort_by_key(|at| (apart(at), std::cmp::Reverse(key(at))));
            } else {
                below.sort_by_key(|at| (apart(at), key(at)));
            }
        }
        let mut order = Vec::with_capacity(self.tree.nodes.len());
        let mut stack: Vec<usize> = children.get(&0).into_iter().flatten().rev().copied().collect();
        while let Some(at) = stack.pop() {
            order.push(at);
            stack.extend(children.get(&at).into_iter().flatten().rev());
        }
        order
    }

    fn row(&self, node: &Node, numbers: &[Option<i64>], parent: Option<u32>) -> Row {
        let token = self.records.tokens.get((node.token as usize).wrapping_sub(1));
        let title = token.map_or_else(apart_title, |token| Arc::clone(&token.title));
        let key = token.and_then(|token| {
            let field = self.plan.by.get(token.level).copied()?;
            Some(Key { field, value: token.value, folder: token.folder })
        });
        let mut cells = vec![Cell::Text(title)];
        let line = if node.token == APART { Line::Apart } else { Line::Leaf };
        match line {
            // Its sums would add up what has nothing in common.
            Line::Apart => cells.resize(self.shown.len() + 1, Cell::Empty),
            _ => cells.extend(self.cells(node, numbers)),
        }
        let level = u8::try_from(node.depth.saturating_sub(1)).unwrap_or(u8::MAX);
        Row { line, level, parent, key, movement: None, cells }
    }

    fn cells(&self, node: &Node, numbers: &[Option<i64>]) -> Vec<Cell> {
        self.shown.iter().map(|at| self.cell(*at, node, numbers)).collect()
    }

    fn cell(&self, at: usize, node: &Node, numbers: &[Option<i64>]) -> Cell {
        let Some(column) = self.column(at) else { return Cell::Empty };
        if let What::Info(of, _) = column.what {
            let token = self.records.tokens.get((node.token as usize).wrapping_sub(1));
            let token = token.filter(|token| self.plan.by.get(token.level) == Some(&of));
            let facts = self.infos.get(&at);
            return token.and_then(|token| facts?.get(&token.value)).cloned().unwrap_or_default();
        }
        match numbers.get(at).copied().flatten() {
            None => Cell::Empty,
            Some(number) if number != 0 && self.is_wrong(at, node) => Cell::Wrong(number),
            Some(number) => Cell::Number(number),
        }
    }

    /// Whether the object a node belongs to makes a number of this column wrong.
    fn is_wrong(&self, at: usize, node: &Node) -> bool {
        let (Some(set), Some((field, ..))) = (self.wrong.get(&at), self.column(at).and_then(|column| column.wrong))
        else {
            return false;
        };
        let mut next = *node;
        for _ in 0..=node.depth {
            let token = self.records.tokens.get((next.token as usize).wrapping_sub(1));
            if let Some(token) = token.filter(|token| self.plan.by.get(token.level) == Some(&field)) {
                return !token.folder && set.contains(&token.value);
            }
            match self.tree.nodes.get(next.parent as usize) {
                Some(parent) if next.depth > 1 => next = *parent,
                _ => return false,
            }
        }
        false
    }
}

/// What information columns show of fields of objects: texts, or titles of what they refer to.
fn info_cells(
    store: &Store,
    field: &super::declare::Field,
    name: &str,
    found: BTreeMap<i64, Stored>,
) -> Outcome<Facts> {
    let target = match field.kind {
        super::declare::FieldKind::Object(meta) => {
            meta.field(name).and_then(|at| meta.fields.get(at)).and_then(|own| own.kind.target())
        }
        _ => None,
    };
    let Some(target) = target else {
        let shown = |stored: Stored| match stored {
            Stored::Text(text) => Cell::text(text),
            Stored::Int(number) => Cell::Number(number),
        };
        return Ok(found.into_iter().map(|(value, stored)| (value, shown(stored))).collect());
    };
    let references = found.values().map(|stored| AnyRef::new(target.tag, stored.int())).collect();
    let named = titles(store, &references, false)?;
    let title = |stored: &Stored| named.get(&AnyRef::new(target.tag, stored.int()));
    let cell = |stored: &Stored| title(stored).map_or(Cell::Empty, |called| Cell::Text(Arc::clone(&called.title)));
    Ok(found.iter().map(|(value, stored)| (*value, cell(stored))).collect())
}

/// `part` in hundredths of a percent of `whole`; nothing of nothing.
fn percent(part: Option<i64>, whole: Option<i64>) -> Option<i64> {
    let (part, whole) = (part?, whole?);
    let share = Decimal::from(part).checked_mul(Decimal::from(10_000))?.checked_div(Decimal::from(whole))?;
    i64::try_from(round(share, 0).mantissa()).ok()
}

/// A sum a unit, in the scale of prices.
fn per(sum: Option<i64>, sum_digits: u32, by: Option<i64>, by_digits: u32) -> Option<i64> {
    let (sum, by) = (Decimal::new(sum?, sum_digits), Decimal::new(by?, by_digits));
    let mut price = round(sum.checked_div(by)?, Type::Price.digits());
    price.rescale(Type::Price.digits());
    i64::try_from(price.mantissa()).ok()
}

//! Movements one by one: what a figure is made of, with the balance before, after each, and at the end.

use super::declare::{Definition, FieldKind, Source};
use super::names::titles;
use super::records::Watch;
use super::resolve::{reach, sum_of};
use super::setup::{Setup, conditions, knows_balance};
use super::sheet::{Cell, Head, Line, Movement, Row, Sheet};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::kernel::value::{Stored, Type, Value};
use crate::store::base::Store;
use crate::store::report::{Axis, Condition, Measure, Origin, Portion, Question};
use crate::store::report_names::MoveLine;
use crate::text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Movements listed at most; the sums are of all of them.
pub const MOST: usize = 20_000;

/// A column of a movement that names something.
struct Naming {
    /// Its place among the cells.
    at: usize,
    name: &'static str,
    kind: FieldKind,
    label: String,
}

/// What is listed.
struct Listing<'a> {
    store: &'a Store,
    source: &'a Source,
    conditions: Vec<Condition>,
    question: Question,
    namings: Vec<Naming>,
    /// Sums: place among the cells, type and label.
    sums: Vec<(usize, Type, String)>,
    titles: BTreeMap<AnyRef, Arc<str>>,
}

/// Lists the movements of a source.
pub(super) fn moves(store: &Store, definition: &Definition, setup: &Setup, watch: Watch<'_>) -> Outcome<Sheet> {
    let missing = |code: &str| Error::refused(text!("report-source-unknown", code = code));
    let at = match &setup.moves {
        Some(code) => definition.source(code).ok_or_else(|| missing(code))?,
        None => 0,
    };
    let source = definition.sources.get(at).ok_or_else(|| missing(""))?;
    let conditions = conditions(store, definition, setup, at)?.unwrap_or_default();
    let mut listing = Listing::new(store, source, conditions, setup);
    let mut rows =
        store.report_moves(&listing.question, setup.span.from.plus_seconds(-1), setup.span.until, MOST + 1)?;
    if !watch() {
        return Err(Error::Cancelled);
    }
    let cut = rows.len() > MOST;
    rows.truncate(MOST);
    listing.name(&rows)?;
    listing.leave_out_empty(&rows);
    let title = match (&setup.moves, definition.sources.len()) {
        (None, _) => definition.label(),
        (Some(_), 1) => text!("report-moves-of", report = definition.label()).show(),
        (Some(_), _) => {
            let source = match source.origin {
                Origin::Register(meta) => meta.label(),
                Origin::Ledger => text!("report-ledger").show(),
                Origin::Documents(meta) => meta.list_label(),
            };
            text!("report-moves-of", report = source).show()
        }
    };
    let mut sheet = Sheet { title, heads: listing.heads(), cut, ..Sheet::default() };
    listing.fill(&mut sheet, &rows, setup)?;
    Ok(sheet)
}

/// What came and went, and what of them is shown.
#[derive(Clone, Copy, Default)]
struct Sums {
    came: i64,
    went: i64,
    balance: i64,
}

impl<'a> Listing<'a> {
    fn new(store: &'a Store, source: &'a Source, conditions: Vec<Condition>, setup: &Setup) -> Self {
        let origin = source.origin;
        let names: Vec<&'static str> = match origin {
            Origin::Register(meta) => meta.key.iter().chain(meta.note).map(|field| field.name).collect(),
            Origin::Ledger => vec!["account", "sub1", "sub2", "sub3", "corr", "corr1", "corr2", "corr3"],
            Origin::Documents(meta) => {
                let shown = meta
                    .fields
                    .iter()
                    .filter(|field| matches!(field.kind, Type::Ref(_) | Type::Choice(_)) && field.name != "currency");
                shown.map(|field| field.name).collect()
            }
        };
        let said = |name: &str| setup.values(name).len() == 1 && !matches!(origin, Origin::Ledger);
        let mut namings = Vec::new();
        for name in names {
            if said(name) || name == "company" {
                continue;
            }
            if let Ok(reached) = reach(store.schema(), origin, name) {
                namings.push(Naming { at: namings.len(), name, kind: reached.kind, label: reached.label });
            }
        }
        let by: Vec<Axis> = namings.iter().map(|naming| Axis::Column(naming.name)).collect();
        let scope = store.scope();
        let sums: Vec<&'static str> = match origin {
            Origin::Register(meta) => {
                meta.sum.iter().map(|field| field.name).filter(|name| !scope.withheld.contains(name)).collect()
            }
            Origin::Ledger => vec!["amount"],
            Origin::Documents(meta) => {
                let money = meta.fields.iter().filter(|field| matches!(field.kind, Type::Money));
                money.map(|field| field.name).filter(|name| !scope.veils(meta, name)).collect()
            }
        };
        let measures = sums.iter().map(|column| Measure { column, portion: Portion::Net, when: None }).collect();
        let found = sums.iter().filter_map(|name| sum_of(origin, name));
        let sums = found.enumerate().map(|(at, (_, kind, label))| (by.len() + at, kind, label)).collect();
        let question = Question { origin, by, measures, conditions: conditions.clone() };
        Self { store, source, conditions, question, namings, sums, titles: BTreeMap::new() }
    }

    fn has_balance(&self) -> bool {
        knows_balance(self.source.origin, &self.conditions)
    }

    /// Whether what came and what went are shown apart.
    fn two_sides(&self) -> bool {
        self.source.origin.has_balance()
    }

    /// The reference in a cell.
    fn reference(&self, naming: &Naming, row: &MoveLine) -> AnyRef {
        let cell = row.cells.get(naming.at).copied().unwrap_or(0);
        match naming.kind {
            FieldKind::Object(meta) => AnyRef::new(meta.tag, cell),
            FieldKind::Any => AnyRef::from_packed(cell),
            _ => AnyRef::EMPTY,
        }
    }

    fn name(&mut self, rows: &[MoveLine]) -> Outcome<()> {
        let mut references: BTreeSet<AnyRef> = rows.iter().map(|row| row.document).collect();
        for naming in &self.namings {
            references.extend(rows.iter().map(|row| self.reference(naming, row)));
        }
        let named = titles(self.store, &references, false)?;
        self.titles = named.into_iter().map(|(reference, called)| (reference, called.title)).collect();
        if matches!(self.source.origin, Origin::Ledger) {
            // Accounts are known by their codes.
            let codes = self.store.accounts_under("")?;
            for naming in self.namings.iter().filter(|naming| matches!(naming.name, "account" | "corr")) {
                let FieldKind::Object(meta) = naming.kind else { continue };
                for (id, code) in &codes {
                    self.titles.insert(AnyRef::new(meta.tag, *id), Arc::from(code.as_str()));
                }
            }
        }
        Ok(())
    }

    /// Columns that say nothing in any of the rows are not shown.
    fn leave_out_empty(&mut self, rows: &[MoveLine]) {
        if matches!(self.source.origin, Origin::Ledger) {
            return;
        }
        let namings = std::mem::take(&mut self.namings);
        let says = |naming: &Naming| rows.iter().any(|row| self.cell(naming, row) != Cell::Empty);
        self.namings = namings.into_iter().filter(|naming| says(naming)).collect();
    }

    fn cell(&self, naming: &Naming, row: &MoveLine) -> Cell {
        let cell = row.cells.get(naming.at).copied().unwrap_or(0);
        match naming.kind {
            FieldKind::Object(_) | FieldKind::Any => {
                let title = self.titles.get(&self.reference(naming, row));
                title.map_or(Cell::Empty, |title| Cell::Text(Arc::clone(title)))
            }
            FieldKind::Value(kind) if kind.is_number() && cell == 0 => Cell::Empty,
            FieldKind::Value(kind) => Cell::text(Value::from_stored(kind, Stored::Int(cell)).show(kind)),
            FieldKind::Day | FieldKind::Month => Cell::Number(cell),
        }
    }

    fn heads(&self) -> Vec<Head> {
        let head = |code: &str, title: String, kind: Type, names: bool| Head {
            code: code.to_owned(),
            title,
            group: None,
            kind,
            names,
        };
        let mut heads = vec![
            head("date", text!("report-date").show(), Type::Moment, true),
            head("document", text!("report-field-document").show(), Type::Text, true),
        ];
        if matches!(self.source.origin, Origin::Ledger) {
            heads.extend(ledger_heads());
            return heads;
        }
        for naming in &self.namings {
            heads.push(head(naming.name, naming.label.clone(), Type::Text, true));
        }
        for ((_, kind, label), measure) in self.sums.iter().zip(&self.question.measures) {
            let name = measure.column;
            if !self.two_sides() {
                heads.push(head(name, label.clone(), *kind, false));
                continue;
            }
            let side = |code: &str, title: Text| Head {
                group: Some(label.clone()),
                ..head(&format!("{name}_{code}"), title.show(), *kind, false)
            };
            heads.push(side("in", text!("report-in")));
            heads.push(side("out", text!("report-out")));
            if self.has_balance() {
                heads.push(side("balance", text!("report-balance")));
            }
        }
        heads
    }

    /// The balances before the period, or noughts.
    fn opening(&self, setup: &Setup) -> Outcome<Vec<Sums>> {
        let mut sums = vec![Sums::default(); self.sums.len()];
        let at = setup.span.from.plus_seconds(-1);
        if self.has_balance() && !at.is_empty() {
            let question = Question { by: Vec::new(), ..self.question.clone() };
            self.store.report_balances(&question, at, &mut |row| {
                sums.iter_mut().zip(row).for_each(|(sum, found)| sum.balance = *found);
                Ok(())
            })?;
        }
        Ok(sums)
    }

    /// What came and went in the whole period, whether it is listed or not.
    fn turnovers(&self, setup: &Setup, sums: &mut [Sums]) -> Outcome<()> {
        let both = self
            .question
            .measures
            .iter()
            .flat_map(|measure| [Portion::In, Portion::Out].map(|portion| Measure { portion, ..measure.clone() }));
        let question = Question { by: Vec::new(), measures: both.collect(), ..self.question.clone() };
        self.store.report_turnovers(&question, setup.span.from, setup.span.until, &mut |row| {
            for (sum, pair) in sums.iter_mut().zip(row.chunks(2)) {
                if let [came, went] = pair {
                    (sum.came, sum.went) = (*came, *went);
                }
            }
            Ok(())
        })
    }

    fn fill(&self, sheet: &mut Sheet, rows: &[MoveLine], setup: &Setup) -> Outcome<()> {
        let mut sums = self.opening(setup)?;
        if self.has_balance() {
            let words = text!("report-opening-row").show();
            sheet.rows.push(self.edge(Line::Opening, &words, &sums, false));
        }
        for (movement, row) in (0u32..).zip(rows) {
            let mut own = vec![Sums::default(); sums.len()];
            for ((at, ..), (own, sum)) in self.sums.iter().zip(own.iter_mut().zip(&mut sums)) {
                let moved = row.cells.get(*at).copied().unwrap_or(0);
                (own.came, own.went) = match row.side {
                    0 => (moved.max(0), (-moved).max(0)),
                    1 => (moved, 0),
                    _ => (0, moved),
                };
                sum.balance += own.came - own.went;
                own.balance = sum.balance;
            }
            let mut names = Vec::new();
            for naming in &self.namings {
                let reference = self.reference(naming, row);
                if !reference.is_empty() && !names.contains(&reference) {
                    names.push(reference);
                }
            }
            sheet.movements.push(Movement { document: row.document, names });
            let cells = self.cells(row, &own);
            sheet.rows.push(Row { movement: Some(movement), cells, ..Row::default() });
        }
        let mut closing = self.opening(setup)?;
        self.turnovers(setup, &mut closing)?;
        closing.iter_mut().for_each(|sum| sum.balance += sum.came - sum.went);
        let words = if self.has_balance() { text!("report-closing-row") } else { text!("report-total") };
        let line = if self.has_balance() { Line::Closing } else { Line::Total };
        sheet.total = Some(self.edge(line, &words.show(), &closing, true));
        Ok(())
    }

    fn cells(&self, row: &MoveLine, sums: &[Sums]) -> Vec<Cell> {
        let document = self.titles.get(&row.document).map_or(Cell::Empty, |title| Cell::Text(Arc::clone(title)));
        let mut cells = vec![Cell::Number(row.date.stored()), document];
        if matches!(self.source.origin, Origin::Ledger) {
            cells.extend(self.ledger_cells(row, sums));
            return cells;
        }
        cells.extend(self.namings.iter().map(|naming| self.cell(naming, row)));
        cells.extend(self.sum_cells(sums, true));
        cells
    }

    fn sum_cells(&self, sums: &[Sums], turnovers: bool) -> Vec<Cell> {
        let mut cells = Vec::new();
        for sum in sums {
            if !self.two_sides() {
                cells.push(Cell::Number(sum.came - sum.went));
                continue;
            }
            let moved = |number: i64| if turnovers && number != 0 { Cell::Number(number) } else { Cell::Empty };
            cells.extend([moved(sum.came), moved(sum.went)]);
            if self.has_balance() {
                cells.push(Cell::Number(sum.balance));
            }
        }
        cells
    }

    /// The row before the first movement or after the last.
    fn edge(&self, line: Line, words: &str, sums: &[Sums], turnovers: bool) -> Row {
        let mut cells = vec![Cell::Empty, Cell::text(words)];
        if matches!(self.source.origin, Origin::Ledger) {
            let sum = sums.first().copied().unwrap_or_default();
            cells.extend([Cell::Empty, Cell::Empty, Cell::Empty]);
            cells.push(if turnovers { Cell::Number(sum.came) } else { Cell::Empty });
            cells.push(Cell::Empty);
            cells.push(if turnovers { Cell::Number(sum.went) } else { Cell::Empty });
            cells.extend(if self.has_balance() { side_cells(sum.balance) } else { [Cell::Empty, Cell::Empty] });
        } else {
            cells.extend(self.namings.iter().map(|_| Cell::Empty));
            cells.extend(self.sum_cells(sums, turnovers));
        }
        Row { line, cells, ..Row::default() }
    }

    /// The columns of an account card: analytics and accounts of both sides, the amount on its own side.
    fn ledger_cells(&self, row: &MoveLine, sums: &[Sums]) -> Vec<Cell> {
        let naming = |name: &str| self.namings.iter().find(|naming| naming.name == name);
        let title = |name: &str| {
            let reference = naming(name).map(|naming| self.reference(naming, row)).unwrap_or_default();
            self.titles.get(&reference).cloned()
        };
        let analytics = |account: &str| {
            let parts: Vec<Arc<str>> = (1..=3).filter_map(|at| title(&format!("{account}{at}"))).collect();
            Cell::text(parts.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("; "))
        };
        let code = |name: &str| title(name).map_or(Cell::Empty, Cell::Text);
        let sum = sums.first().copied().unwrap_or_default();
        let (own, other) = (("sub", "account"), ("corr", "corr"));
        let (debit, credit) = if row.side >= 0 { (own, other) } else { (other, own) };
        let amount = |debit: bool| match (row.side >= 0, debit) {
            (true, true) => Cell::Number(sum.came),
            (false, false) => Cell::Number(sum.went),
            _ => Cell::Empty,
        };
        let mut cells = vec![analytics(debit.0), analytics(credit.0)];
        cells.extend([code(debit.1), amount(true), code(credit.1), amount(false)]);
        cells.extend(if self.has_balance() { side_cells(sum.balance) } else { [Cell::Empty, Cell::Empty] });
        cells
    }
}

fn ledger_heads() -> Vec<Head> {
    let head = |code: &str, group: Option<Text>, title: Text, kind: Type, names: bool| Head {
        code: code.to_owned(),
        title: title.show(),
        group: group.map(|group| group.show()),
        kind,
        names,
    };
    let (debit, credit) = (|| Some(text!("report-debit")), || Some(text!("report-credit")));
    let balance = || Some(text!("report-running"));
    vec![
        head("debit_subs", None, text!("report-analytics-debit"), Type::Text, true),
        head("credit_subs", None, text!("report-analytics-credit"), Type::Text, true),
        head("debit", debit(), text!("report-account"), Type::Text, true),
        head("debit_amount", debit(), text!("report-sum-amount"), Type::Money, false),
        head("credit", credit(), text!("report-account"), Type::Text, true),
        head("credit_amount", credit(), text!("report-sum-amount"), Type::Money, false),
        head("side", balance(), text!("report-side"), Type::Text, true),
        head("balance", balance(), text!("report-sum-amount"), Type::Money, false),
    ]
}

/// A balance of the ledger as its side and its magnitude.
fn side_cells(balance: i64) -> [Cell; 2] {
    let side = match balance.signum() {
        1 => text!("report-side-debit").show(),
        -1 => text!("report-side-credit").show(),
        _ => String::new(),
    };
    [Cell::text(side), Cell::Number(balance.abs())]
}

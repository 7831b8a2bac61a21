//! What a figure is made of: the movements behind it, narrower reports, and the objects a row stands for.

use super::declare::{Definition, FieldKind, Time, What};
use super::names::titles;
use super::run::reference_of;
use super::setup::Setup;
use super::sheet::{Key, Sheet};
use super::time::Span;
use crate::kernel::moment::{Date, Moment, Month};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::store::base::Store;
use crate::store::report::Origin;
use crate::text;

/// Where a row or a cell leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Go {
    /// To a report, the same or another one; its setup is in terms of that report.
    Report(Box<Setup>),
    /// To an object.
    Object(AnyRef),
}

/// One way down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// In the user's language.
    pub label: String,
    /// Where it leads.
    pub go: Go,
}

/// Everywhere a row leads, the most likely first. `column` is the place of the head under which it was asked;
/// `related` knows the titles of the reports that the definition calls related.
pub fn targets(
    definition: &Definition,
    setup: &Setup,
    sheet: &Sheet,
    row: usize,
    column: usize,
    related: &[Definition],
) -> Vec<Target> {
    if setup.lists_moves(definition) {
        return of_movement(sheet, row);
    }
    let narrowed = narrowed(definition, setup, sheet, row);
    let mut targets = of_figure(definition, &narrowed, sheet, column, related);
    let path = sheet.path(row);
    targets.extend(narrower(definition, setup, &narrowed, &path));
    targets.extend(objects(definition, &path));
    targets.extend(to_related(definition, &narrowed, &path, related));
    let mut unlike: Vec<Target> = Vec::new();
    for target in targets {
        if !unlike.iter().any(|known| known.go == target.go) {
            unlike.push(target);
        }
    }
    unlike
}

fn of_movement(sheet: &Sheet, row: usize) -> Vec<Target> {
    let movement = sheet.row(row).and_then(|row| row.movement).and_then(|at| sheet.movements.get(at as usize));
    let Some(movement) = movement else { return Vec::new() };
    let document = Target { label: text!("report-open-document").show(), go: Go::Object(movement.document) };
    let label = || text!("report-open").show();
    let names = movement.names.iter().map(|name| Target { label: label(), go: Go::Object(*name) });
    std::iter::once(document).chain(names).collect()
}

/// The choice of a report narrowed to what a row stands for.
fn narrowed(definition: &Definition, setup: &Setup, sheet: &Sheet, row: usize) -> Setup {
    let mut narrowed = Setup { sort: None, ..setup.clone() };
    for key in sheet.path(row) {
        let Some(field) = definition.fields.get(key.field) else { continue };
        match field.kind {
            FieldKind::Day => {
                let day = Date::from_stored(key.value);
                narrowed.span = narrowed.span.within(Span { from: day.start(), until: day.end() });
            }
            FieldKind::Month => {
                let month = Month::from_stored(key.value);
                narrowed.span = narrowed.span.within(Span { from: month.first().start(), until: month.last().end() });
            }
            // A level made of a code stands for everything below it.
            _ if key.folder && key.value == 0 => narrowed.narrow(&field.code, below(sheet, row, key)),
            _ => narrowed.narrow(&field.code, vec![key.value]),
        }
    }
    narrowed
}

/// The values of the same field below the group that a key is of.
fn below(sheet: &Sheet, row: usize, key: Key) -> Vec<i64> {
    // The group is the row itself or one above it.
    let mut at = row;
    while sheet.rows.get(at).is_some_and(|one| one.key != Some(key)) {
        match sheet.rows.get(at).and_then(|one| one.parent) {
            Some(parent) => at = parent as usize,
            None => break,
        }
    }
    let rows = sheet.rows.get(at..sheet.end_of(at)).unwrap_or_default();
    let own = rows.iter().filter_map(|row| row.key).filter(|own| own.field == key.field && !own.folder);
    let mut values: Vec<i64> = own.map(|own| own.value).collect();
    values.dedup();
    values
}

/// The figures a column is made of: itself, or those of its formula.
fn figures(definition: &Definition, column: usize, found: &mut Vec<usize>) {
    match definition.columns.get(column).map(|column| &column.what) {
        Some(What::Figure { .. }) if !found.contains(&column) => found.push(column),
        Some(What::Sum(terms)) => terms.iter().for_each(|(_, at)| figures(definition, *at, found)),
        Some(What::Percent(a, b) | What::Per(a, b)) => {
            figures(definition, *a, found);
            figures(definition, *b, found);
        }
        _ => {}
    }
}

/// The movements behind the figures of a column; of the first one under a column without figures.
fn of_figure(
    definition: &Definition,
    narrowed: &Setup,
    sheet: &Sheet,
    column: usize,
    related: &[Definition],
) -> Vec<Target> {
    let code = sheet.heads.get(column).map(|head| head.code.as_str()).unwrap_or_default();
    let mut found = Vec::new();
    if let Some(at) = definition.column(code) {
        figures(definition, at, &mut found);
    }
    if found.is_empty() {
        let first = definition.columns.iter().position(|column| matches!(column.what, What::Figure { .. }));
        found.extend(first);
    }
    let mut targets: Vec<Target> = Vec::new();
    for at in found {
        let Some(What::Figure { source, when, .. }) = definition.columns.get(at).map(|column| column.what.clone())
        else {
            continue;
        };
        let Some(from) = definition.sources.get(source) else { continue };
        let mut setup = Setup { moves: Some(from.code.clone()), by: Vec::new(), ..narrowed.clone() };
        if let Some((column, value)) = when {
            setup.set(column, vec![value]);
        }
        if definition.time == Time::Moment {
            setup.span.from = setup.span.until.month().first().start();
            // What has no balance before the month is listed from its beginning.
            if !from.origin.has_balance() || setup.span.until >= Moment::FOREVER {
                setup.span.from = Moment::EMPTY;
            }
        }
        if definition.time == Time::None {
            setup.span = Span::ALL;
        }
        let label = match from.origin {
            Origin::Register(meta) => text!("report-open-moves", register = meta.label()).show(),
            Origin::Ledger => text!("report-open-entries").show(),
            Origin::Documents(meta) => text!("report-open-moves", register = meta.list_label()).show(),
        };
        if let Some(listed) = from.moves.as_ref().and_then(|code| related.iter().find(|other| other.code == *code)) {
            setup = passed(definition, narrowed, listed);
            setup.span = narrowed.span;
        }
        targets.push(Target { label, go: Go::Report(Box::new(setup)) });
    }
    targets
}

/// The same report of the row alone, by what it is not grouped by yet.
fn narrower(definition: &Definition, setup: &Setup, narrowed: &Setup, path: &[Key]) -> Vec<Target> {
    if path.is_empty() {
        return Vec::new();
    }
    let mut targets = Vec::new();
    for (at, field) in definition.fields.iter().enumerate() {
        let used = path.iter().any(|key| key.field == at) || setup.by.contains(&field.code);
        let inside = field.within.is_none_or(|owner| path.iter().any(|key| key.field == owner));
        let reached = definition
            .sources
            .iter()
            .enumerate()
            .all(|(source, _)| field.routes.get(source).is_some_and(Option::is_some));
        if used || !inside || !reached {
            continue;
        }
        let report = Setup { by: vec![field.code.clone()], ..narrowed.clone() };
        let label = text!("report-open-by", field = field.shown()).show();
        targets.push(Target { label, go: Go::Report(Box::new(report)) });
    }
    targets
}

/// The objects that a row and the groups above it stand for, the innermost first.
fn objects(definition: &Definition, path: &[Key]) -> Vec<Target> {
    let each = path.iter().rev().filter_map(|key| {
        let field = definition.fields.get(key.field)?;
        let reference = reference_of(field, key.value);
        let label = text!("report-open-object", field = field.shown()).show();
        (!reference.is_empty()).then_some(Target { label, go: Go::Object(reference) })
    });
    each.collect()
}

/// The other reports that this one names, for the same row: those that know what the row stands for.
fn to_related(definition: &Definition, narrowed: &Setup, path: &[Key], related: &[Definition]) -> Vec<Target> {
    let listed = |code: &str| related.iter().find(|other| other.code == code);
    let own = path.last().and_then(|key| definition.fields.get(key.field));
    let knows = |other: &&Definition| own.is_none_or(|field| alike(definition, &field.code, other).is_some());
    let each = definition.related.iter().filter_map(|code| listed(code)).filter(knows).map(|other| {
        let setup = passed(definition, narrowed, other);
        (setup, other)
    });
    let possible = each.filter(|(setup, other)| setup.check(other).is_ok());
    possible.map(|(setup, other)| Target { label: other.label(), go: Go::Report(Box::new(setup)) }).collect()
}

/// The choice of another report with the filters that it knows too.
fn passed(definition: &Definition, narrowed: &Setup, other: &Definition) -> Setup {
    let mut setup = Setup::usual(other, narrowed.span.until.min(Moment::FOREVER).date());
    setup.span = match (definition.time, other.time) {
        (_, Time::None) => Span::ALL,
        (Time::Moment, Time::Period) => {
            let from = narrowed.span.until.month().first().start();
            Span { from, until: narrowed.span.until }
        }
        _ => narrowed.span,
    };
    for filter in &narrowed.filters {
        if let Some(field) = alike(definition, &filter.field, other) {
            setup.set(field, filter.values.clone());
        }
    }
    setup
}

/// The field of another report that means the same: by its name, else by the kind of its objects.
fn alike<'a>(definition: &Definition, code: &str, other: &'a Definition) -> Option<&'a str> {
    if let Some(same) = other.field(code).and_then(|at| other.fields.get(at)) {
        return Some(&same.code);
    }
    let Some(FieldKind::Object(meta)) = definition.field(code).and_then(|at| definition.fields.get(at)).map(|f| f.kind)
    else {
        return None;
    };
    let of_kind = |kind: FieldKind| matches!(kind, FieldKind::Object(own) if own == meta);
    other.fields.iter().find(|field| of_kind(field.kind)).map(|field| field.code.as_str())
}

/// The same ways down with the names of the objects they lead to.
pub fn named(store: &Store, targets: Vec<Target>) -> Outcome<Vec<Target>> {
    let objects = targets.iter().filter_map(|target| match target.go {
        Go::Object(reference) => Some(reference),
        Go::Report(_) => None,
    });
    let titles = titles(store, &objects.collect(), false)?;
    let called = |target: Target| match target.go {
        Go::Object(reference) => {
            let name = titles.get(&reference).map(|called| called.title.to_string()).unwrap_or_default();
            Target { label: text!("report-open-named", name = name).show(), ..target }
        }
        Go::Report(_) => target,
    };
    Ok(targets.into_iter().map(called).collect())
}

//! Making a report: the choice is checked, the base is asked, and the sheet says what it was asked for.

use super::declare::{Definition, Field, FieldKind, Time, Tree};
use super::names::levels;
use super::records::Watch;
use super::setup::Setup;
use super::sheet::Sheet;
use super::time::shown_until;
use crate::kernel::moment::Moment;
use crate::kernel::problems::Outcome;
use crate::store::base::Store;
use crate::text;
use std::collections::BTreeSet;

/// Makes a report.
pub fn run(store: &Store, definition: &Definition, setup: &Setup, watch: Watch<'_>) -> Outcome<Sheet> {
    let scope = store.scope();
    let seen;
    let definition = if scope.withheld.is_empty() {
        definition
    } else {
        seen = definition.without(&scope);
        &seen
    };
    setup.check(definition)?;
    let mut sheet = if setup.lists_moves(definition) {
        super::moves::moves(store, definition, setup, watch)?
    } else {
        super::groups::grouped(store, definition, setup, watch)?
    };
    sheet.about = about(store, definition, setup)?;
    Ok(sheet)
}

/// What a report was asked for, a line each.
fn about(store: &Store, definition: &Definition, setup: &Setup) -> Outcome<Vec<String>> {
    let mut lines = Vec::new();
    match definition.time {
        Time::Period => lines.push(text!("report-about-period", period = setup.span.shown()).show()),
        Time::Moment if setup.moves.is_some() => {
            lines.push(text!("report-about-period", period = setup.span.shown()).show());
        }
        Time::Moment if setup.span.until >= Moment::FOREVER => {}
        Time::Moment => lines.push(text!("report-about-moment", moment = shown_until(setup.span.until)).show()),
        Time::None => {}
    }
    for filter in &setup.filters {
        let Some(field) = definition.field(&filter.field).and_then(|at| definition.fields.get(at)) else { continue };
        let values = filter_titles(store, definition, field, &filter.values)?;
        lines.push(text!("report-about-filter", field = field.shown(), values = values).show());
    }
    Ok(lines)
}

/// The values of a filter in words.
pub fn filter_titles(store: &Store, definition: &Definition, field: &Field, values: &[i64]) -> Outcome<String> {
    /// More values than this are counted, not named.
    const NAMED: usize = 5;
    if values.len() > NAMED {
        return Ok(text!("report-values", count = values.len()).show());
    }
    let wanted: BTreeSet<i64> = values.iter().copied().collect();
    // The title of the value itself, without the folders above it.
    let flat = Field { tree: Tree::Flat, coded: matches!(field.tree, Tree::Codes) || field.coded, ..field.clone() };
    let named = levels(store, definition, &flat, &wanted)?;
    let titles: Vec<String> =
        values.iter().filter_map(|value| named.title(*value)).map(|title| title.to_string()).collect();
    Ok(titles.join(", "))
}

/// The packed reference or the stored value that a link keeps, as the window's editors take it.
pub fn reference_of(field: &Field, value: i64) -> crate::kernel::refs::AnyRef {
    match field.kind {
        FieldKind::Object(meta) => crate::kernel::refs::AnyRef::new(meta.tag, value),
        FieldKind::Any => crate::kernel::refs::AnyRef::from_packed(value),
        _ => crate::kernel::refs::AnyRef::EMPTY,
    }
}

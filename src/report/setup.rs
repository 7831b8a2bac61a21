//! What a person chose for a report: period, grouping, filters, order. Also as a link that opens it again.

use super::declare::{Definition, Shape, Time, Tree, sort_of, unsorted};
use super::time::{Preset, Span};
use crate::kernel::moment::{Date, Moment};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::store::base::Store;
use crate::store::report::{Condition, Origin};
use crate::text;

/// A filter: rows whose field holds one of the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The code of a field of the report, or a path of the source's own columns.
    pub field: String,
    /// Values as stored.
    pub values: Vec<i64>,
}

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The report.
    pub code: String,
    /// The movements of one of its sources instead of the report itself.
    pub moves: Option<String>,
    /// The period; its end alone in a report about one moment.
    pub span: Span,
    /// The grouping, by field codes.
    pub by: Vec<String>,
    /// The filters.
    pub filters: Vec<Filter>,
    /// The column sorted by, and whether the greatest come first.
    pub sort: Option<(String, bool)>,
    /// The day it is asked for: what comes later is not there yet.
    pub today: Date,
}

impl Setup {
    /// The usual choice.
    pub fn usual(definition: &Definition, today: Date) -> Self {
        let name = |at: &usize| definition.fields.get(*at).map(|field| field.code.clone());
        let span = match definition.time {
            Time::Period => definition.default.span(today),
            Time::Moment => Span { from: Moment::EMPTY, until: today.end() },
            Time::None => Span::ALL,
        };
        Self {
            code: definition.code.clone(),
            moves: None,
            span,
            by: definition.by.iter().filter_map(name).collect(),
            filters: Vec::new(),
            sort: definition.sort.clone(),
            today,
        }
    }

    /// Its values for a field; none when it is not filtered by it.
    pub fn values(&self, field: &str) -> &[i64] {
        self.filters.iter().find(|filter| filter.field == field).map_or(&[], |filter| filter.values.as_slice())
    }

    /// Filters by a field; no values take the filter away.
    pub fn set(&mut self, field: &str, values: Vec<i64>) {
        match self.filters.iter_mut().find(|filter| filter.field == field) {
            Some(filter) if !values.is_empty() => filter.values = values,
            Some(_) => self.filters.retain(|filter| filter.field != field),
            None if !values.is_empty() => self.filters.push(Filter { field: field.to_owned(), values }),
            None => {}
        }
    }

    /// Keeps what both the filter and a narrower choice allow.
    pub fn narrow(&mut self, field: &str, values: Vec<i64>) {
        self.set(field, values);
    }

    /// As a link: `sales?from=20261101000000&by=item,customer&f.item=12,15`.
    pub fn link(&self) -> String {
        let mut parts = Vec::new();
        if !self.span.from.is_empty() {
            parts.push(format!("from={}", self.span.from.stored()));
        }
        parts.push(format!("until={}", self.span.until.stored()));
        parts.push(format!("by={}", self.by.join(",")));
        for filter in &self.filters {
            let values: Vec<String> = filter.values.iter().map(i64::to_string).collect();
            parts.push(format!("f.{}={}", filter.field, values.join(",")));
        }
        if let Some((column, descending)) = &self.sort {
            parts.push(format!("sort={}{column}", if *descending { "-" } else { "" }));
        }
        let moves = self.moves.as_ref().map_or_else(String::new, |source| format!("/{source}"));
        format!("{}{moves}?{}", self.code, parts.join("&"))
    }

    /// The report a link names, and its source when it asks for movements.
    pub fn code_of(link: &str) -> (&str, Option<&str>) {
        let code = link.split('?').next().unwrap_or(link);
        code.split_once('/').map_or((code, None), |(code, source)| (code, Some(source)))
    }

    /// From a link; what it does not say is as usual, and what it says wrongly too.
    pub fn from_link(definition: &Definition, link: &str, today: Date) -> Self {
        let mut setup = Self::usual(definition, today);
        setup.moves = Self::code_of(link).1.map(str::to_owned);
        let Some((_, parameters)) = link.split_once('?') else { return setup };
        let moment = |value: &str| value.parse().map(Moment::from_stored).ok().filter(|moment| !moment.is_empty());
        // A link that names an end only is about everything before it.
        if parameters.contains("until=") && definition.time == Time::Period {
            setup.span.from = Moment::EMPTY;
        }
        for (name, value) in parameters.split('&').filter_map(|part| part.split_once('=')) {
            match name {
                "from" => setup.span.from = moment(value).unwrap_or(setup.span.from),
                "until" => setup.span.until = moment(value).unwrap_or(setup.span.until),
                "by" => setup.by = value.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
                "sort" => setup.sort = Some(sort_of(value)),
                other => {
                    if let Some(field) = other.strip_prefix("f.") {
                        let values = value.split(',').filter_map(|value| value.parse().ok()).collect();
                        setup.set(field, values);
                    }
                }
            }
        }
        setup
    }

    /// What of it cannot be: fields and columns that the report does not have, a parameter it cannot be without,
    /// an end before the beginning.
    pub fn check(&self, definition: &Definition) -> Outcome<()> {
        let mut problems = Problems::new();
        let known = || definition.fields.iter().map(|field| field.code.as_str()).collect::<Vec<_>>().join(", ");
        for code in self.by.iter().filter(|code| definition.field(code).is_none()) {
            problems.add(text!("report-no-field", field = code, known = known()));
        }
        for (at, code) in self.by.iter().enumerate() {
            if self.by.iter().take(at).any(|before| before == code) {
                problems.add(text!("report-by-twice", field = code));
            }
        }
        if self.moves.is_none() {
            for filter in self.filters.iter().filter(|filter| definition.field(&filter.field).is_none()) {
                problems.add(text!("report-no-field", field = &filter.field, known = known()));
            }
        }
        for field in definition.required.iter().filter_map(|at| definition.fields.get(*at)) {
            if self.values(&field.code).is_empty() {
                problems.add(text!("report-parameter-missing", field = field.shown(), code = &field.code));
            }
        }
        if let Some(text) = unsorted(self.sort.as_ref(), &definition.columns) {
            problems.add(text);
        }
        if self.span.from > self.span.until {
            problems.add(text!("report-period-backwards", period = self.span.shown()));
        }
        problems.result().map_err(Error::from)
    }

    /// The fields it groups by.
    pub fn fields(&self, definition: &Definition) -> Vec<usize> {
        self.by.iter().filter_map(|code| definition.field(code)).collect()
    }

    /// True when movements are listed rather than groups.
    pub fn lists_moves(&self, definition: &Definition) -> bool {
        self.moves.is_some() || definition.shape == Shape::Moves
    }
}

/// The conditions of a setup in one of the sources; `None` when the source does not know a field that is
/// filtered by: it then has nothing to say.
pub fn conditions(
    store: &Store,
    definition: &Definition,
    setup: &Setup,
    source: usize,
) -> Outcome<Option<Vec<Condition>>> {
    let Some(from) = definition.sources.get(source) else { return Ok(None) };
    let mut found = from.fixed.clone();
    for filter in &setup.filters {
        let (route, kind, tree) = match definition.field(&filter.field).and_then(|at| definition.fields.get(at)) {
            Some(field) => (field.routes.get(source).cloned().flatten(), field.kind, field.tree),
            None => match super::resolve::reach(store.schema(), from.origin, &filter.field) {
                Ok(reached) => (Some(reached.route), reached.kind, Tree::Flat),
                Err(_) => (None, super::declare::FieldKind::Any, Tree::Flat),
            },
        };
        let Some(route) = route else { return Ok(None) };
        let values = match kind {
            // A folder stands for all that is in it.
            super::declare::FieldKind::Object(meta)
                if meta.kind == crate::kernel::meta::Kind::Catalog && tree != Tree::Codes =>
            {
                store.with_contents(meta, &filter.values)?
            }
            _ => filter.values.clone(),
        };
        found.push(Condition { axis: route.axis, path: route.path, target: route.target, values });
    }
    Ok(Some(found))
}

/// True when a balance is known for every filter: all are by columns that totals are kept by.
pub fn knows_balance(origin: Origin, conditions: &[Condition]) -> bool {
    origin.has_balance() && conditions.iter().all(|condition| origin.keeps(condition.axis))
}

/// The preset with this code.
pub fn preset_named(code: &str) -> Option<Preset> {
    super::time::PRESETS.into_iter().find(|preset| format!("{preset:?}").to_lowercase() == code.replace('_', ""))
}

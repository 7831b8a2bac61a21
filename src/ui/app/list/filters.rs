//! What a list is narrowed by: the period, the quick filters of its layout, a value looked for, limits that
//! come from outside. Plain data; [`super::filter_bar`] draws it.

use crate::kernel::behaviour::Choices;
use crate::kernel::meta::{ChoiceMeta, FieldMeta, Kind, ObjectMeta};
use crate::kernel::moment::Date;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Stored, Type, Value};
use crate::report::time::{Preset, Span};
use crate::store::lists::Filter;
use crate::ui::app::layout::ListLayout;
use std::collections::BTreeSet;

/// What a quick filter holds.
#[derive(Clone, Debug)]
pub enum Picked {
    /// Any of these numbers of an enumeration; none for all.
    Choice(&'static ChoiceMeta, BTreeSet<i64>),
    /// This object; empty for all.
    Reference(AnyRef),
    /// Yes or no.
    Bool(Option<bool>),
    /// Only where something is filled in.
    Filled(bool),
}

/// A quick filter.
#[derive(Clone, Debug)]
pub struct Quick {
    /// The field's name.
    pub name: &'static str,
    /// Its number.
    pub field: usize,
    /// What it holds.
    pub picked: Picked,
}

/// The period of a list of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// By name, around today.
    Preset(Preset),
    /// From a day to a day, both included; an empty end is open.
    Days(Date, Date),
}

/// Everything a list is narrowed by.
#[derive(Clone, Debug)]
pub struct Filters {
    meta: &'static ObjectMeta,
    /// The period of documents; `None` in catalogs.
    pub period: Option<Period>,
    /// Quick filters in the order of the layout.
    pub quick: Vec<Quick>,
    /// «Such as this one»: a field, its stored value, as shown.
    pub same: Option<(&'static FieldMeta, Stored, String)>,
    /// Limits from outside: they cannot be taken off.
    pub fixed: Vec<(&'static str, i64)>,
}

impl Filters {
    /// The filters of a kind's layout, none of them set.
    pub fn of(meta: &'static ObjectMeta, layout: &ListLayout) -> Self {
        let quick = layout.filters.iter().filter_map(|name| {
            let field = meta.field(name)?;
            let declared = meta.fields.get(field)?;
            let picked = match declared.kind {
                Type::Choice(choice) => Picked::Choice(choice, BTreeSet::new()),
                Type::Ref(_) | Type::AnyRef => Picked::Reference(AnyRef::EMPTY),
                Type::Bool => Picked::Bool(None),
                Type::Text => Picked::Filled(false),
                _ => return None,
            };
            Some(Quick { name: declared.name, field, picked })
        });
        let period = (meta.kind == Kind::Document).then_some(Period::Preset(Preset::All));
        Self { meta, period, quick: quick.collect(), same: None, fixed: Vec::new() }
    }

    /// Limits a list to what a reference field may take.
    pub fn limit(&mut self, choices: &Choices) {
        self.fixed = choices.only.iter().copied().filter(|(name, _)| self.meta.field(name).is_some()).collect();
    }

    /// The conditions for the base.
    pub fn conditions(&self, today: Date) -> Vec<Filter> {
        let mut all: Vec<Filter> =
            self.fixed.iter().map(|(name, value)| Filter::Is(name, Stored::Int(*value))).collect();
        if let Some(span) = self.period.map(|period| period.span(today)).filter(|span| *span != Span::ALL) {
            all.push(Filter::Between("date", span.from, span.until));
        }
        all.extend(self.quick.iter().filter_map(|quick| self.condition(quick)));
        all.extend(self.same.as_ref().map(|(field, value, _)| Filter::Is(field.name, value.clone())));
        all
    }

    fn condition(&self, quick: &Quick) -> Option<Filter> {
        let kind = self.meta.fields.get(quick.field)?.kind;
        match &quick.picked {
            Picked::Choice(_, numbers) if numbers.is_empty() => None,
            Picked::Choice(_, numbers) => Some(Filter::OneOf(quick.name, numbers.iter().copied().collect())),
            Picked::Reference(reference) if reference.is_empty() => None,
            Picked::Reference(reference) => Some(Filter::Is(quick.name, Value::Ref(*reference).stored(kind))),
            Picked::Bool(flag) => flag.map(|flag| Filter::Is(quick.name, Stored::Int(i64::from(flag)))),
            Picked::Filled(only) => only.then_some(Filter::Filled(quick.name)),
        }
    }

    /// True when something is set that the user may take off.
    pub fn is_set(&self) -> bool {
        let period = self.period.is_some_and(|period| period != Period::Preset(Preset::All));
        period || self.same.is_some() || self.quick.iter().any(|quick| self.condition(quick).is_some())
    }

    /// Takes everything off but the limits from outside.
    pub fn clear(&mut self) {
        self.same = None;
        self.period = self.period.map(|_| Period::Preset(Preset::All));
        for quick in &mut self.quick {
            match &mut quick.picked {
                Picked::Choice(_, numbers) => numbers.clear(),
                Picked::Reference(reference) => *reference = AnyRef::EMPTY,
                Picked::Bool(flag) => *flag = None,
                Picked::Filled(only) => *only = false,
            }
        }
    }

    /// As text: `state=ready_to_ship,shipping&manager=12&period=month`. What is not set is left out.
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        match self.period {
            None | Some(Period::Preset(Preset::All)) => {}
            Some(Period::Preset(preset)) => parts.push(format!("period={}", code(preset))),
            Some(Period::Days(from, until)) => parts.push(format!("period={}-{}", from.stored(), until.stored())),
        }
        for quick in &self.quick {
            let value = match &quick.picked {
                Picked::Choice(choice, numbers) => {
                    numbers.iter().map(|number| choice.code_of(*number)).collect::<Vec<_>>().join(",")
                }
                Picked::Reference(reference) if !reference.is_empty() => reference.packed().to_string(),
                Picked::Bool(Some(flag)) => flag.to_string(),
                Picked::Filled(true) => "true".to_owned(),
                _ => String::new(),
            };
            if !value.is_empty() {
                parts.push(format!("{}={value}", quick.name));
            }
        }
        parts.join("&")
    }

    /// Reads what [`Self::text`] wrote; what makes no sense is left out.
    pub fn read(&mut self, text: &str) {
        self.clear();
        for (name, value) in text.split('&').filter_map(|part| part.split_once('=')) {
            if name == "period" {
                self.period = self.period.map(|was| period(value).unwrap_or(was));
            }
            let Some(quick) = self.quick.iter_mut().find(|quick| quick.name == name) else { continue };
            match &mut quick.picked {
                Picked::Choice(choice, numbers) => {
                    numbers.extend(value.split(',').filter_map(|code| choice.parse(code)));
                }
                Picked::Reference(reference) => {
                    *reference = AnyRef::from_packed(value.parse().unwrap_or(0));
                }
                Picked::Bool(flag) => *flag = value.parse().ok(),
                Picked::Filled(only) => *only = value == "true",
            }
        }
    }
}

const CODES: [(Preset, &str); 10] = [
    (Preset::Today, "today"),
    (Preset::Yesterday, "yesterday"),
    (Preset::Week, "week"),
    (Preset::Month, "month"),
    (Preset::LastMonth, "last_month"),
    (Preset::Quarter, "quarter"),
    (Preset::LastQuarter, "last_quarter"),
    (Preset::Year, "year"),
    (Preset::LastYear, "last_year"),
    (Preset::All, "all"),
];

fn code(preset: Preset) -> &'static str {
    CODES.iter().find(|(known, _)| *known == preset).map_or("all", |(_, code)| code)
}

fn period(text: &str) -> Option<Period> {
    if let Some((preset, _)) = CODES.iter().find(|(_, code)| *code == text) {
        return Some(Period::Preset(*preset));
    }
    let (from, until) = text.split_once('-')?;
    Some(Period::Days(Date::from_stored(from.parse().ok()?), Date::from_stored(until.parse().ok()?)))
}

impl Period {
    /// Its ends around a day.
    pub fn span(self, today: Date) -> Span {
        match self {
            Period::Preset(preset) => preset.span(today),
            Period::Days(from, until) => {
                let until = if until.is_empty() { Span::ALL.until } else { until.end() };
                let from = if from.is_empty() { Span::ALL.from } else { from.start() };
                Span { from, until }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Filters, Period};
    use crate::domain::sales::customer_order::CustomerOrder;
    use crate::kernel::moment::Date;
    use crate::kernel::object::Declared as _;
    use crate::store::lists::Filter;
    use crate::ui::app::layout;

    #[test]
    fn what_was_set_is_read_again_and_nonsense_is_left_out() {
        let meta = CustomerOrder::declared();
        let (layout, _) = layout::layout(meta, None);
        let mut filters = Filters::of(meta, &layout.list);
        assert!(!filters.is_set());
        filters.read("state=ready_to_ship,shipping,nonsense&manager=513&period=month&nobody=1");
        assert_eq!(filters.text(), "period=month&state=ready_to_ship,shipping&manager=513");
        let today = Date::ymd(2026, 11, 23).unwrap();
        let conditions = filters.conditions(today);
        assert!(conditions.contains(&Filter::OneOf("state", vec![5, 6])), "{conditions:?}");
        assert_eq!(conditions.len(), 3);
        filters.read("period=20261101-0");
        assert_eq!(filters.period, Some(Period::Days(Date::ymd(2026, 11, 1).unwrap(), Date::default())));
        assert_eq!(filters.conditions(today).len(), 1);
        filters.clear();
        assert!(filters.conditions(today).is_empty());
    }
}

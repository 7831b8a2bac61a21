//! The parameters of a report above its rows: period or moment, filters, what a drill-down has narrowed.

use crate::kernel::meta::ChoiceMeta;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::value::{Stored, Type, Value};
use crate::report::declare::{Definition, Field as ReportField, FieldKind, Time};
use crate::report::run::reference_of;
use crate::report::setup::Setup;
use crate::report::time::{PRESETS, Preset};
use crate::text;
use crate::ui::editors::Field;
use crate::ui::icons::Icon;
use crate::ui::shell::page::PageContext;
use crate::ui::theme::GAP_X;
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::form::{self, RowLayout};
use crate::ui::widgets::menu::{self, MenuItem};
use crate::ui::{fonts, paint};
use egui::{Id, Ui};

/// Width of a reference field in points.
const REFERENCE: f32 = 200.0;

/// What was done in the row of parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Something was chosen otherwise.
    pub changed: bool,
}

/// Draws the parameters and changes the setup.
pub fn show(ui: &mut Ui, id: Id, definition: &Definition, setup: &mut Setup, ctx: &mut PageContext<'_>) -> Touched {
    let mut touched = Touched::default();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_X * 2.0;
        time_ui(ui, id, definition, setup, ctx, &mut touched);
        let extra = definition
            .fields
            .iter()
            .enumerate()
            .filter(|(at, field)| !definition.filters.contains(at) && !setup.values(&field.code).is_empty());
        let shown: Vec<usize> =
            definition.filters.iter().copied().chain(extra.map(|(at, _)| at).collect::<Vec<_>>()).collect();
        for at in shown {
            let Some(field) = definition.fields.get(at) else { continue };
            filter_ui(ui, id, field, setup, ctx, &mut touched);
        }
        others_ui(ui, definition, setup, &mut touched);
    });
    touched
}

fn labelled(ui: &mut Ui, ctx: &mut PageContext<'_>, field: &Field<'_>, width: f32, value: &mut Value) -> bool {
    let label = paint::width_of(ui, field.label, fonts::text()).ceil() + 4.0;
    let layout = RowLayout { label, field: Some(width) };
    ctx.editing(|aid| form::row(ui, layout, field, value, aid).changed)
}

fn time_ui(
    ui: &mut Ui,
    id: Id,
    definition: &Definition,
    setup: &mut Setup,
    ctx: &mut PageContext<'_>,
    touched: &mut Touched,
) {
    let about_period = definition.time == Time::Period || (definition.time == Time::Moment && setup.moves.is_some());
    if about_period {
        let label = text!("report-period").show();
        let presets: Vec<MenuItem> = PRESETS
            .iter()
            .map(|preset| {
                let chosen = preset.span(ctx.today()) == setup.span;
                MenuItem::new(format!("{preset:?}"), preset.label()).checked(chosen)
            })
            .collect();
        let button = ui.add(Button::new(&label).menu().with_icon(Some(Icon::CalendarBlank)).aside());
        if let Some(code) = menu::under(&button, &presets)
            && let Some(preset) = PRESETS.into_iter().find(|preset| format!("{preset:?}") == code)
        {
            setup.span = preset.span(ctx.today());
            touched.changed = true;
        }
        let (from, until) = (text!("report-from").show(), text!("report-until").show());
        let mut value = Value::Date(setup.span.from.date());
        if labelled(ui, ctx, &Field::new(id.with("from"), "from", &from, Type::Date), 116.0, &mut value)
            && let Value::Date(day) = value
        {
            setup.span.from = day.start();
            touched.changed = true;
        }
        let end = if setup.span.until >= Moment::FOREVER { Date::EMPTY } else { setup.span.until.date() };
        let mut value = Value::Date(end);
        if labelled(ui, ctx, &Field::new(id.with("until"), "until", &until, Type::Date), 116.0, &mut value)
            && let Value::Date(day) = value
        {
            setup.span.until = if day.is_empty() { Moment::FOREVER } else { day.end() };
            touched.changed = true;
        }
    } else if definition.time == Time::Moment {
        let label = text!("report-at").show();
        let mut value = Value::Moment(setup.span.until);
        if labelled(ui, ctx, &Field::new(id.with("at"), "at", &label, Type::Moment), 170.0, &mut value)
            && let Value::Moment(moment) = value
        {
            setup.span.until = if moment.is_empty() { Moment::FOREVER } else { moment };
            touched.changed = true;
        }
    }
}

/// A filter: a reference field, a choice of several, or what a drill-down has chosen.
fn filter_ui(
    ui: &mut Ui,
    id: Id,
    field: &ReportField,
    setup: &mut Setup,
    ctx: &mut PageContext<'_>,
    touched: &mut Touched,
) {
    let label = field.shown();
    let values = setup.values(&field.code).to_vec();
    match (field.kind, values.as_slice()) {
        (FieldKind::Value(Type::Choice(meta)), _) => choice_ui(ui, &label, meta, &field.code, setup, touched),
        (FieldKind::Object(_) | FieldKind::Any, chosen) if chosen.len() < 2 && chosen != [0] => {
            let chosen = values.first().map_or_else(Default::default, |value| reference_of(field, *value));
            let mut value = Value::Ref(chosen);
            let shown = Field::new(id.with(("filter", &field.code)), &field.code, &label, field.edit);
            if labelled(ui, ctx, &shown, REFERENCE, &mut value) {
                set_reference(setup, field, value.any_ref());
                touched.changed = true;
            }
        }
        _ => {
            let said = match values.as_slice() {
                [0] => text!("report-not-set").show(),
                [value] => one_title(field, *value),
                many => text!("report-values", count = many.len()).show(),
            };
            chip_ui(ui, &format!("{label}: {said}"), &field.code, setup, touched);
        }
    }
}

fn one_title(field: &ReportField, value: i64) -> String {
    match field.kind {
        FieldKind::Day => Date::from_stored(value).russian(),
        FieldKind::Month => crate::report::month_title(value),
        FieldKind::Value(kind) => Value::from_stored(kind, Stored::Int(value)).show(kind),
        FieldKind::Object(_) | FieldKind::Any => String::new(),
    }
}

/// Sets or clears a filter by an object.
pub fn set_reference(setup: &mut Setup, field: &ReportField, reference: crate::kernel::refs::AnyRef) {
    let stored = match field.kind {
        FieldKind::Object(_) => reference.id(),
        _ => reference.packed(),
    };
    setup.set(&field.code, if reference.is_empty() { Vec::new() } else { vec![stored] });
}

/// Several of a few values: a menu with ticks.
fn choice_ui(
    ui: &mut Ui,
    label: &str,
    meta: &'static ChoiceMeta,
    code: &str,
    setup: &mut Setup,
    touched: &mut Touched,
) {
    let values = setup.values(code).to_vec();
    let said = match values.as_slice() {
        [] => text!("report-any").show(),
        [one] => meta.label(*one),
        many => text!("report-values", count = many.len()).show(),
    };
    let words = format!("{label}: {said}");
    let mut items = vec![MenuItem::new("any", text!("report-any").show()).checked(values.is_empty())];
    for (number, own, _) in meta.items {
        items.push(MenuItem::new(*own, meta.label(*number)).checked(values.contains(number)));
    }
    let button = ui.add(Button::new(&words).menu());
    let Some(chosen) = menu::under(&button, &items) else { return };
    let mut now = values;
    match meta.items.iter().find(|item| item.1 == chosen) {
        None => now.clear(),
        Some((number, ..)) if now.contains(number) => now.retain(|value| value != number),
        Some((number, ..)) => now.push(*number),
    }
    setup.set(code, now);
    touched.changed = true;
}

/// A filter that is not edited, only taken away.
fn chip_ui(ui: &mut Ui, words: &str, code: &str, setup: &mut Setup, touched: &mut Touched) {
    let button = Button::new(words).with_icon(Some(Icon::X)).look(Look::Ordinary);
    let hint = text!("report-filter-off").show();
    if ui.add(button).on_hover_text(hint).clicked() {
        setup.set(code, Vec::new());
        touched.changed = true;
    }
}

/// Filters by columns of the source that are no fields of the report.
fn others_ui(ui: &mut Ui, definition: &Definition, setup: &mut Setup, touched: &mut Touched) {
    let others: Vec<String> = setup
        .filters
        .iter()
        .filter(|filter| definition.field(&filter.field).is_none())
        .map(|filter| filter.field.clone())
        .collect();
    for code in others {
        chip_ui(ui, &text!("report-filter-own", field = &code).show(), &code, setup, touched);
    }
}

/// The period before or after: of the same kind when it is a preset, else as long.
pub fn shifted(setup: &mut Setup, forward: bool) {
    let span = setup.span;
    if span.from.is_empty() || span.until >= Moment::FOREVER {
        return;
    }
    let (first, last) = (span.from.date(), span.until.date());
    let months = first == first.month().first() && last == last.month().last();
    if months {
        let count = |month: crate::kernel::moment::Month| month.stored() / 100 * 12 + month.stored() % 100;
        let long = count(last.month()) - count(first.month()) + 1;
        let mut from = first.month();
        for _ in 0..long {
            from = if forward { from.next() } else { from.previous() };
        }
        let until = (1..long).fold(from, |month, _| month.next());
        setup.span = crate::report::time::Span { from: from.first().start(), until: until.last().end() };
        return;
    }
    let days = (last.days_since(first) + 1) * if forward { 1 } else { -1 };
    setup.span = crate::report::time::Span { from: first.plus_days(days).start(), until: last.plus_days(days).end() };
}

/// The preset a command names.
pub fn preset(code: &str) -> Option<Preset> {
    let name = code.strip_prefix("period-")?;
    crate::report::setup::preset_named(name)
}

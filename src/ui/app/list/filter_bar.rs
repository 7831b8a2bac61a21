//! The quick filters above a list: the period, a button or a field for each, what else narrows the list.

use super::filters::{Filters, Period, Picked, Quick};
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::moment::Date;
use crate::kernel::problems::Place;
use crate::kernel::value::{Type, Value};
use crate::report::time::{PRESETS, Preset};
use crate::text;
use crate::ui::editors::{Aid, Field};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::form::{self, RowLayout};
use crate::ui::widgets::menu::{self, MenuItem};
use crate::ui::{focus, fonts, paint};
use egui::{Align, Id, Response, Sense, Ui, vec2};

/// Width of a reference filter in points.
const REFERENCE: f32 = 190.0;
/// Width of a day in points.
const DAY: f32 = 104.0;

/// Draws the bar; true when something was changed. `enter` puts the focus on its first part.
pub fn filter_bar(
    ui: &mut Ui,
    id: Id,
    meta: &'static ObjectMeta,
    filters: &mut Filters,
    aid: &mut Aid<'_>,
    enter: bool,
) -> bool {
    let mut changed = false;
    if enter {
        focus::next(ui.ctx());
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::GAP_X, theme::GAP_Y);
        if let Some(period) = &mut filters.period {
            changed |= period_ui(ui, id, period, aid);
        }
        for quick in &mut filters.quick {
            if let Some(field) = meta.fields.get(quick.field) {
                changed |= quick_ui(ui, id, meta, field, quick, aid);
            }
        }
        let same = filters.same.as_ref().map(|(field, _, shown)| format!("{}: {shown}", meta.field_label(field)));
        if let Some(same) = same
            && chip(ui, &same)
        {
            filters.same = None;
            changed = true;
        }
        if filters.is_set() {
            let label = text!("filters-clear").show();
            let button = Button::icon(Icon::X, &label).look(Look::Flat).aside();
            if ui.add(button).on_hover_text(&label).clicked() {
                filters.clear();
                changed = true;
            }
        }
    });
    changed
}

/// A button takes the focus when it is its turn, as fields do.
fn claimed(response: Response) -> Response {
    focus::claim(&response.ctx, response.id);
    response
}

/// A thing that narrows the list and can be taken off.
fn chip(ui: &mut Ui, label: &str) -> bool {
    let words = text!("filter-off", what = label).show();
    let button = Button::new(label).with_icon(Some(Icon::X)).on(true);
    ui.add(button).on_hover_text(words).clicked()
}

fn period_ui(ui: &mut Ui, id: Id, period: &mut Period, aid: &mut Aid<'_>) -> bool {
    let range = text!("period-range").show();
    let said = match period {
        Period::Preset(preset) => preset.label(),
        Period::Days(..) => range.clone(),
    };
    let set = *period != Period::Preset(Preset::All);
    let label = text!("filter-button", what = text!("filter-period"), value = said).show();
    let response = claimed(ui.add(Button::new(&label).menu().on(set)));
    let mut items: Vec<MenuItem> = Vec::new();
    for (at, preset) in PRESETS.iter().enumerate() {
        items.push(MenuItem::new(at.to_string(), preset.label()).checked(*period == Period::Preset(*preset)));
    }
    let by_days = matches!(period, Period::Days(..));
    items.push(MenuItem::new("days", range).checked(by_days).divided());
    let mut changed = false;
    if let Some(code) = menu::under(&response, &items) {
        let chosen = code.parse::<usize>().ok().and_then(|at| PRESETS.get(at));
        *period = match (chosen, *period) {
            (Some(preset), _) => Period::Preset(*preset),
            (None, Period::Days(from, until)) => Period::Days(from, until),
            (None, Period::Preset(Preset::All)) => Period::Days(aid.today.month().first(), aid.today),
            (None, Period::Preset(preset)) => {
                let span = preset.span(aid.today);
                Period::Days(span.from.date(), span.until.date())
            }
        };
        changed = true;
    }
    if let Period::Days(from, until) = period {
        changed |= day_ui(ui, id.with("from"), &text!("period-first").show(), from, aid);
        changed |= day_ui(ui, id.with("until"), &text!("period-last").show(), until, aid);
    }
    changed
}

fn day_ui(ui: &mut Ui, id: Id, label: &str, day: &mut Date, aid: &mut Aid<'_>) -> bool {
    let field = Field::new(id, "period", label, Type::Date);
    let mut value = Value::Date(*day);
    let (rect, _) = ui.allocate_exact_size(vec2(DAY, CONTROL), Sense::hover());
    let edited = crate::ui::editors::edit(ui, rect, &field, &mut value, aid);
    if let Value::Date(typed) = value {
        *day = typed;
    }
    edited.response.on_hover_text(label);
    edited.changed
}

fn quick_ui(
    ui: &mut Ui,
    id: Id,
    meta: &'static ObjectMeta,
    declared: &'static FieldMeta,
    quick: &mut Quick,
    aid: &mut Aid<'_>,
) -> bool {
    let label = meta.field_label(declared);
    match &mut quick.picked {
        Picked::Reference(reference) => {
            let place = Place::Field(declared.name);
            let field = Field {
                owner: Some(meta),
                place: &place,
                hint: &text!("filter-any").show(),
                ..Field::new(id.with(declared.name), declared.name, &label, declared.kind)
            };
            let mut value = Value::Ref(*reference);
            let width = paint::width_of(ui, &label, fonts::text()).ceil() + 2.0;
            let layout = RowLayout { label: width, field: Some(REFERENCE) };
            let edited = ui.scope(|ui| form::row(ui, layout, &field, &mut value, aid)).inner;
            *reference = value.any_ref();
            edited.changed
        }
        Picked::Choice(choice, numbers) => {
            let chosen: Vec<String> = numbers.iter().map(|number| choice.label(*number)).collect();
            let said = match chosen.as_slice() {
                [] => text!("filter-any").show(),
                [one] => one.clone(),
                many => text!("filter-several", count = many.len()).show(),
            };
            let mut items = vec![MenuItem::new("all", text!("filter-any").show()).checked(numbers.is_empty())];
            for (at, (number, _, _)) in choice.items.iter().enumerate() {
                let item = MenuItem::new(number.to_string(), choice.label(*number)).checked(numbers.contains(number));
                items.push(if at == 0 { item.divided() } else { item });
            }
            let Some(code) = button_menu(ui, &label, &said, !numbers.is_empty(), &items) else { return false };
            match code.parse::<i64>() {
                Ok(number) if !numbers.remove(&number) => drop(numbers.insert(number)),
                Ok(_) => {}
                Err(_) => numbers.clear(),
            }
            true
        }
        Picked::Bool(flag) => {
            let named = |flag: Option<bool>| match flag {
                None => text!("filter-any"),
                Some(true) => text!("yes"),
                Some(false) => text!("no"),
            };
            let states = [("all", None), ("yes", Some(true)), ("no", Some(false))];
            let item = |(code, state): &(&'static str, Option<bool>)| {
                MenuItem::new(*code, named(*state).show()).checked(state == flag)
            };
            let items: Vec<MenuItem> = states.iter().map(item).collect();
            let said = named(*flag).show();
            let Some(code) = button_menu(ui, &label, &said, flag.is_some(), &items) else { return false };
            *flag = states.iter().find(|(known, _)| *known == code).and_then(|(_, state)| *state);
            true
        }
        Picked::Filled(only) => {
            let clicked = claimed(ui.add(Button::new(&label).on(*only))).clicked();
            *only ^= clicked;
            clicked
        }
    }
}

fn button_menu(ui: &mut Ui, what: &str, said: &str, set: bool, items: &[MenuItem]) -> Option<String> {
    let label = text!("filter-button", what = what, value = said).show();
    let response = claimed(ui.add(Button::new(&label).menu().on(set)));
    menu::under(&response, items)
}

/// Words above a list that is limited from outside.
pub fn limit_ui(ui: &mut Ui, words: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL - 4.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    paint::text(ui.painter(), rect, words, fonts::text(), theme::colors(ui).weak, Align::Min);
}

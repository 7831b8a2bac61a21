//! Fields of a form in two columns: labels of one width, several fields in a row where they belong together.

use super::draft::Draft;
use crate::kernel::behaviour::{At, Choices, KindOps};
use crate::kernel::meta::{FieldMeta, ObjectMeta};
use crate::kernel::problems::{Place, Problems};
use crate::kernel::value::{Type, Value};
use crate::ops::offers::beside;
use crate::text;
use crate::ui::app::layout::{FormLayout, RowLayout};
use crate::ui::editors::{self, Aid, Field, Limits};
use crate::ui::theme::{self, CONTROL, GAP_X};
use crate::ui::widgets::form;
use crate::ui::{fonts, paint};
use egui::{Align, Id, Rect, Sense, Ui, vec2};

/// The widest a line of text or a reference becomes, in points.
const WIDEST: f32 = 440.0;
/// Room between the two columns, in points.
const BETWEEN: f32 = 24.0;

/// The identity of a field or a table part of the form with this number.
pub fn id(form: u64, name: &str) -> Id {
    Id::unique(("form", form, name))
}

/// What a reference field of an object may be set to, by the object's own rules.
pub fn limit(kind: &dyn KindOps, draft: &Draft, field: &FieldMeta, limits: &mut Limits) {
    if matches!(field.kind, Type::Ref(_) | Type::AnyRef) {
        let object = draft.object.as_ref();
        let beside = beside(object, field.kind.target());
        limits.add(Place::Field(field.name), Choices { beside, ..kind.choices(object, At::Field(field.name)) });
    }
}

/// The fields of a form.
pub struct Fields<'a> {
    /// The number of the form.
    pub form: u64,
    /// The rules of the object.
    pub kind: &'static dyn KindOps,
    /// The object.
    pub draft: &'a mut Draft,
    /// What is wrong with it.
    pub problems: &'a mut Problems,
    /// What the form looks like.
    pub layout: &'a FormLayout,
    /// Nothing may be changed.
    pub read_only: bool,
}

impl Fields<'_> {
    fn meta(&self) -> &'static ObjectMeta {
        self.kind.meta()
    }

    /// The fields of a row that are to be seen now.
    fn seen(&self, row: &RowLayout) -> Vec<(usize, &'static FieldMeta)> {
        let meta = self.meta();
        let find = |name: &String| {
            let at = meta.field(name)?;
            meta.fields.get(at).map(|field| (at, field))
        };
        let object = self.draft.object.as_ref();
        let shown = |(_, field): &(usize, &FieldMeta)| shown(self.kind, object, field.name);
        row.fields().iter().filter_map(find).filter(shown).collect()
    }

    /// Limits of the reference fields in these rows.
    pub fn limits<'r>(&self, rows: impl Iterator<Item = &'r RowLayout>, limits: &mut Limits) {
        for (_, field) in rows.flat_map(|row| self.seen(row)) {
            limit(self.kind, self.draft, field, limits);
        }
    }

    /// Two columns of rows, side by side while there is room for both.
    pub fn two_columns(&mut self, ui: &mut Ui, left: &[RowLayout], right: &[RowLayout], aid: &mut Aid<'_>) {
        let room = ui.available_width();
        let top = ui.cursor().min;
        let half = if right.is_empty() || left.is_empty() { room } else { (room - BETWEEN) / 2.0 };
        let mut bottom = top.y;
        for (rows, x) in [(left, top.x), (right, top.x + if left.is_empty() { 0.0 } else { half + BETWEEN })] {
            if rows.is_empty() {
                continue;
            }
            let place = Rect::from_min_size(egui::pos2(x, top.y), vec2(half, ui.available_height()));
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(x.to_bits()));
            self.column(&mut child, rows, aid);
            bottom = bottom.max(child.min_rect().bottom());
        }
        ui.allocate_rect(Rect::from_min_max(top, egui::pos2(top.x + room, bottom)), Sense::hover());
    }

    fn column(&mut self, ui: &mut Ui, rows: &[RowLayout], aid: &mut Aid<'_>) {
        let seen: Vec<Vec<(usize, &'static FieldMeta)>> = rows.iter().map(|row| self.seen(row)).collect();
        let meta = self.meta();
        // A tick that has a row of its own has its words after it.
        let before = |row: &&Vec<(usize, &'static FieldMeta)>| {
            row.len() > 1 || !row.first().is_some_and(|(_, field)| matches!(field.kind, Type::Bool))
        };
        let labels: Vec<String> = seen
            .iter()
            .filter(before)
            .filter_map(|row| row.first())
            .map(|(_, field)| meta.field_label(field))
            .collect();
        let layout = form::RowLayout::of(ui, labels.iter().map(String::as_str));
        for row in seen.iter().filter(|row| !row.is_empty()) {
            match row.as_slice() {
                [one] => self.one(ui, layout, *one, aid),
                several => self.several(ui, layout, several, aid),
            }
        }
    }

    /// A row with one field.
    fn one(
        &mut self,
        ui: &mut Ui,
        layout: form::RowLayout,
        (at, field): (usize, &'static FieldMeta),
        aid: &mut Aid<'_>,
    ) {
        let wide = match field.kind {
            Type::Text if self.layout.lines.contains_key(field.name) => layout.wide(WIDEST + 160.0),
            Type::Text if matches!(field.name, "number" | "code") => layout.wide(120.0),
            Type::Text => layout.wide(WIDEST),
            Type::Ref(_) | Type::AnyRef => layout.wide(WIDEST),
            _ => layout,
        };
        self.with_field(at, field, |field, value| form::row(ui, wide, field, value, aid).changed);
    }

    /// A row with several fields: the label of the first one stands before all, the others have theirs between.
    fn several(
        &mut self,
        ui: &mut Ui,
        layout: form::RowLayout,
        fields: &[(usize, &'static FieldMeta)],
        aid: &mut Aid<'_>,
    ) {
        let room = (ui.available_width() - layout.label - GAP_X).max(80.0);
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
        let meta = self.meta();
        let words: Vec<String> = fields.iter().map(|(_, field)| between(meta, field)).collect();
        let gaps: f32 = words.iter().skip(1).map(|label| paint::width_of(ui, label, fonts::text()) + 3.0 * GAP_X).sum();
        let likes = |field: &FieldMeta| match field.name {
            "number" | "code" => 120.0,
            _ => editors::of(field.kind).width(field.kind).min(220.0),
        };
        let wanted: f32 = fields.iter().map(|(_, field)| likes(field)).sum();
        let scale = ((room.min(WIDEST + 60.0) - gaps) / wanted).min(1.0);
        let mut x = row.left() + layout.label + GAP_X;
        for (number, ((at, field), label)) in fields.iter().zip(&words).enumerate() {
            let width = (likes(field) * scale).floor();
            let own_label = if number == 0 {
                Rect::from_min_size(row.min, vec2(layout.label, CONTROL))
            } else {
                let wide = paint::width_of(ui, label, fonts::text()).ceil();
                x += GAP_X;
                let place = Rect::from_min_size(egui::pos2(x, row.top()), vec2(wide, CONTROL));
                x += wide + GAP_X;
                place
            };
            let place = Rect::from_min_size(egui::pos2(x, row.top()), vec2(width, CONTROL));
            x += width + GAP_X;
            let first = number == 0;
            self.with_field(*at, field, |field, value| {
                if first {
                    form::label_ui(ui, own_label, field, value.is_empty());
                } else {
                    paint::text(ui.painter(), own_label, label, fonts::text(), theme::colors(ui).weak, Align::Min);
                }
                editors::edit(ui, place, field, value, aid).changed
            });
        }
    }

    /// Draws one field by what `draw` does with it, and takes in what was changed.
    fn with_field(&mut self, at: usize, field: &'static FieldMeta, draw: impl FnOnce(&Field<'_>, &mut Value) -> bool) {
        let meta = self.meta();
        let place = Place::Field(field.name);
        let label = meta.field_label(field);
        let wrong = self.problems.0.iter().find(|problem| problem.place == place).map(|problem| problem.text.show());
        let computed = self.kind.computed().contains(&field.name);
        let fixed = self.layout.read_only.iter().any(|name| name == field.name);
        let shown = Field {
            owner: Some(meta),
            place: &place,
            required: field.required,
            read_only: self.read_only || computed || fixed,
            problem: wrong.as_deref(),
            rows: self.layout.lines.get(field.name).copied().unwrap_or(1),
            ..Field::new(id(self.form, field.name), field.name, &label, field.kind)
        };
        let mut value = self.draft.object.get(at);
        if draw(&shown, &mut value) && self.draft.set(at, value) {
            self.problems.0.retain(|problem| problem.place != place);
        }
    }
}

/// True when a field is to be seen: by the object's own rules, and a folder is only a name.
pub fn shown(kind: &dyn KindOps, object: &dyn crate::kernel::object::Object, field: &str) -> bool {
    let folder = object.by_name("folder") == Some(Value::Bool(true));
    kind.visible(object, field) && (!folder || matches!(field, "name" | "code" | "parent"))
}

/// The words before a field that is not the first in its row.
fn between(meta: &ObjectMeta, field: &FieldMeta) -> String {
    if field.name == "date" { text!("form-dated").show() } else { meta.field_label(field) }
}

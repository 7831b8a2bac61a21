//! Rows of a form: labels of one width at the left, fields on one line under each other.

use crate::kernel::value::{Type, Value};
use crate::ui::editors::{self, Aid, Edited, Field};
use crate::ui::theme::{self, CONTROL, GAP_X};
use crate::ui::{focus, fonts, paint};
use egui::{Align, Rect, Sense, Ui, Vec2, vec2};

/// Height of a line in a text of many lines, in points.
const LINE: f32 = 16.0;

/// How a row is laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowLayout {
    /// Width of the label in points; nought for a field without one.
    pub label: f32,
    /// Width of the field in points; `None` as its type likes it.
    pub field: Option<f32>,
}

impl RowLayout {
    /// Labels of one width for all these fields, each field as wide as its type likes.
    pub fn of<'a>(ui: &Ui, labels: impl IntoIterator<Item = &'a str>) -> Self {
        let widest = labels.into_iter().map(|label| paint::width_of(ui, label, fonts::text())).fold(0.0, f32::max);
        Self { label: widest.ceil() + 12.0, field: None }
    }
    /// With a field of this width.
    #[must_use]
    pub fn wide(self, width: f32) -> Self {
        Self { field: Some(width), ..self }
    }
    /// With a field up to the right edge.
    #[must_use]
    pub fn fill(self) -> Self {
        self.wide(f32::INFINITY)
    }
}

/// How high a field is in points.
pub fn height(field: &Field<'_>) -> f32 {
    if field.lines() { LINE * f32::from(u8::try_from(field.rows).unwrap_or(u8::MAX)) + 8.0 } else { CONTROL }
}

/// A row: the label and the field.
pub fn row(ui: &mut Ui, layout: RowLayout, field: &Field<'_>, value: &mut Value, aid: &mut Aid<'_>) -> Edited {
    let ticked = matches!(field.kind, Type::Bool);
    let gap = if layout.label > 0.0 { GAP_X } else { 0.0 };
    let room = (ui.available_width() - layout.label - gap).max(40.0);
    let label_width = paint::width_of(ui, field.label, fonts::text()).ceil();
    let own = if ticked { CONTROL + label_width } else { editors::of(field.kind).width(field.kind) };
    let width = layout.field.unwrap_or(own).min(room);
    let size = Vec2::new(layout.label + gap + width, height(field));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut place = rect;
    place.min.x += layout.label + gap;
    if !ticked {
        let label = Rect::from_min_size(rect.min, vec2(layout.label, CONTROL));
        label_ui(ui, label, field, value.is_empty());
        return editors::edit(ui, place, field, value, aid);
    }
    let edited = editors::edit(ui, place, field, value, aid);
    let mut words = place;
    words.min.x += CONTROL;
    let color = if field.read_only { theme::colors(ui).weak } else { theme::colors(ui).text };
    paint::text(ui.painter(), words, field.label, fonts::text(), color, Align::Min);
    edited
}

/// The label of a field. What must be filled in and is not has a red line below.
pub fn label_ui(ui: &Ui, rect: Rect, field: &Field<'_>, empty: bool) {
    let colors = theme::colors(ui);
    let galley = paint::line(ui.painter(), field.label, fonts::text(), colors.weak, rect.width());
    let at = paint::place(&galley, rect, Align::Min);
    let words = Rect::from_min_size(at, galley.size());
    let cut = galley.elided;
    ui.painter().galley(at, galley, colors.weak);
    if field.required && empty && !field.read_only {
        paint::across(ui.painter(), words, words.bottom() + 1.0, colors.danger);
    }
    let response = ui.interact(words, field.id.with("label"), Sense::CLICK);
    if response.clicked() && !field.read_only {
        focus::set(ui.ctx(), field.id);
    }
    if cut {
        response.on_hover_text(field.label);
    }
}

/// The title of a group of fields.
pub fn group_title(ui: &mut Ui, title: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, title));
    paint::text(ui.painter(), rect, title, fonts::bold(), theme::colors(ui).text, Align::Min);
}

/// A page's title.
pub fn page_title(ui: &mut Ui, title: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Heading, true, title));
    paint::text(ui.painter(), rect, title, fonts::title(), theme::colors(ui).text, Align::Min);
}

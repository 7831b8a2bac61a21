//! A box to type into: the frame of a field or of a cell, one line or several, the same everywhere.
//!
//! It knows nothing of values and leaves Enter to its host. The whole text is chosen when the focus comes
//! by the keyboard, so that typing replaces it.

use crate::ui::theme::{self, Palette, RADIUS, Role};
use crate::ui::{focus, fonts, paint, px};
use egui::text::{CCursor, CCursorRange, CharIndex};
use egui::{
    Align, Align2, Color32, Event, EventFilter, Frame, Id, Margin, Rect, Response, Sense, TextEdit, Ui, UiBuilder,
    WidgetInfo, vec2,
};

/// What surrounds the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frames {
    /// The frame of a field.
    #[default]
    Field,
    /// The live cell of a table part: fills it and stands out.
    Cell,
    /// None: the host paints.
    Bare,
}

/// A box to type into.
pub struct Entry<'a> {
    /// Its identity.
    pub id: Id,
    /// The accessible name.
    pub label: &'a str,
    /// The name for tests, empty for none.
    pub name: &'a str,
    /// Where it stands.
    pub rect: Rect,
    /// What is reserved at the right for buttons.
    pub aside: f32,
    /// Where the text stands.
    pub align: Align,
    /// Greyed words while empty.
    pub hint: &'a str,
    /// More than one line.
    pub lines: bool,
    /// Shown, not typed into.
    pub read_only: bool,
    /// Wrong: a red frame.
    pub wrong: bool,
    /// What surrounds the text.
    pub frames: Frames,
    /// The colour of the text.
    pub role: Role,
    /// Hide what is typed.
    pub secret: bool,
    /// Choose the whole text when the focus comes by the keyboard.
    pub selects: bool,
}

/// What happened in it.
pub struct Entered {
    /// The text field's own response.
    pub response: Response,
    /// It is in focus.
    pub focused: bool,
    /// The text was changed.
    pub changed: bool,
}

impl<'a> Entry<'a> {
    /// A plain field at a place.
    pub fn new(id: Id, label: &'a str, rect: Rect) -> Self {
        Self {
            id,
            label,
            name: "",
            rect,
            aside: 0.0,
            align: Align::Min,
            hint: "",
            lines: false,
            read_only: false,
            wrong: false,
            frames: Frames::Field,
            role: Role::Text,
            secret: false,
            selects: true,
        }
    }

    /// Draws it over a text.
    pub fn show(&self, ui: &mut Ui, text: &mut String) -> Entered {
        if !self.read_only && !self.frames.is_cell() {
            focus::claim(ui.ctx(), self.id);
        }
        let was_focused = focus::on(ui.ctx(), self.id);
        self.paint_frame(ui, was_focused);
        let response = if self.read_only { self.read_only_text(ui, text) } else { self.edit(ui, text) };
        let focused = focus::on(ui.ctx(), self.id);
        if focused && response.changed() {
            focus::typed(ui.ctx(), self.id);
        }
        // One letter must not replace a text of many lines.
        if self.selects
            && !self.lines
            && focused
            && response.gained_focus()
            && !ui.input(|input| input.pointer.any_down())
        {
            select_all(ui, self.id, text);
        }
        self.name_it(ui);
        Entered { focused, changed: response.changed(), response }
    }

    fn name_it(&self, ui: &Ui) {
        ui.ctx().accesskit_node_builder(self.id, |node| {
            node.set_label(self.label);
            if !self.name.is_empty() {
                node.set_author_id(self.name);
            }
        });
    }

    /// Paints the frame alone; [`Entry::show`] does it by itself.
    pub fn paint_frame(&self, ui: &Ui, focused: bool) {
        let colors = theme::colors(ui);
        let hovered = ui.rect_contains_pointer(self.rect) && ui.is_enabled();
        let painter = ui.painter();
        let (line, thick) = frame_line(colors, self.wrong, focused, hovered && !self.read_only);
        match self.frames {
            Frames::Bare => {}
            Frames::Cell => {
                painter.rect_filled(self.rect, 0.0, colors.cell_current);
                paint::frame(painter, self.rect, 0, line, 2.0);
            }
            Frames::Field => {
                let fill = if self.read_only { colors.field_read_only } else { colors.field };
                painter.rect_filled(self.rect, RADIUS, fill);
                paint::frame(painter, self.rect, RADIUS, line, thick);
            }
        }
    }

    fn inner(&self) -> Rect {
        let pad = if self.frames == Frames::Field { 7.0 } else { theme::CELL_PAD };
        let mut inner = self.rect.shrink2(vec2(pad, if self.lines { 3.0 } else { 0.0 }));
        inner.max.x -= self.aside;
        inner
    }

    fn edit(&self, ui: &mut Ui, text: &mut String) -> Response {
        let colors = theme::colors(ui);
        let inner = self.inner();
        let across = self.align;
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(self.id));
        child.spacing_mut().interact_size.y = 0.0;
        child.set_clip_rect(child.clip_rect().intersect(inner.expand2(vec2(2.0, 0.0))));
        let edit = if self.lines { TextEdit::multiline(text) } else { TextEdit::singleline(text).return_key(None) };
        let rows = px::count(inner.height() / 16.0).max(1);
        let edit = edit
            .id(self.id)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .font(fonts::text())
            .text_color(colors.role(self.role))
            .hint_text(self.hint)
            .password(self.secret)
            .desired_width(inner.width())
            .desired_rows(rows)
            .event_filter(EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                tab: self.frames.is_cell(),
                // Esc closes a list, gives up a cell or closes the form; the focus is not its business.
                escape: true,
            });
        let edit = if self.lines {
            edit.align(Align2([across, Align::Min]))
        } else {
            edit.align(Align2([across, Align::Center])).min_size(vec2(inner.width(), inner.height()))
        };
        child.add(edit)
    }

    /// Text that cannot be typed into is no stop on the way through the form; clicked, it can be copied.
    fn read_only_text(&self, ui: &mut Ui, text: &str) -> Response {
        let response = ui.interact(self.rect, self.id, focus::aside(ui.ctx(), self.id, Sense::CLICK));
        response.widget_info(|| WidgetInfo::text_edit(false, text, text, self.hint));
        ui.ctx().accesskit_node_builder(self.id, |node| node.set_read_only());
        if response.clicked() {
            focus::set(ui.ctx(), self.id);
        }
        if focus::on(ui.ctx(), self.id) && ui.input(|input| input.events.contains(&Event::Copy)) {
            ui.ctx().copy_text(text.to_owned());
        }
        let color = theme::colors(ui).role(self.role);
        let painter = ui.painter_at(self.inner());
        if self.lines {
            let galley = painter.layout(text.to_owned(), fonts::text(), color, self.inner().width());
            painter.galley(px::whole(self.inner().min), galley, color);
            return response;
        }
        let cut = paint::text(&painter, self.inner(), text, fonts::text(), color, self.align);
        if cut { response.on_hover_text(text) } else { response }
    }
}

impl Frames {
    const fn is_cell(self) -> bool {
        matches!(self, Frames::Cell)
    }
}

/// The colour and thickness of a field's frame.
pub fn frame_line(colors: &Palette, wrong: bool, focused: bool, hovered: bool) -> (Color32, f32) {
    match (wrong, focused, hovered) {
        (true, true, _) => (colors.danger, 2.0),
        (true, false, _) => (colors.danger, 1.0),
        (_, true, _) => (colors.accent_line, 2.0),
        (_, _, true) => (colors.field_line_hover, 1.0),
        _ => (colors.field_line, 1.0),
    }
}

/// Chooses the whole text, so that typing replaces it.
pub fn select_all(ui: &Ui, id: Id, text: &str) {
    select(ui, id, 0, text.chars().count());
}

/// Puts the cursor at the end.
pub fn cursor_to_end(ui: &Ui, id: Id, text: &str) {
    let end = text.chars().count();
    select(ui, id, end, end);
}

/// Chooses a part of the text, by letters.
pub fn select(ui: &Ui, id: Id, from: usize, to: usize) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(CharIndex(from)), CCursor::new(CharIndex(to)));
    state.cursor.set_char_range(Some(range));
    TextEdit::store_state(ui.ctx(), id, state);
}

//! Buttons: the main one in the accent colour, ordinary ones, flat ones of toolbars, links.

use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL, Palette, RADIUS};
use crate::ui::{fonts, paint, px};
use egui::accesskit::Role;
use egui::{Align, Color32, CursorIcon, Rect, Response, Sense, Ui, Widget, WidgetInfo, vec2};

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing usually done here; one on a page.
    Main,
    /// Framed.
    #[default]
    Ordinary,
    /// Without a frame until pointed at.
    Flat,
}

/// A button.
pub struct Button<'a> {
    label: &'a str,
    icon: Option<Icon>,
    look: Look,
    menu: bool,
    words: bool,
    on: bool,
    enabled: bool,
    in_tab_order: bool,
    min_width: f32,
}

impl<'a> Button<'a> {
    /// An ordinary button with words on it.
    pub fn new(label: &'a str) -> Self {
        Self {
            label,
            icon: None,
            look: Look::Ordinary,
            menu: false,
            words: true,
            on: false,
            enabled: true,
            in_tab_order: true,
            min_width: 0.0,
        }
    }
    /// A button with an icon alone; the label is for the tooltip and the screen reader.
    pub fn icon(icon: Icon, label: &'a str) -> Self {
        Self { icon: Some(icon), words: false, ..Self::new(label) }
    }
    /// With an icon before the words.
    #[must_use]
    pub fn with_icon(mut self, icon: Option<Icon>) -> Self {
        self.icon = icon;
        self
    }
    /// Sets the look.
    #[must_use]
    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }
    /// Opens a menu: an arrow after the words.
    #[must_use]
    pub fn menu(mut self) -> Self {
        self.menu = true;
        self
    }
    /// Shown as pressed.
    #[must_use]
    pub fn on(mut self, on: bool) -> Self {
        self.on = on;
        self
    }
    /// Can be pressed.
    #[must_use]
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }
    /// Left out of the Tab order: reached by a key of its own.
    #[must_use]
    pub fn aside(mut self) -> Self {
        self.in_tab_order = false;
        self
    }
    /// At least so wide.
    #[must_use]
    pub fn wide(mut self, width: f32) -> Self {
        self.min_width = width;
        self
    }

    /// How wide it will be in points.
    pub fn width(&self, ui: &Ui) -> f32 {
        let words = if self.words { paint::width_of(ui, self.label, fonts::text()).ceil() } else { 0.0 };
        let icon = if self.icon.is_some() { ICON } else { 0.0 };
        let between = if self.icon.is_some() && self.words { 6.0 } else { 0.0 };
        let arrow = if self.menu { 16.0 } else { 0.0 };
        let pad = if self.words { 10.0 } else { 4.0 };
        (words + icon + between + arrow + 2.0 * pad).max(self.min_width).max(CONTROL)
    }

    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) {
        let colors = theme::colors(ui);
        let (fill, line, text) = self.colors(colors, response);
        let painter = ui.painter();
        painter.rect(rect, RADIUS, fill, egui::Stroke::new(1.0, line), egui::StrokeKind::Inside);
        if response.has_focus() {
            paint::frame(painter, rect.expand(1.0), RADIUS + 1, colors.accent_line, 2.0);
        }
        if !self.words {
            if let Some(icon) = self.icon {
                paint::icon(painter, rect.center(), icon, ICON, text);
            }
            return;
        }
        let mut inner = rect.shrink2(vec2(10.0, 0.0));
        if self.menu {
            paint::icon(painter, inner.right_center() - vec2(5.0, 0.0), Icon::CaretDown, 11.0, text);
            inner.max.x -= 16.0;
        }
        if let Some(icon) = self.icon {
            paint::icon(painter, inner.left_center() + vec2(ICON / 2.0, 0.0), icon, ICON, text);
            inner.min.x += ICON + 6.0;
        }
        paint::text(painter, inner, self.label, fonts::text(), text, Align::Center);
    }

    fn colors(&self, colors: &Palette, response: &Response) -> (Color32, Color32, Color32) {
        let down = self.on || response.is_pointer_button_down_on();
        let hovered = response.hovered() && self.enabled;
        match self.look {
            _ if !self.enabled => {
                let line = if self.look == Look::Flat { Color32::TRANSPARENT } else { colors.chrome_line };
                (Color32::TRANSPARENT, line, colors.disabled)
            }
            Look::Main if down => (colors.accent_down, colors.accent_down, colors.on_accent),
            Look::Main if hovered => (colors.accent_hover, colors.accent_line, colors.on_accent),
            Look::Main => (colors.accent, colors.accent_down, colors.on_accent),
            Look::Ordinary if down => (colors.button_down, colors.field_line_hover, colors.text),
            Look::Ordinary if hovered => (colors.button_hover, colors.field_line_hover, colors.text),
            Look::Ordinary => (colors.button, colors.field_line, colors.text),
            Look::Flat if down => (colors.button_down, Color32::TRANSPARENT, colors.text),
            Look::Flat if hovered => (colors.button_hover, Color32::TRANSPARENT, colors.text),
            Look::Flat => (Color32::TRANSPARENT, Color32::TRANSPARENT, colors.text),
        }
    }
}

/// Size of an icon on a button in points.
const ICON: f32 = 16.0;

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.enabled && ui.is_enabled();
        let sense = match (enabled, self.in_tab_order) {
            (false, _) => Sense::hover(),
            (true, true) => Sense::click(),
            (true, false) => Sense::CLICK,
        };
        let (rect, response) = ui.allocate_exact_size(vec2(self.width(ui), CONTROL), sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, self.label));
        if ui.is_rect_visible(rect) {
            Button { enabled, ..self }.paint(ui, rect, &response);
        }
        response
    }
}

/// Words that can be clicked: underlined when pointed at.
pub fn link(ui: &mut Ui, label: &str) -> Response {
    let color = theme::colors(ui).note;
    let galley = ui.painter().layout_no_wrap(label.to_owned(), fonts::text(), color);
    let size = vec2(galley.size().x, galley.size().y.max(18.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, label));
    ui.painter().galley(px::whole(paint::place(&galley, rect, Align::Min)), galley, color);
    if response.hovered() || response.has_focus() {
        paint::across(ui.painter(), rect, rect.bottom() - 2.0, color);
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    response
}

/// A line between groups of buttons.
pub fn divider(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(5.0, CONTROL), Sense::hover());
    paint::down(ui.painter(), rect.shrink2(vec2(0.0, 3.0)), rect.center().x.round(), theme::colors(ui).chrome_line);
}

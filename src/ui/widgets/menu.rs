//! Menus: rows of commands with their keys at the right, steered by arrows.

use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL};
use crate::ui::{fonts, paint};
use egui::accesskit::Role;
use egui::{Align, Id, Key, Popup, PopupAnchor, PopupCloseBehavior, RectAlign, Response, Sense, Ui, WidgetInfo, vec2};
use std::borrow::Cow;

/// A line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuItem {
    /// What is asked for when it is chosen.
    pub code: Cow<'static, str>,
    /// What it says.
    pub label: String,
    /// Its keys.
    pub keys: String,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Can be chosen.
    pub enabled: bool,
    /// A tick before it.
    pub checked: bool,
    /// A line above it.
    pub divided: bool,
}

impl MenuItem {
    /// An item of its own.
    pub fn new(code: impl Into<Cow<'static, str>>, label: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            label: label.into(),
            keys: String::new(),
            icon: None,
            enabled: true,
            checked: false,
            divided: false,
        }
    }
    /// A command.
    pub fn of(command: &Command, facts: Facts) -> Self {
        Self {
            keys: command.keys.first().map(|key| key.show()).unwrap_or_default(),
            icon: command.icon,
            enabled: command.available(facts),
            ..Self::new(command.code.clone(), command.label.show())
        }
    }
    /// With a tick.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }
    /// With a line above.
    #[must_use]
    pub fn divided(mut self) -> Self {
        self.divided = true;
        self
    }
    /// With an icon.
    #[must_use]
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }
}

/// Shows a menu under a button while it is open; gives the code of the chosen item.
pub fn under(button: &Response, items: &[MenuItem]) -> Option<String> {
    let popup = Popup::menu(button).gap(2.0).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    show(popup, items)
}

/// Shows the menu of a list or a grid at a place while it is open; gives the code of the chosen item.
pub fn at(ui: &Ui, id: Id, place: egui::Pos2, items: &[MenuItem]) -> Option<String> {
    let popup = Popup::new(id, ui.ctx().clone(), PopupAnchor::Position(place), ui.layer_id())
        .kind(egui::PopupKind::Menu)
        .align(RectAlign::BOTTOM_START)
        .open_memory(None)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    show(popup, items)
}

/// Opens the menu shown by [`at`].
pub fn open(ui: &Ui, id: Id) {
    Popup::open_id(ui.ctx(), id);
}

/// The menu of a row, opened by the right button at the pointer or by a key at the row.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowMenu {
    place: egui::Pos2,
}

impl RowMenu {
    /// Opens it where the pointer is, or at the row when a key was pressed.
    pub fn open(&mut self, ui: &Ui, id: Id, pointer: Option<egui::Pos2>, row: Option<egui::Rect>) {
        let below = |row: egui::Rect| row.left_bottom() + vec2(40.0, 0.0);
        self.place = pointer.or(row.map(below)).unwrap_or(ui.max_rect().center());
        open(ui, id);
    }

    /// Shows it while it is open; gives the code of the chosen item.
    pub fn show(&self, ui: &Ui, id: Id, items: &[MenuItem]) -> Option<String> {
        at(ui, id, self.place, items)
    }
}

/// What an open menu remembers.
#[derive(Clone, Copy, Default)]
struct Kept {
    /// What had the focus before, to get it back.
    before: Option<Id>,
    /// The first line was given the focus.
    entered: bool,
}

fn show(popup: Popup<'_>, items: &[MenuItem]) -> Option<String> {
    let ctx = popup.ctx().clone();
    let key = popup.get_id().with("kept by menu");
    let known = ctx.data(|data| data.get_temp::<Kept>(key));
    let before = ctx.memory(|memory| memory.focused());
    let mut kept = known.unwrap_or(Kept { before, entered: false });
    let width = 40.0 + widest(&ctx, items);
    let shown = popup.width(width).show(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut enter = crate::ui::focus::begins(ui, &mut kept.entered);
        let mut chosen = None;
        for (at, item) in items.iter().enumerate() {
            if item.divided && at > 0 {
                let (rect, _) = ui.allocate_exact_size(vec2(width, 7.0), Sense::hover());
                paint::across(ui.painter(), rect, rect.center().y.round(), theme::colors(ui).chrome_line);
            }
            let response = row(ui, item, width);
            // The arrows begin at the first line that can be chosen.
            if item.enabled && std::mem::take(&mut enter) {
                response.request_focus();
            }
            if response.clicked() {
                chosen = Some(item.code.to_string());
            }
        }
        if chosen.is_some() {
            // Whoever gets the focus back must not take the same key again.
            ui.input_mut(|input| keys::ENTER.take(input) || Chord::plain(Key::Space).take(input));
            ui.close();
        }
        chosen
    });
    let open = shown.as_ref().is_some_and(|shown| !shown.response.should_close());
    if open {
        ctx.data_mut(|data| data.insert_temp(key, kept));
    } else if let Some(kept) = known {
        ctx.data_mut(|data| data.remove::<Kept>(key));
        kept.before.into_iter().for_each(|before| crate::ui::focus::set(&ctx, before));
    }
    shown.and_then(|shown| shown.inner)
}

fn widest(ctx: &egui::Context, items: &[MenuItem]) -> f32 {
    let measure = |text: &str| {
        let galley =
            ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), fonts::text(), egui::Color32::PLACEHOLDER));
        galley.size().x
    };
    let label = items.iter().map(|item| measure(&item.label)).fold(120.0, f32::max);
    let keys = items.iter().map(|item| measure(&item.keys)).fold(0.0, f32::max);
    (label + if keys > 0.0 { keys + 28.0 } else { 0.0 }).ceil()
}

fn row(ui: &mut Ui, item: &MenuItem, width: f32) -> Response {
    let colors = theme::colors(ui);
    let sense = if item.enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(width, CONTROL), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, item.enabled, &item.label));
    let painter = ui.painter();
    if item.enabled && (response.has_focus() || response.hovered()) {
        painter.rect_filled(rect, theme::RADIUS, if response.has_focus() { colors.row_current } else { colors.hover });
    }
    let text = if item.enabled { colors.text } else { colors.disabled };
    let icon = if item.checked { Some(Icon::Check) } else { item.icon };
    if let Some(icon) = icon {
        let color = if item.enabled { colors.weak } else { colors.disabled };
        paint::icon(painter, rect.left_center() + vec2(14.0, 0.0), icon, 15.0, color);
    }
    let mut inner = rect.shrink2(vec2(8.0, 0.0));
    inner.min.x += 20.0;
    paint::text(painter, inner, &item.label, fonts::text(), text, Align::Min);
    paint::text(painter, inner, &item.keys, fonts::text(), colors.weak, Align::Max);
    response
}

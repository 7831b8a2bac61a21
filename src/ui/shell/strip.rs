//! The strip of open pages, with the tools of the window at its right end.

use super::Opened;
use crate::text;
use crate::ui::commands::standard;
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::menu::{self, MenuItem};
use crate::ui::{fonts, paint, px};
use egui::accesskit::Role;
use egui::{Align, Id, PointerButton, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Height of the strip in points.
pub const HEIGHT: f32 = 34.0;
/// The narrowest tab in points.
const NARROW: f32 = 110.0;
/// The widest tab in points.
const WIDE: f32 = 240.0;
/// The tools at the right end.
const TOOLS: [&str; 4] = ["palette", "calculator", "theme", "key-sheet"];

/// What was asked by the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing.
    Nothing,
    /// Bring a tab to the front.
    Bring(usize),
    /// Close a tab.
    Close(usize),
    /// Carry out a command of the window.
    Command(&'static str),
}

/// Draws the strip.
pub fn show(ui: &mut Ui, tabs: &[Opened], front: usize) -> Asked {
    let colors = theme::colors(ui);
    let room = ui.available_rect_before_wrap();
    paint::across(ui.painter(), room, room.bottom() - 1.0, colors.chrome_line);
    let tools = (CONTROL + 2.0) * px::length(TOOLS.len()) + 12.0;
    let list = CONTROL + 6.0;
    let width = room.width() - tools - list;
    let widths = widths(ui, tabs, width);
    let mut asked = Asked::Nothing;
    let mut left = room.left() + 8.0;
    // The tab in front is always seen: those before it make room.
    let skipped = skipped(&widths, front, width - 8.0);
    for (at, tab) in tabs.iter().enumerate().skip(skipped) {
        let width = widths.get(at).copied().unwrap_or(NARROW);
        if left + width > room.left() + room.width() - tools - list + 1.0 {
            break;
        }
        let rect = px::rect(left, room.top() + 4.0, width, HEIGHT - 4.0);
        match tab_ui(ui, tab, at == front, rect) {
            Some(true) => asked = Asked::Close(at),
            Some(false) => asked = Asked::Bring(at),
            None => {}
        }
        left += width;
    }
    let rest = Rect::from_min_max(pos2(room.right() - tools - list, room.top() + 5.0), room.max);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rest));
    child.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        if let Some(other) = list_ui(ui, tabs, front).or_else(|| tools_ui(ui)) {
            asked = other;
        }
    });
    asked
}

fn title(tab: &Opened) -> String {
    // The mark of unsaved changes is where the eye looks for it: before the title.
    if tab.page.modified() { format!("* {}", tab.page.title()) } else { tab.page.title() }
}

fn widths(ui: &Ui, tabs: &[Opened], room: f32) -> Vec<f32> {
    let own = |tab: &Opened| {
        let icon = if tab.page.icon().is_some() { 20.0 } else { 0.0 };
        let cross = if tab.page.pinned() { 0.0 } else { 20.0 };
        (paint::width_of(ui, &title(tab), fonts::text()).ceil() + icon + cross + 22.0).clamp(60.0, WIDE)
    };
    let wanted: Vec<f32> = tabs.iter().map(own).collect();
    let total: f32 = wanted.iter().sum();
    if total <= room {
        return wanted;
    }
    wanted.into_iter().map(|width| (width * room / total).floor().max(NARROW.min(width))).collect()
}

fn skipped(widths: &[f32], front: usize, room: f32) -> usize {
    let mut first = 0;
    let sum = |from: usize| widths.get(from..=front).unwrap_or_default().iter().sum::<f32>();
    while first < front && sum(first) > room {
        first += 1;
    }
    first
}

/// `Some(true)` to close, `Some(false)` to bring to the front.
fn tab_ui(ui: &Ui, tab: &Opened, front: bool, rect: Rect) -> Option<bool> {
    let colors = theme::colors(ui);
    let id = Id::unique(("tab", tab.number));
    let words = title(tab);
    let response = ui.interact(rect, id, Sense::CLICK);
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, front, &words));
    let painter = ui.painter();
    if front {
        painter.rect_filled(rect, 0.0, colors.page);
        painter.rect_filled(px::rect(rect.left(), rect.top(), rect.width(), 3.0), 0.0, colors.accent);
        paint::down(painter, rect, rect.left(), colors.chrome_line);
        paint::down(painter, rect, rect.right() - 1.0, colors.chrome_line);
    } else if response.hovered() {
        painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), 0.0, colors.hover);
    }
    let color = if front || response.hovered() { colors.text } else { colors.weak };
    let mut inner = rect.shrink2(vec2(10.0, 0.0));
    inner.min.y += 2.0;
    if let Some(icon) = tab.page.icon() {
        paint::icon(painter, inner.left_center() + vec2(7.0, 0.0), icon, 15.0, colors.weak);
        inner.min.x += 20.0;
    }
    let closable = !tab.page.pinned();
    if closable {
        inner.max.x -= 16.0;
    }
    let cut = paint::text(painter, inner, &words, fonts::text(), color, Align::Min);
    if closable && cross_ui(ui, id, rect, front || response.hovered()) {
        return Some(true);
    }
    let middle = response.clicked_by(PointerButton::Middle);
    let clicked = response.clicked();
    if cut {
        response.on_hover_text(words);
    }
    if middle && closable { Some(true) } else { clicked.then_some(false) }
}

fn cross_ui(ui: &Ui, tab: Id, rect: Rect, seen: bool) -> bool {
    let colors = theme::colors(ui);
    let place = Rect::from_center_size(pos2(rect.right() - 14.0, rect.center().y + 1.0), vec2(18.0, 18.0));
    let words = text!("cmd-close").show();
    let response = ui.interact(place, tab.with("close"), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    if response.hovered() {
        ui.painter().rect_filled(place, 2.0, colors.button_down);
    }
    if seen || response.hovered() {
        let color = if response.hovered() { colors.text } else { colors.weak };
        paint::icon(ui.painter(), place.center(), Icon::X, 11.0, color);
    }
    let clicked = response.clicked();
    response.on_hover_text(standard::by_code("close").map(|command| command.tooltip()).unwrap_or(words));
    clicked
}

/// All open pages in a menu: the strip may be too short for them.
fn list_ui(ui: &mut Ui, tabs: &[Opened], front: usize) -> Option<Asked> {
    let words = text!("strip-all").show();
    let button = ui.add(Button::icon(Icon::CaretDown, &words).look(Look::Flat).aside()).on_hover_text(&words);
    let items: Vec<MenuItem> = tabs
        .iter()
        .enumerate()
        .map(|(at, tab)| MenuItem::new(at.to_string(), title(tab)).checked(at == front))
        .collect();
    menu::under(&button, &items).and_then(|chosen| chosen.parse().ok()).map(Asked::Bring)
}

fn tools_ui(ui: &mut Ui) -> Option<Asked> {
    let mut asked = None;
    for code in TOOLS {
        let Some(command) = standard::by_code(code) else { continue };
        let icon = command.icon.unwrap_or(super::sections::PAGE);
        let label = command.label.show();
        let button = Button::icon(icon, &label).look(Look::Flat).aside();
        if ui.add(button).on_hover_text(command.tooltip()).clicked() {
            asked = Some(Asked::Command(code));
        }
    }
    asked
}

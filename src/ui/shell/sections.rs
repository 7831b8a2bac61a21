//! The sections at the left edge, and the links of a section beside it.

use super::host::{Link, Section};
use crate::text;
use crate::ui::commands::{Chord, keys};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL};
use crate::ui::{focus, fonts, paint, px};
use egui::accesskit::Role;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align, Area, Context, EventFilter, Frame, Id, Key, Order, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// Width of the bar in points.
pub const WIDTH: f32 = 92.0;
/// Height of a section in points.
const ITEM: f32 = 62.0;
/// Width of a column of links in points.
const COLUMN: f32 = 250.0;

/// Keys of the first nine sections.
const NUMBERS: [Key; 9] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// Which section is open.
#[derive(Debug, Default)]
pub struct Sections {
    open: Option<usize>,
    last: usize,
    selected: usize,
    drawn: bool,
    /// The right edge of the bar.
    right: f32,
}

/// The identity of the bar.
pub fn id() -> Id {
    Id::unique("sections bar")
}

fn flyout_id() -> Id {
    Id::unique("section links")
}

impl Sections {
    /// True while the links of a section are shown.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Alt with a number opens a section.
    pub fn take_keys(&mut self, ctx: &Context, count: usize) {
        let pressed = NUMBERS.iter().take(count).position(|key| ctx.input_mut(|input| Chord::alt(*key).take(input)));
        if let Some(at) = pressed {
            self.show(at);
        }
    }

    fn show(&mut self, at: usize) {
        self.open = Some(at);
        self.last = at;
        self.selected = 0;
        self.drawn = false;
    }

    /// Draws the bar.
    pub fn bar_ui(&mut self, ui: &mut Ui, sections: &[Section]) {
        let room = ui.available_rect_before_wrap();
        self.right = room.right();
        let response = ui.interact(room, id(), focus::aside(ui.ctx(), id(), Sense::hover()));
        response.widget_info(|| WidgetInfo::labeled(Role::Navigation, true, text!("sections").show()));
        let focused = focus::on(ui.ctx(), id());
        if focused {
            self.bar_keys(ui, sections.len());
        }
        for (at, section) in sections.iter().enumerate() {
            let rect = px::rect(room.left(), room.top() + 6.0 + ITEM * px::length(at), room.width(), ITEM);
            self.item_ui(ui, at, section, rect, focused && at == self.last);
        }
    }

    fn bar_keys(&mut self, ui: &Ui, count: usize) {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
        let times = |chord: Chord| ui.input_mut(|input| chord.times(input));
        let down = times(Chord::plain(Key::ArrowDown));
        let up = times(Chord::plain(Key::ArrowUp));
        self.last = (self.last + down).min(count.saturating_sub(1)).saturating_sub(up);
        if times(keys::ENTER) + times(Chord::plain(Key::ArrowRight)) > 0 {
            self.show(self.last);
        }
    }

    fn item_ui(&mut self, ui: &Ui, at: usize, section: &Section, rect: Rect, focused: bool) {
        let colors = theme::colors(ui);
        let open = self.open == Some(at);
        let response = ui.interact(rect, id().with(at), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &section.title));
        let painter = ui.painter();
        if open {
            painter.rect_filled(rect, 0.0, colors.sections_active);
            painter.rect_filled(px::rect(rect.left(), rect.top(), 3.0, rect.height()), 0.0, colors.accent);
        } else if response.hovered() || focused {
            painter.rect_filled(rect, 0.0, colors.sections_hover);
        }
        if focused {
            paint::frame(painter, rect.shrink(1.0), 2, colors.accent, 1.0);
        }
        let middle = pos2(rect.center().x, rect.top() + 21.0);
        paint::icon(painter, middle, section.icon, 22.0, colors.sections_text);
        let mut job =
            LayoutJob::single_section(section.title.clone(), TextFormat::simple(fonts::small(), colors.sections_text));
        job.halign = Align::Center;
        job.wrap = TextWrapping { max_width: rect.width() - 8.0, max_rows: 2, ..TextWrapping::default() };
        let galley = painter.layout_job(job);
        painter.galley(px::whole(pos2(rect.center().x, rect.top() + 34.0)), galley, colors.sections_text);
        if response.clicked() {
            if open { self.open = None } else { self.show(at) }
        }
        if let Some(key) = NUMBERS.get(at) {
            response.on_hover_text(format!("{} ({})", section.title, Chord::alt(*key).show()));
        }
    }

    /// Draws the links of the open section; gives the code of the chosen one.
    pub fn flyout_ui(&mut self, ctx: &Context, sections: &[Section]) -> Option<String> {
        let section = sections.get(self.open?)?;
        let screen = ctx.content_rect();
        let columns = columns_of(section, screen.height());
        let width = (COLUMN * px::length(columns.len()) + 30.0).min(screen.width() - self.right);
        let area = Area::new(flyout_id().with("area")).order(Order::Foreground).fixed_pos(pos2(self.right, 0.0));
        let shown = area
            .default_size(vec2(width, screen.height()))
            .show(ctx, |ui| self.links_ui(ui, section, &columns, vec2(width, screen.height())));
        let chosen = shown.inner;
        let outside = ctx.input(|input| {
            let at = input.pointer.interact_pos();
            input.pointer.any_pressed() && at.is_some_and(|at| !shown.response.rect.contains(at) && at.x > self.right)
        });
        if chosen.is_some() || outside {
            self.open = None;
        }
        chosen
    }

    /// Takes the keys of the open links before anything else is drawn: a page behind them that has just come
    /// to the front may have the focus, and the keys are not meant for it. Gives the code of the chosen link.
    pub fn flyout_keys(&mut self, ctx: &Context, sections: &[Section]) -> Option<String> {
        let section = sections.get(self.open?)?;
        let links: Vec<&Link> = section.groups.iter().flat_map(|group| &group.links).collect();
        if self.drawn && !focus::on(ctx, flyout_id()) {
            focus::set(ctx, flyout_id());
        }
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, escape: true, tab: true };
        ctx.memory_mut(|memory| memory.set_focus_lock_filter(flyout_id(), filter));
        let times = |key: Key| ctx.input_mut(|input| Chord::plain(key).times(input));
        let down = times(Key::ArrowDown) + times(Key::Tab);
        self.selected = (self.selected + down).min(links.len().saturating_sub(1)).saturating_sub(times(Key::ArrowUp));
        if times(Key::Escape) > 0 {
            self.open = None;
        }
        let chosen = if times(Key::Enter) > 0 { links.get(self.selected).map(|link| link.code.clone()) } else { None };
        if chosen.is_some() {
            self.open = None;
        }
        chosen
    }

    fn links_ui(&mut self, ui: &mut Ui, section: &Section, columns: &[Vec<usize>], size: egui::Vec2) -> Option<String> {
        let colors = theme::colors(ui);
        let (room, response) = ui.allocate_exact_size(size, Sense::CLICK);
        if focus::begins(ui, &mut self.drawn) {
            focus::set(ui.ctx(), flyout_id());
        }
        ui.interact(room, flyout_id(), focus::aside(ui.ctx(), flyout_id(), Sense::hover()));
        response.widget_info(|| WidgetInfo::labeled(Role::Menu, true, &section.title));
        let frame = Frame::new().fill(colors.popup).stroke(Stroke::new(1.0, colors.chrome_line));
        ui.painter().add(frame.shadow(ui.style().visuals.popup_shadow).paint(room));
        let title = px::rect(room.left() + 20.0, room.top() + 12.0, room.width() - 30.0, 26.0);
        paint::text(ui.painter(), title, &section.title, fonts::title(), colors.text, Align::Min);
        let mut chosen = None;
        let mut number = 0;
        for (at, groups) in columns.iter().enumerate() {
            let mut top = room.top() + 50.0;
            let left = room.left() + 20.0 + COLUMN * px::length(at);
            for group in groups.iter().filter_map(|group| section.groups.get(*group)) {
                if !group.title.is_empty() {
                    let rect = px::rect(left, top, COLUMN - 16.0, CONTROL);
                    paint::text(ui.painter(), rect, &group.title, fonts::bold(), colors.weak, Align::Min);
                    top += CONTROL;
                }
                for link in &group.links {
                    let rect = px::rect(left - 8.0, top, COLUMN - 8.0, CONTROL);
                    if self.link_ui(ui, link, number, rect) {
                        chosen = Some(link.code.clone());
                    }
                    number += 1;
                    top += CONTROL;
                }
                top += 10.0;
            }
        }
        chosen
    }

    fn link_ui(&mut self, ui: &Ui, link: &Link, number: usize, rect: Rect) -> bool {
        let colors = theme::colors(ui);
        let response = ui.interact(rect, flyout_id().with(number), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, &link.title));
        if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
            self.selected = number;
        }
        if number == self.selected {
            ui.painter().rect_filled(rect, theme::RADIUS, colors.row_current);
        }
        let font = if link.bold { fonts::bold() } else { fonts::text() };
        let inner = rect.shrink2(vec2(8.0, 0.0));
        paint::text(ui.painter(), inner, &link.title, font, colors.text, Align::Min);
        response.clicked()
    }
}

/// Spreads the groups over columns so that each fits the height.
fn columns_of(section: &Section, height: f32) -> Vec<Vec<usize>> {
    let mut columns = vec![Vec::new()];
    let mut left = height - 70.0;
    for (at, group) in section.groups.iter().enumerate() {
        let title = if group.title.is_empty() { 0.0 } else { CONTROL };
        let needed = title + CONTROL * px::length(group.links.len()) + 10.0;
        if needed > left && columns.last().is_some_and(|column| !column.is_empty()) {
            columns.push(Vec::new());
            left = height - 70.0;
        }
        left -= needed;
        if let Some(column) = columns.last_mut() {
            column.push(at);
        }
    }
    columns
}

/// The icon shown where a page has none.
pub const PAGE: Icon = Icon::FileText;

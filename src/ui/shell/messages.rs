//! The messages of the pages: all problems at once, each a jump to its field.

use super::page::Message;
use crate::text;
use crate::ui::commands::{Chord, keys, standard};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, CONTROL, ROW, Role};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::{focus, fonts, paint, px};
use egui::accesskit;
use egui::{Align, EventFilter, Id, Key, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2};

/// Messages seen at once.
const VISIBLE: usize = 6;
/// Height of the head in points.
const HEAD: f32 = 28.0;

/// What pages have to say.
#[derive(Debug, Default)]
pub struct Messages {
    /// The number of the page, the message.
    all: Vec<(u64, Message)>,
    current: Option<usize>,
    /// The current one came up to the place of one that is no more: it was not gone to yet.
    moved_up: bool,
}

/// What is wanted of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// To go to its place on the page of this number.
    Jump(u64, Message),
    /// To know why the page of this number said so.
    Why(u64, Message),
}

/// The identity of the panel.
pub fn id() -> Id {
    Id::unique("messages")
}

impl Messages {
    /// True without messages.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Puts the messages of a page in the place of its former ones. Where some of them are only no more, who goes
    /// through them goes on where he was.
    pub fn set(&mut self, page: u64, messages: Vec<Message>) {
        let were = self.all.iter().filter(|(of, _)| *of == page).count();
        let fewer = messages.len() < were && messages.iter().all(|one| self.all.contains(&(page, one.clone())));
        let looked_at = self.current.take().filter(|_| fewer && !messages.is_empty());
        let gone = |at: &usize| matches!(self.all.get(*at), Some((of, one)) if *of == page && !messages.contains(one));
        let before = looked_at.map(|current| (0..current).filter(gone).count());
        self.moved_up = looked_at.as_ref().is_some_and(gone);
        self.all.retain(|(of, _)| *of != page);
        // The newest are the ones looked at.
        self.all.splice(0..0, messages.into_iter().map(|message| (page, message)));
        let last = self.all.len().saturating_sub(1);
        self.current = looked_at.zip(before).map(|(current, before)| (current - before).min(last));
    }

    /// Takes all messages away.
    pub fn clear(&mut self) {
        self.all.clear();
    }

    /// Height of the panel in points.
    pub fn height(&self) -> f32 {
        HEAD + ROW * px::length(self.all.len().min(VISIBLE)) + 6.0
    }

    /// Goes to the next message: its page and place.
    pub fn next(&mut self) -> Option<(u64, Message)> {
        let step = usize::from(!std::mem::take(&mut self.moved_up));
        let next = self.current.map_or(0, |current| (current + step) % self.all.len().max(1));
        self.current = Some(next);
        self.jump()
    }

    fn jump(&self) -> Option<(u64, Message)> {
        self.all.get(self.current?).cloned()
    }

    /// Draws the panel; gives what is wanted.
    pub fn show(&mut self, ui: &mut Ui) -> Option<Wish> {
        let colors = theme::colors(ui);
        let room = ui.available_rect_before_wrap();
        paint::across(ui.painter(), room, room.top(), colors.chrome_line);
        let head = px::rect(room.left(), room.top() + 1.0, room.width(), HEAD);
        if self.head_ui(ui, head) {
            self.clear();
            return None;
        }
        let panel = ui.interact(room, id(), focus::aside(ui.ctx(), id(), Sense::hover()));
        panel.widget_info(|| WidgetInfo::labeled(accesskit::Role::Log, true, text!("messages").show()));
        let focused = focus::on(ui.ctx(), id());
        let mut jump = if focused { self.keys(ui) } else { false };
        let why = focused && ui.input_mut(|input| keys::WHY.take(input));
        let body = Rect::from_min_max(egui::pos2(room.left(), head.bottom()), room.max);
        let mut child = ui.new_child(UiBuilder::new().max_rect(body));
        child.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).show(&mut child, |ui| {
            for at in 0..self.all.len() {
                jump |= self.row_ui(ui, at, focused);
            }
        });
        if why {
            let asked = self.all.get(self.current.unwrap_or(0));
            return asked.map(|(page, message)| Wish::Why(*page, message.clone()));
        }
        if jump { self.jump().map(|(page, message)| Wish::Jump(page, message)) } else { None }
    }

    /// Height of the messages of a page over the window, in points: they are shown below it.
    pub fn height_of(&self, page: u64) -> f32 {
        ROW * px::length(self.all.iter().filter(|(of, _)| *of == page).count().min(VISIBLE))
    }

    /// Draws the messages of a page over the window; gives the one to jump to.
    pub fn show_of(&mut self, ui: &mut Ui, page: u64) -> Option<Message> {
        ui.spacing_mut().item_spacing.y = 0.0;
        let of: Vec<usize> =
            (0..self.all.len()).filter(|at| self.all.get(*at).is_some_and(|one| one.0 == page)).collect();
        let mut jump = false;
        for at in of.into_iter().take(VISIBLE) {
            jump |= self.row_ui(ui, at, false);
        }
        if jump { self.jump().map(|(_, message)| message) } else { None }
    }

    fn head_ui(&self, ui: &mut Ui, head: Rect) -> bool {
        let colors = theme::colors(ui);
        let words = text!("messages-count", count = self.all.len()).show();
        let inner = head.shrink2(vec2(12.0, 0.0));
        paint::text(ui.painter(), inner, &words, fonts::bold(), colors.text, Align::Min);
        let close = standard::by_code("hide-messages");
        let tip = close.map(|command| command.tooltip()).unwrap_or_default();
        let place = px::rect(head.right() - CONTROL - 6.0, head.top() + 2.0, CONTROL, CONTROL);
        let button = Button::icon(Icon::X, &tip).look(Look::Flat).aside();
        ui.place(place, button).on_hover_text(&tip).clicked()
    }

    fn keys(&mut self, ui: &Ui) -> bool {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), filter));
        let times = |chord: Chord| ui.input_mut(|input| chord.times(input));
        let last = self.all.len().saturating_sub(1);
        let down = times(Chord::plain(Key::ArrowDown));
        let up = times(Chord::plain(Key::ArrowUp));
        let current = self.current.map_or(0, |current| (current + down).min(last).saturating_sub(up));
        self.current = Some(current);
        times(keys::ENTER) > 0
    }

    fn row_ui(&mut self, ui: &mut Ui, at: usize, focused: bool) -> bool {
        let Some((_, message)) = self.all.get(at) else { return false };
        let colors = theme::colors(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(accesskit::Role::ListItem, true, &message.text));
        let fill = match (self.current == Some(at), focused) {
            (true, true) => Some(colors.row_current),
            (true, false) => Some(colors.row_idle),
            _ => response.hovered().then_some(colors.hover),
        };
        if let Some(fill) = fill {
            ui.painter().rect_filled(rect, 0.0, fill);
        }
        let icon = match message.role {
            Role::Danger => Icon::WarningCircle,
            Role::Warning => Icon::Warning,
            Role::Good => Icon::CheckCircle,
            _ => Icon::Info,
        };
        paint::icon(ui.painter(), rect.left_center() + vec2(20.0, 0.0), icon, 15.0, colors.role(message.role));
        let mut inner = rect.shrink2(vec2(12.0, 0.0));
        inner.min.x += 22.0;
        let cut = paint::text(ui.painter(), inner, &message.text, fonts::text(), colors.text, Align::Min);
        let clicked = response.clicked();
        if clicked {
            self.current = Some(at);
        }
        if cut {
            response.on_hover_text(self.all.get(at).map(|(_, message)| message.text.clone()).unwrap_or_default());
        } else {
            response.on_hover_text(text!("messages-hint", keys = keys::NEXT_PROBLEM.show()).show());
        }
        clicked
    }
}

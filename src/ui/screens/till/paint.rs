//! The screen drawn by hand: large enough to be read from a metre, whole on 1024 by 768.

use super::modes::Mode;
use super::{TillPage, keys};
use crate::kernel::money::Money;
use crate::text;
use crate::ui::theme::{self, Palette, Role as Tone};
use crate::ui::{focus, fonts, paint, px};
use egui::accesskit::Role;
use egui::{Align, Color32, EventFilter, FontId, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

/// Sizes in points.
const LINE: f32 = 64.0;
const ROW: f32 = 38.0;
const REPORT_ROW: f32 = 30.0;
/// A report of many rates of VAT is written smaller, for it is seen whole.
const ROW_LEAST: f32 = 18.0;
const SIDE: f32 = 300.0;
const KEY: f32 = 46.0;
const SUM: f32 = 46.0;
const PAD: f32 = 12.0;

fn large(size: f32) -> FontId {
    FontId::proportional(size)
}

fn tone(colors: &Palette, role: Tone) -> Color32 {
    match role {
        Tone::Good => colors.good,
        Tone::Warning => colors.warning,
        Tone::Danger => colors.danger,
        _ => colors.text,
    }
}

/// One line of what is in hand.
struct Shown {
    title: String,
    detail: String,
    sum: String,
}

impl TillPage {
    /// Draws everything and listens to the keys.
    pub(super) fn screen(&mut self, ui: &mut Ui) {
        let whole = ui.available_rect_before_wrap();
        let own = ui.interact(whole, Self::id(), Sense::click());
        let free = ui.memory(|memory| memory.focused().is_none());
        if free || own.clicked() {
            focus::set(ui.ctx(), Self::id());
        }
        if focus::on(ui.ctx(), Self::id()) {
            let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
            self.listen(ui);
        }
        let label = self.mode.label().show();
        let typed = if self.mode.is_secret() { String::new() } else { self.typed.clone() };
        own.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::TextInput, true, &label);
            info.current_text_value = Some(typed.clone());
            info
        });
        let colors = *theme::colors(ui);
        ui.painter().rect_filled(whole, 0.0, colors.page);
        let keys_height = 2.0 * (KEY + 4.0) + 8.0;
        let top = Rect::from_min_size(whole.min, vec2(whole.width(), LINE));
        let bottom = Rect::from_min_max(pos2(whole.left(), whole.bottom() - keys_height), whole.max);
        let middle = Rect::from_min_max(pos2(whole.left(), top.bottom()), pos2(whole.right(), bottom.top()));
        let side = Rect::from_min_max(pos2(middle.right() - SIDE, middle.top()), middle.max);
        let body = Rect::from_min_max(middle.min, pos2(side.left(), middle.bottom()));
        self.line_ui(ui, top, &colors);
        self.body_ui(ui, body, &colors);
        self.side_ui(ui, side, &colors);
        self.keys_ui(ui, bottom, &colors);
        ui.allocate_rect(whole, Sense::empty());
    }

    fn line_ui(&self, ui: &Ui, rect: Rect, colors: &Palette) {
        let painter = ui.painter();
        let field = Rect::from_min_max(rect.min, pos2(rect.right() - SIDE, rect.bottom())).shrink(6.0);
        painter.rect_filled(field, 4.0, colors.field);
        paint::frame(painter, field, 4, colors.accent_line, 2.0);
        let label = Rect::from_min_size(field.min + vec2(PAD, 3.0), vec2(field.width() - 2.0 * PAD, 18.0));
        paint::text(painter, label, &self.mode.label().show(), large(14.0), colors.weak, Align::Min);
        let typed = if self.mode.is_secret() {
            "•".repeat(self.typed.chars().count())
        } else if self.times.is_empty() {
            self.typed.clone()
        } else {
            format!("{} × {}", self.times, self.typed)
        };
        let value = Rect::from_min_max(pos2(field.left() + PAD, label.bottom()), field.max - vec2(PAD, 2.0));
        paint::text(painter, value, &format!("{typed}|"), large(26.0), colors.text, Align::Min);
        let about = Rect::from_min_max(pos2(rect.right() - SIDE, rect.top()), rect.max).shrink2(vec2(PAD, 8.0));
        let (upper, lower) = about.split_top_bottom_at_fraction(0.5);
        let shift = match &self.desk.shift {
            Some(shift) => text!("till-shift-is", shift = shift.number.clone(), since = shift.date.clock()).show(),
            None => text!("till-mode-closed").show(),
        };
        paint::text(painter, upper, &self.desk.about.name, fonts::bold_of(18.0), colors.text, Align::Min);
        paint::text(painter, lower, &shift, large(15.0), colors.weak, Align::Min);
    }

    fn shown(&self) -> (Vec<Shown>, usize) {
        let plain = |(title, detail): &(String, String)| Shown {
            title: title.clone(),
            detail: String::new(),
            sum: detail.clone(),
        };
        match &self.mode {
            Mode::Choose(choice) => {
                let numbered = choice.items.iter().enumerate().map(|(at, (title, detail))| Shown {
                    title: format!("{}. {title}", at + 1),
                    detail: String::new(),
                    sum: detail.clone(),
                });
                (numbered.collect(), choice.at)
            }
            Mode::Special(special) => (special.rows().iter().map(plain).collect(), usize::MAX),
            Mode::Report(_, _, rows) => (rows.iter().map(plain).collect(), usize::MAX),
            Mode::Back(coming) => {
                let lines = coming.back.goods.iter().zip(&coming.names).map(|(line, name)| Shown {
                    title: name.clone(),
                    detail: format!("{} × {}", line.qty.short(), line.price.money().grouped()),
                    sum: line.total.grouped(),
                });
                (lines.collect(), coming.current)
            }
            _ => {
                let lines = self.cart.receipt.goods.iter().zip(&self.cart.names).map(|(line, name)| {
                    let discount = if line.discount.is_zero() {
                        String::new()
                    } else {
                        format!("  −{} %", line.discount.short())
                    };
                    Shown {
                        title: name.clone(),
                        detail: format!("{} × {}{discount}", line.qty.short(), line.price.money().grouped()),
                        sum: line.total.grouped(),
                    }
                });
                (lines.collect(), self.cart.current)
            }
        }
    }

    fn title(&self) -> String {
        match &self.mode {
            Mode::Choose(choice) => choice.title.clone(),
            Mode::Report(_, title, _) => title.clone(),
            Mode::Special(special) => special.title(),
            Mode::Back(_) => text!("till-back-title").show(),
            _ => text!("till-receipt-title").show(),
        }
    }

    fn body_ui(&self, ui: &Ui, rect: Rect, colors: &Palette) {
        let painter = ui.painter().with_clip_rect(rect);
        let rect = rect.shrink2(vec2(6.0, 2.0));
        let head = Rect::from_min_size(rect.min, vec2(rect.width(), 28.0));
        painter.rect_filled(head, 0.0, colors.header);
        paint::text(
            &painter,
            head.shrink2(vec2(PAD, 0.0)),
            &self.title(),
            fonts::bold_of(16.0),
            colors.text,
            Align::Min,
        );
        let node = ui.interact(head, Self::id().with("title"), Sense::empty());
        node.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.title()));
        let (lines, current) = self.shown();
        // A report is seen whole, and so is a list to choose from; a receipt shows its end.
        let crowded = px::length(lines.len()) * ROW > rect.bottom() - head.bottom();
        let whole = (rect.bottom() - head.bottom()) / px::length(lines.len().max(1));
        let height = match self.mode {
            Mode::Report(..) => whole.clamp(ROW_LEAST, REPORT_ROW),
            Mode::Choose(_) if crowded => REPORT_ROW,
            _ => ROW,
        };
        let size = (height * 0.65).min(19.0);
        let room = px::count((rect.bottom() - head.bottom()) / height).max(1);
        // The current line stays in sight; the receipt shows its end.
        let last = if current == usize::MAX { 0 } else { current };
        let first = (last + 1).saturating_sub(room);
        let mut top = head.bottom();
        for (at, line) in lines.iter().enumerate().skip(first).take(room) {
            let row = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), height));
            top = row.bottom();
            if at == current {
                painter.rect_filled(row, 0.0, colors.row_current);
            }
            let inner = row.shrink2(vec2(PAD, 0.0));
            // Names get all the room that numbers leave.
            let most = inner.width() * if line.detail.is_empty() { 0.7 } else { 0.5 };
            let wide = |text: &str, font: FontId| paint::width_of(ui, text, font).ceil().min(most);
            let sums = wide(&line.sum, fonts::bold_of(size)) + PAD;
            let details = if line.detail.is_empty() { 0.0 } else { wide(&line.detail, large(17.0)) + PAD };
            let sum = Rect::from_min_max(pos2(inner.right() - sums.max(100.0), inner.top()), inner.max);
            let detail = Rect::from_min_max(pos2(sum.left() - details, inner.top()), pos2(sum.left(), inner.bottom()));
            let title = Rect::from_min_max(inner.min, pos2(detail.left() - 8.0, inner.bottom()));
            paint::text(&painter, title, &line.title, large(size), colors.text, Align::Min);
            paint::text(&painter, detail, &line.detail, large(17.0), colors.weak, Align::Max);
            paint::text(&painter, sum, &line.sum, fonts::bold_of(size), colors.text, Align::Max);
            paint::across(&painter, row, row.bottom(), colors.grid_line);
            let words = [&line.title, &line.detail, &line.sum].map(String::as_str);
            let words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ");
            let node = ui.interact(row, Self::id().with(("row", at)), Sense::empty());
            node.widget_info(|| WidgetInfo::labeled(Role::Row, true, &words));
        }
        if lines.is_empty() {
            let hint = Rect::from_min_max(head.max - vec2(rect.width(), 0.0), rect.max);
            let words = match self.mode {
                Mode::Closed => text!("till-open-hint"),
                _ => text!("till-empty-hint"),
            };
            paint::text(&painter, hint, &words.show(), large(20.0), colors.weak, Align::Center);
        }
    }

    fn side_ui(&self, ui: &Ui, rect: Rect, colors: &Palette) {
        let painter = ui.painter();
        painter.rect_filled(rect, 0.0, colors.chrome);
        let inner = rect.shrink2(vec2(PAD, 8.0));
        let mut top = inner.top();
        let mut row = |words: &str, value: &str, size: f32, color: Color32| {
            let height = size * 1.45;
            let line = Rect::from_min_size(pos2(inner.left(), top), vec2(inner.width(), height));
            paint::text(painter, line, words, large(size.min(17.0)), colors.weak, Align::Min);
            paint::text(painter, line, value, fonts::bold_of(size), color, Align::Max);
            top += height;
        };
        let (amount, back) = match &self.mode {
            Mode::Back(coming) => (coming.back.amount, true),
            Mode::Special(special) => (special.amounts().0, false),
            _ => (self.cart.receipt.amount, false),
        };
        let total = if back { text!("till-to-return").show() } else { text!("till-total").show() };
        row(&total, "", 16.0, colors.text);
        row("", &amount.grouped(), 40.0, colors.text);
        if let Mode::Special(special) = &self.mode {
            let card = special.amounts().1;
            if !card.is_zero() {
                row(&text!("till-by-card").show(), &card.grouped(), 18.0, colors.text);
            }
            if let Some(rest) = special.rest() {
                row(&text!("till-rest").show(), &rest.grouped(), 28.0, colors.accent_line);
            }
        } else if !back {
            let receipt = &self.cart.receipt;
            let optional = [
                (text!("till-off"), self.cart.taken_off()),
                (text!("till-by-card"), receipt.paid_card),
                (text!("till-by-advance"), receipt.paid_advance),
            ];
            for (words, amount) in optional.into_iter().filter(|(_, amount)| !amount.is_zero()) {
                row(&words.show(), &amount.grouped(), 18.0, colors.text);
            }
            if matches!(self.mode, Mode::Pay) {
                row(&text!("till-rest").show(), &self.cart.rest().grouped(), 28.0, colors.accent_line);
                if let Some(change) = self.change_now() {
                    row(&text!("till-change").show(), &change.grouped(), 28.0, colors.good);
                }
            }
            if !self.cart.buyer.is_empty() {
                // A name is longer than a sum: it has a line of its own.
                row(&text!("till-buyer").show(), "", 16.0, colors.text);
                row("", &self.cart.buyer, 16.0, colors.text);
                if !self.cart.advance.is_zero() {
                    row(&text!("till-has-advance").show(), &self.cart.advance.grouped(), 16.0, colors.text);
                }
            }
            if self.cart.permit.is_some() {
                row(&text!("till-permitted").show(), "", 16.0, colors.good);
            }
        }
        let total_words = format!("{total} {}", amount.grouped());
        let node = ui.interact(rect, Self::id().with("total"), Sense::empty());
        node.widget_info(|| WidgetInfo::labeled(Role::Label, true, &total_words));
        self.told_ui(ui, Rect::from_min_max(pos2(inner.left(), top + 6.0), inner.max), colors);
    }

    /// The change for what is typed, before it is paid.
    fn change_now(&self) -> Option<Money> {
        let given = Money::parse(self.typed.trim()).ok()?;
        Some(given - self.cart.rest()).filter(|change| *change >= Money::ZERO)
    }

    /// What was made last, its sums to be read from a metre; gives where there is room under it.
    fn made_ui(&self, ui: &Ui, rect: Rect, colors: &Palette) -> f32 {
        let Some(made) = &self.change else { return rect.top() };
        let painter = ui.painter().with_clip_rect(rect);
        let galley = painter.layout(made.title.clone(), large(20.0), colors.good, rect.width());
        let mut top = rect.top() + galley.size().y + 4.0;
        painter.galley(px::whole(rect.min), galley, colors.good);
        for (name, sum) in &made.sums {
            let line = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), SUM));
            paint::text(&painter, line, name, large(17.0), colors.weak, Align::Min);
            paint::text(&painter, line, sum, fonts::bold_of(32.0), colors.good, Align::Max);
            top = line.bottom();
        }
        let place = Rect::from_min_max(rect.min, pos2(rect.right(), top));
        let node = ui.interact(place, Self::id().with("change"), Sense::empty());
        node.widget_info(|| WidgetInfo::labeled(Role::Label, true, made.sentence()));
        top + 8.0
    }

    /// What has just happened, what went wrong, and how the paper stands.
    fn told_ui(&self, ui: &Ui, rect: Rect, colors: &Palette) {
        let painter = ui.painter();
        let mut top = self.made_ui(ui, rect, colors);
        let mut words = |text: &str, size: f32, color: Color32, name: &str| {
            if text.is_empty() || top >= rect.bottom() {
                return;
            }
            let galley = painter.layout(text.to_owned(), large(size), color, rect.width());
            let height = galley.size().y;
            let place = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), height));
            painter.with_clip_rect(rect).galley(px::whole(place.min), galley, color);
            top += height + 8.0;
            let node = ui.interact(place, Self::id().with(name), Sense::empty());
            node.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        };
        words(&self.said.1, 18.0, tone(colors, self.said.0), "said");
        let standing = self.papers.standing();
        let paper = match (standing.open, standing.missing, standing.unknown) {
            (0, ..) => String::new(),
            (open, true, _) => text!("till-paper-missing", count = open).show(),
            (open, _, true) => text!("till-paper-doubt", count = open, why = standing.reason.clone()).show(),
            (open, ..) if standing.reason.is_empty() => text!("till-paper-waits", count = open).show(),
            (open, ..) => text!("till-paper-stands", count = open, why = standing.reason.clone()).show(),
        };
        words(&paper, 15.0, if standing.unknown { colors.danger } else { colors.warning }, "paper");
        if !self.desk.held.is_empty() {
            words(&text!("till-held-count", count = self.desk.held.len()).show(), 15.0, colors.weak, "held");
        }
    }

    fn keys_ui(&mut self, ui: &Ui, rect: Rect, colors: &Palette) {
        let rect = rect.shrink2(vec2(6.0, 4.0));
        let columns = keys::ACTIONS.len().div_ceil(2);
        let width = rect.width() / px::length(columns);
        let mut pressed = None;
        for (at, (code, usual)) in keys::ACTIONS.iter().enumerate() {
            let (row, column) = (at / columns, at % columns);
            let place = px::rect(
                rect.left() + px::length(column) * width,
                rect.top() + px::length(row) * (KEY + 4.0),
                width - 4.0,
                KEY,
            );
            let main = *code == "till-act-cash";
            let response = ui.interact(place, Self::id().with(code), Sense::CLICK);
            let fill = match (main, response.hovered()) {
                (true, false) => colors.accent,
                (true, true) => colors.accent_hover,
                (false, false) => colors.button,
                (false, true) => colors.button_hover,
            };
            let ink = if main { colors.on_accent } else { colors.text };
            ui.painter().rect_filled(place, 4.0, fill);
            paint::frame(ui.painter(), place, 4, colors.field_line, 1.0);
            let key = self.keys.get(code).copied().unwrap_or(*usual);
            let words = keys::words(code);
            let inner = place.shrink2(vec2(8.0, 3.0));
            let (upper, lower) = inner.split_top_bottom_at_fraction(0.46);
            let name = crate::ui::commands::Chord::plain(key).show();
            paint::text(ui.painter(), upper, &name, fonts::bold_of(15.0), ink, Align::Min);
            paint::text(ui.painter(), lower, &words, large(15.0), ink, Align::Min);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
            if response.clicked() {
                pressed = Some(*code);
            }
        }
        if let Some(code) = pressed {
            self.act(code);
        }
    }
}

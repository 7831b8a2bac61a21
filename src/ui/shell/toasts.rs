//! Short notices in the corner, gone by themselves.

use super::page::{Open, Toast};
use crate::text;
use crate::ui::commands::standard;
use crate::ui::icons::Icon;
use crate::ui::theme::{self, Role};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::{fonts, paint, px};
use egui::accesskit;
use egui::{Align2, Area, Context, CursorIcon, Id, Order, Rect, Sense, Ui, WidgetInfo, pos2, vec2};
use std::time::Duration;

/// How long a notice stays, in seconds.
const LIFE: f64 = 5.0;
/// How long a notice of something wrong stays, in seconds.
const LONG_LIFE: f64 = 12.0;
/// Width of a notice in points.
const WIDTH: f32 = 340.0;
/// The most notices at once.
const MOST: usize = 4;

/// The notices now shown.
#[derive(Debug, Default)]
pub struct Toasts {
    shown: Vec<Notice>,
    count: u64,
}

#[derive(Debug)]
struct Notice {
    number: u64,
    until: f64,
    toast: Toast,
    /// The operation it tells of, while it can be taken back.
    undo: Option<i64>,
}

/// What was clicked.
#[derive(Clone, Debug, PartialEq)]
pub enum Clicked {
    /// The notice: this is opened.
    Open(Open),
    /// Its button: the operation of this number is to be taken back.
    Undo(i64),
}

impl Toasts {
    /// Shows a notice.
    pub fn push(&mut self, toast: Toast, ctx: &Context) {
        self.add(toast, None, ctx);
    }

    /// Shows a notice of an operation that can be taken back; only the newest one can.
    pub fn push_done(&mut self, toast: Toast, operation: i64, ctx: &Context) {
        self.forget_undo();
        self.add(toast, (operation != 0).then_some(operation), ctx);
    }

    /// No operation told of can be taken back any more.
    pub fn forget_undo(&mut self) {
        self.shown.iter_mut().for_each(|notice| notice.undo = None);
    }

    fn add(&mut self, toast: Toast, undo: Option<i64>, ctx: &Context) {
        let life = if matches!(toast.role, Role::Danger | Role::Warning) { LONG_LIFE } else { LIFE };
        let until = ctx.input(|input| input.time) + life;
        self.count += 1;
        self.shown.push(Notice { number: self.count, until, toast, undo });
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
    }

    /// Draws them; gives what was clicked.
    pub fn show(&mut self, ctx: &Context) -> Option<Clicked> {
        let now = ctx.input(|input| input.time);
        self.shown.retain(|notice| notice.until > now);
        let mut bottom = ctx.content_rect().bottom() - 36.0;
        let mut clicked = None;
        for notice in self.shown.iter().rev() {
            let left = Duration::try_from_secs_f64(notice.until - now).unwrap_or_default();
            ctx.request_repaint_after(left);
            let (height, hit) = notice_ui(ctx, notice, bottom);
            bottom -= height + 8.0;
            if let Some(what) = hit {
                clicked = Some((notice.number, what));
            }
        }
        let (number, what) = clicked?;
        let at = self.shown.iter().position(|notice| notice.number == number)?;
        self.shown.remove(at);
        what
    }
}

/// Draws a notice; gives its height and, when it was clicked, what that asks for.
fn notice_ui(ctx: &Context, notice: &Notice, bottom: f32) -> (f32, Option<Option<Clicked>>) {
    let Notice { number, toast, undo, .. } = notice;
    let colors = theme::palette(ctx);
    let words = toast.text.show();
    let galley = ctx.fonts_mut(|fonts| fonts.layout(words.clone(), fonts::text(), colors.text, WIDTH - 60.0));
    let button = if undo.is_some() { theme::CONTROL + 4.0 } else { 0.0 };
    let size = vec2(WIDTH, galley.size().y + 22.0 + button);
    let at = pos2(ctx.content_rect().right() - 18.0, bottom);
    let area = Area::new(Id::unique(("toast", number))).order(Order::Tooltip).pivot(Align2::RIGHT_BOTTOM);
    let shown = area.fixed_pos(at).default_size(size).show(ctx, |ui| {
        let (rect, response) = ui.allocate_exact_size(size, Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(accesskit::Role::Alert, true, &words));
        let frame = egui::Frame::popup(ui.style()).fill(colors.popup);
        ui.painter().add(frame.paint(rect));
        let role = colors.role(toast.role);
        let stripe = px::rect(rect.left() + 1.0, rect.top() + 4.0, 3.0, rect.height() - 8.0);
        ui.painter().rect_filled(stripe, 1.0, role);
        let icon = match toast.role {
            Role::Danger => Icon::XCircle,
            Role::Warning => Icon::Warning,
            Role::Good => Icon::CheckCircle,
            _ => Icon::Info,
        };
        paint::icon(ui.painter(), pos2(rect.left() + 22.0, rect.top() + 20.0), icon, 18.0, role);
        let text = Rect::from_min_size(rect.min + vec2(42.0, 11.0), galley.size());
        ui.painter().galley(px::whole(text.min), galley, colors.text);
        if toast.opens.is_some() && response.hovered() {
            ui.set_cursor_icon(CursorIcon::PointingHand);
        }
        if let Some(operation) = undo
            && undo_ui(ui, rect)
        {
            return Some(Some(Clicked::Undo(*operation)));
        }
        response.clicked().then(|| toast.opens.clone().map(Clicked::Open))
    });
    (size.y, shown.inner)
}

/// The button that takes the operation back, at the lower edge of its notice.
fn undo_ui(ui: &mut Ui, rect: Rect) -> bool {
    let label = text!("toast-undo").show();
    let tip = standard::by_code("undo").map(|command| command.tooltip()).unwrap_or_default();
    let button = Button::new(&label).look(Look::Flat).with_icon(Some(Icon::ArrowUUpLeft)).aside();
    let width = button.width(ui);
    let corner = pos2(rect.right() - width - 8.0, rect.bottom() - theme::CONTROL - 6.0);
    ui.place(Rect::from_min_size(corner, vec2(width, theme::CONTROL)), button).on_hover_text(tip).clicked()
}

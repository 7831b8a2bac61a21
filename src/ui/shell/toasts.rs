//! Short notices in the corner, gone by themselves.

use super::page::{Open, Toast};
use crate::ui::icons::Icon;
use crate::ui::theme::{self, Role};
use crate::ui::{fonts, paint, px};
use egui::accesskit;
use egui::{Align2, Area, Context, CursorIcon, Id, Order, Rect, Sense, WidgetInfo, pos2, vec2};
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
    shown: Vec<(u64, f64, Toast)>,
    count: u64,
}

impl Toasts {
    /// Shows a notice.
    pub fn push(&mut self, toast: Toast, ctx: &Context) {
        let life = if matches!(toast.role, Role::Danger | Role::Warning) { LONG_LIFE } else { LIFE };
        let until = ctx.input(|input| input.time) + life;
        self.count += 1;
        self.shown.push((self.count, until, toast));
        if self.shown.len() > MOST {
            self.shown.remove(0);
        }
    }

    /// Draws them; gives what the clicked one opens.
    pub fn show(&mut self, ctx: &Context) -> Option<Open> {
        let now = ctx.input(|input| input.time);
        self.shown.retain(|(_, until, _)| *until > now);
        let mut bottom = ctx.content_rect().bottom() - 36.0;
        let mut clicked = None;
        for (number, until, toast) in self.shown.iter().rev() {
            let left = Duration::try_from_secs_f64(until - now).unwrap_or_default();
            ctx.request_repaint_after(left);
            let (height, hit) = toast_ui(ctx, *number, toast, bottom);
            bottom -= height + 8.0;
            if hit {
                clicked = Some(*number);
            }
        }
        let at = self.shown.iter().position(|(number, _, _)| Some(*number) == clicked)?;
        let (_, _, toast) = self.shown.remove(at);
        toast.opens
    }
}

fn toast_ui(ctx: &Context, number: u64, toast: &Toast, bottom: f32) -> (f32, bool) {
    let colors = theme::palette(ctx);
    let words = toast.text.show();
    let galley = ctx.fonts_mut(|fonts| fonts.layout(words.clone(), fonts::text(), colors.text, WIDTH - 60.0));
    let size = vec2(WIDTH, galley.size().y + 22.0);
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
        response.clicked()
    });
    (size.y, shown.inner)
}

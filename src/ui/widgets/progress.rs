//! Long work: how far it is, and a button that stops it.

use super::button::{Button, Look};
use crate::kernel::text::Text;
use crate::text;
use crate::ui::icons::Icon;
use crate::ui::{fonts, paint, px, theme};
use egui::accesskit::Role;
use egui::{Align, Sense, Ui, WidgetInfo, vec2};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// How far a long work is. Shared between the window and the thread that works.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
    finished: AtomicBool,
    note: Mutex<Option<Text>>,
}

impl Progress {
    /// Says how far it is; a total of nought means that nobody knows.
    pub fn report(&self, done: u64, total: u64) {
        self.0.done.store(done, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }
    /// Says what is being done.
    pub fn note(&self, note: Text) {
        if let Ok(mut kept) = self.0.note.lock() {
            *kept = Some(note);
        }
    }
    /// Says that it is over.
    pub fn finish(&self) {
        self.0.finished.store(true, Ordering::Release);
    }
    /// Asks to stop.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Release);
    }
    /// True when the user asked to stop: the thread looks here between steps.
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Acquire)
    }
    /// True when it is over.
    pub fn is_finished(&self) -> bool {
        self.0.finished.load(Ordering::Acquire)
    }
    /// What is being done.
    pub fn noted(&self) -> Option<Text> {
        self.0.note.lock().ok().and_then(|kept| kept.clone())
    }
    /// Done and total.
    pub fn state(&self) -> (u64, u64) {
        (self.0.done.load(Ordering::Relaxed), self.0.total.load(Ordering::Relaxed))
    }
}

/// Draws a bar of a width with the cancel button; it is drawn anew ten times a second.
pub fn progress_bar(ui: &mut Ui, label: &str, progress: &Progress, width: f32) {
    let (done, total) = progress.state();
    let share = if total == 0 { 0.0 } else { px::share(count(done), count(total)).min(1.0) };
    let words = match (progress.is_cancelled(), progress.noted()) {
        (true, _) => text!("progress-stopping").show(),
        (false, Some(note)) => note.show(),
        (false, None) => label.to_owned(),
    };
    ui.horizontal(|ui| {
        let (rect, response) = ui.allocate_exact_size(vec2(width, 18.0), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, format!("{label}: {words}")));
        let colors = theme::colors(ui);
        ui.painter().rect_filled(rect, theme::RADIUS, colors.button_down);
        let filled = px::rect(rect.left(), rect.top(), (rect.width() * share).round(), rect.height());
        ui.painter().rect_filled(filled, theme::RADIUS, colors.row_selected);
        let said = if total == 0 { words } else { format!("{words} — {:.0} %", share * 100.0) };
        paint::text(ui.painter(), rect.shrink2(vec2(6.0, 0.0)), &said, fonts::small(), colors.text, Align::Min);
        let stop = text!("progress-cancel").show();
        let button = Button::icon(Icon::X, &stop).look(Look::Flat).aside().enabled(!progress.is_cancelled());
        if ui.add(button).on_hover_text(&stop).clicked() {
            progress.cancel();
        }
    });
    ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
}

fn count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

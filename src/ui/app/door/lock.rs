//! The window locked: covered until the password is typed; what was typed under it stays.

use super::entry::{password, remark};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::focus;
use crate::ui::px;
use crate::ui::theme::{self, MARGIN, Role};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::form;
use egui::{CentralPanel, Context, Frame, Id, Margin, Ui};
use std::rc::Rc;
use std::time::Duration;

/// Minutes without a key or the mouse after which the window locks, unless the user has chosen others.
pub const MINUTES: u32 = 15;

/// The setting that keeps the minutes; nought never locks by itself.
pub const SETTING: &str = "lock-after";

/// The cover.
pub struct Lock {
    base: Rc<Base>,
    /// The user's name.
    user: String,
    /// The base asks who works: only then the window locks by itself.
    asks: bool,
    locked: bool,
    /// When something was typed or pointed at last, in seconds of the window's time.
    last: f64,
    typed: String,
    said: Option<String>,
    proving: Option<Ticket<()>>,
    fresh: bool,
}

impl Lock {
    /// Open, over a base.
    pub fn new(base: Rc<Base>, user: String, asks: bool) -> Self {
        let (typed, said, proving) = (String::new(), None, None);
        Self { base, user, asks, locked: false, last: 0.0, typed, said, proving, fresh: false }
    }

    /// True while the window is covered.
    pub const fn is_locked(&self) -> bool {
        self.locked
    }

    /// Covers the window. Nobody locks what has no user.
    pub fn lock(&mut self) {
        if !self.base.user().is_empty() && !self.locked {
            self.locked = true;
            self.fresh = true;
            self.said = None;
        }
    }

    /// Called before every frame: notes that somebody is there, covers the window when nobody is.
    pub fn tick(&mut self, ctx: &Context, minutes: u32) {
        let (now, busy) = ctx.input(|input| (input.time, !input.events.is_empty() || input.pointer.is_moving()));
        if busy || self.last == 0.0 {
            self.last = now;
        }
        if self.asks && minutes > 0 && !self.locked {
            let left = f64::from(minutes) * 60.0 - (now - self.last);
            if left <= 0.0 {
                self.lock();
            } else {
                ctx.request_repaint_after(Duration::from_secs_f64(left));
            }
        }
        match Ticket::take(&mut self.proving) {
            Some(Ok(())) => {
                self.locked = false;
                self.last = now;
            }
            Some(Err(error)) => {
                self.said = Some(error.sentence());
                self.fresh = true;
            }
            None => {}
        }
    }

    fn secret() -> Id {
        Id::unique("lock password")
    }

    /// Draws the cover; false when there is none.
    pub fn covers(&mut self, ui: &mut Ui) -> bool {
        if !self.locked {
            return false;
        }
        if std::mem::take(&mut self.fresh) {
            focus::set(ui.ctx(), Self::secret());
            ui.ctx().request_repaint();
        }
        let frame = Frame::new().fill(theme::colors(ui).page).inner_margin(Margin::same(margin() * 2));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            form::page_title(ui, &text!("lock-title", user = &self.user).show());
            remark(ui, &text!("lock-words").show(), Role::Weak);
            ui.add_space(8.0);
            let pressed = password(ui, Self::secret(), &text!("door-password").show(), &mut self.typed);
            let label = text!("lock-open").show();
            let button = ui.add(Button::new(&label).look(Look::Main).enabled(self.proving.is_none()));
            if (pressed || button.clicked()) && self.proving.is_none() {
                self.said = None;
                self.proving = Some(self.base.prove(std::mem::take(&mut self.typed)));
            }
            ui.add_space(6.0);
            if let Some(said) = &self.said {
                remark(ui, said, Role::Danger);
            }
        });
        true
    }
}

fn margin() -> i8 {
    i8::try_from(px::floor(MARGIN)).unwrap_or(10)
}

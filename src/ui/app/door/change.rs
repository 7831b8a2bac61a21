//! The page that changes a password: one's own, or another's by who may.

use super::entry::{password, remark};
use crate::kernel::refs::AnyRef;
use crate::ops::sign_in::SHORTEST;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::Role;
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::form;
use egui::{Id, Ui};
use std::rc::Rc;

/// The page.
pub struct PasswordPage {
    base: Rc<Base>,
    user: AnyRef,
    present: String,
    first: String,
    second: String,
    said: Option<String>,
    setting: Option<Ticket<()>>,
}

impl PasswordPage {
    /// For a user; an empty reference means who works.
    pub fn new(base: &Rc<Base>, user: AnyRef) -> Self {
        let user = if user.is_empty() { base.user() } else { user };
        let (present, first, second) = (String::new(), String::new(), String::new());
        Self { base: Rc::clone(base), user, present, first, second, said: None, setting: None }
    }

    fn own(&self) -> bool {
        self.user == self.base.user()
    }

    fn id(name: &str) -> Id {
        Id::unique(("password", name))
    }

    fn set(&mut self) {
        if self.first != self.second {
            self.said = Some(text!("password-differs").show());
            return;
        }
        self.said = None;
        let (present, password) = (std::mem::take(&mut self.present), std::mem::take(&mut self.first));
        self.second.clear();
        self.setting = Some(self.base.set_password(self.user, present, password));
    }
}

impl Page for PasswordPage {
    fn key(&self) -> String {
        format!("password:{}", self.user.id())
    }
    fn title(&self) -> String {
        text!("password-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Key)
    }
    fn modified(&self) -> bool {
        false
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        match Ticket::take(&mut self.setting) {
            Some(Ok(())) => {
                ctx.toast(text!("password-set"), Role::Good);
                ctx.close();
            }
            Some(Err(error)) => self.said = Some(error.sentence()),
            None => {}
        }
        let (present, first, second) = (Self::id("present"), Self::id("first"), Self::id("second"));
        if ctx.first {
            focus::set(ui.ctx(), if self.own() { present } else { first });
        }
        form::page_title(ui, &text!("password-title").show());
        let whose = ctx.host.suggest().title(self.user).unwrap_or_default();
        remark(ui, &text!("password-whose", user = whose, count = SHORTEST).show(), Role::Weak);
        ui.add_space(8.0);
        if self.own() && password(ui, present, &text!("password-present").show(), &mut self.present) {
            focus::set(ui.ctx(), first);
        }
        if password(ui, first, &text!("password-new").show(), &mut self.first) {
            focus::set(ui.ctx(), second);
        }
        let pressed = password(ui, second, &text!("password-again").show(), &mut self.second);
        let label = text!("password-change").show();
        let button = ui.add(Button::new(&label).look(Look::Main).enabled(self.setting.is_none()));
        if (pressed || button.clicked()) && self.setting.is_none() {
            self.set();
        }
        ui.add_space(6.0);
        if let Some(said) = &self.said {
            remark(ui, said, Role::Danger);
        }
    }
}

//! The start page: what the day asks for.

use super::base::Base;
use crate::text;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::widgets::form;
use egui::Ui;
use std::rc::Rc;

/// The start page.
pub struct Today {
    _base: Rc<Base>,
}

impl Today {
    /// Of a base.
    pub fn new(base: Rc<Base>) -> Self {
        Self { _base: base }
    }
}

impl Page for Today {
    fn key(&self) -> String {
        "start".to_owned()
    }
    fn title(&self) -> String {
        text!("today-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::House)
    }
    fn pinned(&self) -> bool {
        true
    }
    fn ui(&mut self, ui: &mut Ui, _ctx: &mut PageContext<'_>) {
        form::page_title(ui, &self.title());
    }
}

//! The program around the window: which page a code, an object or a link opens, names, settings, changes.

use super::base::Base;
use super::names::Names;
use super::pages;
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::ui::editors::Suggest;
use crate::ui::shell::host::{Host, Section};
use crate::ui::shell::page::{Open, Page, Request};
use egui::Context;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The program over one base.
pub struct AppHost {
    base: Rc<Base>,
    names: Names,
    sections: Vec<Section>,
    kept: BTreeMap<String, String>,
}

impl AppHost {
    /// Over an open base.
    pub fn new(base: Base) -> Self {
        let base = Rc::new(base);
        Self { names: Names::new(Rc::clone(&base)), base, sections: Vec::new(), kept: BTreeMap::new() }
    }
}

impl Host for AppHost {
    fn sections(&self) -> &[Section] {
        &self.sections
    }
    fn open(&mut self, what: &Open, requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        pages::open(&self.base, what, requests)
    }
    fn suggest(&mut self) -> &mut dyn Suggest {
        &mut self.names
    }
    fn tick(&mut self, _ctx: &Context, _requests: &mut Vec<Request>) -> Option<Vec<AnyRef>> {
        self.base.changes()
    }
    fn now(&self) -> Moment {
        self.base.clock().now()
    }
    fn keep(&mut self, key: &str, value: String) {
        self.kept.insert(key.to_owned(), value);
    }
    fn kept(&self, key: &str) -> Option<String> {
        self.kept.get(key).cloned()
    }
}

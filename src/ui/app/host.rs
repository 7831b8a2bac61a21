//! The program around the window: which page a code, an object or a link opens, names, settings, changes.

use super::base::Base;
use super::names::Names;
use super::opened::Opened;
use super::pages;
use super::search::Search;
use super::sections::sections;
use super::settings::Settings;
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::text;
use crate::ui::editors::Suggest;
use crate::ui::shell::host::{Found, Host, Section, Status};
use crate::ui::shell::page::{Open, Page, Request};
use egui::Context;
use std::rc::Rc;

/// The program over one base.
pub struct AppHost {
    base: Rc<Base>,
    names: Names,
    search: Search,
    sections: Vec<Section>,
    /// The only element of the base's settings.
    only: AnyRef,
    settings: Settings,
    status: Vec<Status>,
    title: String,
}

impl AppHost {
    /// Over an open base, for a user without settings.
    pub fn new(base: Base) -> Self {
        Self::over(Opened::plain(base))
    }

    /// Over an open base with its user.
    pub fn over(opened: Opened) -> Self {
        let base = Rc::new(opened.base);
        let name = base.path().file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let shown = base.path().display().to_string();
        let part = |text: String, hint: String| Status { text, hint, command: None };
        let mut status = vec![part(opened.user, String::new()), part(opened.company, String::new())];
        status.push(part(name.clone(), text!("status-base", path = shown).show()));
        status.retain(|part| !part.text.is_empty());
        Self {
            names: Names::new(Rc::clone(&base)),
            search: Search::new(Rc::clone(&base)),
            sections: sections(&opened.reports),
            only: opened.settings,
            settings: Settings::new(Rc::clone(&base), opened.kept),
            status,
            title: text!("window-title", base = name).show(),
            base,
        }
    }
}

impl Host for AppHost {
    fn sections(&self) -> &[Section] {
        &self.sections
    }
    fn open(&mut self, what: &Open, requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        // The settings have one element: its form is opened, not a list of it.
        if *what == Open::Code("one:settings".to_owned()) && !self.only.is_empty() {
            return pages::open(&self.base, &Open::Object(self.only), requests);
        }
        pages::open(&self.base, what, requests)
    }
    fn search(&mut self, query: &str) -> Found {
        self.search.ask(query)
    }
    fn suggest(&mut self) -> &mut dyn Suggest {
        &mut self.names
    }
    fn tick(&mut self, ctx: &Context, _requests: &mut Vec<Request>) -> Option<Vec<AnyRef>> {
        self.base.waker().set(ctx);
        self.settings.tick(ctx);
        let changed = self.base.changes();
        if let Some(changed) = &changed {
            self.names.forget(changed);
            self.search.forget();
        }
        self.names.tick();
        changed
    }
    fn first_pages(&self) -> Vec<Open> {
        let kept = self.kept("open-pages").unwrap_or_default();
        let start = Open::Code("start".to_owned());
        std::iter::once(start).chain(kept.lines().map(|code| Open::Code(code.to_owned()))).collect()
    }
    fn status(&self) -> Vec<Status> {
        self.status.clone()
    }
    fn title(&self) -> String {
        self.title.clone()
    }
    fn now(&self) -> Moment {
        self.base.clock().now()
    }
    fn keep(&mut self, key: &str, value: String) {
        self.settings.set(key, value);
    }
    fn kept(&self, key: &str) -> Option<String> {
        self.settings.get(key)
    }
}

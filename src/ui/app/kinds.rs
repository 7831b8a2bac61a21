//! A reference to any kind is chosen in two steps: the kind, then the object.

use super::base::Base;
use super::list;
use crate::domain::registry;
use crate::kernel::behaviour::Choices;
use crate::kernel::refs::AnyRef;
use crate::text;
use crate::ui::commands::{Command, Facts};
use crate::ui::focus;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Page, PageContext, Request};
use crate::ui::widgets::form;
use crate::ui::widgets::list::{Cell, HeldRows, List, ListEvent, ListRow, ListState, Mark};
use crate::ui::widgets::table::columns::Column;
use egui::{Id, Ui};
use std::rc::Rc;

/// The page of the first step; it becomes the list of the second one.
pub struct KindPage {
    base: Rc<Base>,
    limits: Choices,
    rows: HeldRows,
    tags: Vec<u8>,
    state: ListState,
    columns: Vec<Column>,
    inner: Option<(Box<dyn Page>, bool)>,
}

impl KindPage {
    /// Within the kinds allowed; where only one is, its list comes at once.
    pub fn new(base: &Rc<Base>, limits: &Choices) -> Self {
        let allowed = |tag: u8| limits.kinds.is_empty() || limits.kinds.contains(&tag);
        let kinds: Vec<_> = registry::KINDS.iter().map(|kind| kind.meta()).filter(|meta| allowed(meta.tag)).collect();
        let row = |label: String| ListRow { cells: vec![Cell::new(label)], mark: Mark::Item, ..ListRow::default() };
        let mut page = Self {
            base: Rc::clone(base),
            limits: limits.clone(),
            rows: HeldRows::of(kinds.iter().map(|meta| row(meta.list_label())).collect()),
            tags: kinds.iter().map(|meta| meta.tag).collect(),
            state: ListState::default(),
            columns: vec![Column::new("kind", text!("kinds-column").show(), 300.0).stretch(1.0).unsorted()],
            inner: None,
        };
        if page.tags.len() == 1 {
            page.enter();
        }
        page
    }

    fn enter(&mut self) {
        let tag = self.tags.get(self.state.current).copied().unwrap_or_default();
        if let Some(kind) = registry::by_tag(tag) {
            let page = list::choose(&self.base, kind.meta(), AnyRef::EMPTY, &self.limits);
            self.inner = Some((page, true));
        }
    }

    fn id() -> Id {
        Id::unique("kinds to choose from")
    }
}

impl Page for KindPage {
    fn key(&self) -> String {
        "kinds".to_owned()
    }
    fn title(&self) -> String {
        self.inner.as_ref().map_or_else(|| text!("kinds-title").show(), |(page, _)| page.title())
    }
    fn commands(&self) -> &[Command] {
        self.inner.as_ref().map_or(&[], |(page, _)| page.commands())
    }
    fn facts(&self) -> Facts {
        self.inner.as_ref().map_or(Facts::NONE, |(page, _)| page.facts())
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some((page, first)) = &mut self.inner {
            ctx.first = std::mem::take(first);
            return page.ui(ui, ctx);
        }
        if ctx.first {
            focus::set(ui.ctx(), Self::id());
        }
        let title = self.title();
        form::page_title(ui, &title);
        let list = List::new(Self::id(), &title, &self.columns);
        let events = list.show(ui, &mut self.rows, &mut self.state).events;
        if events.contains(&ListEvent::Open) {
            self.enter();
            ui.ctx().request_repaint();
        }
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match &mut self.inner {
            Some((page, _)) => page.command(code, ctx),
            None => ctx.requests.push(Request::Close),
        }
    }
    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        if let Some((page, _)) = &mut self.inner {
            page.answer(token, answer, ctx);
        }
    }
    fn changed(&mut self, objects: &[AnyRef]) {
        if let Some((page, _)) = &mut self.inner {
            page.changed(objects);
        }
    }
}

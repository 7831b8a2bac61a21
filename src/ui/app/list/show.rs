//! Drawing a list: title, command bar with the search, filters, the way of folders, the rows.

use super::commands::{based_on, next_label, printed};
use super::filter_bar::{filter_bar, limit_ui};
use super::{ListPage, Way, deeds::Doing};
use crate::kernel::meta::Kind;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Type, Value};
use crate::text;
use crate::ui::commands::find;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Page as _, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::form;
use crate::ui::widgets::list::{List, ListEvent, ListResponse, RowSource as _};
use crate::ui::widgets::menu::MenuItem;
use crate::ui::widgets::search::search_box;
use crate::ui::widgets::toolbar::{Tool, Toolbar};
use crate::ui::{focus, widgets};
use egui::{Rect, Ui, UiBuilder, pos2, vec2};

/// Width of the search box in points.
const SEARCH: f32 = 230.0;
/// What stands under «Ещё», a `-` is a line.
const MORE: [&str; 22] = [
    "post",
    "unpost",
    "mark",
    "why-refused",
    "-",
    "set-priority",
    "cancel-orders",
    "close-orders",
    "twins",
    "asked-none",
    "-",
    "create-folder",
    "to-folder",
    "hierarchy",
    "-",
    "find",
    "find-more",
    "find-same",
    "show-marked",
    "-",
    "copy-rows",
    "list-settings",
];

impl ListPage {
    /// One frame.
    pub(super) fn show(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.prepare(ctx);
        if ctx.first {
            focus::set(ui.ctx(), self.id());
        }
        match self.refocus {
            None => {}
            Some(0) => {
                self.refocus = None;
                focus::set(ui.ctx(), self.id());
            }
            Some(frames) => {
                self.refocus = Some(frames - 1);
                ui.ctx().request_repaint();
            }
        }
        form::page_title(ui, &self.title());
        self.bar_ui(ui, ctx);
        self.filters_ui(ui, ctx);
        if self.in_folders && self.by_folder() {
            self.path_ui(ui);
        }
        if self.setup.is_some() {
            self.setup_ui(ui, ctx);
        }
        let out = self.list_ui(ui);
        for event in out.events.iter().cloned() {
            self.event(ui, event, out.current, ctx);
        }
        self.menu_ui(ui, ctx);
    }

    /// Takes what has come since the last frame.
    fn prepare(&mut self, ctx: &mut PageContext<'_>) {
        if !self.arranged {
            self.arranged = true;
            self.arrange(ctx);
        }
        self.today = ctx.today();
        let found = self.path.poll();
        if found || (self.rows.is_new() && !self.path.is_finding()) {
            self.reread(self.find);
        }
        if let Some(objects) = self.stale.take() {
            self.refresh(&objects);
        }
        self.rows.poll();
        self.poll_ranking(ctx);
        self.poll_refused(ctx);
        let collected = self.collecting.as_ref().and_then(|(ticket, deed)| ticket.poll().map(|found| (found, *deed)));
        if let Some((found, deed)) = collected {
            self.collecting = None;
            match found {
                Ok(objects) => self.doing = Some(Doing::begin(&self.base, deed, objects, None, ctx)),
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
        }
    }

    /// Reads the list anew: the row stays current, or the new object becomes it.
    fn refresh(&mut self, objects: &[AnyRef]) {
        let new = |object: &&AnyRef| self.rows.line_of(**object).is_none();
        let made = objects.iter().filter(new).max_by_key(|object| object.id()).copied();
        match made.filter(|_| std::mem::take(&mut self.expects_new)) {
            Some(made) => {
                self.find = made;
                self.rows.changed(objects, made);
            }
            None => self.rows.changed(objects, self.state.reference()),
        }
    }

    fn bar_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let mut tools = match self.way {
            Way::Choose => vec![Tool::Main("choose-row"), Tool::Button("create"), Tool::Button("open")],
            Way::Show => vec![Tool::Main("create"), Tool::Icon("copy"), Tool::Icon("open")],
        };
        if self.way == Way::Show {
            if self.order_state().is_some_and(|(state, posted)| next_label(state, posted).is_some()) {
                tools.extend([Tool::Divider, Tool::Button("next-action")]);
            }
            let based = based_on(self.meta);
            if !based.is_empty() {
                let row = self.current().is_some() && !self.current_is_folder();
                let based = based.into_iter().map(|item| MenuItem { enabled: row, ..item }).collect();
                tools.extend([Tool::Divider, Tool::Menu(text!("list-based").show(), None, based)]);
            }
            let papers = printed(self.meta);
            if !papers.is_empty() {
                let row = self.current().is_some();
                let papers = papers.into_iter().map(|item| MenuItem { enabled: row, ..item }).collect();
                tools.push(Tool::Menu(text!("cmd-print").show(), Some(Icon::Printer), papers));
            }
        }
        tools.extend([Tool::Divider, Tool::Icon("refresh")]);
        let bar = Toolbar {
            id: self.id().with("bar"),
            commands: &self.commands,
            facts: self.facts(),
            tools: &tools,
            more: &MORE,
            reserve: SEARCH + 6.0,
        };
        let top = ui.cursor().min.y;
        if let Some(code) = bar.show(ui) {
            ctx.run(code);
        }
        let place = Rect::from_min_size(pos2(ui.max_rect().right() - SEARCH, top), vec2(SEARCH, 24.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(place));
        let search = self.id().with("search");
        if std::mem::take(&mut self.focus_search) {
            focus::set(ui.ctx(), search);
        }
        let searched = search_box(&mut child, search, SEARCH, &mut self.search);
        if searched.changed {
            // What was found stays current when the search is over.
            let find = if self.search.is_empty() { self.state.reference() } else { AnyRef::EMPTY };
            self.searched(find);
        }
        if searched.to_list {
            focus::set(ui.ctx(), self.id());
        }
        ui.add_space(2.0);
    }

    /// The words were changed: the list is read anew from its top.
    pub(super) fn searched(&mut self, find: AnyRef) {
        self.reread(find);
        if find.is_empty() {
            let len = self.rows.len();
            self.state.go(0, len);
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if !self.filters.fixed.is_empty() {
            let words = self.limits_in_words(ctx);
            limit_ui(ui, &words);
        }
        if self.filters.quick.is_empty() && self.filters.period.is_none() && self.filters.same.is_none() {
            return;
        }
        let id = self.id().with("filters");
        let (meta, filters) = (self.meta, &mut self.filters);
        let enter = std::mem::take(&mut self.focus_filters);
        let changed = ctx.editing(|aid| filter_bar(ui, id, meta, filters, aid, enter));
        if changed {
            self.reread(self.state.reference());
            self.keep(ctx);
        }
        ui.add_space(2.0);
    }

    /// What a list to choose from is limited to: «Контрагент: ООО «Ромашка»».
    fn limits_in_words(&self, ctx: &mut PageContext<'_>) -> String {
        let limits = self.filters.fixed.iter().filter_map(|(name, stored)| {
            let field = self.meta.fields.get(self.meta.field(name)?)?;
            let value = Value::from_stored(field.kind, crate::kernel::value::Stored::Int(*stored));
            let shown = match field.kind {
                Type::Ref(_) | Type::AnyRef => ctx.host.suggest().title(value.any_ref()).unwrap_or_default(),
                kind => value.show(kind),
            };
            Some(format!("{}: {shown}", self.meta.field_label(field)))
        });
        let all = limits.collect::<Vec<_>>().join(", ");
        text!("list-limits", limits = all).show()
    }

    fn path_ui(&mut self, ui: &mut Ui) {
        if let Some(steps) = self.path.show(ui) {
            let left = self.path.cut(steps);
            self.reread(AnyRef::EMPTY);
            self.find_folder(left);
        }
    }

    fn list_ui(&mut self, ui: &mut Ui) -> ListResponse {
        let title = self.meta.list_label();
        let (empty, what) = self.empty();
        let list = List { frozen: 0, empty: (&empty, &what), ..List::new(self.id(), &title, &self.columns.shown) };
        list.show(ui, &mut self.rows, &mut self.state)
    }

    /// What an empty list says: why it is empty and what to do next.
    fn empty(&self) -> (String, String) {
        if let Some(failed) = self.rows.failed() {
            return (text!("list-failed").show(), failed.to_owned());
        }
        if !self.search.trim().is_empty() {
            return (text!("list-not-found", words = self.search.trim()).show(), text!("list-not-found-hint").show());
        }
        if self.filters.is_set() {
            return (text!("list-filtered-out").show(), text!("list-filtered-out-hint").show());
        }
        let hint = match self.meta.kind {
            Kind::Document => text!("list-empty-documents"),
            Kind::Catalog => text!("list-empty-catalog"),
        };
        (text!("list-empty").show(), hint.show())
    }

    fn event(&mut self, ui: &Ui, event: ListEvent, current: Option<Rect>, ctx: &mut PageContext<'_>) {
        match event {
            ListEvent::Open if self.way == Way::Choose => self.act("choose-row", ctx),
            ListEvent::Open if self.current_is_folder() && self.by_folder() => self.act("into-folder", ctx),
            ListEvent::Open => self.act("open", ctx),
            ListEvent::Create => self.act("create", ctx),
            ListEvent::CreateFolder => self.act("create-folder", ctx),
            ListEvent::Copy => self.act("copy", ctx),
            ListEvent::Mark => self.act("mark", ctx),
            ListEvent::Delete => self.act("delete", ctx),
            ListEvent::Into(_) => self.act("into-folder", ctx),
            ListEvent::Out => self.act("out-of-folder", ctx),
            ListEvent::Sorted => {
                self.reread(self.state.reference());
                self.keep(ctx);
            }
            ListEvent::Rearranged => {
                // A column that was hidden has nothing to show yet.
                self.reread(self.state.reference());
                self.keep(ctx);
            }
            ListEvent::Typed(typed) => {
                self.search = typed;
                let search = self.id().with("search");
                focus::set(ui.ctx(), search);
                widgets::entry::cursor_to_end(ui, search, &self.search);
                self.searched(AnyRef::EMPTY);
            }
            ListEvent::Menu(at) => self.menu.open(ui, self.id().with("menu"), at, current),
            ListEvent::CopyRows => ctx.toast(text!("list-copy-too-many"), Role::Warning),
            ListEvent::Moved => self.moved(),
        }
    }

    /// Another row is current: what the next step is called follows it.
    fn moved(&mut self) {
        let label = self.order_state().and_then(|(state, posted)| next_label(state, posted));
        let label = label.unwrap_or_else(|| text!("list-next-action"));
        if let Some(next) = self.commands.iter_mut().find(|command| command.code == "next-action") {
            next.label = label.into();
        }
    }

    fn menu_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let facts = self.facts();
        let item = |code: &str| find(&self.commands, code).map(|command| MenuItem::of(command, facts));
        let mut items: Vec<MenuItem> = ["choose-row", "open", "copy"].iter().filter_map(|code| item(code)).collect();
        items.extend(item("why-refused").filter(|item| item.enabled));
        items.extend(item("next-action").filter(|item| item.enabled));
        let groups: [&[&str]; 2] = [
            &[
                "post",
                "unpost",
                "mark",
                "set-priority",
                "cancel-orders",
                "close-orders",
                "twins",
                "asked-none",
                "to-folder",
            ],
            &["find-same", "copy-rows"],
        ];
        for group in groups {
            let found = group.iter().filter_map(|code| item(code)).enumerate();
            items.extend(found.map(|(at, item)| if at == 0 { item.divided() } else { item }));
        }
        items.extend(item("print").map(MenuItem::divided));
        if self.way == Way::Show {
            let based = based_on(self.meta).into_iter().enumerate();
            items.extend(based.map(|(at, item)| {
                let item = MenuItem { label: text!("list-based-on-it", kind = &item.label).show(), ..item };
                if at == 0 { item.divided() } else { item }
            }));
        }
        if let Some(code) = self.menu.show(ui, self.id().with("menu"), &items) {
            ctx.requests.push(Request::Run(code));
        }
    }
}

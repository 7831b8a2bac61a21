//! The commands of a list carried out.

use super::deeds::{Deed, Doing, rule_label};
use super::ranking::{PRIORITY, RAISED, ask_priority};
use super::refused::{CHOSEN, REFUSED};
use super::setup::Setup;
use super::{ListPage, Way, folders};
use crate::domain::registry;
use crate::domain::sales::order_state::{NextAction, PAYMENTS};
use crate::kernel::behaviour::Choices;
use crate::kernel::meta::Kind;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Value;
use crate::ops::cancel::CLOSE_RULES;
use crate::ops::gate::Op;
use crate::ops::save::How;
use crate::text;
use crate::ui::app::form::cancelling::ask_reason;
use crate::ui::app::pages;
use crate::ui::app::preview::PreviewPage;
use crate::ui::app::work::twins;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Open, Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{RowSource as _, clean};

/// Documents printed at once.
const PRINTED_MOST: usize = 200;
/// Rows copied at once.
const COPIED_MOST: usize = 20_000;

impl ListPage {
    /// Carries out a command.
    pub(super) fn act(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        let current = self.state.reference();
        if let Some(denied) = crate::ui::commands::find(&self.commands, code).and_then(|command| command.denied.clone())
        {
            return ctx.toast(denied, Role::Warning);
        }
        match code {
            "choose-row" => self.choose_row(ctx),
            "open" if !current.is_empty() => self.open_current(current, ctx),
            "create" => self.create(ctx),
            "copy" if !current.is_empty() && !self.current_is_folder() => {
                self.expects_new = true;
                self.made(pages::copy(&self.base, current), ctx);
            }
            "mark" => self.ask_mark(ctx),
            "delete" => {
                // A click on the notice goes to where it is done.
                let opens = Some(Open::Code("work:deletion".to_owned()));
                let text = text!("list-delete-refused").into();
                ctx.requests.push(Request::Toast(Toast { text, role: Role::Warning, opens }));
            }
            "post" => self.over_meant(Deed::Post, ctx),
            "unpost" => self.over_meant(Deed::Unpost, ctx),
            "next-action" => self.next_action(ctx),
            "why-refused" => self.explain_refused(current, None),
            "cancel-orders" => ask_reason("cancel-orders", ctx),
            "close-orders" => ask_rule(ctx),
            PRIORITY => ask_priority(ctx),
            "twins" => ctx.open(Open::Code(twins::code(current))),
            "asked-none" if !current.is_empty() && !self.current_is_folder() => self.over_current(Deed::Asked, ctx),
            "create-folder" if self.has_folders => {
                let title = text!("cmd-create-folder").into();
                ctx.ask(Dialog::Input { title, label: text!("folders-name").into(), text: String::new() }, "folder");
            }
            "to-folder" if self.has_folders => {
                let choices = Choices { only: vec![("folder", 1)], ..Choices::default() };
                let what = Open::Choose(Some(self.meta), self.path.reference(), choices);
                ctx.requests.push(Request::Pick(what, "to-folder".to_owned()));
            }
            "into-folder" => self.enter_folder(),
            "out-of-folder" => self.out_of_folder(),
            "hierarchy" if self.has_folders => {
                self.in_folders = !self.in_folders;
                self.reread(current);
                self.keep(ctx);
            }
            "show-marked" => {
                self.without_marked = !self.without_marked;
                self.reread(current);
                self.keep(ctx);
            }
            "find" => self.focus_search = true,
            "find-more" => self.focus_filters = true,
            "find-end" => {
                self.search.clear();
                self.searched(current);
            }
            "find-same" => self.find_same(ctx),
            "list-settings" => self.setup = Some(Setup::of(&self.columns.shown, &self.state.layout)),
            "copy-rows" => self.copy_rows(ctx),
            "refresh" => self.rows.read(current),
            "print" => self.print("", ctx),
            other => {
                if let Some(kind) = other.strip_prefix("based:").and_then(registry::by_code) {
                    self.made(pages::on_basis(&self.base, kind.meta(), current), ctx);
                } else if let Some(form) = other.strip_prefix("print:") {
                    self.print(form, ctx);
                }
            }
        }
    }

    /// Shows the papers of the meant documents before they are printed.
    fn print(&self, form: &str, ctx: &mut PageContext<'_>) {
        let spans = self.meant();
        let count: usize = spans.iter().map(ExactSizeIterator::len).sum();
        if count > PRINTED_MOST {
            return ctx.toast(text!("list-print-too-many", most = PRINTED_MOST), Role::Warning);
        }
        let rows = spans.into_iter().flatten().filter_map(|at| self.rows.line(at));
        let asked: Vec<AnyRef> = rows.map(|line| line.row.reference).collect();
        if !asked.is_empty() {
            ctx.open(Open::Code(PreviewPage::code(&asked, form)));
        }
    }

    /// The answer to something this list asked.
    pub(super) fn answered(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("created", Answer::Chosen(made)) => self.rows.read(made),
            ("mark", Answer::Button(button)) if button == "yes" => {
                let marked = self.current().is_some_and(|line| line.marked);
                self.over_meant(Deed::Mark(!marked), ctx);
            }
            ("close-order", Answer::Button(button)) if button == "yes" => self.over_current(Deed::Close, ctx),
            ("cancel-orders", Answer::Chosen(reason)) => self.over_meant(Deed::Cancel(reason), ctx),
            ("close-orders", Answer::Item(at)) => {
                if let Some(rule) = CLOSE_RULES.get(at) {
                    self.over_meant(Deed::CloseBy(*rule), ctx);
                }
            }
            (REFUSED, answer) => self.remedy(&answer, ctx),
            (CHOSEN, Answer::Chosen(value)) => self.remedy_chosen(value, ctx),
            (PRIORITY, Answer::Item(at)) => self.rank(at, ctx),
            (RAISED, answer) => self.rank_asked(&answer, ctx),
            ("to-folder", Answer::Chosen(folder)) => self.over_meant(Deed::Move(folder), ctx),
            ("folder", Answer::Text(name)) if !name.trim().is_empty() => self.create_folder(name.trim().to_owned()),
            ("payment", Answer::Item(at)) => {
                if let Some(kind) = PAYMENTS.get(at).and_then(|code| registry::by_code(code)) {
                    let page = pages::on_basis(&self.base, kind.meta(), self.state.reference());
                    self.made(page, ctx);
                }
            }
            _ => {}
        }
    }

    /// A page made here comes to the front; a problem is told by the page itself.
    fn made(&self, page: Option<Box<dyn Page>>, ctx: &mut PageContext<'_>) {
        match page {
            Some(page) => ctx.requests.push(Request::Show(page)),
            None => ctx.toast(text!("page-none"), Role::Warning),
        }
    }

    fn choose_row(&mut self, ctx: &mut PageContext<'_>) {
        if self.current_is_folder() {
            return self.enter_folder();
        }
        let current = self.state.reference();
        if !current.is_empty() {
            ctx.requests.push(Request::Chosen(current));
        }
    }

    fn open_current(&self, current: AnyRef, ctx: &mut PageContext<'_>) {
        if self.way == Way::Choose {
            // Over the list, so that choosing goes on afterwards.
            ctx.requests.push(Request::Pick(Open::Object(current), "opened".to_owned()));
        } else {
            ctx.open(Open::Object(current));
        }
    }

    fn create(&mut self, ctx: &mut PageContext<'_>) {
        if !self.may_create() {
            return ctx.toast(text!("list-no-create"), Role::Warning);
        }
        self.expects_new = true;
        if self.way == Way::Choose {
            return ctx.requests.push(Request::Pick(Open::New(self.meta, String::new()), "created".to_owned()));
        }
        let mut given: Vec<(&'static str, Value)> = Vec::new();
        let folder = self.path.reference();
        if self.by_folder() && !folder.is_empty() {
            given.push(("parent", Value::Ref(folder)));
        }
        self.made(pages::create(&self.base, self.meta, given), ctx);
    }

    fn create_folder(&mut self, name: String) {
        let (meta, parent) = (self.meta, self.path.reference());
        self.expects_new = true;
        drop(self.base.write(Op::Save, move |tx| {
            let mut object = (meta.new)();
            folders::fill(object.as_mut(), &name, parent);
            tx.save(object.as_mut(), How::Write)
        }));
    }

    fn enter_folder(&mut self) {
        if !self.current_is_folder() || !self.by_folder() {
            return;
        }
        let Some(line) = self.current() else { return };
        let name = self.rows.view().value(&line.cells, "name");
        let title = if let Some(Value::Text(name)) = name { name } else { String::new() };
        let reference = line.row.reference;
        self.path.enter(reference, title);
        self.reread(AnyRef::EMPTY);
        let len = self.rows.len();
        self.state.go(0, len);
    }

    fn out_of_folder(&mut self) {
        if !self.by_folder() {
            return;
        }
        let left = self.path.leave();
        if !left.is_empty() {
            self.reread(AnyRef::EMPTY);
            self.find_folder(left);
        }
    }

    /// The cursor goes to the folder that was left, when it is there again.
    pub(super) fn find_folder(&mut self, left: AnyRef) {
        self.state.expect(left);
    }

    fn ask_mark(&self, ctx: &mut PageContext<'_>) {
        let Some(line) = self.current() else { return };
        let count: usize = self.meant().iter().map(ExactSizeIterator::len).sum();
        let question = match (line.marked, count) {
            (false, 1) => text!("list-ask-mark", what = self.called(ctx)),
            (false, many) => text!("list-ask-mark-many", count = many),
            (true, 1) => text!("list-ask-unmark", what = self.called(ctx)),
            (true, many) => text!("list-ask-unmark-many", count = many),
        };
        ctx.ask(Dialog::yes_no(text!("cmd-mark"), question), "mark");
    }

    /// What the current row is called, as far as it is known without asking the base.
    fn called(&self, ctx: &mut PageContext<'_>) -> String {
        let known = ctx.host.suggest().title(self.state.reference());
        let cell = || self.current().and_then(|line| line.row.cells.iter().find(|cell| !cell.text.is_empty()));
        known.or_else(|| cell().map(|cell| cell.text.clone())).unwrap_or_default()
    }

    fn over_meant(&mut self, deed: Deed, ctx: &mut PageContext<'_>) {
        if self.doing.is_some() || self.collecting.is_some() {
            return ctx.toast(text!("list-busy"), Role::Warning);
        }
        match self.rows.references(&self.meant()) {
            Ok(objects) if objects.is_empty() => {}
            Ok(objects) => self.doing = Some(Doing::begin(&self.base, deed, objects, None, ctx)),
            Err(ticket) => self.collecting = Some((ticket, deed)),
        }
    }

    fn over_current(&mut self, deed: Deed, ctx: &mut PageContext<'_>) {
        self.doing = Some(Doing::begin(&self.base, deed, vec![self.state.reference()], None, ctx));
    }

    /// Does what the current order waits for.
    fn next_action(&mut self, ctx: &mut PageContext<'_>) {
        let Some((state, posted)) = self.order_state() else { return };
        if !posted {
            return self.over_current(Deed::Post, ctx);
        }
        match state.next_action() {
            NextAction::Approve => self.over_current(Deed::Approve, ctx),
            NextAction::Supply => ctx.open(Open::Code("work:shortages".to_owned())),
            NextAction::Ship => self.act("based:goods_issue", ctx),
            NextAction::Pay => {
                let label = |code: &&str| registry::by_code(code).map_or(String::new(), |kind| kind.meta().label());
                let items = PAYMENTS.iter().map(|code| (label(code), String::new())).collect();
                ctx.ask(Dialog::List { title: text!("next-pay").into(), items }, "payment");
            }
            NextAction::Close => {
                let question = text!("list-ask-close", what = self.called(ctx));
                ctx.ask(Dialog::yes_no(text!("next-close"), question), "close-order");
            }
            NextAction::Nothing => {}
        }
    }

    /// Narrows the list to rows that hold the same as the current cell; once more takes that off.
    fn find_same(&mut self, ctx: &mut PageContext<'_>) {
        if self.filters.same.take().is_none() {
            let shown = self.state.layout.columns.iter().filter(|column| !column.hidden);
            let Some(code) = shown.map(|column| column.code.clone()).nth(self.state.column) else { return };
            let Some(field) = self.columns.field(self.meta, &code) else { return };
            let at = self.columns.shown.iter().position(|column| column.code == code);
            let Some(line) = self.current() else { return };
            let view = self.rows.view();
            let place = at.and_then(|at| view.places.get(at).copied().flatten());
            let Some(stored) = place.and_then(|place| line.cells.get(place)).cloned() else { return };
            let text = at.and_then(|at| line.row.cells.get(at)).map(|cell| cell.text.clone()).unwrap_or_default();
            if text.is_empty() {
                return ctx.toast(text!("list-same-empty"), Role::Warning);
            }
            self.filters.same = Some((field, stored, text));
        }
        self.reread(self.state.reference());
    }

    /// The meant rows go to the clipboard as a table.
    fn copy_rows(&mut self, ctx: &mut PageContext<'_>) {
        let spans = self.meant();
        let count: usize = spans.iter().map(ExactSizeIterator::len).sum();
        let layout = &self.state.layout.columns;
        let place = |code: &str| self.columns.shown.iter().position(|column| column.code == code);
        let shown: Vec<usize> =
            layout.iter().filter(|column| !column.hidden).filter_map(|column| place(&column.code)).collect();
        let titles: Vec<String> =
            shown.iter().filter_map(|at| self.columns.shown.get(*at)).map(|column| clean(&column.title)).collect();
        let mut out = titles.join("\t");
        for at in spans.into_iter().flatten() {
            let Some(line) = self.rows.line(at).filter(|_| count <= COPIED_MOST) else {
                return ctx.toast(text!("list-copy-too-many"), Role::Warning);
            };
            let cells = shown.iter().map(|at| line.row.cells.get(*at).map_or("", |cell| cell.text.as_str()));
            out.push('\n');
            out.push_str(&cells.map(clean).collect::<Vec<_>>().join("\t"));
        }
        ctx.requests.push(Request::Clipboard(out));
        if self.meta.kind == Kind::Document || count > 1 {
            ctx.toast(text!("list-copied", count = count), Role::Good);
        }
    }
}

/// Asks by which rule orders are to be closed.
fn ask_rule(ctx: &mut PageContext<'_>) {
    let items = CLOSE_RULES.iter().map(|rule| (rule_label(*rule).show(), String::new())).collect();
    ctx.ask(Dialog::List { title: text!("list-close-orders").into(), items }, "close-orders");
}

//! The generic form of any catalog or document: fields, table parts, commands, all by metadata and layout.
//!
//! [`editor`] is the open form between frames, [`draft`] the object in it with its recalculation, [`load`] what
//! is asked of the base, [`saving`] how it is written, [`commands`] the command table and [`doing`] what each of
//! them does, [`order`] what a customer order shows besides,
//! [`merging`] what two have changed, [`why`] the answer to F1. Beside the form stand the pages opened from it: [`movements`], [`related`], [`history`].

pub mod cancelling;
mod commands;
mod compare;
mod doing;
mod draft;
mod editor;
mod fields;
pub mod history;
mod letter;
mod load;
mod merging;
pub mod movements;
mod order;
mod parts;
pub mod refusal;
pub mod related;
pub mod saving;
mod scan;
mod sheet;
mod why;

use super::base::{Base, Ticket};
use super::pages;
use super::permits::{self, Seen};
use crate::domain::registry;
use crate::domain::sales::order_state::{NextAction, OrderState};
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::kernel::value::{Type, Value};
use crate::ops::order_view::OrderView;
use crate::ops::raise::Raised;
use crate::ops::scanned::Scanned;
use crate::ops::start::Start;
use crate::text;
use crate::ui::commands::{Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog, remark};
use crate::ui::shell::page::{Message, Page, PageContext, Request};
use crate::ui::theme::{Role, colors};
use crate::ui::widgets::form;
use crate::ui::widgets::toolbar::{Tool, Toolbar};
use crate::ui::{focus, fonts, paint};
use commands::{CLOSES, LACKS, LOCKED, MARKED, MORE, NEEDS_LOOK, NEXT, PAYS, SHIPS, UNAGREED};
use editor::{Editor, state_mark, title};
use egui::{Align, Sense, Ui, vec2};
use load::Loaded;
use saving::{Peeked, Saving, Then};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Forms opened so far: the number tells the fields of one from those of another.
static FORMS: AtomicU64 = AtomicU64::new(1);

enum Stage {
    Loading(Ticket<Loaded>),
    Open(Box<Editor>),
    Failed(String),
}

/// The form of an object.
pub struct FormPage {
    base: Rc<Base>,
    kind: &'static dyn KindOps,
    form: u64,
    stage: Stage,
    /// What it was opened with, until it is saved.
    reference: AnyRef,
    /// It begins with something that would be lost.
    filled: bool,
    commands: Vec<Command>,
    seen: Seen,
    /// To be written as soon as nothing waits to be recalculated.
    wanted: Option<(saving::Deed, Then)>,
    saving: Option<Saving>,
    /// What is asked before it is written, and what came of the question.
    raised: Option<(saving::Deed, Then, Raised)>,
    sharing: saving::Sharing,
    peek: Option<Ticket<Peeked>>,
    /// The base has changed: the object is to be looked at again.
    look: bool,
    answers: Vec<saving::Waiting>,
    /// What can be done about the refusal that is explained.
    remedies: Vec<refusal::Remedy>,
    /// Someone else has saved first: both versions are on their way to be compared.
    comparing: Option<merging::Comparing>,
    /// Something is half typed in a field: it must not be written over.
    typing: bool,
    /// It shows a version of the history, which is only to be seen.
    past: Option<(AnyRef, i64)>,
    /// They are shown in the place of the fields.
    merging: Option<Box<merging::Merging>>,
    /// A template of letters is shown on a real order beside its fields.
    letter: Option<letter::Beside>,
}

impl FormPage {
    /// The form of an object in the base; `None` for a reference to nothing.
    pub fn open(base: &Rc<Base>, reference: AnyRef) -> Option<Self> {
        Self::begin(base, Start::Saved(reference))
    }
    /// The form of a new object, called so when its kind has a name.
    pub fn create(base: &Rc<Base>, meta: &'static ObjectMeta, name: &str) -> Option<Self> {
        let named = meta.kind == Kind::Catalog && !name.is_empty();
        Self::create_with(base, meta, if named { vec![("name", Value::Text(name.to_owned()))] } else { Vec::new() })
    }
    /// The form of a new object with these fields set: its folder, its owner.
    pub fn create_with(base: &Rc<Base>, meta: &'static ObjectMeta, given: Vec<(&'static str, Value)>) -> Option<Self> {
        Self::begin(base, Start::New(meta, given))
    }
    /// The form of a new object as a copy of another.
    pub fn copy(base: &Rc<Base>, reference: AnyRef) -> Option<Self> {
        Self::begin(base, Start::Copy(reference))
    }
    /// The form of a new object on the basis of another.
    pub fn on_basis(base: &Rc<Base>, meta: &'static ObjectMeta, basis: AnyRef) -> Option<Self> {
        Self::begin(base, Start::Basis(meta, basis))
    }

    /// The form of an object as it was at a version, only to be seen.
    pub fn version(base: &Rc<Base>, reference: AnyRef, version: i64) -> Option<Self> {
        let form = Self::begin(base, Start::Past(reference, version))?;
        Some(Self { past: Some((reference, version)), ..form })
    }

    fn begin(base: &Rc<Base>, from: Start) -> Option<Self> {
        let kind = registry::ops(from.meta()?)?;
        let reference = if let Start::Saved(reference) = from { reference } else { AnyRef::EMPTY };
        let filled = matches!(from, Start::Copy(_) | Start::Basis(..));
        Some(Self {
            base: Rc::clone(base),
            kind,
            form: FORMS.fetch_add(1, Ordering::Relaxed),
            stage: Stage::Loading(base.read(move |session| load::load(session, &from))),
            reference,
            filled,
            commands: commands::commands(kind.meta()),
            seen: Seen::default(),
            wanted: None,
            saving: None,
            raised: None,
            sharing: saving::Sharing::default(),
            peek: None,
            look: false,
            answers: Vec::new(),
            remedies: Vec::new(),
            comparing: None,
            typing: false,
            past: None,
            merging: None,
            letter: letter::Beside::of(kind.meta(), base),
        })
    }

    fn meta(&self) -> &'static ObjectMeta {
        self.kind.meta()
    }

    /// Commands the user may not give are greyed.
    fn permit(&mut self) {
        let rights = self.base.rights();
        if self.seen.renew(&rights) {
            permits::deny(&mut self.commands, self.kind.meta(), &rights);
        }
    }

    fn editor(&self) -> Option<&Editor> {
        if let Stage::Open(editor) = &self.stage { Some(editor) } else { None }
    }

    fn editor_mut(&mut self) -> Option<&mut Editor> {
        if let Stage::Open(editor) = &mut self.stage { Some(editor) } else { None }
    }

    /// The object as it is on the form; `None` while it is being read.
    pub fn object(&self) -> Option<&dyn Object> {
        self.editor().map(|editor| editor.draft.object.as_ref())
    }

    /// Takes in what was being read.
    fn loaded(&mut self, answer: Outcome<Loaded>, ctx: &mut PageContext<'_>) {
        match answer {
            Ok(mut loaded) => {
                let told = std::mem::take(&mut loaded.told);
                if !told.is_empty() {
                    let message = |text: &Text| Message::warning(text.show());
                    ctx.requests.push(Request::Messages(told.iter().map(message).collect()));
                }
                self.stage = Stage::Open(Box::new(Editor::new(self.form, self.kind, loaded, self.filled, ctx)));
            }
            Err(Error::Cancelled) => ctx.close(),
            Err(error) => self.stage = Stage::Failed(error.sentence()),
        }
    }

    fn head_ui(&self, ui: &mut Ui, editor: &Editor) {
        let object = editor.draft.object.as_ref();
        let (head, meta) = (object.head(), self.meta());
        let (words, icon, role) = match (head.marked, head.posted, meta.kind) {
            (true, _, _) => (text!("form-state-marked"), Icon::X, Role::Danger),
            _ if head.id == 0 => return form::page_title(ui, &title(object)),
            (_, true, _) => (text!("form-state-posted"), Icon::CheckSquare, Role::Good),
            (_, _, Kind::Document) => (text!("form-state-saved"), Icon::File, Role::Weak),
            (_, _, Kind::Catalog) => return form::page_title(ui, &title(object)),
        };
        state_mark(ui, &title(object), &words.show(), icon, role);
    }

    fn bar_ui(&self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let facts = self.facts();
        let meta = self.meta();
        let mut tools = match meta.kind {
            Kind::Document => vec![Tool::Main("post-and-close"), Tool::Button("save"), Tool::Button("post")],
            Kind::Catalog => vec![Tool::Main("save-and-close"), Tool::Button("save")],
        };
        let based = commands::based_menu(meta, facts);
        if !based.is_empty() {
            tools.extend([Tool::Divider, Tool::Menu(text!("form-based").show(), None, based)]);
        }
        let prints = commands::print_menu(meta, facts);
        if !prints.is_empty() {
            tools.push(Tool::Menu(text!("cmd-print").show(), Some(Icon::Printer), prints));
        }
        tools.push(Tool::Divider);
        if meta.kind == Kind::Document {
            tools.extend([Tool::Icon("movements"), Tool::Icon("related")]);
        }
        tools.push(Tool::Icon("history"));
        tools.extend(letter::tools(meta).iter().map(|code| Tool::Button(code)));
        let bar = Toolbar {
            id: fields::id(self.form, "command bar"),
            commands: &self.commands,
            facts,
            tools: &tools,
            more: &MORE,
            reserve: 0.0,
        };
        if let Some(code) = bar.show(ui) {
            ctx.run(code);
        }
        ui.add_space(4.0);
    }

    fn quiet_ui(ui: &mut Ui, title: &str, words: &str) {
        form::page_title(ui, title);
        let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
        paint::text(ui.painter(), line, words, fonts::text(), colors(ui).weak, Align::Min);
    }
}

/// What the notices above the fields say.
fn notices_ui(ui: &mut Ui, editor: &Editor, ctx: &mut PageContext<'_>) {
    if let Some(locked) = &editor.beside.locked {
        remark(ui, &locked.show(), Role::Warning);
    }
    if editor.draft.object.head().marked {
        remark(ui, &text!("form-marked-notice").show(), Role::Danger);
    }
    if editor.stale && order::remark_button(ui, &text!("form-stale"), &text!("form-stale-show"), Role::Warning) {
        ctx.run("compare");
    }
}

impl Page for FormPage {
    fn key(&self) -> String {
        if let Some((reference, version)) = self.past {
            return format!("version:{}:{version}", reference.packed());
        }
        match self.reference.is_empty() {
            true => format!("new:{}:{}", self.meta().code, self.form),
            false => format!("object:{}:{}", self.meta().code, self.reference.id()),
        }
    }
    fn title(&self) -> String {
        let meta = self.meta();
        let Some(object) = self.object() else { return meta.label() };
        if let Some((_, version)) = self.past {
            return text!("version-title", title = self.kind.presentation(object), version = version).show();
        }
        match (object.head().id, meta.kind) {
            (0, _) => text!("form-new", kind = meta.label()).show(),
            (_, Kind::Document) => format!("{} {}", meta.label(), object.get(0).show(Type::Text)),
            (_, Kind::Catalog) => self.kind.presentation(object),
        }
    }
    fn icon(&self) -> Option<Icon> {
        Some(if self.meta().kind == Kind::Document { Icon::FileText } else { Icon::Cube })
    }
    fn modified(&self) -> bool {
        self.editor().is_some_and(|editor| editor.draft.modified())
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let Some(editor) = self.editor() else { return Facts::NONE };
        let head = editor.draft.object.head();
        let order = editor.beside.order.as_ref().filter(|order| order.posted);
        let next = order.map(OrderView::next);
        let open = order.filter(|order| order.verdict.state != OrderState::Closed);
        Facts::NONE
            .when(self.meta().kind == Kind::Document, Facts::DOCUMENT)
            .when(!editor.read_only(), Facts::EDITABLE)
            .when(head.id > 0 && self.past.is_none(), Facts::SAVED)
            .when(head.posted, Facts::POSTED)
            .when(editor.draft.modified(), Facts::CHANGED)
            .when(head.marked, MARKED)
            .when(editor.beside.locked.is_some(), LOCKED)
            .when(open.is_some_and(|order| order.verdict.ready > 0), SHIPS)
            .when(open.is_some_and(|order| !order.unpaid.is_zero()), PAYS)
            .when(open.is_some_and(|order| order.lacking() > 0), LACKS)
            .when(next.is_some_and(|next| next != NextAction::Nothing), NEXT)
            .when(open.is_some(), CLOSES)
            .when(open.is_some_and(|order| order.verdict.state == OrderState::Approval), UNAGREED)
            .when(editor.beside.order.as_ref().is_some_and(|order| !order.attention.is_empty()), NEEDS_LOOK)
    }
    fn hint(&self) -> String {
        if self.merging.is_some() {
            return text!("merge-keys").show();
        }
        commands::hint(self.meta())
    }
    fn choose_hint(&self) -> String {
        self.hint()
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.typing = focus::half_typed(ui.ctx());
        self.permit();
        self.advance(ctx);
        if let Some(merging) = self.merging.as_mut() {
            return merging.ui(ui, ctx);
        }
        match &self.stage {
            Stage::Loading(_) => Self::quiet_ui(ui, &self.meta().label(), &text!("list-loading").show()),
            Stage::Failed(words) => Self::quiet_ui(ui, &self.meta().label(), words),
            Stage::Open(editor) => {
                self.head_ui(ui, editor);
                self.bar_ui(ui, ctx);
                notices_ui(ui, editor, ctx);
                if let Some(view) = &editor.beside.order {
                    order::state_line(ui, view, self.facts(), &self.commands, ctx);
                }
            }
        }
        match (&mut self.stage, &mut self.letter) {
            (Stage::Open(editor), Some(letter)) => letter.ui(ui, editor, ctx),
            (Stage::Open(editor), None) => editor.ui(ui, ctx),
            _ => {}
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        self.carry_out(code, ctx);
    }

    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        self.take_answer(token, answer, ctx);
    }

    fn scan(&mut self, scanned: &Scanned, ctx: &mut PageContext<'_>) -> bool {
        self.take_scan(scanned, ctx)
    }

    fn why(&mut self, message: &Message) {
        if let Some(problem) = self.refused_at(&message.place, Some(&message.text)) {
            self.explain_refusal(problem);
        }
    }

    fn may_close(&mut self, ctx: &mut PageContext<'_>) -> bool {
        let modified = self.modified();
        if modified {
            ctx.ask(Dialog::save(&self.title()), "close");
        }
        !modified
    }

    fn closes_soon(&self) -> bool {
        self.closes_with_saving()
    }

    fn go_to(&mut self, message: &Message, ui: &Ui) {
        if let Some(editor) = self.editor_mut() {
            editor.go_to(&message.place, ui);
        }
    }

    fn changed(&mut self, objects: &[AnyRef]) {
        let order = self.editor().is_some_and(|editor| editor.beside.order.is_some());
        if !self.reference.is_empty() && (order || objects.is_empty() || objects.contains(&self.reference)) {
            self.look = true;
        }
    }

    fn link(&self) -> Option<String> {
        pages::link(self.reference)
    }

    fn reopen(&self) -> Option<String> {
        self.link()
    }
}

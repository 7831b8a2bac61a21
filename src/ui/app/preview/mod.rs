//! Papers on the screen as they come out of the printer, with what they lack, and the way to a printer or a
//! file.
//!
//! [`asked`] reads what is to be shown, [`commands`] are what can be done with it, [`view`] keeps size and place, [`paper`] paints a page, [`job`]
//! prints and saves in the background. Pages made by others, such as reports, are shown by
//! [`PreviewPage::of_pages`].

mod asked;
mod commands;
mod job;
mod paper;
mod view;

use super::base::{Base, Ticket};
use crate::domain::registry;
use crate::kernel::refs::AnyRef;
use crate::ops::printing::{Papers, forms_of, is_labels, labels, papers};
use crate::print::pages::Pages;
use crate::print::printer::{Printer, Printers, SystemPrinters};
use crate::text;
use crate::ui::commands::{Chord, Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{self, Answer, Dialog};
use crate::ui::shell::files::FileDialog;
use crate::ui::shell::page::{Message, Open, Page, PageContext, Request};
use crate::ui::shell::places;
use crate::ui::theme::{self, CONTROL, Role};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::menu::MenuItem;
use crate::ui::widgets::toolbar::{Tool, Toolbar};
use crate::ui::{fonts, paint};
use commands::{BUSY, LABELS, READY, SHEETS, SMALL, commands};
use egui::{Align, Context, Id, Key, ScrollArea, Sense, Ui, vec2};
use job::{Done, Running, Task, file_name, with_ending};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use view::{Go, View, Zoom};

/// Settings of the user: the folder PDFs were last saved to, the printer last chosen.
const FOLDER: &str = "print-folder";
const PRINTER: &str = "print-printer";
/// Lines of remarks seen at once.
const REMARKS: f32 = 4.0;

/// The page.
pub struct PreviewPage {
    /// Where documents are read; none for pages made by others.
    base: Option<Rc<Base>>,
    asked: Vec<(AnyRef, String)>,
    reading: Option<Ticket<Papers>>,
    pages: Arc<Pages>,
    /// The pages as they are, while they are shown several on a sheet.
    apart: Option<Arc<Pages>>,
    /// What is missing with the card to open, then what else is to be known.
    remarks: Vec<(String, AnyRef)>,
    blanks: usize,
    /// Why nothing is shown.
    trouble: String,
    key: String,
    view: View,
    commands: Vec<Command>,
    printers: Arc<dyn Printers>,
    found: Vec<Printer>,
    running: Option<Running>,
    ctx: Option<Context>,
}

impl PreviewPage {
    /// Papers of documents: `goods_issue:12:torg12`, several separated by commas; without a form, the usual one.
    pub fn open(base: &Rc<Base>, rest: &str) -> Self {
        let mut page = Self::empty(format!("print:{rest}"));
        page.base = Some(Rc::clone(base));
        match asked::read(rest) {
            Some(asked) => page.asked = asked,
            None => page.trouble = text!("preview-unknown", asked = rest).show(),
        }
        page.read();
        page
    }

    /// Pages made by others. `key` tells the page from other ones and is stable while they are the same.
    pub fn of_pages(key: &str, pages: Pages) -> Self {
        let mut page = Self::empty(format!("pages:{key}"));
        page.remarks = pages.warnings.iter().map(|said| (said.show(), AnyRef::EMPTY)).collect();
        page.pages = Arc::new(pages);
        page
    }

    /// What code opens the papers of documents in a form; an empty one is the usual form of each.
    pub fn code(documents: &[AnyRef], form: &str) -> String {
        let asked: Vec<_> = documents.iter().map(|reference| (*reference, form.to_owned())).collect();
        format!("print:{}", asked::write(&asked))
    }

    fn empty(key: String) -> Self {
        Self {
            base: None,
            asked: Vec::new(),
            reading: None,
            pages: Arc::default(),
            apart: None,
            remarks: Vec::new(),
            blanks: 0,
            trouble: String::new(),
            key,
            view: View::default(),
            commands: commands(),
            printers: Arc::new(SystemPrinters::default()),
            found: Vec::new(),
            running: None,
            ctx: None,
        }
    }

    /// With printers of the caller's: tests and training have no real ones.
    #[must_use]
    pub fn with_printers(mut self, printers: Arc<dyn Printers>) -> Self {
        self.printers = printers;
        self
    }

    fn id(&self) -> Id {
        Id::unique(("preview", &self.key))
    }

    fn read(&mut self) {
        if self.asked.is_empty() {
            return;
        }
        let asked = self.asked.clone();
        self.reading = self.base.as_ref().map(|base| base.read(move |session| papers(session, &asked)));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(papers) => self.take(papers),
                Err(error) => self.trouble = error.sentence(),
            }
        }
        if let Some(answer) = self.running.as_ref().and_then(Running::poll) {
            self.running = None;
            match answer {
                Ok(Done::Printers(found)) => self.choose(found, ctx),
                Ok(Done::Said(said)) => ctx.toast(said, Role::Good),
                Err(said) => failed(ctx, said),
            }
        }
    }

    fn take(&mut self, papers: Papers) {
        self.trouble.clear();
        self.blanks = papers.blanks.len();
        let blanks = papers.blanks.iter().map(|blank| (blank.text.show(), blank.open));
        let notes = papers.notes.iter().map(|said| (said.show(), AnyRef::EMPTY));
        self.remarks = blanks.chain(notes).collect();
        self.pages = Arc::new(papers.pages);
        if self.apart.take().is_some() {
            self.on_sheets();
        }
    }

    /// Labels stand several on a sheet, or each on a page of its own again.
    fn on_sheets(&mut self) {
        match self.apart.take() {
            Some(pages) => self.pages = pages,
            None => {
                let sheets = Arc::new(self.pages.on_sheets());
                self.apart = Some(std::mem::replace(&mut self.pages, sheets));
            }
        }
        self.view.go(Go::Sheet(0));
    }

    /// Asks which of the printers, and how many copies.
    fn choose(&mut self, found: Vec<Printer>, ctx: &mut PageContext<'_>) {
        if found.is_empty() {
            ctx.ask(Dialog::notice(text!("preview-print-title"), text!("preview-no-printers")), "none");
            return;
        }
        let last = ctx.host.kept(PRINTER);
        let named = found.iter().position(|printer| Some(&printer.name) == last.as_ref());
        let default = || found.iter().position(|printer| printer.default);
        let selected = named.or_else(default).unwrap_or(0);
        let detail = |printer: &Printer| if printer.default { text!("preview-default").show() } else { String::new() };
        let items = found.iter().map(|printer| (printer.name.clone(), detail(printer))).collect();
        let (title, label) = (text!("preview-print-title").into(), text!("preview-copies").into());
        ctx.ask(Dialog::Counted { title, items, selected, label, count: 1 }, "printer");
        self.found = found;
    }

    fn start(&mut self, task: Task, ctx: &mut PageContext<'_>) {
        let Some(screen) = self.ctx.clone() else { return };
        let words = match &task {
            Task::List => text!("preview-listing"),
            Task::Print { .. } => text!("preview-printing"),
            Task::Save(_) => text!("preview-saving"),
        };
        ctx.requests.push(Request::Messages(Vec::new()));
        let printers = Arc::clone(&self.printers);
        match Running::start(task, Arc::clone(&self.pages), printers, ctx.host.now(), screen) {
            Ok(running) => {
                ctx.requests.push(Request::Work(words.into(), running.progress()));
                self.running = Some(running);
            }
            Err(said) => failed(ctx, said),
        }
    }

    fn ask_file(&self, ctx: &mut PageContext<'_>) {
        let places = places();
        let start = ctx.host.kept(FOLDER).map(PathBuf::from).filter(|folder| folder.is_dir());
        let start = start.or_else(|| places.first().map(|(_, path)| path.clone())).unwrap_or_default();
        let name = format!("{}.pdf", file_name(&self.pages.title));
        let files = FileDialog::save(start, name).filter(text!("preview-pdf-files"), &["pdf"]).places(places);
        ctx.ask(Dialog::File(Box::new(files)), "file");
    }

    /// The forms of the one document that is shown.
    fn forms(&self) -> Vec<MenuItem> {
        let [(reference, form)] = self.asked.as_slice() else { return Vec::new() };
        let forms = forms_of(reference.tag());
        let (form, _) = labels::each_of(form);
        let chosen = if form.is_empty() { forms.first().map_or("", |form| form.code) } else { form };
        let item = |one: &crate::ops::printing::PrintForm| {
            MenuItem::new(format!("form:{}", one.code), one.title().show()).checked(one.code == chosen)
        };
        if forms.len() > 1 { forms.iter().map(item).collect() } else { Vec::new() }
    }

    fn bar_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let forms = self.forms();
        let mut tools = vec![Tool::Main("print"), Tool::Button("save-pdf")];
        if !forms.is_empty() {
            tools.push(Tool::Menu(text!("preview-form").show(), Some(Icon::FileText), forms));
        }
        if self.facts().has(SMALL) {
            tools.push(Tool::Button("on-sheets"));
        }
        if self.facts().has(LABELS) {
            tools.push(Tool::Button("label-count"));
        }
        tools.push(Tool::Divider);
        tools.extend(["zoom-out", "zoom-in", "zoom-width", "zoom-sheet"].map(Tool::Icon));
        tools.extend([Tool::Divider, Tool::Icon("sheet-back"), Tool::Icon("sheet-on")]);
        let said = self.place_words();
        let width = paint::width_of(ui, &said, fonts::small()) + theme::GAP_X * 2.0;
        let facts = self.facts();
        let bar = Toolbar {
            id: self.id().with("bar"),
            commands: &self.commands,
            facts,
            tools: &tools,
            more: &["refresh"],
            reserve: width,
        };
        let row = ui.available_rect_before_wrap();
        if let Some(code) = bar.show(ui) {
            ctx.run(code);
        }
        let place = crate::ui::px::rect(row.right() - width, row.top(), width, CONTROL);
        paint::text(ui.painter(), place, &said, fonts::small(), theme::colors(ui).weak, Align::Max);
        ui.add_space(2.0);
    }

    /// «Страница 2 из 5, 125 %».
    fn place_words(&self) -> String {
        if self.pages.pages.is_empty() {
            return String::new();
        }
        let percent = format!("{:.0}", self.view.percent());
        let (page, pages) = (self.view.sheet() + 1, self.pages.pages.len());
        text!("preview-place", page = page, pages = pages, percent = percent).show()
    }

    /// What the papers lack: a line each, a click opens where it is filled in.
    fn remarks_ui(&self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if self.remarks.is_empty() {
            return;
        }
        let height = CONTROL * REMARKS;
        let frame = egui::Frame::new().fill(theme::colors(ui).warning_fill).inner_margin(egui::Margin::symmetric(6, 3));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            if self.blanks > 0 {
                dialog::remark(ui, &text!("preview-blanks", count = self.blanks).show(), Role::Warning);
            }
            let area = ScrollArea::vertical().id_salt(self.id().with("remarks")).max_height(height);
            area.auto_shrink([false, true]).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (said, open) in &self.remarks {
                    if open.is_empty() {
                        dialog::remark(ui, said, Role::Note);
                        continue;
                    }
                    let button = Button::new(said).with_icon(Some(Icon::ArrowSquareOut)).look(Look::Flat);
                    if ui.add(button).on_hover_text(text!("preview-fill").show()).clicked() {
                        ctx.open(Open::Object(*open));
                    }
                }
            });
        });
        ui.add_space(4.0);
    }

    /// The sheets; arrows scroll while the desk is in focus.
    fn desk_ui(&mut self, ui: &mut Ui, first: bool) {
        let desk = self.id().with("desk");
        let room = ui.available_rect_before_wrap();
        let response = ui.interact(room, desk, Sense::CLICK.union(Sense::FOCUSABLE));
        let title = self.title();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::ScrollView, true, &title));
        if first || response.clicked() {
            crate::ui::focus::set(ui.ctx(), desk);
        }
        if crate::ui::focus::on(ui.ctx(), desk) {
            let filter =
                egui::EventFilter { vertical_arrows: true, horizontal_arrows: true, ..egui::EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(desk, filter));
            for (key, down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
                if ui.input_mut(|input| Chord::plain(key).take(input)) {
                    self.view.arrow(down);
                }
            }
        }
        let pages = Arc::clone(&self.pages);
        self.view.show(ui, desk.with("area"), &pages.pages);
    }

    fn turn(&mut self, forward: bool) {
        let at = self.view.sheet();
        self.view.go(Go::Sheet(if forward { at + 1 } else { at.saturating_sub(1) }));
    }

    fn take_form(&mut self, code: &str) {
        if let [(_, form)] = self.asked.as_mut_slice() {
            code.clone_into(form);
            self.read();
        }
    }
}

/// Tells in the message panel why something was not done.
fn failed(ctx: &mut PageContext<'_>, text: String) {
    ctx.requests.push(Request::Messages(vec![Message::danger(text)]));
}

impl Page for PreviewPage {
    fn key(&self) -> String {
        // Another form of the same document is another paper.
        self.reopen().unwrap_or_else(|| self.key.clone())
    }
    fn title(&self) -> String {
        if !self.pages.title.is_empty() {
            return self.pages.title.clone();
        }
        let kind = self.asked.first().and_then(|(reference, _)| registry::of(*reference));
        kind.map_or_else(|| text!("preview-title").show(), |kind| kind.meta().label())
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Printer)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let ready = !self.pages.pages.is_empty();
        let several = self.pages.pages.len() > 1;
        let labels = self.asked.iter().any(|(reference, form)| is_labels(*reference, form));
        let small = self.apart.is_some() || self.pages.on_a_sheet().is_some();
        Facts::NONE
            .when(ready, READY)
            .when(several, SHEETS)
            .when(small, SMALL)
            .when(labels, LABELS)
            .when(self.running.is_some(), BUSY)
    }
    fn hint(&self) -> String {
        text!("preview-hint").show()
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.ctx = Some(ui.ctx().clone());
        self.receive(ctx);
        self.bar_ui(ui, ctx);
        self.remarks_ui(ui, ctx);
        if !self.trouble.is_empty() {
            dialog::remark(ui, &self.trouble, Role::Danger);
        } else if self.pages.pages.is_empty() {
            let said = text!("preview-reading").show();
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
            paint::text(ui.painter(), rect, &said, fonts::text(), theme::colors(ui).weak, Align::Min);
        }
        self.desk_ui(ui, ctx.first);
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "print" if self.blanks > 0 => {
                let question = text!("preview-print-anyway", count = self.blanks);
                ctx.ask(Dialog::yes_no(text!("preview-print-title"), question), "anyway");
            }
            "print" => self.start(Task::List, ctx),
            "save-pdf" => self.ask_file(ctx),
            "on-sheets" => self.on_sheets(),
            "label-count" => ctx.ask(asked::how_many(&self.asked), "label-count"),
            "zoom-in" => self.view.step(1),
            "zoom-out" => self.view.step(-1),
            "zoom-width" => self.view.zoom = Zoom::Width,
            "zoom-sheet" => self.view.zoom = Zoom::Sheet,
            "sheet-back" => self.turn(false),
            "sheet-on" => self.turn(true),
            "screen-up" => self.view.screen(false),
            "screen-down" => self.view.screen(true),
            "first-sheet" => self.view.go(Go::Sheet(0)),
            "last-sheet" => self.view.go(Go::Sheet(usize::MAX)),
            "refresh" => self.read(),
            _ => {
                if let Some(form) = code.strip_prefix("form:") {
                    self.take_form(form);
                }
            }
        }
    }
    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("anyway", Answer::Button(code)) if code == "yes" => self.start(Task::List, ctx),
            ("printer", Answer::Counted(at, copies)) => {
                let Some(printer) = self.found.get(at).map(|printer| printer.name.clone()) else { return };
                ctx.host.keep(PRINTER, printer.clone());
                self.start(Task::Print { printer, copies }, ctx);
            }
            ("label-count", Answer::Counted(way, count)) => {
                asked::count(&mut self.asked, (way > 0).then_some(count));
                self.read();
            }
            ("file", Answer::File(path)) => {
                if let Some(folder) = path.parent() {
                    ctx.host.keep(FOLDER, folder.display().to_string());
                }
                self.start(Task::Save(with_ending(&path)), ctx);
            }
            _ => {}
        }
    }
    fn changed(&mut self, _objects: &[AnyRef]) {
        // A paper is made of many cards: reading it anew is cheaper than knowing which.
        self.read();
    }
    fn reopen(&self) -> Option<String> {
        (!self.asked.is_empty()).then(|| format!("print:{}", asked::write(&self.asked)))
    }
}

//! A report in the window: parameters, rows in groups, and what every figure is made of.
//!
//! [`parts`] has its commands, [`grouping`] the menu of groupings, [`parameters`] the row above the list,
//! [`rows`] is the list's source, [`save`] files and pages. The report is made on a
//! reading thread and can be stopped; a figure opens its movements, a movement its document.

mod grouping;
mod page;
mod parameters;
mod parts;
mod rows;
mod save;

use super::base::{Base, Ticket};
use super::preview::PreviewPage;
use crate::kernel::problems::Error;
use crate::print::pages::Pages;
use crate::report::drill::{Go, Target, named, targets};
use crate::report::run::run;
use crate::report::setup::Setup;
use crate::report::sheet::Sheet;
use crate::text;
use crate::ui::commands::Command;
use crate::ui::icons::Icon;
use crate::ui::shell::page::{Message, Open, Page, PageContext, Request};
use crate::ui::theme::{self, Role};
use crate::ui::widgets::list::{List, ListEvent, ListState};
use crate::ui::widgets::menu::{MenuItem, RowMenu};
use crate::ui::widgets::progress::Progress;
use crate::ui::widgets::table::columns::{Column, Sort};
use crate::ui::widgets::toolbar::{Tool, Toolbar};
use crate::ui::{focus, fonts, paint};
use egui::{Align, Id, Sense, Ui, vec2};
use parts::{Loaded, PERIOD, commands, read, read_kept};
use rows::{SheetRows, columns};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

/// The folder files were last saved to, a setting of the user.
const FOLDER: &str = "report-folder";
/// Seconds after which a report being made is shown as long work.
const LONG: f64 = 0.4;

/// A report being made.
struct Making {
    ticket: Ticket<Sheet>,
    progress: Progress,
    /// Seconds of the window at which it was first waited for.
    since: Option<f64>,
    told: bool,
}

/// The page.
pub struct ReportPage {
    base: Rc<Base>,
    rest: String,
    loading: Option<Ticket<Loaded>>,
    loaded: Option<Arc<Loaded>>,
    setup: Option<Setup>,
    /// What the shown sheet was made by.
    made_by: Option<Setup>,
    making: Option<Making>,
    rows: SheetRows,
    columns: Vec<Column>,
    state: ListState,
    commands: Vec<Command>,
    menu: RowMenu,
    /// The ways down of the row the menu is open on.
    ways: Vec<Target>,
    naming: Option<Ticket<Vec<Target>>>,
    saving: Option<Ticket<PathBuf>>,
    laying: Option<Ticket<Pages>>,
    /// The form a file is being asked for.
    form: String,
    stale: bool,
    trouble: String,
}

impl ReportPage {
    /// A report by its link: `sales`, or `sales?from=...&by=item` with what is chosen.
    pub fn open(base: &Rc<Base>, rest: &str) -> Self {
        let code = Setup::code_of(rest).0.to_owned();
        Self {
            base: Rc::clone(base),
            rest: rest.to_owned(),
            loading: Some(base.read(move |session| read(session, &code))),
            loaded: None,
            setup: None,
            made_by: None,
            making: None,
            rows: SheetRows::waiting(),
            columns: Vec::new(),
            state: ListState::default(),
            commands: commands(),
            menu: RowMenu::default(),
            ways: Vec::new(),
            naming: None,
            saving: None,
            laying: None,
            form: String::new(),
            stale: false,
            trouble: String::new(),
        }
    }

    fn id(&self) -> Id {
        Id::unique(("report", &self.rest))
    }

    /// The name of the user's settings of this report.
    fn kept_as(&self) -> String {
        format!("report-{}", Setup::code_of(&self.rest).0)
    }

    /// Takes what the threads have ready.
    fn receive(&mut self, ui: &Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.loading) {
            match answer {
                Ok(loaded) => self.loaded(loaded, ctx),
                Err(error) => self.failed(&error, ctx),
            }
        }
        if let Some(answer) = self.making.as_ref().and_then(|making| making.ticket.poll()) {
            if let Some(making) = self.making.take() {
                making.progress.finish();
            }
            match answer {
                Ok(sheet) => self.made(sheet),
                Err(error) => self.failed(&error, ctx),
            }
        }
        self.tell_long(ui, ctx);
        if let Some(Ok(ways)) = Ticket::take(&mut self.naming) {
            self.ways = ways;
        }
        self.receive_files(ctx);
    }

    /// Shows a report that takes long as work that can be stopped.
    fn tell_long(&mut self, ui: &Ui, ctx: &mut PageContext<'_>) {
        let Some(making) = self.making.as_mut().filter(|making| !making.told) else { return };
        let now = ui.input(|input| input.time);
        let since = *making.since.get_or_insert(now);
        if now - since > LONG {
            making.told = true;
            let title = self.loaded.as_ref().map(|loaded| loaded.definition.label()).unwrap_or_default();
            ctx.requests.push(Request::Work(text!("report-making", report = title).into(), making.progress.clone()));
        } else {
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
        }
    }

    fn receive_files(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.saving) {
            match answer {
                Ok(path) => ctx.toast(text!("report-saved", file = path.display().to_string()), Role::Good),
                Err(error) => self.failed(&error, ctx),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.laying) {
            match answer {
                Ok(pages) => {
                    let key = self.made_by.as_ref().map(Setup::link).unwrap_or_default();
                    ctx.requests.push(Request::Show(Box::new(PreviewPage::of_pages(&key, pages))));
                }
                Err(error) => self.failed(&error, ctx),
            }
        }
    }

    fn loaded(&mut self, loaded: Loaded, ctx: &mut PageContext<'_>) {
        let today = ctx.today();
        let mut setup = Setup::from_link(&loaded.definition, &self.rest, today);
        // A link says everything; a bare code means «as I had it».
        if let Some((by, layout)) = ctx.host.kept(&self.kept_as()).as_deref().and_then(read_kept) {
            if !self.rest.contains('?') && by.iter().all(|code| loaded.definition.field(code).is_some()) {
                setup.by = by;
            }
            self.state.layout = layout;
        }
        self.state.layout.sort = setup.sort.clone().map(|(code, descending)| Sort { code, descending });
        let complete = setup.check(&loaded.definition).is_ok();
        self.setup = Some(setup);
        self.loaded = Some(Arc::new(loaded));
        if complete {
            self.make(ctx);
        } else {
            self.rows.take(Arc::default());
        }
    }

    /// Has the report made; one that is being made is stopped.
    fn make(&mut self, ctx: &mut PageContext<'_>) {
        let (Some(loaded), Some(setup)) = (self.loaded.clone(), self.setup.clone()) else { return };
        if let Some(making) = self.making.take() {
            making.progress.cancel();
            making.progress.finish();
        }
        ctx.requests.push(Request::Messages(Vec::new()));
        self.trouble.clear();
        if let Err(error) = setup.check(&loaded.definition) {
            return self.failed(&error, ctx);
        }
        let progress = Progress::default();
        let (watched, asked) = (progress.clone(), setup.clone());
        let ticket =
            self.base.read(move |session| run(&session.store, &loaded.definition, &asked, &|| !watched.is_cancelled()));
        self.stale = false;
        self.made_by = Some(setup);
        self.making = Some(Making { ticket, progress, since: None, told: false });
    }

    fn made(&mut self, sheet: Sheet) {
        let sheet = Arc::new(sheet);
        self.columns = columns(&sheet);
        self.rows.take(sheet);
        self.ways.clear();
    }

    fn failed(&mut self, error: &Error, ctx: &mut PageContext<'_>) {
        let sentence = error.sentence();
        if self.loaded.is_none() {
            self.trouble.clone_from(&sentence);
        }
        self.rows.take(Arc::clone(self.rows.sheet()));
        ctx.requests.push(Request::Messages(sentence.lines().map(Message::danger).collect()));
    }

    /// Keeps grouping and columns for this user.
    fn keep(&self, ctx: &mut PageContext<'_>) {
        let Some(setup) = self.setup.as_ref().filter(|setup| setup.moves.is_none()) else { return };
        let layout = serde_json::to_string(&self.state.layout).unwrap_or_default();
        ctx.host.keep(&self.kept_as(), format!("{}\n{layout}", setup.by.join(",")));
    }

    /// The code of the column that was last pointed at.
    fn column(&self) -> usize {
        let shown = self.state.layout.columns.iter().filter(|kept| !kept.hidden);
        let code = shown.map(|kept| kept.code.as_str()).nth(self.state.column).unwrap_or_default();
        self.rows.sheet().head(code).unwrap_or(0)
    }

    /// Everywhere the current row leads.
    fn ways(&self) -> Vec<Target> {
        let (Some(loaded), Some(setup)) = (&self.loaded, &self.made_by) else { return Vec::new() };
        let Some(row) = self.rows.place(self.state.current) else { return Vec::new() };
        targets(&loaded.definition, setup, self.rows.sheet(), row, self.column(), &loaded.related)
    }

    fn go(target: &Target, ctx: &mut PageContext<'_>) {
        match &target.go {
            Go::Report(setup) => ctx.open(Open::Code(format!("report:{}", setup.link()))),
            Go::Object(reference) => ctx.open(Open::Object(*reference)),
        }
    }

    /// One way is gone at once, of several one is chosen.
    fn drill(
        &mut self,
        ui: &Ui,
        at: Option<egui::Pos2>,
        row: Option<egui::Rect>,
        always_ask: bool,
        ctx: &mut PageContext<'_>,
    ) {
        let ways = self.ways();
        let movement = self.rows.sheet().movements.is_empty();
        match ways.as_slice() {
            [] => {}
            [only] => Self::go(only, ctx),
            // A movement is its document.
            [first, ..] if !movement && !always_ask => Self::go(first, ctx),
            _ => {
                let unnamed = ways.clone();
                self.naming = Some(self.base.read(move |session| named(&session.store, unnamed)));
                self.ways = ways;
                self.menu.open(ui, self.id().with("ways"), at, row);
            }
        }
    }

    fn bar_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let mut tools = vec![Tool::Main("make")];
        if let Some((loaded, setup)) = self.loaded.as_ref().zip(self.setup.as_ref()) {
            let items = grouping::items(&loaded.definition, setup);
            if !items.is_empty() {
                tools.push(Tool::Menu(grouping::words(&loaded.definition, setup), Some(Icon::Rows), items));
            }
        }
        let forms = save::FORMS.iter().map(|form| MenuItem::new(format!("save:{form}"), save::label(form)));
        tools.push(Tool::Divider);
        tools.push(Tool::Menu(text!("report-save").show(), Some(Icon::Export), forms.collect()));
        tools.push(Tool::Icon("print"));
        if self.facts().has(PERIOD) {
            tools.extend([Tool::Divider, Tool::Icon("span-back"), Tool::Icon("span-on")]);
        }
        let bar = Toolbar {
            id: self.id().with("bar"),
            commands: &self.commands,
            facts: self.facts(),
            tools: &tools,
            more: &[
                "drill",
                "-",
                "unfold",
                "fold",
                "-",
                "copy-rows",
                "list-settings",
                "-",
                "period-today",
                "period-week",
                "period-month",
                "period-quarter",
                "period-year",
                "period-all",
            ],
            reserve: 0.0,
        };
        if let Some(code) = bar.show(ui) {
            ctx.run(code);
        }
        ui.add_space(2.0);
    }

    fn list_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let label = self.title();
        let (title, hint) = (text!("report-empty").show(), text!("report-empty-hint").show());
        let list = List {
            marks: false,
            frozen: 1,
            tree: self.rows.is_tree(),
            empty: (&title, &hint),
            ..List::new(self.id().with("list"), &label, &self.columns)
        };
        if ctx.first {
            focus::set(ui.ctx(), list.id);
        }
        let out = list.show(ui, &mut self.rows, &mut self.state);
        for event in out.events {
            match event {
                ListEvent::Open => self.drill(ui, None, out.current, false, ctx),
                ListEvent::Menu(at) => self.drill(ui, at, out.current, true, ctx),
                ListEvent::Sorted => {
                    let sort = self.state.layout.sort.clone();
                    if let Some(setup) = self.setup.as_mut() {
                        setup.sort = sort.map(|sort| (sort.code, sort.descending));
                    }
                    self.make(ctx);
                }
                ListEvent::Rearranged => self.keep(ctx),
                _ => {}
            }
        }
        let items: Vec<MenuItem> = self
            .ways
            .iter()
            .enumerate()
            .map(|(at, way)| MenuItem::new(format!("way:{at}"), way.label.clone()))
            .collect();
        if let Some(code) = self.menu.show(ui, self.id().with("ways"), &items)
            && let Some(way) = code.strip_prefix("way:").and_then(|at| self.ways.get(at.parse::<usize>().ok()?))
        {
            Self::go(way, ctx);
        }
    }

    /// Says that what is shown is not what is chosen any more, or not what the base holds.
    fn remark_ui(&self, ui: &mut Ui) {
        let said = if !self.trouble.is_empty() {
            self.trouble.clone()
        } else if self.rows.sheet().cut {
            text!("report-cut", count = crate::report::most_moves()).show()
        } else if self.making.is_some() {
            text!("report-being-made").show()
        } else if self.made_by != self.setup && self.loaded.is_some() {
            text!("report-chosen-otherwise").show()
        } else if self.stale {
            text!("report-stale").show()
        } else {
            return;
        };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &said));
        let color = if self.trouble.is_empty() { theme::colors(ui).weak } else { theme::colors(ui).danger };
        paint::text(ui.painter(), rect, &said, fonts::small(), color, Align::Min);
    }
}

impl Drop for ReportPage {
    fn drop(&mut self) {
        if let Some(making) = &self.making {
            making.progress.cancel();
            making.progress.finish();
        }
    }
}

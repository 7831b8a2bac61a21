//! Orders of a site from a file: what became of every document, and what needs a person.

use super::{WorkList, failed, head_ui, open_order_command};
use crate::domain::company::site_link::SiteLink;
use crate::kernel::object::Declared as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::{Type, Value};
use crate::ops::gate::Session;
use crate::ops::import_orders::{Fate, Import, import_orders};
use crate::ops::present::Titles;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Chord, Command, Facts};
use crate::ui::editors::Field;
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::files::FileDialog;
use crate::ui::shell::page::{Message, Open, Page, PageContext, Request, place_of};
use crate::ui::shell::places;
use crate::ui::theme::Role;
use crate::ui::widgets::form::{self, RowLayout};
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::progress::Progress;
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Key, Ui};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The setting that keeps the folder files were last loaded from.
const FOLDER: &str = "import-folder";
/// The code of the link that takes orders when none is chosen, as on the command line.
const NO_LINK: &str = "file";

/// What a finished import shows.
struct Shown {
    rows: Vec<ListRow>,
    /// Created, updated, the same, skipped, broken.
    counts: [usize; 5],
    warnings: Vec<String>,
}

/// The page.
pub struct ImportPage {
    base: Rc<Base>,
    link: Value,
    list: WorkList,
    commands: Vec<Command>,
    running: Option<(Ticket<Shown>, Progress)>,
    said: String,
}

impl ImportPage {
    /// Nothing loaded yet.
    pub fn new(base: &Rc<Base>) -> Self {
        let load = Command::new("load", text!("work-load"))
            .hint(text!("work-load-hint"))
            .key(Chord::ctrl(Key::O))
            .icon(Icon::DownloadSimple)
            .reads();
        let bind = Command::new("bind", text!("work-bind")).hint(text!("work-bind-hint")).icon(Icon::Link);
        let commands = vec![load, open_order_command("open"), bind];
        let columns = vec![
            Column::new("number", text!("work-site-number").show(), 130.0).unsorted(),
            Column::new("result", text!("work-result").show(), 130.0).unsorted(),
            Column::new("order", text!("work-order").show(), 300.0).unsorted(),
            Column::new("remarks", text!("work-remarks").show(), 300.0).stretch(1.0).unsorted(),
        ];
        Self {
            base: Rc::clone(base),
            link: Value::Ref(AnyRef::EMPTY),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::default()),
            commands,
            running: None,
            said: String::new(),
        }
    }

    fn id() -> Id {
        Id::unique("work import")
    }

    fn start(&mut self, path: PathBuf, ctx: &mut PageContext<'_>) {
        if let Some(folder) = path.parent() {
            ctx.host.keep(FOLDER, folder.display().to_string());
        }
        let link = if let Value::Ref(link) = self.link { link } else { AnyRef::EMPTY };
        let progress = Progress::default();
        let told = progress.clone();
        let ticket = self.base.work(move |session| {
            let shown = load(session, &path, link, &told);
            told.finish();
            shown
        });
        ctx.requests.push(Request::Work(text!("work-loading").into(), progress.clone()));
        ctx.requests.push(Request::Messages(Vec::new()));
        self.said = text!("work-loading").show();
        self.running = Some((ticket, progress));
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        let Some(outcome) = self.running.as_ref().and_then(|(ticket, _)| ticket.poll()) else { return };
        self.running = None;
        match outcome {
            Ok(shown) => {
                let [created, updated, same, skipped, broken] = shown.counts;
                let said = text!(
                    "work-loaded",
                    created = created,
                    updated = updated,
                    same = same,
                    skipped = skipped,
                    broken = broken
                );
                self.said = said.show();
                self.list.rows.take(shown.rows);
                self.list.state.go(0, self.list.rows.rows().len());
                ctx.requests.push(Request::Messages(shown.warnings.into_iter().map(Message::warning).collect()));
            }
            Err(Error::Cancelled) => self.said = text!("work-load-cancelled").show(),
            Err(error) => {
                self.said = text!("work-load-refused").show();
                failed(ctx, error.sentence());
            }
        }
    }

    fn link_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let label = text!("work-link").show();
        let hint = text!("work-link-none").show();
        let field =
            Field { hint: &hint, ..Field::new(Self::id().with("link"), "link", &label, Type::Ref(SiteLink::declared)) };
        let layout = RowLayout::of(ui, [label.as_str()]).wide(320.0);
        let link = &mut self.link;
        ctx.editing(|aid| form::row(ui, layout, &field, link, aid));
        ui.add_space(4.0);
        form::group_title(ui, if self.said.is_empty() { " " } else { &self.said });
    }
}

/// Reads the file and takes its orders; runs on the writing thread.
fn load(session: &Session, path: &Path, link: AnyRef, progress: &Progress) -> Outcome<Shown> {
    let bytes = std::fs::read(path)
        .map_err(|error| Error::Failed(text!("file-not-read", file = path.display().to_string()), error.to_string()))?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let facts = session.facts();
    let read: &dyn crate::kernel::facts::Facts = &facts;
    let code = read.get(Ref::<SiteLink>::new(link.id())).map_or_else(|| NO_LINK.to_owned(), |card| card.code.clone());
    let import = import_orders(session, &name, &bytes, &code, &mut |done, total| {
        progress.report(u64::try_from(done).unwrap_or(0), u64::try_from(total).unwrap_or(0));
        !progress.is_cancelled()
    })?;
    shown(session, &import)
}

fn shown(session: &Session, import: &Import) -> Outcome<Shown> {
    let facts = session.facts();
    let mut titles = Titles::default();
    let mut rows = Vec::with_capacity(import.documents.len());
    for taken in &import.documents {
        let (result, role, order, reason) = match &taken.fate {
            Fate::Created(order) => (text!("import-created"), Role::Good, *order, String::new()),
            Fate::Updated(order) => (text!("import-updated"), Role::Good, *order, String::new()),
            Fate::Same(order) => (text!("import-same"), Role::Weak, *order, String::new()),
            Fate::Skipped(reason) => (text!("import-skipped"), Role::Weak, AnyRef::EMPTY, reason.show()),
            Fate::Broken(reason) => (text!("import-broken"), Role::Danger, AnyRef::EMPTY, reason.clone()),
        };
        let remarks = taken.remarks.iter().map(crate::kernel::text::Text::show);
        let remarks: Vec<String> = Some(reason).filter(|said| !said.is_empty()).into_iter().chain(remarks).collect();
        let title = titles.of(order, &session.store, &facts)?;
        let cells = vec![
            Cell::new(&taken.number),
            Cell::new(result.show()).role(role),
            Cell::new(title),
            Cell::new(remarks.join("; ")),
        ];
        rows.push(ListRow { reference: order, cells, ..ListRow::default() });
    }
    let counts = [
        import.count(|fate| matches!(fate, Fate::Created(_))),
        import.count(|fate| matches!(fate, Fate::Updated(_))),
        import.count(|fate| matches!(fate, Fate::Same(_))),
        import.count(|fate| matches!(fate, Fate::Skipped(_))),
        import.count(|fate| matches!(fate, Fate::Broken(_))),
    ];
    let warnings = import.warnings.iter().map(crate::kernel::text::Text::show).collect();
    Ok(Shown { rows, counts, warnings })
}

impl Page for ImportPage {
    fn key(&self) -> String {
        "work:import".to_owned()
    }
    fn title(&self) -> String {
        text!("work-import").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::DownloadSimple)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.list.state.reference().is_empty(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("work-import-hint").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [Tool::Main("load"), Tool::Button("open"), Tool::Button("bind")];
        let facts = self.facts();
        head_ui(ui, ctx, Self::id(), &self.title(), (&self.commands, facts), &tools);
        self.link_ui(ui, ctx);
        let label = self.title();
        let empty = [text!("work-import-empty"), text!("work-import-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        for event in events {
            match event {
                ListEvent::Open => ctx.run("open"),
                ListEvent::Create => ctx.run("load"),
                _ => {}
            }
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "load" if self.running.is_none() => {
                let start = ctx.host.kept(FOLDER).map(PathBuf::from).filter(|folder| folder.is_dir());
                let start = start.or_else(|| places().into_iter().next().map(|(_, path)| path)).unwrap_or_default();
                let dialog = FileDialog::open(start)
                    .title(text!("work-load-title"))
                    .filter(text!("work-load-filter"), &["xml"])
                    .places(places());
                ctx.ask(Dialog::File(Box::new(dialog)), "load");
            }
            "open" if !self.list.state.reference().is_empty() => ctx.open(Open::Object(self.list.state.reference())),
            "bind" => ctx.open(Open::Code("work:bind".to_owned())),
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match answer {
            Answer::File(path) if token == "load" => self.start(path, ctx),
            Answer::Chosen(link) if place_of(token).is_some() => self.link = Value::Ref(link),
            _ => {}
        }
    }

    fn may_close(&mut self, _ctx: &mut PageContext<'_>) -> bool {
        if let Some((_, progress)) = &self.running {
            progress.cancel();
        }
        true
    }
}

//! The bases the program knows: open one, make a new one, copy one, take one off the list.

use super::base::Ticket;
use super::launch::{Known, Launch, Wanted, Work};
use super::lobby::sizes;
use super::server_page::name_of;
use crate::domain::company::company::TaxRegime;
use crate::kernel::moment::Moment;
use crate::store::address::Address;
use crate::text;
use crate::ui::app::head::head_ui;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::files::FileDialog;
use crate::ui::shell::page::{Open, Page, PageContext};
use crate::ui::shell::places;
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, List, ListEvent, ListRow, ListState, Mark, RowSource};
use crate::ui::widgets::progress::progress_bar;
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The ending of our files.
const ENDING: &str = "kontora";

/// The page.
pub struct BasesPage {
    launch: Rc<Launch>,
    /// The base that is open.
    present: Option<PathBuf>,
    known: Vec<Known>,
    sizes: Vec<Option<u64>>,
    asking: Option<Ticket<Vec<Option<u64>>>>,
    rows: HeldRows,
    state: ListState,
    columns: Vec<Column>,
    commands: Vec<Command>,
    /// Where the new base goes while its regime is asked for.
    making: Option<PathBuf>,
    copying: Option<PathBuf>,
}

fn commands() -> Vec<Command> {
    vec![
        Command::new("open-base", text!("bases-open"))
            .hint(text!("bases-open-hint"))
            .key(keys::OPEN)
            .icon(Icon::FolderOpen)
            .needs(Facts::ROW),
        Command::new("new-base", text!("bases-new")).hint(text!("bases-new-hint")).key(keys::CREATE).icon(Icon::Plus),
        Command::new("new-demo", text!("bases-new-demo")).hint(text!("bases-new-demo-hint")).icon(Icon::Gift),
        Command::new("copy-base", text!("bases-copy"))
            .hint(text!("bases-copy-hint"))
            .key(keys::COPY)
            .icon(Icon::Copy)
            .needs(Facts::ROW),
        Command::new("other-base", text!("bases-other")).hint(text!("bases-other-hint")).icon(Icon::Folder),
        Command::new("shared-base", text!("server-title")).hint(text!("server-connect-hint")).icon(Icon::Database),
        Command::new("forget-base", text!("bases-forget"))
            .hint(text!("bases-forget-hint"))
            .key(keys::MARK)
            .icon(Icon::X)
            .needs(Facts::ROW),
    ]
}

impl BasesPage {
    /// The list; `present` is the base that is open.
    pub fn new(launch: Rc<Launch>, present: Option<PathBuf>) -> Self {
        let columns = vec![
            Column::new("name", text!("bases-name").show(), 220.0).unsorted(),
            Column::new("path", text!("bases-path").show(), 420.0).stretch(1.0).unsorted(),
            Column::new("size", text!("file-size").show(), 90.0).right().unsorted(),
            Column::new("opened", text!("bases-opened").show(), 150.0).unsorted(),
        ];
        Self {
            launch,
            present,
            known: Vec::new(),
            sizes: Vec::new(),
            asking: None,
            rows: HeldRows::default(),
            state: ListState::default(),
            columns,
            commands: commands(),
            making: None,
            copying: None,
        }
    }

    fn id() -> Id {
        Id::unique("bases")
    }

    /// Shows the list as it is now; sizes follow.
    fn prepare(&mut self) {
        let known = self.launch.known();
        if known != self.known || (self.rows.generation() == 0 && self.asking.is_none()) {
            self.known = known;
            self.sizes = vec![None; self.known.len()];
            self.asking = sizes(&self.launch);
            self.fill(true);
        }
        if let Some(answer) = Ticket::take(&mut self.asking) {
            self.sizes = answer.unwrap_or_default();
            self.fill(false);
        }
    }

    fn fill(&mut self, asking: bool) {
        let row = |(known, size): (&Known, &Option<u64>)| {
            let present = self.present.as_ref().is_some_and(|present| same(present, &known.path));
            let lost = size.is_none() && !asking;
            let name = name_of(&known.path);
            let size = match size {
                Some(0) => text!("bases-server").show(),
                Some(bytes) => text!("file-megabytes", count = megabytes(*bytes)).show(),
                None if lost => text!("bases-lost").show(),
                None => String::new(),
            };
            let name = Cell::new(name);
            ListRow {
                mark: Mark::None,
                cells: vec![
                    if present {
                        name.icon(Icon::CheckCircle, Role::Good)
                    } else {
                        name.icon(Icon::Database, Role::Weak)
                    },
                    Cell::new(Address::from(&known.path).shown()),
                    Cell::new(size),
                    Cell::new(moment(&known.opened)),
                ],
                role: if lost { Role::Disabled } else { Role::Text },
                bold: present,
                ..ListRow::default()
            }
        };
        let rows = self.known.iter().zip(&self.sizes).map(row).collect();
        self.rows.take(rows);
    }

    fn current(&self) -> Option<&Path> {
        self.known.get(self.state.current).map(|known| known.path.as_path())
    }

    fn save_dialog(&self, stem: &str, title: crate::kernel::text::Text) -> Dialog {
        let _ = std::fs::create_dir_all(self.launch.data());
        let dialog = FileDialog::save(self.launch.data(), self.launch.free_name(stem))
            .title(title)
            .filter(text!("bases-files"), &[ENDING])
            .places(self.places());
        Dialog::File(Box::new(dialog))
    }

    fn places(&self) -> Vec<(String, PathBuf)> {
        let own = (text!("bases-place").show(), self.launch.data().to_owned());
        std::iter::once(own).chain(places()).collect()
    }

    fn begin(&self, work: Work, ctx: &mut PageContext<'_>) {
        match self.launch.begin(work) {
            Ok(true) => {}
            Ok(false) => ctx.toast(text!("list-busy"), Role::Warning),
            Err(error) => ctx.toast(error.sentence(), Role::Danger),
        }
    }

    fn working_ui(&self, ui: &mut Ui) {
        if let Some((work, progress)) = self.launch.working() {
            progress_bar(ui, &work.label().show(), &progress, 420.0);
            ui.add_space(4.0);
        }
    }
}

/// True for one base, whether its address is written with the password or without.
fn same(one: &Path, other: &Path) -> bool {
    Address::from(one).without_password() == Address::from(other).without_password()
}

/// Whole megabytes, at least one.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20).max(1)
}

/// A moment as the list of bases keeps it, as people read it.
fn moment(kept: &str) -> String {
    let digits: String = kept.chars().filter(char::is_ascii_digit).collect();
    digits.parse().map_or_else(|_| String::new(), |stored| Moment::from_stored(stored).russian())
}

/// The file with our ending, when it was named without one.
fn with_ending(path: PathBuf) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(ENDING) }
}

impl Page for BasesPage {
    fn key(&self) -> String {
        "bases".to_owned()
    }
    fn title(&self) -> String {
        text!("bases-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Database)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.known.is_empty(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("bases-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        self.present.as_ref().map(|_| "bases".to_owned())
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.prepare();
        if ctx.first {
            focus::set(ui.ctx(), Self::id());
        }
        let tools = [
            Tool::Main("open-base"),
            Tool::Button("new-base"),
            Tool::Button("new-demo"),
            Tool::Divider,
            Tool::Button("copy-base"),
            Tool::Button("other-base"),
            Tool::Button("shared-base"),
            Tool::Button("forget-base"),
        ];
        head_ui(ui, ctx, Self::id(), &self.title(), (&self.commands, self.facts()), &tools);
        ui.add_space(2.0);
        self.working_ui(ui);
        let title = self.title();
        let (empty, hint) = (text!("bases-empty").show(), text!("bases-empty-hint").show());
        let list = List { marks: false, empty: (&empty, &hint), ..List::new(Self::id(), &title, &self.columns) };
        for event in list.show(ui, &mut self.rows, &mut self.state).events {
            match event {
                ListEvent::Open => self.command("open-base", ctx),
                ListEvent::Create => self.command("new-base", ctx),
                ListEvent::Mark => self.command("forget-base", ctx),
                ListEvent::Copy => self.command("copy-base", ctx),
                _ => {}
            }
        }
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "open-base" => {
                if let Some(path) = self.current() {
                    self.launch.want(Wanted::Open(path.to_owned()));
                }
            }
            "new-base" => ctx.ask(self.save_dialog("base", text!("bases-new")), "new"),
            "new-demo" => ctx.ask(self.save_dialog("demo", text!("bases-new-demo")), "demo"),
            "copy-base" => {
                let Some(from) = self.current().map(Path::to_owned) else { return };
                let stem = from.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
                let name = format!("{stem} {}", ctx.today().russian());
                self.copying = Some(from);
                ctx.ask(self.save_dialog(&name, text!("bases-copy")), "copy");
            }
            "other-base" => {
                let dialog = FileDialog::open(self.launch.data())
                    .title(text!("bases-other"))
                    .filter(text!("bases-files"), &[ENDING])
                    .places(self.places());
                ctx.ask(Dialog::File(Box::new(dialog)), "other");
            }
            "shared-base" => ctx.open(Open::Code("server".to_owned())),
            "forget-base" => {
                let Some(path) = self.current() else { return };
                if self.present.as_ref().is_some_and(|present| same(present, path)) {
                    return ctx.toast(text!("bases-forget-present"), Role::Warning);
                }
                self.launch.forget(path);
            }
            _ => {}
        }
    }
    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("new", Answer::File(path)) => {
                self.making = Some(with_ending(path));
                let items = REGIMES.iter().map(|regime| (regime.label(), String::new())).collect();
                ctx.ask(Dialog::List { title: text!("bases-regime").into(), items }, "regime");
            }
            ("regime", Answer::Item(at)) => {
                if let (Some(path), Some(regime)) = (self.making.take(), REGIMES.get(at)) {
                    let code = TaxRegime::META.code_of(*regime as i64).to_owned();
                    self.begin(Work::New(path, code), ctx);
                }
            }
            ("demo", Answer::File(path)) => self.begin(Work::Demo(with_ending(path)), ctx),
            ("copy", Answer::File(path)) => {
                if let Some(from) = self.copying.take() {
                    self.begin(Work::Copy { from, to: with_ending(path) }, ctx);
                }
            }
            ("other", Answer::File(path)) => self.launch.want(Wanted::Open(path)),
            _ => {}
        }
    }
}

/// Tax regimes in the order people expect: the one most small shops are under comes first.
pub(super) const REGIMES: [TaxRegime; 6] = [
    TaxRegime::SimplifiedFree,
    TaxRegime::Simplified5,
    TaxRegime::Simplified7,
    TaxRegime::SimplifiedGeneral,
    TaxRegime::General,
    TaxRegime::Patent,
];

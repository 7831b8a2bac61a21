//! The device bench: all devices with their lamps and what to do about them, a search, a test of each kind, and the
//! last exchanges in raw bytes beside their meaning.
//!
//! `rows` is what it shows, `files` writes the settings to a file and reads them.

mod files;
mod rows;

use super::Devices;
use super::form::DevicePage;
use super::trial::Trial;
use super::words;
use crate::devices::drive::probe::probe;
use crate::devices::manager::view::{EXCHANGES, Exchange, View};
use crate::devices::settings::{Address, DeviceSettings, KindName, NetworkAddress};
use crate::devices::wire::found::{Candidate, candidates};
use crate::ops::scanned::Scanned;
use crate::text;
use crate::ui::app::base::Ticket;
use crate::ui::app::head::head_ui;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Page, PageContext, Request};
use crate::ui::theme::{self, Role};
use crate::ui::widgets::list::{HeldRows, List, ListEvent, ListState, RowSource as _};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Rect, Ui, UiBuilder};
use std::path::PathBuf;
use std::rc::Rc;

/// The share of the page the devices take.
const UPPER: f32 = 0.42;

/// Something plugged in, and which kind of device it is where it has said so.
type Known = (Candidate, Option<KindName>);

/// The page.
pub struct BenchPage {
    devices: Rc<Devices>,
    views: Vec<View>,
    rows: HeldRows,
    state: ListState,
    columns: Vec<Column>,
    /// The device whose exchanges are shown, and how many there were.
    seen: (String, u64),
    exchanges: Vec<Exchange>,
    log: HeldRows,
    log_state: ListState,
    log_columns: Vec<Column>,
    searching: Option<Ticket<Vec<Known>>>,
    found: Vec<Known>,
    /// The address chosen for a new device.
    chosen: Option<Candidate>,
    trial: Option<Trial>,
    reading: Option<Ticket<Vec<DeviceSettings>>>,
    writing: Option<Ticket<PathBuf>>,
    commands: Vec<Command>,
}

fn commands() -> Vec<Command> {
    vec![
        Command::new("add", text!("devices-add")).hint(text!("devices-add-hint")).key(keys::CREATE).icon(Icon::Plus),
        Command::new("edit", text!("devices-edit"))
            .hint(text!("devices-edit-hint"))
            .key(keys::OPEN)
            .icon(Icon::PencilSimple)
            .needs(Facts::ROW),
        Command::new("remove", text!("devices-remove"))
            .hint(text!("devices-remove-hint"))
            .key(keys::DELETE)
            .icon(Icon::X)
            .needs(Facts::ROW),
        Command::new("search", text!("devices-search")).hint(text!("devices-search-hint")).icon(Icon::MagnifyingGlass),
        Command::new("trial", text!("devices-trial"))
            .hint(text!("devices-trial-hint"))
            .icon(Icon::Check)
            .needs(Facts::ROW),
        Command::new("tables", text!("devices-tables"))
            .hint(text!("devices-tables-hint"))
            .icon(Icon::Printer)
            .needs(Facts::ROW),
        Command::new("window", text!("devices-window"))
            .hint(text!("devices-window-hint"))
            .icon(Icon::ArrowSquareOut)
            .needs(Facts::ROW),
        Command::new("copy-log", text!("devices-copy")).hint(text!("devices-copy-hint")).icon(Icon::Copy),
        Command::new("export", text!("devices-export")).hint(text!("devices-export-hint")).icon(Icon::FloppyDisk),
        Command::new("import", text!("devices-import")).hint(text!("devices-import-hint")).icon(Icon::FolderOpen),
    ]
}

impl BenchPage {
    /// Of the workstation.
    pub fn new(devices: Rc<Devices>) -> Self {
        let columns = vec![
            Column::new("name", text!("devices-name").show(), 220.0).unsorted(),
            Column::new("kind", text!("devices-kind").show(), 126.0).unsorted(),
            Column::new("place", text!("devices-place").show(), 136.0).unsorted(),
            Column::new("lamp", text!("devices-lamp").show(), 128.0).unsorted(),
            Column::new("remedy", text!("devices-remedy").show(), 280.0).stretch(1.0).unsorted(),
        ];
        let log_columns = vec![
            Column::new("at", text!("exchange-at").show(), 80.0).unsorted(),
            Column::new("way", text!("exchange-way").show(), 90.0).unsorted(),
            Column::new("length", text!("exchange-length").show(), 60.0).right().unsorted(),
            Column::new("bytes", text!("exchange-bytes").show(), 380.0).stretch(1.0).unsorted(),
            Column::new("parsed", text!("exchange-parsed").show(), 280.0).stretch(1.0).unsorted(),
        ];
        Self {
            devices,
            views: Vec::new(),
            rows: HeldRows::waiting(),
            state: ListState::default(),
            columns,
            seen: (String::new(), 0),
            exchanges: Vec::new(),
            log: HeldRows::waiting(),
            log_state: ListState::default(),
            log_columns,
            searching: None,
            found: Vec::new(),
            chosen: None,
            trial: None,
            reading: None,
            writing: None,
            commands: commands(),
        }
    }

    fn id() -> Id {
        Id::unique("devices")
    }

    fn current(&self) -> Option<&View> {
        self.views.get(self.state.current)
    }

    /// Takes what the threads have, as far as it is news.
    fn refresh(&mut self) {
        let views = self.devices.manager().views();
        if views != self.views || self.rows.is_loading() {
            // A device that was added is what one wants to try.
            if views.len() > self.views.len() && !self.views.is_empty() {
                let known = |view: &View| self.views.iter().any(|own| own.settings.id == view.settings.id);
                self.state.current = views.iter().position(|view| !known(view)).unwrap_or(self.state.current);
            }
            self.rows.take(views.iter().map(rows::row).collect());
            self.views = views;
        }
        let now = self.current().map(|view| (view.settings.id.clone(), view.exchanges)).unwrap_or_default();
        if now != self.seen || self.log.is_loading() {
            self.exchanges = self.devices.manager().exchanges(&now.0);
            self.log.take(self.exchanges.iter().rev().map(rows::line).collect());
            self.seen = now;
        }
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.searching) {
            match answer {
                Ok(found) => self.offer(found, ctx),
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(devices) => {
                    let count = i64::try_from(devices.len()).unwrap_or(0);
                    self.devices.set(devices);
                    ctx.toast(text!("devices-imported", count = count), Role::Good);
                }
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.writing) {
            match answer {
                Ok(file) => ctx.toast(text!("devices-exported", file = file.display().to_string()), Role::Good),
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
        }
        if let Some((role, said)) = self.trial.as_ref().and_then(Trial::answer) {
            self.trial = None;
            ctx.toast(said, role);
        }
    }

    /// What was found, and what is never found by looking.
    fn offer(&mut self, mut found: Vec<Known>, ctx: &mut PageContext<'_>) {
        let network = NetworkAddress { host: "127.0.0.1".to_owned(), port: 9100 };
        let plain = |address| (Candidate { address, name: String::new() }, None);
        let others = [Address::Training, Address::Keyboard, Address::Tcp(network), Address::Spooler(String::new())];
        found.extend(others.map(plain));
        let title = |candidate: &Candidate| match &candidate.address {
            Address::Tcp(_) => text!("devices-in-network").show(),
            Address::Spooler(_) => text!("devices-in-queue").show(),
            other => words::place(other),
        };
        let detail = |(one, kind): &Known| match kind {
            Some(kind) => words::kind(*kind).show(),
            None => one.name.clone(),
        };
        let items = found.iter().map(|one| (title(&one.0), detail(one))).collect();
        self.found = found;
        ctx.ask(Dialog::List { title: text!("devices-where").into(), items }, "where");
    }

    /// Opens the page of a new device at the chosen address.
    fn begin(&mut self, kind: KindName, ctx: &mut PageContext<'_>) {
        let Some(chosen) = self.chosen.take() else { return };
        let name = if chosen.name.is_empty() { words::kind(kind).show() } else { chosen.name };
        let id = self.devices.new_id();
        let device = DeviceSettings { id, name, on: true, address: chosen.address, kind: kind.usual() };
        ctx.requests.push(Request::Show(Box::new(DevicePage::new(&self.devices, device, true))));
    }

    /// Looks what is plugged in; `ask` asks every port who is there.
    fn search(&mut self, ask: bool, ctx: &mut PageContext<'_>) {
        let search =
            move || Ok(candidates().into_iter().map(|one| if ask { probe(one) } else { (one, None) }).collect());
        match Ticket::aside("device search", self.devices.waker(), search) {
            Ok(ticket) => self.searching = Some(ticket),
            Err(error) => ctx.toast(error.sentence(), Role::Danger),
        }
    }

    fn devices_ui(&mut self, ui: &mut Ui, room: Rect, ctx: &mut PageContext<'_>) {
        let title = self.title();
        let (empty, hint) = (text!("devices-empty").show(), text!("devices-empty-hint").show());
        let list = List { marks: false, empty: (&empty, &hint), ..List::new(Self::id(), &title, &self.columns) };
        let shown = ui
            .scope_builder(UiBuilder::new().max_rect(room), |ui| list.show(ui, &mut self.rows, &mut self.state).events);
        for event in shown.inner {
            match event {
                ListEvent::Open => ctx.run("edit"),
                ListEvent::Create => ctx.run("add"),
                ListEvent::Delete | ListEvent::Mark => ctx.run("remove"),
                _ => {}
            }
        }
    }

    fn log_ui(&mut self, ui: &mut Ui, room: Rect) {
        let title = text!("exchange-title", count = i64::try_from(EXCHANGES).unwrap_or(0)).show();
        let (empty, hint) = (text!("exchange-empty").show(), text!("exchange-empty-hint").show());
        let id = Self::id().with("log");
        let list = List { marks: false, empty: (&empty, &hint), ..List::new(id, &title, &self.log_columns) };
        ui.scope_builder(UiBuilder::new().max_rect(room), |ui| list.show(ui, &mut self.log, &mut self.log_state));
    }

    fn said_ui(&self, ui: &mut Ui) {
        let said = match (self.devices.damaged(), self.current()) {
            (Some(why), _) => Some((Role::Danger, text!("devices-damaged", why = why))),
            (None, Some(view)) => Some((words::lamp(&view.lamp).0, words::remedy(view))),
            (None, None) => None,
        };
        let said = match &self.trial {
            Some(trial) => Some((Role::Note, trial.waits())),
            None => said,
        };
        if let Some((role, words)) = said {
            ui.label(egui::RichText::new(words.show()).color(theme::colors(ui).role(role)));
        }
    }
}

impl Page for BenchPage {
    fn key(&self) -> String {
        "devices".to_owned()
    }
    fn title(&self) -> String {
        text!("devices-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::PlugsConnected)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.views.is_empty(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("devices-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.refresh();
        self.receive(ctx);
        if ctx.first {
            focus::set(ui.ctx(), Self::id());
        }
        let tools = [
            Tool::Main("add"),
            Tool::Button("search"),
            Tool::Button("edit"),
            Tool::Icon("remove"),
            Tool::Divider,
            Tool::Button("trial"),
            Tool::Icon("tables"),
            Tool::Button("window"),
            Tool::Divider,
            Tool::Button("copy-log"),
            Tool::Icon("export"),
            Tool::Icon("import"),
        ];
        head_ui(ui, ctx, Self::id(), &self.title(), (&self.commands, self.facts()), &tools);
        let room = ui.available_rect_before_wrap();
        let middle = room.top() + room.height() * UPPER;
        self.devices_ui(ui, Rect::from_min_max(room.min, egui::pos2(room.right(), middle - 30.0)), ctx);
        let between = Rect::from_min_max(egui::pos2(room.left(), middle - 24.0), egui::pos2(room.right(), middle));
        ui.scope_builder(UiBuilder::new().max_rect(between), |ui| self.said_ui(ui));
        self.log_ui(ui, Rect::from_min_max(egui::pos2(room.left(), middle + 2.0), room.max));
    }
    /// Here a code is only looked at: it stands among the exchanges.
    fn scan(&mut self, _: &Scanned, _: &mut PageContext<'_>) -> bool {
        true
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        let current = self.current().map(|view| view.settings.clone());
        match (code, current) {
            ("add" | "search", _) if self.searching.is_some() => ctx.toast(text!("devices-searching"), Role::Note),
            ("add", _) => self.search(false, ctx),
            ("search", _) => {
                ctx.toast(text!("devices-searching"), Role::Note);
                self.search(true, ctx);
            }
            ("edit", Some(device)) => {
                ctx.requests.push(Request::Show(Box::new(DevicePage::new(&self.devices, device, false))));
            }
            ("remove", Some(device)) => {
                let question = text!("devices-remove-ask", name = &device.name);
                ctx.ask(Dialog::yes_no(text!("devices-remove"), question), format!("remove:{}", device.id));
            }
            ("trial", Some(device)) => match Trial::begin(self.devices.manager(), &device) {
                Ok(trial) => self.trial = trial,
                Err(said) => ctx.ask(Dialog::notice(text!("devices-trial"), said), ""),
            },
            ("tables", Some(device)) if device.kind.name() == KindName::Printer => {
                self.trial = Some(Trial::tables(self.devices.manager(), &device));
            }
            ("tables", Some(_)) => ctx.toast(text!("device-unsupported"), Role::Warning),
            ("window", Some(device)) if device.is_training() => self.devices.toggle_window(&device.id),
            ("window", Some(_)) => ctx.toast(text!("devices-window-none"), Role::Warning),
            ("copy-log", _) => {
                let copied = self.current().map(|view| rows::copied(view, &self.exchanges)).unwrap_or_default();
                ctx.requests.push(Request::Clipboard(copied));
                ctx.toast(text!("devices-copied"), Role::Good);
            }
            ("export" | "import", _) => Self::ask_file(code == "export", ctx),
            _ => {}
        }
    }
    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("where", Answer::Item(at)) => {
                let Some((chosen, known)) = self.found.get(at).cloned() else { return };
                // Only a scanner acts as a keyboard.
                let keyboard = (chosen.address == Address::Keyboard).then_some(KindName::Scanner);
                self.chosen = Some(chosen);
                if let Some(kind) = known.or(keyboard) {
                    return self.begin(kind, ctx);
                }
                let items = KindName::ALL.map(|kind| (words::kind(kind).show(), String::new())).to_vec();
                ctx.ask(Dialog::List { title: text!("devices-what").into(), items }, "what");
            }
            ("what", Answer::Item(at)) => {
                if let Some(kind) = KindName::ALL.get(at) {
                    self.begin(*kind, ctx);
                }
            }
            ("export", Answer::File(file)) => self.export(file, ctx),
            ("import", Answer::File(file)) => self.import(file, ctx),
            (token, Answer::Button(code)) if code == "yes" => {
                if let Some(id) = token.strip_prefix("remove:") {
                    self.devices.remove(id);
                }
            }
            _ => {}
        }
    }
}

//! The program around the window: which page a code, an object or a link opens, names, settings, changes.

use super::background::Background;
use super::backups::BackupsPage;
use super::base::Base;
use super::bases::BasesPage;
use super::devices::Devices;
use super::devices::bench::BenchPage;
use super::devices::training::TrainingWindows;
use super::door::lock::{self, Lock};
use super::guard::Guard;
use super::launch::{Launch, Wanted};
use super::names::Names;
use super::opened::Opened;
use super::options::OptionsPage;
use super::pages;
use super::permits::{Seen, permitted};
use super::preview::PreviewPage;
use super::scans::Scans;
use super::search::Search;
use super::sections::sections;
use super::server_page::{ServerPage, name_of};
use super::settings::Settings;
use super::switch::Switch;
use super::undoing::Undoing;
use super::work::jobs;
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::chores::Chore;
use crate::ops::expiry::Expiry;
use crate::ops::letters::send::{LetterChore, by_smtp};
use crate::ops::scanned::Scanned;
use crate::ops::till::queue::{Queue, TillChore};
use crate::store::address::Address;
use crate::text;
use crate::ui::commands::{Command, Scope, keys};
use crate::ui::editors::Suggest;
use crate::ui::icons::Icon;
use crate::ui::screens::till::{self, TillPage};
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::host::{Found, Group, Host, Link, Section, Status};
use crate::ui::shell::page::{Open, Page, Request, Toast};
use crate::ui::theme::Role;
use egui::{Context, Ui};
use std::path::Path;
use std::rc::Rc;

/// What commands that open a page begin with.
const GO: &str = "go:";

/// Locks the window.
const LOCK: &str = "lock";

/// Leaves the base for another user.
const LEAVE: &str = "leave";

/// The setting that keeps the favourites, a line each: the code of the page and its title.
const FAVOURITES: &str = "favourites";

fn favourites(settings: &Settings) -> Vec<(String, String)> {
    let kept = settings.get(FAVOURITES).unwrap_or_default();
    kept.lines().filter_map(|line| line.split_once('\t')).map(|(code, title)| (code.into(), title.into())).collect()
}

/// The favourites stand first in the first section.
fn show_favourites(sections: &mut [Section], kept: &[(String, String)]) {
    let Some(main) = sections.first_mut() else { return };
    let title = text!("group-favourites").show();
    main.groups.retain(|group| group.title != title);
    if !kept.is_empty() {
        let link = |(code, title): &(String, String)| Link { code: code.clone(), title: title.clone(), bold: false };
        let at = main.groups.len().min(1);
        main.groups.insert(at, Group { title, links: kept.iter().map(link).collect() });
    }
}

/// What is done by itself at this workstation.
pub(super) fn chores(base: &Path, papers: &Queue, devices: &Devices) -> Vec<Box<dyn Chore>> {
    vec![
        Box::new(TillChore::new(papers, devices.registrar(base))),
        Box::new(LetterChore::new(by_smtp())),
        Box::<Expiry>::default(),
    ]
}

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
    /// The way to other bases; none in a window over one base alone.
    switch: Option<Switch>,
    /// Backups are made by themselves where the program is at home; none in a window over one base alone.
    guard: Option<Guard>,
    commands: Vec<Command>,
    /// What the program does by itself; nothing in a window that is drawn only.
    background: Option<Background>,
    /// The paper of the till of this workstation.
    papers: Queue,
    undoing: Undoing,
    lock: Lock,
    seen: Seen,
    reports: Vec<(String, String)>,
    devices: Rc<Devices>,
    training: TrainingWindows,
    scans: Scans,
}

/// What the program offers whoever works in it.
fn own_commands(user: bool) -> Vec<Command> {
    let window = |command: Command| command.scope(Scope::Window);
    let lock = Command::new(LOCK, text!("lock-command")).hint(text!("lock-hint")).key(keys::LOCK).icon(Icon::Lock);
    let own = Command::new(format!("{GO}password"), text!("password-title")).icon(Icon::Key);
    if user { vec![window(lock), window(own)] } else { Vec::new() }
}

impl AppHost {
    /// Over an open base, for a user without settings.
    pub fn new(base: Base) -> Self {
        Self::over(Opened::plain(base))
    }

    /// Over an open base with its user, among the bases the program knows.
    pub fn launched(opened: Opened, launch: Rc<Launch>) -> Self {
        let commands = [
            ("bases", text!("bases-title"), Icon::Database),
            ("backups", text!("backups-title"), Icon::FloppyDisk),
            ("options", text!("options-title"), Icon::Gear),
        ];
        let command = |(code, label, icon): (&'static str, Text, Icon)| {
            Command::new(format!("{GO}{code}"), label).icon(icon).scope(Scope::Window)
        };
        let leaves = opened.asks;
        let mut host = Self::over(opened);
        if let Some(base) = host.status.last_mut() {
            base.command = Some(format!("{GO}bases"));
        }
        host.devices = launch.devices();
        host.switch = Some(Switch::new(launch));
        host.guard = Some(Guard::new(Rc::clone(&host.base)));
        host.background = Some(Background::begin(&host.base, chores(host.base.path(), &host.papers, &host.devices)));
        host.commands.extend(commands.into_iter().map(command));
        if leaves {
            let leave = Command::new(LEAVE, text!("door-leave")).hint(text!("door-leave-hint")).icon(Icon::User);
            host.commands.push(leave.scope(Scope::Window));
        }
        host
    }

    /// The same to be drawn only: no backup is made by itself, no device is opened.
    pub fn drawn(opened: Opened, launch: Rc<Launch>) -> Self {
        let mut host = Self::over(opened);
        host.switch = Some(Switch::new(launch));
        host
    }

    /// Over an open base with its user.
    pub fn over(opened: Opened) -> Self {
        let base = Rc::new(opened.base);
        let name = name_of(base.path());
        let shown = Address::from(base.path()).shown();
        let part = |text: String, hint: String| Status { text, hint, command: None };
        let mut status = vec![part(opened.user, String::new()), part(opened.company, String::new())];
        status.push(part(name.clone(), text!("status-base", path = shown).show()));
        status.retain(|part| !part.text.is_empty());
        let settings = Settings::new(Rc::clone(&base), opened.kept);
        let lock =
            Lock::new(Rc::clone(&base), status.first().map(|part| part.text.clone()).unwrap_or_default(), opened.asks);
        let known = !base.user().is_empty();
        let devices = Rc::new(Devices::alone(base.clock(), base.waker()));
        if let (true, Some(user)) = (known, status.first_mut()) {
            user.command = Some(LOCK.to_owned());
            user.hint = text!("lock-hint").show();
        }
        let mut host = Self {
            names: Names::new(Rc::clone(&base)),
            search: Search::new(Rc::clone(&base)),
            sections: Vec::new(),
            only: opened.settings,
            settings,
            status,
            title: text!("window-title", base = name).show(),
            base,
            switch: None,
            guard: None,
            background: None,
            papers: Queue::default(),
            undoing: Undoing::default(),
            commands: own_commands(known),
            lock,
            seen: Seen::default(),
            reports: opened.reports,
            devices,
            training: TrainingWindows::default(),
            scans: Scans::default(),
        };
        host.permit();
        host
    }

    /// The sections as far as the user may look into them.
    fn permit(&mut self) {
        let rights = self.base.rights();
        if self.seen.renew(&rights) {
            self.sections = sections(&self.reports);
            permitted(&mut self.sections, &rights, &self.reports);
            show_favourites(&mut self.sections, &favourites(&self.settings));
        }
    }

    fn lock_after(&self) -> u32 {
        self.settings.get(lock::SETTING).and_then(|minutes| minutes.parse().ok()).unwrap_or(lock::MINUTES)
    }
}

impl Host for AppHost {
    fn sections(&self) -> &[Section] {
        &self.sections
    }
    fn open(&mut self, what: &Open, requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        // A page is the same whether it is chosen or its link is typed.
        let code = match what {
            Open::Code(code) | Open::Link(code) => code.as_str(),
            _ => "",
        };
        // The settings have one element: its form is opened, not a list of it.
        if code == "one:settings" && !self.only.is_empty() {
            return pages::open(&self.base, &Open::Object(self.only), requests);
        }
        if let Some(rest) = code.strip_prefix("print:") {
            return Some(Box::new(PreviewPage::open(&self.base, rest).with_printers(self.devices.printers())));
        }
        let launch = self.switch.as_ref().map(|switch| Rc::clone(switch.launch()));
        match (code, launch) {
            ("devices", _) => return Some(Box::new(BenchPage::new(Rc::clone(&self.devices)))),
            (jobs::CODE, _) => return Some(jobs::page(&self.base, self.papers.clone())),
            (till::CODE, _) => {
                let devices = Some(Rc::clone(&self.devices));
                return Some(Box::new(TillPage::new(&self.base, self.papers.clone(), devices)));
            }
            ("bases", Some(launch)) => {
                return Some(Box::new(BasesPage::new(launch, Some(self.base.path().to_owned()))));
            }
            ("server", Some(launch)) => {
                return Some(Box::new(ServerPage::new(launch, Some(self.base.path().to_owned()))));
            }
            ("options", Some(launch)) => return Some(Box::new(OptionsPage::new(launch))),
            ("backups", Some(launch)) => return Some(Box::new(BackupsPage::new(&self.base, launch))),
            _ => {}
        }
        pages::open(&self.base, what, requests)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn command(&mut self, code: &str, requests: &mut Vec<Request>) {
        if self.undoing.command(&self.base, code) {
            return;
        }
        match (code, &self.switch) {
            (LOCK, _) => self.lock.lock(),
            (LEAVE, Some(switch)) => switch.launch().want(Wanted::Leave),
            _ => {}
        }
        if let Some(page) = code.strip_prefix(GO) {
            requests.push(Request::Open(Open::Code(page.to_owned())));
        }
    }
    fn favourite(&mut self, code: &str, title: &str, requests: &mut Vec<Request>) {
        let mut kept = favourites(&self.settings);
        let known = kept.iter().position(|(known, _)| known == code);
        let text = match known {
            Some(at) => {
                kept.remove(at);
                text!("favourite-off", page = title)
            }
            None => {
                kept.push((code.to_owned(), title.to_owned()));
                text!("favourite-on", page = title)
            }
        };
        requests.push(Request::Toast(Toast { text: text.into(), role: Role::Good, opens: None }));
        let lines: Vec<String> = kept.iter().map(|(code, title)| format!("{code}\t{title}")).collect();
        self.settings.set(FAVOURITES, lines.join("\n"));
        show_favourites(&mut self.sections, &kept);
    }
    fn search(&mut self, query: &str) -> Found {
        self.search.ask(query)
    }
    fn suggest(&mut self) -> &mut dyn Suggest {
        &mut self.names
    }
    fn tick(&mut self, ctx: &Context, requests: &mut Vec<Request>) -> Option<Vec<AnyRef>> {
        self.base.waker().set(ctx);
        self.settings.tick(ctx);
        if self.base.line().take_back() {
            let text = text!("server-back").into();
            requests.push(Request::Toast(Toast { text, role: Role::Good, opens: None }));
        }
        self.undoing.tick(requests);
        self.permit();
        self.scans.tick(ctx, &self.devices, &self.base, self.lock.is_locked(), requests);
        self.lock.tick(ctx, self.lock_after());
        if let Some(switch) = &mut self.switch {
            switch.launch().waker().set(ctx);
            switch.tick(Some((self.base.path(), self.base.user(), self.settings.all())), requests);
        }
        if let Some(guard) = &mut self.guard {
            guard.tick(ctx, requests);
        }
        let changed = self.base.changes();
        if let Some(changed) = &changed {
            if let Some(background) = &self.background {
                background.call();
            }
            self.names.forget(changed);
            self.search.forget();
        }
        self.names.tick();
        changed
    }
    fn covers(&mut self, ui: &mut Ui) -> bool {
        self.lock.covers(ui)
    }
    fn scanned(&mut self, scanned: &Scanned, covered: bool, requests: &mut Vec<Request>) {
        self.scans.untaken(scanned, covered, requests);
    }
    fn answer(&mut self, token: &str, answer: Answer, requests: &mut Vec<Request>) {
        self.scans.answer(&self.base, token, answer, requests);
    }
    fn floats(&mut self, ctx: &Context) {
        self.training.show(ctx, &self.devices);
    }
    fn first_pages(&self) -> Vec<Open> {
        let kept = self.kept("open-pages").unwrap_or_default();
        let start = Open::Code("start".to_owned());
        std::iter::once(start).chain(kept.lines().map(|code| Open::Code(code.to_owned()))).collect()
    }
    fn status(&self) -> Vec<Status> {
        let lost = self.base.line().is_lost().then(|| Status {
            text: text!("server-lost").show(),
            hint: String::new(),
            command: None,
        });
        let warning = self.guard.as_ref().and_then(Guard::status);
        lost.into_iter().chain(warning).chain(self.status.iter().cloned()).collect()
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

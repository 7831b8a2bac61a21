//! The program around the window: which page a code, an object or a link opens, names, settings, changes.

use super::base::Base;
use super::bases::BasesPage;
use super::launch::Launch;
use super::names::Names;
use super::opened::Opened;
use super::options::OptionsPage;
use super::pages;
use super::search::Search;
use super::sections::sections;
use super::server_page::{ServerPage, name_of};
use super::settings::Settings;
use super::switch::Switch;
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::store::address::Address;
use crate::text;
use crate::ui::commands::{Command, Scope};
use crate::ui::editors::Suggest;
use crate::ui::icons::Icon;
use crate::ui::shell::host::{Found, Group, Host, Link, Section, Status};
use crate::ui::shell::page::{Open, Page, Request, Toast};
use crate::ui::theme::Role;
use egui::Context;
use std::rc::Rc;

/// What commands that open a page begin with.
const GO: &str = "go:";

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
    commands: Vec<Command>,
}

impl AppHost {
    /// Over an open base, for a user without settings.
    pub fn new(base: Base) -> Self {
        Self::over(Opened::plain(base))
    }

    /// Over an open base with its user, among the bases the program knows.
    pub fn launched(opened: Opened, launch: Rc<Launch>) -> Self {
        let commands =
            [("bases", text!("bases-title"), Icon::Database), ("options", text!("options-title"), Icon::Gear)];
        let command = |(code, label, icon): (&'static str, Text, Icon)| {
            Command::new(format!("{GO}{code}"), label).icon(icon).scope(Scope::Window)
        };
        let mut host = Self::over(opened);
        if let Some(base) = host.status.last_mut() {
            base.command = Some(format!("{GO}bases"));
        }
        host.switch = Some(Switch::new(launch));
        host.commands = commands.into_iter().map(command).collect();
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
        let mut sections = sections(&opened.reports);
        show_favourites(&mut sections, &favourites(&settings));
        Self {
            names: Names::new(Rc::clone(&base)),
            search: Search::new(Rc::clone(&base)),
            sections,
            only: opened.settings,
            settings,
            status,
            title: text!("window-title", base = name).show(),
            base,
            switch: None,
            commands: Vec::new(),
        }
    }
}

impl Host for AppHost {
    fn sections(&self) -> &[Section] {
        &self.sections
    }
    fn open(&mut self, what: &Open, requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        // The settings have one element: its form is opened, not a list of it.
        if *what == Open::Code("one:settings".to_owned()) && !self.only.is_empty() {
            return pages::open(&self.base, &Open::Object(self.only), requests);
        }
        if let (Some(switch), Open::Code(code)) = (&self.switch, what) {
            let launch = Rc::clone(switch.launch());
            match code.as_str() {
                "bases" => return Some(Box::new(BasesPage::new(launch, Some(self.base.path().to_owned())))),
                "server" => return Some(Box::new(ServerPage::new(launch, Some(self.base.path().to_owned())))),
                "options" => return Some(Box::new(OptionsPage::new(launch))),
                _ => {}
            }
        }
        pages::open(&self.base, what, requests)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn command(&mut self, code: &str, requests: &mut Vec<Request>) {
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
        if let Some(switch) = &mut self.switch {
            switch.launch().waker().set(ctx);
            switch.tick(Some((self.base.path(), self.settings.all())), requests);
        }
        let changed = self.base.changes();
        if let Some(changed) = &changed {
            self.names.forget(changed);
            self.search.forget();
        }
        self.names.tick();
        changed
    }
    fn first_pages(&self) -> Vec<Open> {
        let kept = self.kept("open-pages").unwrap_or_default();
        let start = Open::Code("start".to_owned());
        std::iter::once(start).chain(kept.lines().map(|code| Open::Code(code.to_owned()))).collect()
    }
    fn status(&self) -> Vec<Status> {
        self.status.clone()
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

//! The program over a base that asks who comes, before anybody has come in.

use super::page::SignInPage;
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::ops::sign_in::Door;
use crate::text;
use crate::ui::app::bases::BasesPage;
use crate::ui::app::launch::Launch;
use crate::ui::app::lobby::Nameless;
use crate::ui::app::switch::Switch;
use crate::ui::commands::{Command, Scope};
use crate::ui::editors::Suggest;
use crate::ui::icons::Icon;
use crate::ui::shell::host::{Host, Section};
use crate::ui::shell::page::{Open, Page, Request};
use egui::Context;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::rc::Rc;

/// The program at the door of a base.
pub struct DoorHost {
    switch: Switch,
    names: Nameless,
    path: PathBuf,
    door: Door,
    commands: Vec<Command>,
    kept: BTreeMap<String, String>,
}

impl DoorHost {
    /// At the door of a base.
    pub fn new(launch: Rc<Launch>, path: PathBuf, door: Door) -> Self {
        let bases = Command::new("go:bases", text!("bases-title")).icon(Icon::Database).scope(Scope::Window);
        let (switch, kept) = (Switch::new(launch), BTreeMap::new());
        Self { switch, names: Nameless, path, door, commands: vec![bases], kept }
    }
}

impl Host for DoorHost {
    fn sections(&self) -> &[Section] {
        &[]
    }
    fn open(&mut self, what: &Open, _requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        let Open::Code(code) = what else { return None };
        let launch = Rc::clone(self.switch.launch());
        match code.as_str() {
            "door" => Some(Box::new(SignInPage::new(launch, self.path.clone(), self.door.clone()))),
            "bases" => Some(Box::new(BasesPage::new(launch, None))),
            _ => None,
        }
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn command(&mut self, code: &str, requests: &mut Vec<Request>) {
        if let Some(page) = code.strip_prefix("go:") {
            requests.push(Request::Open(Open::Code(page.to_owned())));
        }
    }
    fn suggest(&mut self) -> &mut dyn Suggest {
        &mut self.names
    }
    fn tick(&mut self, ctx: &Context, requests: &mut Vec<Request>) -> Option<Vec<AnyRef>> {
        self.switch.launch().waker().set(ctx);
        self.switch.tick(None, requests);
        None
    }
    fn first_pages(&self) -> Vec<Open> {
        vec![Open::Code("door".to_owned())]
    }
    fn now(&self) -> Moment {
        self.switch.launch().clock().now()
    }
    fn keep(&mut self, key: &str, value: String) {
        self.kept.insert(key.to_owned(), value);
    }
    fn kept(&self, key: &str) -> Option<String> {
        self.kept.get(key).cloned()
    }
}

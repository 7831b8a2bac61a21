//! The program while no base is open: the list of bases, and the making of the first one.

use super::base::Ticket;
use super::bases::BasesPage;
use super::launch::{Launch, Work};
use super::server_page::ServerPage;
use super::switch::Switch;
use crate::kernel::moment::Moment;
use crate::kernel::problems::Error;
use crate::kernel::refs::AnyRef;
use crate::store::address::Address;
use crate::text;
use crate::ui::editors::{Question, Suggest, Suggestions};
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::host::{Host, Section};
use crate::ui::shell::page::{Open, Page, Request};
use egui::Context;
use std::path::Path;
use std::rc::Rc;

/// Nothing has a name while no base is open.
pub struct Nameless;

impl Suggest for Nameless {
    fn suggest(&mut self, _question: &Question<'_>) -> Suggestions {
        Suggestions::Ready([].into())
    }
    fn title(&mut self, _reference: AnyRef) -> Option<String> {
        None
    }
}

/// The program without a base.
pub struct Lobby {
    switch: Switch,
    names: Nameless,
    told: Option<String>,
    kept: std::collections::BTreeMap<String, String>,
}

impl Lobby {
    /// Tells why no base is open.
    pub fn telling(launch: Rc<Launch>, why: String) -> Self {
        Self { switch: Switch::new(launch), names: Nameless, told: Some(why), kept: std::collections::BTreeMap::new() }
    }

    /// Tells why a base was not opened; a shared one is asked for on its page, with all that is known of it.
    pub fn refused(launch: Rc<Launch>, base: &Path, error: &Error) -> Self {
        match Address::from(base) {
            Address::File(_) => Self::telling(launch, error.sentence()),
            shared @ Address::Server(_) => {
                launch.ask(shared, error.sentence());
                let kept = std::collections::BTreeMap::new();
                Self { switch: Switch::new(launch), names: Nameless, told: None, kept }
            }
        }
    }

    /// Makes the demo base and opens it: the first start.
    pub fn first(launch: Rc<Launch>) -> Self {
        let demo = Work::Demo(launch.demo());
        Self::working(launch, demo)
    }

    /// Does a work no base may be open for; what it makes is opened afterwards.
    pub fn working(launch: Rc<Launch>, work: Work) -> Self {
        let told = launch.begin(work).err().map(|error| error.sentence());
        Self { switch: Switch::new(launch), names: Nameless, told, kept: std::collections::BTreeMap::new() }
    }
}

impl Host for Lobby {
    fn sections(&self) -> &[Section] {
        &[]
    }
    fn open(&mut self, what: &Open, _requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        let launch = || Rc::clone(self.switch.launch());
        match what {
            Open::Code(code) if code == "bases" => Some(Box::new(BasesPage::new(launch(), None))),
            Open::Code(code) if code == "server" => Some(Box::new(ServerPage::new(launch(), None))),
            _ => None,
        }
    }
    fn suggest(&mut self) -> &mut dyn Suggest {
        &mut self.names
    }
    fn tick(&mut self, ctx: &Context, requests: &mut Vec<Request>) -> Option<Vec<AnyRef>> {
        self.switch.launch().waker().set(ctx);
        if let Some(told) = self.told.take() {
            requests.push(Request::Ask(Dialog::notice(text!("bases-title"), told), String::new()));
        }
        self.switch.tick(None, requests);
        None
    }
    fn answer(&mut self, _token: &str, _answer: Answer, _requests: &mut Vec<Request>) {}
    fn first_pages(&self) -> Vec<Open> {
        let bases = Open::Code("bases".to_owned());
        let asked = self.switch.launch().is_asked().then(|| Open::Code("server".to_owned()));
        std::iter::once(bases).chain(asked).collect()
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

/// Sizes of the known bases in bytes, looked up in the background: `None` where no file is, nought for the base
/// of a server.
pub fn sizes(launch: &Launch) -> Option<Ticket<Vec<Option<u64>>>> {
    let known = launch.known();
    let ask = move || {
        let size = |path: &Path| match Address::from(path) {
            Address::File(path) => std::fs::metadata(path).ok().map(|found| found.len()),
            Address::Server(_) => Some(0),
        };
        Ok(known.iter().map(|known| size(&known.path)).collect())
    };
    Ticket::aside("bases", launch.waker(), ask).ok()
}

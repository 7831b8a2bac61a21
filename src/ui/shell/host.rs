//! What the window needs from the program around it: pages, sections, names, settings.

use super::dialog::Answer;
use super::page::{Open, Page, Request};
use crate::kernel::moment::Moment;
use crate::kernel::refs::AnyRef;
use crate::ops::scanned::Scanned;
use crate::ui::commands::{Command, Facts};
use crate::ui::editors::Suggest;
use crate::ui::icons::Icon;
use egui::{Context, Ui};

/// The command that takes back the operation of the number after it, when it is still the last one.
pub const UNDO: &str = "undo:";

/// A section of the program, at the left edge of the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name.
    pub code: String,
    /// Its title in the user's language.
    pub title: String,
    /// Its icon.
    pub icon: Icon,
    /// What is in it.
    pub groups: Vec<Group>,
}

/// A group of links of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its title; empty for none.
    pub title: String,
    /// Its links.
    pub links: Vec<Link>,
}

/// A link of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The code of the page it opens.
    pub code: String,
    /// Its title in the user's language.
    pub title: String,
    /// Stands out: used every day.
    pub bold: bool,
}

/// Something found by the palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// What it is called.
    pub title: String,
    /// What it is.
    pub detail: String,
    /// What is opened.
    pub open: Open,
    /// Its icon.
    pub icon: Option<Icon>,
}

/// The answer of a search over all data.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// The best fitting first.
    Ready(Vec<Hit>),
    /// Being looked up; ask again in the next frame.
    Pending,
}

/// What the status bar shows at the right end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// What it says.
    pub text: String,
    /// The tooltip.
    pub hint: String,
    /// The command a click gives, if any.
    pub command: Option<String>,
}

/// The program around the window. Every call is answered at once.
pub trait Host {
    /// The sections the user may see.
    fn sections(&self) -> &[Section];
    /// Makes a page; `None` when there is nothing to show (the host says why by a request).
    fn open(&mut self, what: &Open, requests: &mut Vec<Request>) -> Option<Box<dyn Page>>;
    /// Commands beyond those of every window.
    fn commands(&self) -> &[Command] {
        &[]
    }
    /// What is true of the program as a whole.
    fn facts(&self) -> Facts {
        Facts::NONE
    }
    /// Carries out one of its commands.
    fn command(&mut self, _code: &str, _requests: &mut Vec<Request>) {}
    /// Puts a page on the list of favourites, or takes it off.
    fn favourite(&mut self, _code: &str, _title: &str, _requests: &mut Vec<Request>) {}
    /// Takes the answer to something it asked.
    fn answer(&mut self, _token: &str, _answer: Answer, _requests: &mut Vec<Request>) {}
    /// Knows the names of things.
    fn suggest(&mut self) -> &mut dyn Suggest;
    /// Looks over all data.
    fn search(&mut self, _query: &str) -> Found {
        Found::Ready(Vec::new())
    }
    /// Covers the whole window with something of its own: locked, it shows nothing else. False when it does not.
    fn covers(&mut self, _ui: &mut Ui) -> bool {
        false
    }
    /// Takes a scan no page has taken; `covered` when a question stands over the pages.
    fn scanned(&mut self, _scanned: &Scanned, _covered: bool, _requests: &mut Vec<Request>) {}
    /// Windows of the host's own over the pages.
    fn floats(&mut self, _ctx: &Context) {}
    /// Called before every frame: takes what the threads have ready. Gives the objects that were changed.
    fn tick(&mut self, _ctx: &Context, _requests: &mut Vec<Request>) -> Option<Vec<AnyRef>> {
        None
    }
    /// What is opened at the start: as a rule the start page and what was open at the end of the last time.
    fn first_pages(&self) -> Vec<Open> {
        let kept = self.kept("open-pages").unwrap_or_default();
        kept.lines().map(|code| Open::Code(code.to_owned())).collect()
    }
    /// What the status bar shows at the right end.
    fn status(&self) -> Vec<Status> {
        Vec::new()
    }
    /// The title of the window.
    fn title(&self) -> String {
        crate::text!("app-title").show()
    }
    /// Now.
    fn now(&self) -> Moment;
    /// Keeps a setting of this user.
    fn keep(&mut self, _key: &str, _value: String) {}
    /// A kept setting.
    fn kept(&self, _key: &str) -> Option<String> {
        None
    }
}

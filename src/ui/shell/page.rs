//! What a page is to the window, and what it may ask of it.
//!
//! A page never touches another one, a dialog or the base: it puts a request, the window carries it out
//! after the page is drawn, and the answer comes back by the token the page gave.

use super::dialog::{Answer, Dialog};
use super::host::Host;
use crate::kernel::behaviour::Choices;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::moment::Date;
use crate::kernel::problems::{Place, Problem, Problems};
use crate::kernel::refs::AnyRef;
use crate::ops::scanned::Scanned;
use crate::ui::commands::{Command, Facts, Words};
use crate::ui::editors::{Aid, Ask, Limits, Unread};
use crate::ui::icons::Icon;
use crate::ui::theme::Role;
use crate::ui::widgets::progress::Progress;
use egui::Ui;

/// Something to be opened. The host makes a page of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Open {
    /// A page by its code: a list, a report, a workplace, the start page.
    Code(String),
    /// A saved object.
    Object(AnyRef),
    /// A new object of a kind, with a name to begin with.
    New(&'static ObjectMeta, String),
    /// A list to choose from: the kind (any when absent), the present value, what may be chosen.
    Choose(Option<&'static ObjectMeta>, AnyRef, Choices),
    /// What a link leads to.
    Link(String),
}

/// A line for the message panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// What it says.
    pub text: String,
    /// How bad it is.
    pub role: Role,
    /// Where it jumps to.
    pub place: Place,
    /// What it is about, where that is not what the page shows: one of the rows of a list.
    pub about: AnyRef,
}

impl Message {
    /// Of a page as a whole.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self { text: text.into(), role, place: Place::Whole, about: AnyRef::EMPTY }
    }
    /// Something was not done.
    pub fn danger(text: impl Into<String>) -> Self {
        Self::new(text, Role::Danger)
    }
    /// Something is to be looked at.
    pub fn warning(text: impl Into<String>) -> Self {
        Self::new(text, Role::Warning)
    }
    /// The same at a place.
    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }
    /// The same about an object.
    pub fn about(self, about: AnyRef) -> Self {
        Self { about, ..self }
    }
}

/// A short notice in the corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// What it says.
    pub text: Words,
    /// What its colour says.
    pub role: Role,
    /// What a click opens.
    pub opens: Option<Open>,
}

/// A request to the window.
pub enum Request {
    /// Open, or bring to the front what is already open.
    Open(Open),
    /// Show this page.
    Show(Box<dyn Page>),
    /// Open over the window; what is chosen or created there comes as [`Answer::Chosen`].
    Pick(Open, String),
    /// This page has chosen: only for pages opened by [`Request::Pick`].
    Chosen(AnyRef),
    /// Close this page without asking.
    Close,
    /// Carry out a command: fields take in what is typed first.
    Run(String),
    /// Ask the user; the token comes back with the answer.
    Ask(Dialog, String),
    /// Show messages of this page in the place of its former ones; none takes them away.
    Messages(Vec<Message>),
    /// Show a notice.
    Toast(Toast),
    /// Show a notice of an operation of this number, which can be taken back there.
    Done(Toast, i64),
    /// Show how far a long work is until it is finished.
    Work(Words, Progress),
    /// Put text into the clipboard.
    Clipboard(String),
    /// Begin anew with another program around the window: another base, another language. Pages with changes
    /// are asked first. The flag says that it is the same base: what is open is opened again.
    Restart(Box<dyn Host>, bool),
    /// A code was scanned: the page in front takes it, or the host does.
    Scan(Box<Scanned>),
    /// Bring the window to the front: the program was started once more.
    Raise,
    /// Go to the next panel, message or tab, or another command of the window.
    Window(&'static str),
}

/// What a page has at hand while it is drawn.
pub struct PageContext<'a> {
    /// Opens, suggests, keeps settings.
    pub host: &'a mut dyn Host,
    /// What the page asks for.
    pub requests: &'a mut Vec<Request>,
    /// What could not be read in the fields drawn in this frame. Commands that take what is in the fields
    /// are not carried out over it: the window tells it instead.
    pub unread: Vec<Unread>,
    /// The page is drawn for the first time: it puts the focus where work begins.
    pub first: bool,
    /// The page is shown to choose from: Enter chooses.
    pub choosing: bool,
}

impl PageContext<'_> {
    /// Today.
    pub fn today(&self) -> Date {
        self.host.now().date()
    }
    /// Opens something.
    pub fn open(&mut self, what: Open) {
        self.requests.push(Request::Open(what));
    }
    /// Closes this page without asking.
    pub fn close(&mut self) {
        self.requests.push(Request::Close);
    }
    /// Carries out a command in the next frame, when the fields have taken in what is typed.
    pub fn run(&mut self, code: impl Into<String>) {
        self.requests.push(Request::Run(code.into()));
    }
    /// Asks the user.
    pub fn ask(&mut self, dialog: Dialog, token: impl Into<String>) {
        self.requests.push(Request::Ask(dialog, token.into()));
    }
    /// Shows a notice.
    pub fn toast(&mut self, text: impl Into<Words>, role: Role) {
        self.requests.push(Request::Toast(Toast { text: text.into(), role, opens: None }));
    }
    /// Shows what is wrong, all at once; nothing wrong takes former messages away.
    pub fn problems(&mut self, problems: &Problems, meta: Option<&ObjectMeta>) {
        let message = |problem: &Problem| Message::danger(problem.sentence(meta)).at(problem.place.clone());
        self.requests.push(Request::Messages(problems.0.iter().map(message).collect()));
    }
    /// Draws with editors, then passes on what their fields asked for.
    pub fn editing<T>(&mut self, draw: impl FnOnce(&mut Aid<'_>) -> T) -> T {
        self.editing_within(Limits::default(), draw)
    }
    /// The same, where what reference fields offer is limited by the object.
    pub fn editing_within<T>(&mut self, limits: Limits, draw: impl FnOnce(&mut Aid<'_>) -> T) -> T {
        let today = self.today();
        let mut aid = Aid { limits, ..Aid::new(self.host.suggest(), today) };
        let out = draw(&mut aid);
        let Aid { asks, unread, limits, .. } = aid;
        for (place, name, target, ask) in asks {
            let token = token_of(&place, &name);
            let mut choices = limits.of(&place).clone();
            if name == "parent" {
                // What stands above an element is a folder.
                choices.only.push(("folder", 1));
            }
            self.requests.push(match ask {
                Ask::Choose(present) => Request::Pick(Open::Choose(target, present, choices), token),
                Ask::Open(reference) => Request::Open(Open::Object(reference)),
                Ask::Create(title) => match target {
                    Some(meta) => Request::Pick(Open::New(meta, title), token),
                    None => Request::Pick(Open::Choose(None, AnyRef::EMPTY, choices), token),
                },
                Ask::Why => Request::Run(format!("why:{token}")),
            });
        }
        self.unread.extend(unread);
        out
    }
}

/// The token by which an answer finds the field that asked: `field:customer`, `cell:goods:3:item`.
pub fn token_of(place: &Place, name: &str) -> String {
    match place {
        Place::Cell { table, row, field } => format!("cell:{table}:{row}:{field}"),
        Place::Field(field) => format!("field:{field}"),
        Place::Whole => format!("field:{name}"),
    }
}

/// The field a token was made of: the name, and the table part with the row of a cell.
pub fn place_of(token: &str) -> Option<(Option<(&str, usize)>, &str)> {
    let mut parts = token.split(':');
    match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
        ("field", name, None, None) => Some((None, name)),
        ("cell", table, Some(row), Some(name)) => Some((Some((table, row.parse().ok()?)), name)),
        _ => None,
    }
}

/// A page: a list, the form of an object, a report, a workplace.
pub trait Page {
    /// What tells it from other pages; what is open already is brought to the front by it.
    fn key(&self) -> String;
    /// The words on its tab.
    fn title(&self) -> String;
    /// The icon on its tab.
    fn icon(&self) -> Option<Icon> {
        None
    }
    /// It holds changes that were not saved.
    fn modified(&self) -> bool {
        false
    }
    /// It cannot be closed: the start page.
    fn pinned(&self) -> bool {
        false
    }
    /// Its commands: their keys work while it is in front.
    fn commands(&self) -> &[Command] {
        &[]
    }
    /// What is true of it, for the availability of commands.
    fn facts(&self) -> Facts {
        Facts::NONE
    }
    /// What may be done here, in a line, for the status bar.
    fn hint(&self) -> String {
        String::new()
    }
    /// The same where it is shown over the window to choose from.
    fn choose_hint(&self) -> String {
        crate::text!("choose-hint").show()
    }
    /// Draws it.
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>);
    /// Carries out one of its commands.
    fn command(&mut self, _code: &str, _ctx: &mut PageContext<'_>) {}
    /// Takes a scan while it is in front; false leaves it to the program.
    fn scan(&mut self, _scanned: &Scanned, _ctx: &mut PageContext<'_>) -> bool {
        false
    }
    /// Takes the answer to something it asked.
    fn answer(&mut self, _token: &str, _answer: Answer, _ctx: &mut PageContext<'_>) {}
    /// True when it may be closed now; a page that has to ask first asks, and closes by
    /// [`PageContext::close`] later.
    fn may_close(&mut self, _ctx: &mut PageContext<'_>) -> bool {
        true
    }
    /// It was told to close and does so by itself when its work in the background is done.
    fn closes_soon(&self) -> bool {
        false
    }
    /// Goes to what a message is about, a field, a cell or a row: it was clicked.
    fn go_to(&mut self, _message: &Message, _ui: &Ui) {}
    /// Tells why it said so: F1 on its message.
    fn why(&mut self, _message: &Message) {}
    /// Objects were changed in the base, here or elsewhere; an empty slice means anything may have been.
    fn changed(&mut self, _objects: &[AnyRef]) {}
    /// The link to what it shows.
    fn link(&self) -> Option<String> {
        None
    }
    /// What the window opens it by at the next start.
    fn reopen(&self) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{place_of, token_of};
    use crate::kernel::problems::Place;

    #[test]
    fn an_answer_finds_the_field_that_asked() {
        let cell = Place::Cell { table: "goods", row: 3, field: "item" };
        assert_eq!(place_of(&token_of(&cell, "item")), Some((Some(("goods", 3)), "item")));
        assert_eq!(place_of(&token_of(&Place::Field("customer"), "customer")), Some((None, "customer")));
        assert_eq!(place_of("save"), None);
    }
}

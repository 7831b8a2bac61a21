//! The shared base: where it is, who works on it; connecting, making one, moving a base there.

use super::base::Ticket;
use super::bases::REGIMES;
use super::launch::{Launch, Wanted, Work};
use crate::domain::company::company::TaxRegime;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::text::Text;
use crate::ops::transfer::reached;
use crate::store::address::{Address, decoded, encoded};
use crate::store::passwords;
use crate::text;
use crate::ui::app::head::head_ui;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Page, PageContext};
use crate::ui::theme::{self, CONTROL, GAP_X, Role};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::entry::Entry;
use crate::ui::widgets::progress::progress_bar;
use crate::ui::widgets::toolbar::Tool;
use crate::ui::{focus, fonts, paint};
use egui::{Align, Id, Rect, Sense, Ui, pos2, vec2};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Width of labels in points.
const LABELS: f32 = 170.0;
/// Width of fields in points.
const FIELDS: f32 = 320.0;

/// The fields: what they are called in tests, the key of the label.
const FIELD: [(&str, &str); 4] = [
    ("server", "server-field-server"),
    ("database", "server-field-database"),
    ("user", "server-field-user"),
    ("password", "server-field-password"),
];
const PASSWORD: usize = 3;

/// How well the line is guarded: the word in the address, the key of the words.
const GUARDS: [(&str, &str); 4] = [
    ("prefer", "server-guard-prefer"),
    ("require", "server-guard-require"),
    ("verify-full", "server-guard-verify"),
    ("disable", "server-guard-none"),
];

/// What is asked of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Test,
    Connect,
}

/// The page.
pub struct ServerPage {
    launch: Rc<Launch>,
    /// The base that is open.
    present: Option<PathBuf>,
    fields: [String; 4],
    guard: usize,
    /// Settings of the address the page has no field for.
    rest: Vec<String>,
    asking: Option<(Deed, Ticket<()>)>,
    said: Option<(String, Role)>,
    commands: Vec<Command>,
}

fn commands() -> Vec<Command> {
    vec![
        Command::new("connect", text!("server-connect"))
            .hint(text!("server-connect-hint"))
            .key(keys::MAIN)
            .icon(Icon::Database),
        Command::new("test", text!("server-test")).hint(text!("server-test-hint")).icon(Icon::Check),
        Command::new("create", text!("server-create")).hint(text!("server-create-hint")).icon(Icon::Plus),
        Command::new("move", text!("server-move")).hint(text!("server-move-hint")).icon(Icon::Copy).needs(Facts::ROW),
    ]
}

impl ServerPage {
    /// With the address asked for last, when one was; `present` is the base that is open.
    pub fn new(launch: Rc<Launch>, present: Option<PathBuf>) -> Self {
        let mut made = Self {
            fields: ["", "kontora", "", ""].map(str::to_owned),
            guard: 0,
            rest: Vec::new(),
            asking: None,
            said: None,
            commands: commands(),
            launch,
            present,
        };
        made.take_asked();
        made
    }

    /// A base that could not be entered is asked for again, and it is said why.
    fn take_asked(&mut self) {
        if let Some((address, why)) = self.launch.take_asked() {
            self.fill(&address);
            self.said = Some((why, Role::Warning));
        }
    }

    /// Takes an address apart into the fields.
    fn fill(&mut self, address: &Address) {
        let Address::Server(url) = address else { return };
        let (place, settings) = url.split_once('?').unwrap_or((url, ""));
        let rest = place.split_once("://").map_or(place, |(_, rest)| rest);
        let (who, place) = rest.rsplit_once('@').unwrap_or(("", rest));
        let (server, database) = place.split_once('/').unwrap_or((place, ""));
        let user = who.split(':').next().unwrap_or_default();
        let password = address.password().unwrap_or_default();
        self.fields = [server.to_owned(), decoded(database), decoded(user), password];
        let mut guard = None;
        for setting in settings.split('&').filter(|setting| !setting.is_empty()) {
            match setting.strip_prefix("sslmode=") {
                Some(mode) => guard = GUARDS.iter().position(|(word, _)| *word == mode),
                None => self.rest.push(setting.to_owned()),
            }
        }
        self.guard = guard.unwrap_or(0);
    }

    /// The address the fields say.
    fn address(&self) -> Outcome<Address> {
        let [server, database, user, password] = self.fields.each_ref().map(|field| field.trim());
        for (field, (_, label)) in [server, database, user].iter().zip(FIELD) {
            if field.is_empty() {
                return Err(Error::refused(text!("server-field-empty", field = Text::new(label).show())));
            }
        }
        let guard = GUARDS.get(self.guard).map_or("prefer", |(word, _)| word);
        let mut settings = self.rest.clone();
        if guard != "prefer" {
            settings.push(format!("sslmode={guard}"));
        }
        let settings = if settings.is_empty() { String::new() } else { format!("?{}", settings.join("&")) };
        let url = format!("postgres://{}@{server}/{}{settings}", encoded(user), encoded(database));
        let bare = Address::Server(url);
        // Without a password the keyring is asked.
        Ok(if password.is_empty() { bare } else { bare.with_password(self.fields.get(PASSWORD).map_or("", |p| p)) })
    }

    fn ask(&mut self, deed: Deed) {
        let address = match self.address() {
            Ok(address) => address,
            Err(error) => return self.said = Some((error.sentence(), Role::Danger)),
        };
        let clock = self.launch.clock().clone();
        let asking = Ticket::aside("server", self.launch.waker(), move || {
            reached(&address, &clock)?;
            if let Some(password) = address.password() {
                passwords::keep(&address, &password);
            }
            Ok(())
        });
        match asking {
            Ok(ticket) => {
                self.asking = Some((deed, ticket));
                self.said = Some((text!("server-asking").show(), Role::Note));
            }
            Err(error) => self.said = Some((error.sentence(), Role::Danger)),
        }
    }

    fn answered(&mut self) {
        let Some(answer) = self.asking.as_ref().and_then(|(_, ticket)| ticket.poll()) else { return };
        let Some((deed, _)) = self.asking.take() else { return };
        self.said = match (answer, deed) {
            (Ok(()), Deed::Test) => Some((text!("server-answers").show(), Role::Good)),
            (Ok(()), Deed::Connect) => {
                if let Ok(Address::Server(url)) = self.address() {
                    self.launch.want(Wanted::Open(PathBuf::from(url)));
                }
                None
            }
            (Err(error), _) => Some((error.sentence(), Role::Danger)),
        };
    }

    fn begin(&mut self, work: Work, ctx: &mut PageContext<'_>) {
        match self.launch.begin(work) {
            Ok(true) => self.said = None,
            Ok(false) => ctx.toast(text!("list-busy"), Role::Warning),
            Err(error) => self.said = Some((error.sentence(), Role::Danger)),
        }
    }

    /// The address as the path of a base, or what is wrong with it on the page.
    fn place(&mut self) -> Option<PathBuf> {
        match self.address() {
            Ok(Address::Server(url)) => Some(PathBuf::from(url)),
            Ok(Address::File(_)) => None,
            Err(error) => {
                self.said = Some((error.sentence(), Role::Danger));
                None
            }
        }
    }

    fn field_ui(&mut self, ui: &mut Ui, at: usize, first: bool) {
        let Some((name, key)) = FIELD.get(at) else { return };
        let Some(text) = self.fields.get_mut(at) else { return };
        let label = Text::new(*key).show();
        let (rect, _) = ui.allocate_exact_size(vec2(LABELS + GAP_X + FIELDS, CONTROL), Sense::hover());
        let words = Rect::from_min_size(rect.min, vec2(LABELS, CONTROL));
        paint::text(ui.painter(), words, &label, fonts::text(), theme::colors(ui).weak, Align::Min);
        let place = Rect::from_min_max(pos2(rect.min.x + LABELS + GAP_X, rect.min.y), rect.max);
        let id = Self::id().with(*name);
        let hint = if at == 0 { text!("server-field-hint").show() } else { String::new() };
        let entry = Entry { name, hint: &hint, secret: at == PASSWORD, ..Entry::new(id, &label, place) };
        entry.show(ui, text);
        if first {
            focus::set(ui.ctx(), id);
        }
        ui.add_space(6.0);
    }

    fn guard_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_X;
            let (rect, _) = ui.allocate_exact_size(vec2(LABELS, CONTROL), Sense::hover());
            let label = text!("server-guard").show();
            paint::text(ui.painter(), rect, &label, fonts::text(), theme::colors(ui).weak, Align::Min);
            for (at, (_, key)) in GUARDS.iter().enumerate() {
                let on = at == self.guard;
                let icon = on.then_some(Icon::Check);
                if ui.add(Button::new(&Text::new(*key).show()).on(on).with_icon(icon)).clicked() {
                    self.guard = at;
                }
            }
        });
        ui.add_space(6.0);
    }

    fn said_ui(&self, ui: &mut Ui) {
        if let Some((work, progress)) = self.launch.working() {
            progress_bar(ui, &work.label().show(), &progress, LABELS + FIELDS);
        } else if let Some((said, role)) = &self.said {
            let color = theme::colors(ui).role(*role);
            ui.label(egui::RichText::new(said).color(color).font(fonts::text()));
        }
    }

    fn id() -> Id {
        Id::unique("server")
    }
}

impl Page for ServerPage {
    fn key(&self) -> String {
        "server".to_owned()
    }
    fn title(&self) -> String {
        text!("server-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Database)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(self.present.is_some(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("server-keys").show()
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.answered();
        self.take_asked();
        let tools =
            [Tool::Main("connect"), Tool::Button("test"), Tool::Divider, Tool::Button("create"), Tool::Button("move")];
        head_ui(ui, ctx, Self::id(), &self.title(), (&self.commands, self.facts()), &tools);
        ui.add_space(6.0);
        // Where everything but the password is known, it is asked for.
        let empty = (0..FIELD.len()).find(|at| self.fields.get(*at).is_some_and(String::is_empty)).unwrap_or(0);
        for at in 0..FIELD.len() {
            self.field_ui(ui, at, ctx.first && at == empty);
        }
        self.guard_ui(ui);
        self.said_ui(ui);
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "connect" => self.ask(Deed::Connect),
            "test" => self.ask(Deed::Test),
            "create" if self.place().is_some() => {
                let items = REGIMES.iter().map(|regime| (regime.label(), String::new())).collect();
                ctx.ask(Dialog::List { title: text!("bases-regime").into(), items }, "regime");
            }
            "move" if self.place().is_some() => {
                let Some(from) = &self.present else { return };
                let question = text!("server-move-ask", base = name_of(from));
                ctx.ask(Dialog::yes_no(text!("server-move"), question), "move");
            }
            _ => {}
        }
    }
    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        let Some(to) = self.place() else { return };
        match (token, answer) {
            ("regime", Answer::Item(at)) => {
                if let Some(regime) = REGIMES.get(at) {
                    let code = TaxRegime::META.code_of(*regime as i64).to_owned();
                    self.begin(Work::New(to, code), ctx);
                }
            }
            ("move", Answer::Button(code)) if code == "yes" => {
                if let Some(from) = self.present.clone() {
                    self.begin(Work::Move { from, to }, ctx);
                }
            }
            _ => {}
        }
    }
}

/// A base as people call it.
pub fn name_of(path: &Path) -> String {
    match Address::from(path) {
        Address::File(file) => file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        Address::Server(url) => {
            let place = url.split('?').next().unwrap_or_default();
            decoded(place.rsplit('/').next().unwrap_or_default())
        }
    }
}

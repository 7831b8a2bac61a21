//! The window around the pages: sections, tabs, messages, dialogs, the status bar.
//!
//! Everything is behind one [`Shell::ui`], so that eframe, a window drawn by the processor and the tests
//! run the same code. A frame goes so: keys that are commands are taken first, fields take in what is
//! half typed if a command was given, pages and dialogs are drawn, then the commands and the requests of
//! the pages are carried out.

mod calculator;
pub mod dialog;
pub mod files;
mod folder;
pub mod headless;
pub mod host;
mod input;
mod key_sheet;
mod messages;
pub mod page;
mod palette;
mod requests;
mod run;
mod scan;
mod sections;
mod software;
mod status;
mod strip;
mod toasts;

use crate::ui::commands::{Command, Facts, Scope, keys, pressed, standard};
use crate::ui::editors::Unread;
use crate::ui::theme::{self, MARGIN};
use crate::ui::widgets::progress::Progress;
use crate::ui::{commands::Words, focus};
use dialog::Shown;
use egui::{CentralPanel, Context, Frame, Id, Margin, Panel, Popup, Ui};
use host::{Host, UNDO};
pub use input::OneAtATime;
pub use key_sheet::key_sheet;
use messages::{Messages, Wish};
use page::{Message, Open, Page, PageContext, Request};
pub use run::{Ended, Renderer, places, run};
use sections::Sections;
use std::collections::BTreeSet;
use toasts::{Clicked, Toasts};

/// egui lets nothing have the focus in the frame after a dialog was drawn: the focus is given back in the
/// second one.
const BACK_IN: u8 = 1;

/// Whose request, whose answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// A page by the number it got when it was opened.
    Page(u64),
    /// The host.
    Host,
}

/// An open page with its number and where the focus was in it.
pub(crate) struct Opened {
    number: u64,
    page: Box<dyn Page>,
    focus: Option<Id>,
    drawn: bool,
    /// What could not be read in its fields when it was last drawn.
    unread: Vec<Unread>,
}

impl Opened {
    fn new(number: u64, page: Box<dyn Page>) -> Self {
        Self { number, page, focus: None, drawn: false, unread: Vec::new() }
    }

    /// What lies over it keeps the focus that was there before it was drawn; what it wanted, it gets later.
    fn keep_out(&mut self, ctx: &Context, focused: Option<Id>) {
        let wanted = ctx.memory(|memory| memory.focused());
        if wanted == focused {
            return;
        }
        self.focus = wanted.or(self.focus);
        match (focused, wanted) {
            (Some(focused), _) => focus::set(ctx, focused),
            (None, Some(wanted)) => ctx.memory_mut(|memory| memory.surrender_focus(wanted)),
            (None, None) => {}
        }
    }
}

/// Something over the window.
enum Over {
    Dialog { shown: Shown, owner: Owner, token: String },
    Page { opened: Opened, owner: Owner, token: String },
    Palette(palette::Palette),
    KeySheet(key_sheet::KeySheet),
    Calculator(calculator::Calculator),
}

/// The window.
pub struct Shell {
    host: Box<dyn Host>,
    tabs: Vec<Opened>,
    front: usize,
    over: Vec<Over>,
    messages: Messages,
    toasts: Toasts,
    works: Vec<(Words, Progress)>,
    sections: Sections,
    window_commands: Vec<Command>,
    /// Commands given by buttons in the last frame, carried out in this one.
    queued: Vec<(Owner, String)>,
    requests: Vec<(Owner, Request)>,
    numbers: u64,
    /// The window is being closed: these pages were asked whether they may.
    closing: Option<BTreeSet<u64>>,
    /// The host that comes when the pages are closed, and whether it is over the same base.
    restarting: Option<(Box<dyn Host>, bool)>,
    /// The page that comes to the front in the next frame, when the one in front has taken in what is typed.
    turning: Option<u64>,
    /// In so many frames the page in front gets its focus back.
    returning: Option<u8>,
    /// The page that was in front in the last frame.
    last_active: Option<u64>,
    /// The page whose messages had the focus last, if they had: a dialog gives it back to them.
    on_messages: Option<u64>,
    /// Pages in the order in which they were in front, the last one at the end: a page that is closed gives
    /// way to the one it was opened from.
    before: Vec<u64>,
    /// The message whose field is to be gone to.
    jumping: Option<(u64, Message)>,
}

impl Shell {
    /// A window with the pages the host begins with.
    pub fn new(host: Box<dyn Host>) -> Self {
        let first = host.first_pages().into_iter().map(|what| (Owner::Host, Request::Open(what)));
        let requests = first.collect();
        let escape = |command: &Command| Command {
            // Esc closes a page only when nothing on the page wants it: it is looked at last.
            keys: command.keys.iter().copied().filter(|key| *key != keys::ESCAPE).collect(),
            ..command.clone()
        };
        Self {
            host,
            tabs: Vec::new(),
            front: 0,
            over: Vec::new(),
            messages: Messages::default(),
            toasts: Toasts::default(),
            works: Vec::new(),
            sections: Sections::default(),
            window_commands: standard::all().iter().filter(|c| c.scope == Scope::Window).map(escape).collect(),
            queued: Vec::new(),
            requests,
            numbers: 0,
            closing: None,
            restarting: None,
            turning: None,
            returning: None,
            last_active: None,
            on_messages: None,
            before: Vec::new(),
            jumping: None,
        }
    }

    /// Opens something, as a request of the host would.
    pub fn open(&mut self, what: Open) {
        self.requests.push((Owner::Host, Request::Open(what)));
    }

    /// Puts a request as the host would.
    pub fn request(&mut self, request: Request) {
        self.requests.push((Owner::Host, request));
    }

    /// The keys of all open pages, the one in front marked: for tests and for the next start.
    pub fn pages(&self) -> Vec<(String, bool)> {
        self.tabs.iter().enumerate().map(|(at, tab)| (tab.page.key(), at == self.front)).collect()
    }

    /// What the open pages are opened by at the next start.
    pub fn reopen(&self) -> Vec<String> {
        self.tabs.iter().filter_map(|tab| tab.page.reopen()).collect()
    }

    /// The host.
    pub fn host(&mut self) -> &mut dyn Host {
        self.host.as_mut()
    }

    /// Draws the window and does what was asked.
    pub fn ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.tick(&ctx);
        if self.covered(ui) {
            return;
        }
        self.carry_out_requests(&ctx);
        let popup_was_open = Popup::is_any_open(&ctx);
        let commands = self.given_commands(&ctx);
        if let Some(code) = self.sections.flyout_keys(&ctx, self.host.sections()) {
            self.open(Open::Code(code));
        }
        let turning = self.turning.take();
        let closing = ctx.input(|input| input.viewport().close_requested());
        if !commands.is_empty() || turning.is_some() || closing {
            focus::commit(&ctx);
        }
        self.window_ui(ui);
        self.over_ui(&ctx);
        self.host.floats(&ctx);
        match self.toasts.show(&ctx) {
            Some(Clicked::Open(open)) => self.open(open),
            Some(Clicked::Undo(operation)) => self.queued.push((Owner::Host, format!("{UNDO}{operation}"))),
            None => {}
        }
        for (owner, code) in commands {
            self.command(owner, &code, &ctx);
        }
        if let Some(at) = turning.and_then(|number| self.tabs.iter().position(|tab| tab.number == number)) {
            self.front = at;
        }
        self.escape(&ctx, popup_was_open);
        self.carry_out_requests(&ctx);
        self.close_window(&ctx);
        self.keep_focus(&ctx);
    }

    /// The host covers the window: pages wait below as they are, and what is asked of them waits too.
    fn covered(&mut self, ui: &mut Ui) -> bool {
        if !self.host.covers(ui) {
            return false;
        }
        let closing = ui.ctx().input(|input| input.viewport().close_requested());
        if closing && self.tabs.iter().any(|tab| tab.page.modified()) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
        self.returning = Some(BACK_IN);
        true
    }

    fn tick(&mut self, ctx: &Context) {
        let mut requests = Vec::new();
        let changed = self.host.tick(ctx, &mut requests);
        self.take(Owner::Host, requests);
        if let Some(objects) = changed {
            let over = self.over.iter_mut().filter_map(|over| match over {
                Over::Page { opened, .. } => Some(opened),
                _ => None,
            });
            self.tabs.iter_mut().chain(over).for_each(|opened| opened.page.changed(&objects));
        }
        self.works.retain(|(_, progress)| !progress.is_finished());
    }

    fn take(&mut self, owner: Owner, requests: Vec<Request>) {
        self.requests.extend(requests.into_iter().map(|request| (owner, request)));
    }

    /// The page the keyboard is meant for: the topmost one, unless a dialog is over it.
    fn active(&self) -> Option<&Opened> {
        match self.over.last() {
            Some(Over::Page { opened, .. }) => Some(opened),
            Some(_) => None,
            None => self.tabs.get(self.front),
        }
    }

    fn facts(&self) -> Facts {
        self.host.facts().when(!self.messages.is_empty(), Facts::MESSAGES)
    }

    /// Commands given by keys now, and by buttons in the last frame.
    fn given_commands(&mut self, ctx: &Context) -> Vec<(Owner, String)> {
        let mut given = std::mem::take(&mut self.queued);
        let dialog = matches!(self.over.last(), Some(over) if !matches!(over, Over::Page { .. }));
        if dialog || self.sections.is_open() {
            return given;
        }
        let facts = self.facts().when(focus::being_edited(ctx), Facts::EDITING);
        if let Some(command) = pressed(ctx, &self.window_commands, Scope::Window, facts) {
            given.push((Owner::Host, command.code.to_string()));
        } else if let Some(command) = pressed(ctx, self.host.commands(), Scope::Window, facts) {
            given.push((Owner::Host, command.code.to_string()));
        }
        if let Some(active) = self.active() {
            let facts = active.page.facts().and(facts);
            if let Some(command) = pressed(ctx, active.page.commands(), Scope::Page, facts) {
                given.push((Owner::Page(active.number), command.code.to_string()));
            }
        }
        if self.over.is_empty() {
            self.sections.take_keys(ctx, self.host.sections().len());
        }
        given
    }

    fn window_ui(&mut self, ui: &mut Ui) {
        let colors = theme::colors(ui);
        let plain = |fill| Frame::new().fill(fill).inner_margin(Margin::ZERO);
        let panel = Panel::left("sections").exact_size(sections::WIDTH).resizable(false).show_separator_line(false);
        panel.frame(plain(colors.sections)).show(ui, |ui| self.sections.bar_ui(ui, self.host.sections()));
        let panel = Panel::top("tabs").exact_size(strip::HEIGHT).resizable(false).show_separator_line(false);
        let asked = panel.frame(plain(colors.chrome)).show(ui, |ui| strip::show(ui, &self.tabs, self.front)).inner;
        self.strip_asked(asked, ui);
        let panel = Panel::bottom("status").exact_size(status::HEIGHT).resizable(false).show_separator_line(false);
        let hint = self.active().map(|active| active.page.hint()).unwrap_or_default();
        let status = self.host.status();
        let command =
            panel.frame(plain(colors.chrome)).show(ui, |ui| status::show(ui, &hint, &self.works, &status)).inner;
        self.queued.extend(command.map(|code| (Owner::Host, code)));
        let mut jump = None;
        if !self.messages.is_empty() {
            let height = self.messages.height();
            let panel = Panel::bottom("messages").exact_size(height).resizable(false).show_separator_line(false);
            jump = panel.frame(plain(colors.page)).show(ui, |ui| self.messages.show(ui)).inner;
        }
        self.wished(ui, jump);
        CentralPanel::default().frame(plain(colors.page)).show(ui, |ui| {
            let frame = Frame::new().inner_margin(Margin::symmetric(margin(), margin() - 2));
            frame.show(ui, |ui| self.front_ui(ui));
        });
        let link = self.sections.flyout_ui(ui.ctx(), self.host.sections());
        if let Some(code) = link {
            self.open(Open::Code(code));
        }
    }

    /// A message is gone to, or explained by its page.
    fn wished(&mut self, ui: &Ui, wish: Option<Wish>) {
        match wish {
            Some(Wish::Why(number, message)) => {
                if let Some(opened) = self.opened(number) {
                    opened.page.why(&message);
                    ui.ctx().request_repaint();
                }
            }
            Some(Wish::Jump(number, message)) => self.jump(ui, Some((number, message))),
            None => self.jump(ui, None),
        }
    }

    fn front_ui(&mut self, ui: &mut Ui) {
        let Some(opened) = self.tabs.get_mut(self.front) else { return };
        let mut requests = Vec::new();
        let first = !std::mem::replace(&mut opened.drawn, true);
        let mut ctx = PageContext {
            host: self.host.as_mut(),
            requests: &mut requests,
            unread: Vec::new(),
            first,
            choosing: false,
        };
        let focused = ui.memory(|memory| memory.focused());
        ui.push_id(opened.number, |ui| opened.page.ui(ui, &mut ctx));
        opened.unread = ctx.unread;
        if !self.over.is_empty() {
            opened.keep_out(ui.ctx(), focused);
        }
        let owner = Owner::Page(opened.number);
        self.take(owner, requests);
    }

    /// Esc that nobody wanted closes the page in front.
    fn escape(&mut self, ctx: &Context, popup_was_open: bool) {
        let dialog = matches!(self.over.last(), Some(over) if !matches!(over, Over::Page { .. }));
        if popup_was_open || dialog || !dialog::escaped(ctx) {
            return;
        }
        // In the next frame, when the fields have taken in what is typed: it may be worth a question.
        self.queued.push((Owner::Host, "close".to_owned()));
        ctx.request_repaint();
    }

    /// Every command that could be given by a key somewhere: for the palette and the sheet of keys.
    fn all_commands(&self) -> Vec<Command> {
        let own = self.active_or_front().map(|opened| opened.page.commands()).unwrap_or_default();
        let mut all = self.host.commands().to_vec();
        let fresh = |command: &&Command| standard::by_code(&command.code).is_none();
        all.extend(own.iter().filter(fresh).cloned());
        all.extend(standard::all().iter().cloned());
        all
    }

    fn active_or_front(&self) -> Option<&Opened> {
        self.active().or_else(|| self.tabs.get(self.front))
    }

    /// Remembers the focus of the page in front, and gives it back after a dialog or another page.
    fn keep_focus(&mut self, ctx: &Context) {
        let focused = ctx.memory(|memory| memory.focused());
        let active = self.active().filter(|_| !self.sections.is_open()).map(|active| active.number);
        if active != self.last_active {
            self.last_active = active;
            self.before.retain(|number| Some(*number) != active);
            self.before.extend(active);
            self.returning = Some(BACK_IN);
        }
        let returning = self.returning;
        let (told, on_messages) = (!self.messages.is_empty(), active.is_some() && self.on_messages == active);
        let Some(opened) = active.and_then(|number| self.opened(number)).filter(|opened| opened.drawn) else { return };
        match returning {
            // Nothing is left to say: the work goes on in the page.
            None if on_messages && !told => self.returning = Some(0),
            None => {
                let aside = [messages::id(), sections::id()];
                opened.focus = focused.filter(|id| !aside.contains(id)).or(opened.focus);
                if let Some(focused) = focused {
                    self.on_messages = active.filter(|_| focused == messages::id());
                }
            }
            Some(0) => {
                let back = if on_messages && told { Some(messages::id()) } else { opened.focus };
                back.into_iter().for_each(|id| focus::set(ctx, id));
                self.on_messages = self.on_messages.filter(|_| told);
                self.returning = None;
            }
            Some(frames) => {
                self.returning = Some(frames - 1);
                ctx.request_repaint();
            }
        }
    }

    /// The window is asked to close: pages with changes are asked one after the other.
    fn close_window(&mut self, ctx: &Context) {
        if ctx.input(|input| input.viewport().close_requested()) {
            if !self.tabs.iter().any(|tab| tab.page.modified()) {
                return;
            }
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.closing.get_or_insert_default();
        }
        if self.closing.is_none() || !self.over.is_empty() || !self.requests.is_empty() {
            return;
        }
        if self.tabs.iter().any(|tab| tab.page.closes_soon()) {
            // It is being saved; the answer wakes the window.
            return;
        }
        let Some(asked) = &mut self.closing else { return };
        match self.tabs.iter().position(|tab| tab.page.modified()) {
            None => match self.restarting.take() {
                Some((host, same)) => self.restart(host, same, ctx),
                None => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            },
            Some(at) => {
                let number = self.tabs.get(at).map_or(0, |tab| tab.number);
                if asked.insert(number) {
                    self.front = at;
                    self.close_tab(at);
                    ctx.request_repaint();
                } else {
                    // It was asked and is still here: the user thought better of it.
                    self.closing = None;
                    self.restarting = None;
                }
            }
        }
    }
}

fn margin() -> i8 {
    i8::try_from(crate::ui::px::floor(MARGIN)).unwrap_or(10)
}

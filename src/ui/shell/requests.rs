//! Commands and requests are carried out: pages are opened and closed, questions asked and answered.

use super::dialog::{Answer, Dialog, Shown};
use super::host::Host;
use super::page::{Message, Open, Page, PageContext, Request, Toast};
use super::strip::Asked;
use super::{Opened, Over, Owner, Shell};
use crate::text;
use crate::ui::commands::{find, standard};
use crate::ui::editors::Unread;
use crate::ui::icons::Icon;
use crate::ui::theme::CONTROL;
use crate::ui::theme::Role;
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::toolbar;
use crate::ui::{focus, fonts, paint};
use egui::{Context, Theme, Ui, UserAttentionType, ViewportCommand};

/// A command of the window itself: closes the tab of this number.
const CLOSE_TAB: &str = "\u{1}close-tab:";

impl Shell {
    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    pub(super) fn opened(&mut self, number: u64) -> Option<&mut Opened> {
        let over = self.over.iter_mut().filter_map(|over| match over {
            Over::Page { opened, .. } => Some(opened),
            _ => None,
        });
        self.tabs.iter_mut().chain(over).find(|opened| opened.number == number)
    }

    /// Calls a page with its context; what it asks for is taken along.
    pub(super) fn with_page<T>(
        &mut self,
        number: u64,
        call: impl FnOnce(&mut dyn Page, &mut PageContext<'_>) -> T,
    ) -> Option<T> {
        let mut requests = Vec::new();
        let Self { tabs, over, host, .. } = self;
        let choosing = over.iter().any(|over| matches!(over, Over::Page { opened, .. } if opened.number == number));
        let pages = over.iter_mut().filter_map(|over| match over {
            Over::Page { opened, .. } => Some(opened),
            _ => None,
        });
        let opened = tabs.iter_mut().chain(pages).find(|opened| opened.number == number)?;
        let unread = Vec::new();
        let mut ctx = PageContext { host: host.as_mut(), requests: &mut requests, unread, first: false, choosing };
        let out = call(opened.page.as_mut(), &mut ctx);
        self.take(Owner::Page(number), requests);
        Some(out)
    }

    /// Carries out a command of a page, of the window or of the host.
    pub(super) fn command(&mut self, owner: Owner, code: &str, ctx: &Context) {
        if let Owner::Page(number) = owner {
            if !self.tells_unread(number, code) {
                self.with_page(number, |page, context| page.command(code, context));
            }
            return;
        }
        match code {
            "palette" => {
                let number = self.number();
                self.over.push(Over::Palette(super::palette::Palette::new(number)));
            }
            "key-sheet" => self.over.push(Over::KeySheet(super::key_sheet::KeySheet::default())),
            "calculator" => self.over.push(Over::Calculator(super::calculator::Calculator::default())),
            "next-tab" => self.turn(1),
            "previous-tab" => self.turn(self.tabs.len().saturating_sub(1)),
            "next-panel" => self.next_panel(ctx),
            "close" => self.close_active(),
            "command-bar" => toolbar::go(ctx),
            "theme" => self.turn_theme(ctx),
            "next-problem" => self.next_problem(),
            "hide-messages" => self.messages.clear(),
            "get-link" => self.copy_link(ctx),
            "go-link" => self.ask_link(ctx),
            "favourite" => self.favourite(ctx),
            "undo" | "redo" if self.active_or_front().is_some_and(|opened| opened.page.modified()) => {
                let text = text!("undo-form-modified").into();
                self.toasts.push(Toast { text, role: Role::Warning, opens: None }, ctx);
            }
            other => self.other_command(other),
        }
        ctx.request_repaint();
    }

    fn other_command(&mut self, code: &str) {
        if let Some(number) = code.strip_prefix(CLOSE_TAB).and_then(|number| number.parse::<u64>().ok()) {
            if let Some(at) = self.tabs.iter().position(|tab| tab.number == number) {
                self.close_tab(at);
            }
            return;
        }
        if code == "undo" {
            self.toasts.forget_undo();
        }
        let mut requests = Vec::new();
        self.host.command(code, &mut requests);
        self.take(Owner::Host, requests);
    }

    /// A command that takes what is in the fields is not carried out over what could not be read.
    fn tells_unread(&mut self, number: u64, code: &str) -> bool {
        let Some(opened) = self.opened(number) else { return false };
        let reads = find(opened.page.commands(), code).is_some_and(|command| command.reads);
        if !reads || opened.unread.is_empty() {
            return false;
        }
        let message = |unread: &Unread| Message::danger(unread.sentence()).at(unread.place.clone());
        let messages = opened.unread.iter().map(message).collect();
        self.messages.set(number, messages);
        true
    }

    fn turn(&mut self, by: usize) {
        if !self.tabs.is_empty() && self.over.is_empty() {
            let front = (self.front + by) % self.tabs.len();
            self.bring(front);
        }
    }

    /// Brings a tab to the front in the next frame.
    fn bring(&mut self, at: usize) {
        if let Some(tab) = self.tabs.get(at).filter(|_| at != self.front) {
            self.turning = Some(tab.number);
        }
    }

    fn turn_theme(&mut self, ctx: &Context) {
        let theme = if ctx.theme() == Theme::Dark { Theme::Light } else { Theme::Dark };
        ctx.set_theme(theme);
        self.host.keep("theme", if theme == Theme::Dark { "dark" } else { "light" }.to_owned());
    }

    fn copy_link(&mut self, ctx: &Context) {
        let link = self.active().and_then(|active| active.page.link());
        let (text, role) = match link {
            Some(link) => {
                ctx.copy_text(link);
                (text!("link-copied"), Role::Good)
            }
            None => (text!("link-none"), Role::Warning),
        };
        self.toasts.push(Toast { text: text.into(), role, opens: None }, ctx);
    }

    /// The page in front goes to the favourites, or out of them.
    fn favourite(&mut self, ctx: &Context) {
        let page = self.active().and_then(|active| Some((active.page.reopen()?, active.page.title())));
        match page {
            Some((code, title)) => {
                let mut requests = Vec::new();
                self.host.favourite(&code, &title, &mut requests);
                self.take(Owner::Host, requests);
            }
            None => {
                self.toasts.push(Toast { text: text!("favourite-none").into(), role: Role::Warning, opens: None }, ctx);
            }
        }
    }

    fn ask_link(&mut self, ctx: &Context) {
        let dialog = Dialog::Input {
            title: text!("cmd-go-link").into(),
            label: text!("link-label").into(),
            text: String::new(),
        };
        self.ask(dialog, Owner::Host, "\u{1}go-link".to_owned());
        // What is in the clipboard is most likely the link.
        ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
    }

    fn ask(&mut self, dialog: Dialog, owner: Owner, token: String) {
        let number = self.number();
        self.over.push(Over::Dialog { shown: Shown::new(dialog, number), owner, token });
    }

    fn close_active(&mut self) {
        if let Some(Over::Page { .. }) = self.over.last() {
            self.close_over();
        } else if self.over.is_empty() {
            self.close_tab(self.front);
        }
    }

    /// Closes the page over the window when it may be; nothing was chosen.
    fn close_over(&mut self) {
        let Some(Over::Page { opened, .. }) = self.over.last() else { return };
        let number = opened.number;
        if self.with_page(number, |page, context| page.may_close(context)) == Some(true) {
            self.remove(number, Answer::Cancelled);
        }
    }

    /// Closes a tab when it may be.
    pub(super) fn close_tab(&mut self, at: usize) {
        let Some(tab) = self.tabs.get(at).filter(|tab| !tab.page.pinned()) else { return };
        let number = tab.number;
        if self.with_page(number, |page, context| page.may_close(context)) == Some(true) {
            self.remove(number, Answer::Cancelled);
        }
    }

    /// Takes a page away; who opened it to choose from gets the answer.
    fn remove(&mut self, number: u64, answer: Answer) {
        self.messages.set(number, Vec::new());
        let of = |over: &Over| matches!(over, Over::Page { opened, .. } if opened.number == number);
        if let Some(at) = self.over.iter().position(of) {
            if let Over::Page { owner, token, .. } = self.over.remove(at) {
                self.answer(owner, &token, answer);
            }
            return;
        }
        let Some(at) = self.tabs.iter().position(|tab| tab.number == number) else { return };
        self.tabs.remove(at);
        self.before.retain(|known| *known != number);
        if at == self.front {
            let place = |known: &u64| self.tabs.iter().position(|tab| tab.number == *known);
            self.front = self.before.iter().rev().find_map(place).unwrap_or(at.saturating_sub(1));
        } else if at < self.front {
            self.front -= 1;
        }
    }

    pub(super) fn answer(&mut self, owner: Owner, token: &str, answer: Answer) {
        match owner {
            Owner::Page(number) => {
                self.with_page(number, |page, context| page.answer(token, answer, context));
            }
            Owner::Host if token == "\u{1}go-link" => {
                if let Answer::Text(link) = answer
                    && !link.trim().is_empty()
                {
                    self.open(Open::Link(link.trim().to_owned()));
                }
            }
            Owner::Host => {
                let mut requests = Vec::new();
                self.host.answer(token, answer, &mut requests);
                self.take(Owner::Host, requests);
            }
        }
    }

    /// Does what pages and host asked for, until nothing is left; a page that asks for itself forever
    /// would hang the window, so there is an end to it.
    pub(super) fn carry_out_requests(&mut self, ctx: &Context) {
        for _ in 0..64 {
            let requests = std::mem::take(&mut self.requests);
            if requests.is_empty() {
                return;
            }
            for (owner, request) in requests {
                self.carry_out(owner, request, ctx);
            }
            ctx.request_repaint();
        }
    }

    fn carry_out(&mut self, owner: Owner, request: Request, ctx: &Context) {
        match request {
            Request::Open(what) => {
                let mut requests = Vec::new();
                if let Some(page) = self.host.open(&what, &mut requests) {
                    self.show(page);
                }
                self.take(Owner::Host, requests);
            }
            Request::Show(page) => self.show(page),
            Request::Pick(what, token) => self.pick(owner, &what, token),
            Request::Chosen(reference) => {
                if let Owner::Page(number) = owner {
                    self.remove(number, Answer::Chosen(reference));
                }
            }
            Request::Close => {
                if let Owner::Page(number) = owner {
                    self.remove(number, Answer::Cancelled);
                }
            }
            Request::Scan(scanned) => self.scan(&scanned),
            Request::Run(code) => self.queued.push((owner, code)),
            Request::Ask(dialog, token) => self.ask(dialog, owner, token),
            Request::Messages(messages) => {
                if let Owner::Page(number) = owner {
                    self.messages.set(number, messages);
                } else {
                    self.messages.set(0, messages);
                }
            }
            Request::Toast(toast) => self.toasts.push(toast, ctx),
            Request::Done(toast, operation) => self.toasts.push_done(toast, operation, ctx),
            Request::Work(words, progress) => self.works.push((words, progress)),
            Request::Clipboard(text) => ctx.copy_text(text),
            Request::Raise => {
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                ctx.send_viewport_cmd(ViewportCommand::Focus);
                // Where a window may not push itself forward, it asks to be looked at.
                ctx.send_viewport_cmd(ViewportCommand::RequestUserAttention(UserAttentionType::Informational));
            }
            Request::Restart(host, same) => {
                self.restarting = Some((host, same));
                self.closing = Some(std::collections::BTreeSet::new());
            }
            Request::Window(code) => self.queued.push((Owner::Host, code.to_owned())),
        }
    }

    /// Begins anew with another host.
    pub(super) fn restart(&mut self, host: Box<dyn Host>, same: bool, ctx: &Context) {
        let open = self.reopen().join("\n");
        self.host.keep("open-pages", open.clone());
        let numbers = self.numbers;
        *self = Self::new(host);
        // Numbers go on: what egui remembers of a page must not be taken for another one's.
        self.numbers = numbers;
        if same {
            self.host.keep("open-pages", open);
            self.requests.clear();
            let first = self.host.first_pages().into_iter().map(|what| (Owner::Host, Request::Open(what)));
            self.requests.extend(first);
        }
        match self.host.kept("theme").as_deref() {
            Some("dark") => ctx.set_theme(Theme::Dark),
            _ => ctx.set_theme(Theme::Light),
        }
        ctx.request_repaint();
    }

    /// Brings a page to the front that is open already, or opens a tab for it.
    fn show(&mut self, page: Box<dyn Page>) {
        let key = page.key();
        if let Some(at) = self.tabs.iter().position(|tab| tab.page.key() == key) {
            return self.bring(at);
        }
        let number = self.number();
        self.tabs.push(Opened::new(number, page));
        self.turning = Some(number);
    }

    fn pick(&mut self, owner: Owner, what: &Open, token: String) {
        let mut requests = Vec::new();
        let page = self.host.open(what, &mut requests);
        self.take(Owner::Host, requests);
        let number = self.number();
        match page {
            Some(page) => {
                let opened = Opened::new(number, page);
                self.over.push(Over::Page { opened, owner, token });
            }
            None => self.answer(owner, &token, Answer::Cancelled),
        }
    }

    /// Draws what lies over the window; the topmost one last.
    pub(super) fn over_ui(&mut self, ctx: &Context) {
        let mut over = std::mem::take(&mut self.over);
        let top = over.len().saturating_sub(1);
        let mut answers = Vec::new();
        let mut gone = Vec::new();
        for (at, one) in over.iter_mut().enumerate() {
            let done = match one {
                Over::Dialog { shown, owner, token } => match shown.show(ctx) {
                    Some(answer) => {
                        answers.push((*owner, token.clone(), answer));
                        true
                    }
                    None => false,
                },
                Over::Page { opened, .. } => {
                    self.over_page_ui(ctx, opened);
                    false
                }
                Over::Palette(palette) => self.palette_ui(ctx, palette),
                Over::KeySheet(sheet) => sheet.show(ctx, &self.all_commands()),
                Over::Calculator(calculator) => calculator.show(ctx),
            };
            if done && at == top {
                gone.push(at);
            }
        }
        for at in gone.into_iter().rev() {
            over.remove(at);
        }
        // Drawing may have put something over all that was there.
        let new = std::mem::replace(&mut self.over, over);
        self.over.extend(new);
        for (owner, token, answer) in answers {
            self.answer(owner, &token, answer);
        }
    }

    fn over_page_ui(&mut self, ctx: &Context, opened: &mut Opened) {
        let screen = ctx.content_rect().size();
        let size = egui::vec2((screen.x * 0.84).min(1_100.0), (screen.y * 0.84).min(760.0));
        let mut requests = Vec::new();
        let id = egui::Id::unique(("page over", opened.number));
        let title = opened.page.title();
        let hint = opened.page.choose_hint();
        let mut cross = false;
        super::dialog::modal_page(ctx, id, &title, size, |ui| {
            let room = ui.max_rect();
            let first = focus::begins(ui, &mut opened.drawn);
            let told = self.messages.height_of(opened.number);
            let above = egui::Rect::from_min_max(room.min, room.max - egui::vec2(0.0, 22.0 + told));
            let below = egui::Rect::from_min_max(egui::pos2(room.left(), above.bottom()), room.max);
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(above).id_salt(opened.number));
            let mut context = PageContext {
                host: self.host.as_mut(),
                requests: &mut requests,
                unread: Vec::new(),
                first,
                choosing: true,
            };
            opened.page.ui(&mut child, &mut context);
            opened.unread = context.unread;
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(below).id_salt("messages"));
            if let Some(message) = self.messages.show_of(&mut child, opened.number) {
                opened.page.go_to(&message, ui);
            }
            cross = over_frame_ui(ui, room, &hint);
        });
        self.take(Owner::Page(opened.number), requests);
        if cross {
            self.queued.push((Owner::Host, "close".to_owned()));
        }
    }

    pub(super) fn strip_asked(&mut self, asked: Asked, ui: &Ui) {
        match asked {
            Asked::Nothing => return,
            Asked::Bring(at) => self.bring(at),
            // As a command: the page takes in what is typed before it is asked whether it may close.
            Asked::Close(at) => {
                let number = self.tabs.get(at).map_or(0, |tab| tab.number);
                self.queued.push((Owner::Host, format!("{CLOSE_TAB}{number}")));
            }
            Asked::Command(code) => self.queued.push((Owner::Host, code.to_owned())),
        }
        ui.ctx().request_repaint();
    }

    fn next_problem(&mut self) {
        let jump = self.messages.next();
        self.jumping = jump;
    }

    /// Goes to the field of a message: its page comes to the front first.
    pub(super) fn jump(&mut self, ui: &Ui, jump: Option<(u64, Message)>) {
        let Some((number, message)) = self.jumping.take().or(jump) else { return };
        if let Some(at) = self.tabs.iter().position(|tab| tab.number == number) {
            self.front = at;
            // The message says where the focus goes.
            self.last_active = Some(number);
            self.returning = None;
        }
        if let Some(opened) = self.opened(number) {
            opened.page.go_to(&message, ui);
        }
    }

    /// F6: the page, the messages, the sections, and again.
    fn next_panel(&mut self, ctx: &Context) {
        let on_messages = focus::on(ctx, super::messages::id());
        let on_sections = focus::on(ctx, super::sections::id());
        if !on_messages && !on_sections && !self.messages.is_empty() {
            focus::set(ctx, super::messages::id());
        } else if !on_sections {
            focus::set(ctx, super::sections::id());
        } else {
            self.on_messages = None;
            self.returning = Some(0);
        }
    }
}

/// The hint below a page over the window, and the button that closes it.
fn over_frame_ui(ui: &mut Ui, room: egui::Rect, hint: &str) -> bool {
    let color = crate::ui::theme::colors(ui).weak;
    let line = egui::Rect::from_min_max(egui::pos2(room.left(), room.bottom() - 20.0), room.max);
    paint::text(ui.painter(), line, hint, fonts::small(), color, egui::Align::Min);
    let tip = standard::by_code("close").map(|command| command.tooltip()).unwrap_or_default();
    let corner =
        egui::Rect::from_min_size(egui::pos2(room.right() - CONTROL, room.top()), egui::vec2(CONTROL, CONTROL));
    let button = Button::icon(Icon::X, &tip).look(Look::Flat).aside();
    ui.place(corner, button).on_hover_text(&tip).clicked()
}

//! «Письма покупателям»: the queue of letters with the exact text of each and what the server said, of all orders or
//! of one.

use super::{WorkList, failed, head_ui, standard_command};
use crate::kernel::clock::steady_ms;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::letters::care::{self, Row, Verdict, Wanted};
use crate::store::letters::{Letter, LetterState};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Open, Page, PageContext, Request, Toast};
use crate::ui::theme::{self, CONTROL, Role};
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::paper::paper;
use crate::ui::widgets::split::{Split, split};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use crate::ui::{fonts, paint};
use egui::{Align, Id, Key, Rect, Sense, Ui, WidgetInfo, vec2};
use std::rc::Rc;
use std::time::Duration;

/// Letters shown at most; what is older is a filter's business.
const SHOWN_MAX: usize = 500;

/// Milliseconds after which letters that are on their way are looked at again.
const LOOK_MS: u64 = 2_000;

/// The current letter may be sent again.
const AGAIN: Facts = Facts::own(1);
/// It may be stopped.
const STOP: Facts = Facts::own(2);
/// It has left: its bytes can be seen.
const LEFT: Facts = Facts::own(3);
/// It tells of an order.
const OF_ORDER: Facts = Facts::own(4);

/// The page.
pub struct LettersPage {
    base: Rc<Base>,
    wanted: Wanted,
    found: Vec<Row>,
    list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Vec<Row>>>,
    doing: Option<Ticket<Text>>,
    read_at: u64,
    stale: bool,
    share: f32,
    /// The bytes are shown and not the text.
    raw: bool,
    /// A letter that has not left, as it would leave now.
    draft: Option<(i64, String)>,
    drafting: Option<(i64, Ticket<String>)>,
}

fn commands() -> [Command; 6] {
    [
        Command::new("letter-again", text!("letters-again"))
            .hint(text!("letters-again-hint"))
            .key(keys::MAIN)
            .icon(Icon::Envelope)
            .needs(Facts::ROW.and(AGAIN)),
        Command::new("letter-stop", text!("letters-stop"))
            .hint(text!("letters-stop-hint"))
            .key(keys::MARK)
            .icon(Icon::Prohibit)
            .needs(Facts::ROW.and(STOP)),
        Command::new("open-order", text!("work-open-order"))
            .hint(text!("work-open-order-hint"))
            .key(keys::OPEN)
            .icon(Icon::PencilSimple)
            .needs(Facts::ROW.and(OF_ORDER)),
        Command::new("letters-state", text!("letters-state")).hint(text!("letters-state-hint")).key(Chord::alt(Key::S)),
        Command::new("letters-raw", text!("letters-raw"))
            .hint(text!("letters-raw-hint"))
            .key(Chord::alt(Key::R))
            .icon(Icon::Eye)
            .needs(Facts::ROW.and(LEFT)),
        Command::new("letters-templates", text!("letters-templates"))
            .hint(text!("letters-templates-hint"))
            .key(Chord::alt(Key::T)),
    ]
}

fn state_words(state: LetterState) -> (Text, Role) {
    match state {
        LetterState::New => (text!("letters-state-new"), Role::Text),
        LetterState::Deferred => (text!("letters-state-deferred"), Role::Warning),
        LetterState::Sending => (text!("letters-state-sending"), Role::Note),
        LetterState::Sent => (text!("letters-state-sent"), Role::Good),
        LetterState::Failed => (text!("letters-state-failed"), Role::Danger),
        LetterState::Unknown => (text!("letters-state-unknown"), Role::Danger),
        LetterState::Withdrawn => (text!("letters-state-withdrawn"), Role::Weak),
    }
}

fn shown(row: &Row) -> ListRow {
    let letter = &row.letter;
    let (words, role) = state_words(letter.state);
    let why = if letter.reason.is_empty() { &letter.answer } else { &letter.reason };
    let cells = vec![
        Cell::new(letter.created.russian()),
        Cell::new(row.order.clone()),
        Cell::new(row.event.clone()),
        Cell::new(letter.recipient.clone()),
        Cell::new(words.show()).role(role),
        Cell::new(why.clone()),
    ];
    ListRow { reference: letter.object, cells, ..ListRow::default() }
}

impl LettersPage {
    /// Of one order; of all when it is empty.
    pub fn new(base: &Rc<Base>, order: AnyRef) -> Self {
        let columns = vec![
            Column::new("at", text!("letters-at").show(), 140.0).unsorted(),
            Column::new("order", text!("letters-order").show(), 240.0).stretch(1.0).unsorted(),
            Column::new("event", text!("letters-event").show(), 160.0).unsorted(),
            Column::new("to", text!("letters-to").show(), 190.0).unsorted(),
            Column::new("state", text!("letters-column-state").show(), 110.0).unsorted(),
            Column::new("why", text!("letters-why").show(), 260.0).stretch(1.0).unsorted(),
        ];
        let id = Id::unique(("work letters", order.packed()));
        let mut page = Self {
            base: Rc::clone(base),
            wanted: Wanted { order, ..Wanted::default() },
            found: Vec::new(),
            list: WorkList::new(id.with("list"), columns, HeldRows::waiting()),
            commands: commands().into_iter().chain(standard_command("refresh")).collect(),
            reading: None,
            doing: None,
            read_at: 0,
            stale: false,
            share: 0.55,
            raw: false,
            draft: None,
            drafting: None,
        };
        page.read();
        page
    }

    fn id(&self) -> Id {
        Id::unique(("work letters", self.wanted.order.packed()))
    }

    fn read(&mut self) {
        let wanted = self.wanted;
        self.stale = false;
        self.read_at = steady_ms();
        self.reading = Some(self.base.read(move |session| care::rows(session, wanted, SHOWN_MAX)));
    }

    fn current(&self) -> Option<&Row> {
        self.found.get(self.list.state.current)
    }

    fn receive(&mut self, ui: &Ui, ctx: &mut PageContext<'_>) {
        match Ticket::take(&mut self.reading) {
            Some(Ok(found)) => {
                // Whoever reads one letter goes on reading it when others come before it.
                let current = self.current().map(|row| row.letter.id);
                self.list.rows.take(found.iter().map(shown).collect());
                self.found = found;
                let at = self.found.iter().position(|row| Some(row.letter.id) == current);
                let last = self.found.len().saturating_sub(1);
                self.list.state.current = at.unwrap_or(self.list.state.current).min(last);
            }
            Some(Err(error)) => failed(ctx, error.sentence()),
            None => {}
        }
        match Ticket::take(&mut self.doing) {
            Some(Ok(said)) => {
                ctx.requests.push(Request::Toast(Toast { text: said.into(), role: Role::Good, opens: None }));
                self.read();
            }
            Some(Err(error)) => {
                failed(ctx, error.sentence());
                self.read();
            }
            None => {}
        }
        let moving = self.found.iter().any(|row| row.letter.state.waits() || row.letter.state == LetterState::Sending);
        let old = moving && steady_ms().saturating_sub(self.read_at) >= LOOK_MS;
        if (self.stale || old) && self.reading.is_none() {
            self.read();
        }
        if moving {
            ui.ctx().request_repaint_after(Duration::from_millis(LOOK_MS));
        }
        self.receive_draft();
    }

    /// A letter that waits is shown as it would leave now.
    fn receive_draft(&mut self) {
        let answer = self.drafting.as_ref().and_then(|(id, ticket)| Some((*id, ticket.poll()?)));
        if let Some((id, answer)) = answer {
            self.drafting = None;
            self.draft = Some((id, answer.unwrap_or_else(|error| error.sentence())));
        }
        let Some(letter) = self.current().map(|row| &row.letter) else { return };
        let known = self.draft.as_ref().is_some_and(|(id, _)| *id == letter.id);
        let asked = self.drafting.as_ref().is_some_and(|(id, _)| *id == letter.id);
        if letter.body.is_empty() && !known && !asked {
            let (id, letter) = (letter.id, letter.clone());
            let ticket = self.base.read(move |session| {
                care::shown(session, &letter).map(|made| format!("{}\n\n{}", made.subject, made.text))
            });
            self.drafting = Some((id, ticket));
        }
    }

    /// The text of a letter: as it left, or as it would leave now.
    fn text_of(&self, letter: &Letter) -> String {
        match &self.draft {
            _ if self.raw && !letter.raw.is_empty() => letter.raw.replace("\r\n", "\n"),
            _ if !letter.body.is_empty() => format!("{}\n\n{}", letter.subject, letter.body),
            Some((id, text)) if *id == letter.id => text.clone(),
            _ => text!("list-loading").show(),
        }
    }

    fn decide(&mut self, verdict: Verdict) {
        let meant = self.list.state.meant(self.found.len()).into_iter().flatten();
        let letters = meant.filter_map(|at| self.found.get(at)).map(|row| &row.letter);
        let letters: Vec<i64> = letters.filter(|letter| verdict.fits(letter)).map(|letter| letter.id).collect();
        self.doing = Some(self.base.work(move |session| {
            let count = care::decide(session, &letters, verdict)?;
            Ok(match verdict {
                Verdict::Again => text!("letters-queued", count = count),
                Verdict::Stop => text!("letters-stopped", count = count),
            })
        }));
    }

    fn heading(&self) -> String {
        let of = self.current().filter(|_| !self.wanted.order.is_empty()).map(|row| row.order.clone());
        let title = match of {
            Some(order) => text!("letters-of", order = order).show(),
            None => self.title(),
        };
        match self.wanted.state {
            Some(state) => format!("{title}: {}", state_words(state).0.show().to_lowercase()),
            None => title,
        }
    }

    /// What is told of the current letter.
    fn view(&self) -> Option<View> {
        let letter = &self.current()?.letter;
        let attempts = match letter.attempts {
            0 | 1 => String::new(),
            count => format!(" · {}", text!("letters-attempts", count = count).show()),
        };
        let at = if letter.last_at.is_empty() { letter.next_at } else { letter.last_at };
        let state = state_words(letter.state).0.show();
        Some(View {
            head: format!("{} · {state} · {}{attempts}", letter.recipient, at.russian()),
            reason: letter.reason.clone(),
            answer: letter.answer.clone(),
            text: self.text_of(letter),
        })
    }
}

/// What is told of a letter.
struct View {
    head: String,
    reason: String,
    answer: String,
    text: String,
}

impl View {
    /// Which letter it is and what the server said, above its text.
    fn ui(&self, ui: &mut Ui, id: Id) {
        line_ui(ui, &self.head, Role::Text, true);
        for (words, role) in [(&self.reason, Role::Warning), (&self.answer, Role::Weak)] {
            if !words.is_empty() {
                line_ui(ui, words, role, false);
            }
        }
        ui.add_space(2.0);
        paper(ui, id, &text!("letters-text").show(), &self.text);
    }
}

fn line_ui(ui: &mut Ui, words: &str, role: Role, strong: bool) {
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
    let place = Rect::from_min_max(line.min + vec2(10.0, 0.0), line.max);
    let font = if strong { fonts::bold() } else { fonts::text() };
    if paint::text(ui.painter(), place, words, font, theme::colors(ui).role(role), Align::Min) {
        response.on_hover_text(words);
    }
}

impl Page for LettersPage {
    fn key(&self) -> String {
        match self.wanted.order.is_empty() {
            true => "work:letters".to_owned(),
            false => format!("work:letters:{}", self.wanted.order.packed()),
        }
    }
    fn title(&self) -> String {
        match self.wanted.order.is_empty() {
            true => text!("letters-title").show(),
            false => text!("letters-of-order").show(),
        }
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Envelope)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let Some(row) = self.current() else { return Facts::NONE };
        Facts::ROW
            .when(Verdict::Again.fits(&row.letter), AGAIN)
            .when(Verdict::Stop.fits(&row.letter), STOP)
            .when(!row.letter.raw.is_empty(), LEFT)
            .when(!row.letter.object.is_empty(), OF_ORDER)
    }
    fn hint(&self) -> String {
        text!("letters-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ui, ctx);
        let tools = [
            Tool::Main("letter-again"),
            Tool::Button("letter-stop"),
            Tool::Divider,
            Tool::Button("open-order"),
            Tool::Button("letters-state"),
            Tool::Button("letters-raw"),
            Tool::Divider,
            Tool::Button("letters-templates"),
            Tool::Icon("refresh"),
        ];
        let (facts, label) = (self.facts(), self.heading());
        head_ui(ui, ctx, self.id(), &label, (&self.commands, facts), &tools);
        let empty = match self.wanted.order.is_empty() {
            true => [text!("letters-empty"), text!("letters-empty-hint")],
            false => [text!("letters-empty-order"), text!("letters-empty-order-hint")],
        };
        if self.found.is_empty() {
            self.list.ui(ui, ctx.first, &label, empty);
            return;
        }
        let (first, id, view) = (ctx.first, self.id(), self.view());
        let mut events = Vec::new();
        let Self { list, share, .. } = self;
        let above = |ui: &mut Ui| events = list.ui(ui, first, &label, empty);
        let below = |ui: &mut Ui| {
            if let Some(view) = &view {
                view.ui(ui, id.with("text"));
            }
        };
        split(ui, id.with("split"), Split::Down, share, above, below);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-order");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        let Some(letter) = self.current().map(|row| row.letter.clone()) else {
            match code {
                "refresh" => self.read(),
                "letters-state" => self.ask_state(ctx),
                "letters-templates" => ctx.open(Open::Code("list:letter_template".to_owned())),
                _ => {}
            }
            return;
        };
        match code {
            "refresh" => self.read(),
            "letters-state" => self.ask_state(ctx),
            "letters-templates" => ctx.open(Open::Code("list:letter_template".to_owned())),
            "letters-raw" => self.raw = !self.raw,
            "open-order" => ctx.open(Open::Object(letter.object)),
            "letter-stop" => self.decide(Verdict::Stop),
            // A second letter cannot be taken back: the question says what may have arrived already.
            "letter-again" => {
                let to = letter.recipient.clone();
                let question = match letter.state {
                    LetterState::Sent => text!("letters-ask-sent", to = to),
                    LetterState::Unknown => text!("letters-ask-unknown", to = to),
                    _ => text!("letters-ask-again", to = to),
                };
                ctx.ask(Dialog::yes_no(text!("letters-again"), question), code);
            }
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("letter-again", Answer::Button(button)) if button == "yes" => self.decide(Verdict::Again),
            ("letters-state", Answer::Item(at)) => {
                self.wanted.state = at.checked_sub(1).and_then(|at| LetterState::ALL.get(at).copied());
                self.list.state.current = 0;
                self.read();
            }
            _ => {}
        }
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        self.stale = true;
    }
}

impl LettersPage {
    fn ask_state(&self, ctx: &mut PageContext<'_>) {
        let plain = |text: Text| (text.show(), String::new());
        let states = LetterState::ALL.iter().map(|state| plain(state_words(*state).0));
        let items = std::iter::once(plain(text!("letters-state-all"))).chain(states).collect();
        ctx.ask(Dialog::List { title: text!("letters-state").into(), items }, "letters-state");
    }
}

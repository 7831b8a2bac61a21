//! «Письма покупателям»: the queue of letters with the exact text of each and what the server said, of all orders or
//! of one.

use super::place::{Place, Question, WorkPage};
use crate::kernel::clock::steady_ms;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::letters::care::{self, Row, Verdict, Wanted};
use crate::ops::letters::send::why_waiting;
use crate::store::letters::{Letter, LetterState};
use crate::text;
use crate::ui::app::base::Ticket;
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog, remark};
use crate::ui::shell::page::{Open, PageContext};
use crate::ui::theme::{self, CONTROL, Role};
use crate::ui::widgets::list::{Cell, ListEvent, ListRow};
use crate::ui::widgets::paper::paper;
use crate::ui::widgets::split::{Split, split};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use crate::ui::{fonts, paint};
use egui::{Align, Id, Key, Rect, Sense, Ui, WidgetInfo, vec2};
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

/// The workplace.
pub struct Letters {
    wanted: Wanted,
    read_at: u64,
    share: f32,
    /// The bytes are shown and not the text.
    raw: bool,
    /// A letter that has not left, as it would leave now.
    draft: Option<(i64, String)>,
    drafting: Option<(i64, Ticket<String>)>,
}

/// What is in the queue.
#[derive(Default)]
pub struct Found {
    rows: Vec<Row>,
    /// Why nothing leaves; empty when letters do.
    why: String,
}

impl Letters {
    /// Of one order; of all when it is empty.
    pub fn of(order: AnyRef) -> Self {
        let wanted = Wanted { order, ..Wanted::default() };
        Self { wanted, read_at: steady_ms(), share: 0.55, raw: false, draft: None, drafting: None }
    }
}

fn commands() -> Vec<Command> {
    vec![
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

impl WorkPage<Letters> {
    fn letter(&self) -> Option<&Row> {
        self.found.rows.get(self.list.state.current)
    }

    /// A letter that waits is shown as it would leave now.
    fn receive_draft(&mut self) {
        let answer = self.place.drafting.as_ref().and_then(|(id, ticket)| Some((*id, ticket.poll()?)));
        if let Some((id, answer)) = answer {
            self.place.drafting = None;
            self.place.draft = Some((id, answer.unwrap_or_else(|error| error.sentence())));
        }
        let Some(letter) = self.letter().map(|row| &row.letter) else { return };
        let known = self.place.draft.as_ref().is_some_and(|(id, _)| *id == letter.id);
        let asked = self.place.drafting.as_ref().is_some_and(|(id, _)| *id == letter.id);
        if letter.body.is_empty() && !known && !asked {
            let (id, letter) = (letter.id, letter.clone());
            let ticket = self.base.read(move |session| {
                care::shown(session, &letter).map(|made| format!("{}\n\n{}", made.subject, made.text))
            });
            self.place.drafting = Some((id, ticket));
        }
    }

    /// The text of a letter: as it left, or as it would leave now.
    fn text_of(&self, letter: &Letter) -> String {
        match &self.place.draft {
            _ if self.place.raw && !letter.raw.is_empty() => letter.raw.replace("\r\n", "\n"),
            _ if !letter.body.is_empty() => format!("{}\n\n{}", letter.subject, letter.body),
            Some((id, text)) if *id == letter.id => text.clone(),
            _ => text!("list-loading").show(),
        }
    }

    fn decide(&mut self, verdict: Verdict) {
        let meant = self.list.state.meant(self.found.rows.len()).into_iter().flatten();
        let letters = meant.filter_map(|at| self.found.rows.get(at)).map(|row| &row.letter);
        let letters: Vec<i64> = letters.filter(|letter| verdict.fits(letter)).map(|letter| letter.id).collect();
        self.work(move |session| {
            let count = care::decide(session, &letters, verdict)?;
            Ok(match verdict {
                Verdict::Again => text!("letters-queued", count = count),
                Verdict::Stop => text!("letters-stopped", count = count),
            })
        });
    }

    /// What is told of the current letter.
    fn view(&self) -> Option<View> {
        let letter = &self.letter()?.letter;
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

fn ask_state(ctx: &mut PageContext<'_>) {
    let plain = |text: Text| (text.show(), String::new());
    let states = LetterState::ALL.iter().map(|state| plain(state_words(*state).0));
    let items = std::iter::once(plain(text!("letters-state-all"))).chain(states).collect();
    ctx.ask(Dialog::List { title: text!("letters-state").into(), items }, "letters-state");
}

impl Place for Letters {
    type Found = Found;
    type Made = Text;
    const NAME: &'static str = "letters";
    const ICON: Icon = Icon::Envelope;
    const OPENS: &'static str = "open-order";

    fn key(&self) -> String {
        match self.wanted.order.is_empty() {
            true => "work:letters".to_owned(),
            false => format!("work:letters:{}", self.wanted.order.packed()),
        }
    }
    fn title(&self) -> Text {
        if self.wanted.order.is_empty() { text!("letters-title") } else { text!("letters-of-order") }
    }
    fn heading(&self, found: &Self::Found) -> Option<String> {
        let title = match found.rows.first().filter(|_| !self.wanted.order.is_empty()) {
            Some(row) => text!("letters-of", order = row.order.clone()).show(),
            None => self.title().show(),
        };
        Some(match self.wanted.state {
            Some(state) => format!("{title}: {}", state_words(state).0.show().to_lowercase()),
            None => title,
        })
    }
    fn hint(&self) -> Text {
        text!("letters-keys")
    }
    fn empty(&self) -> [Text; 2] {
        match self.wanted.order.is_empty() {
            true => [text!("letters-empty"), text!("letters-empty-hint")],
            false => [text!("letters-empty-order"), text!("letters-empty-order-hint")],
        }
    }
    fn columns() -> Vec<Column> {
        vec![
            Column::new("at", text!("letters-at").show(), 140.0).unsorted(),
            Column::new("order", text!("letters-order").show(), 240.0).stretch(1.0).unsorted(),
            Column::new("event", text!("letters-event").show(), 160.0).unsorted(),
            Column::new("to", text!("letters-to").show(), 190.0).unsorted(),
            Column::new("state", text!("letters-column-state").show(), 110.0).unsorted(),
            Column::new("why", text!("letters-why").show(), 260.0).stretch(1.0).unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        commands()
    }
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![
            Tool::Main("letter-again"),
            Tool::Button("letter-stop"),
            Tool::Divider,
            Tool::Button("open-order"),
            Tool::Button("letters-state"),
            Tool::Button("letters-raw"),
            Tool::Divider,
            Tool::Button("letters-templates"),
            Tool::Icon("refresh"),
        ]
    }
    fn question(&self) -> Question<Self::Found> {
        let wanted = self.wanted;
        Box::new(move |session| {
            let rows = care::rows(session, wanted, SHOWN_MAX)?;
            let shown = rows.iter().map(shown).collect();
            Ok((Found { rows, why: why_waiting(session)? }, shown))
        })
    }
    fn has_work(&self, found: &Self::Found) -> bool {
        !found.rows.is_empty()
    }
    fn facts(page: &WorkPage<Self>) -> Facts {
        let Some(row) = page.letter() else { return Facts::NONE };
        Facts::NONE
            .when(Verdict::Again.fits(&row.letter), AGAIN)
            .when(Verdict::Stop.fits(&row.letter), STOP)
            .when(!row.letter.raw.is_empty(), LEFT)
            .when(!row.letter.object.is_empty(), OF_ORDER)
    }
    /// Whoever reads one letter goes on reading it when others come before it.
    fn now_at(was: &Self::Found, at: usize, found: &Self::Found) -> Option<usize> {
        let letter = was.rows.get(at)?.letter.id;
        found.rows.iter().position(|row| row.letter.id == letter)
    }

    fn look(page: &mut WorkPage<Self>, ui: &Ui) {
        let moves = |row: &Row| row.letter.state.waits() || row.letter.state == LetterState::Sending;
        if page.found.rows.iter().any(moves) {
            if page.is_idle() && steady_ms().saturating_sub(page.place.read_at) >= LOOK_MS {
                page.place.read_at = steady_ms();
                page.read();
            }
            ui.ctx().request_repaint_after(Duration::from_millis(LOOK_MS));
        }
        page.receive_draft();
    }

    fn body(page: &mut WorkPage<Self>, ui: &mut Ui, first: bool, heading: &str) -> Vec<ListEvent> {
        if !page.found.why.is_empty() {
            remark(ui, &page.found.why, Role::Warning);
        }
        let empty = page.place.empty();
        if page.found.rows.is_empty() {
            return page.list.ui(ui, first, heading, empty);
        }
        let (id, view) = (WorkPage::<Self>::id().with(page.place.key()), page.view());
        let mut events = Vec::new();
        let WorkPage { list, place, .. } = page;
        let above = |ui: &mut Ui| events = list.ui(ui, first, heading, empty);
        let below = |ui: &mut Ui| {
            if let Some(view) = &view {
                view.ui(ui, id.with("text"));
            }
        };
        split(ui, id.with("split"), Split::Down, &mut place.share, above, below);
        events
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        let letter = page.letter().map(|row| row.letter.clone());
        match (code, letter) {
            ("letters-state", _) => ask_state(ctx),
            ("letters-templates", _) => ctx.open(Open::Code("list:letter_template".to_owned())),
            ("letters-raw", Some(_)) => page.place.raw = !page.place.raw,
            ("open-order", Some(letter)) => ctx.open(Open::Object(letter.object)),
            ("letter-stop", Some(_)) => page.decide(Verdict::Stop),
            // A second letter cannot be taken back: the question says what may have arrived already.
            ("letter-again", Some(letter)) => {
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

    fn answer(page: &mut WorkPage<Self>, token: &str, answer: Answer) {
        match (token, answer) {
            ("letter-again", Answer::Button(button)) if button == "yes" => page.decide(Verdict::Again),
            ("letters-state", Answer::Item(at)) => {
                page.place.wanted.state = at.checked_sub(1).and_then(|at| LetterState::ALL.get(at).copied());
                page.found = Found::default();
                page.list.state.current = 0;
                page.read();
            }
            _ => {}
        }
    }

    fn made(_page: &mut WorkPage<Self>, said: Text, _operation: i64, ctx: &mut PageContext<'_>) {
        ctx.toast(said, Role::Good);
    }
}

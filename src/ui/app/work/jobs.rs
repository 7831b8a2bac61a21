//! «Задания печати»: what is to come out of devices and has not, why, and what can be done about it.

use super::{WorkList, failed, head_ui, standard_command};
use crate::kernel::problems::Outcome;
use crate::kernel::text::Text;
use crate::ops::gate::Session;
use crate::ops::till::jobs::{Row, Verdict, fits, rows, settle};
use crate::ops::till::queue::Queue;
use crate::ops::till::sale;
use crate::store::jobs::JobState;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Open, Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Key, Ui};
use std::rc::Rc;

/// The code the page is opened by.
pub const CODE: &str = "work:jobs";

/// The current job was sent, and nobody knows what came of it.
const UNKNOWN: Facts = Facts::own(1);
/// It was refused.
const REFUSED: Facts = Facts::own(2);
/// Its paper is out.
const DONE: Facts = Facts::own(3);

/// The page.
pub struct JobsPage {
    base: Rc<Base>,
    papers: Queue,
    found: Vec<Row>,
    list: WorkList,
    commands: Vec<Command>,
    /// Jobs that are over are shown too.
    all: bool,
    reading: Option<Ticket<Vec<Row>>>,
    doing: Option<Ticket<Text>>,
    stale: bool,
}

fn commands() -> [Command; 7] {
    [
        Command::new("job-again", text!("jobs-again"))
            .hint(text!("jobs-again-hint"))
            .key(keys::MAIN)
            .icon(Icon::ArrowsClockwise)
            .needs(Facts::ROW.and(REFUSED)),
        Command::new("job-copy", text!("jobs-copy"))
            .hint(text!("jobs-copy-hint"))
            .key(keys::PRINT)
            .icon(Icon::Printer)
            .needs(Facts::ROW.and(DONE)),
        Command::new("job-here", text!("jobs-here"))
            .hint(text!("jobs-here-hint"))
            .key(Chord::alt(Key::H))
            .needs(Facts::ROW.and(UNKNOWN)),
        Command::new("job-done", text!("jobs-settle-done"))
            .hint(text!("jobs-settle-done-hint"))
            .key(Chord::alt(Key::D))
            .needs(Facts::ROW.and(UNKNOWN)),
        Command::new("job-not-done", text!("jobs-settle-not"))
            .hint(text!("jobs-settle-not-hint"))
            .key(Chord::alt(Key::N))
            .needs(Facts::ROW.and(UNKNOWN)),
        Command::new("open-document", text!("jobs-open"))
            .hint(text!("jobs-open-hint"))
            .key(keys::OPEN)
            .icon(Icon::PencilSimple)
            .needs(Facts::ROW),
        Command::new("jobs-all", text!("jobs-all")).hint(text!("jobs-all-hint")).key(Chord::alt(Key::A)),
    ]
}

fn state(row: &Row) -> Cell {
    let (text, role) = match row.job.state {
        JobState::Waiting => (text!("jobs-state-waiting"), Role::Warning),
        JobState::Sent => (text!("jobs-state-unknown"), Role::Danger),
        JobState::Done => (text!("jobs-state-done"), Role::Good),
        JobState::Refused => (text!("jobs-state-refused"), Role::Danger),
        JobState::Withdrawn => (text!("jobs-state-withdrawn"), Role::Text),
    };
    Cell::new(text.show()).role(role)
}

/// Why it is not over, and what helps.
fn why(row: &Row) -> String {
    let job = &row.job;
    match job.state {
        JobState::Sent if job.reason.is_empty() => text!("jobs-why-unknown").show(),
        JobState::Waiting if job.reason.is_empty() => text!("jobs-why-waiting").show(),
        JobState::Refused => text!("jobs-why-refused", why = job.reason.clone()).show(),
        _ => job.reason.clone(),
    }
}

fn shown(row: &Row) -> ListRow {
    let number = if row.job.number == 0 { String::new() } else { row.job.number.to_string() };
    let cells = vec![
        Cell::new(row.job.created.russian()),
        Cell::new(row.till.clone()),
        Cell::new(row.what.show()),
        Cell::new(row.document.clone()),
        state(row),
        Cell::new(number),
        Cell::new(why(row)),
    ];
    ListRow { reference: row.job.document, cells, ..ListRow::default() }
}

fn verdict_of(code: &str) -> Option<Verdict> {
    Some(match code {
        "job-again" => Verdict::Again,
        "job-here" => Verdict::Here,
        "job-done" => Verdict::Done,
        "job-not-done" => Verdict::NotDone,
        _ => return None,
    })
}

impl JobsPage {
    /// Of those that are not over; `papers` is the queue of the workstation.
    pub fn new(base: &Rc<Base>, papers: Queue) -> Self {
        let columns = vec![
            Column::new("at", text!("jobs-at").show(), 140.0).unsorted(),
            Column::new("till", text!("jobs-place").show(), 130.0).unsorted(),
            Column::new("what", text!("jobs-what").show(), 140.0).unsorted(),
            Column::new("document", text!("jobs-document").show(), 250.0).unsorted(),
            Column::new("state", text!("jobs-state").show(), 120.0).unsorted(),
            Column::new("number", text!("jobs-number").show(), 70.0).right().unsorted(),
            Column::new("why", text!("jobs-why").show(), 300.0).stretch(1.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            papers,
            found: Vec::new(),
            list: WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands: commands().into_iter().chain(standard_command("refresh")).collect(),
            all: false,
            reading: None,
            doing: None,
            stale: false,
        };
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work jobs")
    }

    fn read(&mut self) {
        let all = self.all;
        self.stale = false;
        self.reading = Some(self.base.read(move |session| rows(session, all)));
    }

    fn current(&self) -> Option<&Row> {
        self.found.get(self.list.state.current)
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(found) => {
                    self.list.rows.take(found.iter().map(shown).collect());
                    self.found = found;
                    self.list.state.current = self.list.state.current.min(self.found.len().saturating_sub(1));
                }
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.doing) {
            match answer {
                Ok(said) => {
                    ctx.requests.push(Request::Messages(Vec::new()));
                    let text = said.into();
                    ctx.requests.push(Request::Toast(Toast { text, role: Role::Good, opens: None }));
                }
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
        if self.stale && self.reading.is_none() {
            self.read();
        }
    }

    fn act(&mut self, deed: impl FnOnce(&Session) -> Outcome<Text> + Send + 'static) {
        self.doing = Some(self.base.work(deed));
    }

    /// One decision about the current job, or about every one it fits of those that are chosen.
    fn decide(&mut self, verdict: Verdict) {
        let meant = self.list.state.meant(self.found.len()).into_iter().flatten();
        let jobs = meant.filter_map(|at| self.found.get(at)).map(|row| &row.job);
        let jobs: Vec<i64> = jobs.filter(|job| fits(job, verdict)).map(|job| job.id).collect();
        self.act(move |session| {
            for job in &jobs {
                settle(session, *job, verdict)?;
            }
            Ok(text!("jobs-decided", count = jobs.len()))
        });
    }

    fn heading(&self) -> String {
        let standing = self.papers.standing();
        let title = self.title();
        match (standing.open, standing.missing) {
            (0, _) => title,
            (count, true) => text!("jobs-heading-missing", title = title, count = count).show(),
            (count, false) => text!("jobs-heading", title = title, count = count).show(),
        }
    }
}

impl Page for JobsPage {
    fn key(&self) -> String {
        CODE.to_owned()
    }
    fn title(&self) -> String {
        text!("jobs-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Printer)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let Some(row) = self.current() else { return Facts::NONE };
        Facts::ROW
            .when(row.job.state == JobState::Sent, UNKNOWN)
            .when(row.job.state == JobState::Refused, REFUSED)
            .when(row.job.state == JobState::Done, DONE)
    }
    fn hint(&self) -> String {
        text!("jobs-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [
            Tool::Main("job-again"),
            Tool::Button("job-copy"),
            Tool::Divider,
            Tool::Button("job-here"),
            Tool::Button("job-done"),
            Tool::Button("job-not-done"),
            Tool::Divider,
            Tool::Button("open-document"),
            Tool::Button("jobs-all"),
            Tool::Icon("refresh"),
        ];
        let (facts, label) = (self.facts(), self.heading());
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, facts), &tools);
        let empty = [text!("jobs-empty"), text!("jobs-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &self.title(), empty);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-document");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        let document = self.current().map(|row| row.job.document);
        match (code, document) {
            ("refresh", _) => self.read(),
            ("jobs-all", _) => {
                self.all = !self.all;
                self.read();
            }
            ("open-document", Some(document)) => ctx.open(Open::Object(document)),
            ("job-copy", Some(document)) => self.act(move |session| {
                sale::copy(session, document)?;
                Ok(text!("till-copy-sent"))
            }),
            // What a person asserts is asked again: a second receipt is a second sale to the tax office.
            ("job-done" | "job-not-done", Some(_)) => {
                let question = if code == "job-done" { text!("jobs-ask-done") } else { text!("jobs-ask-not") };
                ctx.ask(Dialog::yes_no(text!("jobs-title"), question), code);
            }
            _ => {
                if let Some(verdict) = verdict_of(code) {
                    self.decide(verdict);
                }
            }
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        if let (Some(verdict), Answer::Button(button)) = (verdict_of(token), answer)
            && button == "yes"
        {
            self.decide(verdict);
        }
    }

    fn changed(&mut self, _objects: &[crate::kernel::refs::AnyRef]) {
        self.stale = true;
    }
}

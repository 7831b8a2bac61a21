//! «Задания печати»: what is to come out of devices and has not, why, and what can be done about it.

use super::place::{Place, Question, WorkPage};
use crate::kernel::text::Text;
use crate::ops::till::jobs::{Row, Verdict, fits, rows, settle};
use crate::ops::till::queue::Queue;
use crate::ops::till::sale;
use crate::store::jobs::JobState;
use crate::text;
use crate::ui::app::base::Base;
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Open, Page, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::Key;
use std::rc::Rc;

/// The code the page is opened by.
pub const CODE: &str = "work:jobs";

/// The current job was sent, and nobody knows what came of it.
const UNKNOWN: Facts = Facts::own(1);
/// It was refused.
const REFUSED: Facts = Facts::own(2);
/// Its paper is out.
const DONE: Facts = Facts::own(3);

/// The workplace.
struct Jobs {
    /// The queue of the workstation.
    papers: Queue,
    /// Jobs that are over are shown too.
    all: bool,
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
        Cell::new(row.what.show()),
        state(row),
        Cell::new(why(row)),
        Cell::new(row.document.clone()),
        Cell::new(row.till.clone()),
        Cell::new(number),
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

/// The page of jobs that are not over; `papers` is the queue of the workstation.
pub fn page(base: &Rc<Base>, papers: Queue) -> Box<dyn Page> {
    Box::new(WorkPage::new(base, Jobs { papers, all: false }))
}

impl WorkPage<Jobs> {
    /// One decision about the current job, or about every one it fits of those that are chosen.
    fn decide(&mut self, verdict: Verdict) {
        let jobs: Vec<i64> =
            self.chosen().map(|row| &row.job).filter(|job| fits(job, verdict)).map(|job| job.id).collect();
        self.work(move |session| {
            for job in &jobs {
                settle(session, *job, verdict)?;
            }
            Ok(text!("jobs-decided", count = jobs.len()))
        });
    }
}

impl Place for Jobs {
    type Found = Vec<Row>;
    type Made = Text;
    const NAME: &'static str = "jobs";
    const ICON: Icon = Icon::Printer;
    const OPENS: &'static str = "open-document";

    fn title(&self) -> Text {
        text!("jobs-title")
    }
    fn heading(&self, _found: &Self::Found) -> Option<String> {
        let (standing, title) = (self.papers.standing(), self.title().show());
        match (standing.open, standing.missing) {
            (0, _) => None,
            (count, true) => Some(text!("jobs-heading-missing", title = title, count = count).show()),
            (count, false) => Some(text!("jobs-heading", title = title, count = count).show()),
        }
    }
    fn hint(&self) -> Text {
        text!("jobs-keys")
    }
    fn empty(&self) -> [Text; 2] {
        [text!("jobs-empty"), text!("jobs-empty-hint")]
    }
    fn columns() -> Vec<Column> {
        // Why a job stands is what the page is for: it is in sight in a small window too, before what is only looked up.
        vec![
            Column::new("at", text!("jobs-at").show(), 140.0).unsorted(),
            Column::new("what", text!("jobs-what").show(), 115.0).unsorted(),
            Column::new("state", text!("jobs-state").show(), 95.0).unsorted(),
            Column::new("why", text!("jobs-why").show(), 240.0).stretch(2.0).unsorted(),
            Column::new("document", text!("jobs-document").show(), 150.0).stretch(1.0).unsorted(),
            Column::new("till", text!("jobs-place").show(), 105.0).unsorted(),
            Column::new("number", text!("jobs-number").show(), 45.0).right().unsorted(),
        ]
    }
    fn commands(&self) -> Vec<Command> {
        vec![
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
    fn tools(&self) -> Vec<Tool<'static>> {
        vec![
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
        ]
    }
    fn question(&self) -> Question<Self::Found> {
        let all = self.all;
        Box::new(move |session| {
            let found = rows(session, all)?;
            let shown = found.iter().map(shown).collect();
            Ok((found, shown))
        })
    }
    fn has_work(&self, found: &Self::Found) -> bool {
        !found.is_empty()
    }
    fn facts(page: &WorkPage<Self>) -> Facts {
        let Some(row) = page.current() else { return Facts::NONE };
        Facts::NONE
            .when(row.job.state == JobState::Sent, UNKNOWN)
            .when(row.job.state == JobState::Refused, REFUSED)
            .when(row.job.state == JobState::Done, DONE)
    }

    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>) {
        let document = page.current().map(|row| row.job.document);
        match (code, document) {
            ("jobs-all", _) => {
                page.place.all = !page.place.all;
                page.read();
            }
            ("open-document", Some(document)) => ctx.open(Open::Object(document)),
            ("job-copy", Some(document)) => page.work(move |session| {
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
                    page.decide(verdict);
                }
            }
        }
    }

    fn answer(page: &mut WorkPage<Self>, token: &str, answer: Answer) {
        if let (Some(verdict), Answer::Button(button)) = (verdict_of(token), answer)
            && button == "yes"
        {
            page.decide(verdict);
        }
    }

    fn made(_page: &mut WorkPage<Self>, said: Text, _operation: i64, ctx: &mut PageContext<'_>) {
        ctx.requests.push(Request::Messages(Vec::new()));
        ctx.toast(said, Role::Good);
    }
}

//! «История»: the versions of an object with what each of them changed; any of them opens, is compared with any
//! other and becomes the newest again.

use super::FormPage;
use super::compare::ComparePage;
use super::movements::page_commands;
use super::sheet::Sheet;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::gate::Op;
use crate::ops::versions::{Version, title_of, versions};
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::app::head::head_ui;
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::rc::Rc;

/// The history of an object.
pub struct HistoryPage {
    base: Rc<Base>,
    object: AnyRef,
    title: String,
    ticket: Option<Ticket<(String, Vec<Version>)>>,
    sheet: Sheet,
    failed: String,
    /// The base has changed: to be asked again when it is looked at.
    stale: bool,
    commands: Vec<Command>,
    /// The version of each line, the newest first.
    lines: Vec<i64>,
    restoring: Option<(i64, Ticket<((), i64)>)>,
    /// The version that is to be restored when the user says so.
    asked: i64,
}

impl HistoryPage {
    /// Of a saved object.
    pub fn new(base: &Rc<Base>, object: AnyRef) -> Self {
        let columns = vec![
            Column::new("what", text!("history-what").show(), 300.0).stretch(1.0).unsorted(),
            Column::new("was", text!("history-was").show(), 260.0).stretch(1.0).unsorted(),
            Column::new("now", text!("history-now").show(), 260.0).stretch(1.0).unsorted(),
            Column::new("who", text!("history-who").show(), 180.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            object,
            title: String::new(),
            ticket: None,
            sheet: Sheet { columns, tree: true, ..Sheet::default() },
            failed: String::new(),
            stale: false,
            commands: own_commands().into_iter().chain(page_commands()).collect(),
            lines: Vec::new(),
            restoring: None,
            asked: 0,
        };
        page.ask();
        page
    }

    fn ask(&mut self) {
        let object = self.object;
        self.ticket = Some(self.base.read(move |session| Ok((title_of(session, object)?, versions(session, object)?))));
    }

    fn take(&mut self, answer: Outcome<(String, Vec<Version>)>) {
        match answer {
            Ok((title, found)) => {
                self.failed = String::new();
                self.title = title;
                let line = |version: &Version| std::iter::repeat_n(version.version, version.changes.len() + 1);
                self.lines = found.iter().flat_map(line).collect();
                self.sheet.rows.take(found.iter().flat_map(rows).collect());
            }
            Err(error) => self.failed = error.sentence(),
        }
    }
}

fn own_commands() -> [Command; 3] {
    [
        Command::new("open-version", text!("version-open"))
            .hint(text!("version-open-hint"))
            .key(keys::OPEN)
            .icon(Icon::PencilSimple)
            .needs(Facts::ROW),
        Command::new("compare-versions", text!("version-compare"))
            .hint(text!("version-compare-hint"))
            .key(keys::MAIN)
            .needs(Facts::ROW),
        Command::new("restore-version", text!("version-restore"))
            .hint(text!("version-restore-hint"))
            .icon(Icon::ArrowUUpLeft)
            .needs(Facts::ROW),
    ]
}

impl HistoryPage {
    /// The version of the current line.
    fn current(&self) -> Option<i64> {
        self.lines.get(self.sheet.state.current).copied()
    }

    /// The two versions that are meant: the first and the last of the chosen lines, or the current and the newest.
    fn pair(&self) -> Option<(i64, i64)> {
        let chosen = self.sheet.state.selection.rows().filter_map(|row| self.lines.get(row).copied());
        let chosen: Vec<i64> = chosen.collect();
        match (chosen.iter().min(), chosen.iter().max()) {
            (Some(first), Some(last)) if first != last => Some((*first, *last)),
            _ => Some((self.current()?, *self.lines.first()?)),
        }
    }

    fn restore(&mut self) {
        let (object, version) = (self.object, self.asked);
        self.restoring = Some((version, self.base.write_told(Op::Restore, move |tx| tx.restore(object, version))));
    }

    fn restored(&mut self, ctx: &mut PageContext<'_>) {
        let Some((version, answer)) =
            self.restoring.as_ref().and_then(|(version, ticket)| Some((*version, ticket.poll()?)))
        else {
            return;
        };
        self.restoring = None;
        match answer {
            Ok(((), operation)) => {
                let text = text!("version-restored", version = version, title = &self.title).into();
                ctx.requests.push(Request::Done(Toast { text, role: Role::Good, opens: None }, operation));
            }
            Err(error) => ctx.toast(error.sentence(), Role::Danger),
        }
    }
}

/// A line for the version and one for each change.
fn rows(version: &Version) -> Vec<ListRow> {
    let what = format!("{}. {}: {}", version.version, version.at.russian(), version.deed.show());
    let parts = [version.user.as_str(), version.workstation.as_str()];
    let who = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let head = vec![Cell::new(what).bold(), Cell::default(), Cell::default(), Cell::new(who)];
    let mut rows = vec![ListRow { cells: head, bold: true, ..ListRow::default() }];
    rows.extend(version.changes.iter().map(|change| ListRow {
        cells: vec![
            Cell::new(change.place.clone()),
            Cell::new(change.was.clone()),
            Cell::new(change.now.clone()),
            Cell::default(),
        ],
        level: 1,
        ..ListRow::default()
    }));
    rows
}

impl Page for HistoryPage {
    fn key(&self) -> String {
        format!("history:{}", self.object.packed())
    }
    fn title(&self) -> String {
        text!("form-history").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::ClockCounterClockwise)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(self.current().is_some() && self.restoring.is_none(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("version-keys").show()
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.ticket) {
            self.take(answer);
        }
        if std::mem::take(&mut self.stale) {
            self.ask();
        }
        self.restored(ctx);
        let tools = [
            Tool::Button("open-version"),
            Tool::Button("compare-versions"),
            Tool::Button("restore-version"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ];
        let id = Id::unique(("history", self.object.packed()));
        let title = text!("history-of", title = &self.title).show();
        head_ui(ui, ctx, id, &title, (&self.commands, self.facts()), &tools);
        let empty = if self.failed.is_empty() { text!("list-loading").show() } else { self.failed.clone() };
        let events = self.sheet.ui(ui, id, &text!("form-history").show(), &empty, ctx);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-version");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        if code == "refresh" {
            self.ask();
        }
        let Some(version) = self.current() else { return };
        match code {
            "open-version" => {
                let form = FormPage::version(&self.base, self.object, version);
                ctx.requests.extend(form.map(|form| Request::Show(Box::new(form))));
            }
            "compare-versions" => {
                let page = self.pair().map(|pair| ComparePage::new(&self.base, self.object, pair));
                ctx.requests.extend(page.map(|page| Request::Show(Box::new(page))));
            }
            "restore-version" => {
                self.asked = version;
                let ask = text!("version-restore-ask", version = version);
                ctx.ask(Dialog::yes_no(text!("version-restore"), ask), "restore");
            }
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        if token == "restore" && answer == Answer::Button("yes".to_owned()) {
            self.restore();
        }
    }

    fn changed(&mut self, objects: &[AnyRef]) {
        self.stale |= objects.is_empty() || objects.contains(&self.object);
    }
}

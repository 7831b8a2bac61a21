//! «Удаление помеченных»: what is marked for deletion, what still refers to it, and taking out what nothing needs.

use super::{failed, head_ui, standard_command};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::ops::delete::{Deleted, Doomed, delete, marked};
use crate::ops::gate::{Op, Tx};
use crate::text;
use crate::ui::app::base::{Base, Each, Refused, Ticket};
use crate::ui::commands::{Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Message, Open, Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow, Mark};
use crate::ui::widgets::progress::Progress;
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The page.
pub struct DeletionPage {
    base: Rc<Base>,
    found: Vec<Doomed>,
    /// The marked object of each line.
    lines: Vec<AnyRef>,
    list: super::WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<Vec<Doomed>>>,
    deleting: Option<Ticket<Deleted>>,
    unmarking: Option<Ticket<Each>>,
    /// The base has changed: to be read when it is looked at.
    stale: bool,
}

impl DeletionPage {
    /// Being read.
    pub fn new(base: &Rc<Base>) -> Self {
        let commands = [
            Command::new("delete-marked", text!("deletion-delete"))
                .hint(text!("deletion-delete-hint"))
                .key(keys::MAIN)
                .icon(Icon::Trash)
                .needs(Facts::ROW),
            Command::new("open-marked", text!("deletion-open"))
                .hint(text!("deletion-open-hint"))
                .key(keys::OPEN)
                .icon(Icon::PencilSimple)
                .needs(Facts::ROW),
            Command::new("unmark", text!("deletion-unmark"))
                .hint(text!("deletion-unmark-hint"))
                .key(keys::MARK)
                .icon(Icon::ArrowUUpLeft)
                .needs(Facts::ROW),
        ];
        let columns = vec![
            Column::new("object", text!("deletion-object").show(), 420.0).stretch(1.0).unsorted(),
            Column::new("state", text!("deletion-state").show(), 320.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            found: Vec::new(),
            lines: Vec::new(),
            list: super::WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()).tree(),
            commands: commands.into_iter().chain(standard_command("refresh")).collect(),
            reading: None,
            deleting: None,
            unmarking: None,
            stale: false,
        };
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work deletion")
    }

    fn read(&mut self) {
        self.reading = Some(self.base.read(marked));
    }

    /// The marked objects of the chosen lines; all that can be deleted when none is chosen.
    fn meant(&self) -> Vec<AnyRef> {
        let chosen: BTreeSet<AnyRef> =
            self.list.state.selection.rows().filter_map(|at| self.lines.get(at)).copied().collect();
        let free = |doomed: &&Doomed| if chosen.is_empty() { doomed.free } else { chosen.contains(&doomed.reference) };
        self.found.iter().filter(free).map(|doomed| doomed.reference).collect()
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(found) => self.show(found),
                Err(error) => failed(ctx, error.sentence()),
            }
        }
        if let Some(answer) = Ticket::take(&mut self.deleting) {
            self.deleted(answer, ctx);
            self.read();
        }
        if let Some(answer) = Ticket::take(&mut self.unmarking) {
            match answer {
                Ok((refused, _)) => {
                    let message = |one: &Refused| {
                        Message::danger(format!("{}: {}", one.title, one.error.sentence())).about(one.object)
                    };
                    ctx.requests.push(Request::Messages(refused.iter().map(message).collect()));
                }
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
        if std::mem::take(&mut self.stale) && self.deleting.is_none() && self.reading.is_none() {
            self.read();
        }
    }

    fn show(&mut self, found: Vec<Doomed>) {
        self.lines.clear();
        let mut rows = Vec::new();
        for doomed in &found {
            self.lines.push(doomed.reference);
            let state = match (doomed.free, doomed.referrers.is_empty()) {
                (true, true) => Cell::new(text!("deletion-free").show()).role(Role::Good),
                (true, false) => Cell::new(text!("deletion-with-others").show()).role(Role::Good),
                (false, _) => {
                    let count = doomed.referrers.len() + doomed.more;
                    Cell::new(text!("deletion-held", count = count).show()).role(Role::Warning)
                }
            };
            rows.push(ListRow {
                reference: doomed.reference,
                mark: Mark::Deleted,
                cells: vec![Cell::new(doomed.title.clone()), state],
                ..ListRow::default()
            });
            for (reference, title) in &doomed.referrers {
                self.lines.push(doomed.reference);
                rows.push(ListRow {
                    reference: *reference,
                    level: 1,
                    cells: vec![Cell::new(title.clone()).role(Role::Weak), Cell::default()],
                    ..ListRow::default()
                });
            }
        }
        self.found = found;
        self.list.rows.take(rows);
    }

    fn deleted(&self, answer: Outcome<Deleted>, ctx: &mut PageContext<'_>) {
        let done = match answer {
            Ok(done) => done,
            Err(error) => return failed(ctx, error.sentence()),
        };
        if !done.gone.is_empty() {
            let text = text!("deletion-done", count = done.gone.len()).into();
            ctx.requests.push(Request::Toast(Toast { text, role: Role::Good, opens: None }));
        }
        let title = |object: &AnyRef| {
            let known = self.found.iter().find(|doomed| doomed.reference == *object);
            known.map_or_else(String::new, |doomed| doomed.title.clone())
        };
        let message = |(object, error): &(AnyRef, Error)| {
            Message::warning(format!("{}: {}", title(object), error.sentence())).about(*object)
        };
        ctx.requests.push(Request::Messages(done.kept.iter().map(message).collect()));
    }
}

impl Page for DeletionPage {
    fn key(&self) -> String {
        "work:deletion".to_owned()
    }
    fn title(&self) -> String {
        text!("deletion-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::Trash)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.found.is_empty() && self.deleting.is_none(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("deletion-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [
            Tool::Main("delete-marked"),
            Tool::Button("open-marked"),
            Tool::Button("unmark"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ];
        let (facts, label) = (self.facts(), self.title());
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, facts), &tools);
        let empty = [text!("deletion-empty"), text!("deletion-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-marked");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "refresh" => self.read(),
            "delete-marked" => {
                let count = self.meant().len();
                if count == 0 {
                    return ctx.toast(text!("deletion-nothing-free"), Role::Warning);
                }
                let ask = text!("deletion-ask", count = count);
                ctx.ask(Dialog::yes_no(text!("deletion-delete"), ask), "delete");
            }
            "open-marked" => {
                let reference = self.list.state.reference();
                if !reference.is_empty() {
                    ctx.open(Open::Object(reference));
                }
            }
            "unmark" => {
                let at = self.list.state.current;
                let chosen: BTreeSet<AnyRef> = match self.list.state.selection.is_empty() {
                    true => self.lines.get(at).copied().into_iter().collect(),
                    false => self.meant().into_iter().collect(),
                };
                let unmark = |tx: &mut Tx<'_>, object| tx.mark(object, false);
                let chosen = chosen.into_iter().collect();
                self.unmarking = Some(self.base.each(Op::Mark, chosen, Progress::default(), unmark));
            }
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        if token != "delete" || answer != Answer::Button("yes".to_owned()) {
            return;
        }
        let wanted = self.meant();
        let progress = Progress::default();
        ctx.requests.push(Request::Work(text!("deletion-delete").into(), progress.clone()));
        self.deleting = Some(self.base.act(move |session| {
            let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
            let done = delete(session, wanted, &mut |done, total| {
                progress.report(count(done), count(total));
                !progress.is_cancelled()
            });
            progress.finish();
            let done = done?;
            let gone = done.gone.iter().copied().collect();
            Ok((done, gone))
        }));
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        self.stale = true;
    }
}

//! A workplace as most are: a question whose answer is a list of rows, and deeds over them. What is common to all stands
//! here; a workplace says what it asks, what its columns are, and what its commands do.

use super::{WorkList, failed, head_ui, standard_command};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::text::Text;
use crate::ops::gate::{Op, Session, Tx};
use crate::ui::app::base::{Base, Ticket};
use crate::ui::commands::{Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Page, PageContext, Request, Toast};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::rc::Rc;

/// A question to the base: what it finds, and the rows that show it.
pub type Question<F> = Box<dyn FnOnce(&Session) -> Outcome<(F, Vec<ListRow>)> + Send>;

/// What makes one workplace differ from another.
pub trait Place: Sized + 'static {
    /// What the question finds, in the order of the rows where it is a list.
    type Found: Default + Send + 'static;
    /// What a deed gives.
    type Made: Send + 'static;
    /// Its name in codes of pages.
    const NAME: &'static str;
    /// Its icon.
    const ICON: Icon;
    /// The command that opening a row runs; empty for none.
    const OPENS: &'static str = "";
    /// The command that the mark of deletion runs; empty for none.
    const MARKS: &'static str = "";
    /// The command that making or copying a row runs; empty for none.
    const MAKES: &'static str = "";
    /// It is opened again at the next start.
    const STAYS: bool = true;

    /// The code of the page.
    fn key(&self) -> String {
        format!("work:{}", Self::NAME)
    }
    /// The words on its tab.
    fn title(&self) -> Text;
    /// The words above it, when what was found says more than the tab.
    fn heading(&self, _found: &Self::Found) -> Option<String> {
        None
    }
    /// What may be done here.
    fn hint(&self) -> Text;
    /// What an empty list says, and what to do next.
    fn empty(&self) -> [Text; 2];
    /// Its columns.
    fn columns() -> Vec<Column>;
    /// Its commands, beside reading anew.
    fn commands(&self) -> Vec<Command>;
    /// What stands in its bar.
    fn tools(&self) -> Vec<Tool<'static>>;
    /// What it asks.
    fn question(&self) -> Question<Self::Found>;
    /// There is something its deeds may be done to.
    fn has_work(&self, found: &Self::Found) -> bool;
    /// What else is true of it, for the availability of its commands.
    fn facts(_page: &WorkPage<Self>) -> Facts {
        Facts::NONE
    }
    /// These changes touch what was found.
    fn touched(&self, _found: &Self::Found, _objects: &[AnyRef]) -> bool {
        true
    }
    /// Where the row of this number stands among what is found now, when that is known better than by its object.
    fn now_at(_was: &Self::Found, _at: usize, _found: &Self::Found) -> Option<usize> {
        None
    }
    /// Looks after what goes on by itself; every frame, before it is drawn.
    fn look(_page: &mut WorkPage<Self>, _ui: &Ui) {}
    /// Draws what stands under the bar; gives what happened in the list.
    fn body(page: &mut WorkPage<Self>, ui: &mut Ui, first: bool, heading: &str) -> Vec<ListEvent> {
        page.list.ui(ui, first, heading, page.place.empty())
    }
    /// Carries out a command.
    fn command(page: &mut WorkPage<Self>, code: &str, ctx: &mut PageContext<'_>);
    /// Takes the answer to something it asked.
    fn answer(_page: &mut WorkPage<Self>, _token: &str, _answer: Answer) {}
    /// Tells what came of a deed, the operation of this number.
    fn made(_page: &mut WorkPage<Self>, _made: Self::Made, _operation: i64, _ctx: &mut PageContext<'_>) {}
}

/// The page of a workplace.
pub struct WorkPage<P: Place> {
    /// The base.
    pub base: Rc<Base>,
    /// What it is.
    pub place: P,
    /// What was found last.
    pub found: P::Found,
    /// The rows.
    pub list: WorkList,
    commands: Vec<Command>,
    reading: Option<Ticket<(P::Found, Vec<ListRow>)>>,
    writing: Option<Ticket<(P::Made, i64)>>,
    /// The last question has failed: its message stands.
    complains: bool,
    /// The base has changed since it was asked.
    stale: bool,
}

impl<P: Place> WorkPage<P> {
    /// Being read.
    pub fn new(base: &Rc<Base>, place: P) -> Self {
        let id = Self::id().with(place.key());
        let mut page = Self {
            base: Rc::clone(base),
            found: P::Found::default(),
            list: WorkList::new(id.with("list"), P::columns(), HeldRows::waiting()),
            commands: Vec::new(),
            reading: None,
            writing: None,
            complains: false,
            stale: false,
            place,
        };
        page.name_commands();
        page.read();
        page
    }

    /// The identity of its bar.
    pub fn id() -> Id {
        Id::unique(("work", P::NAME))
    }

    /// Its commands are called as they are now.
    pub fn name_commands(&mut self) {
        self.commands = self.place.commands().into_iter().chain(standard_command("refresh")).collect();
    }

    /// Asks anew; what is shown stays until the answer is there.
    pub fn read(&mut self) {
        self.stale = false;
        self.reading = Some(self.base.read(self.place.question()));
    }

    /// Does a deed behind the gate.
    pub fn write(&mut self, op: Op, deed: impl FnMut(&mut Tx<'_>) -> Outcome<P::Made> + Send + 'static) {
        self.writing = Some(self.base.write_told(op, deed));
    }

    /// Does a deed that runs its operations itself.
    pub fn work(&mut self, deed: impl FnOnce(&Session) -> Outcome<P::Made> + Send + 'static) {
        self.writing = Some(self.base.work(move |session| deed(session).map(|made| (made, 0))));
    }

    /// Nothing is asked or done just now.
    pub const fn is_idle(&self) -> bool {
        self.reading.is_none() && self.writing.is_none()
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        match Ticket::take(&mut self.reading) {
            None => {}
            Some(Ok((found, rows))) => {
                let at = P::now_at(&self.found, self.list.state.current, &found);
                self.found = found;
                self.list.state.current = at.unwrap_or(self.list.state.current).min(rows.len().saturating_sub(1));
                self.list.rows.take(rows);
                if std::mem::take(&mut self.complains) {
                    ctx.requests.push(Request::Messages(Vec::new()));
                }
            }
            Some(Err(error)) => {
                // What was found before is true no longer.
                self.found = P::Found::default();
                self.list.rows.take(Vec::new());
                self.complains = true;
                failed(ctx, error.sentence());
            }
        }
        if let Some(answer) = Ticket::take(&mut self.writing) {
            match answer {
                Ok((made, operation)) => P::made(self, made, operation, ctx),
                Err(error) => failed(ctx, error.sentence()),
            }
            self.read();
        }
        if self.stale && self.is_idle() {
            self.read();
        }
    }
}

impl<P: Place<Found = Vec<T>>, T: 'static> WorkPage<P> {
    /// What the current row shows.
    pub fn current(&self) -> Option<&T> {
        self.found.get(self.list.state.current)
    }

    /// What the chosen rows show; without any, the current one.
    pub fn chosen(&self) -> impl Iterator<Item = &T> {
        self.list.state.meant(self.found.len()).into_iter().flatten().filter_map(|at| self.found.get(at))
    }
}

/// Tells of an operation that can be taken back at once.
pub fn done(ctx: &mut PageContext<'_>, text: Text, operation: i64) {
    ctx.requests.push(Request::Done(Toast { text: text.into(), role: Role::Good, opens: None }, operation));
}

impl<P: Place> Page for WorkPage<P> {
    fn key(&self) -> String {
        self.place.key()
    }
    fn title(&self) -> String {
        self.place.title().show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(P::ICON)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        let works = self.writing.is_none() && self.place.has_work(&self.found);
        if works { Facts::ROW.and(P::facts(self)) } else { Facts::NONE }
    }
    fn hint(&self) -> String {
        self.place.hint().show()
    }
    fn choose_hint(&self) -> String {
        self.hint()
    }
    fn reopen(&self) -> Option<String> {
        P::STAYS.then(|| self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        P::look(self, ui);
        let heading = self.place.heading(&self.found).unwrap_or_else(|| self.title());
        head_ui(ui, ctx, Self::id(), &heading, (&self.commands, self.facts()), &self.place.tools());
        let events = P::body(self, ui, ctx.first, &heading);
        let runs = [
            (ListEvent::Open, P::OPENS),
            (ListEvent::Mark, P::MARKS),
            (ListEvent::Create, P::MAKES),
            (ListEvent::Copy, P::MAKES),
        ];
        for (event, command) in runs {
            if !command.is_empty() && events.contains(&event) {
                ctx.run(command);
            }
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "refresh" => self.read(),
            own => P::command(self, own, ctx),
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        P::answer(self, token, answer);
    }

    fn changed(&mut self, objects: &[AnyRef]) {
        self.stale |= objects.is_empty() || self.place.touched(&self.found, objects);
    }
}

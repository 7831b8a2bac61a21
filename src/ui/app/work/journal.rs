//! «Журнал изменений»: every change of every object with its author, workstation and moment.

use super::{failed, head_ui, standard_command};
use crate::domain::company::user::User;
use crate::domain::registry;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::ops::gate::Session;
use crate::ops::journal::{Entry, page};
use crate::ops::present::Titles;
use crate::store::journal::JournalQuery;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::app::form::history::HistoryPage;
use crate::ui::commands::{Chord, Command, Facts, keys};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Open, Page, PageContext, Request};
use crate::ui::widgets::list::{Cell, HeldRows, ListEvent, ListRow};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Key, Ui};
use std::rc::Rc;

/// Lines read at a time.
const PAGE: usize = 200;

/// So near to the end the next lines are asked for.
const NEAR: usize = 60;

/// Lines kept while one looks at the newest; what is older is a filter's business.
const KEPT_MAX: usize = 20_000;

/// The periods offered, the widest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Period {
    #[default]
    All,
    Today,
    Yesterday,
    Week,
    Month,
}

const PERIODS: [Period; 5] = [Period::All, Period::Today, Period::Yesterday, Period::Week, Period::Month];

impl Period {
    fn label(self) -> String {
        match self {
            Period::All => text!("journal-all-time"),
            Period::Today => text!("journal-today"),
            Period::Yesterday => text!("journal-yesterday"),
            Period::Week => text!("journal-week"),
            Period::Month => text!("journal-month"),
        }
        .show()
    }

    fn moments(self, today: Date) -> (Moment, Moment) {
        let back = |days: i64| today.plus_days(-days).start();
        match self {
            Period::All => (Moment::EMPTY, Moment::EMPTY),
            Period::Today => (today.start(), Moment::EMPTY),
            Period::Yesterday => (back(1), today.plus_days(-1).end()),
            Period::Week => (back(6), Moment::EMPTY),
            Period::Month => (back(29), Moment::EMPTY),
        }
    }
}

/// The page.
pub struct JournalPage {
    base: Rc<Base>,
    found: Vec<Entry>,
    list: super::WorkList,
    commands: Vec<Command>,
    query: JournalQuery,
    period: Period,
    /// The chosen user by name.
    user: String,
    /// Everyone who may be chosen.
    users: Vec<(AnyRef, String)>,
    naming: Option<Ticket<Vec<(AnyRef, String)>>>,
    reading: Option<(bool, Ticket<Vec<Entry>>)>,
    /// There is nothing older.
    ended: bool,
    stale: bool,
}

fn commands() -> [Command; 5] {
    let filter = |code, label, hint, key: Key| Command::new(code, label).hint(hint).key(Chord::alt(key));
    [
        Command::new("open-history", text!("journal-history"))
            .hint(text!("journal-history-hint"))
            .key(keys::OPEN)
            .icon(Icon::ClockCounterClockwise)
            .needs(Facts::ROW),
        Command::new("open-object", text!("journal-object"))
            .hint(text!("journal-object-hint"))
            .key(keys::OPEN_VALUE)
            .icon(Icon::PencilSimple)
            .needs(Facts::ROW),
        filter("journal-period", text!("journal-period"), text!("journal-period-hint"), Key::P),
        filter("journal-user", text!("journal-user"), text!("journal-user-hint"), Key::U),
        filter("journal-kind", text!("journal-kind"), text!("journal-kind-hint"), Key::K),
    ]
}

fn users(session: &Session) -> Outcome<Vec<(AnyRef, String)>> {
    let facts = session.facts();
    let mut titles = Titles::default();
    let all = session.store.all_by_code(User::declared())?;
    let named = all.into_iter().map(|user| Ok((user, titles.of(user, &session.store, &facts)?)));
    let named = named.collect::<Outcome<_>>()?;
    facts.result()?;
    Ok(named)
}

fn row(entry: &Entry) -> ListRow {
    let who = if entry.user.is_empty() { String::new() } else { entry.user.clone() };
    let cells =
        [entry.at.russian(), entry.title.clone(), entry.deed.show(), entry.op.show(), who, entry.workstation.clone()];
    ListRow { cells: cells.map(Cell::new).to_vec(), ..ListRow::default() }
}

impl JournalPage {
    /// Of everything, the newest first.
    pub fn new(base: &Rc<Base>) -> Self {
        let columns = vec![
            Column::new("at", text!("journal-at").show(), 140.0).unsorted(),
            Column::new("object", text!("journal-what").show(), 340.0).stretch(1.0).unsorted(),
            Column::new("deed", text!("journal-deed").show(), 170.0).unsorted(),
            Column::new("op", text!("journal-op").show(), 170.0).unsorted(),
            Column::new("user", text!("history-who").show(), 160.0).unsorted(),
            Column::new("workstation", text!("journal-workstation").show(), 160.0).unsorted(),
        ];
        let mut page = Self {
            base: Rc::clone(base),
            found: Vec::new(),
            list: super::WorkList::new(Self::id().with("list"), columns, HeldRows::waiting()),
            commands: commands().into_iter().chain(standard_command("refresh")).collect(),
            query: JournalQuery::default(),
            period: Period::default(),
            user: String::new(),
            users: Vec::new(),
            naming: Some(base.read(users)),
            reading: None,
            ended: false,
            stale: false,
        };
        page.read();
        page
    }

    fn id() -> Id {
        Id::unique("work journal")
    }

    /// Reads from the newest on, as many lines as are shown.
    fn read(&mut self) {
        let (query, limit) = (self.query, self.found.len().clamp(PAGE, KEPT_MAX));
        self.reading = Some((false, self.base.read(move |session| page(session, &query, None, limit))));
    }

    /// Begins anew with other conditions.
    fn filter(&mut self, today: Date) {
        (self.query.from, self.query.until) = self.period.moments(today);
        self.found.clear();
        self.list.state.current = 0;
        self.read();
    }

    fn read_more(&mut self) {
        let near = self.list.state.current + NEAR >= self.found.len() || self.list.state.top + NEAR >= self.found.len();
        let Some(last) = self.found.last().map(|entry| entry.key) else { return };
        if near && !self.ended && self.reading.is_none() && self.found.len() < KEPT_MAX {
            let query = self.query;
            self.reading = Some((true, self.base.read(move |session| page(session, &query, Some(&last), PAGE))));
        }
    }

    fn receive(&mut self, ctx: &mut PageContext<'_>) {
        if let Some(Ok(users)) = Ticket::take(&mut self.naming) {
            self.users = users;
        }
        let answer = self.reading.as_ref().and_then(|(more, ticket)| Some((*more, ticket.poll()?)));
        if let Some((more, answer)) = answer {
            self.reading = None;
            match answer {
                Ok(found) if more => {
                    self.ended = found.len() < PAGE;
                    self.found.extend(found);
                }
                Ok(found) => {
                    self.ended = found.len() < PAGE;
                    self.found = found;
                }
                Err(error) => return failed(ctx, error.sentence()),
            }
            self.list.rows.take(self.found.iter().map(row).collect());
        }
        // Whoever reads further down is not disturbed by what comes on top.
        if self.stale && self.reading.is_none() && self.list.state.current == 0 {
            self.stale = false;
            self.read();
        }
        self.read_more();
    }

    fn shown_title(&self) -> String {
        let kind = self.query.tag.and_then(registry::by_tag).map(|kind| kind.meta().list_label());
        let period = (self.period != Period::All).then(|| self.period.label());
        let user = (!self.user.is_empty()).then(|| self.user.clone());
        let parts: Vec<String> = [kind, period, user].into_iter().flatten().collect();
        match parts.is_empty() {
            true => text!("journal-title").show(),
            false => text!("journal-title-of", conditions = parts.join(", ")).show(),
        }
    }

    fn ask(&self, code: &str, ctx: &mut PageContext<'_>) {
        let plain = |title: String| (title, String::new());
        let all = || plain(text!("journal-any").show());
        let (title, items) = match code {
            "journal-period" => {
                (text!("journal-period"), PERIODS.iter().map(|period| plain(period.label())).collect::<Vec<_>>())
            }
            "journal-user" => {
                let users = self.users.iter().map(|(_, name)| plain(name.clone()));
                (text!("journal-user"), std::iter::once(all()).chain(users).collect())
            }
            _ => {
                let kinds = registry::KINDS.iter().map(|kind| plain(kind.meta().list_label()));
                (text!("journal-kind"), std::iter::once(all()).chain(kinds).collect())
            }
        };
        ctx.ask(Dialog::List { title: title.into(), items }, code);
    }
}

impl Page for JournalPage {
    fn key(&self) -> String {
        "work:journal".to_owned()
    }
    fn title(&self) -> String {
        text!("journal-title").show()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::ClockCounterClockwise)
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.found.is_empty(), Facts::ROW)
    }
    fn hint(&self) -> String {
        text!("journal-keys").show()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.key())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.receive(ctx);
        let tools = [
            Tool::Button("open-history"),
            Tool::Button("open-object"),
            Tool::Divider,
            Tool::Button("journal-period"),
            Tool::Button("journal-user"),
            Tool::Button("journal-kind"),
            Tool::Divider,
            Tool::Icon("refresh"),
        ];
        let (facts, label) = (self.facts(), self.shown_title());
        head_ui(ui, ctx, Self::id(), &label, (&self.commands, facts), &tools);
        let empty = [text!("journal-empty"), text!("journal-empty-hint")];
        let events = self.list.ui(ui, ctx.first, &label, empty);
        if events.contains(&ListEvent::Open) {
            ctx.run("open-history");
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        let object = self.found.get(self.list.state.current).map(|entry| entry.key.object);
        match (code, object) {
            ("refresh", _) => self.read(),
            ("open-history", Some(object)) => {
                ctx.requests.push(Request::Show(Box::new(HistoryPage::new(&self.base, object))));
            }
            ("open-object", Some(object)) => ctx.open(Open::Object(object)),
            ("journal-period" | "journal-user" | "journal-kind", _) => self.ask(code, ctx),
            _ => {}
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        let Answer::Item(at) = answer else { return };
        match token {
            "journal-period" => self.period = PERIODS.get(at).copied().unwrap_or_default(),
            "journal-user" => {
                let chosen = at.checked_sub(1).and_then(|at| self.users.get(at));
                self.query.account = chosen.map(|(user, _)| user.id());
                self.user = chosen.map_or_else(String::new, |(_, name)| name.clone());
            }
            _ => {
                let chosen = at.checked_sub(1).and_then(|at| registry::KINDS.get(at));
                self.query.tag = chosen.map(|kind| kind.meta().tag);
            }
        }
        self.filter(ctx.today());
    }

    fn changed(&mut self, _objects: &[AnyRef]) {
        self.stale = true;
    }
}

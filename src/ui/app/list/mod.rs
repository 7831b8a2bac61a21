//! The list of any catalog or document: a journal, a directory, a list to choose from.
//!
//! What stands where: [`lines`] fetches and formats rows on the reading threads, [`rows`] keeps them for the
//! window, [`looks`] says how cells look; [`columns`] and [`filters`] are what the user arranges and narrows
//! by; [`show`] draws, [`act`] carries out commands, [`deeds`] does what changes the base.

mod act;
mod beside;
mod columns;
mod commands;
mod deeds;
mod filter_bar;
mod filters;
mod folders;
mod lines;
pub mod looks;
mod ranking;
mod refused;
mod rows;
mod setup;
mod show;
mod tree;

use super::base::{Base, Ticket};
use super::layout::{self, ListLayout};
use super::permits::{self, Seen};
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::order_state::OrderState;
use crate::kernel::behaviour::Choices;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::moment::Date;
use crate::kernel::object::Declared as _;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Field as _;
use crate::ops::scanned::{Meaning, Scanned};
use crate::text;
use crate::ui::commands::{Command, Facts};
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::Answer;
use crate::ui::shell::page::{Message, Page, PageContext, Request, place_of};
use crate::ui::widgets::list::ListState;
use crate::ui::widgets::menu::RowMenu;
use crate::ui::widgets::table::columns::TableLayout;
use beside::Beside;
use columns::{Columns, Narrowing};
use commands::{ELEMENT, IN_FOLDERS, NEXT, REFUSED};
use deeds::{Deed, Doing};
use egui::{Id, Ui};
use filters::{Filters, Picked};
use folders::Path;
pub use looks::state_role;
use ranking::Ranking;
use refused::Refused;
use rows::Rows;
use serde::{Deserialize, Serialize};
use setup::Setup;
use std::ops::Range;
use std::rc::Rc;
pub use tree::FolderPage;

/// What a list is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To work in.
    Show,
    /// To choose from.
    Choose,
}

/// What a user has made of a list, as it is kept.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Arranged {
    table: TableLayout,
    filters: String,
    flat: bool,
    without_marked: bool,
}

/// What is done with the objects of the chosen rows when they are there.
type Collecting = (Ticket<Vec<AnyRef>>, Deed);

/// A list of one kind.
pub struct ListPage {
    base: Rc<Base>,
    meta: &'static ObjectMeta,
    way: Way,
    /// What it is opened by.
    code: String,
    /// Filters it is opened with: such a list is not kept as the usual one.
    preset: String,
    columns: Columns,
    rows: Rows,
    state: ListState,
    filters: Filters,
    search: String,
    /// The kind's list has folders.
    has_folders: bool,
    /// Their content is shown folder by folder.
    in_folders: bool,
    without_marked: bool,
    path: Path,
    commands: Vec<Command>,
    seen: Seen,
    menu: RowMenu,
    setup: Option<Setup>,
    doing: Option<Doing>,
    refused: Refused,
    collecting: Option<Collecting>,
    ranking: Option<Ranking>,
    /// What is to be found when the rows are read next.
    find: AnyRef,
    /// A new object is being made from here: the list goes to it when it comes.
    expects_new: bool,
    stale: Option<Vec<AnyRef>>,
    focus_search: bool,
    focus_filters: bool,
    /// In so many frames the list gets the focus back.
    refocus: Option<u8>,
    arranged: bool,
    today: Date,
}

impl ListPage {
    /// The list of a kind to work in; `preset` are filters as [`Filters::text`] writes them.
    pub fn open(base: &Rc<Base>, meta: &'static ObjectMeta, preset: &str) -> Self {
        Self::new(base, meta, Way::Show, preset, &Choices::default(), AnyRef::EMPTY)
    }

    /// The list of a kind to choose from, within limits; it stands on the present value.
    pub fn choose(base: &Rc<Base>, meta: &'static ObjectMeta, present: AnyRef, limits: &Choices) -> Self {
        Self::new(base, meta, Way::Choose, "", limits, present)
    }

    fn new(base: &Rc<Base>, meta: &'static ObjectMeta, way: Way, preset: &str, limits: &Choices, find: AnyRef) -> Self {
        let custom = base.path().parent().map(|folder| folder.join("custom"));
        let withheld = permits::withheld(meta, &base.rights());
        let layout = layout::layout(meta, custom.as_deref()).0.without(withheld);
        let ListLayout { folders, .. } = layout.list;
        let columns = Columns::of(meta, &layout.list, withheld);
        let mut filters = Filters::of(meta, &layout.list);
        filters.limit(limits);
        filters.read(preset);
        let mut table = TableLayout::default();
        columns.settle(&mut table);
        let view = columns.view(meta, &table, Narrowing::default());
        Self {
            base: Rc::clone(base),
            meta,
            way,
            code: if preset.is_empty() {
                format!("list:{}", meta.code)
            } else {
                format!("list:{}?{preset}", meta.code)
            },
            preset: preset.to_owned(),
            rows: Rows::new(Rc::clone(base), view, Beside::of(&columns.shown, &limits.beside)),
            columns,
            state: ListState::new(table),
            filters,
            search: String::new(),
            has_folders: folders,
            in_folders: folders,
            without_marked: false,
            path: Path::new(base, meta, find),
            commands: commands::commands(meta, way, folders),
            seen: Seen::default(),
            menu: RowMenu::default(),
            setup: None,
            doing: None,
            refused: Refused::default(),
            collecting: None,
            ranking: None,
            find,
            expects_new: false,
            stale: None,
            focus_search: false,
            focus_filters: false,
            refocus: None,
            arranged: false,
            today: base.clock().today(),
        }
    }

    /// Commands the user may not give are greyed.
    fn permit(&mut self) {
        let rights = self.base.rights();
        if self.seen.renew(&rights) {
            permits::deny(&mut self.commands, self.meta, &rights);
        }
    }

    fn id(&self) -> Id {
        Id::unique(("list", &self.code, self.way == Way::Choose))
    }

    fn kept_as(&self) -> String {
        format!("list:{}", self.meta.code)
    }

    /// Takes what the user made of this list at other times; filters only where none were asked for.
    fn arrange(&mut self, ctx: &PageContext<'_>) {
        let kept = ctx.host.kept(&self.kept_as());
        let Some(arranged) = kept.and_then(|text| serde_json::from_str::<Arranged>(&text).ok()) else { return };
        self.state.layout = arranged.table;
        self.columns.settle(&mut self.state.layout);
        self.in_folders = self.has_folders && !arranged.flat;
        if self.way == Way::Show {
            self.without_marked = arranged.without_marked;
            if self.preset.is_empty() {
                self.filters.read(&arranged.filters);
            }
        }
    }

    /// Keeps the arrangement. Choosing keeps the columns but not the filters of work.
    fn keep(&self, ctx: &mut PageContext<'_>) {
        let kept = ctx.host.kept(&self.kept_as());
        let was: Arranged = kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let usual = self.way == Way::Show && self.preset.is_empty();
        let arranged = Arranged {
            table: self.state.layout.clone(),
            filters: if usual { self.filters.text() } else { was.filters },
            flat: !self.in_folders,
            without_marked: if usual { self.without_marked } else { was.without_marked },
        };
        if let Ok(text) = serde_json::to_string(&arranged) {
            ctx.host.keep(&self.kept_as(), text);
        }
    }

    /// The list goes folder by folder now: a search or a filter looks everywhere.
    fn by_folder(&self) -> bool {
        self.in_folders && self.search.trim().is_empty() && !self.filters.is_set()
    }

    /// Reads the list anew after what narrows it was changed.
    fn reread(&mut self, find: AnyRef) {
        let narrowing = Narrowing {
            filters: self.filters.conditions(self.today),
            search: self.search.clone(),
            folder: self.by_folder().then(|| self.path.folder()),
            without_marked: self.without_marked || self.way == Way::Choose,
        };
        let view = self.columns.view(self.meta, &self.state.layout, narrowing);
        self.rows.show(view, find);
    }

    /// What the current row shows.
    fn current(&self) -> Option<&lines::Line> {
        self.rows.line(self.state.current)
    }

    fn current_is_folder(&self) -> bool {
        self.state.current < self.rows.folders()
    }

    /// The state of the current order, and whether it is posted.
    fn order_state(&self) -> Option<(OrderState, bool)> {
        let line = self.current().filter(|line| line.row.reference.is_of(CustomerOrder::declared()))?;
        match self.rows.view().value(&line.cells, "state") {
            Some(state) if !line.marked => Some((OrderState::from_value(state)?, line.posted)),
            _ => None,
        }
    }

    /// The rows a command is meant for.
    fn meant(&self) -> Vec<Range<usize>> {
        self.state.meant(crate::ui::widgets::list::RowSource::len(&self.rows))
    }

    fn may_create(&self) -> bool {
        self.meta.kind == Kind::Document || !matches!(self.meta.code, "settings")
    }
}

impl Page for ListPage {
    fn key(&self) -> String {
        self.code.clone()
    }

    fn title(&self) -> String {
        self.meta.list_label()
    }

    fn icon(&self) -> Option<Icon> {
        Some(if self.meta.kind == Kind::Document { Icon::Notepad } else { Icon::List })
    }

    fn commands(&self) -> &[Command] {
        // While the columns are being arranged, keys are meant for that.
        if self.setup.is_some() { &[] } else { &self.commands }
    }

    fn facts(&self) -> Facts {
        let next = self.order_state().is_some_and(|(state, posted)| commands::next_label(state, posted).is_some());
        let row = self.current().is_some();
        Facts::NONE
            .when(row, Facts::ROW)
            .when(!self.state.selection.is_empty(), Facts::MANY)
            .when(self.has_folders, Facts::FOLDERS)
            .when(self.by_folder(), IN_FOLDERS)
            .when(!self.search.is_empty(), Facts::SEARCHING)
            .when(next, NEXT)
            .when(row && !self.current_is_folder(), ELEMENT)
            .when(row && self.refused.has(self.state.reference()), REFUSED)
    }

    fn hint(&self) -> String {
        let keys = match (self.way, self.has_folders) {
            (Way::Choose, _) => text!("choose-hint"),
            (Way::Show, false) => text!("list-hint"),
            (Way::Show, true) => text!("list-hint-folders"),
        };
        match self.rows.counted() {
            Some(count) => text!("list-count", count = crate::kernel::money::grouped(count, 0), keys = keys).show(),
            None => keys.show(),
        }
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.permit();
        self.show(ui, ctx);
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        self.act(code, ctx);
    }

    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        let asked = place_of(token).and_then(|(cell, name)| cell.is_none().then(|| name.to_owned()));
        match (asked, answer) {
            (Some(name), Answer::Chosen(reference)) => {
                let quick = self.filters.quick.iter_mut().find(|quick| quick.name == name);
                if let Some(quick) = quick {
                    quick.picked = Picked::Reference(reference);
                    self.reread(self.state.reference());
                    self.keep(ctx);
                }
            }
            (None, answer) => self.answered(token, answer, ctx),
            _ => {}
        }
    }

    /// A code of an item goes to it in the list of items.
    fn scan(&mut self, scanned: &Scanned, ctx: &mut PageContext<'_>) -> bool {
        let Meaning::Goods(goods) = &scanned.meaning else { return false };
        let found = goods.item.any();
        if !found.is_of(self.meta) {
            return false;
        }
        if self.way == Way::Choose {
            ctx.requests.push(Request::Chosen(found));
            return true;
        }
        self.search.clear();
        self.find = found;
        self.path = Path::new(&self.base, self.meta, found);
        true
    }

    fn go_to(&mut self, message: &Message, ui: &Ui) {
        crate::ui::focus::set(ui.ctx(), self.id());
        if !message.about.is_empty() {
            self.state.expect(message.about);
            self.rows.read(message.about);
        }
    }

    fn why(&mut self, message: &Message) {
        self.explain_refused(message.about, Some(message));
    }

    fn changed(&mut self, objects: &[AnyRef]) {
        self.rows.doubt();
        self.refused.doubt(objects);
        let names = self.rows.view().query.columns.iter().filter_map(|at| self.meta.fields.get(*at));
        let tags: Vec<u8> = names.filter_map(|field| field.kind.target().map(|target| target.tag)).collect();
        let touches = |object: &AnyRef| object.is_of(self.meta) || tags.contains(&object.tag());
        if objects.is_empty() || objects.iter().any(touches) {
            self.stale.get_or_insert_default().extend(objects.iter().copied().filter(|object| object.is_of(self.meta)));
        }
    }

    fn reopen(&self) -> Option<String> {
        (self.way == Way::Show).then(|| self.code.clone())
    }

    fn link(&self) -> Option<String> {
        super::pages::link(self.state.reference())
    }
}

/// The page of a kind by its code and filters: `customer_order?state=ready_to_ship`.
pub fn open(base: &Rc<Base>, rest: &str) -> Option<Box<dyn Page>> {
    let (code, preset) = rest.split_once('?').unwrap_or((rest, ""));
    let kind = registry::by_code(code)?;
    Some(Box::new(ListPage::open(base, kind.meta(), preset)))
}

/// The page to choose an object of a kind from. Folders are chosen in a tree of their own.
pub fn choose(base: &Rc<Base>, meta: &'static ObjectMeta, present: AnyRef, limits: &Choices) -> Box<dyn Page> {
    if limits.only.contains(&("folder", 1)) {
        return Box::new(FolderPage::new(base, meta, present));
    }
    Box::new(ListPage::choose(base, meta, present, limits))
}

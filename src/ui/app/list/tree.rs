//! The folders of a catalog as a tree, to choose one from.

use crate::kernel::meta::ObjectMeta;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::Stored;
use crate::ops::gate::{Op, Session};
use crate::ops::save::How;
use crate::store::lists::ListQuery;
use crate::text;
use crate::ui::app::base::{Base, Ticket};
use crate::ui::app::head::head_ui;
use crate::ui::commands::{Command, Facts, standard};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{Answer, Dialog};
use crate::ui::shell::page::{Page, PageContext, Request};
use crate::ui::theme::Role;
use crate::ui::widgets::list::{Branch, Cell, List, ListEvent, ListRow, ListState, Mark, RowSource};
use crate::ui::widgets::table::columns::Column;
use crate::ui::widgets::toolbar::Tool;
use egui::{Id, Ui};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A folder as read: itself, its parent, its name, whether it is marked.
type Folder = (AnyRef, AnyRef, String, bool);

/// The tree laid out in rows.
#[derive(Default)]
struct Tree {
    below: BTreeMap<AnyRef, Vec<Folder>>,
    closed: BTreeSet<AnyRef>,
    rows: Vec<(ListRow, AnyRef)>,
    loading: bool,
    generation: u64,
}

impl Tree {
    fn take(&mut self, top: &str, folders: Vec<Folder>) {
        self.below.clear();
        let known: BTreeSet<AnyRef> = folders.iter().map(|folder| folder.0).collect();
        for folder in folders {
            // A folder whose parent is gone is shown at the top rather than nowhere.
            let parent = if known.contains(&folder.1) { folder.1 } else { AnyRef::EMPTY };
            self.below.entry(parent).or_default().push(folder);
        }
        self.loading = false;
        self.lay_out(top);
    }

    fn lay_out(&mut self, top: &str) {
        self.generation += 1;
        let cells = vec![Cell::new(top)];
        let first = ListRow { cells, mark: Mark::Folder, branch: Branch::Open, ..ListRow::default() };
        self.rows = vec![(first, AnyRef::EMPTY)];
        let mut path = BTreeSet::new();
        self.lay_out_below(AnyRef::EMPTY, 1, &mut path);
    }

    fn lay_out_below(&mut self, parent: AnyRef, level: u8, path: &mut BTreeSet<AnyRef>) {
        for (reference, _, name, marked) in self.below.get(&parent).cloned().unwrap_or_default() {
            if !path.insert(reference) {
                continue;
            }
            let closed = self.closed.contains(&reference);
            let branch = match (self.below.contains_key(&reference), closed) {
                (false, _) => Branch::Leaf,
                (true, true) => Branch::Closed,
                (true, false) => Branch::Open,
            };
            let mark = if marked { Mark::FolderDeleted } else { Mark::Folder };
            let row = ListRow { reference, mark, cells: vec![Cell::new(name)], level, branch, ..ListRow::default() };
            self.rows.push((row, parent));
            if !closed {
                self.lay_out_below(reference, level.saturating_add(1), path);
            }
            path.remove(&reference);
        }
    }
}

impl RowSource for Tree {
    fn len(&self) -> usize {
        self.rows.len()
    }
    fn is_loading(&self) -> bool {
        self.loading
    }
    fn row(&mut self, index: usize) -> Option<&ListRow> {
        self.rows.get(index).map(|(row, _)| row)
    }
    fn generation(&self) -> u64 {
        self.generation
    }
    fn find(&self, reference: AnyRef) -> Option<usize> {
        self.rows.iter().position(|(row, _)| row.reference == reference)
    }
    fn toggle(&mut self, index: usize, open: bool) {
        let Some((row, _)) = self.rows.get(index) else { return };
        let reference = row.reference;
        if reference.is_empty() {
            return;
        }
        if open {
            self.closed.remove(&reference);
        } else {
            self.closed.insert(reference);
        }
        let top = self.rows.first().and_then(|(row, _)| row.cells.first()).map(|cell| cell.text.clone());
        self.lay_out(&top.unwrap_or_default());
    }
    fn parent(&self, index: usize) -> Option<usize> {
        let (row, parent) = self.rows.get(index)?;
        if row.reference.is_empty() { None } else { self.find(*parent) }
    }
}

/// The page to choose a folder from.
pub struct FolderPage {
    base: Rc<Base>,
    meta: &'static ObjectMeta,
    tree: Tree,
    state: ListState,
    columns: Vec<Column>,
    commands: Vec<Command>,
    reading: Option<Ticket<Vec<Folder>>>,
    find: AnyRef,
}

impl FolderPage {
    /// The folders of a catalog; it stands on the present one.
    pub fn new(base: &Rc<Base>, meta: &'static ObjectMeta, present: AnyRef) -> Self {
        let codes = ["create-folder"].iter().filter_map(|code| standard::by_code(code).cloned());
        let choose = Command::new("choose-row", text!("cmd-choose")).hint(text!("list-choose-hint"));
        let mut page = Self {
            base: Rc::clone(base),
            meta,
            tree: Tree { loading: true, ..Tree::default() },
            state: ListState::default(),
            columns: vec![Column::new("name", text!("folders-name").show(), 300.0).stretch(1.0).unsorted()],
            commands: std::iter::once(choose.icon(Icon::Check)).chain(codes).collect(),
            reading: None,
            find: present,
        };
        page.read();
        page
    }

    fn read(&mut self) {
        let meta = self.meta;
        self.reading = Some(self.base.read(move |session| read(session, meta)));
    }

    fn id(&self) -> Id {
        Id::unique(("folders", self.meta.code))
    }
}

fn read(session: &Session, meta: &'static ObjectMeta) -> Outcome<Vec<Folder>> {
    let columns = ["name", "parent"].iter().filter_map(|name| meta.field(name)).collect();
    let lines = session.store.folders(&ListQuery::usual(meta, columns), None)?;
    let folder = |line: crate::store::lists::ListLine| {
        let parent = AnyRef::new(meta.tag, line.cells.get(1).map_or(0, Stored::int));
        let name = line.cells.first().map(|cell| cell.text().to_owned()).unwrap_or_default();
        (line.reference, parent, name, line.marked)
    };
    Ok(lines.into_iter().map(folder).collect())
}

impl Page for FolderPage {
    fn key(&self) -> String {
        format!("folders:{}", self.meta.code)
    }
    fn title(&self) -> String {
        text!("folders-title", kind = self.meta.list_label()).show()
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::FOLDERS.and(Facts::ROW)
    }
    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if let Some(answer) = Ticket::take(&mut self.reading) {
            match answer {
                Ok(folders) => {
                    let top = text!("folders-top", kind = self.meta.list_label()).show();
                    self.tree.take(&top, folders);
                    let at = self.tree.find(std::mem::take(&mut self.find)).unwrap_or(self.state.current);
                    let len = self.tree.len();
                    self.state.go(at, len);
                }
                Err(error) => ctx.toast(error.sentence(), Role::Danger),
            }
        }
        if ctx.first {
            focus::set(ui.ctx(), self.id());
        }
        let tools = [Tool::Main("choose-row"), Tool::Button("create-folder")];
        head_ui(ui, ctx, self.id(), &self.title(), (&self.commands, self.facts()), &tools);
        let title = self.title();
        let list = List { tree: true, ..List::new(self.id(), &title, &self.columns) };
        for event in list.show(ui, &mut self.tree, &mut self.state).events {
            match event {
                ListEvent::Open => self.command("choose-row", ctx),
                ListEvent::CreateFolder | ListEvent::Create => self.command("create-folder", ctx),
                _ => {}
            }
        }
    }
    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "choose-row" => ctx.requests.push(Request::Chosen(self.state.reference())),
            "create-folder" => {
                let (title, label) = (text!("cmd-create-folder").into(), text!("folders-name").into());
                ctx.ask(Dialog::Input { title, label, text: String::new() }, "folder");
            }
            _ => {}
        }
    }
    fn answer(&mut self, token: &str, answer: Answer, _ctx: &mut PageContext<'_>) {
        let (meta, parent) = (self.meta, self.state.reference());
        if let ("folder", Answer::Text(name)) = (token, answer)
            && !name.trim().is_empty()
        {
            drop(self.base.write(Op::Save, move |tx| {
                let mut object = (meta.new)();
                super::folders::fill(object.as_mut(), name.trim(), parent);
                tx.save(object.as_mut(), How::Write)
            }));
        }
    }
    fn changed(&mut self, objects: &[AnyRef]) {
        if objects.is_empty() || objects.iter().any(|object| object.is_of(self.meta)) {
            self.find = self.state.reference();
            self.read();
        }
    }
}

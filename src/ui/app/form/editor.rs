//! The open form: title and state, fields, tabs, totals. Plain data between frames; what it asks of the base
//! is done by the page.

use super::draft::Draft;
use super::fields::{self, Fields, shown};
use super::load::{Beside, Loaded};
use super::parts::{Part, Rows, forget, touch_of};
use crate::domain::registry;
use crate::kernel::behaviour::KindOps;
use crate::kernel::meta::{Kind, ObjectMeta};
use crate::kernel::object::Object;
use crate::kernel::problems::{Place, Problems};
use crate::kernel::value::{Type, Value};
use crate::ops::draft::Touch;
use crate::text;
use crate::ui::app::layout::{FormLayout, TabLayout};
use crate::ui::commands::{Chord, keys};
use crate::ui::editors::Limits;
use crate::ui::icons::Icon;
use crate::ui::shell::page::PageContext;
use crate::ui::theme::{self, CONTROL, GAP_X};
use crate::ui::widgets::button::{Button, Look};
use crate::ui::widgets::grid::{Grid, GridEvent, TableOf};
use crate::ui::widgets::menu::{MenuItem, RowMenu};
use crate::ui::widgets::tabs::tabs;
use crate::ui::widgets::tall::Tall;
use crate::ui::{focus, fonts, paint, px};
use egui::{Align, Event, Rect, Sense, Ui, UiBuilder, pos2, vec2};

/// Height of the line of totals in points.
const FOOTER: f32 = 28.0;
/// The lowest a table part may become before the form scrolls, in points.
const GRID_LEAST: f32 = 110.0;
/// The row commands: code, icon, the key that does the same in the grid.
const ROW_COMMANDS: [(&str, Icon, Chord); 5] = [
    ("row-add", Icon::Plus, keys::CREATE),
    ("row-copy", Icon::Copy, keys::COPY),
    ("row-delete", Icon::Trash, keys::MARK),
    ("row-up", Icon::ArrowUp, keys::ROW_UP),
    ("row-down", Icon::ArrowDown, keys::ROW_DOWN),
];

/// An object open for editing.
pub struct Editor {
    /// The number of the form: the identity of its fields.
    pub form: u64,
    /// The rules of the object.
    pub kind: &'static dyn KindOps,
    /// The object.
    pub draft: Draft,
    /// What the form looks like.
    pub layout: FormLayout,
    /// What is told beside the fields.
    pub beside: Beside,
    /// What is wrong, found at the last attempt to save.
    pub problems: Problems,
    /// Somebody else has changed the object.
    pub stale: bool,
    /// The table parts.
    pub parts: Vec<Part>,
    /// The open tab, by its number in the layout.
    pub tab: usize,
    fresh: bool,
    pressing: Option<Chord>,
    row_menu: RowMenu,
    tall: Tall,
}

impl Editor {
    /// Over what was read; `modified` when there is already something to lose.
    pub fn new(form: u64, kind: &'static dyn KindOps, loaded: Loaded, modified: bool, ctx: &PageContext<'_>) -> Self {
        let Loaded { object, layout, beside, .. } = loaded;
        let meta = kind.meta();
        let of_table = |tab: &TabLayout| {
            let name = tab.table.as_deref()?;
            let kept = ctx.host.kept(&columns_key(meta, name)).and_then(|kept| serde_json::from_str(&kept).ok());
            Some(Part::new(meta, meta.table(name)?, tab, kept))
        };
        let mut editor = Self {
            form,
            kind,
            parts: layout.form.tab.iter().filter_map(of_table).collect(),
            layout: layout.form,
            draft: Draft::new(object, modified),
            beside,
            problems: Problems::new(),
            stale: false,
            tab: 0,
            fresh: true,
            pressing: None,
            row_menu: RowMenu::default(),
            tall: Tall::default(),
        };
        editor.show_words();
        editor
    }

    /// A line without an item is told from others by the words of the order: they are shown then.
    pub fn show_words(&mut self) {
        let unmatched = self.beside.order.as_ref().is_some_and(|order| order.lines.iter().any(|line| line.unmatched));
        for part in self.parts.iter_mut().filter(|_| unmatched) {
            let hidden = part.state.layout.columns.iter().any(|kept| kept.code == "name" && kept.hidden);
            if hidden {
                part.state.layout.toggle("name");
            }
        }
    }

    /// What it is.
    pub fn meta(&self) -> &'static ObjectMeta {
        self.kind.meta()
    }

    /// True when nothing may be changed.
    pub fn read_only(&self) -> bool {
        self.beside.locked.is_some() || self.draft.object.head().marked
    }

    /// The tabs to be seen now, by their numbers in the layout.
    fn seen_tabs(&self) -> Vec<usize> {
        let object = self.draft.object.as_ref();
        let folder = object.by_name("folder") == Some(Value::Bool(true));
        let seen = |tab: &TabLayout| match &tab.table {
            Some(table) => self.kind.visible(object, table),
            None => {
                let mut fields = tab.left.iter().chain(&tab.right).flat_map(|row| row.fields());
                fields.any(|field| shown(self.kind, object, field))
            }
        };
        let tabs = self.layout.tab.iter().enumerate();
        tabs.filter(|(_, tab)| !folder && seen(tab)).map(|(at, _)| at).collect()
    }

    /// Draws everything below the command bar.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        if std::mem::take(&mut self.fresh) {
            self.begin(ui);
        }
        let mut tall = std::mem::take(&mut self.tall);
        tall.show(ui, fields::id(self.form, "tall"), |ui| self.body_ui(ui, ctx));
        self.tall = tall;
    }

    /// Gives the height in points it cannot do without.
    fn body_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) -> f32 {
        let (left, right) = (self.layout.left.clone(), self.layout.right.clone());
        let top = ui.cursor().top();
        self.fields_ui(ui, ctx, &left, &right);
        ui.add_space(2.0);
        let mut need = ui.cursor().top() - top;
        let tabs = self.seen_tabs();
        if !tabs.is_empty() {
            need += self.tabs_ui(ui, ctx, &tabs);
        }
        if !self.layout.footer.is_empty() {
            self.footer_ui(ui);
            need += FOOTER + ui.spacing().item_spacing.y;
        }
        need
    }

    fn fields_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &mut PageContext<'_>,
        left: &[crate::ui::app::layout::RowLayout],
        right: &[crate::ui::app::layout::RowLayout],
    ) {
        let read_only = self.read_only();
        let Self { form, kind, draft, problems, layout, .. } = self;
        let mut fields = Fields { form: *form, kind: *kind, draft, problems, layout, read_only };
        let mut limits = Limits::default();
        fields.limits(left.iter().chain(right), &mut limits);
        ctx.editing_within(limits, |aid| fields.two_columns(ui, left, right, aid));
    }

    /// Puts the focus where work begins: on the first field that is still empty, else on the first of all.
    fn begin(&self, ui: &Ui) {
        let meta = self.meta();
        let object = self.draft.object.as_ref();
        let rows = self.layout.left.iter().chain(&self.layout.right).flat_map(|row| row.fields());
        let own = |name: &&str| !matches!(*name, "number" | "date" | "code" | "parent");
        let all: Vec<&str> =
            rows.map(String::as_str).filter(|name| shown(self.kind, object, name)).filter(own).collect();
        // The first of an enumeration and an empty tick are values too.
        let filled = |kind: Type| matches!(kind, Type::Choice(_) | Type::Bool);
        let empty = |name: &&&str| {
            let field = meta.field(name).and_then(|at| meta.fields.get(at).map(|field| (at, field)));
            field.is_some_and(|(at, field)| !filled(field.kind) && object.get(at).is_empty())
        };
        let new = object.head().id == 0;
        let first = all.iter().find(empty).filter(|_| new).or_else(|| all.first());
        if let Some(name) = first {
            focus::set(ui.ctx(), fields::id(self.form, name));
        }
    }

    /// Gives the height in points that the tabs and the open one cannot do without.
    fn tabs_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>, seen: &[usize]) -> f32 {
        let labels: Vec<String> = seen.iter().map(|at| self.tab_label(*at)).collect();
        let mut open = seen.iter().position(|at| *at == self.tab).unwrap_or(0);
        let top = ui.cursor().min;
        let room = ui.available_width();
        tabs(ui, &labels, &mut open);
        self.tab = seen.get(open).copied().unwrap_or(0);
        let strip = ui.cursor().top() - top.y;
        let Some(tab) = self.layout.tab.get(self.tab).cloned() else { return strip };
        let footer = if self.layout.footer.is_empty() { 0.0 } else { FOOTER };
        let height = (ui.available_height() - footer).max(GRID_LEAST);
        match tab.table.as_deref().and_then(|name| self.meta().table(name)) {
            Some(table) => {
                if !self.read_only() {
                    self.row_buttons(ui, ctx, Rect::from_min_size(top, vec2(room, CONTROL)));
                }
                ui.allocate_ui(vec2(room, height), |ui| self.grid_ui(ui, ctx, table));
                strip + GRID_LEAST
            }
            None => {
                let fields = ui.allocate_ui(vec2(room, height), |ui| {
                    ui.set_min_height(height);
                    let start = ui.cursor().top();
                    self.fields_ui(ui, ctx, &tab.left, &tab.right);
                    ui.cursor().top() - start
                });
                strip + fields.inner
            }
        }
    }

    fn tab_label(&self, at: usize) -> String {
        let meta = self.meta();
        let Some(tab) = self.layout.tab.get(at) else { return String::new() };
        match (&tab.title, tab.table.as_deref().and_then(|name| meta.table(name))) {
            (_, Some(table)) => {
                let label = meta.tables.get(table).map_or_else(String::new, |part| meta.table_label(part));
                format!("{label} ({})", self.draft.object.rows(table))
            }
            (Some(key), None) => crate::kernel::text::Text::new(key.clone()).show(),
            (None, None) => String::new(),
        }
    }

    /// Buttons at the right end of the tabs that do to rows what the keys do.
    fn row_buttons(&self, ui: &mut Ui, ctx: &mut PageContext<'_>, line: Rect) {
        let mut right = line.right();
        for (code, icon, key) in ROW_COMMANDS.iter().rev() {
            let command = crate::ui::commands::standard::by_code(code);
            let label = command.map(|command| command.label.show()).unwrap_or_default();
            let place = Rect::from_min_size(pos2(right - CONTROL, line.top() - 1.0), vec2(CONTROL, CONTROL));
            right -= CONTROL + 2.0;
            let button = Button::icon(*icon, &label).look(Look::Flat).aside();
            let tip = format!("{label} ({})", key.show());
            if ui.place(place, button).on_hover_text(tip).clicked() {
                ctx.run(*code);
            }
        }
    }

    /// Carries out a row command in the next frame, as the key of the grid would. False for other commands.
    pub fn row_command(&mut self, code: &str) -> bool {
        let key = ROW_COMMANDS.iter().find(|(own, _, _)| *own == code).map(|(_, _, key)| *key);
        self.pressing = key.or(self.pressing);
        key.is_some()
    }

    /// True when one of the fields above the table part is typed into.
    fn on_field(&self, ui: &Ui) -> bool {
        self.meta().fields.iter().any(|field| focus::on(ui.ctx(), fields::id(self.form, field.name)))
    }

    fn grid_ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>, table: usize) {
        let read_only = self.read_only();
        let meta = self.meta();
        let Some(part_meta) = meta.tables.get(table) else { return };
        let grid_id = fields::id(self.form, part_meta.name);
        if let Some(key) = self.pressing.take() {
            focus::set(ui.ctx(), grid_id);
            press(ui, key);
        } else if !read_only && ui.input(|input| keys::CREATE.pressed(input)) && self.on_field(ui) {
            // A row is added from the fields above as well: the grid takes the key that was pressed.
            focus::set(ui.ctx(), grid_id);
        }
        let Self { draft, parts, problems, beside, kind, .. } = self;
        let Some(part) = parts.iter_mut().find(|part| part.table == table) else { return };
        let mut limits = Limits::default();
        part.limits(*kind, draft, &mut limits);
        let mut touched = Vec::new();
        let mut follow = |object: &mut dyn Object, row: usize, column: usize| {
            touched.extend(touch_of(object, table, row, column));
        };
        let label = meta.table_label(part_meta);
        let empty = if read_only { text!("form-no-rows") } else { text!("form-no-rows-add") }.show();
        let Part { columns, totals, state, .. } = part;
        let grid = Grid {
            read_only,
            totals: totals.iter().any(|total| *total),
            quantity: "qty",
            empty: &empty,
            ..Grid::new(grid_id, &label, columns)
        };
        let response = ctx.editing_within(limits, |aid| {
            let inner = TableOf { object: draft.object.as_mut(), table, problems, follow: &mut follow };
            let mut rows = Rows { inner, totals, order: beside.order.as_ref() };
            grid.show(ui, &mut rows, state, aid)
        });
        self.grid_events(ui, ctx, table, response.events, response.current, &touched);
    }

    fn grid_events(
        &mut self,
        ui: &Ui,
        ctx: &mut PageContext<'_>,
        table: usize,
        events: Vec<GridEvent>,
        current: Option<Rect>,
        touched: &[Touch],
    ) {
        let meta = self.meta();
        let Some(part) = meta.tables.get(table) else { return };
        for touch in touched {
            self.draft.touch(touch.clone());
        }
        let menu_id = fields::id(self.form, part.name).with("menu");
        for event in events {
            match event {
                GridEvent::Changed { row, column } => {
                    let field = part.fields.get(column).map_or("", |field| field.name);
                    let place = Place::Cell { table: part.name, row, field };
                    self.problems.0.retain(|problem| problem.place != place);
                }
                GridEvent::Rows => {
                    forget(&mut self.problems, part.name);
                    self.draft.touch(Touch::Rows(table));
                }
                GridEvent::Pasted(refused) if !refused.is_empty() => ctx.problems(&refused, Some(meta)),
                GridEvent::Pasted(_) => {}
                GridEvent::Rearranged => {
                    let own = self.parts.iter().find(|part| part.table == table);
                    let kept = own.and_then(|own| serde_json::to_string(&own.state.layout).ok());
                    if let Some(kept) = kept {
                        ctx.host.keep(&columns_key(meta, part.name), kept);
                    }
                }
                GridEvent::Menu(at) => self.row_menu.open(ui, menu_id, at, current),
            }
        }
        let item = |(code, icon, key): &(&'static str, Icon, Chord)| {
            let command = crate::ui::commands::standard::by_code(code)?;
            Some(MenuItem { keys: key.show(), ..MenuItem::new(*code, command.label.show()).icon(*icon) })
        };
        let items: Vec<MenuItem> =
            if self.read_only() { Vec::new() } else { ROW_COMMANDS.iter().filter_map(item).collect() };
        if let Some(code) = self.row_menu.show(ui, menu_id, &items) {
            ctx.run(code);
        }
    }

    /// Totals at the right, the last one in bold.
    fn footer_ui(&self, ui: &mut Ui) {
        let meta = self.meta();
        let colors = theme::colors(ui);
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOTER), Sense::hover());
        let mut right = line.right();
        let last = self.layout.footer.len().saturating_sub(1);
        for (at, name) in self.layout.footer.iter().enumerate().rev() {
            let Some((number, field)) = meta.field(name).and_then(|n| meta.fields.get(n).map(|field| (n, field)))
            else {
                continue;
            };
            let value = self.draft.object.get(number).show(field.kind);
            let font = if at == last { fonts::bold_of(16.0) } else { fonts::text() };
            let label = format!("{}:", meta.field_label(field));
            let wide = paint::width_of(ui, &value, font.clone()).ceil();
            let place = px::rect(right - wide, line.top(), wide, FOOTER);
            paint::text(ui.painter(), place, &value, font, colors.text, Align::Max);
            let said = ui.interact(place, fields::id(self.form, name).with("total"), Sense::empty());
            let words = format!("{label} {value}");
            said.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &words));
            right -= wide + GAP_X;
            let wide = paint::width_of(ui, &label, fonts::text()).ceil();
            let place = px::rect(right - wide, line.top(), wide, FOOTER);
            paint::text(ui.painter(), place, &label, fonts::text(), colors.weak, Align::Max);
            right -= wide + 3.0 * GAP_X;
        }
    }

    /// Goes to a field or a cell; its tab is opened.
    pub fn go_to(&mut self, place: &Place, ui: &Ui) {
        let on_tab = |wanted: &str, tab: &TabLayout| {
            tab.table.as_deref() == Some(wanted)
                || tab.left.iter().chain(&tab.right).any(|row| row.fields().iter().any(|field| field == wanted))
        };
        let name = match place {
            Place::Field(name) => *name,
            Place::Cell { table, .. } => *table,
            Place::Whole => return,
        };
        if let Some(at) = self.layout.tab.iter().position(|tab| on_tab(name, tab)) {
            self.tab = at;
        }
        if let Place::Cell { row, field, .. } = place {
            let table = self.meta().table(name);
            for part in self.parts.iter_mut().filter(|part| Some(part.table) == table) {
                let hidden = part.state.layout.columns.iter().any(|kept| kept.code == *field && kept.hidden);
                if hidden {
                    part.state.layout.toggle(field);
                }
                part.state.go_to(*row, field);
            }
        }
        focus::set(ui.ctx(), fields::id(self.form, name));
    }

    /// Puts a chosen object into a field or a cell.
    pub fn put(&mut self, cell: Option<(&str, usize)>, field: &str, value: Value) {
        let meta = self.meta();
        match cell {
            None => {
                if let Some(at) = meta.field(field) {
                    self.draft.set(at, value);
                }
            }
            Some((table, row)) => {
                let Some(number) = meta.table(table) else { return };
                let column = meta.tables.get(number).and_then(|part| part.field(field));
                if let Some(column) = column {
                    self.draft.set_cell(number, row, column, value);
                }
            }
        }
    }
}

/// What the title says: the kind, the number and the date, or the name.
pub fn title(object: &dyn Object) -> String {
    let meta = object.meta();
    if object.head().id == 0 {
        return text!("form-new", kind = meta.label()).show();
    }
    let called = registry::ops(meta).map_or_else(String::new, |kind| kind.presentation(object));
    match meta.kind {
        Kind::Document => called,
        Kind::Catalog => text!("form-catalog", kind = meta.label(), name = called).show(),
    }
}

fn columns_key(meta: &ObjectMeta, table: &str) -> String {
    format!("columns:{}.{table}", meta.code)
}

/// Gives a key to what is drawn next, as if it had been pressed.
fn press(ui: &Ui, chord: Chord) {
    ui.input_mut(|input| {
        input.events.push(Event::Key {
            key: chord.key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: chord.modifiers(),
        });
    });
}

/// A line of words at the right of a title: the state of the object.
pub fn state_mark(ui: &mut Ui, title: &str, words: &str, icon: Icon, role: theme::Role) {
    let color = theme::colors(ui).role(role);
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    let mut child = ui.new_child(UiBuilder::new().max_rect(line));
    crate::ui::widgets::form::page_title(&mut child, title);
    let wide = paint::width_of(ui, title, fonts::title()).ceil();
    let at = (line.left() + wide + 3.0 * GAP_X).min(line.right() - 200.0);
    paint::icon(ui.painter(), pos2(at + 8.0, line.center().y), icon, 16.0, color);
    let place = px::rect(at + 22.0, line.top(), line.right() - at - 22.0, line.height());
    paint::text(ui.painter(), place, words, fonts::text(), color, Align::Min);
    let said = ui.interact(place, ui.scope_id().with("state mark"), Sense::empty());
    said.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, words));
}

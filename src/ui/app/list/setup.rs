//! «Настроить список»: which columns are shown, in what order; how rows are ordered.

use super::ListPage;
use crate::text;
use crate::ui::commands::{Chord, keys};
use crate::ui::focus;
use crate::ui::icons::Icon;
use crate::ui::shell::dialog::{self, Choice};
use crate::ui::shell::page::PageContext;
use crate::ui::theme::{GAP_X, Role};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::list::{Cell, HeldRows, List, ListEvent, ListRow, ListState, RowSource};
use crate::ui::widgets::table::columns::{Column, Sort, TableLayout};
use egui::{Id, Key, Ui, vec2};

/// Height of the list of columns in points.
const HEIGHT: f32 = 360.0;

/// egui lets nothing have the focus in the frame after a dialog was drawn.
const AFTER_DIALOG: u8 = 2;

/// The half-done arrangement.
pub struct Setup {
    layout: TableLayout,
    columns: Vec<Column>,
    list: ListState,
    rows: HeldRows,
    started: bool,
}

/// What ended the arrangement.
enum Done {
    Taken,
    Dropped,
}

impl Setup {
    /// Begins with the present arrangement.
    pub fn of(columns: &[Column], layout: &TableLayout) -> Self {
        let mut setup = Self {
            layout: layout.clone(),
            columns: columns.to_vec(),
            list: ListState::default(),
            rows: HeldRows::default(),
            started: false,
        };
        setup.fill();
        setup
    }

    fn fill(&mut self) {
        let sort = self.layout.sort.clone().unwrap_or_default();
        let row = |kept: &crate::ui::widgets::table::columns::ColumnLayout| {
            let column = self.columns.iter().find(|column| column.code == kept.code)?;
            let tick = if kept.hidden { Cell::default() } else { Cell::default().icon(Icon::Check, Role::Good) };
            let order = match (sort.code == kept.code, sort.descending) {
                (false, _) => Cell::default(),
                (true, false) => Cell::new(text!("setup-ascending").show()),
                (true, true) => Cell::new(text!("setup-descending").show()),
            };
            let role = if kept.hidden { Role::Weak } else { Role::Text };
            Some(ListRow { cells: vec![tick, Cell::new(&column.title), order], role, ..ListRow::default() })
        };
        self.rows = HeldRows::of(self.layout.columns.iter().filter_map(row).collect());
    }

    fn code(&self) -> Option<String> {
        self.layout.columns.get(self.list.current).map(|kept| kept.code.clone())
    }

    fn toggle(&mut self) {
        if let Some(code) = self.code() {
            self.layout.toggle(&code);
            self.fill();
        }
    }

    /// One place up or down, hidden neighbours included.
    fn shift(&mut self, down: bool) {
        let at = self.list.current;
        let Some(to) = (if down { at.checked_add(1) } else { at.checked_sub(1) }) else { return };
        if to < self.layout.columns.len() {
            self.layout.columns.swap(at, to);
            let len = self.rows.len();
            self.list.go(to, len);
            self.fill();
        }
    }

    fn sort(&mut self) {
        let Some(code) = self.code() else { return };
        if !self.columns.iter().any(|column| column.code == code && column.sortable) {
            return;
        }
        let again = self.layout.sort.as_ref().is_some_and(|sort| sort.code == code && !sort.descending);
        self.layout.sort = Some(Sort { code, descending: again });
        self.fill();
    }

    fn reset(&mut self) {
        self.layout = TableLayout { sort: self.layout.sort.take(), ..TableLayout::default() };
        self.layout.settle(&self.columns);
        self.fill();
    }

    fn show(&mut self, ui: &mut Ui, id: Id) -> Option<Done> {
        if focus::begins(ui, &mut self.started) {
            focus::set(ui.ctx(), id);
        }
        let take = |chord: Chord| ui.input_mut(|input| chord.take(input));
        let space = focus::on(ui.ctx(), id) && take(Chord::plain(Key::Space));
        let (up, down) = (take(keys::ROW_UP), take(keys::ROW_DOWN));
        let escaped = take(keys::ESCAPE);
        let accepted = take(keys::MAIN);
        let columns = [
            Column::new("shown", "", 30.0).unsorted(),
            Column::new("title", text!("setup-column").show(), 220.0).stretch(1.0).unsorted(),
            Column::new("order", text!("setup-order").show(), 130.0).unsorted(),
        ];
        let label = text!("cmd-list-settings").show();
        let size = vec2(ui.available_width(), HEIGHT);
        let mut events = Vec::new();
        ui.allocate_ui(size, |ui| {
            let list = List { marks: false, ..List::new(id, &label, &columns) };
            events = list.show(ui, &mut self.rows, &mut self.list).events;
        });
        if space || events.contains(&ListEvent::Open) {
            self.toggle();
        }
        if up || down {
            self.shift(down);
        }
        ui.add_space(6.0);
        self.buttons_ui(ui);
        let choices = [Choice::new("ok", text!("dialog-ok")), Choice::new("cancel", text!("dialog-cancel"))];
        match dialog::buttons(ui, &choices, false).as_deref() {
            Some("ok") => Some(Done::Taken),
            Some(_) => Some(Done::Dropped),
            None if accepted => Some(Done::Taken),
            None => escaped.then_some(Done::Dropped),
        }
    }

    fn buttons_ui(&mut self, ui: &mut Ui) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = GAP_X;
            let tip = |words: String, chord: Chord| format!("{words} ({})", chord.show());
            let (up, down) = (text!("cmd-row-up").show(), text!("cmd-row-down").show());
            if ui
                .add(Button::new(&text!("setup-toggle").show()))
                .on_hover_text(Chord::plain(Key::Space).show())
                .clicked()
            {
                self.toggle();
            }
            let button = Button::icon(Icon::ArrowUp, &up);
            if ui.add(button).on_hover_text(tip(up.clone(), keys::ROW_UP)).clicked() {
                self.shift(false);
            }
            let button = Button::icon(Icon::ArrowDown, &down);
            if ui.add(button).on_hover_text(tip(down.clone(), keys::ROW_DOWN)).clicked() {
                self.shift(true);
            }
            if ui.add(Button::new(&text!("setup-sort").show())).clicked() {
                self.sort();
            }
            if ui.add(Button::new(&text!("columns-reset").show())).clicked() {
                self.reset();
            }
        });
    }
}

impl ListPage {
    /// Draws the arrangement over the list until it is taken or given up.
    pub(super) fn setup_ui(&mut self, ui: &Ui, ctx: &mut PageContext<'_>) {
        let Some(mut setup) = self.setup.take() else { return };
        let id = self.id().with("setup");
        let title = text!("cmd-list-settings").show();
        let done = dialog::modal(ui.ctx(), id, &title, 580.0, |ui| setup.show(ui, id.with("list")));
        match done {
            None => self.setup = Some(setup),
            Some(Done::Dropped) => self.refocus = Some(AFTER_DIALOG),
            Some(Done::Taken) => {
                self.state.layout = setup.layout;
                self.columns.settle(&mut self.state.layout);
                self.reread(self.state.reference());
                self.keep(ctx);
                self.refocus = Some(AFTER_DIALOG);
            }
        }
    }
}

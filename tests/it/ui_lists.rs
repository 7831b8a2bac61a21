//! The list: a million rows, keys, choosing, columns, trees.

use crate::ui_kit::{CTRL, CUSTOMERS, Cpu, press, today, window};
use egui::accesskit::Role as Kind;
use egui::{Id, Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use kontora::kernel::money::Money;
use kontora::kernel::refs::AnyRef;
use kontora::ui::theme::Role;
use kontora::ui::widgets::list::{Branch, Cell, List, ListEvent, ListRow, ListState, Mark, RowSource};
use kontora::ui::widgets::table::columns::Column;
use std::collections::BTreeMap;
use std::ops::Range;

/// Orders that are made up when they are asked for.
struct Orders {
    len: usize,
    made: BTreeMap<usize, ListRow>,
    asked: Vec<Range<usize>>,
    /// Rows from here on have not come yet.
    missing_from: usize,
    /// Rows put in front of all others by a refresh.
    shift: usize,
    totals: Option<ListRow>,
}

const STATES: [(&str, Role); 5] = [
    ("Ожидается оплата", Role::Warning),
    ("Готов к отгрузке", Role::Good),
    ("В работе", Role::Note),
    ("Выполнен", Role::Weak),
    ("Отменён", Role::Danger),
];

/// A made-up order.
pub fn order(at: usize) -> ListRow {
    let number = i64::try_from(at).unwrap();
    let (state, role) = STATES[at % 5];
    let mark = match at % 7 {
        0 => Mark::Saved,
        5 => Mark::Deleted,
        _ => Mark::Posted,
    };
    let moment = today().plus_days(number / 40).at(9 + number % 9, number % 60, 7);
    let sum = Money::from_minor((number * 7_919) % 100_000_000);
    let comment = if at.is_multiple_of(11) {
        "Доставка до двери, позвонить за час до приезда"
    } else {
        ""
    };
    let role = if mark == Mark::Deleted { Role::Disabled } else { role };
    ListRow {
        reference: AnyRef::new(203, number + 1),
        mark,
        cells: vec![
            Cell::new(format!("КА00-{:07}", at + 1)),
            Cell::new(moment.russian()),
            Cell::new(CUSTOMERS[at % CUSTOMERS.len()].0),
            Cell::new(sum.grouped()),
            Cell::new(state).role(role),
            Cell::new(["Основной склад", "Склад №2 (Мытищи)", "Розничный магазин"][at % 3]),
            Cell::new(["Петрова А. С.", "Сидоров К. В.", "Щукина Ю. Э."][at / 5 % 3]),
            Cell::new(comment),
        ],
        ..ListRow::default()
    }
}

impl RowSource for Orders {
    fn len(&self) -> usize {
        self.len
    }
    fn expect(&mut self, rows: Range<usize>) {
        self.asked.push(rows);
    }
    fn row(&mut self, index: usize) -> Option<&ListRow> {
        let shift = self.shift;
        if index >= self.missing_from || index >= self.len {
            return None;
        }
        Some(self.made.entry(index).or_insert_with(|| order(index.wrapping_sub(shift))))
    }
    fn generation(&self) -> u64 {
        u64::try_from(self.shift).unwrap()
    }
    fn find(&self, reference: AnyRef) -> Option<usize> {
        usize::try_from(reference.id() - 1).ok().map(|at| at + self.shift)
    }
    fn totals(&self) -> Option<&ListRow> {
        self.totals.as_ref()
    }
}

struct Journal {
    source: Orders,
    state: ListState,
    events: Vec<ListEvent>,
    columns: Vec<Column>,
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("number", "Номер", 110.0),
        Column::new("date", "Дата", 130.0),
        Column::new("customer", "Контрагент", 220.0).stretch(1.0),
        Column::new("amount", "Сумма, ₽", 110.0).right(),
        Column::new("state", "Состояние", 140.0),
        Column::new("warehouse", "Склад", 140.0),
        Column::new("manager", "Менеджер", 120.0),
        Column::new("comment", "Комментарий", 180.0).unsorted(),
    ]
}

impl Journal {
    fn new(len: usize) -> Self {
        let source =
            Orders { len, made: BTreeMap::new(), asked: Vec::new(), missing_from: usize::MAX, shift: 0, totals: None };
        Self { source, state: ListState::default(), events: Vec::new(), columns: columns() }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let mut list = List::new(list_id(), "Заказы клиентов", &self.columns);
        list.empty = ("Заказов пока нет", "Ins — создать первый заказ");
        let out = list.show(ui, &mut self.source, &mut self.state);
        self.events.extend(out.events);
    }
}

fn list_id() -> Id {
    Id::unique("orders")
}

fn open(len: usize, width: f32, theme: Theme) -> (Harness<'static, Journal>, Cpu) {
    let (builder, cpu) = window(vec2(width, 560.0), theme);
    let mut harness = builder.build_ui_state(|ui, journal: &mut Journal| journal.ui(ui), Journal::new(len));
    harness.run_ok();
    kontora::ui::focus::set(&harness.ctx, list_id());
    harness.run_ok();
    (harness, cpu)
}

fn row_number(harness: &Harness<'_, Journal>) -> usize {
    harness.state().state.current
}

/// The rows a command would be meant for.
fn chosen(harness: &Harness<'_, Journal>) -> String {
    let journal = harness.state();
    let spans = journal.state.meant(journal.source.len);
    spans.iter().map(|span| format!("{span:?}")).collect::<Vec<_>>().join(", ")
}

fn taken(harness: &mut Harness<'_, Journal>) -> Vec<ListEvent> {
    let events = std::mem::take(&mut harness.state_mut().events);
    events.into_iter().filter(|event| *event != ListEvent::Moved).collect()
}

#[test]
fn a_million_rows_are_walked_by_keys_and_only_the_seen_ones_are_made() {
    let (mut harness, cpu) = open(1_000_000, 1240.0, Theme::Light);
    cpu.look(&harness, "list-light");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::PageDown);
    let page = row_number(&harness) - 1;
    assert!(page > 15);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_eq!(row_number(&harness), 999_999);
    assert!(harness.query_by_label_contains("КА00-1000000").is_some());
    press(&mut harness, Modifiers::NONE, Key::ArrowUp);
    press(&mut harness, Modifiers::NONE, Key::PageUp);
    assert_eq!(row_number(&harness), 999_998 - page);
    press(&mut harness, Modifiers::NONE, Key::Home);
    assert_eq!(row_number(&harness), 0);
    assert!(harness.state().source.made.len() < 200);
    assert!(harness.state().source.asked.iter().all(|rows| rows.len() < 30));
}

#[test]
fn keys_of_a_list_are_those_of_1c() {
    let (mut harness, _) = open(100, 1240.0, Theme::Light);
    let keys = [
        (Modifiers::NONE, Key::Insert, ListEvent::Create),
        (Modifiers::NONE, Key::F9, ListEvent::Copy),
        (Modifiers::NONE, Key::F2, ListEvent::Open),
        (Modifiers::NONE, Key::Enter, ListEvent::Open),
        (Modifiers::NONE, Key::Delete, ListEvent::Mark),
        (Modifiers::SHIFT, Key::Delete, ListEvent::Delete),
        (CTRL, Key::F9, ListEvent::CreateFolder),
        (CTRL, Key::ArrowDown, ListEvent::Into(0)),
        (CTRL, Key::ArrowUp, ListEvent::Out),
        (Modifiers::SHIFT, Key::F10, ListEvent::Menu(None)),
    ];
    for (modifiers, key, event) in keys {
        press(&mut harness, modifiers, key);
        assert_eq!(taken(&mut harness), [event], "{modifiers:?} {key:?}");
    }
    harness.event(egui::Event::Text("ром".into()));
    harness.run_ok();
    assert_eq!(taken(&mut harness), [ListEvent::Typed("ром".into())]);
}

#[test]
fn an_empty_list_says_what_to_do_and_takes_only_creation() {
    let (mut harness, cpu) = open(0, 900.0, Theme::Light);
    cpu.look(&harness, "list-empty");
    assert!(harness.query_by_label_contains("Ins — создать первый заказ").is_some());
    for key in [Key::Enter, Key::Delete, Key::F9, Key::ArrowDown, Key::End] {
        press(&mut harness, Modifiers::NONE, key);
    }
    assert_eq!(taken(&mut harness), []);
    press(&mut harness, Modifiers::NONE, Key::Insert);
    assert_eq!(taken(&mut harness), [ListEvent::Create]);
}

#[test]
fn rows_are_chosen_by_shift_ctrl_and_all_at_once() {
    let (mut harness, cpu) = open(1_000, 1240.0, Theme::Dark);
    for _ in 0..3 {
        press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    }
    assert_eq!(chosen(&harness), "0..4");
    harness.get_by_label_contains("КА00-0000009").click_modifiers(CTRL);
    harness.run_ok();
    assert_eq!(chosen(&harness), "0..4, 8..9");
    cpu.look(&harness, "list-dark-chosen");
    harness.get_by_label_contains("КА00-0000012").click_modifiers(Modifiers::SHIFT);
    harness.run_ok();
    assert_eq!(chosen(&harness), "8..12");
    press(&mut harness, CTRL, Key::A);
    assert_eq!(harness.state().state.selection.count(), 1_000);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(chosen(&harness), "12..13", "an arrow chooses one row again");
}

#[test]
fn chosen_rows_go_to_the_clipboard_as_a_table() {
    let (mut harness, _) = open(10, 1240.0, Theme::Light);
    harness.state_mut().columns.truncate(4);
    harness.run_ok();
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    harness.event(egui::Event::Copy);
    harness.step();
    let commands = &harness.output().platform_output.commands;
    let egui::OutputCommand::CopyText(text) = &commands[0] else { panic!("nothing was copied") };
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Номер\tДата\tКонтрагент\tСумма, ₽");
    assert_eq!(lines[2], "КА00-0000002\t23.11.2026 10:01:07\tООО «Ёлка и К°»\t79,19");
    assert_eq!(lines.len(), 3);
}

#[test]
fn totals_stand_under_their_columns() {
    let (mut harness, cpu) = open(1_000, 1240.0, Theme::Light);
    let mut cells = vec![Cell::default(); 8];
    cells[0] = Cell::new("Итого").bold();
    cells[3] = Cell::new("1\u{a0}234\u{a0}567,89").bold();
    harness.state_mut().source.totals = Some(ListRow { cells, ..ListRow::default() });
    harness.run_ok();
    cpu.look(&harness, "list-totals");
    let picture = cpu.picture(&harness);
    let footer = theme_of(&picture, 500, 8 + 24 + 22 * 22 + 11);
    assert_eq!(footer, kontora::ui::theme::LIGHT.header, "the footer follows the last whole row");
}

fn theme_of(picture: &kontora::ui::raster::Picture, x: usize, y: usize) -> egui::Color32 {
    let [red, green, blue] = picture.at(x, y);
    let near = |a: u8, b: u8| a.abs_diff(b) < 3;
    let header = kontora::ui::theme::LIGHT.header;
    let [r, g, b, _] = header.to_array();
    if near(red, r) && near(green, g) && near(blue, b) { header } else { egui::Color32::TRANSPARENT }
}

#[test]
fn rows_not_yet_at_hand_are_left_open_and_asked_for() {
    let (mut harness, _) = open(1_000, 1240.0, Theme::Light);
    harness.state_mut().source.missing_from = 500;
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(harness.query_by_label_contains("КА00-0001000").is_none());
    assert_eq!(harness.state().source.asked.last().unwrap().end, 1_000);
    press(&mut harness, CTRL, Key::A);
    harness.event(egui::Event::Copy);
    harness.run_ok();
    assert!(taken(&mut harness).contains(&ListEvent::CopyRows));
    harness.state_mut().source.missing_from = usize::MAX;
    harness.run_ok();
    assert!(harness.query_by_label_contains("КА00-0001000").is_some());
}

#[test]
fn a_refresh_keeps_the_current_and_the_chosen_rows() {
    let (mut harness, _) = open(1_000, 1240.0, Theme::Light);
    for _ in 0..5 {
        press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    }
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    let top = harness.state().state.top;
    let source = &mut harness.state_mut().source;
    (source.shift, source.len) = (3, 1_003);
    source.made.clear();
    harness.run_ok();
    assert_eq!(row_number(&harness), 9);
    assert_eq!(chosen(&harness), "8..10");
    assert_eq!(harness.state().state.top, top + 3, "the rows did not jump under the eyes");
}

#[test]
fn a_click_on_a_header_sorts_and_a_second_one_turns_the_order() {
    let (mut harness, cpu) = open(100, 1240.0, Theme::Light);
    let sorted = |harness: &Harness<'_, Journal>| {
        let sort = harness.state().state.layout.sort.clone().unwrap();
        (sort.code, sort.descending)
    };
    harness.get_by_role_and_label(Kind::ColumnHeader, "Контрагент").click();
    harness.run_ok();
    assert_eq!(sorted(&harness), ("customer".into(), false));
    harness.get_by_role_and_label(Kind::ColumnHeader, "Контрагент").click();
    harness.run_ok();
    assert_eq!(sorted(&harness), ("customer".into(), true));
    cpu.look(&harness, "list-sorted");
    harness.get_by_role_and_label(Kind::ColumnHeader, "Комментарий").click();
    harness.run_ok();
    assert_eq!(sorted(&harness), ("customer".into(), true), "a column of comments does not sort");
    press(&mut harness, CTRL | Modifiers::ALT, Key::S);
    assert_eq!(sorted(&harness), ("number".into(), false), "the current column sorts by a key");
}

#[test]
fn columns_are_arranged_by_keys_and_by_the_menu_and_the_arrangement_is_kept() {
    let (mut harness, cpu) = open(100, 1240.0, Theme::Light);
    press(&mut harness, Modifiers::ALT, Key::ArrowRight);
    press(&mut harness, Modifiers::ALT | Modifiers::SHIFT, Key::ArrowRight);
    harness.get_by_role_and_label(Kind::ColumnHeader, "Склад").click_secondary();
    harness.run_ok();
    cpu.look(&harness, "list-columns-menu");
    harness.get_by_role_and_label(Kind::MenuItem, "Менеджер").click();
    harness.run_ok();
    assert!(harness.query_by_role_and_label(Kind::ColumnHeader, "Менеджер").is_none());
    let kept = toml::to_string(&harness.state().state.layout).unwrap();
    let layout: kontora::ui::widgets::table::columns::TableLayout = toml::from_str(&kept).unwrap();
    let codes: Vec<&str> = layout.columns.iter().map(|column| column.code.as_str()).collect();
    assert_eq!(codes[..3], ["date", "number", "customer"]);
    assert_eq!(layout.columns[1].width, 120.0);
    assert!(layout.columns[6].hidden);
}

#[test]
fn a_narrow_window_scrolls_across_and_keeps_the_frozen_columns() {
    let (mut harness, cpu) = open(1_000, 620.0, Theme::Light);
    harness.state_mut().state.left = 0.0;
    harness.hover_at(egui::pos2(300.0, 200.0));
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, -4.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    harness.run_ok();
    assert_eq!(harness.state().state.top, 12);
    harness.state_mut().state.left = 200.0;
    harness.run_ok();
    cpu.look(&harness, "list-narrow");
    let number = harness.get_by_role_and_label(Kind::ColumnHeader, "Дата").rect();
    assert!(number.left() < 100.0);
}

/// Folders that open: two levels, three folders, each with two goods.
struct Tree {
    open: [bool; 3],
    rows: Vec<(ListRow, usize)>,
}

impl Tree {
    fn new() -> Self {
        let mut tree = Self { open: [false; 3], rows: Vec::new() };
        tree.build();
        tree
    }
    fn build(&mut self) {
        self.rows.clear();
        let row = |name: String, id: i64, level: u8, branch, mark| ListRow {
            reference: AnyRef::new(202, id),
            mark,
            cells: vec![Cell::new(name), Cell::new(format!("{id}"))],
            level,
            branch,
            bold: false,
            ..ListRow::default()
        };
        for (at, open) in self.open.into_iter().enumerate() {
            let id = i64::try_from(at * 10 + 10).unwrap();
            let branch = if open { Branch::Open } else { Branch::Closed };
            self.rows.push((row(format!("Группа {}", at + 1), id, 0, branch, Mark::Folder), at));
            for leaf in 1..=if open { 2 } else { 0 } {
                self.rows.push((row(format!("Товар {}.{leaf}", at + 1), id + leaf, 1, Branch::Leaf, Mark::Item), at));
            }
        }
    }
}

impl RowSource for Tree {
    fn len(&self) -> usize {
        self.rows.len()
    }
    fn row(&mut self, index: usize) -> Option<&ListRow> {
        self.rows.get(index).map(|row| &row.0)
    }
    fn toggle(&mut self, index: usize, open: bool) {
        if let Some((_, folder)) = self.rows.get(index) {
            self.open[*folder] = open;
            self.build();
        }
    }
    fn parent(&self, index: usize) -> Option<usize> {
        let (row, folder) = self.rows.get(index)?;
        let parent = self.rows.iter().position(|(other, of)| of == folder && other.level == 0)?;
        (row.level > 0).then_some(parent)
    }
}

#[test]
fn a_tree_is_opened_and_walked_by_arrows() {
    let (builder, cpu) = window(vec2(500.0, 300.0), Theme::Light);
    let mut harness = builder.build_ui_state(
        |ui, (tree, state): &mut (Tree, ListState)| {
            let columns = [Column::new("name", "Наименование", 240.0).stretch(1.0), Column::new("code", "Код", 80.0)];
            let list = List { tree: true, ..List::new(list_id(), "Номенклатура", &columns) };
            list.show(ui, tree, state);
        },
        (Tree::new(), ListState::default()),
    );
    kontora::ui::focus::set(&harness.ctx, list_id());
    harness.run_ok();
    let current = |harness: &Harness<'_, (Tree, ListState)>| {
        let (tree, state) = harness.state();
        tree.rows[state.current].0.cells[0].text.clone()
    };
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert!(harness.query_by_label_contains("Товар 2.2").is_some());
    press(&mut harness, CTRL, Key::ArrowDown);
    assert_eq!(current(&harness), "Товар 2.1");
    cpu.look(&harness, "list-tree");
    press(&mut harness, CTRL, Key::ArrowUp);
    assert_eq!(current(&harness), "Группа 2");
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert!(harness.query_by_label_contains("Товар 2.2").is_none());
    let row = harness.get_by_label_contains("Группа 3").rect();
    let arrow = egui::pos2(row.left() + 26.0 + 10.0, row.center().y);
    harness.drag_at(arrow);
    harness.drop_at(arrow);
    harness.run_ok();
    assert!(harness.query_by_label_contains("Товар 3.1").is_some(), "the arrow opens by the mouse");
}

#[test]
fn rows_say_which_is_current() {
    let (mut harness, _) = open(10, 1240.0, Theme::Light);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let row = harness.get_by_label_contains("КА00-0000002");
    assert_eq!(row.accesskit_node().is_selected(), Some(true));
}

//! The table part: cells typed into, rows added and moved, tables pasted from a spreadsheet.

use crate::ui_kit::{CTRL, Cpu, Names, Order, OrderLine, press, today, type_text, window};
use egui::accesskit::Role as Kind;
use egui::{Id, Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use kontora::kernel::meta::ObjectMeta;
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::object::{Declared, Object};
use kontora::kernel::problems::{Place, Problems};
use kontora::kernel::refs::Ref;
use kontora::text;
use kontora::ui::editors::{Aid, Ask};
use kontora::ui::widgets::grid::{Grid, GridColumn, GridEvent, GridState, TableOf};

struct Form {
    order: Order,
    names: Names,
    state: GridState,
    columns: Vec<GridColumn>,
    problems: Problems,
    events: Vec<GridEvent>,
    asks: Vec<(Place, String, Option<&'static ObjectMeta>, Ask)>,
    read_only: bool,
}

fn line(item: i64, quantity: i64, price: i64) -> OrderLine {
    let (quantity, price) = (Qty::from_minor(quantity * 1_000), Price::from_minor(price * 10_000));
    OrderLine { item: Ref::new(item), quantity, price, amount: price.times(quantity), ..OrderLine::default() }
}

/// The amount follows from quantity and price.
fn follow(object: &mut dyn Object, row: usize, column: usize) {
    if let Some(order) = object.downcast_mut::<Order>()
        && let Some(line) = order.goods.get_mut(row)
        && matches!(column, 1 | 2)
    {
        line.amount = line.price.times(line.quantity);
    }
}

impl Form {
    fn new(lines: &[OrderLine]) -> Self {
        let mut columns = TableOf::columns(Order::declared(), 0);
        columns[3].read_only = true;
        Self {
            order: Order { goods: lines.to_vec(), ..Order::default() },
            names: Names::default(),
            state: GridState::default(),
            columns,
            problems: Problems::new(),
            events: Vec::new(),
            asks: Vec::new(),
            read_only: false,
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let mut aid = Aid::new(&mut self.names, today());
        let mut grid = Grid::new(grid_id(), "Товары", &self.columns);
        grid.empty = "Строк нет. Ins — добавить строку";
        grid.read_only = self.read_only;
        let mut source = TableOf { object: &mut self.order, table: 0, problems: &self.problems, follow: &mut follow };
        let out = grid.show(ui, &mut source, &mut self.state, &mut aid);
        self.events.extend(out.events);
        self.asks.extend(aid.asks);
    }
}

fn grid_id() -> Id {
    Id::unique("goods")
}

fn open(lines: &[OrderLine], theme: Theme) -> (Harness<'static, Form>, Cpu) {
    let (builder, cpu) = window(vec2(900.0, 330.0), theme);
    let mut harness = builder.build_ui_state(|ui, form: &mut Form| form.ui(ui), Form::new(lines));
    kontora::ui::focus::set(&harness.ctx, grid_id());
    harness.run_ok();
    (harness, cpu)
}

fn three() -> Vec<OrderLine> {
    vec![line(1, 10, 100), line(3, 2, 350), line(5, 1, 12_000)]
}

fn cell(harness: &Harness<'_, Form>) -> (usize, usize) {
    (harness.state().state.row, harness.state().state.column)
}

fn items(harness: &Harness<'_, Form>) -> Vec<i64> {
    harness.state().order.goods.iter().map(|line| line.item.id()).collect()
}

#[test]
fn a_line_is_typed_from_empty_to_the_next_line_without_the_mouse() {
    let (mut harness, cpu) = open(&[], Theme::Light);
    cpu.look(&harness, "grid-empty");
    press(&mut harness, Modifiers::NONE, Key::Insert);
    type_text(&mut harness, "снегур");
    cpu.look(&harness, "grid-reference");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    type_text(&mut harness, "2,5");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    type_text(&mut harness, "100+50");
    cpu.look(&harness, "grid-number");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(cell(&harness), (0, 4), "the computed amount is stepped over");
    type_text(&mut harness, "срочно");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let goods = &harness.state().order.goods;
    assert_eq!(goods.len(), 2, "Enter in the last cell adds a line");
    assert_eq!((goods[0].item.id(), goods[0].amount, goods[0].comment.as_str()), (3, Money::whole(375), "срочно"));
    assert_eq!(cell(&harness), (1, 0));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    for _ in 0..6 {
        press(&mut harness, Modifiers::NONE, Key::Enter);
    }
    assert_eq!(harness.state().order.goods.len(), 2, "an empty line is not followed by another");
}

#[test]
fn typing_replaces_f2_edits_and_esc_gives_up() {
    let (mut harness, _) = open(&three(), Theme::Light);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    type_text(&mut harness, "7");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().order.goods[0].quantity, Qty::whole(10));
    type_text(&mut harness, "75");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(harness.state().order.goods[0].quantity, Qty::whole(75));
    assert_eq!(harness.state().order.goods[0].amount, Money::whole(7_500));
    assert_eq!(cell(&harness), (1, 1), "the arrow takes in and goes on");
    press(&mut harness, Modifiers::NONE, Key::F2);
    press(&mut harness, Modifiers::NONE, Key::End);
    type_text(&mut harness, "*2");
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert_eq!(harness.state().order.goods[1].quantity, Qty::whole(4));
    press(&mut harness, Modifiers::SHIFT, Key::Tab);
    assert_eq!(cell(&harness), (1, 1));
}

#[test]
fn what_cannot_be_read_is_not_left() {
    let (mut harness, cpu) = open(&three(), Theme::Light);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    type_text(&mut harness, "много");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    cpu.look(&harness, "grid-unread");
    assert_eq!(cell(&harness), (0, 1));
    assert!(harness.state().state.editing);
    harness.get_by_label_contains("2: Бумага").click();
    harness.run_ok();
    assert_eq!(cell(&harness), (0, 1), "not by the mouse either");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().order.goods[0].quantity, Qty::whole(10));
    assert!(!harness.state().state.editing);
}

#[test]
fn rows_are_copied_moved_and_deleted_by_keys() {
    let (mut harness, _) = open(&three(), Theme::Light);
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(items(&harness), [3, 1, 5]);
    press(&mut harness, Modifiers::NONE, Key::F9);
    assert_eq!(items(&harness), [3, 1, 1, 5]);
    assert_eq!(harness.state().order.goods[2].amount, Money::whole(1_000));
    press(&mut harness, CTRL | Modifiers::SHIFT, Key::ArrowUp);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    assert_eq!(items(&harness), [3, 5]);
    let keys: Vec<u32> = harness.state().order.goods.iter().map(|line| line.key).collect();
    assert_eq!(keys.len(), 2);
}

#[test]
fn a_cell_is_filled_from_above_and_cleared() {
    let (mut harness, _) = open(&three(), Theme::Light);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, CTRL, Key::ArrowDown);
    assert_eq!(items(&harness), [1, 1, 5]);
    press(&mut harness, Modifiers::SHIFT, Key::F4);
    assert_eq!(items(&harness), [1, 0, 5]);
    press(&mut harness, Modifiers::NONE, Key::F4);
    assert!(matches!(harness.state().asks[0].3, Ask::Choose(_)));
    assert_eq!(harness.state().asks[0].0, Place::Cell { table: "goods", row: 1, field: "item" });
}

#[test]
fn the_number_pad_goes_to_quantity_and_price() {
    let (mut harness, _) = open(&three(), Theme::Light);
    type_text(&mut harness, "*");
    assert_eq!((cell(&harness), harness.state().state.editing), ((0, 1), true));
    press(&mut harness, Modifiers::NONE, Key::Escape);
    type_text(&mut harness, "+");
    assert_eq!((cell(&harness), harness.state().state.editing), ((0, 2), true));
}

#[test]
fn a_table_pasted_from_a_spreadsheet_fills_cells_and_says_what_did_not_fit() {
    let (mut harness, _) = open(&three(), Theme::Light);
    harness.state_mut().names.slow = 2;
    let table = "К-0330\t1 000,5\t12,50\t99\tда\r\nнет такого\tмного\t5\t\t\r\nЛампа\t3\t100\t\t\r\nчайник\t1\t2\t\t\n";
    harness.event(egui::Event::Paste(table.to_owned()));
    harness.run_ok();
    harness.run_ok();
    let goods = &harness.state().order.goods;
    assert_eq!(goods.len(), 4, "a row was added");
    assert_eq!((goods[0].item.id(), goods[0].quantity.minor(), goods[0].price.minor()), (5, 1_000_500, 125_000));
    assert_eq!(goods[0].amount, Money::from_minor(1_250_625), "the computed column is not pasted over");
    assert_eq!((goods[1].item.id(), goods[1].quantity), (3, Qty::whole(2)), "what did not fit was left as it was");
    assert_eq!((goods[2].item.id(), goods[3].item.id()), (6, 4));
    let pasted = harness.state().events.iter().find_map(|event| match event {
        GridEvent::Pasted(problems) => Some(problems.sentences(Some(Order::declared()))),
        _ => None,
    });
    assert_eq!(
        pasted.unwrap(),
        "Товары, строка 2, Количество: «много» не число: введите цифры, дробную часть через запятую\n\
         Товары, строка 2, Номенклатура: «нет такого» не найдено, ячейка не изменена"
    );
}

#[test]
fn rows_are_copied_for_a_spreadsheet() {
    let (mut harness, _) = open(&three(), Theme::Light);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    harness.event(egui::Event::Copy);
    harness.step();
    let commands = &harness.output().platform_output.commands;
    let egui::OutputCommand::CopyText(text) = &commands[0] else { panic!("nothing was copied") };
    assert_eq!(
        text,
        "Кабель ВВГнг(А)-LS 3×2,5 мм²\t10\t100,00\t1000,00\t\n\
         Бумага А4 «Снегурочка», 500 л.\t2\t350,00\t700,00\t"
    );
}

#[test]
fn wrong_cells_are_framed_and_a_message_jumps_to_its_cell() {
    let (mut harness, cpu) = open(&three(), Theme::Light);
    let lines: Vec<OrderLine> = (0..40).map(|at| line(at % 6 + 1, at + 1, 100 * at)).collect();
    harness.state_mut().order.goods = lines;
    harness.state_mut().problems.cell("goods", 33, "price", text!("value-too-large", input = "3300"));
    harness.state_mut().state.go_to(33, "price");
    harness.run_ok();
    assert_eq!(cell(&harness), (33, 2));
    assert!(harness.query_by_label_contains("34: ").is_some(), "the row is in sight");
    cpu.look(&harness, "grid-problem");
    harness.hover_at(harness.get_by_label_contains("34: ").rect().center());
    harness.run_ok();
}

#[test]
fn totals_stand_under_amounts_and_quantities() {
    for theme in [Theme::Light, Theme::Dark] {
        let (harness, cpu) = open(&three(), theme);
        cpu.look(&harness, &format!("grid-{theme:?}"));
        assert!(harness.query_by_label("Итого по колонке «Сумма»: 13\u{a0}700,00").is_some());
        assert!(harness.query_by_label_contains("Итого по колонке «Цена»").is_none());
    }
}

#[test]
fn a_read_only_table_is_walked_but_not_changed() {
    let (mut harness, _) = open(&three(), Theme::Light);
    harness.state_mut().read_only = true;
    harness.run_ok();
    press(&mut harness, Modifiers::NONE, Key::Insert);
    press(&mut harness, Modifiers::NONE, Key::Delete);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    type_text(&mut harness, "5");
    harness.event(egui::Event::Paste("7".to_owned()));
    harness.run_ok();
    assert_eq!(harness.state().order.goods, three());
    assert_eq!(cell(&harness), (0, 1));
}

#[test]
fn a_click_chooses_a_cell_and_a_second_one_edits_it() {
    let (mut harness, _) = open(&three(), Theme::Light);
    let row = harness.get_by_role_and_label(Kind::Row, "2: Бумага А4 «Снегурочка», 500 л.; 2; 350,00; 700,00; ").rect();
    let header = harness.get_by_role_and_label(Kind::ColumnHeader, "Количество").rect();
    let at = egui::pos2(header.center().x, row.center().y);
    let click = |harness: &mut Harness<'_, Form>| {
        harness.drag_at(at);
        harness.drop_at(at);
        harness.run_ok();
    };
    click(&mut harness);
    assert_eq!((cell(&harness), harness.state().state.editing), ((1, 1), false));
    click(&mut harness);
    assert!(harness.state().state.editing);
    press(&mut harness, CTRL, Key::A);
    type_text(&mut harness, "9");
    let other = harness.get_by_label_contains("1: Кабель").rect().center();
    harness.drag_at(other);
    harness.drop_at(other);
    harness.run_ok();
    assert_eq!(harness.state().order.goods[1].quantity, Qty::whole(9), "a click elsewhere takes in what was typed");
    assert_eq!(harness.state().state.row, 0);
}

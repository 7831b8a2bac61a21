//! The pages of the sample program: a journal, the form of an order.

use crate::ui_kit::{Order, OrderLine, now};
use egui::{Id, Layout, Ui, vec2};
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::object::{Declared, Erased as _, Object};
use kontora::kernel::problems::{Place, Problems};
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::text;
use kontora::ui::commands::{Command, Facts, standard};
use kontora::ui::editors::Field;
use kontora::ui::icons::Icon;
use kontora::ui::shell::dialog::{Answer, Dialog};
use kontora::ui::shell::page::{Message, Open, Page, PageContext, Request, place_of};
use kontora::ui::theme::{self, Role};
use kontora::ui::widgets::form::{self, RowLayout};
use kontora::ui::widgets::grid::{Grid, GridColumn, GridState, TableOf};
use kontora::ui::widgets::list::{Cell, List, ListEvent, ListRow, ListState, Mark, RowSource};
use kontora::ui::widgets::menu::{MenuItem, RowMenu};
use kontora::ui::widgets::search::search_box;
use kontora::ui::widgets::table::columns::Column;
use kontora::ui::widgets::tabs::tabs;
use kontora::ui::widgets::toolbar::{Tool, Toolbar};
use kontora::ui::{focus, fonts, paint};
use std::collections::BTreeMap;

fn commands(codes: &[&str]) -> Vec<Command> {
    codes.iter().map(|code| standard::by_code(code).unwrap_or_else(|| panic!("{code}")).clone()).collect()
}

/// Rows that are made when they are looked at.
pub struct Rows {
    len: usize,
    make: fn(usize) -> ListRow,
    made: BTreeMap<usize, ListRow>,
}

impl RowSource for Rows {
    fn len(&self) -> usize {
        self.len
    }
    fn row(&mut self, index: usize) -> Option<&ListRow> {
        let make = self.make;
        (index < self.len).then(|| &*self.made.entry(index).or_insert_with(|| make(index)))
    }
}

/// A list of anything.
pub struct ListPage {
    code: &'static str,
    title: &'static str,
    columns: Vec<Column>,
    rows: Rows,
    state: ListState,
    query: String,
    commands: Vec<Command>,
    menu: RowMenu,
}

const LIST_COMMANDS: [&str; 12] = [
    "create",
    "copy",
    "open",
    "mark",
    "create-folder",
    "copy-rows",
    "find",
    "find-end",
    "find-more",
    "list-settings",
    "refresh",
    "print",
];

impl ListPage {
    /// Orders of customers.
    pub fn orders() -> Self {
        let columns = vec![
            Column::new("number", "Номер", 110.0),
            Column::new("date", "Дата", 140.0),
            Column::new("customer", "Контрагент", 220.0).stretch(1.0),
            Column::new("amount", "Сумма, ₽", 110.0).right(),
            Column::new("state", "Состояние", 140.0),
            Column::new("warehouse", "Склад", 140.0),
            Column::new("manager", "Менеджер", 120.0),
            Column::new("comment", "Комментарий", 160.0),
        ];
        Self::new("orders", "Заказы клиентов", columns, crate::ui_lists::order, 1_000_000)
    }

    /// Customers.
    pub fn customers() -> Self {
        let columns = vec![Column::new("name", "Наименование", 260.0).stretch(1.0), Column::new("inn", "ИНН", 180.0)];
        let make = |at: usize| {
            let (name, inn) = crate::ui_kit::CUSTOMERS[at];
            ListRow {
                reference: AnyRef::new(201, i64::try_from(at + 1).unwrap()),
                mark: Mark::Item,
                cells: vec![Cell::new(name), Cell::new(inn)],
                ..ListRow::default()
            }
        };
        Self::new("customers", "Контрагенты", columns, make, crate::ui_kit::CUSTOMERS.len())
    }

    fn new(
        code: &'static str,
        title: &'static str,
        columns: Vec<Column>,
        make: fn(usize) -> ListRow,
        len: usize,
    ) -> Self {
        Self {
            code,
            title,
            columns,
            rows: Rows { len, make, made: BTreeMap::new() },
            state: ListState::default(),
            query: String::new(),
            commands: commands(&LIST_COMMANDS),
            menu: RowMenu::default(),
        }
    }

    fn list_id(&self) -> Id {
        Id::unique(("list", self.code))
    }

    fn head(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        form::page_title(ui, self.title);
        let print =
            vec![MenuItem::new("print:invoice", "Счёт на оплату"), MenuItem::new("print:order", "Заказ клиента")];
        let tools = [
            Tool::Main("create"),
            Tool::Button("copy"),
            Tool::Button("open"),
            Tool::Divider,
            Tool::Icon("refresh"),
            Tool::Menu("Печать".into(), Some(Icon::Printer), print),
        ];
        let bar = Toolbar {
            id: self.list_id().with("bar"),
            commands: &self.commands,
            facts: self.facts(),
            tools: &tools,
            more: &["mark", "create-folder", "-", "find", "find-more", "copy-rows", "-", "list-settings"],
            reserve: 236.0,
        };
        let top = ui.cursor().min.y;
        if let Some(code) = bar.show(ui) {
            ctx.run(code);
        }
        let place = egui::Rect::from_min_size(egui::pos2(ui.max_rect().right() - 230.0, top), vec2(230.0, 24.0));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
        let searched = search_box(&mut child, self.list_id().with("search"), 230.0, &mut self.query);
        if searched.to_list {
            focus::set(ui.ctx(), self.list_id());
        }
        ui.add_space(2.0);
    }
}

impl Page for ListPage {
    fn key(&self) -> String {
        self.code.to_owned()
    }
    fn title(&self) -> String {
        self.title.to_owned()
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::NONE.when(!self.rows.is_empty(), Facts::ROW)
    }
    fn hint(&self) -> String {
        "Ins — создать, F9 — скопировать, F2 — изменить, Del — пометить на удаление".to_owned()
    }
    fn reopen(&self) -> Option<String> {
        Some(self.code.to_owned())
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        self.head(ui, ctx);
        if ctx.first {
            focus::set(ui.ctx(), self.list_id());
        }
        let list = List {
            frozen: 0,
            empty: ("Здесь пусто", "Ins — создать"),
            ..List::new(self.list_id(), self.title, &self.columns)
        };
        let out = list.show(ui, &mut self.rows, &mut self.state);
        for event in out.events {
            match event {
                ListEvent::Open if ctx.choosing => ctx.requests.push(Request::Chosen(self.state.reference())),
                ListEvent::Open => ctx.open(Open::Object(self.state.reference())),
                ListEvent::Create => ctx.open(Open::New(Order::declared(), String::new())),
                ListEvent::Typed(text) => {
                    self.query = text;
                    let search = self.list_id().with("search");
                    focus::set(ui.ctx(), search);
                    kontora::ui::widgets::entry::cursor_to_end(ui, search, &self.query);
                }
                ListEvent::Menu(at) => self.menu.open(ui, self.list_id().with("menu"), at, out.current),
                ListEvent::Mark => ctx.toast("Пометка поставлена", Role::Good),
                _ => {}
            }
        }
        let items: Vec<MenuItem> = ["open", "copy", "mark"]
            .iter()
            .filter_map(|code| kontora::ui::commands::find(&self.commands, code))
            .map(|command| MenuItem::of(command, self.facts()))
            .collect();
        if let Some(code) = self.menu.show(ui, self.list_id().with("menu"), &items) {
            ctx.run(code);
        }
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        match code {
            "mark" => ctx.toast("Пометка поставлена", Role::Good),
            "create" => ctx.open(Open::New(Order::declared(), String::new())),
            "open" => ctx.open(Open::Object(self.state.reference())),
            other => ctx.toast(other.to_owned(), Role::Note),
        }
    }
}

/// The form of an order.
pub struct OrderPage {
    /// The order.
    pub order: Order,
    columns: Vec<GridColumn>,
    grid: GridState,
    problems: Problems,
    commands: Vec<Command>,
    modified: bool,
    tab: usize,
}

fn follow(object: &mut dyn Object, row: usize, _column: usize) {
    if let Some(line) = object.downcast_mut::<Order>().and_then(|order| order.goods.get_mut(row)) {
        line.amount = line.price.times(line.quantity);
    }
}

impl OrderPage {
    /// A form over an order.
    pub fn new(order: Order) -> Self {
        let mut columns = TableOf::columns(Order::declared(), 0);
        columns[3].read_only = true;
        Self {
            order,
            columns,
            grid: GridState::default(),
            problems: Problems::new(),
            commands: commands(&["post-and-close", "save", "post", "print", "reread", "unpost"]),
            modified: false,
            tab: 0,
        }
    }

    /// A filled order.
    pub fn sample(id: i64, lines: i64) -> Self {
        let line = |at: i64| {
            let (quantity, price) =
                (Qty::from_minor((at % 9 + 1) * 1_000), Price::from_minor((at * 7_919 % 99_999) * 100));
            OrderLine {
                item: Ref::new(at % 6 + 1),
                quantity,
                price,
                amount: price.times(quantity),
                ..OrderLine::default()
            }
        };
        let mut order = Order {
            number: format!("КА00-{id:07}"),
            date: now(),
            customer: Ref::new(1),
            prepaid: Money::from_minor(1_234_567),
            goods: (0..lines).map(line).collect(),
            ..Order::default()
        };
        order.head.id = id;
        Self::new(order)
    }

    fn id(&self, name: &str) -> Id {
        Id::unique(("order", self.order.head.id, name))
    }

    fn fields(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let meta = Order::declared();
        let left = ["number", "customer", "source", "comment"];
        let right = ["date", "delivery", "pay_by", "prepaid", "urgent"];
        let ids: Vec<Id> = meta.fields.iter().map(|field| self.id(field.name)).collect();
        let Self { order, problems, modified, .. } = self;
        ctx.editing(|aid| {
            ui.columns(2, |columns| {
                for (ui, names) in columns.iter_mut().zip([&left[..], &right[..]]) {
                    let fields = || names.iter().filter_map(|name| meta.field(name)).map(|at| (at, &meta.fields[at]));
                    let layout = RowLayout::of(ui, fields().map(|(_, field)| field.title));
                    for (at, declared) in fields() {
                        let place = Place::Field(declared.name);
                        let wrong = problems.0.iter().find(|problem| problem.place == place).map(|p| p.text.show());
                        let field = Field {
                            owner: Some(meta),
                            place: &place,
                            required: declared.required,
                            problem: wrong.as_deref(),
                            ..Field::new(ids[at], declared.name, declared.title, declared.kind)
                        };
                        let mut value = order.get(at);
                        if form::row(ui, layout, &field, &mut value, aid).changed {
                            *modified |= order.set(at, value);
                        }
                    }
                }
            });
        });
    }

    fn goods(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let labels =
            [format!("Товары ({})", self.order.goods.len()), "Доставка".to_owned(), "Дополнительно".to_owned()];
        tabs(ui, &labels, &mut self.tab);
        let id = self.id("goods");
        let total: Money = self.order.goods.iter().map(|line| line.amount).sum();
        let Self { order, columns, grid: state, problems, modified, .. } = self;
        let room = ui.available_size() - vec2(0.0, 30.0);
        ui.allocate_ui(room, |ui| {
            ctx.editing(|aid| {
                let mut source = TableOf { object: order, table: 0, problems, follow: &mut follow };
                let grid = Grid {
                    empty: "Строк нет. Ins — добавить строку", ..Grid::new(id, "Товары", columns)
                };
                *modified |= !grid.show(ui, &mut source, state, aid).events.is_empty();
            });
        });
        ui.with_layout(Layout::right_to_left(egui::Align::Center), |ui| {
            let words = format!("Всего: {} ₽", total.grouped());
            let (rect, _) = ui.allocate_exact_size(vec2(360.0, 26.0), egui::Sense::hover());
            paint::text(ui.painter(), rect, &words, fonts::bold_of(15.0), theme::colors(ui).text, egui::Align::Max);
        });
    }

    fn check(&mut self) -> bool {
        self.problems = Problems::new();
        if self.order.customer.is_empty() {
            self.problems.field("customer", text!("value-not-ref", input = "Покупатель"));
        }
        for (row, line) in self.order.goods.iter().enumerate() {
            if line.quantity.is_zero() {
                self.problems.cell("goods", row, "quantity", text!("value-not-number", input = "0"));
            }
        }
        self.problems.is_empty()
    }
}

impl Page for OrderPage {
    fn key(&self) -> String {
        format!("order:{}", self.order.head.id)
    }
    fn title(&self) -> String {
        if self.order.number.is_empty() {
            "Заказ клиента (новый)".to_owned()
        } else {
            format!("Заказ {}", self.order.number)
        }
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::FileText)
    }
    fn modified(&self) -> bool {
        self.modified
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn facts(&self) -> Facts {
        Facts::DOCUMENT.and(Facts::EDITABLE).when(self.order.head.id > 0, Facts::SAVED)
    }
    fn hint(&self) -> String {
        "Ctrl+Enter — провести и закрыть, Ctrl+S — записать, Ins — добавить строку".to_owned()
    }
    fn link(&self) -> Option<String> {
        Some(format!("kontora:order/{}", self.order.head.id))
    }

    fn ui(&mut self, ui: &mut Ui, ctx: &mut PageContext<'_>) {
        let title = format!("Заказ клиента {} от {}", self.order.number, self.order.date.russian());
        form::page_title(ui, &title);
        let print =
            vec![MenuItem::new("print:invoice", "Счёт на оплату"), MenuItem::new("print:order", "Заказ клиента")];
        let based = vec![
            MenuItem::new("based:issue", "Расходная накладная"),
            MenuItem::new("based:payment", "Поступление на счёт"),
        ];
        let tools = [
            Tool::Main("post-and-close"),
            Tool::Button("save"),
            Tool::Button("post"),
            Tool::Divider,
            Tool::Menu("Создать на основании".into(), None, based),
            Tool::Menu("Печать".into(), Some(Icon::Printer), print),
        ];
        let bar = Toolbar {
            id: self.id("bar"),
            commands: &self.commands,
            facts: self.facts(),
            tools: &tools,
            more: &["reread", "unpost"],
            reserve: 0.0,
        };
        if let Some(code) = bar.show(ui) {
            ctx.run(code);
        }
        ui.add_space(4.0);
        if ctx.first {
            focus::set(ui.ctx(), self.id("customer"));
        }
        self.fields(ui, ctx);
        ui.add_space(2.0);
        self.goods(ui, ctx);
    }

    fn command(&mut self, code: &str, ctx: &mut PageContext<'_>) {
        let saves = ["save", "post", "post-and-close"].contains(&code);
        if saves {
            let fine = self.check();
            ctx.problems(&self.problems.clone(), Some(Order::declared()));
            if fine {
                self.modified = false;
                ctx.toast("Заказ записан", Role::Good);
                if code == "post-and-close" {
                    ctx.close();
                }
            }
        }
    }

    fn answer(&mut self, token: &str, answer: Answer, ctx: &mut PageContext<'_>) {
        match (token, answer) {
            ("close", Answer::Button(button)) if button == "yes" => self.command("post-and-close", ctx),
            ("close", Answer::Button(button)) if button == "no" => {
                self.modified = false;
                ctx.close();
            }
            (token, Answer::Chosen(reference)) => {
                let Some((None, name)) = place_of(token) else { return };
                self.modified |= self
                    .order
                    .boxed()
                    .meta()
                    .field(name)
                    .is_some_and(|at| self.order.set(at, kontora::kernel::value::Value::Ref(reference)));
            }
            _ => {}
        }
    }

    fn may_close(&mut self, ctx: &mut PageContext<'_>) -> bool {
        if self.modified {
            ctx.ask(Dialog::save(&self.title()), "close");
        }
        !self.modified
    }

    fn go_to(&mut self, message: &Message, ui: &Ui) {
        match &message.place {
            Place::Field(name) => focus::set(ui.ctx(), self.id(name)),
            Place::Cell { row, field, .. } => {
                self.grid.go_to(*row, field);
                focus::set(ui.ctx(), self.id("goods"));
            }
            Place::Whole => {}
        }
    }
}

//! A small program for the tests of the window: sections, a start page, what the window asks of it.

use crate::ui_kit::{Cpu, Names, Order, now, window};
use crate::ui_sample_pages::{ListPage, OrderPage};
use egui::{Theme, Ui, vec2};
use egui_kittest::Harness;
use kontora::kernel::moment::Moment;
use kontora::kernel::refs::AnyRef;
use kontora::ui::commands::Command;
use kontora::ui::editors::Suggest;
use kontora::ui::icons::Icon;
use kontora::ui::shell::Shell;
use kontora::ui::shell::host::{Found, Group, Hit, Host, Link, Section, Status};
use kontora::ui::shell::page::{Open, Page, PageContext, Request};
use kontora::ui::theme::Role;
use kontora::ui::widgets::form;
use std::collections::BTreeMap;

/// The first page.
struct StartPage;

impl Page for StartPage {
    fn key(&self) -> String {
        "start".to_owned()
    }
    fn title(&self) -> String {
        "Начальная страница".to_owned()
    }
    fn icon(&self) -> Option<Icon> {
        Some(Icon::House)
    }
    fn pinned(&self) -> bool {
        true
    }
    fn ui(&mut self, ui: &mut Ui, _ctx: &mut PageContext<'_>) {
        form::page_title(ui, "Начальная страница");
    }
}

/// The program.
pub struct Sample {
    names: Names,
    sections: Vec<Section>,
    commands: Vec<Command>,
    kept: BTreeMap<String, String>,
}

fn section(code: &str, title: &str, icon: Icon, links: &[(&str, &str)]) -> Section {
    let link = |(at, (code, title)): (usize, &(&str, &str))| Link {
        code: (*code).to_owned(),
        title: (*title).to_owned(),
        bold: at == 0,
    };
    let links: Vec<Link> = links.iter().enumerate().map(link).collect();
    let groups = links.chunks(3).enumerate().map(|(at, links)| Group {
        title: ["Документы", "Справочники", "Отчёты"][at % 3].to_owned(),
        links: links.to_vec(),
    });
    Section { code: code.to_owned(), title: title.to_owned(), icon, groups: groups.collect() }
}

impl Sample {
    /// The program with its sections.
    pub fn new() -> Self {
        let sections = vec![
            section("main", "Главное", Icon::House, &[("start", "Начальная страница")]),
            section(
                "sales",
                "Продажи",
                Icon::ShoppingCart,
                &[
                    ("orders", "Заказы клиентов"),
                    ("issues", "Расходные накладные"),
                    ("returns", "Возвраты от покупателей"),
                    ("customers", "Контрагенты"),
                    ("prices", "Цены номенклатуры"),
                    ("discounts", "Скидки"),
                    ("sales-report", "Продажи за период"),
                    ("funnel", "Воронка продаж"),
                ],
            ),
            section("purchases", "Закупки", Icon::Package, &[("receipts", "Приходные накладные")]),
            section("stock", "Склад", Icon::Warehouse, &[("transfers", "Перемещения")]),
            section("money", "Деньги", Icon::Money, &[("payments", "Платежи")]),
            section("crm", "CRM и маркетинг", Icon::Megaphone, &[("deals", "Сделки")]),
            section("reports", "Отчёты", Icon::ChartBar, &[("reports", "Все отчёты")]),
            section("settings", "Настройки", Icon::Gear, &[("settings", "Настройки программы")]),
        ];
        let commands = vec![Command::new("rebuild", "Пересчитать итоги").icon(Icon::Database)];
        Self { names: Names::default(), sections, commands, kept: BTreeMap::new() }
    }
}

impl Host for Sample {
    fn sections(&self) -> &[Section] {
        &self.sections
    }
    fn open(&mut self, what: &Open, requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        match what {
            Open::Code(code) if code == "start" => Some(Box::new(StartPage)),
            Open::Code(code) if code == "orders" => Some(Box::new(ListPage::orders())),
            Open::Code(code) if code == "customers" => Some(Box::new(ListPage::customers())),
            Open::Object(reference) if reference.tag() == 203 => Some(Box::new(OrderPage::sample(reference.id(), 40))),
            Open::New(..) => Some(Box::new(OrderPage::new(Order { date: now(), ..Order::default() }))),
            Open::Choose(..) => Some(Box::new(ListPage::customers())),
            Open::Link(link) => {
                let id = link.rsplit('/').next()?.parse().ok()?;
                Some(Box::new(OrderPage::sample(id, 3)))
            }
            other => {
                let toast = kontora::ui::shell::page::Toast {
                    text: format!("Ещё нет: {other:?}").into(),
                    role: Role::Warning,
                    opens: None,
                };
                requests.push(Request::Toast(toast));
                None
            }
        }
    }
    fn first_pages(&self) -> Vec<Open> {
        vec![Open::Code("start".into()), Open::Code("orders".into())]
    }
    fn commands(&self) -> &[Command] {
        &self.commands
    }
    fn command(&mut self, code: &str, requests: &mut Vec<Request>) {
        if code == "rebuild" {
            let progress = kontora::ui::widgets::progress::Progress::default();
            progress.report(37, 100);
            requests.push(Request::Work("Пересчёт итогов".into(), progress));
        }
    }
    fn suggest(&mut self) -> &mut dyn Suggest {
        &mut self.names
    }
    fn search(&mut self, query: &str) -> Found {
        let fits = |(_, (name, _)): &(usize, &(&str, &str))| kontora::kernel::text::normalize(name).contains(query);
        let found = crate::ui_kit::CUSTOMERS.iter().enumerate().filter(fits);
        let hit = |(at, (name, inn)): (usize, &(&str, &str))| Hit {
            title: (*name).to_owned(),
            detail: format!("Контрагент, {inn}"),
            open: Open::Object(AnyRef::new(203, i64::try_from(at + 1).unwrap())),
            icon: Some(Icon::Users),
        };
        Found::Ready(found.map(hit).collect())
    }
    fn status(&self) -> Vec<Status> {
        let part = |text: &str| Status { text: text.to_owned(), hint: String::new(), command: None };
        vec![part("Иванова М. П."), part("ООО «Контора»"), part("Основная база")]
    }
    fn now(&self) -> Moment {
        now()
    }
    fn keep(&mut self, key: &str, value: String) {
        self.kept.insert(key.to_owned(), value);
    }
    fn kept(&self, key: &str) -> Option<String> {
        self.kept.get(key).cloned()
    }
}

/// The window as eframe runs it.
pub struct App(pub Shell);

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
    }
}

/// The sample program in a window without a screen.
pub fn open(theme: Theme, scale: f32) -> (Harness<'static, App>, Cpu) {
    let (builder, cpu) = window(vec2(1_360.0, 800.0), theme);
    let shell = Shell::new(Box::new(Sample::new()));
    let builder = builder.with_pixels_per_point(scale);
    let mut harness = builder.build_eframe(|_| App(shell));
    harness.run_ok();
    (harness, cpu)
}

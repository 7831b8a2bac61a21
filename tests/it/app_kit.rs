//! A small base in a file with the program over it, in a window without a screen.

use crate::ui_kit::{Cpu, now, window};
use egui::accesskit::Role;
use egui::{Theme, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::kernel::clock::Clock;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::ops::seed;
use kontora::ui::app::base::{Base, Waker};
use kontora::ui::app::host::AppHost;
use kontora::ui::app::opened::Opened;
use kontora::ui::shell::Shell;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A small trading company: two suppliers, three customers, goods in a folder, orders in several states.
const WORLD: &str = r#"
{"type":"counterparty","code":"S1","name":"ООО «Техноснаб»"}
{"type":"counterparty","code":"S2","name":"АО «Свет и уют»"}
{"type":"counterparty","code":"C1","name":"ООО «Ромашка»","inn":"7707083893"}
{"type":"counterparty","code":"C2","name":"Ёлкина Анна Сергеевна","kind":"person"}
{"type":"counterparty","code":"C3","name":"ИП Иванов И. И."}
{"type":"contract","code":"D1","name":"Договор 15","counterparty":"C1","company":"main"}
{"type":"contract","code":"D2","name":"Договор 16","counterparty":"C2","company":"main"}
{"type":"item","code":"G1","name":"Кухня","folder":true}
{"type":"item","code":"T1","name":"Чайник «Буран»","article":"Ч-17","parent":"G1","supplier":"S1","barcodes":[{"barcode":"4006381333931"}]}
{"type":"item","code":"T2","name":"Утюг «Пар»","article":"У-2","parent":"G1","supplier":"S2"}
{"type":"item","code":"T3","name":"Лампа настольная","article":"Л-300","supplier":"S2"}
{"type":"employee","code":"E1","name":"Петрова А. С."}
{"type":"user","code":"admin","name":"Иванова М. П."}
{"type":"goods_receipt","key":"R-1","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":2,"price":"50"},{"item":"T3","qty":9,"price":"30"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-02","customer":"C1","post":true,"goods":[{"item":"T1","qty":5,"price":"100"},{"item":"T2","qty":1,"price":"200"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-03","customer":"C2","manager":"E1","post":true,"goods":[{"item":"T3","qty":4,"price":"30"}]}
{"type":"customer_order","key":"O-3","date":"2026-11-20","customer":"C1","comment":"не проведен","goods":[{"item":"T3","qty":1,"price":"30"}]}
"#;

/// A base in a folder of its own, which goes with it.
pub struct World {
    _folder: TempDir,
    path: PathBuf,
}

/// The clock of all tests of the window.
pub fn clock() -> Clock {
    Clock::fixed(now(), 7)
}

impl World {
    /// The small company.
    pub fn new() -> Self {
        Self::of(WORLD)
    }

    /// The small company and more lines.
    pub fn with(lines: &str) -> Self {
        Self::of(&format!("{WORLD}{lines}"))
    }

    fn of(lines: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("small.kontora");
        let session = seed::create(&path, clock()).unwrap_or_else(|error| panic!("{}", error.sentence()));
        if let Err(bad) = load(&session, lines, &mut |_| true) {
            panic!("{:?}", bad.iter().map(|line| (line.line, line.error.sentence())).collect::<Vec<_>>());
        }
        Self { _folder: folder, path }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The base behind its threads.
    pub fn base(&self) -> Base {
        Base::open(&self.path, &clock(), AnyRef::EMPTY, Waker::default()).unwrap()
    }

    /// A session, to look into the base beside the window.
    pub fn session(&self) -> Session {
        Session::open(&self.path, clock()).unwrap()
    }

    /// The object with a code, or a document by its key.
    pub fn find(&self, kind: &str, code: &str) -> AnyRef {
        let session = self.session();
        let known = session.store.known(&format!("load:{kind}"), code).unwrap();
        let meta = kontora::domain::registry::by_code(kind).unwrap().meta();
        known.map_or_else(|| session.store.with_code(meta, code).unwrap(), |known| known.object)
    }

    /// The program over it, in a window without a screen.
    pub fn window(&self, theme: Theme) -> (Harness<'static, App>, Cpu) {
        let opened = Opened::open(&self.path, &clock(), &Waker::default()).unwrap();
        let (builder, cpu) = window(vec2(1_360.0, 800.0), theme);
        let shell = Shell::new(Box::new(AppHost::over(opened)));
        let mut harness = builder.build_eframe(|_| App(shell));
        harness.run_ok();
        (harness, cpu)
    }
}

/// The window as eframe runs it.
pub struct App(pub Shell);

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
    }
}

/// Asks again and again until there is an answer: the threads need a moment.
pub fn wait<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Draws frames until something is true of the window: the threads need a moment.
pub fn until(harness: &mut Harness<'static, App>, what: &str, holds: impl Fn(&Harness<'static, App>) -> bool) {
    let begun = Instant::now();
    loop {
        harness.step();
        if holds(harness) {
            harness.run_ok();
            return;
        }
        if begun.elapsed() > Duration::from_secs(20) {
            let said = |node: egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
            let seen: Vec<String> = harness.query_all_by_role(Role::Row).map(said).collect();
            panic!("waited in vain for {what}; rows: {seen:#?}");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

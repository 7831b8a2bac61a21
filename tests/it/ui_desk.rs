//! A window over a real base for the tests of forms: a small trade, names answered at once.

use crate::ui_kit::{CTRL, Cpu, now, press, type_text, window};
use crate::ui_sample::App;
use egui::{Key, Modifiers, Theme, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use kontora::domain::registry;
use kontora::kernel::clock::Clock;
use kontora::kernel::meta::ObjectMeta;
use kontora::kernel::moment::Moment;
use kontora::kernel::object::Object;
use kontora::kernel::refs::AnyRef;
use kontora::ops::gate::Session;
use kontora::ops::load::load;
use kontora::ops::present::title;
use kontora::ops::seed;
use kontora::ui::app::base::Base;
use kontora::ui::app::form::FormPage;
use kontora::ui::editors::{Question, Suggest, Suggestion, Suggestions};
use kontora::ui::shell::Shell;
use kontora::ui::shell::host::{Host, Section};
use kontora::ui::shell::page::{Open, Page, Request};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Goods, customers, a supplier, something on stock, an order that lacks goods.
const TRADE: &str = r#"
{"type":"item","code":"I1","name":"Чайник электрический","article":"Ч-100","barcodes":[{"barcode":"4600000000015"}]}
{"type":"item","code":"I2","name":"Кружка фарфоровая","article":"К-200"}
{"type":"item","code":"I3","name":"Доставка","kind":"service"}
{"type":"counterparty","code":"S1","name":"ООО «Поставка»"}
{"type":"counterparty","code":"C1","name":"ООО «Ромашка»"}
{"type":"counterparty","code":"C2","name":"ИП Петров"}
{"type":"goods_receipt","key":"R-1","date":"2026-11-02","supplier":"S1","post":true,"goods":[{"item":"I1","qty":10,"price":"60.00"}]}
{"type":"customer_order","key":"O-1","date":"2026-11-20","customer":"C1","post":true,"goods":[{"item":"I1","qty":3,"price":"100.00"},{"item":"I2","qty":2,"price":"50.00"}]}
{"type":"customer_order","key":"O-2","date":"2026-11-21","customer":"C2","post":true,"goods":[{"item":"I1","qty":1,"price":"120.00"}]}
{"type":"invoice","key":"V-2","date":"2026-11-21","on":"customer_order:O-2","post":true}
{"type":"goods_issue","key":"G-2","date":"2026-11-22","on":"customer_order:O-2","post":true}
{"type":"tax_invoice_issued","key":"T-2","date":"2026-11-22","on":"goods_issue:G-2","post":true}
{"type":"cash_receipt","key":"P-2","date":"2026-11-22","on":"customer_order:O-2","post":true}
"#;

/// Names of a base, asked directly: tests have time.
struct Names(Session);

impl Suggest for Names {
    fn suggest(&mut self, question: &Question<'_>) -> Suggestions {
        self.0.store.refresh().unwrap();
        let kinds: Vec<&'static ObjectMeta> = match question.target {
            Some(target) => vec![target],
            None => {
                let tags = &question.choices.kinds;
                registry::KINDS.iter().map(|kind| kind.meta()).filter(|meta| tags.contains(&meta.tag)).collect()
            }
        };
        let mut found = Vec::new();
        for meta in kinds {
            let only = &question.choices.only;
            found.extend(self.0.store.find_words(meta, question.query, only, 10).unwrap());
        }
        let facts = self.0.facts();
        let one = |reference: AnyRef| Suggestion {
            reference,
            title: title(reference, &self.0.store, &facts).unwrap(),
            detail: String::new(),
            beside: Vec::new(),
        };
        Suggestions::Ready(found.into_iter().map(one).collect())
    }
    fn title(&mut self, reference: AnyRef) -> Option<String> {
        self.0.store.refresh().unwrap();
        Some(title(reference, &self.0.store, &self.0.facts()).unwrap())
    }
}

/// The program around the window.
struct Desk {
    base: Rc<Base>,
    names: Names,
}

impl Host for Desk {
    fn sections(&self) -> &[Section] {
        &[]
    }
    fn open(&mut self, what: &Open, _requests: &mut Vec<Request>) -> Option<Box<dyn Page>> {
        let form = match what {
            Open::Object(reference) => FormPage::open(&self.base, *reference),
            Open::New(meta, name) => FormPage::create(&self.base, meta, name),
            _ => None,
        };
        form.map(|form| Box::new(form) as Box<dyn Page>)
    }
    fn first_pages(&self) -> Vec<Open> {
        Vec::new()
    }
    fn suggest(&mut self) -> &mut dyn Suggest {
        &mut self.names
    }
    fn tick(&mut self, _ctx: &egui::Context, _requests: &mut Vec<Request>) -> Option<Vec<AnyRef>> {
        self.base.changes()
    }
    fn now(&self) -> Moment {
        now()
    }
}

/// A window without a screen over a base.
pub struct Window {
    /// The window.
    pub harness: Harness<'static, App>,
    /// Takes pictures.
    pub cpu: Cpu,
    path: PathBuf,
    _scratch: tempfile::TempDir,
}

impl Window {
    /// Over a base with a small trade.
    pub fn open(theme: Theme) -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("trade.kontora");
        let clock = Clock::fixed(now(), 1);
        let session = seed::create(&path, clock.clone()).unwrap_or_else(|e| panic!("{}", e.sentence()));
        if let Err(bad) = load(&session, TRADE, &mut |_| true) {
            panic!("{:?}", bad.iter().map(|b| (b.line, b.error.sentence())).collect::<Vec<_>>());
        }
        drop(session);
        let (builder, cpu) = window(vec2(1_360.0, 800.0), theme);
        let (file, own) = (path.clone(), clock);
        let mut harness = builder.build_eframe(move |cc| {
            let base =
                Base::open(&file, &own, AnyRef::EMPTY, &cc.egui_ctx).unwrap_or_else(|e| panic!("{}", e.sentence()));
            let names = Names(Session::read(&file, own).unwrap());
            App(Shell::new(Box::new(Desk { base: Rc::new(base), names })))
        });
        harness.run_ok();
        Self { harness, cpu, path, _scratch: scratch }
    }

    /// A look at the base beside the window.
    pub fn session(&self) -> Session {
        Session::read(&self.path, Clock::fixed(now(), 1)).unwrap()
    }

    /// Somebody else at work on the same base.
    pub fn other(&self) -> Session {
        Session::open(&self.path, Clock::fixed(now(), 2)).unwrap()
    }

    /// An object of a kind in the order of their making.
    pub fn reference(&self, code: &str, at: usize) -> AnyRef {
        let meta = registry::by_code(code).unwrap().meta();
        let ids = self.session().store.ids_after(meta, 0, 1_000).unwrap();
        AnyRef::new(meta.tag, ids[at])
    }

    /// How many objects of a kind there are.
    pub fn count(&self, code: &str) -> usize {
        let meta = registry::by_code(code).unwrap().meta();
        self.session().store.ids_after(meta, 0, 1_000).unwrap().len()
    }

    /// An object as it is in the base.
    pub fn object(&self, reference: AnyRef) -> Box<dyn Object> {
        self.session().store.load(reference).unwrap().unwrap()
    }

    /// Opens something and waits for it.
    pub fn show(&mut self, what: Open) {
        self.harness.state_mut().0.open(what);
        self.settle();
    }

    /// Draws until nothing is being read any more.
    pub fn settle(&mut self) {
        for _ in 0..3 {
            self.harness.run_ok();
        }
        self.until("everything is read", |window| !window.says("Загрузка") && !window.says("Loading"));
    }

    /// Draws until something is true.
    pub fn until(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        // So long as the threads may need on a busy machine, not so many frames: those are drawn faster than they work.
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            self.harness.run_ok();
            if holds(self) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        self.look("until-failed");
        panic!("never came: {what}");
    }

    /// Draws until a text can be read.
    pub fn until_said(&mut self, words: &str) {
        self.until(words, |window| window.says(words));
    }

    /// True when something on the screen says these words.
    pub fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    /// True when what is called so has the focus.
    pub fn focused(&self, label: &str) -> bool {
        self.harness.query_all_by_label(label).any(|node| node.is_focused())
    }

    /// Presses a key alone.
    pub fn key(&mut self, key: Key) {
        press(&mut self.harness, Modifiers::NONE, key);
    }

    /// Presses a key with Ctrl.
    pub fn ctrl(&mut self, key: Key) {
        press(&mut self.harness, CTRL, key);
    }

    /// Types and finishes the field or the cell.
    pub fn enter(&mut self, text: &str) {
        type_text(&mut self.harness, text);
        self.key(Key::Enter);
    }

    /// Takes a picture.
    pub fn look(&self, name: &str) {
        self.cpu.look(&self.harness, name);
    }
}

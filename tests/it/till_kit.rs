//! The cashier's screen in a window for tests: a shop with a till, keys and the scanner, the devices beside it.

use crate::app_devices::{launched, training};
use crate::app_kit::{App, World};
use crate::ui_kit::Cpu;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use kontora::devices::settings::KindName;
use kontora::kernel::object::Declared;
use kontora::kernel::refs::AnyRef;
use kontora::ops::check::check;
use kontora::ui::app::devices::Devices;
use kontora::ui::shell::page::Open;
use std::rc::Rc;
use tempfile::TempDir;

/// A shop with a till, goods in stock and prices.
pub const SHOP: &str = r#"
{"type":"cash_desk","code":"KD","name":"Касса зала","company":"main"}
{"type":"till","code":"K1","name":"Касса зала","company":"main","warehouse":"main","cash_desk":"KD","price_kind":"retail"}
{"type":"discount_card","code":"D1","name":"Карта","number":"2900000000018","owner":"C2","discount":"10"}
{"type":"goods_receipt","key":"R-9","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"T1","qty":90,"price":"50"},{"item":"T2","qty":90,"price":"50"},{"item":"T3","qty":90,"price":"30"}]}
{"type":"price_setting","key":"PS-9","date":"2026-11-01","post":true,"price_kind":"retail","prices":[{"item":"T1","price":"1990"},{"item":"T2","price":"2490"},{"item":"T3","price":"990"}]}
"#;

/// What a node says: a field by its label, a plain text by its value.
fn said_by(node: &egui_kittest::Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().or_else(|| node.value()).unwrap_or_default()
}

/// What stands beside the window while it is used.
pub struct Beside {
    pub devices: Rc<Devices>,
    _cpu: Cpu,
    _folder: TempDir,
}

/// The screen in a window, driven by keys.
pub struct Till {
    pub world: World,
    pub harness: Harness<'static, App>,
    /// Keys a cashier has pressed; what the scanner sends is not among them.
    pub keys: usize,
}

impl Till {
    pub fn new() -> Self {
        let world = World::with(SHOP);
        let (mut harness, _) = world.window(Theme::Light);
        let open = Open::Code("work:till".to_owned());
        harness.state_mut().0.open(open);
        Self::over(world, harness)
    }

    /// In a window of a workstation with devices, none of which is there yet.
    pub fn beside_devices(world: World) -> (Self, Beside) {
        let folder = tempfile::tempdir().unwrap();
        let (harness, cpu, devices) = launched(&world, folder.path(), "work:till");
        (Self::over(world, harness), Beside { devices, _cpu: cpu, _folder: folder })
    }

    /// With a training registrar, the shift open.
    pub fn with_registrar(world: World) -> (Self, Beside) {
        let (mut till, beside) = Self::beside_devices(world);
        beside.devices.put(training(KindName::Registrar));
        till.open_shift();
        (till, beside)
    }

    fn over(world: World, harness: Harness<'static, App>) -> Self {
        let mut till = Self { world, harness, keys: 0 };
        till.until("the till", |till| till.label("Смена закрыта"));
        till
    }

    fn event(&mut self, key: Key) {
        let modifiers = Modifiers::NONE;
        for pressed in [true, false] {
            let event = Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers };
            self.harness.input_mut().events.push(event);
        }
        self.harness.step();
    }

    pub fn key(&mut self, key: Key) {
        self.keys += 1;
        self.event(key);
    }

    pub fn typed(&mut self, text: &str) {
        for letter in text.chars() {
            self.keys += 1;
            self.harness.input_mut().events.push(Event::Text(letter.to_string()));
            self.harness.step();
        }
    }

    /// What is typed and taken by Enter.
    pub fn entered(&mut self, text: &str) {
        self.typed(text);
        self.key(Key::Enter);
    }

    /// What a scanner sends: the code and Enter, at once.
    pub fn scan(&mut self, code: &str) {
        self.harness.input_mut().events.push(Event::Text(code.to_owned()));
        self.harness.step();
        self.event(Key::Enter);
    }

    pub fn label(&self, words: &str) -> bool {
        let said = |node: egui_kittest::Node<'_>| said_by(&node);
        [Role::Label, Role::Row, Role::TextInput]
            .iter()
            .any(|role| self.harness.query_all_by_role(*role).any(|node| said(node).contains(words)))
    }

    /// Anything at all says this.
    pub fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    pub fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        self.within(5_000, what, holds);
    }

    /// For what a device is given time for.
    pub fn until_long(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        self.within(40_000, what, holds);
    }

    fn within(&mut self, looks: usize, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..looks {
            self.harness.step();
            if holds(self) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        let said = |node: egui_kittest::Node<'_>| said_by(&node);
        let seen: Vec<String> = [Role::Label, Role::Row, Role::TextInput]
            .iter()
            .flat_map(|role| self.harness.query_all_by_role(*role).map(said))
            .collect();
        panic!("waited in vain for {what}: {seen:#?}");
    }

    pub fn shows(&mut self, words: &str) {
        self.until(words, |till| till.label(words));
    }

    pub fn open_shift(&mut self) {
        self.key(Key::Enter);
        self.shows("Код, название");
    }

    /// Does what stands behind «Ещё» under a number.
    pub fn more(&mut self, number: &str) {
        self.key(Key::F10);
        self.entered(number);
    }

    /// The books are proved.
    pub fn proves(&self) {
        let report = check(&self.world.session(), &mut |_| true).unwrap();
        assert!(report.is_clean(), "{:?}", report.faults);
    }

    pub fn all<T: Declared>(&self) -> Vec<T> {
        let session = self.world.session();
        let ids = session.store.ids_after(T::META, 0, 1_000).unwrap();
        let load = |id: i64| session.store.load(AnyRef::new(T::TAG, id)).unwrap().unwrap();
        ids.into_iter().map(|id| load(id).downcast::<T>().unwrap().clone()).collect()
    }
}

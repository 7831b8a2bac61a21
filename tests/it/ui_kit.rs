//! What the tests of the window share: a window without a screen, its pictures, sample data.

use egui::{Theme, Vec2};
use egui_kittest::{Harness, HarnessBuilder, TestRenderer};
use kontora::kernel::moment::{Date, Moment};
use kontora::kernel::money::{Money, Price, Qty};
use kontora::kernel::refs::{AnyRef, Ref};
use kontora::kernel::text::normalize;
use kontora::ui::editors::{Question, Suggest, Suggestion, Suggestions};
use kontora::ui::raster::{Picture, Raster};
use kontora::ui::theme;
use kontora::{choice, object};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

choice! {
    /// How an order is delivered.
    Delivery = "test_delivery" {
        None = 0 "none" "Не указано",
        Pickup = 1 "pickup" "Самовывоз",
        Courier = 2 "courier" "Курьер",
        Post = 3 "post" "Почта России",
        Carrier = 4 "carrier" "Транспортная компания",
    }
}

object! {
    /// Who buys.
    catalog Customer = 201 "test_customer" "Контрагент" {}
}

object! {
    /// What is sold.
    catalog Goods = 202 "test_goods" "Номенклатура" {}
}

object! {
    /// A sample with a field of every kind.
    document Order = 203 "test_order" "Заказ клиента" {
        customer: Ref<Customer> = "Покупатель" [required],
        delivery: Delivery = "Доставка",
        pay_by: Date = "Оплатить до",
        urgent: bool = "Срочный",
        prepaid: Money = "Предоплата",
        places: i64 = "Мест",
        source: AnyRef = "Основание",
        note: String = "Примечание для склада",
    }
    table goods: OrderLine = "Товары" {
        item: Ref<Goods> = "Номенклатура" [required],
        quantity: Qty = "Количество" [required],
        price: Price = "Цена",
        amount: Money = "Сумма",
        comment: String = "Комментарий",
    }
}

/// Today in all tests of the window.
pub fn today() -> Date {
    Date::ymd(2026, 11, 23).unwrap()
}

/// Now in all tests of the window.
pub fn now() -> Moment {
    today().at(12, 30, 15)
}

/// Names of customers, then of goods: the id is the place in the list, from one.
pub const CUSTOMERS: [(&str, &str); 6] = [
    ("ООО «Ромашка»", "ИНН 7707083893"),
    ("ООО «Ёлка и К°»", "ИНН 5024002119"),
    ("ИП Иванов Иван Иванович", "ИНН 773370857141"),
    ("АО «ТехноСтрой-Инвест»", "ИНН 7704218694"),
    ("ООО «Северо-Западная торговая компания»", "ИНН 7830002293"),
    ("Розничный покупатель", ""),
];

/// Names of goods.
pub const GOODS: [(&str, &str); 6] = [
    ("Кабель ВВГнг(А)-LS 3×2,5 мм²", "К-0001"),
    ("Смартфон Ёлка X10 128 ГБ «чёрный»", "С-0040"),
    ("Бумага А4 «Снегурочка», 500 л.", "Б-0012"),
    ("Чайник электрический 1,7 л", "Ч-0003"),
    ("Кресло офисное CH-330", "К-0330"),
    ("Лампа светодиодная E27 10 Вт тёплый свет", "Л-0027"),
];

/// Suggestions from the lists above; can be told to be slow.
#[derive(Default)]
pub struct Names {
    /// Answers so many questions with «wait».
    pub slow: usize,
    /// Knows no titles yet.
    pub unknown: bool,
}

fn found(tag: u8, names: &[(&str, &str)], query: &str) -> Vec<Suggestion> {
    let wanted = normalize(query);
    let fits = |name: &(&str, &str)| normalize(name.0).contains(&wanted) || normalize(name.1).contains(&wanted);
    names
        .iter()
        .enumerate()
        .filter(|(_, name)| fits(name))
        .map(|(at, name)| Suggestion {
            reference: AnyRef::new(tag, i64::try_from(at + 1).unwrap()),
            title: name.0.to_owned(),
            detail: name.1.to_owned(),
            beside: Vec::new(),
        })
        .collect()
}

impl Suggest for Names {
    fn suggest(&mut self, question: &Question<'_>) -> Suggestions {
        if self.slow > 0 {
            self.slow -= 1;
            return Suggestions::Pending;
        }
        let tag = question.target.map(|meta| meta.tag);
        let mut all = Vec::new();
        for (kind, names) in [(201, &CUSTOMERS), (202, &GOODS)] {
            if tag.is_none_or(|tag| tag == kind) {
                all.extend(found(kind, names, question.query));
            }
        }
        Suggestions::Ready(all.into())
    }

    fn title(&mut self, reference: AnyRef) -> Option<String> {
        if self.unknown {
            return None;
        }
        let names = if reference.tag() == 201 { &CUSTOMERS } else { &GOODS };
        let at = usize::try_from(reference.id()).ok()?.checked_sub(1)?;
        names.get(at).map(|name| name.0.to_owned())
    }
}

/// The window's renderer in tests: keeps what is needed to take a picture at any time.
#[derive(Clone, Default)]
pub struct Cpu(Rc<RefCell<Raster>>);

impl TestRenderer for Cpu {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.0.borrow_mut().update(delta);
    }
}

impl Cpu {
    /// What the window shows now.
    pub fn picture<State>(&self, harness: &Harness<'_, State>) -> Picture {
        let output = harness.output();
        let scale = output.pixels_per_point;
        let size = harness.ctx.content_rect().size() * scale;
        let primitives = harness.ctx.tessellate(output.shapes.clone(), scale);
        let pixels = |length: f32| format!("{length:.0}").parse::<usize>().unwrap();
        let background = theme::palette(&harness.ctx).page;
        let mut picture = Picture::new(pixels(size.x), pixels(size.y), background);
        self.0.borrow().draw(&primitives, scale, &mut picture);
        picture
    }

    /// Writes a picture into the folder named by `KONTORA_PICTURES`, to be looked at.
    pub fn look<State>(&self, harness: &Harness<'_, State>, name: &str) {
        if let Some(folder) = pictures() {
            let picture = self.picture(harness);
            let mut file = format!("P6 {} {} 255\n", picture.width(), picture.height()).into_bytes();
            file.extend(picture.rgb());
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(format!("{name}.ppm")), file).unwrap();
        }
    }
}

/// Where pictures are wanted, if anywhere.
#[expect(clippy::disallowed_methods, reason = "pictures are taken when asked for from outside")]
pub fn pictures() -> Option<PathBuf> {
    std::env::var("KONTORA_PICTURES").ok().map(PathBuf::from)
}

/// A window of a size without a screen.
pub fn window<State>(size: Vec2, theme: Theme) -> (HarnessBuilder<State>, Cpu) {
    let cpu = Cpu::default();
    let builder = Harness::builder()
        .with_size(size)
        .with_theme(theme)
        .with_max_steps(12)
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(theme::install)
        .renderer(cpu.clone());
    (builder, cpu)
}

/// Ctrl as it comes from the keyboard.
pub const CTRL: egui::Modifiers = egui::Modifiers { ctrl: true, command: true, ..egui::Modifiers::NONE };

/// Types letters into what has the focus.
pub fn type_text<State>(harness: &mut Harness<'_, State>, text: &str) {
    for letter in text.chars() {
        harness.event(egui::Event::Text(letter.to_string()));
    }
    harness.run_ok();
}

/// Presses a key with modifiers.
pub fn press<State>(harness: &mut Harness<'_, State>, modifiers: egui::Modifiers, key: egui::Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_ok();
}

//! The cashier's screen in a window: a shift with sales, a return, mixed payment, receipts put aside, the count at the
//! end - by keys alone.

use crate::app_devices::training;
use crate::app_kit::{World, clock};
use crate::shared::switch;
use crate::till_kit::{SHOP, Till};
use crate::ui_kit::press;
use egui::{Key, Modifiers};
use kontora::devices::settings::{DeviceSettings, KindName};
use kontora::devices::training::Cable;
use kontora::devices::training::played::Played;
use kontora::domain::retail::receipt::TillReceipt;
use kontora::domain::retail::receipt_return::TillReturn;
use kontora::domain::retail::shift::TillShift;
use kontora::kernel::clock::steady_ms;
use kontora::kernel::money::Money;
use kontora::kernel::object::Referable as _;
use kontora::store::jobs::JobState;
use kontora::ui::app::base::Waker;
use kontora::ui::app::devices::Devices;
use kontora::ui::app::support::do_jobs;
use kontora::ui::shell::page::Open;
use std::io::Write as _;

#[test]
fn five_scans_and_cash_take_few_keys_and_no_mouse() {
    let mut till = Till::new();
    till.open_shift();
    till.keys = 0;
    for code in ["4006381333931", "У-2", "Л-300", "4006381333931", "Л-300"] {
        till.scan(code);
    }
    till.shows("Итого 8\u{a0}450,00");
    till.key(Key::F12);
    till.entered("9000");
    till.shows("Сдача 550,00");
    assert!(till.keys <= 9, "{} keys", till.keys);
    till.until("the sale", |till| till.all::<TillReceipt>().iter().any(|receipt| receipt.head.posted));
    let sold = &till.all::<TillReceipt>()[0];
    assert_eq!((sold.goods.len(), sold.paid_cash, sold.change), (3, Money::whole(8450), Money::whole(550)));
    // Exact money takes two keys.
    till.keys = 0;
    till.scan("Л-300");
    till.key(Key::F12);
    till.key(Key::Enter);
    assert_eq!(till.keys, 2);
    till.until("the second sale", |till| till.all::<TillReceipt>().len() == 2);
}

#[test]
fn a_shift_by_keys_alone_agrees_to_the_kopeck() {
    let mut till = Till::new();
    till.open_shift();
    // Quantity before the code, a card of the buyer, part by card and part in cash.
    till.typed("3*");
    till.scan("Л-300");
    till.scan("2900000000018");
    till.shows("скидка 10 %");
    till.shows("Итого 2\u{a0}673,00");
    till.typed("2000");
    till.key(Key::F11);
    till.shows("Внесено наличных");
    till.typed("1000");
    till.key(Key::F12);
    till.shows("Сдача 327,00");
    till.until("the sale", |till| till.all::<TillReceipt>().iter().any(|one| one.head.posted));
    // Put aside, another sold, taken up again.
    till.scan("4006381333931");
    till.key(Key::F7);
    till.shows("Отложено чеков: 1");
    till.scan("У-2");
    till.key(Key::F12);
    till.key(Key::F12);
    till.until("the second sale", |till| till.all::<TillReceipt>().iter().filter(|one| one.head.posted).count() == 2);
    till.key(Key::Insert);
    till.shows("Чек 1");
    till.key(Key::Enter);
    till.shows("Итого 1\u{a0}990,00");
    till.key(Key::F11);
    till.until("the held one", |till| till.all::<TillReceipt>().iter().filter(|one| one.head.posted).count() == 3);
    // One of three lamps comes back: by card and in cash as it was paid.
    let first = till.all::<TillReceipt>().into_iter().find(|one| one.goods[0].qty.minor() == 3_000).unwrap();
    till.key(Key::F9);
    till.entered(&first.number);
    till.shows("К возврату 2\u{a0}673,00");
    till.entered("1");
    till.shows("К возврату 891,00");
    till.key(Key::F12);
    till.until("the return", |till| !till.all::<TillReturn>().is_empty());
    let back = &till.all::<TillReturn>()[0];
    assert_eq!(back.paid_cash + back.paid_card, Money::whole(891));
    assert!(back.paid_card > back.paid_cash);
    // Bad input is told in a sentence and nothing is lost.
    till.scan("4000000000000");
    till.shows("не найдено");
    till.scan("Л-300");
    till.key(Key::F12);
    till.entered("5");
    till.shows("не хватает 985,00");
    till.key(Key::Escape);
    till.key(Key::Delete);
    // The end of the shift with the drawer counted.
    till.more("13");
    till.shows("Пересчитано наличных");
    let cash = 67_300 + 249_000 - back.paid_cash.minor();
    till.entered(&format!("{},{:02}", cash / 100, cash % 100));
    till.shows("Отчет закрытой смены");
    let shift = &till.all::<TillShift>()[0];
    assert_eq!((shift.receipts, shift.returns, shift.surplus()), (3, 1, Money::ZERO));
    assert_eq!(shift.sales_card, Money::whole(3990));
    till.proves();
}

#[test]
fn the_last_receipt_is_known_when_the_till_is_opened_again() {
    let (mut till, beside) = Till::with_registrar(World::with(SHOP));
    for _ in 0..2 {
        till.scan("Л-300");
        till.shows("Итого 990,00");
        till.key(Key::F11);
        till.shows("Чек на 990,00 пробит");
    }
    let printed = |till: &Till| till.all::<TillReceipt>().iter().filter(|one| one.fiscal_number > 0).count();
    till.until("both papers", |till| printed(till) == 2);
    press(&mut till.harness, Modifiers::CTRL, Key::F4);
    till.until("the page is closed", |till| !till.label("Код, название"));
    // By its link it is the same page, with the queue of this workstation.
    beside.devices.remove("t1");
    till.harness.state_mut().0.open(Open::Link("work:till".to_owned()));
    till.shows("Код, название");
    till.more("8");
    till.shows("Копия чека отправлена");
    till.shows("Регистратор не подключен");
    till.key(Key::F9);
    till.shows("Номер чека или ФД");
    till.key(Key::Enter);
    till.shows("К возврату 990,00");
    till.key(Key::F12);
    till.until("the return", |till| !till.all::<TillReturn>().is_empty());
    let sold = till.all::<TillReceipt>();
    let last = sold.iter().max_by_key(|one| one.head.id).unwrap();
    assert_eq!(till.all::<TillReturn>()[0].receipt, last.reference());
}

#[test]
fn the_paper_follows_the_sale_and_the_z_report_agrees() {
    let (mut till, beside) = Till::beside_devices(World::with(SHOP));
    let devices = &beside.devices;
    till.open_shift();
    till.shows("Регистратор не подключен");
    till.scan("Л-300");
    till.shows("Итого 990,00");
    till.key(Key::F12);
    till.key(Key::Enter);
    till.until("the sale", |till| till.all::<TillReceipt>().iter().any(|one| one.head.posted));
    // The registrar comes late: nothing is lost.
    devices.put(training(KindName::Registrar));
    let printed = |till: &Till| till.all::<TillReceipt>().iter().filter(|one| one.fiscal_number > 0).count();
    till.until("its paper", |till| printed(till) == 1);
    till.scan("4006381333931");
    till.key(Key::F11);
    till.until("the second paper", |till| printed(till) == 2);
    // The paper follows whatever page is in front.
    till.scan("Л-300");
    devices.remove("t1");
    till.until("no registrar", |_| devices.manager().view("t1").is_none());
    till.key(Key::F11);
    till.until("the third sale", |till| till.all::<TillReceipt>().iter().filter(|one| one.head.posted).count() == 3);
    till.harness.state_mut().0.open(Open::Code("list:item".to_owned()));
    till.harness.step();
    let (said, over) = do_jobs(till.world.path(), &till.world.session(), &Devices::alone(&clock(), &Waker::default()));
    assert!(!over && said.contains("осталось 1"), "{said}");
    till.harness.state_mut().0.open(Open::Code("work:jobs".to_owned()));
    till.until("the job that waits", |till| till.says("Ждет"));
    devices.put(training(KindName::Registrar));
    till.until("the third paper", |till| printed(till) == 3);
    till.until("nothing is left", |till| till.says("Все напечатано"));
    press(&mut till.harness, Modifiers::ALT, Key::A);
    till.until("what is done", |till| till.says("Сделано"));
    press(&mut till.harness, Modifiers::CTRL, Key::P);
    till.until("a copy is sent", |till| till.says("Копия чека отправлена"));
    let jobs_done = |till: &Till| do_jobs(till.world.path(), &till.world.session(), devices);
    till.until("the copy", |till| jobs_done(till).1);
    till.harness.state_mut().0.open(Open::Code("work:till".to_owned()));
    till.harness.step();
    // The scanner's own way into the page.
    let kind = KindName::Scanner;
    devices.put(DeviceSettings { id: "t2".to_owned(), ..training(kind) });
    till.until("the scanner", |_| devices.manager().training("t2").is_some());
    devices.manager().training("t2").unwrap().change(|played| {
        if let Played::Scanner(scanner) = played {
            scanner.scan(b"4006381333931");
        }
    });
    till.shows("Итого 1\u{a0}990,00");
    till.key(Key::Delete);
    till.more("13");
    till.shows("Пересчитано наличных");
    till.entered("990");
    till.shows("Отчет закрытой смены");
    let closed = |till: &Till| till.all::<TillShift>()[0].registrar_shift != 0;
    till.until("the Z report", closed);
    assert_eq!(till.all::<TillShift>()[0].registrar_differs(), [Money::ZERO; 3]);
}

/// A registrar that takes and says nothing stops nobody: sales go on, their paper comes when it speaks again.
/// `KONTORA_TILL_HANG=60` lets it hang for so many seconds and tells how long frames took meanwhile.
#[test]
fn a_registrar_that_hangs_stops_no_sale() {
    let seconds = switch("KONTORA_TILL_HANG").and_then(|seconds| seconds.parse().ok()).unwrap_or(1_u64);
    let (mut till, beside) = Till::beside_devices(World::with(SHOP));
    let devices = &beside.devices;
    devices.put(training(KindName::Registrar));
    till.open_shift();
    let opened = |till: &Till| till.world.session().store.newest_jobs(1).unwrap()[0].state == JobState::Done;
    till.until("the shift of the registrar", opened);
    let device = devices.manager().training("t1").unwrap();
    device.set_cable(Cable::Hung);
    for sold in 1..=3 {
        till.scan("Л-300");
        till.key(Key::F11);
        let made = |till: &Till| till.all::<TillReceipt>().iter().filter(|one| one.head.posted).count();
        till.until("a sale without its paper", |till| made(till) == sold);
    }
    let (until_ms, mut frames) = (steady_ms() + seconds * 1_000, Vec::new());
    while steady_ms() < until_ms {
        let begun = steady_ms();
        till.harness.step();
        frames.push(steady_ms() - begun);
        std::thread::sleep(std::time::Duration::from_millis(8));
    }
    if seconds > 1 {
        frames.sort_unstable();
        let at = |share: usize| frames[(frames.len() * share / 1_000).min(frames.len() - 1)];
        let figures = format!("median {}, 99.9 % {}, most {}", at(500), at(999), at(1_000));
        let _ = writeln!(std::io::stderr(), "{} frames of a hung device, milliseconds: {figures}", frames.len());
    }
    assert!(till.all::<TillReceipt>().iter().all(|one| one.fiscal_number == 0), "nothing came out of it");
    device.set_cable(Cable::In);
    till.until_long("the papers", |till| till.all::<TillReceipt>().iter().all(|one| one.fiscal_number > 0));
    let mut numbers: Vec<i64> = till.all::<TillReceipt>().iter().map(|one| one.fiscal_number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [2, 3, 4], "one paper each");
}

/// Cheese by weight, a till with a printer, its own labels of scales.
const BESIDE: &str = r#"
{"type":"settings","code":"main","weight_labels":"28IIIIIWWWWWC"}
{"type":"item","code":"77","name":"Сыр","unit":"166"}
{"type":"goods_receipt","key":"R-10","date":"2026-11-01","supplier":"S1","post":true,"goods":[{"item":"77","qty":50,"price":"300"}]}
{"type":"price_setting","key":"PS-10","date":"2026-11-01","post":true,"price_kind":"retail","prices":[{"item":"77","price":"700"}]}
{"type":"till","code":"K1","paperless":true,"printed":true}
"#;

#[test]
fn drawer_display_and_scales_stand_beside_the_till() {
    let (mut till, beside) = Till::beside_devices(World::with(&format!("{SHOP}{BESIDE}")));
    let devices = &beside.devices;
    for (id, kind) in [("t1", KindName::Printer), ("t2", KindName::Display), ("t3", KindName::Scale)] {
        devices.put(DeviceSettings { id: id.to_owned(), ..training(kind) });
    }
    let played = |id: &str| devices.manager().training(id);
    till.until("the devices", |_| ["t1", "t2", "t3"].iter().all(|id| played(id).is_some()));
    let drawer = || {
        let look = |training: std::sync::Arc<kontora::devices::training::Training>| {
            training.look(|played| if let Played::Printer(printer) = played { printer.drawer } else { 0 })
        };
        played("t1").map_or(0, look)
    };
    let customer = |words: &'static str| {
        let look = |training: std::sync::Arc<kontora::devices::training::Training>| {
            training.look(|played| {
                matches!(played, Played::Display(screen) if screen.lines().iter().any(|line| line.contains(words)))
            })
        };
        played("t2").is_some_and(look)
    };
    till.open_shift();
    till.until("a welcome", |_| customer("ДОБРО ПОЖАЛОВАТЬ"));
    // A label of the shop's own scales: prefix, code, grams, check digit.
    let digits = "280007701234";
    let check = kontora::kernel::check_digits::gs1_digit(
        &digits.chars().filter_map(|one| one.to_digit(10)).collect::<Vec<_>>(),
    );
    till.scan(&format!("{digits}{check}"));
    till.shows("Итого 863,80");
    till.until("what it is", |_| customer("Сыр") && customer("863,80"));
    // The weight on the scales takes the place of what the label said; a payment waits for it.
    let put = |weight: i64, stable: bool| {
        played("t3").unwrap().change(|played| {
            if let Played::Scale(scale) = played {
                scale.reading = kontora::devices::proto::scales::Reading { weight, stable, ..scale.reading };
            }
        });
    };
    put(5_000, false);
    till.key(Key::Home);
    till.until("no weight", |till| till.label("не стабил") || till.label("успоко"));
    till.shows("Итого 863,80");
    put(5_000, true);
    till.key(Key::Home);
    till.key(Key::F12);
    till.key(Key::F12);
    till.until("the sale", |till| till.all::<TillReceipt>().iter().any(|one| one.head.posted));
    let sold = &till.all::<TillReceipt>()[0];
    assert_eq!((sold.goods[0].qty.minor(), sold.paid_cash), (500, Money::whole(350)));
    till.until("the drawer", |_| drawer() == 1);
    till.until("what was paid", |_| customer("ОПЛАЧЕНО") && customer("350,00"));
    // What is not sold by weight is not weighed; the drawer opens by its own key.
    till.scan("Л-300");
    till.key(Key::Home);
    till.shows("не на вес");
    till.key(Key::PageDown);
    till.until("the drawer again", |_| drawer() == 2);
    till.key(Key::F11);
    till.until("the second sale", |till| till.all::<TillReceipt>().iter().filter(|one| one.head.posted).count() == 2);
    let printed = |till: &Till| till.all::<TillReceipt>().iter().filter(|one| !one.fiscal_at.is_empty()).count();
    till.until("the papers", |till| printed(till) == 2);
    assert_eq!(drawer(), 2, "a card needs no drawer");
}

//! At the cashier's screen by keys alone: an advance for an order and its set-off, corrections of a receipt, what was
//! asked for in vain.

use crate::app_devices::{launched, training};
use crate::app_kit::World;
use crate::app_till::{SHOP, Till};
use egui::Key;
use kontora::devices::settings::KindName;
use kontora::domain::retail::receipt::TillReceipt;
use kontora::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use kontora::domain::retail::till_correction::{CorrectedKind, CorrectionGround, TillCorrection};
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::demand_note::DemandNote;
use kontora::kernel::money::Money;
use kontora::kernel::object::Referable as _;
use kontora::kernel::refs::Ref;
use kontora::ops::check::check;

/// The numbers of actions behind «Ещё».
const MORE: [(&str, &str); 4] = [("order", "1"), ("advance", "4"), ("give back", "6"), ("correct", "7")];

const ORDER: &str = r#"
{"type":"customer_order","key":"O-9","date":"2026-11-20","customer":"C2","warehouse":"main","price_kind":"retail","post":true,"goods":[{"item":"T3","qty":2,"price":"990"}]}
"#;

fn act(till: &mut Till, what: &str) {
    let number = MORE.iter().find(|(name, _)| *name == what).unwrap().1;
    till.key(Key::F10);
    till.typed(number);
    till.key(Key::Enter);
}

/// The till with a registrar, its shift open.
fn with_registrar(world: World, folder: &std::path::Path) -> (Till, impl Sized) {
    let (harness, cpu, devices) = launched(&world, folder, "work:till");
    devices.put(training(KindName::Registrar));
    let mut till = Till::over(world, harness);
    till.open_shift();
    (till, (cpu, devices))
}

fn number_of(till: &Till) -> (Ref<CustomerOrder>, String) {
    let order = till.all::<CustomerOrder>().into_iter().find(|order| order.amount == Money::whole(1_980)).unwrap();
    (order.reference(), order.number)
}

#[test]
fn an_advance_for_an_order_is_taken_at_the_till_and_set_off_at_the_hand_over() {
    let folder = tempfile::tempdir().unwrap();
    let (mut till, _kept) = with_registrar(World::with(&format!("{SHOP}{ORDER}")), folder.path());
    let (order, number) = number_of(&till);
    // Whose is it? Nobody is in hand.
    act(&mut till, "advance");
    till.shows("Номер заказа");
    till.key(Key::Enter);
    till.shows("чей это аванс");
    act(&mut till, "advance");
    till.typed(&number);
    till.key(Key::Enter);
    till.shows("Не оплачено по заказу 1\u{a0}980,00");
    till.typed("много");
    till.key(Key::F12);
    till.shows("это не число");
    till.typed("500");
    till.key(Key::F12);
    till.shows("Аванс 500,00 принят");
    till.until("its paper", |till| till.all::<TillAdvance>().iter().any(|one| one.fiscal_number > 0));
    let made = till.all::<TillAdvance>().remove(0);
    assert_eq!((made.order, made.paid_cash, made.paid_card), (order, Money::whole(500), Money::ZERO));
    // What is still unpaid, by card and with one key.
    act(&mut till, "advance");
    till.typed(&number);
    till.key(Key::Enter);
    till.shows("Не оплачено по заказу 1\u{a0}480,00");
    till.typed("480");
    till.key(Key::Enter);
    till.shows("Итого 480,00");
    till.key(Key::F11);
    till.shows("Аванс 480,00 принят");
    // It is handed over: the advance is set off, the rest is paid.
    act(&mut till, "order");
    till.typed(&number);
    till.key(Key::Enter);
    till.shows("Итого 1\u{a0}980,00");
    till.key(Key::F12);
    till.key(Key::F12);
    till.until("the hand-over", |till| till.all::<TillReceipt>().iter().any(|one| one.fiscal_number > 0));
    let sold = till.all::<TillReceipt>().remove(0);
    assert_eq!((sold.paid_advance, sold.paid_cash), (Money::whole(980), Money::whole(1_000)));
    // Nothing is left to be given back.
    act(&mut till, "give back");
    till.typed(&number);
    till.key(Key::Enter);
    till.shows("аванса у этого покупателя нет");
    let report = check(&till.world.session(), &mut |_| true).unwrap();
    assert!(report.is_clean(), "{:?}", report.faults);
}

#[test]
fn an_advance_comes_back_in_cash() {
    let folder = tempfile::tempdir().unwrap();
    let (mut till, _kept) = with_registrar(World::with(&format!("{SHOP}{ORDER}")), folder.path());
    let (_, number) = number_of(&till);
    act(&mut till, "advance");
    till.typed(&number);
    till.key(Key::Enter);
    till.shows("Не оплачено по заказу");
    till.key(Key::F12);
    till.shows("Аванс 1\u{a0}980,00 принят");
    act(&mut till, "give back");
    till.typed(&number);
    till.key(Key::Enter);
    till.shows("Его аванс 1\u{a0}980,00");
    till.typed("80");
    till.key(Key::F12);
    till.shows("Вернуть: наличными 80,00");
    let back = |till: &Till| {
        let all = till.all::<TillAdvance>();
        all.into_iter().find(|one| one.operation == TillAdvanceOperation::Returned && one.fiscal_number > 0)
    };
    till.until("its paper", |till| back(till).is_some());
    assert_eq!(back(&till).unwrap().paid_cash, Money::whole(80));
}

#[test]
fn a_receipt_is_corrected_by_keys() {
    let folder = tempfile::tempdir().unwrap();
    let (mut till, _kept) = with_registrar(World::with(SHOP), folder.path());
    till.scan("Л-300");
    till.key(Key::F11);
    till.until("the sale", |till| till.all::<TillReceipt>().iter().any(|one| one.fiscal_number > 0));
    let sold = till.all::<TillReceipt>().remove(0);
    act(&mut till, "correct");
    till.shows("Номер чека или ФД");
    till.key(Key::Enter);
    till.shows("Возврат без чека, сами");
    till.typed("2");
    till.key(Key::Enter);
    till.shows("Лампа настольная");
    till.key(Key::Enter);
    till.shows("Чек коррекции на 990,00 отправлен");
    // By an order of the tax office: its number is asked for.
    act(&mut till, "correct");
    till.shows("Номер чека или ФД");
    till.typed(&sold.fiscal_number.to_string());
    till.key(Key::Enter);
    till.shows("Продажа без чека, по предписанию");
    till.typed("3");
    till.key(Key::Enter);
    till.shows("Номер предписания");
    till.typed("77-Т");
    till.key(Key::Enter);
    let printed = |till: &Till| till.all::<TillCorrection>().iter().filter(|one| one.fiscal_number > 0).count();
    till.until("both papers", |till| printed(till) == 2);
    let all = till.all::<TillCorrection>();
    let told = |at: usize| (all[at].kind, all[at].ground, all[at].order_number.as_str(), all[at].paid_card);
    assert_eq!(told(0), (CorrectedKind::Return, CorrectionGround::Own, "", Money::whole(990)));
    assert_eq!(told(1), (CorrectedKind::Sale, CorrectionGround::Order, "77-Т", Money::whole(990)));
    assert_eq!((all[0].receipt, all[0].corrected_on), (sold.reference(), sold.date.date()));
}

#[test]
fn what_was_asked_for_in_vain_is_noted_by_one_key() {
    let mut till = Till::new();
    till.open_shift();
    till.key(Key::End);
    till.shows("Встаньте на товар");
    till.scan("4006381333931");
    till.typed("3*");
    till.scan("Л-300");
    till.shows("Итого 4\u{a0}960,00");
    till.key(Key::End);
    till.shows("Записано, что спросили: Лампа настольная");
    till.shows("Итого 1\u{a0}990,00");
    till.until("the note", |till| !till.all::<DemandNote>().is_empty());
    // Out of several that were found, without coming into the receipt.
    till.scan("а");
    till.shows("Что это?");
    till.key(Key::ArrowDown);
    till.key(Key::End);
    till.until("the second note", |till| till.all::<DemandNote>().len() == 2);
    till.shows("Итого 1\u{a0}990,00");
    let notes = till.all::<DemandNote>();
    let lamp =
        till.all::<kontora::domain::stock::item::Item>().into_iter().find(|item| item.article == "Л-300").unwrap();
    assert_eq!((notes[0].goods[0].item, notes[0].goods[0].qty.minor()), (lamp.reference(), 3_000));
    assert_eq!(notes[1].goods[0].qty.minor(), 1_000);
    assert!(notes.iter().all(|note| note.head.posted && !note.warehouse.is_empty()));
}

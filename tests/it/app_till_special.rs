//! At the cashier's screen by keys alone: an advance for an order and its set-off, corrections of a receipt, what was
//! asked for in vain.

use crate::app_kit::World;
use crate::till_kit::{SHOP, Till};
use egui::Key;
use kontora::domain::retail::receipt::TillReceipt;
use kontora::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use kontora::domain::retail::till_correction::{CorrectedKind, CorrectionGround, TillCorrection};
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::demand_note::DemandNote;
use kontora::kernel::money::Money;
use kontora::kernel::object::Referable as _;
use kontora::kernel::refs::Ref;

/// The numbers of actions behind «Ещё».
const HAND_OVER: &str = "1";
const ADVANCE: &str = "4";
const GIVE_BACK: &str = "6";
const CORRECT: &str = "7";

const ORDER: &str = r#"
{"type":"customer_order","key":"O-9","date":"2026-11-20","customer":"C2","warehouse":"main","price_kind":"retail","post":true,"goods":[{"item":"T3","qty":2,"price":"990"}]}
"#;

fn number_of(till: &Till) -> (Ref<CustomerOrder>, String) {
    let order = till.all::<CustomerOrder>().into_iter().find(|order| order.amount == Money::whole(1_980)).unwrap();
    (order.reference(), order.number)
}

#[test]
fn an_advance_for_an_order_is_taken_at_the_till_and_set_off_at_the_hand_over() {
    let (mut till, _beside) = Till::with_registrar(World::with(&format!("{SHOP}{ORDER}")));
    let (order, number) = number_of(&till);
    // Whose is it? Nobody is in hand.
    till.more(ADVANCE);
    till.shows("Номер заказа");
    till.key(Key::Enter);
    till.shows("чей это аванс");
    till.more(ADVANCE);
    till.entered(&number);
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
    till.more(ADVANCE);
    till.entered(&number);
    till.shows("Не оплачено по заказу 1\u{a0}480,00");
    till.entered("480");
    till.shows("Итого 480,00");
    till.key(Key::F11);
    till.shows("Аванс 480,00 принят");
    // It is handed over: the advance is set off, the rest is paid.
    till.more(HAND_OVER);
    till.entered(&number);
    till.shows("Итого 1\u{a0}980,00");
    till.key(Key::F12);
    till.key(Key::F12);
    till.until("the hand-over", |till| till.all::<TillReceipt>().iter().any(|one| one.fiscal_number > 0));
    let sold = till.all::<TillReceipt>().remove(0);
    assert_eq!((sold.paid_advance, sold.paid_cash), (Money::whole(980), Money::whole(1_000)));
    // Nothing is left to be given back.
    till.more(GIVE_BACK);
    till.entered(&number);
    till.shows("аванса у этого покупателя нет");
    till.proves();
}

#[test]
fn an_advance_comes_back_in_cash() {
    let (mut till, _beside) = Till::with_registrar(World::with(&format!("{SHOP}{ORDER}")));
    let (_, number) = number_of(&till);
    till.more(ADVANCE);
    till.entered(&number);
    till.shows("Не оплачено по заказу");
    till.key(Key::F12);
    till.shows("Аванс 1\u{a0}980,00 принят");
    till.more(GIVE_BACK);
    till.entered(&number);
    till.shows("Его аванс 1\u{a0}980,00");
    till.typed("80");
    till.key(Key::F12);
    till.shows("Вернуть: Наличными 80,00");
    let back = |till: &Till| {
        let all = till.all::<TillAdvance>();
        all.into_iter().find(|one| one.operation == TillAdvanceOperation::Returned && one.fiscal_number > 0)
    };
    till.until("its paper", |till| back(till).is_some());
    assert_eq!(back(&till).unwrap().paid_cash, Money::whole(80));
}

#[test]
fn an_advance_is_paid_partly_by_card_and_partly_in_cash() {
    let (mut till, _beside) = Till::with_registrar(World::with(&format!("{SHOP}{ORDER}")));
    let (_, number) = number_of(&till);
    till.more(ADVANCE);
    till.entered(&number);
    till.shows("Не оплачено по заказу");
    till.entered("1500");
    till.shows("часть картой");
    till.typed("2000");
    till.key(Key::F11);
    till.shows("картой можно оплатить не больше 1\u{a0}500,00");
    till.typed("400");
    till.key(Key::F11);
    till.typed("1000");
    till.key(Key::F12);
    till.shows("не хватает 100,00");
    till.typed("5000");
    till.key(Key::F12);
    till.shows("Аванс 1\u{a0}500,00 принят Сдача 3\u{a0}900,00");
    let made =
        |till: &Till, at: usize| till.all::<TillAdvance>().into_iter().nth(at).filter(|one| one.fiscal_number > 0);
    till.until("its paper", |till| made(till, 0).is_some());
    let first = made(&till, 0).unwrap();
    assert_eq!((first.paid_cash, first.paid_card), (Money::whole(1_100), Money::whole(400)));
    // It comes back the same two ways; the last part by card needs no other key.
    till.more(GIVE_BACK);
    till.entered(&number);
    till.shows("Его аванс 1\u{a0}500,00");
    till.entered("500");
    till.typed("100");
    till.key(Key::F11);
    till.key(Key::Enter);
    till.shows("Вернуть: Наличными 400,00, Картой 100,00");
    till.until("the second paper", |till| made(till, 1).is_some());
    till.proves();
}

#[test]
fn goods_that_went_past_the_registrar_are_corrected_without_a_receipt() {
    let (mut till, _beside) = Till::with_registrar(World::with(SHOP));
    till.typed("2*");
    till.scan("Л-300");
    till.scan("4006381333931");
    till.shows("Итого 3\u{a0}970,00");
    till.more(CORRECT);
    till.shows("Продажа без чека, по предписанию");
    till.entered("3");
    till.shows("За какой день");
    till.entered("завтра");
    till.shows("это не дата");
    till.entered("31.12.2026");
    till.shows("исправляют расчет, который уже был");
    till.entered("20.11.2026");
    till.shows("Номер предписания");
    till.key(Key::Enter);
    till.shows("укажите номер предписания");
    till.entered("77-Т");
    till.shows("часть картой");
    till.typed("1000");
    till.key(Key::F11);
    till.key(Key::F12);
    till.shows("Чек коррекции на 3\u{a0}970,00 отправлен");
    // The goods have left the hand, the books stand as they stood.
    till.shows("Итого 0,00");
    let made =
        |till: &Till, at: usize| till.all::<TillCorrection>().into_iter().nth(at).filter(|one| one.fiscal_number > 0);
    till.until("its paper", |till| made(till, 0).is_some());
    let first = made(&till, 0).unwrap();
    assert_eq!((first.paid_cash, first.paid_card), (Money::whole(2_970), Money::whole(1_000)));
    assert_eq!((first.corrected_on.russian(), first.order_number.as_str()), ("20.11.2026".to_owned(), "77-Т"));
    assert!(first.receipt.is_empty() && first.goods.len() == 2 && first.goods[0].qty.minor() == 2_000);
    // Of one's own will and today: way, day and payment are three keys.
    till.scan("Л-300");
    till.shows("Итого 990,00");
    till.more(CORRECT);
    till.shows("Что исправить?");
    till.key(Key::Enter);
    till.shows("За какой день");
    till.key(Key::Enter);
    till.shows("часть картой");
    till.key(Key::F11);
    till.until("the second paper", |till| made(till, 1).is_some());
    let second = made(&till, 1).unwrap();
    assert_eq!((second.paid_card, second.corrected_on), (Money::whole(990), second.date.date()));
    assert!(till.all::<TillReceipt>().is_empty());
    till.proves();
}

#[test]
fn a_receipt_is_corrected_by_keys() {
    let (mut till, _beside) = Till::with_registrar(World::with(SHOP));
    till.scan("Л-300");
    till.key(Key::F11);
    till.until("the sale", |till| till.all::<TillReceipt>().iter().any(|one| one.fiscal_number > 0));
    let sold = till.all::<TillReceipt>().remove(0);
    till.more(CORRECT);
    till.shows("Номер чека или ФД");
    till.key(Key::Enter);
    till.shows("Возврат без чека, самостоятельно");
    till.entered("2");
    till.shows("Лампа настольная");
    till.key(Key::Enter);
    till.shows("Чек коррекции на 990,00 отправлен");
    // By an order of the tax office: its number is asked for.
    till.more(CORRECT);
    till.shows("Номер чека или ФД");
    till.entered(&sold.fiscal_number.to_string());
    till.shows("Продажа без чека, по предписанию");
    till.entered("3");
    till.shows("Номер предписания");
    till.entered("77-Т");
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

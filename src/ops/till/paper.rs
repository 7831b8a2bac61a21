//! What a registrar is sent for a document: items with prices after the discount that come to the line's amount to
//! the kopeck, codes of tax rates, payments, the job's own mark.

use super::JobKind;
use super::registrar::Plain;
use super::slip::{Mark, slip};
use crate::devices::proto::escpos::document::Document;
use crate::devices::proto::fiscal::{Correction, FiscalItem, FiscalReceipt, Payments, Person, ReceiptKind, TaxSystem};
use crate::domain::company::employee::Employee;
use crate::domain::lines::{Terms, TradeLine as _};
use crate::domain::money::vat::VatRate;
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till::{Till, TillPaper, TillTaxSystem};
use crate::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use crate::domain::retail::till_cash::{TillCash, TillCashOperation};
use crate::domain::retail::till_correction::{CorrectedKind, CorrectionGround, TillCorrection};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Percent};
use crate::kernel::object::Object;
use crate::kernel::refs::Ref;
use crate::store::jobs::{Job, JobState};

/// Letters of the mark by which a registrar finds a job's document again (tag 1192).
const MARK_LETTERS: usize = 16;

/// A thousandth in millionths.
const MILLIONTHS: u64 = 1_000;

/// What is sent for a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// A receipt.
    Receipt(Box<FiscalReceipt>),
    /// A paper that is no fiscal document.
    Slip(Box<Document>),
    /// Something else.
    Plain(Plain),
}

fn kopecks(amount: Money) -> u64 {
    u64::try_from(amount.minor()).unwrap_or(0)
}

/// The code of a rate in a receipt (tag 1199). A rate without VAT is not the same as zero percent.
pub fn tax_code(rate: Option<&VatRate>) -> u8 {
    const BY_PERCENT: [(i32, u8); 6] = [(22, 11), (20, 1), (10, 2), (0, 5), (5, 7), (7, 8)];
    let Some(rate) = rate.filter(|rate| !rate.is_free()) else { return 6 };
    let known = BY_PERCENT.iter().find(|(percent, _)| Percent::whole(*percent) == rate.percent);
    known.map_or(6, |(_, code)| *code)
}

fn tax_system(till: &Till) -> TaxSystem {
    match till.tax_system {
        TillTaxSystem::General => TaxSystem::General,
        TillTaxSystem::SimplifiedIncome => TaxSystem::SimplifiedIncome,
        TillTaxSystem::SimplifiedProfit => TaxSystem::SimplifiedProfit,
        TillTaxSystem::Agricultural => TaxSystem::Agricultural,
        TillTaxSystem::Patent => TaxSystem::Patent,
    }
}

fn person(facts: &dyn Facts, cashier: Ref<Employee>) -> Person {
    let name = facts.get(cashier).map(|employee| employee.name.clone()).unwrap_or_default();
    let name = if name.trim().is_empty() { crate::text!("till-cashier").show() } else { name };
    Person { name, tax_number: None }
}

/// Items of one line. A line whose price is not exact becomes two: so many pieces at one price, the rest a kopeck
/// dearer; of a weighed line the part below one stands alone.
fn items(terms: &Terms, marking: &str, facts: &dyn Facts, into: &mut Vec<FiscalItem>) {
    let Some(item) = facts.get(terms.item) else { return };
    let rate = facts.get(terms.vat);
    let measure = match facts.get(item.unit).map(|unit| unit.code.clone()).as_deref() {
        Some("166") => 11,
        Some("163") => 10,
        Some("112") => 41,
        None | Some("796" | "") => 0,
        Some(_) => 255,
    };
    let marked = !marking.is_empty();
    let subject = match (item.is_goods(), marked) {
        (false, _) => 4,
        (true, true) => 33,
        (true, false) => 1,
    };
    let one = |quantity: u64, price: u64, sum: u64| FiscalItem {
        name: item.official_name().to_owned(),
        quantity,
        price,
        sum,
        tax_code: tax_code(rate.as_deref()),
        method: 4,
        subject,
        measure: Some(measure),
        marking: marked.then(|| marking.as_bytes().to_vec()),
    };
    let thousandths = u64::try_from(terms.qty.minor()).unwrap_or(0);
    let sum = kopecks(terms.total);
    let (whole, part) = (thousandths / 1_000, thousandths % 1_000);
    if thousandths == 0 {
        return;
    }
    let average = u64::try_from(u128::from(sum) * 1_000 / u128::from(thousandths)).unwrap_or(0);
    // A single quantity whose price comes to the amount needs no splitting.
    let rounded = (u128::from(sum) * 2_000 + u128::from(thousandths)) / (u128::from(thousandths) * 2);
    let rounded = u64::try_from(rounded).unwrap_or(0);
    if let Some(exact) = crate::devices::proto::fiscal::item_sum(thousandths * MILLIONTHS, rounded)
        && (exact == sum || whole == 0 && exact.abs_diff(sum) <= 1)
    {
        into.push(one(thousandths * MILLIONTHS, rounded, sum));
        return;
    }
    let beside = if part == 0 { 0 } else { (average * part + 500) / 1_000 };
    let of_whole = sum.saturating_sub(beside);
    let (price, dearer) = (of_whole / whole.max(1), of_whole % whole.max(1));
    let rows = [(whole - dearer, price), (dearer, price + 1)];
    for (pieces, price) in rows.into_iter().filter(|(pieces, _)| *pieces > 0) {
        into.push(one(pieces * 1_000 * MILLIONTHS, price, pieces * price));
    }
    if part > 0 {
        into.push(one(part * MILLIONTHS, average, beside));
    }
}

fn mark(job: &Job) -> Option<String> {
    let mark: String = job.key.chars().filter(char::is_ascii_alphanumeric).take(MARK_LETTERS).collect();
    (!mark.is_empty()).then_some(mark)
}

/// What is sent for a job of a document; `None` for a document of another kind. `last` when nothing has been printed
/// after it: that one a registrar can copy itself.
pub fn sheet(job: &Job, document: &dyn Object, last: bool, facts: &dyn Facts) -> Option<Sheet> {
    let kind = JobKind::of(job.kind)?;
    let till = facts.get(job.place.typed::<Till>()).unwrap_or_default();
    let plain = till.paper() == TillPaper::Printer;
    if kind == JobKind::Copy && last && !plain {
        return Some(Sheet::Plain(Plain::Copy));
    }
    if plain || kind == JobKind::Copy {
        let mark = match kind {
            JobKind::Copy => Mark::Copy,
            _ if job.attempts > 0 && job.state == JobState::Waiting => Mark::Again,
            _ => Mark::None,
        };
        return slip(document, mark, facts).map(|slip| Sheet::Slip(Box::new(slip)));
    }
    if let Some(sold) = document.downcast::<TillReceipt>() {
        let till = facts.get(sold.till).unwrap_or_default();
        let mut made = empty(ReceiptKind::Sale, &till, person(facts, sold.cashier), job);
        for line in &sold.goods {
            items(&line.terms(), &line.marking, facts, &mut made.items);
        }
        made.buyer_address = (!sold.buyer_address.trim().is_empty()).then(|| sold.buyer_address.trim().to_owned());
        made.payments = Payments {
            cash: kopecks(sold.paid_cash + sold.change.positive()),
            electronic: kopecks(sold.paid_card),
            prepaid: kopecks(sold.paid_advance),
            ..Payments::default()
        };
        return Some(Sheet::Receipt(Box::new(made)));
    }
    if let Some(back) = document.downcast::<TillReturn>() {
        let till = facts.get(back.till).unwrap_or_default();
        let mut made = empty(ReceiptKind::SaleReturn, &till, person(facts, back.cashier), job);
        for line in &back.goods {
            items(&line.terms(), &line.marking, facts, &mut made.items);
        }
        made.payments = Payments {
            cash: kopecks(back.paid_cash),
            electronic: kopecks(back.paid_card),
            prepaid: kopecks(back.paid_advance),
            ..Payments::default()
        };
        return Some(Sheet::Receipt(Box::new(made)));
    }
    if let Some(sheet) = of_advance(job, document, facts).or_else(|| of_correction(job, document, facts)) {
        return Some(sheet);
    }
    if let Some(shift) = document.downcast::<TillShift>() {
        let cashier = person(facts, shift.cashier);
        let open = kind == JobKind::OpenShift;
        return Some(Sheet::Plain(if open { Plain::OpenShift(cashier) } else { Plain::CloseShift(cashier) }));
    }
    let cash = document.downcast::<TillCash>()?;
    let (cashier, amount) = (person(facts, cash.cashier), kopecks(cash.amount));
    let put_in = cash.operation == TillCashOperation::PutIn;
    Some(Sheet::Plain(if put_in { Plain::CashIn(cashier, amount) } else { Plain::CashOut(cashier, amount) }))
}

/// An advance has no goods: one line of a payment, taxed at the rate that is inside of it.
fn of_advance(job: &Job, document: &dyn Object, facts: &dyn Facts) -> Option<Sheet> {
    const INSIDE: [(u8, u8); 5] = [(1, 3), (2, 4), (7, 9), (8, 10), (11, 12)];
    let advance = document.downcast::<TillAdvance>()?;
    let till = facts.get(advance.till).unwrap_or_default();
    let taken = advance.operation == TillAdvanceOperation::Taken;
    let kind = if taken { ReceiptKind::Sale } else { ReceiptKind::SaleReturn };
    let mut made = empty(kind, &till, person(facts, advance.cashier), job);
    let code = tax_code(facts.get(advance.vat).as_deref());
    let order = facts.get(advance.order).map_or_else(String::new, |order| format!(" по заказу {}", order.number));
    made.items.push(FiscalItem {
        name: format!("Аванс{order}"),
        quantity: 1_000 * MILLIONTHS,
        price: kopecks(advance.amount),
        sum: kopecks(advance.amount),
        tax_code: INSIDE.iter().find(|(whole, _)| *whole == code).map_or(code, |(_, inside)| *inside),
        method: 3,
        subject: 10,
        measure: Some(0),
        marking: None,
    });
    made.buyer_address = (!advance.buyer_address.trim().is_empty()).then(|| advance.buyer_address.trim().to_owned());
    made.payments =
        Payments { cash: kopecks(advance.paid_cash), electronic: kopecks(advance.paid_card), ..Payments::default() };
    Some(Sheet::Receipt(Box::new(made)))
}

fn of_correction(job: &Job, document: &dyn Object, facts: &dyn Facts) -> Option<Sheet> {
    let corrected = document.downcast::<TillCorrection>()?;
    let till = facts.get(corrected.till).unwrap_or_default();
    let kind = match corrected.kind {
        CorrectedKind::Sale => ReceiptKind::Sale,
        CorrectedKind::Return => ReceiptKind::SaleReturn,
    };
    let mut made = empty(kind, &till, person(facts, corrected.cashier), job);
    let number = corrected.order_number.trim();
    made.correction = Some(Correction {
        by_order: corrected.ground == CorrectionGround::Order,
        date: corrected.corrected_on.to_chrono().unwrap_or_default(),
        // Of one's own will there is no order: the law wants a blank in its place.
        number: if number.is_empty() { " ".to_owned() } else { number.to_owned() },
    });
    for line in &corrected.goods {
        items(&line.terms(), "", facts, &mut made.items);
    }
    made.payments = Payments {
        cash: kopecks(corrected.paid_cash),
        electronic: kopecks(corrected.paid_card),
        prepaid: kopecks(corrected.paid_advance),
        ..Payments::default()
    };
    Some(Sheet::Receipt(Box::new(made)))
}

fn empty(kind: ReceiptKind, till: &Till, cashier: Person, job: &Job) -> FiscalReceipt {
    FiscalReceipt {
        kind,
        correction: None,
        tax_system: tax_system(till),
        cashier,
        buyer_address: None,
        buyer: None,
        place: None,
        internet: false,
        own_mark: mark(job),
        items: Vec::new(),
        payments: Payments::default(),
        rounding: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::items;
    use crate::devices::proto::fiscal::item_sum;
    use crate::domain::lines::Terms;
    use crate::domain::stock::item::Item;
    use crate::kernel::facts::Facts;
    use crate::kernel::money::{Money, Qty};
    use crate::kernel::object::Referable as _;
    use crate::ops::gate::Op;
    use crate::ops::save::How;

    #[test]
    fn items_come_to_the_amount_of_their_line_to_the_kopeck() {
        let now = crate::kernel::moment::Date::ymd(2026, 11, 23).unwrap().at(9, 0, 0);
        let clock = crate::kernel::clock::Clock::fixed(now, 1);
        let session = crate::ops::seed::create_in_memory(clock).unwrap();
        let mut item = Item { name: "Сыр".to_owned(), ..Item::default() };
        session.run(Op::Save, |tx| tx.save(&mut item, How::Write)).unwrap();
        let read = session.facts();
        let facts: &dyn Facts = &read;
        let mut seed = 7_i64;
        for _ in 0..20_000 {
            seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
            let qty = 1 + seed % if seed % 3 == 0 { 50_000 } else { 9 } * if seed % 3 == 0 { 1 } else { 1_000 };
            let total = 1 + seed / 7 % 5_000_000;
            let terms = Terms {
                item: item.reference(),
                qty: Qty::from_minor(qty),
                total: Money::from_minor(total),
                ..Terms::default()
            };
            let mut made = Vec::new();
            items(&terms, "", facts, &mut made);
            let case = format!("{qty} for {total}: {made:?}");
            assert!((1..=3).contains(&made.len()), "{case}");
            assert_eq!(made.iter().map(|one| one.sum).sum::<u64>(), total.unsigned_abs(), "{case}");
            assert_eq!(made.iter().map(|one| one.quantity).sum::<u64>(), qty.unsigned_abs() * 1_000, "{case}");
            for one in &made {
                assert!(item_sum(one.quantity, one.price).unwrap().abs_diff(one.sum) <= 1, "{case}");
            }
        }
    }
}

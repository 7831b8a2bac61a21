//! Receipts of a till without a registrar, and copies of those that are in a fiscal memory already: a document any
//! printer of receipts prints. A paper is Russian whatever language the window speaks, so its words are spelled here.

use crate::devices::proto::escpos::document::{Align, Document, Element, Style};
use crate::devices::proto::escpos::layout::{columns, placed, wrapped};
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::lines::TradeLine;
use crate::domain::retail::receipt::{FiscalState, TillReceipt};
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use crate::domain::retail::till_cash::{TillCash, TillCashOperation};
use crate::domain::retail::till_correction::TillCorrection;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::Object;
use crate::kernel::refs::Ref;

/// What is said above a paper that may not be the first of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is the first one.
    None,
    /// A copy of one that is out.
    Copy,
    /// It was sent before, and a person has found that nothing came of it.
    Again,
}

const PLAIN: Style =
    Style { align: Align::Left, bold: false, underline: false, wide: false, tall: false, small: false };
const CENTER: Style = Style { align: Align::Center, ..PLAIN };
const BOLD: Style = Style { bold: true, ..PLAIN };

fn head(mark: Mark, company: Ref<Company>, title: &str, facts: &dyn Facts) -> Document {
    let mut made = Document::default();
    match mark {
        Mark::None => {}
        Mark::Copy => made.styled("КОПИЯ", Style { bold: true, wide: true, ..CENTER }),
        Mark::Again => made.styled("ПОВТОРНАЯ ПЕЧАТЬ", Style { bold: true, ..CENTER }),
    }
    if let Some(company) = facts.get(company) {
        made.styled(company.official_name(), CENTER);
        if !company.inn.is_empty() {
            made.styled(&format!("ИНН {}", company.inn), CENTER);
        }
        if !company.address.is_empty() {
            made.styled(&company.address, CENTER);
        }
    }
    made.styled(title, Style { bold: true, ..CENTER });
    made
}

fn who(made: &mut Document, cashier: Ref<Employee>, facts: &dyn Facts) {
    if let Some(cashier) = facts.get(cashier).filter(|cashier| !cashier.name.is_empty()) {
        made.text(&format!("Кассир {}", cashier.name));
    }
    made.elements.push(Element::Rule('-'));
}

fn lines<L: TradeLine>(made: &mut Document, goods: &[L], facts: &dyn Facts) {
    for terms in goods.iter().map(TradeLine::terms) {
        let Some(item) = facts.get(terms.item) else { continue };
        made.text(item.official_name());
        let price = format!("{} x {}", terms.qty.short(), terms.price.money().grouped());
        made.pair(&price, &terms.total.grouped(), PLAIN);
        let whole = terms.price.times(terms.qty);
        if !terms.discount.is_zero() {
            made.pair("  в том числе скидка", &(whole - terms.total).grouped(), PLAIN);
        }
    }
    made.elements.push(Element::Rule('-'));
}

fn sums(made: &mut Document, total: Money, rows: &[(&str, Money)]) {
    made.pair("ИТОГО", &total.grouped(), Style { tall: true, ..BOLD });
    for (words, amount) in rows.iter().filter(|(_, amount)| !amount.is_zero()) {
        made.pair(words, &amount.grouped(), PLAIN);
    }
}

fn fiscal(made: &mut Document, state: FiscalState, number: i64, sign: i64, at: Moment) {
    if state == FiscalState::Printed && number != 0 {
        made.elements.push(Element::Rule('-'));
        made.text(&format!("ФД {number}  ФП {sign:010}"));
        if !at.is_empty() {
            made.text(&at.russian());
        }
    }
}

fn end(mut made: Document) -> Document {
    made.elements.extend([Element::Feed(1), Element::Cut]);
    made
}

fn of_sale(sold: &TillReceipt, mark: Mark, facts: &dyn Facts) -> Document {
    let title = format!("Товарный чек № {} от {}", sold.number, sold.date.russian());
    let mut made = head(mark, sold.company, &title, facts);
    who(&mut made, sold.cashier, facts);
    lines(&mut made, &sold.goods, facts);
    let rows = [
        ("Наличными", sold.paid_cash),
        ("Картой", sold.paid_card),
        ("Зачтено аванса", sold.paid_advance),
        ("Получено", sold.tendered),
        ("Сдача", sold.change.positive()),
        ("В том числе НДС", sold.vat_amount),
    ];
    sums(&mut made, sold.amount, &rows);
    fiscal(&mut made, sold.fiscal_state, sold.fiscal_number, sold.fiscal_sign, sold.fiscal_at);
    end(made)
}

fn of_return(back: &TillReturn, mark: Mark, facts: &dyn Facts) -> Document {
    let title = format!("Возврат № {} от {}", back.number, back.date.russian());
    let mut made = head(mark, back.company, &title, facts);
    if let Some(sold) = facts.get(back.receipt) {
        made.text(&format!("По чеку № {} от {}", sold.number, sold.date.russian()));
    }
    who(&mut made, back.cashier, facts);
    lines(&mut made, &back.goods, facts);
    let rows = [
        ("Возвращено наличными", back.paid_cash),
        ("Возвращено на карту", back.paid_card),
        ("Возвращено в аванс", back.paid_advance),
    ];
    sums(&mut made, back.amount, &rows);
    fiscal(&mut made, back.fiscal_state, back.fiscal_number, back.fiscal_sign, back.fiscal_at);
    end(made)
}

fn of_shift(shift: &TillShift, mark: Mark, facts: &dyn Facts) -> Document {
    let title = format!("Отчет кассовой смены № {}", shift.number);
    let mut made = head(mark, shift.company, &title, facts);
    made.text(&format!("Открыта {}", shift.date.russian()));
    if !shift.closed.is_empty() {
        made.text(&format!("Закрыта {}", shift.closed.russian()));
    }
    who(&mut made, shift.cashier, facts);
    made.pair(&format!("Чеков {}", shift.receipts), &shift.sales().grouped(), BOLD);
    made.pair("  наличными", &shift.sales_cash.grouped(), PLAIN);
    made.pair("  картой", &shift.sales_card.grouped(), PLAIN);
    made.pair("  зачтено авансов", &shift.sales_advance.grouped(), PLAIN);
    made.pair(&format!("Возвратов {}", shift.returns), &shift.returned().grouped(), BOLD);
    for (rate, (total, vat)) in shift.vat_by_rate(facts) {
        let name = facts.get(rate).map_or_else(|| "без НДС".to_owned(), |rate| rate.name.clone());
        made.pair(&format!("НДС {name} с {}", total.grouped()), &vat.grouped(), PLAIN);
    }
    made.pair("Внесено", &shift.put_in.grouped(), PLAIN);
    made.pair("Изъято", &shift.taken_out.grouped(), PLAIN);
    made.pair("Должно быть наличных", &shift.expected.grouped(), BOLD);
    if !shift.closed.is_empty() {
        made.pair("Пересчитано", &shift.counted.grouped(), PLAIN);
        made.pair("Излишек (недостача)", &shift.surplus().grouped(), PLAIN);
    }
    end(made)
}

fn of_cash(cash: &TillCash, mark: Mark, facts: &dyn Facts) -> Document {
    let what = if cash.operation == TillCashOperation::PutIn { "Внесение" } else { "Изъятие" };
    let title = format!("{what} № {} от {}", cash.number, cash.date.russian());
    let mut made = head(mark, cash.company, &title, facts);
    who(&mut made, cash.cashier, facts);
    made.pair(what, &cash.amount.grouped(), BOLD);
    end(made)
}

fn of_advance(advance: &TillAdvance, mark: Mark, facts: &dyn Facts) -> Document {
    let what =
        if advance.operation == TillAdvanceOperation::Taken { "Аванс" } else { "Возврат аванса" };
    let title = format!("{what} № {} от {}", advance.number, advance.date.russian());
    let mut made = head(mark, advance.company, &title, facts);
    if let Some(customer) = facts.get(advance.customer) {
        made.text(&format!("Покупатель {}", customer.official_name()));
    }
    if let Some(order) = facts.get(advance.order) {
        made.text(&format!("По заказу № {} от {}", order.number, order.date.date().russian()));
    }
    who(&mut made, advance.cashier, facts);
    let rows =
        [("Наличными", advance.paid_cash), ("Картой", advance.paid_card), ("В том числе НДС", advance.vat_amount)];
    sums(&mut made, advance.amount, &rows);
    fiscal(&mut made, advance.fiscal_state, advance.fiscal_number, advance.fiscal_sign, advance.fiscal_at);
    end(made)
}

fn of_correction(corrected: &TillCorrection, mark: Mark, facts: &dyn Facts) -> Document {
    let title = format!("Чек коррекции № {} от {}", corrected.number, corrected.date.russian());
    let mut made = head(mark, corrected.company, &title, facts);
    made.text(&format!("Дата расчета {}", corrected.corrected_on.russian()));
    who(&mut made, corrected.cashier, facts);
    lines(&mut made, &corrected.goods, facts);
    let rows = [
        ("Наличными", corrected.paid_cash),
        ("Картой", corrected.paid_card),
        ("Зачтено аванса", corrected.paid_advance),
        ("В том числе НДС", corrected.vat_amount),
    ];
    sums(&mut made, corrected.amount, &rows);
    fiscal(&mut made, corrected.fiscal_state, corrected.fiscal_number, corrected.fiscal_sign, corrected.fiscal_at);
    end(made)
}

/// The paper of a document; `None` for a document without one.
pub fn slip(document: &dyn Object, mark: Mark, facts: &dyn Facts) -> Option<Document> {
    if let Some(sold) = document.downcast::<TillReceipt>() {
        return Some(of_sale(sold, mark, facts));
    }
    if let Some(back) = document.downcast::<TillReturn>() {
        return Some(of_return(back, mark, facts));
    }
    if let Some(shift) = document.downcast::<TillShift>() {
        return Some(of_shift(shift, mark, facts));
    }
    if let Some(advance) = document.downcast::<TillAdvance>() {
        return Some(of_advance(advance, mark, facts));
    }
    if let Some(corrected) = document.downcast::<TillCorrection>() {
        return Some(of_correction(corrected, mark, facts));
    }
    document.downcast::<TillCash>().map(|cash| of_cash(cash, mark, facts))
}

/// The words of a paper as lines of a width, for devices that print lines only.
pub fn text_lines(slip: &Document, width: usize) -> Vec<String> {
    let mut found = Vec::new();
    for element in &slip.elements {
        match element {
            Element::Text { text, style } => {
                let own = wrapped(text, width);
                found.extend(own.iter().map(|line| placed(line, width, style.align).trim_end().to_owned()));
            }
            Element::Columns { cells, .. } => found.extend(columns(cells, width)),
            Element::Rule(sign) => found.push(sign.to_string().repeat(width)),
            _ => {}
        }
    }
    found
}

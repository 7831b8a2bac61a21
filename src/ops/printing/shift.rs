//! The report of a till's shift: what its documents come to beside what the registrar says.

use super::Desk;
use super::filled::Filled;
use super::parties::Party;
use crate::domain::retail::shift::TillShift;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::text;

/// Fills the report; of a shift that is still open, with what it has come to so far.
pub fn shift(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let Some(shift) = object.downcast::<TillShift>() else { return Err(Error::refused(text!("no-basis"))) };
    let mut shift = shift.clone();
    if shift.closed.is_empty() {
        shift.count(desk.facts);
    }
    let mut filled = Filled::default();
    let ours = Party::ours(desk, shift.company, Ref::EMPTY);
    let time = |at: Moment| if at.is_empty() { String::new() } else { at.russian() };
    filled.set("number", shift.number.as_str());
    filled.set("date", time(shift.date));
    filled.set("closed", time(shift.closed));
    filled.of(ours.card, "company", ours.name.as_str());
    filled.of(ours.card, "company_inn", ours.inn.as_str());
    filled.of(shift.till.any(), "till", desk.facts.get(shift.till).map_or_else(String::new, |till| till.name.clone()));
    let cashier = desk.facts.get(shift.cashier).map_or_else(String::new, |cashier| cashier.name.clone());
    filled.of(shift.cashier.any(), "cashier", cashier);
    for (field, number) in [("receipts", shift.receipts), ("returns", shift.returns)] {
        filled.set(field, number.to_string());
    }
    let sums = [
        ("sales_cash", shift.sales_cash),
        ("sales_card", shift.sales_card),
        ("sales_advance", shift.sales_advance),
        ("sales", shift.sales()),
        ("returned_cash", shift.returned_cash),
        ("returned_card", shift.returned_card),
        ("returned_advance", shift.returned_advance),
        ("returned", shift.returned()),
        ("vat", shift.vat_amount),
        ("cash_start", shift.cash_start),
        ("put_in", shift.put_in),
        ("taken_out", shift.taken_out),
        ("expected", shift.expected),
        ("counted", shift.counted),
        ("surplus", if shift.closed.is_empty() { Money::ZERO } else { shift.surplus() }),
    ];
    for (field, amount) in sums {
        filled.set(field, amount.grouped());
    }
    for (rate, (total, vat)) in shift.vat_by_rate(desk.facts) {
        let name = desk.facts.get(rate).map_or_else(|| "Без НДС".to_owned(), |rate| rate.name.clone());
        filled.data.push("rates", [("rate", name), ("total", total.grouped()), ("vat", vat.grouped())]);
    }
    registrar(&shift, &mut filled);
    Ok(filled)
}

/// What the registrar said before its own report put its totals to zero.
fn registrar(shift: &TillShift, filled: &mut Filled) {
    let asked = shift.registrar_shift != 0;
    let shown = |amount: Money| if asked { amount.grouped() } else { "–".to_owned() };
    filled.set("registrar_shift", if asked { shift.registrar_shift.to_string() } else { "–".to_owned() });
    filled.set("registrar_sales", shown(shift.registrar_sales));
    filled.set("registrar_returns", shown(shift.registrar_returns));
    filled.set("registrar_cash", shown(shift.registrar_cash));
    let differs = shift.registrar_differs();
    let said = match asked {
        false => "–".to_owned(),
        true if differs.iter().all(|amount| amount.is_zero()) => "нет".to_owned(),
        true => differs.map(Money::grouped).join(" / "),
    };
    filled.set("registrar_differs", said);
}

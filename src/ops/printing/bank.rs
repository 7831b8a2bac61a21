//! 0401060: payment order, Положение 762-П.

use super::Desk;
use super::figures;
use super::filled::Filled;
use super::parties::{Account, Party};
use crate::domain::money::payment_order::{PaymentOrder, PaymentOrderKind};
use crate::kernel::object::Object;
use crate::kernel::problems::{Error, Outcome};
use crate::print::words;
use crate::text;

/// The budget code of the single tax payment, whose payer gives no КПП of his own (приказ Минфина 58н).
const SINGLE_TAX_PAYMENT: &str = "18201061201010000510";

/// Where a payment by order always says the same (fields 18 and 22).
const OPERATION: &str = "01";
const NO_CODE: &str = "0";

/// Платежное поручение.
pub fn payment_order(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let own = object
        .downcast::<PaymentOrder>()
        .ok_or_else(|| Error::refused(text!("print-no-forms", kind = object.meta().label())))?;
    let tax = own.kind == PaymentOrderKind::Tax;
    let mut filled = Filled::default();
    filled.set("number", figures::bank_number(&own.number));
    filled.set("date", own.date.date().russian());
    filled.set("amount", figures::solid_dashed(own.amount));
    filled.set("amount_words", words::amount(own.amount, &figures::words_of(desk, crate::kernel::refs::Ref::EMPTY)));
    let payer = Party::ours(desk, own.company, own.bank_account);
    let payee = Party::theirs(desk, own.counterparty, own.payee_account);
    let kpp = if tax && own.budget_code == SINGLE_TAX_PAYMENT { NO_CODE } else { &payer.kpp };
    into_side(&payer, ["payer", kpp], tax, &mut filled);
    into_side(&payee, ["payee", &payee.kpp], tax, &mut filled);
    filled.set("operation_kind", OPERATION);
    filled.set("priority", if own.priority == 0 { String::new() } else { own.priority.to_string() });
    filled.set("payment_code", if own.uin.is_empty() { NO_CODE } else { &own.uin });
    filled.set("purpose", own.purpose.as_str());
    for (field, value) in [
        ("payer_status", &own.drawer_status),
        ("budget_code", &own.budget_code),
        ("oktmo", &own.oktmo),
        ("payment_basis", &own.tax_reason),
        ("tax_period", &own.tax_period),
        ("document_number", &own.tax_number),
        ("document_date", &own.tax_date),
    ] {
        // Left over from another kind of payment, they would make the bank take it for a tax.
        filled.set(field, if tax { value.as_str() } else { "" });
    }
    filled.by_hand(&[
        "received_by_bank",
        "debited",
        "payment_kind",
        "due_date",
        "purpose_code",
        "reserve",
        "payment_type",
    ]);
    Ok(filled)
}

/// Name, codes and bank of a side; in payments of taxes an absent КПП is a nought.
fn into_side(party: &Party, [side, kpp]: [&str; 2], tax: bool, filled: &mut Filled) {
    let kpp = if tax && kpp.is_empty() { NO_CODE } else { kpp };
    filled.of(party.card, &format!("{side}_name"), party.bank_name());
    filled.of(party.card, &format!("{side}_inn"), party.inn.as_str());
    filled.of(party.card, &format!("{side}_kpp"), kpp);
    let Account { card, bank_card, number, bank, bic, correspondent } = &party.account;
    filled.of(*card, &format!("{side}_account"), number.as_str());
    filled.of(*bank_card, &format!("{side}_bank"), bank.as_str());
    filled.of(*bank_card, &format!("{side}_bank_bic"), bic.as_str());
    filled.of(*bank_card, &format!("{side}_bank_account"), correspondent.as_str());
}

//! КО-1 and КО-2: cash orders of Госкомстат 88, obligatory by Указание 3210-У.

use super::Desk;
use super::figures::{self, VatSums};
use super::filled::Filled;
use super::parties::Signers;
use super::trade::Trade;
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::ledger::account::Account;
use crate::domain::money::cash_issue::{CashIssue, CashIssueOperation};
use crate::domain::money::cash_receipt::{CashReceipt, CashReceiptOperation};
use crate::kernel::moment::Date;
use crate::kernel::money::Money;
use crate::kernel::object::{Object, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::print::names::{NameCase, decline};
use crate::print::{dates, words};
use crate::store::ledger::{LedgerMove, LedgerSide, SET_OFF_LINES};
use crate::text;

/// What both orders have in common.
struct Order<'a> {
    reference: AnyRef,
    company: Ref<Company>,
    number: &'a str,
    date: Date,
    amount: Money,
    basis: &'a str,
    attachment: &'a str,
}

fn wrong_kind(object: &dyn Object) -> Error {
    Error::refused(text!("print-no-forms", kind = object.meta().label()))
}

/// Organisation, number, amount, basis, people; gives who signs.
fn into_common(desk: &Desk<'_>, order: &Order<'_>, filled: &mut Filled) -> Signers {
    let company = desk.facts.get(order.company).unwrap_or_default();
    let card = order.company.any();
    filled.of(card, "organization", company.official_name());
    filled.of(card, "organization_okpo", company.okpo.as_str());
    filled.by_hand(&["department", "department_code", "analytics_code", "purpose_code"]);
    filled.set("number", figures::number(order.number));
    filled.set("date", order.date.russian());
    filled.set("amount", figures::dashed(order.amount));
    filled.set("amount_words", words::amount_whole(order.amount, &figures::words_of(desk, Ref::EMPTY)));
    filled.set("kopecks", words::hundredths(order.amount));
    filled.set("basis", order.basis);
    filled.set("attachments", order.attachment);
    let signers = Signers::of(desk, order.company);
    filled.of(card, "chief_accountant", signers.accountant_or_head());
    filled.of(card, "cashier", signers.cashier.as_str());
    signers
}

/// The accounts that stand against cash in what the document has posted; `usual` while it is a draft.
fn against_cash(desk: &Desk<'_>, document: AnyRef, incoming: bool, usual: &str) -> Outcome<String> {
    let code = |side: &LedgerSide| {
        desk.facts.get(Ref::<Account>::new(side.account)).map_or_else(String::new, |account| account.code.clone())
    };
    let mut found: Vec<String> = Vec::new();
    for entry in desk.store.entries_of(document)? {
        let (cash, other) = if incoming { (&entry.debit, &entry.credit) } else { (&entry.credit, &entry.debit) };
        let other = code(other);
        if code(cash) == accounts::CASH && !found.contains(&other) {
            found.push(other);
        }
    }
    found.sort();
    Ok(if found.is_empty() { usual.to_owned() } else { found.join(", ") })
}

fn account_code(desk: &Desk<'_>, account: Ref<Account>) -> String {
    desk.facts.get(account).map_or_else(String::new, |account| account.code.clone())
}

fn name_of(desk: &Desk<'_>, counterparty: Ref<crate::domain::crm::counterparty::Counterparty>) -> String {
    desk.facts.get(counterparty).map_or_else(String::new, |who| who.official_name().to_owned())
}

/// Приходный кассовый ордер with its receipt.
pub fn ko1(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let own = object.downcast::<CashReceipt>().ok_or_else(|| wrong_kind(object))?;
    let order = Order {
        reference: own.reference().any(),
        company: own.company,
        number: &own.number,
        date: own.date.date(),
        amount: own.amount,
        basis: &own.basis,
        attachment: &own.attachment,
    };
    let mut filled = Filled::default();
    into_common(desk, &order, &mut filled);
    filled.set("date_words", dates::quoted(order.date));
    filled.set("debit_account", accounts::CASH);
    filled.by_hand(&["credit_department_code"]);
    let usual = match own.operation {
        CashReceiptOperation::Customer => accounts::CUSTOMERS.to_owned(),
        CashReceiptOperation::SupplierRefund => accounts::SUPPLIERS.to_owned(),
        CashReceiptOperation::FromBank => accounts::TRANSIT.to_owned(),
        CashReceiptOperation::Other => account_code(desk, own.account),
    };
    filled.set("credit_account", against_cash(desk, order.reference, true, &usual)?);
    filled.set("amount_rubles", figures::whole_units(order.amount));
    let from = if own.received_from.is_empty() { name_of(desk, own.counterparty) } else { own.received_from.clone() };
    filled.set("received_from", decline(&from, NameCase::Genitive));
    filled.set("vat", vat_of_receipt(desk, own)?);
    Ok(filled)
}

/// The VAT of a receipt: its own rate, else its share of the orders it names, else of the sales it pays for;
/// nothing is said of money that is nobody's payment for goods.
fn vat_of_receipt(desk: &Desk<'_>, own: &CashReceipt) -> Outcome<String> {
    if let Some(rate) = desk.facts.get(own.vat) {
        let mut sums = VatSums::default();
        sums.add(Some(&*rate).filter(|_| !own.vat_amount.is_zero()), own.vat_amount);
        return Ok(sums.said());
    }
    if own.operation != CashReceiptOperation::Customer {
        return Ok(String::new());
    }
    let orders: Vec<(AnyRef, Money)> = own.split.iter().map(|row| (row.order, row.amount)).collect();
    for paid in [orders, paid_sales(desk, own.reference().any())?] {
        if paid.iter().map(|part| part.1).sum::<Money>() == own.amount {
            return Ok(vat_within(desk, &paid).said());
        }
    }
    let regime = desk.facts.get(own.company).and_then(|company| company.regime(own.date.date()));
    // Of an advance that names no order it is not known what it is for, unless the company never charges VAT.
    let free = regime.is_some_and(|regime| regime.without_vat());
    Ok(if free { VatSums::default().said() } else { String::new() })
}

/// The sales a receipt was set off against, with the part of each.
fn paid_sales(desk: &Desk<'_>, receipt: AnyRef) -> Outcome<Vec<(AnyRef, Money)>> {
    let debts = desk.facts.coded::<Account>(accounts::CUSTOMERS).id();
    let entries = desk.store.entries_of(receipt)?;
    let paid = entries.iter().filter(|entry| entry.line >= SET_OFF_LINES && entry.credit.account == debts);
    let sale = |entry: &LedgerMove| {
        let [_, _, document] = entry.credit.subs;
        (document, Money::from_minor(entry.amount))
    };
    Ok(paid.map(sale).collect())
}

/// VAT of parts of documents with lines of goods.
fn vat_within(desk: &Desk<'_>, parts: &[(AnyRef, Money)]) -> VatSums {
    let mut sums = VatSums::default();
    for (document, amount) in parts {
        let Some(trade) = desk.facts.object(*document).and_then(|object| Trade::of(desk, object.as_ref())) else {
            continue;
        };
        let total = trade.total();
        for (percent, vat) in trade.vat_sums().taxed {
            *sums.taxed.entry(percent).or_default() += vat.share(amount.minor(), total.minor());
        }
    }
    sums
}

/// Расходный кассовый ордер.
pub fn ko2(desk: &Desk<'_>, object: &dyn Object) -> Outcome<Filled> {
    let own = object.downcast::<CashIssue>().ok_or_else(|| wrong_kind(object))?;
    let order = Order {
        reference: own.reference().any(),
        company: own.company,
        number: &own.number,
        date: own.date.date(),
        amount: own.amount,
        basis: &own.basis,
        attachment: &own.attachment,
    };
    let mut filled = Filled::default();
    let signers = into_common(desk, &order, &mut filled);
    filled.by_hand(&["debit_department_code"]);
    let usual = match own.operation {
        CashIssueOperation::Supplier => accounts::SUPPLIERS.to_owned(),
        CashIssueOperation::CustomerRefund => accounts::CUSTOMERS.to_owned(),
        CashIssueOperation::ToBank => accounts::TRANSIT.to_owned(),
        CashIssueOperation::Accountable => accounts::ACCOUNTABLE.to_owned(),
        CashIssueOperation::Other => account_code(desk, own.account),
    };
    filled.set("debit_account", against_cash(desk, order.reference, false, &usual)?);
    filled.set("credit_account", accounts::CASH);
    let employee = desk.facts.get(own.employee).map_or_else(String::new, |who| who.name.clone());
    let names = [own.issued_to.clone(), employee, name_of(desk, own.counterparty)];
    let to = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    filled.set("issue_to", decline(&to, NameCase::Dative));
    filled.of(signers.card, "director_position", signers.head.post.as_str());
    filled.of(signers.card, "director", signers.head.name.as_str());
    let card = desk.facts.get(own.counterparty).map_or_else(String::new, |who| who.passport.clone());
    filled.set("identity_document", by_paper(if own.passport.is_empty() { &card } else { &own.passport }));
    Ok(filled)
}

/// «По паспорту ...»: the word in front stands in the dative, whatever it was entered in.
fn by_paper(paper: &str) -> String {
    let paper = paper.trim();
    let rest = ["паспорт ", "Паспорт "].iter().find_map(|word| paper.strip_prefix(word));
    rest.map_or_else(|| paper.to_owned(), |rest| format!("паспорту {rest}"))
}

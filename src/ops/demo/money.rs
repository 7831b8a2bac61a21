//! How money of the demo company moves: cards, cash, the bank, suppliers, refunds.

use super::days::{Days, Job};
use super::desk::Desk;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::crm::counterparty::{Counterparty, CounterpartyKind};
use crate::domain::money::bank_account::BankAccount;
use crate::domain::money::bank_debit::{BankDebit, BankDebitOperation};
use crate::domain::money::bank_receipt::{BankReceipt, BankReceiptOperation, BankReceiptSplit};
use crate::domain::money::cash_issue::{CashIssue, CashIssueOperation};
use crate::domain::money::cash_receipt::CashReceipt;
use crate::domain::money::payment_order::PaymentOrder;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::registers::funds::Funds;
use crate::domain::registers::orders::OrderDebts;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};

/// What stays in the cash desk when the rest is taken to the bank.
const KEPT: Money = Money::whole(15_000);
/// Cash above this is taken to the bank.
const MUCH: Money = Money::whole(40_000);

/// The paper by which cash is given out, as the form words it.
const PASSPORT: &str = "паспорту 40 19 555012, выдан ГУ МВД по г. Санкт-Петербургу 12.03.2019";

/// What lies in a cash desk or on an account.
pub fn funds(desk: &Desk<'_>, place: AnyRef) -> Outcome<Money> {
    let facts = desk.session.facts();
    let read: &dyn Facts = &facts;
    let found = read.balance(&Funds { company: desk.defaults.company, place, ..Funds::default() }).amount;
    facts.result()?;
    Ok(found)
}

/// What of an order is unpaid.
fn unpaid(desk: &Desk<'_>, order: AnyRef) -> Outcome<Money> {
    let facts = desk.session.facts();
    let read: &dyn Facts = &facts;
    let found = OrderDebts::of(order, read);
    facts.result()?;
    Ok(found)
}

/// The money of a card comes from the acquiring bank.
pub fn card_for(desk: &mut Desk<'_>, order: AnyRef) -> Outcome<()> {
    let account: Ref<BankAccount> = desk.coded("cards");
    let flow: Ref<CashFlowItem> = desk.coded("001");
    if let Some(mut receipt) = desk.on::<BankReceipt>(order)? {
        receipt.bank_account = account;
        receipt.flow = flow;
        desk.post(&mut receipt)?;
    }
    Ok(())
}

/// A firm pays; now and then only a half first.
pub fn bank_for(desk: &mut Desk<'_>, days: &mut Days, order: AnyRef) -> Outcome<()> {
    let flow: Ref<CashFlowItem> = desk.coded("001");
    let Some(mut receipt) = desk.on::<BankReceipt>(order)? else { return Ok(()) };
    days.papers += 1;
    receipt.flow = flow;
    receipt.incoming_number = days.papers.to_string();
    receipt.incoming_date = desk.day;
    if desk.chance.hit(10) {
        let half = Money::from_minor(receipt.amount.minor() / 2);
        receipt.amount = half;
        receipt.split.iter_mut().for_each(|line| line.amount = half);
        receipt.changed(At::Field("amount"), &desk.session.facts());
        days.later(desk, 3, 6, Job::PayByBank(order));
    }
    desk.post(&mut receipt)?;
    Ok(())
}

/// A customer pays cash on an order or a sale.
pub fn cash_for(desk: &mut Desk<'_>, basis: AnyRef) -> Outcome<()> {
    let flow: Ref<CashFlowItem> = desk.coded("001");
    if let Some(mut receipt) = desk.on::<CashReceipt>(basis)? {
        receipt.flow = flow;
        desk.post(&mut receipt)?;
    }
    Ok(())
}

/// One receipt for everything a firm owes on its orders.
pub fn for_several(desk: &mut Desk<'_>, customer: Ref<Counterparty>) -> Outcome<()> {
    let orders = {
        let facts = desk.session.facts();
        let read: &dyn Facts = &facts;
        let found = read.having::<CustomerOrder>("customer", customer.id());
        facts.result()?;
        found
    };
    let mut split = Vec::new();
    for order in orders.iter().filter(|order| order.head.posted) {
        let order = order.reference().any();
        let amount = unpaid(desk, order)?;
        if amount > Money::ZERO {
            split.push(BankReceiptSplit { key: 0, order, amount });
        }
    }
    if split.is_empty() {
        return Ok(());
    }
    let flow: Ref<CashFlowItem> = desk.coded("001");
    let mut receipt = desk.blank(|receipt: &mut BankReceipt, facts| {
        receipt.operation = BankReceiptOperation::Customer;
        receipt.counterparty = customer;
        receipt.changed(At::Field("counterparty"), facts);
        receipt.amount = split.iter().map(|row| row.amount).sum();
        receipt.flow = flow;
        receipt.purpose = "Оплата по заказам согласно акту сверки".to_owned();
        receipt.split = split;
    })?;
    desk.post(&mut receipt).map(|_| ())
}

/// A debt of the opening balances is paid, by a customer or to a supplier.
pub fn old_debt(desk: &mut Desk<'_>, code: &str, amount: Money) -> Outcome<()> {
    if code.starts_with('К') {
        return without_order(desk, code, amount, "Оплата задолженности по акту сверки");
    }
    let to = desk.coded(code);
    pay(
        desk,
        &Paid {
            operation: BankDebitOperation::Supplier,
            to,
            amount,
            account: "",
            sub: AnyRef::EMPTY,
            flow: "002",
            purpose: "Оплата задолженности по акту сверки",
        },
    )
}

/// A firm pays for no order in particular.
pub fn without_order(desk: &mut Desk<'_>, code: &str, amount: Money, purpose: &str) -> Outcome<()> {
    let customer: Ref<Counterparty> = desk.coded(code);
    let flow: Ref<CashFlowItem> = desk.coded("001");
    let mut receipt = desk.blank(|receipt: &mut BankReceipt, facts| {
        receipt.counterparty = customer;
        receipt.changed(At::Field("counterparty"), facts);
        receipt.amount = amount;
        receipt.flow = flow;
        purpose.clone_into(&mut receipt.purpose);
    })?;
    desk.post(&mut receipt).map(|_| ())
}

/// Gives back what an order was paid too much: cash to a person who paid cash, else by the bank.
pub fn refund(desk: &mut Desk<'_>, order: AnyRef) -> Outcome<()> {
    let flow: Ref<CashFlowItem> = desk.coded("003");
    let Some(known) = desk.get::<CustomerOrder>(order)? else { return Ok(()) };
    if known.payment_method.starts_with("Наличными") {
        if let Some(mut issue) = desk.on::<CashIssue>(order)? {
            issue.flow = flow;
            PASSPORT.clone_into(&mut issue.passport);
            desk.post(&mut issue)?;
        }
    } else if let Some(mut debit) = desk.on::<BankDebit>(order)? {
        debit.flow = flow;
        desk.post(&mut debit)?;
    }
    Ok(())
}

/// Pays a supplier for a receipt: an entrepreneur in cash while there is enough, others by payment order.
pub fn pay_supplier(desk: &mut Desk<'_>, days: &mut Days, receipt: AnyRef) -> Outcome<()> {
    let flow: Ref<CashFlowItem> = desk.coded("002");
    let in_cash = {
        let facts = desk.session.facts();
        let read: &dyn Facts = &facts;
        let supplier = read.get_any::<GoodsReceipt>(receipt).and_then(|receipt| read.get(receipt.supplier));
        supplier.is_some_and(|card| card.kind == CounterpartyKind::Entrepreneur)
    };
    let cash = funds(desk, desk.defaults.cash_desk.any())?;
    if in_cash
        && let Some(mut issue) = desk.on::<CashIssue>(receipt)?
        && issue.amount < cash
    {
        issue.flow = flow;
        PASSPORT.clone_into(&mut issue.passport);
        desk.post(&mut issue)?;
        return Ok(());
    }
    if let Some(mut order) = desk.on::<PaymentOrder>(receipt)? {
        order.flow = flow;
        let order = desk.post(&mut order)?;
        days.later(desk, 0, 1, Job::Debit(order));
    }
    Ok(())
}

/// The bank has carried out a payment order.
pub fn debit(desk: &mut Desk<'_>, order: AnyRef) -> Outcome<()> {
    if let Some(mut debit) = desk.on::<BankDebit>(order)? {
        desk.post(&mut debit)?;
    }
    Ok(())
}

/// Cash above what is needed goes to the bank and is there on the next working day.
pub fn collect(desk: &mut Desk<'_>, days: &mut Days) -> Outcome<()> {
    let cash = funds(desk, desk.defaults.cash_desk.any())?;
    if cash < MUCH {
        return Ok(());
    }
    let amount = Money::from_minor((cash - KEPT).minor() / 100_000 * 100_000);
    let flow: Ref<CashFlowItem> = desk.coded("007");
    let mut issue = desk.blank(|issue: &mut CashIssue, _| {
        issue.operation = CashIssueOperation::ToBank;
        issue.amount = amount;
        issue.flow = flow;
        issue.issued_to = "Ершова Татьяна Львовна".to_owned();
        PASSPORT.clone_into(&mut issue.passport);
        issue.basis = "Сдача выручки в банк".to_owned();
    })?;
    desk.post(&mut issue)?;
    days.later(desk, 1, 1, Job::Deposit(amount.minor()));
    Ok(())
}

/// Cash taken to the bank arrives on the account.
pub fn deposit(desk: &mut Desk<'_>, amount: Money) -> Outcome<()> {
    let flow: Ref<CashFlowItem> = desk.coded("007");
    let mut receipt = desk.blank(|receipt: &mut BankReceipt, _| {
        receipt.operation = BankReceiptOperation::FromCash;
        receipt.amount = amount;
        receipt.flow = flow;
        receipt.purpose = "Взнос выручки".to_owned();
    })?;
    desk.post(&mut receipt).map(|_| ())
}

/// A debit that settles with nobody: what, how much, on which account with which analytics.
pub struct Paid<'a> {
    /// Why the money moves.
    pub operation: BankDebitOperation,
    /// To whom.
    pub to: Ref<Counterparty>,
    /// How much.
    pub amount: Money,
    /// The account against it, where the operation does not fix one.
    pub account: &'a str,
    /// Its first analytic.
    pub sub: AnyRef,
    /// The item of money.
    pub flow: &'a str,
    /// The purpose.
    pub purpose: &'a str,
}

/// Pays from the main account.
pub fn pay(desk: &mut Desk<'_>, paid: &Paid<'_>) -> Outcome<()> {
    let flow: Ref<CashFlowItem> = desk.coded(paid.flow);
    let account = desk.coded(paid.account);
    let mut debit = desk.blank(|debit: &mut BankDebit, _| {
        debit.operation = paid.operation;
        debit.counterparty = paid.to;
        debit.amount = paid.amount;
        debit.account = account;
        debit.sub1 = paid.sub;
        debit.flow = flow;
        paid.purpose.clone_into(&mut debit.purpose);
    })?;
    desk.post(&mut debit).map(|_| ())
}

//! What comes every month: salaries, rent, taxes, the bank's fee, the closing.

use super::desk::Desk;
use super::money::{Paid, pay};
use crate::domain::company::employee::Employee;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::manual_entry::{ManualEntry, ManualEntryLine};
use crate::domain::ledger::month_closing::MonthClosing;
use crate::domain::money::bank_debit::BankDebitOperation;
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Percent};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};

/// Employees by code with their pay of a month.
const SALARIES: [(&str, i32); 8] = [
    ("001", 38_000),
    ("002", 30_000),
    ("003", 29_000),
    ("004", 29_000),
    ("005", 32_000),
    ("006", 28_000),
    ("007", 27_500),
    ("008", 28_000),
];
/// The landlord's code and the rent of a month.
const RENT: (&str, Money) = ("К401", Money::whole(48_000));
/// The bank's fee of a month.
const BANK_FEE: Money = Money::whole(1_290);
/// Accounts whose debts go to the single tax account.
const TAXES: [&str; 3] = ["68.01", "68.02", "69.09"];

/// The entries of a month and its closing, on its last day.
pub fn close(desk: &mut Desk<'_>) -> Outcome<()> {
    pay(
        desk,
        &Paid {
            operation: BankDebitOperation::BankFee,
            to: Ref::EMPTY,
            amount: BANK_FEE,
            account: "",
            sub: AnyRef::EMPTY,
            flow: "006",
            purpose: "Комиссия за ведение счета",
        },
    )?;
    let mut entries = Vec::new();
    for (code, salary) in SALARIES {
        let (salary, employee) = (Money::whole(salary), desk.coded::<Employee>(code).any());
        entries.push(entry(desk, ("44.01", flow(desk, "013")), ("70", employee), salary));
        entries.push(entry(desk, ("70", employee), ("68.01", AnyRef::EMPTY), salary.percent(Percent::whole(13))));
    }
    let pay_roll: Money = SALARIES.iter().map(|(_, salary)| Money::whole(*salary)).sum();
    let insurance = pay_roll.percent(Percent::whole(15));
    entries.push(entry(desk, ("44.01", flow(desk, "005")), ("69.09", AnyRef::EMPTY), insurance));
    by_hand(desk, "Зарплата, НДФЛ и взносы за месяц", entries)?;
    let landlord = desk.coded::<Counterparty>(RENT.0).any();
    let rent = vec![entry(desk, ("44.01", flow(desk, "011")), ("76.05", landlord), RENT.1)];
    by_hand(desk, "Аренда склада и офиса за месяц", rent)?;
    let mut closing = desk.blank(|_: &mut MonthClosing, _| {})?;
    desk.post(&mut closing).map(|_| ())
}

/// What is paid on a day of the month.
pub fn paid_on(desk: &mut Desk<'_>, day: i64, first_month: bool) -> Outcome<()> {
    // Before the books began others have paid.
    if first_month {
        return Ok(());
    }
    match day {
        5 => salaries(desk),
        8 => pay(
            desk,
            &Paid {
                operation: BankDebitOperation::Other,
                to: desk.coded(RENT.0),
                amount: RENT.1,
                account: "76.05",
                sub: desk.coded::<Counterparty>(RENT.0).any(),
                flow: "011",
                purpose: "Оплата аренды за прошлый месяц",
            },
        ),
        25 => taxes_due(desk),
        27 => taxes_paid(desk),
        _ => Ok(()),
    }
}

fn salaries(desk: &mut Desk<'_>) -> Outcome<()> {
    for (code, salary) in SALARIES {
        let salary = Money::whole(salary);
        pay(
            desk,
            &Paid {
                operation: BankDebitOperation::Other,
                to: Ref::EMPTY,
                amount: salary - salary.percent(Percent::whole(13)),
                account: "70",
                sub: desk.coded::<Employee>(code).any(),
                flow: "013",
                purpose: "Зарплата за прошлый месяц",
            },
        )?;
    }
    Ok(())
}

/// What is owed for the past month goes to the single tax account.
fn taxes_due(desk: &mut Desk<'_>) -> Outcome<()> {
    let until = desk.day.month().previous().last().end();
    let mut entries = Vec::new();
    for code in TAXES {
        let owed = owed(desk, code, until)?;
        if owed > Money::ZERO {
            entries.push(entry(desk, (code, AnyRef::EMPTY), ("68.90", AnyRef::EMPTY), owed));
        }
    }
    if entries.is_empty() {
        Ok(())
    } else {
        by_hand(desk, "Налоги и взносы на единый налоговый счет", entries)
    }
}

fn taxes_paid(desk: &mut Desk<'_>) -> Outcome<()> {
    let amount = owed(desk, "68.90", desk.day.end())?;
    if amount <= Money::ZERO {
        return Ok(());
    }
    pay(
        desk,
        &Paid {
            operation: BankDebitOperation::Tax,
            to: Ref::EMPTY,
            amount,
            account: "",
            sub: AnyRef::EMPTY,
            flow: "005",
            purpose: "Единый налоговый платеж",
        },
    )
}

/// The credit balance of an account.
fn owed(desk: &Desk<'_>, code: &str, until: crate::kernel::moment::Moment) -> Outcome<Money> {
    let facts = desk.session.facts();
    let read: &dyn Facts = &facts;
    let found: Money = read.ledger(desk.defaults.company.id(), code, until).iter().map(|row| -row.amount).sum();
    facts.result()?;
    Ok(found)
}

fn flow(desk: &Desk<'_>, code: &str) -> AnyRef {
    desk.coded::<crate::domain::company::cash_flow_item::CashFlowItem>(code).any()
}

fn entry(desk: &Desk<'_>, debit: (&str, AnyRef), credit: (&str, AnyRef), amount: Money) -> ManualEntryLine {
    ManualEntryLine {
        debit: desk.coded(debit.0),
        debit1: debit.1,
        credit: desk.coded(credit.0),
        credit1: credit.1,
        amount,
        ..ManualEntryLine::default()
    }
}

fn by_hand(desk: &mut Desk<'_>, content: &str, entries: Vec<ManualEntryLine>) -> Outcome<()> {
    let mut made = desk.blank(|made: &mut ManualEntry, _| {
        content.clone_into(&mut made.content);
        made.entries = entries;
    })?;
    desk.post(&mut made).map(|_| ())
}

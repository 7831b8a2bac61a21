//! Manual ledger entry (Операция, введенная вручную).

use super::account::Account;
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::kernel::behaviour::{Behaviour, Posting};
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// Entries written by hand.
    document ManualEntry = 57 "manual_entry" "Операция вручную" {
        company: Ref<Company> = "Организация" [required],
        content: String = "Содержание",
        amount: Money = "Сумма",
    }
    table entries: ManualEntryLine = "Проводки" {
        debit: Ref<Account> = "Дебет",
        debit1: AnyRef = "Субконто Дт 1",
        debit2: AnyRef = "Субконто Дт 2",
        debit3: AnyRef = "Субконто Дт 3",
        debit_qty: Qty = "Количество Дт",
        credit: Ref<Account> = "Кредит",
        credit1: AnyRef = "Субконто Кт 1",
        credit2: AnyRef = "Субконто Кт 2",
        credit3: AnyRef = "Субконто Кт 3",
        credit_qty: Qty = "Количество Кт",
        amount: Money = "Сумма",
        content: String = "Содержание",
    }
}

impl Behaviour for ManualEntry {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.company = crate::domain::company::settings::settings(facts).company;
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(ManualEntry, entries);
        if self.entries.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        for (row, line) in self.entries.iter().enumerate() {
            let off = |account: Ref<Account>| facts.get(account).is_some_and(|found| found.off_balance);
            let one_sided = off(line.debit) || off(line.credit);
            for (column, account) in [("debit", line.debit), ("credit", line.credit)] {
                if account.is_empty() && !one_sided {
                    problems.cell(table, row, column, text!("field-required"));
                }
                if facts.get(account).is_some_and(|found| accounts::kept_by_documents(&found.code)) {
                    problems.cell(table, row, column, text!("account-kept"));
                }
            }
        }
        self.amount = self.entries.iter().map(|line| line.amount).sum();
    }
}

impl Posting for ManualEntry {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let code = |account| facts.get::<Account>(account).map_or_else(String::new, |found| found.code.clone());
        for line in &self.entries {
            let debit = Side {
                subs: [line.debit1, line.debit2, line.debit3],
                qty: line.debit_qty,
                ..Side::new(code(line.debit))
            };
            let credit = Side {
                subs: [line.credit1, line.credit2, line.credit3],
                qty: line.credit_qty,
                ..Side::new(code(line.credit))
            };
            out.entry(Entry::new(debit, credit, line.amount));
        }
        Ok(())
    }
}

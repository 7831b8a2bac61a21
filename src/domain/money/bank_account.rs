//! Bank account (Банковский счет), our own or a counterparty's.

use super::bank::Bank;
use super::currency::Currency;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::counterparty::Counterparty;
use crate::kernel::behaviour::{At, Behaviour};
use crate::kernel::facts::Facts;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{field, object, text};

object! {
    /// An account of twenty digits in a bank; belongs to a company or to a counterparty.
    catalog BankAccount = 31 "bank_account" "Банковский счет" {
        company: Ref<Company> = "Организация",
        counterparty: Ref<Counterparty> = "Контрагент",
        number: String = "Номер счета" [required],
        bank: Ref<Bank> = "Банк" [required],
        currency: Ref<Currency> = "Валюта",
    }
}

impl Behaviour for BankAccount {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.currency = settings(facts).currency;
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        if matches!(at, At::Field("number" | "bank")) && self.name.is_empty() {
            let bank = facts.get(self.bank).map_or_else(String::new, |bank| bank.name.clone());
            self.name = format!("{} {bank}", self.number).trim().to_owned();
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        if self.folder {
            return;
        }
        if self.company.is_empty() == self.counterparty.is_empty() {
            problems.field(field!(BankAccount, company), text!("account-owner"));
        }
        let Some(bank) = facts.get(self.bank) else { return };
        if let Err(text) = crate::kernel::check_digits::account(&self.number, &bank.code) {
            problems.field(field!(BankAccount, number), text);
        }
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.number.clone()]
    }
}

//! Counterparty (Контрагент): a buyer, a supplier, or both; a firm, an entrepreneur or a person.

use super::contract::Contract;
use crate::domain::company::employee::Employee;
use crate::domain::money::bank_account::BankAccount;
use crate::kernel::behaviour::{At, Behaviour, Choices};
use crate::kernel::facts::Facts;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{choice, object};

choice! {
    /// What a counterparty is in law.
    CounterpartyKind = "counterparty_kind" {
        Company = 0 "company" "Юридическое лицо",
        Entrepreneur = 1 "entrepreneur" "Индивидуальный предприниматель",
        Person = 2 "person" "Физическое лицо",
    }
}

choice! {
    /// The kind of a contact.
    ContactKind = "contact_kind" {
        Phone = 0 "phone" "Телефон",
        Email = 1 "email" "Эл. почта",
        Address = 2 "address" "Адрес",
        Other = 3 "other" "Другое",
    }
}

object! {
    /// Whom we sell to, buy from or settle with.
    catalog Counterparty = 10 "counterparty" "Контрагент" {
        full_name: String = "Полное наименование",
        kind: CounterpartyKind = "Вид",
        inn: String = "ИНН",
        kpp: String = "КПП",
        ogrn: String = "ОГРН",
        okpo: String = "ОКПО",
        address: String = "Адрес",
        phone: String = "Телефон",
        email: String = "Эл. почта",
        passport: String = "Документ, удостоверяющий личность",
        manager: Ref<Employee> = "Менеджер",
        contract: Ref<Contract> = "Основной договор",
        bank_account: Ref<BankAccount> = "Основной счет",
        note: String = "Примечание",
    }
    /// Further phones, addresses of mail and places.
    table contacts: CounterpartyContact = "Контакты" {
        kind: ContactKind = "Вид",
        value: String = "Значение" [required],
        note: String = "Пояснение",
    }
}

impl Counterparty {
    /// The name for documents.
    pub fn official_name(&self) -> &str {
        if self.full_name.is_empty() { &self.name } else { &self.full_name }
    }
}

impl Behaviour for Counterparty {
    const INDEXED: &'static [&'static str] = &["inn", "email", "phone", "contacts.value"];

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.head.id),
            At::Field("bank_account") => Choices::owned("counterparty", self.head.id),
            _ => Choices::default(),
        }
    }

    fn visible(&self, field: &str) -> bool {
        match field {
            "kpp" | "okpo" => self.kind == CounterpartyKind::Company,
            "ogrn" => self.kind != CounterpartyKind::Person,
            "passport" => self.kind != CounterpartyKind::Company,
            _ => true,
        }
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        if !self.folder {
            super::details::check_codes(problems, &self.inn, &self.kpp, &self.ogrn, &self.okpo);
        }
    }

    fn search_words(&self) -> Vec<String> {
        let mut words = vec![self.full_name.clone(), self.inn.clone(), self.phone.clone(), self.email.clone()];
        words.extend(self.contacts.iter().map(|contact| contact.value.clone()));
        words
    }
}

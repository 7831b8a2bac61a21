//! Our company and the other side as papers name them: details, banks, people who sign.

use super::Desk;
use super::filled::Filled;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::{Counterparty, CounterpartyKind};
use crate::domain::money::bank_account::BankAccount;
use crate::kernel::refs::{AnyRef, Ref};
use crate::print::names::initials;

/// What stands in front of an entrepreneur's own name, the long one first.
const TRADER: [&str; 2] = ["Индивидуальный предприниматель ", "ИП "];

/// A side of a deal.
#[derive(Clone, Debug, Default)]
pub struct Party {
    /// The card.
    pub card: AnyRef,
    /// The name for documents.
    pub name: String,
    /// ИНН.
    pub inn: String,
    /// КПП.
    pub kpp: String,
    /// ОГРН or ОГРНИП.
    pub ogrn: String,
    /// ОКПО.
    pub okpo: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// An entrepreneur.
    pub entrepreneur: bool,
    /// Its account in a bank.
    pub account: Account,
}

/// An account in a bank.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The card of the account; that of its owner when there is none.
    pub card: AnyRef,
    /// The card of the bank.
    pub bank_card: AnyRef,
    /// Twenty digits.
    pub number: String,
    /// The bank and its town.
    pub bank: String,
    /// БИК.
    pub bic: String,
    /// Correspondent account.
    pub correspondent: String,
}

impl Account {
    /// The account behind a reference; `owner` is opened where there is no account yet.
    pub fn of(desk: &Desk<'_>, reference: Ref<BankAccount>, owner: AnyRef) -> Self {
        let Some(account) = desk.facts.get(reference) else {
            return Self { card: owner, bank_card: owner, ..Self::default() };
        };
        let bank = desk.facts.get(account.bank).unwrap_or_default();
        Self {
            card: reference.any(),
            bank_card: if account.bank.is_empty() { reference.any() } else { account.bank.any() },
            number: account.number.clone(),
            bank: bank_name(&bank.name, &bank.city),
            bic: bank.code.clone(),
            correspondent: bank.correspondent.clone(),
        }
    }
}

/// «АО «Банк» г. Москва»; a town that says what it is keeps its own words.
fn bank_name(name: &str, city: &str) -> String {
    if city.is_empty() || name.contains(city) {
        return name.to_owned();
    }
    let own = city.contains('.') || city.contains(' ');
    format!("{name} {}{city}", if own { "" } else { "г. " })
}

impl Party {
    /// Our company, with the account a document names, or its main one.
    pub fn ours(desk: &Desk<'_>, reference: Ref<Company>, account: Ref<BankAccount>) -> Self {
        let company = desk.facts.get(reference).unwrap_or_default();
        let main = || company.bank_account.or(settings(desk.facts).bank_account);
        let first = || {
            let all = desk.facts.having::<BankAccount>("company", reference.id());
            all.first().map_or(Ref::EMPTY, |account| Ref::new(account.head.id))
        };
        let account = account.or(main()).or(first());
        Self {
            card: reference.any(),
            name: company.official_name().to_owned(),
            inn: company.inn.clone(),
            kpp: company.kpp.clone(),
            ogrn: company.ogrn.clone(),
            okpo: company.okpo.clone(),
            address: company.address.clone(),
            phone: company.phone.clone(),
            entrepreneur: company.entrepreneur,
            account: Account::of(desk, account, reference.any()),
        }
    }

    /// The other side, with the account a document names, or its main one.
    pub fn theirs(desk: &Desk<'_>, reference: Ref<Counterparty>, account: Ref<BankAccount>) -> Self {
        let card = desk.facts.get(reference).unwrap_or_default();
        let account = account.or(card.bank_account);
        Self {
            card: reference.any(),
            name: card.official_name().to_owned(),
            inn: card.inn.clone(),
            kpp: if card.kind == CounterpartyKind::Company { card.kpp.clone() } else { String::new() },
            ogrn: card.ogrn.clone(),
            okpo: card.okpo.clone(),
            address: card.address.clone(),
            phone: card.phone.clone(),
            entrepreneur: card.kind == CounterpartyKind::Entrepreneur,
            account: Account::of(desk, account, reference.any()),
        }
    }

    /// `7707083893/770701001`; an entrepreneur and a person have no КПП.
    pub fn inn_kpp(&self) -> String {
        if self.kpp.is_empty() { self.inn.clone() } else { format!("{}/{}", self.inn, self.kpp) }
    }

    /// Name and address.
    pub fn with_address(&self) -> String {
        joined([self.name.clone(), self.address.clone()])
    }

    /// Name, ИНН, address, telephone and bank details, as trade forms want them in one line.
    pub fn at_length(&self) -> String {
        let labelled = |label: &str, value: &str| {
            if value.is_empty() { String::new() } else { format!("{label} {value}") }
        };
        let account = &self.account;
        let place = labelled("р/с", &account.number);
        let bank = if place.is_empty() { String::new() } else { format!("{place} в {}", account.bank) };
        let codes = [("БИК", &account.bic), ("к/с", &account.correspondent)];
        let codes = codes.map(|(label, value)| if bank.is_empty() { String::new() } else { labelled(label, value) });
        let [bic, correspondent] = codes;
        joined([
            self.name.clone(),
            labelled("ИНН", &self.inn),
            self.address.clone(),
            labelled("тел.", &self.phone),
            bank,
            bic,
            correspondent,
        ])
    }

    /// The payer or payee of a payment order: «Иванов Иван Иванович (ИП)».
    pub fn bank_name(&self) -> String {
        match own_name(&self.name) {
            Some(own) if self.entrepreneur => format!("{own} (ИП)"),
            _ if self.entrepreneur && !self.name.contains("(ИП)") => format!("{} (ИП)", self.name),
            _ => self.name.clone(),
        }
    }

    /// Fills the five fields of a side of a simple form: `<role>`, `<role>_inn`, ...
    pub fn into_fields(&self, role: &str, filled: &mut Filled) {
        let fields = [
            ("", &self.name),
            ("_inn", &self.inn),
            ("_kpp", &self.kpp),
            ("_address", &self.address),
            ("_phone", &self.phone),
        ];
        for (ending, value) in fields {
            filled.of(self.card, &format!("{role}{ending}"), value.as_str());
        }
    }
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// A name without what says that its bearer is an entrepreneur.
fn own_name(name: &str) -> Option<&str> {
    TRADER.iter().find_map(|prefix| name.strip_prefix(prefix)).map(str::trim)
}

/// A person who signs.
#[derive(Clone, Debug, Default)]
pub struct Signer {
    /// Where it is filled in.
    pub card: AnyRef,
    /// Position.
    pub post: String,
    /// Surname and initials.
    pub name: String,
}

impl Signer {
    /// Fills a position and a name.
    pub fn into_fields(&self, post: &str, name: &str, filled: &mut Filled) {
        filled.of(self.card, post, self.post.as_str());
        filled.of(self.card, name, self.name.as_str());
    }

    /// An employee; `None` when there is none.
    pub fn employee(desk: &Desk<'_>, reference: Ref<Employee>) -> Option<Self> {
        let person = desk.facts.get(reference)?;
        Some(Self { card: reference.any(), post: person.post.clone(), name: initials(&person.name) })
    }
}

/// The people of a company who sign.
#[derive(Clone, Debug, Default)]
pub struct Signers {
    /// The company's card.
    pub card: AnyRef,
    /// An entrepreneur signs for himself.
    pub entrepreneur: bool,
    /// The head.
    pub head: Signer,
    /// The chief accountant; empty when there is none.
    pub accountant: String,
    /// The cashier.
    pub cashier: String,
}

impl Signers {
    /// Of a company.
    pub fn of(desk: &Desk<'_>, reference: Ref<Company>) -> Self {
        let company = desk.facts.get(reference).unwrap_or_default();
        let own = || own_name(company.official_name()).unwrap_or(company.official_name()).to_owned();
        let head = if company.director.is_empty() && company.entrepreneur { own() } else { company.director.clone() };
        // What a new card says fits a firm; an entrepreneur has no post.
        let post = if company.entrepreneur {
            "Предприниматель".to_owned()
        } else {
            company.director_post.clone()
        };
        Self {
            card: reference.any(),
            entrepreneur: company.entrepreneur,
            head: Signer { card: reference.any(), post, name: initials(&head) },
            accountant: initials(&company.accountant),
            cashier: initials(&company.cashier),
        }
    }

    /// The accountant, or the head where there is none: what cash orders and notes ask for.
    pub fn accountant_or_head(&self) -> &str {
        if self.accountant.is_empty() { &self.head.name } else { &self.accountant }
    }

    /// Who hands goods over or takes them: the keeper of the warehouse, else the manager of the document, else
    /// an entrepreneur himself. `place` is opened where nobody is named.
    pub fn keeper(&self, desk: &Desk<'_>, keeper: Ref<Employee>, manager: Ref<Employee>, place: AnyRef) -> Signer {
        let named = Signer::employee(desk, keeper).or_else(|| Signer::employee(desk, manager));
        match named {
            Some(person) => person,
            None if self.entrepreneur => self.head.clone(),
            None => Signer { card: if place.is_empty() { self.card } else { place }, ..Signer::default() },
        }
    }
}

/// How papers name the contract: «Договор № 7 от 01.09.2026», or by its name where it has no number.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    /// In words.
    pub said: String,
    /// Number.
    pub number: String,
    /// Date, ДД.ММ.ГГГГ.
    pub date: String,
}

impl Agreement {
    /// Of a contract; empty when there is none.
    pub fn of(desk: &Desk<'_>, reference: Ref<Contract>) -> Self {
        let Some(contract) = desk.facts.get(reference) else { return Self::default() };
        let (number, date) = (contract.contract_number.clone(), contract.date.russian());
        let said = if number.is_empty() {
            contract.name.clone()
        } else {
            let dated = if date.is_empty() { String::new() } else { format!(" от {date}") };
            format!("Договор № {number}{dated}")
        };
        Self { said, number, date }
    }
}

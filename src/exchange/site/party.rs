//! Counterparties of a document: who buys, pays and receives, as far as the site says.

use super::contacts::{AddressKind, Contacts, shown};
use super::values::{id, one_line};
use super::xml::Element;

/// A person or a company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PartyKind {
    /// A person, an entrepreneur included.
    #[default]
    Person,
    /// A company.
    Company,
}

/// What the party does in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyRole {
    /// «Покупатель».
    Buyer,
    /// «Плательщик».
    Payer,
    /// «Получатель».
    Recipient,
    /// «Продавец»: our own enterprise.
    Seller,
    /// Anything else, as written; empty when absent.
    Other(String),
}

impl PartyRole {
    fn parse(words: &str) -> Self {
        match words.trim().to_lowercase().as_str() {
            "покупатель" => Self::Buyer,
            "плательщик" => Self::Payer,
            "получатель" => Self::Recipient,
            "продавец" => Self::Seller,
            _ => Self::Other(words.trim().to_owned()),
        }
    }
}

/// A bank account of a party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteAccount {
    /// `НомерСчета`.
    pub number: String,
    /// `БИК` of the bank.
    pub bic: String,
    /// Name of the bank.
    pub bank: String,
}

/// A counterparty of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteParty {
    /// `Ид` on the site, as written.
    pub site_id: String,
    /// True when the id is shared by guests of the shop: it must not be used to find the counterparty.
    pub is_guest_id: bool,
    /// A person or a company.
    pub kind: PartyKind,
    /// `Наименование`; nothing when empty. See [`Self::best_name`].
    pub name: Option<String>,
    /// `ПолноеНаименование`.
    pub full_name: Option<String>,
    /// `ОфициальноеНаименование` of a company.
    pub official_name: Option<String>,
    /// `Имя`.
    pub first_name: String,
    /// `Фамилия`.
    pub last_name: String,
    /// `Отчество`.
    pub patronymic: String,
    /// `ИНН`, wherever it stands.
    pub inn: String,
    /// `КПП`, wherever it stands.
    pub kpp: String,
    /// `Роль`.
    pub role: PartyRole,
    /// Mail, telephone, addresses.
    pub contacts: Contacts,
    /// `Представители`: names of contact persons.
    pub representatives: Vec<String>,
    /// `РасчетныеСчета`.
    pub accounts: Vec<SiteAccount>,
    /// `Комментарий` of the party.
    pub comment: String,
}

impl SiteParty {
    /// The name to create a card with: the given one, the full, the official one, surname with names, or what
    /// the id holds; nothing for guests without a name (the caller has a word for them).
    pub fn best_name(&self) -> Option<String> {
        let given = [&self.official_name, &self.full_name, &self.name];
        let given: Vec<String> = given.into_iter().flatten().filter(|name| !is_placeholder(name)).cloned().collect();
        let person = [&self.last_name, &self.first_name, &self.patronymic].map(String::as_str).join(" ");
        let person = one_line(&person);
        // The short name is what people search by; the longer ones stand in for it.
        let short = self.name.clone().filter(|name| !is_placeholder(name));
        short
            .or_else(|| given.into_iter().next())
            .or_else(|| Some(person).filter(|name| !name.is_empty()))
            .or_else(|| self.name_in_id())
    }

    /// True when the party has both a mail address and a telephone number, and none of either is among those known
    /// under the same id: then another person came with that id, and it must not be used to find the counterparty.
    pub fn contradicts(&self, emails: &[String], phones: &[String]) -> bool {
        let own: Vec<&String> = self.contacts.phones.iter().map(|phone| &phone.number).collect();
        let both = !self.contacts.emails.is_empty() && own.iter().any(|number| !number.is_empty());
        let known = !emails.is_empty() && !phones.is_empty();
        let same_mail = self.contacts.emails.iter().any(|email| emails.contains(email));
        both && known && !same_mail && !own.iter().any(|number| phones.contains(number))
    }

    /// `17#mail@x#Name`: the last part of an id of that form.
    fn name_in_id(&self) -> Option<String> {
        let mut parts = self.site_id.split('#');
        let (first, _, name) = (parts.next()?, parts.next()?, parts.next()?);
        let name = one_line(name);
        let number = !first.is_empty() && first.chars().all(|letter| letter.is_ascii_digit());
        let fits = number && parts.next().is_none() && name.chars().any(char::is_alphabetic);
        (fits && !is_placeholder(&name)).then_some(name)
    }
}

/// Words shops put where a guest gave no name.
fn is_placeholder(name: &str) -> bool {
    matches!(name.trim().to_lowercase().as_str(), "" | "гость" | "guest" | "покупатель" | "аноним" | "anonymous")
}

/// True for an id that many buyers share: none, zero, `0#mail`, `…#0`.
pub fn is_guest_id(site_id: &str) -> bool {
    let plain = id(site_id);
    matches!(plain.as_str(), "" | "0") || plain.starts_with("0#") || plain.ends_with("#0")
}

/// Elements in which companies and persons may keep their requisites.
const NESTED: [&str; 3] = ["РеквизитыЮрЛица", "РеквизитыФизЛица", "ОсновныеРеквизиты"];

/// All counterparties of a document.
pub(super) fn parties(document: &Element) -> Vec<SiteParty> {
    let mut found: Vec<SiteParty> = Vec::new();
    for wrapper in document.all("Контрагенты") {
        for child in &wrapper.children {
            if child.name == "Контрагент" {
                found.push(party(child));
            } else if let Some(last) = found.last_mut() {
                stray(&mut last.contacts, child);
            }
        }
    }
    found.extend(document.all("Контрагент").map(party));
    found
}

/// An address or a contact beside its counterparty belongs to the one before it (django-cml-integr).
fn stray(contacts: &mut Contacts, element: &Element) {
    if element.name == "Представление" {
        contacts.place(AddressKind::Registration, &shown(element), Vec::new());
    } else {
        let wrapper = Element { children: vec![element.clone()], ..Element::default() };
        contacts.gather(&wrapper);
    }
}

fn party(element: &Element) -> SiteParty {
    let nested = || NESTED.iter().filter_map(|name| element.child(name));
    let field = |name: &str| -> String {
        let own = [element.value(name)].into_iter().chain(nested().map(|inner| inner.value(name)));
        own.map(one_line).find(|text| !text.is_empty()).unwrap_or_default()
    };
    let name = |key: &str| Some(field(key)).filter(|text| !text.is_empty());
    let mut contacts = Contacts::default();
    contacts.gather(element);
    nested().for_each(|inner| contacts.gather(inner));
    let site_id = element.value("Ид").to_owned();
    site_id.split('#').filter_map(crate::kernel::mail_address::normalise).for_each(|address| {
        contacts.emails_in(&address);
    });
    let requisite = |key: &str| requisite_of(element, key);
    let inn = digits(&field("ИНН")).or_else(|| digits(&requisite("ИНН"))).unwrap_or_default();
    let kpp = code(&field("КПП")).or_else(|| code(&requisite("КПП"))).unwrap_or_default();
    let official_name = name("ОфициальноеНаименование");
    let company = official_name.is_some()
        || inn.len() == 10
        || (!kpp.is_empty() && inn.len() != 12)
        || ["ЮридическийАдрес", "РеквизитыЮрЛица"].iter().any(|key| element.child(key).is_some());
    SiteParty {
        is_guest_id: is_guest_id(&site_id),
        kind: if company { PartyKind::Company } else { PartyKind::Person },
        name: name("Наименование"),
        full_name: name("ПолноеНаименование"),
        official_name,
        first_name: field("Имя"),
        last_name: field("Фамилия"),
        patronymic: field("Отчество"),
        inn,
        kpp,
        role: PartyRole::parse(element.value("Роль")),
        contacts,
        representatives: representatives(element),
        accounts: element
            .within("РасчетныеСчета", "РасчетныйСчет")
            .chain(element.all("РасчетныйСчет"))
            .map(account)
            .collect(),
        comment: one_line(element.value("Комментарий")),
        site_id,
    }
}

/// `ЗначенияРеквизитов` of the party itself.
fn requisite_of(element: &Element, key: &str) -> String {
    let values = element.within("ЗначенияРеквизитов", "ЗначениеРеквизита");
    let mut found = values.filter(|value| value.value("Наименование").eq_ignore_ascii_case(key));
    found.next().map(shown).unwrap_or_default()
}

/// The digits of a tax number; nothing when there are none but zeros.
fn digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.chars().any(|digit| digit != '0').then_some(digits)
}

/// A reason code: digits and capital letters.
fn code(text: &str) -> Option<String> {
    let code: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    code.chars().any(|digit| digit != '0').then(|| code.to_uppercase())
}

/// Contact persons: `Представители/Представитель`, with or without an inner `Контрагент`.
fn representatives(element: &Element) -> Vec<String> {
    let mut names = Vec::new();
    for one in element.within("Представители", "Представитель") {
        let inner = one.child("Контрагент").unwrap_or(one);
        let name = one_line(inner.value("Наименование"));
        if !is_placeholder(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn account(element: &Element) -> SiteAccount {
    let bank = element.child("Банк");
    SiteAccount {
        number: one_line(element.value("НомерСчета")),
        bic: bank.map(|bank| one_line(bank.value("БИК"))).unwrap_or_default(),
        bank: bank.map(|bank| one_line(bank.value("Наименование"))).unwrap_or_default(),
    }
}

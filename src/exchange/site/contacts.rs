//! Where sites hide telephone numbers, letters' addresses and places: a dozen ways, one result.

use super::values::{is_nothing, one_line};
use super::xml::Element;
use crate::kernel::{mail_address, phone};

/// A telephone number as the site gave it and in one spelling.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SitePhone {
    /// `+7XXXXXXXXXX`, or `+` and digits; empty when the text is no whole number.
    pub number: String,
    /// As written.
    pub raw: String,
}

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// `АдресРегистрации`.
    Registration,
    /// `ЮридическийАдрес`.
    Legal,
    /// `Адрес` or a contact «Фактический адрес».
    Actual,
}

/// A postal address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteAddress {
    /// What it is for.
    pub kind: AddressKind,
    /// In one line: `Представление`, or the fields joined.
    pub text: String,
    /// `АдресноеПоле`: kind and value.
    pub fields: Vec<(String, String)>,
}

/// All ways to reach a party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Mail addresses in lower case, each once.
    pub emails: Vec<String>,
    /// Telephone numbers, each once.
    pub phones: Vec<SitePhone>,
    /// Postal addresses, each text once.
    pub addresses: Vec<SiteAddress>,
    /// Contacts of other kinds (fax, messengers, web pages): kind and value as written.
    pub other: Vec<(String, String)>,
}

/// What a kind of contact means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Email,
    Phone,
    Address,
    Other,
}

/// The meaning of a contact's kind: «Почта», «E-Mail», «ТелефонРабочий», «Фактический адрес» …
fn meaning(kind: &str) -> Meaning {
    let plain: String = kind.to_lowercase().chars().filter(|letter| letter.is_alphabetic()).collect();
    let has = |parts: &[&str]| parts.iter().any(|part| plain.contains(part));
    if has(&["mail", "электрон", "емейл", "имейл"]) || matches!(plain.as_str(), "почта" | "элпочта" | "мыло")
    {
        Meaning::Email
    } else if has(&["телефон", "phone", "мобильный", "сотовый"]) || plain == "тел" {
        Meaning::Phone
    } else if has(&["адрес", "address"]) {
        Meaning::Address
    } else {
        Meaning::Other
    }
}

/// Kind of an address element; none for other elements.
fn address_kind(name: &str) -> Option<AddressKind> {
    match name {
        "АдресРегистрации" => Some(AddressKind::Registration),
        "ЮридическийАдрес" => Some(AddressKind::Legal),
        "Адрес" | "ФактическийАдрес" | "АдресДоставки" => Some(AddressKind::Actual),
        _ => None,
    }
}

impl Contacts {
    /// True when there is neither a mail address nor a telephone number.
    pub fn is_unreachable(&self) -> bool {
        self.emails.is_empty() && self.phones.is_empty()
    }

    /// Gathers everything from an element of a party: contacts, addresses, and contacts inside addresses.
    pub(super) fn gather(&mut self, party: &Element) {
        for child in &party.children {
            match child.name.as_str() {
                "Контакты" => self.gather(child),
                "Контакт" => self.contact(&one_line(child.value("Тип")), child),
                name => {
                    if let Some(kind) = address_kind(name) {
                        self.address(kind, child);
                        // CS-Cart puts the contacts into the address.
                        self.gather(child);
                    } else {
                        self.add_named(name, &shown(child));
                    }
                }
            }
        }
    }

    /// `Контакт{Тип, Значение}`; the value may be an element of its own with `Представление` or fields.
    fn contact(&mut self, kind: &str, contact: &Element) {
        let value = contact.child("Значение").or_else(|| contact.child("Представление"));
        let Some(value) = value else { return };
        if meaning(kind) == Meaning::Address {
            self.address(AddressKind::Actual, value);
        } else {
            self.add(meaning(kind), kind, &shown(value));
        }
    }

    /// Adds a mail address or a number by the name of its element or requisite; true when it was one.
    pub(super) fn add_named(&mut self, kind: &str, value: &str) -> bool {
        let meaning = meaning(kind);
        if matches!(meaning, Meaning::Email | Meaning::Phone) {
            self.add(meaning, kind, value);
        }
        matches!(meaning, Meaning::Email | Meaning::Phone)
    }

    fn add(&mut self, meaning: Meaning, kind: &str, value: &str) {
        if is_nothing(value) {
            return;
        }
        match meaning {
            Meaning::Phone => self.phones_in(value),
            Meaning::Address => self.place(AddressKind::Actual, value, Vec::new()),
            // Whatever the kind says, a mail address is known by its look.
            _ if self.emails_in(value) => {}
            _ => self.other.push((kind.to_owned(), one_line(value))),
        }
    }

    /// Takes the mail addresses of a text; false when there is none.
    pub(super) fn emails_in(&mut self, text: &str) -> bool {
        let parts = text.split([',', ';', ' ', '\n', '\t']);
        let found: Vec<String> = parts.filter_map(mail_address::normalise).collect();
        let any = !found.is_empty();
        for email in found {
            if !self.emails.contains(&email) {
                self.emails.push(email);
            }
        }
        any
    }

    fn phones_in(&mut self, text: &str) {
        for part in text.split([',', ';', '\n']).map(one_line).filter(|part| !part.is_empty()) {
            let phone = SitePhone { number: phone::normalise(&part).unwrap_or_default(), raw: part };
            let known = self
                .phones
                .iter()
                .any(|other| other.raw == phone.raw || (!phone.number.is_empty() && other.number == phone.number));
            if !known {
                self.phones.push(phone);
            }
        }
    }

    /// An element of an address: `Представление`, fields, or plain text.
    pub(super) fn address(&mut self, kind: AddressKind, element: &Element) {
        let fields: Vec<(String, String)> = element
            .all("АдресноеПоле")
            .map(|field| (one_line(field.value("Тип")), one_line(field.value("Значение"))))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let text = shown(element);
        self.place(kind, &text, fields);
    }

    pub(super) fn place(&mut self, kind: AddressKind, text: &str, fields: Vec<(String, String)>) {
        let mut text = one_line(text);
        if text.is_empty() {
            let values: Vec<&str> = fields.iter().map(|(_, value)| value.as_str()).collect();
            text = values.join(", ");
        }
        if is_nothing(&text) {
            return;
        }
        match self.addresses.iter_mut().find(|other| other.text == text) {
            Some(known) if known.fields.is_empty() => known.fields = fields,
            Some(_) => {}
            None => self.addresses.push(SiteAddress { kind, text, fields }),
        }
    }
}

/// The text an element shows: `Представление`, `Значение`, or its own.
pub(super) fn shown(element: &Element) -> String {
    let inner = [element.value("Представление"), element.value("Значение"), element.trimmed()];
    let deeper = element.child("Значение").map(|value| value.value("Представление")).unwrap_or_default();
    inner.into_iter().chain([deeper]).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Meaning, meaning};

    #[test]
    fn kinds_of_contacts_are_known_by_their_words() {
        for kind in ["Почта", "Email", "E-Mail", "Электронная почта", "Адрес электронной почты", "e-mail покупателя"]
        {
            assert!(meaning(kind) == Meaning::Email, "{kind}");
        }
        for kind in ["ТелефонРабочий", "Телефон Рабочий", "Телефон", "Телефон мобильный", "Контактный телефон", "Phone"]
        {
            assert!(meaning(kind) == Meaning::Phone, "{kind}");
        }
        for kind in ["Фактический адрес", "Почтовый адрес", "Адрес"] {
            assert!(meaning(kind) == Meaning::Address, "{kind}");
        }
        for kind in ["Факс", "ICQ", "ВебСайт", "Почтовый индекс", ""] {
            assert!(meaning(kind) == Meaning::Other, "{kind}");
        }
    }
}

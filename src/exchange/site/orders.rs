//! The tree of a document into its typed form.

use super::digest::digest;
use super::document::{Operation, Role, SiteDocument, SiteName};
use super::lines::{SiteCost, costs, discounts, lines, requisites, taxes};
use super::party::{SiteParty, parties};
use super::reading::Reading;
use super::values::{currency, date, id, is_nothing, many_lines, moment, one_line, switch, time};
use super::xml::Element;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::Rate;
use crate::kernel::text::Text;
use crate::text;

/// The tag of documents that stand inside their order (schema 2.10).
const SUBORDINATE: (&str, &str) = ("ПодчиненныеДокументы", "ПодчиненныйДокумент");

/// Reads a document and those subordinate to it; the first is the document itself.
pub(super) fn read(element: &Element) -> Result<Vec<SiteDocument>, Text> {
    let main = document(element)?;
    let key = main.key().to_owned();
    let mut all = vec![main];
    for inner in element.within(SUBORDINATE.0, SUBORDINATE.1) {
        match document(inner) {
            Ok(mut found) => {
                if found.basis.is_empty() {
                    found.basis.clone_from(&key);
                }
                all.push(found);
            }
            Err(problem) => {
                if let Some(main) = all.first_mut() {
                    main.warnings.push(problem);
                }
            }
        }
    }
    Ok(all)
}

/// True for a document of CommerceML 1, which keeps everything in attributes.
pub(super) fn is_version_one(element: &Element) -> bool {
    let attributes = ["Идентификатор", "ИдентификаторДокумента", "ХозОперация"];
    attributes.iter().any(|name| !element.attribute(name).is_empty()) && element.child("Ид").is_none()
}

fn document(element: &Element) -> Result<SiteDocument, Text> {
    let site_id = id(element.value("Ид"));
    let number = one_line(element.value("Номер"));
    if site_id.is_empty() && number.is_empty() {
        return Err(text!("site-document-without-id"));
    }
    let mut reading = Reading::default();
    let moment = when(element, &mut reading);
    let currency_raw = one_line(element.value("Валюта"));
    let currency = currency(&currency_raw);
    if currency.is_empty() && !currency_raw.is_empty() {
        reading.warn(text!("site-unknown-currency", value = currency_raw.as_str()));
    }
    let requisites = requisites(element);
    let mut found = SiteDocument {
        site_id,
        number,
        version: one_line(element.value("НомерВерсии")),
        date: moment.date(),
        moment,
        operation: Operation::parse(element.value("ХозОперация")),
        role: Role::parse(element.value("Роль")),
        currency,
        currency_raw,
        rate: reading.number(element, "Курс").and_then(|rate| Rate::from_dec(rate).ok()),
        sum: reading.money(element, "Сумма"),
        parties: parties(element),
        lines: lines(element, &mut reading),
        discounts: discounts(element, &mut reading),
        costs: all_costs(element, &mut reading),
        taxes: taxes(element, &mut reading),
        comment: many_lines(element.value("Комментарий")),
        requisites,
        deleted: false,
        number_1c: None,
        date_1c: Moment::EMPTY,
        warehouse: SiteName::default(),
        organisation: SiteName::default(),
        agreement: SiteName::default(),
        payment_due: date(element.value("СрокПлатежа")).unwrap_or(Date::EMPTY),
        basis: id(element.value("Основание")),
        warnings: Vec::new(),
        digest: digest(element),
    };
    from_either(&mut found, element);
    hidden_contacts(&mut found);
    found.warnings = reading.warnings;
    Ok(found)
}

/// Additional costs of the document and of its lines.
fn all_costs(element: &Element, reading: &mut Reading) -> Vec<SiteCost> {
    let mut found = costs(element, reading);
    for line in element.within("Товары", "Товар") {
        found.extend(costs(line, reading));
    }
    found
}

/// `Дата` and `Время`; an unreadable date leaves the moment empty with a warning.
fn when(element: &Element, reading: &mut Reading) -> Moment {
    let written = element.value("Дата");
    let Some(found) = moment(written) else {
        reading.warn(text!("site-bad-date", value = written.chars().take(40).collect::<String>()));
        return Moment::EMPTY;
    };
    // The time may stand with the date; `Время` wins, and may itself repeat the date.
    let clock = element.value("Время");
    match time(clock).or_else(|| moment(clock).and_then(|at| time(&at.clock()))) {
        Some((hour, minute, second)) => found.date().at(hour, minute, second),
        None => found,
    }
}

/// What some send as elements and others as requisites.
fn from_either(document: &mut SiteDocument, element: &Element) {
    let requisite = |name: &str| document.requisite(name).unwrap_or_default().to_owned();
    let either = |tag: &str, name: &str| -> String {
        let own = element.value(tag);
        if is_nothing(own) { requisite(name) } else { own.to_owned() }
    };
    let marks = [element.value("ПометкаУдаления"), element.attribute("ПометкаУдаления"), &requisite("ПометкаУдаления")];
    let deleted = marks.iter().any(|mark| switch(mark) == Some(true)) || element.attribute("Статус") == "Удален";
    let number_1c = Some(either("Номер1С", "Номер по 1С")).filter(|number| !is_nothing(number) && number != "0");
    let date_1c = moment(&either("Дата1С", "Дата по 1С")).unwrap_or(Moment::EMPTY);
    let store = element.child("Склад").or_else(|| element.within("Склады", "Склад").next());
    let warehouse = name_of(store, &requisite("Склад"));
    let organisation = name_of(element.child("Организация"), &requisite("Организация"));
    let agreement = name_of(element.child("Соглашение"), &requisite("Соглашение"));
    document.deleted = deleted;
    document.number_1c = number_1c;
    document.date_1c = date_1c;
    document.warehouse = warehouse;
    document.organisation = organisation;
    document.agreement = agreement;
}

/// An element with `Ид` and `Наименование`, or with a text; the requisite when there is no element.
fn name_of(element: Option<&Element>, requisite: &str) -> SiteName {
    let found = element.map(|element| {
        let names = [element.value("Наименование"), element.value("Представление"), element.trimmed()];
        let name = names.into_iter().find(|name| !is_nothing(name)).unwrap_or_default();
        SiteName { id: id(element.value("Ид")), name: one_line(name) }
    });
    let requisite = SiteName { id: String::new(), name: one_line(requisite) };
    found.filter(|found| !found.is_empty()).unwrap_or(requisite)
}

/// A buyer without any contact may have them among the requisites of the document: the fields of the order form.
fn hidden_contacts(document: &mut SiteDocument) {
    let reachable = |party: &SiteParty| !party.contacts.is_unreachable();
    if document.parties.iter().any(reachable) {
        return;
    }
    let Some(at) = document.buyer().and_then(|buyer| document.parties.iter().position(|party| party == buyer)) else {
        return;
    };
    let Some(party) = document.parties.get_mut(at) else { return };
    for (name, value) in &document.requisites {
        party.contacts.add_named(name, value);
    }
}

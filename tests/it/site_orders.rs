//! The reader of CommerceML orders against files of real shops, field by field, as `expected.json` tells them.

use crate::shared::shared;
use kontora::exchange::site::{
    Operation, OrdersFile, PartyRole, Role, SiteDocument, SiteLine, SiteParty, normalised, read_orders,
};
use kontora::kernel::money::{Money, Price, Qty, parse_decimal};
use serde_json::Value;
use std::path::Path;

fn read(folder: &Path, name: &str) -> OrdersFile {
    let bytes = std::fs::read(folder.join(name)).unwrap();
    read_orders(&bytes, Some("text/xml; charset=UTF-8"))
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn money(text: &str) -> Option<Money> {
    if text.is_empty() { None } else { Some(Money::from_dec(parse_decimal(text).unwrap()).unwrap()) }
}

fn check_document(place: &str, found: &SiteDocument, expected: &Value) {
    assert_eq!(found.site_id, text(expected, "id"), "{place}: id");
    assert_eq!(found.number, text(expected, "number"), "{place}: number");
    assert_eq!(found.date.to_string(), text(expected, "date"), "{place}: date");
    assert_eq!(found.moment.clock(), text(expected, "time"), "{place}: time");
    assert_eq!(found.operation, Operation::parse(text(expected, "operation")), "{place}: operation");
    assert_eq!(found.operation, Operation::OrderOfGoods, "{place}: every sample is an order");
    assert_eq!((&found.role, text(expected, "role")), (&Role::Seller, "Продавец"), "{place}: role");
    assert_eq!(found.currency_raw, text(expected, "currency"), "{place}: currency");
    let code = if found.currency_raw.is_empty() { "" } else { "RUB" };
    assert_eq!(found.currency, code, "{place}: currency code");
    assert_eq!(found.sum, money(text(expected, "sum")), "{place}: sum");
    assert_eq!(found.comment, text(expected, "comment"), "{place}: comment");
    assert_eq!(found.warnings, [], "{place}: warnings");
    let parties = list(expected, "counterparties");
    assert_eq!(found.parties.len(), parties.len(), "{place}: parties");
    for (party, expected) in found.parties.iter().zip(parties) {
        check_party(place, party, expected);
    }
    let lines = list(expected, "lines");
    assert_eq!(found.lines.len(), lines.len(), "{place}: lines");
    for (at, (line, expected)) in found.lines.iter().zip(lines).enumerate() {
        check_line(&format!("{place}, line {at}"), line, expected);
    }
    check_requisites(place, found, expected);
}

fn check_party(place: &str, party: &SiteParty, expected: &Value) {
    assert_eq!(party.site_id, text(expected, "id"), "{place}: party id");
    assert_eq!(party.name.as_deref().unwrap_or_default(), text(expected, "name"), "{place}: party name");
    assert_eq!(party.inn, text(expected, "inn"), "{place}: inn");
    let role = match text(expected, "role") {
        "Покупатель" => PartyRole::Buyer,
        "Плательщик" => PartyRole::Payer,
        "Получатель" => PartyRole::Recipient,
        other => panic!("{place}: a role the test does not know: {other}"),
    };
    assert_eq!(party.role, role, "{place}: party role");
    for contact in list(expected, "contacts") {
        let pair: Vec<&str> = contact.as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let [kind, value] = pair.as_slice() else { panic!("{place}: a contact is a pair") };
        if kind.contains("Почта") {
            assert!(party.contacts.emails.contains(&value.to_lowercase()), "{place}: {value}");
        } else if kind.contains("Телефон") {
            let phone = party.contacts.phones.iter().find(|phone| phone.raw == *value);
            let phone = phone.unwrap_or_else(|| panic!("{place}: {value} is absent"));
            assert!(phone.number.starts_with("+7999000") && phone.number.len() == 12, "{place}: {phone:?}");
        } else {
            assert_eq!((*kind, *value), ("Фактический адрес", ""), "{place}: a contact the test does not know");
            assert!(!party.contacts.addresses.is_empty(), "{place}: the nested address");
        }
    }
}

fn check_line(place: &str, line: &SiteLine, expected: &Value) {
    assert_eq!(line.site_id, text(expected, "id"), "{place}: id");
    assert_eq!(line.name, one_line(text(expected, "name")), "{place}: name");
    let number = |name: &str| parse_decimal(text(expected, name)).unwrap();
    assert_eq!(line.shown_price, Price::from_dec(number("price")).ok(), "{place}: price");
    assert_eq!(line.qty, Qty::from_dec(number("qty")).ok(), "{place}: quantity");
    assert_eq!(Some(line.amount), money(text(expected, "sum")), "{place}: amount");
    assert!(line.amount_is_given && line.qty_is_exact, "{place}");
    assert_eq!(line.requisite("ТипНоменклатуры").unwrap_or_default(), text(expected, "type"), "{place}: type");
}

fn check_requisites(place: &str, found: &SiteDocument, expected: &Value) {
    let requisites = expected.get("requisites").and_then(Value::as_object).unwrap();
    assert_eq!(found.requisites.len(), requisites.len(), "{place}: requisites {:?}", found.requisites);
    for (name, value) in requisites {
        let own = found.requisites.iter().find(|(own, _)| own == name);
        let own = own.unwrap_or_else(|| panic!("{place}: «{name}» is absent"));
        assert_eq!(Some(own.1.as_str()), value.as_str(), "{place}: «{name}»");
    }
}

/// The files of orders in `expected.json`.
fn samples() -> Option<(std::path::PathBuf, Vec<(String, Value)>)> {
    let folder = shared("")?.join("exchange/samples");
    let all: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap()).unwrap();
    let orders = all
        .as_object()
        .unwrap()
        .iter()
        .filter(|(name, _)| name.starts_with("orders/") || name.starts_with("golden/orders_back"));
    let orders: Vec<(String, Value)> = orders.map(|(name, value)| (name.clone(), value.clone())).collect();
    Some((folder, orders))
}

#[test]
fn every_sample_is_read_field_by_field() {
    let Some((folder, orders)) = samples() else { return };
    assert!(orders.len() >= 12, "the samples shrank to {}", orders.len());
    let mut seen = 0;
    for (name, expected) in &orders {
        let file = read(&folder, name);
        assert_eq!(file.fatal, None, "{name}");
        assert_eq!(file.broken, [], "{name}");
        assert_eq!(file.version.as_deref(), expected.get("version").and_then(Value::as_str), "{name}");
        assert_eq!(file.warnings, [], "{name}");
        let documents = list(expected, "documents");
        assert_eq!(file.documents.len(), documents.len(), "{name}");
        for (at, (found, expected)) in file.documents.iter().zip(documents).enumerate() {
            check_document(&format!("{name}, document {at}"), found, expected);
            seen += 1;
        }
    }
    assert!(seen >= 24, "only {seen} documents were checked");
}

#[test]
fn the_lines_of_every_sample_give_its_total() {
    let Some((folder, orders)) = samples() else { return };
    for (name, _) in &orders {
        for document in read(&folder, name).documents {
            let order = normalised(&document);
            let sum: Money = order.lines.iter().map(|line| line.amount).sum();
            assert_eq!(sum, order.total, "{name} {}", document.number);
            assert_eq!(document.sum.unwrap_or_default(), order.total, "{name} {}", document.number);
            assert!(!order.needs_check(), "{name} {}: {:?}", document.number, order.marks);
            for line in &order.lines {
                assert!((line.price.times(line.qty) - line.amount).abs() <= Money::from_minor(1), "{name}: {line:?}");
            }
        }
    }
}

#[test]
fn encodings_of_the_samples_are_what_the_bytes_are() {
    let Some((folder, orders)) = samples() else { return };
    for (name, _) in &orders {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let expected = if name.contains("cp1251") { "windows-1251" } else { "UTF-8" };
        // The header lies in both directions and must not matter: every sample has a declaration.
        for header in [None, Some("text/xml; charset=UTF-8"), Some("text/xml; charset=windows-1251")] {
            assert_eq!(read_orders(&bytes, header).encoding, expected, "{name}");
        }
    }
}

#[test]
fn opencart_keeps_the_delivery_in_the_total_only() {
    let Some((folder, _)) = samples() else { return };
    let file = read(&folder, "orders/opencart_utf8.xml");
    let first = &file.documents[0];
    let order = normalised(first);
    let delivery = order.lines.last().unwrap();
    assert!(delivery.delivery && delivery.service && delivery.source.is_none());
    assert_eq!(delivery.amount, Money::whole(5));
    assert!(first.comment.contains("домофона #77*\nДоставка"), "line breaks are kept: {}", first.comment);
    let buyer = first.buyer().unwrap();
    assert!(buyer.is_guest_id);
    assert_eq!(buyer.contacts.emails, ["sergey@example.org"]);
    assert_eq!(buyer.contacts.phones.len(), 1);
    assert_eq!(buyer.contacts.addresses.len(), 1, "one text is one address: {:?}", buyer.contacts.addresses);
    assert_eq!(file.documents[1].buyer().unwrap().contacts.emails, ["ivan@example.org"]);
    assert_eq!((first.lines[0].unit_code.as_str(), first.lines[0].unit_name.as_str()), ("796", "Штука"));
}

#[test]
fn woocommerce_sends_payer_and_receiver_and_long_prices() {
    let Some((folder, _)) = samples() else { return };
    let file = read(&folder, "orders/woocommerce_page2.xml");
    let [cancelled, unpaid, paid] = file.documents.as_slice() else { panic!("three orders") };
    assert!(cancelled.is_cancelled() && cancelled.is_final() && cancelled.payment().paid);
    assert_eq!(cancelled.buyer().unwrap().best_name(), None, "«Гость» is no name");
    assert!(!unpaid.payment().paid && !unpaid.is_cancelled());
    assert_eq!(unpaid.payment_method().name, "Счёт для юрлиц");
    assert_eq!(paid.buyer().unwrap().best_name().as_deref(), Some("Ёлкина Ольга"));
    assert_eq!(paid.recipient().unwrap().role, PartyRole::Recipient);
    assert!(paid.parties.iter().all(|party| party.is_guest_id));
    let order = normalised(paid);
    let flags: Vec<(bool, &str)> = order.lines.iter().map(|line| (line.delivery, line.unit_name.as_str())).collect();
    assert_eq!(flags, [(false, "шт"), (false, "шт"), (true, "шт")]);
    assert_eq!(order.lines[1].price.to_string(), "0.4867");
    assert_eq!(order.lines[1].amount, Money::from_minor(146));
    assert_eq!(order.marks, []);
    assert_eq!(file.formed.iso(), "2026-11-23T12:52:01", "the header date is not ISO");
}

#[test]
fn bitrix_tells_status_payment_and_delivery_in_requisites() {
    let Some((folder, _)) = samples() else { return };
    let paid = &read(&folder, "orders/bitrix_2.03_cp1251_paid.xml").documents[0];
    let status = paid.status();
    assert_eq!((status.id.as_str(), status.name.as_str()), ("F", "Доставлен"));
    let payment = paid.payment();
    assert!(payment.paid && paid.is_final() && paid.is_delivery_allowed());
    assert_eq!((payment.moment.iso().as_str(), payment.number.as_str()), ("2007-10-16T15:44:47", "ТК000000026"));
    assert_eq!(paid.delivery_allowed_at().iso(), "2007-10-16T15:51:27");
    let buyer = paid.buyer().unwrap();
    assert_eq!((buyer.last_name.as_str(), buyer.first_name.as_str()), ("Петров", "Петр"));
    assert_eq!(buyer.representatives, ["Петр Петров"]);
    assert_eq!(buyer.contacts.addresses[0].fields[0], ("Почтовый индекс".to_owned(), "6546".to_owned()));
    let order = &read(&folder, "orders/bitrix_2.05_cp1251.xml").documents[0];
    assert_eq!(order.status().id, "N");
    assert_eq!(order.status().name, "Принят, ожидается оплата");
    assert_eq!(order.status_changed().iso(), "2021-02-11T18:45:21");
    assert_eq!((order.delivery_method().id.as_str(), order.delivery_method().name.as_str()), ("5", "Самовывоз"));
    assert_eq!((order.site().id.as_str(), order.site().name.as_str()), ("s1", "Сайт по умолчанию"));
    assert_eq!(order.buyer_comment(), "Я повелитель порошочков");
    assert_eq!(order.lines[0].position(), "437");
    assert_eq!(order.buyer().unwrap().best_name(), None);
    let second = &read(&folder, "orders/bitrix_2.05_cp1251.xml").documents[1];
    assert_eq!(second.buyer().unwrap().best_name().as_deref(), Some("Контент менджер"), "the name is in the id");
}

#[test]
fn containers_tell_organisation_warehouse_and_tax() {
    let Some((folder, _)) = samples() else { return };
    let file = read(&folder, "orders/bitrix_3.1_container.xml");
    let document = &file.documents[1];
    assert_eq!(document.organisation.name, "ИП Петров П. П.");
    assert_eq!(document.warehouse.name, "2 ППП склад");
    assert_eq!(document.agreement.name, "Стандартное");
    let vat = normalised(document).lines[0].vat.unwrap();
    assert_eq!((vat.percent.unwrap().short().as_str(), vat.included), ("5", true));
}

#[test]
fn own_numbers_come_back_with_the_orders() {
    let Some((folder, _)) = samples() else { return };
    let file = read(&folder, "orders/from_1c_okaycms_2.08.xml");
    let first = &file.documents[0];
    assert_eq!(first.number_1c.as_deref(), Some("СА-000001"));
    assert_eq!(first.date_1c.iso(), "2017-04-05T17:40:32");
    assert!(first.payment_due.is_empty(), "0001-01-01 is no date");
    assert_eq!(file.documents.iter().filter(|document| document.deleted).count(), 2);
    let free = normalised(&file.documents[5]);
    assert_eq!(free.lines[0].amount, Money::ZERO, "a line given for nothing stays so");
    assert!(normalised(first).lines[0].delivery, "the service «Доставка» has an id of its own");
    let django = &read(&folder, "orders/django_cp1251.xml").documents[0];
    let buyer = django.buyer().unwrap();
    assert_eq!(buyer.contacts.addresses[0].text, "620014, Екатеринбург, ул. Малышева, 1", "beside the buyer");
    assert_eq!(buyer.contacts.emails, ["buyer@example.org"], "inside the id");
    assert!(!buyer.is_guest_id);
}

#[test]
fn broken_samples_are_refused_or_mended_in_words() {
    let Some((folder, _)) = samples() else { return };
    let reason = |name: &str| {
        let file = read(&folder, name);
        assert!(file.documents.is_empty() && file.broken.is_empty(), "{name}");
        file.fatal.unwrap_or_else(|| panic!("{name} must be refused")).key().to_owned()
    };
    assert_eq!(reason("broken/truncated.xml"), "site-file-cut");
    assert_eq!(reason("broken/html_login_page.txt"), "site-file-page");
    assert_eq!(reason("broken/cut.zip"), "site-file-archive");
    let clean = read(&folder, "orders/opencart_utf8.xml");
    for (name, warning) in [
        ("broken/php_notice_before_xml.txt", "site-words-before"),
        ("broken/declared_cp1251_really_utf8.xml", "site-encoding-lies"),
    ] {
        let file = read(&folder, name);
        assert_eq!(file.fatal, None, "{name}");
        assert_eq!(file.documents, clean.documents, "{name}");
        assert_eq!(file.warnings.iter().map(|text| text.key()).collect::<Vec<_>>(), [warning], "{name}");
    }
}

#[test]
fn catalogues_are_no_orders_and_never_a_panic() {
    let Some(folder) = shared("") else { return };
    let folder = folder.join("exchange/samples/catalog");
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let file = read_orders(&std::fs::read(&path).unwrap(), None);
            assert!(file.documents.is_empty() && file.broken.is_empty(), "{}", path.display());
        }
    }
    let rates = folder.parent().unwrap().join("cbr/XML_daily_2023-11-02.xml");
    let file = read_orders(&std::fs::read(rates).unwrap(), None);
    assert_eq!(file.fatal.unwrap().key(), "site-file-other");
}

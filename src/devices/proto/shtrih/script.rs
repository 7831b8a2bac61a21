//! A receipt as the commands of a registrar, in their order.

use super::marking::Planned;
use super::request::{Item, Passwords, Request, TaxGroup};
use super::tlv::{Tag, tag};
use crate::devices::proto::fiscal::{FiscalItem, FiscalReceipt, Person, ReceiptKind};
use chrono::NaiveTime;

/// The commands of a receipt that [`FiscalReceipt::check`] has found right: marking codes are checked and accepted,
/// then it is opened, filled and closed. The last one makes the document; until then it can be cancelled.
#[must_use]
pub fn receipt(passwords: &Passwords, receipt: &FiscalReceipt) -> Vec<Request> {
    let returned = matches!(receipt.kind, ReceiptKind::SaleReturn | ReceiptKind::PurchaseReturn);
    let planned = if returned { Planned::PieceReturned } else { Planned::PieceSold };
    let mut requests = Vec::new();
    for code in receipt.items.iter().filter_map(|item| item.marking.as_ref()) {
        requests.extend(passwords.check_marking(code, planned, &[]));
        requests.push(passwords.accept_marking(true));
    }
    requests.push(passwords.open_receipt(receipt.kind, receipt.correction.is_some()));
    for item in &receipt.items {
        requests.push(passwords.item(receipt.kind, &own(item)));
        if let Some(measure) = item.measure {
            requests.push(passwords.item_tag(&Tag::byte(tag::MEASURE, measure)));
        }
        requests.extend(item.marking.as_ref().and_then(|code| passwords.bind_marking(code)));
    }
    requests.extend(tags(receipt).iter().map(|tag| passwords.document_tag(tag)));
    requests.push(passwords.close_receipt(&receipt.payments, receipt.rounding, receipt.tax_system.bit()));
    requests
}

/// The commands that open a shift in the name of a cashier.
#[must_use]
pub fn open_shift(passwords: &Passwords, cashier: &Person) -> Vec<Request> {
    let mut requests = vec![passwords.begin_opening()];
    requests.extend(cashier_tags(cashier).iter().map(|tag| passwords.document_tag(tag)));
    requests.push(passwords.open_shift());
    requests
}

/// The commands that close a shift in the name of a cashier.
#[must_use]
pub fn close_shift(passwords: &Passwords, cashier: &Person) -> Vec<Request> {
    let mut requests = vec![passwords.begin_closing()];
    requests.extend(cashier_tags(cashier).iter().map(|tag| passwords.document_tag(tag)));
    requests.push(passwords.close_shift());
    requests
}

fn own(item: &FiscalItem) -> Item {
    Item {
        name: item.name.clone(),
        quantity: item.quantity,
        price: item.price,
        sum: Some(item.sum),
        // A code without a group is refused by the registrar; the check has seen to it before.
        tax: TaxGroup::of_code(item.tax_code).unwrap_or(TaxGroup(0)),
        method: item.method,
        subject: item.subject,
    }
}

fn cashier_tags(cashier: &Person) -> Vec<Tag> {
    let number = cashier.tax_number.as_ref().map(|number| Tag::field(tag::CASHIER_TAX_NUMBER, number, 12));
    [Tag::text(tag::CASHIER, &cashier.name, 64)].into_iter().chain(number).collect()
}

fn tags(receipt: &FiscalReceipt) -> Vec<Tag> {
    let mut tags = cashier_tags(&receipt.cashier);
    let texts = [
        (tag::BUYER_ADDRESS, &receipt.buyer_address, 64),
        (tag::PLACE, &receipt.place, 256),
        (tag::OWN_ATTRIBUTE, &receipt.own_mark, 16),
    ];
    tags.extend(
        texts.into_iter().filter_map(|(number, text, most)| text.as_ref().map(|text| Tag::text(number, text, most))),
    );
    if receipt.internet {
        tags.push(Tag::byte(tag::INTERNET, 1));
    }
    if let Some(buyer) = &receipt.buyer {
        let number = buyer.tax_number.as_ref().map(|number| Tag::field(tag::BUYER_TAX_NUMBER, number, 12));
        let inside: Vec<Tag> = [Tag::text(tag::BUYER_NAME, &buyer.name, 128)].into_iter().chain(number).collect();
        tags.push(Tag::group(tag::BUYER, &inside));
    }
    if let Some(correction) = &receipt.correction {
        let seconds = correction.date.and_time(NaiveTime::MIN).and_utc().timestamp();
        let ground = [
            Tag::seconds(tag::CORRECTED_ON, u32::try_from(seconds).unwrap_or(0)),
            Tag::text(tag::ORDER_NUMBER, &correction.number, 32),
        ];
        tags.push(Tag::byte(tag::CORRECTION_KIND, u8::from(correction.by_order)));
        tags.push(Tag::group(tag::CORRECTION_GROUND, &ground));
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::{close_shift, open_shift, receipt};
    use crate::devices::proto::fiscal::tests::sample;
    use crate::devices::proto::fiscal::{Correction, ReceiptKind};
    use crate::devices::proto::shtrih::answer::{Closed, body};
    use crate::devices::proto::shtrih::request::Passwords;
    use crate::devices::proto::shtrih::tlv::{Tag, read, tag};
    use crate::devices::proto::shtrih::training::{Registrar, TrainingSettings};
    use chrono::NaiveDate;

    #[test]
    fn a_receipt_becomes_a_document_with_all_its_tags() {
        let settings = TrainingSettings {
            name: "УЧЕБНАЯ ККТ".to_owned(),
            memory_number: "9999078900001234".to_owned(),
            serial: 1,
            words: |_| String::new(),
        };
        let mut registrar = Registrar::new(settings);
        let now = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap().and_hms_opt(12, 0, 0).unwrap();
        let (passwords, mut own) = (Passwords::default(), sample());
        let code = b"0104600123456782215abcDE\x1d93dGVz".to_vec();
        own.items[0].marking = Some(code.clone());
        let mut run = |requests: Vec<super::Request>| {
            let answers: Vec<Vec<u8>> = requests.iter().map(|request| registrar.command(&request.data, now)).collect();
            assert!(answers.iter().all(|answer| body(answer).is_ok()), "{answers:02X?}");
            (answers.last().unwrap().clone(), registrar.memory().documents().last().unwrap().clone())
        };
        run(open_shift(&passwords, &own.cashier));
        let (answer, document) = run(receipt(&passwords, &own));
        assert_eq!(Closed::read(&answer).unwrap().change, own.change());
        assert_eq!((document.kind, document.settled), (3, Some((1, own.total()))));
        let value = |number| document.tags.iter().find(|tag| tag.number == number).unwrap();
        assert_eq!(value(tag::CASHIER).as_text(), "Щукина Ё.");
        assert_eq!(value(tag::OWN_ATTRIBUTE).as_text(), "K-000123");
        assert_eq!(value(tag::TAX_SYSTEM).as_amount(), Some(2));
        let buyer = read(&value(tag::BUYER).value).unwrap();
        assert_eq!((buyer[0].as_text().as_str(), buyer[1].as_text().as_str()), ("ООО \"Ромашка\"", "7707083893"));
        let items: Vec<&Tag> = document.tags.iter().filter(|one| one.number == tag::ITEM).collect();
        assert!(read(&items[0].value).unwrap().contains(&Tag::raw(tag::MARKING_CODE, &code)));
        let second = read(&items[1].value).unwrap();
        assert!(second.contains(&Tag::amount(tag::SUM, 3_327)) && second.contains(&Tag::byte(tag::MEASURE, 0)));

        own.kind = ReceiptKind::SaleReturn;
        let date = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        own.correction = Some(Correction { by_order: true, date, number: "7-А".to_owned() });
        let (_, document) = run(receipt(&passwords, &own));
        assert_eq!((document.kind, document.settled), (31, Some((2, own.total()))));
        let ground = document.tags.iter().find(|one| one.number == tag::CORRECTION_GROUND).unwrap();
        assert_eq!(read(&ground.value).unwrap()[0].as_amount(), Some(1_793_491_200));
        assert_eq!(run(close_shift(&passwords, &own.cashier)).1.kind, 5);
    }
}

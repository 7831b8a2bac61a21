//! A receipt for the tests of this room.

use super::fiscal::{FiscalItem, FiscalReceipt, Payments, Person, ReceiptKind, TaxSystem, item_sum};

/// Two items, paid partly by card, with everything that may be given.
pub fn receipt() -> FiscalReceipt {
    let item = |name: &str, quantity, price| FiscalItem {
        name: name.to_owned(),
        quantity,
        price,
        sum: item_sum(quantity, price).unwrap(),
        tax_code: 11,
        method: 4,
        subject: 1,
        measure: Some(0),
        marking: None,
    };
    FiscalReceipt {
        kind: ReceiptKind::Sale,
        correction: None,
        tax_system: TaxSystem::SimplifiedIncome,
        cashier: Person { name: "Щукина Ё.".to_owned(), tax_number: Some("500100732259".to_owned()) },
        buyer_address: Some("buyer@example.com".to_owned()),
        buyer: Some(Person { name: "ООО «Ромашка»".to_owned(), tax_number: Some("7707083893".to_owned()) }),
        place: None,
        internet: true,
        own_mark: Some("K-000123".to_owned()),
        items: vec![item("Чай чёрный № 7", 2_000_000, 61_725), item("Щётка", 333_000, 9_990)],
        payments: Payments { cash: 100_000, electronic: 50_000, ..Payments::default() },
        rounding: 77,
    }
}

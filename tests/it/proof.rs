//! `check` finds what is wrong: a base is spoiled in each way it looks for, and it says so.

use crate::declarations::every;
use kontora::kernel::text::{Lang, Text, sources};
use kontora::ops::check::check;
use kontora::ops::gate::Session;
use std::collections::BTreeSet;

/// Statements that spoil a base, and the fault that must be told.
const SPOILED: &[(&str, &str)] = &[
    ("check-total-differs", "UPDATE stock_now SET qty = qty + 1000 WHERE qty > 0"),
    ("check-total-differs", "UPDATE stock_months SET cost = cost + 1"),
    ("check-total-differs", "DELETE FROM settlements_now"),
    ("check-total-differs", "UPDATE funds_moves SET amount = amount + 1"),
    ("check-negative", "UPDATE customer_orders_now SET \"left\" = -1000"),
    ("check-ledger-differs", "UPDATE ledger_now SET amount = amount + 1 WHERE amount > 0"),
    ("check-ledger-differs", "UPDATE ledger_months SET debit = debit + 1"),
    ("check-ledger-differs", "UPDATE ledger_moves SET amount = amount + 1"),
    (
        "check-ledger-register",
        "UPDATE stock_moves SET cost = cost + 1; UPDATE stock_now SET cost = cost + 1; \
         UPDATE stock_months SET cost = cost + 1",
    ),
    ("check-ledger-register", "UPDATE funds_now SET amount = amount + 1"),
    ("check-reserve-line", "UPDATE reserves_now SET qty = qty + 1000"),
    ("check-reserve-stock", "UPDATE reserves_now SET qty = qty + 1000000"),
    ("check-open-differs", "UPDATE open_items_now SET amount = amount + 100"),
    ("check-batches-differ", "UPDATE batches_now SET qty = qty + 1000"),
    ("check-orphan", "UPDATE goods_issue SET manager = 999999"),
    ("check-orphan", "UPDATE cash_receipt_split SET \"order\" = 999999 * 256 + 46"),
    ("check-orphan", "UPDATE cash_receipt_split SET \"order\" = 5 * 256 + 250"),
    ("check-derived-differs", "UPDATE stock_moves SET cost = cost - 100 WHERE qty < 0"),
    ("check-order-state", "UPDATE customer_order SET state = CASE state WHEN 1 THEN 2 ELSE 1 END"),
];

fn faults(session: &Session) -> Vec<Text> {
    check(session, &mut |_| true).unwrap_or_else(|error| panic!("{}", error.sentence())).faults
}

#[test]
fn every_way_of_spoiling_a_base_is_found() {
    for (key, statements) in SPOILED {
        let session = every::session();
        let clean = faults(&session);
        assert!(clean.is_empty(), "{:?}", clean.iter().map(Text::show).collect::<Vec<_>>());
        let spoiled = session.store.engine().batch(statements);
        spoiled.unwrap_or_else(|error| panic!("{statements}: {}", error.sentence()));
        let found = faults(&session);
        let keys: BTreeSet<&str> = found.iter().map(Text::key).collect();
        assert!(keys.contains(key), "{statements}: {key} is not among {keys:?}");
        for lang in [Lang::Ru, Lang::En] {
            let said: Vec<String> = found.iter().map(|fault| fault.show_in(lang)).collect();
            assert!(said.iter().all(|said| said.len() > 20 && !said.contains("{ $")), "{said:?}");
        }
    }
}

#[test]
fn every_fault_has_a_way_of_being_found() {
    let problems = sources(Lang::Ru)[1];
    let keys = problems.lines().filter_map(|line| line.split_once(" ="));
    // A fault names what differs; names of the steps of the proof do not. Storage is damaged in `faults`.
    let faults = keys.filter(|(key, text)| key.starts_with("check-") && text.contains("{ $"));
    let known: BTreeSet<&str> =
        SPOILED.iter().map(|(key, _)| *key).chain(["check-register", "check-storage-damaged"]).collect();
    let silent: Vec<&str> = faults.map(|(key, _)| key).filter(|key| !known.contains(key)).collect();
    assert!(silent.is_empty(), "nothing spoils a base so that it says {silent:?}");
}

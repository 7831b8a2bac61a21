//! A contract with more open documents than are looked at in one question.

use crate::bases::{engines, or_say};
use crate::simulate::{now, prepare};
use kontora::domain::registers::settlements::OpenItems;
use kontora::kernel::money::Money;
use kontora::kernel::refs::AnyRef;
use kontora::kernel::register::Register as _;
use kontora::ops::check::check;
use kontora::ops::gate::{Op, Session};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// More than two questions bring.
const SHIPPED: usize = 70;

fn load(session: &Session, line: &Json) {
    or_say(session.run(Op::Load, |tx| tx.load_line(&line.to_string())));
}

fn issue(session: &Session, at: usize) {
    let date = format!("2026-10-03T10:{:02}:{:02}", at / 60, at % 60);
    let goods = json!([{"item": "T1", "qty": 1, "price": "10"}]);
    load(
        session,
        &json!({"type": "goods_issue", "key": format!("G{at}"), "date": date, "customer": "C1",
            "warehouse": "main", "goods": goods, "post": true}),
    );
}

fn paid(session: &Session, key: &str, date: &str, amount: &str) {
    load(
        session,
        &json!({"type": "cash_receipt", "key": key, "date": date, "counterparty": "C1", "amount": amount,
            "post": true}),
    );
}

/// What is open with the customer, by the document it is open for, the first first.
fn open(session: &Session) -> Vec<(String, Money)> {
    let of = |kind: &str, key: &str| or_say(session.store.known(kind, key)).map(|known| known.object);
    let mut named: BTreeMap<AnyRef, String> = BTreeMap::new();
    for at in 1..=SHIPPED {
        named.extend(of("load:goods_issue", &format!("G{at}")).map(|issue| (issue, at.to_string())));
    }
    for payment in ["P1", "P2"] {
        named.extend(of("load:cash_receipt", payment).map(|known| (known, payment.to_owned())));
    }
    let rows = or_say(session.store.totals_by(OpenItems::meta(), &[]));
    let rows = rows.iter().map(|cells| OpenItems::from_cells(cells));
    rows.filter_map(|row| Some((named.get(&row.item)?.clone(), row.amount))).collect()
}

#[test]
fn many_open_documents_are_set_off_the_first_first() {
    for engine in engines() {
        let session = engine.fresh(now());
        prepare(&session, 1);
        let goods = json!([{"item": "T1", "qty": 500, "price": "3"}]);
        load(
            &session,
            &json!({"type": "goods_receipt", "key": "R", "date": "2026-10-01", "supplier": "S1", "warehouse": "main",
                "goods": goods, "post": true}),
        );
        (1..=SHIPPED).for_each(|at| issue(&session, at));
        assert_eq!(open(&session).len(), SHIPPED);
        // A return closes its own sale, however many are older.
        load(
            &session,
            &json!({"type": "customer_return", "key": "B", "date": "2026-10-04", "on": "goods_issue:G50", "post": true}),
        );
        let left = open(&session);
        assert_eq!(left.len(), SHIPPED - 1);
        assert!(left.iter().all(|(issue, _)| issue != "50"), "{left:?}");
        // Sixty-five and a half of the rest, the oldest of them.
        paid(&session, "P1", "2026-10-05", "655");
        let ten = Money::from_minor(1_000);
        let named =
            |rows: &[(&str, Money)]| rows.iter().map(|(who, sum)| ((*who).to_owned(), *sum)).collect::<Vec<_>>();
        let five = Money::from_minor(500);
        assert_eq!(open(&session), named(&[("67", five), ("68", ten), ("69", ten), ("70", ten)]));
        paid(&session, "P2", "2026-10-06", "100");
        assert_eq!(open(&session), named(&[("P2", Money::from_minor(-6_500))]));
        // The same payment before all of them is an advance for the first ten; what is left over is of
        // the other payment then: everything after it is set off anew.
        load(&session, &json!({"type": "cash_receipt", "key": "P2", "date": "2026-10-02"}));
        assert_eq!(open(&session), named(&[("P1", Money::from_minor(-6_500))]));
        let report = or_say(check(&session, &mut |_| true));
        assert!(report.faults.is_empty(), "{:?}", report.faults.iter().map(|fault| fault.show()).collect::<Vec<_>>());
    }
}

//! Balances of any past day are the sums of all movements up to it, counted one by one.

use super::base::{by, days, definition, leaves, made, moves, name, report, session, span, total, usual};
use kontora::domain::registers::funds::Funds;
use kontora::domain::registers::orders::SupplierOrders;
use kontora::domain::registers::settlements::Settlements;
use kontora::domain::registers::stock::{Reserves, Stock};
use kontora::kernel::moment::Moment;
use std::collections::BTreeMap;

/// Adds up what movements before a moment say of each key; keys that come to nothing are left out.
fn sums<'a, R: 'a>(
    moves: &'a [(kontora::kernel::refs::AnyRef, Moment, R)],
    until: Moment,
    key: impl Fn(&R) -> String,
    value: impl Fn(&R) -> i64,
) -> BTreeMap<String, i64> {
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    for (_, date, row) in moves.iter().filter(|(_, date, _)| *date <= until) {
        let _ = date;
        *found.entry(key(row)).or_default() += value(row);
    }
    found.retain(|_, sum| *sum != 0);
    found
}

#[test]
fn stock_of_every_day_is_the_sum_of_its_movements() {
    let session = session();
    let (stock, reserves, orders) =
        (moves::<Stock>(&session), moves::<Reserves>(&session), moves::<SupplierOrders>(&session));
    let names: BTreeMap<_, _> = stock
        .iter()
        .flat_map(|(_, _, row)| [row.item.any(), row.warehouse.any()])
        .chain(orders.iter().flat_map(|(_, _, row)| [row.item.any(), row.warehouse.any()]))
        .chain(reserves.iter().flat_map(|(_, _, row)| [row.item.any(), row.warehouse.any()]))
        .map(|reference| (reference, name(&session, reference)))
        .collect();
    let called = |warehouse: kontora::kernel::refs::AnyRef, item| format!("{} / {}", names[&warehouse], names[&item]);
    let definition = definition(&session, "stock");
    for day in days() {
        // The end of a day, and a moment within it.
        for at in [day.end(), day.at(11, 0, 0)] {
            let mut setup = usual(&definition);
            setup.span.until = at;
            by(&mut setup, &["warehouse", "item"]);
            let sheet = made(&session, &definition, &setup);
            let key = |row: &Stock| called(row.warehouse.any(), row.item.any());
            assert_eq!(leaves(&sheet, "on_hand"), sums(&stock, at, key, |row| row.qty.minor()), "{at}");
            assert_eq!(leaves(&sheet, "cost"), sums(&stock, at, key, |row| row.cost.minor()), "{at}");
            let key = |row: &Reserves| called(row.warehouse.any(), row.item.any());
            assert_eq!(leaves(&sheet, "reserved"), sums(&reserves, at, key, |row| row.qty.minor()), "{at}");
            let key = |row: &SupplierOrders| called(row.warehouse.any(), row.item.any());
            assert_eq!(leaves(&sheet, "expected"), sums(&orders, at, key, |row| row.left.minor()), "{at}");
            let all = |column: &str| leaves(&sheet, column).values().sum::<i64>();
            assert_eq!(total(&sheet, "on_hand"), all("on_hand"));
            assert_eq!(total(&sheet, "free"), total(&sheet, "on_hand") - total(&sheet, "reserved"));
        }
    }
}

#[test]
fn money_of_every_period_begins_and_ends_where_its_movements_say() {
    let session = session();
    let funds = moves::<Funds>(&session);
    let all = days();
    for (from, until) in all.iter().step_by(9).flat_map(|from| all.iter().step_by(7).map(move |until| (*from, *until)))
    {
        if from > until {
            continue;
        }
        let sheet = report(&session, "money", |setup| setup.span = span(from, until));
        let key = |row: &Funds| name(&session, row.place);
        let before = from.start().plus_seconds(-1);
        let opening = sums(&funds, before, key, |row| row.amount.minor());
        let closing = sums(&funds, until.end(), key, |row| row.amount.minor());
        assert_eq!(leaves(&sheet, "opening"), opening, "{from} {until}");
        assert_eq!(leaves(&sheet, "closing"), closing, "{from} {until}");
        let (mut came, mut went) = (0, 0);
        for (_, date, row) in &funds {
            if *date > before && *date <= until.end() {
                came += row.amount.minor().max(0);
                went += (-row.amount.minor()).max(0);
            }
        }
        assert_eq!((total(&sheet, "in"), total(&sheet, "out")), (came, went), "{from} {until}");
    }
}

#[test]
fn settlements_of_every_day_are_the_sum_of_theirs() {
    use kontora::domain::crm::contract::{Contract, ContractKind};
    use kontora::domain::registers::settlements::SettlementRole;
    use kontora::kernel::facts::Facts;
    let session = session();
    let settlements = moves::<Settlements>(&session);
    let facts = session.facts();
    let facts: &dyn Facts = &facts;
    let side = |row: &Settlements| facts.get::<Contract>(row.contract).unwrap().kind;
    for (code, kind, sign) in
        [("settlements_customers", ContractKind::Customer, 1), ("settlements_suppliers", ContractKind::Supplier, -1)]
    {
        let own: Vec<_> = settlements.iter().filter(|(_, _, row)| side(row) == kind).cloned().collect();
        for day in days() {
            let sheet = report(&session, code, |setup| setup.span = span(day, day.plus_days(10)));
            let key = |row: &Settlements| name(&session, row.counterparty.any());
            let value = |row: &Settlements| row.amount.minor() * sign;
            assert_eq!(leaves(&sheet, "opening"), sums(&own, day.start().plus_seconds(-1), key, value), "{code} {day}");
            assert_eq!(leaves(&sheet, "closing"), sums(&own, day.plus_days(10).end(), key, value), "{code} {day}");
            let turned = |role: SettlementRole| -> i64 {
                let within = own.iter().filter(|(_, date, row)| {
                    *date >= day.start() && *date <= day.plus_days(10).end() && row.role == role
                });
                within.map(|(_, _, row)| row.amount.minor() * sign).sum()
            };
            assert_eq!(total(&sheet, "charged"), turned(SettlementRole::Charge), "{code} {day}");
            assert_eq!(total(&sheet, "paid"), -turned(SettlementRole::Payment), "{code} {day}");
            assert_eq!(total(&sheet, "debt") - total(&sheet, "advance"), total(&sheet, "closing"));
        }
    }
}

#[test]
fn a_balance_runs_along_days_documents_and_months() {
    let session = session();
    for fields in
        [&["place", "day"][..], &["place", "document"], &["month"], &["month", "document"], &["place", "month"]]
    {
        let sheet = report(&session, "money", |setup| {
            setup.span = kontora::report::time::Span { from: super::base::day(9, 5).start(), until: Moment::FOREVER };
            by(setup, fields);
        });
        let at = |column: &str| sheet.head(column).unwrap();
        let number = |row: usize, column: &str| sheet.rows[row].cells[at(column)].number().unwrap();
        for (place, row) in sheet.rows.iter().enumerate() {
            let net = number(place, "in") - number(place, "out");
            assert_eq!(number(place, "opening") + net, number(place, "closing"), "{fields:?} {place}");
            let end = sheet.end_of(place);
            let below: Vec<usize> = (place + 1..end).filter(|at| sheet.rows[*at].level == row.level + 1).collect();
            let timed = below.iter().all(|at| sheet.rows[*at].level > 0);
            if let (Some(first), Some(last)) = (below.first(), below.last().filter(|_| timed)) {
                assert_eq!(number(*first, "opening"), number(place, "opening"), "{fields:?}");
                assert_eq!(number(*last, "closing"), number(place, "closing"), "{fields:?}");
            }
        }
    }
}

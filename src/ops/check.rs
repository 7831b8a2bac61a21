//! `check`: the base is proved. Totals are the sums of movements, the ledger balances and equals the
//! registers, reserves lie within stock, derived rows are what they should be, nothing points nowhere.

use super::gate::Session;
use super::present::title;
use crate::domain::accounts;
use crate::domain::registers::funds::Funds;
use crate::domain::registers::orders::{CustomerOrders, SupplierOrders};
use crate::domain::registers::settlements::{OpenItems, Settlements};
use crate::domain::registers::stock::{Batches, Reserves, Stock};
use crate::domain::registry;
use crate::domain::stock::item_group::CostMethod;
use crate::kernel::facts::Facts;
use crate::kernel::meta::RegisterMeta;
use crate::kernel::moment::Moment;
use crate::kernel::money::{Money, Qty};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register;
use crate::kernel::text::Text;
use crate::store::proof::{Difference, Orphan};
use crate::text;
use std::collections::BTreeMap;

/// What `check` found; an empty list of faults is the proof.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was proved, with how many rows each.
    pub proved: Vec<(Text, i64)>,
    /// What is wrong.
    pub faults: Vec<Text>,
}

impl Report {
    /// True when everything was proved.
    pub fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Proves a base. `progress` gets the number of the step and returns false to stop.
pub fn check(session: &Session, progress: &mut dyn FnMut(usize) -> bool) -> Outcome<Report> {
    let mut report = Report::default();
    let steps: [fn(&Session, &mut Report) -> Outcome<()>; 8] =
        [storage, totals, ledger_totals, ledger_equals_registers, reserves, open_items, batches, orphans];
    for (at, step) in steps.iter().enumerate() {
        if !progress(at) {
            return Err(Error::Cancelled);
        }
        step(session, &mut report)?;
    }
    if !progress(steps.len()) {
        return Err(Error::Cancelled);
    }
    derived(session, &mut report)?;
    Ok(report)
}

fn storage(session: &Session, report: &mut Report) -> Outcome<()> {
    let found = session.store.engine().integrity()?;
    report.proved.push((text!("check-storage"), 1));
    report.faults.extend(found.into_iter().map(|said| text!("check-storage-damaged", said = said)));
    Ok(())
}

fn totals(session: &Session, report: &mut Report) -> Outcome<()> {
    for register in registry::registers() {
        let (rows, differences) = session.store.prove_register(register)?;
        report.proved.push((text!("check-register", register = register.label()), rows));
        for found in differences {
            report.faults.push(difference_text(register, &found));
        }
    }
    Ok(())
}

fn difference_text(register: &RegisterMeta, found: &Difference) -> Text {
    text!(
        "check-total-differs",
        register = register.label(),
        table = found.table.clone(),
        key = format!("{:?}", found.key),
        kept = format!("{:?}", found.kept),
        counted = format!("{:?}", found.counted)
    )
}

fn ledger_totals(session: &Session, report: &mut Report) -> Outcome<()> {
    let (rows, differences) = session.store.prove_ledger()?;
    report.proved.push((text!("check-ledger"), rows));
    for found in differences {
        report.faults.push(text!(
            "check-ledger-differs",
            table = found.table.clone(),
            key = format!("{:?}", found.key),
            kept = format!("{:?}", found.kept),
            counted = format!("{:?}", found.counted)
        ));
    }
    Ok(())
}

/// Ledger balances of an account by the analytics at these places.
fn by_subs(session: &Session, prefix: &str, places: &[usize]) -> Outcome<BTreeMap<Vec<i64>, (i64, i64)>> {
    let mut found: BTreeMap<Vec<i64>, (i64, i64)> = BTreeMap::new();
    let accounts: Vec<i64> = session.store.accounts_under(prefix)?.into_iter().map(|(id, _)| id).collect();
    for company in session.store.ledger_companies()? {
        for (key, sums) in session.store.ledger_balances(company, &accounts, Moment::FOREVER)? {
            let mut place = vec![company];
            place.extend(places.iter().map(|at| key.subs.get(*at).copied().unwrap_or_default().packed()));
            let sum = found.entry(place).or_default();
            sum.0 += sums.amount;
            sum.1 += sums.qty;
        }
    }
    found.retain(|_, sum| *sum != (0, 0));
    Ok(found)
}

/// 41.01 equals stock, 50 and 51 equal money, 60 and 62 equal settlements.
fn ledger_equals_registers(session: &Session, report: &mut Report) -> Outcome<()> {
    let mut stock: BTreeMap<Vec<i64>, (i64, i64)> = BTreeMap::new();
    for row in session.store.totals_by(Stock::meta(), &[])?.iter().map(|cells| Stock::from_cells(cells)) {
        let key = vec![row.company.id(), row.item.any().packed(), row.warehouse.any().packed()];
        let sum = stock.entry(key).or_default();
        sum.0 += row.cost.minor();
        sum.1 += row.qty.minor();
    }
    stock.retain(|_, sum| *sum != (0, 0));
    compare(session, report, &text!("check-stock-ledger"), &stock, &by_subs(session, accounts::GOODS, &[0, 2])?)?;

    let mut settled: BTreeMap<Vec<i64>, (i64, i64)> = BTreeMap::new();
    for row in session.store.totals_by(Settlements::meta(), &[])?.iter().map(|cells| Settlements::from_cells(cells)) {
        let key = vec![row.company.id(), row.counterparty.any().packed(), row.contract.any().packed()];
        settled.entry(key).or_default().0 += row.amount.minor();
    }
    settled.retain(|_, sum| *sum != (0, 0));
    let mut booked = by_subs(session, "60", &[0, 1])?;
    for (key, sum) in by_subs(session, "62", &[0, 1])? {
        booked.entry(key).or_default().0 += sum.0;
    }
    booked.retain(|_, sum| *sum != (0, 0));
    compare(session, report, &text!("check-settlements-ledger"), &settled, &booked)?;

    let mut funds: BTreeMap<Vec<i64>, (i64, i64)> = BTreeMap::new();
    for row in session.store.totals_by(Funds::meta(), &[])?.iter().map(|cells| Funds::from_cells(cells)) {
        funds.entry(vec![row.company.id()]).or_default().0 += row.amount.minor();
    }
    funds.retain(|_, sum| *sum != (0, 0));
    let mut money = by_subs(session, accounts::CASH, &[])?;
    for (key, sum) in by_subs(session, accounts::BANK, &[])? {
        money.entry(key).or_default().0 += sum.0;
    }
    money.retain(|_, sum| *sum != (0, 0));
    compare(session, report, &text!("check-funds-ledger"), &funds, &money)
}

fn compare(
    session: &Session,
    report: &mut Report,
    what: &Text,
    register: &BTreeMap<Vec<i64>, (i64, i64)>,
    ledger: &BTreeMap<Vec<i64>, (i64, i64)>,
) -> Outcome<()> {
    report.proved.push((what.clone(), i64::try_from(register.len()).unwrap_or(0)));
    let facts = session.facts();
    for key in register.keys().chain(ledger.keys().filter(|key| !register.contains_key(*key))) {
        let (kept, booked) =
            (register.get(key).copied().unwrap_or_default(), ledger.get(key).copied().unwrap_or_default());
        // Settlements and money keep no quantity in the ledger.
        if kept.0 == booked.0 && (kept.1 == booked.1 || register.values().all(|sum| sum.1 == 0)) {
            continue;
        }
        let mut names = Vec::new();
        for packed in key.iter().skip(1) {
            names.push(title(AnyRef::from_packed(*packed), &session.store, &facts)?);
        }
        report.faults.push(text!(
            "check-ledger-register",
            what = what.clone(),
            key = names.join(", "),
            register = Money::from_minor(kept.0).grouped(),
            ledger = Money::from_minor(booked.0).grouped()
        ));
    }
    Ok(())
}

/// Reserved is not more than on hand, nothing is reserved below zero or beyond what the order waits for.
fn reserves(session: &Session, report: &mut Report) -> Outcome<()> {
    let rows = session.store.totals_by(Reserves::meta(), &[])?;
    report.proved.push((text!("check-reserves"), i64::try_from(rows.len()).unwrap_or(0)));
    let mut sums: BTreeMap<[i64; 3], Qty> = BTreeMap::new();
    let facts = session.facts();
    for row in rows.iter().map(|cells| Reserves::from_cells(cells)) {
        *sums.entry([row.company.id(), row.warehouse.id(), row.item.id()]).or_default() += row.qty;
        let left_key = [row.warehouse.id(), row.item.id(), row.order.id(), row.order_line];
        let left = session.store.now(CustomerOrders::meta(), &left_key)?;
        let left = Qty::from_minor(left.sums.first().copied().unwrap_or(0));
        if row.qty < Qty::ZERO || row.qty > left {
            let order = title(row.order.any(), &session.store, &facts)?;
            let item = title(row.item.any(), &session.store, &facts)?;
            let (reserved, left) = (row.qty.short(), left.short());
            report.faults.push(text!(
                "check-reserve-line",
                order = order,
                item = item,
                reserved = reserved,
                left = left
            ));
        }
    }
    for (key, reserved) in sums {
        let now = session.store.now(Stock::meta(), &key)?;
        let on_hand = Qty::from_minor(now.sums.first().copied().unwrap_or(0));
        if reserved > on_hand {
            let [_, _, item] = key;
            let item: crate::kernel::refs::Ref<crate::domain::stock::item::Item> = crate::kernel::refs::Ref::new(item);
            let item = title(item.any(), &session.store, &facts)?;
            let (reserved, on_hand) = (reserved.short(), on_hand.short());
            report.faults.push(text!("check-reserve-stock", item = item, reserved = reserved, stock = on_hand));
        }
    }
    negatives::<Stock>(session, report, |row| row.qty < Qty::ZERO)?;
    negatives::<CustomerOrders>(session, report, |row| row.left < Qty::ZERO)?;
    negatives::<SupplierOrders>(session, report, |row| row.left < Qty::ZERO)
}

fn negatives<R: Register>(session: &Session, report: &mut Report, wrong: fn(&R) -> bool) -> Outcome<()> {
    for cells in session.store.totals_by(R::meta(), &[])? {
        if wrong(&R::from_cells(&cells)) {
            report.faults.push(text!("check-negative", register = R::meta().label(), key = format!("{cells:?}")));
        }
    }
    Ok(())
}

/// Open debts and advances add up to the settlements of each contract, and never both at once.
fn open_items(session: &Session, report: &mut Report) -> Outcome<()> {
    let mut sums: BTreeMap<[i64; 2], (i64, bool, bool)> = BTreeMap::new();
    for row in session.store.totals_by(OpenItems::meta(), &[])?.iter().map(|cells| OpenItems::from_cells(cells)) {
        let sum = sums.entry([row.company.id(), row.contract.id()]).or_default();
        sum.0 += row.amount.minor();
        sum.1 |= row.amount > Money::ZERO;
        sum.2 |= row.amount < Money::ZERO;
    }
    report.proved.push((text!("check-open-items"), i64::try_from(sums.len()).unwrap_or(0)));
    for row in session.store.totals_by(Settlements::meta(), &[])?.iter().map(|cells| Settlements::from_cells(cells)) {
        let open = sums.remove(&[row.company.id(), row.contract.id()]).unwrap_or_default();
        if open.0 != row.amount.minor() || (open.1 && open.2) {
            let facts = session.facts();
            report.faults.push(text!(
                "check-open-differs",
                contract = title(row.contract.any(), &session.store, &facts)?,
                counterparty = title(row.counterparty.any(), &session.store, &facts)?,
                settled = row.amount.grouped(),
                open = Money::from_minor(open.0).grouped()
            ));
        }
    }
    for (key, _) in sums {
        report.faults.push(text!("check-negative", register = OpenItems::meta().label(), key = format!("{key:?}")));
    }
    Ok(())
}

/// Batches of FIFO items add up to their stock.
fn batches(session: &Session, report: &mut Report) -> Outcome<()> {
    let mut sums: BTreeMap<[i64; 3], (i64, i64)> = BTreeMap::new();
    for row in session.store.totals_by(Batches::meta(), &[])?.iter().map(|cells| Batches::from_cells(cells)) {
        let sum = sums.entry([row.company.id(), row.warehouse.id(), row.item.id()]).or_default();
        sum.0 += row.qty.minor();
        sum.1 += row.cost.minor();
    }
    report.proved.push((text!("check-batches"), i64::try_from(sums.len()).unwrap_or(0)));
    let facts = session.facts();
    for row in session.store.totals_by(Stock::meta(), &[])?.iter().map(|cells| Stock::from_cells(cells)) {
        if super::costing::method(&facts, row.item.id()) != CostMethod::Fifo {
            continue;
        }
        let kept = sums.get(&[row.company.id(), row.warehouse.id(), row.item.id()]).copied().unwrap_or_default();
        if kept != (row.qty.minor(), row.cost.minor()) {
            let item = title(row.item.any(), &session.store, &facts)?;
            report.faults.push(text!("check-batches-differ", item = item));
        }
    }
    Ok(())
}

fn orphans(session: &Session, report: &mut Report) -> Outcome<()> {
    let (checked, found) = session.store.prove_references()?;
    report.proved.push((text!("check-references"), checked));
    for Orphan { table, column, owner, points_to } in found {
        let points_to = format!("{points_to:?}");
        report.faults.push(text!("check-orphan", table = table, column = column, owner = owner, to = points_to));
    }
    Ok(())
}

/// Recosting every timeline and setting every contract off anew gives what is kept: nothing changes. The
/// rehearsal is taken back.
fn derived(session: &Session, report: &mut Report) -> Outcome<()> {
    let before = session.store.derived_digest()?;
    let after = session.rehearse(|tx| {
        let mut queue = BTreeMap::new();
        for cells in tx.store.totals_by(Stock::meta(), &[])? {
            let row = Stock::from_cells(&cells);
            queue.insert([row.company.id(), row.warehouse.id(), row.item.id()], Moment::EMPTY);
        }
        super::costing::recost(tx, queue)?;
        for cells in tx.store.totals_by(Settlements::meta(), &[])? {
            let row = Settlements::from_cells(&cells);
            let key = [row.company.id(), row.counterparty.id(), row.contract.id()];
            super::set_off::replay(tx, &key, Moment::EMPTY)?;
        }
        tx.store.derived_digest()
    });
    report.proved.push((text!("check-derived"), before.0));
    match after {
        Ok(after) if after == before => {}
        Ok(_) => report.faults.push(text!("check-derived-differs")),
        Err(Error::Refused(problems, _)) => report.faults.extend(problems.0.into_iter().map(|found| found.text)),
        Err(other) => return Err(other),
    }
    let facts = session.facts();
    for reference in session.store.posted_of("customer_order")? {
        let Some(object) = facts.object(reference) else { continue };
        let Some(order) = object.downcast::<crate::domain::sales::customer_order::CustomerOrder>() else { continue };
        let found = super::orders::state_of(order, &facts);
        if found.state != order.state {
            report.faults.push(text!(
                "check-order-state",
                order = order.number.clone(),
                kept = order.state.label(),
                counted = found.state.label()
            ));
        }
    }
    facts.result()
}

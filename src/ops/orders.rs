//! States of customer orders, recomputed in the transaction that changed a payment, a line or stock.

use super::gate::Tx;
use crate::domain::company::settings::settings;
use crate::domain::ledger::month_closing::MonthClosing;
use crate::domain::registers::orders::{OrderDebts, PlannedReceipts};
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use crate::domain::sales::order_state::{LineNumbers, OrderNumbers, OrderState, SupplyAction, Verdict, verdict};
use crate::domain::sales::stages::planned;
use crate::kernel::facts::Facts;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;
use crate::kernel::value::{Field as _, Value};
use crate::store::moves::Move;
use std::collections::{BTreeMap, BTreeSet};

/// Recomputes the states of these orders and writes those that changed. `cause` is the object being saved:
/// when it is one of them it need not be read again.
pub fn refresh(tx: &mut Tx<'_>, orders: &BTreeSet<AnyRef>, cause: &dyn Object) -> Outcome<()> {
    for reference in orders.iter().filter(|order| order.is_of(CustomerOrder::declared())) {
        let facts = tx.facts();
        let known = if cause.any_ref() == *reference { None } else { facts.object(*reference) };
        facts.result()?;
        let object = known.as_deref().unwrap_or(cause);
        let Some(order) = object.downcast::<CustomerOrder>().filter(|order| order.head.id == reference.id()) else {
            continue;
        };
        let (found, unpaid) = if order.head.posted {
            (state_of(order, &facts), OrderDebts::of(*reference, &facts))
        } else {
            (Verdict::default(), Money::ZERO)
        };
        facts.result()?;
        super::letters::follow::follow(tx, order, &found, cause)?;
        if order.head.posted && !order.stages.is_empty() {
            plan_anew(tx, order, unpaid, &facts)?;
        }
        let numbers = if order.head.posted { found.stored() } else { String::new() };
        if found.state == order.state && numbers == order.state_numbers && unpaid == order.unpaid {
            continue;
        }
        let fields =
            [("state", found.state.value()), ("state_numbers", Value::Text(numbers)), ("unpaid", Value::Money(unpaid))];
        tx.store.set_computed(*reference, &fields)?;
        tx.touch(*reference);
    }
    Ok(())
}

/// What is still to be paid and when follows from the stages of the order and from what was paid of it.
fn plan_anew(tx: &Tx<'_>, order: &CustomerOrder, unpaid: Money, facts: &dyn Facts) -> Outcome<()> {
    let reference = order.reference();
    let due = if order.closed { Money::ZERO } else { order.due_rubles(facts).unwrap_or_default() };
    let mut wanted: BTreeMap<Date, Money> = planned(order.plan(due), due - unpaid).into_iter().collect();
    for known in facts.balances::<PlannedReceipts>(&[reference.id()]) {
        *wanted.entry(known.due).or_default() -= known.amount;
    }
    for (due, amount) in wanted.into_iter().filter(|(_, amount)| !amount.is_zero()) {
        let line = tx.store.next_line(PlannedReceipts::meta(), reference.any())?;
        let cells = PlannedReceipts { order: reference, due, amount }.cells();
        tx.store
            .add_move(PlannedReceipts::meta(), &Move { document: reference.any(), line, date: order.date, cells })?;
    }
    Ok(())
}

/// The numbers an order's state follows from, and the state.
pub fn state_of(order: &CustomerOrder, facts: &dyn Facts) -> Verdict {
    // The rate was there when the order was posted.
    let due = order.due_rubles(facts).unwrap_or_default();
    let unpaid = OrderDebts::of(order.reference().any(), facts);
    let shares = order.shares(due);
    let mut numbers = OrderNumbers {
        closed: order.closed,
        agreed: !order.is_unagreed(),
        advance: shares.advance,
        prepayment: shares.prepayment,
        credit: shares.credit,
        paid: due - unpaid,
        lines: order.goods.iter().map(|line| line_numbers(order, line, facts)).collect(),
        deviations: order.deviations(),
        released: order.reserve_released,
    };
    let found = verdict(&numbers);
    if found.state == OrderState::ReadyToClose && settings(facts).close_orders {
        numbers.closed = true;
        return verdict(&numbers);
    }
    found
}

/// One line: how much was shipped, and whether what is left is ready to go.
pub fn line_numbers(order: &CustomerOrder, line: &CustomerOrderLine, facts: &dyn Facts) -> LineNumbers {
    let left = facts.balance(&order.left_key(line)).left;
    let shipped = if order.closed || line.cancelled { Qty::ZERO } else { line.qty - left };
    let mut numbers =
        LineNumbers { qty: line.qty, shipped, cancelled: line.cancelled, action: SupplyAction::Ship, held: false };
    let Some(item) = facts.get(line.item) else {
        // An unmatched line is never reserved and waits for somebody to bind it.
        return LineNumbers { action: SupplyAction::ToSupply, ..numbers };
    };
    if !item.is_goods() || left <= Qty::ZERO {
        return numbers;
    }
    numbers.held = facts.balance(&order.reserve_key(line)).qty >= left;
    numbers.action = match (line.action, numbers.held) {
        // Held on purpose until somebody says it is to go.
        (SupplyAction::Reserve, _) => SupplyAction::Reserve,
        (SupplyAction::Ship, false) => SupplyAction::ToSupply,
        (_, true) => SupplyAction::Ship,
        // What has lost its reserve to time is provided for by nobody.
        _ if order.reserve_released => SupplyAction::None,
        (action, false) => action,
    };
    numbers
}

/// What a month closing just posted has found: profit of sales, and other income less other expense.
pub fn closing_results(tx: &Tx<'_>, cause: &dyn Object) -> Outcome<()> {
    if cause.downcast::<MonthClosing>().is_none() {
        return Ok(());
    }
    let codes: BTreeMap<i64, String> = tx.store.accounts_under("")?.into_iter().collect();
    let code = |id: i64| codes.get(&id).map_or("", String::as_str);
    let (mut sales, mut other) = (Money::ZERO, Money::ZERO);
    for entry in tx.store.entries_of(cause.any_ref())? {
        let amount = Money::from_minor(entry.amount);
        match (code(entry.debit.account), code(entry.credit.account)) {
            ("90.09", result) if result.starts_with("99.") => sales += amount,
            (result, "90.09") if result.starts_with("99.") => sales -= amount,
            ("91.09", result) if result.starts_with("99.") => other += amount,
            (result, "91.09") if result.starts_with("99.") => other -= amount,
            _ => {}
        }
    }
    let fields = [("sales_result", Value::Money(sales)), ("other_result", Value::Money(other))];
    if fields.iter().any(|(name, value)| cause.by_name(name).as_ref() != Some(value)) {
        tx.store.set_computed(cause.any_ref(), &fields)?;
    }
    Ok(())
}

/// Closings of months that a change reaches into must be done again: they are marked, not changed.
pub fn mark_closings_stale(tx: &mut Tx<'_>, touched: &BTreeMap<i64, Moment>, cause: &dyn Object) -> Outcome<()> {
    let mut marks: BTreeMap<AnyRef, bool> = BTreeMap::new();
    for (company, from) in touched {
        let later = tx.store.posted_since(MonthClosing::declared(), "company", *company, *from)?;
        marks.extend(later.into_iter().map(|closing| (closing, true)));
    }
    if cause.downcast::<MonthClosing>().is_some() {
        marks.insert(cause.any_ref(), false);
    }
    for (closing, stale) in marks {
        if tx.store.cell_of(closing, "stale")? != Some(i64::from(stale)) {
            // Closings are made when nobody writes beside them: what marks one waits for nobody.
            tx.store.set_computed(closing, &[("stale", Value::Bool(stale))])?;
            tx.touch(closing);
        }
    }
    Ok(())
}

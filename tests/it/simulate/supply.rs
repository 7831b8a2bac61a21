//! Random decisions about the supply of orders, and what must be true of reserves whatever was decided.

use super::work::Work;
use crate::bases::or_say;
use kontora::domain::registers::orders::{CustomerOrders, OrderDebts, PlannedReceipts};
use kontora::domain::registers::stock::Reserves;
use kontora::domain::sales::customer_order::CustomerOrder;
use kontora::domain::sales::order_state::SupplyAction;
use kontora::domain::sales::stages::planned;
use kontora::domain::sales::supplying::{Gate, Takes};
use kontora::kernel::facts::Facts;
use kontora::kernel::money::{Money, Qty};
use kontora::kernel::object::{Declared as _, Referable as _};
use kontora::kernel::problems::{Error, Outcome};
use kontora::kernel::refs::AnyRef;
use kontora::kernel::register::Register as _;
use kontora::ops::chores::Chore as _;
use kontora::ops::expiry::Expiry;
use kontora::ops::fill_supply::{Allowed, propose_for};
use kontora::ops::gate::{Op, Session};
use kontora::ops::orders::state_of;
use kontora::ops::reallocate::plan_for;
use kontora::ops::undo::{Scope, redo, undo};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Decisions of whoever enters an order.
const DECISIONS: [&str; 4] = ["none", "to_supply", "separate", "as_arrives"];

impl Work {
    /// An order being entered gets an agreement, a priority, an end of its reserve, decisions for its lines.
    pub(super) fn decide(&mut self, line: &mut Json) {
        if self.random.once_in(4) {
            line["agreement"] = json!(["A1", "A2"][self.random.below(2)]);
        }
        if self.random.once_in(4) {
            line["priority"] = json!(["high", "low"][self.random.below(2)]);
        }
        if self.random.once_in(4) {
            // The clock stands after every date: what is neither paid nor shipped will be given up.
            line["reserve_until"] = json!(format!("2026-12-{}", 25 + self.random.below(12).min(6)));
        }
        for row in line["goods"].as_array_mut().into_iter().flatten() {
            if self.random.once_in(3) {
                row["action"] = json!(DECISIONS[self.random.below(DECISIONS.len())]);
            }
        }
    }

    /// One deed of whoever looks after supply.
    pub(super) fn supply_step(&mut self) {
        match self.random.below(7) {
            0 => self.share_out(),
            1 => self.give_up(),
            2 | 3 => self.fill(),
            4 => self.undo_last(),
            _ => self.cancel(),
        }
    }

    /// What came of a deed that is no line of a file.
    fn done<T>(&mut self, what: &str, outcome: Outcome<T>) {
        match outcome {
            Ok(_) => {
                self.told.push(format!("# {what}"));
                self.accepted += 1;
                if let Some(tell) = &mut self.tell {
                    tell(&self.session, self.accepted);
                }
            }
            Err(Error::Refused(problems, meta)) => {
                self.told.push(format!("# {what} -- {}", problems.sentences(meta)));
            }
            Err(other) => panic!("seed {}: {what}: {}\n{}", self.seed, other.sentence(), self.story()),
        }
    }

    fn share_out(&mut self) {
        let plan = or_say(plan_for(&self.session, None));
        let before = held(&self.session);
        let made = self.session.run(Op::Allocate, |tx| tx.reallocate(&plan));
        self.done("shared out", made);
        let again = or_say(plan_for(&self.session, None));
        assert!(again.is_empty() || self.tell.is_some(), "seed {}: shared out twice: {again:?}", self.seed);
        if self.random.once_in(3) && !plan.is_empty() && self.tell.is_none() {
            let back = undo(&self.session, Scope::Session);
            assert!(back.is_ok(), "seed {}: what was just shared out does not come back\n{}", self.seed, self.story());
            self.done("and back", back);
            let after = held(&self.session);
            assert_eq!(before, after, "seed {}: shared out and back\n{}", self.seed, self.story());
        }
    }

    /// Whatever was done last is taken back, unless something depends on it; now and then it is done again.
    fn undo_last(&mut self) {
        let back = undo(&self.session, Scope::Session);
        let taken = back.is_ok();
        self.done("taken back", back);
        if taken && self.random.once_in(3) {
            let again = redo(&self.session, Scope::Session);
            self.done("done again", again);
        }
    }

    fn give_up(&mut self) {
        let round = Expiry::default().round(&self.session);
        self.done("reserves given up", round);
    }

    fn fill(&mut self) {
        let Some((_, _, order)) = self.any(&["customer_order"]) else { return };
        let mut allowed: Allowed = [SupplyAction::AsArrives, SupplyAction::ToSupply].into_iter().collect();
        let agreed = order.by_name("agreement").is_some_and(|agreement| !agreement.is_empty());
        if self.random.once_in(2) {
            allowed.insert(if agreed { SupplyAction::Reserve } else { SupplyAction::Ship });
        }
        let reference = order.any_ref();
        let made = propose_for(&self.session, reference, &allowed)
            .and_then(|found| self.session.run(Op::Post, |tx| tx.fill_supply(reference, &found)));
        self.done("supply filled in", made);
    }

    /// A line is given up with a reason.
    fn cancel(&mut self) {
        let Some((kind, key, order)) = self.any(&["customer_order"]) else { return };
        let mut rows: Vec<Json> = (0..order.rows(0)).map(|_| json!({})).collect();
        let at = self.random.below(rows.len());
        let reason = ["no_stock", "expensive", "mistake"][self.random.below(3)];
        rows[at] = match self.random.below(2) {
            0 => json!({"cancelled": true, "reason": reason}),
            _ => json!({"qty": self.qty(), "reason": reason}),
        };
        self.load(&json!({"type": kind, "key": key, "goods": rows}), false);
    }
}

/// Whether a line takes what is free.
pub fn takes_free(order: &CustomerOrder, key: i64, facts: &dyn Facts) -> bool {
    let line = order.goods.iter().find(|line| i64::from(line.key) == key);
    line.is_some_and(|line| CustomerOrder::takes(line) == Takes::Free) && order.gate_now(facts) == Gate::Open
}

/// What every line of every order holds.
fn held(session: &Session) -> Vec<Vec<i64>> {
    let mut rows = or_say(session.store.totals_by(Reserves::meta(), &[]));
    rows.retain(|cells| !Reserves::from_cells(cells).qty.is_zero());
    rows
}

/// Where reserves, plans or states are not what follows from the orders.
pub fn wrong(session: &Session) -> Vec<String> {
    let facts = session.facts();
    let read: &dyn Facts = &facts;
    let mut held: BTreeMap<(i64, i64), Qty> = BTreeMap::new();
    for cells in or_say(session.store.totals_by(Reserves::meta(), &[])) {
        let row = Reserves::from_cells(&cells);
        *held.entry((row.order.id(), row.order_line)).or_default() += row.qty;
    }
    let mut found = Vec::new();
    for reference in or_say(session.store.posted_of(CustomerOrder::declared().code)) {
        let Some(order) = read.get_any::<CustomerOrder>(reference) else { continue };
        of_order(&order, reference, &mut held, read, &mut found);
    }
    found.extend(held.iter().filter(|(_, qty)| !qty.is_zero()).map(|(key, qty)| format!("{key:?} holds {qty}")));
    found
}

fn of_order(
    order: &CustomerOrder,
    reference: AnyRef,
    held: &mut BTreeMap<(i64, i64), Qty>,
    facts: &dyn Facts,
    found: &mut Vec<String>,
) {
    let gate = order.gate_now(facts);
    for line in &order.goods {
        let key = i64::from(line.key);
        let has = held.remove(&(reference.id(), key)).unwrap_or_default();
        let left = facts.balance::<CustomerOrders>(&order.left_key(line)).left.positive();
        let may = gate == Gate::Open && !line.cancelled && CustomerOrder::takes(line) != Takes::Nothing;
        let most = if may { left } else { Qty::ZERO };
        if has > most || has < Qty::ZERO {
            found.push(format!(
                "{} line {key} ({:?}, {gate:?}): holds {has}, may hold {most}",
                order.number, line.action
            ));
        }
    }
    let debt = OrderDebts { order: reference, unpaid: Money::ZERO };
    let due = if order.closed { Money::ZERO } else { order.due_rubles(facts).unwrap_or_default() };
    let expected = planned(order.plan(due), due - facts.balance(&debt).unpaid);
    let kept = facts.balances::<PlannedReceipts>(&[order.reference().id()]);
    let kept: Vec<_> = kept.iter().filter(|row| !row.amount.is_zero()).map(|row| (row.due, row.amount)).collect();
    if kept != expected {
        found.push(format!("{}: planned {kept:?}, follows {expected:?}", order.number));
    }
    let verdict = state_of(order, facts);
    if (verdict.state, verdict.stored()) != (order.state, order.state_numbers.clone()) {
        found.push(format!("{}: state {:?} {}, follows {verdict:?}", order.number, order.state, order.state_numbers));
    }
}

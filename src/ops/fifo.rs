//! FIFO batches (LEDGER 5, rule 4): issues take the oldest first; a return of a sale puts goods back into the
//! batches of that sale, the last taken first.

use super::costing::{Costs, StockKey, refuse_negative, set_cost};
use super::gate::Tx;
use crate::domain::registers::stock::{Batches, CostRule, Stock};
use crate::kernel::moment::Moment;
use crate::kernel::money::{Money, Qty};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;
use crate::store::base::Store;
use crate::store::moves::Move;
use std::collections::BTreeSet;

/// Lines of batch movements: `stock line * STEP + n`, so that they are found by the stock line.
const STEP: i64 = 1_000_000;

/// Batches looked at in one question.
const AT_ONCE: usize = 16;

/// The cost of a movement that comes last on its timeline; writes its batch movements.
pub fn cost(store: &Store, row: &Stock, moved: &Move) -> Outcome<Money> {
    let taken = split(store, row, moved)?;
    let mut cost = Money::ZERO;
    for (line, part) in (moved.line * STEP..).zip(taken) {
        cost += part.cost;
        let batch = Move { document: moved.document, line, date: moved.date, cells: part.cells() };
        store.add_move(Batches::meta(), &batch)?;
    }
    Ok(cost)
}

/// The batches a movement makes or takes from, with signed quantities and costs.
fn split(store: &Store, row: &Stock, moved: &Move) -> Outcome<Vec<Batches>> {
    match row.rule {
        CostRule::Own => Ok(vec![own_batch(row, moved, row.cost)]),
        CostRule::Issue => {
            let batches = oldest(store, row, -row.qty)?;
            Ok(take_oldest(batches.into_iter(), -row.qty))
        }
        CostRule::Return if row.source.is_empty() => {
            let batches = store.totals_by(Batches::meta(), &[row.company.id(), row.warehouse.id(), row.item.id()])?;
            let on_hand = batches.iter().map(|cells| Batches::from_cells(cells));
            let sum = on_hand.fold(Batches::default(), |sum, batch| Batches {
                qty: sum.qty + batch.qty,
                cost: sum.cost + batch.cost,
                ..sum
            });
            Ok(vec![own_batch(row, moved, sum.cost.share(row.qty.minor(), sum.qty.minor()))])
        }
        CostRule::Return => give_back(store, row, moved),
    }
}

fn own_batch(row: &Stock, moved: &Move, cost: Money) -> Batches {
    Batches {
        company: row.company,
        warehouse: row.warehouse,
        item: row.item,
        since: moved.date,
        batch: moved.document,
        batch_line: moved.line,
        qty: row.qty,
        cost,
    }
}

/// The oldest batches on hand, at least as many as hold a quantity: what lies for years is not read by every issue.
fn oldest(store: &Store, row: &Stock, qty: Qty) -> Outcome<Vec<Batches>> {
    let key = [row.company.id(), row.warehouse.id(), row.item.id()];
    let mut most = AT_ONCE;
    loop {
        let rows = store.totals_first(Batches::meta(), &key, most)?;
        let batches: Vec<Batches> = rows.iter().map(|cells| Batches::from_cells(cells)).collect();
        let on_hand: Qty = batches.iter().map(|batch| batch.qty.positive()).sum();
        if on_hand >= qty || batches.len() < most {
            return Ok(batches);
        }
        most = most.saturating_mul(4);
    }
}

/// Takes a quantity from the oldest batches; a batch taken whole gives its whole cost.
fn take_oldest(batches: impl Iterator<Item = Batches>, qty: Qty) -> Vec<Batches> {
    let mut left = qty;
    let mut taken = Vec::new();
    for batch in batches.filter(|batch| batch.qty > Qty::ZERO) {
        if left <= Qty::ZERO {
            break;
        }
        let part = left.min(batch.qty);
        let cost = if part == batch.qty { batch.cost } else { batch.cost.share(part.minor(), batch.qty.minor()) };
        left -= part;
        taken.push(Batches { qty: -part, cost: -cost, ..batch });
    }
    taken
}

/// Gives a return back to the batches of its sale, the last taken first, after what earlier returns gave.
fn give_back(store: &Store, row: &Stock, moved: &Move) -> Outcome<Vec<Batches>> {
    let of_line = |document: AnyRef, line: i64| -> Outcome<Vec<Batches>> {
        Ok(batches_of(store, document, line)?.iter().map(|moved| Batches::from_cells(&moved.cells)).collect())
    };
    let mut sale = of_line(row.source, row.source_line)?;
    for earlier in store.moves_from(Stock::meta(), row.source, row.source_line)? {
        if (earlier.date, earlier.document, earlier.line) >= (moved.date, moved.document, moved.line) {
            continue;
        }
        for given in of_line(earlier.document, earlier.line)? {
            let same = |taken: &&mut Batches| taken.batch == given.batch && taken.batch_line == given.batch_line;
            if let Some(taken) = sale.iter_mut().find(same) {
                taken.qty += given.qty;
                taken.cost += given.cost;
            }
        }
    }
    let mut left = row.qty;
    let mut back = Vec::new();
    for taken in sale.iter().rev().filter(|taken| taken.qty < Qty::ZERO) {
        if left <= Qty::ZERO {
            break;
        }
        let part = left.min(-taken.qty);
        let cost =
            if part == -taken.qty { -taken.cost } else { (-taken.cost).share(part.minor(), (-taken.qty).minor()) };
        left -= part;
        // Goods go to the warehouse they came back to, as the batch they once were.
        back.push(Batches { company: row.company, warehouse: row.warehouse, qty: part, cost, ..taken.clone() });
    }
    Ok(back)
}

/// The batch movements of a stock movement, by its document and line.
fn batches_of(store: &Store, document: AnyRef, line: i64) -> Outcome<Vec<Move>> {
    store.moves_within(Batches::meta(), document, line * STEP..(line + 1) * STEP)
}

/// Recosts a timeline: batch movements from the moment on are made anew. Gives the movements whose cost or
/// batches changed: returns follow both.
pub fn recost(tx: &Tx<'_>, key: StockKey, from: Moment, costs: &mut Costs) -> Outcome<Vec<Move>> {
    let moves = tx.store.timeline(Stock::meta(), &key, from, Moment::FOREVER)?;
    if moves.len() > 1 {
        // What is taken from again and again is read once.
        tx.store.foresee(Batches::meta(), &BTreeSet::from([key.to_vec()]))?;
    }
    let mut were = Vec::with_capacity(moves.len());
    for moved in &moves {
        let old = batches_of(tx.store, moved.document, moved.line)?;
        tx.store.erase_lines(Batches::meta(), &old)?;
        were.push(old);
    }
    let mut qty = Qty::from_minor(tx.store.now(Stock::meta(), &key)?.sums.first().copied().unwrap_or(0));
    for moved in &moves {
        qty -= Stock::from_cells(&moved.cells).qty;
    }
    let mut changed = Vec::new();
    for (moved, was) in moves.into_iter().zip(were) {
        let row = Stock::from_cells(&moved.cells);
        qty += row.qty;
        refuse_negative(tx, key, qty, &moved)?;
        let fresh = cost(tx.store, &row, &moved)?;
        if fresh != row.cost {
            set_cost(tx.store, &moved, fresh, costs)?;
        }
        if fresh != row.cost || batches_of(tx.store, moved.document, moved.line)? != was {
            changed.push(moved);
        }
    }
    Ok(changed)
}

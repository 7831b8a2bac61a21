//! The costing service (LEDGER 5): it owns the cost of issues and everything that follows from it, along
//! the timeline of (company, warehouse, item).
//!
//! The usual movement comes last on its timeline and is costed from the current total. A back-dated change
//! recosts forward, only the timelines it touched, in the same transaction.

use super::claims::of_item;
use super::fifo;
use super::gate::Tx;
use crate::domain::registers::sales::Sales;
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::item_group::CostMethod;
use crate::kernel::entry::Source;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::{Money, Qty};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Register as _;
use crate::store::base::Store;
use crate::store::moves::Move;
use crate::text;
use std::collections::BTreeMap;

/// Company, warehouse, item.
pub type StockKey = [i64; 3];

/// The place of the cost among the cells of a stock movement.
pub const COST: usize = 4;

/// The timeline a stock movement belongs to.
pub fn key_of(moved: &Move) -> StockKey {
    let mut cells = moved.cells.iter().copied();
    std::array::from_fn(|_| cells.next().unwrap_or(0))
}

/// How issues of an item are valued.
pub fn method(facts: &dyn Facts, item: i64) -> CostMethod {
    facts
        .get(Ref::<Item>::new(item))
        .and_then(|item| facts.get(item.item_group))
        .map_or(CostMethod::Average, |group| group.method)
}

/// Sets the cost of a movement that comes last on its timeline; `None` when it does not.
pub fn cost_at_end(tx: &Tx<'_>, moved: &mut Move) -> Outcome<Option<Money>> {
    let key = key_of(moved);
    let now = tx.store.now(Stock::meta(), &key)?;
    if (moved.date, moved.document) < (now.last_date, now.last_document) {
        return Ok(None);
    }
    let facts = tx.facts();
    let mut row = Stock::from_cells(&moved.cells);
    let on_hand = Running {
        qty: Qty::from_minor(now.sums.first().copied().unwrap_or(0)),
        cost: Money::from_minor(now.sums.get(1).copied().unwrap_or(0)),
    };
    row.cost = match method(&facts, key[2]) {
        CostMethod::Average => average(tx.store, &row, on_hand, moved)?,
        CostMethod::Fifo => fifo::cost(tx.store, &row, moved)?,
    };
    facts.result()?;
    moved.cells = row.cells();
    Ok(Some(row.cost))
}

/// What lies on a timeline at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Running {
    qty: Qty,
    cost: Money,
}

/// The cost of one movement by the moving average: `round(value * q / qty)`, and the whole value when the
/// whole quantity goes.
fn average(store: &Store, row: &Stock, on_hand: Running, moved: &Move) -> Outcome<Money> {
    let share = |qty: Qty| {
        if qty >= on_hand.qty { on_hand.cost } else { on_hand.cost.share(qty.minor(), on_hand.qty.minor()) }
    };
    Ok(match row.rule {
        CostRule::Own => row.cost,
        CostRule::Issue if on_hand.qty > Qty::ZERO => -share(-row.qty),
        CostRule::Issue => Money::ZERO,
        CostRule::Return if row.source.is_empty() => {
            if on_hand.qty > Qty::ZERO {
                on_hand.cost.share(row.qty.minor(), on_hand.qty.minor())
            } else {
                Money::ZERO
            }
        }
        CostRule::Return => cost_of_return(store, row, moved)?,
    })
}

/// The cost of goods coming back: the share of the sale's cost, and the last return takes the rest.
fn cost_of_return(store: &Store, row: &Stock, moved: &Move) -> Outcome<Money> {
    let sold = store.moves_within(Stock::meta(), row.source, row.source_line..row.source_line + 1)?;
    let Some(sale) = sold.first() else { return Ok(Money::ZERO) };
    let sale = Stock::from_cells(&sale.cells);
    let before = returned_before(store, row, moved)?;
    if before.qty + row.qty >= -sale.qty {
        return Ok(-sale.cost - before.cost);
    }
    Ok((-sale.cost).share(row.qty.minor(), (-sale.qty).minor()))
}

/// What earlier returns of the same line of the sale have brought back.
fn returned_before(store: &Store, row: &Stock, moved: &Move) -> Outcome<Running> {
    let mut sum = Running::default();
    for earlier in store.moves_from(Stock::meta(), row.source, row.source_line)? {
        let own = (earlier.date, earlier.document, earlier.line) >= (moved.date, moved.document, moved.line);
        if !own {
            let back = Stock::from_cells(&earlier.cells);
            sum.qty += back.qty;
            sum.cost += back.cost;
        }
    }
    Ok(sum)
}

/// New costs of stock movements, by document and line: what follows from them is written a document at a time.
pub type Costs = BTreeMap<AnyRef, BTreeMap<i64, Money>>;

/// Recosts timelines forward, each from its moment; returns of what was recosted follow their sales.
pub fn recost(tx: &Tx<'_>, mut queue: BTreeMap<StockKey, Moment>) -> Outcome<()> {
    let mut costs = Costs::new();
    while let Some((key, from)) = queue.pop_first() {
        tx.lock([of_item(key[2])])?;
        let facts = tx.facts();
        let method = method(&facts, key[2]);
        facts.result()?;
        let changed = match method {
            CostMethod::Average => recost_average(tx, key, from, &mut costs)?,
            CostMethod::Fifo => fifo::recost(tx, key, from, &mut costs)?,
        };
        for moved in changed {
            for back in followers(tx.store, &moved)? {
                let place = key_of(&back);
                // What lies on the same timeline was met on the way.
                if place != key {
                    queue.entry(place).and_modify(|known| *known = (*known).min(back.date)).or_insert(back.date);
                }
            }
        }
    }
    costs.iter().try_for_each(|(document, lines)| follow_costs(tx.store, *document, lines))
}

/// Returns whose cost follows from a movement: of a sale all its returns, of a return those of the same line
/// of the sale that came later, for the last one takes the rest.
pub fn followers(store: &Store, moved: &Move) -> Outcome<Vec<Move>> {
    let row = Stock::from_cells(&moved.cells);
    let mut found = store.moves_from(Stock::meta(), moved.document, moved.line)?;
    if row.rule == CostRule::Return && !row.source.is_empty() {
        let place = (moved.date, moved.document, moved.line);
        let later = store.moves_from(Stock::meta(), row.source, row.source_line)?.into_iter();
        found.extend(later.filter(|back| (back.date, back.document, back.line) > place));
    }
    Ok(found)
}

/// Gives the movements whose cost has changed.
fn recost_average(tx: &Tx<'_>, key: StockKey, from: Moment, costs: &mut Costs) -> Outcome<Vec<Move>> {
    let moves = tx.store.timeline(Stock::meta(), &key, from, Moment::FOREVER)?;
    let mut running = opening(tx.store, key, &moves)?;
    let mut changed = Vec::new();
    for moved in moves {
        let row = Stock::from_cells(&moved.cells);
        let cost = average(tx.store, &row, running, &moved)?;
        running.qty += row.qty;
        running.cost += cost;
        refuse_negative(tx, key, running.qty, &moved)?;
        if cost != row.cost {
            set_cost(tx.store, &moved, cost, costs)?;
            changed.push(moved);
        }
    }
    Ok(changed)
}

/// What lay on a timeline before these movements, which reach to its end.
fn opening(store: &Store, key: StockKey, moves: &[Move]) -> Outcome<Running> {
    let now = store.now(Stock::meta(), &key)?;
    let mut running = Running {
        qty: Qty::from_minor(now.sums.first().copied().unwrap_or(0)),
        cost: Money::from_minor(now.sums.get(1).copied().unwrap_or(0)),
    };
    for row in moves.iter().map(|moved| Stock::from_cells(&moved.cells)) {
        running.qty -= row.qty;
        running.cost -= row.cost;
    }
    Ok(running)
}

/// A back-dated change may leave enough today and yet not enough on a day in between.
pub fn refuse_negative(tx: &Tx<'_>, key: StockKey, qty: Qty, moved: &Move) -> Outcome<()> {
    if qty >= Qty::ZERO {
        return Ok(());
    }
    let facts = tx.facts();
    let name = |reference| super::present::title(reference, tx.store, &facts);
    let [_, warehouse, item] = key;
    Err(Error::refused(text!(
        "stock-short-then",
        item = name(Ref::<Item>::new(item).any())?,
        warehouse = name(Ref::<crate::domain::stock::warehouse::Warehouse>::new(warehouse).any())?,
        missing = (-qty).short(),
        moment = moved.date.date().russian(),
        document = name(moved.document)?
    )))
}

/// Sets the cost of a stock movement; what follows from it waits in `costs`.
pub fn set_cost(store: &Store, moved: &Move, cost: Money, costs: &mut Costs) -> Outcome<()> {
    store.change_sum(Stock::meta(), moved, COST, cost.minor())?;
    costs.entry(moved.document).or_default().insert(moved.line, cost);
    Ok(())
}

/// What follows from new costs of a document's stock lines: the sale's cost by the same line, and the ledger
/// entries derived from it.
fn follow_costs(store: &Store, document: AnyRef, costs: &BTreeMap<i64, Money>) -> Outcome<()> {
    let column = Sales::meta().column("cost").unwrap_or(0);
    for sold in &store.moves_of(Sales::meta(), document)? {
        if let Some(cost) = costs.get(&sold.line) {
            store.change_sum(Sales::meta(), sold, column, -cost.minor())?;
        }
    }
    for entry in store.entries_of(document)? {
        let (rule, line, base) = entry.source;
        if let (true, Some(cost)) = (rule != 0, costs.get(&line)) {
            let source = Source::from_stored(rule, line, base);
            let amount = source.amount(Money::from_minor(entry.amount), -*cost);
            store.set_entry_amount(&entry, amount.minor())?;
        }
    }
    Ok(())
}

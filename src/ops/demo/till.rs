//! A day at the till of the pick-up point, without a registrar: a shift, a few receipts, a return; and in the evening
//! a count of what lies there.

use super::desk::Desk;
use super::seldom;
use crate::domain::retail::receipt::{TillReceipt, TillReceiptLine};
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till::Till;
use crate::domain::retail::till_cash::{TillCash, TillCashOperation};
use crate::domain::stock::item::Item;
use crate::domain::stock::stock_count::StockCount;
use crate::domain::stock::stock_surplus::StockSurplus;
use crate::domain::stock::stock_write_off::StockWriteOff;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;

/// Receipts of the day.
const RECEIPTS: usize = 4;

/// Goods that lie in the shop in such numbers.
fn there(desk: &Desk<'_>, least: i32) -> Outcome<Vec<Ref<Item>>> {
    let warehouse = desk.coded::<Warehouse>("shop");
    let mut found = Vec::new();
    for goods in desk.goods.iter().filter(|goods| goods.demand > 0) {
        if found.len() < RECEIPTS * 2 && desk.free(warehouse, goods)? >= Qty::whole(least) {
            found.push(goods.item);
        }
    }
    Ok(found)
}

/// Plays the day.
pub fn day(desk: &mut Desk<'_>) -> Outcome<()> {
    let till = desk.coded::<Till>("К1");
    let mut shift = desk.blank(|shift: &mut TillShift, facts| {
        shift.till = till;
        shift.changed(At::Field("till"), facts);
    })?;
    desk.post(&mut shift)?;
    let own = shift.reference();
    cash(desk, till, own, TillCashOperation::PutIn)?;
    let mut first = None;
    for pair in there(desk, 2)?.chunks(2) {
        let mut receipt = desk.blank(|receipt: &mut TillReceipt, facts| {
            (receipt.till, receipt.shift) = (till, own);
            receipt.take_till(facts);
            for (row, item) in pair.iter().enumerate() {
                receipt.goods.push(TillReceiptLine { item: *item, qty: Qty::whole(1), ..TillReceiptLine::default() });
                receipt.changed(At::Cell { table: "goods", row, field: "item" }, facts);
            }
            // Every other buyer pays by card.
            if first.is_some() {
                receipt.paid_card = receipt.amount;
            }
        })?;
        let made = desk.post(&mut receipt)?;
        first = first.or(Some(made));
    }
    if let Some(first) = first
        && let Some(mut back) = desk.on::<TillReturn>(first)?
    {
        back.shift = own;
        back.goods.truncate(1);
        desk.post(&mut back)?;
    }
    cash(desk, till, own, TillCashOperation::TakeOut)?;
    seldom::advance(desk, till, own)?;
    if let Some(item) = there(desk, 1)?.first().copied() {
        seldom::correction(desk, till, own, item)?;
    }
    seldom::asked(desk)?;
    seldom::discrepancy(desk)?;
    count(desk)?;
    let closed = desk.next();
    desk.session.clock.set(closed);
    if let Some(mut shift) = desk.get::<TillShift>(own.any())? {
        shift.closed = closed;
        let facts = desk.session.facts();
        shift.count(&facts);
        facts.result()?;
        shift.counted = shift.expected;
        desk.session.run(crate::ops::gate::Op::Post, |tx| tx.save(&mut shift, crate::ops::save::How::Post))?;
    }
    Ok(())
}

fn cash(desk: &mut Desk<'_>, till: Ref<Till>, shift: Ref<TillShift>, operation: TillCashOperation) -> Outcome<()> {
    let mut cash = desk.blank(|cash: &mut TillCash, facts| {
        (cash.till, cash.shift, cash.operation, cash.amount) = (till, shift, operation, Money::whole(1_000));
        cash.changed(At::Field("till"), facts);
        cash.shift = shift;
    })?;
    desk.post(&mut cash).map(|_| ())
}

/// One thing more than the books know, one less.
fn count(desk: &mut Desk<'_>) -> Outcome<()> {
    let warehouse = desk.coded::<Warehouse>("shop");
    let items = there(desk, 3)?;
    let mut counted = desk.blank(|count: &mut StockCount, facts| {
        count.warehouse = warehouse;
        let at = count.date;
        for (item, more) in items.iter().zip([1, -1, 0, 0]) {
            let (book, _) = crate::domain::stock::stock_count::book_at(facts, count.company, warehouse, *item, at);
            count.count(*item, book + Qty::whole(more), count.keeper, at, facts);
        }
    })?;
    let made = desk.post(&mut counted)?;
    if let Some(mut surplus) = desk.on::<StockSurplus>(made)? {
        desk.post(&mut surplus)?;
    }
    if let Some(mut lost) = desk.on::<StockWriteOff>(made)? {
        desk.post(&mut lost)?;
    }
    Ok(())
}

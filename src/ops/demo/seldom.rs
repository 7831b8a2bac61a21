//! What happens seldom, once each: goods asked for in vain, a delivery that is not as its papers say, an advance and a
//! correction at the till.

use super::desk::Desk;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::purchases::discrepancy_act::DiscrepancyAct;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till::Till;
use crate::domain::retail::till_advance::TillAdvance;
use crate::domain::retail::till_correction::{TillCorrection, TillCorrectionLine};
use crate::domain::sales::demand_note::{DemandNote, DemandNoteLine};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Declared as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;
use crate::ops::gate::Op;
use crate::ops::save::How;

/// Somebody asks in the shop for what there is none of.
pub fn asked(desk: &mut Desk<'_>) -> Outcome<()> {
    let warehouse = desk.coded::<Warehouse>("shop");
    let mut wanted = None;
    for goods in &desk.goods {
        if wanted.is_none() && goods.demand > 0 && desk.free(warehouse, goods)?.is_zero() {
            wanted = Some(goods.item);
        }
    }
    let Some(item) = wanted else { return Ok(()) };
    let mut note = desk.blank(|note: &mut DemandNote, facts| {
        note.warehouse = warehouse;
        note.goods.push(DemandNoteLine { item, qty: Qty::whole(2), ..DemandNoteLine::default() });
        note.changed(At::Cell { table: "goods", row: 0, field: "item" }, facts);
    })?;
    desk.post(&mut note).map(|_| ())
}

/// The papers of the latest delivery speak of one piece more than came.
pub fn discrepancy(desk: &mut Desk<'_>) -> Outcome<()> {
    let known = desk.session.store.posted_of(GoodsReceipt::declared().code)?;
    let Some(receipt) = known.last().copied() else { return Ok(()) };
    let Some(mut found) = desk.get::<GoodsReceipt>(receipt)? else { return Ok(()) };
    if let Some(line) = found.goods.first_mut() {
        line.papers = line.qty + Qty::whole(1);
    }
    desk.session.run(Op::Save, |tx| tx.save(&mut found, How::Write))?;
    if let Some(mut act) = desk.on::<DiscrepancyAct>(receipt)? {
        act.reason = "Недовложение в коробке".to_owned();
        desk.post(&mut act)?;
    }
    Ok(())
}

/// A buyer leaves an advance at the till.
pub fn advance(desk: &mut Desk<'_>, till: Ref<Till>, shift: Ref<TillShift>) -> Outcome<()> {
    let Some(customer) = desk.group("К10")?.first().copied() else { return Ok(()) };
    let customer: Ref<Counterparty> = customer;
    let mut advance = desk.blank(|advance: &mut TillAdvance, facts| {
        advance.till = till;
        advance.changed(At::Field("till"), facts);
        (advance.shift, advance.customer, advance.amount) = (shift, customer, Money::whole(1_500));
        advance.changed(At::Field("amount"), facts);
    })?;
    desk.post(&mut advance).map(|_| ())
}

/// A sale of the day before that was never printed.
pub fn correction(desk: &mut Desk<'_>, till: Ref<Till>, shift: Ref<TillShift>, item: Ref<Item>) -> Outcome<()> {
    let day = desk.day.plus_days(-1);
    let mut correction = desk.blank(|correction: &mut TillCorrection, facts| {
        correction.till = till;
        correction.changed(At::Field("till"), facts);
        (correction.shift, correction.corrected_on) = (shift, day);
        correction.goods.push(TillCorrectionLine { item, qty: Qty::whole(1), ..TillCorrectionLine::default() });
        correction.changed(At::Cell { table: "goods", row: 0, field: "item" }, facts);
    })?;
    desk.post(&mut correction).map(|_| ())
}

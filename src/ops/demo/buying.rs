//! How the demo company buys: orders by what is running low and by what customers wait for, receipts whole and
//! in parts, tax invoices, a return.

use super::catalogs::Goods;
use super::days::{Days, Job};
use super::desk::Desk;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::purchases::goods_receipt::{GoodsReceipt, GoodsReceiptLine};
use crate::domain::purchases::supplier_order::{SupplierOrder, SupplierOrderLine};
use crate::domain::purchases::supplier_return::SupplierReturn;
use crate::domain::purchases::tax_invoice_received::TaxInvoiceReceived;
use crate::domain::registers::orders::SupplierOrders;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::gate::Op;
use crate::ops::supply::shortages;

/// Less than this worth of an item in stock and on its way is little, in kopecks at the purchase price.
const LITTLE: i64 = 700_000;
/// As much as this is ordered up to.
const ENOUGH: i64 = 1_600_000;

/// More pieces than this are never kept, however cheap they are.
const MANY: i64 = 400;

/// Orders what customers wait for, one order a supplier.
pub fn order_shortages(desk: &mut Desk<'_>, days: &mut Days) -> Outcome<()> {
    let facts = desk.session.facts();
    let found = shortages(&desk.session.store, &facts)?;
    facts.result()?;
    if found.is_empty() {
        return Ok(());
    }
    desk.session.clock.set(desk.next());
    let (made, _) = desk.session.run(Op::Supply, |tx| tx.order_shortages(&found))?;
    for order in made {
        days.later(desk, 2, 4, Job::Receive(order));
    }
    Ok(())
}

/// Orders from a supplier what is running low.
pub fn restock(desk: &mut Desk<'_>, days: &mut Days, code: &str) -> Outcome<()> {
    let mut wanted: Vec<(Ref<Item>, Qty)> = Vec::new();
    let listed: Vec<Goods> =
        desk.goods.iter().filter(|goods| goods.supplier == code && goods.demand > 0).cloned().collect();
    for goods in &listed {
        let price = (goods.purchase.minor() / 100).max(1);
        let here = desk.free(desk.defaults.warehouse, goods)? + coming(desk, goods)?;
        let little = (LITTLE / price).min(MANY / 2);
        if here < Qty::from_minor(little * 1_000) {
            let pieces = (ENOUGH / price).clamp(6, MANY) - here.minor() / 1_000;
            // Suppliers sell by fives.
            let pieces = (pieces / 5 + 1) * 5;
            wanted.push((goods.item, Qty::whole(i32::try_from(pieces).unwrap_or(5))));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let supplier = desk.coded::<Counterparty>(code);
    let due = desk.day.plus_days(5);
    let mut order = desk.blank(|order: &mut SupplierOrder, facts| {
        order.supplier = supplier;
        order.due = due;
        order.changed(At::Field("supplier"), facts);
        for (row, (item, qty)) in wanted.iter().enumerate() {
            order.goods.push(SupplierOrderLine { item: *item, qty: *qty, ..SupplierOrderLine::default() });
            order.changed(At::Cell { table: "goods", row, field: "item" }, facts);
        }
    })?;
    let order = desk.post(&mut order)?;
    days.later(desk, 2, 6, Job::Receive(order));
    Ok(())
}

/// What is on its way to the main warehouse, for whomever.
fn coming(desk: &Desk<'_>, goods: &Goods) -> Outcome<Qty> {
    let facts = desk.session.facts();
    let read: &dyn Facts = &facts;
    let rows = read.balances::<SupplierOrders>(&[desk.defaults.warehouse.id(), goods.item.id()]);
    facts.result()?;
    Ok(rows.iter().map(|row| row.left).sum())
}

/// Goods of an order arrive, now and then a part of them first.
pub fn receive(desk: &mut Desk<'_>, days: &mut Days, order: AnyRef) -> Outcome<()> {
    let Some(mut receipt) = desk.on::<GoodsReceipt>(order)? else { return Ok(()) };
    if receipt.goods.len() > 3 && desk.chance.hit(20) {
        let half = receipt.goods.len() / 2;
        receipt.goods.truncate(half);
        days.later(desk, 2, 4, Job::Receive(order));
    }
    arrived(desk, days, receipt)
}

/// Goods come to the pick-up point without an order.
pub fn restock_shop(desk: &mut Desk<'_>, days: &mut Days, code: &str) -> Outcome<()> {
    let shop: Ref<Warehouse> = desk.coded("shop");
    let mut wanted = Vec::new();
    let listed: Vec<Goods> =
        desk.goods.iter().filter(|goods| goods.supplier == code && goods.demand > 3).cloned().collect();
    for goods in listed.iter().step_by(3) {
        if desk.free(shop, goods)? < Qty::whole(4) {
            wanted.push(goods.item);
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let supplier = desk.coded::<Counterparty>(code);
    let receipt = desk.blank(|receipt: &mut GoodsReceipt, facts| {
        receipt.supplier = supplier;
        receipt.warehouse = shop;
        receipt.changed(At::Field("supplier"), facts);
        for (row, item) in wanted.iter().enumerate() {
            receipt.goods.push(GoodsReceiptLine { item: *item, qty: Qty::whole(6), ..GoodsReceiptLine::default() });
            receipt.changed(At::Cell { table: "goods", row, field: "item" }, facts);
        }
    })?;
    arrived(desk, days, receipt)
}

/// Posts a receipt; its tax invoice and its payment follow.
fn arrived(desk: &mut Desk<'_>, days: &mut Days, mut receipt: GoodsReceipt) -> Outcome<()> {
    days.papers += 1;
    receipt.incoming_number = format!("{}", 200 + days.papers * 3);
    receipt.incoming_date = desk.day;
    let receipt = desk.post(&mut receipt)?;
    days.later(desk, 0, 2, Job::TaxReceived(receipt));
    days.later(desk, 5, 12, Job::PaySupplier(receipt));
    days.received(desk, receipt);
    Ok(())
}

/// The supplier's tax invoice is registered.
pub fn tax_invoice(desk: &mut Desk<'_>, receipt: AnyRef) -> Outcome<()> {
    if let Some(mut invoice) = desk.on::<TaxInvoiceReceived>(receipt)? {
        desk.post(&mut invoice)?;
    }
    Ok(())
}

/// A few pieces of a receipt turn out to be damaged and go back.
pub fn send_back(desk: &mut Desk<'_>, receipt: AnyRef) -> Outcome<()> {
    let Some(mut made) = desk.on::<SupplierReturn>(receipt)? else { return Ok(()) };
    let listed = desk.goods.clone();
    let mut kept = Vec::new();
    for line in &made.goods {
        let Some(goods) = listed.iter().find(|goods| goods.item == line.item) else { continue };
        if desk.free(made.warehouse, goods)? >= Qty::whole(2) && line.qty >= Qty::whole(2) {
            kept.push(line.clone());
            break;
        }
    }
    made.goods = kept;
    if let Some(line) = made.goods.first_mut() {
        line.qty = Qty::whole(2);
        made.changed(At::Cell { table: "goods", row: 0, field: "qty" }, &desk.session.facts());
        made.reason = "Бой при перевозке".to_owned();
        desk.post(&mut made)?;
    }
    Ok(())
}

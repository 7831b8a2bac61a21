//! Sales without an order: over the counter of the pick-up point, and to a firm that pays ahead.

use super::desk::Desk;
use super::money;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::sales::goods_issue::{GoodsIssue, GoodsIssueLine};
use crate::domain::sales::tax_invoice_issued::TaxInvoiceIssued;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::money::Qty;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};

/// A sale over the counter, paid in cash at once.
pub fn over_the_counter(desk: &mut Desk<'_>) -> Outcome<()> {
    let lines = desk.chance.between(1, 3);
    let sold = (desk.coded::<Warehouse>("shop"), desk.coded::<Counterparty>("К100"));
    if let Some(issue) = sell(desk, sold.0, sold.1, "retail", lines, 2)? {
        money::cash_for(desk, issue)?;
    }
    Ok(())
}

/// A firm takes goods without an order, on what it has paid ahead.
pub fn on_advance(desk: &mut Desk<'_>, code: &str) -> Outcome<()> {
    let customer: Ref<Counterparty> = desk.coded(code);
    if let Some(issue) = sell(desk, desk.defaults.warehouse, customer, "wholesale", 4, 12)?
        && let Some(mut invoice) = desk.on::<TaxInvoiceIssued>(issue)?
    {
        desk.post(&mut invoice)?;
    }
    Ok(())
}

fn sell(
    desk: &mut Desk<'_>,
    warehouse: Ref<Warehouse>,
    customer: Ref<Counterparty>,
    kind: &str,
    lines: i64,
    most: i64,
) -> Outcome<Option<AnyRef>> {
    let mut sold: Vec<(Ref<Item>, Qty)> = Vec::new();
    for _ in 0..200 {
        if i64::try_from(sold.len()).unwrap_or(lines) >= lines {
            break;
        }
        let Some(goods) = desk.chance.pick(&desk.goods).cloned() else { break };
        let qty = Qty::whole(i32::try_from(desk.chance.between(1, most)).unwrap_or(1));
        let fits = goods.demand > 0 && sold.iter().all(|(item, _)| *item != goods.item);
        if fits && desk.free(warehouse, &goods)? >= qty {
            sold.push((goods.item, qty));
        }
    }
    if sold.is_empty() {
        return Ok(None);
    }
    let kind = desk.coded::<PriceKind>(kind);
    let mut issue = desk.blank(|issue: &mut GoodsIssue, facts| {
        issue.customer = customer;
        issue.warehouse = warehouse;
        issue.price_kind = kind;
        issue.changed(At::Field("customer"), facts);
        for (row, (item, qty)) in sold.iter().enumerate() {
            issue.goods.push(GoodsIssueLine { item: *item, qty: *qty, ..GoodsIssueLine::default() });
            issue.changed(At::Cell { table: "goods", row, field: "item" }, facts);
        }
    })?;
    desk.post(&mut issue).map(Some)
}

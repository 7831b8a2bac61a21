//! What lies open on the last day, so that every state a manager meets is there to be seen: an order shipped in
//! part, one that waits for goods nobody has ordered yet, one ready to go.

use super::catalogs::Goods;
use super::desk::Desk;
use super::selling::{Wish, order, place};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::kernel::money::{Percent, Qty};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};

/// Who orders what on the last day, and by how much more than there is.
const PARTLY: (&str, i32) = ("К206", 12);
const WAITING: (&str, i32) = ("К211", 30);
const READY: &str = "К218";
/// Whose order is shipped in part though all of it is there.
const SHIPPING: &str = "К215";

/// Enters the open ends.
pub fn leave(desk: &mut Desk<'_>) -> Outcome<()> {
    let listed: Vec<Goods> = desk.goods.iter().filter(|goods| goods.demand > 5 && !goods.loose).cloned().collect();
    let mut stock = Vec::new();
    for goods in listed {
        let free = desk.free(desk.defaults.warehouse, &goods)?;
        if free >= Qty::whole(10) {
            stock.push((goods, free));
        }
    }
    let few = |at: usize| stock.get(at).map(|(goods, _)| Wish { item: goods.item, qty: Qty::whole(6) });
    let more = |at: usize, above: i32| {
        stock.get(at).map(|(goods, free)| Wish { item: goods.item, qty: *free + Qty::whole(above) })
    };
    let lacking = wholesale(desk, PARTLY.0, [few(0), few(1), more(2, PARTLY.1)])?;
    let whole = wholesale(desk, SHIPPING, [few(8), few(9), few(10)])?;
    for order in [lacking, whole] {
        if let Some(mut issue) = desk.on::<GoodsIssue>(order)? {
            issue.goods.truncate(2);
            desk.post(&mut issue)?;
        }
    }
    wholesale(desk, WAITING.0, [few(3), more(4, WAITING.1), None])?;
    wholesale(desk, READY, [few(5), few(6), few(7)])?;
    Ok(())
}

fn wholesale(desk: &mut Desk<'_>, code: &str, wishes: [Option<Wish>; 3]) -> Outcome<AnyRef> {
    let wishes: Vec<Wish> = wishes.into_iter().flatten().collect();
    let customer: Ref<Counterparty> = desk.coded(code);
    let mut made = order(desk, customer, "wholesale", &wishes, Percent::ZERO)?;
    made.payment_method = "По счету".to_owned();
    made.ship_date = desk.day.plus_days(2);
    place(desk, made)
}

//! Returns of a sale must go on fitting it when the sale is posted anew: their lines are there, sold earlier and not
//! less.

use super::gate::Tx;
use super::save::moment_of;
use crate::domain::lines::TradeLine as _;
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::sales::customer_return::CustomerReturn;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::returned::ReturnedLine as _;
use crate::domain::stock::item::Item;
use crate::kernel::meta::ObjectMeta;
use crate::kernel::moment::Moment;
use crate::kernel::money::Qty;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::{Error, Outcome, Problems};
use crate::kernel::refs::Ref;
use crate::{field, text};
use std::collections::BTreeMap;

/// One line: its number in the sale, what, how much.
type Line = (i64, Ref<Item>, Qty);

/// The lines of a sale, and the kind of its returns with the field that names the sale.
fn sold(object: &dyn Object) -> Option<(Vec<Line>, &'static ObjectMeta, &'static str)> {
    if let Some(sale) = object.downcast::<GoodsIssue>() {
        let lines = sale.goods.iter().map(|line| (i64::from(line.key), line.item, line.qty)).collect();
        return Some((lines, CustomerReturn::META, field!(CustomerReturn, issue)));
    }
    let sale = object.downcast::<TillReceipt>()?;
    let lines = sale.goods.iter().map(|line| (i64::from(line.key), line.item, line.qty)).collect();
    Some((lines, TillReturn::META, field!(TillReturn, receipt)))
}

/// The lines of a return.
fn returned(object: &dyn Object) -> Vec<Line> {
    if let Some(made) = object.downcast::<CustomerReturn>() {
        return made.goods.iter().map(|line| (line.sold_line(), line.terms().item, line.qty)).collect();
    }
    let made = object.downcast::<TillReturn>();
    made.map_or_else(Vec::new, |made| made.goods.iter().map(|line| (line.sold_line(), line.item, line.qty)).collect())
}

/// Refuses a sale that its returns do not fit any more.
pub fn check(tx: &Tx<'_>, object: &dyn Object) -> Outcome<()> {
    let Some((sold, kind, field)) = sold(object) else { return Ok(()) };
    let mut back: BTreeMap<i64, Qty> = BTreeMap::new();
    for reference in tx.store.posted_since(kind, field, object.head().id, Moment::EMPTY)? {
        let Some(made) = tx.store.load(reference)? else { continue };
        let earlier = (moment_of(object), object.any_ref()) < (moment_of(made.as_ref()), reference);
        let fits = returned(made.as_ref()).into_iter().all(|(line, item, qty)| {
            let returned = back.entry(line).or_default();
            *returned += qty;
            sold.iter().any(|(key, of, sold)| *key == line && *of == item && *returned <= *sold)
        });
        if !(fits && earlier && object.head().posted) {
            let facts = tx.facts();
            let title = super::present::title(reference, tx.store, &facts)?;
            facts.result()?;
            let problems = Problems::one(text!("sale-returned", document = title));
            return Err(Error::Refused(problems, Some(object.meta())));
        }
    }
    Ok(())
}

//! Lines of a return against the lines of its sale: tied to each other, never more than sold.

use crate::domain::lines::{Trade, TradeLine, part_of, take_price};
use crate::kernel::facts::Facts;
use crate::kernel::money::Qty;
use crate::kernel::object::Row;
use crate::kernel::problems::Problems;
use crate::text;
use std::collections::BTreeMap;

/// A line of a return.
pub trait ReturnedLine: TradeLine {
    /// The line of the sale; zero while it is not tied.
    fn sold_line(&self) -> i64;
    /// Ties it to a line of the sale.
    fn set_sold_line(&mut self, line: i64);
}

fn key<L: Row>(line: &L) -> i64 {
    i64::from(line.key())
}

/// What of each line of a sale may still come back: sold less what returns have brought.
pub fn still_sold<'a, S, R>(sold: &[S], returns: impl Iterator<Item = &'a [R]>) -> BTreeMap<i64, Qty>
where
    S: TradeLine + Row,
    R: ReturnedLine + 'a,
{
    let mut left: BTreeMap<i64, Qty> = sold.iter().map(|line| (key(line), line.terms().qty)).collect();
    for line in returns.flatten() {
        *left.entry(line.sold_line()).or_default() -= line.terms().qty;
    }
    left
}

/// Ties the lines of a return to those of its sale, takes prices from them, and tells what was not sold.
pub fn tie_to_sale<S: TradeLine + Row, R: ReturnedLine>(
    table: &'static str,
    sale: &[S],
    lines: &mut [R],
    mut left: BTreeMap<i64, Qty>,
    problems: &mut Problems,
) {
    for (row, line) in lines.iter_mut().enumerate() {
        let terms = line.terms();
        let of_item = || sale.iter().filter(|sold| sold.terms().item == terms.item);
        let rest = |sold: &S| left.get(&key(sold)).copied().unwrap_or_default();
        let sold = if line.sold_line() == 0 {
            let enough = of_item().find(|sold| rest(sold) >= terms.qty);
            enough.or_else(|| of_item().find(|sold| rest(sold) > Qty::ZERO)).or_else(|| of_item().next())
        } else {
            of_item().find(|sold| key(*sold) == line.sold_line())
        };
        let Some(sold) = sold else {
            problems.cell(table, row, "item", text!("return-not-sold"));
            continue;
        };
        line.set_sold_line(key(sold));
        take_price(line, sold);
        let rest = left.entry(line.sold_line()).or_default();
        if terms.qty > *rest {
            let text = text!("return-too-much", sold = sold.terms().qty.short(), left = rest.positive().short());
            problems.cell(table, row, "qty", text);
        }
        *rest -= terms.qty;
    }
}

/// Lines that bring back everything that is left of a sale.
pub fn rest_of_sale<S: TradeLine + Row, R: ReturnedLine + Default>(
    sale: &[S],
    left: &BTreeMap<i64, Qty>,
    trade: &Trade,
    facts: &dyn Facts,
) -> Vec<R> {
    let mut made = Vec::new();
    for line in sale {
        let left = left.get(&key(line)).copied().unwrap_or_default();
        if left <= Qty::ZERO {
            continue;
        }
        let whole = line.terms();
        let mut terms = whole;
        if left != whole.qty {
            // The last part takes the rest to the kopeck.
            terms.amount = whole.amount - part_of(whole.amount, whole.qty - left, whole.qty);
            terms.qty = left;
            terms.count_vat(trade, facts);
        }
        let mut row = R::default();
        row.set_sold_line(key(line));
        row.set_terms(terms);
        made.push(row);
    }
    made
}

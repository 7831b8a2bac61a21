//! Binding an unmatched line to an item: once, for all orders that wait for it and all that will come.

use super::super::gate::{Op, Session, Tx};
use super::super::save::How;
use super::Attention;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::Stored;
use crate::store::lists::{Anchor, Filter, ListQuery};

/// An unmatched line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnboundLine {
    /// Its order.
    pub order: Ref<CustomerOrder>,
    /// The order's number.
    pub number: String,
    /// The line's stable number.
    pub line: u32,
    /// What the site calls the item.
    pub site_item: String,
    /// The words of the order.
    pub name: String,
    /// How much is ordered.
    pub qty: Qty,
    /// The sum of the line.
    pub total: Money,
    /// Items of exactly this name, as a proposal.
    pub proposals: Vec<AnyRef>,
}

/// Lines without an item of all orders that need a look, the newest orders first, at most `limit` orders.
pub fn unbound_lines(session: &Session, limit: usize) -> Outcome<Vec<UnboundLine>> {
    let mut query = ListQuery::usual(CustomerOrder::declared(), Vec::new());
    query.descending = true;
    query.with_marked = false;
    query.filters.push(Filter::Filled("attention"));
    let mut found = Vec::new();
    for row in session.store.list_page(&query, &Anchor::Start, limit)? {
        let Some(object) = session.store.load(row.reference)? else { continue };
        let Some(order) = object.downcast::<CustomerOrder>() else { continue };
        for line in order.goods.iter().filter(|line| line.item.is_empty() && !line.cancelled) {
            let named = Stored::Text(line.name.clone());
            found.push(UnboundLine {
                order: order.reference(),
                number: order.number.clone(),
                line: line.key,
                site_item: line.site_item.clone(),
                name: line.name.clone(),
                qty: line.qty,
                total: line.total,
                proposals: session.store.find_by(Item::declared(), "name", &named)?,
            });
        }
    }
    Ok(found)
}

/// Binds a line to an item, remembers it for the site's later orders, and binds the same unmatched thing in
/// every other order of that site. Gives the number of lines bound.
pub fn bind_item(session: &Session, order: Ref<CustomerOrder>, line: u32, item: Ref<Item>) -> Outcome<usize> {
    session.run(Op::ImportOrders, |tx| tx.bind(order, line, item)).map(|(bound, _)| bound)
}

impl Tx<'_> {
    /// Writes an order from a form. Lines that got their item there are bound for the site's other orders too,
    /// and an order without unmatched lines needs no look for their sake.
    pub fn save_order(&mut self, order: &mut CustomerOrder, how: How) -> Outcome<()> {
        if order.goods.iter().all(|row| !row.item.is_empty() || row.cancelled) {
            let mut marks = Attention::read(&order.attention);
            marks.retain(|mark| *mark != Attention::Item);
            order.attention = Attention::write(&marks);
        }
        let was = if order.head.id == 0 { None } else { self.store.load(order.reference().any())? };
        self.save(order, how)?;
        let Some(was) = was.as_ref().and_then(|was| was.downcast::<CustomerOrder>()) else { return Ok(()) };
        let unmatched = |key: u32| was.goods.iter().any(|row| row.key == key && row.item.is_empty());
        let bound = order.goods.iter().filter(|row| !row.site_item.is_empty() && !row.item.is_empty());
        let fresh: Vec<(u32, Ref<Item>)> =
            bound.filter(|row| unmatched(row.key)).map(|row| (row.key, row.item)).collect();
        for (key, item) in fresh {
            self.bind(order.reference(), key, item)?;
        }
        Ok(())
    }

    fn bind(&mut self, order: Ref<CustomerOrder>, line: u32, item: Ref<Item>) -> Outcome<usize> {
        let Some(object) = self.store.load(order.any())? else { return Ok(0) };
        let Some(first) = object.downcast::<CustomerOrder>() else { return Ok(0) };
        let Some(bound) = first.goods.iter().find(|row| row.key == line) else { return Ok(0) };
        let (site_item, link) = (bound.site_item.clone(), first.link);
        let mut orders = vec![order.any()];
        if !link.is_empty() && !site_item.is_empty() {
            self.store.remember(&format!("site:{}:item", link.id()), &site_item, item.any(), "")?;
            let same = Stored::Text(site_item.clone());
            orders.extend(self.store.find_by_row(CustomerOrder::declared(), "goods", "site_item", &same)?);
        }
        orders.sort_unstable();
        orders.dedup();
        let mut count = 0;
        for reference in orders {
            let Some(mut object) = self.store.load(reference)? else { continue };
            let Some(waiting) = object.downcast_mut::<CustomerOrder>() else { continue };
            if reference != order.any() && waiting.link != link {
                continue;
            }
            let own = |row: &crate::domain::sales::customer_order::CustomerOrderLine| {
                row.item.is_empty()
                    && (reference == order.any() && row.key == line
                        || !site_item.is_empty() && row.site_item == site_item)
            };
            let before = count;
            for row in waiting.goods.iter_mut().filter(|row| own(row)) {
                row.item = item;
                count += 1;
            }
            if count == before {
                continue;
            }
            if waiting.goods.iter().all(|row| !row.item.is_empty() || row.cancelled) {
                let mut marks = Attention::read(&waiting.attention);
                marks.retain(|mark| *mark != Attention::Item);
                waiting.attention = Attention::write(&marks);
            }
            self.save(object.as_mut(), How::Write)?;
        }
        Ok(count)
    }
}

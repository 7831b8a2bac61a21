//! What other documents' postings depend on is posted anew: closed orders, orders that wait for an advance, and
//! receipts that brought more than was ordered.

use super::Posting;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::registers::orders::SupplierOrders;
use crate::domain::registry;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::field;
use crate::kernel::behaviour::KindOps;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Qty;
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::AnyRef;
use crate::kernel::register::{Movements, Register as _};
use crate::kernel::value::Value;
use std::collections::{BTreeMap, BTreeSet};

impl Posting<'_, '_> {
    /// A closed order waits for nothing, whatever its shipments and payments have become, and one that waits for its
    /// advance is provided for when that is paid: their own movements are made anew.
    pub(super) fn close_again(&mut self, object: &dyn Object) -> Outcome<()> {
        for order in self.orders.clone().into_iter().filter(|order| *order != object.any_ref()) {
            let facts = self.tx.facts();
            let known = facts.object(order);
            facts.result()?;
            let follows = |known: &dyn Object| {
                let advance = || known.downcast::<CustomerOrder>().is_some_and(CustomerOrder::waits_for_advance);
                known.by_name("closed") == Some(Value::Bool(true)) || advance()
            };
            let Some(known) = known.filter(|known| follows(known.as_ref())) else { continue };
            self.tx.lock_for(None, known.as_ref())?;
            let (Some(found), Some(kind)) = (self.tx.store.load(order)?, registry::of(order)) else { continue };
            if found.head().posted {
                self.erase(order)?;
                // Whoever pays or ships is not refused because of what an order wants to hold whole: it holds what
                // there is, and its state tells the rest.
                let softened = found.downcast::<CustomerOrder>().map(CustomerOrder::softened);
                self.post(softened.as_ref().map_or(found.as_ref(), |order| order as &dyn Object), kind)?;
            }
        }
        Ok(())
    }

    /// What came beyond a supplier's order took its line to zero and no further. Where the line waits again,
    /// because another receipt went or the order grew, what came beyond it is taken into account now.
    pub(super) fn receive_again(&mut self) -> Outcome<()> {
        for order in self.orders.clone() {
            let Some(found) = self.supplier_order(order)? else { continue };
            let waits: BTreeSet<i64> = {
                let facts = self.tx.facts();
                let facts: &dyn Facts = &facts;
                let open = found.goods.iter().filter(|line| facts.balance(&found.left_key(line)).left > Qty::ZERO);
                open.map(|line| i64::from(line.key)).collect()
            };
            if waits.is_empty() {
                continue;
            }
            let field = field!(GoodsReceipt, order);
            for receipt in self.tx.store.posted_since(GoodsReceipt::META, field, order.id(), Moment::EMPTY)? {
                let (Some(loaded), Some(kind)) = (self.tx.store.load(receipt)?, registry::of(receipt)) else {
                    continue;
                };
                if let Some(goods) = loaded.downcast::<GoodsReceipt>()
                    && self.beyond(goods, &waits)?
                {
                    self.receive(goods, kind)?;
                }
            }
        }
        Ok(())
    }

    /// Makes anew what a receipt takes off its order, and nothing else of it.
    fn receive(&mut self, receipt: &GoodsReceipt, kind: &dyn KindOps) -> Outcome<()> {
        let register = SupplierOrders::meta();
        for moved in self.tx.store.erase_moves(register, receipt.reference().any())? {
            self.touch(register, &moved, -1);
        }
        let mut out = Movements::default();
        let facts = self.tx.facts();
        let posted = kind.post(receipt, &facts, &mut out);
        facts.result()?;
        posted.map_err(|problems| Error::Refused(problems, Some(GoodsReceipt::META)))?;
        out.rows.retain(|row| row.register == register);
        self.write_moves(receipt, out.rows).map(|_| ())
    }

    fn supplier_order(&self, order: AnyRef) -> Outcome<Option<SupplierOrder>> {
        if !order.is_of(SupplierOrder::META) {
            return Ok(None);
        }
        let found = self.tx.store.load(order)?;
        let posted = found.filter(|found| found.head().posted);
        Ok(posted.and_then(|found| found.downcast::<SupplierOrder>().cloned()))
    }

    /// True when a receipt has brought more for one of these lines of its order than it took off it.
    fn beyond(&self, receipt: &GoodsReceipt, waits: &BTreeSet<i64>) -> Outcome<bool> {
        let mut over: BTreeMap<i64, Qty> = BTreeMap::new();
        for line in receipt.goods.iter().filter(|line| waits.contains(&line.order_line)) {
            *over.entry(line.order_line).or_default() += line.qty;
        }
        for moved in self.tx.store.moves_of(SupplierOrders::meta(), receipt.reference().any())? {
            let taken = SupplierOrders::from_cells(&moved.cells);
            *over.entry(taken.order_line).or_default() += taken.left;
        }
        Ok(over.iter().any(|(line, qty)| waits.contains(line) && *qty > Qty::ZERO))
    }
}

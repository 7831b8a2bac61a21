//! Counting by several people at once: every scan is a deed of its own on the count as it is at that moment, so that
//! nobody's scan is lost and nobody waits for another's form.

use super::gate::{Changed, Op, Session};
use super::save::How;
use crate::domain::stock::item::Item;
use crate::domain::stock::stock_count::StockCount;
use crate::kernel::money::Qty;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::Ref;
use crate::text;

/// Counts so many more of an item; the books are looked at as they are at this moment.
pub fn add(session: &Session, count: Ref<StockCount>, item: Ref<Item>, qty: Qty) -> Outcome<Changed> {
    let counter = session.rights()?.employee;
    let ((), changed) = session.run(Op::Save, |tx| {
        // Others count on the same sheet: it is read when nobody else can change it.
        tx.lock([super::claims::of_document(count.any())])?;
        let loaded = tx.store.load(count.any())?;
        let Some(mut own) = loaded.as_deref().and_then(|found| found.downcast::<StockCount>()).cloned() else {
            return Err(Error::refused(text!("object-gone")));
        };
        let facts = tx.facts();
        own.count(item, qty, counter, tx.now, &facts);
        facts.result()?;
        tx.save(&mut own, How::Write)
    })?;
    Ok(changed)
}

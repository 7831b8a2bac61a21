//! Goods that come back: the receipt is found, less of it or all of it is taken back.

use super::TillPage;
use super::deeds::shift_of;
use super::modes::{Coming, Mode, Told};
use crate::domain::retail::receipt_return::TillReturn;
use crate::kernel::money::Qty;
use crate::ops::till::{find, sale};
use crate::text;

impl TillPage {
    pub(super) fn find_receipt(&mut self, number: String) {
        let shift = shift_of(self);
        let last = self.last_sold;
        let ticket = self.base.read(move |session| {
            // The last one without a number: the buyer has not left the till yet.
            find::back(session, &find::brought(session, &number, last)?, shift)
        });
        self.wait(ticket, |page, answer| match answer {
            Ok((back, names)) => {
                let key = page.base.clock().unique();
                page.mode = Mode::Back(Box::new(Coming { back, names, current: 0, key }));
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// Less of a line comes back than was sold.
    pub(super) fn back_qty(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        let qty = Qty::parse(typed.trim());
        let Mode::Back(coming) = &mut self.mode else { return };
        match (typed.trim().is_empty(), qty) {
            (true, _) => self.take_back(),
            (false, Ok(qty)) if qty > Qty::ZERO => {
                let current = coming.current;
                if let Some(line) = coming.back.goods.get_mut(current).filter(|line| qty <= line.qty) {
                    let whole = (line.qty, line.total);
                    line.qty = qty;
                    line.total = whole.1.share(qty.minor(), whole.0.minor());
                    line.amount = line.total;
                    count_back(coming);
                } else {
                    self.fail(text!("till-back-too-much").show());
                }
            }
            _ => self.fail(text!("till-not-a-number").show()),
        }
    }

    /// A line does not come back.
    pub(super) fn back_remove(&mut self) {
        let Mode::Back(coming) = &mut self.mode else { return };
        if coming.names.len() > 1 {
            coming.back.goods.remove(coming.current);
            coming.names.remove(coming.current);
            coming.current = coming.current.min(coming.names.len() - 1);
            count_back(coming);
        }
    }

    pub(super) fn take_back(&mut self) {
        let usual = self.usual();
        let Mode::Back(coming) = std::mem::replace(&mut self.mode, usual) else { return };
        let mut back = coming.back;
        back.date = self.base.clock().now();
        back.cashier = self.base.rights().employee;
        let (key, permit) = (coming.key, self.cart.permit.take());
        let ticket = self.base.act(move |session| {
            let (made, changed) = sale::take_back(session, key, &back, permit.as_ref())?;
            let loaded = session.store.load(made.any())?;
            let made = loaded.and_then(|found| found.downcast::<TillReturn>().cloned());
            Ok((made.unwrap_or_default(), changed.objects))
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(made) => {
                page.drawer_for(made.paid_cash);
                let told = Told::plain(&text!("till-give-back")).sum(&text!("till-rest"), made.paid_cash);
                let told = told.sum(&text!("till-by-card"), made.paid_card);
                page.change = Some(told.sum(&text!("till-by-advance"), made.paid_advance));
            }
            Err(error) => page.fail(error.sentence()),
        });
    }
}

fn count_back(coming: &mut Coming) {
    coming.back.amount = coming.back.goods.iter().map(|line| line.total).sum();
    // The split follows the amount when it is saved.
    (coming.back.paid_cash, coming.back.paid_card, coming.back.paid_advance) = Default::default();
}

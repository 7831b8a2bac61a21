//! «Спросили, нет» at the till: what a buyer wanted and there was none of is noted, and leaves the receipt.

use super::TillPage;
use super::modes::{Mode, Of};
use crate::kernel::money::Qty;
use crate::ops::asked::Asked;
use crate::ops::gate::Op;
use crate::text;
use crate::ui::theme::Role;

impl TillPage {
    /// Notes the offer pointed at, or the current line of the receipt, which is taken out of it.
    pub(super) fn asked_none(&mut self) {
        let (item, name, qty) = match &self.mode {
            Mode::Choose(choice) => {
                let Of::Offers(offers) = &choice.of else { return };
                let Some(offer) = offers.get(choice.at) else { return };
                (offer.item, offer.name.clone(), Qty::whole(1))
            }
            Mode::Sale => {
                let (at, names) = (self.cart.current, &self.cart.names);
                let Some((line, name)) = self.cart.receipt.goods.get(at).zip(names.get(at)) else {
                    return self.fail(text!("till-asked-what").show());
                };
                (line.item, name.clone(), line.qty)
            }
            _ => return,
        };
        if matches!(self.mode, Mode::Sale) {
            self.cart.remove();
        }
        self.mode = self.usual();
        self.typed.clear();
        let (customer, warehouse) = (self.cart.receipt.customer, self.desk.about.warehouse);
        let asked = Asked { item, qty, customer, warehouse };
        let ticket = self.base.write(Op::Post, move |tx| tx.note_asked(asked));
        self.wait(ticket, move |page, answer| match answer {
            Ok(_) => page.say(Role::Good, text!("till-asked-noted", item = name).show()),
            Err(error) => page.fail(error.sentence()),
        });
    }
}

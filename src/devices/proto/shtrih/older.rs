//! Commands of older firmware: for registrars that refuse the newer ones as unsupported (37). They know four
//! payments, quantity in thousandths and no kinds of goods.

use super::request::{Passwords, Request, TaxGroup, order};
use crate::devices::proto::fiscal::{Payments, ReceiptKind};

impl Passwords {
    /// An item: quantity in thousandths, price of one, the tax group, a name of at most forty letters. Tax groups
    /// above four are not known to this firmware and are sent as none.
    #[must_use]
    pub fn older_item(&self, kind: ReceiptKind, name: &str, thousandths: u64, price: u64, tax: TaxGroup) -> Request {
        order(&[0x80 + kind.opening()], self.cashier, |to| {
            let group = if tax.0 <= 4 { tax.0 } else { 0 };
            to.number(thousandths, 5).number(price, 5).byte(1).raw(&[group, 0, 0, 0]).text(name, 40);
        })
    }

    /// Closes the receipt. `None` when it is paid by means this firmware does not know.
    #[must_use]
    pub fn older_close(&self, payments: &Payments) -> Option<Request> {
        if payments.prepaid > 0 || payments.credit > 0 || payments.barter > 0 {
            return None;
        }
        Some(order(&[0x85], self.cashier, |to| {
            to.number(payments.cash, 5).number(payments.electronic, 5).raw(&[0; 10]);
            // No discount of the whole receipt, no taxes of its own, no text.
            to.raw(&[0; 2]).raw(&[0; 4]);
        }))
    }
}

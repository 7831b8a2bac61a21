//! A line of a sale or of a return in the register of sales, and what its revenue is booked from: the same for every
//! document that sells or takes back.

use super::revenue::RevenueLine;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::Terms;
use crate::domain::registers::sales::Sales;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::money::Money;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;

/// What all lines of a document share.
#[derive(Clone, Copy, Debug)]
pub struct Sold {
    /// Whose books.
    pub company: Ref<Company>,
    /// The buyer.
    pub customer: Ref<Counterparty>,
    /// Whose sale it is.
    pub manager: Ref<Employee>,
    /// Where the goods left from.
    pub warehouse: Ref<Warehouse>,
    /// The order it was made on.
    pub order: AnyRef,
}

impl Sold {
    /// Adds a line under its key, `terms` in rubles.
    pub fn line(&self, at: i64, item: &Item, terms: &Terms, out: &mut Movements) -> RevenueLine {
        let sold = Sales {
            company: self.company,
            item: terms.item,
            customer: self.customer,
            manager: self.manager,
            warehouse: self.warehouse,
            order: self.order,
            qty: terms.qty,
            amount: terms.total,
            vat: terms.vat_amount,
            cost: Money::ZERO,
        };
        out.add_at(at, &sold);
        RevenueLine {
            at,
            item: terms.item,
            group: item.item_group,
            goods: item.is_goods(),
            vat: terms.vat,
            qty: terms.qty,
            amount: terms.total,
            vat_amount: terms.vat_amount,
        }
    }

    /// Adds a line that comes back: the same with quantity and sums below zero.
    pub fn back(&self, at: i64, item: &Item, terms: &Terms, out: &mut Movements) -> RevenueLine {
        let (qty, total, vat_amount) = (-terms.qty, -terms.total, -terms.vat_amount);
        self.line(at, item, &Terms { qty, total, vat_amount, ..*terms }, out)
    }
}

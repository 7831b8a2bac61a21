//! How revenue and money of a till reach the books: buyers nobody knows by name on 62.Р, cards on 57.03.

use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::money::payment::{Payment, Place, post_funds, settle};
use crate::domain::sales::revenue::Revenue;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::Money;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;

/// Revenue of a till: a buyer known by name owes on 62.01, everybody else on 62.Р.
pub struct TillRevenue {
    /// Whose books.
    pub company: Ref<Company>,
    /// The day.
    pub day: Date,
    /// The buyer known by name; empty for everybody else.
    pub customer: Ref<Counterparty>,
    /// His contract.
    pub contract: Ref<Contract>,
    /// How buyers nobody knows are called.
    pub retail: Ref<Counterparty>,
    /// Where the goods left from.
    pub warehouse: Ref<Warehouse>,
    /// The document.
    pub document: AnyRef,
}

impl Revenue for TillRevenue {
    fn company(&self) -> Ref<Company> {
        self.company
    }
    fn day(&self) -> Date {
        self.day
    }
    fn customer(&self) -> Ref<Counterparty> {
        self.customer.or(self.retail)
    }
    fn contract(&self) -> Ref<Contract> {
        self.contract
    }
    fn warehouse(&self) -> Ref<Warehouse> {
        self.warehouse
    }
    fn document(&self) -> AnyRef {
        self.document
    }
    fn buyer(&self) -> Side {
        if self.customer.is_empty() {
            return Side::new(accounts::RETAIL_BUYERS).at(0, self.retail.any()).at(1, self.warehouse.any());
        }
        let debt = Side::new(accounts::CUSTOMERS).at(0, self.customer.any());
        debt.at(1, self.contract.any()).at(2, self.document)
    }
}

/// Money of a sale or of its return: cash into the desk, cards onto 57.03, against whoever buys.
///
/// Cards are no funds: the register of funds answers what can be spent now, and until the bank has paid, less its
/// fee, the money of cards is a debt of the acquirer. It is seen on 57.03 by acquirer, and comes into funds by the
/// bank's statement, whose other side is 57.03.
pub struct TillMoney<'a> {
    /// Whose revenue it is.
    pub revenue: &'a TillRevenue,
    /// Where the cash lies.
    pub cash_desk: Ref<CashDesk>,
    /// Who owes for cards.
    pub acquirer: Ref<Counterparty>,
    /// In cash.
    pub cash: Money,
    /// By card.
    pub card: Money,
    /// True for a sale, false for a return.
    pub incoming: bool,
    /// For which order.
    pub order: AnyRef,
}

impl TillMoney<'_> {
    /// Books it.
    pub fn post(&self, facts: &dyn Facts, out: &mut Movements) {
        let cards =
            Place { place: AnyRef::EMPTY, account: accounts::CARDS, subs: [self.acquirer.any(), AnyRef::EMPTY] };
        let cash = Place::cash(self.cash_desk.any(), Ref::EMPTY);
        for (place, amount, kept) in [(cash, self.cash, true), (cards, self.card, false)] {
            if amount.is_zero() {
                continue;
            }
            let split = if self.order.is_empty() { Vec::new() } else { vec![(self.order, amount)] };
            let own = place.side();
            let payment = Payment {
                company: self.revenue.company,
                counterparty: self.revenue.customer,
                contract: self.revenue.contract,
                place,
                flow: Ref::EMPTY,
                amount,
                incoming: self.incoming,
                split: &split,
            };
            if kept {
                post_funds(&payment, out);
            }
            if !self.revenue.customer.is_empty() {
                settle(&payment, self.revenue.document, facts, out);
                continue;
            }
            let buyer = self.revenue.buyer();
            let (debit, credit) = if self.incoming { (own, buyer) } else { (buyer, own) };
            out.entry(Entry::new(debit, credit, amount));
        }
    }
}

//! The receipt a cashier has in hand: lines, their names, who buys, what is to be paid. Nothing is asked of the base.

use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::TradeLine as _;
use crate::domain::retail::receipt::{TillReceipt, TillReceiptLine};
use crate::kernel::money::{Money, Percent, Qty};
use crate::kernel::object::Uid;
use crate::kernel::refs::Ref;
use crate::ops::till::find::{Card, Offer};
use crate::ops::till::sale::Permit;

/// The receipt in hand.
#[derive(Clone, Default)]
pub struct Cart {
    /// The receipt as it will be sold.
    pub receipt: TillReceipt,
    /// Names of its goods, line by line.
    pub names: Vec<String>,
    /// The line the keys work on.
    pub current: usize,
    /// The sale is known by it: paying twice is paying once.
    pub key: Uid,
    /// The buyer's name.
    pub buyer: String,
    /// The discount of the buyer's card.
    pub discount: Percent,
    /// What the buyer has paid before.
    pub advance: Money,
    /// A supervisor's permission, for this receipt alone.
    pub permit: Option<Permit>,
}

impl Cart {
    /// Nothing in hand.
    pub fn new(key: Uid) -> Self {
        Self { key, ..Self::default() }
    }

    /// A receipt read from the base.
    pub fn of(receipt: TillReceipt, names: Vec<String>, buyer: String, key: Uid) -> Self {
        let mut made = Self { receipt, names, buyer, key, ..Self::default() };
        made.current = made.names.len().saturating_sub(1);
        made.count();
        made
    }

    /// True without lines.
    pub fn is_empty(&self) -> bool {
        self.receipt.goods.is_empty()
    }

    /// Adds goods: the same thing at the same price counts on in its line, a marked thing always stands alone.
    pub fn add(&mut self, offer: &Offer, times: Qty) {
        let qty = offer.qty.times(times);
        let same = |line: &TillReceiptLine| {
            line.item == offer.item && line.price == offer.price && line.marking.is_empty() && line.order_line == 0
        };
        let known = self.receipt.goods.iter().position(same).filter(|_| offer.marking.is_empty());
        if let Some(at) = known {
            self.current = at;
            if let Some(line) = self.receipt.goods.get_mut(at) {
                line.qty += qty;
            }
        } else {
            self.receipt.goods.push(TillReceiptLine {
                item: offer.item,
                barcode: offer.barcode.clone(),
                marking: offer.marking.clone(),
                qty,
                price: offer.price,
                discount: self.discount,
                ..TillReceiptLine::default()
            });
            self.names.push(offer.name.clone());
            self.current = self.names.len() - 1;
        }
        self.count();
    }

    /// Sets the quantity of the current line; nothing takes it away.
    pub fn set_qty(&mut self, qty: Qty) {
        if qty <= Qty::ZERO {
            self.remove();
        } else if let Some(line) = self.receipt.goods.get_mut(self.current) {
            line.qty = qty;
            self.count();
        }
    }

    /// Sets the discount of the current line.
    pub fn set_discount(&mut self, discount: Percent) {
        if let Some(line) = self.receipt.goods.get_mut(self.current) {
            line.discount = discount;
            self.count();
        }
    }

    /// Takes the current line away.
    pub fn remove(&mut self) {
        if self.current < self.names.len() {
            self.receipt.goods.remove(self.current);
            self.names.remove(self.current);
            self.current = self.current.min(self.names.len().saturating_sub(1));
            self.count();
        }
    }

    /// Goes up or down the lines.
    pub fn go(&mut self, down: bool) {
        let last = self.names.len().saturating_sub(1);
        self.current = if down { (self.current + 1).min(last) } else { self.current.saturating_sub(1) };
    }

    /// The buyer shows a card.
    pub fn take_card(&mut self, card: &Card) {
        self.receipt.card = card.card;
        self.take_buyer(card.owner, card.name.clone());
        self.discount = card.discount;
        for line in self.receipt.goods.iter_mut().filter(|line| line.discount < card.discount) {
            line.discount = card.discount;
        }
        self.count();
    }

    /// The buyer is known by name.
    pub fn take_buyer(&mut self, buyer: Ref<Counterparty>, name: String) {
        if self.receipt.customer != buyer {
            self.receipt.contract = Ref::EMPTY;
        }
        self.receipt.customer = buyer;
        self.buyer = name;
    }

    /// What is left to be paid in cash.
    pub fn rest(&self) -> Money {
        (self.receipt.amount - self.receipt.paid_card - self.receipt.paid_advance).positive()
    }

    /// What the discounts take off.
    pub fn taken_off(&self) -> Money {
        let whole: Money = self.receipt.goods.iter().map(|line| line.price.times(line.qty)).sum();
        whole - self.receipt.amount
    }

    /// Counts amounts anew.
    pub fn count(&mut self) {
        let mut amount = Money::ZERO;
        for line in &mut self.receipt.goods {
            let mut terms = line.terms();
            // What an order has promised is taken as it stands.
            if line.order_line == 0 || terms.total.is_zero() {
                terms.count_amount();
                terms.total = terms.amount;
                line.set_terms(terms);
            }
            amount += line.total;
        }
        self.receipt.amount = amount;
        self.receipt.count_payments();
    }
}

#[cfg(test)]
mod tests {
    use super::Cart;
    use crate::kernel::money::{Money, Percent, Price, Qty};
    use crate::kernel::object::Uid;
    use crate::kernel::refs::Ref;
    use crate::ops::till::find::{Card, Offer};

    fn offer(item: i64, price: i32) -> Offer {
        Offer {
            item: Ref::new(item),
            name: format!("товар {item}"),
            article: String::new(),
            unit: "шт".to_owned(),
            price: Price::whole(price),
            qty: Qty::whole(1),
            free: Qty::ZERO,
            goods: true,
            barcode: String::new(),
            marking: String::new(),
        }
    }

    #[test]
    fn scans_count_on_and_a_marked_thing_stands_alone() {
        let mut cart = Cart::new(Uid::default());
        cart.add(&offer(1, 100), Qty::whole(1));
        cart.add(&offer(2, 50), Qty::whole(3));
        cart.add(&offer(1, 100), Qty::whole(1));
        let marked = Offer { marking: "01...21".to_owned(), ..offer(1, 100) };
        cart.add(&marked, Qty::whole(1));
        let qty: Vec<i64> = cart.receipt.goods.iter().map(|line| line.qty.minor() / 1000).collect();
        assert_eq!((qty, cart.receipt.amount, cart.current), (vec![2, 3, 1], Money::whole(450), 2));
        cart.go(false);
        cart.set_qty(Qty::from_minor(500));
        assert_eq!(cart.receipt.amount, Money::whole(325));
        cart.set_qty(Qty::ZERO);
        assert_eq!((cart.names.len(), cart.current), (2, 1));
    }

    #[test]
    fn a_card_gives_its_discount_to_every_line_and_to_those_that_come() {
        let mut cart = Cart::new(Uid::default());
        cart.add(&offer(1, 100), Qty::whole(1));
        cart.set_discount(Percent::whole(20));
        cart.add(&offer(2, 100), Qty::whole(1));
        cart.take_card(&Card { discount: Percent::whole(10), ..Card::default() });
        cart.add(&offer(3, 100), Qty::whole(1));
        assert_eq!((cart.receipt.amount, cart.taken_off()), (Money::whole(260), Money::whole(40)));
    }
}

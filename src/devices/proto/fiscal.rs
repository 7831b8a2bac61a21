//! A receipt for a fiscal registrar, whichever it is: what the law wants in it (ФФД 1.05 to 1.2). Money is in
//! kopecks, quantity in millionths.

use chrono::NaiveDate;

/// Kind of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReceiptKind {
    /// Sale.
    Sale,
    /// Purchase from a person.
    Purchase,
    /// Return of a sale.
    SaleReturn,
    /// Return of a purchase.
    PurchaseReturn,
}

/// How a receipt is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Payments {
    /// Cash, with the change in it.
    pub cash: u64,
    /// Card and other electronic means.
    pub electronic: u64,
    /// Paid before.
    pub prepaid: u64,
    /// To be paid later.
    pub credit: u64,
    /// By other means.
    pub barter: u64,
}

impl Payments {
    /// Everything but cash: it may not exceed the total, there is no change from it.
    #[must_use]
    pub fn without_cash(&self) -> u64 {
        [self.electronic, self.prepaid, self.credit, self.barter].into_iter().fold(0, u64::saturating_add)
    }
}

/// System of taxation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaxSystem {
    /// General (ОСН).
    General,
    /// Simplified, on income (УСН доход).
    SimplifiedIncome,
    /// Simplified, on income less expenses (УСН доход-расход).
    SimplifiedProfit,
    /// Agricultural (ЕСХН).
    Agricultural,
    /// Patent (ПСН).
    Patent,
}

impl TaxSystem {
    /// The bit of tag 1055.
    #[must_use]
    pub fn bit(self) -> u8 {
        match self {
            Self::General => 1,
            Self::SimplifiedIncome => 2,
            Self::SimplifiedProfit => 4,
            Self::Agricultural => 16,
            Self::Patent => 32,
        }
    }
}

/// A cashier or a buyer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Tax number (ИНН).
    pub tax_number: Option<String>,
}

/// An item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalItem {
    /// Name; letters after the 128th are cut.
    pub name: String,
    /// Quantity in millionths.
    pub quantity: u64,
    /// Price of one, discounts taken off.
    pub price: u64,
    /// Sum: quantity times price, or one kopeck beside it.
    pub sum: u64,
    /// Code of the tax rate (tag 1199, 1 to 12).
    pub tax_code: u8,
    /// How it is paid for (tag 1214): 1 to 3 in advance, 4 in full, 5 to 7 on credit.
    pub method: u8,
    /// What it is (tag 1212).
    pub subject: u8,
    /// Measure (tag 2108); `None` before ФФД 1.2.
    pub measure: Option<u8>,
    /// Marking code as scanned, of a marked thing.
    pub marking: Option<Vec<u8>>,
}

/// What a correction corrects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// By order of the tax office, otherwise of one's own.
    pub by_order: bool,
    /// When the settlement was that is corrected.
    pub date: NaiveDate,
    /// Number of the order; a blank for one's own.
    pub number: String,
}

/// A receipt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FiscalReceipt {
    /// Kind.
    pub kind: ReceiptKind,
    /// It corrects an earlier settlement.
    pub correction: Option<Correction>,
    /// System of taxation.
    pub tax_system: TaxSystem,
    /// Cashier.
    pub cashier: Person,
    /// Electronic address of the buyer; always given when settled over the internet.
    pub buyer_address: Option<String>,
    /// The buyer, when it is a company.
    pub buyer: Option<Person>,
    /// Place of settlement, when it is not the registrar's own.
    pub place: Option<String>,
    /// Settled over the internet.
    pub internet: bool,
    /// The job's own mark, sixteen letters: by it the document is found again.
    pub own_mark: Option<String>,
    /// Items.
    pub items: Vec<FiscalItem>,
    /// Payments.
    pub payments: Payments,
    /// Kopecks within the rouble that are let off.
    pub rounding: u8,
}

/// What a registrar would refuse, known before anything is sent. Items are counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// There is nothing in it, or it costs nothing.
    Empty,
    /// An item has no name.
    Name(usize),
    /// The sum of an item is not quantity times price, or the quantity is zero.
    Sum(usize),
    /// The code of a tax rate is unknown.
    TaxCode(usize),
    /// The way of payment is unknown.
    Method(usize),
    /// A marking code is longer than a registrar takes.
    Marking(usize),
    /// More is let off than kopecks within the rouble.
    Rounding,
    /// Paid less than the total; so many kopecks are missing.
    PaidTooLittle(u64),
    /// More is paid without cash than the total; so many kopecks too much.
    WithoutCashAboveTotal(u64),
    /// The job's mark has more than sixteen letters.
    OwnMark,
    /// Settled over the internet without the buyer's address.
    BuyerAddress,
}

/// Why a marked thing may not be sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkingFault {
    /// The code was made by nobody who may make codes: the fiscal memory or the state's system does not confirm it.
    Wrong,
    /// The state's system has the thing in another state: sold already, or never brought into trade.
    Status,
    /// The state has stopped its sale.
    Stopped,
    /// The state's system does not know the code.
    Unrecognized,
    /// The check did not come to an end.
    Unfinished,
}

/// Bytes a marking code may have.
pub const MARKING_MAX: usize = 200;

/// Quantity in millionths times price, rounded half up to a kopeck.
#[must_use]
pub fn item_sum(quantity: u64, price: u64) -> Option<u64> {
    u64::try_from((u128::from(quantity) * u128::from(price) + 500_000) / 1_000_000).ok()
}

impl FiscalReceipt {
    /// Sum of the items.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.items.iter().map(|item| item.sum).fold(0, u64::saturating_add)
    }

    /// What is to be paid.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.sum().saturating_sub(u64::from(self.rounding))
    }

    /// The change.
    #[must_use]
    pub fn change(&self) -> u64 {
        self.payments.cash.saturating_add(self.payments.without_cash()).saturating_sub(self.total())
    }

    /// Looks for what a registrar would refuse.
    ///
    /// # Errors
    /// The first mistake found.
    pub fn check(&self) -> Result<(), Mistake> {
        for (at, item) in self.items.iter().enumerate() {
            let exact = item_sum(item.quantity, item.price);
            if item.name.trim().is_empty() {
                return Err(Mistake::Name(at));
            }
            if item.quantity == 0 || exact.is_none_or(|exact| exact.abs_diff(item.sum) > 1) {
                return Err(Mistake::Sum(at));
            }
            if !(1..=12).contains(&item.tax_code) {
                return Err(Mistake::TaxCode(at));
            }
            if !(1..=7).contains(&item.method) {
                return Err(Mistake::Method(at));
            }
            if item.marking.as_ref().is_some_and(|code| code.is_empty() || code.len() > MARKING_MAX) {
                return Err(Mistake::Marking(at));
            }
        }
        let (sum, total) = (self.sum(), self.total());
        if sum == 0 {
            return Err(Mistake::Empty);
        }
        if sum / 100 != total / 100 {
            return Err(Mistake::Rounding);
        }
        if let Some(more) = self.payments.without_cash().checked_sub(total).filter(|more| *more > 0) {
            return Err(Mistake::WithoutCashAboveTotal(more));
        }
        let paid = self.payments.cash.saturating_add(self.payments.without_cash());
        if paid < total {
            return Err(Mistake::PaidTooLittle(total - paid));
        }
        if self.own_mark.as_ref().is_some_and(|mark| mark.chars().count() > 16) {
            return Err(Mistake::OwnMark);
        }
        if self.internet && self.buyer_address.is_none() {
            return Err(Mistake::BuyerAddress);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{FiscalReceipt, Mistake};
    use crate::devices::proto::sample::receipt as sample;

    #[test]
    fn what_a_registrar_would_refuse_is_known_before() {
        let whole = sample();
        assert_eq!((whole.check(), whole.sum(), whole.total(), whole.change()), (Ok(()), 126_777, 126_700, 23_300));
        let with = |change: fn(&mut FiscalReceipt)| {
            let mut receipt = sample();
            change(&mut receipt);
            receipt.check()
        };
        assert_eq!(with(|receipt| receipt.items.clear()), Err(Mistake::Empty));
        assert_eq!(with(|receipt| receipt.items[1].name = " ".to_owned()), Err(Mistake::Name(1)));
        assert_eq!(with(|receipt| receipt.items[0].sum += 2), Err(Mistake::Sum(0)));
        assert_eq!(with(|receipt| receipt.items[0].tax_code = 13), Err(Mistake::TaxCode(0)));
        assert_eq!(with(|receipt| receipt.items[0].method = 0), Err(Mistake::Method(0)));
        assert_eq!(with(|receipt| receipt.items[1].marking = Some(vec![b'x'; 201])), Err(Mistake::Marking(1)));
        assert_eq!(with(|receipt| receipt.rounding = 78), Err(Mistake::Rounding));
        assert_eq!(with(|receipt| receipt.payments.cash = 76_699), Err(Mistake::PaidTooLittle(1)));
        assert_eq!(with(|receipt| receipt.payments.electronic = 126_701), Err(Mistake::WithoutCashAboveTotal(1)));
        assert_eq!(with(|receipt| receipt.own_mark = Some("x".repeat(17))), Err(Mistake::OwnMark));
        assert_eq!(with(|receipt| receipt.buyer_address = None), Err(Mistake::BuyerAddress));
    }
}

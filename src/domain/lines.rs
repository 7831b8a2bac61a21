//! What the lines of every trade document have in common: price, discount, amount, VAT, total.
//!
//! `amount = round(qty * price) - discount`; VAT inside it or on top; the document is the sum of its lines
//! (CASES 3). An amount that was given is kept, and the price shown follows from it.

use crate::domain::company::company::Company;
use crate::domain::money::currency::RateOn;
use crate::domain::money::vat::{VatRate, rate_of, sale_rate, vat_of};
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::prices::Prices;
use crate::domain::stock::item::Item;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, NumberError, Percent, Price, Qty};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::text;

/// The terms of one line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// The item.
    pub item: Ref<Item>,
    /// Quantity in the item's unit.
    pub qty: Qty,
    /// Price of a unit before the discount.
    pub price: Price,
    /// Discount in percent.
    pub discount: Percent,
    /// Amount after the discount.
    pub amount: Money,
    /// The rate of VAT.
    pub vat: Ref<VatRate>,
    /// VAT of the line.
    pub vat_amount: Money,
    /// Amount with VAT.
    pub total: Money,
}

/// What a document says for all its lines.
#[derive(Clone, Copy, Debug)]
pub struct Trade {
    /// Whose regime decides the VAT of a sale.
    pub company: Ref<Company>,
    /// The day.
    pub on: Date,
    /// Prices include VAT.
    pub vat_included: bool,
    /// Where prices come from.
    pub price_kind: Ref<PriceKind>,
    /// Sold by us; a purchase takes the item's own rate.
    pub sale: bool,
}

/// What the sums of a purchase document tell of cost, see [`crate::kernel::behaviour::Behaviour::COSTS`].
pub const PURCHASE_SUMS: &[&str] =
    &["amount", "vat_amount", "goods.price", "goods.amount", "goods.vat_amount", "goods.total"];

/// A line of a trade document.
pub trait TradeLine {
    /// Its terms.
    fn terms(&self) -> Terms;
    /// Sets its terms.
    fn set_terms(&mut self, terms: Terms);
    /// A cell of it was changed: what follows from that is counted, see [`Terms::changed`].
    fn recount(&mut self, field: &str, trade: &Trade, facts: &dyn Facts) {
        let mut terms = self.terms();
        terms.changed(field, trade, facts);
        self.set_terms(terms);
    }
}

/// Implements [`TradeLine`] for a row with the usual columns.
#[macro_export]
macro_rules! trade_line {
    ($row:ty) => {
        impl $crate::domain::lines::TradeLine for $row {
            fn terms(&self) -> $crate::domain::lines::Terms {
                $crate::domain::lines::Terms {
                    item: self.item,
                    qty: self.qty,
                    price: self.price,
                    discount: self.discount,
                    amount: self.amount,
                    vat: self.vat,
                    vat_amount: self.vat_amount,
                    total: self.total,
                }
            }
            fn set_terms(&mut self, terms: $crate::domain::lines::Terms) {
                self.item = terms.item;
                self.qty = terms.qty;
                self.price = terms.price;
                self.discount = terms.discount;
                self.amount = terms.amount;
                self.vat = terms.vat;
                self.vat_amount = terms.vat_amount;
                self.total = terms.total;
            }
        }
    };
}

impl Terms {
    /// The same with total and VAT in rubles, as registers and the ledger keep them.
    #[must_use]
    pub fn in_rubles(&self, rate: RateOn) -> Self {
        Self { total: rate.rubles(self.total), vat_amount: rate.rubles(self.vat_amount), ..*self }
    }

    /// Takes the price and the VAT rate of an item just chosen.
    pub fn take_item(&mut self, trade: &Trade, facts: &dyn Facts) {
        if self.qty.is_zero() {
            self.qty = Qty::whole(1);
        }
        self.price = Prices::on(facts, self.item, trade.price_kind, trade.on).unwrap_or_default();
        self.vat = Ref::EMPTY;
        let _ = self.take_rate(trade, facts);
        self.count_amount();
        self.count_vat(trade, facts);
    }

    /// Takes the VAT rate of the item on the day, where none is set.
    pub fn take_rate(&mut self, trade: &Trade, facts: &dyn Facts) -> Result<(), crate::kernel::text::Text> {
        if !self.vat.is_empty() {
            return Ok(());
        }
        let class = facts.get(self.item).map(|item| item.vat).unwrap_or_default();
        self.vat = if trade.sale {
            sale_rate(facts, trade.company, class, trade.on)?
        } else {
            let rate = rate_of(facts, class, trade.on)?;
            Ref::new(rate.head.id)
        };
        Ok(())
    }

    /// Quantity times price, when that is an amount at all.
    fn gross(&self) -> Result<Money, NumberError> {
        Money::from_dec(self.price.dec() * self.qty.dec())
    }

    /// The amount from quantity, price and discount.
    pub fn count_amount(&mut self) {
        let gross = self.price.times(self.qty);
        self.amount = gross - gross.percent(self.discount);
    }

    /// The price from an amount just entered.
    pub fn count_price(&mut self) {
        let undiscounted = if self.discount == Percent::whole(100) {
            self.amount
        } else {
            let left = Percent::whole(100) - self.discount;
            self.amount.share(Percent::whole(100).minor(), left.minor())
        };
        self.price = undiscounted.per(self.qty);
    }

    /// VAT and total from the amount.
    pub fn count_vat(&mut self, trade: &Trade, facts: &dyn Facts) {
        let percent = facts.get(self.vat).map(|rate| rate.percent).unwrap_or_default();
        (self.vat_amount, self.total) = vat_of(self.amount, percent, trade.vat_included);
    }

    /// Recalculates after a column was changed by hand.
    pub fn changed(&mut self, column: &str, trade: &Trade, facts: &dyn Facts) {
        match column {
            "item" => self.take_item(trade, facts),
            "qty" | "price" | "discount" => {
                self.count_amount();
                self.count_vat(trade, facts);
            }
            "amount" => {
                self.count_price();
                self.count_vat(trade, facts);
            }
            "vat" => self.count_vat(trade, facts),
            _ => {}
        }
    }

    /// Before saving: what was left out is filled, an amount that was given stays.
    fn complete(&mut self, trade: &Trade, facts: &dyn Facts) -> Result<(), crate::kernel::text::Text> {
        if self.price.is_zero() && self.amount.is_zero() && !self.item.is_empty() {
            self.price = Prices::on(facts, self.item, trade.price_kind, trade.on).unwrap_or_default();
        }
        if self.amount.is_zero() {
            self.count_amount();
        } else if self.price.is_zero() {
            self.count_price();
        }
        self.take_rate(trade, facts)?;
        self.count_vat(trade, facts);
        Ok(())
    }
}

/// Completes and checks all lines of a table part; gives the document's total and its VAT.
/// `text_instead` says that a line without an item is allowed (an order from a site keeps the words).
pub fn check_lines<L: TradeLine>(
    table: &'static str,
    lines: &mut [L],
    trade: &Trade,
    facts: &dyn Facts,
    text_instead: &dyn Fn(&L) -> bool,
    problems: &mut Problems,
) -> (Money, Money) {
    for (row, line) in lines.iter_mut().enumerate() {
        let mut terms = line.terms();
        if terms.item.is_empty() && !text_instead(line) {
            problems.cell(table, row, "item", text!("field-required"));
        }
        if terms.gross().is_err() {
            problems.cell(table, row, "qty", text!("amount-too-large"));
            continue;
        }
        if terms.qty <= Qty::ZERO {
            problems.cell(table, row, "qty", text!("must-be-positive"));
        }
        for (column, negative) in [("price", terms.price < Price::ZERO), ("amount", terms.amount < Money::ZERO)] {
            if negative {
                problems.cell(table, row, column, text!("must-not-be-negative"));
            }
        }
        if terms.discount < Percent::ZERO || terms.discount > Percent::whole(100) {
            problems.cell(table, row, "discount", text!("discount-range"));
        }
        if let Err(text) = terms.complete(trade, facts) {
            problems.cell(table, row, "vat", text);
        }
        line.set_terms(terms);
    }
    totals(lines)
}

/// Total with VAT, and VAT, of all lines.
pub fn totals<L: TradeLine>(lines: &[L]) -> (Money, Money) {
    lines
        .iter()
        .map(TradeLine::terms)
        .fold((Money::ZERO, Money::ZERO), |(total, vat), terms| (total + terms.total, vat + terms.vat_amount))
}

/// After a document's date, company or «prices include VAT» changed: rates and VAT of all lines anew.
pub fn recount_all<L: TradeLine>(lines: &mut [L], trade: &Trade, facts: &dyn Facts, prices_too: bool) {
    for line in lines {
        let mut terms = line.terms();
        let free = facts.get(terms.vat).is_some_and(|rate| rate.is_free());
        if prices_too && !terms.item.is_empty() {
            terms.take_item(trade, facts);
        } else {
            if !free {
                terms.vat = Ref::EMPTY;
            }
            let _ = terms.take_rate(trade, facts);
            terms.count_vat(trade, facts);
        }
        line.set_terms(terms);
    }
}

/// A line that says neither price nor amount takes the price of the line it comes from.
pub fn take_price<L: TradeLine>(line: &mut L, from: &impl TradeLine) {
    let (mut terms, known) = (line.terms(), from.terms());
    if terms.price.is_zero() && terms.amount.is_zero() {
        terms.price = known.price;
        terms.discount = known.discount;
        if terms.vat.is_empty() {
            terms.vat = known.vat;
        }
        line.set_terms(terms);
    }
}

/// The share of a line for a part of its quantity: the last part takes the rest to the kopeck.
pub fn part_of(whole: Money, qty: Qty, of: Qty) -> Money {
    whole.share(qty.minor(), of.minor())
}

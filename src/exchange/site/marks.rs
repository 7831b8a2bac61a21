//! What a person should look at in an order of a site: where its sums were completed by a rule, or disagree.

use crate::kernel::money::Money;
use crate::kernel::text::Text;
use crate::text;

/// A part of an order whose sum was declared, but not as it is in the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Discounts of lines said to be outside their sums.
    LineDiscounts,
    /// Discounts of the whole order said to be outside the total.
    OrderDiscounts,
    /// Discounts of the whole order said to be inside the total.
    IncludedDiscounts,
    /// Taxes said to be on top.
    Taxes,
    /// Additional costs.
    Costs,
    /// The cost of delivery among the requisites.
    Delivery,
}

/// A remark on the sums of an order. Lines count from zero within the normalised order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The lines and the total disagree, and no rule explains it: a person decides.
    SumsDiffer {
        /// The total of the site.
        total: Money,
        /// The sum of the lines.
        lines: Money,
    },
    /// The difference was taken for the delivery.
    DeliveryByDifference(Money),
    /// The difference was taken for a discount of the whole order and spread over the goods.
    DiscountByDifference(Money),
    /// A declared discount of the whole order was spread over the goods.
    DiscountSpread(Money),
    /// Kopecks of rounding went into the last line that can take them.
    Rounded(Money),
    /// A declared part was taken otherwise than declared, because only so the total comes out.
    TakenOtherwise(Part),
    /// The quantity had more than three decimals and was rounded.
    QuantityRounded {
        /// The line.
        line: usize,
    },
    /// The quantity is absent, zero or unreadable.
    QuantityMissing {
        /// The line.
        line: usize,
    },
    /// The quantity or the amount is below zero.
    Negative {
        /// The line.
        line: usize,
    },
    /// There are no lines: the document tells only a status.
    NoLines,
}

impl Mark {
    /// True when the order has to be looked at before work begins.
    pub const fn needs_check(&self) -> bool {
        matches!(self, Self::SumsDiffer { .. } | Self::QuantityMissing { .. } | Self::Negative { .. })
    }

    /// As a sentence.
    pub fn text(&self) -> Text {
        match self {
            Self::SumsDiffer { total, lines } => {
                text!("site-sums-differ", total = total.grouped(), lines = lines.grouped())
            }
            Self::DeliveryByDifference(sum) => text!("site-delivery-by-difference", sum = sum.grouped()),
            Self::DiscountByDifference(sum) => text!("site-discount-by-difference", sum = sum.grouped()),
            Self::DiscountSpread(sum) => text!("site-discount-spread", sum = sum.grouped()),
            Self::Rounded(sum) => text!("site-rounded", sum = sum.grouped()),
            Self::TakenOtherwise(part) => text!("site-taken-otherwise", part = part.text()),
            Self::QuantityRounded { line } => text!("site-quantity-rounded", line = line + 1),
            Self::QuantityMissing { line } => text!("site-quantity-missing", line = line + 1),
            Self::Negative { line } => text!("site-negative", line = line + 1),
            Self::NoLines => text!("site-no-lines"),
        }
    }
}

impl Part {
    fn text(self) -> Text {
        match self {
            Self::LineDiscounts => text!("site-part-line-discounts"),
            Self::OrderDiscounts => text!("site-part-order-discounts"),
            Self::IncludedDiscounts => text!("site-part-included-discounts"),
            Self::Taxes => text!("site-part-taxes"),
            Self::Costs => text!("site-part-costs"),
            Self::Delivery => text!("site-part-delivery"),
        }
    }
}

//! The receipt that is open in the training registrar.

use super::memory::Paid;
use super::{PARAMETERS, Reader};
use crate::devices::proto::fiscal::ReceiptKind;
use crate::devices::proto::shtrih::request::TaxGroup;
use crate::devices::proto::shtrih::tlv::{Tag, tag};

const COMPUTED: u64 = 0xFF_FFFF_FFFF;
const PAID_TOO_LITTLE: u8 = 0x45;
const CARD_ABOVE_TOTAL: u8 = 0x4D;
const ZERO_TOTAL: u8 = 0x8E;

/// An open receipt.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Its kind.
    pub kind: ReceiptKind,
    /// It corrects earlier settlements.
    pub correction: bool,
    items: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    name: String,
    quantity: u64,
    price: u64,
    sum: u64,
    tax: u8,
    method: u8,
    subject: u8,
    tags: Vec<Tag>,
}

impl Receipt {
    /// Opens one by the number of its kind, bit 7 for a correction.
    #[must_use]
    pub fn open(kind: u8) -> Option<Self> {
        let correction = kind & 0x80 != 0;
        Some(Self { kind: ReceiptKind::of_opening(kind)?, correction, items: Vec::new() })
    }

    /// Takes an item of `FF46` after the password.
    pub(super) fn item(&mut self, from: &mut Reader<'_>) -> Result<(), u8> {
        let read = |from: &mut Reader<'_>| {
            let (operation, quantity, price) = (from.byte()?, from.number(6)?, from.number(5)?);
            let (sum, _) = (from.number(5)?, from.number(5)?);
            let (tax, _, method, subject) = (from.byte()?, from.byte()?, from.byte()?, from.byte()?);
            let name = from.text(from.rest().len())?;
            let sum = if sum == COMPUTED { times(quantity, 1_000_000, price)? } else { sum };
            let tags = Vec::new();
            Some((operation, Entry { name, quantity, price, sum, tax, method, subject, tags }))
        };
        let (operation, entry) = read(from).ok_or(PARAMETERS)?;
        let exact = times(entry.quantity, 1_000_000, entry.price).ok_or(PARAMETERS)?;
        // A sum from outside may differ from the product by one kopeck.
        let fits = entry.sum.abs_diff(exact) <= 1 && entry.quantity > 0;
        if !fits || operation != self.kind.operation() || TaxGroup::code_of_byte(entry.tax).is_none() {
            return Err(PARAMETERS);
        }
        self.items.push(entry);
        Ok(())
    }

    /// Takes an item of the old commands `80` to `83`: quantity in thousandths, four tax groups, a name.
    pub(super) fn old_item(&mut self, operation: u8, from: &mut Reader<'_>) -> Result<(), u8> {
        let read = |from: &mut Reader<'_>| {
            let (quantity, price, _) = (from.number(5)?, from.number(5)?, from.byte()?);
            let groups = from.take(4)?;
            let name = from.text(from.rest().len())?;
            let group = groups.first().copied().filter(|group| *group > 0).unwrap_or(4);
            let sum = times(quantity, 1000, price)?;
            let tax = TaxGroup(group).byte();
            let quantity = quantity.checked_mul(1000)?;
            Some(Entry { name, quantity, price, sum, tax, method: 4, subject: 1, tags: Vec::new() })
        };
        let entry = read(from).ok_or(PARAMETERS)?;
        if operation != self.kind.opening() || entry.quantity == 0 {
            return Err(PARAMETERS);
        }
        self.items.push(entry);
        Ok(())
    }

    /// Adds tags to the last item.
    pub(super) fn item_tags(&mut self, tags: Vec<Tag>) -> Result<(), u8> {
        self.items.last_mut().ok_or(PARAMETERS)?.tags.extend(tags);
        Ok(())
    }

    /// Sum of the items, kopecks.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.items.iter().map(|item| item.sum).fold(0, u64::saturating_add)
    }

    /// Cash leaves the drawer.
    #[must_use]
    pub fn gives_cash(&self) -> bool {
        matches!(self.kind, ReceiptKind::SaleReturn | ReceiptKind::Purchase)
    }

    /// The total after rounding.
    #[must_use]
    pub fn total(&self, paid: &Paid) -> u64 {
        self.sum().saturating_sub(u64::from(paid.rounding))
    }

    /// The change, or why the payments do not suit the total.
    pub(super) fn change(&self, paid: &Paid) -> Result<u64, u8> {
        let (sum, total) = (self.sum(), self.total(paid));
        if sum == 0 {
            return Err(ZERO_TOTAL);
        }
        // Only kopecks within the rouble may be let off.
        if sum / 100 != total / 100 {
            return Err(PARAMETERS);
        }
        let other = paid.all().saturating_sub(paid.cash());
        if other > total {
            return Err(CARD_ABOVE_TOTAL);
        }
        paid.all().checked_sub(total).ok_or(PAID_TOO_LITTLE)
    }

    /// The tags of the document.
    #[must_use]
    pub fn tags(&self, paid: &Paid, change: u64) -> Vec<Tag> {
        let mut tags = vec![
            Tag::byte(tag::OPERATION, self.kind.operation()),
            Tag::byte(tag::TAX_SYSTEM, paid.tax_system),
            Tag::amount(tag::TOTAL, self.total(paid)),
            Tag::amount(tag::CASH, paid.cash().saturating_sub(change)),
            Tag::amount(tag::ELECTRONIC, paid.electronic()),
            Tag::amount(tag::PREPAID, paid.sums[13]),
            Tag::amount(tag::CREDIT, paid.sums[14]),
            Tag::amount(tag::BARTER, paid.sums[15]),
        ];
        tags.extend(self.items.iter().map(|item| {
            let mut own = vec![
                Tag::text(tag::NAME, item.name.strip_prefix("//").unwrap_or(&item.name), 128),
                Tag::decimal(tag::QUANTITY, item.quantity, 6),
                Tag::amount(tag::PRICE, item.price),
                Tag::amount(tag::SUM, item.sum),
                Tag::byte(tag::TAX_RATE, TaxGroup::code_of_byte(item.tax).unwrap_or(6)),
                Tag::byte(tag::METHOD, item.method),
                Tag::byte(tag::SUBJECT, item.subject),
            ];
            own.extend(item.tags.iter().cloned());
            Tag::group(tag::ITEM, &own)
        }));
        tags
    }
}

/// Quantity times price, rounded half up to a whole kopeck.
fn times(quantity: u64, unit: u64, price: u64) -> Option<u64> {
    let product = u128::from(quantity) * u128::from(price);
    u64::try_from((product + u128::from(unit / 2)) / u128::from(unit)).ok()
}

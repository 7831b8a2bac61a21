//! VAT: rates with their periods, classes of items, and the rate a line takes on a day (LAW 2.5).

use crate::domain::company::company::{Company, TaxRegime};
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent};
use crate::kernel::object::Referable as _;
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::{choice, object, text};
use std::collections::BTreeMap;
use std::sync::Arc;

choice! {
    /// What an item's sale is taxed at, whatever the number is on the day.
    VatClass = "vat_class" {
        Standard = 0 "standard" "Основная",
        Reduced = 1 "reduced" "Пониженная",
        Zero = 2 "zero" "0 %",
        Free = 3 "free" "Без НДС",
        Simplified5 = 4 "simplified_5" "5 % (УСН)",
        Simplified7 = 5 "simplified_7" "7 % (УСН)",
    }
}

object! {
    /// A rate of VAT in force for a period; a document's line keeps the rate itself.
    catalog VatRate = 34 "vat_rate" "Ставка НДС" {
        class: VatClass = "Вид ставки",
        percent: Percent = "Процент",
        from: Date = "Действует с",
        until: Date = "Действует по",
    }
}

impl VatRate {
    /// True when the rate is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.from <= on && (self.until.is_empty() || on <= self.until)
    }
    /// True for «без НДС», which is not the same as 0 %.
    pub fn is_free(&self) -> bool {
        self.class == VatClass::Free
    }
}

impl Behaviour for VatRate {}

/// What the lines of a paper come to at one rate: a row of a tax invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateSum<K> {
    /// The number of the row, from one on.
    pub key: u32,
    /// The rate, with whatever else tells rows apart.
    pub of: K,
    /// Amount without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
    /// Amount with VAT.
    pub total: Money,
}

/// Adds up lines (rate, amount with VAT, VAT) by rate, in the order of rates.
pub fn by_rate<K: Ord>(lines: impl IntoIterator<Item = (K, Money, Money)>) -> Vec<RateSum<K>> {
    let mut sums: BTreeMap<K, (Money, Money)> = BTreeMap::new();
    for (of, total, vat) in lines {
        let sum = sums.entry(of).or_default();
        sum.0 += total;
        sum.1 += vat;
    }
    let row = |((of, (total, vat)), key)| RateSum { key, of, net: total - vat, vat, total };
    sums.into_iter().zip(1..).map(row).collect()
}

/// A paper is issued once on a basis: says which of the others on the same basis stands already, if one does.
pub fn issued_twice<T: Behaviour>(others: &[Arc<T>], own: &T) -> Option<Text> {
    let stands = |other: &&Arc<T>| other.head().posted && other.head().id != own.head().id;
    let other = others.iter().find(stands)?;
    Some(text!("tax-invoice-twice", document = other.presentation()))
}

/// The rate of a class on a day.
pub fn rate_of(facts: &dyn Facts, class: VatClass, on: Date) -> Result<Arc<VatRate>, Text> {
    facts
        .every::<VatRate>()
        .into_iter()
        .find(|rate| rate.class == class && rate.in_force(on))
        .ok_or_else(|| text!("vat-rate-missing", class = class.label(), date = on.russian()))
}

/// The rate of a percent on a day (`None` is «без НДС»), as sites and banks name it.
pub fn rate_of_percent(facts: &dyn Facts, percent: Option<Percent>, on: Date) -> Option<Ref<VatRate>> {
    let rates = facts.every::<VatRate>();
    let fits = |rate: &&Arc<VatRate>| match percent {
        Some(percent) => !rate.is_free() && rate.percent == percent,
        None => rate.is_free(),
    };
    let by_date = rates.iter().find(|rate| fits(rate) && rate.in_force(on));
    by_date.or_else(|| rates.iter().find(fits)).map(|rate| rate.reference())
}

/// The rate a sale of a class takes in a company on a day: the regime may take VAT away or fix its rate.
pub fn sale_rate(facts: &dyn Facts, company: Ref<Company>, class: VatClass, on: Date) -> Result<Ref<VatRate>, Text> {
    let Some(owner) = facts.get(company) else { return Ok(Ref::EMPTY) };
    let Some(regime) = owner.regime(on) else {
        return Err(text!("regime-missing", company = owner.name.clone(), date = on.russian()));
    };
    let class = match regime {
        TaxRegime::SimplifiedFree | TaxRegime::Patent => VatClass::Free,
        TaxRegime::Simplified5 if class != VatClass::Free => VatClass::Simplified5,
        TaxRegime::Simplified7 if class != VatClass::Free => VatClass::Simplified7,
        TaxRegime::General | TaxRegime::SimplifiedGeneral | TaxRegime::Simplified5 | TaxRegime::Simplified7 => class,
    };
    rate_of(facts, class, on).map(|rate| rate.reference())
}

/// The VAT of an amount and the total with it: inside the amount, or on top of it.
pub fn vat_of(amount: Money, percent: Percent, included: bool) -> (Money, Money) {
    if included {
        (amount.tax_inside(percent), amount)
    } else {
        let vat = amount.percent(percent);
        (vat, amount + vat)
    }
}

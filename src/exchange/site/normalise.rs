//! Sums of an order made whole: lines that give the total to the kopeck, or a mark that they do not.
//!
//! Sites keep parts of the total outside the lines (delivery, discounts, taxes) and say so wrongly as often as
//! rightly. Each declared part is a lever, in or out. The levers stand as declared; when the total does not
//! come out so, the setting with the fewest changes that gives it is taken and marked. When none does, the
//! difference is the delivery, a discount of the whole order, or rounding; what is left is for a person.

use super::document::SiteDocument;
use super::lines::{SiteLine, TaxRate};
use super::marks::{Mark, Part};
use super::xml;
use crate::kernel::money::{Money, Percent, Price, Qty};

/// Kopecks of difference that are rounding.
const ROUNDING: i64 = 5;
/// Sums beyond this (100 billion rubles, in kopecks) are no order: nothing is spread over them.
const SANE: i64 = 10_000_000_000_000;

/// Value added tax of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VatHint {
    /// The rate; nothing means «without VAT».
    pub percent: Option<Percent>,
    /// True when the amount of the line holds the tax.
    pub included: bool,
}

/// A line whose amount is what the buyer pays for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormalisedLine {
    /// `Ид` of the site as written; empty for a line made here.
    pub site_id: String,
    /// The item part of the id.
    pub item: String,
    /// The characteristic part of the id.
    pub characteristic: String,
    /// `Артикул`.
    pub article: String,
    /// `Штрихкод`.
    pub barcode: String,
    /// The name; empty for a delivery the site does not name.
    pub name: String,
    /// Code of the base unit (ОКЕИ).
    pub unit_code: String,
    /// Name of the base unit.
    pub unit_name: String,
    /// Quantity in base units.
    pub qty: Qty,
    /// Amount by quantity; the kopeck remainder stays in the amount.
    pub price: Price,
    /// What the buyer was shown for a unit of the line.
    pub shown_price: Option<Price>,
    /// What the buyer pays, tax as the site gave it.
    pub amount: Money,
    /// What was taken off the line by rules of this module.
    pub discount: Money,
    /// The tax, when the site says anything about it.
    pub vat: Option<VatHint>,
    /// True for a service.
    pub service: bool,
    /// True for the delivery.
    pub delivery: bool,
    /// Index of the line in the document it came from; nothing for a line made here.
    pub source: Option<usize>,
    /// Place of the line in the basket of the site; empty when not said.
    pub position: String,
}

/// An order whose lines give its total, unless a mark says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NormalisedOrder {
    /// The lines in the site's order, made ones last.
    pub lines: Vec<NormalisedLine>,
    /// What the buyer pays.
    pub total: Money,
    /// What to look at.
    pub marks: Vec<Mark>,
}

impl NormalisedOrder {
    /// True when a person has to look before work begins.
    pub fn needs_check(&self) -> bool {
        self.marks.iter().any(Mark::needs_check)
    }
}

/// A declared part of the total.
struct Lever {
    part: Part,
    /// How much the total changes when the part is taken.
    effect: Money,
    /// True when it is taken as declared.
    declared: bool,
}

/// The order under work.
struct Work<'a> {
    document: &'a SiteDocument,
    order: NormalisedOrder,
    /// Discounts outside the amount, by line.
    off: Vec<Money>,
    /// Taxes on top of the amount, by line.
    tax: Vec<Money>,
}

/// Applies the arithmetic to a document.
pub fn normalised(document: &SiteDocument) -> NormalisedOrder {
    let mut work = Work::new(document);
    let lines = work.sum();
    work.order.total = document.sum.unwrap_or(lines);
    if work.order.lines.is_empty() && document.costs.is_empty() {
        work.order.marks.push(Mark::NoLines);
        return work.done();
    }
    if !work.is_sane() {
        work.order.marks.push(Mark::SumsDiffer { total: work.order.total, lines });
        return work.done();
    }
    let levers = work.levers();
    let chosen = match document.sum {
        Some(total) => choose(&levers, total - lines),
        None => levers.iter().map(|lever| lever.declared).collect(),
    };
    for (lever, taken) in levers.iter().zip(chosen) {
        if lever.declared != taken {
            work.order.marks.push(Mark::TakenOtherwise(lever.part));
        }
        if taken {
            work.apply(lever);
        }
    }
    match document.sum {
        Some(total) => work.settle(total),
        None => work.order.total = work.sum(),
    }
    work.done()
}

/// Which levers to take: as declared, or with the fewest changes that explain the difference.
fn choose(levers: &[Lever], difference: Money) -> Vec<bool> {
    let settings = 1u32 << levers.len();
    let taken =
        |setting: u32| levers.iter().enumerate().map(move |(at, lever)| lever.declared != (setting >> at & 1 == 1));
    let fits = |setting: &u32| {
        let explained: Money =
            levers.iter().zip(taken(*setting)).filter(|(_, taken)| *taken).map(|(l, _)| l.effect).sum();
        (difference - explained).abs().minor() <= ROUNDING
    };
    let best = (0..settings).filter(fits).min_by_key(|setting| setting.count_ones()).unwrap_or(0);
    taken(best).collect()
}

impl<'a> Work<'a> {
    fn new(document: &'a SiteDocument) -> Self {
        let mut work = Self { document, order: NormalisedOrder::default(), off: Vec::new(), tax: Vec::new() };
        for (at, line) in document.lines.iter().enumerate() {
            work.off.push(outside_discount(line));
            work.tax.push(tax_on_top(line));
            let made = work.line(at, line);
            work.order.lines.push(made);
        }
        work.mark_deliveries();
        work
    }

    fn line(&mut self, at: usize, line: &SiteLine) -> NormalisedLine {
        let qty = match line.qty {
            Some(qty) if !qty.is_zero() => qty,
            // An amount without a quantity is one of something; a service is often sent so.
            None if !line.amount.is_zero() => Qty::whole(1),
            _ => Qty::ZERO,
        };
        if line.qty.is_none_or(Qty::is_zero) {
            self.order.marks.push(Mark::QuantityMissing { line: at });
        } else if !line.qty_is_exact {
            self.order.marks.push(Mark::QuantityRounded { line: at });
        }
        if qty < Qty::ZERO || line.amount < Money::ZERO {
            self.order.marks.push(Mark::Negative { line: at });
        }
        NormalisedLine {
            site_id: line.site_id.clone(),
            item: line.item.clone(),
            characteristic: line.characteristic.clone(),
            article: line.article.clone(),
            barcode: line.barcode.clone(),
            // Some escape twice; what is left of it is for people, not for machines.
            name: xml::plain(&line.name),
            unit_code: line.unit_code.clone(),
            unit_name: line.unit_name.clone(),
            qty: qty.times(line.coefficient),
            shown_price: line.shown_price,
            amount: line.amount,
            vat: self.vat(line),
            service: line.is_service(),
            delivery: line.has_delivery_id(),
            source: Some(at),
            position: line.position().to_owned(),
            ..NormalisedLine::default()
        }
    }

    /// The tax of a line; the only rate of the document when the line says nothing.
    fn vat(&self, line: &SiteLine) -> Option<VatHint> {
        let mut whole = self.document.taxes.iter().filter(|tax| tax.is_vat() && tax.rate.is_some());
        let only = whole.next().filter(|_| whole.next().is_none());
        let tax = line.vat().or(only)?;
        let percent = match tax.rate? {
            TaxRate::Without => None,
            TaxRate::Percent(percent) => Some(percent),
        };
        Some(VatHint { percent, included: tax.included })
    }

    /// Finds the delivery among the services: by its name, by the way of delivery, or as the only service that
    /// is no item of a catalogue.
    fn mark_deliveries(&mut self) {
        let method = self.document.delivery_method().name.to_lowercase();
        for line in self.order.lines.iter_mut().filter(|line| line.service) {
            let name = line.name.to_lowercase();
            line.delivery |= speaks_of_delivery(&name) || (!name.is_empty() && name == method);
        }
        let goods = self.order.lines.iter().any(|line| !line.service);
        let mut services = self.order.lines.iter_mut().filter(|line| line.service);
        if let (Some(only), None) = (services.next(), services.next()) {
            only.delivery |= goods && only.article.is_empty() && only.barcode.is_empty();
        }
    }

    /// True when all sums together are what an order can be; beyond that nothing is computed.
    fn is_sane(&self) -> bool {
        let document = self.document;
        let lines = document.lines.iter().map(|line| line.amount);
        let costs = document.costs.iter().map(|cost| cost.amount);
        let taxes = document.taxes.iter().chain(document.lines.iter().flat_map(|line| &line.taxes));
        let all = lines.chain(costs).chain(taxes.filter_map(|tax| tax.amount)).chain(document.sum);
        all.map(|amount| i128::from(amount.minor()).abs()).sum::<i128>() <= i128::from(SANE)
    }

    fn sum(&self) -> Money {
        self.order.lines.iter().map(|line| line.amount).sum()
    }

    /// The sum over which discounts of the whole order are spread.
    fn goods(&self) -> Money {
        self.weights().into_iter().map(Money::from_minor).sum()
    }

    /// Weights of the lines in a spread: their amounts, nothing for the delivery and for returns.
    fn weights(&self) -> Vec<i64> {
        let weight = |line: &NormalisedLine| if line.delivery { 0 } else { line.amount.positive().minor() };
        self.order.lines.iter().map(weight).collect()
    }

    /// The declared parts of the total that are not in the lines, or are said to be.
    fn levers(&self) -> Vec<Lever> {
        let document = self.document;
        let goods = self.goods();
        let whole = |included: bool| -> Money {
            let found = document.discounts.iter().filter(|discount| discount.included == included);
            found.map(|discount| discount_of(discount.amount, discount.percent, goods)).sum()
        };
        let limited = |discount: Money| if discount > goods { Money::ZERO } else { -discount };
        let line_tax: Money = self.tax.iter().copied().sum();
        let top = document.taxes.iter().filter(|tax| !tax.included);
        let whole_tax: Money = top.filter_map(|tax| tax.amount).sum();
        let costs: Money = document.costs.iter().map(|cost| cost.amount).sum();
        let inside = document.costs.iter().all(|cost| cost.included);
        let named = self.order.lines.iter().any(|line| line.delivery) || self.cost_is_delivery();
        let delivery = if named { Money::ZERO } else { document.delivery_cost().unwrap_or_default() };
        let all = [
            (Part::LineDiscounts, -self.off.iter().copied().sum::<Money>(), true),
            (Part::OrderDiscounts, limited(whole(false)), true),
            (Part::IncludedDiscounts, limited(whole(true)), false),
            (Part::Taxes, if line_tax.is_zero() { whole_tax } else { line_tax }, true),
            (Part::Costs, costs, !inside),
            (Part::Delivery, delivery, true),
        ];
        let present = all.into_iter().filter(|(_, effect, _)| !effect.is_zero());
        present.map(|(part, effect, declared)| Lever { part, effect, declared }).collect()
    }

    fn cost_is_delivery(&self) -> bool {
        self.document.costs.iter().any(|cost| speaks_of_delivery(&cost.name.to_lowercase()))
    }

    /// Takes a part of the total into the lines.
    fn apply(&mut self, lever: &Lever) {
        match lever.part {
            Part::LineDiscounts => {
                for (line, off) in self.order.lines.iter_mut().zip(&self.off) {
                    line.amount -= *off;
                    line.discount += *off;
                }
            }
            Part::OrderDiscounts | Part::IncludedDiscounts => {
                self.take_off(-lever.effect);
                self.order.marks.push(Mark::DiscountSpread(-lever.effect));
            }
            Part::Taxes => self.add_taxes(lever.effect),
            Part::Costs => {
                for cost in &self.document.costs {
                    let delivery = speaks_of_delivery(&cost.name.to_lowercase());
                    self.order.lines.push(service(cost.name.clone(), cost.amount, delivery));
                }
            }
            Part::Delivery => self.deliver(lever.effect),
        }
    }

    /// Taxes of the lines, or the tax of the whole order spread over the goods.
    fn add_taxes(&mut self, whole: Money) {
        let own = self.tax.iter().any(|tax| !tax.is_zero());
        let parts = if own { self.tax.clone() } else { whole.spread(&self.weights()) };
        for (line, tax) in self.order.lines.iter_mut().zip(parts) {
            line.amount += tax;
            if let Some(vat) = &mut line.vat {
                vat.included = true;
            }
        }
    }

    /// Takes a discount off the goods by their amounts, so that the parts give the whole.
    fn take_off(&mut self, discount: Money) {
        let parts = discount.spread(&self.weights());
        for (line, part) in self.order.lines.iter_mut().zip(parts) {
            line.amount -= part;
            line.discount += part;
        }
    }

    fn deliver(&mut self, cost: Money) {
        self.order.lines.push(service(self.document.delivery_method().name, cost, true));
    }

    /// Closes what is left between the lines and the total.
    fn settle(&mut self, total: Money) {
        let rest = total - self.sum();
        let known = self.order.lines.iter().any(|line| line.delivery);
        if rest.is_zero() {
            return;
        }
        if rest.abs().minor() <= ROUNDING && self.round(rest) {
            self.order.marks.push(Mark::Rounded(rest));
        } else if rest > Money::ZERO && !known {
            self.deliver(rest);
            self.order.marks.push(Mark::DeliveryByDifference(rest));
        } else if rest < Money::ZERO && -rest <= self.goods() && total > Money::ZERO {
            self.take_off(-rest);
            self.order.marks.push(Mark::DiscountByDifference(-rest));
        } else {
            self.order.marks.push(Mark::SumsDiffer { total, lines: self.sum() });
        }
    }

    /// Puts kopecks into the last line that can take them; false when there is none.
    fn round(&mut self, rest: Money) -> bool {
        let can = |line: &&mut NormalisedLine| !line.amount.is_zero() && line.amount + rest >= Money::ZERO;
        let last = self.order.lines.iter_mut().rev().find(can);
        last.map(|line| line.amount += rest).is_some()
    }

    /// Prices follow from amounts; amounts are what the buyer pays, so the tax is inside.
    fn done(mut self) -> NormalisedOrder {
        let differ = self.order.marks.iter().any(|mark| matches!(mark, Mark::SumsDiffer { .. }));
        for line in &mut self.order.lines {
            line.price = line.amount.per(line.qty);
            if let Some(vat) = line.vat.as_mut().filter(|_| !differ) {
                vat.included = true;
            }
        }
        self.order
    }
}

/// A service made from a part of the total.
fn service(name: String, amount: Money, delivery: bool) -> NormalisedLine {
    NormalisedLine { name, qty: Qty::whole(1), amount, service: true, delivery, ..NormalisedLine::default() }
}

/// True when a name (in lower case) means a delivery.
fn speaks_of_delivery(name: &str) -> bool {
    let words =
        ["достав", "самовывоз", "курьер", "deliver", "shipping", "почта россии", "сдэк", "boxberry", "пункт выдачи"];
    words.iter().any(|word| name.contains(word))
}

/// A discount by its amount, or by its percent when there is no amount.
fn discount_of(amount: Option<Money>, percent: Option<Percent>, base: Money) -> Money {
    match (amount.filter(|amount| !amount.is_zero()), percent) {
        (Some(amount), _) => amount.positive(),
        (None, Some(percent)) if percent <= Percent::whole(100) => base.percent(percent).positive(),
        _ => Money::ZERO,
    }
}

/// Discounts of a line that its amount does not hold yet; never more than the amount.
fn outside_discount(line: &SiteLine) -> Money {
    let outside = line.discounts.iter().filter(|discount| !discount.included);
    let sum: Money = outside.map(|discount| discount_of(discount.amount, discount.percent, line.amount)).sum();
    sum.min(line.amount.positive())
}

/// Taxes of a line that its amount does not hold yet.
fn tax_on_top(line: &SiteLine) -> Money {
    let mut top = line.taxes.iter().filter(|tax| !tax.included);
    let given: Money = top.clone().filter_map(|tax| tax.amount).sum();
    match top.find_map(|tax| tax.rate) {
        Some(TaxRate::Percent(rate)) if given.is_zero() => line.amount.positive().percent(rate),
        _ => given.positive(),
    }
}

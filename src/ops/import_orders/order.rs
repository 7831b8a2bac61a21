//! The fields and lines of an order from a site, new and changed (PROTOCOL 6.2, 6.3, 6.5).

use super::super::gate::Tx;
use super::super::save::How;
use super::{Attention, Fate, Link};
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::money::currency::Currency;
use crate::domain::money::vat::{VatRate, rate_of_percent};
use crate::domain::registers::orders::OrderDebts;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine, CustomerOrderRequisite};
use crate::exchange::site::{NormalisedLine, NormalisedOrder, SiteDocument, normalised};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Outcome;
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::text;

impl Tx<'_> {
    pub(super) fn new_order(&mut self, link: &Link, document: &SiteDocument, remarks: &mut Vec<Text>) -> Outcome<Fate> {
        let sums = normalised(document);
        let mut marks = Vec::new();
        let mut order = CustomerOrder {
            company: link.card.company,
            warehouse: link.card.warehouse,
            manager: link.card.manager,
            price_kind: link.card.price_kind,
            link: link.reference,
            vat_included: true,
            ..CustomerOrder::default()
        };
        order.date = self.date_of(document, &mut marks);
        order.currency = self.currency_of(document, &mut marks);
        let (customer, clear) = self.find_buyer(link, document, remarks)?;
        order.customer = customer;
        if !clear {
            marks.push(Attention::Buyer);
        }
        fill_head(&mut order, document);
        self.fill_lines(link, &mut order, &sums, &mut marks)?;
        if document.is_cancelled() || document.deleted {
            order.goods.iter_mut().for_each(|line| line.cancelled = true);
        }
        remarks.extend(sums.marks.iter().map(crate::exchange::site::Mark::text));
        if sums.needs_check() {
            marks.push(Attention::Sums);
        }
        order.attention = Attention::write(&marks);
        self.save(&mut order, How::Post)?;
        Ok(Fate::Created(order.reference().any()))
    }

    /// Who wins when an order comes again (PROTOCOL 6.5): until we start, the site; then only its status,
    /// payment and comment are taken, and what differs is marked.
    pub(super) fn change_order(
        &mut self,
        link: &Link,
        document: &SiteDocument,
        mut order: CustomerOrder,
        remarks: &mut Vec<Text>,
    ) -> Outcome<Fate> {
        let started = self.is_started(&order);
        let sums = normalised(document);
        let mut marks = Attention::read(&order.attention);
        let before = order.clone();
        fill_head(&mut order, document);
        let has_lines = !sums.lines.is_empty() && document.number_1c.is_none();
        let cancelled = document.is_cancelled() || document.deleted;
        if cancelled && started {
            marks.push(Attention::Cancelled);
        } else if cancelled {
            order.goods.iter_mut().for_each(|line| line.cancelled = true);
        } else if has_lines && started {
            if lines_differ(&before, &sums) {
                marks.push(Attention::Changed);
                remarks.push(text!("import-changed-in-work"));
            }
        } else if has_lines {
            marks.retain(|mark| !matches!(mark, Attention::Item | Attention::Sums));
            self.fill_lines(link, &mut order, &sums, &mut marks)?;
            if sums.needs_check() {
                marks.push(Attention::Sums);
            }
        }
        order.attention = Attention::write(&marks);
        if order == before {
            return Ok(Fate::Same(order.reference().any()));
        }
        self.save(&mut order, How::Write)?;
        Ok(Fate::Updated(order.reference().any()))
    }

    fn date_of(&self, document: &SiteDocument, marks: &mut Vec<Attention>) -> crate::kernel::moment::Moment {
        if document.moment.is_empty() {
            marks.push(Attention::Date);
            return self.now;
        }
        document.moment
    }

    fn currency_of(&self, document: &SiteDocument, marks: &mut Vec<Attention>) -> Ref<Currency> {
        let facts = self.facts();
        let base = settings(&facts).currency;
        if document.currency.is_empty() {
            if !document.currency_raw.is_empty() {
                marks.push(Attention::Currency);
            }
            return base;
        }
        let facts: &dyn Facts = &facts;
        let found = facts.coded::<Currency>(&document.currency);
        if found.is_empty() {
            marks.push(Attention::Currency);
        }
        found.or(base)
    }

    /// True when goods or money have moved on the order.
    fn is_started(&self, order: &CustomerOrder) -> bool {
        if !order.head.posted {
            return false;
        }
        let read = self.facts();
        let facts: &dyn Facts = &read;
        let debt = OrderDebts { order: order.reference().any(), unpaid: Money::ZERO };
        let paid = order.due() - facts.balance(&debt).unpaid;
        let shipped = order.goods.iter().any(|line| {
            let left = facts.balance(&order.left_key(line)).left;
            !line.cancelled && left != line.qty
        });
        order.closed || shipped || !paid.is_zero()
    }

    /// Lines of the site; a line known before keeps its stable number, so that links to it hold.
    fn fill_lines(
        &mut self,
        link: &Link,
        order: &mut CustomerOrder,
        sums: &NormalisedOrder,
        marks: &mut Vec<Attention>,
    ) -> Outcome<()> {
        let mut old = std::mem::take(&mut order.goods);
        for line in &sums.lines {
            let known = old.iter().position(|known| known.site_item == site_item(line)).map(|at| old.remove(at));
            let known = known.unwrap_or_default();
            let item = self.find_item(link, line)?;
            if item.is_empty() {
                marks.push(Attention::Item);
            }
            let qty = if line.qty <= Qty::ZERO { Qty::whole(1) } else { line.qty };
            order.goods.push(CustomerOrderLine {
                key: known.key,
                item,
                name: self.line_name(line),
                qty,
                price: line.amount.per(qty),
                amount: line.amount,
                vat: self.line_rate(order, line),
                site_item: site_item(line),
                reason: known.reason,
                asked: known.asked,
                lacked: known.lacked,
                ..CustomerOrderLine::default()
            });
        }
        Ok(())
    }

    fn line_name(&self, line: &NormalisedLine) -> String {
        if line.name.is_empty() { text!("import-line-unnamed").show() } else { line.name.clone() }
    }

    /// The rate the site names, unless the company sells without VAT; empty leaves it to the item.
    fn line_rate(&self, order: &CustomerOrder, line: &NormalisedLine) -> Ref<VatRate> {
        let read = self.facts();
        let facts: &dyn Facts = &read;
        let on = order.date.date();
        let company = facts.get::<Company>(order.company);
        let free = company.and_then(|company| company.regime(on)).is_some_and(|regime| regime.without_vat());
        match &line.vat {
            Some(hint) if !free => rate_of_percent(facts, hint.percent, on).unwrap_or_default(),
            _ => Ref::EMPTY,
        }
    }
}

/// How the site calls a line's item: with the characteristic, for each is a thing of its own.
pub(super) fn site_item(line: &NormalisedLine) -> String {
    if line.site_id.is_empty() { line.name.clone() } else { line.site_id.clone() }
}

/// What the site says beside lines: number, status, payment, delivery, comment, all its requisites.
fn fill_head(order: &mut CustomerOrder, document: &SiteDocument) {
    document.shown_number().clone_into(&mut order.site_number);
    let status = document.status();
    order.site_status = if status.name.is_empty() { status.id } else { status.name };
    order.site_paid = document.payment().paid;
    order.payment_method = document.payment_method().name;
    order.delivery_method = document.delivery_method().name;
    if !document.delivery_address().is_empty() {
        document.delivery_address().clone_into(&mut order.delivery_address);
    } else if let Some(address) = document.recipient().or(document.buyer()).and_then(|p| p.contacts.addresses.first()) {
        order.delivery_address.clone_from(&address.text);
    }
    if !document.buyer_comment().is_empty() {
        document.buyer_comment().clone_into(&mut order.comment);
    }
    let ship = document.shipping_date().date();
    if !ship.is_empty() {
        order.ship_date = ship;
    }
    order.requisites = document
        .requisites
        .iter()
        .zip(1..)
        .map(|((name, value), key)| CustomerOrderRequisite { key, name: name.clone(), value: value.clone() })
        .collect();
}

/// True when the site's lines are not those of our order: other things, quantities or amounts.
fn lines_differ(order: &CustomerOrder, sums: &NormalisedOrder) -> bool {
    let mut ours: Vec<(String, Qty, Money)> = order
        .goods
        .iter()
        .filter(|line| !line.cancelled)
        .map(|line| (line.site_item.clone(), line.qty, line.amount))
        .collect();
    let mut theirs: Vec<(String, Qty, Money)> =
        sums.lines.iter().map(|line| (site_item(line), line.qty, line.amount)).collect();
    ours.sort();
    theirs.sort();
    ours != theirs
}

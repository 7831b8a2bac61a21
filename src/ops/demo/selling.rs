//! How the demo company sells: orders of people from the site, orders of firms, shipments, returns.

use super::catalogs::Goods;
use super::days::{Days, Job};
use super::desk::Desk;
use crate::domain::company::site_link::SiteLink;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::sales::cancel_reason::CancelReason;
use crate::domain::sales::corrective_invoice::CorrectiveInvoice;
use crate::domain::sales::customer_order::{CustomerOrder, CustomerOrderLine};
use crate::domain::sales::customer_return::CustomerReturn;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::invoice::Invoice;
use crate::domain::sales::order_state::OrderState;
use crate::domain::sales::tax_invoice_issued::TaxInvoiceIssued;
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::{At, Behaviour as _};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Percent, Price, Qty};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::{AnyRef, Ref};

/// What a firm spends on one line, in kopecks, about.
const FIRM_LINE: i64 = 760_000;
/// The site's numbers of orders begin here.
const SITE_NUMBERS: i64 = 4_100;

/// Of so many orders from the site one line is cancelled after it was paid.
const CANCEL_EVERY: i64 = 60;

/// One thing asked for.
pub struct Wish {
    /// The thing.
    pub item: Ref<Item>,
    /// How much of it.
    pub qty: Qty,
}

/// How an order is to be paid.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Terms {
    Card,
    Cash,
    Before,
    After,
    Monthly,
}

/// A person's order from the site.
pub fn retail(desk: &mut Desk<'_>, days: &mut Days, people: &[Ref<Counterparty>]) -> Outcome<()> {
    let Some(customer) = desk.chance.pick(people).copied() else { return Ok(()) };
    let lines = desk.chance.between(1, 4);
    let mut wishes = wishes(desk, lines, |chance, goods| {
        let most = if goods.retail > Price::from_minor(5_000_000) { 1 } else { 3 };
        let qty = Qty::whole(i32::try_from(chance.between(1, most)).unwrap_or(1));
        if goods.loose { qty + Qty::from_minor(500) } else { qty }
    });
    let delivered = desk.chance.hit(55);
    if delivered {
        wishes.push(Wish { item: desk.coded("delivery"), qty: Qty::whole(1) });
    }
    let fee = Price::from_minor(*desk.chance.pick(&[2_500_000, 3_500_000, 4_500_000]).unwrap_or(&3_500_000));
    let terms = if desk.chance.hit(70) { Terms::Card } else { Terms::Cash };
    days.site_orders += 1;
    let number = SITE_NUMBERS + days.site_orders;
    let link: Ref<SiteLink> = desk.coded("file");
    let mut order = order(desk, customer, "retail", &wishes, Percent::ZERO)?;
    if let (true, Some(line)) = (delivered, order.goods.last_mut()) {
        line.price = fee;
        order.changed(At::Cell { table: "goods", row: wishes.len() - 1, field: "price" }, &desk.session.facts());
    }
    order.link = link;
    order.site_number = number.to_string();
    order.site_paid = terms == Terms::Card;
    order.site_status = "Принят".to_owned();
    order.payment_method = if terms == Terms::Card {
        "Картой на сайте"
    } else {
        "Наличными при получении"
    }
    .to_owned();
    order.delivery_method = if delivered { "Курьер" } else { "Самовывоз" }.to_owned();
    let order = place(desk, order)?;
    if days.site_orders % CANCEL_EVERY == CANCEL_EVERY / 5 {
        days.later(desk, 0, 0, Job::PayByCard(order));
        days.later(desk, 1, 1, Job::Cancel(order));
        days.later(desk, 2, 3, Job::Ship(order, false));
        return Ok(());
    }
    if terms == Terms::Card {
        days.later(desk, 0, 1, Job::PayByCard(order));
    }
    days.later(desk, 0, 2, Job::Ship(order, terms == Terms::Cash));
    Ok(())
}

/// A firm's order, with an invoice for payment.
pub fn wholesale(desk: &mut Desk<'_>, days: &mut Days, firms: &[Ref<Counterparty>]) -> Outcome<()> {
    let at = desk.chance.below(i64::try_from(firms.len()).unwrap_or(0));
    let Some(customer) = usize::try_from(at).ok().and_then(|at| firms.get(at)).copied() else { return Ok(()) };
    let lines = desk.chance.between(3, 9);
    let wishes = wishes(desk, lines, |chance, goods| {
        let price = (goods.wholesale.minor() / 100).max(1);
        let count = (FIRM_LINE * chance.between(50, 150) / 100 / price).clamp(2, 120);
        let qty = Qty::whole(i32::try_from(count).unwrap_or(2));
        if goods.loose { qty + Qty::from_minor(400) } else { qty }
    });
    let discount = if desk.chance.hit(25) { Percent::whole(3) } else { Percent::ZERO };
    let terms = match at % 5 {
        0 => Terms::Monthly,
        1 => Terms::Before,
        _ => Terms::After,
    };
    let mut order = order(desk, customer, "wholesale", &wishes, discount)?;
    order.payment_method = "По счету".to_owned();
    order.ship_date = desk.day.plus_days(desk.chance.between(1, 5));
    let agreement = match terms {
        Terms::Before => "before",
        Terms::After => "after",
        _ => "monthly",
    };
    order.agreement = desk.coded(agreement);
    order.changed(At::Field("agreement"), &desk.session.facts());
    let order = place(desk, order)?;
    if terms != Terms::Monthly
        && let Some(mut invoice) = desk.on::<Invoice>(order)?
    {
        invoice.due = desk.day.plus_days(5);
        desk.post(&mut invoice)?;
    }
    match terms {
        Terms::Before => days.later(desk, 1, 3, Job::PayByBank(order)),
        Terms::After => days.later(desk, 8, 21, Job::PayByBank(order)),
        _ => days.monthly(customer),
    }
    days.later(desk, 1, 4, Job::Ship(order, false));
    Ok(())
}

/// Different things, the more asked for the oftener.
fn wishes(desk: &mut Desk<'_>, lines: i64, qty: impl Fn(&mut super::chance::Chance, &Goods) -> Qty) -> Vec<Wish> {
    let mut found: Vec<Wish> = Vec::new();
    let mut tries = 0;
    while i64::try_from(found.len()).unwrap_or(lines) < lines && tries < 200 {
        tries += 1;
        let Some(goods) = desk.chance.pick(&desk.goods) else { break };
        let known = found.iter().any(|wish| wish.item == goods.item);
        if !known && goods.demand > desk.chance.below(10) {
            found.push(Wish { item: goods.item, qty: qty(&mut desk.chance, goods) });
        }
    }
    found
}

/// An order as a manager would enter it: the customer brings his terms, an item its price.
pub fn order(
    desk: &mut Desk<'_>,
    customer: Ref<Counterparty>,
    kind: &str,
    wishes: &[Wish],
    discount: Percent,
) -> Outcome<CustomerOrder> {
    let kind = desk.coded::<PriceKind>(kind);
    desk.blank(|order: &mut CustomerOrder, facts: &dyn Facts| {
        order.customer = customer;
        order.price_kind = kind;
        order.changed(At::Field("customer"), facts);
        for (row, wish) in wishes.iter().enumerate() {
            order.goods.push(CustomerOrderLine { item: wish.item, qty: wish.qty, ..CustomerOrderLine::default() });
            order.changed(At::Cell { table: "goods", row, field: "item" }, facts);
            if let Some(line) = order.goods.get_mut(row).filter(|_| !discount.is_zero()) {
                line.discount = discount;
                order.changed(At::Cell { table: "goods", row, field: "discount" }, facts);
            }
        }
    })
}

/// Posts an order.
pub fn place(desk: &mut Desk<'_>, mut order: CustomerOrder) -> Outcome<AnyRef> {
    desk.post(&mut order)
}

/// Ships what is ready of an order; what is not waits. Firms get a tax invoice, cash is taken at once.
pub fn ship(desk: &mut Desk<'_>, days: &mut Days, order: AnyRef, cash: bool) -> Outcome<()> {
    if let Some(mut issue) = desk.on::<GoodsIssue>(order)? {
        let issue = desk.post(&mut issue)?;
        let firm = desk.get::<CustomerOrder>(order)?.is_some_and(|order| {
            let facts = desk.session.facts();
            let facts: &dyn Facts = &facts;
            facts.get(order.customer).is_some_and(|card| !card.inn.is_empty())
        });
        if firm && let Some(mut invoice) = desk.on::<TaxInvoiceIssued>(issue)? {
            desk.post(&mut invoice)?;
        }
        days.shipped(desk, issue);
    }
    let Some(now) = desk.get::<CustomerOrder>(order)? else { return Ok(()) };
    if now.state < OrderState::Payment {
        days.later(desk, 1, 3, Job::Ship(order, cash));
    } else if cash {
        super::money::cash_for(desk, order)?;
    }
    Ok(())
}

/// A customer brings one thing of a sale back; its price is given back in the same way it was paid.
pub fn take_back(desk: &mut Desk<'_>, days: &mut Days, issue: AnyRef) -> Outcome<()> {
    let Some(mut made) = desk.on::<CustomerReturn>(issue)? else { return Ok(()) };
    made.goods.truncate(1);
    if let Some(line) = made.goods.first_mut().filter(|line| line.qty > Qty::whole(1)) {
        line.qty = Qty::whole(1);
        made.changed(At::Cell { table: "goods", row: 0, field: "qty" }, &desk.session.facts());
    }
    made.reason = "Не подошел цвет".to_owned();
    let returned = desk.post(&mut made)?;
    if let Some(mut corrective) = desk.on::<CorrectiveInvoice>(returned)? {
        desk.post(&mut corrective)?;
    }
    let order = desk.get::<GoodsIssue>(issue)?.map_or(AnyRef::EMPTY, |issue| issue.order.any());
    days.later(desk, 0, 1, Job::Refund(order));
    Ok(())
}

/// A buyer who has paid changes his mind about one line: what is paid too much goes back.
pub fn cancel_line(desk: &mut Desk<'_>, days: &mut Days, order: AnyRef) -> Outcome<()> {
    let Some(mut known) = desk.get::<CustomerOrder>(order)? else { return Ok(()) };
    if known.state > OrderState::ReadyToShip || known.goods.len() < 2 {
        return Ok(());
    }
    let reason = (&desk.session.facts() as &dyn Facts).coded::<CancelReason>("changed_mind");
    if let Some(line) = known.goods.first_mut() {
        line.cancelled = true;
        line.reason = reason;
    }
    known.comment = "Покупатель отказался от первой позиции".to_owned();
    let moment = desk.next();
    desk.session.clock.set(moment);
    desk.session.run(crate::ops::gate::Op::Save, |tx| tx.save(&mut known, crate::ops::save::How::Write))?;
    days.later(desk, 0, 1, Job::Refund(order));
    Ok(())
}

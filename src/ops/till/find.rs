//! What a cashier means by what was scanned or typed: goods, a card, a receipt; what stands in an order or a
//! receipt to be handed over or taken back.

use crate::devices::proto::scanner::scan::Scan;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::vat::VatRate;
use crate::domain::registers::prices::Prices;
use crate::domain::registers::settlements::Settlements;
use crate::domain::retail::discount_card::DiscountCard;
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::retail::receipt_return::TillReturn;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till::{Till, open_shift};
use crate::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use crate::domain::retail::till_correction::TillCorrection;
use crate::domain::sales::customer_order::{CustomerOrder, free_stock};
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::Behaviour as _;
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::Stored;
use crate::ops::gate::Session;
use crate::ops::present::title;
use crate::ops::scanned::{Meaning, Scanned, scanned};
use crate::text;
use std::sync::Arc;

/// Goods offered at once.
const OFFERS_MAX: usize = 30;

/// Goods as a till sells them.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The item.
    pub item: Ref<Item>,
    /// What it is called.
    pub name: String,
    /// Its article number.
    pub article: String,
    /// Its unit.
    pub unit: String,
    /// The price of the till's price kind; zero where none is set.
    pub price: Price,
    /// How much the code stands for: one, a pack, a weight.
    pub qty: Qty,
    /// What is free in the till's warehouse.
    pub free: Qty,
    /// It lies in stock: what is not there is not sold.
    pub goods: bool,
    /// The code as scanned.
    pub barcode: String,
    /// The marking code as scanned, where it is one.
    pub marking: String,
}

/// A discount card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The card.
    pub card: Ref<DiscountCard>,
    /// Its owner; empty where nobody is known.
    pub owner: Ref<Counterparty>,
    /// The owner's name, or the card's.
    pub name: String,
    /// What it gives.
    pub discount: Percent,
}

/// What a code means.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// One item.
    Item(Box<Offer>),
    /// Several, to choose from.
    Items(Vec<Offer>),
    /// A card.
    Card(Card),
    /// Nothing is known by it.
    Nothing,
}

/// The till, its open shift and what is said of both.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// The till.
    pub till: Ref<Till>,
    /// Its element.
    pub about: Till,
    /// The shift; `None` while it is closed.
    pub shift: Option<Arc<TillShift>>,
    /// Receipts put aside, the oldest first, with their titles.
    pub held: Vec<(Ref<TillReceipt>, Money)>,
    /// The last receipt of the shift; empty before the first one.
    pub last: AnyRef,
}

/// The tills of a base, by code.
pub fn tills(session: &Session) -> Outcome<Vec<(Ref<Till>, String)>> {
    let facts = session.facts();
    let all = (&facts as &dyn Facts).every::<Till>();
    facts.result()?;
    Ok(all.iter().filter(|till| !till.folder).map(|till| (till.reference(), till.name.clone())).collect())
}

/// The setting of a user that keeps which till he works at.
pub const OWN: &str = "till-own";

/// The till whoever asks works at: the one he has chosen, or the only one; empty where neither is.
pub fn own(session: &Session) -> Outcome<Ref<Till>> {
    let kept = session.store.user_settings(session.user().id())?;
    let chosen = kept.iter().find(|(name, _)| name == OWN).and_then(|(_, id)| id.parse::<i64>().ok());
    let tills = tills(session)?;
    let found = tills.iter().find(|(till, _)| Some(till.id()) == chosen);
    Ok(match (found, tills.as_slice()) {
        (Some((till, _)), _) | (None, [(till, _)]) => *till,
        _ => Ref::EMPTY,
    })
}

/// A till as it stands.
pub fn desk(session: &Session, till: Ref<Till>) -> Outcome<Desk> {
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let about = facts.get(till).map(|till| till.as_ref().clone()).unwrap_or_default();
    let shift = open_shift(facts, till);
    let (mut held, mut last) = (Vec::new(), AnyRef::EMPTY);
    if let Some(shift) = &shift {
        for receipt in facts.having::<TillReceipt>("shift", shift.head.id) {
            if receipt.head.posted && receipt.head.id > last.id() {
                last = receipt.reference().any();
            } else if !receipt.head.posted && !receipt.head.marked {
                held.push((receipt.reference(), receipt.amount));
            }
        }
    }
    read.result()?;
    Ok(Desk { till, about, shift, held, last })
}

fn offer(facts: &dyn Facts, till: &Till, item: &Item, day: crate::kernel::moment::Date) -> Offer {
    let reference = item.reference();
    let price = Prices::on(facts, reference, till.price_kind, day).unwrap_or_default();
    let free = if item.is_goods() { free_stock(facts, till.company, till.warehouse, reference) } else { Qty::ZERO };
    Offer {
        item: reference,
        name: item.name.clone(),
        article: item.article.clone(),
        unit: facts.get(item.unit).map_or_else(String::new, |unit| unit.name.clone()),
        price,
        qty: Qty::whole(1),
        free,
        goods: item.is_goods(),
        barcode: String::new(),
        marking: String::new(),
    }
}

/// Finds what typed words or a typed code mean.
pub fn find(session: &Session, till: Ref<Till>, code: &str) -> Outcome<Found> {
    let data = code.trim().as_bytes().to_vec();
    if data.is_empty() {
        return Ok(Found::Nothing);
    }
    meant(session, till, &scanned(session, &Scan { raw: data.clone(), aim: None, data })?)
}

/// What is meant at a till by a scan that was understood: a card, goods by their code, else goods by words.
pub fn meant(session: &Session, till: Ref<Till>, scanned: &Scanned) -> Outcome<Found> {
    let text = scanned.scan.text();
    let code = text.trim();
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let (about, day) = (facts.get(till).unwrap_or_default(), session.clock.today());
    let cards = session.store.find_by(DiscountCard::META, "number", &Stored::Text(code.to_owned()))?;
    if let Some(card) = cards.first().and_then(|card| facts.get_any::<DiscountCard>(*card)) {
        if card.blocked {
            return Err(Error::refused(text!("till-card-blocked", card = card.number.clone())));
        }
        let name = facts.get(card.owner).map_or_else(|| card.name.clone(), |owner| owner.name.clone());
        read.result()?;
        return Ok(Found::Card(Card { card: card.reference(), owner: card.owner, name, discount: card.discount }));
    }
    let mut found = by_meaning(facts, &about, &scanned.meaning, day);
    if found.is_empty() {
        found = by_words(session, facts, &about, code, day)?;
    }
    read.result()?;
    Ok(match found.len() {
        0 => Found::Nothing,
        1 => found.pop().map_or(Found::Nothing, |one| Found::Item(Box::new(one))),
        _ => Found::Items(found),
    })
}

/// By a barcode as it is kept, by the number inside of a marking code or a box, by a label of the scales.
fn by_meaning(facts: &dyn Facts, till: &Till, meaning: &Meaning, day: crate::kernel::moment::Date) -> Vec<Offer> {
    let known = match meaning {
        Meaning::Goods(one) => std::slice::from_ref(one.as_ref()),
        Meaning::Many(several) => several.as_slice(),
        Meaning::Object(_) | Meaning::Unknown(_) | Meaning::Doubtful => &[],
    };
    let mut found = Vec::new();
    for goods in known {
        let Some(item) = facts.get(goods.item).filter(|item| !item.folder) else { continue };
        let mut one = offer(facts, till, &item, day);
        one.qty = goods.qty;
        if !goods.sum.is_zero() && !one.price.is_zero() {
            // A label with a sum stands for as much as the price makes of it.
            one.qty = Qty::from_dec(goods.sum.dec() / one.price.dec()).unwrap_or(one.qty);
        }
        one.barcode.clone_from(&goods.barcode);
        one.marking.clone_from(&goods.marking);
        found.push(one);
    }
    found
}

fn by_words(
    session: &Session,
    facts: &dyn Facts,
    till: &Till,
    words: &str,
    day: crate::kernel::moment::Date,
) -> Outcome<Vec<Offer>> {
    let coded = facts.coded::<Item>(words);
    if let Some(item) = facts.get(coded).filter(|item| !item.folder) {
        return Ok(vec![offer(facts, till, &item, day)]);
    }
    let query = crate::kernel::text::normalize(words);
    let known = session.store.find_words(Item::META, &query, &[], OFFERS_MAX)?;
    let items = known.into_iter().filter_map(|item| facts.get_any::<Item>(item)).filter(|item| !item.folder);
    Ok(items.map(|item| offer(facts, till, &item, day)).collect())
}

/// Tenths of a gram in one unit of an item; zero where it is not sold by weight.
pub fn unit_weight(session: &Session, item: Ref<Item>) -> Outcome<i64> {
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let unit = facts.get(item).and_then(|item| facts.get(item.unit));
    read.result()?;
    Ok(match unit.as_ref().map(|unit| unit.code.as_str()) {
        Some("166") => 10_000,
        Some("163") => 10,
        _ => 0,
    })
}

/// The receipt a buyer has brought: by its number, by the number of its fiscal document, or the last of the shift.
pub fn receipt(session: &Session, number: &str) -> Outcome<TillReceipt> {
    let number = number.trim();
    let mut known = session.store.find_by(TillReceipt::META, "number", &Stored::Text(number.to_owned()))?;
    if let (true, Ok(fiscal)) = (known.is_empty(), number.parse::<i64>()) {
        let padded = Stored::Text(format!("{fiscal:06}"));
        known = session.store.find_by(TillReceipt::META, "fiscal_number", &Stored::Int(fiscal))?;
        if known.is_empty() {
            known = session.store.find_by(TillReceipt::META, "number", &padded)?;
        }
    }
    for reference in known.into_iter().rev() {
        if let Some(found) = session.object(reference)?
            && let Some(sold) = found.downcast::<TillReceipt>()
            && sold.head.posted
        {
            return Ok(sold.clone());
        }
    }
    Err(Error::refused(text!("till-receipt-unknown", number = number)))
}

/// The receipt a buyer means: by its number, without one the last that was sold here.
pub fn brought(session: &Session, number: &str, last: AnyRef) -> Outcome<TillReceipt> {
    match (number.trim().is_empty(), last.is_empty()) {
        (true, false) => Ok(resumed(session, last.typed())?.0),
        (true, true) => Err(Error::refused(text!("till-which-receipt"))),
        _ => receipt(session, number),
    }
}

/// A correction of a receipt as it was sold, with the names of its goods.
pub fn corrected(
    session: &Session,
    (till, shift): (Ref<Till>, Ref<TillShift>),
    number: &str,
    last: AnyRef,
) -> Outcome<(TillCorrection, Vec<String>)> {
    let sold = brought(session, number, last)?;
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let mut made = TillCorrection { till, shift, date: session.clock.now(), ..TillCorrection::default() };
    made.fill_on_basis(&sold, facts).map_err(|problems| Error::Refused(problems, Some(TillCorrection::META)))?;
    // Whichever till has sold it: it is told by the one at which it is corrected.
    (made.till, made.shift) = (till, shift);
    let names = made.goods.iter().map(|line| name(facts, line.item)).collect();
    read.result()?;
    Ok((made, names))
}

/// For what an advance is taken or given back.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The number of the order; empty for an advance of a buyer without one.
    pub number: String,
    /// The buyer, where there is no order.
    pub buyer: Ref<Counterparty>,
    /// Which way it goes.
    pub operation: TillAdvanceOperation,
}

/// An advance that may be taken or given back.
#[derive(Clone, Debug, Default)]
pub struct Advancing {
    /// As it would be made: what the order still wants, or what the buyer has.
    pub advance: TillAdvance,
    /// The buyer's name.
    pub buyer: String,
    /// The order's number; empty without one.
    pub order: String,
}

/// What is to be paid in advance for an order or by a buyer, or can be given back.
pub fn advance_for(
    session: &Session,
    (till, shift): (Ref<Till>, Ref<TillShift>),
    wanted: &Wanted,
) -> Outcome<Advancing> {
    let order = if wanted.number.trim().is_empty() { None } else { Some(order(session, &wanted.number)?) };
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let (date, operation) = (session.clock.now(), wanted.operation);
    let mut made = TillAdvance { till, shift, date, operation, customer: wanted.buyer, ..TillAdvance::default() };
    match (&order, operation) {
        (None, _) if made.customer.is_empty() => return Err(Error::refused(text!("till-advance-whose"))),
        (Some(order), TillAdvanceOperation::Taken) => {
            made.fill_on_basis(order, facts).map_err(|problems| Error::Refused(problems, Some(TillAdvance::META)))?;
            made.till = till;
        }
        (Some(order), TillAdvanceOperation::Returned) => {
            (made.customer, made.contract, made.order) = (order.customer, order.contract, order.reference());
        }
        (None, _) => {}
    }
    if operation == TillAdvanceOperation::Returned {
        let company = facts.get(till).map_or(Ref::EMPTY, |till| till.company);
        let (counterparty, contract) = (made.customer, made.contract);
        let key = Settlements { company, counterparty, contract, ..Settlements::default() };
        made.amount = (-facts.balance(&key).amount).positive();
        if made.amount.is_zero() {
            return Err(Error::refused(text!("till-advance-none")));
        }
    }
    let buyer = facts.get(made.customer).map_or_else(String::new, |buyer| buyer.name.clone());
    read.result()?;
    Ok(Advancing { advance: made, buyer, order: order.map(|order| order.number).unwrap_or_default() })
}

/// A return of everything that is left of a receipt, with the names of its goods.
pub fn back(session: &Session, sold: &TillReceipt, shift: Ref<TillShift>) -> Outcome<(TillReturn, Vec<String>)> {
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let mut made = TillReturn { shift, date: session.clock.now(), ..TillReturn::default() };
    made.fill_on_basis(sold, facts).map_err(|problems| Error::Refused(problems, Some(TillReturn::META)))?;
    let names = made.goods.iter().map(|line| name(facts, line.item)).collect();
    read.result()?;
    Ok((made, names))
}

/// The order a buyer means: by its number, or by words of it.
fn order(session: &Session, number: &str) -> Outcome<CustomerOrder> {
    let number = number.trim();
    let mut known = session.store.find_by(CustomerOrder::META, "number", &Stored::Text(number.to_owned()))?;
    if known.is_empty() {
        known = session.store.find_words(CustomerOrder::META, &crate::kernel::text::normalize(number), &[], 1)?;
    }
    let found = match known.last() {
        Some(order) => session.object(*order)?,
        None => None,
    };
    let order = found.as_deref().and_then(|order| order.downcast::<CustomerOrder>()).cloned();
    order.ok_or_else(|| Error::refused(text!("till-order-unknown", number = number)))
}

/// What an order can be handed over of now, as a receipt, with the names of its goods and its buyer.
pub fn handed_over(
    session: &Session,
    till: Ref<Till>,
    shift: Ref<TillShift>,
    number: &str,
) -> Outcome<(TillReceipt, Vec<String>, String)> {
    let order = order(session, number)?;
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let mut made = TillReceipt { till, shift, date: session.clock.now(), ..TillReceipt::default() };
    made.fill_on_basis(&order, facts).map_err(|problems| Error::Refused(problems, Some(TillReceipt::META)))?;
    let names = made.goods.iter().map(|line| name(facts, line.item)).collect();
    let buyer = facts.get(made.customer).map_or_else(String::new, |buyer| buyer.name.clone());
    read.result()?;
    Ok((made, names, buyer))
}

/// A receipt that was put aside, with the names of its goods and its buyer.
pub fn resumed(session: &Session, held: Ref<TillReceipt>) -> Outcome<(TillReceipt, Vec<String>, String)> {
    let Some(found) = session.object(held.any())? else { return Err(Error::refused(text!("object-gone"))) };
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let made = found.downcast::<TillReceipt>().cloned().unwrap_or_default();
    let names = made.goods.iter().map(|line| name(facts, line.item)).collect();
    let buyer = facts.get(made.customer).map_or_else(String::new, |buyer| buyer.name.clone());
    read.result()?;
    Ok((made, names, buyer))
}

fn name(facts: &dyn Facts, item: Ref<Item>) -> String {
    facts.get(item).map_or_else(String::new, |item| item.name.clone())
}

/// Buyers found by words: name and advance at hand.
pub fn buyers(session: &Session, words: &str) -> Outcome<Vec<(Ref<Counterparty>, String)>> {
    let query = crate::kernel::text::normalize(words);
    let known = session.store.find_words(Counterparty::META, &query, &[], OFFERS_MAX)?;
    let facts = session.facts();
    let named = known.into_iter().map(|one| Ok((one.typed(), title(one, &session.store, &facts)?)));
    let named = named.collect::<Outcome<_>>()?;
    facts.result()?;
    Ok(named)
}

/// The advance a buyer has, whatever the contract.
pub fn advance(session: &Session, till: &Till, buyer: Ref<Counterparty>) -> Outcome<Money> {
    let read = session.facts();
    let facts: &dyn Facts = &read;
    let rows = facts.balances::<Settlements>(&[till.company.id(), buyer.id()]);
    read.result()?;
    Ok(rows.iter().map(|row| -row.amount).sum::<Money>().positive())
}

/// A shift with its totals, and what it comes to by rates of VAT: name of the rate, total with VAT, VAT.
pub type Totals = (TillShift, Vec<(String, Money, Money)>);

/// The shift with its totals as they are now: the X report.
pub fn totals(session: &Session, shift: AnyRef) -> Outcome<Totals> {
    let Some(found) = session.object(shift)? else { return Err(Error::refused(text!("object-gone"))) };
    let mut made = found.downcast::<TillShift>().cloned().unwrap_or_default();
    let read = session.facts();
    let facts: &dyn Facts = &read;
    if made.closed.is_empty() {
        made.count(facts);
    }
    let named = |(rate, (total, vat)): (Ref<VatRate>, (Money, Money))| {
        (facts.get(rate).map_or_else(String::new, |rate| rate.name.clone()), total, vat)
    };
    let rates = made.vat_by_rate(facts).into_iter().map(named).collect();
    read.result()?;
    Ok((made, rates))
}

//! What happened to an order and is to be told: found in the transaction that changed it, so that a letter is there
//! exactly when the change is. Where no template is in use nothing is asked and nothing written.

use crate::domain::crm::letter_template::{LetterEvent, LetterTemplate};
use crate::domain::crm::mail_account::{MailAccount, account_of};
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::order_state::{OrderState, Verdict};
use crate::kernel::facts::Facts;
use crate::kernel::mail_address;
use crate::kernel::moment::Date;
use crate::kernel::money::Qty;
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Outcome;
use crate::kernel::refs::AnyRef;
use crate::kernel::value::{Choice as _, Stored};
use crate::ops::gate::{Op, Session, Tx};
use crate::ops::orders::line_numbers;
use crate::ops::save::moment_of;
use crate::store::letters::{Letter, LetterState};
use crate::text;
use std::sync::Arc;

/// Documents older than this are entered after the event: nobody is told that an order of last month has arrived.
const NEWS_DAYS: i64 = 7;

/// How much of an order has been shipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shipment {
    /// Nothing.
    #[default]
    None,
    /// Something.
    Part,
    /// Everything that was not cancelled.
    Whole,
}

/// How an order stands, as its letters see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stands {
    /// It is posted.
    pub posted: bool,
    /// Its state.
    pub state: OrderState,
    /// All its lines are cancelled.
    pub cancelled: bool,
    /// How much of it has gone.
    pub shipment: Shipment,
}

impl Shipment {
    /// As the detail of a letter.
    const fn detail(self) -> i64 {
        match self {
            Shipment::None => 0,
            Shipment::Part => 1,
            Shipment::Whole => 2,
        }
    }
}

/// How much of an order has been shipped, line by line.
pub fn shipment(order: &CustomerOrder, facts: &dyn Facts) -> Shipment {
    let live = || order.goods.iter().filter(|line| !line.cancelled);
    let numbers = live().map(|line| line_numbers(order, line, facts));
    let (mut any, mut all) = (false, true);
    for line in numbers {
        any |= line.shipped > Qty::ZERO;
        all &= line.shipped >= line.qty;
    }
    match (any, all) {
        (false, _) => Shipment::None,
        (true, false) => Shipment::Part,
        (true, true) => Shipment::Whole,
    }
}

impl Stands {
    /// Of an order with the state just found.
    pub fn of(order: &CustomerOrder, state: OrderState, facts: &dyn Facts) -> Self {
        Self {
            posted: order.head.posted && !order.head.marked,
            state,
            cancelled: !order.goods.is_empty() && order.goods.iter().all(|line| line.cancelled),
            shipment: shipment(order, facts),
        }
    }

    /// True when what a letter tells is still so.
    pub fn holds(&self, event: i64, detail: i64) -> bool {
        if !self.posted {
            return false;
        }
        match LetterEvent::of_number(event) {
            LetterEvent::Arrived => true,
            LetterEvent::Confirmed => self.state != OrderState::Approval && !self.cancelled,
            LetterEvent::ReadyToShip => self.state == OrderState::ReadyToShip,
            // What was shipped of a closed order is no longer counted.
            LetterEvent::Shipped => self.state == OrderState::Closed || self.shipment.detail() >= detail,
            LetterEvent::StateChanged => self.state.number() == detail,
            LetterEvent::Cancelled => self.cancelled,
            LetterEvent::ReserveExpires => !self.cancelled && self.shipment != Shipment::Whole,
        }
    }
}

/// Something to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct News {
    event: LetterEvent,
    detail: i64,
}

impl News {
    const fn of(event: LetterEvent) -> Self {
        Self { event, detail: 0 }
    }

    /// It happens to an order once, however often it is written anew.
    const fn once(self) -> bool {
        !matches!(self.event, LetterEvent::ReadyToShip | LetterEvent::StateChanged)
    }
}

/// The templates in use.
fn templates(facts: &dyn Facts) -> Vec<Arc<LetterTemplate>> {
    facts.every::<LetterTemplate>().into_iter().filter(|template| template.active && !template.folder).collect()
}

/// Follows a change of an order: `order` still holds the state it had, `found` is the one it gets, `cause` the
/// document that changed it. Letters that wait and are no longer true are withdrawn; at most one letter tells of the
/// change, beside the one that says the order has arrived.
pub fn follow(tx: &mut Tx<'_>, order: &CustomerOrder, found: &Verdict, cause: &dyn Object) -> Outcome<()> {
    let facts = tx.facts();
    let templates = templates(&facts);
    if templates.is_empty() {
        // None because nobody wrote one, not because they could not be read.
        return facts.result();
    }
    let stands = Stands::of(order, found.state, &facts);
    let news = news(order, found, cause, &stands, tx.now.date());
    facts.result()?;
    let mut queue = Queue::read(tx, order)?;
    queue.withdraw(tx, &stands)?;
    let mut arrived = false;
    for one in news {
        // Arriving and being confirmed in the same moment is one thing to a buyer.
        let doubled = matches!(one.event, LetterEvent::Confirmed | LetterEvent::StateChanged) && arrived;
        if doubled || !queue.put(tx, one, &templates)? {
            continue;
        }
        if one.event != LetterEvent::Arrived {
            return Ok(());
        }
        arrived = true;
    }
    Ok(())
}

/// What a change of an order has brought, the weightiest first.
fn news(order: &CustomerOrder, found: &Verdict, cause: &dyn Object, stands: &Stands, today: Date) -> Vec<News> {
    if !stands.posted {
        return Vec::new();
    }
    let was_posted = !order.state_numbers.is_empty();
    let fresh = |date: Date| today.days_since(date) <= NEWS_DAYS;
    let is_new = fresh(order.date.date());
    let changed = !was_posted || order.state != found.state;
    let mut news = Vec::new();
    let mut add = |happened: bool, one: News| {
        if happened {
            news.push(one);
        }
    };
    add(!was_posted && is_new, News::of(LetterEvent::Arrived));
    let by_order = cause.any_ref() == order.reference().any();
    let had_lines = Verdict::from_stored(order.state, &order.state_numbers).active > 0;
    add(stands.cancelled && by_order && was_posted && had_lines, News::of(LetterEvent::Cancelled));
    let ships = [GoodsIssue::TAG, TillReceipt::TAG].contains(&cause.meta().tag);
    let shipped = ships && cause.head().posted && fresh(moment_of(cause).date()) && stands.shipment != Shipment::None;
    add(shipped, News { event: LetterEvent::Shipped, detail: stands.shipment.detail() });
    let told_new = was_posted || is_new;
    add(changed && told_new && found.state == OrderState::ReadyToShip, News::of(LetterEvent::ReadyToShip));
    let was_agreed = was_posted && order.state != OrderState::Approval;
    let agreed = found.state != OrderState::Approval && !stands.cancelled;
    add(agreed && !was_agreed && is_new, News::of(LetterEvent::Confirmed));
    let state = News { event: LetterEvent::StateChanged, detail: found.state.number() };
    add(changed && told_new, state);
    news
}

/// The letters of an order, and where new ones go.
struct Queue {
    order: AnyRef,
    of_site: bool,
    letters: Vec<Letter>,
    account: Option<Arc<MailAccount>>,
    recipient: Option<String>,
}

impl Queue {
    fn read(tx: &Tx<'_>, order: &CustomerOrder) -> Outcome<Self> {
        let reference = order.reference().any();
        let facts = tx.facts();
        let account = account_of(&facts, order.company);
        let recipient = recipient(order, &facts);
        facts.result()?;
        let letters = tx.store.letters_of(reference)?;
        Ok(Self { order: reference, of_site: !order.link.is_empty(), letters, account, recipient })
    }

    /// What is no longer true, and has not left, does not leave.
    fn withdraw(&mut self, tx: &Tx<'_>, stands: &Stands) -> Outcome<()> {
        for letter in self.letters.iter_mut().filter(|letter| letter.state.waits()) {
            if !stands.holds(letter.event, letter.detail) {
                letter.state = LetterState::Withdrawn;
                letter.reason = text!("letter-undone").show();
                tx.store.keep_letter(letter)?;
            }
        }
        Ok(())
    }

    /// True when the last thing the buyer has heard is this very news: what lay between was taken back unsent.
    fn heard_last(&self, news: News) -> bool {
        let gone = |letter: &&Letter| matches!(letter.state, LetterState::Sent | LetterState::Unknown);
        let reached = |letter: &&Letter| gone(letter) || letter.state.waits();
        let last = self.letters.iter().filter(reached).max_by_key(|letter| letter.id);
        last.filter(gone).is_some_and(|letter| letter.event == news.event.number() && letter.detail == news.detail)
    }

    /// Puts a letter in the queue; false when there is no template for it, nobody to write to, or it is told.
    fn put(&self, tx: &Tx<'_>, news: News, templates: &[Arc<LetterTemplate>]) -> Outcome<bool> {
        let fits = |one: &&Arc<LetterTemplate>| one.event == news.event && (self.of_site || !one.site_only);
        let (Some(template), Some(account), Some(recipient)) =
            (templates.iter().find(fits), &self.account, &self.recipient)
        else {
            return Ok(false);
        };
        let same = |letter: &&Letter| letter.event == news.event.number() && letter.detail == news.detail;
        let last = self.letters.iter().filter(same).max_by_key(|letter| letter.occurrence);
        let mut letter = Letter {
            object: self.order,
            event: news.event.number(),
            detail: news.detail,
            template: template.reference().any(),
            account: account.reference().any(),
            recipient: recipient.clone(),
            next_at: tx.now,
            created: tx.now,
            ..Letter::default()
        };
        let note = tx.store.address_note(recipient)?;
        if note.invalid {
            letter.state = LetterState::Failed;
            letter.reason = text!("letter-address-invalid", said = note.reason).show();
        }
        match last {
            // It was taken back before it was sent, and is true again.
            Some(known) if known.state == LetterState::Withdrawn || (known.state.waits() && !news.once()) => {
                let (id, created) = (known.id, known.created);
                tx.store.keep_letter(&Letter { id, created, occurrence: known.occurrence, ..letter })?;
            }
            Some(_) if news.once() || self.heard_last(news) => return Ok(true),
            known => {
                letter.occurrence = known.map_or(0, |known| known.occurrence + 1);
                tx.store.add_letter(&letter)?;
            }
        }
        Ok(true)
    }
}

/// The address letters to the buyer of an order go to.
pub fn recipient(order: &CustomerOrder, facts: &dyn Facts) -> Option<String> {
    use crate::domain::crm::counterparty::ContactKind;
    let customer = facts.get(order.customer)?;
    let further = customer.contacts.iter().filter(|contact| contact.kind == ContactKind::Email);
    let mut all = std::iter::once(&customer.email).chain(further.map(|contact| &contact.value));
    all.find_map(|address| mail_address::normalise(address))
}

/// Tells the buyer of an order that its reserve goes on `until` this day and no longer; once for a day.
pub fn reserve_expires(tx: &Tx<'_>, order: &CustomerOrder, until: Date) -> Outcome<bool> {
    let facts = tx.facts();
    let templates = templates(&facts);
    facts.result()?;
    if templates.is_empty() || !order.head.posted {
        return Ok(false);
    }
    Queue::read(tx, order)?.put(tx, News { event: LetterEvent::ReserveExpires, detail: until.stored() }, &templates)
}

/// Tells the buyers whose reserve goes on until tomorrow and no longer; gives how many letters were put in the queue.
pub fn remind(session: &Session) -> Outcome<usize> {
    let facts = session.facts();
    let wanted = templates(&facts).iter().any(|template| template.event == LetterEvent::ReserveExpires);
    facts.result()?;
    let tomorrow = session.clock.today().plus_days(1);
    let until = Stored::Int(tomorrow.stored());
    let orders =
        if wanted { session.store.find_by(CustomerOrder::declared(), "reserve_until", &until)? } else { Vec::new() };
    if orders.is_empty() {
        return Ok(0);
    }
    let (told, _) = session.run(Op::Paper, |tx| {
        let mut told = 0;
        for order in &orders {
            let facts = tx.facts();
            let found = (&facts as &dyn Facts).get_any::<CustomerOrder>(*order);
            facts.result()?;
            if let Some(order) = found.filter(|order| !order.reserve_released && !order.closed) {
                told += usize::from(reserve_expires(tx, &order, tomorrow)?);
            }
        }
        Ok(told)
    })?;
    Ok(told)
}

/// How an order stands now, read anew; `None` when it is no more.
pub fn stands_now(tx: &Tx<'_>, order: AnyRef) -> Outcome<Option<Stands>> {
    let facts = tx.facts();
    let facts: &dyn Facts = &facts;
    let found = facts.get_any::<CustomerOrder>(order);
    Ok(found.map(|order| Stands::of(&order, order.state, facts)))
}

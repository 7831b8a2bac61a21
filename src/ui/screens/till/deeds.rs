//! What the screen asks of the base and writes into it. The thread that draws waits for nothing.

use super::TillPage;
use super::cart::Cart;
use super::modes::{Mode, Of, Told};
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till_cash::{TillCash, TillCashOperation};
use crate::kernel::money::Money;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::{Error, Outcome};
use crate::kernel::refs::{AnyRef, Ref};
use crate::ops::gate::{Op, Session};
use crate::ops::save::How;
use crate::ops::sign_in;
use crate::ops::till::find::{self, Found};
use crate::ops::till::jobs::{self, Verdict};
use crate::ops::till::sale::{self, Permit};
use crate::store::jobs::Job;
use crate::text;
use crate::ui::theme::Role;
use std::collections::BTreeSet;

/// Jobs looked through for one that was refused.
const JOBS_MAX: i64 = 50;

pub(super) fn shift_of(page: &TillPage) -> Ref<TillShift> {
    page.desk.shift.as_ref().map_or(Ref::EMPTY, |shift| shift.reference())
}

impl TillPage {
    /// Sells what is in hand; the next receipt is in hand at once.
    pub(super) fn sell(&mut self, tendered: Money) {
        self.cart.receipt.till = self.desk.till;
        self.cart.receipt.shift = shift_of(self);
        self.cart.receipt.date = self.base.clock().now();
        self.cart.receipt.cashier = self.base.rights().employee;
        self.cart.receipt.tendered = tendered;
        self.cart.count();
        let sold = std::mem::take(&mut self.cart);
        self.fresh();
        self.mode = Mode::Sale;
        let (receipt, key, permit) = (sold.receipt.clone(), sold.key, sold.permit.clone());
        let told = Told::plain(&text!("till-sold", amount = receipt.amount.grouped()));
        self.change = Some(told.sum(&text!("till-change"), receipt.change));
        self.paid = Some((receipt.amount, receipt.change));
        self.said.1.clear();
        let cash = receipt.paid_cash;
        let ticket = self.base.act(move |session| {
            sale::sell(session, key, &receipt, permit.as_ref()).map(|(sold, changed)| (sold, changed.objects))
        });
        self.wait(ticket, move |page, answer| match answer {
            Ok(made) => {
                page.last_sold = made.any();
                page.drawer_for(cash);
                page.desk.held.retain(|(held, _)| *held != made);
            }
            Err(error) => page.refused(sold, &error),
        });
    }

    /// A sale that was refused comes back into the hand, or waits until the next one is sold.
    fn refused(&mut self, mut sold: Cart, error: &Error) {
        self.change = None;
        self.paid = None;
        (sold.receipt.paid_card, sold.receipt.paid_advance, sold.receipt.tendered) = Default::default();
        // Nothing was made under the old key: another attempt is another deed.
        sold.key = self.base.clock().unique();
        sold.count();
        self.fail(error.sentence());
        if self.cart.is_empty() { self.cart = sold } else { self.failed.push(sold) }
    }

    pub(super) fn read_advance(&mut self) {
        let (till, buyer) = (self.desk.about.clone(), self.cart.receipt.customer);
        if buyer.is_empty() {
            return;
        }
        let ticket = self.base.read(move |session| find::advance(session, &till, buyer));
        self.wait(ticket, move |page, answer| {
            if let (Ok(advance), true) = (answer, page.cart.receipt.customer == buyer) {
                page.cart.advance = advance;
            }
        });
    }

    pub(super) fn tell_price(&mut self, code: String) {
        let till = self.desk.till;
        let ticket = self.base.read(move |session| find::find(session, till, &code));
        self.wait(ticket, |page, answer| match answer {
            Ok(Found::Item(offer)) => {
                let (price, free, unit) = (offer.price.money().grouped(), offer.free.short(), offer.unit.clone());
                let text = text!("till-price-is", item = offer.name, price = price, free = free, unit = unit);
                page.say(Role::Text, text.show());
            }
            Ok(Found::Items(offers)) => {
                let shown = offers.iter().map(|one| format!("{}: {}", one.name, one.price.money().grouped()));
                page.say(Role::Text, shown.take(3).collect::<Vec<_>>().join("; "));
            }
            Ok(_) => page.fail(text!("till-nothing-found").show()),
            Err(error) => page.fail(error.sentence()),
        });
    }

    pub(super) fn find_buyer(&mut self, words: String) {
        let till = self.desk.till;
        let ticket = self.base.read(move |session| match find::find(session, till, &words)? {
            Found::Card(card) => Ok((Some(card), Vec::new())),
            _ => Ok((None, find::buyers(session, &words)?)),
        });
        self.wait(ticket, |page, answer| match answer {
            Ok((Some(card), _)) => {
                page.cart.take_card(&card);
                page.read_advance();
            }
            Ok((None, buyers)) if buyers.is_empty() => page.fail(text!("till-nothing-found").show()),
            Ok((None, buyers)) => {
                let items = buyers.iter().map(|(_, name)| (name.clone(), String::new())).collect();
                page.choose(&text!("till-choose-buyer"), items, Of::Buyers(buyers));
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// Puts the receipt aside: it is kept in the base, not posted.
    pub(super) fn hold(&mut self) {
        let mut receipt = self.cart.receipt.clone();
        receipt.till = self.desk.till;
        receipt.shift = shift_of(self);
        receipt.date = self.base.clock().now();
        let ticket = self.base.write(Op::Save, move |tx| {
            let mut own = receipt.clone();
            tx.save(&mut own, How::Write)?;
            Ok((own.reference(), own.amount))
        });
        let held = std::mem::take(&mut self.cart);
        self.fresh();
        self.wait(ticket, move |page, answer| match answer {
            Ok(made) => {
                page.desk.held.retain(|(known, _)| *known != made.0);
                page.desk.held.push(made);
                page.say(Role::Good, text!("till-held").show());
            }
            Err(error) => page.refused(held, &error),
        });
    }

    pub(super) fn choose_held(&mut self) {
        if !self.cart.is_empty() {
            return self.fail(text!("till-finish-first").show());
        }
        if self.desk.held.is_empty() {
            return self.fail(text!("till-none-held").show());
        }
        let shown = |(at, (_, amount)): (usize, &(Ref<TillReceipt>, Money))| {
            (text!("till-held-number", number = at + 1).show(), amount.grouped())
        };
        let items = self.desk.held.iter().enumerate().map(shown).collect();
        let held = self.desk.held.iter().map(|(held, _)| *held).collect();
        self.choose(&text!("till-choose-held"), items, Of::Held(held));
    }

    pub(super) fn resume(&mut self, held: Ref<TillReceipt>) {
        let ticket = self.base.read(move |session| find::resumed(session, held));
        self.wait(ticket, |page, answer| match answer {
            Ok((receipt, names, buyer)) => {
                page.cart = Cart::of(receipt, names, buyer, page.base.clock().unique());
                page.read_advance();
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    pub(super) fn find_order(&mut self, number: String) {
        if !self.cart.is_empty() {
            return self.fail(text!("till-finish-first").show());
        }
        let (till, shift) = (self.desk.till, shift_of(self));
        let ticket = self.base.read(move |session| find::handed_over(session, till, shift, &number));
        self.wait(ticket, |page, answer| match answer {
            Ok((receipt, names, buyer)) => {
                page.cart = Cart::of(receipt, names, buyer, page.base.clock().unique());
                page.read_advance();
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    pub(super) fn move_cash(&mut self, put_in: bool, amount: Money) {
        let cash = TillCash {
            till: self.desk.till,
            shift: shift_of(self),
            operation: if put_in { TillCashOperation::PutIn } else { TillCashOperation::TakeOut },
            amount,
            cashier: self.base.rights().employee,
            date: self.base.clock().now(),
            ..TillCash::default()
        };
        let key = self.base.clock().unique();
        let ticket = self.base.act(move |session| {
            sale::move_cash(session, key, &cash, None).map(|(made, changed)| (made, changed.objects))
        });
        self.wait(ticket, move |page, answer| match answer {
            Ok(_) => {
                page.drawer_for(amount);
                let amount = amount.grouped();
                let text =
                    if put_in { text!("till-put-in", amount = amount) } else { text!("till-taken", amount = amount) };
                page.say(Role::Good, text.show());
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    pub(super) fn copy(&mut self) {
        let last = self.last_sold;
        if last.is_empty() {
            return self.fail(text!("till-no-last").show());
        }
        let ticket = self.base.act(move |session| Ok(((), sale::copy(session, last)?.objects)));
        self.wait(ticket, |page, answer| match answer {
            Ok(()) => page.say(Role::Good, text!("till-copy-sent").show()),
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// A job the registrar refused is given to it again.
    pub(super) fn print_again(&mut self) {
        let till = self.desk.till;
        let ticket = self.base.act(move |session| {
            let mut objects = BTreeSet::new();
            let refused = session.store.last_jobs(till.any(), JOBS_MAX)?;
            let refused: Vec<Job> = refused.into_iter().filter(|job| jobs::fits(job, Verdict::Again)).collect();
            for job in &refused {
                objects.extend(jobs::settle(session, job.id, Verdict::Again)?.objects);
            }
            Ok((refused.len(), objects))
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(count) => {
                page.say(Role::Text, text!("till-again", count = count).show());
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    pub(super) fn choose_supervisor(&mut self) {
        let own = self.base.user();
        let ticket = self.base.read(move |session| {
            let door = sign_in::door(session)?;
            Ok(door.users.into_iter().filter(|(user, _)| *user != own).collect::<Vec<_>>())
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(users) if users.is_empty() => page.fail(text!("till-nobody-else").show()),
            Ok(users) => {
                let items = users.iter().map(|(_, name)| (name.clone(), String::new())).collect();
                page.choose(&text!("till-choose-user"), items, Of::Users(users.into_iter().map(|one| one.0).collect()));
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    pub(super) fn permit(&mut self, user: AnyRef, password: String) {
        self.permitted(move |session| sign_in::permit(session, user, &password));
    }

    /// Whoever the card belongs to permits; nothing is asked of him.
    pub(super) fn permit_by_card(&mut self, code: String) {
        self.typed.clear();
        self.mode = self.usual();
        self.permitted(move |session| sign_in::permit_by_card(session, &code));
    }

    fn permitted(&mut self, permit: impl FnOnce(&Session) -> Outcome<Permit> + Send + 'static) {
        let deed = move |session: &Session| Ok((permit(session)?, BTreeSet::from([AnyRef::EMPTY])));
        let ticket = self.base.act(deed);
        self.wait(ticket, |page, answer| match answer {
            Ok(permit) => {
                page.cart.permit = Some(permit);
                page.say(Role::Good, text!("till-permitted").show());
            }
            Err(error) => page.fail(error.sentence()),
        });
    }
}

//! What the screen asks of the base and writes into it. The thread that draws waits for nothing.

use super::TillPage;
use super::cart::Cart;
use super::modes::{Coming, Mode, Of};
use crate::domain::retail::receipt::TillReceipt;
use crate::domain::retail::shift::TillShift;
use crate::domain::retail::till_cash::{TillCash, TillCashOperation};
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
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

fn shift_of(page: &TillPage) -> Ref<TillShift> {
    page.desk.shift.as_ref().map_or(Ref::EMPTY, |shift| shift.reference())
}

impl TillPage {
    pub(super) fn open_shift(&mut self) {
        if self.desk.till.is_empty() {
            return;
        }
        let shift = TillShift {
            till: self.desk.till,
            cashier: self.base.rights().employee,
            date: self.base.clock().now(),
            ..TillShift::default()
        };
        self.mode = Mode::Waiting;
        let ticket = self
            .base
            .act(move |session| sale::open_shift(session, &shift).map(|(shift, changed)| (shift, changed.objects)));
        self.wait(ticket, |page, answer| {
            match answer {
                Ok(_) => page.say(Role::Good, text!("till-opened").show()),
                Err(error) => page.fail(error.sentence()),
            }
            page.look(page.desk.till);
        });
    }

    pub(super) fn close_shift(&mut self, counted: Money) {
        let shift = shift_of(self);
        self.mode = Mode::Waiting;
        let ticket = self.base.act(move |session| {
            sale::close_shift(session, shift, counted).map(|(shift, changed)| (shift, changed.objects))
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(shift) => {
                page.desk.shift = None;
                page.totals_of(shift.any());
            }
            Err(error) => {
                page.fail(error.sentence());
                page.mode = page.usual();
            }
        });
    }

    /// The X report while a shift is open, the Z report of the one that was closed.
    pub(super) fn show_totals(&mut self) {
        let shift = shift_of(self);
        if !shift.is_empty() {
            return self.totals_of(shift.any());
        }
        let till = self.desk.till;
        let ticket = self.base.read(move |session| {
            let stored = crate::kernel::value::Stored::Int(till.id());
            let known = session.store.find_by(TillShift::META, "till", &stored)?;
            Ok(known.last().copied().unwrap_or_default())
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(shift) if !shift.is_empty() => page.totals_of(shift),
            Ok(_) => page.fail(text!("till-no-shifts").show()),
            Err(error) => page.fail(error.sentence()),
        });
    }

    fn totals_of(&mut self, shift: AnyRef) {
        let ticket = self.base.read(move |session| find::totals(session, shift));
        self.wait(ticket, |page, answer| match answer {
            Ok((shift, rates)) => {
                let (title, rows) = report(&shift, &rates);
                page.mode = Mode::Report(title, rows);
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

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
        let words = match receipt.change {
            change if change.is_zero() => text!("till-sold", amount = receipt.amount.grouped()).show(),
            change => text!("till-sold-change", amount = receipt.amount.grouped(), change = change.grouped()).show(),
        };
        self.change = Some(words);
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

    pub(super) fn find_receipt(&mut self, number: String) {
        let shift = shift_of(self);
        let last = self.last_sold;
        let ticket = self.base.read(move |session| {
            let sold = match (number.is_empty(), last.is_empty()) {
                // The last one without a number: the buyer has not left the till yet.
                (true, false) => find::resumed(session, last.typed())?.0,
                _ => find::receipt(session, &number)?,
            };
            find::back(session, &sold, shift)
        });
        self.wait(ticket, |page, answer| match answer {
            Ok((back, names)) => {
                let key = page.base.clock().unique();
                page.mode = Mode::Back(Box::new(Coming { back, names, current: 0, key }));
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// Less of a line comes back than was sold.
    pub(super) fn back_qty(&mut self) {
        let typed = std::mem::take(&mut self.typed);
        let qty = Qty::parse(typed.trim());
        let Mode::Back(coming) = &mut self.mode else { return };
        match (typed.trim().is_empty(), qty) {
            (true, _) => self.take_back(),
            (false, Ok(qty)) if qty > Qty::ZERO => {
                let current = coming.current;
                if let Some(line) = coming.back.goods.get_mut(current).filter(|line| qty <= line.qty) {
                    let whole = (line.qty, line.total);
                    line.qty = qty;
                    line.total = whole.1.share(qty.minor(), whole.0.minor());
                    line.amount = line.total;
                    count_back(coming);
                } else {
                    self.fail(text!("till-back-too-much").show());
                }
            }
            _ => self.fail(text!("till-not-a-number").show()),
        }
    }

    /// A line does not come back.
    pub(super) fn back_remove(&mut self) {
        let Mode::Back(coming) = &mut self.mode else { return };
        if coming.names.len() > 1 {
            coming.back.goods.remove(coming.current);
            coming.names.remove(coming.current);
            coming.current = coming.current.min(coming.names.len() - 1);
            count_back(coming);
        }
    }

    pub(super) fn take_back(&mut self) {
        let usual = self.usual();
        let Mode::Back(coming) = std::mem::replace(&mut self.mode, usual) else { return };
        let mut back = coming.back;
        back.date = self.base.clock().now();
        back.cashier = self.base.rights().employee;
        let (key, permit) = (coming.key, self.cart.permit.take());
        let ticket = self.base.act(move |session| {
            let (made, changed) = sale::take_back(session, key, &back, permit.as_ref())?;
            let loaded = session.store.load(made.any())?;
            let made =
                loaded.and_then(|found| found.downcast::<crate::domain::retail::receipt_return::TillReturn>().cloned());
            Ok((made.unwrap_or_default(), changed.objects))
        });
        self.wait(ticket, |page, answer| match answer {
            Ok(made) => {
                page.drawer_for(made.paid_cash);
                let (cash, card) = (made.paid_cash.grouped(), (made.paid_card + made.paid_advance).grouped());
                page.change = Some(text!("till-returned", cash = cash, card = card).show());
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

fn count_back(coming: &mut Coming) {
    coming.back.amount = coming.back.goods.iter().map(|line| line.total).sum();
    // The split follows the amount when it is saved.
    (coming.back.paid_cash, coming.back.paid_card, coming.back.paid_advance) = Default::default();
}

/// The report of a shift: what its documents come to, and where the registrar says otherwise.
fn report(shift: &TillShift, rates: &[(String, Money, Money)]) -> (String, Vec<(String, String)>) {
    let meta = TillShift::META;
    let row = |name: &str, value: String| {
        let label = meta.field(name).and_then(|at| meta.fields.get(at)).map(|field| meta.field_label(field));
        (label.unwrap_or_default(), value)
    };
    let money = |name: &str, amount: Money| row(name, amount.grouped());
    let mut rows = vec![
        row("receipts", shift.receipts.to_string()),
        money("sales_cash", shift.sales_cash),
        money("sales_card", shift.sales_card),
        money("sales_advance", shift.sales_advance),
        row("returns", shift.returns.to_string()),
        money("returned_cash", shift.returned_cash),
        money("returned_card", shift.returned_card),
        money("vat_amount", shift.vat_amount),
        money("cash_start", shift.cash_start),
        money("put_in", shift.put_in),
        money("taken_out", shift.taken_out),
        money("expected", shift.expected),
    ];
    let rate = |(name, total, vat): &(String, Money, Money)| {
        (text!("till-vat-of", rate = name, total = total.grouped()).show(), vat.grouped())
    };
    // Behind the VAT of all rates together.
    if rates.len() > 1 {
        rows.splice(8..8, rates.iter().map(rate));
    }
    if !shift.closed.is_empty() {
        rows.push(money("counted", shift.counted));
        rows.push((text!("till-surplus").show(), shift.surplus().grouped()));
    }
    let differs = shift.registrar_differs();
    let said = match differs.iter().all(|amount| amount.is_zero()) {
        _ if shift.registrar_shift == 0 => text!("till-registrar-not-asked").show(),
        true => text!("till-registrar-agrees").show(),
        false => differs.map(Money::grouped).join(" / "),
    };
    rows.push((text!("till-registrar-differs").show(), said));
    let title = if shift.closed.is_empty() {
        text!("till-x-report", shift = shift.number.clone())
    } else {
        text!("till-z-report", shift = shift.number.clone())
    };
    (title.show(), rows)
}

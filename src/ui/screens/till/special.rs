//! Receipts without a sale of their own: an advance taken or given back, a correction told to the tax office.

use super::TillPage;
use super::deeds::shift_of;
use super::modes::{Mode, Of, Prompt, Told};
use crate::domain::retail::till::TillPaper;
use crate::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use crate::domain::retail::till_correction::{CorrectedKind, CorrectionGround, TillCorrection, TillCorrectionLine};
use crate::kernel::moment::Date;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared, Uid};
use crate::kernel::text::Text;
use crate::ops::till::find::{self, Wanted};
use crate::ops::till::sale;
use crate::text;

/// A receipt of another kind, before it is made.
pub struct Special {
    /// What it is.
    pub of: Paper,
    /// What the line asks for now.
    asks: Asks,
    /// The deed is known by it.
    key: Uid,
    /// What is said of it, as name and value.
    rows: Vec<(String, String)>,
}

/// What a receipt without a sale of its own can be.
#[derive(Clone)]
pub enum Paper {
    /// An advance taken or given back.
    Advance(TillAdvance),
    /// A correction.
    Correction(TillCorrection),
}

/// What is still to be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    /// How much.
    Amount,
    /// The day that is corrected.
    Day,
    /// The number of the order of the tax office.
    Number,
    /// How it is paid: a part by card, the rest in cash.
    Payment,
    /// Nothing: Enter makes it.
    Nothing,
}

/// The label of a field of a document.
fn label<D: Declared>(name: &str) -> String {
    let field = D::META.field(name).and_then(|at| D::META.fields.get(at));
    field.map(|field| D::META.field_label(field)).unwrap_or_default()
}

/// The ways to correct, in the order in which they are offered.
const WAYS: [(CorrectedKind, CorrectionGround); 4] = [
    (CorrectedKind::Sale, CorrectionGround::Own),
    (CorrectedKind::Return, CorrectionGround::Own),
    (CorrectedKind::Sale, CorrectionGround::Order),
    (CorrectedKind::Return, CorrectionGround::Order),
];

fn way(kind: CorrectedKind, ground: CorrectionGround) -> Text {
    match (kind, ground) {
        (CorrectedKind::Sale, CorrectionGround::Own) => text!("till-correct-sale-own"),
        (CorrectedKind::Return, CorrectionGround::Own) => text!("till-correct-return-own"),
        (CorrectedKind::Sale, CorrectionGround::Order) => text!("till-correct-sale-order"),
        (CorrectedKind::Return, CorrectionGround::Order) => text!("till-correct-return-order"),
    }
}

impl Special {
    /// What the line asks for.
    pub fn label(&self) -> Text {
        match self.asks {
            Asks::Amount => text!("till-mode-advance"),
            Asks::Day => text!("till-mode-correct-day"),
            Asks::Number => text!("till-mode-correct-order"),
            Asks::Payment => text!("till-mode-special-pay"),
            Asks::Nothing => text!("till-mode-correct"),
        }
    }

    /// Its title.
    pub fn title(&self) -> String {
        match &self.of {
            Paper::Advance(own) if own.operation == TillAdvanceOperation::Returned => {
                text!("till-advance-back-title").show()
            }
            Paper::Advance(_) => text!("till-advance-title").show(),
            Paper::Correction(own) => way(own.kind, own.ground).show(),
        }
    }

    /// What is said of it.
    pub fn rows(&self) -> &[(String, String)] {
        &self.rows
    }

    /// What it comes to and what of it is paid by card.
    pub fn amounts(&self) -> (Money, Money) {
        match &self.of {
            Paper::Advance(own) => (own.amount, own.paid_card),
            Paper::Correction(own) => (own.amount, own.paid_card),
        }
    }

    /// What is left to be paid in cash, while it is asked how it is paid.
    pub fn rest(&self) -> Option<Money> {
        let (amount, card) = self.amounts();
        (self.asks == Asks::Payment).then(|| amount - card)
    }

    fn pay_by_card(&mut self, card: Money) {
        match &mut self.of {
            Paper::Advance(own) => own.paid_card = card,
            Paper::Correction(own) => own.paid_card = card,
        }
    }

    /// Cash comes in for it, so there may be change of it.
    fn takes_cash(&self) -> bool {
        matches!(&self.of, Paper::Advance(own) if own.operation == TillAdvanceOperation::Taken)
    }

    /// What is asked for after the day and the number of the order.
    fn goes_on(&mut self) {
        let Paper::Correction(own) = &self.of else { return };
        let wants_number = own.ground == CorrectionGround::Order && own.order_number.is_empty();
        self.asks = match (wants_number, own.receipt.is_empty()) {
            (true, _) => Asks::Number,
            (false, true) => Asks::Payment,
            (false, false) => Asks::Nothing,
        };
    }
}

fn line_row(line: &TillCorrectionLine, name: &str) -> (String, String) {
    (format!("{name}, {} × {}", line.qty.short(), line.price.money().grouped()), line.total.grouped())
}

/// The day that is corrected, as it is shown.
fn day_row(day: Date) -> (String, String) {
    (label::<TillCorrection>("corrected_on"), day.russian())
}

impl TillPage {
    /// An order's number, or the buyer in hand: what is to be paid in advance, or given back.
    pub(super) fn find_advance(&mut self, operation: TillAdvanceOperation, number: String) {
        let (till, shift) = (self.desk.till, shift_of(self));
        let wanted = Wanted { number, buyer: self.cart.receipt.customer, operation };
        let ticket = self.base.read(move |session| find::advance_for(session, (till, shift), &wanted));
        self.wait(ticket, |page, answer| match answer {
            Ok(found) => {
                let mut rows = vec![(label::<TillAdvance>("customer"), found.buyer)];
                if !found.order.is_empty() {
                    rows.push((label::<TillAdvance>("order"), found.order));
                }
                let amount = found.advance.amount;
                match found.advance.operation {
                    _ if amount.is_zero() => {}
                    TillAdvanceOperation::Taken => rows.push((text!("till-order-unpaid").show(), amount.grouped())),
                    TillAdvanceOperation::Returned => rows.push((text!("till-has-advance").show(), amount.grouped())),
                }
                page.hold_special(Paper::Advance(found.advance), Asks::Amount, rows);
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// A receipt that was never made, or was made wrong: what is to be told of it?
    pub(super) fn find_corrected(&mut self, number: String) {
        let (till, shift, last) = (self.desk.till, shift_of(self), self.last_sold);
        let ticket = self.base.read(move |session| find::corrected(session, (till, shift), &number, last));
        self.wait(ticket, |page, answer| match answer {
            Ok(found) => page.choose_way(found),
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// The goods in hand went past the registrar one day, and there is no receipt of them: what is to be told of them?
    pub(super) fn correct_goods(&mut self) {
        if self.no_registrar() {
            return;
        }
        let mut made = TillCorrection::of_goods(&self.cart.receipt, self.base.clock().today());
        (made.till, made.shift) = (self.desk.till, shift_of(self));
        self.said.1.clear();
        self.choose_way((made, self.cart.names.clone()));
    }

    fn choose_way(&mut self, found: (TillCorrection, Vec<String>)) {
        let items = WAYS.iter().map(|(kind, ground)| (way(*kind, *ground).show(), String::new())).collect();
        self.choose(&text!("till-choose-correction"), items, Of::Corrections(Box::new(found)));
    }

    /// The way to correct is chosen.
    pub(super) fn correct(&mut self, at: usize, found: (TillCorrection, Vec<String>)) {
        let (mut own, names) = found;
        let Some((kind, ground)) = WAYS.get(at).copied() else { return };
        (own.kind, own.ground) = (kind, ground);
        let mut rows = vec![day_row(own.corrected_on)];
        rows.extend(own.goods.iter().zip(&names).map(|(line, name)| line_row(line, name)));
        let dated = !own.receipt.is_empty();
        self.hold_special(Paper::Correction(own), Asks::Day, rows);
        if let (Mode::Special(special), true) = (&mut self.mode, dated) {
            special.goes_on();
        }
    }

    fn hold_special(&mut self, of: Paper, asks: Asks, rows: Vec<(String, String)>) {
        let key = self.base.clock().unique();
        self.mode = Mode::Special(Box::new(Special { of, asks, key, rows }));
    }

    /// Enter: what is typed answers what is asked for; without anything typed it is taken as it stands.
    pub(super) fn special_enter(&mut self) {
        let typed = std::mem::take(&mut self.typed).trim().to_owned();
        self.said.1.clear();
        let Mode::Special(special) = &mut self.mode else { return };
        match (special.asks, typed.is_empty()) {
            (Asks::Amount | Asks::Payment | Asks::Nothing, true) => self.make_special(),
            (Asks::Nothing, false) => self.fail(text!("till-mode-correct").show()),
            (Asks::Amount, false) => {
                if self.special_amount(&typed)
                    && let Mode::Special(special) = &mut self.mode
                {
                    special.asks = Asks::Payment;
                }
            }
            (Asks::Payment, false) => self.special_tender(&typed),
            (Asks::Day, _) => self.special_day(&typed),
            (Asks::Number, true) => self.fail(text!("till-order-number").show()),
            (Asks::Number, false) => {
                if let Paper::Correction(own) = &mut special.of {
                    special.rows.insert(1, (label::<TillCorrection>("order_number"), typed.clone()));
                    own.order_number = typed;
                }
                special.goes_on();
                if special.asks == Asks::Nothing {
                    self.make_special();
                }
            }
        }
    }

    /// Cash or card. While the amount is asked for, what is typed is the amount, and all of it is paid so; then a number
    /// is the part paid by card, or the cash that was given. A correction repeats what its receipt was paid by.
    pub(super) fn special_paid(&mut self, by_card: bool) {
        let Mode::Special(special) = &self.mode else { return };
        let asks = special.asks;
        if !matches!(asks, Asks::Amount | Asks::Payment) {
            return self.special_enter();
        }
        let typed = std::mem::take(&mut self.typed).trim().to_owned();
        self.said.1.clear();
        match asks {
            Asks::Amount if !typed.is_empty() && !self.special_amount(&typed) => return,
            Asks::Payment if !typed.is_empty() && by_card => return self.special_card(&typed),
            Asks::Payment if !typed.is_empty() => return self.special_tender(&typed),
            _ => {}
        }
        if let (Mode::Special(special), true) = (&mut self.mode, by_card) {
            let amount = special.amounts().0;
            special.pay_by_card(amount);
        }
        self.make_special();
    }

    /// What is typed is the amount of an advance; `false` when it is none.
    fn special_amount(&mut self, typed: &str) -> bool {
        let Mode::Special(special) = &mut self.mode else { return false };
        match (&mut special.of, Money::parse(typed)) {
            (Paper::Advance(own), Ok(amount)) if amount > Money::ZERO => own.amount = amount,
            _ => {
                self.fail(text!("till-not-a-number").show());
                return false;
            }
        }
        true
    }

    /// A part is paid by card: the rest is asked for, and when nothing is left it is made.
    fn special_card(&mut self, typed: &str) {
        let Mode::Special(special) = &mut self.mode else { return };
        let (amount, card) = special.amounts();
        match Money::parse(typed) {
            Ok(part) if part > Money::ZERO && part <= amount - card => special.pay_by_card(card + part),
            Ok(_) => return self.fail(text!("till-card-above", rest = (amount - card).grouped()).show()),
            Err(_) => return self.fail(text!("till-not-a-number").show()),
        }
        if special.rest().is_some_and(Money::is_zero) {
            self.make_special();
        }
    }

    /// So much cash was given for the rest; there is change of it where cash comes in.
    fn special_tender(&mut self, typed: &str) {
        let Mode::Special(special) = &self.mode else { return };
        let rest = special.rest().unwrap_or_default();
        match Money::parse(typed) {
            Ok(given) if given < rest => {
                self.fail(text!("till-paid-less", missing = (rest - given).grouped()).show());
            }
            Ok(given) => {
                let change = if special.takes_cash() { given - rest } else { Money::ZERO };
                self.make_special_of(change);
            }
            Err(_) => self.fail(text!("till-not-a-number").show()),
        }
    }

    /// The day that is corrected: today unless another one is typed.
    fn special_day(&mut self, typed: &str) {
        let today = self.base.clock().today();
        let day = if typed.is_empty() { Some(today) } else { Date::parse(typed, today) };
        let Mode::Special(special) = &mut self.mode else { return };
        match (day, &mut special.of) {
            (Some(day), Paper::Correction(own)) if day <= today => own.corrected_on = day,
            (Some(_), _) => return self.fail(text!("till-corrected-later").show()),
            (None, _) => return self.fail(text!("till-not-a-day").show()),
        }
        if let (Some(row), Some(day)) = (special.rows.first_mut(), day) {
            *row = day_row(day);
        }
        special.goes_on();
    }

    fn make_special(&mut self) {
        self.make_special_of(Money::ZERO);
    }

    /// Makes it; the paper follows. `change` is given of the cash.
    fn make_special_of(&mut self, change: Money) {
        if matches!(&self.mode, Mode::Special(special) if special.amounts().0.is_zero()) {
            return self.fail(text!("till-advance-how-much").show());
        }
        let usual = self.usual();
        let Mode::Special(special) = std::mem::replace(&mut self.mode, usual) else { return };
        let key = special.key;
        match special.of {
            Paper::Advance(own) => self.make_advance(key, own, change),
            Paper::Correction(own) => self.make_correction(key, own),
        }
    }

    fn make_advance(&mut self, key: Uid, mut own: TillAdvance, change: Money) {
        let permit = self.cart.permit.take();
        (own.date, own.cashier) = (self.base.clock().now(), self.base.rights().employee);
        own.paid_cash = own.amount - own.paid_card;
        let (cash, card, returned) = (own.paid_cash, own.paid_card, own.operation == TillAdvanceOperation::Returned);
        let ticket = self.base.act(move |session| {
            sale::advance(session, key, &own, permit.as_ref()).map(|(made, changed)| (made, changed.objects))
        });
        self.wait(ticket, move |page, answer| match answer {
            Ok(_) => {
                page.drawer_for(cash);
                page.change = Some(match returned {
                    true => {
                        let told = Told::plain(&text!("till-give-back")).sum(&text!("till-rest"), cash);
                        told.sum(&text!("till-by-card"), card)
                    }
                    false => {
                        let told = Told::plain(&text!("till-advance-made", amount = (cash + card).grouped()));
                        told.sum(&text!("till-change"), change)
                    }
                });
                page.read_advance();
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// Goods that were in hand for it leave the hand when it is made.
    fn make_correction(&mut self, key: Uid, mut own: TillCorrection) {
        let permit = self.cart.permit.take();
        (own.date, own.cashier) = (self.base.clock().now(), self.base.rights().employee);
        let (amount, held) = (own.amount, own.receipt.is_empty().then_some(self.cart.key));
        let ticket = self.base.act(move |session| {
            sale::correct(session, key, &own, permit.as_ref()).map(|(made, changed)| (made, changed.objects))
        });
        self.wait(ticket, move |page, answer| match answer {
            Ok(_) => {
                if held == Some(page.cart.key) {
                    page.fresh();
                }
                page.change = Some(Told::plain(&text!("till-correct-made", amount = amount.grouped())));
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// A till without a registrar tells the tax office nothing; says so.
    fn no_registrar(&mut self) -> bool {
        let absent = self.desk.about.paper() != TillPaper::Registrar;
        if absent {
            self.fail(text!("till-correct-nothing").show());
        }
        absent
    }

    /// Asks for the order or the receipt of one of them.
    pub(super) fn ask_special(&mut self, code: &str) {
        if code == "till-act-correct" && self.no_registrar() {
            return;
        }
        self.ask(match code {
            "till-act-take-advance" => Prompt::AdvanceFor(TillAdvanceOperation::Taken),
            "till-act-give-advance" => Prompt::AdvanceFor(TillAdvanceOperation::Returned),
            _ => Prompt::Corrected,
        });
    }
}

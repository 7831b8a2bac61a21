//! Receipts without goods in hand: an advance taken or given back, a correction told to the tax office.

use super::TillPage;
use super::deeds::shift_of;
use super::modes::{Mode, Of, Prompt};
use crate::domain::retail::till_advance::{TillAdvance, TillAdvanceOperation};
use crate::domain::retail::till_correction::{CorrectedKind, CorrectionGround, TillCorrection};
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
    /// The deed is known by it.
    key: Uid,
    /// What is said of it, as name and value.
    rows: Vec<(String, String)>,
}

/// What a receipt without goods in hand can be.
#[derive(Clone)]
pub enum Paper {
    /// An advance taken or given back.
    Advance(TillAdvance),
    /// A correction.
    Correction(TillCorrection),
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
        match &self.of {
            Paper::Advance(_) => text!("till-mode-advance"),
            Paper::Correction(own) if own.ground == CorrectionGround::Order => text!("till-mode-correct-order"),
            Paper::Correction(_) => text!("till-mode-correct"),
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
                page.hold_special(Paper::Advance(found.advance), rows);
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// A receipt that was never made, or was made wrong: what is to be told of it?
    pub(super) fn find_corrected(&mut self, number: String) {
        let (till, shift, last) = (self.desk.till, shift_of(self), self.last_sold);
        let ticket = self.base.read(move |session| find::corrected(session, (till, shift), &number, last));
        self.wait(ticket, |page, answer| match answer {
            Ok((correction, names)) => {
                let items = WAYS.iter().map(|(kind, ground)| (way(*kind, *ground).show(), String::new())).collect();
                let found = Box::new((correction, names));
                page.choose(&text!("till-choose-correction"), items, Of::Corrections(found));
            }
            Err(error) => page.fail(error.sentence()),
        });
    }

    /// The way to correct is chosen.
    pub(super) fn correct(&mut self, at: usize, found: (TillCorrection, Vec<String>)) {
        let (mut own, names) = found;
        let Some((kind, ground)) = WAYS.get(at).copied() else { return };
        (own.kind, own.ground) = (kind, ground);
        let mut rows = vec![(label::<TillCorrection>("corrected_on"), own.corrected_on.russian())];
        let line = |(line, name): (&crate::domain::retail::till_correction::TillCorrectionLine, String)| {
            (format!("{name}, {} × {}", line.qty.short(), line.price.money().grouped()), line.total.grouped())
        };
        rows.extend(own.goods.iter().zip(names).map(line));
        self.hold_special(Paper::Correction(own), rows);
    }

    fn hold_special(&mut self, of: Paper, rows: Vec<(String, String)>) {
        let key = self.base.clock().unique();
        self.mode = Mode::Special(Box::new(Special { of, key, rows }));
    }

    /// Enter: a number is the amount of an advance; without one it is made.
    pub(super) fn special_enter(&mut self) {
        let made = matches!(&self.mode, Mode::Special(special) if matches!(special.of, Paper::Correction(_)));
        if self.typed.trim().is_empty() || self.special_typed() && made {
            self.make_special();
        }
    }

    /// Cash or card: an advance of what is typed, or of what is said, wholly. A correction repeats what its receipt was
    /// paid by.
    pub(super) fn special_paid(&mut self, by_card: bool) {
        if !self.typed.trim().is_empty() && !self.special_typed() {
            return;
        }
        let Mode::Special(special) = &mut self.mode else { return };
        if let Paper::Advance(own) = &mut special.of {
            own.paid_card = if by_card { own.amount } else { Money::ZERO };
        }
        self.make_special();
    }

    /// What is typed is the amount of an advance or the number of an order to correct; `false` when it is neither.
    fn special_typed(&mut self) -> bool {
        let typed = std::mem::take(&mut self.typed).trim().to_owned();
        self.said.1.clear();
        let Mode::Special(special) = &mut self.mode else { return false };
        match (&mut special.of, Money::parse(&typed)) {
            (Paper::Advance(own), Ok(amount)) if amount > Money::ZERO => own.amount = amount,
            (Paper::Correction(own), _) if own.ground == CorrectionGround::Order => own.order_number = typed,
            _ => {
                self.fail(text!("till-not-a-number").show());
                return false;
            }
        }
        true
    }

    /// Makes it; the paper follows.
    fn make_special(&mut self) {
        if matches!(&self.mode, Mode::Special(special) if special.amounts().0.is_zero()) {
            return self.fail(text!("till-advance-how-much").show());
        }
        let usual = self.usual();
        let Mode::Special(special) = std::mem::replace(&mut self.mode, usual) else { return };
        let (key, permit) = (special.key, self.cart.permit.take());
        let (now, cashier) = (self.base.clock().now(), self.base.rights().employee);
        match special.of {
            Paper::Advance(mut own) => {
                (own.date, own.cashier, own.paid_cash) = (now, cashier, own.amount - own.paid_card);
                let (cash, card, returned) =
                    (own.paid_cash, own.paid_card, own.operation == TillAdvanceOperation::Returned);
                let ticket = self.base.act(move |session| {
                    sale::advance(session, key, &own, permit.as_ref()).map(|(made, changed)| (made, changed.objects))
                });
                self.wait(ticket, move |page, answer| match answer {
                    Ok(_) => {
                        page.drawer_for(cash);
                        page.change = Some(match returned {
                            true => text!("till-returned", cash = cash.grouped(), card = card.grouped()).show(),
                            false => text!("till-advance-made", amount = (cash + card).grouped()).show(),
                        });
                        page.read_advance();
                    }
                    Err(error) => page.fail(error.sentence()),
                });
            }
            Paper::Correction(mut own) => {
                (own.date, own.cashier) = (now, cashier);
                let amount = own.amount;
                let ticket = self.base.act(move |session| {
                    sale::correct(session, key, &own, permit.as_ref()).map(|(made, changed)| (made, changed.objects))
                });
                self.wait(ticket, move |page, answer| match answer {
                    Ok(_) => page.change = Some(text!("till-correct-made", amount = amount.grouped()).show()),
                    Err(error) => page.fail(error.sentence()),
                });
            }
        }
    }

    /// Asks for the order or the receipt of one of them.
    pub(super) fn ask_special(&mut self, code: &str) {
        self.ask(match code {
            "till-act-take-advance" => Prompt::AdvanceFor(TillAdvanceOperation::Taken),
            "till-act-give-advance" => Prompt::AdvanceFor(TillAdvanceOperation::Returned),
            _ => Prompt::Corrected,
        });
    }
}

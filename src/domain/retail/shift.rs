//! Till shift (Кассовая смена): opened, counted and closed; what it took in is put together from its documents.

use super::receipt::TillReceipt;
use super::receipt_return::TillReturn;
use super::taken::at_till;
use super::till::{Till, only_till, open_shift};
use super::till_advance::{TillAdvance, TillAdvanceOperation};
use super::till_cash::{TillCash, TillCashOperation};
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::money::payment::{Payment, Place, post_other};
use crate::domain::money::vat::VatRate;
use crate::domain::registers::funds::Funds;
use crate::kernel::behaviour::{At, Behaviour, Posting};
use crate::kernel::entry::Side;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};
use std::collections::BTreeMap;

object! {
    /// A shift. Posted when it is opened; saved with the moment of closing and the cash counted when it ends, which
    /// books a surplus or a shortage.
    document TillShift = 60 "till_shift" "Кассовая смена" {
        company: Ref<Company> = "Организация" [required],
        till: Ref<Till> = "Касса ККМ" [required],
        cash_desk: Ref<CashDesk> = "Касса" [required],
        cashier: Ref<Employee> = "Кассир",
        closed: Moment = "Закрыта",
        cash_start: Money = "Наличных в начале",
        receipts: i64 = "Чеков",
        returns: i64 = "Возвратов",
        sales_cash: Money = "Продажи наличными",
        sales_card: Money = "Продажи картой",
        sales_advance: Money = "Зачтено авансов",
        returned_cash: Money = "Возвращено наличными",
        returned_card: Money = "Возвращено на карту",
        returned_advance: Money = "Возвращено в аванс",
        put_in: Money = "Внесено",
        taken_out: Money = "Изъято",
        vat_amount: Money = "НДС",
        expected: Money = "Должно быть наличных",
        counted: Money = "Пересчитано",
        registrar_shift: i64 = "Смена регистратора",
        registrar_sales: Money = "Продажи по регистратору",
        registrar_returns: Money = "Возвраты по регистратору",
        registrar_cash: Money = "Наличные по регистратору",
    }
}

at_till!(TillShift: company, cash_desk);

impl TillShift {
    /// Sales of every kind of payment.
    pub fn sales(&self) -> Money {
        self.sales_cash + self.sales_card + self.sales_advance
    }
    /// Returns of every kind of payment.
    pub fn returned(&self) -> Money {
        self.returned_cash + self.returned_card + self.returned_advance
    }
    /// Counted above (positive) or below what must be there.
    pub fn surplus(&self) -> Money {
        self.counted - self.expected
    }
    /// Where the registrar's own totals differ from ours: money of sales, money of returns, cash in the drawer. Advances
    /// set off are no money: they passed the registrar when they were taken. All zero where they agree, or the
    /// registrar has not been asked.
    pub fn registrar_differs(&self) -> [Money; 3] {
        if self.registrar_shift == 0 {
            return [Money::ZERO; 3];
        }
        [
            self.registrar_sales - self.sales_cash - self.sales_card,
            self.registrar_returns - self.returned_cash - self.returned_card,
            self.registrar_cash - self.expected,
        ]
    }

    /// What the documents of the shift come to.
    pub fn count(&mut self, facts: &dyn Facts) {
        let mut made = Self { cash_start: self.cash_start, ..Self::default() };
        for one in facts.having::<TillReceipt>(field!(TillReceipt, shift), self.head.id) {
            if one.head.posted {
                made.receipts += 1;
                made.sales_cash += one.paid_cash;
                made.sales_card += one.paid_card;
                made.sales_advance += one.paid_advance;
                made.vat_amount += one.vat_amount;
            }
        }
        for one in facts.having::<TillReturn>(field!(TillReturn, shift), self.head.id) {
            if one.head.posted {
                made.returns += 1;
                made.returned_cash += one.paid_cash;
                made.returned_card += one.paid_card;
                made.returned_advance += one.paid_advance;
                made.vat_amount -= one.vat_amount;
            }
        }
        for one in facts.having::<TillAdvance>(field!(TillAdvance, shift), self.head.id) {
            match one.operation {
                _ if !one.head.posted => {}
                TillAdvanceOperation::Taken => {
                    made.receipts += 1;
                    made.sales_cash += one.paid_cash;
                    made.sales_card += one.paid_card;
                    made.vat_amount += one.vat_amount;
                }
                TillAdvanceOperation::Returned => {
                    made.returns += 1;
                    made.returned_cash += one.paid_cash;
                    made.returned_card += one.paid_card;
                    made.vat_amount -= one.vat_amount;
                }
            }
        }
        for one in facts.having::<TillCash>(field!(TillCash, shift), self.head.id) {
            match one.operation {
                _ if !one.head.posted => {}
                TillCashOperation::PutIn => made.put_in += one.amount,
                TillCashOperation::TakeOut => made.taken_out += one.amount,
            }
        }
        (self.receipts, self.returns) = (made.receipts, made.returns);
        (self.sales_cash, self.sales_card, self.sales_advance) = (made.sales_cash, made.sales_card, made.sales_advance);
        self.returned_cash = made.returned_cash;
        self.returned_card = made.returned_card;
        self.returned_advance = made.returned_advance;
        (self.put_in, self.taken_out, self.vat_amount) = (made.put_in, made.taken_out, made.vat_amount);
        self.expected = self.cash_start + self.sales_cash - self.returned_cash + self.put_in - self.taken_out;
    }

    /// What the shift comes to by rates of VAT, returns taken off: with VAT, and the VAT in it. Advances taken stand
    /// under their rate as the receipt named it.
    pub fn vat_by_rate(&self, facts: &dyn Facts) -> BTreeMap<Ref<VatRate>, (Money, Money)> {
        let mut found: BTreeMap<Ref<VatRate>, (Money, Money)> = BTreeMap::new();
        let mut add = |rate: Ref<VatRate>, total: Money, vat: Money, sign: bool| {
            let own = found.entry(rate).or_default();
            let signed = |amount: Money| if sign { amount } else { -amount };
            *own = (own.0 + signed(total), own.1 + signed(vat));
        };
        for one in facts.having::<TillReceipt>(field!(TillReceipt, shift), self.head.id) {
            for line in one.goods.iter().filter(|_| one.head.posted) {
                add(line.vat, line.total, line.vat_amount, true);
            }
        }
        for one in facts.having::<TillReturn>(field!(TillReturn, shift), self.head.id) {
            for line in one.goods.iter().filter(|_| one.head.posted) {
                add(line.vat, line.total, line.vat_amount, false);
            }
        }
        for one in facts.having::<TillAdvance>(field!(TillAdvance, shift), self.head.id) {
            if one.head.posted {
                add(one.vat, one.amount, one.vat_amount, one.operation == TillAdvanceOperation::Taken);
            }
        }
        found
    }
}

impl Behaviour for TillShift {
    const COMPUTED: &'static [&'static str] =
        &["registrar_shift", "registrar_sales", "registrar_returns", "registrar_cash"];
    const INDEXED: &'static [&'static str] = &["till"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.begin_at_till(facts);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        if at == At::Field("till") {
            self.take_till(facts);
        }
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.till = self.till.or(only_till(facts));
        self.take_till(facts);
        if self.head.id == 0 {
            let key = Funds { company: self.company, place: self.cash_desk.any(), ..Funds::default() };
            self.cash_start = facts.balance(&key).amount;
        }
        // While a shift is open its totals grow with every receipt: they are written when it is closed.
        if self.closed.is_empty() {
            let other = open_shift(facts, self.till).filter(|other| other.reference() != self.reference());
            if let (true, Some(other)) = (posting, other) {
                let since = other.date.russian();
                problems.field(field!(TillShift, till), text!("till-shift-open", shift = &other.number, since = since));
            }
            self.counted = Money::ZERO;
        } else {
            self.count(facts);
        }
        if !self.closed.is_empty() && self.closed < self.date {
            problems.field(field!(TillShift, closed), text!("till-closed-early"));
        }
        if self.counted < Money::ZERO {
            problems.field(field!(TillShift, counted), text!("must-not-be-negative"));
        }
    }
}

impl Posting for TillShift {
    fn post(&self, _facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let surplus = self.surplus();
        if self.closed.is_empty() || surplus.is_zero() {
            return Ok(());
        }
        let more = surplus > Money::ZERO;
        let against = if more { accounts::OTHER_INCOME } else { accounts::LOSSES };
        let found = Payment {
            company: self.company,
            counterparty: Ref::EMPTY,
            contract: Ref::EMPTY,
            place: Place::cash(self.cash_desk.any(), Ref::EMPTY),
            flow: Ref::EMPTY,
            amount: surplus.abs(),
            incoming: more,
            split: &[],
        };
        post_other(&found, Side::new(against), out);
        Ok(())
    }
}

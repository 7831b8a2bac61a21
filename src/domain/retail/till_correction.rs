//! Correction receipt (Чек коррекции): what should have gone through the registrar and did not, or went wrong, is
//! told to the tax office. Books are not moved: the sale or the return is in them by its own document.

use super::receipt::{FiscalState, TillReceipt};
use super::shift::TillShift;
use super::taken::of_till;
use super::till::Till;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::lines::{Trade, TradeLine as _, check_lines, totals};
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::{Date, Moment};
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{choice, field, object, text, trade_line};

choice! {
    /// Whose wish it is (tag 1173).
    CorrectionGround = "correction_ground" {
        Own = 0 "own" "Самостоятельно",
        Order = 1 "order" "По предписанию",
    }
}

choice! {
    /// What is corrected.
    CorrectedKind = "corrected_kind" {
        Sale = 0 "sale" "Приход",
        Return = 1 "return" "Возврат прихода",
    }
}

object! {
    /// A correction of a settlement of the past.
    document TillCorrection = 81 "till_correction" "Чек коррекции" {
        company: Ref<Company> = "Организация" [required],
        till: Ref<Till> = "Касса ККМ" [required],
        shift: Ref<TillShift> = "Смена" [required],
        cashier: Ref<Employee> = "Кассир",
        kind: CorrectedKind = "Что исправляется",
        ground: CorrectionGround = "Основание",
        corrected_on: Date = "Дата расчета" [required],
        order_number: String = "Номер предписания",
        receipt: Ref<TillReceipt> = "Кассовый чек",
        price_kind: Ref<PriceKind> = "Вид цен",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
        paid_cash: Money = "Наличными",
        paid_card: Money = "Картой",
        paid_advance: Money = "Зачтено аванса",
        fiscal_state: FiscalState = "Чек",
        fiscal_number: i64 = "ФД",
        fiscal_sign: i64 = "ФП",
        fiscal_at: Moment = "Пробит в",
    }
    table goods: TillCorrectionLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
    }
}

trade_line!(TillCorrectionLine);

of_till!(TillCorrection: company; kept price_kind);

impl TillCorrection {
    /// Terms of its lines: prices and rates of the day that is corrected.
    pub fn trade(&self) -> Trade {
        let on = if self.corrected_on.is_empty() { self.date.date() } else { self.corrected_on };
        Trade { company: self.company, on, vat_included: true, price_kind: self.price_kind, sale: true }
    }

    /// A correction of what is in a receipt that was never made: as if it were sold, today unless another day is set.
    pub fn of_goods(goods: &TillReceipt, on: Date) -> Self {
        let mut made = Self { corrected_on: on, price_kind: goods.price_kind, ..Self::default() };
        made.take_goods(goods);
        made
    }

    fn take_goods(&mut self, sold: &TillReceipt) {
        for line in &sold.goods {
            let mut own = TillCorrectionLine::default();
            own.set_terms(line.terms());
            self.goods.push(own);
        }
        self.count();
    }

    fn count(&mut self) {
        (self.amount, self.vat_amount) = totals(&self.goods);
        self.paid_cash = (self.amount - self.paid_card - self.paid_advance).positive();
    }
}

impl Behaviour for TillCorrection {
    const COMPUTED: &'static [&'static str] = &["fiscal_state", "fiscal_number", "fiscal_sign", "fiscal_at"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.begin_at_till(facts);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        match at {
            At::Field("till") => self.change_till(facts),
            At::Cell { row, field, .. } => {
                let trade = self.trade();
                if let Some(line) = self.goods.get_mut(row) {
                    line.recount(field, &trade, facts);
                }
            }
            At::Field(_) => {}
        }
        self.count();
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("shift" | "receipt") => Choices::owned("till", self.till.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.check_till(posting, facts, problems);
        let trade = self.trade();
        let table = field!(TillCorrection, goods);
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        self.count();
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        } else if self.paid_card + self.paid_advance > self.amount {
            let (paid, amount) = ((self.paid_card + self.paid_advance).grouped(), self.amount.grouped());
            problems.field(field!(TillCorrection, paid_card), text!("till-paid-above", paid = paid, amount = amount));
        }
        if self.corrected_on > self.date.date() {
            problems.field(field!(TillCorrection, corrected_on), text!("till-corrected-later"));
        }
        if self.ground == CorrectionGround::Order && self.order_number.trim().is_empty() {
            problems.field(field!(TillCorrection, order_number), text!("till-order-number"));
        }
    }

    fn bases() -> &'static [u8] {
        &[TillReceipt::TAG]
    }

    /// A receipt that was never made, or not as it should have been.
    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(sold) = basis.downcast::<TillReceipt>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.till = sold.till;
        self.take_till(facts);
        self.receipt = sold.reference();
        self.corrected_on = sold.date.date();
        (self.paid_card, self.paid_advance) = (sold.paid_card, sold.paid_advance);
        self.take_goods(sold);
        Ok(())
    }
}

impl Posting for TillCorrection {
    fn post(&self, _facts: &dyn Facts, _out: &mut Movements) -> Result<(), Problems> {
        Ok(())
    }
}

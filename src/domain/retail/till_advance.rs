//! Advance at a till (Чек аванса): money is taken before the goods are handed over, as a rule for an order, or given
//! back. The receipt has no goods; at the hand-over the till's receipt sets the advance off.

use super::booking::{TillMoney, TillRevenue};
use super::receipt::FiscalState;
use super::shift::TillShift;
use super::taken::{enough_cash, of_till};
use super::till::{Till, only_till};
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::money::payment::expected_from_customer;
use crate::domain::money::vat::{VatClass, VatRate, sale_rate};
use crate::domain::registers::settlements::Settlements;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::invoice::Invoice;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{choice, field, object, text};

choice! {
    /// Which way an advance goes.
    TillAdvanceOperation = "till_advance_operation" {
        Taken = 0 "taken" "Получен",
        Returned = 1 "returned" "Возвращен",
    }
}

object! {
    /// An advance of a buyer.
    document TillAdvance = 80 "till_advance" "Чек аванса" {
        company: Ref<Company> = "Организация" [required],
        till: Ref<Till> = "Касса ККМ" [required],
        shift: Ref<TillShift> = "Смена" [required],
        cash_desk: Ref<CashDesk> = "Касса" [required],
        operation: TillAdvanceOperation = "Операция",
        customer: Ref<Counterparty> = "Покупатель" [required],
        contract: Ref<Contract> = "Договор",
        order: Ref<CustomerOrder> = "Заказ клиента",
        cashier: Ref<Employee> = "Кассир",
        amount: Money = "Сумма" [required],
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        paid_cash: Money = "Наличными",
        paid_card: Money = "Картой",
        buyer_address: String = "Чек на адрес",
        fiscal_state: FiscalState = "Чек",
        fiscal_number: i64 = "ФД",
        fiscal_sign: i64 = "ФП",
        fiscal_at: Moment = "Пробит в",
    }
}

of_till!(TillAdvance: company, cash_desk);

impl TillAdvance {
    fn count(&mut self, facts: &dyn Facts) {
        self.paid_cash = (self.amount - self.paid_card).positive();
        let percent = facts.get(self.vat).map(|rate| rate.percent).unwrap_or_default();
        self.vat_amount = self.amount.tax_inside(percent);
    }

    fn is_taken(&self) -> bool {
        self.operation == TillAdvanceOperation::Taken
    }
}

impl Behaviour for TillAdvance {
    const COMPUTED: &'static [&'static str] = &["fiscal_state", "fiscal_number", "fiscal_sign", "fiscal_at"];
    const INDEXED: &'static [&'static str] = &["shift"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.begin_at_till(facts);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        match at {
            At::Field("till") => self.change_till(facts),
            At::Field("amount" | "paid_card" | "vat") => self.count(facts),
            _ => {}
        }
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.customer.id()),
            At::Field("order") => Choices::owned("customer", self.customer.id()),
            At::Field("shift") => Choices::owned("till", self.till.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.check_till(posting, facts, problems);
        if let Some(order) = facts.get(self.order) {
            self.customer = self.customer.or(order.customer);
            self.contract = self.contract.or(order.contract);
            if self.customer != order.customer {
                problems.field(field!(TillAdvance, order), text!("till-order-of-other"));
            }
        }
        if self.vat.is_empty() {
            match sale_rate(facts, self.company, VatClass::Standard, self.date.date()) {
                Ok(rate) => self.vat = rate,
                Err(text) => problems.field(field!(TillAdvance, vat), text),
            }
        }
        self.count(facts);
        if self.amount < Money::ZERO || self.paid_card < Money::ZERO {
            problems.field(field!(TillAdvance, amount), text!("must-not-be-negative"));
        } else if self.paid_card > self.amount {
            let (paid, amount) = (self.paid_card.grouped(), self.amount.grouped());
            problems.field(field!(TillAdvance, paid_card), text!("till-paid-above", paid = paid, amount = amount));
        }
    }

    fn bases() -> &'static [u8] {
        &[CustomerOrder::TAG, Invoice::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        // What is paid for goods that are gone is no advance.
        let fits = Self::bases().contains(&basis.meta().tag);
        let Some(expected) = expected_from_customer(basis, facts).filter(|_| fits) else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.till = self.till.or(only_till(facts));
        self.take_till(facts);
        (self.customer, self.contract) = (expected.customer, expected.contract);
        self.order = if expected.order.is_of(CustomerOrder::declared()) { expected.order.typed() } else { Ref::EMPTY };
        self.amount = expected.amount.positive();
        self.count(facts);
        if self.amount.is_zero() { Err(Problems::one(text!("till-order-paid"))) } else { Ok(()) }
    }
}

impl Posting for TillAdvance {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        if !self.is_taken() {
            enough_cash(self.company, self.cash_desk, self.paid_cash, facts)?;
            let (company, counterparty, contract) = (self.company, self.customer, self.contract);
            let key = Settlements { company, counterparty, contract, ..Settlements::default() };
            let there = (-facts.balance(&key).amount).positive();
            if there < self.amount {
                let text = text!("till-advance-short", there = there.grouped(), wanted = self.amount.grouped());
                return Err(Problems::one(text));
            }
        }
        let till = facts.get(self.till).unwrap_or_default();
        let revenue = TillRevenue {
            company: self.company,
            day: self.date.date(),
            customer: self.customer,
            contract: self.contract,
            retail: till.buyer,
            warehouse: till.warehouse,
            // It pays no debt of its own: the oldest ones first, the rest is an advance.
            document: AnyRef::EMPTY,
        };
        let money = TillMoney {
            revenue: &revenue,
            cash_desk: self.cash_desk,
            acquirer: till.acquirer,
            cash: self.paid_cash,
            card: self.paid_card,
            incoming: self.is_taken(),
            order: self.order.any(),
        };
        money.post(facts, out);
        Ok(())
    }
}

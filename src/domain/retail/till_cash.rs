//! Cash put into a till and taken out of it (Внесение, изъятие).

use super::shift::TillShift;
use super::taken::{enough_cash, of_till};
use super::till::Till;
use crate::domain::accounts;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::money::payment::{Payment, Place, post_funds, post_other};
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{choice, field, object, text};

choice! {
    /// Which way the cash goes.
    TillCashOperation = "till_cash_operation" {
        PutIn = 0 "put_in" "Внесение",
        TakeOut = 1 "take_out" "Изъятие",
    }
}

object! {
    /// Cash moves between a till and another cash desk, or the bank's collectors when none is named.
    document TillCash = 63 "till_cash" "Внесение и изъятие" {
        company: Ref<Company> = "Организация" [required],
        till: Ref<Till> = "Касса ККМ" [required],
        shift: Ref<TillShift> = "Смена" [required],
        cash_desk: Ref<CashDesk> = "Касса" [required],
        operation: TillCashOperation = "Операция",
        amount: Money = "Сумма" [required],
        other_desk: Ref<CashDesk> = "Другая касса",
        flow: Ref<CashFlowItem> = "Статья",
        cashier: Ref<Employee> = "Кассир",
    }
}

of_till!(TillCash: company, cash_desk);

impl TillCash {
    fn payment(&self, desk: Ref<CashDesk>, incoming: bool) -> Payment<'static> {
        Payment {
            company: self.company,
            counterparty: Ref::EMPTY,
            contract: Ref::EMPTY,
            place: Place::cash(desk.any(), self.flow),
            flow: self.flow,
            amount: self.amount,
            incoming,
            split: &[],
        }
    }
}

impl Behaviour for TillCash {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.begin_at_till(facts);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        if at == At::Field("till") {
            self.change_till(facts);
        }
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("shift") => Choices::owned("till", self.till.id()),
            At::Field("other_desk") => Choices::owned("company", self.company.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.check_till(posting, facts, problems);
        if self.amount < Money::ZERO {
            problems.field(field!(TillCash, amount), text!("must-not-be-negative"));
        }
        if !self.other_desk.is_empty() && self.other_desk == self.cash_desk {
            problems.field(field!(TillCash, other_desk), text!("till-same-desk"));
        }
    }
}

impl Posting for TillCash {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let incoming = self.operation == TillCashOperation::PutIn;
        let from = if incoming { self.other_desk } else { self.cash_desk };
        if !from.is_empty() {
            enough_cash(self.company, from, self.amount, facts)?;
        }
        let own = self.payment(self.cash_desk, incoming);
        if self.other_desk.is_empty() {
            post_other(&own, Side::new(accounts::TRANSIT).at(0, self.flow.any()), out);
            return Ok(());
        }
        let other = self.payment(self.other_desk, !incoming);
        post_funds(&own, out);
        post_funds(&other, out);
        let (debit, credit) = if incoming { (&own, &other) } else { (&other, &own) };
        out.entry(Entry::new(debit.place.side(), credit.place.side(), self.amount));
        Ok(())
    }
}

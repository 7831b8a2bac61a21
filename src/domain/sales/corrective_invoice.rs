//! Corrective invoice (Корректировочный счет-фактура, НК 169 п. 5.2): goods of a sale that has its tax invoice have
//! come back. The sale keeps its invoice; what is less by the return goes into our purchase book, and a return has
//! one corrective invoice, so its VAT is credited once.

use super::customer_return::CustomerReturn;
use super::tax_invoice_issued::TaxInvoiceIssued;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Terms, TradeLine as _};
use crate::domain::money::currency::{rate_on, rate_problem};
use crate::domain::money::vat::{RateSum, VatRate, by_rate, issued_twice};
use crate::domain::registers::vat_book::{VatBook, VatBookKind};
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};
use std::collections::BTreeMap;
use std::sync::Arc;

object! {
    /// Says by how much a sale has become less.
    document CorrectiveInvoice = 74 "corrective_invoice" "Корректировочный счет-фактура" {
        company: Ref<Company> = "Организация" [required],
        customer: Ref<Counterparty> = "Покупатель" [required],
        contract: Ref<Contract> = "Договор",
        returned: Ref<CustomerReturn> = "Возврат" [required],
        invoice: Ref<TaxInvoiceIssued> = "Счет-фактура",
        amount: Money = "Сумма уменьшения",
        vat_amount: Money = "НДС",
    }
    table rates: CorrectiveInvoiceLine = "По ставкам" {
        vat: Ref<VatRate> = "Ставка НДС",
        net: Money = "Без НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
    }
}

/// Quantity and amounts of a line of a sale, in rubles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// Quantity.
    pub qty: Qty,
    /// VAT.
    pub vat: Money,
    /// Amount with VAT.
    pub total: Money,
}

impl Stated {
    /// Without another.
    pub fn less(self, other: Self) -> Self {
        Self { qty: self.qty - other.qty, vat: self.vat - other.vat, total: self.total - other.total }
    }
    /// With another.
    pub fn more(self, other: Self) -> Self {
        Self { qty: self.qty + other.qty, vat: self.vat + other.vat, total: self.total + other.total }
    }
    /// Amount without VAT.
    pub fn net(&self) -> Money {
        self.total - self.vat
    }
}

/// How a return changes a line of its sale.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The line as it was sold.
    pub sold: Terms,
    /// What the papers said before this return.
    pub before: Stated,
    /// What they say after it.
    pub after: Stated,
}

impl Change {
    /// By how much the line has become less.
    pub fn lowered(&self) -> Stated {
        self.before.less(self.after)
    }
}

/// The posted tax invoice of the sale that a return is of.
fn invoice_of(returned: &CustomerReturn, facts: &dyn Facts) -> Option<Arc<TaxInvoiceIssued>> {
    if returned.issue.is_empty() {
        return None;
    }
    let invoices = facts.having::<TaxInvoiceIssued>(field!(TaxInvoiceIssued, issue), returned.issue.id());
    invoices.into_iter().find(|invoice| invoice.head.posted)
}

impl CorrectiveInvoice {
    /// How the return changes the lines of its sale, after what earlier returns have changed. Rubles are those of the
    /// day of the sale, as its tax invoice states them.
    pub fn changes(returned: &CustomerReturn, facts: &dyn Facts) -> Result<Vec<Change>, Problems> {
        let Some(issue) = facts.get(returned.issue) else { return Ok(Vec::new()) };
        let rate = rate_on(facts, issue.currency, issue.date.date()).map_err(|t| Problems(vec![rate_problem(t)]))?;
        let stated = |terms: &Terms| Stated {
            qty: terms.qty,
            vat: rate.rubles(terms.vat_amount),
            total: rate.rubles(terms.total),
        };
        let returns = facts.having::<CustomerReturn>(field!(CustomerReturn, issue), issue.head.id);
        let place = |one: &CustomerReturn| (one.date, one.head.id);
        let earlier = returns.iter().filter(|one| one.head.posted && place(one) < place(returned));
        let mut gone: BTreeMap<i64, Stated> = BTreeMap::new();
        for line in earlier.flat_map(|one| one.goods.iter()) {
            let sum = gone.entry(line.issue_line).or_default();
            *sum = sum.more(stated(&line.terms()));
        }
        let mut back: BTreeMap<i64, Stated> = BTreeMap::new();
        for line in &returned.goods {
            let sum = back.entry(line.issue_line).or_default();
            *sum = sum.more(stated(&line.terms()));
        }
        let mut found = Vec::new();
        for line in &issue.goods {
            let key = i64::from(line.key);
            let Some(back) = back.get(&key) else { continue };
            let before = stated(&line.terms()).less(gone.get(&key).copied().unwrap_or_default());
            found.push(Change { sold: line.terms(), before, after: before.less(*back) });
        }
        Ok(found)
    }

    /// Takes what it says from the return.
    fn take(
        &mut self,
        returned: &CustomerReturn,
        invoice: &TaxInvoiceIssued,
        facts: &dyn Facts,
    ) -> Result<(), Problems> {
        self.company = returned.company;
        self.customer = returned.customer;
        self.contract = returned.contract;
        self.invoice = invoice.reference();
        let lowered = Self::changes(returned, facts)?.into_iter().map(|change| (change.sold.vat, change.lowered()));
        let rows = by_rate(lowered.map(|(of, lowered)| (of, lowered.total, lowered.vat)));
        let line =
            |RateSum { key, of, net, vat, total }| CorrectiveInvoiceLine { key, vat: of, net, vat_amount: vat, total };
        self.rates = rows.into_iter().map(line).collect();
        self.amount = self.rates.iter().map(|line| line.total).sum();
        self.vat_amount = self.rates.iter().map(|line| line.vat_amount).sum();
        Ok(())
    }
}

impl Behaviour for CorrectiveInvoice {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.company = crate::domain::company::settings::settings(facts).company;
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("returned") if !self.customer.is_empty() => Choices::owned("customer", self.customer.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let Some(returned) = facts.get(self.returned) else { return };
        let place = field!(CorrectiveInvoice, returned);
        if !returned.head.posted {
            problems.field(place, text!("basis-not-posted"));
        }
        if self.date < returned.date {
            let text = text!("corrective-before-return", date = returned.date.date().russian());
            problems.field(field!(CorrectiveInvoice, date), text);
        }
        let others = facts.having::<Self>(place, returned.head.id);
        if let Some(text) = issued_twice(&others, self) {
            problems.field(place, text);
        }
        let Some(invoice) = invoice_of(&returned, facts) else {
            problems.add(text!("corrective-no-invoice"));
            return;
        };
        if let Err(found) = self.take(&returned, &invoice, facts) {
            problems.0.extend(found.0);
        }
    }

    fn bases() -> &'static [u8] {
        &[CustomerReturn::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(returned) = basis.downcast::<CustomerReturn>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        let Some(invoice) = invoice_of(returned, facts) else {
            return Err(Problems::one(text!("corrective-no-invoice")));
        };
        self.returned = returned.reference();
        self.take(returned, &invoice, facts)
    }
}

impl Posting for CorrectiveInvoice {
    fn post(&self, _facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.rates {
            // A seller credits what a corrective invoice lowers in his purchase book (НК 171 п. 13, code 18).
            out.add(&VatBook {
                company: self.company,
                kind: VatBookKind::Purchases,
                counterparty: self.customer,
                basis: self.returned.any(),
                rate: line.vat,
                net: line.net,
                vat: line.vat_amount,
            });
        }
        Ok(())
    }
}

//! Tax invoice issued (Счет-фактура выданный), on the basis of a goods issue: goes into the sales book.

use super::goods_issue::GoodsIssue;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::TradeLine;
use crate::domain::money::currency::{rate_on, rate_problem};
use crate::domain::money::vat::{RateSum, VatRate, by_rate, issued_twice};
use crate::domain::registers::vat_book::{VatBook, VatBookKind};
use crate::kernel::behaviour::{Behaviour, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// The tax document of a sale (НК 169).
    document TaxInvoiceIssued = 49 "tax_invoice_issued" "Счет-фактура выданный" {
        company: Ref<Company> = "Организация" [required],
        customer: Ref<Counterparty> = "Покупатель" [required],
        contract: Ref<Contract> = "Договор",
        issue: Ref<GoodsIssue> = "Реализация" [required],
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
    }
    table rates: TaxInvoiceIssuedLine = "По ставкам" {
        vat: Ref<VatRate> = "Ставка НДС",
        net: Money = "Без НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
    }
}

impl TaxInvoiceIssued {
    /// Takes amounts from the sale, in rubles, by rate.
    fn take(&mut self, issue: &GoodsIssue, facts: &dyn Facts) -> Result<(), Problems> {
        let rate = rate_on(facts, issue.currency, issue.date.date()).map_err(|t| Problems(vec![rate_problem(t)]))?;
        let lines = issue.goods.iter().map(TradeLine::terms);
        let rows = by_rate(lines.map(|line| (line.vat, rate.rubles(line.total), rate.rubles(line.vat_amount))));
        let line =
            |RateSum { key, of, net, vat, total }| TaxInvoiceIssuedLine { key, vat: of, net, vat_amount: vat, total };
        self.rates = rows.into_iter().map(line).collect();
        self.amount = self.rates.iter().map(|line| line.total).sum();
        self.vat_amount = self.rates.iter().map(|line| line.vat_amount).sum();
        Ok(())
    }
}

impl Behaviour for TaxInvoiceIssued {
    fn fill_new(&mut self, facts: &dyn Facts) {
        self.company = crate::domain::company::settings::settings(facts).company;
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let Some(issue) = facts.get(self.issue) else { return };
        if !issue.head.posted {
            problems.field(field!(TaxInvoiceIssued, issue), text!("basis-not-posted"));
        }
        let others = facts.having::<TaxInvoiceIssued>(field!(TaxInvoiceIssued, issue), issue.head.id);
        if let Some(text) = issued_twice(&others, self) {
            problems.field(field!(TaxInvoiceIssued, issue), text);
        }
        self.company = issue.company;
        self.customer = issue.customer;
        self.contract = issue.contract;
        if let Err(found) = self.take(&issue, facts) {
            problems.0.extend(found.0);
        }
    }

    fn bases() -> &'static [u8] {
        &[GoodsIssue::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(issue) = basis.downcast::<GoodsIssue>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.company = issue.company;
        self.customer = issue.customer;
        self.contract = issue.contract;
        self.issue = issue.reference();
        self.take(issue, facts)
    }
}

impl Posting for TaxInvoiceIssued {
    fn post(&self, _facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.rates {
            out.add(&VatBook {
                company: self.company,
                kind: VatBookKind::Sales,
                counterparty: self.customer,
                basis: self.issue.any(),
                rate: line.vat,
                net: line.net,
                vat: line.vat_amount,
            });
        }
        Ok(())
    }
}

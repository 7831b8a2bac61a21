//! Tax invoice received (Счет-фактура полученный): deducts input VAT, Дт 68.02 Кт 19.

use super::goods_receipt::{GoodsReceipt, deductible};
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::currency::{rate_on, rate_problem};
use crate::domain::money::vat::{RateSum, VatRate, by_rate, issued_twice};
use crate::domain::registers::vat_book::{VatBook, VatBookKind};
use crate::kernel::behaviour::{Behaviour, Posting};
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// A supplier's tax invoice, registered on the basis of a receipt.
    document TaxInvoiceReceived = 45 "tax_invoice_received" "Счет-фактура полученный" {
        company: Ref<Company> = "Организация" [required],
        supplier: Ref<Counterparty> = "Поставщик" [required],
        contract: Ref<Contract> = "Договор",
        receipt: Ref<GoodsReceipt> = "Поступление" [required],
        incoming_number: String = "Номер поставщика",
        incoming_date: Date = "Дата поставщика",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
    }
    table rates: TaxInvoiceReceivedLine = "По ставкам" {
        vat: Ref<VatRate> = "Ставка НДС",
        goods: bool = "Товары",
        net: Money = "Без НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
    }
}

impl TaxInvoiceReceived {
    fn take(&mut self, receipt: &GoodsReceipt, facts: &dyn Facts) -> Result<(), Problems> {
        let rate =
            rate_on(facts, receipt.currency, receipt.date.date()).map_err(|t| Problems(vec![rate_problem(t)]))?;
        let rows = by_rate(receipt.goods.iter().map(|line| {
            let goods = facts.get(line.item).is_none_or(|item| item.is_goods());
            ((line.vat, goods), rate.rubles(line.total), rate.rubles(line.vat_amount))
        }));
        let line = |RateSum { key, of: (of, goods), net, vat, total }| TaxInvoiceReceivedLine {
            key,
            vat: of,
            goods,
            net,
            vat_amount: vat,
            total,
        };
        self.rates = rows.into_iter().map(line).collect();
        self.amount = self.rates.iter().map(|line| line.total).sum();
        self.vat_amount = self.rates.iter().map(|line| line.vat_amount).sum();
        Ok(())
    }
}

impl Behaviour for TaxInvoiceReceived {
    const COSTS: &'static [&'static str] = &["amount", "vat_amount", "rates.net", "rates.vat_amount", "rates.total"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.company = crate::domain::company::settings::settings(facts).company;
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let Some(receipt) = facts.get(self.receipt) else { return };
        if !receipt.head.posted {
            problems.field(field!(TaxInvoiceReceived, receipt), text!("basis-not-posted"));
        }
        let others = facts.having::<TaxInvoiceReceived>(field!(TaxInvoiceReceived, receipt), receipt.head.id);
        if let Some(text) = issued_twice(&others, self) {
            problems.field(field!(TaxInvoiceReceived, receipt), text);
        }
        self.company = receipt.company;
        self.supplier = receipt.supplier;
        self.contract = receipt.contract;
        if let Err(found) = self.take(&receipt, facts) {
            problems.0.extend(found.0);
        }
    }

    fn bases() -> &'static [u8] {
        &[GoodsReceipt::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(receipt) = basis.downcast::<GoodsReceipt>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.company = receipt.company;
        self.supplier = receipt.supplier;
        self.contract = receipt.contract;
        self.receipt = receipt.reference();
        self.incoming_number.clone_from(&receipt.incoming_number);
        self.incoming_date = receipt.incoming_date;
        self.take(receipt, facts)
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.incoming_number.clone()]
    }
}

impl Posting for TaxInvoiceReceived {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let day = self.date.date();
        let company = facts.get(self.company);
        let deducts = company.and_then(|company| company.regime(day)).is_some_and(|regime| regime.deducts_vat());
        for line in &self.rates {
            if !deductible(facts, deducts, line.vat) {
                continue;
            }
            out.add(&VatBook {
                company: self.company,
                kind: VatBookKind::Purchases,
                counterparty: self.supplier,
                basis: self.receipt.any(),
                rate: line.vat,
                net: line.net,
                vat: line.vat_amount,
            });
            if line.vat_amount > Money::ZERO {
                let account = if line.goods { accounts::VAT_INPUT_GOODS } else { accounts::VAT_INPUT_SERVICES };
                let input = Side::new(account).at(0, self.supplier.any()).at(1, self.receipt.any());
                out.entry(Entry::new(Side::new(accounts::VAT), input, line.vat_amount));
            }
        }
        Ok(())
    }
}

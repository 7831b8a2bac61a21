//! Documents with lines of goods, whatever their kind: what all their papers have in common.

use super::Desk;
use super::figures::{self, VatSums};
use super::filled::Filled;
use super::parties::{Agreement, Party};
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Terms, TradeLine as _};
use crate::domain::money::bank_account::BankAccount;
use crate::domain::money::currency::Currency;
use crate::domain::money::vat::VatRate;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::purchases::supplier_return::SupplierReturn;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::customer_return::CustomerReturn;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::invoice::Invoice;
use crate::domain::stock::item::Item;
use crate::domain::stock::unit::Unit;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::moment::Moment;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Object, Referable as _};
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::value::Value;
use crate::print::{dates, words};
use std::sync::Arc;

/// A line with what its paper shows of the item.
#[derive(Clone, Debug, Default)]
pub struct PaperLine {
    /// Quantity, price, amount, VAT.
    pub terms: Terms,
    /// The name for documents.
    pub name: String,
    /// The item; a line of a site may have none.
    pub item: Arc<Item>,
    /// Its unit.
    pub unit: Arc<Unit>,
    /// Its rate of VAT.
    pub rate: Option<Arc<VatRate>>,
}

impl PaperLine {
    /// A line with the cards of its item, unit and rate; `name` stands where the line has no item.
    pub fn of(desk: &Desk<'_>, terms: Terms, name: &str) -> Self {
        let item = desk.facts.get(terms.item).unwrap_or_default();
        let name = if name.is_empty() { item.official_name().to_owned() } else { name.to_owned() };
        let unit = desk.facts.get(item.unit).unwrap_or_default();
        Self { terms, name, item, unit, rate: desk.facts.get(terms.vat) }
    }

    /// Amount without VAT.
    pub fn net(&self) -> Money {
        self.terms.total - self.terms.vat_amount
    }

    /// True for what is handed over and lies in a warehouse.
    pub fn is_goods(&self) -> bool {
        self.item.is_goods()
    }

    /// Mass in kilograms, zero when the item has no weight.
    pub fn mass(&self) -> Qty {
        if self.is_goods() { self.terms.qty.times(self.item.weight) } else { Qty::ZERO }
    }
}

/// A document with lines of goods.
#[derive(Clone, Debug, Default)]
pub struct Trade {
    /// The document.
    pub reference: AnyRef,
    /// Ours.
    pub company: Ref<Company>,
    /// The other side.
    pub partner: Ref<Counterparty>,
    /// The contract.
    pub contract: Ref<Contract>,
    /// Where the goods lie.
    pub warehouse: Ref<Warehouse>,
    /// Who runs the deal on our side.
    pub manager: Ref<Employee>,
    /// The account a document names.
    pub account: Ref<BankAccount>,
    /// The order it follows.
    pub order: AnyRef,
    /// Its currency.
    pub currency: Ref<Currency>,
    /// Prices include VAT.
    pub vat_included: bool,
    /// The number on paper.
    pub number: String,
    /// When.
    pub date: Moment,
    /// Lines, without cancelled ones.
    pub lines: Vec<PaperLine>,
}

/// The fields every kind has; the rest follows in the kind's own words.
macro_rules! common {
    ($desk:ident, $document:ident, $partner:ident, $lines:expr $(, $field:ident: $value:expr)*) => {
        Trade {
            reference: $document.reference().any(),
            company: $document.company,
            partner: $document.$partner,
            contract: $document.contract,
            vat_included: $document.vat_included,
            number: figures::number(&$document.number),
            date: $document.date,
            lines: $lines,
            $($field: $value,)*
            ..Trade::default()
        }
    };
}

impl Trade {
    /// Takes a document apart; `None` for a kind without lines of goods.
    pub fn of(desk: &Desk<'_>, object: &dyn Object) -> Option<Self> {
        Self::of_sale(desk, object).or_else(|| Self::of_purchase(desk, object))
    }

    fn of_sale(desk: &Desk<'_>, object: &dyn Object) -> Option<Self> {
        let line = |terms: Terms, name: &str| PaperLine::of(desk, terms, name);
        if let Some(own) = object.downcast::<GoodsIssue>() {
            let lines = own.goods.iter().map(|row| line(row.terms(), "")).collect();
            return Some(common!(desk, own, customer, lines, warehouse: own.warehouse, manager: own.manager,
                order: own.order.any(), currency: own.currency));
        }
        if let Some(own) = object.downcast::<CustomerOrder>() {
            let live = own.goods.iter().filter(|row| !row.cancelled);
            let lines = live.map(|row| line(row.terms(), &row.name)).collect();
            return Some(common!(desk, own, customer, lines, warehouse: own.warehouse, manager: own.manager,
                currency: own.currency));
        }
        if let Some(own) = object.downcast::<CustomerReturn>() {
            let lines = own.goods.iter().map(|row| line(row.terms(), "")).collect();
            return Some(common!(desk, own, customer, lines, warehouse: own.warehouse, manager: own.manager,
                currency: own.currency));
        }
        let own = object.downcast::<Invoice>()?;
        let lines = own.goods.iter().map(|row| line(row.terms(), &row.name)).collect();
        Some(common!(desk, own, customer, lines, account: own.bank_account, order: own.order.any()))
    }

    fn of_purchase(desk: &Desk<'_>, object: &dyn Object) -> Option<Self> {
        let line = |terms: Terms| PaperLine::of(desk, terms, "");
        if let Some(own) = object.downcast::<SupplierOrder>() {
            let lines = own.goods.iter().map(|row| line(row.terms())).collect();
            return Some(common!(desk, own, supplier, lines, warehouse: own.warehouse, currency: own.currency));
        }
        if let Some(own) = object.downcast::<GoodsReceipt>() {
            let lines = own.goods.iter().map(|row| line(row.terms())).collect();
            return Some(common!(desk, own, supplier, lines, warehouse: own.warehouse, order: own.order.any(),
                currency: own.currency));
        }
        let own = object.downcast::<SupplierReturn>()?;
        let lines = own.goods.iter().map(|row| line(row.terms())).collect();
        Some(common!(desk, own, supplier, lines, warehouse: own.warehouse, currency: own.currency))
    }

    /// Amount with VAT.
    pub fn total(&self) -> Money {
        self.lines.iter().map(|line| line.terms.total).sum()
    }

    /// VAT of all lines.
    pub fn vat(&self) -> Money {
        self.lines.iter().map(|line| line.terms.vat_amount).sum()
    }

    /// Mass of the goods in kilograms; zero when the weight of any of them is not known.
    pub fn mass(&self) -> Qty {
        let goods = || self.lines.iter().filter(|line| line.is_goods());
        if goods().any(|line| line.item.weight.is_zero()) { Qty::ZERO } else { goods().map(PaperLine::mass).sum() }
    }

    /// VAT by rate.
    pub fn vat_sums(&self) -> VatSums {
        let mut sums = VatSums::default();
        for line in &self.lines {
            sums.add(line.rate.as_deref(), line.terms.vat_amount);
        }
        sums
    }

    /// Our side.
    pub fn ours(&self, desk: &Desk<'_>) -> Party {
        Party::ours(desk, self.company, self.account)
    }

    /// The other side.
    pub fn theirs(&self, desk: &Desk<'_>) -> Party {
        Party::theirs(desk, self.partner, Ref::EMPTY)
    }

    /// Contract and order in words: «Договор № 7 от 01.09.2026, Заказ клиента № 122 от 20.11.2026».
    pub fn basis(&self, desk: &Desk<'_>) -> String {
        let order = desk.facts.object(self.order).map(|order| called(order.as_ref())).unwrap_or_default();
        let parts = [Agreement::of(desk, self.contract).said, order];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Number and date in words.
    pub fn into_number(&self, filled: &mut Filled) {
        filled.set("number", self.number.as_str());
        filled.set("date_words", dates::long(self.date.date()));
    }

    /// Lines of a simple form, its totals by rate, the sum in digits and words. `last` is what the last total is
    /// called.
    pub fn into_goods(&self, desk: &Desk<'_>, last: &str, filled: &mut Filled) {
        filled.data.tables.entry("goods".to_owned()).or_default();
        for (at, line) in self.lines.iter().enumerate() {
            filled.data.push(
                "goods",
                [
                    ("line", (at + 1).to_string()),
                    ("sku", line.item.article.clone()),
                    ("name", line.name.clone()),
                    ("qty", line.terms.qty.short()),
                    ("unit", line.unit.name.clone()),
                    ("price", figures::price(&line.terms)),
                    ("amount", line.terms.amount.grouped()),
                ],
            );
        }
        let total = self.total();
        let mut row = |label: String, amount: String, bold: &str| {
            filled.data.push("totals", [("label", label), ("amount", amount), ("bold", bold.to_owned())]);
        };
        let amounts: Money = self.lines.iter().map(|line| line.terms.amount).sum();
        row("Итого:".to_owned(), amounts.grouped(), "");
        let taxes = self.vat_sums().lines();
        let included = if self.vat_included { "В том числе НДС" } else { "НДС" };
        if taxes.is_empty() {
            row("Без налога (НДС)".to_owned(), "–".to_owned(), "");
        }
        for (rate, vat) in taxes {
            row(format!("{included} {rate}:"), vat.grouped(), "");
        }
        row(format!("{last}:"), total.grouped(), "1");
        filled.set("line_count", self.lines.len().to_string());
        filled.set("total", total.grouped());
        filled.set("currency", figures::sign_of(desk, self.currency));
        filled.set("amount_words", words::amount(total, &figures::words_of(desk, self.currency)));
    }
}

/// A document as other papers name it: «Заказ клиента № 122 от 20.11.2026».
pub fn called(object: &dyn Object) -> String {
    let (Value::Text(number), Value::Moment(date)) = (object.get(0), object.get(1)) else { return String::new() };
    format!("{} № {} от {}", object.meta().title, figures::number(&number), date.date().russian())
}

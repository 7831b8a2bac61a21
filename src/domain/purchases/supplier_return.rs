//! Supplier return (Возврат поставщику): goods go back at book cost; what the supplier credits above or
//! below it is other income or expense (LEDGER 2).

use super::goods_receipt::GoodsReceipt;
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{PURCHASE_SUMS, Trade, TradeLine as _, check_lines, recount_all, take_price, totals};
use crate::domain::money::currency::{Currency, rate_on, rate_problem};
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::settlements::{SettlementRole, Settlements};
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::entry::{Entry, Side, Source};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text, trade_line};

object! {
    /// Goods sent back to a supplier.
    document SupplierReturn = 51 "supplier_return" "Возврат поставщику" {
        company: Ref<Company> = "Организация" [required],
        supplier: Ref<Counterparty> = "Поставщик" [required],
        contract: Ref<Contract> = "Договор",
        warehouse: Ref<Warehouse> = "Склад" [required],
        receipt: Ref<GoodsReceipt> = "Поступление",
        price_kind: Ref<PriceKind> = "Вид цен",
        currency: Ref<Currency> = "Валюта",
        vat_included: bool = "Цена включает НДС",
        reason: String = "Причина возврата",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
    }
    table goods: SupplierReturnLine = "Товары" {
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

trade_line!(SupplierReturnLine);

impl SupplierReturn {
    fn trade(&self) -> Trade {
        Trade {
            company: self.company,
            on: self.date.date(),
            vat_included: self.vat_included,
            price_kind: self.price_kind,
            sale: false,
        }
    }

    /// Дт 76.02 Кт 41.01 book cost; the difference with the supplier's price to 91; Дт 76.02 Кт 68.02 VAT;
    /// Дт 60.01 Кт 76.02 the whole, so that 76.02 is left empty.
    fn post_line(&self, line: &SupplierReturnLine, at: i64, net: Money, vat: Money, out: &mut Movements) {
        let goods = Side::new(accounts::GOODS).at(0, line.item.any()).at(2, self.warehouse.any()).qty(line.qty);
        out.entry(Entry::derived(self.claim(), goods, Source::Cost { line: at }));
        let loss = Side::new(accounts::OTHER_EXPENSES);
        out.entry(Entry::derived(loss, self.claim(), Source::CostAbove { line: at, base: net }));
        let gain = Side::new(accounts::OTHER_INCOME);
        out.entry(Entry::derived(self.claim(), gain, Source::CostBelow { line: at, base: net }));
        if !vat.is_zero() {
            out.entry(Entry::new(self.claim(), Side::new(accounts::VAT), vat));
        }
    }

    fn claim(&self) -> Side {
        Side::new(accounts::CLAIMS).at(0, self.supplier.any()).at(1, self.contract.any()).at(2, self.reference().any())
    }
}

impl Behaviour for SupplierReturn {
    const COSTS: &'static [&'static str] = PURCHASE_SUMS;

    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
        self.currency = settings.currency;
        self.price_kind = settings.purchase_price_kind;
        self.vat_included = facts.get(self.price_kind).is_none_or(|kind| kind.vat_included);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        let trade = self.trade();
        match at {
            At::Field("supplier" | "company") => {
                self.contract = default_contract(facts, self.supplier, self.company, ContractKind::Supplier);
            }
            At::Field("vat_included") => recount_all(&mut self.goods, &trade, facts, false),
            At::Cell { row, field, .. } => {
                if let Some(line) = self.goods.get_mut(row) {
                    line.recount(field, &trade, facts);
                }
            }
            At::Field(_) => {}
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.supplier.id()),
            At::Field("receipt") => Choices::owned("supplier", self.supplier.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.currency = self.currency.or(settings(facts).currency);
        if let Some(receipt) = facts.get(self.receipt) {
            for line in &mut self.goods {
                if let Some(received) = receipt.goods.iter().find(|received| received.item == line.item) {
                    take_price(line, received);
                }
            }
        }
        let trade = self.trade();
        let table = field!(SupplierReturn, goods);
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        for (row, line) in self.goods.iter().enumerate() {
            if facts.get(line.item).is_some_and(|item| !item.is_goods()) {
                let column = field!(SupplierReturnLine, item);
                problems.cell(table, row, column, text!("goods-only"));
            }
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
        self.warehouse = receipt.warehouse;
        self.receipt = receipt.reference();
        self.price_kind = receipt.price_kind;
        self.currency = receipt.currency;
        self.vat_included = receipt.vat_included;
        for line in &receipt.goods {
            if facts.get(line.item).is_some_and(|item| item.is_goods()) {
                let mut made = SupplierReturnLine::default();
                made.set_terms(line.terms());
                self.goods.push(made);
            }
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
        if self.goods.is_empty() { Err(Problems::one(text!("nothing-left-to-return"))) } else { Ok(()) }
    }
}

impl Posting for SupplierReturn {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let day = self.date.date();
        let rate = rate_on(facts, self.currency, day).map_err(|text| Problems(vec![rate_problem(text)]))?;
        let deducts =
            facts.get(self.company).and_then(|company| company.regime(day)).is_some_and(|regime| regime.deducts_vat());
        let mut gross = Money::ZERO;
        for (row, line) in self.goods.iter().enumerate() {
            let at = i64::try_from(row).unwrap_or(0) + 1;
            out.add_at(
                at,
                &Stock {
                    company: self.company,
                    warehouse: self.warehouse,
                    item: line.item,
                    qty: -line.qty,
                    rule: CostRule::Issue,
                    ..Stock::default()
                },
            );
            let total = rate.rubles(line.total);
            let apart = super::goods_receipt::deductible(facts, deducts, line.vat);
            let vat = if apart { rate.rubles(line.vat_amount) } else { Money::ZERO };
            self.post_line(line, at, total - vat, vat, out);
            gross += total;
        }
        let supplier = Side::new(accounts::SUPPLIERS)
            .at(0, self.supplier.any())
            .at(1, self.contract.any())
            .at(2, self.reference().any());
        out.entry(Entry::new(supplier, self.claim(), gross));
        out.add(&Settlements {
            company: self.company,
            counterparty: self.supplier,
            contract: self.contract,
            amount: gross,
            role: SettlementRole::Charge,
            source: self.receipt.any(),
            ..Settlements::default()
        });
        Ok(())
    }
}

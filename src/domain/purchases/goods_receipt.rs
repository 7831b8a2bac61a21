//! Goods receipt (Поступление товаров): raises stock and what we owe the supplier (LEDGER 2).

use super::supplier_order::{SupplierOrder, SupplierOrderLine};
use crate::domain::accounts;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{
    PURCHASE_SUMS, Trade, TradeLine as _, check_lines, part_of, recount_all, take_price, totals,
};
use crate::domain::money::currency::{Currency, RateOn, rate_on, rate_problem};
use crate::domain::money::vat::{VatClass, VatRate};
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::orders::SupplierOrders;
use crate::domain::registers::settlements::{SettlementRole, Settlements};
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text, trade_line};
use std::collections::BTreeMap;

object! {
    /// Goods and services received from a supplier.
    document GoodsReceipt = 44 "goods_receipt" "Поступление товаров" {
        company: Ref<Company> = "Организация" [required],
        supplier: Ref<Counterparty> = "Поставщик" [required],
        contract: Ref<Contract> = "Договор",
        warehouse: Ref<Warehouse> = "Склад" [required],
        order: Ref<SupplierOrder> = "Заказ поставщику",
        incoming_number: String = "Вх. номер",
        incoming_date: Date = "Вх. дата",
        price_kind: Ref<PriceKind> = "Вид цен",
        currency: Ref<Currency> = "Валюта",
        vat_included: bool = "Цена включает НДС",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
    }
    table goods: GoodsReceiptLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
        expense: Ref<CashFlowItem> = "Статья затрат",
        order_line: i64 = "Строка заказа",
        papers: Qty = "По документам",
    }
}

trade_line!(GoodsReceiptLine);

impl GoodsReceipt {
    fn trade(&self) -> Trade {
        Trade {
            company: self.company,
            on: self.date.date(),
            vat_included: self.vat_included,
            price_kind: self.price_kind,
            sale: false,
        }
    }

    /// A line entered by hand is tied to the order's line of the same item, an unused one first, and takes its
    /// price where it has none.
    fn tie_to_order(&mut self, facts: &dyn Facts) {
        let Some(order) = facts.get(self.order) else { return };
        let mut used: Vec<i64> = self.goods.iter().map(|line| line.order_line).filter(|key| *key != 0).collect();
        for line in &mut self.goods {
            let mut of_item = order.goods.iter().filter(|ordered| ordered.item == line.item);
            let ordered = if line.order_line == 0 {
                let fresh = of_item.clone().find(|ordered| !used.contains(&i64::from(ordered.key)));
                fresh.or_else(|| of_item.next())
            } else {
                of_item.find(|ordered| i64::from(ordered.key) == line.order_line)
            };
            let Some(ordered) = ordered else { continue };
            line.order_line = i64::from(ordered.key);
            used.push(line.order_line);
            take_price(line, ordered);
        }
    }

    /// Lowers what is still to come; an over-delivery takes the order's line to zero, not below.
    fn post_order(&self, order: &SupplierOrder, facts: &dyn Facts, out: &mut Movements) {
        let mut open: BTreeMap<i64, Qty> = BTreeMap::new();
        for (at, line) in (1..).zip(&self.goods) {
            let fits =
                |ordered: &&SupplierOrderLine| i64::from(ordered.key) == line.order_line && ordered.item == line.item;
            let Some(ordered) = order.goods.iter().find(fits) else { continue };
            let key = order.left_key(ordered);
            let left = open.entry(line.order_line).or_insert_with(|| facts.balance(&key).left);
            let taken = left.positive().min(line.qty);
            *left -= taken;
            if !taken.is_zero() {
                out.add_at(at, &SupplierOrders { left: -taken, ..key });
            }
        }
    }

    /// Дт 41.01 or 44.01, Дт 19 Кт 60.01. VAT that cannot be deducted goes into the cost (LAW 2.5).
    fn post_line(
        &self,
        line: &GoodsReceiptLine,
        at: i64,
        item: &Item,
        deducts: bool,
        rate: RateOn,
        out: &mut Movements,
    ) {
        let (total, vat) = (rate.rubles(line.total), rate.rubles(line.vat_amount));
        let vat_apart = if deducts { vat } else { Money::ZERO };
        let net = total - vat_apart;
        let supplier = Side::new(accounts::SUPPLIERS)
            .at(0, self.supplier.any())
            .at(1, self.contract.any())
            .at(2, self.reference().any());
        let (debit, vat_account) = if item.is_goods() {
            out.add_at(
                at,
                &Stock {
                    company: self.company,
                    warehouse: self.warehouse,
                    item: line.item,
                    qty: line.qty,
                    cost: net,
                    rule: CostRule::Own,
                    ..Stock::default()
                },
            );
            let goods = Side::new(accounts::GOODS).at(0, line.item.any()).at(2, self.warehouse.any()).qty(line.qty);
            (goods, accounts::VAT_INPUT_GOODS)
        } else {
            let expense = Side::new(accounts::SELLING_EXPENSES).at(0, line.expense.any());
            (expense, accounts::VAT_INPUT_SERVICES)
        };
        // Goods received for nothing still bring their quantity onto the account.
        if !net.is_zero() || item.is_goods() {
            out.entry(Entry::new(debit, supplier.clone(), net));
        }
        if !vat_apart.is_zero() {
            let input = Side::new(vat_account).at(0, self.supplier.any()).at(1, self.reference().any());
            out.entry(Entry::new(input, supplier, vat_apart));
        }
    }
}

/// True when input VAT of this rate is deducted: not for the special rates of 5 and 7 % of a supplier on УСН.
pub fn deductible(facts: &dyn Facts, company_deducts: bool, rate: Ref<VatRate>) -> bool {
    company_deducts
        && facts
            .get(rate)
            .is_some_and(|rate| !matches!(rate.class, VatClass::Simplified5 | VatClass::Simplified7 | VatClass::Free))
}

impl Behaviour for GoodsReceipt {
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
            At::Field("date" | "vat_included") => recount_all(&mut self.goods, &trade, facts, false),
            At::Field("price_kind") => recount_all(&mut self.goods, &trade, facts, true),
            At::Cell { row, field, .. } => {
                if let Some(line) = self.goods.get_mut(row) {
                    line.recount(field, &trade, facts);
                    if field == "item" {
                        line.order_line = 0;
                    }
                }
            }
            At::Field(_) => {}
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.supplier.id()),
            At::Field("order") => Choices::owned("supplier", self.supplier.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let settings = settings(facts);
        self.currency = self.currency.or(settings.currency);
        self.price_kind = self.price_kind.or(settings.purchase_price_kind);
        self.tie_to_order(facts);
        let trade = self.trade();
        let table = field!(GoodsReceipt, goods);
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
    }

    fn bases() -> &'static [u8] {
        &[SupplierOrder::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(order) = basis.downcast::<SupplierOrder>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.company = order.company;
        self.supplier = order.supplier;
        self.contract = order.contract;
        self.warehouse = order.warehouse;
        self.order = order.reference();
        self.price_kind = order.price_kind;
        self.currency = order.currency;
        self.vat_included = order.vat_included;
        let trade = self.trade();
        for line in &order.goods {
            let left = facts.balance(&order.left_key(line)).left;
            if left <= Qty::ZERO {
                continue;
            }
            let mut terms = line.terms();
            if left != line.qty {
                // The last part takes the rest to the kopeck.
                terms.amount = line.amount - part_of(line.amount, line.qty - left, line.qty);
                terms.qty = left;
                terms.count_vat(&trade, facts);
            }
            let mut made = GoodsReceiptLine { order_line: i64::from(line.key), ..GoodsReceiptLine::default() };
            made.set_terms(terms);
            self.goods.push(made);
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
        if self.goods.is_empty() { Err(Problems::one(text!("nothing-left-to-receive"))) } else { Ok(()) }
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.incoming_number.clone()]
    }
}

impl Posting for GoodsReceipt {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let day = self.date.date();
        let rate = rate_on(facts, self.currency, day).map_err(|text| Problems(vec![rate_problem(text)]))?;
        let deducts = match facts.get(self.company).map(|company| (company.regime(day), company.name.clone())) {
            Some((Some(regime), _)) => regime.deducts_vat(),
            Some((None, name)) => {
                return Err(Problems::one(text!("regime-missing", company = name, date = day.russian())));
            }
            None => false,
        };
        if let Some(order) = facts.get(self.order) {
            self.post_order(&order, facts, out);
        }
        for (at, line) in (1..).zip(&self.goods) {
            let Some(item) = facts.get(line.item) else { continue };
            let apart = deductible(facts, deducts, line.vat);
            self.post_line(line, at, &item, apart, rate, out);
        }
        out.add(&Settlements {
            company: self.company,
            counterparty: self.supplier,
            contract: self.contract,
            amount: -self.goods.iter().map(|line| rate.rubles(line.total)).sum::<Money>(),
            role: SettlementRole::Charge,
            order: self.order.any(),
            ..Settlements::default()
        });
        Ok(())
    }
}

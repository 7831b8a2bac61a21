//! Goods issue (Реализация, расходная накладная): goods handed to a customer, with revenue, VAT and cost.

use super::customer_order::CustomerOrder;
use super::shipping::{Gone, OrderedLine, Shipping, rest_of_order, tie_to_order};
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Trade, TradeLine as _, check_lines, recount_all, totals};
use crate::domain::money::currency::{Currency, rate_on, rate_problem};
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::settlements::{SettlementRole, Settlements};
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::sales::revenue::post_revenue;
use crate::domain::sales::sold::Sold;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text, trade_line};

object! {
    /// Lowers stock, raises what the customer owes.
    document GoodsIssue = 48 "goods_issue" "Реализация товаров" {
        company: Ref<Company> = "Организация" [required],
        customer: Ref<Counterparty> = "Покупатель" [required],
        contract: Ref<Contract> = "Договор",
        warehouse: Ref<Warehouse> = "Склад" [required],
        order: Ref<CustomerOrder> = "Заказ клиента",
        manager: Ref<Employee> = "Менеджер",
        price_kind: Ref<PriceKind> = "Вид цен",
        currency: Ref<Currency> = "Валюта",
        vat_included: bool = "Цена включает НДС",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
    }
    table goods: GoodsIssueLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
        order_line: i64 = "Строка заказа",
    }
}

trade_line!(GoodsIssueLine);

impl GoodsIssue {
    fn trade(&self) -> Trade {
        Trade {
            company: self.company,
            on: self.date.date(),
            vat_included: self.vat_included,
            price_kind: self.price_kind,
            sale: true,
        }
    }
}

impl Behaviour for GoodsIssue {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
        self.manager = settings.manager;
        self.currency = settings.currency;
        self.price_kind = settings.price_kind;
        self.vat_included = facts.get(self.price_kind).is_none_or(|kind| kind.vat_included);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        let trade = self.trade();
        match at {
            At::Field("customer" | "company") => {
                self.contract = default_contract(facts, self.customer, self.company, ContractKind::Customer);
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
            At::Field("contract") => Choices::owned("counterparty", self.customer.id()),
            At::Field("order") => Choices::owned("customer", self.customer.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let settings = settings(facts);
        self.currency = self.currency.or(settings.currency);
        self.price_kind = self.price_kind.or(settings.price_kind);
        if let Some(order) = facts.get(self.order) {
            self.manager = self.manager.or(order.manager);
            tie_to_order(&order, &mut self.goods, facts);
        }
        let trade = self.trade();
        let table = field!(GoodsIssue, goods);
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
    }

    fn bases() -> &'static [u8] {
        &[CustomerOrder::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(order) = basis.downcast::<CustomerOrder>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.company = order.company;
        self.customer = order.customer;
        self.contract = order.contract;
        self.warehouse = order.warehouse;
        self.order = order.reference();
        self.manager = order.manager;
        self.price_kind = order.price_kind;
        self.currency = order.currency;
        self.vat_included = order.vat_included;
        let trade = self.trade();
        let waiting = rest_of_order(order, &mut self.goods, &trade, facts);
        (self.amount, self.vat_amount) = totals(&self.goods);
        let nothing = if waiting { text!("nothing-supplied") } else { text!("nothing-left-to-ship") };
        if self.goods.is_empty() { Err(Problems::one(nothing)) } else { Ok(()) }
    }
}

impl OrderedLine for GoodsIssueLine {
    fn order_line(&self) -> i64 {
        self.order_line
    }
    fn set_order_line(&mut self, line: i64) {
        self.order_line = line;
    }
}

impl Posting for GoodsIssue {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let rate = match rate_on(facts, self.currency, self.date.date()) {
            Ok(rate) => rate,
            Err(text) => return Err(Problems(vec![rate_problem(text)])),
        };
        let order = facts.get(self.order);
        let sold = Sold {
            company: self.company,
            customer: self.customer,
            manager: self.manager,
            warehouse: self.warehouse,
            order: self.order.any(),
        };
        let mut open = Shipping::default();
        let mut lines = Vec::with_capacity(self.goods.len());
        for line in &self.goods {
            // The row's own key, not its place: a return names the line of the sale by it.
            let at = i64::from(line.key);
            let Some(item) = facts.get(line.item) else { continue };
            if item.is_goods() {
                let moved = Stock {
                    company: self.company,
                    warehouse: self.warehouse,
                    item: line.item,
                    qty: -line.qty,
                    rule: CostRule::Issue,
                    ..Stock::default()
                };
                out.add_at(at, &moved);
            }
            if let (Some(order), true) = (&order, line.order_line != 0) {
                let gone = Gone { at, item: line.item, qty: line.qty, order_line: line.order_line };
                open.take(order, self.warehouse, &gone, facts, out);
            }
            lines.push(sold.line(at, &item, &line.terms().in_rubles(rate), out));
        }
        let gross = lines.iter().map(|line| line.amount).sum();
        post_revenue(self, &lines, facts, out)?;
        out.add(&Settlements {
            company: self.company,
            counterparty: self.customer,
            contract: self.contract,
            amount: gross,
            role: SettlementRole::Charge,
            order: self.order.any(),
            ..Settlements::default()
        });
        Ok(())
    }
}

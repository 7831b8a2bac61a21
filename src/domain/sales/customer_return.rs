//! Customer return (Возврат от покупателя): goods come back at the cost of the sale, revenue is reversed.

use super::customer_order::CustomerOrder;
use super::goods_issue::GoodsIssue;
use super::returned::{ReturnedLine, rest_of_sale, still_sold, tie_to_sale};
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Trade, TradeLine as _, check_lines, recount_all, totals};
use crate::domain::money::currency::{Currency, rate_on, rate_problem};
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::orders::OrderDebts;
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
use std::collections::BTreeMap;
use std::sync::Arc;

object! {
    /// Raises stock at the cost of the sale, lowers what the customer owes.
    document CustomerReturn = 50 "customer_return" "Возврат от покупателя" {
        company: Ref<Company> = "Организация" [required],
        customer: Ref<Counterparty> = "Покупатель" [required],
        contract: Ref<Contract> = "Договор",
        warehouse: Ref<Warehouse> = "Склад" [required],
        issue: Ref<GoodsIssue> = "Реализация",
        manager: Ref<Employee> = "Менеджер",
        price_kind: Ref<PriceKind> = "Вид цен",
        currency: Ref<Currency> = "Валюта",
        vat_included: bool = "Цена включает НДС",
        reason: String = "Причина возврата",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
    }
    table goods: CustomerReturnLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
        issue_line: i64 = "Строка реализации",
    }
}

trade_line!(CustomerReturnLine);

impl CustomerReturn {
    fn trade(&self) -> Trade {
        Trade {
            company: self.company,
            on: self.date.date(),
            vat_included: self.vat_included,
            price_kind: self.price_kind,
            sale: true,
        }
    }

    /// What of each line of the sale may still come back: sold less what other posted returns have brought.
    fn still_sold(&self, issue: &GoodsIssue, facts: &dyn Facts) -> BTreeMap<i64, Qty> {
        let others = facts.having::<Self>(field!(CustomerReturn, issue), issue.head.id);
        let others = others.iter().filter(|other| other.head.posted && other.head.id != self.head.id);
        still_sold(&issue.goods, others.map(|other| other.goods.as_slice()))
    }

    /// The last sale of an order of which something may still come back: a return is of one sale, whose cost and VAT
    /// it takes.
    fn sale_of(&self, order: &CustomerOrder, facts: &dyn Facts) -> Option<Arc<GoodsIssue>> {
        let mut sales = facts.having::<GoodsIssue>(field!(GoodsIssue, order), order.head.id);
        sales.sort_by_key(|issue| std::cmp::Reverse((issue.date, issue.head.id)));
        let left = |issue: &Arc<GoodsIssue>| self.still_sold(issue, facts).into_values().any(|qty| qty > Qty::ZERO);
        sales.into_iter().find(|issue| issue.head.posted && left(issue))
    }

    fn check_against_sale(&mut self, posting: bool, issue: &GoodsIssue, facts: &dyn Facts, problems: &mut Problems) {
        if posting && !issue.head.posted {
            problems.field(field!(CustomerReturn, issue), text!("basis-not-posted"));
        }
        if issue.date > self.date {
            let text = text!("return-before-sale", date = issue.date.date().russian());
            problems.field(field!(CustomerReturn, date), text);
        }
        let left = self.still_sold(issue, facts);
        tie_to_sale(field!(CustomerReturn, goods), &issue.goods, &mut self.goods, left, problems);
    }
}

impl ReturnedLine for CustomerReturnLine {
    fn sold_line(&self) -> i64 {
        self.issue_line
    }
    fn set_sold_line(&mut self, line: i64) {
        self.issue_line = line;
    }
}

impl Behaviour for CustomerReturn {
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
            At::Field("vat_included") => recount_all(&mut self.goods, &trade, facts, false),
            At::Cell { row, field, .. } => {
                if let Some(line) = self.goods.get_mut(row) {
                    line.recount(field, &trade, facts);
                    if field == "item" {
                        line.issue_line = 0;
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
            At::Field("issue") => Choices::owned("customer", self.customer.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.currency = self.currency.or(settings(facts).currency);
        if let Some(issue) = facts.get(self.issue) {
            self.check_against_sale(posting, &issue, facts, problems);
        }
        // A return keeps the rate of the sale: lines filled on its basis carry it (LAW 2.5).
        let trade = self.trade();
        let table = field!(CustomerReturn, goods);
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
    }

    fn bases() -> &'static [u8] {
        &[GoodsIssue::TAG, CustomerOrder::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let by_order = basis.downcast::<CustomerOrder>().map(|order| self.sale_of(order, facts));
        if by_order == Some(None) {
            return Err(Problems::one(text!("nothing-left-to-return")));
        }
        let found = by_order.flatten();
        let Some(issue) = found.as_deref().or_else(|| basis.downcast::<GoodsIssue>()) else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.company = issue.company;
        self.customer = issue.customer;
        self.contract = issue.contract;
        self.warehouse = issue.warehouse;
        self.issue = issue.reference();
        self.manager = issue.manager;
        self.price_kind = issue.price_kind;
        self.currency = issue.currency;
        self.vat_included = issue.vat_included;
        let trade = self.trade();
        let still_sold = self.still_sold(issue, facts);
        self.goods.extend(rest_of_sale(&issue.goods, &still_sold, &trade, facts));
        (self.amount, self.vat_amount) = totals(&self.goods);
        if self.goods.is_empty() { Err(Problems::one(text!("nothing-left-to-return"))) } else { Ok(()) }
    }
}

impl Posting for CustomerReturn {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        // What comes back is worth the rubles it was sold for, whatever the currency costs now.
        let sold_on = facts.get(self.issue).map_or(self.date, |issue| issue.date);
        let rate = match rate_on(facts, self.currency, sold_on.date()) {
            Ok(rate) => rate,
            Err(text) => return Err(Problems(vec![rate_problem(text)])),
        };
        let order = facts.get(self.issue).map_or(Ref::EMPTY, |issue| issue.order);
        let sold = Sold {
            company: self.company,
            customer: self.customer,
            manager: self.manager,
            warehouse: self.warehouse,
            order: order.any(),
        };
        let mut lines = Vec::with_capacity(self.goods.len());
        for line in &self.goods {
            let at = i64::from(line.key);
            let Some(item) = facts.get(line.item) else { continue };
            if item.is_goods() {
                out.add_at(
                    at,
                    &Stock {
                        company: self.company,
                        warehouse: self.warehouse,
                        item: line.item,
                        qty: line.qty,
                        cost: Money::ZERO,
                        rule: CostRule::Return,
                        source: self.issue.any(),
                        source_line: line.issue_line,
                    },
                );
            }
            lines.push(sold.back(at, &item, &line.terms().in_rubles(rate), out));
        }
        let gross: Money = lines.iter().map(|line| line.amount).sum();
        post_revenue(self, &lines, facts, out)?;
        out.add(&Settlements {
            company: self.company,
            counterparty: self.customer,
            contract: self.contract,
            amount: gross,
            role: SettlementRole::Charge,
            order: order.any(),
            source: self.issue.any(),
            ..Settlements::default()
        });
        if !order.is_empty() {
            // The order owes less by what came back.
            out.add(&OrderDebts { order: order.any(), unpaid: gross });
        }
        Ok(())
    }
}

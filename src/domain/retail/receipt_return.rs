//! Return at a till (Чек возврата): goods of a receipt come back, the money goes the ways it came.

use super::booking::{TillMoney, TillRevenue};
use super::receipt::{FiscalState, TillReceipt};
use super::shift::TillShift;
use super::taken::{enough_cash, of_till};
use super::till::Till;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::user::User;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Trade, TradeLine as _, check_lines, totals};
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::money::vat::VatRate;
use crate::domain::registers::orders::OrderDebts;
use crate::domain::registers::settlements::{SettlementRole, Settlements};
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::sales::returned::{ReturnedLine, rest_of_sale, still_sold, tie_to_sale};
use crate::domain::sales::revenue::{Revenue as _, RevenueLine, post_revenue};
use crate::domain::sales::sold::Sold;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text, trade_line};
use std::collections::BTreeMap;
use std::sync::Arc;

object! {
    /// Goods of a receipt come back.
    document TillReturn = 62 "till_return" "Чек возврата" {
        company: Ref<Company> = "Организация" [required],
        till: Ref<Till> = "Касса ККМ" [required],
        shift: Ref<TillShift> = "Смена" [required],
        warehouse: Ref<Warehouse> = "Склад" [required],
        cash_desk: Ref<CashDesk> = "Касса" [required],
        receipt: Ref<TillReceipt> = "Кассовый чек" [required],
        cashier: Ref<Employee> = "Кассир",
        customer: Ref<Counterparty> = "Покупатель",
        contract: Ref<Contract> = "Договор",
        reason: String = "Причина возврата",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
        paid_cash: Money = "Наличными",
        paid_card: Money = "На карту",
        paid_advance: Money = "В аванс",
        permitted_by: Ref<User> = "Разрешил",
        fiscal_state: FiscalState = "Чек",
        fiscal_number: i64 = "ФД",
        fiscal_sign: i64 = "ФП",
        fiscal_at: Moment = "Пробит в",
    }
    table goods: TillReturnLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        marking: String = "Код маркировки",
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
        receipt_line: i64 = "Строка чека",
    }
}

trade_line!(TillReturnLine);

impl ReturnedLine for TillReturnLine {
    fn sold_line(&self) -> i64 {
        self.receipt_line
    }
    fn set_sold_line(&mut self, line: i64) {
        self.receipt_line = line;
    }
}

/// What of a receipt may still go back, by the way it was paid: cash, card, advance.
type Ways = [Money; 3];

of_till!(TillReturn: company, warehouse, cash_desk);

impl TillReturn {
    fn trade(&self) -> Trade {
        Trade { company: self.company, on: self.date.date(), vat_included: true, price_kind: Ref::EMPTY, sale: true }
    }

    /// Other posted returns of the same receipt.
    fn others(&self, receipt: &TillReceipt, facts: &dyn Facts) -> Vec<Arc<Self>> {
        let all = facts.having::<Self>(field!(TillReturn, receipt), receipt.head.id);
        all.into_iter().filter(|other| other.head.posted && other.head.id != self.head.id).collect()
    }

    fn left(&self, receipt: &TillReceipt, facts: &dyn Facts) -> BTreeMap<i64, Qty> {
        let others = self.others(receipt, facts);
        still_sold(&receipt.goods, others.iter().map(|other| other.goods.as_slice()))
    }

    /// Splits the amount as the receipt was paid: after each return every way has given back its share of all that
    /// came back so far, so that the last return gives the rest to the kopeck.
    fn split(&self, receipt: &TillReceipt, others: &[Arc<Self>]) -> Ways {
        let paid: Ways = [receipt.paid_cash, receipt.paid_card, receipt.paid_advance];
        let gone = others.iter().fold([Money::ZERO; 3], |sum: Ways, other| {
            [sum[0] + other.paid_cash, sum[1] + other.paid_card, sum[2] + other.paid_advance]
        });
        let before: Money = others.iter().map(|other| other.amount).sum();
        let whole = receipt.amount.minor();
        if whole == 0 {
            return [self.amount, Money::ZERO, Money::ZERO];
        }
        let share = |paid: Money| paid.share((before + self.amount).minor(), whole);
        let card = (share(paid[1]) - gone[1]).positive().min(self.amount);
        let advance = (share(paid[2]) - gone[2]).positive().min(self.amount - card);
        [self.amount - card - advance, card, advance]
    }

    /// Takes the usual split where the one given is of another amount, and holds one that was within what was paid each way.
    fn check_split(&mut self, receipt: &TillReceipt, facts: &dyn Facts, problems: &mut Problems) {
        let others = self.others(receipt, facts);
        if self.paid_cash + self.paid_card + self.paid_advance != self.amount {
            [self.paid_cash, self.paid_card, self.paid_advance] = self.split(receipt, &others);
        }
        let gone = |way: fn(&Self) -> Money| others.iter().map(|other| way(other)).sum::<Money>();
        let ways = [
            ("paid_cash", self.paid_cash, receipt.paid_cash - gone(|one| one.paid_cash)),
            ("paid_card", self.paid_card, receipt.paid_card - gone(|one| one.paid_card)),
            ("paid_advance", self.paid_advance, receipt.paid_advance - gone(|one| one.paid_advance)),
        ];
        for (name, back, left) in ways {
            if back < Money::ZERO {
                problems.field(name, text!("must-not-be-negative"));
            } else if back > left {
                problems.field(name, text!("till-return-way", left = left.positive().grouped()));
            }
        }
    }

    /// Stock and sales of every line; gives what revenue is taken back from.
    fn post_lines(
        &self,
        sale: &TillReceipt,
        buyer: Ref<Counterparty>,
        facts: &dyn Facts,
        out: &mut Movements,
    ) -> Vec<RevenueLine> {
        let mut lines = Vec::with_capacity(self.goods.len());
        let order = facts.get(sale.order);
        let manager = order.as_ref().map_or(sale.cashier, |order| order.manager.or(sale.cashier));
        let sold = Sold {
            company: self.company,
            customer: buyer,
            manager,
            warehouse: self.warehouse,
            order: sale.order.any(),
        };
        for line in &self.goods {
            let at = i64::from(line.key);
            let Some(item) = facts.get(line.item) else { continue };
            if item.is_goods() {
                let moved = Stock {
                    company: self.company,
                    warehouse: self.warehouse,
                    item: line.item,
                    qty: line.qty,
                    cost: Money::ZERO,
                    rule: CostRule::Return,
                    source: self.receipt.any(),
                    source_line: line.receipt_line,
                };
                out.add_at(at, &moved);
            }
            lines.push(sold.back(at, &item, &line.terms(), out));
        }
        lines
    }

    /// The buyer's settlements: he is charged less, and an order of his owes less.
    fn post_settlements(&self, sale: &TillReceipt, out: &mut Movements) {
        if self.customer.is_empty() {
            return;
        }
        out.add(&Settlements {
            company: self.company,
            counterparty: self.customer,
            contract: self.contract,
            amount: -self.amount,
            role: SettlementRole::Charge,
            order: sale.order.any(),
            source: self.receipt.any(),
            ..Settlements::default()
        });
        if !sale.order.is_empty() {
            out.add(&OrderDebts { order: sale.order.any(), unpaid: -self.amount });
        }
    }
}

impl Behaviour for TillReturn {
    const COMPUTED: &'static [&'static str] = &["fiscal_state", "fiscal_number", "fiscal_sign", "fiscal_at"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.begin_at_till(facts);
        self.warehouse = self.warehouse.or(crate::domain::company::settings::settings(facts).warehouse);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        match at {
            At::Field("till") => self.change_till(facts),
            At::Cell { row, field, .. } => {
                let trade = self.trade();
                if let Some(line) = self.goods.get_mut(row) {
                    line.recount(field, &trade, facts);
                    if field == "item" {
                        line.receipt_line = 0;
                    }
                }
            }
            At::Field(_) => {}
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
        if matches!(at, At::Cell { .. })
            && let Some(receipt) = facts.get(self.receipt)
        {
            [self.paid_cash, self.paid_card, self.paid_advance] = self.split(&receipt, &self.others(&receipt, facts));
        }
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.customer.id()),
            At::Field("shift") => Choices::owned("till", self.till.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.check_till(posting, facts, problems);
        let table = field!(TillReturn, goods);
        let receipt = facts.get(self.receipt);
        if let Some(receipt) = &receipt {
            (self.customer, self.contract) = (receipt.customer, receipt.contract);
            if posting && !receipt.head.posted {
                problems.field(field!(TillReturn, receipt), text!("basis-not-posted"));
            }
            if receipt.date > self.date {
                let text = text!("return-before-sale", date = receipt.date.date().russian());
                problems.field(field!(TillReturn, date), text);
            }
            let left = self.left(receipt, facts);
            tie_to_sale(table, &receipt.goods, &mut self.goods, left, problems);
        }
        let trade = self.trade();
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        // What is wrong with the goods says more than what follows from it for the money.
        if let (Some(receipt), true) = (&receipt, problems.is_empty()) {
            self.check_split(receipt, facts, problems);
        }
    }

    fn bases() -> &'static [u8] {
        &[TillReceipt::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(receipt) = basis.downcast::<TillReceipt>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        self.company = receipt.company;
        self.till = receipt.till;
        self.take_till(facts);
        (self.customer, self.contract) = (receipt.customer, receipt.contract);
        self.receipt = receipt.reference();
        let left = self.left(receipt, facts);
        let trade = self.trade();
        self.goods = rest_of_sale(&receipt.goods, &left, &trade, facts);
        for line in &mut self.goods {
            let sold = receipt.goods.iter().find(|sold| i64::from(sold.key) == line.receipt_line);
            line.marking = sold.map_or_else(String::new, |sold| sold.marking.clone());
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
        [self.paid_cash, self.paid_card, self.paid_advance] = self.split(receipt, &self.others(receipt, facts));
        if self.goods.is_empty() { Err(Problems::one(text!("nothing-left-to-return"))) } else { Ok(()) }
    }
}

impl Posting for TillReturn {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        enough_cash(self.company, self.cash_desk, self.paid_cash, facts)?;
        let till = facts.get(self.till).unwrap_or_default();
        let sale = facts.get(self.receipt).unwrap_or_default();
        let revenue = TillRevenue {
            company: self.company,
            day: self.date.date(),
            customer: self.customer,
            contract: self.contract,
            retail: till.buyer,
            warehouse: self.warehouse,
            document: self.reference().any(),
        };
        let lines = self.post_lines(&sale, revenue.customer(), facts, out);
        post_revenue(&revenue, &lines, facts, out)?;
        self.post_settlements(&sale, out);
        let money = TillMoney {
            revenue: &revenue,
            cash_desk: self.cash_desk,
            acquirer: till.acquirer,
            cash: self.paid_cash,
            card: self.paid_card,
            incoming: false,
            order: sale.order.any(),
        };
        money.post(facts, out);
        Ok(())
    }
}

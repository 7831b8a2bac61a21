//! Till receipt (Кассовый чек): goods sold and paid at once. Stock, settlements, money, sales and the ledger move
//! together; the paper follows by a job of its own.

use super::booking::{TillMoney, TillRevenue};
use super::discount_card::DiscountCard;
use super::shift::TillShift;
use super::taken::of_till;
use super::till::{MarkingModule, Till, only_till};
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::user::User;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Trade, TradeLine as _, check_lines, recount_all, totals};
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::settlements::{SettlementRole, Settlements};
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::revenue::{Revenue as _, RevenueLine, post_revenue};
use crate::domain::sales::shipping::{Gone, OrderedLine, Shipping, rest_of_order, tie_to_order};
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
use crate::{choice, field, object, text, trade_line};
use std::collections::BTreeSet;

choice! {
    /// What has become of the paper.
    FiscalState = "fiscal_state" {
        None = 0 "none" "Не требуется",
        Waiting = 1 "waiting" "Ждет печати",
        Unknown = 2 "unknown" "Выясняется",
        Printed = 3 "printed" "Пробит",
        Refused = 4 "refused" "Не пробит",
    }
}

object! {
    /// A sale at a till.
    document TillReceipt = 61 "till_receipt" "Кассовый чек" {
        company: Ref<Company> = "Организация" [required],
        till: Ref<Till> = "Касса ККМ" [required],
        shift: Ref<TillShift> = "Смена" [required],
        warehouse: Ref<Warehouse> = "Склад" [required],
        cash_desk: Ref<CashDesk> = "Касса" [required],
        cashier: Ref<Employee> = "Кассир",
        customer: Ref<Counterparty> = "Покупатель",
        contract: Ref<Contract> = "Договор",
        card: Ref<DiscountCard> = "Дисконтная карта",
        order: Ref<CustomerOrder> = "Заказ клиента",
        price_kind: Ref<PriceKind> = "Вид цен",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
        paid_cash: Money = "Наличными",
        paid_card: Money = "Картой",
        paid_advance: Money = "Зачтено аванса",
        tendered: Money = "Внесено наличных",
        change: Money = "Сдача",
        buyer_address: String = "Чек на адрес",
        permitted_by: Ref<User> = "Разрешил",
        fiscal_state: FiscalState = "Чек",
        fiscal_number: i64 = "ФД",
        fiscal_sign: i64 = "ФП",
        fiscal_at: Moment = "Пробит в",
    }
    table goods: TillReceiptLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        barcode: String = "Штрихкод",
        marking: String = "Код маркировки",
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

trade_line!(TillReceiptLine);

impl OrderedLine for TillReceiptLine {
    fn order_line(&self) -> i64 {
        self.order_line
    }
    fn set_order_line(&mut self, line: i64) {
        self.order_line = line;
    }
}

of_till!(TillReceipt: company, warehouse, cash_desk; kept price_kind);

impl TillReceipt {
    /// Each marked piece has its own code, and a till without an approved module sells none.
    fn check_marking(&self, sells: bool, facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(TillReceipt, goods);
        let column = field!(TillReceiptLine, marking);
        let (mut marks, mut marked) = (BTreeSet::new(), false);
        for (row, line) in self.goods.iter().enumerate() {
            let item = facts.get(line.item).filter(|item| item.needs_marking);
            marked |= item.is_some() || !line.marking.is_empty();
            if line.marking.is_empty() {
                if let Some(item) = item.filter(|_| sells) {
                    problems.cell(table, row, column, text!("till-marking-needed", item = item.name.clone()));
                }
            } else if !marks.insert(line.marking.as_str()) {
                problems.cell(table, row, column, text!("till-marking-twice"));
            }
        }
        let till = facts.get(self.till);
        if let Some(till) = till.filter(|till| sells && marked && till.marking == MarkingModule::Absent) {
            problems.field(field!(TillReceipt, till), text!("till-marking-module", till = till.name.clone()));
        }
    }

    /// Terms of its lines: prices at a till include VAT.
    pub fn trade(&self) -> Trade {
        Trade {
            company: self.company,
            on: self.date.date(),
            vat_included: true,
            price_kind: self.price_kind,
            sale: true,
        }
    }

    /// The buyer and the discount of a card: the discount goes into every line that gives less.
    pub fn take_card(&mut self, facts: &dyn Facts) {
        let Some(card) = facts.get(self.card) else { return };
        self.customer = self.customer.or(card.owner);
        let trade = self.trade();
        for line in self.goods.iter_mut().filter(|line| line.discount < card.discount) {
            line.discount = card.discount;
            line.recount("discount", &trade, facts);
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
    }

    /// Cash pays what card and advance do not; change is given of what was tendered.
    pub fn count_payments(&mut self) {
        self.paid_cash = (self.amount - self.paid_card - self.paid_advance).positive();
        self.change = if self.tendered.is_zero() { Money::ZERO } else { self.tendered - self.paid_cash };
    }

    fn check_payments(&mut self, problems: &mut Problems) {
        for (name, amount) in [("paid_card", self.paid_card), ("paid_advance", self.paid_advance)] {
            if amount < Money::ZERO {
                problems.field(name, text!("must-not-be-negative"));
            }
        }
        let without_cash = self.paid_card + self.paid_advance;
        if without_cash > self.amount {
            let (paid, amount) = (without_cash.grouped(), self.amount.grouped());
            problems.field(field!(TillReceipt, paid_card), text!("till-paid-above", paid = paid, amount = amount));
        }
        if self.change < Money::ZERO {
            let missing = (-self.change).grouped();
            problems.field(field!(TillReceipt, tendered), text!("till-paid-less", missing = missing));
        }
        if !self.paid_advance.is_zero() && self.customer.is_empty() {
            problems.field(field!(TillReceipt, customer), text!("till-advance-of-nobody"));
        }
    }

    /// Stock, sales and the order's remainder of every line; gives what revenue is booked from.
    fn post_lines(&self, buyer: Ref<Counterparty>, facts: &dyn Facts, out: &mut Movements) -> Vec<RevenueLine> {
        let order = facts.get(self.order);
        let manager = order.as_ref().map_or(self.cashier, |order| order.manager.or(self.cashier));
        let mut open = Shipping::default();
        let mut lines = Vec::with_capacity(self.goods.len());
        let sold = Sold {
            company: self.company,
            customer: buyer,
            manager,
            warehouse: self.warehouse,
            order: self.order.any(),
        };
        for line in &self.goods {
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
            lines.push(sold.line(at, &item, &line.terms(), out));
        }
        lines
    }

    /// What the buyer has paid in advance under the contract.
    fn advance_there(&self, facts: &dyn Facts) -> Money {
        let (company, counterparty, contract) = (self.company, self.customer, self.contract);
        let key = Settlements { company, counterparty, contract, ..Settlements::default() };
        (-facts.balance(&key).amount).positive()
    }

    /// The advance that is set off is there.
    fn check_advance(&self, facts: &dyn Facts) -> Result<(), Problems> {
        if self.paid_advance.is_zero() {
            return Ok(());
        }
        let there = self.advance_there(facts);
        if self.paid_advance <= there {
            return Ok(());
        }
        let mut problems = Problems::new();
        let text = text!("till-advance-short", there = there.grouped(), wanted = self.paid_advance.grouped());
        problems.field(field!(TillReceipt, paid_advance), text);
        Err(problems)
    }
}

impl Behaviour for TillReceipt {
    const COMPUTED: &'static [&'static str] = &["fiscal_state", "fiscal_number", "fiscal_sign", "fiscal_at"];
    const INDEXED: &'static [&'static str] = &["fiscal_number"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.begin_at_till(facts);
        self.warehouse = self.warehouse.or(crate::domain::company::settings::settings(facts).warehouse);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        match at {
            At::Field("till") => self.change_till(facts),
            At::Field("card") => self.take_card(facts),
            At::Field("price_kind") => {
                let trade = self.trade();
                recount_all(&mut self.goods, &trade, facts, true);
            }
            At::Cell { row, field, .. } => {
                let trade = self.trade();
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
        self.count_payments();
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.customer.id()),
            At::Field("order") => Choices::owned("customer", self.customer.id()),
            At::Field("shift") => Choices::owned("till", self.till.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let known = self.check_till(posting, facts, problems);
        if let Some(order) = facts.get(self.order) {
            self.customer = self.customer.or(order.customer);
            if self.customer == order.customer {
                self.contract = self.contract.or(order.contract);
            }
            tie_to_order(&order, &mut self.goods, facts);
        }
        let trade = self.trade();
        let table = field!(TillReceipt, goods);
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        self.count_payments();
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        } else if self.amount.is_zero() {
            problems.field(field!(TillReceipt, amount), text!("till-nothing-to-pay"));
        }
        self.check_marking(posting && !known, facts, problems);
        self.check_payments(problems);
    }

    fn bases() -> &'static [u8] {
        &[CustomerOrder::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(order) = basis.downcast::<CustomerOrder>() else {
            return Err(Problems::one(text!("no-basis")));
        };
        if !order.vat_included {
            return Err(Problems::one(text!("till-order-without-vat")));
        }
        self.till = self.till.or(only_till(facts));
        self.take_till(facts);
        self.company = order.company;
        self.customer = order.customer;
        self.contract = order.contract;
        self.order = order.reference();
        let trade = self.trade();
        let waiting = rest_of_order(order, &mut self.goods, &trade, facts);
        (self.amount, self.vat_amount) = totals(&self.goods);
        // What was paid for the order before is set off; the rest is paid now.
        self.paid_advance = self.advance_there(facts).min(self.amount);
        self.count_payments();
        let nothing = if waiting { text!("nothing-supplied") } else { text!("nothing-left-to-ship") };
        if self.goods.is_empty() { Err(Problems::one(nothing)) } else { Ok(()) }
    }
}

impl Posting for TillReceipt {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        self.check_advance(facts)?;
        let till = facts.get(self.till).unwrap_or_default();
        let revenue = TillRevenue {
            company: self.company,
            day: self.date.date(),
            customer: self.customer,
            contract: self.contract,
            retail: till.buyer,
            warehouse: self.warehouse,
            document: self.reference().any(),
        };
        let lines = self.post_lines(revenue.customer(), facts, out);
        post_revenue(&revenue, &lines, facts, out)?;
        if !self.customer.is_empty() {
            out.add(&Settlements {
                company: self.company,
                counterparty: self.customer,
                contract: self.contract,
                amount: lines.iter().map(|line| line.amount).sum(),
                role: SettlementRole::Charge,
                order: self.order.any(),
                ..Settlements::default()
            });
        }
        let money = TillMoney {
            revenue: &revenue,
            cash_desk: self.cash_desk,
            acquirer: till.acquirer,
            cash: self.paid_cash,
            card: self.paid_card,
            incoming: true,
            order: self.order.any(),
        };
        money.post(facts, out);
        Ok(())
    }
}

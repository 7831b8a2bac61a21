//! Invoice for payment (Счет на оплату): a request to pay, moves nothing.

use super::customer_order::CustomerOrder;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Trade, TradeLine as _, check_lines, recount_all, totals};
use crate::domain::money::bank_account::BankAccount;
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::stock::item::Item;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text, trade_line};

object! {
    /// Asks a customer to pay; printed with bank details and a payment code.
    document Invoice = 47 "invoice" "Счет на оплату" {
        company: Ref<Company> = "Организация" [required],
        customer: Ref<Counterparty> = "Покупатель" [required],
        contract: Ref<Contract> = "Договор",
        order: Ref<CustomerOrder> = "Заказ клиента",
        bank_account: Ref<BankAccount> = "Банковский счет",
        price_kind: Ref<PriceKind> = "Вид цен",
        vat_included: bool = "Цена включает НДС",
        due: Date = "Оплатить до",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
    }
    table goods: InvoiceLine = "Товары" {
        item: Ref<Item> = "Номенклатура",
        name: String = "Наименование",
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
    }
}

trade_line!(InvoiceLine);

impl Invoice {
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

impl Behaviour for Invoice {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.price_kind = settings.price_kind;
        self.bank_account = settings.bank_account;
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
                        line.name = facts.get(line.item).map_or_else(String::new, |i| i.official_name().to_owned());
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
            At::Field("bank_account") => Choices::owned("company", self.company.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let trade = self.trade();
        let table = field!(Invoice, goods);
        let named = |line: &InvoiceLine| !line.name.is_empty();
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &named, problems);
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
        self.order = order.reference();
        self.price_kind = order.price_kind;
        self.vat_included = order.vat_included;
        for line in order.goods.iter().filter(|line| !line.cancelled) {
            let own = || facts.get(line.item).map_or_else(String::new, |item| item.official_name().to_owned());
            let name = if line.name.is_empty() { own() } else { line.name.clone() };
            let mut made = InvoiceLine { name, ..InvoiceLine::default() };
            made.set_terms(line.terms());
            self.goods.push(made);
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
        Ok(())
    }
}

impl Posting for Invoice {
    /// An invoice moves nothing: posting it only says that it was issued.
    fn post(&self, _facts: &dyn Facts, _out: &mut Movements) -> Result<(), Problems> {
        Ok(())
    }
}

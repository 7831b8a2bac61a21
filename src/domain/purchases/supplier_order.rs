//! Supplier order (Заказ поставщику): goods on their way, with the customers they are for.

use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{PURCHASE_SUMS, Trade, TradeLine as _, check_lines, recount_all, totals};
use crate::domain::money::currency::{Currency, rate_on, rate_problem};
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::orders::{OrderDebts, SupplierOrders};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::register::Movements;
use crate::{field, object, text, trade_line};

object! {
    /// What a supplier is to bring.
    document SupplierOrder = 43 "supplier_order" "Заказ поставщику" {
        company: Ref<Company> = "Организация" [required],
        supplier: Ref<Counterparty> = "Поставщик" [required],
        contract: Ref<Contract> = "Договор",
        warehouse: Ref<Warehouse> = "Склад" [required],
        price_kind: Ref<PriceKind> = "Вид цен",
        currency: Ref<Currency> = "Валюта",
        vat_included: bool = "Цена включает НДС",
        due: Date = "Дата поступления",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
        closed: bool = "Закрыт",
    }
    table goods: SupplierOrderLine = "Товары" {
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
        customer_order: Ref<CustomerOrder> = "Заказ клиента",
        customer_line: i64 = "Строка заказа клиента",
    }
}

trade_line!(SupplierOrderLine);

impl SupplierOrder {
    /// What the order says for all its lines.
    pub fn trade(&self) -> Trade {
        Trade {
            company: self.company,
            on: self.date.date(),
            vat_included: self.vat_included,
            price_kind: self.price_kind,
            sale: false,
        }
    }
    /// The key of what is still to come of a line, without sums.
    pub fn left_key(&self, line: &SupplierOrderLine) -> SupplierOrders {
        SupplierOrders {
            warehouse: self.warehouse,
            item: line.item,
            order: self.reference(),
            order_line: i64::from(line.key),
            customer_order: line.customer_order,
            customer_line: line.customer_line,
            left: Qty::ZERO,
        }
    }
}

impl Behaviour for SupplierOrder {
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
                }
            }
            At::Field(_) => {}
        }
        (self.amount, self.vat_amount) = totals(&self.goods);
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.supplier.id()),
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let settings = settings(facts);
        self.currency = self.currency.or(settings.currency);
        self.price_kind = self.price_kind.or(settings.purchase_price_kind);
        let trade = self.trade();
        let table = field!(SupplierOrder, goods);
        (self.amount, self.vat_amount) = check_lines(table, &mut self.goods, &trade, facts, &|_| false, problems);
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
    }
}

impl Posting for SupplierOrder {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        for line in &self.goods {
            if !facts.get(line.item).is_some_and(|item| item.is_goods()) {
                continue;
            }
            let key = self.left_key(line);
            let left = if self.closed { -facts.balance(&key).left } else { line.qty };
            if !left.is_zero() {
                out.add_at(i64::from(line.key), &SupplierOrders { left, ..key });
            }
        }
        let debt = OrderDebts { order: self.reference().any(), unpaid: Money::ZERO };
        let rate =
            rate_on(facts, self.currency, self.date.date()).map_err(|text| Problems(vec![rate_problem(text)]))?;
        let unpaid = if self.closed { -facts.balance(&debt).unpaid } else { rate.rubles(self.amount) };
        if !unpaid.is_zero() {
            out.add(&OrderDebts { unpaid, ..debt });
        }
        Ok(())
    }
}

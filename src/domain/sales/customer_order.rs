//! Customer order (Заказ клиента): what a buyer wants, what of it is reserved, and how far it has come.

use super::agreement::Agreement;
use super::cancel_reason::CancelReason;
use super::order_state::{OrderState, SupplyAction};
use super::order_status::OrderStatus;
use super::stages::StageKind;
use super::supplying::Asked;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
use crate::domain::company::settings::settings;
use crate::domain::company::site_link::SiteLink;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::lines::{Trade, TradeLine as _, check_lines, recount_all};
use crate::domain::money::currency::{Currency, rate_on, rate_problem};
use crate::domain::money::vat::VatRate;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::registers::orders::{CustomerOrders, OrderDebts};
use crate::domain::registers::stock::{Reserves, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent, Price, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::kernel::text::Text;
use crate::{choice, field, object, text, trade_line};

choice! {
    /// Whose order is provided for first.
    Priority = "priority" {
        Normal = 0 "normal" "Обычный",
        High = 1 "high" "Высокий",
        Low = 2 "low" "Низкий",
    }
}

impl Priority {
    /// The place in the queue: the lower the earlier.
    pub const fn place(self) -> u8 {
        match self {
            Priority::High => 0,
            Priority::Normal => 1,
            Priority::Low => 2,
        }
    }
}

object! {
    /// An order of a buyer, from a site or by hand.
    document CustomerOrder = 46 "customer_order" "Заказ клиента" {
        company: Ref<Company> = "Организация" [required],
        customer: Ref<Counterparty> = "Клиент" [required],
        contract: Ref<Contract> = "Договор",
        warehouse: Ref<Warehouse> = "Склад" [required],
        manager: Ref<Employee> = "Менеджер",
        agreement: Ref<Agreement> = "Соглашение",
        price_kind: Ref<PriceKind> = "Вид цен",
        currency: Ref<Currency> = "Валюта",
        vat_included: bool = "Цена включает НДС",
        ship_date: Date = "Дата отгрузки",
        priority: Priority = "Приоритет",
        status: Ref<OrderStatus> = "Статус",
        reserve_until: Date = "Резерв до",
        reserve_released: bool = "Резерв снят",
        agreed: bool = "Согласован",
        deviates: String = "Отклонения",
        amount: Money = "Сумма",
        vat_amount: Money = "НДС",
        closed: bool = "Закрыт",
        link: Ref<SiteLink> = "Сайт",
        site_number: String = "Номер на сайте",
        site_status: String = "Статус на сайте",
        site_paid: bool = "Оплачен на сайте",
        payment_method: String = "Способ оплаты",
        delivery_method: String = "Способ доставки",
        delivery_address: String = "Адрес доставки",
        attention: String = "Требует внимания",
        state: OrderState = "Состояние",
        state_numbers: String = "Причина состояния",
        unpaid: Money = "Осталось оплатить",
        reason: Ref<CancelReason> = "Причина отмены",
        twin: String = "Похож на заказ",
        not_twin: bool = "Не дубль",
    }
    table goods: CustomerOrderLine = "Товары" {
        item: Ref<Item> = "Номенклатура",
        name: String = "Наименование в заказе",
        qty: Qty = "Количество" [required],
        price: Price = "Цена",
        discount: Percent = "Скидка, %",
        amount: Money = "Сумма",
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        total: Money = "Всего",
        action: SupplyAction = "Обеспечение",
        cancelled: bool = "Отменена",
        site_item: String = "Ид на сайте",
        reason: Ref<CancelReason> = "Причина отмены",
        asked: Qty = "Запрошено",
        lacked: Qty = "Не хватило при приеме",
        instead_of: Ref<Item> = "Вместо",
    }
    table stages: CustomerOrderStage = "Этапы оплаты" {
        kind: StageKind = "Этап",
        percent: Percent = "Процент" [required],
        days: i64 = "Дней",
        due: Date = "Оплатить до",
        amount: Money = "Сумма",
    }
    table requisites: CustomerOrderRequisite = "Реквизиты с сайта" {
        name: String = "Наименование",
        value: String = "Значение",
    }
}

trade_line!(CustomerOrderLine);

impl CustomerOrderLine {
    /// How the line is called: the words of the order, or its item's name.
    pub fn called(&self, facts: &dyn Facts) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        facts.get(self.item).map_or_else(String::new, |item| item.name.clone())
    }
}

impl CustomerOrder {
    /// What the order says for all its lines.
    pub fn trade(&self) -> Trade {
        Trade {
            company: self.company,
            on: self.date.date(),
            vat_included: self.vat_included,
            price_kind: self.price_kind,
            sale: true,
        }
    }
    /// A line by its stable number, as registers name it.
    pub fn line(&self, key: i64) -> Option<&CustomerOrderLine> {
        self.goods.iter().find(|line| i64::from(line.key) == key)
    }
    /// The total of all lines not cancelled.
    pub fn due(&self) -> Money {
        self.goods.iter().filter(|line| !line.cancelled).map(|line| line.total).sum()
    }
    /// The same in rubles at the order's rate: payments come in rubles.
    pub fn due_rubles(&self, facts: &dyn Facts) -> Result<Money, Text> {
        rate_on(facts, self.currency, self.date.date()).map(|rate| rate.rubles(self.due()))
    }
    /// Total and VAT of all lines not cancelled.
    fn live_totals(&self) -> (Money, Money) {
        let live = self.goods.iter().filter(|line| !line.cancelled);
        live.fold((Money::ZERO, Money::ZERO), |(sum, vat), line| (sum + line.total, vat + line.vat_amount))
    }
    /// The key of what is left to ship of a line, without sums.
    pub fn left_key(&self, line: &CustomerOrderLine) -> CustomerOrders {
        CustomerOrders {
            warehouse: self.warehouse,
            item: line.item,
            order: self.reference(),
            order_line: i64::from(line.key),
            ..CustomerOrders::default()
        }
    }
    /// The key of the reserve of a line, without sums.
    pub fn reserve_key(&self, line: &CustomerOrderLine) -> Reserves {
        Reserves {
            company: self.company,
            warehouse: self.warehouse,
            item: line.item,
            order: self.reference(),
            order_line: i64::from(line.key),
            ..Reserves::default()
        }
    }
}

impl Behaviour for CustomerOrder {
    const COMPUTED: &'static [&'static str] = &["state", "state_numbers", "unpaid", "twin"];
    const INDEXED: &'static [&'static str] =
        &["state", "manager", "attention", "goods.site_item", "reserve_until", "status"];
    const SPARSE: &'static [&'static str] = &["attention", "manager", "reserve_until", "status"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
        self.manager = settings.manager;
        self.currency = settings.currency;
        self.price_kind = settings.price_kind;
        self.vat_included = facts.get(self.price_kind).is_none_or(|kind| kind.vat_included);
        self.agreement = settings.agreement;
        self.take_agreement(facts);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        let trade = self.trade();
        match at {
            At::Field("customer" | "company") => {
                self.contract = default_contract(facts, self.customer, self.company, ContractKind::Customer);
                if let Some(customer) = facts.get(self.customer) {
                    self.manager = customer.manager.or(self.manager);
                    if self.delivery_address.is_empty() {
                        self.delivery_address.clone_from(&customer.address);
                    }
                }
                self.agreement_of_contract(facts);
            }
            At::Field("contract") => self.agreement_of_contract(facts),
            At::Field("agreement") => self.take_agreement(facts),
            At::Field("date" | "vat_included") => recount_all(&mut self.goods, &trade, facts, false),
            At::Field("price_kind") => recount_all(&mut self.goods, &trade, facts, true),
            At::Cell { table: "stages", row, field } => self.stage_changed(row, field),
            At::Cell { table: "goods", row, field } => {
                let supply = facts.get(self.agreement).map(|agreement| agreement.supply);
                if let Some(line) = self.goods.get_mut(row) {
                    line.recount(field, &trade, facts);
                    if let ("item", Some(supply), SupplyAction::AsArrives) = (field, supply, line.action) {
                        line.action = supply;
                    }
                }
            }
            At::Cell { .. } => {}
            // Whoever gives a reserve more time wants it again.
            At::Field("reserve_until") => self.reserve_released = false,
            At::Field(_) => {}
        }
        (self.amount, self.vat_amount) = self.live_totals();
        self.count_stages();
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract") => Choices::owned("counterparty", self.customer.id()),
            _ => Choices::default(),
        }
    }

    fn visible(&self, field: &str) -> bool {
        match field {
            "link" | "site_number" | "site_status" | "site_paid" | "requisites" => !self.link.is_empty(),
            "reserve_released" => self.reserve_released,
            _ => true,
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let settings = settings(facts);
        self.currency = self.currency.or(settings.currency);
        self.price_kind = self.price_kind.or(settings.price_kind);
        self.complete_terms(facts);
        let trade = self.trade();
        let table = field!(CustomerOrder, goods);
        let text_instead = |line: &CustomerOrderLine| !line.name.is_empty();
        check_lines(table, &mut self.goods, &trade, facts, &text_instead, problems);
        if self.goods.is_empty() {
            problems.field(table, text!("no-lines"));
        }
        for line in &mut self.goods {
            // The words of the order are worth keeping only where they are not the item's own.
            if facts.get(line.item).is_some_and(|item| item.name == line.name) {
                line.name.clear();
            }
        }
        (self.amount, self.vat_amount) = self.live_totals();
        self.check_terms(facts, problems);
        self.keep_asked(facts);
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.site_number.clone()]
    }
}

impl Posting for CustomerOrder {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        let due = self.due_rubles(facts).map_err(|text| Problems(vec![rate_problem(text)]))?;
        let mut problems = Problems::new();
        let mut asked: Vec<Asked<'_>> = Vec::with_capacity(self.goods.len());
        let mut any_shipped = false;
        for (row, line) in self.goods.iter().enumerate() {
            let left_before = facts.balance(&self.left_key(line));
            any_shipped |= left_before.left < Qty::ZERO;
            self.refuse_shipped(row, line, left_before.left, facts, &mut problems);
            let gone = self.closed || line.cancelled;
            let left = if gone { Qty::ZERO } else { line.qty + left_before.left };
            let amount = if gone { Money::ZERO - left_before.amount } else { line.total };
            let moved = CustomerOrders { left: left - left_before.left, amount, ..self.left_key(line) };
            if !moved.left.is_zero() || !moved.amount.is_zero() {
                out.add_at(i64::from(line.key), &moved);
            }
            self.lose(line, (-left_before.left).positive(), facts, out);
            if facts.get(line.item).is_some_and(|item| item.is_goods()) {
                asked.push(Asked { row, line, left });
            }
        }
        let paid_so_far = OrderDebts::of(self.reference().any(), facts);
        let gate = self.gate(due, Money::ZERO - paid_so_far, any_shipped);
        self.reserve(&asked, gate, facts, out, &mut problems);
        let unpaid = if self.closed { Money::ZERO - paid_so_far } else { due };
        if !unpaid.is_zero() {
            out.add(&OrderDebts { order: self.reference().any(), unpaid });
        }
        problems.result()
    }
}

impl CustomerOrder {
    /// What has been shipped can be neither cancelled nor made less by closing. `before` is minus what was shipped.
    fn refuse_shipped(
        &self,
        row: usize,
        line: &CustomerOrderLine,
        before: Qty,
        facts: &dyn Facts,
        problems: &mut Problems,
    ) {
        if line.cancelled && before < Qty::ZERO {
            let shipped = (-before).short();
            let column = field!(CustomerOrderLine, cancelled);
            problems.cell(field!(CustomerOrder, goods), row, column, text!("line-shipped", shipped = shipped));
        }
        if self.closed && line.qty + before < Qty::ZERO {
            let over = (-before - line.qty).short();
            let text = text!("order-overshipped", item = line.called(facts), over = over);
            problems.cell(field!(CustomerOrder, goods), row, field!(CustomerOrderLine, qty), text);
        }
    }

    fn agreement_of_contract(&mut self, facts: &dyn Facts) {
        let usual = self.usual_agreement(facts);
        if usual != self.agreement {
            self.agreement = usual;
            self.take_agreement(facts);
        }
    }
}

/// On hand less reserved, of one item in one warehouse.
pub fn free_stock(facts: &dyn Facts, company: Ref<Company>, warehouse: Ref<Warehouse>, item: Ref<Item>) -> Qty {
    let on_hand = facts.balance(&Stock { company, warehouse, item, ..Stock::default() }).qty;
    let reserved: Qty =
        facts.balances::<Reserves>(&[company.id(), warehouse.id(), item.id()]).iter().map(|row| row.qty).sum();
    on_hand - reserved
}

/// The order an any-reference points to, when it is a customer order.
pub fn order_of(reference: AnyRef) -> Ref<CustomerOrder> {
    reference.typed()
}

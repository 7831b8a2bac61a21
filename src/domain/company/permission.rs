//! What permissions are about: everything, a section, a kind of objects or a register.

use super::section::Section;
use crate::choice;
use crate::kernel::value::Choice as _;

choice! {
    /// The subject of a permission. Kinds bear the numbers of their tags; a test walks the registry.
    /// Users and roles are not among them: a right of its own is about those.
    Subject = "subject" {
        All = 0 "all" "Все объекты",
        SectionSales = 201 "section_sales" "Раздел: Продажи",
        SectionPurchases = 202 "section_purchases" "Раздел: Закупки",
        SectionStock = 203 "section_stock" "Раздел: Склад",
        SectionMoney = 204 "section_money" "Раздел: Деньги",
        SectionPrices = 205 "section_prices" "Раздел: Цены",
        SectionCrm = 206 "section_crm" "Раздел: Контрагенты",
        SectionCompany = 207 "section_company" "Раздел: Компания",
        SectionLedger = 208 "section_ledger" "Раздел: Учет",
        Company = 1 "company" "Организации",
        Employee = 2 "employee" "Сотрудники",
        CashFlowItem = 4 "cash_flow_item" "Статьи доходов и расходов",
        Settings = 5 "settings" "Настройки",
        SiteLink = 6 "site_link" "Связи с сайтами",
        Account = 7 "account" "План счетов",
        PeriodLock = 9 "period_lock" "Запреты изменений",
        Counterparty = 10 "counterparty" "Контрагенты",
        Contract = 11 "contract" "Договоры",
        MailAccount = 12 "mail_account" "Учетные записи почты",
        LetterTemplate = 13 "letter_template" "Шаблоны писем",
        CancelReason = 17 "cancel_reason" "Причины отмены",
        Agreement = 18 "agreement" "Соглашения",
        OrderStatus = 19 "order_status" "Статусы заказов",
        Item = 20 "item" "Номенклатура",
        ItemGroup = 21 "item_group" "Номенклатурные группы",
        Unit = 22 "unit" "Единицы измерения",
        Brand = 23 "brand" "Марки",
        Property = 24 "property" "Свойства номенклатуры",
        Warehouse = 25 "warehouse" "Склады",
        PriceGroup = 26 "price_group" "Ценовые группы",
        PriceKind = 27 "price_kind" "Виды цен",
        Bank = 30 "bank" "Банки",
        BankAccount = 31 "bank_account" "Банковские счета",
        CashDesk = 32 "cash_desk" "Кассы",
        Currency = 33 "currency" "Валюты",
        VatRate = 34 "vat_rate" "Ставки НДС",
        Till = 35 "till" "Кассы ККМ",
        DiscountCard = 36 "discount_card" "Дисконтные карты",
        OpeningBalance = 40 "opening_balance" "Ввод остатков",
        RateSetting = 41 "rate_setting" "Курсы валют",
        PriceSetting = 42 "price_setting" "Установки цен",
        SupplierOrder = 43 "supplier_order" "Заказы поставщикам",
        GoodsReceipt = 44 "goods_receipt" "Поступления товаров",
        TaxInvoiceReceived = 45 "tax_invoice_received" "Счета-фактуры полученные",
        CustomerOrder = 46 "customer_order" "Заказы клиентов",
        Invoice = 47 "invoice" "Счета на оплату",
        GoodsIssue = 48 "goods_issue" "Реализации товаров",
        TaxInvoiceIssued = 49 "tax_invoice_issued" "Счета-фактуры выданные",
        CustomerReturn = 50 "customer_return" "Возвраты от покупателей",
        SupplierReturn = 51 "supplier_return" "Возвраты поставщикам",
        CashReceipt = 52 "cash_receipt" "Приходные кассовые ордера",
        BankReceipt = 53 "bank_receipt" "Поступления на счет",
        CashIssue = 54 "cash_issue" "Расходные кассовые ордера",
        PaymentOrder = 55 "payment_order" "Платежные поручения",
        BankDebit = 56 "bank_debit" "Списания со счета",
        ManualEntry = 57 "manual_entry" "Операции вручную",
        MonthClosing = 58 "month_closing" "Закрытия месяцев",
        TillShift = 60 "till_shift" "Кассовые смены",
        TillReceipt = 61 "till_receipt" "Кассовые чеки",
        TillReturn = 62 "till_return" "Чеки возврата",
        TillCash = 63 "till_cash" "Внесения и изъятия",
        TillAdvance = 80 "till_advance" "Чеки авансов",
        TillCorrection = 81 "till_correction" "Чеки коррекции",
        StockCount = 64 "stock_count" "Инвентаризации",
        StockSurplus = 65 "stock_surplus" "Оприходования товаров",
        StockWriteOff = 66 "stock_write_off" "Списания товаров",
        DemandNote = 72 "demand_note" "Спрос",
        DiscrepancyAct = 73 "discrepancy_act" "Акты о расхождениях",
        CorrectiveInvoice = 74 "corrective_invoice" "Корректировочные счета-фактуры",
        RegisterStock = 301 "stock" "Регистр: Товары на складах",
        RegisterBatches = 302 "batches" "Регистр: Партии",
        RegisterReserves = 303 "reserves" "Регистр: Резервы",
        RegisterCustomerOrders = 304 "customer_orders" "Регистр: Заказы клиентов к отгрузке",
        RegisterOrderDebts = 305 "order_debts" "Регистр: Оплата заказов",
        RegisterSupplierOrders = 306 "supplier_orders" "Регистр: Заказы поставщикам к поступлению",
        RegisterSettlements = 307 "settlements" "Регистр: Взаиморасчеты",
        RegisterOpenItems = 308 "open_items" "Регистр: Долги и авансы по документам",
        RegisterFunds = 309 "funds" "Регистр: Денежные средства",
        RegisterSales = 310 "sales" "Регистр: Продажи",
        RegisterPrices = 311 "prices" "Регистр: Цены",
        RegisterRates = 312 "rates" "Регистр: Курсы валют",
        RegisterVatBook = 313 "vat_book" "Регистр: Счета-фактуры по ставкам",
        RegisterPlannedReceipts = 320 "planned_receipts" "Регистр: Планируемые поступления",
        RegisterLedger = 314 "ledger" "Регистр: Проводки",
        RegisterLostDemand = 315 "lost_demand" "Регистр: Потерянный спрос",
    }
}

/// What codes of sections begin with.
const SECTION: &str = "section_";

/// True when a permission about a subject is about a kind or a register, by its code.
pub fn covers(subject: Subject, code: &str) -> bool {
    let own = Subject::META.code_of(subject.number());
    match own.strip_prefix(SECTION) {
        _ if subject == Subject::All => true,
        Some(section) => Section::META.code_of(Section::of(code).number()) == section,
        None => own == code,
    }
}

//! Sections of the business: what roles, locked periods and the menu speak of at once.

use crate::choice;

choice! {
    /// A part of the business.
    Section = "section" {
        All = 0 "all" "Все разделы",
        Sales = 1 "sales" "Продажи",
        Purchases = 2 "purchases" "Закупки",
        Stock = 3 "stock" "Склад",
        Money = 4 "money" "Деньги",
        Prices = 5 "prices" "Цены",
        Crm = 6 "crm" "Контрагенты",
        Company = 7 "company" "Компания",
        Ledger = 8 "ledger" "Учет",
    }
}

/// The code of the ledger, which is a register of its own kind.
pub const LEDGER: &str = "ledger";

/// What belongs to each section: codes of catalogs, documents and registers. A test walks the registry.
const CONTENTS: &[(Section, &[&str])] = &[
    (
        Section::Sales,
        &[
            "customer_order",
            "agreement",
            "order_status",
            "invoice",
            "goods_issue",
            "tax_invoice_issued",
            "corrective_invoice",
            "customer_return",
            "till",
            "discount_card",
            "till_shift",
            "till_receipt",
            "till_return",
            "till_advance",
            "till_correction",
            "sales",
            "customer_orders",
            "order_debts",
            "planned_receipts",
            "cancel_reason",
            "demand_note",
            "lost_demand",
        ],
    ),
    (
        Section::Purchases,
        &[
            "supplier_order",
            "goods_receipt",
            "tax_invoice_received",
            "supplier_return",
            "discrepancy_act",
            "supplier_orders",
        ],
    ),
    (
        Section::Stock,
        &[
            "item",
            "item_group",
            "unit",
            "brand",
            "property",
            "warehouse",
            "stock_count",
            "stock_surplus",
            "stock_write_off",
            "stock",
            "batches",
            "reserves",
        ],
    ),
    (
        Section::Money,
        &[
            "bank",
            "bank_account",
            "cash_desk",
            "currency",
            "vat_rate",
            "rate_setting",
            "cash_receipt",
            "bank_receipt",
            "cash_issue",
            "payment_order",
            "bank_debit",
            "till_cash",
            "funds",
            "rates",
        ],
    ),
    (Section::Prices, &["price_group", "price_kind", "price_setting", "prices"]),
    (Section::Crm, &["counterparty", "contract", "letter_template", "settlements", "open_items"]),
    (
        Section::Company,
        &[
            "company",
            "employee",
            "user",
            "role",
            "period_lock",
            "cash_flow_item",
            "settings",
            "site_link",
            "mail_account",
        ],
    ),
    (Section::Ledger, &["account", "opening_balance", "manual_entry", "month_closing", "vat_book", LEDGER]),
];

impl Section {
    /// The section of a catalog, a document or a register, by its code; `All` for what nobody knows.
    pub fn of(code: &str) -> Self {
        CONTENTS.iter().find(|(_, codes)| codes.contains(&code)).map_or(Section::All, |(section, _)| *section)
    }
    /// Everything that belongs to some section.
    pub fn everything() -> impl Iterator<Item = &'static str> {
        CONTENTS.iter().flat_map(|(_, codes)| codes.iter().copied())
    }
}

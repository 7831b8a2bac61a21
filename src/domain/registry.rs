//! The registry: one line a catalog, a document, a register. A test walks it.

use super::{company, crm, ledger, money, prices, purchases, registers, retail, sales, stock};
use crate::kernel::behaviour::{CatalogOf, DocumentOf, KindOps};
use crate::kernel::meta::{ObjectMeta, RegisterMeta};
use crate::kernel::refs::AnyRef;
use crate::kernel::register::Register as _;

/// Every catalog and document, sorted by tag.
pub const KINDS: &[&dyn KindOps] = &[
    &CatalogOf::<company::company::Company>::new(),
    &CatalogOf::<company::employee::Employee>::new(),
    &CatalogOf::<company::user::User>::new(),
    &CatalogOf::<company::cash_flow_item::CashFlowItem>::new(),
    &CatalogOf::<company::settings::Settings>::new(),
    &CatalogOf::<company::site_link::SiteLink>::new(),
    &CatalogOf::<ledger::account::Account>::new(),
    &CatalogOf::<company::role::Role>::new(),
    &CatalogOf::<company::period_lock::PeriodLock>::new(),
    &CatalogOf::<crm::counterparty::Counterparty>::new(),
    &CatalogOf::<crm::contract::Contract>::new(),
    &CatalogOf::<crm::mail_account::MailAccount>::new(),
    &CatalogOf::<crm::letter_template::LetterTemplate>::new(),
    &CatalogOf::<sales::cancel_reason::CancelReason>::new(),
    &CatalogOf::<sales::agreement::Agreement>::new(),
    &CatalogOf::<sales::order_status::OrderStatus>::new(),
    &CatalogOf::<stock::item::Item>::new(),
    &CatalogOf::<stock::item_group::ItemGroup>::new(),
    &CatalogOf::<stock::unit::Unit>::new(),
    &CatalogOf::<stock::brand::Brand>::new(),
    &CatalogOf::<stock::property::Property>::new(),
    &CatalogOf::<stock::warehouse::Warehouse>::new(),
    &CatalogOf::<prices::price_group::PriceGroup>::new(),
    &CatalogOf::<prices::price_kind::PriceKind>::new(),
    &CatalogOf::<money::bank::Bank>::new(),
    &CatalogOf::<money::bank_account::BankAccount>::new(),
    &CatalogOf::<money::cash_desk::CashDesk>::new(),
    &CatalogOf::<money::currency::Currency>::new(),
    &CatalogOf::<money::vat::VatRate>::new(),
    &CatalogOf::<retail::till::Till>::new(),
    &CatalogOf::<retail::discount_card::DiscountCard>::new(),
    &DocumentOf::<ledger::opening_balance::OpeningBalance>::new(),
    &DocumentOf::<money::rate_setting::RateSetting>::new(),
    &DocumentOf::<prices::price_setting::PriceSetting>::new(),
    &DocumentOf::<purchases::supplier_order::SupplierOrder>::new(),
    &DocumentOf::<purchases::goods_receipt::GoodsReceipt>::new(),
    &DocumentOf::<purchases::tax_invoice_received::TaxInvoiceReceived>::new(),
    &DocumentOf::<sales::customer_order::CustomerOrder>::new(),
    &DocumentOf::<sales::invoice::Invoice>::new(),
    &DocumentOf::<sales::goods_issue::GoodsIssue>::new(),
    &DocumentOf::<sales::tax_invoice_issued::TaxInvoiceIssued>::new(),
    &DocumentOf::<sales::customer_return::CustomerReturn>::new(),
    &DocumentOf::<purchases::supplier_return::SupplierReturn>::new(),
    &DocumentOf::<money::cash_receipt::CashReceipt>::new(),
    &DocumentOf::<money::bank_receipt::BankReceipt>::new(),
    &DocumentOf::<money::cash_issue::CashIssue>::new(),
    &DocumentOf::<money::payment_order::PaymentOrder>::new(),
    &DocumentOf::<money::bank_debit::BankDebit>::new(),
    &DocumentOf::<ledger::manual_entry::ManualEntry>::new(),
    &DocumentOf::<ledger::month_closing::MonthClosing>::new(),
    &DocumentOf::<retail::shift::TillShift>::new(),
    &DocumentOf::<retail::receipt::TillReceipt>::new(),
    &DocumentOf::<retail::receipt_return::TillReturn>::new(),
    &DocumentOf::<retail::till_cash::TillCash>::new(),
    &DocumentOf::<stock::stock_count::StockCount>::new(),
    &DocumentOf::<stock::stock_surplus::StockSurplus>::new(),
    &DocumentOf::<stock::stock_write_off::StockWriteOff>::new(),
    &DocumentOf::<sales::demand_note::DemandNote>::new(),
    &DocumentOf::<purchases::discrepancy_act::DiscrepancyAct>::new(),
    &DocumentOf::<sales::corrective_invoice::CorrectiveInvoice>::new(),
    &DocumentOf::<retail::till_advance::TillAdvance>::new(),
    &DocumentOf::<retail::till_correction::TillCorrection>::new(),
];

/// Every register except the ledger, which has two sides and a store of its own.
pub fn registers() -> [&'static RegisterMeta; 15] {
    [
        registers::stock::Stock::meta(),
        registers::stock::Batches::meta(),
        registers::stock::Reserves::meta(),
        registers::orders::CustomerOrders::meta(),
        registers::orders::OrderDebts::meta(),
        registers::orders::SupplierOrders::meta(),
        registers::orders::PlannedReceipts::meta(),
        registers::settlements::Settlements::meta(),
        registers::settlements::OpenItems::meta(),
        registers::funds::Funds::meta(),
        registers::sales::Sales::meta(),
        registers::prices::Prices::meta(),
        registers::prices::Rates::meta(),
        registers::vat_book::VatBook::meta(),
        registers::demand::LostDemand::meta(),
    ]
}

/// A kind by the tag of a reference.
pub fn by_tag(tag: u8) -> Option<&'static dyn KindOps> {
    KINDS.iter().copied().find(|kind| kind.meta().tag == tag)
}

/// A kind by its code.
pub fn by_code(code: &str) -> Option<&'static dyn KindOps> {
    KINDS.iter().copied().find(|kind| kind.meta().code == code)
}

/// The kind of the object a reference points to.
pub fn of(reference: AnyRef) -> Option<&'static dyn KindOps> {
    by_tag(reference.tag())
}

/// The kind of a metadata; every declared object is registered, which a test checks.
pub fn ops(meta: &ObjectMeta) -> Option<&'static dyn KindOps> {
    by_tag(meta.tag)
}

/// A register by its code.
pub fn register(code: &str) -> Option<&'static RegisterMeta> {
    registers().into_iter().find(|register| register.code == code)
}

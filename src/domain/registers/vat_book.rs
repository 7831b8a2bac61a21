//! Tax invoices by rate: what the sales and purchase books are written from.

use crate::domain::company::company::Company;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::vat::VatRate;
use crate::kernel::money::Money;
use crate::kernel::refs::{AnyRef, Ref};
use crate::{choice, register};

choice! {
    /// Which book an invoice belongs to.
    VatBookKind = "vat_book_kind" {
        Sales = 0 "sales" "Книга продаж",
        Purchases = 1 "purchases" "Книга покупок",
    }
}

register! {
    /// Amounts of tax invoices by rate.
    Turnover VatBook = "vat_book" "Счета-фактуры по ставкам" {
        key {
            company: Ref<Company> = "Организация", kind: VatBookKind = "Книга",
            counterparty: Ref<Counterparty> = "Контрагент", basis: AnyRef = "Основание", rate: Ref<VatRate> = "Ставка",
        }
        sum { net: Money = "Без НДС", vat: Money = "НДС" }
    }
}

//! Money in cash desks and on bank accounts.

use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::crm::counterparty::Counterparty;
use crate::kernel::money::Money;
use crate::kernel::refs::{AnyRef, Ref};
use crate::register;

register! {
    /// Money on hand: receipts positive, issues negative.
    Balance Funds = "funds" "Денежные средства" {
        key { company: Ref<Company> = "Организация", place: AnyRef = "Касса или счет" }
        sum { amount: Money = "Сумма" }
        note { flow: Ref<CashFlowItem> = "Статья", counterparty: Ref<Counterparty> = "Контрагент" }
    }
}

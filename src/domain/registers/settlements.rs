//! Settlements with counterparties, and the open debts and advances derived from them.

use crate::domain::company::company::Company;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::account::Account;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::refs::{AnyRef, Ref};
use crate::{choice, register};

choice! {
    /// How a settlement reaches the ledger.
    SettlementRole = "settlement_role" {
        Charge = 0 "charge" "Начисление",
        Payment = 1 "payment" "Оплата",
    }
}

register! {
    /// Who owes whom: positive, the counterparty owes us. A charge is booked by its document on the debt
    /// account; a payment is booked by the set-off service, against the account in `account`.
    Balance Settlements = "settlements" "Взаиморасчеты" {
        key {
            company: Ref<Company> = "Организация", counterparty: Ref<Counterparty> = "Контрагент",
            contract: Ref<Contract> = "Договор",
        }
        sum { amount: Money = "Сумма" }
        note {
            role: SettlementRole = "Вид", order: AnyRef = "Заказ", source: AnyRef = "Возвращаемый документ",
            account: Ref<Account> = "Корр. счет", sub1: AnyRef = "Субконто 1", sub2: AnyRef = "Субконто 2",
        }
    }
}

register! {
    /// Debts and advances by the document they arose from, the oldest first; positive, the counterparty
    /// owes us. Written by the set-off service alone, recomputed forward like cost.
    Open OpenItems = "open_items" "Долги и авансы по документам" {
        key {
            company: Ref<Company> = "Организация", contract: Ref<Contract> = "Договор",
            since: Moment = "Возник", item: AnyRef = "Документ расчетов",
        }
        sum { amount: Money = "Сумма" }
    }
}

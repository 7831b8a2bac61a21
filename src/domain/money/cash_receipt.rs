//! Cash receipt (Приходный кассовый ордер, КО-1): cash comes in.

use super::cash_desk::CashDesk;
use super::document;
use super::payment::expected_from_customer;
use super::vat::VatRate;
use crate::domain::accounts;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::{Contract, ContractKind};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::account::Account;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::domain::sales::goods_issue::GoodsIssue;
use crate::domain::sales::invoice::Invoice;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::entry::Side;
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{choice, money_document, object, text};

choice! {
    /// Why the money moves; decides the account against it.
    CashReceiptOperation = "cash_receipt_operation" {
        Customer = 0 "customer" "Оплата от покупателя",
        SupplierRefund = 1 "supplier_refund" "Возврат от поставщика",
        FromBank = 2 "from_bank" "Получение из банка",
        Other = 3 "other" "Прочий приход",
    }
}

object! {
    /// Cash receipt (Приходный кассовый ордер, КО-1): cash comes in.
    document CashReceipt = 52 "cash_receipt" "Приходный кассовый ордер" {
        company: Ref<Company> = "Организация" [required],
        cash_desk: Ref<CashDesk> = "Касса" [required],
        operation: CashReceiptOperation = "Операция",
        counterparty: Ref<Counterparty> = "Контрагент",
        contract: Ref<Contract> = "Договор",
        amount: Money = "Сумма" [required],
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        flow: Ref<CashFlowItem> = "Статья",
        account: Ref<Account> = "Корр. счет",
        sub1: AnyRef = "Аналитика",
        received_from: String = "Принято от",
        basis: String = "Основание",
        attachment: String = "Приложение",
    }
    /// Which orders the money is for.
    table split: CashReceiptSplit = "По заказам" {
        order: AnyRef = "Заказ" [required],
        amount: Money = "Сумма",
    }
}

money_document!(CashReceipt, CashReceiptSplit, cash_desk, cash, incoming = true);

impl CashReceipt {
    const fn operation_side(&self) -> Option<ContractKind> {
        match self.operation {
            CashReceiptOperation::Customer => Some(ContractKind::Customer),
            CashReceiptOperation::SupplierRefund => Some(ContractKind::Supplier),
            _ => None,
        }
    }

    fn operation_account(&self) -> Option<Side> {
        match self.operation {
            CashReceiptOperation::FromBank => Some(Side::new(accounts::TRANSIT)),
            _ => None,
        }
    }
}

impl Behaviour for CashReceipt {
    fn fill_new(&mut self, facts: &dyn Facts) {
        document::fill_new(self, facts);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        document::changed(self, at, facts);
    }

    fn choices(&self, at: At<'_>) -> Choices {
        document::choices(self, at, "cash_desk")
    }

    fn visible(&self, field: &str) -> bool {
        document::visible(self, field)
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        document::check(self, facts, problems);
    }

    fn bases() -> &'static [u8] {
        &[CustomerOrder::TAG, Invoice::TAG, GoodsIssue::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(expected) = expected_from_customer(basis, facts) else {
            return Err(Problems::one(text!("no-basis")));
        };
        document::fill_expected(self, &expected, facts)?;
        let name = facts.get(expected.customer).map_or_else(String::new, |who| who.official_name().to_owned());
        self.received_from = name;
        self.basis.clone_from(&expected.basis);
        Ok(())
    }
}

impl Posting for CashReceipt {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        document::post(self, facts, out)
    }
}

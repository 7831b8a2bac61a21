//! Bank receipt (Поступление на расчетный счет): money comes to a bank account.

use super::bank_account::BankAccount;
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
use crate::kernel::moment::Date;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{choice, money_document, object, text};

choice! {
    /// Why the money moves; decides the account against it.
    BankReceiptOperation = "bank_receipt_operation" {
        Customer = 0 "customer" "Оплата от покупателя",
        SupplierRefund = 1 "supplier_refund" "Возврат от поставщика",
        FromCash = 2 "from_cash" "Взнос наличными",
        Other = 3 "other" "Прочее поступление",
    }
}

object! {
    /// Bank receipt (Поступление на расчетный счет): money comes to a bank account.
    document BankReceipt = 53 "bank_receipt" "Поступление на счет" {
        company: Ref<Company> = "Организация" [required],
        bank_account: Ref<BankAccount> = "Банковский счет" [required],
        operation: BankReceiptOperation = "Операция",
        counterparty: Ref<Counterparty> = "Контрагент",
        contract: Ref<Contract> = "Договор",
        amount: Money = "Сумма" [required],
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        flow: Ref<CashFlowItem> = "Статья",
        account: Ref<Account> = "Корр. счет",
        sub1: AnyRef = "Аналитика",
        incoming_number: String = "Вх. номер",
        incoming_date: Date = "Вх. дата",
        purpose: String = "Назначение платежа",
    }
    /// Which orders the money is for.
    table split: BankReceiptSplit = "По заказам" {
        order: AnyRef = "Заказ" [required],
        amount: Money = "Сумма",
    }
}

money_document!(BankReceipt, BankReceiptSplit, bank_account, bank, incoming = true);

impl BankReceipt {
    const fn operation_side(&self) -> Option<ContractKind> {
        match self.operation {
            BankReceiptOperation::Customer => Some(ContractKind::Customer),
            BankReceiptOperation::SupplierRefund => Some(ContractKind::Supplier),
            _ => None,
        }
    }

    fn operation_account(&self) -> Option<Side> {
        match self.operation {
            BankReceiptOperation::FromCash => Some(Side::new(accounts::TRANSIT)),
            _ => None,
        }
    }
}

impl Behaviour for BankReceipt {
    fn fill_new(&mut self, facts: &dyn Facts) {
        document::fill_new(self, facts);
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        document::changed(self, at, facts);
    }

    fn choices(&self, at: At<'_>) -> Choices {
        document::choices(self, at, "bank_account")
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
        self.purpose.clone_from(&expected.basis);
        Ok(())
    }
}

impl Posting for BankReceipt {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        document::post(self, facts, out)
    }
}

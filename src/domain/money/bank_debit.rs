//! Bank debit (Списание с расчетного счета): money leaves a bank account.

use super::bank_account::BankAccount;
use super::document;
use super::payment::{expected_by_supplier, overpaid};
use super::payment_order::{PaymentOrder, PaymentOrderKind};
use super::vat::VatRate;
use crate::domain::accounts;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::{Contract, ContractKind};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::account::Account;
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::entry::Side;
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{choice, money_document, object, text};

choice! {
    /// Why the money moves; decides the account against it.
    BankDebitOperation = "bank_debit_operation" {
        Supplier = 0 "supplier" "Оплата поставщику",
        CustomerRefund = 1 "customer_refund" "Возврат покупателю",
        ToCash = 2 "to_cash" "Получение наличных",
        Tax = 3 "tax" "Уплата налога",
        BankFee = 4 "bank_fee" "Комиссия банка",
        Other = 5 "other" "Прочее списание",
    }
}

object! {
    /// Bank debit (Списание с расчетного счета): money leaves a bank account.
    document BankDebit = 56 "bank_debit" "Списание со счета" {
        company: Ref<Company> = "Организация" [required],
        bank_account: Ref<BankAccount> = "Банковский счет" [required],
        operation: BankDebitOperation = "Операция",
        counterparty: Ref<Counterparty> = "Контрагент",
        contract: Ref<Contract> = "Договор",
        amount: Money = "Сумма" [required],
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        flow: Ref<CashFlowItem> = "Статья",
        account: Ref<Account> = "Корр. счет",
        sub1: AnyRef = "Аналитика",
        payment_order: Ref<PaymentOrder> = "Платежное поручение",
        purpose: String = "Назначение платежа",
    }
    /// Which orders the money is for.
    table split: BankDebitSplit = "По заказам" {
        order: AnyRef = "Заказ" [required],
        amount: Money = "Сумма",
    }
}

money_document!(BankDebit, BankDebitSplit, bank_account, bank, incoming = false);

impl BankDebit {
    const fn operation_side(&self) -> Option<ContractKind> {
        match self.operation {
            BankDebitOperation::Supplier => Some(ContractKind::Supplier),
            BankDebitOperation::CustomerRefund => Some(ContractKind::Customer),
            _ => None,
        }
    }

    fn operation_account(&self) -> Option<Side> {
        match self.operation {
            BankDebitOperation::ToCash => Some(Side::new(accounts::TRANSIT)),
            BankDebitOperation::Tax => Some(Side::new(accounts::SINGLE_TAX)),
            BankDebitOperation::BankFee => Some(Side::new(accounts::OTHER_EXPENSES)),
            _ => None,
        }
    }

    fn take_payment_order(&mut self, order: &PaymentOrder) {
        self.company = order.company;
        self.bank_account = order.bank_account;
        self.operation = match order.kind {
            PaymentOrderKind::Supplier => BankDebitOperation::Supplier,
            PaymentOrderKind::CustomerRefund => BankDebitOperation::CustomerRefund,
            PaymentOrderKind::Tax => BankDebitOperation::Tax,
            PaymentOrderKind::Other => BankDebitOperation::Other,
        };
        self.counterparty = order.counterparty;
        self.contract = order.contract;
        self.payment_order = order.reference();
        self.amount = order.amount;
        self.vat = order.vat;
        self.vat_amount = order.vat_amount;
        self.flow = order.flow;
        self.purpose.clone_from(&order.purpose);
        let rows = order.split.iter();
        self.split = rows.map(|row| BankDebitSplit { key: 0, order: row.order, amount: row.amount }).collect();
    }
}

impl Behaviour for BankDebit {
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
        &[SupplierOrder::TAG, GoodsReceipt::TAG, CustomerOrder::TAG, PaymentOrder::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        if let Some(order) = basis.downcast::<PaymentOrder>() {
            self.take_payment_order(order);
            return Ok(());
        }
        if basis.downcast::<CustomerOrder>().is_some() {
            self.operation = BankDebitOperation::CustomerRefund;
        }
        let Some(expected) = expected_by_supplier(basis, facts).or_else(|| overpaid(basis, facts)) else {
            return Err(Problems::one(text!("no-basis")));
        };
        document::fill_expected(self, &expected, facts)?;
        self.purpose.clone_from(&expected.basis);
        Ok(())
    }
}

impl Posting for BankDebit {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        document::post(self, facts, out)
    }
}

//! Cash issue (Расходный кассовый ордер, КО-2): cash goes out.

use super::cash_desk::CashDesk;
use super::document;
use super::payment::{expected_by_supplier, overpaid};
use super::vat::VatRate;
use crate::domain::accounts;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::company::employee::Employee;
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
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{choice, field, money_document, object, text};

choice! {
    /// Why the money moves; decides the account against it.
    CashIssueOperation = "cash_issue_operation" {
        Supplier = 0 "supplier" "Оплата поставщику",
        CustomerRefund = 1 "customer_refund" "Возврат покупателю",
        ToBank = 2 "to_bank" "Сдача в банк",
        Accountable = 3 "accountable" "Выдача подотчетнику",
        Other = 4 "other" "Прочий расход",
    }
}

object! {
    /// Cash issue (Расходный кассовый ордер, КО-2): cash goes out.
    document CashIssue = 54 "cash_issue" "Расходный кассовый ордер" {
        company: Ref<Company> = "Организация" [required],
        cash_desk: Ref<CashDesk> = "Касса" [required],
        operation: CashIssueOperation = "Операция",
        counterparty: Ref<Counterparty> = "Контрагент",
        contract: Ref<Contract> = "Договор",
        amount: Money = "Сумма" [required],
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        flow: Ref<CashFlowItem> = "Статья",
        account: Ref<Account> = "Корр. счет",
        sub1: AnyRef = "Аналитика",
        employee: Ref<Employee> = "Подотчетное лицо",
        issued_to: String = "Выдать",
        passport: String = "По документу",
        basis: String = "Основание",
        attachment: String = "Приложение",
    }
    /// Which orders the money is for.
    table split: CashIssueSplit = "По заказам" {
        order: AnyRef = "Заказ" [required],
        amount: Money = "Сумма",
    }
}

money_document!(CashIssue, CashIssueSplit, cash_desk, cash, incoming = false);

impl CashIssue {
    const fn operation_side(&self) -> Option<ContractKind> {
        match self.operation {
            CashIssueOperation::Supplier => Some(ContractKind::Supplier),
            CashIssueOperation::CustomerRefund => Some(ContractKind::Customer),
            _ => None,
        }
    }

    fn operation_account(&self) -> Option<Side> {
        match self.operation {
            CashIssueOperation::ToBank => Some(Side::new(accounts::TRANSIT)),
            CashIssueOperation::Accountable => Some(Side::new(accounts::ACCOUNTABLE).at(0, self.employee.any())),
            _ => None,
        }
    }
}

impl Behaviour for CashIssue {
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
        if field == "employee" {
            self.operation == CashIssueOperation::Accountable
        } else {
            document::visible(self, field)
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        document::check(self, facts, problems);
        if self.operation == CashIssueOperation::Accountable && self.employee.is_empty() {
            problems.field(field!(CashIssue, employee), text!("field-required"));
        }
    }

    fn bases() -> &'static [u8] {
        &[SupplierOrder::TAG, GoodsReceipt::TAG, CustomerOrder::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        if basis.downcast::<CustomerOrder>().is_some() {
            self.operation = CashIssueOperation::CustomerRefund;
        }
        let Some(expected) = expected_by_supplier(basis, facts).or_else(|| overpaid(basis, facts)) else {
            return Err(Problems::one(text!("no-basis")));
        };
        document::fill_expected(self, &expected, facts)?;
        let name = facts.get(expected.customer).map_or_else(String::new, |who| who.official_name().to_owned());
        self.issued_to = name;
        self.basis.clone_from(&expected.basis);
        Ok(())
    }
}

impl Posting for CashIssue {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        document::post(self, facts, out)
    }
}

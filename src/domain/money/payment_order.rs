//! Payment order (Платежное поручение, 0401060): tells the bank to pay; the bank debit moves the money.

use super::bank_account::BankAccount;
use super::payment::expected_by_supplier;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::vat::{VatRate, vat_of};
use crate::domain::purchases::goods_receipt::GoodsReceipt;
use crate::domain::purchases::supplier_order::SupplierOrder;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Object};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{choice, field, object, text};

choice! {
    /// What is paid; a tax needs the budget fields 101 and 104-109.
    PaymentOrderKind = "payment_order_kind" {
        Supplier = 0 "supplier" "Оплата поставщику",
        CustomerRefund = 1 "customer_refund" "Возврат покупателю",
        Tax = 2 "tax" "Платеж в бюджет",
        Other = 3 "other" "Прочее",
    }
}

object! {
    /// An order to our bank, printed as form 0401060 (Положение 762-П).
    document PaymentOrder = 55 "payment_order" "Платежное поручение" {
        company: Ref<Company> = "Организация" [required],
        bank_account: Ref<BankAccount> = "Счет плательщика" [required],
        kind: PaymentOrderKind = "Вид платежа",
        counterparty: Ref<Counterparty> = "Получатель" [required],
        contract: Ref<Contract> = "Договор",
        payee_account: Ref<BankAccount> = "Счет получателя" [required],
        amount: Money = "Сумма" [required],
        vat: Ref<VatRate> = "Ставка НДС",
        vat_amount: Money = "НДС",
        flow: Ref<CashFlowItem> = "Статья",
        purpose: String = "Назначение платежа" [required],
        priority: i64 = "Очередность",
        uin: String = "УИН",
        drawer_status: String = "Статус составителя (101)",
        budget_code: String = "КБК (104)",
        oktmo: String = "ОКТМО (105)",
        tax_reason: String = "Основание (106)",
        tax_period: String = "Период (107)",
        tax_number: String = "Номер документа (108)",
        tax_date: String = "Дата документа (109)",
    }
    /// Which orders the money is for.
    table split: PaymentOrderSplit = "По заказам" {
        order: AnyRef = "Заказ" [required],
        amount: Money = "Сумма",
    }
}

/// The longest purpose the form holds (field 24).
pub const PURPOSE_MAX: usize = 210;

impl PaymentOrder {
    /// On which side it settles.
    pub const fn side(&self) -> Option<ContractKind> {
        match self.kind {
            PaymentOrderKind::Supplier => Some(ContractKind::Supplier),
            PaymentOrderKind::CustomerRefund => Some(ContractKind::Customer),
            _ => None,
        }
    }

    fn count_vat(&mut self, facts: &dyn Facts) {
        let percent = facts.get(self.vat).map(|rate| rate.percent).unwrap_or_default();
        self.vat_amount = vat_of(self.amount, percent, true).0;
    }

    fn take_payee(&mut self, facts: &dyn Facts) {
        if let Some(payee) = facts.get(self.counterparty) {
            let first = || {
                let all = facts.having::<BankAccount>("counterparty", self.counterparty.id());
                all.first().map_or(Ref::EMPTY, |account| Ref::new(account.head.id))
            };
            self.payee_account = if payee.bank_account.is_empty() { first() } else { payee.bank_account };
        }
    }

    /// The purpose ends with the VAT, as field 24 wants: «В т.ч. НДС (22%) 22000-00 руб.».
    fn vat_words(&self, facts: &dyn Facts) -> String {
        match facts.get(self.vat) {
            Some(rate) if !rate.is_free() && !rate.percent.is_zero() => {
                let amount = self.vat_amount.to_string().replace('.', "-");
                format!("В т.ч. НДС ({}%) {amount} руб.", rate.percent.short())
            }
            _ => "НДС не облагается".to_owned(),
        }
    }
}

impl Behaviour for PaymentOrder {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.bank_account = settings.bank_account;
        self.priority = 5;
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        match at {
            At::Field("counterparty" | "company" | "kind") => {
                self.contract = match self.side() {
                    Some(side) => default_contract(facts, self.counterparty, self.company, side),
                    None => Ref::EMPTY,
                };
                self.take_payee(facts);
            }
            At::Field("amount" | "vat") => self.count_vat(facts),
            _ => {}
        }
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Field("contract" | "payee_account") => Choices::owned("counterparty", self.counterparty.id()),
            At::Field("bank_account") => Choices::owned("company", self.company.id()),
            At::Cell { field: "order", .. } => super::payment::split_choices(self.side(), self.counterparty),
            _ => Choices::default(),
        }
    }

    fn visible(&self, field: &str) -> bool {
        match field {
            "drawer_status" | "budget_code" | "oktmo" | "tax_reason" | "tax_period" | "tax_number" | "tax_date" => {
                self.kind == PaymentOrderKind::Tax
            }
            "contract" | "split" => self.side().is_some(),
            _ => true,
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        self.count_vat(facts);
        self.bank_account = self.bank_account.or(settings(facts).bank_account);
        if self.payee_account.is_empty() {
            self.take_payee(facts);
        }
        if self.priority == 0 {
            self.priority = 5;
        }
        if !(1..=5).contains(&self.priority) {
            problems.field(field!(PaymentOrder, priority), text!("priority-range"));
        }
        if self.purpose.chars().count() > PURPOSE_MAX {
            let length = self.purpose.chars().count();
            problems
                .field(field!(PaymentOrder, purpose), text!("purpose-too-long", length = length, max = PURPOSE_MAX));
        }
        if self.amount <= Money::ZERO {
            problems.field(field!(PaymentOrder, amount), text!("must-be-positive"));
        }
        if self.kind == PaymentOrderKind::Tax {
            let budget = [
                (field!(PaymentOrder, drawer_status), &self.drawer_status),
                (field!(PaymentOrder, budget_code), &self.budget_code),
                (field!(PaymentOrder, oktmo), &self.oktmo),
                (field!(PaymentOrder, tax_reason), &self.tax_reason),
                (field!(PaymentOrder, tax_period), &self.tax_period),
                (field!(PaymentOrder, tax_number), &self.tax_number),
                (field!(PaymentOrder, tax_date), &self.tax_date),
            ];
            for (name, value) in budget {
                if value.is_empty() {
                    problems.field(name, text!("budget-field"));
                }
            }
        }
        let mut rows: Vec<(AnyRef, Money)> = self.split.iter().map(|line| (line.order, line.amount)).collect();
        super::payment::check_split(
            field!(PaymentOrder, split),
            self.amount,
            &mut rows,
            self.counterparty,
            facts,
            problems,
        );
        for (line, (_, amount)) in self.split.iter_mut().zip(rows) {
            line.amount = amount;
        }
    }

    fn bases() -> &'static [u8] {
        &[SupplierOrder::TAG, GoodsReceipt::TAG]
    }

    fn fill_on_basis(&mut self, basis: &dyn Object, facts: &dyn Facts) -> Result<(), Problems> {
        let Some(expected) = expected_by_supplier(basis, facts) else {
            return Err(Problems::one(text!("no-basis")));
        };
        if expected.amount <= Money::ZERO {
            return Err(Problems::one(text!("nothing-left-to-pay")));
        }
        self.company = expected.company;
        self.counterparty = expected.customer;
        self.contract = expected.contract;
        self.amount = expected.amount;
        if !expected.order.is_empty() {
            self.split.push(PaymentOrderSplit { key: 0, order: expected.order, amount: expected.amount });
        }
        let first = basis.row(0, 0).and_then(|row| {
            let table = basis.meta().tables.first()?;
            table.field("vat").map(|at| row.get(at).any_ref())
        });
        self.vat = first.map_or(Ref::EMPTY, AnyRef::typed);
        self.take_payee(facts);
        self.count_vat(facts);
        self.purpose = format!("Оплата по: {}. {}", expected.basis, self.vat_words(facts));
        Ok(())
    }
}

impl Posting for PaymentOrder {
    /// A payment order moves nothing: the money leaves by the bank debit.
    fn post(&self, _facts: &dyn Facts, _out: &mut Movements) -> Result<(), Problems> {
        Ok(())
    }
}

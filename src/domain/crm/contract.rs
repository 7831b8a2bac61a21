//! Contract (Договор): the side on which we settle with a counterparty, and the key of its settlements.

use super::counterparty::Counterparty;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::money::currency::Currency;
use crate::domain::sales::agreement::Agreement;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::object::Referable as _;
use crate::kernel::refs::Ref;
use crate::{choice, object};

choice! {
    /// On which side a contract stands; decides between the accounts 62 and 60.
    ContractKind = "contract_kind" {
        Customer = 0 "customer" "С покупателем",
        Supplier = 1 "supplier" "С поставщиком",
    }
}

object! {
    /// An agreement with a counterparty; debts and advances are set off within it.
    catalog Contract = 11 "contract" "Договор" {
        counterparty: Ref<Counterparty> = "Контрагент" [required],
        company: Ref<Company> = "Организация" [required],
        kind: ContractKind = "Вид договора",
        contract_number: String = "Номер договора",
        date: Date = "Дата договора",
        currency: Ref<Currency> = "Валюта",
        pay_days: i64 = "Срок оплаты, дней",
        agreement: Ref<Agreement> = "Соглашение",
    }
}

/// The side on which each document settles; a test checks that every document with a contract is listed.
pub const SIDES: &[(&str, ContractKind)] = &[
    ("customer_order", ContractKind::Customer),
    ("invoice", ContractKind::Customer),
    ("goods_issue", ContractKind::Customer),
    ("customer_return", ContractKind::Customer),
    ("tax_invoice_issued", ContractKind::Customer),
    ("corrective_invoice", ContractKind::Customer),
    ("till_receipt", ContractKind::Customer),
    ("till_return", ContractKind::Customer),
    ("till_advance", ContractKind::Customer),
    ("supplier_order", ContractKind::Supplier),
    ("goods_receipt", ContractKind::Supplier),
    ("supplier_return", ContractKind::Supplier),
    ("tax_invoice_received", ContractKind::Supplier),
    ("payment_order", ContractKind::Supplier),
];

/// The contract a document takes when none is chosen: the counterparty's main one if it fits, else the
/// oldest of the company and side. Empty when there is none yet: saving then makes one.
pub fn default_contract(
    facts: &dyn Facts,
    counterparty: Ref<Counterparty>,
    company: Ref<Company>,
    kind: ContractKind,
) -> Ref<Contract> {
    let Some(owner) = facts.get(counterparty) else { return Ref::EMPTY };
    let fits = |contract: &Contract| {
        contract.counterparty == counterparty && contract.company == company && contract.kind == kind
    };
    if facts.get(owner.contract).is_some_and(|main| fits(&main)) {
        return owner.contract;
    }
    let all = facts.having::<Contract>("counterparty", counterparty.id());
    all.iter().find(|contract| fits(contract)).map_or(Ref::EMPTY, |contract| contract.reference())
}

impl Behaviour for Contract {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.currency = settings.currency;
    }

    fn search_words(&self) -> Vec<String> {
        vec![self.contract_number.clone()]
    }
}

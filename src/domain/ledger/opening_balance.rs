//! Opening balances (Ввод остатков) through the auxiliary account 000, which must end at zero.

use super::account::Account;
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::contract::{Contract, ContractKind};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::bank_account::BankAccount;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::registers::funds::Funds;
use crate::domain::registers::settlements::{SettlementRole, Settlements};
use crate::domain::registers::stock::{CostRule, Stock};
use crate::domain::stock::item::Item;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::{At, Behaviour, Choices, Posting};
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::{field, object, text};

object! {
    /// What there was when the books began.
    document OpeningBalance = 40 "opening_balance" "Ввод остатков" {
        company: Ref<Company> = "Организация" [required],
    }
    table goods: OpeningGoods = "Товары" {
        warehouse: Ref<Warehouse> = "Склад",
        item: Ref<Item> = "Номенклатура" [required],
        qty: Qty = "Количество" [required],
        cost: Money = "Стоимость",
    }
    table funds: OpeningFunds = "Деньги" {
        place: AnyRef = "Касса или счет" [required],
        amount: Money = "Сумма",
    }
    /// Positive: the counterparty owes us; negative: we owe.
    table settlements: OpeningSettlement = "Расчеты" {
        counterparty: Ref<Counterparty> = "Контрагент" [required],
        contract: Ref<Contract> = "Договор",
        kind: ContractKind = "Сторона",
        amount: Money = "Должны нам (минус: мы должны)",
    }
    table accounts: OpeningAccount = "Прочие счета" {
        account: Ref<Account> = "Счет" [required],
        sub1: AnyRef = "Субконто 1",
        sub2: AnyRef = "Субконто 2",
        sub3: AnyRef = "Субконто 3",
        debit: Money = "Дебет",
        credit: Money = "Кредит",
    }
}

impl Behaviour for OpeningBalance {
    const COSTS: &'static [&'static str] = &["goods.cost"];

    fn fill_new(&mut self, facts: &dyn Facts) {
        self.company = settings(facts).company;
    }

    fn changed(&mut self, at: At<'_>, facts: &dyn Facts) {
        if let At::Cell { table: "goods", row, field: "item" } = at
            && let Some(line) = self.goods.get_mut(row)
        {
            line.warehouse = line.warehouse.or(settings(facts).warehouse);
        }
    }

    fn choices(&self, at: At<'_>) -> Choices {
        match at {
            At::Cell { table: "funds", field: "place", .. } => Choices::kinds(&[CashDesk::TAG, BankAccount::TAG]),
            At::Cell { table: "settlements", row, field: "contract" } => {
                let owner = self.settlements.get(row).map_or(0, |line| line.counterparty.id());
                Choices::owned("counterparty", owner)
            }
            _ => Choices::default(),
        }
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        let defaults = settings(facts);
        for (row, line) in self.goods.iter_mut().enumerate() {
            line.warehouse = line.warehouse.or(defaults.warehouse);
            if line.qty <= Qty::ZERO {
                problems.cell(field!(OpeningBalance, goods), row, field!(OpeningGoods, qty), text!("must-be-positive"));
            }
            if line.cost < Money::ZERO {
                let column = field!(OpeningGoods, cost);
                problems.cell(field!(OpeningBalance, goods), row, column, text!("must-not-be-negative"));
            }
        }
        for (row, line) in self.settlements.iter_mut().enumerate() {
            // A contract that is not chosen is found or made in saving.
            let Some(contract) = facts.get(line.contract) else { continue };
            line.kind = contract.kind;
            let name = contract.name.clone();
            let problem = if contract.counterparty != line.counterparty {
                text!("contract-of-other", contract = name)
            } else if contract.company != self.company {
                text!("contract-of-other-company", contract = name)
            } else {
                continue;
            };
            let column = field!(OpeningSettlement, contract);
            problems.cell(field!(OpeningBalance, settlements), row, column, problem);
        }
        for (row, line) in self.accounts.iter().enumerate() {
            if facts.get(line.account).is_some_and(|found| accounts::kept_by_documents(&found.code)) {
                let column = field!(OpeningAccount, account);
                problems.cell(field!(OpeningBalance, accounts), row, column, text!("account-kept"));
            }
            if line.debit.is_zero() == line.credit.is_zero() {
                let column = field!(OpeningAccount, debit);
                problems.cell(field!(OpeningBalance, accounts), row, column, text!("debit-or-credit"));
            }
        }
    }
}

impl OpeningBalance {
    fn post_goods(&self, facts: &dyn Facts, out: &mut Movements) {
        for (at, line) in (1..).zip(&self.goods) {
            if !facts.get(line.item).is_some_and(|item| item.is_goods()) {
                continue;
            }
            out.add_at(
                at,
                &Stock {
                    company: self.company,
                    warehouse: line.warehouse,
                    item: line.item,
                    qty: line.qty,
                    cost: line.cost,
                    rule: CostRule::Own,
                    ..Stock::default()
                },
            );
            let goods = Side::new(accounts::GOODS).at(0, line.item.any()).at(2, line.warehouse.any()).qty(line.qty);
            out.entry(Entry::new(goods, Side::new(accounts::OPENING), line.cost));
        }
    }

    fn post_settlements(&self, facts: &dyn Facts, out: &mut Movements) {
        let opening = facts.coded::<Account>(accounts::OPENING);
        for line in &self.settlements {
            let owed = if line.kind == ContractKind::Customer { line.amount } else { -line.amount };
            // A debt is a charge booked here; an advance comes in like a payment against 000.
            let charge = owed > Money::ZERO;
            out.add(&Settlements {
                company: self.company,
                counterparty: line.counterparty,
                contract: line.contract,
                amount: line.amount,
                role: if charge { SettlementRole::Charge } else { SettlementRole::Payment },
                account: opening,
                ..Settlements::default()
            });
            if charge {
                let customer = line.kind == ContractKind::Customer;
                let account = if customer { accounts::CUSTOMERS } else { accounts::SUPPLIERS };
                let own = Side::new(account)
                    .at(0, line.counterparty.any())
                    .at(1, line.contract.any())
                    .at(2, self.reference().any());
                let zero = Side::new(accounts::OPENING);
                let (debit, credit) = if customer { (own, zero) } else { (zero, own) };
                out.entry(Entry::new(debit, credit, line.amount.abs()));
            }
        }
    }
}

impl Posting for OpeningBalance {
    fn post(&self, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
        self.post_goods(facts, out);
        for line in &self.funds {
            out.add(&Funds { company: self.company, place: line.place, amount: line.amount, ..Funds::default() });
            let cash = line.place.tag() == CashDesk::TAG;
            let own = if cash { Side::new(accounts::CASH) } else { Side::new(accounts::BANK).at(0, line.place) };
            out.entry(Entry::new(own, Side::new(accounts::OPENING), line.amount));
        }
        self.post_settlements(facts, out);
        for line in &self.accounts {
            let code = facts.get(line.account).map_or_else(String::new, |account| account.code.clone());
            let own = Side { subs: [line.sub1, line.sub2, line.sub3], ..Side::new(code) };
            let zero = Side::new(accounts::OPENING);
            if line.credit.is_zero() {
                out.entry(Entry::new(own, zero, line.debit));
            } else {
                out.entry(Entry::new(zero, own, line.credit));
            }
        }
        Ok(())
    }
}

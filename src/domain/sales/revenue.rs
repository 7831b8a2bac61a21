//! Ledger entries of a sale and of its return (LEDGER 2): revenue, VAT, cost.

use super::customer_return::CustomerReturn;
use super::goods_issue::GoodsIssue;
use crate::domain::accounts;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::vat::VatRate;
use crate::domain::stock::item::Item;
use crate::domain::stock::item_group::ItemGroup;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::entry::{Entry, Side, Source};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Qty};
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::text;
use std::collections::BTreeMap;

/// One line sold; a line returned has negative quantity and amounts.
#[derive(Clone, Copy, Debug)]
pub struct RevenueLine {
    /// Line of the stock movement.
    pub at: i64,
    /// The item.
    pub item: Ref<Item>,
    /// Its group, the analytics of 90.
    pub group: Ref<ItemGroup>,
    /// True when a stock movement with cost belongs to the line.
    pub goods: bool,
    /// The rate.
    pub vat: Ref<VatRate>,
    /// Quantity.
    pub qty: Qty,
    /// Rubles with VAT.
    pub amount: Money,
    /// VAT in it, rubles.
    pub vat_amount: Money,
}

/// A document that posts revenue.
pub trait Revenue {
    /// Whose books.
    fn company(&self) -> Ref<Company>;
    /// The day whose regime decides the accounts.
    fn day(&self) -> Date;
    /// The buyer.
    fn customer(&self) -> Ref<Counterparty>;
    /// The contract.
    fn contract(&self) -> Ref<Contract>;
    /// Where the goods left from.
    fn warehouse(&self) -> Ref<Warehouse>;
    /// The document itself.
    fn document(&self) -> AnyRef;
    /// Where what the buyer owes is booked: 62.01 by buyer, contract and document.
    fn buyer(&self) -> Side {
        let debt = Side::new(accounts::CUSTOMERS).at(0, self.customer().any());
        debt.at(1, self.contract().any()).at(2, self.document())
    }
}

macro_rules! revenue {
    ($($document:ty),*) => { $(
        impl Revenue for $document {
            fn company(&self) -> Ref<Company> {
                self.company
            }
            fn day(&self) -> Date {
                self.date.date()
            }
            fn customer(&self) -> Ref<Counterparty> {
                self.customer
            }
            fn contract(&self) -> Ref<Contract> {
                self.contract
            }
            fn warehouse(&self) -> Ref<Warehouse> {
                self.warehouse
            }
            fn document(&self) -> AnyRef {
                self.reference().any()
            }
        }
    )* };
}
revenue!(GoodsIssue, CustomerReturn);

/// Дт 62.01 (62.Р of retail) Кт 90.01, Дт 90.03 Кт 68.02 by group and rate; Дт 90.02 Кт 41.01 by line, following the cost.
pub fn post_revenue(
    document: &dyn Revenue,
    lines: &[RevenueLine],
    facts: &dyn Facts,
    out: &mut Movements,
) -> Result<(), Problems> {
    let special = match facts.get(document.company()) {
        Some(company) => match company.regime(document.day()) {
            Some(regime) => regime.special(),
            None => {
                let text = text!("regime-missing", company = company.name.clone(), date = document.day().russian());
                return Err(Problems::one(text));
            }
        },
        None => false,
    };
    let revenue_account = if special { accounts::REVENUE_SPECIAL } else { accounts::REVENUE };
    let cost_account = if special { accounts::COST_OF_SALES_SPECIAL } else { accounts::COST_OF_SALES };
    let mut sums: BTreeMap<(Ref<ItemGroup>, Ref<VatRate>), (Money, Money)> = BTreeMap::new();
    for line in lines {
        let sum = sums.entry((line.group, line.vat)).or_default();
        sum.0 += line.amount;
        sum.1 += line.vat_amount;
    }
    let buyer = document.buyer();
    for ((group, vat), (amount, vat_amount)) in sums {
        if !amount.is_zero() {
            let mut revenue = Side::new(revenue_account).at(0, group.any());
            if !special {
                revenue = revenue.at(1, vat.any());
            }
            out.entry(Entry::new(buyer.clone(), revenue, amount));
        }
        if !vat_amount.is_zero() {
            let charged = Side::new(accounts::VAT_OF_SALES).at(0, group.any()).at(1, vat.any());
            out.entry(Entry::new(charged, Side::new(accounts::VAT), vat_amount));
        }
    }
    for line in lines.iter().filter(|line| line.goods) {
        let cost = Side::new(cost_account).at(0, line.group.any());
        let goods = Side::new(accounts::GOODS).at(0, line.item.any()).at(2, document.warehouse().any()).qty(line.qty);
        out.entry(Entry::derived(cost, goods, Source::Cost { line: line.at }));
    }
    Ok(())
}

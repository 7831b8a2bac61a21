//! What the four documents that move money have in common: funds, settlements, orders, ledger entries.

use crate::domain::accounts;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::Contract;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::account::Account;
use crate::domain::money::currency::{Currency, rate_on};
use crate::domain::registers::funds::Funds;
use crate::domain::registers::orders::OrderDebts;
use crate::domain::registers::settlements::{SettlementRole, Settlements};
use crate::domain::sales::customer_order::CustomerOrder;
use crate::kernel::entry::{Entry, Side};
use crate::kernel::facts::Facts;
use crate::kernel::moment::Moment;
use crate::kernel::money::Money;
use crate::kernel::object::{Declared as _, Referable as _};
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::text;

/// Where the money lies and how the ledger names it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The cash desk or the bank account.
    pub place: AnyRef,
    /// Account 50.01 or 51.
    pub account: &'static str,
    /// Its analytics.
    pub subs: [AnyRef; 2],
}

/// One movement of money with a counterparty.
pub struct Payment<'a> {
    /// Whose money.
    pub company: Ref<Company>,
    /// With whom.
    pub counterparty: Ref<Counterparty>,
    /// Under which contract.
    pub contract: Ref<Contract>,
    /// Where the money lies.
    pub place: Place,
    /// Why it moves.
    pub flow: Ref<CashFlowItem>,
    /// How much, positive.
    pub amount: Money,
    /// True when it comes in.
    pub incoming: bool,
    /// Which orders it is for.
    pub split: &'a [(AnyRef, Money)],
}

impl Place {
    /// A cash desk: 50.01 by cash flow item.
    pub fn cash(desk: AnyRef, flow: Ref<CashFlowItem>) -> Self {
        Self { place: desk, account: accounts::CASH, subs: [flow.any(), AnyRef::EMPTY] }
    }
    /// A bank account: 51 by account and cash flow item.
    pub fn bank(account: AnyRef, flow: Ref<CashFlowItem>) -> Self {
        Self { place: account, account: accounts::BANK, subs: [account, flow.any()] }
    }
    /// The ledger side.
    pub fn side(&self) -> Side {
        Side::new(self.account).at(0, self.subs[0]).at(1, self.subs[1])
    }
}

/// Funds of a payment of any kind.
pub fn post_funds(payment: &Payment<'_>, out: &mut Movements) {
    let sign = |amount: Money| if payment.incoming { amount } else { -amount };
    out.add(&Funds {
        company: payment.company,
        place: payment.place.place,
        amount: sign(payment.amount),
        flow: payment.flow,
        counterparty: payment.counterparty,
    });
}

/// Settlements of a payment with a counterparty: one row an order and one for the rest. The ledger entry
/// is made by the set-off service, which knows what part of it is an advance.
pub fn post_settlement(payment: &Payment<'_>, facts: &dyn Facts, out: &mut Movements) {
    post_funds(payment, out);
    settle(payment, AnyRef::EMPTY, facts, out);
}

/// The settlements alone, of money that is kept elsewhere than in funds. `source` is the document whose debt the
/// payment closes before any other; empty for the oldest first.
pub fn settle(payment: &Payment<'_>, source: AnyRef, facts: &dyn Facts, out: &mut Movements) {
    let sign = |amount: Money| if payment.incoming { -amount } else { amount };
    let account = facts.coded::<Account>(payment.place.account);
    let mut rest = payment.amount;
    let one = |order: AnyRef, amount: Money, out: &mut Movements| {
        out.add(&Settlements {
            company: payment.company,
            counterparty: payment.counterparty,
            contract: payment.contract,
            amount: sign(amount),
            role: SettlementRole::Payment,
            order,
            source,
            account,
            sub1: payment.place.subs[0],
            sub2: payment.place.subs[1],
        });
    };
    for (order, amount) in payment.split {
        rest -= *amount;
        one(*order, *amount, out);
        // What an order still needs goes down when its own side pays, and up by a refund.
        let pays = (order.tag() == CustomerOrder::TAG) == payment.incoming;
        out.add(&OrderDebts { order: *order, unpaid: if pays { -*amount } else { *amount } });
    }
    if !rest.is_zero() {
        one(AnyRef::EMPTY, rest, out);
    }
}

/// Money against an account of the ledger, with nobody's settlements.
pub fn post_other(payment: &Payment<'_>, other: Side, out: &mut Movements) {
    post_funds(payment, out);
    let own = payment.place.side();
    let (debit, credit) = if payment.incoming { (own, other) } else { (other, own) };
    out.entry(Entry::new(debit, credit, payment.amount));
}

/// Checks the split over orders; a row without an amount takes what is left.
pub fn check_split(
    table: &'static str,
    total: Money,
    rows: &mut [(AnyRef, Money)],
    counterparty: Ref<Counterparty>,
    facts: &dyn Facts,
    problems: &mut Problems,
) {
    let mut given: Money = rows.iter().map(|row| row.1).sum();
    if let Some(open) = rows.iter_mut().find(|row| row.1.is_zero()) {
        open.1 = (total - given).positive();
        given += open.1;
    }
    if given > total && !rows.is_empty() {
        problems.field(table, text!("split-too-much", split = given.grouped(), amount = total.grouped()));
    }
    for (at, (order, amount)) in rows.iter().enumerate() {
        if !order.is_empty() && rows.iter().take(at).any(|earlier| earlier.0 == *order) {
            problems.cell(table, at, "order", text!("split-twice"));
        }
        if *amount <= Money::ZERO {
            problems.cell(table, at, "amount", text!("must-be-positive"));
        }
        let owner = facts.object(*order).and_then(|object| {
            let name = if object.meta().tag == CustomerOrder::TAG { "customer" } else { "supplier" };
            object.by_name(name).map(|value| value.any_ref())
        });
        match owner {
            None => problems.cell(table, at, "order", text!("field-required")),
            Some(owner) if owner != counterparty.any() => {
                problems.cell(table, at, "order", text!("split-other-counterparty"));
            }
            Some(_) => {}
        }
    }
}

/// What a customer's payment on a basis begins with: the order it is for and how much of it is unpaid.
pub struct Expected {
    /// The company to be paid.
    pub company: Ref<Company>,
    /// Who pays.
    pub customer: Ref<Counterparty>,
    /// Under which contract.
    pub contract: Ref<Contract>,
    /// For which order; empty when the basis has none.
    pub order: AnyRef,
    /// How much is left.
    pub amount: Money,
    /// What the paper says the basis is.
    pub basis: String,
}

/// Finds what is expected on the basis of a customer order, an invoice or a goods issue.
pub fn expected_from_customer(basis: &dyn crate::kernel::object::Object, facts: &dyn Facts) -> Option<Expected> {
    use crate::domain::sales::goods_issue::GoodsIssue;
    use crate::domain::sales::invoice::Invoice;
    use crate::kernel::behaviour::Behaviour as _;
    let unpaid_of = |order: AnyRef| OrderDebts::of(order, facts);
    if let Some(order) = basis.downcast::<CustomerOrder>() {
        let reference = order.reference().any();
        return Some(Expected {
            company: order.company,
            customer: order.customer,
            contract: order.contract,
            order: reference,
            amount: unpaid_of(reference),
            basis: order.presentation(),
        });
    }
    if let Some(invoice) = basis.downcast::<Invoice>() {
        let order = invoice.order.any();
        let amount = if order.is_empty() { invoice.amount } else { unpaid_of(order).min(invoice.amount) };
        return Some(Expected {
            company: invoice.company,
            customer: invoice.customer,
            contract: invoice.contract,
            order,
            amount,
            basis: invoice.presentation(),
        });
    }
    let issue = basis.downcast::<GoodsIssue>()?;
    let order = issue.order.any();
    let rubles = rubles_of(facts, issue.currency, issue.date, issue.amount);
    let amount = if order.is_empty() { rubles } else { unpaid_of(order).min(rubles) };
    Some(Expected {
        company: issue.company,
        customer: issue.customer,
        contract: issue.contract,
        order,
        amount,
        basis: issue.presentation(),
    })
}

/// What is to be paid to a supplier on the basis of an order or a receipt.
pub fn expected_by_supplier(basis: &dyn crate::kernel::object::Object, facts: &dyn Facts) -> Option<Expected> {
    use crate::domain::purchases::goods_receipt::GoodsReceipt;
    use crate::domain::purchases::supplier_order::SupplierOrder;
    use crate::kernel::behaviour::Behaviour as _;
    let unpaid_of = |order: AnyRef| OrderDebts::of(order, facts);
    if let Some(order) = basis.downcast::<SupplierOrder>() {
        let reference = order.reference().any();
        return Some(Expected {
            company: order.company,
            customer: order.supplier,
            contract: order.contract,
            order: reference,
            amount: unpaid_of(reference),
            basis: order.presentation(),
        });
    }
    let receipt = basis.downcast::<GoodsReceipt>()?;
    let order = receipt.order.any();
    let rubles = rubles_of(facts, receipt.currency, receipt.date, receipt.amount);
    let amount = if order.is_empty() { rubles } else { unpaid_of(order).min(rubles) };
    Some(Expected {
        company: receipt.company,
        customer: receipt.supplier,
        contract: receipt.contract,
        order,
        amount,
        basis: receipt.presentation(),
    })
}

/// Money moves in rubles: an amount of a posted document at its own rate.
fn rubles_of(facts: &dyn Facts, currency: Ref<Currency>, at: Moment, amount: Money) -> Money {
    rate_on(facts, currency, at.date()).map_or(amount, |rate| rate.rubles(amount))
}

/// Which orders a payment may name: those of the other side of its operation, of this counterparty.
pub fn split_choices(
    side: Option<crate::domain::crm::contract::ContractKind>,
    counterparty: Ref<Counterparty>,
) -> crate::kernel::behaviour::Choices {
    use crate::domain::crm::contract::ContractKind;
    use crate::domain::purchases::supplier_order::SupplierOrder;
    use crate::kernel::behaviour::Choices;
    let (tag, field) = match side {
        Some(ContractKind::Supplier) => (SupplierOrder::TAG, "supplier"),
        _ => (CustomerOrder::TAG, "customer"),
    };
    Choices { kinds: vec![tag], ..Choices::owned(field, counterparty.id()) }
}

/// What a customer has paid above an order's need, to be given back.
pub fn overpaid(basis: &dyn crate::kernel::object::Object, facts: &dyn Facts) -> Option<Expected> {
    basis.downcast::<CustomerOrder>()?;
    expected_from_customer(basis, facts).map(|found| Expected { amount: -found.amount, ..found })
}

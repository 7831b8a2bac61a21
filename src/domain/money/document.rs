//! The behaviour the four documents that move money share; each adds only what is its own.

use super::payment::{Expected, Payment, Place, check_split, post_other, post_settlement};
use super::vat::{VatRate, vat_of};
use crate::domain::accounts::kept_by_documents;
use crate::domain::company::cash_flow_item::CashFlowItem;
use crate::domain::company::company::Company;
use crate::domain::crm::contract::{Contract, ContractKind, default_contract};
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::ledger::account::Account;
use crate::kernel::behaviour::{At, Choices};
use crate::kernel::entry::Side;
use crate::kernel::facts::Facts;
use crate::kernel::money::Money;
use crate::kernel::problems::Problems;
use crate::kernel::refs::{AnyRef, Ref};
use crate::kernel::register::Movements;
use crate::text;

/// The fields that all of them have.
#[derive(Clone, Copy, Debug)]
pub struct MoneyTerms {
    /// Whose money.
    pub company: Ref<Company>,
    /// With whom.
    pub counterparty: Ref<Counterparty>,
    /// Under which contract.
    pub contract: Ref<Contract>,
    /// How much.
    pub amount: Money,
    /// The rate of VAT in it.
    pub vat: Ref<VatRate>,
    /// VAT in it.
    pub vat_amount: Money,
    /// Why.
    pub flow: Ref<CashFlowItem>,
    /// The account against it, of a free operation.
    pub account: Ref<Account>,
    /// Its analytics.
    pub sub1: AnyRef,
}

/// A document that moves money.
pub trait MoneyDocument {
    /// True when money comes in.
    const INCOMING: bool;
    /// The common fields.
    fn terms(&self) -> MoneyTerms;
    /// Sets the common fields.
    fn set_terms(&mut self, terms: MoneyTerms);
    /// The split over orders.
    fn split(&self) -> Vec<(AnyRef, Money)>;
    /// Sets the split over orders.
    fn set_split(&mut self, rows: &[(AnyRef, Money)]);
    /// Where the money lies.
    fn place(&self) -> Place;
    /// Takes the base's default place where none is chosen.
    fn take_place(&mut self, facts: &dyn Facts);
    /// On which side the operation settles; `None` when it settles with nobody.
    fn side(&self) -> Option<ContractKind>;
    /// The account of an operation that settles with nobody; `None` when it is chosen by hand.
    fn fixed_account(&self) -> Option<Side>;
}

/// Implements the plain half of [`MoneyDocument`].
#[macro_export]
macro_rules! money_document {
    ($document:ident, $split:ident, $place_field:ident, $place:ident, incoming = $incoming:literal) => {
        impl $crate::domain::money::document::MoneyDocument for $document {
            const INCOMING: bool = $incoming;
            fn terms(&self) -> $crate::domain::money::document::MoneyTerms {
                $crate::domain::money::document::MoneyTerms {
                    company: self.company,
                    counterparty: self.counterparty,
                    contract: self.contract,
                    amount: self.amount,
                    vat: self.vat,
                    vat_amount: self.vat_amount,
                    flow: self.flow,
                    account: self.account,
                    sub1: self.sub1,
                }
            }
            fn set_terms(&mut self, terms: $crate::domain::money::document::MoneyTerms) {
                self.company = terms.company;
                self.counterparty = terms.counterparty;
                self.contract = terms.contract;
                self.amount = terms.amount;
                self.vat = terms.vat;
                self.vat_amount = terms.vat_amount;
                self.flow = terms.flow;
                self.account = terms.account;
                self.sub1 = terms.sub1;
            }
            fn split(&self) -> Vec<($crate::kernel::refs::AnyRef, $crate::kernel::money::Money)> {
                self.split.iter().map(|line| (line.order, line.amount)).collect()
            }
            fn set_split(&mut self, rows: &[($crate::kernel::refs::AnyRef, $crate::kernel::money::Money)]) {
                self.split.resize_with(rows.len(), $split::default);
                for (line, (order, amount)) in self.split.iter_mut().zip(rows) {
                    line.order = *order;
                    line.amount = *amount;
                }
            }
            fn place(&self) -> $crate::domain::money::payment::Place {
                $crate::domain::money::payment::Place::$place(self.$place_field.any(), self.flow)
            }
            fn take_place(&mut self, facts: &dyn $crate::kernel::facts::Facts) {
                if self.$place_field.is_empty() {
                    self.$place_field = $crate::domain::company::settings::settings(facts).$place_field;
                }
            }
            fn side(&self) -> Option<$crate::domain::crm::contract::ContractKind> {
                self.operation_side()
            }
            fn fixed_account(&self) -> Option<$crate::kernel::entry::Side> {
                self.operation_account()
            }
        }
    };
}

/// A new document: the base's company and place.
pub fn fill_new<D: MoneyDocument>(document: &mut D, facts: &dyn Facts) {
    let company = crate::domain::company::settings::settings(facts).company;
    document.set_terms(MoneyTerms { company, ..document.terms() });
    document.take_place(facts);
}

/// After a change by hand.
pub fn changed<D: MoneyDocument>(document: &mut D, at: At<'_>, facts: &dyn Facts) {
    let mut terms = document.terms();
    match at {
        At::Field("counterparty" | "company" | "operation") => {
            terms.contract = match document.side() {
                Some(side) => default_contract(facts, terms.counterparty, terms.company, side),
                None => Ref::EMPTY,
            };
        }
        At::Field("amount" | "vat") => terms.vat_amount = vat_in(terms, facts),
        _ => {}
    }
    document.set_terms(terms);
}

fn vat_in(terms: MoneyTerms, facts: &dyn Facts) -> Money {
    let percent = facts.get(terms.vat).map(|rate| rate.percent).unwrap_or_default();
    vat_of(terms.amount, percent, true).0
}

/// Limits of the reference fields; `place_field` is the cash desk or the bank account.
pub fn choices<D: MoneyDocument>(document: &D, at: At<'_>, place_field: &str) -> Choices {
    let terms = document.terms();
    match at {
        At::Field("contract") => Choices::owned("counterparty", terms.counterparty.id()),
        At::Field(field) if field == place_field => Choices::owned("company", terms.company.id()),
        At::Cell { field: "order", .. } => super::payment::split_choices(document.side(), terms.counterparty),
        _ => Choices::default(),
    }
}

/// Which fields a form shows: settlements or a free account.
pub fn visible<D: MoneyDocument>(document: &D, field: &str) -> bool {
    match field {
        "contract" | "split" => document.side().is_some(),
        "account" | "sub1" => document.side().is_none() && document.fixed_account().is_none(),
        _ => true,
    }
}

/// Completes and checks before saving.
pub fn check<D: MoneyDocument>(document: &mut D, facts: &dyn Facts, problems: &mut Problems) {
    document.take_place(facts);
    let mut terms = document.terms();
    terms.vat_amount = vat_in(terms, facts);
    document.set_terms(terms);
    if terms.amount < Money::ZERO {
        problems.field("amount", text!("must-not-be-negative"));
    }
    if document.side().is_some() && terms.counterparty.is_empty() {
        problems.field("counterparty", text!("field-required"));
    }
    if visible(document, "account") {
        match facts.get(terms.account) {
            None => problems.field("account", text!("field-required")),
            Some(found) if kept_by_documents(&found.code) => problems.field("account", text!("account-kept")),
            Some(_) => {}
        }
    }
    let mut rows = if document.side().is_some() { document.split() } else { Vec::new() };
    check_split("split", terms.amount, &mut rows, terms.counterparty, facts, problems);
    document.set_split(&rows);
}

/// Takes what is expected on a basis; a problem when nothing is left to pay.
pub fn fill_expected<D: MoneyDocument>(
    document: &mut D,
    expected: &Expected,
    facts: &dyn Facts,
) -> Result<(), Problems> {
    if expected.amount <= Money::ZERO {
        return Err(Problems::one(text!("nothing-left-to-pay")));
    }
    let mut terms = document.terms();
    terms.company = expected.company;
    terms.counterparty = expected.customer;
    terms.contract = expected.contract;
    terms.amount = expected.amount;
    terms.vat_amount = vat_in(terms, facts);
    document.set_terms(terms);
    if !expected.order.is_empty() {
        document.set_split(&[(expected.order, expected.amount)]);
    }
    document.take_place(facts);
    Ok(())
}

/// Funds, and settlements or the ledger.
pub fn post<D: MoneyDocument>(document: &D, facts: &dyn Facts, out: &mut Movements) -> Result<(), Problems> {
    let terms = document.terms();
    let split = document.split();
    let payment = Payment {
        company: terms.company,
        counterparty: terms.counterparty,
        contract: terms.contract,
        place: document.place(),
        flow: terms.flow,
        amount: terms.amount,
        incoming: D::INCOMING,
        split: &split,
    };
    if document.side().is_some() {
        post_settlement(&payment, facts, out);
        return Ok(());
    }
    let other = document.fixed_account().unwrap_or_else(|| {
        let code = facts.get(terms.account).map_or_else(String::new, |account| account.code.clone());
        Side::new(code).at(0, terms.sub1)
    });
    post_other(&payment, other, out);
    Ok(())
}

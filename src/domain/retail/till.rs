//! Till (Касса ККМ): a place where people pay, with everything a receipt takes from it.

use super::shift::TillShift;
use crate::domain::company::company::Company;
use crate::domain::company::settings::settings;
use crate::domain::crm::counterparty::Counterparty;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::object::Referable as _;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::{choice, field, object, text};
use std::sync::Arc;

choice! {
    /// The system of taxation a receipt names (tag 1055).
    TillTaxSystem = "till_tax_system" {
        General = 0 "general" "ОСН",
        SimplifiedIncome = 1 "simplified_income" "УСН доходы",
        SimplifiedProfit = 2 "simplified_profit" "УСН доходы минус расходы",
        Agricultural = 3 "agricultural" "ЕСХН",
        Patent = 4 "patent" "Патент",
    }
}

choice! {
    /// What asks the state's system whether a marked piece may be sold. The program stores marking codes and hands them
    /// to the registrar; whether a sale is lawful only an approved module says, which stands beside the till.
    MarkingModule = "marking_module" {
        Absent = 0 "absent" "Модуля нет",
        Approved = 1 "approved" "Допущенный модуль (ТС ПИоТ)",
    }
}

object! {
    /// A till: from which warehouse it sells, at which prices, where its money lies.
    catalog Till = 35 "till" "Касса ККМ" {
        company: Ref<Company> = "Организация" [required],
        warehouse: Ref<Warehouse> = "Склад" [required],
        cash_desk: Ref<CashDesk> = "Касса для наличных" [required],
        price_kind: Ref<PriceKind> = "Вид цен",
        tax_system: TillTaxSystem = "Система налогообложения",
        buyer: Ref<Counterparty> = "Розничный покупатель",
        acquirer: Ref<Counterparty> = "Банк-эквайер",
        registrar: String = "Заводской номер ККТ",
        paperless: bool = "Без регистратора",
        printed: bool = "Товарный чек на принтере",
        marking: MarkingModule = "Проверка маркировки",
    }
}

impl Till {
    /// Which paper a sale brings about.
    pub fn paper(&self) -> TillPaper {
        match (self.paperless, self.printed) {
            (false, _) => TillPaper::Registrar,
            (true, true) => TillPaper::Printer,
            (true, false) => TillPaper::None,
        }
    }
}

/// Which paper a till gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TillPaper {
    /// Receipts of a fiscal registrar.
    #[default]
    Registrar,
    /// Plain receipts of a printer.
    Printer,
    /// None.
    None,
}

impl Behaviour for Till {
    fn fill_new(&mut self, facts: &dyn Facts) {
        let settings = settings(facts);
        self.company = settings.company;
        self.warehouse = settings.warehouse;
        self.cash_desk = settings.cash_desk;
        self.price_kind = settings.price_kind;
    }

    fn check(&mut self, _posting: bool, facts: &dyn Facts, problems: &mut Problems) {
        if self.folder {
            return;
        }
        let settings = settings(facts);
        self.company = self.company.or(settings.company);
        self.warehouse = self.warehouse.or(settings.warehouse);
        self.cash_desk = self.cash_desk.or(settings.cash_desk);
        self.price_kind = self.price_kind.or(settings.price_kind);
        if self.printed && !self.paperless {
            problems.field(field!(Till, printed), text!("till-printed-beside"));
        }
        if facts.get(self.price_kind).is_some_and(|kind| !kind.vat_included) {
            problems.field(field!(Till, price_kind), text!("till-prices-without-vat"));
        }
        if facts.get(self.cash_desk).is_some_and(|desk| !desk.company.is_empty() && desk.company != self.company) {
            problems.field(field!(Till, cash_desk), text!("till-desk-of-other"));
        }
    }
}

/// The shift of a till that is open; `None` when none is.
pub fn open_shift(facts: &dyn Facts, till: Ref<Till>) -> Option<Arc<TillShift>> {
    if till.is_empty() {
        return None;
    }
    let shifts = facts.having::<TillShift>(field!(TillShift, till), till.id());
    shifts.into_iter().rev().find(|shift| shift.head.posted && shift.closed.is_empty())
}

/// The only till of a base: what a new document takes; empty where there are several or none.
pub fn only_till(facts: &dyn Facts) -> Ref<Till> {
    match facts.every::<Till>().as_slice() {
        [only] => only.reference(),
        _ => Ref::EMPTY,
    }
}

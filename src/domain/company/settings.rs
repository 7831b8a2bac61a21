//! Settings of the base (Настройки): one element that holds the defaults of new documents.

use super::company::Company;
use super::employee::Employee;
use crate::domain::money::bank_account::BankAccount;
use crate::domain::money::cash_desk::CashDesk;
use crate::domain::money::currency::Currency;
use crate::domain::prices::price_kind::PriceKind;
use crate::domain::sales::agreement::Agreement;
use crate::domain::stock::warehouse::Warehouse;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::weight_label::{Template, TemplateError};
use crate::{field, object, text};
use std::sync::Arc;

/// The code of the only element.
pub const MAIN: &str = "main";

object! {
    /// Defaults of the base; there is exactly one element, with the code `main`.
    catalog Settings = 5 "settings" "Настройки" {
        company: Ref<Company> = "Организация",
        warehouse: Ref<Warehouse> = "Склад",
        cash_desk: Ref<CashDesk> = "Касса",
        bank_account: Ref<BankAccount> = "Банковский счет",
        price_kind: Ref<PriceKind> = "Вид цен продажи",
        purchase_price_kind: Ref<PriceKind> = "Вид цен закупки",
        currency: Ref<Currency> = "Валюта учета",
        manager: Ref<Employee> = "Менеджер",
        agreement: Ref<Agreement> = "Обычное соглашение",
        weight_labels: String = "Этикетки весов",
        close_orders: bool = "Закрывать готовые заказы сами",
    }
}

impl Behaviour for Settings {
    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        if let Err(wrong) = Template::all(&self.weight_labels) {
            let text = match wrong {
                TemplateError::Prefix => text!("weight-label-prefix"),
                TemplateError::Length => text!("weight-label-length"),
                TemplateError::Letters => text!("weight-label-letters"),
            };
            problems.field(field!(Settings, weight_labels), text);
        }
    }
}

/// The settings of the base; the defaults of an empty element while there are none.
pub fn settings(facts: &dyn Facts) -> Arc<Settings> {
    facts.get(facts.coded::<Settings>(MAIN)).unwrap_or_default()
}

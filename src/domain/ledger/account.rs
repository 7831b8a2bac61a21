//! Account of the chart (Счет плана счетов), План счетов, приказ Минфина 31.10.2000 № 94н.

use crate::kernel::behaviour::Behaviour;
use crate::{choice, object};

choice! {
    /// On which side an account's balance belongs.
    AccountKind = "account_kind" {
        Active = 0 "active" "Активный",
        Passive = 1 "passive" "Пассивный",
        Both = 2 "both" "Активно-пассивный",
    }
}

object! {
    /// An account; its code is its number. A group takes no entries.
    catalog Account = 7 "account" "Счет" {
        kind: AccountKind = "Вид",
        sub1: String = "Субконто 1",
        sub2: String = "Субконто 2",
        sub3: String = "Субконто 3",
        quantity: bool = "Количественный",
        currency: bool = "Валютный",
        off_balance: bool = "Забалансовый",
    }
}

impl Account {
    /// The kinds of analytics in order.
    pub fn subs(&self) -> [&str; 3] {
        [&self.sub1, &self.sub2, &self.sub3]
    }
}

/// The kinds of objects that an analytic of the chart takes, by its name there; an empty list takes any.
pub fn sub_kinds(name: &str) -> &'static [&'static str] {
    let name = name.split(" (").next().unwrap_or(name);
    match name {
        "Контрагенты" => &["counterparty"],
        "Договоры" => &["contract"],
        "Номенклатура" => &["item"],
        "Номенклатурные группы" => &["item_group"],
        "Склады" => &["warehouse"],
        "Банковские счета" => &["bank_account"],
        "Работники" => &["employee"],
        "Ставки НДС" => &["vat_rate"],
        "Статьи движения денежных средств" | "Статьи затрат" => {
            &["cash_flow_item"]
        }
        _ => &[],
    }
}

impl Behaviour for Account {
    fn presentation(&self) -> String {
        self.code.clone()
    }
}

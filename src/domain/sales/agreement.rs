//! Agreement (Соглашение): the terms on which we sell to a customer, and what a deviation from them asks for.

use super::order_state::SupplyAction;
use super::stages::StageKind;
use crate::domain::prices::price_kind::PriceKind;
use crate::kernel::behaviour::Behaviour;
use crate::kernel::facts::Facts;
use crate::kernel::money::Percent;
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::kernel::text::Text;
use crate::{field, object, text};

/// What of an order differs from its agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deviation {
    /// The price kind.
    PriceKind,
    /// A discount, or a price lowered by hand, beyond the limit.
    Discount,
    /// The payment stages.
    Stages,
    /// A reserve for longer.
    Reserve,
}

impl Deviation {
    /// All of them, by the digits under which an order keeps them.
    const ALL: [Self; 4] = [Self::PriceKind, Self::Discount, Self::Stages, Self::Reserve];

    /// In the user's language.
    pub fn text(self) -> Text {
        match self {
            Self::PriceKind => text!("deviation-price-kind"),
            Self::Discount => text!("deviation-discount"),
            Self::Stages => text!("deviation-stages"),
            Self::Reserve => text!("deviation-reserve"),
        }
    }

    /// As kept: a digit each.
    pub fn stored(found: &[Self]) -> String {
        let digit = |one: &Self| Self::ALL.iter().zip('0'..).find(|(known, _)| *known == one).map(|(_, digit)| digit);
        found.iter().filter_map(digit).collect()
    }

    /// From what is kept.
    pub fn from_stored(stored: &str) -> Vec<Self> {
        let known = |digit: char| Self::ALL.get(usize::try_from(digit.to_digit(10)?).ok()?).copied();
        stored.chars().filter_map(known).collect()
    }
}

object! {
    /// Terms of sale: given to a contract, or the usual ones of the settings.
    catalog Agreement = 18 "agreement" "Соглашение" {
        price_kind: Ref<PriceKind> = "Вид цен",
        discount_limit: Percent = "Скидка не больше, %",
        approval: bool = "Отклонения согласуются",
        reserve_days: i64 = "Резерв, дней",
        supply: SupplyAction = "Обеспечение",
        delivery_method: String = "Способ доставки",
    }
    /// When what part is paid.
    table stages: AgreementStage = "Этапы оплаты" {
        kind: StageKind = "Этап",
        percent: Percent = "Процент" [required],
        days: i64 = "Дней",
    }
}

impl Behaviour for Agreement {
    fn visible(&self, field: &str) -> bool {
        field != "discount_limit" || self.approval
    }

    fn check(&mut self, _posting: bool, _facts: &dyn Facts, problems: &mut Problems) {
        if self.folder {
            return;
        }
        check_percents(field!(Agreement, stages), self.stages.iter().map(|stage| stage.percent), problems);
        if self.reserve_days < 0 {
            problems.field(field!(Agreement, reserve_days), text!("must-not-be-negative"));
        }
        for (row, stage) in self.stages.iter().enumerate() {
            if stage.days < 0 {
                let column = field!(AgreementStage, days);
                problems.cell(field!(Agreement, stages), row, column, text!("must-not-be-negative"));
            }
        }
    }
}

/// Stages make a hundred percent, each of them more than nothing.
pub fn check_percents(table: &'static str, percents: impl Iterator<Item = Percent>, problems: &mut Problems) {
    let (mut whole, mut any) = (Percent::ZERO, false);
    for (row, percent) in percents.enumerate() {
        any = true;
        if percent < Percent::ZERO {
            problems.cell(table, row, field!(AgreementStage, percent), text!("must-be-positive"));
        }
        whole += percent;
    }
    if any && whole != Percent::whole(100) {
        problems.field(table, text!("stages-percent", percent = whole.short()));
    }
}

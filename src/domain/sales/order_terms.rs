//! Terms of an order that come from its agreement: prices, payment stages, reserve, supply of lines, delivery, and
//! what of them was changed by hand and has to be agreed.

use super::agreement::{Agreement, Deviation, check_percents};
use super::customer_order::{CustomerOrder, CustomerOrderLine, CustomerOrderStage};
use super::order_state::SupplyAction;
use super::stages::{self, Shares, StageKind};
use crate::domain::company::settings::settings;
use crate::domain::lines::{TradeLine as _, recount_all};
use crate::domain::registers::prices::Prices;
use crate::field;
use crate::kernel::facts::Facts;
use crate::kernel::moment::Date;
use crate::kernel::money::{Money, Percent};
use crate::kernel::problems::Problems;
use crate::kernel::refs::Ref;
use crate::text;

impl CustomerOrder {
    /// The agreement of the contract, else the usual one.
    pub fn usual_agreement(&self, facts: &dyn Facts) -> Ref<Agreement> {
        let of_contract = facts.get(self.contract).map(|contract| contract.agreement).unwrap_or_default();
        of_contract.or(settings(facts).agreement)
    }

    /// Takes what the agreement says over what the order said before.
    pub fn take_agreement(&mut self, facts: &dyn Facts) {
        let Some(agreement) = facts.get(self.agreement) else { return };
        if !agreement.price_kind.is_empty() && agreement.price_kind != self.price_kind {
            self.price_kind = agreement.price_kind;
            let trade = self.trade();
            recount_all(&mut self.goods, &trade, facts, true);
        }
        self.take_without_prices(&agreement);
        self.count_stages();
    }

    fn take_without_prices(&mut self, agreement: &Agreement) {
        if !agreement.delivery_method.is_empty() {
            self.delivery_method.clone_from(&agreement.delivery_method);
        }
        self.stages = agreement
            .stages
            .iter()
            .map(|stage| CustomerOrderStage {
                kind: stage.kind,
                percent: stage.percent,
                days: stage.days,
                ..CustomerOrderStage::default()
            })
            .collect();
        self.reserve_until = match agreement.reserve_days {
            0 => Date::EMPTY,
            days => self.date.date().plus_days(days),
        };
        for line in &mut self.goods {
            line.action = agreement.supply;
        }
    }

    /// A new order that was made without a form takes from its agreement what it does not say itself.
    pub(super) fn complete_terms(&mut self, facts: &dyn Facts) {
        if self.head.id != 0 {
            return;
        }
        if self.agreement.is_empty() && !self.link.is_empty() {
            self.agreement = self.usual_agreement(facts);
        }
        let Some(agreement) = facts.get(self.agreement) else { return };
        let given = (self.reserve_until, std::mem::take(&mut self.stages), self.delivery_method.clone());
        let actions: Vec<_> = self.goods.iter().map(|line| line.action).collect();
        if self.price_kind == settings(facts).price_kind {
            self.price_kind = agreement.price_kind.or(self.price_kind);
        }
        self.take_without_prices(&agreement);
        if !given.0.is_empty() {
            self.reserve_until = given.0;
        }
        if !given.1.is_empty() {
            self.stages = given.1;
        }
        if !given.2.is_empty() {
            self.delivery_method = given.2;
        }
        for (line, action) in self.goods.iter_mut().zip(actions) {
            if action != SupplyAction::AsArrives {
                line.action = action;
            }
        }
    }

    /// The day from which the days of a stage are counted.
    fn stage_from(&self, kind: StageKind) -> Date {
        stages::due(kind, 0, self.date.date(), self.ship_date)
    }

    /// Sums and days of the stages, after the total or a day has changed.
    pub fn count_stages(&mut self) {
        let sums = stages::sums(self.stages.iter().map(|stage| stage.percent), self.amount);
        let (ordered, shipped) = (self.date.date(), self.ship_date);
        for (stage, sum) in self.stages.iter_mut().zip(sums) {
            stage.amount = sum;
            stage.due = stages::due(stage.kind, stage.days, ordered, shipped);
        }
    }

    /// A cell of a stage was changed by hand: of days and date the other one follows.
    pub fn stage_changed(&mut self, row: usize, field: &str) {
        let from = self.stages.get(row).map(|stage| self.stage_from(stage.kind));
        if let (Some(stage), Some(from), "due") = (self.stages.get_mut(row), from, field)
            && !stage.due.is_empty()
        {
            stage.days = stage.due.days_since(from).max(0);
        }
        self.count_stages();
    }

    /// The total (in whatever currency) by what it holds up.
    pub fn shares(&self, due: Money) -> Shares {
        let stages: Vec<(StageKind, Percent)> = self.stages.iter().map(|stage| (stage.kind, stage.percent)).collect();
        stages::shares(&stages, due)
    }

    /// What is to be paid when, of so much in rubles.
    pub fn plan(&self, due: Money) -> Vec<(Date, Money)> {
        let sums = stages::sums(self.stages.iter().map(|stage| stage.percent), due);
        self.stages.iter().map(|stage| stage.due).zip(sums).collect()
    }

    /// What of it differs from its agreement, as kept with it.
    pub fn deviations(&self) -> Vec<Deviation> {
        Deviation::from_stored(&self.deviates)
    }

    /// It differs from its agreement and nobody who may has agreed: nothing is done for it.
    pub const fn is_unagreed(&self) -> bool {
        !self.deviates.is_empty() && !self.agreed
    }

    /// Checks what the agreement is about and notes how the order differs from it. What a site has sold is agreed.
    pub(super) fn check_terms(&mut self, facts: &dyn Facts, problems: &mut Problems) {
        let table = field!(CustomerOrder, stages);
        check_percents(table, self.stages.iter().map(|stage| stage.percent), problems);
        self.count_stages();
        let agreement = facts.get(self.agreement).filter(|agreement| agreement.approval && self.link.is_empty());
        let found = agreement.map(|agreement| self.differs(&agreement, facts)).unwrap_or_default();
        self.deviates = Deviation::stored(&found);
        if self.deviates.is_empty() {
            self.agreed = false;
        }
        if !self.reserve_until.is_empty() && self.reserve_until < self.date.date() {
            problems.field(field!(CustomerOrder, reserve_until), text!("reserve-until-past"));
        }
    }

    fn differs(&self, agreement: &Agreement, facts: &dyn Facts) -> Vec<Deviation> {
        let mut found = Vec::new();
        if !agreement.price_kind.is_empty() && agreement.price_kind != self.price_kind {
            found.push(Deviation::PriceKind);
        }
        let live = self.goods.iter().filter(|line| !line.cancelled);
        if live.clone().any(|line| self.is_cheap(line, agreement.discount_limit, facts)) {
            found.push(Deviation::Discount);
        }
        let agreed = agreement.stages.iter().map(|stage| (stage.kind, stage.percent, stage.days));
        if !agreed.eq(self.stages.iter().map(|stage| (stage.kind, stage.percent, stage.days))) {
            found.push(Deviation::Stages);
        }
        let longest = self.date.date().plus_days(agreement.reserve_days);
        let longer = self.reserve_until.is_empty() || self.reserve_until > longest;
        if agreement.reserve_days > 0 && longer {
            found.push(Deviation::Reserve);
        }
        found
    }

    /// A discount above the limit, or a price lowered by hand that far below the list.
    fn is_cheap(&self, line: &CustomerOrderLine, most: Percent, facts: &dyn Facts) -> bool {
        if line.discount > most {
            return true;
        }
        let terms = line.terms();
        let Some(listed) = Prices::on(facts, line.item, self.price_kind, self.date.date()) else { return false };
        let gross = listed.times(terms.qty);
        // Rounded to the kopeck: that much below is not below.
        terms.amount.minor() + 1 < (gross - gross.percent(most)).minor()
    }
}
